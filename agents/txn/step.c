// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Steps: what a transaction reads comes from quorums and is remembered, what
 * it writes stays here until it commits. Nothing is locked before that.
 */
#include <txn/txn_priv.h>

/* Pause before a read is tried again for which the node had no room. */
#define ROOM_NS (2 * ENV_MS)

static void ops_fire(void *ctx);

/* Memory of the transaction, aligned to 16. Return: NULL when there is no more. */
void *txn_mem(struct txn *txn, size_t len)
{
	struct buf *b = &txn->mem;
	size_t pad = (16 - b->len % 16) % 16;

	xassert(b->len <= b->cap);
	if (pad + len > b->cap - b->len)
		return NULL;
	b->len += pad;
	return buf_reserve(b, len);
}

/* Copy bytes into the memory of the transaction; what is there has a data pointer. */
int txn_copy(struct txn *txn, struct bytes from, struct bytes *to)
{
	uint8_t *mem = buf_reserve(&txn->mem, from.len + 1);

	xassert(to);
	if (!mem)
		return -E2BIG;
	if (from.len)
		memcpy(mem, from.data, from.len);
	*to = bytes_of(mem, from.len);
	return 0;
}

struct txn_part *txn_part_find(struct txn *txn, struct bytes key)
{
	xassert(txn->part_n <= TXN_KEYS_MAX);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		if (bytes_eq(txn->part[i].key, key))
			return &txn->part[i];
	}
	return NULL;
}

/* The part of a key, a new one when it has none. Return: NULL over a limit. */
struct txn_part *txn_part_get(struct txn *txn, struct bytes key)
{
	struct txn_part *p = txn_part_find(txn, key);
	struct bytes copy;

	xassert(key.len <= DHT_KEY_MAX);
	if (p)
		return p;
	if (txn->part_n == TXN_KEYS_MAX || txn->key_bytes + key.len + 16 > TXN_KEY_BYTES_MAX ||
	    txn_copy(txn, key, &copy))
		return NULL;
	txn->key_bytes += key.len + 16;
	p = &txn->part[txn->part_n++];
	*p = (struct txn_part){ .key = copy };
	return p;
}

/* The value as the transaction sees it: data is NULL when there is none. */
static struct bytes part_value(const struct txn_part *p)
{
	xassert(p->write || p->seen);
	if (p->write)
		return p->tombstone ? bytes_of(NULL, 0) : p->value;
	return p->old;
}

/* Does the step need to know what is in the key? */
static bool step_reads(const struct txn_step *s)
{
	return s->kind != TXN_WRITE && s->kind != TXN_DELETE && s->kind != TXN_EXPECT;
}

static int part_set(struct txn *txn, struct txn_part *p, struct bytes value)
{
	struct bytes copy;
	int err = txn_copy(txn, value, &copy);

	xassert(p->key.len);
	if (err)
		return err;
	p->value = copy;
	p->write = true;
	p->tombstone = false;
	return 0;
}

/* The version that was seen must be the one when the transaction commits. */
static void part_expect(struct txn *txn, struct txn_part *p, const struct dht_version *version)
{
	xassert(p->key.len);
	if (p->read && !txn_id_eq(&p->want, version))
		txn->doomed = true;
	p->read = true;
	p->want = *version;
	if (version->counter > txn->seen)
		txn->seen = version->counter;
}

static int step_test_set(struct txn *txn, struct txn_part *p, struct txn_step *s)
{
	struct bytes old = part_value(p);
	bool same = s->absent ? !old.data : old.data && bytes_eq(old, s->expect);

	xassert(s->kind == TXN_TEST_SET);
	if (same)
		return part_set(txn, p, s->value);
	s->result = old;
	return -EEXIST;
}

/* Do a step on a key whose value is known when it needs to be. Return: its status. */
static int step_eval(struct txn *txn, struct txn_part *p, struct txn_step *s)
{
	struct bytes out;
	int err;

	s->version = p->want;
	switch (s->kind) {
	case TXN_READ:
		s->result = part_value(p);
		return s->result.data ? 0 : -ENOENT;
	case TXN_WRITE:
		return part_set(txn, p, s->value);
	case TXN_DELETE:
		p->write = true;
		p->tombstone = true;
		return 0;
	case TXN_TEST_SET:
		return step_test_set(txn, p, s);
	case TXN_ADD:
		err = txn_value_add(txn, part_value(p), &s->number, &out);
		break;
	case TXN_APPEND:
		err = txn_value_append(txn, part_value(p), s->value, &out);
		break;
	case TXN_REMOVE:
		err = txn_value_remove(txn, part_value(p), s->value, &out);
		break;
	default:
		xassert(s->kind == TXN_EXPECT);
		return 0;
	}
	if (err)
		return err;
	if (s->kind != TXN_ADD)
		s->result = out;
	p->value = out;
	p->write = true;
	p->tombstone = false;
	return 0;
}

static void op_ready(struct txn_op *op, int status)
{
	xassert(op->state != TOP_READY);
	op->step->status = status;
	op->state = TOP_READY;
	env_timer_set(op->txn->txns->env, &op->txn->ops_timer, 0);
}

static void op_read(struct dht_op *get)
{
	struct txn_op *op = get->ctx;
	struct txn *txn = op->txn;
	struct txn_part *p;
	int status = get->status;

	xassert(op->state == TOP_READING);
	if (status && status != -ENOENT) {
		op_ready(op, status);
		return;
	}
	if (get->kind == DHT_RANGE) {
		txn_range_done(txn, op->step, get);
		op_ready(op, op->step->status);
		return;
	}
	p = txn_part_get(txn, op->step->key);
	if (!p || (!status && txn_copy(txn, get->value, &p->old))) {
		op_ready(op, -E2BIG);
		return;
	}
	p->seen = true;
	part_expect(txn, p, &get->version);
	op_ready(op, step_eval(txn, p, op->step));
}

