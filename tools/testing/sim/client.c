// SPDX-License-Identifier: GPL-2.0-or-later
#include "client.h"

#include <errno.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"
#include "checkers/check.h"
#include "machine.h"
#include "txnwork.h"

#define PERCENT		   (CHANCE_CERTAIN / 100)
/* Who waits longer than this many times the operation's own timeout gives up. */
#define CLIENT_PATIENCE	   4
#define CLIENT_GIVE_UP_PPM 5000

static void client_think(struct client *c);
static void op_done(struct dht_op *op);

static const char *const kind_names[] = { "put", "del", "get", "range" };

/* Errors after which, by dht.h, nothing was done. */
static enum history_outcome outcome_of(int status)
{
	switch (status) {
	case 0:
		return HISTORY_OK;
	case -EAGAIN:
	case -EHOSTUNREACH:
	case -EINVAL:
	case -EMSGSIZE:
	case -ENOBUFS:
		return HISTORY_FAILED;
	default:
		return HISTORY_UNKNOWN;
	}
}

static void client_finish(struct client *c, enum history_outcome outcome, int status)
{
	struct history *h = &c->sim->history;
	enum history_kind kind = h->ops[c->call].kind;

	xassert(c->busy);
	c->busy = false;
	c->calls++;
	c->status = status;
	if (kind == HISTORY_RANGE && outcome == HISTORY_OK)
		history_items(h, c->call, c->items, c->item_count);
	history_return(h, c->call, outcome, status, c->read);
	c->sim->stats.ops[outcome]++;
	sim_fold(c->sim, (uint64_t)(uint32_t)status << 32 | (uint64_t)c->index << 8 | outcome);
	sim_fold(c->sim, c->read);
	sim_say(c->sim, (int)c->machine->index, "client %u: %s of key %u: status %d, saw %lld",
		c->index, kind_names[kind], h->ops[c->call].key, status, (long long)c->read);
	if (c->looping)
		client_think(c);
}

static void client_submit(struct client *c)
{
	int err;

	c->op.done = op_done;
	c->op.ctx = c;
	c->op.timeout_ns = (uint64_t)c->sim->plan.work.timeout_ms * ENV_MS;
	machine_enter(c->machine);
	err = node_op(c->machine->node, &c->op);
	machine_leave(c->machine);
	/* The machine may have ended in its last step, and the operation with it. */
	if (err && c->busy)
		client_finish(c, outcome_of(err), err);
}

/* The next page, from an event of its own: a callback must not call the node. */
static void client_page(void *ctx, uint64_t calls)
{
	struct client *c = ctx;

	if (!c->busy || calls != c->calls)
		return;
	if (!machine_ready(c->sim, c->machine->index, client_page, c, calls))
		return;
	c->op = (struct dht_op){
		.kind = DHT_RANGE,
		.key = ring_key_bytes(&c->from),
		.to = ring_key_bytes(&c->to),
		.limit = c->page,
	};
	client_submit(c);
}

static bool page_take(struct client *c)
{
	struct dht_item item;
	size_t pos = 0;

	while (dht_op_item(&c->op, &pos, &item)) {
		if (txnwork_own(item.key))
			continue;
		if (c->item_count == CLIENT_ITEMS_MAX)
			return false;
		c->items[c->item_count++] = history_item(&c->sim->history, item.key, item.value);
	}
	if (!c->op.more)
		return false;
	if (bytes_cmp(c->op.resume, ring_key_bytes(&c->from)) <= 0)
		sim_fail(c->sim, "range", "a scan goes on at or before where its page began");
	ring_key_set(&c->from, c->op.resume);
	return true;
}

static void op_done(struct dht_op *op)
{
	struct client *c = op->ctx;
	int status = op->status;

	xassert(c->busy && c->machine->busy);
	c->read = HISTORY_ABSENT;
	if (op->kind == DHT_RANGE && !status && page_take(c)) {
		sim_after(c->sim, 1, client_page, c, c->calls);
		return;
	}
	if (op->kind == DHT_GET && !status)
		c->read = history_value_read(&c->sim->history, c->sim->history.ops[c->call].key,
					     op->value);
	if (op->kind == DHT_GET && status == -ENOENT)
		status = 0;
	if (op->kind != DHT_RANGE && !status)
		held_acked(c->sim, c->sim->history.ops[c->call].key, &op->version);
	client_finish(c, outcome_of(status), status);
}

static void client_patience(void *ctx, uint64_t calls)
{
	struct client *c = ctx;

	if (!c->busy || calls != c->calls)
		return;
	if (!machine_ready(c->sim, c->machine->index, client_patience, c, calls))
		return;
	machine_enter(c->machine);
	node_op_cancel(c->machine->node, &c->op);
	machine_leave(c->machine);
	if (c->busy)
		client_finish(c, HISTORY_UNKNOWN, -ECANCELED);
}

