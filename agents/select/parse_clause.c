// SPDX-License-Identifier: GPL-2.0-or-later
/* What follows the expression of a query. */
#include <select/parse_priv.h>

#include <errno.h>

#include <base/be.h>
#include <base/siphash.h>

static int parse_twice(struct parser *p)
{
	return parse_fail_at(p, p->tok.pos, "this clause is given twice", p->after);
}

static int parse_whole(struct parser *p, uint32_t max, const char *what, uint32_t *out)
{
	struct number n;

	if (p->tok.kind != LEX_WORD || number_parse(p->tok.text, &n) || n.fraction ||
	    n.unit != ATTR_COUNT || n.value < 1 || n.value > max)
		return parse_expected(p, what);
	*out = (uint32_t)n.value;
	parse_step(p);
	return 0;
}

static int parse_count(struct parser *p, uint32_t *out)
{
	if (*out)
		return parse_twice(p);
	return parse_whole(p, QUERY_COUNT_MAX, "a number from 1 to 1000000", out);
}

static int parse_time(struct parser *p, uint32_t min_ms, uint32_t max_ms, const char *what,
		      uint32_t *out)
{
	struct number n;

	if (*out)
		return parse_twice(p);
	if (p->tok.kind != LEX_WORD || number_parse(p->tok.text, &n) || n.unit != ATTR_MS ||
	    n.value < min_ms || n.value > max_ms)
		return parse_expected(p, what);
	*out = (uint32_t)n.value;
	parse_step(p);
	return 0;
}

static int parse_word(struct parser *p, struct query_word *out)
{
	return out->len ? parse_twice(p) : parse_name(p, &out->off, &out->len);
}

/* The text from @from on, without spaces, letters folded, is a part of the order. */
static void parse_hash(struct parser *p, uint32_t from)
{
	static const uint64_t key[2] = { 0x78732d6f72646572ULL, 0 };
	uint8_t text[QUERY_TEXT_MAX];
	size_t n = 0;

	for (uint32_t i = from; i < p->tok.pos && n < sizeof(text); i++) {
		uint8_t c = p->text.data[i];

		if (c != ' ' && c != '\t' && c != '\n')
			text[n++] = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	}
	p->q->order_hash += (uint32_t)siphash(key, text, n);
}

static int parse_order(struct parser *p)
{
	struct query *q = p->q;
	uint32_t from;
	int ret;

	if (q->orders_n)
		return parse_twice(p);
	if (!parse_take(p, "by"))
		return parse_expected(p, "'by'");
	from = p->tok.pos;
	for (;;) {
		if (q->orders_n == QUERY_ORDERS_MAX)
			return parse_fail_at(p, p->tok.pos, "'order by' has too many parts, from",
					     p->tok.text);
		ret = parse_scalar(p, &q->order[q->orders_n].scalar);
		if (ret)
			return ret;
		q->order[q->orders_n].descending = parse_take(p, "desc");
		if (!q->order[q->orders_n++].descending)
			parse_take(p, "asc");
		if (p->tok.kind != LEX_COMMA)
			break;
		parse_step(p);
	}
	parse_hash(p, from);
	return 0;
}

static int parse_prefer(struct parser *p)
{
	struct query *q = p->q;
	uint32_t from = p->tok.pos, weight = 1;
	int ret;

	if (q->prefers_n == QUERY_PREFERS_MAX)
		return parse_fail_at(p, p->tok.pos, "'prefer' is given too often, from",
				     p->tok.text);
	ret = parse_expr(p, &q->prefer[q->prefers_n].node);
	if (!ret && parse_take(p, "weight"))
		ret = parse_whole(p, QUERY_WEIGHT_MAX, "a number from 1 to 1000", &weight);
	q->prefer[q->prefers_n++].weight = (uint16_t)weight;
	parse_hash(p, from);
	return ret;
}

static int parse_spread(struct parser *p)
{
	int ret = parse_word(p, &p->q->spread);

	if (ret)
		return ret;
	if (!parse_take(p, "max"))
		return parse_expected(p, "'max'");
	return parse_count(p, &p->q->spread_max);
}

