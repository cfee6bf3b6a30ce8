// SPDX-License-Identifier: GPL-2.0-or-later
#include "net.h"

#include <errno.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/crc32c.h>
#include <wire/wire.h>

#include "chance.h"
#include "hostile/hostile.h"
#include "hostile/ward.h"
#include "machine.h"
#include "sim.h"

#define NET_PORT       7400
#define NET_RETRY_NS   (200 * ENV_MS)
#define NET_TAIL_TIMES 100

static void packet_arrive(void *ctx, uint64_t arg);
static void stream_arrive(void *ctx, uint64_t epoch);

struct xos_addr net_addr(uint32_t index)
{
	struct xos_addr a = { .ip = { 0xfd }, .port = NET_PORT };

	a.ip[14] = (uint8_t)(index >> 8);
	a.ip[15] = (uint8_t)index;
	return a;
}

const struct machine *net_machine(const struct sim *s, const struct xos_addr *addr)
{
	uint32_t index = (uint32_t)addr->ip[14] << 8 | addr->ip[15];
	struct xos_addr known = net_addr(index);

	return index < s->net.nodes && xos_addr_eq(addr, &known) ? &s->machines[index] : NULL;
}

const char *net_message_name(struct bytes msg)
{
	struct wire_header h;

	return wire_header_decode(msg, &h) ? "garbage" : wire_type_name(h.type);
}

struct link *net_link(struct sim *s, uint32_t from, uint32_t to)
{
	xassert(from < s->net.nodes && to < s->net.nodes);
	return &s->net.links[from * s->net.nodes + to];
}

void net_init(struct sim *s)
{
	const struct plan_net *p = &s->plan.net;
	uint32_t n = s->plan.nodes;

	s->net.nodes = n;
	s->net.links = calloc((size_t)n * n, sizeof(*s->net.links));
	xassert(s->net.links);
	for (uint32_t from = 0; from < n; from++) {
		for (uint32_t to = 0; to < n; to++) {
			struct link *l = net_link(s, from, to);
			uint64_t us = p->latency_us + rng_below(&s->rng, p->spread_us + 1);

			*l = (struct link){ .sim = s, .from = from, .to = to };
			l->delay_ns = us * 1000;
			l->tail = &l->head;
		}
	}
}

static void stream_drop(struct link *l)
{
	struct packet *p;

	while ((p = l->head)) {
		l->head = p->next;
		l->sim->stats.stream_lost++;
		free(p);
	}
	l->tail = &l->head;
	l->queued = 0;
}

void net_exit(struct sim *s)
{
	struct event e;

	while (events_pop(&s->events, &e)) {
		if (e.fire == packet_arrive)
			free(e.ctx);
	}
	for (uint32_t i = 0; i < s->net.nodes * s->net.nodes; i++) {
		stream_drop(&s->net.links[i]);
		lane_close(&s->net.links[i]);
	}
	free(s->net.links);
	s->net.links = NULL;
}

static uint64_t delay_of(struct sim *s, const struct link *l)
{
	const struct plan_net *p = &s->plan.net;
	uint64_t jitter = (uint64_t)p->jitter_us * 1000;

	if (chance_hit(&s->rng, p->tail_ppm))
		jitter *= NET_TAIL_TIMES;
	return l->delay_ns + chance_exp(&s->rng, jitter) + 1;
}

static struct packet *packet_alloc(struct link *l, enum env_channel channel, struct bytes msg)
{
	const struct machine *from = &l->sim->machines[l->from];
	struct packet *p = malloc(sizeof(*p) + msg.len);

	xassert(p);
	*p = (struct packet){ .link = l, .channel = channel, .len = msg.len };
	p->sender = *node_id(from->node);
	memcpy(p->data, msg.data, msg.len);
	return p;
}

/* What is sealed is opened; false: the guard does not take it. */
static bool packet_open(struct sim *s, const struct packet *p, struct bytes *msg)
{
	struct machine *m = &s->machines[p->link->to];
	struct xos_id id;

	*msg = bytes_of(p->data, p->len);
	if (!p->number)
		return true;
	if (!m->node || !ward_open(m, p->link->from, *msg, &id, msg))
		return false;
	xassert(xos_id_eq(&id, &p->sender));
	hostile_opened(s, p->number);
	return true;
}

