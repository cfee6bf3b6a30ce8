// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The joiner's side of a transfer: copy, make durable, ask for the arc, own
 * it, let the giver forget. From the moment that its record of the transfer is
 * durable only the giver can say how it ended, and the joiner asks until it does.
 */
#include <overlay/ring_priv.h>

/* Time for one answer of the giver, and the pause before the next question. */
#define PULL_NS	  (1000 * ENV_MS)
#define COMMIT_NS (500 * ENV_MS)
#define AGAIN_NS  (300 * ENV_MS)

static void copy_purged(struct ring *ring)
{
	xassert(!ring->hard.has_arc);
	ring->state = RING_SEEKING;
	ring->join.asked = 0;
	ring_join_again(ring, AGAIN_NS);
}

/* The transfer is off: what was copied goes, and the node begins anew. */
static void copy_abandon(struct ring *ring)
{
	xassert(!ring->hard.has_arc && !ring->hard.has_taken);
	ring_call_stop(&ring->copy_call);
	ring->state = RING_SEEKING;
	ring->join.asked = 0;
	ring_purge_start(ring, copy_purged);
}

static void copy_pull(struct ring *ring)
{
	struct ring_join *j = &ring->join;
	struct wire_ring_pull m = { .transfer = j->t.id, .from = ring_key_bytes(&j->from) };

	xassert(ring->state == RING_COPYING && j->more);
	m.query_id = ring_call_start(&ring->copy_call, WIRE_RING_CHUNK, PULL_NS);
	ring_link_send(ring->link, &wire_ring_pull_msg, &m, &j->t.peer, true);
}

static void copy_commit(struct ring *ring)
{
	struct ring_transfer *t = &ring->hard.taken;
	struct wire_ring_commit m = { .transfer = t->id };

	xassert(ring->state == RING_PENDING && ring->hard.has_taken);
	ring_known_refresh(ring, &t->peer);
	m.query_id = ring_call_start(&ring->copy_call, WIRE_RING_GRANT, COMMIT_NS);
	ring_link_send(ring->link, &wire_ring_commit_msg, &m, &t->peer, true);
}

void ring_pending_start(struct ring *ring)
{
	xassert(!ring->hard.has_arc);
	ring->state = RING_PENDING;
	ring->join.heard_ns = env_now(ring->env);
	copy_commit(ring);
}

/* All items are durable: so must be the record of the transfer, before the giver hears of it. */
static void copy_done(struct ring *ring)
{
	struct ring_join *j = &ring->join;

	xassert(ring->state == RING_COPYING && !j->more);
	if (MUTANT(ring_joiner_serves_early)) {
		ring->hard.arc = j->t.arc;
		ring->hard.has_arc = true;
		ring_own(ring);
		return;
	}
	ring->hard.taken = j->t;
	ring->hard.has_taken = true;
	if (ring_save_start(ring, &j->save, ring_pending_start)) {
		ring->hard.has_taken = false;
		ring_join_again(ring, AGAIN_NS);
	}
}

static void chunk_next(struct ring *ring)
{
	struct ring_join *j = &ring->join;

	if (ring->state != RING_COPYING)
		return;
	xassert(!j->chunk_busy);
	if (j->more)
		copy_pull(ring);
	else
		copy_done(ring);
}

static void chunk_stored(void *ctx, int status)
{
	struct ring *ring = ctx;

	xassert(ring->join.chunk_busy);
	ring->join.chunk_busy = false;
	if (status)
		ring_fail(ring, "copied items could not be stored");
	else
		chunk_next(ring);
}

