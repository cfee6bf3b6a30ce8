// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What all schedulers share: mutexes with owners, condition variables, hashes,
 * turns. When a thread may do what it asks for is up to the class.
 */
#include "sched_impl.h"

#include <string.h>

static const struct vsched_class *const classes[VSCHED_COUNT] = {
	[VSCHED_SEQ] = &vsched_seq, [VSCHED_SAT] = &vsched_sat, [VSCHED_MAT] = &vsched_mat,
	[VSCHED_LSA] = &vsched_lsa, [VSCHED_PDS] = &vsched_pds, [VSCHED_ORD] = &vsched_ord,
};

const char *vsched_name(enum vsched_kind kind)
{
	return kind < VSCHED_COUNT ? classes[kind]->name : "unknown";
}

int vsched_kind_parse(const char *name, size_t len)
{
	for (int i = 0; i < VSCHED_COUNT; i++) {
		if (strlen(classes[i]->name) == len && !memcmp(classes[i]->name, name, len))
			return i;
	}
	return -EINVAL;
}

enum vsched_kind vsched_kind(const struct vsched *s)
{
	return s->kind;
}

uint64_t vsched_mix(uint64_t a, uint64_t b)
{
	uint64_t z = a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2));

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* --- creation ----------------------------------------------------------------- */

static uint32_t or_default(uint32_t n, uint32_t def)
{
	return n ? n : def;
}

static size_t pool_bytes(size_t piece, uint32_t n)
{
	return (size_t)n * ((piece + 15) & ~(size_t)15) + 16;
}

size_t vsched_arena_size(const struct vsched_config *c)
{
	return sizeof(struct vsched) + 64 +
	       pool_bytes(sizeof(struct vmutex), or_default(c->mutexes_max, VSCHED_MUTEXES_MAX)) +
	       pool_bytes(sizeof(struct vcond), or_default(c->conds_max, VSCHED_CONDS_MAX)) +
	       pool_bytes(sizeof(struct vticket),
			  or_default(c->tickets_max, 4 * VSCHED_THREADS_MAX)) +
	       pool_bytes(sizeof(struct vthread *), or_default(c->workers, VSCHED_WORKERS_DEFAULT));
}

struct vsched *vsched_create(const struct vsched_config *c)
{
	struct vsched *s = arena_alloc(c->arena, sizeof(*s));

	xassert(c->kind < VSCHED_COUNT);
	s->kind = c->kind;
	s->cls = classes[c->kind];
	s->ops = c->ops;
	s->ctx = c->ctx;
	s->leader = c->leader;
	s->workers = or_default(c->workers, VSCHED_WORKERS_DEFAULT);
	s->seats = arena_alloc(c->arena, s->workers * sizeof(*s->seats));
	pool_init(&s->mutexes, c->arena, sizeof(struct vmutex),
		  or_default(c->mutexes_max, VSCHED_MUTEXES_MAX));
	pool_init(&s->conds, c->arena, sizeof(struct vcond),
		  or_default(c->conds_max, VSCHED_CONDS_MAX));
	pool_init(&s->tickets, c->arena, sizeof(struct vticket),
		  or_default(c->tickets_max, 4 * VSCHED_THREADS_MAX));
	CDS_INIT_LIST_HEAD(&s->all);
	CDS_INIT_LIST_HEAD(&s->threads);
	CDS_INIT_LIST_HEAD(&s->internal);
	CDS_INIT_LIST_HEAD(&s->external);
	CDS_INIT_LIST_HEAD(&s->orphans);
	return s;
}

static void drop_tickets(struct vsched *s, struct cds_list_head *queue)
{
	while (!cds_list_empty(queue))
		vs_ticket_put(s, cds_list_first_entry(queue, struct vticket, node));
}

