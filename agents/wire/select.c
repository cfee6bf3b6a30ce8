// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/select.yaml
 * by scripts/gen.
 */
#include <wire/select.h>

const char *wire_select_verdict_name(uint64_t value)
{
	switch (value) {
	case WIRE_SELECT_VERDICT_NO:
		return "no";
	case WIRE_SELECT_VERDICT_UNKNOWN:
		return "unknown";
	case WIRE_SELECT_VERDICT_YES:
		return "yes";
	case WIRE_SELECT_VERDICT_MALFORMED:
		return "malformed";
	default:
		return NULL;
	}
}

static const struct wire_field select_query_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_query, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 4096ULL,
		.offset = offsetof(struct wire_select_query, text),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_select_query_set = {
	.name = "select-query",
	.fields = select_query_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_select_query),
};

static const struct wire_field select_answer_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "verdict",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_select_verdict_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_select_answer, verdict),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_select_answer_set = {
	.name = "select-answer",
	.fields = select_answer_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_select_answer),
};

const struct wire_msg wire_select_query_msg = {
	.name = "select-query",
	.doc = "Do you match?",
	.set = &wire_select_query_set,
	.type = WIRE_SELECT_QUERY,
};

const struct wire_msg wire_select_answer_msg = {
	.name = "select-answer",
	.doc = "What the machine says",
	.set = &wire_select_answer_set,
	.type = WIRE_SELECT_ANSWER,
};
