// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/map.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <base/crc32c.h>

#define MAP_CAP_MIN 16

struct store_item *store_item_alloc(struct bytes key, struct bytes value, bool del, uint64_t seq)
{
	size_t value_len = del ? 0 : value.len;
	struct store_item *item;

	item = malloc(sizeof(*item) + key.len + value_len);
	if (!item)
		return NULL;
	*item = (struct store_item){
		.refs = 1,
		.key_len = (uint32_t)key.len,
		.value_len = (uint32_t)value_len,
		.del = del,
		.seq = seq,
	};
	if (key.len)
		memcpy(item->data, key.data, key.len);
	if (value_len)
		memcpy(item->data + key.len, value.data, value_len);
	item->crc = crc32c(0, item->data, key.len + value_len);
	return item;
}

struct store_item *store_item_get(struct store_item *item)
{
	xassert(item->refs && item->refs < UINT32_MAX);
	item->refs++;
	return item;
}

void store_item_put(struct store_item *item)
{
	if (!item)
		return;
	xassert(item->refs);
	if (!--item->refs)
		free(item);
}

bool store_item_intact(const struct store_item *item)
{
	return crc32c(0, item->data, (size_t)item->key_len + item->value_len) == item->crc;
}

size_t store_map_find(const struct store_map *map, struct bytes key, bool *found)
{
	size_t lo = 0, hi = map->n;
	bool equal = false;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = bytes_cmp(store_item_key(map->v[mid]), key);

		if (!c)
			equal = true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (found)
		*found = equal;
	return lo;
}

int store_map_reserve(struct store_map *map, size_t n)
{
	size_t cap = map->cap ? map->cap : MAP_CAP_MIN;
	struct store_item **v;

	if (n <= map->cap - map->n)
		return 0;
	while (cap - map->n < n)
		cap *= 2;
	v = realloc(map->v, cap * sizeof(struct store_item *));
	if (!v)
		return -ENOMEM;
	map->v = v;
	map->cap = cap;
	return 0;
}

static uint64_t item_bytes(const struct store_item *item)
{
	return (uint64_t)item->key_len + item->value_len;
}

void store_map_set(struct store_map *map, struct store_item *item)
{
	bool found;
	size_t at = store_map_find(map, store_item_key(item), &found);

	store_item_get(item);
	map->bytes += item_bytes(item);
	if (found) {
		map->bytes -= item_bytes(map->v[at]);
		store_item_put(map->v[at]);
		map->v[at] = item;
		return;
	}
	xassert(map->n < map->cap);
	memmove(map->v + at + 1, map->v + at, (map->n - at) * sizeof(struct store_item *));
	map->v[at] = item;
	map->n++;
}

void store_map_remove(struct store_map *map, size_t at)
{
	xassert(at < map->n);
	map->bytes -= item_bytes(map->v[at]);
	store_item_put(map->v[at]);
	map->n--;
	memmove(map->v + at, map->v + at + 1, (map->n - at) * sizeof(struct store_item *));
}

void store_map_clear(struct store_map *map)
{
	for (size_t i = 0; i < map->n; i++)
		store_item_put(map->v[i]);
	free(map->v);
	*map = (struct store_map){ 0 };
}
