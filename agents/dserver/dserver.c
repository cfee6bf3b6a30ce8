// SPDX-License-Identifier: GPL-2.0-or-later
#include "dserver.h"

#include <errno.h>

#include "internal.h"

struct dserver *dserver_init(const struct dserver_config *c)
{
	struct dserver *d = arena_alloc(c->arena, sizeof(*d));

	xassert(strlen(c->name) && strlen(c->name) <= GROUP_NAME_MAX);
	d->c = *c;
	moves_init(d);
	d->vip = arena_alloc(c->arena, VIP_MAX * sizeof(*d->vip));
	for (uint32_t i = 0; i < VIP_MAX; i++)
		d->vip[i].drain.list =
			arena_alloc(c->arena, DRAIN_LIST_MAX * sizeof(*d->vip[i].drain.list));
	d->repointed = arena_alloc(c->arena, REPOINTS_MAX * sizeof(*d->repointed));
	d->steered = arena_alloc(c->arena, REPOINTS_MAX * sizeof(*d->steered));
	d->msg = arena_alloc(c->arena, MSG_BUF_LEN);
	d->scratch = arena_alloc(c->arena, WIRE_DS_RECORD_MAX);
	pool_init(&d->bufs, c->arena, sizeof(struct move_buf), DSERVER_STATE_MAX);
	return d;
}

int dserver_recover(struct dserver *d)
{
	return record_recover(d);
}

const struct dserver_stats *dserver_stats(const struct dserver *d)
{
	return &d->stats;
}

void move_timer(struct move *m, uint64_t delay_ns)
{
	env_timer_set(m->d->c.env, &m->timer, delay_ns);
}

/* Tell whoever asked for the move how it ended; once. */
void move_told(struct move *m, int err, const char *text)
{
	if (m->drain)
		drain_ended(m, err);
	if (!m->asked)
		return;
	m->asked = false;
	OPS(m->d, moved, &m->tx, err, text);
}

/* Number of the member whose agent listens at @peer, 0 when there is none. */
uint32_t member_number(struct dserver *d, const struct xos_addr *vip, const struct xos_addr *peer)
{
	struct vip *v = vip_find(d, vip);
	const struct group_member *m = v ? group_find_addr(&v->group, peer) : NULL;

	return m ? m->number : 0;
}

/* All messages that hold nothing but the move look the same. */
void send_tx(struct dserver *d, const struct xos_addr *to, enum wire_type type,
	     const struct xos_id *tx)
{
	struct buf out = buf_of(d->msg, MSG_BUF_LEN);
	const struct wire_msg *msg = wire_msg_find(type);
	struct wire_ds_ready m = { .tx = *tx };

	xassert(msg && msg->set->size == sizeof(m));
	if (!wire_encode(msg, &m, &out))
		env_send(d->c.env, to, ENV_STREAM, buf_bytes(&out));
}

bool dserver_move_next(const struct dserver *d, uint32_t *pos, struct dserver_move_info *out)
{
	static const char *const names[] = {
		[DONOR_PREPARE] = "preparing", [DONOR_STORE] = "preparing",
		[DONOR_RELEASE] = "releasing", [DONOR_SENT] = "in-doubt",
		[DONOR_DIVERT] = "diverting",  [DONOR_LINGER] = "lingering",
		[DONOR_GONE] = "lingering",    [ACC_STORE] = "preparing",
		[ACC_HOLD] = "holding",	       [ACC_PARK] = "restoring",
		[ACC_COMMIT] = "committing",   [ACC_RECOVER] = "recovering",
		[ACC_REPARK] = "recovering",   [ACC_LIVE] = "repointing",
		[ACC_FINISH] = "finishing",    [ACC_ABORT] = "aborting",
		[ACC_LINGER] = "lingering",
	};

	while (*pos < d->moves_top) {
		const struct move *m = &d->move[(*pos)++];

		if (m->state == MOVE_FREE || m->closing)
			continue;
		*out = (struct dserver_move_info){
			.tx = m->tx,
			.conn = m->conn,
			.peer = m->peer,
			.state = names[m->state],
			.outgoing = move_outgoing(m->state),
		};
		return true;
	}
	return false;
}

void dserver_released(struct dserver *d, const struct xos_id *tx, int err, struct bytes app)
{
	struct move *m = move_find(d, tx);

	if (m && m->state == DONOR_RELEASE) {
		donor_released(m, err, app);
	} else if (!err) {
		/* Too late: nobody wants it any more. */
		OPS(d, undo, tx);
		OPS(d, go, tx);
	}
}

void dserver_parked(struct dserver *d, const struct xos_id *tx, int err)
{
	struct move *m = move_find(d, tx);

	if (m && !move_outgoing(m->state))
		acceptor_parked(m, err);
}

void dserver_reoffered(struct dserver *d, const struct xos_id *tx, const struct dserver_conn *conn,
		       const struct xos_addr *peer, bool arriving)
{
	struct move *m = move_find(d, tx);

	if (m && move_outgoing(m->state) != arriving) {
		if (arriving)
			acceptor_reoffered(m);
		else
			donor_reoffered(m);
	} else if (!arriving) {
		donor_stray(d, tx, conn, peer);
	} else if (OPS(d, frozen, tx)) {
		OPS(d, drop, tx); /* never committed */
	} else {
		OPS(d, go, tx);
	}
}

void dserver_service_up(struct dserver *d, const struct xos_addr *server)
{
	for (uint32_t i = 0; i < d->moves_top; i++) {
		struct move *m = &d->move[i];

		if (m->state == MOVE_FREE || m->closing || !xos_addr_eq(&m->conn.server, server))
			continue;
		if (m->state == ACC_RECOVER)
			acceptor_service_up(m);
		else if (m->state == DONOR_SENT)
			donor_settled(m);
	}
}
