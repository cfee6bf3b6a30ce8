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

#endif
