/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of this layer share. An event changes the state and marks
 * what is owed; order_flush(), which runs once behind all events of a turn of
 * the loop, writes, sends, commits and applies. So a turn's entries share one
 * record, one sync and one message to each member.
 */
#ifndef _XOS_ORDER_ORDER_PRIV_H
#define _XOS_ORDER_ORDER_PRIV_H

#include <base/assert.h>
#include <base/mutant.h>
#include <order/order.h>
#include <wire/order.h>

#define ORDER_SNAP_KEY_LEN    26
/* Bytes of entries in one record of the append log; one entry always fits. */
#define ORDER_RECORD_BYTES    (160 * 1024)
/* Encoded messages and records. */
#define ORDER_SCRATCH	      (WIRE_ORDER_INSTALL_SIZE_MAX + 128 * 1024)
/* Entries that are applied in one turn of the loop. */
#define ORDER_APPLY_TURN      1024
/* Kept free of proposals, so that the log's own entries always find room. */
#define ORDER_RESERVE_ENTRIES 64
#define ORDER_RESERVE_BYTES   (64 * 1024)
/* Keys of abandoned chunks that are deleted in one batch. */
#define ORDER_JANITOR_KEYS    64

/**
 * struct oentry - an entry in memory
 * @pos: where its contents are, see struct olog
 * @term: term
 * @time: log time
 * @session: session, or 0
 * @seq: number in the session
 * @wal: record of the append log that it was written with last; 0 not yet
 * @len: bytes of contents
 * @kind: enum wire_order_kind
 */
struct oentry {
	uint64_t pos;
	uint64_t term;
	uint64_t time;
	uint64_t session;
	uint64_t seq;
	uint64_t wal;
	uint32_t len;
	uint8_t kind;
};

/**
 * struct olog - the entries that are in memory, a ring of them and a ring of
 * their contents
 * @e: entry i is e[i & mask]
 * @mask: entries that fit, minus one
 * @first: oldest entry in memory
 * @last: newest entry; first - 1 when there is none
 * @prev_term: term of entry first - 1
 * @data: position p is data[p % size]; contents do not wrap
 * @size: bytes
 * @head: position of the oldest contents
 * @tail: position behind the newest contents
 */
struct olog {
	struct oentry *e;
	uint64_t mask;
	uint64_t first;
	uint64_t last;
	uint64_t prev_term;
	uint8_t *data;
	uint64_t size;
	uint64_t head;
	uint64_t tail;
};

/** enum osend - how entries are sent to a member */
enum osend {
	/** @OSEND_PROBE: one message at a time, until it is known where the logs are equal */
	OSEND_PROBE,
	/** @OSEND_STREAM: one after the other without waiting */
	OSEND_STREAM,
	/** @OSEND_SNAPSHOT: the chunks of a snapshot */
	OSEND_SNAPSHOT,
};

/**
 * struct oprogress - what a leader knows about a member; of a candidate, the vote
 * @tag: whose
 * @match: what it is known to have
 * @next: next entry to send
 * @round: last heartbeat that it answered
 * @heard_ns: when it answered anything in this term
 * @sent_ns: when entries or a chunk were sent last
 * @snapshot: the snapshot that is sent
 * @chunk_next: next chunk to send
 * @chunk_acked: chunks that it has
 * @inflight: last index of each message that is under way, a ring
 * @inflight_at: oldest of them
 * @inflight_n: how many
 * @send: enum osend
 * @probed: a probe is under way
 * @vote: 0 not heard, 1 granted, 2 refused
 */
struct oprogress {
	uint64_t tag;
	uint64_t match;
	uint64_t next;
	uint64_t round;
	uint64_t heard_ns;
	uint64_t sent_ns;
	uint64_t snapshot;
	uint32_t chunk_next;
	uint32_t chunk_acked;
	uint64_t *inflight;
	uint32_t inflight_at;
	uint32_t inflight_n;
	uint8_t send;
	bool probed;
	uint8_t vote;
};

/**
 * struct osession - a client's session, or a key
 * @id: index of the entry that opened it, or the key
 * @seq: its last request, or the print of the key's
 * @used: index of the entry that used it last
 * @reply: remembered reply, cfg.reply_max bytes
 * @reply_len: bytes of it
 * @state: enum osession_state
 */
