/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/vnhost.yaml
 * by scripts/gen.
 *
 * What vnoded and the process that hosts a service say to each other on the socket
 * between them. Events of the log go to the host in their order; what its threads did
 * comes back. All messages travel on one stream in each direction.
 */
#ifndef _XOS_WIRE_VNHOST_H
#define _XOS_WIRE_VNHOST_H

#include <wire/wire.h>
#include <wire/common.h>

/* Longest name of an operation, in bytes. */
#define WIRE_VH_OP_MAX 64

/* Longest arguments of a request, in bytes. */
#define WIRE_VH_ARGS_MAX 65536

/* Longest reply of a request, in bytes. */
#define WIRE_VH_REPLY_MAX 61440

/* Longest piece of a snapshot, in bytes. */
#define WIRE_VH_CHUNK_MAX 65536

/* Longest path of a service, in bytes. */
#define WIRE_VH_PATH_MAX 1024

/* Longest configuration text of a service, in bytes. */
#define WIRE_VH_CONFIG_MAX 4096

/* Most decisions in one message. */
#define WIRE_VH_DECISIONS_MAX 1024

/* Most operations that a service says something about. */
#define WIRE_VH_OPERATIONS_MAX 64

/* Most outcomes of requests in one message. */
#define WIRE_VH_OUTCOMES_MAX 256

/* Most bytes that the requests of one update may change (hot). */
#define WIRE_VH_UPDATE_MAX 0x400000

/* Longest request with its header, in bytes. */
#define WIRE_VH_PENDING_MAX 66560

#define WIRE_VH_OUTCOME_DATA_LEN_MAX 61440

/**
 * struct wire_vh_outcome - What a request came to
 * @index: Its place in the log
 * @error: 0 or an errno of the service
 * @data: Reply (at most 61440 bytes)
 */
struct wire_vh_outcome {
	uint64_t index;
	uint32_t error;
	struct bytes data;
};

extern const struct wire_set wire_vh_outcome_set;

/**
 * struct wire_vh_outcome_list - list of struct wire_vh_outcome
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_vh_outcome_list {
	const struct wire_vh_outcome *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_vh_outcome_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_vh_outcome_list_next(const struct wire_vh_outcome_list *l, size_t *pos,
					     struct wire_vh_outcome *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_vh_outcome_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_VH_OPERATION_NAME_LEN_MAX 64

/**
 * struct wire_vh_operation - What a service says about one of its operations
 * @name: Its name (1 to 64 bytes, UTF-8)
 * @read_only: It changes nothing
 */
struct wire_vh_operation {
	struct bytes name;
	bool read_only;
};

extern const struct wire_set wire_vh_operation_set;

/**
 * struct wire_vh_operation_list - list of struct wire_vh_operation
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_vh_operation_list {
	const struct wire_vh_operation *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_vh_operation_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_vh_operation_list_next(const struct wire_vh_operation_list *l, size_t *pos,
					       struct wire_vh_operation *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_vh_operation_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_VH_BEGIN_PATH_LEN_MAX   1024
#define WIRE_VH_BEGIN_CONFIG_LEN_MAX 4096

/**
 * struct wire_vh_begin - To the host, first - load the service
 * @path: File of the service (1 to 1024 bytes, UTF-8)
 * @config: Text that the service is started with (at most 4096 bytes, UTF-8)
 * @scheduler: enum vsched_kind
 * @leader: This replica decides
 * @memory_max: Bytes that one request may allocate, 0 for any number
 * @restore: Pieces of a snapshot follow instead of a start from nothing
 * @observe: Clocks and random numbers are what the leader's machine has, by decisions
 * @changes: Requests end without a reply, by vh-ended; vh-collect asks for what they
 *   changed (hot)
 */
struct wire_vh_begin {
	struct bytes path;
	struct bytes config;
	uint32_t scheduler;
	bool leader;
	uint64_t memory_max;
	bool restore;
	bool observe;
	bool changes;
};

extern const struct wire_set wire_vh_begin_set;

#define WIRE_VH_CHUNK_DATA_LEN_MAX 65536

/**
 * struct wire_vh_chunk - A piece of a snapshot, in either direction
 * @data: Bytes (at most 65536 bytes)
 * @last: It is the last piece
 */
