/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/dserver.yaml
 * by scripts/gen.
 *
 * What the agents of a distributed server say to each other - who is in the group, and
 * how one connection moves from a member (the donor) to another one (the acceptor). All
 * messages travel on streams.
 */
#ifndef _XOS_WIRE_DSERVER_H
#define _XOS_WIRE_DSERVER_H

#include <wire/wire.h>
#include <wire/common.h>

/* Longest name of a member or a vip, in bytes. */
#define WIRE_DS_NAME_MAX 64

/* Largest number of members of a group, the contact node included. */
#define WIRE_DS_MEMBER_MAX 128

/* Longest queue of a connection that moves, in bytes; each direction has one. */
#define WIRE_DS_QUEUE_MAX 900000

/* Longest encoded ds-tcp, in bytes; both queues together and the rest. */
#define WIRE_DS_RECORD_MAX 901000

/* Longest state of the application for one connection, in bytes. */
#define WIRE_DS_APP_MAX 65536

/* Longest reason, in bytes. */
#define WIRE_DS_TEXT_MAX 256

/* Largest number of entries in a ds-clients message. */
#define WIRE_DS_CLIENTS_MAX 128

/**
 * enum wire_ds_member_state - What a member is given
 * @WIRE_DS_MEMBER_STATE_ACTIVE: New connections, and those that it has.
 * @WIRE_DS_MEMBER_STATE_DRAINING: Only the connections that it has.
 * @WIRE_DS_MEMBER_STATE_DOWN: Nothing.
 */
enum wire_ds_member_state {
	WIRE_DS_MEMBER_STATE_ACTIVE = 0,
	WIRE_DS_MEMBER_STATE_DRAINING = 1,
	WIRE_DS_MEMBER_STATE_DOWN = 2,
};

/**
 * wire_ds_member_state_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_ds_member_state_name(uint64_t value);

/**
 * enum wire_ds_member_life - What the contact node hears of a member
 * @WIRE_DS_MEMBER_LIFE_ALIVE: Its agent answers.
 * @WIRE_DS_MEMBER_LIFE_SUSPECTED: Its agent is silent. The member gets no new clients and
 *   keeps those that it has.
 * @WIRE_DS_MEMBER_LIFE_FAILED: Its host is silent as well. The member is given nothing.
 */
enum wire_ds_member_life {
	WIRE_DS_MEMBER_LIFE_ALIVE = 0,
	WIRE_DS_MEMBER_LIFE_SUSPECTED = 1,
	WIRE_DS_MEMBER_LIFE_FAILED = 2,
};

/**
 * wire_ds_member_life_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_ds_member_life_name(uint64_t value);

#define WIRE_DS_MEMBER_NAME_LEN_MAX 64

/**
 * struct wire_ds_member - A member of a group
 * @number: Number, never given to another member of the vip (1 to 4294967295)
 * @name: Name of the node (1 to 64 bytes, UTF-8)
 * @addr: Its own (care-of) address and the port of its agent
 * @weight: Share of new clients relative to others (0 to 1000)
 * @state: What it is given (enum wire_ds_member_state)
 * @contact: It is the contact node
 * @life: What the contact node hears of it; alive when absent (enum wire_ds_member_life)
 * @has_life: is @life there?
 */
struct wire_ds_member {
	uint32_t number;
	struct bytes name;
	struct xos_addr addr;
	uint32_t weight;
	uint32_t state;
	bool contact;
	uint32_t life;
	bool has_life;
};

extern const struct wire_set wire_ds_member_set;

/**
 * struct wire_ds_member_list - list of struct wire_ds_member
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ds_member_list {
	const struct wire_ds_member *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ds_member_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ds_member_list_next(const struct wire_ds_member_list *l, size_t *pos,
					    struct wire_ds_member *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ds_member_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_ds_client - An entry of the contact node's client table
 * @client: Address of the client, and port for one connection; 0 for all
 * @server: Address and port of the server end; the port counts for one connection
 * @member: Number of the member that serves
 * @doubt: The member is giving it away and does not know the end; another one's word
 *   counts more
 */
struct wire_ds_client {
	struct xos_addr client;
	struct xos_addr server;
	uint32_t member;
	bool doubt;
};

extern const struct wire_set wire_ds_client_set;

