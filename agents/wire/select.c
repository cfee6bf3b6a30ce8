// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/select.yaml
 * by scripts/gen.
 */
#include <wire/select.h>

const char *wire_select_gossip_kind_name(uint64_t value)
{
	switch (value) {
	case WIRE_SELECT_GOSSIP_KIND_SWAP:
		return "swap";
	case WIRE_SELECT_GOSSIP_KIND_SWAP_ANSWER:
		return "swap-answer";
	case WIRE_SELECT_GOSSIP_KIND_TELL:
		return "tell";
	case WIRE_SELECT_GOSSIP_KIND_TELL_ANSWER:
		return "tell-answer";
	case WIRE_SELECT_GOSSIP_KIND_HERE:
		return "here";
	case WIRE_SELECT_GOSSIP_KIND_FIND:
		return "find";
	case WIRE_SELECT_GOSSIP_KIND_FIND_ANSWER:
		return "find-answer";
	default:
		return NULL;
	}
}

const char *wire_select_status_name(uint64_t value)
{
	switch (value) {
	case WIRE_SELECT_STATUS_DONE:
		return "done";
	case WIRE_SELECT_STATUS_WORKING:
		return "working";
	case WIRE_SELECT_STATUS_ELSEWHERE:
		return "elsewhere";
	default:
		return NULL;
	}
}

static const struct wire_field select_contact_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_select_contact, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_select_contact, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_select_contact, key),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "version",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_contact, version),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "age",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_select_contact, age),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_select_contact_set = {
	.name = "select-contact",
	.fields = select_contact_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_select_contact),
};

static const struct wire_field select_found_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_select_found, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_select_found, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "machine",
		.kind = WIRE_K_STRING,
		.max = 63ULL,
		.offset = offsetof(struct wire_select_found, machine),
		.has = offsetof(struct wire_select_found, has_machine),
	},
	[3] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.max = 48ULL,
		.offset = offsetof(struct wire_select_found, key),
		.has = offsetof(struct wire_select_found, has_key),
	},
	[4] = {
		.name = "same",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_found, same),
		.has = offsetof(struct wire_select_found, has_same),
	},
	[5] = {
		.name = "spread",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_found, spread),
		.has = offsetof(struct wire_select_found, has_spread),
	},
	[6] = {
		.name = "show",
		.kind = WIRE_K_BYTES,
		.max = 96ULL,
		.offset = offsetof(struct wire_select_found, show),
		.has = offsetof(struct wire_select_found, has_show),
	},
};

const struct wire_set wire_select_found_set = {
	.name = "select-found",
	.fields = select_found_fields,
	.n = 7,
	.required = 0x3ULL,
	.size = sizeof(struct wire_select_found),
};

static const struct wire_field select_condition_fields[] = {
	[0] = {
		.name = "removed",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_condition, removed),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "untrue",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_condition, untrue),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "unknown",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_condition, unknown),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_select_condition_set = {
	.name = "select-condition",
	.fields = select_condition_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_select_condition),
};

static const struct wire_field select_tally_fields[] = {
	[0] = {
		.name = "machines",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_tally, machines),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "conditions",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_select_condition_set,
		.offset = offsetof(struct wire_select_tally, conditions),
		.has = WIRE_HAS_NONE,
		.count_max = 32,
		.list = 0,
	},
	[2] = {
		.name = "refused",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_tally, refused),
		.has = offsetof(struct wire_select_tally, has_refused),
	},
};

const struct wire_set wire_select_tally_set = {
	.name = "select-tally",
	.fields = select_tally_fields,
	.n = 3,
	.required = 0x1ULL,
	.size = sizeof(struct wire_select_tally),
};

static const struct wire_field select_gossip_fields[] = {
	[0] = {
		.name = "kind",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_select_gossip_kind_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_select_gossip, kind),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "space",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_gossip, space),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "find-id",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_gossip, find_id),
		.has = offsetof(struct wire_select_gossip, has_find_id),
	},
	[3] = {
		.name = "target",
		.kind = WIRE_K_BYTES,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_select_gossip, target),
		.has = offsetof(struct wire_select_gossip, has_target),
	},
	[4] = {
		.name = "last",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_select_gossip, last),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "contacts",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_select_contact_set,
		.offset = offsetof(struct wire_select_gossip, contacts),
		.has = WIRE_HAS_NONE,
		.count_max = 64,
		.list = 0,
	},
	[6] = {
		.name = "depth",
		.kind = WIRE_K_U8,
		.max = 128ULL,
		.offset = offsetof(struct wire_select_gossip, depth),
		.has = offsetof(struct wire_select_gossip, has_depth),
	},
};

