// SPDX-License-Identifier: GPL-2.0-or-later
/* Asking the owner of a key in one class, whoever that is, until it answers. */
#include <txn/txn_priv.h>

/* Give every key a leg in every class. Return: 0 or -ENOBUFS. */
int txn_legs_get(struct txn *txn)
{
	struct txns *t = txn->txns;
	uint32_t classes = ring_replicas(t->ring);

	xassert(classes && classes <= RING_CLASSES_MAX);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < classes; c++) {
			if (txn->part[i].leg[c])
				continue;
			txn->part[i].leg[c] = pool_get(&t->legs);
			if (!txn->part[i].leg[c]) {
				txn_legs_put(txn);
				return -ENOBUFS;
			}
			*txn->part[i].leg[c] = (struct txn_leg){
				.txn = txn,
				.part = (uint16_t)i,
				.class = (uint8_t)c,
			};
		}
	}
	return 0;
}

void txn_legs_put(struct txn *txn)
{
	xassert(txn->part_n <= TXN_KEYS_MAX);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		for (uint32_t c = 0; c < RING_CLASSES_MAX; c++) {
			struct txn_leg *leg = txn->part[i].leg[c];

			if (!leg)
				continue;
			txn_leg_stop(leg);
			pool_put(&txn->txns->legs, leg);
			txn->part[i].leg[c] = NULL;
		}
	}
}

/* What an owner is told of its part. */
static void ask_part(struct wire_txn_ask *m, const struct txn_part *p)
{
	xassert(m->counter);
	m->read = p->read;
	m->want_counter = p->want.counter;
	m->want_writer = p->want.writer;
	m->has_want_counter = m->has_want_writer = p->read;
	m->write = p->write;
	m->tombstone = p->tombstone;
	m->value = p->value;
	m->has_value = p->write && !p->tombstone;
	m->range = p->range;
	m->end = p->end;
	m->has_end = p->range && p->end.len;
	m->digest = p->digest;
	m->has_digest = p->range;
}

static void leg_send(struct txn_leg *leg)
{
	struct txn *txn = leg->txn;
	const struct txn_part *p = &txn->part[leg->part];
	struct wire_txn_ask m = {
		.grid = ring_grid(txn->txns->ring),
		.op = txn->op,
		.part = leg->part,
		.class = leg->class,
		.epoch = leg->epoch,
		.what = leg->what,
		.counter = txn->id.counter,
		.writer = txn->id.writer,
		.key = p->key,
		.age = txn->age,
		.has_age = true,
		.abort = txn->abort,
	};

	xassert(leg->state == TLEG_ASKED);
	if (leg->what == WIRE_TXN_WHAT_CHECK || leg->what == WIRE_TXN_WHAT_PREPARE)
		ask_part(&m, p);
	if (leg->what == WIRE_TXN_WHAT_DECIDE) {
		m.write = p->write;
		m.round = txn->abort && p->balloted ? txn->round : 0;
		m.has_round = m.round != 0;
		/* Who has voted has what is written; a settler never had it. */
		if (!txn->abort && p->write && !txn->settler &&
		    (leg->vote != WIRE_TXN_STATE_PREPARED || leg->vote_epoch != leg->epoch)) {
			m.tombstone = p->tombstone;
			m.value = p->value;
			m.has_value = !p->tombstone;
		}
	}
	if (leg->what == WIRE_TXN_WHAT_PROMISE || leg->what == WIRE_TXN_WHAT_ACCEPT) {
		m.round = txn->round;
		m.proposer = txn->proposer;
		m.has_round = m.has_proposer = true;
	}
	if (leg->what != WIRE_TXN_WHAT_CHECK && leg->what < WIRE_TXN_WHAT_DECIDE) {
		m.scope = txn->scope;
		m.has_scope = true;
		leg->sent = true;
	}
	ring_link_send(txn->txns->link, &wire_txn_ask_msg, &m, &leg->owner, true);
}

