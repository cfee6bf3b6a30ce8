// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The giver's side of a transfer. Until its record is durable the giver is the
 * owner and may give up at any time; from then on the joiner is, and the
 * record stays until the joiner says that it holds its own.
 */
#include <overlay/ring_priv.h>

static void give_abort(struct ring *ring)
{
	struct ring_give *g = &ring->give;

	xassert(g->active && !g->granting);
	g->active = false;
	env_timer_cancel(ring->env, &g->timer);
	ring->count.transfers_aborted++;
	env_log(ring->env, ENV_WARN, ENV_SUB_OVERLAY, "a joiner fell silent: its transfer is off");
}

static void give_fire(void *ctx)
{
	struct ring *ring = ctx;

	xassert(ring->give.active);
	if (!ring->give.granting)
		give_abort(ring);
}

/* Which part of what this node holds a joiner of @class would get. */
static enum wire_ring_status give_choose(struct ring *ring, uint8_t class, struct ring_arc *out)
{
	const struct ring_hard *h = &ring->hard;

	xassert(h->has_arc);
	memset(out, 0, sizeof(*out));
	out->class = class;
	if (h->custody & (1u << class)) {
		out->open = true;
		out->epoch = RING_EPOCH_FIRST;
		return WIRE_RING_STATUS_OK;
	}
	/* Nothing is split before every class has a node. */
	if (!h->complete || class != h->arc.class || !ring_arc_split(ring, &out->start))
		return WIRE_RING_STATUS_NO_CLASS;
	out->open = h->arc.open;
	out->end = h->arc.end;
	/* By consent: what the old owner took, the new one holds. The epoch stays. */
	out->epoch = h->arc.epoch;
	return WIRE_RING_STATUS_OK;
}

/*
 * A joiner that was given something earlier, and now has nothing, has lost it:
 * its arc was taken over, or will be.
 */
static void give_forget(struct ring *ring, const struct xos_id *id)
{
	struct ring_hard *h = &ring->hard;
	uint32_t i = 0;

	xassert(h->granted_n <= RING_GRANTED_MAX);
	if (ring->give.granting)
		return;
	while (i < h->granted_n) {
		if (!xos_id_eq(&h->granted[i].peer.id, id)) {
			i++;
			continue;
		}
		h->granted[i] = h->granted[--h->granted_n];
		ring->misc_dirty = true;
	}
}

static enum wire_ring_status give_begin(struct ring *ring, const struct env_peer *from,
					const struct wire_ring_join *q)
{
	struct ring_give *g = &ring->give;
	struct ring_arc arc;
	enum wire_ring_status status;

	xassert(q->class < RING_CLASSES_MAX);
	if (!bytes_eq(q->grid_name, bytes_str(ring->cfg.grid)))
		return WIRE_RING_STATUS_WRONG_GRID;
	if (ring->state != RING_OWNER)
		return WIRE_RING_STATUS_NOT_JOINED;
	if (ring->hard.replicas >= 3)
		give_forget(ring, &from->id);
	for (uint32_t i = 0; i < ring->hard.granted_n; i++) {
		if (xos_id_eq(&ring->hard.granted[i].peer.id, &from->id))
			return WIRE_RING_STATUS_MEMBER;
	}
	for (uint32_t i = 0; i < ring->succ_n; i++) {
		if (xos_id_eq(&ring->succ[i].id, &from->id))
			return WIRE_RING_STATUS_MEMBER;
	}
	if (g->active && !g->granting && xos_id_eq(&g->t.peer.id, &from->id)) {
		/* It begins anew: so does the transfer, under another number. */
		give_abort(ring);
	}
	if (g->active || ring->hard.granted_n == RING_GRANTED_MAX ||
	    ring->claim.phase != CLAIM_NONE) {
		ring->count.transfers_refused++;
		return WIRE_RING_STATUS_BUSY;
	}
	status = give_choose(ring, q->class, &arc);
	if (status)
		return status;
	if (arc.class == ring->hard.arc.class && ring->guard &&
	    ring->guard(ring->guard_ctx, ring_key_bytes(&arc.start))) {
		ring->count.transfers_refused++;
		return WIRE_RING_STATUS_BUSY;
	}
	g->active = true;
	g->granting = false;
	g->t = (struct ring_transfer){ .peer = *from, .arc = arc };
	while (!g->t.id)
		g->t.id = env_random(ring->env);
	env_timer_set(ring->env, &g->timer, RING_GIVE_NS);
	return WIRE_RING_STATUS_OK;
}

