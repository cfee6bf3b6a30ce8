// SPDX-License-Identifier: GPL-2.0-or-later
#include "http.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void accepted(void *ctx, int fd, const struct xos_addr *from, bool tls)
{
	http_peer_new(ctx, from, fd, tls);
}

static int complain(char *reason, int err, const char *what)
{
	snprintf(reason, HTTP_REASON_MAX, "%s: %s", what, strerror(-err));
	return err;
}

static int listen_all(struct http_server *s, const struct http_server_config *config, char *reason)
{
	int err;

	if (config->addr.port && !xos_addr_is_loopback(&config->addr))
		return complain(reason, -EPERM, "clients from other machines need TLS (tls-port)");
	if (config->tls_addr.port && !secure_who(s->d->agent.secure))
		return complain(reason, -EPERM, "TLS needs credentials");
	err = listener_open(&s->listener, &config->addr, &config->tls_addr);
	if (err)
		complain(reason, err, "cannot listen for clients");
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
	s->quota = config->quota;
	listener_init(&s->listener, s->env, accepted, s, &s->counters.accept_failed);
	CDS_INIT_LIST_HEAD(&s->peers);
	CDS_INIT_LIST_HEAD(&s->users);
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
	http_users_free(s);
	listener_close(&s->listener);
	free(s);
}
