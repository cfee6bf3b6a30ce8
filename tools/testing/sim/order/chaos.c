// SPDX-License-Identifier: GPL-2.0-or-later
/* What goes wrong, and how often: drawn from the seed, like everything. */
#include <base/assert.h>

#include "chance.h"
#include "order/world.h"

#define PERCENT	     (CHANCE_CERTAIN / 100)
#define WALL_JUMP_NS (60 * ENV_SEC)

struct chaos_kind {
	void (*strike)(struct world *w);
	uint32_t every_ms;
};

static uint32_t maybe(struct rng *r, uint32_t percent, uint32_t lo, uint32_t hi)
{
	bool on = chance_hit(r, percent * PERCENT);
	uint32_t v = (uint32_t)chance_between(r, lo, hi);

	return on ? v : 0;
}

/* Small limits, so that a short run meets them. */
static void draw_config(struct world *w, struct rng *r)
{
	struct order_config *c = &w->cfg;

	*c = (struct order_config){
		.tick_ns = chance_between(r, 60, 120) * ENV_MS,
		.election_ticks = (uint32_t)chance_between(r, 5, 8),
		.groups_max = WORLD_GROUPS_MAX,
		.log_bytes = 640 * 1024,
		.log_entries = 256,
		.trailing = (uint32_t)chance_between(r, 1, 40),
		.append_bytes = (uint32_t)chance_between(r, 1, chance_hit(r, 300000) ? 15 : 400),
		.inflight = (uint32_t)chance_between(r, 1, 8),
		.ops_max = 16,
		.sessions_max = (uint32_t)chance_between(r, 2, 12),
		.keys_max = (uint32_t)chance_between(r, WORLD_KEYS_REMEMBERED, 64),
		.reply_max = 16,
		.promote_lag = 16,
		.chunk_bytes = (uint32_t)chance_between(r, 600, 4000),
		.chunks_inflight = (uint32_t)chance_between(r, 1, 6),
		.wal_records = (uint32_t)chance_between(r, 50, 400),
		.writes_max = 64,
		.snapshots_max = 2,
	};
}

/* Short and frequent: leaders change before their entries are everywhere. */
static void draw_storm(struct plan *p, struct rng *r)
{
	p->net.latency_us = (uint32_t)chance_between(r, 50, 5000);
	p->net.spread_us = (uint32_t)chance_between(r, 0, 10000);
	p->net.jitter_us = (uint32_t)chance_between(r, 20, 5000);
	p->net.part_every_ms = (uint32_t)chance_between(r, 300, 2000);
	p->net.part_ms = (uint32_t)chance_between(r, 300, 3000);
	p->net.part_oneway_ppm = maybe(r, 60, 10 * PERCENT, 60 * PERCENT);
	p->net.part_pair_ppm = maybe(r, 60, 20 * PERCENT, 90 * PERCENT);
	p->node.crash_every_ms = (uint32_t)chance_between(r, 300, 3000);
	p->node.down_ms = (uint32_t)chance_between(r, 50, 2000);
	p->node.outage_ppm = maybe(r, 50, 5 * PERCENT, 50 * PERCENT);
	p->node.sync_us = (uint32_t)chance_between(r, 20, 40000);
	p->work.think_ms = (uint32_t)chance_between(r, 1, 20);
}

