// SPDX-License-Identifier: GPL-2.0-or-later
#include "mip.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"

#define DELAY_NS   (20 * ENV_MS)
#define SCAN_NS	   (1 * ENV_SEC)
#define ACTIVE_NS  (1500 * ENV_SEC)
#define CALM_NS	   (1200 * ENV_SEC)
#define LEFT_NS	   (90 * ENV_SEC)
#define STEP_NS	   (500 * ENV_MS)
#define LOSS_MAX   200000
#define MOVE_PPM   15000
#define FORGET_PPM 400
#define FORGE_PPM  100000
/* A client that cannot answer is asked so often in the whole time, by all nodes. */
#define ASKED_MAX  (16 * MIP_NODES)

/* Something under way: a message between agents, a packet to a node or to a client. */
struct letter {
	struct env_timer timer;
	struct mip_world *w;
	struct mip_node *node;
	const struct mip_node *agent;
	struct mip_client *client;
	bool to_client;
	uint64_t id;
	uint8_t dst[MH_IP_LEN];
	size_t len;
	uint8_t bytes[256];
};

static struct mip_node *node_of(struct env *env)
{
	/* its first member */
	return (struct mip_node *)env;
}

static uint64_t mip_now(struct env *env)
{
	return node_of(env)->w->now_ns;
}

static uint64_t mip_random(struct env *env)
{
	return rng_next(&node_of(env)->w->rng);
}

static void mip_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	struct mip_world *w = node_of(env)->w;

	timer->deadline_ns = w->now_ns + delay_ns;
	timers_set(&w->timers, timer, w->now_ns + delay_ns);
}

static void mip_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&node_of(env)->w->timers, timer);
}

static void arrive(void *ctx)
{
	struct letter *l = ctx;
	struct bytes msg = bytes_of(l->bytes, l->len);
	struct mh_packet p;

	l->w->hash = (l->w->hash ^ l->len ^ l->w->now_ns) * 0x9e3779b97f4a7c15ULL;
	if (l->agent) {
		mip6_recv(l->node->m, &l->agent->self, msg);
	} else if (l->to_client) {
		p.len = (uint32_t)l->len;
		memcpy(p.b, l->bytes, l->len);
		mip_client_packet(l->client, &p, l->id);
	} else if (!l->len) {
		mip6_unable(l->node->m, l->client->ip, l->dst);
	} else {
		mip6_packet(l->node->m, l->client->ip, l->dst, msg);
	}
	free(l);
}

static struct letter *letter_new(struct mip_world *w, struct bytes msg)
{
	struct letter *l = calloc(1, sizeof(*l));

	xassert(l && msg.len <= sizeof(l->bytes));
	l->timer = (struct env_timer){ .fire = arrive, .ctx = l };
	l->w = w;
	l->len = msg.len;
	if (msg.len)
		memcpy(l->bytes, msg.data, msg.len);
	return l;
}

static void post(struct mip_world *w, struct letter *l)
{
	struct letter *twin;

	if (chance_hit(&w->rng, w->loss_ppm)) {
		free(l);
		return;
	}
	if (!l->agent && chance_hit(&w->rng, w->loss_ppm)) {
		twin = malloc(sizeof(*twin));
		xassert(twin);
		*twin = *l;
		twin->timer.ctx = twin;
		timers_set(&w->timers, &twin->timer, w->now_ns + rng_below(&w->rng, 4 * DELAY_NS));
	}
	/* Streams keep the order. */
	timers_set(&w->timers, &l->timer,
		   w->now_ns + DELAY_NS + (l->agent ? 0 : rng_below(&w->rng, DELAY_NS)));
}

/* A stream between agents breaks as often as packets are lost. */
static int mip_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		    struct bytes msg)
{
	struct mip_node *n = node_of(env);
	struct letter *l = letter_new(n->w, msg);

	l->agent = n;
	l->node = mip_node_of(n->w, to->ip);
	post(n->w, l);
	return 0;
}

static const struct env_ops env_ops = {
	.now = mip_now,
	.wall = mip_now,
	.random = mip_random,
	.timer_set = mip_timer_set,
	.timer_cancel = mip_timer_cancel,
	.send = mip_send,
};

void mip_fail(struct mip_world *w, const char *checker, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	run_fail(w->out, checker, fmt, args);
	va_end(args);
}

struct mip_node *mip_node_of(struct mip_world *w, const uint8_t *ip)
{
	for (uint32_t i = 0; i < MIP_NODES; i++) {
		if (!memcmp(w->node[i].self.addr.ip, ip, MH_IP_LEN))
			return &w->node[i];
	}
	return &w->node[0];
}

void mip_deliver(struct mip_world *w, struct mip_node *to, const struct mip_client *from,
		 const uint8_t *dst, struct bytes msg)
{
	struct letter *l = letter_new(w, msg);

	l->node = to;
	l->client = (struct mip_client *)from;
	memcpy(l->dst, dst, MH_IP_LEN);
	post(w, l);
}

