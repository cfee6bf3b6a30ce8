// SPDX-License-Identifier: GPL-2.0-or-later
/* A member that drains moves its connections to the others. */
#include "internal.h"

#include <errno.h>

/* By weight, and evenly at any moment (smooth weighted round robin). */
static const struct group_member *choose(struct vip *v)
{
	const struct group *g = &v->group;
	struct drain *r = &v->drain;
	int32_t total = 0;
	uint32_t best = g->n;

	for (uint32_t i = 0; i < g->n; i++) {
		const struct group_member *m = &g->member[i];

		if (group_given(g, m) != WIRE_DS_MEMBER_STATE_ACTIVE || !m->weight ||
		    xos_addr_eq(&m->addr, &v->d->c.self))
			continue;
		r->credit[i] += (int32_t)m->weight;
		total += (int32_t)m->weight;
		if (best == g->n || r->credit[i] > r->credit[best])
			best = i;
	}
	if (best == g->n)
		return NULL;
	r->credit[best] -= total;
	return &g->member[best];
}

static void drain_see(void *arg, const struct dserver_conn *conn, bool movable)
{
	struct vip *v = arg;
	struct drain *r = &v->drain;

	r->info.left++;
	if (movable && r->n < DRAIN_LIST_MAX && !move_find_conn(v->d, conn))
		r->list[r->n++] = *conn;
}

static void drain_list(struct vip *v)
{
	struct drain *r = &v->drain;
	uint32_t before = r->info.left;

	r->next = r->n = r->failed = 0;
	r->info.left = 0;
	if (OPS(v->d, conns, &v->group.vip, drain_see, v)) {
		r->n = 0;
		r->info.left = before;
	}
}

static void drain_one(struct vip *v, const struct dserver_conn *conn)
{
	const struct group_member *to = choose(v);
	struct drain *r = &v->drain;
	struct move *m;

	if (!to || donor_begin(v->d, conn, to, &m)) {
		r->failed++;
		r->info.failed++;
		return;
	}
	m->drain = true;
	r->under_way++;
}

/*
 * The list is made anew when it was gone through: at once while all goes well,
 * and after a pause when something stays that cannot move now.
 */
static void drain_fire(void *ctx)
{
	struct vip *v = ctx;
	struct drain *r = &v->drain;

	if (!r->on)
		return;
	if (r->next == r->n && (!r->failed || !r->under_way))
		drain_list(v);
	while (r->under_way < DSERVER_DRAIN_MAX && r->next < r->n)
		drain_one(v, &r->list[r->next++]);
	if (!r->under_way)
		env_timer_set(v->d->c.env, &r->timer, DSERVER_RETRY_NS);
}

/* A move that the drain began has an end. */
void drain_ended(struct move *m, int err)
{
	struct vip *v = vip_find(m->d, &m->conn.vip);
	struct drain *r = &v->drain;

	m->drain = false;
	xassert(v && r->under_way);
	r->under_way--;
	if (err) {
		r->failed++;
		r->info.failed++;
	} else {
		r->info.moved++;
		r->info.left -= r->info.left > 0;
	}
	/* When the last one of a list failed, there is a pause. */
	if (r->on)
		env_timer_set(m->d->c.env, &r->timer,
			      r->failed && !r->under_way && r->next == r->n ? DSERVER_RETRY_NS : 0);
}

/* Begin or end, as the group says about this node. */
void drain_group_changed(struct vip *v)
{
	const struct group_member *self = group_find_addr(&v->group, &v->d->c.self);
	bool on = self && self->state == WIRE_DS_MEMBER_STATE_DRAINING;
	struct drain *r = &v->drain;

	memset(r->credit, 0, sizeof(r->credit));
	if (on == r->on)
		return;
	r->on = r->info.on = on;
	if (!on) {
		env_timer_cancel(v->d->c.env, &r->timer);
		return;
	}
	r->info = (struct dserver_drain){ .on = true };
	r->next = r->n = r->failed = 0;
	r->timer = (struct env_timer){ .fire = drain_fire, .ctx = v };
	env_timer_set(v->d->c.env, &r->timer, 0);
}

const struct dserver_drain *dserver_drain(const struct dserver *d, const struct xos_addr *vip)
{
	const struct vip *v = vip_find((struct dserver *)d, vip);

	return v ? &v->drain.info : NULL;
}
