// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Queries that order, spread and count: the answer has to be what a plain look
 * at every machine gives, in that order.
 */
#include "sel.h"

#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"

#define QUERIES	  8
#define TEXT_MAX  512
#define CONDS_MAX 4
#define COND_MAX  64

/* An order as text, and its attributes; a '-' marks those whose largest comes first. */
struct order {
	const char *text;
	const char *attr[2];
};

static const struct order orders[] = {
	{ "memory desc", { "-memory" } },
	{ "cores, memory desc", { "cores", "-memory" } },
	{ "rack desc, machine", { "-rack", "machine" } },
	{ "disk desc, arch", { "-disk", "arch" } },
	{ "gpus", { "gpus" } },
};

static const char *const conditions[] = {
	"cores >= 16", "arch != aarch64", "memory >= 16GiB", "rack in (r1, r2, r3)",
	"disk < 2TiB", "not gpus == 0",	  "has gpus",
};

static const char *const wanted[] = { "true", "cores >= 4", "rack != r2",
				      "disk >= 1TiB or has gpus" };

#define ANY(w, list) (list[rng_below(&(w)->rng, sizeof(list) / sizeof(*(list)))])

/* --- what is true ----------------------------------------------------------------------- */

static const struct sel_world *sorting;
static const struct order *sorting_by;

static bool get(const struct sel_world *w, uint32_t i, const char *name, struct attr *out)
{
	return attr_set_get(select_attributes(w->node[i].s), bytes_str(name), out);
}

static int cmp_attr(uint32_t a, uint32_t b, const char *name)
{
	bool down = *name == '-';
	struct attr x, y;
	bool has_x = get(sorting, a, name + down, &x), has_y = get(sorting, b, name + down, &y);
	int c;

	if (!has_x || !has_y)
		return has_y - has_x;
	if (x.type == ATTR_STRING)
		c = bytes_cmp(x.text, y.text);
	else
		c = (x.num > y.num) - (x.num < y.num);
	return down ? -c : c;
}

static int by_order(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	int c = 0;

	for (int i = 0; i < 2 && !c && sorting_by->attr[i]; i++)
		c = cmp_attr(a, b, sorting_by->attr[i]);
	/* Identities are in the order of numbers. */
	return c ? c : (int)a - (int)b;
}

/* Machines alive that match, in an order. */
static uint32_t sorted(const struct sel_world *w, const char *text, const struct order *by,
		       uint32_t out[SEL_NODES_MAX])
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n; i++) {
		if (sel_should_match(w, i, text))
			out[n++] = i;
	}
	sorting = w;
	sorting_by = by;
	qsort(out, n, sizeof(*out), by_order);
	return n;
}

/* The values of an attribute as small numbers; machines with equal values have the same. */
static uint32_t value_of(const struct sel_world *w, uint32_t i, const char *name)
{
	struct attr mine, other;
	uint32_t k = 0;

	if (get(w, i, name, &mine)) {
		while (!get(w, k, name, &other) || !bytes_eq(mine.text, other.text))
			k++;
	}
	return k;
}

/* Of machines in an order, those that are left when at most @max have the same value. */
static uint32_t spread(const struct sel_world *w, const char *name, uint32_t max, uint32_t *v,
		       uint32_t n)
{
	uint32_t of[SEL_NODES_MAX] = { 0 }, left = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (of[value_of(w, v[i], name)]++ < max)
			v[left++] = v[i];
	}
	return left;
}

/* --- questions --------------------------------------------------------------------------- */

/* Asks; false when the answer says that it is not whole, which it may not at rest. */
static bool ask(struct sel_world *w, const char *text, bool rest)
{
	sel_ask(w, sel_alive(w), text);
	if (w->out->failed)
		return false;
	if (rest && w->op.outcome == SELECT_PARTIAL)
		sel_fail(w, "sel-complete", "'%s': %u regions are missing", text, w->op.missing);
	return w->op.outcome != SELECT_PARTIAL;
}

static void expect_list(struct sel_world *w, const char *text, const uint32_t *want, uint32_t n)
{
	if (w->listed_n != n)
		sel_fail(w, "sel-clause", "'%s': %u machines, not %u", text, w->listed_n, n);
	for (uint32_t i = 0; i < n && !w->out->failed; i++) {
		if (w->listed[i] != want[i])
			sel_fail(w, "sel-clause", "'%s': m%u is at place %u, not m%u", text,
				 w->listed[i], i, want[i]);
	}
}

