// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include <select/eval.h>

static struct query query;
static struct attr_set set;

static void put(const char *name, const char *value)
{
	struct attr a;

	assert_int_equal(attr_parse(bytes_str(name), bytes_str(value), &a), 0);
	assert_int_equal(attr_set_put(&set, &a), 0);
}

static enum tri eval(const char *text)
{
	struct query_error err;

	if (query_parse(bytes_str(text), &query, &err))
		fail_msg("%s: column %u: %s", text, err.column, err.text);
	return query_eval(&query, &set);
}

static void machine(void)
{
	attr_set_init(&set);
	put("arch", "x86_64");
	put("memory", "8GiB");
	put("cores", "int:16");
	put("kernel", "version:6.1.0-25");
	put("os", "debian 12");
	put("gpu", "yes");
	put("ssd", "no");
	put("rtt", "12ms");
	put("rack", "string:2");
	put("flags", "sse,avx  avx2");
	put("os-version", "string:12.5");
	put("load", "1000");
	put("link", "10Gbit/s");
}

static const struct {
	const char *text;
	enum tri truth;
} test_cases[] = {
	{ "", TRI_TRUE },
	{ "false", TRI_FALSE },
	{ "arch == x86_64", TRI_TRUE },
	{ "arch == X86_64", TRI_FALSE },
	{ "Arch == x86_64", TRI_TRUE },
	{ "arch != x86_64", TRI_FALSE },
	{ "arch > x86", TRI_TRUE },
	{ "arch in (aarch64, x86_64)", TRI_TRUE },
	{ "arch in (aarch64, riscv64)", TRI_FALSE },
	{ "arch not in (aarch64, riscv64)", TRI_TRUE },
	{ "memory >= 8GiB", TRI_TRUE },
	{ "memory > 8GiB", TRI_FALSE },
	{ "memory == 8589934592", TRI_TRUE },
	{ "memory < 8.001GiB", TRI_TRUE },
	{ "memory >= 8GB", TRI_TRUE },
	{ "memory <= 8GB", TRI_FALSE },
	{ "memory == 8G", TRI_TRUE },
	{ "memory >= 8s", TRI_UNKNOWN },
	{ "memory == lots", TRI_UNKNOWN },
	{ "memory == \"8GiB\"", TRI_UNKNOWN },
	{ "cores in 4..64", TRI_TRUE },
	{ "cores in 16..16", TRI_TRUE },
	{ "cores in 17..", TRI_FALSE },
	{ "cores in ..15", TRI_FALSE },
	{ "cores in ..16", TRI_TRUE },
	{ "cores < 16.5", TRI_TRUE },
	{ "cores == 16.5", TRI_FALSE },
	{ "cores > 15.5", TRI_TRUE },
	{ "cores in (1, many)", TRI_UNKNOWN },
	{ "cores in (many, 16)", TRI_TRUE },
	{ "cores > -1", TRI_TRUE },
	{ "cores > -0.5", TRI_TRUE },
	{ "cores ~ 1*", TRI_UNKNOWN },
	{ "kernel >= 6.1", TRI_TRUE },
	{ "kernel >= 6.10", TRI_FALSE },
	{ "kernel in 5.10..6.1", TRI_FALSE },
	{ "kernel in 5.10..6.2", TRI_TRUE },
	{ "kernel ~ \"6.1.*\"", TRI_TRUE },
	{ "os ~ \"debian*\"", TRI_TRUE },
	{ "os ~ debian", TRI_FALSE },
	{ "os ~ Debian*", TRI_FALSE },
	{ "os not ~ ubuntu*", TRI_TRUE },
	{ "gpu == true", TRI_TRUE },
	{ "gpu == yes", TRI_TRUE },
	{ "gpu != TRUE", TRI_FALSE },
	{ "gpu > false", TRI_UNKNOWN },
	{ "gpu in false..true", TRI_UNKNOWN },
	{ "gpu == 1", TRI_UNKNOWN },
	{ "gpu in (false, true)", TRI_TRUE },
	{ "has ssd", TRI_TRUE },
	{ "has tape", TRI_FALSE },
	{ "not has tape", TRI_TRUE },
	{ "rtt < 20ms", TRI_TRUE },
	{ "rtt < 0.02s", TRI_TRUE },
	{ "rtt > 20", TRI_FALSE },
	{ "rack == 2", TRI_TRUE },
	{ "rack == \"2\"", TRI_TRUE },
	{ "tape == x", TRI_UNKNOWN },
	{ "tape != x", TRI_UNKNOWN },
	{ "tape in (a, b)", TRI_UNKNOWN },
	{ "tape not in (a, b)", TRI_UNKNOWN },
	{ "tape in 1..2", TRI_UNKNOWN },
	{ "tape ~ *", TRI_UNKNOWN },
	{ "cores in 4..<16", TRI_FALSE },
	{ "cores in 4..<17", TRI_TRUE },
	{ "cores in ..<17", TRI_TRUE },
	{ "cores in 16..<17", TRI_TRUE },
	{ "kernel in 6.1..<6.2", TRI_TRUE },
	{ "kernel ~> 6.1", TRI_TRUE },
	{ "kernel ~> 6.0", TRI_TRUE },
	{ "kernel ~> 6.1.0", TRI_TRUE },
	{ "kernel ~> 6.0.9", TRI_FALSE },
	{ "kernel ~> 6.2", TRI_FALSE },
	{ "kernel ~> 5", TRI_TRUE },
	{ "cores ~> 16", TRI_UNKNOWN },
	{ "os-version ~> 12.1", TRI_UNKNOWN },
	{ "version(os-version) ~> 12.1", TRI_TRUE },
	{ "os matches deb", TRI_TRUE },
	{ "os matches \"^(debian|ubuntu) [0-9]+$\"", TRI_TRUE },
	{ "os matches ^ubuntu", TRI_FALSE },
	{ "os not matches ^ubuntu", TRI_TRUE },
	{ "kernel matches ^6", TRI_TRUE },
	{ "cores matches 1", TRI_UNKNOWN },
	{ "tape matches a", TRI_UNKNOWN },
	{ "tape not matches a", TRI_UNKNOWN },
	{ "os starts deb", TRI_TRUE },
	{ "os starts with ebian", TRI_FALSE },
	{ "os ends 12", TRI_TRUE },
	{ "os ends with \"a debian 12\"", TRI_FALSE },
	{ "flags contains avx", TRI_TRUE },
	{ "flags contains av", TRI_FALSE },
	{ "flags contains avx2", TRI_TRUE },
	{ "flags contains \"\"", TRI_FALSE },
	{ "flags contains all (avx, sse)", TRI_TRUE },
	{ "flags contains all (avx, mmx)", TRI_FALSE },
	{ "flags contains any (mmx, avx2)", TRI_TRUE },
	{ "flags contains any (mmx, neon)", TRI_FALSE },
	{ "flags not contains neon", TRI_TRUE },
	{ "tape contains neon", TRI_UNKNOWN },
	{ "upper(arch) == X86_64", TRI_TRUE },
	{ "lower(upper(arch)) == x86_64", TRI_TRUE },
	{ "length(arch) == 6", TRI_TRUE },
	{ "length(cores) == 2", TRI_UNKNOWN },
	{ "substr(arch, 4) == 64", TRI_TRUE },
	{ "substr(arch, 1, 2) == 86", TRI_TRUE },
	{ "substr(arch, 9) == \"\"", TRI_TRUE },
	{ "substr(arch, 5, 9) == 4", TRI_TRUE },
	{ "number(rack) * 2 == 4", TRI_TRUE },
	{ "number(arch) > 0", TRI_UNKNOWN },
	{ "version(os-version) > 12.10", TRI_FALSE },
	{ "os-version > 12.10", TRI_TRUE },
	{ "lower(tape) == a", TRI_UNKNOWN },
	{ "memory / cores >= 512MiB", TRI_TRUE },
	{ "memory / cores > 512MiB", TRI_FALSE },
	{ "memory / memory == 1", TRI_TRUE },
	{ "memory - 8GiB == 0", TRI_TRUE },
	{ "memory + rtt > 0", TRI_UNKNOWN },
	{ "memory * memory > 0", TRI_UNKNOWN },
	{ "memory / 0 > 0", TRI_UNKNOWN },
	{ "cores * 9000000000000000000 > 0", TRI_UNKNOWN },
	{ "2 * cores - load / 100 == 22", TRI_TRUE },
	{ "2 * (cores - 6) == 20", TRI_TRUE },
	{ "cores + arch > 0", TRI_UNKNOWN },
	{ "link >= 1Gbit/s", TRI_TRUE },
	{ "link >= 1GiB", TRI_UNKNOWN },
};

