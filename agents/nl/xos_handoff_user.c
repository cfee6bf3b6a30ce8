// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_handoff.yaml
 * by scripts/gen.
 */
#include <nl/xos_handoff_user.h>

const char *xos_handoff_vip_flags_name(uint64_t value)
{
	switch (value) {
	case XOS_HANDOFF_VIP_FLAGS_CONTACT:
		return "contact";
	case XOS_HANDOFF_VIP_FLAGS_MEMBER:
		return "member";
	default:
		return NULL;
	}
}

const char *xos_handoff_member_flags_name(uint64_t value)
{
	switch (value) {
	case XOS_HANDOFF_MEMBER_FLAGS_LOCAL:
		return "local";
	default:
		return NULL;
	}
}

const char *xos_handoff_member_state_name(uint64_t value)
{
	switch (value) {
	case XOS_HANDOFF_MEMBER_STATE_ACTIVE:
		return "active";
	case XOS_HANDOFF_MEMBER_STATE_DRAINING:
		return "draining";
	case XOS_HANDOFF_MEMBER_STATE_DOWN:
		return "down";
	default:
		return NULL;
	}
}

const char *xos_handoff_client_state_name(uint64_t value)
{
	switch (value) {
	case XOS_HANDOFF_CLIENT_STATE_NEW:
		return "new";
	case XOS_HANDOFF_CLIENT_STATE_LIVE:
		return "live";
	case XOS_HANDOFF_CLIENT_STATE_CLOSING:
		return "closing";
	default:
		return NULL;
	}
}

const char *xos_handoff_gate_in_name(uint64_t value)
{
	switch (value) {
	case XOS_HANDOFF_GATE_IN_LOCAL:
		return "local";
	case XOS_HANDOFF_GATE_IN_HOLD:
		return "hold";
	case XOS_HANDOFF_GATE_IN_DIVERT:
		return "divert";
	case XOS_HANDOFF_GATE_IN_DROP:
		return "drop";
	default:
		return NULL;
	}
}

const char *xos_handoff_gate_out_name(uint64_t value)
{
	switch (value) {
	case XOS_HANDOFF_GATE_OUT_PASS:
		return "pass";
	case XOS_HANDOFF_GATE_OUT_DROP:
		return "drop";
	default:
		return NULL;
	}
}

static const struct xnl_field writer_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_writer, generation),
		.has = offsetof(struct xos_handoff_writer, has_generation),
	},
	[1] = {
		.name = "force",
		.kind = XNL_K_FLAG,
		.offset = offsetof(struct xos_handoff_writer, force),
		.has = XNL_HAS_NONE,
	},
	[2] = {
		.name = "port-id",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_writer, port_id),
		.has = offsetof(struct xos_handoff_writer, has_port_id),
	},
	[3] = {
		.name = "alive",
		.kind = XNL_K_FLAG,
		.offset = offsetof(struct xos_handoff_writer, alive),
		.has = XNL_HAS_NONE,
	},
};

const struct xnl_set xos_handoff_writer_attrs = {
	.name = "writer",
	.fields = writer_fields,
	.size = sizeof(struct xos_handoff_writer),
	.n = 4,
};

static const struct xnl_field vip_stats_fields[] = {
	[1] = {
		.name = "steered-packets",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, steered_packets),
		.has = offsetof(struct xos_handoff_vip_stats, has_steered_packets),
	},
	[2] = {
		.name = "steered-bytes",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, steered_bytes),
		.has = offsetof(struct xos_handoff_vip_stats, has_steered_bytes),
	},
	[3] = {
		.name = "local-packets",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, local_packets),
		.has = offsetof(struct xos_handoff_vip_stats, has_local_packets),
	},
	[4] = {
		.name = "client-new",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, client_new),
		.has = offsetof(struct xos_handoff_vip_stats, has_client_new),
	},
	[5] = {
		.name = "client-remapped",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, client_remapped),
		.has = offsetof(struct xos_handoff_vip_stats, has_client_remapped),
	},
	[6] = {
		.name = "client-full",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, client_full),
		.has = offsetof(struct xos_handoff_vip_stats, has_client_full),
	},
	[7] = {
		.name = "conn-pinned",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, conn_pinned),
		.has = offsetof(struct xos_handoff_vip_stats, has_conn_pinned),
	},
	[8] = {
		.name = "conn-unpinned",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, conn_unpinned),
		.has = offsetof(struct xos_handoff_vip_stats, has_conn_unpinned),
	},
	[9] = {
		.name = "icmp-steered",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip_stats, icmp_steered),
		.has = offsetof(struct xos_handoff_vip_stats, has_icmp_steered),
	},
};

