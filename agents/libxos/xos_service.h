/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxos for servers behind a distributed server's address: accept connections
 * as always, and let live ones move to another member with their state.
 *
 *	s = xos_service_listen(...)		bind and listen on the vip
 *	fd = accept4(xos_service_listener(s), ...)
 *	xos_service_add(s, fd, data)		this connection may move
 *	xos_service_remove(s, fd); close(fd)	it ended
 *
 * When a connection is to move, ops->release is called: the program stops using
 * it and writes down what it knows about it. On the other member ops->adopt is
 * called with the socket and that state. What waits in the socket's queues
 * moves with the socket. A move that does not happen ends in ops->adopt too, on
 * the member that released it.
 *
 * An epoll loop watches xos_service_fd() and calls xos_service_dispatch(); a
 * threaded server calls xos_service_start() once instead. All functions may be
 * called from any thread, also from inside the callbacks. Without the agent
 * handoffd the server serves as always; when the agent appears or comes back,
 * the library finds it.
 */
#ifndef _XOS_SERVICE_H
#define _XOS_SERVICE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Longest state of a connection, in bytes. */
#define XOS_SERVICE_STATE_MAX 65536

/* ops->release: xos_service_release() or xos_service_keep() follows. */
#define XOS_SERVICE_LATER (-115)

struct xos_service;

/**
 * struct xos_service_ops - what the program does
 * @release: stop using @fd and write at most @max bytes of state. From the return
 *	on neither read, write nor close it. Returns the length of the state;
 *	XOS_SERVICE_LATER; or another negative errno when the connection must stay
 * @adopt: @fd is the program's now, not blocking, with the state that release
 *	wrote; call xos_service_add() for it if it may move again. Returns 0; or a
 *	negative errno, then the library closes it
 */
struct xos_service_ops {
	ssize_t (*release)(void *ctx, int fd, void *data, void *state, size_t max);
	int (*adopt)(void *ctx, int fd, const void *state, size_t len);
};

/**
 * struct xos_service_config - what is served
 * @address: vip, numeric IPv6
 * @port: port
 * @backlog: of listen(2); 0: 1024
 * @run_dir: folder of the agent's socket; NULL: /run/xos
 * @name: name of the program, for people; may be NULL
 * @ops: callbacks
 * @ctx: their first argument
 */
struct xos_service_config {
	const char *address;
	uint16_t port;
	int backlog;
	const char *run_dir;
	const char *name;
	const struct xos_service_ops *ops;
	void *ctx;
};

/**
 * xos_service_listen() - listen, and tell the agent
 * @config: what and how; copied, but for @config->ops and @config->ctx
 * @out: the service; xos_service_close() ends it
 *
 * Return: 0, -EINVAL for an address that is none, -ENOMEM, or a negative errno of
 * socket(2), bind(2) and so on. An agent that is not there is no error.
 */
int xos_service_listen(const struct xos_service_config *config, struct xos_service **out);

/**
 * xos_service_listener() - the listening socket, not blocking
 * @s: service
 *
 * Return: descriptor; it stays the library's.
 */
int xos_service_listener(const struct xos_service *s);

/**
 * xos_service_fd() - becomes readable when xos_service_dispatch() is to be called
 * @s: service
 *
 * Return: descriptor, the same for the life of the service; the library's.
 */
int xos_service_fd(const struct xos_service *s);

/**
 * xos_service_dispatch() - do what the agent asks for; never waits
 * @s: service
 */
void xos_service_dispatch(struct xos_service *s);

/**
 * xos_service_start() - let a thread of the library dispatch
 * @s: service
 *
 * Return: 0 or a negative errno of pthread_create(3).
 */
int xos_service_start(struct xos_service *s);

/**
 * xos_service_add() - a connection may move from now on
 * @s: service
 * @fd: connected socket of the program
 * @data: given back in ops->release
 *
 * Sets TCP_NOTSENT_LOWAT, so that the socket does not take more than TCP can send
 * soon: the rest would have to move with the connection. What TCP has queued (sent
 * and not acknowledged, or received and not read) must be less than 900,000 bytes
 * for a connection to move.
 *
 * Return: 0, -ENOMEM, -EEXIST, or a negative errno of getpeername(2).
 */
int xos_service_add(struct xos_service *s, int fd, void *data);

/**
 * xos_service_remove() - a connection may not move any more
 * @s: service
 * @fd: socket
 *
 * Return: 0; -ENOENT when it is not known; -EBUSY when it was released: do not
 * close it then.
 */
int xos_service_remove(struct xos_service *s, int fd);

/**
 * xos_service_release() - after XOS_SERVICE_LATER: the connection may go
 * @s: service
 * @fd: socket, not used any more
 * @state: its state
 * @len: bytes, at most XOS_SERVICE_STATE_MAX
 *
 * Return: 0; -ENOENT when nobody asked for it.
 */
int xos_service_release(struct xos_service *s, int fd, const void *state, size_t len);

/**
 * xos_service_keep() - after XOS_SERVICE_LATER: the connection stays
 * @s: service
 * @fd: socket
 * @err: negative errno that says why
 *
 * Return: 0; -ENOENT when nobody asked for it.
 */
int xos_service_keep(struct xos_service *s, int fd, int err);

/**
 * xos_service_connected() - is the agent there and did it accept this service?
 * @s: service
 *
 * Return: 1 or 0.
 */
int xos_service_connected(const struct xos_service *s);

/**
 * xos_service_close() - stop listening, leave the agent
 * @s: service; NULL is ignored. Connections of the program stay open, those that
 *	are parked are closed
 */
void xos_service_close(struct xos_service *s);

#ifdef __cplusplus
}
#endif

#endif
