// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Serialisability with real-time order, by the graph of dependencies (Adya
 * 1999; the list-append workload of Elle, Kingsbury and Alvaro 2020): each
 * element is unique, so a list that is read names the transactions that came
 * before, in their order. An edge leads from each to who must come later:
 *
 *   - the appender of an element to that of the next one
 *   - the appender of the last element read to the reader
 *   - the reader to the appender of the first element that it did not see
 *   - who had ended to who began after that
 *
 * and a circle is a history that no order explains.
 */
#include "checkers/check.h"

#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"
#include "machine.h"
#include "txnwork.h"

#define LISTS	      (TXNWORK_GROUPS * TXNWORK_LISTS)
/* Virtual time in which a healed grid has to commit. */
#define ALIVE_TIME_NS (60 * ENV_SEC)
/* Elements of one list, at most. */
#define ELEMS_MAX     4096

/**
 * struct edges - who comes later
 * @to: the other end
 * @next: next edge from the same transaction, 0 for none
 */
struct edges {
	size_t to;
	size_t next;
};

/**
 * struct graph - transactions and who must come before whom
 * @s: run
 * @w: what was seen
 * @order: elements of each list, in their order
 * @n: how many
 * @first: first edge of each transaction, 0 for none
 * @edge: edges, from 1 on
 * @edge_n: how many
 * @edge_cap: room
 */
struct graph {
	struct sim *s;
	const struct txnwork *w;
	uint64_t *order[LISTS];
	uint32_t n[LISTS];
	size_t *first;
	struct edges *edge;
	size_t edge_n;
	size_t edge_cap;
};

static size_t writer_of(uint64_t elem)
{
	return (size_t)((elem - 1) / TXNWORK_STEPS);
}

static bool counts(const struct txnwork_txn *t)
{
	return t->outcome == HISTORY_OK;
}

static void edge_add(struct graph *g, size_t from, size_t to)
{
	if (from == to)
		return;
	if (g->edge_n + 1 >= g->edge_cap) {
		g->edge_cap = g->edge_cap ? g->edge_cap * 2 : 4096;
		g->edge = realloc(g->edge, g->edge_cap * sizeof(*g->edge));
		xassert(g->edge);
	}
	g->edge[++g->edge_n] = (struct edges){ .to = to, .next = g->first[from] };
	g->first[from] = g->edge_n;
}

/* Is an element where somebody may have put it? */
static bool elem_ok(struct graph *g, uint32_t list, uint64_t elem)
{
	const struct txnwork_txn *t;
	size_t i = elem ? writer_of(elem) : g->w->count;

	if (i < g->w->count) {
		t = &g->w->txns[i];
		if (t->outcome == HISTORY_FAILED)
			sim_fail(g->s, "txns",
				 "list %u shows an element of transaction %zu, which failed", list,
				 i);
		if ((elem - 1) % TXNWORK_STEPS < t->append_n &&
		    t->append[(elem - 1) % TXNWORK_STEPS] == list)
			return !g->s->failed;
	}
	sim_fail(g->s, "txns", "list %u has an element that nobody put there", list);
	return false;
}

/* Reads of a list are beginnings of one another. */
static void take_read(struct graph *g, size_t txn, const struct txnwork_read *r)
{
	const uint64_t *elem = &g->w->elems[r->at];

	xassert(r->list < LISTS);
	if (r->n > ELEMS_MAX) {
		sim_fail(g->s, "txns", "list %u has %u elements", r->list, r->n);
		return;
	}
	if (!g->order[r->list])
		g->order[r->list] = calloc(ELEMS_MAX, sizeof(uint64_t));
	xassert(g->order[r->list]);
	for (uint32_t i = 0; i < r->n && !g->s->failed; i++) {
		if (i < g->n[r->list]) {
			if (g->order[r->list][i] != elem[i])
				sim_fail(
					g->s, "txns",
					"transaction %zu sees list %u in another order than others",
					txn, r->list);
			continue;
		}
		if (!elem_ok(g, r->list, elem[i]))
			return;
		for (uint32_t j = 0; j < i; j++) {
			if (elem[j] == elem[i])
				sim_fail(g->s, "txns", "list %u has an element twice", r->list);
		}
		g->order[r->list][i] = elem[i];
		g->n[r->list] = i + 1;
	}
}