void client_call(struct client *c, const struct history_op *what)
{
	static const enum dht_kind kinds[] = { DHT_PUT, DHT_DEL, DHT_GET, DHT_RANGE };
	struct history *h = &c->sim->history;
	struct history_op op = *what;

	xassert(!c->busy && c->sim->machines[what->machine].node);
	c->machine = &c->sim->machines[what->machine];
	c->busy = true;
	c->read = HISTORY_ABSENT;
	c->item_count = 0;
	op.client = c->index;
	c->call = history_invoke(h, &op);
	sim_fold(c->sim, (uint64_t)op.kind << 32 | (uint64_t)op.machine << 16 | op.key);
	sim_say(c->sim, (int)op.machine, "client %u: %s key %u value %llu", c->index,
		kind_names[op.kind], op.key, (unsigned long long)h->ops[c->call].value);
	if (op.kind == HISTORY_RANGE) {
		c->page = (uint32_t)chance_between(&c->rng, 1, PLAN_KEYS_MAX);
		ring_key_set(&c->from, history_key(h, op.key));
		ring_key_set(&c->to, op.key_end < h->key_count ? history_key(h, op.key_end) :
								 bytes_of(NULL, 0));
		client_page(c, c->calls);
		return;
	}
	c->op = (struct dht_op){ .kind = kinds[op.kind], .key = history_key(h, op.key) };
	if (op.kind == HISTORY_PUT)
		c->op.value = history_value_make(h, op.key, h->ops[c->call].value, c->value);
	client_submit(c);
}

static bool pick_machine(struct client *c, uint32_t *out)
{
	const struct plan *p = &c->sim->plan;

	for (uint32_t tries = 0; tries < 8; tries++) {
		struct machine *m = &c->sim->machines[rng_below(&c->rng, p->nodes)];

		if (!m->node || m->paused_until_ns > c->sim->now_ns)
			continue;
		/* Nodes that have not joined refuse; ask one now and then. */
		if (m->view.state != RING_OWNER && !chance_hit(&c->rng, 2 * PERCENT))
			continue;
		*out = m->index;
		return true;
	}
	return false;
}

static enum history_kind pick_kind(struct client *c)
{
	const struct plan_work *w = &c->sim->plan.work;
	uint64_t at =
		rng_below(&c->rng, w->put_weight + w->del_weight + w->get_weight + w->range_weight);

	if (at < w->put_weight)
		return HISTORY_PUT;
	at -= w->put_weight;
	if (at < w->del_weight)
		return HISTORY_DEL;
	return at - w->del_weight < w->get_weight ? HISTORY_GET : HISTORY_RANGE;
}

static void client_work(void *ctx, uint64_t calls)
{
	struct history_op op = { 0 };
	struct client *c = ctx;
	struct sim *s = c->sim;
	uint64_t patience_ns;

	if (c->busy || calls != c->calls || !s->working)
		return;
	if (!pick_machine(c, &op.machine)) {
		client_think(c);
		return;
	}
	op.kind = pick_kind(c);
	op.key = (uint32_t)rng_below(&c->rng, s->plan.work.keys);
	op.key_end = (uint32_t)chance_between(&c->rng, op.key + 1, s->plan.work.keys);
	if (op.kind != HISTORY_RANGE && chance_hit(&c->rng, s->plan.work.hot_ppm))
		op.key = 0;
	patience_ns = (uint64_t)s->plan.work.timeout_ms * ENV_MS * CLIENT_PATIENCE;
	if (s->faults && chance_hit(&c->rng, CLIENT_GIVE_UP_PPM))
		patience_ns = rng_below(&c->rng, 100 * ENV_MS);
	client_call(c, &op);
	if (c->busy)
		sim_after(s, patience_ns, client_patience, c, c->calls);
}

static void client_think(struct client *c)
{
	uint64_t think = (uint64_t)c->sim->plan.work.think_ms * ENV_MS;

	sim_after(c->sim, chance_exp(&c->rng, think) + 1, client_work, c, c->calls);
}

void clients_init(struct sim *s)
{
	uint32_t n = s->plan.work.clients + 1;

	s->clients = calloc(n, sizeof(*s->clients));
	xassert(s->clients);
	for (uint32_t i = 0; i < n; i++) {
		struct client *c = &s->clients[i];

		c->sim = s;
		c->index = i;
		c->machine = &s->machines[0];
		c->looping = i < s->plan.work.clients;
		rng_seed(&c->rng, s->plan.seed * 8191 + i);
	}
}

void clients_start(struct sim *s)
{
	s->working = true;
	for (uint32_t i = 0; i < s->plan.work.clients; i++) {
		if (!s->clients[i].busy)
			client_think(&s->clients[i]);
	}
}

bool clients_idle(const struct sim *s)
{
	for (uint32_t i = 0; i < s->plan.work.clients; i++) {
		if (s->clients[i].busy)
			return false;
	}
	return true;
}

void clients_machine_died(struct sim *s, uint32_t machine)
{
	for (uint32_t i = 0; i <= s->plan.work.clients; i++) {
		struct client *c = &s->clients[i];

		if (c->busy && c->machine->index == machine)
			client_finish(c, HISTORY_UNKNOWN, -ECONNRESET);
	}
}

struct client *client_auditor(struct sim *s)
{
	return &s->clients[s->plan.work.clients];
}
