/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the core share. */
#ifndef _XOS_DSERVER_INTERNAL_H
#define _XOS_DSERVER_INTERNAL_H

#include <base/assert.h>
#include <base/list.h>
#include <base/mutant.h>
#include <dserver/dserver.h>
#include <env/timers.h>

/**
 * enum move_state - how far a move has come
 * @MOVE_FREE: slot not in use
 * @DONOR_PREPARE: ds-prepare was sent
 * @DONOR_STORE: writing down that packets will be diverted
 * @DONOR_RELEASE: the application was asked
 * @DONOR_SENT: ds-state may have been sent: in doubt
 * @DONOR_DIVERT: committed, diverting until ds-finish
 * @DONOR_LINGER: diverting stragglers
 * @DONOR_GONE: found in the store, and the acceptor has forgotten it: either way over
 * @ACC_STORE: writing down that packets will be held
 * @ACC_HOLD: holding packets, waiting for ds-state
 * @ACC_PARK: restored, the application was asked to keep the socket
 * @ACC_COMMIT: writing the commit record
 * @ACC_RECOVER: committed, found in the store, no socket yet
 * @ACC_REPARK: as @ACC_RECOVER, restored and the application asked
 * @ACC_LIVE: committed and served here; the contact node must hear it
 * @ACC_FINISH: the donor must hear it
 * @ACC_ABORT: will not happen; the donor must stop diverting
 * @ACC_LINGER: sending stragglers back
 */
enum move_state {
	MOVE_FREE,
	DONOR_PREPARE,
	DONOR_STORE,
	DONOR_RELEASE,
	DONOR_SENT,
	DONOR_DIVERT,
	DONOR_LINGER,
	DONOR_GONE,
	ACC_STORE,
	ACC_HOLD,
	ACC_PARK,
	ACC_COMMIT,
	ACC_RECOVER,
	ACC_REPARK,
	ACC_LIVE,
	ACC_FINISH,
	ACC_ABORT,
	ACC_LINGER,
};

static inline bool move_outgoing(enum move_state s)
{
	return s >= DONOR_PREPARE && s <= DONOR_GONE;
}

/**
 * struct move_buf - what an acceptor keeps until the connection thaws
 * @record: encoded ds-tcp
 * @record_len: its bytes
 * @app: state of the application
 * @app_len: its bytes
 */
struct move_buf {
	uint8_t record[WIRE_DS_RECORD_MAX];
	uint32_t record_len;
	uint8_t app[WIRE_DS_APP_MAX];
	uint32_t app_len;
};

/**
 * struct move - a move on this node
 * @d: core
 * @by_tx: in its bucket
 * @by_conn: in its bucket; the newest of a connection comes first
 * @tx: identity
 * @conn: connection
 * @peer: the other agent
 * @timer: of the state
 * @state: enum move_state
 * @asked: ops->moved is to be called
 * @drain: part of the drain of its vip
 * @syncing: @ticket is under way, the slot must stay
 * @former: move of the same connection whose record goes when this one is written
 * @supersedes: there is one
 * @committing: (donor) that the acceptor has it is written down, or being written
 * @durable: (donor) and synced
 * @held_ns: (acceptor) when this life began to hold packets, 0 for a former one
 * @closing: the move ended while @syncing; forgotten when that is done
 * @socket: ops hold a socket for it
 * @settled: (donor, from the store) the application had its time to offer the socket
 * @ticket: record being written
 * @buf: acceptor's state, NULL when not needed
 * @error: of an abort, positive errno
 * @why: of an abort
 */
struct move {
	struct dserver *d;
	struct cds_list_head by_tx;
	struct cds_list_head by_conn;
	struct xos_id tx;
	struct dserver_conn conn;
	struct xos_addr peer;
	struct env_timer timer;
	enum move_state state;
	bool asked;
	bool drain;
	bool syncing;
	bool closing;
	bool socket;
	bool settled;
	bool committing;
	bool durable;
	bool supersedes;
	struct xos_id former;
	uint64_t held_ns;
	struct store_ticket ticket;
	struct move_buf *buf;
	uint32_t error;
	struct dserver_why why;
};

/* Connections that a drain looks at before it asks for them anew. */
#define DRAIN_LIST_MAX 1024

