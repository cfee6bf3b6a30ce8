// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/
 * by scripts/gen.
 */
#include <wire/types.h>

#include <wire/lookup.h>
#include <wire/peer.h>

const struct wire_msg *wire_msg_find(uint16_t type)
{
	switch (type) {
	case WIRE_PEER_HELLO:
		return &wire_peer_hello_msg;
	case WIRE_LOOKUP_QUERY:
		return &wire_lookup_query_msg;
	case WIRE_LOOKUP_ANSWER:
		return &wire_lookup_answer_msg;
	default:
		return NULL;
	}
}
