// SPDX-License-Identifier: GPL-2.0-or-later
/* Datagrams of the libuv environment, and what datagrams and streams share. */
#include <env/env_uv_impl.h>

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include <base/assert.h>

/*
 * Bytes of datagrams that wait to be read. A node that falls back for a moment must not lose
 * them: each one lost costs its sender the time of a retry, which is a second.
 */
#define ENV_DGRAM_ROOM (4 * 1024 * 1024)

void env_addr_to_sock(const struct xos_addr *a, struct sockaddr_in6 *out)
{
	*out = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = htons(a->port) };
	memcpy(&out->sin6_addr, a->ip, sizeof(a->ip));
}

void env_addr_from_sock(const struct sockaddr *sa, struct xos_addr *out)
{
	struct sockaddr_in6 sin6;

	xassert(sa->sa_family == AF_INET6);
	memcpy(&sin6, sa, sizeof(sin6));
	memcpy(out->ip, &sin6.sin6_addr, sizeof(out->ip));
	out->port = ntohs(sin6.sin6_port);
}

void env_net_log(struct env_uv *e, enum env_level level, const struct xos_addr *addr,
		 const char *what, int err)
{
	env_net_log_by(&e->limit, e, level, addr, what, err);
}

void env_net_log_by(struct ratelimit *limit, struct env_uv *e, enum env_level level,
		    const struct xos_addr *addr, const char *what, int err)
{
	char text[XOS_ADDR_STR_MAX];
	uint32_t suppressed;

	if (level > e->env.log_level[ENV_SUB_NET])
		return;
	if (!ratelimit_ok(limit, env_now(&e->env), &suppressed))
		return;
	if (suppressed)
		env_log(&e->env, level, ENV_SUB_NET, "%u lines about peers were left out",
			suppressed);
	env_log(&e->env, level, ENV_SUB_NET, "%s: %s%s%s", xos_addr_format(addr, text), what,
		err ? ": " : "", err ? strerror(-err) : "");
}

static void dgram_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	struct env_uv *e = handle->data;

	*buf = uv_buf_init((char *)e->read_buf, sizeof(e->read_buf));
}

static void dgram_recv(uv_udp_t *udp, ssize_t len, const uv_buf_t *buf, const struct sockaddr *sa,
		       unsigned int flags)
{
	struct env_uv *e = udp->data;
	struct env_peer from;
	struct bytes msg;
	int err;

	if (len <= 0 || !sa || (flags & UV_UDP_PARTIAL))
		return;
	e->counters.dgrams_in++;
	env_addr_from_sock(sa, &from.addr);
	err = e->guard->ops->open(e->guard, bytes_of(buf->base, (size_t)len), &from.id, &msg);
	if (err == -ENOKEY)
		env_stream_meet(e, &from.addr);
	if (!err && e->recv)
		e->recv(e->recv_ctx, &from, ENV_DGRAM, msg);
}

int env_dgram_open(struct env_uv *e, const struct xos_addr *addr)
{
	int err, room = ENV_DGRAM_ROOM;
	struct sockaddr_in6 sa;

	env_addr_to_sock(addr, &sa);
	err = uv_udp_init(&e->loop, &e->udp);
	if (err)
		return err;
	e->udp.data = e;
	err = uv_udp_bind(&e->udp, (struct sockaddr *)&sa, 0);
	/* The kernel gives what it allows; less is no error. */
	if (!err)
		uv_recv_buffer_size((uv_handle_t *)&e->udp, &room);
	if (!err)
		err = uv_udp_recv_start(&e->udp, dgram_alloc, dgram_recv);
	if (err)
		uv_close((uv_handle_t *)&e->udp, NULL);
	return err;
}

int env_dgram_send(struct env_uv *e, const struct env_peer *to, struct bytes msg)
{
	uint8_t mem[ENV_DGRAM_MSG_MAX + ENV_GUARD_DGRAM_MAX];
	struct buf out = buf_of(mem, sizeof(mem));
	struct sockaddr_in6 sa;
	uv_buf_t buf;
	int ret;

	ret = e->guard->ops->seal(e->guard, to, msg, &out);
	if (ret == -ENOKEY)
		return env_stream_send(e, to, msg);
	if (ret)
		return ret;
	env_stream_used(e, &to->addr);
	env_addr_to_sock(&to->addr, &sa);
	buf = uv_buf_init((char *)mem, (unsigned int)out.len);
	ret = uv_udp_try_send(&e->udp, &buf, 1, (struct sockaddr *)&sa);
	if (ret >= 0) {
		e->counters.dgrams_out++;
		return 0;
	}
	e->counters.dgrams_dropped++;
	return ret == UV_EAGAIN || ret == UV_ENOBUFS ? -ENOBUFS : -EHOSTUNREACH;
}
