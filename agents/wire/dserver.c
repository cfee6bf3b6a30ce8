// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/dserver.yaml
 * by scripts/gen.
 */
#include <wire/dserver.h>

const char *wire_ds_member_state_name(uint64_t value)
{
	switch (value) {
	case WIRE_DS_MEMBER_STATE_ACTIVE:
		return "active";
	case WIRE_DS_MEMBER_STATE_DRAINING:
		return "draining";
	case WIRE_DS_MEMBER_STATE_DOWN:
		return "down";
	default:
		return NULL;
	}
}

const char *wire_ds_member_life_name(uint64_t value)
{
	switch (value) {
	case WIRE_DS_MEMBER_LIFE_ALIVE:
		return "alive";
	case WIRE_DS_MEMBER_LIFE_SUSPECTED:
		return "suspected";
	case WIRE_DS_MEMBER_LIFE_FAILED:
		return "failed";
	default:
		return NULL;
	}
}

static const struct wire_field ds_member_fields[] = {
	[0] = {
		.name = "number",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_member, number),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_ds_member, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_member, addr),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "weight",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 1000ULL,
		.offset = offsetof(struct wire_ds_member, weight),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "state",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.enum_name = wire_ds_member_state_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_member, state),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "contact",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_member, contact),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "life",
		.kind = WIRE_K_U32,
		.enum_name = wire_ds_member_life_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_member, life),
		.has = offsetof(struct wire_ds_member, has_life),
	},
};

const struct wire_set wire_ds_member_set = {
	.name = "ds-member",
	.fields = ds_member_fields,
	.n = 7,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ds_member),
};

static const struct wire_field ds_client_fields[] = {
	[0] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_client, client),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_client, server),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "member",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_client, member),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "doubt",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_client, doubt),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_client_set = {
	.name = "ds-client",
	.fields = ds_client_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ds_client),
};

static const struct wire_field ds_join_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_join, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_ds_join, name),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "version",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ds_join, version),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "left",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_join, left),
		.has = offsetof(struct wire_ds_join, has_left),
	},
	[4] = {
		.name = "standby",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_join, standby),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "sync",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_join, sync),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_join_set = {
	.name = "ds-join",
	.fields = ds_join_fields,
	.n = 6,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ds_join),
};

static const struct wire_field ds_group_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_group, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "version",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ds_group, version),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "next-number",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_group, next_number),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "members",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ds_member_set,
		.offset = offsetof(struct wire_ds_group, members),
		.has = WIRE_HAS_NONE,
		.count_max = 128,
		.list = 0,
	},
};

const struct wire_set wire_ds_group_set = {
	.name = "ds-group",
	.fields = ds_group_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ds_group),
};

static const struct wire_field ds_here_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_here, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "version",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ds_here, version),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "entries",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_ds_here, entries),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_here_set = {
	.name = "ds-here",
	.fields = ds_here_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_ds_here),
};

static const struct wire_field ds_clients_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_clients, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "first",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_clients, first),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "clients",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_LIST,
		.set = &wire_ds_client_set,
		.offset = offsetof(struct wire_ds_clients, clients),
		.has = WIRE_HAS_NONE,
		.count_max = 128,
		.list = 0,
	},
};

const struct wire_set wire_ds_clients_set = {
	.name = "ds-clients",
	.fields = ds_clients_fields,
	.n = 3,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_clients),
};

static const struct wire_field ds_prepare_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_prepare, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_prepare, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_prepare, server),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_prepare, client),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_prepare_set = {
	.name = "ds-prepare",
	.fields = ds_prepare_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_ds_prepare),
};

static const struct wire_field ds_ready_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_ready, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_ready_set = {
	.name = "ds-ready",
	.fields = ds_ready_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_ready),
};

static const struct wire_field ds_state_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_state, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "record",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 901000ULL,
		.offset = offsetof(struct wire_ds_state, record),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "app",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ds_state, app),
		.has = offsetof(struct wire_ds_state, has_app),
	},
};

const struct wire_set wire_ds_state_set = {
	.name = "ds-state",
	.fields = ds_state_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_ds_state),
};

static const struct wire_field ds_committed_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_committed, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_committed_set = {
	.name = "ds-committed",
	.fields = ds_committed_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_committed),
};

static const struct wire_field ds_abort_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_abort, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_abort, error),
		.has = offsetof(struct wire_ds_abort, has_error),
	},
	[2] = {
		.name = "text",
		.kind = WIRE_K_STRING,
		.max = 256ULL,
		.offset = offsetof(struct wire_ds_abort, text),
		.has = offsetof(struct wire_ds_abort, has_text),
	},
};

const struct wire_set wire_ds_abort_set = {
	.name = "ds-abort",
	.fields = ds_abort_fields,
	.n = 3,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_abort),
};

static const struct wire_field ds_aborted_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_aborted, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_aborted_set = {
	.name = "ds-aborted",
	.fields = ds_aborted_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_aborted),
};

static const struct wire_field ds_query_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_query, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_query_set = {
	.name = "ds-query",
	.fields = ds_query_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_query),
};

