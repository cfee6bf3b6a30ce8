// SPDX-License-Identifier: GPL-2.0-or-later
/* Transactions of libxos. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <wire/control.h>

#include "xos.h"
#include "xos_impl.h"

_Static_assert((int)XOS_EXPECT == (int)WIRE_CTL_TXN_KIND_EXPECT &&
		       XOS_STEPS_MAX == WIRE_CTL_TXN_STEPS,
	       "the kinds of steps are those of the control protocol");

/**
 * struct txn_ctx - where the answer goes
 * @txn: options and result
 * @steps: steps
 * @n: how many
 * @stopped: what the caller's function for items has returned
 * @failed: no memory for a result
 */
struct txn_ctx {
	struct xos_txn *txn;
	struct xos_step *steps;
	size_t n;
	int stopped;
	int failed;
};

static struct wire_ctl_txn_step step_wire(const struct xos_step *s)
{
	bool test = s->kind == XOS_TEST_SET;

	return (struct wire_ctl_txn_step){
		.kind = (uint8_t)s->kind,
		.key = bytes_of(s->key, s->key_len),
		.value = bytes_of(s->value, s->value_len),
		.has_value = s->kind == XOS_WRITE || test || s->kind == XOS_APPEND ||
			     s->kind == XOS_REMOVE,
		.expect = bytes_of(s->expect, s->expect_len),
		.has_expect = test && !s->absent,
		.number = (uint64_t)s->number,
		.has_number = s->kind == XOS_ADD,
		.to = bytes_of(s->to, s->to_len),
		.has_to = s->kind == XOS_RANGE && s->to_len,
		.limit = s->limit,
		.has_limit = s->kind == XOS_RANGE,
		.counter = s->version[0],
		.writer = s->version[1],
		.has_counter = s->kind == XOS_EXPECT,
		.has_writer = s->kind == XOS_EXPECT,
	};
}

static int take_result(struct txn_ctx *c, struct bytes msg)
{
	struct wire_ctl_txn_result m;
	struct xos_step *s;

	if (wire_ctl_txn_result_decode(msg, &m) || m.step >= c->n)
		return -EPROTO;
	s = &c->steps[m.step];
	s->status = -(int)m.error;
	s->version[0] = m.counter;
	s->version[1] = m.writer;
	if (m.has_number)
		s->number = (int64_t)m.number;
	if (!m.has_value)
		return 0;
	/* One byte more, so that an empty value is not NULL. */
	s->result = malloc(m.value.len + 1);
	if (!s->result) {
		c->failed = -ENOMEM;
		return 0;
	}
	if (m.value.len)
		memcpy(s->result, m.value.data, m.value.len);
	s->result_len = m.value.len;
	return 0;
}

static int txn_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_txn_item item;
	struct wire_ctl_txn_end end;
	struct txn_ctx *c = ctx;

	if (type == WIRE_CTL_TXN_RESULT)
		return take_result(c, msg);
	if (type == WIRE_CTL_TXN_END) {
		if (wire_ctl_txn_end_decode(msg, &end))
			return -EPROTO;
		c->txn->repeated = end.repeated;
		c->txn->version[0] = end.counter;
		c->txn->version[1] = end.writer;
		return 0;
	}
	if (type != WIRE_CTL_TXN_ITEM || wire_ctl_txn_item_decode(msg, &item))
		return -EPROTO;
	if (c->txn->item && !c->stopped)
		c->stopped = c->txn->item(c->txn->ctx, item.key.data, item.key.len, item.value.data,
					  item.value.len);
	return 0;
}

int xos_txn_run(struct xos *x, struct xos_txn *txn, struct xos_step *steps, size_t n)
{
	struct xos_txn none = { 0 };
	struct txn_ctx c = { .txn = txn ? txn : &none, .steps = steps, .n = n };
	struct buf b = buf_of(x->request, sizeof(x->request));
	struct wire_ctl_txn m = { .seq = client_next_seq(&x->client) };
	struct wire_ctl_txn_step *wire;
	int err;

	if (!n || n > XOS_STEPS_MAX)
		return !n ? -EINVAL : -E2BIG;
	wire = calloc(n, sizeof(*wire));
	if (!wire)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		steps[i].status = 0;
		steps[i].result = NULL;
		steps[i].result_len = 0;
		wire[i] = step_wire(&steps[i]);
	}
	c.txn->repeated = 0;
	m.id = bytes_of(c.txn->id, c.txn->id_len);
	m.has_id = c.txn->id_len != 0;
	m.timeout_ms = c.txn->timeout_ms;
	m.has_timeout_ms = c.txn->timeout_ms != 0;
	m.strict = !c.txn->lenient;
	m.steps = (struct wire_ctl_txn_step_list){ .v = wire, .n = (uint32_t)n };
	err = wire_ctl_txn_encode(&m, &b) ? -EMSGSIZE : 0;
	free(wire);
	if (!err)
		err = client_call(&x->client, buf_bytes(&b), txn_item, &c);
	if (err)
		return err;
	return c.stopped ? c.stopped : c.failed;
}

int xos_txn_outcome(struct xos *x, const void *id, size_t id_len)
{
	struct buf b = buf_of(x->request, sizeof(x->request));
	struct wire_ctl_txn_outcome m = {
		.seq = client_next_seq(&x->client),
		.id = bytes_of(id, id_len),
	};

	if (wire_ctl_txn_outcome_encode(&m, &b))
		return -EMSGSIZE;
	return client_call(&x->client, buf_bytes(&b), NULL, NULL);
}
