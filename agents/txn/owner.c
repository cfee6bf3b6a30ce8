// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The owner of a key: votes, and remembers what others decide. Everything that
 * it promises lies in the record of the key, and is durable before it is said.
 */
#include <txn/txn_priv.h>

#include <base/siphash.h>

/* Digest of the items of a range: order matters, so each goes on from the one before. */
uint64_t txn_digest_add(uint64_t digest, struct bytes key, const struct dht_version *v)
{
	uint64_t k[2] = { v->counter, v->writer ^ digest };

	xassert(v->counter);
	return siphash(k, key.data, key.len) ^ digest << 1;
}

static bool digest_visit(void *ctx, struct bytes key, struct bytes value)
{
	struct wire_dht_record r;
	uint64_t *digest = ctx;

	xassert(key.len >= 2);
	if (wire_set_decode(&wire_dht_record_set, value, &r)) {
		*digest ^= 1;
		return true;
	}
	key = bytes_of(key.data + 2, key.len - 2);
	if (r.counter && !r.tombstone && !dht_key_reserved(key))
		*digest =
			txn_digest_add(*digest, key, &(struct dht_version){ r.counter, r.writer });
	return true;
}

/* Are the items of the range those that the transaction has read? */
static bool range_same(struct txns *t, const struct wire_txn_ask *q)
{
	uint8_t from[PAGE_KEY_MAX], to[PAGE_KEY_MAX];
	struct bytes last = page_key(q->class, q->end, to);
	uint64_t digest = 0;

	if (!q->has_end) {
		to[1] = (uint8_t)(q->class + 1);
		last.len = 2;
	}
	if (store_scan(t->store, page_key(q->class, q->key, from), last, digest_visit, &digest))
		return false;
	xassert(q->range);
	return digest == q->digest || MUTANT(txn_range_not_validated);
}

/* The vote that holds the key against what is asked. */
static const struct wire_dht_vote *record_conflict(const struct txn_record *r,
						   const struct wire_txn_ask *q)
{
	xassert(q->counter);
	for (uint32_t i = 0; i < r->vote_n; i++) {
		const struct wire_dht_vote *v = &r->vote[i];

		if (!dht_vote_holds(v->state) ||
		    (v->counter == q->counter && v->writer == q->writer))
			continue;
		if (v->write || (q->write && !MUTANT(txn_read_votes_ignored)))
			return v;
	}
	return NULL;
}

static uint8_t say_locked(struct txns *t, struct wire_txn_answer *a, uint64_t age, uint64_t writer)
{
	xassert(a->class < RING_CLASSES_MAX);
	t->count.locked++;
	a->holder_age = age;
	a->holder_writer = writer;
	a->has_holder_age = a->has_holder_writer = true;
	return WIRE_TXN_STATE_LOCKED;
}

/* Can the owner do its part? Return: enum wire_txn_state. */
static uint8_t owner_judge(struct txns *t, const struct wire_txn_ask *q, const struct txn_record *r,
			   struct wire_txn_answer *a)
{
	struct dht_version id = { q->counter, q->writer };
	struct dht_version have = { r->item.counter, r->item.writer };
	struct dht_version want = { q->want_counter, q->want_writer };
	const struct wire_dht_vote *v = record_conflict(r, q);
	const struct txn_held *h;
	int cmp;

	xassert(id.counter);
	a->seen = have.counter > r->item.floor ? have.counter : r->item.floor;
	a->has_seen = true;
	if (id.counter <= r->item.floor)
		return WIRE_TXN_STATE_REFUSED;
	if (q->write && txn_id_eq(&have, &id))
		return WIRE_TXN_STATE_COMMITTED;
	if (q->write && txn_version_cmp(&have, &id) > 0)
		return WIRE_TXN_STATE_REFUSED;
	cmp = q->read && !MUTANT(txn_versions_not_validated) ? txn_version_cmp(&have, &want) : 0;
	if (cmp > 0)
		return WIRE_TXN_STATE_REFUSED;
	if (cmp < 0)
		return WIRE_TXN_STATE_BEHIND;
	if (v && !MUTANT(txn_locks_ignored))
		return say_locked(t, a, v->age, v->writer);
	h = txn_held_conflict(t, q);
	if (h)
		return say_locked(t, a, h->age, h->id.writer);
	if (q->range && !range_same(t, q))
		return WIRE_TXN_STATE_BEHIND;
	return WIRE_TXN_STATE_PREPARED;
}

