// SPDX-License-Identifier: GPL-2.0-or-later
/* Keeps the pointers of the ring right: successors, predecessor, fingers, lost members. */
#include <overlay/ring_priv.h>

/* Rounds between two searches for lost members. */
#define PROBE_ROUNDS 3
/* Delay of a round that news ask for. */
#define SOON_NS	     (20 * ENV_MS)
/* Questions without an answer before a successor is dropped. */
#define LOST_MAX     5
/* Rounds without a question of the predecessor before it is forgotten. */
#define PRED_ROUNDS  8

/* Heard from a member that all classes have been given out; that never becomes false again. */
void ring_complete_heard(struct ring *ring, bool complete)
{
	xassert(!(ring->hard.complete && ring->hard.custody));
	if (!complete || ring->hard.complete || !ring->hard.grid || ring->hard.custody)
		return;
	ring->hard.complete = true;
	ring->misc_dirty = true;
	/* The neighbours hear of it with the next round. */
	ring_stabilize_soon(ring);
}

static void stabilize_ask(struct ring *ring)
{
	struct ring_peer self = ring_self(ring);
	struct wire_ring_stabilize m = {
		.grid = ring->hard.grid,
		.self = ring_peer_wire(&self),
		.complete = ring->hard.complete,
	};

	xassert(ring->state == RING_OWNER);
	if (!ring->succ_n && ring->has_pred)
		ring_offer(ring, &ring->pred, false);
	if (!ring->succ_n || ring->stabilize_call.active)
		return;
	m.query_id = ring_call_start(&ring->stabilize_call, WIRE_RING_STABILIZE_ANSWER,
				     ring->cfg.hop_ns);
	ring_link_send(ring->link, &wire_ring_stabilize_msg, &m,
		       &(struct env_peer){ ring->succ[0].id, ring->succ[0].addr }, false);
}

static void stabilize_ended(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	const struct wire_ring_stabilize_answer *a = answer;
	struct ring *ring = call->ctx;
	struct ring_peer p;

	xassert(ring->state != RING_IDLE);
	if (ring->state != RING_OWNER)
		return;
	if (!a) {
		/* It may be alive and have lost its arc: then it is no neighbour. */
		if (++ring->stabilize_lost >= LOST_MAX && ring->succ_n) {
			ring->stabilize_lost = 0;
			ring_drop(ring, &ring->succ[0].id, true);
		}
		return;
	}
	ring->stabilize_lost = 0;
	ring_peer_get(&p, &a->self);
	ring_offer(ring, &p, true);
	/* What comes behind the successor, the successor knows best. */
	if (ring->succ_n && xos_id_eq(&ring->succ[0].id, &from->id))
		ring->succ_n = 1;
	ring_offer_list(ring, &a->succ);
	if (a->has_pred && !xos_id_eq(&a->pred.id, &ring->hard.id) && !MUTANT(ring_pred_ignored)) {
		ring_peer_get(&p, &a->pred);
		ring_offer(ring, &p, false);
		ring_known_add(ring, &p.id, &p.addr);
	}
}

static void stabilize_answer(struct ring *ring, const struct env_peer *from,
			     const struct wire_ring_stabilize *q)
{
	struct wire_ring_peer succ[RING_SUCC_MAX];
	struct wire_ring_stabilize_answer a = {
		.grid = ring->hard.grid,
		.query_id = q->query_id,
		.complete = ring->hard.complete,
		.succ = { .v = succ },
	};
	struct ring_peer self, p;

	xassert(q->self.class < RING_CLASSES_MAX);
	if (ring->state != RING_OWNER || !xos_id_eq(&q->self.id, &from->id))
		return;
	self = ring_self(ring);
	ring_peer_get(&p, &q->self);
	/* The predecessor before this message: who asks may have to go between. */
	a.self = ring_peer_wire(&self);
	a.has_pred = ring->has_pred;
	if (ring->has_pred)
		a.pred = ring_peer_wire(&ring->pred);
	a.succ.n = ring_succ_wire(ring, succ);
	ring_link_send(ring->link, &wire_ring_stabilize_answer_msg, &a, from, false);
	ring_pred_set(ring, &p);
	ring_offer(ring, &p, true);
}