static struct mip_client *client_of(struct mip_world *w, const uint8_t *ip)
{
	for (uint32_t i = 0; i < MIP_CLIENTS; i++) {
		if (!memcmp(w->client[i].ip, ip, MH_IP_LEN))
			return &w->client[i];
	}
	xassert(false);
	return NULL;
}

/* Somebody who sees the packet, but not what is in it, makes up an answer. */
static void forge(struct mip_world *w, struct mip_node *to, struct mip_client *c,
		  const struct mh_packet *p)
{
	const uint8_t *mh = p->b + 40 + (p->b[6] == 60 ? 24 : 0);
	uint8_t test[24] = { 59, 2, MH_HOT }, ack[32] = { 59, 3, MH_BA };

	if (mh[2] == MH_HOTI)
		mip_deliver(w, to, c, w->vip.ip, bytes_of(test, sizeof(test)));
	if (mh[2] != MH_BU)
		return;
	memcpy(ack + 8, mh + 6, 2);
	ack[11] = 105;
	ack[12] = 1;
	ack[13] = 4;
	ack[18] = 5;
	ack[19] = MH_AUTH_LEN;
	mip_deliver(w, to, c, w->vip.ip, bytes_of(ack, sizeof(ack)));
}

static void op_send(void *ctx, const struct mh_packet *p)
{
	struct mip_node *n = ctx;
	struct letter *l = letter_new(n->w, bytes_of(p->b, p->len));

	l->client = client_of(n->w, p->b + 24);
	l->to_client = true;
	l->id = ++n->w->packets;
	if (!n->w->calm && chance_hit(&n->w->rng, FORGE_PPM))
		forge(n->w, n, l->client, p);
	post(n->w, l);
}

static void op_bind(void *ctx, const struct mip6_pair *pair, uint64_t lifetime_ns)
{
	struct mip_node *n = ctx;
	struct mip_client *c = client_of(n->w, pair->client);

	n->until_ns[c - n->w->client] = lifetime_ns ? n->w->now_ns + lifetime_ns : 0;
}

static bool op_contact(void *ctx, const struct xos_addr *vip, struct xos_addr *out)
{
	*out = ((struct mip_node *)ctx)->w->node[0].self.addr;
	return true;
}

static bool op_member(void *ctx, const struct xos_addr *vip, const struct xos_addr *addr)
{
	return true;
}

static const struct mip6_ops ops = {
	.send = op_send,
	.bind = op_bind,
	.contact = op_contact,
	.member = op_member,
};

static struct mip6_pair pair_of(const struct mip_client *c)
{
	struct mip6_pair pair = { .vip = c->w->vip };

	memcpy(pair.client, c->ip, MH_IP_LEN);
	return pair;
}

/* A look at the connections, as the daemon does it; each has a segment to send. */
static void scan(void *ctx)
{
	struct mip_node *n = ctx;
	struct mip_world *w = n->w;

	timers_set(&w->timers, &n->scan, w->now_ns + SCAN_NS);
	mip6_scan_begin(n->m);
	for (uint32_t i = 0; i < MIP_CLIENTS; i++) {
		struct mip_client *c = &w->client[i];
		struct mip6_pair pair = pair_of(c);

		if (c->at != n - w->node)
			continue;
		mip6_scan_seen(n->m, &pair, false);
		if (n->until_ns[i] > w->now_ns)
			mip_client_segment(c, n);
	}
	mip6_scan_end(n->m);
}

static void node_start(struct mip_world *w, uint32_t i)
{
	struct mip6_config c = { .ops = &ops };
	struct mip_node *n = &w->node[i];
	struct arena arena;

	n->w = w;
	n->env.ops = &env_ops;
	n->self.addr =
		(struct xos_addr){ .ip = { 0x20, 1, [15] = (uint8_t)(i + 1) }, .port = 7410 };
	n->mem = aligned_alloc(16, MIP6_ARENA_LEN);
	xassert(n->mem);
	arena_init(&arena, n->mem, MIP6_ARENA_LEN);
	c.env = &n->env;
	c.ops_ctx = n;
	c.arena = &arena;
	c.self = n->self.addr;
	n->m = mip6_init(&c);
	n->scan = (struct env_timer){ .fire = scan, .ctx = n };
	timers_set(&w->timers, &n->scan, rng_below(&w->rng, SCAN_NS));
}

