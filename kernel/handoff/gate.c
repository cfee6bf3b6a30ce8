// SPDX-License-Identifier: GPL-2.0-only
#include "gate.h"

#include <linux/log2.h>
#include <linux/moduleparam.h>
#include <linux/netfilter.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/genetlink.h>

#include <linux/xos_handoff.h>

#include "event.h"
#include "hook.h"
#include "member.h"
#include "net.h"
#include "pin.h"
#include "trace.h"
#include "tunnel.h"
#include "vip.h"

/* Times that a queue is emptied and found filled again before newcomers are dropped. */
#define GATE_FLUSH_ROUNDS_MAX 4096

static unsigned int gates_max = 65536;
module_param(gates_max, uint, 0644);
MODULE_PARM_DESC(gates_max, "Gates in a network namespace");

static unsigned int hold_packets_max = 1024;
module_param(hold_packets_max, uint, 0644);
MODULE_PARM_DESC(hold_packets_max, "Packets in the queue of a gate");

static unsigned int hold_bytes_max = 4 << 20;
module_param(hold_bytes_max, uint, 0644);
MODULE_PARM_DESC(hold_bytes_max, "Bytes of memory that the queue of a gate takes");

static unsigned int hold_bytes_all_max = 64 << 20;
module_param(hold_bytes_all_max, uint, 0644);
MODULE_PARM_DESC(hold_bytes_all_max, "Bytes of memory that all queues of a namespace take");

static struct hlist_head *gate_bucket(const struct xosh_net *xn, const struct xosh_tuple *tuple)
{
	return &xn->gates[siphash(tuple, sizeof(*tuple), &xn->hash_key) % XOSH_GATE_BUCKETS];
}

static void gate_count(struct xosh_gate *g, enum xosh_gate_stat i)
{
	atomic64_inc(&g->stats[i]);
}

/**
 * xosh_gate_setup() - make the table
 * @xn: network namespace; its lock is held
 *
 * Return: 0 or -ENOMEM.
 */
int xosh_gate_setup(struct xosh_net *xn)
{
	BUILD_BUG_ON(sizeof(struct xosh_tuple) != 36);
	xn->gates = kvcalloc(XOSH_GATE_BUCKETS, sizeof(*xn->gates), GFP_KERNEL);
	return xn->gates ? 0 : -ENOMEM;
}

/**
 * xosh_gate_teardown() - free the table
 * @xn: network namespace; its lock is held, no gate is left
 */
void xosh_gate_teardown(struct xosh_net *xn)
{
	kvfree(xn->gates);
	xn->gates = NULL;
}

/**
 * xosh_gate_find() - the gate of a connection
 * @xn: network namespace with a table
 * @tuple: the connection
 *
 * Under RCU or xosh_net.lock.
 *
 * Return: the gate or NULL.
 */
struct xosh_gate *xosh_gate_find(const struct xosh_net *xn, const struct xosh_tuple *tuple)
{
	struct xosh_gate *g;

	hlist_for_each_entry_rcu(g, gate_bucket(xn, tuple), node, lockdep_is_held(&xn->lock))
		if (!memcmp(&g->tuple, tuple, sizeof(*tuple)))
			return g;
	return NULL;
}

/* Account for packets that enter (n > 0) or leave the queue. Under the gate's lock. */
static void gate_account(struct xosh_net *xn, struct xosh_gate *g, int packets, int bytes)
{
	g->held_bytes += bytes;
	atomic_add(packets, &xn->held_packets);
	atomic_add(bytes, &xn->held_bytes);
}

static void gate_purge_queue(struct xosh_net *xn, struct xosh_gate *g, enum xosh_stat reason)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(&g->queue))) {
		gate_account(xn, g, -1, -(int)skb->truesize);
		gate_count(g, XOSH_GATE_DROPPED_IN);
		xosh_drop(xn, skb, reason);
	}
}

static bool gate_has_room(struct xosh_net *xn, const struct xosh_gate *g, const struct sk_buff *skb)
{
	return skb_queue_len(&g->queue) < READ_ONCE(hold_packets_max) &&
	       g->held_bytes + skb->truesize <= READ_ONCE(hold_bytes_max) &&
	       (unsigned int)atomic_read(&xn->held_bytes) + skb->truesize <=
		       READ_ONCE(hold_bytes_all_max);
}