static const struct wire_field ds_repoint_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_repoint, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_repoint, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_repoint, server),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_repoint, client),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "member",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_repoint, member),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "reply-to",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_ds_repoint, reply_to),
		.has = offsetof(struct wire_ds_repoint, has_reply_to),
	},
	[6] = {
		.name = "old",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_repoint, old),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_repoint_set = {
	.name = "ds-repoint",
	.fields = ds_repoint_fields,
	.n = 7,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ds_repoint),
};

static const struct wire_field ds_repointed_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_repointed, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_repointed, error),
		.has = offsetof(struct wire_ds_repointed, has_error),
	},
};

const struct wire_set wire_ds_repointed_set = {
	.name = "ds-repointed",
	.fields = ds_repointed_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_repointed),
};

static const struct wire_field ds_finish_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_finish, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_finish_set = {
	.name = "ds-finish",
	.fields = ds_finish_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_finish),
};

static const struct wire_field ds_finished_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_finished, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_finished_set = {
	.name = "ds-finished",
	.fields = ds_finished_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_ds_finished),
};

static const struct wire_field ds_tcp_fields[] = {
	[0] = {
		.name = "format",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, format),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_tcp, server),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_tcp, client),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "state",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ds_tcp, state),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "snd-seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, snd_seq),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "rcv-seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, rcv_seq),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "snd-queue",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 900000ULL,
		.offset = offsetof(struct wire_ds_tcp, snd_queue),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "unsent",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, unsent),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "rcv-queue",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.max = 900000ULL,
		.offset = offsetof(struct wire_ds_tcp, rcv_queue),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "mss",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_ds_tcp, mss),
		.has = WIRE_HAS_NONE,
	},
	[10] = {
		.name = "options",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 255ULL,
		.offset = offsetof(struct wire_ds_tcp, options),
		.has = WIRE_HAS_NONE,
	},
	[11] = {
		.name = "snd-wscale",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 14ULL,
		.offset = offsetof(struct wire_ds_tcp, snd_wscale),
		.has = WIRE_HAS_NONE,
	},
	[12] = {
		.name = "rcv-wscale",
		.kind = WIRE_K_U8,
		.flags = WIRE_F_REQUIRED,
		.max = 14ULL,
		.offset = offsetof(struct wire_ds_tcp, rcv_wscale),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "timestamp",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, timestamp),
		.has = WIRE_HAS_NONE,
	},
	[14] = {
		.name = "snd-wl1",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, snd_wl1),
		.has = WIRE_HAS_NONE,
	},
	[15] = {
		.name = "snd-wnd",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, snd_wnd),
		.has = WIRE_HAS_NONE,
	},
	[16] = {
		.name = "max-window",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, max_window),
		.has = WIRE_HAS_NONE,
	},
	[17] = {
		.name = "rcv-wnd",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, rcv_wnd),
		.has = WIRE_HAS_NONE,
	},
	[18] = {
		.name = "rcv-wup",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, rcv_wup),
		.has = WIRE_HAS_NONE,
	},
	[19] = {
		.name = "cwnd",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, cwnd),
		.has = WIRE_HAS_NONE,
	},
	[20] = {
		.name = "ssthresh",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, ssthresh),
		.has = WIRE_HAS_NONE,
	},
	[21] = {
		.name = "congestion",
		.kind = WIRE_K_STRING,
		.max = 16ULL,
		.offset = offsetof(struct wire_ds_tcp, congestion),
		.has = offsetof(struct wire_ds_tcp, has_congestion),
	},
	[22] = {
		.name = "nodelay",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_tcp, nodelay),
		.has = WIRE_HAS_NONE,
	},
	[23] = {
		.name = "keepalive",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_tcp, keepalive),
		.has = WIRE_HAS_NONE,
	},
	[24] = {
		.name = "keepidle-s",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, keepidle_s),
		.has = offsetof(struct wire_ds_tcp, has_keepidle_s),
	},
	[25] = {
		.name = "keepintvl-s",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, keepintvl_s),
		.has = offsetof(struct wire_ds_tcp, has_keepintvl_s),
	},
	[26] = {
		.name = "keepcnt",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, keepcnt),
		.has = offsetof(struct wire_ds_tcp, has_keepcnt),
	},
	[27] = {
		.name = "user-timeout-ms",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, user_timeout_ms),
		.has = offsetof(struct wire_ds_tcp, has_user_timeout_ms),
	},
	[28] = {
		.name = "tclass",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_tcp, tclass),
		.has = offsetof(struct wire_ds_tcp, has_tclass),
	},
};

const struct wire_set wire_ds_tcp_set = {
	.name = "ds-tcp",
	.fields = ds_tcp_fields,
	.n = 29,
	.required = 0x1fffffULL,
	.size = sizeof(struct wire_ds_tcp),
};

