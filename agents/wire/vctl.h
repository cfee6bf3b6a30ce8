/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/vctl.yaml
 * by scripts/gen.
 *
 * What xosctl says to vnoded over its control socket, besides ctl-log-set and
 * ctl-log-show. Each request is answered by items with its number, then ctl-done.
 */
#ifndef _XOS_WIRE_VCTL_H
#define _XOS_WIRE_VCTL_H

#include <wire/wire.h>
#include <wire/common.h>
#include <wire/vnhost.h>
#include <wire/vnode.h>

/* Longest chunk of a backup, in bytes. */
#define WIRE_VCTL_CHUNK_MAX 98304

/**
 * struct wire_vctl_backed - A backup; its chunks are those of a snapshot of the log
 * @snapshot: Identity of the snapshot, 0 for none
 * @index: Last entry that it covers
 * @term: Its term
 * @time_ns: Its time
 * @chunks: How many chunks it has
 * @crc: CRC-32C of all of them
 */
struct wire_vctl_backed {
	uint64_t snapshot;
	uint64_t index;
	uint64_t term;
	uint64_t time_ns;
	uint32_t chunks;
	uint32_t crc;
};

extern const struct wire_set wire_vctl_backed_set;

/**
 * struct wire_vctl_show - Ask for the virtual nodes that have a replica here
 * @seq: Number of the request
 */
struct wire_vctl_show {
	uint32_t seq;
};

extern const struct wire_set wire_vctl_show_set;

#define WIRE_VCTL_ITEM_NAME_LEN_MAX	 63
#define WIRE_VCTL_ITEM_SERVICE_LEN_MAX	 1024
#define WIRE_VCTL_ITEM_SCHEDULER_LEN_MAX 16
#define WIRE_VCTL_ITEM_HOST_LEN_MAX	 16
#define WIRE_VCTL_ITEM_FAILURE_LEN_MAX	 256

/**
 * struct wire_vctl_item - A virtual node, as its replica here sees it
 * @seq: Number of the request
 * @group: Identity of the group
 * @name: Its name; empty while it is not known (at most 63 bytes, UTF-8)
 * @service: File of the service (at most 1024 bytes, UTF-8)
 * @policy: Which replicas do the work (enum wire_vn_policy)
 * @scheduler: Name of the scheduler (at most 16 bytes, UTF-8)
 * @leader: The replica here leads
 * @leader_addr: Where the leader's vnoded listens
 * @term: Term of the log
 * @replicas: Replicas of the group
 * @voters: Of these the ones that count; the others are being filled
 * @host: How the process of the service is (at most 16 bytes, UTF-8)
 * @running: Requests that it works on
 * @committed: Last entry known to be committed
 * @applied: Last entry applied
 * @snapshot: Last entry of the newest snapshot, 0 without
 * @requests: Requests applied since the start
 * @answered: Of these answered here
 * @reads: Read-only requests answered here without the log
 * @skipped: Requests that crashed or hung
 * @restarts: Processes of the service begun
 * @diverged: Replies that differed between replicas
 * @failure: What crashed last or why it does not run (at most 256 bytes, UTF-8)
 * @has_leader_addr: is @leader_addr there?
 */
struct wire_vctl_item {
	uint32_t seq;
	uint64_t group;
	struct bytes name;
	struct bytes service;
	uint32_t policy;
	struct bytes scheduler;
	bool leader;
	struct xos_addr leader_addr;
	uint64_t term;
	uint32_t replicas;
	uint32_t voters;
	struct bytes host;
	uint32_t running;
	uint64_t committed;
	uint64_t applied;
	uint64_t snapshot;
	uint64_t requests;
	uint64_t answered;
	uint64_t reads;
	uint64_t skipped;
	uint64_t restarts;
	uint64_t diverged;
	struct bytes failure;
	bool has_leader_addr;
};

extern const struct wire_set wire_vctl_item_set;

#define WIRE_VCTL_CREATE_MEMBERS_COUNT_MAX 7

