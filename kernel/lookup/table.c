// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <asm/unaligned.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#define ARC_ROOM_MIN   64
#define BYTES_ROOM_MIN 1024

struct xosl_table *xosl_table_alloc(u64 epoch, u32 classes)
{
	struct xosl_table *table = kzalloc(sizeof(*table), GFP_KERNEL);

	if (table) {
		table->epoch = epoch;
		table->classes = classes;
	}
	return table;
}

void xosl_table_free(struct xosl_table *table)
{
	if (!table)
		return;
	kvfree(table->arc);
	kvfree(table->bytes);
	kfree(table);
}

/* The first eight bytes, so that most comparisons need no others. */
static u64 key_prefix(const u8 *key, u16 len)
{
	u8 head[8] = { 0 };

	memcpy(head, key, min_t(u16, len, sizeof(head)));
	return get_unaligned_be64(head);
}

static int key_cmp(const u8 *a, u16 a_len, const u8 *b, u16 b_len)
{
	int c = memcmp(a, b, min(a_len, b_len));

	return c ? c : (int)a_len - (int)b_len;
}

static int grow(void **room, u32 used, u32 *cap, u32 need, size_t size, u32 least)
{
	u32 want = max(*cap, least);
	void *p;

	while (want < need)
		want *= 2;
	if (want == *cap)
		return 0;
	p = kvmalloc_array(want, size, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	if (used)
		memcpy(p, *room, used * size);
	kvfree(*room);
	*room = p;
	*cap = want;
	return 0;
}

int xosl_table_add(struct xosl_table *table, u32 class, const u8 *start, u16 len,
		   const struct xosl_owner *owner)
{
	struct xosl_arc *arc, *last;
	int err;

	if (class >= table->classes || len > XOS_LOOKUP_START_MAX)
		return -EINVAL;
	if (table->arcs) {
		last = &table->arc[table->arcs - 1];
		if (class < table->last_class ||
		    (class == table->last_class &&
		     key_cmp(table->bytes + last->start, last->start_len, start, len) >= 0))
			return -EINVAL;
	}
	if (table->arcs == XOS_LOOKUP_ARCS_MAX)
		return -ENOSPC;
	err = grow((void **)&table->arc, table->arcs, &table->arc_room, table->arcs + 1,
		   sizeof(*table->arc), ARC_ROOM_MIN);
	if (!err)
		err = grow((void **)&table->bytes, table->bytes_len, &table->bytes_room,
			   table->bytes_len + len, 1, BYTES_ROOM_MIN);
	if (err)
		return err;
	arc = &table->arc[table->arcs];
	arc->prefix = key_prefix(start, len);
	arc->start = table->bytes_len;
	arc->start_len = len;
	arc->owner = *owner;
	if (len)
		memcpy(table->bytes + table->bytes_len, start, len);
	table->bytes_len += len;
	for (; table->last_class < class; table->last_class++)
		table->first[table->last_class + 1] = table->arcs;
	table->arcs++;
	return 0;
}

int xosl_table_finish(struct xosl_table *table)
{
	u32 class;

	for (class = table->last_class; class < table->classes; class ++)
		table->first[class + 1] = table->arcs;
	for (class = 0; class < table->classes; class ++) {
		u32 first = table->first[class];

		if (first == table->first[class + 1] || table->arc[first].start_len)
			return -EINVAL;
	}
	return 0;
}

const struct xosl_owner *xosl_table_find(const struct xosl_table *table, u32 class, const u8 *key,
					 u16 len)
{
	/* The arc sought starts at or before the key; the first one always does. */
	u32 low = table->first[class], high = table->first[class + 1];
	u64 prefix = key_prefix(key, len);

	while (high - low > 1) {
		u32 mid = low + (high - low) / 2;
		const struct xosl_arc *arc = &table->arc[mid];
		bool before;

		if (arc->prefix != prefix)
			before = arc->prefix < prefix;
		else
			before = key_cmp(table->bytes + arc->start, arc->start_len, key, len) <= 0;
		if (before)
			low = mid;
		else
			high = mid;
	}
	return &table->arc[low].owner;
}
