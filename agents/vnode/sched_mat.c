// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * MAT: all threads compute at the same time, the primary alone synchronises.
 * The life of a thread falls into segments: from a request, a wake-up or a
 * grant to the next point where it waits. Each segment has a turn; turns are
 * taken in the order of the log, those that a primary gave first. Also an
 * unlock needs the turn: it decides who comes next.
 */
#include "sched_impl.h"

static void elect(struct vsched *s);

/* Begin a segment: the thread computes as secondary until its turn comes. */
static void segment(struct vsched *s, struct vthread *t, struct vticket *k)
{
	t->ticket = k;
	vs_resume(s, t);
}

static void end_turn(struct vsched *s, struct vticket *k)
{
	if (!k)
		return;
	k->ended = true;
	k->thread = NULL;
	if (s->primary != k)
		return;
	s->primary = NULL;
	vs_ticket_put(s, k);
	elect(s);
}

static void end_segment(struct vsched *s, struct vthread *t)
{
	struct vticket *k = t->ticket;

	t->ticket = NULL;
	end_turn(s, k);
}

static int request(struct vsched *s, struct vthread *t)
{
	struct vticket *k = vs_ticket(s, &s->external, VTK_REQUEST, t);

	if (!k)
		return -ENOSPC;
	segment(s, t, k);
	elect(s);
	return 0;
}

static int wake(struct vsched *s, struct vthread *t, uint32_t wait)
{
	struct vticket *k = vs_ticket(s, &s->external, VTK_WAKE, t);

	if (!k)
		return -ENOSPC;
	k->wait = wait;
	if (t->state == VT_EXTERN && vs_waits(t, wait))
		segment(s, t, k);
	else
		cds_list_add_tail(&k->mine, &t->early);
	elect(s);
	return 0;
}

static void internal(struct vsched *s, struct vthread *t)
{
	struct vticket *k = vs_ticket(s, &s->internal, VTK_INTERNAL, t);

	xassert(k);
	segment(s, t, k);
}

static void perform(struct vsched *s, struct vthread *t);

/* A timed wait whose time is up. Return: true when its thread is the primary now. */
static bool elect_timeout(struct vsched *s, struct vticket *k)
{
	struct vthread *t = k->thread;

	cds_list_del_init(&k->mine);
	if (!vs_waits(t, k->wait) || t->state != VT_COND || !vs_timeout(s, t))
		return false;
	s->primary = k;
	segment(s, t, k);
	return true;
}

static void elect(struct vsched *s)
{
	struct cds_list_head *queue;
	struct vticket *k;

	while (!s->primary) {
		queue = cds_list_empty(&s->internal) ? &s->external : &s->internal;
		if (cds_list_empty(queue))
			return;
		k = cds_list_first_entry(queue, struct vticket, node);
		cds_list_del_init(&k->node);
		if (k->ended || !k->thread) {
			vs_ticket_put(s, k);
		} else if (k->thread->ticket == k) {
			s->primary = k;
			if (k->thread->state == VT_GATE)
				perform(s, k->thread);
		} else if (!elect_timeout(s, k)) {
			vs_ticket_put(s, k);
		}
	}
}

/* The primary does what it asked for. */
static void perform(struct vsched *s, struct vthread *t)
{
	struct vticket *k = t->ticket;
	bool goes_on = true;

	switch (t->op) {
	case VOP_SPAWN:
		vs_child(s, t);
		internal(s, t->child);
		break;
	case VOP_YIELD:
		/* the new turn first: whoever is elected may give turns, too */
		internal(s, t);
		end_turn(s, k);
		return;
	default:
		t->state = VT_GATE;
		goes_on = vs_exec(s, t);
	}
	if (goes_on)
		vs_resume(s, t);
	else
		end_segment(s, t);
}

/* Outside calls and the end need no turn: whoever did not synchronise has touched nothing. */
static bool needs_turn(const struct vthread *t)
{
	return t->op != VOP_EXTERN && t->op != VOP_END && t->op != VOP_RELAX &&
	       !(t->op == VOP_UNLOCK && MUTANT(vnode_mat_ungated_unlock));
}

static void extern_begin(struct vsched *s, struct vthread *t)
{
	struct vticket *k = t->ticket;

	vs_exec(s, t);
	t->ticket = vs_early(t);
	if (t->ticket)
		vs_resume(s, t);
	end_turn(s, k);
}

static void op(struct vsched *s, struct vthread *t)
{
	if (t->op == VOP_RELAX) {
		t->relaxed = true;
		vs_resume(s, t);
		end_segment(s, t);
	} else if (t->op == VOP_END) {
		end_segment(s, t);
		vs_end(s, t);
	} else if (t->op == VOP_EXTERN) {
		extern_begin(s, t);
	} else if (needs_turn(t) && s->primary != t->ticket) {
		t->state = VT_GATE;
	} else {
		perform(s, t);
	}
}

static struct vthread *next(struct vsched *s, struct vmutex *m)
{
	return cds_list_first_entry(&m->waiters, struct vthread, node);
}

const struct vsched_class vsched_mat = {
	.name = "mat",
	.request = request,
	.wake = wake,
	.op = op,
	.next = next,
	.granted = internal,
};
