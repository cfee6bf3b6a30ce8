/* SPDX-License-Identifier: GPL-2.0-only */
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_handoff.yaml
 * by scripts/gen.
 */
#ifndef _XOS_HANDOFF_NETLINK_GEN_H
#define _XOS_HANDOFF_NETLINK_GEN_H

#include <net/genetlink.h>
#include <net/netlink.h>

#include <linux/xos_handoff.h>

/**
 * enum xosh_nlgrp - multicast groups, for genlmsg_multicast()
 * @XOSH_NLGRP_CHANGES: Vips and members that were made, changed or removed.
 * @XOSH_NLGRP_CLIENTS: Entries of the client table that got a member.
 * @XOSH_NLGRP_GATES: Gates whose queue was full.
 */
enum xosh_nlgrp {
	XOSH_NLGRP_CHANGES,
	XOSH_NLGRP_CLIENTS,
	XOSH_NLGRP_GATES,
};

extern const struct genl_ops xosh_nl_ops[21];
extern const struct genl_multicast_group xosh_nl_mcgrps[3];

/*
 * What the YAML knows of struct genl_family. Callbacks of the module (pre_doit and
 * so on) are added beside it. resv_start_op stays 0: every operation is strict.
 */
/* clang-format off */
#define XOSH_NL_FAMILY_INIT \
	.name = XOS_HANDOFF_FAMILY_NAME, \
	.version = XOS_HANDOFF_FAMILY_VERSION, \
	.netnsok = true, \
	.module = THIS_MODULE, \
	.ops = xosh_nl_ops, \
	.n_ops = ARRAY_SIZE(xosh_nl_ops), \
	.mcgrps = xosh_nl_mcgrps, \
	.n_mcgrps = ARRAY_SIZE(xosh_nl_mcgrps)
/* clang-format on */

/* Written by hand in the module. */
int xosh_nl_writer_claim_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_writer_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_vip_new_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_vip_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_vip_del_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_vip_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_vip_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int xosh_nl_member_new_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_member_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_member_del_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_member_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_member_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int xosh_nl_client_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_client_del_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_client_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_client_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int xosh_nl_gate_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_gate_del_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_gate_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_gate_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int xosh_nl_sock_tune_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_binding_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_binding_del_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_binding_get_doit(struct sk_buff *skb, struct genl_info *info);
int xosh_nl_binding_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

#endif
