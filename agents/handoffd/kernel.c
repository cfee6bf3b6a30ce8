// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel.h"

#include <errno.h>

#include <nl/xos_handoff_user.h>

static int said(struct kernel *k, int err, const char *what)
{
	if (!err)
		return 0;
	k->refused++;
	env_log(k->env, ENV_WARN, ENV_SUB_KERNEL, "%s: %s", what, xnl_error_text(k->sock));
	return err;
}

int kernel_open(struct kernel *k)
{
	struct xos_handoff_writer req = { .generation = 0 }, rep;
	int err = xnl_open(&xos_handoff_family, NULL, &k->sock);

	if (err)
		return err;
	err = xos_handoff_writer_claim(k->sock, &req, &rep);
	if (err) {
		said(k, err, "writer");
		kernel_close(k);
		return err;
	}
	k->generation = rep.generation;
	return 0;
}

void kernel_close(struct kernel *k)
{
	xnl_close(k->events);
	xnl_close(k->sock);
	k->sock = k->events = NULL;
}

static void put_conn(struct kernel *k, struct xos_handoff_gate *m, const struct dserver_conn *conn)
{
	xos_handoff_gate_put_generation(m, k->generation);
	xos_handoff_gate_put_addr(m, conn->server.ip);
	xos_handoff_gate_put_port(m, conn->server.port);
	xos_handoff_gate_put_client_addr(m, conn->client.ip);
	xos_handoff_gate_put_client_port(m, conn->client.port);
}

int kernel_gate_set(struct kernel *k, const struct dserver_conn *conn, enum dserver_gate in,
		    bool pass, uint32_t member)
{
	static const uint32_t gates[] = {
		[DSERVER_LOCAL] = XOS_HANDOFF_GATE_IN_LOCAL,
		[DSERVER_HOLD] = XOS_HANDOFF_GATE_IN_HOLD,
		[DSERVER_DIVERT] = XOS_HANDOFF_GATE_IN_DIVERT,
		[DSERVER_DROP] = XOS_HANDOFF_GATE_IN_DROP,
	};
	struct xos_handoff_gate m = { .generation = 0 };

	put_conn(k, &m, conn);
	xos_handoff_gate_put_in(&m, gates[in]);
	xos_handoff_gate_put_out(&m, pass ? XOS_HANDOFF_GATE_OUT_PASS : XOS_HANDOFF_GATE_OUT_DROP);
	if (in == DSERVER_DIVERT)
		xos_handoff_gate_put_member_id(&m, member);
	return said(k, xos_handoff_gate_set(k->sock, &m), "gate");
}

int kernel_gate_del(struct kernel *k, const struct dserver_conn *conn)
{
	struct xos_handoff_gate m = { .generation = 0 };
	int err;

	put_conn(k, &m, conn);
	err = xos_handoff_gate_del(k->sock, &m);
	return err == -ENOENT ? 0 : said(k, err, "gate");
}

int kernel_client_set(struct kernel *k, const struct dserver_conn *conn, uint32_t member)
{
	struct xos_handoff_client m = { .generation = 0 };

	xos_handoff_client_put_generation(&m, k->generation);
	xos_handoff_client_put_vip_addr(&m, conn->vip.ip);
	xos_handoff_client_put_vip_port(&m, conn->vip.port);
	xos_handoff_client_put_addr(&m, conn->client.ip);
	if (conn->client.port) {
		xos_handoff_client_put_port(&m, conn->client.port);
		xos_handoff_client_put_server_port(&m, conn->server.port);
	}
	xos_handoff_client_put_member_id(&m, member);
	return said(k, xos_handoff_client_set(k->sock, &m), "client");
}

/* What both dumps and events of the client table tell. */
struct seen {
	dserver_client_fn fn;
	void *arg;
};

static int see_client(void *arg, const struct xos_handoff_client *c)
{
	struct dserver_conn conn = { .vip.port = 0 };
	const struct seen *s = arg;

	if (!c)
		return 0; /* once more from the beginning */
	memcpy(conn.vip.ip, c->vip_addr, sizeof(conn.vip.ip));
	conn.vip.port = c->vip_port;
	memcpy(conn.client.ip, c->addr, sizeof(conn.client.ip));
	conn.client.port = c->has_port ? c->port : 0;
	memcpy(conn.server.ip, c->vip_addr, sizeof(conn.server.ip));
	conn.server.port = c->has_server_port ? c->server_port : c->vip_port;
	s->fn(s->arg, &conn, c->member_id);
	return 0;
}