/**
 * struct wire_ds_client_list - list of struct wire_ds_client
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ds_client_list {
	const struct wire_ds_client *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ds_client_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ds_client_list_next(const struct wire_ds_client_list *l, size_t *pos,
					    struct wire_ds_client *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ds_client_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_DS_JOIN_NAME_LEN_MAX 64

/**
 * struct wire_ds_join - A member asks the contact node for the group of a vip
 * @vip: Address and port of the vip
 * @name: Name of the asking node (1 to 64 bytes, UTF-8)
 * @version: Version of the group that it has; 0 for none
 * @left: Connections that it still has while it drains
 * @standby: Sent by the standby of the contact node; answered by ds-here when nothing is
 *   new
 * @sync: The standby wants the whole client table
 * @has_left: is @left there?
 */
struct wire_ds_join {
	struct xos_addr vip;
	struct bytes name;
	uint64_t version;
	uint32_t left;
	bool standby;
	bool sync;
	bool has_left;
};

extern const struct wire_set wire_ds_join_set;

#define WIRE_DS_GROUP_MEMBERS_COUNT_MAX 128

/**
 * struct wire_ds_group - The contact node tells a member who is in the group
 * @vip: Address and port of the vip
 * @version: Rises with each change
 * @next_number: Number that the next new member gets
 * @members: Members, the contact node among them (at most 128 elements)
 */
struct wire_ds_group {
	struct xos_addr vip;
	uint64_t version;
	uint32_t next_number;
	struct wire_ds_member_list members;
};

extern const struct wire_set wire_ds_group_set;

/**
 * struct wire_ds_here - Contact node to standby
 * @vip: Address and port of the vip
 * @version: Version of the group
 * @entries: Entries of the client table sent since the standby last got all
 */
struct wire_ds_here {
	struct xos_addr vip;
	uint64_t version;
	uint64_t entries;
};

extern const struct wire_set wire_ds_here_set;

#define WIRE_DS_CLIENTS_CLIENTS_COUNT_MAX 128

/**
 * struct wire_ds_clients - Contact node to standby - entries of the client table, new or
 *   all
 * @vip: Address and port of the vip
 * @first: All entries follow from here on
 * @clients: Entries (at most 128 elements)
 */
struct wire_ds_clients {
	struct xos_addr vip;
	bool first;
	struct wire_ds_client_list clients;
};

extern const struct wire_set wire_ds_clients_set;

/**
 * struct wire_ds_prepare - Donor to acceptor
 * @tx: The move, drawn at random by the donor
 * @vip: Vip that the connection belongs to
 * @server: Address and port of the server end
 * @client: Address and port of the client end
 */
struct wire_ds_prepare {
	struct xos_id tx;
	struct xos_addr vip;
	struct xos_addr server;
	struct xos_addr client;
};

extern const struct wire_set wire_ds_prepare_set;

/**
 * struct wire_ds_ready - Acceptor to donor
 * @tx: The move
 */
struct wire_ds_ready {
	struct xos_id tx;
};

extern const struct wire_set wire_ds_ready_set;

#define WIRE_DS_STATE_RECORD_LEN_MAX 901000
#define WIRE_DS_STATE_APP_LEN_MAX    65536

/**
 * struct wire_ds_state - Donor to acceptor
 * @tx: The move
 * @record: An encoded ds-tcp (at most 901000 bytes)
 * @app: State of the application (at most 65536 bytes)
 * @has_app: is @app there?
 */
struct wire_ds_state {
	struct xos_id tx;
	struct bytes record;
	struct bytes app;
	bool has_app;
};

extern const struct wire_set wire_ds_state_set;

/**
 * struct wire_ds_committed - Acceptor to donor
 * @tx: The move
 */
struct wire_ds_committed {
	struct xos_id tx;
};

extern const struct wire_set wire_ds_committed_set;

#define WIRE_DS_ABORT_TEXT_LEN_MAX 256

/**
 * struct wire_ds_abort - Acceptor to donor
 * @tx: The move
 * @error: Positive errno; ENOENT only when the acceptor does not know the move
 * @text: Why (at most 256 bytes, UTF-8)
 * @has_error: is @error there?
 * @has_text: is @text there?
 */
struct wire_ds_abort {
	struct xos_id tx;
	uint32_t error;
	struct bytes text;
	bool has_error;
	bool has_text;
};

extern const struct wire_set wire_ds_abort_set;

/**
 * struct wire_ds_aborted - Donor to acceptor
 * @tx: The move
 */