/**
 * struct drain - how a member that drains gets rid of its connections
 * @timer: next step
 * @on: it drains
 * @under_way: moves under way
 * @next: first of @list that was not tried
 * @n: connections in @list
 * @failed: of @list
 * @list: connections, some may have ended since
 * @credit: of each member of the group: who has most gets the next connection
 * @info: for those who look
 */
struct drain {
	struct env_timer timer;
	bool on;
	uint32_t under_way;
	uint32_t next;
	uint32_t n;
	uint32_t failed;
	struct dserver_conn *list;
	int32_t credit[GROUP_MEMBER_MAX];
	struct dserver_drain info;
};

/**
 * struct front - the contact node and its standby
 * @peer: configured: contact node, standby
 * @pair: there is a standby
 * @ours: this node is one of the two
 * @waiting: it was started and listens whether the other one is the contact node
 * @heard_ns: when the other one was heard last
 * @synced: the whole table has travelled in this life of the contact node
 * @timer: next look at all this
 * @flush: (contact node) entries wait for company
 * @first: all entries follow
 * @entries: sent, or received, since then
 * @n: entries that wait
 * @clients: these
 * @members: who serves them
 * @doubt: of a member's own: it is giving the connection away
 */
struct front {
	struct xos_addr peer[2];
	bool pair;
	bool ours;
	bool waiting;
	bool synced;
	uint64_t heard_ns;
	struct env_timer timer;
	struct env_timer flush;
	struct env_timer report;
	bool first;
	uint64_t entries;
	uint32_t n;
	struct dserver_conn clients[WIRE_DS_CLIENTS_MAX];
	uint32_t members[WIRE_DS_CLIENTS_MAX];
	bool doubt[WIRE_DS_CLIENTS_MAX];
};

/**
 * struct vip - a group that this node takes part in
 * @d: core
 * @group: the group
 * @timer: members: ask the contact node; contact: tell the members
 * @used: slot is in use
 * @ticket: group being written
 * @syncing: @ticket is under way
 * @again: the group changed since
 * @drain: of this member
 * @front: of the contact node and its standby
 * @watch: (contact node) next look at the members
 * @watched_ns: (contact node) when the last one was
 */
struct vip {
	struct dserver *d;
	struct group group;
	struct env_timer timer;
	bool used;
	struct store_ticket ticket;
	bool syncing;
	bool again;
	struct drain drain;
	struct front front;
	struct env_timer watch;
	uint64_t watched_ns;
};

#define MSG_BUF_LEN (WIRE_DS_STATE_SIZE_MAX)
/* A record lies in the store in pieces, since values are limited. */
#define PIECE_LEN   (256 * 1024)
#define PIECE_MAX   ((WIRE_DS_RECORD_MAX + PIECE_LEN - 1) / PIECE_LEN)

/* As many as the kernel takes. */
#define VIP_MAX	     64
/*
 * Moves that a contact node remembers to have steered anew; a power of two. A word
 * about one of them that comes late must not undo what came after it.
 */
#define REPOINTS_MAX 16384
/* Buckets of the moves, by identity and by connection. */
#define MOVE_BUCKETS 4096

/**
 * struct dserver - the core
 * @c: configuration
 * @stats: counters
 * @move: slots
 * @moves_top: slots that were ever used
 * @moves_free: numbers of free slots below @moves_top
 * @moves_free_n: how many
 * @by_tx: MOVE_BUCKETS lists
 * @by_conn: MOVE_BUCKETS lists
 * @repointed: REPOINTS_MAX moves, each at the place that its identity says
 * @steered: hashes of connections that were steered anew since this node is the contact
 *	node, each at its place
 * @bufs: of struct move_buf
 * @vip: slots
 * @msg: message being built
 * @scratch: record being dumped or read
 */
struct dserver {
	struct dserver_config c;
	struct dserver_stats stats;
	struct move *move;
	uint32_t moves_top;
	uint32_t *moves_free;
	uint32_t moves_free_n;
	struct cds_list_head *by_tx;
	struct cds_list_head *by_conn;
	struct xos_id *repointed;
	uint64_t *steered;
	struct pool bufs;
	struct vip *vip;
	uint8_t *msg;
	uint8_t *scratch;
};

