// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/eval.h>

#include <base/assert.h>
#include <select/regex.h>
#include <select/scalar.h>
#include <select/version.h>

/*
 * One class "[...]" against a byte. *@pos stands after '[' and is moved past
 * ']'; a class that is not closed matches nothing.
 */
static bool glob_class(struct bytes p, size_t *pos, uint8_t c)
{
	bool negated = false, found = false, first = true;
	size_t i = *pos;

	if (i < p.len && p.data[i] == '^') {
		negated = true;
		i++;
	}
	for (; i < p.len && (first || p.data[i] != ']'); first = false) {
		uint8_t lo = p.data[i], hi = lo;

		if (i + 2 < p.len && p.data[i + 1] == '-' && p.data[i + 2] != ']') {
			hi = p.data[i + 2];
			i += 2;
		}
		found |= c >= lo && c <= hi;
		i++;
	}
	if (i >= p.len)
		return false;
	*pos = i + 1;
	return found != negated;
}

/* One element of the pattern against one byte; *@pos is moved past the element. */
static bool glob_one(struct bytes p, size_t *pos, uint8_t c)
{
	uint8_t e = p.data[(*pos)++];

	if (e == '?')
		return true;
	if (e == '[')
		return glob_class(p, pos, c);
	if (e == '\\' && *pos < p.len)
		e = p.data[(*pos)++];
	return e == c;
}

bool glob_match(struct bytes p, struct bytes t)
{
	size_t i = 0, j = 0, star = SIZE_MAX, mark = 0;

	while (j < t.len) {
		size_t next = i;

		if (i < p.len && p.data[i] == '*') {
			star = ++i;
			mark = j;
		} else if (i < p.len && glob_one(p, &next, t.data[j])) {
			i = next;
			j++;
		} else if (star != SIZE_MAX) {
			i = star;
			j = ++mark;
		} else {
			return false;
		}
	}
	while (i < p.len && p.data[i] == '*')
		i++;
	return i == p.len;
}

static bool value_bool(struct bytes text, int64_t *out)
{
	*out = attr_word_eq(text, "true") || attr_word_eq(text, "yes");
	return *out || attr_word_eq(text, "false") || attr_word_eq(text, "no");
}

/* Compare an attribute with a value; false when they do not fit each other. */
static bool value_cmp(const struct query *q, const struct attr *a, uint16_t value, int *out)
{
	const struct query_node *v = &q->node[value];
	struct bytes text = query_text(q, v);
	int64_t b;

	xassert(v->kind == QUERY_VALUE);
	switch (a->type) {
	case ATTR_INT:
		if (!v->numeric || (v->num.unit != ATTR_COUNT && v->num.unit != a->unit))
			return false;
		*out = number_cmp(a->num, &v->num);
		return true;
	case ATTR_STRING:
		*out = bytes_cmp(a->text, text);
		return true;
	case ATTR_VERSION:
		*out = version_cmp(a->text, text);
		return true;
	case ATTR_BOOL:
		if (!value_bool(text, &b))
			return false;
		*out = a->num != b;
		return true;
	default:
		return false;
	}
}

static enum tri tri_of(bool b)
{
	return b ? TRI_TRUE : TRI_FALSE;
}

/* Not older, and the same but for the last number: ~> 6.1 is 6.1 and later, before 7. */
static enum tri eval_about(const struct query *q, const struct query_node *n, const struct attr *a)
{
	struct bytes text = query_text(q, &q->node[n->a]);

	if (a->type != ATTR_VERSION)
		return TRI_UNKNOWN;
	return tri_of(version_cmp(a->text, text) >= 0 && version_same(a->text, text));
}

static enum tri eval_cmp(const struct query *q, const struct query_node *n, const struct attr *a)
{
	int c;

	if (n->op == QUERY_ABOUT)
		return eval_about(q, n, a);
	if (!value_cmp(q, a, n->a, &c))
		return TRI_UNKNOWN;
	if (a->type == ATTR_BOOL && n->op != QUERY_EQ && n->op != QUERY_NE)
		return TRI_UNKNOWN;
	switch (n->op) {
	case QUERY_EQ:
		return tri_of(c == 0);
	case QUERY_NE:
		return tri_of(c != 0);
	case QUERY_LT:
		return tri_of(c < 0);
	case QUERY_LE:
		return tri_of(c <= 0);
	case QUERY_GT:
		return tri_of(c > 0);
	default:
		return tri_of(c >= 0);
	}
}