static void owner_say(struct txns *t, const struct env_peer *to, struct wire_txn_answer *a,
		      uint8_t state)
{
	xassert(state <= WIRE_TXN_STATE_ABORTED);
	a->state = state;
	ring_link_send(t->link, &wire_txn_answer_msg, a, to, true);
}

/* Store the record, then answer; or say that it cannot be done now. */
static void owner_save(struct txns *t, const struct env_peer *to, struct wire_txn_answer *a,
		       uint8_t state, bool silent)
{
	/* The client has its answer when the votes are durable; what follows only tidies up. */
	bool lazy = a->what == WIRE_TXN_WHAT_DECIDE || a->what == WIRE_TXN_WHAT_FORGET;
	struct txn_write *w = pool_get(&t->writes);

	xassert(state <= WIRE_TXN_STATE_ABORTED);
	a->state = state;
	if (w) {
		w->txns = t;
		w->to = *to;
		w->answer = *a;
		xassert(a->epochs.len <= sizeof(w->epochs));
		memcpy(w->epochs, a->epochs.data, a->epochs.len);
		w->answer.epochs.data = w->epochs;
		w->silent = silent;
	} else {
		t->count.writes_refused++;
	}
	if (w && !txn_record_save(t, &t->record, w, lazy))
		return;
	/* Memory and store agree again when the record is next read. */
	t->held_for = false;
	a->status = WIRE_DHT_STATUS_BUSY;
	if (!silent)
		ring_link_send(t->link, &wire_txn_answer_msg, a, to, true);
}

static void owner_refuse(struct txns *t, const struct env_peer *to, struct wire_txn_answer *a)
{
	xassert(t->held_n <= t->cfg.votes_max);
	t->count.votes_refused++;
	a->status = WIRE_DHT_STATUS_BUSY;
	owner_say(t, to, a, WIRE_TXN_STATE_NONE);
}

static void vote_fill(struct wire_dht_vote *v, const struct wire_txn_ask *q)
{
	xassert(v->counter == q->counter);
	v->state = WIRE_DHT_VOTE_STATE_PREPARED;
	v->age = q->age;
	v->write = q->write;
	v->tombstone = q->tombstone;
	v->value = q->value;
	v->has_value = q->has_value;
	v->range = q->range;
	v->end = q->end;
	v->has_end = q->has_end;
	v->scope = q->scope;
	v->voters = 0;
	v->has_voters = false;
	v->unsure = false;
}

/* Is the decision known? Then say so. */
static bool owner_decided(struct txns *t, const struct env_peer *from, struct wire_txn_answer *a,
			  const struct wire_dht_vote *v)
{
	xassert(a->status == WIRE_DHT_STATUS_OK);
	if (v && v->state == WIRE_DHT_VOTE_STATE_COMMITTED)
		owner_say(t, from, a, WIRE_TXN_STATE_COMMITTED);
	else if (v && v->state == WIRE_DHT_VOTE_STATE_ABORTED)
		owner_say(t, from, a, WIRE_TXN_STATE_ABORTED);
	else
		return false;
	return true;
}

static void owner_prepare(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
			  struct wire_txn_answer *a)
{
	struct dht_version id = { q->counter, q->writer };
	struct txn_record *r = &t->record;
	struct wire_dht_vote *v = txn_record_vote(r, &id);
	uint8_t state;

	xassert(q->what == WIRE_TXN_WHAT_PREPARE);
	if (owner_decided(t, from, a, v))
		return;
	if (v && v->round && !MUTANT(txn_votes_after_promise)) {
		a->round = v->round;
		a->has_round = true;
		owner_say(t, from, a, WIRE_TXN_STATE_OVERTAKEN);
		return;
	}
	if (!v || v->state != WIRE_DHT_VOTE_STATE_PREPARED) {
		state = owner_judge(t, q, r, a);
		t->count.stale += state == WIRE_TXN_STATE_REFUSED;
		t->count.behind += state == WIRE_TXN_STATE_BEHIND;
		if (state != WIRE_TXN_STATE_PREPARED) {
			if (state == WIRE_TXN_STATE_LOCKED)
				txn_held_doubt(t, q->key);
			owner_say(t, from, a, state);
			return;
		}
		if (!v)
			v = t->held_full ? NULL : txn_record_add(r, &id);
		if (v)
			vote_fill(v, q);
		if (!v || !txn_held_set(t, q->key, v)) {
			owner_refuse(t, from, a);
			return;
		}
		t->count.votes++;
	}
	/* One that is there already is stored again: the answer waits for the same sync. */
	owner_save(t, from, a, WIRE_TXN_STATE_PREPARED, false);
}

