// SPDX-License-Identifier: GPL-2.0-or-later
#include "echo.h"

#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

/* Answers read in one go, so that a flood leaves time for the rest. */
#define READ_MAX 64

struct echo_packet {
	struct icmp6_hdr head;
	uint8_t cookie[ECHO_COOKIE_LEN];
};

static void echo_ready(void *ctx, int events)
{
	struct echo *e = ctx;
	struct echo_packet p;
	struct sockaddr_in6 from;
	socklen_t len;
	ssize_t n;

	for (int i = 0; i < READ_MAX; i++) {
		len = sizeof(from);
		n = recvfrom(e->fd, &p, sizeof(p), MSG_DONTWAIT, (struct sockaddr *)&from, &len);
		if (n < 0)
			return;
		/* Answers to others' requests come here, too. */
		if (n == sizeof(p) && p.head.icmp6_type == ICMP6_ECHO_REPLY &&
		    !memcmp(p.cookie, e->cookie, sizeof(p.cookie)))
			e->answered(e->ctx, from.sin6_addr.s6_addr);
	}
}

int echo_open(struct echo *e)
{
	struct icmp6_filter filter;

	ICMP6_FILTER_SETBLOCKALL(&filter);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &filter);
	if (getrandom(e->cookie, sizeof(e->cookie), 0) != sizeof(e->cookie))
		return -EIO;
	e->fd = socket(AF_INET6, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMPV6);
	if (e->fd < 0 || setsockopt(e->fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof(filter)))
		return -errno;
	return env_uv_poll_add(e->env, e->fd, ENV_UV_READ, echo_ready, e, &e->poll);
}

void echo_close(struct echo *e)
{
	if (!e->answered)
		return;
	env_uv_poll_del(e->poll);
	if (e->fd >= 0)
		close(e->fd);
	e->answered = NULL;
}

void echo_ask(struct echo *e, const struct xos_addr *host)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6 };
	struct echo_packet p = { .head.icmp6_type = ICMP6_ECHO_REQUEST };

	memcpy(&to.sin6_addr, host->ip, sizeof(to.sin6_addr));
	memcpy(p.cookie, e->cookie, sizeof(p.cookie));
	p.head.icmp6_seq = htons(++e->seq);
	if (sendto(e->fd, &p, sizeof(p), MSG_DONTWAIT, (struct sockaddr *)&to, sizeof(to)) < 0)
		env_log(env_uv_env(e->env), ENV_DEBUG, ENV_SUB_DSERVER, "echo request: %s",
			strerror(errno));
}
