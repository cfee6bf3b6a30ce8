// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <base/assert.h>

#include "chance.h"
#include "machine.h"

/* Keys looked up at each node, and nodes that walk. */
#define LOOKUP_KEYS    3
#define LOOKUP_WALKS   3
/* Virtual time in which a healed grid has to answer. */
#define LOOKUP_TIME_NS (60 * ENV_SEC)

/* What a lookup or a walk came to. */
struct answer {
	struct sim *sim;
	struct machine *machine;
	bool done;
	uint32_t members;
};

static const struct machine *true_owner(struct sim *s, uint8_t class, struct bytes key)
{
	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		const struct ring_arc *a = &s->machines[i].view.arc;

		if (!s->machines[i].gone && a->class == class && ring_arc_has(a, key))
			return &s->machines[i];
	}
	return NULL;
}

static void lookup_done(struct dht_lookup *l)
{
	struct answer *a = l->ctx;
	struct sim *s = a->sim;

	a->done = true;
	sim_fold(s, (uint64_t)(uint32_t)l->status << 8 | l->n);
	if (l->status || l->n != s->plan.replicas)
		sim_fail(s, "lookups", "n%02u: lookup fails: status %d, %u classes",
			 a->machine->index, l->status, l->n);
	for (uint32_t i = 0; i < l->n && !s->failed; i++) {
		const struct ring_owner *o = &l->owners[i];
		const struct machine *m = true_owner(s, o->class, l->key);

		xassert(m);
		if (o->status || !xos_addr_eq(&o->addr, &m->addr) ||
		    !xos_id_eq(&o->id, node_id(m->node)))
			sim_fail(s, "lookups",
				 "n%02u does not find n%02u, owner of a key in class %u (%d)",
				 a->machine->index, m->index, o->class, o->status);
	}
}

static void wait_for(struct sim *s, struct answer *a, const char *what)
{
	uint64_t until = s->now_ns + LOOKUP_TIME_NS;

	while (!a->done && s->now_ns < until && sim_step(s))
		;
	if (!a->done)
		sim_fail(s, "lookups", "n%02u: a %s does not come to an end", a->machine->index,
			 what);
}

static void look_up(struct machine *m, struct bytes key)
{
	struct answer a = { .sim = m->sim, .machine = m };
	struct dht_lookup l = { .done = lookup_done, .ctx = &a, .key = key };
	int err;

	machine_enter(m);
	err = node_lookup(m->node, &l);
	machine_leave(m);
	if (err)
		sim_fail(m->sim, "lookups", "n%02u refuses a lookup: %d", m->index, err);
	else
		wait_for(m->sim, &a, "lookup");
}

static void walk_member(struct ring_walk *w, const struct ring_member *member)
{
	struct answer *a = w->ctx;

	a->members += member->reachable;
}

static void walk_done(struct ring_walk *w)
{
	struct answer *a = w->ctx;
	struct sim *s = a->sim;
	uint32_t n = machine_count(s);

	a->done = true;
	sim_fold(s, (uint64_t)(uint32_t)w->status << 32 | w->count);
	if (w->status || !w->complete || w->count != n || a->members != n)
		sim_fail(s, "lookups",
			 "n%02u walks the ring: status %d, %u of %u nodes, complete %d",
			 a->machine->index, w->status, w->count, n, w->complete);
}

static void walk(struct machine *m)
{
	struct answer a = { .sim = m->sim, .machine = m };
	struct ring_walk w = { .member = walk_member, .done = walk_done, .ctx = &a };
	int err;

	machine_enter(m);
	err = node_walk(m->node, &w);
	machine_leave(m);
	if (err)
		sim_fail(m->sim, "lookups", "n%02u refuses a walk: %d", m->index, err);
	else
		wait_for(m->sim, &a, "walk");
}

void check_lookups(struct sim *s)
{
	const struct history *h = &s->history;

	for (uint32_t i = 0; i < s->plan.nodes && !s->failed; i++) {
		if (s->machines[i].gone)
			continue;
		for (uint32_t n = 0; n < LOOKUP_KEYS && !s->failed; n++)
			look_up(&s->machines[i],
				history_key(h, (uint32_t)rng_below(&s->rng, h->key_count)));
	}
	for (uint32_t n = 0; n < LOOKUP_WALKS && !s->failed; n++)
		walk(machine_any(s));
}
