// SPDX-License-Identifier: GPL-2.0-or-later
#include <base/addr.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

static int parse_port(const char *s, uint16_t *out)
{
	unsigned long v;
	char *end;

	if (*s < '0' || *s > '9')
		return -EINVAL;
	errno = 0;
	v = strtoul(s, &end, 10);
	if (errno || *end || v > UINT16_MAX)
		return -EINVAL;
	*out = (uint16_t)v;
	return 0;
}

int xos_addr_parse(const char *s, uint16_t port, struct xos_addr *out)
{
	struct xos_addr a = { .port = port };
	const char *host_end, *port_at = NULL;
	char host[XOS_ADDR_STR_MAX];
	struct in_addr v4;
	size_t len;

	if (*s == '[') {
		s++;
		host_end = strchr(s, ']');
		if (!host_end || (host_end[1] && host_end[1] != ':'))
			return -EINVAL;
		if (host_end[1])
			port_at = host_end + 2;
	} else {
		host_end = s + strlen(s);
		if (strchr(s, ':') && strchr(s, ':') == strrchr(s, ':')) {
			host_end = strchr(s, ':');
			port_at = host_end + 1;
		}
	}
	len = (size_t)(host_end - s);
	if (!len || len >= sizeof(host))
		return -EINVAL;
	memcpy(host, s, len);
	host[len] = 0;
	if (inet_pton(AF_INET, host, &v4) == 1) {
		a.ip[10] = a.ip[11] = 0xff;
		memcpy(a.ip + 12, &v4, 4);
	} else if (inet_pton(AF_INET6, host, a.ip) != 1) {
		return -EINVAL;
	}
	if (port_at && parse_port(port_at, &a.port))
		return -EINVAL;
	*out = a;
	return 0;
}

const char *xos_addr_format(const struct xos_addr *a, char *out)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	bool v4 = !memcmp(a->ip, mapped, sizeof(mapped));
	char ip[INET6_ADDRSTRLEN];

	if (v4)
		inet_ntop(AF_INET, a->ip + 12, ip, sizeof(ip));
	else
		inet_ntop(AF_INET6, a->ip, ip, sizeof(ip));
	if (!a->port)
		snprintf(out, XOS_ADDR_STR_MAX, "%s", ip);
	else
		snprintf(out, XOS_ADDR_STR_MAX, v4 ? "%s:%u" : "[%s]:%u", ip, a->port);
	return out;
}
