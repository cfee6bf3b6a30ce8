// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How a virtual node comes into being: the vnoded that was asked by a client
 * asks the others whether they take part (vn-ask, vn-offer), then has each of
 * them found its replica of the group (vn-found, vn-founded). Whoever becomes
 * the leader orders what the virtual node is.
 */
#include "vnoded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

#define CREATE_NS (5 * ENV_SEC)

/**
 * struct create - a creation under way
 * @node: in the list of all
 * @d: daemon
 * @client: who asked
 * @seq: number of its request
 * @group: the new group
 * @about: what it will be
 * @members: who takes part
 * @offered: bit of each that made an offer
 * @founded: bit of each that has its replica
 * @timer: gives up
 */
struct create {
	struct cds_list_head node;
	struct vnoded *d;
	struct control_client *client;
	uint32_t seq;
	uint64_t group;
	struct vnode_about about;
	struct order_members members;
	uint32_t offered;
	uint32_t founded;
	struct env_timer timer;
};

static uint8_t room[65536];

/* To a member; what is for this vnoded itself takes no detour over the network. */
static void say(struct vnoded *d, const struct xos_addr *to, struct bytes msg)
{
	const struct env_peer *self = env_uv_self(d->agent.env);
	struct wire_header h;

	if (!xos_addr_eq(to, &self->addr))
		env_send(env_uv_env(d->agent.env), to, ENV_STREAM, msg);
	else if (!wire_header_decode(msg, &h))
		create_recv(d, self, &h);
}

#define SAY(d, to, msg, ...)                                \
	do {                                                \
		struct buf _b = buf_of(room, sizeof(room)); \
		struct wire_##msg _m = { __VA_ARGS__ };     \
                                                            \
		xassert(!wire_##msg##_encode(&_m, &_b));    \
		say(d, to, buf_bytes(&_b));                 \
	} while (0)

static void create_free(struct create *c)
{
	env_timer_cancel(env_uv_env(c->d->agent.env), &c->timer);
	control_client_put(c->client);
	cds_list_del(&c->node);
	c->d->create_count--;
	free(c);
}

static void create_fail(struct create *c, int err, const char *text)
{
	control_done(c->client, c->seq, err, "%s", text);
	create_free(c);
}

static void too_late(void *ctx)
{
	create_fail(ctx, -ETIMEDOUT, "not all of the members answer");
}

static struct create *create_find(struct vnoded *d, uint64_t group)
{
	struct create *c;

	cds_list_for_each_entry(c, &d->creates, node) {
		if (c->group == group)
			return c;
	}
	return NULL;
}

static int member_at(const struct create *c, const struct xos_addr *addr)
{
	for (uint32_t i = 0; i < c->members.n; i++) {
		if (xos_addr_eq(&c->members.v[i].addr, addr))
			return (int)i;
	}
	return -1;
}

/* The members with this vnoded last: its answer comes at once, and may be the last one needed. */
static uint32_t self_last(const struct create *c, struct order_member *out)
{
	const struct xos_addr *self = &env_uv_self(c->d->agent.env)->addr;
	uint32_t n = 0;

	for (int here = 0; here < 2; here++) {
		for (uint32_t i = 0; i < c->members.n; i++) {
			if (xos_addr_eq(&c->members.v[i].addr, self) == (here != 0))
				out[n++] = c->members.v[i];
		}
	}
	return n;
}

/* All offers are there: have the replicas founded. */
static void found_all(struct create *c)
{
	struct order_member to[ORDER_VOTERS_MAX];
	struct wire_vn_member v[ORDER_VOTERS_MAX];
	uint32_t n = self_last(c, to);
	struct vnode_about copy = c->about;
	struct wire_vn_about about;
	struct vnoded *d = c->d;
	uint64_t group = c->group;

	vnode_about_write(&copy, &about);
	for (uint32_t i = 0; i < n; i++)
		v[i] = (struct wire_vn_member){ .id = to[i].id,
						.addr = to[i].addr,
						.tag = to[i].tag };
	for (uint32_t i = 0; i < n; i++)
		SAY(d, &to[i].addr, vn_found, .group = group, .about = about,
		    .members = { .v = v, .n = n });
}

static void take_offer(struct vnoded *d, const struct env_peer *from, const struct wire_vn_offer *m)
{
	struct create *c = create_find(d, m->group);
	int i = c ? member_at(c, &from->addr) : -1;

	if (i < 0 || c->offered & 1U << i)
		return;
	if (!m->tag) {
		create_fail(c, -EEXIST, "a member has a virtual node of that name, or no room");
		return;
	}
	c->members.v[i].id = from->id;
	c->members.v[i].tag = m->tag;
	c->offered |= 1U << i;
	if (c->offered == (1U << c->members.n) - 1)
		found_all(c);
}

static void take_founded(struct vnoded *d, const struct env_peer *from,
			 const struct wire_vn_founded *m)
{
	struct create *c = create_find(d, m->group);
	int i = c ? member_at(c, &from->addr) : -1;

	if (i < 0)
		return;
	if (m->error) {
		create_fail(c, -(int)m->error, "a member could not found its replica");
		return;
	}
	c->founded |= 1U << i;
	if (c->founded != (1U << c->members.n) - 1)
		return;
	control_done(c->client, c->seq, 0, NULL);
	create_free(c);
}

/* A tag is drawn anew for each question: only the last offer can be founded. */
static void take_ask(struct vnoded *d, const struct env_peer *from, const struct wire_vn_ask *m)
{
	bool free = !replica_by_name(d, m->name) && !replica_by_id(d, m->group);

	SAY(d, &from->addr, vn_offer, .group = m->group,
	    .tag = free ? env_random(env_uv_env(d->agent.env)) | 1 : 0);
}

static void take_found(struct vnoded *d, const struct env_peer *from, const struct wire_vn_found *m)
{
	struct order_members members = { .n = 0 };
	struct wire_vn_member v;
	uint64_t tag = 0;
	size_t pos = 0;
	int err = -EINVAL;

	while (wire_vn_member_list_next(&m->members, &pos, &v)) {
		members.v[members.n++] = (struct order_member){
			.id = v.id, .addr = v.addr, .tag = v.tag, .roles = ORDER_VOTER
		};
		if (xos_id_eq(&v.id, &d->agent.id))
			tag = v.tag;
	}
	if (tag)
		err = replica_found(d, m->group, tag, &members, &m->about);
	SAY(d, &from->addr, vn_founded, .group = m->group, .error = (uint32_t)-err);
}

bool create_recv(struct vnoded *d, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_vn_ask ask;
		struct wire_vn_offer offer;
		struct wire_vn_found found;
		struct wire_vn_founded founded;
	} m;

	if (h->type == WIRE_VN_ASK && !wire_vn_ask_body_decode(h, &m.ask))
		take_ask(d, from, &m.ask);
	else if (h->type == WIRE_VN_OFFER && !wire_vn_offer_body_decode(h, &m.offer))
		take_offer(d, from, &m.offer);
	else if (h->type == WIRE_VN_FOUND && !wire_vn_found_body_decode(h, &m.found))
		take_found(d, from, &m.found);
	else if (h->type == WIRE_VN_FOUNDED && !wire_vn_founded_body_decode(h, &m.founded))
		take_founded(d, from, &m.founded);
	else
		return false;
	return true;
}

