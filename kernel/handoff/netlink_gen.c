// SPDX-License-Identifier: GPL-2.0-only
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_handoff.yaml
 * by scripts/gen.
 */
#include "netlink_gen.h"

#include <linux/kernel.h>

static struct netlink_range_validation xosh_vip_client_timeout_range = {
	.min = 1ULL,
	.max = 31536000ULL,
};

static struct netlink_range_validation xosh_sock_cwnd_range = {
	.min = 1ULL,
	.max = 65535ULL,
};

static struct netlink_range_validation xosh_binding_lifetime_ms_range = {
	.min = 1ULL,
	.max = 262140000ULL,
};

static const struct nla_policy xosh_nl_writer_claim_policy[XOS_HANDOFF_A_WRITER_FORCE + 1] = {
	[XOS_HANDOFF_A_WRITER_GENERATION] = NLA_POLICY_MIN(NLA_U64, 1),
	[XOS_HANDOFF_A_WRITER_FORCE] = { .type = NLA_FLAG },
};

static const struct nla_policy xosh_nl_vip_new_policy[XOS_HANDOFF_A_VIP_CONTACT_ID + 1] = {
	[XOS_HANDOFF_A_VIP_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_VIP_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0x3),
	[XOS_HANDOFF_A_VIP_SEED] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &xosh_vip_client_timeout_range),
	[XOS_HANDOFF_A_VIP_CONTACT_ID] = { .type = NLA_U32 },
};

static const struct nla_policy xosh_nl_vip_set_policy[XOS_HANDOFF_A_VIP_CONTACT_ID + 1] = {
	[XOS_HANDOFF_A_VIP_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_VIP_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0x3),
	[XOS_HANDOFF_A_VIP_SEED] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &xosh_vip_client_timeout_range),
	[XOS_HANDOFF_A_VIP_CONTACT_ID] = { .type = NLA_U32 },
};

static const struct nla_policy xosh_nl_vip_del_policy[XOS_HANDOFF_A_VIP_PORT + 1] = {
	[XOS_HANDOFF_A_VIP_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_VIP_PORT] = { .type = NLA_U16 },
};

static const struct nla_policy xosh_nl_vip_get_policy[XOS_HANDOFF_A_VIP_PORT + 1] = {
	[XOS_HANDOFF_A_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_VIP_PORT] = { .type = NLA_U16 },
};

