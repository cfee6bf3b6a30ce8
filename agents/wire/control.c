// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/control.yaml
 * by scripts/gen.
 */
#include <wire/control.h>

const char *wire_ctl_txn_kind_name(uint64_t value)
{
	switch (value) {
	case WIRE_CTL_TXN_KIND_READ:
		return "read";
	case WIRE_CTL_TXN_KIND_WRITE:
		return "write";
	case WIRE_CTL_TXN_KIND_DELETE:
		return "delete";
	case WIRE_CTL_TXN_KIND_TEST_SET:
		return "test-set";
	case WIRE_CTL_TXN_KIND_ADD:
		return "add";
	case WIRE_CTL_TXN_KIND_APPEND:
		return "append";
	case WIRE_CTL_TXN_KIND_REMOVE:
		return "remove";
	case WIRE_CTL_TXN_KIND_RANGE:
		return "range";
	case WIRE_CTL_TXN_KIND_EXPECT:
		return "expect";
	default:
		return NULL;
	}
}

static const struct wire_field ctl_txn_step_fields[] = {
	[0] = {
		.name = "kind",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ctl_txn_kind_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_txn_step, kind),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_txn_step, key),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ctl_txn_step, value),
		.has = offsetof(struct wire_ctl_txn_step, has_value),
	},
	[3] = {
		.name = "expect",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ctl_txn_step, expect),
		.has = offsetof(struct wire_ctl_txn_step, has_expect),
	},
	[4] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_step, number),
		.has = offsetof(struct wire_ctl_txn_step, has_number),
	},
	[5] = {
		.name = "to",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_txn_step, to),
		.has = offsetof(struct wire_ctl_txn_step, has_to),
	},
	[6] = {
		.name = "limit",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_step, limit),
		.has = offsetof(struct wire_ctl_txn_step, has_limit),
	},
	[7] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_step, counter),
		.has = offsetof(struct wire_ctl_txn_step, has_counter),
	},
	[8] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_step, writer),
		.has = offsetof(struct wire_ctl_txn_step, has_writer),
	},
};

const struct wire_set wire_ctl_txn_step_set = {
	.name = "ctl-txn-step",
	.fields = ctl_txn_step_fields,
	.n = 9,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_txn_step),
};

static const struct wire_field ctl_shown_fields[] = {
	[0] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_shown, name),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "value",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 512ULL,
		.offset = offsetof(struct wire_ctl_shown, value),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_shown_set = {
	.name = "ctl-shown",
	.fields = ctl_shown_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_shown),
};

static const struct wire_field ctl_done_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_done, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_done, error),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.max = 512ULL,
		.offset = offsetof(struct wire_ctl_done, text),
		.has = offsetof(struct wire_ctl_done, has_text),
	},
};

const struct wire_set wire_ctl_done_set = {
	.name = "ctl-done",
	.fields = ctl_done_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_done),
};

static const struct wire_field ctl_status_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_status, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_status_set = {
	.name = "ctl-status",
	.fields = ctl_status_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_status),
};

static const struct wire_field ctl_status_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_status_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "program",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_status_item, program),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "version",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_status_item, version),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "grid",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_status_item, grid),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_status_item, id),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_status_item, addr),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "machine",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_status_item, machine),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "state",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_status_item, state),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "replicas",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_status_item, replicas),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_status_item, class),
		.has = WIRE_HAS_NONE,
	},
	[10] = {
		.name = "uptime-ms",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_status_item, uptime_ms),
		.has = WIRE_HAS_NONE,
	},
	[11] = {
		.name = "nodes-known",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_status_item, nodes_known),
		.has = WIRE_HAS_NONE,
	},
	[12] = {
		.name = "nodes-up",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_status_item, nodes_up),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "items",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_status_item, items),
		.has = WIRE_HAS_NONE,
	},
	[14] = {
		.name = "kernel-lookup",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_status_item, kernel_lookup),
		.has = WIRE_HAS_NONE,
	},
	[15] = {
		.name = "insecure",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ctl_status_item, insecure),
		.has = WIRE_HAS_NONE,
	},
	[16] = {
		.name = "credentials-until",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_status_item, credentials_until),
		.has = offsetof(struct wire_ctl_status_item, has_credentials_until),
	},
};