static void expect_ordered(struct sel_world *w, bool rest)
{
	const struct order *by = &ANY(w, orders);
	uint32_t want[SEL_NODES_MAX], limit = (uint32_t)chance_between(&w->rng, 1, w->n);
	uint32_t k = (uint32_t)chance_between(&w->rng, 1, 3), n, left;
	bool spreads = rng_below(&w->rng, 2);
	const char *what = ANY(w, wanted);
	char text[TEXT_MAX], clause[32] = "";

	if (spreads)
		snprintf(clause, sizeof(clause), " spread rack max %u", k);
	snprintf(text, sizeof(text), "%s order by %s%s limit %u", what, by->text, clause, limit);
	n = sorted(w, what, by, want);
	left = spreads ? spread(w, "rack", k, want, n) : n;
	if (!ask(w, text, rest))
		return;
	expect_list(w, text, want, left < limit ? left : limit);
	if (rest && w->op.matched != n)
		sel_fail(w, "sel-matched", "'%s': %u match, not %u", text, w->op.matched, n);
	if (rest && (w->op.outcome == SELECT_LIMIT) != (w->op.count == limit && n > limit))
		sel_fail(w, "sel-limit", "'%s': outcome %d with %u of %u", text, w->op.outcome,
			 w->op.count, n);
}

/* Page after page, every machine is shown once, in order. */
static void expect_pages(struct sel_world *w)
{
	const struct order *by = &ANY(w, orders);
	uint32_t want[SEL_NODES_MAX], n = sorted(w, "cores >= 1", by, want), at = 0;
	uint32_t limit = (uint32_t)chance_between(&w->rng, w->n / 8 + 1, w->n);
	char text[TEXT_MAX], cursor[sizeof(w->op.cursor)] = "";

	do {
		uint32_t left = n - at < limit ? n - at : limit;

		snprintf(text, sizeof(text), "cores >= 1 order by %s limit %u%s%s", by->text, limit,
			 *cursor ? " after " : "", cursor);
		if (!ask(w, text, true))
			return;
		expect_list(w, text, want + at, left);
		if ((at + left < n) != (*w->op.cursor != 0))
			sel_fail(w, "sel-cursor", "'%s': cursor '%s' with %u left", text,
				 w->op.cursor, n - at - left);
		at += left;
		snprintf(cursor, sizeof(cursor), "%s", w->op.cursor);
	} while (*cursor && !w->out->failed);
}

/* As many as possible, of each value no more than may be; which ones is left to chance. */
static void expect_spread(struct sel_world *w, bool rest)
{
	uint32_t v[SEL_NODES_MAX], limit = (uint32_t)chance_between(&w->rng, 1, w->n);
	uint32_t k = (uint32_t)chance_between(&w->rng, 1, 4), n;
	const char *what = ANY(w, wanted);
	char text[TEXT_MAX];

	snprintf(text, sizeof(text), "%s limit %u spread arch max %u", what, limit, k);
	n = spread(w, "arch", k, v, sorted(w, what, orders, v));
	n = n < limit ? n : limit;
	if (!ask(w, text, rest))
		return;
	if (w->op.count != n)
		sel_fail(w, "sel-spread", "'%s': %u machines, not %u", text, w->op.count, n);
	if (spread(w, "arch", k, w->listed, w->listed_n) != w->op.count)
		sel_fail(w, "sel-spread", "'%s': too many of one value", text);
}

static void expect_same(struct sel_world *w, bool rest)
{
	uint32_t v[SEL_NODES_MAX], of[SEL_NODES_MAX] = { 0 }, most = 0;
	uint32_t limit = (uint32_t)chance_between(&w->rng, 1, w->n / 3 + 1);
	const char *what = ANY(w, wanted);
	char text[TEXT_MAX];

	snprintf(text, sizeof(text), "%s same rack limit %u", what, limit);
	for (uint32_t n = sorted(w, what, orders, v); n-- > 0;) {
		uint32_t *count = &of[value_of(w, v[n], "rack")];

		++*count;
		most = *count > most ? *count : most;
	}
	most = most < limit ? most : limit;
	if (!ask(w, text, rest))
		return;
	if (w->op.count != most)
		sel_fail(w, "sel-same", "'%s': %u machines, not %u", text, w->op.count, most);
	for (uint32_t i = 1; i < w->listed_n; i++) {
		if (value_of(w, w->listed[i], "rack") != value_of(w, w->listed[0], "rack"))
			sel_fail(w, "sel-same", "'%s': m%u and m%u", text, w->listed[0],
				 w->listed[i]);
	}
}

static void expect_count(struct sel_world *w, bool rest)
{
	const char *what = ANY(w, wanted);
	uint32_t n = sel_matches(w, what);
	char text[TEXT_MAX];

	snprintf(text, sizeof(text), "count %s", what);
	if (ask(w, text, rest) && (w->op.count != n || w->listed_n))
		sel_fail(w, "sel-clause", "'%s': %u, not %u", text, w->op.count, n);
}

/* A job, as a query says it and as a machine's expression sees it. */
struct job {
	const char *with;
	const char *user;
	int64_t hours;
};

static const struct job jobs[] = {
	{ "user = ada", "ada", 0 },
	{ "user = bob, hours = 2", "bob", 2 },
	{ "hours = 8, user = bob", "bob", 8 },
	{ "hours = 3", NULL, 3 },
};

