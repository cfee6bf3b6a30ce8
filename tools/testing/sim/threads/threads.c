// SPDX-License-Identifier: GPL-2.0-or-later
#include "threads.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

#include "chance.h"

#define REPLAYS	   5
#define UNIT_NS	   1000
#define EVENTS_MAX 2000000

struct world;

/* A coroutine. */
struct fiber {
	struct vthread t;
	struct world *w;
	const struct program *program;
	uint32_t pc;
	uint64_t local;
	uint64_t mean;
	bool used;
};

/* A replica. */
struct world {
	struct vsched *s;
	struct events events;
	struct rng r;
	uint64_t now;
	bool decides;
	struct stream *stream;
	uint32_t replayed;
	const struct program *programs;
	enum vsched_kind kind;
	struct vmutex *mutex[THREADS_MUTEXES];
	struct vcond *cond[THREADS_MUTEXES];
	uint64_t data[THREADS_MUTEXES];
	uint32_t items[THREADS_MUTEXES];
	struct fiber fiber[THREADS_MAX];
	uint32_t fibers;
	uint32_t ended;
	uint32_t speed;
	const char *problem;
};

static void step(void *ctx, uint64_t arg);

static void at(struct world *w, uint64_t delay, event_fn fire, uint64_t arg)
{
	events_add(&w->events, w->now + delay, fire, w, arg);
}

/* --- the stream of events ----------------------------------------------------- */

static void deliver(struct world *w, const struct event_of_log *e)
{
	struct fiber *f;

	switch (e->kind) {
	case LOG_REQUEST:
		f = &w->fiber[e->a];
		for (uint32_t i = 0; w->kind == VSCHED_ORD && i < f->program->n; i++) {
			const struct step *p = &f->program->step[i];

			if (p->kind == STEP_LOCK || p->kind == STEP_TRY)
				xassert(!vsched_declare(w->s, &f->t, w->mutex[p->arg]));
		}
		xassert(!vsched_request(w->s, &f->t));
		return;
	case LOG_WAKE:
		xassert(!vsched_wake(w->s, e->b, e->a, e->wait));
		return;
	case LOG_NOOP:
		xassert(!vsched_noop(w->s));
		return;
	case LOG_DECISION:
		if (!w->decides)
			xassert(!vsched_decision(w->s, e->a, e->b, e->c));
	}
}

static struct event_of_log *append(struct world *w)
{
	if (w->stream->n == THREADS_STREAM_MAX) {
		w->problem = "the stream does not end";
		w->stream->n--;
	}
	return &w->stream->v[w->stream->n++];
}

static void request_arrives(void *ctx, uint64_t arg)
{
	struct world *w = ctx;
	struct event_of_log *e = append(w);

	*e = (struct event_of_log){ .kind = LOG_REQUEST, .a = arg };
	deliver(w, e);
}

static void wake_arrives(void *ctx, uint64_t arg)
{
	struct world *w = ctx;
	struct fiber *f = &w->fiber[arg >> 32];
	struct event_of_log *e = append(w);

	*e = (struct event_of_log){
		.kind = LOG_WAKE, .a = f->t.name, .b = f->t.request, .wait = (uint32_t)arg
	};
	deliver(w, e);
}

static void noop_arrives(void *ctx, uint64_t arg)
{
	struct world *w = ctx;
	struct event_of_log *e = append(w);

	*e = (struct event_of_log){ .kind = LOG_NOOP };
	deliver(w, e);
}

static void replay_next(void *ctx, uint64_t arg)
{
	struct world *w = ctx;

	deliver(w, &w->stream->v[w->replayed++]);
	if (w->replayed < w->stream->n)
		at(w, chance_exp(&w->r, arg), replay_next, arg);
}

/* --- what a scheduler asks of its runtime -------------------------------------- */

static void op_resume(void *ctx, struct vthread *t)
{
	struct fiber *f = t->runtime;

	at(ctx, 0, step, (uint64_t)(f - f->w->fiber));
}

static void op_waiting(void *ctx, struct vthread *t)
{
	struct world *w = ctx;
	struct fiber *f = t->runtime;

	if (w->decides)
		at(w, chance_exp(&w->r, f->mean * UNIT_NS), wake_arrives,
		   (uint64_t)(f - w->fiber) << 32 | t->waits);
}

static void op_ended(void *ctx, struct vthread *t)
{
	struct world *w = ctx;

	w->ended++;
}

static void op_decision(void *ctx, uint64_t mutex, uint64_t thread, uint64_t request)
{
	*append(ctx) = (struct event_of_log){
		.kind = LOG_DECISION, .a = mutex, .b = thread, .c = request
	};
}

static void op_starved(void *ctx, uint32_t missing)
{
	struct world *w = ctx;

	for (uint32_t i = 0; w->decides && i < missing; i++)
		at(w, UNIT_NS, noop_arrives, 0);
}

