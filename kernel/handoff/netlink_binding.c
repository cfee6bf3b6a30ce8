// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include <net/ipv6.h>

#include "binding.h"
#include "net.h"
#include "vip.h"

static const struct xosh_nl_vip_attrs binding_vip_attrs = {
	.addr = XOS_HANDOFF_A_BINDING_VIP_ADDR,
	.port = XOS_HANDOFF_A_BINDING_VIP_PORT,
};

static_assert(XOS_HANDOFF_A_BINDING_STATS_MAX - XOS_HANDOFF_A_BINDING_STATS_PAD ==
	      XOSH_BINDING_STATS_N);

static int binding_fill(struct sk_buff *skb, const void *arg)
{
	const struct xosh_binding *b = arg;
	unsigned long now = jiffies;
	struct nlattr *nest;
	unsigned int i;

	if (nla_put_in6_addr(skb, XOS_HANDOFF_A_BINDING_VIP_ADDR, &b->vip->addr) ||
	    nla_put_u16(skb, XOS_HANDOFF_A_BINDING_VIP_PORT, b->vip->port) ||
	    nla_put_in6_addr(skb, XOS_HANDOFF_A_BINDING_ADDR, &b->key.client) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_BINDING_EXPIRES_MS,
			time_before(now, b->expires) ? jiffies_to_msecs(b->expires - now) : 0))
		return -EMSGSIZE;
	nest = nla_nest_start(skb, XOS_HANDOFF_A_BINDING_STATS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < XOSH_BINDING_STATS_N; i++)
		if (nla_put_u64_64bit(skb, XOS_HANDOFF_A_BINDING_STATS_PAD + 1 + i,
				      atomic64_read(&b->stats[i]), XOS_HANDOFF_A_BINDING_STATS_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* The vip that a request names; it has to name a client as well. */
static struct xosh_vip *binding_vip(const struct genl_info *info)
{
	struct xosh_vip *vip = xosh_nl_vip(info, binding_vip_attrs);

	if (!IS_ERR(vip) &&
	    xosh_nl_require(info, XOS_HANDOFF_A_BINDING_ADDR, "the client's address is missing"))
		return ERR_PTR(-EINVAL);
	return vip;
}

static struct xosh_binding *binding_named(const struct genl_info *info)
{
	struct xosh_vip *vip = binding_vip(info);
	struct xosh_binding_key key;
	struct xosh_binding *b;

	if (IS_ERR(vip))
		return ERR_CAST(vip);
	key.addr = vip->addr;
	key.client = nla_get_in6_addr(info->attrs[XOS_HANDOFF_A_BINDING_ADDR]);
	b = xosh_binding_find(xosh_nl_net(info), &key);
	if (!b)
		return ERR_PTR(xosh_nl_refuse(info, XOS_HANDOFF_A_BINDING_ADDR, -ENOENT,
					      "the client has no binding"));
	return b;
}

int xosh_nl_binding_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **a = info->attrs;
	struct xosh_vip *vip = binding_vip(info);
	struct in6_addr client;
	int err;

	if (IS_ERR(vip))
		return PTR_ERR(vip);
	if (xosh_nl_require(info, XOS_HANDOFF_A_BINDING_LIFETIME_MS, "the lifetime is missing"))
		return -EINVAL;
	client = nla_get_in6_addr(a[XOS_HANDOFF_A_BINDING_ADDR]);
	if (!(ipv6_addr_type(&client) & IPV6_ADDR_UNICAST))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_BINDING_ADDR, -EINVAL,
				      "not an address that a client can have");
	err = xosh_binding_set(xosh_nl_net(info), vip, &client,
			       nla_get_u32(a[XOS_HANDOFF_A_BINDING_LIFETIME_MS]), info->extack);
	if (err)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_BINDING_ADDR, err,
				      "the binding could not be made");
	return 0;
}

int xosh_nl_binding_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_binding *b = binding_named(info);

	if (IS_ERR(b))
		return PTR_ERR(b);
	xosh_binding_del(xosh_nl_net(info), b);
	return 0;
}

int xosh_nl_binding_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_binding *b = binding_named(info);

	if (IS_ERR(b))
		return PTR_ERR(b);
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_BINDING_GET, binding_fill, b);
}

int xosh_nl_binding_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct xosh_net *xn = xosh_nl_dump_begin(cb);
	struct xosh_binding *b;
	long skip;

	for (; xn->bindings && cb->args[0] < XOSH_BINDING_BUCKETS; cb->args[0]++, cb->args[1] = 0) {
		skip = 0;
		hlist_for_each_entry(b, &xn->bindings[cb->args[0]], node) {
			if (skip++ < cb->args[1])
				continue;
			if (xosh_nl_dump_one(skb, cb, XOS_HANDOFF_CMD_BINDING_GET, binding_fill, b))
				goto out;
			cb->args[1]++;
		}
	}
out:
	xosh_nl_dump_end(xn);
	return skb->len;
}
