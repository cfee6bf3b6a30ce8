/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses of distributed servers that this network namespace takes part in. */
#ifndef _XOS_HANDOFF_VIP_H
#define _XOS_HANDOFF_VIP_H

#include <linux/in6.h>
#include <linux/list.h>
#include <linux/siphash.h>
#include <linux/types.h>

#include "stats.h"

struct netlink_ext_ack;
struct xosh_net;
struct xosh_set;

#define XOSH_CLIENT_TIMEOUT_DEFAULT_S 7440

/**
 * struct xosh_vip - a distributed server's address, seen from this namespace
 * @node: in xosh_net.vips
 * @id: number in this namespace, never used twice
 * @addr: the address
 * @port: TCP port in host byte order; 0 for all
 * @flags: XOS_HANDOFF_VIP_FLAGS_*; changed under xosh_net.lock, read anywhere
 * @client_timeout_s: after which an idle client is forgotten; like @flags
 * @seed: hash key of the group; changed under xosh_net.lock, which rebuilds @set
 * @members: struct xosh_member, ordered by care-of address; under xosh_net.lock
 * @set: snapshot of the members that packets see; RCU
 * @clients_n: entries in the client table
 * @gates_n: gates; under xosh_net.lock
 * @bindings_n: bindings; under xosh_net.lock
 * @contact_id: number of the member that is the contact node, or 0; like @flags
 * @counters: enum xosh_vip_stat
 *
 * Made and freed under xosh_net.lock; freed after a grace period and when
 * nothing in the client table, no gate and no binding points here any more.
 */
struct xosh_vip {
	struct hlist_node node;
	u32 id;
	struct in6_addr addr;
	u16 port;
	u32 flags;
	u32 client_timeout_s;
	siphash_key_t seed;
	struct list_head members;
	struct xosh_set __rcu *set;
	atomic_t clients_n;
	unsigned int gates_n;
	unsigned int bindings_n;
	u32 contact_id;
	struct xosh_counters __percpu *counters;
};

struct xosh_vip *xosh_vip_find(const struct xosh_net *xn, const struct in6_addr *addr, u16 port);
struct xosh_vip *xosh_vip_find_exact(const struct xosh_net *xn, const struct in6_addr *addr,
				     u16 port);
struct xosh_vip *xosh_vip_find_addr(const struct xosh_net *xn, const struct in6_addr *addr);
struct xosh_vip *xosh_vip_add(struct xosh_net *xn, const struct in6_addr *addr, u16 port,
			      struct netlink_ext_ack *extack);
int xosh_vip_del(struct xosh_net *xn, struct xosh_vip *vip, struct netlink_ext_ack *extack);
void xosh_vip_purge(struct xosh_net *xn);

#endif /* _XOS_HANDOFF_VIP_H */
