// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a transaction has read, and what it changes: single keys (items) and
 * keys in order (spans). Both are asked for by commands and read by work.c.
 */
#include <redis/redis_priv.h>

/* Items that a span has room for at first. */
#define SPAN_ITEMS 16

void *work_mem(struct work *w, struct chunk **mem, size_t len)
{
	struct chunk *c = *mem;
	size_t size = WORK_CHUNK - sizeof(*c);

	len = (len + 15) & ~(size_t)15;
	if (!c || len > c->size - c->used) {
		if (len > size)
			size = len;
		if (w->mem_used + size > WORK_MEM_MAX || !(c = malloc(sizeof(*c) + size))) {
			w->status = -E2BIG;
			return NULL;
		}
		*c = (struct chunk){ .next = *mem, .size = size };
		w->mem_used += size;
		*mem = c;
	}
	c->used += len;
	return c->data + c->used - len;
}

bool work_copy(struct work *w, struct chunk **mem, struct bytes from, struct bytes *to)
{
	uint8_t *p = work_mem(w, mem, from.len);

	if (!p)
		return false;
	if (from.len)
		memcpy(p, from.data, from.len);
	*to = bytes_of(p, from.len);
	return true;
}

/* All but one chunk of the usual size, which is kept empty. */
void work_mem_free(struct work *w, struct chunk **mem)
{
	struct chunk *c, *keep = NULL;

	while ((c = *mem)) {
		*mem = c->next;
		w->mem_used -= c->size;
		if (!keep && c->size == WORK_CHUNK - sizeof(*c))
			keep = c;
		else
			free(c);
	}
	if (!keep)
		return;
	keep->next = NULL;
	keep->used = 0;
	w->mem_used += keep->size;
	*mem = keep;
}

static struct item *item_find(struct work *w, struct bytes key)
{
	for (uint32_t i = 0; i < w->items_n; i++) {
		if (bytes_eq(w->item[i]->key, key))
			return w->item[i];
	}
	return NULL;
}

/* The item of a key, a new one when there is none; NULL, and w->status set, over a limit. */
struct item *work_item(struct work *w, struct bytes key)
{
	struct item *item = item_find(w, key);

	if (item)
		return item;
	if (w->items_n == TXN_KEYS_MAX) {
		w->status = -E2BIG;
		return NULL;
	}
	item = work_mem(w, &w->keep, sizeof(*item));
	if (!item)
		return NULL;
	*item = (struct item){ .work = w };
	if (!work_copy(w, &w->keep, key, &item->key))
		return NULL;
	w->item[w->items_n++] = item;
	return item;
}

enum call_result work_get(struct work *w, struct bytes key, struct item **out)
{
	struct item *item = work_item(w, key);

	if (!item)
		return CALL_WAIT;
	*out = item;
	item->wanted = true;
	return item->known ? CALL_DONE : CALL_WAIT;
}

enum call_result work_put(struct work *w, struct bytes key, struct bytes value)
{
	struct item *item = work_item(w, key);

	if (!item || !work_copy(w, &w->pass, value, &item->now))
		return CALL_WAIT;
	item->dirty = true;
	item->exists = true;
	return CALL_DONE;
}

enum call_result work_del(struct work *w, struct bytes key)
{
	struct item *item = work_item(w, key);

	if (!item)
		return CALL_WAIT;
	item->dirty = true;
	item->exists = false;
	return CALL_DONE;
}

enum call_result work_range(struct work *w, struct bytes from, struct bytes to, uint32_t limit,
			    struct span **out)
{
	struct span *s;

	cds_list_for_each_entry(s, &w->spans, node) {
		if (s->limit == limit && bytes_eq(s->from, from) && bytes_eq(s->to, to)) {
			*out = s;
			return s->known ? CALL_DONE : CALL_WAIT;
		}
	}
	s = calloc(1, sizeof(*s));
	if (!s) {
		w->status = -ENOMEM;
		return CALL_WAIT;
	}
	s->work = w;
	s->limit = limit;
	cds_list_add_tail(&s->node, &w->spans);
	if (work_copy(w, &s->mem, from, &s->from))
		work_copy(w, &s->mem, to, &s->to);
	s->resume = s->from;
	return CALL_WAIT;
}

void work_forget(struct work *w, struct span *s)
{
	struct chunk *c;

	if (s->reading)
		dht_op_stop(w->r->config.dht, &s->op);
	while ((c = s->mem)) {
		s->mem = c->next;
		w->mem_used -= c->size;
		free(c);
	}
	cds_list_del(&s->node);
	free(s->items);
	free(s);
}

void span_again(struct span *s)
{
	s->checked = false;
	s->seen = 0;
	s->next = s->from;
}

struct bytes span_end(const struct span *s)
{
	return s->more ? s->resume : s->to;
}

bool span_same(struct span *s, const struct dht_item *item)
{
	const struct dht_item *old = &s->items[s->seen];

	if (s->seen == s->n || !bytes_eq(old->key, item->key) ||
	    old->version.counter != item->version.counter ||
	    old->version.writer != item->version.writer)
		return false;
	s->seen++;
	return true;
}

bool work_expired(struct work *w, const struct redis_value *v)
{
	if (!v->expire_ms)
		return false;
	if (v->expire_ms <= w->now_ms)
		return true;
	if (!w->until_ms || v->expire_ms < w->until_ms)
		w->until_ms = v->expire_ms;
	return false;
}

bool work_strict(const struct work *w)
{
	for (uint32_t i = 0; i < w->cmds_n; i++) {
		if (!(w->cmd[i]->def->flags & CMD_LOOSE))
			return true;
	}
	return false;
}

/* Next key that the transaction writes in a span, behind the last one given. */
static const struct item *written_next(struct work *w, const struct span *s,
				       const struct span_walk *walk)
{
	const struct item *best = NULL;

	for (uint32_t i = 0; i < w->items_n; i++) {
		const struct item *item = w->item[i];

		if (!item->dirty || !item->exists || bytes_cmp(item->key, s->from) < 0 ||
		    (s->to.len && bytes_cmp(item->key, s->to) >= 0) ||
		    (s->more && bytes_cmp(item->key, s->resume) >= 0) ||
		    (walk->last.data && bytes_cmp(item->key, walk->last) <= 0))
			continue;
		if (!best || bytes_cmp(item->key, best->key) < 0)
			best = item;
	}
	return best;
}

bool work_range_next(struct work *w, const struct span *s, struct span_walk *walk,
		     struct dht_item *item)
{
	const struct item *written = written_next(w, s, walk), *other;

	while (walk->at < s->n) {
		other = item_find(w, s->items[walk->at].key);
		if (!other || !other->dirty)
			break;
		walk->at++;
	}
	if (walk->at == s->n && !written)
		return false;
	if (walk->at < s->n && (!written || bytes_cmp(s->items[walk->at].key, written->key) < 0))
		*item = s->items[walk->at++];
	else
		*item = (struct dht_item){ .key = written->key, .value = written->now };
	walk->last = item->key;
	return true;
}
