// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Clients: each has a session, or a key for each put, puts and reads registers
 * through whatever member it can find, and tries the same request again until it knows.
 */
#include <base/assert.h>
#include <base/be.h>

#include "chance.h"
#include "order/world.h"

static void user_step(void *ctx, uint64_t turn);

static void step_after(struct user *u, uint64_t ns)
{
	u->turn++;
	sim_after(&u->w->s, ns, user_step, u, u->turn);
}

static uint64_t think(struct user *u)
{
	return chance_exp(&u->w->s.rng, u->w->s.plan.work.think_ms * ENV_MS) + 1;
}

/* Most of the time the leader, but often enough somebody else. */
static struct app *pick(struct user *u, bool any)
{
	struct app *leader = admin_leader(u->w, u->group);
	struct app *a = &u->w->hosts[rng_below(&u->w->s.rng, u->w->host_n)].app[u->group];

	if (leader && !any && !chance_hit(&u->w->s.rng, CHANCE_CERTAIN / 8))
		a = leader;
	return a->g && a->host->paused_until_ns <= u->w->s.now_ns ? a : NULL;
}

static void finish(struct user *u, enum history_outcome outcome, uint64_t value)
{
	if (u->active && u->kind != HISTORY_RANGE) {
		history_return(&u->w->s.history, u->history, outcome, 0, value);
		u->w->s.stats.ops[outcome]++;
	}
	u->active = false;
	step_after(u, think(u));
}

/* Nobody knows whether the session saw the request: a new session, a new request. */
static void lose_session(struct user *u)
{
	if (!u->keyed)
		u->session = 0;
	finish(u, HISTORY_UNKNOWN, 0);
}

static void put_done(struct user *u, enum order_status status, struct bytes reply)
{
	struct world *w = u->w;
	uint64_t r[2];

	if (status == ORDER_NO_SESSION || status == ORDER_FORGOTTEN || status == ORDER_GAP ||
	    status == ORDER_STALE) {
		if (status != ORDER_NO_SESSION)
			sim_fail(&w->s, "session", "client %u: status %d for a request in order",
				 u->index, (int)status);
		lose_session(u);
	} else if (status != ORDER_OK) {
		step_after(u, 1 + rng_below(&w->s.rng, 100 * ENV_MS));
	} else if (reply.len != sizeof(r)) {
		sim_fail(&w->s, "reply", "client %u gets a reply of %zu bytes", u->index,
			 reply.len);
	} else {
		memcpy(r, reply.data, sizeof(r));
		if (r[0] != u->value)
			sim_fail(&w->s, "reply", "client %u gets the reply to another request",
				 u->index);
		finish(u, HISTORY_OK, 0);
	}
}

static void op_done(struct order_op *op, enum order_status status, uint64_t index,
		    struct bytes reply)
{
	struct user *u = op->ctx;
	const struct app *a = &u->host->app[u->group];

	u->asked = false;
	sim_fold(&u->w->s, (uint64_t)u->index << 8 | status);
	sim_say(&u->w->s, (int)u->host->index, "client %u: %s, index %llu", u->index,
		order_status_name(status), (unsigned long long)index);
	if (u->opening) {
		u->opening = false;
		u->session = status == ORDER_OK ? index : 0;
		u->seq = 0;
		step_after(u, think(u));
	} else if (u->kind == HISTORY_PUT) {
		put_done(u, status, reply);
	} else if (status == ORDER_OK) {
		finish(u, HISTORY_OK, a->state.reg[u->key]);
	} else {
		step_after(u, 1 + rng_below(&u->w->s.rng, 100 * ENV_MS));
	}
}

