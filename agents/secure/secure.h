/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Authentication of everything between agents: the guard that stands between
 * the sockets of env_uv.h and the cores. Peers prove that they are nodes of the
 * virtual organisation by their certificates (cert.h); nothing above this interface
 * knows how they do it.
 *
 * In insecure mode, for tests, they prove only that they have a group key.
 *
 * Datagrams: an envelope around one message, all big-endian
 *	 0 u32 magic "XOSD"    6 u16 key id	16 sender[16]	last 16 bytes:
 *	 4 u8 version 1	       8 u64 counter	32 message	authentication code
 *	 5 u8 kind
 * The code covers all before it. Questions that change nothing, and their answers, are
 * sealed with a key of all members (keyring.h): lookups, which the kernel answers, with
 * HMAC-SHA256, truncated, in clear (kind 0; in insecure mode all datagrams, with a
 * key of HKDF, "xos datagram v1"); others encrypted with AES-128-GCM (kind 3) or
 * ChaCha20-Poly1305 (kind 2), as the sender likes (senders.h). Everything else is encrypted
 * with a key of the two peers (kind 1, pair.h). Of the former a sender counts up from its wall
 * clock at start, so that a restart does not look like a replay. Replays are refused within the memory of the
 * receiver (replay.h); one that just started takes the first datagram of each sender.
 * Messages of the lookup family are outside of the window: the kernel answers
 * them with counters of its own, and they carry a query number.
 *
 * Streams: mutual TLS 1.3, Ed25519 certificates, ephemeral ECDHE, ALPN "xos/1", no
 * other version; sessions are resumed with tickets, and a resumed one is checked as
 * a new one is. In insecure mode an external PSK (HKDF, "xos stream v1";
 * identity: the grid's name). The first message each way is PEER_HELLO, whose
 * identity must be the certificate's. Authorities and revocation lists spread on
 * streams (PEER_AUTHORITY, PEER_REVOKED), which the guard keeps for itself. An issuer
 * (issuer.h) also takes streams without a certificate, ALPN "xos-join/1": one PEER_JOIN
 * with a token, one answer, the end.
 */
#ifndef _XOS_SECURE_SECURE_H
#define _XOS_SECURE_SECURE_H

#include <stdint.h>

#include <env/env.h>
#include <env/guard.h>
#include <secure/credentials.h>
#include <secure/key.h>

#define SECURE_GRID_MAX	   64
#define SECURE_PROGRAM_MAX 64

#define SECURE_DGRAM_HDR 32
#define SECURE_DGRAM_MAC 16

struct secure;

/**
 * struct secure_config - who this agent is, and its secrets
 * @credentials: of this agent, role node; they belong to the guard from now on, whatever
 *	the result. NULL: insecure mode
 * @key: group key of insecure mode; may be wiped after secure_create()
 * @id: identity of this agent; with credentials theirs
 * @grid: name of the grid
 * @program: name and version of the program, told to peers
 * @peers: names of the nodes that may be peers, separated by blanks; NULL or empty: all of the
 *	virtual organisation. Names are in certificates only
 * @senders_max: senders of datagrams remembered against replay; 0: 4096
 */
struct secure_config {
	struct credentials *credentials;
	const struct secure_key *key;
	struct xos_id id;
	const char *grid;
	const char *program;
	const char *peers;
	uint32_t senders_max;
};

/**
 * struct secure_counters - since start; each refusal has one
 * @dgram_sealed: datagrams made
 * @dgram_opened: datagrams accepted
 * @dgram_malformed: too short, too long, other magic or version
 * @dgram_key_id: sealed with another key
 * @dgram_mac: MAC does not match
 * @dgram_self: this agent's own, reflected
 * @dgram_replay: seen before, or older than the window
 * @dgram_weak: sealed with a key of all members, needs one of the two peers; or in clear
 * @dgram_evicted: senders forgotten for want of room
 * @stream_opened: streams authenticated
 * @stream_resumed: of these without a new exchange of certificates
 * @stream_auth: handshakes refused: other key, other grid, not TLS 1.3
 * @stream_malformed: the certificate is none of a virtual organisation
 * @stream_authority: it is not signed by an authority that is trusted
 * @stream_not_yet: it is not valid yet
 * @stream_expired: it has expired
 * @stream_revoked: it is revoked
 * @stream_vo: it is of another virtual organisation
 * @stream_role: its role is not node, or its issuer may not give that role
 * @stream_peer: the node is not among those that may be peers
 * @stream_name: it is of somebody else than was meant or than is claimed, or used at
 *	an address that it does not name
 * @stream_closed: open streams closed because a certificate was revoked or has expired
 * @guest_opened: clients of services whose handshake was good
 * @guest_refused: those whose handshake was not, or that broke the protocol
 * @guest_closed: those closed because their certificate was revoked or has expired
 * @trust_taken: authorities and revocation lists learnt from peers
 * @trust_refused: those of peers that are not to be believed
 * @trust_stale: checks that found the newest revocation list too old
 * @joins: certificates given for tokens
 * @join_refused: tokens that were refused
 * @renewals: certificates given to members anew
 * @renew_refused: requests for one that were refused
 * @renewed: new certificates that this agent got
 * @keys_made: keys of datagrams made here
 * @keys_taken: messages that brought new ones
 * @keys_refused: keys that are not to be believed
 * @reloads: credentials read again
 * @reload_failed: those that could not be used; the old ones stay
 * @stream_hello: PEER_HELLO missing, malformed or twice
 * @stream_self: this agent's own stream, reflected
 * @stream_record: a record does not authenticate or makes no sense
 * @stream_frame: what was sent is no message
 * @stream_cut: the connection ended, and the other end had not said that it ends
 */
struct secure_counters {
	uint64_t dgram_sealed;
	uint64_t dgram_opened;
	uint64_t dgram_malformed;
	uint64_t dgram_key_id;
	uint64_t dgram_mac;
	uint64_t dgram_self;
	uint64_t dgram_replay;
	uint64_t dgram_weak;
	uint64_t dgram_evicted;
	uint64_t stream_opened;
	uint64_t stream_resumed;
	uint64_t stream_auth;
	uint64_t stream_malformed;
	uint64_t stream_authority;
	uint64_t stream_not_yet;
	uint64_t stream_expired;
	uint64_t stream_revoked;
	uint64_t stream_vo;
	uint64_t stream_role;
	uint64_t stream_peer;
	uint64_t stream_name;
	uint64_t stream_closed;
	uint64_t guest_opened;
	uint64_t guest_refused;
	uint64_t guest_closed;
	uint64_t trust_taken;
	uint64_t trust_refused;
	uint64_t trust_stale;
	uint64_t joins;
	uint64_t join_refused;
	uint64_t renewals;
	uint64_t renew_refused;
	uint64_t renewed;
	uint64_t keys_made;
	uint64_t keys_taken;
	uint64_t keys_refused;
	uint64_t reloads;
	uint64_t reload_failed;
	uint64_t stream_hello;
	uint64_t stream_self;
	uint64_t stream_record;
	uint64_t stream_frame;
	uint64_t stream_cut;
};

/**
 * secure_create() - derive the keys, ready to guard
 * @env: for clock, randomness and log; must outlive the result
 * @config: copied
 * @out: result
 *
 * Return: 0, -EINVAL for a name that is empty or too long, -ENOMEM, -EIO.
 */
int secure_create(struct env *env, const struct secure_config *config, struct secure **out);

/**
 * secure_stop() - cancel timers, while there is an environment still
 * @s: object; NULL is ignored
 */
void secure_stop(struct secure *s);

/**
 * secure_destroy() - wipe the keys and free; after all sessions are gone, and after
 *	secure_stop(): the environment may be gone, too
 * @s: object; NULL is ignored
 */
void secure_destroy(struct secure *s);

/**
 * secure_guard() - the interface that env_uv_listen() gets
 * @s: object
 *
 * Return: the guard, as long as @s.
 */
struct env_guard *secure_guard(struct secure *s);

/**
 * secure_reload() - read the credentials again, at once; the guard looks itself every few
 *	seconds whether their files have changed
 * @s: object
 *
 * Streams go on. What cannot be used is reported in the log and changes nothing.
 */
void secure_reload(struct secure *s);

/**
 * secure_who() - what this agent's certificate says
 * @s: object
 *
 * Return: that, NULL in insecure mode.
 */
const struct cert_who *secure_who(const struct secure *s);

/**
 * struct secure_dgram_key - a key of datagrams that proves membership
 * @id: its number in the envelope
 * @key: the key
 */
struct secure_dgram_key {
	uint16_t id;
	struct secure_key key;
};

/* A member has so many at most. */
#define SECURE_DGRAM_KEYS_MAX 4

/**
 * secure_dgram_keys() - the keys that prove membership, for the kernel's responder
 * @s: object
 * @keys: SECURE_DGRAM_KEYS_MAX of them; the caller wipes them
 *
 * Return: how many there are.
 */
uint32_t secure_dgram_keys(const struct secure *s, struct secure_dgram_key *keys);

/**
 * secure_on_keys() - say who wants to know when these keys change
 * @s: object
 * @keys_changed: called from the event loop
 * @ctx: its argument
 */
void secure_on_keys(struct secure *s, void (*keys_changed)(void *ctx), void *ctx);

struct secure_claim;

/**
 * typedef secure_claim_fn - use a token up in the whole grid
 * @ctx: argument given with the function
 * @claim: to be given to secure_claimed() once, now or later, unless the guard is destroyed
 *	before
 * @token: number of the token
 */
typedef void (*secure_claim_fn)(void *ctx, struct secure_claim *claim, const struct xos_id *token);

/**
 * secure_on_claim() - ask somebody before this issuer redeems a token
 * @s: object
 * @fn: who is asked; without one the issuer's own notes are all that counts
 * @ctx: its argument
 */
void secure_on_claim(struct secure *s, secure_claim_fn fn, void *ctx);

/**
 * secure_claimed() - the answer of a secure_claim_fn
 * @claim: claim; gone afterwards
 * @status: 0: nobody has used the token before, and nobody can from now on; -EEXIST:
 *	somebody has; -EAGAIN: the grid has no memory yet, the issuer's notes have to do;
 *	another negative errno: it could not be found out
 */
void secure_claimed(struct secure_claim *claim, int status);

/**
 * secure_counters() - counters
 * @s: object
 *
 * Return: the counters, as long as @s.
 */
const struct secure_counters *secure_counters(const struct secure *s);

#endif