/**
 * struct wire_vctl_create - Make a virtual node
 * @seq: Number of the request
 * @about: What it is
 * @members: Where the vnoded of its replicas listen (at most 7 elements)
 */
struct wire_vctl_create {
	uint32_t seq;
	struct wire_vn_about about;
	struct wire_addr_list members;
};

extern const struct wire_set wire_vctl_create_set;

#define WIRE_VCTL_DELETE_NAME_LEN_MAX 63

/**
 * struct wire_vctl_delete - Remove the replica here for good
 * @seq: Number of the request
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 */
struct wire_vctl_delete {
	uint32_t seq;
	struct bytes name;
};

extern const struct wire_set wire_vctl_delete_set;

#define WIRE_VCTL_SESSION_NAME_LEN_MAX 63

/**
 * struct wire_vctl_session - Begin a session
 * @seq: Number of the request
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 */
struct wire_vctl_session {
	uint32_t seq;
	struct bytes name;
};

extern const struct wire_set wire_vctl_session_set;

#define WIRE_VCTL_CALL_NAME_LEN_MAX	 63
#define WIRE_VCTL_CALL_OPERATION_LEN_MAX 64
#define WIRE_VCTL_CALL_ARGS_LEN_MAX	 65536

/**
 * struct wire_vctl_call - Have a virtual node do something
 * @seq: Number of the request
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 * @operation: What to do (1 to 64 bytes, UTF-8)
 * @args: Arguments (at most 65536 bytes)
 * @session: Session; without one the request is done at most once
 * @number: Number of the request in its session: 1, 2, 3 and so on
 * @has_session: is @session there?
 * @has_number: is @number there?
 */
struct wire_vctl_call {
	uint32_t seq;
	struct bytes name;
	struct bytes operation;
	struct bytes args;
	uint64_t session;
	uint64_t number;
	bool has_session;
	bool has_number;
};

extern const struct wire_set wire_vctl_call_set;

#define WIRE_VCTL_REPLY_DATA_LEN_MAX 61440

/**
 * struct wire_vctl_reply - What became of a call
 * @seq: Number of the request
 * @index: Place in the log, or the session; 0 without
 * @result: What became of it (enum wire_vn_result)
 * @error: 0 or an errno of the service
 * @data: Reply (at most 61440 bytes)
 */
struct wire_vctl_reply {
	uint32_t seq;
	uint64_t index;
	uint32_t result;
	uint32_t error;
	struct bytes data;
};

extern const struct wire_set wire_vctl_reply_set;

#define WIRE_VCTL_SWITCH_NAME_LEN_MAX 63

/**
 * struct wire_vctl_switch - Change policy or scheduler, while it serves
 * @seq: Number of the request
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 * @policy: Which replicas do the work (enum wire_vn_policy)
 * @scheduler: enum vsched_kind
 * @has_policy: is @policy there?
 * @has_scheduler: is @scheduler there?
 */
struct wire_vctl_switch {
	uint32_t seq;
	struct bytes name;
	uint32_t policy;
	uint32_t scheduler;
	bool has_policy;
	bool has_scheduler;
};

extern const struct wire_set wire_vctl_switch_set;

#define WIRE_VCTL_REPLICA_NAME_LEN_MAX 63

/**
 * struct wire_vctl_replica - Change the replicas, while it serves
 * @seq: Number of the request
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 * @add: Where the vnoded of a new replica listens
 * @remove: Where the vnoded of a replica listens that goes
 * @has_add: is @add there?
 * @has_remove: is @remove there?
 */
struct wire_vctl_replica {
	uint32_t seq;
	struct bytes name;
	struct xos_addr add;
	struct xos_addr remove;
	bool has_add;
	bool has_remove;
};

extern const struct wire_set wire_vctl_replica_set;

#define WIRE_VCTL_BACKUP_NAME_LEN_MAX 63

/**
 * struct wire_vctl_backup - Ask for a chunk of the newest snapshot
 * @seq: Number of the request
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 * @number: Which chunk, from 0
 * @fresh: Have a new snapshot made meanwhile
 */
struct wire_vctl_backup {
	uint32_t seq;
	struct bytes name;
	uint32_t number;
	bool fresh;
};

