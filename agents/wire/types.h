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
 * @WIRE_CTL_DONE: The end of an answer
 * @WIRE_CTL_STATUS: Ask an agent how it is
 * @WIRE_CTL_STATUS_ITEM: How an agent is
 * @WIRE_CTL_RING_SHOW: Ask for all nodes of the ring, in order
 * @WIRE_CTL_RING_NODE: A node of the ring and the arc that it holds
 * @WIRE_CTL_RING_SUMMARY: Last item of the answer to ctl-ring-show
 * @WIRE_CTL_KEY_GET: Read a key
 * @WIRE_CTL_KEY_PUT: Write a key
 * @WIRE_CTL_KEY_DEL: Remove a key
 * @WIRE_CTL_KEY_RANGE: Read keys in order
 * @WIRE_CTL_KEY_ITEM: An item
 * @WIRE_CTL_SELECT: Find machines
 * @WIRE_CTL_SELECT_ITEM: A machine that answered for itself
 * @WIRE_CTL_SELECT_SUMMARY: Last item of the answer to ctl-select
 * @WIRE_CTL_ATTR_SHOW: Ask for the attributes of the node
 * @WIRE_CTL_ATTR_ITEM: An attribute of the node
 * @WIRE_CTL_LOOKUP: Ask a node over the network who owns a key
 * @WIRE_CTL_LOOKUP_OWNER: One owner of a key
 * @WIRE_CTL_LOG_SET: Change how much a part of the agent logs
 * @WIRE_CTL_LOG_SHOW: Ask for the log levels
 * @WIRE_CTL_LOG_ITEM: The log level of a part
 * @WIRE_CTL_COUNTERS: Ask for all counters
 * @WIRE_CTL_COUNTER: A counter
 * @WIRE_CTL_MONITOR: Ask for events until the connection ends
 * @WIRE_CTL_EVENT: Something happened
 */
enum wire_type {
	WIRE_PEER_HELLO = 0x0101,
	WIRE_LOOKUP_QUERY = 0x0701,
	WIRE_LOOKUP_ANSWER = 0x0702,
	WIRE_CTL_DONE = 0x0801,
	WIRE_CTL_STATUS = 0x0802,
	WIRE_CTL_STATUS_ITEM = 0x0803,
	WIRE_CTL_RING_SHOW = 0x0804,
	WIRE_CTL_RING_NODE = 0x0805,
	WIRE_CTL_RING_SUMMARY = 0x0806,
	WIRE_CTL_KEY_GET = 0x0807,
	WIRE_CTL_KEY_PUT = 0x0808,
	WIRE_CTL_KEY_DEL = 0x0809,
	WIRE_CTL_KEY_RANGE = 0x080a,
	WIRE_CTL_KEY_ITEM = 0x080b,
	WIRE_CTL_SELECT = 0x080c,
	WIRE_CTL_SELECT_ITEM = 0x080d,
	WIRE_CTL_SELECT_SUMMARY = 0x080e,
	WIRE_CTL_ATTR_SHOW = 0x080f,
	WIRE_CTL_ATTR_ITEM = 0x0810,
	WIRE_CTL_LOOKUP = 0x0811,
	WIRE_CTL_LOOKUP_OWNER = 0x0812,
	WIRE_CTL_LOG_SET = 0x0813,
	WIRE_CTL_LOG_SHOW = 0x0814,
	WIRE_CTL_LOG_ITEM = 0x0815,
	WIRE_CTL_COUNTERS = 0x0816,
	WIRE_CTL_COUNTER = 0x0817,
	WIRE_CTL_MONITOR = 0x0818,
	WIRE_CTL_EVENT = 0x0819,
};

#endif
