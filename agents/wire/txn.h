/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/txn.yaml
 * by scripts/gen.
 *
 * Between who decides a transaction (its manager, or an owner that takes over) and the
 * owners of its keys.
 */
#ifndef _XOS_WIRE_TXN_H
#define _XOS_WIRE_TXN_H

#include <wire/wire.h>
#include <wire/common.h>
#include <wire/overlay.h>
#include <wire/dht.h>

/* Greatest number of parts of one transaction. */
#define WIRE_TXN_KEYS 128

/**
 * enum wire_txn_what - What an owner is asked for
 * @WIRE_TXN_WHAT_CHECK: Is what was read still true? Nothing is stored.
 * @WIRE_TXN_WHAT_PREPARE: Vote in the first round, and hold the key.
 * @WIRE_TXN_WHAT_PROMISE: Accept nothing below this ballot, and tell what was voted and
 *   accepted.
 * @WIRE_TXN_WHAT_ACCEPT: Accept this ballot's value for the vote of this key.
 * @WIRE_TXN_WHAT_DECIDE: This is the decision.
 * @WIRE_TXN_WHAT_FORGET: Everybody needed has the decision; no answer.
 */
enum wire_txn_what {
	WIRE_TXN_WHAT_CHECK = 0,
	WIRE_TXN_WHAT_PREPARE = 1,
	WIRE_TXN_WHAT_PROMISE = 2,
	WIRE_TXN_WHAT_ACCEPT = 3,
	WIRE_TXN_WHAT_DECIDE = 4,
	WIRE_TXN_WHAT_FORGET = 5,
};

/**
 * wire_txn_what_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_txn_what_name(uint64_t value);

/**
 * enum wire_txn_state - What an owner answers
 * @WIRE_TXN_STATE_NONE: It has not voted.
 * @WIRE_TXN_STATE_PREPARED: It can do its part and will.
 * @WIRE_TXN_STATE_REFUSED: It can not, and never will.
 * @WIRE_TXN_STATE_BEHIND: It can not, because it lacks what was written before.
 * @WIRE_TXN_STATE_LOCKED: Another transaction holds the key.
 * @WIRE_TXN_STATE_OVERTAKEN: It has promised a higher ballot.
 * @WIRE_TXN_STATE_COMMITTED: It knows that the transaction was committed.
 * @WIRE_TXN_STATE_DONE: What was asked for is done and durable.
 * @WIRE_TXN_STATE_ABORTED: It knows that the transaction was aborted.
 */
enum wire_txn_state {
	WIRE_TXN_STATE_NONE = 0,
	WIRE_TXN_STATE_PREPARED = 1,
	WIRE_TXN_STATE_REFUSED = 2,
	WIRE_TXN_STATE_BEHIND = 3,
	WIRE_TXN_STATE_LOCKED = 4,
	WIRE_TXN_STATE_OVERTAKEN = 5,
	WIRE_TXN_STATE_COMMITTED = 6,
	WIRE_TXN_STATE_DONE = 7,
	WIRE_TXN_STATE_ABORTED = 8,
};

/**
 * wire_txn_state_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_txn_state_name(uint64_t value);

#define WIRE_TXN_PART_KEY_LEN_MAX 1024

/**
 * struct wire_txn_part - A key of a transaction
 * @key: Key (at most 1024 bytes)
 * @write: The key is written
 */
struct wire_txn_part {
	struct bytes key;
	bool write;
};

extern const struct wire_set wire_txn_part_set;

/**
 * struct wire_txn_part_list - list of struct wire_txn_part
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_txn_part_list {
	const struct wire_txn_part *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_txn_part_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_txn_part_list_next(const struct wire_txn_part_list *l, size_t *pos,
					   struct wire_txn_part *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_txn_part_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_TXN_SCOPE_PARTS_COUNT_MAX 128

/**
 * struct wire_txn_scope - Stored with each vote - all keys of a transaction
 * @parts: The keys (at most 128 elements)
 */
struct wire_txn_scope {
	struct wire_txn_part_list parts;
};

extern const struct wire_set wire_txn_scope_set;

#define WIRE_TXN_ASK_KEY_LEN_MAX   1024
#define WIRE_TXN_ASK_VALUE_LEN_MAX 65536
#define WIRE_TXN_ASK_END_LEN_MAX   1024
#define WIRE_TXN_ASK_SCOPE_LEN_MAX 24576

/**
 * struct wire_txn_ask - Ask an owner for its share in the decision of a transaction
 * @grid: Identity of the grid
 * @op: Chosen by the sender, returned in the answer
 * @part: Number of the key in the transaction, returned in the answer
 * @class: Replica class that is asked (0 to 6)
 * @epoch: Epoch of the arc as the sender knows it; 0 for any
 * @what: What is asked for (enum wire_txn_what)
 * @counter: First part of the transaction's identity, and of the version that it writes
 * @writer: Second part
 * @key: Key (at most 1024 bytes)
 * @age: When its client began
 * @round: Ballot of promise and accept, its round
 * @proposer: Ballot of promise and accept, who
 * @abort: Accept, decide - it is to be aborted
 * @read: The version of the key must be the wanted one
 * @want_counter: Version wanted, its first part
 * @want_writer: Version wanted, its second part
 * @write: The key is written
 * @tombstone: The key is deleted
 * @value: What is written (at most 65536 bytes)
 * @range: The items of a range that begins at the key must be the wanted ones
 * @end: Key behind the range; absent for all to the end (at most 1024 bytes)
 * @digest: Digest of keys and versions in the range
 * @scope: All keys of the transaction, a txn-scope (at most 24576 bytes)
 * @has_age: is @age there?
 * @has_round: is @round there?
 * @has_proposer: is @proposer there?
 * @has_want_counter: is @want_counter there?
 * @has_want_writer: is @want_writer there?
 * @has_value: is @value there?
 * @has_end: is @end there?
 * @has_digest: is @digest there?
 * @has_scope: is @scope there?
 */