static void test_tests(void **state)
{
	machine();
	for (size_t i = 0; i < sizeof(test_cases) / sizeof(test_cases[0]); i++)
		if (eval(test_cases[i].text) != test_cases[i].truth)
			fail_msg("%s: got %d", test_cases[i].text, query_eval(&query, &set));
}

/* Kleene's tables, by every pair of truth values. */
static void test_logic(void **state)
{
	static const char *const term[] = { "false", "tape == x", "true" };

	machine();
	for (int a = TRI_FALSE; a <= TRI_TRUE; a++) {
		char text[64];

		snprintf(text, sizeof(text), "not %s", term[a]);
		assert_int_equal(eval(text), TRI_TRUE - a);
		for (int b = TRI_FALSE; b <= TRI_TRUE; b++) {
			snprintf(text, sizeof(text), "%s and %s", term[a], term[b]);
			assert_int_equal(eval(text), a < b ? a : b);
			snprintf(text, sizeof(text), "%s or %s", term[a], term[b]);
			assert_int_equal(eval(text), a > b ? a : b);
			snprintf(text, sizeof(text), "not (%s or %s)", term[a], term[b]);
			assert_int_equal(eval(text), TRI_TRUE - (a > b ? a : b));
		}
	}
}

static void test_glob(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} cases[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "*", "", true },
		{ "**", "ab", true },
		{ "a*b*c", "axxbyyc", true },
		{ "a*b*c", "axxbyy", false },
		{ "?", "", false },
		{ "?", "a", true },
		{ "[abc]", "b", true },
		{ "[a-c]x", "bx", true },
		{ "[^a-c]", "b", false },
		{ "[^a-c]", "d", true },
		{ "[]]", "]", true },
		{ "[a-]", "-", true },
		{ "[", "[", false },
		{ "[a", "a", false },
		{ "\\*", "*", true },
		{ "\\*", "a", false },
		{ "a\\", "a\\", true },
		{ "*[0-9]", "web7", true },
		{ "*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (glob_match(bytes_str(cases[i].pattern), bytes_str(cases[i].text)) !=
		    cases[i].match)
			fail_msg("%s on %s", cases[i].pattern, cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tests),
		cmocka_unit_test(test_logic),
		cmocka_unit_test(test_glob),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
