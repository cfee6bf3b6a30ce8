// SPDX-License-Identifier: GPL-2.0-or-later
#include "threads.h"

#include <base/assert.h>

#include "chance.h"

static void add(struct program *p, enum step_kind kind, uint32_t arg, uint64_t mean)
{
	xassert(p->n < THREADS_STEPS_MAX);
	p->step[p->n++] = (struct step){ .kind = kind, .arg = arg, .mean = mean };
}

static void section(struct program *p, uint32_t m, uint64_t before, uint64_t inside)
{
	add(p, STEP_COMPUTE, 0, before);
	add(p, STEP_LOCK, m, 0);
	add(p, STEP_COMPUTE, 0, inside);
	add(p, STEP_TOUCH, m, 0);
	add(p, STEP_UNLOCK, m, 0);
}

static void call_inside(struct program *p, struct rng *r)
{
	uint32_t m = (uint32_t)rng_below(r, 3);

	add(p, STEP_COMPUTE, 0, 2);
	add(p, STEP_LOCK, m, 0);
	add(p, STEP_CALL, 0, 8);
	add(p, STEP_TOUCH, m, 0);
	add(p, STEP_UNLOCK, m, 0);
	section(p, 3 + (uint32_t)rng_below(r, 3), 1, 1);
}

static void call_first(struct program *p, struct rng *r)
{
	add(p, STEP_CALL, 0, 5);
	section(p, (uint32_t)rng_below(r, 4), 1, 1);
	add(p, STEP_CALL, 0, 3);
	section(p, (uint32_t)rng_below(r, THREADS_MUTEXES), 1, 1);
}

static void two_held(struct program *p, struct rng *r)
{
	uint32_t a = (uint32_t)rng_below(r, 4), b = 4 + (uint32_t)rng_below(r, 4);

	add(p, STEP_LOCK, a, 0);
	add(p, STEP_COMPUTE, 0, 1);
	add(p, STEP_LOCK, b, 0);
	add(p, STEP_TOUCH, b, 0);
	add(p, STEP_UNLOCK, b, 0);
	add(p, STEP_TOUCH, a, 0);
	add(p, STEP_UNLOCK, a, 0);
	add(p, STEP_RELAX, 0, 0);
	add(p, STEP_COMPUTE, 0, 8);
}

static void parent(struct program *p, struct rng *r)
{
	uint32_t spawn = p->n;

	add(p, STEP_SPAWN, 0, 0);
	section(p, (uint32_t)rng_below(r, 4), 3, 1);
	add(p, STEP_END, 0, 0);
	p->step[spawn].arg = p->n;
	add(p, STEP_CALL, 0, 4);
	section(p, (uint32_t)rng_below(r, 4), 1, 1);
}

static void trying(struct program *p, struct rng *r)
{
	uint32_t m = (uint32_t)rng_below(r, 3);

	add(p, STEP_COMPUTE, 0, 3);
	add(p, STEP_TRY, m, 2);
	add(p, STEP_TOUCH, m, 0);
	add(p, STEP_UNLOCK, m, 0);
	add(p, STEP_YIELD, 0, 0);
	section(p, m, 1, 2);
}

static void queue(struct program *p, uint32_t q, enum step_kind kind, uint64_t mean)
{
	add(p, STEP_COMPUTE, 0, 2);
	add(p, STEP_LOCK, q, 0);
	add(p, kind, q, mean);
	add(p, STEP_TOUCH, q, 0);
	add(p, STEP_UNLOCK, q, 0);
	add(p, STEP_COMPUTE, 0, 3);
}

/* Queues use mutexes of the upper half; each item that is waited for is put in. */
static void producer(struct program *p, uint32_t i)
{
	queue(p, 4 + i / 2 % 4, STEP_PUT, 0);
}

static void consumer(struct program *p, uint32_t i)
{
	queue(p, 4 + i / 2 % 4, STEP_GET, 0);
}

void threads_programs(struct rng *r, enum vsched_kind kind, struct program *out)
{
	bool any_order = kind == VSCHED_SAT || kind == VSCHED_MAT || kind == VSCHED_LSA;
	bool backwards;

	for (uint32_t i = 0; i < THREADS_REQUESTS; i += 2) {
		struct program *a = &out[i], *b = &out[i + 1];

		a->n = 0;
		b->n = 0;
		backwards = any_order && chance_hit(r, CHANCE_CERTAIN / 2);
		switch (rng_below(r, any_order ? 7 : 5)) {
		case 0:
			producer(backwards ? b : a, i);
			consumer(backwards ? a : b, i);
			break;
		case 1:
			call_inside(a, r);
			section(b, (uint32_t)rng_below(r, 3), 10, 1);
			break;
		case 2:
			call_first(a, r);
			two_held(b, r);
			break;
		case 3:
			trying(a, r);
			section(b, (uint32_t)rng_below(r, THREADS_MUTEXES), 1, 5);
			break;
		case 4:
			two_held(a, r);
			call_inside(b, r);
			break;
		case 5:
			parent(a, r);
			parent(b, r);
			break;
		default:
			queue(a, 4 + i / 2 % 4, STEP_TRY_GET, 6);
			producer(b, i);
		}
		add(a, STEP_END, 0, 0);
		add(b, STEP_END, 0, 0);
	}
}
