// SPDX-License-Identifier: GPL-2.0-or-later
#include "history.h"

#include <stdlib.h>

#include <base/assert.h>
#include <base/be.h>

#include "chance.h"

static int key_cmp(const void *a, const void *b)
{
	const struct history_key *x = a, *y = b;

	return bytes_cmp(bytes_of(x->data, x->len), bytes_of(y->data, y->len));
}

static void key_draw(struct history_key *k, struct rng *r, uint64_t style)
{
	k->len = 0;
	/* spread over the whole space, or crowded behind one prefix */
	if (style && chance_hit(r, CHANCE_CERTAIN / 2)) {
		memcpy(k->data, "user/", 5);
		k->len = 5;
	}
	k->len += (uint8_t)chance_between(r, 1, style ? 20 : 6);
	for (uint8_t i = k->len > 5 && style ? 5 : 0; i < k->len; i++)
		k->data[i] = (uint8_t)rng_next(r);
}

void history_init(struct history *h, const struct plan_work *w, uint64_t seed)
{
	uint64_t style;
	struct rng r;

	*h = (struct history){ .key_count = w->keys, .value_max = w->value_max };
	xassert(w->keys <= PLAN_KEYS_MAX && w->value_max <= HISTORY_VALUE_MAX);
	rng_seed(&r, seed ^ 0x6b657973ULL);
	style = rng_below(&r, 2);
	for (uint32_t i = 0; i < w->keys; i++) {
		bool fresh = false;

		while (!fresh) {
			fresh = true;
			key_draw(&h->keys[i], &r, style);
			for (uint32_t j = 0; j < i; j++)
				fresh &= key_cmp(&h->keys[i], &h->keys[j]) != 0;
		}
	}
	qsort(h->keys, w->keys, sizeof(h->keys[0]), key_cmp);
}

void history_exit(struct history *h)
{
	free(h->ops);
	free(h->items);
	*h = (struct history){ 0 };
}

size_t history_invoke(struct history *h, const struct history_op *op)
{
	struct history_op *o;

	if (h->count == h->cap) {
		h->cap = h->cap ? h->cap * 2 : 1024;
		h->ops = realloc(h->ops, h->cap * sizeof(*h->ops));
		xassert(h->ops);
	}
	o = &h->ops[h->count];
	*o = *op;
	o->outcome = HISTORY_PENDING;
	o->value = o->kind == HISTORY_PUT ? ++h->value : HISTORY_ABSENT;
	o->invoked = ++h->step;
	o->returned = HISTORY_FOREVER;
	o->items = 0;
	o->item_count = 0;
	return h->count++;
}

void history_return(struct history *h, size_t index, enum history_outcome outcome, int status,
		    uint64_t value)
{
	struct history_op *o = &h->ops[index];

	xassert(index < h->count && o->outcome == HISTORY_PENDING);
	o->status = status;
	o->outcome = outcome;
	++h->step;
	if (outcome == HISTORY_UNKNOWN)
		return;
	o->returned = h->step;
	if (o->kind == HISTORY_GET)
		o->value = value;
}

static uint32_t key_find(const struct history *h, struct bytes key)
{
	for (uint32_t i = 0; i < h->key_count; i++) {
		if (bytes_eq(history_key(h, i), key))
			return i;
	}
	return UINT32_MAX;
}

struct history_item history_item(const struct history *h, struct bytes key, struct bytes value)
{
	uint32_t k = key_find(h, key);

	return (struct history_item){
		.key = k,
		.value = k == UINT32_MAX ? HISTORY_FOREIGN : history_value_read(h, k, value),
	};
}

void history_items(struct history *h, size_t index, const struct history_item *items, uint32_t n)
{
	struct history_op *o = &h->ops[index];

	while (h->item_count + n > h->item_cap) {
		h->item_cap = h->item_cap ? h->item_cap * 2 : 1024;
		h->items = realloc(h->items, h->item_cap * sizeof(*h->items));
		xassert(h->items);
	}
	o->items = h->item_count;
	o->item_count = n;
	for (uint32_t i = 0; i < n; i++)
		h->items[h->item_count++] = items[i];
}

struct bytes history_key(const struct history *h, uint32_t key)
{
	xassert(key < h->key_count);
	return bytes_of(h->keys[key].data, h->keys[key].len);
}

struct bytes history_value_make(const struct history *h, uint32_t key, uint64_t value, uint8_t *out)
{
	struct rng r;
	size_t len;

	rng_seed(&r, value * 64 + key);
	len = 12 + rng_below(&r, h->value_max > 12 ? h->value_max - 11 : 1);
	be64_store(out, value);
	be32_store(out + 8, key);
	for (size_t i = 12; i < len; i++)
		out[i] = (uint8_t)(value + i);
	return bytes_of(out, len);
}

uint64_t history_value_read(const struct history *h, uint32_t key, struct bytes data)
{
	uint8_t expected[HISTORY_VALUE_MAX];
	uint64_t value;

	if (data.len < 12)
		return HISTORY_FOREIGN;
	value = be64_load(data.data);
	if (!value || value > h->value || be32_load(data.data + 8) != key)
		return HISTORY_FOREIGN;
	if (!bytes_eq(history_value_make(h, key, value, expected), data))
		return HISTORY_FOREIGN;
	return value;
}
