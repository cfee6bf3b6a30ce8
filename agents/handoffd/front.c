// SPDX-License-Identifier: GPL-2.0-or-later
#include "front.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAC_LEN	     6
/* A neighbour that misses one advertisement hears another. */
#define ADVERTISED_N 3

int front_parse(const char *text, struct front_address *out)
{
	char ip[64], rest;
	unsigned int length;

	memset(out, 0, sizeof(*out));
	if (sscanf(text, "%63[^/]/%u dev %15s %c", ip, &length, out->dev, &rest) != 3 ||
	    length > 128 || inet_pton(AF_INET6, ip, out->ip) != 1)
		return -EINVAL;
	out->length = (uint8_t)length;
	return 0;
}

/* One request to rtnetlink and its acknowledgement. */
static int change(const struct front_address *a, unsigned int index, bool on)
{
	/* Deprecated at once: it must not become the source of this node's own connections. */
	const struct ifa_cacheinfo life = { .ifa_prefered = 0, .ifa_valid = UINT32_MAX };
	_Alignas(NLMSG_ALIGNTO) uint8_t room[1024];
	struct nlmsghdr *h = mnl_nlmsg_put_header(room);
	struct ifaddrmsg *m;
	struct mnl_socket *nl;
	ssize_t n = -1;
	int ret = 0;

	h->nlmsg_type = on ? RTM_NEWADDR : RTM_DELADDR;
	h->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | (on ? NLM_F_CREATE | NLM_F_REPLACE : 0);
	m = mnl_nlmsg_put_extra_header(h, sizeof(*m));
	m->ifa_family = AF_INET6;
	m->ifa_prefixlen = a->length;
	/* Who had it before may not have given it up: detection would refuse it. */
	m->ifa_flags = IFA_F_NODAD;
	m->ifa_index = index;
	mnl_attr_put(h, IFA_LOCAL, sizeof(a->ip), a->ip);
	mnl_attr_put(h, IFA_ADDRESS, sizeof(a->ip), a->ip);
	mnl_attr_put(h, IFA_CACHEINFO, sizeof(life), &life);
	nl = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!nl)
		return -errno;
	if (!mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) &&
	    mnl_socket_sendto(nl, h, h->nlmsg_len) >= 0)
		n = mnl_socket_recvfrom(nl, room, sizeof(room));
	if (n < 0 || mnl_cb_run(room, (size_t)n, 0, mnl_socket_get_portid(nl), NULL, NULL) < 0)
		ret = -errno;
	mnl_socket_close(nl);
	return !on && ret == -EADDRNOTAVAIL ? 0 : ret;
}

static int advertise(const struct front_address *a, unsigned int index)
{
	struct {
		struct nd_neighbor_advert na;
		struct nd_opt_hdr opt;
		uint8_t mac[MAC_LEN];
	} msg = { .na.nd_na_type = ND_NEIGHBOR_ADVERT,
		  .na.nd_na_flags_reserved = ND_NA_FLAG_OVERRIDE,
		  .opt = { ND_OPT_TARGET_LINKADDR, 1 } };
	struct sockaddr_in6 from = { .sin6_family = AF_INET6 };
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_scope_id = index };
	int fd = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6), hops = 255, err = 0;
	struct ifreq ifr;

	if (fd < 0)
		return -errno;
	memcpy(&from.sin6_addr, a->ip, sizeof(a->ip));
	memcpy(&msg.na.nd_na_target, a->ip, sizeof(a->ip));
	inet_pton(AF_INET6, "ff02::1", &to.sin6_addr);
	memset(&ifr, 0, sizeof(ifr));
	memcpy(ifr.ifr_name, a->dev, sizeof(a->dev));
	if (ioctl(fd, SIOCGIFHWADDR, &ifr) || bind(fd, (struct sockaddr *)&from, sizeof(from)) ||
	    setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof(hops)))
		err = -errno;
	memcpy(msg.mac, ifr.ifr_hwaddr.sa_data, MAC_LEN);
	for (int i = 0; !err && i < ADVERTISED_N; i++) {
		if (sendto(fd, &msg, sizeof(msg), 0, (struct sockaddr *)&to, sizeof(to)) < 0)
			err = -errno;
	}
	close(fd);
	return err;
}

int front_set(const char *text, bool on)
{
	struct front_address a;
	unsigned int index;
	int err;

	err = front_parse(text, &a);
	if (err)
		return err;
	index = if_nametoindex(a.dev);
	if (!index)
		return -errno;
	err = change(&a, index, on);
	return err || !on ? err : advertise(&a, index);
}
