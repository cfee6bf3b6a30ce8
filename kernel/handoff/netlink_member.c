// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include "event.h"
#include "member.h"
#include "net.h"
#include "vip.h"

static const struct xosh_nl_vip_attrs member_vip_attrs = {
	.addr = XOS_HANDOFF_A_MEMBER_VIP_ADDR,
	.port = XOS_HANDOFF_A_MEMBER_VIP_PORT,
};

/**
 * xosh_nl_fill_member() - put the attributes of a member
 * @skb: message
 * @arg: struct xosh_nl_member_arg; under xosh_net.lock
 *
 * Return: 0 or -EMSGSIZE.
 */
int xosh_nl_fill_member(struct sk_buff *skb, const void *arg)
{
	const struct xosh_nl_member_arg *a = arg;
	const struct xosh_member *m = a->m;

	if (nla_put_in6_addr(skb, XOS_HANDOFF_A_MEMBER_VIP_ADDR, &a->vip->addr) ||
	    nla_put_u16(skb, XOS_HANDOFF_A_MEMBER_VIP_PORT, a->vip->port) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_MEMBER_ID, m->id) ||
	    nla_put_in6_addr(skb, XOS_HANDOFF_A_MEMBER_CARE_OF, &m->care_of) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_MEMBER_WEIGHT, m->weight) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_MEMBER_STATE, m->state) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_MEMBER_FLAGS,
			m->local ? XOS_HANDOFF_MEMBER_FLAGS_LOCAL : 0) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_MEMBER_SLOTS, m->slots) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_MEMBER_SLOTS_ALL, XOSH_MAGLEV_SIZE))
		return -EMSGSIZE;
	return xosh_nl_put_counters(skb, XOS_HANDOFF_A_MEMBER_STATS, XOS_HANDOFF_A_MEMBER_STATS_PAD,
				    m->counters, XOSH_MEMBER_STATS_N);
}

/* The vip and member that a request names. */
static int member_find(const struct genl_info *info, struct xosh_vip **vip, struct xosh_member **m)
{
	*vip = xosh_nl_vip(info, member_vip_attrs);
	if (IS_ERR(*vip))
		return PTR_ERR(*vip);
	if (xosh_nl_require(info, XOS_HANDOFF_A_MEMBER_ID, "the member's number is missing"))
		return -EINVAL;
	*m = xosh_member_find(*vip, nla_get_u32(info->attrs[XOS_HANDOFF_A_MEMBER_ID]));
	if (!*m)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_MEMBER_ID, -ENOENT,
				      "the vip has no such member");
	return 0;
}

int xosh_nl_member_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_vip *vip = xosh_nl_vip(info, member_vip_attrs);
	struct xosh_member init = { .weight = 1 };
	struct nlattr **a = info->attrs;
	int err;

	if (IS_ERR(vip))
		return PTR_ERR(vip);
	if (xosh_nl_require(info, XOS_HANDOFF_A_MEMBER_ID, "the member's number is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_MEMBER_CARE_OF, "the care-of address is missing"))
		return -EINVAL;
	init.id = nla_get_u32(a[XOS_HANDOFF_A_MEMBER_ID]);
	init.care_of = nla_get_in6_addr(a[XOS_HANDOFF_A_MEMBER_CARE_OF]);
	if (!(ipv6_addr_type(&init.care_of) & IPV6_ADDR_UNICAST) ||
	    ipv6_addr_type(&init.care_of) & (IPV6_ADDR_LINKLOCAL | IPV6_ADDR_LOOPBACK) ||
	    ipv6_addr_equal(&init.care_of, &vip->addr))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_MEMBER_CARE_OF, -EINVAL,
				      "not an address that a member can have");
	if (a[XOS_HANDOFF_A_MEMBER_WEIGHT])
		init.weight = nla_get_u32(a[XOS_HANDOFF_A_MEMBER_WEIGHT]);
	if (a[XOS_HANDOFF_A_MEMBER_STATE])
		init.state = nla_get_u32(a[XOS_HANDOFF_A_MEMBER_STATE]);
	if (a[XOS_HANDOFF_A_MEMBER_FLAGS])
		init.local = nla_get_u32(a[XOS_HANDOFF_A_MEMBER_FLAGS]) &
			     XOS_HANDOFF_MEMBER_FLAGS_LOCAL;
	err = xosh_member_add(vip, &init, info->extack);
	if (err)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_MEMBER_ID, err,
				      "the member could not be added");
	xosh_event_member(xosh_nl_net(info), vip, xosh_member_find(vip, init.id),
			  XOS_HANDOFF_CMD_MEMBER_NTF);
	return 0;
}

