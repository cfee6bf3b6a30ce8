/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The HTTP gateway: requests of HTTP clients become calls of virtual nodes
 * (agents/web has the protocol).
 *
 * There are two ports: one without encryption, on a loopback address only, and one with
 * TLS, where a client shows a certificate (secure/guest.h). A connection has one request
 * at a time; the next one is read when it was answered.
 */
#ifndef _XOS_VNODED_HTTP_H
#define _XOS_VNODED_HTTP_H

#include <base/list.h>
#include <daemon/listener.h>
#include <env/ratelimit.h>
#include <secure/guest.h>
#include <web/web.h>

#include "vnoded.h"

/* A handshake takes at most so long, a request from its first byte to its last, a reply. */
#define HTTP_HANDSHAKE_NS (10 * ENV_SEC)
#define HTTP_REQUEST_NS	  (30 * ENV_SEC)
#define HTTP_REPLY_NS	  (60 * ENV_SEC)
/* A connection without a request is closed after this. */
#define HTTP_IDLE_NS	  (120 * ENV_SEC)
/* Bytes that are taken while a request is under way: two records of TLS fit. */
#define HTTP_AHEAD_MAX	  (40 * 1024)
/* After a reply that ends a connection its client may go on to send for so long, in vain. */
#define HTTP_LINGER_NS	  (2 * ENV_SEC)
/* Bytes for a client: a reply, what TLS adds, and its handshake. */
#define HTTP_OUTPUT_MAX	  (256 * 1024)
#define HTTP_REASON_MAX	  256

/**
 * struct http_quota - what each user may take; 0: no limit. The role admin has none
 * @connections: at once; one more is closed
 * @requests: a second; who wants more waits
 * @bytes: of requests and replies a second; who wants more waits
 */
struct http_quota {
	uint32_t connections;
	uint64_t requests;
	uint64_t bytes;
};

/**
 * struct http_server_config - where, and for whom
 * @d: daemon; must outlive the server
 * @addr: where to listen; port 0: nowhere
 * @tls_addr: the same with TLS
 * @clients_max: connections at once
 * @quota: what each user may take
 */
struct http_server_config {
	struct vnoded *d;
	struct xos_addr addr;
	struct xos_addr tls_addr;
	uint32_t clients_max;
	struct http_quota quota;
};

/**
 * struct http_counters - since start
 * @accepted: connections accepted
 * @clients_full: connections closed because there were too many
 * @accept_failed: how often nobody could be accepted, for want of descriptors or memory
 * @handshake_late: connections closed because their TLS handshake took too long
 * @request_late: connections closed because their request did
 * @reply_late: connections closed because their client did not read its reply
 * @idle: connections closed because nothing was asked
 * @gone: requests whose client went away before the answer
 * @requests: requests that could be understood
 * @malformed: connections closed because of one that could not, or was over a limit
 * @refused: requests that ask for no operation, or may not
 * @anonymous: of these those that came with TLS and no certificate
 * @keyed: requests with an Idempotency-Key
 * @quota_connections: connections closed because their user had too many
 * @quota_waits: how often a connection had to wait because its user had had its share
 * @answered: requests that a service has answered
 * @failed: requests that none has
 */
struct http_counters {
	uint64_t accepted;
	uint64_t clients_full;
	uint64_t accept_failed;
	uint64_t handshake_late;
	uint64_t request_late;
	uint64_t reply_late;
	uint64_t idle;
	uint64_t gone;
	uint64_t requests;
	uint64_t malformed;
	uint64_t refused;
	uint64_t anonymous;
	uint64_t keyed;
	uint64_t quota_connections;
	uint64_t quota_waits;
	uint64_t answered;
	uint64_t failed;
};

/**
 * struct http_server - all connections, and the sockets that they come from
 * @d: daemon
 * @env: event loop
 * @clients_max: connections at once
 * @quota: what each user may take
 * @users: those behind the connections
 * @listener: sockets
 * @peers: connections
 * @peer_count: how many
 * @limit: for lines about those that are refused
 * @counters: counters
 */
struct http_server {
	struct vnoded *d;
	struct env_uv *env;
	uint32_t clients_max;
	struct http_quota quota;
	struct cds_list_head users;
	struct listener listener;
	struct cds_list_head peers;
	uint32_t peer_count;
	struct ratelimit limit;
	struct http_counters counters;
};

/* --- http_server.c ------------------------------------------------------------------ */

/**
 * http_server_create() - listen
 * @config: used during the call
 * @out: result
 * @reason: result: what is wrong, at least HTTP_REASON_MAX bytes
 *
 * Return: 0, -EPERM without TLS on an address that is not loopback, or for TLS without
 * credentials, -ENOMEM, or a negative errno of the socket.
 */
int http_server_create(const struct http_server_config *config, struct http_server **out,
		       char *reason);

/**
 * http_server_destroy() - close all
 * @s: server; NULL is ignored
 */
void http_server_destroy(struct http_server *s);

/* --- http_peer.c -------------------------------------------------------------------- */

/**
 * http_peer_new() - a client has connected
 * @s: server
 * @from: its address
 * @fd: its socket; closed when there is no room for it
 * @tls: it is to speak TLS
 */
void http_peer_new(struct http_server *s, const struct xos_addr *from, int fd, bool tls);

/* Close all connections. */
void http_peers_close(struct http_server *s);

/* --- http_user.c -------------------------------------------------------------------- */

struct http_user;

/* A connection of a user; NULL when its quota allows no more: counted and logged. */
struct http_user *http_user_get(struct http_server *s, const char *name);

/* The connection is closed; NULL is ignored. */
void http_user_put(struct http_server *s, struct http_user *user);

/* How long until the user may ask again, 0: it may now. NULL may always. */
uint64_t http_user_wait_ns(const struct http_server *s, const struct http_user *u);

/* The user has taken that. */
void http_user_spend(const struct http_server *s, struct http_user *u, uint32_t requests,
		     size_t bytes);

/* When all connections are closed. */
void http_users_free(struct http_server *s);

/* --- http_call.c -------------------------------------------------------------------- */

/**
 * struct http_call - a request on its way to a virtual node
 * @s: server
 * @call: under way; NULL: not
 * @reply: what is known of the reply
 * @keyed: it has an Idempotency-Key
 * @write: takes the reply, copied before it returns
 * @ctx: its argument
 */
struct http_call {
	struct http_server *s;
	struct call *call;
	struct web_reply reply;
	bool keyed;
	void (*write)(void *ctx, struct bytes reply);
	void *ctx;
};

/**
 * http_call_begin() - ask
 * @c: call; @s, @write and @ctx are set; @write is called once, perhaps at once
 * @q: request
 * @who: name in the client's certificate; "" at the port for this machine, NULL for nobody
 */
void http_call_begin(struct http_call *c, const struct web_request *q, const char *who);

/* The reply to what is no request. */
void http_call_bad(struct http_call *c, const struct web_fault *f);

/* The client went away. */
void http_call_end(struct http_call *c);

#endif
