/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Timer heap that every implementation of env.h shares: binary min-heap by
 * (deadline, order of arming), so that equal deadlines fire in a repeatable
 * order. Not thread-safe.
 */
#ifndef _XOS_ENV_TIMERS_H
#define _XOS_ENV_TIMERS_H

#include <env/env.h>

/**
 * struct timers - armed timers
 * @heap: slots 1 to @count are in use
 * @count: armed timers
 * @limit: slots; arming more asserts, since timers are embedded in bounded objects
 * @order: arming counter, breaks ties
 */
struct timers {
	struct timers_entry {
		struct env_timer *timer;
		uint64_t order;
	} * heap;
	uint32_t count;
	uint32_t limit;
	uint64_t order;
};

/**
 * timers_init() - start with no timer
 * @t: heap
 * @mem: memory for @limit + 1 entries, of the caller
 * @limit: how many timers may be armed at once
 */
void timers_init(struct timers *t, struct timers_entry *mem, uint32_t limit);

/**
 * timers_set() - arm or re-arm
 * @t: heap
 * @timer: timer
 * @deadline_ns: absolute time
 */
void timers_set(struct timers *t, struct env_timer *timer, uint64_t deadline_ns);

/**
 * timers_cancel() - disarm; harmless when not armed
 * @t: heap
 * @timer: timer
 */
void timers_cancel(struct timers *t, struct env_timer *timer);

/**
 * timers_next() - the earliest deadline
 * @t: heap
 *
 * Return: the deadline, UINT64_MAX when no timer is armed.
 */
uint64_t timers_next(const struct timers *t);

/**
 * timers_pop() - disarm and return the earliest timer that is due
 * @t: heap
 * @now_ns: time
 *
 * Return: the timer, whose @fire the caller calls; NULL when none is due.
 */
struct env_timer *timers_pop(struct timers *t, uint64_t now_ns);

#endif
