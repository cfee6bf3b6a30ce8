/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory whose size is fixed at start. An arena hands out pieces and never
 * takes one back; a pool on top recycles pieces of one size.
 */
#ifndef _XOS_BASE_ARENA_H
#define _XOS_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct arena - a region that is given out from the front
 * @base: first byte, aligned to 16
 * @used: bytes given out
 * @size: bytes there are
 */
struct arena {
	uint8_t *base;
	size_t used;
	size_t size;
};

/**
 * arena_init() - take over a region
 * @a: arena
 * @mem: memory of the caller, aligned to 16, zeroed; must outlive the arena
 * @size: bytes
 */
void arena_init(struct arena *a, void *mem, size_t size);

/**
 * arena_alloc() - take a piece for good
 * @a: arena
 * @size: bytes
 *
 * The arena's size is part of the configuration: running out at start is a
 * programmer's error, so it asserts.
 *
 * Return: zeroed memory, aligned to 16.
 */
void *arena_alloc(struct arena *a, size_t size);

/**
 * struct pool - equal pieces, recycled
 * @free: list of free pieces, linked through their first word
 * @size: bytes a piece
 * @limit: pieces there are
 * @used: pieces in use
 * @refused: how often pool_get() found none
 */
struct pool {
	void *free;
	size_t size;
	uint32_t limit;
	uint32_t used;
	uint64_t refused;
};

/**
 * pool_init() - cut pieces from an arena
 * @p: pool
 * @a: arena
 * @size: bytes a piece
 * @limit: how many
 */
void pool_init(struct pool *p, struct arena *a, size_t size, uint32_t limit);

/**
 * pool_get() - take a piece
 * @p: pool
 *
 * Return: zeroed memory, or NULL when all are in use (counted in @refused).
 */
void *pool_get(struct pool *p);

/**
 * pool_put() - give a piece back
 * @p: the pool it came from
 * @piece: the piece; NULL is ignored
 */
void pool_put(struct pool *p, void *piece);

#endif