struct wire_vh_chunk {
	struct bytes data;
	bool last;
};

extern const struct wire_set wire_vh_chunk_set;

#define WIRE_VH_READY_NAME_LEN_MAX	   64
#define WIRE_VH_READY_OPERATIONS_COUNT_MAX 64

/**
 * struct wire_vh_ready - From the host - the service runs
 * @name: What the service calls itself (at most 64 bytes, UTF-8)
 * @operations: What it says about its operations (at most 64 elements)
 */
struct wire_vh_ready {
	struct bytes name;
	struct wire_vh_operation_list operations;
};

extern const struct wire_set wire_vh_ready_set;

#define WIRE_VH_FAILED_TEXT_LEN_MAX 256

/**
 * struct wire_vh_failed - From the host - the service does not run; the host ends
 * @text: Why (at most 256 bytes, UTF-8)
 */
struct wire_vh_failed {
	struct bytes text;
};

extern const struct wire_set wire_vh_failed_set;

#define WIRE_VH_REQUEST_OPERATION_LEN_MAX 64
#define WIRE_VH_REQUEST_ARGS_LEN_MAX	  65536

/**
 * struct wire_vh_request - To the host - a request of the log
 * @index: Its place in the log
 * @time_ns: Time of the log when it was ordered
 * @operation: What to do (at most 64 bytes, UTF-8)
 * @args: Arguments (at most 65536 bytes)
 * @cut: The request ends after this many operations; it failed then
 * @has_cut: is @cut there?
 */
struct wire_vh_request {
	uint64_t index;
	uint64_t time_ns;
	struct bytes operation;
	struct bytes args;
	uint32_t cut;
	bool has_cut;
};

extern const struct wire_set wire_vh_request_set;

#define WIRE_VH_REPLY_DATA_LEN_MAX 61440

/**
 * struct wire_vh_reply - From the host - a request ended
 * @index: Its place in the log
 * @error: 0 or an errno of the service
 * @trace: Hash over the mutexes that it was granted
 * @data: Reply (at most 61440 bytes)
 */
struct wire_vh_reply {
	uint64_t index;
	uint32_t error;
	uint64_t trace;
	struct bytes data;
};

extern const struct wire_set wire_vh_reply_set;

/**
 * struct wire_vh_wait - From the host - a thread waits for a time
 * @index: Place of its request in the log
 * @thread: Name of the thread
 * @wait: Number of its wait
 * @delay_ns: How long
 */
struct wire_vh_wait {
	uint64_t index;
	uint64_t thread;
	uint32_t wait;
	uint64_t delay_ns;
};

extern const struct wire_set wire_vh_wait_set;

/**
 * struct wire_vh_wake - To the host - the time of a thread is up
 * @index: Place of its request in the log
 * @thread: Name of the thread
 * @wait: Number of its wait
 */
struct wire_vh_wake {
	uint64_t index;
	uint64_t thread;
	uint32_t wait;
};

extern const struct wire_set wire_vh_wake_set;

#define WIRE_VH_DECISIONS_MUTEXES_COUNT_MAX  1024
#define WIRE_VH_DECISIONS_THREADS_COUNT_MAX  1024
#define WIRE_VH_DECISIONS_REQUESTS_COUNT_MAX 1024
#define WIRE_VH_DECISIONS_VALUES_COUNT_MAX   1024

/**
 * struct wire_vh_decisions - In either direction - who got which mutex (LSA) or which
 *   value (semi-active), in this order
 * @mutexes: Names of the mutexes, 0 for a value (at most 1024 elements)
 * @threads: Names of the threads (at most 1024 elements)
 * @requests: Places of their requests in the log (at most 1024 elements)
 * @values: The values, one for each mutex that is 0 (at most 1024 elements)
 */
struct wire_vh_decisions {
	struct wire_u64_list mutexes;
	struct wire_u64_list threads;
	struct wire_u64_list requests;
	struct wire_u64_list values;
};

extern const struct wire_set wire_vh_decisions_set;

/**
 * struct wire_vh_stable - To the host that decides - so many of its decisions are in the
 *   log; replies wait for them
 * @count: How many since it began to decide
 */
struct wire_vh_stable {
	uint64_t count;
};

