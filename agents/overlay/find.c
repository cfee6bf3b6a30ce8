// SPDX-License-Identifier: GPL-2.0-or-later
/* Answers to those who look for a position or for this node. */
#include <overlay/ring_priv.h>

/* Nearer nodes in an answer. */
#define NEARER_MAX 4

static void find_answer(struct ring *ring, const struct env_peer *from,
			const struct wire_ring_find *q)
{
	struct wire_ring_peer nearer[NEARER_MAX], succ[RING_SUCC_MAX];
	struct wire_ring_find_answer a = {
		.grid = ring->hard.grid,
		.query_id = q->query_id,
		.replicas = ring->hard.replicas ? ring->hard.replicas : 1,
		.complete = ring->hard.complete,
		.nearer = { .v = nearer },
		.succ = { .v = succ },
	};
	const struct ring_peer *near[NEARER_MAX];
	struct ring_peer self;

	xassert(q->class < RING_CLASSES_MAX);
	ring->count.finds++;
	if (ring->state == RING_OWNER) {
		self = ring_self(ring);
		a.self = ring_peer_wire(&self);
		a.has_self = true;
		a.has_arc = !q->before && ring->hard.arc.class == q->class &&
			    ring_arc_has(&ring->hard.arc, q->key);
		a.arc = ring_arc_wire(&ring->hard.arc);
		if (!a.has_arc)
			a.nearer.n =
				ring_nearer(ring, q->class, q->key, q->before, near, NEARER_MAX);
		for (uint32_t i = 0; i < a.nearer.n; i++)
			nearer[i] = ring_peer_wire(near[i]);
		a.last = !a.has_arc && !a.nearer.n;
		if (a.last)
			a.succ.n = ring_succ_wire(ring, succ);
	}
	ring_link_send(ring->link, &wire_ring_find_answer_msg, &a, from, false);
}

static void describe_answer(struct ring *ring, const struct env_peer *from,
			    const struct wire_ring_describe *q)
{
	struct wire_ring_peer succ[RING_SUCC_MAX];
	struct wire_ring_describe_answer a = {
		.grid = ring->hard.grid,
		.query_id = q->query_id,
		.replicas = ring->hard.replicas ? ring->hard.replicas : 1,
		.complete = ring->hard.complete,
		.succ = { .v = succ },
	};
	struct ring_peer self;

	xassert(from);
	if (ring->state == RING_OWNER) {
		self = ring_self(ring);
		a.has_member = true;
		a.member = (struct wire_ring_member){
			.peer = ring_peer_wire(&self),
			.arc = ring_arc_wire(&ring->hard.arc),
			.items = ring->items,
			.machine = bytes_str(ring->cfg.machine),
			.has_machine = true,
			.rack = bytes_str(ring->cfg.rack),
			.has_rack = true,
			.custody = ring->hard.custody,
			.moving = ring->give.active,
			.leased = ring_leased(ring),
			.claiming = ring->claim.phase != CLAIM_NONE,
		};
		a.succ.n = ring_succ_wire(ring, succ);
	}
	ring_link_send(ring->link, &wire_ring_describe_answer_msg, &a, from, false);
}

bool ring_find_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_ring_describe describe;
	struct wire_ring_find_answer a;
	struct wire_ring_find find;

	xassert(from && h);
	switch (h->type) {
	case WIRE_RING_FIND:
		if (wire_ring_find_body_decode(h, &find))
			ring->count.strange++;
		else if (ring_grid_ok(ring, find.grid))
			find_answer(ring, from, &find);
		return true;
	case WIRE_RING_FIND_ANSWER:
		if (wire_ring_find_answer_body_decode(h, &a))
			ring->count.strange++;
		else if (ring_grid_ok(ring, a.grid)) {
			ring_complete_heard(ring, a.complete);
			ring_call_answer(ring, a.query_id, h->type, from, &a);
		}
		return true;
	case WIRE_RING_DESCRIBE:
		if (wire_ring_describe_body_decode(h, &describe))
			ring->count.strange++;
		else if (ring_grid_ok(ring, describe.grid))
			describe_answer(ring, from, &describe);
		return true;
	default:
		return false;
	}
}
