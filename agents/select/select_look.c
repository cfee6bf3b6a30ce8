// SPDX-License-Identifier: GPL-2.0-or-later
/* A node looks at itself: does it match, does it accept, and what does it tell of itself? */
#include <select/select_priv.h>

#include <base/assert.h>
#include <base/mutant.h>
#include <base/siphash.h>
#include <select/eval.h>
#include <select/scalar.h>

static const uint64_t group_key[2] = { 0x78732d73656c6563ULL, 0x742d67726f757000ULL };

/* A query may want what was read of the machine no longer ago than it says. */
static void refresh(struct select *s, const struct query *q)
{
	uint64_t now = env_now(s->env);

	if (!q->fresh_ms || !s->cfg.refresh || now - s->read_ns <= q->fresh_ms * ENV_MS ||
	    MUTANT(select_stays_stale))
		return;
	s->read_ns = now;
	s->count.refreshed++;
	s->cfg.refresh(s->cfg.ctx);
}

/* Does this machine serve the job of a query? One that says nothing of a job only looks. */
static bool accepts(struct select *s, const struct query *q)
{
	if (!q->with_n || MUTANT(select_serves_all))
		return true;
	attr_set_init(&s->job);
	for (uint32_t i = 0; i < q->with_n; i++) {
		const struct query_node *v = &q->node[q->with[i].value];
		struct attr a = { .name = query_word(q, &q->with[i].name),
				  .type = ATTR_STRING,
				  .text = query_text(q, v) };

		if (v->numeric && !v->num.fraction) {
			a.type = ATTR_INT;
			a.num = v->num.value;
			a.unit = v->num.unit;
		}
		/* There are fewer of them than a set has room for. */
		xassert(!attr_set_put(&s->job, &a));
	}
	if (query_eval(&s->accept, &s->job) == TRI_TRUE)
		return true;
	s->count.unwanted++;
	return false;
}

/* The hash of what an attribute is; false when the machine has none. */
static bool group_of(const struct query *q, const struct attr_set *set, const struct query_word *w,
		     uint64_t *out)
{
	char text[ATTR_STR_MAX + 1];
	struct attr a;

	if (!w->len)
		return true;
	if (!attr_set_get(set, query_word(q, w), &a))
		return false;
	*out = siphash(group_key, text, attr_format(&a, text, sizeof(text)));
	return true;
}

static void show(const struct query *q, const struct attr_set *set, struct found_extra *e)
{
	struct attr a;

	for (uint32_t i = 0; i < q->show_n; i++) {
		size_t room = sizeof(e->show) - e->show_len - (q->show_n - 1 - i);

		if (attr_set_get(set, query_word(q, &q->show[i]), &a))
			e->show_len += attr_format(&a, e->show + e->show_len, room);
		e->show[e->show_len++] = 0;
	}
}

/* Is this machine behind the one where the last answer ended? */
static bool behind(const struct query *q, const struct found *self)
{
	struct found last = { .name = "" };
	struct found_extra e = { .key_len = 0 };

	if (!q->cursor_len)
		return true;
	e.key_len = (uint8_t)(q->cursor_len - 4 - XOS_ID_LEN);
	memcpy(e.key, q->cursor + 4, e.key_len);
	memcpy(last.peer.id.b, q->cursor + 4 + e.key_len, XOS_ID_LEN);
	last.extra = &e;
	return rank_cmp(self, &last) > 0;
}

/* The same whenever the machine looks at itself for this query. */
static uint64_t chance_of(const struct forward_plan *plan, const struct xos_id *self)
{
	const uint64_t key[2] = { plan->query, 0 };

	return siphash(key, self->b, sizeof(self->b));
}

/* A machine that matches, and what the query wants to know of it. */
static bool add(struct select *s, const struct forward_plan *plan, const struct query *q,
		struct found_list *out)
{
	struct found self = { .peer = s->gossip.self.peer };
	struct found_extra e = { .home = &s->extras };
	struct rank rank;
	struct attr a;

	rank_of_query(q, &rank);
	/* Who does not know where it lies cannot be shown to lie well. */
	if (!group_of(q, &s->attributes, &q->spread, &e.spread) ||
	    !group_of(q, &s->attributes, &q->same, &e.same))
		return true;
	if (rank.on)
		e.key_len =
			(uint8_t)rank_key(q, &s->attributes, chance_of(plan, &self.peer.id), e.key);
	self.extra = &e;
	if (!behind(q, &self))
		return true;
	show(q, &s->attributes, &e);
	if (attr_set_get(&s->attributes, bytes_str("machine"), &a) && a.type == ATTR_STRING &&
	    a.text.len < FORWARD_NAME_MAX)
		memcpy(self.name, a.text.data, a.text.len);
	self.extra = rank.on || q->show_n ? pool_get(&s->extras) : NULL;
	if (self.extra)
		*self.extra = e;
	if ((self.extra || !(rank.on || q->show_n)) && found_add(out, &s->pieces, &self))
		return true;
	found_extra_put(self.extra);
	s->count.crowded++;
	return false;
}

/* Which conditions are not true here? */
static bool explain(struct select *s, const struct query *q, struct found_list *out)
{
	struct found_tally *t = pool_get(&s->tallies);
	bool removed = false;

	refresh(s, q);
	if (!t) {
		s->count.crowded++;
		return false;
	}
	t->home = &s->tallies;
	t->machines = 1;
	for (uint16_t c = query_conditions(q); c; c = q->node[c].next) {
		enum tri truth = query_eval_node(q, c, &s->attributes);
		uint32_t i = t->n < TALLY_MAX ? t->n++ : TALLY_MAX - 1;

		t->v[i].removed += truth != TRI_TRUE && !removed;
		t->v[i].untrue += truth != TRI_TRUE;
		t->v[i].unknown += truth == TRI_UNKNOWN;
		removed |= truth != TRI_TRUE;
	}
	t->refused = !removed && !accepts(s, q);
	out->count += !removed && !t->refused;
	out->tally = t;
	return true;
}

bool select_matches(struct select *s, const struct query *q)
{
	refresh(s, q);
	return query_eval(q, &s->attributes) == TRI_TRUE && accepts(s, q);
}

/* By the attributes of this moment, whatever others believe where the machine lies. */
bool select_look(void *ctx, const struct forward_plan *plan, struct found_list *out)
{
	const struct text_plan *p = (const struct text_plan *)plan;
	struct select *s = ctx;
	struct query *q = &s->scratch;
	struct query_error err;

	xassert(!query_parse(bytes_of(p->text, p->len), q, &err));
	if (q->mode == QUERY_EXPLAIN)
		return explain(s, q, out);
	if (!select_matches(s, q) || (q->claim_ms && !select_claim_free(s, q)))
		return true;
	if (q->mode == QUERY_FIND)
		return add(s, plan, q, out);
	out->count++;
	return true;
}

void select_trim(void *ctx, const struct forward_plan *plan, struct found_list *l)
{
	const struct text_plan *p = (const struct text_plan *)plan;
	struct select *s = ctx;

	if (p->rank.on)
		rank_trim(&p->rank, l, s->ranked, select_ranked_max(s), &s->pieces);
}
