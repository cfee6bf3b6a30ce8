// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/peer.yaml
 * by scripts/gen.
 */
#include <wire/peer.h>

static const struct wire_field peer_key_fields[] = {
	[0] = {
		.name = "key-id",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_peer_key, key_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "secret",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 32,
		.max = 32ULL,
		.offset = offsetof(struct wire_peer_key, secret),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "created",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_peer_key, created),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "use-from",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_peer_key, use_from),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "age",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_peer_key, age),
		.has = offsetof(struct wire_peer_key, has_age),
	},
};

const struct wire_set wire_peer_key_set = {
	.name = "peer-key",
	.fields = peer_key_fields,
	.n = 5,
	.required = 0xfULL,
	.size = sizeof(struct wire_peer_key),
};

static const struct wire_field peer_hello_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_peer_hello, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_peer_hello, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "wire-version",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_peer_hello, wire_version),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "program",
		.kind = WIRE_K_STRING,
		.max = 64ULL,
		.offset = offsetof(struct wire_peer_hello, program),
		.has = offsetof(struct wire_peer_hello, has_program),
	},
	[4] = {
		.name = "trust",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_peer_hello, trust),
		.has = offsetof(struct wire_peer_hello, has_trust),
	},
	[5] = {
		.name = "keys",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_peer_hello, keys),
		.has = offsetof(struct wire_peer_hello, has_keys),
	},
	[6] = {
		.name = "issuer",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_peer_hello, issuer),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_peer_hello_set = {
	.name = "peer-hello",
	.fields = peer_hello_fields,
	.n = 7,
	.required = 0x7ULL,
	.size = sizeof(struct wire_peer_hello),
};

static const struct wire_field peer_authority_fields[] = {
	[0] = {
		.name = "certificate",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 2048ULL,
		.offset = offsetof(struct wire_peer_authority, certificate),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_peer_authority_set = {
	.name = "peer-authority",
	.fields = peer_authority_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_peer_authority),
};

static const struct wire_field peer_revoked_fields[] = {
	[0] = {
		.name = "list",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 524288ULL,
		.offset = offsetof(struct wire_peer_revoked, list),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_peer_revoked_set = {
	.name = "peer-revoked",
	.fields = peer_revoked_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_peer_revoked),
};

static const struct wire_field peer_keys_fields[] = {
	[0] = {
		.name = "keys",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_peer_key_set,
		.offset = offsetof(struct wire_peer_keys, keys),
		.has = WIRE_HAS_NONE,
		.count_max = 4,
		.list = 0,
	},
};

const struct wire_set wire_peer_keys_set = {
	.name = "peer-keys",
	.fields = peer_keys_fields,
	.n = 1,
	.size = sizeof(struct wire_peer_keys),
};

static const struct wire_field peer_token_fields[] = {
	[0] = {
		.name = "vo",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 63ULL,
		.offset = offsetof(struct wire_peer_token, vo),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "token",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_peer_token, token),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "role",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_peer_token, role),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "expires",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_peer_token, expires),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.max = 63ULL,
		.offset = offsetof(struct wire_peer_token, name),
		.has = offsetof(struct wire_peer_token, has_name),
	},
	[5] = {
		.name = "signature",
		.kind = WIRE_K_BYTES,
		.min = 64,
		.max = 64ULL,
		.offset = offsetof(struct wire_peer_token, signature),
		.has = offsetof(struct wire_peer_token, has_signature),
	},
};

const struct wire_set wire_peer_token_set = {
	.name = "peer-token",
	.fields = peer_token_fields,
	.n = 6,
	.required = 0xfULL,
	.size = sizeof(struct wire_peer_token),
};

static const struct wire_field peer_join_fields[] = {
	[0] = {
		.name = "token",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 512ULL,
		.offset = offsetof(struct wire_peer_join, token),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "public",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 32,
		.max = 32ULL,
		.offset = offsetof(struct wire_peer_join, public),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 63ULL,
		.offset = offsetof(struct wire_peer_join, name),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_peer_join_set = {
	.name = "peer-join",
	.fields = peer_join_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_peer_join),
};

static const struct wire_field peer_renew_fields[] = {
	[0] = {
		.name = "public",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 32,
		.max = 32ULL,
		.offset = offsetof(struct wire_peer_renew, public),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_peer_renew_set = {
	.name = "peer-renew",
	.fields = peer_renew_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_peer_renew),
};

static const struct wire_field peer_issued_fields[] = {
	[0] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_peer_issued, error),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.max = 128ULL,
		.offset = offsetof(struct wire_peer_issued, text),
		.has = offsetof(struct wire_peer_issued, has_text),
	},
	[2] = {
		.name = "chain",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_LIST,
		.max = 2048ULL,
		.offset = offsetof(struct wire_peer_issued, chain),
		.has = WIRE_HAS_NONE,
		.count_max = 2,
		.list = 0,
	},
	[3] = {
		.name = "authorities",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_LIST,
		.max = 2048ULL,
		.offset = offsetof(struct wire_peer_issued, authorities),
		.has = WIRE_HAS_NONE,
		.count_max = 8,
		.list = 1,
	},
	[4] = {
		.name = "seed",
		.kind = WIRE_K_BYTES,
		.min = 32,
		.max = 32ULL,
		.offset = offsetof(struct wire_peer_issued, seed),
		.has = offsetof(struct wire_peer_issued, has_seed),
	},
};

const struct wire_set wire_peer_issued_set = {
	.name = "peer-issued",
	.fields = peer_issued_fields,
	.n = 5,
	.required = 0x1ULL,
	.size = sizeof(struct wire_peer_issued),
};

const struct wire_msg wire_peer_hello_msg = {
	.name = "peer-hello",
	.doc = "First message in both directions of a stream",
	.set = &wire_peer_hello_set,
	.type = WIRE_PEER_HELLO,
};

const struct wire_msg wire_peer_authority_msg = {
	.name = "peer-authority",
	.doc = "An authority of the virtual organisation that the receiver may not know yet",
	.set = &wire_peer_authority_set,
	.type = WIRE_PEER_AUTHORITY,
};

const struct wire_msg wire_peer_revoked_msg = {
	.name = "peer-revoked",
	.doc = "A revocation list",
	.set = &wire_peer_revoked_set,
	.type = WIRE_PEER_REVOKED,
};

const struct wire_msg wire_peer_keys_msg = {
	.name = "peer-keys",
	.doc = "The keys of datagrams that the sender has",
	.set = &wire_peer_keys_set,
	.type = WIRE_PEER_KEYS,
};

const struct wire_msg wire_peer_token_msg = {
	.name = "peer-token",
	.doc = "A token to join with, as it lies in a file",
	.set = &wire_peer_token_set,
	.type = WIRE_PEER_TOKEN,
};

const struct wire_msg wire_peer_join_msg = {
	.name = "peer-join",
	.doc = "First and only message to an issuer on a stream that was opened without a certificate (ALPN \"xos-join/1\")",
	.set = &wire_peer_join_set,
	.type = WIRE_PEER_JOIN,
};

const struct wire_msg wire_peer_renew_msg = {
	.name = "peer-renew",
	.doc = "Ask an issuer for a new certificate with the identity and name of the old",
	.set = &wire_peer_renew_set,
	.type = WIRE_PEER_RENEW,
};

const struct wire_msg wire_peer_issued_msg = {
	.name = "peer-issued",
	.doc = "Answer to peer-join and peer-renew",
	.set = &wire_peer_issued_set,
	.type = WIRE_PEER_ISSUED,
};
