// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Heartbeats, those of all groups to a node in one datagram, and what rests on
 * them: a leader that is answered by a majority was the leader when it sent
 * the question. So a read asks for a round of heartbeats and then needs no
 * entry (read index; Ongaro, 2014, section 6.4).
 */
#include <order/order_priv.h>

/* --- heartbeats ------------------------------------------------------------------ */

static void packet_send(struct order *o, struct opacket *p)
{
	struct wire_order_beat m = { .beats = { .v = p->v, .n = p->n } };

	if (p->n)
		order_send(o, &p->peer, ENV_DGRAM, &wire_order_beat_msg, &m);
	p->n = 0;
}

/* Packets are kept from the front: the first free one ends the search. */
static void packet_add(struct order *o, const struct order_member *to,
		       const struct wire_order_beat_item *item)
{
	struct opacket *p = o->packets;

	while (p < o->packets + ORDER_PACKETS && p->n &&
	       !(xos_addr_eq(&p->peer.addr, &to->addr) && xos_id_eq(&p->peer.id, &to->id)))
		p++;
	if (p == o->packets + ORDER_PACKETS) {
		for (p = o->packets; p < o->packets + ORDER_PACKETS; p++)
			packet_send(o, p);
		p = o->packets;
	}
	if (p->n == WIRE_ORDER_BEATS) {
		struct wire_order_beat m = { .beats = { .v = p->v, .n = p->n } };

		order_send(o, &p->peer, ENV_DGRAM, &wire_order_beat_msg, &m);
		p->n = 0;
	}
	p->peer = (struct env_peer){ to->id, to->addr };
	p->v[p->n++] = *item;
}

void beat_send(struct order *o, bool all)
{
	for (uint32_t i = 0; i < o->group_n; i++) {
		struct order_group *g = &o->group[i];
		struct wire_order_beat_item item = { .commit = g->commit };

		if (!g->open || g->role != ORDER_LEADER || !(all || g->beat_now))
			continue;
		g->beat_now = false;
		item.round = ++g->round;
		for (uint32_t j = 0; j < g->members.n; j++) {
			if (g->members.v[j].tag == g->tag)
				continue;
			item.head = order_head(g, g->members.v[j].tag);
			packet_add(o, &g->members.v[j], &item);
		}
		if (!cds_list_empty(&g->ops))
			order_touch(g);
	}
	for (uint32_t i = 0; i < ORDER_PACKETS; i++)
		packet_send(o, &o->packets[i]);
}

static void beat_one(struct order_group *g, const struct env_peer *from,
		     const struct wire_order_beat_item *b, struct wire_order_beat_reply *r)
{
	if (elect_hear_leader(g, from, &b->head)) {
		uint64_t commit = b->commit < g->matched ? b->commit : g->matched;

		if (MUTANT(order_commit_unmatched))
			commit = b->commit < g->log.last ? b->commit : g->log.last;
		if (commit > g->commit) {
			g->commit = commit;
			order_touch(g);
		}
		r->match = g->matched < g->stable ? g->matched : g->stable;
	}
	r->head = order_head(g, b->head.from);
	r->round = b->round;
}

static void beat_take(struct order *o, const struct env_peer *from, const struct wire_order_beat *m)
{
	struct wire_order_beat_reply v[WIRE_ORDER_BEATS];
	struct wire_order_beat_answer a;
	struct wire_order_beat_item b;
	uint32_t n = 0;
	size_t pos = 0;

	while (wire_order_beat_item_list_next(&m->beats, &pos, &b)) {
		struct order_group *g = order_find(o, b.head.group);

		if (!g || !g->open || g->tag != b.head.to) {
			o->stats.strange++;
			continue;
		}
		v[n] = (struct wire_order_beat_reply){ 0 };
		beat_one(g, from, &b, &v[n++]);
	}
	a.replies = (struct wire_order_beat_reply_list){ .v = v, .n = n };
	if (n)
		order_send(o, from, ENV_DGRAM, &wire_order_beat_answer_msg, &a);
}

