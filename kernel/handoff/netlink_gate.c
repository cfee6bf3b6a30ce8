// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include "gate.h"
#include "member.h"
#include "net.h"
#include "vip.h"

/**
 * xosh_nl_fill_gate() - put the attributes of a gate
 * @skb: message
 * @arg: struct xosh_gate; under xosh_net.lock or RCU
 *
 * Return: 0 or -EMSGSIZE.
 */
int xosh_nl_fill_gate(struct sk_buff *skb, const void *arg)
{
	const struct xosh_gate *g = arg;
	u32 in = READ_ONCE(g->in);
	struct nlattr *nest;
	unsigned int i;

	if (nla_put_in6_addr(skb, XOS_HANDOFF_A_GATE_ADDR, &g->tuple.addr) ||
	    nla_put_u16(skb, XOS_HANDOFF_A_GATE_PORT, ntohs(g->tuple.port)) ||
	    nla_put_in6_addr(skb, XOS_HANDOFF_A_GATE_CLIENT_ADDR, &g->tuple.client) ||
	    nla_put_u16(skb, XOS_HANDOFF_A_GATE_CLIENT_PORT, ntohs(g->tuple.client_port)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_GATE_IN, in) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_GATE_OUT, READ_ONCE(g->out)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_GATE_HELD_PACKETS, READ_ONCE(g->queue.qlen)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_GATE_HELD_BYTES, READ_ONCE(g->held_bytes)))
		return -EMSGSIZE;
	if (in == XOS_HANDOFF_GATE_IN_DIVERT &&
	    nla_put_u32(skb, XOS_HANDOFF_A_GATE_MEMBER_ID, READ_ONCE(g->member)->id))
		return -EMSGSIZE;
	nest = nla_nest_start(skb, XOS_HANDOFF_A_GATE_STATS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < XOSH_GATE_STATS_N; i++)
		if (nla_put_u64_64bit(skb, XOS_HANDOFF_A_GATE_STATS_PAD + 1 + i,
				      atomic64_read(&g->stats[i]), XOS_HANDOFF_A_GATE_STATS_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* The connection that a request names. */
static int gate_tuple(const struct genl_info *info, struct xosh_tuple *t)
{
	struct nlattr **a = info->attrs;

	if (xosh_nl_require(info, XOS_HANDOFF_A_GATE_ADDR, "the vip's address is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_GATE_PORT, "the server's port is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_GATE_CLIENT_ADDR,
			    "the client's address is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_GATE_CLIENT_PORT, "the client's port is missing"))
		return -EINVAL;
	t->addr = nla_get_in6_addr(a[XOS_HANDOFF_A_GATE_ADDR]);
	t->port = htons(nla_get_u16(a[XOS_HANDOFF_A_GATE_PORT]));
	t->client = nla_get_in6_addr(a[XOS_HANDOFF_A_GATE_CLIENT_ADDR]);
	t->client_port = htons(nla_get_u16(a[XOS_HANDOFF_A_GATE_CLIENT_PORT]));
	return 0;
}

static int gate_find(const struct genl_info *info, struct xosh_gate **g)
{
	struct xosh_net *xn = xosh_nl_net(info);
	struct xosh_tuple tuple;
	int err;

	err = gate_tuple(info, &tuple);
	if (err)
		return err;
	*g = xn->gates ? xosh_gate_find(xn, &tuple) : NULL;
	if (!*g)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_GATE_ADDR, -ENOENT,
				      "the connection has no gate");
	return 0;
}

int xosh_nl_gate_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **a = info->attrs;
	struct xosh_gate_change to = {
		.has_in = a[XOS_HANDOFF_A_GATE_IN],
		.has_out = a[XOS_HANDOFF_A_GATE_OUT],
		.has_member_id = a[XOS_HANDOFF_A_GATE_MEMBER_ID],
	};
	struct xosh_tuple tuple;
	int err;

	err = gate_tuple(info, &tuple);
	if (err)
		return err;
	if (to.has_in)
		to.in = nla_get_u32(a[XOS_HANDOFF_A_GATE_IN]);
	if (to.has_out)
		to.out = nla_get_u32(a[XOS_HANDOFF_A_GATE_OUT]);
	if (to.has_member_id)
		to.member_id = nla_get_u32(a[XOS_HANDOFF_A_GATE_MEMBER_ID]);
	err = xosh_gate_set(xosh_nl_net(info), &tuple, &to, info->extack);
	if (err)
		return xosh_nl_refuse(info,
				      to.has_member_id ? XOS_HANDOFF_A_GATE_MEMBER_ID :
							 XOS_HANDOFF_A_GATE_ADDR,
				      err, "the gate could not be set");
	return 0;
}

int xosh_nl_gate_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_gate *g;
	int err;

	err = gate_find(info, &g);
	if (err)
		return err;
	err = xosh_gate_del(xosh_nl_net(info), g, info->extack);
	if (err)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_GATE_ADDR, err,
				      "the gate could not be removed");
	return 0;
}

