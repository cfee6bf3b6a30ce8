// SPDX-License-Identifier: GPL-2.0-or-later
#include "faults.h"

#include <base/assert.h>

#include "chance.h"
#include "checkers/check.h"
#include "machine.h"
#include "siege.h"

#define SLEEP_NS     (3 * ENV_SEC)
#define WALL_JUMP_NS (60 * ENV_SEC)

/* One kind of fault: it happens now and then, every @every_ms in the mean. */
struct fault {
	void (*strike)(struct sim *s);
	uint32_t every_ms;
};

enum fault_kind {
	FAULT_RESET,
	FAULT_CLOG,
	FAULT_PARTITION,
	FAULT_CRASH,
	FAULT_PAUSE,
	FAULT_WALL,
	FAULT_LOSE,
	FAULT_SLEEP,
	FAULT_SIEGE,
	FAULT_KINDS
};

static uint64_t pick_ns(struct sim *s, uint32_t ms_max)
{
	return chance_between(&s->rng, 1, (uint64_t)ms_max * ENV_MS);
}

static struct machine *pick_machine(struct sim *s)
{
	return &s->machines[rng_below(&s->rng, s->plan.nodes)];
}

static struct link *pick_link(struct sim *s)
{
	uint32_t n = s->plan.nodes, from = (uint32_t)rng_below(&s->rng, n);

	return net_link(s, from, (from + 1 + (uint32_t)rng_below(&s->rng, n - 1)) % n);
}

static void strike_reset(struct sim *s)
{
	struct link *l = pick_link(s);

	/* Of the links that are in use, if there is one in sight. */
	for (int tries = 0; tries < 8 && !l->head; tries++)
		l = pick_link(s);
	sim_say(s, (int)l->from, "stream to n%02u breaks", l->to);
	net_reset(s, l, rng_below(&s->rng, l->delay_ns + 1));
}

static void strike_clog(struct sim *s)
{
	struct link *l = pick_link(s);

	l->clogged_until_ns = s->now_ns + pick_ns(s, s->plan.net.clog_ms);
	s->stats.clogs++;
	sim_say(s, (int)l->from, "link to n%02u clogs", l->to);
}

static void partition_end(void *ctx, uint64_t index)
{
	struct sim *s = ctx;

	sim_say(s, -1, "partition %llu ends", (unsigned long long)index);
	net_mend(s, &s->net.cuts[index]);
}

static void draw_sides(struct sim *s, struct cut *cut)
{
	uint32_t n = s->plan.nodes, near = 0;

	memset(cut->side, CUT_NONE, sizeof(cut->side));
	if (chance_hit(&s->rng, s->plan.net.part_pair_ppm)) {
		const struct link *l = pick_link(s);

		cut->side[l->from] = CUT_NEAR;
		cut->side[l->to] = CUT_FAR;
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		bool side = rng_below(&s->rng, 2);

		cut->side[i] = side ? CUT_NEAR : CUT_FAR;
		near += side;
	}
	if (near == 0 || near == n)
		cut->side[0] = near ? CUT_FAR : CUT_NEAR;
}

static void strike_partition(struct sim *s)
{
	uint32_t index = 0;
	struct cut *cut;

	while (index < NET_CUTS_MAX && s->net.cuts[index].on)
		index++;
	if (index == NET_CUTS_MAX)
		return;
	cut = &s->net.cuts[index];
	draw_sides(s, cut);
	cut->oneway = chance_hit(&s->rng, s->plan.net.part_oneway_ppm);
	s->stats.partitions++;
	s->stats.oneway += cut->oneway;
	sim_say(s, -1, "partition %u begins%s", index, cut->oneway ? ", one way" : "");
	net_cut(s, cut);
	sim_after(s, pick_ns(s, s->plan.net.part_ms), partition_end, s, index);
}

/* One machine, if it is up and not too many are down. */
static void crash_one(struct machine *m)
{
	struct sim *s = m->sim;
	uint32_t down = 0;

	for (uint32_t i = 0; i < s->plan.nodes; i++)
		down += s->machines[i].boots && !s->machines[i].node && !s->machines[i].gone;
	if (m->node && down < s->plan.node.down_max)
		machine_crash(m, chance_hit(&s->rng, s->plan.node.power_ppm));
}

static void crash_in_sync(void *ctx, uint64_t boots)
{
	struct machine *m = ctx;

	if (m->sim->faults && m->boots == boots && m->syncing)
		crash_one(m);
}

void faults_machine_syncs(struct machine *m, uint64_t sync_ns)
{
	struct sim *s = m->sim;

	if (s->faults && chance_hit(&s->rng, s->plan.node.sync_crash_ppm))
		sim_after(s, rng_below(&s->rng, sync_ns), crash_in_sync, m, m->boots);
}

