// SPDX-License-Identifier: GPL-2.0-only
#include "hook.h"

#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv6.h>
#include <linux/skbuff.h>
#include <net/ipv6.h>
#include <net/netfilter/ipv6/nf_defrag_ipv6.h>

#include <linux/xos_handoff.h>

#include "binding.h"
#include "compat/compat.h"
#include "gate.h"
#include "header.h"
#include "member.h"
#include "net.h"
#include "packet.h"
#include "steer.h"
#include "tunnel.h"
#include "vip.h"

#define HOOK_ROLES (XOS_HANDOFF_VIP_FLAGS_CONTACT | XOS_HANDOFF_VIP_FLAGS_MEMBER)

/* An address that no client can have: what is from it is a mistake or an attack. */
static bool hook_is_martian(const struct xosh_tuple *t)
{
	int type = ipv6_addr_type(&t->client);

	return type == IPV6_ADDR_ANY ||
	       type & (IPV6_ADDR_MULTICAST | IPV6_ADDR_LOOPBACK | IPV6_ADDR_LINKLOCAL) ||
	       ipv6_addr_equal(&t->client, &t->addr);
}

/*
 * How a packet came: sent to the vip, in a tunnel, in one from a member that knows nobody
 * else for it, or directly with a routing header.
 */
enum hook_way { HOOK_PLAIN, HOOK_TUNNELLED, HOOK_LAST, HOOK_ROUTED };

/*
 * Does the segment end a handshake by a SYN cookie of ours? There is no socket for it yet.
 * Data begin with the IPv6 header.
 */
static bool hook_is_cookie(const struct xosh_net *xn, const struct sk_buff *skb,
			   const struct xosh_tuple *t)
{
	u8 nexthdr = ipv6_hdr(skb)->nexthdr;
	const struct tcphdr *th;
	struct tcphdr _th;
	__be16 frag_off;
	struct sock *sk;
	int offset;

	sk = inet6_lookup_listener(xn->net, xos_tcp_hashinfo(xn->net), NULL, 0, &t->client,
				   t->client_port, &t->addr, ntohs(t->port), skb->dev->ifindex, 0);
	if (!sk || tcp_synq_no_recent_overflow(sk))
		return false;
	offset = ipv6_skip_exthdr(skb, sizeof(struct ipv6hdr), &nexthdr, &frag_off);
	if (offset < 0)
		return false;
	th = skb_header_pointer(skb, offset, sizeof(_th), &_th);
	return th && th->ack && !th->rst && xos_tcp_cookie_check(ipv6_hdr(skb), th);
}

/* Has TCP here something for the packet, if only a socket that waits? */
static bool hook_has_socket(const struct xosh_net *xn, const struct sk_buff *skb,
			    const struct xosh_tuple *t)
{
	struct sock *sk;

	sk = __inet6_lookup_established(xn->net, xos_tcp_hashinfo(xn->net), &t->client,
					t->client_port, &t->addr, ntohs(t->port), skb->dev->ifindex,
					0);
	if (sk)
		sock_gen_put(sk);
	return sk || hook_is_cookie(xn, skb, t);
}

/* Is the segment for a connection that this node has, or is about to get? */
static bool hook_is_known(const struct xosh_net *xn, const struct sk_buff *skb,
			  const struct xosh_packet *p)
{
	if (READ_ONCE(xn->gates_n) && xosh_gate_find(xn, &p->tuple))
		return true;
	return hook_has_socket(xn, skb, &p->tuple);
}

/* Does a packet of another member, or of a client that knows our own address, belong here? */
static bool hook_is_mine(const struct xosh_net *xn, const struct xosh_vip *vip,
			 const struct sk_buff *skb, const struct xosh_packet *p)
{
	const struct xosh_set *set = rcu_dereference(vip->set);

	if (p->kind != XOSH_KIND_TCP || hook_is_known(xn, skb, p))
		return true;
	/* What a client begins on its own path is welcome here, unless this node drains. */
	return p->tcp & XOSH_TCP_SYN && !(READ_ONCE(vip->flags) & XOS_HANDOFF_VIP_FLAGS_CONTACT) &&
	       set->local && READ_ONCE(set->local->state) == XOS_HANDOFF_MEMBER_STATE_ACTIVE;
}

