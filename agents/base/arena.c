// SPDX-License-Identifier: GPL-2.0-or-later
#include <base/arena.h>

#include <string.h>

#include <base/assert.h>

#define ARENA_ALIGN 16

void arena_init(struct arena *a, void *mem, size_t size)
{
	xassert(!((uintptr_t)mem % ARENA_ALIGN));
	*a = (struct arena){ .base = mem, .size = size };
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p;

	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	xassert(size <= a->size - a->used);
	p = a->base + a->used;
	a->used += size;
	return p;
}

void pool_init(struct pool *p, struct arena *a, size_t size, uint32_t limit)
{
	uint8_t *piece;

	xassert(limit);
	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	*p = (struct pool){ .size = size, .limit = limit };
	piece = arena_alloc(a, size * limit);
	for (uint32_t i = limit; i-- > 0;) {
		void *at = piece + size * i;

		memcpy(at, &p->free, sizeof(void *));
		p->free = at;
	}
}

void *pool_get(struct pool *p)
{
	void *piece = p->free;

	if (!piece) {
		p->refused++;
		return NULL;
	}
	memcpy(&p->free, piece, sizeof(void *));
	memset(piece, 0, p->size);
	p->used++;
	return piece;
}

void pool_put(struct pool *p, void *piece)
{
	if (!piece)
		return;
	xassert(p->used);
	memcpy(piece, &p->free, sizeof(void *));
	p->free = piece;
	p->used--;
}
