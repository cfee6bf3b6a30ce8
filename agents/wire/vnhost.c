// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/vnhost.yaml
 * by scripts/gen.
 */
#include <wire/vnhost.h>

static const struct wire_field vh_outcome_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_outcome, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_outcome, error),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 61440ULL,
		.offset = offsetof(struct wire_vh_outcome, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_outcome_set = {
	.name = "vh-outcome",
	.fields = vh_outcome_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vh_outcome),
};

static const struct wire_field vh_operation_fields[] = {
	[0] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_vh_operation, name),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "read-only",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_operation, read_only),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_operation_set = {
	.name = "vh-operation",
	.fields = vh_operation_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_operation),
};

static const struct wire_field vh_begin_fields[] = {
	[0] = {
		.name = "path",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 1024ULL,
		.offset = offsetof(struct wire_vh_begin, path),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "config",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 4096ULL,
		.offset = offsetof(struct wire_vh_begin, config),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "scheduler",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_begin, scheduler),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "leader",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_begin, leader),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "memory-max",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_begin, memory_max),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "restore",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_begin, restore),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "observe",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_begin, observe),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "changes",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_begin, changes),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_begin_set = {
	.name = "vh-begin",
	.fields = vh_begin_fields,
	.n = 8,
	.required = 0x17ULL,
	.size = sizeof(struct wire_vh_begin),
};

static const struct wire_field vh_chunk_fields[] = {
	[0] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vh_chunk, data),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "last",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_chunk, last),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_chunk_set = {
	.name = "vh-chunk",
	.fields = vh_chunk_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_chunk),
};

static const struct wire_field vh_ready_fields[] = {
	[0] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_vh_ready, name),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "operations",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_vh_operation_set,
		.offset = offsetof(struct wire_vh_ready, operations),
		.has = WIRE_HAS_NONE,
		.count_max = 64,
		.list = 0,
	},
};

const struct wire_set wire_vh_ready_set = {
	.name = "vh-ready",
	.fields = vh_ready_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_ready),
};

static const struct wire_field vh_failed_fields[] = {
	[0] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 256ULL,
		.offset = offsetof(struct wire_vh_failed, text),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_failed_set = {
	.name = "vh-failed",
	.fields = vh_failed_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_failed),
};

static const struct wire_field vh_request_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_request, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "time-ns",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_request, time_ns),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "operation",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_vh_request, operation),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "args",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vh_request, args),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "cut",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_request, cut),
		.has = offsetof(struct wire_vh_request, has_cut),
	},
};

const struct wire_set wire_vh_request_set = {
	.name = "vh-request",
	.fields = vh_request_fields,
	.n = 5,
	.required = 0xfULL,
	.size = sizeof(struct wire_vh_request),
};

static const struct wire_field vh_reply_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_reply, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_reply, error),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "trace",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_reply, trace),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 61440ULL,
		.offset = offsetof(struct wire_vh_reply, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_reply_set = {
	.name = "vh-reply",
	.fields = vh_reply_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_vh_reply),
};

static const struct wire_field vh_wait_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_wait, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "thread",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_wait, thread),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "wait",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_wait, wait),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "delay-ns",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_wait, delay_ns),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_wait_set = {
	.name = "vh-wait",
	.fields = vh_wait_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_vh_wait),
};

static const struct wire_field vh_wake_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_wake, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "thread",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_wake, thread),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "wait",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_wake, wait),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_wake_set = {
	.name = "vh-wake",
	.fields = vh_wake_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vh_wake),
};

static const struct wire_field vh_decisions_fields[] = {
	[0] = {
		.name = "mutexes",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_decisions, mutexes),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
	[1] = {
		.name = "threads",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_decisions, threads),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 1,
	},
	[2] = {
		.name = "requests",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_decisions, requests),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 2,
	},
	[3] = {
		.name = "values",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_LIST,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_decisions, values),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 3,
	},
};

const struct wire_set wire_vh_decisions_set = {
	.name = "vh-decisions",
	.fields = vh_decisions_fields,
	.n = 4,
	.size = sizeof(struct wire_vh_decisions),
};

