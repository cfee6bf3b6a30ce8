// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/select_priv.h>

#include <errno.h>

#include <base/assert.h>
#include <select/boxes.h>

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

/* Machines of ordered answers under way. */
static uint32_t extras_max(const struct select_config *cfg)
{
	return cfg->found_max / 4;
}

static uint32_t pieces_max(const struct select_config *cfg)
{
	return cfg->found_max / FOUND_PIECE + cfg->visits_max;
}

static size_t ranked_max(const struct select_config *cfg)
{
	return (size_t)pieces_max(cfg) * FOUND_PIECE;
}

uint32_t select_ranked_max(const struct select *s)
{
	return (uint32_t)ranked_max(&s->cfg);
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
	       extras_max(&cfg) * (sizeof(struct found_extra) + 16) +
	       cfg.visits_max * (sizeof(struct found_tally) + 16) +
	       ranked_max(&cfg) * sizeof(struct found *) +
	       SELECT_CLAIMS_MAX * (sizeof(struct claiming) + 16) +
	       SELECT_QUERIES_MAX * (sizeof(struct client_query) + 16) + 768;
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
	if (s->scratch.mode == QUERY_EXPLAIN) {
		/* Those that do not match are asked why. */
		p->plan.boxes.n = 1;
		space_box_full(&p->plan.boxes.v[0]);
	} else {
		boxes_of_query(&s->space, &s->scratch, &p->plan.boxes);
	}
	rank_of_query(&s->scratch, &p->rank);
	p->plan.refs = 1;
	p->len = (uint32_t)text.len;
	memcpy(p->text, text.data, text.len);
	*out = &p->plan;
	return 0;
}

void select_plan_put(void *ctx, struct forward_plan *plan)
{
	struct select *s = ctx;

	if (!--plan->refs)
		pool_put(&s->plans, plan);
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
		.look = select_look,
		.trim = select_trim,
		.plan_put = select_plan_put,
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
	struct query_error err;
	struct space_point at;

	s->env = env;
	config_fill(&s->cfg, cfg);
	attr_set_init(&s->attributes);
	xassert(!query_parse_expr(bytes_of("", 0), &s->accept, &err));
	space_default(&s->space);
	pool_init(&s->visits, arena, forward_visit_size(), s->cfg.visits_max);
	pool_init(&s->pieces, arena, sizeof(struct found_piece), pieces_max(&s->cfg));
	pool_init(&s->plans, arena, sizeof(struct text_plan),
		  s->cfg.visits_max + SELECT_QUERIES_MAX);
	pool_init(&s->queries, arena, sizeof(struct client_query), SELECT_QUERIES_MAX);
	pool_init(&s->extras, arena, sizeof(struct found_extra), extras_max(&s->cfg));
	pool_init(&s->tallies, arena, sizeof(struct found_tally), s->cfg.visits_max);
	pool_init(&s->claims, arena, sizeof(struct claiming), SELECT_CLAIMS_MAX);
	CDS_INIT_LIST_HEAD(&s->claiming);
	s->ranked = arena_alloc(arena, ranked_max(&s->cfg) * sizeof(struct found *));
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

	s->read_ns = env_now(s->env);
	space_locate(&s->space, &s->attributes, &at);
	space_key(&s->space, &at, &s->gossip.self.peer.id, &key);
	gossip_rekey(&s->gossip, &key);
}

int select_accept(struct select *s, struct bytes text, struct query_error *err)
{
	int ret = query_parse_expr(text, &s->scratch, err);

	if (!ret)
		s->accept = s->scratch;
	return ret;
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
	       type == WIRE_SELECT_ANSWER || type == WIRE_SELECT_CLAIM ||
	       type == WIRE_SELECT_CLAIM_ANSWER;
}