int kernel_clients(struct kernel *k, const struct xos_addr *vip, dserver_client_fn fn, void *arg)
{
	struct xos_handoff_client req = { .generation = 0 };
	struct seen s = { fn, arg };

	xos_handoff_client_put_vip_addr(&req, vip->ip);
	xos_handoff_client_put_vip_port(&req, vip->port);
	return said(k, xos_handoff_client_get_dump(k->sock, &req, see_client, &s), "clients");
}

int kernel_events_open(struct kernel *k)
{
	int err = xnl_open(&xos_handoff_family, NULL, &k->events);

	return err ? err : xnl_join(k->events, "clients");
}

int kernel_events_fd(const struct kernel *k)
{
	return xnl_fd(k->events);
}

static void take_event(void *arg, const struct xnl_event *ev)
{
	struct xos_handoff_client c;
	const struct seen *s = arg;

	if (!ev)
		s->fn(s->arg, NULL, 0);
	else if (!xos_handoff_client_ntf_parse(ev, &c))
		see_client(arg, &c);
}

void kernel_events(struct kernel *k, dserver_client_fn fn, void *arg)
{
	struct seen s = { fn, arg };

	said(k, xnl_events(k->events, take_event, &s), "events");
}

static int set_vip(struct kernel *k, const struct group *g, bool member)
{
	struct xos_handoff_vip m = { .generation = 0 };
	int err;

	xos_handoff_vip_put_generation(&m, k->generation);
	xos_handoff_vip_put_addr(&m, g->vip.ip);
	xos_handoff_vip_put_port(&m, g->vip.port);
	xos_handoff_vip_put_flags(&m, (g->self_contact ? XOS_HANDOFF_VIP_FLAGS_CONTACT : 0) |
					      (member ? XOS_HANDOFF_VIP_FLAGS_MEMBER : 0));
	xos_handoff_vip_put_seed(&m, k->seed);
	for (uint32_t i = 0; i < g->n; i++) {
		if (g->member[i].contact)
			xos_handoff_vip_put_contact_id(&m, g->member[i].number);
	}
	err = xos_handoff_vip_new(k->sock, &m);
	if (err == -EEXIST)
		err = xos_handoff_vip_set(k->sock, &m);
	return said(k, err, "vip");
}

static void put_member(struct kernel *k, struct xos_handoff_member *m, const struct group *g,
		       uint32_t number)
{
	xos_handoff_member_put_generation(m, k->generation);
	xos_handoff_member_put_vip_addr(m, g->vip.ip);
	xos_handoff_member_put_vip_port(m, g->vip.port);
	xos_handoff_member_put_id(m, number);
}

static void set_member(struct kernel *k, const struct group *g, const struct group_member *from)
{
	static const uint32_t states[] = {
		[WIRE_DS_MEMBER_STATE_ACTIVE] = XOS_HANDOFF_MEMBER_STATE_ACTIVE,
		[WIRE_DS_MEMBER_STATE_DRAINING] = XOS_HANDOFF_MEMBER_STATE_DRAINING,
		[WIRE_DS_MEMBER_STATE_DOWN] = XOS_HANDOFF_MEMBER_STATE_DOWN,
	};
	struct xos_handoff_member m = { .generation = 0 };
	int err;

	put_member(k, &m, g, from->number);
	xos_handoff_member_put_weight(&m, from->weight);
	xos_handoff_member_put_state(&m, states[group_given(g, from)]);
	err = xos_handoff_member_set(k->sock, &m);
	if (err == -ENOENT) {
		xos_handoff_member_put_care_of(&m, from->addr.ip);
		if (!memcmp(from->addr.ip, k->self.ip, sizeof(k->self.ip)))
			xos_handoff_member_put_flags(&m, XOS_HANDOFF_MEMBER_FLAGS_LOCAL);
		err = xos_handoff_member_new(k->sock, &m);
	}
	said(k, err, "member");
}

/* Numbers of members that the kernel has and the group has not. */
struct strangers {
	const struct group *group;
	uint32_t n;
	uint32_t number[GROUP_MEMBER_MAX];
};