static void ask_all(struct create *c, struct bytes name)
{
	struct order_member to[ORDER_VOTERS_MAX];
	uint32_t n = self_last(c, to);
	struct vnoded *d = c->d;
	uint64_t group = c->group;

	for (uint32_t i = 0; i < n; i++)
		SAY(d, &to[i].addr, vn_ask, .group = group, .name = name);
}

static struct create *create_new(struct vnoded *d, struct control_client *client,
				 const struct wire_vctl_create *m)
{
	struct create *c = calloc(1, sizeof(*c));
	struct xos_addr addr;
	size_t pos = 0;

	xassert(c);
	c->d = d;
	c->client = control_client_get(client);
	c->seq = m->seq;
	c->group = env_random(env_uv_env(d->agent.env)) | 1;
	vnode_about_read(&m->about, &c->about);
	c->timer.fire = too_late;
	c->timer.ctx = c;
	cds_list_add_tail(&c->node, &d->creates);
	d->create_count++;
	while (wire_addr_list_next(&m->members, &pos, &addr) && c->members.n < ORDER_VOTERS_MAX)
		c->members.v[c->members.n++] =
			(struct order_member){ .addr = addr, .roles = ORDER_VOTER };
	env_timer_set(env_uv_env(d->agent.env), &c->timer, CREATE_NS);
	return c;
}

void create_from_client(struct vnoded *d, struct control_client *client,
			const struct wire_vctl_create *m)
{
	if (!m->members.n) {
		control_done(client, m->seq, -EINVAL, "a virtual node has 1 to 7 members");
	} else if (d->create_count == VNODED_CREATES_MAX || replica_by_name(d, m->about.name)) {
		control_done(client, m->seq, -EEXIST, "there is one of that name, or no room");
	} else {
		ask_all(create_new(d, client, m), m->about.name);
	}
}

void creates_end(struct vnoded *d)
{
	struct create *c, *next;

	cds_list_for_each_entry_safe(c, next, &d->creates, node)
		create_free(c);
}