static void finger_ask(struct ring *ring)
{
	struct wire_ring_finger m = { .grid = ring->hard.grid };
	uint32_t i = ring->finger_next;

	xassert(ring->finger_n <= RING_FINGER_MAX);
	if (!ring->succ_n) {
		ring->finger_n = 0;
		return;
	}
	if (i >= ring->finger_n || i + 1 >= RING_FINGER_MAX) {
		ring->finger[0] = ring->succ[0];
		if (!ring->finger_n)
			ring->finger_n = 1;
		i = 0;
	}
	ring->finger_next = i;
	m.index = (uint8_t)i;
	m.query_id = ring_call_start(&ring->finger_call, WIRE_RING_FINGER_ANSWER, ring->cfg.hop_ns);
	ring_link_send(ring->link, &wire_ring_finger_msg, &m,
		       &(struct env_peer){ ring->finger[i].id, ring->finger[i].addr }, false);
}

/* Finger i + 1 is finger i of finger i: twice as many nodes ahead. */
static void finger_ended(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	const struct wire_ring_finger_answer *a = answer;
	struct ring *ring = call->ctx;
	struct ring_peer self, p;
	uint32_t i = ring->finger_next;

	xassert(i < RING_FINGER_MAX);
	if (ring->state != RING_OWNER || i >= ring->finger_n)
		return;
	if (!a) {
		/* It does not answer: it, and what was learned through it, is built anew. */
		ring->finger_n = i;
		ring->finger_next = 0;
		return;
	}
	self = ring_self(ring);
	if (a->has_finger)
		ring_peer_get(&p, &a->finger);
	if (!a->has_finger || xos_id_eq(&p.id, &self.id) ||
	    !ring_peer_between(&ring->finger[i], &p, &self)) {
		ring->finger_n = i + 1;
		ring->finger_next = 0;
		return;
	}
	ring->finger[i + 1] = p;
	if (ring->finger_n < i + 2)
		ring->finger_n = i + 2;
	ring->finger_next = i + 1;
}

static void finger_answer(struct ring *ring, const struct env_peer *from,
			  const struct wire_ring_finger *q)
{
	struct wire_ring_finger_answer a = { .grid = ring->hard.grid, .query_id = q->query_id };

	xassert(q->index < RING_FINGER_MAX);
	if (ring->state != RING_OWNER)
		return;
	if (!q->index && ring->succ_n) {
		a.has_finger = true;
		a.finger = ring_peer_wire(&ring->succ[0]);
	} else if (q->index < ring->finger_n) {
		a.has_finger = true;
		a.finger = ring_peer_wire(&ring->finger[q->index]);
	}
	ring_link_send(ring->link, &wire_ring_finger_answer_msg, &a, from, false);
}

/* Look for the node's own neighbours through a member that may have been lost. */
static void probe_start(struct ring *ring)
{
	struct env_peer peer;
	bool found = ring_known_pick(ring, &peer);

	xassert(ring->state == RING_OWNER);
	if (ring->probe.active || MUTANT(ring_no_merge))
		return;
	if (ring->cfg.seeds_n && (!found || !env_random_below(ring->env, 4))) {
		peer.addr = ring->cfg.seeds[env_random_below(ring->env, ring->cfg.seeds_n)];
		found = true;
	}
	if (!found || xos_addr_eq(&peer.addr, &ring->cfg.addr))
		return;
	ring_route_start(&ring->probe, ring->hard.arc.class, ring_key_bytes(&ring->hard.arc.start),
			 true, &peer.addr);
}

