// SPDX-License-Identifier: GPL-2.0-or-later
/* A run: clients work, connections move, everything breaks, then it must be whole. */
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"
#include "ds.h"

#define JOIN_NS	   (5 * ENV_SEC)
#define FAULTS_NS  (90 * ENV_SEC)
#define HEAL_NS	   (90 * ENV_SEC)
#define EVENTS_MAX 2000000

/* How often things happen, in the mean. */
#define SEND_NS	   (120 * ENV_MS)
#define MOVE_NS	   (700 * ENV_MS)
#define DRAIN_NS   (9 * ENV_SEC)
#define CRASH_NS   (4 * ENV_SEC)
#define RESET_NS   (1200 * ENV_MS)
#define CUT_NS	   (6 * ENV_SEC)
#define PAIR_NS	   (15 * ENV_SEC)
#define DOWN_MAX   (6 * ENV_SEC)
#define CUT_MAX_NS (14 * ENV_SEC)

static void client_tick(void *ctx, uint64_t conn)
{
	struct ds_world *w = ctx;
	struct ds_client *c = &w->client[conn];

	if (w->working && c->sent - c->acked < DS_PACKETS)
		ds_client_send(w, (uint32_t)conn, c->sent++);
	else if (c->acked < c->sent)
		ds_client_send(w, (uint32_t)conn, c->acked);
	ds_after(w, chance_exp(&w->rng, SEND_NS), client_tick, w, conn);
}

static void strike_move(struct ds_world *w)
{
	uint32_t c = (uint32_t)rng_below(&w->rng, DS_CONNS);
	uint32_t to = 1 + (uint32_t)rng_below(&w->rng, DS_SERVERS);
	struct dserver_conn conn;
	struct xos_id tx;
	char name[8];

	ds_conn(c, &conn);
	snprintf(name, sizeof(name), "n%u", to);
	for (uint32_t i = 1; i <= DS_SERVERS; i++) {
		struct ds_node *n = &w->node[i];

		if (!n->core || !n->sock[c].here || n->sock[c].frozen)
			continue;
		ds_say(w, "c%u shall move from n%u to n%u", c, i, to);
		dserver_move(n->core, &conn, bytes_str(name), &tx);
		ds_leave(n);
	}
}

/* Through the contact node, as an administrator does. */
static void member_state(struct ds_world *w, uint32_t node, uint32_t state)
{
	struct group_member m = { .addr = ds_addr(node),
				  .weight = node != DS_STANDBY,
				  .state = state };
	struct ds_node *contact = &w->node[w->front];
	struct xos_addr vip = ds_vip();

	if (!contact->core)
		return;
	m.name_len = (uint8_t)snprintf((char *)m.name, sizeof(m.name), "n%u", node);
	dserver_member_set(contact->core, &vip, &m,
			   GROUP_SET_ADDR | GROUP_SET_WEIGHT | GROUP_SET_STATE);
	ds_leave(contact);
}

static void strike_drain(struct ds_world *w)
{
	uint32_t node = 1 + (uint32_t)rng_below(&w->rng, DS_SERVERS);
	bool drain = rng_below(&w->rng, 2);

	ds_say(w, "n%u shall %s", node, drain ? "drain" : "not drain");
	member_state(w, node, drain ? WIRE_DS_MEMBER_STATE_DRAINING : WIRE_DS_MEMBER_STATE_ACTIVE);
}

static void agent_returns(void *ctx, uint64_t boots)
{
	struct ds_node *n = ctx;

	if (!n->core && n->boots == boots)
		ds_boot(n);
}

/*
 * Contact node and standby do not die together: the other one has been up long
 * enough to have the client table.
 */
static bool may_crash(const struct ds_node *n)
{
	const struct ds_node *other = &n->w->node[n->index ? 0 : DS_STANDBY];

	if (!n->core || (n->index && n->index != DS_STANDBY))
		return n->core;
	return other->core && n->w->now_ns - other->since_ns > PAIR_NS;
}

void ds_strike(void *ctx, uint64_t boots)
{
	struct ds_node *n = ctx;

	if (!n->w->faulty || n->boots != boots || !may_crash(n))
		return;
	ds_crash(n);
	ds_after(n->w, chance_between(&n->w->rng, ENV_MS, DOWN_MAX), agent_returns, n, n->boots);
}

static void strike_crash(struct ds_world *w)
{
	struct ds_node *n = &w->node[rng_below(&w->rng, DS_NODES)];

	ds_strike(n, n->boots);
}

static struct ds_link *some_link(struct ds_world *w)
{
	uint32_t from = (uint32_t)rng_below(&w->rng, DS_NODES);

	return &w->link[from][(from + 1 + rng_below(&w->rng, DS_NODES - 1)) % DS_NODES];
}

static void strike_reset(struct ds_world *w)
{
	some_link(w)->epoch++;
}

