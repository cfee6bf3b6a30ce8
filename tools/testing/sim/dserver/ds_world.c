// SPDX-License-Identifier: GPL-2.0-or-later
/* Agents, their disks, and messages between them. */
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>
#include <wire/wire.h>

#include "chance.h"
#include "ds.h"

#define DS_WALL_NS	  (1767225600ULL * ENV_SEC)
#define DS_SERVER_PORT	  80
#define DS_CLIENT_PORT	  4000
#define DS_SYNC_MAX_NS	  (40 * ENV_MS)
#define DS_CONNECT_MAX_NS (600 * ENV_MS)

/* A message under way between two agents. */
struct ds_message {
	struct ds_node *to;
	uint32_t from;
	uint64_t epoch;
	size_t len;
	uint8_t data[];
};

void ds_say(struct ds_world *w, const char *fmt, ...)
{
	va_list args;

	if (!w->verbose)
		return;
	printf("%10.3f ms  ", (double)w->now_ns / 1e6);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
}

void ds_after(struct ds_world *w, uint64_t delay_ns, event_fn fire, void *ctx, uint64_t arg)
{
	events_add(&w->events, w->now_ns + delay_ns, fire, ctx, arg);
}

/* Mostly short, sometimes as long as it gets. */
uint64_t ds_delay(struct ds_world *w)
{
	if (chance_hit(&w->rng, CHANCE_CERTAIN / 8))
		return chance_between(&w->rng, 1, w->delay_max_ns);
	return chance_between(&w->rng, 1, w->delay_max_ns / 20);
}

struct xos_addr ds_addr(uint32_t node)
{
	return (struct xos_addr){ .ip = { 0x20, 1, 0xd, 0xb8, [15] = (uint8_t)(node + 1) },
				  .port = 7410 };
}

struct xos_addr ds_vip(void)
{
	return (struct xos_addr){ .ip = { 0x20, 1, 0xd, 0xb8, [7] = 1 } };
}

void ds_conn(uint32_t conn, struct dserver_conn *out)
{
	out->vip = ds_vip();
	out->server = ds_vip();
	out->server.port = DS_SERVER_PORT;
	out->client = (struct xos_addr){ .ip = { 0x20, 2, [15] = 1 },
					 .port = (uint16_t)(DS_CLIENT_PORT + conn) };
}

uint32_t ds_conn_index(const struct dserver_conn *conn)
{
	uint32_t c = conn->client.port - DS_CLIENT_PORT;

	xassert(c < DS_CONNS);
	return c;
}

/* --- environment --------------------------------------------------------------------- */

static uint64_t node_now(struct env *env)
{
	return ((struct ds_node *)env)->w->now_ns;
}

static uint64_t node_wall(struct env *env)
{
	return DS_WALL_NS + node_now(env);
}

static uint64_t node_random(struct env *env)
{
	return rng_next(&((struct ds_node *)env)->w->rng);
}

static void node_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	struct ds_node *n = (struct ds_node *)env;

	timers_set(&n->timers, timer, n->w->now_ns + delay_ns);
}

static void node_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&((struct ds_node *)env)->timers, timer);
}

static void message_arrives(void *ctx, uint64_t arg)
{
	struct ds_message *m = ctx;
	struct ds_node *n = m->to;
	struct ds_link *l = &n->w->link[m->from][n->index];
	struct env_peer from = { .addr = ds_addr(m->from) };

	from.id.b[0] = (uint8_t)(m->from + 1);
	if (n->core && m->epoch == l->epoch && n->w->now_ns >= l->cut_until_ns) {
		dserver_recv(n->core, &from, bytes_of(m->data, m->len));
		ds_leave(n);
	}
	free(m);
}

static int node_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		     struct bytes msg)
{
	struct ds_node *n = (struct ds_node *)env;
	uint32_t index = (uint32_t)to->ip[15] - 1;
	struct ds_link *l = &n->w->link[n->index][index];
	struct ds_message *m = malloc(sizeof(*m) + msg.len);
	struct wire_header h;
	uint64_t at;

	xassert(m && index < DS_NODES && index != n->index);
	xassert(!wire_header_decode(msg, &h));
	m->to = &n->w->node[index];
	m->from = n->index;
	m->epoch = l->epoch;
	m->len = msg.len;
	memcpy(m->data, msg.data, msg.len);
	at = n->w->now_ns + ds_delay(n->w);
	l->last_ns = at > l->last_ns ? at : l->last_ns + 1;
	ds_say(n->w, "n%u to n%u: message 0x%04x", n->index, index, h.type);
	events_add(&n->w->events, l->last_ns, message_arrives, m, 0);
	return 0;
}

static void node_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	struct ds_node *n = (struct ds_node *)env;
	char line[256];

	vsnprintf(line, sizeof(line), fmt, args);
	ds_say(n->w, "n%u log: %s", n->index, line);
}

