// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/gossip.h>

#include <string.h>

#include <base/assert.h>
#include <base/mutant.h>

/* Candidates named by an answer that is not the last. */
#define NEARER_MAX	 3
/* Questions of one search. */
#define FIND_HOPS_MAX	 48
/* Of those that a search finds in the neighbourhood, so many are asked for an answer. */
#define GREET_ANSWERS	 2
/* Nodes that are told of the first one in a slot, and such messages in one cycle. */
#define RUMOUR_FANOUT	 3
/* Nodes that were silent, or of whom nobody heard for so long, asked in one cycle. */
#define SILENT_ASKED_MAX 8
#define SUSPECT_AGE	 8
/* What they tell when they answer: that they live is what was asked. */
#define SUSPECT_TELLS	 2
/* One search in so many begins at somebody from outside of what is known here. */
#define OUTSIDE_EVERY	 4
#define RUMOURS_MAX	 24

static void find_start(struct gossip *g, const struct env_peer *at);

/* Messages are built here: cores are single-threaded, and a message is used up by send. */
static struct gossip_msg *msg_begin(struct gossip_msg *m, struct gossip *g, enum gossip_kind kind)
{
	m->kind = kind;
	m->last = false;
	m->depth = 0;
	m->space = g->space;
	m->id = 0;
	m->target = g->self.key;
	m->n = 1;
	m->v[0] = g->self;
	m->v[0].age = 0;
	return m;
}

/*
 * Hearsay ages with each step. Otherwise nodes that age at different moments would tell
 * each other the younger age for ever, and the dead would never be forgotten.
 */
static void send(struct gossip *g, const struct env_peer *to, struct gossip_msg *m)
{
	for (uint32_t i = 1; i < m->n; i++)
		m->v[i].age += m->v[i].age < UINT16_MAX;
	g->cfg->send(g->ctx, to, m);
}

void gossip_heard(struct gossip *g, const struct xos_id *id)
{
	struct contact *c = trie_find(&g->trie, id);

	if (!c)
		return;
	c->silent = 0;
	c->age = 0;
}

void gossip_silent(struct gossip *g, const struct xos_id *id)
{
	struct contact *c = trie_find(&g->trie, id);

	if (!c || ++c->silent < GOSSIP_SILENT_MAX)
		return;
	g->count.forgotten++;
	sample_drop(&g->sample, id);
	trie_drop(&g->trie, id);
}

/* Which of the own contacts are useful to a node with this key? The deep ones, and one a slot. */
static void choose_for(struct gossip *g, const struct trie_key *key, struct gossip_msg *m,
		       uint32_t max)
{
	uint32_t at = trie_key_slot(&g->trie.key, key), deep_from, n = g->trie.n;
	uint32_t start = n ? (uint32_t)env_random_below(g->env, n) : 0;
	uint64_t have[3] = { 0 };

	/* Within one neighbourhood everybody matters, otherwise whoever is on its side. */
	deep_from = at >= g->trie.depth ? g->trie.depth : at + 1;
	for (uint32_t pass = 0; pass < 2; pass++) {
		uint32_t limit = pass ? max : (max + 1) / 2;

		for (uint32_t i = 0; i < n && m->n <= limit; i++) {
			const struct contact *c = &g->trie.v[(start + i) % n];
			uint32_t slot = trie_key_slot(key, &c->key);
			bool deep = slot >= deep_from;

			if (c->silent || c->age >= GOSSIP_AGE_MAX || deep == (pass == 1) ||
			    (have[slot / 64] >> slot % 64 & 1))
				continue;
			if (!deep)
				have[slot / 64] |= 1ULL << slot % 64;
			m->v[m->n++] = *c;
		}
	}
}

/*
 * The first node of a slot that was empty is news to all in the own half: while it is not
 * known there, queries do not find it. So it is passed on at once, as a rumour.
 */
static void pass_on(struct gossip *g, const struct contact *c, uint32_t slot)
{
	uint32_t first = trie_slot(&g->trie, slot + 1u);
	struct gossip_msg m;

	for (uint32_t i = 0; i < RUMOUR_FANOUT && first < g->trie.n; i++) {
		if (!g->rumours_left) {
			g->count.rumours_held++;
			return;
		}
		g->rumours_left--;
		msg_begin(&m, g, GOSSIP_HERE);
		m.v[m.n++] = *c;
		send(g, &g->trie.v[first + env_random_below(g->env, g->trie.n - first)].peer, &m);
	}
}

