// SPDX-License-Identifier: GPL-2.0-or-later
/* Between the messages of the cores and those of the wire. */
#include <select/select_priv.h>

#include <errno.h>

#include <base/assert.h>
#include <base/be.h>

static void key_put(uint8_t out[WIRE_SELECT_KEY_LEN], const struct trie_key *key)
{
	be64_store(out, key->w[0]);
	be64_store(out + 8, key->w[1]);
}

static void key_get(struct trie_key *key, struct bytes in)
{
	xassert(in.len == WIRE_SELECT_KEY_LEN);
	key->w[0] = be64_load(in.data);
	key->w[1] = be64_load(in.data + 8);
}

static void send(struct select *s, const struct wire_msg *msg, const void *m,
		 const struct env_peer *to)
{
	struct buf b = buf_of(s->out, SELECT_MSG_MAX);

	if (!wire_encode(msg, m, &b))
		env_send_peer(s->env, to, b.len <= ENV_DGRAM_MSG_MAX ? ENV_DGRAM : ENV_STREAM,
			      buf_bytes(&b));
}

void select_send_gossip(void *ctx, const struct env_peer *to, const struct gossip_msg *msg)
{
	static const uint8_t kinds[GOSSIP_KINDS] = {
		[GOSSIP_SWAP] = WIRE_SELECT_GOSSIP_KIND_SWAP,
		[GOSSIP_SWAP_ANSWER] = WIRE_SELECT_GOSSIP_KIND_SWAP_ANSWER,
		[GOSSIP_TELL] = WIRE_SELECT_GOSSIP_KIND_TELL,
		[GOSSIP_TELL_ANSWER] = WIRE_SELECT_GOSSIP_KIND_TELL_ANSWER,
		[GOSSIP_HERE] = WIRE_SELECT_GOSSIP_KIND_HERE,
		[GOSSIP_FIND] = WIRE_SELECT_GOSSIP_KIND_FIND,
		[GOSSIP_FIND_ANSWER] = WIRE_SELECT_GOSSIP_KIND_FIND_ANSWER,
	};
	uint8_t target[WIRE_SELECT_KEY_LEN], keys[GOSSIP_MSG_MAX][WIRE_SELECT_KEY_LEN];
	struct wire_select_contact v[GOSSIP_MSG_MAX];
	struct wire_select_gossip m = {
		.kind = kinds[msg->kind],
		.space = msg->space,
		.find_id = msg->id,
		.has_find_id = msg->id != 0,
		.target = bytes_of(target, sizeof(target)),
		.has_target = msg->kind == GOSSIP_FIND,
		.last = msg->last,
		.depth = msg->depth,
		.has_depth = msg->depth != 0,
		.contacts = { .v = v, .n = msg->n },
	};

	key_put(target, &msg->target);
	for (uint32_t i = 0; i < msg->n; i++) {
		const struct contact *c = &msg->v[i];

		key_put(keys[i], &c->key);
		v[i] = (struct wire_select_contact){
			.id = c->peer.id,
			.addr = c->peer.addr,
			.key = bytes_of(keys[i], WIRE_SELECT_KEY_LEN),
			.version = c->version,
			.age = c->age,
		};
	}
	send(ctx, &wire_select_gossip_msg, &m, to);
}

static void gossip_arrived(struct select *s, const struct env_peer *from, struct bytes in)
{
	struct gossip_msg *msg = &s->msg;
	struct wire_select_contact c;
	struct wire_select_gossip m;
	size_t pos = 0;

	if (wire_select_gossip_decode(in, &m) || m.kind > WIRE_SELECT_GOSSIP_KIND_FIND_ANSWER ||
	    (m.kind == WIRE_SELECT_GOSSIP_KIND_FIND && !m.has_target)) {
		s->count.malformed++;
		return;
	}
	msg->kind = (enum gossip_kind)m.kind;
	msg->last = m.last;
	msg->depth = m.depth;
	msg->space = m.space;
	msg->id = m.find_id;
	if (m.has_target)
		key_get(&msg->target, m.target);
	for (msg->n = 0;
	     msg->n < GOSSIP_MSG_MAX && wire_select_contact_list_next(&m.contacts, &pos, &c);) {
		struct contact *to = &msg->v[msg->n++];

		*to = (struct contact){ .peer = { .id = c.id, .addr = c.addr },
					.version = c.version,
					.age = c.age };
		key_get(&to->key, c.key);
	}
	gossip_recv(&s->gossip, from, msg);
}

