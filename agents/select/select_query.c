// SPDX-License-Identifier: GPL-2.0-or-later
/* Queries of clients, at the node where they begin. */
#include <select/select_priv.h>

#include <errno.h>

#include <base/assert.h>
#include <base/be.h>

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

/* Any so many of them. */
static uint32_t choose_any(struct client_query *c, const struct found_list *l)
{
	uint32_t n = 0;

	for (struct found_piece *p = l->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n && !(c->limit && n == c->limit); i++) {
			if (shown(l, p, i))
				c->s->count.doubled++;
			else
				c->s->ranked[n++] = &p->v[i];
		}
	}
	return n;
}

static void cursor_of(const struct client_query *c, const struct found *last)
{
	static const char digits[] = "0123456789abcdef";
	uint8_t raw[QUERY_CURSOR_MAX];
	const struct found_extra *e = last->extra;
	uint32_t n = 4;

	be32_store(raw, c->order_hash);
	if (e) {
		memcpy(raw + n, e->key, e->key_len);
		n += e->key_len;
	}
	memcpy(raw + n, last->peer.id.b, XOS_ID_LEN);
	n += XOS_ID_LEN;
	for (uint32_t i = 0; i < n; i++) {
		c->op->cursor[2 * i] = digits[raw[i] >> 4];
		c->op->cursor[2 * i + 1] = digits[raw[i] & 15];
	}
	c->op->cursor[2 * n] = 0;
}

/* The machines to show, in order. */
static uint32_t choose(struct client_query *c, struct found_list *l)
{
	uint32_t n;

	if (c->rank.on) {
		n = rank_choose(&c->rank, l, c->s->ranked, select_ranked_max(c->s));
		c->op->matched = l->count;
	} else {
		n = choose_any(c, l);
		c->op->matched = n;
	}
	return n;
}

static void show(struct client_query *c, uint32_t n)
{
	struct select_op *op = c->op;
	struct found **v = c->s->ranked;

	for (; op->count < n; op->count++)
		op->found(op, v[op->count]);
	if (c->ordered && n == c->rank.limit && op->count < op->matched)
		cursor_of(c, v[n - 1]);
}

static void explain(struct client_query *c, const struct found_tally *t)
{
	struct select_op *op = c->op;

	op->conditions_n = c->conditions_n;
	memcpy(op->conditions, c->conditions, sizeof(c->conditions));
	if (!t)
		return;
	op->visited = t->machines;
	op->refused = t->refused;
	for (uint32_t i = 0; i < t->n && i < op->conditions_n; i++) {
		op->conditions[i].removed = t->v[i].removed;
		op->conditions[i].untrue = t->v[i].untrue;
		op->conditions[i].unknown = t->v[i].unknown;
	}
}

/* The best are only known when everybody was asked; any so many are enough as they are. */
static enum select_outcome outcome_of(const struct client_query *c)
{
	const struct select_op *op = c->op;

	if (!c->rank.on && c->limit && op->count >= c->limit)
		return SELECT_LIMIT;
	if (op->missing)
		return SELECT_PARTIAL;
	return op->count == c->rank.limit && op->count < op->matched ? SELECT_LIMIT :
								       SELECT_COMPLETE;
}

void select_query_end(struct client_query *c)
{
	struct select_op *op = c->op;

	op->outcome = outcome_of(c);
	op->status = op->count < c->min ? -ENOENT : 0;
	op->state = NULL;
	pool_put(&c->s->queries, c);
	op->done(op);
}

static void query_done(void *ctx, struct forward_answer *a)
{
	struct client_query *c = ctx;
	struct select_op *op = c->op;
	uint32_t n;

	c->visit = NULL;
	op->missing = a->missing;
	op->visited = a->visited;
	op->depth = a->depth;
	if (op->mode != QUERY_FIND) {
		op->count = a->found.count;
		op->matched = op->count;
		if (op->mode == QUERY_EXPLAIN)
			explain(c, a->found.tally);
	} else {
		n = choose(c, &a->found);
		if (c->claiming) {
			select_claim_chosen(c, n);
			found_free(&a->found, &c->s->pieces);
			return;
		}
		show(c, n);
	}
	found_free(&a->found, &c->s->pieces);
	select_query_end(c);
}

int select_look_for(struct client_query *c, struct forward_plan *plan, uint64_t budget_ns)
{
	c->visit = forward_start(&c->s->forward, plan, c->rank.on ? 0 : c->limit, budget_ns,
				 query_done, c);
	return c->visit ? 0 : -ENOBUFS;
}

/* What is kept of the query for its end; it lies in the scratch. */
static void remember(struct client_query *c, const struct query *q, struct select_op *op)
{
	c->limit = q->limit;
	c->ordered = q->orders_n;
	c->min = q->min;
	c->order_hash = q->order_hash;
	rank_of_query(q, &c->rank);
	op->mode = q->mode;
	op->show_n = q->show_n;
	for (uint32_t i = 0; i < q->show_n; i++) {
		struct bytes name = query_word(q, &q->show[i]);

		memcpy(op->show[i], name.data, name.len);
		op->show[i][name.len] = 0;
	}
	for (uint16_t n = query_conditions(q); n && c->conditions_n < TALLY_MAX;
	     n = q->node[n].next)
		c->conditions[c->conditions_n++] =
			(struct select_condition){ .from = q->node[n].from, .to = q->node[n].to };
}

int select_start(struct select *s, struct select_op *op, struct bytes text, struct query_error *err)
{
	struct client_query *c;
	struct forward_plan *plan;
	uint64_t budget_ns;
	int ret;

	xassert(op->found && op->done);
	op->count = 0;
	op->state = NULL;
	op->refused = 0;
	op->conditions_n = 0;
	op->cursor[0] = 0;
	ret = select_plan_new(s, text, err, &plan);
	if (ret == -EINVAL)
		return ret;
	c = ret ? NULL : pool_get(&s->queries);
	if (!c) {
		if (!ret)
			select_plan_put(s, plan);
		s->count.refused++;
		return -ENOBUFS;
	}
	c->s = s;
	c->op = op;
	remember(c, &s->scratch, op);
	budget_ns = s->scratch.deadline_ms ? s->scratch.deadline_ms * ENV_MS : SELECT_BUDGET_NS;
	ret = s->scratch.claim_ms ? select_claim_start(c, plan, budget_ns) :
				    select_look_for(c, plan, budget_ns);
	if (ret) {
		pool_put(&s->queries, c);
		s->count.refused++;
		return ret;
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
	if (c->visit)
		forward_cancel(&s->forward, c->visit);
	if (c->claiming)
		select_claim_cancel(c->claiming);
	op->state = NULL;
	pool_put(&s->queries, c);
}
