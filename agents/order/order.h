/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Totally ordered, replicated logs: one a group of 1 to 7 machines, many
 * groups in one process. An entry that is committed is applied by every member
 * at the same place of the order, and survives as long as a majority of the
 * group does. The protocol is Raft (Ongaro, 2014) with pre-vote, check-quorum,
 * joint membership change, learners, leadership transfer and read index.
 *
 * Pure: events come in by order_recv(), by timers and by reports of the log and
 * the store; everything happens on the thread of the event loop. Groups share
 * the append log, its syncs, the connections and the heartbeats.
 *
 * Documentation/agents/order.rst has the rules and the invariants.
 */
#ifndef _XOS_ORDER_ORDER_H
#define _XOS_ORDER_ORDER_H

#include <base/arena.h>
#include <base/list.h>
#include <env/env.h>
#include <store/log.h>
#include <store/store.h>
#include <wire/wire.h>

/* Voters of a group, at most. */
#define ORDER_VOTERS_MAX  7
/* Voters of both sides of a change, and learners. */
#define ORDER_MEMBERS_MAX 16
/* Bytes of one entry. */
#define ORDER_DATA_MAX	  (128 * 1024)
/* Bytes of one chunk of a snapshot. */
#define ORDER_CHUNK_MAX	  (128 * 1024)
/* A session with this bit is a key: see struct order_request. */
#define ORDER_KEY	  (1ULL << 63)
/* Bytes of a reply that is remembered, at most. */
#define ORDER_REPLY_MAX	  (64 * 1024)

struct order;
struct order_group;

/**
 * enum order_status - how something ended, or why it did not begin
 * @ORDER_OK: done
 * @ORDER_NOT_LEADER: another member leads, or none; nothing was done. order_leader() says who
 * @ORDER_UNKNOWN: this member lost the leadership, or was closed: the entry may
 *	be ordered, now or later, or never. With a session: propose it again
 *	with the same number, it takes effect once
 * @ORDER_BUSY: over a limit (uncommitted bytes, operations, room in the log); nothing was done
 * @ORDER_TOO_LARGE: over ORDER_DATA_MAX; nothing was done
 * @ORDER_NO_SESSION: there is no such session (any more). When an earlier try
 *	of the same request ended with ORDER_UNKNOWN, nobody knows whether it took effect
 * @ORDER_STALE: the session has a later request, or the key another one; nothing was done
 * @ORDER_GAP: the session has not seen the request before this one; nothing was done
 * @ORDER_FORGOTTEN: it took effect, but its reply was too long to be remembered
 * @ORDER_CHANGING: a change of the members is under way; nothing was done
 * @ORDER_BEHIND: a new voter is no learner yet, or has not caught up; nothing was done
 * @ORDER_BAD: arguments that cannot be right; nothing was done
 * @ORDER_CLOSED: the group is closed or its disk has failed
 * @ORDER_STATUSES: how many there are
 */
enum order_status {
	ORDER_OK,
	ORDER_NOT_LEADER,
	ORDER_UNKNOWN,
	ORDER_BUSY,
	ORDER_TOO_LARGE,
	ORDER_NO_SESSION,
	ORDER_STALE,
	ORDER_GAP,
	ORDER_FORGOTTEN,
	ORDER_CHANGING,
	ORDER_BEHIND,
	ORDER_BAD,
	ORDER_CLOSED,
	ORDER_STATUSES
};

/** enum order_role - what a member does in its group at the moment */
enum order_role {
	/** @ORDER_FOLLOWER: follows a leader, or waits for one; learners stay so */
	ORDER_FOLLOWER,
	/** @ORDER_ASKING: asks whether it could win an election (pre-vote) */
	ORDER_ASKING,
	/** @ORDER_CANDIDATE: stands for election */
	ORDER_CANDIDATE,
	/** @ORDER_LEADER: leads */
	ORDER_LEADER,
};

/* What a member may be, bits of order_member.roles; 0: a learner, which only follows. */
#define ORDER_VOTER    0x01 /* counts in the majorities of the group */
#define ORDER_OUTGOING 0x02 /* counts in those of before the change that is under way */
#define ORDER_LEAVING  0x04 /* is no member any more when the change is through */

/**
 * struct order_member - one replica of a group
 * @id: identity of its node
 * @addr: where that node listens
 * @tag: identity of this replica, not 0, drawn at random when it was made. A
 *	node that lost its disk is a new replica with a new tag: the old one
 *	gave promises that the new one does not know
 * @roles: ORDER_VOTER, ORDER_OUTGOING, ORDER_LEAVING; 0 for a learner
 */
