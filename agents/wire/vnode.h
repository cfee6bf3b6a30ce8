/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/vnode.yaml
 * by scripts/gen.
 *
 * Virtual nodes. Entries of their logs (vn-spec to vn-done), which are also what a
 * snapshot begins with, and what the vnoded of different machines say to each other
 * (vn-ask and what follows), on streams.
 */
#ifndef _XOS_WIRE_VNODE_H
#define _XOS_WIRE_VNODE_H

#include <wire/wire.h>
#include <wire/common.h>
#include <wire/vnhost.h>

/* Longest name of a virtual node, in bytes. */
#define WIRE_VN_NAME_MAX 63

/* Most requests in one vn-done. */
#define WIRE_VN_DONE_MAX 512

/* Most replicas of a virtual node. */
#define WIRE_VN_MEMBERS_MAX 7

/**
 * enum wire_vn_policy - Which replicas do the work
 * @WIRE_VN_POLICY_ACTIVE: All of them, each request.
 * @WIRE_VN_POLICY_WARM: The leader; the others have a process with an older state and go
 *   on from it.
 * @WIRE_VN_POLICY_COLD: The leader; the others have a snapshot and the log, no process.
 * @WIRE_VN_POLICY_SEMI_ACTIVE: All of them; what a request sees of clocks and chance the
 *   leader decides.
 * @WIRE_VN_POLICY_HOT: The leader; the others take over what its requests changed.
 */
enum wire_vn_policy {
	WIRE_VN_POLICY_ACTIVE = 0,
	WIRE_VN_POLICY_WARM = 1,
	WIRE_VN_POLICY_COLD = 2,
	WIRE_VN_POLICY_SEMI_ACTIVE = 3,
	WIRE_VN_POLICY_HOT = 4,
};

/**
 * wire_vn_policy_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_vn_policy_name(uint64_t value);

/**
 * enum wire_vn_result - What became of a call
 * @WIRE_VN_RESULT_OK: The service did it; its error stands beside.
 * @WIRE_VN_RESULT_FAILED: The service crashed or hung; the request was skipped at every
 *   replica.
 * @WIRE_VN_RESULT_NOT_LEADER: Nothing was done; another replica leads, or none.
 * @WIRE_VN_RESULT_UNKNOWN: It may have been done, or may still be; ask again with the
 *   same session and number.
 * @WIRE_VN_RESULT_BUSY: Nothing was done; over a limit.
 * @WIRE_VN_RESULT_NO_SESSION: There is no such session any more.
 * @WIRE_VN_RESULT_BAD: Nothing was done; the number does not follow, or the arguments are
 *   too long.
 * @WIRE_VN_RESULT_NO_GROUP: There is no such virtual node.
 * @WIRE_VN_RESULT_CHANGES: Nothing was done; the service does not say that the operation
 *   changes nothing.
 */
enum wire_vn_result {
	WIRE_VN_RESULT_OK = 0,
	WIRE_VN_RESULT_FAILED = 1,
	WIRE_VN_RESULT_NOT_LEADER = 2,
	WIRE_VN_RESULT_UNKNOWN = 3,
	WIRE_VN_RESULT_BUSY = 4,
	WIRE_VN_RESULT_NO_SESSION = 5,
	WIRE_VN_RESULT_BAD = 6,
	WIRE_VN_RESULT_NO_GROUP = 7,
	WIRE_VN_RESULT_CHANGES = 8,
};

/**
 * wire_vn_result_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_vn_result_name(uint64_t value);

/**
 * struct wire_vn_member - A replica
 * @id: Identity of its vnoded
 * @addr: Where it listens
 * @tag: Identity of the replica
 */
struct wire_vn_member {
	struct xos_id id;
	struct xos_addr addr;
	uint64_t tag;
};

extern const struct wire_set wire_vn_member_set;