void select_send_query(void *ctx, const struct env_peer *to, const struct forward_query *q)
{
	const struct text_plan *p = (const struct text_plan *)q->plan;
	uint8_t region[WIRE_SELECT_KEY_LEN];
	struct wire_select_query m = {
		.query_id = q->query,
		.ask_id = q->ask,
		.space = q->space,
		.region = bytes_of(region, sizeof(region)),
		.bits = q->bits,
		.hops = q->hops,
		.want = q->want,
		.budget_ms = q->budget_ms,
		.text = bytes_of(p->text, p->len),
	};

	key_put(region, &q->region);
	send(ctx, &wire_select_query_msg, &m, to);
}

static void query_arrived(struct select *s, const struct env_peer *from, struct bytes in)
{
	struct forward_query q = { .plan = NULL };
	struct wire_select_query m;
	struct query_error err;

	if (wire_select_query_decode(in, &m) ||
	    select_plan_new(s, m.text, &err, &q.plan) == -EINVAL) {
		s->count.malformed++;
		return;
	}
	if (!q.plan)
		return;
	q.query = m.query_id;
	q.ask = m.ask_id;
	q.space = m.space;
	key_get(&q.region, m.region);
	q.bits = m.bits;
	q.hops = m.hops;
	q.want = m.want;
	q.budget_ms = m.budget_ms;
	forward_query(&s->forward, from, &q);
}

/* Bytes of a machine in a message, from above. */
static size_t found_size(const struct found *f)
{
	return 128 + (f->extra ? 40u + f->extra->key_len + f->extra->show_len : 0);
}

static void put_found(struct wire_select_found *out, const struct found *f)
{
	const struct found_extra *e = f->extra;

	*out = (struct wire_select_found){ .id = f->peer.id,
					   .addr = f->peer.addr,
					   .machine = bytes_str(f->name),
					   .has_machine = true };
	if (!e)
		return;
	out->key = bytes_of(e->key, e->key_len);
	out->has_key = true;
	out->same = e->same;
	out->has_same = e->same != 0;
	out->spread = e->spread;
	out->has_spread = e->spread != 0;
	out->show = bytes_of(e->show, e->show_len);
	out->has_show = e->show_len != 0;
}

static void put_tally(struct wire_select_tally *out, struct wire_select_condition v[TALLY_MAX],
		      const struct found_tally *t)
{
	*out = (struct wire_select_tally){ .machines = t->machines,
					   .conditions = { .v = v, .n = t->n },
					   .refused = t->refused,
					   .has_refused = t->refused != 0 };
	for (uint32_t i = 0; i < t->n; i++)
		v[i] = (struct wire_select_condition){ .removed = t->v[i].removed,
						       .untrue = t->v[i].untrue,
						       .unknown = t->v[i].unknown };
}

void select_send_answer(void *ctx, const struct env_peer *to, const struct forward_answer *a)
{
	struct wire_select_condition conditions[TALLY_MAX];
	struct select *s = ctx;
	/* What is around the machines. */
	size_t size = 512 + sizeof(conditions) * 4;
	struct wire_select_answer m = {
		.ask_id = a->ask,
		.status = (uint8_t)a->status,
		.missing = a->missing,
		.has_missing = a->missing != 0,
		.visited = a->visited,
		.has_visited = true,
		.depth = a->depth,
		.has_depth = true,
		.count = a->found.count,
		.has_count = a->found.count != a->found.n,
		.has_tally = a->found.tally != NULL,
		.found = { .v = s->found },
	};

	if (a->found.tally)
		put_tally(&m.tally, conditions, a->found.tally);
	for (const struct found_piece *p = a->found.first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n && m.found.n < WIRE_SELECT_FOUND_MAX; i++) {
			size += found_size(&p->v[i]);
			if (size > SELECT_MSG_MAX)
				break;
			put_found(&s->found[m.found.n++], &p->v[i]);
		}
	}
	if (m.found.n < a->found.n) {
		s->count.cut++;
		m.missing++;
		m.has_missing = true;
	}
	send(s, &wire_select_answer_msg, &m, to);
}

