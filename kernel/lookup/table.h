/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which node owns which keys: an immutable, sorted array of arcs. Readers find
 * it under RCU; a change makes a new one. Binary search over the arcs of each
 * replica class, on the first eight bytes of their starts before the starts
 * themselves.
 *
 * Nothing here knows of sockets or netlink: the same file is compiled in
 * userspace for its tests.
 */
#ifndef _XOS_LOOKUP_TABLE_H
#define _XOS_LOOKUP_TABLE_H

#include <linux/types.h>

#include <linux/xos_lookup.h>

/**
 * struct xosl_owner - who serves an arc
 * @id: identity of the node
 * @addr: IPv6 address, network order
 * @port: UDP port, host order
 * @epoch: epoch of the arc
 * @vacant: nobody does; the rest is zero
 */
struct xosl_owner {
	u8 id[XOS_LOOKUP_ID_LEN];
	u8 addr[XOS_LOOKUP_ADDR_LEN];
	u16 port;
	u64 epoch;
	bool vacant;
};

/**
 * struct xosl_arc - keys from a start to the next start of the class
 * @prefix: first eight bytes of the start as a big-endian number, zero filled
 * @start: offset of the start in the table's bytes
 * @start_len: its length
 * @owner: who serves it
 */
struct xosl_arc {
	u64 prefix;
	u32 start;
	u16 start_len;
	struct xosl_owner owner;
};

/**
 * struct xosl_table - arcs of all replica classes
 * @epoch: its version, as the agent counts
 * @classes: replica classes
 * @arcs: number of arcs
 * @first: first arc of each class; that of the class behind the last is @arcs
 * @arc: arcs by class and start
 * @bytes: the starts
 * @arc_room: arcs that @arc has room for, while it is built
 * @bytes_len: bytes used
 * @bytes_room: bytes that @bytes has room for, while it is built
 * @last_class: class of the last arc, while it is built
 */
struct xosl_table {
	u64 epoch;
	u32 classes;
	u32 arcs;
	u32 first[XOS_LOOKUP_CLASSES_MAX + 1];
	struct xosl_arc *arc;
	u8 *bytes;
	u32 arc_room;
	u32 bytes_len;
	u32 bytes_room;
	u32 last_class;
};

/**
 * xosl_table_alloc() - begin a table
 * @epoch: its version
 * @classes: replica classes, 1 to XOS_LOOKUP_CLASSES_MAX
 *
 * Return: an empty table, NULL without memory.
 */
struct xosl_table *xosl_table_alloc(u64 epoch, u32 classes);

/**
 * xosl_table_add() - append an arc; class and start must ascend
 * @table: table being built
 * @class: replica class
 * @start: first key
 * @len: its bytes
 * @owner: who serves it
 *
 * Return: 0, -EINVAL for a class or an order that is wrong, -ENOSPC for more than
 * XOS_LOOKUP_ARCS_MAX arcs, -ENOMEM.
 */
int xosl_table_add(struct xosl_table *table, u32 class, const u8 *start, u16 len,
		   const struct xosl_owner *owner);

/**
 * xosl_table_finish() - end the building
 * @table: table being built
 *
 * Return: 0; -EINVAL when a class has no arc, or its first arc does not start at the
 * first of all keys.
 */
int xosl_table_finish(struct xosl_table *table);

/**
 * xosl_table_find() - who serves a key in a class
 * @table: finished table
 * @class: replica class, less than the table's
 * @key: key
 * @len: its bytes
 *
 * Return: the owner, which may be vacant; never NULL.
 */
const struct xosl_owner *xosl_table_find(const struct xosl_table *table, u32 class, const u8 *key,
					 u16 len);

/**
 * xosl_table_free() - free a table that no reader can see
 * @table: table; NULL is ignored
 */
void xosl_table_free(struct xosl_table *table);

#endif
