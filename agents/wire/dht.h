/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/dht.yaml
 * by scripts/gen.
 *
 * Between the coordinator of an operation and the owners of a key, one in each replica
 * class.
 */
#ifndef _XOS_WIRE_DHT_H
#define _XOS_WIRE_DHT_H

#include <wire/wire.h>
#include <wire/common.h>
#include <wire/overlay.h>

/* Greatest length of a value, in bytes. */
#define WIRE_DHT_VALUE_LEN 65536

/* Greatest length of what tells all keys of a transaction, in bytes. */
#define WIRE_DHT_SCOPE_LEN 24576

/* Greatest number of votes of one key at one owner. */
#define WIRE_DHT_VOTES 32

/**
 * enum wire_dht_vote_state - What an owner has said of a transaction
 * @WIRE_DHT_VOTE_STATE_NONE: Nothing; it has only promised, or accepted what others said.
 * @WIRE_DHT_VOTE_STATE_PREPARED: It can do its part, and holds the key for it.
 * @WIRE_DHT_VOTE_STATE_COMMITTED: It knows that all was decided, and has done its part.
 * @WIRE_DHT_VOTE_STATE_ABORTED: It knows that it was aborted, after ballots; kept until
 *   all owners know.
 * @WIRE_DHT_VOTE_STATE_HELD: Copied from owners of other classes when the arc was taken
 *   over: it holds the key, and is no vote of this owner.
 */
enum wire_dht_vote_state {
	WIRE_DHT_VOTE_STATE_NONE = 0,
	WIRE_DHT_VOTE_STATE_PREPARED = 1,
	WIRE_DHT_VOTE_STATE_COMMITTED = 2,
	WIRE_DHT_VOTE_STATE_ABORTED = 3,
	WIRE_DHT_VOTE_STATE_HELD = 4,
};

/**
 * wire_dht_vote_state_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_dht_vote_state_name(uint64_t value);

/**
 * enum wire_dht_status - How a replica answers
 * @WIRE_DHT_STATUS_OK: Done; for a write, durable.
 * @WIRE_DHT_STATUS_INCOMPLETE: The grid does not serve yet.
 * @WIRE_DHT_STATUS_NOT_OWNER: The key lies outside of the arc of the sender.
 * @WIRE_DHT_STATUS_MOVING: The key lies in a part that is being handed to another node.
 * @WIRE_DHT_STATUS_STALE: The arc has another epoch than the request says.
 * @WIRE_DHT_STATUS_BUSY: Too much is under way at the sender.
 * @WIRE_DHT_STATUS_NO_LEASE: The sender owns the key and has no lease for it now.
 * @WIRE_DHT_STATUS_RECOVERING: The sender takes the key over and has not copied it yet.
 */
enum wire_dht_status {
	WIRE_DHT_STATUS_OK = 0,
	WIRE_DHT_STATUS_INCOMPLETE = 1,
	WIRE_DHT_STATUS_NOT_OWNER = 2,
	WIRE_DHT_STATUS_MOVING = 3,
	WIRE_DHT_STATUS_STALE = 4,
	WIRE_DHT_STATUS_BUSY = 5,
	WIRE_DHT_STATUS_NO_LEASE = 6,
	WIRE_DHT_STATUS_RECOVERING = 7,
};

/**
 * wire_dht_status_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_dht_status_name(uint64_t value);

#define WIRE_DHT_RECORD_VALUE_LEN_MAX 65536

/**
 * struct wire_dht_record - A stored item
 * @counter: First part of the version
 * @writer: Second part of the version
 * @tombstone: The key was deleted; there is no value
 * @value: Value (at most 65536 bytes)
 * @has_value: is @value there?
 */
struct wire_dht_record {
	uint64_t counter;
	uint64_t writer;
	bool tombstone;
	struct bytes value;
	bool has_value;
};

extern const struct wire_set wire_dht_record_set;

#define WIRE_DHT_VOTE_VALUE_LEN_MAX 65536
#define WIRE_DHT_VOTE_END_LEN_MAX   1024
#define WIRE_DHT_VOTE_SCOPE_LEN_MAX 24576

