// SPDX-License-Identifier: GPL-2.0-or-later
/* What a table may be taken for: which regions are empty, and who is a neighbour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <overlay/trie.h>

#define ENTRIES 40
#define NEAR	4

static const struct trie_config config = { .candidates = 2,
					   .near_max = NEAR,
					   .entries_max = ENTRIES };

struct fixture {
	struct contact v[ENTRIES];
	struct trie t;
};

static struct contact node(uint8_t number, uint64_t key)
{
	return (struct contact){ .peer.id.b = { number }, .key = { { key << 56, 0 } } };
}

static void learn(struct fixture *f, uint8_t number, uint64_t key)
{
	struct contact c = node(number, key);

	trie_learn(&f->t, &c);
}

static void drop(struct fixture *f, uint8_t number)
{
	const struct xos_id id = { .b = { number } };

	trie_drop(&f->t, &id);
}

static uint32_t in_slot(const struct fixture *f, uint32_t slot)
{
	return trie_slot(&f->t, slot + 1) - trie_slot(&f->t, slot);
}

static void pass(struct fixture *f, int cycles)
{
	while (cycles--)
		trie_cycle(&f->t);
}

/* The key is 0: three nodes in slot 0, of which one is left out, four in slot 1. */
static void begin(struct fixture *f)
{
	const struct xos_id self = { .b = { 99 } };
	const struct trie_key key = { { 0, 0 } };

	trie_init(&f->t, &config, f->v, &self, &key);
	for (uint8_t i = 0; i < 3; i++)
		learn(f, (uint8_t)(1 + i), 0x80u + i);
	for (uint8_t i = 0; i < 4; i++)
		learn(f, (uint8_t)(10 + i), 0x40u + i);
	assert_int_equal(f->t.depth, 1);
	assert_int_equal(in_slot(f, 0), 2);
	assert_int_equal(trie_near(&f->t), 4);
}

/* Others may be left of a region whose known nodes are gone, until nobody spoke of them. */
static void test_lost(void **state)
{
	struct fixture f;

	begin(&f);
	for (uint8_t i = 1; i <= 3; i++) {
		assert_false(trie_lost(&f.t, 0));
		drop(&f, i);
	}
	assert_true(trie_lost(&f.t, 0));
	pass(&f, TRIE_QUIET_CYCLES - 1);
	assert_true(trie_lost(&f.t, 0));
	pass(&f, 1);
	assert_false(trie_lost(&f.t, 0));
}

static void test_found_again(void **state)
{
	struct fixture f;

	begin(&f);
	for (uint8_t i = 1; i <= 3; i++)
		drop(&f, i);
	assert_true(trie_lost(&f.t, 0));
	learn(&f, 4, 0x90);
	assert_false(trie_lost(&f.t, 0));
}

/* The last one of a region that moves away leaves it, too. */
static void test_moved_away(void **state)
{
	struct fixture f;
	struct contact c;

	begin(&f);
	drop(&f, f.v[0].peer.id.b[0]);
	c = node(f.v[0].peer.id.b[0], 0x20);
	c.version = 1;
	trie_learn(&f.t, &c);
	assert_int_equal(in_slot(&f, 0), 0);
	assert_true(trie_lost(&f.t, 0));
}

/* Of the neighbourhood everybody is known: who is gone leaves no question behind. */
static void test_near_is_known(void **state)
{
	struct fixture f;

	begin(&f);
	for (uint8_t i = 10; i < 14; i++)
		drop(&f, i);
	assert_int_equal(trie_near(&f.t), 0);
	assert_false(trie_lost(&f.t, 1));
}

/* A slot with few nodes is a part of the neighbourhood only when nobody else turns up. */
static void test_thin(void **state)
{
	struct fixture f;

	begin(&f);
	drop(&f, f.v[0].peer.id.b[0]);
	drop(&f, 10);
	assert_int_equal(in_slot(&f, 0), 1);
	pass(&f, TRIE_QUIET_CYCLES);
	assert_int_equal(f.t.depth, 1);
	pass(&f, 1);
	assert_int_equal(f.t.depth, 0);
	assert_int_equal(trie_near(&f.t), 4);
}

static void test_not_thin(void **state)
{
	struct fixture f;

	begin(&f);
	drop(&f, f.v[0].peer.id.b[0]);
	drop(&f, 10);
	pass(&f, TRIE_QUIET_CYCLES);
	learn(&f, 5, 0x85);
	pass(&f, TRIE_QUIET_CYCLES);
	assert_int_equal(f.t.depth, 1);
}

/* Who is told a depth keeps no more of the slots before it than others do. */
static void test_settle(void **state)
{
	struct fixture f;
	const struct xos_id self = { .b = { 99 } };
	const struct trie_key key = { { 0, 0 } };

	trie_init(&f.t, &config, f.v, &self, &key);
	for (uint8_t i = 0; i < 3; i++)
		learn(&f, (uint8_t)(1 + i), 0x80u + i);
	assert_int_equal(f.t.depth, 0);
	trie_settle(&f.t, 2);
	assert_int_equal(f.t.depth, 2);
	assert_int_equal(in_slot(&f, 0), 2);
	trie_settle(&f.t, 1);
	assert_int_equal(f.t.depth, 2);
}

static void test_rekey(void **state)
{
	const struct trie_key close = { { 0x20ULL << 56, 0 } }, far = { { 0xc0ULL << 56, 0 } };
	struct fixture f;

	begin(&f);
	assert_true(trie_rekey(&f.t, &close));
	assert_int_equal(f.t.depth, 1);
	assert_false(trie_rekey(&f.t, &far));
	/* The old surroundings are two of slot 0 now, as in any other table. */
	assert_int_equal(f.t.depth, 1);
	assert_int_equal(in_slot(&f, 0), 2);
	assert_int_equal(in_slot(&f, 1), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lost),	   cmocka_unit_test(test_found_again),
		cmocka_unit_test(test_moved_away), cmocka_unit_test(test_near_is_known),
		cmocka_unit_test(test_thin),	   cmocka_unit_test(test_not_thin),
		cmocka_unit_test(test_settle),	   cmocka_unit_test(test_rekey),
	};

	return cmocka_run_group_tests_name("trie", tests, NULL, NULL);
}