struct osession {
	uint64_t id;
	uint64_t seq;
	uint64_t used;
	uint8_t *reply;
	uint32_t reply_len;
	uint8_t state;
};

enum osession_state { OSESSION_NEW, OSESSION_WORKING, OSESSION_REPLIED, OSESSION_FORGOTTEN };

/**
 * struct osnap - a complete snapshot
 * @id: identity, 0 for none
 * @index: last entry that it covers
 * @term: its term
 * @time: its time
 * @members: membership after it
 * @chunks: how many
 * @crc: of all chunks
 */
struct osnap {
	uint64_t id;
	uint64_t index;
	uint64_t term;
	uint64_t time;
	struct order_members members;
	uint32_t chunks;
	uint32_t crc;
};

/**
 * struct omake - a snapshot that is being made, or received
 * @s: as far as it is known
 * @buf: bytes that do not fill a chunk yet; when made
 * @synced: chunks that are durable
 * @pending: chunks submitted and not durable
 * @active: there is one
 * @ended: all bytes are there
 * @meta: the description was submitted
 * @blocked: snapshot_room() is owed
 */
struct omake {
	struct osnap s;
	struct buf buf;
	uint32_t synced;
	uint32_t pending;
	bool active;
	bool ended;
	bool meta;
	bool blocked;
};

/**
 * struct oremote - a follower's question which entries it must have applied
 * @tag: who asks
 * @number: its last question; 0 none
 * @peer: where the answer goes
 * @index: the answer, 0 when it is not known yet
 * @round: heartbeat after which it may be given
 */
struct oremote {
	uint64_t tag;
	uint64_t number;
	struct env_peer peer;
	uint64_t index;
	uint64_t round;
};

/** enum oop_state - what an operation waits for */
enum oop_state {
	OOP_IDLE,
	/** @OOP_DONE: its end to be told */
	OOP_DONE,
	/** @OOP_APPLY: its entry to be applied */
	OOP_APPLY,
	/** @OOP_REPLY: a reply to its request, which the session has seen */
	OOP_REPLY,
	/** @OOP_CHANGE: its membership to be committed */
	OOP_CHANGE,
	/** @OOP_READ_TERM: the leader to have committed an entry of its own term */
	OOP_READ_TERM,
	/** @OOP_READ_ROUND: a round of heartbeats */
	OOP_READ_ROUND,
	/** @OOP_READ_ASKED: the answer of the leader */
	OOP_READ_ASKED,
	/** @OOP_READ_APPLY: entries to be applied */
	OOP_READ_APPLY,
};

