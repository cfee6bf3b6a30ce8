// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who is in a group, what makes a majority, and how the members change.
 *
 * A membership is in force from the moment its entry is in the log (Ongaro,
 * 2014, section 4.1), committed or not. A change of the voters is two entries:
 * a joint one, under which everything needs a majority of the old voters and
 * one of the new, then the final one.
 */
#include <order/order_priv.h>

struct order_member *member_find(struct order_members *m, uint64_t tag)
{
	for (uint32_t i = 0; i < m->n; i++) {
		if (m->v[i].tag == tag)
			return &m->v[i];
	}
	return NULL;
}

static uint32_t count(const struct order_members *m, uint8_t role)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->n; i++)
		n += (m->v[i].roles & role) != 0;
	return n;
}

bool members_valid(const struct order_members *m)
{
	uint32_t voters;

	if (m->n > ORDER_MEMBERS_MAX)
		return false;
	for (uint32_t i = 0; i < m->n; i++) {
		if (!m->v[i].tag)
			return false;
		for (uint32_t j = 0; j < i; j++) {
			if (m->v[j].tag == m->v[i].tag || xos_id_eq(&m->v[j].id, &m->v[i].id))
				return false;
		}
	}
	voters = count(m, ORDER_VOTER);
	return voters && voters <= ORDER_VOTERS_MAX;
}

bool members_joint(const struct order_members *m)
{
	return count(m, ORDER_OUTGOING) != 0;
}

static bool side_quorum(const struct order_members *m, uint32_t bits, uint8_t role)
{
	uint32_t all = 0, set = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		if (!(m->v[i].roles & role))
			continue;
		all++;
		set += bits >> i & 1;
	}
	return set >= all / 2 + 1;
}

bool members_quorum(const struct order_members *m, uint32_t bits)
{
	if (!side_quorum(m, bits, ORDER_VOTER))
		return false;
	if (MUTANT(order_joint_new_side_only))
		return true;
	return !members_joint(m) || side_quorum(m, bits, ORDER_OUTGOING);
}

uint64_t members_reached(const struct order_members *m, const uint64_t *value)
{
	uint64_t best = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t bits = 0;

		for (uint32_t j = 0; j < m->n; j++)
			bits |= (uint32_t)(value[j] >= value[i]) << j;
		if (value[i] > best && members_quorum(m, bits))
			best = value[i];
	}
	return best;
}

bool member_votes(const struct order_group *g)
{
	const struct order_member *self = member_self(g);

	return self && self->roles & (ORDER_VOTER | ORDER_OUTGOING);
}

struct oprogress *progress_of(struct order_group *g, uint64_t tag)
{
	for (uint32_t i = 0; i < g->members.n; i++) {
		if (g->members.v[i].tag == tag)
			return &g->progress[i];
	}
	return NULL;
}

/* --- stored form ----------------------------------------------------------------- */

void members_to_wire(const struct order_members *m, struct wire_order_member *v,
		     struct wire_order_members *out)
{
	for (uint32_t i = 0; i < m->n; i++) {
		v[i] = (struct wire_order_member){
			.id = m->v[i].id,
			.addr = m->v[i].addr,
			.tag = m->v[i].tag,
			.roles = m->v[i].roles,
		};
	}
	out->members = (struct wire_order_member_list){ .v = v, .n = m->n };
}

int members_from_wire(const struct wire_order_members *in, struct order_members *out)
{
	struct wire_order_member w;
	size_t pos = 0;

	*out = (struct order_members){ 0 };
	while (wire_order_member_list_next(&in->members, &pos, &w)) {
		struct order_member *m = &out->v[out->n++];

		xassert(out->n <= ORDER_MEMBERS_MAX);
		*m = (struct order_member){ .id = w.id, .addr = w.addr, .tag = w.tag };
		m->roles = w.roles;
	}
	return out->n && !members_valid(out) ? -EPROTO : 0;
}

int members_decode(struct bytes data, struct order_members *out)
{
	struct wire_order_members w;
	int err = wire_set_decode(&wire_order_members_set, data, &w);

	if (!err)
		err = members_from_wire(&w, out);
	return err ? err : out->n ? 0 : -EPROTO;
}

/* --- in force -------------------------------------------------------------------- */

void members_set(struct order_group *g, const struct order_members *m, uint64_t index)
{
	struct oprogress old[ORDER_MEMBERS_MAX];
	struct order_members was = g->members;
	bool taken[ORDER_MEMBERS_MAX] = { false };
	uint64_t now = env_now(g->o->env);

	memcpy(old, g->progress, sizeof(old));
	g->members = *m;
	g->members_index = index;
	for (uint32_t i = 0; i < m->n; i++) {
		struct oprogress *p = &g->progress[i];
		uint32_t j = 0;

		while (j < was.n && was.v[j].tag != m->v[i].tag)
			j++;
		*p = (struct oprogress){ .tag = m->v[i].tag, .next = g->log.last + 1 };
		p->heard_ns = now;
		if (j < was.n) {
			*p = old[j];
			taken[j] = true;
		}
	}
	/* Whoever is new takes the memory of somebody who is not in use. */
	for (uint32_t i = 0, free = 0; i < ORDER_MEMBERS_MAX; i++) {
		struct oprogress *p = &g->progress[i];

		if (i < m->n && p->inflight)
			continue;
		while (free < ORDER_MEMBERS_MAX && taken[free])
			free++;
		xassert(free < ORDER_MEMBERS_MAX);
		if (i >= m->n)
			*p = (struct oprogress){ 0 };
		p->inflight = old[free++].inflight;
	}
}