/* The packet is for this node: what remains is the gate of its connection. */
static unsigned int hook_local(struct xosh_net *xn, struct xosh_vip *vip, struct sk_buff *skb,
			       const struct xosh_packet *p, const struct nf_hook_state *state)
{
	if (!xosh_gate_in(xn, skb, &p->tuple, state))
		return NF_STOLEN;
	xosh_count(vip->counters, XOSH_VIP_LOCAL_PACKETS, 1);
	return NF_ACCEPT;
}

/*
 * The packet was steered to this node. What the contact node does not remember it steers
 * by the table of new clients, which may have changed since the connection began: before
 * TCP answers a segment that it knows nothing of with a reset, the member that had the client
 * before gets it, once.
 */
static unsigned int hook_steered(struct xosh_net *xn, struct xosh_vip *vip, struct sk_buff *skb,
				 const struct xosh_packet *p, const struct nf_hook_state *state)
{
	const struct xosh_set *set = rcu_dereference(vip->set);
	struct xosh_member *m = NULL;

	if (p->kind == XOSH_KIND_TCP && !(p->tcp & XOSH_TCP_SYN) && !hook_is_known(xn, skb, p))
		m = xosh_set_choose_other(set, &p->tuple.client);
	if (!m)
		return hook_local(xn, vip, skb, p, state);
	xosh_count(xn->counters, XOSH_STAT_PASSED_ON, 1);
	xosh_tunnel_xmit(xn, set, m, skb, true);
	return NF_STOLEN;
}

/* The packet is for the member that the contact node finds. */
static unsigned int hook_contact(struct xosh_net *xn, struct xosh_vip *vip, struct sk_buff *skb,
				 const struct xosh_packet *p, const struct nf_hook_state *state)
{
	const struct xosh_set *set = rcu_dereference(vip->set);
	struct xosh_member *m = xosh_steer(xn, vip, set, p);

	if (!m) {
		xosh_drop(xn, skb, XOSH_DROP_NO_MEMBER);
		return NF_STOLEN;
	}
	xosh_count(vip->counters, XOSH_VIP_STEERED_PACKETS, 1);
	xosh_count(vip->counters, XOSH_VIP_STEERED_BYTES, skb->len);
	if (p->kind == XOSH_KIND_ICMP)
		xosh_count(vip->counters, XOSH_VIP_ICMP_STEERED, 1);
	if (p->tcp & XOSH_TCP_SYN)
		xosh_count(m->counters, XOSH_MEMBER_CONN_NEW, 1);
	if (m->local) {
		xosh_count(m->counters, XOSH_MEMBER_TX_PACKETS, 1);
		xosh_count(m->counters, XOSH_MEMBER_TX_BYTES, skb->len);
		return hook_steered(xn, vip, skb, p, state);
	}
	xosh_tunnel_xmit(xn, set, m, skb, false);
	return NF_STOLEN;
}

/*
 * A packet that another member, or the client itself, sent to this node's own address.
 * What is not for a connection of ours the contact node knows where to send: to TCP it
 * would be a reason for a reset. From there it comes by the tunnel.
 */
static unsigned int hook_direct(struct xosh_net *xn, struct xosh_vip *vip, struct sk_buff *skb,
				const struct xosh_packet *p, enum hook_way way,
				const struct nf_hook_state *state)
{
	bool contact = READ_ONCE(vip->flags) & XOS_HANDOFF_VIP_FLAGS_CONTACT;
	const struct xosh_set *set = rcu_dereference(vip->set);
	struct xosh_member *m = NULL;

	if (way == HOOK_LAST)
		return hook_local(xn, vip, skb, p, state);
	if (way == HOOK_TUNNELLED && !contact)
		return hook_steered(xn, vip, skb, p, state);
	if (hook_is_mine(xn, vip, skb, p))
		return hook_local(xn, vip, skb, p, state);
	if (!contact)
		m = xosh_set_find(set, READ_ONCE(vip->contact_id));
	if (!contact && (!m || m->local))
		return hook_local(xn, vip, skb, p, state);
	xosh_count(xn->counters, XOSH_STAT_RELAYED, 1);
	if (contact)
		return hook_contact(xn, vip, skb, p, state);
	xosh_tunnel_xmit(xn, set, m, skb, false);
	return NF_STOLEN;
}