static void strike_crash(struct sim *s)
{
	bool all = chance_hit(&s->rng, s->plan.node.outage_ppm);

	if (!all)
		crash_one(pick_machine(s));
	for (uint32_t i = 0; i < s->plan.nodes && all; i++) {
		if (s->machines[i].node)
			machine_crash(&s->machines[i], true);
	}
}

static void strike_pause(struct sim *s)
{
	struct machine *m = pick_machine(s);

	if (!m->node || m->paused_until_ns > s->now_ns)
		return;
	m->paused_until_ns = s->now_ns + pick_ns(s, s->plan.node.pause_ms);
	s->stats.pauses++;
	sim_say(s, (int)m->index, "paused");
}

/* Long enough that others may take over meanwhile: a suspended machine, a stopped process. */
static void strike_sleep(struct sim *s)
{
	struct machine *m = pick_machine(s);

	if (!m->node || m->paused_until_ns > s->now_ns)
		return;
	m->paused_until_ns = s->now_ns + SLEEP_NS + pick_ns(s, 6 * s->plan.lease_ms);
	s->stats.pauses++;
	sim_say(s, (int)m->index, "sleeps");
}

static void strike_wall(struct sim *s)
{
	struct machine *m = pick_machine(s);

	m->clock.wall_ns += rng_below(&s->rng, 2 * WALL_JUMP_NS) - WALL_JUMP_NS;
	s->stats.wall_jumps++;
}

/* Is there another machine that owns something in the class of @m? */
static bool has_peer(const struct machine *m)
{
	const struct sim *s = m->sim;

	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		const struct machine *o = &s->machines[i];

		if (o != m && o->node && o->view.state == RING_OWNER &&
		    o->view.arc.class == m->view.arc.class)
			return true;
	}
	return false;
}

/*
 * One disk at a time: only when every key is served by all of its owners. What
 * was lost before must have been copied by then; that is what is promised.
 */
static void strike_lose(struct sim *s)
{
	struct machine *m = pick_machine(s);

	if (!m->node || !check_served(s))
		return;
	machine_lose(m, m->index && has_peer(m) && chance_hit(&s->rng, s->plan.node.gone_ppm));
}

static struct fault fault_of(const struct sim *s, enum fault_kind kind)
{
	const struct plan *p = &s->plan;
	const struct fault all[FAULT_KINDS] = {
		[FAULT_RESET] = { strike_reset, p->net.reset_every_ms },
		[FAULT_CLOG] = { strike_clog, p->net.clog_every_ms },
		[FAULT_PARTITION] = { strike_partition, p->net.part_every_ms },
		[FAULT_CRASH] = { strike_crash, p->node.crash_every_ms },
		[FAULT_PAUSE] = { strike_pause, p->node.pause_every_ms },
		[FAULT_WALL] = { strike_wall, p->node.wall_jump_every_ms },
		[FAULT_SLEEP] = { strike_sleep, p->node.sleep_every_ms },
		[FAULT_SIEGE] = { siege_begin, p->node.siege_every_ms },
		[FAULT_LOSE] = { strike_lose, p->node.lose_every_ms },
	};

	return all[kind];
}

static void fault_strike(void *ctx, uint64_t kind)
{
	struct sim *s = ctx;
	struct fault f = fault_of(s, (enum fault_kind)kind);

	if (!s->faults)
		return;
	f.strike(s);
	sim_after(s, chance_exp(&s->rng, f.every_ms * ENV_MS), fault_strike, s, kind);
}

static void first_boot(void *ctx, uint64_t arg)
{
	struct machine *m = ctx;

	if (!m->boots)
		machine_boot(m);
}

static void reboot(void *ctx, uint64_t boots)
{
	struct machine *m = ctx;

	if (!m->node && m->boots == boots && !m->gone)
		machine_boot(m);
}

void faults_start(struct sim *s)
{
	s->faults = true;
	machine_boot(&s->machines[0]);
	for (uint32_t i = 1; i < s->plan.nodes; i++)
		sim_after(s, pick_ns(s, s->plan.join_ms), first_boot, &s->machines[i], 0);
	for (uint64_t kind = 0; kind < FAULT_KINDS; kind++) {
		uint64_t mean = fault_of(s, (enum fault_kind)kind).every_ms * ENV_MS;
		uint64_t quiet = s->plan.quiet_ms * ENV_MS;

		if (mean)
			sim_after(s, quiet + chance_exp(&s->rng, mean), fault_strike, s, kind);
	}
}

void faults_stop(struct sim *s)
{
	s->faults = false;
	plan_calm(&s->plan);
	siege_over(s);
	net_heal(s);
	for (uint32_t i = 0; i < s->plan.nodes && !s->failed; i++) {
		if (!s->machines[i].node && !s->machines[i].gone)
			machine_boot(&s->machines[i]);
	}
}

void faults_machine_down(struct machine *m)
{
	if (m->sim->faults)
		sim_after(m->sim, pick_ns(m->sim, m->sim->plan.node.down_ms), reboot, m, m->boots);
}
