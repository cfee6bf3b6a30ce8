/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause */
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_lookup.yaml
 * by scripts/gen.
 *
 * Control of the lookup module: an agent lends it the UDP socket of a ring node and the
 * table that says which nodes own which keys; the module answers lookup queries on that
 * socket in softirq. What it cannot answer goes up to the socket as if the module were
 * not there.
 *
 * Only attaching needs a capability. The netlink socket that attached is from then on the
 * only one that may change the table, and when it closes the module lets go of the UDP
 * socket and forgets table and keys: a table never outlives the agent that vouches for
 * it. Every refusal carries an extended acknowledgement that names the attribute.
 */
#ifndef _UAPI_LINUX_XOS_LOOKUP_H
#define _UAPI_LINUX_XOS_LOOKUP_H

#define XOS_LOOKUP_FAMILY_NAME	  "xos_lookup"
#define XOS_LOOKUP_FAMILY_VERSION 1

/* Bytes of a node's identity. */
#define XOS_LOOKUP_ID_LEN 16

/* Bytes of an IPv6 address. */
#define XOS_LOOKUP_ADDR_LEN 16

/* Bytes of a key that authenticates datagrams. */
#define XOS_LOOKUP_KEY_LEN 32

/* Largest number of keys of a responder. */
#define XOS_LOOKUP_KEYS_MAX 4

/* Longest start of an arc, in bytes. */
#define XOS_LOOKUP_START_MAX 1024

/* Largest number of replica classes. */
#define XOS_LOOKUP_CLASSES_MAX 7

/* Largest number of arcs of a table. */
#define XOS_LOOKUP_ARCS_MAX 4096

/* Largest number of responders in a network namespace. */
#define XOS_LOOKUP_RESPONDERS_MAX 64

/**
 * enum xos_lookup_responder_attr - responder attributes
 * @XOS_LOOKUP_A_RESPONDER_PAD: (pad) pad
 * @XOS_LOOKUP_A_RESPONDER_SOCKET_FD: (u32) Bound IPv6 UDP socket, a descriptor of the
 *   process that asks.
 * @XOS_LOOKUP_A_RESPONDER_NODE_ID: (binary) Identity of the ring node; the sender of the
 *   answers.
 * @XOS_LOOKUP_A_RESPONDER_PORT_ID: (u32) Netlink port of the socket that attached.
 * @XOS_LOOKUP_A_RESPONDER_PORT: (u16) UDP port of the socket.
 * @XOS_LOOKUP_A_RESPONDER_ARCS: (u32) Arcs in the table.
 * @XOS_LOOKUP_A_RESPONDER_CLASSES: (u32) Replica classes of the grid.
 * @XOS_LOOKUP_A_RESPONDER_EPOCH: (u64) Version of the table.
 * @XOS_LOOKUP_A_RESPONDER_LEASE_MS: (u32) Milliseconds until the table must have been
 *   renewed; 0 when it has run out.
 * @XOS_LOOKUP_A_RESPONDER_STATS: (nest) Counters of the responder.
 * @__XOS_LOOKUP_A_RESPONDER_MAX: One more than the last.
 * @XOS_LOOKUP_A_RESPONDER_MAX: The last.
 */
enum xos_lookup_responder_attr {
	XOS_LOOKUP_A_RESPONDER_PAD = 1,
	XOS_LOOKUP_A_RESPONDER_SOCKET_FD = 2,
	XOS_LOOKUP_A_RESPONDER_NODE_ID = 3,
	XOS_LOOKUP_A_RESPONDER_PORT_ID = 4,
	XOS_LOOKUP_A_RESPONDER_PORT = 5,
	XOS_LOOKUP_A_RESPONDER_ARCS = 6,
	XOS_LOOKUP_A_RESPONDER_CLASSES = 7,
	XOS_LOOKUP_A_RESPONDER_EPOCH = 8,
	XOS_LOOKUP_A_RESPONDER_LEASE_MS = 9,
	XOS_LOOKUP_A_RESPONDER_STATS = 10,
	__XOS_LOOKUP_A_RESPONDER_MAX,
	XOS_LOOKUP_A_RESPONDER_MAX = (__XOS_LOOKUP_A_RESPONDER_MAX - 1)
};

