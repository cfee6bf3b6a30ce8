/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the guard, shared by secure.c, member.c, trust_spread.c, dgram.c and stream.c. */
#ifndef _XOS_SECURE_SECURE_IMPL_H
#define _XOS_SECURE_SECURE_IMPL_H

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <base/list.h>
#include <env/ratelimit.h>
#include <secure/keyring.h>
#include <secure/pair.h>
#include <secure/replay.h>
#include <secure/secure.h>
#include <secure/tls_io.h>

#define TICKETS_MAX 256
/* Longest saved session: a ticket and the certificates of the peer. */
#define TICKET_LEN  8192

/**
 * struct member_keys - credentials as TLS wants them
 * @refs: sessions that use them, and the guard
 * @tls: of GnuTLS
 */
struct member_keys {
	uint32_t refs;
	gnutls_certificate_credentials_t tls;
};

/**
 * struct ticket - how to resume the session with a peer
 * @addr: the peer
 * @data: of gnutls_session_get_data2()
 */
struct ticket {
	struct xos_addr addr;
	gnutls_datum_t data;
};

/**
 * struct member - the part of the guard that has certificates
 * @credentials: of this agent; their trust is what counts
 * @peers: see struct secure_config; NULL: all
 * @keys: the same for TLS
 * @ticket_key: seals the tickets that this agent gives out
 * @tickets: those that it got; the place of one follows from the address
 * @sessions: all sessions
 * @guests: clients of services (guest.h)
 * @pairs: keys of datagrams with their other ends
 * @renewing: a new certificate was asked for
 * @renew_at: it is not to be asked for again before, seconds since 1970
 * @fast_cipher: see sender_fast_cipher()
 * @keyring: keys of datagrams that prove membership
 * @rotate_at: when the newest of them is to be replaced, seconds since 1970
 * @keys_changed: tells somebody that they have changed, or NULL
 * @keys_ctx: argument of @keys_changed
 * @claim: uses a token up in the whole grid, or NULL
 * @claim_ctx: argument of @claim
 * @claims: tokens that are being used up
 * @timer: looks at files and times
 * @stamp: of the files when they were read
 */
struct member {
	struct credentials credentials;
	char *peers;
	struct member_keys *keys;
	gnutls_datum_t ticket_key;
	struct ticket *tickets;
	struct cds_list_head sessions;
	struct cds_list_head guests;
	struct pairs pairs;
	bool renewing;
	int64_t renew_at;
	gnutls_cipher_algorithm_t fast_cipher;
	struct keyring keyring;
	int64_t rotate_at;
	void (*keys_changed)(void *ctx);
	void *keys_ctx;
	secure_claim_fn claim;
	void *claim_ctx;
	struct cds_list_head claims;
	struct env_timer timer;
	uint64_t stamp;
};

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
 * @member: certificates; NULL in insecure mode
 * @replay: datagrams seen
 * @opened: the datagram that was opened last, when it was encrypted
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
	struct member *member;
	struct replay replay;
	uint8_t opened[ENV_DGRAM_MSG_MAX];
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

enum session_step { STEP_HANDSHAKE, STEP_JOIN, STEP_HELLO, STEP_OPEN };

/**
 * struct env_session - one end of a stream
 * @node: in member.sessions
 * @secure: guard
 * @owner: callbacks
 * @self: what the greeting says
 * @addr: where the other end is
 * @client: this end opened the stream
 * @io: TLS
 * @keys: what it authenticates with; NULL in insecure mode
 * @pair: keys of datagrams with the other end
 * @leaf: certificate of the other end, between handshake and greeting
 * @who: the other end, once the handshake is done
 * @issuer: who signed its certificate, when @has_issuer
 * @has_issuer: it was an issuer
 * @saved: the session can be resumed later
 * @is_issuer: the other end can sign certificates
 * @ended: the owner was told to close the stream
 * @claim: of the token that the other end joins with, while it is being used up
 * @early: bytes received before the greeting
 * @step: how far it is
 * @plain: received text up to the end of a message
 * @plain_len: bytes in @plain
 * @plain_cap: size of @plain
 */
struct env_session {
	struct cds_list_head node;
	struct secure *secure;
	struct env_session_owner owner;
	struct env_peer self;
	struct xos_addr addr;
	bool client;
	struct tls_io io;
	struct member_keys *keys;
	struct pair pair;
	gnutls_x509_crt_t leaf;
	struct cert_who who;
	struct cert_who issuer;
	bool has_issuer;
	bool saved;
	bool is_issuer;
	bool ended;
	struct secure_claim *claim;
	size_t early;
	enum session_step step;
	uint8_t *plain;
	size_t plain_len;
	size_t plain_cap;
};

/* Seconds since 1970. */
static inline int64_t secure_wall_s(const struct secure *s)
{
	return (int64_t)(env_wall(s->env) / ENV_SEC);
}