static const struct vsched_ops sched_ops = {
	.resume = op_resume,
	.waiting = op_waiting,
	.ended = op_ended,
	.decision = op_decision,
	.starved = op_starved,
};

/* --- coroutines --------------------------------------------------------------- */

static void fiber_init(struct world *w, uint32_t i, uint64_t name, uint64_t request,
		       const struct program *program, uint32_t pc)
{
	struct fiber *f = &w->fiber[i];

	vsched_thread_init(&f->t, name, request);
	f->t.runtime = f;
	f->w = w;
	f->program = program;
	f->pc = pc;
	f->local = name;
	f->used = true;
	w->fibers++;
}

static struct vthread *child_of(struct world *w, struct fiber *f, uint32_t pc)
{
	uint32_t i = THREADS_REQUESTS + (uint32_t)f->t.request;

	fiber_init(w, i, vsched_mix(f->t.name, ++f->t.spawned), f->t.request, f->program, pc);
	return &w->fiber[i].t;
}

static void ask(struct fiber *f, enum vop op, uint32_t arg)
{
	f->t.op = op;
	f->t.mutex = f->w->mutex[arg];
	f->t.cond = f->w->cond[arg];
	vsched_op(f->w->s, &f->t);
}

/* Wait for an item. Return: true when it has one, or gives up. */
static bool get(struct fiber *f, const struct step *p)
{
	struct world *w = f->w;

	if (w->items[p->arg]) {
		w->items[p->arg]--;
		f->local = vsched_mix(f->local, w->data[p->arg]);
		return true;
	}
	f->t.timed = p->kind == STEP_TRY_GET;
	if (f->t.timed && f->t.result == -ETIMEDOUT) {
		f->local = vsched_mix(f->local, 1);
		return true;
	}
	f->mean = p->mean;
	ask(f, VOP_WAIT, p->arg);
	return false;
}

static void touch(struct world *w, struct fiber *f, uint32_t m)
{
	if (w->mutex[m]->owner != &f->t)
		w->problem = "two threads are in one critical section";
	w->data[m] = vsched_mix(w->data[m], f->local);
	f->local = vsched_mix(f->local, w->data[m]);
}

/* Steps that are synchronisation operations and nothing else. */
static void ask_step(struct fiber *f, const struct step *p)
{
	static const enum vop ops[] = {
		[STEP_LOCK] = VOP_LOCK,	  [STEP_UNLOCK] = VOP_UNLOCK, [STEP_CALL] = VOP_EXTERN,
		[STEP_YIELD] = VOP_YIELD, [STEP_RELAX] = VOP_RELAX,   [STEP_END] = VOP_END,
		[STEP_TRY] = VOP_TRYLOCK, [STEP_PUT] = VOP_SIGNAL,    [STEP_SPAWN] = VOP_SPAWN,
	};

	f->mean = p->mean;
	if (p->kind == STEP_SPAWN)
		f->t.child = child_of(f->w, f, p->arg);
	if (p->kind == STEP_PUT)
		f->w->items[p->arg]++;
	ask(f, ops[p->kind], p->kind == STEP_SPAWN ? 0 : p->arg);
}

/* Run a coroutine to its next operation; @arg is its number. */
static void step(void *ctx, uint64_t arg)
{
	struct world *w = ctx;
	struct fiber *f = &w->fiber[arg];
	const struct step *p = &f->program->step[f->pc];

	if (f->t.result == VSCHED_VIOLATION) {
		w->problem = "an operation cannot be ordered";
		return;
	}
	/* it comes back from a trylock that failed */
	if (f->pc && p[-1].kind == STEP_TRY && f->t.result == -EBUSY) {
		f->pc += (uint32_t)p[-1].mean;
		p = &f->program->step[f->pc];
		f->t.result = 0;
	}
	if (p->kind == STEP_COMPUTE) {
		f->pc++;
		f->t.result = 0;
		at(w, chance_exp(&w->r, p->mean * UNIT_NS * w->speed / 4), step, arg);
	} else if (p->kind == STEP_TOUCH) {
		f->pc++;
		touch(w, f, p->arg);
		at(w, 0, step, arg);
	} else if (p->kind == STEP_GET || p->kind == STEP_TRY_GET) {
		if (!get(f, p))
			return;
		f->t.result = 0;
		f->pc++;
		at(w, 0, step, arg);
	} else {
		f->pc++;
		ask_step(f, p);
	}
}

/* --- a replica, and a comparison ----------------------------------------------- */

