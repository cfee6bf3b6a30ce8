// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The administrator: founds groups, moves them between hosts, replaces
 * replicas whose disk is damaged. It looks at what is committed and takes the
 * next step towards its goals; so it may crash, or be told nothing, at any time.
 */
#include <stdio.h>

#include <base/assert.h>

#include "chance.h"
#include "order/world.h"

#define ADMIN_STEP_NS (200 * ENV_MS)

static uint64_t new_tag(struct world *w)
{
	return rng_next(&w->s.rng) | 1;
}

void admin_found(struct world *w)
{
	for (uint32_t i = 0; i < w->group_n; i++) {
		struct truth *t = &w->truth[i];

		t->id = rng_next(&w->s.rng) | 1;
		for (uint32_t j = 0; j < w->voters; j++) {
			struct host *h = &w->hosts[(i + j) % w->host_n];
			struct order_member *m = &t->members.v[t->members.n++];

			h->app[i].tag = new_tag(w);
			*m = (struct order_member){ .id = h->id, .addr = h->addr };
			m->tag = h->app[i].tag;
			m->roles = ORDER_VOTER;
			t->goal |= 1U << h->index;
			t->was[t->was_n++] = m->tag;
		}
	}
}

static bool was_member(const struct truth *t, uint64_t tag)
{
	for (uint32_t i = 0; i < t->was_n; i++) {
		if (t->was[i] == tag)
			return true;
	}
	return false;
}

static const struct order_member *member_at(const struct truth *t, uint64_t tag)
{
	for (uint32_t i = 0; i < t->members.n; i++) {
		if (t->members.v[i].tag == tag)
			return &t->members.v[i];
	}
	return NULL;
}

static bool joint(const struct order_members *m)
{
	for (uint32_t i = 0; i < m->n; i++) {
		if (m->v[i].roles & ORDER_OUTGOING)
			return true;
	}
	return false;
}

void admin_members_seen(struct world *w, uint32_t group, const struct order_members *m,
			uint64_t index)
{
	struct truth *t = &w->truth[group];

	if (index <= t->members_index)
		return;
	t->members = *m;
	t->members_index = index;
	for (uint32_t i = 0; i < m->n; i++) {
		if (was_member(t, m->v[i].tag))
			continue;
		xassert(t->was_n < 256);
		t->was[t->was_n++] = m->v[i].tag;
	}
	w->s.stats.changes++;
}

/* --- hosts come and go ----------------------------------------------------------- */

/* A replica that was deleted comes back when its host lost power before that was durable. */
static enum order_status open_replica(struct app *a, uint64_t id)
{
	enum order_status status = order_group_open(a->host->order, id, &app_service, a, &a->g);
	struct order_info info;

	if (status != ORDER_OK)
		return status;
	order_group_info(a->g, &info);
	if (info.tag == a->tag)
		return ORDER_OK;
	order_group_delete(a->g);
	return ORDER_BAD;
}

static void app_open(struct app *a)
{
	struct host *h = a->host;
	struct truth *t = &h->w->truth[a->group];
	const struct order_member *m;
	enum order_status status;

	if (!a->tag)
		return;
	status = open_replica(a, t->id);
	if (status == ORDER_OK)
		return;
	a->g = NULL;
	m = member_at(t, a->tag);
	if (status == ORDER_BAD && m && !t->members_index)
		status = order_group_create(h->order, t->id, a->tag, &t->members, &app_service, a,
					    &a->g);
	/* Nothing was ever durable: nothing was ever promised. */
	else if (status == ORDER_BAD)
		status = order_group_join(h->order, t->id, a->tag, &app_service, a, &a->g);
	/* The deletion of a former replica may still wait for the disk. */
	if (status == ORDER_BAD || status == ORDER_BUSY) {
		a->tag = 0;
	} else if (status != ORDER_OK) {
		sim_say(&h->w->s, (int)h->index, "group %u is damaged", a->group);
		h->damaged = true;
	}
}

void admin_host_up(struct host *h)
{
	for (uint32_t i = 0; i < h->w->group_n; i++)
		app_open(&h->app[i]);
}

