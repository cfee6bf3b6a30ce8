/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_KERNEL_H
#define _XOS_SHIM_KERNEL_H

#include <linux/minmax.h>

#include <linux/types.h>

#endif
