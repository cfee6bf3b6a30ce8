/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sockets of the Redis protocol: bytes between clients and agents/redis.
 *
 * A client that does not read its replies is not read from, and no further
 * command of it is begun, until it has; one that lets more than
 * REDIS_OUTPUT_MAX come together is closed, and so is one that wants more when
 * those of all clients take REDIS_OUTPUT_ALL_MAX.
 *
 * There are two ports: one without encryption, one with TLS (secure/guest.h). Who shows
 * a certificate there is a user of that name; everybody else has to say the password.
 */
#ifndef _XOS_XOSD_REDIS_SERVER_H
#define _XOS_XOSD_REDIS_SERVER_H

#include <base/addr.h>
#include <env/env_uv.h>
#include <redis/redis.h>
#include <secure/secure.h>

#include "node.h"

/* Bytes of replies from which on a client is not served further, and those that end it. */
#define REDIS_OUTPUT_PAUSE   (1024 * 1024)
#define REDIS_OUTPUT_MAX     (64 * 1024 * 1024)
#define REDIS_OUTPUT_ALL_MAX (256 * 1024 * 1024)
/* Bytes of replies that TLS gets at once. */
#define REDIS_SEAL_MAX	     (64 * 1024)
/* A handshake takes at most so long. */
#define REDIS_HANDSHAKE_NS   (10 * ENV_SEC)

struct redis_server;

/**
 * struct redis_server_config - where, and for whom
 * @env: event loop
 * @node: node, started; must outlive the server
 * @secure: guard, for TLS; must outlive the server
 * @addr: where to listen; port 0: nowhere
 * @tls_addr: the same with TLS
 * @clients_max: clients at once
 * @quota: what each user may take
 * @password_file: file of the password, mode 0600; empty: nobody needs one,
 *	which is allowed on a loopback address only, or with TLS and a certificate
 */
struct redis_server_config {
	struct env_uv *env;
	struct node *node;
	struct secure *secure;
	struct xos_addr addr;
	struct xos_addr tls_addr;
	uint32_t clients_max;
	struct redis_quota quota;
	const char *password_file;
};

/**
 * struct redis_server_counters - since start
 * @accepted: connections accepted
 * @paused: how often a client did not read its replies
 * @overflow: clients closed because too many replies waited for them, or for all
 * @accept_failed: how often nobody could be accepted, for want of descriptors or memory
 * @handshake_late: clients closed because their TLS handshake took too long
 */
struct redis_server_counters {
	uint64_t accepted;
	uint64_t paused;
	uint64_t overflow;
	uint64_t accept_failed;
	uint64_t handshake_late;
};

/**
 * redis_server_create() - listen
 * @config: used during the call
 * @out: result
 * @reason: result: what is wrong, at least REDIS_REASON_MAX bytes
 *
 * Return: 0, -EPERM without a password on an address that is not loopback, or for TLS
 * without credentials, -ENOMEM, or a negative errno of the socket or the file.
 */
int redis_server_create(const struct redis_server_config *config, struct redis_server **out,
			char *reason);
#define REDIS_REASON_MAX 256

/**
 * redis_server_destroy() - close all; before the node goes
 * @s: server; NULL is ignored
 */
void redis_server_destroy(struct redis_server *s);

/**
 * redis_server_counters() - counters of the sockets
 * @s: server
 *
 * Return: the counters, as long as @s.
 */
const struct redis_server_counters *redis_server_counters(const struct redis_server *s);

/**
 * redis_server_redis() - what the clients talk to, for its counters
 * @s: server
 *
 * Return: as long as @s.
 */
const struct redis *redis_server_redis(const struct redis_server *s);

/**
 * redis_server_acl() - what the users may do, for its counters
 * @s: server
 *
 * Return: as long as @s.
 */
const struct acl *redis_server_acl(const struct redis_server *s);

#endif
