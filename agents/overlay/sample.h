/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small random sample of all nodes, renewed for ever: CYCLON (Voulgaris,
 * Gavidia, van Steen, 2005). The oldest entry is the one asked to swap, so that
 * who is gone leaves the samples of all others.
 */
#ifndef _XOS_OVERLAY_SAMPLE_H
#define _XOS_OVERLAY_SAMPLE_H

#include <overlay/contact.h>

/* Entries that one side of a swap sends. */
#define SAMPLE_SWAP_MAX 5

/**
 * struct sample - the sample of one node
 * @v: entries, memory of the caller
 * @max: how many fit
 * @n: how many there are
 * @sent_n: entries in @sent
 * @sent: identities that the swap under way gave away
 */
struct sample {
	struct contact *v;
	uint8_t max;
	uint8_t n;
	uint8_t sent_n;
	struct xos_id sent[SAMPLE_SWAP_MAX];
};

/**
 * sample_init() - begin with nobody
 * @s: sample
 * @v: memory for @max entries, which must outlive it
 * @max: entries, at most 255
 */
void sample_init(struct sample *s, struct contact *v, uint8_t max);

/**
 * sample_add() - take a node in when there is room and it is not there
 * @s: sample
 * @c: node; never the owner of the sample
 *
 * A newer version of a node that is there replaces the older one.
 */
void sample_add(struct sample *s, const struct contact *c);

/**
 * sample_drop() - forget a node
 * @s: sample
 * @id: which
 */
void sample_drop(struct sample *s, const struct xos_id *id);

/**
 * sample_begin() - begin a swap: everybody ages, the oldest is taken out and asked
 * @s: sample
 * @env: randomness
 * @partner: result: whom to ask
 * @out: result: entries to send besides the own one; SAMPLE_SWAP_MAX - 1 fit
 *
 * Return: entries in @out; -1 when the sample is empty.
 */
int sample_begin(struct sample *s, struct env *env, struct contact *partner, struct contact *out);

/**
 * sample_answer() - the other side: entries to send back
 * @s: sample
 * @env: randomness
 * @out: result, SAMPLE_SWAP_MAX fit
 *
 * Return: entries in @out. They may be replaced by what is merged next.
 */
uint32_t sample_answer(struct sample *s, struct env *env, struct contact *out);

/**
 * sample_merge() - take in what the other side sent
 * @s: sample
 * @self: owner of the sample, left out
 * @in: entries
 * @n: how many
 *
 * Free places are filled first, then those of the entries that were given away.
 */
void sample_merge(struct sample *s, const struct xos_id *self, const struct contact *in,
		  uint32_t n);

#endif