static void give_join(struct ring *ring, const struct env_peer *from,
		      const struct wire_ring_join *q)
{
	struct wire_ring_join_answer a = {
		.grid = ring->hard.grid,
		.query_id = q->query_id,
		.replicas = ring->hard.replicas,
	};

	a.status = (uint8_t)give_begin(ring, from, q);
	a.has_replicas = ring->hard.replicas != 0;
	if (!a.status) {
		xassert(ring->give.active);
		a.transfer = ring->give.t.id;
		a.arc = ring_arc_wire(&ring->give.t.arc);
		a.has_transfer = true;
		a.has_arc = true;
	}
	ring_link_send(ring->link, &wire_ring_join_answer_msg, &a, from, false);
}

static bool give_matches(const struct ring *ring, const struct env_peer *from, uint64_t transfer)
{
	xassert(from);
	return ring->give.active && ring->give.t.id == transfer &&
	       xos_id_eq(&ring->give.t.peer.id, &from->id);
}

static void give_pull(struct ring *ring, const struct env_peer *from,
		      const struct wire_ring_pull *q)
{
	struct wire_ring_chunk a = { .query_id = q->query_id, .transfer = q->transfer };
	const struct ring_arc *arc = &ring->give.t.arc;
	struct wire_ring_item items[PAGE_ITEMS_MAX];
	struct page *p = &ring->page;

	xassert(from);
	if (ring->state != RING_OWNER)
		return;
	a.items.v = items;
	if (!give_matches(ring, from, q->transfer) || ring->give.granting ||
	    !ring_arc_has(arc, q->from)) {
		a.status = WIRE_RING_STATUS_UNKNOWN;
	} else if (page_fill(p, ring->store, arc->class, q->from, ring_key_bytes(&arc->end),
			     arc->open, 0, ring->cfg.chunk_max)) {
		ring_fail(ring, "cannot read the store");
		return;
	} else {
		env_timer_set(ring->env, &ring->give.timer, RING_GIVE_NS);
		for (uint32_t i = 0; i < p->n; i++)
			items[i] = (struct wire_ring_item){ .key = p->item[i].key,
							    .record = p->item[i].record };
		a.items.n = p->n;
		a.has_next = p->more;
		a.next = ring_key_bytes(&p->next);
		ring->count.items_sent += p->n;
	}
	ring_link_send(ring->link, &wire_ring_chunk_msg, &a, from, true);
}

static void give_answer(struct ring *ring, const struct env_peer *to, uint64_t query_id,
			uint64_t transfer, enum wire_ring_status status, const struct ring_arc *arc)
{
	struct wire_ring_epoch map[RING_SEGS_MAX];
	struct wire_ring_peer succ[RING_SUCC_MAX];
	struct ring_peer self = ring_self(ring);
	struct wire_ring_grant a = {
		.query_id = query_id,
		.transfer = transfer,
		.status = (uint8_t)status,
		.complete = ring->hard.complete,
		.self = ring_peer_wire(&self),
		.has_self = true,
		.succ = { .v = succ, .n = ring_succ_wire(ring, succ) },
		.map = { .v = map },
	};

	xassert(ring->state == RING_OWNER);
	if (arc && !MUTANT(ring_map_not_given))
		a.map.n = ring_map_wire(ring, arc, map);
	ring_link_send(ring->link, &wire_ring_grant_msg, &a, to, false);
}

/* The record is durable: the joiner owns the arc. */
static void give_granted(struct ring *ring)
{
	struct ring_give *g = &ring->give;
	struct ring_peer p = { .id = g->t.peer.id, .addr = g->t.peer.addr };

	if (!g->granting)
		return;
	xassert(g->active);
	g->active = false;
	g->granting = false;
	ring->count.transfers_given++;
	give_answer(ring, &g->t.peer, g->commit_id, g->t.id, WIRE_RING_STATUS_OK, &g->t.arc);
	p.class = g->t.arc.class;
	p.key = g->t.arc.start;
	ring_offer(ring, &p, true);
	ring_known_add(ring, &p.id, &p.addr);
	ring->items = ring_arc_count(ring);
	ring_purge_start(ring, NULL);
	ring_stabilize_soon(ring);
	ring_renew_soon(ring);
}

