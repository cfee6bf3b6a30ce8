/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runtime of a service process. Requests run on threads of their own; each
 * synchronisation operation of theirs goes to the scheduler (vnode/sched.h)
 * under one lock, and the thread stands still until the scheduler lets it go.
 *
 * The host is an executable that exports the names it replaces
 * (pthread_mutex_lock and so on), so that whatever is loaded after it uses
 * them. Threads that work on no request, and a service that starts, restores
 * or writes a snapshot, use the C library's own ("solo": nobody else runs).
 */
#ifndef _XOS_VNHOST_RUNTIME_H
#define _XOS_VNHOST_RUNTIME_H

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <base/rng.h>
#include <libxos/xos_vnode.h>
#include <vnode/progress.h>
#include <vnode/sched.h>
#include <wire/vnhost.h>

/* Requests that were read and did not end. */
#define RUNTIME_REQUESTS_MAX PROGRESS_SLOTS
/* Idle threads that are kept. */
#define RUNTIME_WORKERS_MAX  64

/**
 * struct vn_thread - a thread of a request
 * @t: the scheduler's record
 * @go: futex: 1 when it may run
 * @request: its request
 * @solo: it uses the C library's own synchronisation
 * @real: the thread, of a child
 * @fn: what a child runs
 * @arg: its argument
 * @now_ns: its clock
 * @delay_ns: length of the wait that it begins
 * @rng: its random numbers
 * @seeded: they have begun
 * @door: guards @done (of a child)
 * @left: signalled when @done is set
 * @done: it ended
 * @collected: it was joined, or detached and its end was waited for
 * @sibling: next child of the request
 */
struct vn_thread {
	struct vthread t;
	_Atomic uint32_t go;
	struct vn_request *request;
	bool solo;
	pthread_t real;
	void *(*fn)(void *arg);
	void *arg;
	uint64_t now_ns;
	uint64_t delay_ns;
	struct rng rng;
	bool seeded;
	struct vmutex *door;
	struct vcond *left;
	bool done;
	bool collected;
	struct vn_thread *sibling;
};

/**
 * struct vn_request - a request under way
 * @main: its first thread
 * @call: what the service sees
 * @time_ns: time of the log
 * @cut: operations of @main after which it ends, 0: none
 * @read: it changes nothing and is not in the log
 * @escape: where it ends when it is cut
 * @children: threads that it began
 * @allocated: bytes that it allocated
 * @slot: its place in the shared memory
 * @error: of the service
 * @needs: decisions that have to be in the log before the reply may leave (LSA)
 * @next_held: next one that waits for that, or for an update (hot)
 * @reply_len: bytes of @reply
 * @reply_cap: bytes that it has room for
 * @reply: what it answers, grown as needed
 * @operation: memory of @call
 * @args: memory of @call
 */
struct vn_request {
	struct vn_thread main;
	struct xos_vnode_request call;
	uint64_t time_ns;
	uint32_t cut;
	bool read;
	sigjmp_buf escape;
	struct vn_thread *children;
	_Atomic uint64_t allocated;
	struct progress_slot *slot;
	int error;
	uint64_t needs;
	struct vn_request *next_held;
	uint32_t reply_len;
	uint32_t reply_cap;
	uint8_t *reply;
	char operation[WIRE_VH_OP_MAX + 1];
	uint8_t args[];
};

/**
 * struct runtime - the process
 * @sched: scheduler
 * @service: the service
 * @state: its state
 * @config: text that it is started with
 * @memory_max: bytes that a request may allocate, 0: any number
 * @progress: shared memory
 * @requests: requests under way
 * @lock: futex lock of the scheduler and of the tables
 */
struct runtime {
	struct vsched *sched;
	const struct xos_vnode_service *service;
	void *state;
	char config[WIRE_VH_CONFIG_MAX + 1];
	uint64_t memory_max;
	struct progress *progress;
	_Atomic uint32_t requests;
	_Atomic uint32_t lock;
};

extern struct runtime runtime;
/* What the calling thread works on, NULL outside of requests. */
extern __thread struct vn_thread *vn_self;
/* The calling thread is in the runtime: what it allocates is not the request's. */
extern __thread uint32_t vn_inside;

/* The C library's own function of this name; @version is that of a versioned symbol, or NULL. */
void *real_symbol(const char *name, const char *version);

