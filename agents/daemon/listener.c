// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/listener.h>

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <base/assert.h>

#define BACKLOG 511
/* Clients taken at once, so that others have their turn. */
#define ACCEPTS 64

static void watch(struct listener *l, int events)
{
	for (int i = 0; i < 2; i++) {
		if (l->at[i].poll)
			env_uv_poll_events(l->at[i].poll, events);
	}
}

static void listen_again(void *ctx)
{
	watch(ctx, ENV_UV_READ);
}

static void rest(struct listener *l)
{
	(*l->failed)++;
	watch(l, 0);
	env_timer_set(env_uv_env(l->env), &l->again, LISTENER_PAUSE_NS);
}

static void ready(void *ctx, int events)
{
	struct listener_socket *at = ctx;
	struct listener *l = at->l;

	for (int i = 0; i < ACCEPTS; i++) {
		struct sockaddr_in6 sin;
		socklen_t len = sizeof(sin);
		struct xos_addr from;
		int fd = accept4(at->fd, (struct sockaddr *)&sin, &len,
				 SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0) {
			if (errno != EAGAIN)
				rest(l);
			return;
		}
		memcpy(from.ip, &sin.sin6_addr, sizeof(from.ip));
		from.port = ntohs(sin.sin6_port);
		l->accepted(l->ctx, fd, &from, at == &l->at[1]);
	}
}

void listener_init(struct listener *l, struct env_uv *env,
		   void (*accepted)(void *ctx, int fd, const struct xos_addr *from, bool tls),
		   void *ctx, uint64_t *failed)
{
	*l = (struct listener){ .env = env, .accepted = accepted, .ctx = ctx, .failed = failed };
	l->again = (struct env_timer){ .fire = listen_again, .ctx = l };
	for (int i = 0; i < 2; i++)
		l->at[i] = (struct listener_socket){ .l = l, .fd = -1 };
}

static int open_socket(struct listener_socket *at, const struct xos_addr *addr)
{
	struct sockaddr_in6 sin = { .sin6_family = AF_INET6, .sin6_port = htons(addr->port) };
	int one = 1;

	xassert(at->fd < 0);
	memcpy(&sin.sin6_addr, addr->ip, sizeof(addr->ip));
	at->fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (at->fd < 0)
		return -errno;
	setsockopt(at->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(at->fd, (struct sockaddr *)&sin, sizeof(sin)) || listen(at->fd, BACKLOG))
		return -errno;
	return env_uv_poll_add(at->l->env, at->fd, ENV_UV_READ, ready, at, &at->poll);
}

int listener_open(struct listener *l, const struct xos_addr *addr, const struct xos_addr *tls_addr)
{
	int err = addr->port ? open_socket(&l->at[0], addr) : 0;

	return !err && tls_addr->port ? open_socket(&l->at[1], tls_addr) : err;
}

void listener_close(struct listener *l)
{
	env_timer_cancel(env_uv_env(l->env), &l->again);
	for (int i = 0; i < 2; i++) {
		env_uv_poll_del(l->at[i].poll);
		l->at[i].poll = NULL;
		if (l->at[i].fd >= 0)
			close(l->at[i].fd);
		l->at[i].fd = -1;
	}
}
