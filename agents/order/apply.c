// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What becomes of committed entries, and of the operations that wait for them.
 */
#include <order/order_priv.h>

/* --- operations ------------------------------------------------------------------ */

bool op_begin(struct order_group *g, struct order_op *op, enum oop_state state)
{
	struct order *o = g->o;

	xassert(op->done && op->state == OOP_IDLE);
	if (o->ops == o->cfg.ops_max) {
		o->stats.refused++;
		return false;
	}
	o->ops++;
	op->group = g;
	op->state = (uint8_t)state;
	op->index = 0;
	op->session = 0;
	op->seq = 0;
	cds_list_add_tail(&op->node, &g->ops);
	return true;
}

void op_finish(struct order_op *op, enum order_status status, uint64_t index)
{
	struct order_group *g = op->group;

	cds_list_del(&op->node);
	op->state = OOP_DONE;
	op->status = (uint8_t)status;
	op->index = index;
	cds_list_add_tail(&op->node, &g->o->done);
	order_touch(g);
}

static void tell(struct order_op *op, enum order_status status, struct bytes reply)
{
	struct order *o = op->group->o;

	cds_list_del(&op->node);
	o->ops--;
	op->state = OOP_IDLE;
	op->done(op, status, op->index, reply);
}

/* The end of a request that its session has seen, with what is remembered of it. */
static void tell_reply(struct order_op *op)
{
	const struct osession *s = session_find(op->group, op->session);

	if (!s)
		tell(op, ORDER_NO_SESSION, bytes_of(NULL, 0));
	else if (s->seq != op->seq)
		tell(op, ORDER_STALE, bytes_of(NULL, 0));
	else if (s->state == OSESSION_FORGOTTEN)
		tell(op, ORDER_FORGOTTEN, bytes_of(NULL, 0));
	else
		tell(op, ORDER_OK, bytes_of(s->reply, s->reply_len));
}

void ops_tell(struct order *o)
{
	while (!cds_list_empty(&o->done)) {
		struct order_op *op = cds_list_first_entry(&o->done, struct order_op, node);

		if (op->status == ORDER_OK && op->session)
			tell_reply(op);
		else
			tell(op, (enum order_status)op->status, bytes_of(NULL, 0));
	}
}

void ops_abort(struct order_group *g, bool all, enum order_status status)
{
	struct order_op *op, *next;

	cds_list_for_each_entry_safe(op, next, &g->ops, node) {
		bool entry = op->state == OOP_APPLY || op->state == OOP_CHANGE;

		if (all || (entry && op->index > g->commit) || op->state == OOP_CHANGE)
			op_finish(op, status, 0);
	}
}

void order_cancel(struct order_op *op)
{
	if (op->state == OOP_IDLE)
		return;
	cds_list_del(&op->node);
	op->group->o->ops--;
	op->state = OOP_IDLE;
}

static struct order_op *op_at(struct order_group *g, uint64_t index)
{
	struct order_op *op;

	cds_list_for_each_entry(op, &g->ops, node) {
		if (op->state == OOP_APPLY && op->index == index)
			return op;
	}
	return NULL;
}

/* --- proposals ------------------------------------------------------------------- */

static enum order_status may_propose(struct order_group *g, size_t bytes)
{
	struct order *o = g->o;

	if (!g->open)
		return ORDER_CLOSED;
	if (g->role != ORDER_LEADER)
		return ORDER_NOT_LEADER;
	if (bytes > ORDER_DATA_MAX)
		return ORDER_TOO_LARGE;
	if (!olog_room(&g->log, bytes, ORDER_RESERVE_ENTRIES,
		       ORDER_RESERVE_BYTES + 2 * ORDER_DATA_MAX)) {
		o->stats.log_full++;
		snap_want(g);
		return ORDER_BUSY;
	}
	if (g->transfer || (g->uncommitted && g->uncommitted + bytes > o->cfg.uncommitted_bytes)) {
		o->stats.refused++;
		return ORDER_BUSY;
	}
	return ORDER_OK;
}

void order_append_own(struct order_group *g, uint8_t kind, uint64_t session, uint64_t seq,
		      struct bytes data)
{
	uint64_t before = g->snap.time, now = env_wall(g->o->env);
	struct oentry e = { .term = g->term, .session = session, .seq = seq, .kind = kind };

	if (g->log.last >= g->log.first)
		before = olog_at(&g->log, g->log.last)->time;
	e.time = now > before ? now : before + 1;
	olog_push(&g->log, &e, data);
	g->uncommitted += data.len;
	order_touch(g);
}

static enum order_status propose(struct order_group *g, uint8_t kind, const struct order_request *r,
				 struct order_op *op)
{
	enum order_status status = may_propose(g, r->data.len);

	if (status != ORDER_OK)
		return status;
	if (!op_begin(g, op, OOP_APPLY))
		return ORDER_BUSY;
	order_append_own(g, kind, r->session, r->seq, r->data);
	g->o->stats.proposed++;
	op->index = g->log.last;
	op->session = r->session;
	op->seq = r->seq;
	return ORDER_OK;
}

enum order_status order_session_open(struct order_group *g, struct order_op *op)
{
	return propose(g, WIRE_ORDER_KIND_SESSION, &(struct order_request){ 0 }, op);
}

enum order_status order_propose(struct order_group *g, const struct order_request *r,
				struct order_op *op)
{
	const struct osession *s = r->session ? session_find(g, r->session) : NULL;