/**
 * struct order_group - one replica
 * @o: the whole
 * @id: group
 * @tag: this replica
 * @used: the slot is taken
 * @open: there is a service
 * @dead: its snapshot is damaged
 * @gone: it was deleted, and that is not durable yet
 * @gone_owed: nor submitted
 * @life: counts uses of the slot; writes of an earlier one are void
 * @service: callbacks
 * @ctx: their argument
 *
 * @term: greatest term seen
 * @vote: whom it voted for in it
 * @hard_dirty: these are not submitted
 * @hard_pending: records with them that are not durable
 * @base_owed: a record with the base is to be written before anything else
 * @base_fresh: and the entries before it are void
 * @rewriting: so are all entries, so that older records can go
 * @log: entries in memory
 * @written: newest entry submitted to the append log
 * @stable: newest entry that is durable
 * @gen: counts truncations; a write of an earlier one says nothing about what is durable
 * @keep_seq: oldest record that a restart needs
 * @keep_next: the same, once record @keep_after is durable
 * @keep_after: see there, 0 for none
 * @base_seq: record with the newest base
 *
 * @members: newest membership
 * @members_index: its entry; of the snapshot when it came with one
 * @snap: newest complete snapshot
 *
 * @role: role
 * @leader: tag of the leader, 0 for none
 * @leader_id: its node
 * @leader_addr: where it listens
 * @suspected: a detector says that it does not answer
 * @contact_ns: when it was heard last
 * @deadline_ns: when to ask for votes
 * @force: the election was wanted by the leader
 * @asked: as a candidate it has asked for votes
 * @vote_to: where a granted vote goes once it is durable; tag 0: nowhere
 * @vote_peer: the same, and where it listens
 *
 * @commit: newest entry known to be committed
 * @applied: newest entry applied
 * @applied_term: its term
 * @applied_time: its time
 * @applied_members: membership at it
 * @matched: up to here the log equals that of the leader of @term; follower
 * @acked: what was last told the leader
 * @ack_owed: tell it again
 * @refused: index of a refused probe, to be told
 * @hint: with it
 * @refuse_owed: see there
 *
 * @term_index: first entry of the term that it leads
 * @uncommitted: bytes of proposals not committed
 * @round: last heartbeat sent
 * @round_done: last one that a majority answered
 * @round_want: reads wait for a round
 * @beat_now: send heartbeats in this turn
 * @lead_ns: when it became the leader
 * @transfer: tag of the member that shall lead, 0 for none
 * @transfer_told: it was told
 * @transfer_until_ns: when to give up
 * @progress: parallel to @members
 * @remote: reads of followers
 *
 * @session: by number
 * @session_n: how many
 * @ops: operations that wait, those for entries in the order of the entries
 * @read_number: last question sent to a leader
 * @read_sent_ns: when
 *
 * @make: snapshot being made
 * @get: snapshot being received
 * @get_crc: of all its chunks, as the leader says
 * @get_owed: tell how far it is
 * @snap_told: identity of the newest snapshot whose base is durable
 * @snap_foreign: @snap was received
 * @restoring: chunks of @snap are being shown to the service
 * @restore_chunk: the next of them
 * @restore_crc: of the chunks shown
 * @restore_begun: restore_begin() was called
 * @paused: the service said "not now"
 * @wanted_at: @applied when a snapshot was asked for
 * @janitor: chunks of abandoned snapshots may lie in the store
 *
 * @queued: in the list of what order_flush() looks at
 * @queue_node: there
 */
struct order_group {
	struct order *o;
	uint64_t id;
	uint64_t tag;
	bool used;
	bool open;
	bool dead;
	bool gone;
	bool gone_owed;
	uint32_t life;
	const struct order_service *service;
	void *ctx;

	uint64_t term;
	uint64_t vote;
	bool hard_dirty;
	uint32_t hard_pending;
	bool base_owed;
	bool base_fresh;
	bool rewriting;
	struct olog log;
	uint64_t written;
	uint64_t stable;
	uint32_t gen;
	uint64_t keep_seq;
	uint64_t keep_next;
	uint64_t keep_after;
	uint64_t base_seq;

	struct order_members members;
	uint64_t members_index;
	struct osnap snap;

	enum order_role role;
	uint64_t leader;
	struct xos_id leader_id;
	struct xos_addr leader_addr;
	bool suspected;
	uint64_t contact_ns;
	uint64_t deadline_ns;
	bool force;
	bool asked;
	uint64_t vote_to;
	struct env_peer vote_peer;

	uint64_t commit;
	uint64_t applied;
	uint64_t applied_term;
	uint64_t applied_time;
	struct order_members applied_members;
	uint64_t matched;
	uint64_t acked;
	bool ack_owed;
	bool refuse_owed;
	uint64_t refused;
	uint64_t hint;

	uint64_t term_index;
	uint64_t uncommitted;
	uint64_t round;
	uint64_t round_done;
	bool round_want;
	bool beat_now;
	uint64_t lead_ns;
	uint64_t transfer;
	bool transfer_told;
	uint64_t transfer_until_ns;
	struct oprogress progress[ORDER_MEMBERS_MAX];
	struct oremote remote[ORDER_MEMBERS_MAX];

	struct osession *session;
	uint32_t session_n;
	struct cds_list_head ops;
	uint64_t read_number;
	uint64_t read_sent_ns;

	struct omake make;
	struct omake get;
	uint32_t get_crc;
	bool get_owed;
	uint64_t snap_told;
	bool snap_foreign;
	bool restoring;
	uint32_t restore_chunk;
	uint32_t restore_crc;
	bool restore_begun;
	bool paused;
	uint64_t wanted_at;
	bool janitor;

	bool queued;
	struct cds_list_head queue_node;
};