/* Lay out the items of a chunk as a batch. Return: how many. */
static uint32_t chunk_ops(struct ring *ring, const struct wire_ring_chunk *a)
{
	struct ring_join *j = &ring->join;
	struct buf room = buf_of(ring->page.mem, PAGE_ROOM);
	struct wire_ring_item item;
	uint32_t n = 0;
	size_t pos = 0;
	uint8_t *mem;

	j->more = a->has_next && !MUTANT(ring_copy_skips_tail);
	if (j->more)
		ring_key_set(&j->from, a->next);
	while (wire_ring_item_list_next(&a->items, &pos, &item)) {
		if (!ring_arc_has(&j->t.arc, item.key)) {
			ring->count.strange++;
			continue;
		}
		mem = n < PAGE_ITEMS_MAX ? buf_reserve(&room, item.key.len + 2) : NULL;
		if (!mem) {
			/* More than this node takes at once: ask again from here. */
			j->more = true;
			ring_key_set(&j->from, item.key);
			break;
		}
		ring->ops[n++] = (struct store_op){ .key = page_key(j->t.arc.class, item.key, mem),
						    .value = item.record };
	}
	xassert(n <= PAGE_ITEMS_MAX);
	return n;
}

static void copy_chunk(struct ring *ring, const struct wire_ring_chunk *a)
{
	struct ring_join *j = &ring->join;
	struct ring_key from = j->from;
	uint32_t n = chunk_ops(ring, a);
	int err;

	xassert(!j->chunk_busy);
	j->heard_ns = env_now(ring->env);
	if (!n) {
		chunk_next(ring);
		return;
	}
	j->chunk.done = chunk_stored;
	j->chunk.ctx = ring;
	err = store_submit(ring->store, ring->ops, n, &j->chunk);
	if (err == -ENOSPC) {
		j->from = from;
		j->more = true;
		ring_join_again(ring, AGAIN_NS);
		return;
	}
	if (err) {
		ring_fail(ring, "the store refuses copied items");
		return;
	}
	j->chunk_busy = true;
	ring->count.items_taken += n;
}

static void copy_owned(struct ring *ring)
{
	xassert(ring->hard.has_arc);
	ring_own(ring);
	if (ring->state == RING_OWNER)
		ring_settle_start(ring);
}

static void copy_disowned(struct ring *ring)
{
	copy_abandon(ring);
}

static void copy_granted(struct ring *ring, const struct wire_ring_grant *a)
{
	struct ring_hard *h = &ring->hard;
	struct ring_peer p;

	xassert(h->has_taken && !h->has_arc);
	if (a->status != WIRE_RING_STATUS_OK) {
		h->has_taken = false;
		if (!ring_save_start(ring, &ring->join.save, copy_disowned))
			return;
		h->has_taken = true;
		ring_join_again(ring, AGAIN_NS);
		return;
	}
	ring_map_reset(&ring->map, h->replicas, 0);
	ring->map_ver++;
	ring_map_hear(ring, &a->map, &h->taken.arc, true);
	h->arc = h->taken.arc;
	h->has_arc = true;
	if (ring_save_start(ring, &ring->join.save, copy_owned)) {
		h->has_arc = false;
		ring_join_again(ring, AGAIN_NS);
		return;
	}
	ring_complete_heard(ring, a->complete);
	if (a->has_self) {
		ring_peer_get(&p, &a->self);
		ring_offer(ring, &p, true);
		ring_pred_set(ring, &p);
	}
	ring_offer_list(ring, &a->succ);
}

/*
 * The giver is gone. If it has granted the arc, somebody will take that over
 * when nobody holds a lease for it; so this node need not know.
 */
static void copy_forsaken(struct ring *ring)
{
	struct ring_hard *h = &ring->hard;

	xassert(h->has_taken && !h->has_arc);
	env_log(ring->env, ENV_WARN, ENV_SUB_OVERLAY, "the giver of an arc is gone: joins anew");
	h->has_taken = false;
	if (!ring_save_start(ring, &ring->join.save, copy_disowned))
		return;
	h->has_taken = true;
	ring_join_again(ring, AGAIN_NS);
}

