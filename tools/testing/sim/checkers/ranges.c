// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include "client.h"

static bool writes(const struct history_op *o, uint32_t key)
{
	return o->key == key && o->outcome != HISTORY_FAILED &&
	       (o->kind == HISTORY_PUT || o->kind == HISTORY_DEL);
}

/* Was some write that came after @returned over before the scan began? */
static bool overwritten(const struct history *h, uint32_t key, uint64_t returned,
			const struct history_op *scan)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct history_op *o = &h->ops[i];

		if (writes(o, key) && o->outcome == HISTORY_OK && o->invoked > returned &&
		    o->returned < scan->invoked)
			return true;
	}
	return false;
}

/* May a scan see this value of a key? */
static bool admissible(const struct history *h, uint32_t key, uint64_t value,
		       const struct history_op *scan)
{
	if (value == HISTORY_ABSENT && !overwritten(h, key, 0, scan))
		return true;
	for (size_t i = 0; i < h->count; i++) {
		const struct history_op *o = &h->ops[i];

		if (writes(o, key) && o->value == value && o->invoked < scan->returned &&
		    !overwritten(h, key, o->returned, scan))
			return true;
	}
	return false;
}

static bool check_order(struct sim *s, const struct history_op *scan)
{
	const struct history_item *items = &s->history.items[scan->items];

	for (uint32_t i = 0; i < scan->item_count; i++) {
		if (items[i].value == HISTORY_FOREIGN || items[i].key < scan->key ||
		    items[i].key >= scan->key_end)
			sim_fail(s, "ranges", "a scan of keys %u to %u returned something else",
				 scan->key, scan->key_end);
		else if (i && items[i].key <= items[i - 1].key)
			sim_fail(s, "ranges", "a scan returned key %u after key %u", items[i].key,
				 items[i - 1].key);
	}
	return !s->failed;
}

static void check_scan(struct sim *s, const struct history_op *scan)
{
	const struct history_item *items = &s->history.items[scan->items];
	uint32_t at = 0;

	if (!check_order(s, scan))
		return;
	for (uint32_t key = scan->key; key < scan->key_end && !s->failed; key++) {
		uint64_t value = HISTORY_ABSENT;

		if (at < scan->item_count && items[at].key == key)
			value = items[at++].value;
		if (admissible(&s->history, key, value, scan))
			continue;
		sim_fail(s, "ranges",
			 "scan %zu by client %u at n%02u (steps %llu to %llu) cannot see value "
			 "%llu of key %u",
			 (size_t)(scan - s->history.ops), scan->client, scan->machine,
			 (unsigned long long)scan->invoked, (unsigned long long)scan->returned,
			 (unsigned long long)value, key);
	}
}

void check_ranges(struct sim *s)
{
	for (size_t i = 0; i < s->history.count && !s->failed; i++) {
		const struct history_op *o = &s->history.ops[i];

		if (o->kind == HISTORY_RANGE && o->outcome == HISTORY_OK)
			check_scan(s, o);
	}
}