const struct wire_set wire_ctl_status_item_set = {
	.name = "ctl-status-item",
	.fields = ctl_status_item_fields,
	.n = 17,
	.required = 0x7fffULL,
	.size = sizeof(struct wire_ctl_status_item),
};

static const struct wire_field ctl_ring_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_ring_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_ring_show_set = {
	.name = "ctl-ring-show",
	.fields = ctl_ring_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_ring_show),
};

static const struct wire_field ctl_ring_node_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_ring_node, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_ring_node, id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_ring_node, addr),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "machine",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_ring_node, machine),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "rack",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_ring_node, rack),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_ring_node, class),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "level",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_ring_node, level),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "self",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ctl_ring_node, self),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "start",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_ring_node, start),
		.has = offsetof(struct wire_ctl_ring_node, has_start),
	},
	[9] = {
		.name = "end",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_ring_node, end),
		.has = offsetof(struct wire_ctl_ring_node, has_end),
	},
	[10] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_ring_node, epoch),
		.has = WIRE_HAS_NONE,
	},
	[11] = {
		.name = "items",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_ring_node, items),
		.has = WIRE_HAS_NONE,
	},
	[12] = {
		.name = "no-lease",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ctl_ring_node, no_lease),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "claiming",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ctl_ring_node, claiming),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_ring_node_set = {
	.name = "ctl-ring-node",
	.fields = ctl_ring_node_fields,
	.n = 14,
	.required = 0xc7fULL,
	.size = sizeof(struct wire_ctl_ring_node),
};

static const struct wire_field ctl_ring_summary_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_ring_summary, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "nodes",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_ring_summary, nodes),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "replicas",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_ring_summary, replicas),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "complete",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_ring_summary, complete),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_ring_summary_set = {
	.name = "ctl-ring-summary",
	.fields = ctl_ring_summary_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ctl_ring_summary),
};

static const struct wire_field ctl_key_get_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_key_get, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_key_get, key),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_key_get_set = {
	.name = "ctl-key-get",
	.fields = ctl_key_get_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_key_get),
};

static const struct wire_field ctl_key_put_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_key_put, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_key_put, key),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ctl_key_put, value),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_key_put_set = {
	.name = "ctl-key-put",
	.fields = ctl_key_put_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ctl_key_put),
};

static const struct wire_field ctl_key_del_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_key_del, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_key_del, key),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_key_del_set = {
	.name = "ctl-key-del",
	.fields = ctl_key_del_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_key_del),
};

static const struct wire_field ctl_key_range_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_key_range, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "from",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_key_range, from),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "to",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_key_range, to),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "limit",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_key_range, limit),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_key_range_set = {
	.name = "ctl-key-range",
	.fields = ctl_key_range_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ctl_key_range),
};

static const struct wire_field ctl_key_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_key_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_key_item, key),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ctl_key_item, value),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "version",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_key_item, version),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_key_item_set = {
	.name = "ctl-key-item",
	.fields = ctl_key_item_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ctl_key_item),
};

static const struct wire_field ctl_select_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 4096ULL,
		.offset = offsetof(struct wire_ctl_select, query),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_select_set = {
	.name = "ctl-select",
	.fields = ctl_select_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_select),
};

static const struct wire_field ctl_select_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_select_item, id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_select_item, addr),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "machine",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_select_item, machine),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "shown",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ctl_shown_set,
		.offset = offsetof(struct wire_ctl_select_item, shown),
		.has = WIRE_HAS_NONE,
		.count_max = 8,
		.list = 0,
	},
};

const struct wire_set wire_ctl_select_item_set = {
	.name = "ctl-select-item",
	.fields = ctl_select_item_fields,
	.n = 5,
	.required = 0xfULL,
	.size = sizeof(struct wire_ctl_select_item),
};

