/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/lookup.yaml
 * by scripts/gen.
 *
 * "Who owns this key?", asked in a datagram and answered by the kernel module xos_lookup
 * or, with the same bytes, by the agent.
 */
#ifndef _XOS_WIRE_LOOKUP_H
#define _XOS_WIRE_LOOKUP_H

#include <wire/wire.h>
#include <wire/common.h>

/* Greatest length of a key in a query, in bytes. */
#define WIRE_LOOKUP_KEY_LEN 1024

/* Greatest number of owners in an answer, one a replica class. */
#define WIRE_LOOKUP_OWNERS 7

/* First four bytes of the envelope of a datagram, "XOSD". */
#define WIRE_DGRAM_MAGIC 0x584f5344

/* Version of the envelope. */
#define WIRE_DGRAM_VERSION 1

/* Offset of the version, one byte; the byte after it is 0. */
#define WIRE_DGRAM_OFF_VERSION 4

/* Offset of the number of the key, two bytes. */
#define WIRE_DGRAM_OFF_KEY_ID 6

/* Offset of the counter of the sender, eight bytes. */
#define WIRE_DGRAM_OFF_COUNTER 8

/* Offset of the identity of the sender, 16 bytes. */
#define WIRE_DGRAM_OFF_SENDER 16

/* Offset of the message. */
#define WIRE_DGRAM_OFF_MSG 32

/*
 * Length of the authentication code that ends a datagram, HMAC-SHA256 (RFC 2104) over all
 * before it, truncated.
 */
#define WIRE_DGRAM_MAC_LEN 16

/**
 * struct wire_owner - A node that owns the key in one replica class
 * @id: Identity of the node
 * @addr: Address and port of its peer socket
 * @class: Replica class that it owns the key in (0 to 6)
 */
struct wire_owner {
	struct xos_id id;
	struct xos_addr addr;
	uint8_t class;
};

extern const struct wire_set wire_owner_set;

/**
 * struct wire_owner_list - list of struct wire_owner
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_owner_list {
	const struct wire_owner *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_owner_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_owner_list_next(const struct wire_owner_list *l, size_t *pos,
					struct wire_owner *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_owner_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_LOOKUP_QUERY_KEY_LEN_MAX 1024
#define WIRE_LOOKUP_QUERY_PAD_LEN_MAX 1024

/**
 * struct wire_lookup_query - Ask who owns a key
 * @query_id: Chosen by who asks, returned in the answer
 * @key: The key (at most 1024 bytes)
 * @pad: Zero bytes, ignored (at most 1024 bytes)
 * @has_pad: is @pad there?
 */
struct wire_lookup_query {
	uint64_t query_id;
	struct bytes key;
	struct bytes pad;
	bool has_pad;
};

extern const struct wire_set wire_lookup_query_set;

#define WIRE_LOOKUP_ANSWER_OWNERS_COUNT_MAX 7

/**
 * struct wire_lookup_answer - Who owns the key, in the order of the replica classes
 * @query_id: From the query
 * @epoch: Greatest epoch of the arcs that answered
 * @owners: One owner a replica class; a class that nobody owns is absent (at most 7
 *   elements)
 */
struct wire_lookup_answer {
	uint64_t query_id;
	uint64_t epoch;
	struct wire_owner_list owners;
};

extern const struct wire_set wire_lookup_answer_set;

/* A whole lookup-query message is never longer. */
#define WIRE_LOOKUP_QUERY_SIZE_MAX 2090

extern const struct wire_msg wire_lookup_query_msg;

/**
 * wire_lookup_query_encode() - append a whole message: Ask who owns a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_lookup_query_encode(const struct wire_lookup_query *m, struct buf *out)
{
	return wire_encode(&wire_lookup_query_msg, m, out);
}

/**
 * wire_lookup_query_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_lookup_query_decode(struct bytes in, struct wire_lookup_query *m)
{
	return wire_decode(&wire_lookup_query_msg, in, m);
}

/**
 * wire_lookup_query_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_lookup_query_body_decode(const struct wire_header *h,
						struct wire_lookup_query *m)
{
	return wire_body_decode(&wire_lookup_query_msg, h, m);
}

/* A whole lookup-answer message is never longer. */
#define WIRE_LOOKUP_ANSWER_SIZE_MAX 457

extern const struct wire_msg wire_lookup_answer_msg;

/**
 * wire_lookup_answer_encode() - append a whole message: Who owns the key, in the order of
 *   the replica classes
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_lookup_answer_encode(const struct wire_lookup_answer *m, struct buf *out)
{
	return wire_encode(&wire_lookup_answer_msg, m, out);
}

/**
 * wire_lookup_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_lookup_answer_decode(struct bytes in, struct wire_lookup_answer *m)
{
	return wire_decode(&wire_lookup_answer_msg, in, m);
}

/**
 * wire_lookup_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_lookup_answer_body_decode(const struct wire_header *h,
						 struct wire_lookup_answer *m)
{
	return wire_body_decode(&wire_lookup_answer_msg, h, m);
}

#endif
