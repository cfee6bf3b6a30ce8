// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <wire/dht.h>

#include "machine.h"

/* Does a machine have a version of a key, or a newer one? */
static bool has(const struct machine *m, uint8_t class, struct bytes key,
		const struct dht_version *v)
{
	static uint8_t mem[PAGE_RECORD_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	uint8_t at[PAGE_KEY_MAX];
	struct wire_dht_stored r;
	struct wire_dht_vote vote;
	size_t pos = 0;

	if (store_get(store_mem_store(m->disk), page_key(class, key, at), &b) ||
	    wire_set_decode(&wire_dht_stored_set, buf_bytes(&b), &r))
		return false;
	/* A commit is acknowledged while it is still a vote; it becomes the item later. */
	while (wire_dht_vote_list_next(&r.votes, &pos, &vote)) {
		if (vote.write && vote.counter == v->counter && vote.writer == v->writer)
			return true;
	}
	return r.counter > v->counter || (r.counter == v->counter && r.writer >= v->writer);
}

/* Owners that would be asked for the key now, and do not have what was acknowledged. */
void check_held(struct sim *s, uint32_t key)
{
	const struct dht_version *v = &s->history.acked[key];
	struct bytes name = history_key(&s->history, key);
	static struct ring_view view;
	uint32_t without = 0;

	if (!v->counter || s->failed)
		return;
	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		struct machine *m = &s->machines[i];

		if (!m->node)
			continue;
		node_view(m->node, &view);
		without += node_serves(m->node, view.arc.class, name) &&
			   !has(m, view.arc.class, name, v);
	}
	if (without > s->plan.replicas - (s->plan.replicas / 2 + 1))
		sim_fail(s, "held", "key %u: %u owners serve it without what was acknowledged", key,
			 without);
}

void check_held_all(struct sim *s)
{
	for (uint32_t key = 0; key < s->history.key_count && !s->failed; key++)
		check_held(s, key);
}

void held_acked(struct sim *s, uint32_t key, const struct dht_version *v)
{
	struct dht_version *old = &s->history.acked[key];

	if (v->counter > old->counter || (v->counter == old->counter && v->writer > old->writer))
		*old = *v;
	check_held(s, key);
}
