// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/order.yaml
 * by scripts/gen.
 */
#include <wire/order.h>

const char *wire_order_kind_name(uint64_t value)
{
	switch (value) {
	case WIRE_ORDER_KIND_NOOP:
		return "noop";
	case WIRE_ORDER_KIND_DATA:
		return "data";
	case WIRE_ORDER_KIND_SESSION:
		return "session";
	case WIRE_ORDER_KIND_MEMBERS:
		return "members";
	default:
		return NULL;
	}
}

static const struct wire_field order_member_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_order_member, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_order_member, addr),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "tag",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_member, tag),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "roles",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_order_member, roles),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_member_set = {
	.name = "order-member",
	.fields = order_member_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_order_member),
};

static const struct wire_field order_members_fields[] = {
	[0] = {
		.name = "members",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_order_member_set,
		.offset = offsetof(struct wire_order_members, members),
		.has = WIRE_HAS_NONE,
		.count_max = 16,
		.list = 0,
	},
};

const struct wire_set wire_order_members_set = {
	.name = "order-members",
	.fields = order_members_fields,
	.n = 1,
	.size = sizeof(struct wire_order_members),
};

static const struct wire_field order_head_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_head, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "to",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_head, to),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "from",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_head, from),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_head, term),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_head_set = {
	.name = "order-head",
	.fields = order_head_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_order_head),
};

static const struct wire_field order_entry_fields[] = {
	[0] = {
		.name = "kind",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_order_kind_name,
		.max = 255ULL,
		.offset = offsetof(struct wire_order_entry, kind),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_entry, term),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "time",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_entry, time),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "session",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_entry, session),
		.has = offsetof(struct wire_order_entry, has_session),
	},
	[4] = {
		.name = "seq",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_entry, seq),
		.has = offsetof(struct wire_order_entry, has_seq),
	},
	[5] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 131072ULL,
		.offset = offsetof(struct wire_order_entry, data),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_entry_set = {
	.name = "order-entry",
	.fields = order_entry_fields,
	.n = 6,
	.required = 0x27ULL,
	.size = sizeof(struct wire_order_entry),
};

static const struct wire_field order_beat_item_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_beat_item, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "commit",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_beat_item, commit),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "round",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_beat_item, round),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_beat_item_set = {
	.name = "order-beat-item",
	.fields = order_beat_item_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_order_beat_item),
};

static const struct wire_field order_beat_reply_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_beat_reply, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "round",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_beat_reply, round),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "match",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_beat_reply, match),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_beat_reply_set = {
	.name = "order-beat-reply",
	.fields = order_beat_reply_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_order_beat_reply),
};

static const struct wire_field order_hard_fields[] = {
	[0] = {
		.name = "term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_hard, term),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vote",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_hard, vote),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_hard_set = {
	.name = "order-hard",
	.fields = order_hard_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_order_hard),
};

static const struct wire_field order_base_fields[] = {
	[0] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_base, index),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_base, term),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "time",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_base, time),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "snapshot",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_base, snapshot),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "members",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_members_set,
		.offset = offsetof(struct wire_order_base, members),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "fresh",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_base, fresh),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_base_set = {
	.name = "order-base",
	.fields = order_base_fields,
	.n = 6,
	.required = 0x1fULL,
	.size = sizeof(struct wire_order_base),
};

static const struct wire_field order_session_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_session, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "seq",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_session, seq),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "used",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_session, used),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "state",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_order_session, state),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "reply",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 65536ULL,
		.offset = offsetof(struct wire_order_session, reply),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_session_set = {
	.name = "order-session",
	.fields = order_session_fields,
	.n = 5,
	.required = 0x1fULL,
	.size = sizeof(struct wire_order_session),
};

static const struct wire_field order_beat_fields[] = {
	[0] = {
		.name = "beats",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_order_beat_item_set,
		.offset = offsetof(struct wire_order_beat, beats),
		.has = WIRE_HAS_NONE,
		.count_max = 12,
		.list = 0,
	},
};

const struct wire_set wire_order_beat_set = {
	.name = "order-beat",
	.fields = order_beat_fields,
	.n = 1,
	.size = sizeof(struct wire_order_beat),
};

static const struct wire_field order_beat_answer_fields[] = {
	[0] = {
		.name = "replies",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_order_beat_reply_set,
		.offset = offsetof(struct wire_order_beat_answer, replies),
		.has = WIRE_HAS_NONE,
		.count_max = 12,
		.list = 0,
	},
};

