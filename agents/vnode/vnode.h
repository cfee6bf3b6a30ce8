/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One replica of a virtual node: between the ordered log of its group and the
 * process that hosts the service. It feeds the log to the host by the rules of
 * the policy, gives the replies back, lets waits end and limits fire through
 * the log, and begins the host anew from the last snapshot when the log says
 * that a request is skipped.
 *
 * Pure: the log, the host and the snapshot are reached by struct vnode_ops.
 * Documentation/agents/vnode.rst has the rules.
 */
#ifndef _XOS_VNODE_VNODE_H
#define _XOS_VNODE_VNODE_H

#include <base/arena.h>
#include <env/env.h>
#include <wire/vnhost.h>
#include <wire/vnode.h>

#include "progress.h"
#include "sched.h"

/* Entries, and bytes of them, that are kept since the last snapshot. */
#define VNODE_ENTRIES_MAX   32768
#define VNODE_BYTES_MAX	    (16 * 1024 * 1024)
/* Requests that were ordered here and not answered yet; more are refused. */
#define VNODE_RUNNING_MAX   1024
/* Threads that wait for a time. */
#define VNODE_WAITS_MAX	    1024
/* Reads outside of the log that wait or are done; more go through the log. */
#define VNODE_READS_MAX	    1024
/* Of these, reads that a host does at once. */
#define VNODE_READS_OUT_MAX 64

struct vnode;

/**
 * struct vnode_about - what a virtual node is; strings end with NUL
 * @name: its name
 * @path: file of the service, without its folder
 * @config: text that the service is started with
 * @policy: enum wire_vn_policy
 * @scheduler: which
 * @time_max_ms: milliseconds that a request may take, 0: any number
 * @memory_max: bytes that a request may allocate, 0: any number
 */
struct vnode_about {
	char name[WIRE_VN_NAME_MAX + 1];
	char path[WIRE_VH_PATH_MAX + 1];
	char config[WIRE_VH_CONFIG_MAX + 1];
	uint32_t policy;
	enum vsched_kind scheduler;
	uint64_t time_max_ms;
	uint64_t memory_max;
};

/**
 * struct vnode_entry - an entry of the log
 * @index: its place
 * @time_ns: time of the log
 * @session: session of the client, 0 without
 * @seq: number in the session
 * @mine: this replica ordered it, in its present leadership
 * @data: a wire message (vn-...), valid during the call
 */
struct vnode_entry {
	uint64_t index;
	uint64_t time_ns;
	uint64_t session;
	uint64_t seq;
	bool mine;
	struct bytes data;
};

/**
 * struct vnode_answer - what a request came to
 * @index: its place in the log
 * @session: of the client, 0 without
 * @seq: number in the session
 * @ticket: from the request
 * @result: enum wire_vn_result
 * @error: of the service
 * @data: reply, valid during the call
 */
struct vnode_answer {
	uint64_t index;
	uint64_t session;
	uint64_t seq;
	uint64_t ticket;
	uint32_t result;
	uint32_t error;
	struct bytes data;
};

/**
 * struct vnode_ops - the outside; none of these calls back
 * @propose: order an entry, a wire message. False: not now, the core tries again where it matters
 * @answer: a request has its reply; at each replica, once a life of the process
 * @read_get: what the read with this ticket asks for, valid until the core returns. False: nobody
 *	wants to know any more; the ticket is forgotten
 * @read_done: a read has its reply; WIRE_VN_RESULT_BUSY: nothing was done, order it
 * @resume: the log may call vnode_apply() again
 * @host_begin: begin a host; then vnode_host_message() and vnode_host_gone() follow
 * @host_send: send it a message
 * @host_end: end it at once; nothing of it follows
 * @progress: memory shared with it, NULL without one
 * @image_read: the next bytes of the last snapshot: from 0 on, a message at a time,
 *	into memory of the callee; empty at the end
 * @image_begin: a snapshot of this moment begins. False: not now
 * @image_write: its next message
 * @image_end: that was all; false: it was given up
 */
struct vnode_ops {
	bool (*propose)(void *ctx, struct bytes entry);
	void (*answer)(void *ctx, const struct vnode_answer *a);
	bool (*read_get)(void *ctx, uint64_t ticket, struct bytes *operation, struct bytes *args);
	void (*read_done)(void *ctx, const struct vnode_answer *a);
	void (*resume)(void *ctx);
	void (*host_begin)(void *ctx);
	void (*host_send)(void *ctx, struct bytes msg);
	void (*host_end)(void *ctx);
	const struct progress *(*progress)(void *ctx);
	struct bytes (*image_read)(void *ctx, uint64_t *pos);
	bool (*image_begin)(void *ctx);
	void (*image_write)(void *ctx, struct bytes msg);
	void (*image_end)(void *ctx, bool good);
};

/** enum vnode_host - how the host is */
enum vnode_host {
	/** @VNODE_HOST_NONE: there is none, by policy or while it waits for a skip */
	VNODE_HOST_NONE,
	/** @VNODE_HOST_STARTING: it loads the service */
	VNODE_HOST_STARTING,
	/** @VNODE_HOST_READY: it serves */
	VNODE_HOST_READY,
	/** @VNODE_HOST_BROKEN: the service cannot be loaded; see @failure */
	VNODE_HOST_BROKEN,
};

