/* SPDX-License-Identifier: GPL-2.0-only */
/* IPv6 in IPv6 between the members of a vip (RFC 2473, without options). */
#ifndef _XOS_HANDOFF_TUNNEL_H
#define _XOS_HANDOFF_TUNNEL_H

#include <linux/types.h>

struct sk_buff;
struct xosh_member;
struct xosh_net;
struct xosh_packet;
struct xosh_set;

void xosh_tunnel_xmit(struct xosh_net *xn, const struct xosh_set *set, struct xosh_member *to,
		      struct sk_buff *skb, bool last);
int xosh_tunnel_recv(struct xosh_net *xn, struct sk_buff *skb, struct xosh_packet *p, bool *last);
void xosh_tunnel_pmtu(struct xosh_net *xn, struct sk_buff *skb);

#endif /* _XOS_HANDOFF_TUNNEL_H */
