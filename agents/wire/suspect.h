/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/suspect.yaml
 * by scripts/gen.
 *
 * Signs of life between nodes that watch each other. Always datagrams.
 */
#ifndef _XOS_WIRE_SUSPECT_H
#define _XOS_WIRE_SUSPECT_H

#include <wire/wire.h>
#include <wire/common.h>

/**
 * struct wire_suspect_ping - Are you there?
 * @seq: Number of the ping, returned in the pong
 */
struct wire_suspect_ping {
	uint64_t seq;
};

extern const struct wire_set wire_suspect_ping_set;

/**
 * struct wire_suspect_pong - I am
 * @seq: From the ping
 */
struct wire_suspect_pong {
	uint64_t seq;
};

extern const struct wire_set wire_suspect_pong_set;

/* A whole suspect-ping message is never longer. */
#define WIRE_SUSPECT_PING_SIZE_MAX 30

extern const struct wire_msg wire_suspect_ping_msg;

/**
 * wire_suspect_ping_encode() - append a whole message: Are you there?
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_suspect_ping_encode(const struct wire_suspect_ping *m, struct buf *out)
{
	return wire_encode(&wire_suspect_ping_msg, m, out);
}

/**
 * wire_suspect_ping_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_suspect_ping_decode(struct bytes in, struct wire_suspect_ping *m)
{
	return wire_decode(&wire_suspect_ping_msg, in, m);
}

/**
 * wire_suspect_ping_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_suspect_ping_body_decode(const struct wire_header *h,
						struct wire_suspect_ping *m)
{
	return wire_body_decode(&wire_suspect_ping_msg, h, m);
}

/* A whole suspect-pong message is never longer. */
#define WIRE_SUSPECT_PONG_SIZE_MAX 30

extern const struct wire_msg wire_suspect_pong_msg;

/**
 * wire_suspect_pong_encode() - append a whole message: I am
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_suspect_pong_encode(const struct wire_suspect_pong *m, struct buf *out)
{
	return wire_encode(&wire_suspect_pong_msg, m, out);
}

/**
 * wire_suspect_pong_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_suspect_pong_decode(struct bytes in, struct wire_suspect_pong *m)
{
	return wire_decode(&wire_suspect_pong_msg, in, m);
}

/**
 * wire_suspect_pong_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_suspect_pong_body_decode(const struct wire_header *h,
						struct wire_suspect_pong *m)
{
	return wire_body_decode(&wire_suspect_pong_msg, h, m);
}

#endif
