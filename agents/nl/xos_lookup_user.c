// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_lookup.yaml
 * by scripts/gen.
 */
#include <nl/xos_lookup_user.h>

static const struct xnl_field stats_fields[] = {
	[1] = {
		.name = "answered",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, answered),
		.has = offsetof(struct xos_lookup_stats, has_answered),
	},
	[2] = {
		.name = "passed",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, passed),
		.has = offsetof(struct xos_lookup_stats, has_passed),
	},
	[3] = {
		.name = "miss-table",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, miss_table),
		.has = offsetof(struct xos_lookup_stats, has_miss_table),
	},
	[4] = {
		.name = "miss-lease",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, miss_lease),
		.has = offsetof(struct xos_lookup_stats, has_miss_lease),
	},
	[5] = {
		.name = "miss-pad",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, miss_pad),
		.has = offsetof(struct xos_lookup_stats, has_miss_pad),
	},
	[6] = {
		.name = "miss-packet",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, miss_packet),
		.has = offsetof(struct xos_lookup_stats, has_miss_packet),
	},
	[7] = {
		.name = "drop-mac",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, drop_mac),
		.has = offsetof(struct xos_lookup_stats, has_drop_mac),
	},
	[8] = {
		.name = "drop-malformed",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, drop_malformed),
		.has = offsetof(struct xos_lookup_stats, has_drop_malformed),
	},
	[9] = {
		.name = "drop-route",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_stats, drop_route),
		.has = offsetof(struct xos_lookup_stats, has_drop_route),
	},
};

const struct xnl_set xos_lookup_stats_attrs = {
	.name = "stats",
	.fields = stats_fields,
	.size = sizeof(struct xos_lookup_stats),
	.n = 10,
};

static const struct xnl_field responder_fields[] = {
	[1] = {
		.name = "socket-fd",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_responder, socket_fd),
		.has = offsetof(struct xos_lookup_responder, has_socket_fd),
	},
	[2] = {
		.name = "node-id",
		.kind = XNL_K_ARRAY,
		.size = 16,
		.offset = offsetof(struct xos_lookup_responder, node_id),
		.has = offsetof(struct xos_lookup_responder, has_node_id),
	},
	[3] = {
		.name = "port-id",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_responder, port_id),
		.has = offsetof(struct xos_lookup_responder, has_port_id),
	},
	[4] = {
		.name = "port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_lookup_responder, port),
		.has = offsetof(struct xos_lookup_responder, has_port),
	},
	[5] = {
		.name = "arcs",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_responder, arcs),
		.has = offsetof(struct xos_lookup_responder, has_arcs),
	},
	[6] = {
		.name = "classes",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_responder, classes),
		.has = offsetof(struct xos_lookup_responder, has_classes),
	},
	[7] = {
		.name = "epoch",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_responder, epoch),
		.has = offsetof(struct xos_lookup_responder, has_epoch),
	},
	[8] = {
		.name = "lease-ms",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_responder, lease_ms),
		.has = offsetof(struct xos_lookup_responder, has_lease_ms),
	},
	[9] = {
		.name = "stats",
		.kind = XNL_K_NEST,
		.set = &xos_lookup_stats_attrs,
		.offset = offsetof(struct xos_lookup_responder, stats),
		.has = offsetof(struct xos_lookup_responder, has_stats),
	},
};

const struct xnl_set xos_lookup_responder_attrs = {
	.name = "responder",
	.fields = responder_fields,
	.size = sizeof(struct xos_lookup_responder),
	.n = 10,
};

static const struct xnl_field key_fields[] = {
	[0] = {
		.name = "key-id",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_lookup_key, key_id),
		.has = offsetof(struct xos_lookup_key, has_key_id),
	},
	[1] = {
		.name = "secret",
		.kind = XNL_K_ARRAY,
		.size = 32,
		.offset = offsetof(struct xos_lookup_key, secret),
		.has = offsetof(struct xos_lookup_key, has_secret),
	},
	[2] = {
		.name = "remove",
		.kind = XNL_K_FLAG,
		.offset = offsetof(struct xos_lookup_key, remove),
		.has = XNL_HAS_NONE,
	},
};

const struct xnl_set xos_lookup_key_attrs = {
	.name = "key",
	.fields = key_fields,
	.size = sizeof(struct xos_lookup_key),
	.n = 3,
};