/* A packet whose destination is the address of a vip. */
static unsigned int hook_vip(struct xosh_net *xn, struct sk_buff *skb, const struct xosh_packet *p,
			     enum hook_way way, const struct nf_hook_state *state)
{
	struct xosh_vip *vip;
	u32 roles;

	vip = xosh_vip_find(xn, &p->tuple.addr, ntohs(p->tuple.port));
	if (!vip)
		return NF_ACCEPT;
	roles = READ_ONCE(vip->flags) & HOOK_ROLES;
	if (!roles && way == HOOK_PLAIN)
		return NF_ACCEPT;
	if (p->kind == XOSH_KIND_MALFORMED) {
		xosh_drop(xn, skb, XOSH_DROP_MALFORMED);
		return NF_STOLEN;
	}
	if (hook_is_martian(&p->tuple)) {
		xosh_drop(xn, skb, XOSH_DROP_MARTIAN);
		return NF_STOLEN;
	}
	if (p->kind == XOSH_KIND_TCP)
		xosh_binding_in(xn, &p->tuple, way == HOOK_ROUTED);
	if (way != HOOK_PLAIN && !(roles & XOS_HANDOFF_VIP_FLAGS_MEMBER)) {
		xosh_drop(xn, skb, XOSH_DROP_NO_MEMBER);
		return NF_STOLEN;
	}
	if (way != HOOK_PLAIN)
		return hook_direct(xn, vip, skb, p, way, state);
	if (roles & XOS_HANDOFF_VIP_FLAGS_CONTACT)
		return hook_contact(xn, vip, skb, p, state);
	return hook_local(xn, vip, skb, p, state);
}

static unsigned int hook_pre(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct xosh_net *xn = xosh_net_get(state->net);
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);
	enum hook_way way = HOOK_PLAIN;
	struct xosh_packet p;
	bool last;

	/* What a host sends to itself stays there. */
	if (state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	if (ip6->nexthdr == IPPROTO_IPV6) {
		switch (xosh_tunnel_recv(xn, skb, &p, &last)) {
		case 0:
			return NF_ACCEPT;
		case 1:
			return hook_vip(xn, skb, &p, last ? HOOK_LAST : HOOK_TUNNELLED, state);
		default:
			return NF_STOLEN;
		}
	}
	if (ip6->nexthdr == NEXTHDR_ROUTING) {
		switch (xosh_header_pull_routing(xn, skb)) {
		case 0:
			break;
		case 1:
			way = HOOK_ROUTED;
			break;
		default:
			return NF_STOLEN;
		}
	} else if (ip6->nexthdr == IPPROTO_ICMPV6 && xosh_header_translate(xn, skb)) {
		way = HOOK_ROUTED;
	}
	ip6 = ipv6_hdr(skb);
	if (!xosh_vip_find_addr(xn, &ip6->daddr)) {
		if (ip6->nexthdr == IPPROTO_ICMPV6)
			xosh_tunnel_pmtu(xn, skb);
		return NF_ACCEPT;
	}
	xosh_packet_parse(skb, 0, &p);
	if (p.kind == XOSH_KIND_OTHER)
		return NF_ACCEPT;
	return hook_vip(xn, skb, &p, way, state);
}