const struct xnl_set xos_handoff_vip_stats_attrs = {
	.name = "vip-stats",
	.fields = vip_stats_fields,
	.size = sizeof(struct xos_handoff_vip_stats),
	.n = 10,
};

static const struct xnl_field vip_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_vip, generation),
		.has = offsetof(struct xos_handoff_vip, has_generation),
	},
	[1] = {
		.name = "addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_vip, addr),
		.has = offsetof(struct xos_handoff_vip, has_addr),
	},
	[2] = {
		.name = "port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_vip, port),
		.has = offsetof(struct xos_handoff_vip, has_port),
	},
	[3] = {
		.name = "flags",
		.kind = XNL_K_INT,
		.enum_name = xos_handoff_vip_flags_name,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, flags),
		.has = offsetof(struct xos_handoff_vip, has_flags),
	},
	[4] = {
		.name = "seed",
		.kind = XNL_K_ARRAY,
		.size = 16,
		.offset = offsetof(struct xos_handoff_vip, seed),
		.has = offsetof(struct xos_handoff_vip, has_seed),
	},
	[5] = {
		.name = "client-timeout",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, client_timeout),
		.has = offsetof(struct xos_handoff_vip, has_client_timeout),
	},
	[6] = {
		.name = "members",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, members),
		.has = offsetof(struct xos_handoff_vip, has_members),
	},
	[7] = {
		.name = "clients",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, clients),
		.has = offsetof(struct xos_handoff_vip, has_clients),
	},
	[8] = {
		.name = "gates",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, gates),
		.has = offsetof(struct xos_handoff_vip, has_gates),
	},
	[9] = {
		.name = "stats",
		.kind = XNL_K_NEST,
		.set = &xos_handoff_vip_stats_attrs,
		.offset = offsetof(struct xos_handoff_vip, stats),
		.has = offsetof(struct xos_handoff_vip, has_stats),
	},
	[10] = {
		.name = "contact-id",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, contact_id),
		.has = offsetof(struct xos_handoff_vip, has_contact_id),
	},
	[11] = {
		.name = "bindings",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_vip, bindings),
		.has = offsetof(struct xos_handoff_vip, has_bindings),
	},
};

const struct xnl_set xos_handoff_vip_attrs = {
	.name = "vip",
	.fields = vip_fields,
	.size = sizeof(struct xos_handoff_vip),
	.n = 12,
};

static const struct xnl_field member_stats_fields[] = {
	[1] = {
		.name = "tx-packets",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member_stats, tx_packets),
		.has = offsetof(struct xos_handoff_member_stats, has_tx_packets),
	},
	[2] = {
		.name = "tx-bytes",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member_stats, tx_bytes),
		.has = offsetof(struct xos_handoff_member_stats, has_tx_bytes),
	},
	[3] = {
		.name = "tx-dropped",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member_stats, tx_dropped),
		.has = offsetof(struct xos_handoff_member_stats, has_tx_dropped),
	},
	[4] = {
		.name = "rx-packets",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member_stats, rx_packets),
		.has = offsetof(struct xos_handoff_member_stats, has_rx_packets),
	},
	[5] = {
		.name = "rx-bytes",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member_stats, rx_bytes),
		.has = offsetof(struct xos_handoff_member_stats, has_rx_bytes),
	},
	[6] = {
		.name = "conn-new",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member_stats, conn_new),
		.has = offsetof(struct xos_handoff_member_stats, has_conn_new),
	},
};

const struct xnl_set xos_handoff_member_stats_attrs = {
	.name = "member-stats",
	.fields = member_stats_fields,
	.size = sizeof(struct xos_handoff_member_stats),
	.n = 7,
};

