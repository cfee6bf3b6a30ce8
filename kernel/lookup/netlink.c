// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include <linux/ktime.h>
#include <net/genetlink.h>
#include <net/inet_sock.h>

#include "message.h"
#include "netlink_gen.h"
#include "responder.h"

static struct genl_family family = { XOSL_NL_FAMILY_INIT };

/* The responder of who asks, with its namespace locked; NULL after a complaint. */
static struct xosl_responder *own_responder(struct genl_info *info)
{
	struct xosl_net *xn = xosl_net(genl_info_net(info));
	struct xosl_responder *r;

	mutex_lock(&xn->lock);
	r = xosl_responder_find(xn, info->snd_portid);
	if (r)
		return r;
	mutex_unlock(&xn->lock);
	NL_SET_ERR_MSG_MOD(info->extack, "this netlink socket has attached no responder");
	return NULL;
}

static void put_responder(struct xosl_responder *r)
{
	mutex_unlock(&xosl_net(r->net)->lock);
}

int xosl_nl_attach_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct xosl_net *xn = xosl_net(net);
	int err;

	if (GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_RESPONDER_SOCKET_FD) ||
	    GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_RESPONDER_NODE_ID)) {
		NL_SET_ERR_MSG_MOD(info->extack, "socket-fd and node-id are needed");
		return -EINVAL;
	}
	mutex_lock(&xn->lock);
	err = xosl_responder_attach(net, nla_get_u32(info->attrs[XOS_LOOKUP_A_RESPONDER_SOCKET_FD]),
				    nla_data(info->attrs[XOS_LOOKUP_A_RESPONDER_NODE_ID]),
				    info->snd_portid, info->extack);
	mutex_unlock(&xn->lock);
	return err;
}

int xosl_nl_detach_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosl_responder *r = own_responder(info);
	struct xosl_net *xn;

	if (!r)
		return -ENOENT;
	xn = xosl_net(r->net);
	xosl_responder_detach(xn, r);
	mutex_unlock(&xn->lock);
	return 0;
}

int xosl_nl_key_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *secret = info->attrs[XOS_LOOKUP_A_KEY_SECRET];
	bool remove = info->attrs[XOS_LOOKUP_A_KEY_REMOVE];
	struct xosl_responder *r;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_KEY_KEY_ID)) {
		NL_SET_ERR_MSG_MOD(info->extack, "key-id is needed");
		return -EINVAL;
	}
	if (!secret == !remove) {
		NL_SET_ERR_MSG_MOD(info->extack, "either secret or remove is needed");
		return -EINVAL;
	}
	r = own_responder(info);
	if (!r)
		return -ENOENT;
	err = xosl_responder_key(r, nla_get_u16(info->attrs[XOS_LOOKUP_A_KEY_KEY_ID]),
				 secret ? nla_data(secret) : NULL, info->extack);
	put_responder(r);
	return err;
}

static int parse_owner(struct nlattr **tb, struct xosl_owner *owner)
{
	memset(owner, 0, sizeof(*owner));
	owner->vacant = nla_get_flag(tb[XOS_LOOKUP_A_ARC_VACANT]);
	if (owner->vacant)
		return 0;
	if (!tb[XOS_LOOKUP_A_ARC_ID] || !tb[XOS_LOOKUP_A_ARC_ADDR] || !tb[XOS_LOOKUP_A_ARC_PORT])
		return -EINVAL;
	memcpy(owner->id, nla_data(tb[XOS_LOOKUP_A_ARC_ID]), sizeof(owner->id));
	memcpy(owner->addr, nla_data(tb[XOS_LOOKUP_A_ARC_ADDR]), sizeof(owner->addr));
	owner->port = nla_get_u16(tb[XOS_LOOKUP_A_ARC_PORT]);
	if (tb[XOS_LOOKUP_A_ARC_EPOCH])
		owner->epoch = nla_get_u64(tb[XOS_LOOKUP_A_ARC_EPOCH]);
	return 0;
}

static int add_arc(struct xosl_table *table, struct nlattr *attr, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[XOS_LOOKUP_A_ARC_MAX + 1], *start;
	struct xosl_owner owner;
	int err;

	err = nla_parse_nested(tb, XOS_LOOKUP_A_ARC_MAX, attr, xosl_arc_nl_policy, extack);
	if (err)
		return err;
	start = tb[XOS_LOOKUP_A_ARC_START];
	if (!tb[XOS_LOOKUP_A_ARC_CLASS] || !start || parse_owner(tb, &owner)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "an arc needs class, start, and vacant or id, addr and port");
		return -EINVAL;
	}
	err = xosl_table_add(table, nla_get_u32(tb[XOS_LOOKUP_A_ARC_CLASS]), nla_data(start),
			     nla_len(start), &owner);
	if (err == -EINVAL)
		NL_SET_ERR_MSG_ATTR(
			extack, attr,
			"arcs must ascend by class and start, and be of a class there is");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG_ATTR(extack, attr, "the table has too many arcs");
	return err;
}