static unsigned int hook_post(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct xosh_net *xn = xosh_net_get(state->net);
	struct xosh_packet p;

	if (!READ_ONCE(xn->gates_n) && !READ_ONCE(xn->bindings_n))
		return NF_ACCEPT;
	if (!xosh_vip_find_addr(xn, &ipv6_hdr(skb)->saddr))
		return NF_ACCEPT;
	if (state->out->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	xosh_packet_parse_out(skb, skb_network_offset(skb), &p);
	if (p.kind != XOSH_KIND_TCP)
		return NF_ACCEPT;
	if (!xosh_gate_out(xn, &p.tuple))
		return NF_DROP;
	xosh_binding_out(xn, skb, &p.tuple);
	return NF_ACCEPT;
}

/*
 * Behind defragmentation, so that fragments follow their connection; before
 * raw tables and connection tracking, which see packets without tunnels and do
 * not see what only passes. What leaves is seen last of all.
 */
static const struct nf_hook_ops hook_ops[] = {
	{
		.hook = hook_pre,
		.pf = NFPROTO_IPV6,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = NF_IP6_PRI_CONNTRACK_DEFRAG + 1,
	},
	{
		.hook = hook_post,
		.pf = NFPROTO_IPV6,
		.hooknum = NF_INET_POST_ROUTING,
		.priority = NF_IP6_PRI_LAST,
	},
};

/**
 * xosh_hook_setup() - begin to see the packets of a network namespace
 * @xn: network namespace with its tables; its lock is held
 *
 * Return: 0 or a negative error.
 */
int xosh_hook_setup(struct xosh_net *xn)
{
	int err;

	err = nf_defrag_ipv6_enable(xn->net);
	if (err)
		return err;
	err = nf_register_net_hooks(xn->net, hook_ops, ARRAY_SIZE(hook_ops));
	if (err)
		nf_defrag_ipv6_disable(xn->net);
	else
		xn->hooked = true;
	return err;
}

/**
 * xosh_hook_teardown() - see no packets any more
 * @xn: network namespace; its lock is held
 *
 * Sleeps until no CPU is in a hook. Does nothing the second time.
 */
void xosh_hook_teardown(struct xosh_net *xn)
{
	if (!xn->hooked)
		return;
	xn->hooked = false;
	nf_unregister_net_hooks(xn->net, hook_ops, ARRAY_SIZE(hook_ops));
	nf_defrag_ipv6_disable(xn->net);
	synchronize_net();
}

/**
 * struct hook_cb - what a held packet needs to go on
 * @ip6: what IPv6 has noted; iif tells the device
 * @okfn: what follows when all hooks have accepted the packet
 */
struct hook_cb {
	struct inet6_skb_parm ip6;
	int (*okfn)(struct net *net, struct sock *sk, struct sk_buff *skb);
};

static struct hook_cb *hook_cb(struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct hook_cb) > sizeof(skb->cb));
	return (struct hook_cb *)skb->cb;
}

/**
 * xosh_hook_suspend() - make a packet fit for a queue
 * @skb: the packet
 * @state: of the hook that it came by
 *
 * A queued packet holds no device: what it came by may go away meanwhile.
 */
void xosh_hook_suspend(struct sk_buff *skb, const struct nf_hook_state *state)
{
	skb_orphan(skb);
	skb_dst_force(skb);
	hook_cb(skb)->okfn = state->okfn;
	hook_cb(skb)->ip6.iif = skb->dev->ifindex;
	skb->dev = NULL;
}

/**
 * xosh_hook_restore() - take a packet that comes from a queue
 * @net: network namespace
 * @skb: the packet
 *
 * Under RCU.
 *
 * Return: false when the device that it came by is gone; the packet is still
 * the caller's.
 */
bool xosh_hook_restore(struct net *net, struct sk_buff *skb)
{
	skb->dev = dev_get_by_index_rcu(net, hook_cb(skb)->ip6.iif);
	return skb->dev;
}

/**
 * xosh_hook_resume() - let a packet go on behind the hook that took it
 * @net: network namespace
 * @skb: a packet from xosh_hook_restore(), consumed
 *
 * Under RCU with softirqs off. On return TCP has the packet.
 */
void xosh_hook_resume(struct net *net, struct sk_buff *skb)
{
	int (*okfn)(struct net * net, struct sock * sk, struct sk_buff * skb) = hook_cb(skb)->okfn;
	const struct nf_hook_entries *e = rcu_dereference(net->nf.hooks_ipv6[NF_INET_PRE_ROUTING]);
	struct nf_hook_state state;
	unsigned int i = 0;

	hook_cb(skb)->okfn = NULL;
	nf_hook_state_init(&state, NF_INET_PRE_ROUTING, NFPROTO_IPV6, skb->dev, NULL, NULL, net,
			   okfn);
	while (e && i < e->num_hook_entries && e->hooks[i].hook != hook_pre)
		i++;
	if (!e || nf_hook_slow(skb, &state, e, i + 1) == 1)
		okfn(net, NULL, skb);
}
