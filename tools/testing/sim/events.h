/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Virtual time: what happens next, in one order that a seed decides. */
#ifndef _XOS_SIM_EVENTS_H
#define _XOS_SIM_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * typedef event_fn - what happens
 * @ctx: object it happens to
 * @arg: whatever the scheduler of the event passed
 */
typedef void (*event_fn)(void *ctx, uint64_t arg);

/**
 * struct event - one thing that will happen
 * @at_ns: virtual time
 * @order: counter of scheduling, breaks ties
 * @fire: what
 * @ctx: argument of @fire
 * @arg: argument of @fire
 */
struct event {
	uint64_t at_ns;
	uint64_t order;
	event_fn fire;
	void *ctx;
	uint64_t arg;
};

/**
 * struct events - everything that will happen, a binary min-heap
 * @heap: @count events, grown as needed
 * @count: events waiting
 * @cap: room in @heap
 * @order: events scheduled so far
 */
struct events {
	struct event *heap;
	size_t count;
	size_t cap;
	uint64_t order;
};

/**
 * events_add() - schedule
 * @q: queue
 * @at_ns: when
 * @fire: what
 * @ctx: its first argument
 * @arg: its second argument
 */
void events_add(struct events *q, uint64_t at_ns, event_fn fire, void *ctx, uint64_t arg);

/**
 * events_pop() - take the next event
 * @q: queue
 * @out: the event
 *
 * Return: true, or false when nothing is left.
 */
bool events_pop(struct events *q, struct event *out);

/**
 * events_exit() - forget all
 * @q: queue
 */
void events_exit(struct events *q);

#endif