static const struct xnl_field member_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_member, generation),
		.has = offsetof(struct xos_handoff_member, has_generation),
	},
	[1] = {
		.name = "vip-addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_member, vip_addr),
		.has = offsetof(struct xos_handoff_member, has_vip_addr),
	},
	[2] = {
		.name = "vip-port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_member, vip_port),
		.has = offsetof(struct xos_handoff_member, has_vip_port),
	},
	[3] = {
		.name = "id",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_member, id),
		.has = offsetof(struct xos_handoff_member, has_id),
	},
	[4] = {
		.name = "care-of",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_member, care_of),
		.has = offsetof(struct xos_handoff_member, has_care_of),
	},
	[5] = {
		.name = "weight",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_member, weight),
		.has = offsetof(struct xos_handoff_member, has_weight),
	},
	[6] = {
		.name = "state",
		.kind = XNL_K_INT,
		.enum_name = xos_handoff_member_state_name,
		.size = 4,
		.offset = offsetof(struct xos_handoff_member, state),
		.has = offsetof(struct xos_handoff_member, has_state),
	},
	[7] = {
		.name = "flags",
		.kind = XNL_K_INT,
		.enum_name = xos_handoff_member_flags_name,
		.size = 4,
		.offset = offsetof(struct xos_handoff_member, flags),
		.has = offsetof(struct xos_handoff_member, has_flags),
	},
	[8] = {
		.name = "slots",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_member, slots),
		.has = offsetof(struct xos_handoff_member, has_slots),
	},
	[9] = {
		.name = "slots-all",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_member, slots_all),
		.has = offsetof(struct xos_handoff_member, has_slots_all),
	},
	[10] = {
		.name = "stats",
		.kind = XNL_K_NEST,
		.set = &xos_handoff_member_stats_attrs,
		.offset = offsetof(struct xos_handoff_member, stats),
		.has = offsetof(struct xos_handoff_member, has_stats),
	},
};

const struct xnl_set xos_handoff_member_attrs = {
	.name = "member",
	.fields = member_fields,
	.size = sizeof(struct xos_handoff_member),
	.n = 11,
};

static const struct xnl_field client_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_client, generation),
		.has = offsetof(struct xos_handoff_client, has_generation),
	},
	[1] = {
		.name = "vip-addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_client, vip_addr),
		.has = offsetof(struct xos_handoff_client, has_vip_addr),
	},
	[2] = {
		.name = "vip-port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_client, vip_port),
		.has = offsetof(struct xos_handoff_client, has_vip_port),
	},
	[3] = {
		.name = "addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_client, addr),
		.has = offsetof(struct xos_handoff_client, has_addr),
	},
	[4] = {
		.name = "port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_client, port),
		.has = offsetof(struct xos_handoff_client, has_port),
	},
	[5] = {
		.name = "server-port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_client, server_port),
		.has = offsetof(struct xos_handoff_client, has_server_port),
	},
	[6] = {
		.name = "member-id",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_client, member_id),
		.has = offsetof(struct xos_handoff_client, has_member_id),
	},
	[7] = {
		.name = "state",
		.kind = XNL_K_INT,
		.enum_name = xos_handoff_client_state_name,
		.size = 4,
		.offset = offsetof(struct xos_handoff_client, state),
		.has = offsetof(struct xos_handoff_client, has_state),
	},
	[8] = {
		.name = "idle-ms",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_client, idle_ms),
		.has = offsetof(struct xos_handoff_client, has_idle_ms),
	},
	[9] = {
		.name = "expires-ms",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_client, expires_ms),
		.has = offsetof(struct xos_handoff_client, has_expires_ms),
	},
};

const struct xnl_set xos_handoff_client_attrs = {
	.name = "client",
	.fields = client_fields,
	.size = sizeof(struct xos_handoff_client),
	.n = 10,
};

static const struct xnl_field gate_stats_fields[] = {
	[1] = {
		.name = "held",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate_stats, held),
		.has = offsetof(struct xos_handoff_gate_stats, has_held),
	},
	[2] = {
		.name = "released",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate_stats, released),
		.has = offsetof(struct xos_handoff_gate_stats, has_released),
	},
	[3] = {
		.name = "diverted",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate_stats, diverted),
		.has = offsetof(struct xos_handoff_gate_stats, has_diverted),
	},
	[4] = {
		.name = "dropped-in",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate_stats, dropped_in),
		.has = offsetof(struct xos_handoff_gate_stats, has_dropped_in),
	},
	[5] = {
		.name = "dropped-out",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate_stats, dropped_out),
		.has = offsetof(struct xos_handoff_gate_stats, has_dropped_out),
	},
	[6] = {
		.name = "overflow",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate_stats, overflow),
		.has = offsetof(struct xos_handoff_gate_stats, has_overflow),
	},
};

const struct xnl_set xos_handoff_gate_stats_attrs = {
	.name = "gate-stats",
	.fields = gate_stats_fields,
	.size = sizeof(struct xos_handoff_gate_stats),
	.n = 7,
};