/* Seconds of uptime. */
static inline int64_t secure_up_s(const struct secure *s)
{
	return (int64_t)(env_now(s->env) / ENV_SEC);
}

/**
 * member_create() - get ready to authenticate with certificates
 * @s: guard
 * @credentials: moved into it
 * @peers: see struct secure_config
 *
 * Return: 0, -ENOMEM, -EIO; @s->member is set and to be given to member_destroy().
 */
int member_create(struct secure *s, struct credentials *credentials, const char *peers);

void member_destroy(struct secure *s);

/* What this member seals with when it has the choice: 0 or -EIO. */
int member_set_cipher(struct secure *s, gnutls_cipher_algorithm_t cipher);

/* Take other credentials; trust stays what both say. They are moved, or left on failure. */
int member_replace(struct secure *s, struct credentials *fresh);

/* Keys for a session; they are given back when it is over. */
struct member_keys *member_keys_get(struct member *m);
void member_keys_put(struct member_keys *k);

/* The other end's certificates; the caller frees as many as are returned. */
uint32_t member_peer_chain(gnutls_session_t tls, gnutls_x509_crt_t chain[CERT_CHAIN_MAX]);

/* Tell the other end why it is refused. */
void member_alert(gnutls_session_t tls, enum trust_verdict v);

/* Is a certificate that was good still good, and its issuer's, if there is one? */
enum trust_verdict member_still_good(const struct secure *s, const struct cert_who *who,
				     const struct cert_who *issuer);

/* The part of member_recheck() that is about guests. */
void guests_recheck(struct secure *s);

/* A new session gets its keys and, to resume an older one, its ticket: 0 or -EIO. */
int member_session_init(struct env_session *session);

/* The session is over. */
void member_session_exit(struct env_session *session);

/* The handshake is done: is it somebody who may talk to us? 0, or -EACCES after an alert. */
int member_session_check(struct env_session *session);

/* The greeting came: does the certificate bear out what it claims? 0 or -EACCES. */
int member_session_claim(struct env_session *session, const struct env_peer *claimed);

/* Keep the session's ticket when there is one. */
void member_session_save(struct env_session *session);

/* Authorities or lists have changed, or time has passed: close what may not be open. */
void member_recheck(struct secure *s);

/* Forget all tickets. */
void member_forget_tickets(struct secure *s);

/* Begin to look at files and times every few seconds. */
void trust_start(struct secure *s);

/* Send all authorities and lists on a session. */
int trust_send(struct env_session *session);

/* A message about trust arrived: 0, or -EBADMSG to end the session. */
int trust_recv(struct env_session *session, uint16_t type, struct bytes msg);

/* A PEER_JOIN arrived from somebody without a certificate: 0 or a negative errno. */
int join_recv(struct env_session *session, struct bytes msg);

/* The session is over: nobody waits for its claim. */
void join_session_exit(struct env_session *session);

/* The guard goes, and what waits for claims with it. */
void joins_destroy(struct member *m);

/* A PEER_RENEW arrived from a member: 0, or -EBADMSG to end the session. */
int renew_recv(struct env_session *session, struct bytes msg);

/* A PEER_ISSUED arrived: 0, or -EBADMSG to end the session. */
int issued_recv(struct env_session *session, struct bytes msg);

/* Time has passed: ask an issuer for a new certificate when this one ends soon. */
void renew_tick(struct secure *s);

/* The other end has said which keys of datagrams it has (@digest, 0: none). */
int keys_meet(struct env_session *session, uint64_t digest);

/* A PEER_KEYS arrived: 0, or -EBADMSG to end the session. */
int keys_recv(struct env_session *session, struct bytes msg);

/* Time has passed: make, use and forget keys. */
void keys_tick(struct secure *s);

/* Somebody was revoked who knows the keys: replace them soon. */
void keys_replace(struct secure *s);

/* Count and log a refusal by a verdict. */
void trust_refuse(struct secure *s, enum trust_verdict verdict, const struct cert_who *who);

/* Send a whole message on an open session: 0 or a negative errno. */
int session_send(struct env_session *session, struct bytes msg);

/* The functions behind env_guard_ops. */
int secure_dgram_seal(struct env_guard *guard, const struct env_peer *to, struct bytes msg,
		      struct buf *out);
int secure_dgram_open(struct env_guard *guard, struct bytes dgram, struct xos_id *from,
		      struct bytes *msg);
int secure_session_new(struct env_guard *guard, bool client, const struct env_peer *self,
		       const struct xos_addr *addr, const struct env_session_owner *owner,
		       struct env_session **out);
int secure_session_start(struct env_session *session);
int secure_session_feed(struct env_session *session, struct bytes in);
int secure_session_write(struct env_session *session, struct bytes msg);
void secure_session_close(struct env_session *session);
void secure_session_cut(struct env_session *session);
void secure_session_free(struct env_session *session);

#endif