/**
 * struct vnode_stats - what happened since the start
 * @applied: entries applied
 * @requests: of these requests
 * @answered: requests answered here
 * @skipped: requests that crashed or hung
 * @restarts: hosts begun
 * @crashes: hosts that died
 * @timeouts: of these ended because a request took too long
 * @switches: changes of policy or scheduler
 * @snapshots: snapshots made
 * @drains_lost: snapshots put off because requests did not end in time
 * @diverged: replies that differ from the leader's, or from an earlier run
 * @refused: requests refused because too many run
 * @reads: requests done outside of the log
 * @reads_in_vain: times that the log was held back for reads, but requests did not end in time
 * @full: times that the log was held up because too much is kept
 */
struct vnode_stats {
	uint64_t applied;
	uint64_t requests;
	uint64_t answered;
	uint64_t skipped;
	uint64_t restarts;
	uint64_t crashes;
	uint64_t timeouts;
	uint64_t switches;
	uint64_t snapshots;
	uint64_t drains_lost;
	uint64_t diverged;
	uint64_t refused;
	uint64_t reads;
	uint64_t reads_in_vain;
	uint64_t full;
};

/**
 * vnode_arena_size() - memory that a replica needs
 *
 * Return: bytes.
 */
size_t vnode_arena_size(void);

/**
 * vnode_create() - a replica that knows nothing yet
 * @arena: memory
 * @env: clock, timers, log
 * @ops: outside, must stay
 * @ctx: argument of its functions
 * @folder: where files of services are on this machine; must stay
 *
 * Return: the replica; it lives in the arena.
 */
struct vnode *vnode_create(struct arena *arena, struct env *env, const struct vnode_ops *ops,
			   void *ctx, const char *folder);

/**
 * vnode_stop() - end the host and all timers
 * @v: replica
 */
void vnode_stop(struct vnode *v);

/**
 * vnode_apply() - event: the next entry of the log
 * @v: replica
 * @e: entry
 *
 * Return: false: not now; @resume tells when.
 */
bool vnode_apply(struct vnode *v, const struct vnode_entry *e);

/**
 * vnode_role() - event: this replica leads the log, or not
 * @v: replica
 * @leader: whether it does
 */
void vnode_role(struct vnode *v, bool leader);

/**
 * vnode_forget() - event: a snapshot of another replica replaces all; begin of it
 * @v: replica
 */
void vnode_forget(struct vnode *v);

/**
 * vnode_restored() - event: the snapshot can be read by @image_read now
 * @v: replica
 * @index: last entry that is in it
 */
void vnode_restored(struct vnode *v, uint64_t index);

/**
 * vnode_snapshot_wanted() - event: the log would like a snapshot
 * @v: replica
 */
void vnode_snapshot_wanted(struct vnode *v);

/**
 * vnode_host_message() - event: a message of the host
 * @v: replica
 * @h: decoded header
 *
 * Return: false when it is not understood; the host is ended then.
 */
bool vnode_host_message(struct vnode *v, const struct wire_header *h);

/**
 * vnode_host_gone() - event: the host died by itself
 * @v: replica; vnode_ops.progress still works
 */
void vnode_host_gone(struct vnode *v);

/**
 * vnode_admit() - may one more request be ordered?
 * @v: replica that leads
 *
 * Return: false when too many run (counted).
 */
bool vnode_admit(struct vnode *v);

/**
 * vnode_read_only() - does the service say that this operation changes nothing?
 * @v: replica
 * @operation: name
 *
 * Return: true; false also while no host has run here.
 */
bool vnode_read_only(const struct vnode *v, struct bytes operation);

/**
 * vnode_described() - does this replica know what the service says about its operations?
 * @v: replica
 *
 * Return: true once a host has run here.
 */
bool vnode_described(const struct vnode *v);

/**
 * vnode_reads() - can this replica do such a request outside of the log now?
 * @v: replica
 * @operation: name
 *
 * Return: true when the operation changes nothing, and the host here does all requests.
 */
bool vnode_reads(const struct vnode *v, struct bytes operation);

/**
 * vnode_read() - event: do a read-only request outside of the log
 * @v: replica; everything that was committed when the request was made is applied to it
 * @ticket: for vnode_ops.read_get and read_done
 * @operation: name
 *
 * The host sees the state behind the last applied entry, or a later one.
 *
 * Return: true: @read_done follows; false: not here, or not now: order it.
 */
bool vnode_read(struct vnode *v, uint64_t ticket, struct bytes operation);

/**
 * vnode_about() - what it is
 * @v: replica
 *
 * Return: the description, NULL before the log said it.
 */
const struct vnode_about *vnode_about(const struct vnode *v);

/* Counters, as long as @v. */
const struct vnode_stats *vnode_stats(const struct vnode *v);

/* How the host is. */
enum vnode_host vnode_host_state(const struct vnode *v);

/* Why the service does not run, or what crashed last; "" for nothing. */
const char *vnode_failure(const struct vnode *v);

/* Requests that the host works on. */
uint32_t vnode_running(const struct vnode *v);

/* Copy a description from and to its wire form; the latter borrows @from. */
void vnode_about_read(const struct wire_vn_about *from, struct vnode_about *to);
void vnode_about_write(const struct vnode_about *from, struct wire_vn_about *to);

#endif