/** enum owrite_kind - what a write was for */
enum owrite_kind {
	/** @OWRITE_RECORD: a record of the append log */
	OWRITE_RECORD,
	/** @OWRITE_CHUNK: a chunk of a snapshot that is made */
	OWRITE_CHUNK,
	/** @OWRITE_META: the description of one that is made */
	OWRITE_META,
	/** @OWRITE_GET: a chunk of a snapshot that is received */
	OWRITE_GET,
	/** @OWRITE_GET_META: the description of one that is received */
	OWRITE_GET_META,
	/** @OWRITE_JANITOR: chunks that were deleted */
	OWRITE_JANITOR,
};

/**
 * struct owrite - something on its way to the disk
 * @ticket: of the log or the store
 * @o: the whole
 * @group: whose; NULL for nobody's
 * @life: of the group's slot
 * @gen: of its log
 * @index: newest entry in it
 * @snapshot: identity of the snapshot
 * @kind: enum owrite_kind
 * @hard: promises are in it
 * @base: a base is in it, that of the group's newest snapshot
 * @gone: it ends the replica
 */
struct owrite {
	struct store_ticket ticket;
	struct order *o;
	struct order_group *group;
	uint32_t life;
	uint32_t gen;
	uint64_t index;
	uint64_t snapshot;
	uint8_t kind;
	bool hard;
	bool base;
	bool gone;
};

/* Nodes for which heartbeats are collected at once. */
#define ORDER_PACKETS 16

/**
 * struct opacket - heartbeats for one node
 * @peer: that node
 * @n: how many
 * @v: the heartbeats
 */
struct opacket {
	struct env_peer peer;
	uint32_t n;
	struct wire_order_beat_item v[WIRE_ORDER_BEATS];
};

/**
 * struct order - the whole
 * @env: environment
 * @log: append log
 * @store: for snapshots
 * @self: this node
 * @cfg: configuration, defaults filled in
 * @stats: counters
 * @tick: heartbeats and elections
 * @flush: runs behind the events of a turn
 * @ticks: how many
 * @failed: the disk failed
 * @flushing: inside order_flush()
 * @started: order_start() succeeded
 * @group: slots
 * @group_n: slots that were ever used
 * @queue: groups that order_flush() looks at
 * @done: operations whose end is to be told
 * @ops: operations under way
 * @making: snapshots being made
 * @writes: free writes
 * @wal_last: last record submitted
 * @wal_durable: last record that is durable
 * @scratch: one encoded message or record
 * @chunk: one chunk read from the store, or one encoded inside another message
 * @entries: one list of entries
 * @sessions: one list of sessions
 * @packets: heartbeats collected for nodes
 */
struct order {
	struct env *env;
	struct store_log *log;
	struct store *store;
	struct xos_id self;
	struct order_config cfg;
	struct order_stats stats;
	struct env_timer tick;
	struct env_timer flush;
	uint64_t ticks;
	bool failed;
	bool flushing;
	bool started;
	struct order_group *group;
	uint32_t group_n;
	struct cds_list_head queue;
	struct cds_list_head done;
	uint32_t ops;
	uint32_t making;
	struct pool writes;
	uint64_t wal_last;
	uint64_t wal_durable;
	struct buf scratch;
	struct buf chunk;
	struct wire_order_entry *entries;
	struct wire_order_session *sessions;
	struct opacket packets[ORDER_PACKETS];
};

/* --- olog.c: entries in memory -------------------------------------------------- */

void olog_init(struct olog *l, struct arena *arena, const struct order_config *cfg);
/* Empty, behind entry @index of @term. */
void olog_reset(struct olog *l, uint64_t index, uint64_t term);
static inline struct oentry *olog_at(const struct olog *l, uint64_t index)
{
	xassert(index >= l->first && index <= l->last);
	return &l->e[index & l->mask];
}
struct bytes olog_data(const struct olog *l, const struct oentry *e);
/* Is there room for one more, with this much left over? */
bool olog_room(const struct olog *l, uint64_t bytes, uint64_t spare_entries, uint64_t spare_bytes);
/* @e's pos, len and wal are set here. The caller has asked for room. */
void olog_push(struct olog *l, const struct oentry *e, struct bytes data);
/* Entries from @index on go. */
void olog_cut(struct olog *l, uint64_t index);
/* Entries up to @index go. */
void olog_drop(struct olog *l, uint64_t index);
/* Is the entry at @index, or the one before the first, known? Then its term. */
bool olog_term(const struct olog *l, uint64_t index, uint64_t *term);
uint64_t olog_last_term(const struct olog *l);