/**
 * struct wire_dht_vote - Stored - what an owner has said of a transaction, for one key
 * @counter: First part of the transaction's identity, and of the version that it writes
 * @writer: Second part
 * @state: What was said in the first round (enum wire_dht_vote_state)
 * @age: When its client began, for who waits for whom; smaller is older
 * @round: Greatest ballot promised, its round
 * @proposer: Greatest ballot promised, who
 * @accepted_round: Greatest ballot accepted, its round
 * @accepted_proposer: Greatest ballot accepted, who
 * @abort: What was accepted is to abort
 * @write: It writes the key
 * @tombstone: It deletes the key
 * @value: What it writes (at most 65536 bytes)
 * @range: It has read a range that begins at the key
 * @end: Key behind the range; absent for all to the end (at most 1024 bytes)
 * @scope: All keys of the transaction, a txn-scope (at most 24576 bytes)
 * @voters: Held - bit of each class whose owner had said prepared
 * @copy: Copied in a takeover - number of the attempt
 * @unsure: Copied where another owner may have forgotten that it was aborted; this owner
 *   takes part in no ballot about it
 * @has_accepted_round: is @accepted_round there?
 * @has_accepted_proposer: is @accepted_proposer there?
 * @has_value: is @value there?
 * @has_end: is @end there?
 * @has_voters: is @voters there?
 * @has_copy: is @copy there?
 */
struct wire_dht_vote {
	uint64_t counter;
	uint64_t writer;
	uint8_t state;
	uint64_t age;
	uint64_t round;
	uint64_t proposer;
	uint64_t accepted_round;
	uint64_t accepted_proposer;
	bool abort;
	bool write;
	bool tombstone;
	struct bytes value;
	bool range;
	struct bytes end;
	struct bytes scope;
	uint8_t voters;
	uint64_t copy;
	bool unsure;
	bool has_accepted_round;
	bool has_accepted_proposer;
	bool has_value;
	bool has_end;
	bool has_voters;
	bool has_copy;
};

extern const struct wire_set wire_dht_vote_set;

/**
 * struct wire_dht_vote_list - list of struct wire_dht_vote
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_dht_vote_list {
	const struct wire_dht_vote *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_dht_vote_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_dht_vote_list_next(const struct wire_dht_vote_list *l, size_t *pos,
					   struct wire_dht_vote *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_dht_vote_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_DHT_STORED_VALUE_LEN_MAX	65536
#define WIRE_DHT_STORED_VOTES_COUNT_MAX 32

/**
 * struct wire_dht_stored - Stored - an item and the votes for its key
 * @counter: First part of the version
 * @writer: Second part of the version
 * @tombstone: The key was deleted; there is no value
 * @value: Value (at most 65536 bytes)
 * @floor: No transaction up to this counter is voted for any more
 * @lost: Of transactions up to this counter it may have been forgotten, before all owners
 *   knew it, that they were aborted
 * @votes: Votes (at most 32 elements)
 * @has_value: is @value there?
 * @has_floor: is @floor there?
 * @has_lost: is @lost there?
 */
struct wire_dht_stored {
	uint64_t counter;
	uint64_t writer;
	bool tombstone;
	struct bytes value;
	uint64_t floor;
	uint64_t lost;
	struct wire_dht_vote_list votes;
	bool has_value;
	bool has_floor;
	bool has_lost;
};

extern const struct wire_set wire_dht_stored_set;

#define WIRE_DHT_ENTRY_KEY_LEN_MAX 1024

/**
 * struct wire_dht_entry - An item of a scan
 * @key: Key (at most 1024 bytes)
 * @record: The item
 * @unsynced: The item is not durable yet
 * @in_doubt: A transaction is about to write the key
 */
struct wire_dht_entry {
	struct bytes key;
	struct wire_dht_record record;
	bool unsynced;
	bool in_doubt;
};

extern const struct wire_set wire_dht_entry_set;

/**
 * struct wire_dht_entry_list - list of struct wire_dht_entry
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_dht_entry_list {
	const struct wire_dht_entry *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_dht_entry_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_dht_entry_list_next(const struct wire_dht_entry_list *l, size_t *pos,
					    struct wire_dht_entry *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_dht_entry_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_DHT_READ_KEY_LEN_MAX 1024

/**
 * struct wire_dht_read - Read one replica of a key
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @op: Chosen by the coordinator, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @epoch: Epoch of the arc as the coordinator knows it; 0 for any
 * @key: Key (at most 1024 bytes)
 * @version_only: Leave the value out
 */
struct wire_dht_read {
	uint64_t grid;
	uint64_t op;
	uint8_t class;
	uint64_t epoch;
	struct bytes key;
	bool version_only;
};

extern const struct wire_set wire_dht_read_set;

#define WIRE_DHT_READ_ANSWER_EPOCHS_LEN_MAX 56

/**
 * struct wire_dht_read_answer - Answer to dht-read
 * @op: Chosen by the coordinator, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @status: How it went (enum wire_dht_status)
 * @epoch: Epoch of the arc of the sender, 0 when it has none
 * @record: The item; absent when there was never one
 * @unsynced: The item is not durable yet
 * @hint: A node nearer to the owner, when the sender is not
 * @in_doubt: A transaction is about to write the key; ask again
 * @epochs: Epochs of the key's arcs in all classes, 8 bytes each, as the sender knew them
 *   when it acted (at most 56 bytes)
 * @has_record: is @record there?
 * @has_hint: is @hint there?
 * @has_epochs: is @epochs there?
 */
