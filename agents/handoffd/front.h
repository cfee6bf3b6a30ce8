/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The address that a router sends the vip's packets to: the contact node has it. */
#ifndef _XOS_HANDOFFD_FRONT_H
#define _XOS_HANDOFFD_FRONT_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * struct front_address - an address and where it belongs
 * @ip: IPv6 address, in network order
 * @length: of its prefix
 * @dev: name of the interface
 */
struct front_address {
	uint8_t ip[16];
	uint8_t length;
	char dev[IF_NAMESIZE];
};

/**
 * front_parse() - read "ADDRESS/LENGTH dev NAME"
 * @text: text
 * @out: result
 *
 * Return: 0 or -EINVAL.
 */
int front_parse(const char *text, struct front_address *out);

/**
 * front_set() - have the address, or not
 * @text: as for front_parse()
 * @on: add it and tell the neighbours (unsolicited neighbour advertisement, RFC 4861,
 *	section 7.2.6), or remove it
 *
 * Harmless when it is so already. Return: 0 or a negative errno.
 */
int front_set(const char *text, bool on);

#endif