extern const struct wire_set wire_vh_stable_set;

/**
 * struct wire_vh_starved - From the host - a round of PDS lacks requests
 * @missing: How many
 */
struct wire_vh_starved {
	uint32_t missing;
};

extern const struct wire_set wire_vh_starved_set;

/**
 * struct wire_vh_noop - To the host - empty requests of the log
 * @count: How many
 */
struct wire_vh_noop {
	uint32_t count;
};

extern const struct wire_set wire_vh_noop_set;

/**
 * struct wire_vh_lead - To the host - decide, or follow, from now on
 * @leader: Decide
 */
struct wire_vh_lead {
	bool leader;
};

extern const struct wire_set wire_vh_lead_set;

/**
 * struct wire_vh_schedule - To the host, which has no request - go on with another
 *   scheduler
 * @scheduler: enum vsched_kind
 * @observe: As of vh-begin
 * @changes: As of vh-begin
 */
struct wire_vh_schedule {
	uint32_t scheduler;
	bool observe;
	bool changes;
};

extern const struct wire_set wire_vh_schedule_set;

/**
 * struct wire_vh_snapshot - To the host, which has no request - make a snapshot
 * @index: Last entry that it has in it
 */
struct wire_vh_snapshot {
	uint64_t index;
};

extern const struct wire_set wire_vh_snapshot_set;

#define WIRE_VH_READ_OPERATION_LEN_MAX 64
#define WIRE_VH_READ_ARGS_LEN_MAX      65536

/**
 * struct wire_vh_read - To the host, which has no request - a read-only request outside
 *   of the log
 * @number: Its number; the uppermost bit is set, as of no place in the log
 * @time_ns: Time of the log
 * @operation: What to do (at most 64 bytes, UTF-8)
 * @args: Arguments (at most 65536 bytes)
 */
struct wire_vh_read {
	uint64_t number;
	uint64_t time_ns;
	struct bytes operation;
	struct bytes args;
};

extern const struct wire_set wire_vh_read_set;

#define WIRE_VH_RESULT_DATA_LEN_MAX 61440

/**
 * struct wire_vh_result - From the host - a read-only request ended
 * @number: Its number
 * @error: 0 or an errno of the service
 * @data: Reply (at most 61440 bytes)
 */
struct wire_vh_result {
	uint64_t number;
	uint32_t error;
	struct bytes data;
};

extern const struct wire_set wire_vh_result_set;

/**
 * struct wire_vh_ended - From the host - a request ended; what it came to goes into the
 *   next update (hot)
 * @index: Its place in the log
 */
struct wire_vh_ended {
	uint64_t index;
};

extern const struct wire_set wire_vh_ended_set;

/**
 * struct wire_vh_collect - To the host, which has no request - the next piece of an
 *   update, of all that ended since the last one
 * @unused: the set has no attribute
 */
struct wire_vh_collect {
	uint8_t unused;
};

extern const struct wire_set wire_vh_collect_set;

#define WIRE_VH_UPDATE_OUTCOMES_COUNT_MAX 256
#define WIRE_VH_UPDATE_CHANGE_LEN_MAX	  65536

/**
 * struct wire_vh_update - From the host - a piece of an update
 * @last: It is the last piece
 * @outcomes: What requests came to (at most 256 elements)
 * @change: Bytes of what they changed (at most 65536 bytes)
 */
struct wire_vh_update {
	bool last;
	struct wire_vh_outcome_list outcomes;
	struct bytes change;
};

extern const struct wire_set wire_vh_update_set;

#define WIRE_VH_APPLY_CHANGE_LEN_MAX 65536

/**
 * struct wire_vh_apply - To the host, which has no request - a piece of what the requests
 *   of another host changed
 * @last: It is the last piece
 * @change: Bytes (at most 65536 bytes)
 */
struct wire_vh_apply {
	bool last;
	struct bytes change;
};

extern const struct wire_set wire_vh_apply_set;

/* A whole vh-begin message is never longer. */
#define WIRE_VH_BEGIN_SIZE_MAX 5196

extern const struct wire_msg wire_vh_begin_msg;