/* The vote that a ballot is about, with that ballot promised; NULL: answered already. */
static struct wire_dht_vote *owner_ballot(struct txns *t, const struct env_peer *from,
					  const struct wire_txn_ask *q, struct wire_txn_answer *a)
{
	struct dht_version id = { q->counter, q->writer };
	struct dht_version have = { t->record.item.counter, t->record.item.writer };
	struct dht_version asked = { q->round, q->proposer }, promised;
	struct wire_dht_vote *v = txn_record_vote(&t->record, &id);

	if (owner_decided(t, from, a, v))
		return NULL;
	if (!v && txn_id_eq(&have, &id)) {
		owner_say(t, from, a, WIRE_TXN_STATE_COMMITTED);
		return NULL;
	}
	/* It might bring back what was aborted: leave it to the others. */
	if (v && v->unsure) {
		owner_refuse(t, from, a);
		return NULL;
	}
	if (!v) {
		v = txn_record_add(&t->record, &id);
		if (v) {
			v->age = q->age;
			v->scope = q->scope;
		}
		if (!v || !txn_held_set(t, q->key, v)) {
			owner_refuse(t, from, a);
			return NULL;
		}
	}
	promised = (struct dht_version){ v->round, v->proposer };
	xassert(asked.counter);
	if (txn_version_cmp(&asked, &promised) < 0 && !MUTANT(txn_promise_forgotten)) {
		a->round = v->round;
		a->has_round = true;
		owner_say(t, from, a, WIRE_TXN_STATE_OVERTAKEN);
		return NULL;
	}
	v->round = q->round;
	v->proposer = q->proposer;
	return v;
}

/*
 * Transactions that were aborted are forgotten when all owners know, and what
 * was promised with them. What is left is the floor: below it, to commit is
 * not accepted any more, unless it had been before.
 */
static bool accept_shut(struct txn_record *r, const struct wire_txn_ask *q)
{
	struct dht_version id = { q->counter, q->writer };
	const struct wire_dht_vote *v = txn_record_vote(r, &id);

	xassert(q->counter);
	return q->counter <= r->item.floor &&
	       (!v || (v->state == WIRE_DHT_VOTE_STATE_NONE && !v->has_accepted_round));
}

static void owner_promise(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
			  struct wire_txn_answer *a)
{
	struct wire_dht_vote *v = owner_ballot(t, from, q, a);

	if (!v)
		return;
	xassert(v->state != WIRE_DHT_VOTE_STATE_COMMITTED);
	a->has_accepted_round = a->has_accepted_proposer = v->has_accepted_round;
	a->accepted_round = v->accepted_round;
	a->accepted_proposer = v->accepted_proposer;
	a->abort = v->abort;
	a->shut = accept_shut(&t->record, q);
	owner_save(t, from, a,
		   txn_vote_counts(ring_replicas(t->ring) / 2 + 1, v) ? WIRE_TXN_STATE_PREPARED :
									WIRE_TXN_STATE_NONE,
		   false);
}

static void owner_accept(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
			 struct wire_txn_answer *a)
{
	struct wire_dht_vote *v;

	if (!q->abort && accept_shut(&t->record, q) && !MUTANT(txn_abort_forgotten)) {
		owner_say(t, from, a, WIRE_TXN_STATE_REFUSED);
		return;
	}
	v = owner_ballot(t, from, q, a);
	if (!v)
		return;
	xassert(v->round == q->round);
	v->accepted_round = q->round;
	v->accepted_proposer = q->proposer;
	v->has_accepted_round = v->has_accepted_proposer = true;
	v->abort = q->abort;
	owner_save(t, from, a, WIRE_TXN_STATE_DONE, false);
}

/* Write what was decided, unless there is something newer. Return: false when it is not known. */
static bool owner_apply(struct txn_record *r, const struct wire_txn_ask *q,
			const struct wire_dht_vote *v)
{
	struct dht_version id = { q->counter, q->writer };
	struct dht_version have = { r->item.counter, r->item.writer };
	bool from_vote = v && dht_vote_holds(v->state) && v->write;

	xassert(!q->abort);
	if ((!q->write && !from_vote) ||
	    (txn_version_cmp(&have, &id) >= 0 && !MUTANT(txn_older_write_wins)))
		return true;
	if (!from_vote && !q->tombstone && !q->has_value)
		return false;
	r->item.counter = id.counter;
	r->item.writer = id.writer;
	r->item.tombstone = from_vote ? v->tombstone : q->tombstone;
	r->item.value = from_vote ? v->value : q->value;
	r->item.has_value = !r->item.tombstone;
	return true;
}

