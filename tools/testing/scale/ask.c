// SPDX-License-Identifier: GPL-2.0-or-later
/* Queries, and what they give compared with a look at every machine. */
#include "scale.h"

#include <stdlib.h>

#include <base/assert.h>

/* Time between two looks whether all queries have ended. */
#define STEP_NS	 (100 * ENV_MS)
/* Queries at once. */
#define ASKS_MAX 300

struct ask {
	struct forward_plan plan;
	struct scale_world *w;
	struct scale_sum *sum;
	uint32_t at;
	uint32_t sigma;
	uint64_t started_ns;
	uint32_t matching;
	uint32_t other;
	uint32_t messages;
};

static bool in_box(const struct scale_node *n, const struct space_box *b)
{
	for (uint32_t k = 0; k < SCALE_AXES; k++) {
		if (n->c[k] < b->lo[k] || n->c[k] > b->hi[k])
			return false;
	}
	return true;
}

bool scale_match(void *ctx, const struct forward_plan *plan, struct found_list *out)
{
	const struct scale_node *n = ctx;
	struct ask *a = (struct ask *)plan;
	struct found self = { .peer = n->g.self.peer };

	if (in_box(n, &plan->boxes.v[0])) {
		a->matching++;
		return found_add(out, &a->w->pieces, &self);
	}
	if (n != &a->w->node[a->at])
		a->other++;
	return true;
}

void scale_plan_sent(const struct forward_plan *plan)
{
	/* The question and its answer. */
	((struct ask *)plan)->messages += 2;
}

void scale_plan_put(void *ctx, struct forward_plan *plan)
{
	(void)ctx;
	if (!--plan->refs)
		free(plan);
}

static void add(uint32_t **list, uint32_t n, uint64_t value)
{
	/* At powers of two it is full. */
	if (!(n & (n - 1))) {
		*list = realloc(*list, (n ? 2 * n : 1) * sizeof(**list));
		xassert(*list);
	}
	(*list)[n] = (uint32_t)value;
}

static void mark(const struct ask *a, const struct found_list *l, uint32_t number)
{
	struct scale_world *w = a->w;

	for (const struct found_piece *p = l->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++) {
			uint32_t at = scale_index(&p->v[i].peer);

			a->sum->doubled += w->seen[at] == number;
			a->sum->false_found += w->node[at].alive &&
					       w->node[at].started_ns <= a->started_ns &&
					       !in_box(&w->node[at], &a->plan.boxes.v[0]);
			w->seen[at] = number;
		}
	}
}

static void done(void *ctx, struct forward_answer *answer)
{
	struct ask *a = ctx;
	struct scale_world *w = a->w;
	struct scale_sum *s = a->sum;
	uint32_t number = ++w->ask_number, want = 0, got = 0;
	bool limit = a->sigma && answer->found.n >= a->sigma;

	mark(a, &answer->found, number);
	for (uint32_t i = 0; i < w->n; i++) {
		const struct scale_node *n = &w->node[i];

		if (!n->alive || n->started_ns > a->started_ns || !in_box(n, &a->plan.boxes.v[0]))
			continue;
		want++;
		got += w->seen[i] == number;
	}
	if (a->sigma) {
		want = want < a->sigma ? want : a->sigma;
		got = answer->found.n < want ? answer->found.n : want;
	}
	add(&s->depth, s->queries, answer->depth);
	add(&s->ms, s->queries, (w->now_ns - a->started_ns) / ENV_MS);
	s->queries++;
	s->want += want;
	s->got += got;
	s->other += a->other;
	s->visited += a->matching + a->other;
	s->messages += a->messages;
	s->partial += !limit && answer->missing;
	s->untrue += !limit && !answer->missing && got < want;
	found_free(&answer->found, &w->pieces);
	w->node[a->at].asking--;
	w->asks--;
	scale_plan_put(NULL, &a->plan);
}

void scale_ask(struct scale_world *w, const struct scale_query *q, struct scale_sum *sum,
	       uint64_t budget_ns)
{
	struct ask *a = calloc(1, sizeof(*a));

	xassert(a);
	a->w = w;
	a->sum = sum;
	a->sigma = q->sigma;
	a->started_ns = w->now_ns;
	a->at = scale_any(w);
	a->plan.boxes.n = 1;
	/* One reference for the engine, one for done(). */
	a->plan.refs = 2;
	scale_draw_box(w, q, &a->plan.boxes.v[0]);
	w->asks++;
	w->node[a->at].asking++;
	xassert(forward_start(&w->node[a->at].f, &a->plan, q->sigma, budget_ns, done, a));
}

void scale_ask_many(struct scale_world *w, const struct scale_query *q, struct scale_sum *sum,
		    uint32_t n, uint64_t gap_ns, uint64_t budget_ns)
{
	for (uint32_t i = 0; i < n; i++) {
		while (w->asks >= ASKS_MAX)
			scale_pass(w, STEP_NS);
		scale_ask(w, q, sum, budget_ns);
		scale_pass(w, gap_ns);
	}
	while (w->asks)
		scale_pass(w, STEP_NS);
}

void scale_sum_free(struct scale_sum *s)
{
	free(s->depth);
	free(s->ms);
	*s = (struct scale_sum){ .queries = 0 };
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

uint32_t scale_rank(uint32_t *v, uint32_t n, double share)
{
	uint32_t at = (uint32_t)(share * n);

	if (!n)
		return 0;
	qsort(v, n, sizeof(*v), by_value);
	return v[at < n ? at : n - 1];
}