/**
 * wire_vh_begin_encode() - append a whole message: To the host, first - load the service
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_begin_encode(const struct wire_vh_begin *m, struct buf *out)
{
	return wire_encode(&wire_vh_begin_msg, m, out);
}

/**
 * wire_vh_begin_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_begin_decode(struct bytes in, struct wire_vh_begin *m)
{
	return wire_decode(&wire_vh_begin_msg, in, m);
}

/**
 * wire_vh_begin_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_begin_body_decode(const struct wire_header *h, struct wire_vh_begin *m)
{
	return wire_body_decode(&wire_vh_begin_msg, h, m);
}

/* A whole vh-chunk message is never longer. */
#define WIRE_VH_CHUNK_SIZE_MAX 65564

extern const struct wire_msg wire_vh_chunk_msg;

/**
 * wire_vh_chunk_encode() - append a whole message: A piece of a snapshot, in either
 *   direction
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_chunk_encode(const struct wire_vh_chunk *m, struct buf *out)
{
	return wire_encode(&wire_vh_chunk_msg, m, out);
}

/**
 * wire_vh_chunk_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_chunk_decode(struct bytes in, struct wire_vh_chunk *m)
{
	return wire_decode(&wire_vh_chunk_msg, in, m);
}

/**
 * wire_vh_chunk_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_chunk_body_decode(const struct wire_header *h, struct wire_vh_chunk *m)
{
	return wire_body_decode(&wire_vh_chunk_msg, h, m);
}

/* A whole vh-ready message is never longer. */
#define WIRE_VH_READY_SIZE_MAX 5334

extern const struct wire_msg wire_vh_ready_msg;

/**
 * wire_vh_ready_encode() - append a whole message: From the host - the service runs
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_ready_encode(const struct wire_vh_ready *m, struct buf *out)
{
	return wire_encode(&wire_vh_ready_msg, m, out);
}

/**
 * wire_vh_ready_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_ready_decode(struct bytes in, struct wire_vh_ready *m)
{
	return wire_decode(&wire_vh_ready_msg, in, m);
}

/**
 * wire_vh_ready_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_ready_body_decode(const struct wire_header *h, struct wire_vh_ready *m)
{
	return wire_body_decode(&wire_vh_ready_msg, h, m);
}

/* A whole vh-failed message is never longer. */
#define WIRE_VH_FAILED_SIZE_MAX 278

extern const struct wire_msg wire_vh_failed_msg;

/**
 * wire_vh_failed_encode() - append a whole message: From the host - the service does not
 *   run; the host ends
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_failed_encode(const struct wire_vh_failed *m, struct buf *out)
{
	return wire_encode(&wire_vh_failed_msg, m, out);
}

/**
 * wire_vh_failed_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_failed_decode(struct bytes in, struct wire_vh_failed *m)
{
	return wire_decode(&wire_vh_failed_msg, in, m);
}

/**
 * wire_vh_failed_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_failed_body_decode(const struct wire_header *h, struct wire_vh_failed *m)
{
	return wire_body_decode(&wire_vh_failed_msg, h, m);
}

/* A whole vh-request message is never longer. */
#define WIRE_VH_REQUEST_SIZE_MAX 65666

extern const struct wire_msg wire_vh_request_msg;

/**
 * wire_vh_request_encode() - append a whole message: To the host - a request of the log
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_request_encode(const struct wire_vh_request *m, struct buf *out)
{
	return wire_encode(&wire_vh_request_msg, m, out);
}

/**
 * wire_vh_request_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_request_decode(struct bytes in, struct wire_vh_request *m)
{
	return wire_decode(&wire_vh_request_msg, in, m);
}

/**
 * wire_vh_request_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_request_body_decode(const struct wire_header *h,
					      struct wire_vh_request *m)
{
	return wire_body_decode(&wire_vh_request_msg, h, m);
}

/* A whole vh-reply message is never longer. */
#define WIRE_VH_REPLY_SIZE_MAX 61500

extern const struct wire_msg wire_vh_reply_msg;

/**
 * wire_vh_reply_encode() - append a whole message: From the host - a request ended
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_reply_encode(const struct wire_vh_reply *m, struct buf *out)
{
	return wire_encode(&wire_vh_reply_msg, m, out);
}

/**
 * wire_vh_reply_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_reply_decode(struct bytes in, struct wire_vh_reply *m)
{
	return wire_decode(&wire_vh_reply_msg, in, m);
}

/**
 * wire_vh_reply_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_reply_body_decode(const struct wire_header *h, struct wire_vh_reply *m)
{
	return wire_body_decode(&wire_vh_reply_msg, h, m);
}

/* A whole vh-wait message is never longer. */
#define WIRE_VH_WAIT_SIZE_MAX 68

