// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/suspect.yaml
 * by scripts/gen.
 */
#include <wire/suspect.h>

static const struct wire_field suspect_ping_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_suspect_ping, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_suspect_ping_set = {
	.name = "suspect-ping",
	.fields = suspect_ping_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_suspect_ping),
};

static const struct wire_field suspect_pong_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_suspect_pong, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_suspect_pong_set = {
	.name = "suspect-pong",
	.fields = suspect_pong_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_suspect_pong),
};

const struct wire_msg wire_suspect_ping_msg = {
	.name = "suspect-ping",
	.doc = "Are you there?",
	.set = &wire_suspect_ping_set,
	.type = WIRE_SUSPECT_PING,
};

const struct wire_msg wire_suspect_pong_msg = {
	.name = "suspect-pong",
	.doc = "I am",
	.set = &wire_suspect_pong_set,
	.type = WIRE_SUSPECT_PONG,
};
