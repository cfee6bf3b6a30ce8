/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What handoffd does when it is asked over its control socket. */
#ifndef _XOS_HANDOFFD_HCTL_H
#define _XOS_HANDOFFD_HCTL_H

#include <daemon/control.h>

#include "apps.h"
#include "kernel.h"
#include "mip.h"

/* Moves that somebody waits for; further ones are refused. */
#define HCTL_MOVES_MAX 128

/**
 * struct hctl - what requests need
 * @env: event loop
 * @core: the core
 * @kernel: the way to the module
 * @apps: programs
 * @mip: route optimisation, perhaps switched off
 * @name: name of this node
 * @moves: private: moves that somebody waits for
 * @count: private: how many
 * @again: private: queued moves are tried again
 */
struct hctl {
	struct env_uv *env;
	struct dserver *core;
	struct kernel *kernel;
	struct apps *apps;
	const struct mip *mip;
	const char *name;
	struct cds_list_head moves;
	uint32_t count;
	struct env_timer again;
};

/**
 * hctl_init() - begin
 * @h: the fields that are not private are set
 */
void hctl_init(struct hctl *h);

/**
 * hctl_handle() - control_request_fn of handoffd
 * @ctx: struct hctl
 * @client: who asks
 * @type: message type
 * @msg: message
 * @fd: closed
 */
void hctl_handle(void *ctx, struct control_client *client, uint16_t type, struct bytes msg, int fd);

/**
 * hctl_moved() - a move ended
 * @h: hctl
 * @tx: move
 * @err: 0 or a negative errno
 * @text: why
 */
void hctl_moved(struct hctl *h, const struct xos_id *tx, int err, const char *text);

/**
 * hctl_exit() - forget who waits
 * @h: hctl
 */
void hctl_exit(struct hctl *h);

#endif
