// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/lookup.yaml
 * by scripts/gen.
 */
#include <wire/lookup.h>

static const struct wire_field owner_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_owner, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_owner, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_owner, class),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_owner_set = {
	.name = "owner",
	.fields = owner_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_owner),
};

static const struct wire_field lookup_query_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_lookup_query, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_lookup_query, key),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "pad",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_lookup_query, pad),
		.has = offsetof(struct wire_lookup_query, has_pad),
	},
};

const struct wire_set wire_lookup_query_set = {
	.name = "lookup-query",
	.fields = lookup_query_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_lookup_query),
};

static const struct wire_field lookup_answer_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_lookup_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_lookup_answer, epoch),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "owners",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_owner_set,
		.offset = offsetof(struct wire_lookup_answer, owners),
		.has = WIRE_HAS_NONE,
		.count_max = 7,
		.list = 0,
	},
};

const struct wire_set wire_lookup_answer_set = {
	.name = "lookup-answer",
	.fields = lookup_answer_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_lookup_answer),
};

const struct wire_msg wire_lookup_query_msg = {
	.name = "lookup-query",
	.doc = "Ask who owns a key",
	.set = &wire_lookup_query_set,
	.type = WIRE_LOOKUP_QUERY,
};

const struct wire_msg wire_lookup_answer_msg = {
	.name = "lookup-answer",
	.doc = "Who owns the key, in the order of the replica classes",
	.set = &wire_lookup_answer_set,
	.type = WIRE_LOOKUP_ANSWER,
};