void admin_host_died(struct host *h)
{
	for (uint32_t i = 0; i < h->w->group_n; i++) {
		if (h->w->admin_asked[i] && h->w->admin_op[i].ctx == h) {
			h->w->admin_op[i] = (struct order_op){ 0 };
			h->w->admin_asked[i] = false;
		}
	}
}

struct app *admin_leader(struct world *w, uint32_t group)
{
	struct app *best = NULL;
	uint64_t term = 0;

	for (uint32_t i = 0; i < w->host_n; i++) {
		struct app *a = &w->hosts[i].app[group];
		struct order_info info;

		if (!a->g)
			continue;
		order_group_info(a->g, &info);
		if (info.role == ORDER_LEADER && info.term > term) {
			best = a;
			term = info.term;
		}
	}
	return best;
}

/* --- steps ----------------------------------------------------------------------- */

static void change_done(struct order_op *op, enum order_status status, uint64_t index,
			struct bytes reply)
{
	struct host *h = op->ctx;

	for (uint32_t i = 0; i < h->w->group_n; i++) {
		if (&h->w->admin_op[i] == op)
			h->w->admin_asked[i] = false;
	}
	sim_say(&h->w->s, (int)h->index, "change: %s", order_status_name(status));
}

static uint32_t newcomers(struct world *w, uint32_t group, const struct order_members *want)
{
	uint32_t hosts = 0;

	for (uint32_t i = 0; i < want->n; i++) {
		const struct order_member *m = member_at(&w->truth[group], want->v[i].tag);

		if (want->v[i].roles && !(m && m->roles & ORDER_VOTER))
			hosts |= 1U << (want->v[i].id.b[0] - 1);
	}
	return hosts;
}

static void change(struct world *w, uint32_t group, struct app *leader,
		   const struct order_members *want)
{
	struct order_op *op = &w->admin_op[group];
	enum order_status status;

	if (w->admin_asked[group])
		return;
	*op = (struct order_op){ .done = change_done, .ctx = leader->host };
	host_enter(leader->host);
	status = order_change(leader->g, want, op);
	w->admin_asked[group] = status == ORDER_OK;
	host_leave(leader->host);
	/* The leader and the new members on one side, the old ones on the other. */
	if (status == ORDER_OK && w->s.faults && chance_hit(&w->s.rng, w->split_ppm))
		link_split(w, (1U << leader->host->index) | newcomers(w, group, want), ~0U);
	sim_say(&w->s, (int)leader->host->index, "group %u: change to %u members: %s", group,
		want->n, order_status_name(status));
}

/* Make the replicas that the goal needs and that are not there. */
static void make_replicas(struct world *w, uint32_t group)
{
	struct truth *t = &w->truth[group];

	for (uint32_t i = 0; i < w->host_n; i++) {
		struct host *h = &w->hosts[i];
		struct app *a = &h->app[group];

		if (!(t->goal >> i & 1) || a->tag || !h->order || h->damaged)
			continue;
		a->tag = new_tag(w);
		host_enter(h);
		app_open(a);
		host_leave(h);
	}
}

/* Remove replicas that were members and are not any more. */
static void drop_replicas(struct world *w, uint32_t group)
{
	struct truth *t = &w->truth[group];

	for (uint32_t i = 0; i < w->host_n; i++) {
		struct host *h = &w->hosts[i];
		struct app *a = &h->app[group];

		if (!a->tag || member_at(t, a->tag) || joint(&t->members))
			continue;
		if (!h->damaged && (!a->g || !was_member(t, a->tag)))
			continue;
		sim_say(&w->s, (int)i, "group %u: replica %llx removed", group,
			(unsigned long long)a->tag);
		if (a->g && w->admin_asked[group] && w->admin_op[group].ctx == h)
			continue;
		if (a->g) {
			host_enter(h);
			order_group_delete(a->g);
			a->g = NULL;
			host_leave(h);
		}
		a->tag = 0;
		app_reset(a);
	}
}

static const struct order_member *at_host(const struct order_members *m, const struct host *h)
{
	for (uint32_t i = 0; i < m->n; i++) {
		if (xos_id_eq(&m->v[i].id, &h->id))
			return &m->v[i];
	}
	return NULL;
}

