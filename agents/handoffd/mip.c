// SPDX-License-Identifier: GPL-2.0-or-later
#include "mip.h"

#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "conns.h"

#define SCAN_NS	   (1 * ENV_SEC)
#define SOON_NS	   (100 * ENV_MS)
/* Largest mobility header, and more than an ICMPv6 error has. */
#define PACKET_MAX 2048
/* Packets read in one go, so that a flood leaves time for the rest. */
#define READ_MAX   64
/* Times that TCP has sent a segment again before the path is blamed. */
#define STALL_MIN  2

/* --- what the core asks for --------------------------------------------------------- */

/* An address list of the kernel's may be missing, or the network: it is sent again. */
static void op_send(void *ctx, const struct mh_packet *p)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6 };
	struct mip *m = ctx;

	memcpy(&to.sin6_addr, p->b + offsetof(struct ip6_hdr, ip6_dst), sizeof(to.sin6_addr));
	if (sendto(m->out, p->b, p->len, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		env_log(env_uv_env(m->env), ENV_DEBUG, ENV_SUB_DSERVER, "mobility header: %s",
			strerror(errno));
}

static void op_bind(void *ctx, const struct mip6_pair *pair, uint64_t lifetime_ns)
{
	kernel_binding(((struct mip *)ctx)->kernel, &pair->vip, pair->client, lifetime_ns);
}

/* The core may know a vip by its address alone. */
static const struct group *group_of(struct mip *m, const struct xos_addr *vip)
{
	const struct group *g;
	uint32_t pos = 0;

	while ((g = dserver_vip_next(m->groups, &pos))) {
		if (!memcmp(g->vip.ip, vip->ip, sizeof(vip->ip)))
			return g;
	}
	return NULL;
}

static bool op_contact(void *ctx, const struct xos_addr *vip, struct xos_addr *out)
{
	const struct group *g = group_of(ctx, vip);

	if (!g || !g->version)
		return false;
	*out = g->contact;
	return true;
}

static bool op_member(void *ctx, const struct xos_addr *vip, const struct xos_addr *addr)
{
	const struct group *g = group_of(ctx, vip);
	const struct group_member *m = g ? group_find_addr(g, addr) : NULL;

	return m && group_given(g, m) != WIRE_DS_MEMBER_STATE_DOWN;
}

static const struct mip6_ops ops = {
	.send = op_send,
	.bind = op_bind,
	.contact = op_contact,
	.member = op_member,
};

/* --- connections ------------------------------------------------------------------- */

static void see_conn(void *arg, const struct dserver_conn *conn, bool movable, uint8_t retries)
{
	struct mip6_pair pair = { .vip = conn->vip };
	struct mip *m = arg;

	memcpy(pair.client, conn->client.ip, sizeof(pair.client));
	mip6_scan_seen(m->core, &pair, retries >= STALL_MIN);
}

/* Connections of a vip for one port are in the list of one for all ports too: harmless. */
static void scan(void *ctx)
{
	const struct group *g;
	struct mip *m = ctx;
	uint32_t pos = 0;
	int err = 0;

	env_timer_set(env_uv_env(m->env), &m->scan, SCAN_NS);
	mip6_scan_begin(m->core);
	while (!err && (g = dserver_vip_next(m->groups, &pos))) {
		if (group_find_addr(g, &m->kernel->self))
			err = conns_watch(&g->vip, see_conn, m);
	}
	/* A list with gaps must not make bindings go. */
	if (!err)
		mip6_scan_end(m->core);
}

void mip_scan_soon(struct mip *m)
{
	struct env *env;

	if (!m->core)
		return;
	env = env_uv_env(m->env);
	if (!env_timer_armed(&m->scan) || m->scan.deadline_ns > env_now(env) + SOON_NS)
		env_timer_set(env, &m->scan, SOON_NS);
}

void mip_diverts(struct mip *m, const struct dserver_conn *conn)
{
	struct mip6_pair pair = { .vip = conn->vip };

	if (!m->core)
		return;
	memcpy(pair.client, conn->client.ip, sizeof(pair.client));
	mip6_moved_away(m->core, &pair);
}

/* --- packets ----------------------------------------------------------------------- */

/* Where a packet was sent to; false when the kernel did not say. */
static bool destination(struct msghdr *msg, struct in6_addr *to)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != IPPROTO_IPV6 || c->cmsg_type != IPV6_PKTINFO)
			continue;
		*to = ((struct in6_pktinfo *)CMSG_DATA(c))->ipi6_addr;
		return true;
	}
	return false;
}