extern const struct wire_msg wire_vh_wait_msg;

/**
 * wire_vh_wait_encode() - append a whole message: From the host - a thread waits for a
 *   time
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_wait_encode(const struct wire_vh_wait *m, struct buf *out)
{
	return wire_encode(&wire_vh_wait_msg, m, out);
}

/**
 * wire_vh_wait_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_wait_decode(struct bytes in, struct wire_vh_wait *m)
{
	return wire_decode(&wire_vh_wait_msg, in, m);
}

/**
 * wire_vh_wait_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_wait_body_decode(const struct wire_header *h, struct wire_vh_wait *m)
{
	return wire_body_decode(&wire_vh_wait_msg, h, m);
}

/* A whole vh-wake message is never longer. */
#define WIRE_VH_WAKE_SIZE_MAX 54

extern const struct wire_msg wire_vh_wake_msg;

/**
 * wire_vh_wake_encode() - append a whole message: To the host - the time of a thread is
 *   up
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_wake_encode(const struct wire_vh_wake *m, struct buf *out)
{
	return wire_encode(&wire_vh_wake_msg, m, out);
}

/**
 * wire_vh_wake_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_wake_decode(struct bytes in, struct wire_vh_wake *m)
{
	return wire_decode(&wire_vh_wake_msg, in, m);
}

/**
 * wire_vh_wake_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_wake_body_decode(const struct wire_header *h, struct wire_vh_wake *m)
{
	return wire_body_decode(&wire_vh_wake_msg, h, m);
}

/* A whole vh-decisions message is never longer. */
#define WIRE_VH_DECISIONS_SIZE_MAX 57360

extern const struct wire_msg wire_vh_decisions_msg;

/**
 * wire_vh_decisions_encode() - append a whole message: In either direction - who got
 *   which mutex (LSA) or which value (semi-active), in this order
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_decisions_encode(const struct wire_vh_decisions *m, struct buf *out)
{
	return wire_encode(&wire_vh_decisions_msg, m, out);
}

/**
 * wire_vh_decisions_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_decisions_decode(struct bytes in, struct wire_vh_decisions *m)
{
	return wire_decode(&wire_vh_decisions_msg, in, m);
}

/**
 * wire_vh_decisions_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_decisions_body_decode(const struct wire_header *h,
						struct wire_vh_decisions *m)
{
	return wire_body_decode(&wire_vh_decisions_msg, h, m);
}

/* A whole vh-stable message is never longer. */
#define WIRE_VH_STABLE_SIZE_MAX 30

extern const struct wire_msg wire_vh_stable_msg;

/**
 * wire_vh_stable_encode() - append a whole message: To the host that decides - so many of
 *   its decisions are in the log; replies wait for them
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_stable_encode(const struct wire_vh_stable *m, struct buf *out)
{
	return wire_encode(&wire_vh_stable_msg, m, out);
}

/**
 * wire_vh_stable_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_stable_decode(struct bytes in, struct wire_vh_stable *m)
{
	return wire_decode(&wire_vh_stable_msg, in, m);
}

/**
 * wire_vh_stable_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_stable_body_decode(const struct wire_header *h, struct wire_vh_stable *m)
{
	return wire_body_decode(&wire_vh_stable_msg, h, m);
}

/* A whole vh-starved message is never longer. */
#define WIRE_VH_STARVED_SIZE_MAX 26

extern const struct wire_msg wire_vh_starved_msg;

/**
 * wire_vh_starved_encode() - append a whole message: From the host - a round of PDS lacks
 *   requests
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_starved_encode(const struct wire_vh_starved *m, struct buf *out)
{
	return wire_encode(&wire_vh_starved_msg, m, out);
}

/**
 * wire_vh_starved_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_starved_decode(struct bytes in, struct wire_vh_starved *m)
{
	return wire_decode(&wire_vh_starved_msg, in, m);
}

/**
 * wire_vh_starved_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_starved_body_decode(const struct wire_header *h,
					      struct wire_vh_starved *m)
{
	return wire_body_decode(&wire_vh_starved_msg, h, m);
}

/* A whole vh-noop message is never longer. */
#define WIRE_VH_NOOP_SIZE_MAX 26

