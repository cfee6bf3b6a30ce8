// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/query.h>

#include <errno.h>
#include <stddef.h>

#include <base/assert.h>
#include <select/parse_priv.h>

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

int parse_fail_at(struct parser *p, uint32_t pos, const char *msg, struct bytes excerpt)
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

int parse_expected(struct parser *p, const char *what)
{
	char msg[QUERY_ERROR_MAX] = "expected ";

	if (p->tok.kind == LEX_UNTERMINATED)
		return parse_fail_at(p, p->tok.pos, "this quote is never closed", bytes_of("", 0));
	text_add(msg, sizeof(msg), bytes_str(what));
	if (p->after.len)
		text_add(msg, sizeof(msg), bytes_str(" after"));
	return parse_fail_at(p, p->tok.pos, msg, p->after);
}

void parse_step(struct parser *p)
{
	p->after = p->tok.text;
	lex_next(p->text, p->tok.pos + p->tok.text.len, &p->tok);
}

void parse_peek(const struct parser *p, struct lex_token *out)
{
	lex_next(p->text, p->tok.pos + (uint32_t)p->tok.text.len, out);
}

bool parse_is(const struct parser *p, const char *keyword)
{
	return p->tok.kind == LEX_WORD && attr_word_eq(p->tok.text, keyword);
}

bool parse_take(struct parser *p, const char *keyword)
{
	if (!parse_is(p, keyword))
		return false;
	parse_step(p);
	return true;
}

int parse_node(struct parser *p, enum query_kind kind, uint16_t *out)
{
	if (p->q->nodes == QUERY_NODES_MAX)
		return parse_fail_at(p, p->tok.pos, "the query has too many parts, from",
				     p->tok.text);
	*out = p->q->nodes++;
	p->q->node[*out] = (struct query_node){ .kind = kind };
	return 0;
}

void parse_byte(struct parser *p, uint8_t c)
{
	/* words are never longer than the text that they come from */
	xassert(p->q->words_len < QUERY_TEXT_MAX);
	p->q->words[p->q->words_len++] = c;
}

/* A scalar and what is asked of it. */
static int parse_named(struct parser *p, uint16_t *out)
{
	struct query_node *n;
	bool negated;
	int ret;

	ret = parse_node(p, QUERY_CMP, out);
	if (ret)
		return ret;
	n = &p->q->node[*out];
	ret = parse_tested(p, n);
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

/* Where the token before this one ends. */
static uint16_t parse_behind(const struct parser *p)
{
	return (uint16_t)(p->after.data + p->after.len - p->text.data);
}

static int parse_factor(struct parser *p, uint16_t *out)
{
	uint32_t from = p->tok.pos;
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
	if (!ret) {
		p->q->node[*out].from = (uint16_t)from;
		p->q->node[*out].to = parse_behind(p);
	}
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
	p->q->node[*out].from = p->q->node[first].from;
	link = &p->q->node[first].next;
	while (parse_take(p, keyword)) {
		ret = operand(p, link);
		if (ret)
			return ret;
		link = &p->q->node[*link].next;
	}
	p->q->node[*out].to = parse_behind(p);
	return 0;
}

static int parse_term(struct parser *p, uint16_t *out)
{
	return parse_joined(p, "and", QUERY_AND, parse_factor, out);
}

int parse_expr(struct parser *p, uint16_t *out)
{
	return parse_joined(p, "or", QUERY_OR, parse_term, out);
}

int query_parse(struct bytes text, struct query *out, struct query_error *err)
{
	struct parser p = { .text = text, .q = out, .err = err };
	int ret = 0;

	/* All but the tree and the words, which are written before they are read. */
	memset(out, 0, offsetof(struct query, node));
	out->nodes = 1;
	out->node[0] = (struct query_node){ .kind = QUERY_CONST, .op = true };
	if (text.len > QUERY_TEXT_MAX)
		return parse_fail_at(&p, QUERY_TEXT_MAX, "the query is longer than 4096 bytes",
				     bytes_of("", 0));
	lex_next(text, 0, &p.tok);
	if (parse_is(&p, "count") || parse_is(&p, "explain"))
		ret = parse_mode(&p);
	if (!ret && p.tok.kind != LEX_END && !parse_at_clause(&p))
		ret = parse_expr(&p, &out->root);
	return ret ? ret : parse_clauses(&p);
}

int query_parse_expr(struct bytes text, struct query *out, struct query_error *err)
{
	struct parser p = { .text = text, .q = out, .err = err };
	int ret = query_parse(text, out, err);

	if (ret || !out->clauses)
		return ret;
	return parse_fail_at(&p, out->clauses - 1u, "clauses have no meaning here",
			     bytes_of("", 0));
}
