// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Backups: the newest snapshot of the log, chunk by chunk as xosctl asks for
 * them, and a new virtual node of one replica that begins with one.
 */
#include "vnoded.h"

#include <errno.h>

#include <base/assert.h>

static struct wire_vctl_backed backed_of(const struct order_backup *b)
{
	return (struct wire_vctl_backed){ .snapshot = b->snapshot,
					  .index = b->index,
					  .term = b->term,
					  .time_ns = b->time_ns,
					  .chunks = b->chunks,
					  .crc = b->crc };
}

/*
 * Where another replica leads this one may be behind. Without a leader it is
 * all that can be had.
 */
void backup_from_client(struct replica *r, struct control_client *client,
			const struct wire_vctl_backup *m)
{
	static uint8_t room[WIRE_VCTL_CHUNK_MAX + 1024];
	struct buf b = buf_of(room, sizeof(room));
	struct wire_vctl_chunk out = { .seq = m->seq };
	struct order_backup about = { .snapshot = 0 };
	struct order_member leader;
	struct order_info info;
	bool known = order_leader(r->group, &leader);
	enum order_status status;

	if (known && r->role != ORDER_LEADER) {
		control_done(client, m->seq, -EAGAIN,
			     "another replica leads; ask where it is (vnode show)");
		return;
	}
	if (m->fresh)
		vnode_snapshot_wanted(r->core);
	status = order_backup_chunk(r->group, m->number, &about, &out.chunk);
	if (status == ORDER_CLOSED) {
		control_done(client, m->seq, -EIO, "the snapshot of the replica here is damaged");
		return;
	}
	order_group_info(r->group, &info);
	out.backed = backed_of(&about);
	out.applied = info.applied;
	out.alone = !known;
	if (wire_vctl_chunk_encode(&out, &b))
		control_done(client, m->seq, -EMSGSIZE, "a chunk of the snapshot is too long");
	else if (!control_send(client, buf_bytes(&b)))
		control_done(client, m->seq, 0, NULL);
}

void restore_from_client(struct vnoded *d, struct control_client *client,
			 const struct wire_vctl_restore *m)
{
	struct order_backup from = { .snapshot = m->backed.snapshot,
				     .index = m->backed.index,
				     .term = m->backed.term,
				     .time_ns = m->backed.time_ns,
				     .chunks = m->backed.chunks,
				     .crc = m->backed.crc };
	uint64_t group = env_random(env_uv_env(d->agent.env)) | 1;
	int err = replica_by_name(d, m->name) ? -EEXIST : replica_restore(d, group, m->name, &from);

	if (err) {
		control_done(client, m->seq, err,
			     err == -EEXIST ? "there is one of that name" :
					      "the replica cannot be made: no room, or a bad file");
		return;
	}
	CONTROL_SAY(client, m->seq, vctl_restored, .group = group);
	control_done(client, m->seq, 0, NULL);
}

static void restore_done(struct control_client *client, uint32_t seq, enum order_status status)
{
	if (status == ORDER_OK)
		control_done(client, seq, 0, NULL);
	else if (status == ORDER_BUSY)
		control_done(client, seq, -EAGAIN, "not yet");
	else
		control_done(client, seq, -EBADMSG, "it is not what the snapshot was");
}

void restore_chunk_from_client(struct vnoded *d, struct control_client *client,
			       const struct wire_vctl_restore_chunk *m)
{
	struct replica *r = replica_by_id(d, m->group);

	restore_done(client, m->seq,
		     r ? order_restore_chunk(r->group, m->number, m->chunk) : ORDER_BAD);
}

/* There when the log has given all to the container. */
void restore_end_from_client(struct vnoded *d, struct control_client *client,
			     const struct wire_vctl_restore_end *m)
{
	struct replica *r = replica_by_id(d, m->group);
	enum order_status status = r ? order_restored(r->group) : ORDER_BAD;

	if (status == ORDER_OK && r->role != ORDER_LEADER)
		status = ORDER_BUSY;
	restore_done(client, m->seq, status);
}