/* The table that a message adds to: the one under way, or a new one. */
static int begin_table(struct xosl_responder *r, struct genl_info *info)
{
	u64 epoch;
	u32 classes;

	if (GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_TABLE_EPOCH) ||
	    GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_TABLE_CLASSES) ||
	    GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_TABLE_LEASE_MS)) {
		NL_SET_ERR_MSG_MOD(info->extack, "epoch, classes and lease-ms are needed");
		return -EINVAL;
	}
	epoch = nla_get_u64(info->attrs[XOS_LOOKUP_A_TABLE_EPOCH]);
	classes = nla_get_u32(info->attrs[XOS_LOOKUP_A_TABLE_CLASSES]);
	if (r->next && (r->next->epoch != epoch || r->next->classes != classes)) {
		NL_SET_ERR_MSG_MOD(info->extack, "epoch or classes differ from the message before");
		return -EINVAL;
	}
	if (!r->next)
		r->next = xosl_table_alloc(epoch, classes);
	return r->next ? 0 : -ENOMEM;
}

static int add_arcs(struct xosl_responder *r, struct genl_info *info)
{
	struct nlattr *attr;
	int rem, err;

	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem)
	{
		if (nla_type(attr) != XOS_LOOKUP_A_TABLE_ARC)
			continue;
		err = add_arc(r->next, attr, info->extack);
		if (err)
			return err;
	}
	return 0;
}

static int set_table(struct xosl_responder *r, struct genl_info *info)
{
	bool more = info->attrs[XOS_LOOKUP_A_TABLE_MORE];
	struct xosl_table *table;
	int err;

	if (!more && !r->next && !info->attrs[XOS_LOOKUP_A_TABLE_ARC]) {
		xosl_responder_publish(r, NULL, 0);
		return 0;
	}
	err = begin_table(r, info);
	if (!err)
		err = add_arcs(r, info);
	if (!err && more)
		return 0;
	if (!err) {
		err = xosl_table_finish(r->next);
		if (err)
			NL_SET_ERR_MSG_MOD(
				info->extack,
				"a class has no arc that starts at the first of all keys");
	}
	/* Complete or wrong, the building ends here. */
	table = r->next;
	r->next = NULL;
	if (err)
		xosl_table_free(table);
	else
		xosl_responder_publish(r, table,
				       nla_get_u32(info->attrs[XOS_LOOKUP_A_TABLE_LEASE_MS]));
	return err;
}

int xosl_nl_table_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosl_responder *r = own_responder(info);
	int err;

	if (!r)
		return -ENOENT;
	err = set_table(r, info);
	put_responder(r);
	return err;
}

int xosl_nl_lease_renew_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosl_responder *r;
	struct xosl_table *table;
	int err = 0;

	if (GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_TABLE_EPOCH) ||
	    GENL_REQ_ATTR_CHECK(info, XOS_LOOKUP_A_TABLE_LEASE_MS)) {
		NL_SET_ERR_MSG_MOD(info->extack, "epoch and lease-ms are needed");
		return -EINVAL;
	}
	r = own_responder(info);
	if (!r)
		return -ENOENT;
	table = rcu_dereference_protected(r->table, lockdep_is_held(&xosl_net(r->net)->lock));
	if (!table || table->epoch != nla_get_u64(info->attrs[XOS_LOOKUP_A_TABLE_EPOCH])) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[XOS_LOOKUP_A_TABLE_EPOCH],
				    "the table has another epoch, or there is none");
		err = -ESTALE;
	} else {
		xosl_responder_renew(r, nla_get_u32(info->attrs[XOS_LOOKUP_A_TABLE_LEASE_MS]));
	}
	put_responder(r);
	return err;
}

