// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/overlay.yaml
 * by scripts/gen.
 */
#include <wire/overlay.h>

const char *wire_ring_status_name(uint64_t value)
{
	switch (value) {
	case WIRE_RING_STATUS_OK:
		return "ok";
	case WIRE_RING_STATUS_BUSY:
		return "busy";
	case WIRE_RING_STATUS_NOT_JOINED:
		return "not-joined";
	case WIRE_RING_STATUS_WRONG_GRID:
		return "wrong-grid";
	case WIRE_RING_STATUS_NO_CLASS:
		return "no-class";
	case WIRE_RING_STATUS_UNKNOWN:
		return "unknown";
	case WIRE_RING_STATUS_MEMBER:
		return "member";
	case WIRE_RING_STATUS_PASSED:
		return "passed";
	case WIRE_RING_STATUS_LEASED:
		return "leased";
	case WIRE_RING_STATUS_NO_LEASE:
		return "no-lease";
	default:
		return NULL;
	}
}

static const struct wire_field ring_peer_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ring_peer, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ring_peer, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_ring_peer, class),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_peer, key),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_peer_set = {
	.name = "ring-peer",
	.fields = ring_peer_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ring_peer),
};

static const struct wire_field ring_arc_fields[] = {
	[0] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_ring_arc, class),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_arc, epoch),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "start",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_arc, start),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "end",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_arc, end),
		.has = offsetof(struct wire_ring_arc, has_end),
	},
};

const struct wire_set wire_ring_arc_set = {
	.name = "ring-arc",
	.fields = ring_arc_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_arc),
};

static const struct wire_field ring_member_fields[] = {
	[0] = {
		.name = "peer",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_member, peer),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_member, arc),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "items",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_member, items),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "machine",
		.kind = WIRE_K_STRING,
		.max = 63ULL,
		.offset = offsetof(struct wire_ring_member, machine),
		.has = offsetof(struct wire_ring_member, has_machine),
	},
	[4] = {
		.name = "rack",
		.kind = WIRE_K_STRING,
		.max = 63ULL,
		.offset = offsetof(struct wire_ring_member, rack),
		.has = offsetof(struct wire_ring_member, has_rack),
	},
	[5] = {
		.name = "custody",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_member, custody),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "moving",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_member, moving),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "leased",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_member, leased),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "claiming",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_member, claiming),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_member_set = {
	.name = "ring-member",
	.fields = ring_member_fields,
	.n = 9,
	.required = 0x27ULL,
	.size = sizeof(struct wire_ring_member),
};

static const struct wire_field ring_epoch_fields[] = {
	[0] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_ring_epoch, class),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "start",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_epoch, start),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_epoch, epoch),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_epoch_set = {
	.name = "ring-epoch",
	.fields = ring_epoch_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_epoch),
};

static const struct wire_field ring_item_fields[] = {
	[0] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_item, key),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "record",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 180224ULL,
		.offset = offsetof(struct wire_ring_item, record),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_item_set = {
	.name = "ring-item",
	.fields = ring_item_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ring_item),
};

static const struct wire_field ring_granted_fields[] = {
	[0] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_granted, transfer),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "joiner",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ring_granted, joiner),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_granted, arc),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_granted_set = {
	.name = "ring-granted",
	.fields = ring_granted_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_granted),
};

static const struct wire_field ring_taken_fields[] = {
	[0] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_taken, transfer),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "giver",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ring_taken, giver),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ring_taken, addr),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_taken, arc),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_taken_set = {
	.name = "ring-taken",
	.fields = ring_taken_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ring_taken),
};

