// SPDX-License-Identifier: GPL-2.0-or-later
/* The record of a key at its owner: the item, and the votes for it. */
#include <txn/txn_priv.h>

/* Take the record of a key apart. Return: 0 (an empty one when there is none) or -EIO. */
int txn_record_load(struct txns *t, uint8_t class, struct bytes key, struct txn_record *r)
{
	struct buf b = buf_of(t->in, PAGE_RECORD_MAX);
	uint8_t mem[PAGE_KEY_MAX];
	size_t pos = 0;
	int err;

	xassert(class < RING_CLASSES_MAX);
	r->class = class;
	r->key = key;
	r->vote_n = 0;
	err = store_get(t->store, page_key(class, key, mem), &b);
	r->exists = !err;
	memset(&r->item, 0, sizeof(r->item));
	if (err)
		return err == -ENOENT ? 0 : -EIO;
	if (wire_set_decode(&wire_dht_stored_set, buf_bytes(&b), &r->item))
		return -EIO;
	while (r->vote_n < WIRE_DHT_VOTES &&
	       wire_dht_vote_list_next(&r->item.votes, &pos, &r->vote[r->vote_n]))
		r->vote_n++;
	return 0;
}

static void record_stored(void *ctx, int status)
{
	struct txn_write *w = ctx;

	xassert(w->txns);
	/* After a failed sync nothing is said; the store is at its end. */
	if (!status && !w->silent)
		ring_link_send(w->txns->link, &wire_txn_answer_msg, &w->answer, &w->to, true);
	pool_put(&w->txns->writes, w);
}

/*
 * Put a record together and submit it; @w is answered when it is durable, and
 * given back in any case. @lazy: nobody waits for that. Return: 0, or why the store refuses it.
 */
int txn_record_save(struct txns *t, struct txn_record *r, struct txn_write *w, bool lazy)
{
	struct buf b = buf_of(t->out, PAGE_RECORD_MAX);
	bool empty = !r->vote_n && !r->item.counter && !r->item.has_floor;
	uint8_t mem[PAGE_KEY_MAX];
	struct store_op op = { .key = page_key(r->class, r->key, mem), .del = empty };
	int err = 0;

	r->item.votes = (struct wire_dht_vote_list){ .v = r->vote, .n = r->vote_n };
	if (MUTANT(dht_tombstone_forgotten) && r->item.tombstone && !r->vote_n)
		op.del = empty = true;
	if (!empty)
		err = wire_set_encode(&wire_dht_stored_set, &r->item, &b);
	op.value = buf_bytes(&b);
	w->ticket.done = record_stored;
	w->ticket.ctx = w;
	w->ticket.lazy = lazy;
	if (!err)
		err = store_submit(t->store, &op, 1, &w->ticket);
	if (err) {
		t->count.writes_refused++;
		pool_put(&t->writes, w);
		return err;
	}
	if (!empty && !r->exists)
		ring_items_add(t->ring);
	else if (empty && r->exists)
		ring_items_drop(t->ring);
	r->exists = !empty;
	if (MUTANT(txn_answer_before_sync) && !w->silent) {
		w->silent = true;
		ring_link_send(t->link, &wire_txn_answer_msg, &w->answer, &w->to, true);
	}
	return 0;
}

struct wire_dht_vote *txn_record_vote(struct txn_record *r, const struct dht_version *id)
{
	xassert(r->vote_n <= WIRE_DHT_VOTES);
	for (uint32_t i = 0; i < r->vote_n; i++) {
		if (r->vote[i].counter == id->counter && r->vote[i].writer == id->writer)
			return &r->vote[i];
	}
	return NULL;
}

/* Return: a new vote, NULL when there are too many. */
struct wire_dht_vote *txn_record_add(struct txn_record *r, const struct dht_version *id)
{
	struct wire_dht_vote *v;

	xassert(!txn_record_vote(r, id));
	if (r->vote_n == WIRE_DHT_VOTES)
		return NULL;
	v = &r->vote[r->vote_n++];
	*v = (struct wire_dht_vote){ .counter = id->counter, .writer = id->writer };
	return v;
}

void txn_record_drop(struct txn_record *r, struct wire_dht_vote *v)
{
	xassert(v >= r->vote && v < r->vote + r->vote_n);
	*v = r->vote[--r->vote_n];
}
