// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include "machine.h"

static bool key_eq(const struct ring_key *a, const struct ring_key *b)
{
	return bytes_eq(ring_key_bytes(a), ring_key_bytes(b));
}

static bool arc_eq(const struct ring_arc *a, const struct ring_arc *b)
{
	return a->class == b->class && a->open == b->open && a->epoch == b->epoch &&
	       key_eq(&a->start, &b->start) && key_eq(&a->end, &b->end);
}

static bool same(const struct ring_view *a, const struct ring_view *b)
{
	return a->state == b->state && a->custody == b->custody && arc_eq(&a->arc, &b->arc);
}

/* Does @a begin before @b ends? */
static bool begins_before_end(const struct ring_arc *a, const struct ring_arc *b)
{
	return b->open || bytes_cmp(ring_key_bytes(&a->start), ring_key_bytes(&b->end)) < 0;
}

static bool overlap(const struct ring_arc *a, const struct ring_arc *b)
{
	return a->class == b->class && begins_before_end(a, b) && begins_before_end(b, a);
}

/* Do both answer for one of the keys of the clients, or for the first key that both own? */
static bool both_act(const struct machine *a, const struct machine *b)
{
	const struct ring_arc *x = &a->view.arc, *y = &b->view.arc;
	struct bytes at = ring_key_bytes(&x->start), key = ring_key_bytes(&y->start);
	const struct history *h = &a->sim->history;

	if (bytes_cmp(key, at) > 0)
		at = key;
	if (node_serves(a->node, x->class, at) && node_serves(b->node, x->class, at))
		return true;
	for (uint32_t i = 0; i < h->key_count; i++) {
		key = history_key(h, i);
		if (node_serves(a->node, x->class, key) && node_serves(b->node, x->class, key))
			return true;
	}
	return false;
}

static void check_pair(const struct machine *a, const struct machine *b)
{
	bool owns = b->view.state == RING_OWNER;
	struct sim *s = a->sim;

	/* Two may believe to own a key; only one at a time may act for it. */
	if (owns && overlap(&a->view.arc, &b->view.arc) && both_act(a, b))
		sim_fail(s, "holders", "n%02u and n%02u hold the same keys of class %u", a->index,
			 b->index, a->view.arc.class);
	if (owns && b->view.custody >> a->view.arc.class & 1)
		sim_fail(s, "holders", "n%02u holds keys of class %u, which n%02u keeps for others",
			 a->index, a->view.arc.class, b->index);
	if (owns && a->view.custody >> b->view.arc.class & 1)
		sim_fail(s, "holders", "n%02u holds keys of class %u, which n%02u keeps for others",
			 b->index, b->view.arc.class, a->index);
	if (owns && a->view.custody & b->view.custody)
		sim_fail(s, "holders", "n%02u and n%02u both keep classes %02x", a->index, b->index,
			 a->view.custody & b->view.custody);
}

void check_holders(struct machine *m)
{
	struct sim *s = m->sim;
	struct ring_view now;

	node_view(m->node, &now);
	s->stats.takeovers += m->view.claiming && now.arc.epoch != m->view.arc.epoch;
	if (same(&now, &m->view)) {
		bool leased = m->view.leased;

		m->view = now;
		if (leased == now.leased)
			return;
		/* It begins to count, perhaps with what it has copied. */
		if (now.leased)
			check_held_all(s);
	}
	m->view = now;
	sim_fold(s, (uint64_t)now.state << 32 | now.arc.epoch << 8 | now.custody);
	sim_say(s, (int)m->index, "state %d class %u epoch %llx custody %02x leased %d",
		(int)now.state, now.arc.class, (unsigned long long)now.arc.epoch, now.custody,
		now.leased);
	if (now.state == RING_FAILED && !m->doomed)
		sim_fail(s, "holders", "n%02u gave up although its disk is well", m->index);
	for (uint32_t i = 0; i < s->plan.nodes && now.state == RING_OWNER; i++) {
		if (i != m->index && s->machines[i].node)
			check_pair(m, &s->machines[i]);
	}
}
