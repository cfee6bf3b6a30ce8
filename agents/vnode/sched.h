/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deterministic scheduling of the threads of a service. Every replica sees one
 * ordered stream of events (requests, wake-ups); the order in which each mutex
 * is granted is a function of that stream and of the programs alone, never of
 * how fast a replica computes.
 *
 * Pure: the runtime of the service process and the simulator both call it, one
 * call at a time. A thread hands each synchronisation operation in with
 * vsched_op() and stands still until the scheduler calls @resume for it.
 *
 * Rules of SAT and MAT: Domaschka et al., Middleware 2008; of LSA: Basile et
 * al., SRDS 2002; of ORD: the lock manager of Calvin (Thomson et al., 2012).
 */
#ifndef _XOS_VNODE_SCHED_H
#define _XOS_VNODE_SCHED_H

#include <stdbool.h>
#include <stdint.h>

#include <base/arena.h>
#include <base/list.h>

/* Threads, mutexes and condition variables at once, unless configured. */
#define VSCHED_THREADS_MAX     1024
#define VSCHED_MUTEXES_MAX     16384
#define VSCHED_CONDS_MAX       16384
/* Threads in a round of PDS, unless configured. */
#define VSCHED_WORKERS_DEFAULT 4
/* Mutexes that one request may declare. */
#define VSCHED_DECLARE_MAX     64
/* What vsched_op() answers for an operation that the scheduler cannot order. */
#define VSCHED_VIOLATION       (-1000)

/**
 * enum vsched_kind - the schedulers
 * @VSCHED_SEQ: one request at a time, to its end
 * @VSCHED_SAT: one thread at a time; another one runs while it waits
 * @VSCHED_MAT: all threads compute, one at a time synchronises
 * @VSCHED_LSA: the leader grants freely and says in which order; others follow
 * @VSCHED_PDS: rounds; all threads of a round ask before any is granted
 * @VSCHED_ORD: requests declare their mutexes; each is granted in log order
 */
enum vsched_kind {
	VSCHED_SEQ,
	VSCHED_SAT,
	VSCHED_MAT,
	VSCHED_LSA,
	VSCHED_PDS,
	VSCHED_ORD,
	VSCHED_COUNT
};

/** enum vmutex_kind - as PTHREAD_MUTEX_NORMAL, _RECURSIVE, _ERRORCHECK */
enum vmutex_kind { VMUTEX_NORMAL, VMUTEX_RECURSIVE, VMUTEX_ERRORCHECK };

/**
 * enum vop - what a thread asks for
 * @VOP_NONE: nothing; it computes
 * @VOP_LOCK: @mutex
 * @VOP_TRYLOCK: @mutex, -EBUSY when it has an owner; LSA, PDS and ORD wait instead
 * @VOP_UNLOCK: @mutex; -EPERM when it is not the owner
 * @VOP_WAIT: on @cond with @mutex; with @timed until vsched_wake(), -ETIMEDOUT
 * @VOP_SIGNAL: wake one of @cond
 * @VOP_BROADCAST: wake all of @cond
 * @VOP_EXTERN: until vsched_wake(): a sleep, a nested call
 * @VOP_SPAWN: start @child
 * @VOP_YIELD: let others go first
 * @VOP_RELAX: it will not synchronise any more (last-lock analysis)
 * @VOP_END: it ended; never resumed
 */
enum vop {
	VOP_NONE,
	VOP_LOCK,
	VOP_TRYLOCK,
	VOP_UNLOCK,
	VOP_WAIT,
	VOP_SIGNAL,
	VOP_BROADCAST,
	VOP_EXTERN,
	VOP_SPAWN,
	VOP_YIELD,
	VOP_RELAX,
	VOP_END
};

/** enum vstate - where a thread is */
enum vstate { VT_NEW, VT_RUN, VT_GATE, VT_LOCK, VT_COND, VT_EXTERN, VT_END };

struct vmutex;
struct vcond;
struct vticket;
struct vsched;

/**
 * struct vthread - a thread of a request
 * @node: in the one queue where it waits for a mutex or its turn
 * @cond_node: in the waiters of @cond
 * @all: in the list of all threads
 * @name: the same on all replicas: of the request, or of parent and n-th child
 * @request: index of its request in the log
 * @trace: hash over its grants; the same on all replicas
 * @state: where it is
 * @op: what it asks for
 * @mutex: argument of @op
 * @cond: argument of @op
 * @child: argument of VOP_SPAWN
 * @timed: the wait ends by vsched_wake(), too
 * @relaxed: it did VOP_RELAX
 * @exclusive: under ORD, it declared nothing and runs alone
 * @result: of the last operation: 0, a negative errno, VSCHED_VIOLATION
 * @waits: number of its last wait that can be woken
 * @ops: operations done
 * @held: mutexes held
 * @spawned: children started, for their names; of the runtime
 * @inits: objects initialised, for their names; of the runtime
 * @ticket: its segment's turn (MAT)
 * @early: wake-ups that came before it waited
 * @declared: its declarations (ORD)
 * @worker: its place in the rounds (PDS)
 * @runtime: of the runtime
 */
