/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _XOS_LOOKUP_NETLINK_H
#define _XOS_LOOKUP_NETLINK_H

/* Register the family, and the notice of netlink sockets that close. */
int xosl_netlink_init(void);
void xosl_netlink_exit(void);

#endif