static int parse_with(struct parser *p)
{
	struct query *q = p->q;
	int ret;

	for (;;) {
		if (q->with_n == QUERY_WITH_MAX)
			return parse_fail_at(p, p->tok.pos, "'with' has too many parts, from",
					     p->tok.text);
		ret = parse_name(p, &q->with[q->with_n].name.off, &q->with[q->with_n].name.len);
		if (ret)
			return ret;
		if (p->tok.kind != LEX_EQ)
			return parse_expected(p, "'='");
		parse_step(p);
		ret = parse_value(p, "a value", &q->with[q->with_n].value);
		if (ret)
			return ret;
		q->with_n++;
		if (p->tok.kind != LEX_COMMA)
			return 0;
		parse_step(p);
	}
}

static int parse_claim(struct parser *p)
{
	struct query *q = p->q;
	uint32_t pos;
	int ret;

	p->claim_pos = p->tok.pos;
	ret = parse_time(p, QUERY_CLAIM_MIN_MS, QUERY_CLAIM_MAX_MS, "a time from 1s to 1d",
			 &q->claim_ms);
	if (ret)
		return ret;
	if (!parse_take(p, "as"))
		return parse_expected(p, "'as'");
	pos = p->tok.pos;
	ret = parse_value(p, "the name of a job", &q->job);
	if (!ret && (!q->node[q->job].text_len || q->node[q->job].text_len > QUERY_JOB_MAX))
		ret = parse_fail_at(p, pos, "the name of a job has 1 to 63 bytes", bytes_of("", 0));
	return ret;
}

static int parse_show(struct parser *p)
{
	struct query *q = p->q;
	int ret;

	for (;;) {
		if (q->show_n == QUERY_SHOW_MAX)
			return parse_fail_at(p, p->tok.pos, "'show' has too many parts, from",
					     p->tok.text);
		ret = parse_name(p, &q->show[q->show_n].off, &q->show[q->show_n].len);
		if (ret)
			return ret;
		q->show_n++;
		if (p->tok.kind != LEX_COMMA)
			return 0;
		parse_step(p);
	}
}

static int parse_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* As an answer gave it: hexadecimal, the checksum of the order first. */
static int parse_cursor(struct parser *p)
{
	struct query *q = p->q;
	struct bytes t = p->tok.text;

	if (q->cursor_len)
		return parse_twice(p);
	if (p->tok.kind != LEX_WORD)
		return parse_expected(p, "the cursor of an answer");
	if (t.len % 2 || t.len < 2 * (4 + XOS_ID_LEN) || t.len > 2 * QUERY_CURSOR_MAX)
		return parse_fail_at(p, p->tok.pos, "no answer gave this cursor:", t);
	for (size_t i = 0; i < t.len; i += 2) {
		int hi = parse_digit(t.data[i]), lo = parse_digit(t.data[i + 1]);

		if (hi < 0 || lo < 0)
			return parse_fail_at(p, p->tok.pos, "no answer gave this cursor:", t);
		q->cursor[i / 2] = (uint8_t)(hi << 4 | lo);
	}
	q->cursor_len = (uint8_t)(t.len / 2);
	p->cursor_pos = p->tok.pos;
	parse_step(p);
	return 0;
}

int parse_mode(struct parser *p)
{
	enum query_mode mode = parse_is(p, "count") ? QUERY_COUNT : QUERY_EXPLAIN;

	if (p->q->mode != QUERY_FIND)
		return parse_fail_at(p, p->tok.pos, "'count' or 'explain' is given already, before",
				     p->tok.text);
	p->q->mode = mode;
	if (!p->q->clauses)
		p->q->clauses = (uint16_t)(p->tok.pos + 1);
	parse_step(p);
	return 0;
}

/* A clause that only names something, or gives a number. */
static int parse_small(struct parser *p)
{
	struct query *q = p->q;

	if (parse_take(p, "limit"))
		return parse_count(p, &q->limit);
	if (parse_take(p, "min"))
		return parse_count(p, &q->min);
	if (parse_take(p, "fresh"))
		return parse_time(p, QUERY_FRESH_MIN_MS, QUERY_FRESH_MAX_MS,
				  "a time from 100ms to 1d", &q->fresh_ms);
	if (parse_take(p, "deadline"))
		return parse_time(p, 1, QUERY_DEADLINE_MAX_MS, "a time from 1ms to 20s",
				  &q->deadline_ms);
	if (parse_take(p, "same"))
		return parse_word(p, &q->same);
	return parse_is(p, "count") || parse_is(p, "explain") ? parse_mode(p) : -ENOENT;
}

