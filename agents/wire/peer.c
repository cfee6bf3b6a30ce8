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
};

const struct wire_set wire_peer_hello_set = {
	.name = "peer-hello",
	.fields = peer_hello_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_peer_hello),
};

const struct wire_msg wire_peer_hello_msg = {
	.name = "peer-hello",
	.doc = "First message in both directions of a stream",
	.set = &wire_peer_hello_set,
	.type = WIRE_PEER_HELLO,
};
