/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A passphrase comes from a descriptor or a terminal, never from arguments or environment. */
#ifndef _XOS_XOSCTL_PASSPHRASE_H
#define _XOS_XOSCTL_PASSPHRASE_H

#include <secure/authority.h>

/**
 * passphrase_get() - read a passphrase
 * @fd: descriptor to read one line from; -1: ask on the terminal
 * @twice: a new one: ask twice
 * @out: AUTHORITY_PASSPHRASE_MAX bytes, to be wiped by the caller
 *
 * Return: EXIT_OK, or another enum xosctl_exit after a complaint.
 */
int passphrase_get(int fd, bool twice, char *out);

#endif