struct order_member {
	struct xos_id id;
	struct xos_addr addr;
	uint64_t tag;
	uint8_t roles;
};

/**
 * struct order_members - who is in a group
 * @n: members
 * @v: the members, no tag twice
 */
struct order_members {
	uint32_t n;
	struct order_member v[ORDER_MEMBERS_MAX];
};

/**
 * struct order_entry - an entry that is to be applied
 * @index: its place, from 1; not every index is shown (some entries are the log's own)
 * @term: in which it was ordered
 * @time_ns: wall clock of the leader that ordered it, made monotone: the only
 *	clock that all replicas agree on
 * @session: session of the client; 0 without
 * @seq: number of the request in its session
 * @data: contents, valid during the call
 */
struct order_entry {
	uint64_t index;
	uint64_t term;
	uint64_t time_ns;
	uint64_t session;
	uint64_t seq;
	struct bytes data;
};

/**
 * struct order_service - what a group is for; called from the event loop
 * @apply: the next committed entry. False: not now; order_resume() goes on with
 *	this same entry. Duplicates of a request are not shown. Optional results
 *	are given by order_reply(), now or later
 * @restore_begin: forget everything, a snapshot of the state after @index follows
 * @restore_data: next bytes of it. False: not now; order_resume() comes again with them
 * @restore_end: that was all; entries from @index + 1 follow
 * @role: the role or the term changed, or a leader (its tag, 0: none) was found or lost. May be NULL
 * @members: a membership was committed at @index, or came with a snapshot. May be NULL
 * @snapshot_wanted: the log is long: time for order_snapshot_begin(). Repeated
 *	now and then until it is short. May be NULL
 * @snapshot_room: after ORDER_BUSY, order_snapshot_write() takes bytes again. May be NULL
 * @snapshot_done: the snapshot of @index is durable (ORDER_OK), or was given up. May be NULL
 * @evicted: the log decided to forget a session. May be NULL
 *
 * A callback may call any function of this header but order_group_close() and
 * order_group_delete().
 */
struct order_service {
	bool (*apply)(void *ctx, const struct order_entry *e);
	void (*restore_begin)(void *ctx, uint64_t index);
	bool (*restore_data)(void *ctx, struct bytes data);
	void (*restore_end)(void *ctx);
	void (*role)(void *ctx, enum order_role role, uint64_t term, uint64_t leader);
	void (*members)(void *ctx, const struct order_members *members, uint64_t index);
	void (*snapshot_wanted)(void *ctx, uint64_t applied);
	void (*snapshot_room)(void *ctx);
	void (*snapshot_done)(void *ctx, uint64_t index, enum order_status status);
	void (*evicted)(void *ctx, uint64_t session);
};

/**
 * struct order_config - times and limits; zero fields take the default
 * @tick_ns: time between two heartbeats of a leader to a node (50 ms)
 * @election_ticks: ticks without a leader before a member asks for votes, and
 *	up to as many more at random (4)
 * @groups_max: groups (16)
 * @log_bytes: bytes of entries that a group keeps in memory (4 MiB); at least
 *	four of the greatest entries
 * @log_entries: entries that a group keeps in memory, a power of two (8192)
 * @trailing: entries kept behind a snapshot for members that are a little late (256)
 * @uncommitted_bytes: bytes of entries that a leader has taken and not committed (1 MiB)
 * @append_bytes: bytes of entries in one message (64 KiB); one entry always fits
 * @inflight: messages with entries on their way to one member (32)
 * @ops_max: proposals and reads that wait, of all groups (1024)
 * @sessions_max: sessions of a group; one more evicts the one used longest ago (128)
 * @keys_max: keys of a group; one more evicts the one used longest ago (128)
 * @reply_max: bytes of a reply that is remembered with its session or key (1024)
 * @promote_lag: entries that a learner may be behind to become a voter (64)
 * @chunk_bytes: bytes of a chunk of a snapshot (64 KiB)
 * @chunks_inflight: chunks on their way to one member (4)
 * @wal_records: records of the append log after which a quiet group is written
 *	anew, so that what is before can be trimmed (4096)
 * @writes_max: records and batches that wait for the disk, of all groups (1024)
 * @snapshots_max: snapshots that are made at once, of all groups (4)
 */
