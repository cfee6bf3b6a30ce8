// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <base/rng.h>
#include <select/attr.h>
#include <select/version.h>

static void test_number(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
		bool fraction;
		enum attr_unit unit;
		int ret;
	} cases[] = {
		{ "0", 0, false, ATTR_COUNT, 0 },
		{ "64", 64, false, ATTR_COUNT, 0 },
		{ "-3", -3, false, ATTR_COUNT, 0 },
		{ "4GiB", 4LL << 30, false, ATTR_BYTES, 0 },
		{ "1.5GiB", 3LL << 29, false, ATTR_BYTES, 0 },
		{ "1.001KiB", 1025, true, ATTR_BYTES, 0 },
		{ "6.1", 6, true, ATTR_COUNT, 0 },
		{ "-1.5", -2, true, ATTR_COUNT, 0 },
		{ "1.500", 1, true, ATTR_COUNT, 0 },
		{ "2kB", 2000, false, ATTR_BYTES, 0 },
		{ "8191PiB", 8191LL << 50, false, ATTR_BYTES, 0 },
		{ "8192PiB", 0, false, ATTR_COUNT, -ERANGE },
		{ "2s", 2000, false, ATTR_MS, 0 },
		{ "1.5min", 90000, false, ATTR_MS, 0 },
		{ "2.4GHz", 2400000000, false, ATTR_HZ, 0 },
		{ "9223372036854775807", INT64_MAX, false, ATTR_COUNT, 0 },
		{ "9223372036854775808", 0, false, ATTR_COUNT, -ERANGE },
		{ "", 0, false, ATTR_COUNT, -EINVAL },
		{ "-", 0, false, ATTR_COUNT, -EINVAL },
		{ "4gib", 0, false, ATTR_COUNT, -EINVAL },
		{ "4.", 0, false, ATTR_COUNT, -EINVAL },
		{ "6.1.0", 0, false, ATTR_COUNT, -EINVAL },
		{ "1.2345", 0, false, ATTR_COUNT, -EINVAL },
		{ "x4", 0, false, ATTR_COUNT, -EINVAL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct number n = { 0 };
		int ret = number_parse(bytes_str(cases[i].text), &n);

		if (ret != cases[i].ret || n.value != cases[i].value ||
		    n.fraction != cases[i].fraction || n.unit != cases[i].unit)
			fail_msg("%s: %d %lld %d %d", cases[i].text, ret, (long long)n.value,
				 n.fraction, n.unit);
	}
}

static void test_version(void **state)
{
	/* ascending */
	static const char *const order[] = { "~",
					     "",
					     "1.0~rc1",
					     "1.0",
					     "1.0a",
					     "1.0+1",
					     "1.0-1",
					     "1.0.1",
					     "1.9",
					     "1.10",
					     "6.1",
					     "6.1.0",
					     "6.1.70",
					     "10",
					     "65536.1",
					     "65537",
					     "99999999999999999999999",
					     "v1",
					     "..1" };
	size_t n = sizeof(order) / sizeof(order[0]);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			int c = version_cmp(bytes_str(order[i]), bytes_str(order[j]));

			if (c != (i < j ? -1 : i > j))
				fail_msg("%s against %s: %d", order[i], order[j], c);
		}
	assert_int_equal(version_cmp(bytes_str("1.01"), bytes_str("1.1")), 0);
}

