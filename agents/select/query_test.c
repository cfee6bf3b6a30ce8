// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <errno.h>

#include <select/query.h>

static struct query query;

#define ADD(...)   (len += (size_t)snprintf(out + len, size - len, __VA_ARGS__))
#define TEXT(node) (int)(node)->text_len, (const char *)query.words + (node)->text_off

static size_t show_scalar(char *out, size_t size, uint16_t node)
{
	static const char *const funcs[] = { "lower",  "upper",	  "length",
					     "substr", "version", "number" };
	const struct query_node *n = &query.node[node];
	size_t len = 0;

	if (n->kind == QUERY_ATTR || n->kind == QUERY_VALUE) {
		ADD("%.*s", TEXT(n));
	} else if (n->kind == QUERY_CALL) {
		ADD("%s<", funcs[n->op]);
		len += show_scalar(out + len, size - len, n->a);
		for (uint16_t v = query.node[n->a].next; v; v = query.node[v].next)
			ADD(" %.*s", TEXT(&query.node[v]));
		ADD(">");
	} else {
		ADD("%c<", n->op);
		len += show_scalar(out + len, size - len, n->a);
		ADD(" ");
		len += show_scalar(out + len, size - len, n->b);
		ADD(">");
	}
	return len;
}

static size_t show_tested(char *out, size_t size, const struct query_node *n)
{
	return n->of ? show_scalar(out, size, n->of) : (size_t)snprintf(out, size, "%.*s", TEXT(n));
}

/* The tree as text: every operator in prefix form, so that precedence shows. */
static size_t show(char *out, size_t size, uint16_t node)
{
	static const char *const ops[] = { "==", "!=", "<", "<=", ">", ">=", "~>" };
	static const char *const texts[] = { "~", " matches ", " starts ", " ends " };
	const struct query_node *n = &query.node[node];
	size_t len = 0;

	switch (n->kind) {
	case QUERY_CONST:
		ADD("%s", n->op ? "true" : "false");
		break;
	case QUERY_AND:
	case QUERY_OR:
		ADD("%s(", n->kind == QUERY_AND ? "and" : "or");
		for (uint16_t c = n->a; c; c = query.node[c].next) {
			len += show(out + len, size - len, c);
			ADD("%s", query.node[c].next ? " " : ")");
		}
		break;
	case QUERY_NOT:
		ADD("not(");
		len += show(out + len, size - len, n->a);
		ADD(")");
		break;
	case QUERY_HAS:
		ADD("has %.*s", TEXT(n));
		break;
	case QUERY_CMP:
		len += show_tested(out + len, size - len, n);
		ADD("%s%.*s", ops[n->op], TEXT(&query.node[n->a]));
		break;
	case QUERY_RANGE:
		len += show_tested(out + len, size - len, n);
		ADD("[");
		if (n->a)
			ADD("%.*s", TEXT(&query.node[n->a]));
		ADD(n->op == QUERY_LT ? "..<" : "..");
		if (n->b)
			ADD("%.*s", TEXT(&query.node[n->b]));
		ADD("]");
		break;
	case QUERY_LIST:
	case QUERY_WORDS:
		len += show_tested(out + len, size - len, n);
		ADD(n->kind == QUERY_LIST ? "{" : n->op == QUERY_ALL ? " all{" : " any{");
		for (uint16_t c = n->a; c; c = query.node[c].next)
			ADD("%.*s%s", TEXT(&query.node[c]), query.node[c].next ? " " : "}");
		break;
	default:
		len += show_tested(out + len, size - len, n);
		ADD("%s%.*s", texts[n->kind - QUERY_GLOB], TEXT(&query.node[n->a]));
		break;
	}
	return len;
}