struct order_config {
	uint64_t tick_ns;
	uint32_t election_ticks;
	uint32_t groups_max;
	uint32_t log_bytes;
	uint32_t log_entries;
	uint32_t trailing;
	uint32_t uncommitted_bytes;
	uint32_t append_bytes;
	uint32_t inflight;
	uint32_t ops_max;
	uint32_t sessions_max;
	uint32_t keys_max;
	uint32_t reply_max;
	uint32_t promote_lag;
	uint32_t chunk_bytes;
	uint32_t chunks_inflight;
	uint32_t wal_records;
	uint32_t writes_max;
	uint32_t snapshots_max;
};

/**
 * struct order_stats - what happened in all groups since the start
 * @proposed: entries taken from clients
 * @committed: entries that became committed here
 * @applied: entries applied
 * @duplicates: requests that the log had already
 * @evicted: sessions forgotten
 * @reads: reads done
 * @read_rounds: rounds of heartbeats for them
 * @records: records appended to the log
 * @rewrites: groups written anew, to trim the log
 * @appends: messages with entries sent
 * @rejects: messages with entries refused by their receiver
 * @truncated: entries taken back because another leader won
 * @campaigns: elections begun
 * @won: elections won
 * @stepped_down: leaders that found a later term or lost their majority
 * @quorum_lost: of these for want of a majority
 * @transfers: leaderships handed over on request
 * @snapshots: snapshots made
 * @installed: snapshots received from others
 * @chunks: chunks sent
 * @bad_chunks: chunks that failed their checksum
 * @refused: proposals and reads refused over a limit (ORDER_BUSY)
 * @refused_writes: work put off because too much waits for the disk
 * @log_full: entries of a leader refused because the log in memory was full
 * @strange: messages that did not decode or are for nobody here
 */
struct order_stats {
	uint64_t proposed;
	uint64_t committed;
	uint64_t applied;
	uint64_t duplicates;
	uint64_t evicted;
	uint64_t reads;
	uint64_t read_rounds;
	uint64_t records;
	uint64_t rewrites;
	uint64_t appends;
	uint64_t rejects;
	uint64_t truncated;
	uint64_t campaigns;
	uint64_t won;
	uint64_t stepped_down;
	uint64_t quorum_lost;
	uint64_t transfers;
	uint64_t snapshots;
	uint64_t installed;
	uint64_t chunks;
	uint64_t bad_chunks;
	uint64_t refused;
	uint64_t refused_writes;
	uint64_t log_full;
	uint64_t strange;
};

/**
 * struct order_op - a proposal, a read or a change that is under way
 * @done: called once, never from inside the call that began it.
 *	@index: place of the entry, or the index that a read may see (it is
 *	applied here); 0 without. @reply: from order_reply(), valid during the
 *	call; empty without. @op may be used again from then on
 * @ctx: for the caller
 * @node: of order
 * @group: of order
 * @index: of order
 * @session: of order
 * @seq: of order
 * @round: of order
 * @status: of order
 * @state: of order
 *
 * Memory of the caller, zeroed before the first use.
 */
struct order_op {
	void (*done)(struct order_op *op, enum order_status status, uint64_t index,
		     struct bytes reply);
	void *ctx;
	struct cds_list_head node;
	struct order_group *group;
	uint64_t index;
	uint64_t session;
	uint64_t seq;
	uint64_t round;
	uint8_t status;
	uint8_t state;
};

/**
 * struct order_request - what shall be ordered
 * @session: session of the client; 0: without one, then at most one entry
 *	comes of it, but a second proposal is a second entry
 * @seq: number of the request in its session: 1, 2, 3, ... one after the other
 * @data: contents, copied; at most ORDER_DATA_MAX
 *
 * For a single request that shall take effect once there need be no session: @session is
 * then ORDER_KEY and 63 bits that the client keeps for this request alone, and @seq a print
 * (not 0) of what it asks for. The same key with another print is ORDER_STALE. A key is
 * remembered until keys_max others were used after it.
 */
struct order_request {
	uint64_t session;
	uint64_t seq;
	struct bytes data;
};

/**
 * struct order_info - how a group is, as this member sees it
 * @id: group
 * @tag: this replica
 * @role: what it does
 * @term: term
 * @leader: tag of the leader, 0 when none is known
 * @first: oldest entry in memory
 * @last: newest entry
 * @stable: newest entry that is durable here
 * @commit: newest entry known to be committed
 * @applied: newest entry applied
 * @snapshot: index of the newest snapshot, 0 without
 * @members: newest membership, committed or not
 * @changing: it is not the final one yet, or not committed
 * @damaged: its snapshot cannot be read: it takes no part any more and is to be replaced
 * @match: of each member of @members: what it is known to have; only at the leader
 * @heard_ns: of each member: how long ago it answered; only at the leader
 */
