// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Machines are reserved for a job by themselves. Where the query began, what it
 * found is asked one by one; when somebody refuses, because another job was
 * quicker, the query is done again: who is reserved for another job does not
 * match any more, who is for this one does. So the next candidates are found in
 * the order of the query, and spread as it wants.
 */
#include <select/select_priv.h>

#include <errno.h>

#include <base/assert.h>
#include <base/mutant.h>

/* Queries for one claim, and questions to one machine. */
#define ROUNDS_MAX 16
#define TRIES_MAX  4

/* --- at the machine --------------------------------------------------------------------- */

static struct bytes job_of(const struct query *q)
{
	return query_text(q, &q->node[q->job]);
}

bool select_claim_free(const struct select *s, const struct query *q)
{
	const struct claim *c = &s->claim;

	if (!c->len || MUTANT(select_claims_twice) ||
	    (env_now(s->env) >= c->until_ns && !MUTANT(select_claims_forever)))
		return true;
	return bytes_eq(job_of(q), bytes_of(c->job, c->len));
}

bool select_claim(struct select *s, struct bytes text, uint64_t ask, bool release)
{
	const struct query *q = &s->scratch;
	struct claim *c = &s->claim;
	struct query_error err;

	if (query_parse(text, &s->scratch, &err) || !q->claim_ms) {
		s->count.malformed++;
		return false;
	}
	if (release) {
		c->ended = ask;
		/* Not when it was reserved again meanwhile. */
		if (c->ask == ask && bytes_eq(job_of(q), bytes_of(c->job, c->len)))
			c->len = 0;
		return false;
	}
	if (ask == c->ended || !select_claim_free(s, q) || !select_matches(s, q)) {
		s->count.denied++;
		return false;
	}
	c->len = (uint32_t)job_of(q).len;
	memcpy(c->job, job_of(q).data, c->len);
	c->until_ns = env_now(s->env) + q->claim_ms * ENV_MS;
	c->ask = ask;
	s->count.claimed++;
	return true;
}

/* --- where the query began --------------------------------------------------------------- */

static struct bytes text_of(const struct claiming *k)
{
	const struct text_plan *p = (const struct text_plan *)k->plan;

	return bytes_of(p->text, p->len);
}

static void release(struct claiming *k, const struct env_peer *peer, uint64_t ask)
{
	struct select *s = k->c->s;

	if (xos_id_eq(&peer->id, &s->gossip.self.peer.id))
		select_claim(s, text_of(k), ask, true);
	else
		select_send_claim(s, peer, ask, text_of(k), true);
}

static void free_machines(struct claiming *k)
{
	for (uint32_t i = 0; i < k->n; i++)
		found_extra_put(k->v[i].f.extra);
	k->n = 0;
}

static void claiming_free(struct claiming *k)
{
	struct select *s = k->c->s;

	env_timer_cancel(s->env, &k->timer);
	free_machines(k);
	cds_list_del(&k->node);
	k->c->claiming = NULL;
	select_plan_put(s, k->plan);
	pool_put(&s->claims, k);
}

static void answered(struct claiming *k, uint32_t i, enum claim_state state)
{
	k->v[i].state = state;
	k->waiting--;
}

static void ask(struct claiming *k, uint32_t i)
{
	struct select *s = k->c->s;
	const struct env_peer *peer = &k->v[i].f.peer;

	k->v[i].tries++;
	if (xos_id_eq(&peer->id, &s->gossip.self.peer.id))
		answered(k, i,
			 select_claim(s, text_of(k), k->base + i, false) ? CLAIM_GIVEN :
									   CLAIM_REFUSED);
	else
		select_send_claim(s, peer, k->base + i, text_of(k), false);
}

static bool is_given(const struct claiming *k, const struct xos_id *id)
{
	for (uint32_t i = 0; i < k->n; i++) {
		if (k->v[i].state == CLAIM_GIVEN && xos_id_eq(&k->v[i].f.peer.id, id))
			return true;
	}
	return false;
}

/* What the rounds before got and this one does not want is given back. */
static uint32_t keep_given(struct claiming *k)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < k->held_n; i++) {
		if (!is_given(k, &k->held[i].peer.id))
			release(k, &k->held[i].peer, k->held[i].ask);
	}
	for (uint32_t i = 0; i < k->n; i++) {
		if (k->v[i].state != CLAIM_GIVEN)
			continue;
		k->held[n].peer = k->v[i].f.peer;
		k->held[n++].ask = k->base + i;
	}
	k->held_n = n;
	return n;
}

