/* SPDX-License-Identifier: GPL-2.0-only */
/* Gates: what happens to the packets of one connection while it moves. */
#ifndef _XOS_HANDOFF_GATE_H
#define _XOS_HANDOFF_GATE_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

#include "packet.h"

struct netlink_ext_ack;
struct nf_hook_state;
struct xosh_member;
struct xosh_net;
struct xosh_vip;

#define XOSH_GATE_BUCKETS 4096

/* Counters of a gate; the order of the netlink attributes. */
enum xosh_gate_stat {
	XOSH_GATE_HELD,
	XOSH_GATE_RELEASED,
	XOSH_GATE_DIVERTED,
	XOSH_GATE_DROPPED_IN,
	XOSH_GATE_DROPPED_OUT,
	XOSH_GATE_OVERFLOW,
	XOSH_GATE_STATS_N,
};

/**
 * struct xosh_gate - the gate of a connection
 * @node: in its bucket; changed under xosh_net.lock, RCU for readers
 * @tuple: the connection
 * @vip: its vip, which outlives the gate
 * @lock: for @queue, @held_bytes and the end of holding; taken in softirq
 * @in: enum xos_handoff_gate_in; written under xosh_net.lock and @lock
 * @out: enum xos_handoff_gate_out; written under xosh_net.lock
 * @member: where packets go when @in is divert; written before @in
 * @queue: packets held, in the order of arrival; their dev is not valid
 * @held_bytes: memory that these take
 * @stats: enum xosh_gate_stat
 * @rcu: for freeing
 *
 * @in stays at hold until the queue has been emptied, so that what arrives
 * meanwhile lines up behind.
 */
struct xosh_gate {
	struct hlist_node node;
	struct xosh_tuple tuple;
	struct xosh_vip *vip;
	spinlock_t lock;
	u32 in;
	u32 out;
	struct xosh_member *member;
	struct sk_buff_head queue;
	unsigned int held_bytes;
	atomic64_t stats[XOSH_GATE_STATS_N];
	struct rcu_head rcu;
};

/**
 * struct xosh_gate_change - what a writer wants
 * @in: enum xos_handoff_gate_in
 * @out: enum xos_handoff_gate_out
 * @member_id: for divert
 * @has_in: @in is given
 * @has_out: @out is given
 * @has_member_id: @member_id is given
 */
struct xosh_gate_change {
	u32 in;
	u32 out;
	u32 member_id;
	bool has_in;
	bool has_out;
	bool has_member_id;
};

int xosh_gate_setup(struct xosh_net *xn);
void xosh_gate_teardown(struct xosh_net *xn);
void xosh_gate_purge(struct xosh_net *xn);

struct xosh_gate *xosh_gate_find(const struct xosh_net *xn, const struct xosh_tuple *tuple);
int xosh_gate_set(struct xosh_net *xn, const struct xosh_tuple *tuple,
		  const struct xosh_gate_change *to, struct netlink_ext_ack *extack);
int xosh_gate_del(struct xosh_net *xn, struct xosh_gate *g, struct netlink_ext_ack *extack);

bool xosh_gate_in(struct xosh_net *xn, struct sk_buff *skb, const struct xosh_tuple *tuple,
		  const struct nf_hook_state *state);
bool xosh_gate_out(struct xosh_net *xn, const struct xosh_tuple *tuple);

#endif /* _XOS_HANDOFF_GATE_H */
