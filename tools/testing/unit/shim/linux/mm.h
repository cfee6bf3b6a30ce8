/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_MM_H
#define _XOS_SHIM_MM_H

#include <stdlib.h>

#define kvmalloc_array(n, size, flags) calloc(n, size)
#define kvfree(p)		       free(p)

#endif
