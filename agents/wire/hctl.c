// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/hctl.yaml
 * by scripts/gen.
 */
#include <wire/hctl.h>

static const struct wire_field hctl_status_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_status, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_hctl_status_set = {
	.name = "hctl-status",
	.fields = hctl_status_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_hctl_status),
};

static const struct wire_field hctl_status_item_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_status_item, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "version",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_hctl_status_item, version),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.max = 64ULL,
		.offset = offsetof(struct wire_hctl_status_item, name),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_status_item, addr),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "generation",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, generation),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "vips",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_status_item, vips),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "services",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_status_item, services),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "moves",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_status_item, moves),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "moves-out",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, moves_out),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "moves-in",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, moves_in),
		.has = WIRE_HAS_NONE,
	},
	[10] = {
		.name = "aborted",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, aborted),
		.has = WIRE_HAS_NONE,
	},
	[11] = {
		.name = "suspected",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, suspected),
		.has = WIRE_HAS_NONE,
	},
	[12] = {
		.name = "failed",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, failed),
		.has = WIRE_HAS_NONE,
	},
	[13] = {
		.name = "takeovers",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, takeovers),
		.has = WIRE_HAS_NONE,
	},
	[14] = {
		.name = "clients-lost",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, clients_lost),
		.has = WIRE_HAS_NONE,
	},
	[15] = {
		.name = "optimised",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_status_item, optimised),
		.has = offsetof(struct wire_hctl_status_item, has_optimised),
	},
	[16] = {
		.name = "optimised-ever",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, optimised_ever),
		.has = offsetof(struct wire_hctl_status_item, has_optimised_ever),
	},
	[17] = {
		.name = "unable",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, unable),
		.has = offsetof(struct wire_hctl_status_item, has_unable),
	},
	[18] = {
		.name = "silent",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, silent),
		.has = offsetof(struct wire_hctl_status_item, has_silent),
	},
	[19] = {
		.name = "stalled",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, stalled),
		.has = offsetof(struct wire_hctl_status_item, has_stalled),
	},
	[20] = {
		.name = "lost",
		.kind = WIRE_K_U64,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_status_item, lost),
		.has = offsetof(struct wire_hctl_status_item, has_lost),
	},
};

const struct wire_set wire_hctl_status_item_set = {
	.name = "hctl-status-item",
	.fields = hctl_status_item_fields,
	.n = 21,
	.required = 0x7fffULL,
	.size = sizeof(struct wire_hctl_status_item),
};

static const struct wire_field hctl_vip_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_vip_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_hctl_vip_show_set = {
	.name = "hctl-vip-show",
	.fields = hctl_vip_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_hctl_vip_show),
};

static const struct wire_field hctl_vip_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_vip, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_vip, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "contact",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_vip, contact),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "self-contact",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_hctl_vip, self_contact),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "version",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_vip, version),
		.has = WIRE_HAS_NONE,
	},
	[5] = {
		.name = "members",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_vip, members),
		.has = WIRE_HAS_NONE,
	},
	[6] = {
		.name = "draining",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_hctl_vip, draining),
		.has = WIRE_HAS_NONE,
	},
	[7] = {
		.name = "left",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_vip, left),
		.has = WIRE_HAS_NONE,
	},
	[8] = {
		.name = "moved",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_vip, moved),
		.has = WIRE_HAS_NONE,
	},
	[9] = {
		.name = "failed",
		.kind = WIRE_K_U64,
		.flags = WIRE_F_REQUIRED,
		.max = 18446744073709551615ULL,
		.offset = offsetof(struct wire_hctl_vip, failed),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_hctl_vip_set = {
	.name = "hctl-vip",
	.fields = hctl_vip_fields,
	.n = 10,
	.required = 0x3b7ULL,
	.size = sizeof(struct wire_hctl_vip),
};

static const struct wire_field hctl_member_show_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_member_show, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_hctl_member_show_set = {
	.name = "hctl-member-show",
	.fields = hctl_member_show_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_hctl_member_show),
};

static const struct wire_field hctl_member_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_member, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_member, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "member",
		.kind = WIRE_K_NEST,
		.flags = WIRE_F_REQUIRED,
		.set = &wire_ds_member_set,
		.offset = offsetof(struct wire_hctl_member, member),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "left",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_member, left),
		.has = offsetof(struct wire_hctl_member, has_left),
	},
};