static void leg_wait(struct txn_leg *leg, uint64_t ns)
{
	struct env *env = leg->txn->txns->env;

	xassert(leg->state != TLEG_DONE);
	leg->state = TLEG_WAIT;
	leg->due_ns = env_now(env) + ns / 2 + env_random_below(env, ns);
}

static void leg_again(struct txn_leg *leg)
{
	xassert(leg->state != TLEG_DONE);
	leg_wait(leg, TXN_AGAIN_NS * (leg->tries < 8 ? leg->tries + 1 : 8));
}

/* What it has answered does not count: ask it once more. */
void txn_leg_again(struct txn_leg *leg)
{
	xassert(leg->state == TLEG_DONE);
	leg->state = TLEG_IDLE;
	leg_again(leg);
}

static void leg_ask_owner(struct txn_leg *leg)
{
	struct txns *t = leg->txn->txns;

	xassert(leg->txn->used);
	leg->state = TLEG_ASKED;
	leg->due_ns = env_now(t->env) + t->cfg.ask_ns;
	leg->tries++;
	leg_send(leg);
}

static void leg_routed(struct ring_route *route, int status, const struct env_peer *from,
		       const struct wire_ring_find_answer *a)
{
	struct txn_leg *leg = route->ctx;
	struct txn *txn = leg->txn;

	xassert(leg->state == TLEG_ROUTING);
	leg->state = TLEG_IDLE;
	if (status) {
		leg->tries++;
		leg_again(leg);
		txn_arm(txn);
		return;
	}
	dht_owner_learn(txn->txns->dht, from, &a->arc);
	leg->owner = *from;
	leg->epoch = a->arc.epoch;
	if (txn->phase == TXN_LOCATE) {
		leg->state = TLEG_DONE;
		txn_step_on(txn);
		return;
	}
	leg_ask_owner(leg);
	txn_arm(txn);
}

static void leg_route(struct txn_leg *leg, const struct xos_addr *through)
{
	struct txn *txn = leg->txn;

	xassert(leg->state != TLEG_ROUTING);
	leg->state = TLEG_ROUTING;
	if (!leg->route.ring)
		ring_route_init(&leg->route, txn->txns->ring, leg_routed, leg);
	ring_route_start(&leg->route, leg->class, txn->part[leg->part].key, false, through);
}

/* Find the owner, then ask it. */
static void leg_start(struct txn_leg *leg)
{
	struct txn *txn = leg->txn;
	const struct ring_arc *arc;
	const struct env_peer *o;

	xassert(leg->state == TLEG_IDLE);
	o = dht_owner_find(txn->txns->dht, leg->class, txn->part[leg->part].key, &arc);
	if (!o) {
		leg_route(leg, NULL);
		return;
	}
	leg->owner = *o;
	leg->epoch = arc->epoch;
	if (txn->phase == TXN_LOCATE)
		leg->state = TLEG_DONE;
	else
		leg_ask_owner(leg);
}

void txn_leg_stop(struct txn_leg *leg)
{
	xassert(leg->txn);
	if (leg->state == TLEG_ROUTING)
		ring_route_stop(&leg->route);
	leg->state = TLEG_IDLE;
}

/* Begin to ask; what was asked before no longer counts. */
void txn_leg_ask(struct txn_leg *leg, uint8_t what)
{
	xassert(leg->txn->used);
	txn_leg_stop(leg);
	leg->what = what;
	leg->tries = 0;
	leg->locked = 0;
	leg->txn->part[leg->part].balloted |= what == WIRE_TXN_WHAT_PROMISE ||
					      what == WIRE_TXN_WHAT_ACCEPT;
	leg_start(leg);
}

/* The time of an answer, or of a pause, is over. */
void txn_leg_due(struct txn_leg *leg)
{
	xassert(leg->state == TLEG_ASKED || leg->state == TLEG_WAIT);
	if (leg->state == TLEG_ASKED)
		dht_owner_drop(leg->txn->txns->dht, &leg->owner.id);
	leg->state = TLEG_IDLE;
	leg_start(leg);
}