struct wire_ds_aborted {
	struct xos_id tx;
};

extern const struct wire_set wire_ds_aborted_set;

/**
 * struct wire_ds_query - Donor to acceptor
 * @tx: The move
 */
struct wire_ds_query {
	struct xos_id tx;
};

extern const struct wire_set wire_ds_query_set;

/**
 * struct wire_ds_repoint - Acceptor to contact node
 * @tx: The move
 * @vip: Vip that the connection belongs to
 * @server: Address and port of the server end
 * @client: Address and port of the client end
 * @member: Number of the acceptor
 * @reply_to: The acceptor's agent, when the contact node passes it on to its standby,
 *   which then answers
 * @old: With reply-to: steered before, only to be answered
 * @has_reply_to: is @reply_to there?
 */
struct wire_ds_repoint {
	struct xos_id tx;
	struct xos_addr vip;
	struct xos_addr server;
	struct xos_addr client;
	uint32_t member;
	struct xos_addr reply_to;
	bool old;
	bool has_reply_to;
};

extern const struct wire_set wire_ds_repoint_set;

/**
 * struct wire_ds_repointed - Contact node, or its standby, to acceptor
 * @tx: The move
 * @error: Positive errno when it was refused
 * @has_error: is @error there?
 */
struct wire_ds_repointed {
	struct xos_id tx;
	uint32_t error;
	bool has_error;
};

extern const struct wire_set wire_ds_repointed_set;

/**
 * struct wire_ds_finish - Acceptor to donor
 * @tx: The move
 */
struct wire_ds_finish {
	struct xos_id tx;
};

extern const struct wire_set wire_ds_finish_set;

/**
 * struct wire_ds_finished - Donor to acceptor
 * @tx: The move
 */
struct wire_ds_finished {
	struct xos_id tx;
};

extern const struct wire_set wire_ds_finished_set;

#define WIRE_DS_TCP_SND_QUEUE_LEN_MAX  900000
#define WIRE_DS_TCP_RCV_QUEUE_LEN_MAX  900000
#define WIRE_DS_TCP_CONGESTION_LEN_MAX 16

/**
 * struct wire_ds_tcp - An ESTABLISHED or CLOSE_WAIT TCP connection as TCP_REPAIR takes it
 *   out of a kernel and puts it into another one
 * @format: Version of the record, 1 (1 to 4294967295)
 * @server: Local address and port
 * @client: Remote address and port
 * @state: TCP state as in tcp_info, 1 or 8
 * @snd_seq: Sequence number of the first byte of the send queue
 * @rcv_seq: Sequence number of the first byte of the receive queue
 * @snd_queue: Bytes that the client has not acknowledged (at most 900000 bytes)
 * @unsent: Bytes at the end of snd-queue that were never sent
 * @rcv_queue: Bytes that the application has not read (at most 900000 bytes)
 * @mss: Clamp of the segment size, in bytes
 * @options: TCPI_OPT_ bits of tcp_info - timestamps, SACK, window scale, ECN
 * @snd_wscale: Shift of the client's windows (0 to 14)
 * @rcv_wscale: Shift of our windows (0 to 14)
 * @timestamp: Timestamp clock of the connection (RFC 7323)
 * @snd_wl1: Sequence number of the segment that last updated the send window
 * @snd_wnd: Send window, in bytes
 * @max_window: Largest send window seen, in bytes
 * @rcv_wnd: Receive window, in bytes
 * @rcv_wup: Next byte expected when the receive window was last told
 * @cwnd: Congestion window, in segments
 * @ssthresh: Slow start threshold, in segments
 * @congestion: Name of the congestion control (at most 16 bytes, UTF-8)
 * @nodelay: TCP_NODELAY is set
 * @keepalive: SO_KEEPALIVE is set
 * @keepidle_s: TCP_KEEPIDLE, seconds
 * @keepintvl_s: TCP_KEEPINTVL, seconds
 * @keepcnt: TCP_KEEPCNT
 * @user_timeout_ms: TCP_USER_TIMEOUT, milliseconds
 * @tclass: IPV6_TCLASS, 0 to 255
 * @has_congestion: is @congestion there?
 * @has_keepidle_s: is @keepidle_s there?
 * @has_keepintvl_s: is @keepintvl_s there?
 * @has_keepcnt: is @keepcnt there?
 * @has_user_timeout_ms: is @user_timeout_ms there?
 * @has_tclass: is @tclass there?
 */
