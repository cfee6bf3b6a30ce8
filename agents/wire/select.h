/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/select.yaml
 * by scripts/gen.
 *
 * How machines find each other by their attributes: gossip that keeps the tables of the
 * overlay, and queries that are handed on from machine to machine, each answering for
 * itself from the attributes that it has at that moment.
 */
#ifndef _XOS_WIRE_SELECT_H
#define _XOS_WIRE_SELECT_H

#include <wire/wire.h>
#include <wire/common.h>

/* Longest query, in bytes. */
#define WIRE_SELECT_TEXT_MAX 4096

/* Bytes of a key. */
#define WIRE_SELECT_KEY_LEN 16

/* Machines in one answer. */
#define WIRE_SELECT_FOUND_MAX 4096

/* Bytes that a machine is ordered by. */
#define WIRE_SELECT_ORDER_MAX 48

/* Bytes of values to show. */
#define WIRE_SELECT_SHOW_MAX 96

/* Conditions whose effect is counted. */
#define WIRE_SELECT_TALLY_MAX 32

/**
 * enum wire_select_gossip_kind - What a message of the gossip says
 * @WIRE_SELECT_GOSSIP_KIND_SWAP: Part of the sender's random sample.
 * @WIRE_SELECT_GOSSIP_KIND_SWAP_ANSWER: The same back.
 * @WIRE_SELECT_GOSSIP_KIND_TELL: Nodes that are useful to the receiver.
 * @WIRE_SELECT_GOSSIP_KIND_TELL_ANSWER: The same back.
 * @WIRE_SELECT_GOSSIP_KIND_HERE: News of a node; not answered.
 * @WIRE_SELECT_GOSSIP_KIND_FIND: Who is nearest to a key?
 * @WIRE_SELECT_GOSSIP_KIND_FIND_ANSWER: Nodes nearer to it, or its neighbourhood.
 */
enum wire_select_gossip_kind {
	WIRE_SELECT_GOSSIP_KIND_SWAP = 0,
	WIRE_SELECT_GOSSIP_KIND_SWAP_ANSWER = 1,
	WIRE_SELECT_GOSSIP_KIND_TELL = 2,
	WIRE_SELECT_GOSSIP_KIND_TELL_ANSWER = 3,
	WIRE_SELECT_GOSSIP_KIND_HERE = 4,
	WIRE_SELECT_GOSSIP_KIND_FIND = 5,
	WIRE_SELECT_GOSSIP_KIND_FIND_ANSWER = 6,
};

/**
 * wire_select_gossip_kind_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_select_gossip_kind_name(uint64_t value);

/**
 * enum wire_select_status - What an answer says
 * @WIRE_SELECT_STATUS_DONE: The region was covered, but for what is missing.
 * @WIRE_SELECT_STATUS_WORKING: The answer follows.
 * @WIRE_SELECT_STATUS_ELSEWHERE: The sender does not lie in the region, or cannot answer
 *   for one yet.
 */
enum wire_select_status {
	WIRE_SELECT_STATUS_DONE = 0,
	WIRE_SELECT_STATUS_WORKING = 1,
	WIRE_SELECT_STATUS_ELSEWHERE = 2,
};

/**
 * wire_select_status_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_select_status_name(uint64_t value);

#define WIRE_SELECT_CONTACT_KEY_LEN_MAX 16

/**
 * struct wire_select_contact - A node as others know it
 * @id: Identity
 * @addr: Address and port of its peer socket
 * @key: Its key, the highest bit first (16 bytes)
 * @version: Rises when the node starts or its key changes
 * @age: Cycles of gossip since the node itself said this
 */
struct wire_select_contact {
	struct xos_id id;
	struct xos_addr addr;
	struct bytes key;
	uint64_t version;
	uint16_t age;
};

extern const struct wire_set wire_select_contact_set;

/**
 * struct wire_select_contact_list - list of struct wire_select_contact
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_select_contact_list {
	const struct wire_select_contact *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_select_contact_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_select_contact_list_next(const struct wire_select_contact_list *l,
						 size_t *pos, struct wire_select_contact *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_select_contact_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_SELECT_FOUND_MACHINE_LEN_MAX 63
#define WIRE_SELECT_FOUND_KEY_LEN_MAX	  48
#define WIRE_SELECT_FOUND_SHOW_LEN_MAX	  96

/**
 * struct wire_select_found - A machine that matches
 * @id: Identity of its node
 * @addr: Address and port of its peer socket
 * @machine: Its name (at most 63 bytes, UTF-8)
 * @key: Its place in the order of the query, as bytes; the lowest come first (at most 48
 *   bytes)
 * @same: Hash of what has to be the same for all machines
 * @spread: Hash of what is spread
 * @show: Values to show, each with a zero behind it (at most 96 bytes)
 * @has_machine: is @machine there?
 * @has_key: is @key there?
 * @has_same: is @same there?
 * @has_spread: is @spread there?
 * @has_show: is @show there?
 */
