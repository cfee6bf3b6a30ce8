// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys, slots and regions: every point lies in exactly one of the regions that a node hands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include <base/rng.h>
#include <select/boxes.h>
#include <select/eval.h>

#define AXES   2
#define LEVELS 2
/* Codes that differ in their upper LEVELS bits. */
#define STEP   (1 << (SPACE_CODE_BITS - LEVELS))

static struct space small(void)
{
	struct space s = { .axes = AXES,
			   .levels = LEVELS,
			   .axis = { { "a", SPACE_CODE }, { "b", SPACE_CODE } } };

	space_init(&s);
	return s;
}

static bool contains(const struct space *s, const struct space_box *box,
		     const struct space_point *p)
{
	for (uint32_t i = 0; i < s->axes; i++) {
		if (p->c[i] < box->lo[i] || p->c[i] > box->hi[i])
			return false;
	}
	return true;
}

static struct space_point point(uint32_t n)
{
	return (struct space_point){ { (uint16_t)(n % 4 * STEP + 1),
				       (uint16_t)(n / 4 * STEP + 1) } };
}

/* In how many of the regions of a node's slots does a point lie? */
static uint32_t regions_with(const struct space *s, const struct trie_key *at,
			     const struct space_point *p)
{
	uint32_t n = 0;

	for (uint32_t slot = 0; slot < AXES * LEVELS; slot++) {
		struct trie_key key = *at;
		struct space_box cell;

		trie_key_flip(&key, slot);
		space_region(s, &key, slot + 1, &cell);
		n += contains(s, &cell, p);
	}
	return n;
}

/* All nodes, all points: in one region, or in the node's own cell. */
static void test_exactly_once(void **state)
{
	struct space s = small();

	for (uint32_t from = 0; from < 16; from++) {
		for (uint32_t to = 0; to < 16; to++) {
			struct xos_id a = { { 1, (uint8_t)from } }, b = { { 2, (uint8_t)to } };
			struct space_point pa = point(from), pb = point(to);
			struct trie_key ka, kb;
			struct space_box cell;
			uint32_t slot;

			space_key(&s, &pa, &a, &ka);
			space_key(&s, &pb, &b, &kb);
			assert_int_equal(regions_with(&s, &ka, &pb), from != to);
			slot = trie_key_slot(&ka, &kb);
			assert_int_equal(slot >= AXES * LEVELS, from == to);
			if (from == to)
				continue;
			space_region(&s, &kb, slot + 1, &cell);
			assert_true(contains(&s, &cell, &pb));
			assert_false(contains(&s, &cell, &pa));
		}
	}
}

static void test_codes_keep_order(void **state)
{
	int64_t values[] = { INT64_MIN, -5, 0, 1, 2, 3, 1000, 1 << 30, 1LL << 40, INT64_MAX };

	for (size_t i = 1; i < sizeof(values) / sizeof(*values); i++)
		assert_true(space_code(SPACE_LOG, values[i - 1]) <=
			    space_code(SPACE_LOG, values[i]));
	assert_true(space_code(SPACE_LOG, 2) < space_code(SPACE_LOG, 3));
	assert_true(space_code(SPACE_LOG, INT64_MIN) >= 1);
	assert_int_equal(space_code_name(bytes_str("x86_64")),
			 space_code_name(bytes_str("x86_64")));
}

static void describe(struct rng *r, struct attr_set *set)
{
	static const char *const arches[] = { "x86_64", "aarch64" };
	struct attr cores = { .name = bytes_str("cores"), .type = ATTR_INT };
	struct attr arch = { .name = bytes_str("arch"), .type = ATTR_STRING };
	struct attr memory = { .name = bytes_str("memory"), .type = ATTR_INT, .unit = ATTR_BYTES };

	attr_set_init(set);
	cores.num = 1 + (int64_t)rng_below(r, 128);
	arch.text = bytes_str(arches[rng_below(r, 2)]);
	memory.num = (int64_t)(rng_below(r, 1 << 16) << 20);
	if (rng_below(r, 4))
		assert_int_equal(attr_set_put(set, &cores), 0);
	if (rng_below(r, 4))
		assert_int_equal(attr_set_put(set, &arch), 0);
	if (rng_below(r, 4))
		assert_int_equal(attr_set_put(set, &memory), 0);
}

/* A machine that matches lies in one of the query's boxes, else it would not be asked. */
static void test_boxes_hold_what_matches(void **state)
{
	static const char *const texts[] = {
		"true",
		"cores >= 16 and memory < 8GiB",
		"not (arch == x86_64 or cores < 4)",
		"cores in 4..64 and (arch == aarch64 or memory >= 1GiB)",
		"cores > 8 or arch != x86_64",
		"has memory and not has cores",
		"arch in (x86_64, riscv64) and cores == 7",
		"not has arch",
	};
	static struct query q;
	struct query_error err;
	struct space s;
	struct rng r;

	rng_seed(&r, 3);
	space_default(&s);
	for (uint32_t i = 0; i < 4000; i++) {
		const char *text = texts[i % (sizeof(texts) / sizeof(*texts))];
		struct space_point p;
		struct attr_set set;
		struct boxes boxes;
		bool in = false;

		describe(&r, &set);
		assert_int_equal(query_parse(bytes_str(text), &q, &err), 0);
		boxes_of_query(&s, &q, &boxes);
		space_locate(&s, &set, &p);
		for (uint32_t k = 0; k < boxes.n; k++)
			in = in || contains(&s, &boxes.v[k], &p);
		if (query_eval(&q, &set) == TRI_TRUE && !in)
			fail_msg("'%s' misses a machine that matches", text);
	}
}

/* And they are not simply everything. */
static void test_boxes_prune(void **state)
{
	static struct query q;
	struct query_error err;
	struct space_box full;
	struct boxes boxes;
	struct space s;

	space_default(&s);
	space_box_full(&full);
	assert_int_equal(query_parse(bytes_str("true"), &q, &err), 0);
	boxes_of_query(&s, &q, &boxes);
	assert_true(space_cover(&s, &full, &boxes) >= 1);
	assert_int_equal(query_parse(bytes_str("memory >= 4GiB and cores in 4..8"), &q, &err), 0);
	boxes_of_query(&s, &q, &boxes);
	assert_true(space_cover(&s, &full, &boxes) < 0.1f);
	assert_true(space_cover(&s, &full, &boxes) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exactly_once),
		cmocka_unit_test(test_codes_keep_order),
		cmocka_unit_test(test_boxes_hold_what_matches),
		cmocka_unit_test(test_boxes_prune),
	};

	return cmocka_run_group_tests_name("space", tests, NULL, NULL);
}
