// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include "client.h"
#include "event.h"
#include "member.h"
#include "net.h"
#include "vip.h"

static const struct xosh_nl_vip_attrs client_vip_attrs = {
	.addr = XOS_HANDOFF_A_CLIENT_VIP_ADDR,
	.port = XOS_HANDOFF_A_CLIENT_VIP_PORT,
};

/**
 * xosh_nl_fill_client() - put the attributes of an entry of the client table
 * @skb: message
 * @arg: struct xosh_client; under RCU, or a copy on the stack
 *
 * Return: 0 or -EMSGSIZE.
 */
int xosh_nl_fill_client(struct sk_buff *skb, const void *arg)
{
	const struct xosh_client *c = arg;
	u32 state = READ_ONCE(c->state);
	u32 life_ms = xosh_client_lifetime_s(state, READ_ONCE(c->vip->client_timeout_s)) * 1000;
	u32 idle_ms = jiffies_to_msecs(jiffies - READ_ONCE(c->seen));

	if (nla_put_in6_addr(skb, XOS_HANDOFF_A_CLIENT_VIP_ADDR, &c->vip->addr) ||
	    nla_put_u16(skb, XOS_HANDOFF_A_CLIENT_VIP_PORT, c->vip->port) ||
	    nla_put_in6_addr(skb, XOS_HANDOFF_A_CLIENT_ADDR, &c->key.addr))
		return -EMSGSIZE;
	if (c->key.client_port &&
	    (nla_put_u16(skb, XOS_HANDOFF_A_CLIENT_PORT, ntohs(c->key.client_port)) ||
	     nla_put_u16(skb, XOS_HANDOFF_A_CLIENT_SERVER_PORT, ntohs(c->key.port))))
		return -EMSGSIZE;
	if (nla_put_u32(skb, XOS_HANDOFF_A_CLIENT_MEMBER_ID, READ_ONCE(c->member_id)) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_CLIENT_STATE, state) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_CLIENT_IDLE_MS, idle_ms) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_CLIENT_EXPIRES_MS,
			life_ms > idle_ms ? life_ms - idle_ms : 0))
		return -EMSGSIZE;
	return 0;
}

/* The vip and key that a request names. */
static struct xosh_vip *client_key(const struct genl_info *info, struct xosh_client_key *key)
{
	struct xosh_vip *vip = xosh_nl_vip(info, client_vip_attrs);
	struct nlattr **a = info->attrs;
	__be16 client_port = 0;
	__be16 port = 0;

	if (IS_ERR(vip))
		return vip;
	if (xosh_nl_require(info, XOS_HANDOFF_A_CLIENT_ADDR, "the client's address is missing"))
		return ERR_PTR(-EINVAL);
	if (a[XOS_HANDOFF_A_CLIENT_PORT]) {
		client_port = htons(nla_get_u16(a[XOS_HANDOFF_A_CLIENT_PORT]));
		port = htons(vip->port);
		if (a[XOS_HANDOFF_A_CLIENT_SERVER_PORT])
			port = htons(nla_get_u16(a[XOS_HANDOFF_A_CLIENT_SERVER_PORT]));
		if (!port)
			return ERR_PTR(xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_PORT, -EINVAL,
						      "the server's port is missing"));
		if (vip->port && port != htons(vip->port))
			return ERR_PTR(xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_SERVER_PORT,
						      -EINVAL, "not the port of the vip"));
	} else if (a[XOS_HANDOFF_A_CLIENT_SERVER_PORT]) {
		return ERR_PTR(xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_SERVER_PORT, -EINVAL,
					      "the client's port is missing"));
	}
	xosh_client_key(key, vip, nla_data(a[XOS_HANDOFF_A_CLIENT_ADDR]), client_port, port);
	return vip;
}

int xosh_nl_client_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_net *xn = xosh_nl_net(info);
	struct xosh_client_key key;
	struct xosh_vip *vip;
	u32 id;
	int err;

	vip = client_key(info, &key);
	if (IS_ERR(vip))
		return PTR_ERR(vip);
	if (xosh_nl_require(info, XOS_HANDOFF_A_CLIENT_MEMBER_ID, "the member's number is missing"))
		return -EINVAL;
	id = nla_get_u32(info->attrs[XOS_HANDOFF_A_CLIENT_MEMBER_ID]);
	if (!xosh_member_find(vip, id))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_MEMBER_ID, -ENOENT,
				      "the vip has no such member");
	err = xosh_client_set(xn, vip, &key, id, XOS_HANDOFF_CLIENT_STATE_LIVE);
	if (err == -ENOSPC)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_ADDR, err,
				      "the client table is full");
	if (err)
		return xosh_nl_refuse(info, 0, err, "out of memory");
	xosh_event_client(xn, vip, &key, id);
	return 0;
}

int xosh_nl_client_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_client_key key;
	struct xosh_vip *vip;

	vip = client_key(info, &key);
	if (IS_ERR(vip))
		return PTR_ERR(vip);
	if (xosh_client_del(xosh_nl_net(info), &key))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_ADDR, -ENOENT,
				      "there is no such client");
	return 0;
}

int xosh_nl_client_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_client *found, copy;
	struct xosh_client_key key;
	struct xosh_vip *vip;

	vip = client_key(info, &key);
	if (IS_ERR(vip))
		return PTR_ERR(vip);
	rcu_read_lock();
	found = xosh_client_find(xosh_nl_net(info), &key);
	if (found)
		copy = *found;
	rcu_read_unlock();
	if (!found)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_CLIENT_ADDR, -ENOENT,
				      "there is no such client");
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_CLIENT_GET, xosh_nl_fill_client, &copy);
}

struct client_dump {
	struct sk_buff *skb;
	struct netlink_callback *cb;
};

static int client_dump_one(const struct xosh_client *c, void *arg)
{
	const struct client_dump *d = arg;

	if (!xosh_nl_dump_wants(d->cb, client_vip_attrs, c->vip))
		return 0;
	return xosh_nl_dump_one(d->skb, d->cb, XOS_HANDOFF_CMD_CLIENT_GET, xosh_nl_fill_client, c);
}

int xosh_nl_client_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct client_dump d = { .skb = skb, .cb = cb };
	struct xosh_net *xn = xosh_nl_dump_begin(cb);

	if (xn->clients)
		xosh_client_walk(xn, (unsigned long *)&cb->args[0], (unsigned long *)&cb->args[1],
				 client_dump_one, &d);
	xosh_nl_dump_end(xn);
	return skb->len;
}
