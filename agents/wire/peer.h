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

/* Greatest length of a certificate, in bytes. */
#define WIRE_PEER_CERT_LEN 2048

/* Greatest length of a revocation list, in bytes. */
#define WIRE_PEER_LIST_LEN 524288

/* Greatest number of keys of datagrams that a member has. */
#define WIRE_PEER_KEYS_MAX 4

#define WIRE_PEER_KEY_SECRET_LEN_MAX 32

/**
 * struct wire_peer_key - A key that proves membership
 * @key_id: Its number in the envelope of datagrams
 * @secret: The key (32 bytes)
 * @created: When it was made, seconds since 1970
 * @use_from: When it is to be used, seconds since 1970, by the sender's clock
 * @age: Seconds since it was made, as this is sent. With it the clock of the sender does
 *   not count: it is used and forgotten by age
 * @has_age: is @age there?
 */
struct wire_peer_key {
	uint16_t key_id;
	struct bytes secret;
	uint64_t created;
	uint64_t use_from;
	uint32_t age;
	bool has_age;
};

extern const struct wire_set wire_peer_key_set;

/**
 * struct wire_peer_key_list - list of struct wire_peer_key
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_peer_key_list {
	const struct wire_peer_key *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_peer_key_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_peer_key_list_next(const struct wire_peer_key_list *l, size_t *pos,
					   struct wire_peer_key *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_peer_key_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

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
 * @keys: Digest of the keys of datagrams that the sender has, 0 for none; who has others
 *   sends them
 * @issuer: The sender can sign certificates
 * @has_program: is @program there?
 * @has_trust: is @trust there?
 * @has_keys: is @keys there?
 */
