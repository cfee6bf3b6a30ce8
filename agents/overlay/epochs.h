/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Epochs of arcs. When an arc is taken over without the word of its owner it
 * gets a new epoch, which the owners of the other classes note before they
 * hand out copies. Answers of replicas carry the epochs that they know, and a
 * quorum counts only where these agree: a write that the old owner took, and
 * another replica only after its copy was made, is held by too few.
 */
#ifndef _XOS_OVERLAY_EPOCHS_H
#define _XOS_OVERLAY_EPOCHS_H

#include <base/arena.h>
#include <overlay/key.h>

/* Epoch of every arc when a grid is founded: a counter above, a random number below. */
#define RING_EPOCH_FIRST   (1ULL << 32)
/* Longest encoding of struct ring_epochs. */
#define RING_EPOCHS_LEN	   (8 * RING_CLASSES_MAX)
/* Entries of a map. */
#define RING_SEGS_MAX	   256
/* Bytes of keys in a map, so that its record has a bound. */
#define RING_SEG_BYTES_MAX (24 * 1024)

/**
 * struct ring_epochs - epochs of the arcs that hold one key, in all classes
 * @n: classes
 * @v: epoch of each; 0: not known
 */
struct ring_epochs {
	uint8_t n;
	uint64_t v[RING_CLASSES_MAX];
};

/**
 * struct ring_said - what one replica has said
 * @class: its class
 * @epochs: epochs that it knew when it acted
 */
struct ring_said {
	uint8_t class;
	struct ring_epochs epochs;
};

/**
 * ring_epochs_put() - encode
 * @e: epochs
 * @mem: RING_EPOCHS_LEN bytes
 *
 * Return: the encoding, in @mem.
 */
struct bytes ring_epochs_put(const struct ring_epochs *e, uint8_t *mem);

/**
 * ring_epochs_get() - decode
 * @e: result; no classes when there is nothing, or nonsense
 * @in: encoding
 */
void ring_epochs_get(struct ring_epochs *e, struct bytes in);

/**
 * ring_agreed() - do enough replicas agree?
 * @said: answers, one a class
 * @n: answers, at most RING_CLASSES_MAX
 * @quorum: how many have to agree
 *
 * Two answers agree when both replicas knew the same epochs of the arcs of
 * these two. That is enough: whoever takes over an arc has copied from, and is
 * known to, so many other classes that one of them is in every quorum.
 *
 * Return: true when @quorum of them agree, each with each.
 */
bool ring_agreed(const struct ring_said *said, uint32_t n, uint32_t quorum);

/**
 * ring_agreed_most() - which answers agree?
 * @said: answers, one a class
 * @n: answers, at most RING_CLASSES_MAX
 *
 * See ring_agreed().
 *
 * Return: the bits of the largest set of answers that agree, each with each; bit i is answer i.
 */
uint32_t ring_agreed_most(const struct ring_said *said, uint32_t n);

/**
 * ring_agree() - do two answers agree?
 * @a: one
 * @b: the other
 *
 * Return: true when they do.
 */
bool ring_agree(const struct ring_said *a, const struct ring_said *b);

static inline uint32_t ring_bits(uint32_t set)
{
	uint32_t n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

/**
 * struct ring_seg - epoch of a class from a key on, to the next entry of the class
 * @class: replica class
 * @epoch: epoch, 0: not known
 * @start: first key
 */
struct ring_seg {
	uint8_t class;
	uint64_t epoch;
	struct ring_key start;
};

/**
 * struct ring_map - epochs of all classes over a part of the keys
 * @n: entries
 * @bytes: bytes of their keys
 * @seg: entries by class, then key; the first one of each class has the empty key
 */
struct ring_map {
	uint32_t n;
	uint32_t bytes;
	struct ring_seg *seg;
};

/* Memory that ring_map_init() takes. */
#define RING_MAP_ARENA_SIZE (RING_SEGS_MAX * sizeof(struct ring_seg) + 16)

/**
 * ring_map_init() - get the memory
 * @m: map
 * @arena: RING_MAP_ARENA_SIZE
 */
void ring_map_init(struct ring_map *m, struct arena *arena);

/**
 * ring_map_reset() - one entry a class
 * @m: map
 * @classes: classes
 * @epoch: epoch of everything
 */
void ring_map_reset(struct ring_map *m, uint8_t classes, uint64_t epoch);

/**
 * ring_map_get() - epoch of a key
 * @m: map
 * @class: replica class
 * @key: key
 *
 * Return: the epoch, 0 when it is not known.
 */
uint64_t ring_map_get(const struct ring_map *m, uint8_t class, struct bytes key);

/**
 * ring_map_next() - where an epoch ends
 * @m: map
 * @class: replica class, or -1 for any
 * @key: key
 * @next: result: first key above @key where an entry begins
 *
 * Return: false when there is none.
 */
bool ring_map_next(const struct ring_map *m, int class, struct bytes key, struct bytes *next);

/**
 * ring_map_range() - least and greatest epoch of a range
 * @m: map
 * @class: replica class
 * @a: the range; its class and epoch do not matter
 * @least: result; may be NULL
 *
 * Return: the greatest epoch.
 */
uint64_t ring_map_range(const struct ring_map *m, uint8_t class, const struct ring_arc *a,
			uint64_t *least);

/**
 * ring_map_note() - raise epochs
 * @m: map
 * @class: replica class
 * @a: the range; its class and epoch do not matter
 * @epoch: epoch that is known of it; greater ones stay
 *
 * Return: 1 when something has changed, 0 when not, -ENOBUFS when the map is full.
 */
int ring_map_note(struct ring_map *m, uint8_t class, const struct ring_arc *a, uint64_t epoch);

/**
 * ring_map_trim() - forget what lies outside of a range
 * @m: map
 * @a: the range
 */
void ring_map_trim(struct ring_map *m, const struct ring_arc *a);

/**
 * ring_arc_cut() - what two arcs have in common, whatever their classes
 * @a: one
 * @b: the other
 * @out: result, with class and epoch of @a
 *
 * Return: false when that is nothing.
 */
bool ring_arc_cut(const struct ring_arc *a, const struct ring_arc *b, struct ring_arc *out);

#endif