/**
 * struct wire_vn_member_list - list of struct wire_vn_member
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_vn_member_list {
	const struct wire_vn_member *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_vn_member_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_vn_member_list_next(const struct wire_vn_member_list *l, size_t *pos,
					    struct wire_vn_member *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_vn_member_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_VN_ABOUT_NAME_LEN_MAX   63
#define WIRE_VN_ABOUT_PATH_LEN_MAX   1024
#define WIRE_VN_ABOUT_CONFIG_LEN_MAX 4096

/**
 * struct wire_vn_about - What a virtual node is
 * @name: Its name (1 to 63 bytes, UTF-8)
 * @path: File of the service (1 to 1024 bytes, UTF-8)
 * @config: Text that the service is started with (at most 4096 bytes, UTF-8)
 * @policy: Which replicas do the work (enum wire_vn_policy)
 * @scheduler: enum vsched_kind
 * @time_max_ms: Milliseconds that a request may take, 0 for any number
 * @memory_max: Bytes that a request may allocate, 0 for any number
 */
struct wire_vn_about {
	struct bytes name;
	struct bytes path;
	struct bytes config;
	uint32_t policy;
	uint32_t scheduler;
	uint64_t time_max_ms;
	uint64_t memory_max;
};

extern const struct wire_set wire_vn_about_set;

/**
 * struct wire_vn_spec - Entry - what the virtual node is; the first one counts
 * @about: All of it
 */
struct wire_vn_spec {
	struct wire_vn_about about;
};

extern const struct wire_set wire_vn_spec_set;

#define WIRE_VN_REQUEST_OPERATION_LEN_MAX 64
#define WIRE_VN_REQUEST_ARGS_LEN_MAX	  65536

/**
 * struct wire_vn_request - Entry - a request
 * @ticket: Known to the vnoded that ordered it
 * @operation: What to do (1 to 64 bytes, UTF-8)
 * @args: Arguments (at most 65536 bytes)
 */
struct wire_vn_request {
	uint64_t ticket;
	struct bytes operation;
	struct bytes args;
};

extern const struct wire_set wire_vn_request_set;

/**
 * struct wire_vn_wake - Entry - the time of a waiting thread is up
 * @index: Place of its request in the log
 * @thread: Name of the thread
 * @wait: Number of its wait
 */
struct wire_vn_wake {
	uint64_t index;
	uint64_t thread;
	uint32_t wait;
};

extern const struct wire_set wire_vn_wake_set;

#define WIRE_VN_DECISIONS_MUTEXES_COUNT_MAX  1024
#define WIRE_VN_DECISIONS_THREADS_COUNT_MAX  1024
#define WIRE_VN_DECISIONS_REQUESTS_COUNT_MAX 1024
#define WIRE_VN_DECISIONS_VALUES_COUNT_MAX   1024

/**
 * struct wire_vn_decisions - Entry - who got which mutex (LSA) or which value
 *   (semi-active), in this order
 * @since: Index of the last vn-switch before them, 0 for none
 * @mutexes: Names of the mutexes, 0 for a value (at most 1024 elements)
 * @threads: Names of the threads (at most 1024 elements)
 * @requests: Places of their requests in the log (at most 1024 elements)
 * @values: The values, one for each mutex that is 0 (at most 1024 elements)
 */
struct wire_vn_decisions {
	uint64_t since;
	struct wire_u64_list mutexes;
	struct wire_u64_list threads;
	struct wire_u64_list requests;
	struct wire_u64_list values;
};

extern const struct wire_set wire_vn_decisions_set;

/**
 * struct wire_vn_noop - Entry - empty requests (PDS)
 * @since: Index of the last vn-switch before them, 0 for none
 * @count: How many (0 to 64)
 */
struct wire_vn_noop {
	uint64_t since;
	uint32_t count;
};

extern const struct wire_set wire_vn_noop_set;

/**
 * struct wire_vn_skip - Entry - a request crashed or hung; it counts up to here and no
 *   further
 * @index: Its place in the log
 * @cut: Operations that it still does, 0 for none of it
 */
struct wire_vn_skip {
	uint64_t index;
	uint32_t cut;
};

extern const struct wire_set wire_vn_skip_set;

