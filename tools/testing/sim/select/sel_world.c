// SPDX-License-Identifier: GPL-2.0-or-later
#include "sel.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/siphash.h>

#include "chance.h"

#define DELAY_NS  (2 * ENV_MS)
#define STEP_NS	  (300 * ENV_MS)
/* Longer than any query may take. */
#define STEPS_MAX 100

struct letter {
	struct env_timer timer;
	struct sel_node *from;
	struct sel_node *to;
	size_t len;
	uint8_t bytes[];
};

static struct sel_world *world_of(struct env *env)
{
	return caa_container_of(env, struct sel_node, env)->w;
}

static uint64_t sel_now(struct env *env)
{
	return world_of(env)->now_ns;
}

static uint64_t sel_random(struct env *env)
{
	return rng_next(&world_of(env)->rng);
}

static void sel_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	struct sel_world *w = world_of(env);

	timers_set(&w->timers, timer, w->now_ns + delay_ns);
}

static void sel_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&world_of(env)->timers, timer);
}

static void arrive(void *ctx)
{
	struct letter *l = ctx;
	struct sel_world *w = l->to->w;

	w->hash = (w->hash ^ l->len ^ w->now_ns) * 0x9e3779b97f4a7c15ULL;
	if (!l->to->dead && !l->from->dead)
		select_recv(l->to->s, &l->from->self, bytes_of(l->bytes, l->len));
	free(l);
}

static int sel_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		    struct bytes msg)
{
	struct sel_node *from = caa_container_of(env, struct sel_node, env);
	struct sel_world *w = from->w;
	struct letter *l;

	xassert(to->port < w->size);
	if (w->parted && (from - w->node) % 2 != to->port % 2)
		return 0;
	if (channel == ENV_DGRAM && chance_hit(&w->rng, w->loss_ppm))
		return 0;
	l = malloc(sizeof(*l) + msg.len);
	xassert(l);
	l->timer = (struct env_timer){ .fire = arrive, .ctx = l };
	l->from = from;
	l->to = &w->node[to->port];
	l->len = msg.len;
	memcpy(l->bytes, msg.data, msg.len);
	timers_set(&w->timers, &l->timer, w->now_ns + DELAY_NS + rng_below(&w->rng, DELAY_NS));
	return 0;
}

static const struct env_ops ops = {
	.now = sel_now,
	.wall = sel_now,
	.random = sel_random,
	.timer_set = sel_timer_set,
	.timer_cancel = sel_timer_cancel,
	.send = sel_send,
};

void sel_pass(struct sel_world *w, uint64_t ns)
{
	uint64_t end = w->now_ns + ns;
	struct env_timer *t;

	while (timers_next(&w->timers) <= end) {
		w->now_ns = timers_next(&w->timers);
		t = timers_pop(&w->timers, w->now_ns);
		t->fire(t->ctx);
	}
	w->now_ns = end;
}

void sel_fail(struct sel_world *w, const char *checker, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	run_fail(w->out, checker, fmt, args);
	va_end(args);
}

/* The first node founds the grid; the others join through one that was before them. */
static bool bootstrap(void *ctx, struct env_peer *out)
{
	struct sel_node *n = ctx;
	struct sel_world *w = n->w;

	if (n == w->node) {
		select_alone(n->s);
		return false;
	}
	*out = w->node[rng_below(&w->rng, (uint64_t)(n - w->node))].self;
	return true;
}

void sel_node_set(struct sel_node *n, const char *name, enum attr_unit unit, int64_t num)
{
	struct attr a = { .name = bytes_str(name), .type = ATTR_INT, .unit = unit, .num = num };

	xassert(!attr_set_put(select_attributes(n->s), &a));
}

/* What is read of a machine: here, when that was. */
static void refresh(void *ctx)
{
	struct sel_node *n = ctx;

	sel_node_set(n, "read", ATTR_MS, (int64_t)(n->w->now_ns / ENV_MS));
}

static void put_text(struct sel_node *n, const char *name, const char *text)
{
	struct attr a = { .name = bytes_str(name), .type = ATTR_STRING, .text = bytes_str(text) };

	xassert(!attr_set_put(select_attributes(n->s), &a));
}

static void describe(struct sel_node *n, uint32_t i)
{
	static const char *const arches[] = { "x86_64", "aarch64", "riscv64" };
	static const char *const accept[] = { "", "user in (ada, bob)", "not user == bob",
					      "hours <= 4 or user == ada" };
	struct query_error err;
	struct rng *r = &n->w->rng;
	char rack[SEL_NAME_MAX];

	snprintf(n->name, sizeof(n->name), "m%u", i);
	n->accept = accept[rng_below(r, 4)];
	xassert(!select_accept(n->s, bytes_str(n->accept), &err));
	snprintf(rack, sizeof(rack), "r%u", (uint32_t)rng_below(r, 5));
	put_text(n, "machine", n->name);
	put_text(n, "rack", rack);
	put_text(n, "arch", arches[rng_below(r, 3)]);
	sel_node_set(n, "cores", ATTR_COUNT, 1 << rng_below(r, 7));
	sel_node_set(n, "memory", ATTR_BYTES, (int64_t)(256 + rng_below(r, 64000)) << 20);
	/* Not everybody has a disk, and no axis knows of gpus. */
	if (rng_below(r, 3))
		sel_node_set(n, "disk", ATTR_BYTES, (int64_t)rng_below(r, 4000) << 30);
	refresh(n);
	if (!rng_below(r, 4))
		sel_node_set(n, "gpus", ATTR_COUNT, (int64_t)rng_below(r, 4));
}

