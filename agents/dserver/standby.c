// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The contact node and its standby. Which of the two is the contact node, the
 * group says; its version carries how often that changed in the bits from
 * TERM_SHIFT on, so that the newest contact node's word is above all former ones'.
 */
#include "internal.h"

#define TERM_SHIFT 40

void front_init(struct vip *v, const struct xos_addr *contact, const struct xos_addr *standby)
{
	struct front *f = &v->front;

	f->peer[0] = f->peer[1] = *contact;
	f->pair = standby != NULL;
	if (standby)
		f->peer[1] = *standby;
	f->ours = xos_addr_eq(&f->peer[0], &v->d->c.self) ||
		  xos_addr_eq(&f->peer[1], &v->d->c.self);
	f->waiting = f->ours;
}

bool front_is_peer(const struct vip *v, const struct xos_addr *addr)
{
	return !xos_addr_eq(addr, &v->d->c.self) &&
	       (xos_addr_eq(addr, &v->front.peer[0]) || xos_addr_eq(addr, &v->front.peer[1]));
}

static const struct xos_addr *other(const struct vip *v)
{
	return &v->front.peer[xos_addr_eq(&v->front.peer[0], &v->d->c.self)];
}

static bool other_lives(const struct vip *v)
{
	return env_now(v->d->c.env) - v->front.heard_ns < DSERVER_TAKEOVER_NS;
}

/* Whom the group names as its contact node. */
static const struct group_member *named(const struct group *g)
{
	for (uint32_t i = 0; i < g->n; i++) {
		if (g->member[i].contact)
			return &g->member[i];
	}
	return NULL;
}

/*
 * Make the group newer than one that is known. Both of a pair may do so without
 * knowing of each other: the random bits keep their groups apart.
 */
void front_above(struct vip *v, uint64_t version)
{
	if (v->front.pair)
		v->group.version = ((version >> TERM_SHIFT) + 1) << TERM_SHIFT |
				   (env_random_below(v->d->c.env, UINT16_MAX) + 1);
	else
		v->group.version = version + 1;
}

/* This node is the contact node from now on. */
static void become_contact(struct vip *v)
{
	const struct group_member *former = named(&v->group);
	/* The kernel of a contact node that starts again has kept its table. */
	bool complete = v->front.synced || !former || xos_addr_eq(&former->addr, &v->d->c.self);
	struct group *g = &v->group;
	struct dserver *d = v->d;
	struct group_member self = { .addr = d->c.self };

	if (former && !xos_addr_eq(&former->addr, &d->c.self)) {
		front_above(v, g->version);
		d->stats.takeovers++;
		env_log(d->c.env, ENV_WARN, ENV_SUB_DSERVER,
			"the contact node is silent: this standby takes over");
	} else if (!g->version) {
		/* Members must take this for newer than what an earlier disk held. */
		g->version = env_wall(d->c.env) / ENV_SEC;
	}
	self.name_len = (uint8_t)strlen(d->c.name);
	memcpy(self.name, d->c.name, self.name_len);
	group_member_set(g, &self, GROUP_SET_ADDR);
	for (uint32_t i = 0; i < g->n; i++)
		g->member[i].contact = xos_addr_eq(&g->member[i].addr, &d->c.self);
	g->contact = d->c.self;
	g->self_contact = true;
	v->front.waiting = false;
	v->front.synced = false;
	memset(d->steered, 0, REPOINTS_MAX * sizeof(*d->steered));
	/* The kernel steers before packets come here. */
	vip_changed(v);
	if (complete)
		OPS(d, front, &g->vip, true);
	else
		env_timer_set(d->c.env, &v->front.report, DSERVER_REPORT_NS);
}

static void report_fire(void *ctx)
{
	struct vip *v = ctx;

	if (v->group.self_contact)
		OPS(v->d, front, &v->group.vip, true);
}

/* The group that an earlier life left names the contact node. */
void front_loaded(struct vip *v)
{
	const struct group_member *m = named(&v->group);

	if (m)
		v->group.contact = m->addr;
}

/* The other one of the pair speaks as the contact node, and has this group. */
void front_here(struct vip *v, uint64_t version)
{
	struct front *f = &v->front;

	f->heard_ns = env_now(v->d->c.env);
	if (!f->waiting || version != v->group.version ||
	    xos_addr_eq(&v->group.contact, &v->d->c.self))
		return;
	f->waiting = false;
	OPS(v->d, front, &v->group.vip, false);
	vip_apply(v);
}

static void ask(struct vip *v)
{
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	struct wire_ds_join j = {
		.vip = v->group.vip,
		.name = bytes_str(v->d->c.name),
		.version = v->group.version,
		.standby = true,
		.sync = !v->front.synced,
	};

	if (!wire_ds_join_encode(&j, &out))
		env_send(v->d->c.env, other(v), ENV_STREAM, buf_bytes(&out));
}