static const struct xnl_field gate_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_gate, generation),
		.has = offsetof(struct xos_handoff_gate, has_generation),
	},
	[1] = {
		.name = "addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_gate, addr),
		.has = offsetof(struct xos_handoff_gate, has_addr),
	},
	[2] = {
		.name = "port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_gate, port),
		.has = offsetof(struct xos_handoff_gate, has_port),
	},
	[3] = {
		.name = "client-addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_gate, client_addr),
		.has = offsetof(struct xos_handoff_gate, has_client_addr),
	},
	[4] = {
		.name = "client-port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_gate, client_port),
		.has = offsetof(struct xos_handoff_gate, has_client_port),
	},
	[5] = {
		.name = "in",
		.kind = XNL_K_INT,
		.enum_name = xos_handoff_gate_in_name,
		.size = 4,
		.offset = offsetof(struct xos_handoff_gate, in),
		.has = offsetof(struct xos_handoff_gate, has_in),
	},
	[6] = {
		.name = "out",
		.kind = XNL_K_INT,
		.enum_name = xos_handoff_gate_out_name,
		.size = 4,
		.offset = offsetof(struct xos_handoff_gate, out),
		.has = offsetof(struct xos_handoff_gate, has_out),
	},
	[7] = {
		.name = "member-id",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_gate, member_id),
		.has = offsetof(struct xos_handoff_gate, has_member_id),
	},
	[8] = {
		.name = "held-packets",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_gate, held_packets),
		.has = offsetof(struct xos_handoff_gate, has_held_packets),
	},
	[9] = {
		.name = "held-bytes",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_gate, held_bytes),
		.has = offsetof(struct xos_handoff_gate, has_held_bytes),
	},
	[10] = {
		.name = "stats",
		.kind = XNL_K_NEST,
		.set = &xos_handoff_gate_stats_attrs,
		.offset = offsetof(struct xos_handoff_gate, stats),
		.has = offsetof(struct xos_handoff_gate, has_stats),
	},
};

const struct xnl_set xos_handoff_gate_attrs = {
	.name = "gate",
	.fields = gate_fields,
	.size = sizeof(struct xos_handoff_gate),
	.n = 11,
};

static const struct xnl_field sock_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_sock, generation),
		.has = offsetof(struct xos_handoff_sock, has_generation),
	},
	[1] = {
		.name = "addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_sock, addr),
		.has = offsetof(struct xos_handoff_sock, has_addr),
	},
	[2] = {
		.name = "port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_sock, port),
		.has = offsetof(struct xos_handoff_sock, has_port),
	},
	[3] = {
		.name = "client-addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_sock, client_addr),
		.has = offsetof(struct xos_handoff_sock, has_client_addr),
	},
	[4] = {
		.name = "client-port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_sock, client_port),
		.has = offsetof(struct xos_handoff_sock, has_client_port),
	},
	[5] = {
		.name = "cwnd",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_sock, cwnd),
		.has = offsetof(struct xos_handoff_sock, has_cwnd),
	},
	[6] = {
		.name = "ssthresh",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_sock, ssthresh),
		.has = offsetof(struct xos_handoff_sock, has_ssthresh),
	},
	[7] = {
		.name = "mss",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_sock, mss),
		.has = offsetof(struct xos_handoff_sock, has_mss),
	},
	[8] = {
		.name = "mtu",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_sock, mtu),
		.has = offsetof(struct xos_handoff_sock, has_mtu),
	},
};

const struct xnl_set xos_handoff_sock_attrs = {
	.name = "sock",
	.fields = sock_fields,
	.size = sizeof(struct xos_handoff_sock),
	.n = 9,
};

