// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/common.yaml
 * by scripts/gen.
 */
#include <wire/common.h>

static const struct wire_field node_fields[] = {
	[0] = {
		.name = "id",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_node, id),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "addr",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_node, addr),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_node_set = {
	.name = "node",
	.fields = node_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_node),
};
