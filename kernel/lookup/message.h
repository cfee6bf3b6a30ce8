/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The two messages that the module knows, byte by byte: finds the fields of a query,
 * writes an answer over it (Documentation/wire/lookup.rst). Compiled in
 * userspace too, for tests and fuzzing.
 */
#ifndef _XOS_LOOKUP_MESSAGE_H
#define _XOS_LOOKUP_MESSAGE_H

#include <linux/types.h>

#include <linux/xos_wire.h>

#include "table.h"

/* Bytes of the longest answer with its envelope. */
#define XOSL_ANSWER_MAX                                                                  \
	(XOS_WIRE_DGRAM_OFF_MSG + XOS_WIRE_HEADER_LEN + XOS_WIRE_LOOKUP_ANSWER_LEN_MAX + \
	 XOS_WIRE_DGRAM_MAC_LEN)

/**
 * struct xosl_query - what a query asks
 * @id: number that the answer returns
 * @key: key, inside the datagram
 * @key_len: its bytes
 */
struct xosl_query {
	u64 id;
	const u8 *key;
	u16 key_len;
};

/**
 * xosl_message_is_query() - is a datagram a lookup query in an envelope that we know?
 * @data: datagram
 * @len: its bytes
 *
 * Looks at fixed places only; nothing is authenticated yet.
 *
 * Return: whether it is.
 */
bool xosl_message_is_query(const u8 *data, u32 len);

/**
 * xosl_message_parse() - read a query whose envelope was found authentic
 * @data: datagram
 * @len: its bytes; xosl_message_is_query() holds
 * @query: result
 *
 * Return: 0, or -EBADMSG.
 */
int xosl_message_parse(const u8 *data, u32 len, struct xosl_query *query);

/**
 * xosl_message_answer() - write an answer, without its authentication code
 * @out: XOSL_ANSWER_MAX bytes; may be the datagram of the query
 * @query_id: number from the query
 * @owners: one a class, none vacant
 * @classes: how many
 * @sender: identity of the node that answers
 * @key_id: number of the key that the authentication code is made with
 * @counter: counter of the envelope
 *
 * Return: length of the datagram including room for the code at its end.
 */
u32 xosl_message_answer(u8 *out, u64 query_id, const struct xosl_owner *const *owners, u32 classes,
			const u8 *sender, u16 key_id, u64 counter);

#endif