/**
 * struct wire_vn_switch - Entry - another policy or scheduler, when what was ordered
 *   before has ended
 * @policy: Which replicas do the work (enum wire_vn_policy)
 * @scheduler: enum vsched_kind
 */
struct wire_vn_switch {
	uint32_t policy;
	uint32_t scheduler;
};

extern const struct wire_set wire_vn_switch_set;

#define WIRE_VN_DONE_INDEXES_COUNT_MAX 512
#define WIRE_VN_DONE_HASHES_COUNT_MAX  512

/**
 * struct wire_vn_done - Entry - what the leader's replica answered; a replica that
 *   answers otherwise is rebuilt
 * @indexes: Places in the log (at most 512 elements)
 * @hashes: Hashes of the replies (at most 512 elements)
 */
struct wire_vn_done {
	struct wire_u64_list indexes;
	struct wire_u64_list hashes;
};

extern const struct wire_set wire_vn_done_set;

#define WIRE_VN_UPDATE_OUTCOMES_COUNT_MAX 256
#define WIRE_VN_UPDATE_CHANGE_LEN_MAX	  65536

/**
 * struct wire_vn_update - Entry - a piece of what requests came to and changed (hot)
 * @maker: Identity of the host that did them
 * @piece: Number of the piece in the update
 * @last: It is the last piece; the update counts if none of its requests has an outcome
 *   yet
 * @outcomes: What requests came to (at most 256 elements)
 * @change: Bytes of what they changed (at most 65536 bytes)
 */
struct wire_vn_update {
	uint64_t maker;
	uint32_t piece;
	bool last;
	struct wire_vh_outcome_list outcomes;
	struct bytes change;
};

extern const struct wire_set wire_vn_update_set;

#define WIRE_VN_PENDING_ENTRY_LEN_MAX 66560

/**
 * struct wire_vn_pending - In a snapshot - a request behind which the snapshot is, and
 *   that has no outcome yet (hot)
 * @index: Its place in the log
 * @time_ns: Time of the log when it was ordered
 * @session: Session of the client, 0 for none
 * @number: Number of the request in its session
 * @entry: The vn-request (at most 66560 bytes)
 */
struct wire_vn_pending {
	uint64_t index;
	uint64_t time_ns;
	uint64_t session;
	uint64_t number;
	struct bytes entry;
};

extern const struct wire_set wire_vn_pending_set;

#define WIRE_VN_REPLY_DATA_LEN_MAX 61440

/**
 * struct wire_vn_reply - What a session remembers of a request
 * @result: What became of it (enum wire_vn_result)
 * @error: 0 or an errno of the service
 * @data: Reply (at most 61440 bytes)
 */
struct wire_vn_reply {
	uint32_t result;
	uint32_t error;
	struct bytes data;
};

extern const struct wire_set wire_vn_reply_set;

#define WIRE_VN_ASK_NAME_LEN_MAX 63

/**
 * struct wire_vn_ask - Whoever creates a virtual node asks a vnoded to take part
 * @group: Identity of the group
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 */
struct wire_vn_ask {
	uint64_t group;
	struct bytes name;
};

extern const struct wire_set wire_vn_ask_set;

/**
 * struct wire_vn_offer - A vnoded will take part
 * @group: Identity of the group
 * @tag: Identity of its replica; 0: it will not
 */
struct wire_vn_offer {
	uint64_t group;
	uint64_t tag;
};

extern const struct wire_set wire_vn_offer_set;

#define WIRE_VN_FOUND_MEMBERS_COUNT_MAX 7

/**
 * struct wire_vn_found - Found the group
 * @group: Identity of the group
 * @about: What it is
 * @members: Its replicas (at most 7 elements)
 */
struct wire_vn_found {
	uint64_t group;
	struct wire_vn_about about;
	struct wire_vn_member_list members;
};

extern const struct wire_set wire_vn_found_set;

/**
 * struct wire_vn_founded - The replica is there
 * @group: Identity of the group
 * @error: 0 or an errno
 */
