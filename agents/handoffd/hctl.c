// SPDX-License-Identifier: GPL-2.0-or-later
#include "hctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <daemon/log_ctl.h>
#include <wire/control.h>
#include <wire/hctl.h>

/* A connection that has just come takes a moment until it may go on: so long, so often. */
#define AGAIN_NS (50 * ENV_MS)
#define QUEUE_NS (5 * ENV_SEC)

/**
 * struct waiter - somebody who waits for a move
 * @node: in struct hctl
 * @client: who waits
 * @seq: number of the request
 * @queued: the move has not begun, the one before it is not over
 * @until_ns: then it is given up, when it is still queued
 * @tx: move, once it has begun
 * @conn: connection
 * @member_len: bytes of @member
 * @member: where it is to go
 */
struct waiter {
	struct cds_list_head node;
	struct control_client *client;
	uint32_t seq;
	bool queued;
	uint64_t until_ns;
	struct xos_id tx;
	struct dserver_conn conn;
	uint32_t member_len;
	uint8_t member[GROUP_NAME_MAX];
};

static void try_again(void *ctx);

void hctl_init(struct hctl *h)
{
	CDS_INIT_LIST_HEAD(&h->moves);
	h->again = (struct env_timer){ .fire = try_again, .ctx = h };
}

static void waiter_free(struct hctl *h, struct waiter *w)
{
	cds_list_del(&w->node);
	h->count--;
	control_client_put(w->client);
	free(w);
}

void hctl_exit(struct hctl *h)
{
	struct waiter *w, *next;

	env_timer_cancel(env_uv_env(h->env), &h->again);
	cds_list_for_each_entry_safe(w, next, &h->moves, node)
		waiter_free(h, w);
}

void hctl_moved(struct hctl *h, const struct xos_id *tx, int err, const char *text)
{
	struct waiter *w;

	cds_list_for_each_entry(w, &h->moves, node) {
		if (!xos_id_eq(&w->tx, tx))
			continue;
		if (err)
			control_done(w->client, w->seq, err, "%s (%s)", text, strerror(-err));
		else
			control_done(w->client, w->seq, 0, NULL);
		waiter_free(h, w);
		return;
	}
}

/* How route optimisation is. */
static void status_mip(const struct mip *mip, struct wire_hctl_status_item *m)
{
	const struct mip6_stats *s = mip6_stats(mip->core);
	struct mip6_info info;
	uint32_t pos = 0;

	while (mip6_next(mip->core, &pos, &info))
		m->optimised += info.bound;
	m->has_optimised = true;
	m->optimised_ever = s->bound;
	m->has_optimised_ever = true;
	m->unable = s->unable;
	m->has_unable = true;
	m->silent = s->silent;
	m->has_silent = true;
	m->stalled = s->stalled;
	m->has_stalled = true;
	m->lost = s->lost;
	m->has_lost = true;
}

static void status(struct hctl *h, struct control_client *client, uint32_t seq)
{
	const struct dserver_stats *s = dserver_stats(h->core);
	struct dserver_move_info info;
	uint32_t pos = 0, vips = 0, moves = 0;
	struct buf room = control_room();
	struct wire_hctl_status_item m;

	while (dserver_vip_next(h->core, &pos))
		vips++;
	pos = 0;
	while (dserver_move_next(h->core, &pos, &info))
		moves++;
	m = (struct wire_hctl_status_item){
		.seq = seq,
		.version = bytes_str(XOS_VERSION),
		.name = bytes_str(h->name),
		.addr = env_uv_self(h->env)->addr,
		.generation = h->kernel->generation,
		.vips = vips,
		.services = h->apps->count,
		.moves = moves,
		.moves_out = s->moves_out,
		.moves_in = s->moves_in,
		.aborted = s->aborted_out + s->aborted_in,
		.suspected = s->suspected,
		.failed = s->failed,
		.takeovers = s->takeovers,
		.clients_lost = s->clients_lost,
	};
	if (h->mip->core)
		status_mip(h->mip, &m);
	if (!wire_hctl_status_item_encode(&m, &room))
		control_send(client, buf_bytes(&room));
	control_done(client, seq, 0, NULL);
}