/* The code never contradicts the order, on many random versions over a small alphabet. */
static void test_version_code(void **state)
{
	static const char alphabet[] = "0019.~a-:..";
	struct rng rng;

	rng_seed(&rng, 1);
	for (int i = 0; i < 300000; i++) {
		char text[2][10];
		struct bytes v[2];
		uint64_t code[2];
		int c;

		for (int k = 0; k < 2; k++) {
			size_t len = rng_below(&rng, sizeof(text[k]));

			for (size_t b = 0; b < len; b++)
				text[k][b] = alphabet[rng_below(&rng, sizeof(alphabet) - 1)];
			v[k] = bytes_of(text[k], len);
			code[k] = version_code(v[k]);
		}
		c = version_cmp(v[0], v[1]);
		assert_int_equal(version_cmp(v[1], v[0]), -c);
		if ((c <= 0 && code[0] > code[1]) || (c >= 0 && code[0] < code[1]))
			fail_msg("%.*s (%llx) %d %.*s (%llx)", (int)v[0].len, text[0],
				 (unsigned long long)code[0], c, (int)v[1].len, text[1],
				 (unsigned long long)code[1]);
	}
}

/* Keys of whole versions are in the order of the versions, and equal when these are. */
static void test_version_key(void **state)
{
	static const char alphabet[] = "0019.~aZ:..";
	struct rng rng;

	rng_seed(&rng, 2);
	for (int i = 0; i < 300000; i++) {
		uint8_t room[2][64];
		struct buf key[2];
		char text[2][10];
		struct bytes v[2];
		int c;

		for (int k = 0; k < 2; k++) {
			size_t len = rng_below(&rng, sizeof(text[k]));

			for (size_t b = 0; b < len; b++)
				text[k][b] = alphabet[rng_below(&rng, sizeof(alphabet) - 1)];
			v[k] = bytes_of(text[k], len);
			key[k] = buf_of(room[k], sizeof(room[k]));
			version_key(v[k], &key[k]);
		}
		c = bytes_cmp(buf_bytes(&key[0]), buf_bytes(&key[1]));
		if ((c > 0) - (c < 0) != version_cmp(v[0], v[1]))
			fail_msg("%.*s and %.*s: %d", (int)v[0].len, text[0], (int)v[1].len,
				 text[1], c);
	}
}

static void test_format(void **state)
{
	static const char *const texts[] = { "0",	"-3",	 "4294967296B",
					     "2000ms",	"100Hz", "5bit/s",
					     "true",	"r2",	 "-9223372036854775807",
					     "string:x" };
	char out[32];
	struct attr a;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *want = strchr(texts[i], ':') ? "x" : texts[i];

		assert_int_equal(attr_parse(bytes_str("x"), bytes_str(texts[i]), &a), 0);
		assert_int_equal(attr_format(&a, out, sizeof(out)), strlen(want));
		assert_string_equal(out, want);
	}
	a.num = INT64_MIN;
	a.type = ATTR_INT;
	a.unit = ATTR_BYTES;
	attr_format(&a, out, sizeof(out));
	assert_string_equal(out, "-9223372036854775808B");
	assert_int_equal(attr_format(&a, out, 4), 3);
	assert_string_equal(out, "-92");
}

static void test_names(void **state)
{
	assert_true(attr_name_valid(bytes_str("a")));
	assert_true(attr_name_valid(bytes_str("Disk.Free-2_x")));
	assert_false(attr_name_valid(bytes_str("")));
	assert_false(attr_name_valid(bytes_str("9a")));
	assert_false(attr_name_valid(bytes_str("a..b")));
	assert_false(attr_name_valid(bytes_str("a.")));
	assert_false(attr_name_valid(bytes_str("a b")));
	assert_false(attr_name_valid(bytes_str("LIMIT")));
}

static void test_parse(void **state)
{
	struct attr a;

	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("4GiB"), &a), 0);
	assert_int_equal(a.type, ATTR_INT);
	assert_int_equal(a.unit, ATTR_BYTES);
	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("Yes"), &a), 0);
	assert_int_equal(a.type, ATTR_BOOL);
	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("6.1"), &a), 0);
	assert_int_equal(a.type, ATTR_STRING);
	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("version:6.1"), &a), 0);
	assert_int_equal(a.type, ATTR_VERSION);
	assert_true(bytes_eq(a.text, bytes_str("6.1")));
	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("string:4"), &a), 0);
	assert_int_equal(a.type, ATTR_STRING);
	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("int:four"), &a), -EINVAL);
	assert_int_equal(attr_parse(bytes_str("x"), bytes_str("bool:4"), &a), -EINVAL);
}