static void test_good(void **state)
{
	static const struct {
		const char *text;
		const char *tree;
	} cases[] = {
		{ "", "true" },
		{ "  \t\n", "true" },
		{ "true", "true" },
		{ "arch == x86_64", "arch==x86_64" },
		{ "arch=x86_64", "arch==x86_64" },
		{ "ARCH == X86_64", "arch==X86_64" },
		{ "arch == x86_64 and memory >= 4GiB and cores in 4..64 and (os ~ \"debian*\" or has gpu)",
		  "and(arch==x86_64 memory>=4GiB cores[4..64] or(os~debian* has gpu))" },
		{ "a == 1 or b == 2 and c == 3", "or(a==1 and(b==2 c==3))" },
		{ "(a == 1 or b == 2) and c == 3", "and(or(a==1 b==2) c==3)" },
		{ "not a == 1 and b == 2", "and(not(a==1) b==2)" },
		{ "not not has a", "not(not(has a))" },
		{ "NOT (a<1 OR b>2)", "not(or(a<1 b>2))" },
		{ "a in 4..", "a[4..]" },
		{ "a in ..4", "a[..4]" },
		{ "a in 4 .. 6", "a[4..6]" },
		{ "kernel in 6.1..6.5", "kernel[6.1..6.5]" },
		{ "a in 4.. and b == 2", "and(a[4..] b==2)" },
		{ "a in (x)", "a{x}" },
		{ "a in (x, \"y z\",3)", "a{x y z 3}" },
		{ "a not in (x)", "not(a{x})" },
		{ "a not in 1..2", "not(a[1..2])" },
		{ "a not ~ x*", "not(a~x*)" },
		{ "a ~ [a-z]?*", "a~[a-z]?*" },
		{ "a == \"say \\\"hi\\\" \\\\ \\n\"", "a==say \"hi\" \\ \\n" },
		{ "a == 'b\"c'", "a==b\"c" },
		{ "a == ''", "a==" },
		{ "a == \"and\"", "a==and" },
		{ "gpu == true", "gpu==true" },
		{ "dc.rack-1_b == r2", "dc.rack-1_b==r2" },
		{ "name == \xc3\xa9t\xc3\xa9", "name==\xc3\xa9t\xc3\xa9" },
		{ "path == /var/lib:ro", "path==/var/lib:ro" },
		{ "a == -4", "a==-4" },
		{ "a in 4..<6", "a[4..<6]" },
		{ "a in ..<6", "a[..<6]" },
		{ "kernel ~> 6.1", "kernel~>6.1" },
		{ "os matches \"^deb(ian)?$\"", "os matches ^deb(ian)?$" },
		{ "os not matches [a-c]+", "not(os matches [a-c]+)" },
		{ "os starts deb or os ends with \"12\"", "or(os starts deb os ends 12)" },
		{ "starts starts with 'with'", "starts starts with" },
		{ "flags contains avx2", "flags any{avx2}" },
		{ "flags contains all (avx, avx2)", "flags all{avx avx2}" },
		{ "flags not contains any (a, b)", "not(flags any{a b})" },
		{ "flags contains all", "flags any{all}" },
		{ "lower(os) == debian", "lower<os>==debian" },
		{ "LENGTH ( upper(os) ) in 2..4", "length<upper<os>>[2..4]" },
		{ "substr(os, 2, 3) ~ b*", "substr<os 2 3>~b*" },
		{ "not version(os-version) >= 12", "not(version<os-version>>=12)" },
		{ "memory / cores >= 2GiB", "/<memory cores>>=2GiB" },
		{ "a + b * 2 - c > 0", "-<+<a *<b 2>> c>>0" },
		{ "2 * a - 1 > b", "-<*<2 a> 1>>b" },
		{ "number(a) * (b + 1) > 0", "*<number<a> +<b 1>>>0" },
		{ "lower == 1 and version == 2", "and(lower==1 version==2)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct query_error err = { 0 };
		char tree[512] = "";
		int ret;

		ret = query_parse(bytes_str(cases[i].text), &query, &err);
		if (ret)
			fail_msg("%s: column %u: %s", cases[i].text, err.column, err.text);
		show(tree, sizeof(tree), query.root);
		assert_string_equal(tree, cases[i].tree);
	}
}

static const struct {
	const char *text;
	const char *error;
} bad_cases[] = {
	{ "memory >=", "column 10: expected a value after '>='" },
	{ "memory >= ", "column 11: expected a value after '>='" },
	{ "memory",
	  "column 7: expected a comparison, 'in', '~', 'matches', 'starts', 'ends' or 'contains' after 'memory'" },
	{ "memory 4",
	  "column 8: expected a comparison, 'in', '~', 'matches', 'starts', 'ends' or 'contains' after 'memory'" },
	{ "memory and a == 1",
	  "column 8: expected a comparison, 'in', '~', 'matches', 'starts', 'ends' or 'contains' after 'memory'" },
	{ "memory not == 4",
	  "column 12: expected 'in', '~', 'matches', 'starts', 'ends' or 'contains' after 'not'" },
	{ "== 4", "column 1: expected a condition" },
	{ "a == 1 and", "column 11: expected a condition after 'and'" },
	{ "a == 1 and and b == 2", "column 12: expected a condition after 'and'" },
	{ "a == 1 b == 2", "column 8: expected 'and', 'or' or a clause such as 'limit' after '1'" },
	{ "a == 1 && b == 2", "column 8: conditions are joined by 'and'" },
	{ "a == 1 || b == 2", "column 8: alternatives are joined by 'or'" },
	{ "!(a == 1)", "column 1: expected a condition" },
	{ "(a == 1", "column 1: this '(' is never closed" },
	{ "(a == 1 limit 3)", "column 9: expected 'and', 'or' or ')' after '1'" },
	{ "a == 1)", "column 7: this ')' was never opened" },
	{ "()", "column 2: expected a condition after '('" },
	{ "not", "column 4: expected a condition after 'not'" },
	{ "has", "column 4: expected the name of an attribute after 'has'" },
	{ "has \"gpu\"", "column 5: expected the name of an attribute after 'has'" },
	{ "4 == a", "column 1: no attribute can be called '4'" },
	{ "a/b == 4", "column 1: no attribute can be called 'a/b'" },
	{ "a == and", "column 6: a value that is a keyword needs quotes: 'and'" },
	{ "a == \"open", "column 6: this quote is never closed" },
	{ "a in", "column 5: expected a range such as 4..64 or a list such as (a, b) after 'in'" },
	{ "a in 4", "column 7: expected '..' after '4'" },
	{ "a in ..", "column 8: expected a value after '..'" },
	{ "a in ()", "column 7: expected a value after '('" },
	{ "a in (1", "column 8: expected ',' or ')' after '1'" },
	{ "a in (1,)", "column 9: expected a value after ','" },
	{ "a in (1 2)", "column 9: expected ',' or ')' after '1'" },
	{ "a ~", "column 4: expected a pattern after '~'" },
	{ "a == 99999999999999999999",
	  "column 6: this number is too large: '99999999999999999999'" },
	{ "a == 9000000000GiB", "column 6: this number is too large: '9000000000GiB'" },
	{ "limit", "column 6: expected a number from 1 to 1000000 after 'limit'" },
	{ "limit 0", "column 7: expected a number from 1 to 1000000 after 'limit'" },
	{ "limit 2GiB", "column 7: expected a number from 1 to 1000000 after 'limit'" },
	{ "limit 1000001", "column 7: expected a number from 1 to 1000000 after 'limit'" },
	{ "limit 3 limit 4", "column 15: this clause is given twice 'limit'" },
	{ "limit 3 min 4", "column 9: 'min' is larger than 'limit'" },
	{ "order memory", "column 7: expected 'by' after 'order'" },
	{ "order by", "column 9: expected the name of an attribute after 'by'" },
	{ "a == 1 limit 3 and b == 2",
	  "column 16: expected 'and', 'or' or a clause such as 'limit' after '3'" },
	{ "name == \xc3\xa9t\xc3\xa9 x",
	  "column 13: expected 'and', 'or' or a clause such as 'limit' after '\xc3\xa9t\xc3\xa9'" },
	{ "order by a desc, ", "column 18: expected the name of an attribute after ','" },
	{ "order by a, b, c, d, e", "column 22: 'order by' has too many parts, from 'e'" },
	{ "order by a order by b", "column 18: this clause is given twice 'order'" },
	{ "spread", "column 7: expected the name of an attribute after 'spread'" },
	{ "spread rack", "column 12: expected 'max' after 'rack'" },
	{ "spread rack max 0", "column 17: expected a number from 1 to 1000000 after 'max'" },
	{ "spread rack max 1 spread dc max 2", "column 26: this clause is given twice 'spread'" },
	{ "same rack same dc", "column 16: this clause is given twice 'same'" },
	{ "prefer limit 3", "column 8: expected a condition after 'prefer'" },
	{ "prefer a == 1 weight 0", "column 22: expected a number from 1 to 1000 after 'weight'" },
	{ "prefer a == 1 weight 1001",
	  "column 22: expected a number from 1 to 1000 after 'weight'" },
	{ "show a, 4", "column 9: no attribute can be called '4'" },
	{ "show a, b, c, d, e, f, g, h, i", "column 30: 'show' has too many parts, from 'i'" },
	{ "claim 30s limit 2", "column 11: expected 'as' after '30s'" },
	{ "claim 30s as limit 2", "column 14: a value that is a keyword needs quotes: 'limit'" },
	{ "claim 500ms as x limit 2", "column 7: expected a time from 1s to 1d after 'claim'" },
	{ "claim 30s as ''", "column 14: the name of a job has 1 to 63 bytes" },
	{ "claim 30s as x", "column 7: 'claim' needs 'limit'" },
	{ "claim 30s as x limit 257", "column 7: 'claim' takes at most 256 machines" },
	{ "claim 30s as x claim 40s as y", "column 22: this clause is given twice 'claim'" },
	{ "with user", "column 10: expected '=' after 'user'" },
	{ "with user = ", "column 13: expected a value after '='" },
	{ "with user = x, ", "column 16: expected the name of an attribute after ','" },
	{ "fresh 99ms", "column 7: expected a time from 100ms to 1d after 'fresh'" },
	{ "fresh 1s fresh 2s", "column 16: this clause is given twice 'fresh'" },
	{ "deadline 5", "column 10: expected a time from 1ms to 20s after 'deadline'" },
	{ "deadline 21s", "column 10: expected a time from 1ms to 20s after 'deadline'" },
	{ "after 12zz order by a", "column 7: no answer gave this cursor: '12zz'" },
	{ "count a == 1 limit 3",
	  "column 14: 'count' and 'explain' show no machines: of clauses 'min', 'with', 'fresh', 'deadline' go with them" },
	{ "order by a explain",
	  "column 12: 'count' and 'explain' show no machines: of clauses 'min', 'with', 'fresh', 'deadline' go with them" },
	{ "count a == 1 explain",
	  "column 14: 'count' or 'explain' is given already, before 'explain'" },
	{ "count == 4", "column 7: expected a condition after 'count'" },
	{ "a in ..<", "column 9: expected a value after '..<'" },
	{ "a in 4..<", "column 10: expected a value after '..<'" },
	{ "a matches \"(b\"", "column 12: this '(' is never closed" },
	{ "a matches \"b|*c\"", "column 14: there is nothing to repeat before this" },
	{ "a matches [b", "column 11: this '[' is never closed" },
	{ "a matches \"b)\"", "column 13: this ')' was never opened" },
	{ "a matches \"\\\"(\"", "column 11: this '(' is never closed" },
	{ "a matches", "column 10: expected a regular expression after 'matches'" },
	{ "a contains all (b", "column 18: expected ',' or ')' after 'b'" },
	{ "a starts", "column 9: expected a value after 'starts'" },
	{ "shout(a) == b", "column 1: there is no function called 'shout'" },
	{ "lower(a == b", "column 9: expected ')' after 'a'" },
	{ "lower(a, 2) == b", "column 8: expected ')' after 'a'" },
	{ "substr(a) == b", "column 9: expected ',' after 'a'" },
	{ "substr(a, b) == c", "column 11: expected a whole number, not 'b'" },
	{ "substr(a, 1GiB) == c", "column 11: expected a whole number, not '1GiB'" },
	{ "a * 1.5 > 3", "column 5: arithmetic is of whole numbers, not '1.5'" },
	{ "a + > 3", "column 5: expected the name of an attribute after '+'" },
	{ "a + (b > 3", "column 8: expected ')' after 'b'" },
	{ "a + (b", "column 5: this '(' is never closed" },
	{ "a == \x01", "column 6: expected a value after '=='" },
	{ "a == this-is-a-very-long-value-of-more-than-forty-bytes x",
	  "column 57: expected 'and', 'or' or a clause such as 'limit' after "
	  "'this-is-a-very-long-value-of-more-than-f...'" },
};

static void test_bad(void **state)
{
	for (size_t i = 0; i < sizeof(bad_cases) / sizeof(bad_cases[0]); i++) {
		char text[QUERY_ERROR_MAX + 24];
		struct query_error err = { 0 };

		if (!query_parse(bytes_str(bad_cases[i].text), &query, &err))
			fail_msg("%s: parsed", bad_cases[i].text);
		query_error_format(&err, text, sizeof(text));
		assert_string_equal(text, bad_cases[i].error);
	}
}

static void parse(const char *text)
{
	struct query_error err = { 0 };

	if (query_parse(bytes_str(text), &query, &err))
		fail_msg("%s: column %u: %s", text, err.column, err.text);
}

/* Scalar @i after "order by". */
static void ordered(uint32_t i, const char *scalar, bool descending)
{
	char text[128] = "";

	assert_true(i < query.orders_n);
	show_scalar(text, sizeof(text), query.order[i].scalar);
	assert_string_equal(text, scalar);
	assert_int_equal(query.order[i].descending, descending);
}

static void test_clauses(void **state)
{
	parse("limit 3");
	assert_int_equal(query.limit, 3);
	assert_int_equal(query.min, 0);
	assert_int_equal(query.orders_n, 0);
	assert_int_equal(query.mode, QUERY_FIND);
	parse("has a ORDER BY Memory DESC min 2 limit 5");
	assert_int_equal(query.limit, 5);
	assert_int_equal(query.min, 2);
	ordered(0, "memory", true);
	parse("order by cores asc, memory / cores desc, lower(os), version(kernel)");
	assert_int_equal(query.orders_n, 4);
	ordered(0, "cores", false);
	ordered(1, "/<memory cores>", true);
	ordered(2, "lower<os>", false);
	ordered(3, "version<kernel>", false);
	assert_int_equal(query.root, 0);
	parse("a == 1 spread rack max 2 same DC limit 6 show a, b-c deadline 1.5s fresh 2min");
	assert_true(bytes_eq(query_word(&query, &query.spread), bytes_str("rack")));
	assert_true(bytes_eq(query_word(&query, &query.same), bytes_str("dc")));
	assert_int_equal(query.spread_max, 2);
	assert_int_equal(query.show_n, 2);
	assert_true(bytes_eq(query_word(&query, &query.show[1]), bytes_str("b-c")));
	assert_int_equal(query.deadline_ms, 1500);
	assert_int_equal(query.fresh_ms, 120000);
}

static void test_prefer(void **state)
{
	char tree[128] = "";

	parse("has a prefer b == 1 or c == 2 weight 7 prefer not has d limit 2");
	assert_int_equal(query.prefers_n, 2);
	show(tree, sizeof(tree), query.prefer[0].node);
	assert_string_equal(tree, "or(b==1 c==2)");
	assert_int_equal(query.prefer[0].weight, 7);
	memset(tree, 0, sizeof(tree));
	show(tree, sizeof(tree), query.prefer[1].node);
	assert_string_equal(tree, "not(has d)");
	assert_int_equal(query.prefer[1].weight, 1);
	assert_int_equal(query.limit, 2);
	memset(tree, 0, sizeof(tree));
	show(tree, sizeof(tree), query.root);
	assert_string_equal(tree, "has a");
}

static void test_with(void **state)
{
	static const char *const texts[] = { "has a limit 1", "count has a", "has a count",
					     "fresh 1s" };
	static const uint32_t columns[] = { 7, 1, 7, 1 };
	struct query_error err;
	const struct query_node *v;

	parse("has a with User = \"x y\", time=2h limit 1");
	assert_int_equal(query.with_n, 2);
	assert_true(bytes_eq(query_word(&query, &query.with[0].name), bytes_str("user")));
	v = &query.node[query.with[0].value];
	assert_true(bytes_eq(query_text(&query, v), bytes_str("x y")));
	v = &query.node[query.with[1].value];
	assert_true(v->numeric);
	assert_int_equal(v->num.value, 7200000);
	assert_int_equal(query.limit, 1);
	parse("has a claim 90s as \"job 7\" limit 256");
	assert_int_equal(query.claim_ms, 90000);
	assert_true(bytes_eq(query_text(&query, &query.node[query.job]), bytes_str("job 7")));
	/* What a machine accepts is an expression alone. */
	assert_int_equal(query_parse_expr(bytes_str("user == x"), &query, &err), 0);
	assert_int_equal(query_parse_expr(bytes_str(""), &query, &err), 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		assert_int_equal(query_parse_expr(bytes_str(texts[i]), &query, &err), -EINVAL);
		assert_int_equal(err.column, columns[i]);
	}
}

static void test_modes(void **state)
{
	static const struct {
		const char *text;
		enum query_mode mode;
	} cases[] = {
		{ "count", QUERY_COUNT },
		{ "COUNT a == 1", QUERY_COUNT },
		{ "a == 1 count min 3", QUERY_COUNT },
		{ "explain a == 1 deadline 1s", QUERY_EXPLAIN },
		{ "a == 1 explain", QUERY_EXPLAIN },
		{ "a == count1", QUERY_FIND },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		parse(cases[i].text);
		assert_int_equal(query.mode, cases[i].mode);
	}
}

/* Conditions are known by where they are in the text. */
static void test_conditions(void **state)
{
	static const char text[] =
		"explain  has a and (b == 1 or c in 2..3)  and not d == 'x y' min 1";
	static const char *const want[] = { "has a", "(b == 1 or c in 2..3)", "not d == 'x y'" };
	uint32_t i = 0;

	parse(text);
	for (uint16_t c = query_conditions(&query); c; c = query.node[c].next, i++) {
		struct bytes got = bytes_of(text + query.node[c].from,
					    (size_t)(query.node[c].to - query.node[c].from));

		assert_true(i < 3);
		assert_true(bytes_eq(got, bytes_str(want[i])));
	}
	assert_int_equal(i, 3);
	parse("a == 1 or b == 2");
	assert_int_equal(query.node[query_conditions(&query)].from, 0);
	assert_int_equal(query.node[query_conditions(&query)].to, 16);
	parse("order by a");
	assert_int_equal(query_conditions(&query), 0);
}

/* "after" and a cursor whose first bytes are those of the order, and the rest is zero. */
static void put_cursor(char *out, const char *before, uint32_t hash, uint32_t bytes)
{
	int n = sprintf(out, "%s after %08x", before, hash);

	for (uint32_t i = 4; i < bytes; i++)
		n += sprintf(out + n, "00");
}

static void test_cursor(void **state)
{
	static const struct {
		const char *before;
		int ret;
	} cases[] = {
		{ "order by a desc", 0 },
		{ "has x order by A  DESC limit 3", 0 },
		{ "order by a", -EINVAL },
		{ "order by a desc prefer b == 1", -EINVAL },
		{ "order by a desc same rack", -EINVAL },
		{ "order by a desc spread rack max 1", -EINVAL },
		{ "has x", -EINVAL },
	};
	char text[512];
	struct query_error err;
	uint32_t hash;

	parse("order by a desc");
	hash = query.order_hash;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		put_cursor(text, cases[i].before, hash, 4 + 16 + 10);
		if (query_parse(bytes_str(text), &query, &err) != cases[i].ret)
			fail_msg("%s", text);
		if (cases[i].ret)
			assert_int_equal(err.column, strlen(cases[i].before) + 8);
		else
			assert_int_equal(query.cursor_len, 30);
	}
	put_cursor(text, "order by a desc", hash, 19);
	assert_int_equal(query_parse(bytes_str(text), &query, &err), -EINVAL);
	put_cursor(text, "order by a desc", hash, QUERY_CURSOR_MAX);
	assert_int_equal(query_parse(bytes_str(text), &query, &err), 0);
	put_cursor(text, "order by a desc", hash, QUERY_CURSOR_MAX + 1);
	assert_int_equal(query_parse(bytes_str(text), &query, &err), -EINVAL);
}

