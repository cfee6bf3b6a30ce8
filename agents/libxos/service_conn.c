// SPDX-License-Identifier: GPL-2.0-or-later
/* Connections of a service that may move. */
#include "service_impl.h"

#include <errno.h>
#include <stdlib.h>

static struct cds_list_head *bucket_of(struct xos_service *s, const struct xos_addr *client)
{
	uint32_t h = client->port;

	/* Not secret: a client that collides only slows its own group's lookups. */
	for (int i = 0; i < 16; i++)
		h = h * 31 + client->ip[i];
	return &s->bucket[h % SERVICE_BUCKETS];
}

struct service_conn *service_conn_by_client(struct xos_service *s, const struct xos_addr *client)
{
	struct service_conn *c;

	cds_list_for_each_entry(c, bucket_of(s, client), node) {
		if (xos_addr_eq(&c->client, client))
			return c;
	}
	return NULL;
}

struct service_conn *service_conn_by_fd(struct xos_service *s, int fd)
{
	return fd >= 0 && (size_t)fd < s->by_fd_n ? s->by_fd[fd] : NULL;
}

struct service_conn *service_conn_by_tx(struct xos_service *s, const struct xos_id *tx)
{
	struct service_conn *c;

	cds_list_for_each_entry(c, &s->moving, moving) {
		if (xos_id_eq(&c->tx, tx))
			return c;
	}
	return NULL;
}

/* Make room in the table of descriptors. */
static bool fd_room(struct xos_service *s, int fd)
{
	size_t n = s->by_fd_n ? s->by_fd_n : 64;
	struct service_conn **bigger;

	while (n <= (size_t)fd)
		n *= 2;
	if (n == s->by_fd_n)
		return true;
	bigger = realloc(s->by_fd, n * sizeof(*bigger));
	if (!bigger)
		return false;
	memset(bigger + s->by_fd_n, 0, (n - s->by_fd_n) * sizeof(*bigger));
	s->by_fd = bigger;
	s->by_fd_n = n;
	return true;
}

struct service_conn *service_conn_add(struct xos_service *s, int fd, const struct xos_addr *client)
{
	struct service_conn *c = fd_room(s, fd) ? calloc(1, sizeof(*c)) : NULL;

	if (!c)
		return NULL;
	c->fd = fd;
	c->client = *client;
	s->by_fd[fd] = c;
	cds_list_add(&c->node, bucket_of(s, client));
	return c;
}

void service_conn_state(struct xos_service *s, struct service_conn *c,
			enum service_conn_state state)
{
	if (c->state != CONN_OURS)
		cds_list_del(&c->moving);
	c->state = state;
	if (state != CONN_OURS)
		cds_list_add(&c->moving, &s->moving);
}

void service_conn_del(struct xos_service *s, struct service_conn *c)
{
	service_conn_state(s, c, CONN_OURS);
	if (service_conn_by_fd(s, c->fd) == c)
		s->by_fd[c->fd] = NULL;
	cds_list_del(&c->node);
	free(c->app);
	free(c);
}

/* Nobody uses it until the agent says more; the state is copied. */
int service_conn_park(struct xos_service *s, struct service_conn *c, const void *app, size_t len)
{
	void *copy = NULL;

	if (len) {
		copy = malloc(len);
		if (!copy)
			return -ENOMEM;
		memcpy(copy, app, len);
	}
	free(c->app);
	c->app = copy;
	c->app_len = len;
	service_conn_state(s, c, CONN_PARKED);
	return 0;
}
