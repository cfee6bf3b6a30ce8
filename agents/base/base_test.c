// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/addr.h>
#include <base/arena.h>
#include <base/be.h>
#include <base/buf.h>
#include <base/crc32c.h>
#include <base/rng.h>
#include <base/siphash.h>

static void test_bytes_order(void **state)
{
	assert_true(bytes_cmp(bytes_str("a"), bytes_str("ab")) < 0);
	assert_true(bytes_cmp(bytes_str("b"), bytes_str("ab")) > 0);
	assert_true(bytes_cmp(bytes_str("\xff"), bytes_str("a")) > 0);
	assert_int_equal(bytes_cmp(bytes_of(NULL, 0), bytes_str("")), 0);
	assert_true(bytes_has_prefix(bytes_str("abc"), bytes_str("ab")));
	assert_false(bytes_has_prefix(bytes_str("a"), bytes_str("ab")));
}

static void test_buf_bounds(void **state)
{
	uint8_t mem[4];
	struct buf b = buf_of(mem, sizeof(mem));

	assert_int_equal(buf_append(&b, "abc", 3), 0);
	assert_int_equal(buf_append(&b, "de", 2), -EMSGSIZE);
	assert_int_equal(b.len, 3);
	assert_non_null(buf_reserve(&b, 1));
	assert_null(buf_reserve(&b, 1));
}

static void test_be(void **state)
{
	uint8_t raw[9] = { 0 };

	be64_store(raw + 1, 0x0102030405060708ULL);
	assert_int_equal(raw[1], 1);
	assert_int_equal(raw[8], 8);
	assert_int_equal(be64_load(raw + 1), 0x0102030405060708ULL);
	assert_int_equal(be32_load(raw + 1), 0x01020304);
	assert_int_equal(be16_load(raw + 1), 0x0102);
}

/* RFC 3720 appendix B.4 */
static void test_crc32c_vectors(void **state)
{
	uint8_t data[32] = { 0 };

	assert_int_equal(crc32c(0, data, 32), 0x8a9136aa);
	memset(data, 0xff, 32);
	assert_int_equal(crc32c(0, data, 32), 0x62a8ab43);
	for (int i = 0; i < 32; i++)
		data[i] = (uint8_t)i;
	assert_int_equal(crc32c(0, data, 32), 0x46dd794e);
	assert_int_equal(crc32c(crc32c(0, data, 5), data + 5, 27), 0x46dd794e);
}

/* Appendix A of the SipHash paper */
static void test_siphash_vector(void **state)
{
	uint64_t key[2] = { 0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL };
	uint8_t in[15];

	for (int i = 0; i < 15; i++)
		in[i] = (uint8_t)i;
	assert_true(siphash(key, in, 15) == 0xa129ca6149be45e5ULL);
}

static void test_rng_repeats(void **state)
{
	struct rng a, b, c;
	int differ = 0;

	rng_seed(&a, 7);
	rng_seed(&b, 7);
	rng_seed(&c, 8);
	for (int i = 0; i < 100; i++) {
		uint64_t v = rng_next(&a);

		assert_true(v == rng_next(&b));
		differ += v != rng_next(&c);
		assert_true(rng_below(&a, 3) < 3);
		rng_below(&b, 3);
	}
	assert_true(differ > 90);
}

static void test_pool_limits(void **state)
{
	static _Alignas(16) uint8_t mem[256];
	struct arena a;
	struct pool p;
	void *one, *two;

	arena_init(&a, mem, sizeof(mem));
	pool_init(&p, &a, 20, 2);
	one = pool_get(&p);
	two = pool_get(&p);
	assert_non_null(one);
	assert_non_null(two);
	assert_ptr_not_equal(one, two);
	assert_null(pool_get(&p));
	assert_int_equal(p.refused, 1);
	memset(one, 0xaa, 20);
	pool_put(&p, one);
	assert_ptr_equal(pool_get(&p), one);
	for (int i = 0; i < 20; i++)
		assert_int_equal(((uint8_t *)one)[i], 0);
}

static void check_addr(const char *in, const char *out)
{
	char text[XOS_ADDR_STR_MAX];
	struct xos_addr a;

	assert_int_equal(xos_addr_parse(in, 7400, &a), 0);
	assert_string_equal(xos_addr_format(&a, text), out);
}

static void test_addr(void **state)
{
	static const char *const bad[] = { "",	     "[::1",	    "[::1]x",	 "1.2.3", "::1]:5",
					   "[::1]:", "[::1]:70000", "1.2.3.4:x", "name:1" };
	struct xos_addr a;

	check_addr("[2001:db8::1]:99", "[2001:db8::1]:99");
	check_addr("2001:db8::1", "[2001:db8::1]:7400");
	check_addr("192.0.2.7", "192.0.2.7:7400");
	check_addr("192.0.2.7:80", "192.0.2.7:80");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(xos_addr_parse(bad[i], 1, &a), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_order),
		cmocka_unit_test(test_buf_bounds),
		cmocka_unit_test(test_be),
		cmocka_unit_test(test_crc32c_vectors),
		cmocka_unit_test(test_siphash_vector),
		cmocka_unit_test(test_rng_repeats),
		cmocka_unit_test(test_pool_limits),
		cmocka_unit_test(test_addr),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