static const struct wire_field ds_commit_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_commit, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_commit, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_commit, server),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_commit, client),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "donor",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_commit, donor),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "committed",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_commit, committed),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "live",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_commit, live),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "record-len",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_ds_commit, record_len),
		.has = offsetof(struct wire_ds_commit, has_record_len),
	},
	[8] = {
		.name = "app",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_ds_commit, app),
		.has = offsetof(struct wire_ds_commit, has_app),
	},
};

const struct wire_set wire_ds_commit_set = {
	.name = "ds-commit",
	.fields = ds_commit_fields,
	.n = 9,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ds_commit),
};

static const struct wire_field ds_donated_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_donated, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_donated, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_donated, server),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_donated, client),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "acceptor",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_ds_donated, acceptor),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "committed",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_ds_donated, committed),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_ds_donated_set = {
	.name = "ds-donated",
	.fields = ds_donated_fields,
	.n = 6,
	.required = 0x1fULL,
	.size = sizeof(struct wire_ds_donated),
};

const struct wire_msg wire_ds_join_msg = {
	.name = "ds-join",
	.doc = "A member asks the contact node for the group of a vip",
	.set = &wire_ds_join_set,
	.type = WIRE_DS_JOIN,
};

const struct wire_msg wire_ds_group_msg = {
	.name = "ds-group",
	.doc = "The contact node tells a member who is in the group",
	.set = &wire_ds_group_set,
	.type = WIRE_DS_GROUP,
};

const struct wire_msg wire_ds_here_msg = {
	.name = "ds-here",
	.doc = "Contact node to standby",
	.set = &wire_ds_here_set,
	.type = WIRE_DS_HERE,
};

const struct wire_msg wire_ds_clients_msg = {
	.name = "ds-clients",
	.doc = "Contact node to standby - entries of the client table, new or all",
	.set = &wire_ds_clients_set,
	.type = WIRE_DS_CLIENTS,
};

const struct wire_msg wire_ds_prepare_msg = {
	.name = "ds-prepare",
	.doc = "Donor to acceptor",
	.set = &wire_ds_prepare_set,
	.type = WIRE_DS_PREPARE,
};

const struct wire_msg wire_ds_ready_msg = {
	.name = "ds-ready",
	.doc = "Acceptor to donor",
	.set = &wire_ds_ready_set,
	.type = WIRE_DS_READY,
};

const struct wire_msg wire_ds_state_msg = {
	.name = "ds-state",
	.doc = "Donor to acceptor",
	.set = &wire_ds_state_set,
	.type = WIRE_DS_STATE,
};

const struct wire_msg wire_ds_committed_msg = {
	.name = "ds-committed",
	.doc = "Acceptor to donor",
	.set = &wire_ds_committed_set,
	.type = WIRE_DS_COMMITTED,
};

const struct wire_msg wire_ds_abort_msg = {
	.name = "ds-abort",
	.doc = "Acceptor to donor",
	.set = &wire_ds_abort_set,
	.type = WIRE_DS_ABORT,
};

const struct wire_msg wire_ds_aborted_msg = {
	.name = "ds-aborted",
	.doc = "Donor to acceptor",
	.set = &wire_ds_aborted_set,
	.type = WIRE_DS_ABORTED,
};

const struct wire_msg wire_ds_query_msg = {
	.name = "ds-query",
	.doc = "Donor to acceptor",
	.set = &wire_ds_query_set,
	.type = WIRE_DS_QUERY,
};

const struct wire_msg wire_ds_repoint_msg = {
	.name = "ds-repoint",
	.doc = "Acceptor to contact node",
	.set = &wire_ds_repoint_set,
	.type = WIRE_DS_REPOINT,
};

const struct wire_msg wire_ds_repointed_msg = {
	.name = "ds-repointed",
	.doc = "Contact node, or its standby, to acceptor",
	.set = &wire_ds_repointed_set,
	.type = WIRE_DS_REPOINTED,
};

const struct wire_msg wire_ds_finish_msg = {
	.name = "ds-finish",
	.doc = "Acceptor to donor",
	.set = &wire_ds_finish_set,
	.type = WIRE_DS_FINISH,
};

const struct wire_msg wire_ds_finished_msg = {
	.name = "ds-finished",
	.doc = "Donor to acceptor",
	.set = &wire_ds_finished_set,
	.type = WIRE_DS_FINISHED,
};

const struct wire_msg wire_ds_tcp_msg = {
	.name = "ds-tcp",
	.doc = "An ESTABLISHED or CLOSE_WAIT TCP connection as TCP_REPAIR takes it out of a kernel and puts it into another one",
	.set = &wire_ds_tcp_set,
	.type = WIRE_DS_TCP,
};

const struct wire_msg wire_ds_commit_msg = {
	.name = "ds-commit",
	.doc = "Not sent - what the acceptor writes to its store before a connection thaws, so that it can complete the move after a crash",
	.set = &wire_ds_commit_set,
	.type = WIRE_DS_COMMIT,
};

const struct wire_msg wire_ds_donated_msg = {
	.name = "ds-donated",
	.doc = "Not sent - what a donor writes to its store when it begins to divert a connection",
	.set = &wire_ds_donated_set,
	.type = WIRE_DS_DONATED,
};
