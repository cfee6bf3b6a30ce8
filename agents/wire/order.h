/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/order.yaml
 * by scripts/gen.
 *
 * Between the members of a group that keeps one replicated log, and what such a member
 * stores.
 */
#ifndef _XOS_WIRE_ORDER_H
#define _XOS_WIRE_ORDER_H

#include <wire/wire.h>
#include <wire/common.h>

/* Greatest length of an entry, in bytes. */
#define WIRE_ORDER_DATA 131072

/* Greatest length of a stored chunk of a snapshot, in bytes. */
#define WIRE_ORDER_CHUNK_LEN 196608

/* Greatest number of entries in a message or a record. */
#define WIRE_ORDER_ENTRIES 512

/* Greatest number of groups in one datagram of heartbeats or of answers to them. */
#define WIRE_ORDER_BEATS 12

/**
 * enum wire_order_kind - What an entry is
 * @WIRE_ORDER_KIND_NOOP: The first of a term.
 * @WIRE_ORDER_KIND_DATA: Something for the service.
 * @WIRE_ORDER_KIND_SESSION: A client's session begins; its number is the index of the
 *   entry.
 * @WIRE_ORDER_KIND_MEMBERS: Who is in the group, an encoded order-members; in force from
 *   its append on.
 */
enum wire_order_kind {
	WIRE_ORDER_KIND_NOOP = 0,
	WIRE_ORDER_KIND_DATA = 1,
	WIRE_ORDER_KIND_SESSION = 2,
	WIRE_ORDER_KIND_MEMBERS = 3,
};

/**
 * wire_order_kind_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_order_kind_name(uint64_t value);

/**
 * struct wire_order_member - One replica of a group
 * @id: Identity of its node
 * @addr: Where that node listens
 * @tag: Identity of the replica
 * @roles: Bit 0 a voter, bit 1 a voter of before the change under way, bit 2 leaves with
 *   its end
 */
struct wire_order_member {
	struct xos_id id;
	struct xos_addr addr;
	uint64_t tag;
	uint8_t roles;
};

extern const struct wire_set wire_order_member_set;

/**
 * struct wire_order_member_list - list of struct wire_order_member
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_order_member_list {
	const struct wire_order_member *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_order_member_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_order_member_list_next(const struct wire_order_member_list *l, size_t *pos,
					       struct wire_order_member *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_order_member_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_ORDER_MEMBERS_MEMBERS_COUNT_MAX 16

/**
 * struct wire_order_members - Who is in a group
 * @members: The replicas; none for a replica that has not heard from its group yet (at
 *   most 16 elements)
 */
struct wire_order_members {
	struct wire_order_member_list members;
};

extern const struct wire_set wire_order_members_set;

/**
 * struct wire_order_head - What every message of a group begins with
 * @group: Group
 * @to: Replica that it is for. Any other one drops it, also one on the same node
 * @from: Replica that sends it
 * @term: Term of the sender
 */
struct wire_order_head {
	uint64_t group;
	uint64_t to;
	uint64_t from;
	uint64_t term;
};

extern const struct wire_set wire_order_head_set;

#define WIRE_ORDER_ENTRY_DATA_LEN_MAX 131072

/**
 * struct wire_order_entry - An entry of the log
 * @kind: What it is (enum wire_order_kind)
 * @term: Term in which a leader took it
 * @time: Wall clock of that leader in nanoseconds, made monotone
 * @session: Session of the client
 * @seq: Number of the request in the session
 * @data: Contents (at most 131072 bytes)
 * @has_session: is @session there?
 * @has_seq: is @seq there?
 */
struct wire_order_entry {
	uint8_t kind;
	uint64_t term;
	uint64_t time;
	uint64_t session;
	uint64_t seq;
	struct bytes data;
	bool has_session;
	bool has_seq;
};

extern const struct wire_set wire_order_entry_set;

/**
 * struct wire_order_entry_list - list of struct wire_order_entry
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_order_entry_list {
	const struct wire_order_entry *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_order_entry_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_order_entry_list_next(const struct wire_order_entry_list *l, size_t *pos,
					      struct wire_order_entry *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_order_entry_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_order_beat_item - A heartbeat for one group
 * @head: Group, replicas, term
 * @commit: What the receiver may take for committed
 * @round: Number of the heartbeat, returned in the answer
 */
