// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who leads. Before a member stands for election it asks the others whether
 * they would vote for it (pre-vote), which they do only when they hear no
 * leader themselves; so a member that was cut off disturbs nobody. A leader
 * that hears no majority steps down (check-quorum). A vote, the own one
 * included, counts when it is durable.
 */
#include <order/order_priv.h>

uint64_t order_election_ns(const struct order *o)
{
	return o->cfg.tick_ns * o->cfg.election_ticks;
}

void elect_deadline(struct order_group *g)
{
	uint64_t t = order_election_ns(g->o);

	g->deadline_ns = env_now(g->o->env) + t + env_random_below(g->o->env, t);
}

void elect_notify(struct order_group *g)
{
	if (g->open && g->service->role)
		g->service->role(g->ctx, g->role, g->term, g->leader);
}

bool elect_leader_lives(const struct order_group *g)
{
	if (g->role == ORDER_LEADER)
		return true;
	return g->leader && !g->suspected &&
	       env_now(g->o->env) - g->contact_ns < order_election_ns(g->o);
}

static void lead_end(struct order_group *g)
{
	if (g->role != ORDER_LEADER)
		return;
	g->o->stats.stepped_down++;
	g->transfer = 0;
	g->round_want = false;
	memset(g->remote, 0, sizeof(g->remote));
	ops_abort(g, false, ORDER_UNKNOWN);
}

void elect_follow(struct order_group *g, uint64_t term, uint64_t leader)
{
	enum order_role was = g->role;
	uint64_t before = g->leader;

	xassert(term >= g->term);
	lead_end(g);
	g->role = ORDER_FOLLOWER;
	if (leader != g->leader || term > g->term)
		read_abort(g);
	if (term > g->term) {
		g->term = term;
		g->vote = 0;
		g->hard_dirty = true;
		g->vote_to = 0;
		g->matched = 0;
		g->acked = 0;
		g->refuse_owed = false;
		g->ack_owed = false;
	}
	g->leader = leader;
	elect_deadline(g);
	order_touch(g);
	if (was != ORDER_FOLLOWER || before != leader)
		elect_notify(g);
}

/* --- standing for election ------------------------------------------------------- */

static bool up_to_date(const struct order_group *g, const struct wire_order_vote *m)
{
	uint64_t term = olog_last_term(&g->log);

	if (MUTANT(order_vote_for_stale_log))
		return true;
	return m->last_term > term || (m->last_term == term && m->last_index >= g->log.last);
}

static void ask_votes(struct order_group *g, bool pre)
{
	struct wire_order_vote m = {
		.last_index = g->log.last,
		.last_term = olog_last_term(&g->log),
		.pre = pre,
		.force = g->force,
	};

	for (uint32_t i = 0; i < g->members.n; i++) {
		const struct order_member *to = &g->members.v[i];

		if (to->tag == g->tag || !(to->roles & (ORDER_VOTER | ORDER_OUTGOING)) ||
		    g->progress[i].vote)
			continue;
		m.head = order_head(g, to->tag);
		m.head.term = g->term + pre;
		order_send(g->o, &(struct env_peer){ to->id, to->addr }, ENV_DGRAM,
			   &wire_order_vote_msg, &m);
	}
}

static void lead_begin(struct order_group *g)
{
	uint64_t now = env_now(g->o->env);

	xassert(g->role == ORDER_CANDIDATE && g->vote == g->tag);
	/* Without room for its first entry a leader could never commit anything. */
	if (!olog_room(&g->log, 0, 0, 0)) {
		elect_follow(g, g->term, 0);
		return;
	}
	g->o->stats.won++;
	g->role = ORDER_LEADER;
	g->leader = g->tag;
	g->leader_id = g->o->self;
	g->suspected = false;
	g->lead_ns = now;
	g->transfer = 0;
	g->uncommitted = 0;
	g->round_done = g->round;
	g->force = false;
	g->get.active = false;
	memset(g->remote, 0, sizeof(g->remote));
	replicate_reset(g);
	order_append_own(g, WIRE_ORDER_KIND_NOOP, 0, 0, bytes_of(NULL, 0));
	g->term_index = g->log.last;
	g->beat_now = true;
	read_abort(g);
	order_touch(g);
	elect_notify(g);
}

static void count_votes(struct order_group *g)
{
	uint32_t yes = 0, no = 0;

	for (uint32_t i = 0; i < g->members.n; i++) {
		yes |= (uint32_t)(g->progress[i].vote == 1) << i;
		no |= (uint32_t)(g->progress[i].vote == 2) << i;
	}
	if (members_quorum(&g->members, yes)) {
		if (g->role == ORDER_ASKING)
			elect_start(g, false);
		else
			lead_begin(g);
	} else if (members_quorum(&g->members, no)) {
		elect_follow(g, g->term, 0);
	}
}

