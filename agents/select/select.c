// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/select.h>

#include <errno.h>

#include <base/assert.h>
#include <select/eval.h>
#include <wire/select.h>

/* A member that was asked. */
struct asked {
	struct env_peer peer;
	uint32_t tries;
	bool answered;
};

/* A query under way. */
struct query_state {
	struct cds_list_head node;
	struct select *s;
	struct select_op *op;
	uint64_t id;
	struct env_timer timer;
	struct query query;
	uint32_t text_len;
	uint8_t text[QUERY_TEXT_MAX];
	uint32_t n;
	uint32_t open;
	bool all;
	bool complete;
	bool ending;
	struct asked asked[SELECT_PEERS_MAX];
};

struct select {
	struct env *env;
	struct env_peer self;
	struct attr_set attributes;
	struct pool queries;
	struct cds_list_head list;
	struct query scratch;
	struct select_counters count;
};

size_t select_arena_size(void)
{
	return sizeof(struct select) + SELECT_QUERIES_MAX * (sizeof(struct query_state) + 16) + 64;
}

struct select *select_init(struct arena *arena, struct env *env, const struct env_peer *self)
{
	struct select *s = arena_alloc(arena, sizeof(*s));

	s->env = env;
	s->self = *self;
	attr_set_init(&s->attributes);
	pool_init(&s->queries, arena, sizeof(struct query_state), SELECT_QUERIES_MAX);
	CDS_INIT_LIST_HEAD(&s->list);
	return s;
}

struct attr_set *select_attributes(struct select *s)
{
	return &s->attributes;
}

const struct select_counters *select_counters(const struct select *s)
{
	return &s->count;
}

bool select_takes(uint16_t type)
{
	return type == WIRE_SELECT_QUERY || type == WIRE_SELECT_ANSWER;
}

static void query_free(struct query_state *q)
{
	env_timer_cancel(q->s->env, &q->timer);
	cds_list_del(&q->node);
	q->op->state = NULL;
	pool_put(&q->s->queries, q);
}

static void query_end(struct query_state *q)
{
	struct select_op *op = q->op;
	bool enough = q->query.limit && op->count >= q->query.limit;

	op->outcome = enough		      ? SELECT_LIMIT :
		      q->complete && !q->open ? SELECT_COMPLETE :
						SELECT_PARTIAL;
	op->status = op->count < q->query.min ? -ENOENT : 0;
	q->s->count.silent += q->open;
	query_free(q);
	op->done(op);
}

/* The end comes from the loop, so that no caller is surprised by it. */
static void query_end_soon(struct query_state *q)
{
	if (q->ending)
		return;
	q->ending = true;
	env_timer_set(q->s->env, &q->timer, 0);
}

static void send_question(struct query_state *q, struct asked *a)
{
	struct wire_select_query m = { .query_id = q->id, .text = bytes_of(q->text, q->text_len) };
	uint8_t room[QUERY_TEXT_MAX + 64];
	struct buf b = buf_of(room, sizeof(room));

	a->tries++;
	q->s->count.asked++;
	if (!wire_select_query_encode(&m, &b))
		env_send(q->s->env, &a->peer.addr,
			 b.len <= ENV_DGRAM_MSG_MAX ? ENV_DGRAM : ENV_STREAM, buf_bytes(&b));
}

static void query_timer(void *ctx)
{
	struct query_state *q = ctx;
	bool again = !q->all;

	for (uint32_t i = 0; i < q->n && !q->ending; i++) {
		struct asked *a = &q->asked[i];

		if (a->answered || a->tries >= SELECT_TRIES)
			continue;
		send_question(q, a);
		again = true;
	}
	if (q->ending || !again)
		query_end(q);
	else
		env_timer_set(q->s->env, &q->timer, SELECT_RETRY_NS);
}

static void take_verdict(struct query_state *q, const struct env_peer *peer, uint8_t verdict)
{
	struct select_op *op = q->op;

	if (q->ending)
		return;
	/* Who does not understand the question has not answered it. */
	if (verdict == WIRE_SELECT_VERDICT_MALFORMED)
		q->complete = false;
	if (verdict == WIRE_SELECT_VERDICT_YES) {
		op->count++;
		op->found(op, peer);
	}
	if ((q->query.limit && op->count >= q->query.limit) || (q->all && !q->open))
		query_end_soon(q);
}

