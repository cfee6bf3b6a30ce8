// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the leader's log to those of the others, and when an entry is
 * committed: when a majority has it durably and its term is that of the leader
 * (Ongaro, 2014, section 3.6.2). The leader writes its own disk meanwhile.
 */
#include <order/order_priv.h>

static void inflight_free(struct order_group *g, struct oprogress *p, uint64_t match)
{
	while (p->inflight_n && p->inflight[p->inflight_at] <= match) {
		p->inflight_at = (p->inflight_at + 1) % g->o->cfg.inflight;
		p->inflight_n--;
	}
}

void replicate_probe(struct oprogress *p, uint64_t next)
{
	p->send = OSEND_PROBE;
	p->next = next > p->match ? next : p->match + 1;
	p->probed = false;
	p->inflight_n = 0;
}

void replicate_reset(struct order_group *g)
{
	uint64_t now = env_now(g->o->env);

	for (uint32_t i = 0; i < g->members.n; i++) {
		struct oprogress *p = &g->progress[i];

		p->match = 0;
		p->round = g->round;
		p->heard_ns = now;
		p->sent_ns = now;
		p->snapshot = 0;
		replicate_probe(p, g->log.last + 1);
	}
}

/* --- sending --------------------------------------------------------------------- */

static uint32_t take_entries(struct order_group *g, uint64_t from)
{
	struct wire_order_entry *v = g->o->entries;
	size_t bytes = 0;
	uint32_t n = 0;

	for (uint64_t i = from; i <= g->log.last && n < WIRE_ORDER_ENTRIES; i++, n++) {
		const struct oentry *e = olog_at(&g->log, i);

		bytes += e->len;
		if (n && bytes > g->o->cfg.append_bytes)
			break;
		v[n] = (struct wire_order_entry){
			.kind = e->kind,
			.term = e->term,
			.time = e->time,
			.session = e->session,
			.seq = e->seq,
			.has_session = e->session != 0,
			.has_seq = e->session != 0,
			.data = olog_data(&g->log, e),
		};
	}
	return n;
}

/* False when nothing was sent. */
static bool send_entries(struct order_group *g, struct oprogress *p, const struct order_member *to)
{
	struct wire_order_append m = { .commit = g->commit, .prev_index = p->next - 1 };
	uint32_t n;

	if (!olog_term(&g->log, m.prev_index, &m.prev_term)) {
		p->send = OSEND_SNAPSHOT;
		p->snapshot = 0;
		return false;
	}
	m.head = order_head(g, to->tag);
	n = take_entries(g, p->next);
	m.entries = (struct wire_order_entry_list){ .v = g->o->entries, .n = n };
	if (!order_send(g->o, &(struct env_peer){ to->id, to->addr }, ENV_STREAM,
			&wire_order_append_msg, &m))
		return false;
	g->o->stats.appends++;
	p->sent_ns = env_now(g->o->env);
	if (p->send == OSEND_PROBE) {
		p->probed = true;
		return true;
	}
	if (!n)
		return true;
	p->next += n;
	p->inflight[(p->inflight_at + p->inflight_n++) % g->o->cfg.inflight] = p->next - 1;
	return true;
}

void replicate_send(struct order_group *g)
{
	for (uint32_t i = 0; i < g->members.n && g->role == ORDER_LEADER; i++) {
		struct oprogress *p = &g->progress[i];
		const struct order_member *to = &g->members.v[i];

		if (to->tag == g->tag)
			continue;
		if (p->send == OSEND_PROBE && !p->probed)
			send_entries(g, p, to);
		while (p->send == OSEND_STREAM && p->next <= g->log.last &&
		       p->inflight_n < g->o->cfg.inflight) {
			if (!send_entries(g, p, to))
				break;
		}
		if (p->send == OSEND_SNAPSHOT)
			install_send(g, p, to);
	}
}

/* --- the leader learns ----------------------------------------------------------- */

void replicate_match(struct order_group *g, struct oprogress *p, uint64_t match)
{
	uint64_t term;

	if (match > g->log.last) {
		g->o->stats.strange++;
		return;
	}
	if (match > p->match)
		p->match = match;
	if (p->next <= p->match)
		p->next = p->match + 1;
	inflight_free(g, p, p->match);
	if (p->send == OSEND_SNAPSHOT && olog_term(&g->log, p->match, &term) && p->match)
		p->send = OSEND_STREAM;
	order_touch(g);
}

void replicate_recv_answer(struct order_group *g, const struct wire_order_append_answer *m)
{
	struct oprogress *p = progress_of(g, m->head.from);

	if (m->head.term > g->term) {
		elect_follow(g, m->head.term, 0);
		return;
	}
	if (!p || m->head.term < g->term || g->role != ORDER_LEADER)
		return;
	p->heard_ns = env_now(g->o->env);
	replicate_match(g, p, m->match);
	if (!m->has_refused) {
		if (p->send == OSEND_PROBE)
			p->send = OSEND_STREAM;
		return;
	}
	g->o->stats.rejects++;
	if (m->refused <= p->match || p->send == OSEND_SNAPSHOT ||
	    (p->send == OSEND_PROBE && m->refused != p->next - 1))
		return;
	replicate_probe(p, m->has_hint && m->hint < m->refused ? m->hint + 1 : m->refused);
}

