// SPDX-License-Identifier: GPL-2.0-or-later
/* Groups of the vips that this node takes part in: the contact node tells, members ask. */
#include "internal.h"

#include <errno.h>

#define GROUP_TELL_NS (5 * ENV_SEC)

struct vip *vip_find(struct dserver *d, const struct xos_addr *vip)
{
	for (uint32_t i = 0; i < VIP_MAX; i++) {
		if (d->vip[i].used && xos_addr_eq(&d->vip[i].group.vip, vip))
			return &d->vip[i];
	}
	return NULL;
}

const struct group *dserver_group(const struct dserver *d, const struct xos_addr *vip)
{
	struct vip *v = vip_find((struct dserver *)d, vip);

	return v ? &v->group : NULL;
}

const struct group *dserver_vip_find(const struct dserver *d, const struct xos_addr *server)
{
	const struct group *g = dserver_group(d, server);
	struct xos_addr any = *server;

	any.port = 0;
	return g ? g : dserver_group(d, &any);
}

const struct group *dserver_vip_next(const struct dserver *d, uint32_t *pos)
{
	while (*pos < VIP_MAX) {
		const struct vip *v = &d->vip[(*pos)++];

		if (v->used)
			return &v->group;
	}
	return NULL;
}

static void tell_all(struct vip *v)
{
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	struct dserver *d = v->d;

	if (group_encode(&v->group, &out))
		return;
	for (uint32_t i = 0; i < v->group.n; i++) {
		const struct group_member *m = &v->group.member[i];

		if (!xos_addr_eq(&m->addr, &d->c.self))
			env_send(d->c.env, &m->addr, ENV_STREAM, buf_bytes(&out));
	}
}

/* A sign of life. Ask for the group; say how the drain goes. */
static void ask(struct vip *v, const struct xos_addr *contact)
{
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	struct wire_ds_join j = {
		.vip = v->group.vip,
		.name = bytes_str(v->d->c.name),
		.version = v->group.version,
		.left = v->drain.info.left,
		.has_left = v->drain.on,
	};

	/* A contact node that waits for news of its standby has nobody to ask. */
	if (xos_addr_eq(contact, &v->d->c.self))
		return;
	if (!wire_ds_join_encode(&j, &out))
		env_send(v->d->c.env, contact, ENV_STREAM, buf_bytes(&out));
}

static void vip_fire(void *ctx)
{
	struct vip *v = ctx;

	if (v->group.self_contact)
		tell_all(v);
	else
		ask(v, &v->group.contact);
	env_timer_set(v->d->c.env, &v->timer,
		      v->group.self_contact ? GROUP_TELL_NS : DSERVER_BEAT_NS);
}

/* The kernel is to know, and this node to begin or end its drain. */
void vip_apply(struct vip *v)
{
	OPS(v->d, group_changed, &v->group);
	drain_group_changed(v);
	watch_group_changed(v);
}

/* This node changed the group of which it is the contact node. */
int vip_changed(struct vip *v)
{
	vip_apply(v);
	tell_all(v);
	return record_group_put(v);
}

int dserver_vip_add(struct dserver *d, const struct xos_addr *vip, const struct xos_addr *contact,
		    const struct xos_addr *standby)
{
	struct dserver_conn *list;
	struct vip *v = NULL;

	if (vip_find(d, vip))
		return -EEXIST;
	for (uint32_t i = 0; i < VIP_MAX && !v; i++) {
		if (!d->vip[i].used && !d->vip[i].syncing)
			v = &d->vip[i];
	}
	if (!v) {
		d->stats.refused++;
		return -ENOSPC;
	}
	list = v->drain.list;
	memset(v, 0, sizeof(*v));
	v->drain.list = list;
	v->d = d;
	v->used = true;
	v->timer = (struct env_timer){ .fire = vip_fire, .ctx = v };
	v->group.vip = *vip;
	v->group.contact = *contact;
	v->group.next_number = 1;
	front_init(v, contact, standby);
	/* A member that starts again must know where its gates lead. */
	record_group_get(v);
	front_loaded(v);
	/* Of two contact nodes the kernel goes on with what it has until it is known who is it. */
	if (v->group.version && !v->front.ours)
		vip_apply(v);
	front_start(v);
	env_timer_set(d->c.env, &v->timer, ENV_MS);
	return 0;
}

int dserver_vip_del(struct dserver *d, const struct xos_addr *vip)
{
	struct vip *v = vip_find(d, vip);

	if (!v)
		return -ENOENT;
	for (uint32_t i = 0; i < d->moves_top; i++) {
		if (d->move[i].state != MOVE_FREE && xos_addr_eq(&d->move[i].conn.vip, vip))
			return -EBUSY;
	}
	env_timer_cancel(d->c.env, &v->timer);
	env_timer_cancel(d->c.env, &v->drain.timer);
	front_stop(v);
	watch_stop(v);
	v->used = false;
	return 0;
}

