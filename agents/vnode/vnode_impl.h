/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the container; only for agents/vnode. */
#ifndef _XOS_VNODE_VNODE_IMPL_H
#define _XOS_VNODE_VNODE_IMPL_H

#include "vnode.h"

#include <errno.h>

#include <base/assert.h>
#include <base/mutant.h>

#define VNODE_TEXT_MAX	    256
#define VNODE_DECISIONS_MAX 4096
/* The uppermost bit of the number of a read: no place in the log has it. */
#define READ_NUMBER	    (1ULL << 63)

/**
 * struct kept - an entry since the last snapshot
 * @index: its place in the log
 * @time_ns: time of the log
 * @session: session of the client
 * @seq: number in the session
 * @ticket: of a request
 * @about: index of the request that a wake-up is for; vn-switch before decisions
 * @hash: of the reply, when @answered
 * @expected: hash of the leader's reply, 0 while it is not known
 * @at: where its message begins in the memory
 * @len: bytes of the message
 * @type: of the message
 * @cut: of a skipped request: operations that it still does
 * @sent: the host has it
 * @ended: of a request: this host answered it
 * @answered: of a request: the client was answered, by whatever host
 * @told: of a request: its hash was proposed in a vn-done
 * @skipped: of a request: it crashed or hung
 * @hot: of a request or vn-noop: ordered under the policy hot
 * @counts: of a vn-update: it does
 * @sent_ns: when the host got it
 */
struct kept {
	uint64_t index;
	uint64_t time_ns;
	uint64_t session;
	uint64_t seq;
	uint64_t ticket;
	uint64_t about;
	uint64_t hash;
	uint64_t expected;
	uint64_t sent_ns;
	uint32_t at;
	uint32_t len;
	uint16_t type;
	uint32_t cut;
	bool sent;
	bool ended;
	bool answered;
	bool told;
	bool skipped;
	bool hot;
	bool counts;
};

/** enum hot_stage - how far the requests of the next update are (hot) */
enum hot_stage {
	/** @HOT_IDLE: there are none */
	HOT_IDLE,
	/** @HOT_RUNS: the host does them */
	HOT_RUNS,
	/** @HOT_COLLECTS: it says what they came to */
	HOT_COLLECTS,
	/** @HOT_ORDERED: all pieces of the update are on their way into the log */
	HOT_ORDERED,
};

/**
 * struct vwait - a thread that waits for a time
 * @node: in the list of its replica
 * @timer: at the leader: proposes its end
 * @v: replica
 * @index: place of its request
 * @thread: name of the thread
 * @wait: number of the wait
 * @delay_ns: how long
 */
struct vwait {
	struct cds_list_head node;
	struct env_timer timer;
	struct vnode *v;
	uint64_t index;
	uint64_t thread;
	uint32_t wait;
	uint64_t delay_ns;
};

/**
 * struct vnode - a replica
 * @env: outside
 * @ops: outside
 * @ctx: argument of @ops
 * @folder: where files of services are
 * @about: what it is
 * @known: @about was said by the log, or by a snapshot
 * @leader: it leads the log
 * @host: how the host is
 * @kept: entries since the last snapshot
 * @kept_n: how many
 * @fed: all before this one were sent
 * @bytes: their messages
 * @bytes_n: bytes used
 * @base: index of the snapshot that @kept follows
 * @applied: last entry applied
 * @running: requests that the host has and did not answer
 * @unanswered: requests of @kept that were not answered
 * @want_snapshot: the log asked for one
 * @drain_until_ns: requests are held back for a snapshot until then, 0: not
 * @drain_again_ns: not before this time again
 * @flows_ns: when the log was held up last
 * @imaging: the host writes a snapshot
 * @blocked: vnode_apply() said no
 * @awaits_skip: index of the request that the host is waiting to be rid of, 0: none
 * @catch_up: the host is fed for a snapshot, whatever the policy says
 * @host_decides: the host was told to decide (LSA)
 * @base_scheduler: scheduler at @base
 * @base_policy: policy at @base
 * @host_scheduler: scheduler that the host has
 * @host_policy: policy that it goes by
 * @host_switch: index of the vn-switch that it has them from, or a later one before its requests
 * @decisions: of the host, not ordered yet: mutexes, threads, requests, values
 * @decisions_n: how many
 * @decisions_out: entries with decisions that are on their way
 * @decisions_stable: decisions of this host that are in the log
 * @decisions_lost: entries on their way with decisions of a host that ended
 * @starved: empty requests that PDS asks for
 * @suspect: request that was blamed when the host died by itself
 * @diverged_at: request whose reply differed last
 * @done_from: answers before this one were told to the others
 * @tick: timer of limits and of vn-done
 * @again: timer that begins the host anew
 * @waits: list of struct vwait
 * @wait_pool: their memory
 * @applied_ns: time of that entry
 * @reads: list of struct vread
 * @read_pool: their memory
 * @read_timer: gives back reads that wait for too long
 * @read_barrier: entries behind this one wait while reads wait
 * @read_count: numbers of reads
 * @reads_waiting: reads that wait for the host
 * @reads_out: reads that the host does
 * @reads_not_before_ns: no reads outside of the log until then
 * @read_only: names of operations that change nothing
 * @read_only_n: how many
 * @described: a host has said which
 * @hot_stage: what the host does under the policy hot; no update has it yet unless HOT_IDLE
 * @hot_maker: identity of the host in its updates
 * @hot_waiting: requests without an outcome
 * @hot_open: further requests are let in
 * @hot_timer: lets them in, or proposes again
 * @hot_piece: number of the next piece
 * @hot_len: bytes of the piece that waits to be proposed, 0 without
 * @hot_last: it is the last one
 * @hot_bytes: that piece
 * @part_maker: who made the update whose pieces the log brings, 0 for none
 * @part_next: number of its next piece
 * @part_from: where its first piece is kept
 * @stats: counters
 * @failure: see vnode_failure()
 * @room: for one message
 */
