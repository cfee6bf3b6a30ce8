// SPDX-License-Identifier: GPL-2.0-or-later
/* The record of a key at its owner: the item, and the votes for it. */
#include <txn/txn_priv.h>

/* Take a record apart; an empty one has nothing. Return: 0 or -EIO. */
int txn_record_parse(struct txn_record *r, struct bytes in)
{
	size_t pos = 0;

	r->vote_n = 0;
	r->exists = in.len != 0;
	memset(&r->item, 0, sizeof(r->item));
	if (!in.len)
		return 0;
	if (wire_set_decode(&wire_dht_stored_set, in, &r->item))
		return -EIO;
	while (r->vote_n < WIRE_DHT_VOTES &&
	       wire_dht_vote_list_next(&r->item.votes, &pos, &r->vote[r->vote_n]))
		r->vote_n++;
	xassert(r->vote_n <= WIRE_DHT_VOTES);
	return 0;
}

/* Read and take apart the record of a key. Return: 0 (an empty one when there is none) or -EIO. */
int txn_record_load(struct txns *t, uint8_t class, struct bytes key, struct txn_record *r)
{
	struct buf b = buf_of(t->in, PAGE_RECORD_MAX);
	uint8_t mem[PAGE_KEY_MAX];
	int err;

	xassert(class < RING_CLASSES_MAX);
	r->class = class;
	r->key = key;
	err = store_get(t->store, page_key(class, key, mem), &b);
	if (err && err != -ENOENT)
		return -EIO;
	return txn_record_parse(r, err ? bytes_of(NULL, 0) : buf_bytes(&b));
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
	bool empty = !r->vote_n && !r->item.counter && !r->item.has_floor && !r->item.has_lost;
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

/* The oldest transaction that is known to be aborted, and how many there are. Return: NULL: none. */
struct wire_dht_vote *txn_record_aborted(struct txn_record *r, uint32_t *n)
{
	struct wire_dht_vote *oldest = NULL;

	*n = 0;
	xassert(r->vote_n <= WIRE_DHT_VOTES);
	for (uint32_t i = 0; i < r->vote_n; i++) {
		if (r->vote[i].state != WIRE_DHT_VOTE_STATE_ABORTED)
			continue;
		++*n;
		if (!oldest || r->vote[i].counter < oldest->counter)
			oldest = &r->vote[i];
	}
	return oldest;
}

/* Forget that a transaction was aborted: from now on only the floor keeps late requests away. */
void txn_record_shut(struct txn_record *r, struct wire_dht_vote *v)
{
	xassert(v->state == WIRE_DHT_VOTE_STATE_ABORTED);
	if (v->counter > r->item.floor && !MUTANT(txn_abort_leaves_no_floor)) {
		r->item.floor = v->counter;
		r->item.has_floor = true;
	}
	txn_record_drop(r, v);
}

/*
 * The same before all owners know: whoever copies this record cannot tell any
 * more whether the transaction was aborted here or never heard of.
 */
void txn_record_lose(struct txn_record *r, struct wire_dht_vote *v)
{
	xassert(v->counter);
	if (v->counter > r->item.lost) {
		r->item.lost = v->counter;
		r->item.has_lost = true;
	}
	txn_record_shut(r, v);
}