static void front_fire(void *ctx)
{
	struct vip *v = ctx;
	struct front *f = &v->front;
	bool may = f->waiting || v->group.version;

	env_timer_set(v->d->c.env, &f->timer, DSERVER_STANDBY_NS);
	if (v->group.self_contact)
		return;
	/* A standby without a group has nothing to take over. */
	if (!v->group.version && !xos_addr_eq(&f->peer[0], &v->d->c.self))
		may = false;
	if (!other_lives(v) && may) {
		become_contact(v);
		return;
	}
	if (!other_lives(v))
		f->synced = false;
	ask(v);
}

/* To the standby, or (members) to a new contact node. */
static void clients_send(struct vip *v)
{
	const struct xos_addr *to = v->group.self_contact ? other(v) : &v->group.contact;
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	struct wire_ds_client c[WIRE_DS_CLIENTS_MAX];
	struct front *f = &v->front;
	struct wire_ds_clients m = {
		.vip = v->group.vip,
		.first = f->first,
		.clients = { .v = c, .n = f->n },
	};

	for (uint32_t i = 0; i < f->n; i++)
		c[i] = (struct wire_ds_client){ .client = f->clients[i].client,
						.server = f->clients[i].server,
						.member = f->members[i],
						.doubt = f->doubt[i] };
	if ((f->n || f->first) && (wire_ds_clients_encode(&m, &out) ||
				   env_send(v->d->c.env, to, ENV_STREAM, buf_bytes(&out))))
		v->d->stats.clients_lost += f->n;
	f->entries += f->n;
	f->first = false;
	f->n = 0;
}

static void flush_fire(void *ctx)
{
	clients_send(ctx);
}

static void client_add(void *arg, const struct dserver_conn *conn, uint32_t member)
{
	struct vip *v = arg;
	struct front *f = &v->front;

	if (f->n == WIRE_DS_CLIENTS_MAX)
		clients_send(v);
	if (!f->n)
		env_timer_set(v->d->c.env, &f->flush, DSERVER_CLIENTS_NS);
	f->clients[f->n] = *conn;
	f->doubt[f->n] = false;
	f->members[f->n++] = member;
}

static void conn_add(void *arg, const struct dserver_conn *conn, bool movable)
{
	struct vip *v = arg;
	const struct move *m = move_find_conn(v->d, conn);

	/* Of one that is to come, or did not come, the donor speaks. */
	if (m && !move_outgoing(m->state) && m->state != ACC_LIVE && m->state != ACC_FINISH)
		return;
	client_add(v, conn, member_number(v->d, &v->group.vip, &v->d->c.self));
	v->front.doubt[v->front.n - 1] = m && m->state == DONOR_SENT;
}

/* A newer group came: whom does it name? */
void front_group(struct vip *v)
{
	const struct group_member *m = named(&v->group);
	bool was = v->group.self_contact, other_one;

	if (!m)
		return;
	other_one = !xos_addr_eq(&v->group.contact, &m->addr);
	v->group.contact = m->addr;
	v->group.self_contact = xos_addr_eq(&m->addr, &v->d->c.self);
	v->front.waiting = false;
	if (v->front.pair && v->front.ours && !v->group.self_contact) {
		OPS(v->d, front, &v->group.vip, false);
		v->front.synced = v->front.synced && !was;
	}
	/* What its predecessor knew last may not have reached the new one. */
	if (other_one && !v->group.self_contact &&
	    member_number(v->d, &v->group.vip, &v->d->c.self))
		OPS(v->d, conns, &v->group.vip, conn_add, v);
}

void dserver_client_seen(struct dserver *d, const struct dserver_conn *conn, uint32_t member)
{
	struct vip *v = vip_find(d, &conn->vip);

	if (v && v->front.pair && v->group.self_contact && other_lives(v))
		client_add(v, conn, member);
}

/* The whole table, once more. */
static void send_table(struct vip *v)
{
	clients_send(v);
	v->front.synced = true;
	v->front.first = true;
	v->front.entries = 0;
	OPS(v->d, clients, &v->group.vip, client_add, v);
	clients_send(v);
}

void dserver_clients_missed(struct dserver *d)
{
	for (uint32_t i = 0; i < VIP_MAX; i++) {
		struct vip *v = &d->vip[i];

		if (v->used && v->front.pair && v->group.self_contact && other_lives(v))
			send_table(v);
	}
}

/* (contact node) The standby asks. */
void front_asked(struct vip *v, const struct wire_ds_join *j)
{
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	struct wire_ds_here h = { .vip = v->group.vip, .version = v->group.version };

	v->front.heard_ns = env_now(v->d->c.env);
	clients_send(v);
	if (j->sync || !v->front.synced)
		send_table(v);
	h.entries = v->front.entries;
	if (!wire_ds_here_encode(&h, &out))
		env_send(v->d->c.env, other(v), ENV_STREAM, buf_bytes(&out));
}

