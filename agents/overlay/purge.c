// SPDX-License-Identifier: GPL-2.0-or-later
/* Removes items that lie outside of the node's arc, a batch at a time. */
#include <overlay/ring_priv.h>

/* Items in one batch. */
#define PURGE_ITEMS_MAX 256
/* Delay when the store has no room. */
#define PURGE_AGAIN_NS	(50 * ENV_MS)

/**
 * struct purge_scan - collects keys outside of the arc
 * @ring: the ring
 * @n: keys collected
 * @room: memory for them
 */
struct purge_scan {
	struct ring *ring;
	uint32_t n;
	struct buf room;
};

static bool purge_visit(void *ctx, struct bytes key, struct bytes value)
{
	struct purge_scan *p = ctx;
	struct store_op *op;
	uint8_t *mem;

	xassert(key.len >= 2 && p->n < PURGE_ITEMS_MAX);
	mem = buf_reserve(&p->room, key.len);
	if (!mem)
		return false;
	memcpy(mem, key.data, key.len);
	op = &p->ring->ops[p->n++];
	*op = (struct store_op){ .key = bytes_of(mem, key.len), .del = true };
	return p->n < PURGE_ITEMS_MAX;
}

/* Collect a batch: what lies before the arc, then what lies behind it. */
static int purge_collect(struct ring *ring, struct purge_scan *p)
{
	const struct ring_arc *a = &ring->hard.arc;
	uint8_t first = PAGE_PREFIX, end = PAGE_PREFIX + 1, mem[PAGE_KEY_MAX];
	struct bytes at;
	int err;

	if (!ring->hard.has_arc)
		return store_scan(ring->store, bytes_of(&first, 1), bytes_of(&end, 1), purge_visit,
				  p);
	at = page_key(a->class, ring_key_bytes(&a->start), mem);
	err = store_scan(ring->store, bytes_of(&first, 1), at, purge_visit, p);
	if (err || p->n)
		return err;
	at = page_key(a->class, ring_key_bytes(&a->end), mem);
	if (a->open) {
		mem[1] = (uint8_t)(a->class + 1);
		at.len = 2;
	}
	xassert(at.len >= 2);
	return store_scan(ring->store, at, bytes_of(&end, 1), purge_visit, p);
}

static void purge_step(struct ring *ring)
{
	struct purge_scan p = { .ring = ring, .room = buf_of(ring->page.mem, PAGE_ROOM) };
	struct ring_purge *purge = &ring->purge;
	int err;

	xassert(!purge->busy);
	if (ring->state == RING_FAILED)
		return;
	if (purge_collect(ring, &p)) {
		ring_fail(ring, "cannot read the store");
		return;
	}
	if (!p.n) {
		purge->active = false;
		if (purge->done)
			purge->done(ring);
		return;
	}
	err = store_submit(ring->store, ring->ops, p.n, &purge->ticket);
	if (err == -ENOSPC) {
		env_timer_set(ring->env, &purge->timer, PURGE_AGAIN_NS);
	} else if (err) {
		ring_fail(ring, "the store refuses a removal");
	} else {
		purge->busy = true;
		ring->count.items_purged += p.n;
	}
}

static void purge_fire(void *ctx)
{
	struct ring *ring = ctx;

	xassert(ring->purge.active);
	if (!ring->purge.busy)
		purge_step(ring);
}

static void purge_stored(void *ctx, int status)
{
	struct ring *ring = ctx;

	xassert(ring->purge.busy);
	ring->purge.busy = false;
	if (status)
		ring_fail(ring, "a removal could not be stored");
	else
		purge_step(ring);
}

void ring_purge_init(struct ring *ring)
{
	struct ring_purge *p = &ring->purge;

	xassert(!p->active);
	p->ticket.done = purge_stored;
	p->ticket.ctx = ring;
	p->timer.fire = purge_fire;
	p->timer.ctx = ring;
}

/* Begin, or go on after the arc has become smaller. @done is called, later, at the end. */
void ring_purge_start(struct ring *ring, void (*done)(struct ring *ring))
{
	struct ring_purge *p = &ring->purge;

	xassert(!done || !p->done || !p->active);
	if (done || !p->active)
		p->done = done;
	p->active = true;
	if (!p->busy)
		env_timer_set(ring->env, &p->timer, 0);
}