int xosh_nl_member_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **a = info->attrs;
	struct xosh_member *m;
	struct xosh_vip *vip;
	u32 weight, state;
	int err;

	err = member_find(info, &vip, &m);
	if (err)
		return err;
	weight = m->weight;
	state = m->state;
	if (a[XOS_HANDOFF_A_MEMBER_WEIGHT])
		weight = nla_get_u32(a[XOS_HANDOFF_A_MEMBER_WEIGHT]);
	if (a[XOS_HANDOFF_A_MEMBER_STATE])
		state = nla_get_u32(a[XOS_HANDOFF_A_MEMBER_STATE]);
	err = xosh_member_change(vip, m, weight, state);
	if (err)
		return xosh_nl_refuse(info, 0, err, "out of memory");
	xosh_event_member(xosh_nl_net(info), vip, m, XOS_HANDOFF_CMD_MEMBER_NTF);
	return 0;
}

int xosh_nl_member_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_member *m;
	struct xosh_vip *vip;
	int err;

	err = member_find(info, &vip, &m);
	if (err)
		return err;
	if (m->gates_n)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_MEMBER_ID, -EBUSY,
				      "gates divert to the member");
	xosh_event_member(xosh_nl_net(info), vip, m, XOS_HANDOFF_CMD_MEMBER_DEL_NTF);
	err = xosh_member_del(vip, m, info->extack);
	if (err)
		xosh_event_member(xosh_nl_net(info), vip, m, XOS_HANDOFF_CMD_MEMBER_NTF);
	return err;
}

int xosh_nl_member_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_nl_member_arg arg;
	struct xosh_member *m;
	struct xosh_vip *vip;
	int err;

	err = member_find(info, &vip, &m);
	if (err)
		return err;
	arg.vip = vip;
	arg.m = m;
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_MEMBER_GET, xosh_nl_fill_member, &arg);
}

/* Members of a vip; @skip counts over all vips. */
static int member_dump_vip(struct sk_buff *skb, struct netlink_callback *cb,
			   const struct xosh_vip *vip, long *skip)
{
	struct xosh_nl_member_arg arg = { .vip = vip };
	const struct xosh_member *m;

	list_for_each_entry(m, &vip->members, node) {
		if ((*skip)++ < cb->args[0])
			continue;
		arg.m = m;
		if (xosh_nl_dump_one(skb, cb, XOS_HANDOFF_CMD_MEMBER_GET, xosh_nl_fill_member,
				     &arg))
			return -EMSGSIZE;
		cb->args[0]++;
	}
	return 0;
}

int xosh_nl_member_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct xosh_net *xn = xosh_nl_dump_begin(cb);
	struct xosh_vip *vip;
	long skip = 0;
	unsigned int i;

	for (i = 0; i < XOSH_VIP_BUCKETS; i++) {
		hlist_for_each_entry(vip, &xn->vips[i], node) {
			if (!xosh_nl_dump_wants(cb, member_vip_attrs, vip))
				continue;
			if (member_dump_vip(skb, cb, vip, &skip))
				goto out;
		}
	}
out:
	xosh_nl_dump_end(xn);
	return skb->len;
}