static int parse_clause(struct parser *p)
{
	int ret = parse_small(p);

	if (ret != -ENOENT)
		return ret;
	if (parse_take(p, "order"))
		return parse_order(p);
	if (parse_take(p, "prefer"))
		return parse_prefer(p);
	if (parse_take(p, "spread"))
		return parse_spread(p);
	if (parse_take(p, "show"))
		return parse_show(p);
	if (parse_take(p, "with"))
		return parse_with(p);
	if (parse_take(p, "claim"))
		return parse_claim(p);
	if (parse_take(p, "after"))
		return parse_cursor(p);
	if (p->tok.kind == LEX_CLOSE)
		return parse_fail_at(p, p->tok.pos, "this ')' was never opened", bytes_of("", 0));
	if (p->tok.kind == LEX_OTHER && p->tok.text.data[0] == '&')
		return parse_fail_at(p, p->tok.pos, "conditions are joined by", bytes_str("and"));
	if (p->tok.kind == LEX_OTHER && p->tok.text.data[0] == '|')
		return parse_fail_at(p, p->tok.pos, "alternatives are joined by", bytes_str("or"));
	return parse_expected(p, "'and', 'or' or a clause such as 'limit'");
}

/* What no clause can see alone; @pos is where the last one begins. */
static int parse_together(struct parser *p, uint32_t pos)
{
	const struct query *q = p->q;
	const char *wrong = NULL;
	bool chooses = q->limit || q->orders_n || q->prefers_n || q->spread.len || q->same.len ||
		       q->show_n || q->cursor_len || q->claim_ms;

	if (q->limit && q->min > q->limit)
		wrong = "'min' is larger than 'limit'";
	else if (q->mode != QUERY_FIND && chooses)
		wrong = "'count' and 'explain' show no machines: of clauses 'min', 'with', 'fresh', 'deadline' go with them";
	return wrong ? parse_fail_at(p, pos, wrong, bytes_of("", 0)) : 0;
}

/* A cursor is a place in an order. */
static int parse_continues(struct parser *p)
{
	const struct query *q = p->q;
	const char *wrong = NULL;

	if (!q->cursor_len)
		return 0;
	if (!q->orders_n)
		wrong = "'after' needs the 'order by' of the answer that gave the cursor";
	else if (q->same.len || q->spread.len)
		wrong = "'after' does not go together with 'same' and 'spread'";
	else if (q->order_hash != be32_load(q->cursor))
		wrong = "this cursor is of another order";
	return wrong ? parse_fail_at(p, p->cursor_pos, wrong, bytes_of("", 0)) : 0;
}

/* A claim is of so many machines, and not of all that there are. */
static int parse_limited(struct parser *p)
{
	const struct query *q = p->q;

	if (!q->claim_ms || (q->limit && q->limit <= QUERY_CLAIM_MAX))
		return 0;
	return parse_fail_at(p, p->claim_pos,
			     q->limit ? "'claim' takes at most 256 machines" :
					"'claim' needs 'limit'",
			     bytes_of("", 0));
}

int parse_clauses(struct parser *p)
{
	int ret = 0;

	while (!ret && p->tok.kind != LEX_END) {
		uint32_t pos = p->tok.pos;

		if (!p->q->clauses)
			p->q->clauses = (uint16_t)(pos + 1);
		ret = parse_clause(p);
		if (!ret)
			ret = parse_together(p, pos);
	}
	if (!ret)
		ret = parse_continues(p);
	return ret ? ret : parse_limited(p);
}

bool parse_at_clause(const struct parser *p)
{
	static const char *const words[] = { "limit", "min",	"fresh",  "deadline",
					     "order", "prefer", "spread", "same",
					     "after", "show",	"with",	  "claim" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (parse_is(p, words[i]))
			return true;
	return false;
}
