/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ordered map of byte strings, a sorted array of counted items: the in-memory
 * store is two of them, and the SQLite store keeps what is not yet committed in
 * one. Not thread-safe: references are taken and dropped on one thread.
 */
#ifndef _XOS_STORE_MAP_H
#define _XOS_STORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/bytes.h>

/**
 * struct store_item - one key and what was written to it; constant but for @refs
 * @refs: holders
 * @key_len: bytes of the key, first in @data
 * @value_len: bytes of the value, after the key
 * @crc: CRC-32C of @data as it was written
 * @del: the key was removed, there is no value
 * @seq: number of the batch that wrote it
 * @data: key, then value
 */
struct store_item {
	uint32_t refs;
	uint32_t key_len;
	uint32_t value_len;
	uint32_t crc;
	bool del;
	uint64_t seq;
	uint8_t data[];
};

/**
 * store_item_alloc() - make an item with one reference
 * @key: key, copied
 * @value: value, copied; empty when @del
 * @del: a removal
 * @seq: number of the batch
 *
 * Return: the item, or NULL without memory.
 */
struct store_item *store_item_alloc(struct bytes key, struct bytes value, bool del, uint64_t seq);

/**
 * store_item_get() - take a reference
 * @item: item
 *
 * Return: @item.
 */
struct store_item *store_item_get(struct store_item *item);

/**
 * store_item_put() - drop a reference, the last one frees
 * @item: item; NULL is ignored
 */
void store_item_put(struct store_item *item);

/**
 * store_item_intact() - does the checksum still match
 * @item: item
 *
 * Return: true when it does.
 */
bool store_item_intact(const struct store_item *item);

static inline struct bytes store_item_key(const struct store_item *item)
{
	return bytes_of(item->data, item->key_len);
}

static inline struct bytes store_item_value(const struct store_item *item)
{
	return bytes_of(item->data + item->key_len, item->value_len);
}

/**
 * struct store_map - items in order of their keys
 * @v: sorted array
 * @n: items
 * @cap: room in @v
 * @bytes: keys and values of all items
 */
struct store_map {
	struct store_item **v;
	size_t n;
	size_t cap;
	uint64_t bytes;
};

/**
 * store_map_find() - place of a key
 * @map: map
 * @key: key
 * @found: set to whether the item at that place has this key; may be NULL
 *
 * Return: index of the first item whose key is not before @key; @map->n when none is.
 */
size_t store_map_find(const struct store_map *map, struct bytes key, bool *found);

/**
 * store_map_reserve() - make sure that the next insertions need no memory
 * @map: map
 * @n: insertions
 *
 * Return: 0 or -ENOMEM.
 */
int store_map_reserve(struct store_map *map, size_t n);

/**
 * store_map_set() - put an item in, in place of one with the same key
 * @map: map with room reserved
 * @item: the map takes a reference of its own
 */
void store_map_set(struct store_map *map, struct store_item *item);

/**
 * store_map_remove() - take the item at an index out
 * @map: map
 * @at: index < @map->n
 */
void store_map_remove(struct store_map *map, size_t at);

/**
 * store_map_clear() - drop everything, memory included
 * @map: map
 */
void store_map_clear(struct store_map *map);

#endif
