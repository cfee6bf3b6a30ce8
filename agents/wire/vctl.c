// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/vctl.yaml
 * by scripts/gen.
 */
#include <wire/vctl.h>

static const struct wire_field vctl_backed_fields[] = {
	[0] = {
		.name = "snapshot",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_backed, snapshot),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_backed, index),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_backed, term),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "time-ns",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_backed, time_ns),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "chunks",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_backed, chunks),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "crc",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_backed, crc),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_backed_set = {
	.name = "vctl-backed",
	.fields = vctl_backed_fields,
	.n = 6,
	.required = 0x3fULL,
	.size = sizeof(struct wire_vctl_backed),
};

static const struct wire_field vctl_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_show_set = {
	.name = "vctl-show",
	.fields = vctl_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_vctl_show),
};

static const struct wire_field vctl_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, group),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_item, name),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "service",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_vctl_item, service),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "policy",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_vn_policy_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_item, policy),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "scheduler",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 16ULL,
		.offset = offsetof(struct wire_vctl_item, scheduler),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "leader",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vctl_item, leader),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "leader-addr",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_vctl_item, leader_addr),
		.has = offsetof(struct wire_vctl_item, has_leader_addr),
	},
	[8] = {
		.name = "term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, term),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "replicas",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_item, replicas),
		.has = WIRE_HAS_NONE,
	},
	[10] = {
		.name = "voters",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_item, voters),
		.has = WIRE_HAS_NONE,
	},
	[11] = {
		.name = "host",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 16ULL,
		.offset = offsetof(struct wire_vctl_item, host),
		.has = WIRE_HAS_NONE,
	},
	[12] = {
		.name = "running",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_item, running),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "committed",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, committed),
		.has = WIRE_HAS_NONE,
	},
	[14] = {
		.name = "applied",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, applied),
		.has = WIRE_HAS_NONE,
	},
	[15] = {
		.name = "snapshot",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, snapshot),
		.has = WIRE_HAS_NONE,
	},
	[16] = {
		.name = "requests",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, requests),
		.has = WIRE_HAS_NONE,
	},
	[17] = {
		.name = "answered",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, answered),
		.has = WIRE_HAS_NONE,
	},
	[18] = {
		.name = "reads",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, reads),
		.has = WIRE_HAS_NONE,
	},
	[19] = {
		.name = "skipped",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, skipped),
		.has = WIRE_HAS_NONE,
	},
	[20] = {
		.name = "restarts",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, restarts),
		.has = WIRE_HAS_NONE,
	},
	[21] = {
		.name = "diverged",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_item, diverged),
		.has = WIRE_HAS_NONE,
	},
	[22] = {
		.name = "failure",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 256ULL,
		.offset = offsetof(struct wire_vctl_item, failure),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_item_set = {
	.name = "vctl-item",
	.fields = vctl_item_fields,
	.n = 23,
	.required = 0x7fff3fULL,
	.size = sizeof(struct wire_vctl_item),
};

static const struct wire_field vctl_create_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_create, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "about",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_vn_about_set,
		.offset = offsetof(struct wire_vctl_create, about),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "members",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_LIST,
		.offset = offsetof(struct wire_vctl_create, members),
		.has = WIRE_HAS_NONE,
		.count_max = 7,
		.list = 0,
	},
};

const struct wire_set wire_vctl_create_set = {
	.name = "vctl-create",
	.fields = vctl_create_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_create),
};

static const struct wire_field vctl_delete_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_delete, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_delete, name),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_delete_set = {
	.name = "vctl-delete",
	.fields = vctl_delete_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_delete),
};

static const struct wire_field vctl_session_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_session, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_session, name),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_session_set = {
	.name = "vctl-session",
	.fields = vctl_session_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_session),
};

static const struct wire_field vctl_call_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_call, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_call, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "operation",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_vctl_call, operation),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "args",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_vctl_call, args),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "session",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_call, session),
		.has = offsetof(struct wire_vctl_call, has_session),
	},
	[5] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_call, number),
		.has = offsetof(struct wire_vctl_call, has_number),
	},
};

