// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What one user may take of an agent: connections, and requests and bytes a second. Who
 * has had its share waits; the others do not notice.
 */
#include <redis/redis_priv.h>

#include <base/rate.h>

static void user_due(void *ctx)
{
	struct user *u = ctx;

	u->waits = false;
	client_pump_user(u);
}

static struct user *user_find(struct redis *r, const char *name)
{
	struct user *u;

	cds_list_for_each_entry(u, &r->users, node) {
		if (!strcmp(u->name, name))
			return u;
	}
	return NULL;
}

struct user *user_get(struct redis *r, const char *name)
{
	const struct redis_quota *q = &r->config.quota;
	struct user *u = user_find(r, name);

	if (u && q->connections && u->clients_n >= q->connections) {
		r->counters.quota_connections++;
		ratelimit_refused(&r->denials, r->config.env, name,
				  "it has as many connections as its quota allows");
		return NULL;
	}
	if (!u) {
		u = calloc(1, sizeof(*u));
		if (!u)
			return NULL;
		u->r = r;
		strcpy(u->name, name);
		u->timer = (struct env_timer){ .fire = user_due, .ctx = u };
		cds_list_add(&u->node, &r->users);
	}
	u->clients_n++;
	return u;
}

void user_put(struct user *u)
{
	/* What it took is remembered as long as it is ahead, or it would come back for more. */
	if (!u || --u->clients_n)
		return;
	users_forget(u->r);
}

void users_forget(struct redis *r)
{
	uint64_t now_ns = env_now(r->config.env);
	struct user *u, *next;

	cds_list_for_each_entry_safe(u, next, &r->users, node) {
		if (u->clients_n || u->requests_ns > now_ns || u->bytes_ns > now_ns)
			continue;
		env_timer_cancel(r->config.env, &u->timer);
		cds_list_del(&u->node);
		free(u);
	}
}

void users_free(struct redis *r)
{
	struct user *u, *next;

	cds_list_for_each_entry_safe(u, next, &r->users, node) {
		env_timer_cancel(r->config.env, &u->timer);
		cds_list_del(&u->node);
		free(u);
	}
}

bool user_may(struct user *u)
{
	uint64_t wait_ns;

	if (!u)
		return true;
	wait_ns = rate_wait_ns(u->requests_ns > u->bytes_ns ? u->requests_ns : u->bytes_ns,
			       env_now(u->r->config.env));
	if (!wait_ns)
		return true;
	if (!u->waits) {
		u->waits = true;
		u->r->counters.quota_waits++;
		env_timer_set(u->r->config.env, &u->timer, wait_ns);
	}
	return false;
}

void user_spend(struct user *u, uint32_t requests, size_t bytes)
{
	const struct redis_quota *q;
	uint64_t now_ns;

	if (!u)
		return;
	q = &u->r->config.quota;
	now_ns = env_now(u->r->config.env);
	rate_take(&u->requests_ns, now_ns, requests, q->requests);
	rate_take(&u->bytes_ns, now_ns, bytes, q->bytes);
}
