/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that an object keeps for itself, and arcs between two of them. */
#ifndef _XOS_OVERLAY_KEY_H
#define _XOS_OVERLAY_KEY_H

#include <base/assert.h>
#include <base/bytes.h>

/* Greatest length of a key, in bytes. */
#define RING_KEY_MAX	 1024
/* Greatest number of replica classes of a grid. */
#define RING_CLASSES_MAX 7

/**
 * struct ring_key - a key by value
 * @len: bytes used
 * @b: the key
 */
struct ring_key {
	uint16_t len;
	uint8_t b[RING_KEY_MAX];
};

/**
 * struct ring_arc - part of the key space of one replica class
 * @class: replica class
 * @open: true when the arc reaches the end of the class; @end is empty then
 * @epoch: changes when the arc is taken over without the word of its owner
 * @start: first key inside; empty at the beginning of the class
 * @end: first key behind
 */
struct ring_arc {
	uint8_t class;
	bool open;
	uint64_t epoch;
	struct ring_key start;
	struct ring_key end;
};

static inline struct bytes ring_key_bytes(const struct ring_key *k)
{
	return bytes_of(k->b, k->len);
}

static inline void ring_key_set(struct ring_key *k, struct bytes from)
{
	xassert(from.len <= RING_KEY_MAX);
	k->len = (uint16_t)from.len;
	if (from.len)
		memmove(k->b, from.data, from.len);
}

static inline bool ring_arc_has(const struct ring_arc *a, struct bytes key)
{
	return bytes_cmp(key, ring_key_bytes(&a->start)) >= 0 &&
	       (a->open || bytes_cmp(key, ring_key_bytes(&a->end)) < 0);
}

#endif