static const struct wire_field ring_record_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ring_record, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_record, grid),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "grid-name",
		.kind = WIRE_K_STRING,
		.max = 63ULL,
		.offset = offsetof(struct wire_ring_record, grid_name),
		.has = offsetof(struct wire_ring_record, has_grid_name),
	},
	[3] = {
		.name = "replicas",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 7ULL,
		.offset = offsetof(struct wire_ring_record, replicas),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "complete",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_record, complete),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "custody",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_record, custody),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_record, arc),
		.has = offsetof(struct wire_ring_record, has_arc),
	},
	[7] = {
		.name = "taken",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_taken_set,
		.offset = offsetof(struct wire_ring_record, taken),
		.has = offsetof(struct wire_ring_record, has_taken),
	},
	[8] = {
		.name = "granted",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_granted_set,
		.offset = offsetof(struct wire_ring_record, granted),
		.has = WIRE_HAS_NONE,
		.count_max = 16,
		.list = 0,
	},
	[9] = {
		.name = "map",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_epoch_set,
		.offset = offsetof(struct wire_ring_record, map),
		.has = WIRE_HAS_NONE,
		.count_max = 256,
		.list = 1,
	},
};

const struct wire_set wire_ring_record_set = {
	.name = "ring-record",
	.fields = ring_record_fields,
	.n = 10,
	.required = 0x2bULL,
	.size = sizeof(struct wire_ring_record),
};

static const struct wire_field ring_known_fields[] = {
	[0] = {
		.name = "nodes",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_node_set,
		.offset = offsetof(struct wire_ring_known, nodes),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
};

const struct wire_set wire_ring_known_set = {
	.name = "ring-known",
	.fields = ring_known_fields,
	.n = 1,
	.size = sizeof(struct wire_ring_known),
};

static const struct wire_field ring_find_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_find, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_find, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_ring_find, class),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_find, key),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "before",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_find, before),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_find_set = {
	.name = "ring-find",
	.fields = ring_find_fields,
	.n = 5,
	.required = 0xfULL,
	.size = sizeof(struct wire_ring_find),
};

static const struct wire_field ring_find_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_find_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_find_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "replicas",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 7ULL,
		.offset = offsetof(struct wire_ring_find_answer, replicas),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "complete",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_find_answer, complete),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_find_answer, arc),
		.has = offsetof(struct wire_ring_find_answer, has_arc),
	},
	[5] = {
		.name = "self",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_find_answer, self),
		.has = offsetof(struct wire_ring_find_answer, has_self),
	},
	[6] = {
		.name = "nearer",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_find_answer, nearer),
		.has = WIRE_HAS_NONE,
		.count_max = 4,
		.list = 0,
	},
	[7] = {
		.name = "last",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_find_answer, last),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "succ",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_find_answer, succ),
		.has = WIRE_HAS_NONE,
		.count_max = 8,
		.list = 1,
	},
};

const struct wire_set wire_ring_find_answer_set = {
	.name = "ring-find-answer",
	.fields = ring_find_answer_fields,
	.n = 9,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_find_answer),
};

static const struct wire_field ring_stabilize_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_stabilize, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_stabilize, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "self",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_stabilize, self),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "complete",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_stabilize, complete),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_stabilize_set = {
	.name = "ring-stabilize",
	.fields = ring_stabilize_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_stabilize),
};

static const struct wire_field ring_stabilize_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_stabilize_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_stabilize_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "self",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_stabilize_answer, self),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "complete",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_stabilize_answer, complete),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "pred",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_stabilize_answer, pred),
		.has = offsetof(struct wire_ring_stabilize_answer, has_pred),
	},
	[5] = {
		.name = "succ",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_stabilize_answer, succ),
		.has = WIRE_HAS_NONE,
		.count_max = 8,
		.list = 0,
	},
};

const struct wire_set wire_ring_stabilize_answer_set = {
	.name = "ring-stabilize-answer",
	.fields = ring_stabilize_answer_fields,
	.n = 6,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_stabilize_answer),
};

static const struct wire_field ring_finger_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_finger, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_finger, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "index",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 31ULL,
		.offset = offsetof(struct wire_ring_finger, index),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_finger_set = {
	.name = "ring-finger",
	.fields = ring_finger_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_finger),
};

