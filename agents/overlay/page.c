// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/page.h>

void page_init(struct page *p, struct arena *arena)
{
	memset(p, 0, sizeof(*p));
	p->mem = arena_alloc(arena, PAGE_ROOM);
	p->item = arena_alloc(arena, PAGE_ITEMS_MAX * sizeof(*p->item));
	xassert(p->mem && p->item);
}

struct bytes page_key(uint8_t class, struct bytes key, uint8_t *mem)
{
	xassert(key.len <= RING_KEY_MAX);
	mem[0] = PAGE_PREFIX;
	mem[1] = class;
	if (key.len)
		memcpy(mem + 2, key.data, key.len);
	return bytes_of(mem, 2 + key.len);
}

static bool page_visit(void *ctx, struct bytes key, struct bytes value)
{
	struct page *p = ctx;
	struct page_item *item;

	xassert(key.len >= 2 && key.len <= PAGE_KEY_MAX && value.len <= PAGE_RECORD_MAX);
	key = bytes_of(key.data + 2, key.len - 2);
	if (p->n == p->limit || (p->n && p->len + key.len + value.len > p->room)) {
		p->more = true;
		ring_key_set(&p->next, key);
		return false;
	}
	xassert(p->len + key.len + value.len <= PAGE_ROOM);
	item = &p->item[p->n++];
	item->key = bytes_of(p->mem + p->len, key.len);
	item->record = bytes_of(p->mem + p->len + key.len, value.len);
	if (key.len)
		memcpy(p->mem + p->len, key.data, key.len);
	if (value.len)
		memcpy(p->mem + p->len + key.len, value.data, value.len);
	p->len += key.len + value.len;
	return true;
}

int page_fill(struct page *p, struct store *store, uint8_t class, struct bytes from,
	      struct bytes to, bool open, uint32_t limit, size_t room)
{
	uint8_t from_mem[PAGE_KEY_MAX], to_mem[PAGE_KEY_MAX];
	struct bytes last = page_key(class, to, to_mem);

	xassert(class < RING_CLASSES_MAX);
	if (open) {
		to_mem[1] = (uint8_t)(class + 1);
		last.len = 2;
	}
	p->len = 0;
	p->n = 0;
	p->more = false;
	p->limit = limit && limit < PAGE_ITEMS_MAX ? limit : PAGE_ITEMS_MAX;
	p->room = room && room < PAGE_ROOM ? room : PAGE_ROOM;
	if (bytes_cmp(page_key(class, from, from_mem), last) >= 0)
		return 0;
	return store_scan(store, page_key(class, from, from_mem), last, page_visit, p);
}
