/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which connections have a socket here: asked of the kernel (sock_diag(7)). */
#ifndef _XOS_HANDOFFD_CONNS_H
#define _XOS_HANDOFFD_CONNS_H

#include <dserver/dserver.h>

/**
 * conns_list() - tell the TCP connections of a vip
 * @vip: address, and port or 0 for all ports
 * @fn: called for each; ESTABLISHED and CLOSE_WAIT count as movable, what is only
 *	waiting for the end of its packets (TIME_WAIT) and half open is left out
 * @arg: its first argument
 *
 * Blocks for the time of the dump. Return: 0 or a negative errno.
 */
int conns_list(const struct xos_addr *vip, dserver_conn_fn fn, void *arg);

/**
 * conns_watch_fn - sees a connection and how it gets on
 * @arg: of whoever asked
 * @conn: connection
 * @movable: as for dserver_conn_fn
 * @retries: times that its oldest segment was sent again, and nothing was heard
 */
typedef void (*conns_watch_fn)(void *arg, const struct dserver_conn *conn, bool movable,
			       uint8_t retries);

/**
 * conns_watch() - as conns_list(), with how the connections get on
 * @vip: address, and port or 0 for all ports
 * @fn: called for each
 * @arg: its first argument
 *
 * Return: 0 or a negative errno.
 */
int conns_watch(const struct xos_addr *vip, conns_watch_fn fn, void *arg);

#endif
