/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SipHash-2-4 (Aumasson and Bernstein, 2012): for tables that others choose the keys of. */
#ifndef _XOS_BASE_SIPHASH_H
#define _XOS_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

/**
 * siphash() - keyed 64-bit hash
 * @key: 128-bit key
 * @data: bytes
 * @len: how many
 *
 * Return: the hash.
 */
uint64_t siphash(const uint64_t key[2], const void *data, size_t len);

#endif