extern const struct wire_set wire_vctl_backup_set;

#define WIRE_VCTL_CHUNK_CHUNK_LEN_MAX 98304

/**
 * struct wire_vctl_chunk - A chunk of the newest snapshot
 * @seq: Number of the request
 * @backed: The snapshot
 * @applied: Last entry that the replica has applied
 * @alone: No replica leads
 * @chunk: The chunk; empty when there is none of that number (at most 98304 bytes)
 */
struct wire_vctl_chunk {
	uint32_t seq;
	struct wire_vctl_backed backed;
	uint64_t applied;
	bool alone;
	struct bytes chunk;
};

extern const struct wire_set wire_vctl_chunk_set;

#define WIRE_VCTL_RESTORE_NAME_LEN_MAX 63

/**
 * struct wire_vctl_restore - Make a virtual node of one replica from a backup
 * @seq: Number of the request
 * @name: Its name, the same as before (1 to 63 bytes, UTF-8)
 * @backed: The backup
 */
struct wire_vctl_restore {
	uint32_t seq;
	struct bytes name;
	struct wire_vctl_backed backed;
};

extern const struct wire_set wire_vctl_restore_set;

/**
 * struct wire_vctl_restored - The empty replica is there
 * @seq: Number of the request
 * @group: Identity of its group
 */
struct wire_vctl_restored {
	uint32_t seq;
	uint64_t group;
};

extern const struct wire_set wire_vctl_restored_set;

#define WIRE_VCTL_RESTORE_CHUNK_CHUNK_LEN_MAX 98304

/**
 * struct wire_vctl_restore_chunk - The next chunk of the backup
 * @seq: Number of the request
 * @group: Identity of the group
 * @number: Which chunk
 * @chunk: The chunk (at most 98304 bytes)
 */
struct wire_vctl_restore_chunk {
	uint32_t seq;
	uint64_t group;
	uint32_t number;
	struct bytes chunk;
};

extern const struct wire_set wire_vctl_restore_chunk_set;

/**
 * struct wire_vctl_restore_end - Ask whether the virtual node is there
 * @seq: Number of the request
 * @group: Identity of the group
 */
struct wire_vctl_restore_end {
	uint32_t seq;
	uint64_t group;
};

extern const struct wire_set wire_vctl_restore_end_set;

#define WIRE_VCTL_FILE_NAME_LEN_MAX 63

/**
 * struct wire_vctl_file - What a file with a backup begins with
 * @version: Of the file
 * @name: Name of the virtual node (1 to 63 bytes, UTF-8)
 * @backed: The backup
 */
struct wire_vctl_file {
	uint32_t version;
	struct bytes name;
	struct wire_vctl_backed backed;
};

extern const struct wire_set wire_vctl_file_set;

/* A whole vctl-show message is never longer. */
#define WIRE_VCTL_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_vctl_show_msg;

/**
 * wire_vctl_show_encode() - append a whole message: Ask for the virtual nodes that have a
 *   replica here
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_show_encode(const struct wire_vctl_show *m, struct buf *out)
{
	return wire_encode(&wire_vctl_show_msg, m, out);
}

/**
 * wire_vctl_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_show_decode(struct bytes in, struct wire_vctl_show *m)
{
	return wire_decode(&wire_vctl_show_msg, in, m);
}

/**
 * wire_vctl_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_show_body_decode(const struct wire_header *h, struct wire_vctl_show *m)
{
	return wire_body_decode(&wire_vctl_show_msg, h, m);
}

/* A whole vctl-item message is never longer. */
#define WIRE_VCTL_ITEM_SIZE_MAX 1655

extern const struct wire_msg wire_vctl_item_msg;

