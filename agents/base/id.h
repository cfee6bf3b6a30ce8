/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 128-bit identities of nodes, drawn at random once and kept for life. */
#ifndef _XOS_BASE_ID_H
#define _XOS_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define XOS_ID_LEN 16

/**
 * struct xos_id - identity of a node
 * @b: 16 random bytes; all zero means "none"
 */
struct xos_id {
	uint8_t b[XOS_ID_LEN];
};

static inline int xos_id_cmp(const struct xos_id *a, const struct xos_id *b)
{
	return memcmp(a->b, b->b, XOS_ID_LEN);
}

static inline bool xos_id_eq(const struct xos_id *a, const struct xos_id *b)
{
	return !xos_id_cmp(a, b);
}

static inline bool xos_id_is_zero(const struct xos_id *a)
{
	static const struct xos_id zero;

	return xos_id_eq(a, &zero);
}

#endif
