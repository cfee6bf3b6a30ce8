// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/query.h>

#include <errno.h>

#include <base/assert.h>
#include <select/lex.h>

/**
 * struct parser - a parse under way
 * @text: query text
 * @tok: token that is looked at
 * @after: what came before @tok, for error messages
 * @q: tree being built
 * @err: first error
 * @depth: nesting
 */
struct parser {
	struct bytes text;
	struct lex_token tok;
	struct bytes after;
	struct query *q;
	struct query_error *err;
	uint32_t depth;
};

/* Longest excerpt of the query inside a message. */
#define EXCERPT_MAX 40

static void text_add(char *out, size_t size, struct bytes s)
{
	size_t used = strlen(out);

	for (size_t i = 0; i < s.len && used + 1 < size; i++)
		out[used++] = s.data[i] < ' ' || s.data[i] == 0x7f ? '?' : (char)s.data[i];
	out[used] = 0;
}

static void text_add_number(char *out, size_t size, uint32_t n)
{
	uint8_t digits[10];
	size_t i = sizeof(digits);

	do {
		digits[--i] = '0' + n % 10;
		n /= 10;
	} while (n);
	text_add(out, size, bytes_of(digits + i, sizeof(digits) - i));
}

void query_error_format(const struct query_error *err, char *out, size_t size)
{
	out[0] = 0;
	text_add(out, size, bytes_str("column "));
	text_add_number(out, size, err->column);
	text_add(out, size, bytes_str(": "));
	text_add(out, size, bytes_str(err->text));
}

/* Characters before an offset, plus one: UTF-8 continuation bytes do not count. */
static uint32_t parse_column(struct bytes text, uint32_t pos)
{
	uint32_t column = 1;

	for (uint32_t i = 0; i < pos && i < text.len; i++)
		column += (text.data[i] & 0xc0) != 0x80;
	return column;
}

/* Report "MSG 'EXCERPT'" at an offset. */
static int parse_fail_at(struct parser *p, uint32_t pos, const char *msg, struct bytes excerpt)
{
	struct query_error *e = p->err;

	e->column = parse_column(p->text, pos);
	e->text[0] = 0;
	text_add(e->text, sizeof(e->text), bytes_str(msg));
	if (excerpt.len) {
		bool cut = excerpt.len > EXCERPT_MAX;

		/* never cut inside a character */
		for (excerpt.len = cut ? EXCERPT_MAX : excerpt.len;
		     cut && excerpt.len && (excerpt.data[excerpt.len] & 0xc0) == 0x80;)
			excerpt.len--;
		text_add(e->text, sizeof(e->text), bytes_str(" '"));
		text_add(e->text, sizeof(e->text), excerpt);
		text_add(e->text, sizeof(e->text), bytes_str(cut ? "...'" : "'"));
	}
	return -EINVAL;
}

/* Report "expected WHAT after 'the token before'". */
static int parse_expected(struct parser *p, const char *what)
{
	char msg[QUERY_ERROR_MAX] = "expected ";

	if (p->tok.kind == LEX_UNTERMINATED)
		return parse_fail_at(p, p->tok.pos, "this quote is never closed", bytes_of("", 0));
	text_add(msg, sizeof(msg), bytes_str(what));
	if (p->after.len)
		text_add(msg, sizeof(msg), bytes_str(" after"));
	return parse_fail_at(p, p->tok.pos, msg, p->after);
}

static void parse_step(struct parser *p)
{
	p->after = p->tok.text;
	lex_next(p->text, p->tok.pos + p->tok.text.len, &p->tok);
}

static bool parse_is(const struct parser *p, const char *keyword)
{
	return p->tok.kind == LEX_WORD && attr_word_eq(p->tok.text, keyword);
}

static bool parse_take(struct parser *p, const char *keyword)
{
	if (!parse_is(p, keyword))
		return false;
	parse_step(p);
	return true;
}

static int parse_node(struct parser *p, enum query_kind kind, uint16_t *out)
{
	if (p->q->nodes == QUERY_NODES_MAX)
		return parse_fail_at(p, p->tok.pos, "the query has too many parts, from",
				     p->tok.text);
	*out = p->q->nodes++;
	p->q->node[*out] = (struct query_node){ .kind = kind };
	return 0;
}

static void parse_byte(struct parser *p, uint8_t c)
{
	/* words are never longer than the text that they come from */
	xassert(p->q->words_len < QUERY_TEXT_MAX);
	p->q->words[p->q->words_len++] = c;
}

