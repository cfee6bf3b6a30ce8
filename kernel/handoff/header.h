/* SPDX-License-Identifier: GPL-2.0-only */
/* The extension headers of route optimisation (RFC 6275, sections 6.3 and 6.4). */
#ifndef _XOS_HANDOFF_HEADER_H
#define _XOS_HANDOFF_HEADER_H

#include <linux/in6.h>

struct sk_buff;
struct xosh_net;

/* Destination options with nothing but a home address option. */
#define XOSH_OPTION_LEN	 24
/* A type 2 routing header. */
#define XOSH_ROUTING_LEN 24

int xosh_header_push_option(struct sk_buff *skb, const struct in6_addr *care_of);
int xosh_header_pull_routing(struct xosh_net *xn, struct sk_buff *skb);
bool xosh_header_translate(struct xosh_net *xn, struct sk_buff *skb);

#endif /* _XOS_HANDOFF_HEADER_H */
