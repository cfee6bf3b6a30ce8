// SPDX-License-Identifier: GPL-2.0-or-later
/* A query at one node: regions under way, and their answers. */
#include <select/forward_priv.h>

/* An answer is kept for so many waits, in case that it was lost. */
#define LINGER_WAITS 4

static uint64_t now_of(const struct visit *v)
{
	return env_now(v->f->env);
}

void visit_free(struct visit *v)
{
	struct forward *f = v->f;

	env_timer_cancel(f->env, &v->timer);
	cds_list_del(&v->node);
	found_free(&v->answer.found, f->cfg->pieces);
	f->cfg->plan_put(f->ctx, v->plan);
	pool_put(f->cfg->visits, v);
}

static void visit_end(struct visit *v)
{
	struct forward *f = v->f;

	v->over = true;
	v->answer.status = FORWARD_DONE;
	v->answer.ask = v->ask;
	if (MUTANT(select_hides_missing))
		v->answer.missing = 0;
	if (v->own) {
		struct forward_answer a = v->answer;
		forward_done_fn done = v->done;
		void *ctx = v->done_ctx;

		v->answer.found = (struct found_list){ .n = 0 };
		visit_free(v);
		done(ctx, &a);
		return;
	}
	f->count.answered++;
	f->cfg->send_answer(f->ctx, &v->from, &v->answer);
	/* What asked nobody else is found again as quickly as it is looked up. */
	if (v->parts_n)
		env_timer_set(f->env, &v->timer, LINGER_WAITS * f->cfg->wait_ns);
	else
		visit_free(v);
}

void visit_begin(struct visit *v)
{
	struct forward *f = v->f;

	v->begun = true;
	v->answer.visited = 1;
	v->answer.depth = v->hops;
	/* A table that is not filled yet does not show who else is there. */
	if (!f->gossip->joined)
		v->answer.missing = 1;
	if (!MUTANT(select_skips_self) && !f->cfg->look(f->ctx, v->plan, &v->answer.found))
		v->answer.missing++;
	parts_build(v);
}

static void ask(struct visit *v, struct wait *w)
{
	const struct part *p = &v->part[w->part];
	uint64_t now = now_of(v), left = v->end_ns > now ? v->end_ns - now : 0;
	struct forward_query q = {
		.query = v->query,
		.ask = w->ask,
		.region = w->key,
		.bits = p->leaf ? TRIE_BITS : (uint8_t)(p->slot + 1),
		.hops = (uint8_t)(v->hops + (v->hops < UINT8_MAX)),
		.want = w->quota,
		.space = v->f->space->id,
		/* Less than what is left here, so that its answer is in time. */
		.budget_ms = (uint32_t)((left - left / 16) / ENV_MS),
		.plan = v->plan,
	};

	w->tries++;
	w->due_ns = now + v->f->cfg->wait_ns;
	v->f->count.asked++;
	v->f->count.repeated += w->tries > 1;
	v->f->cfg->send_query(v->f->ctx, &w->peer, &q);
}

static void wait_end(struct visit *v, uint32_t i)
{
	xassert(i < v->waits_n);
	v->wait[i] = v->wait[--v->waits_n];
}

/* Ask the next candidate; false when there is none, and the region is missing. */
static bool ask_next(struct visit *v, struct wait *w)
{
	if (!parts_candidate(v, w)) {
		v->answer.missing++;
		v->f->count.missing++;
		return false;
	}
	w->tries = 0;
	w->ask = (uint64_t)v->number << 32 | ++v->asks;
	ask(v, w);
	return true;
}

static uint32_t under_way(const struct visit *v)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < v->waits_n; i++)
		sum += v->wait[i].quota;
	return sum;
}

/* How many of the @left machines that are wanted is the next region asked for? */
static uint32_t quota(const struct visit *v, uint32_t left)
{
	uint32_t n = v->f->cfg->parallel - v->waits_n;
	const struct part *p = &v->part[v->next];
	float sum = 0, share;

	if (p->leaf)
		return 1;
	for (uint32_t i = v->next; i < v->parts_n && i < v->next + n; i++)
		sum += v->part[i].weight;
	share = (float)left * p->weight / sum;
	return share + 1 < (float)left ? (uint32_t)share + 1 : left;
}

/*
 * All regions answered, and some had fewer machines than their share: those that gave all
 * they were asked for may have more. Such a one is asked for what it gave and the rest.
 */