static const struct env_ops node_ops = {
	.now = node_now,
	.wall = node_wall,
	.random = node_random,
	.timer_set = node_timer_set,
	.timer_cancel = node_timer_cancel,
	.send = node_send,
	.log = node_log,
};

/* --- life ------------------------------------------------------------------------------ */

static void node_wake(void *ctx, uint64_t boots)
{
	struct ds_node *n = ctx;
	struct env_timer *timer;

	if (!n->core || n->boots != boots)
		return;
	n->wake_ns = UINT64_MAX;
	while ((timer = timers_pop(&n->timers, n->w->now_ns)))
		timer->fire(timer->ctx);
	ds_leave(n);
}

/* The core was called: see when it wants to be called again. */
void ds_leave(struct ds_node *n)
{
	uint64_t next = timers_next(&n->timers);

	if (!n->core || next >= n->wake_ns)
		return;
	n->wake_ns = next > n->w->now_ns ? next : n->w->now_ns;
	events_add(&n->w->events, n->wake_ns, node_wake, n, n->boots);
}

static void disk_wakeup(void *ctx);

static void disk_synced(void *ctx, uint64_t boots)
{
	struct ds_node *n = ctx;

	if (!n->core || n->boots != boots)
		return;
	if (store_mem_sync(n->disk, STORE_MEM_ALL))
		disk_wakeup(n);
	ds_leave(n);
}

static void disk_wakeup(void *ctx)
{
	struct ds_node *n = ctx;
	uint64_t until = chance_between(&n->w->rng, 1, DS_SYNC_MAX_NS);

	/* What was not durable when an agent died is where most bugs are. */
	if (n->w->faulty && !n->w->calm && chance_hit(&n->w->rng, CHANCE_CERTAIN / 50))
		ds_after(n->w, rng_below(&n->w->rng, until), ds_strike, n, n->boots);
	ds_after(n->w, until, disk_synced, n, n->boots);
}

void ds_boot(struct ds_node *n)
{
	struct xos_addr vip = ds_vip(), contact = ds_addr(0), standby = ds_addr(DS_STANDBY);
	struct dserver_config c = {
		.env = &n->env,
		.store = store_mem_store(n->disk),
		.ops = &ds_ops,
		.ops_ctx = n,
		.self = ds_addr(n->index),
	};
	struct arena arena;

	xassert(!n->core);
	snprintf(n->name, sizeof(n->name), "n%u", n->index);
	c.name = n->name;
	c.arena = &arena;
	n->memory = calloc(1, DSERVER_ARENA_LEN);
	xassert(n->memory);
	arena_init(&arena, n->memory, DSERVER_ARENA_LEN);
	timers_init(&n->timers, n->slots, DS_TIMERS);
	n->boots++;
	n->since_ns = n->w->now_ns;
	n->wake_ns = UINT64_MAX;
	ds_say(n->w, "n%u agent starts", n->index);
	n->core = dserver_init(&c);
	xassert(!dserver_vip_add(n->core, &vip, &contact, &standby));
	xassert(!dserver_recover(n->core));
	ds_leave(n);
	if (n->index && n->index != DS_STANDBY)
		ds_after(n->w, chance_between(&n->w->rng, 1, DS_CONNECT_MAX_NS), ds_app_connect, n,
			 n->boots);
}

/* The agent ends without a word; kernel and program go on. */
void ds_crash(struct ds_node *n)
{
	xassert(n->core);
	ds_say(n->w, "n%u agent dies", n->index);
	store_mem_crash(n->disk, (uint32_t)rng_below(&n->w->rng, store_mem_pending(n->disk) + 1));
	n->core = NULL;
	free(n->memory);
	n->memory = NULL;
	ds_app_lost(n);
	for (uint32_t i = 0; i < DS_NODES; i++) {
		n->w->link[i][n->index].epoch++;
		/* What it had sent may still arrive, or not. */
		if (chance_hit(&n->w->rng, CHANCE_CERTAIN / 2))
			n->w->link[n->index][i].epoch++;
	}
}

void ds_world_init(struct ds_world *w, uint64_t seed)
{
	rng_seed(&w->rng, seed * 7919 + 5);
	w->delay_max_ns = chance_between(&w->rng, 10, 1500) * ENV_MS;
	for (uint32_t i = 0; i < DS_NODES; i++) {
		struct ds_node *n = &w->node[i];
		struct store_mem_config disk = { .wakeup = disk_wakeup, .ctx = n };

		n->env.ops = &node_ops;
		memset(n->env.log_level, ENV_DEBUG, sizeof(n->env.log_level));
		n->w = w;
		n->index = i;
		n->disk = store_mem_create(&disk);
		xassert(n->disk);
	}
}

void ds_world_exit(struct ds_world *w)
{
	struct event e;

	while (events_pop(&w->events, &e)) {
		if (e.fire == message_arrives)
			free(e.ctx);
	}
	events_exit(&w->events);
	for (uint32_t i = 0; i < DS_NODES; i++) {
		free(w->node[i].memory);
		store_mem_destroy(w->node[i].disk);
	}
}