static const struct wire_field ring_finger_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_finger_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_finger_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "finger",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_finger_answer, finger),
		.has = offsetof(struct wire_ring_finger_answer, has_finger),
	},
};

const struct wire_set wire_ring_finger_answer_set = {
	.name = "ring-finger-answer",
	.fields = ring_finger_answer_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ring_finger_answer),
};

static const struct wire_field ring_describe_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_describe, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_describe, query_id),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_describe_set = {
	.name = "ring-describe",
	.fields = ring_describe_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ring_describe),
};

static const struct wire_field ring_describe_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_describe_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_describe_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "replicas",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 7ULL,
		.offset = offsetof(struct wire_ring_describe_answer, replicas),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "complete",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_describe_answer, complete),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "member",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_member_set,
		.offset = offsetof(struct wire_ring_describe_answer, member),
		.has = offsetof(struct wire_ring_describe_answer, has_member),
	},
	[5] = {
		.name = "succ",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_describe_answer, succ),
		.has = WIRE_HAS_NONE,
		.count_max = 8,
		.list = 0,
	},
};

const struct wire_set wire_ring_describe_answer_set = {
	.name = "ring-describe-answer",
	.fields = ring_describe_answer_fields,
	.n = 6,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_describe_answer),
};

static const struct wire_field ring_join_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_join, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "grid-name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 63ULL,
		.offset = offsetof(struct wire_ring_join, grid_name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_ring_join, class),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_join_set = {
	.name = "ring-join",
	.fields = ring_join_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_join),
};

static const struct wire_field ring_join_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_join_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_join_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ring_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_join_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_join_answer, transfer),
		.has = offsetof(struct wire_ring_join_answer, has_transfer),
	},
	[4] = {
		.name = "replicas",
		.kind = WIRE_K_U8,
		.max = 7ULL,
		.offset = offsetof(struct wire_ring_join_answer, replicas),
		.has = offsetof(struct wire_ring_join_answer, has_replicas),
	},
	[5] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_join_answer, arc),
		.has = offsetof(struct wire_ring_join_answer, has_arc),
	},
};

const struct wire_set wire_ring_join_answer_set = {
	.name = "ring-join-answer",
	.fields = ring_join_answer_fields,
	.n = 6,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_join_answer),
};

static const struct wire_field ring_pull_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_pull, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_pull, transfer),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "from",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_pull, from),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_pull_set = {
	.name = "ring-pull",
	.fields = ring_pull_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_pull),
};

static const struct wire_field ring_chunk_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_chunk, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_chunk, transfer),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ring_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_chunk, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "items",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_item_set,
		.offset = offsetof(struct wire_ring_chunk, items),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
	[4] = {
		.name = "next",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_chunk, next),
		.has = offsetof(struct wire_ring_chunk, has_next),
	},
};

const struct wire_set wire_ring_chunk_set = {
	.name = "ring-chunk",
	.fields = ring_chunk_fields,
	.n = 5,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_chunk),
};

static const struct wire_field ring_commit_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_commit, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_commit, transfer),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_commit_set = {
	.name = "ring-commit",
	.fields = ring_commit_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ring_commit),
};

static const struct wire_field ring_grant_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_grant, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_grant, transfer),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ring_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_grant, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "complete",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_grant, complete),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "self",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_grant, self),
		.has = offsetof(struct wire_ring_grant, has_self),
	},
	[5] = {
		.name = "succ",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_ring_grant, succ),
		.has = WIRE_HAS_NONE,
		.count_max = 8,
		.list = 0,
	},
	[6] = {
		.name = "map",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_epoch_set,
		.offset = offsetof(struct wire_ring_grant, map),
		.has = WIRE_HAS_NONE,
		.count_max = 256,
		.list = 1,
	},
};

const struct wire_set wire_ring_grant_set = {
	.name = "ring-grant",
	.fields = ring_grant_fields,
	.n = 7,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_grant),
};