struct vthread {
	struct cds_list_head node;
	struct cds_list_head cond_node;
	struct cds_list_head all;
	uint64_t name;
	uint64_t request;
	uint64_t trace;
	enum vstate state;
	enum vop op;
	struct vmutex *mutex;
	struct vcond *cond;
	struct vthread *child;
	bool timed;
	bool relaxed;
	bool exclusive;
	int result;
	uint32_t waits;
	uint32_t ops;
	uint32_t held;
	uint32_t spawned;
	uint32_t inits;
	struct vticket *ticket;
	struct cds_list_head early;
	struct cds_list_head declared;
	uint32_t worker;
	void *runtime;
};

/**
 * struct vmutex - a mutex
 * @waiters: threads that wait for it, in their order
 * @order: who gets it next (LSA: decisions, ORD: declarations)
 * @all: in the list of all mutexes
 * @name: the same on all replicas, never an address
 * @owner: thread, or NULL
 * @count: how often the owner locked it
 * @kind: what happens when the owner locks it again
 * @grants: how often it was granted
 * @hash: over the names of those it was granted to
 * @contended: how often somebody had to wait
 */
struct vmutex {
	struct cds_list_head waiters;
	struct cds_list_head order;
	struct cds_list_head all;
	uint64_t name;
	struct vthread *owner;
	uint32_t count;
	enum vmutex_kind kind;
	uint64_t grants;
	uint64_t hash;
	uint64_t contended;
};

/**
 * struct vcond - a condition variable
 * @waiters: threads that wait for it, in their order
 */
struct vcond {
	struct cds_list_head waiters;
};

/**
 * struct vsched_ops - what the runtime provides
 * @resume: let a thread run on, with @result of its operation; called from inside
 *	vsched_*(), must not call back
 * @waiting: the thread began the wait number @waits, which vsched_wake() can end
 * @ended: the thread can be forgotten, its memory is the runtime's again
 * @decision: LSA, at the leader: @thread of @request got @mutex next; to be ordered
 * @starved: PDS: @missing empty requests have to be ordered for the next round
 */
struct vsched_ops {
	void (*resume)(void *ctx, struct vthread *t);
	void (*waiting)(void *ctx, struct vthread *t);
	void (*ended)(void *ctx, struct vthread *t);
	void (*decision)(void *ctx, uint64_t mutex, uint64_t thread, uint64_t request);
	void (*starved)(void *ctx, uint32_t missing);
};

/**
 * struct vsched_config - a scheduler; a limit of 0 means its default
 * @kind: which
 * @ops: runtime
 * @ctx: argument of its functions
 * @arena: memory
 * @mutexes_max: mutexes at once
 * @conds_max: condition variables at once
 * @tickets_max: turns that wait at once (MAT), orders that wait (LSA, ORD)
 * @leader: LSA: this replica decides
 * @workers: PDS: threads in a round
 */
struct vsched_config {
	enum vsched_kind kind;
	const struct vsched_ops *ops;
	void *ctx;
	struct arena *arena;
	uint32_t mutexes_max;
	uint32_t conds_max;
	uint32_t tickets_max;
	bool leader;
	uint32_t workers;
};

/**
 * vsched_name() - name of a scheduler
 * @kind: which
 *
 * Return: its name in small letters.
 */
const char *vsched_name(enum vsched_kind kind);

/**
 * vsched_kind_parse() - a scheduler by its name
 * @name: in small letters
 * @len: bytes of @name
 *
 * Return: an enum vsched_kind, or -EINVAL.
 */
int vsched_kind_parse(const char *name, size_t len);

/**
 * vsched_kind() - which scheduler it is
 * @s: scheduler
 *
 * Return: its kind.
 */
enum vsched_kind vsched_kind(const struct vsched *s);

/**
 * vsched_arena_size() - memory that a scheduler needs
 * @config: what it will be given
 *
 * Return: bytes.
 */
size_t vsched_arena_size(const struct vsched_config *config);

/**
 * vsched_create() - a scheduler without threads
 * @config: copied; the arena must have vsched_arena_size() bytes
 *
 * Return: the scheduler; it lives in the arena.
 */
struct vsched *vsched_create(const struct vsched_config *config);

/**
 * vsched_switch() - go on with another scheduler
 * @s: scheduler
 * @kind: which
 *
 * Mutexes keep their names and hashes.
 *
 * Return: 0, or -EBUSY while there are threads (drain first).
 */
