/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * env.h on libuv: the environment of the daemons. One event loop on the thread
 * that calls env_uv_run(); everything here is called on that thread, but for
 * env_uv_async_send(). Callbacks come from the loop, never from inside a
 * function of env.h.
 *
 * Streams: one connection per peer is opened when the first message to its
 * address is sent, and closed when it was idle; a connection that the peer
 * opened is used as well. When both open one at the same time both live, each
 * end sends on the one it got first.
 */
#ifndef _XOS_ENV_ENV_UV_H
#define _XOS_ENV_ENV_UV_H

#include <stdarg.h>

#include <env/env.h>
#include <env/guard.h>

struct env_uv;
struct env_uv_poll;
struct env_uv_async;
struct env_uv_signal;

/**
 * struct env_uv_config - limits and callbacks; a limit of 0 means its default
 * @listen: where to listen, datagrams and streams alike; port 0: any free one
 * @advertise: address told to peers; all zero: @listen. A port of 0 is replaced
 * @timers_max: timers armed at once (65536)
 * @conns_max: connections at once, both ways (1024)
 * @handshakes_max: incoming connections that are not authenticated yet (64)
 * @peers_max: addresses that streams are sent to, remembered (4096)
 * @send_queue_max: bytes queued to one peer (4 MiB)
 * @connect_timeout_ms: from opening a connection to its authentication (5000)
 * @idle_timeout_ms: a connection without traffic is closed (60000)
 * @log: writes a line; NULL: to stderr
 * @log_ctx: argument of @log
 */
struct env_uv_config {
	struct xos_addr listen;
	struct xos_addr advertise;
	uint32_t timers_max;
	uint32_t conns_max;
	uint32_t handshakes_max;
	uint32_t peers_max;
	uint32_t send_queue_max;
	uint32_t connect_timeout_ms;
	uint32_t idle_timeout_ms;
	void (*log)(void *ctx, enum env_level level, enum env_subsys subsys, const char *fmt,
		    va_list args);
	void *log_ctx;
};

/**
 * struct env_uv_counters - since start
 * @dgrams_in: datagrams received
 * @dgrams_out: datagrams sent
 * @dgrams_dropped: not sent, the socket was full or the way unreachable
 * @msgs_in: messages received on streams
 * @msgs_out: messages handed to an authenticated stream
 * @msgs_lost: queued messages lost with their connection
 * @bytes_in: bytes received on streams
 * @bytes_out: bytes sent on streams
 * @queue_full: messages refused, the queue to that peer was full
 * @unreachable: messages refused, the last attempts to connect failed
 * @peers_full: messages refused, no room for another peer or connection
 * @accepted: incoming connections
 * @accept_refused: of these closed at once, over a limit
 * @connected: outgoing connections that were authenticated
 * @connect_failed: outgoing connections that were not
 * @timeouts: connections closed before authentication, by time
 * @met: streams opened because a datagram was sealed with a key that is not known
 * @wrong_peer: messages not sent, somebody else than was meant is at that address
 * @idle_closed: connections closed because nothing used them
 */
struct env_uv_counters {
	uint64_t dgrams_in;
	uint64_t dgrams_out;
	uint64_t dgrams_dropped;
	uint64_t msgs_in;
	uint64_t msgs_out;
	uint64_t msgs_lost;
	uint64_t bytes_in;
	uint64_t bytes_out;
	uint64_t queue_full;
	uint64_t unreachable;
	uint64_t peers_full;
	uint64_t accepted;
	uint64_t accept_refused;
	uint64_t connected;
	uint64_t connect_failed;
	uint64_t timeouts;
	uint64_t met;
	uint64_t wrong_peer;
	uint64_t idle_closed;
};

/**
 * typedef env_uv_recv_fn - a message arrived
 * @ctx: argument given with the function
 * @from: authenticated sender
 * @channel: how it came
 * @msg: the whole message, valid during the call; not checked beyond its length
 */
typedef void (*env_uv_recv_fn)(void *ctx, const struct env_peer *from, enum env_channel channel,
			       struct bytes msg);

/**
 * env_uv_create() - an event loop, no socket yet
 * @config: copied
 * @out: result
 *
 * Return: 0, -ENOMEM, or a negative errno of timerfd_create(2).
 */
int env_uv_create(const struct env_uv_config *config, struct env_uv **out);

/**
 * env_uv_destroy() - close all that is open and free; queued messages are lost
 * @e: environment; NULL is ignored
 */
void env_uv_destroy(struct env_uv *e);

