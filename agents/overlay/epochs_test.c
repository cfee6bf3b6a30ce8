// SPDX-License-Identifier: GPL-2.0-or-later
/* The map of epochs against a table of every key, and which answers agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <errno.h>

#include <base/rng.h>
#include <overlay/epochs.h>

/* Keys of one letter; the empty one is the first. */
#define KEYS	26
#define CLASSES 3

static struct ring_map map;
static void *memory;

static int setup(void **state)
{
	struct arena arena;

	memory = calloc(1, RING_MAP_ARENA_SIZE + 64);
	assert_non_null(memory);
	arena_init(&arena, memory, RING_MAP_ARENA_SIZE + 64);
	ring_map_init(&map, &arena);
	return 0;
}

static int teardown(void **state)
{
	free(memory);
	return 0;
}

static struct bytes key_of(uint32_t i, char *mem)
{
	*mem = (char)('a' + i);
	return bytes_of(mem, i ? 1 : 0);
}

static struct ring_arc arc_of(uint32_t from, uint32_t to)
{
	struct ring_arc a = { .open = to >= KEYS };
	char mem;

	ring_key_set(&a.start, key_of(from, &mem));
	if (!a.open)
		ring_key_set(&a.end, key_of(to, &mem));
	return a;
}

static void test_map(void **state)
{
	uint64_t want[CLASSES][KEYS] = { 0 };
	struct rng r;
	char mem;

	rng_seed(&r, 1);
	ring_map_reset(&map, CLASSES, 0);
	for (uint32_t n = 0; n < 3000; n++) {
		uint32_t from = (uint32_t)rng_below(&r, KEYS - 1);
		uint32_t to = from + 1 + (uint32_t)rng_below(&r, KEYS - from);
		uint8_t class = (uint8_t)rng_below(&r, CLASSES);
		uint64_t epoch = n / 2 + rng_below(&r, 20), least = UINT64_MAX, most = 0, got;
		struct ring_arc a = arc_of(from, to);
		int changed = 0;

		if (rng_below(&r, 20) == 0) {
			ring_map_trim(&map, &a);
			for (uint32_t i = 0; i < CLASSES * KEYS; i++) {
				if (i % KEYS < from || i % KEYS >= to)
					want[i / KEYS][i % KEYS] = 0;
			}
		}
		for (uint32_t i = from; i < to && i < KEYS; i++) {
			if (want[class][i] >= epoch)
				continue;
			want[class][i] = epoch;
			changed = 1;
		}
		assert_int_equal(ring_map_note(&map, class, &a, epoch), changed);
		for (uint32_t i = 0; i < CLASSES * KEYS; i++)
			assert_int_equal(ring_map_get(&map, (uint8_t)(i / KEYS),
						      key_of(i % KEYS, &mem)),
					 want[i / KEYS][i % KEYS]);
		for (uint32_t i = from; i < to && i < KEYS; i++) {
			least = want[class][i] < least ? want[class][i] : least;
			most = want[class][i] > most ? want[class][i] : most;
		}
		assert_int_equal(ring_map_range(&map, class, &a, &got), most);
		assert_int_equal(got, least);
		assert_true(map.n <= CLASSES * KEYS);
	}
}

static void test_full(void **state)
{
	struct ring_arc a = { .open = false };
	uint32_t n = 0;
	int err;

	ring_map_reset(&map, 2, 1);
	do {
		uint8_t mem[2] = { (uint8_t)(1 + n / 100), (uint8_t)(2 * (n % 100)) };

		ring_key_set(&a.start, bytes_of(mem, 2));
		mem[1]++;
		ring_key_set(&a.end, bytes_of(mem, 2));
		err = ring_map_note(&map, 1, &a, 2);
		n++;
	} while (err == 1 && n < 1000);
	assert_int_equal(err, -ENOBUFS);
	assert_true(map.n <= RING_SEGS_MAX);
	/* What is noted already needs no room. */
	assert_int_equal(ring_map_note(&map, 1, &a, 1), 0);
}

static void test_agree(void **state)
{
	struct ring_said said[] = {
		{ 0, { 3, { 5, 1, 1 } } },
		{ 1, { 3, { 5, 1, 2 } } },
		{ 2, { 3, { 4, 1, 2 } } },
	};

	/* 0 and 1 know the same of each other; what they know of 2 does not matter. */
	assert_true(ring_agreed(said, 2, 2));
	/* 2 has not heard that 0 was taken over, nor 0 that 2 was. */
	assert_false(ring_agreed((struct ring_said[]){ said[0], said[2] }, 2, 2));
	assert_true(ring_agreed(said + 1, 2, 2));
	assert_false(ring_agreed(said, 3, 3));
	assert_true(ring_agreed(said, 3, 2));
	assert_int_equal(ring_agreed_most(said, 2), 3);
	assert_int_equal(ring_bits(ring_agreed_most(said, 3)), 2);
	/* One that says nothing agrees with nobody. */
	said[1].epochs.n = 0;
	assert_false(ring_agreed(said, 3, 2));
}

static void test_wire(void **state)
{
	struct ring_epochs e = { 3, { 1ULL << 63, 2, 0x0102030405060708 } }, got;
	uint8_t mem[RING_EPOCHS_LEN];

	ring_epochs_get(&got, ring_epochs_put(&e, mem));
	assert_memory_equal(&got, &e, sizeof(e));
	ring_epochs_get(&got, bytes_of(mem, 7));
	assert_int_equal(got.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_map, setup, teardown),
		cmocka_unit_test_setup_teardown(test_full, setup, teardown),
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_wire),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
