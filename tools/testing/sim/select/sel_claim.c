// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Jobs that reserve machines at the same time: no machine is given to two of
 * them, and in a grid at rest everybody gets what is there.
 */
#include "sel.h"

#include <errno.h>
#include <stdio.h>

#include <base/assert.h>

#include "chance.h"

#define STEP_NS	   (100 * ENV_MS)
#define STEPS_MAX  600
#define RACERS	   3
#define GIVE_UP_NS (40 * ENV_MS)
#define TEXT_MAX   256
/* Longer than a race, and a moment more. */
#define CLAIM	   "60s"
#define CLAIM_NS   (61 * ENV_SEC)

/* A query that claims, and what it got. */
struct claimer {
	struct select_op op;
	struct sel_world *w;
	char text[TEXT_MAX];
	uint32_t at;
	uint32_t limit;
	uint32_t got[SEL_NODES_MAX];
	uint32_t n;
	bool done;
};

static void found(struct select_op *op, const struct found *f)
{
	struct claimer *c = op->ctx;

	xassert(c->n < SEL_NODES_MAX);
	c->got[c->n++] = f->peer.addr.port;
}

static void done(struct select_op *op)
{
	((struct claimer *)op->ctx)->done = true;
}

static void start(struct sel_world *w, struct claimer *c)
{
	struct query_error err;

	c->w = w;
	c->n = 0;
	c->done = false;
	c->at = sel_alive(w);
	c->op = (struct select_op){ .found = found, .done = done, .ctx = c };
	xassert(!select_start(w->node[c->at].s, &c->op, bytes_str(c->text), &err));
}

static void wait_all(struct sel_world *w, struct claimer *c, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		for (int k = 0; k < STEPS_MAX && !c[i].done; k++)
			sel_pass(w, STEP_NS);
		if (c[i].done)
			continue;
		sel_fail(w, "sel-end", "'%s' does not end", c[i].text);
		select_cancel(w->node[c[i].at].s, &c[i].op);
	}
}

/* One claim, alone: how many machines it gets. */
static uint32_t claim(struct sel_world *w, const char *job, uint32_t limit, uint32_t min)
{
	struct claimer c = { .limit = limit };

	snprintf(c.text, sizeof(c.text), "limit %u min %u claim " CLAIM " as %s", limit, min, job);
	start(w, &c);
	wait_all(w, &c, 1);
	return c.n;
}

static void check_apart(struct sel_world *w, const struct claimer *c)
{
	const struct claimer *owner[SEL_NODES_MAX] = { NULL };

	for (const struct claimer *end = c + RACERS; c < end; c++) {
		if (c->n != c->op.count || c->n > c->limit)
			sel_fail(w, "sel-claim", "'%s': %u machines, %u counted", c->text, c->n,
				 c->op.count);
		for (uint32_t i = 0; i < c->n; i++) {
			const struct claimer **o = &owner[c->got[i]];

			if (*o)
				sel_fail(w, "sel-claim", "m%u is given to '%s' and to '%s'",
					 c->got[i], (*o)->text, c->text);
			*o = c;
		}
	}
}

/* All begin at once, in several orders; gives what all of them want together. */
static uint32_t race(struct sel_world *w, struct claimer c[RACERS], uint32_t all)
{
	static const char *const orders[] = { "", " order by memory desc",
					      " spread machine max 1" };
	uint32_t sum = 0;

	for (uint32_t i = 0; i < RACERS; i++) {
		c[i].limit = (uint32_t)chance_between(&w->rng, 1, all / RACERS);
		sum += c[i].limit;
		snprintf(c[i].text, sizeof(c[i].text), "limit %u%s claim " CLAIM " as job%u",
			 c[i].limit, orders[rng_below(&w->rng, 3)], i);
		start(w, &c[i]);
	}
	wait_all(w, c, RACERS);
	check_apart(w, c);
	return sum;
}

/* A client goes away while it claims; false when it got what it wanted before. */
static bool give_up(struct sel_world *w, uint32_t all)
{
	struct claimer c = { .limit = all };

	snprintf(c.text, sizeof(c.text), "limit %u claim " CLAIM " as quitter", all);
	start(w, &c);
	sel_pass(w, rng_below(&w->rng, GIVE_UP_NS));
	if (c.done)
		return false;
	select_cancel(w->node[c.at].s, &c.op);
	sel_pass(w, ENV_SEC);
	return true;
}

/* What is left is given to others, what is taken is not, until it is given back. */
static void check_rest(struct sel_world *w, const struct claimer c[RACERS], uint32_t left,
		       uint32_t all)
{
	uint32_t n;

	for (uint32_t i = 0; i < RACERS; i++) {
		if (c[i].n != c[i].limit)
			sel_fail(w, "sel-claim", "'%s' got %u", c[i].text, c[i].n);
	}
	/* One more than there is: nothing is kept. */
	n = claim(w, "greedy", all, left + 1);
	if (n)
		sel_fail(w, "sel-claim", "a claim that fails got %u machines", n);
	n = left ? claim(w, "late", left, left) : 0;
	if (n != left)
		sel_fail(w, "sel-claim", "of %u that are left %u were given", left, n);
	/* Who has some renews them, and gets no others. */
	n = claim(w, "job1", all, 1);
	if (n != c[1].n)
		sel_fail(w, "sel-claim", "%u of %u machines were renewed", n, c[1].n);
	sel_pass(w, CLAIM_NS);
	if (!give_up(w, all))
		return;
	n = claim(w, "next", all, 1);
	if (n != all)
		sel_fail(w, "sel-claim", "%u of %u are free when all claims are over", n, all);
}

void sel_claims(struct sel_world *w, bool rest)
{
	struct claimer c[RACERS] = { { .n = 0 } };
	uint32_t all = sel_matches(w, "true"), sum;

	if (all < RACERS)
		return;
	sum = race(w, c, all);
	if (rest && !w->out->failed)
		check_rest(w, c, all - sum, all);
	sel_pass(w, CLAIM_NS);
}