/* Read what a step needs. Return: false when there was no room. */
static bool op_start_read(struct txn_op *op)
{
	struct txns *t = op->txn->txns;
	struct txn_step *s = op->step;
	uint64_t now = env_now(t->env);
	int err;

	xassert(op->state == TOP_QUEUED);
	op->get = (struct dht_op){
		.done = op_read,
		.ctx = op,
		.kind = s->kind == TXN_RANGE ? DHT_RANGE : DHT_GET,
		.key = s->key,
		.to = s->to,
		.limit = s->limit,
		.timeout_ns = op->txn->deadline_ns > now ? op->txn->deadline_ns - now : 1,
	};
	err = dht_op_start(t->dht, &op->get);
	if (err == -ENOBUFS)
		return false;
	if (err)
		op_ready(op, err);
	else
		op->state = TOP_READING;
	return true;
}

/* Must the step wait for one before it? */
static bool op_blocked(const struct txn_op *op)
{
	struct txn_op *o;

	cds_list_for_each_entry(o, &op->txn->ops, node) {
		if (o == op)
			return false;
		if (o->state != TOP_READY &&
		    (o->step->kind == TXN_RANGE || op->step->kind == TXN_RANGE ||
		     bytes_eq(o->step->key, op->step->key)))
			return true;
	}
	xassert(false);
	return true;
}

/* Start a step, or do it at once when it needs nothing from outside. Return: false: no room. */
static bool op_start(struct txn_op *op)
{
	struct txn *txn = op->txn;
	struct txn_step *s = op->step;
	struct txn_part *p;

	xassert(op->state == TOP_QUEUED);
	if (s->kind == TXN_RANGE)
		return op_start_read(op);
	p = txn_part_find(txn, s->key);
	if (step_reads(s) && (!p || (!p->write && !p->seen)))
		return op_start_read(op);
	p = txn_part_get(txn, s->key);
	if (!p) {
		op_ready(op, -E2BIG);
		return true;
	}
	if (s->kind == TXN_EXPECT) {
		struct dht_version version = s->version;

		part_expect(txn, p, &version);
	}
	op_ready(op, step_eval(txn, p, s));
	return true;
}

static void ops_start(struct txn *txn)
{
	struct txn_op *op;

	xassert(txn->used);
	cds_list_for_each_entry(op, &txn->ops, node) {
		if (op->state != TOP_QUEUED || op_blocked(op))
			continue;
		if (op_start(op))
			continue;
		if (!env_timer_armed(&txn->ops_timer))
			env_timer_set(txn->txns->env, &txn->ops_timer, ROOM_NS);
		return;
	}
}

/* Tell the callers of steps that are done, in the order of the steps; then start others. */
static void ops_fire(void *ctx)
{
	struct txn *txn = ctx;
	struct txn_op *op, *next;
	struct txns *t = txn->txns;
	uint64_t op_id = txn->op;

	ops_start(txn);
	cds_list_for_each_entry_safe(op, next, &txn->ops, node) {
		struct txn_step *step = op->step;

		if (op->state != TOP_READY)
			continue;
		cds_list_del(&op->node);
		pool_put(&t->ops, op);
		/* Go on later: the caller may do anything with the transaction. */
		if (!cds_list_empty(&txn->ops))
			env_timer_set(t->env, &txn->ops_timer, 0);
		step->done(step);
		return;
	}
	xassert(txn->op == op_id);
}

static int step_check(const struct txn_step *s)
{
	if (s->kind > TXN_EXPECT)
		return -EINVAL;
	if (s->key.len > DHT_KEY_MAX || s->to.len > DHT_KEY_MAX || s->value.len > DHT_VALUE_MAX)
		return -EMSGSIZE;
	if (s->kind == TXN_RANGE)
		return s->to.len && bytes_cmp(s->key, s->to) > 0 ? -EINVAL : 0;
	return s->key.len ? 0 : -EINVAL;
}

/* Add a step at the end. Return: 0 or -ENOBUFS. */
int txn_step_add(struct txn *txn, struct txn_step *step)
{
	struct txn_op *op = pool_get(&txn->txns->ops);
	int err = step_check(step);

	if (!op)
		return -ENOBUFS;
	if (!txn->own && step != &txn->id_step && dht_key_reserved(step->key))
		err = -EINVAL;
	op->txn = txn;
	op->step = step;
	step->state = NULL;
	step->status = 0;
	step->result = bytes_of(NULL, 0);
	step->count = 0;
	step->more = false;
	txn->ops_timer.fire = ops_fire;
	txn->ops_timer.ctx = txn;
	cds_list_add_tail(&op->node, &txn->ops);
	xassert(txn->phase == TXN_OPEN);
	if (err)
		op_ready(op, err);
	else
		ops_start(txn);
	return 0;
}

void txn_steps_stop(struct txn *txn)
{
	struct txn_op *op, *next;

	xassert(txn->used);
	if (!txn->ops.next)
		return;
	cds_list_for_each_entry_safe(op, next, &txn->ops, node) {
		if (op->state == TOP_READING)
			dht_op_stop(txn->txns->dht, &op->get);
		cds_list_del(&op->node);
		pool_put(&txn->txns->ops, op);
	}
}