struct wire_ds_tcp {
	uint32_t format;
	struct xos_addr server;
	struct xos_addr client;
	uint8_t state;
	uint32_t snd_seq;
	uint32_t rcv_seq;
	struct bytes snd_queue;
	uint32_t unsent;
	struct bytes rcv_queue;
	uint16_t mss;
	uint8_t options;
	uint8_t snd_wscale;
	uint8_t rcv_wscale;
	uint32_t timestamp;
	uint32_t snd_wl1;
	uint32_t snd_wnd;
	uint32_t max_window;
	uint32_t rcv_wnd;
	uint32_t rcv_wup;
	uint32_t cwnd;
	uint32_t ssthresh;
	struct bytes congestion;
	bool nodelay;
	bool keepalive;
	uint32_t keepidle_s;
	uint32_t keepintvl_s;
	uint32_t keepcnt;
	uint32_t user_timeout_ms;
	uint32_t tclass;
	bool has_congestion;
	bool has_keepidle_s;
	bool has_keepintvl_s;
	bool has_keepcnt;
	bool has_user_timeout_ms;
	bool has_tclass;
};

extern const struct wire_set wire_ds_tcp_set;

#define WIRE_DS_COMMIT_APP_LEN_MAX 65536

/**
 * struct wire_ds_commit - Not sent - what the acceptor writes to its store before a
 *   connection thaws, so that it can complete the move after a crash
 * @tx: The move
 * @vip: Vip that the connection belongs to
 * @server: Address and port of the server end
 * @client: Address and port of the client end
 * @donor: Where the donor's agent listens
 * @committed: Decided; absent while the acceptor only holds packets
 * @live: The application has it
 * @record_len: Bytes of the record
 * @app: State of the application (at most 65536 bytes)
 * @has_record_len: is @record_len there?
 * @has_app: is @app there?
 */
struct wire_ds_commit {
	struct xos_id tx;
	struct xos_addr vip;
	struct xos_addr server;
	struct xos_addr client;
	struct xos_addr donor;
	bool committed;
	bool live;
	uint32_t record_len;
	struct bytes app;
	bool has_record_len;
	bool has_app;
};

extern const struct wire_set wire_ds_commit_set;

/**
 * struct wire_ds_donated - Not sent - what a donor writes to its store when it begins to
 *   divert a connection
 * @tx: The move
 * @vip: Vip that the connection belongs to
 * @server: Address and port of the server end
 * @client: Address and port of the client end
 * @acceptor: Where the acceptor's agent listens
 * @committed: The acceptor said so
 */
struct wire_ds_donated {
	struct xos_id tx;
	struct xos_addr vip;
	struct xos_addr server;
	struct xos_addr client;
	struct xos_addr acceptor;
	bool committed;
};

extern const struct wire_set wire_ds_donated_set;

/* A whole ds-join message is never longer. */
#define WIRE_DS_JOIN_SIZE_MAX 146

extern const struct wire_msg wire_ds_join_msg;

/**
 * wire_ds_join_encode() - append a whole message: A member asks the contact node for the
 *   group of a vip
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_join_encode(const struct wire_ds_join *m, struct buf *out)
{
	return wire_encode(&wire_ds_join_msg, m, out);
}

/**
 * wire_ds_join_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_join_decode(struct bytes in, struct wire_ds_join *m)
{
	return wire_decode(&wire_ds_join_msg, in, m);
}

/**
 * wire_ds_join_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_join_body_decode(const struct wire_header *h, struct wire_ds_join *m)
{
	return wire_body_decode(&wire_ds_join_msg, h, m);
}

/* A whole ds-group message is never longer. */
#define WIRE_DS_GROUP_SIZE_MAX 18752

extern const struct wire_msg wire_ds_group_msg;

/**
 * wire_ds_group_encode() - append a whole message: The contact node tells a member who is
 *   in the group
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_group_encode(const struct wire_ds_group *m, struct buf *out)
{
	return wire_encode(&wire_ds_group_msg, m, out);
}

/**
 * wire_ds_group_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_group_decode(struct bytes in, struct wire_ds_group *m)
{
	return wire_decode(&wire_ds_group_msg, in, m);
}

/**
 * wire_ds_group_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_group_body_decode(const struct wire_header *h, struct wire_ds_group *m)
{
	return wire_body_decode(&wire_ds_group_msg, h, m);
}

/* A whole ds-here message is never longer. */
#define WIRE_DS_HERE_SIZE_MAX 68

