/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/lookup.yaml
 * by scripts/gen.
 *
 * Messages that kernel modules parse as well. Integers are big-endian and unaligned; an
 * attribute is u16 number, u32 length of the value, value.
 */
#ifndef _UAPI_LINUX_XOS_WIRE_H
#define _UAPI_LINUX_XOS_WIRE_H

/* Header of a message. */
#define XOS_WIRE_MAGIC	      0x584f
#define XOS_WIRE_VERSION      1
#define XOS_WIRE_HEADER_LEN   16
#define XOS_WIRE_OFF_MAGIC    0
#define XOS_WIRE_OFF_VERSION  2
#define XOS_WIRE_OFF_FLAGS    3
#define XOS_WIRE_OFF_TYPE     4
#define XOS_WIRE_OFF_RESERVED 6
#define XOS_WIRE_OFF_LEN      8
#define XOS_WIRE_OFF_CRC      12

/* Type and length before the value of an attribute. */
#define XOS_WIRE_TLV_LEN 6

/* A longer message is refused, in bytes. */
#define XOS_WIRE_MSG_LEN_MAX 1048576

/**
 * enum xos_wire_type - types of messages
 * @XOS_WIRE_LOOKUP_QUERY: Ask who owns a key
 * @XOS_WIRE_LOOKUP_ANSWER: Who owns the key, in the order of the replica classes
 */
enum xos_wire_type {
	XOS_WIRE_LOOKUP_QUERY = 0x0701,
	XOS_WIRE_LOOKUP_ANSWER = 0x0702,
};

/* Greatest length of a key in a query, in bytes. */
#define XOS_WIRE_LOOKUP_KEY_LEN 1024

/* Greatest number of owners in an answer, one a replica class. */
#define XOS_WIRE_LOOKUP_OWNERS 7

/* First four bytes of the envelope of a datagram, "XOSD". */
#define XOS_WIRE_DGRAM_MAGIC 0x584f5344

/* Version of the envelope. */
#define XOS_WIRE_DGRAM_VERSION 1

/* Offset of the version, one byte; the byte after it is 0. */
#define XOS_WIRE_DGRAM_OFF_VERSION 4

/* Offset of the number of the key, two bytes. */
#define XOS_WIRE_DGRAM_OFF_KEY_ID 6

/* Offset of the counter of the sender, eight bytes. */
#define XOS_WIRE_DGRAM_OFF_COUNTER 8

/* Offset of the identity of the sender, 16 bytes. */
#define XOS_WIRE_DGRAM_OFF_SENDER 16

/* Offset of the message. */
#define XOS_WIRE_DGRAM_OFF_MSG 32

/*
 * Length of the authentication code that ends a datagram, HMAC-SHA256 (RFC 2104) over all
 * before it, truncated.
 */
#define XOS_WIRE_DGRAM_MAC_LEN 16

/**
 * enum xos_wire_owner_attr - A node that owns the key in one replica class
 * @XOS_WIRE_OWNER_A_ID: (id) Identity of the node.
 * @XOS_WIRE_OWNER_A_ADDR: (addr) Address and port of its peer socket.
 * @XOS_WIRE_OWNER_A_CLASS: (u8) Replica class that it owns the key in.
 */
enum xos_wire_owner_attr {
	XOS_WIRE_OWNER_A_ID = 1,
	XOS_WIRE_OWNER_A_ADDR = 2,
	XOS_WIRE_OWNER_A_CLASS = 3,
};

#define XOS_WIRE_OWNER_LEN_MAX 53

/**
 * enum xos_wire_lookup_query_attr - Ask who owns a key
 * @XOS_WIRE_LOOKUP_QUERY_A_QUERY_ID: (u64) Chosen by who asks, returned in the answer.
 * @XOS_WIRE_LOOKUP_QUERY_A_KEY: (binary) The key.
 * @XOS_WIRE_LOOKUP_QUERY_A_PAD: (binary) Zero bytes, ignored.
 */
enum xos_wire_lookup_query_attr {
	XOS_WIRE_LOOKUP_QUERY_A_QUERY_ID = 1,
	XOS_WIRE_LOOKUP_QUERY_A_KEY = 2,
	XOS_WIRE_LOOKUP_QUERY_A_PAD = 3,
};

#define XOS_WIRE_LOOKUP_QUERY_KEY_LEN_MAX 1024
#define XOS_WIRE_LOOKUP_QUERY_PAD_LEN_MAX 1024
#define XOS_WIRE_LOOKUP_QUERY_LEN_MAX	  2074

/**
 * enum xos_wire_lookup_answer_attr - Who owns the key, in the order of the replica
 *   classes
 * @XOS_WIRE_LOOKUP_ANSWER_A_QUERY_ID: (u64) From the query.
 * @XOS_WIRE_LOOKUP_ANSWER_A_EPOCH: (u64) Greatest epoch of the arcs that answered.
 * @XOS_WIRE_LOOKUP_ANSWER_A_OWNERS: (nest list) One owner a replica class; a class that
 *   nobody owns is absent.
 */
enum xos_wire_lookup_answer_attr {
	XOS_WIRE_LOOKUP_ANSWER_A_QUERY_ID = 1,
	XOS_WIRE_LOOKUP_ANSWER_A_EPOCH = 2,
	XOS_WIRE_LOOKUP_ANSWER_A_OWNERS = 3,
};

#define XOS_WIRE_LOOKUP_ANSWER_OWNERS_COUNT_MAX 7
#define XOS_WIRE_LOOKUP_ANSWER_LEN_MAX		441

#endif