const struct wire_set wire_order_beat_answer_set = {
	.name = "order-beat-answer",
	.fields = order_beat_answer_fields,
	.n = 1,
	.size = sizeof(struct wire_order_beat_answer),
};

static const struct wire_field order_vote_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_vote, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "last-index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_vote, last_index),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "last-term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_vote, last_term),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "pre",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_vote, pre),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "force",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_vote, force),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_vote_set = {
	.name = "order-vote",
	.fields = order_vote_fields,
	.n = 5,
	.required = 0x7ULL,
	.size = sizeof(struct wire_order_vote),
};

static const struct wire_field order_vote_answer_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_vote_answer, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "pre",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_vote_answer, pre),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "granted",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_vote_answer, granted),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_vote_answer_set = {
	.name = "order-vote-answer",
	.fields = order_vote_answer_fields,
	.n = 3,
	.required = 0x1ULL,
	.size = sizeof(struct wire_order_vote_answer),
};

static const struct wire_field order_append_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_append, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "prev-index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_append, prev_index),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "prev-term",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_append, prev_term),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "commit",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_append, commit),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "entries",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_order_entry_set,
		.offset = offsetof(struct wire_order_append, entries),
		.has = WIRE_HAS_NONE,
		.count_max = 512,
		.list = 0,
	},
};

const struct wire_set wire_order_append_set = {
	.name = "order-append",
	.fields = order_append_fields,
	.n = 5,
	.required = 0xfULL,
	.size = sizeof(struct wire_order_append),
};

static const struct wire_field order_append_answer_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_append_answer, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "match",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_append_answer, match),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "refused",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_append_answer, refused),
		.has = offsetof(struct wire_order_append_answer, has_refused),
	},
	[3] = {
		.name = "hint",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_append_answer, hint),
		.has = offsetof(struct wire_order_append_answer, has_hint),
	},
};

const struct wire_set wire_order_append_answer_set = {
	.name = "order-append-answer",
	.fields = order_append_answer_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_order_append_answer),
};

static const struct wire_field order_install_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_install, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "base",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_base_set,
		.offset = offsetof(struct wire_order_install, base),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "chunks",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_install, chunks),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "crc",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_install, crc),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "number",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_install, number),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "chunk",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 196608ULL,
		.offset = offsetof(struct wire_order_install, chunk),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_install_set = {
	.name = "order-install",
	.fields = order_install_fields,
	.n = 6,
	.required = 0x3fULL,
	.size = sizeof(struct wire_order_install),
};

static const struct wire_field order_install_answer_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_install_answer, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "snapshot",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_install_answer, snapshot),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "next",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_install_answer, next),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "done",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_install_answer, done),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_install_answer_set = {
	.name = "order-install-answer",
	.fields = order_install_answer_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_order_install_answer),
};

static const struct wire_field order_read_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_read, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_read, number),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_read_set = {
	.name = "order-read",
	.fields = order_read_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_order_read),
};

static const struct wire_field order_read_answer_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_read_answer, head),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "number",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_read_answer, number),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_read_answer, index),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_read_answer_set = {
	.name = "order-read-answer",
	.fields = order_read_answer_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_order_read_answer),
};

static const struct wire_field order_lead_fields[] = {
	[0] = {
		.name = "head",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_head_set,
		.offset = offsetof(struct wire_order_lead, head),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_lead_set = {
	.name = "order-lead",
	.fields = order_lead_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_order_lead),
};

static const struct wire_field order_record_fields[] = {
	[0] = {
		.name = "group",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_record, group),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "tag",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_record, tag),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "base",
		.kind = WIRE_K_NEST,
		.set = &wire_order_base_set,
		.offset = offsetof(struct wire_order_record, base),
		.has = offsetof(struct wire_order_record, has_base),
	},
	[3] = {
		.name = "hard",
		.kind = WIRE_K_NEST,
		.set = &wire_order_hard_set,
		.offset = offsetof(struct wire_order_record, hard),
		.has = offsetof(struct wire_order_record, has_hard),
	},
	[4] = {
		.name = "index",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_record, index),
		.has = offsetof(struct wire_order_record, has_index),
	},
	[5] = {
		.name = "entries",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_order_entry_set,
		.offset = offsetof(struct wire_order_record, entries),
		.has = WIRE_HAS_NONE,
		.count_max = 512,
		.list = 0,
	},
	[6] = {
		.name = "gone",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_order_record, gone),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_record_set = {
	.name = "order-record",
	.fields = order_record_fields,
	.n = 7,
	.required = 0x3ULL,
	.size = sizeof(struct wire_order_record),
};

