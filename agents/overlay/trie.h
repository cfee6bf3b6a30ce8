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
 *
 * A slot without nodes says that its region is empty, and the neighbourhood that
 * nobody else is in it: answers are called complete by this. So a slot whose last
 * node is gone counts as lost, and a slot with few nodes does not become a part of
 * the neighbourhood, before there was time to hear of others in it.
 */
#ifndef _XOS_OVERLAY_TRIE_H
#define _XOS_OVERLAY_TRIE_H

#include <overlay/contact.h>

/* After so many cycles without news, whom nobody spoke of is not there. */
#define TRIE_QUIET_CYCLES 30

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
 * @thin: cycles in a row in which the slot before it had few nodes
 * @lost_age: cycles since the last slot was lost
 * @lost: bit of each slot before the depth that was left by its last node
 * @self: identity of the owner, never in the table
 * @key: key of the owner
 * @refused: nodes that found no room
 */
struct trie {
	const struct trie_config *cfg;
	struct contact *v;
	uint16_t n;
	uint8_t depth;
	uint8_t thin;
	uint8_t lost_age;
	uint64_t lost[2];
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
 *
 * Return: true when the new key is still in the neighbourhood: the table is as
 * complete as before. Otherwise it has to be filled anew.
 */
bool trie_rekey(struct trie *t, const struct trie_key *key);

/**
 * trie_settle() - the nodes that follow are the neighbourhood from a depth on
 * @t: table that is being filled
 * @depth: first slot of which everybody will be told
 */
void trie_settle(struct trie *t, uint32_t depth);

/**
 * trie_cycle() - a cycle of gossip has passed
 * @t: table
 *
 * What is not known any more is, after TRIE_QUIET_CYCLES, taken as not there.
 */
void trie_cycle(struct trie *t);

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

/* May there be nodes in this slot, although none is known? */
static inline bool trie_lost(const struct trie *t, uint32_t slot)
{
	return t->lost[slot / 64] >> slot % 64 & 1;
}

/* Nodes in the neighbourhood. */
static inline uint32_t trie_near(const struct trie *t)
{
	return t->n - trie_slot(t, t->depth);
}

#endif
