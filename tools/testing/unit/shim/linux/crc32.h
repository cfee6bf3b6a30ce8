/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_CRC32_H
#define _XOS_SHIM_CRC32_H

#include <base/crc32c.h>
#include <linux/types.h>

/* The kernel neither inverts before nor after. */
static inline u32 __crc32c_le(u32 crc, const u8 *data, size_t len)
{
	return ~crc32c(~crc, data, len);
}

#endif