/**
 * env_uv_env() - the interface that cores get
 * @e: environment
 *
 * Return: the interface, as long as @e.
 */
struct env *env_uv_env(struct env_uv *e);

/**
 * env_uv_recv() - say who gets messages; before there is one they are dropped
 * @e: environment
 * @recv: called for each message
 * @ctx: argument of @recv
 */
void env_uv_recv(struct env_uv *e, env_uv_recv_fn recv, void *ctx);

/**
 * env_uv_listen() - open the sockets
 * @e: environment
 * @guard: authentication, must outlive the environment
 * @id: identity of this agent, told to peers
 *
 * Before this nothing can be sent.
 *
 * Return: 0, or a negative errno of socket(2), bind(2), listen(2).
 */
int env_uv_listen(struct env_uv *e, struct env_guard *guard, const struct xos_id *id);

/**
 * env_uv_self() - what peers are told about this agent
 * @e: environment
 *
 * Return: identity and address; identity and port are known after env_uv_listen().
 */
const struct env_peer *env_uv_self(const struct env_uv *e);

/**
 * env_uv_dgram_fd() - the datagram socket, for the kernel's responder
 * @e: environment
 *
 * Return: the descriptor, which stays with @e, or -1 before env_uv_listen().
 */
int env_uv_dgram_fd(const struct env_uv *e);

/**
 * env_uv_run() - serve events until env_uv_stop()
 * @e: environment
 *
 * Return: what env_uv_stop() was given.
 */
int env_uv_run(struct env_uv *e);

/**
 * env_uv_stop() - let env_uv_run() return after the current event
 * @e: environment
 * @status: its result
 */
void env_uv_stop(struct env_uv *e, int status);

/**
 * env_uv_counters() - counters
 * @e: environment
 *
 * Return: the counters, as long as @e.
 */
const struct env_uv_counters *env_uv_counters(const struct env_uv *e);

/**
 * env_uv_conns() - connections that are open now
 * @e: environment
 *
 * Return: the number.
 */
uint32_t env_uv_conns(const struct env_uv *e);

#define ENV_UV_READ  1
#define ENV_UV_WRITE 2

/**
 * env_uv_poll_add() - watch a foreign descriptor (netlink, control socket)
 * @e: environment
 * @fd: non-blocking descriptor, which stays with the caller
 * @events: ENV_UV_READ, ENV_UV_WRITE or both; 0: none until env_uv_poll_events()
 * @ready: called with the events there are; an error or hangup counts as both
 * @ctx: argument of @ready
 * @out: result
 *
 * Return: 0, -ENOMEM, or a negative errno (a descriptor that cannot be polled).
 */
int env_uv_poll_add(struct env_uv *e, int fd, int events, void (*ready)(void *ctx, int events),
		    void *ctx, struct env_uv_poll **out);

/**
 * env_uv_poll_events() - change what is watched
 * @p: watch
 * @events: as in env_uv_poll_add()
 */
void env_uv_poll_events(struct env_uv_poll *p, int events);

/**
 * env_uv_poll_del() - stop watching; the descriptor may be closed at once
 * @p: watch; NULL is ignored. Also from inside its own callback
 */
void env_uv_poll_del(struct env_uv_poll *p);

/**
 * env_uv_async_add() - a way to wake the loop from another thread
 * @e: environment
 * @wake: called on the loop after one or more env_uv_async_send()
 * @ctx: argument of @wake
 * @out: result
 *
 * Return: 0, -ENOMEM or a negative errno of eventfd(2).
 */
int env_uv_async_add(struct env_uv *e, void (*wake)(void *ctx), void *ctx,
		     struct env_uv_async **out);

/**
 * env_uv_async_send() - wake the loop; from any thread, never blocks
 * @a: async
 */
void env_uv_async_send(struct env_uv_async *a);

/**
 * env_uv_async_del() - no thread may use it any more
 * @a: async; NULL is ignored
 */
void env_uv_async_del(struct env_uv_async *a);

/**
 * env_uv_signal_add() - have a signal as an event
 * @e: environment
 * @signo: signal
 * @caught: called on the loop
 * @ctx: argument of @caught
 * @out: result
 *
 * Return: 0, -ENOMEM or a negative errno.
 */
int env_uv_signal_add(struct env_uv *e, int signo, void (*caught)(void *ctx, int signo), void *ctx,
		      struct env_uv_signal **out);

/**
 * env_uv_signal_del() - the signal has its default action again
 * @s: signal; NULL is ignored
 */
void env_uv_signal_del(struct env_uv_signal *s);

#endif
