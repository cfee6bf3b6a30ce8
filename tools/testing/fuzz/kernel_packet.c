// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The parser that xos_handoff runs on every packet of an address. Whatever
 * comes: it ends, it reads nothing behind the packet, and what it finds lies in
 * the packet.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/handoff/packet.c"

#define ADDR_OFF 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A kind that promises a tuple has the addresses of the header, this way or the other. */
static void check(const struct xosh_packet *p, const uint8_t *ip6, size_t len, bool out)
{
	const uint8_t *first = ip6 + ADDR_OFF, *second = first + sizeof(struct in6_addr);

	if (p->kind != XOSH_KIND_TCP)
		return;
	if (len < sizeof(struct ipv6hdr) + sizeof(struct packet_ports) ||
	    memcmp(out ? &p->tuple.addr : &p->tuple.client, first, sizeof(struct in6_addr)) ||
	    memcmp(out ? &p->tuple.client : &p->tuple.addr, second, sizeof(struct in6_addr)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* a block of exactly this size, so that a read beyond it is seen */
	uint8_t *copy = size ? malloc(size) : NULL;
	struct sk_buff skb = { .data = copy, .len = (unsigned int)size };
	struct xosh_packet p;

	if (!copy)
		return 0;
	memcpy(copy, data, size);
	/* Else one input in sixteen gets behind the first check. */
	copy[0] = 0x60 | (copy[0] & 0xf);
	xosh_packet_parse(&skb, 0, &p);
	check(&p, copy, size, false);
	xosh_packet_parse_out(&skb, 0, &p);
	check(&p, copy, size, true);
	free(copy);
	return 0;
}