static bool learn_one(struct gossip *g, const struct contact *c)
{
	uint32_t slot = trie_key_slot(&g->trie.key, &c->key);
	bool empty, fresh;

	if (xos_id_eq(&c->peer.id, &g->self.peer.id)) {
		/* Of an earlier life, whose clock was ahead: be newer than that. */
		if (c->version > g->self.version)
			g->self.version = c->version + 1;
		return false;
	}
	empty = trie_slot(&g->trie, slot) == trie_slot(&g->trie, slot + 1u);
	fresh = c->age < GOSSIP_AGE_MAX && trie_learn(&g->trie, c);
	if (fresh && empty && slot < g->trie.depth && g->joined && !g->trie.cfg->depth)
		pass_on(g, c, slot);
	return fresh;
}

static void learn(struct gossip *g, const struct gossip_msg *m)
{
	for (uint32_t i = 0; i < m->n; i++)
		learn_one(g, &m->v[i]);
}

static void swap_begin(struct gossip *g, struct gossip_msg *m)
{
	struct contact partner;
	int n;

	msg_begin(m, g, GOSSIP_SWAP);
	n = sample_begin(&g->sample, g->env, &partner, m->v + 1);
	if (n < 0)
		return;
	m->n += (uint32_t)n;
	send(g, &partner.peer, m);
}

/* Oldest contact of a part of the table; what is silent already comes first. */
static struct contact *oldest(struct gossip *g, uint32_t first, uint32_t end)
{
	struct contact *best = NULL;

	for (uint32_t i = first; i < end; i++) {
		struct contact *c = &g->trie.v[i];

		if (!best || c->silent > best->silent ||
		    (c->silent == best->silent && c->age > best->age))
			best = c;
	}
	return best;
}

static void tell_begin(struct gossip *g, struct gossip_msg *m)
{
	uint32_t near = trie_slot(&g->trie, g->trie.depth);
	struct contact *c, to;

	if (!g->trie.n)
		return;
	/* Two cycles in three for the neighbourhood: queries rest on its being complete. */
	if (near == g->trie.n || (near && !env_random_below(g->env, 3)))
		c = oldest(g, 0, near);
	else
		c = oldest(g, near, g->trie.n);
	to = *c;
	msg_begin(m, g, GOSSIP_TELL);
	choose_for(g, &to.key, m, g->cfg->tell_max);
	gossip_silent(g, &to.peer.id);
	send(g, &to.peer, m);
}

/*
 * Whoever was silent is asked every cycle, and whoever is not heard of: so the dead do not
 * stay for long, also when they are half of the grid.
 */
static void ask_silent(struct gossip *g, struct gossip_msg *m)
{
	struct env_peer ask[SILENT_ASKED_MAX];
	uint32_t n = 0;

	for (uint32_t i = 0; i < g->trie.n && n < SILENT_ASKED_MAX; i++) {
		if (g->trie.v[i].silent || g->trie.v[i].age >= SUSPECT_AGE)
			ask[n++] = g->trie.v[i].peer;
	}
	for (uint32_t i = 0; i < n; i++) {
		gossip_silent(g, &ask[i].id);
		send(g, &ask[i], msg_begin(m, g, GOSSIP_TELL));
	}
}

static void age_all(struct gossip *g)
{
	for (uint32_t i = 0; i < g->trie.n; i++)
		g->trie.v[i].age += g->trie.v[i].age < UINT16_MAX;
}

static void try_join(struct gossip *g)
{
	struct env_peer at;

	if (!g->find_id && g->cfg->bootstrap(g->ctx, &at))
		find_start(g, &at);
}

/*
 * The own key is looked for again. Two parts of a grid that lost each other for long have
 * forgotten all of the other part: only who is named by the configuration joins them again.
 */
static void find_again(struct gossip *g)
{
	bool outside = g->joined && !env_random_below(g->env, OUTSIDE_EVERY) &&
		       !MUTANT(select_stays_apart);

	if (g->find_id)
		return;
	if (g->sample.n && !outside)
		find_start(g, &g->sample.v[env_random_below(g->env, g->sample.n)].peer);
	else
		try_join(g);
}

static void cycle(void *ctx)
{
	struct gossip *g = ctx;
	struct gossip_msg m;

	g->count.cycles++;
	g->rumours_left = RUMOURS_MAX;
	age_all(g);
	trie_cycle(&g->trie);
	if (!g->joined || (!g->trie.n && !g->sample.n))
		find_again(g);
	swap_begin(g, &m);
	ask_silent(g, &m);
	tell_begin(g, &m);
	if (g->joined && g->cfg->find_every && !env_random_below(g->env, g->cfg->find_every))
		find_again(g);
	/* Slowly: a table is right after some ten cycles, and nobody wants to wait for that. */
	g->period_ns += g->period_ns / 4;
	if (g->period_ns > g->cfg->cycle_ns)
		g->period_ns = g->cfg->cycle_ns;
	if (!g->joined)
		g->period_ns = g->cfg->cycle_min_ns;
	/* A little uneven, so that nodes that start together drift apart. */
	env_timer_set(g->env, &g->timer,
		      g->period_ns - env_random_below(g->env, g->period_ns / 8 + 1));
}

