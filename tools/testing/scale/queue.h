/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events of millions of nodes in virtual time: a wheel of milliseconds, the one
 * that is due sorted by (time, order of arrival), so that a run can be repeated.
 * Setting and cancelling cost the same however many events there are.
 */
#ifndef _XOS_SCALE_QUEUE_H
#define _XOS_SCALE_QUEUE_H

#include <env/env.h>

/* Span of the wheel, in milliseconds; what is later waits in a list of its own. */
#define QUEUE_SLOTS 32768

/**
 * enum event_kind - what an event is
 * @EVENT_FREE: cancelled, or not in use
 * @EVENT_TIMER: a timer of a core
 * @EVENT_LETTER: a message arrives
 */
enum event_kind { EVENT_FREE, EVENT_TIMER, EVENT_LETTER };

/**
 * struct event - one event
 * @at_ns: when
 * @order: of equal times the lower one is first
 * @what: timer or message
 * @next: in its list, 0 at the end
 * @kind: what @what is
 */
struct event {
	uint64_t at_ns;
	uint64_t order;
	void *what;
	uint32_t next;
	enum event_kind kind;
};

/**
 * struct queue - all events
 * @v: events; number 0 is not used
 * @size: places in @v
 * @used: places used so far
 * @free: list of free ones
 * @waiting: events that are not cancelled
 * @order: events so far
 * @tick: the millisecond whose events are in @due
 * @due: events of it, the last one first
 * @due_n: how many
 * @due_size: places in @due
 * @far: list of those behind the wheel
 * @slot: lists
 */
struct queue {
	struct event *v;
	uint32_t size;
	uint32_t used;
	uint32_t free;
	uint64_t waiting;
	uint64_t order;
	uint64_t tick;
	uint32_t *due;
	uint32_t due_n;
	uint32_t due_size;
	uint32_t far;
	uint32_t slot[QUEUE_SLOTS];
};

/**
 * queue_init() - without events
 * @q: queue, large
 */
void queue_init(struct queue *q);
void queue_exit(struct queue *q);

/**
 * queue_add() - an event
 * @q: queue
 * @at_ns: when; not before that of the last queue_next()
 * @kind: what it is
 * @what: given back by queue_next()
 *
 * Return: its number, for queue_cancel().
 */
uint32_t queue_add(struct queue *q, uint64_t at_ns, enum event_kind kind, void *what);

/**
 * queue_cancel() - an event that is not to come
 * @q: queue
 * @number: from queue_add(), and not yet from queue_next()
 */
void queue_cancel(struct queue *q, uint32_t number);

/**
 * queue_next() - take the next event
 * @q: queue
 * @end_ns: only before this time
 * @out: result
 *
 * Return: false when there is none before @end_ns.
 */
bool queue_next(struct queue *q, uint64_t end_ns, struct event *out);

#endif
