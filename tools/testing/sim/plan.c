// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.h"

#include <stdio.h>

#include "chance.h"

/* Grids with somebody hostile on their network are not larger. */
#define HOSTILE_NODES_MAX 9

#define PERCENT (CHANCE_CERTAIN / 100)

/* Zero unless this seed has the fault, else a number between the bounds. */
static uint32_t maybe(struct rng *r, uint32_t percent, uint32_t lo, uint32_t hi)
{
	bool on = chance_hit(r, percent * PERCENT);
	uint32_t v = (uint32_t)chance_between(r, lo, hi);

	return on ? v : 0;
}

/* Between lo and hi with every order of magnitude as likely. */
static uint32_t scale(struct rng *r, uint32_t lo, uint32_t hi)
{
	uint32_t top = lo;

	while (top < hi && chance_hit(r, 70 * PERCENT))
		top *= 2;
	return (uint32_t)chance_between(r, lo, top < hi ? top : hi);
}

static void draw_size(struct rng *r, struct plan *p, uint32_t nodes)
{
	uint64_t kind = rng_below(r, 100);

	p->replicas = 3;
	if (kind < 8)
		p->replicas = 5;
	else if (kind < 14)
		p->replicas = (uint32_t)chance_between(r, 1, 2);
	kind = rng_below(r, 100);
	if (kind < 70)
		p->nodes = (uint32_t)chance_between(r, 5, 8);
	else if (kind < 94)
		p->nodes = (uint32_t)chance_between(r, 9, 20);
	else
		p->nodes = (uint32_t)chance_between(r, 50, 70);
	if (nodes)
		p->nodes = nodes;
	if (p->nodes < p->replicas)
		p->nodes = p->replicas;
	p->join_ms = scale(r, 1000, 40000);
	p->join_any_ppm = maybe(r, 60, 10 * PERCENT, 100 * PERCENT);
	p->active_ms = (uint32_t)chance_between(r, 40000, 90000);
	if (p->nodes >= 50)
		p->active_ms = (uint32_t)chance_between(r, 50000, 70000);
	p->quiet_ms = maybe(r, 40, p->join_ms / 2, p->join_ms + 5000);
	p->heal_ms = 120000;
}

static void draw_net(struct rng *r, struct plan_net *n)
{
	n->latency_us = scale(r, 50, 40000);
	n->spread_us = maybe(r, 50, 100, 30000);
	n->jitter_us = scale(r, 20, 20000);
	n->tail_ppm = maybe(r, 40, 100, 20000);
	n->loss_ppm = maybe(r, 60, 1000, 200000);
	n->dup_ppm = maybe(r, 50, 1000, 100000);
	n->reset_every_ms = maybe(r, 50, 200, 10000);
	n->clog_every_ms = maybe(r, 40, 500, 10000);
	n->clog_ms = scale(r, 100, 20000);
	n->part_every_ms = maybe(r, 60, 3000, 25000);
	n->part_ms = scale(r, 500, 25000);
	n->part_oneway_ppm = maybe(r, 60, 10 * PERCENT, 100 * PERCENT);
	n->part_pair_ppm = maybe(r, 40, 10 * PERCENT, 80 * PERCENT);
	n->stream_patience_ms = scale(r, 500, 30000);
	n->stream_queue_max = scale(r, 64, 1024);
	n->loose = chance_between(r, 1, 100) <= 70;
}

static void draw_node(struct rng *r, struct plan_node *n, uint32_t nodes)
{
	n->crash_every_ms = maybe(r, 70, 1500, 20000);
	n->down_ms = scale(r, 200, 30000);
	n->down_max = (uint32_t)chance_between(r, 1, nodes > 6 ? nodes / 3 : 2);
	n->power_ppm = maybe(r, 70, 20 * PERCENT, 100 * PERCENT);
	n->outage_ppm = maybe(r, 30, 5 * PERCENT, 30 * PERCENT);
	n->pause_every_ms = maybe(r, 40, 1000, 15000);
	n->pause_ms = scale(r, 100, 15000);
	n->drift_ppm = maybe(r, 50, 10, PLAN_DRIFT_MAX);
	n->wall_jump_every_ms = maybe(r, 40, 2000, 20000);
	n->sync_us = scale(r, 20, 10000);
	n->sync_jitter_us = scale(r, 20, 20000);
	n->sync_tail_ppm = maybe(r, 40, 1000, 30000);
	n->sync_fail_ppm = maybe(r, 20, 50, 1000);
	n->sync_crash_ppm = maybe(r, 30, 100, 50000);
}