/* Queue a packet if the gate still holds. */
static bool gate_hold(struct xosh_net *xn, struct xosh_gate *g, struct sk_buff *skb,
		      const struct nf_hook_state *state)
{
	bool overflow = false;
	bool holds;

	spin_lock_bh(&g->lock);
	holds = g->in == XOS_HANDOFF_GATE_IN_HOLD;
	if (holds) {
		overflow = !gate_has_room(xn, g, skb);
		if (!overflow) {
			gate_account(xn, g, 1, skb->truesize);
			gate_count(g, XOSH_GATE_HELD);
			xosh_hook_suspend(skb, state);
			__skb_queue_tail(&g->queue, skb);
		}
	}
	spin_unlock_bh(&g->lock);
	if (overflow) {
		gate_count(g, XOSH_GATE_OVERFLOW);
		if (is_power_of_2(atomic64_read(&g->stats[XOSH_GATE_OVERFLOW])))
			xosh_event_gate_overflow(xn, g);
		xosh_drop(xn, skb, XOSH_DROP_OVERFLOW);
	}
	return holds;
}

static void gate_divert(struct xosh_net *xn, struct xosh_gate *g, struct xosh_member *to,
			struct sk_buff *skb)
{
	gate_count(g, XOSH_GATE_DIVERTED);
	xosh_tunnel_xmit(xn, rcu_dereference(g->vip->set), to, skb, true);
}

/**
 * xosh_gate_in() - pass a packet that arrived through the gate of its connection
 * @xn: network namespace
 * @skb: the packet
 * @tuple: its connection
 * @state: of the hook that it came by
 *
 * Under RCU in softirq.
 *
 * Return: true to deliver the packet here; false when it was taken.
 */
bool xosh_gate_in(struct xosh_net *xn, struct sk_buff *skb, const struct xosh_tuple *tuple,
		  const struct nf_hook_state *state)
{
	struct xosh_gate *g;

	if (!READ_ONCE(xn->gates_n))
		return true;
	g = xosh_gate_find(xn, tuple);
	if (!g)
		return true;
	for (;;) {
		/* Pairs with the release in gate_switch(). */
		switch (smp_load_acquire(&g->in)) {
		case XOS_HANDOFF_GATE_IN_LOCAL:
			return true;
		case XOS_HANDOFF_GATE_IN_DIVERT:
			gate_divert(xn, g, READ_ONCE(g->member), skb);
			return false;
		case XOS_HANDOFF_GATE_IN_HOLD:
			if (gate_hold(xn, g, skb, state))
				return false;
			/* The queue has just been emptied: look again. */
			break;
		default:
			gate_count(g, XOSH_GATE_DROPPED_IN);
			xosh_drop(xn, skb, XOSH_DROP_GATE);
			return false;
		}
	}
}

/**
 * xosh_gate_out() - may a segment that leaves pass
 * @xn: network namespace
 * @tuple: its connection
 *
 * Any context under RCU.
 *
 * Return: true when it may; false, and counted, when it is to be dropped.
 */
bool xosh_gate_out(struct xosh_net *xn, const struct xosh_tuple *tuple)
{
	struct xosh_gate *g = xosh_gate_find(xn, tuple);

	if (!g || READ_ONCE(g->out) == XOS_HANDOFF_GATE_OUT_PASS)
		return true;
	gate_count(g, XOSH_GATE_DROPPED_OUT);
	xosh_count(xn->counters, XOSH_DROP_GATE, 1);
	return false;
}

/* Change the state for arriving packets. Under the gate's lock. */
static void gate_switch(struct xosh_gate *g, u32 in, struct xosh_member *member)
{
	if (member)
		WRITE_ONCE(g->member, member);
	/* Who sees divert sees the member. */
	smp_store_release(&g->in, in);
}

/* Send one packet of the queue where the gate is going to lead. */
static void gate_release(struct xosh_net *xn, struct xosh_gate *g, struct sk_buff *skb, u32 in,
			 struct xosh_member *member)
{
	local_bh_disable();
	rcu_read_lock();
	if (!xosh_hook_restore(xn->net, skb)) {
		gate_count(g, XOSH_GATE_DROPPED_IN);
		xosh_drop(xn, skb, XOSH_DROP_NO_ROUTE);
	} else if (in == XOS_HANDOFF_GATE_IN_DIVERT) {
		gate_divert(xn, g, member, skb);
	} else {
		gate_count(g, XOSH_GATE_RELEASED);
		xosh_hook_resume(xn->net, skb);
	}
	rcu_read_unlock();
	local_bh_enable();
}