static struct attr text_attr(const char *name, const char *text, size_t len)
{
	return (struct attr){ .name = bytes_str(name),
			      .type = ATTR_STRING,
			      .text = bytes_of(text, len) };
}

static void test_set(void **state)
{
	static struct attr_set set;
	struct attr a = text_attr("rack", "r2", 2), out;

	attr_set_init(&set);
	assert_int_equal(attr_set_put(&set, &a), 0);
	a = text_attr("Arch", "x86_64", 6);
	assert_int_equal(attr_set_put(&set, &a), 0);
	a = text_attr("zone", "eu", 2);
	assert_int_equal(attr_set_put(&set, &a), 0);
	/* a new value moves the strings behind the old one */
	a = text_attr("rack", "r1000", 5);
	assert_int_equal(attr_set_put(&set, &a), 0);
	assert_int_equal(set.n, 3);
	attr_set_at(&set, 0, &out);
	assert_true(bytes_eq(out.name, bytes_str("arch")));
	assert_true(bytes_eq(out.text, bytes_str("x86_64")));
	assert_true(attr_set_get(&set, bytes_str("rack"), &out));
	assert_true(bytes_eq(out.text, bytes_str("r1000")));
	assert_true(attr_set_get(&set, bytes_str("zone"), &out));
	assert_true(bytes_eq(out.text, bytes_str("eu")));
	assert_true(attr_set_del(&set, bytes_str("arch")));
	assert_false(attr_set_del(&set, bytes_str("arch")));
	assert_true(attr_set_get(&set, bytes_str("zone"), &out));
	assert_true(bytes_eq(out.text, bytes_str("eu")));
	assert_false(attr_set_get(&set, bytes_str("arch"), &out));
	assert_int_equal(set.used, 7);
}

static void test_set_bounds(void **state)
{
	static struct attr_set set;
	static char text[ATTR_STR_MAX + 1];
	struct attr a, out;
	char name[16];

	attr_set_init(&set);
	a = text_attr("x", text, sizeof(text));
	assert_int_equal(attr_set_put(&set, &a), -EMSGSIZE);
	a = text_attr("not", text, 1);
	assert_int_equal(attr_set_put(&set, &a), -EINVAL);
	for (int i = 0; i < ATTR_TEXT_MAX / ATTR_STR_MAX; i++) {
		snprintf(name, sizeof(name), "a%d", i);
		a = text_attr(name, text, ATTR_STR_MAX);
		assert_int_equal(attr_set_put(&set, &a), 0);
	}
	a = text_attr("b", text, 1);
	assert_int_equal(attr_set_put(&set, &a), -ENOSPC);
	assert_int_equal(set.refused, 1);
	/* what is there may still be replaced, and what has no text added */
	a = text_attr("a0", text, ATTR_STR_MAX);
	assert_int_equal(attr_set_put(&set, &a), 0);
	for (int i = set.n; i < ATTR_SET_MAX; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		a = (struct attr){ .name = bytes_str(name), .type = ATTR_INT, .num = i };
		assert_int_equal(attr_set_put(&set, &a), 0);
	}
	a = (struct attr){ .name = bytes_str("onemore"), .type = ATTR_INT };
	assert_int_equal(attr_set_put(&set, &a), -ENOSPC);
	assert_int_equal(set.refused, 2);
	assert_true(attr_set_get(&set, bytes_str("n63"), &out));
	assert_int_equal(out.num, 63);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number),	     cmocka_unit_test(test_version),
		cmocka_unit_test(test_version_code), cmocka_unit_test(test_names),
		cmocka_unit_test(test_parse),	     cmocka_unit_test(test_set),
		cmocka_unit_test(test_set_bounds),   cmocka_unit_test(test_version_key),
		cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