int vsched_switch(struct vsched *s, enum vsched_kind kind)
{
	struct vmutex *m;

	if (!cds_list_empty(&s->threads))
		return -EBUSY;
	xassert(kind < VSCHED_COUNT);
	/* without threads what is left is of no use: empty requests, wake-ups that came too late */
	drop_tickets(s, &s->external);
	drop_tickets(s, &s->internal);
	drop_tickets(s, &s->orphans);
	cds_list_for_each_entry(m, &s->all, all)
		drop_tickets(s, &m->order);
	if (s->primary)
		vs_ticket_put(s, s->primary);
	s->kind = kind;
	s->cls = classes[kind];
	s->primary = NULL;
	s->active = NULL;
	return 0;
}

struct vmutex *vsched_mutex(struct vsched *s, uint64_t name, enum vmutex_kind kind)
{
	struct vmutex *m = pool_get(&s->mutexes);
	struct vticket *k, *next;

	if (!m)
		return NULL;
	CDS_INIT_LIST_HEAD(&m->waiters);
	CDS_INIT_LIST_HEAD(&m->order);
	m->name = name;
	m->kind = kind;
	m->hash = name;
	cds_list_add_tail(&m->all, &s->all);
	cds_list_for_each_entry_safe(k, next, &s->orphans, node) {
		if (k->mutex_name != name)
			continue;
		cds_list_del(&k->node);
		cds_list_add_tail(&k->node, &m->order);
	}
	return m;
}

int vsched_mutex_free(struct vsched *s, struct vmutex *m)
{
	if (m->owner || !cds_list_empty(&m->waiters))
		return -EBUSY;
	drop_tickets(s, &m->order);
	s->gone += m->grants ? vsched_mix(m->name, m->hash) : 0;
	cds_list_del(&m->all);
	pool_put(&s->mutexes, m);
	return 0;
}

struct vcond *vsched_cond(struct vsched *s)
{
	struct vcond *c = pool_get(&s->conds);

	if (c)
		CDS_INIT_LIST_HEAD(&c->waiters);
	return c;
}

int vsched_cond_free(struct vsched *s, struct vcond *c)
{
	if (!cds_list_empty(&c->waiters))
		return -EBUSY;
	pool_put(&s->conds, c);
	return 0;
}

void vsched_thread_init(struct vthread *t, uint64_t name, uint64_t request)
{
	memset(t, 0, sizeof(*t));
	t->name = name;
	t->request = request;
	t->trace = name;
	CDS_INIT_LIST_HEAD(&t->node);
	CDS_INIT_LIST_HEAD(&t->cond_node);
	CDS_INIT_LIST_HEAD(&t->early);
	CDS_INIT_LIST_HEAD(&t->declared);
}

/* --- turns -------------------------------------------------------------------- */

struct vticket *vs_ticket(struct vsched *s, struct cds_list_head *queue, enum vticket_kind kind,
			  struct vthread *t)
{
	struct vticket *k = pool_get(&s->tickets);

	if (!k)
		return NULL;
	k->kind = kind;
	k->thread = t;
	CDS_INIT_LIST_HEAD(&k->mine);
	cds_list_add_tail(&k->node, queue);
	return k;
}

void vs_ticket_put(struct vsched *s, struct vticket *k)
{
	cds_list_del(&k->node);
	cds_list_del(&k->mine);
	pool_put(&s->tickets, k);
}

struct vticket *vs_early(struct vthread *t)
{
	struct vticket *k;

	cds_list_for_each_entry(k, &t->early, mine) {
		if (k->wait != t->waits)
			continue;
		cds_list_del_init(&k->mine);
		return k;
	}
	return NULL;
}

/* --- operations --------------------------------------------------------------- */

void vs_resume(struct vsched *s, struct vthread *t)
{
	if (t->state == VT_NEW)
		s->live++;
	t->state = VT_RUN;
	t->op = VOP_NONE;
	s->running++;
	s->ops->resume(s->ctx, t);
}

static void grant(struct vsched *s, struct vmutex *m, struct vthread *t)
{
	xassert(!m->owner);
	m->owner = t;
	m->count = 1;
	m->grants++;
	m->hash = vsched_mix(m->hash, t->name);
	t->trace = vsched_mix(t->trace, m->hash);
	t->held++;
	if (t->state == VT_COND) {
		/* its time was up and nobody signalled it before it got the mutex */
		cds_list_del_init(&t->cond_node);
		t->result = -ETIMEDOUT;
	}
	t->state = VT_RUN;
}