const struct wire_set wire_hctl_member_set = {
	.name = "hctl-member",
	.fields = hctl_member_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_hctl_member),
};

static const struct wire_field hctl_member_set_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_member_set, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_member_set, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_hctl_member_set, name),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.offset = offsetof(struct wire_hctl_member_set, addr),
		.has = offsetof(struct wire_hctl_member_set, has_addr),
	},
	[4] = {
		.name = "weight",
		.kind = WIRE_K_U32,
		.max = 1000ULL,
		.offset = offsetof(struct wire_hctl_member_set, weight),
		.has = offsetof(struct wire_hctl_member_set, has_weight),
	},
	[5] = {
		.name = "state",
		.kind = WIRE_K_U32,
		.enum_name = wire_ds_member_state_name,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_member_set, state),
		.has = offsetof(struct wire_hctl_member_set, has_state),
	},
};

const struct wire_set wire_hctl_member_set_set = {
	.name = "hctl-member-set",
	.fields = hctl_member_set_fields,
	.n = 6,
	.required = 0x7ULL,
	.size = sizeof(struct wire_hctl_member_set),
};

static const struct wire_field hctl_member_del_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_member_del, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_member_del, vip),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_hctl_member_del, name),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_hctl_member_del_set = {
	.name = "hctl-member-del",
	.fields = hctl_member_del_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_hctl_member_del),
};

static const struct wire_field hctl_move_fields[] = {
	[0] = {
		.name = "seq",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_hctl_move, seq),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_move, server),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_hctl_move, client),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "member",
		.kind = WIRE_K_STRING,
		.flags = WIRE_F_REQUIRED,
		.min = 1,
		.max = 64ULL,
		.offset = offsetof(struct wire_hctl_move, member),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_hctl_move_set = {
	.name = "hctl-move",
	.fields = hctl_move_fields,
	.n = 4,
	.required = 0xfULL,
	.size = sizeof(struct wire_hctl_move),
};

const struct wire_msg wire_hctl_status_msg = {
	.name = "hctl-status",
	.doc = "Ask how the agent is",
	.set = &wire_hctl_status_set,
	.type = WIRE_HCTL_STATUS,
};

const struct wire_msg wire_hctl_status_item_msg = {
	.name = "hctl-status-item",
	.doc = "How the agent is",
	.set = &wire_hctl_status_item_set,
	.type = WIRE_HCTL_STATUS_ITEM,
};

const struct wire_msg wire_hctl_vip_show_msg = {
	.name = "hctl-vip-show",
	.doc = "Ask for the addresses",
	.set = &wire_hctl_vip_show_set,
	.type = WIRE_HCTL_VIP_SHOW,
};

const struct wire_msg wire_hctl_vip_msg = {
	.name = "hctl-vip",
	.doc = "A distributed server's address",
	.set = &wire_hctl_vip_set,
	.type = WIRE_HCTL_VIP,
};

const struct wire_msg wire_hctl_member_show_msg = {
	.name = "hctl-member-show",
	.doc = "Ask for the members of all addresses",
	.set = &wire_hctl_member_show_set,
	.type = WIRE_HCTL_MEMBER_SHOW,
};

const struct wire_msg wire_hctl_member_msg = {
	.name = "hctl-member",
	.doc = "A member",
	.set = &wire_hctl_member_set,
	.type = WIRE_HCTL_MEMBER,
};

const struct wire_msg wire_hctl_member_set_msg = {
	.name = "hctl-member-set",
	.doc = "Add or change a member; at the contact node",
	.set = &wire_hctl_member_set_set,
	.type = WIRE_HCTL_MEMBER_SET,
};

const struct wire_msg wire_hctl_member_del_msg = {
	.name = "hctl-member-del",
	.doc = "Remove a member; at the contact node",
	.set = &wire_hctl_member_del_set,
	.type = WIRE_HCTL_MEMBER_DEL,
};

const struct wire_msg wire_hctl_move_msg = {
	.name = "hctl-move",
	.doc = "Move a connection that is served here to another member",
	.set = &wire_hctl_move_set,
	.type = WIRE_HCTL_MOVE,
};