static void vip_show(struct hctl *h, struct control_client *client, uint32_t seq)
{
	const struct group *g;
	uint32_t pos = 0;

	while ((g = dserver_vip_next(h->core, &pos))) {
		const struct dserver_drain *d = dserver_drain(h->core, &g->vip);

		CONTROL_SAY(client, seq, hctl_vip, .vip = g->vip, .contact = g->contact,
			    .self_contact = g->self_contact, .version = g->version, .members = g->n,
			    .draining = d->on, .left = d->left, .moved = d->moved,
			    .failed = d->failed);
	}
	control_done(client, seq, 0, NULL);
}

static void member_show(struct hctl *h, struct control_client *client, uint32_t seq)
{
	const struct group *g;
	uint32_t pos = 0;

	while ((g = dserver_vip_next(h->core, &pos))) {
		for (uint32_t i = 0; i < g->n; i++) {
			const struct group_member *m = &g->member[i];

			CONTROL_SAY(client, seq, hctl_member, .vip = g->vip,
				    .member = { .number = m->number,
						.name = group_member_name(m),
						.addr = m->addr,
						.weight = m->weight,
						.state = m->state,
						.contact = m->contact,
						.life = m->life,
						.has_life = true },
				    .left = m->left, .has_left = m->has_left);
		}
	}
	control_done(client, seq, 0, NULL);
}

static const char *member_text(int err)
{
	switch (err) {
	case -ENOENT:
		return "there is no such address or member here; a new member needs its address";
	case -EPERM:
		return "this is not the contact node of the address";
	case -EEXIST:
		return "another member has that address";
	case -ENOSPC:
		return "the group has too many members";
	case -EBUSY:
		return "the contact node stays in its group";
	default:
		return NULL;
	}
}

static void done_text(struct control_client *client, uint32_t seq, int err, const char *text)
{
	if (text)
		control_done(client, seq, err, "%s", text);
	else
		control_done(client, seq, err, NULL);
}

static void member_set(struct hctl *h, struct control_client *client,
		       const struct wire_hctl_member_set *m)
{
	struct group_member member = {
		.name_len = (uint8_t)m->name.len,
		.addr = m->addr,
		.weight = m->has_weight ? m->weight : 1,
		.state = m->has_state ? m->state : WIRE_DS_MEMBER_STATE_ACTIVE,
	};
	int err;

	memcpy(member.name, m->name.data, m->name.len);
	control_audit(env_uv_env(h->env), client, "set member", m->name, true);
	err = dserver_member_set(h->core, &m->vip, &member,
				 (m->has_addr ? GROUP_SET_ADDR : 0) |
					 (m->has_weight ? GROUP_SET_WEIGHT : 0) |
					 (m->has_state ? GROUP_SET_STATE : 0));
	done_text(client, m->seq, err, member_text(err));
}

static const char *move_text(int err)
{
	switch (err) {
	case -ENOENT:
		return "there is no such address or member";
	case -EALREADY:
		return "the connection moves already";
	case -EINVAL:
		return "the connection is there already";
	case -EHOSTDOWN:
		return "that member is down";
	case -ESRCH:
		return "no program here serves the address through libxos";
	default:
		return NULL;
	}
}

/* Begin the move, or wait for the one before it to be over. */
static void waiter_begin(struct hctl *h, struct waiter *w)
{
	struct env *env = env_uv_env(h->env);
	int err = dserver_move(h->core, &w->conn, bytes_of(w->member, w->member_len), &w->tx);

	w->queued = err == -EALREADY && env_now(env) < w->until_ns;
	if (w->queued) {
		if (!env_timer_armed(&h->again))
			env_timer_set(env, &h->again, AGAIN_NS);
	} else if (err) {
		done_text(w->client, w->seq, err, move_text(err));
		waiter_free(h, w);
	}
}

