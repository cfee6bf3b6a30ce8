/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One page of stored items: what a transfer sends in a chunk and a scan in an
 * answer. Items lie in the store under 'i', the replica class and the key.
 */
#ifndef _XOS_OVERLAY_PAGE_H
#define _XOS_OVERLAY_PAGE_H

#include <base/arena.h>
#include <overlay/key.h>
#include <store/store.h>

/* Greatest length of a stored record. */
#define PAGE_RECORD_MAX 180224
/* Keys and records of one page, in bytes: any single item fits. */
#define PAGE_ROOM	(PAGE_RECORD_MAX + RING_KEY_MAX + 2048)
/* Items of one page. */
#define PAGE_ITEMS_MAX	1024
/* First byte of the store keys of items. */
#define PAGE_PREFIX	'i'
/* Longest store key of an item. */
#define PAGE_KEY_MAX	(2 + RING_KEY_MAX)

/**
 * struct page_item - one item
 * @key: key, without prefix and class
 * @record: as stored
 */
struct page_item {
	struct bytes key;
	struct bytes record;
};

/**
 * struct page - items of one scan
 * @mem: PAGE_ROOM bytes that the items lie in
 * @len: bytes used
 * @n: items
 * @item: PAGE_ITEMS_MAX items
 * @more: the scan stopped before its end
 * @next: with @more: first key that is not in the page
 * @limit: items wanted at most
 * @room: bytes wanted at most
 */
struct page {
	uint8_t *mem;
	size_t len;
	uint32_t n;
	struct page_item *item;
	bool more;
	struct ring_key next;
	uint32_t limit;
	size_t room;
};

/* Memory that page_init() takes. */
#define PAGE_ARENA_SIZE (PAGE_ROOM + PAGE_ITEMS_MAX * sizeof(struct page_item) + 64)

/**
 * page_init() - get the memory
 * @p: page
 * @arena: PAGE_ARENA_SIZE
 */
void page_init(struct page *p, struct arena *arena);

/**
 * page_key() - store key of an item
 * @class: replica class
 * @key: key
 * @mem: PAGE_KEY_MAX bytes
 *
 * Return: the store key, in @mem.
 */
struct bytes page_key(uint8_t class, struct bytes key, uint8_t *mem);

/**
 * page_fill() - read items in the order of their keys
 * @p: page; its former items are gone
 * @store: store
 * @class: replica class
 * @from: first key wanted
 * @to: first key not wanted
 * @open: there is no @to
 * @limit: items wanted at most, 0: as many as fit
 * @room: bytes wanted at most, 0: as many as fit; one item comes in any case
 *
 * Return: 0 or -EIO.
 */
int page_fill(struct page *p, struct store *store, uint8_t class, struct bytes from,
	      struct bytes to, bool open, uint32_t limit, size_t room);

#endif
