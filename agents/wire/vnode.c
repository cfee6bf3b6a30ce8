// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/vnode.yaml
 * by scripts/gen.
 */
#include <wire/vnode.h>

const char *wire_vn_policy_name(uint64_t value)
{
	switch (value) {
	case WIRE_VN_POLICY_ACTIVE:
		return "active";
	case WIRE_VN_POLICY_WARM:
		return "warm";
	case WIRE_VN_POLICY_COLD:
		return "cold";
	case WIRE_VN_POLICY_SEMI_ACTIVE:
		return "semi-active";
	case WIRE_VN_POLICY_HOT:
		return "hot";
	default:
		return NULL;
	}
}

const char *wire_vn_result_name(uint64_t value)
{
	switch (value) {
	case WIRE_VN_RESULT_OK:
		return "ok";
	case WIRE_VN_RESULT_FAILED:
		return "failed";
	case WIRE_VN_RESULT_NOT_LEADER:
		return "not-leader";
	case WIRE_VN_RESULT_UNKNOWN:
		return "unknown";
	case WIRE_VN_RESULT_BUSY:
		return "busy";
	case WIRE_VN_RESULT_NO_SESSION:
		return "no-session";
	case WIRE_VN_RESULT_BAD:
		return "bad";
	case WIRE_VN_RESULT_NO_GROUP:
		return "no-group";
	case WIRE_VN_RESULT_CHANGES:
		return "changes";
	default:
		return NULL;
	}
}

static const struct wire_field vn_member_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_vn_member, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_vn_member, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "tag",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_member, tag),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_member_set = {
	.name = "vn-member",
	.fields = vn_member_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vn_member),
};

static const struct wire_field vn_about_fields[] = {
	[0] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vn_about, name),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "path",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 1024ULL,
		.offset = offsetof(struct wire_vn_about, path),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "config",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 4096ULL,
		.offset = offsetof(struct wire_vn_about, config),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "policy",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_vn_policy_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_about, policy),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "scheduler",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_about, scheduler),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "time-max-ms",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_about, time_max_ms),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "memory-max",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_about, memory_max),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_about_set = {
	.name = "vn-about",
	.fields = vn_about_fields,
	.n = 7,
	.required = 0x7fULL,
	.size = sizeof(struct wire_vn_about),
};

static const struct wire_field vn_spec_fields[] = {
	[0] = {
		.name = "about",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_vn_about_set,
		.offset = offsetof(struct wire_vn_spec, about),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_spec_set = {
	.name = "vn-spec",
	.fields = vn_spec_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vn_spec),
};

static const struct wire_field vn_request_fields[] = {
	[0] = {
		.name = "ticket",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_request, ticket),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "operation",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_vn_request, operation),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "args",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vn_request, args),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_request_set = {
	.name = "vn-request",
	.fields = vn_request_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vn_request),
};

static const struct wire_field vn_wake_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_wake, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "thread",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_wake, thread),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "wait",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_wake, wait),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_wake_set = {
	.name = "vn-wake",
	.fields = vn_wake_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vn_wake),
};

static const struct wire_field vn_decisions_fields[] = {
	[0] = {
		.name = "since",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_decisions, since),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "mutexes",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_decisions, mutexes),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
	[2] = {
		.name = "threads",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_decisions, threads),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 1,
	},
	[3] = {
		.name = "requests",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_decisions, requests),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 2,
	},
	[4] = {
		.name = "values",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_decisions, values),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 3,
	},
};

const struct wire_set wire_vn_decisions_set = {
	.name = "vn-decisions",
	.fields = vn_decisions_fields,
	.n = 5,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vn_decisions),
};

static const struct wire_field vn_noop_fields[] = {
	[0] = {
		.name = "since",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_noop, since),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "count",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_vn_noop, count),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_noop_set = {
	.name = "vn-noop",
	.fields = vn_noop_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_noop),
};

static const struct wire_field vn_skip_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_skip, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "cut",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_skip, cut),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_skip_set = {
	.name = "vn-skip",
	.fields = vn_skip_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_skip),
};

static const struct wire_field vn_switch_fields[] = {
	[0] = {
		.name = "policy",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_vn_policy_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_switch, policy),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "scheduler",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_switch, scheduler),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_switch_set = {
	.name = "vn-switch",
	.fields = vn_switch_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_switch),
};

static const struct wire_field vn_done_fields[] = {
	[0] = {
		.name = "indexes",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_done, indexes),
		.has = WIRE_HAS_NONE,
		.count_max = 512,
		.list = 0,
	},
	[1] = {
		.name = "hashes",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_done, hashes),
		.has = WIRE_HAS_NONE,
		.count_max = 512,
		.list = 1,
	},
};

