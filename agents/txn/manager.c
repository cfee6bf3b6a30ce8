// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The manager of a transaction: gets the votes, decides, and tells everybody.
 *
 * It alone learns the result of the first round, in which each owner votes for
 * itself: when all owners of every key are prepared, the transaction is
 * committed, and whoever looks later comes to the same end. For a key of which
 * only a majority is prepared it adds a second round (ballot 1, which is
 * its own): see settle.c.
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

/**
 * struct tally - what the owners of one key have answered
 * @prepared: those who are prepared, and agree about the epochs
 * @done: those who have done what was asked, and agree
 * @refused: those who never will, and agree
 * @against: those who have answered and are not prepared
 * @committed: somebody knows that it was committed
 * @aborted: somebody knows that it was aborted
 * @overtaken: somebody has promised a higher ballot
 */
struct tally {
	uint32_t prepared;
	uint32_t done;
	uint32_t refused;
	uint32_t against;
	bool committed;
	bool aborted;
	bool overtaken;
};

static struct tally tally_of(const struct txn *txn, uint32_t part)
{
	struct tally t = {
		.prepared = txn_agreed_count(txn, part, WIRE_TXN_STATE_PREPARED),
		.done = txn_agreed_count(txn, part, WIRE_TXN_STATE_DONE),
		.refused = txn_agreed_count(txn, part, WIRE_TXN_STATE_REFUSED),
	};

	xassert(part < txn->part_n);
	for (uint32_t c = 0; c < classes(txn); c++) {
		const struct txn_leg *leg = txn->part[part].leg[c];

		if (leg->state != TLEG_DONE)
			continue;
		t.aborted |= leg->answer == WIRE_TXN_STATE_ABORTED;
		t.committed |= leg->answer == WIRE_TXN_STATE_COMMITTED;
		t.overtaken |= leg->answer == WIRE_TXN_STATE_OVERTAKEN;
		t.against += leg->answer != WIRE_TXN_STATE_PREPARED;
	}
	return t;
}

/* Begin a phase: answers to what was asked before no longer count. */
void txn_phase_set(struct txn *txn, enum txn_phase phase)
{
	struct txns *t = txn->txns;

	xassert(txn->used);
	txn->phase = phase;
	txn->op = ++t->gen << 16 | txn->slot;
	txn->phase_ns = env_now(t->env);
	txn->grace_ns = 0;
}

static void ask_all(struct txn *txn, uint8_t what)
{
	xassert(txn->part_n);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++)
			txn_leg_ask(txn->part[i].leg[c], what);
	}
}

/* Arm the timer for what is due first. */
void txn_arm(struct txn *txn)
{
	uint64_t now = env_now(txn->txns->env), due = txn->deadline_ns;

	xassert(txn->used);
	if (txn->grace_ns && txn->grace_ns < due)
		due = txn->grace_ns;
	if (txn->phase == TXN_PREPARE && txn->phase_ns + TXN_PATIENCE_NS < due)
		due = txn->phase_ns + TXN_PATIENCE_NS;
	for (uint32_t i = 0; txn->phase != TXN_OPEN && i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			const struct txn_leg *leg = txn->part[i].leg[c];

			if (leg && (leg->state == TLEG_ASKED || leg->state == TLEG_WAIT) &&
			    leg->due_ns < due)
				due = leg->due_ns;
		}
	}
	env_timer_set(txn->txns->env, &txn->timer, due > now ? due - now : 0);
}

/*
 * That it was committed may be forgotten when enough owners have it; that it was
 * aborted, after ballots, only of a key whose owners all know, and agree.
 */
static bool may_forget(const struct txn *txn, uint32_t part)
{
	xassert(txn->phase == TXN_DECIDE);
	if (!txn->abort)
		return !txn->settler || txn->forget;
	return txn->part[part].balloted && tally_of(txn, part).done == classes(txn);
}

static void send_forget(struct txn *txn)
{
	struct txns *t = txn->txns;

	for (uint32_t i = 0; i < txn->part_n; i++) {
		if (!may_forget(txn, i))
			continue;
		for (uint32_t c = 0; c < classes(txn); c++) {
			const struct txn_leg *leg = txn->part[i].leg[c];
			struct wire_txn_ask m = {
				.grid = ring_grid(t->ring),
				.op = txn->op,
				.part = (uint16_t)i,
				.class = (uint8_t)c,
				.what = WIRE_TXN_WHAT_FORGET,
				.counter = txn->id.counter,
				.writer = txn->id.writer,
				.key = txn->part[i].key,
			};

			/*
			 * Who has not confirmed yet has the decision before this; and who
			 * could not take it, having no lease, may have got it in a copy.
			 */
			if (leg->state == TLEG_DONE || leg->state == TLEG_ASKED ||
			    (leg->state == TLEG_WAIT && leg->owner.addr.port))
				ring_link_send(t->link, &wire_txn_ask_msg, &m, &leg->owner, true);
		}
	}
}