struct wire_txn_ask {
	uint64_t grid;
	uint64_t op;
	uint16_t part;
	uint8_t class;
	uint64_t epoch;
	uint8_t what;
	uint64_t counter;
	uint64_t writer;
	struct bytes key;
	uint64_t age;
	uint64_t round;
	uint64_t proposer;
	bool abort;
	bool read;
	uint64_t want_counter;
	uint64_t want_writer;
	bool write;
	bool tombstone;
	struct bytes value;
	bool range;
	struct bytes end;
	uint64_t digest;
	struct bytes scope;
	bool has_age;
	bool has_round;
	bool has_proposer;
	bool has_want_counter;
	bool has_want_writer;
	bool has_value;
	bool has_end;
	bool has_digest;
	bool has_scope;
};

extern const struct wire_set wire_txn_ask_set;

#define WIRE_TXN_ANSWER_EPOCHS_LEN_MAX 56

/**
 * struct wire_txn_answer - Answer to txn-ask; what it says is durable
 * @op: Chosen by the asker
 * @part: Number of the key in the transaction
 * @class: Replica class of the sender (0 to 6)
 * @status: Can the sender act for this key? Only with ok does the rest hold (enum
 *   wire_dht_status)
 * @epoch: Epoch of the arc of the sender, 0 when it has none
 * @what: What was asked for (enum wire_txn_what)
 * @state: The answer (enum wire_txn_state)
 * @seen: Refused - a counter that the transaction should have been above
 * @holder_age: Locked - age of the transaction that holds the key
 * @holder_writer: Locked - second part of its identity
 * @round: Overtaken - ballot promised, its round
 * @accepted_round: Promise - ballot accepted, its round
 * @accepted_proposer: Promise - ballot accepted, who
 * @abort: Promise - what was accepted is to abort
 * @shut: Promise - it will never accept that the transaction commits
 * @hint: A node nearer to the owner, when the sender is not
 * @epochs: Epochs of the key's arcs in all classes, 8 bytes each, as the sender knew them
 *   when it acted; of a range of several, digests of them (at most 56 bytes)
 * @has_seen: is @seen there?
 * @has_holder_age: is @holder_age there?
 * @has_holder_writer: is @holder_writer there?
 * @has_round: is @round there?
 * @has_accepted_round: is @accepted_round there?
 * @has_accepted_proposer: is @accepted_proposer there?
 * @has_hint: is @hint there?
 * @has_epochs: is @epochs there?
 */
struct wire_txn_answer {
	uint64_t op;
	uint16_t part;
	uint8_t class;
	uint8_t status;
	uint64_t epoch;
	uint8_t what;
	uint8_t state;
	uint64_t seen;
	uint64_t holder_age;
	uint64_t holder_writer;
	uint64_t round;
	uint64_t accepted_round;
	uint64_t accepted_proposer;
	bool abort;
	bool shut;
	struct wire_ring_peer hint;
	struct bytes epochs;
	bool has_seen;
	bool has_holder_age;
	bool has_holder_writer;
	bool has_round;
	bool has_accepted_round;
	bool has_accepted_proposer;
	bool has_hint;
	bool has_epochs;
};

extern const struct wire_set wire_txn_answer_set;

/* A whole txn-ask message is never longer. */
#define WIRE_TXN_ASK_SIZE_MAX 92406

extern const struct wire_msg wire_txn_ask_msg;

/**
 * wire_txn_ask_encode() - append a whole message: Ask an owner for its share in the
 *   decision of a transaction
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_txn_ask_encode(const struct wire_txn_ask *m, struct buf *out)
{
	return wire_encode(&wire_txn_ask_msg, m, out);
}

/**
 * wire_txn_ask_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_txn_ask_decode(struct bytes in, struct wire_txn_ask *m)
{
	return wire_decode(&wire_txn_ask_msg, in, m);
}

/**
 * wire_txn_ask_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_txn_ask_body_decode(const struct wire_header *h, struct wire_txn_ask *m)
{
	return wire_body_decode(&wire_txn_ask_msg, h, m);
}

/* A whole txn-answer message is never longer. */
#define WIRE_TXN_ANSWER_SIZE_MAX 1327

extern const struct wire_msg wire_txn_answer_msg;

/**
 * wire_txn_answer_encode() - append a whole message: Answer to txn-ask; what it says is
 *   durable
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_txn_answer_encode(const struct wire_txn_answer *m, struct buf *out)
{
	return wire_encode(&wire_txn_answer_msg, m, out);
}

/**
 * wire_txn_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_txn_answer_decode(struct bytes in, struct wire_txn_answer *m)
{
	return wire_decode(&wire_txn_answer_msg, in, m);
}

/**
 * wire_txn_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_txn_answer_body_decode(const struct wire_header *h,
					      struct wire_txn_answer *m)
{
	return wire_body_decode(&wire_txn_answer_msg, h, m);
}

#endif
