// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ORD: each request declares the mutexes that it will lock, once for each time;
 * a mutex is granted in the order of the log among those that declared it. A
 * request that declared nothing runs alone. Signals are sent with the mutex
 * held; a declared request cannot wait with a time limit or start threads.
 */
#include "sched_impl.h"

static void start(struct vsched *s)
{
	struct vticket *k;
	struct vthread *t;

	while (!cds_list_empty(&s->external) && !s->alone) {
		k = cds_list_first_entry(&s->external, struct vticket, node);
		t = k->thread;
		if (t->exclusive && s->live)
			return;
		s->alone = t->exclusive;
		vs_ticket_put(s, k);
		vs_resume(s, t);
	}
}

static int request(struct vsched *s, struct vthread *t)
{
	t->exclusive = cds_list_empty(&t->declared);
	if (!vs_ticket(s, &s->external, VTK_REQUEST, t))
		return -ENOSPC;
	start(s);
	return 0;
}

static void wake_now(struct vsched *s, struct vthread *t)
{
	if (t->state == VT_EXTERN || vs_timeout(s, t))
		vs_resume(s, t);
}

static int wake(struct vsched *s, struct vthread *t, uint32_t wait)
{
	struct vticket *k;

	if (vs_waits(t, wait)) {
		wake_now(s, t);
		return 0;
	}
	k = vs_ticket(s, &s->internal, VTK_WAKE, t);
	if (!k)
		return -ENOSPC;
	k->wait = wait;
	cds_list_add_tail(&k->mine, &t->early);
	return 0;
}

int vsched_declare(struct vsched *s, struct vthread *t, struct vmutex *m)
{
	struct vticket *k = vs_ticket(s, &m->order, VTK_DECLARED, t);

	if (!k)
		return -ENOSPC;
	k->mutex = m;
	cds_list_add_tail(&k->mine, &t->declared);
	return 0;
}

static struct vticket *declaration(struct vmutex *m, const struct vthread *t)
{
	struct vticket *k;

	cds_list_for_each_entry(k, &m->order, node) {
		if (k->thread == t)
			return k;
	}
	return NULL;
}

/* Can what it asks for be ordered? */
static bool ordered(struct vthread *t)
{
	if (t->op == VOP_SPAWN)
		return false;
	if (t->exclusive)
		return true;
	if (t->op == VOP_WAIT)
		return !t->timed;
	return t->op != VOP_LOCK || declaration(t->mutex, t);
}

static void end(struct vsched *s, struct vthread *t)
{
	struct vticket *k, *next;
	struct vmutex *m;

	cds_list_for_each_entry_safe(k, next, &t->early, mine)
		vs_ticket_put(s, k);
	while (!cds_list_empty(&t->declared)) {
		k = cds_list_first_entry(&t->declared, struct vticket, mine);
		m = k->mutex;
		vs_ticket_put(s, k);
		vs_pump(s, m, NULL);
	}
	if (t->exclusive)
		s->alone = false;
	vs_end(s, t);
	start(s);
}

static void op(struct vsched *s, struct vthread *t)
{
	struct vticket *k;

	if (t->op == VOP_END) {
		end(s, t);
		return;
	}
	if (!ordered(t)) {
		t->result = VSCHED_VIOLATION;
		vs_resume(s, t);
		return;
	}
	t->relaxed = t->relaxed || t->op == VOP_RELAX;
	if (vs_exec(s, t)) {
		vs_resume(s, t);
		return;
	}
	if (t->state != VT_EXTERN && !(t->state == VT_COND && t->timed))
		return;
	k = vs_early(t);
	if (!k)
		return;
	vs_ticket_put(s, k);
	wake_now(s, t);
}

static struct vthread *next(struct vsched *s, struct vmutex *m)
{
	struct vthread *w;
	struct vticket *k;

	w = cds_list_first_entry(&m->waiters, struct vthread, node);
	if (s->alone || MUTANT(vnode_ord_arrival_order))
		return w;
	if (cds_list_empty(&m->order))
		return NULL;
	k = cds_list_first_entry(&m->order, struct vticket, node);
	cds_list_for_each_entry(w, &m->waiters, node) {
		if (w == k->thread)
			return w;
	}
	return NULL;
}

static void released(struct vsched *s, struct vmutex *m, struct vthread *t)
{
	struct vticket *k = declaration(m, t);

	if (k)
		vs_ticket_put(s, k);
}

/* It comes next after whoever holds the mutex and signalled it. */
static bool notified(struct vsched *s, struct vthread *t)
{
	struct vmutex *m = t->mutex;
	struct vticket *k;

	if (t->exclusive)
		return false;
	k = vs_ticket(s, &m->order, VTK_DECLARED, t);
	xassert(k);
	k->mutex = m;
	cds_list_add_tail(&k->mine, &t->declared);
	cds_list_del(&k->node);
	if (m->owner)
		cds_list_add(&k->node, m->order.next);
	else
		cds_list_add(&k->node, &m->order);
	return false;
}

static void granted(struct vsched *s, struct vthread *t)
{
	vs_resume(s, t);
}

const struct vsched_class vsched_ord = {
	.name = "ord",
	.trylock_waits = true,
	.request = request,
	.wake = wake,
	.op = op,
	.next = next,
	.granted = granted,
	.released = released,
	.notified = notified,
};
