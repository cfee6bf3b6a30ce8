/* SPDX-License-Identifier: GPL-2.0-only */
/* Members of a vip, and the snapshot of them that packets see. */
#ifndef _XOS_HANDOFF_MEMBER_H
#define _XOS_HANDOFF_MEMBER_H

#include <linux/in6.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <net/dst_cache.h>

#include <linux/xos_handoff.h>

#include "maglev.h"
#include "stats.h"

struct netlink_ext_ack;
struct xosh_net;
struct xosh_vip;

#define XOSH_SET_BUCKETS 256
#define XOSH_SET_NONE	 0xff

static_assert(XOS_HANDOFF_MEMBER_MAX < XOSH_SET_NONE);
static_assert(XOS_HANDOFF_MEMBER_MAX * 2 <= XOSH_SET_BUCKETS);

/**
 * struct xosh_member - a server of a vip
 * @node: in xosh_vip.members; under xosh_net.lock
 * @id: number in the group
 * @care_of: its own address; never changes
 * @weight: share of new clients; under xosh_net.lock
 * @state: enum xos_handoff_member_state; written under xosh_net.lock
 * @local: it is this network namespace
 * @slots: slots in the table of new clients; under xosh_net.lock
 * @gates_n: gates that divert to it; under xosh_net.lock
 * @counters: enum xosh_member_stat
 * @dst_cache: route to it
 */
struct xosh_member {
	struct list_head node;
	u32 id;
	struct in6_addr care_of;
	u32 weight;
	u32 state;
	bool local;
	u32 slots;
	unsigned int gates_n;
	struct xosh_counters __percpu *counters;
	struct dst_cache dst_cache;
};

/**
 * struct xosh_set - the members of a vip as packets see them
 * @rcu: for freeing
 * @n: members
 * @local: the one that is this namespace, or NULL
 * @by_id: index of a member by its id, open addressing
 * @by_addr: the same by care-of address
 * @table: index of the member of a new client (maglev.h)
 * @previous: the same before the latest change of @table
 * @changed: when that was, in jiffies
 * @seed: hash key that @table was made with
 * @member: the members
 *
 * Immutable; replaced whole under xosh_net.lock.
 */
struct xosh_set {
	struct rcu_head rcu;
	unsigned int n;
	struct xosh_member *local;
	u8 by_id[XOSH_SET_BUCKETS];
	u8 by_addr[XOSH_SET_BUCKETS];
	u8 table[XOSH_MAGLEV_SIZE];
	u8 previous[XOSH_MAGLEV_SIZE];
	unsigned long changed;
	siphash_key_t seed;
	struct xosh_member *member[];
};

struct xosh_member *xosh_set_find(const struct xosh_set *set, u32 id);
struct xosh_member *xosh_set_find_addr(const struct xosh_set *set, const struct in6_addr *addr);
struct xosh_member *xosh_set_choose(const struct xosh_set *set, const struct in6_addr *client);
struct xosh_member *xosh_set_choose_other(const struct xosh_set *set,
					  const struct in6_addr *client);
int xosh_set_rebuild(struct xosh_vip *vip);

struct xosh_member *xosh_member_find(const struct xosh_vip *vip, u32 id);
int xosh_member_add(struct xosh_vip *vip, const struct xosh_member *init,
		    struct netlink_ext_ack *extack);
int xosh_member_change(struct xosh_vip *vip, struct xosh_member *m, u32 weight, u32 state);
int xosh_member_del(struct xosh_vip *vip, struct xosh_member *m, struct netlink_ext_ack *extack);
void xosh_member_purge(struct xosh_vip *vip);

#endif /* _XOS_HANDOFF_MEMBER_H */