int xosh_nl_gate_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_gate *g;
	int err;

	err = gate_find(info, &g);
	if (err)
		return err;
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_GATE_GET, xosh_nl_fill_gate, g);
}

int xosh_nl_gate_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct xosh_net *xn = xosh_nl_dump_begin(cb);
	struct xosh_gate *g;
	long skip;

	for (; xn->gates && cb->args[0] < XOSH_GATE_BUCKETS; cb->args[0]++, cb->args[1] = 0) {
		skip = 0;
		hlist_for_each_entry(g, &xn->gates[cb->args[0]], node) {
			if (skip++ < cb->args[1])
				continue;
			if (xosh_nl_dump_one(skb, cb, XOS_HANDOFF_CMD_GATE_GET, xosh_nl_fill_gate,
					     g))
				goto out;
			cb->args[1]++;
		}
	}
out:
	xosh_nl_dump_end(xn);
	return skb->len;
}

static_assert(XOS_HANDOFF_A_STATS_PASSED_ON - XOS_HANDOFF_A_STATS_TUNNELLED + 1 == XOSH_STATS_N);
static_assert(XOS_HANDOFF_A_STATS_DROP_GATE - XOS_HANDOFF_A_STATS_TUNNELLED == (int)XOSH_DROP_GATE);
static_assert(XOS_HANDOFF_A_VIP_STATS_MAX - XOS_HANDOFF_A_VIP_STATS_PAD == XOSH_VIP_STATS_N);
static_assert(XOS_HANDOFF_A_MEMBER_STATS_MAX - XOS_HANDOFF_A_MEMBER_STATS_PAD ==
	      XOSH_MEMBER_STATS_N);
static_assert(XOS_HANDOFF_A_GATE_STATS_MAX - XOS_HANDOFF_A_GATE_STATS_PAD == XOSH_GATE_STATS_N);

static int stats_fill(struct sk_buff *skb, const void *arg)
{
	const struct xosh_net *xn = arg;
	unsigned int i;

	if (nla_put_u32(skb, XOS_HANDOFF_A_STATS_VIPS, xn->vips_n) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_STATS_CLIENTS, atomic_read(&xn->clients_n)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_STATS_GATES, xn->gates_n) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_STATS_BINDINGS, xn->bindings_n) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_STATS_HELD_PACKETS, atomic_read(&xn->held_packets)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_STATS_HELD_BYTES, atomic_read(&xn->held_bytes)))
		return -EMSGSIZE;
	for (i = 0; i < XOSH_STATS_N; i++)
		if (nla_put_u64_64bit(skb, XOS_HANDOFF_A_STATS_TUNNELLED + i,
				      xosh_counters_sum(xn->counters, i), XOS_HANDOFF_A_STATS_PAD))
			return -EMSGSIZE;
	return 0;
}

int xosh_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_STATS_GET, stats_fill, xosh_nl_net(info));
}