	if (!g->open)
		return ORDER_CLOSED;
	if (r->session && !r->seq)
		return ORDER_BAD;
	if (!s || g->restoring || s->state == OSESSION_NEW)
		return propose(g, WIRE_ORDER_KIND_DATA, r, op);
	if (r->session & ORDER_KEY && r->seq != s->seq)
		return ORDER_STALE;
	if (r->seq > s->seq)
		return propose(g, WIRE_ORDER_KIND_DATA, r, op);
	if (r->seq < s->seq)
		return ORDER_STALE;
	/* It was applied: there is, or will be, a reply. */
	if (!op_begin(g, op, OOP_REPLY))
		return ORDER_BUSY;
	g->o->stats.duplicates++;
	op->session = r->session;
	op->seq = r->seq;
	if (s->state != OSESSION_WORKING)
		op_finish(op, ORDER_OK, 0);
	return ORDER_OK;
}

/* --- applying -------------------------------------------------------------------- */

static struct order_op *op_of_request(struct order_group *g, uint64_t session, uint64_t seq)
{
	struct order_op *op;

	cds_list_for_each_entry(op, &g->ops, node) {
		if ((op->state == OOP_APPLY || op->state == OOP_REPLY) && op->session == session &&
		    op->seq == seq)
			return op;
	}
	return NULL;
}

void order_reply(struct order_group *g, uint64_t session, uint64_t seq, struct bytes reply)
{
	struct osession *s = session ? session_find(g, session) : NULL;
	struct order_op *op;

	if (!s || s->seq != seq || s->state != OSESSION_WORKING)
		return;
	s->state = OSESSION_REPLIED;
	s->reply_len = (uint32_t)reply.len;
	if (reply.len > g->o->cfg.reply_max) {
		s->state = OSESSION_FORGOTTEN;
		s->reply_len = 0;
	} else if (reply.len) {
		memcpy(s->reply, reply.data, reply.len);
	}
	/* Whoever is told may begin and cancel others. */
	while ((op = op_of_request(g, session, seq)))
		tell(op, ORDER_OK, reply);
}

/* What becomes of a request with a session; ORDER_BUSY: the service is. */
static enum order_status apply_request(struct order_group *g, const struct order_entry *e)
{
	struct osession *s = session_find(g, e->session), was;
	bool key = e->session & ORDER_KEY;

	if (!s && key)
		s = session_open_key(g, e->session, e->index);
	if (!s)
		return ORDER_NO_SESSION;
	s->used = e->index;
	if (e->seq == s->seq && !MUTANT(order_no_dedupe)) {
		g->o->stats.duplicates++;
		return ORDER_OK;
	}
	if (key ? s->state != OSESSION_NEW : e->seq < s->seq)
		return ORDER_STALE;
	if (!key && e->seq > s->seq + 1)
		return ORDER_GAP;
	was = *s;
	s->seq = e->seq;
	s->state = OSESSION_WORKING;
	if (g->service->apply(g->ctx, e))
		return ORDER_OK;
	*s = was;
	return ORDER_BUSY;
}

static enum order_status apply_data(struct order_group *g, const struct oentry *e, uint64_t index)
{
	struct order_entry shown = {
		.index = index,
		.term = e->term,
		.time_ns = e->time,
		.session = e->session,
		.seq = e->seq,
		.data = olog_data(&g->log, e),
	};

	if (e->session)
		return apply_request(g, &shown);
	return g->service->apply(g->ctx, &shown) ? ORDER_OK : ORDER_BUSY;
}

static void apply_members(struct order_group *g, const struct oentry *e, uint64_t index)
{
	struct order_members m;
	struct order_op *op, *next;

	xassert(!members_decode(olog_data(&g->log, e), &m));
	members_committed(g, &m, index);
	cds_list_for_each_entry_safe(op, next, &g->ops, node) {
		if (op->state == OOP_CHANGE && op->index <= index && !members_joint(&m))
			op_finish(op, ORDER_OK, index);
	}
}

/* The operation that brought the entry, when it was ordered here. */
static void applied_op(struct order_group *g, const struct oentry *e, uint64_t index,
		       enum order_status status)
{
	struct order_op *op = op_at(g, index);
	const struct osession *s;

	if (!op)
		return;
	s = e->kind == WIRE_ORDER_KIND_DATA && e->session ? session_find(g, e->session) : NULL;
	if (status == ORDER_OK && s && s->state == OSESSION_WORKING)
		op->state = OOP_REPLY;
	else
		op_finish(op, status, index);
}

static bool apply_one(struct order_group *g)
{
	uint64_t index = g->applied + 1;
	const struct oentry *e = olog_at(&g->log, index);
	enum order_status status = ORDER_OK;

	if (e->kind == WIRE_ORDER_KIND_DATA)
		status = apply_data(g, e, index);
	else if (e->kind == WIRE_ORDER_KIND_SESSION)
		session_open(g, index);
	else if (e->kind == WIRE_ORDER_KIND_MEMBERS)
		apply_members(g, e, index);
	if (status == ORDER_BUSY)
		return false;
	g->applied = index;
	g->applied_term = e->term;
	g->applied_time = e->time;
	g->o->stats.applied++;
	applied_op(g, e, index, status);
	return true;
}

void apply_run(struct order_group *g)
{
	uint32_t n = 0;

	if (g->paused || !g->open)
		return;
	if (g->restoring && !snap_restore_run(g))
		return;
	xassert(g->commit <= g->log.last);
	while (g->applied < g->commit && n++ < ORDER_APPLY_TURN) {
		if (!apply_one(g)) {
			g->paused = true;
			return;
		}
	}
	if (g->applied < g->commit)
		order_touch(g);
	if (g->applied > g->wanted_at + g->o->cfg.log_entries / 8)
		snap_want(g);
}

void order_resume(struct order_group *g)
{
	g->paused = false;
	order_touch(g);
}
