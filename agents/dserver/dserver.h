/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The core of a distributed server's agent: who is in the group of a vip, and
 * how one connection moves from a member (donor) to another one (acceptor).
 *
 * Pure: time, messages and log through env.h, disk through store.h, and what
 * touches kernel and applications through struct dserver_ops, so that a test
 * or the simulator can stand in for them. One thread; no function here may be
 * called from inside an operation of struct dserver_ops.
 *
 * A move, donor S, acceptor D, contact node N:
 *
 *	S: ds-prepare  -> D: writes down what it is about to hold, gate HOLD
 *	S <- ds-ready        (the connection is still served at S)
 *	S: writes down the move; the application lets go of the connection;
 *	   gate DIVERT to D inbound, DROP outbound; dump; ds-state -> D
 *	D: restores in repair mode, parks the socket at its application,
 *	   writes the commit record; then thaws, opens the gate in order and
 *	   gives the socket to the application; ds-committed -> S
 *	S: closes its socket in silence, keeps diverting
 *	D: ds-repoint -> N; ds-finish -> S, which diverts stragglers a while longer
 *
 * Before the commit record is durable every failure aborts and the connection
 * goes on at S; after it every failure completes forward. From ds-state to the
 * answer S is in doubt and asks D for as long as it takes: no gate opens
 * because time has passed.
 */
#ifndef _XOS_DSERVER_DSERVER_H
#define _XOS_DSERVER_DSERVER_H

#include <base/arena.h>
#include <dserver/group.h>
#include <env/env.h>
#include <store/store.h>
#include <wire/dserver.h>

/* Moves under way on one node, in either role. */
#define DSERVER_MOVE_MAX  16384
/* Connections that an acceptor takes over at the same time; each needs a buffer. */
#define DSERVER_STATE_MAX 16
/* Connections of a vip that a member that drains moves at the same time. */
#define DSERVER_DRAIN_MAX 8
#define DSERVER_WHY_MAX	  128

/* How long a donor waits for ds-ready, and for the application to let go. */
#define DSERVER_PREPARE_NS  (3 * ENV_SEC)
/* How long an acceptor holds packets before it asks whether the move is still on. */
#define DSERVER_HOLD_NS	    (10 * ENV_SEC)
/* Questions and announcements are repeated at this interval until they are answered. */
#define DSERVER_RETRY_NS    (1 * ENV_SEC)
/* A donor asks at this interval whether the acceptor has forgotten to finish. */
#define DSERVER_ASK_NS	    (5 * ENV_SEC)
/* A member tells the contact node at this interval that it lives ... */
#define DSERVER_BEAT_NS	    (500 * ENV_MS)
/* ... gets no new clients when its agent was silent for so long ... */
#define DSERVER_SUSPECT_NS  (2 * ENV_SEC)
/* ... and is given up when its agent and its host were silent for so long. */
#define DSERVER_FAIL_NS	    (5 * ENV_SEC)
/* A standby hears from the contact node at this interval ... */
#define DSERVER_STANDBY_NS  (500 * ENV_MS)
/* ... and takes over when it has heard nothing for so long. */
#define DSERVER_TAKEOVER_NS (3 * ENV_SEC)
/* One that has not the whole table gives members so long to say what they have. */
#define DSERVER_REPORT_NS   (4 * ENV_SEC)
/* Entries of the client table travel to the standby at least so often. */
#define DSERVER_CLIENTS_NS  (20 * ENV_MS)
/* Packets still on their way when a gate is not needed any more. */
#define DSERVER_LINGER_NS   (10 * ENV_SEC)

/**
 * struct dserver_conn - a connection
 * @vip: vip that it belongs to
 * @server: server end; its address is that of @vip
 * @client: client end
 */
struct dserver_conn {
	struct xos_addr vip;
	struct xos_addr server;
	struct xos_addr client;
};

/**
 * enum dserver_gate - what happens to packets of a connection that arrive
 * @DSERVER_LOCAL: delivered here
 * @DSERVER_HOLD: queued
 * @DSERVER_DIVERT: sent to another member
 * @DSERVER_DROP: dropped, also what was held
 */
enum dserver_gate { DSERVER_LOCAL, DSERVER_HOLD, DSERVER_DIVERT, DSERVER_DROP };

/**
 * struct dserver_why - why something was refused, for people
 * @text: a clause, NUL-terminated
 */
struct dserver_why {
	char text[DSERVER_WHY_MAX];
};

