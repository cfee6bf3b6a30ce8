// SPDX-License-Identifier: GPL-2.0-or-later
/* The hard state of a node, in the store. */
#include <overlay/ring_priv.h>

#include <wire/common.h>

static struct bytes record_name(void)
{
	return bytes_str("r/self");
}

static void transfer_get(struct ring_transfer *t, uint64_t id, const struct xos_id *peer,
			 const struct xos_addr *addr, const struct wire_ring_arc *arc)
{
	memset(t, 0, sizeof(*t));
	xassert(peer && arc);
	t->id = id;
	t->peer.id = *peer;
	if (addr)
		t->peer.addr = *addr;
	ring_arc_get(&t->arc, arc);
}

static int record_decode(struct bytes in, struct ring_hard *h, struct wire_ring_record *r)
{
	struct wire_ring_granted g;
	size_t pos = 0;

	xassert(h && r);
	if (wire_set_decode(&wire_ring_record_set, in, r))
		return -EBADMSG;
	h->id = r->id;
	h->grid = r->grid;
	h->replicas = r->replicas;
	h->complete = r->complete;
	h->custody = r->custody;
	h->has_arc = r->has_arc;
	if (r->has_arc)
		ring_arc_get(&h->arc, &r->arc);
	h->has_taken = r->has_taken;
	if (r->has_taken)
		transfer_get(&h->taken, r->taken.transfer, &r->taken.giver, &r->taken.addr,
			     &r->taken.arc);
	if (r->replicas > RING_CLASSES_MAX)
		return -EBADMSG;
	while (h->granted_n < RING_GRANTED_MAX &&
	       wire_ring_granted_list_next(&r->granted, &pos, &g))
		transfer_get(&h->granted[h->granted_n++], g.transfer, &g.joiner, NULL, &g.arc);
	return 0;
}

static int map_load(struct ring *ring, const struct wire_ring_record *r)
{
	struct ring_map *m = &ring->map;
	struct wire_ring_epoch e;
	size_t pos = 0;
	uint8_t next = 0;

	xassert(ring->state == RING_IDLE);
	m->n = 0;
	m->bytes = 0;
	while (m->n < RING_SEGS_MAX && wire_ring_epoch_list_next(&r->map, &pos, &e)) {
		/* In order, each class from the empty key on. */
		if (e.class != next ? !next || e.class != next - 1 : e.start.len != 0)
			return -EBADMSG;
		next = (uint8_t)(e.class + 1);
		m->seg[m->n].class = e.class;
		m->seg[m->n].epoch = e.epoch;
		ring_key_set(&m->seg[m->n++].start, e.start);
		m->bytes += (uint32_t)e.start.len;
	}
	if (next != ring->hard.replicas)
		ring_map_reset(m, ring->hard.replicas, 0);
	return 0;
}

/* Read the hard state. Return: 0, -ENOENT a new node, -EEXIST another grid, -EBADMSG, -EIO. */
int ring_load(struct ring *ring)
{
	struct buf b = buf_of(ring->record, RING_RECORD_MAX);
	struct wire_ring_record r;
	int err = store_get(ring->store, record_name(), &b);

	xassert(ring->state == RING_IDLE);
	if (err)
		return err == -EMSGSIZE ? -EBADMSG : err;
	err = record_decode(buf_bytes(&b), &ring->hard, &r);
	if (err)
		return err;
	if (r.has_grid_name && !bytes_eq(r.grid_name, bytes_str(ring->cfg.grid)))
		return -EEXIST;
	return map_load(ring, &r);
}

