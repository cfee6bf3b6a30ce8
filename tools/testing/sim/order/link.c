// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/crc32c.h>

#include "chance.h"
#include "order/world.h"

#define LINK_TAIL_TIMES 100

struct letter {
	struct world *w;
	uint32_t from;
	uint32_t to;
	enum env_channel channel;
	uint64_t epoch;
	size_t len;
	uint8_t data[];
};

void link_init(struct world *w)
{
	const struct plan_net *p = &w->s.plan.net;

	for (uint32_t i = 0; i < w->host_n; i++) {
		for (uint32_t j = 0; j < w->host_n; j++) {
			uint64_t us = p->latency_us + rng_below(&w->s.rng, p->spread_us + 1);

			w->wires[i][j] = (struct wire){ .delay_ns = us * 1000 };
		}
	}
}

static void arrive(void *ctx, uint64_t arg);

void link_exit(struct world *w)
{
	struct event e;

	while (events_pop(&w->s.events, &e)) {
		if (e.fire == arrive)
			free(e.ctx);
	}
}

void link_reset(struct world *w, uint32_t from, uint32_t to)
{
	w->wires[from][to].epoch++;
	w->wires[from][to].last_ns = 0;
	w->s.stats.resets++;
}

static void deliver(struct world *w, const struct letter *l)
{
	struct host *to = &w->hosts[l->to];
	struct env_peer from = { .id = w->hosts[l->from].id, .addr = w->hosts[l->from].addr };
	struct wire_header h;

	if (!to->order)
		return;
	xassert(!wire_header_decode(bytes_of(l->data, l->len), &h));
	sim_fold(&w->s, (uint64_t)l->from << 32 | (uint64_t)l->to << 8 | 0x80);
	sim_say(&w->s, (int)l->to, "recv %s from n%02u, %zu bytes", wire_type_name(h.type), l->from,
		l->len);
	host_enter(to);
	xassert(order_recv(to->order, &from, &h));
	host_leave(to);
}

static void arrive(void *ctx, uint64_t arg)
{
	struct letter *l = ctx;
	struct world *w = l->w;
	struct wire *wire = &w->wires[l->from][l->to];
	bool stream = l->channel == ENV_STREAM;

	if (stream && l->epoch != wire->epoch) {
		w->s.stats.stream_lost++;
	} else if (wire->cuts || !w->hosts[l->to].order) {
		w->s.stats.lost += !stream;
		if (stream)
			link_reset(w, l->from, l->to);
	} else if (wire->clogged_until_ns > w->s.now_ns) {
		events_add(&w->s.events, wire->clogged_until_ns, arrive, l, arg);
		return;
	} else if (!host_ready(&w->hosts[l->to], arrive, l, arg)) {
		return;
	} else {
		deliver(w, l);
	}
	free(l);
}

static uint64_t delay_of(struct world *w, const struct wire *wire)
{
	uint64_t jitter = (uint64_t)w->s.plan.net.jitter_us * 1000;

	if (chance_hit(&w->s.rng, w->s.plan.net.tail_ppm))
		jitter *= LINK_TAIL_TIMES;
	return wire->delay_ns + chance_exp(&w->s.rng, jitter) + 1;
}

static void post(struct host *from, uint32_t to, enum env_channel channel, uint64_t at_ns,
		 struct bytes msg)
{
	struct world *w = from->w;
	struct letter *l = malloc(sizeof(*l) + msg.len);

	xassert(l);
	*l = (struct letter){ .w = w, .from = from->index, .to = to, .channel = channel };
	l->epoch = w->wires[from->index][to].epoch;
	l->len = msg.len;
	memcpy(l->data, msg.data, msg.len);
	events_add(&w->s.events, at_ns, arrive, l, 0);
}

static int stream_send(struct host *from, uint32_t to, struct wire *wire, struct bytes msg)
{
	struct world *w = from->w;
	uint64_t at = w->s.now_ns + delay_of(w, wire);

	w->s.stats.messages++;
	if (w->s.now_ns < wire->deaf_until_ns) {
		w->s.stats.stream_lost++;
		return 0;
	}
	if (at <= wire->last_ns)
		at = wire->last_ns + 1;
	wire->last_ns = at;
	post(from, to, ENV_STREAM, at, msg);
	return 0;
}

int link_send(struct host *from, const struct xos_addr *to, enum env_channel channel,
	      struct bytes msg)
{
	struct world *w = from->w;
	const struct plan_net *n = &w->s.plan.net;
	uint32_t index = to->ip[15], copies = 1;
	struct wire *wire = &w->wires[from->index][index];
	struct wire_header h;