/* Every limit is reached, and one more is refused with a reason. */
static void test_bounds(void **state)
{
	static char text[QUERY_TEXT_MAX + 2];
	struct query_error err;
	size_t len = 0;

	for (int depth = QUERY_DEPTH_MAX - 1; depth <= QUERY_DEPTH_MAX; depth++) {
		memset(text, '(', depth);
		strcpy(text + depth, "has a");
		memset(text + depth + 5, ')', depth);
		assert_int_equal(query_parse(bytes_of(text, 2 * depth + 5), &query, &err),
				 depth < QUERY_DEPTH_MAX ? 0 : -EINVAL);
	}
	assert_string_equal(err.text, "the query is nested too deeply");

	/* one node for "or", one for each condition, and node 0 */
	for (int i = 0; i < QUERY_NODES_MAX - 2; i++)
		len += sprintf(text + len, "%shas a", i ? " or " : "");
	assert_int_equal(query_parse(bytes_of(text, len), &query, &err), 0);
	assert_int_equal(query.nodes, QUERY_NODES_MAX);
	len += sprintf(text + len, " or has a");
	assert_int_equal(query_parse(bytes_of(text, len), &query, &err), -EINVAL);
	assert_string_equal(err.text, "the query has too many parts, from 'a'");

	memset(text, ' ', sizeof(text));
	assert_int_equal(query_parse(bytes_of(text, QUERY_TEXT_MAX), &query, &err), 0);
	assert_int_equal(query_parse(bytes_of(text, QUERY_TEXT_MAX + 1), &query, &err), -EINVAL);

	len = sprintf(text, "a == ");
	memset(text + len, 'x', ATTR_STR_MAX + 1);
	assert_int_equal(query_parse(bytes_of(text, len + ATTR_STR_MAX), &query, &err), 0);
	assert_int_equal(query_parse(bytes_of(text, len + ATTR_STR_MAX + 1), &query, &err),
			 -EINVAL);
	assert_int_equal(err.column, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),	   cmocka_unit_test(test_bad),
		cmocka_unit_test(test_clauses),	   cmocka_unit_test(test_prefer),
		cmocka_unit_test(test_with),	   cmocka_unit_test(test_modes),
		cmocka_unit_test(test_conditions), cmocka_unit_test(test_cursor),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
