// SPDX-License-Identifier: GPL-2.0-or-later
/* The parser that xos_lookup runs in softirq, on anything; what it takes must be what the agent reads. */
#include <stdint.h>
#include <stdlib.h>

#include <wire/lookup.h>

#include "kernel/lookup/message.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_lookup_query m;
	struct xosl_query q;
	struct bytes msg;

	if (!xosl_message_is_query(data, (u32)size) || xosl_message_parse(data, (u32)size, &q))
		return 0;
	msg = bytes_of(data + MSG_OFF, size - MSG_OFF - XOS_WIRE_DGRAM_MAC_LEN);
	/* The agent is stricter about attributes that the module does not read. */
	if (!wire_lookup_query_decode(msg, &m) &&
	    (m.query_id != q.id || !bytes_eq(m.key, bytes_of(q.key, q.key_len))))
		abort();
	return 0;
}