struct wire_order_beat_item {
	struct wire_order_head head;
	uint64_t commit;
	uint64_t round;
};

extern const struct wire_set wire_order_beat_item_set;

/**
 * struct wire_order_beat_item_list - list of struct wire_order_beat_item
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_order_beat_item_list {
	const struct wire_order_beat_item *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_order_beat_item_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_order_beat_item_list_next(const struct wire_order_beat_item_list *l,
						  size_t *pos, struct wire_order_beat_item *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_order_beat_item_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_order_beat_reply - Answer to a heartbeat for one group
 * @head: Group, replicas, term; a greater term ends that of the leader
 * @round: From the heartbeat
 * @match: Up to here the log is durable and known to equal that of the leader
 */
struct wire_order_beat_reply {
	struct wire_order_head head;
	uint64_t round;
	uint64_t match;
};

extern const struct wire_set wire_order_beat_reply_set;

/**
 * struct wire_order_beat_reply_list - list of struct wire_order_beat_reply
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_order_beat_reply_list {
	const struct wire_order_beat_reply *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_order_beat_reply_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_order_beat_reply_list_next(const struct wire_order_beat_reply_list *l,
						   size_t *pos, struct wire_order_beat_reply *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_order_beat_reply_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_order_hard - Stored - what a replica has promised
 * @term: Greatest term that it has seen
 * @vote: Replica that it has voted for in this term, 0 for none
 */
struct wire_order_hard {
	uint64_t term;
	uint64_t vote;
};

extern const struct wire_set wire_order_hard_set;

/**
 * struct wire_order_base - Stored - what is before the first entry
 * @index: Index of the last entry that the snapshot covers, 0 without a snapshot
 * @term: Term of that entry
 * @time: Time of that entry
 * @snapshot: Identity of the snapshot, 0 for none
 * @members: Who was in the group after that entry
 * @fresh: Entries of before this record are void
 */
struct wire_order_base {
	uint64_t index;
	uint64_t term;
	uint64_t time;
	uint64_t snapshot;
	struct wire_order_members members;
	bool fresh;
};

extern const struct wire_set wire_order_base_set;

#define WIRE_ORDER_SESSION_REPLY_LEN_MAX 65536

/**
 * struct wire_order_session - Stored in snapshots - a client's session, or a key
 * @id: Its number
 * @seq: Its last request, or the print of the key's
 * @used: Index of the entry that used it last
 * @state: 0 no request yet, 1 no reply yet, 2 replied, 3 replied with more than is
 *   remembered
 * @reply: Reply to the last request (at most 65536 bytes)
 */
struct wire_order_session {
	uint64_t id;
	uint64_t seq;
	uint64_t used;
	uint8_t state;
	struct bytes reply;
};

extern const struct wire_set wire_order_session_set;

/**
 * struct wire_order_session_list - list of struct wire_order_session
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_order_session_list {
	const struct wire_order_session *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_order_session_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_order_session_list_next(const struct wire_order_session_list *l,
						size_t *pos, struct wire_order_session *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_order_session_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_ORDER_BEAT_BEATS_COUNT_MAX 12

/**
 * struct wire_order_beat - Heartbeats of the leaders of several groups on one node
 * @beats: One a group (at most 12 elements)
 */
struct wire_order_beat {
	struct wire_order_beat_item_list beats;
};

extern const struct wire_set wire_order_beat_set;

#define WIRE_ORDER_BEAT_ANSWER_REPLIES_COUNT_MAX 12

/**
 * struct wire_order_beat_answer - Answers to heartbeats
 * @replies: One a group (at most 12 elements)
 */
struct wire_order_beat_answer {
	struct wire_order_beat_reply_list replies;
};

extern const struct wire_set wire_order_beat_answer_set;

/**
 * struct wire_order_vote - May the sender lead? Datagram
 * @head: Group, replicas, and the term for which the vote is asked
 * @last_index: Index of the newest entry of the sender
 * @last_term: Term of that entry
 * @pre: Only asks whether it would get the vote; nobody promises anything
 * @force: The leader itself wants the election
 */
struct wire_order_vote {
	struct wire_order_head head;
	uint64_t last_index;
	uint64_t last_term;
	bool pre;
	bool force;
};

extern const struct wire_set wire_order_vote_set;