static void own_vote(struct order_group *g)
{
	struct oprogress *p = progress_of(g, g->tag);

	if (p)
		p->vote = 1;
	count_votes(g);
}

/*
 * A voter that leaves has to stand as well until its removal is committed: it
 * may be the only one with the entry, and then nobody else can win (Ongaro,
 * 2014, section 4.2.2).
 */
static bool may_stand(struct order_group *g)
{
	const struct order_member *was;
	struct order_members before;

	if (member_votes(g))
		return true;
	if (g->members_index <= g->commit || MUTANT(order_leaver_never_stands))
		return false;
	members_before(g, g->members_index, &before);
	was = member_find(&before, g->tag);
	return was && was->roles & (ORDER_VOTER | ORDER_OUTGOING);
}

void elect_start(struct order_group *g, bool pre)
{
	uint64_t before = g->leader;

	xassert(may_stand(g) && g->role != ORDER_LEADER);
	if (MUTANT(order_no_pre_vote))
		pre = false;
	for (uint32_t i = 0; i < g->members.n; i++)
		g->progress[i].vote = 0;
	g->leader = 0;
	elect_deadline(g);
	order_touch(g);
	if (before)
		read_abort(g);
	if (pre) {
		g->role = ORDER_ASKING;
		ask_votes(g, true);
		own_vote(g);
		return;
	}
	g->o->stats.campaigns++;
	g->role = ORDER_CANDIDATE;
	g->asked = false;
	g->term++;
	g->vote = g->tag;
	g->vote_to = 0;
	g->matched = 0;
	g->acked = 0;
	g->ack_owed = false;
	g->refuse_owed = false;
	g->hard_dirty = true;
	if (MUTANT(order_vote_before_durable))
		elect_durable(g);
	elect_notify(g);
}

void elect_durable(struct order_group *g)
{
	struct wire_order_vote_answer m = { .granted = true };

	if (g->role == ORDER_CANDIDATE && !g->asked) {
		g->asked = true;
		ask_votes(g, false);
		own_vote(g);
	}
	if (!g->vote_to)
		return;
	xassert(g->vote == g->vote_to);
	m.head = order_head(g, g->vote_to);
	order_send(g->o, &g->vote_peer, ENV_DGRAM, &wire_order_vote_answer_msg, &m);
	g->vote_to = 0;
}

/* --- voting ---------------------------------------------------------------------- */

static void answer(struct order_group *g, const struct env_peer *from,
		   const struct wire_order_vote *q, bool granted, uint64_t term)
{
	struct wire_order_vote_answer m = {
		.head = order_head(g, q->head.from),
		.pre = q->pre,
		.granted = granted,
	};

	m.head.term = term;
	order_send(g->o, from, ENV_DGRAM, &wire_order_vote_answer_msg, &m);
}

static void recv_pre_vote(struct order_group *g, const struct env_peer *from,
			  const struct wire_order_vote *m)
{
	bool granted = m->head.term > g->term && up_to_date(g, m) && !elect_leader_lives(g);

	answer(g, from, m, granted, granted ? m->head.term : g->term);
}

void elect_recv_vote(struct order_group *g, const struct env_peer *from,
		     const struct wire_order_vote *m)
{
	if (m->pre) {
		recv_pre_vote(g, from, m);
		return;
	}
	if (m->head.term > g->term) {
		/* Whoever hears a leader does not help to replace it. */
		if (elect_leader_lives(g) && !m->force && !MUTANT(order_no_pre_vote))
			return;
		elect_follow(g, m->head.term, 0);
	}
	if (m->head.term < g->term ||
	    (g->vote && g->vote != m->head.from && !MUTANT(order_votes_twice)) || g->leader ||
	    !up_to_date(g, m)) {
		answer(g, from, m, false, g->term);
		return;
	}
	if (!g->vote)
		g->hard_dirty = true;
	g->vote = m->head.from;
	g->vote_to = m->head.from;
	g->vote_peer = *from;
	elect_deadline(g);
	if (MUTANT(order_vote_before_durable) || (!g->hard_dirty && !g->hard_pending))
		elect_durable(g);
	order_touch(g);
}

void elect_recv_vote_answer(struct order_group *g, const struct wire_order_vote_answer *m)
{
	struct oprogress *p = progress_of(g, m->head.from);

	if (!m->granted && m->head.term > g->term) {
		elect_follow(g, m->head.term, 0);
		return;
	}
	if (!p || g->role != (m->pre ? ORDER_ASKING : ORDER_CANDIDATE))
		return;
	if (m->granted && m->head.term != g->term + m->pre)
		return;
	p->vote = m->granted ? 1 : 2;
	count_votes(g);
}