static const struct xnl_field stats_fields[] = {
	[1] = {
		.name = "vips",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_stats, vips),
		.has = offsetof(struct xos_handoff_stats, has_vips),
	},
	[2] = {
		.name = "clients",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_stats, clients),
		.has = offsetof(struct xos_handoff_stats, has_clients),
	},
	[3] = {
		.name = "gates",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_stats, gates),
		.has = offsetof(struct xos_handoff_stats, has_gates),
	},
	[4] = {
		.name = "held-packets",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_stats, held_packets),
		.has = offsetof(struct xos_handoff_stats, has_held_packets),
	},
	[5] = {
		.name = "held-bytes",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_stats, held_bytes),
		.has = offsetof(struct xos_handoff_stats, has_held_bytes),
	},
	[6] = {
		.name = "tunnelled",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, tunnelled),
		.has = offsetof(struct xos_handoff_stats, has_tunnelled),
	},
	[7] = {
		.name = "untunnelled",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, untunnelled),
		.has = offsetof(struct xos_handoff_stats, has_untunnelled),
	},
	[8] = {
		.name = "drop-source",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_source),
		.has = offsetof(struct xos_handoff_stats, has_drop_source),
	},
	[9] = {
		.name = "drop-malformed",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_malformed),
		.has = offsetof(struct xos_handoff_stats, has_drop_malformed),
	},
	[10] = {
		.name = "drop-martian",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_martian),
		.has = offsetof(struct xos_handoff_stats, has_drop_martian),
	},
	[11] = {
		.name = "drop-no-member",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_no_member),
		.has = offsetof(struct xos_handoff_stats, has_drop_no_member),
	},
	[12] = {
		.name = "drop-no-local",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_no_local),
		.has = offsetof(struct xos_handoff_stats, has_drop_no_local),
	},
	[13] = {
		.name = "drop-no-route",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_no_route),
		.has = offsetof(struct xos_handoff_stats, has_drop_no_route),
	},
	[14] = {
		.name = "drop-too-big",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_too_big),
		.has = offsetof(struct xos_handoff_stats, has_drop_too_big),
	},
	[15] = {
		.name = "drop-hop-limit",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_hop_limit),
		.has = offsetof(struct xos_handoff_stats, has_drop_hop_limit),
	},
	[16] = {
		.name = "drop-memory",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_memory),
		.has = offsetof(struct xos_handoff_stats, has_drop_memory),
	},
	[17] = {
		.name = "drop-gate",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_gate),
		.has = offsetof(struct xos_handoff_stats, has_drop_gate),
	},
	[18] = {
		.name = "drop-overflow",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_overflow),
		.has = offsetof(struct xos_handoff_stats, has_drop_overflow),
	},
	[19] = {
		.name = "gate-full",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, gate_full),
		.has = offsetof(struct xos_handoff_stats, has_gate_full),
	},
	[20] = {
		.name = "event-lost",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, event_lost),
		.has = offsetof(struct xos_handoff_stats, has_event_lost),
	},
	[21] = {
		.name = "optioned",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, optioned),
		.has = offsetof(struct xos_handoff_stats, has_optioned),
	},
	[22] = {
		.name = "routed",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, routed),
		.has = offsetof(struct xos_handoff_stats, has_routed),
	},
	[23] = {
		.name = "relayed",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, relayed),
		.has = offsetof(struct xos_handoff_stats, has_relayed),
	},
	[24] = {
		.name = "translated",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, translated),
		.has = offsetof(struct xos_handoff_stats, has_translated),
	},
	[25] = {
		.name = "drop-routed",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, drop_routed),
		.has = offsetof(struct xos_handoff_stats, has_drop_routed),
	},
	[26] = {
		.name = "binding-full",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, binding_full),
		.has = offsetof(struct xos_handoff_stats, has_binding_full),
	},
	[27] = {
		.name = "passed-on",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_stats, passed_on),
		.has = offsetof(struct xos_handoff_stats, has_passed_on),
	},
	[28] = {
		.name = "bindings",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_stats, bindings),
		.has = offsetof(struct xos_handoff_stats, has_bindings),
	},
};

const struct xnl_set xos_handoff_stats_attrs = {
	.name = "stats",
	.fields = stats_fields,
	.size = sizeof(struct xos_handoff_stats),
	.n = 29,
};

static const struct xnl_field binding_stats_fields[] = {
	[1] = {
		.name = "sent",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_binding_stats, sent),
		.has = offsetof(struct xos_handoff_binding_stats, has_sent),
	},
	[2] = {
		.name = "plain",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_binding_stats, plain),
		.has = offsetof(struct xos_handoff_binding_stats, has_plain),
	},
	[3] = {
		.name = "plain-size",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_binding_stats, plain_size),
		.has = offsetof(struct xos_handoff_binding_stats, has_plain_size),
	},
	[4] = {
		.name = "received",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_binding_stats, received),
		.has = offsetof(struct xos_handoff_binding_stats, has_received),
	},
};

const struct xnl_set xos_handoff_binding_stats_attrs = {
	.name = "binding-stats",
	.fields = binding_stats_fields,
	.size = sizeof(struct xos_handoff_binding_stats),
	.n = 5,
};

