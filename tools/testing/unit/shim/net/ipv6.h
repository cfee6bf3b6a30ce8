/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace (numbers: RFC 8200, RFC 4443). */
#ifndef _XOS_SHIM_NET_IPV6_H
#define _XOS_SHIM_NET_IPV6_H

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include <linux/in6.h>
#include <linux/types.h>

#define NEXTHDR_HOP	 0
#define NEXTHDR_ROUTING	 43
#define NEXTHDR_FRAGMENT 44
#define NEXTHDR_DEST	 60

#define IP6_MF	   0x0001
#define IP6_OFFSET 0xfff8

struct frag_hdr {
	__u8 nexthdr;
	__u8 reserved;
	__be16 frag_off;
	__be32 identification;
};

static inline bool ipv6_addr_equal(const struct in6_addr *a, const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

#endif
