/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does a host live whose agent is silent? Its kernel answers echo requests
 * (ICMPv6, RFC 4443, section 4).
 */
#ifndef _XOS_HANDOFFD_ECHO_H
#define _XOS_HANDOFFD_ECHO_H

#include <base/addr.h>
#include <env/env_uv.h>

#define ECHO_COOKIE_LEN 16

/**
 * struct echo - requests and answers
 * @env: environment
 * @answered: called with the address of a host that answered, 16 bytes
 * @ctx: first argument of @answered
 * @fd: raw socket, -1 when closed
 * @poll: watches @fd
 * @cookie: in each request, so that only who saw one can answer
 * @seq: of the last request
 */
struct echo {
	struct env_uv *env;
	void (*answered)(void *ctx, const uint8_t *ip);
	void *ctx;
	int fd;
	struct env_uv_poll *poll;
	uint8_t cookie[ECHO_COOKIE_LEN];
	uint16_t seq;
};

/**
 * echo_open() - begin
 * @e: @env, @answered and @ctx are set, the rest is zero; needs CAP_NET_RAW
 *
 * Return: 0 or a negative errno.
 */
int echo_open(struct echo *e);

/**
 * echo_close() - end
 * @e: echo; harmless when it was never opened
 */
void echo_close(struct echo *e);

/**
 * echo_ask() - ask a host
 * @e: open echo
 * @host: its address; the port does not count
 *
 * A request may get lost, or be refused by the network: ask again.
 */
void echo_ask(struct echo *e, const struct xos_addr *host);

#endif
