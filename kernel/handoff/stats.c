// SPDX-License-Identifier: GPL-2.0-only
#include "stats.h"

#include <linux/build_bug.h>
#include <linux/cpumask.h>
#include <linux/skbuff.h>

#include "net.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static_assert((int)XOSH_STATS_N <= XOSH_COUNTERS_MAX);
static_assert((int)XOSH_VIP_STATS_N <= XOSH_COUNTERS_MAX);
static_assert((int)XOSH_MEMBER_STATS_N <= XOSH_COUNTERS_MAX);

/**
 * xosh_counters_sum() - value of a counter over all CPUs
 * @c: counters
 * @i: which one
 *
 * Return: the sum; other CPUs may be counting on meanwhile.
 */
u64 xosh_counters_sum(const struct xosh_counters __percpu *c, unsigned int i)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(c, cpu)->v[i]);
	return sum;
}

/**
 * xosh_drop() - drop a packet for a reason
 * @xn: network namespace
 * @skb: the packet, freed
 * @reason: one of XOSH_DROP_*
 */
void xosh_drop(struct xosh_net *xn, struct sk_buff *skb, enum xosh_stat reason)
{
	xosh_count(xn->counters, reason, 1);
	trace_xosh_drop(skb, reason);
	kfree_skb(skb);
}
