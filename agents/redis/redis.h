/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What clients of the Redis protocol see of the grid: commands over the
 * replicated, transactional map. Bytes of a client go in, replies come out;
 * sockets are somebody else's (xosd/redis_server.c).
 *
 * Each command is a transaction. It is written as a function over what it
 * reads: when something is not read yet it asks for it and is run again from
 * the start when that is there (work.c). Commands of one client that touch
 * different keys go on at the same time; replies come in the order of requests.
 *
 * One thread, that of the event loop. Memory comes from the heap, within the
 * limits of struct redis_limits.
 */
#ifndef _XOS_REDIS_REDIS_H
#define _XOS_REDIS_REDIS_H

#include <sys/types.h>

#include <acl/acl.h>
#include <dht/dht.h>
#include <env/env.h>
#include <txn/txn.h>

struct redis;
struct redis_client;

/* Longest password, terminator included. */
#define REDIS_PASSWORD_MAX 256

/**
 * struct redis_limits - what is refused, or waits, as too much
 * @clients_max: clients at once
 * @pipeline_max: commands of one client that are under way or wait for their turn
 * @works_max: transactions at once, over all clients; further ones wait
 * @args_max: arguments of a command, its name included
 * @request_max: bytes of a request
 * @multi_bytes_max: bytes of the commands between MULTI and EXEC
 */
struct redis_limits {
	uint32_t clients_max;
	uint32_t pipeline_max;
	uint32_t works_max;
	uint32_t args_max;
	uint32_t request_max;
	uint32_t multi_bytes_max;
};

/**
 * struct redis_quota - what each user may take of this agent; 0: no limit. The role admin
 *	has none
 * @connections: at once; one more is refused
 * @requests: a second; who wants more waits
 * @bytes: of requests and replies a second; who wants more waits
 */
struct redis_quota {
	uint32_t connections;
	uint64_t requests;
	uint64_t bytes;
};

/**
 * struct redis_config - what commands stand on
 * @env: environment
 * @dht: reads
 * @txns: transactions
 * @acl: what users may do; redis_rights_ready() is to be called by its struct
 *	acl_config.ready
 * @limits: limits
 * @quota: what each user may take
 * @password: what AUTH wants; empty: no client needs it. Copied
 * @version: of this program, static
 */
struct redis_config {
	struct env *env;
	struct dht *dht;
	struct txns *txns;
	struct acl *acl;
	struct redis_limits limits;
	struct redis_quota quota;
	char password[REDIS_PASSWORD_MAX];
	const char *version;
};

/**
 * struct redis_counters - since start
 * @clients: clients accepted
 * @clients_refused: ... refused because there were too many
 * @commands: commands begun
 * @commands_failed: ... that ended in an error of the grid
 * @unknown: commands that there are not
 * @bad_requests: clients closed because of what they sent
 * @auth_failed: wrong passwords
 * @quota_connections: connections refused because the user had too many
 * @quota_waits: how often a user had to wait because it had had its share
 * @quota_items: commands refused because there are as many items as the user may make
 * @counts: how often items below a prefix were counted
 * @count_failed: ... in vain
 * @denied: commands refused because the user may not do that
 * @rights_failed: ... because what users may do could not be read
 * @pipeline_full: how often a client had to wait because its pipeline was full
 * @works_full: commands that waited because there were too many transactions
 * @node_full: reads and commits that waited because the node had no room
 * @combined: commands that shared a transaction with one before them
 * @conflicts: attempts that lost against another transaction
 * @gave_up: commands that lost until their time was over
 * @too_large: commands refused because they read or write too much
 * @multi_full: transactions refused because too much was queued
 * @expired: keys removed because their time was over
 * @collected: elements removed whose key had gone
 */
