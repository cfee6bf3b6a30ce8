/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the libuv environment, shared by env_uv.c, env_dgram.c and env_stream.c. */
#ifndef _XOS_ENV_ENV_UV_IMPL_H
#define _XOS_ENV_ENV_UV_IMPL_H

#include <uv.h>

#include <base/list.h>
#include <env/env_uv.h>
#include <env/ratelimit.h>
#include <env/timers.h>

#define ENV_UV_READ_BUF	  (64 * 1024)
#define ENV_UV_RANDOM_BUF 256

struct net_conn;

/**
 * struct net_peer - an address that streams are sent to
 * @hash: in its bucket
 * @addr: key
 * @conn: connection that messages to it go to; NULL: none
 * @retry_ns: no attempt to connect before this time
 * @failures: attempts that failed in a row
 */
struct net_peer {
	struct cds_list_head hash;
	struct xos_addr addr;
	struct net_conn *conn;
	uint64_t retry_ns;
	uint32_t failures;
};

/**
 * struct env_uv - the environment
 * @env: interface for cores
 * @config: limits with defaults filled in
 * @guard: authentication
 * @self: what peers are told
 * @loop: event loop
 * @timer_poll: watches @timer_fd
 * @prepare: runs before the loop waits: arms the timer, flushes streams
 * @timer_fd: timerfd on CLOCK_BOOTTIME for the earliest timer
 * @armed_ns: what @timer_fd is set to; UINT64_MAX: nothing
 * @timers: heap
 * @random: bytes of getrandom(2) not yet used
 * @random_left: how many
 * @udp: datagram socket
 * @tcp: listener
 * @listening: @udp and @tcp are open
 * @conns: all connections
 * @flush: connections with output to write
 * @conns_n: length of @conns
 * @handshakes_n: incoming ones that are not authenticated
 * @buckets: of @peers, by address
 * @bucket_mask: number of buckets less one
 * @peers: table
 * @peers_n: used from the front
 * @hash_key: random key of the buckets
 * @meet_ns: env_stream_meet() does nothing before
 * @limit: for log lines that peers can provoke
 * @limit_meant: for those about messages that were for another node, which strangers cause:
 *	peers that are only gone must not hide them
 * @recv: who gets messages
 * @recv_ctx: argument of @recv
 * @counters: counters
 * @status: result of env_uv_run()
 * @read_buf: memory that sockets read into, one at a time
 */
struct env_uv {
	struct env env;
	struct env_uv_config config;
	struct env_guard *guard;
	struct env_peer self;
	uv_loop_t loop;
	uv_poll_t timer_poll;
	uv_prepare_t prepare;
	int timer_fd;
	uint64_t armed_ns;
	struct timers timers;
	uint8_t random[ENV_UV_RANDOM_BUF];
	uint32_t random_left;
	uv_udp_t udp;
	uv_tcp_t tcp;
	bool listening;
	struct cds_list_head conns;
	struct cds_list_head flush;
	uint32_t conns_n;
	uint32_t handshakes_n;
	struct cds_list_head *buckets;
	uint32_t bucket_mask;
	struct net_peer *peers;
	uint32_t peers_n;
	uint64_t hash_key[2];
	uint64_t meet_ns;
	struct ratelimit limit;
	struct ratelimit limit_meant;
	env_uv_recv_fn recv;
	void *recv_ctx;
	struct env_uv_counters counters;
	int status;
	uint8_t read_buf[ENV_UV_READ_BUF];
};

/**
 * env_addr_to_sock() - as a socket address
 * @a: address
 * @out: result
 */
void env_addr_to_sock(const struct xos_addr *a, struct sockaddr_in6 *out);

/**
 * env_addr_from_sock() - from a socket address
 * @sa: AF_INET6
 * @out: result
 */
void env_addr_from_sock(const struct sockaddr *sa, struct xos_addr *out);

/**
 * env_dgram_open() - bind the datagram socket
 * @e: environment
 * @addr: where
 *
 * Return: 0 or a negative errno; nothing is left open then.
 */
int env_dgram_open(struct env_uv *e, const struct xos_addr *addr);

/**
 * env_dgram_send() - send a message as a datagram
 * @e: environment
 * @to: receiver; a zero identity: whoever is there
 * @msg: message
 *
 * Return: as env_send_peer().
 */
int env_dgram_send(struct env_uv *e, const struct env_peer *to, struct bytes msg);

/**
 * env_stream_setup() - tables of peers and connections
 * @e: environment
 *
 * Return: 0 or -ENOMEM.
 */
int env_stream_setup(struct env_uv *e);

/**
 * env_stream_teardown() - close all connections; their memory goes in the loop
 * @e: environment
 */
void env_stream_teardown(struct env_uv *e);

/**
 * env_stream_accept() - callback of the listener
 * @listener: listener
 * @status: of libuv
 */
void env_stream_accept(uv_stream_t *listener, int status);

/**
 * env_stream_send() - queue a message to a peer, connecting when needed
 * @e: environment
 * @to: receiver; a zero identity: whoever is there
 * @msg: message
 *
 * Return: as env_send_peer().
 */
int env_stream_send(struct env_uv *e, const struct env_peer *to, struct bytes msg);

/**
 * env_stream_used() - a datagram counts as traffic of the stream to its receiver: the keys
 *	of datagrams live as long as the stream
 * @e: environment
 * @to: receiver
 */
void env_stream_used(struct env_uv *e, const struct xos_addr *to);

/**
 * env_stream_meet() - open a stream to a peer, for nothing but what guards tell each other
 * @e: environment
 * @to: peer; one with a stream, or just after another one, is left alone
 */
void env_stream_meet(struct env_uv *e, const struct xos_addr *to);

/**
 * env_stream_flush() - write what was queued since the loop last waited
 * @e: environment
 */
void env_stream_flush(struct env_uv *e);

/**
 * env_net_log() - log something that a peer provoked, at a bounded rate
 * @e: environment
 * @level: importance
 * @addr: the peer
 * @what: what happened
 * @err: negative errno of it, or 0
 */
void env_net_log(struct env_uv *e, enum env_level level, const struct xos_addr *addr,
		 const char *what, int err);
void env_net_log_by(struct ratelimit *limit, struct env_uv *e, enum env_level level,
		    const struct xos_addr *addr, const char *what, int err);

#endif