/*
 * What was sent and not answered for so long is taken for lost. A member that
 * says less than it did was restarted, and has to compare the logs anew.
 */
static void resend_late(struct order_group *g, struct oprogress *p, uint64_t match, uint64_t now)
{
	if (now - p->sent_ns < order_election_ns(g->o))
		return;
	if (p->send == OSEND_PROBE) {
		p->probed = false;
	} else if (p->send == OSEND_SNAPSHOT) {
		/* All chunks arrived and nothing came of it: it may have forgotten them. */
		if (p->chunk_acked >= g->snap.chunks)
			p->chunk_acked = 0;
		p->chunk_next = p->chunk_acked;
	} else if (p->match + 1 < p->next || match < p->match) {
		replicate_probe(p, p->match + 1);
	}
	order_touch(g);
}

static void beat_answered(struct order_group *g, const struct wire_order_beat_reply *r)
{
	struct oprogress *p = progress_of(g, r->head.from);
	uint64_t now = env_now(g->o->env);

	if (r->head.term > g->term) {
		elect_follow(g, r->head.term, 0);
		return;
	}
	if (!p || g->role != ORDER_LEADER || r->head.term < g->term)
		return;
	p->heard_ns = now;
	if (r->round > p->round && r->round <= g->round)
		p->round = r->round;
	replicate_match(g, p, r->match);
	resend_late(g, p, r->match, now);
}

bool beat_recv(struct order *o, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_order_beat_answer a;
	struct wire_order_beat_reply r;
	struct wire_order_beat m;
	size_t pos = 0;

	if (h->type == WIRE_ORDER_BEAT) {
		if (wire_order_beat_body_decode(h, &m))
			o->stats.strange++;
		else
			beat_take(o, from, &m);
		return true;
	}
	if (h->type != WIRE_ORDER_BEAT_ANSWER)
		return false;
	if (wire_order_beat_answer_body_decode(h, &a)) {
		o->stats.strange++;
		return true;
	}
	while (wire_order_beat_reply_list_next(&a.replies, &pos, &r)) {
		struct order_group *g = order_find(o, r.head.group);

		if (g && g->open && g->tag == r.head.to)
			beat_answered(g, &r);
		else
			o->stats.strange++;
	}
	return true;
}

void beat_round(struct order_group *g)
{
	uint64_t round[ORDER_MEMBERS_MAX];

	for (uint32_t i = 0; i < g->members.n; i++)
		round[i] = g->members.v[i].tag == g->tag ? g->round : g->progress[i].round;
	if (members_reached(&g->members, round) > g->round_done)
		g->round_done = members_reached(&g->members, round);
}

/* --- reads ----------------------------------------------------------------------- */

enum order_status order_read(struct order_group *g, struct order_op *op)
{
	bool leads = g->role == ORDER_LEADER;

	if (!g->open)
		return ORDER_CLOSED;
	if (!leads && !g->leader)
		return ORDER_NOT_LEADER;
	if (!op_begin(g, op, leads ? OOP_READ_TERM : OOP_READ_ASKED))
		return ORDER_BUSY;
	op->round = 0;
	order_touch(g);
	return ORDER_OK;
}

void read_abort(struct order_group *g)
{
	struct order_op *op, *next;

	cds_list_for_each_entry_safe(op, next, &g->ops, node) {
		if (op->state == OOP_READ_TERM || op->state == OOP_READ_ROUND ||
		    op->state == OOP_READ_ASKED)
			op_finish(op, ORDER_UNKNOWN, 0);
	}
	g->read_sent_ns = 0;
}

static bool may_answer(const struct order_group *g)
{
	return g->commit >= g->term_index || MUTANT(order_read_before_term);
}

