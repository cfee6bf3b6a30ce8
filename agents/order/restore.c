// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A snapshot as a backup, and a new group that begins with one. The chunks are
 * those of the store; whoever keeps them need not understand them.
 */
#include <base/crc32c.h>
#include <order/order_priv.h>

enum order_status order_backup_chunk(struct order_group *g, uint32_t number,
				     struct order_backup *about, struct bytes *chunk)
{
	struct wire_order_chunk c;

	if (!g->open)
		return ORDER_CLOSED;
	/* chunks of a snapshot that is not in force may still go */
	if (!g->snap.id || g->snap_told != g->snap.id)
		return ORDER_BUSY;
	*about = (struct order_backup){ .snapshot = g->snap.id,
					.index = g->snap.index,
					.term = g->snap.term,
					.time_ns = g->snap.time,
					.chunks = g->snap.chunks,
					.crc = g->snap.crc };
	if (number >= g->snap.chunks)
		return ORDER_BAD;
	if (!snap_read_chunk(g, g->snap.id, number, chunk, &c))
		return ORDER_OK;
	order_group_damaged(g, "a chunk of its snapshot is damaged");
	return ORDER_CLOSED;
}

enum order_status order_group_restore(struct order *o, uint64_t id, const struct order_member *self,
				      const struct order_backup *from,
				      const struct order_service *service, void *ctx,
				      struct order_group **out)
{
	enum order_status status = ORDER_BAD;
	struct order_group *g;

	if (from->snapshot && from->index && from->chunks)
		status = order_group_join(o, id, self->tag, service, ctx, &g);
	if (status != ORDER_OK)
		return status;
	/* terms go on behind those of the group that was */
	g->term = from->term;
	g->get = (struct omake){ .active = true,
				 .s = { .id = from->snapshot,
					.index = from->index,
					.term = from->term,
					.time = from->time_ns,
					.members = { .n = 1, .v = { *self } },
					.chunks = from->chunks } };
	g->get.s.members.v[0].roles = ORDER_VOTER;
	g->get_crc = from->crc;
	*out = g;
	return ORDER_OK;
}

enum order_status order_restore_chunk(struct order_group *g, uint32_t number, struct bytes chunk)
{
	struct omake *k = &g->get;
	struct wire_order_chunk c;

	if (!g->open || !k->active)
		return ORDER_CLOSED;
	if (number < k->synced + k->pending)
		return ORDER_OK;
	if (number != k->synced + k->pending || number >= k->s.chunks ||
	    wire_order_chunk_decode(chunk, &c) || c.snapshot != k->s.id || c.number != number)
		return ORDER_BAD;
	if (k->pending >= 2 * g->o->cfg.chunks_inflight ||
	    snap_submit(g, OWRITE_GET, k->s.id, number, chunk))
		return ORDER_BUSY;
	k->s.crc = crc32c(k->s.crc, chunk.data, chunk.len);
	k->pending++;
	return ORDER_OK;
}

enum order_status order_restored(const struct order_group *g)
{
	if (!g->open)
		return ORDER_CLOSED;
	if (g->get.active || g->restoring)
		return ORDER_BUSY;
	return g->snap.id ? ORDER_OK : ORDER_BAD;
}