/* A packet that travels alone: a datagram, or what outlives a broken stream. */
static void packet_arrive(void *ctx, uint64_t arg)
{
	struct packet *p = ctx;
	struct link *l = p->link;
	struct sim *s = l->sim;
	struct bytes msg;

	if (l->cuts) {
		s->stats.lost++;
	} else if (l->clogged_until_ns > s->now_ns) {
		events_add(&s->events, l->clogged_until_ns, packet_arrive, p, arg);
		return;
	} else if (!machine_ready(s, l->to, packet_arrive, p, arg)) {
		return;
	} else if (packet_open(s, p, &msg)) {
		machine_receive(s, p, msg);
	}
	free(p);
}

static int datagram_send(struct sim *s, struct link *l, struct bytes msg, uint64_t number)
{
	const struct plan_net *n = &s->plan.net;
	uint32_t copies = 1;

	s->stats.datagrams++;
	if (l->cuts || chance_hit(&s->rng, n->loss_ppm)) {
		s->stats.lost++;
		return 0;
	}
	if (chance_hit(&s->rng, n->dup_ppm)) {
		s->stats.doubled++;
		copies++;
	}
	while (copies--) {
		struct packet *p = packet_alloc(l, ENV_DGRAM, msg);

		p->number = number;
		sim_after(s, delay_of(s, l), packet_arrive, p, 0);
	}
	return 0;
}

void net_reset(struct sim *s, struct link *l, uint64_t keep_ns)
{
	struct packet *p;

	/* What got as far as the other side's socket buffer is still read from there. */
	while ((p = l->head) && !l->stalled_ns && l->open && p->due_ns <= s->now_ns + keep_ns) {
		l->head = p->next;
		l->queued--;
		if (!l->head)
			l->tail = &l->head;
		events_add(&s->events, p->due_ns > s->now_ns ? p->due_ns : s->now_ns, packet_arrive,
			   p, 0);
	}
	stream_drop(l);
	lane_close(l);
	l->epoch++;
	l->open = false;
	l->stalled_ns = 0;
	l->last_ns = 0;
	s->stats.resets++;
}

static void stream_retry(struct sim *s, struct link *l)
{
	uint64_t patience = (uint64_t)s->plan.net.stream_patience_ms * ENV_MS;

	if (!l->stalled_ns)
		l->stalled_ns = s->now_ns;
	if (s->now_ns - l->stalled_ns >= patience) {
		sim_say(s, (int)l->from, "stream to n%02u timed out", l->to);
		net_reset(s, l, 0);
		return;
	}
	sim_after(s, NET_RETRY_NS, stream_arrive, l, l->epoch);
}

static void stream_next(struct sim *s, struct link *l)
{
	if (l->head)
		events_add(&s->events, l->head->due_ns > s->now_ns ? l->head->due_ns : s->now_ns,
			   stream_arrive, l, l->epoch);
}

static void stream_arrive(void *ctx, uint64_t epoch)
{
	struct link *l = ctx;
	struct sim *s = l->sim;
	struct packet *p = l->head;

	if (epoch != l->epoch)
		return;
	xassert(p && p->due_ns <= s->now_ns);
	/* Opening needs both directions; later a lost acknowledgement only costs patience. */
	if (l->cuts || (!l->open && net_link(s, l->to, l->from)->cuts)) {
		stream_retry(s, l);
		return;
	}
	if (l->clogged_until_ns > s->now_ns) {
		events_add(&s->events, l->clogged_until_ns, stream_arrive, l, epoch);
		return;
	}
	if (!machine_is_up(s, l->to)) {
		net_reset(s, l, 0);
		return;
	}
	if (!machine_ready(s, l->to, stream_arrive, l, epoch))
		return;
	l->open = true;
	l->stalled_ns = 0;
	l->head = p->next;
	l->queued--;
	if (!l->head)
		l->tail = &l->head;
	stream_next(s, l);
	if (!s->plan.net.hostile_every_ms || !lane_carry(l, bytes_of(p->data, p->len)))
		machine_receive(s, p, bytes_of(p->data, p->len));
	else
		net_reset(s, l, 0);
	free(p);
}

static int stream_send(struct sim *s, struct link *l, struct bytes msg)
{
	uint64_t due = s->now_ns + delay_of(s, l);
	struct packet *p;

	if (msg.len > ENV_STREAM_MSG_MAX)
		return -EMSGSIZE;
	if (l->queued >= s->plan.net.stream_queue_max)
		return -ENOBUFS;
	s->stats.messages++;
	if (s->now_ns < l->deaf_until_ns) {
		s->stats.stream_lost++;
		return 0;
	}
	/* TCP and TLS 1.3 shake hands for two round trips. */
	if (!l->open && !l->head)
		due += 4 * l->delay_ns;
	if (due <= l->last_ns)
		due = l->last_ns + 1;
	p = packet_alloc(l, ENV_STREAM, msg);
	p->due_ns = l->last_ns = due;
	*l->tail = p;
	l->tail = &p->next;
	if (l->queued++ == 0)
		stream_next(s, l);
	return 0;
}