static const struct wire_field ctl_select_summary_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "outcome",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_select_summary, outcome),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "found",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, found),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "visited",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, visited),
		.has = offsetof(struct wire_ctl_select_summary, has_visited),
	},
	[4] = {
		.name = "depth",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, depth),
		.has = offsetof(struct wire_ctl_select_summary, has_depth),
	},
	[5] = {
		.name = "missing",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, missing),
		.has = offsetof(struct wire_ctl_select_summary, has_missing),
	},
	[6] = {
		.name = "matched",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, matched),
		.has = offsetof(struct wire_ctl_select_summary, has_matched),
	},
	[7] = {
		.name = "cursor",
		.kind = WIRE_K_STRING,
		.max = 512ULL,
		.offset = offsetof(struct wire_ctl_select_summary, cursor),
		.has = offsetof(struct wire_ctl_select_summary, has_cursor),
	},
	[8] = {
		.name = "refused",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_summary, refused),
		.has = offsetof(struct wire_ctl_select_summary, has_refused),
	},
};

const struct wire_set wire_ctl_select_summary_set = {
	.name = "ctl-select-summary",
	.fields = ctl_select_summary_fields,
	.n = 9,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ctl_select_summary),
};

static const struct wire_field ctl_attr_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_attr_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_attr_show_set = {
	.name = "ctl-attr-show",
	.fields = ctl_attr_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_attr_show),
};

static const struct wire_field ctl_attr_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_attr_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_attr_item, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "type",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_attr_item, type),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "value",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 512ULL,
		.offset = offsetof(struct wire_ctl_attr_item, value),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_attr_item_set = {
	.name = "ctl-attr-item",
	.fields = ctl_attr_item_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ctl_attr_item),
};

static const struct wire_field ctl_lookup_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_lookup, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_lookup, key),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "via",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_ctl_lookup, via),
		.has = offsetof(struct wire_ctl_lookup, has_via),
	},
};

const struct wire_set wire_ctl_lookup_set = {
	.name = "ctl-lookup",
	.fields = ctl_lookup_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_lookup),
};

static const struct wire_field ctl_lookup_owner_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_lookup_owner, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_lookup_owner, class),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_lookup_owner, id),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ctl_lookup_owner, addr),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_lookup_owner, epoch),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_lookup_owner_set = {
	.name = "ctl-lookup-owner",
	.fields = ctl_lookup_owner_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ctl_lookup_owner),
};

static const struct wire_field ctl_log_set_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_log_set, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "subsystem",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_log_set, subsystem),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "level",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_log_set, level),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_log_set_set = {
	.name = "ctl-log-set",
	.fields = ctl_log_set_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ctl_log_set),
};

static const struct wire_field ctl_log_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_log_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_log_show_set = {
	.name = "ctl-log-show",
	.fields = ctl_log_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_log_show),
};

static const struct wire_field ctl_log_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_log_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "subsystem",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_log_item, subsystem),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "level",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_log_item, level),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_log_item_set = {
	.name = "ctl-log-item",
	.fields = ctl_log_item_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ctl_log_item),
};

static const struct wire_field ctl_counters_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_counters, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_counters_set = {
	.name = "ctl-counters",
	.fields = ctl_counters_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_counters),
};

static const struct wire_field ctl_counter_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_counter, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_counter, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "value",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_counter, value),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_counter_set = {
	.name = "ctl-counter",
	.fields = ctl_counter_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ctl_counter),
};

static const struct wire_field ctl_monitor_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_monitor, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_monitor_set = {
	.name = "ctl-monitor",
	.fields = ctl_monitor_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_monitor),
};

static const struct wire_field ctl_event_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_event, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "time-ns",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_event, time_ns),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "object",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_event, object),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "event",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_event, event),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 512ULL,
		.offset = offsetof(struct wire_ctl_event, text),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_event_set = {
	.name = "ctl-event",
	.fields = ctl_event_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ctl_event),
};

