/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CRC-32C (Castagnoli), as iSCSI uses it (RFC 3720 appendix B.4). */
#ifndef _XOS_BASE_CRC32C_H
#define _XOS_BASE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/**
 * crc32c() - checksum of a run of bytes
 * @crc: 0, or the result for the bytes before these
 * @data: bytes
 * @len: how many
 *
 * Return: the checksum.
 */
uint32_t crc32c(uint32_t crc, const void *data, size_t len);

#endif
