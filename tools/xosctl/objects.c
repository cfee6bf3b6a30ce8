// SPDX-License-Identifier: GPL-2.0-or-later
#include "xosctl.h"

#include "cmd/cmd.h"

const struct object *const objects[] = {
	&object_status, &object_node,	&object_ring, &object_key,     &object_txn,  &object_select,
	&object_attr,	&object_lookup, &object_vip,  &object_member,  &object_conn, &object_vnode,
	&object_vo,	&object_acl,	&object_log,  &object_monitor, NULL,
};
