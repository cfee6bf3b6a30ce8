// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One record of two copies of a key, when an arc is taken over: the new owner
 * becomes what the old one could at most have been, as far as a majority of
 * the others knows. See Documentation/agents/txn.rst, "Copies".
 *
 *  - item: the newer one; floor: the higher one;
 *  - a decision that one side knows is known;
 *  - as an acceptor: the highest ballot promised, and the highest one accepted;
 *  - a vote of another owner holds the key here as well, but it is no vote of
 *    this owner: that would make a majority of one.
 */
#include <txn/txn_priv.h>

/* Is it as good as a vote of this owner? Its own, or those of a majority of the others. */
bool txn_vote_counts(uint32_t majority, const struct wire_dht_vote *v)
{
	xassert(v->counter);
	return v->state == WIRE_DHT_VOTE_STATE_PREPARED ||
	       (v->state == WIRE_DHT_VOTE_STATE_HELD && ring_bits(v->voters) >= majority);
}

static bool undecided(const struct wire_dht_vote *v)
{
	return v->state != WIRE_DHT_VOTE_STATE_COMMITTED && v->state != WIRE_DHT_VOTE_STATE_ABORTED;
}

/* A vote of the owner in another class, as this node may keep it. */
static void vote_copy(const struct txn_merge *m, struct wire_dht_vote *v)
{
	bool counts = txn_vote_counts(m->majority, v);

	xassert(m->copy.class < RING_CLASSES_MAX);
	v->copy = m->copy.attempt;
	v->has_copy = m->copy.attempt != 0;
	if (!dht_vote_holds(v->state))
		return;
	v->state = WIRE_DHT_VOTE_STATE_HELD;
	v->voters = counts ? (uint8_t)(1u << m->copy.class) : 0;
	v->has_voters = true;
}

/* The ballots of two acceptors. */
static void ballots_merge(struct wire_dht_vote *v, const struct wire_dht_vote *o)
{
	struct dht_version a = { v->round, v->proposer }, b = { o->round, o->proposer };

	xassert(v->counter == o->counter);
	if (txn_version_cmp(&b, &a) > 0) {
		v->round = o->round;
		v->proposer = o->proposer;
	}
	a = (struct dht_version){ v->accepted_round, v->accepted_proposer };
	b = (struct dht_version){ o->accepted_round, o->accepted_proposer };
	if (!o->has_accepted_round || (v->has_accepted_round && txn_version_cmp(&b, &a) <= 0))
		return;
	v->accepted_round = o->accepted_round;
	v->accepted_proposer = o->accepted_proposer;
	v->has_accepted_round = v->has_accepted_proposer = true;
	v->abort = o->abort;
}

/* What is to be written, from a vote that knows it. */
static void content_take(struct wire_dht_vote *v, const struct wire_dht_vote *o)
{
	xassert(dht_vote_holds(o->state));
	v->write = o->write;
	v->tombstone = o->tombstone;
	v->value = o->value;
	v->has_value = o->has_value;
	v->range = o->range;
	v->end = o->end;
	v->has_end = o->has_end;
}

/* Write what is known to be committed and lies in a vote only. */
static void item_take(struct wire_dht_stored *item, const struct wire_dht_vote *v)
{
	struct dht_version id = { v->counter, v->writer }, have = { item->counter, item->writer };

	xassert(dht_vote_holds(v->state));
	if (!v->write || txn_version_cmp(&have, &id) >= 0)
		return;
	item->counter = v->counter;
	item->writer = v->writer;
	item->tombstone = v->tombstone;
	item->value = v->value;
	item->has_value = !v->tombstone;
}

static void vote_decide(struct wire_dht_stored *item, struct wire_dht_vote *v, uint8_t state)
{
	if (state == WIRE_DHT_VOTE_STATE_COMMITTED && dht_vote_holds(v->state))
		item_take(item, v);
	xassert(state == WIRE_DHT_VOTE_STATE_COMMITTED || state == WIRE_DHT_VOTE_STATE_ABORTED);
	v->state = state;
	v->has_value = false;
	v->value = bytes_of(NULL, 0);
	v->unsure = false;
}

/* Two votes for one transaction. */
static void vote_merge(struct wire_dht_stored *item, struct wire_dht_vote *v,
		       const struct wire_dht_vote *o)
{
	struct wire_dht_vote other = *o;

	xassert(v->counter == o->counter && v->writer == o->writer);
	ballots_merge(v, o);
	if (!undecided(o) && v->state != WIRE_DHT_VOTE_STATE_COMMITTED) {
		vote_decide(item, v, o->state);
		return;
	}
	if (!undecided(v)) {
		if (dht_vote_holds(other.state))
			vote_decide(item, &other, v->state);
		return;
	}
	v->unsure |= o->unsure;
	if (!dht_vote_holds(o->state))
		return;
	if (!dht_vote_holds(v->state)) {
		content_take(v, o);
		v->state = WIRE_DHT_VOTE_STATE_HELD;
		v->voters = 0;
	}
	v->voters |= o->voters;
	v->has_voters = v->state == WIRE_DHT_VOTE_STATE_HELD;
}