static void finish(struct claiming *k)
{
	struct client_query *c = k->c;
	struct select_op *op = c->op;

	if (k->held_n >= c->min) {
		for (uint32_t i = 0; i < k->n; i++) {
			if (k->v[i].state != CLAIM_GIVEN)
				continue;
			op->count++;
			op->found(op, &k->v[i].f);
		}
	} else {
		for (uint32_t i = 0; i < k->held_n && !MUTANT(select_claims_on); i++)
			release(k, &k->held[i].peer, k->held[i].ask);
	}
	claiming_free(k);
	select_query_end(c);
}

static void round_end(struct claiming *k)
{
	struct client_query *c = k->c;
	uint64_t now = env_now(c->s->env);
	uint32_t given = keep_given(k);

	if (given == k->n || ++k->rounds == ROUNDS_MAX || now >= k->end_ns) {
		finish(k);
		return;
	}
	k->plan->refs++;
	if (select_look_for(c, k->plan, k->end_ns - now)) {
		c->op->missing++;
		finish(k);
		return;
	}
	free_machines(k);
}

static void repeat(void *ctx)
{
	struct claiming *k = ctx;
	struct select *s = k->c->s;

	for (uint32_t i = 0; i < k->n; i++) {
		if (k->v[i].state != CLAIM_ASKED)
			continue;
		if (k->v[i].tries < TRIES_MAX) {
			ask(k, i);
			continue;
		}
		/* Perhaps only its answers were lost. */
		release(k, &k->v[i].f.peer, k->base + i);
		answered(k, i, CLAIM_REFUSED);
	}
	if (k->waiting)
		env_timer_set(s->env, &k->timer, s->cfg.wait_ns);
	else
		round_end(k);
}

int select_claim_start(struct client_query *c, struct forward_plan *plan, uint64_t budget_ns)
{
	struct select *s = c->s;
	struct claiming *k = pool_get(&s->claims);

	if (!k) {
		select_plan_put(s, plan);
		return -ENOBUFS;
	}
	k->c = c;
	k->plan = plan;
	k->timer = (struct env_timer){ .fire = repeat, .ctx = k };
	k->end_ns = env_now(s->env) + budget_ns;
	cds_list_add_tail(&k->node, &s->claiming);
	c->claiming = k;
	plan->refs++;
	if (!select_look_for(c, plan, budget_ns))
		return 0;
	claiming_free(k);
	return -ENOBUFS;
}

void select_claim_chosen(struct client_query *c, uint32_t n)
{
	struct claiming *k = c->claiming;
	struct select *s = c->s;

	xassert(n <= QUERY_CLAIM_MAX && !k->n);
	k->n = n;
	k->waiting = n;
	k->base = env_random(s->env);
	for (uint32_t i = 0; i < n; i++) {
		k->v[i].f = *s->ranked[i];
		s->ranked[i]->extra = NULL;
		k->v[i].state = CLAIM_ASKED;
		k->v[i].tries = 0;
	}
	for (uint32_t i = 0; i < n; i++)
		ask(k, i);
	/* Not from here: the answer to the query is not given back yet. */
	env_timer_set(s->env, &k->timer, k->waiting ? s->cfg.wait_ns : 0);
}

void select_claim_answered(struct select *s, const struct env_peer *from, uint64_t ask, bool given)
{
	struct claiming *k;

	cds_list_for_each_entry(k, &s->claiming, node) {
		uint64_t i = ask - k->base;

		if (i >= k->n || k->v[i].state != CLAIM_ASKED ||
		    !xos_id_eq(&k->v[i].f.peer.id, &from->id))
			continue;
		answered(k, (uint32_t)i, given ? CLAIM_GIVEN : CLAIM_REFUSED);
		if (!k->waiting) {
			env_timer_cancel(s->env, &k->timer);
			round_end(k);
		}
		return;
	}
}

void select_claim_cancel(struct claiming *k)
{
	for (uint32_t i = 0; i < k->held_n; i++)
		release(k, &k->held[i].peer, k->held[i].ask);
	for (uint32_t i = 0; i < k->n; i++)
		release(k, &k->v[i].f.peer, k->base + i);
	claiming_free(k);
}
