/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_SLAB_H
#define _XOS_SHIM_SLAB_H

#include <stdlib.h>

#define GFP_KERNEL	     0
#define kzalloc(size, flags) calloc(1, size)
#define kfree(p)	     free(p)

#endif