/**
 * enum xos_lookup_stats_attr - stats attributes
 * @XOS_LOOKUP_A_STATS_PAD: (pad) pad
 * @XOS_LOOKUP_A_STATS_ANSWERED: (u64) Queries that were answered here.
 * @XOS_LOOKUP_A_STATS_PASSED: (u64) Datagrams that are no queries and went up to the
 *   socket.
 * @XOS_LOOKUP_A_STATS_MISS_TABLE: (u64) Queries that went up because there is no table,
 *   or it is not complete.
 * @XOS_LOOKUP_A_STATS_MISS_LEASE: (u64) Queries that went up because the lease of the
 *   table had run out.
 * @XOS_LOOKUP_A_STATS_MISS_PAD: (u64) Queries that went up because they were too short to
 *   hold the answer.
 * @XOS_LOOKUP_A_STATS_MISS_PACKET: (u64) Queries that went up because of their packet
 *   (extension headers, IPv4, multicast).
 * @XOS_LOOKUP_A_STATS_DROP_MAC: (u64) Queries dropped because they were not authentic.
 * @XOS_LOOKUP_A_STATS_DROP_MALFORMED: (u64) Authentic queries dropped because they could
 *   not be parsed.
 * @XOS_LOOKUP_A_STATS_DROP_ROUTE: (u64) Answers lost because there was no route or no
 *   memory.
 * @__XOS_LOOKUP_A_STATS_MAX: One more than the last.
 * @XOS_LOOKUP_A_STATS_MAX: The last.
 */
enum xos_lookup_stats_attr {
	XOS_LOOKUP_A_STATS_PAD = 1,
	XOS_LOOKUP_A_STATS_ANSWERED = 2,
	XOS_LOOKUP_A_STATS_PASSED = 3,
	XOS_LOOKUP_A_STATS_MISS_TABLE = 4,
	XOS_LOOKUP_A_STATS_MISS_LEASE = 5,
	XOS_LOOKUP_A_STATS_MISS_PAD = 6,
	XOS_LOOKUP_A_STATS_MISS_PACKET = 7,
	XOS_LOOKUP_A_STATS_DROP_MAC = 8,
	XOS_LOOKUP_A_STATS_DROP_MALFORMED = 9,
	XOS_LOOKUP_A_STATS_DROP_ROUTE = 10,
	__XOS_LOOKUP_A_STATS_MAX,
	XOS_LOOKUP_A_STATS_MAX = (__XOS_LOOKUP_A_STATS_MAX - 1)
};

/**
 * enum xos_lookup_key_attr - key attributes
 * @XOS_LOOKUP_A_KEY_KEY_ID: (u16) Number of the key, as datagrams carry it.
 * @XOS_LOOKUP_A_KEY_SECRET: (binary) The key; never given back.
 * @XOS_LOOKUP_A_KEY_REMOVE: (flag) Forget the key instead.
 * @__XOS_LOOKUP_A_KEY_MAX: One more than the last.
 * @XOS_LOOKUP_A_KEY_MAX: The last.
 */
enum xos_lookup_key_attr {
	XOS_LOOKUP_A_KEY_KEY_ID = 1,
	XOS_LOOKUP_A_KEY_SECRET = 2,
	XOS_LOOKUP_A_KEY_REMOVE = 3,
	__XOS_LOOKUP_A_KEY_MAX,
	XOS_LOOKUP_A_KEY_MAX = (__XOS_LOOKUP_A_KEY_MAX - 1)
};

/**
 * enum xos_lookup_table_attr - table attributes
 * @XOS_LOOKUP_A_TABLE_EPOCH: (u64) Version of the table; a renewal of the lease names it.
 * @XOS_LOOKUP_A_TABLE_CLASSES: (u32) Replica classes of the grid.
 * @XOS_LOOKUP_A_TABLE_LEASE_MS: (u32) Milliseconds for which the table may be used unless
 *   it is renewed.
 * @XOS_LOOKUP_A_TABLE_MORE: (flag) More arcs follow in the next message; the table takes
 *   effect without it.
 * @XOS_LOOKUP_A_TABLE_ARC: (nest list) Arcs, in ascending order of class and start over
 *   all messages.
 * @__XOS_LOOKUP_A_TABLE_MAX: One more than the last.
 * @XOS_LOOKUP_A_TABLE_MAX: The last.
 */
