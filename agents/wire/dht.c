// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/dht.yaml
 * by scripts/gen.
 */
#include <wire/dht.h>

const char *wire_dht_vote_state_name(uint64_t value)
{
	switch (value) {
	case WIRE_DHT_VOTE_STATE_NONE:
		return "none";
	case WIRE_DHT_VOTE_STATE_PREPARED:
		return "prepared";
	case WIRE_DHT_VOTE_STATE_COMMITTED:
		return "committed";
	case WIRE_DHT_VOTE_STATE_ABORTED:
		return "aborted";
	case WIRE_DHT_VOTE_STATE_HELD:
		return "held";
	default:
		return NULL;
	}
}

const char *wire_dht_status_name(uint64_t value)
{
	switch (value) {
	case WIRE_DHT_STATUS_OK:
		return "ok";
	case WIRE_DHT_STATUS_INCOMPLETE:
		return "incomplete";
	case WIRE_DHT_STATUS_NOT_OWNER:
		return "not-owner";
	case WIRE_DHT_STATUS_MOVING:
		return "moving";
	case WIRE_DHT_STATUS_STALE:
		return "stale";
	case WIRE_DHT_STATUS_BUSY:
		return "busy";
	case WIRE_DHT_STATUS_NO_LEASE:
		return "no-lease";
	case WIRE_DHT_STATUS_RECOVERING:
		return "recovering";
	default:
		return NULL;
	}
}

static const struct wire_field dht_record_fields[] = {
	[0] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_record, counter),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_record, writer),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "tombstone",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_record, tombstone),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_dht_record, value),
		.has = offsetof(struct wire_dht_record, has_value),
	},
};

const struct wire_set wire_dht_record_set = {
	.name = "dht-record",
	.fields = dht_record_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_dht_record),
};

static const struct wire_field dht_vote_fields[] = {
	[0] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, counter),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, writer),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "state",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_dht_vote_state_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_dht_vote, state),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "age",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, age),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "round",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, round),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "proposer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, proposer),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "accepted-round",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, accepted_round),
		.has = offsetof(struct wire_dht_vote, has_accepted_round),
	},
	[7] = {
		.name = "accepted-proposer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, accepted_proposer),
		.has = offsetof(struct wire_dht_vote, has_accepted_proposer),
	},
	[8] = {
		.name = "abort",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_vote, abort),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "write",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_vote, write),
		.has = WIRE_HAS_NONE,
	},
	[10] = {
		.name = "tombstone",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_vote, tombstone),
		.has = WIRE_HAS_NONE,
	},
	[11] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_dht_vote, value),
		.has = offsetof(struct wire_dht_vote, has_value),
	},
	[12] = {
		.name = "range",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_vote, range),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "end",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_vote, end),
		.has = offsetof(struct wire_dht_vote, has_end),
	},
	[14] = {
		.name = "scope",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 24576ULL,
		.offset = offsetof(struct wire_dht_vote, scope),
		.has = WIRE_HAS_NONE,
	},
	[15] = {
		.name = "voters",
		.kind = WIRE_K_U8,
		.max = 255ULL,
		.offset = offsetof(struct wire_dht_vote, voters),
		.has = offsetof(struct wire_dht_vote, has_voters),
	},
	[16] = {
		.name = "copy",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_vote, copy),
		.has = offsetof(struct wire_dht_vote, has_copy),
	},
	[17] = {
		.name = "unsure",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_vote, unsure),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_dht_vote_set = {
	.name = "dht-vote",
	.fields = dht_vote_fields,
	.n = 18,
	.required = 0x403fULL,
	.size = sizeof(struct wire_dht_vote),
};

static const struct wire_field dht_stored_fields[] = {
	[0] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_stored, counter),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_stored, writer),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "tombstone",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_stored, tombstone),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_dht_stored, value),
		.has = offsetof(struct wire_dht_stored, has_value),
	},
	[4] = {
		.name = "floor",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_stored, floor),
		.has = offsetof(struct wire_dht_stored, has_floor),
	},
	[5] = {
		.name = "lost",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_stored, lost),
		.has = offsetof(struct wire_dht_stored, has_lost),
	},
	[6] = {
		.name = "votes",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_dht_vote_set,
		.offset = offsetof(struct wire_dht_stored, votes),
		.has = WIRE_HAS_NONE,
		.count_max = 32,
		.list = 0,
	},
};

const struct wire_set wire_dht_stored_set = {
	.name = "dht-stored",
	.fields = dht_stored_fields,
	.n = 7,
	.required = 0x3ULL,
	.size = sizeof(struct wire_dht_stored),
};

static const struct wire_field dht_entry_fields[] = {
	[0] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_entry, key),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "record",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_dht_record_set,
		.offset = offsetof(struct wire_dht_entry, record),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "unsynced",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_entry, unsynced),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "in-doubt",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_entry, in_doubt),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_dht_entry_set = {
	.name = "dht-entry",
	.fields = dht_entry_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_dht_entry),
};

static const struct wire_field dht_read_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_read, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_read, op),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_dht_read, class),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_read, epoch),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_read, key),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "version-only",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_read, version_only),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_dht_read_set = {
	.name = "dht-read",
	.fields = dht_read_fields,
	.n = 6,
	.required = 0x1fULL,
	.size = sizeof(struct wire_dht_read),
};