void vs_pump(struct vsched *s, struct vmutex *m, struct vthread *self)
{
	struct vthread *w;

	if (m->owner || cds_list_empty(&m->waiters))
		return;
	w = s->cls->next(s, m);
	if (!w)
		return;
	cds_list_del_init(&w->node);
	grant(s, m, w);
	if (w != self)
		s->cls->granted(s, w);
}

static void queue_for(struct vsched *s, struct vthread *t)
{
	struct vmutex *m = t->mutex;

	if (m->owner)
		m->contended++;
	cds_list_add_tail(&t->node, &m->waiters);
}

static void release(struct vsched *s, struct vmutex *m, struct vthread *t)
{
	m->owner = NULL;
	m->count = 0;
	t->held--;
	if (s->cls->released)
		s->cls->released(s, m, t);
	vs_pump(s, m, NULL);
}

static void notify(struct vsched *s, struct vthread *w)
{
	bool queued = !cds_list_empty(&w->node);

	cds_list_del_init(&w->cond_node);
	w->result = 0;
	w->state = VT_LOCK;
	if (!queued && s->cls->notified && s->cls->notified(s, w))
		return;
	if (!queued)
		queue_for(s, w);
	vs_pump(s, w->mutex, NULL);
}

bool vs_timeout(struct vsched *s, struct vthread *t)
{
	cds_list_del_init(&t->cond_node);
	t->result = -ETIMEDOUT;
	t->state = VT_LOCK;
	queue_for(s, t);
	vs_pump(s, t->mutex, t);
	return t->state == VT_RUN;
}

static bool wait_begin(struct vsched *s, struct vthread *t)
{
	struct vmutex *m = t->mutex;

	if (m->owner != t || m->count != 1) {
		t->result = m->owner != t ? -EPERM : -EINVAL;
		return true;
	}
	t->state = VT_COND;
	cds_list_add_tail(&t->cond_node, &t->cond->waiters);
	release(s, m, t);
	if (t->timed) {
		t->waits++;
		s->ops->waiting(s->ctx, t);
	}
	return false;
}

static void broadcast(struct vsched *s, struct vcond *c)
{
	CDS_LIST_HEAD(woken);
	struct vthread *w;

	cds_list_splice(&c->waiters, &woken);
	CDS_INIT_LIST_HEAD(&c->waiters);
	while (!cds_list_empty(&woken)) {
		w = cds_list_first_entry(&woken, struct vthread, cond_node);
		notify(s, w);
	}
}

bool vs_exec(struct vsched *s, struct vthread *t)
{
	switch (t->op) {
	case VOP_LOCK:
		t->state = VT_LOCK;
		queue_for(s, t);
		vs_pump(s, t->mutex, t);
		return t->state == VT_RUN;
	case VOP_TRYLOCK:
		if (t->mutex->owner)
			t->result = -EBUSY;
		else
			grant(s, t->mutex, t);
		return true;
	case VOP_UNLOCK:
		release(s, t->mutex, t);
		return true;
	case VOP_WAIT:
		return wait_begin(s, t);
	case VOP_SIGNAL:
		if (!cds_list_empty(&t->cond->waiters))
			notify(s,
			       cds_list_first_entry(&t->cond->waiters, struct vthread, cond_node));
		return true;
	case VOP_BROADCAST:
		broadcast(s, t->cond);
		return true;
	case VOP_EXTERN:
		t->state = VT_EXTERN;
		t->waits++;
		s->ops->waiting(s->ctx, t);
		return false;
	default:
		return true;
	}
}

/* What the owner of a mutex does with it alone concerns nobody else. */
static bool owner_local(struct vthread *t)
{
	struct vmutex *m = t->mutex;

	if (t->op != VOP_LOCK && t->op != VOP_TRYLOCK && t->op != VOP_UNLOCK)
		return false;
	if (m->owner != t) {
		if (t->op == VOP_UNLOCK)
			t->result = -EPERM;
		return t->op == VOP_UNLOCK;
	}
	if (t->op == VOP_UNLOCK) {
		if (m->count > 1)
			m->count--;
		else
			return false;
	} else if (m->kind == VMUTEX_RECURSIVE) {
		m->count++;
	} else if (t->op == VOP_TRYLOCK) {
		t->result = -EBUSY;
	} else if (m->kind == VMUTEX_ERRORCHECK) {
		t->result = -EDEADLK;
	} else {
		return false;
	}
	return true;
}

