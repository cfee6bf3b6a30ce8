// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/boxes.h>

#include <base/assert.h>
#include <base/mutant.h>

static void boxes_full(struct boxes *b)
{
	b->n = 1;
	space_box_full(&b->v[0]);
}

static bool meet(const struct space_box *a, const struct space_box *b, struct space_box *out)
{
	for (uint32_t k = 0; k < SPACE_AXES_MAX; k++) {
		out->lo[k] = a->lo[k] > b->lo[k] ? a->lo[k] : b->lo[k];
		out->hi[k] = a->hi[k] < b->hi[k] ? a->hi[k] : b->hi[k];
		if (out->lo[k] > out->hi[k])
			return false;
	}
	return true;
}

/* @a becomes what is in both; when that needs too many boxes it stays as it is, too large. */
static void boxes_and(struct boxes *a, const struct boxes *b)
{
	struct boxes out = { .n = 0 };

	for (uint32_t i = 0; i < a->n; i++) {
		for (uint32_t j = 0; j < b->n; j++) {
			struct space_box both;

			if (!meet(&a->v[i], &b->v[j], &both))
				continue;
			if (out.n == BOXES_MAX)
				return;
			out.v[out.n++] = both;
		}
	}
	*a = out;
}

/* The smallest box around two. */
static void join(struct space_box *a, const struct space_box *b)
{
	for (uint32_t k = 0; k < SPACE_AXES_MAX; k++) {
		a->lo[k] = b->lo[k] < a->lo[k] ? b->lo[k] : a->lo[k];
		a->hi[k] = b->hi[k] > a->hi[k] ? b->hi[k] : a->hi[k];
	}
}

static void boxes_or(struct boxes *a, const struct boxes *b)
{
	for (uint32_t i = 0; i < b->n; i++) {
		if (a->n < BOXES_MAX)
			a->v[a->n++] = b->v[i];
		else
			join(&a->v[BOXES_MAX - 1], &b->v[i]);
	}
}

static void add_range(struct boxes *out, int axis, uint16_t lo, uint16_t hi)
{
	struct boxes one;

	boxes_full(&one);
	one.v[0].lo[axis] = lo;
	one.v[0].hi[axis] = hi;
	boxes_or(out, &one);
}

/* Can an attribute that is no string equal this value? Then the name's code says nothing. */
static bool other_type(const struct query_node *v, struct bytes text)
{
	return v->numeric || attr_word_eq(text, "true") || attr_word_eq(text, "yes") ||
	       attr_word_eq(text, "false") || attr_word_eq(text, "no");
}

/* Codes of attributes in an order to a value; false when any code may be. */
static bool value_range(const struct space_axis *a, const struct query *q, uint16_t value,
			enum query_op op, uint16_t *lo, uint16_t *hi)
{
	const struct query_node *v = &q->node[value];
	uint16_t code;

	*lo = 1;
	*hi = UINT16_MAX;
	if (op == QUERY_NE || op == QUERY_ABOUT)
		return false;
	if (a->kind == SPACE_NAME) {
		if (op != QUERY_EQ || other_type(v, query_text(q, v)))
			return false;
		*lo = *hi = space_code_name(query_text(q, v));
		return true;
	}
	if (!v->numeric)
		return false;
	code = space_code(a->kind, v->num.value);
	if (op != QUERY_LT && op != QUERY_LE)
		*lo = code;
	if (op != QUERY_GT && op != QUERY_GE)
		*hi = code;
	return true;
}

static void add_value(struct boxes *out, const struct space *s, int axis, const struct query *q,
		      uint16_t value, enum query_op op)
{
	uint16_t lo = 0, hi = UINT16_MAX;

	if (!value_range(&s->axis[axis], q, value, op, &lo, &hi))
		add_range(out, axis, 0, UINT16_MAX);
	else
		add_range(out, axis, lo, hi);
}

static void boxes_test(const struct space *s, const struct query *q, const struct query_node *n,
		       struct boxes *out)
{
	int axis = n->of ? -1 : space_axis_find(s, query_text(q, n));
	struct boxes upper = { .n = 0 };

	out->n = 0;
	if (axis < 0) {
		boxes_full(out);
	} else if (n->kind == QUERY_CMP) {
		add_value(out, s, axis, q, n->a, (enum query_op)n->op);
	} else if (n->kind == QUERY_LIST) {
		for (uint16_t v = n->a; v; v = q->node[v].next)
			add_value(out, s, axis, q, v, QUERY_EQ);
	} else if (n->kind == QUERY_RANGE) {
		boxes_full(out);
		if (n->a) {
			out->n = 0;
			add_value(out, s, axis, q, n->a, QUERY_GE);
		}
		if (n->b) {
			add_value(&upper, s, axis, q, n->b, QUERY_LE);
			boxes_and(out, &upper);
		}
	} else {
		boxes_full(out);
	}
}

static void boxes_node(const struct space *s, const struct query *q, uint16_t at, struct boxes *out)
{
	const struct query_node *n = &q->node[at];
	struct boxes part;

	switch (n->kind) {
	case QUERY_CONST:
		out->n = 0;
		if (n->op)
			boxes_full(out);
		return;
	case QUERY_AND:
		boxes_full(out);
		for (uint16_t c = n->a; c; c = q->node[c].next) {
			boxes_node(s, q, c, &part);
			boxes_and(out, &part);
		}
		return;
	case QUERY_OR:
		out->n = 0;
		for (uint16_t c = n->a; c; c = q->node[c].next) {
			boxes_node(s, q, c, &part);
			boxes_or(out, &part);
			if (MUTANT(select_or_is_first))
				return;
		}
		return;
	case QUERY_NOT:
		boxes_full(out);
		return;
	default:
		boxes_test(s, q, n, out);
	}
}

void boxes_of_query(const struct space *s, const struct query *q, struct boxes *out)
{
	if (q->root)
		boxes_node(s, q, q->root, out);
	else
		boxes_full(out);
}
