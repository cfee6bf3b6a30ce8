// SPDX-License-Identifier: GPL-2.0-or-later
/* Names, values, and what may be asked of a scalar. */
#include <select/parse_priv.h>

#include <errno.h>

#include <select/regex.h>

/* Copy a name, folded to lower case. */
int parse_name(struct parser *p, uint16_t *off, uint16_t *len)
{
	if (p->tok.kind != LEX_WORD || attr_keyword(p->tok.text))
		return parse_expected(p, "the name of an attribute");
	if (!attr_name_valid(p->tok.text))
		return parse_fail_at(p, p->tok.pos, "no attribute can be called", p->tok.text);
	*off = p->q->words_len;
	*len = p->tok.text.len;
	for (uint16_t i = 0; i < *len; i++) {
		uint8_t c = p->tok.text.data[i];

		parse_byte(p, c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	parse_step(p);
	return 0;
}

/* Copy the inside of a quoted text; a backslash keeps the quote and itself. */
static void parse_unquote(struct parser *p, struct query_node *n)
{
	struct bytes t = p->tok.text;

	n->text_off = p->q->words_len;
	for (size_t i = 1; i + 1 < t.len; i++) {
		if (t.data[i] == '\\' && (t.data[i + 1] == t.data[0] || t.data[i + 1] == '\\'))
			i++;
		parse_byte(p, t.data[i]);
	}
	n->text_len = p->q->words_len - n->text_off;
}

/* A keyword in the place of a value, which only quotes make a value. */
static bool parse_keyword(const struct parser *p)
{
	return p->tok.kind == LEX_WORD && attr_keyword(p->tok.text) && !parse_is(p, "true") &&
	       !parse_is(p, "false");
}

int parse_value(struct parser *p, const char *what, uint16_t *out)
{
	struct query_node *n;
	int ret;

	if (parse_keyword(p))
		return parse_fail_at(p, p->tok.pos,
				     "a value that is a keyword needs quotes:", p->tok.text);
	if (p->tok.kind != LEX_WORD && p->tok.kind != LEX_QUOTED)
		return parse_expected(p, what);
	ret = parse_node(p, QUERY_VALUE, out);
	if (ret)
		return ret;
	n = &p->q->node[*out];
	if (p->tok.kind == LEX_QUOTED) {
		parse_unquote(p, n);
	} else {
		n->text_off = p->q->words_len;
		n->text_len = p->tok.text.len;
		for (uint16_t i = 0; i < n->text_len; i++)
			parse_byte(p, p->tok.text.data[i]);
		ret = number_parse(p->tok.text, &n->num);
		if (ret == -ERANGE)
			return parse_fail_at(p, p->tok.pos,
					     "this number is too large:", p->tok.text);
		n->numeric = !ret;
	}
	if (n->text_len > ATTR_STR_MAX)
		return parse_fail_at(p, p->tok.pos, "this value is too long:", p->tok.text);
	parse_step(p);
	return 0;
}

/* "(" VALUE ("," VALUE)* ")", chained from @link on. */
int parse_list(struct parser *p, uint16_t *link)
{
	int ret;

	if (p->tok.kind != LEX_OPEN)
		return parse_expected(p, "'('");
	parse_step(p);
	for (;;) {
		ret = parse_value(p, "a value", link);
		if (ret)
			return ret;
		link = &p->q->node[*link].next;
		if (p->tok.kind == LEX_CLOSE)
			break;
		if (p->tok.kind != LEX_COMMA)
			return parse_expected(p, "',' or ')'");
		parse_step(p);
	}
	parse_step(p);
	return 0;
}

bool parse_at_value(const struct parser *p)
{
	return p->tok.kind == LEX_QUOTED || (p->tok.kind == LEX_WORD && !parse_keyword(p));
}

static int parse_range(struct parser *p, struct query_node *test)
{
	int ret;

	test->kind = QUERY_RANGE;
	if (p->tok.kind != LEX_DOTS && p->tok.kind != LEX_DOTS_LT) {
		ret = parse_value(p, "a range such as 4..64 or a list such as (a, b)", &test->a);
		if (ret)
			return ret;
	}
	if (p->tok.kind != LEX_DOTS && p->tok.kind != LEX_DOTS_LT)
		return parse_expected(p, "'..'");
	test->op = p->tok.kind == LEX_DOTS_LT ? QUERY_LT : QUERY_LE;
	parse_step(p);
	if (!test->a || test->op == QUERY_LT || parse_at_value(p))
		return parse_value(p, "a value", &test->b);
	return 0;
}

static int parse_in(struct parser *p, struct query_node *test)
{
	if (p->tok.kind != LEX_OPEN)
		return parse_range(p, test);
	test->kind = QUERY_LIST;
	return parse_list(p, &test->a);
}

/* The column of a byte inside a value; a quoted one with backslashes is pointed at as a whole. */
static uint32_t parse_inside(const struct lex_token *tok, size_t len, size_t at)
{
	if (tok->kind == LEX_WORD)
		return tok->pos + (uint32_t)at;
	return tok->text.len == len + 2 ? tok->pos + 1 + (uint32_t)at : tok->pos;
}

static int parse_regex(struct parser *p, struct query_node *test)
{
	struct lex_token tok = p->tok;
	struct bytes pattern;
	struct regex re;
	const char *why;
	size_t at;
	int ret;

	test->kind = QUERY_REGEX;
	ret = parse_value(p, "a regular expression", &test->a);
	if (ret)
		return ret;
	pattern = query_text(p->q, &p->q->node[test->a]);
	why = regex_compile(pattern, &re, &at);
	return why ? parse_fail_at(p, parse_inside(&tok, pattern.len, at), why, bytes_of("", 0)) :
		     0;
}

static int parse_contains(struct parser *p, struct query_node *test)
{
	struct lex_token after;

	test->kind = QUERY_WORDS;
	test->op = QUERY_ANY;
	parse_peek(p, &after);
	if (after.kind != LEX_OPEN || (!parse_is(p, "all") && !parse_is(p, "any")))
		return parse_value(p, "a word, 'all (a, b)' or 'any (a, b)'", &test->a);
	test->op = parse_take(p, "all") ? QUERY_ALL : QUERY_ANY;
	if (test->op == QUERY_ANY)
		parse_step(p);
	return parse_list(p, &test->a);
}

/* Tests that may stand behind "not"; -ENOENT when it is none of them. */
static int parse_word_test(struct parser *p, struct query_node *n)
{
	if (parse_take(p, "in"))
		return parse_in(p, n);
	if (parse_take(p, "matches"))
		return parse_regex(p, n);
	if (parse_take(p, "contains"))
		return parse_contains(p, n);
	if (p->tok.kind == LEX_TILDE) {
		n->kind = QUERY_GLOB;
		parse_step(p);
		return parse_value(p, "a pattern", &n->a);
	}
	if (!parse_is(p, "starts") && !parse_is(p, "ends"))
		return -ENOENT;
	n->kind = parse_is(p, "starts") ? QUERY_STARTS : QUERY_ENDS;
	parse_step(p);
	parse_take(p, "with");
	return parse_value(p, "a value", &n->a);
}

#define WORD_TESTS "'in', '~', 'matches', 'starts', 'ends' or 'contains'"

int parse_test(struct parser *p, struct query_node *n, bool negated)
{
	static const uint8_t ops[] = {
		[LEX_EQ] = QUERY_EQ,	  [LEX_NE] = QUERY_NE, [LEX_LT] = QUERY_LT,
		[LEX_LE] = QUERY_LE,	  [LEX_GT] = QUERY_GT, [LEX_GE] = QUERY_GE,
		[LEX_ABOUT] = QUERY_ABOUT
	};
	int ret = parse_word_test(p, n);

	if (ret != -ENOENT)
		return ret;
	if (negated)
		return parse_expected(p, WORD_TESTS);
	if (p->tok.kind != LEX_ABOUT && (p->tok.kind < LEX_EQ || p->tok.kind > LEX_GE))
		return parse_expected(p, "a comparison, " WORD_TESTS);
	n->op = ops[p->tok.kind];
	parse_step(p);
	return parse_value(p, "a value", &n->a);
}