/* First everybody whom the goal names as a learner, then as a voter, then without the rest. */
static void change_step(struct world *w, uint32_t group, struct app *leader)
{
	struct truth *t = &w->truth[group];
	struct order_members want = t->members;
	bool learner = false, differs = false, damaged = false;

	for (uint32_t i = 0; i < w->host_n; i++) {
		struct host *h = &w->hosts[i];
		const struct order_member *m = at_host(&t->members, h);

		/* A damaged replica goes before its host comes back as a new one. */
		if (m && m->tag != h->app[group].tag && h->app[group].tag)
			continue;
		if (!(t->goal >> i & 1) || m || !h->app[group].g || want.n == ORDER_MEMBERS_MAX)
			continue;
		want.v[want.n++] = (struct order_member){ h->id, h->addr, h->app[group].tag, 0 };
		learner = true;
	}
	if (learner) {
		change(w, group, leader, &want);
		return;
	}
	want.n = 0;
	for (uint32_t i = 0; i < t->members.n; i++) {
		struct order_member m = t->members.v[i];
		uint32_t host = (uint32_t)m.id.b[0] - 1;
		bool keep = (t->goal >> host & 1) && m.tag == w->hosts[host].app[group].tag &&
			    !w->hosts[host].damaged;

		differs |= !keep || !(m.roles & ORDER_VOTER);
		damaged |= w->hosts[host].damaged;
		m.roles = ORDER_VOTER;
		if (keep)
			want.v[want.n++] = m;
	}
	/* Two voters cannot spare one whose disk is damaged next. */
	if (differs && want.n && (want.n >= 3 || w->voters < 3 || damaged))
		change(w, group, leader, &want);
}

/* A damaged disk is replaced when no group counts on what was on it. */
static void repair(struct world *w)
{
	for (uint32_t i = 0; i < w->host_n; i++) {
		struct host *h = &w->hosts[i];
		uint64_t tags = 0;

		for (uint32_t j = 0; j < w->group_n; j++) {
			struct order_info info;

			tags |= h->app[j].tag;
			if (!h->app[j].g)
				continue;
			order_group_info(h->app[j].g, &info);
			h->damaged |= info.damaged;
		}
		if (h->damaged && h->order)
			host_crash(h, false);
		if (!h->damaged || tags)
			continue;
		w->s.stats.damaged++;
		host_wipe(h);
		host_boot(h);
	}
}

static void admin_step(void *ctx, uint64_t group)
{
	struct world *w = ctx;
	struct app *leader;

	repair(w);
	make_replicas(w, (uint32_t)group);
	drop_replicas(w, (uint32_t)group);
	leader = admin_leader(w, (uint32_t)group);
	if (leader && leader->host->paused_until_ns <= w->s.now_ns &&
	    !joint(&w->truth[group].members))
		change_step(w, (uint32_t)group, leader);
	sim_after(&w->s, ADMIN_STEP_NS + rng_below(&w->s.rng, ADMIN_STEP_NS), admin_step, w, group);
}

/* --- goals ----------------------------------------------------------------------- */

static void goal_change(void *ctx, uint64_t group)
{
	struct world *w = ctx;
	struct truth *t = &w->truth[group];
	uint32_t bit = 1U << rng_below(&w->s.rng, w->host_n), next = t->goal ^ bit;
	uint32_t n = (uint32_t)__builtin_popcount(next);

	if (!w->s.faults)
		return;
	/* Replace one as often as adding or removing one. */
	if (chance_hit(&w->s.rng, CHANCE_CERTAIN / 2)) {
		next ^= 1U << rng_below(&w->s.rng, w->host_n);
		n = (uint32_t)__builtin_popcount(next);
	}
	/* Or nearly everybody at once. */
	if (chance_hit(&w->s.rng, CHANCE_CERTAIN / 3)) {
		next = (uint32_t)rng_below(&w->s.rng, 1U << w->host_n);
		n = (uint32_t)__builtin_popcount(next);
	}
	if (n >= (w->voters < 3 ? 1 : 3) && n <= ORDER_VOTERS_MAX && t->was_n < 200)
		t->goal = next;
	sim_after(&w->s, chance_exp(&w->s.rng, w->change_ms * ENV_MS), goal_change, w, group);
}

