// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * LSA: the leader grants mutexes as they are free and says to whom; the others
 * grant each mutex in the order that the leader said. A reply may leave only
 * when the decisions that it rests on are in the log: that is the container's
 * duty. Condition variables must be signalled with their mutex held.
 */
#include "sched_impl.h"

static int request(struct vsched *s, struct vthread *t)
{
	vs_resume(s, t);
	return 0;
}

/* A thread whose time is up stands in both queues; what comes first decides. */
static void time_up(struct vsched *s, struct vthread *t)
{
	cds_list_add_tail(&t->node, &t->mutex->waiters);
	vs_pump(s, t->mutex, NULL);
}

static int wake(struct vsched *s, struct vthread *t, uint32_t wait)
{
	struct vticket *k;

	if (!vs_waits(t, wait)) {
		k = vs_ticket(s, &s->external, VTK_WAKE, t);
		if (!k)
			return -ENOSPC;
		k->wait = wait;
		cds_list_add_tail(&k->mine, &t->early);
	} else if (t->state == VT_EXTERN) {
		vs_resume(s, t);
	} else if (cds_list_empty(&t->node)) {
		time_up(s, t);
	}
	return 0;
}

static void op(struct vsched *s, struct vthread *t)
{
	struct vticket *k, *next;
	bool waits;

	if (t->op == VOP_END) {
		cds_list_for_each_entry_safe(k, next, &t->early, mine)
			vs_ticket_put(s, k);
		vs_end(s, t);
		return;
	}
	if (t->op == VOP_SPAWN) {
		vs_child(s, t);
		vs_resume(s, t->child);
	}
	waits = !vs_exec(s, t);
	t->relaxed = t->relaxed || t->op == VOP_RELAX;
	if (!waits) {
		vs_resume(s, t);
		return;
	}
	if (t->state != VT_EXTERN && !(t->state == VT_COND && t->timed))
		return;
	k = vs_early(t);
	if (!k)
		return;
	vs_ticket_put(s, k);
	if (t->state == VT_EXTERN)
		vs_resume(s, t);
	else
		time_up(s, t);
}

static struct vthread *waiter_named(struct vmutex *m, uint64_t name)
{
	struct vthread *w;

	cds_list_for_each_entry(w, &m->waiters, node) {
		if (w->name == name)
			return w;
	}
	return NULL;
}

static struct vthread *next(struct vsched *s, struct vmutex *m)
{
	struct vticket *k;
	struct vthread *w;

	if (!cds_list_empty(&m->order) && !MUTANT(vnode_lsa_follower_free)) {
		k = cds_list_first_entry(&m->order, struct vticket, node);
		w = waiter_named(m, k->thread_name);
		if (w)
			vs_ticket_put(s, k);
		return w;
	}
	if (!s->leader && !MUTANT(vnode_lsa_follower_free))
		return NULL;
	w = cds_list_first_entry(&m->waiters, struct vthread, node);
	if (s->leader)
		s->ops->decision(s->ctx, m->name, w->name, w->request);
	return w;
}

static void granted(struct vsched *s, struct vthread *t)
{
	vs_resume(s, t);
}

static struct vmutex *mutex_named(struct vsched *s, uint64_t name)
{
	struct vmutex *m;

	cds_list_for_each_entry(m, &s->all, all) {
		if (m->name == name)
			return m;
	}
	return NULL;
}

int vsched_decision(struct vsched *s, uint64_t mutex, uint64_t thread, uint64_t request)
{
	struct vmutex *m = mutex_named(s, mutex);
	struct vticket *k;

	if (!vsched_knows(s, request))
		return 0;
	k = vs_ticket(s, m ? &m->order : &s->orphans, VTK_DECISION, NULL);
	if (!k)
		return -ENOSPC;
	k->mutex_name = mutex;
	k->thread_name = thread;
	k->request = request;
	if (m)
		vs_pump(s, m, NULL);
	return 0;
}

static void drop_decisions(struct vsched *s, struct cds_list_head *order, uint64_t request)
{
	struct vticket *k, *next_one;

	cds_list_for_each_entry_safe(k, next_one, order, node) {
		if (k->request == request)
			vs_ticket_put(s, k);
	}
}

/* What a request that was cut off did not do any more nobody waits for. */
static void over(struct vsched *s, uint64_t request)
{
	struct vmutex *m;

	drop_decisions(s, &s->orphans, request);
	cds_list_for_each_entry(m, &s->all, all) {
		drop_decisions(s, &m->order, request);
		vs_pump(s, m, NULL);
	}
}

void vsched_lead(struct vsched *s, bool leader)
{
	struct vmutex *m;

	s->leader = leader;
	if (!leader || s->cls != &vsched_lsa)
		return;
	cds_list_for_each_entry(m, &s->all, all)
		vs_pump(s, m, NULL);
}

const struct vsched_class vsched_lsa = {
	.name = "lsa",
	.trylock_waits = true,
	.request = request,
	.wake = wake,
	.op = op,
	.next = next,
	.granted = granted,
	.over = over,
};