/**
 * struct wire_order_vote_answer - Answer to order-vote
 * @head: Group, replicas; the term asked for when granted, else that of the sender
 * @pre: From the question
 * @granted: Yes
 */
struct wire_order_vote_answer {
	struct wire_order_head head;
	bool pre;
	bool granted;
};

extern const struct wire_set wire_order_vote_answer_set;

#define WIRE_ORDER_APPEND_ENTRIES_COUNT_MAX 512

/**
 * struct wire_order_append - Entries, from the leader
 * @head: Group, replicas, term
 * @prev_index: Index before the first entry
 * @prev_term: Term of the entry there
 * @commit: Newest entry that is committed
 * @entries: Entries one after the other; none asks whether the entry before is there (at
 *   most 512 elements)
 */
struct wire_order_append {
	struct wire_order_head head;
	uint64_t prev_index;
	uint64_t prev_term;
	uint64_t commit;
	struct wire_order_entry_list entries;
};

extern const struct wire_set wire_order_append_set;

/**
 * struct wire_order_append_answer - Answer to order-append
 * @head: Group, replicas, term; a greater term ends that of the leader
 * @match: Up to here the log is durable and known to equal that of the leader
 * @refused: The entry at this index, before the first one, is missing or another one
 * @hint: A smaller index at which the logs may be equal
 * @has_refused: is @refused there?
 * @has_hint: is @hint there?
 */
struct wire_order_append_answer {
	struct wire_order_head head;
	uint64_t match;
	uint64_t refused;
	uint64_t hint;
	bool has_refused;
	bool has_hint;
};

extern const struct wire_set wire_order_append_answer_set;

#define WIRE_ORDER_INSTALL_CHUNK_LEN_MAX 196608

/**
 * struct wire_order_install - A chunk of a snapshot, from the leader to a member whose
 *   next entry it does not have any more
 * @head: Group, replicas, term
 * @base: What the snapshot covers
 * @chunks: Chunks that it has
 * @crc: CRC-32C of all stored chunks, one after the other
 * @number: Which chunk this is, from 0
 * @chunk: An order-chunk message (at most 196608 bytes)
 */
struct wire_order_install {
	struct wire_order_head head;
	struct wire_order_base base;
	uint32_t chunks;
	uint32_t crc;
	uint32_t number;
	struct bytes chunk;
};

extern const struct wire_set wire_order_install_set;

/**
 * struct wire_order_install_answer - Answer to order-install
 * @head: Group, replicas, term; a greater term ends that of the leader
 * @snapshot: Identity of the snapshot
 * @next: All chunks before this one are durable
 * @done: The snapshot is in force
 */
struct wire_order_install_answer {
	struct wire_order_head head;
	uint64_t snapshot;
	uint32_t next;
	bool done;
};

extern const struct wire_set wire_order_install_answer_set;

/**
 * struct wire_order_read - Which entries must a follower have applied to be read? To the
 *   leader
 * @head: Group, replicas, term
 * @number: Number of the question, returned in the answer
 */
struct wire_order_read {
	struct wire_order_head head;
	uint64_t number;
};

extern const struct wire_set wire_order_read_set;

/**
 * struct wire_order_read_answer - Answer to order-read, after a round of heartbeats
 * @head: Group, replicas, term
 * @number: From the question; older ones are answered with it
 * @index: All entries up to here
 */
struct wire_order_read_answer {
	struct wire_order_head head;
	uint64_t number;
	uint64_t index;
};

extern const struct wire_set wire_order_read_answer_set;

/**
 * struct wire_order_lead - Stand for election at once; from a leader that hands over
 * @head: Group, replicas, term
 */
struct wire_order_lead {
	struct wire_order_head head;
};

extern const struct wire_set wire_order_lead_set;

#define WIRE_ORDER_RECORD_ENTRIES_COUNT_MAX 512

/**
 * struct wire_order_record - Stored - a record of the append log
 * @group: Group
 * @tag: Replica
 * @base: The log begins behind a snapshot
 * @hard: New promises
 * @index: Index of the first entry of the record; one that differs from what is there
 *   voids all behind it
 * @entries: Entries one after the other (at most 512 elements)
 * @gone: The replica was deleted
 * @has_base: is @base there?
 * @has_hard: is @hard there?
 * @has_index: is @index there?
 */
