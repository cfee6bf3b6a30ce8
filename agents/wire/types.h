/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/
 * by scripts/gen.
 */
#ifndef _XOS_WIRE_TYPES_H
#define _XOS_WIRE_TYPES_H

/* Header of a message. */
#define WIRE_MAGIC 0x584f
#define WIRE_VERSION 1
#define WIRE_HEADER_LEN 16
#define WIRE_OFF_MAGIC 0
#define WIRE_OFF_VERSION 2
#define WIRE_OFF_FLAGS 3
#define WIRE_OFF_TYPE 4
#define WIRE_OFF_RESERVED 6
#define WIRE_OFF_LEN 8
#define WIRE_OFF_CRC 12

/* Type and length before the value of an attribute. */
#define WIRE_TLV_LEN 6

/* A longer message is refused, in bytes. */
#define WIRE_MSG_LEN_MAX 1048576

/**
 * enum wire_type - types of messages
 * @WIRE_PEER_HELLO: First message in both directions of a stream
 * @WIRE_LOOKUP_QUERY: Ask who owns a key
 * @WIRE_LOOKUP_ANSWER: Who owns the key, in the order of the replica classes
 */
enum wire_type {
	WIRE_PEER_HELLO = 0x0101,
	WIRE_LOOKUP_QUERY = 0x0701,
	WIRE_LOOKUP_ANSWER = 0x0702,
};

#endif
