/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys of datagrams between two members: exported from the TLS session of a stream
 * (RFC 5705, RFC 8446 section 7.5), one each way, so that a datagram that comes back
 * to its sender is not authentic. The cipher is the stream's, on which both ends agreed: AES-GCM, or
 * ChaCha20-Poly1305 where a processor has no instructions for that. The nonce is the
 * counter. They live as long as the stream.
 */
#ifndef _XOS_SECURE_PAIR_H
#define _XOS_SECURE_PAIR_H

#include <stdbool.h>
#include <stdint.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <base/addr.h>
#include <base/id.h>
#include <base/list.h>
#include <env/env.h>

#define PAIR_BUCKETS 256

/**
 * struct pair - keys with one peer
 * @by_id: in struct pairs, while there are keys
 * @by_addr: same, once it is known where the peer listens
 * @id: the peer
 * @addr: where it listens
 * @key_id: number of the keys in the envelope
 * @send: seals what is sent
 * @recv: opens what is received
 * @counter: of the next datagram sent
 * @top: highest counter received
 * @seen: see replay_window()
 */
struct pair {
	struct cds_list_head by_id;
	struct cds_list_head by_addr;
	struct xos_id id;
	struct xos_addr addr;
	uint16_t key_id;
	gnutls_aead_cipher_hd_t send;
	gnutls_aead_cipher_hd_t recv;
	uint64_t counter;
	uint64_t top;
	uint64_t seen;
};

/**
 * struct pairs - all keys with peers; as many as there are streams
 * @key: of the hash
 * @by_id: buckets
 * @by_addr: buckets
 */
struct pairs {
	uint64_t key[2];
	struct cds_list_head by_id[PAIR_BUCKETS];
	struct cds_list_head by_addr[PAIR_BUCKETS];
};

/**
 * pairs_init() - no keys
 * @p: table
 * @key: random
 */
void pairs_init(struct pairs *p, const uint64_t key[2]);

/**
 * pair_add() - export the keys of a session: datagrams of the peer can be opened
 * @p: table
 * @pair: zeroed, with id set
 * @tls: session, its handshake done
 * @client: this end opened it
 *
 * Return: 0 or -EIO.
 */
int pair_add(struct pairs *p, struct pair *pair, gnutls_session_t tls, bool client);

/**
 * pair_reach() - the peer has said where it listens: datagrams can be sent to it
 * @p: table
 * @pair: pair that was added
 * @addr: where
 */
void pair_reach(struct pairs *p, struct pair *pair, const struct xos_addr *addr);

/**
 * pair_del() - wipe the keys
 * @pair: pair; a zeroed one is ignored
 */
void pair_del(struct pair *pair);

/* Keys to send to a peer with (a zero identity: whoever is there), the newest; or NULL. */
struct pair *pair_to(struct pairs *p, const struct env_peer *to);

/* Keys that a datagram claims to be sealed with, or NULL. */
struct pair *pair_from(struct pairs *p, const struct xos_id *id, uint16_t key_id);

#endif
