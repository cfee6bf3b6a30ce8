// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/select_priv.h>

#include <errno.h>

#include <base/assert.h>
#include <select/boxes.h>
#include <select/eval.h>

/* Defaults of struct select_config, and sizes of the tables. */
#define VISITS_MAX   64
#define FOUND_MAX    8192
#define CYCLE_NS     (10 * ENV_SEC)
#define CYCLE_MIN_NS (100 * ENV_MS)
#define WAIT_NS	     (300 * ENV_MS)
#define SAMPLE_MAX   20
#define TELL_MAX     9
#define CANDIDATES   3
#define NEAR_MAX     32
#define ENTRIES_MAX  160
#define FIND_EVERY   10
#define PARALLEL     16
#define TRIES	     4

/* A query of a client. */
struct client_query {
	struct select *s;
	struct select_op *op;
	struct visit *visit;
	uint32_t limit;
	uint32_t min;
};

static void config_fill(struct select_config *out, const struct select_config *in)
{
	*out = *in;
	xassert(in->bootstrap);
	out->visits_max = in->visits_max ? in->visits_max : VISITS_MAX;
	out->found_max = in->found_max ? in->found_max : FOUND_MAX;
	out->cycle_ns = in->cycle_ns ? in->cycle_ns : CYCLE_NS;
	out->cycle_min_ns = in->cycle_min_ns ? in->cycle_min_ns : CYCLE_MIN_NS;
	out->wait_ns = in->wait_ns ? in->wait_ns : WAIT_NS;
}

static uint32_t pieces_max(const struct select_config *cfg)
{
	return cfg->found_max / FOUND_PIECE + cfg->visits_max;
}

size_t select_arena_size(const struct select_config *in)
{
	struct select_config cfg;

	config_fill(&cfg, in);
	return sizeof(struct select) + SELECT_MSG_MAX +
	       WIRE_SELECT_FOUND_MAX * sizeof(struct wire_select_found) +
	       (SAMPLE_MAX + ENTRIES_MAX) * sizeof(struct contact) +
	       cfg.visits_max * (forward_visit_size() + 16) +
	       (size_t)pieces_max(&cfg) * (sizeof(struct found_piece) + 16) +
	       (cfg.visits_max + SELECT_QUERIES_MAX) * (sizeof(struct text_plan) + 16) +
	       SELECT_QUERIES_MAX * (sizeof(struct client_query) + 16) + 512;
}

/* --- what the cores need ------------------------------------------------------------ */

int select_plan_new(struct select *s, struct bytes text, struct query_error *err,
		    struct forward_plan **out)
{
	struct text_plan *p;

	if (query_parse(text, &s->scratch, err))
		return -EINVAL;
	p = pool_get(&s->plans);
	if (!p)
		return -ENOBUFS;
	boxes_of_query(&s->space, &s->scratch, &p->plan.boxes);
	p->plan.refs = 1;
	p->len = (uint32_t)text.len;
	memcpy(p->text, text.data, text.len);
	*out = &p->plan;
	return 0;
}

static void plan_put(void *ctx, struct forward_plan *plan)
{
	struct select *s = ctx;

	if (!--plan->refs)
		pool_put(&s->plans, plan);
}

/* By the attributes of this moment, whatever others believe where the machine lies. */
static bool matches(void *ctx, const struct forward_plan *plan, char name[FORWARD_NAME_MAX])
{
	const struct text_plan *p = (const struct text_plan *)plan;
	struct select *s = ctx;
	struct query_error err;
	struct attr a;

	if (query_parse(bytes_of(p->text, p->len), &s->scratch, &err) ||
	    query_eval(&s->scratch, &s->attributes) != TRI_TRUE)
		return false;
	if (attr_set_get(&s->attributes, bytes_str("machine"), &a) && a.type == ATTR_STRING &&
	    a.text.len < FORWARD_NAME_MAX)
		memcpy(name, a.text.data, a.text.len);
	return true;
}

static bool bootstrap(void *ctx, struct env_peer *out)
{
	struct select *s = ctx;

	return s->cfg.bootstrap(s->cfg.ctx, out);
}

static void configs_fill(struct select *s)
{
	s->gossip_cfg = (struct gossip_config){
		.trie = { .candidates = CANDIDATES,
			  .near_max = NEAR_MAX,
			  .entries_max = ENTRIES_MAX },
		.sample_max = SAMPLE_MAX,
		.tell_max = TELL_MAX,
		.cycle_ns = s->cfg.cycle_ns,
		.cycle_min_ns = s->cfg.cycle_min_ns,
		.wait_ns = s->cfg.wait_ns,
		.find_every = FIND_EVERY,
		.send = select_send_gossip,
		.bootstrap = bootstrap,
	};
	s->forward_cfg = (struct forward_config){
		.parallel = PARALLEL,
		.candidates = CANDIDATES,
		.tries = TRIES,
		.wait_ns = s->cfg.wait_ns,
		.send_query = select_send_query,
		.send_answer = select_send_answer,
		.matches = matches,
		.plan_put = plan_put,
		.visits = &s->visits,
		.pieces = &s->pieces,
	};
}

/* --- life ------------------------------------------------------------------------- */

