// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <resp/resp.h>

#define ARGS_MAX  6
#define BYTES_MAX 200

static struct resp_arg args[ARGS_MAX];

static struct resp_parser parser(void)
{
	return (struct resp_parser){ .limits = { ARGS_MAX, BYTES_MAX }, .args = args };
}

/* The arguments as text, each in brackets, or the error. */
static const char *show(struct resp_parser *p, const uint8_t *data, enum resp_result r)
{
	static char out[512];
	size_t len = 0;

	out[0] = 0;
	if (r == RESP_MORE)
		return "more";
	if (r == RESP_BAD)
		return p->error;
	for (uint32_t i = 0; i < p->argc; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "[%.*s]", (int)args[i].len,
					data + args[i].at);
	return out;
}

/*
 * Parse at once, and byte by byte, always from memory of the exact length so
 * that ASan sees a read too far.
 */
static void check(const char *text, size_t len, const char *want, size_t used_want)
{
	for (size_t first = len; first != SIZE_MAX; first = first == len && len ? 0 : SIZE_MAX) {
		struct resp_parser p = parser();
		enum resp_result r = RESP_MORE;
		size_t used = 0;

		for (size_t n = first; n <= len && r == RESP_MORE; n++) {
			uint8_t *data = malloc(n ? n : 1);

			memcpy(data, text, n);
			r = resp_parse(&p, data, n, &used);
			if (r != RESP_MORE || n == len)
				assert_string_equal(show(&p, data, r), want);
			free(data);
		}
		assert_int_equal(used, used_want);
	}
}

#define CHECK(text, want, used) check(text, sizeof(text) - 1, want, used)

static void test_arrays(void **state)
{
	CHECK("", "more", 0);
	CHECK("*1\r\n$4\r\nPING\r\n", "[PING]", 14);
	CHECK("*2\r\n$3\r\nGET\r\n$3\r\na\r\n\r\n", "[GET][a\r\n]", 22);
	CHECK("*2\r\n$4\r\nECHO\r\n$0\r\n\r\n", "[ECHO][]", 20);
	CHECK("*0\r\n", "", 4);
	CHECK("*-1\r\n", "", 5);
	CHECK("*1\r\n$4\r\nPING\r", "more", 0);
	CHECK("*1\r\n$4", "more", 0);
}

static void test_bad_arrays(void **state)
{
	CHECK("*x\r\n", "Protocol error: invalid multibulk length", 0);
	CHECK("*\r\n", "Protocol error: invalid multibulk length", 0);
	CHECK("*7\r\n", "Protocol error: invalid multibulk length", 0);
	CHECK("*1\r\nPING\r\n", "Protocol error: expected '$', got 'P'", 0);
	CHECK("*1\r\n$-1\r\n", "Protocol error: invalid bulk length", 0);
	CHECK("*1\r\n$03\r\n", "Protocol error: invalid bulk length", 0);
	CHECK("*1\r\n$201\r\n", "Protocol error: invalid bulk length", 0);
	CHECK("*1\r\n$195\r\n", "Protocol error: too big request", 0);
	CHECK("*1\r\n$1\r\nabc", "Protocol error: expected a line end after an argument", 0);
	CHECK("*1111111111111111111111111111111111111111111111111111111111111111",
	      "Protocol error: too big mbulk count string", 0);
}

static void test_inline(void **state)
{
	char line[BYTES_MAX + 1];

	CHECK("PING\r\n", "[PING]", 6);
	CHECK("\r\n", "", 2);
	CHECK("  set\ta  b \n", "[set][a][b]", 12);
	CHECK("echo \"a \\\"b\\x41\\n\" 'it\\'s'\n", "[echo][a \"bA\n][it's]", 27);
	CHECK("echo \"a\"b\n", "Protocol error: unbalanced quotes in request", 0);
	CHECK("echo 'a\n", "Protocol error: unbalanced quotes in request", 0);
	CHECK("1 2 3 4 5 6 7\n", "Protocol error: invalid multibulk length", 0);
	memset(line, 'a', sizeof(line));
	check(line, BYTES_MAX, "Protocol error: too big inline request", 0);
}

