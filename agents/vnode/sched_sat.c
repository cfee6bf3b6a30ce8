// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * SEQ and SAT: one thread runs at a time. SAT lets another one run while it
 * waits; turns that threads give each other come before those of the log, so
 * that it does not matter when the log's arrive. SEQ begins a request when the
 * one before it ended.
 */
#include "sched_impl.h"

static void dispatch(struct vsched *s);

static int ext_request(struct vsched *s, struct vthread *t)
{
	if (!vs_ticket(s, &s->external, VTK_REQUEST, t))
		return -ENOSPC;
	dispatch(s);
	return 0;
}

static int ext_wake(struct vsched *s, struct vthread *t, uint32_t wait)
{
	struct vticket *k = vs_ticket(s, &s->external, VTK_WAKE, t);

	if (!k)
		return -ENOSPC;
	k->wait = wait;
	cds_list_add_tail(&k->mine, &t->early);
	dispatch(s);
	return 0;
}

static void run(struct vsched *s, struct vthread *t)
{
	s->active = t;
	vs_resume(s, t);
}

/* A turn that a thread gave: to one that was granted its mutex, to a child, to itself. */
static void internal(struct vsched *s, struct vthread *t)
{
	if (MUTANT(vnode_sat_arrival_merge) && s->cls == &vsched_sat)
		vs_ticket(s, &s->external, VTK_INTERNAL, t);
	else
		cds_list_add_tail(&t->node, &s->internal);
}

/* The next event of the log that may be taken now. */
static struct vticket *next_external(struct vsched *s)
{
	struct vticket *k;

	if (cds_list_empty(&s->external))
		return NULL;
	if (s->cls != &vsched_seq || !s->live)
		return cds_list_first_entry(&s->external, struct vticket, node);
	cds_list_for_each_entry(k, &s->external, node) {
		if (k->kind == VTK_WAKE)
			return k;
	}
	return NULL;
}

/* Take an event of the log. Its thread may run, or the event may be of no use any more. */
static void take_external(struct vsched *s, struct vticket *k)
{
	struct vthread *t = k->thread;
	enum vticket_kind kind = k->kind;
	uint32_t wait = k->wait;

	vs_ticket_put(s, k);
	if (!t)
		return;
	if (kind != VTK_WAKE)
		run(s, t);
	else if (vs_waits(t, wait) && (t->state == VT_EXTERN || vs_timeout(s, t)))
		run(s, t);
}

static void dispatch(struct vsched *s)
{
	struct vticket *k;
	struct vthread *t;

	while (!s->active) {
		if (!cds_list_empty(&s->internal)) {
			t = cds_list_first_entry(&s->internal, struct vthread, node);
			cds_list_del_init(&t->node);
			run(s, t);
			return;
		}
		k = next_external(s);
		if (!k)
			return;
		take_external(s, k);
	}
}

static void op(struct vsched *s, struct vthread *t)
{
	bool goes_on = true;

	switch (t->op) {
	case VOP_SPAWN:
		vs_child(s, t);
		internal(s, t->child);
		break;
	case VOP_YIELD:
		internal(s, t);
		goes_on = false;
		break;
	case VOP_RELAX:
		t->relaxed = true;
		break;
	case VOP_END:
		vs_end(s, t);
		goes_on = false;
		break;
	default:
		goes_on = vs_exec(s, t);
	}
	if (goes_on) {
		vs_resume(s, t);
		return;
	}
	s->active = NULL;
	dispatch(s);
}

static struct vthread *next(struct vsched *s, struct vmutex *m)
{
	return cds_list_first_entry(&m->waiters, struct vthread, node);
}

const struct vsched_class vsched_seq = {
	.name = "seq",
	.request = ext_request,
	.wake = ext_wake,
	.op = op,
	.next = next,
	.granted = internal,
};

const struct vsched_class vsched_sat = {
	.name = "sat",
	.request = ext_request,
	.wake = ext_wake,
	.op = op,
	.next = next,
	.granted = internal,
};
