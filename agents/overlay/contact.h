/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a node knows of another one, and the keys that say how near two nodes are. */
#ifndef _XOS_OVERLAY_CONTACT_H
#define _XOS_OVERLAY_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include <env/env.h>

/* Bits of a key. */
#define TRIE_BITS 128

/**
 * struct trie_key - a place in the space of keys
 * @w: bits 0 (the highest) to 63, then 64 to 127
 */
struct trie_key {
	uint64_t w[2];
};

/**
 * struct contact - a node as others know it
 * @peer: identity and address
 * @age: cycles of gossip since the node itself said this
 * @silent: questions in a row that it did not answer; of the one who remembers
 * @slot: place in the table of the one who remembers
 * @key: its key
 * @version: rises when the node starts, and when its key changes
 */
struct contact {
	struct env_peer peer;
	uint16_t age;
	uint8_t silent;
	uint8_t slot;
	struct trie_key key;
	uint64_t version;
};

/**
 * trie_key_slot() - where two keys part
 * @a: key
 * @b: key
 *
 * Return: index of the highest bit that differs, TRIE_BITS when none does.
 */
static inline uint32_t trie_key_slot(const struct trie_key *a, const struct trie_key *b)
{
	uint64_t x = a->w[0] ^ b->w[0];

	if (x)
		return (uint32_t)__builtin_clzll(x);
	x = a->w[1] ^ b->w[1];
	return x ? 64 + (uint32_t)__builtin_clzll(x) : TRIE_BITS;
}

static inline bool trie_key_differs(const struct trie_key *a, const struct trie_key *b)
{
	return a->w[0] != b->w[0] || a->w[1] != b->w[1];
}

static inline bool trie_key_bit(const struct trie_key *k, uint32_t bit)
{
	return k->w[bit / 64] >> (63 - bit % 64) & 1;
}

static inline void trie_key_flip(struct trie_key *k, uint32_t bit)
{
	k->w[bit / 64] ^= 1ULL << (63 - bit % 64);
}

#endif
