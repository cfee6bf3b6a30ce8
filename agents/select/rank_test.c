// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ranking against a plain look at everybody: keys keep the order of values, and
 * what is trimmed part by part, in any grouping, gives the same answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include <base/rng.h>
#include <select/forward_priv.h>
#include <select/rank.h>

#define MACHINES 200
#define ROOM	 (MACHINES + 8)

static struct pool pieces, extras;
static struct found *scratch[ROOM];
static struct query query;
static void *mem;

static int setup(void **state)
{
	size_t size = ROOM * (sizeof(struct found_piece) + sizeof(struct found_extra) + 32);
	struct arena arena;

	size = (size + 15) & ~(size_t)15;
	mem = aligned_alloc(16, size);
	memset(mem, 0, size);
	arena_init(&arena, mem, size);
	pool_init(&pieces, &arena, sizeof(struct found_piece), ROOM);
	pool_init(&extras, &arena, sizeof(struct found_extra), ROOM);
	return 0;
}

static int teardown(void **state)
{
	assert_int_equal(pieces.used, 0);
	assert_int_equal(extras.used, 0);
	free(mem);
	return 0;
}

static void parse(const char *text)
{
	struct query_error err = { 0 };

	if (query_parse(bytes_str(text), &query, &err))
		fail_msg("%s: column %u: %s", text, err.column, err.text);
}

/* --- keys ----------------------------------------------------------------------------- */

/* The key of a machine whose attribute "a" has this value; none when that is NULL. */
static struct bytes key_of(const char *value, uint8_t out[QUERY_KEY_MAX])
{
	static struct attr_set set;
	struct attr a;

	attr_set_init(&set);
	if (value) {
		assert_int_equal(attr_parse(bytes_str("a"), bytes_str(value), &a), 0);
		assert_int_equal(attr_set_put(&set, &a), 0);
	}
	return bytes_of(out, rank_key(&query, &set, 0, out));
}

static void test_keys(void **state)
{
	/* In ascending order; what is missing comes last in both directions. */
	static const char *const values[] = {
		"-9223372036854775807",
		"-3",
		"0",
		"2",
		"10",
		"1GiB",
		"string:",
		"string:10",
		"string:2",
		"string:B",
		"string:a",
		"string:ab",
		"string:b",
		"false",
		"true",
		"version:9",
		"version:9.1",
		"version:10",
		"version:10a",
	};
	const int n = sizeof(values) / sizeof(*values);
	uint8_t a[QUERY_KEY_MAX], b[QUERY_KEY_MAX];

	for (int down = 0; down < 2; down++) {
		parse(down ? "order by a desc" : "order by a");
		for (int i = 0; i < n; i++) {
			for (int j = 0; j < n; j++) {
				int c = bytes_cmp(key_of(values[i], a), key_of(values[j], b));
				int want = i < j ? -1 : i > j;

				if ((c > 0) - (c < 0) != (down ? -want : want))
					fail_msg("%s and %s: %d", values[i], values[j], c);
			}
			assert_true(bytes_cmp(key_of(values[i], a), key_of(NULL, b)) < 0);
		}
	}
}

/* The second scalar decides between equals, also behind texts of different length. */
static void test_second_key(void **state)
{
	static const char *const racks[] = { "a", "a", "ab", "ab", "b" };
	static const int cores[] = { 9, 4, 8, 2, 16 };
	uint8_t key[2][QUERY_KEY_MAX];
	struct bytes last = { 0 };

	parse("order by rack, cores desc");
	for (int i = 0; i < 5; i++) {
		static struct attr_set set;
		struct attr a = { .name = bytes_str("rack"),
				  .type = ATTR_STRING,
				  .text = bytes_str(racks[i]) };
		struct bytes k;

		attr_set_init(&set);
		assert_int_equal(attr_set_put(&set, &a), 0);
		a = (struct attr){ .name = bytes_str("cores"), .type = ATTR_INT, .num = cores[i] };
		assert_int_equal(attr_set_put(&set, &a), 0);
		k = bytes_of(key[i % 2], rank_key(&query, &set, 0, key[i % 2]));
		assert_true(!i || bytes_cmp(last, k) < 0);
		last = k;
	}
}

static void test_scores(void **state)
{
	uint8_t a[QUERY_KEY_MAX], b[QUERY_KEY_MAX];

	/* What is preferred comes first, whatever the order says; weights add up. */
	parse("prefer a >= 4 weight 2 prefer a < 8 prefer a == 100 weight 2 order by a");
	assert_true(bytes_cmp(key_of("4", a), key_of("9", b)) < 0);
	assert_true(bytes_cmp(key_of("100", a), key_of("4", b)) < 0);
	assert_true(bytes_cmp(key_of("9", a), key_of("1", b)) < 0);
	assert_true(bytes_cmp(key_of("5", a), key_of("4", b)) > 0);
	assert_true(bytes_cmp(key_of("1", a), key_of(NULL, b)) < 0);
}

static void test_long_keys(void **state)
{
	char text[ATTR_STR_MAX + 1];
	uint8_t a[QUERY_KEY_MAX], b[QUERY_KEY_MAX];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	parse("order by a");
	/* As much of it as fits counts. */
	assert_int_equal(key_of(text, a).len, QUERY_KEY_MAX);
	text[100] = 'a';
	assert_int_equal(bytes_cmp(key_of(text, b), bytes_of(a, QUERY_KEY_MAX)), 0);
	text[20] = 'a';
	assert_true(bytes_cmp(key_of(text, b), bytes_of(a, QUERY_KEY_MAX)) < 0);
}

/* --- what is kept --------------------------------------------------------------------- */