static void ask_again(struct visit *v)
{
	for (uint32_t i = 0; i < v->parts_n && !v->waits_n; i++) {
		struct part *p = &v->part[i];
		struct wait *w = &v->wait[0];

		if (!p->given || MUTANT(select_asks_once))
			continue;
		*w = (struct wait){ .part = (uint16_t)i, .again = true };
		w->quota = p->given + v->want - v->answer.found.n;
		p->given = 0;
		v->waits_n += ask_next(v, w);
	}
}

void visit_run(struct visit *v)
{
	while (v->waits_n < v->f->cfg->parallel && v->next < v->parts_n) {
		struct wait *w = &v->wait[v->waits_n];
		uint32_t busy = under_way(v);

		*w = (struct wait){ .part = (uint16_t)v->next };
		if (v->want && v->answer.found.n + busy >= v->want)
			break;
		if (v->want)
			w->quota = quota(v, v->want - v->answer.found.n - busy);
		v->next++;
		v->waits_n += ask_next(v, w);
	}
	if (!v->waits_n && v->answer.found.n < v->want)
		ask_again(v);
	if (!v->waits_n)
		visit_end(v);
	else if (!env_timer_armed(&v->timer))
		env_timer_set(v->f->env, &v->timer, v->f->cfg->wait_ns);
}

/* A node that was silent for too long: the next candidate, or nobody. */
static void replace(struct visit *v, uint32_t i)
{
	struct wait *w = &v->wait[i];

	gossip_silent(v->f->gossip, &w->peer.id);
	v->f->count.replaced++;
	if (w->tried_n < FORWARD_TRIED_MAX)
		w->tried[w->tried_n++] = w->peer.id;
	if (!ask_next(v, w))
		wait_end(v, i);
}

static void give_up(struct visit *v)
{
	uint32_t open = v->waits_n + v->parts_n - v->next;

	v->answer.missing += open;
	v->f->count.missing += open;
	v->waits_n = 0;
	v->next = v->parts_n;
	visit_end(v);
}

/* A region was covered. */
static void covered(struct visit *v, const struct wait *w, struct forward_answer *a)
{
	struct pool *pieces = v->f->cfg->pieces;
	struct part *p = &v->part[w->part];

	v->answer.missing += a->missing;
	v->answer.visited += a->visited;
	if (a->depth > v->answer.depth)
		v->answer.depth = a->depth;
	p->given = !p->leaf && w->quota && a->found.n >= w->quota ? a->found.n : 0;
	if (!w->again)
		found_join(&v->answer.found, pieces, &a->found);
	else if (!found_join_new(&v->answer.found, pieces, &a->found, v->want))
		v->answer.missing++;
	if (v->f->cfg->trim)
		v->f->cfg->trim(v->f->ctx, v->plan, &v->answer.found);
}

void visit_answered(struct visit *v, uint32_t i, struct forward_answer *a)
{
	struct wait *w = &v->wait[i];

	gossip_heard(v->f->gossip, &w->peer.id);
	if (a->status == FORWARD_WORKING) {
		w->tries = 0;
		return;
	}
	if (a->status == FORWARD_ELSEWHERE) {
		if (w->tried_n < FORWARD_TRIED_MAX)
			w->tried[w->tried_n++] = w->peer.id;
		if (!ask_next(v, w))
			wait_end(v, i);
	} else {
		covered(v, w, a);
		wait_end(v, i);
	}
	visit_run(v);
}

static void visit_timer(void *ctx)
{
	struct visit *v = ctx;
	uint64_t now = now_of(v), next;

	if (v->over) {
		visit_free(v);
		return;
	}
	if (!v->begun)
		visit_begin(v);
	if (now >= v->end_ns) {
		give_up(v);
		return;
	}
	for (uint32_t i = v->waits_n; i-- > 0;) {
		struct wait *w = &v->wait[i];

		if (w->due_ns > now)
			continue;
		if (w->tries < v->f->cfg->tries)
			ask(v, w);
		else
			replace(v, i);
	}
	next = v->end_ns;
	for (uint32_t i = 0; i < v->waits_n; i++)
		next = v->wait[i].due_ns < next ? v->wait[i].due_ns : next;
	if (v->waits_n)
		env_timer_set(v->f->env, &v->timer, next > now ? next - now : 1);
	visit_run(v);
}

void visit_timer_init(struct visit *v)
{
	v->timer = (struct env_timer){ .fire = visit_timer, .ctx = v };
}