struct wire_vn_founded {
	uint64_t group;
	uint32_t error;
};

extern const struct wire_set wire_vn_founded_set;

#define WIRE_VN_CALL_OPERATION_LEN_MAX 64
#define WIRE_VN_CALL_ARGS_LEN_MAX      65536

/**
 * struct wire_vn_call - A request of a client, sent on to the leader
 * @ticket: Number of the call at its sender
 * @group: Identity of the group
 * @kind: 0 a request, 1 a new session, 2 an entry of the container, 3 a vn-change, 4 a
 *   request if its operation changes nothing
 * @session: Session, 0 for none
 * @number: Number of the request in its session
 * @operation: What to do (at most 64 bytes, UTF-8)
 * @args: Arguments, or the entry (at most 65536 bytes)
 */
struct wire_vn_call {
	uint64_t ticket;
	uint64_t group;
	uint32_t kind;
	uint64_t session;
	uint64_t number;
	struct bytes operation;
	struct bytes args;
};

extern const struct wire_set wire_vn_call_set;

#define WIRE_VN_ANSWER_DATA_LEN_MAX 61440

/**
 * struct wire_vn_answer - What became of a vn-call
 * @ticket: Number of the call at its sender
 * @index: Place in the log, or the session; 0 without
 * @result: What became of it (enum wire_vn_result)
 * @error: 0 or an errno of the service
 * @data: Reply (at most 61440 bytes)
 */
struct wire_vn_answer {
	uint64_t ticket;
	uint64_t index;
	uint32_t result;
	uint32_t error;
	struct bytes data;
};

extern const struct wire_set wire_vn_answer_set;

/**
 * struct wire_vn_change - Content of a vn-call - change the replicas
 * @add: Where the vnoded of a new replica listens
 * @remove: Where the vnoded of a replica listens that goes
 * @has_add: is @add there?
 * @has_remove: is @remove there?
 */
struct wire_vn_change {
	struct xos_addr add;
	struct xos_addr remove;
	bool has_add;
	bool has_remove;
};

extern const struct wire_set wire_vn_change_set;

#define WIRE_VN_JOIN_NAME_LEN_MAX 63

/**
 * struct wire_vn_join - The leader asks a vnoded to make an empty replica
 * @group: Identity of the group
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 */
struct wire_vn_join {
	uint64_t group;
	struct bytes name;
};

extern const struct wire_set wire_vn_join_set;

/**
 * struct wire_vn_joined - The empty replica is there, also when it was before
 * @group: Identity of the group
 * @tag: Identity of the replica
 * @error: 0 or an errno
 */
struct wire_vn_joined {
	uint64_t group;
	uint64_t tag;
	uint32_t error;
};

extern const struct wire_set wire_vn_joined_set;

/**
 * struct wire_vn_leave - A replica is no member any more, which is committed; it can be
 *   deleted
 * @group: Identity of the group
 * @tag: Identity of the replica
 */
struct wire_vn_leave {
	uint64_t group;
	uint64_t tag;
};

extern const struct wire_set wire_vn_leave_set;

/* A whole vn-spec message is never longer. */
#define WIRE_VN_SPEC_SIZE_MAX 5271

extern const struct wire_msg wire_vn_spec_msg;

/**
 * wire_vn_spec_encode() - append a whole message: Entry - what the virtual node is; the
 *   first one counts
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_spec_encode(const struct wire_vn_spec *m, struct buf *out)
{
	return wire_encode(&wire_vn_spec_msg, m, out);
}

/**
 * wire_vn_spec_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_spec_decode(struct bytes in, struct wire_vn_spec *m)
{
	return wire_decode(&wire_vn_spec_msg, in, m);
}

/**
 * wire_vn_spec_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_spec_body_decode(const struct wire_header *h, struct wire_vn_spec *m)
{
	return wire_body_decode(&wire_vn_spec_msg, h, m);
}

/* A whole vn-request message is never longer. */
#define WIRE_VN_REQUEST_SIZE_MAX 65642

extern const struct wire_msg wire_vn_request_msg;

