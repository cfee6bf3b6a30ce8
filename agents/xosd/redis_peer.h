/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One connection of the Redis protocol; what belongs to all of them is in redis_server.c. */
#ifndef _XOS_XOSD_REDIS_PEER_H
#define _XOS_XOSD_REDIS_PEER_H

#include <base/list.h>
#include <daemon/listener.h>
#include <env/ratelimit.h>
#include <secure/guest.h>

#include "redis_server.h"

/* Bytes of the longest request. */
#define REDIS_REQUEST_MAX (1024 * 1024)

/**
 * struct redis_server - all connections, and the sockets that they come from
 * @env: event loop
 * @secure: guard, for TLS
 * @redis: what they talk to
 * @acl: what their users may do
 * @memory: of @acl
 * @listener: sockets
 * @peers: connections
 * @output_held: bytes that replies of all connections take
 * @late: for lines about handshakes that took too long
 * @counters: counters
 */
struct redis_server {
	struct env_uv *env;
	struct secure *secure;
	struct redis *redis;
	struct acl *acl;
	void *memory;
	struct listener listener;
	struct cds_list_head peers;
	size_t output_held;
	struct ratelimit late;
	struct redis_server_counters counters;
};

struct redis_peer;

/**
 * redis_peer_new() - a client has connected
 * @s: server
 * @fd: its socket; closed when there is no room for it
 * @from: where it is
 * @tls: it is to speak TLS
 */
void redis_peer_new(struct redis_server *s, int fd, const struct xos_addr *from, bool tls);

/**
 * redis_peers_close() - close all of them
 * @s: server
 */
void redis_peers_close(struct redis_server *s);

#endif