struct vnode {
	struct env *env;
	const struct vnode_ops *ops;
	void *ctx;
	const char *folder;
	struct vnode_about about;
	bool known;
	bool leader;
	enum vnode_host host;
	struct kept *kept;
	uint32_t kept_n;
	uint32_t fed;
	uint8_t *bytes;
	uint32_t bytes_n;
	uint64_t base;
	uint64_t applied;
	uint32_t running;
	uint32_t unanswered;
	bool want_snapshot;
	uint64_t drain_until_ns;
	uint64_t drain_again_ns;
	uint64_t flows_ns;
	bool imaging;
	bool blocked;
	uint64_t awaits_skip;
	bool catch_up;
	bool host_decides;
	enum vsched_kind base_scheduler;
	uint32_t base_policy;
	enum vsched_kind host_scheduler;
	uint32_t host_policy;
	uint64_t host_switch;
	uint64_t decisions[4][VNODE_DECISIONS_MAX];
	uint32_t decisions_n;
	uint32_t decisions_out;
	uint64_t decisions_stable;
	uint32_t decisions_lost;
	uint32_t starved;
	uint64_t suspect;
	uint64_t diverged_at;
	uint32_t done_from;
	struct env_timer tick;
	struct env_timer again;
	struct cds_list_head waits;
	struct pool wait_pool;
	uint64_t applied_ns;
	struct cds_list_head reads;
	struct pool read_pool;
	struct env_timer read_timer;
	uint64_t read_barrier;
	uint64_t read_count;
	uint32_t reads_waiting;
	uint32_t reads_out;
	uint64_t reads_not_before_ns;
	char read_only[WIRE_VH_OPERATIONS_MAX][WIRE_VH_OP_MAX + 1];
	uint32_t read_only_n;
	bool described;
	enum hot_stage hot_stage;
	uint64_t hot_maker;
	uint32_t hot_waiting;
	bool hot_open;
	struct env_timer hot_timer;
	uint32_t hot_piece;
	uint32_t hot_len;
	bool hot_last;
	uint8_t hot_bytes[WIRE_VH_CHUNK_MAX + 4096];
	uint64_t part_maker;
	uint32_t part_next;
	uint32_t part_from;
	struct vnode_stats stats;
	char failure[VNODE_TEXT_MAX];
	uint8_t room[WIRE_VH_ARGS_MAX + 4096];
};

/* --- kept.c: entries since the last snapshot ---------------------------------------- */

/* Room for an entry of @len bytes? */
bool kept_room(const struct vnode *v, size_t len);

/* Keep an entry. */
struct kept *kept_add(struct vnode *v, const struct vnode_entry *e, uint16_t type);

/* The entry at a place of the log, or NULL. */
struct kept *kept_find(struct vnode *v, uint64_t index);

/* Its message. */
struct bytes kept_message(const struct vnode *v, const struct kept *k);

/* Forget all. A snapshot of the state after @index follows, or is there. */
void kept_clear(struct vnode *v, uint64_t index);

/* A snapshot of this host has all up to @index but the requests without an outcome. */
void kept_settle(struct vnode *v, uint64_t index);

/* --- feed.c: what the host gets, and when ------------------------------------------- */

/* Does this replica's host do the requests? */
bool feeding(const struct vnode *v);

/* Has the host all that is kept? Requests that an update has to come for do not count. */
bool fed_all(const struct vnode *v, uint64_t up_to);

/* Send the host what it may have now. */
void feed(struct vnode *v);

/* Begin the host, or end it, as the policy wants; then feed it. */
void host_update(struct vnode *v);

