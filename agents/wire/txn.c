// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/txn.yaml
 * by scripts/gen.
 */
#include <wire/txn.h>

const char *wire_txn_what_name(uint64_t value)
{
	switch (value) {
	case WIRE_TXN_WHAT_CHECK:
		return "check";
	case WIRE_TXN_WHAT_PREPARE:
		return "prepare";
	case WIRE_TXN_WHAT_PROMISE:
		return "promise";
	case WIRE_TXN_WHAT_ACCEPT:
		return "accept";
	case WIRE_TXN_WHAT_DECIDE:
		return "decide";
	case WIRE_TXN_WHAT_FORGET:
		return "forget";
	default:
		return NULL;
	}
}

const char *wire_txn_state_name(uint64_t value)
{
	switch (value) {
	case WIRE_TXN_STATE_NONE:
		return "none";
	case WIRE_TXN_STATE_PREPARED:
		return "prepared";
	case WIRE_TXN_STATE_REFUSED:
		return "refused";
	case WIRE_TXN_STATE_BEHIND:
		return "behind";
	case WIRE_TXN_STATE_LOCKED:
		return "locked";
	case WIRE_TXN_STATE_OVERTAKEN:
		return "overtaken";
	case WIRE_TXN_STATE_COMMITTED:
		return "committed";
	case WIRE_TXN_STATE_DONE:
		return "done";
	case WIRE_TXN_STATE_ABORTED:
		return "aborted";
	default:
		return NULL;
	}
}

static const struct wire_field txn_part_fields[] = {
	[0] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_txn_part, key),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "write",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_part, write),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_txn_part_set = {
	.name = "txn-part",
	.fields = txn_part_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_txn_part),
};

static const struct wire_field txn_scope_fields[] = {
	[0] = {
		.name = "parts",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED | WIRE_F_LIST,
		.set = &wire_txn_part_set,
		.offset = offsetof(struct wire_txn_scope, parts),
		.has = WIRE_HAS_NONE,
		.count_max = 128,
		.list = 0,
	},
};

const struct wire_set wire_txn_scope_set = {
	.name = "txn-scope",
	.fields = txn_scope_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_txn_scope),
};

static const struct wire_field txn_ask_fields[] = {
	[0] = {
		.name = "grid",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, grid),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, op),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "part",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_txn_ask, part),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_txn_ask, class),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, epoch),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "what",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_txn_what_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_txn_ask, what),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "counter",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, counter),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "writer",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, writer),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "key",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 1024ULL,
		.offset = offsetof(struct wire_txn_ask, key),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "age",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, age),
		.has = offsetof(struct wire_txn_ask, has_age),
	},
	[10] = {
		.name = "round",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, round),
		.has = offsetof(struct wire_txn_ask, has_round),
	},
	[11] = {
		.name = "proposer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, proposer),
		.has = offsetof(struct wire_txn_ask, has_proposer),
	},
	[12] = {
		.name = "abort",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_ask, abort),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "read",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_ask, read),
		.has = WIRE_HAS_NONE,
	},
	[14] = {
		.name = "want-counter",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, want_counter),
		.has = offsetof(struct wire_txn_ask, has_want_counter),
	},
	[15] = {
		.name = "want-writer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, want_writer),
		.has = offsetof(struct wire_txn_ask, has_want_writer),
	},
	[16] = {
		.name = "write",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_ask, write),
		.has = WIRE_HAS_NONE,
	},
	[17] = {
		.name = "tombstone",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_ask, tombstone),
		.has = WIRE_HAS_NONE,
	},
	[18] = {
		.name = "value",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_txn_ask, value),
		.has = offsetof(struct wire_txn_ask, has_value),
	},
	[19] = {
		.name = "range",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_ask, range),
		.has = WIRE_HAS_NONE,
	},
	[20] = {
		.name = "end",
		.kind = WIRE_K_BYTES,
		.max = 1024ULL,
		.offset = offsetof(struct wire_txn_ask, end),
		.has = offsetof(struct wire_txn_ask, has_end),
	},
	[21] = {
		.name = "digest",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_ask, digest),
		.has = offsetof(struct wire_txn_ask, has_digest),
	},
	[22] = {
		.name = "scope",
		.kind = WIRE_K_BYTES,
		.max = 24576ULL,
		.offset = offsetof(struct wire_txn_ask, scope),
		.has = offsetof(struct wire_txn_ask, has_scope),
	},
};

const struct wire_set wire_txn_ask_set = {
	.name = "txn-ask",
	.fields = txn_ask_fields,
	.n = 23,
	.required = 0x1ffULL,
	.size = sizeof(struct wire_txn_ask),
};

static const struct wire_field txn_answer_fields[] = {
	[0] = {
		.name = "op",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, op),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "part",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_txn_answer, part),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "class",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 6ULL,
		.offset = offsetof(struct wire_txn_answer, class),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "status",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_dht_status_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_txn_answer, status),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "epoch",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, epoch),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "what",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_txn_what_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_txn_answer, what),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "state",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_txn_state_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_txn_answer, state),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "seen",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, seen),
		.has = offsetof(struct wire_txn_answer, has_seen),
	},
	[8] = {
		.name = "holder-age",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, holder_age),
		.has = offsetof(struct wire_txn_answer, has_holder_age),
	},
	[9] = {
		.name = "holder-writer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, holder_writer),
		.has = offsetof(struct wire_txn_answer, has_holder_writer),
	},
	[10] = {
		.name = "round",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, round),
		.has = offsetof(struct wire_txn_answer, has_round),
	},
	[11] = {
		.name = "accepted-round",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, accepted_round),
		.has = offsetof(struct wire_txn_answer, has_accepted_round),
	},
	[12] = {
		.name = "accepted-proposer",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_txn_answer, accepted_proposer),
		.has = offsetof(struct wire_txn_answer, has_accepted_proposer),
	},
	[13] = {
		.name = "abort",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_answer, abort),
		.has = WIRE_HAS_NONE,
	},
	[14] = {
		.name = "shut",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_txn_answer, shut),
		.has = WIRE_HAS_NONE,
	},
	[15] = {
		.name = "hint",
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
		.offset = offsetof(struct wire_txn_answer, hint),
		.has = offsetof(struct wire_txn_answer, has_hint),
	},
	[16] = {
		.name = "epochs",
		.kind = WIRE_K_BYTES,
		.max = 56ULL,
		.offset = offsetof(struct wire_txn_answer, epochs),
		.has = offsetof(struct wire_txn_answer, has_epochs),
	},
};

const struct wire_set wire_txn_answer_set = {
	.name = "txn-answer",
	.fields = txn_answer_fields,
	.n = 17,
	.required = 0x7fULL,
	.size = sizeof(struct wire_txn_answer),
};

const struct wire_msg wire_txn_ask_msg = {
	.name = "txn-ask",
	.doc = "Ask an owner for its share in the decision of a transaction",
	.set = &wire_txn_ask_set,
	.type = WIRE_TXN_ASK,
};

const struct wire_msg wire_txn_answer_msg = {
	.name = "txn-answer",
	.doc = "Answer to txn-ask; what it says is durable",
	.set = &wire_txn_answer_set,
	.type = WIRE_TXN_ANSWER,
};