/**
 * wire_vn_request_encode() - append a whole message: Entry - a request
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_request_encode(const struct wire_vn_request *m, struct buf *out)
{
	return wire_encode(&wire_vn_request_msg, m, out);
}

/**
 * wire_vn_request_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_request_decode(struct bytes in, struct wire_vn_request *m)
{
	return wire_decode(&wire_vn_request_msg, in, m);
}

/**
 * wire_vn_request_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_request_body_decode(const struct wire_header *h,
					      struct wire_vn_request *m)
{
	return wire_body_decode(&wire_vn_request_msg, h, m);
}

/* A whole vn-wake message is never longer. */
#define WIRE_VN_WAKE_SIZE_MAX 54

extern const struct wire_msg wire_vn_wake_msg;

/**
 * wire_vn_wake_encode() - append a whole message: Entry - the time of a waiting thread is
 *   up
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_wake_encode(const struct wire_vn_wake *m, struct buf *out)
{
	return wire_encode(&wire_vn_wake_msg, m, out);
}

/**
 * wire_vn_wake_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_wake_decode(struct bytes in, struct wire_vn_wake *m)
{
	return wire_decode(&wire_vn_wake_msg, in, m);
}

/**
 * wire_vn_wake_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_wake_body_decode(const struct wire_header *h, struct wire_vn_wake *m)
{
	return wire_body_decode(&wire_vn_wake_msg, h, m);
}

/* A whole vn-decisions message is never longer. */
#define WIRE_VN_DECISIONS_SIZE_MAX 57374

extern const struct wire_msg wire_vn_decisions_msg;

/**
 * wire_vn_decisions_encode() - append a whole message: Entry - who got which mutex (LSA)
 *   or which value (semi-active), in this order
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_decisions_encode(const struct wire_vn_decisions *m, struct buf *out)
{
	return wire_encode(&wire_vn_decisions_msg, m, out);
}

/**
 * wire_vn_decisions_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_decisions_decode(struct bytes in, struct wire_vn_decisions *m)
{
	return wire_decode(&wire_vn_decisions_msg, in, m);
}

/**
 * wire_vn_decisions_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_decisions_body_decode(const struct wire_header *h,
						struct wire_vn_decisions *m)
{
	return wire_body_decode(&wire_vn_decisions_msg, h, m);
}

/* A whole vn-noop message is never longer. */
#define WIRE_VN_NOOP_SIZE_MAX 40

extern const struct wire_msg wire_vn_noop_msg;

/**
 * wire_vn_noop_encode() - append a whole message: Entry - empty requests (PDS)
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_noop_encode(const struct wire_vn_noop *m, struct buf *out)
{
	return wire_encode(&wire_vn_noop_msg, m, out);
}

/**
 * wire_vn_noop_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_noop_decode(struct bytes in, struct wire_vn_noop *m)
{
	return wire_decode(&wire_vn_noop_msg, in, m);
}

/**
 * wire_vn_noop_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_noop_body_decode(const struct wire_header *h, struct wire_vn_noop *m)
{
	return wire_body_decode(&wire_vn_noop_msg, h, m);
}

/* A whole vn-skip message is never longer. */
#define WIRE_VN_SKIP_SIZE_MAX 40

extern const struct wire_msg wire_vn_skip_msg;

/**
 * wire_vn_skip_encode() - append a whole message: Entry - a request crashed or hung; it
 *   counts up to here and no further
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_skip_encode(const struct wire_vn_skip *m, struct buf *out)
{
	return wire_encode(&wire_vn_skip_msg, m, out);
}

/**
 * wire_vn_skip_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_skip_decode(struct bytes in, struct wire_vn_skip *m)
{
	return wire_decode(&wire_vn_skip_msg, in, m);
}

/**
 * wire_vn_skip_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_skip_body_decode(const struct wire_header *h, struct wire_vn_skip *m)
{
	return wire_body_decode(&wire_vn_skip_msg, h, m);
}

/* A whole vn-switch message is never longer. */
#define WIRE_VN_SWITCH_SIZE_MAX 36