static void owner_commit(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
			 struct wire_txn_answer *a)
{
	struct dht_version id = { q->counter, q->writer };
	struct txn_record *r = &t->record;
	struct wire_dht_vote *v = txn_record_vote(r, &id);
	bool known = owner_apply(r, q, v);

	/* Also where it counts as aborted: see "Taking over" of txn.rst, who was away for too long. */
	xassert(!q->abort);
	if (v && v->state != WIRE_DHT_VOTE_STATE_COMMITTED) {
		v->state = WIRE_DHT_VOTE_STATE_COMMITTED;
		v->has_value = false;
		v->value = bytes_of(NULL, 0);
		txn_held_set(t, q->key, v);
	}
	/* Stored again even when nothing changed: the answer says that it is durable. */
	owner_save(t, from, a, known ? WIRE_TXN_STATE_DONE : WIRE_TXN_STATE_BEHIND, false);
}

/*
 * Remember that it was aborted, until all owners know: somebody who copies
 * this record must not find less than what was promised and accepted here.
 */
static void abort_keep(struct txns *t, struct txn_record *r, struct wire_dht_vote *v)
{
	struct dht_version id = { v->counter, v->writer };
	struct wire_dht_vote *oldest;
	uint32_t n;

	v->state = WIRE_DHT_VOTE_STATE_ABORTED;
	if (MUTANT(txn_abort_leaves_no_floor) || MUTANT(txn_abort_forgotten)) {
		txn_record_shut(r, v);
		txn_held_drop(t, r->key, &id);
		return;
	}
	v->has_value = false;
	v->value = bytes_of(NULL, 0);
	oldest = txn_record_aborted(r, &n);
	xassert(oldest);
	txn_held_set(t, r->key, v);
	if (n <= TXN_ABORTED_MAX && t->held_n <= t->cfg.votes_max / 2)
		return;
	t->count.aborts_lost++;
	txn_held_drop(t, r->key, &(struct dht_version){ oldest->counter, oldest->writer });
	txn_record_lose(r, oldest);
}

static void owner_abort(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
			struct wire_txn_answer *a)
{
	struct dht_version id = { q->counter, q->writer };
	struct txn_record *r = &t->record;
	struct wire_dht_vote *v = txn_record_vote(r, &id);
	bool below = id.counter <= r->item.floor || MUTANT(txn_abort_leaves_no_floor);

	xassert(q->abort);
	if (v && v->state == WIRE_DHT_VOTE_STATE_COMMITTED) {
		owner_say(t, from, a, WIRE_TXN_STATE_COMMITTED);
		return;
	}
	/* Without ballots it needs no memory: who has only voted has promised nothing. */
	if (!v && (!q->round || below)) {
		owner_say(t, from, a, WIRE_TXN_STATE_DONE);
		return;
	}
	if (v && v->round) {
		abort_keep(t, r, v);
	} else {
		/* A request to vote or to accept that comes late is not followed. */
		if (q->round && !below) {
			r->item.floor = id.counter;
			r->item.has_floor = true;
		}
		if (v)
			txn_record_drop(r, v);
		txn_held_drop(t, q->key, &id);
	}
	owner_save(t, from, a, WIRE_TXN_STATE_DONE, false);
}

static void owner_forget(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
			 struct wire_txn_answer *a)
{
	struct dht_version id = { q->counter, q->writer };
	struct wire_dht_vote *v = txn_record_vote(&t->record, &id);

	xassert(q->what == WIRE_TXN_WHAT_FORGET);
	if (v && v->state == WIRE_DHT_VOTE_STATE_COMMITTED)
		txn_record_drop(&t->record, v);
	else if (v && v->state == WIRE_DHT_VOTE_STATE_ABORTED)
		txn_record_shut(&t->record, v);
	else
		return;
	txn_held_drop(t, q->key, &id);
	owner_save(t, from, a, WIRE_TXN_STATE_DONE, true);
}

