// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/forward_priv.h>

size_t forward_visit_size(void)
{
	return sizeof(struct visit);
}

void forward_init(struct forward *f, const struct forward_config *cfg, struct env *env, void *ctx,
		  const struct space *space, struct gossip *gossip)
{
	xassert(cfg->parallel && cfg->parallel <= FORWARD_WAIT_MAX && cfg->tries);
	*f = (struct forward){
		.cfg = cfg, .env = env, .ctx = ctx, .space = space, .gossip = gossip
	};
	f->next = (uint32_t)env_random(env);
	CDS_INIT_LIST_HEAD(&f->visits);
}

/* A new visit; an answer that is only kept in case of a loss makes room for it. */
static struct visit *visit_new(struct forward *f, struct forward_plan *plan)
{
	struct visit *v = pool_get(f->cfg->visits), *old;

	if (!v) {
		cds_list_for_each_entry(old, &f->visits, node) {
			if (!old->over)
				continue;
			visit_free(old);
			v = pool_get(f->cfg->visits);
			break;
		}
	}
	if (!v) {
		f->count.refused++;
		f->cfg->plan_put(f->ctx, plan);
		return NULL;
	}
	v->f = f;
	v->plan = plan;
	v->number = ++f->next;
	visit_timer_init(v);
	cds_list_add_tail(&v->node, &f->visits);
	return v;
}

struct visit *forward_start(struct forward *f, struct forward_plan *plan, uint32_t want,
			    uint64_t budget_ns, forward_done_fn done, void *ctx)
{
	struct visit *v = visit_new(f, plan);

	if (!v)
		return NULL;
	v->own = true;
	v->query = env_random(f->env);
	plan->query = v->query;
	v->want = want;
	v->end_ns = env_now(f->env) + budget_ns;
	v->done = done;
	v->done_ctx = ctx;
	env_timer_set(f->env, &v->timer, 0);
	return v;
}

void forward_cancel(struct forward *f, struct visit *v)
{
	xassert(v->f == f && v->own);
	visit_free(v);
}

static void say(struct forward *f, const struct env_peer *to, uint64_t ask,
		enum forward_status status)
{
	struct forward_answer a = { .ask = ask, .status = status };

	f->cfg->send_answer(f->ctx, to, &a);
}

/* Is this a question that was heard before? Then it is answered as far as that is possible. */
static bool heard_before(struct forward *f, const struct env_peer *from, uint64_t ask)
{
	struct visit *v;

	cds_list_for_each_entry(v, &f->visits, node) {
		if (v->own || v->ask != ask || !xos_id_eq(&v->from.id, &from->id))
			continue;
		if (v->over)
			f->cfg->send_answer(f->ctx, from, &v->answer);
		else
			say(f, from, ask, FORWARD_WORKING);
		return true;
	}
	return false;
}

static bool lies_in(const struct forward *f, const struct forward_query *q)
{
	if (q->space != f->space->id || q->bits > TRIE_BITS)
		return false;
	if (MUTANT(select_covers_any))
		return true;
	if (!f->gossip->joined && q->bits < TRIE_BITS)
		return false;
	return trie_key_slot(&f->gossip->self.key, &q->region) >= q->bits;
}

/* The question is for this node alone: there is nobody to wait for, and nothing to keep. */
static void answer_alone(struct forward *f, const struct env_peer *from,
			 const struct forward_query *q)
{
	struct forward_answer a = {
		.ask = q->ask, .status = FORWARD_DONE, .visited = 1, .depth = q->hops
	};

	a.missing = !f->cfg->look(f->ctx, q->plan, &a.found);
	f->cfg->plan_put(f->ctx, q->plan);
	f->count.answered++;
	f->cfg->send_answer(f->ctx, from, &a);
	found_free(&a.found, f->cfg->pieces);
}

void forward_query(struct forward *f, const struct env_peer *from, const struct forward_query *q)
{
	struct visit *v;

	gossip_heard(f->gossip, &from->id);
	q->plan->query = q->query;
	if (heard_before(f, from, q->ask)) {
		f->cfg->plan_put(f->ctx, q->plan);
		return;
	}
	if (!lies_in(f, q)) {
		f->count.elsewhere++;
		f->cfg->plan_put(f->ctx, q->plan);
		say(f, from, q->ask, FORWARD_ELSEWHERE);
		return;
	}
	if (q->bits == TRIE_BITS) {
		answer_alone(f, from, q);
		return;
	}
	v = visit_new(f, q->plan);
	if (!v)
		return;
	v->query = q->query;
	v->from = *from;
	v->ask = q->ask;
	v->bits = q->bits;
	v->hops = q->hops;
	v->want = q->want;
	v->end_ns = env_now(f->env) + q->budget_ms * ENV_MS;
	visit_begin(v);
	visit_run(v);
}

void forward_answer(struct forward *f, const struct env_peer *from, struct forward_answer *a)
{
	struct visit *v;

	cds_list_for_each_entry(v, &f->visits, node) {
		if (v->over || v->number != (uint32_t)(a->ask >> 32))
			continue;
		for (uint32_t i = 0; i < v->waits_n; i++) {
			if (v->wait[i].ask != a->ask || !xos_id_eq(&v->wait[i].peer.id, &from->id))
				continue;
			visit_answered(v, i, a);
			found_free(&a->found, f->cfg->pieces);
			return;
		}
	}
	f->count.late++;
	found_free(&a->found, f->cfg->pieces);
}

void forward_stop(struct forward *f)
{
	while (!cds_list_empty(&f->visits))
		visit_free(cds_list_entry(f->visits.next, struct visit, node));
}
