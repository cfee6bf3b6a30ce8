// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests for transactions. */
#include "requests_impl.h"

#include <errno.h>
#include <stdlib.h>

#include <txn/txn.h>

/* The request is copied whole: the steps borrow keys and values from it. */
struct txn_request {
	struct request req;
	struct txn_run run;
	struct txn_step *steps;
	uint8_t msg[];
};

struct outcome_request {
	struct request req;
	struct txn_outcome outcome;
	uint8_t id[TXN_ID_MAX];
};

const char *request_txn_text(int status)
{
	switch (status) {
	case -ECANCELED:
		return "other transactions came first until the time was over; nothing was done";
	case -EAGAIN:
		return "the grid does not serve yet: it has fewer machines than replica classes";
	case -EHOSTUNREACH:
		return "no majority of a key's replicas answers; nothing was done";
	case -ETIMEDOUT:
		return "no answer in time; what was written may or may not take effect";
	case -EPERM:
		return "somebody asked for the outcome of this id before, and was told that it would never be";
	case -E2BIG:
		return "the transaction has too many keys or bytes";
	case -EEXIST:
		return "a key has another value than the transaction expects";
	case -EINVAL:
		return "a step cannot be done: an empty key, or a value that is no number or no list";
	case -ERANGE:
		return "a sum does not fit into 64 bits";
	case -EMSGSIZE:
		return "a key or a value is too long";
	case -ENOBUFS:
		return "the node has too many transactions in flight";
	default:
		return NULL;
	}
}

static void txn_free(struct txn_request *t, int status)
{
	free(t->steps);
	request_end(&t->req, status, request_txn_text(status));
}

static void cancel_txn(struct request *req)
{
	struct txn_request *t = (struct txn_request *)req;

	txn_run_stop(node_txns(req->all->node), &t->run);
	free(t->steps);
	t->steps = NULL;
}

static void say_step(struct txn_request *t, uint32_t i)
{
	const struct txn_step *s = &t->steps[i];
	bool found = s->kind != TXN_RANGE && s->result.data;
	struct dht_item item;
	size_t pos = 0;

	REQUEST_SAY(&t->req, ctl_txn_result, .step = i, .kind = (uint8_t)s->kind,
		    .error = (uint32_t)-s->status, .key = s->key, .value = s->result,
		    .has_value = found, .number = (uint64_t)s->number,
		    .has_number = s->kind == TXN_ADD && !s->status, .counter = s->version.counter,
		    .writer = s->version.writer, .count = s->count, .resume = s->resume,
		    .has_resume = s->more);
	while (s->kind == TXN_RANGE && txn_step_item(s, &pos, &item))
		REQUEST_SAY(&t->req, ctl_txn_item, .step = i, .key = item.key, .value = item.value);
}

static void run_done(struct txn_run *run)
{
	struct txn_request *t = run->ctx;

	for (uint32_t i = 0; !run->status && !run->repeated && i < run->steps_n; i++)
		say_step(t, i);
	if (!run->status)
		REQUEST_SAY(&t->req, ctl_txn_end, .counter = run->version.counter,
			    .writer = run->version.writer, .repeated = run->repeated);
	txn_free(t, run->status);
}

/* The kinds of the control protocol are those of txn.h, in the same order. */
_Static_assert((int)WIRE_CTL_TXN_KIND_EXPECT == (int)TXN_EXPECT &&
		       (int)WIRE_CTL_TXN_KIND_RANGE == (int)TXN_RANGE,
	       "kinds of steps");

static struct txn_step step_of(const struct wire_ctl_txn_step *in)
{
	return (struct txn_step){
		.kind = (enum txn_kind)in->kind,
		.key = in->key,
		.value = in->value,
		.expect = in->expect,
		.absent = !in->has_expect,
		.number = (int64_t)in->number,
		.to = in->to,
		.limit = in->limit,
		.version = { in->counter, in->writer },
	};
}

void handle_txn(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_txn_step step;
	struct txn_request *t;
	struct wire_ctl_txn m;
	size_t pos = 0;
	int err;

	if (wire_ctl_txn_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	t = request_start(all, client, m.seq, sizeof(*t) + msg.len, cancel_txn);
	if (!t)
		return;
	memcpy(t->msg, msg.data, msg.len);
	t->steps = calloc(m.steps.n + 1, sizeof(*t->steps));
	if (!t->steps || wire_ctl_txn_decode(bytes_of(t->msg, msg.len), &m)) {
		txn_free(t, -ENOBUFS);
		return;
	}
	t->run = (struct txn_run){ .done = run_done, .ctx = t, .steps = t->steps };
	t->run.strict = m.strict;
	t->run.options.id = m.id;
	t->run.options.timeout_ns = (uint64_t)m.timeout_ms * ENV_MS;
	while (wire_ctl_txn_step_list_next(&m.steps, &pos, &step))
		t->steps[t->run.steps_n++] = step_of(&step);
	err = txn_run_start(node_txns(all->node), &t->run);
	if (err)
		txn_free(t, err);
}

static void cancel_outcome(struct request *req)
{
	struct outcome_request *o = (struct outcome_request *)req;

	txn_outcome_stop(node_txns(req->all->node), &o->outcome);
}

static void outcome_done(struct txn_outcome *outcome)
{
	struct outcome_request *o = outcome->ctx;
	const char *text = request_txn_text(outcome->status);

	if (outcome->status == -ENOENT)
		text = "it was not committed, and never will be";
	request_end(&o->req, outcome->status, text);
}

void handle_txn_outcome(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_txn_outcome m;
	struct outcome_request *o;
	int err;

	if (wire_ctl_txn_outcome_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	o = request_start(all, client, m.seq, sizeof(*o), cancel_outcome);
	if (!o)
		return;
	memcpy(o->id, m.id.data, m.id.len);
	o->outcome = (struct txn_outcome){ .done = outcome_done,
					   .ctx = o,
					   .id = bytes_of(o->id, m.id.len) };
	err = txn_outcome_start(node_txns(all->node), &o->outcome);
	if (err)
		request_end(&o->req, err, request_txn_text(err));
}
