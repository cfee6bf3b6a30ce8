/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/mip6.yaml
 * by scripts/gen.
 *
 * What the members of a distributed server say to its contact node about route
 * optimisation. The home test with a client (RFC 6275, section 11.6) is the contact
 * node's, the care-of test and the binding the member's that serves the client. Tokens
 * are secrets; all messages travel on streams.
 */
#ifndef _XOS_WIRE_MIP6_H
#define _XOS_WIRE_MIP6_H

#include <wire/wire.h>
#include <wire/common.h>

/* Bytes of an IPv6 address. */
#define WIRE_MIP_IP_LEN 16

/* Bytes of a keygen token. */
#define WIRE_MIP_TOKEN_LEN 8

#define WIRE_MIP_TEST_CLIENT_LEN_MAX 16

/**
 * struct wire_mip_test - Member to contact node
 * @vip: Address and port of the vip
 * @client: Address of the client (16 bytes)
 * @fresh: The client has refused the last token as too old
 * @seq: Sequence number of the last binding update that the member knows of
 * @has_seq: is @seq there?
 */
struct wire_mip_test {
	struct xos_addr vip;
	struct bytes client;
	bool fresh;
	uint16_t seq;
	bool has_seq;
};

extern const struct wire_set wire_mip_test_set;

#define WIRE_MIP_TOKEN_CLIENT_LEN_MAX 16
#define WIRE_MIP_TOKEN_TOKEN_LEN_MAX  8

/**
 * struct wire_mip_token - Contact node to member
 * @vip: Address and port of the vip
 * @client: Address of the client (16 bytes)
 * @error: Why there is none, a positive errno
 * @token: Home keygen token (8 bytes)
 * @nonce: Home nonce index
 * @age_ms: Age of the token, in milliseconds
 * @seq: First of MIP6_SEQ_RANGE sequence numbers that are the member's alone
 * @has_error: is @error there?
 * @has_token: is @token there?
 * @has_nonce: is @nonce there?
 * @has_age_ms: is @age_ms there?
 * @has_seq: is @seq there?
 */
struct wire_mip_token {
	struct xos_addr vip;
	struct bytes client;
	uint32_t error;
	struct bytes token;
	uint16_t nonce;
	uint32_t age_ms;
	uint16_t seq;
	bool has_error;
	bool has_token;
	bool has_nonce;
	bool has_age_ms;
	bool has_seq;
};

extern const struct wire_set wire_mip_token_set;

#define WIRE_MIP_BOUND_CLIENT_LEN_MAX 16

/**
 * struct wire_mip_bound - Member to contact node
 * @vip: Address and port of the vip
 * @client: Address of the client (16 bytes)
 * @seq: Its sequence number
 */
struct wire_mip_bound {
	struct xos_addr vip;
	struct bytes client;
	uint16_t seq;
};

extern const struct wire_set wire_mip_bound_set;

#define WIRE_MIP_LEAVE_CLIENT_LEN_MAX 16

/**
 * struct wire_mip_leave - Member to contact node
 * @vip: Address and port of the vip
 * @client: Address of the client (16 bytes)
 */
struct wire_mip_leave {
	struct xos_addr vip;
	struct bytes client;
};

extern const struct wire_set wire_mip_leave_set;

#define WIRE_MIP_REFRESH_CLIENT_LEN_MAX 16

/**
 * struct wire_mip_refresh - Contact node to member
 * @vip: Address and port of the vip
 * @client: Address of the client (16 bytes)
 * @probe: Another member waits - a member that does not know the client says mip-leave
 */
struct wire_mip_refresh {
	struct xos_addr vip;
	struct bytes client;
	bool probe;
};

extern const struct wire_set wire_mip_refresh_set;

/* A whole mip-test message is never longer. */
#define WIRE_MIP_TEST_SIZE_MAX 76

extern const struct wire_msg wire_mip_test_msg;

/**
 * wire_mip_test_encode() - append a whole message: Member to contact node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_mip_test_encode(const struct wire_mip_test *m, struct buf *out)
{
	return wire_encode(&wire_mip_test_msg, m, out);
}

/**
 * wire_mip_test_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_test_decode(struct bytes in, struct wire_mip_test *m)
{
	return wire_decode(&wire_mip_test_msg, in, m);
}

/**
 * wire_mip_test_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_test_body_decode(const struct wire_header *h, struct wire_mip_test *m)
{
	return wire_body_decode(&wire_mip_test_msg, h, m);
}

/* A whole mip-token message is never longer. */
#define WIRE_MIP_TOKEN_SIZE_MAX 112

extern const struct wire_msg wire_mip_token_msg;

/**
 * wire_mip_token_encode() - append a whole message: Contact node to member
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_mip_token_encode(const struct wire_mip_token *m, struct buf *out)
{
	return wire_encode(&wire_mip_token_msg, m, out);
}

/**
 * wire_mip_token_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_token_decode(struct bytes in, struct wire_mip_token *m)
{
	return wire_decode(&wire_mip_token_msg, in, m);
}

/**
 * wire_mip_token_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_token_body_decode(const struct wire_header *h, struct wire_mip_token *m)
{
	return wire_body_decode(&wire_mip_token_msg, h, m);
}

/* A whole mip-bound message is never longer. */
#define WIRE_MIP_BOUND_SIZE_MAX 70

extern const struct wire_msg wire_mip_bound_msg;

/**
 * wire_mip_bound_encode() - append a whole message: Member to contact node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_mip_bound_encode(const struct wire_mip_bound *m, struct buf *out)
{
	return wire_encode(&wire_mip_bound_msg, m, out);
}

/**
 * wire_mip_bound_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_bound_decode(struct bytes in, struct wire_mip_bound *m)
{
	return wire_decode(&wire_mip_bound_msg, in, m);
}

/**
 * wire_mip_bound_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_bound_body_decode(const struct wire_header *h, struct wire_mip_bound *m)
{
	return wire_body_decode(&wire_mip_bound_msg, h, m);
}

/* A whole mip-leave message is never longer. */
#define WIRE_MIP_LEAVE_SIZE_MAX 62

extern const struct wire_msg wire_mip_leave_msg;

/**
 * wire_mip_leave_encode() - append a whole message: Member to contact node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_mip_leave_encode(const struct wire_mip_leave *m, struct buf *out)
{
	return wire_encode(&wire_mip_leave_msg, m, out);
}

/**
 * wire_mip_leave_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_leave_decode(struct bytes in, struct wire_mip_leave *m)
{
	return wire_decode(&wire_mip_leave_msg, in, m);
}

/**
 * wire_mip_leave_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_leave_body_decode(const struct wire_header *h, struct wire_mip_leave *m)
{
	return wire_body_decode(&wire_mip_leave_msg, h, m);
}

/* A whole mip-refresh message is never longer. */
#define WIRE_MIP_REFRESH_SIZE_MAX 68

extern const struct wire_msg wire_mip_refresh_msg;

/**
 * wire_mip_refresh_encode() - append a whole message: Contact node to member
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_mip_refresh_encode(const struct wire_mip_refresh *m, struct buf *out)
{
	return wire_encode(&wire_mip_refresh_msg, m, out);
}

/**
 * wire_mip_refresh_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_refresh_decode(struct bytes in, struct wire_mip_refresh *m)
{
	return wire_decode(&wire_mip_refresh_msg, in, m);
}

/**
 * wire_mip_refresh_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_mip_refresh_body_decode(const struct wire_header *h,
					       struct wire_mip_refresh *m)
{
	return wire_body_decode(&wire_mip_refresh_msg, h, m);
}

#endif
