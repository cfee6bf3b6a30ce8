/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Doubly linked intrusive list: liburcu's, which is as good as any and documented.
 */
#ifndef _XOS_BASE_LIST_H
#define _XOS_BASE_LIST_H

#include <urcu/list.h>

#endif
