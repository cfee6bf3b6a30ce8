// SPDX-License-Identifier: GPL-2.0-only
/*
 * Route optimisation as a mobile node does it (RFC 6275, section 11.3): segments of a
 * vip leave from the care-of address with a home address option. Who accepts them, and
 * for how long, the agent knows; here it is only remembered.
 *
 * Whatever does not fit leaves from the vip itself: a client accepts that at any time.
 */
#include "binding.h"

#include <linux/hash.h>
#include <linux/moduleparam.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/dst.h>
#include <net/ipv6.h>
#include <net/tcp.h>

#include "header.h"
#include "member.h"
#include "net.h"
#include "pin.h"
#include "packet.h"
#include "vip.h"

static unsigned int bindings_max = 65536;
module_param(bindings_max, uint, 0644);
MODULE_PARM_DESC(bindings_max, "Bindings in a network namespace");

static struct hlist_head *binding_bucket(const struct xosh_net *xn,
					 const struct xosh_binding_key *key)
{
	return &xn->bindings[siphash(key, sizeof(*key), &xn->hash_key) % XOSH_BINDING_BUCKETS];
}

static void binding_count(struct xosh_binding *b, enum xosh_binding_stat i)
{
	atomic64_inc(&b->stats[i]);
}

/**
 * xosh_binding_setup() - make the table
 * @xn: network namespace; its lock is held
 *
 * Return: 0 or -ENOMEM.
 */
int xosh_binding_setup(struct xosh_net *xn)
{
	BUILD_BUG_ON(sizeof(struct xosh_binding_key) != 32);
	xn->bindings = kvcalloc(XOSH_BINDING_BUCKETS, sizeof(*xn->bindings), GFP_KERNEL);
	return xn->bindings ? 0 : -ENOMEM;
}

/**
 * xosh_binding_teardown() - free the table
 * @xn: network namespace; its lock is held, no binding is left
 */
void xosh_binding_teardown(struct xosh_net *xn)
{
	kvfree(xn->bindings);
	xn->bindings = NULL;
}

/**
 * xosh_binding_find() - the binding of a client, alive or not
 * @xn: network namespace with a table
 * @key: vip and client
 *
 * Under RCU or xosh_net.lock.
 *
 * Return: the binding or NULL.
 */
struct xosh_binding *xosh_binding_find(const struct xosh_net *xn,
				       const struct xosh_binding_key *key)
{
	struct xosh_binding *b;

	hlist_for_each_entry_rcu(b, binding_bucket(xn, key), node, lockdep_is_held(&xn->lock))
		if (!memcmp(&b->key, key, sizeof(*key)))
			return b;
	return NULL;
}

/* The living binding of a connection. */
static struct xosh_binding *binding_of(const struct xosh_net *xn, const struct xosh_tuple *t)
{
	struct xosh_binding_key key = { .addr = t->addr, .client = t->client };
	struct xosh_binding *b;

	if (!READ_ONCE(xn->bindings_n))
		return NULL;
	b = xosh_binding_find(xn, &key);
	return b && time_before(jiffies, READ_ONCE(b->expires)) ? b : NULL;
}

/**
 * xosh_binding_set() - make a binding, or let it live longer
 * @xn: network namespace; its lock is held
 * @vip: the vip
 * @client: address of the client
 * @lifetime_ms: for so long from now
 * @extack: told why not
 *
 * Return: 0, -ENOSPC, -ENOMEM, -ENODEV when the module is being removed.
 */
int xosh_binding_set(struct xosh_net *xn, struct xosh_vip *vip, const struct in6_addr *client,
		     u32 lifetime_ms, struct netlink_ext_ack *extack)
{
	struct xosh_binding_key key = { .addr = vip->addr, .client = *client };
	unsigned long expires = jiffies + msecs_to_jiffies(lifetime_ms);
	struct xosh_binding *b = xosh_binding_find(xn, &key);

	lockdep_assert_held(&xn->lock);
	if (b) {
		WRITE_ONCE(b->expires, expires);
		return 0;
	}
	if (xn->bindings_n >= READ_ONCE(bindings_max)) {
		xosh_count(xn->counters, XOSH_STAT_BINDING_FULL, 1);
		NL_SET_ERR_MSG_MOD(extack, "too many bindings");
		return -ENOSPC;
	}
	b = kzalloc(sizeof(*b), GFP_KERNEL);
	if (!b) {
		NL_SET_ERR_MSG_MOD(extack, "out of memory");
		return -ENOMEM;
	}
	if (xosh_pin()) {
		kfree(b);
		NL_SET_ERR_MSG_MOD(extack, "the module is being removed");
		return -ENODEV;
	}
	b->key = key;
	b->vip = vip;
	b->expires = expires;
	WRITE_ONCE(xn->bindings_n, xn->bindings_n + 1);
	vip->bindings_n++;
	hlist_add_head_rcu(&b->node, binding_bucket(xn, &key));
	return 0;
}