extern const struct wire_msg wire_vh_noop_msg;

/**
 * wire_vh_noop_encode() - append a whole message: To the host - empty requests of the log
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_noop_encode(const struct wire_vh_noop *m, struct buf *out)
{
	return wire_encode(&wire_vh_noop_msg, m, out);
}

/**
 * wire_vh_noop_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_noop_decode(struct bytes in, struct wire_vh_noop *m)
{
	return wire_decode(&wire_vh_noop_msg, in, m);
}

/**
 * wire_vh_noop_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_noop_body_decode(const struct wire_header *h, struct wire_vh_noop *m)
{
	return wire_body_decode(&wire_vh_noop_msg, h, m);
}

/* A whole vh-lead message is never longer. */
#define WIRE_VH_LEAD_SIZE_MAX 22

extern const struct wire_msg wire_vh_lead_msg;

/**
 * wire_vh_lead_encode() - append a whole message: To the host - decide, or follow, from
 *   now on
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_lead_encode(const struct wire_vh_lead *m, struct buf *out)
{
	return wire_encode(&wire_vh_lead_msg, m, out);
}

/**
 * wire_vh_lead_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_lead_decode(struct bytes in, struct wire_vh_lead *m)
{
	return wire_decode(&wire_vh_lead_msg, in, m);
}

/**
 * wire_vh_lead_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_lead_body_decode(const struct wire_header *h, struct wire_vh_lead *m)
{
	return wire_body_decode(&wire_vh_lead_msg, h, m);
}

/* A whole vh-schedule message is never longer. */
#define WIRE_VH_SCHEDULE_SIZE_MAX 38

extern const struct wire_msg wire_vh_schedule_msg;

/**
 * wire_vh_schedule_encode() - append a whole message: To the host, which has no request -
 *   go on with another scheduler
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_schedule_encode(const struct wire_vh_schedule *m, struct buf *out)
{
	return wire_encode(&wire_vh_schedule_msg, m, out);
}

/**
 * wire_vh_schedule_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_schedule_decode(struct bytes in, struct wire_vh_schedule *m)
{
	return wire_decode(&wire_vh_schedule_msg, in, m);
}

/**
 * wire_vh_schedule_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_schedule_body_decode(const struct wire_header *h,
					       struct wire_vh_schedule *m)
{
	return wire_body_decode(&wire_vh_schedule_msg, h, m);
}

/* A whole vh-snapshot message is never longer. */
#define WIRE_VH_SNAPSHOT_SIZE_MAX 30

extern const struct wire_msg wire_vh_snapshot_msg;

/**
 * wire_vh_snapshot_encode() - append a whole message: To the host, which has no request -
 *   make a snapshot
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_snapshot_encode(const struct wire_vh_snapshot *m, struct buf *out)
{
	return wire_encode(&wire_vh_snapshot_msg, m, out);
}

/**
 * wire_vh_snapshot_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_snapshot_decode(struct bytes in, struct wire_vh_snapshot *m)
{
	return wire_decode(&wire_vh_snapshot_msg, in, m);
}

/**
 * wire_vh_snapshot_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_snapshot_body_decode(const struct wire_header *h,
					       struct wire_vh_snapshot *m)
{
	return wire_body_decode(&wire_vh_snapshot_msg, h, m);
}

/* A whole vh-read message is never longer. */
#define WIRE_VH_READ_SIZE_MAX 65656

extern const struct wire_msg wire_vh_read_msg;

/**
 * wire_vh_read_encode() - append a whole message: To the host, which has no request - a
 *   read-only request outside of the log
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_read_encode(const struct wire_vh_read *m, struct buf *out)
{
	return wire_encode(&wire_vh_read_msg, m, out);
}

/**
 * wire_vh_read_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_read_decode(struct bytes in, struct wire_vh_read *m)
{
	return wire_decode(&wire_vh_read_msg, in, m);
}

/**
 * wire_vh_read_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_read_body_decode(const struct wire_header *h, struct wire_vh_read *m)
{
	return wire_body_decode(&wire_vh_read_msg, h, m);
}

/* A whole vh-result message is never longer. */
#define WIRE_VH_RESULT_SIZE_MAX 61486