static const struct wire_field ctl_txn_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "id",
		.kind = WIRE_K_BYTES,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_txn, id),
		.has = offsetof(struct wire_ctl_txn, has_id),
	},
	[2] = {
		.name = "timeout-ms",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn, timeout_ms),
		.has = offsetof(struct wire_ctl_txn, has_timeout_ms),
	},
	[3] = {
		.name = "strict",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ctl_txn, strict),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "steps",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED | WIRE_F_LIST,
		.set = &wire_ctl_txn_step_set,
		.offset = offsetof(struct wire_ctl_txn, steps),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
};

const struct wire_set wire_ctl_txn_set = {
	.name = "ctl-txn",
	.fields = ctl_txn_fields,
	.n = 5,
	.required = 0x11ULL,
	.size = sizeof(struct wire_ctl_txn),
};

static const struct wire_field ctl_txn_outcome_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_outcome, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "id",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_ctl_txn_outcome, id),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_txn_outcome_set = {
	.name = "ctl-txn-outcome",
	.fields = ctl_txn_outcome_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_txn_outcome),
};

static const struct wire_field ctl_txn_result_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_result, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "step",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_result, step),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "kind",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ctl_txn_kind_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ctl_txn_result, kind),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_result, error),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_txn_result, key),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ctl_txn_result, value),
		.has = offsetof(struct wire_ctl_txn_result, has_value),
	},
	[6] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_result, number),
		.has = offsetof(struct wire_ctl_txn_result, has_number),
	},
	[7] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_result, counter),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_result, writer),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "count",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_result, count),
		.has = WIRE_HAS_NONE,
	},
	[10] = {
		.name = "resume",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_txn_result, resume),
		.has = offsetof(struct wire_ctl_txn_result, has_resume),
	},
};

const struct wire_set wire_ctl_txn_result_set = {
	.name = "ctl-txn-result",
	.fields = ctl_txn_result_fields,
	.n = 11,
	.required = 0x39fULL,
	.size = sizeof(struct wire_ctl_txn_result),
};

static const struct wire_field ctl_txn_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "step",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_item, step),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ctl_txn_item, key),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ctl_txn_item, value),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_txn_item_set = {
	.name = "ctl-txn-item",
	.fields = ctl_txn_item_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ctl_txn_item),
};

static const struct wire_field ctl_txn_end_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_txn_end, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_end, counter),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ctl_txn_end, writer),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "repeated",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ctl_txn_end, repeated),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_txn_end_set = {
	.name = "ctl-txn-end",
	.fields = ctl_txn_end_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ctl_txn_end),
};

static const struct wire_field ctl_acl_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_acl_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_acl_show_set = {
	.name = "ctl-acl-show",
	.fields = ctl_acl_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ctl_acl_show),
};

static const struct wire_field ctl_acl_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_acl, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "text",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 32768ULL,
		.offset = offsetof(struct wire_ctl_acl, text),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_acl_set = {
	.name = "ctl-acl",
	.fields = ctl_acl_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ctl_acl),
};

static const struct wire_field ctl_acl_set_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_acl_set, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "old",
		.kind = WIRE_K_BYTES,
		.max = 32768ULL,
		.offset = offsetof(struct wire_ctl_acl_set, old),
		.has = offsetof(struct wire_ctl_acl_set, has_old),
	},
	[2] = {
		.name = "new",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 32768ULL,
		.offset = offsetof(struct wire_ctl_acl_set, new),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_acl_set_set = {
	.name = "ctl-acl-set",
	.fields = ctl_acl_set_fields,
	.n = 3,
	.required = 0x5ULL,
	.size = sizeof(struct wire_ctl_acl_set),
};

static const struct wire_field ctl_select_clause_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_clause, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 512ULL,
		.offset = offsetof(struct wire_ctl_select_clause, text),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "removed",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_clause, removed),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "untrue",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_clause, untrue),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "unknown",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ctl_select_clause, unknown),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ctl_select_clause_set = {
	.name = "ctl-select-clause",
	.fields = ctl_select_clause_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ctl_select_clause),
};

const struct wire_msg wire_ctl_done_msg = {
	.name = "ctl-done",
	.doc = "The end of an answer",
	.set = &wire_ctl_done_set,
	.type = WIRE_CTL_DONE,
};