/* Write down that the arc belongs to the joiner: the point of no return. */
static void give_grant(struct ring *ring, uint64_t query_id)
{
	struct ring_give *g = &ring->give;
	struct ring_hard *h = &ring->hard, old;

	xassert(g->active && !g->granting && h->granted_n < RING_GRANTED_MAX);
	if (g->save.busy)
		return;
	old = *h;
	h->granted[h->granted_n++] = g->t;
	if (h->custody & (1u << g->t.arc.class)) {
		h->custody &= (uint8_t) ~(1u << g->t.arc.class);
		h->complete = !h->custody;
	} else {
		h->arc.open = false;
		h->arc.end = g->t.arc.start;
		h->arc.epoch = g->t.arc.epoch;
	}
	if (ring_save_start(ring, &g->save, give_granted)) {
		*h = old;
		return;
	}
	ring->changes++;
	if (MUTANT(ring_giver_keeps_serving))
		h->arc = old.arc;
	g->granting = true;
	g->commit_id = query_id;
	env_timer_cancel(ring->env, &g->timer);
	if (MUTANT(ring_grant_before_durable))
		give_answer(ring, &g->t.peer, query_id, g->t.id, WIRE_RING_STATUS_OK, &g->t.arc);
}

static void give_commit(struct ring *ring, const struct env_peer *from,
			const struct wire_ring_commit *q)
{
	xassert(from);
	if (ring->state != RING_OWNER)
		return;
	if (give_matches(ring, from, q->transfer)) {
		if (ring->give.granting)
			ring->give.commit_id = q->query_id;
		else
			give_grant(ring, q->query_id);
		return;
	}
	for (uint32_t i = 0; i < ring->hard.granted_n; i++) {
		const struct ring_transfer *t = &ring->hard.granted[i];

		if (t->id == q->transfer && xos_id_eq(&t->peer.id, &from->id)) {
			give_answer(ring, from, q->query_id, q->transfer, WIRE_RING_STATUS_OK,
				    &t->arc);
			return;
		}
	}
	give_answer(ring, from, q->query_id, q->transfer, WIRE_RING_STATUS_UNKNOWN, NULL);
}

/* The joiner holds its record: this node's is no longer needed. */
static void give_settle(struct ring *ring, const struct env_peer *from,
			const struct wire_ring_settle *q)
{
	struct wire_ring_settle_answer a = { .query_id = q->query_id, .transfer = q->transfer };
	struct ring_hard *h = &ring->hard;

	xassert(h->granted_n <= RING_GRANTED_MAX);
	if (ring->state != RING_OWNER ||
	    (ring->give.granting && give_matches(ring, from, q->transfer)))
		return;
	for (uint32_t i = 0; i < h->granted_n; i++) {
		if (h->granted[i].id != q->transfer ||
		    !xos_id_eq(&h->granted[i].peer.id, &from->id))
			continue;
		h->granted[i] = h->granted[--h->granted_n];
		ring->misc_dirty = true;
		break;
	}
	ring_link_send(ring->link, &wire_ring_settle_answer_msg, &a, from, false);
}

/* The arc is lost: so is the transfer. */
void ring_give_stop(struct ring *ring)
{
	struct ring_give *g = &ring->give;

	xassert(g->timer.fire);
	g->active = false;
	g->granting = false;
	env_timer_cancel(ring->env, &g->timer);
}

void ring_give_init(struct ring *ring)
{
	xassert(!ring->give.active);
	ring->give.timer.fire = give_fire;
	ring->give.timer.ctx = ring;
}

bool ring_give_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_ring_join join;
		struct wire_ring_pull pull;
		struct wire_ring_commit commit;
		struct wire_ring_settle settle;
	} m;
	int err;

	xassert(from && h);
	switch (h->type) {
	case WIRE_RING_JOIN:
		err = wire_ring_join_body_decode(h, &m.join);
		if (!err)
			give_join(ring, from, &m.join);
		break;
	case WIRE_RING_PULL:
		err = wire_ring_pull_body_decode(h, &m.pull);
		if (!err)
			give_pull(ring, from, &m.pull);
		break;
	case WIRE_RING_COMMIT:
		err = wire_ring_commit_body_decode(h, &m.commit);
		if (!err)
			give_commit(ring, from, &m.commit);
		break;
	case WIRE_RING_SETTLE:
		err = wire_ring_settle_body_decode(h, &m.settle);
		if (!err)
			give_settle(ring, from, &m.settle);
		break;
	default:
		return false;
	}
	if (err)
		ring->count.strange++;
	return true;
}
