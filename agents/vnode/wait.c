// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Threads that wait for a time. Each replica knows them; the leader's timer
 * proposes the end, and only the log makes it happen. A local timer that woke a
 * thread would wake it elsewhere in the order at each replica.
 */
#include "vnode_impl.h"

#define RETRY_NS (10 * ENV_MS)

static void time_up(void *ctx)
{
	struct vwait *w = ctx;
	struct vnode *v = w->v;

	if (MUTANT(vnode_local_timer)) {
		HOST_SEND(v, vh_wake, .index = w->index, .thread = w->thread, .wait = w->wait);
		return;
	}
	if (!v->leader)
		return;
	if (!PROPOSE(v, vn_wake, .index = w->index, .thread = w->thread, .wait = w->wait))
		env_timer_set(v->env, &w->timer, RETRY_NS);
}

static void forget(struct vwait *w)
{
	env_timer_cancel(w->v->env, &w->timer);
	cds_list_del(&w->node);
	pool_put(&w->v->wait_pool, w);
}

bool wait_known(const struct vnode *v, uint64_t thread, uint32_t wait)
{
	struct vwait *w;

	cds_list_for_each_entry(w, &v->waits, node) {
		if (w->thread == thread && w->wait == wait)
			return true;
	}
	return false;
}

/* Is its end in the log already, behind what this host was given? */
static bool ended(struct vnode *v, const struct wire_vh_wait *m)
{
	struct wire_vn_wake wake;
	struct kept *k = kept_find(v, m->index);

	if (k && k->hot)
		return false;
	for (uint32_t i = 0; i < v->kept_n; i++) {
		k = &v->kept[i];
		if (k->type != WIRE_VN_WAKE || k->about != m->index)
			continue;
		xassert(!wire_vn_wake_decode(kept_message(v, k), &wake));
		if (wake.thread == m->thread && wake.wait == m->wait)
			return true;
	}
	return false;
}

void wait_begin(struct vnode *v, const struct wire_vh_wait *m)
{
	struct vwait *w;

	wait_end(v, m->thread, m->wait - 1);
	if (ended(v, m))
		return;
	w = pool_get(&v->wait_pool);
	if (!w) {
		env_log(v->env, ENV_ERR, ENV_SUB_VNODE, "%s: more than %u threads wait for a time",
			v->about.name, VNODE_WAITS_MAX);
		return;
	}
	w->v = v;
	w->index = m->index;
	w->thread = m->thread;
	w->wait = m->wait;
	w->delay_ns = m->delay_ns;
	w->timer.fire = time_up;
	w->timer.ctx = w;
	cds_list_add_tail(&w->node, &v->waits);
	if (v->leader || MUTANT(vnode_local_timer))
		env_timer_set(v->env, &w->timer, w->delay_ns);
}

void wait_end(struct vnode *v, uint64_t thread, uint32_t wait)
{
	struct vwait *w, *next;

	cds_list_for_each_entry_safe(w, next, &v->waits, node) {
		if (w->thread == thread && w->wait <= wait)
			forget(w);
	}
}

void waits_of_request_end(struct vnode *v, uint64_t index)
{
	struct vwait *w, *next;

	cds_list_for_each_entry_safe(w, next, &v->waits, node) {
		if (w->index == index)
			forget(w);
	}
}

void waits_role(struct vnode *v)
{
	struct vwait *w;

	cds_list_for_each_entry(w, &v->waits, node) {
		if (v->leader)
			env_timer_set(v->env, &w->timer, w->delay_ns);
		else
			env_timer_cancel(v->env, &w->timer);
	}
}

void waits_clear(struct vnode *v)
{
	struct vwait *w, *next;

	cds_list_for_each_entry_safe(w, next, &v->waits, node)
		forget(w);
}
