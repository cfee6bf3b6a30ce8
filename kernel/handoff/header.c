// SPDX-License-Identifier: GPL-2.0-only
#include "header.h"

#include <linux/icmpv6.h>
#include <linux/netdevice.h>
#include <linux/netfilter_ipv6.h>
#include <net/dst.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>

#include <linux/xos_handoff.h>

#include "member.h"
#include "net.h"
#include "vip.h"

#define HEADER_IP6 ((unsigned int)sizeof(struct ipv6hdr))

/**
 * struct header_option - destination options that hold a home address option
 * @nexthdr: what follows
 * @hdrlen: 2, in units of 8 bytes behind the first
 * @pad: PadN of 4 bytes: the option begins at 8n + 6
 * @type: IPV6_TLV_HAO
 * @len: 16
 * @home: home address
 */
struct header_option {
	u8 nexthdr;
	u8 hdrlen;
	u8 pad[4];
	u8 type;
	u8 len;
	struct in6_addr home;
} __packed;

static_assert(sizeof(struct header_option) == XOSH_OPTION_LEN);
static_assert(sizeof(struct rt2_hdr) == XOSH_ROUTING_LEN);

static const u8 header_pad[4] = { IPV6_TLV_PADN, 2, 0, 0 };

/**
 * xosh_header_push_option() - put a home address option into a segment
 * @skb: segment with the home address as its source and no extension header; data
 *	begin with the IPv6 header; not consumed
 * @care_of: its new source
 *
 * The checksum stays as it is: it is over the home address (RFC 6275, section 11.3.1),
 * also where a device or GSO completes it, which both add to what TCP began with.
 *
 * Return: 0; -EINVAL when there are extension headers; -ENOMEM. The segment is
 * unchanged then.
 */
int xosh_header_push_option(struct sk_buff *skb, const struct in6_addr *care_of)
{
	struct header_option *opt;
	struct ipv6hdr *ip6;

	if (ipv6_hdr(skb)->nexthdr != IPPROTO_TCP)
		return -EINVAL;
	if (skb_cow_head(skb, XOSH_OPTION_LEN + LL_RESERVED_SPACE(skb_dst(skb)->dev)))
		return -ENOMEM;
	skb_push(skb, XOSH_OPTION_LEN);
	memmove(skb->data, skb->data + XOSH_OPTION_LEN, HEADER_IP6);
	skb_reset_network_header(skb);
	ip6 = ipv6_hdr(skb);
	opt = (struct header_option *)(ip6 + 1);
	opt->nexthdr = ip6->nexthdr;
	opt->hdrlen = XOSH_OPTION_LEN / 8 - 1;
	memcpy(opt->pad, header_pad, sizeof(header_pad));
	opt->type = IPV6_TLV_HAO;
	opt->len = sizeof(opt->home);
	opt->home = ip6->saddr;
	ip6->nexthdr = NEXTHDR_DEST;
	ip6->payload_len = htons(ntohs(ip6->payload_len) + XOSH_OPTION_LEN);
	ip6->saddr = *care_of;
#if IS_ENABLED(CONFIG_IPV6_MIP6)
	/* Errors that this node itself finds are about the home address. */
	IP6CB(skb)->dsthao = HEADER_IP6;
#endif
	return 0;
}

/* The packet is for this node's care-of address in the group of a vip. */
static bool header_is_ours(const struct xosh_vip *vip, const struct in6_addr *daddr)
{
	const struct xosh_set *set = rcu_dereference(vip->set);

	return set->local && ipv6_addr_equal(&set->local->care_of, daddr);
}

/* Cut @len bytes out behind the first @keep bytes of the packet. */
static void header_cut(struct sk_buff *skb, unsigned int keep, unsigned int len)
{
	memmove(skb->data + len, skb->data, keep);
	__skb_pull(skb, len);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, HEADER_IP6);
	ipv6_hdr(skb)->payload_len = htons(ntohs(ipv6_hdr(skb)->payload_len) - len);
	/* A sum over the whole packet does not fit any more. */
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
}

/**
 * xosh_header_pull_routing() - take a type 2 routing header off (RFC 6275, 11.3.3)
 * @xn: network namespace
 * @skb: packet with a routing header behind the IPv6 header; data begin with that
 *
 * On return of 1 the packet looks as if it had been sent to the vip. What only passes,
 * and routing headers of other kinds, are not ours.
 *
 * Return: 1, 0 when it is not ours, -EINVAL when it was dropped.
 */
