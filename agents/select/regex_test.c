// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <regex.h>

#include <base/rng.h>
#include <select/regex.h>

static struct regex re;

static bool match(const char *pattern, const char *text)
{
	const char *why;
	size_t where;

	why = regex_compile(bytes_str(pattern), &re, &where);
	if (why)
		fail_msg("%s: %s at %zu", pattern, why, where);
	return regex_match(&re, bytes_str(text));
}

static void test_match(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} cases[] = {
		{ "", "", true },
		{ "", "a", true },
		{ "a", "bab", true },
		{ "^a", "ba", false },
		{ "a$", "ab", false },
		{ "^$", "", true },
		{ "^$", "a", false },
		{ "a.c", "abc", true },
		{ "a.c", "ac", false },
		{ "a*b", "b", true },
		{ "^a+b$", "aaab", true },
		{ "^a+b$", "b", false },
		{ "^ab?c$", "ac", true },
		{ "^ab?c$", "abbc", false },
		{ "^(a|bc|d)$", "bc", true },
		{ "^(a|bc|d)$", "d", true },
		{ "^(a|bc|d)$", "ad", false },
		{ "^(a|b|c|e)*$", "abcabe", true },
		{ "^(|a)b$", "b", true },
		{ "^(a*)*$", "aaaa", true },
		{ "^(a?){3}$", "aaaa", false },
		{ "^a{3}$", "aaa", true },
		{ "^a{3}$", "aa", false },
		{ "^a{2,}$", "aaaa", true },
		{ "^a{2,}$", "a", false },
		{ "^a{0,2}$", "", true },
		{ "^a{0,2}$", "aaa", false },
		{ "^a{0,}b$", "aab", true },
		{ "^(ab){1,3}$", "ababab", true },
		{ "^(ab){1,3}$", "abababab", false },
		{ "^[a-c]+$", "abc", true },
		{ "^[a-c]+$", "abd", false },
		{ "^[^a-c]$", "d", true },
		{ "^[]x]+$", "x]", true },
		{ "^[a-]$", "-", true },
		{ "^[\\d.]+$", "1.2", true },
		{ "^[\\]]$", "]", true },
		{ "^\\d+\\.\\w*\\s\\D$", "12.a_9 x", true },
		{ "\\W", "abc_1", false },
		{ "\\$", "a$", true },
		{ "a|^b", "cb", false },
		{ "(^a|b$)c?", "xb", true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (match(cases[i].pattern, cases[i].text) != cases[i].match)
			fail_msg("%s on %s", cases[i].pattern, cases[i].text);
	}
}

/* What backtracking would need 2^60 steps for. */
static void test_time(void **state)
{
	char text[257];

	memset(text, 'a', 256);
	text[256] = 0;
	assert_false(match("^(a|a|aa)*(a|a)*b$", text));
	assert_false(match("^(a{1,5}){1,40}$", text));
	memset(text, 'a', 60);
	text[60] = 0;
	assert_false(match("^(a?){32}b(a?){32}$", text));
}

static void test_bad(void **state)
{
	static const struct {
		const char *pattern, *why;
		size_t where;
	} cases[] = {
		{ "*a", "there is nothing to repeat before this", 0 },
		{ "a|+", "there is nothing to repeat before this", 2 },
		{ "ab(c", "this '(' is never closed", 2 },
		{ "ab)c", "this ')' was never opened", 2 },
		{ "a[b", "this '[' is never closed", 1 },
		{ "a[]", "this '[' is never closed", 1 },
		{ "a\\", "nothing follows this '\\'", 1 },
		{ "a{", "expected a number inside '{}'", 2 },
		{ "a{2", "expected '}'", 3 },
		{ "a{3,2}", "this repetition is empty", 5 },
		{ "a{65}", "a repetition is at most 64", 3 },
		{ "((((((((((((((((((a))))))))))))))))))", "the pattern is nested too deeply", 17 },
		{ "((a{64}){64})", "the pattern is too large", 12 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t where;
		const char *why = regex_compile(bytes_str(cases[i].pattern), &re, &where);

		if (!why)
			fail_msg("%s: compiled", cases[i].pattern);
		assert_string_equal(why, cases[i].why);
		assert_int_equal(where, cases[i].where);
	}
}

/* Random patterns of a small alphabet mean the same as to the C library. */
static void test_oracle(void **state)
{
	static const char *const parts[] = { "a", "b", ".", "[ab]", "[^a]", "(", ")",	 "|",
					     "*", "+", "?", "{2}",  "^",    "$", "{1,2}" };
	char pattern[64], text[9];
	uint32_t compared = 0;
	struct rng rng;
	size_t where;
	regex_t other;

	rng_seed(&rng, 1);
	for (uint32_t i = 0; i < 200000; i++) {
		uint32_t n = 1 + (uint32_t)rng_below(&rng, 8), len = (uint32_t)rng_below(&rng, 8);

		*pattern = 0;
		while (n--)
			strcat(pattern, parts[rng_below(&rng, sizeof(parts) / sizeof(*parts))]);
		for (uint32_t k = 0; k < len; k++)
			text[k] = "abc"[rng_below(&rng, 3)];
		text[len] = 0;
		/* Where anchors may stand, and what "a||b" is, is a matter of dialect. */
		if (strpbrk(pattern, "^$") || strstr(pattern, "||") || strstr(pattern, "(|") ||
		    strstr(pattern, "|)") || strstr(pattern, "()") || *pattern == '|' ||
		    regex_compile(bytes_str(pattern), &re, &where) ||
		    regcomp(&other, pattern, REG_EXTENDED | REG_NOSUB))
			continue;
		if (regex_match(&re, bytes_str(text)) != !regexec(&other, text, 0, NULL, 0))
			fail_msg("%s on %s", pattern, text);
		regfree(&other);
		compared++;
	}
	assert_true(compared > 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_oracle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
