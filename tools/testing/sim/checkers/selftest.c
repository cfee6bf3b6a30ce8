// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <stdio.h>

#include <base/assert.h>

#include "chance.h"

#define SELFTEST_HISTORIES 60000
#define SELFTEST_OPS_MAX   8
#define SELFTEST_SEED	   7

/* Every order that real time allows, with every unknown write taken or left out. */
static bool try_all(const struct history *h, uint32_t done, uint64_t value)
{
	uint64_t limit = HISTORY_FOREVER;
	bool left = false;

	for (size_t i = 0; i < h->count; i++) {
		if (done >> i & 1 || h->ops[i].outcome != HISTORY_OK)
			continue;
		left = true;
		if (h->ops[i].returned < limit)
			limit = h->ops[i].returned;
	}
	if (!left)
		return true;
	for (size_t i = 0; i < h->count; i++) {
		const struct history_op *o = &h->ops[i];

		if (done >> i & 1 || o->invoked > limit || o->outcome == HISTORY_FAILED)
			continue;
		if (o->kind == HISTORY_GET && (o->outcome != HISTORY_OK || o->value != value))
			continue;
		if (try_all(h, done | 1U << i, o->kind == HISTORY_GET ? value : o->value))
			return true;
	}
	return false;
}

/* Values of reads are drawn from those written, so that many histories are sound. */
static void draw(struct history *h, struct history_op *ops, struct rng *r)
{
	uint64_t values = 0;

	*h = (struct history){ .ops = ops, .key_count = 1 };
	h->count = (size_t)chance_between(r, 2, SELFTEST_OPS_MAX);
	for (size_t i = 0; i < h->count; i++) {
		struct history_op *o = &ops[i];

		*o = (struct history_op){ .outcome = HISTORY_OK };
		o->kind = (enum history_kind)rng_below(r, 4);
		if (o->kind == HISTORY_RANGE)
			o->kind = HISTORY_GET;
		if (o->kind == HISTORY_PUT)
			o->value = ++values;
		o->invoked = (i ? ops[i - 1].invoked : 0) + chance_between(r, 1, 4);
		/* No two steps at one time: calls are even, returns are odd. */
		o->invoked += o->invoked % 2;
		o->returned = o->invoked + 1 + 2 * rng_below(r, 8);
		if (chance_hit(r, CHANCE_CERTAIN / 5)) {
			o->outcome = rng_below(r, 4) ? HISTORY_UNKNOWN : HISTORY_FAILED;
			o->returned = HISTORY_FOREVER;
		}
	}
	for (size_t i = 0; i < h->count; i++) {
		if (ops[i].kind == HISTORY_GET)
			ops[i].value = rng_below(r, values + 1);
	}
}

bool check_checkers(void)
{
	struct history_op ops[SELFTEST_OPS_MAX];
	uint64_t states, sound = 0;
	struct history h;
	struct rng r;

	rng_seed(&r, SELFTEST_SEED);
	for (int i = 0; i < SELFTEST_HISTORIES; i++) {
		bool expected;

		draw(&h, ops, &r);
		expected = try_all(&h, 0, HISTORY_ABSENT);
		sound += expected;
		if (linear_explain(&h, 0, &states) != expected) {
			printf("history %d: %s expected\n", i,
			       expected ? "an explanation" : "none");
			return false;
		}
	}
	printf("%llu of %d histories have an explanation; both searches agree\n",
	       (unsigned long long)sound, SELFTEST_HISTORIES);
	return sound > SELFTEST_HISTORIES / 10 && sound < SELFTEST_HISTORIES / 10 * 9;
}
