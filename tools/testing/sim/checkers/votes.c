// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <overlay/page.h>
#include <wire/dht.h>

#include "machine.h"

/* Virtual time in which what is left behind must be settled, and looks in it. */
#define VOTES_TIME_NS (60 * ENV_SEC)
#define VOTES_LOOK_NS (2 * ENV_SEC)

/**
 * struct left - votes of any kind in a node's arc
 * @n: how many
 * @vote: one of them
 */
struct left {
	uint32_t n;
	struct wire_dht_vote vote;
};

static bool count_votes(void *ctx, struct bytes key, struct bytes value)
{
	struct wire_dht_stored s;
	struct left *left = ctx;
	size_t pos = 0;

	if (wire_set_decode(&wire_dht_stored_set, value, &s)) {
		left->n++;
		return true;
	}
	left->n += s.votes.n;
	wire_dht_vote_list_next(&s.votes, &pos, &left->vote);
	return true;
}

static struct left votes_of(struct machine *m)
{
	const struct ring_arc *a = &m->view.arc;
	uint8_t from[PAGE_KEY_MAX], to[PAGE_KEY_MAX];
	struct bytes last = page_key(a->class, ring_key_bytes(&a->end), to);
	struct left left = { 0 };

	if (a->open) {
		to[1] = (uint8_t)(a->class + 1);
		last.len = 2;
	}
	store_scan(store_mem_store(m->disk), page_key(a->class, ring_key_bytes(&a->start), from),
		   last, count_votes, &left);
	return left;
}

void check_votes(struct sim *s)
{
	uint64_t until = s->now_ns + VOTES_TIME_NS;
	uint32_t votes = 1, at = 0;
	struct wire_dht_vote vote = { 0 };

	while (votes && !s->failed && s->now_ns < until) {
		votes = 0;
		for (uint32_t i = 0; i < s->plan.nodes; i++) {
			struct left left = votes_of(&s->machines[i]);

			votes += left.n;
			if (!left.n)
				continue;
			at = i;
			vote = left.vote;
		}
		if (votes)
			sim_run_until(s, s->now_ns + VOTES_LOOK_NS);
	}
	if (votes && !s->failed)
		sim_fail(s, "votes",
			 "%u votes are left, one at n%02u: %llx.%llx in state %u, ballot %llu",
			 votes, at, (unsigned long long)vote.counter,
			 (unsigned long long)vote.writer, vote.state,
			 (unsigned long long)vote.round);
}