void sel_node_start(struct sel_world *w)
{
	uint32_t i = w->n++;
	struct sel_node *n = &w->node[i];
	struct arena arena;
	size_t size;

	xassert(i < w->size);
	n->env.ops = &ops;
	n->w = w;
	n->self = (struct env_peer){ .addr = { .port = (uint16_t)i } };
	n->self.id.b[0] = (uint8_t)(i + 1);
	n->cfg = (struct select_config){ .bootstrap = bootstrap, .refresh = refresh, .ctx = n };
	size = (select_arena_size(&n->cfg) + 63) & ~(size_t)63;
	n->mem = aligned_alloc(64, size);
	xassert(n->mem);
	memset(n->mem, 0, size);
	arena_init(&arena, n->mem, size);
	n->s = select_init(&arena, &n->env, &n->self, &n->cfg);
	describe(n, i);
	select_run(n->s);
}

void sel_world_init(struct sel_world *w, uint64_t seed, struct run_result *out)
{
	w->out = out;
	w->hash = out->hash;
	w->now_ns = ENV_SEC;
	rng_seed(&w->rng, seed ^ 0x73656c65ULL);
	timers_init(&w->timers, w->heap, SEL_TIMERS_MAX);
	w->size = (uint32_t)chance_between(&w->rng, 4, SEL_NODES_MAX);
}

void sel_world_exit(struct sel_world *w)
{
	struct env_timer *t;

	while (timers_next(&w->timers) != UINT64_MAX) {
		t = timers_pop(&w->timers, timers_next(&w->timers));
		if (t->fire == arrive)
			free(t->ctx);
	}
	for (uint32_t i = 0; i < w->n; i++)
		free(w->node[i].mem);
}

uint32_t sel_alive(struct sel_world *w)
{
	uint32_t i;

	do {
		i = (uint32_t)rng_below(&w->rng, w->n);
	} while (w->node[i].dead);
	return i;
}

/* --- queries ---------------------------------------------------------------------- */

bool sel_should_match(const struct sel_world *w, uint32_t i, const char *text)
{
	static struct query q;
	struct query_error err;

	xassert(!query_parse(bytes_str(text), &q, &err));
	return !w->node[i].dead && query_eval(&q, select_attributes(w->node[i].s)) == TRI_TRUE;
}

uint32_t sel_matches(const struct sel_world *w, const char *text)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n; i++)
		n += sel_should_match(w, i, text);
	return n;
}

static void found(struct select_op *op, const struct found *f)
{
	struct sel_world *w = op->ctx;
	uint32_t i = f->peer.addr.port;

	xassert(i < w->n);
	if (strcmp(f->name, w->node[i].name))
		sel_fail(w, "sel-name", "m%u is called %s", i, f->name);
	if (w->listed_n < SEL_NODES_MAX)
		w->listed[w->listed_n++] = i;
	w->seen[i]++;
}

static void done(struct select_op *op)
{
	struct sel_world *w = op->ctx;

	w->done = true;
}

/* Whatever is wrong with the grid: nobody twice, nobody who does not match, no false count. */
static void check(struct sel_world *w, const char *text)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n; i++) {
		if (w->seen[i] > 1)
			sel_fail(w, "sel-twice", "m%u was found %u times by '%s'", i, w->seen[i],
				 text);
		if (w->seen[i] && !sel_should_match(w, i, text) && !w->node[i].dead)
			sel_fail(w, "sel-match", "m%u does not match '%s'", i, text);
		n += w->seen[i];
	}
	if (w->op.mode == QUERY_FIND && n != w->op.count)
		sel_fail(w, "sel-count", "%u were found, %u were counted", n, w->op.count);
	if (w->op.outcome == SELECT_PARTIAL && !w->op.missing)
		sel_fail(w, "sel-honest", "partial, and nothing is missing");
}

void sel_ask(struct sel_world *w, uint32_t at, const char *text)
{
	struct query_error err;

	memset(w->seen, 0, sizeof(w->seen));
	w->listed_n = 0;
	w->done = false;
	w->op = (struct select_op){ .found = found, .done = done, .ctx = w };
	xassert(!select_start(w->node[at].s, &w->op, bytes_str(text), &err));
	for (int i = 0; i < STEPS_MAX && !w->done; i++)
		sel_pass(w, STEP_NS);
	if (!w->done) {
		sel_fail(w, "sel-end", "'%s' does not end", text);
		select_cancel(w->node[at].s, &w->op);
		return;
	}
	check(w, text);
}