/**
 * dserver_conn_fn - sees a connection
 * @arg: of whoever asked
 * @conn: a connection that has a socket here
 * @movable: it is in a state in which it can move
 */
typedef void (*dserver_conn_fn)(void *arg, const struct dserver_conn *conn, bool movable);

/**
 * dserver_client_fn - sees an entry of the client table
 * @arg: of whoever asked
 * @conn: a connection, or a client when its port is 0
 * @member: number of the member that serves
 */
typedef void (*dserver_client_fn)(void *arg, const struct dserver_conn *conn, uint32_t member);

/**
 * struct dserver_ops - kernel and applications of this node
 * @gate_set: make or change the gate of a connection; @pass: may packets leave?
 *	@member is for DSERVER_DIVERT. On return no CPU follows the former rule
 * @gate_del: remove it; 0 when there is none
 * @client_set: (contact node) give a connection, or all of a client when the
 *	client's port is 0, to a member
 * @clients: (contact node) tell all entries of the client table of a vip, clients
 *	with port 0
 * @front: the vip's packets come to this node from now on, or do not any more
 * @probe: (contact node) ask the host of an agent whether it lives; when it does,
 *	dserver_host_answers() follows
 * @conns: tell all connections of a vip that have a socket here, by any program
 * @serves: is there an application that can take over this connection?
 * @release: ask the application for the socket of a connection; when 0,
 *	dserver_released() follows
 * @dump: freeze the released socket of @tx and append its record
 * @undo: the frozen (or only released) socket of @tx is as before
 * @restore: make a frozen socket for @tx from a record; -EADDRINUSE when the
 *	connection is here already
 * @park: give a copy of the socket of @tx to the application, to keep; when 0,
 *	dserver_parked() follows
 * @thaw: unfreeze the restored socket of @tx; harmless when it is not frozen
 * @frozen: is the socket of @tx frozen?
 * @go: the application may use the socket of @tx; ours is closed
 * @drop: close the socket of @tx in silence, at the application too
 * @tune: the kernel computes anew what a restored socket has forgotten
 * @group_changed: members of a vip changed; the kernel is to know
 * @moved: a move that was asked for here has an end: 0, or a negative errno and
 *	@text
 */
struct dserver_ops {
	int (*gate_set)(void *ctx, const struct dserver_conn *conn, enum dserver_gate in, bool pass,
			uint32_t member);
	int (*gate_del)(void *ctx, const struct dserver_conn *conn);
	int (*client_set)(void *ctx, const struct dserver_conn *conn, uint32_t member);
	int (*clients)(void *ctx, const struct xos_addr *vip, dserver_client_fn fn, void *arg);
	void (*front)(void *ctx, const struct xos_addr *vip, bool on);
	void (*probe)(void *ctx, const struct xos_addr *member);
	int (*conns)(void *ctx, const struct xos_addr *vip, dserver_conn_fn fn, void *arg);
	bool (*serves)(void *ctx, const struct xos_addr *server);
	int (*release)(void *ctx, const struct xos_id *tx, const struct dserver_conn *conn,
		       const struct xos_addr *peer);
	int (*dump)(void *ctx, const struct xos_id *tx, struct buf *out, struct dserver_why *why);
	void (*undo)(void *ctx, const struct xos_id *tx);
	int (*restore)(void *ctx, const struct xos_id *tx, struct bytes record,
		       struct dserver_why *why);
	int (*park)(void *ctx, const struct xos_id *tx, const struct dserver_conn *conn,
		    const struct xos_addr *peer, struct bytes app);
	int (*thaw)(void *ctx, const struct xos_id *tx, struct bytes record,
		    struct dserver_why *why);
	bool (*frozen)(void *ctx, const struct xos_id *tx);
	void (*go)(void *ctx, const struct xos_id *tx);
	void (*drop)(void *ctx, const struct xos_id *tx);
	void (*tune)(void *ctx, const struct dserver_conn *conn, struct bytes record);
	void (*group_changed)(void *ctx, const struct group *group);
	void (*moved)(void *ctx, const struct xos_id *tx, int err, const char *text);
};

/**
 * struct dserver_config - what an agent is told at start
 * @env: environment
 * @store: where records go
 * @ops: kernel and applications
 * @ops_ctx: first argument of @ops
 * @arena: memory; dserver_init() takes DSERVER_ARENA_LEN bytes
 * @name: name of this node in groups, at most GROUP_NAME_MAX bytes
 * @self: where this agent listens; the address is the care-of address
 */
