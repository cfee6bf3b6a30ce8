/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Byte strings. A struct bytes borrows memory, it never owns it; whoever
 * stores one copies the contents first.
 */
#ifndef _XOS_BASE_BYTES_H
#define _XOS_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/**
 * struct bytes - a borrowed run of bytes
 * @data: first byte; may be NULL when @len is 0
 * @len: number of bytes
 */
struct bytes {
	const uint8_t *data;
	size_t len;
};

static inline struct bytes bytes_of(const void *data, size_t len)
{
	return (struct bytes){ .data = data, .len = len };
}

static inline struct bytes bytes_str(const char *s)
{
	return bytes_of(s, strlen(s));
}

/**
 * bytes_cmp() - lexicographic order of unsigned bytes, a prefix first
 * @a: left side
 * @b: right side
 *
 * Return: < 0, 0 or > 0.
 */
static inline int bytes_cmp(struct bytes a, struct bytes b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.data, b.data, n) : 0;

	if (c)
		return c;
	return a.len < b.len ? -1 : a.len > b.len;
}

static inline bool bytes_eq(struct bytes a, struct bytes b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

static inline bool bytes_has_prefix(struct bytes s, struct bytes prefix)
{
	return s.len >= prefix.len && (!prefix.len || !memcmp(s.data, prefix.data, prefix.len));
}

#endif