static const struct xnl_field arc_fields[] = {
	[0] = {
		.name = "class",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_arc, class),
		.has = offsetof(struct xos_lookup_arc, has_class),
	},
	[1] = {
		.name = "start",
		.kind = XNL_K_BYTES,
		.len_max = 1024,
		.offset = offsetof(struct xos_lookup_arc, start),
		.has = offsetof(struct xos_lookup_arc, has_start),
	},
	[2] = {
		.name = "vacant",
		.kind = XNL_K_FLAG,
		.offset = offsetof(struct xos_lookup_arc, vacant),
		.has = XNL_HAS_NONE,
	},
	[3] = {
		.name = "id",
		.kind = XNL_K_ARRAY,
		.size = 16,
		.offset = offsetof(struct xos_lookup_arc, id),
		.has = offsetof(struct xos_lookup_arc, has_id),
	},
	[4] = {
		.name = "addr",
		.kind = XNL_K_ARRAY,
		.flags = XNL_F_IPV6,
		.size = 16,
		.offset = offsetof(struct xos_lookup_arc, addr),
		.has = offsetof(struct xos_lookup_arc, has_addr),
	},
	[5] = {
		.name = "port",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct xos_lookup_arc, port),
		.has = offsetof(struct xos_lookup_arc, has_port),
	},
	[6] = {
		.name = "epoch",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_arc, epoch),
		.has = offsetof(struct xos_lookup_arc, has_epoch),
	},
};

const struct xnl_set xos_lookup_arc_attrs = {
	.name = "arc",
	.fields = arc_fields,
	.size = sizeof(struct xos_lookup_arc),
	.n = 7,
};

bool xos_lookup_arc_list_next(const struct xos_lookup_arc_list *l, size_t *pos,
			      struct xos_lookup_arc *out)
{
	static const struct xnl_field elem = {
		.kind = XNL_K_NEST,
		.set = &xos_lookup_arc_attrs,
	};

	return xnl_list_next(l, pos, &elem, out);
}

static const struct xnl_field table_fields[] = {
	[0] = {
		.name = "epoch",
		.kind = XNL_K_INT,
		.size = 8,
		.offset = offsetof(struct xos_lookup_table, epoch),
		.has = offsetof(struct xos_lookup_table, has_epoch),
	},
	[1] = {
		.name = "classes",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_table, classes),
		.has = offsetof(struct xos_lookup_table, has_classes),
	},
	[2] = {
		.name = "lease-ms",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct xos_lookup_table, lease_ms),
		.has = offsetof(struct xos_lookup_table, has_lease_ms),
	},
	[3] = {
		.name = "more",
		.kind = XNL_K_FLAG,
		.offset = offsetof(struct xos_lookup_table, more),
		.has = XNL_HAS_NONE,
	},
	[4] = {
		.name = "arc",
		.kind = XNL_K_NEST,
		.flags = XNL_F_LIST,
		.set = &xos_lookup_arc_attrs,
		.offset = offsetof(struct xos_lookup_table, arc),
		.has = XNL_HAS_NONE,
	},
};

const struct xnl_set xos_lookup_table_attrs = {
	.name = "table",
	.fields = table_fields,
	.size = sizeof(struct xos_lookup_table),
	.n = 5,
};

const struct xnl_op xos_lookup_ops[6] = {
	{ "attach", &xos_lookup_responder_attrs, XOS_LOOKUP_CMD_ATTACH },
	{ "detach", &xos_lookup_responder_attrs, XOS_LOOKUP_CMD_DETACH },
	{ "key-set", &xos_lookup_key_attrs, XOS_LOOKUP_CMD_KEY_SET },
	{ "table-set", &xos_lookup_table_attrs, XOS_LOOKUP_CMD_TABLE_SET },
	{ "lease-renew", &xos_lookup_table_attrs, XOS_LOOKUP_CMD_LEASE_RENEW },
	{ "responder-get", &xos_lookup_responder_attrs, XOS_LOOKUP_CMD_RESPONDER_GET },
};

static const struct xnl_set *const sets[5] = {
	/* clang-format off */
	&xos_lookup_responder_attrs,
	&xos_lookup_stats_attrs,
	&xos_lookup_key_attrs,
	&xos_lookup_table_attrs,
	&xos_lookup_arc_attrs,
	/* clang-format on */
};

const struct xnl_family xos_lookup_family = {
	.name = XOS_LOOKUP_FAMILY_NAME,
	.version = XOS_LOOKUP_FAMILY_VERSION,
	.ops = xos_lookup_ops,
	.ops_n = 6,
	.sets = sets,
	.sets_n = 5,
};

struct responder_get_call {
	int (*fn)(void *arg, const struct xos_lookup_responder *item);
	void *arg;
};

static int responder_get_item(void *arg, const void *item)
{
	const struct responder_get_call *call = arg;

	return call->fn(call->arg, item);
}

int xos_lookup_responder_get_dump(struct xnl_sock *s,
				  int (*fn)(void *arg, const struct xos_lookup_responder *item),
				  void *arg)
{
	struct responder_get_call call = { fn, arg };

	return xnl_dump(s, &xos_lookup_ops[5], NULL, responder_get_item, &call);
}