static void try_again(void *ctx)
{
	struct waiter *w, *next;
	struct hctl *h = ctx;

	cds_list_for_each_entry_safe(w, next, &h->moves, node)
		if (w->queued)
			waiter_begin(h, w);
}

static void move(struct hctl *h, struct control_client *client, const struct wire_hctl_move *m)
{
	const struct group *g = dserver_vip_find(h->core, &m->server);
	struct waiter *w;

	if (!g || m->member.len > GROUP_NAME_MAX) {
		done_text(client, m->seq, -ENOENT, move_text(-ENOENT));
		return;
	}
	w = h->count < HCTL_MOVES_MAX ? calloc(1, sizeof(*w)) : NULL;
	if (!w) {
		control_done(client, m->seq, -ENOBUFS, "too many moves are waited for");
		return;
	}
	control_audit(env_uv_env(h->env), client, "move a connection to member", m->member, true);
	w->conn = (struct dserver_conn){ .vip = g->vip, .server = m->server, .client = m->client };
	w->member_len = (uint32_t)m->member.len;
	memcpy(w->member, m->member.data, m->member.len);
	w->until_ns = env_now(env_uv_env(h->env)) + QUEUE_NS;
	w->client = control_client_get(client);
	w->seq = m->seq;
	cds_list_add_tail(&w->node, &h->moves);
	h->count++;
	waiter_begin(h, w);
}

void hctl_handle(void *ctx, struct control_client *client, uint16_t type, struct bytes msg, int fd)
{
	union {
		struct wire_hctl_status status;
		struct wire_hctl_vip_show vip_show;
		struct wire_hctl_member_show member_show;
		struct wire_hctl_member_set member_set;
		struct wire_hctl_member_del member_del;
		struct wire_hctl_move move;
		struct wire_ctl_log_show log_show;
		struct wire_ctl_log_set log_set;
	} m;
	struct hctl *h = ctx;
	int err;

	if (fd >= 0)
		close(fd);
	if (type == WIRE_HCTL_STATUS && !wire_hctl_status_decode(msg, &m.status))
		status(h, client, m.status.seq);
	else if (type == WIRE_HCTL_VIP_SHOW && !wire_hctl_vip_show_decode(msg, &m.vip_show))
		vip_show(h, client, m.vip_show.seq);
	else if (type == WIRE_HCTL_MEMBER_SHOW &&
		 !wire_hctl_member_show_decode(msg, &m.member_show))
		member_show(h, client, m.member_show.seq);
	else if (type == WIRE_HCTL_MEMBER_SET && !wire_hctl_member_set_decode(msg, &m.member_set))
		member_set(h, client, &m.member_set);
	else if (type == WIRE_HCTL_MEMBER_DEL && !wire_hctl_member_del_decode(msg, &m.member_del)) {
		control_audit(env_uv_env(h->env), client, "delete member", m.member_del.name, true);
		err = dserver_member_del(h->core, &m.member_del.vip, m.member_del.name);
		done_text(client, m.member_del.seq, err, member_text(err));
	} else if (type == WIRE_HCTL_MOVE && !wire_hctl_move_decode(msg, &m.move))
		move(h, client, &m.move);
	else if (type == WIRE_CTL_LOG_SHOW && !wire_ctl_log_show_decode(msg, &m.log_show))
		log_ctl_show(env_uv_env(h->env), client, m.log_show.seq);
	else if (type == WIRE_CTL_LOG_SET && !wire_ctl_log_set_decode(msg, &m.log_set))
		log_ctl_set(env_uv_env(h->env), client, &m.log_set);
	else
		control_done(client, 0, -EOPNOTSUPP,
			     "handoffd does not know, or cannot decode, requests of type 0x%04x",
			     type);
}