/* Owners of a key that have answered. */
static uint32_t answered(const struct txn *txn, uint32_t part)
{
	uint32_t n = 0;

	xassert(part < txn->part_n);
	for (uint32_t c = 0; c < classes(txn); c++)
		n += txn->part[part].leg[c]->state == TLEG_DONE;
	return n;
}

static void decide_step(struct txn *txn)
{
	uint64_t now = env_now(txn->txns->env);
	bool all = true, enough = true;

	xassert(txn->phase == TXN_DECIDE);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		/* To abort is to forget: it does not matter who knew what when. */
		uint32_t done = txn->abort ? answered(txn, i) : tally_of(txn, i).done;

		all &= done == classes(txn);
		enough &= done >= majority(txn);
	}
	if (!enough)
		txn->grace_ns = 0;
	else if (!txn->grace_ns)
		txn->grace_ns = now + 2 * (now - txn->phase_ns) +
				(txn->settler ? TXN_PATIENCE_NS : TXN_GRACE_NS);
	if (!all && !(MUTANT(txn_forgets_early) && !txn->abort) &&
	    !(enough && now >= txn->grace_ns)) {
		txn_arm(txn);
		return;
	}
	/* Enough owners of every key have it: the others find it there. */
	send_forget(txn);
	txn_put(txn);
}

/* The decision: tell the client, then the owners, until enough of them have it. */
void txn_decide(struct txn *txn, bool abort)
{
	struct txns *t = txn->txns;
	uint64_t now = env_now(t->env);
	int status = abort ? -ECANCELED : 0;

	if (abort && !txn->settler && now - txn->prepare_ns > TXN_CLAIM_NS)
		status = -ETIMEDOUT;
	txn->abort = abort;
	t->count.settled += txn->settler;
	txn_phase_set(txn, TXN_DECIDE);
	txn->deadline_ns = now + TXN_DECIDE_NS;
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			struct txn_leg *leg = txn->part[i].leg[c];

			if (abort && !leg->sent && !txn->settler) {
				/* It was never asked for anything. */
				txn_leg_stop(leg);
				leg->state = TLEG_DONE;
				leg->answer = WIRE_TXN_STATE_DONE;
				continue;
			}
			txn_leg_ask(leg, WIRE_TXN_WHAT_DECIDE);
		}
	}
	txn_arm(txn);
	txn_tell(txn, status);
	if (txn->used && txn->phase == TXN_DECIDE && abort)
		decide_step(txn);
}

/*
 * Not all owners are prepared. Are there keys that can no longer become so,
 * or majorities for all? Return: true when there is nothing to wait for.
 */
static bool prepare_short(struct txn *txn, uint32_t *bad)
{
	uint64_t now = env_now(txn->txns->env);
	bool late = now >= txn->phase_ns + TXN_PATIENCE_NS, enough = true, last = true;
	uint32_t least = UINT32_MAX;

	for (uint32_t i = 0; i < txn->part_n; i++) {
		struct tally n = tally_of(txn, i);

		if (n.prepared < least) {
			least = n.prepared;
			*bad = i;
		}
		enough &= n.prepared >= majority(txn);
		last &= n.prepared + n.against == classes(txn);
		if (n.against > classes(txn) - majority(txn)) {
			*bad = i;
			return true;
		}
	}
	xassert(least <= classes(txn));
	if (!enough) {
		/* Some may be asked again: what was waited for then is over. */
		txn->grace_ns = 0;
		return late;
	}
	if (!txn->grace_ns)
		txn->grace_ns = now + (now - txn->phase_ns) + TXN_GRACE_NS;
	*bad = UINT32_MAX;
	return last || now >= txn->grace_ns || late;
}

static void prepare_step(struct txn *txn)
{
	bool all = true, overtaken = false, aborted = false;
	uint32_t bad = 0;

	xassert(txn->phase == TXN_PREPARE);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		struct tally n = tally_of(txn, i);

		if (n.committed) {
			txn_decide(txn, false);
			return;
		}
		/* They are prepared for something else already, for ever: no round is needed. */
		if (n.refused >= majority(txn)) {
			txn_decide(txn, true);
			return;
		}
		overtaken |= n.overtaken;
		aborted |= n.aborted;
		all &= n.prepared == classes(txn) ||
		       (MUTANT(txn_decides_on_majority) && n.prepared >= majority(txn)) ||
		       (MUTANT(txn_first_key_decides) && i);
	}
	if (aborted)
		txn_decide(txn, true);
	else if (all)
		txn_decide(txn, false);
	else if (overtaken)
		txn_promise(txn, txn->round + 1);
	else if (prepare_short(txn, &bad))
		txn_accept(txn, bad != UINT32_MAX, bad);
	else
		txn_arm(txn);
}