/**
 * wire_vctl_item_encode() - append a whole message: A virtual node, as its replica here
 *   sees it
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_item_encode(const struct wire_vctl_item *m, struct buf *out)
{
	return wire_encode(&wire_vctl_item_msg, m, out);
}

/**
 * wire_vctl_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_item_decode(struct bytes in, struct wire_vctl_item *m)
{
	return wire_decode(&wire_vctl_item_msg, in, m);
}

/**
 * wire_vctl_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_item_body_decode(const struct wire_header *h, struct wire_vctl_item *m)
{
	return wire_body_decode(&wire_vctl_item_msg, h, m);
}

/* A whole vctl-create message is never longer. */
#define WIRE_VCTL_CREATE_SIZE_MAX 5449

extern const struct wire_msg wire_vctl_create_msg;

/**
 * wire_vctl_create_encode() - append a whole message: Make a virtual node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_create_encode(const struct wire_vctl_create *m, struct buf *out)
{
	return wire_encode(&wire_vctl_create_msg, m, out);
}

/**
 * wire_vctl_create_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_create_decode(struct bytes in, struct wire_vctl_create *m)
{
	return wire_decode(&wire_vctl_create_msg, in, m);
}

/**
 * wire_vctl_create_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_create_body_decode(const struct wire_header *h,
					       struct wire_vctl_create *m)
{
	return wire_body_decode(&wire_vctl_create_msg, h, m);
}

/* A whole vctl-delete message is never longer. */
#define WIRE_VCTL_DELETE_SIZE_MAX 95

extern const struct wire_msg wire_vctl_delete_msg;

/**
 * wire_vctl_delete_encode() - append a whole message: Remove the replica here for good
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_delete_encode(const struct wire_vctl_delete *m, struct buf *out)
{
	return wire_encode(&wire_vctl_delete_msg, m, out);
}

/**
 * wire_vctl_delete_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_delete_decode(struct bytes in, struct wire_vctl_delete *m)
{
	return wire_decode(&wire_vctl_delete_msg, in, m);
}

/**
 * wire_vctl_delete_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_delete_body_decode(const struct wire_header *h,
					       struct wire_vctl_delete *m)
{
	return wire_body_decode(&wire_vctl_delete_msg, h, m);
}

/* A whole vctl-session message is never longer. */
#define WIRE_VCTL_SESSION_SIZE_MAX 95

extern const struct wire_msg wire_vctl_session_msg;

/**
 * wire_vctl_session_encode() - append a whole message: Begin a session
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_session_encode(const struct wire_vctl_session *m, struct buf *out)
{
	return wire_encode(&wire_vctl_session_msg, m, out);
}

/**
 * wire_vctl_session_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_session_decode(struct bytes in, struct wire_vctl_session *m)
{
	return wire_decode(&wire_vctl_session_msg, in, m);
}

/**
 * wire_vctl_session_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_session_body_decode(const struct wire_header *h,
						struct wire_vctl_session *m)
{
	return wire_body_decode(&wire_vctl_session_msg, h, m);
}

/* A whole vctl-call message is never longer. */
#define WIRE_VCTL_CALL_SIZE_MAX 65735

extern const struct wire_msg wire_vctl_call_msg;

/**
 * wire_vctl_call_encode() - append a whole message: Have a virtual node do something
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_call_encode(const struct wire_vctl_call *m, struct buf *out)
{
	return wire_encode(&wire_vctl_call_msg, m, out);
}

/**
 * wire_vctl_call_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_call_decode(struct bytes in, struct wire_vctl_call *m)
{
	return wire_decode(&wire_vctl_call_msg, in, m);
}

/**
 * wire_vctl_call_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_call_body_decode(const struct wire_header *h, struct wire_vctl_call *m)
{
	return wire_body_decode(&wire_vctl_call_msg, h, m);
}

/* A whole vctl-reply message is never longer. */
#define WIRE_VCTL_REPLY_SIZE_MAX 61506

extern const struct wire_msg wire_vctl_reply_msg;

/**
 * wire_vctl_reply_encode() - append a whole message: What became of a call
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_reply_encode(const struct wire_vctl_reply *m, struct buf *out)
{
	return wire_encode(&wire_vctl_reply_msg, m, out);
}

/**
 * wire_vctl_reply_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_reply_decode(struct bytes in, struct wire_vctl_reply *m)
{
	return wire_decode(&wire_vctl_reply_msg, in, m);
}

/**
 * wire_vctl_reply_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_reply_body_decode(const struct wire_header *h,
					      struct wire_vctl_reply *m)
{
	return wire_body_decode(&wire_vctl_reply_msg, h, m);
}

/* A whole vctl-switch message is never longer. */
#define WIRE_VCTL_SWITCH_SIZE_MAX 115