struct dserver_config {
	struct env *env;
	struct store *store;
	const struct dserver_ops *ops;
	void *ops_ctx;
	struct arena *arena;
	const char *name;
	struct xos_addr self;
};

/**
 * struct dserver_stats - what happened since start
 * @moves_out: connections given away
 * @moves_in: connections taken over
 * @aborted_out: moves from here that did not happen
 * @aborted_in: moves to here that did not happen
 * @recovered: moves found in the store at start
 * @refused: moves refused as a table was full
 * @dropped: messages that were malformed or from strangers
 * @takeovers: times that this standby became the contact node
 * @suspected: (contact node) times that a member's agent fell silent
 * @failed: (contact node) times that a member was given up
 * @clients_lost: entries of the client table that could not be sent to the standby
 * @in_doubt: questions asked again about moves without an answer
 */
struct dserver_stats {
	uint64_t moves_out;
	uint64_t moves_in;
	uint64_t aborted_out;
	uint64_t aborted_in;
	uint64_t recovered;
	uint64_t refused;
	uint64_t dropped;
	uint64_t takeovers;
	uint64_t suspected;
	uint64_t failed;
	uint64_t clients_lost;
	uint64_t in_doubt;
};

/**
 * struct dserver_drain - how far a member that drains has come
 * @on: it drains
 * @left: connections that it still has
 * @moved: connections moved away since it began
 * @failed: moves that did not happen since; they are tried again
 */
struct dserver_drain {
	bool on;
	uint32_t left;
	uint64_t moved;
	uint64_t failed;
};

/**
 * struct dserver_move_info - a move, for those who look
 * @tx: its identity
 * @conn: the connection
 * @peer: the other agent
 * @state: word for the state
 * @outgoing: this node is the donor
 */
struct dserver_move_info {
	struct xos_id tx;
	struct dserver_conn conn;
	struct xos_addr peer;
	const char *state;
	bool outgoing;
};

struct dserver;

/* Bytes that dserver_init() takes from the arena, at most. */
#define DSERVER_ARENA_LEN (32UL << 20)

/**
 * dserver_init() - a core without vips
 * @c: configuration; what it points to must outlive the core
 *
 * Return: the core, in the arena.
 */
struct dserver *dserver_init(const struct dserver_config *c);

/**
 * dserver_recover() - take up the moves that the store knows of
 * @d: core; all vips are added, nothing else has happened
 *
 * Return: 0, -EIO, or -EBADMSG for a record that cannot be read.
 */
int dserver_recover(struct dserver *d);

/**
 * dserver_vip_add() - take part in the group of a vip
 * @d: core
 * @vip: address and port
 * @contact: where the contact node's agent listens; own address: this is it
 * @standby: where the agent of its standby listens, or NULL without one
 *
 * With a standby either of the two is the contact node: whom the group names. One
 * that starts listens for DSERVER_TAKEOVER_NS whether the other one is.
 * Starts with the group that its store holds; a contact node else with itself alone.
 * Return: 0, -EEXIST, -ENOSPC.
 */
int dserver_vip_add(struct dserver *d, const struct xos_addr *vip, const struct xos_addr *contact,
		    const struct xos_addr *standby);

/**
 * dserver_vip_del() - leave a group
 * @d: core
 * @vip: address and port
 *
 * Return: 0, -ENOENT, -EBUSY while one of its connections moves.
 */
int dserver_vip_del(struct dserver *d, const struct xos_addr *vip);

/**
 * dserver_group() - group of a vip
 * @d: core
 * @vip: address and port
 *
 * Return: the group, valid until the next event, or NULL.
 */
const struct group *dserver_group(const struct dserver *d, const struct xos_addr *vip);

/**
 * dserver_vip_find() - vip of a server address
 * @d: core
 * @server: address and port of the server end of a connection
 *
 * A vip with that port goes before one for all ports. Return: its group, or NULL.
 */
const struct group *dserver_vip_find(const struct dserver *d, const struct xos_addr *server);

/**
 * dserver_vip_next() - walk over all vips
 * @d: core
 * @pos: 0 before the first; opaque
 *
 * Return: the next group, NULL at the end.
 */
const struct group *dserver_vip_next(const struct dserver *d, uint32_t *pos);

/**
 * dserver_host_answers() - the host of an agent lives
 * @d: core
 * @ip: its address, 16 bytes
 *
 * The answer to the probe operation.
 */
