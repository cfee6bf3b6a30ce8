// SPDX-License-Identifier: GPL-2.0-or-later
#include <order/order_priv.h>

void olog_init(struct olog *l, struct arena *arena, const struct order_config *cfg)
{
	xassert(cfg->log_entries && !(cfg->log_entries & (cfg->log_entries - 1)));
	l->e = arena_alloc(arena, cfg->log_entries * sizeof(*l->e));
	l->mask = cfg->log_entries - 1;
	l->data = arena_alloc(arena, cfg->log_bytes);
	l->size = cfg->log_bytes;
	olog_reset(l, 0, 0);
}

void olog_reset(struct olog *l, uint64_t index, uint64_t term)
{
	l->first = index + 1;
	l->last = index;
	l->prev_term = term;
	l->head = 0;
	l->tail = 0;
}

struct bytes olog_data(const struct olog *l, const struct oentry *e)
{
	return bytes_of(l->data + e->pos % l->size, e->len);
}

/* Where contents of this length begin: behind the newest, or at the front again. */
static uint64_t place(const struct olog *l, uint64_t bytes)
{
	uint64_t at = l->tail % l->size;

	return at + bytes > l->size ? l->tail + l->size - at : l->tail;
}

bool olog_room(const struct olog *l, uint64_t bytes, uint64_t spare_entries, uint64_t spare_bytes)
{
	if (l->last + 1 - l->first + 1 + spare_entries > l->mask + 1)
		return false;
	return place(l, bytes) + bytes - l->head + spare_bytes <= l->size;
}

void olog_push(struct olog *l, const struct oentry *e, struct bytes data)
{
	struct oentry *new;

	xassert(olog_room(l, data.len, 0, 0));
	l->last++;
	new = olog_at(l, l->last);
	*new = *e;
	new->pos = place(l, data.len);
	new->len = (uint32_t)data.len;
	new->wal = 0;
	if (data.len)
		memcpy(l->data + new->pos % l->size, data.data, data.len);
	if (l->first == l->last)
		l->head = new->pos;
	l->tail = new->pos + data.len;
}

void olog_cut(struct olog *l, uint64_t index)
{
	xassert(index >= l->first);
	if (index > l->last)
		return;
	l->tail = olog_at(l, index)->pos;
	l->last = index - 1;
}

void olog_drop(struct olog *l, uint64_t index)
{
	if (index < l->first)
		return;
	xassert(index <= l->last);
	l->prev_term = olog_at(l, index)->term;
	l->first = index + 1;
	l->head = l->first <= l->last ? olog_at(l, l->first)->pos : l->tail;
}

bool olog_term(const struct olog *l, uint64_t index, uint64_t *term)
{
	if (index + 1 < l->first || index > l->last)
		return false;
	*term = index + 1 == l->first ? l->prev_term : olog_at(l, index)->term;
	return true;
}

uint64_t olog_last_term(const struct olog *l)
{
	uint64_t term = 0;

	xassert(olog_term(l, l->last, &term));
	return term;
}
