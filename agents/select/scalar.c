// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/scalar.h>

#include <base/assert.h>

static bool is_text(const struct attr *a)
{
	return a->type == ATTR_STRING || a->type == ATTR_VERSION;
}

/* Letters of ASCII between @first and @last move by @by. */
static void shift_case(struct attr *a, uint8_t *room, uint8_t first, uint8_t last, int by)
{
	xassert(a->text.len <= ATTR_STR_MAX);
	for (size_t i = 0; i < a->text.len; i++) {
		uint8_t c = a->text.data[i];

		room[i] = c >= first && c <= last ? (uint8_t)(c + by) : c;
	}
	a->text = bytes_of(room, a->text.len);
	a->type = ATTR_STRING;
}

static void cut(const struct query *q, const struct query_node *args, struct attr *a)
{
	const struct query_node *from = &q->node[args->next];
	const struct query_node *len = from->next ? &q->node[from->next] : NULL;
	int64_t start = from->num.value, left;

	if (start > (int64_t)a->text.len)
		start = (int64_t)a->text.len;
	left = (int64_t)a->text.len - start;
	if (len && len->num.value < left)
		left = len->num.value;
	a->text = bytes_of(a->text.data + start, (size_t)left);
	a->type = ATTR_STRING;
}

static bool to_number(struct attr *a)
{
	struct number n;

	if (a->type == ATTR_INT)
		return true;
	if (!is_text(a) || number_parse(a->text, &n) || n.fraction)
		return false;
	*a = (struct attr){ .type = ATTR_INT, .num = n.value, .unit = n.unit };
	return true;
}

static bool call(const struct query *q, const struct query_node *n, const struct attr_set *set,
		 uint8_t *room, struct attr *out)
{
	if (!scalar_eval(q, n->a, set, room, out))
		return false;
	if (n->op == QUERY_NUMBER)
		return to_number(out);
	if (!is_text(out))
		return false;
	switch (n->op) {
	case QUERY_LOWER:
		shift_case(out, room, 'A', 'Z', 'a' - 'A');
		break;
	case QUERY_UPPER:
		shift_case(out, room, 'a', 'z', 'A' - 'a');
		break;
	case QUERY_LENGTH:
		*out = (struct attr){ .type = ATTR_INT, .num = (int64_t)out->text.len };
		break;
	case QUERY_SUBSTR:
		cut(q, &q->node[n->a], out);
		break;
	default:
		xassert(n->op == QUERY_VERSION);
		out->type = ATTR_VERSION;
	}
	return true;
}

/* Sums are of one unit, or of a unit and a number without. */
static bool sum_unit(const struct attr *a, const struct attr *b, enum attr_unit *out)
{
	*out = a->unit == ATTR_COUNT ? b->unit : a->unit;
	return a->unit == b->unit || a->unit == ATTR_COUNT || b->unit == ATTR_COUNT;
}

static bool arith(uint8_t sign, const struct attr *a, const struct attr *b, struct attr *out)
{
	struct attr r = { .type = ATTR_INT };
	bool fits;

	switch (sign) {
	case '+':
		fits = sum_unit(a, b, &r.unit) && !__builtin_add_overflow(a->num, b->num, &r.num);
		break;
	case '-':
		fits = sum_unit(a, b, &r.unit) && !__builtin_sub_overflow(a->num, b->num, &r.num);
		break;
	case '*':
		fits = (a->unit == ATTR_COUNT || b->unit == ATTR_COUNT) &&
		       !__builtin_mul_overflow(a->num, b->num, &r.num);
		r.unit = a->unit == ATTR_COUNT ? b->unit : a->unit;
		break;
	default:
		xassert(sign == '/');
		fits = (b->unit == ATTR_COUNT || b->unit == a->unit) && b->num &&
		       !(b->num == -1 && a->num == INT64_MIN);
		r.num = fits ? a->num / b->num : 0;
		r.unit = b->unit == ATTR_COUNT ? a->unit : ATTR_COUNT;
	}
	*out = r;
	return fits;
}

/* Recursion is bounded: the parser nests at most QUERY_DEPTH_MAX scalars. */
bool scalar_eval(const struct query *q, uint16_t node, const struct attr_set *set, uint8_t *room,
		 struct attr *out)
{
	const struct query_node *n = &q->node[node];
	struct attr a, b;

	switch (n->kind) {
	case QUERY_ATTR:
		return attr_set_get(set, query_text(q, n), out);
	case QUERY_VALUE:
		*out = (struct attr){ .type = ATTR_INT, .num = n->num.value, .unit = n->num.unit };
		return true;
	case QUERY_CALL:
		return call(q, n, set, room, out);
	default:
		xassert(n->kind == QUERY_ARITH);
		/* Numbers alone: no text lives in @room when the second one is made. */
		return scalar_eval(q, n->a, set, room, &a) && a.type == ATTR_INT &&
		       scalar_eval(q, n->b, set, room, &b) && b.type == ATTR_INT &&
		       arith(n->op, &a, &b, out);
	}
}