void chaos_draw(struct world *w)
{
	struct plan *p = &w->s.plan;
	struct rng r;

	rng_seed(&r, p->seed ^ 0x6f72646572ULL);
	w->voters = (uint32_t[]){ 3, 3, 3, 5, 5, 7, 1, 2 }[rng_below(&r, 8)];
	w->host_n = w->voters + (uint32_t)chance_between(&r, 0, 2);
	w->group_n = (uint32_t)chance_between(&r, 1, WORLD_GROUPS_MAX);
	w->user_n = (uint32_t)chance_between(&r, 2, WORLD_CLIENTS_MAX);
	p->nodes = w->host_n;
	p->active_ms = (uint32_t)chance_between(&r, 20000, 60000);
	p->work.keys = (uint32_t)chance_between(&r, 2, WORLD_KEYS_MAX);
	p->work.think_ms = (uint32_t)chance_between(&r, 1, 200);
	p->work.timeout_ms = (uint32_t)chance_between(&r, 4000, 20000);
	p->node.down_max = (uint32_t)chance_between(&r, 1, w->voters / 2 + 1);
	p->node.down_ms = (uint32_t)chance_between(&r, 200, 8000);
	p->node.pause_ms = (uint32_t)chance_between(&r, 200, 4000);
	p->net.part_ms = (uint32_t)chance_between(&r, 500, 8000);
	w->change_ms = maybe(&r, 60, 1000, 10000);
	w->transfer_ms = maybe(&r, 40, 500, 10000);
	w->suspect_ms = maybe(&r, 40, 300, 5000);
	w->flip_ppm = maybe(&r, 40, 10 * PERCENT, 60 * PERCENT);
	w->busy_ppm = maybe(&r, 40, 1000, 100000);
	w->late_ppm = maybe(&r, 50, 10000, 500000);
	w->brief_ppm = maybe(&r, 25, 10 * PERCENT, 70 * PERCENT);
	w->voter_ppm = maybe(&r, 30, 10 * PERCENT, 50 * PERCENT);
	w->split_ppm = maybe(&r, 40, 10 * PERCENT, 80 * PERCENT);
	w->quick_ppm = maybe(&r, 60, 10 * PERCENT, 90 * PERCENT);
	if (chance_hit(&r, 40 * PERCENT))
		draw_storm(p, &r);
	w->filler = maybe(&r, 70, 1, APP_FILLER_MAX);
	draw_config(w, &r);
}

/* --- strikes --------------------------------------------------------------------- */

static struct host *pick(struct world *w)
{
	struct app *leader = admin_leader(w, 0);

	/* Leaders are where it hurts. */
	if (leader && chance_hit(&w->s.rng, CHANCE_CERTAIN / 3))
		return leader->host;
	return &w->hosts[rng_below(&w->s.rng, w->host_n)];
}

static void strike_reset(struct world *w)
{
	link_reset(w, (uint32_t)rng_below(&w->s.rng, w->host_n),
		   (uint32_t)rng_below(&w->s.rng, w->host_n));
}

static void strike_crash(struct world *w)
{
	const struct plan_node *p = &w->s.plan.node;
	bool all = chance_hit(&w->s.rng, p->outage_ppm);
	struct host *h = pick(w);
	uint32_t down = 0;

	for (uint32_t i = 0; i < w->host_n; i++)
		down += !w->hosts[i].order;
	if (!all && h->order && down < p->down_max)
		host_crash(h, chance_hit(&w->s.rng, p->power_ppm));
	for (uint32_t i = 0; i < w->host_n && all; i++) {
		if (w->hosts[i].order)
			host_crash(&w->hosts[i], true);
	}
}

static void strike_pause(struct world *w)
{
	struct host *h = pick(w);

	if (!h->order || h->paused_until_ns > w->s.now_ns)
		return;
	h->paused_until_ns =
		w->s.now_ns + chance_between(&w->s.rng, 1, w->s.plan.node.pause_ms * ENV_MS);
	w->s.stats.pauses++;
	sim_say(&w->s, (int)h->index, "paused");
}

static void strike_wall(struct world *w)
{
	struct host *h = pick(w);

	h->wall_ns += rng_below(&w->s.rng, 2 * WALL_JUMP_NS) - WALL_JUMP_NS;
	w->s.stats.wall_jumps++;
}

static struct chaos_kind kind_of(const struct world *w, uint64_t kind)
{
	const struct plan *p = &w->s.plan;
	const struct chaos_kind all[] = {
		{ strike_reset, p->net.reset_every_ms },
		{ link_clog, p->net.clog_every_ms },
		{ link_partition, p->net.part_every_ms },
		{ strike_crash, p->node.crash_every_ms },
		{ strike_pause, p->node.pause_every_ms },
		{ strike_wall, p->node.wall_jump_every_ms },
	};

