// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel_lookup.h"

#include <errno.h>
#include <stdlib.h>

#include <base/siphash.h>
#include <nl/xos_lookup_user.h>

/* Arcs are sent in messages of about this many bytes. */
#define MSG_ARC_BYTES 24000
/* What an arc takes in a message besides its start. */
#define ARC_OVERHEAD  128
#define ARCS_MSG_MAX  (MSG_ARC_BYTES / ARC_OVERHEAD)

int kernel_lookup_attach(struct kernel_lookup *k, struct env *env, const struct xos_id *id, int fd)
{
	struct xos_lookup_responder r = { .socket_fd = 0 };
	int err;

	k->env = env;
	err = xnl_open(&xos_lookup_family, NULL, &k->sock);
	if (err)
		return err;
	xos_lookup_responder_put_socket_fd(&r, (uint32_t)fd);
	xos_lookup_responder_put_node_id(&r, id->b);
	err = xos_lookup_attach(k->sock, &r);
	if (err) {
		env_log(env, ENV_WARN, ENV_SUB_KERNEL, "xos_lookup refused: %s",
			xnl_error_text(k->sock));
		xnl_close(k->sock);
		k->sock = NULL;
	}
	return err;
}

/* The module went away, or we no longer understand each other: the agent goes on alone. */
static void give_up(struct kernel_lookup *k)
{
	env_log(k->env, ENV_WARN, ENV_SUB_KERNEL, "the kernel no longer answers lookups: %s",
		xnl_error_text(k->sock));
	xnl_close(k->sock);
	k->sock = NULL;
	k->has_table = false;
}

static int set_key(struct kernel_lookup *k, uint16_t id, const struct secure_key *secret)
{
	struct xos_lookup_key m = { .remove = !secret };
	int err;

	xos_lookup_key_put_key_id(&m, id);
	if (secret)
		xos_lookup_key_put_secret(&m, secret->b);
	err = xos_lookup_key_set(k->sock, &m);
	explicit_bzero(&m, sizeof(m));
	return err;
}

static bool has_key(const struct secure_dgram_key *keys, uint32_t n, uint16_t id)
{
	for (uint32_t i = 0; i < n; i++) {
		if (keys[i].id == id)
			return true;
	}
	return false;
}

void kernel_lookup_keys(struct kernel_lookup *k, const struct secure_dgram_key *keys, uint32_t n)
{
	int err = 0;

	if (!k->sock)
		return;
	/* Those that are gone first: the kernel has room for no more than there are. */
	for (uint32_t i = 0; i < k->keys_n && !err; i++) {
		if (!has_key(keys, n, k->keys[i]))
			err = set_key(k, k->keys[i], NULL);
	}
	k->keys_n = 0;
	for (uint32_t i = 0; i < n && !err; i++) {
		err = set_key(k, keys[i].id, &keys[i].key);
		k->keys[k->keys_n++] = keys[i].id;
	}
	if (err)
		give_up(k);
}

void kernel_lookup_detach(struct kernel_lookup *k)
{
	if (k->node && k->walk.state)
		node_walk_cancel(k->node, &k->walk);
	if (k->node)
		env_timer_cancel(k->env, &k->timer);
	xnl_close(k->sock);
	free(k->entries);
	k->sock = NULL;
	k->entries = NULL;
}

static struct kernel_lookup_entry *add_entry(struct kernel_lookup *k)
{
	struct kernel_lookup_entry *e;
	uint32_t room = k->room ? 2 * k->room : 16;

	if (k->count == k->room) {
		e = realloc(k->entries, room * sizeof(*e));
		if (!e) {
			k->overlap = true;
			return NULL;
		}
		k->entries = e;
		k->room = room;
	}
	e = &k->entries[k->count++];
	memset(e, 0, sizeof(*e));
	return e;
}

/* Keys from @from on, which nobody is known to serve. */
static void add_vacant(struct kernel_lookup *k, uint8_t class, struct bytes from)
{
	struct kernel_lookup_entry *e = add_entry(k);

	if (!e)
		return;
	e->vacant = true;
	e->arc.class = class;
	ring_key_set(&e->arc.start, from);
}

/* Close the gap between what we have and the next arc, or the end of a class. */
static void fill_gap(struct kernel_lookup *k, uint8_t class, const struct ring_arc *next)
{
	const struct kernel_lookup_entry *last = k->count ? &k->entries[k->count - 1] : NULL;
	struct bytes end = { 0 };
	int c;

	if (last && last->arc.class == class) {
		if (last->vacant)
			return;
		if (last->arc.open) {
			k->overlap = k->overlap || next;
			return;
		}
		end = ring_key_bytes(&last->arc.end);
	}
	if (!next) {
		add_vacant(k, class, end);
		return;
	}
	c = bytes_cmp(ring_key_bytes(&next->start), end);
	if (c > 0)
		add_vacant(k, class, end);
	else if (c < 0)
		k->overlap = true;
}