struct wire_peer_hello {
	struct xos_id id;
	struct xos_addr addr;
	uint16_t wire_version;
	struct bytes program;
	uint64_t trust;
	uint64_t keys;
	bool issuer;
	bool has_program;
	bool has_trust;
	bool has_keys;
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

#define WIRE_PEER_KEYS_KEYS_COUNT_MAX 4

/**
 * struct wire_peer_keys - The keys of datagrams that the sender has
 * @keys: Keys (at most 4 elements)
 */
struct wire_peer_keys {
	struct wire_peer_key_list keys;
};

extern const struct wire_set wire_peer_keys_set;

#define WIRE_PEER_TOKEN_VO_LEN_MAX	  63
#define WIRE_PEER_TOKEN_NAME_LEN_MAX	  63
#define WIRE_PEER_TOKEN_SIGNATURE_LEN_MAX 64

/**
 * struct wire_peer_token - A token to join with, as it lies in a file
 * @vo: Name of the virtual organisation (at most 63 bytes, UTF-8)
 * @token: Number of the token, drawn at random
 * @role: Role of the certificate, as in enum secure_role
 * @expires: From when on it is of no use, seconds since 1970
 * @name: Name of the holder; absent when the holder may choose it (at most 63 bytes,
 *   UTF-8)
 * @signature: Ed25519 signature (64 bytes)
 * @has_name: is @name there?
 * @has_signature: is @signature there?
 */
struct wire_peer_token {
	struct bytes vo;
	struct xos_id token;
	uint8_t role;
	uint64_t expires;
	struct bytes name;
	struct bytes signature;
	bool has_name;
	bool has_signature;
};

extern const struct wire_set wire_peer_token_set;

#define WIRE_PEER_JOIN_TOKEN_LEN_MAX  512
#define WIRE_PEER_JOIN_PUBLIC_LEN_MAX 32
#define WIRE_PEER_JOIN_NAME_LEN_MAX   63

/**
 * struct wire_peer_join - First and only message to an issuer on a stream that was opened
 *   without a certificate (ALPN "xos-join/1")
 * @token: A whole peer-token message (at most 512 bytes)
 * @public: Ed25519 public key that the certificate is to be for (32 bytes)
 * @name: Name that the holder would like to have (at most 63 bytes, UTF-8)
 */
struct wire_peer_join {
	struct bytes token;
	struct bytes public;
	struct bytes name;
};

extern const struct wire_set wire_peer_join_set;

#define WIRE_PEER_RENEW_PUBLIC_LEN_MAX 32

/**
 * struct wire_peer_renew - Ask an issuer for a new certificate with the identity and name
 *   of the old
 * @public: Ed25519 public key that the certificate is to be for (32 bytes)
 */
struct wire_peer_renew {
	struct bytes public;
};

extern const struct wire_set wire_peer_renew_set;

#define WIRE_PEER_ISSUED_TEXT_LEN_MAX	       128
#define WIRE_PEER_ISSUED_CHAIN_LEN_MAX	       2048
#define WIRE_PEER_ISSUED_CHAIN_COUNT_MAX       2
#define WIRE_PEER_ISSUED_AUTHORITIES_LEN_MAX   2048
#define WIRE_PEER_ISSUED_AUTHORITIES_COUNT_MAX 8
#define WIRE_PEER_ISSUED_SEED_LEN_MAX	       32

/**
 * struct wire_peer_issued - Answer to peer-join and peer-renew
 * @error: 0, or a positive errno
 * @text: Why it was refused (at most 128 bytes, UTF-8)
 * @chain: Certificates as DER, that of the holder first (at most 2048 bytes, at most 2
 *   elements)
 * @authorities: Authorities as DER (at most 2048 bytes, at most 8 elements)
 * @seed: What nodes hash with (32 bytes)
 * @has_text: is @text there?
 * @has_seed: is @seed there?
 */
struct wire_peer_issued {
	uint32_t error;
	struct bytes text;
	struct wire_bytes_list chain;
	struct wire_bytes_list authorities;
	struct bytes seed;
	bool has_text;
	bool has_seed;
};

extern const struct wire_set wire_peer_issued_set;

/* A whole peer-hello message is never longer. */
#define WIRE_PEER_HELLO_SIZE_MAX 174

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

/* A whole peer-keys message is never longer. */
#define WIRE_PEER_KEYS_SIZE_MAX 376

extern const struct wire_msg wire_peer_keys_msg;

/**
 * wire_peer_keys_encode() - append a whole message: The keys of datagrams that the sender
 *   has
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_keys_encode(const struct wire_peer_keys *m, struct buf *out)
{
	return wire_encode(&wire_peer_keys_msg, m, out);
}

/**
 * wire_peer_keys_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_keys_decode(struct bytes in, struct wire_peer_keys *m)
{
	return wire_decode(&wire_peer_keys_msg, in, m);
}

/**
 * wire_peer_keys_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_keys_body_decode(const struct wire_header *h, struct wire_peer_keys *m)
{
	return wire_body_decode(&wire_peer_keys_msg, h, m);
}

/* A whole peer-token message is never longer. */
#define WIRE_PEER_TOKEN_SIZE_MAX 267

extern const struct wire_msg wire_peer_token_msg;

/**
 * wire_peer_token_encode() - append a whole message: A token to join with, as it lies in
 *   a file
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_token_encode(const struct wire_peer_token *m, struct buf *out)
{
	return wire_encode(&wire_peer_token_msg, m, out);
}

/**
 * wire_peer_token_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_token_decode(struct bytes in, struct wire_peer_token *m)
{
	return wire_decode(&wire_peer_token_msg, in, m);
}

/**
 * wire_peer_token_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_token_body_decode(const struct wire_header *h,
					      struct wire_peer_token *m)
{
	return wire_body_decode(&wire_peer_token_msg, h, m);
}

/* A whole peer-join message is never longer. */
#define WIRE_PEER_JOIN_SIZE_MAX 641

extern const struct wire_msg wire_peer_join_msg;

/**
 * wire_peer_join_encode() - append a whole message: First and only message to an issuer
 *   on a stream that was opened without a certificate (ALPN "xos-join/1")
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_join_encode(const struct wire_peer_join *m, struct buf *out)
{
	return wire_encode(&wire_peer_join_msg, m, out);
}

/**
 * wire_peer_join_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_join_decode(struct bytes in, struct wire_peer_join *m)
{
	return wire_decode(&wire_peer_join_msg, in, m);
}

/**
 * wire_peer_join_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_join_body_decode(const struct wire_header *h, struct wire_peer_join *m)
{
	return wire_body_decode(&wire_peer_join_msg, h, m);
}

/* A whole peer-renew message is never longer. */
#define WIRE_PEER_RENEW_SIZE_MAX 54

extern const struct wire_msg wire_peer_renew_msg;

/**
 * wire_peer_renew_encode() - append a whole message: Ask an issuer for a new certificate
 *   with the identity and name of the old
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_renew_encode(const struct wire_peer_renew *m, struct buf *out)
{
	return wire_encode(&wire_peer_renew_msg, m, out);
}

/**
 * wire_peer_renew_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_renew_decode(struct bytes in, struct wire_peer_renew *m)
{
	return wire_decode(&wire_peer_renew_msg, in, m);
}

/**
 * wire_peer_renew_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_renew_body_decode(const struct wire_header *h,
					      struct wire_peer_renew *m)
{
	return wire_body_decode(&wire_peer_renew_msg, h, m);
}

/* A whole peer-issued message is never longer. */
#define WIRE_PEER_ISSUED_SIZE_MAX 20738

extern const struct wire_msg wire_peer_issued_msg;

/**
 * wire_peer_issued_encode() - append a whole message: Answer to peer-join and peer-renew
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_peer_issued_encode(const struct wire_peer_issued *m, struct buf *out)
{
	return wire_encode(&wire_peer_issued_msg, m, out);
}

/**
 * wire_peer_issued_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_issued_decode(struct bytes in, struct wire_peer_issued *m)
{
	return wire_decode(&wire_peer_issued_msg, in, m);
}

/**
 * wire_peer_issued_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_peer_issued_body_decode(const struct wire_header *h,
					       struct wire_peer_issued *m)
{
	return wire_body_decode(&wire_peer_issued_msg, h, m);
}

#endif