extern const struct wire_msg wire_ds_here_msg;

/**
 * wire_ds_here_encode() - append a whole message: Contact node to standby
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_here_encode(const struct wire_ds_here *m, struct buf *out)
{
	return wire_encode(&wire_ds_here_msg, m, out);
}

/**
 * wire_ds_here_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_here_decode(struct bytes in, struct wire_ds_here *m)
{
	return wire_decode(&wire_ds_here_msg, in, m);
}

/**
 * wire_ds_here_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_here_body_decode(const struct wire_header *h, struct wire_ds_here *m)
{
	return wire_body_decode(&wire_ds_here_msg, h, m);
}

/* A whole ds-clients message is never longer. */
#define WIRE_DS_CLIENTS_SIZE_MAX 9006

extern const struct wire_msg wire_ds_clients_msg;

/**
 * wire_ds_clients_encode() - append a whole message: Contact node to standby - entries of
 *   the client table, new or all
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_clients_encode(const struct wire_ds_clients *m, struct buf *out)
{
	return wire_encode(&wire_ds_clients_msg, m, out);
}

/**
 * wire_ds_clients_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_clients_decode(struct bytes in, struct wire_ds_clients *m)
{
	return wire_decode(&wire_ds_clients_msg, in, m);
}

/**
 * wire_ds_clients_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_clients_body_decode(const struct wire_header *h,
					      struct wire_ds_clients *m)
{
	return wire_body_decode(&wire_ds_clients_msg, h, m);
}

/* A whole ds-prepare message is never longer. */
#define WIRE_DS_PREPARE_SIZE_MAX 110

extern const struct wire_msg wire_ds_prepare_msg;

/**
 * wire_ds_prepare_encode() - append a whole message: Donor to acceptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_prepare_encode(const struct wire_ds_prepare *m, struct buf *out)
{
	return wire_encode(&wire_ds_prepare_msg, m, out);
}

/**
 * wire_ds_prepare_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_prepare_decode(struct bytes in, struct wire_ds_prepare *m)
{
	return wire_decode(&wire_ds_prepare_msg, in, m);
}

/**
 * wire_ds_prepare_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_prepare_body_decode(const struct wire_header *h,
					      struct wire_ds_prepare *m)
{
	return wire_body_decode(&wire_ds_prepare_msg, h, m);
}

/* A whole ds-ready message is never longer. */
#define WIRE_DS_READY_SIZE_MAX 38

extern const struct wire_msg wire_ds_ready_msg;

/**
 * wire_ds_ready_encode() - append a whole message: Acceptor to donor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_ready_encode(const struct wire_ds_ready *m, struct buf *out)
{
	return wire_encode(&wire_ds_ready_msg, m, out);
}

/**
 * wire_ds_ready_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_ready_decode(struct bytes in, struct wire_ds_ready *m)
{
	return wire_decode(&wire_ds_ready_msg, in, m);
}

/**
 * wire_ds_ready_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_ready_body_decode(const struct wire_header *h, struct wire_ds_ready *m)
{
	return wire_body_decode(&wire_ds_ready_msg, h, m);
}

/* A whole ds-state message is never longer. */
#define WIRE_DS_STATE_SIZE_MAX 966586

extern const struct wire_msg wire_ds_state_msg;

/**
 * wire_ds_state_encode() - append a whole message: Donor to acceptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_state_encode(const struct wire_ds_state *m, struct buf *out)
{
	return wire_encode(&wire_ds_state_msg, m, out);
}

/**
 * wire_ds_state_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_state_decode(struct bytes in, struct wire_ds_state *m)
{
	return wire_decode(&wire_ds_state_msg, in, m);
}

/**
 * wire_ds_state_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_state_body_decode(const struct wire_header *h, struct wire_ds_state *m)
{
	return wire_body_decode(&wire_ds_state_msg, h, m);
}

/* A whole ds-committed message is never longer. */
#define WIRE_DS_COMMITTED_SIZE_MAX 38

extern const struct wire_msg wire_ds_committed_msg;