struct wire_dht_read_answer {
	uint64_t op;
	uint8_t class;
	uint8_t status;
	uint64_t epoch;
	struct wire_dht_record record;
	bool unsynced;
	struct wire_ring_peer hint;
	bool in_doubt;
	struct bytes epochs;
	bool has_record;
	bool has_hint;
	bool has_epochs;
};

extern const struct wire_set wire_dht_read_answer_set;

#define WIRE_DHT_WRITE_KEY_LEN_MAX 1024

/**
 * struct wire_dht_write - Write one replica of a key, unless it has a newer version
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @op: Chosen by the coordinator, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @epoch: Epoch of the arc as the coordinator knows it; 0 for any
 * @key: Key (at most 1024 bytes)
 * @record: The item
 */
struct wire_dht_write {
	uint64_t grid;
	uint64_t op;
	uint8_t class;
	uint64_t epoch;
	struct bytes key;
	struct wire_dht_record record;
};

extern const struct wire_set wire_dht_write_set;

#define WIRE_DHT_WRITE_ANSWER_EPOCHS_LEN_MAX 56

/**
 * struct wire_dht_write_answer - Answer to dht-write, sent when the replica holds this
 *   version, or a newer one, durably
 * @op: Chosen by the coordinator, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @status: How it went (enum wire_dht_status)
 * @epoch: Epoch of the arc of the sender, 0 when it has none
 * @hint: A node nearer to the owner, when the sender is not
 * @epochs: Epochs of the key's arcs in all classes, 8 bytes each, as the sender knew them
 *   when it acted (at most 56 bytes)
 * @has_hint: is @hint there?
 * @has_epochs: is @epochs there?
 */
struct wire_dht_write_answer {
	uint64_t op;
	uint8_t class;
	uint8_t status;
	uint64_t epoch;
	struct wire_ring_peer hint;
	struct bytes epochs;
	bool has_hint;
	bool has_epochs;
};

extern const struct wire_set wire_dht_write_answer_set;

#define WIRE_DHT_SCAN_FROM_LEN_MAX 1024
#define WIRE_DHT_SCAN_TO_LEN_MAX   1024

/**
 * struct wire_dht_scan - Read keys of one replica in order
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @op: Chosen by the coordinator, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @epoch: Epoch of the arc as the coordinator knows it; 0 for any
 * @from: First key wanted (at most 1024 bytes)
 * @to: First key not wanted; absent for all (at most 1024 bytes)
 * @limit: Items wanted at most
 * @room: Bytes of items wanted at most; one item comes in any case
 * @has_to: is @to there?
 */
struct wire_dht_scan {
	uint64_t grid;
	uint64_t op;
	uint8_t class;
	uint64_t epoch;
	struct bytes from;
	struct bytes to;
	uint32_t limit;
	uint32_t room;
	bool has_to;
};

extern const struct wire_set wire_dht_scan_set;

#define WIRE_DHT_SCAN_ANSWER_ITEMS_COUNT_MAX 1024
#define WIRE_DHT_SCAN_ANSWER_NEXT_LEN_MAX    1024
#define WIRE_DHT_SCAN_ANSWER_EPOCHS_LEN_MAX  56

/**
 * struct wire_dht_scan_answer - Answer to dht-scan
 * @op: Chosen by the coordinator, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @status: How it went (enum wire_dht_status)
 * @epoch: Epoch of the arc of the sender, 0 when it has none
 * @items: Items in the order of their keys, tombstones included (at most 1024 elements)
 * @next: First key that the answer does not cover; absent when it covers all to the end
 *   of the class (at most 1024 bytes)
 * @hint: A node nearer to the owner, when the sender is not
 * @epochs: Epochs of the key's arcs in all classes, 8 bytes each, as the sender knew them
 *   when it acted (at most 56 bytes)
 * @has_next: is @next there?
 * @has_hint: is @hint there?
 * @has_epochs: is @epochs there?
 */
struct wire_dht_scan_answer {
	uint64_t op;
	uint8_t class;
	uint8_t status;
	uint64_t epoch;
	struct wire_dht_entry_list items;
	struct bytes next;
	struct wire_ring_peer hint;
	struct bytes epochs;
	bool has_next;
	bool has_hint;
	bool has_epochs;
};

extern const struct wire_set wire_dht_scan_answer_set;

/* A whole dht-read message is never longer. */
#define WIRE_DHT_READ_SIZE_MAX 1101

extern const struct wire_msg wire_dht_read_msg;

