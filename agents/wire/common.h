/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/common.yaml
 * by scripts/gen.
 *
 * Attribute sets that several families use. Every family sees them.
 */
#ifndef _XOS_WIRE_COMMON_H
#define _XOS_WIRE_COMMON_H

#include <wire/wire.h>

/* Greatest length of a key, in bytes. */
#define WIRE_KEY_LEN 1024

/* Greatest number of replica classes of a grid. */
#define WIRE_REPLICAS 7

/**
 * struct wire_node - A node and where it listens
 * @id: Identity of the node
 * @addr: Address and port of its peer socket, for streams and datagrams
 */
struct wire_node {
	struct xos_id id;
	struct xos_addr addr;
};

extern const struct wire_set wire_node_set;

/**
 * struct wire_node_list - list of struct wire_node
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_node_list {
	const struct wire_node *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_node_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_node_list_next(const struct wire_node_list *l, size_t *pos,
				       struct wire_node *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_node_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#endif
