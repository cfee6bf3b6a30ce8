// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

#define WHY(...) (snprintf(why, SIM_REASON_MAX, __VA_ARGS__), false)

static struct bytes start_of(const struct machine *m)
{
	return ring_key_bytes(&m->view.arc.start);
}

static int position_cmp(const void *a, const void *b)
{
	const struct machine *x = *(struct machine *const *)a, *y = *(struct machine *const *)b;

	if (x->view.arc.class != y->view.arc.class)
		return x->view.arc.class < y->view.arc.class ? -1 : 1;
	return bytes_cmp(start_of(x), start_of(y));
}

/* Every node is a member and knows the grid to be complete. */
static bool members(struct machine *m, char *why)
{
	const struct ring_view *v = &m->view;

	node_view(m->node, &m->view);
	if (m->paused_until_ns > m->sim->now_ns)
		return WHY("n%02u is paused", m->index);
	if (v->state != RING_OWNER)
		return WHY("n%02u has no arc, state %d", m->index, (int)v->state);
	if (!v->complete || v->custody || v->replicas != m->sim->plan.replicas)
		return WHY("n%02u: complete %d, custody %02x, replicas %u", m->index, v->complete,
			   v->custody, v->replicas);
	if (v->moving)
		return WHY("n%02u is still handing over a part of its arc", m->index);
	if (!node_serving(m->node))
		return WHY("n%02u does not serve", m->index);
	if (v->self.class != v->arc.class || !bytes_eq(ring_key_bytes(&v->self.key), start_of(m)))
		return WHY("n%02u: its position is not where its arc begins", m->index);
	return true;
}

/* Each class is tiled from its beginning to its end. */
static bool tiles(struct machine **order, uint32_t n, uint32_t classes, char *why)
{
	uint32_t class = 0;
	bool open = true;

	for (uint32_t i = 0; i < n; i++) {
		const struct ring_arc *a = &order[i]->view.arc;

		if (open ? a->class != class || a->start.len : a->class != class)
			return WHY("n%02u: class %u begins wrongly", order[i]->index, a->class);
		if (!open &&
		    !bytes_eq(ring_key_bytes(&order[i - 1]->view.arc.end), start_of(order[i])))
			return WHY("gap or overlap between n%02u and n%02u", order[i - 1]->index,
				   order[i]->index);
		open = a->open;
		class += open;
	}
	return open && class == classes ? true : WHY("%u of %u classes are tiled", class, classes);
}

static bool neighbours(struct machine **order, uint32_t n, char *why)
{
	for (uint32_t i = 0; i < n && n > 1; i++) {
		struct machine *m = order[i], *next = order[(i + 1) % n];
		struct machine *before = order[(i + n - 1) % n];

		if (!m->view.succ_n || !xos_addr_eq(&m->view.succ[0].addr, &next->addr))
			return WHY("n%02u: its successor is not n%02u", m->index, next->index);
		if (!m->view.has_pred || !xos_addr_eq(&m->view.pred.addr, &before->addr))
			return WHY("n%02u: its predecessor is not n%02u", m->index, before->index);
	}
	return true;
}

bool check_served(struct sim *s)
{
	struct machine *order[PLAN_NODES_MAX];
	char why[SIM_REASON_MAX];
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		struct machine *m = &s->machines[i];

		if (!m->node)
			continue;
		node_view(m->node, &m->view);
		if (m->view.state != RING_OWNER || !node_serving(m->node) ||
		    m->view.leases + 1u < s->plan.replicas)
			continue;
		order[n++] = m;
	}
	qsort(order, n, sizeof(order[0]), position_cmp);
	return n && tiles(order, n, s->plan.replicas, why);
}

bool check_ring(struct sim *s, char *why)
{
	struct machine *order[PLAN_NODES_MAX];
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		if (s->machines[i].gone)
			continue;
		order[n] = &s->machines[i];
		if (!order[n]->node)
			return WHY("n%02u is down", i);
		if (!members(order[n++], why))
			return false;
	}
	qsort(order, n, sizeof(order[0]), position_cmp);
	return tiles(order, n, s->plan.replicas, why) && neighbours(order, n, why);
}