static void packet_ready(void *ctx, int events)
{
	_Alignas(struct cmsghdr) uint8_t control[CMSG_SPACE(sizeof(struct in6_pktinfo))];
	uint8_t room[PACKET_MAX];
	struct iovec iov = { room, sizeof(room) };
	struct sockaddr_in6 from;
	struct mip *m = ctx;
	struct in6_addr to;
	ssize_t n;

	for (int i = 0; i < READ_MAX; i++) {
		struct msghdr msg = { .msg_name = &from,
				      .msg_namelen = sizeof(from),
				      .msg_iov = &iov,
				      .msg_iovlen = 1,
				      .msg_control = control,
				      .msg_controllen = sizeof(control) };

		n = recvmsg(m->in, &msg, MSG_DONTWAIT);
		if (n < 0)
			return;
		if (!(msg.msg_flags & MSG_TRUNC) && destination(&msg, &to))
			mip6_packet(m->core, from.sin6_addr.s6_addr, to.s6_addr,
				    bytes_of(room, (size_t)n));
	}
}

/*
 * Is this a parameter problem about a mobility header of ours, said by the very host
 * that it went to (RFC 4443, section 3.4; RFC 6275, section 11.6.1)? The home address
 * option of a binding update may still be there.
 */
static bool is_unable(const uint8_t *p, size_t len, const struct in6_addr *from,
		      struct in6_addr *home)
{
	const struct icmp6_hdr *icmp = (const struct icmp6_hdr *)p;
	const struct ip6_hdr *quoted = (const struct ip6_hdr *)(icmp + 1);
	const uint8_t *next = (const uint8_t *)(quoted + 1);
	uint8_t proto;

	if (len <= sizeof(*icmp) + sizeof(*quoted) || icmp->icmp6_type != ICMP6_PARAM_PROB ||
	    icmp->icmp6_code != ICMP6_PARAMPROB_NEXTHEADER)
		return false;
	proto = quoted->ip6_nxt == IPPROTO_DSTOPTS ? next[0] : quoted->ip6_nxt;
	*home = quoted->ip6_src;
	return proto == MH_PROTO && !memcmp(&quoted->ip6_dst, from, sizeof(*from));
}

static void error_ready(void *ctx, int events)
{
	_Alignas(struct icmp6_hdr) uint8_t room[PACKET_MAX];
	struct sockaddr_in6 from;
	struct mip *m = ctx;
	struct in6_addr home;
	socklen_t from_len;
	ssize_t n;

	for (int i = 0; i < READ_MAX; i++) {
		from_len = sizeof(from);
		n = recvfrom(m->errors, room, sizeof(room), MSG_DONTWAIT, (struct sockaddr *)&from,
			     &from_len);
		if (n < 0)
			return;
		if (is_unable(room, (size_t)n, &from.sin6_addr, &home))
			mip6_unable(m->core, from.sin6_addr.s6_addr, home.s6_addr);
	}
}

/* --- setting up -------------------------------------------------------------------- */

static int open_sockets(struct mip *m)
{
	const int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, on = 1;
	struct icmp6_filter filter;

	ICMP6_FILTER_SETBLOCKALL(&filter);
	ICMP6_FILTER_SETPASS(ICMP6_PARAM_PROB, &filter);
	m->out = socket(AF_INET6, type, IPPROTO_RAW);
	/* Without this one the kernel would tell clients that we know no mobility headers. */
	m->in = socket(AF_INET6, type, MH_PROTO);
	m->errors = socket(AF_INET6, type, IPPROTO_ICMPV6);
	if (m->out < 0 || m->in < 0 || m->errors < 0 ||
	    setsockopt(m->in, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof(on)) ||
	    setsockopt(m->errors, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof(filter)))
		return -errno;
	return 0;
}

int mip_open(struct mip *m)
{
	struct mip6_config c = { .ops = &ops, .ops_ctx = m };
	int err;

	m->out = m->in = m->errors = -1;
	m->memory = calloc(1, MIP6_ARENA_LEN);
	if (!m->memory)
		return -ENOMEM;
	arena_init(&m->arena, m->memory, MIP6_ARENA_LEN);
	c.env = env_uv_env(m->env);
	c.arena = &m->arena;
	c.self = m->kernel->self;
	m->core = mip6_init(&c);
	m->scan = (struct env_timer){ .fire = scan, .ctx = m };
	err = open_sockets(m);
	if (!err)
		err = env_uv_poll_add(m->env, m->in, ENV_UV_READ, packet_ready, m, &m->in_poll);
	if (!err)
		err = env_uv_poll_add(m->env, m->errors, ENV_UV_READ, error_ready, m,
				      &m->errors_poll);
	if (err)
		return err;
	kernel_bindings_forget(m->kernel);
	env_timer_set(c.env, &m->scan, SCAN_NS);
	return 0;
}

void mip_close(struct mip *m)
{
	if (!m->core)
		return;
	env_timer_cancel(env_uv_env(m->env), &m->scan);
	env_uv_poll_del(m->in_poll);
	env_uv_poll_del(m->errors_poll);
	for (int *fd = (int[]){ m->out, m->in, m->errors, -2 }; *fd != -2; fd++) {
		if (*fd >= 0)
			close(*fd);
	}
	m->core = NULL;
}

bool mip_recv(struct mip *m, const struct env_peer *from, struct bytes msg)
{
	return m->core && mip6_recv(m->core, from, msg);
}
