/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace. */
#ifndef _XOS_SHIM_STRING_H
#define _XOS_SHIM_STRING_H

#include <string.h>

#endif
