// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Linearisability of each key as a register (Herlihy and Wing 1990): is there
 * one order of all operations, in which each lies between its call and its
 * return, and each read sees the last write before it? The search is Wing and
 * Gong's (1993) with a memory of states seen, and cut short by three facts.
 *
 * 1. Values are unique, so all reads of a value follow its put before any
 *    other write. While such reads are left, nothing else may come next.
 * 2. A read that sees the current value may as well come at once.
 * 3. A write of unknown outcome matters only to a read that sees it; it is
 *    placed right before such a read, or nowhere.
 *
 * Deletes are writes of "absent", the one value that is not unique.
 */
#include "checkers/check.h"

#include <stdlib.h>

#include <base/assert.h>

/* States after which the search of one key is given up, and counted. */
#define LINEAR_STATES_MAX 2000000

/* One key's history during the search. */
struct search {
	const struct history_op **ops;
	uint8_t *done;
	uint64_t *tag;
	uint32_t count;
	uint32_t left;
	uint32_t first;
	uint64_t value;
	uint64_t set;
	uint64_t *seen;
	size_t seen_count;
	size_t seen_cap;
	uint64_t states;
};

static bool is_write(const struct history_op *o)
{
	return o->kind != HISTORY_GET;
}

static bool is_pending(const struct history_op *o)
{
	return o->outcome != HISTORY_OK;
}

static void seen_put(uint64_t *table, size_t cap, uint64_t x)
{
	size_t at = x & (cap - 1);

	while (table[at])
		at = (at + 1) & (cap - 1);
	table[at] = x;
}

/* Was this state here before? Remembers it when not. */
static bool seen_before(struct search *q)
{
	uint64_t x = (q->set ^ q->value * 0x9e3779b97f4a7c15ULL) | 1;
	size_t at;

	if (q->seen_count * 2 >= q->seen_cap) {
		size_t cap = q->seen_cap ? q->seen_cap * 2 : 1024;
		uint64_t *table = calloc(cap, sizeof(*table));

		xassert(table);
		for (size_t i = 0; i < q->seen_cap; i++) {
			if (q->seen[i])
				seen_put(table, cap, q->seen[i]);
		}
		free(q->seen);
		q->seen = table;
		q->seen_cap = cap;
	}
	for (at = x & (q->seen_cap - 1); q->seen[at]; at = (at + 1) & (q->seen_cap - 1)) {
		if (q->seen[at] == x)
			return true;
	}
	q->seen[at] = x;
	q->seen_count++;
	return false;
}

static void mark(struct search *q, uint32_t i, bool done)
{
	q->done[i] = done;
	q->set ^= q->tag[i];
	if (!is_pending(q->ops[i]))
		q->left += done ? (uint32_t)-1 : 1;
	if (!done && i < q->first)
		q->first = i;
	while (q->first < q->count && q->done[q->first])
		q->first++;
}

/* An operation may come next when it was called before the earliest return that is left. */
static uint64_t horizon(const struct search *q)
{
	uint64_t at = HISTORY_FOREVER;

	for (uint32_t i = q->first; i < q->count && q->ops[i]->invoked < at; i++) {
		if (!q->done[i] && q->ops[i]->returned < at)
			at = q->ops[i]->returned;
	}
	return at;
}

/* Takes every read of the current value that may come next; returns how many, in @taken. */
static uint32_t take_reads(struct search *q, uint32_t *taken)
{
	uint32_t n = 0, before;

	do {
		uint64_t limit = horizon(q);

		before = n;
		for (uint32_t i = q->first; i < q->count && q->ops[i]->invoked < limit; i++) {
			if (q->done[i] || is_write(q->ops[i]) || q->ops[i]->value != q->value)
				continue;
			taken[n++] = i;
			mark(q, i, true);
		}
	} while (n != before);
	return n;
}

/* Is a read of @value left? With @limit, only one that may come next counts. */
static bool read_left(const struct search *q, uint64_t value, uint64_t limit)
{
	for (uint32_t i = q->first; i < q->count && q->ops[i]->invoked < limit; i++) {
		if (!q->done[i] && !is_write(q->ops[i]) && q->ops[i]->value == value)
			return true;
	}
	return false;
}

static bool search_run(struct search *q);

static bool search_writes(struct search *q)
{
	uint64_t limit = horizon(q), value = q->value;
	bool tried_del = false;

	for (uint32_t i = q->first; i < q->count && q->ops[i]->invoked < limit; i++) {
		const struct history_op *o = q->ops[i];

		if (q->done[i] || !is_write(o))
			continue;
		if (is_pending(o)) {
			/* Pending deletes are all alike once they were called. */
			if (o->value == HISTORY_ABSENT && (tried_del || value == HISTORY_ABSENT))
				continue;
			if (!read_left(q, o->value, limit))
				continue;
			tried_del |= o->value == HISTORY_ABSENT;
		}
		mark(q, i, true);
		q->value = o->value;
		if (search_run(q))
			return true;
		q->value = value;
		mark(q, i, false);
	}
	return false;
}

static bool search_run(struct search *q)
{
	uint32_t *taken, n;
	bool ok = false;

	if (q->states++ > LINEAR_STATES_MAX)
		return true;
	taken = malloc(q->count * sizeof(*taken));
	xassert(taken);
	n = take_reads(q, taken);
	if (!q->left)
		ok = true;
	else if (q->value != HISTORY_ABSENT && read_left(q, q->value, HISTORY_FOREVER))
		ok = false;
	else if (!seen_before(q))
		ok = search_writes(q);
	while (n && !ok)
		mark(q, taken[--n], false);
	free(taken);
	return ok;
}

/* What belongs to the key; reads that saw nothing for sure are left out. */
static void collect(struct search *q, const struct history *h, uint32_t key)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct history_op *o = &h->ops[i];

		if (o->key != key || o->kind == HISTORY_RANGE)
			continue;
		if (o->outcome == HISTORY_FAILED)
			continue;
		if (o->kind == HISTORY_GET && o->outcome != HISTORY_OK)
			continue;
		q->ops[q->count++] = o;
		q->left += o->outcome == HISTORY_OK;
	}
}

bool linear_explain(const struct history *h, uint32_t key, uint64_t *states)
{
	struct search q = { .value = HISTORY_ABSENT };
	struct rng r;
	bool ok;

	q.ops = malloc((h->count + 1) * sizeof(*q.ops));
	q.done = calloc(h->count + 1, 1);
	q.tag = malloc((h->count + 1) * sizeof(*q.tag));
	xassert(q.ops && q.done && q.tag);
	collect(&q, h, key);
	rng_seed(&r, key);
	for (uint32_t i = 0; i < q.count; i++)
		q.tag[i] = rng_next(&r);
	ok = search_run(&q);
	*states = q.states;
	free(q.ops);
	free(q.done);
	free(q.tag);
	free(q.seen);
	return ok;
}

void check_linear(struct sim *s)
{
	for (uint32_t key = 0; key < s->history.key_count && !s->failed; key++) {
		uint64_t states;

		if (!linear_explain(&s->history, key, &states))
			check_tell_key(s, "linear", key,
				       "no order of its operations explains them");
		s->stats.linear_states += states;
		s->stats.linear_given_up += states > LINEAR_STATES_MAX;
	}
}