static int find_stranger(void *arg, const struct xos_handoff_member *m)
{
	struct strangers *s = arg;

	if (!m) {
		s->n = 0;
		return 0;
	}
	for (uint32_t i = 0; i < s->group->n; i++) {
		const struct group_member *known = &s->group->member[i];

		if (known->number == m->id && !memcmp(known->addr.ip, m->care_of, 16))
			return 0;
	}
	if (s->n < GROUP_MEMBER_MAX)
		s->number[s->n++] = m->id;
	return 0;
}

static void drop_strangers(struct kernel *k, const struct group *g)
{
	struct xos_handoff_member req = { .generation = 0 };
	struct strangers s = { .group = g };

	xos_handoff_member_put_vip_addr(&req, g->vip.ip);
	xos_handoff_member_put_vip_port(&req, g->vip.port);
	if (said(k, xos_handoff_member_get_dump(k->sock, &req, find_stranger, &s), "members"))
		return;
	for (uint32_t i = 0; i < s.n; i++) {
		struct xos_handoff_member m = { .generation = 0 };

		put_member(k, &m, g, s.number[i]);
		said(k, xos_handoff_member_del(k->sock, &m), "member");
	}
}

void kernel_group(struct kernel *k, const struct group *g)
{
	if (set_vip(k, g, group_find_addr(g, &k->self) != NULL))
		return;
	drop_strangers(k, g);
	for (uint32_t i = 0; i < g->n; i++)
		set_member(k, g, &g->member[i]);
}

void kernel_tune(struct kernel *k, const struct dserver_conn *conn, struct bytes record)
{
	struct xos_handoff_sock req = { .generation = 0 }, rep;
	struct wire_ds_tcp tcp;

	if (wire_ds_tcp_decode(record, &tcp))
		return;
	xos_handoff_sock_put_generation(&req, k->generation);
	xos_handoff_sock_put_addr(&req, conn->server.ip);
	xos_handoff_sock_put_port(&req, conn->server.port);
	xos_handoff_sock_put_client_addr(&req, conn->client.ip);
	xos_handoff_sock_put_client_port(&req, conn->client.port);
	if (tcp.cwnd && tcp.cwnd <= 65535)
		xos_handoff_sock_put_cwnd(&req, tcp.cwnd);
	if (tcp.ssthresh >= 2)
		xos_handoff_sock_put_ssthresh(&req, tcp.ssthresh);
	said(k, xos_handoff_sock_tune(k->sock, &req, &rep), "socket");
}

static void put_binding(struct kernel *k, struct xos_handoff_binding *m, const struct xos_addr *vip,
			const uint8_t *client)
{
	xos_handoff_binding_put_generation(m, k->generation);
	xos_handoff_binding_put_vip_addr(m, vip->ip);
	xos_handoff_binding_put_vip_port(m, vip->port);
	xos_handoff_binding_put_addr(m, client);
}

void kernel_binding(struct kernel *k, const struct xos_addr *vip, const uint8_t *client,
		    uint64_t lifetime_ns)
{
	struct xos_handoff_binding m = { .generation = 0 };
	uint64_t ms = lifetime_ns / ENV_MS;
	int err;

	put_binding(k, &m, vip, client);
	if (ms) {
		xos_handoff_binding_put_lifetime_ms(&m, (uint32_t)ms);
		err = xos_handoff_binding_set(k->sock, &m);
	} else {
		err = xos_handoff_binding_del(k->sock, &m);
	}
	if (err != -ENOENT || ms)
		said(k, err, "binding");
}

/* Some of the bindings that the kernel has. */
struct found {
	uint32_t n;
	struct xos_handoff_binding v[64];
};

static int find_binding(void *arg, const struct xos_handoff_binding *b)
{
	struct found *f = arg;

	if (!b)
		f->n = 0;
	else if (f->n < sizeof(f->v) / sizeof(f->v[0]))
		f->v[f->n++] = *b;
	return 0;
}

void kernel_bindings_forget(struct kernel *k)
{
	struct xos_addr vip;
	struct found f;

	do {
		f.n = 0;
		if (said(k, xos_handoff_binding_get_dump(k->sock, find_binding, &f), "bindings"))
			return;
		for (uint32_t i = 0; i < f.n; i++) {
			memcpy(vip.ip, f.v[i].vip_addr, sizeof(vip.ip));
			vip.port = f.v[i].vip_port;
			kernel_binding(k, &vip, f.v[i].addr, 0);
		}
	} while (f.n == sizeof(f.v) / sizeof(f.v[0]));
}
