// SPDX-License-Identifier: GPL-2.0-or-later
#include "runtime.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <base/assert.h>

#define NAME_OF_REQUESTS 0x72657175657374ULL
#define NAME_OF_SOLO	 0x736f6c6fULL
#define NAME_OF_READS	 0x7265616473ULL
/* Room of a reply at first. */
#define REPLY_LEN	 256

struct runtime runtime;
__thread struct vn_thread *vn_self;
__thread uint32_t vn_inside;

/* A thread that serves one request after another. */
struct worker {
	_Atomic uint32_t go;
	struct vn_request *job;
	struct worker *next;
};

static struct worker *idle_workers;
static uint32_t idle_count;

/* Decisions of this host (LSA), and how many of them are in the log. */
static uint64_t decisions_made, decisions_stable;
/* Requests whose replies wait for that. */
static struct vn_request *held;

void *real_symbol(const char *name, const char *version)
{
	void *fn = version ? dlvsym(RTLD_NEXT, name, version) : dlsym(RTLD_NEXT, name);

	xassert(fn);
	return fn;
}

/* --- futexes: what is below everything that is replaced ------------------------------ */

static void futex_wait(_Atomic uint32_t *word, uint32_t value)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void futex_wake(_Atomic uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void runtime_lock(void)
{
	uint32_t free = 0;

	if (atomic_compare_exchange_strong(&runtime.lock, &free, 1))
		return;
	while (atomic_exchange(&runtime.lock, 2))
		futex_wait(&runtime.lock, 2);
}

void runtime_unlock(void)
{
	if (atomic_exchange(&runtime.lock, 0) == 2)
		futex_wake(&runtime.lock);
}

void runtime_pause(_Atomic uint32_t *word)
{
	futex_wait(word, 1);
}

void runtime_wake(_Atomic uint32_t *word)
{
	futex_wake(word);
}

void runtime_wait_change(_Atomic uint32_t *word, uint32_t seen)
{
	futex_wait(word, seen);
}

void runtime_wake_all(_Atomic uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

void runtime_park(_Atomic uint32_t *go)
{
	while (!atomic_load(go))
		futex_wait(go, 0);
}

static void unpark(_Atomic uint32_t *go)
{
	atomic_store(go, 1);
	futex_wake(go);
}

__attribute__((noreturn)) static void die(uint64_t request, const char *fmt, va_list args)
{
	if (request && runtime.progress)
		atomic_store(&runtime.progress->culprit, request);
	fputs("vnode service: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	_exit(3);
}

void runtime_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	die(vn_self ? vn_self->request->call.index : 0, fmt, args);
}

void runtime_blame(uint64_t request, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	die(request, fmt, args);
}

/* --- threads ------------------------------------------------------------------------ */

void vn_thread_init(struct vn_thread *th, struct vn_request *rq, uint64_t name)
{
	memset(th, 0, sizeof(*th));
	vsched_thread_init(&th->t, name, rq->call.index);
	th->t.runtime = th;
	th->request = rq;
	th->now_ns = rq->time_ns;
}

static void request_leave(struct vn_request *rq)
{
	struct wire_vh_reply m = { .index = rq->call.index,
				   .error = (uint32_t)rq->error,
				   .trace = rq->main.t.trace,
				   .data = bytes_of(rq->reply, rq->reply_len) };

	link_send(&wire_vh_reply_msg, &m);
	free(rq->reply);
	free(rq);
}

static void request_end(struct vn_request *rq, int error)
{
	bool hold;

	rq->error = error;
	if (rq->slot)
		atomic_store(&rq->slot->index, 0);
	atomic_fetch_sub(&runtime.requests, 1);
	if (changes_keep(rq))
		return;
	runtime_lock();
	rq->needs = decisions_made;
	hold = rq->needs > decisions_stable;
	if (hold) {
		rq->next_held = held;
		held = rq;
	}
	runtime_unlock();
	if (!hold)
		request_leave(rq);
}

void runtime_stable(uint64_t count)
{
	struct vn_request *leave = NULL, **at, *rq;

	runtime_lock();
	decisions_stable = count;
	for (at = &held; *at;) {
		rq = *at;
		if (rq->needs > count) {
			at = &rq->next_held;
			continue;
		}
		*at = rq->next_held;
		rq->next_held = leave;
		leave = rq;
	}
	runtime_unlock();
	while (leave) {
		rq = leave;
		leave = rq->next_held;
		request_leave(rq);
	}
}

static int invoke(struct vn_request *rq)
{
	int error;

	if (sigsetjmp(rq->escape, 0))
		return ECANCELED;
	error = runtime.service->invoke(runtime.state, &rq->call);
	return error < 0 ? -error : error;
}

static void serve(struct vn_request *rq)
{
	struct vn_thread *self = &rq->main;
	int error;

	vn_self = self;
	runtime_park(&self->go);
	error = invoke(rq);
	children_collect(self);
	if (self->t.held)
		runtime_die("request %llu (%s) ended with a mutex held",
			    (unsigned long long)rq->call.index, rq->operation);
	runtime_lock();
	self->t.op = VOP_END;
	vsched_op(runtime.sched, &self->t);
	observe_over(rq->call.index);
	runtime_unlock();
	vn_self = NULL;
	request_end(rq, error);
}

static void serve_read(struct vn_request *rq)
{
	struct wire_vh_result m = { .number = rq->call.index };

	/* whatever requests did before they ended happened before this */
	runtime_lock();
	runtime_unlock();
	vn_self = &rq->main;
	m.error = (uint32_t)invoke(rq);
	vn_self = NULL;
	if (rq->slot)
		atomic_store(&rq->slot->index, 0);
	atomic_fetch_sub(&runtime.requests, 1);
	m.data = bytes_of(rq->reply, rq->reply_len);
	link_send(&wire_vh_result_msg, &m);
	free(rq->reply);
	free(rq);
}

static void *worker_main(void *arg)
{
	struct worker *w = arg;
	bool keep;

	do {
		runtime_park(&w->go);
		atomic_store(&w->go, 0);
		if (w->job->read)
			serve_read(w->job);
		else
			serve(w->job);
		runtime_lock();
		keep = idle_count < RUNTIME_WORKERS_MAX;
		if (keep) {
			w->next = idle_workers;
			idle_workers = w;
			idle_count++;
		}
		runtime_unlock();
	} while (keep);
	free(w);
	return NULL;
}

/* A thread for a request that begins; the lock is held. */
static void worker_give(struct vn_request *rq)
{
	struct worker *w = idle_workers;
	pthread_t thread;

	if (w) {
		idle_workers = w->next;
		idle_count--;
	} else {
		w = calloc(1, sizeof(*w));
		xassert(w && !REAL(pthread_create, NULL)(&thread, NULL, worker_main, w));
		REAL(pthread_detach, NULL)(thread);
	}
	w->job = rq;
	unpark(&w->go);
}

/* --- what the scheduler asks for ------------------------------------------------------ */

static void op_resume(void *ctx, struct vthread *t)
{
	struct vn_thread *th = t->runtime;

	if (th == &th->request->main && !t->ops)
		worker_give(th->request);
	if (th == vn_self)
		atomic_store(&th->go, 1);
	else
		unpark(&th->go);
}

static void op_waiting(void *ctx, struct vthread *t)
{
	struct vn_thread *th = t->runtime;
	struct wire_vh_wait m = {
		.index = t->request, .thread = t->name, .wait = t->waits, .delay_ns = th->delay_ns
	};

	link_send(&wire_vh_wait_msg, &m);
}

static void op_ended(void *ctx, struct vthread *t)
{
}

void runtime_decide(uint64_t mutex, uint64_t thread, uint64_t request, const uint64_t *value)
{
	struct wire_vh_decisions m = { .mutexes = { .v = &mutex, .n = 1 },
				       .threads = { .v = &thread, .n = 1 },
				       .requests = { .v = &request, .n = 1 },
				       .values = { .v = value, .n = mutex ? 0 : 1 } };

	decisions_made++;
	link_send(&wire_vh_decisions_msg, &m);
}

static void op_decision(void *ctx, uint64_t mutex, uint64_t thread, uint64_t request)
{
	/* where the others take over what changed they need not know how it came about */
	if (!changes_kept())
		runtime_decide(mutex, thread, request, NULL);
}

static void op_starved(void *ctx, uint32_t missing)
{
	struct wire_vh_starved m = { .missing = missing };

	link_send(&wire_vh_starved_msg, &m);
}

static const struct vsched_ops sched_ops = {
	.resume = op_resume,
	.waiting = op_waiting,
	.ended = op_ended,
	.decision = op_decision,
	.starved = op_starved,
};

void runtime_init(enum vsched_kind kind, bool leader)
{
	struct vsched_config c = { .kind = kind, .ops = &sched_ops, .leader = leader };
	static struct arena arena;
	size_t size = (vsched_arena_size(&c) + 63) & ~(size_t)63;
	void *mem = aligned_alloc(64, size);

	xassert(mem);
	memset(mem, 0, size);
	arena_init(&arena, mem, size);
	c.arena = &arena;
	runtime.sched = vsched_create(&c);
}

/* --- operations of threads ------------------------------------------------------------ */

/* Say how far the request is, for the case that it does not come back. */
static void note(struct vn_thread *self, bool computing)
{
	struct progress_slot *slot = self->request->slot;

	if (!slot || self != &self->request->main)
		return;
	atomic_store_explicit(&slot->computing, computing, memory_order_relaxed);
	if (!self->t.held && atomic_load_explicit(&slot->cut, memory_order_relaxed) != UINT32_MAX)
		atomic_store_explicit(&slot->cut, self->t.ops, memory_order_relaxed);
}

static int do_op(struct vn_thread *self, enum vop op, struct vmutex *m, struct vcond *c)
{
	struct vn_request *rq = self->request;

	note(self, false);
	vn_inside++;
	runtime_lock();
	self->t.op = op;
	self->t.mutex = m;
	self->t.cond = c;
	atomic_store(&self->go, 0);
	vsched_op(runtime.sched, &self->t);
	runtime_unlock();
	runtime_park(&self->go);
	vn_inside--;
	note(self, true);
	if (self->t.result == VSCHED_VIOLATION)
		runtime_die("request %llu (%s): the scheduler cannot order what it does",
			    (unsigned long long)rq->call.index, rq->operation);
	if (rq->cut && self == &rq->main && self->t.ops == rq->cut)
		siglongjmp(rq->escape, 1);
	return -self->t.result;
}

int runtime_op(struct vn_thread *self, enum vop op, struct vmutex *m, struct vcond *c)
{
	self->t.timed = false;
	return do_op(self, op, m, c);
}

int runtime_wait(struct vn_thread *self, struct vmutex *m, struct vcond *c, uint64_t delay_ns)
{
	uint64_t end = self->now_ns + delay_ns;
	int err;

	self->t.timed = delay_ns != UINT64_MAX;
	self->delay_ns = delay_ns;
	err = do_op(self, VOP_WAIT, m, c);
	if (err == ETIMEDOUT && end > self->now_ns)
		self->now_ns = end;
	return err;
}

void runtime_sleep(struct vn_thread *self, uint64_t delay_ns)
{
	self->delay_ns = delay_ns;
	do_op(self, VOP_EXTERN, NULL, NULL);
	self->now_ns += delay_ns;
}

/* --- requests ------------------------------------------------------------------------- */

static struct progress_slot *slot_take(const struct vn_request *rq)
{
	struct progress *p = runtime.progress;

	for (int i = 0; p && i < PROGRESS_SLOTS; i++) {
		struct progress_slot *slot = &p->slot[i];

		if (atomic_load(&slot->index))
			continue;
		memcpy(slot->operation, rq->operation, PROGRESS_OP_LEN - 1);
		atomic_store(&slot->cut, 0);
		atomic_store(&slot->computing, 1);
		atomic_store(&slot->index, rq->call.index);
		return slot;
	}
	return NULL;
}

static void declare_one(struct vn_request *rq, struct vmutex *m)
{
	int err;

	runtime_lock();
	err = vsched_declare(runtime.sched, &rq->main.t, m);
	runtime_unlock();
	if (err)
		runtime_die("too many declarations");
}

/* Ask the service which mutexes the request will lock. */
static void declare(struct vn_request *rq)
{
	void *locks[VSCHED_DECLARE_MAX];
	struct vn_object *o;
	int n = -1;

	rq->main.solo = true;
	vn_self = &rq->main;
	if (runtime.service->locks)
		n = runtime.service->locks(runtime.state, &rq->call, locks, VSCHED_DECLARE_MAX);
	for (int i = 0; i < n && i < VSCHED_DECLARE_MAX; i++) {
		o = object_known(locks[i]);
		if (!o)
			o = object_at(locks[i], VN_MUTEX);
		declare_one(rq, o->mutex);
		/* what is more than a mutex is guarded when it is taken and when it is given back */
		if (o->kind != VN_MUTEX)
			declare_one(rq, o->mutex);
	}
	vn_self = NULL;
	rq->main.solo = false;
}

static struct vn_request *request_new(uint64_t index, uint64_t time_ns, struct bytes operation,
				      struct bytes args, uint64_t kind)
{
	struct vn_request *rq = calloc(1, sizeof(*rq) + args.len);

	xassert(rq && index);
	memcpy(rq->operation, operation.data, operation.len);
	if (args.len)
		memcpy(rq->args, args.data, args.len);
	rq->call = (struct xos_vnode_request){
		.index = index, .operation = rq->operation, .args = rq->args, .len = args.len
	};
	rq->time_ns = time_ns;
	vn_thread_init(&rq->main, rq, vsched_mix(kind, index));
	atomic_fetch_add(&runtime.requests, 1);
	rq->slot = slot_take(rq);
	return rq;
}

void runtime_read(const struct wire_vh_read *m)
{
	struct vn_request *rq =
		request_new(m->number, m->time_ns, m->operation, m->args, NAME_OF_READS);

	rq->read = true;
	rq->main.solo = true;
	runtime_lock();
	worker_give(rq);
	runtime_unlock();
}

void runtime_request(const struct wire_vh_request *m)
{
	struct vn_request *rq =
		request_new(m->index, m->time_ns, m->operation, m->args, NAME_OF_REQUESTS);
	int err;

	rq->cut = m->has_cut ? m->cut : 0;
	if (vsched_kind(runtime.sched) == VSCHED_ORD)
		declare(rq);
	runtime_lock();
	err = vsched_request(runtime.sched, &rq->main.t);
	runtime_unlock();
	if (err)
		runtime_die("more requests than the host can hold");
}

struct solo {
	struct vn_request rq;
	int (*fn)(void *arg);
	void *arg;
	int result;
};

static void *solo_main(void *arg)
{
	struct solo *s = arg;

	/* whatever requests did before they ended happened before this */
	runtime_lock();
	runtime_unlock();
	vn_self = &s->rq.main;
	s->result = s->fn(s->arg);
	vn_self = NULL;
	return NULL;
}

int runtime_solo(enum vn_phase phase, int (*fn)(void *arg), void *arg)
{
	struct solo *s = calloc(1, sizeof(*s));
	pthread_t thread;
	int result;

	xassert(s);
	s->fn = fn;
	s->arg = arg;
	vn_thread_init(&s->rq.main, &s->rq, vsched_mix(NAME_OF_SOLO, phase));
	s->rq.main.solo = true;
	xassert(!REAL(pthread_create, NULL)(&thread, NULL, solo_main, s));
	REAL(pthread_join, NULL)(thread, NULL);
	result = s->result;
	free(s);
	return result;
}

/* --- what services call --------------------------------------------------------------- */

/* Room for @len more bytes of reply; not counted as the request's memory. */
static bool reply_room(struct vn_request *rq, size_t len)
{
	size_t need = rq->reply_len + len, cap = rq->reply_cap ? rq->reply_cap : REPLY_LEN;
	uint8_t *mem;

	if (need <= rq->reply_cap)
		return true;
	while (cap < need)
		cap *= 2;
	vn_inside++;
	mem = realloc(rq->reply, cap);
	vn_inside--;
	if (!mem)
		return false;
	rq->reply = mem;
	rq->reply_cap = (uint32_t)cap;
	return true;
}

int xos_vnode_reply(const void *data, size_t len)
{
	struct vn_request *rq = vn_self ? vn_self->request : NULL;

	if (!rq || (vn_self->solo && !rq->read))
		return -EINVAL;
	if (len > WIRE_VH_REPLY_MAX - rq->reply_len)
		return -EMSGSIZE;
	if (!reply_room(rq, len))
		runtime_die("no memory for a reply");
	if (len)
		memcpy(rq->reply + rq->reply_len, data, len);
	rq->reply_len += (uint32_t)len;
	return 0;
}

void xos_vnode_no_more_locks(void)
{
	struct vn_thread *self = scheduled();

	if (self)
		runtime_op(self, VOP_RELAX, NULL, NULL);
}