static const struct wire_field vh_stable_fields[] = {
	[0] = {
		.name = "count",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_stable, count),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_stable_set = {
	.name = "vh-stable",
	.fields = vh_stable_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_stable),
};

static const struct wire_field vh_starved_fields[] = {
	[0] = {
		.name = "missing",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_starved, missing),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_starved_set = {
	.name = "vh-starved",
	.fields = vh_starved_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_starved),
};

static const struct wire_field vh_noop_fields[] = {
	[0] = {
		.name = "count",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_noop, count),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_noop_set = {
	.name = "vh-noop",
	.fields = vh_noop_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_noop),
};

static const struct wire_field vh_lead_fields[] = {
	[0] = {
		.name = "leader",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_lead, leader),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_lead_set = {
	.name = "vh-lead",
	.fields = vh_lead_fields,
	.n = 1,
	.size = sizeof(struct wire_vh_lead),
};

static const struct wire_field vh_schedule_fields[] = {
	[0] = {
		.name = "scheduler",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_schedule, scheduler),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "observe",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_schedule, observe),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "changes",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_schedule, changes),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_schedule_set = {
	.name = "vh-schedule",
	.fields = vh_schedule_fields,
	.n = 3,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_schedule),
};

static const struct wire_field vh_snapshot_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_snapshot, index),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_snapshot_set = {
	.name = "vh-snapshot",
	.fields = vh_snapshot_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_snapshot),
};

static const struct wire_field vh_read_fields[] = {
	[0] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_read, number),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "time-ns",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_read, time_ns),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "operation",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_vh_read, operation),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "args",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vh_read, args),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_read_set = {
	.name = "vh-read",
	.fields = vh_read_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_vh_read),
};

static const struct wire_field vh_result_fields[] = {
	[0] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_result, number),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vh_result, error),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 61440ULL,
		.offset = offsetof(struct wire_vh_result, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_result_set = {
	.name = "vh-result",
	.fields = vh_result_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vh_result),
};

static const struct wire_field vh_ended_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vh_ended, index),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_ended_set = {
	.name = "vh-ended",
	.fields = vh_ended_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vh_ended),
};

const struct wire_set wire_vh_collect_set = {
	.name = "vh-collect",
	.size = sizeof(struct wire_vh_collect),
};

static const struct wire_field vh_update_fields[] = {
	[0] = {
		.name = "last",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_update, last),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "outcomes",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_vh_outcome_set,
		.offset = offsetof(struct wire_vh_update, outcomes),
		.has = WIRE_HAS_NONE,
		.count_max = 256,
		.list = 0,
	},
	[2] = {
		.name = "change",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vh_update, change),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_update_set = {
	.name = "vh-update",
	.fields = vh_update_fields,
	.n = 3,
	.required = 0x4ULL,
	.size = sizeof(struct wire_vh_update),
};

static const struct wire_field vh_apply_fields[] = {
	[0] = {
		.name = "last",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vh_apply, last),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "change",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vh_apply, change),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vh_apply_set = {
	.name = "vh-apply",
	.fields = vh_apply_fields,
	.n = 2,
	.required = 0x2ULL,
	.size = sizeof(struct wire_vh_apply),
};

const struct wire_msg wire_vh_begin_msg = {
	.name = "vh-begin",
	.doc = "To the host, first - load the service",
	.set = &wire_vh_begin_set,
	.type = WIRE_VH_BEGIN,
};

const struct wire_msg wire_vh_chunk_msg = {
	.name = "vh-chunk",
	.doc = "A piece of a snapshot, in either direction",
	.set = &wire_vh_chunk_set,
	.type = WIRE_VH_CHUNK,
};

const struct wire_msg wire_vh_ready_msg = {
	.name = "vh-ready",
	.doc = "From the host - the service runs",
	.set = &wire_vh_ready_set,
	.type = WIRE_VH_READY,
};

const struct wire_msg wire_vh_failed_msg = {
	.name = "vh-failed",
	.doc = "From the host - the service does not run; the host ends",
	.set = &wire_vh_failed_set,
	.type = WIRE_VH_FAILED,
};