/* --- searches --------------------------------------------------------------------- */

static void find_ask(struct gossip *g)
{
	struct gossip_msg m;

	msg_begin(&m, g, GOSSIP_FIND);
	g->find_id = m.id = env_random(g->env) | 1;
	g->count.find_hops++;
	env_timer_set(g->env, &g->find_timer, g->cfg->wait_ns);
	send(g, &g->find_at, &m);
}

static void find_start(struct gossip *g, const struct env_peer *at)
{
	g->find_at = *at;
	g->find_left = FIND_HOPS_MAX;
	g->count.finds++;
	find_ask(g);
}

/* The nearest known node from a slot on that is not silent; false when there is none. */
static bool find_next(struct gossip *g, uint32_t from)
{
	uint32_t first = trie_slot(&g->trie, from);

	for (uint32_t i = g->trie.n; g->find_left && i-- > first;) {
		if (g->trie.v[i].silent)
			continue;
		g->find_left--;
		g->find_at = g->trie.v[i].peer;
		return true;
	}
	return false;
}

static void find_late(void *ctx)
{
	struct gossip *g = ctx;

	g->find_id = 0;
	gossip_silent(g, &g->find_at.id);
	/* Go on with the nearest one there is; without any, the next cycle begins again. */
	if (g->trie.n && find_next(g, 0))
		find_ask(g);
	else
		g->count.finds_failed++;
}

/* Who is new in the neighbourhood is told so; a few of them answer with whom they know. */
static void find_done(struct gossip *g, const struct gossip_msg *a)
{
	uint32_t greeted = 0;
	struct gossip_msg m;

	/* The slots before the depth of the one that answered were not told to the end. */
	if (a->last && !g->joined && !MUTANT(select_settles_flat))
		trie_settle(&g->trie, a->depth);
	for (uint32_t i = 0; i < a->n; i++) {
		struct contact c = a->v[i];
		bool fresh = learn_one(g, &c);

		if (!fresh || trie_key_slot(&g->trie.key, &c.key) < g->trie.depth)
			continue;
		msg_begin(&m, g, greeted < GREET_ANSWERS ? GOSSIP_TELL : GOSSIP_HERE);
		if (greeted++ < GREET_ANSWERS)
			choose_for(g, &c.key, &m, 2);
		send(g, &c.peer, &m);
	}
	g->joined = true;
}

static void find_answered(struct gossip *g, const struct env_peer *from, const struct gossip_msg *a)
{
	uint32_t slot;

	if (!g->find_id || a->id != g->find_id || !a->n)
		return;
	env_timer_cancel(g->env, &g->find_timer);
	g->find_id = 0;
	slot = trie_key_slot(&g->trie.key, &a->v[0].key);
	for (uint32_t i = 0; i < a->n && g->sample.n < g->sample.max; i++) {
		if (!xos_id_eq(&a->v[i].peer.id, &g->self.peer.id))
			sample_add(&g->sample, &a->v[i]);
	}
	if (a->last) {
		find_done(g, a);
		return;
	}
	learn(g, a);
	if (find_next(g, slot + 1))
		find_ask(g);
	else
		find_done(g, a);
}

/* Is c the freshest contact of its slot, seen from the one who asks? */
static void add_shared(struct gossip *g, const struct trie_key *target, struct gossip_msg *m)
{
	uint32_t at = trie_key_slot(&g->trie.key, target);

	for (uint32_t slot = 0, i = 0; slot < at && m->n < GOSSIP_MSG_MAX; slot++) {
		const struct contact *best = NULL;

		for (; i < g->trie.n && g->trie.v[i].slot == slot; i++) {
			if (!best || g->trie.v[i].silent < best->silent ||
			    g->trie.v[i].age < best->age)
				best = &g->trie.v[i];
		}
		if (best && !best->silent && slot < g->trie.depth)
			m->v[m->n++] = *best;
	}
}

