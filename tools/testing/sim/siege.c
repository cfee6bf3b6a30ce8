// SPDX-License-Identifier: GPL-2.0-or-later
#include "siege.h"

#include <base/assert.h>

#include "chance.h"
#include "faults.h"
#include "machine.h"

/* Time in which the neighbours of the victim find out that they hear nothing of it. */
#define NOTICED_NS (4 * ENV_SEC)
/* How late the last answers are: less than who asks waits for them. */
#define LATE_NS	   (380 * ENV_MS)
/* A process that ends comes back after so long at most. */
#define BACK_NS	   (50 * ENV_MS)
#define LEASES	   4

static uint64_t lease_ns(const struct sim *s)
{
	return s->plan.lease_ms * ENV_MS;
}

/* Half of the sieges go step by step as the file says; the others have steps of any length. */
static uint64_t step_ns(struct sim *s, uint64_t ns)
{
	return s->siege.loose ?
		       chance_between(&s->rng, 1, 2 * (NOTICED_NS + LEASES * lease_ns(s))) :
		       ns;
}

static bool is_owner(const struct machine *m)
{
	return m->node && m->view.state == RING_OWNER && m->view.complete;
}

/* The owner whose clock is the slowest, or any. Return: NULL when there is none. */
static struct machine *pick_victim(struct sim *s)
{
	bool slow = rng_below(&s->rng, 2);
	struct machine *best = NULL;
	uint32_t from = (uint32_t)rng_below(&s->rng, s->plan.nodes);

	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		struct machine *m = &s->machines[(from + i) % s->plan.nodes];

		if (is_owner(m) && (!best || (slow && m->clock.drift_ppm < best->clock.drift_ppm)))
			best = m;
	}
	return best;
}

/* An owner of another class. Return: NULL when there is none. */
static struct machine *pick_witness(struct sim *s, const struct machine *victim)
{
	uint32_t from = (uint32_t)rng_below(&s->rng, s->plan.nodes);

	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		struct machine *m = &s->machines[(from + i) % s->plan.nodes];

		if (is_owner(m) && m->view.arc.class != victim->view.arc.class)
			return m;
	}
	return NULL;
}

static void siege_end(void *ctx, uint64_t arg)
{
	struct sim *s = ctx;

	if (!s->siege.on)
		return;
	sim_say(s, (int)s->siege.victim, "siege ends");
	net_mend(s, &s->siege.cut);
	s->siege.on = false;
	xassert(!arg);
}

static void witness_back(void *ctx, uint64_t boots)
{
	struct machine *m = ctx;

	if (!m->node && m->boots == boots && !m->gone)
		machine_boot(m);
}

static void siege_close(void *ctx, uint64_t arg)
{
	struct sim *s = ctx;
	struct siege *g = &s->siege;
	struct machine *w = &s->machines[g->witness];

	if (!g->on)
		return;
	sim_say(s, (int)g->victim, "is cut off");
	net_mend(s, &g->cut);
	for (uint32_t i = 0; i < s->plan.nodes; i++)
		g->cut.side[i] = i == g->victim ? CUT_NEAR : CUT_FAR;
	net_cut(s, &g->cut);
	if (g->alone && w->node && rng_below(&s->rng, 2)) {
		machine_crash(w, rng_below(&s->rng, 2));
		sim_after(s, chance_between(&s->rng, 1, BACK_NS), witness_back, w, w->boots);
	}
	sim_after(s, step_ns(s, NOTICED_NS + LEASES * lease_ns(s)), siege_end, s, arg);
}

/* From now on the answers to the victim are late. */
static void siege_late(void *ctx, uint64_t arg)
{
	struct sim *s = ctx;
	uint64_t ns = chance_between(&s->rng, 1, LATE_NS);

	if (!s->siege.on)
		return;
	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		if (i != s->siege.victim)
			net_link(s, i, s->siege.victim)->clogged_until_ns = s->now_ns + ns;
	}
	sim_after(s, ns + ENV_MS, siege_close, s, arg);
}

void siege_begin(struct sim *s)
{
	struct siege *g = &s->siege;
	struct machine *v = pick_victim(s), *w = v ? pick_witness(s, v) : NULL;

	if (g->on || !w)
		return;
	*g = (struct siege){ .on = true, .victim = v->index, .witness = w->index };
	g->alone = rng_below(&s->rng, 2);
	g->loose = rng_below(&s->rng, 2);
	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		const struct machine *m = &s->machines[i];
		bool mate = m->view.arc.class == v->view.arc.class;

		g->cut.side[i] = g->alone ? (m == w ? CUT_NONE : CUT_FAR) :
					    (mate ? CUT_FAR : CUT_NONE);
	}
	g->cut.side[v->index] = CUT_NEAR;
	sim_say(s, (int)v->index, "siege begins, n%02u is its witness%s", w->index,
		g->alone ? ", the only one" : "");
	s->stats.sieges++;
	net_cut(s, &g->cut);
	sim_after(s, step_ns(s, NOTICED_NS + chance_between(&s->rng, 1, LEASES * lease_ns(s))),
		  siege_late, s, 0);
}

void siege_over(struct sim *s)
{
	net_mend(s, &s->siege.cut);
	s->siege.on = false;
}
