// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <overlay/page.h>
#include <wire/dht.h>

#include "machine.h"

/* Virtual time in which what is left behind must be settled, and looks in it. */
#define VOTES_TIME_NS (60 * ENV_SEC)
#define VOTES_LOOK_NS (2 * ENV_SEC)

/* How many votes of any kind lie in a node's arc. */
static bool count_votes(void *ctx, struct bytes key, struct bytes value)
{
	struct wire_dht_stored s;
	uint32_t *votes = ctx;

	if (wire_set_decode(&wire_dht_stored_set, value, &s))
		*votes += 1;
	else
		*votes += s.votes.n;
	return true;
}

static uint32_t votes_of(struct machine *m)
{
	const struct ring_arc *a = &m->view.arc;
	uint8_t from[PAGE_KEY_MAX], to[PAGE_KEY_MAX];
	struct bytes last = page_key(a->class, ring_key_bytes(&a->end), to);
	uint32_t votes = 0;

	if (a->open) {
		to[1] = (uint8_t)(a->class + 1);
		last.len = 2;
	}
	store_scan(store_mem_store(m->disk), page_key(a->class, ring_key_bytes(&a->start), from),
		   last, count_votes, &votes);
	return votes;
}

void check_votes(struct sim *s)
{
	uint64_t until = s->now_ns + VOTES_TIME_NS;
	uint32_t votes = 1, at = 0;

	while (votes && !s->failed && s->now_ns < until) {
		votes = 0;
		for (uint32_t i = 0; i < s->plan.nodes; i++) {
			uint32_t n = votes_of(&s->machines[i]);

			votes += n;
			at = n ? i : at;
		}
		if (votes)
			sim_run_until(s, s->now_ns + VOTES_LOOK_NS);
	}
	if (votes && !s->failed)
		sim_fail(s, "votes", "%u votes are left, some at n%02u", votes, at);
}
