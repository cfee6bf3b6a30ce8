// SPDX-License-Identifier: GPL-2.0-or-later
#include "events.h"

#include <stdlib.h>

#include <base/assert.h>

static bool before(const struct event *a, const struct event *b)
{
	return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->order < b->order;
}

static void grow(struct events *q)
{
	q->cap = q->cap ? q->cap * 2 : 1024;
	q->heap = realloc(q->heap, q->cap * sizeof(*q->heap));
	xassert(q->heap);
}

void events_add(struct events *q, uint64_t at_ns, event_fn fire, void *ctx, uint64_t arg)
{
	struct event e = {
		.at_ns = at_ns, .order = q->order++, .fire = fire, .ctx = ctx, .arg = arg
	};
	size_t at;

	if (q->count == q->cap)
		grow(q);
	for (at = q->count++; at > 0 && before(&e, &q->heap[(at - 1) / 2]); at = (at - 1) / 2)
		q->heap[at] = q->heap[(at - 1) / 2];
	q->heap[at] = e;
}

bool events_pop(struct events *q, struct event *out)
{
	struct event last;
	size_t at = 0;

	if (!q->count)
		return false;
	*out = q->heap[0];
	last = q->heap[--q->count];
	for (;;) {
		size_t child = at * 2 + 1;

		if (child >= q->count)
			break;
		if (child + 1 < q->count && before(&q->heap[child + 1], &q->heap[child]))
			child++;
		if (!before(&q->heap[child], &last))
			break;
		q->heap[at] = q->heap[child];
		at = child;
	}
	q->heap[at] = last;
	return true;
}

void events_exit(struct events *q)
{
	free(q->heap);
	*q = (struct events){ 0 };
}