/**
 * wire_dht_read_encode() - append a whole message: Read one replica of a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_dht_read_encode(const struct wire_dht_read *m, struct buf *out)
{
	return wire_encode(&wire_dht_read_msg, m, out);
}

/**
 * wire_dht_read_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_read_decode(struct bytes in, struct wire_dht_read *m)
{
	return wire_decode(&wire_dht_read_msg, in, m);
}

/**
 * wire_dht_read_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_read_body_decode(const struct wire_header *h, struct wire_dht_read *m)
{
	return wire_body_decode(&wire_dht_read_msg, h, m);
}

/* A whole dht-read-answer message is never longer. */
#define WIRE_DHT_READ_ANSWER_SIZE_MAX 66803

extern const struct wire_msg wire_dht_read_answer_msg;

/**
 * wire_dht_read_answer_encode() - append a whole message: Answer to dht-read
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_dht_read_answer_encode(const struct wire_dht_read_answer *m, struct buf *out)
{
	return wire_encode(&wire_dht_read_answer_msg, m, out);
}

/**
 * wire_dht_read_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_read_answer_decode(struct bytes in, struct wire_dht_read_answer *m)
{
	return wire_decode(&wire_dht_read_answer_msg, in, m);
}

/**
 * wire_dht_read_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_read_answer_body_decode(const struct wire_header *h,
						   struct wire_dht_read_answer *m)
{
	return wire_body_decode(&wire_dht_read_answer_msg, h, m);
}

/* A whole dht-write message is never longer. */
#define WIRE_DHT_WRITE_SIZE_MAX 66677

extern const struct wire_msg wire_dht_write_msg;

/**
 * wire_dht_write_encode() - append a whole message: Write one replica of a key, unless it
 *   has a newer version
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_dht_write_encode(const struct wire_dht_write *m, struct buf *out)
{
	return wire_encode(&wire_dht_write_msg, m, out);
}

/**
 * wire_dht_write_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_write_decode(struct bytes in, struct wire_dht_write *m)
{
	return wire_decode(&wire_dht_write_msg, in, m);
}

/**
 * wire_dht_write_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_write_body_decode(const struct wire_header *h, struct wire_dht_write *m)
{
	return wire_body_decode(&wire_dht_write_msg, h, m);
}

/* A whole dht-write-answer message is never longer. */
#define WIRE_DHT_WRITE_ANSWER_SIZE_MAX 1209

extern const struct wire_msg wire_dht_write_answer_msg;

/**
 * wire_dht_write_answer_encode() - append a whole message: Answer to dht-write, sent when
 *   the replica holds this version, or a newer one, durably
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_dht_write_answer_encode(const struct wire_dht_write_answer *m,
					       struct buf *out)
{
	return wire_encode(&wire_dht_write_answer_msg, m, out);
}

/**
 * wire_dht_write_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_write_answer_decode(struct bytes in, struct wire_dht_write_answer *m)
{
	return wire_decode(&wire_dht_write_answer_msg, in, m);
}

/**
 * wire_dht_write_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_write_answer_body_decode(const struct wire_header *h,
						    struct wire_dht_write_answer *m)
{
	return wire_body_decode(&wire_dht_write_answer_msg, h, m);
}

/* A whole dht-scan message is never longer. */
#define WIRE_DHT_SCAN_SIZE_MAX 2145

extern const struct wire_msg wire_dht_scan_msg;

/**
 * wire_dht_scan_encode() - append a whole message: Read keys of one replica in order
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_dht_scan_encode(const struct wire_dht_scan *m, struct buf *out)
{
	return wire_encode(&wire_dht_scan_msg, m, out);
}

/**
 * wire_dht_scan_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_scan_decode(struct bytes in, struct wire_dht_scan *m)
{
	return wire_decode(&wire_dht_scan_msg, in, m);
}

/**
 * wire_dht_scan_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_scan_body_decode(const struct wire_header *h, struct wire_dht_scan *m)
{
	return wire_body_decode(&wire_dht_scan_msg, h, m);
}

/* A whole dht-scan-answer message is never longer. */
#define WIRE_DHT_SCAN_ANSWER_SIZE_MAX 1048576

extern const struct wire_msg wire_dht_scan_answer_msg;

/**
 * wire_dht_scan_answer_encode() - append a whole message: Answer to dht-scan
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_dht_scan_answer_encode(const struct wire_dht_scan_answer *m, struct buf *out)
{
	return wire_encode(&wire_dht_scan_answer_msg, m, out);
}

/**
 * wire_dht_scan_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_scan_answer_decode(struct bytes in, struct wire_dht_scan_answer *m)
{
	return wire_decode(&wire_dht_scan_answer_msg, in, m);
}

/**
 * wire_dht_scan_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_dht_scan_answer_body_decode(const struct wire_header *h,
						   struct wire_dht_scan_answer *m)
{
	return wire_body_decode(&wire_dht_scan_answer_msg, h, m);
}

#endif