static int record_encode(const struct ring *ring, struct buf *out)
{
	const struct ring_hard *h = &ring->hard;
	struct wire_ring_granted granted[RING_GRANTED_MAX];
	struct wire_ring_epoch map[RING_SEGS_MAX];
	struct wire_ring_record r = {
		.id = h->id,
		.grid = h->grid,
		.grid_name = bytes_str(ring->cfg.grid),
		.has_grid_name = true,
		.replicas = h->replicas,
		.complete = h->complete,
		.custody = h->custody,
		.has_arc = h->has_arc,
		.arc = ring_arc_wire(&h->arc),
		.has_taken = h->has_taken,
		.taken = {
			.transfer = h->taken.id,
			.giver = h->taken.peer.id,
			.addr = h->taken.peer.addr,
			.arc = ring_arc_wire(&h->taken.arc),
		},
		.granted = { .v = granted, .n = h->granted_n },
		.map = { .v = map, .n = ring->map.n },
	};

	xassert(h->granted_n <= RING_GRANTED_MAX);
	for (uint32_t i = 0; i < h->granted_n; i++)
		granted[i] = (struct wire_ring_granted){
			.transfer = h->granted[i].id,
			.joiner = h->granted[i].peer.id,
			.arc = ring_arc_wire(&h->granted[i].arc),
		};
	for (uint32_t i = 0; i < ring->map.n; i++)
		map[i] = (struct wire_ring_epoch){
			.class = ring->map.seg[i].class,
			.start = ring_key_bytes(&ring->map.seg[i].start),
			.epoch = ring->map.seg[i].epoch,
		};
	return wire_set_encode(&wire_ring_record_set, &r, out);
}

static void save_done(void *ctx, int status)
{
	struct ring_save *save = ctx;

	xassert(save->busy);
	save->busy = false;
	if (!status && save->map_ver > save->ring->map_synced)
		save->ring->map_synced = save->map_ver;
	if (status)
		ring_fail(save->ring, "a record could not be stored");
	else if (save->ring->state != RING_FAILED && save->done)
		save->done(save->ring);
}

/*
 * Write the hard state as it is in memory now; @done is called when it is
 * durable. Return: 0, or -ENOSPC when the store has no room: nothing was
 * written, and the caller takes its change back and tries again later.
 */
int ring_save_start(struct ring *ring, struct ring_save *save, void (*done)(struct ring *ring))
{
	struct buf b = buf_of(ring->record, RING_RECORD_MAX);
	struct store_op op = { .key = record_name() };
	int err = record_encode(ring, &b);

	xassert(!err && !save->busy);
	op.value = buf_bytes(&b);
	save->ring = ring;
	save->done = done;
	save->map_ver = ring->map_ver;
	save->ticket.done = save_done;
	save->ticket.ctx = save;
	err = store_submit(ring->store, &op, 1, &save->ticket);
	if (!err) {
		save->busy = true;
		return 0;
	}
	ring->count.saves_refused++;
	if (err != -ENOSPC)
		ring_fail(ring, "the store refuses a record");
	return -ENOSPC;
}

/* Write small changes that nobody waits for. */
void ring_save_misc(struct ring *ring)
{
	if (!ring->misc_dirty || ring->misc.busy)
		return;
	xassert(ring->state != RING_IDLE);
	if (!ring_save_start(ring, &ring->misc, NULL))
		ring->misc_dirty = false;
}

int ring_identity(struct store *store, struct env *env, const struct xos_id *want,
		  struct xos_id *out)
{
	uint8_t mem[RING_RECORD_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_ring_record r;
	int err = store_get(store, record_name(), &b);

	xassert(want && out);
	if (!err) {
		if (wire_set_decode(&wire_ring_record_set, buf_bytes(&b), &r))
			return -EBADMSG;
		if (!xos_id_is_zero(want) && !xos_id_eq(want, &r.id))
			return -EEXIST;
		*out = r.id;
		return 0;
	}
	if (err != -ENOENT)
		return err == -EMSGSIZE ? -EBADMSG : err;
	*out = *want;
	while (xos_id_is_zero(out)) {
		uint64_t draw[2] = { env_random(env), env_random(env) };

		memcpy(out->b, draw, sizeof(draw));
	}
	return 0;
}
