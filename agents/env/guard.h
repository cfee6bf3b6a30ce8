/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands between the sockets of an agent and its cores: authentication
 * and encryption of datagrams and streams. env_uv.c calls it, secure/ is the
 * implementation; tests have one that lets everything pass.
 *
 * A guard does no input or output of its own: bytes go in, bytes and messages
 * come out through callbacks. One thread, that of the event loop.
 */
#ifndef _XOS_ENV_GUARD_H
#define _XOS_ENV_GUARD_H

#include <base/buf.h>
#include <env/env.h>

/* A sealed datagram is at most this much longer than its message. */
#define ENV_GUARD_DGRAM_MAX 48

struct env_guard;
struct env_session;

/**
 * struct env_session_owner - what a session calls; never from inside @write
 *	(but for @output) or the function that made it
 * @output: bytes for the other end, copied: 0 or a negative errno when the stream is over
 * @opened: the other end is authenticated and has said who it is, once: 0, or
 *	a negative errno to end the session
 * @input: one whole message, after @opened: 0, or a negative errno to end the session
 * @end: the guard wants the stream closed, at any time: the other end is no longer who
 *	it may be
 * @ctx: argument of all
 */
struct env_session_owner {
	int (*output)(void *ctx, struct bytes data);
	int (*opened)(void *ctx, const struct env_peer *peer);
	int (*input)(void *ctx, struct bytes msg);
	void (*end)(void *ctx);
	void *ctx;
};

/**
 * struct env_guard_ops - what a guard provides
 * @seal: append an authenticated datagram with a message for @to, whose identity may be
 *	zero when only its address is known: 0, -EMSGSIZE, -EIO, or -ENOKEY: with that peer
 *	there is no key yet, a stream to it makes one, and may carry the message meanwhile
 * @open: check a datagram; @from and @msg (which borrows @dgram) are set.
 *	0, or -EBADMSG, -EACCES, -EALREADY, or -ENOKEY: it may be a member's whose keys
 *	this agent does not have, a stream to it would tell (counted and logged by the guard)
 * @session_new: one end of a stream that is just connected; @self is what it
 *	says about this agent, @addr where the other end was reached or came from.
 *	0 or a negative errno. Starts nothing
 * @session_start: send what must be sent first; 0 or a negative errno
 * @session_feed: bytes arrived; calls the owner. 0, or a negative errno: the
 *	session is over (counted and logged by the guard)
 * @session_write: send one whole message, after @opened; 0 or a negative errno
 * @session_close: send that this is the end, if there is something to end; only @session_free
 *	follows
 * @session_cut: the connection ended without that from the other end (counted and logged by
 *	the guard); only @session_free follows
 * @session_free: forget a session; never from inside its callbacks
 */
struct env_guard_ops {
	int (*seal)(struct env_guard *guard, const struct env_peer *to, struct bytes msg,
		    struct buf *out);
	int (*open)(struct env_guard *guard, struct bytes dgram, struct xos_id *from,
		    struct bytes *msg);
	int (*session_new)(struct env_guard *guard, bool client, const struct env_peer *self,
			   const struct xos_addr *addr, const struct env_session_owner *owner,
			   struct env_session **out);
	int (*session_start)(struct env_session *session);
	int (*session_feed)(struct env_session *session, struct bytes in);
	int (*session_write)(struct env_session *session, struct bytes msg);
	void (*session_close)(struct env_session *session);
	void (*session_cut)(struct env_session *session);
	void (*session_free)(struct env_session *session);
};

/**
 * struct env_guard - an implementation; embedded as first member by each
 * @ops: its functions
 */
struct env_guard {
	const struct env_guard_ops *ops;
};

#endif
