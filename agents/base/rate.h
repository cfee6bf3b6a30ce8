/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A rate is kept as the time at which all that was taken would have been due (the
 * generic cell rate algorithm, ITU-T I.371): whoever is not more than RATE_BURST_NS ahead of
 * that may take.
 */
#ifndef _XOS_BASE_RATE_H
#define _XOS_BASE_RATE_H

#include <stdint.h>

#define RATE_SEC      1000000000ULL
#define RATE_BURST_NS RATE_SEC

/**
 * rate_take() - note that something was taken
 * @due_ns: when all of it so far would have been due; 0 at first
 * @now_ns: time
 * @n: how much
 * @rate: how much a second is allowed; 0: no limit
 */
static inline void rate_take(uint64_t *due_ns, uint64_t now_ns, uint64_t n, uint64_t rate)
{
	if (!rate)
		return;
	if (*due_ns < now_ns)
		*due_ns = now_ns;
	*due_ns += n * RATE_SEC / rate;
}

/**
 * rate_wait_ns() - how long until something may be taken
 * @due_ns: see rate_take()
 * @now_ns: time
 *
 * Return: nanoseconds, 0: now.
 */
static inline uint64_t rate_wait_ns(uint64_t due_ns, uint64_t now_ns)
{
	return due_ns > now_ns + RATE_BURST_NS ? due_ns - now_ns - RATE_BURST_NS : 0;
}

#endif
