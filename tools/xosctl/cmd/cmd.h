/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The objects, one file each. */
#ifndef _XOS_XOSCTL_CMD_H
#define _XOS_XOSCTL_CMD_H

#include "xosctl.h"

extern const struct object object_status;
extern const struct object object_node;
extern const struct object object_ring;
extern const struct object object_key;
extern const struct object object_txn;
extern const struct object object_select;
extern const struct object object_attr;
extern const struct object object_lookup;
extern const struct object object_vip;
extern const struct object object_member;
extern const struct object object_conn;
extern const struct object object_vnode;
extern const struct object object_log;
extern const struct object object_monitor;
extern const struct object object_vo;
extern const struct object object_acl;

#endif