static const struct wire_field order_chunk_fields[] = {
	[0] = {
		.name = "snapshot",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_order_chunk, snapshot),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "number",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_chunk, number),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "sessions",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_order_session_set,
		.offset = offsetof(struct wire_order_chunk, sessions),
		.has = WIRE_HAS_NONE,
		.count_max = 4096,
		.list = 0,
	},
	[3] = {
		.name = "data",
		.kind = WIRE_K_BYTES,
		.max = 131072ULL,
		.offset = offsetof(struct wire_order_chunk, data),
		.has = offsetof(struct wire_order_chunk, has_data),
	},
};

const struct wire_set wire_order_chunk_set = {
	.name = "order-chunk",
	.fields = order_chunk_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_order_chunk),
};

static const struct wire_field order_snapshot_fields[] = {
	[0] = {
		.name = "base",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_order_base_set,
		.offset = offsetof(struct wire_order_snapshot, base),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "chunks",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_snapshot, chunks),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "crc",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_order_snapshot, crc),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_order_snapshot_set = {
	.name = "order-snapshot",
	.fields = order_snapshot_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_order_snapshot),
};

const struct wire_msg wire_order_beat_msg = {
	.name = "order-beat",
	.doc = "Heartbeats of the leaders of several groups on one node",
	.set = &wire_order_beat_set,
	.type = WIRE_ORDER_BEAT,
};

const struct wire_msg wire_order_beat_answer_msg = {
	.name = "order-beat-answer",
	.doc = "Answers to heartbeats",
	.set = &wire_order_beat_answer_set,
	.type = WIRE_ORDER_BEAT_ANSWER,
};

const struct wire_msg wire_order_vote_msg = {
	.name = "order-vote",
	.doc = "May the sender lead? Datagram",
	.set = &wire_order_vote_set,
	.type = WIRE_ORDER_VOTE,
};

const struct wire_msg wire_order_vote_answer_msg = {
	.name = "order-vote-answer",
	.doc = "Answer to order-vote",
	.set = &wire_order_vote_answer_set,
	.type = WIRE_ORDER_VOTE_ANSWER,
};

const struct wire_msg wire_order_append_msg = {
	.name = "order-append",
	.doc = "Entries, from the leader",
	.set = &wire_order_append_set,
	.type = WIRE_ORDER_APPEND,
};

const struct wire_msg wire_order_append_answer_msg = {
	.name = "order-append-answer",
	.doc = "Answer to order-append",
	.set = &wire_order_append_answer_set,
	.type = WIRE_ORDER_APPEND_ANSWER,
};

const struct wire_msg wire_order_install_msg = {
	.name = "order-install",
	.doc = "A chunk of a snapshot, from the leader to a member whose next entry it does not have any more",
	.set = &wire_order_install_set,
	.type = WIRE_ORDER_INSTALL,
};

const struct wire_msg wire_order_install_answer_msg = {
	.name = "order-install-answer",
	.doc = "Answer to order-install",
	.set = &wire_order_install_answer_set,
	.type = WIRE_ORDER_INSTALL_ANSWER,
};

const struct wire_msg wire_order_read_msg = {
	.name = "order-read",
	.doc = "Which entries must a follower have applied to be read? To the leader",
	.set = &wire_order_read_set,
	.type = WIRE_ORDER_READ,
};

const struct wire_msg wire_order_read_answer_msg = {
	.name = "order-read-answer",
	.doc = "Answer to order-read, after a round of heartbeats",
	.set = &wire_order_read_answer_set,
	.type = WIRE_ORDER_READ_ANSWER,
};

const struct wire_msg wire_order_lead_msg = {
	.name = "order-lead",
	.doc = "Stand for election at once; from a leader that hands over",
	.set = &wire_order_lead_set,
	.type = WIRE_ORDER_LEAD,
};

const struct wire_msg wire_order_record_msg = {
	.name = "order-record",
	.doc = "Stored - a record of the append log",
	.set = &wire_order_record_set,
	.type = WIRE_ORDER_RECORD,
};

const struct wire_msg wire_order_chunk_msg = {
	.name = "order-chunk",
	.doc = "Stored and sent - a chunk of a snapshot",
	.set = &wire_order_chunk_set,
	.type = WIRE_ORDER_CHUNK,
};

const struct wire_msg wire_order_snapshot_msg = {
	.name = "order-snapshot",
	.doc = "Stored - what a complete snapshot is",
	.set = &wire_order_snapshot_set,
	.type = WIRE_ORDER_SNAPSHOT,
};