struct order_info {
	uint64_t id;
	uint64_t tag;
	enum order_role role;
	uint64_t term;
	uint64_t leader;
	uint64_t first;
	uint64_t last;
	uint64_t stable;
	uint64_t commit;
	uint64_t applied;
	uint64_t snapshot;
	struct order_members members;
	bool changing;
	bool damaged;
	uint64_t match[ORDER_MEMBERS_MAX];
	uint64_t heard_ns[ORDER_MEMBERS_MAX];
};

/* --- the whole ------------------------------------------------------------------- */

/**
 * order_arena_size() - memory that a configuration needs
 * @cfg: configuration
 *
 * Return: bytes.
 */
size_t order_arena_size(const struct order_config *cfg);

/**
 * order_init() - set up, without groups
 * @arena: at least order_arena_size() bytes left
 * @env: environment
 * @log: append log, used by nobody else, not replayed yet
 * @store: for snapshots, in keys that begin with "order/"
 * @self: identity of this node
 * @cfg: copied
 *
 * Return: the object, in the arena.
 */
struct order *order_init(struct arena *arena, struct env *env, struct store_log *log,
			 struct store *store, const struct xos_id *self,
			 const struct order_config *cfg);

/**
 * order_start() - read the log and find the groups that were there
 * @o: object
 *
 * A torn tail is the end of the log. A bad record before that is damage: then
 * nothing of this log may take part any more, because what its replicas
 * promised is not known; each is to be replaced by a new one with a new tag.
 *
 * Return: 0; -EBADMSG a record is damaged; -EPROTO one cannot be understood;
 * -ENOSPC the groups do not fit into the configured limits.
 */
int order_start(struct order *o);

/**
 * order_stop() - end all timers; afterwards the memory may go away
 * @o: object
 *
 * Operations end with ORDER_UNKNOWN.
 */
void order_stop(struct order *o);

/**
 * order_recv() - take a message
 * @o: object
 * @from: authenticated sender
 * @h: decoded header
 *
 * Return: false when it is none of this family.
 */
bool order_recv(struct order *o, const struct env_peer *from, const struct wire_header *h);

/**
 * order_suspect() - what a failure detector says about a node
 * @o: object
 * @id: node
 * @suspected: it does not answer; false: it does again
 *
 * Moves leadership earlier than the heartbeats would, and nothing else: a
 * group whose leader is suspected asks for votes at once. Wrong suspicions
 * cost an election at most.
 */
void order_suspect(struct order *o, const struct xos_id *id, bool suspected);

/**
 * order_failed() - did the log or the store report a failure?
 * @o: object
 *
 * From then on nothing is promised any more, and the process should end.
 *
 * Return: true from the failure on.
 */
bool order_failed(const struct order *o);

/**
 * order_stats() - counters
 * @o: object
 *
 * Return: the counters, valid as long as the object.
 */
const struct order_stats *order_stats(const struct order *o);

/* --- groups ---------------------------------------------------------------------- */

/**
 * order_group_next() - walk over the groups, open or not
 * @o: object
 * @after: 0 for the first, else a group's id
 *
 * Return: the next greater id, or 0.
 */
uint64_t order_group_next(const struct order *o, uint64_t after);

/**
 * order_group_create() - found a group
 * @o: object
 * @id: its identity, drawn at random, not 0
 * @tag: of the replica here
 * @members: voters and learners, the same at each founder; one of them is @tag
 * @service: callbacks, must stay
 * @ctx: their argument
 * @out: the group
 *
 * Each founding member calls this, once, with the same arguments (but @tag).
 *
 * Return: ORDER_OK; ORDER_BUSY groups_max are there; ORDER_BAD the group is
 * there already, or the members are no membership; ORDER_CLOSED after a failure.
 */
enum order_status order_group_create(struct order *o, uint64_t id, uint64_t tag,
				     const struct order_members *members,
				     const struct order_service *service, void *ctx,
				     struct order_group **out);

/**
 * order_group_join() - make an empty replica that a leader may fill
 * @o: object
 * @id: group
 * @tag: of the replica here, drawn at random for this call
 * @service: callbacks, must stay
 * @ctx: their argument
 * @out: the group
 *
 * Then order_change() at the leader makes it a learner.
 *
 * Return: as order_group_create().
 */