/* A machine of an answer; false when there is no room for it. */
static bool get_found(struct select *s, const struct wire_select_found *f, struct found_list *out)
{
	struct found one = { .peer = { .id = f->id, .addr = f->addr } };

	if (f->machine.len < sizeof(one.name))
		memcpy(one.name, f->machine.data, f->machine.len);
	if (f->has_key) {
		struct found_extra *e = pool_get(&s->extras);

		if (!e)
			return false;
		e->home = &s->extras;
		e->same = f->same;
		e->spread = f->spread;
		e->key_len = (uint8_t)f->key.len;
		if (f->key.len)
			memcpy(e->key, f->key.data, f->key.len);
		if (f->has_show && f->show.len) {
			e->show_len = (uint8_t)f->show.len;
			memcpy(e->show, f->show.data, f->show.len);
		}
		one.extra = e;
	}
	if (found_add(out, &s->pieces, &one))
		return true;
	found_extra_put(one.extra);
	return false;
}

/* Counts of an answer; false when there is no room for them. */
static bool get_tally(struct select *s, const struct wire_select_tally *in, struct found_list *out)
{
	struct found_tally *t = pool_get(&s->tallies);
	struct wire_select_condition c;
	size_t pos = 0;

	if (!t)
		return false;
	t->home = &s->tallies;
	t->machines = in->machines;
	t->refused = in->refused;
	while (t->n < TALLY_MAX && wire_select_condition_list_next(&in->conditions, &pos, &c)) {
		t->v[t->n].removed = c.removed;
		t->v[t->n].untrue = c.untrue;
		t->v[t->n++].unknown = c.unknown;
	}
	out->tally = t;
	return true;
}

static void answer_arrived(struct select *s, const struct env_peer *from, struct bytes in)
{
	struct forward_answer a = { .missing = 0 };
	struct wire_select_answer m;
	struct wire_select_found f;
	size_t pos = 0;
	bool room;

	if (wire_select_answer_decode(in, &m) || m.status > WIRE_SELECT_STATUS_ELSEWHERE) {
		s->count.malformed++;
		return;
	}
	a.ask = m.ask_id;
	a.status = (enum forward_status)m.status;
	a.missing = m.missing;
	a.visited = m.visited;
	a.depth = m.depth;
	room = !m.has_tally || get_tally(s, &m.tally, &a.found);
	while (room && wire_select_found_list_next(&m.found, &pos, &f))
		room = get_found(s, &f, &a.found);
	if (m.has_count)
		a.found.count = m.count;
	if (!room) {
		/* No room for the rest of it. */
		s->count.crowded++;
		a.missing++;
	}
	forward_answer(&s->forward, from, &a);
}

void select_send_claim(struct select *s, const struct env_peer *to, uint64_t ask, struct bytes text,
		       bool release)
{
	struct wire_select_claim m = { .ask_id = ask, .text = text, .release = release };

	send(s, &wire_select_claim_msg, &m, to);
}

static void claim_arrived(struct select *s, const struct env_peer *from, struct bytes in)
{
	struct wire_select_claim_answer answer = { .given = false };
	struct wire_select_claim m;

	if (wire_select_claim_decode(in, &m)) {
		s->count.malformed++;
		return;
	}
	answer.ask_id = m.ask_id;
	answer.given = select_claim(s, m.text, m.ask_id, m.release);
	if (!m.release)
		send(s, &wire_select_claim_answer_msg, &answer, from);
}

static void claim_answer_arrived(struct select *s, const struct env_peer *from, struct bytes in)
{
	struct wire_select_claim_answer m;

	if (wire_select_claim_answer_decode(in, &m))
		s->count.malformed++;
	else
		select_claim_answered(s, from, m.ask_id, m.given);
}

void select_recv(struct select *s, const struct env_peer *from, struct bytes msg)
{
	struct wire_header h;

	if (wire_header_decode(msg, &h)) {
		s->count.malformed++;
		return;
	}
	if (h.type == WIRE_SELECT_GOSSIP)
		gossip_arrived(s, from, msg);
	else if (h.type == WIRE_SELECT_QUERY)
		query_arrived(s, from, msg);
	else if (h.type == WIRE_SELECT_ANSWER)
		answer_arrived(s, from, msg);
	else if (h.type == WIRE_SELECT_CLAIM)
		claim_arrived(s, from, msg);
	else if (h.type == WIRE_SELECT_CLAIM_ANSWER)
		claim_answer_arrived(s, from, msg);
}
