/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ciphers of single senders under a key of all members. Members count for themselves, so a
 * nonce repeats among them: each seals with a key of its own, HMAC-SHA256 of the
 * cipher and its identity under the key of all members. To make such a cipher costs more
 * than to open a datagram with it; so it is kept, for as many senders as there is room
 * for, as long as the key. Only who has sent an authentic datagram gets room.
 */
#ifndef _XOS_SECURE_SENDERS_H
#define _XOS_SECURE_SENDERS_H

#include <stdbool.h>
#include <stdint.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <base/id.h>

/* Ciphers kept for one key, of less than 1 KiB each. */
#define SENDERS_KEPT 256

/**
 * struct sender - a cipher that is kept
 * @id: who seals with it
 * @cipher: its kind
 * @aead: the cipher; NULL: there is none
 */
struct sender {
	struct xos_id id;
	gnutls_cipher_algorithm_t cipher;
	gnutls_aead_cipher_hd_t aead;
};

/**
 * struct senders - what is kept for one key
 * @self: of this agent
 * @kept: of others; the place follows from the identity, the last one has it
 * @made: ciphers made
 */
struct senders {
	struct sender self;
	struct sender kept[SENDERS_KEPT];
	uint64_t made;
};

/**
 * sender_fast_cipher() - what this machine seals with when it has the choice
 *
 * Return: AES-128-GCM when the processor has instructions for it, ChaCha20-Poly1305 otherwise: without
 * them that is faster, and takes the same time whatever the key.
 */
gnutls_cipher_algorithm_t sender_fast_cipher(void);

/**
 * senders_self() - the cipher that this agent seals with
 * @s: what is kept for the key
 * @key: state of HMAC-SHA256 with the key
 * @id: this agent
 * @cipher: which
 *
 * Return: the cipher, which belongs to @s; NULL when GnuTLS fails.
 */
gnutls_aead_cipher_hd_t senders_self(struct senders *s, gnutls_hmac_hd_t key,
				     const struct xos_id *id, gnutls_cipher_algorithm_t cipher);

/**
 * senders_get() - a cipher to open a datagram with
 * @s: what is kept for the key
 * @key: state of HMAC-SHA256 with the key
 * @id: who seems to have sealed it
 * @cipher: which
 * @out: to be given back with senders_put()
 *
 * Return: 0 or -EIO.
 */
int senders_get(struct senders *s, gnutls_hmac_hd_t key, const struct xos_id *id,
		gnutls_cipher_algorithm_t cipher, struct sender *out);

/**
 * senders_put() - the datagram has been looked at
 * @s: what is kept for the key
 * @sender: of senders_get()
 * @authentic: it was
 */
void senders_put(struct senders *s, struct sender *sender, bool authentic);

/**
 * senders_exit() - wipe all ciphers
 * @s: what is kept for the key
 */
void senders_exit(struct senders *s);

#endif