uint64_t members_before(const struct order_group *g, uint64_t index, struct order_members *out)
{
	for (uint64_t i = index - 1; i >= g->log.first && i > g->snap.index; i--) {
		const struct oentry *e = olog_at(&g->log, i);

		if (e->kind != WIRE_ORDER_KIND_MEMBERS)
			continue;
		xassert(!members_decode(olog_data(&g->log, e), out));
		return i;
	}
	*out = g->snap.members;
	return g->snap.index;
}

void members_revert(struct order_group *g, uint64_t index)
{
	struct order_members m;

	if (g->members_index < index)
		return;
	index = members_before(g, index, &m);
	members_set(g, &m, index);
}

static void append_members(struct order_group *g, const struct order_members *m)
{
	struct wire_order_member v[ORDER_MEMBERS_MAX];
	uint8_t mem[WIRE_ORDER_SNAPSHOT_SIZE_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_order_members w;

	members_to_wire(m, v, &w);
	if (wire_set_encode(&wire_order_members_set, &w, &b))
		xassert(!"a membership fits");
	order_append_own(g, WIRE_ORDER_KIND_MEMBERS, 0, 0, buf_bytes(&b));
	members_set(g, m, g->log.last);
}

void members_finish(struct order_group *g)
{
	struct order_members m = { 0 };

	if (!members_joint(&g->members) || g->members_index > g->commit ||
	    g->commit < g->term_index || !olog_room(&g->log, WIRE_ORDER_SNAPSHOT_SIZE_MAX, 0, 0))
		return;
	for (uint32_t i = 0; i < g->members.n; i++) {
		if (g->members.v[i].roles & ORDER_LEAVING)
			continue;
		m.v[m.n] = g->members.v[i];
		m.v[m.n++].roles &= ORDER_VOTER;
	}
	append_members(g, &m);
}

void members_committed(struct order_group *g, const struct order_members *m, uint64_t index)
{
	g->applied_members = *m;
	if (g->service->members)
		g->service->members(g->ctx, m, index);
}

/* --- changes --------------------------------------------------------------------- */

/* May this replica become a voter? It has to be here, and not far behind. */
static bool caught_up(struct order_group *g, uint64_t tag)
{
	const struct oprogress *p = progress_of(g, tag);
	uint64_t now = env_now(g->o->env);

	if (tag == g->tag)
		return true;
	return p && p->match + g->o->cfg.promote_lag >= g->log.last && p->match &&
	       now - p->heard_ns < 2 * order_election_ns(g->o);
}

static enum order_status plan_change(struct order_group *g, const struct order_members *want,
				     struct order_members *out)
{
	*out = *want;
	for (uint32_t i = 0; i < out->n; i++) {
		struct order_member *m = &out->v[i];
		const struct order_member *old = member_find(&g->members, m->tag);

		m->roles &= ORDER_VOTER;
		if (m->roles && !(old && old->roles & ORDER_VOTER) && !caught_up(g, m->tag))
			return ORDER_BEHIND;
		if (old && old->roles & ORDER_VOTER)
			m->roles |= ORDER_OUTGOING;
	}
	for (uint32_t i = 0; i < g->members.n; i++) {
		const struct order_member *old = &g->members.v[i];

		if (member_find(out, old->tag) || !(old->roles & ORDER_VOTER))
			continue;
		if (out->n == ORDER_MEMBERS_MAX)
			return ORDER_BAD;
		out->v[out->n] = *old;
		out->v[out->n++].roles = ORDER_OUTGOING | ORDER_LEAVING;
	}
	return ORDER_OK;
}

/* The voters stay as they are: then one entry does it. */
static void same_voters(struct order_members *joint)
{
	for (uint32_t i = 0; i < joint->n; i++) {
		uint8_t r = joint->v[i].roles & (ORDER_VOTER | ORDER_OUTGOING);

		if (r != 0 && r != (ORDER_VOTER | ORDER_OUTGOING))
			return;
	}
	for (uint32_t i = 0; i < joint->n; i++)
		joint->v[i].roles &= ORDER_VOTER;
}

enum order_status order_change(struct order_group *g, const struct order_members *want,
			       struct order_op *op)
{
	struct order_members next;
	enum order_status status;

	if (!members_valid(want))
		return ORDER_BAD;
	if (g->role != ORDER_LEADER)
		return ORDER_NOT_LEADER;
	/* One at a time, and none before the leader knows what is committed. */
	if (members_joint(&g->members) || g->members_index > g->commit ||
	    g->commit < g->term_index || g->transfer)
		return ORDER_CHANGING;
	status = plan_change(g, want, &next);
	if (status != ORDER_OK)
		return status;
	if (!olog_room(&g->log, WIRE_ORDER_SNAPSHOT_SIZE_MAX, 0, 0) || !op_begin(g, op, OOP_CHANGE))
		return ORDER_BUSY;
	same_voters(&next);
	if (MUTANT(order_no_joint))
		next = *want;
	append_members(g, &next);
	op->index = g->log.last;
	order_touch(g);
	return ORDER_OK;
}