void replicate_commit(struct order_group *g)
{
	uint64_t have[ORDER_MEMBERS_MAX], reached, term;
	bool idle = true;

	for (uint32_t i = 0; i < g->members.n; i++) {
		bool self = g->members.v[i].tag == g->tag;

		have[i] = self ? g->stable : g->progress[i].match;
		if (self && MUTANT(order_commit_before_durable))
			have[i] = g->log.last;
		idle &= self || g->progress[i].next > g->log.last;
	}
	reached = members_reached(&g->members, have);
	if (reached <= g->commit || !olog_term(&g->log, reached, &term) || term != g->term)
		return;
	for (uint64_t i = g->commit + 1; i <= reached; i++) {
		uint64_t bytes = i >= g->log.first ? olog_at(&g->log, i)->len : 0;

		g->uncommitted -= bytes < g->uncommitted ? bytes : g->uncommitted;
	}
	g->o->stats.committed += reached - g->commit;
	g->commit = reached;
	/* Else the next entries tell the others. */
	g->beat_now |= idle;
}

/* --- the follower ---------------------------------------------------------------- */

static void truncate(struct order_group *g, uint64_t index)
{
	/* What is committed is never taken back. */
	xassert(index > g->commit && index > g->applied);
	g->o->stats.truncated += g->log.last + 1 - index;
	olog_cut(&g->log, index);
	g->gen++;
	if (g->written >= index)
		g->written = index - 1;
	if (g->stable >= index)
		g->stable = index - 1;
	members_revert(g, index);
}

static bool take_entry(struct order_group *g, uint64_t index, const struct wire_order_entry *in)
{
	struct oentry e = { .term = in->term, .time = in->time, .kind = in->kind };
	struct order_members members;
	uint64_t term;

	if (index < g->log.first)
		return true;
	if (olog_term(&g->log, index, &term)) {
		if (term == in->term)
			return true;
		if (!MUTANT(order_keeps_conflict))
			truncate(g, index);
		else
			return true;
	}
	if (in->kind == WIRE_ORDER_KIND_MEMBERS && members_decode(in->data, &members)) {
		g->o->stats.strange++;
		return false;
	}
	if (!olog_room(&g->log, in->data.len, 0, ORDER_DATA_MAX)) {
		g->o->stats.log_full++;
		snap_want(g);
		return false;
	}
	e.session = in->has_session ? in->session : 0;
	e.seq = in->has_seq ? in->seq : 0;
	olog_push(&g->log, &e, in->data);
	if (in->kind == WIRE_ORDER_KIND_MEMBERS)
		members_set(g, &members, index);
	return true;
}

/* Is the entry before the first of the message the one that the leader has there? */
static bool prev_matches(struct order_group *g, const struct wire_order_append *m)
{
	uint64_t at = m->prev_index, term;

	if (at + 1 < g->log.first)
		return true; /* committed, so it is */
	if (olog_term(&g->log, at, &term) && term == m->prev_term)
		return true;
	/* Any leader has what is committed. */
	xassert(at > g->commit);
	if (at <= g->log.last && MUTANT(order_skips_prev_check))
		return true;
	g->refused = at;
	g->refuse_owed = true;
	if (at > g->log.last)
		at = g->log.last + 1;
	/* The logs can only be equal where the term is not greater. */
	while (at > g->log.first && olog_term(&g->log, at - 1, &term) && term > m->prev_term)
		at--;
	g->hint = at - 1;
	return false;
}

void replicate_recv_append(struct order_group *g, const struct env_peer *from,
			   const struct wire_order_append *m)
{
	struct wire_order_entry in;
	uint64_t index, last = g->log.last;
	size_t pos = 0;

	if (!elect_hear_leader(g, from, &m->head)) {
		struct wire_order_append_answer a = { .head = order_head(g, m->head.from) };

		order_send(g->o, from, ENV_STREAM, &wire_order_append_answer_msg, &a);
		return;
	}
	order_touch(g);
	if (!prev_matches(g, m))
		return;
	index = m->prev_index;
	while (wire_order_entry_list_next(&m->entries, &pos, &in) && take_entry(g, index + 1, &in))
		index++;
	if (index > g->log.last)
		index = g->log.last;
	if (index > g->matched)
		g->matched = index;
	if (m->commit > g->commit && g->matched > g->commit)
		g->commit = m->commit < g->matched ? m->commit : g->matched;
	/* Others are told when they are durable. */
	g->ack_owed |= g->log.last == last || MUTANT(order_ack_before_durable);
}

void replicate_answer(struct order_group *g)
{
	struct wire_order_append_answer m = { .refused = g->refused, .hint = g->hint };

	if (g->role == ORDER_LEADER || !g->leader)
		return;
	if (!g->refuse_owed && !g->ack_owed)
		return;
	/* The term is a promise too. */
	if (g->hard_dirty || g->hard_pending)
		return;
	m.head = order_head(g, g->leader);
	m.match = g->matched < g->stable ? g->matched : g->stable;
	if (MUTANT(order_ack_before_durable))
		m.match = g->matched;
	m.has_refused = m.has_hint = g->refuse_owed;
	if (!order_send(g->o, &(struct env_peer){ g->leader_id, g->leader_addr }, ENV_STREAM,
			&wire_order_append_answer_msg, &m))
		return;
	g->acked = m.match;
	g->ack_owed = false;
	g->refuse_owed = false;
}
