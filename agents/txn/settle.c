// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ballots: the vote of each key is a value, prepared or aborted, that its
 * owners choose by Paxos. The manager owns ballot 1, for which it needs no
 * promises (the votes of the first round are as good); anybody else, and a
 * manager that was overtaken, asks for promises of a higher ballot first.
 *
 * Which value a ballot may propose for a key:
 *  - what was accepted in the highest ballot, when anything was;
 *  - else prepared, when a majority is; it must be, when all who promise are,
 *    because the manager may have seen all of them so;
 *  - else to abort.
 * One key whose vote is to abort aborts the whole; so a ballot that has one
 * goes through with that key only.
 */
#include <txn/txn_priv.h>

static uint32_t classes(const struct txn *txn)
{
	return ring_replicas(txn->txns->ring);
}

static uint32_t majority(const struct txn *txn)
{
	return MUTANT(txn_majority_of_one) ? 1 : classes(txn) / 2 + 1;
}

/* Does somebody know the decision, or a higher ballot? Return: true when that ended the phase. */
static bool ballot_over(struct txn *txn)
{
	bool aborted = false, overtaken = false;

	xassert(txn->phase == TXN_PROMISE || txn->phase == TXN_ACCEPT);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			const struct txn_leg *leg = txn->part[i].leg[c];

			if (leg->state != TLEG_DONE)
				continue;
			if (leg->answer == WIRE_TXN_STATE_COMMITTED) {
				txn_decide(txn, false);
				return true;
			}
			aborted |= leg->answer == WIRE_TXN_STATE_ABORTED;
			overtaken |= leg->answer == WIRE_TXN_STATE_OVERTAKEN;
		}
	}
	if (aborted) {
		txn_decide(txn, true);
		return true;
	}
	if (!overtaken)
		return false;
	/* Somebody else is at it: give way for a while, then go above. */
	if (txn->settler) {
		txn_put(txn);
		return true;
	}
	txn_promise(txn, txn->round + 1);
	return true;
}

/* Let a majority of the owners accept; @part: of that key only, to abort. */
void txn_accept(struct txn *txn, bool abort, uint32_t part)
{
	xassert(!abort || part < txn->part_n);
	if (txn->phase == TXN_PREPARE) {
		txn->round = 1;
		txn->proposer = txn->id.writer;
	}
	txn->abort = abort;
	txn->txns->count.second_rounds++;
	for (uint32_t i = 0; i < txn->part_n; i++) {
		uint32_t prepared = txn_agreed_count(txn, i, WIRE_TXN_STATE_PREPARED);

		/* The first round has chosen what all are prepared for; nobody else saw it. */
		txn->part[i].chosen = abort ? i != part :
					      txn->phase == TXN_PREPARE && prepared == classes(txn);
	}
	txn_phase_set(txn, TXN_ACCEPT);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			struct txn_leg *leg = txn->part[i].leg[c];

			txn_leg_stop(leg);
			if (!txn->part[i].chosen)
				txn_leg_ask(leg, WIRE_TXN_WHAT_ACCEPT);
		}
	}
	txn_arm(txn);
}

void txn_accept_step(struct txn *txn)
{
	bool all = true;

	xassert(txn->phase == TXN_ACCEPT);
	if (ballot_over(txn))
		return;
	for (uint32_t i = 0; i < txn->part_n; i++) {
		uint32_t done = txn_agreed_count(txn, i, WIRE_TXN_STATE_DONE);

		/* They can no longer be brought to commit: let them accept to abort. */
		if (txn_agreed_count(txn, i, WIRE_TXN_STATE_REFUSED) >= majority(txn)) {
			txn->part[i].refused = true;
			txn_promise(txn, txn->round + 1);
			return;
		}
		all &= txn->part[i].chosen || done >= majority(txn);
	}
	if (all || MUTANT(txn_accept_not_awaited))
		txn_decide(txn, txn->abort);
	else
		txn_arm(txn);
}

/* Ask for promises of a ballot that nobody has used. */
void txn_promise(struct txn *txn, uint64_t round)
{
	xassert(txn->scope.len);
	txn->round = round < 2 ? 2 : round;
	txn->proposer = env_random(txn->txns->env) | 1;
	txn_phase_set(txn, TXN_PROMISE);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++)
			txn_leg_ask(txn->part[i].leg[c], WIRE_TXN_WHAT_PROMISE);
	}
	txn_arm(txn);
}