/* As env_dgram.c does it: what cannot be sealed yet goes by stream, which makes a key. */
static int sealed_send(struct machine *from, struct link *l, const struct xos_addr *to,
		       struct bytes msg)
{
	uint8_t mem[ENV_DGRAM_MSG_MAX + ENV_GUARD_DGRAM_MAX];
	struct buf out = buf_of(mem, sizeof(mem));
	struct sim *s = l->sim;
	struct env_guard *guard;
	int err;

	if (msg.len > ENV_DGRAM_MSG_MAX)
		return -EMSGSIZE;
	if (!from->ward)
		return datagram_send(s, l, msg, 0);
	guard = secure_guard(from->ward->secure);
	err = guard->ops->seal(guard, &(struct env_peer){ .addr = *to }, msg, &out);
	if (err == -ENOKEY)
		return stream_send(s, l, msg);
	xassert(!err);
	return datagram_send(s, l, buf_bytes(&out),
			     hostile_hears_dgram(s, l->from, l->to, buf_bytes(&out)));
}

int net_send(struct machine *from, const struct xos_addr *to, enum env_channel channel,
	     struct bytes msg)
{
	const struct machine *there = net_machine(from->sim, to);
	struct sim *s = from->sim;
	uint32_t index;

	if (!there)
		return -EHOSTUNREACH;
	index = there->index;
	xassert(index != from->index);
	if (s->plan.net.loose && msg.len <= ENV_DGRAM_MSG_MAX)
		channel = ENV_DGRAM;
	s->stats.bytes += msg.len;
	sim_fold(s, (uint64_t)from->index << 32 | (uint64_t)index << 8 | channel);
	sim_fold(s, crc32c(0, msg.data, msg.len));
	sim_say(s, (int)from->index, "send %s to n%02u, %s, %zu bytes", net_message_name(msg),
		index, channel == ENV_DGRAM ? "datagram" : "stream", msg.len);
	if (channel == ENV_DGRAM)
		return sealed_send(from, net_link(s, from->index, index), to, msg);
	return stream_send(s, net_link(s, from->index, index), msg);
}

void net_machine_died(struct sim *s, uint32_t index, bool power)
{
	uint64_t patience = (uint64_t)s->plan.net.stream_patience_ms * ENV_MS;

	for (uint32_t i = 0; i < s->net.nodes; i++) {
		struct link *out = net_link(s, index, i), *in = net_link(s, i, index);
		bool half_open = power && in->open;

		if (i == index)
			continue;
		net_reset(s, out, power ? 0 : UINT64_MAX / 2);
		out->deaf_until_ns = 0;
		net_reset(s, in, 0);
		if (half_open)
			in->deaf_until_ns = s->now_ns + rng_below(&s->rng, patience + 1);
	}
}

static void cut_count(struct sim *s, const struct cut *cut, uint32_t by)
{
	for (uint32_t i = 0; i < s->net.nodes; i++) {
		for (uint32_t j = 0; j < s->net.nodes; j++) {
			if (cut->side[i] != CUT_NEAR || cut->side[j] != CUT_FAR)
				continue;
			net_link(s, i, j)->cuts += by;
			if (!cut->oneway)
				net_link(s, j, i)->cuts += by;
		}
	}
}

void net_cut(struct sim *s, struct cut *cut)
{
	xassert(!cut->on);
	cut->on = true;
	cut_count(s, cut, 1);
}

void net_mend(struct sim *s, struct cut *cut)
{
	if (!cut->on)
		return;
	cut->on = false;
	cut_count(s, cut, (uint32_t)-1);
}

void net_heal(struct sim *s)
{
	for (uint32_t i = 0; i < NET_CUTS_MAX; i++)
		net_mend(s, &s->net.cuts[i]);
	for (uint32_t i = 0; i < s->net.nodes * s->net.nodes; i++) {
		struct link *l = &s->net.links[i];

		l->cuts = false;
		l->clogged_until_ns = 0;
		l->deaf_until_ns = 0;
	}
}