/*
 * Of a transaction that one side has accepted to commit the other side knows
 * nothing: it may have forgotten that it was aborted.
 */
static void vote_alone(struct txn_merge *m, struct wire_dht_vote *v,
		       const struct wire_dht_stored *other)
{
	if (!undecided(v) || v->state == WIRE_DHT_VOTE_STATE_PREPARED || v->unsure ||
	    v->counter > other->lost || !v->has_accepted_round || v->abort)
		return;
	xassert(v->counter);
	v->unsure = true;
	m->unsure++;
}

static void item_merge(struct wire_dht_stored *h, const struct wire_dht_stored *o)
{
	struct dht_version hv = { h->counter, h->writer }, ov = { o->counter, o->writer };

	if (txn_version_cmp(&ov, &hv) > 0) {
		h->counter = o->counter;
		h->writer = o->writer;
		h->tombstone = o->tombstone;
		h->value = o->value;
		h->has_value = o->has_value;
	}
	xassert(h->counter >= o->counter);
	if (o->floor > h->floor)
		h->floor = o->floor;
	if (o->lost > h->lost)
		h->lost = o->lost;
	h->has_floor = h->floor != 0;
	h->has_lost = h->lost != 0;
}

static int votes_merge(struct txn_merge *m)
{
	struct txn_record *h = m->have, *o = m->other;
	bool fresh = !h->exists;
	uint32_t mine;

	/* Copied in an attempt that was given up: each comes again, if it is still there. */
	for (uint32_t i = h->vote_n; m->copy.attempt && i--;) {
		if (h->vote[i].copy != m->copy.attempt)
			txn_record_drop(h, &h->vote[i]);
	}
	mine = h->vote_n;
	for (uint32_t i = 0; i < mine; i++) {
		const struct dht_version id = { h->vote[i].counter, h->vote[i].writer };

		if (!txn_record_vote(o, &id))
			vote_alone(m, &h->vote[i], &o->item);
	}
	for (uint32_t i = 0; i < o->vote_n; i++) {
		const struct dht_version id = { o->vote[i].counter, o->vote[i].writer };
		struct wire_dht_vote *v = txn_record_vote(h, &id);

		vote_copy(m, &o->vote[i]);
		if (v) {
			vote_merge(&h->item, v, &o->vote[i]);
			continue;
		}
		if (MUTANT(txn_copy_skips_votes))
			continue;
		v = txn_record_add(h, &id);
		if (!v)
			return -ENOSPC;
		*v = o->vote[i];
		if (!fresh)
			vote_alone(m, v, &h->item);
	}
	xassert(h->vote_n >= mine);
	return 0;
}

/* Make one record of two, in @m->have. Return: 0, or -ENOSPC too many votes. */
int txn_merge(struct txn_merge *m)
{
	struct wire_dht_vote *oldest;
	uint32_t n;
	int err;

	xassert(m->majority && m->have != m->other);
	/* Votes first: they are compared with what was there before the items become one. */
	err = votes_merge(m);
	if (err)
		return err;
	item_merge(&m->have->item, &m->other->item);
	while ((oldest = txn_record_aborted(m->have, &n)) && n > TXN_ABORTED_MAX)
		txn_record_lose(m->have, oldest);
	return 0;
}

/* See ring_merge_set(). */
int txn_record_merge(void *ctx, const struct ring_copy *copy, struct bytes have, struct bytes other,
		     struct buf *out)
{
	struct txns *t = ctx;
	struct txn_record *h = &t->record;
	struct txn_merge m = {
		.majority = ring_replicas(t->ring) / 2 + 1,
		.copy = *copy,
		.have = h,
		.other = &t->other,
	};
	int err;

	xassert(copy->class < RING_CLASSES_MAX);
	if (txn_record_parse(h, have) || txn_record_parse(&t->other, other))
		return -EBADMSG;
	err = txn_merge(&m);
	if (err)
		return err;
	t->count.unsure += m.unsure;
	h->item.votes = (struct wire_dht_vote_list){ .v = h->vote, .n = h->vote_n };
	/* What this node remembers of its votes is no longer what is stored. */
	if (h->vote_n)
		t->held_for = false;
	return wire_set_encode(&wire_dht_stored_set, &h->item, out);
}
