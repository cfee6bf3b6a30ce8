// SPDX-License-Identifier: GPL-2.0-or-later
#include "http.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 511
/* Connections taken at once, so that others have their turn. */
#define ACCEPTS 64

static void listen_events(struct http_server *s, int events)
{
	for (int i = 0; i < 2; i++) {
		if (s->listen[i].poll)
			env_uv_poll_events(s->listen[i].poll, events);
	}
}

static void listen_again(void *ctx)
{
	listen_events(ctx, ENV_UV_READ);
}

/* There is no descriptor, or no memory, for another one. It would be asked for all the time. */
static void pause_listening(struct http_server *s)
{
	s->counters.accept_failed++;
	listen_events(s, 0);
	env_timer_set(env_uv_env(s->env), &s->again, HTTP_ACCEPT_PAUSE_NS);
}

static void listen_ready(void *ctx, int events)
{
	struct http_listen *l = ctx;

	for (int i = 0; i < ACCEPTS; i++) {
		int fd = accept4(l->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0) {
			if (errno != EAGAIN)
				pause_listening(l->s);
			return;
		}
		http_peer_new(l->s, fd, l->tls);
	}
}

static int complain(char *reason, int err, const char *what)
{
	snprintf(reason, HTTP_REASON_MAX, "%s: %s", what, strerror(-err));
	return err;
}

static int server_listen(struct http_server *s, bool tls, const struct xos_addr *addr, char *reason)
{
	struct sockaddr_in6 sin = { .sin6_family = AF_INET6, .sin6_port = htons(addr->port) };
	struct http_listen *l = &s->listen[tls];
	int one = 1, err;

	memcpy(&sin.sin6_addr, addr->ip, sizeof(addr->ip));
	l->fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->fd < 0)
		return complain(reason, -errno, "socket");
	setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(l->fd, (struct sockaddr *)&sin, sizeof(sin)) || listen(l->fd, BACKLOG))
		return complain(reason, -errno, "cannot listen for clients");
	err = env_uv_poll_add(s->env, l->fd, ENV_UV_READ, listen_ready, l, &l->poll);
	return err ? complain(reason, err, "http") : 0;
}

static int listen_all(struct http_server *s, const struct http_server_config *config, char *reason)
{
	int err = 0;

	if (config->addr.port && !xos_addr_is_loopback(&config->addr))
		return complain(reason, -EPERM, "clients from other machines need TLS (tls-port)");
	if (config->tls_addr.port && !secure_who(s->d->agent.secure))
		return complain(reason, -EPERM, "TLS needs credentials");
	if (config->addr.port)
		err = server_listen(s, false, &config->addr, reason);
	if (!err && config->tls_addr.port)
		err = server_listen(s, true, &config->tls_addr, reason);
	return err;
}

int http_server_create(const struct http_server_config *config, struct http_server **out,
		       char *reason)
{
	struct http_server *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return complain(reason, -ENOMEM, "http");
	s->d = config->d;
	s->env = config->d->agent.env;
	s->clients_max = config->clients_max;
	s->again = (struct env_timer){ .fire = listen_again, .ctx = s };
	for (int i = 0; i < 2; i++)
		s->listen[i] = (struct http_listen){ .s = s, .fd = -1, .tls = i };
	CDS_INIT_LIST_HEAD(&s->peers);
	err = listen_all(s, config, reason);
	if (err) {
		http_server_destroy(s);
		return err;
	}
	*out = s;
	return 0;
}

void http_server_destroy(struct http_server *s)
{
	if (!s)
		return;
	http_peers_close(s);
	env_timer_cancel(env_uv_env(s->env), &s->again);
	for (int i = 0; i < 2; i++) {
		env_uv_poll_del(s->listen[i].poll);
		if (s->listen[i].fd >= 0)
			close(s->listen[i].fd);
	}
	free(s);
}