struct wire_order_record {
	uint64_t group;
	uint64_t tag;
	struct wire_order_base base;
	struct wire_order_hard hard;
	uint64_t index;
	struct wire_order_entry_list entries;
	bool gone;
	bool has_base;
	bool has_hard;
	bool has_index;
};

extern const struct wire_set wire_order_record_set;

#define WIRE_ORDER_CHUNK_SESSIONS_COUNT_MAX 4096
#define WIRE_ORDER_CHUNK_DATA_LEN_MAX	    131072

/**
 * struct wire_order_chunk - Stored and sent - a chunk of a snapshot
 * @snapshot: Identity of the snapshot
 * @number: Which chunk this is, from 0
 * @sessions: Sessions; first chunks only (at most 4096 elements)
 * @data: Bytes of the service's state, in the order of the chunks (at most 131072 bytes)
 * @has_data: is @data there?
 */
struct wire_order_chunk {
	uint64_t snapshot;
	uint32_t number;
	struct wire_order_session_list sessions;
	struct bytes data;
	bool has_data;
};

extern const struct wire_set wire_order_chunk_set;

/**
 * struct wire_order_snapshot - Stored - what a complete snapshot is
 * @base: What it covers
 * @chunks: Chunks that it has
 * @crc: CRC-32C of all stored chunks, one after the other
 */
struct wire_order_snapshot {
	struct wire_order_base base;
	uint32_t chunks;
	uint32_t crc;
};

extern const struct wire_set wire_order_snapshot_set;

/* A whole order-beat message is never longer. */
#define WIRE_ORDER_BEAT_SIZE_MAX 1168

extern const struct wire_msg wire_order_beat_msg;

/**
 * wire_order_beat_encode() - append a whole message: Heartbeats of the leaders of several
 *   groups on one node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_beat_encode(const struct wire_order_beat *m, struct buf *out)
{
	return wire_encode(&wire_order_beat_msg, m, out);
}

/**
 * wire_order_beat_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_beat_decode(struct bytes in, struct wire_order_beat *m)
{
	return wire_decode(&wire_order_beat_msg, in, m);
}

/**
 * wire_order_beat_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_beat_body_decode(const struct wire_header *h,
					      struct wire_order_beat *m)
{
	return wire_body_decode(&wire_order_beat_msg, h, m);
}

/* A whole order-beat-answer message is never longer. */
#define WIRE_ORDER_BEAT_ANSWER_SIZE_MAX 1168

extern const struct wire_msg wire_order_beat_answer_msg;

/**
 * wire_order_beat_answer_encode() - append a whole message: Answers to heartbeats
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_beat_answer_encode(const struct wire_order_beat_answer *m,
						struct buf *out)
{
	return wire_encode(&wire_order_beat_answer_msg, m, out);
}

/**
 * wire_order_beat_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_beat_answer_decode(struct bytes in, struct wire_order_beat_answer *m)
{
	return wire_decode(&wire_order_beat_answer_msg, in, m);
}

/**
 * wire_order_beat_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_beat_answer_body_decode(const struct wire_header *h,
						     struct wire_order_beat_answer *m)
{
	return wire_body_decode(&wire_order_beat_answer_msg, h, m);
}

/* A whole order-vote message is never longer. */
#define WIRE_ORDER_VOTE_SIZE_MAX 118

extern const struct wire_msg wire_order_vote_msg;

/**
 * wire_order_vote_encode() - append a whole message: May the sender lead? Datagram
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_vote_encode(const struct wire_order_vote *m, struct buf *out)
{
	return wire_encode(&wire_order_vote_msg, m, out);
}

/**
 * wire_order_vote_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_vote_decode(struct bytes in, struct wire_order_vote *m)
{
	return wire_decode(&wire_order_vote_msg, in, m);
}

/**
 * wire_order_vote_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_vote_body_decode(const struct wire_header *h,
					      struct wire_order_vote *m)
{
	return wire_body_decode(&wire_order_vote_msg, h, m);
}

/* A whole order-vote-answer message is never longer. */
#define WIRE_ORDER_VOTE_ANSWER_SIZE_MAX 90

extern const struct wire_msg wire_order_vote_answer_msg;

