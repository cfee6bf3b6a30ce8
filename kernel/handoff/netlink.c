// SPDX-License-Identifier: GPL-2.0-only
#include "netlink.h"

#include <linux/netlink.h>
#include <linux/notifier.h>
#include <net/sock.h>

#include "net.h"
#include "vip.h"

/* Each change carries the generation in the attribute of this number. */
#define NL_GENERATION 1

static_assert(XOS_HANDOFF_A_WRITER_GENERATION == NL_GENERATION);
static_assert(XOS_HANDOFF_A_VIP_GENERATION == NL_GENERATION);
static_assert(XOS_HANDOFF_A_MEMBER_GENERATION == NL_GENERATION);
static_assert(XOS_HANDOFF_A_CLIENT_GENERATION == NL_GENERATION);
static_assert(XOS_HANDOFF_A_GATE_GENERATION == NL_GENERATION);
static_assert(XOS_HANDOFF_A_SOCK_GENERATION == NL_GENERATION);

/**
 * xosh_nl_refuse() - refuse a request
 * @info: the request
 * @attr: the attribute at fault; 0 for none
 * @err: negative error
 * @msg: why, a string constant
 *
 * A message that was set already stays.
 *
 * Return: @err.
 */
int xosh_nl_refuse(const struct genl_info *info, int attr, int err, const char *msg)
{
	if (!info->extack)
		return err;
	if (!info->extack->_msg)
		info->extack->_msg = msg;
	if (attr && info->attrs[attr])
		NL_SET_BAD_ATTR(info->extack, info->attrs[attr]);
	return err;
}

/**
 * xosh_nl_require() - refuse a request that lacks an attribute
 * @info: the request
 * @attr: number of the attribute
 * @msg: what is missing, a string constant
 *
 * Return: 0, or -EINVAL when it is missing.
 */
int xosh_nl_require(const struct genl_info *info, int attr, const char *msg)
{
	if (!NL_REQ_ATTR_CHECK(info->extack, NULL, info->attrs, attr))
		return 0;
	return xosh_nl_refuse(info, 0, -EINVAL, msg);
}

static int nl_check_writer(const struct xosh_writer *w, const struct genl_info *info)
{
	u64 generation;

	if (xosh_nl_require(info, NL_GENERATION, "the writer's generation is missing"))
		return -EINVAL;
	generation = nla_get_u64(info->attrs[NL_GENERATION]);
	if (!w->generation)
		return xosh_nl_refuse(info, NL_GENERATION, -EPERM,
				      "no writer has claimed a generation");
	if (generation < w->generation)
		return xosh_nl_refuse(info, NL_GENERATION, -ESTALE,
				      "a writer with a later generation has taken over");
	if (generation > w->generation)
		return xosh_nl_refuse(info, NL_GENERATION, -EINVAL,
				      "this generation has not been claimed");
	return 0;
}

/* Requests of a network namespace are handled one at a time. */
static int nl_pre_doit(const struct genl_ops *ops, struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_net *xn = xosh_net_get(genl_info_net(info));
	int err = 0;

	mutex_lock(&xn->lock);
	if (ops->flags & GENL_ADMIN_PERM && ops->cmd != XOS_HANDOFF_CMD_WRITER_CLAIM) {
		err = nl_check_writer(&xn->writer, info);
		xn->seq++;
	}
	if (err)
		mutex_unlock(&xn->lock);
	info->user_ptr[0] = xn;
	return err;
}

static void nl_post_doit(const struct genl_ops *ops, struct sk_buff *skb, struct genl_info *info)
{
	mutex_unlock(&xosh_nl_net(info)->lock);
}

struct genl_family xosh_nl_family __ro_after_init = {
	XOSH_NL_FAMILY_INIT,
	.parallel_ops = true,
	.pre_doit = nl_pre_doit,
	.post_doit = nl_post_doit,
};

/* The socket of the writer was closed; what it wrote stays. */
static int nl_release(struct notifier_block *nb, unsigned long action, void *data)
{
	const struct netlink_notify *n = data;
	struct xosh_writer *w;

	if (action != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC || !n->portid)
		return NOTIFY_DONE;
	w = &xosh_net_get(n->net)->writer;
	if (READ_ONCE(w->portid) == n->portid)
		WRITE_ONCE(w->alive, false);
	return NOTIFY_DONE;
}

static struct notifier_block nl_notifier = {
	.notifier_call = nl_release,
};

/**
 * xosh_nl_init() - register the family
 *
 * Return: 0 or a negative error.
 */
int __init xosh_nl_init(void)
{
	int err;

	err = netlink_register_notifier(&nl_notifier);
	if (err)
		return err;
	err = genl_register_family(&xosh_nl_family);
	if (err)
		netlink_unregister_notifier(&nl_notifier);
	return err;
}

/**
 * xosh_nl_exit() - unregister the family
 *
 * Returns when no request is being handled any more.
 */
void xosh_nl_exit(void)
{
	genl_unregister_family(&xosh_nl_family);
	netlink_unregister_notifier(&nl_notifier);
}

/**
 * xosh_nl_vip() - the vip that a request names
 * @info: the request
 * @attrs: where it does
 *
 * Return: the vip, or ERR_PTR: -EINVAL, -ENOENT.
 */
struct xosh_vip *xosh_nl_vip(const struct genl_info *info, struct xosh_nl_vip_attrs attrs)
{
	struct xosh_vip *vip;
	u16 port = 0;

	if (xosh_nl_require(info, attrs.addr, "the vip's address is missing"))
		return ERR_PTR(-EINVAL);
	if (info->attrs[attrs.port])
		port = nla_get_u16(info->attrs[attrs.port]);
	vip = xosh_vip_find_exact(xosh_nl_net(info), nla_data(info->attrs[attrs.addr]), port);
	if (!vip)
		return ERR_PTR(xosh_nl_refuse(info, attrs.addr, -ENOENT, "there is no such vip"));
	return vip;
}

