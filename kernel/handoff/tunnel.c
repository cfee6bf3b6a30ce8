// SPDX-License-Identifier: GPL-2.0-only
#include "tunnel.h"

#include <linux/icmpv6.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/dst_cache.h>
#include <net/inet_ecn.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>

#include "member.h"
#include "net.h"
#include "packet.h"
#include "vip.h"

/*
 * Flow label of a packet that stays with whoever gets it. Nobody on the way changes
 * a label that is not 0 (RFC 6437, section 2).
 */
#define TUNNEL_LAST 0x6c617

#define TUNNEL_HLEN ((unsigned int)sizeof(struct ipv6hdr))

/* Route to a member, cached per CPU; a reference is returned, or NULL. */
static struct dst_entry *tunnel_route(struct xosh_net *xn, const struct in6_addr *saddr,
				      struct xosh_member *to)
{
	struct flowi6 fl6 = {
		.daddr = to->care_of,
		.saddr = *saddr,
		.flowi6_proto = IPPROTO_IPV6,
	};
	struct in6_addr cached;
	struct dst_entry *dst;

	dst = dst_cache_get_ip6(&to->dst_cache, &cached);
	if (dst && ipv6_addr_equal(&cached, saddr))
		return dst;
	dst_release(dst);
	dst = ip6_route_output(xn->net, NULL, &fl6);
	/* A route through ourselves means that the address is not the member's. */
	if (dst->error || dst->dev->flags & IFF_LOOPBACK) {
		dst_release(dst);
		return NULL;
	}
	dst_cache_set_ip6(&to->dst_cache, dst, saddr);
	return dst;
}

/*
 * Is the packet too large for the path, so that its sender must be told? What
 * arrived in fragments may leave in fragments, and nobody is told of less than
 * the least MTU of IPv6 (RFC 2473, section 7.1).
 */
static bool tunnel_too_big(const struct sk_buff *skb, unsigned int mtu)
{
	unsigned int frag_max = IP6CB(skb)->frag_max_size;

	if (mtu < IPV6_MIN_MTU)
		mtu = IPV6_MIN_MTU;
	if (skb_is_gso(skb))
		return !skb_gso_validate_network_len(skb, mtu);
	if (frag_max)
		return frag_max > mtu;
	return skb->len > mtu;
}

/* Make room for the outer header; the inner one may be written afterwards. */
static int tunnel_prepare(struct sk_buff *skb, const struct dst_entry *dst)
{
	if (skb_cow_head(skb, TUNNEL_HLEN + LL_RESERVED_SPACE(dst->dev) + dst->header_len))
		return -ENOMEM;
	ipv6_hdr(skb)->hop_limit--;
	skb_scrub_packet(skb, false);
	skb_clear_tstamp(skb);
	if (iptunnel_handle_offloads(skb, SKB_GSO_IPXIP6))
		return -ENOMEM;
	skb->transport_header = skb->network_header;
	skb_set_inner_ipproto(skb, IPPROTO_IPV6);
	skb_set_inner_mac_header(skb, skb_inner_network_offset(skb));
	return 0;
}

/* Write the outer header; ip6_local_out() fills in the length. */
static void tunnel_push(struct sk_buff *skb, struct dst_entry *dst, const struct in6_addr *saddr,
			const struct in6_addr *daddr, bool last)
{
	u8 dsfield = ipv6_get_dsfield(ipv6_hdr(skb));
	struct ipv6hdr *ip6;

	skb_dst_set(skb, dst);
	skb_push(skb, TUNNEL_HLEN);
	skb_reset_network_header(skb);
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	ip6 = ipv6_hdr(skb);
	ip6_flow_hdr(ip6, INET_ECN_encapsulate(dsfield, dsfield), last ? htonl(TUNNEL_LAST) : 0);
	ip6->nexthdr = IPPROTO_IPV6;
	ip6->hop_limit = ip6_dst_hoplimit(dst);
	ip6->saddr = *saddr;
	ip6->daddr = *daddr;
	/* With a path of less than 1320 bytes the outer packet is cut up. */
	skb->ignore_df = 1;
}

