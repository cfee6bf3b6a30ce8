/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the load generators print: one row of tools/testing/bench/run. */
#ifndef _XOS_BENCH_ROW_H
#define _XOS_BENCH_ROW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static inline int row_by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/**
 * row_print() - operations a second, or the longest one
 * @name: of the row
 * @took_us: how long each operation took, sorted here
 * @n: operations, at least one
 * @us: how long all of them took together
 * @gap: the longest operation in milliseconds is what counts
 */
static inline void row_print(const char *name, uint32_t *took_us, uint64_t n, uint64_t us, bool gap)
{
	double value = (double)n * 1e6 / (double)us;

	qsort(took_us, n, sizeof(*took_us), row_by_size);
	if (gap)
		value = took_us[n - 1] / 1000.0;
	printf("{\"name\": \"%s\", \"value\": %.0f, \"unit\": \"%s\", \"p50_us\": %u, \"p99_us\": %u}\n",
	       name, value, gap ? "ms" : "1/s", took_us[n / 2], took_us[n * 99 / 100]);
}

#endif
