/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routing by the highest differing bit. Slot b holds nodes whose key agrees
 * with the own one in the bits before b and differs in bit b: the slots cut the
 * space of keys into disjoint regions, each half as large as the one before.
 *
 * Slots before the depth hold a few candidates each. From the depth on
 * everybody is kept: those nodes are the neighbourhood (the lowest cell, C0 in
 * the literature), and the depth is such that they are few. So the table fits
 * any distribution of keys, and a crowded place only makes it deeper.
 */
#ifndef _XOS_OVERLAY_TRIE_H
#define _XOS_OVERLAY_TRIE_H

#include <overlay/contact.h>

/**
 * struct trie_config - sizes, the same for all tables of a program
 * @candidates: nodes kept in a slot before the depth
 * @near_max: nodes in the neighbourhood; with more the depth grows
 * @depth: a fixed depth instead, 0 for one that adapts
 * @entries_max: nodes in the whole table
 */
struct trie_config {
	uint8_t candidates;
	uint16_t near_max;
	uint8_t depth;
	uint16_t entries_max;
};

/**
 * struct trie - table of one node
 * @cfg: sizes
 * @v: nodes, in the order of their slots
 * @n: how many
 * @depth: first slot of the neighbourhood
 * @self: identity of the owner, never in the table
 * @key: key of the owner
 * @refused: nodes that found no room
 */
struct trie {
	const struct trie_config *cfg;
	struct contact *v;
	uint16_t n;
	uint8_t depth;
	struct xos_id self;
	struct trie_key key;
	uint32_t refused;
};

/**
 * trie_init() - an empty table
 * @t: table
 * @cfg: sizes; must outlive it
 * @v: memory for cfg->entries_max nodes; must outlive it
 * @self: identity of the owner
 * @key: its key
 */
void trie_init(struct trie *t, const struct trie_config *cfg, struct contact *v,
	       const struct xos_id *self, const struct trie_key *key);

/**
 * trie_rekey() - the owner has another key: sort everybody in again
 * @t: table
 * @key: new key
 */
void trie_rekey(struct trie *t, const struct trie_key *key);

/**
 * trie_learn() - hear of a node
 * @t: table
 * @c: what is said of it
 *
 * The newer version of two counts, of equal ones the younger. A full slot takes
 * it in place of one that is silent or older.
 *
 * Return: true when a node came in that was not there.
 */
bool trie_learn(struct trie *t, const struct contact *c);

/**
 * trie_drop() - forget a node
 * @t: table
 * @id: which
 */
void trie_drop(struct trie *t, const struct xos_id *id);

/**
 * trie_find() - a node by its identity
 * @t: table
 * @id: which
 *
 * Return: the node, NULL when it is not there; valid until the table changes.
 */
struct contact *trie_find(struct trie *t, const struct xos_id *id);

/**
 * trie_slot() - the nodes from a slot on
 * @t: table
 * @slot: 0 to TRIE_BITS + 1
 *
 * Return: index in @t->v of the first node whose slot is not lower.
 */
uint32_t trie_slot(const struct trie *t, uint32_t slot);

/* Nodes in the neighbourhood. */
static inline uint32_t trie_near(const struct trie *t)
{
	return t->n - trie_slot(t, t->depth);
}

#endif
