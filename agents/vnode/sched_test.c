// SPDX-License-Identifier: GPL-2.0-or-later
/* Schedulers by hand: types of mutexes, rules that have to be broken to be seen, switches. */
#include "sched.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define THREADS 8

struct world {
	struct arena arena;
	struct vsched *s;
	struct vthread t[THREADS];
	uint32_t resumed[THREADS];
	uint32_t ended;
	uint32_t missing;
	struct vmutex *m;
	struct vcond *c;
};

static void op_resume(void *ctx, struct vthread *t)
{
	struct world *w = ctx;

	w->resumed[t - w->t]++;
}

static void op_waiting(void *ctx, struct vthread *t)
{
}

static void op_ended(void *ctx, struct vthread *t)
{
	((struct world *)ctx)->ended++;
}

static void op_decision(void *ctx, uint64_t mutex, uint64_t thread, uint64_t request)
{
}

static void op_starved(void *ctx, uint32_t missing)
{
	((struct world *)ctx)->missing = missing;
}

static const struct vsched_ops ops = {
	.resume = op_resume,
	.waiting = op_waiting,
	.ended = op_ended,
	.decision = op_decision,
	.starved = op_starved,
};

static struct world *world_new(enum vsched_kind kind, enum vmutex_kind mutex)
{
	struct vsched_config c = {
		.kind = kind, .ops = &ops, .mutexes_max = 4, .conds_max = 4, .leader = true
	};
	struct world *w = calloc(1, sizeof(*w));
	size_t size = vsched_arena_size(&c);
	void *mem = aligned_alloc(16, (size + 15) & ~(size_t)15);

	assert_non_null(w);
	assert_non_null(mem);
	memset(mem, 0, size);
	arena_init(&w->arena, mem, size);
	c.ctx = w;
	c.arena = &w->arena;
	w->s = vsched_create(&c);
	w->m = vsched_mutex(w->s, 1, mutex);
	w->c = vsched_cond(w->s);
	for (uint64_t i = 0; i < THREADS; i++)
		vsched_thread_init(&w->t[i], i + 1, i);
	return w;
}

static void world_free(struct world *w)
{
	free(w->arena.base);
	free(w);
}

/* Let a thread ask. Return: 0, or a negative errno; 1 when it stands still. */
static int ask(struct world *w, int i, enum vop op)
{
	uint32_t before = w->resumed[i];

	w->t[i].op = op;
	w->t[i].mutex = w->m;
	w->t[i].cond = w->c;
	vsched_op(w->s, &w->t[i]);
	return w->resumed[i] > before ? w->t[i].result : 1;
}

static void test_types(void **state)
{
	static const int again[] = {
		[VMUTEX_NORMAL] = 1, [VMUTEX_RECURSIVE] = 0, [VMUTEX_ERRORCHECK] = -EDEADLK
	};
	struct world *w;

	for (int kind = VMUTEX_NORMAL; kind <= VMUTEX_ERRORCHECK; kind++) {
		w = world_new(VSCHED_SAT, kind);
		assert_int_equal(vsched_request(w->s, &w->t[0]), 0);
		assert_int_equal(ask(w, 0, VOP_UNLOCK), -EPERM);
		assert_int_equal(ask(w, 0, VOP_LOCK), 0);
		assert_int_equal(ask(w, 0, VOP_TRYLOCK), kind == VMUTEX_RECURSIVE ? 0 : -EBUSY);
		assert_int_equal(ask(w, 0, VOP_LOCK), again[kind]);
		if (kind == VMUTEX_RECURSIVE) {
			assert_int_equal(ask(w, 0, VOP_UNLOCK), 0);
			assert_int_equal(ask(w, 0, VOP_UNLOCK), 0);
			assert_ptr_equal(w->m->owner, &w->t[0]);
		}
		world_free(w);
	}
}

static void test_sat_one_at_a_time(void **state)
{
	struct world *w = world_new(VSCHED_SAT, VMUTEX_NORMAL);

	for (int i = 0; i < 3; i++)
		assert_int_equal(vsched_request(w->s, &w->t[i]), 0);
	assert_int_equal(w->resumed[0], 1);
	assert_int_equal(w->resumed[1], 0);
	assert_int_equal(ask(w, 0, VOP_LOCK), 0);
	assert_int_equal(ask(w, 0, VOP_EXTERN), 1);
	assert_int_equal(w->resumed[1], 1);
	assert_int_equal(ask(w, 1, VOP_LOCK), 1);
	assert_int_equal(w->resumed[2], 1);
	assert_int_equal(vsched_wake(w->s, 0, 1, 1), 0);
	assert_int_equal(w->resumed[0], 2);
	assert_int_equal(ask(w, 2, VOP_END), 1);
	assert_int_equal(w->resumed[0], 3);
	/* who is granted the mutex comes before a request that arrived earlier */
	assert_int_equal(vsched_request(w->s, &w->t[3]), 0);
	assert_int_equal(ask(w, 0, VOP_UNLOCK), 0);
	assert_int_equal(ask(w, 0, VOP_END), 1);
	assert_int_equal(w->resumed[1], 2);
	assert_int_equal(w->resumed[3], 0);
	world_free(w);
}

