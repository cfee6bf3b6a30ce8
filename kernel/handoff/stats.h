/* SPDX-License-Identifier: GPL-2.0-only */
/* Per-CPU counters, and the reasons for which a packet is dropped. */
#ifndef _XOS_HANDOFF_STATS_H
#define _XOS_HANDOFF_STATS_H

#include <linux/percpu.h>
#include <linux/types.h>

struct sk_buff;
struct xosh_net;

/* Counters of a network namespace; the order of the netlink attributes. */
enum xosh_stat {
	XOSH_STAT_TUNNELLED,
	XOSH_STAT_UNTUNNELLED,
	XOSH_DROP_SOURCE,
	XOSH_DROP_MALFORMED,
	XOSH_DROP_MARTIAN,
	XOSH_DROP_NO_MEMBER,
	XOSH_DROP_NO_LOCAL,
	XOSH_DROP_NO_ROUTE,
	XOSH_DROP_TOO_BIG,
	XOSH_DROP_HOP_LIMIT,
	XOSH_DROP_MEMORY,
	XOSH_DROP_GATE,
	XOSH_DROP_OVERFLOW,
	XOSH_STAT_GATE_FULL,
	XOSH_STAT_EVENT_LOST,
	XOSH_STAT_OPTIONED,
	XOSH_STAT_ROUTED,
	XOSH_STAT_RELAYED,
	XOSH_STAT_TRANSLATED,
	XOSH_DROP_ROUTED,
	XOSH_STAT_BINDING_FULL,
	XOSH_STAT_PASSED_ON,
	XOSH_STATS_N,
};

/* Counters of a vip; the order of the netlink attributes. */
enum xosh_vip_stat {
	XOSH_VIP_STEERED_PACKETS,
	XOSH_VIP_STEERED_BYTES,
	XOSH_VIP_LOCAL_PACKETS,
	XOSH_VIP_CLIENT_NEW,
	XOSH_VIP_CLIENT_REMAPPED,
	XOSH_VIP_CLIENT_FULL,
	XOSH_VIP_CONN_PINNED,
	XOSH_VIP_CONN_UNPINNED,
	XOSH_VIP_ICMP_STEERED,
	XOSH_VIP_STATS_N,
};

/* Counters of a member; the order of the netlink attributes. */
enum xosh_member_stat {
	XOSH_MEMBER_TX_PACKETS,
	XOSH_MEMBER_TX_BYTES,
	XOSH_MEMBER_TX_DROPPED,
	XOSH_MEMBER_RX_PACKETS,
	XOSH_MEMBER_RX_BYTES,
	XOSH_MEMBER_CONN_NEW,
	XOSH_MEMBER_STATS_N,
};

#define XOSH_COUNTERS_MAX 24

/**
 * struct xosh_counters - a set of counters, one copy on each CPU
 * @v: values, indexed by one of the enumerations above
 */
struct xosh_counters {
	u64 v[XOSH_COUNTERS_MAX];
};

/**
 * xosh_count() - add to a counter
 * @c: counters
 * @i: which one
 * @n: how much
 *
 * Any context; 64-bit machines only (Kconfig says so).
 */
static inline void xosh_count(struct xosh_counters __percpu *c, unsigned int i, u64 n)
{
	this_cpu_add(c->v[i], n);
}

void xosh_drop(struct xosh_net *xn, struct sk_buff *skb, enum xosh_stat reason);
u64 xosh_counters_sum(const struct xosh_counters __percpu *c, unsigned int i);

#endif /* _XOS_HANDOFF_STATS_H */
