/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xoshiro256** 1.0 (Blackman and Vigna, 2018): repeatable randomness, not for secrets. */
#ifndef _XOS_BASE_RNG_H
#define _XOS_BASE_RNG_H

#include <stdint.h>

/**
 * struct rng - state of a generator
 * @s: never all zero
 */
struct rng {
	uint64_t s[4];
};

/**
 * rng_seed() - start from a number
 * @r: generator
 * @seed: any value; equal seeds give equal sequences
 */
static inline void rng_seed(struct rng *r, uint64_t seed)
{
	/* splitmix64 spreads the seed */
	for (int i = 0; i < 4; i++) {
		uint64_t z = (seed += 0x9e3779b97f4a7c15ULL);

		z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
		z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
		r->s[i] = z ^ (z >> 31);
	}
}

static inline uint64_t rng_rotl(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

static inline uint64_t rng_next(struct rng *r)
{
	uint64_t result = rng_rotl(r->s[1] * 5, 7) * 9, t = r->s[1] << 17;

	r->s[2] ^= r->s[0];
	r->s[3] ^= r->s[1];
	r->s[1] ^= r->s[2];
	r->s[0] ^= r->s[3];
	r->s[2] ^= t;
	r->s[3] = rng_rotl(r->s[3], 45);
	return result;
}

/**
 * rng_below() - uniform number in [0, n)
 * @r: generator
 * @n: bound, > 0; the bias is below n / 2^64
 *
 * Return: the number.
 */
static inline uint64_t rng_below(struct rng *r, uint64_t n)
{
	return (uint64_t)(((unsigned __int128)rng_next(r) * n) >> 64);
}

#endif