struct redis_counters {
	uint64_t clients;
	uint64_t clients_refused;
	uint64_t commands;
	uint64_t commands_failed;
	uint64_t unknown;
	uint64_t bad_requests;
	uint64_t auth_failed;
	uint64_t quota_connections;
	uint64_t quota_waits;
	uint64_t quota_items;
	uint64_t counts;
	uint64_t count_failed;
	uint64_t denied;
	uint64_t rights_failed;
	uint64_t pipeline_full;
	uint64_t works_full;
	uint64_t node_full;
	uint64_t combined;
	uint64_t conflicts;
	uint64_t gave_up;
	uint64_t too_large;
	uint64_t multi_full;
	uint64_t expired;
	uint64_t collected;
};

/**
 * struct redis_owner - what a client calls; never from inside redis_client_feed()
 *	but for @output
 * @output: bytes for the client, in order, copied before it returns
 * @ready: the client takes commands again, after redis_client_feed() took less
 *	than it was given
 * @ctx: argument of both
 */
struct redis_owner {
	void (*output)(void *ctx, struct bytes data);
	void (*ready)(void *ctx);
	void *ctx;
};

/**
 * redis_create() - make ready
 * @config: copied
 * @out: result
 *
 * Return: 0 or -ENOMEM.
 */
int redis_create(const struct redis_config *config, struct redis **out);

/**
 * redis_destroy() - give everything up, before the node goes
 * @r: redis, without clients; NULL is ignored
 */
void redis_destroy(struct redis *r);

/**
 * redis_counters() - counters
 * @r: redis
 *
 * Return: the counters, as long as @r.
 */
const struct redis_counters *redis_counters(const struct redis *r);

/**
 * redis_client_new() - a client has connected
 * @r: redis
 * @owner: copied
 * @addr: where from, for CLIENT INFO; copied
 * @must_log_in: redis_client_user() will be called before anything is fed; false: it may be
 *	anybody, who has to say the password when there is one
 *
 * Return: the client; NULL when there are too many, or too many of the same user (counted),
 * or no memory.
 */
struct redis_client *redis_client_new(struct redis *r, const struct redis_owner *owner,
				      const char *addr, bool must_log_in);

/**
 * redis_client_user() - who the client is has been found out, or cannot be
 * @c: client that was made with must_log_in
 * @name: its name, 1 to 63 characters; copied. NULL: nobody knows, it has to say the
 *	password and can do nothing when there is none
 * @admin: it may do everything, and as much as it likes
 *
 * Return: 0; -EUSERS the user has too many connections, -ENOMEM.
 */
int redis_client_user(struct redis_client *c, const char *name, bool admin);

/**
 * redis_rights_ready() - what users may do is known now, or cannot be known
 * @r: redis
 */
void redis_rights_ready(struct redis *r);

/**
 * redis_client_free() - a client is gone
 * @c: client; nothing of its owner is called any more
 *
 * Commands that have begun go on and end as they may.
 */
void redis_client_free(struct redis_client *c);

/**
 * redis_client_feed() - a client has sent bytes
 * @c: client
 * @data: bytes from the first of a request on; may be changed
 * @len: how many
 *
 * Return: bytes taken: whole requests, so that the rest is to be given again
 * when there is more; -EPROTO: what the client sent cannot be understood, it
 * is to be closed when its output is sent. See also redis_client_blocked() and
 * redis_client_closing().
 */
ssize_t redis_client_feed(struct redis_client *c, uint8_t *data, size_t len);

/**
 * redis_client_blocked() - does the client take no commands for now?
 * @c: client
 *
 * Return: true when struct redis_owner.ready will be called.
 */
bool redis_client_blocked(const struct redis_client *c);

/**
 * redis_client_closing() - did the client ask to be closed?
 * @c: client
 *
 * Return: true when no reply follows any more.
 */
bool redis_client_closing(const struct redis_client *c);

/**
 * redis_client_pause() - the client does not read its replies
 * @c: client
 * @paused: begin no further commands; false: go on
 */
void redis_client_pause(struct redis_client *c, bool paused);

#endif