int dserver_member_set(struct dserver *d, const struct xos_addr *vip, const struct group_member *m,
		       unsigned int fields)
{
	struct vip *v = vip_find(d, vip);
	int ret;

	if (!v)
		return -ENOENT;
	if (!v->group.self_contact)
		return -EPERM;
	ret = group_member_set(&v->group, m, fields);
	return ret > 0 ? vip_changed(v) : ret;
}

int dserver_member_del(struct dserver *d, const struct xos_addr *vip, struct bytes name)
{
	struct vip *v = vip_find(d, vip);
	int err;

	if (!v)
		return -ENOENT;
	if (!v->group.self_contact)
		return -EPERM;
	err = group_member_del(&v->group, name);
	return err ? err : vip_changed(v);
}

static void recv_group(struct dserver *d, const struct env_peer *from,
		       const struct wire_ds_group *g)
{
	struct vip *v = vip_find(d, &g->vip);
	int ret;

	if (!v || !front_is_peer(v, &from->addr)) {
		d->stats.dropped++;
		return;
	}
	ret = group_apply(&v->group, g);
	if (ret < 0)
		d->stats.dropped++;
	front_here(v, g->version);
	/* A contact node that does not know the newest group of its former self or its like. */
	if (!ret && g->version < v->group.version)
		ask(v, &from->addr);
	if (ret <= 0)
		return;
	front_group(v);
	vip_apply(v);
	/* Not waited for: without it the next life asks the contact node. */
	record_group_put(v);
}

static void recv_join(struct dserver *d, const struct env_peer *from, const struct wire_ds_join *j)
{
	struct buf out = buf_of(d->msg, MSG_BUF_LEN);
	struct vip *v = vip_find(d, &j->vip);
	struct group_member *m = NULL;

	if (v && j->standby && front_is_peer(v, &from->addr))
		front_peer_waits(v, j);
	if (v && v->group.self_contact)
		m = (struct group_member *)group_find_addr(&v->group, &from->addr);
	if (!m) {
		d->stats.dropped++;
		return;
	}
	m->has_left = j->has_left;
	m->left = j->left;
	if (j->standby && front_is_peer(v, &from->addr))
		front_asked(v, j);
	if (watch_heard(v, m))
		vip_changed(v);
	/* A greater one than ours: this contact node has lost its store. */
	if (j->version > v->group.version) {
		front_above(v, j->version);
		vip_changed(v);
	} else if (j->version < v->group.version && !group_encode(&v->group, &out)) {
		env_send(d->c.env, &from->addr, ENV_STREAM, buf_bytes(&out));
	}
}

static struct xos_id *repointed_slot(struct dserver *d, const struct xos_id *tx)
{
	uint32_t h;

	memcpy(&h, tx->b, sizeof(h));
	return &d->repointed[h % REPOINTS_MAX];
}

/* A member speaks for itself only; a contact node's word is good for its standby. */
static bool repoint_allowed(struct vip *v, const struct xos_addr *from,
			    const struct wire_ds_repoint *r)
{
	if (v && v->front.ours && r->has_reply_to && front_is_peer(v, from))
		return true;
	return v && v->group.self_contact && member_number(v->d, &r->vip, from) == r->member;
}

static void recv_repoint(struct dserver *d, const struct env_peer *from,
			 const struct wire_ds_repoint *r)
{
	struct dserver_conn conn = { .vip = r->vip, .server = r->server, .client = r->client };
	const struct xos_addr *to = r->has_reply_to ? &r->reply_to : &from->addr;
	struct xos_id *seen = repointed_slot(d, &r->tx);
	/* What is repeated may be long overtaken. */
	bool fresh = !xos_id_eq(seen, &r->tx) && !r->old;
	struct buf out = buf_of(d->msg, MSG_BUF_LEN);
	struct wire_ds_repointed answer = { .tx = r->tx };
	struct vip *v = vip_find(d, &r->vip);
	int err = repoint_allowed(v, &from->addr, r) ? 0 : -EPERM;
	uint64_t hash;

	if (!err && fresh && !MUTANT(dserver_repoint_unheard))
		err = OPS(d, client_set, &conn, r->member);
	if (!err) {
		*seen = r->tx;
		*front_steered(d, &conn, &hash) = hash;
		if (front_relay(v, to, r, fresh))
			return;
	}
	answer.error = (uint32_t)-err;
	answer.has_error = err != 0;
	if (!wire_ds_repointed_encode(&answer, &out))
		env_send(d->c.env, to, ENV_STREAM, buf_bytes(&out));
}