void dserver_host_answers(struct dserver *d, const uint8_t *ip);

/**
 * dserver_member_set() - (contact node) add or change a member
 * @d: core
 * @vip: address and port of the vip
 * @m: the member; its name says which, its number is ignored
 * @fields: GROUP_SET_ bits: what to change of a member that is there
 *
 * Return: 0; -ENOENT when there is no such vip, or no such member and
 * GROUP_SET_ADDR is missing; -EPERM when this is not its contact node; -ENOSPC;
 * -EEXIST when another member has that address; -EIO.
 */
int dserver_member_set(struct dserver *d, const struct xos_addr *vip, const struct group_member *m,
		       unsigned int fields);

/**
 * dserver_member_del() - (contact node) remove a member
 * @d: core
 * @vip: address and port of the vip
 * @name: its name
 *
 * Return: 0, -ENOENT, -EPERM, -EBUSY for the contact node itself, -EIO.
 */
int dserver_member_del(struct dserver *d, const struct xos_addr *vip, struct bytes name);

/**
 * dserver_move() - move a connection away from here
 * @d: core
 * @conn: the connection; served by an application of this node
 * @member: name of the acceptor
 * @tx: identity of the move; @ops->moved says how it ended
 *
 * Return: 0; -ENOENT for an unknown vip or member; -EALREADY when it moves already;
 * -EINVAL when the member is this node; -EHOSTDOWN when it is down; -ESRCH when no
 * application here can give connections up; -ENOSPC; -EIO.
 */
int dserver_move(struct dserver *d, const struct dserver_conn *conn, struct bytes member,
		 struct xos_id *tx);

/**
 * dserver_drain() - how far this node has come in getting rid of a vip's connections
 * @d: core
 * @vip: address and port of the vip
 *
 * A member that the group calls draining moves its connections to the active
 * ones with a weight, by their weights, DSERVER_DRAIN_MAX at a time.
 *
 * Return: the state, or NULL for an unknown vip.
 */
const struct dserver_drain *dserver_drain(const struct dserver *d, const struct xos_addr *vip);

/**
 * dserver_client_seen() - the kernel of the contact node has steered a client anew
 * @d: core
 * @conn: the connection, or the client when its port is 0
 * @member: number of the member that serves
 *
 * Goes to the standby soon; nothing happens elsewhere.
 */
void dserver_client_seen(struct dserver *d, const struct dserver_conn *conn, uint32_t member);

/**
 * dserver_clients_missed() - events of the kernel were lost
 * @d: core
 *
 * The standbys get the whole tables.
 */
void dserver_clients_missed(struct dserver *d);

/**
 * dserver_recv() - a message came
 * @d: core
 * @from: authenticated sender
 * @msg: whole message, of the family dserver
 */
void dserver_recv(struct dserver *d, const struct env_peer *from, struct bytes msg);

/**
 * dserver_released() - the application answered @ops->release
 * @d: core
 * @tx: move
 * @err: 0 or a negative errno
 * @app: its state of the connection
 */
void dserver_released(struct dserver *d, const struct xos_id *tx, int err, struct bytes app);

/**
 * dserver_parked() - the application answered @ops->park
 * @d: core
 * @tx: move
 * @err: 0 or a negative errno
 */
void dserver_parked(struct dserver *d, const struct xos_id *tx, int err);

/**
 * dserver_reoffered() - an application came back with a socket that was parked
 * @d: core
 * @tx: move; @ops know its socket already
 * @conn: the connection
 * @peer: the other agent, as it was told the application
 * @arriving: it was parked here as the acceptor
 */
void dserver_reoffered(struct dserver *d, const struct xos_id *tx, const struct dserver_conn *conn,
		       const struct xos_addr *peer, bool arriving);

/**
 * dserver_service_up() - an application began to serve an address
 * @d: core
 * @server: which
 *
 * Call it after what the application offers anew was passed on: committed
 * connections without a socket are restored and given to it now.
 */
void dserver_service_up(struct dserver *d, const struct xos_addr *server);

/**
 * dserver_move_next() - walk over the moves
 * @d: core
 * @pos: 0 before the first; opaque
 * @out: the move
 *
 * Return: whether there was one more.
 */
bool dserver_move_next(const struct dserver *d, uint32_t *pos, struct dserver_move_info *out);

/**
 * dserver_stats() - counters
 * @d: core
 *
 * Return: counters, never NULL.
 */
const struct dserver_stats *dserver_stats(const struct dserver *d);

#endif