/* Copy a name, folded to lower case. */
static int parse_name(struct parser *p, uint16_t *off, uint16_t *len)
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

static int parse_value(struct parser *p, const char *what, uint16_t *out)
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

static int parse_list(struct parser *p, struct query_node *test)
{
	uint16_t *link = &test->a;
	int ret;

	test->kind = QUERY_LIST;
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

static bool parse_at_value(const struct parser *p)
{
	return p->tok.kind == LEX_QUOTED || (p->tok.kind == LEX_WORD && !parse_keyword(p));
}

static int parse_range(struct parser *p, struct query_node *test)
{
	int ret;

	test->kind = QUERY_RANGE;
	if (p->tok.kind != LEX_DOTS) {
		ret = parse_value(p, "a range such as 4..64 or a list such as (a, b)", &test->a);
		if (ret)
			return ret;
	}
	if (p->tok.kind != LEX_DOTS)
		return parse_expected(p, "'..'");
	parse_step(p);
	if (!test->a || parse_at_value(p))
		return parse_value(p, "a value", &test->b);
	return 0;
}

static int parse_test(struct parser *p, struct query_node *n, bool negated)
{
	static const uint8_t ops[] = {
		[LEX_EQ] = QUERY_EQ, [LEX_NE] = QUERY_NE, [LEX_LT] = QUERY_LT,
		[LEX_LE] = QUERY_LE, [LEX_GT] = QUERY_GT, [LEX_GE] = QUERY_GE
	};

	if (parse_take(p, "in"))
		return p->tok.kind == LEX_OPEN ? parse_list(p, n) : parse_range(p, n);
	if (p->tok.kind == LEX_TILDE) {
		n->kind = QUERY_GLOB;
		parse_step(p);
		return parse_value(p, "a pattern", &n->a);
	}
	if (negated)
		return parse_expected(p, "'in' or '~'");
	if (p->tok.kind < LEX_EQ || p->tok.kind > LEX_GE)
		return parse_expected(p, "a comparison, 'in' or '~'");
	n->op = ops[p->tok.kind];
	parse_step(p);
	return parse_value(p, "a value", &n->a);
}

/* NAME and what is asked of it. */
static int parse_named(struct parser *p, uint16_t *out)
{
	struct query_node *n;
	bool negated;
	int ret;

	ret = parse_node(p, QUERY_CMP, out);
	if (ret)
		return ret;
	n = &p->q->node[*out];
	ret = parse_name(p, &n->text_off, &n->text_len);
	if (ret)
		return ret;
	negated = parse_take(p, "not");
	ret = parse_test(p, n, negated);
	if (ret || !negated)
		return ret;
	ret = parse_node(p, QUERY_NOT, out);
	if (!ret)
		p->q->node[*out].a = n - p->q->node;
	return ret;
}

static int parse_expr(struct parser *p, uint16_t *out);

static int parse_group(struct parser *p, uint16_t *out)
{
	uint32_t open = p->tok.pos;
	int ret;

	parse_step(p);
	ret = parse_expr(p, out);
	if (ret)
		return ret;
	if (p->tok.kind == LEX_END)
		return parse_fail_at(p, open, "this '(' is never closed", bytes_of("", 0));
	if (p->tok.kind != LEX_CLOSE)
		return parse_expected(p, "'and', 'or' or ')'");
	parse_step(p);
	return 0;
}

static int parse_factor(struct parser *p, uint16_t *out)
{
	int ret;

	if (p->depth == QUERY_DEPTH_MAX)
		return parse_fail_at(p, p->tok.pos, "the query is nested too deeply",
				     bytes_of("", 0));
	p->depth++;
	if (parse_is(p, "true") || parse_is(p, "false")) {
		bool value = parse_is(p, "true");

		ret = parse_node(p, QUERY_CONST, out);
		if (!ret)
			p->q->node[*out].op = value;
		parse_step(p);
	} else if (parse_take(p, "not")) {
		ret = parse_node(p, QUERY_NOT, out);
		if (!ret)
			ret = parse_factor(p, &p->q->node[*out].a);
	} else if (parse_take(p, "has")) {
		ret = parse_node(p, QUERY_HAS, out);
		if (!ret)
			ret = parse_name(p, &p->q->node[*out].text_off, &p->q->node[*out].text_len);
	} else if (p->tok.kind == LEX_OPEN) {
		ret = parse_group(p, out);
	} else if (p->tok.kind == LEX_WORD && !attr_keyword(p->tok.text)) {
		ret = parse_named(p, out);
	} else {
		ret = parse_expected(p, "a condition");
	}
	p->depth--;
	return ret;
}

/* One operand, or several joined by @keyword under one node. */
static int parse_joined(struct parser *p, const char *keyword, enum query_kind kind,
			int (*operand)(struct parser *p, uint16_t *out), uint16_t *out)
{
	uint16_t first, *link;
	int ret;

	ret = operand(p, &first);
	*out = first;
	if (ret || !parse_is(p, keyword))
		return ret;
	ret = parse_node(p, kind, out);
	if (ret)
		return ret;
	p->q->node[*out].a = first;
	link = &p->q->node[first].next;
	while (parse_take(p, keyword)) {
		ret = operand(p, link);
		if (ret)
			return ret;
		link = &p->q->node[*link].next;
	}
	return 0;
}

static int parse_term(struct parser *p, uint16_t *out)
{
	return parse_joined(p, "and", QUERY_AND, parse_factor, out);
}

static int parse_expr(struct parser *p, uint16_t *out)
{
	return parse_joined(p, "or", QUERY_OR, parse_term, out);
}

static int parse_count(struct parser *p, uint32_t *out)
{
	struct number n;

	if (*out)
		return parse_fail_at(p, p->tok.pos, "this clause is given twice", p->after);
	if (p->tok.kind != LEX_WORD || number_parse(p->tok.text, &n) || n.fraction ||
	    n.unit != ATTR_COUNT || n.value < 1 || n.value > QUERY_COUNT_MAX)
		return parse_expected(p, "a number from 1 to 1000000");
	*out = n.value;
	parse_step(p);
	return 0;
}

static int parse_order(struct parser *p)
{
	int ret;

	if (p->q->order_len)
		return parse_fail_at(p, p->tok.pos, "this clause is given twice", p->after);
	if (!parse_take(p, "by"))
		return parse_expected(p, "'by'");
	ret = parse_name(p, &p->q->order_off, &p->q->order_len);
	if (ret)
		return ret;
	p->q->descending = parse_take(p, "desc");
	if (!p->q->descending)
		parse_take(p, "asc");
	return 0;
}

static int parse_clauses(struct parser *p)
{
	struct query *q = p->q;
	int ret = 0;

	while (!ret && p->tok.kind != LEX_END) {
		if (parse_take(p, "limit"))
			ret = parse_count(p, &q->limit);
		else if (parse_take(p, "min"))
			ret = parse_count(p, &q->min);
		else if (parse_take(p, "order"))
			ret = parse_order(p);
		else if (p->tok.kind == LEX_CLOSE)
			ret = parse_fail_at(p, p->tok.pos, "this ')' was never opened",
					    bytes_of("", 0));
		else if (p->tok.kind == LEX_OTHER && p->tok.text.data[0] == '&')
			ret = parse_fail_at(p, p->tok.pos, "conditions are joined by",
					    bytes_str("and"));
		else if (p->tok.kind == LEX_OTHER && p->tok.text.data[0] == '|')
			ret = parse_fail_at(p, p->tok.pos, "alternatives are joined by",
					    bytes_str("or"));
		else
			ret = parse_expected(p, "'and', 'or', 'limit', 'min' or 'order by'");
	}
	if (!ret && q->limit && q->min > q->limit)
		return parse_fail_at(p, p->tok.pos, "'min' is larger than 'limit'",
				     bytes_of("", 0));
	return ret;
}

int query_parse(struct bytes text, struct query *out, struct query_error *err)
{
	struct parser p = { .text = text, .q = out, .err = err };
	int ret = 0;

	out->root = 0;
	out->nodes = 1;
	out->words_len = 0;
	out->limit = 0;
	out->min = 0;
	out->order_off = 0;
	out->order_len = 0;
	out->descending = false;
	out->node[0] = (struct query_node){ .kind = QUERY_CONST, .op = true };
	if (text.len > QUERY_TEXT_MAX)
		return parse_fail_at(&p, QUERY_TEXT_MAX, "the query is longer than 4096 bytes",
				     bytes_of("", 0));
	lex_next(text, 0, &p.tok);
	if (p.tok.kind != LEX_END && !parse_is(&p, "limit") && !parse_is(&p, "min") &&
	    !parse_is(&p, "order"))
		ret = parse_expr(&p, &out->root);
	return ret ? ret : parse_clauses(&p);
}