static enum tri eval_range(const struct query *q, const struct query_node *n, const struct attr *a)
{
	int lo = 0, hi = 0;

	if (a->type == ATTR_BOOL)
		return TRI_UNKNOWN;
	if ((n->a && !value_cmp(q, a, n->a, &lo)) || (n->b && !value_cmp(q, a, n->b, &hi)))
		return TRI_UNKNOWN;
	return tri_of(lo >= 0 && (hi < 0 || (!hi && n->op == QUERY_LE) || !n->b));
}

static enum tri eval_list(const struct query *q, const struct query_node *n, const struct attr *a)
{
	enum tri t = TRI_FALSE;

	for (uint16_t v = n->a; v; v = q->node[v].next) {
		int c;

		if (!value_cmp(q, a, v, &c))
			t = TRI_UNKNOWN;
		else if (c == 0)
			return TRI_TRUE;
	}
	return t;
}

static bool is_between(uint8_t c)
{
	return c == ' ' || c == ',' || c == '\t';
}

/* Is a word in a text of words parted by spaces and commas? */
static bool has_word(struct bytes text, struct bytes word)
{
	size_t i = 0, end;

	while (i < text.len) {
		for (end = i; end < text.len && !is_between(text.data[end]); end++)
			;
		if (end > i && bytes_eq(bytes_of(text.data + i, end - i), word))
			return true;
		i = end + 1;
	}
	return false;
}

static bool eval_words(const struct query *q, const struct query_node *n, struct bytes text)
{
	bool all = n->op == QUERY_ALL;

	for (uint16_t v = n->a; v; v = q->node[v].next) {
		if (has_word(text, query_text(q, &q->node[v])) != all)
			return !all;
	}
	return all;
}

static bool eval_text(const struct query *q, const struct query_node *n, struct bytes text)
{
	struct bytes value = query_text(q, &q->node[n->a]);
	struct regex re;
	size_t where;

	switch (n->kind) {
	case QUERY_GLOB:
		return glob_match(value, text);
	case QUERY_STARTS:
		return bytes_has_prefix(text, value);
	case QUERY_ENDS:
		return value.len <= text.len &&
		       bytes_eq(bytes_of(text.data + text.len - value.len, value.len), value);
	case QUERY_WORDS:
		return eval_words(q, n, text);
	default:
		xassert(n->kind == QUERY_REGEX);
		/* The parser has seen that it is one. */
		return !regex_compile(value, &re, &where) && regex_match(&re, text);
	}
}

static enum tri eval_test(const struct query *q, const struct query_node *n,
			  const struct attr_set *set)
{
	uint8_t room[ATTR_STR_MAX];
	struct attr a;
	bool there = n->of ? scalar_eval(q, n->of, set, room, &a) :
			     attr_set_get(set, query_text(q, n), &a);

	if (n->kind == QUERY_HAS)
		return tri_of(there);
	if (!there)
		return TRI_UNKNOWN;
	switch (n->kind) {
	case QUERY_CMP:
		return eval_cmp(q, n, &a);
	case QUERY_RANGE:
		return eval_range(q, n, &a);
	case QUERY_LIST:
		return eval_list(q, n, &a);
	default:
		if (a.type != ATTR_STRING && a.type != ATTR_VERSION)
			return TRI_UNKNOWN;
		return tri_of(eval_text(q, n, a.text));
	}
}

/* Recursion is bounded: the parser nests at most QUERY_DEPTH_MAX factors. */
enum tri query_eval_node(const struct query *q, uint16_t node, const struct attr_set *set)
{
	const struct query_node *n = &q->node[node];
	enum tri t;

	switch (n->kind) {
	case QUERY_CONST:
		return tri_of(n->op);
	case QUERY_NOT:
		return TRI_TRUE - query_eval_node(q, n->a, set);
	case QUERY_AND:
		t = TRI_TRUE;
		for (uint16_t c = n->a; c && t != TRI_FALSE; c = q->node[c].next) {
			enum tri child = query_eval_node(q, c, set);

			t = child < t ? child : t;
		}
		return t;
	case QUERY_OR:
		t = TRI_FALSE;
		for (uint16_t c = n->a; c && t != TRI_TRUE; c = q->node[c].next) {
			enum tri child = query_eval_node(q, c, set);

			t = child > t ? child : t;
		}
		return t;
	default:
		return eval_test(q, n, set);
	}
}

enum tri query_eval(const struct query *q, const struct attr_set *set)
{
	return query_eval_node(q, q->root, set);
}