#define OPS(d, op, ...) ((d)->c.ops->op((d)->c.ops_ctx, ##__VA_ARGS__))

/* moves.c */
void moves_init(struct dserver *d);
struct move *move_find(struct dserver *d, const struct xos_id *tx);
struct move *move_find_conn(struct dserver *d, const struct dserver_conn *conn);
struct move *move_new(struct dserver *d, const struct xos_id *tx, const struct dserver_conn *conn,
		      const struct xos_addr *peer);
bool move_room(const struct dserver *d);
void move_free(struct move *m);
void move_forget(struct move *m);
void move_gate_del(struct move *m);
bool move_supersedable(const struct move *m);
void move_supersede(struct move *former, struct move *m);

/* dserver.c */
void move_timer(struct move *m, uint64_t delay_ns);
void move_told(struct move *m, int err, const char *text);
struct vip *vip_find(struct dserver *d, const struct xos_addr *vip);
uint32_t member_number(struct dserver *d, const struct xos_addr *vip, const struct xos_addr *peer);
void send_tx(struct dserver *d, const struct xos_addr *to, enum wire_type type,
	     const struct xos_id *tx);

/* record.c */
enum record_phase { RECORD_BEGUN, RECORD_COMMITTED, RECORD_LIVE };
int record_put(struct move *m, enum record_phase phase);
void record_del(struct move *m);
int record_load(struct move *m);
int record_recover(struct dserver *d);
int record_group_put(struct vip *v);
void record_group_get(struct vip *v);

/* vip.c */
int vip_changed(struct vip *v);
void vip_apply(struct vip *v);

/* standby.c */
void front_init(struct vip *v, const struct xos_addr *contact, const struct xos_addr *standby);
void front_start(struct vip *v);
void front_stop(struct vip *v);
void front_above(struct vip *v, uint64_t version);
void front_group(struct vip *v);
void front_asked(struct vip *v, const struct wire_ds_join *j);
void front_peer_waits(struct vip *v, const struct wire_ds_join *j);
bool front_is_peer(const struct vip *v, const struct xos_addr *addr);
bool front_relay(struct vip *v, const struct xos_addr *to, const struct wire_ds_repoint *r,
		 bool fresh);
uint64_t *front_steered(struct dserver *d, const struct dserver_conn *conn, uint64_t *hash);
void front_loaded(struct vip *v);
void front_here(struct vip *v, uint64_t version);
void front_entries(struct vip *v, uint64_t entries);
void front_clients(struct vip *v, const struct xos_addr *from, const struct wire_ds_clients *m);

/* watch.c */
void watch_group_changed(struct vip *v);
void watch_stop(struct vip *v);
bool watch_heard(struct vip *v, struct group_member *m);

/* drain.c */
void drain_group_changed(struct vip *v);
void drain_ended(struct move *m, int err);

/* donor.c */
int donor_begin(struct dserver *d, const struct dserver_conn *conn, const struct group_member *to,
		struct move **out);
void donor_stored(struct move *m, int err);
void donor_timer(struct move *m);
void donor_recovered(struct move *m, bool committed);
void donor_reoffered(struct move *m);
void donor_released(struct move *m, int err, struct bytes app);
void donor_ready(struct move *m);
void donor_committed(struct move *m);
void donor_abort(struct move *m, uint32_t error, struct bytes text);
void donor_finish(struct move *m);
void donor_settled(struct move *m);
void donor_stray(struct dserver *d, const struct xos_id *tx, const struct dserver_conn *conn,
		 const struct xos_addr *peer);

/* acceptor.c */
void acceptor_prepare(struct dserver *d, const struct env_peer *from,
		      const struct wire_ds_prepare *p);
void acceptor_state(struct dserver *d, const struct env_peer *from, const struct wire_ds_state *s);
void acceptor_query(struct dserver *d, const struct env_peer *from, const struct xos_id *tx);
void acceptor_aborted(struct move *m);
void acceptor_parked(struct move *m, int err);
void acceptor_stored(struct move *m, int err);
void acceptor_repointed(struct move *m, uint32_t error);
void acceptor_finished(struct move *m);
void acceptor_timer(struct move *m);
void acceptor_recovered(struct move *m, enum record_phase phase);
void acceptor_reoffered(struct move *m);
void acceptor_service_up(struct move *m);

#endif