static const struct xnl_field binding_fields[] = {
	[0] = {
		.name = "generation",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_handoff_binding, generation),
		.has = offsetof(struct xos_handoff_binding, has_generation),
	},
	[1] = {
		.name = "vip-addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_binding, vip_addr),
		.has = offsetof(struct xos_handoff_binding, has_vip_addr),
	},
	[2] = {
		.name = "vip-port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_handoff_binding, vip_port),
		.has = offsetof(struct xos_handoff_binding, has_vip_port),
	},
	[3] = {
		.name = "addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_handoff_binding, addr),
		.has = offsetof(struct xos_handoff_binding, has_addr),
	},
	[4] = {
		.name = "lifetime-ms",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_binding, lifetime_ms),
		.has = offsetof(struct xos_handoff_binding, has_lifetime_ms),
	},
	[5] = {
		.name = "expires-ms",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_handoff_binding, expires_ms),
		.has = offsetof(struct xos_handoff_binding, has_expires_ms),
	},
	[6] = {
		.name = "stats",
		.kind = XNL_K_NEST,
		.set = &xos_handoff_binding_stats_attrs,
		.offset = offsetof(struct xos_handoff_binding, stats),
		.has = offsetof(struct xos_handoff_binding, has_stats),
	},
};

const struct xnl_set xos_handoff_binding_attrs = {
	.name = "binding",
	.fields = binding_fields,
	.size = sizeof(struct xos_handoff_binding),
	.n = 7,
};

const struct xnl_op xos_handoff_ops[27] = {
	{ "writer-claim", &xos_handoff_writer_attrs, XOS_HANDOFF_CMD_WRITER_CLAIM },
	{ "writer-get", &xos_handoff_writer_attrs, XOS_HANDOFF_CMD_WRITER_GET },
	{ "vip-new", &xos_handoff_vip_attrs, XOS_HANDOFF_CMD_VIP_NEW },
	{ "vip-set", &xos_handoff_vip_attrs, XOS_HANDOFF_CMD_VIP_SET },
	{ "vip-del", &xos_handoff_vip_attrs, XOS_HANDOFF_CMD_VIP_DEL },
	{ "vip-get", &xos_handoff_vip_attrs, XOS_HANDOFF_CMD_VIP_GET },
	{ "vip-ntf", &xos_handoff_vip_attrs, XOS_HANDOFF_CMD_VIP_NTF },
	{ "vip-del-ntf", &xos_handoff_vip_attrs, XOS_HANDOFF_CMD_VIP_DEL_NTF },
	{ "member-new", &xos_handoff_member_attrs, XOS_HANDOFF_CMD_MEMBER_NEW },
	{ "member-set", &xos_handoff_member_attrs, XOS_HANDOFF_CMD_MEMBER_SET },
	{ "member-del", &xos_handoff_member_attrs, XOS_HANDOFF_CMD_MEMBER_DEL },
	{ "member-get", &xos_handoff_member_attrs, XOS_HANDOFF_CMD_MEMBER_GET },
	{ "member-ntf", &xos_handoff_member_attrs, XOS_HANDOFF_CMD_MEMBER_NTF },
	{ "member-del-ntf", &xos_handoff_member_attrs, XOS_HANDOFF_CMD_MEMBER_DEL_NTF },
	{ "client-set", &xos_handoff_client_attrs, XOS_HANDOFF_CMD_CLIENT_SET },
	{ "client-del", &xos_handoff_client_attrs, XOS_HANDOFF_CMD_CLIENT_DEL },
	{ "client-get", &xos_handoff_client_attrs, XOS_HANDOFF_CMD_CLIENT_GET },
	{ "client-ntf", &xos_handoff_client_attrs, XOS_HANDOFF_CMD_CLIENT_NTF },
	{ "gate-set", &xos_handoff_gate_attrs, XOS_HANDOFF_CMD_GATE_SET },
	{ "gate-del", &xos_handoff_gate_attrs, XOS_HANDOFF_CMD_GATE_DEL },
	{ "gate-get", &xos_handoff_gate_attrs, XOS_HANDOFF_CMD_GATE_GET },
	{ "gate-overflow-ntf", &xos_handoff_gate_attrs, XOS_HANDOFF_CMD_GATE_OVERFLOW_NTF },
	{ "sock-tune", &xos_handoff_sock_attrs, XOS_HANDOFF_CMD_SOCK_TUNE },
	{ "stats-get", &xos_handoff_stats_attrs, XOS_HANDOFF_CMD_STATS_GET },
	{ "binding-set", &xos_handoff_binding_attrs, XOS_HANDOFF_CMD_BINDING_SET },
	{ "binding-del", &xos_handoff_binding_attrs, XOS_HANDOFF_CMD_BINDING_DEL },
	{ "binding-get", &xos_handoff_binding_attrs, XOS_HANDOFF_CMD_BINDING_GET },
};

