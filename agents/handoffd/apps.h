/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs of this machine that serve an address through libxos
 * (Documentation/wire/service.rst), and the sockets on their way from and to them.
 */
#ifndef _XOS_HANDOFFD_APPS_H
#define _XOS_HANDOFFD_APPS_H

#include <daemon/control.h>
#include <dserver/dserver.h>

/* Programs at once. */
#define APPS_MAX	64
/* After a program has registered: time to offer what it had parked. */
#define APPS_REOFFER_NS (200 * ENV_MS)

/**
 * struct apps - programs and sockets
 * @env: event loop
 * @core: who moves connections; set before the first event
 * @control: their socket
 * @name: name of this node
 * @list: of struct app
 * @count: its length
 * @socks: of struct app_sock: sockets that belong to a move
 * @scratch: room for a dump
 * @refused: programs refused, too many
 */
struct apps {
	struct env_uv *env;
	struct dserver *core;
	struct control_server *control;
	const char *name;
	struct cds_list_head list;
	uint32_t count;
	struct cds_list_head socks;
	uint8_t *scratch;
	uint64_t refused;
};

/**
 * apps_open() - begin to listen
 * @a: @env and @name are set
 * @path: of the socket
 * @gid: group that may connect, (gid_t)-1 for none
 *
 * Return: 0 or a negative errno.
 */
int apps_open(struct apps *a, const char *path, gid_t gid);

/**
 * apps_close() - stop; sockets that are parked stay open at the programs
 * @a: apps
 */
void apps_close(struct apps *a);

/* See struct dserver_ops for the meaning of these; @ctx is struct apps. */
bool apps_serves(struct apps *a, const struct xos_addr *server);
int apps_release(struct apps *a, const struct xos_id *tx, const struct dserver_conn *conn,
		 const struct xos_addr *peer);
int apps_dump(struct apps *a, const struct xos_id *tx, struct buf *out, struct dserver_why *why);
void apps_undo(struct apps *a, const struct xos_id *tx);
int apps_restore(struct apps *a, const struct xos_id *tx, struct bytes record,
		 struct dserver_why *why);
int apps_park(struct apps *a, const struct xos_id *tx, const struct dserver_conn *conn,
	      const struct xos_addr *peer, struct bytes app);
int apps_thaw(struct apps *a, const struct xos_id *tx, struct bytes record,
	      struct dserver_why *why);
bool apps_frozen(struct apps *a, const struct xos_id *tx);
void apps_go(struct apps *a, const struct xos_id *tx);
void apps_drop(struct apps *a, const struct xos_id *tx);

#endif