static void member_found(struct ring_walk *walk, const struct ring_member *member)
{
	struct kernel_lookup *k = walk->ctx;
	uint8_t class = k->count ? k->entries[k->count - 1].arc.class : 0;
	struct kernel_lookup_entry *e;

	/* Not yet a member, or one that does not answer: its keys are a gap. */
	if (!member->reachable)
		return;
	for (; class < member->arc.class; class ++)
		fill_gap(k, class, NULL);
	fill_gap(k, member->arc.class, &member->arc);
	e = add_entry(k);
	if (!e)
		return;
	e->arc = member->arc;
	e->id = member->id;
	e->addr = member->addr;
}

static uint64_t digest_of(const struct kernel_lookup *k)
{
	uint64_t key[2] = { 0, 0 };

	for (uint32_t i = 0; i < k->count; i++) {
		const struct kernel_lookup_entry *e = &k->entries[i];
		struct bytes start = ring_key_bytes(&e->arc.start);
		uint64_t head[3] = { e->arc.class, e->arc.epoch, e->vacant };

		key[0] = siphash(key, head, sizeof(head));
		key[1] = siphash(key, start.data, start.len);
		key[0] ^= siphash(key, &e->id, sizeof(e->id));
		key[1] ^= siphash(key, &e->addr, sizeof(e->addr));
	}
	return key[0] ^ key[1];
}

static void put_arc(struct xos_lookup_arc *m, const struct kernel_lookup_entry *e)
{
	memset(m, 0, sizeof(*m));
	xos_lookup_arc_put_class(m, e->arc.class);
	xos_lookup_arc_put_start(m, ring_key_bytes(&e->arc.start));
	m->vacant = e->vacant;
	if (e->vacant)
		return;
	xos_lookup_arc_put_id(m, e->id.b);
	xos_lookup_arc_put_addr(m, e->addr.ip);
	xos_lookup_arc_put_port(m, e->addr.port);
	xos_lookup_arc_put_epoch(m, e->arc.epoch);
}

/* All entries, in as many messages as it takes; none at all empties the table. */
static int tell_table(struct kernel_lookup *k, uint32_t classes)
{
	struct xos_lookup_arc arcs[ARCS_MSG_MAX];
	uint32_t at = 0;
	int err;

	do {
		struct xos_lookup_table m = { .arc = { .v = arcs } };
		size_t bytes = 0;

		xos_lookup_table_put_epoch(&m, k->version);
		xos_lookup_table_put_classes(&m, classes);
		xos_lookup_table_put_lease_ms(&m, KERNEL_LOOKUP_LEASE_MS);
		while (at < k->count && m.arc.n < ARCS_MSG_MAX && bytes < MSG_ARC_BYTES) {
			bytes += ARC_OVERHEAD + k->entries[at].arc.start.len;
			put_arc(&arcs[m.arc.n++], &k->entries[at++]);
		}
		m.more = at < k->count;
		err = xos_lookup_table_set(k->sock, &m);
	} while (!err && at < k->count);
	return err;
}

static int renew_lease(struct kernel_lookup *k)
{
	struct xos_lookup_table m = { .epoch = 0 };

	xos_lookup_table_put_epoch(&m, k->version);
	xos_lookup_table_put_lease_ms(&m, KERNEL_LOOKUP_LEASE_MS);
	k->renewals++;
	return xos_lookup_lease_renew(k->sock, &m);
}

static void walk_done(struct ring_walk *walk)
{
	struct kernel_lookup *k = walk->ctx;
	uint64_t digest;
	int err = 0;

	env_timer_set(k->env, &k->timer, KERNEL_LOOKUP_PERIOD_MS * ENV_MS);
	if (!k->sock || walk->status || !k->count)
		return;
	for (uint8_t class = k->entries[k->count - 1].arc.class; class < walk->replicas; class ++)
		fill_gap(k, class, NULL);
	if (k->overlap)
		return;
	digest = digest_of(k);
	if (k->has_table && digest == k->digest) {
		err = renew_lease(k);
	} else {
		k->version++;
		err = tell_table(k, walk->replicas);
		k->tables++;
		k->digest = digest;
		k->has_table = !err;
	}
	if (err)
		give_up(k);
}

static void start_walk(void *ctx)
{
	struct kernel_lookup *k = ctx;

	if (!k->sock)
		return;
	k->count = 0;
	k->overlap = false;
	k->walk = (struct ring_walk){ .member = member_found, .done = walk_done, .ctx = k };
	if (node_walk(k->node, &k->walk))
		env_timer_set(k->env, &k->timer, KERNEL_LOOKUP_PERIOD_MS * ENV_MS);
}

void kernel_lookup_start(struct kernel_lookup *k, struct node *node)
{
	if (!k->sock)
		return;
	k->node = node;
	k->timer = (struct env_timer){ .fire = start_walk, .ctx = k };
	env_timer_set(k->env, &k->timer, 0);
}