/**
 * xosh_binding_del() - remove a binding
 * @xn: network namespace; its lock is held
 * @b: the binding; freed when no packet can see it any more
 */
void xosh_binding_del(struct xosh_net *xn, struct xosh_binding *b)
{
	lockdep_assert_held(&xn->lock);
	hlist_del_rcu(&b->node);
	WRITE_ONCE(xn->bindings_n, xn->bindings_n - 1);
	b->vip->bindings_n--;
	kfree_rcu(b, rcu);
	xosh_unpin();
}

/**
 * xosh_binding_purge() - remove all bindings
 * @xn: network namespace; its lock is held
 */
void xosh_binding_purge(struct xosh_net *xn)
{
	struct hlist_node *tmp;
	struct xosh_binding *b;
	unsigned int i;

	for (i = 0; i < XOSH_BINDING_BUCKETS; i++)
		hlist_for_each_entry_safe(b, tmp, &xn->bindings[i], node)
			xosh_binding_del(xn, b);
}

/* Both ports; never 0 in a connection. */
static u32 binding_flow(const struct xosh_tuple *t)
{
	return (__force u32)t->client_port << 16 | (__force u32)t->port;
}

static u32 *binding_slot(struct xosh_binding *b, u32 flow)
{
	return &b->flows[hash_32(flow, ilog2(XOSH_BINDING_FLOWS))];
}

/**
 * xosh_binding_in() - a segment of a client came
 * @xn: network namespace
 * @tuple: its connection
 * @routed: with a type 2 routing header, so directly
 *
 * Firewalls in front of a client that track connections let the new path pass when
 * the client has used it. A client that uses it no more has no binding any more.
 * Any context under RCU.
 */
void xosh_binding_in(struct xosh_net *xn, const struct xosh_tuple *tuple, bool routed)
{
	struct xosh_binding *b = binding_of(xn, tuple);
	u32 flow = binding_flow(tuple);
	u32 *slot;

	if (!b)
		return;
	slot = binding_slot(b, flow);
	if (routed) {
		binding_count(b, XOSH_BINDING_RECEIVED);
		if (READ_ONCE(*slot) != flow)
			WRITE_ONCE(*slot, flow);
	} else if (READ_ONCE(*slot) == flow) {
		WRITE_ONCE(*slot, 0);
	}
}

/* With the option, is the packet (or each segment of it) small enough for the path? */
static bool binding_fits(const struct sk_buff *skb)
{
	unsigned int mtu = dst_mtu(skb_dst(skb));

	if (skb->len + XOSH_OPTION_LEN - sizeof(struct ipv6hdr) > IPV6_MAXPLEN)
		return false;
	if (skb_is_gso(skb))
		return skb_gso_validate_network_len(skb, mtu - XOSH_OPTION_LEN);
	return skb->len + XOSH_OPTION_LEN <= mtu;
}

/*
 * Make TCP leave room for the option. The segment comes from tcp_transmit_skb(), whose
 * caller holds the socket; TCP computes its segment size anew before the next one.
 */
static void binding_make_room(const struct sk_buff *skb)
{
	struct inet_connection_sock *icsk;
	struct sock *sk = skb->sk;

	if (!sk || !sk_fullsock(sk) || sk->sk_type != SOCK_STREAM ||
	    sk->sk_protocol != IPPROTO_TCP || sk->sk_family != AF_INET6)
		return;
	icsk = inet_csk(sk);
	if (READ_ONCE(icsk->icsk_ext_hdr_len) >= XOSH_OPTION_LEN)
		return;
	WRITE_ONCE(icsk->icsk_ext_hdr_len, icsk->icsk_ext_hdr_len + XOSH_OPTION_LEN);
	WRITE_ONCE(icsk->icsk_pmtu_cookie, 0);
}

/**
 * xosh_binding_out() - give a segment that leaves its home address option
 * @xn: network namespace
 * @skb: the segment, from the vip; may be GSO
 * @tuple: its connection
 *
 * Leaves the segment as it is when there is no binding, when the client has not used
 * the new path in this connection, or when the option does not fit. Under RCU.
 */
void xosh_binding_out(struct xosh_net *xn, struct sk_buff *skb, const struct xosh_tuple *tuple)
{
	struct xosh_binding *b = binding_of(xn, tuple);
	u32 flow = binding_flow(tuple);
	const struct xosh_set *set;

	if (!b)
		return;
	set = rcu_dereference(b->vip->set);
	if (READ_ONCE(*binding_slot(b, flow)) != flow || !set->local) {
		binding_count(b, XOSH_BINDING_PLAIN);
		return;
	}
	if (!binding_fits(skb)) {
		binding_make_room(skb);
		binding_count(b, XOSH_BINDING_PLAIN_SIZE);
		return;
	}
	if (xosh_header_push_option(skb, &set->local->care_of)) {
		binding_count(b, XOSH_BINDING_PLAIN);
		return;
	}
	binding_count(b, XOSH_BINDING_SENT);
	xosh_count(xn->counters, XOSH_STAT_OPTIONED, 1);
}
