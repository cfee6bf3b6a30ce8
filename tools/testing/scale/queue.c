// SPDX-License-Identifier: GPL-2.0-or-later
#include "queue.h"

#include <stdlib.h>

#include <base/assert.h>

#define EVENTS_FIRST 65536
#define DUE_FIRST    4096
/* Events ahead whose memory is asked for already. */
#define AHEAD	     4

void queue_init(struct queue *q)
{
	memset(q, 0, sizeof(*q));
	q->size = EVENTS_FIRST;
	q->used = 1;
	q->v = malloc(q->size * sizeof(*q->v));
	q->due_size = DUE_FIRST;
	q->due = malloc(q->due_size * sizeof(*q->due));
	xassert(q->v && q->due);
}

void queue_exit(struct queue *q)
{
	free(q->v);
	free(q->due);
}

static uint32_t event_new(struct queue *q)
{
	uint32_t i = q->free;

	if (i) {
		q->free = q->v[i].next;
		return i;
	}
	if (q->used == q->size) {
		xassert(q->size < UINT32_MAX / 2);
		q->size *= 2;
		q->v = realloc(q->v, q->size * sizeof(*q->v));
		xassert(q->v);
	}
	return q->used++;
}

static void event_free(struct queue *q, uint32_t i)
{
	q->v[i].kind = EVENT_FREE;
	q->v[i].next = q->free;
	q->free = i;
}

static bool later(const struct queue *q, uint32_t a, uint32_t b)
{
	const struct event *x = &q->v[a], *y = &q->v[b];

	return x->at_ns != y->at_ns ? x->at_ns > y->at_ns : x->order > y->order;
}

static void due_room(struct queue *q)
{
	if (q->due_n < q->due_size)
		return;
	q->due_size *= 2;
	q->due = realloc(q->due, q->due_size * sizeof(*q->due));
	xassert(q->due);
}

/* Into the millisecond that is under way: seldom, timers without a delay. */
static void due_insert(struct queue *q, uint32_t i)
{
	uint32_t at;

	due_room(q);
	for (at = q->due_n++; at && later(q, i, q->due[at - 1]); at--)
		q->due[at] = q->due[at - 1];
	q->due[at] = i;
}

static void put(struct queue *q, uint32_t i)
{
	uint64_t tick = q->v[i].at_ns / ENV_MS;
	uint32_t *list;

	xassert(tick >= q->tick);
	if (tick == q->tick) {
		due_insert(q, i);
		return;
	}
	list = tick - q->tick < QUEUE_SLOTS ? &q->slot[tick % QUEUE_SLOTS] : &q->far;
	q->v[i].next = *list;
	*list = i;
}

uint32_t queue_add(struct queue *q, uint64_t at_ns, enum event_kind kind, void *what)
{
	uint32_t i = event_new(q);

	q->v[i] = (struct event){ .at_ns = at_ns, .order = q->order++, .what = what, .kind = kind };
	q->waiting++;
	put(q, i);
	return i;
}

void queue_cancel(struct queue *q, uint32_t number)
{
	xassert(number && number < q->used && q->v[number].kind != EVENT_FREE);
	/* Its place is free when its time comes; the lists need no way back. */
	q->v[number].kind = EVENT_FREE;
	q->waiting--;
}

static int by_time(const void *a, const void *b, void *queue)
{
	return later(queue, *(const uint32_t *)a, *(const uint32_t *)b) ? -1 : 1;
}

/* The wheel went round: some of the far ones come into its span. */
static void bring_near(struct queue *q)
{
	uint32_t i = q->far, next;

	q->far = 0;
	for (; i; i = next) {
		next = q->v[i].next;
		if (q->v[i].kind == EVENT_FREE)
			event_free(q, i);
		else
			put(q, i);
	}
}

static void turn(struct queue *q)
{
	uint32_t i, next;

	q->tick++;
	if (!(q->tick % (QUEUE_SLOTS / 2)))
		bring_near(q);
	i = q->slot[q->tick % QUEUE_SLOTS];
	q->slot[q->tick % QUEUE_SLOTS] = 0;
	for (; i; i = next) {
		next = q->v[i].next;
		if (q->v[i].kind == EVENT_FREE) {
			event_free(q, i);
			continue;
		}
		due_room(q);
		q->due[q->due_n++] = i;
	}
	if (q->due_n > 1)
		qsort_r(q->due, q->due_n, sizeof(*q->due), by_time, q);
}

bool queue_next(struct queue *q, uint64_t end_ns, struct event *out)
{
	uint32_t i;

	for (;;) {
		while (!q->due_n) {
			if ((q->tick + 1) * ENV_MS >= end_ns)
				return false;
			turn(q);
		}
		i = q->due[q->due_n - 1];
		if (q->v[i].kind != EVENT_FREE && q->v[i].at_ns >= end_ns)
			return false;
		q->due_n--;
		*out = q->v[i];
		event_free(q, i);
		if (out->kind == EVENT_FREE)
			continue;
		if (q->due_n >= AHEAD)
			__builtin_prefetch(q->v[q->due[q->due_n - AHEAD]].what);
		q->waiting--;
		return true;
	}
}