const struct wire_msg wire_ctl_status_msg = {
	.name = "ctl-status",
	.doc = "Ask an agent how it is",
	.set = &wire_ctl_status_set,
	.type = WIRE_CTL_STATUS,
};

const struct wire_msg wire_ctl_status_item_msg = {
	.name = "ctl-status-item",
	.doc = "How an agent is",
	.set = &wire_ctl_status_item_set,
	.type = WIRE_CTL_STATUS_ITEM,
};

const struct wire_msg wire_ctl_ring_show_msg = {
	.name = "ctl-ring-show",
	.doc = "Ask for all nodes of the ring, in order",
	.set = &wire_ctl_ring_show_set,
	.type = WIRE_CTL_RING_SHOW,
};

const struct wire_msg wire_ctl_ring_node_msg = {
	.name = "ctl-ring-node",
	.doc = "A node of the ring and the arc that it holds",
	.set = &wire_ctl_ring_node_set,
	.type = WIRE_CTL_RING_NODE,
};

const struct wire_msg wire_ctl_ring_summary_msg = {
	.name = "ctl-ring-summary",
	.doc = "Last item of the answer to ctl-ring-show",
	.set = &wire_ctl_ring_summary_set,
	.type = WIRE_CTL_RING_SUMMARY,
};

const struct wire_msg wire_ctl_key_get_msg = {
	.name = "ctl-key-get",
	.doc = "Read a key",
	.set = &wire_ctl_key_get_set,
	.type = WIRE_CTL_KEY_GET,
};

const struct wire_msg wire_ctl_key_put_msg = {
	.name = "ctl-key-put",
	.doc = "Write a key",
	.set = &wire_ctl_key_put_set,
	.type = WIRE_CTL_KEY_PUT,
};

const struct wire_msg wire_ctl_key_del_msg = {
	.name = "ctl-key-del",
	.doc = "Remove a key",
	.set = &wire_ctl_key_del_set,
	.type = WIRE_CTL_KEY_DEL,
};

const struct wire_msg wire_ctl_key_range_msg = {
	.name = "ctl-key-range",
	.doc = "Read keys in order",
	.set = &wire_ctl_key_range_set,
	.type = WIRE_CTL_KEY_RANGE,
};

const struct wire_msg wire_ctl_key_item_msg = {
	.name = "ctl-key-item",
	.doc = "An item",
	.set = &wire_ctl_key_item_set,
	.type = WIRE_CTL_KEY_ITEM,
};

const struct wire_msg wire_ctl_select_msg = {
	.name = "ctl-select",
	.doc = "Find machines",
	.set = &wire_ctl_select_set,
	.type = WIRE_CTL_SELECT,
};

const struct wire_msg wire_ctl_select_item_msg = {
	.name = "ctl-select-item",
	.doc = "A machine that answered for itself",
	.set = &wire_ctl_select_item_set,
	.type = WIRE_CTL_SELECT_ITEM,
};

const struct wire_msg wire_ctl_select_summary_msg = {
	.name = "ctl-select-summary",
	.doc = "Last item of the answer to ctl-select",
	.set = &wire_ctl_select_summary_set,
	.type = WIRE_CTL_SELECT_SUMMARY,
};

const struct wire_msg wire_ctl_attr_show_msg = {
	.name = "ctl-attr-show",
	.doc = "Ask for the attributes of the node",
	.set = &wire_ctl_attr_show_set,
	.type = WIRE_CTL_ATTR_SHOW,
};

const struct wire_msg wire_ctl_attr_item_msg = {
	.name = "ctl-attr-item",
	.doc = "An attribute of the node",
	.set = &wire_ctl_attr_item_set,
	.type = WIRE_CTL_ATTR_ITEM,
};

const struct wire_msg wire_ctl_lookup_msg = {
	.name = "ctl-lookup",
	.doc = "Find who owns a key",
	.set = &wire_ctl_lookup_set,
	.type = WIRE_CTL_LOOKUP,
};

const struct wire_msg wire_ctl_lookup_owner_msg = {
	.name = "ctl-lookup-owner",
	.doc = "One owner of a key",
	.set = &wire_ctl_lookup_owner_set,
	.type = WIRE_CTL_LOOKUP_OWNER,
};

