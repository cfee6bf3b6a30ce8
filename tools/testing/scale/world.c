// SPDX-License-Identifier: GPL-2.0-or-later
#include "scale.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <base/assert.h>

/* Sizes of a node's tables as the daemon has them (select.c), but for the whole table. */
#define SAMPLE_MAX	  20
#define TELL_MAX	  9
#define CANDIDATES	  3
#define NEAR_MAX	  32
#define ENTRIES_MAX	  112
#define FIND_EVERY	  10
#define PARALLEL	  16
#define TRIES		  4
#define WAIT_NS		  (300 * ENV_MS)
/* Of the paper's mode: everybody in the cell is to be kept. */
#define PAPER_NEAR_MAX	  60
#define PAPER_ENTRIES_MAX 96
/* Queries under way, at all nodes together. */
#define VISITS_MIN	  16384
#define PIECES_MIN	  65536

struct scale_world *scale_world_of(struct env *env)
{
	return caa_container_of(env, struct scale_world, env);
}

/* --- environment ------------------------------------------------------------------------ */

static uint64_t now_of(struct env *env)
{
	return scale_world_of(env)->now_ns;
}

static uint64_t random_of(struct env *env)
{
	return rng_next(&scale_world_of(env)->rng);
}

static void timer_cancel(struct env *env, struct env_timer *timer)
{
	if (timer->slot)
		queue_cancel(&scale_world_of(env)->q, timer->slot);
	timer->slot = 0;
}

static void timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	struct scale_world *w = scale_world_of(env);

	timer_cancel(env, timer);
	timer->deadline_ns = w->now_ns + delay_ns;
	timer->slot = queue_add(&w->q, timer->deadline_ns, EVENT_TIMER, timer);
}

static const struct env_ops ops = {
	.now = now_of,
	.wall = now_of,
	.random = random_of,
	.timer_set = timer_set,
	.timer_cancel = timer_cancel,
};

void scale_pass(struct scale_world *w, uint64_t ns)
{
	uint64_t end = w->now_ns + ns;
	struct env_timer *t;
	struct event e;

	while (queue_next(&w->q, end, &e)) {
		w->now_ns = e.at_ns;
		w->events++;
		if (e.kind == EVENT_LETTER) {
			scale_arrive(w, e.what);
			continue;
		}
		t = e.what;
		t->slot = 0;
		t->fire(t->ctx);
	}
	w->now_ns = end;
}

/* --- nodes ------------------------------------------------------------------------------ */

uint32_t scale_any(struct scale_world *w)
{
	uint32_t i;

	xassert(w->alive);
	do {
		i = (uint32_t)rng_below(&w->rng, w->n);
	} while (!w->node[i].alive);
	return i;
}

/*
 * Whom does a joiner know? Somebody who runs, by his address alone. The very first node
 * is told that there is nobody.
 */
static bool bootstrap(void *ctx, struct env_peer *out)
{
	struct scale_node *n = ctx;
	struct scale_world *w = scale_world_of(n->g.env);
	uint32_t i;

	if (w->alive == 1) {
		gossip_alone(&n->g);
		return false;
	}
	do {
		i = scale_any(w);
	} while (&w->node[i] == n);
	*out = w->node[i].g.self.peer;
	memset(&out->id, 0, sizeof(out->id));
	return true;
}

static void describe(struct scale_world *w, uint32_t i, struct contact *me)
{
	struct scale_node *n = &w->node[i];
	struct space_point at = { { 0 } };
	uint64_t random = rng_next(&w->rng);

	scale_draw_node(w, n->c);
	memcpy(at.c, n->c, sizeof(n->c));
	*me = (struct contact){ .version = w->now_ns / ENV_MS + 1 };
	memcpy(me->peer.id.b, &random, sizeof(random));
	memcpy(me->peer.id.b + 8, &n->life, sizeof(n->life));
	memcpy(me->peer.id.b + 12, &i, sizeof(i));
	memcpy(me->peer.addr.ip, &i, sizeof(i));
	space_key(&w->space, &at, &me->peer.id, &me->key);
}

void scale_start(struct scale_world *w, uint32_t i)
{
	struct scale_node *n = &w->node[i];
	struct contact me;

	xassert(i < w->opt.nodes && !n->alive);
	w->n = i < w->n ? w->n : i + 1;
	n->life++;
	describe(w, i, &me);
	n->started_ns = w->now_ns;
	n->load = 0;
	n->join = 0;
	n->alive = true;
	n->asking = 0;
	n->side = i & 1;
	w->alive++;
	gossip_init(&n->g, &w->gossip_cfg, &w->env, n, &me, w->space.id,
		    w->mem + (size_t)i * w->per_node);
	forward_init(&n->f, &w->forward_cfg, &w->env, n, &w->space, &n->g);
	gossip_start(&n->g);
}

