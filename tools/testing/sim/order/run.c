// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/mutant.h>

#include "checkers/check.h"
#include "order/world.h"

/* Virtual time in which healed groups have to agree, and clients to be answered. */
#define RUN_HEAL_NS  (90 * ENV_SEC)
#define RUN_LOOK_NS  (250 * ENV_MS)
#define RUN_AFTER_NS (2 * ENV_SEC)
#define RUN_DEAF_NS  (8 * ENV_SEC)

static void world_init(struct world *w, const struct plan *plan, bool calm, bool verbose)
{
	struct sim *s = &w->s;

	*s = (struct sim){ .plan = *plan, .verbose = verbose, .hash = plan->seed };
	rng_seed(&s->rng, plan->seed);
	chaos_draw(w);
	if (calm) {
		plan_calm(&s->plan);
		w->change_ms = w->transfer_ms = w->suspect_ms = 0;
		w->flip_ppm = w->busy_ppm = w->late_ppm = 0;
	}
	link_init(w);
	s->plan.work.keys *= w->group_n;
	history_init(&s->history, &s->plan.work, plan->seed);
	s->plan.work.keys /= w->group_n;
	for (uint32_t i = 0; i < w->host_n; i++)
		host_init(w, i);
	for (uint32_t i = 0; i < w->group_n; i++) {
		w->truth[i].entry = calloc(WORLD_INDEX_MAX, sizeof(uint64_t));
		w->truth[i].hash = calloc(WORLD_INDEX_MAX, sizeof(uint64_t));
		xassert(w->truth[i].entry && w->truth[i].hash);
	}
	admin_found(w);
}

static void world_exit(struct world *w)
{
	link_exit(w);
	for (uint32_t i = 0; i < w->host_n; i++)
		host_exit(&w->hosts[i]);
	for (uint32_t i = 0; i < w->group_n; i++) {
		free(w->truth[i].entry);
		free(w->truth[i].hash);
	}
	history_exit(&w->s.history);
	events_exit(&w->s.events);
}

/* Everybody agrees, and all members are those that the administrator wants. */
static void wait_settled(struct world *w)
{
	struct sim *s = &w->s;
	uint64_t from = s->now_ns;
	char why[SIM_REASON_MAX] = "the last entries are not committed";

	while (!s->failed && !(users_idle(w) && admin_settled(w, why))) {
		if (s->now_ns - from > RUN_HEAL_NS) {
			if (!users_idle(w))
				sim_fail(s, "alive", "a client waits in healed groups (%s)", why);
			sim_fail(s, "alive", "not healed: %s", why);
			return;
		}
		sim_run_until(s, s->now_ns + RUN_LOOK_NS);
	}
	if (s->now_ns - from > s->stats.heal_ns)
		s->stats.heal_ns = s->now_ns - from;
	sim_say(s, -1, "settled");
}

/* Every host loses power at once and comes back. */
static void power_cycle(struct world *w)
{
	for (uint32_t i = 0; i < w->host_n && !w->s.failed; i++) {
		if (w->hosts[i].order)
			host_crash(&w->hosts[i], true);
	}
}

/* Puts through every group: then a leader that cannot commit is found out. */
static void more_work(struct world *w)
{
	users_start(w);
	sim_run_until(&w->s, w->s.now_ns + RUN_AFTER_NS);
	w->s.working = false;
}

/*
 * A leader that hears nobody but is heard has to go, and may not come back:
 * the others get on with their work under one other leader.
 */
static void deaf_leader(struct world *w)
{
	struct sim *s = &w->s;
	struct app *leader = admin_leader(w, 0);
	uint64_t done, elections;

	if (s->failed || w->voters < 3 || !leader)
		return;
	link_deafen(w, leader->host->index);
	users_start(w);
	sim_run_until(s, s->now_ns + RUN_DEAF_NS);
	done = s->stats.ops[HISTORY_OK];
	elections = s->stats.elections;
	sim_run_until(s, s->now_ns + RUN_DEAF_NS);
	if (s->stats.ops[HISTORY_OK] == done)
		sim_fail(s, "deaf", "nothing is done beside a leader that hears nobody");
	if (s->stats.elections > elections + w->group_n)
		sim_fail(s, "deaf", "%llu elections beside a member that hears nobody",
			 (unsigned long long)(s->stats.elections - elections));
	s->working = false;
	link_heal(w);
}

static void scenario(struct world *w)
{
	struct sim *s = &w->s;

	for (uint32_t i = 0; i < w->host_n; i++)
		host_boot(&w->hosts[i]);
	admin_start(w);
	chaos_start(w);
	users_start(w);
	sim_run_until(s, s->plan.active_ms * ENV_MS);
	sim_say(s, -1, "faults end");
	chaos_stop(w);
	s->working = false;
	wait_settled(w);
	if (!s->failed)
		more_work(w);
	wait_settled(w);
	deaf_leader(w);
	wait_settled(w);
	if (!s->failed)
		power_cycle(w);
	wait_settled(w);
	if (!s->failed)
		more_work(w);
	wait_settled(w);
}

void order_run_seed(uint64_t seed, const struct run_options *opt, struct run_result *out)
{
	struct world *w = calloc(1, sizeof(*w));
	struct plan plan;

	xassert(w);
	*out = (struct run_result){ .seed = seed };
#ifdef XOS_MUTANTS
	mutant_active = (enum mutant_id)opt->mutant;
#endif
	plan_draw(seed, 0, &plan);
	world_init(w, &plan, opt->calm, opt->verbose);
	if (opt->verbose)
		plan_print(&w->s.plan);
	scenario(w);
	if (!w->s.failed)
		check_linear(&w->s);
	out->failed = w->s.failed;
	snprintf(out->checker, sizeof(out->checker), "%s", w->s.failed ? w->s.checker : "");
	snprintf(out->reason, sizeof(out->reason), "%s", w->s.reason);
	out->hash = w->s.hash;
	out->nodes = w->host_n;
	out->stats = w->s.stats;
	out->stats.virtual_ns = w->s.now_ns;
	world_exit(w);
	free(w);
}