const struct wire_msg wire_ctl_log_set_msg = {
	.name = "ctl-log-set",
	.doc = "Change how much a part of the agent logs",
	.set = &wire_ctl_log_set_set,
	.type = WIRE_CTL_LOG_SET,
};

const struct wire_msg wire_ctl_log_show_msg = {
	.name = "ctl-log-show",
	.doc = "Ask for the log levels",
	.set = &wire_ctl_log_show_set,
	.type = WIRE_CTL_LOG_SHOW,
};

const struct wire_msg wire_ctl_log_item_msg = {
	.name = "ctl-log-item",
	.doc = "The log level of a part",
	.set = &wire_ctl_log_item_set,
	.type = WIRE_CTL_LOG_ITEM,
};

const struct wire_msg wire_ctl_counters_msg = {
	.name = "ctl-counters",
	.doc = "Ask for all counters",
	.set = &wire_ctl_counters_set,
	.type = WIRE_CTL_COUNTERS,
};

const struct wire_msg wire_ctl_counter_msg = {
	.name = "ctl-counter",
	.doc = "A counter",
	.set = &wire_ctl_counter_set,
	.type = WIRE_CTL_COUNTER,
};

const struct wire_msg wire_ctl_monitor_msg = {
	.name = "ctl-monitor",
	.doc = "Ask for events until the connection ends",
	.set = &wire_ctl_monitor_set,
	.type = WIRE_CTL_MONITOR,
};

const struct wire_msg wire_ctl_event_msg = {
	.name = "ctl-event",
	.doc = "Something happened",
	.set = &wire_ctl_event_set,
	.type = WIRE_CTL_EVENT,
};

const struct wire_msg wire_ctl_txn_msg = {
	.name = "ctl-txn",
	.doc = "Run a transaction",
	.set = &wire_ctl_txn_set,
	.type = WIRE_CTL_TXN,
};

const struct wire_msg wire_ctl_txn_outcome_msg = {
	.name = "ctl-txn-outcome",
	.doc = "Ask what became of an idempotency id",
	.set = &wire_ctl_txn_outcome_set,
	.type = WIRE_CTL_TXN_OUTCOME,
};

const struct wire_msg wire_ctl_txn_result_msg = {
	.name = "ctl-txn-result",
	.doc = "What a step has found",
	.set = &wire_ctl_txn_result_set,
	.type = WIRE_CTL_TXN_RESULT,
};

const struct wire_msg wire_ctl_txn_item_msg = {
	.name = "ctl-txn-item",
	.doc = "An item of a range in a transaction",
	.set = &wire_ctl_txn_item_set,
	.type = WIRE_CTL_TXN_ITEM,
};

const struct wire_msg wire_ctl_txn_end_msg = {
	.name = "ctl-txn-end",
	.doc = "Last item of the answer to a transaction that was committed",
	.set = &wire_ctl_txn_end_set,
	.type = WIRE_CTL_TXN_END,
};

const struct wire_msg wire_ctl_acl_show_msg = {
	.name = "ctl-acl-show",
	.doc = "Ask what users may do",
	.set = &wire_ctl_acl_show_set,
	.type = WIRE_CTL_ACL_SHOW,
};

const struct wire_msg wire_ctl_acl_msg = {
	.name = "ctl-acl",
	.doc = "What users may do",
	.set = &wire_ctl_acl_set,
	.type = WIRE_CTL_ACL,
};

const struct wire_msg wire_ctl_acl_set_msg = {
	.name = "ctl-acl-set",
	.doc = "Change what users may do, when it is still what somebody saw",
	.set = &wire_ctl_acl_set_set,
	.type = WIRE_CTL_ACL_SET,
};

const struct wire_msg wire_ctl_select_clause_msg = {
	.name = "ctl-select-clause",
	.doc = "What a condition did, in the answer to a query with explain",
	.set = &wire_ctl_select_clause_set,
	.type = WIRE_CTL_SELECT_CLAUSE,
};