const struct wire_set wire_vctl_call_set = {
	.name = "vctl-call",
	.fields = vctl_call_fields,
	.n = 6,
	.required = 0xfULL,
	.size = sizeof(struct wire_vctl_call),
};

static const struct wire_field vctl_reply_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_reply, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_reply, index),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "result",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_vn_result_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_reply, result),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_reply, error),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 61440ULL,
		.offset = offsetof(struct wire_vctl_reply, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_reply_set = {
	.name = "vctl-reply",
	.fields = vctl_reply_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_vctl_reply),
};

static const struct wire_field vctl_switch_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_switch, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_switch, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "policy",
		.kind = WIRE_K_U32,
		.enum_name = wire_vn_policy_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_switch, policy),
		.has = offsetof(struct wire_vctl_switch, has_policy),
	},
	[3] = {
		.name = "scheduler",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_switch, scheduler),
		.has = offsetof(struct wire_vctl_switch, has_scheduler),
	},
};

const struct wire_set wire_vctl_switch_set = {
	.name = "vctl-switch",
	.fields = vctl_switch_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_switch),
};

static const struct wire_field vctl_replica_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_replica, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_replica, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "add",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_vctl_replica, add),
		.has = offsetof(struct wire_vctl_replica, has_add),
	},
	[3] = {
		.name = "remove",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_vctl_replica, remove),
		.has = offsetof(struct wire_vctl_replica, has_remove),
	},
};

const struct wire_set wire_vctl_replica_set = {
	.name = "vctl-replica",
	.fields = vctl_replica_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_replica),
};

static const struct wire_field vctl_backup_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_backup, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_backup, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "number",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_backup, number),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "fresh",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vctl_backup, fresh),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_backup_set = {
	.name = "vctl-backup",
	.fields = vctl_backup_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vctl_backup),
};

static const struct wire_field vctl_chunk_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_chunk, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "backed",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_vctl_backed_set,
		.offset = offsetof(struct wire_vctl_chunk, backed),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "applied",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_chunk, applied),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "alone",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_vctl_chunk, alone),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "chunk",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 98304ULL,
		.offset = offsetof(struct wire_vctl_chunk, chunk),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_chunk_set = {
	.name = "vctl-chunk",
	.fields = vctl_chunk_fields,
	.n = 5,
	.required = 0x17ULL,
	.size = sizeof(struct wire_vctl_chunk),
};

static const struct wire_field vctl_restore_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_restore, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_restore, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "backed",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_vctl_backed_set,
		.offset = offsetof(struct wire_vctl_restore, backed),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_restore_set = {
	.name = "vctl-restore",
	.fields = vctl_restore_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vctl_restore),
};

static const struct wire_field vctl_restored_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_restored, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_restored, group),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_restored_set = {
	.name = "vctl-restored",
	.fields = vctl_restored_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_restored),
};

static const struct wire_field vctl_restore_chunk_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_restore_chunk, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_restore_chunk, group),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "number",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_restore_chunk, number),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "chunk",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 98304ULL,
		.offset = offsetof(struct wire_vctl_restore_chunk, chunk),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_restore_chunk_set = {
	.name = "vctl-restore-chunk",
	.fields = vctl_restore_chunk_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_vctl_restore_chunk),
};

static const struct wire_field vctl_restore_end_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_restore_end, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_vctl_restore_end, group),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_restore_end_set = {
	.name = "vctl-restore-end",
	.fields = vctl_restore_end_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_vctl_restore_end),
};