const struct wire_msg wire_vh_request_msg = {
	.name = "vh-request",
	.doc = "To the host - a request of the log",
	.set = &wire_vh_request_set,
	.type = WIRE_VH_REQUEST,
};

const struct wire_msg wire_vh_reply_msg = {
	.name = "vh-reply",
	.doc = "From the host - a request ended",
	.set = &wire_vh_reply_set,
	.type = WIRE_VH_REPLY,
};

const struct wire_msg wire_vh_wait_msg = {
	.name = "vh-wait",
	.doc = "From the host - a thread waits for a time",
	.set = &wire_vh_wait_set,
	.type = WIRE_VH_WAIT,
};

const struct wire_msg wire_vh_wake_msg = {
	.name = "vh-wake",
	.doc = "To the host - the time of a thread is up",
	.set = &wire_vh_wake_set,
	.type = WIRE_VH_WAKE,
};

const struct wire_msg wire_vh_decisions_msg = {
	.name = "vh-decisions",
	.doc = "In either direction - who got which mutex (LSA) or which value (semi-active), in this order",
	.set = &wire_vh_decisions_set,
	.type = WIRE_VH_DECISIONS,
};

const struct wire_msg wire_vh_stable_msg = {
	.name = "vh-stable",
	.doc = "To the host that decides - so many of its decisions are in the log; replies wait for them",
	.set = &wire_vh_stable_set,
	.type = WIRE_VH_STABLE,
};

const struct wire_msg wire_vh_starved_msg = {
	.name = "vh-starved",
	.doc = "From the host - a round of PDS lacks requests",
	.set = &wire_vh_starved_set,
	.type = WIRE_VH_STARVED,
};

const struct wire_msg wire_vh_noop_msg = {
	.name = "vh-noop",
	.doc = "To the host - empty requests of the log",
	.set = &wire_vh_noop_set,
	.type = WIRE_VH_NOOP,
};

const struct wire_msg wire_vh_lead_msg = {
	.name = "vh-lead",
	.doc = "To the host - decide, or follow, from now on",
	.set = &wire_vh_lead_set,
	.type = WIRE_VH_LEAD,
};

const struct wire_msg wire_vh_schedule_msg = {
	.name = "vh-schedule",
	.doc = "To the host, which has no request - go on with another scheduler",
	.set = &wire_vh_schedule_set,
	.type = WIRE_VH_SCHEDULE,
};

const struct wire_msg wire_vh_snapshot_msg = {
	.name = "vh-snapshot",
	.doc = "To the host, which has no request - make a snapshot",
	.set = &wire_vh_snapshot_set,
	.type = WIRE_VH_SNAPSHOT,
};

const struct wire_msg wire_vh_read_msg = {
	.name = "vh-read",
	.doc = "To the host, which has no request - a read-only request outside of the log",
	.set = &wire_vh_read_set,
	.type = WIRE_VH_READ,
};

const struct wire_msg wire_vh_result_msg = {
	.name = "vh-result",
	.doc = "From the host - a read-only request ended",
	.set = &wire_vh_result_set,
	.type = WIRE_VH_RESULT,
};

const struct wire_msg wire_vh_ended_msg = {
	.name = "vh-ended",
	.doc = "From the host - a request ended; what it came to goes into the next update (hot)",
	.set = &wire_vh_ended_set,
	.type = WIRE_VH_ENDED,
};

const struct wire_msg wire_vh_collect_msg = {
	.name = "vh-collect",
	.doc = "To the host, which has no request - the next piece of an update, of all that ended since the last one",
	.set = &wire_vh_collect_set,
	.type = WIRE_VH_COLLECT,
};

const struct wire_msg wire_vh_update_msg = {
	.name = "vh-update",
	.doc = "From the host - a piece of an update",
	.set = &wire_vh_update_set,
	.type = WIRE_VH_UPDATE,
};

const struct wire_msg wire_vh_apply_msg = {
	.name = "vh-apply",
	.doc = "To the host, which has no request - a piece of what the requests of another host changed",
	.set = &wire_vh_apply_set,
	.type = WIRE_VH_APPLY,
};