static const struct wire_field ring_settle_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_settle, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_settle, transfer),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_settle_set = {
	.name = "ring-settle",
	.fields = ring_settle_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ring_settle),
};

static const struct wire_field ring_settle_answer_fields[] = {
	[0] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_settle_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "transfer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_settle_answer, transfer),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_settle_answer_set = {
	.name = "ring-settle-answer",
	.fields = ring_settle_answer_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ring_settle_answer),
};

static const struct wire_field ring_renew_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_renew, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_renew, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_renew, arc),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "at",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_renew, at),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "claim",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_renew, claim),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "probe",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_renew, probe),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_renew_set = {
	.name = "ring-renew",
	.fields = ring_renew_fields,
	.n = 6,
	.required = 0xfULL,
	.size = sizeof(struct wire_ring_renew),
};

static const struct wire_field ring_renew_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_renew_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_renew_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ring_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_renew_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "owned",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ring_renew_answer, owned),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "left",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ring_renew_answer, left),
		.has = offsetof(struct wire_ring_renew_answer, has_left),
	},
	[5] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_renew_answer, arc),
		.has = offsetof(struct wire_ring_renew_answer, has_arc),
	},
	[6] = {
		.name = "map",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_epoch_set,
		.offset = offsetof(struct wire_ring_renew_answer, map),
		.has = WIRE_HAS_NONE,
		.count_max = 256,
		.list = 0,
	},
};

const struct wire_set wire_ring_renew_answer_set = {
	.name = "ring-renew-answer",
	.fields = ring_renew_answer_fields,
	.n = 7,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_renew_answer),
};

static const struct wire_field ring_fetch_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_fetch, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_fetch, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "arc",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ring_arc_set,
		.offset = offsetof(struct wire_ring_fetch, arc),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "from",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_fetch, from),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ring_fetch_set = {
	.name = "ring-fetch",
	.fields = ring_fetch_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ring_fetch),
};

static const struct wire_field ring_fetch_answer_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_fetch_answer, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "query-id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ring_fetch_answer, query_id),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ring_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_ring_fetch_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epochs",
		.kind = WIRE_K_BYTES,
		.max = 56ULL,
		.offset = offsetof(struct wire_ring_fetch_answer, epochs),
		.has = offsetof(struct wire_ring_fetch_answer, has_epochs),
	},
	[4] = {
		.name = "items",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ring_item_set,
		.offset = offsetof(struct wire_ring_fetch_answer, items),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
	[5] = {
		.name = "next",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_ring_fetch_answer, next),
		.has = offsetof(struct wire_ring_fetch_answer, has_next),
	},
};

const struct wire_set wire_ring_fetch_answer_set = {
	.name = "ring-fetch-answer",
	.fields = ring_fetch_answer_fields,
	.n = 6,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ring_fetch_answer),
};

const struct wire_msg wire_ring_find_msg = {
	.name = "ring-find",
	.doc = "Who owns a position, or who is the last before it?",
	.set = &wire_ring_find_set,
	.type = WIRE_RING_FIND,
};

const struct wire_msg wire_ring_find_answer_msg = {
	.name = "ring-find-answer",
	.doc = "Answer to ring-find",
	.set = &wire_ring_find_answer_set,
	.type = WIRE_RING_FIND_ANSWER,
};

const struct wire_msg wire_ring_stabilize_msg = {
	.name = "ring-stabilize",
	.doc = "The sender takes the receiver for its successor",
	.set = &wire_ring_stabilize_set,
	.type = WIRE_RING_STABILIZE,
};

const struct wire_msg wire_ring_stabilize_answer_msg = {
	.name = "ring-stabilize-answer",
	.doc = "Neighbours of the sender",
	.set = &wire_ring_stabilize_answer_set,
	.type = WIRE_RING_STABILIZE_ANSWER,
};

