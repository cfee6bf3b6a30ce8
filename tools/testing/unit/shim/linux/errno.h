/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_ERRNO_H
#define _XOS_SHIM_ERRNO_H

#include_next <linux/errno.h>
#include <errno.h>

#endif