/**
 * xosh_tunnel_xmit() - send a packet to a member through a tunnel
 * @xn: network namespace
 * @set: members of the vip
 * @to: one of them, not this node
 * @skb: the packet, consumed; its data begin with the IPv6 header
 * @last: it stays there, whatever there is for it
 *
 * Under RCU with softirqs off. GSO packets stay whole. What cannot be sent is
 * dropped and counted, and the sender told where ICMPv6 has a message for it.
 */
void xosh_tunnel_xmit(struct xosh_net *xn, const struct xosh_set *set, struct xosh_member *to,
		      struct sk_buff *skb, bool last)
{
	enum xosh_stat reason = XOSH_DROP_NO_LOCAL;
	unsigned int len = skb->len;
	struct dst_entry *dst;
	unsigned int mtu;

	if (!set->local)
		goto drop;
	reason = XOSH_DROP_NO_ROUTE;
	dst = tunnel_route(xn, &set->local->care_of, to);
	if (!dst)
		goto drop;
	reason = XOSH_DROP_HOP_LIMIT;
	if (ipv6_hdr(skb)->hop_limit <= 1) {
		icmpv6_send(skb, ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT, 0);
		goto drop_dst;
	}
	reason = XOSH_DROP_TOO_BIG;
	mtu = dst_mtu(dst) - TUNNEL_HLEN;
	if (tunnel_too_big(skb, mtu)) {
		icmpv6_send(skb, ICMPV6_PKT_TOOBIG, 0, max_t(u32, mtu, IPV6_MIN_MTU));
		goto drop_dst;
	}
	reason = XOSH_DROP_MEMORY;
	if (tunnel_prepare(skb, dst))
		goto drop_dst;
	tunnel_push(skb, dst, &set->local->care_of, &to->care_of, last);
	xosh_count(xn->counters, XOSH_STAT_TUNNELLED, 1);
	xosh_count(to->counters, XOSH_MEMBER_TX_PACKETS, 1);
	xosh_count(to->counters, XOSH_MEMBER_TX_BYTES, len);
	ip6_local_out(xn->net, NULL, skb);
	return;

drop_dst:
	dst_release(dst);
drop:
	xosh_count(to->counters, XOSH_MEMBER_TX_DROPPED, 1);
	xosh_drop(xn, skb, reason);
}

/*
 * The checks of ip6_rcv_core() for the inner header, which is linear already.
 * Jumbograms and hop-by-hop options do not come out of our tunnels.
 */
static int tunnel_check_inner(struct sk_buff *skb)
{
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);
	unsigned int len = ntohs(ip6->payload_len) + TUNNEL_HLEN;

	if (len > skb->len || len <= TUNNEL_HLEN)
		return -EINVAL;
	return pskb_trim_rcsum(skb, len);
}

/* Take the outer header off; the packet looks as if it had come without. */
static int tunnel_pull(struct sk_buff *skb)
{
	struct ipv6hdr outer = *ipv6_hdr(skb);

	if (iptunnel_pull_header(skb, TUNNEL_HLEN, htons(ETH_P_IPV6), false))
		return -ENOMEM;
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, TUNNEL_HLEN);
	if (tunnel_check_inner(skb))
		return -EINVAL;
	if (IP6_ECN_decapsulate(&outer, skb) > 1)
		return -EINVAL;
	IP6CB(skb)->nhoff = offsetof(struct ipv6hdr, nexthdr);
	IP6CB(skb)->frag_max_size = 0;
	return 0;
}

/**
 * xosh_tunnel_recv() - take a packet out of a tunnel that ends here
 * @xn: network namespace
 * @skb: packet with IPv6 as the next header; data begin with the outer header
 * @p: what the inner packet is, when 1 is returned
 * @last: then, too: the packet stays here
 *
 * Tunnels to a vip are accepted from its members only. Tunnels that are not for
 * a vip, or pass through, are not ours.
 *
 * Return: 1 when the packet was taken out and is for a vip, 0 when it is not
 * ours, -EINVAL when it was dropped.
 */
