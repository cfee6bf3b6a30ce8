// SPDX-License-Identifier: GPL-2.0-only
#include "packet.h"

#include <linux/icmpv6.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <net/ipv6.h>

/* Extension headers looked at in one packet. */
#define PACKET_EXTHDRS_MAX 6

struct packet_ports {
	__be16 source;
	__be16 dest;
};

/*
 * Walk over destination options, routing headers and atomic fragments.
 * Return the protocol behind them with @offset at its header, or -1 for what
 * cannot be walked: true fragments (defragmentation comes before us), hop-by-hop
 * options, which only the first look at a packet handles, and endless chains.
 */
static int packet_walk(const struct sk_buff *skb, u8 nexthdr, unsigned int *offset)
{
	struct ipv6_opt_hdr _hdr;
	const struct ipv6_opt_hdr *hdr;
	struct frag_hdr _frag;
	const struct frag_hdr *frag;
	int i;

	for (i = 0; i < PACKET_EXTHDRS_MAX; i++) {
		switch (nexthdr) {
		case NEXTHDR_DEST:
		case NEXTHDR_ROUTING:
			hdr = skb_header_pointer(skb, *offset, sizeof(_hdr), &_hdr);
			if (!hdr)
				return -1;
			nexthdr = hdr->nexthdr;
			*offset += (hdr->hdrlen + 1) * 8;
			break;
		case NEXTHDR_FRAGMENT:
			frag = skb_header_pointer(skb, *offset, sizeof(_frag), &_frag);
			if (!frag || frag->frag_off & htons(IP6_OFFSET | IP6_MF))
				return -1;
			nexthdr = frag->nexthdr;
			*offset += sizeof(*frag);
			break;
		case NEXTHDR_HOP:
			return -1;
		default:
			return nexthdr;
		}
	}
	return -1;
}

/* The packet that an error quotes went from the vip to the client. */
static enum xosh_kind packet_quote(const struct sk_buff *skb, unsigned int offset,
				   struct xosh_packet *p)
{
	const struct packet_ports *ports;
	const struct ipv6hdr *ip6;
	struct packet_ports _ports;
	struct ipv6hdr _ip6;
	int proto;

	ip6 = skb_header_pointer(skb, offset, sizeof(_ip6), &_ip6);
	if (!ip6 || ip6->version != 6)
		return XOSH_KIND_MALFORMED;
	if (!ipv6_addr_equal(&ip6->saddr, &p->tuple.addr))
		return XOSH_KIND_OTHER;
	p->tuple.client = ip6->daddr;
	offset += sizeof(*ip6);
	proto = packet_walk(skb, ip6->nexthdr, &offset);
	if (proto < 0)
		return XOSH_KIND_MALFORMED;
	if (proto != IPPROTO_TCP)
		return XOSH_KIND_OTHER;
	ports = skb_header_pointer(skb, offset, sizeof(_ports), &_ports);
	if (!ports)
		return XOSH_KIND_MALFORMED;
	p->tuple.port = ports->source;
	p->tuple.client_port = ports->dest;
	return XOSH_KIND_ICMP;
}

static enum xosh_kind packet_tcp(const struct sk_buff *skb, unsigned int offset,
				 struct xosh_packet *p)
{
	const struct tcphdr *th;
	struct tcphdr _th;

	th = skb_header_pointer(skb, offset, sizeof(_th), &_th);
	if (!th)
		return XOSH_KIND_MALFORMED;
	p->tuple.port = th->dest;
	p->tuple.client_port = th->source;
	if (th->syn && !th->ack)
		p->tcp |= XOSH_TCP_SYN;
	if (th->fin || th->rst)
		p->tcp |= XOSH_TCP_END;
	return XOSH_KIND_TCP;
}

static enum xosh_kind packet_kind(const struct sk_buff *skb, unsigned int offset,
				  struct xosh_packet *p)
{
	const struct icmp6hdr *icmp;
	const struct ipv6hdr *ip6;
	struct icmp6hdr _icmp;
	struct ipv6hdr _ip6;
	int proto;

	ip6 = skb_header_pointer(skb, offset, sizeof(_ip6), &_ip6);
	if (!ip6 || ip6->version != 6)
		return XOSH_KIND_MALFORMED;
	p->tuple.addr = ip6->daddr;
	p->tuple.client = ip6->saddr;
	offset += sizeof(*ip6);
	proto = packet_walk(skb, ip6->nexthdr, &offset);
	if (proto < 0)
		return XOSH_KIND_MALFORMED;
	if (proto == IPPROTO_TCP)
		return packet_tcp(skb, offset, p);
	if (proto != IPPROTO_ICMPV6)
		return XOSH_KIND_OTHER;
	icmp = skb_header_pointer(skb, offset, sizeof(_icmp), &_icmp);
	if (!icmp)
		return XOSH_KIND_MALFORMED;
	if (icmp->icmp6_type & ICMPV6_INFOMSG_MASK)
		return XOSH_KIND_OTHER;
	return packet_quote(skb, offset + sizeof(*icmp), p);
}

/**
 * xosh_packet_parse() - see what a packet is
 * @skb: the packet; may be paged and shared, is not changed
 * @offset: of the IPv6 header from the data pointer
 * @p: what was found; tuple is complete for XOSH_KIND_TCP and XOSH_KIND_ICMP,
 *     and its addresses are set whenever there is an IPv6 header
 *
 * Takes packets as if they were on their way to a vip: the caller knows whether
 * tuple.addr is one.
 */
void xosh_packet_parse(const struct sk_buff *skb, unsigned int offset, struct xosh_packet *p)
{
	memset(p, 0, sizeof(*p));
	p->kind = packet_kind(skb, offset, p);
}

/**
 * xosh_packet_parse_out() - see what a packet that leaves a vip is
 * @skb: the packet; may be paged and shared, is not changed
 * @offset: of the IPv6 header from the data pointer
 * @p: what was found; tuple is complete for XOSH_KIND_TCP, the only kind besides
 *     XOSH_KIND_OTHER
 */
void xosh_packet_parse_out(const struct sk_buff *skb, unsigned int offset, struct xosh_packet *p)
{
	const struct packet_ports *ports;
	const struct ipv6hdr *ip6;
	struct packet_ports _ports;
	struct ipv6hdr _ip6;

	memset(p, 0, sizeof(*p));
	p->kind = XOSH_KIND_OTHER;
	ip6 = skb_header_pointer(skb, offset, sizeof(_ip6), &_ip6);
	if (!ip6)
		return;
	p->tuple.addr = ip6->saddr;
	p->tuple.client = ip6->daddr;
	offset += sizeof(*ip6);
	if (packet_walk(skb, ip6->nexthdr, &offset) != IPPROTO_TCP)
		return;
	ports = skb_header_pointer(skb, offset, sizeof(_ports), &_ports);
	if (!ports)
		return;
	p->tuple.port = ports->source;
	p->tuple.client_port = ports->dest;
	p->kind = XOSH_KIND_TCP;
}