int xosh_header_pull_routing(struct xosh_net *xn, struct sk_buff *skb)
{
	enum xosh_stat reason = XOSH_DROP_ROUTED;
	const struct rt2_hdr *rt;
	struct in6_addr home;
	struct xosh_vip *vip;
	u8 nexthdr;

	if (!pskb_may_pull(skb, HEADER_IP6 + XOSH_ROUTING_LEN))
		return 0;
	rt = (const struct rt2_hdr *)(ipv6_hdr(skb) + 1);
	if (rt->rt_hdr.type != IPV6_SRCRT_TYPE_2 || rt->rt_hdr.segments_left != 1 ||
	    rt->rt_hdr.hdrlen != XOSH_ROUTING_LEN / 8 - 1)
		return 0;
	vip = xosh_vip_find_addr(xn, &rt->addr);
	if (!vip || !header_is_ours(vip, &ipv6_hdr(skb)->daddr))
		return 0;
	if (!(READ_ONCE(vip->flags) & XOS_HANDOFF_VIP_FLAGS_MEMBER) ||
	    ntohs(ipv6_hdr(skb)->payload_len) < XOSH_ROUTING_LEN)
		goto drop;
	reason = XOSH_DROP_MEMORY;
	if (skb_ensure_writable(skb, HEADER_IP6 + XOSH_ROUTING_LEN))
		goto drop;
	rt = (const struct rt2_hdr *)(ipv6_hdr(skb) + 1);
	home = rt->addr;
	nexthdr = rt->rt_hdr.nexthdr;
	header_cut(skb, HEADER_IP6, XOSH_ROUTING_LEN);
	ipv6_hdr(skb)->nexthdr = nexthdr;
	ipv6_hdr(skb)->daddr = home;
	xosh_count(xn->counters, XOSH_STAT_ROUTED, 1);
	return 1;

drop:
	xosh_drop(xn, skb, reason);
	return -EINVAL;
}

/* The option that the quoted packet begins with, when it is one of ours. */
static const struct header_option *header_quoted_option(const struct ipv6hdr *quoted)
{
	const struct header_option *opt = (const struct header_option *)(quoted + 1);

	if (quoted->version != 6 || quoted->nexthdr != NEXTHDR_DEST ||
	    opt->hdrlen != XOSH_OPTION_LEN / 8 - 1 || opt->type != IPV6_TLV_HAO ||
	    opt->len != sizeof(opt->home) || memcmp(opt->pad, header_pad, sizeof(header_pad)))
		return NULL;
	return opt;
}

static void header_icmp_checksum(struct sk_buff *skb)
{
	struct icmp6hdr *icmp = icmp6_hdr(skb);
	unsigned int len = skb->len - HEADER_IP6;

	icmp->icmp6_cksum = 0;
	icmp->icmp6_cksum = csum_ipv6_magic(&ipv6_hdr(skb)->saddr, &ipv6_hdr(skb)->daddr, len,
					    IPPROTO_ICMPV6, csum_partial(icmp, len, 0));
	skb->ip_summed = CHECKSUM_NONE;
}

/**
 * xosh_header_translate() - make an error about an optioned segment one about the vip
 * @xn: network namespace
 * @skb: ICMPv6 packet directly behind an IPv6 header; not consumed
 *
 * The segment that an error quotes left from the care-of address; TCP knows it by the
 * home address. The option is taken out of the quote. What cannot be understood stays
 * as it is, and means nothing to anybody.
 *
 * Return: true when the packet is for a vip now.
 */
bool xosh_header_translate(struct xosh_net *xn, struct sk_buff *skb)
{
	const unsigned int at = HEADER_IP6 + sizeof(struct icmp6hdr);
	const struct header_option *opt;
	struct ipv6hdr *quoted;
	struct in6_addr home;
	struct xosh_vip *vip;
	u8 nexthdr;

	if (!pskb_may_pull(skb, at + HEADER_IP6 + XOSH_OPTION_LEN))
		return false;
	quoted = (struct ipv6hdr *)(skb->data + at);
	if (((struct icmp6hdr *)(ipv6_hdr(skb) + 1))->icmp6_type & ICMPV6_INFOMSG_MASK ||
	    !ipv6_addr_equal(&quoted->saddr, &ipv6_hdr(skb)->daddr))
		return false;
	opt = header_quoted_option(quoted);
	vip = opt ? xosh_vip_find_addr(xn, &opt->home) : NULL;
	if (!vip || !header_is_ours(vip, &quoted->saddr))
		return false;
	if (nf_ip6_checksum(skb, NF_INET_PRE_ROUTING, HEADER_IP6, IPPROTO_ICMPV6) ||
	    skb_linearize(skb) || skb_ensure_writable(skb, skb->len))
		return false;
	opt = (const struct header_option *)(skb->data + at + HEADER_IP6);
	home = opt->home;
	nexthdr = opt->nexthdr;
	header_cut(skb, at + HEADER_IP6, XOSH_OPTION_LEN);
	ipv6_hdr(skb)->daddr = home;
	quoted = (struct ipv6hdr *)(skb->data + at);
	quoted->saddr = home;
	quoted->nexthdr = nexthdr;
	quoted->payload_len = htons(ntohs(quoted->payload_len) - XOSH_OPTION_LEN);
	header_icmp_checksum(skb);
	xosh_count(xn->counters, XOSH_STAT_TRANSLATED, 1);
	return true;
}