static void world_init(struct mip_world *w, uint64_t seed, struct run_result *out)
{
	rng_seed(&w->rng, seed ^ 0x6d697036ULL);
	timers_init(&w->timers, w->heap, MIP_TIMERS);
	w->out = out;
	w->now_ns = ENV_SEC * 1000;
	w->vip = (struct xos_addr){ .ip = { 0x20, 1, [14] = 0xff } };
	w->loss_ppm = (uint32_t)rng_below(&w->rng, LOSS_MAX);
	for (uint32_t i = 0; i < MIP_NODES; i++)
		node_start(w, i);
	for (uint32_t i = 0; i < MIP_CLIENTS; i++) {
		struct mip_client *c = &w->client[i];

		*c = (struct mip_client){ .w = w,
					  .ip = { 0x20, 1, 0x0c, [15] = (uint8_t)(i + 1) } };
		c->kind = i == 0 ? MIP_UNABLE : i == 1 ? MIP_DEAF : MIP_ABLE;
		c->key[0] = rng_next(&w->rng);
		c->at = (int)rng_below(&w->rng, MIP_NODES);
	}
}

static void pass(struct mip_world *w, uint64_t ns)
{
	uint64_t end = w->now_ns + ns;
	struct env_timer *t;

	while (timers_next(&w->timers) <= end) {
		w->now_ns = timers_next(&w->timers);
		t = timers_pop(&w->timers, w->now_ns);
		t->fire(t->ctx);
	}
	w->now_ns = end;
}

/* A connection goes to another member, ends, or begins. */
static void move(struct mip_world *w, struct mip_client *c)
{
	struct mip6_pair pair = pair_of(c);

	if (c->at >= 0 && rng_below(&w->rng, 4))
		mip6_moved_away(w->node[c->at].m, &pair);
	c->at = (int)rng_below(&w->rng, MIP_NODES + 1) - 1;
}

static void active(struct mip_world *w)
{
	uint64_t end = w->now_ns + ACTIVE_NS;

	while (w->now_ns < end && !w->out->failed) {
		pass(w, STEP_NS);
		for (uint32_t i = 0; i < MIP_CLIENTS; i++) {
			if (chance_hit(&w->rng, MOVE_PPM))
				move(w, &w->client[i]);
			if (chance_hit(&w->rng, FORGET_PPM))
				mip_client_forget(&w->client[i]);
		}
	}
}

/* Nothing is lost any more: who can take the direct path does, most of the time. */
static void calm(struct mip_world *w)
{
	uint32_t on[MIP_CLIENTS] = { 0 }, steps = 0;

	w->calm = true;
	w->loss_ppm = 0;
	for (uint32_t i = 0; i < MIP_CLIENTS; i++)
		w->client[i].at = (int)rng_below(&w->rng, MIP_NODES);
	/* A client that was silent is tried again after a while, a lost word ends by itself. */
	pass(w, MIP6_REST_NS + 450 * ENV_SEC);
	for (uint64_t end = w->now_ns + CALM_NS; w->now_ns < end && !w->out->failed; steps++) {
		pass(w, STEP_NS);
		for (uint32_t i = 0; i < MIP_CLIENTS; i++)
			on[i] += w->node[w->client[i].at].until_ns[i] > w->now_ns;
	}
	for (uint32_t i = 0; i < MIP_CLIENTS; i++) {
		bool able = w->client[i].kind == MIP_ABLE;

		if (able && on[i] < steps / 100 * 95)
			mip_fail(w, "mip-calm", "client %u: on the direct path %u of %u times", i,
				 on[i], steps);
		if (!able && on[i])
			mip_fail(w, "mip-able", "client %u cannot, and is sent to directly", i);
	}
	if (w->client[0].asked > ASKED_MAX)
		mip_fail(w, "mip-asked", "a client that cannot was asked %u times",
			 w->client[0].asked);
}

/* Nobody is connected: no client keeps a path that may lead to a member that has gone. */
static void left(struct mip_world *w)
{
	for (uint32_t i = 0; i < MIP_CLIENTS; i++)
		w->client[i].at = -1;
	pass(w, LEFT_NS);
	for (uint32_t i = 0; i < MIP_CLIENTS; i++) {
		const struct mip_client *c = &w->client[i];

		if (c->bound && c->until_ns > w->now_ns)
			mip_fail(w, "mip-left", "client %u has a binding that nobody needs", i);
	}
}

static void world_exit(struct mip_world *w)
{
	struct env_timer *t;

	while (timers_next(&w->timers) != UINT64_MAX) {
		t = timers_pop(&w->timers, UINT64_MAX);
		if (t->fire == arrive)
			free(t->ctx);
	}
	for (uint32_t i = 0; i < MIP_NODES; i++)
		free(w->node[i].mem);
}

void mip_run(uint64_t seed, const struct run_options *opt, struct run_result *out)
{
	struct mip_world *w = calloc(1, sizeof(*w));

	xassert(w);
	world_init(w, seed, out);
	if (!opt->calm)
		active(w);
	if (!out->failed)
		calm(w);
	if (!out->failed)
		left(w);
	out->hash = w->hash;
	out->nodes = MIP_NODES;
	world_exit(w);
	free(w);
}
