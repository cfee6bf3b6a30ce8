// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of machines: few pieces for many short answers, nobody twice when asked again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include <select/forward_priv.h>

#define PIECES 8

static struct pool pieces;
static void *mem;

static int setup(void **state)
{
	size_t size = PIECES * (sizeof(struct found_piece) + 16);
	struct arena arena;

	mem = aligned_alloc(16, size);
	memset(mem, 0, size);
	arena_init(&arena, mem, size);
	pool_init(&pieces, &arena, sizeof(struct found_piece), PIECES);
	return 0;
}

static int teardown(void **state)
{
	assert_int_equal(pieces.used, 0);
	free(mem);
	return 0;
}

/* A list of the machines from @first on. */
static struct found_list list_of(uint8_t first, uint8_t n)
{
	struct found_list l = { .n = 0 };

	for (uint8_t i = 0; i < n; i++) {
		struct found f = { .peer = { .id = { { (uint8_t)(first + i) } } } };

		assert_true(found_add(&l, &pieces, &f));
	}
	return l;
}

/* Does it hold the machines from 1 to @n, in this order? */
static void holds(const struct found_list *l, uint8_t n)
{
	uint8_t next = 1;

	for (const struct found_piece *p = l->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++)
			assert_int_equal(p->v[i].peer.id.b[0], next++);
	}
	assert_int_equal(l->n, n);
	assert_int_equal(next, n + 1);
}

static void test_short_answers(void **state)
{
	struct found_list all = { .n = 0 };

	/* Many answers of one machine each fill pieces, they do not use one up each. */
	for (uint8_t i = 1; i <= 3 * FOUND_PIECE; i++) {
		struct found_list one = list_of(i, 1);

		found_join(&all, &pieces, &one);
		assert_int_equal(one.n, 0);
	}
	holds(&all, 3 * FOUND_PIECE);
	assert_int_equal(pieces.used, 3);
	found_free(&all, &pieces);
}

static void test_long_answers(void **state)
{
	struct found_list all = list_of(1, FOUND_PIECE + 1), more = list_of(FOUND_PIECE + 2, 10);

	found_join(&all, &pieces, &more);
	holds(&all, FOUND_PIECE + 11);
	more = list_of(FOUND_PIECE + 12, 3);
	found_join(&all, &pieces, &more);
	holds(&all, FOUND_PIECE + 14);
	found_free(&all, &pieces);
}

static void test_asked_again(void **state)
{
	struct found_list all = list_of(1, 5), again = list_of(3, 6);

	assert_true(found_join_new(&all, &pieces, &again, 7));
	holds(&all, 7);
	assert_true(found_join_new(&all, &pieces, &again, 20));
	holds(&all, 8);
	found_free(&again, &pieces);
	found_free(&all, &pieces);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_short_answers),
		TEST(test_long_answers),
		TEST(test_asked_again),
	};

	return cmocka_run_group_tests_name("found", tests, NULL, NULL);
}
