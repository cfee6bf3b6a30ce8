// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What one user may take of the HTTP gateway: connections, and requests and bytes a second. Who
 * has had its share waits; the others do not notice.
 */
#include "http.h"

#include <stdlib.h>
#include <string.h>

#include <base/rate.h>

/**
 * struct http_user - somebody with connections, or who has lately had some
 * @node: in struct http_server.users
 * @name: name
 * @peers: connections
 * @requests_ns: see rate_take()
 * @bytes_ns: the same of bytes
 */
struct http_user {
	struct cds_list_head node;
	char name[CERT_NAME_MAX];
	uint32_t peers;
	uint64_t requests_ns;
	uint64_t bytes_ns;
};

static uint64_t now_of(const struct http_server *s)
{
	return env_now(env_uv_env(s->env));
}

static struct http_user *find(struct http_server *s, const char *name)
{
	struct http_user *u;

	cds_list_for_each_entry(u, &s->users, node) {
		if (!strcmp(u->name, name))
			return u;
	}
	return NULL;
}

struct http_user *http_user_get(struct http_server *s, const char *name)
{
	struct http_user *u = find(s, name);

	if (u && s->quota.connections && u->peers >= s->quota.connections) {
		s->counters.quota_connections++;
		ratelimit_refused(&s->limit, env_uv_env(s->env), name,
				  "it has as many connections of HTTP as its quota allows");
		return NULL;
	}
	if (!u) {
		u = calloc(1, sizeof(*u));
		if (!u)
			return NULL;
		strcpy(u->name, name);
		cds_list_add(&u->node, &s->users);
	}
	u->peers++;
	return u;
}

/* What somebody took is remembered as long as it is ahead, or it would come back for more. */
void http_user_put(struct http_server *s, struct http_user *user)
{
	uint64_t now_ns = now_of(s);
	struct http_user *u, *next;

	if (!user || --user->peers)
		return;
	cds_list_for_each_entry_safe(u, next, &s->users, node) {
		if (u->peers || u->requests_ns > now_ns || u->bytes_ns > now_ns)
			continue;
		cds_list_del(&u->node);
		free(u);
	}
}

uint64_t http_user_wait_ns(const struct http_server *s, const struct http_user *u)
{
	if (!u)
		return 0;
	return rate_wait_ns(u->requests_ns > u->bytes_ns ? u->requests_ns : u->bytes_ns, now_of(s));
}

void http_user_spend(const struct http_server *s, struct http_user *u, uint32_t requests,
		     size_t bytes)
{
	if (!u)
		return;
	rate_take(&u->requests_ns, now_of(s), requests, s->quota.requests);
	rate_take(&u->bytes_ns, now_of(s), bytes, s->quota.bytes);
}

void http_users_free(struct http_server *s)
{
	struct http_user *u, *next;

	cds_list_for_each_entry_safe(u, next, &s->users, node)
		free(u);
}
