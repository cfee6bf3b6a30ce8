/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys of datagrams that prove membership. Any member may make one; it spreads on
 * streams. All members use the newest whose time has come and accept all that
 * they have, so that a change costs no datagram: a key is used some seconds after
 * it was made, and an older one is accepted some seconds more. These seconds are counted by each
 * member for itself, from the age that a key had when it came: clocks of members differ by
 * more. By the clock of who made it a key has only its place in the order.
 */
#ifndef _XOS_SECURE_KEYRING_H
#define _XOS_SECURE_KEYRING_H

#include <stdbool.h>
#include <stdint.h>

#include <gnutls/crypto.h>

#include <secure/key.h>
#include <secure/senders.h>
#include <wire/peer.h>

#define KEYRING_MAX	  WIRE_PEER_KEYS_MAX
/* A key that is older is replaced. */
#define KEYRING_PERIOD_S  3600
/* From making a key to its use: so long it may take to get round. */
#define KEYRING_SPREAD_S  10
/* From the use of a key to the end of those before it. */
#define KEYRING_OVERLAP_S 30
/* A key from a clock that is further ahead is not taken. */
#define KEYRING_SKEW_S	  300

/**
 * struct keyring_key - a key
 * @id: its number
 * @secret: the key
 * @created: by the clock of who made it, seconds since 1970; later than all that it knew
 * @made: when that was, seconds of this member's own uptime
 * @use_from: when it may be used, the same
 * @hmac: keyed with it
 * @senders: ciphers made of it
 */
struct keyring_key {
	uint16_t id;
	struct secure_key secret;
	int64_t created;
	int64_t made;
	int64_t use_from;
	gnutls_hmac_hd_t hmac;
	struct senders *senders;
};

/**
 * struct keyring - keys, the newest first; all members order them the same way
 * @keys: keys
 * @n: how many
 */
struct keyring {
	struct keyring_key keys[KEYRING_MAX];
	uint32_t n;
};

/**
 * keyring_add() - take a key
 * @r: ring
 * @key: key, its hmac, senders and use_from are not used
 * @now_s: seconds since 1970
 *
 * Return: 1 when it was taken, 0 when it is known or older than a full ring's, -EINVAL when
 * it is from the future, -ENOMEM, -EIO.
 */
int keyring_add(struct keyring *r, const struct keyring_key *key, int64_t now_s);

/**
 * keyring_make() - make a new key
 * @r: ring
 * @now_s: seconds since 1970
 * @up_s: seconds of uptime
 *
 * Return: 1, -ENOMEM, -EIO.
 */
int keyring_make(struct keyring *r, int64_t now_s, int64_t up_s);

/**
 * keyring_expire() - forget keys that newer ones have replaced
 * @r: ring
 * @up_s: seconds of uptime
 *
 * Return: whether there were any.
 */
bool keyring_expire(struct keyring *r, int64_t up_s);

/**
 * keyring_active() - the key to use now
 * @r: ring
 * @up_s: seconds of uptime
 *
 * Return: the key, NULL when the ring is empty.
 */
struct keyring_key *keyring_active(struct keyring *r, int64_t up_s);

/* The key of a number, or NULL. */
struct keyring_key *keyring_find(struct keyring *r, uint16_t id);

/* A number that is equal for equal rings; 0 for an empty one. */
uint64_t keyring_digest(const struct keyring *r);

/* Wipe all keys. */
void keyring_exit(struct keyring *r);

#endif
