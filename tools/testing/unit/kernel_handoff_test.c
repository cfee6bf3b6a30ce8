// SPDX-License-Identifier: GPL-2.0-or-later
/* The module xos_handoff as far as it runs in userspace: spreading, and who gets a packet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/rng.h>

#include "kernel/handoff/maglev.c"
#include "kernel/handoff/rule.c"

#define MEMBERS 5

static u8 table[XOSH_MAGLEV_SIZE], other[XOSH_MAGLEV_SIZE];

static void fill(u8 *out, const u32 *weights, u32 *slots)
{
	struct xosh_maglev_entry e[MEMBERS];
	struct rng r;
	unsigned int n = 0;

	rng_seed(&r, 5);
	for (u8 i = 0; i < MEMBERS; i++) {
		u64 hash = rng_next(&r);

		slots[i] = 0;
		if (!weights[i])
			continue;
		e[n++] = (struct xosh_maglev_entry){ .hash = hash,
						     .weight = weights[i],
						     .index = i };
	}
	xosh_maglev_fill(out, e, n);
	for (u32 i = 0; i < XOSH_MAGLEV_SIZE; i++) {
		assert_true(out[i] < MEMBERS);
		slots[out[i]]++;
	}
}

static void test_spread_follows_weights(void **state)
{
	u32 weights[MEMBERS] = { 1, 1, 2, 4, 0 }, slots[MEMBERS];

	fill(table, weights, slots);
	for (int i = 0; i < MEMBERS; i++) {
		u32 want = XOSH_MAGLEV_SIZE * weights[i] / 8;

		assert_in_range(slots[i], want - want / 50, want + want / 50 + 1);
	}
}

/* When a member goes, few of the others' slots change hands. */
static void test_little_changes(void **state)
{
	u32 all[MEMBERS] = { 1, 1, 1, 1, 1 }, less[MEMBERS] = { 1, 1, 1, 1, 0 };
	u32 slots[MEMBERS], moved = 0;

	fill(table, all, slots);
	fill(other, less, slots);
	for (u32 i = 0; i < XOSH_MAGLEV_SIZE; i++)
		moved += table[i] != 4 && table[i] != other[i];
	assert_true(moved < XOSH_MAGLEV_SIZE / 10);
}

static void test_slots_are_in_range(void **state)
{
	assert_int_equal(xosh_maglev_slot(0), 0);
	assert_int_equal(xosh_maglev_slot(UINT64_MAX), XOSH_MAGLEV_SIZE - 1);
}

/* A living connection stays where it is, whatever happens to weights or by a drain. */
static void test_living_connections_stay(void **state)
{
	static const enum xosh_fit stays[] = { XOSH_FIT_DRAINING, XOSH_FIT_ACTIVE };
	const struct xosh_rule_entry none = { .fit = XOSH_FIT_NONE };

	for (int i = 0; i < 2; i++) {
		struct xosh_rule_entry live = { stays[i], XOS_HANDOFF_CLIENT_STATE_LIVE };

		assert_int_equal(xosh_rule_apply(&live, &none, 0), XOSH_RULE_CONN);
		assert_int_equal(xosh_rule_apply(&none, &live, 0), XOSH_RULE_CLIENT);
	}
}

static void test_drain(void **state)
{
	struct xosh_rule_entry draining = { XOSH_FIT_DRAINING, XOS_HANDOFF_CLIENT_STATE_LIVE };
	const struct xosh_rule_entry none = { .fit = XOSH_FIT_NONE };

	assert_int_equal(xosh_rule_apply(&none, &draining, XOSH_TCP_SYN), XOSH_RULE_PIN);
	/* The first SYN, sent again: the member may have answered it. */
	draining.state = XOS_HANDOFF_CLIENT_STATE_NEW;
	assert_int_equal(xosh_rule_apply(&none, &draining, XOSH_TCP_SYN), XOSH_RULE_CLIENT);
	draining.state = XOS_HANDOFF_CLIENT_STATE_CLOSING;
	assert_int_equal(xosh_rule_apply(&draining, &none, XOSH_TCP_SYN), XOSH_RULE_REMAP_CONN);
}

static void test_gone(void **state)
{
	const struct xosh_rule_entry none = { .fit = XOSH_FIT_NONE };
	const struct xosh_rule_entry gone = { .fit = XOSH_FIT_GONE };

	assert_int_equal(xosh_rule_apply(&gone, &none, 0), XOSH_RULE_REMAP_CONN);
	assert_int_equal(xosh_rule_apply(&none, &gone, 0), XOSH_RULE_REMAP_CLIENT);
	assert_int_equal(xosh_rule_apply(&none, &none, XOSH_TCP_SYN), XOSH_RULE_NEW);
}

static void test_states(void **state)
{
	assert_int_equal(xosh_rule_next_state(XOS_HANDOFF_CLIENT_STATE_NEW, 0, true),
			 XOS_HANDOFF_CLIENT_STATE_LIVE);
	assert_int_equal(xosh_rule_next_state(XOS_HANDOFF_CLIENT_STATE_LIVE, XOSH_TCP_END, true),
			 XOS_HANDOFF_CLIENT_STATE_CLOSING);
	assert_int_equal(xosh_rule_next_state(XOS_HANDOFF_CLIENT_STATE_LIVE, XOSH_TCP_END, false),
			 XOS_HANDOFF_CLIENT_STATE_LIVE);
	assert_int_equal(xosh_rule_next_state(XOS_HANDOFF_CLIENT_STATE_CLOSING, XOSH_TCP_SYN, true),
			 XOS_HANDOFF_CLIENT_STATE_NEW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spread_follows_weights),
		cmocka_unit_test(test_little_changes),
		cmocka_unit_test(test_slots_are_in_range),
		cmocka_unit_test(test_living_connections_stay),
		cmocka_unit_test(test_drain),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_states),
	};

	return cmocka_run_group_tests_name("kernel_handoff", tests, NULL, NULL);
}