static void world_init(struct world *w, enum vsched_kind kind, const struct program *programs,
		       struct stream *stream, bool decides, uint64_t seed, struct arena *arena)
{
	struct vsched_config c = { .kind = kind,
				   .ops = &sched_ops,
				   .ctx = w,
				   .arena = arena,
				   .mutexes_max = THREADS_MUTEXES,
				   .conds_max = THREADS_MUTEXES,
				   .tickets_max = THREADS_STREAM_MAX,
				   .leader = decides };
	size_t size = vsched_arena_size(&c);
	void *mem = aligned_alloc(16, (size + 15) & ~(size_t)15);

	xassert(mem);
	memset(mem, 0, size);
	memset(w, 0, sizeof(*w));
	arena_init(arena, mem, size);
	w->s = vsched_create(&c);
	w->kind = kind;
	w->programs = programs;
	w->stream = stream;
	w->decides = decides;
	rng_seed(&w->r, seed);
	w->speed = 1 + (uint32_t)rng_below(&w->r, 16);
	for (uint32_t i = 0; i < THREADS_MUTEXES; i++) {
		w->mutex[i] = vsched_mutex(w->s, i + 1, VMUTEX_NORMAL);
		w->cond[i] = vsched_cond(w->s);
	}
	for (uint32_t i = 0; i < THREADS_REQUESTS; i++)
		fiber_init(w, i, i + 1, i, &programs[i], 0);
}

static void world_run(struct world *w)
{
	uint64_t arrival = 0, mean = UNIT_NS / 2;
	uint32_t budget = EVENTS_MAX;
	struct event e;

	if (w->decides) {
		for (uint32_t i = 0; i < THREADS_REQUESTS; i++) {
			arrival += chance_exp(&w->r, mean);
			at(w, arrival, request_arrives, i);
		}
	} else {
		at(w, 0, replay_next, chance_hit(&w->r, CHANCE_CERTAIN / 4) ? 1 : UNIT_NS);
	}
	while (!w->problem && events_pop(&w->events, &e)) {
		w->now = e.at_ns;
		e.fire(e.ctx, e.arg);
		if (!--budget)
			w->problem = "it does not end";
	}
	if (!w->problem && w->ended != w->fibers)
		w->problem = "threads wait for ever";
}

static void world_outcome(const struct world *w, struct outcome *out)
{
	memset(out, 0, sizeof(*out));
	out->grants = vsched_grant_hash(w->s);
	memcpy(out->data, w->data, sizeof(out->data));
	for (uint32_t i = 0; i < THREADS_MAX; i++) {
		if (!w->fiber[i].used)
			continue;
		out->names[i] = w->fiber[i].t.name;
		out->reply[i] = w->fiber[i].local;
		out->trace[i] = w->fiber[i].t.trace;
	}
}

static const char *compare(const struct outcome *a, const struct outcome *b)
{
	if (a->grants != b->grants)
		return "mutexes were granted in another order";
	if (memcmp(a->names, b->names, sizeof(a->names)))
		return "there were other threads";
	if (memcmp(a->trace, b->trace, sizeof(a->trace)))
		return "a thread's trace differs";
	if (memcmp(a->data, b->data, sizeof(a->data)))
		return "the state differs";
	if (memcmp(a->reply, b->reply, sizeof(a->reply)))
		return "a reply differs";
	return NULL;
}

/* One replica. Return: what went wrong in it, NULL for nothing. */
static const char *replica(enum vsched_kind kind, const struct program *programs,
			   struct stream *stream, bool decides, uint64_t seed, struct outcome *out)
{
	struct world *w = malloc(sizeof(*w));
	struct arena arena;
	const char *problem;

	xassert(w);
	world_init(w, kind, programs, stream, decides, seed, &arena);
	world_run(w);
	world_outcome(w, out);
	problem = w->problem;
	events_exit(&w->events);
	free(arena.base);
	free(w);
	return problem;
}

static bool run_kind(uint64_t seed, enum vsched_kind kind, struct program *programs,
		     struct stream *stream, char *reason)
{
	struct outcome first, again;
	const char *problem;
	struct rng r;

	rng_seed(&r, vsched_mix(seed, kind));
	threads_programs(&r, kind, programs);
	stream->n = 0;
	problem = replica(kind, programs, stream, true, rng_next(&r), &first);
	for (int i = 0; !problem && i < REPLAYS; i++) {
		problem = replica(kind, programs, stream, false, rng_next(&r), &again);
		if (!problem)
			problem = compare(&first, &again);
	}
	if (problem)
		snprintf(reason, THREADS_REASON_MAX, "%s: %s", vsched_name(kind), problem);
	return !problem;
}

bool threads_run(uint64_t seed, char *reason)
{
	struct program *programs = calloc(THREADS_REQUESTS, sizeof(*programs));
	struct stream *stream = malloc(sizeof(*stream));
	bool good = true;

	xassert(programs && stream);
	for (int kind = 0; good && kind < VSCHED_COUNT; kind++)
		good = run_kind(seed, kind, programs, stream, reason);
	free(programs);
	free(stream);
	return good;
}