struct select *select_init(struct arena *arena, struct env *env, const struct env_peer *self,
			   const struct select_config *cfg)
{
	struct select *s = arena_alloc(arena, sizeof(*s));
	struct contact me = { .peer = *self };
	struct space_point at;

	s->env = env;
	config_fill(&s->cfg, cfg);
	attr_set_init(&s->attributes);
	space_default(&s->space);
	pool_init(&s->visits, arena, forward_visit_size(), s->cfg.visits_max);
	pool_init(&s->pieces, arena, sizeof(struct found_piece), pieces_max(&s->cfg));
	pool_init(&s->plans, arena, sizeof(struct text_plan),
		  s->cfg.visits_max + SELECT_QUERIES_MAX);
	pool_init(&s->queries, arena, sizeof(struct client_query), SELECT_QUERIES_MAX);
	s->out = arena_alloc(arena, SELECT_MSG_MAX);
	s->found = arena_alloc(arena, WIRE_SELECT_FOUND_MAX * sizeof(*s->found));
	configs_fill(s);
	space_locate(&s->space, &s->attributes, &at);
	space_key(&s->space, &at, &self->id, &me.key);
	me.version = env_wall(env) / ENV_MS;
	gossip_init(&s->gossip, &s->gossip_cfg, env, s, &me, s->space.id,
		    arena_alloc(arena, (SAMPLE_MAX + ENTRIES_MAX) * sizeof(struct contact)));
	forward_init(&s->forward, &s->forward_cfg, env, s, &s->space, &s->gossip);
	return s;
}

struct attr_set *select_attributes(struct select *s)
{
	return &s->attributes;
}

void select_changed(struct select *s)
{
	struct space_point at;
	struct trie_key key;

	space_locate(&s->space, &s->attributes, &at);
	space_key(&s->space, &at, &s->gossip.self.peer.id, &key);
	gossip_rekey(&s->gossip, &key);
}

void select_run(struct select *s)
{
	select_changed(s);
	gossip_start(&s->gossip);
}

void select_alone(struct select *s)
{
	gossip_alone(&s->gossip);
}

const struct select_counters *select_counters(const struct select *s)
{
	return &s->count;
}

const struct gossip *select_gossip(const struct select *s)
{
	return &s->gossip;
}

const struct forward *select_forward(const struct select *s)
{
	return &s->forward;
}

bool select_takes(uint16_t type)
{
	return type == WIRE_SELECT_GOSSIP || type == WIRE_SELECT_QUERY ||
	       type == WIRE_SELECT_ANSWER;
}

/* --- queries of clients -------------------------------------------------------------- */

/* Was this machine shown already? When a region was asked for twice it may come twice. */
static bool shown(const struct found_list *l, const struct found_piece *end, uint32_t end_i)
{
	const struct xos_id *id = &end->v[end_i].peer.id;

	for (const struct found_piece *p = l->first;; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++) {
			if (p == end && i == end_i)
				return false;
			if (xos_id_eq(&p->v[i].peer.id, id))
				return true;
		}
	}
}

static void show_all(struct client_query *c, const struct found_list *l)
{
	struct select_op *op = c->op;

	for (const struct found_piece *p = l->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++) {
			if (c->limit && op->count == c->limit)
				return;
			if (shown(l, p, i)) {
				c->s->count.doubled++;
				continue;
			}
			op->count++;
			op->found(op, &p->v[i].peer, p->v[i].name);
		}
	}
}

static void query_done(void *ctx, struct forward_answer *a)
{
	struct client_query *c = ctx;
	struct select_op *op = c->op;
	struct select *s = c->s;

	show_all(c, &a->found);
	found_free(&a->found, &s->pieces);
	op->missing = a->missing;
	op->visited = a->visited;
	op->depth = a->depth;
	op->outcome = c->limit && op->count >= c->limit ? SELECT_LIMIT :
		      a->missing			? SELECT_PARTIAL :
							  SELECT_COMPLETE;
	op->status = op->count < c->min ? -ENOENT : 0;
	op->state = NULL;
	pool_put(&s->queries, c);
	op->done(op);
}

int select_start(struct select *s, struct select_op *op, struct bytes text, struct query_error *err)
{
	struct client_query *c;
	struct forward_plan *plan;
	int ret;

	xassert(op->found && op->done);
	op->count = 0;
	op->state = NULL;
	ret = select_plan_new(s, text, err, &plan);
	if (ret == -EINVAL)
		return ret;
	c = ret ? NULL : pool_get(&s->queries);
	if (!c) {
		if (!ret)
			plan_put(s, plan);
		s->count.refused++;
		return -ENOBUFS;
	}
	c->s = s;
	c->op = op;
	c->limit = s->scratch.limit;
	c->min = s->scratch.min;
	c->visit = forward_start(&s->forward, plan, c->limit, SELECT_BUDGET_NS, query_done, c);
	if (!c->visit) {
		pool_put(&s->queries, c);
		s->count.refused++;
		return -ENOBUFS;
	}
	s->count.queries++;
	op->state = c;
	return 0;
}

void select_cancel(struct select *s, struct select_op *op)
{
	struct client_query *c = op->state;

	if (!c)
		return;
	xassert(c->s == s);
	forward_cancel(&s->forward, c->visit);
	op->state = NULL;
	pool_put(&s->queries, c);
}
