/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Transport addresses: IPv6, with IPv4 as IPv4-mapped (RFC 4291 section 2.5.5.2). */
#ifndef _XOS_BASE_ADDR_H
#define _XOS_BASE_ADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* "[" + 45 characters + "]:65535" + NUL, rounded up */
#define XOS_ADDR_STR_MAX 64

/**
 * struct xos_addr - where a peer listens, for streams and datagrams alike
 * @ip: IPv6 address, network order
 * @port: port, host order
 */
struct xos_addr {
	uint8_t ip[16];
	uint16_t port;
};

static inline bool xos_addr_eq(const struct xos_addr *a, const struct xos_addr *b)
{
	return a->port == b->port && !memcmp(a->ip, b->ip, sizeof(a->ip));
}

static inline int xos_addr_cmp(const struct xos_addr *a, const struct xos_addr *b)
{
	int c = memcmp(a->ip, b->ip, sizeof(a->ip));

	return c ? c : (int)a->port - (int)b->port;
}

static inline bool xos_addr_is_zero(const struct xos_addr *a)
{
	static const struct xos_addr zero;

	return xos_addr_eq(a, &zero);
}

/* ::1, or 127.0.0.0/8 as an IPv4-mapped address. */
static inline bool xos_addr_is_loopback(const struct xos_addr *a)
{
	static const uint8_t mapped[13] = { [10] = 0xff, [11] = 0xff, [12] = 127 };
	static const uint8_t one[16] = { [15] = 1 };

	return !memcmp(a->ip, one, sizeof(one)) || !memcmp(a->ip, mapped, sizeof(mapped));
}

/**
 * xos_addr_parse() - read "[2001:db8::1]:7400", "192.0.2.1:7400" or an address alone
 * @s: text; numeric addresses only
 * @port: port where the text names none
 * @out: result, untouched on failure
 *
 * Return: 0 or -EINVAL.
 */
int xos_addr_parse(const char *s, uint16_t port, struct xos_addr *out);

/**
 * xos_addr_format() - write as xos_addr_parse() reads it
 * @a: address; the port is left out when it is 0
 * @out: at least XOS_ADDR_STR_MAX bytes
 *
 * Return: @out.
 */
const char *xos_addr_format(const struct xos_addr *a, char *out);

#endif
