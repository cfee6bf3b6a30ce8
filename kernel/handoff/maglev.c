// SPDX-License-Identifier: GPL-2.0-only
#include "maglev.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* Step through the permutation of e until a free slot is met, and take it. */
static void maglev_take(u8 *table, struct xosh_maglev_entry *e, u32 skip)
{
	while (table[e->at] != XOSH_MAGLEV_NONE) {
		e->at += skip;
		if (e->at >= XOSH_MAGLEV_SIZE)
			e->at -= XOSH_MAGLEV_SIZE;
	}
	table[e->at] = e->index;
	e->slots++;
}

static u32 maglev_skip(const struct xosh_maglev_entry *e)
{
	return (u32)(e->hash >> 32) % (XOSH_MAGLEV_SIZE - 1) + 1;
}

/**
 * xosh_maglev_fill() - fill the table
 * @table: XOSH_MAGLEV_SIZE bytes
 * @e: members, in an order that is the same on all contact nodes
 * @n: their number
 *
 * Eisenbud et al., "Maglev", NSDI 2016, section 3.4. In each round a member
 * gathers its weight and takes a slot for each max weight that it has, so the
 * heaviest takes one a round. The same members give the same table everywhere;
 * the loss of a member moves hardly any slot of the others.
 *
 * The table is XOSH_MAGLEV_NONE throughout when no member has weight.
 */
void xosh_maglev_fill(u8 *table, struct xosh_maglev_entry *e, unsigned int n)
{
	unsigned int filled = 0;
	u32 weight_max = 0;
	unsigned int i;

	memset(table, XOSH_MAGLEV_NONE, XOSH_MAGLEV_SIZE);
	for (i = 0; i < n; i++) {
		e[i].at = (u32)e[i].hash % XOSH_MAGLEV_SIZE;
		e[i].credit = 0;
		e[i].slots = 0;
		weight_max = max(weight_max, e[i].weight);
	}
	if (!weight_max)
		return;
	while (filled < XOSH_MAGLEV_SIZE) {
		for (i = 0; i < n && filled < XOSH_MAGLEV_SIZE; i++) {
			e[i].credit += e[i].weight;
			if (e[i].credit < weight_max)
				continue;
			e[i].credit -= weight_max;
			maglev_take(table, &e[i], maglev_skip(&e[i]));
			filled++;
		}
	}
}