void vsched_op(struct vsched *s, struct vthread *t)
{
	xassert(t->state == VT_RUN && t->op != VOP_NONE);
	s->running--;
	t->result = 0;
	t->ops++;
	if (t->relaxed && t->op != VOP_END && t->op != VOP_RELAX) {
		t->result = VSCHED_VIOLATION;
		vs_resume(s, t);
		return;
	}
	if (owner_local(t)) {
		vs_resume(s, t);
		return;
	}
	if (t->op == VOP_TRYLOCK && s->cls->trylock_waits)
		t->op = VOP_LOCK;
	s->cls->op(s, t);
}

bool vsched_knows(struct vsched *s, uint64_t request)
{
	struct vthread *t;

	cds_list_for_each_entry(t, &s->threads, all) {
		if (t->request == request)
			return true;
	}
	return false;
}

/* Forget wake-ups for threads that a request never began. */
static void drop_unclaimed(struct vsched *s, uint64_t request)
{
	struct vticket *k, *next;

	cds_list_for_each_entry_safe(k, next, &s->external, node) {
		if (k->kind == VTK_WAKE && k->thread_name && k->request == request)
			vs_ticket_put(s, k);
	}
}

void vs_child(struct vsched *s, struct vthread *t)
{
	struct vthread *c = t->child;
	struct vticket *k;

	cds_list_add_tail(&c->all, &s->threads);
	cds_list_for_each_entry(k, &s->external, node) {
		if (k->kind != VTK_WAKE || k->thread_name != c->name)
			continue;
		k->thread_name = 0;
		k->thread = c;
		cds_list_add_tail(&k->mine, &c->early);
	}
}

void vs_end(struct vsched *s, struct vthread *t)
{
	struct vticket *k, *next;

	cds_list_for_each_entry_safe(k, next, &t->early, mine) {
		cds_list_del_init(&k->mine);
		k->thread = NULL;
		k->ended = true;
	}
	t->state = VT_END;
	s->live--;
	cds_list_del(&t->all);
	if (!vsched_knows(s, t->request)) {
		drop_unclaimed(s, t->request);
		if (s->cls->over)
			s->cls->over(s, t->request);
	}
	s->ops->ended(s->ctx, t);
}

/* --- events ------------------------------------------------------------------- */

int vsched_request(struct vsched *s, struct vthread *t)
{
	int err;

	cds_list_add_tail(&t->all, &s->threads);
	err = s->cls->request(s, t);
	if (err)
		cds_list_del(&t->all);
	return err;
}

int vsched_wake(struct vsched *s, uint64_t request, uint64_t name, uint32_t wait)
{
	struct vthread *t;
	struct vticket *k;

	cds_list_for_each_entry(t, &s->threads, all) {
		if (t->name != name)
			continue;
		if (wait <= t->waits && !vs_waits(t, wait))
			return 0;
		return s->cls->wake(s, t, wait);
	}
	if (!vsched_knows(s, request))
		return 0;
	k = vs_ticket(s, &s->external, VTK_WAKE, NULL);
	if (!k)
		return -ENOSPC;
	k->thread_name = name;
	k->request = request;
	k->wait = wait;
	return 0;
}

bool vsched_idle(const struct vsched *s)
{
	return s->live && !s->running;
}

uint32_t vsched_threads(const struct vsched *s)
{
	return s->live;
}

uint64_t vsched_grant_hash(const struct vsched *s)
{
	uint64_t sum = s->gone;
	struct vmutex *m;

	cds_list_for_each_entry(m, &s->all, all) {
		if (m->grants)
			sum += vsched_mix(m->name, m->hash);
	}
	return sum;
}