/* May this node act for the key, or the range? Return: enum wire_dht_status. */
static uint8_t owner_check(struct txns *t, const struct wire_txn_ask *q, uint64_t *epoch)
{
	bool ranged = q->range && q->what <= WIRE_TXN_WHAT_PREPARE;
	enum ring_access access =
		ranged ? ring_access_range(t->ring, q->class, q->key, q->end, epoch) :
			 ring_access(t->ring, q->class, q->key, true, epoch);

	xassert(q->class < RING_CLASSES_MAX);
	switch (access) {
	case RING_ACCESS_OK:
		return !q->epoch || q->epoch == *epoch ? WIRE_DHT_STATUS_OK : WIRE_DHT_STATUS_STALE;
	case RING_ACCESS_INCOMPLETE:
		return WIRE_DHT_STATUS_INCOMPLETE;
	case RING_ACCESS_MOVING:
		return WIRE_DHT_STATUS_MOVING;
	case RING_ACCESS_NO_LEASE:
		/*
		 * What is over everywhere may be forgotten here, too. Else it would fill the
		 * records of this node, with no room left for what takes its arc back.
		 */
		return q->what == WIRE_TXN_WHAT_FORGET ? WIRE_DHT_STATUS_OK :
							 WIRE_DHT_STATUS_NO_LEASE;
	case RING_ACCESS_RECOVERING:
		return WIRE_DHT_STATUS_RECOVERING;
	default:
		return WIRE_DHT_STATUS_NOT_OWNER;
	}
}

static void owner_act(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q,
		      struct wire_txn_answer *a)
{
	xassert(a->status == WIRE_DHT_STATUS_OK);
	switch (q->what) {
	case WIRE_TXN_WHAT_CHECK:
		owner_say(t, from, a, owner_judge(t, q, &t->record, a));
		break;
	case WIRE_TXN_WHAT_PREPARE:
		owner_prepare(t, from, q, a);
		break;
	case WIRE_TXN_WHAT_PROMISE:
		owner_promise(t, from, q, a);
		break;
	case WIRE_TXN_WHAT_ACCEPT:
		owner_accept(t, from, q, a);
		break;
	case WIRE_TXN_WHAT_DECIDE:
		if (q->abort)
			owner_abort(t, from, q, a);
		else
			owner_commit(t, from, q, a);
		break;
	default:
		owner_forget(t, from, q, a);
		break;
	}
}

/* Is the question one that makes sense? */
static bool ask_ok(const struct wire_txn_ask *q)
{
	bool votes = q->what == WIRE_TXN_WHAT_CHECK || q->what == WIRE_TXN_WHAT_PREPARE;
	bool ballot = q->what == WIRE_TXN_WHAT_PROMISE || q->what == WIRE_TXN_WHAT_ACCEPT;

	xassert(!votes || !ballot);
	if (q->what > WIRE_TXN_WHAT_FORGET || !q->counter)
		return false;
	if (votes && !q->read && !q->write && !q->range)
		return false;
	if (votes && q->has_end && bytes_cmp(q->key, q->end) >= 0)
		return false;
	if (q->what == WIRE_TXN_WHAT_PREPARE && q->write && !q->has_value != q->tombstone)
		return false;
	if (ballot && !q->round)
		return false;
	return q->has_scope || (q->what != WIRE_TXN_WHAT_PREPARE && !ballot);
}

/* What this node knows of the epochs of the key, or of all of the range, at the moment it acts. */
static struct bytes owner_epochs(const struct txns *t, const struct wire_txn_ask *q, uint8_t *mem)
{
	struct ring_epochs e;

	if (q->range && q->what <= WIRE_TXN_WHAT_PREPARE)
		ring_epochs_range(t->ring, q->key, q->end, &e);
	else
		ring_epochs(t->ring, q->key, &e);
	xassert(e.n);
	return ring_epochs_put(&e, mem);
}

void txn_owner_ask(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q)
{
	uint8_t epochs[RING_EPOCHS_LEN];
	struct wire_txn_answer a = {
		.op = q->op,
		.part = q->part,
		.class = q->class,
		.what = q->what,
	};

	if (!ask_ok(q)) {
		t->count.strange++;
		return;
	}
	a.status = owner_check(t, q, &a.epoch);
	if (a.status == WIRE_DHT_STATUS_OK) {
		a.epochs = owner_epochs(t, q, epochs);
		a.has_epochs = true;
		txn_held_sync(t);
		/* A record that cannot be read is no record that does not exist. */
		if (!txn_record_load(t, q->class, q->key, &t->record)) {
			owner_act(t, from, q, &a);
			return;
		}
		a.status = WIRE_DHT_STATUS_BUSY;
	} else if (a.status == WIRE_DHT_STATUS_NOT_OWNER) {
		a.has_hint = ring_hint(t->ring, q->class, q->key, &a.hint);
	}
	if (q->what != WIRE_TXN_WHAT_FORGET)
		owner_say(t, from, &a, WIRE_TXN_STATE_NONE);
}