extern const struct wire_msg wire_vn_switch_msg;

/**
 * wire_vn_switch_encode() - append a whole message: Entry - another policy or scheduler,
 *   when what was ordered before has ended
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_switch_encode(const struct wire_vn_switch *m, struct buf *out)
{
	return wire_encode(&wire_vn_switch_msg, m, out);
}

/**
 * wire_vn_switch_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_switch_decode(struct bytes in, struct wire_vn_switch *m)
{
	return wire_decode(&wire_vn_switch_msg, in, m);
}

/**
 * wire_vn_switch_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_switch_body_decode(const struct wire_header *h, struct wire_vn_switch *m)
{
	return wire_body_decode(&wire_vn_switch_msg, h, m);
}

/* A whole vn-done message is never longer. */
#define WIRE_VN_DONE_SIZE_MAX 14352

extern const struct wire_msg wire_vn_done_msg;

/**
 * wire_vn_done_encode() - append a whole message: Entry - what the leader's replica
 *   answered; a replica that answers otherwise is rebuilt
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_done_encode(const struct wire_vn_done *m, struct buf *out)
{
	return wire_encode(&wire_vn_done_msg, m, out);
}

/**
 * wire_vn_done_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_done_decode(struct bytes in, struct wire_vn_done *m)
{
	return wire_decode(&wire_vn_done_msg, in, m);
}

/**
 * wire_vn_done_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_done_body_decode(const struct wire_header *h, struct wire_vn_done *m)
{
	return wire_body_decode(&wire_vn_done_msg, h, m);
}

/* A whole vn-update message is never longer. */
#define WIRE_VN_UPDATE_SIZE_MAX 1048576

extern const struct wire_msg wire_vn_update_msg;

/**
 * wire_vn_update_encode() - append a whole message: Entry - a piece of what requests came
 *   to and changed (hot)
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_update_encode(const struct wire_vn_update *m, struct buf *out)
{
	return wire_encode(&wire_vn_update_msg, m, out);
}

/**
 * wire_vn_update_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_update_decode(struct bytes in, struct wire_vn_update *m)
{
	return wire_decode(&wire_vn_update_msg, in, m);
}

/**
 * wire_vn_update_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_update_body_decode(const struct wire_header *h, struct wire_vn_update *m)
{
	return wire_body_decode(&wire_vn_update_msg, h, m);
}

/* A whole vn-pending message is never longer. */
#define WIRE_VN_PENDING_SIZE_MAX 66638

extern const struct wire_msg wire_vn_pending_msg;

/**
 * wire_vn_pending_encode() - append a whole message: In a snapshot - a request behind
 *   which the snapshot is, and that has no outcome yet (hot)
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_pending_encode(const struct wire_vn_pending *m, struct buf *out)
{
	return wire_encode(&wire_vn_pending_msg, m, out);
}

/**
 * wire_vn_pending_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_pending_decode(struct bytes in, struct wire_vn_pending *m)
{
	return wire_decode(&wire_vn_pending_msg, in, m);
}

/**
 * wire_vn_pending_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_pending_body_decode(const struct wire_header *h,
					      struct wire_vn_pending *m)
{
	return wire_body_decode(&wire_vn_pending_msg, h, m);
}

/* A whole vn-reply message is never longer. */
#define WIRE_VN_REPLY_SIZE_MAX 61482

extern const struct wire_msg wire_vn_reply_msg;

/**
 * wire_vn_reply_encode() - append a whole message: What a session remembers of a request
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_reply_encode(const struct wire_vn_reply *m, struct buf *out)
{
	return wire_encode(&wire_vn_reply_msg, m, out);
}

/**
 * wire_vn_reply_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_reply_decode(struct bytes in, struct wire_vn_reply *m)
{
	return wire_decode(&wire_vn_reply_msg, in, m);
}

/**
 * wire_vn_reply_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_reply_body_decode(const struct wire_header *h, struct wire_vn_reply *m)
{
	return wire_body_decode(&wire_vn_reply_msg, h, m);
}

/* A whole vn-ask message is never longer. */
#define WIRE_VN_ASK_SIZE_MAX 99

