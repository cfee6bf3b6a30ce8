// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/peer.yaml
 * by scripts/gen.
 */
#include <wire/peer.h>

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
};

const struct wire_set wire_peer_hello_set = {
	.name = "peer-hello",
	.fields = peer_hello_fields,
	.n = 5,
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