static const struct wire_field vctl_file_fields[] = {
	[0] = {
		.name = "version",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_vctl_file, version),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 63ULL,
		.offset = offsetof(struct wire_vctl_file, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "backed",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_vctl_backed_set,
		.offset = offsetof(struct wire_vctl_file, backed),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_vctl_file_set = {
	.name = "vctl-file",
	.fields = vctl_file_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_vctl_file),
};

const struct wire_msg wire_vctl_show_msg = {
	.name = "vctl-show",
	.doc = "Ask for the virtual nodes that have a replica here",
	.set = &wire_vctl_show_set,
	.type = WIRE_VCTL_SHOW,
};

const struct wire_msg wire_vctl_item_msg = {
	.name = "vctl-item",
	.doc = "A virtual node, as its replica here sees it",
	.set = &wire_vctl_item_set,
	.type = WIRE_VCTL_ITEM,
};

const struct wire_msg wire_vctl_create_msg = {
	.name = "vctl-create",
	.doc = "Make a virtual node",
	.set = &wire_vctl_create_set,
	.type = WIRE_VCTL_CREATE,
};

const struct wire_msg wire_vctl_delete_msg = {
	.name = "vctl-delete",
	.doc = "Remove the replica here for good",
	.set = &wire_vctl_delete_set,
	.type = WIRE_VCTL_DELETE,
};

const struct wire_msg wire_vctl_session_msg = {
	.name = "vctl-session",
	.doc = "Begin a session",
	.set = &wire_vctl_session_set,
	.type = WIRE_VCTL_SESSION,
};

const struct wire_msg wire_vctl_call_msg = {
	.name = "vctl-call",
	.doc = "Have a virtual node do something",
	.set = &wire_vctl_call_set,
	.type = WIRE_VCTL_CALL,
};

const struct wire_msg wire_vctl_reply_msg = {
	.name = "vctl-reply",
	.doc = "What became of a call",
	.set = &wire_vctl_reply_set,
	.type = WIRE_VCTL_REPLY,
};

const struct wire_msg wire_vctl_switch_msg = {
	.name = "vctl-switch",
	.doc = "Change policy or scheduler, while it serves",
	.set = &wire_vctl_switch_set,
	.type = WIRE_VCTL_SWITCH,
};

const struct wire_msg wire_vctl_replica_msg = {
	.name = "vctl-replica",
	.doc = "Change the replicas, while it serves",
	.set = &wire_vctl_replica_set,
	.type = WIRE_VCTL_REPLICA,
};

const struct wire_msg wire_vctl_backup_msg = {
	.name = "vctl-backup",
	.doc = "Ask for a chunk of the newest snapshot",
	.set = &wire_vctl_backup_set,
	.type = WIRE_VCTL_BACKUP,
};

const struct wire_msg wire_vctl_chunk_msg = {
	.name = "vctl-chunk",
	.doc = "A chunk of the newest snapshot",
	.set = &wire_vctl_chunk_set,
	.type = WIRE_VCTL_CHUNK,
};

const struct wire_msg wire_vctl_restore_msg = {
	.name = "vctl-restore",
	.doc = "Make a virtual node of one replica from a backup",
	.set = &wire_vctl_restore_set,
	.type = WIRE_VCTL_RESTORE,
};

const struct wire_msg wire_vctl_restored_msg = {
	.name = "vctl-restored",
	.doc = "The empty replica is there",
	.set = &wire_vctl_restored_set,
	.type = WIRE_VCTL_RESTORED,
};

const struct wire_msg wire_vctl_restore_chunk_msg = {
	.name = "vctl-restore-chunk",
	.doc = "The next chunk of the backup",
	.set = &wire_vctl_restore_chunk_set,
	.type = WIRE_VCTL_RESTORE_CHUNK,
};

const struct wire_msg wire_vctl_restore_end_msg = {
	.name = "vctl-restore-end",
	.doc = "Ask whether the virtual node is there",
	.set = &wire_vctl_restore_end_set,
	.type = WIRE_VCTL_RESTORE_END,
};

const struct wire_msg wire_vctl_file_msg = {
	.name = "vctl-file",
	.doc = "What a file with a backup begins with",
	.set = &wire_vctl_file_set,
	.type = WIRE_VCTL_FILE,
};
