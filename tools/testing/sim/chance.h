/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Distributions over a repeatable generator. Integers only, so that a seed
 * means the same on every machine and with every compiler.
 */
#ifndef _XOS_SIM_CHANCE_H
#define _XOS_SIM_CHANCE_H

#include <stdbool.h>

#include <base/rng.h>

#define CHANCE_CERTAIN 1000000

/**
 * chance_hit() - throw a dice
 * @r: generator
 * @ppm: probability in millionths
 *
 * Return: true with that probability.
 */
static inline bool chance_hit(struct rng *r, uint32_t ppm)
{
	return ppm && rng_below(r, CHANCE_CERTAIN) < ppm;
}

/**
 * chance_between() - uniform number in [lo, hi]
 * @r: generator
 * @lo: least
 * @hi: most, >= @lo
 *
 * Return: the number.
 */
static inline uint64_t chance_between(struct rng *r, uint64_t lo, uint64_t hi)
{
	return lo + rng_below(r, hi - lo + 1);
}

/**
 * chance_exp() - exponentially distributed number
 * @r: generator
 * @mean: its mean, below 2^40
 *
 * -log2(u) is the number of leading zeroes of u and a fraction, here linear
 * instead of logarithmic: off by at most 9 %, which no fault model minds.
 *
 * Return: the number.
 */
static inline uint64_t chance_exp(struct rng *r, uint64_t mean)
{
	uint64_t u = rng_next(r) | 1, zeroes = (uint64_t)__builtin_clzll(u), fraction;

	/* 16 bits below the leading one, as a fraction of 2^16 */
	fraction = zeroes < 63 ? (u << (zeroes + 1)) >> 48 : 0;
	/* ln 2 = 45426 / 2^16 */
	return mean * (((zeroes + 1) * 65536 - fraction) * 45426 >> 16) >> 16;
}

#endif
