/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/peer.yaml
 * by scripts/gen.
 *
 * The start of every stream between agents. Who is authenticated by the group key says
 * who it is before anything else.
 */
#ifndef _XOS_WIRE_PEER_H
#define _XOS_WIRE_PEER_H

#include <wire/wire.h>
#include <wire/common.h>

#define WIRE_PEER_HELLO_PROGRAM_LEN_MAX 64

/**
 * struct wire_peer_hello - First message in both directions of a stream
 * @id: Identity of the sender
 * @addr: Where the sender listens; port 0 when it takes no streams
 * @wire_version: Version of the wire format that the sender writes
 * @program: Program and version of the sender, for people to read (at most 64 bytes,
 *   UTF-8)
 * @has_program: is @program there?
 */
struct wire_peer_hello {
	struct xos_id id;
	struct xos_addr addr;
	uint16_t wire_version;
	struct bytes program;
	bool has_program;
};

extern const struct wire_set wire_peer_hello_set;

/* A whole peer-hello message is never longer. */
#define WIRE_PEER_HELLO_SIZE_MAX 140

extern const struct wire_msg wire_peer_hello_msg;

/**
 * wire_peer_hello_encode() - append a whole message: First message in both directions of
 *   a stream
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_hello_encode(const struct wire_peer_hello *m, struct buf *out)
{
	return wire_encode(&wire_peer_hello_msg, m, out);
}

/**
 * wire_peer_hello_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_hello_decode(struct bytes in, struct wire_peer_hello *m)
{
	return wire_decode(&wire_peer_hello_msg, in, m);
}

/**
 * wire_peer_hello_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_hello_body_decode(const struct wire_header *h,
					      struct wire_peer_hello *m)
{
	return wire_body_decode(&wire_peer_hello_msg, h, m);
}

#endif