struct machine {
	uint8_t id;
	uint8_t key;
	uint8_t same;
	uint8_t spread;
};

static void add(struct found_list *l, const struct machine *m)
{
	struct found f = { .peer = { .id = { { m->id } } }, .extra = pool_get(&extras) };

	assert_non_null(f.extra);
	f.extra->home = &extras;
	f.extra->key[0] = m->key;
	f.extra->key_len = 1;
	f.extra->same = m->same;
	f.extra->spread = m->spread;
	assert_true(found_add(l, &pieces, &f));
}

/* The same by a plain look: @v is sorted; gives the places of those that are chosen. */
static uint32_t plain(const struct rank *r, const struct machine *v, uint32_t n, uint32_t *out)
{
	uint32_t best = 0, chosen[MACHINES];

	for (uint32_t group = 0; group < 256; group++) {
		uint32_t of_spread[256] = { 0 }, count = 0;

		for (uint32_t i = 0; i < n && count < r->limit; i++) {
			if (v[i].same != group ||
			    (r->spread_max && of_spread[v[i].spread]++ >= r->spread_max))
				continue;
			chosen[count++] = i;
		}
		if (count && (count > best || (count == best && chosen[0] < out[0]))) {
			memcpy(out, chosen, count * sizeof(*out));
			best = count;
		}
	}
	return best;
}

static int by_key(const void *x, const void *y)
{
	const struct machine *a = x, *b = y;

	return a->key != b->key ? a->key - b->key : a->id - b->id;
}

/* Parts of the grid answer, each trims; what they gave is joined and trimmed. */
static void in_parts(struct rng *rng, const struct rank *r, const struct machine *v, uint32_t n,
		     struct found_list *out)
{
	struct found_list part[4] = { { .n = 0 } };

	for (uint32_t i = 0; i < n; i++)
		add(&part[rng_below(rng, 4)], &v[i]);
	for (int i = 0; i < 4; i++) {
		rank_trim(r, &part[i], scratch, ROOM, &pieces);
		found_join(out, &pieces, &part[i]);
		rank_trim(r, out, scratch, ROOM, &pieces);
	}
}

static void test_parts(void **state)
{
	struct rng rng;

	rng_seed(&rng, 3);
	for (int round = 0; round < 3000; round++) {
		struct machine v[MACHINES];
		uint32_t want[MACHINES], n = (uint32_t)rng_below(&rng, MACHINES), groups, spreads,
					 k;
		struct found_list all = { .n = 0 };
		struct rank r = { .on = true, .same = rng_below(&rng, 2) };

		r.limit = 1 + (uint32_t)rng_below(&rng, 30);
		r.spread_max = (uint32_t)rng_below(&rng, 4);
		groups = r.same ? 1 + (uint32_t)rng_below(&rng, 5) : 1;
		spreads = 1 + (uint32_t)rng_below(&rng, 12);
		for (uint32_t i = 0; i < n; i++)
			v[i] = (struct machine){ .id = (uint8_t)i,
						 .key = (uint8_t)rng_below(&rng, 50),
						 .same = (uint8_t)rng_below(&rng, groups),
						 .spread = (uint8_t)rng_below(&rng, spreads) };
		in_parts(&rng, &r, v, n, &all);
		assert_int_equal(all.count, n);
		assert_true(all.n <= groups * r.limit);
		qsort(v, n, sizeof(*v), by_key);
		k = plain(&r, v, n, want);
		assert_int_equal(rank_choose(&r, &all, scratch, ROOM), k);
		for (uint32_t i = 0; i < k; i++)
			assert_int_equal(scratch[i]->peer.id.b[0], v[want[i]].id);
		found_free(&all, &pieces);
	}
}

/* Who answered twice takes one place, the better one, and counts once. */
static void test_twice(void **state)
{
	static const struct machine v[] = {
		{ 1, 10, 0, 1 }, { 2, 20, 0, 1 }, { 1, 30, 0, 1 }, { 3, 40, 0, 1 }, { 4, 50, 0, 1 }
	};
	struct rank r = { .on = true, .limit = 3 };
	struct found_list l = { .n = 0 };

	for (int i = 0; i < 5; i++)
		add(&l, &v[i]);
	rank_trim(&r, &l, scratch, ROOM, &pieces);
	assert_int_equal(l.n, 3);
	assert_int_equal(l.count, 4);
	assert_int_equal(rank_choose(&r, &l, scratch, ROOM), 3);
	for (uint8_t i = 0; i < 3; i++)
		assert_int_equal(scratch[i]->peer.id.b[0], i + 1);
	assert_int_equal(scratch[0]->extra->key[0], 10);
	found_free(&l, &pieces);
}

static void test_of_query(void **state)
{
	static const struct {
		const char *text;
		bool on;
		uint32_t limit;
	} cases[] = {
		{ "a == 1 limit 3", false, 3 },
		{ "count", false, RANK_MAX },
		{ "order by a limit 3", true, 3 },
		{ "order by a", true, RANK_MAX },
		{ "order by a limit 1000000", true, RANK_MAX },
		{ "prefer a == 1", true, RANK_MAX },
		{ "same a limit 2", true, 2 },
		{ "spread a max 1", true, RANK_MAX },
	};
	struct rank r;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		parse(cases[i].text);
		rank_of_query(&query, &r);
		assert_int_equal(r.on, cases[i].on);
		assert_int_equal(r.limit, cases[i].limit);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keys),  TEST(test_second_key), TEST(test_scores),   TEST(test_long_keys),
		TEST(test_parts), TEST(test_twice),	 TEST(test_of_query),
	};

	return cmocka_run_group_tests_name("rank", tests, NULL, NULL);
}