/**
 * wire_ds_committed_encode() - append a whole message: Acceptor to donor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_committed_encode(const struct wire_ds_committed *m, struct buf *out)
{
	return wire_encode(&wire_ds_committed_msg, m, out);
}

/**
 * wire_ds_committed_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_committed_decode(struct bytes in, struct wire_ds_committed *m)
{
	return wire_decode(&wire_ds_committed_msg, in, m);
}

/**
 * wire_ds_committed_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_committed_body_decode(const struct wire_header *h,
						struct wire_ds_committed *m)
{
	return wire_body_decode(&wire_ds_committed_msg, h, m);
}

/* A whole ds-abort message is never longer. */
#define WIRE_DS_ABORT_SIZE_MAX 310

extern const struct wire_msg wire_ds_abort_msg;

/**
 * wire_ds_abort_encode() - append a whole message: Acceptor to donor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_abort_encode(const struct wire_ds_abort *m, struct buf *out)
{
	return wire_encode(&wire_ds_abort_msg, m, out);
}

/**
 * wire_ds_abort_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_abort_decode(struct bytes in, struct wire_ds_abort *m)
{
	return wire_decode(&wire_ds_abort_msg, in, m);
}

/**
 * wire_ds_abort_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_abort_body_decode(const struct wire_header *h, struct wire_ds_abort *m)
{
	return wire_body_decode(&wire_ds_abort_msg, h, m);
}

/* A whole ds-aborted message is never longer. */
#define WIRE_DS_ABORTED_SIZE_MAX 38

extern const struct wire_msg wire_ds_aborted_msg;

/**
 * wire_ds_aborted_encode() - append a whole message: Donor to acceptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_aborted_encode(const struct wire_ds_aborted *m, struct buf *out)
{
	return wire_encode(&wire_ds_aborted_msg, m, out);
}

/**
 * wire_ds_aborted_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_aborted_decode(struct bytes in, struct wire_ds_aborted *m)
{
	return wire_decode(&wire_ds_aborted_msg, in, m);
}

/**
 * wire_ds_aborted_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_aborted_body_decode(const struct wire_header *h,
					      struct wire_ds_aborted *m)
{
	return wire_body_decode(&wire_ds_aborted_msg, h, m);
}

/* A whole ds-query message is never longer. */
#define WIRE_DS_QUERY_SIZE_MAX 38

extern const struct wire_msg wire_ds_query_msg;

/**
 * wire_ds_query_encode() - append a whole message: Donor to acceptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_query_encode(const struct wire_ds_query *m, struct buf *out)
{
	return wire_encode(&wire_ds_query_msg, m, out);
}

/**
 * wire_ds_query_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_query_decode(struct bytes in, struct wire_ds_query *m)
{
	return wire_decode(&wire_ds_query_msg, in, m);
}

/**
 * wire_ds_query_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_query_body_decode(const struct wire_header *h, struct wire_ds_query *m)
{
	return wire_body_decode(&wire_ds_query_msg, h, m);
}

/* A whole ds-repoint message is never longer. */
#define WIRE_DS_REPOINT_SIZE_MAX 150

extern const struct wire_msg wire_ds_repoint_msg;

/**
 * wire_ds_repoint_encode() - append a whole message: Acceptor to contact node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_repoint_encode(const struct wire_ds_repoint *m, struct buf *out)
{
	return wire_encode(&wire_ds_repoint_msg, m, out);
}

/**
 * wire_ds_repoint_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_repoint_decode(struct bytes in, struct wire_ds_repoint *m)
{
	return wire_decode(&wire_ds_repoint_msg, in, m);
}

/**
 * wire_ds_repoint_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_repoint_body_decode(const struct wire_header *h,
					      struct wire_ds_repoint *m)
{
	return wire_body_decode(&wire_ds_repoint_msg, h, m);
}

/* A whole ds-repointed message is never longer. */
#define WIRE_DS_REPOINTED_SIZE_MAX 48

extern const struct wire_msg wire_ds_repointed_msg;

/**
 * wire_ds_repointed_encode() - append a whole message: Contact node, or its standby, to
 *   acceptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_repointed_encode(const struct wire_ds_repointed *m, struct buf *out)
{
	return wire_encode(&wire_ds_repointed_msg, m, out);
}

/**
 * wire_ds_repointed_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_repointed_decode(struct bytes in, struct wire_ds_repointed *m)
{
	return wire_decode(&wire_ds_repointed_msg, in, m);
}

/**
 * wire_ds_repointed_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_repointed_body_decode(const struct wire_header *h,
						struct wire_ds_repointed *m)
{
	return wire_body_decode(&wire_ds_repointed_msg, h, m);
}

/* A whole ds-finish message is never longer. */
#define WIRE_DS_FINISH_SIZE_MAX 38

