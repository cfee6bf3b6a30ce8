// SPDX-License-Identifier: GPL-2.0-or-later
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mutant.h>

#include "checkers/check.h"
#include "client.h"
#include "dserver/ds.h"
#include "faults.h"
#include "hostile/hostile.h"
#include "machine.h"
#include "mip6/mip.h"
#include "order/world.h"
#include "select/sel.h"
#include "threads/threads.h"
#include "txnwork.h"
#include "vnode/vworld.h"

/* How often a healing grid is looked at, and how long clients work when it is healed. */
#define RUN_LOOK_NS  (250 * ENV_MS)
#define RUN_AFTER_NS (3 * ENV_SEC)

/* Wait until the nodes form one ring; fails when they do not in time. */
static void wait_healed(struct sim *s)
{
	uint64_t from = s->now_ns, until = from + (uint64_t)s->plan.heal_ms * ENV_MS;
	char why[SIM_REASON_MAX];

	while (!s->failed && !check_ring(s, why)) {
		if (s->now_ns >= until) {
			sim_fail(s, "ring", "not healed after %u s: %s", s->plan.heal_ms / 1000,
				 why);
			return;
		}
		sim_run_until(s, s->now_ns + RUN_LOOK_NS);
	}
	if (s->now_ns - from > s->stats.heal_ns)
		s->stats.heal_ns = s->now_ns - from;
	sim_say(s, -1, "healed after %llu ms", (unsigned long long)((s->now_ns - from) / ENV_MS));
}

static void wait_idle(struct sim *s)
{
	uint64_t until = s->now_ns + (uint64_t)s->plan.heal_ms * ENV_MS;

	s->working = false;
	while (!s->failed && !(clients_idle(s) && txnwork_idle(s))) {
		if (s->now_ns >= until) {
			sim_fail(s, "alive", "an operation does not come to an end");
			return;
		}
		sim_step(s);
	}
}

/* Every machine loses power at once and comes back. */
static void power_cycle(struct sim *s)
{
	for (uint32_t i = 0; i < s->plan.nodes && !s->failed; i++) {
		if (!s->machines[i].gone)
			machine_crash(&s->machines[i], true);
	}
	for (uint32_t i = 0; i < s->plan.nodes && !s->failed; i++) {
		if (!s->machines[i].gone)
			machine_boot(&s->machines[i]);
	}
}

static void scenario(struct sim *s)
{
	uint64_t expected[PLAN_KEYS_MAX];

	faults_start(s);
	hostile_start(s);
	clients_start(s);
	txnwork_start(s);
	sim_run_until(s, (uint64_t)s->plan.active_ms * ENV_MS);
	sim_say(s, -1, "faults end");
	faults_stop(s);
	wait_healed(s);
	sim_run_until(s, s->now_ns + RUN_AFTER_NS);
	wait_idle(s);
	check_lookups(s);
	check_alive(s, expected);
	check_txns_alive(s);
	check_held_all(s);
	if (!s->failed)
		power_cycle(s);
	wait_healed(s);
	check_unchanged(s, expected);
	check_txns_alive(s);
	check_votes(s);
}

static void fill_result(const struct sim *s, struct run_result *out)
{
	out->failed = s->failed;
	snprintf(out->checker, sizeof(out->checker), "%s", s->failed ? s->checker : "");
	snprintf(out->reason, sizeof(out->reason), "%s", s->reason);
	out->hash = s->hash;
	out->nodes = s->plan.nodes;
	out->stats = s->stats;
	out->stats.virtual_ns = s->now_ns;
}

/* Does a planted bug lie in this layer? Then only what runs that layer can show it. */
static bool mutant_in(uint32_t mutant, const char *layer)
{
	static const char *const names[MUTANT_COUNT] = {
		"",
#define MUTANT_DEF(mutant, text) #mutant,
#include <base/mutants.def>
#undef MUTANT_DEF
	};

	return !strncmp(names[mutant], layer, strlen(layer));
}

/* Threads under the schedulers of virtual nodes, and their container. */
static void run_vnode(uint64_t seed, struct run_result *out)
{
	if (!threads_run(seed, out->reason))
		snprintf(out->checker, sizeof(out->checker), "threads");
	else if (!vworld_run(seed, out->reason))
		snprintf(out->checker, sizeof(out->checker), "container");
	out->failed = out->checker[0] != '\0';
}

void run_seed(uint64_t seed, const struct run_options *opt, struct run_result *out)
{
	struct plan plan;
	struct sim *s;

	*out = (struct run_result){ .seed = seed };
#ifdef XOS_MUTANTS
	mutant_active = (enum mutant_id)opt->mutant;
#endif
	if (opt->mutant == MUTANT_NONE || mutant_in(opt->mutant, "dserver_"))
		ds_run(seed, opt, out);
	if (out->failed || mutant_in(opt->mutant, "dserver_"))
		return;
	if (opt->mutant == MUTANT_NONE || mutant_in(opt->mutant, "mip6_"))
		mip_run(seed, opt, out);
	if (out->failed || mutant_in(opt->mutant, "mip6_"))
		return;
	if (opt->mutant == MUTANT_NONE || mutant_in(opt->mutant, "select_"))
		sel_run(seed, opt, out);
	if (out->failed || mutant_in(opt->mutant, "select_"))
		return;
	if (opt->mutant == MUTANT_NONE || mutant_in(opt->mutant, "vnode_"))
		run_vnode(seed, out);
	if (out->failed || mutant_in(opt->mutant, "vnode_"))
		return;
	plan_draw(seed, opt->nodes, &plan);
	if (opt->calm)
		plan_calm(&plan);
	if (opt->verbose)
		plan_print(&plan);
	s = malloc(sizeof(*s));
	if (!s)
		abort();
	sim_init(s, &plan, opt->verbose);
	sim_fold(s, out->hash);
	scenario(s);
	if (!s->failed)
		check_linear(s);
	if (!s->failed)
		check_txns(s);
	if (!s->failed)
		check_ranges(s);
	fill_result(s, out);
	sim_exit(s);
	free(s);
}

void run_fail(struct run_result *out, const char *checker, const char *fmt, va_list args)
{
	if (out->failed)
		return;
	out->failed = true;
	snprintf(out->checker, sizeof(out->checker), "%s", checker);
	vsnprintf(out->reason, sizeof(out->reason), fmt, args);
}

void run_any(uint64_t seed, const struct run_options *opt, struct run_result *out)
{
	if (opt->order)
		order_run_seed(seed, opt, out);
	else
		run_seed(seed, opt, out);
}