/* --- order.c -------------------------------------------------------------------- */

struct order_group *order_find(struct order *o, uint64_t id);
/* A slot with an empty log, or NULL when groups_max are there. */
struct order_group *order_slot(struct order *o, uint64_t id, uint64_t tag);
void order_slot_free(struct order_group *g);
/* Remove a deleted replica from the disk, when the disk takes it. */
void order_group_forget(struct order_group *g);
/* This replica cannot go on: its snapshot is damaged. */
void order_group_damaged(struct order_group *g, const char *what);
/* order_flush() shall look at the group. */
void order_touch(struct order_group *g);
void order_fail(struct order *o, const char *what, int err);
uint64_t order_election_ns(const struct order *o);
struct wire_order_head order_head(const struct order_group *g, uint64_t to);
/* False when it was not even queued. */
bool order_send(struct order *o, const struct env_peer *to, enum env_channel channel,
		const struct wire_msg *msg, const void *m);
/* The log of this replica changes: an entry of the leader's own. */
void order_append_own(struct order_group *g, uint8_t kind, uint64_t session, uint64_t seq,
		      struct bytes data);

/* --- disk.c --------------------------------------------------------------------- */

/* Submit what is not submitted. False: the disk is behind, it goes on later. */
bool disk_flush(struct order_group *g);
void disk_base(struct order_group *g, bool fresh);
bool disk_gone(struct order_group *g);
struct owrite *disk_write_get(struct order_group *g, enum owrite_kind kind);
void disk_write_put(struct owrite *w);
void disk_trim(struct order *o);
int disk_replay(struct order *o);

/* --- member.c ------------------------------------------------------------------- */

struct order_member *member_find(struct order_members *m, uint64_t tag);
static inline const struct order_member *member_self(const struct order_group *g)
{
	return member_find((struct order_members *)&g->members, g->tag);
}
bool members_valid(const struct order_members *m);
bool members_joint(const struct order_members *m);
/* Is there a majority, on both sides of a change, of those whose bit is set? */
bool members_quorum(const struct order_members *m, uint32_t bits);
/* The greatest value that a majority, on both sides, has reached. */
uint64_t members_reached(const struct order_members *m, const uint64_t *value);
bool member_votes(const struct order_group *g);
void members_to_wire(const struct order_members *m, struct wire_order_member *v,
		     struct wire_order_members *out);
int members_from_wire(const struct wire_order_members *in, struct order_members *out);
/* Take a membership into force and keep what is known about members that stay. */
void members_set(struct order_group *g, const struct order_members *m, uint64_t index);
/* The newest membership before @index; its index. */
uint64_t members_before(const struct order_group *g, uint64_t index, struct order_members *out);
/* Entries from @index on are gone: which membership is the newest now? */
void members_revert(struct order_group *g, uint64_t index);
int members_decode(struct bytes data, struct order_members *out);
/* A change of the voters has its first half committed: order the second. */
void members_finish(struct order_group *g);
/* An entry with a membership was committed. */
void members_committed(struct order_group *g, const struct order_members *m, uint64_t index);
struct oprogress *progress_of(struct order_group *g, uint64_t tag);

/* --- elect.c -------------------------------------------------------------------- */

void elect_follow(struct order_group *g, uint64_t term, uint64_t leader);
void elect_deadline(struct order_group *g);
/* Is there a leader that this replica hears? Then it helps nobody to become another one. */
bool elect_leader_lives(const struct order_group *g);
void elect_tick(struct order_group *g, uint64_t now);
void elect_start(struct order_group *g, bool pre);
/* Promises became durable. */
void elect_durable(struct order_group *g);
void elect_recv_vote(struct order_group *g, const struct env_peer *from,
		     const struct wire_order_vote *m);
void elect_recv_vote_answer(struct order_group *g, const struct wire_order_vote_answer *m);
void elect_recv_lead(struct order_group *g, const struct wire_order_lead *m);
void elect_transfer(struct order_group *g);
void elect_notify(struct order_group *g);
/* A message of a leader of @term: follow it. False: it is a former one. */
bool elect_hear_leader(struct order_group *g, const struct env_peer *from,
		       const struct wire_order_head *h);

/* --- replicate.c ---------------------------------------------------------------- */