/**
 * wire_order_vote_answer_encode() - append a whole message: Answer to order-vote
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_vote_answer_encode(const struct wire_order_vote_answer *m,
						struct buf *out)
{
	return wire_encode(&wire_order_vote_answer_msg, m, out);
}

/**
 * wire_order_vote_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_vote_answer_decode(struct bytes in, struct wire_order_vote_answer *m)
{
	return wire_decode(&wire_order_vote_answer_msg, in, m);
}

/**
 * wire_order_vote_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_vote_answer_body_decode(const struct wire_header *h,
						     struct wire_order_vote_answer *m)
{
	return wire_body_decode(&wire_order_vote_answer_msg, h, m);
}

/* A whole order-append message is never longer. */
#define WIRE_ORDER_APPEND_SIZE_MAX 1048576

extern const struct wire_msg wire_order_append_msg;

/**
 * wire_order_append_encode() - append a whole message: Entries, from the leader
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_append_encode(const struct wire_order_append *m, struct buf *out)
{
	return wire_encode(&wire_order_append_msg, m, out);
}

/**
 * wire_order_append_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_append_decode(struct bytes in, struct wire_order_append *m)
{
	return wire_decode(&wire_order_append_msg, in, m);
}

/**
 * wire_order_append_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_append_body_decode(const struct wire_header *h,
						struct wire_order_append *m)
{
	return wire_body_decode(&wire_order_append_msg, h, m);
}

/* A whole order-append-answer message is never longer. */
#define WIRE_ORDER_APPEND_ANSWER_SIZE_MAX 120

extern const struct wire_msg wire_order_append_answer_msg;

/**
 * wire_order_append_answer_encode() - append a whole message: Answer to order-append
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_append_answer_encode(const struct wire_order_append_answer *m,
						  struct buf *out)
{
	return wire_encode(&wire_order_append_answer_msg, m, out);
}

/**
 * wire_order_append_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_append_answer_decode(struct bytes in,
						  struct wire_order_append_answer *m)
{
	return wire_decode(&wire_order_append_answer_msg, in, m);
}

/**
 * wire_order_append_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_append_answer_body_decode(const struct wire_header *h,
						       struct wire_order_append_answer *m)
{
	return wire_body_decode(&wire_order_append_answer_msg, h, m);
}

/* A whole order-install message is never longer. */
#define WIRE_ORDER_INSTALL_SIZE_MAX 197964

extern const struct wire_msg wire_order_install_msg;

/**
 * wire_order_install_encode() - append a whole message: A chunk of a snapshot, from the
 *   leader to a member whose next entry it does not have any more
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_install_encode(const struct wire_order_install *m, struct buf *out)
{
	return wire_encode(&wire_order_install_msg, m, out);
}

/**
 * wire_order_install_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_install_decode(struct bytes in, struct wire_order_install *m)
{
	return wire_decode(&wire_order_install_msg, in, m);
}

/**
 * wire_order_install_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_install_body_decode(const struct wire_header *h,
						 struct wire_order_install *m)
{
	return wire_body_decode(&wire_order_install_msg, h, m);
}

/* A whole order-install-answer message is never longer. */
#define WIRE_ORDER_INSTALL_ANSWER_SIZE_MAX 108

extern const struct wire_msg wire_order_install_answer_msg;

/**
 * wire_order_install_answer_encode() - append a whole message: Answer to order-install
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_install_answer_encode(const struct wire_order_install_answer *m,
						   struct buf *out)
{
	return wire_encode(&wire_order_install_answer_msg, m, out);
}

/**
 * wire_order_install_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_install_answer_decode(struct bytes in,
						   struct wire_order_install_answer *m)
{
	return wire_decode(&wire_order_install_answer_msg, in, m);
}

/**
 * wire_order_install_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_install_answer_body_decode(const struct wire_header *h,
							struct wire_order_install_answer *m)
{
	return wire_body_decode(&wire_order_install_answer_msg, h, m);
}

/* A whole order-read message is never longer. */
#define WIRE_ORDER_READ_SIZE_MAX 92

extern const struct wire_msg wire_order_read_msg;

/**
 * wire_order_read_encode() - append a whole message: Which entries must a follower have
 *   applied to be read? To the leader
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_read_encode(const struct wire_order_read *m, struct buf *out)
{
	return wire_encode(&wire_order_read_msg, m, out);
}

/**
 * wire_order_read_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_read_decode(struct bytes in, struct wire_order_read *m)
{
	return wire_decode(&wire_order_read_msg, in, m);
}

/**
 * wire_order_read_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_read_body_decode(const struct wire_header *h,
					      struct wire_order_read *m)
{
	return wire_body_decode(&wire_order_read_msg, h, m);
}

/* A whole order-read-answer message is never longer. */
#define WIRE_ORDER_READ_ANSWER_SIZE_MAX 106