/* What a ballot may propose for a key. Return: 1 prepared, 0 to abort, -1 not known yet. */
static int promise_value(const struct txn *txn, uint32_t part)
{
	uint32_t set = txn_agreed(txn, part, -1), prepared = 0, shut = 0;
	struct dht_version best = { 0 };
	bool abort = false;

	xassert(part < txn->part_n);
	for (uint32_t c = 0; c < classes(txn); c++) {
		const struct txn_leg *leg = txn->part[part].leg[c];
		struct dht_version accepted = { leg->accepted_round, leg->accepted_proposer };

		if (leg->state != TLEG_DONE)
			continue;
		/* To be a majority they must agree; what was accepted counts from whomever. */
		shut += set >> c & 1 && leg->shut && !leg->accepted_round;
		prepared += set >> c & 1 && leg->answer == WIRE_TXN_STATE_PREPARED;
		if (txn_version_cmp(&accepted, &best) > 0) {
			best = accepted;
			abort = leg->abort;
		}
	}
	if (ring_bits(set) < majority(txn))
		return -1;
	/* These alone are enough to promise, and have accepted nothing: any value may be proposed. */
	if (shut >= majority(txn))
		return 0;
	if (txn->part[part].refused && ring_bits(set) < classes(txn))
		return -1;
	if (best.counter && !MUTANT(txn_accepted_ignored))
		return !abort;
	if (MUTANT(txn_takeover_aborts))
		return 0;
	if (MUTANT(txn_takeover_commits))
		return prepared != 0;
	return prepared >= majority(txn);
}

void txn_promise_step(struct txn *txn)
{
	uint32_t part = UINT32_MAX;

	xassert(txn->phase == TXN_PROMISE);
	if (ballot_over(txn))
		return;
	for (uint32_t i = 0; i < txn->part_n; i++) {
		int value = promise_value(txn, i);

		if (value < 0) {
			txn_arm(txn);
			return;
		}
		if (!value && part == UINT32_MAX)
			part = i;
	}
	txn_accept(txn, part != UINT32_MAX, part);
}

static int settle_parts(struct txn *txn, const struct wire_dht_vote *v)
{
	struct wire_txn_scope scope;
	struct wire_txn_part part;
	uint8_t *mem = buf_reserve(&txn->mem, v->scope.len);
	size_t pos = 0;

	xassert(txn->settler);
	if (!mem)
		return -EMSGSIZE;
	memcpy(mem, v->scope.data, v->scope.len);
	txn->scope = bytes_of(mem, v->scope.len);
	if (wire_set_decode(&wire_txn_scope_set, txn->scope, &scope))
		return -EBADMSG;
	while (txn->part_n < TXN_KEYS_MAX && wire_txn_part_list_next(&scope.parts, &pos, &part)) {
		struct txn_part *p = &txn->part[txn->part_n++];

		*p = (struct txn_part){ .key = part.key, .write = part.write, .balloted = true };
	}
	return txn->part_n ? txn_legs_get(txn) : -EBADMSG;
}

/* Settle the transaction that a vote of this node belongs to, if nobody else does. */
void txn_settle(struct txns *t, const struct wire_dht_vote *v, bool forget)
{
	struct dht_version id = { v->counter, v->writer };
	struct txn *txn;

	for (uint32_t i = 0; i < t->cfg.txns_max; i++) {
		txn = &t->txn[i];
		if (txn->used && txn_id_eq(&txn->id, &id))
			return;
	}
	txn = txn_get(t, true);
	if (!txn)
		return;
	txn->id = id;
	txn->age = v->age;
	txn->forget = forget;
	txn->deadline_ns = env_now(t->env) + TXN_CLAIM_NS;
	if (settle_parts(txn, v)) {
		txn_put(txn);
		return;
	}
	xassert(txn->part_n);
	txn->round = v->round ? v->round : 1;
	if (v->state == WIRE_DHT_VOTE_STATE_COMMITTED)
		txn_decide(txn, false);
	else if (v->state == WIRE_DHT_VOTE_STATE_ABORTED)
		txn_decide(txn, true);
	else
		txn_promise(txn, v->round + 1);
}