void replicate_reset(struct order_group *g);
/* Find out where the logs are equal, from the entry before @next on downwards. */
void replicate_probe(struct oprogress *p, uint64_t next);
void replicate_send(struct order_group *g);
void replicate_answer(struct order_group *g);
void replicate_commit(struct order_group *g);
void replicate_match(struct order_group *g, struct oprogress *p, uint64_t match);
void replicate_recv_append(struct order_group *g, const struct env_peer *from,
			   const struct wire_order_append *m);
void replicate_recv_answer(struct order_group *g, const struct wire_order_append_answer *m);

/* --- beat.c: heartbeats, rounds, reads ------------------------------------------ */

void beat_send(struct order *o, bool all);
bool beat_recv(struct order *o, const struct env_peer *from, const struct wire_header *h);
void beat_round(struct order_group *g);
void read_advance(struct order_group *g);
void read_tick(struct order_group *g, uint64_t now);
void read_recv(struct order_group *g, const struct env_peer *from, const struct wire_order_read *m);
void read_recv_answer(struct order_group *g, const struct wire_order_read_answer *m);
/* Who leads, or the term, has changed: reads that ask are over. */
void read_abort(struct order_group *g);

/* --- apply.c: applying, sessions, operations ------------------------------------ */

void apply_run(struct order_group *g);
void op_finish(struct order_op *op, enum order_status status, uint64_t index);
bool op_begin(struct order_group *g, struct order_op *op, enum oop_state state);
/* Operations for entries behind @commit, or all. */
void ops_abort(struct order_group *g, bool all, enum order_status status);
void ops_tell(struct order *o);

/* --- session.c ------------------------------------------------------------------ */

struct osession *session_find(const struct order_group *g, uint64_t id);
void session_open(struct order_group *g, uint64_t id);
/* Remember a key that is not there, at the entry with index @used. */
struct osession *session_open_key(struct order_group *g, uint64_t key, uint64_t used);
/* Sessions and keys together. */
static inline uint32_t session_room(const struct order_config *c)
{
	return c->sessions_max + c->keys_max;
}
void session_clear(struct order_group *g);
/* As many sessions from @at on as fit into a chunk; @v has room for all. */
uint32_t session_save(const struct order_group *g, uint32_t at, uint32_t bytes,
		      struct wire_order_session *v);
int session_load(struct order_group *g, const struct wire_order_session_list *list);

/* --- snapshot.c, install.c ------------------------------------------------------ */

void snap_to_wire(const struct osnap *s, struct wire_order_member *v, struct wire_order_base *out);
int snap_from_wire(const struct wire_order_base *in, struct osnap *out);
/* One snapshot takes the place of another in the log of this replica. */
void snap_give_up(struct order_group *g);
void snap_key(const struct order_group *g, uint64_t snapshot, uint32_t number, uint8_t *key);
#define ORDER_META_NUMBER UINT32_MAX
int snap_load_meta(struct order_group *g, uint64_t id, struct osnap *out);
int snap_read_chunk(struct order_group *g, uint64_t id, uint32_t number, struct bytes *stored,
		    struct wire_order_chunk *c);
int snap_submit(struct order_group *g, enum owrite_kind kind, uint64_t id, uint32_t number,
		struct bytes value);
void snap_written(struct order_group *g, const struct owrite *w);
/* Go on with one that is being made, when the disk takes something again. */
void snap_make_run(struct order_group *g);
/* Put what a snapshot covers behind us, but for what late members may need. */
void snap_compact(struct order_group *g);
void snap_want(struct order_group *g);
void snap_restore_start(struct order_group *g);
/* False while the service is busy, or something is left. */
bool snap_restore_run(struct order_group *g);
void snap_janitor(struct order_group *g);
void snap_delete_all(struct order_group *g);
/* The record that names the newest snapshot is durable. */
void snap_durable(struct order_group *g, uint64_t id);
void install_send(struct order_group *g, struct oprogress *p, const struct order_member *m);
void install_recv(struct order_group *g, const struct env_peer *from,
		  const struct wire_order_install *m);
void install_recv_answer(struct order_group *g, const struct wire_order_install_answer *m);
void install_written(struct order_group *g, const struct owrite *w);
/* Chunks and answers that had to wait. */
void install_run(struct order_group *g);

#endif
