/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_UNALIGNED_H
#define _XOS_SHIM_UNALIGNED_H

#include <base/be.h>

#define get_unaligned_be16(p)	 be16_load(p)
#define get_unaligned_be32(p)	 be32_load(p)
#define get_unaligned_be64(p)	 be64_load(p)
#define put_unaligned_be16(v, p) be16_store(p, v)
#define put_unaligned_be32(v, p) be32_store(p, v)
#define put_unaligned_be64(v, p) be64_store(p, v)

#endif