extern const struct wire_msg wire_vctl_switch_msg;

/**
 * wire_vctl_switch_encode() - append a whole message: Change policy or scheduler, while
 *   it serves
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_switch_encode(const struct wire_vctl_switch *m, struct buf *out)
{
	return wire_encode(&wire_vctl_switch_msg, m, out);
}

/**
 * wire_vctl_switch_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_switch_decode(struct bytes in, struct wire_vctl_switch *m)
{
	return wire_decode(&wire_vctl_switch_msg, in, m);
}

/**
 * wire_vctl_switch_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_switch_body_decode(const struct wire_header *h,
					       struct wire_vctl_switch *m)
{
	return wire_body_decode(&wire_vctl_switch_msg, h, m);
}

/* A whole vctl-replica message is never longer. */
#define WIRE_VCTL_REPLICA_SIZE_MAX 143

extern const struct wire_msg wire_vctl_replica_msg;

/**
 * wire_vctl_replica_encode() - append a whole message: Change the replicas, while it
 *   serves
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_replica_encode(const struct wire_vctl_replica *m, struct buf *out)
{
	return wire_encode(&wire_vctl_replica_msg, m, out);
}

/**
 * wire_vctl_replica_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_replica_decode(struct bytes in, struct wire_vctl_replica *m)
{
	return wire_decode(&wire_vctl_replica_msg, in, m);
}

/**
 * wire_vctl_replica_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_replica_body_decode(const struct wire_header *h,
						struct wire_vctl_replica *m)
{
	return wire_body_decode(&wire_vctl_replica_msg, h, m);
}

/* A whole vctl-backup message is never longer. */
#define WIRE_VCTL_BACKUP_SIZE_MAX 111

extern const struct wire_msg wire_vctl_backup_msg;

/**
 * wire_vctl_backup_encode() - append a whole message: Ask for a chunk of the newest
 *   snapshot
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_backup_encode(const struct wire_vctl_backup *m, struct buf *out)
{
	return wire_encode(&wire_vctl_backup_msg, m, out);
}

/**
 * wire_vctl_backup_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_backup_decode(struct bytes in, struct wire_vctl_backup *m)
{
	return wire_decode(&wire_vctl_backup_msg, in, m);
}

/**
 * wire_vctl_backup_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_backup_body_decode(const struct wire_header *h,
					       struct wire_vctl_backup *m)
{
	return wire_body_decode(&wire_vctl_backup_msg, h, m);
}

/* A whole vctl-chunk message is never longer. */
#define WIRE_VCTL_CHUNK_SIZE_MAX 98438

extern const struct wire_msg wire_vctl_chunk_msg;

/**
 * wire_vctl_chunk_encode() - append a whole message: A chunk of the newest snapshot
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_chunk_encode(const struct wire_vctl_chunk *m, struct buf *out)
{
	return wire_encode(&wire_vctl_chunk_msg, m, out);
}

/**
 * wire_vctl_chunk_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_chunk_decode(struct bytes in, struct wire_vctl_chunk *m)
{
	return wire_decode(&wire_vctl_chunk_msg, in, m);
}

/**
 * wire_vctl_chunk_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_chunk_body_decode(const struct wire_header *h,
					      struct wire_vctl_chunk *m)
{
	return wire_body_decode(&wire_vctl_chunk_msg, h, m);
}

/* A whole vctl-restore message is never longer. */
#define WIRE_VCTL_RESTORE_SIZE_MAX 177

extern const struct wire_msg wire_vctl_restore_msg;