/* (standby) Has everything come that was sent? */
void front_entries(struct vip *v, uint64_t entries)
{
	if (entries != v->front.entries)
		v->front.synced = false;
}

/* A member's list may be older than what was said about one of its connections. */
uint64_t *front_steered(struct dserver *d, const struct dserver_conn *conn, uint64_t *hash)
{
	const struct xos_addr *end[2] = { &conn->client, &conn->server };
	uint64_t h = 0xcbf29ce484222325ULL;

	for (int i = 0; i < 2; i++) {
		for (int j = 0; j < 16; j++)
			h = (h ^ end[i]->ip[j]) * 0x100000001b3ULL;
		h = (h ^ end[i]->port) * 0x100000001b3ULL;
	}
	*hash = h ^ h >> 29;
	return &d->steered[*hash % REPOINTS_MAX];
}

/* (contact node) A member has a connection. */
static void member_says(struct vip *v, const struct dserver_conn *conn,
			const struct wire_ds_client *c)
{
	uint64_t hash, *steered = front_steered(v->d, conn, &hash);

	if (*steered == hash)
		return;
	if (!c->doubt)
		*steered = hash;
	OPS(v->d, client_set, conn, c->member);
}

/*
 * (standby) Entries of the table, which this node's kernel keeps as well.
 * (contact node) What a member has; it speaks for itself only.
 */
void front_clients(struct vip *v, const struct xos_addr *from, const struct wire_ds_clients *m)
{
	uint32_t self = member_number(v->d, &v->group.vip, from);
	bool peer = front_is_peer(v, from);
	struct wire_ds_client c;
	size_t pos = 0;

	if (peer)
		v->front.heard_ns = env_now(v->d->c.env);
	if (!v->front.ours || (v->group.self_contact ? !self : !peer)) {
		v->d->stats.dropped++;
		return;
	}
	if (!v->group.self_contact && m->first) {
		v->front.synced = true;
		v->front.entries = 0;
	}
	while (wire_ds_client_list_next(&m->clients, &pos, &c)) {
		struct dserver_conn conn = { .vip = v->group.vip,
					     .server = c.server,
					     .client = c.client };

		if (v->group.self_contact) {
			if (c.member == self)
				member_says(v, &conn, &c);
			continue;
		}
		v->front.entries++;
		OPS(v->d, client_set, &conn, c.member);
	}
}

/*
 * The other one asks, so it is not the contact node: whom the group names, or the
 * configured one of a new group, need not wait any longer.
 */
void front_peer_waits(struct vip *v, const struct wire_ds_join *j)
{
	const struct group_member *m = named(&v->group);
	const struct xos_addr *due = m ? &m->addr : &v->front.peer[0];

	if (v->front.waiting && j->version <= v->group.version && xos_addr_eq(due, &v->d->c.self))
		become_contact(v);
}

/*
 * (contact node) A connection was steered anew: the acceptor hears it when the
 * standby knows it too. Until then the donor diverts, so whoever of the two
 * steers, the connection is found.
 */
bool front_relay(struct vip *v, const struct xos_addr *to, const struct wire_ds_repoint *r,
		 bool fresh)
{
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	struct wire_ds_repoint m = *r;

	if (!v->front.pair || !v->group.self_contact || !other_lives(v))
		return false;
	/*
	 * What waits is older and must not come later. Whether the standby has heard
	 * of a repeated one is not known: it gets the table as it is now.
	 */
	if (fresh)
		clients_send(v);
	else
		send_table(v);
	m.old = !fresh;
	m.reply_to = *to;
	m.has_reply_to = true;
	return !wire_ds_repoint_encode(&m, &out) &&
	       !env_send(v->d->c.env, other(v), ENV_STREAM, buf_bytes(&out));
}

void front_start(struct vip *v)
{
	struct front *f = &v->front;

	f->timer = (struct env_timer){ .fire = front_fire, .ctx = v };
	f->flush = (struct env_timer){ .fire = flush_fire, .ctx = v };
	f->report = (struct env_timer){ .fire = report_fire, .ctx = v };
	if (!f->ours)
		return;
	if (!f->pair) {
		become_contact(v);
		return;
	}
	f->heard_ns = env_now(v->d->c.env);
	env_timer_set(v->d->c.env, &f->timer, ENV_MS);
}

void front_stop(struct vip *v)
{
	env_timer_cancel(v->d->c.env, &v->front.timer);
	env_timer_cancel(v->d->c.env, &v->front.flush);
	env_timer_cancel(v->d->c.env, &v->front.report);
}
