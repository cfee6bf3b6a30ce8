/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bounded output buffer over memory of the caller. */
#ifndef _XOS_BASE_BUF_H
#define _XOS_BASE_BUF_H

#include <errno.h>

#include <base/bytes.h>

/**
 * struct buf - bytes being appended
 * @data: memory of the caller
 * @len: bytes used
 * @cap: bytes there are
 */
struct buf {
	uint8_t *data;
	size_t len;
	size_t cap;
};

static inline struct buf buf_of(void *data, size_t cap)
{
	return (struct buf){ .data = data, .cap = cap };
}

static inline struct bytes buf_bytes(const struct buf *b)
{
	return bytes_of(b->data, b->len);
}

/**
 * buf_reserve() - take room at the end
 * @b: buffer
 * @len: bytes wanted
 *
 * Return: where to write them, or NULL when they do not fit (nothing is taken then).
 */
static inline uint8_t *buf_reserve(struct buf *b, size_t len)
{
	uint8_t *p;

	if (len > b->cap - b->len)
		return NULL;
	p = b->data + b->len;
	b->len += len;
	return p;
}

/**
 * buf_append() - copy bytes to the end
 * @b: buffer
 * @data: bytes; may be NULL when @len is 0
 * @len: how many
 *
 * Return: 0, or -EMSGSIZE when they do not fit.
 */
static inline int buf_append(struct buf *b, const void *data, size_t len)
{
	uint8_t *p = buf_reserve(b, len);

	if (!p)
		return -EMSGSIZE;
	if (len)
		memcpy(p, data, len);
	return 0;
}

#endif