const struct wire_msg wire_ring_finger_msg = {
	.name = "ring-finger",
	.doc = "Ask for one finger",
	.set = &wire_ring_finger_set,
	.type = WIRE_RING_FINGER,
};

const struct wire_msg wire_ring_finger_answer_msg = {
	.name = "ring-finger-answer",
	.doc = "Answer to ring-finger",
	.set = &wire_ring_finger_answer_set,
	.type = WIRE_RING_FINGER_ANSWER,
};

const struct wire_msg wire_ring_describe_msg = {
	.name = "ring-describe",
	.doc = "Ask a node for itself and its neighbours",
	.set = &wire_ring_describe_set,
	.type = WIRE_RING_DESCRIBE,
};

const struct wire_msg wire_ring_describe_answer_msg = {
	.name = "ring-describe-answer",
	.doc = "Answer to ring-describe",
	.set = &wire_ring_describe_answer_set,
	.type = WIRE_RING_DESCRIBE_ANSWER,
};

const struct wire_msg wire_ring_join_msg = {
	.name = "ring-join",
	.doc = "Ask the owner of an arc for a part of it",
	.set = &wire_ring_join_set,
	.type = WIRE_RING_JOIN,
};

const struct wire_msg wire_ring_join_answer_msg = {
	.name = "ring-join-answer",
	.doc = "Answer to ring-join",
	.set = &wire_ring_join_answer_set,
	.type = WIRE_RING_JOIN_ANSWER,
};

const struct wire_msg wire_ring_pull_msg = {
	.name = "ring-pull",
	.doc = "Ask for the next items of an arc that is being transferred",
	.set = &wire_ring_pull_set,
	.type = WIRE_RING_PULL,
};

const struct wire_msg wire_ring_chunk_msg = {
	.name = "ring-chunk",
	.doc = "Items of an arc that is being transferred",
	.set = &wire_ring_chunk_set,
	.type = WIRE_RING_CHUNK,
};

const struct wire_msg wire_ring_commit_msg = {
	.name = "ring-commit",
	.doc = "The joiner has all items durable and asks for the arc",
	.set = &wire_ring_commit_set,
	.type = WIRE_RING_COMMIT,
};

const struct wire_msg wire_ring_grant_msg = {
	.name = "ring-grant",
	.doc = "The word of the giver",
	.set = &wire_ring_grant_set,
	.type = WIRE_RING_GRANT,
};

const struct wire_msg wire_ring_settle_msg = {
	.name = "ring-settle",
	.doc = "The joiner owns the arc durably; the giver may forget the transfer",
	.set = &wire_ring_settle_set,
	.type = WIRE_RING_SETTLE,
};

const struct wire_msg wire_ring_settle_answer_msg = {
	.name = "ring-settle-answer",
	.doc = "The giver has forgotten the transfer",
	.set = &wire_ring_settle_answer_set,
	.type = WIRE_RING_SETTLE_ANSWER,
};

const struct wire_msg wire_ring_renew_msg = {
	.name = "ring-renew",
	.doc = "Ask the owner of the same keys in another class for a lease of an arc; or, with claim, for a new epoch of keys whose owner has failed",
	.set = &wire_ring_renew_set,
	.type = WIRE_RING_RENEW,
};

const struct wire_msg wire_ring_renew_answer_msg = {
	.name = "ring-renew-answer",
	.doc = "Answer to ring-renew",
	.set = &wire_ring_renew_answer_set,
	.type = WIRE_RING_RENEW_ANSWER,
};

const struct wire_msg wire_ring_fetch_msg = {
	.name = "ring-fetch",
	.doc = "Ask for items, to copy them into an arc that is taken over",
	.set = &wire_ring_fetch_set,
	.type = WIRE_RING_FETCH,
};

const struct wire_msg wire_ring_fetch_answer_msg = {
	.name = "ring-fetch-answer",
	.doc = "Answer to ring-fetch",
	.set = &wire_ring_fetch_answer_set,
	.type = WIRE_RING_FETCH_ANSWER,
};
