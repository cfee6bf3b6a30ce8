// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The votes in this node's arc, kept in memory beside the store: who holds
 * which key or range, and which votes have been there for too long. Read anew
 * from the store whenever the arc has changed.
 */
#include <txn/txn_priv.h>

/* Who waits for an old vote makes its owner take over sooner. */
#define DOUBT_NS (400 * ENV_MS)

static uint64_t due_of(struct txns *t, uint8_t state)
{
	uint64_t now = env_now(t->env);

	if (state == WIRE_DHT_VOTE_STATE_COMMITTED || state == WIRE_DHT_VOTE_STATE_ABORTED)
		return now + TXN_RETAIN_NS + env_random_below(t->env, TXN_RETAIN_NS / 4);
	return now + TXN_TAKEOVER_NS + env_random_below(t->env, TXN_TAKEOVER_NS);
}

static struct txn_held *held_find(struct txns *t, struct bytes key, const struct dht_version *id)
{
	xassert(t->held_n <= t->cfg.votes_max);
	for (uint32_t i = 0; i < t->held_n; i++) {
		struct txn_held *h = &t->held[i];

		if (txn_id_eq(&h->id, id) && bytes_eq(ring_key_bytes(&h->key), key))
			return h;
	}
	return NULL;
}

/* Remember a vote, or what became of it. Return: false when the table is full. */
bool txn_held_set(struct txns *t, struct bytes key, const struct wire_dht_vote *v)
{
	struct dht_version id = { v->counter, v->writer };
	struct txn_held *h = held_find(t, key, &id);
	bool fresh = !h || h->state != v->state;

	if (!h) {
		if (t->held_n == t->cfg.votes_max)
			return false;
		h = &t->held[t->held_n++];
		ring_key_set(&h->key, key);
	}
	h->id = id;
	h->age = v->age;
	h->state = v->state;
	h->write = v->write;
	h->range = v->range;
	ring_key_set(&h->end, v->has_end ? v->end : bytes_of(NULL, 0));
	if (fresh)
		h->due_ns = due_of(t, v->state);
	return true;
}

void txn_held_drop(struct txns *t, struct bytes key, const struct dht_version *id)
{
	struct txn_held *h = held_find(t, key, id);

	xassert(key.len <= RING_KEY_MAX);
	if (!h)
		return;
	*h = t->held[--t->held_n];
	if (t->held_full)
		t->held_for = false;
}

static bool held_visit(void *ctx, struct bytes key, struct bytes value)
{
	struct wire_dht_stored s;
	struct wire_dht_vote v;
	struct txns *t = ctx;
	size_t pos = 0;

	xassert(key.len >= 2);
	/* A damaged record is refused when it is asked for. */
	if (wire_set_decode(&wire_dht_stored_set, value, &s))
		return true;
	while (wire_dht_vote_list_next(&s.votes, &pos, &v)) {
		if (!txn_held_set(t, bytes_of(key.data + 2, key.len - 2), &v))
			t->held_full = true;
	}
	return true;
}

/* Has the arc changed since the votes in it were read? Then read them again. */
void txn_held_sync(struct txns *t)
{
	const struct ring_arc *a = ring_arc(t->ring);
	uint8_t from[PAGE_KEY_MAX], to[PAGE_KEY_MAX];
	struct bytes last;

	if (!a) {
		t->held_n = 0;
		t->held_for = false;
		return;
	}
	if (t->held_for && t->held_changes == ring_changes(t->ring))
		return;
	t->held_n = 0;
	t->held_full = false;
	last = page_key(a->class, ring_key_bytes(&a->end), to);
	if (a->open) {
		to[1] = (uint8_t)(a->class + 1);
		last.len = 2;
	}
	if (store_scan(t->store, page_key(a->class, ring_key_bytes(&a->start), from), last,
		       held_visit, t))
		t->held_full = true;
	t->held_for = true;
	t->held_changes = ring_changes(t->ring);
	t->held_class = a->class;
	xassert(t->held_n <= t->cfg.votes_max);
}

static bool before_end(struct bytes key, struct bytes end)
{
	return !end.len || bytes_cmp(key, end) < 0;
}

/*
 * A vote of another transaction, for another record, that what is asked must
 * wait for: a range over a key that is to be written, or a key in a range that
 * is to be read.
 */
const struct txn_held *txn_held_conflict(const struct txns *t, const struct wire_txn_ask *q)
{
	xassert(q->write || q->range || q->read);
	for (uint32_t i = 0; i < t->held_n; i++) {
		const struct txn_held *h = &t->held[i];
		struct bytes at = ring_key_bytes(&h->key);

		if (!dht_vote_holds(h->state) ||
		    (h->id.counter == q->counter && h->id.writer == q->writer))
			continue;
		if (h->range && q->write && bytes_cmp(q->key, at) >= 0 &&
		    before_end(q->key, ring_key_bytes(&h->end)))
			return h;
		if (h->write && q->range && bytes_cmp(at, q->key) >= 0 && before_end(at, q->end))
			return h;
	}
	return NULL;
}

/* A read, or another transaction, waits for what holds this key. */
void txn_held_doubt(void *ctx, struct bytes key)
{
	struct txns *t = ctx;
	uint64_t sooner = env_now(t->env) + DOUBT_NS;

	xassert(t->held_n <= t->cfg.votes_max);
	for (uint32_t i = 0; i < t->held_n; i++) {
		struct txn_held *h = &t->held[i];

		if (h->state != WIRE_DHT_VOTE_STATE_COMMITTED &&
		    h->state != WIRE_DHT_VOTE_STATE_ABORTED && h->due_ns > sooner &&
		    bytes_eq(ring_key_bytes(&h->key), key))
			h->due_ns = sooner;
	}
}

/* May the arc be split at @key? Not inside of a range that somebody has a vote for. */
static bool held_guard(void *ctx, struct bytes key)
{
	struct txns *t = ctx;

	txn_held_sync(t);
	for (uint32_t i = 0; i < t->held_n; i++) {
		const struct txn_held *h = &t->held[i];

		if (h->range && bytes_cmp(ring_key_bytes(&h->key), key) < 0 &&
		    before_end(key, ring_key_bytes(&h->end)))
			return true;
	}
	return t->held_full;
}

/* Look for votes that have been there for too long, and settle what they belong to. */
static void held_sweep(void *ctx)
{
	struct txns *t = ctx;
	uint64_t now = env_now(t->env);

	txn_held_sync(t);
	env_timer_set(t->env, &t->sweep, TXN_SWEEP_NS);
	if (!ring_complete(t->ring) || MUTANT(txn_never_settles))
		return;
	for (uint32_t i = 0; i < t->held_n; i++) {
		struct txn_held *h = &t->held[i];
		struct wire_dht_vote *v;

		if (h->due_ns > now)
			continue;
		h->due_ns = due_of(t, h->state == WIRE_DHT_VOTE_STATE_ABORTED ?
					      h->state :
					      WIRE_DHT_VOTE_STATE_PREPARED);
		if (txn_record_load(t, t->held_class, ring_key_bytes(&h->key), &t->record))
			continue;
		v = txn_record_vote(&t->record, &h->id);
		xassert(!v || v->state == h->state);
		if (v)
			txn_settle(t, v, v->state == WIRE_DHT_VOTE_STATE_COMMITTED);
	}
}

void txn_held_init(struct txns *t)
{
	xassert(t->held);
	t->sweep.fire = held_sweep;
	t->sweep.ctx = t;
	ring_guard_set(t->ring, held_guard, t);
	ring_merge_set(t->ring, txn_record_merge, t);
	dht_doubt_set(t->dht, txn_held_doubt, t);
}