extern const struct wire_msg wire_vh_result_msg;

/**
 * wire_vh_result_encode() - append a whole message: From the host - a read-only request
 *   ended
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_result_encode(const struct wire_vh_result *m, struct buf *out)
{
	return wire_encode(&wire_vh_result_msg, m, out);
}

/**
 * wire_vh_result_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_result_decode(struct bytes in, struct wire_vh_result *m)
{
	return wire_decode(&wire_vh_result_msg, in, m);
}

/**
 * wire_vh_result_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_result_body_decode(const struct wire_header *h, struct wire_vh_result *m)
{
	return wire_body_decode(&wire_vh_result_msg, h, m);
}

/* A whole vh-ended message is never longer. */
#define WIRE_VH_ENDED_SIZE_MAX 30

extern const struct wire_msg wire_vh_ended_msg;

/**
 * wire_vh_ended_encode() - append a whole message: From the host - a request ended; what
 *   it came to goes into the next update (hot)
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_ended_encode(const struct wire_vh_ended *m, struct buf *out)
{
	return wire_encode(&wire_vh_ended_msg, m, out);
}

/**
 * wire_vh_ended_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_ended_decode(struct bytes in, struct wire_vh_ended *m)
{
	return wire_decode(&wire_vh_ended_msg, in, m);
}

/**
 * wire_vh_ended_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_ended_body_decode(const struct wire_header *h, struct wire_vh_ended *m)
{
	return wire_body_decode(&wire_vh_ended_msg, h, m);
}

/* A whole vh-collect message is never longer. */
#define WIRE_VH_COLLECT_SIZE_MAX 16

extern const struct wire_msg wire_vh_collect_msg;

/**
 * wire_vh_collect_encode() - append a whole message: To the host, which has no request -
 *   the next piece of an update, of all that ended since the last one
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_collect_encode(const struct wire_vh_collect *m, struct buf *out)
{
	return wire_encode(&wire_vh_collect_msg, m, out);
}

/**
 * wire_vh_collect_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_collect_decode(struct bytes in, struct wire_vh_collect *m)
{
	return wire_decode(&wire_vh_collect_msg, in, m);
}

/**
 * wire_vh_collect_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_collect_body_decode(const struct wire_header *h,
					      struct wire_vh_collect *m)
{
	return wire_body_decode(&wire_vh_collect_msg, h, m);
}

/* A whole vh-update message is never longer. */
#define WIRE_VH_UPDATE_SIZE_MAX 1048576

extern const struct wire_msg wire_vh_update_msg;

/**
 * wire_vh_update_encode() - append a whole message: From the host - a piece of an update
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_update_encode(const struct wire_vh_update *m, struct buf *out)
{
	return wire_encode(&wire_vh_update_msg, m, out);
}

/**
 * wire_vh_update_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_update_decode(struct bytes in, struct wire_vh_update *m)
{
	return wire_decode(&wire_vh_update_msg, in, m);
}

/**
 * wire_vh_update_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_update_body_decode(const struct wire_header *h, struct wire_vh_update *m)
{
	return wire_body_decode(&wire_vh_update_msg, h, m);
}

/* A whole vh-apply message is never longer. */
#define WIRE_VH_APPLY_SIZE_MAX 65564

extern const struct wire_msg wire_vh_apply_msg;

/**
 * wire_vh_apply_encode() - append a whole message: To the host, which has no request - a
 *   piece of what the requests of another host changed
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vh_apply_encode(const struct wire_vh_apply *m, struct buf *out)
{
	return wire_encode(&wire_vh_apply_msg, m, out);
}

/**
 * wire_vh_apply_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_apply_decode(struct bytes in, struct wire_vh_apply *m)
{
	return wire_decode(&wire_vh_apply_msg, in, m);
}

/**
 * wire_vh_apply_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vh_apply_body_decode(const struct wire_header *h, struct wire_vh_apply *m)
{
	return wire_body_decode(&wire_vh_apply_msg, h, m);
}

#endif