static void take_reads(struct graph *g)
{
	for (size_t i = 0; i < g->w->count; i++) {
		const struct txnwork_txn *t = &g->w->txns[i];

		for (uint32_t j = 0; counts(t) && j < t->read_n && !g->s->failed; j++)
			take_read(g, i, &g->w->reads[t->reads + j]);
	}
}

static void read_edges(struct graph *g, size_t txn, const struct txnwork_read *r)
{
	const uint64_t *order = g->order[r->list];

	xassert(r->n <= g->n[r->list]);
	if (r->n)
		edge_add(g, writer_of(order[r->n - 1]), txn);
	if (r->n < g->n[r->list])
		edge_add(g, txn, writer_of(order[r->n]));
}

static void list_edges(struct graph *g)
{
	for (uint32_t l = 0; l < LISTS; l++) {
		for (uint32_t i = 1; i < g->n[l]; i++)
			edge_add(g, writer_of(g->order[l][i - 1]), writer_of(g->order[l][i]));
	}
	for (size_t i = 0; i < g->w->count; i++) {
		const struct txnwork_txn *t = &g->w->txns[i];

		for (uint32_t j = 0; counts(t) && j < t->read_n; j++)
			read_edges(g, i, &g->w->reads[t->reads + j]);
	}
}

static const struct txnwork *sort_by;

static int cmp_returned(const void *a, const void *b)
{
	uint64_t x = sort_by->txns[*(const size_t *)a].returned;
	uint64_t y = sort_by->txns[*(const size_t *)b].returned;

	return x < y ? -1 : x > y;
}

/*
 * Real time: who had ended when another began. Those that had ended before
 * the beginning of one that had ended too are left out: they come before it.
 */
static void time_edges(struct graph *g)
{
	size_t n = g->w->count, front_n = 0, at = 0;
	size_t *by_end = calloc(n + 1, sizeof(*by_end)), *front = calloc(n + 1, sizeof(*front));

	xassert(by_end && front);
	for (size_t i = 0; i < n; i++)
		by_end[i] = i;
	sort_by = g->w;
	qsort(by_end, n, sizeof(*by_end), cmp_returned);
	/* Transactions are in the order of their beginning. */
	for (size_t i = 0; i < n; i++) {
		const struct txnwork_txn *t = &g->w->txns[i];

		while (at < n && g->w->txns[by_end[at]].returned < t->invoked) {
			const struct txnwork_txn *e = &g->w->txns[by_end[at]];
			size_t keep = 0;

			for (size_t k = 0; counts(e) && k < front_n; k++) {
				if (g->w->txns[front[k]].returned >= e->invoked)
					front[keep++] = front[k];
			}
			if (counts(e)) {
				front_n = keep;
				front[front_n++] = by_end[at];
			}
			at++;
		}
		for (size_t k = 0; t->outcome != HISTORY_FAILED && k < front_n; k++)
			edge_add(g, front[k], i);
	}
	free(by_end);
	free(front);
}