static void transfer(void *ctx, uint64_t group)
{
	struct world *w = ctx;
	struct app *leader = admin_leader(w, (uint32_t)group);

	if (!w->s.faults)
		return;
	if (leader && leader->host->paused_until_ns <= w->s.now_ns) {
		host_enter(leader->host);
		w->s.stats.transfers += order_transfer(leader->g, 0) == ORDER_OK;
		host_leave(leader->host);
	}
	sim_after(&w->s, chance_exp(&w->s.rng, w->transfer_ms * ENV_MS), transfer, w, group);
}

static void suspect(void *ctx, uint64_t group)
{
	struct world *w = ctx;
	struct app *leader = admin_leader(w, (uint32_t)group);
	struct host *h = &w->hosts[rng_below(&w->s.rng, w->host_n)];
	bool all = chance_hit(&w->s.rng, CHANCE_CERTAIN / 2);

	if (!w->s.faults)
		return;

	for (uint32_t i = 0; i < w->host_n && leader; i++) {
		struct host *by = &w->hosts[i];

		if (!by->order || leader->host == by || by->paused_until_ns > w->s.now_ns ||
		    !(all || by == h))
			continue;
		host_enter(by);
		order_suspect(by->order, &leader->host->id, true);
		host_leave(by);
		leader = admin_leader(w, (uint32_t)group);
	}
	/* Then somebody loses power while votes are on their way. */
	if (all && chance_hit(&w->s.rng, w->quick_ppm))
		chaos_power_loss(h, ENV_SEC);
	sim_after(&w->s, chance_exp(&w->s.rng, w->suspect_ms * ENV_MS), suspect, w, group);
}

void admin_start(struct world *w)
{
	for (uint32_t i = 0; i < w->group_n; i++) {
		sim_after(&w->s, ADMIN_STEP_NS, admin_step, w, i);
		if (w->change_ms)
			sim_after(&w->s, chance_exp(&w->s.rng, w->change_ms * ENV_MS), goal_change,
				  w, i);
		if (w->transfer_ms)
			sim_after(&w->s, chance_exp(&w->s.rng, w->transfer_ms * ENV_MS), transfer,
				  w, i);
		if (w->suspect_ms)
			sim_after(&w->s, chance_exp(&w->s.rng, w->suspect_ms * ENV_MS), suspect, w,
				  i);
	}
}

/* --- is it as it should be? ------------------------------------------------------ */

static bool group_settled(struct world *w, uint32_t group, char *why)
{
	struct app *leader = admin_leader(w, group);
	const struct truth *t = &w->truth[group];
	struct order_info lead, info;

	if (!leader) {
		snprintf(why, SIM_REASON_MAX, "group %u has no leader", group);
		return false;
	}
	order_group_info(leader->g, &lead);
	for (uint32_t i = 0; i < w->host_n; i++) {
		const struct order_member *m = at_host(&t->members, &w->hosts[i]);
		struct app *a = &w->hosts[i].app[group];

		if (!!m != (t->goal >> i & 1) || (m && m->roles != ORDER_VOTER)) {
			snprintf(why, SIM_REASON_MAX, "group %u: n%02u is %s", group, i,
				 m ? "in it" : "not in it");
			return false;
		}
		if (!m)
			continue;
		if (!a->g) {
			snprintf(why, SIM_REASON_MAX, "group %u: n%02u is down", group, i);
			return false;
		}
		order_group_info(a->g, &info);
		if (info.applied != lead.commit || info.leader != lead.tag) {
			snprintf(why, SIM_REASON_MAX,
				 "group %u: n%02u applied %llu of %llu, follows %llx", group, i,
				 (unsigned long long)info.applied, (unsigned long long)lead.commit,
				 (unsigned long long)info.leader);
			return false;
		}
	}
	return lead.commit == lead.last;
}

bool admin_settled(struct world *w, char *why)
{
	for (uint32_t i = 0; i < w->group_n; i++) {
		if (!group_settled(w, i, why))
			return false;
	}
	return true;
}