/*
 * The contact node and its standby are not cut off from each other or from members: then
 * both would steer, and nothing here promises that they agree.
 */
static void strike_cut(struct ds_world *w)
{
	uint32_t from = (uint32_t)rng_below(&w->rng, DS_SERVERS);
	uint32_t to = (from + 1 + (uint32_t)rng_below(&w->rng, DS_SERVERS - 1)) % DS_SERVERS;

	w->link[from + 1][to + 1].cut_until_ns = w->now_ns + chance_between(&w->rng, 1, CUT_MAX_NS);
}

/* What happens now and then; the first two are no faults. */
static const struct {
	void (*strike)(struct ds_world *w);
	uint64_t every_ns;
	bool fault;
} strikes[] = {
	{ strike_move, MOVE_NS, false },  { strike_drain, DRAIN_NS, false },
	{ strike_crash, CRASH_NS, true }, { strike_reset, RESET_NS, true },
	{ strike_cut, CUT_NS, true },
};

static void strike(void *ctx, uint64_t kind)
{
	struct ds_world *w = ctx;

	if (!w->faulty)
		return;
	strikes[kind].strike(w);
	ds_after(w, chance_exp(&w->rng, strikes[kind].every_ns), strike, w, kind);
}

void ds_run_until(struct ds_world *w, uint64_t until_ns)
{
	uint64_t steps = 0;
	struct event e;

	while (!w->failed && w->events.count && w->events.heap[0].at_ns < until_ns) {
		if (++steps > EVENTS_MAX) {
			ds_fail(w, "ds-end", "does not come to rest");
			return;
		}
		events_pop(&w->events, &e);
		w->now_ns = e.at_ns;
		w->hash = (w->hash ^ e.at_ns) * 0x9e3779b97f4a7c15ULL;
		e.fire(e.ctx, e.arg);
		ds_check_now(w);
		ds_check_life(w);
	}
	w->now_ns = until_ns;
}

/* All agents run, the group is complete, every connection has its first server. */
static void begin(struct ds_world *w)
{
	for (uint32_t i = 0; i < DS_NODES; i++)
		ds_boot(&w->node[i]);
	/* Until it is known that there is no other contact node. */
	ds_run_until(w, JOIN_NS);
	for (uint32_t i = 1; i < DS_NODES; i++)
		member_state(w, i, WIRE_DS_MEMBER_STATE_ACTIVE);
	for (uint32_t c = 0; c < DS_CONNS; c++) {
		uint32_t at = 1 + (uint32_t)rng_below(&w->rng, DS_SERVERS);

		w->node[0].table[c] = at;
		w->node[at].sock[c] = (struct ds_sock){ .here = true, .held_by_app = true };
		ds_after(w, chance_exp(&w->rng, SEND_NS), client_tick, w, c);
	}
	dserver_clients_missed(w->node[0].core);
	ds_leave(&w->node[0]);
	w->working = true;
	ds_run_until(w, 2 * JOIN_NS);
}

static void break_things(struct ds_world *w)
{
	w->faulty = true;
	for (uint64_t i = 0; i < sizeof(strikes) / sizeof(*strikes); i++) {
		if (!strikes[i].fault || !w->calm)
			ds_after(w, chance_exp(&w->rng, strikes[i].every_ns), strike, w, i);
	}
	ds_run_until(w, 2 * JOIN_NS + FAULTS_NS);
	w->faulty = false;
}

static void heal(struct ds_world *w)
{
	ds_say(w, "faults end");
	w->working = false;
	for (uint32_t i = 0; i < DS_NODES; i++) {
		if (!w->failed && !w->node[i].core)
			ds_boot(&w->node[i]);
		for (uint32_t j = 0; j < DS_NODES; j++)
			w->link[i][j].cut_until_ns = 0;
	}
	for (uint32_t i = 1; i < DS_NODES; i++)
		member_state(w, i, WIRE_DS_MEMBER_STATE_ACTIVE);
	ds_run_until(w, 2 * JOIN_NS + FAULTS_NS + HEAL_NS);
	if (!w->failed)
		ds_check_end(w);
	if (!w->failed)
		ds_last_act(w);
}

void ds_run(uint64_t seed, const struct run_options *opt, struct run_result *out)
{
	struct ds_world *w = calloc(1, sizeof(*w));

	xassert(w);
	w->calm = opt->calm;
	w->verbose = opt->verbose;
	ds_world_init(w, seed);
	begin(w);
	break_things(w);
	heal(w);
	out->failed = w->failed;
	snprintf(out->checker, sizeof(out->checker), "%s", w->failed ? w->checker : "");
	snprintf(out->reason, sizeof(out->reason), "%s", w->reason);
	out->hash = w->hash;
	out->nodes = DS_NODES;
	ds_world_exit(w);
	free(w);
}