/*
 * Go on from hold. Packets that arrive while the queue is emptied line up in it;
 * the gate changes, under its lock, when there is none left. As packets are
 * delivered here one after the other, none overtakes another.
 */
static void gate_flush(struct xosh_net *xn, struct xosh_gate *g, u32 in, struct xosh_member *member)
{
	struct sk_buff_head batch;
	struct sk_buff *skb;
	unsigned int i;

	__skb_queue_head_init(&batch);
	for (i = 0; i < GATE_FLUSH_ROUNDS_MAX; i++) {
		spin_lock_bh(&g->lock);
		if (skb_queue_empty(&g->queue)) {
			gate_switch(g, in, member);
			spin_unlock_bh(&g->lock);
			return;
		}
		gate_account(xn, g, -(int)skb_queue_len(&g->queue), -(int)g->held_bytes);
		skb_queue_splice_init(&g->queue, &batch);
		spin_unlock_bh(&g->lock);
		while ((skb = __skb_dequeue(&batch)))
			gate_release(xn, g, skb, in, member);
		cond_resched();
	}
	spin_lock_bh(&g->lock);
	gate_purge_queue(xn, g, XOSH_DROP_OVERFLOW);
	gate_switch(g, in, member);
	spin_unlock_bh(&g->lock);
}

static void gate_change_in(struct xosh_net *xn, struct xosh_gate *g, u32 in,
			   struct xosh_member *member)
{
	if (member)
		member->gates_n++;
	if (g->in == XOS_HANDOFF_GATE_IN_DIVERT)
		g->member->gates_n--;
	if (g->in == XOS_HANDOFF_GATE_IN_HOLD &&
	    (in == XOS_HANDOFF_GATE_IN_LOCAL || in == XOS_HANDOFF_GATE_IN_DIVERT)) {
		gate_flush(xn, g, in, member);
		return;
	}
	spin_lock_bh(&g->lock);
	if (in == XOS_HANDOFF_GATE_IN_DROP)
		gate_purge_queue(xn, g, XOSH_DROP_GATE);
	gate_switch(g, in, member);
	spin_unlock_bh(&g->lock);
}

static struct xosh_gate *gate_add(struct xosh_net *xn, struct xosh_vip *vip,
				  const struct xosh_tuple *tuple, struct netlink_ext_ack *extack)
{
	struct xosh_gate *g;

	if (xn->gates_n >= READ_ONCE(gates_max)) {
		xosh_count(xn->counters, XOSH_STAT_GATE_FULL, 1);
		NL_SET_ERR_MSG_MOD(extack, "too many gates");
		return ERR_PTR(-ENOSPC);
	}
	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g) {
		NL_SET_ERR_MSG_MOD(extack, "out of memory");
		return ERR_PTR(-ENOMEM);
	}
	if (xosh_pin()) {
		kfree(g);
		NL_SET_ERR_MSG_MOD(extack, "the module is being removed");
		return ERR_PTR(-ENODEV);
	}
	g->tuple = *tuple;
	g->vip = vip;
	spin_lock_init(&g->lock);
	__skb_queue_head_init(&g->queue);
	WRITE_ONCE(xn->gates_n, xn->gates_n + 1);
	vip->gates_n++;
	hlist_add_head_rcu(&g->node, gate_bucket(xn, tuple));
	return g;
}

/* The member that a change names, or ERR_PTR; NULL when the gate will not divert. */
static struct xosh_member *gate_member(const struct xosh_vip *vip, const struct xosh_gate *g,
				       const struct xosh_gate_change *to,
				       struct netlink_ext_ack *extack)
{
	u32 in = to->has_in ? to->in : g ? g->in : XOS_HANDOFF_GATE_IN_LOCAL;
	struct xosh_member *m;