/**
 * xosh_nl_put_counters() - put a nest of counters
 * @skb: message
 * @nest: attribute of the nest
 * @pad: attribute for padding in it; the counters follow
 * @c: counters
 * @n: their number
 *
 * Return: 0 or -EMSGSIZE.
 */
int xosh_nl_put_counters(struct sk_buff *skb, int nest, int pad,
			 const struct xosh_counters __percpu *c, unsigned int n)
{
	struct nlattr *start = nla_nest_start(skb, nest);
	unsigned int i;

	if (!start)
		return -EMSGSIZE;
	for (i = 0; i < n; i++)
		if (nla_put_u64_64bit(skb, pad + 1 + i, xosh_counters_sum(c, i), pad))
			return -EMSGSIZE;
	nla_nest_end(skb, start);
	return 0;
}

/**
 * xosh_nl_reply() - answer a request with one message
 * @info: the request
 * @cmd: command of the answer
 * @fill: puts the attributes
 * @arg: for @fill
 *
 * Return: 0 or a negative error.
 */
int xosh_nl_reply(struct genl_info *info, u8 cmd, int (*fill)(struct sk_buff *skb, const void *arg),
		  const void *arg)
{
	struct sk_buff *msg;
	void *head;

	msg = genlmsg_new(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!msg)
		return xosh_nl_refuse(info, 0, -ENOMEM, "out of memory");
	head = genlmsg_put_reply(msg, info, &xosh_nl_family, 0, cmd);
	if (!head || fill(msg, arg)) {
		nlmsg_free(msg);
		return xosh_nl_refuse(info, 0, -EMSGSIZE, "the answer does not fit");
	}
	genlmsg_end(msg, head);
	return genlmsg_reply(msg, info);
}

/**
 * xosh_nl_dump_begin() - begin a part of a dump
 * @cb: the dump
 *
 * Return: state of the network namespace, locked until xosh_nl_dump_end().
 */
struct xosh_net *xosh_nl_dump_begin(struct netlink_callback *cb)
{
	struct xosh_net *xn = xosh_net_get(sock_net(cb->skb->sk));

	mutex_lock(&xn->lock);
	cb->seq = xn->seq;
	return xn;
}

/**
 * xosh_nl_dump_end() - end a part of a dump
 * @xn: from xosh_nl_dump_begin()
 */
void xosh_nl_dump_end(struct xosh_net *xn)
{
	mutex_unlock(&xn->lock);
}

/**
 * xosh_nl_dump_one() - put one object of a dump
 * @skb: message
 * @cb: the dump
 * @cmd: command of the message
 * @fill: puts the attributes
 * @arg: for @fill
 *
 * Return: 0, or -EMSGSIZE when there is no room and nothing was put.
 */
int xosh_nl_dump_one(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		     int (*fill)(struct sk_buff *skb, const void *arg), const void *arg)
{
	void *head;

	head = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, &xosh_nl_family,
			   NLM_F_MULTI, cmd);
	if (!head)
		return -EMSGSIZE;
	genl_dump_check_consistent(cb, head);
	if (fill(skb, arg)) {
		genlmsg_cancel(skb, head);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, head);
	return 0;
}

/**
 * xosh_nl_dump_wants() - is a dump about a vip
 * @cb: the dump
 * @attrs: where its request names a vip
 * @vip: a vip
 *
 * Return: true when the request names @vip or none.
 */
bool xosh_nl_dump_wants(struct netlink_callback *cb, struct xosh_nl_vip_attrs attrs,
			const struct xosh_vip *vip)
{
	struct nlattr **a = genl_dumpit_info(cb)->attrs;

	if (a[attrs.addr] && memcmp(nla_data(a[attrs.addr]), &vip->addr, sizeof(vip->addr)))
		return false;
	return !a[attrs.port] || nla_get_u16(a[attrs.port]) == vip->port;
}

static int nl_fill_writer(struct sk_buff *skb, const void *arg)
{
	const struct xosh_writer *w = arg;

	if (nla_put_u64_64bit(skb, XOS_HANDOFF_A_WRITER_GENERATION, w->generation,
			      XOS_HANDOFF_A_WRITER_PAD) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_WRITER_PORT_ID, READ_ONCE(w->portid)))
		return -EMSGSIZE;
	if (READ_ONCE(w->alive) && nla_put_flag(skb, XOS_HANDOFF_A_WRITER_ALIVE))
		return -EMSGSIZE;
	return 0;
}

int xosh_nl_writer_claim_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *attr = info->attrs[XOS_HANDOFF_A_WRITER_GENERATION];
	struct xosh_writer *w = &xosh_nl_net(info)->writer;
	u64 generation = w->generation + 1;

	if (attr)
		generation = nla_get_u64(attr);
	if (generation <= w->generation)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_WRITER_GENERATION, -ESTALE,
				      "a writer with this or a later generation has claimed");
	if (READ_ONCE(w->alive) && w->portid != info->snd_portid &&
	    !nla_get_flag(info->attrs[XOS_HANDOFF_A_WRITER_FORCE]))
		return xosh_nl_refuse(info, 0, -EBUSY,
				      "another writer is alive; claim with force to replace it");
	w->generation = generation;
	WRITE_ONCE(w->portid, info->snd_portid);
	WRITE_ONCE(w->alive, true);
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_WRITER_CLAIM, nl_fill_writer, w);
}

int xosh_nl_writer_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_WRITER_GET, nl_fill_writer,
			     &xosh_nl_net(info)->writer);
}