void scale_kill(struct scale_world *w, uint32_t i)
{
	struct scale_node *n = &w->node[i];

	xassert(n->alive && !n->asking);
	gossip_stop(&n->g);
	forward_stop(&n->f);
	n->alive = false;
	w->alive--;
}

/* --- world ------------------------------------------------------------------------------ */

static void configure(struct scale_world *w)
{
	bool paper = w->mode == SCALE_PAPER;

	w->gossip_cfg = (struct gossip_config){
		.trie = { .candidates = paper ? 1 : CANDIDATES,
			  .near_max = paper ? PAPER_NEAR_MAX : NEAR_MAX,
			  .depth = paper ? SCALE_AXES * SCALE_LEVELS : 0,
			  .entries_max = paper ? PAPER_ENTRIES_MAX : ENTRIES_MAX },
		.sample_max = SAMPLE_MAX,
		.tell_max = TELL_MAX,
		.cycle_ns = SCALE_CYCLE,
		.cycle_min_ns = w->opt.cycle_min_ns,
		.wait_ns = WAIT_NS,
		.find_every = FIND_EVERY,
		.send = scale_send_gossip,
		.bootstrap = bootstrap,
	};
	w->forward_cfg = (struct forward_config){
		.parallel = paper ? 1 : PARALLEL,
		.candidates = paper ? 1 : CANDIDATES,
		.tries = TRIES,
		.blind = paper,
		.wait_ns = WAIT_NS,
		.send_query = scale_send_query,
		.send_answer = scale_send_answer,
		.look = scale_match,
		.plan_put = scale_plan_put,
		.visits = &w->visits,
		.pieces = &w->pieces,
	};
	w->per_node = w->gossip_cfg.sample_max + w->gossip_cfg.trie.entries_max;
}

/* Zeroed, and only there once it is touched. */
static void *reserve(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	xassert(p != MAP_FAILED);
	return p;
}

static void pools_init(struct scale_world *w)
{
	uint32_t visits = VISITS_MIN + w->opt.nodes / 20, pieces = PIECES_MIN + w->opt.nodes;
	struct arena arena;

	w->arena_size =
		visits * (forward_visit_size() + 16) + pieces * (sizeof(struct found_piece) + 16);
	w->arena_mem = reserve(w->arena_size);
	arena_init(&arena, w->arena_mem, w->arena_size);
	pool_init(&w->visits, &arena, forward_visit_size(), visits);
	pool_init(&w->pieces, &arena, sizeof(struct found_piece), pieces);
}

void scale_init(struct scale_world *w, const struct scale_options *opt, enum scale_mode mode)
{
	memset(w, 0, sizeof(*w));
	w->opt = *opt;
	w->mode = mode;
	w->env.ops = &ops;
	w->now_ns = ENV_SEC;
	/* The same attributes and queries in both modes come from the same seed. */
	rng_seed(&w->rng, opt->seed);
	rng_seed(&w->draw, opt->seed ^ 0x64726177ULL);
	w->space = (struct space){ .axes = SCALE_AXES };
	for (uint32_t k = 0; k < SCALE_AXES; k++) {
		w->space.axis[k].kind = SPACE_CODE;
		snprintf(w->space.axis[k].name, SPACE_NAME_MAX, "a%u", k);
	}
	space_init(&w->space);
	configure(w);
	pools_init(w);
	queue_init(&w->q);
	w->node = reserve(opt->nodes * sizeof(*w->node));
	w->mem = reserve((size_t)opt->nodes * w->per_node * sizeof(*w->mem));
	w->seen = reserve(opt->nodes * sizeof(*w->seen));
	scale_post_init(w);
}

void scale_exit(struct scale_world *w)
{
	struct event e;

	for (uint32_t i = 0; i < w->n; i++) {
		if (w->node[i].alive)
			scale_kill(w, i);
	}
	while (queue_next(&w->q, w->now_ns + SCALE_DELAY_MAX, &e)) {
		if (e.kind == EVENT_LETTER)
			scale_arrive(w, e.what);
	}
	scale_post_exit(w);
	queue_exit(&w->q);
	munmap(w->arena_mem, w->arena_size);
	munmap(w->node, w->opt.nodes * sizeof(*w->node));
	munmap(w->mem, (size_t)w->opt.nodes * w->per_node * sizeof(*w->mem));
	munmap(w->seen, w->opt.nodes * sizeof(*w->seen));
}