static uint8_t own_verdict(struct select *s, const struct query *q)
{
	switch (query_eval(q, &s->attributes)) {
	case TRI_TRUE:
		return WIRE_SELECT_VERDICT_YES;
	case TRI_UNKNOWN:
		return WIRE_SELECT_VERDICT_UNKNOWN;
	default:
		return WIRE_SELECT_VERDICT_NO;
	}
}

int select_start(struct select *s, struct select_op *op, struct bytes text, struct query_error *err)
{
	struct query_state *q;

	xassert(op->found && op->done);
	op->count = 0;
	op->state = NULL;
	if (query_parse(text, &s->scratch, err))
		return -EINVAL;
	q = pool_get(&s->queries);
	if (!q) {
		s->count.refused++;
		return -ENOBUFS;
	}
	q->s = s;
	q->op = op;
	q->id = env_random(s->env);
	q->query = s->scratch;
	q->complete = true;
	q->text_len = (uint32_t)text.len;
	memcpy(q->text, text.data, text.len);
	q->timer = (struct env_timer){ .fire = query_timer, .ctx = q };
	cds_list_add_tail(&q->node, &s->list);
	op->state = q;
	env_timer_set(s->env, &q->timer, SELECT_RETRY_NS);
	return 0;
}

void select_ask(struct select *s, struct select_op *op, const struct env_peer *peer)
{
	struct query_state *q = op->state;
	struct asked *a;

	if (!q || q->ending)
		return;
	if (xos_id_eq(&peer->id, &s->self.id)) {
		take_verdict(q, &s->self, own_verdict(s, &q->query));
		return;
	}
	if (q->n == SELECT_PEERS_MAX) {
		q->complete = false;
		q->open++;
		return;
	}
	a = &q->asked[q->n++];
	*a = (struct asked){ .peer = *peer };
	q->open++;
	send_question(q, a);
}

void select_asked_all(struct select *s, struct select_op *op, bool complete)
{
	struct query_state *q = op->state;

	if (!q || q->ending)
		return;
	xassert(q->s == s);
	q->all = true;
	q->complete = q->complete && complete;
	if (!q->open)
		query_end_soon(q);
}

void select_cancel(struct select *s, struct select_op *op)
{
	struct query_state *q = op->state;

	if (!q)
		return;
	xassert(q->s == s);
	query_free(q);
}

static void answer(struct select *s, const struct env_peer *from, struct bytes msg)
{
	struct wire_select_answer a = { .verdict = WIRE_SELECT_VERDICT_MALFORMED };
	struct wire_select_query m;
	struct query_error err;
	uint8_t room[128];
	struct buf b = buf_of(room, sizeof(room));

	if (wire_select_query_decode(msg, &m)) {
		s->count.malformed++;
		return;
	}
	a.query_id = m.query_id;
	if (query_parse(m.text, &s->scratch, &err))
		s->count.malformed++;
	else
		a.verdict = own_verdict(s, &s->scratch);
	s->count.answered++;
	if (!wire_select_answer_encode(&a, &b))
		env_send(s->env, &from->addr, ENV_DGRAM, buf_bytes(&b));
}

static void take_answer(struct select *s, const struct env_peer *from, struct bytes msg)
{
	struct wire_select_answer m;
	struct query_state *q;

	if (wire_select_answer_decode(msg, &m)) {
		s->count.malformed++;
		return;
	}
	cds_list_for_each_entry(q, &s->list, node) {
		if (q->id != m.query_id)
			continue;
		for (uint32_t i = 0; i < q->n; i++) {
			struct asked *a = &q->asked[i];

			if (a->answered || !xos_id_eq(&a->peer.id, &from->id))
				continue;
			a->answered = true;
			q->open--;
			take_verdict(q, &a->peer, m.verdict);
			return;
		}
		return;
	}
}

void select_recv(struct select *s, const struct env_peer *from, struct bytes msg)
{
	struct wire_header h;

	if (wire_header_decode(msg, &h)) {
		s->count.malformed++;
		return;
	}
	if (h.type == WIRE_SELECT_QUERY)
		answer(s, from, msg);
	else if (h.type == WIRE_SELECT_ANSWER)
		take_answer(s, from, msg);
}