static const struct xnl_set *const sets[12] = {
	/* clang-format off */
	&xos_handoff_writer_attrs,
	&xos_handoff_vip_attrs,
	&xos_handoff_vip_stats_attrs,
	&xos_handoff_member_attrs,
	&xos_handoff_member_stats_attrs,
	&xos_handoff_client_attrs,
	&xos_handoff_gate_attrs,
	&xos_handoff_gate_stats_attrs,
	&xos_handoff_sock_attrs,
	&xos_handoff_stats_attrs,
	&xos_handoff_binding_attrs,
	&xos_handoff_binding_stats_attrs,
	/* clang-format on */
};

const struct xnl_family xos_handoff_family = {
	.name = XOS_HANDOFF_FAMILY_NAME,
	.version = XOS_HANDOFF_FAMILY_VERSION,
	.ops = xos_handoff_ops,
	.ops_n = 27,
	.sets = sets,
	.sets_n = 12,
};

struct vip_get_call {
	int (*fn)(void *arg, const struct xos_handoff_vip *item);
	void *arg;
};

static int vip_get_item(void *arg, const void *item)
{
	const struct vip_get_call *call = arg;

	return call->fn(call->arg, item);
}

int xos_handoff_vip_get_dump(struct xnl_sock *s,
			     int (*fn)(void *arg, const struct xos_handoff_vip *item), void *arg)
{
	struct vip_get_call call = { fn, arg };

	return xnl_dump(s, &xos_handoff_ops[5], NULL, vip_get_item, &call);
}

struct member_get_call {
	int (*fn)(void *arg, const struct xos_handoff_member *item);
	void *arg;
};

static int member_get_item(void *arg, const void *item)
{
	const struct member_get_call *call = arg;

	return call->fn(call->arg, item);
}

int xos_handoff_member_get_dump(struct xnl_sock *s, const struct xos_handoff_member *req,
				int (*fn)(void *arg, const struct xos_handoff_member *item),
				void *arg)
{
	struct member_get_call call = { fn, arg };

	return xnl_dump(s, &xos_handoff_ops[11], req, member_get_item, &call);
}

struct client_get_call {
	int (*fn)(void *arg, const struct xos_handoff_client *item);
	void *arg;
};

static int client_get_item(void *arg, const void *item)
{
	const struct client_get_call *call = arg;

	return call->fn(call->arg, item);
}

int xos_handoff_client_get_dump(struct xnl_sock *s, const struct xos_handoff_client *req,
				int (*fn)(void *arg, const struct xos_handoff_client *item),
				void *arg)
{
	struct client_get_call call = { fn, arg };

	return xnl_dump(s, &xos_handoff_ops[16], req, client_get_item, &call);
}

struct gate_get_call {
	int (*fn)(void *arg, const struct xos_handoff_gate *item);
	void *arg;
};

static int gate_get_item(void *arg, const void *item)
{
	const struct gate_get_call *call = arg;

	return call->fn(call->arg, item);
}

int xos_handoff_gate_get_dump(struct xnl_sock *s,
			      int (*fn)(void *arg, const struct xos_handoff_gate *item), void *arg)
{
	struct gate_get_call call = { fn, arg };

	return xnl_dump(s, &xos_handoff_ops[20], NULL, gate_get_item, &call);
}

struct binding_get_call {
	int (*fn)(void *arg, const struct xos_handoff_binding *item);
	void *arg;
};

static int binding_get_item(void *arg, const void *item)
{
	const struct binding_get_call *call = arg;

	return call->fn(call->arg, item);
}

int xos_handoff_binding_get_dump(struct xnl_sock *s,
				 int (*fn)(void *arg, const struct xos_handoff_binding *item),
				 void *arg)
{
	struct binding_get_call call = { fn, arg };

	return xnl_dump(s, &xos_handoff_ops[26], NULL, binding_get_item, &call);
}
