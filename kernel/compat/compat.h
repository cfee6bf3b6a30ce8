/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only place that knows kernel versions. The modules are written for the
 * interfaces of the newest kernel that they support and find here what older
 * ones lack.
 */
#ifndef _XOS_COMPAT_COMPAT_H
#define _XOS_COMPAT_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "Linux 6.1 is the oldest kernel that the modules support"
#endif

#include <net/inet6_hashtables.h>
#include <net/net_namespace.h>
#include <net/tcp.h>

/**
 * xos_tcp_hashinfo() - the table of TCP sockets of a network namespace
 * @net: the network namespace
 *
 * A namespace can have a table of its own since 6.1.
 *
 * Return: the table; lives as long as @net.
 */
static inline struct inet_hashinfo *xos_tcp_hashinfo(struct net *net)
{
	return net->ipv4.tcp_death_row.hashinfo;
}

/**
 * xos_tcp_cookie_check() - does a segment acknowledge a SYN cookie of this host?
 * @ip6: its IPv6 header
 * @th: its TCP header
 *
 * Return: the MSS in the cookie, 0 when it is none.
 */
static inline int xos_tcp_cookie_check(const struct ipv6hdr *ip6, const struct tcphdr *th)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
	return __cookie_v6_check(ip6, th, ntohl(th->ack_seq) - 1);
#else
	return __cookie_v6_check(ip6, th);
#endif
}

#endif /* _XOS_COMPAT_COMPAT_H */
