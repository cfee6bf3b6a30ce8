/* SPDX-License-Identifier: GPL-2.0-only */
/* What a packet is to a vip: the parser. */
#ifndef _XOS_HANDOFF_PACKET_H
#define _XOS_HANDOFF_PACKET_H

#include <linux/in6.h>
#include <linux/types.h>

struct sk_buff;

/**
 * struct xosh_tuple - a TCP connection of a vip
 * @addr: address of the vip
 * @client: address of the client
 * @port: port of the server
 * @client_port: port of the client
 *
 * Has no padding: it is hashed and compared as bytes.
 */
struct xosh_tuple {
	struct in6_addr addr;
	struct in6_addr client;
	__be16 port;
	__be16 client_port;
};

enum xosh_kind {
	XOSH_KIND_OTHER, /* not ours to judge */
	XOSH_KIND_TCP, /* a segment */
	XOSH_KIND_ICMP, /* an ICMPv6 error that quotes a segment of ours */
	XOSH_KIND_MALFORMED, /* TCP, or an error, that cannot be understood */
};

#define XOSH_TCP_SYN 0x01 /* SYN without ACK */
#define XOSH_TCP_END 0x02 /* FIN or RST */

/**
 * struct xosh_packet - what the parser found
 * @tuple: the connection, seen from the vip, whichever way the packet goes
 * @kind: what it is
 * @tcp: XOSH_TCP_* of a segment
 */
struct xosh_packet {
	struct xosh_tuple tuple;
	enum xosh_kind kind;
	u8 tcp;
};

void xosh_packet_parse(const struct sk_buff *skb, unsigned int offset, struct xosh_packet *p);
void xosh_packet_parse_out(const struct sk_buff *skb, unsigned int offset, struct xosh_packet *p);

#endif /* _XOS_HANDOFF_PACKET_H */
