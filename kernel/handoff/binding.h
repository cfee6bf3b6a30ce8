/* SPDX-License-Identifier: GPL-2.0-only */
/* Bindings: clients that accept segments of a vip from this member's own address. */
#ifndef _XOS_HANDOFF_BINDING_H
#define _XOS_HANDOFF_BINDING_H

#include <linux/atomic.h>
#include <linux/in6.h>
#include <linux/list.h>
#include <linux/rcupdate.h>

struct netlink_ext_ack;
struct sk_buff;
struct xosh_net;
struct xosh_tuple;
struct xosh_vip;

#define XOSH_BINDING_BUCKETS 4096
#define XOSH_BINDING_FLOWS   64

/* Counters of a binding; the order of the netlink attributes. */
enum xosh_binding_stat {
	XOSH_BINDING_SENT,
	XOSH_BINDING_PLAIN,
	XOSH_BINDING_PLAIN_SIZE,
	XOSH_BINDING_RECEIVED,
	XOSH_BINDING_STATS_N,
};

/**
 * struct xosh_binding_key - what a binding is for
 * @addr: address of the vip, the home address
 * @client: address of the client, the correspondent node
 *
 * Has no padding: it is hashed and compared as bytes.
 */
struct xosh_binding_key {
	struct in6_addr addr;
	struct in6_addr client;
};

/**
 * struct xosh_binding - a binding
 * @node: in its bucket; changed under xosh_net.lock, RCU for readers
 * @key: what it is for
 * @vip: a vip of that address, which outlives the binding
 * @expires: jiffies from which on it is as if there was none; written under xosh_net.lock
 * @flows: connections in which the client uses the new path, by their ports; each has
 *	one place, and one that lost it to another is served from the vip
 * @stats: enum xosh_binding_stat
 * @rcu: for freeing
 */
struct xosh_binding {
	struct hlist_node node;
	struct xosh_binding_key key;
	struct xosh_vip *vip;
	unsigned long expires;
	u32 flows[XOSH_BINDING_FLOWS];
	atomic64_t stats[XOSH_BINDING_STATS_N];
	struct rcu_head rcu;
};

int xosh_binding_setup(struct xosh_net *xn);
void xosh_binding_teardown(struct xosh_net *xn);
void xosh_binding_purge(struct xosh_net *xn);

struct xosh_binding *xosh_binding_find(const struct xosh_net *xn,
				       const struct xosh_binding_key *key);
int xosh_binding_set(struct xosh_net *xn, struct xosh_vip *vip, const struct in6_addr *client,
		     u32 lifetime_ms, struct netlink_ext_ack *extack);
void xosh_binding_del(struct xosh_net *xn, struct xosh_binding *b);

void xosh_binding_in(struct xosh_net *xn, const struct xosh_tuple *tuple, bool routed);
void xosh_binding_out(struct xosh_net *xn, struct sk_buff *skb, const struct xosh_tuple *tuple);

#endif /* _XOS_HANDOFF_BINDING_H */