/* Threads may be first at once: they find the same. */
#define REAL(name, version)                                                        \
	({                                                                         \
		static __typeof__(&name) _kept;                                    \
		__typeof__(&name) _fn = __atomic_load_n(&_kept, __ATOMIC_RELAXED); \
                                                                                   \
		if (!_fn) {                                                        \
			_fn = real_symbol(#name, (version));                       \
			__atomic_store_n(&_kept, _fn, __ATOMIC_RELAXED);           \
		}                                                                  \
		_fn;                                                               \
	})

/* The calling thread when its operations are scheduled, else NULL. */
static inline struct vn_thread *scheduled(void)
{
	return vn_self && !vn_self->solo ? vn_self : NULL;
}

void runtime_lock(void);
void runtime_unlock(void);

/* Wait until a lock that is 1 may be free; say that it is. */
void runtime_pause(_Atomic uint32_t *word);
void runtime_wake(_Atomic uint32_t *word);

/* Wait until a word may no longer be @seen; have all look who wait for that. */
void runtime_wait_change(_Atomic uint32_t *word, uint32_t seen);
void runtime_wake_all(_Atomic uint32_t *word);

/* Wait until a futex is not 0. */
void runtime_park(_Atomic uint32_t *go);

/**
 * runtime_op() - have the scheduler do an operation of the calling thread
 * @self: calling thread
 * @op: operation
 * @m: its mutex, or NULL
 * @c: its condition variable, or NULL
 *
 * Return: 0 or a positive errno, as pthread functions do.
 */
int runtime_op(struct vn_thread *self, enum vop op, struct vmutex *m, struct vcond *c);

/* Wait at a condition variable for @delay_ns at most; UINT64_MAX for ever. */
int runtime_wait(struct vn_thread *self, struct vmutex *m, struct vcond *c, uint64_t delay_ns);

/* Let a time pass. */
void runtime_sleep(struct vn_thread *self, uint64_t delay_ns);

/* The service broke a rule, or a limit: end the process and say which request did. */
__attribute__((noreturn, format(printf, 1, 2))) void runtime_die(const char *fmt, ...);

/* The same, when no thread of the request runs any more. */
__attribute__((noreturn, format(printf, 2, 3))) void runtime_blame(uint64_t request,
								   const char *fmt, ...);

/**
 * runtime_init() - set up
 * @kind: scheduler
 * @leader: this replica decides
 */
void runtime_init(enum vsched_kind kind, bool leader);

/**
 * runtime_request() - event: a request
 * @m: message
 */
void runtime_request(const struct wire_vh_request *m);

/**
 * runtime_read() - event: a read-only request, while no other request runs
 * @m: message
 *
 * It uses the C library's own synchronisation: nobody changes anything meanwhile.
 */
void runtime_read(const struct wire_vh_read *m);

/** enum vn_phase - when the service runs alone */
enum vn_phase { VN_START, VN_RESTORE, VN_SNAPSHOT, VN_STOP, VN_CHANGES, VN_APPLY };

/* So many decisions are in the log: replies that rest on no others may leave. */
void runtime_stable(uint64_t count);

/* A decision of this host is to be ordered; @value without a mutex. The lock is held. */
void runtime_decide(uint64_t mutex, uint64_t thread, uint64_t request, const uint64_t *value);

/* Run @fn on a thread of its own, with the C library's synchronisation, to its end. */
int runtime_solo(enum vn_phase phase, int (*fn)(void *arg), void *arg);

/* A thread's clock, number of a request, and names from then on. */
void vn_thread_init(struct vn_thread *th, struct vn_request *rq, uint64_t name);

/* Wait for the children of the request and forget them. */
void children_collect(struct vn_thread *self);

/* --- what the leader's machine decides (semi-active) ------------------------------ */

/**
 * observe() - what the calling thread sees of the machine
 * @self: calling thread
 * @value: what it would see here; replaced by what the leader decided
 *
 * Return: false: this policy has no such decisions; the value was not used.
 */
bool observe(struct vn_thread *self, uint64_t *value);

/* A decision of the log, the end of a request, the policy, and who decides; the lock is held. */
void observe_value(uint64_t thread, uint64_t request, uint64_t value);
void observe_over(uint64_t request);
void observe_mode(bool on);
void observe_lead(bool leader);

/* --- what requests changed (hot) ---------------------------------------------------- */

/* Requests end without a reply from now on, or not any more. */
void changes_mode(bool on);

bool changes_kept(void);

/* The state as it is now is no change. */
void changes_begin(void);

/* A request ended. Return: false: it is not kept, its reply leaves. */
bool changes_keep(struct vn_request *rq);

/* Say the next piece of an update. No request runs. */
void changes_collect(void);

/* A piece of what another host's requests changed. Return: 0 or a negative errno. */
int changes_apply(struct bytes data, bool last);

/* --- objects of the service ------------------------------------------------------ */

/** enum vn_kind - what lies at an address */
enum vn_kind { VN_MUTEX, VN_COND, VN_RWLOCK, VN_BARRIER, VN_ONCE, VN_SEM };

/**
 * struct vn_object - a synchronisation object
 * @addr: where it lies in the service
 * @kind: what it is
 * @mutex: the object, or what guards the fields below
 * @cond: the object, or what waits for changes of the fields below
 * @count: readers; who arrived; value
 * @limit: how many a barrier waits for
 * @round: of a barrier
 * @writer: somebody writes; the once function runs
 */
struct vn_object {
	const void *addr;
	enum vn_kind kind;
	struct vmutex *mutex;
	struct vcond *cond;
	uint32_t count;
	uint32_t limit;
	uint32_t round;
	bool writer;
};

/**
 * object_at() - the object at an address, made when it is not known
 * @addr: address
 * @kind: what it has to be
 *
 * Return: the object; never NULL.
 */
struct vn_object *object_at(const void *addr, enum vn_kind kind);

/* The object at an address, or NULL. */
struct vn_object *object_known(const void *addr);

/**
 * object_new() - an object was initialised
 * @addr: address; what was there is forgotten
 * @kind: what it is
 *
 * Return: the object; never NULL.
 */
struct vn_object *object_new(const void *addr, enum vn_kind kind);

/* An object was destroyed. Return: 0 or EBUSY. */
int object_forget(const void *addr);

/* --- the socket ------------------------------------------------------------------ */

/* Send a message, whole; from any thread. The process ends when vnoded is gone. */
void link_send(const struct wire_msg *msg, const void *m);

/* Read messages and act until vnoded is gone. */
int link_run(int fd);

#endif
