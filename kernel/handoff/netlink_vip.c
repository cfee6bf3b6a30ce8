// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include "event.h"
#include "member.h"
#include "net.h"
#include "vip.h"

static const struct xosh_nl_vip_attrs vip_attrs = {
	.addr = XOS_HANDOFF_A_VIP_ADDR,
	.port = XOS_HANDOFF_A_VIP_PORT,
};

/**
 * xosh_nl_fill_vip() - put the attributes of a vip
 * @skb: message
 * @arg: struct xosh_vip; under xosh_net.lock
 *
 * Return: 0 or -EMSGSIZE.
 */
int xosh_nl_fill_vip(struct sk_buff *skb, const void *arg)
{
	const struct xosh_vip *vip = arg;
	const struct xosh_set *set = rcu_dereference_protected(vip->set, true);

	if (nla_put_in6_addr(skb, XOS_HANDOFF_A_VIP_ADDR, &vip->addr) ||
	    nla_put_u16(skb, XOS_HANDOFF_A_VIP_PORT, vip->port) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_FLAGS, vip->flags) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT, vip->client_timeout_s) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_MEMBERS, set->n) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_CLIENTS, atomic_read(&vip->clients_n)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_GATES, vip->gates_n) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_CONTACT_ID, vip->contact_id) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_VIP_BINDINGS, vip->bindings_n))
		return -EMSGSIZE;
	return xosh_nl_put_counters(skb, XOS_HANDOFF_A_VIP_STATS, XOS_HANDOFF_A_VIP_STATS_PAD,
				    vip->counters, XOSH_VIP_STATS_N);
}

/* Take over what a request changes. Only a new seed can fail. */
static int vip_apply(struct xosh_vip *vip, const struct genl_info *info)
{
	struct nlattr **a = info->attrs;
	siphash_key_t old = vip->seed;

	if (a[XOS_HANDOFF_A_VIP_SEED]) {
		memcpy(&vip->seed, nla_data(a[XOS_HANDOFF_A_VIP_SEED]), sizeof(vip->seed));
		if (xosh_set_rebuild(vip)) {
			vip->seed = old;
			return xosh_nl_refuse(info, XOS_HANDOFF_A_VIP_SEED, -ENOMEM,
					      "out of memory");
		}
	}
	if (a[XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT])
		WRITE_ONCE(vip->client_timeout_s, nla_get_u32(a[XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT]));
	if (a[XOS_HANDOFF_A_VIP_FLAGS])
		WRITE_ONCE(vip->flags, nla_get_u32(a[XOS_HANDOFF_A_VIP_FLAGS]));
	if (a[XOS_HANDOFF_A_VIP_CONTACT_ID])
		WRITE_ONCE(vip->contact_id, nla_get_u32(a[XOS_HANDOFF_A_VIP_CONTACT_ID]));
	return 0;
}

int xosh_nl_vip_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_net *xn = xosh_nl_net(info);
	struct nlattr **a = info->attrs;
	const struct in6_addr *addr;
	struct xosh_vip *vip;
	u16 port = 0;
	int err;

	BUILD_BUG_ON(sizeof(vip->seed) != XOS_HANDOFF_SEED_LEN);
	if (xosh_nl_require(info, XOS_HANDOFF_A_VIP_ADDR, "the vip's address is missing"))
		return -EINVAL;
	addr = nla_data(a[XOS_HANDOFF_A_VIP_ADDR]);
	if (!(ipv6_addr_type(addr) & IPV6_ADDR_UNICAST) ||
	    ipv6_addr_type(addr) & (IPV6_ADDR_LINKLOCAL | IPV6_ADDR_LOOPBACK | IPV6_ADDR_MAPPED))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_VIP_ADDR, -EINVAL,
				      "not an address that a vip can have");
	if (a[XOS_HANDOFF_A_VIP_PORT])
		port = nla_get_u16(a[XOS_HANDOFF_A_VIP_PORT]);
	vip = xosh_vip_add(xn, addr, port, info->extack);
	if (IS_ERR(vip))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_VIP_ADDR, PTR_ERR(vip),
				      "the vip could not be made");
	err = vip_apply(vip, info);
	if (err) {
		xosh_vip_del(xn, vip, info->extack);
		return err;
	}
	xosh_event_vip(xn, vip, XOS_HANDOFF_CMD_VIP_NTF);
	return 0;
}

int xosh_nl_vip_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_vip *vip = xosh_nl_vip(info, vip_attrs);
	int err;

	if (IS_ERR(vip))
		return PTR_ERR(vip);
	err = vip_apply(vip, info);
	if (!err)
		xosh_event_vip(xosh_nl_net(info), vip, XOS_HANDOFF_CMD_VIP_NTF);
	return err;
}

int xosh_nl_vip_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_vip *vip = xosh_nl_vip(info, vip_attrs);

	if (IS_ERR(vip))
		return PTR_ERR(vip);
	if (vip->gates_n)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_VIP_ADDR, -EBUSY, "the vip has gates");
	if (vip->bindings_n)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_VIP_ADDR, -EBUSY, "the vip has bindings");
	xosh_event_vip(xosh_nl_net(info), vip, XOS_HANDOFF_CMD_VIP_DEL_NTF);
	return xosh_vip_del(xosh_nl_net(info), vip, info->extack);
}

int xosh_nl_vip_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_vip *vip = xosh_nl_vip(info, vip_attrs);

	if (IS_ERR(vip))
		return PTR_ERR(vip);
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_VIP_GET, xosh_nl_fill_vip, vip);
}

int xosh_nl_vip_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct xosh_net *xn = xosh_nl_dump_begin(cb);
	struct xosh_vip *vip;
	long skip = 0;
	unsigned int i;

	for (i = 0; i < XOSH_VIP_BUCKETS; i++) {
		hlist_for_each_entry(vip, &xn->vips[i], node) {
			if (skip++ < cb->args[0])
				continue;
			if (xosh_nl_dump_one(skb, cb, XOS_HANDOFF_CMD_VIP_GET, xosh_nl_fill_vip,
					     vip))
				goto out;
			cb->args[0]++;
		}
	}
out:
	xosh_nl_dump_end(xn);
	return skb->len;
}