int vsched_switch(struct vsched *s, enum vsched_kind kind);

/**
 * vsched_lead() - LSA: decide from now on, or follow
 * @s: scheduler
 * @leader: whether this replica decides
 *
 * A new leader goes on when the decisions it was given are used up.
 */
void vsched_lead(struct vsched *s, bool leader);

/**
 * vsched_mutex() - a new mutex
 * @s: scheduler
 * @name: the same on all replicas
 * @kind: its type
 *
 * Return: the mutex, NULL when there are too many.
 */
struct vmutex *vsched_mutex(struct vsched *s, uint64_t name, enum vmutex_kind kind);

/**
 * vsched_mutex_free() - forget a mutex that nobody holds or waits for
 * @s: scheduler
 * @m: mutex
 *
 * Return: 0 or -EBUSY.
 */
int vsched_mutex_free(struct vsched *s, struct vmutex *m);

/**
 * vsched_cond() - a new condition variable
 * @s: scheduler
 *
 * Return: the condition variable, NULL when there are too many.
 */
struct vcond *vsched_cond(struct vsched *s);

/**
 * vsched_cond_free() - forget a condition variable that nobody waits for
 * @s: scheduler
 * @c: condition variable
 *
 * Return: 0 or -EBUSY.
 */
int vsched_cond_free(struct vsched *s, struct vcond *c);

/**
 * vsched_thread_init() - prepare the record of a thread
 * @t: record, memory of the runtime
 * @name: the same on all replicas
 * @request: index of its request in the log
 */
void vsched_thread_init(struct vthread *t, uint64_t name, uint64_t request);

/**
 * vsched_declare() - ORD: a request that is about to arrive will lock this
 * @s: scheduler
 * @t: its thread, not yet given to vsched_request()
 * @m: mutex
 *
 * Return: 0, -ENOSPC when there are too many declarations.
 */
int vsched_declare(struct vsched *s, struct vthread *t, struct vmutex *m);

/**
 * vsched_request() - event: a request arrived
 * @s: scheduler
 * @t: its first thread
 *
 * Return: 0, -ENOSPC when too many wait.
 */
int vsched_request(struct vsched *s, struct vthread *t);

/**
 * vsched_wake() - event: what a thread waits for from outside happened
 * @s: scheduler
 * @request: index of its request
 * @name: name of the thread
 * @wait: number of the wait, see struct vthread; one that is over is ignored
 *
 * It may come before a slow replica's thread begins to wait, or even exists.
 *
 * Return: 0, -ENOSPC when too many wait.
 */
int vsched_wake(struct vsched *s, uint64_t request, uint64_t name, uint32_t wait);

/**
 * vsched_noop() - event, PDS: an empty request
 * @s: scheduler
 *
 * Return: 0, -ENOSPC when too many wait.
 */
int vsched_noop(struct vsched *s);

/**
 * vsched_knows() - is the request under way?
 * @s: scheduler
 * @request: its place in the log
 *
 * Return: false: it did not come, or all its threads have ended.
 */
bool vsched_knows(struct vsched *s, uint64_t request);

/**
 * vsched_decision() - event, LSA: this is who gets a mutex next
 * @s: scheduler
 * @mutex: name of the mutex
 * @thread: name of the thread
 * @request: index of its request, which arrived before; when it is over, or never
 *	came because it is skipped, the decision is of no use
 *
 * Return: 0, -ENOSPC when too many wait.
 */
int vsched_decision(struct vsched *s, uint64_t mutex, uint64_t thread, uint64_t request);

/**
 * vsched_op() - a thread asks for a synchronisation operation
 * @s: scheduler
 * @t: thread, its @op and arguments are set
 *
 * The thread stands still until @resume is called for it, maybe from inside.
 */
void vsched_op(struct vsched *s, struct vthread *t);

/**
 * vsched_idle() - can nothing go on without a further event?
 * @s: scheduler
 *
 * Return: true when there are threads and each of them waits.
 */
bool vsched_idle(const struct vsched *s);

/**
 * vsched_threads() - threads that did not end
 * @s: scheduler
 *
 * Return: how many.
 */
uint32_t vsched_threads(const struct vsched *s);

/**
 * vsched_grant_hash() - one hash over all mutexes and whom they were granted to
 * @s: scheduler
 *
 * Return: the hash; of use for comparison while there are no threads.
 */
uint64_t vsched_grant_hash(const struct vsched *s);

/**
 * vsched_mix() - mix two numbers into one; for names and hashes
 * @a: number
 * @b: number
 *
 * Return: the mixture.
 */
uint64_t vsched_mix(uint64_t a, uint64_t b);

#endif
