/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sockets that clients of an agent connect to, in clear and with TLS. When there
 * is no descriptor or no memory for a client it is not asked for again at once,
 * which would keep the event loop busy: all sockets rest for a while.
 */
#ifndef _XOS_DAEMON_LISTENER_H
#define _XOS_DAEMON_LISTENER_H

#include <base/addr.h>
#include <env/env_uv.h>

/* How long nobody is taken after it failed. */
#define LISTENER_PAUSE_NS (200 * ENV_MS)

/**
 * struct listener - the two sockets
 * @env: event loop
 * @accepted: takes over the socket of a client; called in the event loop
 * @ctx: its argument
 * @failed: of the caller: how often nobody could be taken, for want of descriptors or memory
 * @again: ends the rest
 * @at: sockets; the second is for TLS
 */
struct listener {
	struct env_uv *env;
	void (*accepted)(void *ctx, int fd, const struct xos_addr *from, bool tls);
	void *ctx;
	uint64_t *failed;
	struct env_timer again;
	struct listener_socket {
		struct listener *l;
		struct env_uv_poll *poll;
		int fd;
	} at[2];
};

/**
 * listener_init() - listen nowhere
 * @l: listener
 * @env: event loop
 * @accepted: takes over the socket of a client, non-blocking and closed on exec
 * @ctx: its argument
 * @failed: counter of clients that could not be taken; must outlive the listener
 */
void listener_init(struct listener *l, struct env_uv *env,
		   void (*accepted)(void *ctx, int fd, const struct xos_addr *from, bool tls),
		   void *ctx, uint64_t *failed);

/**
 * listener_open() - listen
 * @l: listener
 * @addr: where, port 0: nowhere
 * @tls_addr: the same for clients with TLS
 *
 * Return: 0 or a negative errno; listener_close() is due in any case.
 */
int listener_open(struct listener *l, const struct xos_addr *addr, const struct xos_addr *tls_addr);

/**
 * listener_close() - listen no more
 * @l: listener, may be closed already
 */
void listener_close(struct listener *l);

#endif
