/* SPDX-License-Identifier: GPL-2.0-only */
/* Maglev hashing: the table by which new clients are spread over members. */
#ifndef _XOS_HANDOFF_MAGLEV_H
#define _XOS_HANDOFF_MAGLEV_H

#include <linux/types.h>

/* A prime, more than 100 times the largest number of members. */
#define XOSH_MAGLEV_SIZE 16381
#define XOSH_MAGLEV_NONE 0xff

/**
 * struct xosh_maglev_entry - a member that takes part
 * @hash: of what names the member in the whole group
 * @weight: share relative to the others; 0 takes no part
 * @index: what the table shall hold for it, below XOSH_MAGLEV_NONE
 * @at: scratch: next candidate slot
 * @credit: scratch: weight gathered
 * @slots: result: slots that the member got
 */
struct xosh_maglev_entry {
	u64 hash;
	u32 weight;
	u8 index;
	u32 at;
	u32 credit;
	u32 slots;
};

void xosh_maglev_fill(u8 *table, struct xosh_maglev_entry *e, unsigned int n);

/**
 * xosh_maglev_slot() - the slot of a client
 * @hash: of the client
 *
 * Return: index into a table of XOSH_MAGLEV_SIZE.
 */
static inline u32 xosh_maglev_slot(u64 hash)
{
	return (u32)(((hash & 0xffffffffULL) * XOSH_MAGLEV_SIZE) >> 32);
}

#endif /* _XOS_HANDOFF_MAGLEV_H */