extern const struct wire_msg wire_vn_ask_msg;

/**
 * wire_vn_ask_encode() - append a whole message: Whoever creates a virtual node asks a
 *   vnoded to take part
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_ask_encode(const struct wire_vn_ask *m, struct buf *out)
{
	return wire_encode(&wire_vn_ask_msg, m, out);
}

/**
 * wire_vn_ask_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_ask_decode(struct bytes in, struct wire_vn_ask *m)
{
	return wire_decode(&wire_vn_ask_msg, in, m);
}

/**
 * wire_vn_ask_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_ask_body_decode(const struct wire_header *h, struct wire_vn_ask *m)
{
	return wire_body_decode(&wire_vn_ask_msg, h, m);
}

/* A whole vn-offer message is never longer. */
#define WIRE_VN_OFFER_SIZE_MAX 44

extern const struct wire_msg wire_vn_offer_msg;

/**
 * wire_vn_offer_encode() - append a whole message: A vnoded will take part
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_offer_encode(const struct wire_vn_offer *m, struct buf *out)
{
	return wire_encode(&wire_vn_offer_msg, m, out);
}

/**
 * wire_vn_offer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_offer_decode(struct bytes in, struct wire_vn_offer *m)
{
	return wire_decode(&wire_vn_offer_msg, in, m);
}

/**
 * wire_vn_offer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_offer_body_decode(const struct wire_header *h, struct wire_vn_offer *m)
{
	return wire_body_decode(&wire_vn_offer_msg, h, m);
}

/* A whole vn-found message is never longer. */
#define WIRE_VN_FOUND_SIZE_MAX 5747

extern const struct wire_msg wire_vn_found_msg;

/**
 * wire_vn_found_encode() - append a whole message: Found the group
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_found_encode(const struct wire_vn_found *m, struct buf *out)
{
	return wire_encode(&wire_vn_found_msg, m, out);
}

/**
 * wire_vn_found_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_found_decode(struct bytes in, struct wire_vn_found *m)
{
	return wire_decode(&wire_vn_found_msg, in, m);
}

/**
 * wire_vn_found_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_found_body_decode(const struct wire_header *h, struct wire_vn_found *m)
{
	return wire_body_decode(&wire_vn_found_msg, h, m);
}

/* A whole vn-founded message is never longer. */
#define WIRE_VN_FOUNDED_SIZE_MAX 40

extern const struct wire_msg wire_vn_founded_msg;

/**
 * wire_vn_founded_encode() - append a whole message: The replica is there
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_founded_encode(const struct wire_vn_founded *m, struct buf *out)
{
	return wire_encode(&wire_vn_founded_msg, m, out);
}

/**
 * wire_vn_founded_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_founded_decode(struct bytes in, struct wire_vn_founded *m)
{
	return wire_decode(&wire_vn_founded_msg, in, m);
}

/**
 * wire_vn_founded_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_founded_body_decode(const struct wire_header *h,
					      struct wire_vn_founded *m)
{
	return wire_body_decode(&wire_vn_founded_msg, h, m);
}

/* A whole vn-call message is never longer. */
#define WIRE_VN_CALL_SIZE_MAX 65694

extern const struct wire_msg wire_vn_call_msg;

/**
 * wire_vn_call_encode() - append a whole message: A request of a client, sent on to the
 *   leader
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_call_encode(const struct wire_vn_call *m, struct buf *out)
{
	return wire_encode(&wire_vn_call_msg, m, out);
}

/**
 * wire_vn_call_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_call_decode(struct bytes in, struct wire_vn_call *m)
{
	return wire_decode(&wire_vn_call_msg, in, m);
}

/**
 * wire_vn_call_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_call_body_decode(const struct wire_header *h, struct wire_vn_call *m)
{
	return wire_body_decode(&wire_vn_call_msg, h, m);
}

/* A whole vn-answer message is never longer. */
#define WIRE_VN_ANSWER_SIZE_MAX 61510