	xassert(index < w->host_n && index != from->index);
	xassert(!wire_header_decode(msg, &h));
	w->s.stats.bytes += msg.len;
	sim_fold(&w->s, (uint64_t)from->index << 32 | (uint64_t)index << 8 | channel);
	sim_fold(&w->s, crc32c(0, msg.data, msg.len));
	sim_say(&w->s, (int)from->index, "send %s to n%02u, %zu bytes", wire_type_name(h.type),
		index, msg.len);
	if (channel == ENV_STREAM)
		return stream_send(from, index, wire, msg);
	xassert(msg.len <= ENV_DGRAM_MSG_MAX);
	w->s.stats.datagrams++;
	if (h.type == WIRE_ORDER_VOTE_ANSWER && chance_hit(&w->s.rng, w->voter_ppm))
		chaos_power_loss(from, ENV_MS);
	if (wire->cuts || chance_hit(&w->s.rng, n->loss_ppm)) {
		w->s.stats.lost++;
		return 0;
	}
	if (chance_hit(&w->s.rng, n->dup_ppm)) {
		w->s.stats.doubled++;
		copies++;
	}
	while (copies--)
		post(from, index, ENV_DGRAM, w->s.now_ns + delay_of(w, wire), msg);
	return 0;
}

void link_host_died(struct host *h, bool power)
{
	struct world *w = h->w;

	for (uint32_t i = 0; i < w->host_n; i++) {
		struct wire *in = &w->wires[i][h->index];

		link_reset(w, h->index, i);
		link_reset(w, i, h->index);
		if (power)
			in->deaf_until_ns = w->s.now_ns + rng_below(&w->s.rng, 2 * ENV_SEC);
	}
}

void link_heal(struct world *w)
{
	for (uint32_t i = 0; i < w->host_n; i++) {
		for (uint32_t j = 0; j < w->host_n; j++) {
			w->wires[i][j].cuts = 0;
			w->wires[i][j].clogged_until_ns = 0;
			w->wires[i][j].deaf_until_ns = 0;
		}
	}
}

/* Hosts on either side, and whether only the far side does not hear. */
struct split {
	struct world *w;
	uint32_t near;
	uint32_t far;
	bool oneway;
};

static void split_apply(const struct split *p, uint32_t by)
{
	for (uint32_t i = 0; i < p->w->host_n; i++) {
		for (uint32_t j = 0; j < p->w->host_n; j++) {
			bool out = (p->near >> i & 1) && (p->far >> j & 1);
			bool in = !p->oneway && (p->near >> j & 1) && (p->far >> i & 1);

			if (out || in)
				p->w->wires[i][j].cuts += by;
		}
	}
}

static void split_end(void *ctx, uint64_t arg)
{
	struct split p = { .w = ctx, .near = (uint32_t)(arg >> 32), .oneway = arg & 1 };

	p.far = (uint32_t)arg >> 1;

	if (!p.w->s.faults)
		return;
	sim_say(&p.w->s, -1, "partition %x ends", p.near);
	split_apply(&p, (uint32_t)-1);
}

void link_split(struct world *w, uint32_t near, uint32_t far)
{
	struct split p = { .w = w, .near = near, .far = far & ~near };

	p.oneway = chance_hit(&w->s.rng, w->s.plan.net.part_oneway_ppm);
	w->s.stats.partitions++;
	w->s.stats.oneway += p.oneway;
	sim_say(&w->s, -1, "partition %x begins%s", p.near, p.oneway ? ", one way" : "");
	split_apply(&p, 1);
	sim_after(&w->s, chance_between(&w->s.rng, 1, w->s.plan.net.part_ms * ENV_MS), split_end, w,
		  (uint64_t)p.near << 32 | p.far << 1 | p.oneway);
}

void link_partition(struct world *w)
{
	struct app *leader = admin_leader(w, 0);
	uint32_t near = (uint32_t)rng_below(&w->s.rng, 1U << w->host_n);

	/* Often it is the leader alone that cannot be heard, or cannot hear. */
	if (leader && chance_hit(&w->s.rng, CHANCE_CERTAIN / 3))
		near = 1U << leader->host->index;
	if (chance_hit(&w->s.rng, CHANCE_CERTAIN / 2))
		near = ~near & ((1U << w->host_n) - 1);
	/* Or only two that do not hear each other. */
	if (chance_hit(&w->s.rng, w->s.plan.net.part_pair_ppm))
		link_split(w, 1U << rng_below(&w->s.rng, w->host_n),
			   1U << rng_below(&w->s.rng, w->host_n));
	else
		link_split(w, near, ~near);
}

void link_clog(struct world *w)
{
	uint32_t i = (uint32_t)rng_below(&w->s.rng, w->host_n);
	uint32_t j = (uint32_t)rng_below(&w->s.rng, w->host_n);

	w->wires[i][j].clogged_until_ns =
		w->s.now_ns + chance_between(&w->s.rng, 1, w->s.plan.net.clog_ms * ENV_MS);
	w->s.stats.clogs++;
}

void link_deafen(struct world *w, uint32_t host)
{
	sim_say(&w->s, (int)host, "is deaf");
	for (uint32_t i = 0; i < w->host_n; i++)
		w->wires[i][host].cuts++;
}
