/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the schedulers share; only for agents/vnode/sched*.c. */
#ifndef _XOS_VNODE_SCHED_IMPL_H
#define _XOS_VNODE_SCHED_IMPL_H

#include "sched.h"

#include <errno.h>

#include <base/assert.h>
#include <base/mutant.h>

/** enum vticket_kind - what a turn is for */
enum vticket_kind { VTK_REQUEST, VTK_WAKE, VTK_INTERNAL, VTK_DECISION, VTK_DECLARED };

/**
 * struct vticket - a turn, or a place in the order of one mutex
 * @node: in the queue of turns, or in the order of @mutex
 * @mine: in the list of its thread (early or declared)
 * @thread: whose; NULL when it is of no use any more
 * @mutex: of VTK_DECLARED
 * @mutex_name: of VTK_DECISION
 * @thread_name: of VTK_DECISION; of VTK_WAKE while there is no such thread, else 0
 * @request: of the thread of VTK_WAKE and VTK_DECISION
 * @kind: what it is for
 * @wait: of VTK_WAKE: which wait it ends
 * @ended: the segment that it was for ended (MAT)
 */
struct vticket {
	struct cds_list_head node;
	struct cds_list_head mine;
	struct vthread *thread;
	struct vmutex *mutex;
	uint64_t mutex_name;
	uint64_t thread_name;
	uint64_t request;
	enum vticket_kind kind;
	uint32_t wait;
	bool ended;
};

/**
 * struct vsched_class - one scheduler
 * @name: its name
 * @trylock_waits: a trylock has no order of its own and waits like a lock
 * @request: an ordered request arrived
 * @wake: an ordered wake-up arrived for a thread that is known
 * @op: a thread asks; owner-local operations are done before
 * @next: who gets a free mutex, or NULL when nobody may yet
 * @granted: a waiting thread got its mutex
 * @released: a thread gave a mutex up, before it is granted again; may be NULL
 * @over: the last thread of a request ended; may be NULL
 * @notified: a thread was signalled and wants its mutex back; returns true when it
 *	is not to queue yet; may be NULL
 */
struct vsched_class {
	const char *name;
	bool trylock_waits;
	int (*request)(struct vsched *s, struct vthread *t);
	int (*wake)(struct vsched *s, struct vthread *t, uint32_t wait);
	void (*op)(struct vsched *s, struct vthread *t);
	struct vthread *(*next)(struct vsched *s, struct vmutex *m);
	void (*granted)(struct vsched *s, struct vthread *t);
	void (*released)(struct vsched *s, struct vmutex *m, struct vthread *t);
	bool (*notified)(struct vsched *s, struct vthread *t);
	void (*over)(struct vsched *s, uint64_t request);
};

/**
 * struct vsched - a scheduler
 * @cls: its rules
 * @kind: which
 * @ops: runtime
 * @ctx: argument of its functions
 * @mutexes: pool
 * @conds: pool
 * @tickets: pool
 * @all: mutexes
 * @threads: threads that the log or a parent began, started or not
 * @internal: turns that threads gave each other
 * @external: turns of the log, in its order
 * @orphans: decisions about mutexes that do not exist yet (LSA)
 * @active: the thread that runs (SEQ, SAT)
 * @primary: the turn whose thread may synchronise (MAT)
 * @live: threads that started and did not end
 * @running: of these, those that compute
 * @alone: a request that declared nothing is running (ORD)
 * @leader: this replica decides (LSA)
 * @gone: hash over the mutexes that were forgotten
 * @workers: threads in a round (PDS)
 * @seats: their threads, NULL for none (PDS)
 */
struct vsched {
	const struct vsched_class *cls;
	enum vsched_kind kind;
	const struct vsched_ops *ops;
	void *ctx;
	struct pool mutexes;
	struct pool conds;
	struct pool tickets;
	struct cds_list_head all;
	struct cds_list_head threads;
	struct cds_list_head internal;
	struct cds_list_head external;
	struct cds_list_head orphans;
	struct vthread *active;
	struct vticket *primary;
	uint32_t live;
	uint32_t running;
	bool alone;
	bool leader;
	uint64_t gone;
	uint32_t workers;
	struct vthread **seats;
};

extern const struct vsched_class vsched_seq, vsched_sat, vsched_mat, vsched_lsa, vsched_ord,
	vsched_pds;

/* Let a thread compute, with the result that stands in it. */
void vs_resume(struct vsched *s, struct vthread *t);

/* Do the operation of @t. Return: true when it goes on, false when it waits now. */
bool vs_exec(struct vsched *s, struct vthread *t);

/* Grant @m when it is free and somebody may have it; @self learns it from its state. */
void vs_pump(struct vsched *s, struct vmutex *m, struct vthread *self);

/* End the timed wait of @t and queue it for its mutex. Return: true when it has it already. */
bool vs_timeout(struct vsched *s, struct vthread *t);

/* The child of @t is known from now on; wake-ups that came before are its early ones. */
void vs_child(struct vsched *s, struct vthread *t);

/* The thread is over. */
void vs_end(struct vsched *s, struct vthread *t);

/* A turn at the end of a queue; NULL when there are too many. */
struct vticket *vs_ticket(struct vsched *s, struct cds_list_head *queue, enum vticket_kind kind,
			  struct vthread *t);

/* Take a turn out of all lists and forget it. */
void vs_ticket_put(struct vsched *s, struct vticket *k);

/* Take the wake-up for the wait that @t is in out of its early ones; NULL when there is none. */
struct vticket *vs_early(struct vthread *t);

/* Is the thread in the wait with this number? */
static inline bool vs_waits(const struct vthread *t, uint32_t wait)
{
	return t->waits == wait && (t->state == VT_EXTERN || (t->state == VT_COND && t->timed));
}

#endif