static const struct nla_policy xosh_nl_member_new_policy[XOS_HANDOFF_A_MEMBER_FLAGS + 1] = {
	[XOS_HANDOFF_A_MEMBER_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_MEMBER_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_MEMBER_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_MEMBER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[XOS_HANDOFF_A_MEMBER_CARE_OF] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_MEMBER_WEIGHT] = NLA_POLICY_MAX(NLA_U32, 1000),
	[XOS_HANDOFF_A_MEMBER_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[XOS_HANDOFF_A_MEMBER_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0x1),
};

static const struct nla_policy xosh_nl_member_set_policy[XOS_HANDOFF_A_MEMBER_STATE + 1] = {
	[XOS_HANDOFF_A_MEMBER_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_MEMBER_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_MEMBER_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_MEMBER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[XOS_HANDOFF_A_MEMBER_WEIGHT] = NLA_POLICY_MAX(NLA_U32, 1000),
	[XOS_HANDOFF_A_MEMBER_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
};

static const struct nla_policy xosh_nl_member_del_policy[XOS_HANDOFF_A_MEMBER_ID + 1] = {
	[XOS_HANDOFF_A_MEMBER_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_MEMBER_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_MEMBER_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_MEMBER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
};

static const struct nla_policy xosh_nl_member_get_policy[XOS_HANDOFF_A_MEMBER_ID + 1] = {
	[XOS_HANDOFF_A_MEMBER_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_MEMBER_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_MEMBER_ID] = NLA_POLICY_MIN(NLA_U32, 1),
};

static const struct nla_policy xosh_nl_client_set_policy[XOS_HANDOFF_A_CLIENT_MEMBER_ID + 1] = {
	[XOS_HANDOFF_A_CLIENT_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_CLIENT_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_CLIENT_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_CLIENT_SERVER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_CLIENT_MEMBER_ID] = { .type = NLA_U32 },
};

static const struct nla_policy xosh_nl_client_del_policy[XOS_HANDOFF_A_CLIENT_SERVER_PORT + 1] = {
	[XOS_HANDOFF_A_CLIENT_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_CLIENT_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_CLIENT_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_CLIENT_SERVER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy xosh_nl_client_get_policy[XOS_HANDOFF_A_CLIENT_SERVER_PORT + 1] = {
	[XOS_HANDOFF_A_CLIENT_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_CLIENT_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_CLIENT_SERVER_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy xosh_nl_gate_set_policy[XOS_HANDOFF_A_GATE_MEMBER_ID + 1] = {
	[XOS_HANDOFF_A_GATE_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_GATE_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_GATE_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_GATE_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_GATE_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_GATE_IN] = NLA_POLICY_MAX(NLA_U32, 3),
	[XOS_HANDOFF_A_GATE_OUT] = NLA_POLICY_MAX(NLA_U32, 1),
	[XOS_HANDOFF_A_GATE_MEMBER_ID] = { .type = NLA_U32 },
};

static const struct nla_policy xosh_nl_gate_del_policy[XOS_HANDOFF_A_GATE_CLIENT_PORT + 1] = {
	[XOS_HANDOFF_A_GATE_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_GATE_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_GATE_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_GATE_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_GATE_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy xosh_nl_gate_get_policy[XOS_HANDOFF_A_GATE_CLIENT_PORT + 1] = {
	[XOS_HANDOFF_A_GATE_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_GATE_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_GATE_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_GATE_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy xosh_nl_sock_tune_policy[XOS_HANDOFF_A_SOCK_SSTHRESH + 1] = {
	[XOS_HANDOFF_A_SOCK_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_SOCK_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_SOCK_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_SOCK_CLIENT_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_SOCK_CLIENT_PORT] = NLA_POLICY_MIN(NLA_U16, 1),
	[XOS_HANDOFF_A_SOCK_CWND] = NLA_POLICY_FULL_RANGE(NLA_U32, &xosh_sock_cwnd_range),
	[XOS_HANDOFF_A_SOCK_SSTHRESH] = NLA_POLICY_MIN(NLA_U32, 2),
};

static const struct nla_policy xosh_nl_binding_set_policy[XOS_HANDOFF_A_BINDING_LIFETIME_MS + 1] = {
	[XOS_HANDOFF_A_BINDING_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_BINDING_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_BINDING_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_BINDING_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_BINDING_LIFETIME_MS] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &xosh_binding_lifetime_ms_range),
};

static const struct nla_policy xosh_nl_binding_del_policy[XOS_HANDOFF_A_BINDING_ADDR + 1] = {
	[XOS_HANDOFF_A_BINDING_GENERATION] = { .type = NLA_U64 },
	[XOS_HANDOFF_A_BINDING_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_BINDING_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_BINDING_ADDR] = NLA_POLICY_EXACT_LEN(16),
};

static const struct nla_policy xosh_nl_binding_get_policy[XOS_HANDOFF_A_BINDING_ADDR + 1] = {
	[XOS_HANDOFF_A_BINDING_VIP_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[XOS_HANDOFF_A_BINDING_VIP_PORT] = { .type = NLA_U16 },
	[XOS_HANDOFF_A_BINDING_ADDR] = NLA_POLICY_EXACT_LEN(16),
};

const struct genl_ops xosh_nl_ops[21] = {
	{
		.cmd = XOS_HANDOFF_CMD_WRITER_CLAIM,
		.doit = xosh_nl_writer_claim_doit,
		.policy = xosh_nl_writer_claim_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_writer_claim_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_WRITER_GET,
		.doit = xosh_nl_writer_get_doit,
	},
	{
		.cmd = XOS_HANDOFF_CMD_VIP_NEW,
		.doit = xosh_nl_vip_new_doit,
		.policy = xosh_nl_vip_new_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_vip_new_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_VIP_SET,
		.doit = xosh_nl_vip_set_doit,
		.policy = xosh_nl_vip_set_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_vip_set_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_VIP_DEL,
		.doit = xosh_nl_vip_del_doit,
		.policy = xosh_nl_vip_del_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_vip_del_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_VIP_GET,
		.doit = xosh_nl_vip_get_doit,
		.dumpit = xosh_nl_vip_get_dumpit,
		.policy = xosh_nl_vip_get_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_vip_get_policy) - 1,
	},
	{
		.cmd = XOS_HANDOFF_CMD_MEMBER_NEW,
		.doit = xosh_nl_member_new_doit,
		.policy = xosh_nl_member_new_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_member_new_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_MEMBER_SET,
		.doit = xosh_nl_member_set_doit,
		.policy = xosh_nl_member_set_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_member_set_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_MEMBER_DEL,
		.doit = xosh_nl_member_del_doit,
		.policy = xosh_nl_member_del_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_member_del_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_MEMBER_GET,
		.doit = xosh_nl_member_get_doit,
		.dumpit = xosh_nl_member_get_dumpit,
		.policy = xosh_nl_member_get_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_member_get_policy) - 1,
	},
	{
		.cmd = XOS_HANDOFF_CMD_CLIENT_SET,
		.doit = xosh_nl_client_set_doit,
		.policy = xosh_nl_client_set_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_client_set_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_CLIENT_DEL,
		.doit = xosh_nl_client_del_doit,
		.policy = xosh_nl_client_del_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_client_del_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_CLIENT_GET,
		.doit = xosh_nl_client_get_doit,
		.dumpit = xosh_nl_client_get_dumpit,
		.policy = xosh_nl_client_get_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_client_get_policy) - 1,
	},
	{
		.cmd = XOS_HANDOFF_CMD_GATE_SET,
		.doit = xosh_nl_gate_set_doit,
		.policy = xosh_nl_gate_set_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_gate_set_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_GATE_DEL,
		.doit = xosh_nl_gate_del_doit,
		.policy = xosh_nl_gate_del_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_gate_del_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_GATE_GET,
		.doit = xosh_nl_gate_get_doit,
		.dumpit = xosh_nl_gate_get_dumpit,
		.policy = xosh_nl_gate_get_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_gate_get_policy) - 1,
	},
	{
		.cmd = XOS_HANDOFF_CMD_SOCK_TUNE,
		.doit = xosh_nl_sock_tune_doit,
		.policy = xosh_nl_sock_tune_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_sock_tune_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_STATS_GET,
		.doit = xosh_nl_stats_get_doit,
	},
	{
		.cmd = XOS_HANDOFF_CMD_BINDING_SET,
		.doit = xosh_nl_binding_set_doit,
		.policy = xosh_nl_binding_set_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_binding_set_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_BINDING_DEL,
		.doit = xosh_nl_binding_del_doit,
		.policy = xosh_nl_binding_del_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_binding_del_policy) - 1,
		.flags = GENL_ADMIN_PERM,
	},
	{
		.cmd = XOS_HANDOFF_CMD_BINDING_GET,
		.doit = xosh_nl_binding_get_doit,
		.dumpit = xosh_nl_binding_get_dumpit,
		.policy = xosh_nl_binding_get_policy,
		.maxattr = ARRAY_SIZE(xosh_nl_binding_get_policy) - 1,
	},
};

const struct genl_multicast_group xosh_nl_mcgrps[3] = {
	[XOSH_NLGRP_CHANGES] = { .name = XOS_HANDOFF_MCGRP_CHANGES },
	[XOSH_NLGRP_CLIENTS] = { .name = XOS_HANDOFF_MCGRP_CLIENTS },
	[XOSH_NLGRP_GATES] = { .name = XOS_HANDOFF_MCGRP_GATES },
};