	if (in != XOS_HANDOFF_GATE_IN_DIVERT) {
		if (!to->has_member_id)
			return NULL;
		NL_SET_ERR_MSG_MOD(extack, "a member is only for a gate that diverts");
		return ERR_PTR(-EINVAL);
	}
	if (!to->has_member_id) {
		if (g && g->in == XOS_HANDOFF_GATE_IN_DIVERT)
			return g->member;
		NL_SET_ERR_MSG_MOD(extack, "a gate that diverts needs a member");
		return ERR_PTR(-EINVAL);
	}
	m = xosh_member_find(vip, to->member_id);
	if (!m) {
		NL_SET_ERR_MSG_MOD(extack, "the vip has no such member");
		return ERR_PTR(-ENOENT);
	}
	if (m->local) {
		NL_SET_ERR_MSG_MOD(extack, "a gate cannot divert to this node itself");
		return ERR_PTR(-EINVAL);
	}
	return m;
}

/**
 * xosh_gate_set() - make or change the gate of a connection
 * @xn: network namespace; its lock is held
 * @tuple: the connection
 * @to: what is to change
 * @extack: told why not
 *
 * Sleeps: when it returns no CPU treats a packet of the connection by the
 * former rule any more.
 *
 * Return: 0, -ENOENT without such a vip or member, -EINVAL, -ENOSPC, -ENOMEM,
 * -ENODEV when the module is being removed.
 */
int xosh_gate_set(struct xosh_net *xn, const struct xosh_tuple *tuple,
		  const struct xosh_gate_change *to, struct netlink_ext_ack *extack)
{
	struct xosh_member *member;
	struct xosh_vip *vip;
	struct xosh_gate *g;
	bool held;

	lockdep_assert_held(&xn->lock);
	vip = xosh_vip_find(xn, &tuple->addr, ntohs(tuple->port));
	if (!vip) {
		NL_SET_ERR_MSG_MOD(extack, "no vip has this address and port");
		return -ENOENT;
	}
	g = xosh_gate_find(xn, tuple);
	member = gate_member(vip, g, to, extack);
	if (IS_ERR(member))
		return PTR_ERR(member);
	if (!g)
		g = gate_add(xn, vip, tuple, extack);
	if (IS_ERR(g))
		return PTR_ERR(g);
	if (to->has_out)
		WRITE_ONCE(g->out, to->out);
	held = g->in == XOS_HANDOFF_GATE_IN_HOLD;
	if (to->has_in || member)
		gate_change_in(xn, g, to->has_in ? to->in : g->in, member);
	trace_xosh_gate(tuple, g->in, g->out, skb_queue_len(&g->queue));
	/*
	 * Whoever saw that the gate holds has looked again under its lock. For
	 * the rest somebody waits, with a connection that stands still.
	 */
	if (!held)
		synchronize_rcu_expedited();
	return 0;
}

static void gate_unlink(struct xosh_net *xn, struct xosh_gate *g)
{
	hlist_del_rcu(&g->node);
	WRITE_ONCE(xn->gates_n, xn->gates_n - 1);
	g->vip->gates_n--;
	if (g->in == XOS_HANDOFF_GATE_IN_DIVERT)
		g->member->gates_n--;
	xosh_unpin();
}

/**
 * xosh_gate_del() - remove a gate
 * @xn: network namespace; its lock is held
 * @g: the gate; freed on success
 * @extack: told why not
 *
 * Packets that are under way on other CPUs may still meet it.
 *
 * Return: 0, or -EBUSY while the gate holds.
 */
int xosh_gate_del(struct xosh_net *xn, struct xosh_gate *g, struct netlink_ext_ack *extack)
{
	lockdep_assert_held(&xn->lock);
	if (g->in == XOS_HANDOFF_GATE_IN_HOLD) {
		NL_SET_ERR_MSG_MOD(extack, "the gate holds packets back; change it first");
		return -EBUSY;
	}
	gate_unlink(xn, g);
	kfree_rcu(g, rcu);
	return 0;
}

/**
 * xosh_gate_purge() - remove all gates and what they hold
 * @xn: network namespace; its lock is held, no packet comes any more
 */
void xosh_gate_purge(struct xosh_net *xn)
{
	struct hlist_node *tmp;
	struct xosh_gate *g;
	unsigned int i;

	for (i = 0; i < XOSH_GATE_BUCKETS; i++) {
		hlist_for_each_entry_safe(g, tmp, &xn->gates[i], node) {
			gate_unlink(xn, g);
			gate_purge_queue(xn, g, XOSH_DROP_GATE);
			kfree(g);
		}
	}
}