/* Depth first: an edge to a transaction that is being looked at closes a circle. */
static void find_circle(struct graph *g)
{
	size_t n = g->w->count, *stack = calloc(n + 1, sizeof(*stack)), depth = 0;
	size_t *edge = calloc(n + 1, sizeof(*edge));
	uint8_t *state = calloc(n + 1, 1);

	xassert(stack && edge && state);
	for (size_t i = 0; i < n && !g->s->failed; i++) {
		if (state[i])
			continue;
		stack[depth++] = i;
		state[i] = 1;
		edge[i] = g->first[i];
		while (depth && !g->s->failed) {
			size_t at = stack[depth - 1], e = edge[at], to;

			if (!e) {
				state[at] = 2;
				depth--;
				continue;
			}
			edge[at] = g->edge[e].next;
			to = g->edge[e].to;
			if (state[to] == 1)
				sim_fail(g->s, "txns",
					 "transactions %zu and %zu each come before the other", at,
					 to);
			if (state[to])
				continue;
			stack[depth++] = to;
			state[to] = 1;
			edge[to] = g->first[to];
		}
	}
	free(stack);
	free(edge);
	free(state);
}

/* What was acknowledged is in the order, which the last reads complete. */
static void check_kept(struct graph *g)
{
	for (size_t i = 0; i < g->w->count && !g->s->failed; i++) {
		const struct txnwork_txn *t = &g->w->txns[i];

		for (uint32_t k = 0; counts(t) && k < t->append_n; k++) {
			uint64_t elem = i * TXNWORK_STEPS + k + 1;
			uint32_t list = t->append[k], j = 0;

			while (j < g->n[list] && g->order[list][j] != elem)
				j++;
			if (j == g->n[list])
				sim_fail(g->s, "txns",
					 "what transaction %zu appended to list %u is lost", i,
					 list);
		}
	}
}

static void check_sums(struct graph *g)
{
	for (size_t i = 0; i < g->w->count && !g->s->failed; i++) {
		const struct txnwork_txn *t = &g->w->txns[i];

		if (!counts(t))
			continue;
		if (t->kind == TXNWORK_AUDIT && t->sum[0])
			sim_fail(g->s, "txns", "audit %zu finds a sum of %lld", i,
				 (long long)t->sum[0]);
		if (t->kind == TXNWORK_PAIR_READ && t->sum[0] != t->sum[1])
			sim_fail(g->s, "txns", "transaction %zu finds a pair of %lld and %lld", i,
				 (long long)t->sum[0], (long long)t->sum[1]);
	}
}

void check_txns(struct sim *s)
{
	struct graph g = { .s = s, .w = &s->txnwork };

	g.first = calloc(s->txnwork.count + 1, sizeof(*g.first));
	xassert(g.first);
	take_reads(&g);
	if (!s->failed)
		check_kept(&g);
	if (!s->failed)
		check_sums(&g);
	if (!s->failed) {
		list_edges(&g);
		time_edges(&g);
		find_circle(&g);
	}
	for (uint32_t i = 0; i < LISTS; i++)
		free(g.order[i]);
	free(g.first);
	free(g.edge);
}

static void alive_call(struct sim *s, enum txnwork_kind kind, uint32_t group)
{
	uint64_t until = s->now_ns + ALIVE_TIME_NS;
	const struct txnwork_txn *t;
	size_t at;

	/* One that lost against another one, or its time, comes again. */
	do {
		at = txnwork_call(s, kind, group, machine_any(s)->index);
		while (s->txnwork.txns[at].outcome == HISTORY_PENDING && sim_step(s))
			;
		t = &s->txnwork.txns[at];
	} while (!s->failed && t->outcome != HISTORY_OK && s->now_ns < until);
	if (!s->failed && t->outcome != HISTORY_OK)
		sim_fail(s, "txns", "a transaction of kind %d does not commit in a healed grid: %d",
			 (int)kind, t->status);
}

void check_txns_alive(struct sim *s)
{
	if (!s->txnwork.client_n)
		return;
	for (uint32_t i = 0; i < TXNWORK_GROUPS && !s->failed; i++)
		alive_call(s, TXNWORK_LIST, i);
	for (int kind = TXNWORK_TRANSFER; kind <= TXNWORK_PAIR_READ && !s->failed; kind++)
		alive_call(s, (enum txnwork_kind)kind, 0);
}