static void ask(struct user *u, struct app *a)
{
	uint8_t data[16];
	struct order_request r = { .session = u->session, .seq = u->seq };
	enum order_status status;

	u->host = a->host;
	u->op.done = op_done;
	u->op.ctx = u;
	be64_store(data, u->key);
	be64_store(data + 8, u->value);
	r.data = bytes_of(data, sizeof(data));
	host_enter(a->host);
	if (u->opening)
		status = order_session_open(a->g, &u->op);
	else if (u->kind == HISTORY_PUT)
		status = order_propose(a->g, &r, &u->op);
	else
		status = order_read(a->g, &u->op);
	u->asked = status == ORDER_OK;
	sim_say(&u->w->s, (int)a->host->index, "client %u asks for %s: %s", u->index,
		u->opening	       ? "a session" :
		u->kind == HISTORY_PUT ? "a put" :
					 "a read",
		order_status_name(status));
	host_leave(a->host);
	if (status == ORDER_STALE)
		sim_fail(&u->w->s, "session", "client %u: stale", u->index);
	/* Asks somebody else when this takes too long. */
	step_after(u, u->asked ? 2 * ENV_SEC : 1 + rng_below(&u->w->s.rng, 100 * ENV_MS));
}

static bool begin(struct user *u)
{
	struct world *w = u->w;
	const struct plan_work *p = &w->s.plan.work;
	struct history_op op = { .client = u->index };

	if (!u->session && !u->keyed) {
		u->opening = true;
		return true;
	}
	u->kind = rng_below(&w->s.rng, p->put_weight + p->get_weight) < p->put_weight ?
			  HISTORY_PUT :
			  HISTORY_GET;
	if (w->s.history.value + 2 >= WORLD_IDS_MAX)
		return false;
	u->key = (uint32_t)rng_below(&w->s.rng, p->keys);
	op.kind = u->kind;
	op.key = u->group * p->keys + u->key;
	u->history = history_invoke(&w->s.history, &op);
	u->value = w->s.history.ops[u->history].value;
	u->active = true;
	u->until_ns = w->s.now_ns + p->timeout_ms * ENV_MS;
	u->seq += u->kind == HISTORY_PUT;
	if (u->keyed && u->kind == HISTORY_PUT) {
		u->session = ORDER_KEY | u->value * 0x9e3779b97f4a7c15ULL;
		u->seq = rng_next(&w->s.rng) | 1;
		u->keys = ++w->keys[u->group];
	}
	return true;
}

/* Whoever gives up a put gives up the session: it does not know its state. */
static bool gives_up(const struct user *u)
{
	const struct world *w = u->w;

	if (!u->active)
		return false;
	if (u->keyed && u->kind == HISTORY_PUT &&
	    w->keys[u->group] - u->keys > WORLD_KEYS_REMEMBERED / 2)
		return true;
	return w->s.now_ns > u->until_ns && w->s.faults;
}

static void user_step(void *ctx, uint64_t turn)
{
	struct user *u = ctx;
	struct world *w = u->w;
	struct app *a;

	if (turn != u->turn)
		return;
	if (u->asked) {
		order_cancel(&u->op);
		u->asked = false;
	}
	if (!u->active && !u->opening) {
		if (!w->s.working || !begin(u))
			return;
	}
	if (gives_up(u)) {
		if (u->kind == HISTORY_PUT)
			lose_session(u);
		else
			finish(u, HISTORY_UNKNOWN, 0);
		return;
	}
	a = pick(u, u->kind == HISTORY_GET && u->active);
	if (a)
		ask(u, a);
	else
		step_after(u, 1 + rng_below(&w->s.rng, 200 * ENV_MS));
}

void users_host_died(struct host *h)
{
	for (uint32_t i = 0; i < h->w->user_n; i++) {
		struct user *u = &h->w->users[i];

		if (!u->asked || u->host != h)
			continue;
		u->asked = false;
		u->op = (struct order_op){ 0 };
		step_after(u, 1 + rng_below(&h->w->s.rng, 100 * ENV_MS));
	}
}

void users_start(struct world *w)
{
	w->s.working = true;
	for (uint32_t i = 0; i < w->user_n; i++) {
		struct user *u = &w->users[i];

		*u = (struct user){ .w = w, .index = i, .group = i % w->group_n };
		w->users[i].keyed = chance_hit(&w->s.rng, CHANCE_CERTAIN / 3);
		step_after(u, think(u));
	}
}

bool users_idle(const struct world *w)
{
	for (uint32_t i = 0; i < w->user_n; i++) {
		if (w->users[i].active || w->users[i].opening)
			return false;
	}
	return true;
}