extern const struct wire_msg wire_order_read_answer_msg;

/**
 * wire_order_read_answer_encode() - append a whole message: Answer to order-read, after a
 *   round of heartbeats
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_read_answer_encode(const struct wire_order_read_answer *m,
						struct buf *out)
{
	return wire_encode(&wire_order_read_answer_msg, m, out);
}

/**
 * wire_order_read_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_read_answer_decode(struct bytes in, struct wire_order_read_answer *m)
{
	return wire_decode(&wire_order_read_answer_msg, in, m);
}

/**
 * wire_order_read_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_read_answer_body_decode(const struct wire_header *h,
						     struct wire_order_read_answer *m)
{
	return wire_body_decode(&wire_order_read_answer_msg, h, m);
}

/* A whole order-lead message is never longer. */
#define WIRE_ORDER_LEAD_SIZE_MAX 78

extern const struct wire_msg wire_order_lead_msg;

/**
 * wire_order_lead_encode() - append a whole message: Stand for election at once; from a
 *   leader that hands over
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_lead_encode(const struct wire_order_lead *m, struct buf *out)
{
	return wire_encode(&wire_order_lead_msg, m, out);
}

/**
 * wire_order_lead_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_lead_decode(struct bytes in, struct wire_order_lead *m)
{
	return wire_decode(&wire_order_lead_msg, in, m);
}

/**
 * wire_order_lead_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_lead_body_decode(const struct wire_header *h,
					      struct wire_order_lead *m)
{
	return wire_body_decode(&wire_order_lead_msg, h, m);
}

/* A whole order-record message is never longer. */
#define WIRE_ORDER_RECORD_SIZE_MAX 1048576

extern const struct wire_msg wire_order_record_msg;

/**
 * wire_order_record_encode() - append a whole message: Stored - a record of the append
 *   log
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_record_encode(const struct wire_order_record *m, struct buf *out)
{
	return wire_encode(&wire_order_record_msg, m, out);
}

/**
 * wire_order_record_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_record_decode(struct bytes in, struct wire_order_record *m)
{
	return wire_decode(&wire_order_record_msg, in, m);
}

/**
 * wire_order_record_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_record_body_decode(const struct wire_header *h,
						struct wire_order_record *m)
{
	return wire_body_decode(&wire_order_record_msg, h, m);
}

/* A whole order-chunk message is never longer. */
#define WIRE_ORDER_CHUNK_SIZE_MAX 1048576

extern const struct wire_msg wire_order_chunk_msg;

/**
 * wire_order_chunk_encode() - append a whole message: Stored and sent - a chunk of a
 *   snapshot
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_chunk_encode(const struct wire_order_chunk *m, struct buf *out)
{
	return wire_encode(&wire_order_chunk_msg, m, out);
}

/**
 * wire_order_chunk_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_chunk_decode(struct bytes in, struct wire_order_chunk *m)
{
	return wire_decode(&wire_order_chunk_msg, in, m);
}

/**
 * wire_order_chunk_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_chunk_body_decode(const struct wire_header *h,
					       struct wire_order_chunk *m)
{
	return wire_body_decode(&wire_order_chunk_msg, h, m);
}

/* A whole order-snapshot message is never longer. */
#define WIRE_ORDER_SNAPSHOT_SIZE_MAX 1278

extern const struct wire_msg wire_order_snapshot_msg;

/**
 * wire_order_snapshot_encode() - append a whole message: Stored - what a complete
 *   snapshot is
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_order_snapshot_encode(const struct wire_order_snapshot *m, struct buf *out)
{
	return wire_encode(&wire_order_snapshot_msg, m, out);
}

/**
 * wire_order_snapshot_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_snapshot_decode(struct bytes in, struct wire_order_snapshot *m)
{
	return wire_decode(&wire_order_snapshot_msg, in, m);
}

/**
 * wire_order_snapshot_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_order_snapshot_body_decode(const struct wire_header *h,
						  struct wire_order_snapshot *m)
{
	return wire_body_decode(&wire_order_snapshot_msg, h, m);
}

#endif
