// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PDS-1: a fixed number of workers, in rounds. A round begins when every worker
 * stands still, asks for a mutex, or has no request; each idle worker is given
 * the next request first. What they ask for is then granted in the order of the
 * workers, and who asks again waits for the next round. Without enough requests
 * a round cannot begin: the container is asked to order empty ones.
 *
 * Source: Basile, Kalbarczyk and Iyer, DSN 2003.
 */
#include "sched_impl.h"

static void try_round(struct vsched *s);

static int request(struct vsched *s, struct vthread *t)
{
	if (!vs_ticket(s, &s->external, VTK_REQUEST, t))
		return -ENOSPC;
	try_round(s);
	return 0;
}

int vsched_noop(struct vsched *s)
{
	if (s->cls != &vsched_pds)
		return 0;
	return request(s, NULL);
}

static int wake(struct vsched *s, struct vthread *t, uint32_t wait)
{
	struct vticket *k = vs_ticket(s, &s->internal, VTK_WAKE, t);

	if (!k)
		return -ENOSPC;
	k->wait = wait;
	cds_list_add_tail(&k->mine, &t->early);
	try_round(s);
	return 0;
}

static bool queued(struct vthread *t)
{
	return t->state == VT_LOCK && !cds_list_empty(&t->node);
}

static bool woken(struct vthread *t)
{
	struct vticket *k;

	cds_list_for_each_entry(k, &t->early, mine) {
		if (k->wait == t->waits)
			return true;
	}
	return false;
}

/**
 * struct round - what a round could do
 * @idle: workers without a request
 * @ready: workers that could go on
 * @requests: turns in the queue
 * @real: one of them is a request, not an empty one
 */
struct round {
	uint32_t idle;
	uint32_t ready;
	uint32_t requests;
	bool real;
};

/* Return: false while somebody computes or an outside call is not answered. */
static bool look(struct vsched *s, struct round *r)
{
	struct vticket *k;
	struct vthread *t;

	*r = (struct round){ 0 };
	for (uint32_t w = 0; w < s->workers; w++) {
		t = s->seats[w];
		if (!t) {
			r->idle++;
			continue;
		}
		if (t->state == VT_RUN || queued(t) || (t->state == VT_EXTERN && !woken(t)))
			return false;
		r->ready += t->state != VT_COND;
	}
	cds_list_for_each_entry(k, &s->external, node) {
		r->real = r->real || (r->requests < r->idle && k->thread);
		r->requests++;
	}
	return true;
}

static void seat(struct vsched *s, uint32_t w)
{
	struct vticket *k = cds_list_first_entry(&s->external, struct vticket, node);
	struct vthread *t = k->thread;

	vs_ticket_put(s, k);
	if (!t)
		return;
	s->seats[w] = t;
	t->worker = w;
	vs_resume(s, t);
}

static void go_on(struct vsched *s, struct vthread *t)
{
	if (t->state == VT_EXTERN) {
		vs_ticket_put(s, vs_early(t));
		vs_resume(s, t);
	} else if (t->state == VT_LOCK) {
		cds_list_add_tail(&t->node, &t->mutex->waiters);
		if (t->mutex->owner)
			t->mutex->contended++;
	}
}

/* Whoever queues behind a mutex whose owner stands still gives this round up, too. */
static void give_up_behind(struct vsched *s, struct vthread *owner)
{
	struct vthread *t;

	for (uint32_t w = 0; w < s->workers; w++) {
		t = s->seats[w];
		if (!t || !queued(t) || t->mutex->owner != owner)
			continue;
		cds_list_del_init(&t->node);
		give_up_behind(s, t);
	}
}

static void try_round(struct vsched *s)
{
	struct vthread *t;
	struct round r;

	if (!look(s, &r) || (!r.ready && !r.requests))
		return;
	if (r.requests < r.idle && !MUTANT(vnode_pds_round_early)) {
		if (r.ready || r.real)
			s->ops->starved(s->ctx, r.idle - r.requests);
		return;
	}
	for (uint32_t w = 0; w < s->workers; w++) {
		if (s->seats[w])
			go_on(s, s->seats[w]);
		else if (!cds_list_empty(&s->external))
			seat(s, w);
	}
	for (uint32_t w = 0; w < s->workers; w++) {
		t = s->seats[w];
		if (t && queued(t))
			vs_pump(s, t->mutex, NULL);
	}
	for (uint32_t w = 0; w < s->workers; w++) {
		t = s->seats[w];
		if (t && (t->state == VT_COND || (t->state == VT_LOCK && !queued(t))))
			give_up_behind(s, t);
	}
	if (!s->running)
		try_round(s);
}

static void end(struct vsched *s, struct vthread *t)
{
	struct vticket *k, *next;

	cds_list_for_each_entry_safe(k, next, &t->early, mine)
		vs_ticket_put(s, k);
	s->seats[t->worker] = NULL;
	give_up_behind(s, t);
	vs_end(s, t);
	try_round(s);
}

static void op(struct vsched *s, struct vthread *t)
{
	if (t->op == VOP_END) {
		end(s, t);
		return;
	}
	if (t->op == VOP_SPAWN || (t->op == VOP_WAIT && t->timed)) {
		t->result = VSCHED_VIOLATION;
		vs_resume(s, t);
		return;
	}
	t->relaxed = t->relaxed || t->op == VOP_RELAX;
	if (t->op == VOP_LOCK)
		t->state = VT_LOCK;
	else if (vs_exec(s, t)) {
		vs_resume(s, t);
		return;
	}
	give_up_behind(s, t);
	try_round(s);
}

static struct vthread *next(struct vsched *s, struct vmutex *m)
{
	return cds_list_first_entry(&m->waiters, struct vthread, node);
}

static void granted(struct vsched *s, struct vthread *t)
{
	vs_resume(s, t);
}

/* It asks for its mutex in the next round. */
static bool notified(struct vsched *s, struct vthread *t)
{
	return true;
}

const struct vsched_class vsched_pds = {
	.name = "pds",
	.trylock_waits = true,
	.request = request,
	.wake = wake,
	.op = op,
	.next = next,
	.granted = granted,
	.notified = notified,
};
