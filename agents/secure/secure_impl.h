/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the guard, shared by secure.c, dgram.c and stream.c. */
#ifndef _XOS_SECURE_SECURE_IMPL_H
#define _XOS_SECURE_SECURE_IMPL_H

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <env/ratelimit.h>
#include <secure/replay.h>
#include <secure/secure.h>

/**
 * struct secure - the guard
 * @guard: interface
 * @env: clock and log
 * @id: of this agent
 * @grid: name of the grid, PSK identity
 * @program: told to peers
 * @dgram_key: key of datagrams
 * @stream_key: PSK
 * @key_id: number of @dgram_key
 * @counter: of the next datagram
 * @hmac: keyed with @dgram_key
 * @psk_client: credentials of outgoing streams
 * @psk_server: credentials of incoming streams
 * @priority: what TLS may negotiate
 * @replay: datagrams seen
 * @limit: for log lines that peers can provoke
 * @counters: counters
 */
struct secure {
	struct env_guard guard;
	struct env *env;
	struct xos_id id;
	char grid[SECURE_GRID_MAX];
	char program[SECURE_PROGRAM_MAX];
	struct secure_key dgram_key;
	struct secure_key stream_key;
	uint16_t key_id;
	uint64_t counter;
	gnutls_hmac_hd_t hmac;
	gnutls_psk_client_credentials_t psk_client;
	gnutls_psk_server_credentials_t psk_server;
	gnutls_priority_t priority;
	struct replay replay;
	struct ratelimit limit;
	struct secure_counters counters;
};

static inline struct secure *secure_of(struct env_guard *guard)
{
	return caa_container_of(guard, struct secure, guard);
}

/**
 * secure_refuse() - count and log a refusal
 * @s: guard
 * @counter: of this reason
 * @what: what is refused
 * @why: reason, for people
 */
void secure_refuse(struct secure *s, uint64_t *counter, const char *what, const char *why);

/* The functions behind env_guard_ops. */
int secure_dgram_seal(struct env_guard *guard, struct bytes msg, struct buf *out);
int secure_dgram_open(struct env_guard *guard, struct bytes dgram, struct xos_id *from,
		      struct bytes *msg);
int secure_session_new(struct env_guard *guard, bool client, const struct env_peer *self,
		       const struct env_session_owner *owner, struct env_session **out);
int secure_session_start(struct env_session *session);
int secure_session_feed(struct env_session *session, struct bytes in);
int secure_session_write(struct env_session *session, struct bytes msg);
void secure_session_free(struct env_session *session);

#endif