extern const struct wire_msg wire_vn_answer_msg;

/**
 * wire_vn_answer_encode() - append a whole message: What became of a vn-call
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_answer_encode(const struct wire_vn_answer *m, struct buf *out)
{
	return wire_encode(&wire_vn_answer_msg, m, out);
}

/**
 * wire_vn_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_answer_decode(struct bytes in, struct wire_vn_answer *m)
{
	return wire_decode(&wire_vn_answer_msg, in, m);
}

/**
 * wire_vn_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_answer_body_decode(const struct wire_header *h, struct wire_vn_answer *m)
{
	return wire_body_decode(&wire_vn_answer_msg, h, m);
}

/* A whole vn-change message is never longer. */
#define WIRE_VN_CHANGE_SIZE_MAX 64

extern const struct wire_msg wire_vn_change_msg;

/**
 * wire_vn_change_encode() - append a whole message: Content of a vn-call - change the
 *   replicas
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_change_encode(const struct wire_vn_change *m, struct buf *out)
{
	return wire_encode(&wire_vn_change_msg, m, out);
}

/**
 * wire_vn_change_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_change_decode(struct bytes in, struct wire_vn_change *m)
{
	return wire_decode(&wire_vn_change_msg, in, m);
}

/**
 * wire_vn_change_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_change_body_decode(const struct wire_header *h, struct wire_vn_change *m)
{
	return wire_body_decode(&wire_vn_change_msg, h, m);
}

/* A whole vn-join message is never longer. */
#define WIRE_VN_JOIN_SIZE_MAX 99

extern const struct wire_msg wire_vn_join_msg;

/**
 * wire_vn_join_encode() - append a whole message: The leader asks a vnoded to make an
 *   empty replica
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_join_encode(const struct wire_vn_join *m, struct buf *out)
{
	return wire_encode(&wire_vn_join_msg, m, out);
}

/**
 * wire_vn_join_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_join_decode(struct bytes in, struct wire_vn_join *m)
{
	return wire_decode(&wire_vn_join_msg, in, m);
}

/**
 * wire_vn_join_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_join_body_decode(const struct wire_header *h, struct wire_vn_join *m)
{
	return wire_body_decode(&wire_vn_join_msg, h, m);
}

/* A whole vn-joined message is never longer. */
#define WIRE_VN_JOINED_SIZE_MAX 54

extern const struct wire_msg wire_vn_joined_msg;

/**
 * wire_vn_joined_encode() - append a whole message: The empty replica is there, also when
 *   it was before
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_joined_encode(const struct wire_vn_joined *m, struct buf *out)
{
	return wire_encode(&wire_vn_joined_msg, m, out);
}

/**
 * wire_vn_joined_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_joined_decode(struct bytes in, struct wire_vn_joined *m)
{
	return wire_decode(&wire_vn_joined_msg, in, m);
}

/**
 * wire_vn_joined_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_joined_body_decode(const struct wire_header *h, struct wire_vn_joined *m)
{
	return wire_body_decode(&wire_vn_joined_msg, h, m);
}

/* A whole vn-leave message is never longer. */
#define WIRE_VN_LEAVE_SIZE_MAX 44

extern const struct wire_msg wire_vn_leave_msg;

/**
 * wire_vn_leave_encode() - append a whole message: A replica is no member any more, which
 *   is committed; it can be deleted
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vn_leave_encode(const struct wire_vn_leave *m, struct buf *out)
{
	return wire_encode(&wire_vn_leave_msg, m, out);
}

/**
 * wire_vn_leave_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_leave_decode(struct bytes in, struct wire_vn_leave *m)
{
	return wire_decode(&wire_vn_leave_msg, in, m);
}

/**
 * wire_vn_leave_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vn_leave_body_decode(const struct wire_header *h, struct wire_vn_leave *m)
{
	return wire_body_decode(&wire_vn_leave_msg, h, m);
}

#endif