static bool recv_vip(struct dserver *d, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_ds_repoint repoint;
	struct wire_ds_clients clients;
	struct wire_ds_group group;
	struct wire_ds_join join;
	struct wire_ds_here here;
	struct vip *v;

	switch (h->type) {
	case WIRE_DS_HERE:
		if (wire_ds_here_body_decode(h, &here))
			return false;
		v = vip_find(d, &here.vip);
		if (v && front_is_peer(v, &from->addr))
			front_entries(v, here.entries);
		if (v && front_is_peer(v, &from->addr))
			front_here(v, here.version);
		return true;
	case WIRE_DS_CLIENTS:
		if (wire_ds_clients_body_decode(h, &clients))
			return false;
		v = vip_find(d, &clients.vip);
		if (v)
			front_clients(v, &from->addr, &clients);
		return true;
	case WIRE_DS_GROUP:
		if (wire_ds_group_body_decode(h, &group))
			return false;
		recv_group(d, from, &group);
		return true;
	case WIRE_DS_JOIN:
		if (wire_ds_join_body_decode(h, &join))
			return false;
		recv_join(d, from, &join);
		return true;
	case WIRE_DS_REPOINT:
		if (wire_ds_repoint_body_decode(h, &repoint))
			return false;
		recv_repoint(d, from, &repoint);
		return true;
	default:
		return false;
	}
}

static bool recv_with_body(struct dserver *d, const struct env_peer *from,
			   const struct wire_header *h)
{
	struct wire_ds_prepare prepare;
	struct wire_ds_repointed done;
	struct wire_ds_state state;
	struct wire_ds_abort abort;
	struct move *m;

	switch (h->type) {
	case WIRE_DS_PREPARE:
		if (wire_ds_prepare_body_decode(h, &prepare))
			return false;
		acceptor_prepare(d, from, &prepare);
		return true;
	case WIRE_DS_STATE:
		if (wire_ds_state_body_decode(h, &state))
			return false;
		acceptor_state(d, from, &state);
		return true;
	case WIRE_DS_ABORT:
		if (wire_ds_abort_body_decode(h, &abort))
			return false;
		m = move_find(d, &abort.tx);
		if (!m)
			send_tx(d, &from->addr, WIRE_DS_ABORTED, &abort.tx);
		else if (move_outgoing(m->state) && xos_addr_eq(&m->peer, &from->addr))
			donor_abort(m, abort.error, abort.text);
		return true;
	case WIRE_DS_REPOINTED:
		if (wire_ds_repointed_body_decode(h, &done))
			return false;
		m = move_find(d, &done.tx);
		if (m && !move_outgoing(m->state))
			acceptor_repointed(m, done.error);
		return true;
	default:
		return recv_vip(d, from, h);
	}
}

/* Messages that hold nothing but the move. */
static bool recv_tx(struct dserver *d, const struct env_peer *from, uint16_t type,
		    const struct xos_id *tx)
{
	struct move *m = move_find(d, tx);
	bool out;

	if (m && !xos_addr_eq(&m->peer, &from->addr))
		return false;
	out = m && move_outgoing(m->state);
	if (type == WIRE_DS_QUERY && !out)
		acceptor_query(d, from, tx);
	else if (type == WIRE_DS_READY && out)
		donor_ready(m);
	else if (type == WIRE_DS_COMMITTED && out)
		donor_committed(m);
	else if (type == WIRE_DS_FINISH && out)
		donor_finish(m);
	else if (type == WIRE_DS_FINISH && !m)
		send_tx(d, &from->addr, WIRE_DS_FINISHED, tx);
	else if (type == WIRE_DS_ABORTED && m && !out)
		acceptor_aborted(m);
	else if (type == WIRE_DS_FINISHED && m && !out)
		acceptor_finished(m);
	return true;
}

void dserver_recv(struct dserver *d, const struct env_peer *from, struct bytes msg)
{
	struct wire_ds_ready m;
	struct wire_header h;
	bool good;

	if (wire_header_decode(msg, &h)) {
		d->stats.dropped++;
		return;
	}
	switch (h.type) {
	case WIRE_DS_READY:
	case WIRE_DS_COMMITTED:
	case WIRE_DS_ABORTED:
	case WIRE_DS_QUERY:
	case WIRE_DS_FINISH:
	case WIRE_DS_FINISHED:
		good = !wire_body_decode(wire_msg_find(h.type), &h, &m) &&
		       recv_tx(d, from, h.type, &m.tx);
		break;
	default:
		good = recv_with_body(d, from, &h);
		break;
	}
	if (!good)
		d->stats.dropped++;
}
