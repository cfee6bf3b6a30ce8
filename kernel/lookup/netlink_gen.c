// SPDX-License-Identifier: GPL-2.0-only
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_lookup.yaml
 * by scripts/gen.
 */
#include "netlink_gen.h"

#include <linux/kernel.h>

static struct netlink_range_validation xosl_table_lease_ms_range = {
	.min = 1ULL,
	.max = 60000ULL,
};

const struct nla_policy xosl_arc_nl_policy[XOS_LOOKUP_A_ARC_MAX + 1] = {
	[XOS_LOOKUP_A_ARC_CLASS] = NLA_POLICY_MAX(NLA_U32, 6),
	[XOS_LOOKUP_A_ARC_START] = { .type = NLA_BINARY, .len = 1024 },
	[XOS_LOOKUP_A_ARC_VACANT] = { .type = NLA_FLAG },
	[XOS_LOOKUP_A_ARC_ID] = NLA_POLICY_EXACT_LEN(16),
	[XOS_LOOKUP_A_ARC_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_LOOKUP_A_ARC_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_LOOKUP_A_ARC_EPOCH] = { .type = NLA_U64 },
};

static const struct nla_policy xosl_nl_attach_policy[XOS_LOOKUP_A_RESPONDER_NODE_ID + 1] = {
	[XOS_LOOKUP_A_RESPONDER_SOCKET_FD] = { .type = NLA_U32 },
	[XOS_LOOKUP_A_RESPONDER_NODE_ID] = NLA_POLICY_EXACT_LEN(16),
};

static const struct nla_policy xosl_nl_key_set_policy[XOS_LOOKUP_A_KEY_REMOVE + 1] = {
	[XOS_LOOKUP_A_KEY_KEY_ID] = { .type = NLA_U16 },
	[XOS_LOOKUP_A_KEY_SECRET] = NLA_POLICY_EXACT_LEN(32),
	[XOS_LOOKUP_A_KEY_REMOVE] = { .type = NLA_FLAG },
};

static const struct nla_policy xosl_nl_table_set_policy[XOS_LOOKUP_A_TABLE_ARC + 1] = {
	[XOS_LOOKUP_A_TABLE_EPOCH] = { .type = NLA_U64 },
	[XOS_LOOKUP_A_TABLE_CLASSES] = NLA_POLICY_RANGE(NLA_U32, 1, 7),
	[XOS_LOOKUP_A_TABLE_LEASE_MS] = NLA_POLICY_FULL_RANGE(NLA_U32, &xosl_table_lease_ms_range),
	[XOS_LOOKUP_A_TABLE_MORE] = { .type = NLA_FLAG },
	[XOS_LOOKUP_A_TABLE_ARC] = NLA_POLICY_NESTED(xosl_arc_nl_policy),
};

static const struct nla_policy xosl_nl_lease_renew_policy[XOS_LOOKUP_A_TABLE_LEASE_MS + 1] = {
	[XOS_LOOKUP_A_TABLE_EPOCH] = { .type = NLA_U64 },
	[XOS_LOOKUP_A_TABLE_LEASE_MS] = NLA_POLICY_FULL_RANGE(NLA_U32, &xosl_table_lease_ms_range),
};

const struct genl_ops xosl_nl_ops[6] = {
	{
		.cmd = XOS_LOOKUP_CMD_ATTACH,
		.doit = xosl_nl_attach_doit,
		.policy = xosl_nl_attach_policy,
		.maxattr = ARRAY_SIZE(xosl_nl_attach_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_LOOKUP_CMD_DETACH,
		.doit = xosl_nl_detach_doit,
	},
	{
		.cmd = XOS_LOOKUP_CMD_KEY_SET,
		.doit = xosl_nl_key_set_doit,
		.policy = xosl_nl_key_set_policy,
		.maxattr = ARRAY_SIZE(xosl_nl_key_set_policy) - 1,
	},
	{
		.cmd = XOS_LOOKUP_CMD_TABLE_SET,
		.doit = xosl_nl_table_set_doit,
		.policy = xosl_nl_table_set_policy,
		.maxattr = ARRAY_SIZE(xosl_nl_table_set_policy) - 1,
	},
	{
		.cmd = XOS_LOOKUP_CMD_LEASE_RENEW,
		.doit = xosl_nl_lease_renew_doit,
		.policy = xosl_nl_lease_renew_policy,
		.maxattr = ARRAY_SIZE(xosl_nl_lease_renew_policy) - 1,
	},
	{
		.cmd = XOS_LOOKUP_CMD_RESPONDER_GET,
		.dumpit = xosl_nl_responder_get_dumpit,
	},
};