static const struct wire_field dht_read_answer_fields[] = {
	[0] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_read_answer, op),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_dht_read_answer, class),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_dht_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_dht_read_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_read_answer, epoch),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "record",
		.kind = WIRE_K_NEST,
		.set = &wire_dht_record_set,
		.offset = offsetof(struct wire_dht_read_answer, record),
		.has = offsetof(struct wire_dht_read_answer, has_record),
	},
	[5] = {
		.name = "unsynced",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_read_answer, unsynced),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "hint",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_dht_read_answer, hint),
		.has = offsetof(struct wire_dht_read_answer, has_hint),
	},
	[7] = {
		.name = "in-doubt",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_dht_read_answer, in_doubt),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "epochs",
		.kind = WIRE_K_BYTES,
		.max = 56ULL,
		.offset = offsetof(struct wire_dht_read_answer, epochs),
		.has = offsetof(struct wire_dht_read_answer, has_epochs),
	},
};

const struct wire_set wire_dht_read_answer_set = {
	.name = "dht-read-answer",
	.fields = dht_read_answer_fields,
	.n = 9,
	.required = 0xfULL,
	.size = sizeof(struct wire_dht_read_answer),
};

static const struct wire_field dht_write_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_write, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_write, op),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_dht_write, class),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_write, epoch),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_write, key),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "record",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_dht_record_set,
		.offset = offsetof(struct wire_dht_write, record),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_dht_write_set = {
	.name = "dht-write",
	.fields = dht_write_fields,
	.n = 6,
	.required = 0x3fULL,
	.size = sizeof(struct wire_dht_write),
};

static const struct wire_field dht_write_answer_fields[] = {
	[0] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_write_answer, op),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_dht_write_answer, class),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_dht_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_dht_write_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_write_answer, epoch),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "hint",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_dht_write_answer, hint),
		.has = offsetof(struct wire_dht_write_answer, has_hint),
	},
	[5] = {
		.name = "epochs",
		.kind = WIRE_K_BYTES,
		.max = 56ULL,
		.offset = offsetof(struct wire_dht_write_answer, epochs),
		.has = offsetof(struct wire_dht_write_answer, has_epochs),
	},
};

const struct wire_set wire_dht_write_answer_set = {
	.name = "dht-write-answer",
	.fields = dht_write_answer_fields,
	.n = 6,
	.required = 0xfULL,
	.size = sizeof(struct wire_dht_write_answer),
};

static const struct wire_field dht_scan_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_scan, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_scan, op),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_dht_scan, class),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_scan, epoch),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "from",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_scan, from),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "to",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_scan, to),
		.has = offsetof(struct wire_dht_scan, has_to),
	},
	[6] = {
		.name = "limit",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_dht_scan, limit),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "room",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_dht_scan, room),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_dht_scan_set = {
	.name = "dht-scan",
	.fields = dht_scan_fields,
	.n = 8,
	.required = 0xdfULL,
	.size = sizeof(struct wire_dht_scan),
};

static const struct wire_field dht_scan_answer_fields[] = {
	[0] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_scan_answer, op),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_dht_scan_answer, class),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_dht_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_dht_scan_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_dht_scan_answer, epoch),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "items",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_dht_entry_set,
		.offset = offsetof(struct wire_dht_scan_answer, items),
		.has = WIRE_HAS_NONE,
		.count_max = 1024,
		.list = 0,
	},
	[5] = {
		.name = "next",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_dht_scan_answer, next),
		.has = offsetof(struct wire_dht_scan_answer, has_next),
	},
	[6] = {
		.name = "hint",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_dht_scan_answer, hint),
		.has = offsetof(struct wire_dht_scan_answer, has_hint),
	},
	[7] = {
		.name = "epochs",
		.kind = WIRE_K_BYTES,
		.max = 56ULL,
		.offset = offsetof(struct wire_dht_scan_answer, epochs),
		.has = offsetof(struct wire_dht_scan_answer, has_epochs),
	},
};

const struct wire_set wire_dht_scan_answer_set = {
	.name = "dht-scan-answer",
	.fields = dht_scan_answer_fields,
	.n = 8,
	.required = 0xfULL,
	.size = sizeof(struct wire_dht_scan_answer),
};

const struct wire_msg wire_dht_read_msg = {
	.name = "dht-read",
	.doc = "Read one replica of a key",
	.set = &wire_dht_read_set,
	.type = WIRE_DHT_READ,
};

const struct wire_msg wire_dht_read_answer_msg = {
	.name = "dht-read-answer",
	.doc = "Answer to dht-read",
	.set = &wire_dht_read_answer_set,
	.type = WIRE_DHT_READ_ANSWER,
};

const struct wire_msg wire_dht_write_msg = {
	.name = "dht-write",
	.doc = "Write one replica of a key, unless it has a newer version",
	.set = &wire_dht_write_set,
	.type = WIRE_DHT_WRITE,
};

const struct wire_msg wire_dht_write_answer_msg = {
	.name = "dht-write-answer",
	.doc = "Answer to dht-write, sent when the replica holds this version, or a newer one, durably",
	.set = &wire_dht_write_answer_set,
	.type = WIRE_DHT_WRITE_ANSWER,
};

const struct wire_msg wire_dht_scan_msg = {
	.name = "dht-scan",
	.doc = "Read keys of one replica in order",
	.set = &wire_dht_scan_set,
	.type = WIRE_DHT_SCAN,
};

const struct wire_msg wire_dht_scan_answer_msg = {
	.name = "dht-scan-answer",
	.doc = "Answer to dht-scan",
	.set = &wire_dht_scan_answer_set,
	.type = WIRE_DHT_SCAN_ANSWER,
};