bool elect_hear_leader(struct order_group *g, const struct env_peer *from,
		       const struct wire_order_head *h)
{
	if (h->term < g->term)
		return false;
	/* One leader a term. */
	xassert(h->term > g->term || g->role != ORDER_LEADER);
	if (h->term > g->term || g->role != ORDER_FOLLOWER || g->leader != h->from)
		elect_follow(g, h->term, h->from);
	g->leader_id = from->id;
	g->leader_addr = from->addr;
	g->suspected = false;
	g->contact_ns = env_now(g->o->env);
	elect_deadline(g);
	return true;
}

/* --- the passing of time --------------------------------------------------------- */

static void check_quorum(struct order_group *g, uint64_t now)
{
	uint64_t patience = 2 * order_election_ns(g->o);
	uint32_t heard = 0;

	if (now - g->lead_ns < patience || MUTANT(order_no_check_quorum))
		return;
	for (uint32_t i = 0; i < g->members.n; i++) {
		bool self = g->members.v[i].tag == g->tag;

		heard |= (uint32_t)(self || now - g->progress[i].heard_ns < patience) << i;
	}
	if (members_quorum(&g->members, heard))
		return;
	g->o->stats.quorum_lost++;
	elect_follow(g, g->term, 0);
}

void elect_tick(struct order_group *g, uint64_t now)
{
	if (g->role == ORDER_LEADER) {
		check_quorum(g, now);
		if (g->role == ORDER_LEADER && g->transfer && now >= g->transfer_until_ns)
			g->transfer = 0;
		return;
	}
	if (now < g->deadline_ns) {
		/* Who has not answered may not have been asked: datagrams get lost. */
		if (g->role == ORDER_ASKING || (g->role == ORDER_CANDIDATE && g->asked))
			ask_votes(g, g->role == ORDER_ASKING);
		return;
	}
	if (may_stand(g)) {
		g->force = false;
		elect_start(g, true);
		return;
	}
	if (g->leader)
		elect_follow(g, g->term, 0);
	elect_deadline(g);
}

/* --- handing over ---------------------------------------------------------------- */

enum order_status order_transfer(struct order_group *g, uint64_t tag)
{
	const struct oprogress *best = NULL;

	if (g->role != ORDER_LEADER)
		return ORDER_NOT_LEADER;
	if (g->transfer)
		return ORDER_CHANGING;
	for (uint32_t i = 0; i < g->members.n; i++) {
		const struct oprogress *p = &g->progress[i];

		if (p->tag == g->tag || !(g->members.v[i].roles & ORDER_VOTER) ||
		    (tag && p->tag != tag))
			continue;
		if (!best || p->match > best->match)
			best = p;
	}
	if (!best)
		return ORDER_BAD;
	g->transfer = best->tag;
	g->transfer_told = false;
	g->transfer_until_ns = env_now(g->o->env) + 2 * order_election_ns(g->o);
	order_touch(g);
	return ORDER_OK;
}

void elect_transfer(struct order_group *g)
{
	const struct oprogress *p = g->transfer ? progress_of(g, g->transfer) : NULL;
	const struct order_member *to;
	struct wire_order_lead m;

	if (!p || g->transfer_told || p->match < g->log.last)
		return;
	to = member_find(&g->members, g->transfer);
	m.head = order_head(g, to->tag);
	order_send(g->o, &(struct env_peer){ to->id, to->addr }, ENV_STREAM, &wire_order_lead_msg,
		   &m);
	g->transfer_told = true;
	g->o->stats.transfers++;
}

void elect_recv_lead(struct order_group *g, const struct wire_order_lead *m)
{
	if (m->head.term != g->term || g->role == ORDER_LEADER || !may_stand(g))
		return;
	g->force = true;
	elect_start(g, false);
}

void order_suspect(struct order *o, const struct xos_id *id, bool suspected)
{
	for (uint32_t i = 0; i < o->group_n; i++) {
		struct order_group *g = &o->group[i];

		if (!g->open || !g->leader || g->role == ORDER_LEADER ||
		    !xos_id_eq(&g->leader_id, id) || g->suspected == suspected)
			continue;
		g->suspected = suspected;
		elect_deadline(g);
		/* Not all at once, or they take each other's votes. */
		if (suspected)
			g->deadline_ns = env_now(o->env) +
					 env_random_below(o->env, order_election_ns(o) / 2);
	}
}