enum order_status order_group_join(struct order *o, uint64_t id, uint64_t tag,
				   const struct order_service *service, void *ctx,
				   struct order_group **out);

/**
 * order_group_open() - go on with a replica that order_start() found
 * @o: object
 * @id: group
 * @service: callbacks, must stay
 * @ctx: their argument
 * @out: the group
 *
 * The newest snapshot, then the entries behind it are shown to the service.
 *
 * Return: ORDER_OK; ORDER_BAD it is not there or is open already; ORDER_CLOSED
 * its snapshot is damaged: the replica is to be replaced.
 */
enum order_status order_group_open(struct order *o, uint64_t id,
				   const struct order_service *service, void *ctx,
				   struct order_group **out);

/**
 * order_group_close() - stop taking part; the replica stays on the disk
 * @g: group; its operations end with ORDER_UNKNOWN before this returns
 */
void order_group_close(struct order_group *g);

/**
 * order_group_delete() - stop and remove the replica from the disk
 * @g: group, as order_group_close(); remove the member first, a deleted voter
 *	does not come back. It holds its place, and its id, until that is durable;
 *	a crash before then brings it back: order_group_open(), and delete it again
 */
void order_group_delete(struct order_group *g);

/**
 * order_group_info() - how the group is
 * @g: group
 * @out: result
 */
void order_group_info(const struct order_group *g, struct order_info *out);

/**
 * order_leader() - who leads, as far as this member knows
 * @g: group
 * @out: the member; untouched when none is known
 *
 * Return: true when one is known.
 */
bool order_leader(const struct order_group *g, struct order_member *out);

/**
 * order_resume() - after a callback said "not now": go on
 * @g: group
 */
void order_resume(struct order_group *g);

/* --- clients --------------------------------------------------------------------- */

/**
 * order_session_open() - order a new session; at the leader
 * @g: group
 * @op: ends with @index, which is the number of the session
 *
 * Return: ORDER_OK: @op->done follows; else it does not.
 */
enum order_status order_session_open(struct order_group *g, struct order_op *op);

/**
 * order_propose() - order a request; at the leader
 * @g: group
 * @r: request
 * @op: without a session it ends when the entry is applied; with one when
 *	order_reply() was called for it. A request that took effect already
 *	ends with the remembered reply, also at a member that does not lead
 *
 * Return: ORDER_OK: @op->done follows; else it does not.
 */
enum order_status order_propose(struct order_group *g, const struct order_request *r,
				struct order_op *op);

/**
 * order_reply() - the result of a request that was applied
 * @g: group
 * @session: from the entry; 0 is ignored
 * @seq: from the entry
 * @reply: result, copied; the same at every replica
 *
 * At each replica, for each request of a session. It is part of the state: a
 * snapshot that is begun between the entry and its reply has to have the request.
 */
void order_reply(struct order_group *g, uint64_t session, uint64_t seq, struct bytes reply);

/**
 * order_read() - wait until this member may be read, linearisably
 * @g: group; any member
 * @op: ends when everything that was committed when this was called is applied
 *	here, and the leader was one at a moment after that. ORDER_UNKNOWN: try again
 *
 * Return: ORDER_OK: @op->done follows; else it does not.
 */
enum order_status order_read(struct order_group *g, struct order_op *op);

/**
 * order_cancel() - stop waiting
 * @op: under way, or not; @op->done is not called any more
 *
 * The entry may still be ordered.
 */
void order_cancel(struct order_op *op);

/* --- snapshots ------------------------------------------------------------------- */

/**
 * order_snapshot_begin() - begin a snapshot of the state after the last applied entry
 * @g: group
 *
 * The bytes follow by order_snapshot_write(); they must be those of this very
 * moment, whatever is applied meanwhile. Of a request that was applied and has no
 * reply, the service has to know by them what it replies later (see order_reply()).
 *
 * Return: ORDER_OK; ORDER_BUSY one is being made or not done, or snapshots_max are; ORDER_BAD
 * nothing was applied since the last one; ORDER_CLOSED.
 */
enum order_status order_snapshot_begin(struct order_group *g);

/**
 * order_snapshot_write() - its next bytes
 * @g: group
 * @data: any number of bytes, copied
 * @taken: how many were taken
 *
 * Return: ORDER_OK all were taken; ORDER_BUSY not all, snapshot_room() follows;
 * ORDER_CLOSED it was given up (a newer one came from the leader).
 */
