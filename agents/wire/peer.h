/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/peer.yaml
 * by scripts/gen.
 *
 * What agents say to each other about themselves and their virtual organisation, on every
 * stream, before and besides what the services say.
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
 * @trust: Digest of the authorities and revocation lists that the sender knows; who has
 *   others sends them
 * @has_program: is @program there?
 * @has_trust: is @trust there?
 */
struct wire_peer_hello {
	struct xos_id id;
	struct xos_addr addr;
	uint16_t wire_version;
	struct bytes program;
	uint64_t trust;
	bool has_program;
	bool has_trust;
};

extern const struct wire_set wire_peer_hello_set;

#define WIRE_PEER_AUTHORITY_CERTIFICATE_LEN_MAX 2048

/**
 * struct wire_peer_authority - An authority of the virtual organisation that the receiver
 *   may not know yet
 * @certificate: X.509 certificate as DER (at most 2048 bytes)
 */
struct wire_peer_authority {
	struct bytes certificate;
};

extern const struct wire_set wire_peer_authority_set;

#define WIRE_PEER_REVOKED_LIST_LEN_MAX 524288

/**
 * struct wire_peer_revoked - A revocation list
 * @list: X.509 CRL as DER (at most 524288 bytes)
 */
struct wire_peer_revoked {
	struct bytes list;
};

extern const struct wire_set wire_peer_revoked_set;

/* A whole peer-hello message is never longer. */
#define WIRE_PEER_HELLO_SIZE_MAX 154

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

/* A whole peer-authority message is never longer. */
#define WIRE_PEER_AUTHORITY_SIZE_MAX 2070

extern const struct wire_msg wire_peer_authority_msg;

/**
 * wire_peer_authority_encode() - append a whole message: An authority of the virtual
 *   organisation that the receiver may not know yet
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_authority_encode(const struct wire_peer_authority *m, struct buf *out)
{
	return wire_encode(&wire_peer_authority_msg, m, out);
}

/**
 * wire_peer_authority_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_authority_decode(struct bytes in, struct wire_peer_authority *m)
{
	return wire_decode(&wire_peer_authority_msg, in, m);
}

/**
 * wire_peer_authority_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_authority_body_decode(const struct wire_header *h,
						  struct wire_peer_authority *m)
{
	return wire_body_decode(&wire_peer_authority_msg, h, m);
}

/* A whole peer-revoked message is never longer. */
#define WIRE_PEER_REVOKED_SIZE_MAX 524310

extern const struct wire_msg wire_peer_revoked_msg;

/**
 * wire_peer_revoked_encode() - append a whole message: A revocation list
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_revoked_encode(const struct wire_peer_revoked *m, struct buf *out)
{
	return wire_encode(&wire_peer_revoked_msg, m, out);
}

/**
 * wire_peer_revoked_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_revoked_decode(struct bytes in, struct wire_peer_revoked *m)
{
	return wire_decode(&wire_peer_revoked_msg, in, m);
}

/**
 * wire_peer_revoked_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_revoked_body_decode(const struct wire_header *h,
						struct wire_peer_revoked *m)
{
	return wire_body_decode(&wire_peer_revoked_msg, h, m);
}

#endif