	return kind < sizeof(all) / sizeof(all[0]) ? all[kind] : (struct chaos_kind){ 0 };
}

static void strike(void *ctx, uint64_t kind)
{
	struct world *w = ctx;
	struct chaos_kind k = kind_of(w, kind);

	if (!w->s.faults)
		return;
	k.strike(w);
	sim_after(&w->s, chance_exp(&w->s.rng, k.every_ms * ENV_MS), strike, w, kind);
}

/* At least three voters, and no change under way. */
static bool spares_one(const struct world *w, const struct order_members *m)
{
	uint32_t voters = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		if (m->v[i].roles & ORDER_OUTGOING)
			return false;
		voters += m->v[i].roles & ORDER_VOTER;
	}
	return w->voters >= 3 && voters >= 3;
}

/* One damaged disk at a time, and never where two of three would be too few. */
static bool may_flip(const struct world *w)
{
	for (uint32_t i = 0; i < w->host_n; i++) {
		const struct host *h = &w->hosts[i];

		/* It may take a while until the damage is met. */
		if (h->damaged ||
		    (h->flipped_ns && (!h->order || w->s.now_ns - h->flipped_ns < 20 * ENV_SEC)))
			return false;
	}
	for (uint32_t i = 0; i < w->group_n; i++) {
		if (!spares_one(w, &w->truth[i].members))
			return false;
	}
	/* What is committed may not have been applied yet: ask the replicas too. */
	for (uint32_t i = 0; i < w->host_n; i++) {
		for (uint32_t j = 0; j < w->group_n; j++) {
			struct order_info info;

			if (!w->hosts[i].app[j].g)
				continue;
			order_group_info(w->hosts[i].app[j].g, &info);
			if (info.members.n && !spares_one(w, &info.members))
				return false;
		}
	}
	return true;
}

static void reboot(void *ctx, uint64_t boots)
{
	struct host *h = ctx;
	struct world *w = h->w;

	if (h->order || h->damaged || h->boots != boots)
		return;
	if (w->s.faults && may_flip(w) && chance_hit(&w->s.rng, w->flip_ppm))
		host_flip(h);
	host_boot(h);
}

void chaos_host_down(struct host *h)
{
	struct sim *s = &h->w->s;
	uint64_t ms = s->faults ? s->plan.node.down_ms : 100;

	if (chance_hit(&s->rng, h->w->quick_ppm))
		ms = 30;

	if (!h->damaged)
		sim_after(s, chance_between(&s->rng, 1, ms * ENV_MS), reboot, h, h->boots);
}

static void power_loss(void *ctx, uint64_t boots)
{
	struct host *h = ctx;

	if (h->order && h->boots == boots && h->w->s.faults)
		host_crash(h, true);
}

void chaos_power_loss(struct host *h, uint64_t within_ns)
{
	sim_after(&h->w->s, rng_below(&h->w->s.rng, within_ns) + 1, power_loss, h, h->boots);
}

void chaos_start(struct world *w)
{
	struct chaos_kind k;

	w->s.faults = true;
	for (uint64_t kind = 0; (k = kind_of(w, kind)).strike; kind++) {
		if (k.every_ms)
			sim_after(&w->s, chance_exp(&w->s.rng, k.every_ms * ENV_MS), strike, w,
				  kind);
	}
}

void chaos_stop(struct world *w)
{
	w->s.faults = false;
	plan_calm(&w->s.plan);
	w->busy_ppm = 0;
	link_heal(w);
	for (uint32_t i = 0; i < w->host_n && !w->s.failed; i++) {
		if (!w->hosts[i].order && !w->hosts[i].damaged)
			host_boot(&w->hosts[i]);
	}
}
