// SPDX-License-Identifier: GPL-2.0-or-later
/* What follows the expression of a query. */
#include <select/parse_priv.h>

#include <errno.h>

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

int parse_clauses(struct parser *p)
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
			ret = parse_expected(p, "'and', 'or' or a clause such as 'limit'");
	}
	if (!ret && q->limit && q->min > q->limit)
		return parse_fail_at(p, p->tok.pos, "'min' is larger than 'limit'",
				     bytes_of("", 0));
	return ret;
}

bool parse_at_clause(const struct parser *p)
{
	return parse_is(p, "limit") || parse_is(p, "min") || parse_is(p, "order");
}