const struct wire_set wire_vn_done_set = {
	.name = "vn-done",
	.fields = vn_done_fields,
	.n = 2,
	.size = sizeof(struct wire_vn_done),
};

static const struct wire_field vn_update_fields[] = {
	[0] = {
		.name = "maker",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_update, maker),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "piece",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_update, piece),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "last",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vn_update, last),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "outcomes",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_vh_outcome_set,
		.offset = offsetof(struct wire_vn_update, outcomes),
		.has = WIRE_HAS_NONE,
		.count_max = 256,
		.list = 0,
	},
	[4] = {
		.name = "change",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vn_update, change),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_update_set = {
	.name = "vn-update",
	.fields = vn_update_fields,
	.n = 5,
	.required = 0x13ULL,
	.size = sizeof(struct wire_vn_update),
};

static const struct wire_field vn_pending_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_pending, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "time-ns",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_pending, time_ns),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "session",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_pending, session),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_pending, number),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "entry",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 66560ULL,
		.offset = offsetof(struct wire_vn_pending, entry),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_pending_set = {
	.name = "vn-pending",
	.fields = vn_pending_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_vn_pending),
};

static const struct wire_field vn_reply_fields[] = {
	[0] = {
		.name = "result",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_vn_result_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_reply, result),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_reply, error),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 61440ULL,
		.offset = offsetof(struct wire_vn_reply, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_reply_set = {
	.name = "vn-reply",
	.fields = vn_reply_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vn_reply),
};

static const struct wire_field vn_ask_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_ask, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vn_ask, name),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_ask_set = {
	.name = "vn-ask",
	.fields = vn_ask_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_ask),
};

static const struct wire_field vn_offer_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_offer, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "tag",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_offer, tag),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_offer_set = {
	.name = "vn-offer",
	.fields = vn_offer_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_offer),
};

static const struct wire_field vn_found_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_found, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "about",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_vn_about_set,
		.offset = offsetof(struct wire_vn_found, about),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "members",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_vn_member_set,
		.offset = offsetof(struct wire_vn_found, members),
		.has = WIRE_HAS_NONE,
		.count_max = 7,
		.list = 0,
	},
};

const struct wire_set wire_vn_found_set = {
	.name = "vn-found",
	.fields = vn_found_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_found),
};

static const struct wire_field vn_founded_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_founded, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_founded, error),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_founded_set = {
	.name = "vn-founded",
	.fields = vn_founded_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_founded),
};

static const struct wire_field vn_call_fields[] = {
	[0] = {
		.name = "ticket",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_call, ticket),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_call, group),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "kind",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_call, kind),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "session",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_call, session),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_call, number),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "operation",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_vn_call, operation),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "args",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vn_call, args),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_call_set = {
	.name = "vn-call",
	.fields = vn_call_fields,
	.n = 7,
	.required = 0x7fULL,
	.size = sizeof(struct wire_vn_call),
};

static const struct wire_field vn_answer_fields[] = {
	[0] = {
		.name = "ticket",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_answer, ticket),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_answer, index),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "result",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_vn_result_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_answer, result),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_answer, error),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 61440ULL,
		.offset = offsetof(struct wire_vn_answer, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_answer_set = {
	.name = "vn-answer",
	.fields = vn_answer_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_vn_answer),
};

static const struct wire_field vn_change_fields[] = {
	[0] = {
		.name = "add",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_vn_change, add),
		.has = offsetof(struct wire_vn_change, has_add),
	},
	[1] = {
		.name = "remove",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_vn_change, remove),
		.has = offsetof(struct wire_vn_change, has_remove),
	},
};

const struct wire_set wire_vn_change_set = {
	.name = "vn-change",
	.fields = vn_change_fields,
	.n = 2,
	.size = sizeof(struct wire_vn_change),
};

static const struct wire_field vn_join_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_join, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vn_join, name),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_join_set = {
	.name = "vn-join",
	.fields = vn_join_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_join),
};

static const struct wire_field vn_joined_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_joined, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "tag",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_joined, tag),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vn_joined, error),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_joined_set = {
	.name = "vn-joined",
	.fields = vn_joined_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vn_joined),
};

static const struct wire_field vn_leave_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_leave, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "tag",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vn_leave, tag),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vn_leave_set = {
	.name = "vn-leave",
	.fields = vn_leave_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vn_leave),
};

const struct wire_msg wire_vn_spec_msg = {
	.name = "vn-spec",
	.doc = "Entry - what the virtual node is; the first one counts",
	.set = &wire_vn_spec_set,
	.type = WIRE_VN_SPEC,
};

