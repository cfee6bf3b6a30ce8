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
	struct service_conn *c;

	for (int i = 0; i < SERVICE_BUCKETS; i++) {
		cds_list_for_each_entry(c, &s->bucket[i], node) {
			if (c->fd == fd)
				return c;
		}
	}
	return NULL;
}

struct service_conn *service_conn_by_tx(struct xos_service *s, const struct xos_id *tx)
{
	struct service_conn *c;

	for (int i = 0; i < SERVICE_BUCKETS; i++) {
		cds_list_for_each_entry(c, &s->bucket[i], node) {
			if (c->state != CONN_OURS && xos_id_eq(&c->tx, tx))
				return c;
		}
	}
	return NULL;
}

struct service_conn *service_conn_add(struct xos_service *s, int fd, const struct xos_addr *client)
{
	struct service_conn *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->fd = fd;
	c->client = *client;
	cds_list_add(&c->node, bucket_of(s, client));
	return c;
}

void service_conn_del(struct service_conn *c)
{
	cds_list_del(&c->node);
	free(c->app);
	free(c);
}

/* Nobody uses it until the agent says more; the state is copied. */
int service_conn_park(struct service_conn *c, const void *app, size_t len)
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
	c->state = CONN_PARKED;
	return 0;
}