/* Does the host, when it leads, do what other hosts cannot know without its decisions? */
bool host_is_free(const struct vnode *v);

/* The host decides no more. One that went ahead of the log ends: what it decided may not be there. */
void host_follow(struct vnode *v);

/* End the host and begin it anew from the last snapshot. */
void host_restart(struct vnode *v);

/* End the host. */
void host_stop(struct vnode *v);

/* Encode a message to the host into v->room and send it. */
#define HOST_SEND(v, msg, ...)                                        \
	do {                                                          \
		struct buf _b = buf_of((v)->room, sizeof((v)->room)); \
		struct wire_##msg _m = { __VA_ARGS__ };               \
                                                                      \
		xassert(!wire_##msg##_encode(&_m, &_b));              \
		(v)->ops->host_send((v)->ctx, buf_bytes(&_b));        \
	} while (0)

/* Encode an entry into v->room and propose it. */
#define PROPOSE(v, msg, ...)                                          \
	({                                                            \
		struct buf _b = buf_of((v)->room, sizeof((v)->room)); \
		struct wire_##msg _m = { __VA_ARGS__ };               \
                                                                      \
		xassert(!wire_##msg##_encode(&_m, &_b));              \
		(v)->ops->propose((v)->ctx, buf_bytes(&_b));          \
	})

/* --- wait.c: waits with a time ------------------------------------------------------ */

void wait_begin(struct vnode *v, const struct wire_vh_wait *m);
/* Does a thread of this host wait so? */
bool wait_known(const struct vnode *v, uint64_t thread, uint32_t wait);
void wait_end(struct vnode *v, uint64_t thread, uint32_t wait);
void waits_of_request_end(struct vnode *v, uint64_t index);
void waits_role(struct vnode *v);
void waits_clear(struct vnode *v);

/* --- read.c: read-only requests outside of the log ---------------------------------- */

/* Memory of the reads. */
size_t reads_size(void);
void reads_start(struct vnode *v, struct arena *arena);

/* What the service says about its operations. */
void reads_learn(struct vnode *v, const struct wire_vh_ready *m);

/* Send the reads that can be done now. */
void reads_feed(struct vnode *v);

/* Must the entry wait for reads? */
bool reads_hold(const struct vnode *v, const struct kept *k);

void reads_take_result(struct vnode *v, const struct wire_vh_result *m);

/* Has the host a read for longer than @limit_ns? Its number goes to @culprit. */
bool reads_late(struct vnode *v, uint64_t limit_ns, uint64_t *culprit);

/* The host ends: its reads failed (@culprit, 0 for none), or are to be ordered. */
void reads_give_back(struct vnode *v, uint64_t culprit);

/* --- lsa.c: decisions of a host ----------------------------------------------------- */

void decisions_take(struct vnode *v, const struct wire_vh_decisions *m);
void decisions_applied(struct vnode *v, uint32_t n);
void decisions_flush(struct vnode *v);

/* --- hot.c: the policy hot ------------------------------------------------------------ */

void hot_start(struct vnode *v);

/* Is it a request that no update has yet? */
bool hot_pending(const struct kept *k);

void hot_host_begins(struct vnode *v);
void hot_host_ends(struct vnode *v);

/* May the host do requests now, tentatively? Has it room for one more? It got one. */
bool hot_open(const struct vnode *v);
bool hot_room(const struct vnode *v);
void hot_sent(struct vnode *v);

/* What the host says. */
void hot_take_ended(struct vnode *v, const struct wire_vh_ended *m);
void hot_take_update(struct vnode *v, const struct wire_vh_update *m);

/* An entry of the log; the host gets it. */
void hot_apply(struct vnode *v, const struct vnode_entry *e, const struct wire_vn_update *m);
void hot_send(struct vnode *v, struct kept *k);

/* Has the log an update, of requests before @index, that the host did not get? */
bool hot_update_behind(const struct vnode *v, uint64_t index);

/* Requests without an outcome, to a snapshot, from one, and when one was made. */
void hot_write_pending(struct vnode *v);
void hot_read_pending(struct vnode *v, uint64_t pos);
void hot_keep_pending(struct vnode *v);

/* --- vnode.c ------------------------------------------------------------------------ */

/* Answer a request, once; a second answer must be the same. */
void answer(struct vnode *v, struct kept *k, uint32_t result, uint32_t error, struct bytes data);

/* Make a snapshot when one is wanted and nothing runs. */
void try_snapshot(struct vnode *v);

/* Have the log skip a request; the host ends until it did. */
void propose_skip(struct vnode *v, struct kept *k, const char *why);

/* --- limit.c: limits, crashes, comparison of replies -------------------------------- */

void limits_start(struct vnode *v);

#endif