static void find_recv(struct gossip *g, const struct env_peer *from, const struct gossip_msg *q)
{
	uint32_t at = trie_key_slot(&g->trie.key, &q->target), first, end;
	struct gossip_msg m;

	msg_begin(&m, g, GOSSIP_FIND_ANSWER);
	m.id = q->id;
	first = trie_slot(&g->trie, at);
	end = trie_slot(&g->trie, at + 1u);
	m.last = at >= g->trie.depth || first == end;
	if (m.last) {
		m.depth = (uint8_t)(at < g->trie.depth ? at + 1 : g->trie.depth);
		first = trie_slot(&g->trie, at < g->trie.depth ? at : g->trie.depth);
		for (uint32_t i = first; i < g->trie.n && m.n < GOSSIP_MSG_MAX; i++)
			m.v[m.n++] = g->trie.v[i];
		add_shared(g, &q->target, &m);
	} else {
		for (uint32_t i = first; i < end && m.n <= NEARER_MAX; i++)
			m.v[m.n++] = g->trie.v[i];
	}
	send(g, from, &m);
	if (q->n && xos_id_eq(&q->v[0].peer.id, &from->id))
		learn_one(g, &q->v[0]);
}

/* --- messages --------------------------------------------------------------------- */

void gossip_recv(struct gossip *g, const struct env_peer *from, const struct gossip_msg *msg)
{
	const struct contact *old;
	struct gossip_msg m;

	if (msg->space != g->space || !msg->n || !xos_id_eq(&msg->v[0].peer.id, &from->id)) {
		g->count.strange++;
		return;
	}
	gossip_heard(g, &from->id);
	switch (msg->kind) {
	case GOSSIP_SWAP:
		msg_begin(&m, g, GOSSIP_SWAP_ANSWER);
		m.n += sample_answer(&g->sample, g->env, m.v + 1);
		send(g, from, &m);
		sample_merge(&g->sample, &g->self.peer.id, msg->v, msg->n);
		learn(g, msg);
		break;
	case GOSSIP_SWAP_ANSWER:
		sample_merge(&g->sample, &g->self.peer.id, msg->v, msg->n);
		learn(g, msg);
		break;
	case GOSSIP_TELL:
		msg_begin(&m, g, GOSSIP_TELL_ANSWER);
		old = trie_find(&g->trie, &from->id);
		if (old && old->version > msg->v[0].version)
			m.v[m.n++] = *old;
		learn(g, msg);
		choose_for(g, &msg->v[0].key, &m, msg->n > 1 ? g->cfg->tell_max : SUSPECT_TELLS);
		send(g, from, &m);
		break;
	case GOSSIP_FIND:
		find_recv(g, from, msg);
		break;
	case GOSSIP_FIND_ANSWER:
		find_answered(g, from, msg);
		break;
	default:
		learn(g, msg);
	}
}

/* --- life ------------------------------------------------------------------------- */

void gossip_init(struct gossip *g, const struct gossip_config *cfg, struct env *env, void *ctx,
		 const struct contact *self, uint32_t space, struct contact *mem)
{
	xassert(cfg->sample_max && cfg->tell_max && cfg->tell_max < GOSSIP_MSG_MAX);
	xassert(cfg->trie.near_max < GOSSIP_MSG_MAX || cfg->trie.depth);
	memset(g, 0, sizeof(*g));
	g->cfg = cfg;
	g->env = env;
	g->ctx = ctx;
	g->self = *self;
	g->space = space;
	g->period_ns = cfg->cycle_min_ns;
	g->rumours_left = RUMOURS_MAX;
	g->timer = (struct env_timer){ .fire = cycle, .ctx = g };
	g->find_timer = (struct env_timer){ .fire = find_late, .ctx = g };
	sample_init(&g->sample, mem, cfg->sample_max);
	trie_init(&g->trie, &cfg->trie, mem + cfg->sample_max, &self->peer.id, &self->key);
}

void gossip_start(struct gossip *g)
{
	try_join(g);
	env_timer_set(g->env, &g->timer, env_random_below(g->env, g->period_ns) + 1);
}

void gossip_stop(struct gossip *g)
{
	env_timer_cancel(g->env, &g->timer);
	env_timer_cancel(g->env, &g->find_timer);
}

void gossip_alone(struct gossip *g)
{
	g->joined = true;
}

void gossip_rekey(struct gossip *g, const struct trie_key *key)
{
	if (!trie_key_differs(&g->self.key, key))
		return;
	g->self.key = *key;
	g->self.version++;
	g->period_ns = g->cfg->cycle_min_ns;
	if (trie_rekey(&g->trie, key) && g->joined)
		return;
	/*
	 * Of what is around the new place the table shows little: until a search from there
	 * has filled it, this node is like one that joins. One for the old place is no use.
	 */
	g->joined = false;
	g->find_id = 0;
	env_timer_cancel(g->env, &g->find_timer);
	find_again(g);
}
