// SPDX-License-Identifier: GPL-2.0-or-later
/* Scalars: attributes, numbers, functions of them, arithmetic. */
#include <select/parse_priv.h>

#include <errno.h>

static const struct {
	const char *name;
	uint8_t values_min;
	uint8_t values_max;
} functions[QUERY_FUNCS] = {
	[QUERY_LOWER] = { "lower", 0, 0 },     [QUERY_UPPER] = { "upper", 0, 0 },
	[QUERY_LENGTH] = { "length", 0, 0 },   [QUERY_SUBSTR] = { "substr", 1, 2 },
	[QUERY_VERSION] = { "version", 0, 0 }, [QUERY_NUMBER] = { "number", 0, 0 },
};

/* The sign of arithmetic that a token is, 0 for none. */
static uint8_t parse_sign(const struct lex_token *tok)
{
	if (tok->kind != LEX_WORD || tok->text.len != 1)
		return 0;
	switch (tok->text.data[0]) {
	case '+':
	case '-':
	case '*':
	case '/':
		return tok->text.data[0];
	}
	return 0;
}

/* The values behind the first argument: whole numbers without unit. */
static int parse_arguments(struct parser *p, uint16_t call)
{
	uint16_t *link = &p->q->node[p->q->node[call].a].next;
	uint8_t func = p->q->node[call].op;
	uint32_t n = 0;
	int ret;

	for (; p->tok.kind == LEX_COMMA; n++) {
		const struct query_node *v;
		uint32_t pos;

		if (n == functions[func].values_max)
			return parse_expected(p, "')'");
		parse_step(p);
		pos = p->tok.pos;
		ret = parse_value(p, "a number", link);
		if (ret)
			return ret;
		v = &p->q->node[*link];
		if (!v->numeric || v->num.fraction || v->num.unit != ATTR_COUNT || v->num.value < 0)
			return parse_fail_at(p, pos, "expected a whole number, not",
					     query_text(p->q, v));
		link = &p->q->node[*link].next;
	}
	if (n < functions[func].values_min)
		return parse_expected(p, "','");
	if (p->tok.kind != LEX_CLOSE)
		return parse_expected(p, "')'");
	parse_step(p);
	return 0;
}

static int parse_call(struct parser *p, uint16_t *out)
{
	uint8_t func = 0;
	int ret;

	while (func < QUERY_FUNCS && !parse_is(p, functions[func].name))
		func++;
	if (func == QUERY_FUNCS)
		return parse_fail_at(p, p->tok.pos, "there is no function called", p->tok.text);
	ret = parse_node(p, QUERY_CALL, out);
	if (ret)
		return ret;
	p->q->node[*out].op = func;
	parse_step(p);
	parse_step(p);
	ret = parse_scalar(p, &p->q->node[*out].a);
	return ret ? ret : parse_arguments(p, *out);
}

static int parse_inner(struct parser *p, uint16_t *out)
{
	uint32_t open = p->tok.pos;
	int ret;

	parse_step(p);
	ret = parse_scalar(p, out);
	if (ret)
		return ret;
	if (p->tok.kind == LEX_END)
		return parse_fail_at(p, open, "this '(' is never closed", bytes_of("", 0));
	if (p->tok.kind != LEX_CLOSE)
		return parse_expected(p, "')'");
	parse_step(p);
	return 0;
}

static int parse_operand(struct parser *p, uint16_t *out)
{
	struct lex_token after;
	struct number n;
	int ret;

	parse_peek(p, &after);
	if (p->tok.kind == LEX_OPEN)
		return parse_inner(p, out);
	if (p->tok.kind == LEX_WORD && after.kind == LEX_OPEN)
		return parse_call(p, out);
	if (p->tok.kind == LEX_WORD && !number_parse(p->tok.text, &n)) {
		if (n.fraction)
			return parse_fail_at(p, p->tok.pos, "arithmetic is of whole numbers, not",
					     p->tok.text);
		return parse_value(p, "a number", out);
	}
	ret = parse_node(p, QUERY_ATTR, out);
	if (ret)
		return ret;
	return parse_name(p, &p->q->node[*out].text_off, &p->q->node[*out].text_len);
}

/* Operands joined by the signs @either and @or, from the left. */
static int parse_chain(struct parser *p, uint8_t either, uint8_t or,
		       int (*operand)(struct parser *p, uint16_t *out), uint16_t *out)
{
	uint16_t left, right, join;
	uint8_t sign;
	int ret;

	ret = operand(p, &left);
	while (!ret) {
		sign = parse_sign(&p->tok);
		if (!sign || (sign != either && sign != or))
			break;
		parse_step(p);
		ret = operand(p, &right);
		if (!ret)
			ret = parse_node(p, QUERY_ARITH, &join);
		if (ret)
			break;
		p->q->node[join].op = sign;
		p->q->node[join].a = left;
		p->q->node[join].b = right;
		left = join;
	}
	*out = left;
	return ret;
}

static int parse_product(struct parser *p, uint16_t *out)
{
	return parse_chain(p, '*', '/', parse_operand, out);
}

int parse_scalar(struct parser *p, uint16_t *out)
{
	int ret;

	if (p->depth == QUERY_DEPTH_MAX)
		return parse_fail_at(p, p->tok.pos, "the query is nested too deeply",
				     bytes_of("", 0));
	p->depth++;
	ret = parse_chain(p, '+', '-', parse_product, out);
	p->depth--;
	return ret;
}

int parse_tested(struct parser *p, struct query_node *test)
{
	struct lex_token after;

	parse_peek(p, &after);
	if (after.kind != LEX_OPEN && !parse_sign(&after))
		return parse_name(p, &test->text_off, &test->text_len);
	return parse_scalar(p, &test->of);
}
