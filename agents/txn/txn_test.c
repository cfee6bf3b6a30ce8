// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include <txn/txn_priv.h>

/* Values only need the memory of a transaction. */
static struct txn *txn_new(size_t room)
{
	struct txn *txn = calloc(1, sizeof(*txn));

	assert_non_null(txn);
	txn->mem = buf_of(calloc(1, room), room);
	assert_non_null(txn->mem.data);
	return txn;
}

static void txn_free(struct txn *txn)
{
	free(txn->mem.data);
	free(txn);
}

static void add_is(const char *old, int64_t delta, int status, const char *sum)
{
	struct txn *txn = txn_new(256);
	struct bytes out;
	int64_t n = delta;

	assert_int_equal(txn_value_add(txn, old ? bytes_str(old) : bytes_of(NULL, 0), &n, &out),
			 status);
	if (!status) {
		assert_true(bytes_eq(out, bytes_str(sum)));
		assert_true(n == strtoll(sum, NULL, 10));
	}
	txn_free(txn);
}

static void test_add(void **state)
{
	add_is(NULL, 5, 0, "5");
	add_is(NULL, 0, 0, "0");
	add_is("10", -11, 0, "-1");
	add_is("-1", 1, 0, "0");
	add_is("9223372036854775807", 0, 0, "9223372036854775807");
	add_is("-9223372036854775808", 0, 0, "-9223372036854775808");
	add_is("-9223372036854775808", 1, 0, "-9223372036854775807");
	add_is("9223372036854775807", 1, -ERANGE, NULL);
	add_is("-9223372036854775808", -1, -ERANGE, NULL);
	add_is("9223372036854775808", 0, -EINVAL, NULL);
	add_is("-9223372036854775809", 0, -EINVAL, NULL);
	add_is("99999999999999999999", 0, -EINVAL, NULL);
	add_is("", 1, -EINVAL, NULL);
	add_is("-", 1, -EINVAL, NULL);
	add_is("1x", 1, -EINVAL, NULL);
	add_is(" 1", 1, -EINVAL, NULL);
}

static void test_add_no_room(void **state)
{
	struct txn *txn = txn_new(2);
	struct bytes out;
	int64_t n = 100;

	assert_int_equal(txn_value_add(txn, bytes_of(NULL, 0), &n, &out), -E2BIG);
	txn_free(txn);
}

static void list_is(struct bytes list, const char *const *elems, uint32_t n)
{
	struct bytes e;
	size_t pos = 0;

	for (uint32_t i = 0; i < n; i++) {
		assert_int_equal(txn_list_next(list, &pos, &e), 1);
		assert_true(bytes_eq(e, bytes_str(elems[i])));
	}
	assert_int_equal(txn_list_next(list, &pos, &e), 0);
}

static void test_list(void **state)
{
	static const char *const three[] = { "a", "", "a" }, *const two[] = { "", "a" };
	struct bytes list = bytes_of(NULL, 0), out;
	struct txn *txn = txn_new(1024);

	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(txn_value_append(txn, list, bytes_str(three[i]), &list), 0);
	list_is(list, three, 3);
	/* The first one that equals goes. */
	assert_int_equal(txn_value_remove(txn, list, bytes_str("a"), &out), 0);
	list_is(out, two, 2);
	assert_int_equal(txn_value_remove(txn, list, bytes_str("b"), &out), -ENOENT);
	assert_int_equal(txn_value_remove(txn, bytes_str("abc"), bytes_str("b"), &out), -EINVAL);
	assert_int_equal(txn_value_append(txn, bytes_of("\0\0\0\5abcd", 8), bytes_str("b"), &out),
			 -EINVAL);
	txn_free(txn);
}

static void test_list_limits(void **state)
{
	struct txn *txn = txn_new(2 * DHT_VALUE_MAX);
	static uint8_t big[DHT_VALUE_MAX - 4];
	struct bytes list;

	assert_int_equal(
		txn_value_append(txn, bytes_of(NULL, 0), bytes_of(big, sizeof(big)), &list), 0);
	assert_int_equal(list.len, DHT_VALUE_MAX);
	assert_int_equal(txn_value_append(txn, list, bytes_str(""), &list), -EMSGSIZE);
	txn_free(txn);
}

/* Each item counts, in its place and with its version. */
static void test_digest(void **state)
{
	struct dht_version one = { 1, 7 }, two = { 2, 7 };
	uint64_t a = txn_digest_add(txn_digest_add(0, bytes_str("a"), &one), bytes_str("b"), &two);

	assert_true(a !=
		    txn_digest_add(txn_digest_add(0, bytes_str("b"), &two), bytes_str("a"), &one));
	assert_true(a !=
		    txn_digest_add(txn_digest_add(0, bytes_str("a"), &one), bytes_str("b"), &one));
	assert_true(a != txn_digest_add(0, bytes_str("a"), &one));
	assert_true(a ==
		    txn_digest_add(txn_digest_add(0, bytes_str("a"), &one), bytes_str("b"), &two));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add),    cmocka_unit_test(test_add_no_room),
		cmocka_unit_test(test_list),   cmocka_unit_test(test_list_limits),
		cmocka_unit_test(test_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