static void copy_ended(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	struct ring *ring = call->ctx;
	struct ring_join *j = &ring->join;

	xassert(ring->state != RING_IDLE);
	if (ring->state == RING_COPYING) {
		const struct wire_ring_chunk *a = answer;

		if (!a && env_now(ring->env) - j->heard_ns < RING_GIVE_NS)
			copy_pull(ring);
		else if (!a || a->status || a->transfer != j->t.id)
			copy_abandon(ring);
		else
			copy_chunk(ring, a);
	} else if (ring->state == RING_PENDING && !j->save.busy) {
		const struct wire_ring_grant *a = answer;

		if (a && a->transfer == ring->hard.taken.id &&
		    xos_id_eq(&from->id, &ring->hard.taken.peer.id))
			copy_granted(ring, a);
		else if (ring->hard.replicas >= 3 &&
			 env_now(ring->env) - j->heard_ns > RING_PENDING_NS)
			copy_forsaken(ring);
		else
			ring_join_again(ring, AGAIN_NS);
	}
}

/* The pause is over. */
void ring_copy_again(struct ring *ring)
{
	struct ring_join *j = &ring->join;

	xassert(ring->state == RING_COPYING || ring->state == RING_PENDING);
	if (j->save.busy || ring->copy_call.active)
		return;
	if (ring->state == RING_PENDING)
		copy_commit(ring);
	else if (!j->chunk_busy)
		chunk_next(ring);
}

void ring_copy_start(struct ring *ring)
{
	struct ring_join *j = &ring->join;

	xassert(!ring->hard.has_arc && !j->chunk_busy);
	ring->state = RING_COPYING;
	j->from = j->t.arc.start;
	j->more = true;
	j->heard_ns = env_now(ring->env);
	copy_pull(ring);
}

/* Tell the giver that it may forget the transfer, until it says that it has. */
void ring_settle_start(struct ring *ring)
{
	struct wire_ring_settle m = { .transfer = ring->hard.taken.id };

	xassert(ring->state == RING_OWNER && ring->hard.has_taken);
	ring_known_refresh(ring, &ring->hard.taken.peer);
	m.query_id = ring_call_start(&ring->copy_call, WIRE_RING_SETTLE_ANSWER, 2 * PULL_NS);
	ring_link_send(ring->link, &wire_ring_settle_msg, &m, &ring->hard.taken.peer, true);
}

static void settle_ended(struct ring *ring, const struct wire_ring_settle_answer *a)
{
	if (!ring->hard.has_taken)
		return;
	xassert(ring->hard.has_arc);
	if (!a || a->transfer != ring->hard.taken.id) {
		ring_settle_start(ring);
		return;
	}
	ring->hard.has_taken = false;
	ring->misc_dirty = true;
}

static void call_ended(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	struct ring *ring = call->ctx;

	xassert(ring->state != RING_IDLE);
	if (ring->state == RING_OWNER)
		settle_ended(ring, answer);
	else
		copy_ended(call, from, answer);
}

void ring_copy_init(struct ring *ring)
{
	xassert(!ring->copy_call.active);
	ring_call_init(&ring->copy_call, ring, call_ended, ring);
}

bool ring_copy_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_ring_chunk chunk;
		struct wire_ring_grant grant;
		struct wire_ring_settle_answer settle;
	} m;
	uint64_t id;
	int err;

	xassert(from && h);
	switch (h->type) {
	case WIRE_RING_CHUNK:
		err = wire_ring_chunk_body_decode(h, &m.chunk);
		id = m.chunk.query_id;
		break;
	case WIRE_RING_GRANT:
		err = wire_ring_grant_body_decode(h, &m.grant);
		id = m.grant.query_id;
		break;
	case WIRE_RING_SETTLE_ANSWER:
		err = wire_ring_settle_answer_body_decode(h, &m.settle);
		id = m.settle.query_id;
		break;
	default:
		return false;
	}
	if (err)
		ring->count.strange++;
	else
		ring_call_answer(ring, id, h->type, from, &m);
	return true;
}