static void test_pipeline(void **state)
{
	uint8_t text[] = "PING\r\n*1\r\n$4\r\nQUIT\r\n";
	struct resp_parser p = parser();
	size_t used;

	assert_int_equal(resp_parse(&p, text, sizeof(text) - 1, &used), RESP_REQUEST);
	assert_string_equal(show(&p, text, RESP_REQUEST), "[PING]");
	assert_int_equal(resp_parse(&p, text + used, sizeof(text) - 1 - used, &used), RESP_REQUEST);
	assert_string_equal(show(&p, text + 6, RESP_REQUEST), "[QUIT]");
	assert_int_equal(used, 14);
}

static void test_numbers(void **state)
{
	static const char *const bad[] = {
		"", "-", "01", "-0", "+1", " 1", "1 ", "1.0", "9223372036854775808", "x"
	};
	int64_t n;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(resp_number(bytes_str(bad[i]), &n));
	assert_true(resp_number(bytes_str("0"), &n));
	assert_int_equal(n, 0);
	assert_true(resp_number(bytes_str("9223372036854775807"), &n));
	assert_true(n == INT64_MAX);
	assert_true(resp_number(bytes_str("-9223372036854775808"), &n));
	assert_true(n == INT64_MIN);
	assert_false(resp_number(bytes_str("-9223372036854775809"), &n));
}

static void test_glob(void **state)
{
	static const char *const yes[][2] = { { "*", "" },	    { "a*c", "abbc" },
					      { "h?llo", "hello" }, { "[a-c]x", "bx" },
					      { "[^a]", "b" },	    { "\\*", "*" },
					      { "*a*b*", "xaybz" }, { "[\\]]", "]" },
					      { "[c-a]", "b" },	    { "a*", "a" } };
	static const char *const no[][2] = { { "", "a" },     { "a*c", "abb" }, { "h?llo", "hllo" },
					     { "[^a]", "a" }, { "\\*", "x" },	{ "*a*b*", "ba" },
					     { "[a-c]", "d" } };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		assert_true(resp_glob(bytes_str(yes[i][0]), bytes_str(yes[i][1])));
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		assert_false(resp_glob(bytes_str(no[i][0]), bytes_str(no[i][1])));
}

static void write_all(struct resp_reply *r)
{
	resp_simple(r, "OK");
	resp_error(r, "ERR no '%s'", "a\r\nb");
	resp_int(r, INT64_MIN);
	resp_bulk(r, bytes_str("x\r\n"));
	resp_null(r);
	resp_null_array(r);
	resp_array(r, 2);
	resp_map(r, 1);
	resp_set(r, 3);
}

static void test_replies(void **state)
{
	char room[256];
	struct resp_reply r = { .data = (uint8_t *)room, .cap = sizeof(room) - 1, .proto = 2 };

	write_all(&r);
	room[r.len] = 0;
	assert_string_equal(room,
			    "+OK\r\n-ERR no 'a  b'\r\n:-9223372036854775808\r\n$3\r\nx\r\n\r\n"
			    "$-1\r\n*-1\r\n*2\r\n*2\r\n*3\r\n");
	r.len = 0;
	r.proto = 3;
	write_all(&r);
	room[r.len] = 0;
	assert_string_equal(room,
			    "+OK\r\n-ERR no 'a  b'\r\n:-9223372036854775808\r\n$3\r\nx\r\n\r\n"
			    "_\r\n_\r\n*2\r\n%1\r\n~3\r\n");
}

/* Whatever the room is, nothing is written behind it, and what is missing shows. */
static void test_reply_room(void **state)
{
	struct resp_reply r;
	uint8_t *data;
	size_t whole;

	data = malloc(256);
	r = (struct resp_reply){ .data = data, .cap = 256, .proto = 3 };
	write_all(&r);
	whole = r.len;
	assert_false(r.full);
	free(data);
	for (size_t cap = 0; cap < whole; cap++) {
		data = malloc(cap ? cap : 1);
		r = (struct resp_reply){ .data = data, .cap = cap, .proto = 3 };
		write_all(&r);
		assert_true(r.full && r.len <= cap);
		free(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arrays),	cmocka_unit_test(test_bad_arrays),
		cmocka_unit_test(test_inline),	cmocka_unit_test(test_pipeline),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_glob),
		cmocka_unit_test(test_replies), cmocka_unit_test(test_reply_room),
	};

	return cmocka_run_group_tests_name("resp", tests, NULL, NULL);
}