static void draw_work(struct rng *r, struct plan_work *w)
{
	w->clients = (uint32_t)chance_between(r, 2, 8);
	w->keys = (uint32_t)chance_between(r, 4, 40);
	w->think_ms = scale(r, 20, 1500);
	w->timeout_ms = scale(r, 2000, 20000);
	w->hot_ppm = maybe(r, 40, 5 * PERCENT, 60 * PERCENT);
	w->put_weight = (uint32_t)chance_between(r, 20, 60);
	w->del_weight = maybe(r, 80, 3, 30);
	w->get_weight = (uint32_t)chance_between(r, 20, 60);
	w->range_weight = maybe(r, 70, 1, 10);
	w->value_max = scale(r, 16, 4096);
	w->txn_clients = maybe(r, 85, 1, 6);
}

/* Sealing costs real time: not in large grids. */
static void draw_hostile(struct plan *p)
{
	struct rng r;

	rng_seed(&r, p->seed ^ 0x686f7374ULL);
	p->net.hostile_every_ms = maybe(&r, 15, 5, 200);
	if (p->nodes > HOSTILE_NODES_MAX)
		p->net.hostile_every_ms = 0;
}

/* Losses for good, and leases that pauses and crashes outlast more or less often. */
static void draw_loss(struct rng *r, struct plan *p)
{
	uint64_t way_us = (uint64_t)p->net.latency_us + p->net.spread_us + p->net.jitter_us;

	p->lease_ms = scale(r, 400, 3000);
	/* A lease has to be longer than it takes to ask all owners of an arc, one by one. */
	if (p->lease_ms < p->nodes * way_us / 1000)
		p->lease_ms = (uint32_t)(p->nodes * way_us / 1000);
	p->node.sleep_every_ms = maybe(r, 40, 3000, 20000);
	p->node.lose_every_ms = maybe(r, 50, 5000, 40000);
	p->node.gone_ppm = maybe(r, 60, 10 * PERCENT, 80 * PERCENT);
	p->node.siege_every_ms = maybe(r, 50, 2000, 15000);
	/* With fewer classes nobody may take over what is lost. */
	if (p->replicas < 3)
		p->node.lose_every_ms = 0;
}

void plan_draw(uint64_t seed, uint32_t nodes, struct plan *out)
{
	struct rng r;

	*out = (struct plan){ .seed = seed };
	rng_seed(&r, seed ^ 0x706c616eULL);
	draw_size(&r, out, nodes);
	draw_net(&r, &out->net);
	draw_node(&r, &out->node, out->nodes);
	draw_work(&r, &out->work);
	draw_hostile(out);
	draw_loss(&r, out);
}

void plan_calm(struct plan *p)
{
	struct plan_net *n = &p->net;
	struct plan_node *m = &p->node;

	n->tail_ppm = n->loss_ppm = n->dup_ppm = 0;
	n->reset_every_ms = n->clog_every_ms = n->part_every_ms = 0;
	n->stream_queue_max = 1024;
	n->loose = false;
	m->crash_every_ms = m->pause_every_ms = m->wall_jump_every_ms = 0;
	m->lose_every_ms = m->sleep_every_ms = m->siege_every_ms = 0;
	m->sync_tail_ppm = m->sync_fail_ppm = m->sync_crash_ppm = 0;
}

void plan_print(const struct plan *p)
{
	const struct plan_net *n = &p->net;
	const struct plan_node *m = &p->node;
	const struct plan_work *w = &p->work;

	printf("plan: seed %llu, %u nodes, %u replicas, joins over %u ms, faults for %u ms\n",
	       (unsigned long long)p->seed, p->nodes, p->replicas, p->join_ms, p->active_ms);
	printf("plan: net latency %u us + %u us, jitter %u us, tail %u ppm, loss %u ppm, dup %u ppm\n",
	       n->latency_us, n->spread_us, n->jitter_us, n->tail_ppm, n->loss_ppm, n->dup_ppm);
	printf("plan: net reset every %u ms, clog every %u ms, partition every %u ms (one-way %u ppm)\n",
	       n->reset_every_ms, n->clog_every_ms, n->part_every_ms, n->part_oneway_ppm);
	printf("plan: node crash every %u ms (power %u ppm, all %u ppm), pause every %u ms\n",
	       m->crash_every_ms, m->power_ppm, m->outage_ppm, m->pause_every_ms);
	printf("plan: disk sync %u us + %u us, failing %u ppm, cut off %u ppm; clock drift %u ppm\n",
	       m->sync_us, m->sync_jitter_us, m->sync_fail_ppm, m->sync_crash_ppm, m->drift_ppm);
	if (n->hostile_every_ms)
		printf("plan: somebody hostile acts every %u ms\n", n->hostile_every_ms);
	printf("plan: lease %u ms, disk lost every %u ms (machine gone %u ppm), sleep every %u ms, "
	       "siege every %u ms\n",
	       p->lease_ms, m->lose_every_ms, m->gone_ppm, m->sleep_every_ms, m->siege_every_ms);
	printf("plan: work %u clients, %u keys, think %u ms, timeout %u ms, values <= %u bytes\n",
	       w->clients, w->keys, w->think_ms, w->timeout_ms, w->value_max);
}