static bool accepts(const struct sel_node *n, const struct job *job)
{
	static struct attr_set set;
	static struct query q;
	struct query_error err;
	struct attr a = { .name = bytes_str("hours"), .type = ATTR_INT, .num = job->hours };

	attr_set_init(&set);
	if (job->hours)
		xassert(!attr_set_put(&set, &a));
	a = (struct attr){ .name = bytes_str("user"), .type = ATTR_STRING };
	if (job->user)
		a.text = bytes_str(job->user);
	if (job->user)
		xassert(!attr_set_put(&set, &a));
	xassert(!query_parse_expr(bytes_str(n->accept), &q, &err));
	return query_eval(&q, &set) == TRI_TRUE;
}

/* Machines that do not serve the job are not shown, and explained apart. */
static void expect_accepted(struct sel_world *w, bool rest)
{
	const struct job *job = &ANY(w, jobs);
	const char *what = ANY(w, wanted);
	uint32_t v[SEL_NODES_MAX], all = sorted(w, what, orders, v), n = 0;
	bool explains = rng_below(&w->rng, 2);
	char text[TEXT_MAX];

	for (uint32_t i = 0; i < all; i++) {
		if (accepts(&w->node[v[i]], job))
			v[n++] = v[i];
	}
	snprintf(text, sizeof(text), "%s %s with %s", what,
		 explains ? "explain" : "order by memory desc", job->with);
	if (!ask(w, text, rest))
		return;
	if (!explains)
		expect_list(w, text, v, n);
	else if (w->op.count != n || w->op.refused != all - n)
		sel_fail(w, "sel-accept", "'%s': %u accept, %u refuse, not %u, %u", text,
			 w->op.count, w->op.refused, n, all - n);
}

/* All machines were read no longer ago than is wanted; they do not read themselves in between. */
static void expect_fresh(struct sel_world *w, bool rest)
{
	uint32_t age_ms = (uint32_t)chance_between(&w->rng, 100, 20000), n = sel_matches(w, "true");
	char text[TEXT_MAX];

	sel_pass(w, 2ULL * age_ms * ENV_MS);
	snprintf(text, sizeof(text), "count read >= %llums fresh %ums",
		 (unsigned long long)(w->now_ns / ENV_MS - age_ms), age_ms);
	if (ask(w, text, rest) && w->op.count != n)
		sel_fail(w, "sel-fresh", "'%s': %u, not %u", text, w->op.count, n);
}

/* What each condition alone does not hold for, and what the first of those is. */
static void expect_explained(struct sel_world *w, bool rest)
{
	const char *cond[CONDS_MAX];
	uint32_t n = (uint32_t)chance_between(&w->rng, 1, CONDS_MAX), matching = 0;
	struct select_condition want[CONDS_MAX] = { 0 };
	char text[TEXT_MAX] = "explain";

	for (uint32_t k = 0; k < n; k++) {
		cond[k] = ANY(w, conditions);
		snprintf(text + strlen(text), TEXT_MAX - strlen(text), " %s %s", k ? "and" : "",
			 cond[k]);
	}
	for (uint32_t i = 0; i < w->n; i++) {
		bool removed = w->node[i].dead;

		for (uint32_t k = 0; k < n && !w->node[i].dead; k++) {
			bool holds = sel_should_match(w, i, cond[k]);

			want[k].untrue += !holds;
			want[k].removed += !holds && !removed;
			removed |= !holds;
		}
		matching += !removed;
	}
	if (!ask(w, text, rest))
		return;
	if (w->op.count != matching || w->op.conditions_n != n)
		sel_fail(w, "sel-explain", "'%s': %u match, not %u", text, w->op.count, matching);
	for (uint32_t k = 0; k < n && !w->out->failed; k++) {
		const struct select_condition *got = &w->op.conditions[k];

		if (got->untrue != want[k].untrue || got->removed != want[k].removed)
			sel_fail(w, "sel-explain", "'%s': '%s' removed %u of %u, not %u of %u",
				 text, cond[k], got->removed, got->untrue, want[k].removed,
				 want[k].untrue);
	}
}

void sel_clause(struct sel_world *w, bool rest)
{
	switch (rng_below(&w->rng, 8)) {
	case 0:
		expect_spread(w, rest);
		break;
	case 1:
		expect_same(w, rest);
		break;
	case 2:
		expect_count(w, rest);
		break;
	case 3:
		expect_explained(w, rest);
		break;
	case 5:
		expect_accepted(w, rest);
		break;
	case 4:
		expect_fresh(w, rest);
		break;
	default:
		expect_ordered(w, rest);
		break;
	}
}

void sel_clauses(struct sel_world *w)
{
	for (uint32_t i = 0; i < QUERIES && !w->out->failed; i++)
		sel_clause(w, true);
	if (!w->out->failed)
		expect_pages(w);
}
