// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/rng.h>
#include <env/timers.h>

#define N 200

static void test_order(void **state)
{
	struct timers_entry mem[N + 1];
	struct env_timer tm[N] = { 0 };
	uint64_t last = 0, last_i = 0;
	struct env_timer *got;
	struct timers t;
	struct rng r;
	int fired = 0;

	rng_seed(&r, 1);
	timers_init(&t, mem, N);
	for (int i = 0; i < N; i++)
		timers_set(&t, &tm[i], 50);
	for (int i = 0; i < N; i++)
		timers_set(&t, &tm[i], 1 + rng_below(&r, 20));
	for (int i = 0; i < N; i += 3)
		timers_cancel(&t, &tm[i]);
	assert_null(timers_pop(&t, timers_next(&t) - 1));
	while ((got = timers_pop(&t, 100))) {
		uint64_t i = (uint64_t)(got - tm);

		assert_true(i % 3 != 0);
		assert_false(env_timer_armed(got));
		assert_true(got->deadline_ns > last || (got->deadline_ns == last && i > last_i) ||
			    !fired);
		last = got->deadline_ns;
		last_i = i;
		fired++;
	}
	assert_int_equal(fired, N - (N + 2) / 3);
	assert_true(timers_next(&t) == UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_order) };

	return cmocka_run_group_tests_name("timers", tests, NULL, NULL);
}