static void probe_done(struct ring_route *route, int status, const struct env_peer *from,
		       const struct wire_ring_find_answer *a)
{
	struct ring *ring = route->ctx;
	struct xos_id before = { 0 };
	struct ring_peer p;

	xassert(route->before);
	if (status || ring->state != RING_OWNER || !a->has_self)
		return;
	if (ring->succ_n)
		before = ring->succ[0].id;
	ring_peer_get(&p, &a->self);
	ring_offer(ring, &p, true);
	ring_pred_set(ring, &p);
	ring_offer_list(ring, &a->succ);
	if (ring->succ_n && !xos_id_eq(&before, &ring->succ[0].id))
		ring->count.merges++;
}

static void tick_fire(void *ctx)
{
	struct ring *ring = ctx;
	uint64_t ns = ring->cfg.stabilize_ns;

	xassert(ns);
	ring->soon = false;
	if (ring->state == RING_FAILED)
		return;
	env_timer_set(ring->env, &ring->tick, ns - ns / 4 + env_random_below(ring->env, ns / 2));
	if (ring->state != RING_IDLE) {
		ring_save_misc(ring);
		ring_known_save(ring);
	}
	if (ring->state != RING_OWNER)
		return;
	if (ring->has_pred && env_now(ring->env) - ring->pred_ns > PRED_ROUNDS * ns)
		ring->has_pred = false;
	ring_claim_tick(ring);
	stabilize_ask(ring);
	finger_ask(ring);
	if (ring->ticks++ % PROBE_ROUNDS == 0 || !ring->succ_n || !ring->has_pred)
		probe_start(ring);
}

void ring_stabilize_soon(struct ring *ring)
{
	xassert(ring->tick.fire);
	if (ring->state != RING_OWNER || ring->soon)
		return;
	ring->soon = true;
	env_timer_set(ring->env, &ring->tick, SOON_NS);
}

void ring_stabilize_init(struct ring *ring)
{
	ring->tick.fire = tick_fire;
	ring->tick.ctx = ring;
	xassert(!env_timer_armed(&ring->tick));
	ring_call_init(&ring->stabilize_call, ring, stabilize_ended, ring);
	ring_call_init(&ring->finger_call, ring, finger_ended, ring);
	ring_route_init(&ring->probe, ring, probe_done, ring);
}

static void answer_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_ring_stabilize_answer s;
	struct wire_ring_finger_answer f;

	xassert(from);
	if (h->type == WIRE_RING_FINGER_ANSWER) {
		if (wire_ring_finger_answer_body_decode(h, &f))
			ring->count.strange++;
		else if (ring_grid_ok(ring, f.grid))
			ring_call_answer(ring, f.query_id, h->type, from, &f);
		return;
	}
	if (wire_ring_stabilize_answer_body_decode(h, &s)) {
		ring->count.strange++;
	} else if (ring_grid_ok(ring, s.grid)) {
		ring_complete_heard(ring, s.complete);
		ring_call_answer(ring, s.query_id, h->type, from, &s);
	}
}

bool ring_stabilize_recv(struct ring *ring, const struct env_peer *from,
			 const struct wire_header *h)
{
	struct wire_ring_stabilize s;
	struct wire_ring_finger f;

	xassert(from && h);
	switch (h->type) {
	case WIRE_RING_STABILIZE:
		if (wire_ring_stabilize_body_decode(h, &s)) {
			ring->count.strange++;
		} else if (ring_grid_ok(ring, s.grid)) {
			ring_complete_heard(ring, s.complete);
			stabilize_answer(ring, from, &s);
		}
		return true;
	case WIRE_RING_FINGER:
		if (wire_ring_finger_body_decode(h, &f))
			ring->count.strange++;
		else if (ring_grid_ok(ring, f.grid))
			finger_answer(ring, from, &f);
		return true;
	case WIRE_RING_STABILIZE_ANSWER:
	case WIRE_RING_FINGER_ANSWER:
		answer_recv(ring, from, h);
		return true;
	default:
		return false;
	}
}