struct wire_select_found {
	struct xos_id id;
	struct xos_addr addr;
	struct bytes machine;
	struct bytes key;
	uint64_t same;
	uint64_t spread;
	struct bytes show;
	bool has_machine;
	bool has_key;
	bool has_same;
	bool has_spread;
	bool has_show;
};

extern const struct wire_set wire_select_found_set;

/**
 * struct wire_select_found_list - list of struct wire_select_found
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_select_found_list {
	const struct wire_select_found *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_select_found_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_select_found_list_next(const struct wire_select_found_list *l, size_t *pos,
					       struct wire_select_found *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_select_found_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_select_condition - What a condition of the query did
 * @removed: Machines for which it, and none before it, was not true
 * @untrue: Machines for which it was not true
 * @unknown: Of these, machines for which it was unknown
 */
struct wire_select_condition {
	uint32_t removed;
	uint32_t untrue;
	uint32_t unknown;
};

extern const struct wire_set wire_select_condition_set;

/**
 * struct wire_select_condition_list - list of struct wire_select_condition
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_select_condition_list {
	const struct wire_select_condition *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_select_condition_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_select_condition_list_next(const struct wire_select_condition_list *l,
						   size_t *pos, struct wire_select_condition *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_select_condition_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_SELECT_TALLY_CONDITIONS_COUNT_MAX 32

/**
 * struct wire_select_tally - What removed how many machines
 * @machines: Machines that looked at themselves
 * @conditions: The conditions, in the order of the text; the last one stands for those
 *   behind it too (at most 32 elements)
 * @refused: Of those that match, refuse the job
 * @has_refused: is @refused there?
 */
struct wire_select_tally {
	uint32_t machines;
	struct wire_select_condition_list conditions;
	uint32_t refused;
	bool has_refused;
};

extern const struct wire_set wire_select_tally_set;

#define WIRE_SELECT_GOSSIP_TARGET_LEN_MAX     16
#define WIRE_SELECT_GOSSIP_CONTACTS_COUNT_MAX 64

/**
 * struct wire_select_gossip - Nodes that the sender knows
 * @kind: What it says (enum wire_select_gossip_kind)
 * @space: The space that keys are of
 * @find_id: Of find: chosen by who asks, returned in the answer
 * @target: Of find: the key (16 bytes)
 * @last: Of find-answer: the sender is in the neighbourhood of the key
 * @contacts: Nodes, the sender first (at most 64 elements)
 * @depth: Of the last find-answer: everybody is told whose key agrees with the one looked
 *   for in so many bits (0 to 128)
 * @has_find_id: is @find_id there?
 * @has_target: is @target there?
 * @has_depth: is @depth there?
 */
struct wire_select_gossip {
	uint8_t kind;
	uint32_t space;
	uint64_t find_id;
	struct bytes target;
	bool last;
	struct wire_select_contact_list contacts;
	uint8_t depth;
	bool has_find_id;
	bool has_target;
	bool has_depth;
};

extern const struct wire_set wire_select_gossip_set;

#define WIRE_SELECT_QUERY_REGION_LEN_MAX 16
#define WIRE_SELECT_QUERY_TEXT_LEN_MAX	 4096

/**
 * struct wire_select_query - Cover a region
 * @query_id: The query, the same at all machines
 * @ask_id: Chosen by who asks, returned in the answer
 * @space: The space that keys are of
 * @region: Key in the region (16 bytes)
 * @bits: Bits of the key that all keys in the region begin with (0 to 128)
 * @hops: Questions since the start
 * @want: Machines wanted, 0 for all
 * @budget_ms: Milliseconds until the answer is of no use
 * @text: The query, with its clauses (at most 4096 bytes, UTF-8)
 */
struct wire_select_query {
	uint64_t query_id;
	uint64_t ask_id;
	uint32_t space;
	struct bytes region;
	uint8_t bits;
	uint8_t hops;
	uint32_t want;
	uint32_t budget_ms;
	struct bytes text;
};

extern const struct wire_set wire_select_query_set;

#define WIRE_SELECT_ANSWER_FOUND_COUNT_MAX 4096

/**
 * struct wire_select_answer - What the region has
 * @ask_id: From the question
 * @status: What it says (enum wire_select_status)
 * @missing: Regions that nobody answered for
 * @visited: Machines that looked at themselves
 * @depth: Longest way, in questions from the start
 * @found: Machines that match (at most 4096 elements)
 * @count: Machines that match, when it is not the number of those in the list
 * @tally: Of explain: what removed the others
 * @has_missing: is @missing there?
 * @has_visited: is @visited there?
 * @has_depth: is @depth there?
 * @has_count: is @count there?
 * @has_tally: is @tally there?
 */
struct wire_select_answer {
	uint64_t ask_id;
	uint8_t status;
	uint32_t missing;
	uint32_t visited;
	uint32_t depth;
	struct wire_select_found_list found;
	uint32_t count;
	struct wire_select_tally tally;
	bool has_missing;
	bool has_visited;
	bool has_depth;
	bool has_count;
	bool has_tally;
};