/* @index and @round of a question that waits at the leader; true when it is answered. */
static bool settle(struct order_group *g, uint64_t *index, uint64_t *round)
{
	if (!*round) {
		if (!may_answer(g))
			return false;
		*index = g->commit;
		*round = g->round + 1;
		g->o->stats.read_rounds++;
	}
	if (*round <= g->round_done || MUTANT(order_read_without_round))
		return true;
	/* One round at a time, for all reads that came meanwhile; a lost one is repeated. */
	if (g->round_done == g->round)
		g->beat_now = true;
	return false;
}

static void remote_advance(struct order_group *g, struct oremote *r)
{
	struct wire_order_read_answer m = { .number = r->number };

	if (!r->number || !settle(g, &r->index, &r->round))
		return;
	m.index = r->index;
	m.head = order_head(g, r->tag);
	order_send(g->o, &r->peer, ENV_DGRAM, &wire_order_read_answer_msg, &m);
	*r = (struct oremote){ 0 };
}

/* One question at a time, for all reads that came meanwhile. */
static void ask_leader(struct order_group *g, uint64_t now, bool again)
{
	struct wire_order_read m;
	struct order_op *op;
	bool any = false;

	if (g->read_sent_ns && !again)
		return;
	cds_list_for_each_entry(op, &g->ops, node) {
		if (op->state != OOP_READ_ASKED)
			continue;
		any = true;
		if (!g->read_sent_ns)
			op->round = g->read_number + 1;
	}
	if (!any || !g->leader)
		return;
	g->read_number += !g->read_sent_ns;
	g->read_sent_ns = now;
	m = (struct wire_order_read){ .head = order_head(g, g->leader), .number = g->read_number };
	order_send(g->o, &(struct env_peer){ g->leader_id, g->leader_addr }, ENV_DGRAM,
		   &wire_order_read_msg, &m);
}

void read_advance(struct order_group *g)
{
	struct order_op *op, *next;

	if (g->role == ORDER_LEADER) {
		beat_round(g);
		for (uint32_t i = 0; i < ORDER_MEMBERS_MAX; i++)
			remote_advance(g, &g->remote[i]);
	}
	cds_list_for_each_entry_safe(op, next, &g->ops, node) {
		if (op->state == OOP_READ_TERM && settle(g, &op->index, &op->round))
			op->state = OOP_READ_APPLY;
		if (op->state != OOP_READ_APPLY || op->index > g->applied || g->restoring)
			continue;
		g->o->stats.reads++;
		op_finish(op, ORDER_OK, op->index);
	}
	if (g->role != ORDER_LEADER && g->leader)
		ask_leader(g, env_now(g->o->env), false);
}

void read_tick(struct order_group *g, uint64_t now)
{
	if (g->role != ORDER_LEADER && g->read_sent_ns &&
	    now - g->read_sent_ns >= 2 * g->o->cfg.tick_ns)
		ask_leader(g, now, true);
}

void read_recv(struct order_group *g, const struct env_peer *from, const struct wire_order_read *m)
{
	struct oremote *r = NULL;

	if (g->role != ORDER_LEADER || m->head.term > g->term)
		return;
	for (uint32_t i = 0; i < ORDER_MEMBERS_MAX; i++) {
		if (g->remote[i].tag == m->head.from && g->remote[i].number == m->number)
			return;
		if (!g->remote[i].number || g->remote[i].tag == m->head.from)
			r = &g->remote[i];
	}
	if (!r)
		return;
	*r = (struct oremote){ .tag = m->head.from, .number = m->number, .peer = *from };
	order_touch(g);
}

void read_recv_answer(struct order_group *g, const struct wire_order_read_answer *m)
{
	struct order_op *op;

	if (g->role == ORDER_LEADER || m->number != g->read_number || !g->read_sent_ns)
		return;
	g->read_sent_ns = 0;
	cds_list_for_each_entry(op, &g->ops, node) {
		if (op->state != OOP_READ_ASKED || op->round != m->number)
			continue;
		op->index = m->index;
		op->state = OOP_READ_APPLY;
	}
	order_touch(g);
}