const struct wire_msg wire_vn_request_msg = {
	.name = "vn-request",
	.doc = "Entry - a request",
	.set = &wire_vn_request_set,
	.type = WIRE_VN_REQUEST,
};

const struct wire_msg wire_vn_wake_msg = {
	.name = "vn-wake",
	.doc = "Entry - the time of a waiting thread is up",
	.set = &wire_vn_wake_set,
	.type = WIRE_VN_WAKE,
};

const struct wire_msg wire_vn_decisions_msg = {
	.name = "vn-decisions",
	.doc = "Entry - who got which mutex (LSA) or which value (semi-active), in this order",
	.set = &wire_vn_decisions_set,
	.type = WIRE_VN_DECISIONS,
};

const struct wire_msg wire_vn_noop_msg = {
	.name = "vn-noop",
	.doc = "Entry - empty requests (PDS)",
	.set = &wire_vn_noop_set,
	.type = WIRE_VN_NOOP,
};

const struct wire_msg wire_vn_skip_msg = {
	.name = "vn-skip",
	.doc = "Entry - a request crashed or hung; it counts up to here and no further",
	.set = &wire_vn_skip_set,
	.type = WIRE_VN_SKIP,
};

const struct wire_msg wire_vn_switch_msg = {
	.name = "vn-switch",
	.doc = "Entry - another policy or scheduler, when what was ordered before has ended",
	.set = &wire_vn_switch_set,
	.type = WIRE_VN_SWITCH,
};

const struct wire_msg wire_vn_done_msg = {
	.name = "vn-done",
	.doc = "Entry - what the leader's replica answered; a replica that answers otherwise is rebuilt",
	.set = &wire_vn_done_set,
	.type = WIRE_VN_DONE,
};

const struct wire_msg wire_vn_update_msg = {
	.name = "vn-update",
	.doc = "Entry - a piece of what requests came to and changed (hot)",
	.set = &wire_vn_update_set,
	.type = WIRE_VN_UPDATE,
};

const struct wire_msg wire_vn_pending_msg = {
	.name = "vn-pending",
	.doc = "In a snapshot - a request behind which the snapshot is, and that has no outcome yet (hot)",
	.set = &wire_vn_pending_set,
	.type = WIRE_VN_PENDING,
};

const struct wire_msg wire_vn_reply_msg = {
	.name = "vn-reply",
	.doc = "What a session remembers of a request",
	.set = &wire_vn_reply_set,
	.type = WIRE_VN_REPLY,
};

const struct wire_msg wire_vn_ask_msg = {
	.name = "vn-ask",
	.doc = "Whoever creates a virtual node asks a vnoded to take part",
	.set = &wire_vn_ask_set,
	.type = WIRE_VN_ASK,
};

const struct wire_msg wire_vn_offer_msg = {
	.name = "vn-offer",
	.doc = "A vnoded will take part",
	.set = &wire_vn_offer_set,
	.type = WIRE_VN_OFFER,
};

const struct wire_msg wire_vn_found_msg = {
	.name = "vn-found",
	.doc = "Found the group",
	.set = &wire_vn_found_set,
	.type = WIRE_VN_FOUND,
};

const struct wire_msg wire_vn_founded_msg = {
	.name = "vn-founded",
	.doc = "The replica is there",
	.set = &wire_vn_founded_set,
	.type = WIRE_VN_FOUNDED,
};

const struct wire_msg wire_vn_call_msg = {
	.name = "vn-call",
	.doc = "A request of a client, sent on to the leader",
	.set = &wire_vn_call_set,
	.type = WIRE_VN_CALL,
};

const struct wire_msg wire_vn_answer_msg = {
	.name = "vn-answer",
	.doc = "What became of a vn-call",
	.set = &wire_vn_answer_set,
	.type = WIRE_VN_ANSWER,
};

const struct wire_msg wire_vn_change_msg = {
	.name = "vn-change",
	.doc = "Content of a vn-call - change the replicas",
	.set = &wire_vn_change_set,
	.type = WIRE_VN_CHANGE,
};

const struct wire_msg wire_vn_join_msg = {
	.name = "vn-join",
	.doc = "The leader asks a vnoded to make an empty replica",
	.set = &wire_vn_join_set,
	.type = WIRE_VN_JOIN,
};

const struct wire_msg wire_vn_joined_msg = {
	.name = "vn-joined",
	.doc = "The empty replica is there, also when it was before",
	.set = &wire_vn_joined_set,
	.type = WIRE_VN_JOINED,
};

const struct wire_msg wire_vn_leave_msg = {
	.name = "vn-leave",
	.doc = "A replica is no member any more, which is committed; it can be deleted",
	.set = &wire_vn_leave_set,
	.type = WIRE_VN_LEAVE,
};