/* The leg that an answer belongs to, NULL when nobody waits for it. */
static struct txn_leg *leg_find(struct txns *t, const struct env_peer *from,
				const struct wire_txn_answer *a)
{
	uint32_t slot = (uint32_t)(a->op & 0xffff);
	struct txn_leg *leg;
	struct txn *txn;

	xassert(from);
	if (slot >= t->cfg.txns_max)
		return NULL;
	txn = &t->txn[slot];
	if (!txn->used || txn->op != a->op || a->part >= txn->part_n)
		return NULL;
	leg = txn->part[a->part].leg[a->class];
	if (!leg || leg->state != TLEG_ASKED || leg->what != a->what ||
	    !xos_id_eq(&leg->owner.id, &from->id))
		return NULL;
	return leg;
}

/* The owner cannot act: wait, or look for the right one. */
static void leg_refused(struct txn_leg *leg, const struct wire_txn_answer *a)
{
	struct txns *t = leg->txn->txns;

	xassert(a->status != WIRE_DHT_STATUS_OK);
	/* Somebody else may be the owner by now. */
	if (a->status == WIRE_DHT_STATUS_NO_LEASE)
		dht_owner_drop(t->dht, &leg->owner.id);
	if (a->status != WIRE_DHT_STATUS_NOT_OWNER && a->status != WIRE_DHT_STATUS_STALE) {
		leg_again(leg);
		return;
	}
	dht_owner_drop(t->dht, &leg->owner.id);
	if (leg->tries >= 3) {
		leg_again(leg);
	} else if (a->has_hint) {
		leg_route(leg, &a->hint.addr);
	} else {
		leg->state = TLEG_IDLE;
		leg_start(leg);
	}
}

/* Older transactions wait for younger ones, never the other way: so nobody waits in a circle. */
static bool leg_waits(const struct txn_leg *leg, const struct wire_txn_answer *a)
{
	const struct txn *txn = leg->txn;

	xassert(a->state == WIRE_TXN_STATE_LOCKED);
	if (txn->phase == TXN_CHECK)
		return true;
	if (txn->age != a->holder_age)
		return txn->age < a->holder_age;
	return txn->id.writer < a->holder_writer;
}

void txn_leg_answer(struct txns *t, const struct env_peer *from, const struct wire_txn_answer *a)
{
	struct txn_leg *leg = leg_find(t, from, a);
	struct txn *txn;

	if (!leg) {
		t->count.late++;
		return;
	}
	txn = leg->txn;
	if (a->has_seen && a->seen > txn->seen)
		txn->seen = a->seen;
	if (a->status != WIRE_DHT_STATUS_OK) {
		leg_refused(leg, a);
		txn_arm(txn);
		return;
	}
	if (a->state == WIRE_TXN_STATE_LOCKED && leg_waits(leg, a)) {
		leg_wait(leg, TXN_LOCKED_NS << (leg->locked < 5 ? leg->locked : 5));
		leg->locked++;
		txn_step_on(txn);
		return;
	}
	leg->state = TLEG_DONE;
	leg->answer = a->state;
	ring_epochs_get(&leg->epochs, a->epochs);
	if (leg->what == WIRE_TXN_WHAT_PREPARE || leg->what == WIRE_TXN_WHAT_PROMISE) {
		leg->vote = a->state;
		leg->vote_epoch = a->epoch;
	}
	txn_disagreed(leg);
	if (leg->what == WIRE_TXN_WHAT_PROMISE) {
		leg->accepted_round = a->has_accepted_round ? a->accepted_round : 0;
		leg->accepted_proposer = a->accepted_proposer;
		leg->abort = a->abort;
		leg->shut = a->shut;
	}
	if (a->state == WIRE_TXN_STATE_OVERTAKEN && a->has_round && a->round > txn->round)
		txn->round = a->round;
	txn_step_on(txn);
}