/* A timed wait that was signalled first is not ended by its time. */
static void test_signal_before_time(void **state)
{
	struct world *w = world_new(VSCHED_MAT, VMUTEX_NORMAL);

	assert_int_equal(vsched_request(w->s, &w->t[0]), 0);
	assert_int_equal(vsched_request(w->s, &w->t[1]), 0);
	assert_int_equal(ask(w, 0, VOP_LOCK), 0);
	w->t[0].timed = true;
	assert_int_equal(ask(w, 0, VOP_WAIT), 1);
	assert_int_equal(ask(w, 1, VOP_LOCK), 0);
	assert_int_equal(vsched_wake(w->s, 0, 1, 1), 0);
	assert_int_equal(ask(w, 1, VOP_SIGNAL), 0);
	assert_int_equal(ask(w, 1, VOP_UNLOCK), 0);
	assert_int_equal(w->resumed[0], 3);
	assert_int_equal(w->t[0].result, 0);
	assert_int_equal(ask(w, 1, VOP_END), 1);
	assert_int_equal(ask(w, 0, VOP_UNLOCK), 0);
	assert_int_equal(ask(w, 0, VOP_END), 1);
	assert_int_equal(vsched_threads(w->s), 0);
	world_free(w);
}

static void test_lock_after_relax(void **state)
{
	struct world *w = world_new(VSCHED_MAT, VMUTEX_NORMAL);

	assert_int_equal(vsched_request(w->s, &w->t[0]), 0);
	assert_int_equal(ask(w, 0, VOP_RELAX), 0);
	assert_int_equal(ask(w, 0, VOP_LOCK), VSCHED_VIOLATION);
	world_free(w);
}

static void test_ord_undeclared(void **state)
{
	struct world *w = world_new(VSCHED_ORD, VMUTEX_NORMAL);
	struct vmutex *other = vsched_mutex(w->s, 2, VMUTEX_NORMAL);

	assert_int_equal(vsched_declare(w->s, &w->t[0], other), 0);
	assert_int_equal(vsched_request(w->s, &w->t[0]), 0);
	assert_int_equal(ask(w, 0, VOP_LOCK), VSCHED_VIOLATION);
	/* without a declaration it runs alone: it may lock anything, others do not begin */
	assert_int_equal(vsched_request(w->s, &w->t[1]), 0);
	assert_int_equal(w->resumed[1], 0);
	assert_int_equal(ask(w, 0, VOP_END), 1);
	assert_int_equal(vsched_request(w->s, &w->t[2]), 0);
	assert_int_equal(ask(w, 1, VOP_LOCK), 0);
	assert_int_equal(w->resumed[2], 0);
	world_free(w);
}

/* Decisions about a request that was skipped, or cut off, hold nobody up. */
static void test_lsa_decisions_of_the_gone(void **state)
{
	struct world *w = world_new(VSCHED_LSA, VMUTEX_NORMAL);

	vsched_lead(w->s, false);
	assert_int_equal(vsched_request(w->s, &w->t[1]), 0);
	assert_int_equal(vsched_request(w->s, &w->t[2]), 0);
	assert_int_equal(vsched_decision(w->s, 1, 1, 0), 0);
	assert_int_equal(vsched_decision(w->s, 1, 2, 1), 0);
	assert_int_equal(vsched_decision(w->s, 1, 3, 2), 0);
	assert_int_equal(ask(w, 2, VOP_LOCK), 1);
	assert_int_equal(ask(w, 1, VOP_END), 1);
	assert_int_equal(w->resumed[2], 2);
	assert_ptr_equal(w->m->owner, &w->t[2]);
	world_free(w);
}

/* Each scheduler goes on where another one, which left something over, stopped. */
static void test_switch(void **state)
{
	struct world *w;

	for (int from = 0; from < VSCHED_COUNT; from++) {
		for (int to = 0; to < VSCHED_COUNT; to++) {
			w = world_new(from, VMUTEX_NORMAL);
			for (int i = 0; i < 9; i++)
				assert_int_equal(vsched_noop(w->s), 0);
			assert_int_equal(vsched_request(w->s, &w->t[0]), 0);
			assert_int_equal(vsched_switch(w->s, to), -EBUSY);
			for (int i = 0; i < 4; i++)
				vsched_noop(w->s);
			ask(w, 0, VOP_END);
			assert_int_equal(vsched_switch(w->s, to), 0);
			assert_int_equal(vsched_kind(w->s), to);
			assert_int_equal(vsched_request(w->s, &w->t[1]), 0);
			for (int i = 0; i < 4; i++)
				vsched_noop(w->s);
			assert_int_equal(w->resumed[1], 1);
			world_free(w);
		}
	}
}

static void test_limits(void **state)
{
	struct world *w = world_new(VSCHED_SAT, VMUTEX_NORMAL);

	for (int i = 0; i < 3; i++)
		assert_non_null(vsched_mutex(w->s, 10 + i, VMUTEX_NORMAL));
	assert_null(vsched_mutex(w->s, 20, VMUTEX_NORMAL));
	assert_int_equal(vsched_request(w->s, &w->t[0]), 0);
	assert_int_equal(ask(w, 0, VOP_LOCK), 0);
	assert_int_equal(vsched_mutex_free(w->s, w->m), -EBUSY);
	assert_int_equal(ask(w, 0, VOP_UNLOCK), 0);
	assert_int_equal(vsched_mutex_free(w->s, w->m), 0);
	assert_int_equal(vsched_cond_free(w->s, w->c), 0);
	world_free(w);
}

static void test_names(void **state)
{
	assert_int_equal(vsched_kind_parse("mat", 3), VSCHED_MAT);
	assert_int_equal(vsched_kind_parse("ma", 2), -EINVAL);
	assert_string_equal(vsched_name(VSCHED_ORD), "ord");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_sat_one_at_a_time),
		cmocka_unit_test(test_signal_before_time),
		cmocka_unit_test(test_lock_after_relax),
		cmocka_unit_test(test_ord_undeclared),
		cmocka_unit_test(test_lsa_decisions_of_the_gone),
		cmocka_unit_test(test_switch),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