const struct wire_set wire_select_gossip_set = {
	.name = "select-gossip",
	.fields = select_gossip_fields,
	.n = 7,
	.required = 0x3ULL,
	.size = sizeof(struct wire_select_gossip),
};

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
		.name = "ask-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_query, ask_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "space",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_query, space),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "region",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_select_query, region),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "bits",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 128ULL,
		.offset = offsetof(struct wire_select_query, bits),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "hops",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_select_query, hops),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "want",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_query, want),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "budget-ms",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_query, budget_ms),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
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
	.n = 9,
	.required = 0x1ffULL,
	.size = sizeof(struct wire_select_query),
};

static const struct wire_field select_answer_fields[] = {
	[0] = {
		.name = "ask-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_answer, ask_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_select_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_select_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "missing",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_answer, missing),
		.has = offsetof(struct wire_select_answer, has_missing),
	},
	[3] = {
		.name = "visited",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_answer, visited),
		.has = offsetof(struct wire_select_answer, has_visited),
	},
	[4] = {
		.name = "depth",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_answer, depth),
		.has = offsetof(struct wire_select_answer, has_depth),
	},
	[5] = {
		.name = "found",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_select_found_set,
		.offset = offsetof(struct wire_select_answer, found),
		.has = WIRE_HAS_NONE,
		.count_max = 4096,
		.list = 0,
	},
	[6] = {
		.name = "count",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_select_answer, count),
		.has = offsetof(struct wire_select_answer, has_count),
	},
	[7] = {
		.name = "tally",
		.kind = WIRE_K_NEST,
		.set = &wire_select_tally_set,
		.offset = offsetof(struct wire_select_answer, tally),
		.has = offsetof(struct wire_select_answer, has_tally),
	},
};

const struct wire_set wire_select_answer_set = {
	.name = "select-answer",
	.fields = select_answer_fields,
	.n = 8,
	.required = 0x3ULL,
	.size = sizeof(struct wire_select_answer),
};

static const struct wire_field select_claim_fields[] = {
	[0] = {
		.name = "ask-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_claim, ask_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 4096ULL,
		.offset = offsetof(struct wire_select_claim, text),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "release",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_select_claim, release),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_select_claim_set = {
	.name = "select-claim",
	.fields = select_claim_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_select_claim),
};

static const struct wire_field select_claim_answer_fields[] = {
	[0] = {
		.name = "ask-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_select_claim_answer, ask_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "given",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_select_claim_answer, given),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_select_claim_answer_set = {
	.name = "select-claim-answer",
	.fields = select_claim_answer_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_select_claim_answer),
};

const struct wire_msg wire_select_gossip_msg = {
	.name = "select-gossip",
	.doc = "Nodes that the sender knows",
	.set = &wire_select_gossip_set,
	.type = WIRE_SELECT_GOSSIP,
};

const struct wire_msg wire_select_query_msg = {
	.name = "select-query",
	.doc = "Cover a region",
	.set = &wire_select_query_set,
	.type = WIRE_SELECT_QUERY,
};

const struct wire_msg wire_select_answer_msg = {
	.name = "select-answer",
	.doc = "What the region has",
	.set = &wire_select_answer_set,
	.type = WIRE_SELECT_ANSWER,
};

const struct wire_msg wire_select_claim_msg = {
	.name = "select-claim",
	.doc = "Reserve this machine for a job, or end that",
	.set = &wire_select_claim_set,
	.type = WIRE_SELECT_CLAIM,
};

const struct wire_msg wire_select_claim_answer_msg = {
	.name = "select-claim-answer",
	.doc = "Whether the machine is reserved now",
	.set = &wire_select_claim_answer_set,
	.type = WIRE_SELECT_CLAIM_ANSWER,
};