enum order_status order_snapshot_write(struct order_group *g, struct bytes data, size_t *taken);

/**
 * order_snapshot_end() - that was all
 * @g: group; snapshot_done() follows
 */
void order_snapshot_end(struct order_group *g);

/**
 * order_snapshot_cancel() - give it up; harmless when none is being made
 * @g: group; snapshot_done() does not follow
 */
void order_snapshot_cancel(struct order_group *g);

/* --- backups --------------------------------------------------------------------- */

/**
 * struct order_backup - a snapshot outside of its group
 * @snapshot: identity
 * @index: last entry that it covers
 * @term: its term
 * @time_ns: its time
 * @chunks: how many
 * @crc: CRC-32C of all chunks
 */
struct order_backup {
	uint64_t snapshot;
	uint64_t index;
	uint64_t term;
	uint64_t time_ns;
	uint32_t chunks;
	uint32_t crc;
};

/**
 * order_backup_chunk() - a chunk of the newest snapshot
 * @g: group, at any member, also without a leader
 * @number: which, from 0
 * @about: the snapshot; another one than before: begin again
 * @chunk: the bytes, valid until the next call into the order core
 *
 * Return: ORDER_OK; ORDER_BAD it has no such chunk (@about is set); ORDER_BUSY there is no
 * snapshot, or it is not durable yet; ORDER_CLOSED it is damaged.
 */
enum order_status order_backup_chunk(struct order_group *g, uint32_t number,
				     struct order_backup *about, struct bytes *chunk);

/**
 * order_group_restore() - a new group with one replica, which begins with a snapshot
 * @o: object
 * @id: its identity, drawn at random
 * @self: this node, its address, and a tag drawn at random
 * @from: the snapshot; order_restore_chunk() brings its chunks
 * @service: callbacks, must stay
 * @ctx: their argument
 * @out: the group
 *
 * It is empty until all chunks are there; after a crash before that it stays so, and is
 * to be deleted.
 *
 * Return: as order_group_create().
 */
enum order_status order_group_restore(struct order *o, uint64_t id, const struct order_member *self,
				      const struct order_backup *from,
				      const struct order_service *service, void *ctx,
				      struct order_group **out);

/**
 * order_restore_chunk() - the next chunk
 * @g: group of order_group_restore()
 * @number: which; one that was brought already does no harm
 * @chunk: the bytes, copied
 *
 * Return: ORDER_OK; ORDER_BUSY try again; ORDER_BAD it is not the next one, or of another
 * snapshot; ORDER_CLOSED nothing is restored.
 */
enum order_status order_restore_chunk(struct order_group *g, uint32_t number, struct bytes chunk);

/**
 * order_restored() - is the new group there?
 * @g: group of order_group_restore()
 *
 * Return: ORDER_OK the service has it; ORDER_BUSY not yet; ORDER_BAD the chunks are not
 * what the snapshot was; ORDER_CLOSED.
 */
enum order_status order_restored(const struct order_group *g);

/* --- members --------------------------------------------------------------------- */

/**
 * order_transfer() - hand the leadership over; at the leader
 * @g: group
 * @tag: to which voter; 0: to the one that is least behind
 *
 * No proposal is taken until it is over, or until an election time has passed
 * without it. The role callback tells.
 *
 * Return: ORDER_OK it is tried; ORDER_NOT_LEADER; ORDER_CHANGING one is under
 * way; ORDER_BAD there is no such voter.
 */
enum order_status order_transfer(struct order_group *g, uint64_t tag);

/**
 * order_change() - change the members; at the leader
 * @g: group
 * @want: all members as they shall be: voters (1 to 7) and learners; other roles are ignored
 * @op: ends when the group is as wanted
 *
 * New replicas are made learners first (no change of the voters), then voters
 * when they have caught up. A change of the voters goes through a joint
 * configuration, with majorities of both sides. A leader that is no voter any
 * more steps down in the end.
 *
 * Return: ORDER_OK: @op->done follows; ORDER_NOT_LEADER; ORDER_CHANGING;
 * ORDER_BEHIND; ORDER_BAD; ORDER_BUSY.
 */
enum order_status order_change(struct order_group *g, const struct order_members *want,
			       struct order_op *op);

/**
 * order_status_name() - a status in words
 * @status: status
 *
 * Return: text without a full stop.
 */
const char *order_status_name(enum order_status status);

#endif
