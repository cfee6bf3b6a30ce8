// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which answers of the owners of a key count together: those that were given
 * with the same epochs of these owners' arcs. See ring_agreed_most().
 */
#include <txn/txn_priv.h>

/*
 * The largest set of owners that agree, of those who have given the answer
 * @answer, or any when that is negative. Return: the bits of their classes.
 */
uint32_t txn_agreed(const struct txn *txn, uint32_t part, int answer)
{
	struct ring_said said[RING_CLASSES_MAX];
	uint32_t n = 0, most, classes = 0;

	xassert(part < txn->part_n);
	for (uint32_t c = 0; c < ring_replicas(txn->txns->ring); c++) {
		const struct txn_leg *leg = txn->part[part].leg[c];

		if (leg->state != TLEG_DONE || (answer >= 0 && leg->answer != answer))
			continue;
		said[n].class = leg->class;
		said[n++].epochs = leg->epochs;
	}
	most = ring_agreed_most(said, n);
	for (uint32_t i = 0; i < n; i++)
		classes |= (most >> i & 1) << said[i].class;
	return classes;
}

uint32_t txn_agreed_count(const struct txn *txn, uint32_t part, int answer)
{
	xassert(answer >= 0);
	return ring_bits(txn_agreed(txn, part, answer));
}

/*
 * An answer has come. Those that were there and do not agree with it are asked
 * again after a pause: one of them will have heard more by then.
 */
void txn_disagreed(struct txn_leg *leg)
{
	struct ring_said mine = { .class = leg->class, .epochs = leg->epochs };
	struct txn *txn = leg->txn;

	xassert(leg->state == TLEG_DONE);
	for (uint32_t c = 0; c < ring_replicas(txn->txns->ring); c++) {
		struct txn_leg *other = txn->part[leg->part].leg[c];
		struct ring_said its = { .class = (uint8_t)c };

		if (!other || other == leg || other->state != TLEG_DONE || !other->epochs.n)
			continue;
		its.epochs = other->epochs;
		if (ring_agree(&mine, &its))
			continue;
		txn->txns->count.disagreed++;
		txn_leg_again(other);
	}
}