extern const struct wire_msg wire_ds_finish_msg;

/**
 * wire_ds_finish_encode() - append a whole message: Acceptor to donor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_finish_encode(const struct wire_ds_finish *m, struct buf *out)
{
	return wire_encode(&wire_ds_finish_msg, m, out);
}

/**
 * wire_ds_finish_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_finish_decode(struct bytes in, struct wire_ds_finish *m)
{
	return wire_decode(&wire_ds_finish_msg, in, m);
}

/**
 * wire_ds_finish_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_finish_body_decode(const struct wire_header *h, struct wire_ds_finish *m)
{
	return wire_body_decode(&wire_ds_finish_msg, h, m);
}

/* A whole ds-finished message is never longer. */
#define WIRE_DS_FINISHED_SIZE_MAX 38

extern const struct wire_msg wire_ds_finished_msg;

/**
 * wire_ds_finished_encode() - append a whole message: Donor to acceptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_finished_encode(const struct wire_ds_finished *m, struct buf *out)
{
	return wire_encode(&wire_ds_finished_msg, m, out);
}

/**
 * wire_ds_finished_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_finished_decode(struct bytes in, struct wire_ds_finished *m)
{
	return wire_decode(&wire_ds_finished_msg, in, m);
}

/**
 * wire_ds_finished_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_finished_body_decode(const struct wire_header *h,
					       struct wire_ds_finished *m)
{
	return wire_body_decode(&wire_ds_finished_msg, h, m);
}

/* A whole ds-tcp message is never longer. */
#define WIRE_DS_TCP_SIZE_MAX 1048576

extern const struct wire_msg wire_ds_tcp_msg;

/**
 * wire_ds_tcp_encode() - append a whole message: An ESTABLISHED or CLOSE_WAIT TCP
 *   connection as TCP_REPAIR takes it out of a kernel and puts it into another one
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_tcp_encode(const struct wire_ds_tcp *m, struct buf *out)
{
	return wire_encode(&wire_ds_tcp_msg, m, out);
}

/**
 * wire_ds_tcp_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_tcp_decode(struct bytes in, struct wire_ds_tcp *m)
{
	return wire_decode(&wire_ds_tcp_msg, in, m);
}

/**
 * wire_ds_tcp_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_tcp_body_decode(const struct wire_header *h, struct wire_ds_tcp *m)
{
	return wire_body_decode(&wire_ds_tcp_msg, h, m);
}

/* A whole ds-commit message is never longer. */
#define WIRE_DS_COMMIT_SIZE_MAX 65698

extern const struct wire_msg wire_ds_commit_msg;

/**
 * wire_ds_commit_encode() - append a whole message: Not sent - what the acceptor writes
 *   to its store before a connection thaws, so that it can complete the move after a
 *   crash
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_commit_encode(const struct wire_ds_commit *m, struct buf *out)
{
	return wire_encode(&wire_ds_commit_msg, m, out);
}

/**
 * wire_ds_commit_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_commit_decode(struct bytes in, struct wire_ds_commit *m)
{
	return wire_decode(&wire_ds_commit_msg, in, m);
}

/**
 * wire_ds_commit_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_commit_body_decode(const struct wire_header *h, struct wire_ds_commit *m)
{
	return wire_body_decode(&wire_ds_commit_msg, h, m);
}

/* A whole ds-donated message is never longer. */
#define WIRE_DS_DONATED_SIZE_MAX 140

extern const struct wire_msg wire_ds_donated_msg;

/**
 * wire_ds_donated_encode() - append a whole message: Not sent - what a donor writes to
 *   its store when it begins to divert a connection
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ds_donated_encode(const struct wire_ds_donated *m, struct buf *out)
{
	return wire_encode(&wire_ds_donated_msg, m, out);
}

/**
 * wire_ds_donated_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_donated_decode(struct bytes in, struct wire_ds_donated *m)
{
	return wire_decode(&wire_ds_donated_msg, in, m);
}

/**
 * wire_ds_donated_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ds_donated_body_decode(const struct wire_header *h,
					      struct wire_ds_donated *m)
{
	return wire_body_decode(&wire_ds_donated_msg, h, m);
}

#endif