enum xos_lookup_table_attr {
	XOS_LOOKUP_A_TABLE_EPOCH = 1,
	XOS_LOOKUP_A_TABLE_CLASSES = 2,
	XOS_LOOKUP_A_TABLE_LEASE_MS = 3,
	XOS_LOOKUP_A_TABLE_MORE = 4,
	XOS_LOOKUP_A_TABLE_ARC = 5,
	__XOS_LOOKUP_A_TABLE_MAX,
	XOS_LOOKUP_A_TABLE_MAX = (__XOS_LOOKUP_A_TABLE_MAX - 1)
};

/**
 * enum xos_lookup_arc_attr - arc attributes
 * @XOS_LOOKUP_A_ARC_CLASS: (u32) Replica class.
 * @XOS_LOOKUP_A_ARC_START: (binary) First key of the arc; it ends where the next one of
 *   its class starts.
 * @XOS_LOOKUP_A_ARC_VACANT: (flag) Nobody serves the arc; queries for its keys go up to
 *   the socket.
 * @XOS_LOOKUP_A_ARC_ID: (binary) Identity of the owner.
 * @XOS_LOOKUP_A_ARC_ADDR: (binary) Address of the owner.
 * @XOS_LOOKUP_A_ARC_PORT: (u16) UDP port of the owner.
 * @XOS_LOOKUP_A_ARC_EPOCH: (u64) Epoch of the arc. An answer carries the greatest of its
 *   arcs.
 * @__XOS_LOOKUP_A_ARC_MAX: One more than the last.
 * @XOS_LOOKUP_A_ARC_MAX: The last.
 */
enum xos_lookup_arc_attr {
	XOS_LOOKUP_A_ARC_CLASS = 1,
	XOS_LOOKUP_A_ARC_START = 2,
	XOS_LOOKUP_A_ARC_VACANT = 3,
	XOS_LOOKUP_A_ARC_ID = 4,
	XOS_LOOKUP_A_ARC_ADDR = 5,
	XOS_LOOKUP_A_ARC_PORT = 6,
	XOS_LOOKUP_A_ARC_EPOCH = 7,
	__XOS_LOOKUP_A_ARC_MAX,
	XOS_LOOKUP_A_ARC_MAX = (__XOS_LOOKUP_A_ARC_MAX - 1)
};

/**
 * enum xos_lookup_cmd - operations
 * @XOS_LOOKUP_CMD_ATTACH: Answer queries on a UDP socket. The netlink socket that asks
 *   owns the responder until it closes; it may own one.
 * @XOS_LOOKUP_CMD_DETACH: Let go of the UDP socket of the responder that this netlink
 *   socket owns.
 * @XOS_LOOKUP_CMD_KEY_SET: Set or forget a key of the responder that this netlink socket
 *   owns.
 * @XOS_LOOKUP_CMD_TABLE_SET: Replace the table of the responder that this netlink socket
 *   owns. A table that needs several messages has the flag more in all but the last; a
 *   message without arcs and without more empties it.
 * @XOS_LOOKUP_CMD_LEASE_RENEW: Renew the lease of the present table. Refused when the
 *   table's epoch is another one.
 * @XOS_LOOKUP_CMD_RESPONDER_GET: Show the responders of the network namespace with their
 *   counters.
 * @__XOS_LOOKUP_CMD_MAX: One more than the last.
 * @XOS_LOOKUP_CMD_MAX: The last.
 */
enum xos_lookup_cmd {
	XOS_LOOKUP_CMD_ATTACH = 1,
	XOS_LOOKUP_CMD_DETACH = 2,
	XOS_LOOKUP_CMD_KEY_SET = 3,
	XOS_LOOKUP_CMD_TABLE_SET = 4,
	XOS_LOOKUP_CMD_LEASE_RENEW = 5,
	XOS_LOOKUP_CMD_RESPONDER_GET = 6,
	__XOS_LOOKUP_CMD_MAX,
	XOS_LOOKUP_CMD_MAX = (__XOS_LOOKUP_CMD_MAX - 1)
};

#endif