static void check_step(struct txn *txn)
{
	bool all = true;

	xassert(txn->phase == TXN_CHECK);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		struct tally n = tally_of(txn, i);

		if (n.refused || n.against > classes(txn) - majority(txn)) {
			txn_end(txn, -ECANCELED);
			return;
		}
		all &= n.prepared >= majority(txn);
	}
	if (all || MUTANT(txn_reads_unchecked))
		txn_end(txn, 0);
	else
		txn_arm(txn);
}

static void begin_votes(struct txn *txn)
{
	bool writes = false;
	int err;

	for (uint32_t i = 0; i < txn->part_n; i++)
		writes |= txn->part[i].write;
	err = txn_scope_make(txn);
	if (!err)
		err = txn_legs_get(txn);
	if (err) {
		txn_end_soon(txn, err);
		return;
	}
	txn_phase_set(txn, writes ? TXN_PREPARE : TXN_CHECK);
	txn->prepare_ns = txn->phase_ns;
	ask_all(txn, writes ? WIRE_TXN_WHAT_PREPARE : WIRE_TXN_WHAT_CHECK);
	xassert(txn->used);
	txn_arm(txn);
}

/* Where do the arcs of a range's owners end? Cut it there, so that each part has one owner a class. */
static void locate_step(struct txn *txn)
{
	xassert(txn->phase == TXN_LOCATE);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			if (txn->part[i].leg[c]->state != TLEG_DONE) {
				txn_arm(txn);
				return;
			}
		}
	}
	if (!txn_ranges_cut(txn)) {
		/* Pieces of two ranges may have met only now, and not agree. */
		if (txn->doomed)
			txn_end_soon(txn, -ECANCELED);
		else
			begin_votes(txn);
		return;
	}
	if (txn_legs_get(txn)) {
		txn_end_soon(txn, -ENOBUFS);
		return;
	}
	txn_locate(txn);
}

/* Find the owners of all parts. */
void txn_locate(struct txn *txn)
{
	xassert(txn->part_n);
	txn_phase_set(txn, TXN_LOCATE);
	ask_all(txn, WIRE_TXN_WHAT_CHECK);
	locate_step(txn);
}

/* Commit: the transaction has its identity from here on. */
void txn_manage(struct txn *txn)
{
	struct txns *t = txn->txns;
	bool ranges = false;

	xassert(txn->phase == TXN_OPEN && txn->part_n);
	txn->id.counter = txn_clock(t, txn->seen);
	txn->id.writer = env_random(t->env) | 1;
	for (uint32_t i = 0; i < txn->part_n; i++)
		ranges |= txn->part[i].range;
	if (txn->until && txn->id.counter >= txn->until && !MUTANT(txn_until_ignored))
		txn_end_soon(txn, -ECANCELED);
	/* A single key that was read was true when it was read. */
	else if (txn->part_n == 1 && txn->part->seen && !txn->part->write && !ranges)
		txn_end_soon(txn, 0);
	else if (ranges && txn_legs_get(txn))
		txn_end_soon(txn, -ENOBUFS);
	else if (ranges)
		txn_locate(txn);
	else
		begin_votes(txn);
	xassert(t->count.begun);
}

/* Something has come in. */
void txn_step_on(struct txn *txn)
{
	xassert(txn->used);
	switch (txn->phase) {
	case TXN_LOCATE:
		locate_step(txn);
		break;
	case TXN_CHECK:
		check_step(txn);
		break;
	case TXN_PREPARE:
		prepare_step(txn);
		break;
	case TXN_ACCEPT:
		txn_accept_step(txn);
		break;
	case TXN_PROMISE:
		txn_promise_step(txn);
		break;
	case TXN_DECIDE:
		decide_step(txn);
		break;
	default:
		break;
	}
}

/* The time is over: what can be said to the client? */
static void manager_late(struct txn *txn)
{
	bool sent = false, answered = false;

	xassert(txn->phase != TXN_OPEN && txn->phase != TXN_DEAD);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			const struct txn_leg *leg = txn->part[i].leg[c];

			answered |= leg->state == TLEG_DONE;
			sent |= leg->sent;
		}
	}
	/* What no owner was asked to store cannot be committed by anybody. */
	txn_end(txn, sent || answered ? -ETIMEDOUT : -EHOSTUNREACH);
}

void txn_fire(void *ctx)
{
	struct txn *txn = ctx;
	uint64_t now = env_now(txn->txns->env), op = txn->op;

	xassert(txn->used);
	if (txn->phase == TXN_DEAD) {
		txn_end(txn, txn->status);
		return;
	}
	if (now >= txn->deadline_ns) {
		if (txn->phase == TXN_DECIDE || txn->settler)
			txn_put(txn);
		else
			manager_late(txn);
		return;
	}
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes(txn); c++) {
			struct txn_leg *leg = txn->part[i].leg[c];

			if (leg && (leg->state == TLEG_ASKED || leg->state == TLEG_WAIT) &&
			    leg->due_ns <= now)
				txn_leg_due(leg);
		}
	}
	xassert(txn->used && txn->op == op);
	txn_step_on(txn);
}