static int put_stats(struct sk_buff *skb, const struct xosl_responder *r)
{
	static const u16 attr_of[XOSL_STATS] = {
		[XOSL_ANSWERED] = XOS_LOOKUP_A_STATS_ANSWERED,
		[XOSL_PASSED] = XOS_LOOKUP_A_STATS_PASSED,
		[XOSL_MISS_TABLE] = XOS_LOOKUP_A_STATS_MISS_TABLE,
		[XOSL_MISS_LEASE] = XOS_LOOKUP_A_STATS_MISS_LEASE,
		[XOSL_MISS_PAD] = XOS_LOOKUP_A_STATS_MISS_PAD,
		[XOSL_MISS_PACKET] = XOS_LOOKUP_A_STATS_MISS_PACKET,
		[XOSL_DROP_MAC] = XOS_LOOKUP_A_STATS_DROP_MAC,
		[XOSL_DROP_MALFORMED] = XOS_LOOKUP_A_STATS_DROP_MALFORMED,
		[XOSL_DROP_ROUTE] = XOS_LOOKUP_A_STATS_DROP_ROUTE,
	};
	struct nlattr *nest = nla_nest_start(skb, XOS_LOOKUP_A_RESPONDER_STATS);
	int stat, cpu;

	if (!nest)
		return -EMSGSIZE;
	for (stat = 0; stat < XOSL_STATS; stat++) {
		u64 sum = 0;

		for_each_possible_cpu(cpu)
			sum += READ_ONCE(per_cpu_ptr(r->stats, cpu)->n[stat]);
		if (nla_put_u64_64bit(skb, attr_of[stat], sum, XOS_LOOKUP_A_STATS_PAD))
			return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static u32 lease_left_ms(const struct xosl_responder *r)
{
	u64 now = ktime_get_boottime_ns(), end = READ_ONCE(r->lease_end_ns);

	return end > now ? (u32)div_u64(end - now, NSEC_PER_MSEC) : 0;
}

static int put_one(struct sk_buff *skb, struct netlink_callback *cb, const struct xosl_responder *r)
{
	const struct xosl_table *table = rcu_dereference_protected(r->table, 1);
	void *head;

	head = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, &family,
			   NLM_F_MULTI, XOS_LOOKUP_CMD_RESPONDER_GET);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(skb, XOS_LOOKUP_A_RESPONDER_PORT_ID, r->port_id) ||
	    nla_put_u16(skb, XOS_LOOKUP_A_RESPONDER_PORT, inet_sk(r->sk)->inet_num) ||
	    nla_put(skb, XOS_LOOKUP_A_RESPONDER_NODE_ID, sizeof(r->node_id), r->node_id) ||
	    nla_put_u32(skb, XOS_LOOKUP_A_RESPONDER_ARCS, table ? table->arcs : 0) ||
	    nla_put_u32(skb, XOS_LOOKUP_A_RESPONDER_CLASSES, table ? table->classes : 0) ||
	    nla_put_u64_64bit(skb, XOS_LOOKUP_A_RESPONDER_EPOCH, table ? table->epoch : 0,
			      XOS_LOOKUP_A_RESPONDER_PAD) ||
	    nla_put_u32(skb, XOS_LOOKUP_A_RESPONDER_LEASE_MS, table ? lease_left_ms(r) : 0) ||
	    put_stats(skb, r)) {
		genlmsg_cancel(skb, head);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return 0;
}

int xosl_nl_responder_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct xosl_net *xn = xosl_net(sock_net(skb->sk));
	long index = 0, start = cb->args[0];
	struct xosl_responder *r;

	mutex_lock(&xn->lock);
	list_for_each_entry(r, &xn->responders, list) {
		if (index >= start && put_one(skb, cb, r))
			break;
		index++;
	}
	mutex_unlock(&xn->lock);
	cb->args[0] = index;
	return skb->len;
}

/* A netlink socket closed: what it owned goes with it. */
static int socket_closed(struct notifier_block *nb, unsigned long event, void *data)
{
	const struct netlink_notify *n = data;
	struct xosl_responder *r;
	struct xosl_net *xn;

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC)
		return NOTIFY_DONE;
	xn = xosl_net(n->net);
	mutex_lock(&xn->lock);
	r = xosl_responder_find(xn, n->portid);
	if (r)
		xosl_responder_detach(xn, r);
	mutex_unlock(&xn->lock);
	return NOTIFY_DONE;
}

static struct notifier_block notifier = { .notifier_call = socket_closed };

int xosl_netlink_init(void)
{
	int err = netlink_register_notifier(&notifier);

	if (err)
		return err;
	err = genl_register_family(&family);
	if (err)
		netlink_unregister_notifier(&notifier);
	return err;
}

void xosl_netlink_exit(void)
{
	genl_unregister_family(&family);
	netlink_unregister_notifier(&notifier);
}