/**
 * wire_vctl_restore_encode() - append a whole message: Make a virtual node of one replica
 *   from a backup
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_restore_encode(const struct wire_vctl_restore *m, struct buf *out)
{
	return wire_encode(&wire_vctl_restore_msg, m, out);
}

/**
 * wire_vctl_restore_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restore_decode(struct bytes in, struct wire_vctl_restore *m)
{
	return wire_decode(&wire_vctl_restore_msg, in, m);
}

/**
 * wire_vctl_restore_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restore_body_decode(const struct wire_header *h,
						struct wire_vctl_restore *m)
{
	return wire_body_decode(&wire_vctl_restore_msg, h, m);
}

/* A whole vctl-restored message is never longer. */
#define WIRE_VCTL_RESTORED_SIZE_MAX 40

extern const struct wire_msg wire_vctl_restored_msg;

/**
 * wire_vctl_restored_encode() - append a whole message: The empty replica is there
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_restored_encode(const struct wire_vctl_restored *m, struct buf *out)
{
	return wire_encode(&wire_vctl_restored_msg, m, out);
}

/**
 * wire_vctl_restored_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restored_decode(struct bytes in, struct wire_vctl_restored *m)
{
	return wire_decode(&wire_vctl_restored_msg, in, m);
}

/**
 * wire_vctl_restored_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restored_body_decode(const struct wire_header *h,
						 struct wire_vctl_restored *m)
{
	return wire_body_decode(&wire_vctl_restored_msg, h, m);
}

/* A whole vctl-restore-chunk message is never longer. */
#define WIRE_VCTL_RESTORE_CHUNK_SIZE_MAX 98360

extern const struct wire_msg wire_vctl_restore_chunk_msg;

/**
 * wire_vctl_restore_chunk_encode() - append a whole message: The next chunk of the backup
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_restore_chunk_encode(const struct wire_vctl_restore_chunk *m,
						 struct buf *out)
{
	return wire_encode(&wire_vctl_restore_chunk_msg, m, out);
}

/**
 * wire_vctl_restore_chunk_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restore_chunk_decode(struct bytes in, struct wire_vctl_restore_chunk *m)
{
	return wire_decode(&wire_vctl_restore_chunk_msg, in, m);
}

/**
 * wire_vctl_restore_chunk_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restore_chunk_body_decode(const struct wire_header *h,
						      struct wire_vctl_restore_chunk *m)
{
	return wire_body_decode(&wire_vctl_restore_chunk_msg, h, m);
}

/* A whole vctl-restore-end message is never longer. */
#define WIRE_VCTL_RESTORE_END_SIZE_MAX 40

extern const struct wire_msg wire_vctl_restore_end_msg;

/**
 * wire_vctl_restore_end_encode() - append a whole message: Ask whether the virtual node
 *   is there
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_restore_end_encode(const struct wire_vctl_restore_end *m,
					       struct buf *out)
{
	return wire_encode(&wire_vctl_restore_end_msg, m, out);
}

/**
 * wire_vctl_restore_end_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restore_end_decode(struct bytes in, struct wire_vctl_restore_end *m)
{
	return wire_decode(&wire_vctl_restore_end_msg, in, m);
}

/**
 * wire_vctl_restore_end_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_restore_end_body_decode(const struct wire_header *h,
						    struct wire_vctl_restore_end *m)
{
	return wire_body_decode(&wire_vctl_restore_end_msg, h, m);
}

/* A whole vctl-file message is never longer. */
#define WIRE_VCTL_FILE_SIZE_MAX 177

extern const struct wire_msg wire_vctl_file_msg;

/**
 * wire_vctl_file_encode() - append a whole message: What a file with a backup begins with
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_vctl_file_encode(const struct wire_vctl_file *m, struct buf *out)
{
	return wire_encode(&wire_vctl_file_msg, m, out);
}

/**
 * wire_vctl_file_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_file_decode(struct bytes in, struct wire_vctl_file *m)
{
	return wire_decode(&wire_vctl_file_msg, in, m);
}

/**
 * wire_vctl_file_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_vctl_file_body_decode(const struct wire_header *h, struct wire_vctl_file *m)
{
	return wire_body_decode(&wire_vctl_file_msg, h, m);
}

#endif