extern const struct wire_set wire_select_answer_set;

#define WIRE_SELECT_CLAIM_TEXT_LEN_MAX 4096

/**
 * struct wire_select_claim - Reserve this machine for a job, or end that
 * @ask_id: Chosen by who asks, returned in the answer
 * @text: The query, with its claim (at most 4096 bytes, UTF-8)
 * @release: The job does not want the machine any more, which it got by the question of
 *   this number
 */
struct wire_select_claim {
	uint64_t ask_id;
	struct bytes text;
	bool release;
};

extern const struct wire_set wire_select_claim_set;

/**
 * struct wire_select_claim_answer - Whether the machine is reserved now
 * @ask_id: From the question
 * @given: It is; else it does not match, or another job has it
 */
struct wire_select_claim_answer {
	uint64_t ask_id;
	bool given;
};

extern const struct wire_set wire_select_claim_answer_set;

/* A whole select-gossip message is never longer. */
#define WIRE_SELECT_GOSSIP_SIZE_MAX 6226

extern const struct wire_msg wire_select_gossip_msg;

/**
 * wire_select_gossip_encode() - append a whole message: Nodes that the sender knows
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_gossip_encode(const struct wire_select_gossip *m, struct buf *out)
{
	return wire_encode(&wire_select_gossip_msg, m, out);
}

/**
 * wire_select_gossip_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_gossip_decode(struct bytes in, struct wire_select_gossip *m)
{
	return wire_decode(&wire_select_gossip_msg, in, m);
}

/**
 * wire_select_gossip_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_gossip_body_decode(const struct wire_header *h,
						 struct wire_select_gossip *m)
{
	return wire_body_decode(&wire_select_gossip_msg, h, m);
}

/* A whole select-query message is never longer. */
#define WIRE_SELECT_QUERY_SIZE_MAX 4212

extern const struct wire_msg wire_select_query_msg;

/**
 * wire_select_query_encode() - append a whole message: Cover a region
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_query_encode(const struct wire_select_query *m, struct buf *out)
{
	return wire_encode(&wire_select_query_msg, m, out);
}

/**
 * wire_select_query_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_query_decode(struct bytes in, struct wire_select_query *m)
{
	return wire_decode(&wire_select_query_msg, in, m);
}

/**
 * wire_select_query_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_query_body_decode(const struct wire_header *h,
						struct wire_select_query *m)
{
	return wire_body_decode(&wire_select_query_msg, h, m);
}

/* A whole select-answer message is never longer. */
#define WIRE_SELECT_ANSWER_SIZE_MAX 1048576

extern const struct wire_msg wire_select_answer_msg;

/**
 * wire_select_answer_encode() - append a whole message: What the region has
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_answer_encode(const struct wire_select_answer *m, struct buf *out)
{
	return wire_encode(&wire_select_answer_msg, m, out);
}

/**
 * wire_select_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_answer_decode(struct bytes in, struct wire_select_answer *m)
{
	return wire_decode(&wire_select_answer_msg, in, m);
}

/**
 * wire_select_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_answer_body_decode(const struct wire_header *h,
						 struct wire_select_answer *m)
{
	return wire_body_decode(&wire_select_answer_msg, h, m);
}

/* A whole select-claim message is never longer. */
#define WIRE_SELECT_CLAIM_SIZE_MAX 4138

extern const struct wire_msg wire_select_claim_msg;

/**
 * wire_select_claim_encode() - append a whole message: Reserve this machine for a job, or
 *   end that
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_claim_encode(const struct wire_select_claim *m, struct buf *out)
{
	return wire_encode(&wire_select_claim_msg, m, out);
}

/**
 * wire_select_claim_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_claim_decode(struct bytes in, struct wire_select_claim *m)
{
	return wire_decode(&wire_select_claim_msg, in, m);
}

/**
 * wire_select_claim_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_claim_body_decode(const struct wire_header *h,
						struct wire_select_claim *m)
{
	return wire_body_decode(&wire_select_claim_msg, h, m);
}

/* A whole select-claim-answer message is never longer. */
#define WIRE_SELECT_CLAIM_ANSWER_SIZE_MAX 36

extern const struct wire_msg wire_select_claim_answer_msg;

/**
 * wire_select_claim_answer_encode() - append a whole message: Whether the machine is
 *   reserved now
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_claim_answer_encode(const struct wire_select_claim_answer *m,
						  struct buf *out)
{
	return wire_encode(&wire_select_claim_answer_msg, m, out);
}

/**
 * wire_select_claim_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_claim_answer_decode(struct bytes in,
						  struct wire_select_claim_answer *m)
{
	return wire_decode(&wire_select_claim_answer_msg, in, m);
}

/**
 * wire_select_claim_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_claim_answer_body_decode(const struct wire_header *h,
						       struct wire_select_claim_answer *m)
{
	return wire_body_decode(&wire_select_claim_answer_msg, h, m);
}

#endif