int xosh_tunnel_recv(struct xosh_net *xn, struct sk_buff *skb, struct xosh_packet *p, bool *last)
{
	enum xosh_stat reason = XOSH_DROP_SOURCE;
	struct xosh_member *from = NULL;
	const struct ipv6hdr *outer;
	const struct xosh_set *set;
	struct xosh_vip *vip;

	if (!pskb_may_pull(skb, 2 * TUNNEL_HLEN))
		return 0;
	outer = ipv6_hdr(skb);
	xosh_packet_parse(skb, TUNNEL_HLEN, p);
	vip = xosh_vip_find(xn, &p->tuple.addr, ntohs(p->tuple.port));
	if (!vip)
		vip = xosh_vip_find_addr(xn, &p->tuple.addr);
	if (!vip)
		return 0;
	set = rcu_dereference(vip->set);
	if (set->local && ipv6_addr_equal(&outer->daddr, &set->local->care_of))
		from = xosh_set_find_addr(set, &outer->saddr);
	else if (!ipv6_chk_addr(xn->net, &outer->daddr, NULL, 0))
		return 0;
	if (!from || from->local)
		goto drop;
	*last = ip6_flowlabel(outer) == htonl(TUNNEL_LAST);
	reason = XOSH_DROP_MALFORMED;
	if (p->kind != XOSH_KIND_TCP && p->kind != XOSH_KIND_ICMP)
		goto drop;
	if (tunnel_pull(skb))
		goto drop;
	xosh_count(xn->counters, XOSH_STAT_UNTUNNELLED, 1);
	xosh_count(from->counters, XOSH_MEMBER_RX_PACKETS, 1);
	xosh_count(from->counters, XOSH_MEMBER_RX_BYTES, skb->len);
	return 1;

drop:
	xosh_drop(xn, skb, reason);
	return -EINVAL;
}

/* Is the quoted packet one of our tunnels? It has 40 bytes and more. */
static bool tunnel_is_ours(struct xosh_net *xn, const struct ipv6hdr *quoted,
			   const struct in6_addr *inner_daddr)
{
	const struct xosh_set *set;
	struct xosh_vip *vip;

	if (quoted->nexthdr != IPPROTO_IPV6)
		return false;
	vip = xosh_vip_find_addr(xn, inner_daddr);
	if (!vip)
		return false;
	set = rcu_dereference(vip->set);
	return set->local && ipv6_addr_equal(&set->local->care_of, &quoted->saddr) &&
	       xosh_set_find_addr(set, &quoted->daddr);
}

/**
 * xosh_tunnel_pmtu() - learn from a Packet Too Big about one of our tunnels
 * @xn: network namespace
 * @skb: ICMPv6 packet directly behind an IPv6 header; not changed
 *
 * ICMPv6 has no handler for our tunnels, so the MTU of the path is noted here;
 * the client is told when its next packet comes that is too large.
 */
void xosh_tunnel_pmtu(struct xosh_net *xn, struct sk_buff *skb)
{
	const unsigned int offset = TUNNEL_HLEN + sizeof(struct icmp6hdr);
	const struct ipv6hdr *quoted;
	struct icmp6hdr icmp;

	if (skb_copy_bits(skb, TUNNEL_HLEN, &icmp, sizeof(icmp)) ||
	    icmp.icmp6_type != ICMPV6_PKT_TOOBIG)
		return;
	if (!pskb_may_pull(skb, offset + 2 * TUNNEL_HLEN))
		return;
	quoted = (const struct ipv6hdr *)(skb->data + offset);
	if (!ipv6_addr_equal(&quoted->saddr, &ipv6_hdr(skb)->daddr) ||
	    !tunnel_is_ours(xn, quoted, &quoted[1].daddr))
		return;
	if (nf_ip6_checksum(skb, NF_INET_PRE_ROUTING, TUNNEL_HLEN, IPPROTO_ICMPV6))
		return;
	__skb_pull(skb, offset);
	ip6_update_pmtu(skb, xn->net, icmp.icmp6_mtu, 0, 0, GLOBAL_ROOT_UID);
	__skb_push(skb, offset);
}
