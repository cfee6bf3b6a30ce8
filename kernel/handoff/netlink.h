/* SPDX-License-Identifier: GPL-2.0-only */
/* Generic netlink: what the files that handle requests share. */
#ifndef _XOS_HANDOFF_NETLINK_H
#define _XOS_HANDOFF_NETLINK_H

#include <net/genetlink.h>

#include "netlink_gen.h"
#include "stats.h"

struct xosh_client;
struct xosh_gate;
struct xosh_member;
struct xosh_net;
struct xosh_tuple;
struct xosh_vip;

extern struct genl_family xosh_nl_family;

/**
 * struct xosh_nl_vip_attrs - attributes that name a vip
 * @addr: of the address
 * @port: of the port
 *
 * Each object numbers its attributes itself.
 */
struct xosh_nl_vip_attrs {
	int addr;
	int port;
};

int xosh_nl_require(const struct genl_info *info, int attr, const char *msg);
int xosh_nl_refuse(const struct genl_info *info, int attr, int err, const char *msg);
struct xosh_vip *xosh_nl_vip(const struct genl_info *info, struct xosh_nl_vip_attrs attrs);
int xosh_nl_put_counters(struct sk_buff *skb, int nest, int pad,
			 const struct xosh_counters __percpu *c, unsigned int n);
int xosh_nl_reply(struct genl_info *info, u8 cmd, int (*fill)(struct sk_buff *skb, const void *arg),
		  const void *arg);
struct xosh_net *xosh_nl_dump_begin(struct netlink_callback *cb);
void xosh_nl_dump_end(struct xosh_net *xn);
int xosh_nl_dump_one(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		     int (*fill)(struct sk_buff *skb, const void *arg), const void *arg);
bool xosh_nl_dump_wants(struct netlink_callback *cb, struct xosh_nl_vip_attrs attrs,
			const struct xosh_vip *vip);

/**
 * struct xosh_nl_member_arg - argument of xosh_nl_fill_member()
 * @vip: the vip
 * @m: a member of it
 */
struct xosh_nl_member_arg {
	const struct xosh_vip *vip;
	const struct xosh_member *m;
};

int xosh_nl_fill_vip(struct sk_buff *skb, const void *arg);
int xosh_nl_fill_member(struct sk_buff *skb, const void *arg);
int xosh_nl_fill_client(struct sk_buff *skb, const void *arg);
int xosh_nl_fill_gate(struct sk_buff *skb, const void *arg);

int xosh_nl_init(void);
void xosh_nl_exit(void);

/**
 * xosh_nl_net() - state of the network namespace of a request, locked
 * @info: the request
 *
 * Return: the state; xosh_net.lock is held until the request has been handled.
 */
static inline struct xosh_net *xosh_nl_net(const struct genl_info *info)
{
	return info->user_ptr[0];
}

#endif /* _XOS_HANDOFF_NETLINK_H */
