/* SPDX-License-Identifier: GPL-2.0-only */
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_lookup.yaml
 * by scripts/gen.
 */
#ifndef _XOS_LOOKUP_NETLINK_GEN_H
#define _XOS_LOOKUP_NETLINK_GEN_H

#include <net/genetlink.h>
#include <net/netlink.h>

#include <linux/xos_lookup.h>

extern const struct nla_policy xosl_arc_nl_policy[XOS_LOOKUP_A_ARC_MAX + 1];
extern const struct genl_ops xosl_nl_ops[6];

/*
 * What the YAML knows of struct genl_family. Callbacks of the module (pre_doit and
 * so on) are added beside it. resv_start_op stays 0: every operation is strict.
 */
/* clang-format off */
#define XOSL_NL_FAMILY_INIT \
	.name = XOS_LOOKUP_FAMILY_NAME, \
	.version = XOS_LOOKUP_FAMILY_VERSION, \
	.netnsok = true, \
	.module = THIS_MODULE, \
	.ops = xosl_nl_ops, \
	.n_ops = ARRAY_SIZE(xosl_nl_ops)
/* clang-format on */

/* Written by hand in the module. */
int xosl_nl_attach_doit(struct sk_buff *skb, struct genl_info *info);
int xosl_nl_detach_doit(struct sk_buff *skb, struct genl_info *info);
int xosl_nl_key_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosl_nl_table_set_doit(struct sk_buff *skb, struct genl_info *info);
int xosl_nl_lease_renew_doit(struct sk_buff *skb, struct genl_info *info);
int xosl_nl_responder_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

#endif
