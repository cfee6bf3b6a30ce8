// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Members heard of, alive or not: through them a node finds its grid again
 * after a restart, and the lost part of it after a partition.
 */
#include <overlay/ring_priv.h>

#include <wire/common.h>

/* Time between two writes of the list. */
#define KNOWN_SAVE_NS  (5 * ENV_SEC)
/* Members in the stored list. */
#define KNOWN_SAVE_MAX 512

static struct bytes known_name(void)
{
	return bytes_str("r/known");
}

static struct ring_known *known_slot(struct ring *ring, const struct xos_id *id,
				     const struct xos_addr *addr)
{
	struct ring_known *oldest = &ring->known[0];

	xassert(ring->known_n <= ring->cfg.known_max);
	for (uint32_t i = 0; i < ring->known_n; i++) {
		struct ring_known *k = &ring->known[i];

		/* A node that was made anew has another identity at the same address. */
		if (xos_id_eq(&k->peer.id, id) || xos_addr_eq(&k->peer.addr, addr))
			return k;
		if (k->heard_ns < oldest->heard_ns)
			oldest = k;
	}
	if (ring->known_n == ring->cfg.known_max)
		return oldest;
	return &ring->known[ring->known_n++];
}

void ring_known_add(struct ring *ring, const struct xos_id *id, const struct xos_addr *addr)
{
	struct ring_known *k;

	xassert(id && addr);
	if (xos_id_eq(id, &ring->hard.id) || xos_addr_eq(addr, &ring->cfg.addr))
		return;
	k = known_slot(ring, id, addr);
	if (!xos_id_eq(&k->peer.id, id) || !xos_addr_eq(&k->peer.addr, addr)) {
		k->peer = (struct env_peer){ .id = *id, .addr = *addr };
		ring->known_dirty = true;
	}
	k->heard_ns = env_now(ring->env);
}

/* Where a member listens now, as far as is known. */
void ring_known_refresh(const struct ring *ring, struct env_peer *peer)
{
	xassert(peer);
	for (uint32_t i = 0; i < ring->known_n; i++) {
		if (xos_id_eq(&ring->known[i].peer.id, &peer->id))
			peer->addr = ring->known[i].peer.addr;
	}
}

bool ring_known_pick(const struct ring *ring, struct env_peer *out)
{
	xassert(out);
	if (!ring->known_n)
		return false;
	*out = ring->known[env_random_below(ring->env, ring->known_n)].peer;
	return true;
}

void ring_known_load(struct ring *ring)
{
	struct buf b = buf_of(ring->record, RING_RECORD_MAX);
	struct wire_ring_known r;
	struct wire_node node;
	size_t pos = 0;

	xassert(ring->state == RING_IDLE);
	/* A list that cannot be read is only a list of hints. */
	if (store_get(ring->store, known_name(), &b) ||
	    wire_set_decode(&wire_ring_known_set, buf_bytes(&b), &r))
		return;
	while (ring->known_n < ring->cfg.known_max && wire_node_list_next(&r.nodes, &pos, &node))
		ring->known[ring->known_n++].peer =
			(struct env_peer){ .id = node.id, .addr = node.addr };
}

static void known_saved(void *ctx, int status)
{
	struct ring *ring = ctx;

	xassert(ring->known_busy);
	ring->known_busy = false;
	if (status)
		ring_fail(ring, "the list of members could not be stored");
}

void ring_known_save(struct ring *ring)
{
	struct buf b = buf_of(ring->record, RING_RECORD_MAX);
	struct store_op op = { .key = known_name() };
	struct wire_node nodes[KNOWN_SAVE_MAX];
	struct wire_ring_known r = { .nodes = { .v = nodes } };
	uint64_t now = env_now(ring->env);

	if (!ring->known_dirty || ring->known_busy || now < ring->known_saved_ns + KNOWN_SAVE_NS)
		return;
	xassert(ring->known_n <= ring->cfg.known_max);
	for (uint32_t i = 0; i < ring->known_n && i < KNOWN_SAVE_MAX; i++)
		nodes[r.nodes.n++] = (struct wire_node){ .id = ring->known[i].peer.id,
							 .addr = ring->known[i].peer.addr };
	if (wire_set_encode(&wire_ring_known_set, &r, &b))
		xassert(!"a bounded list fits its record");
	op.value = buf_bytes(&b);
	ring->known_ticket.done = known_saved;
	ring->known_ticket.ctx = ring;
	if (store_submit(ring->store, &op, 1, &ring->known_ticket))
		return;
	ring->known_busy = true;
	ring->known_dirty = false;
	ring->known_saved_ns = now;
}
