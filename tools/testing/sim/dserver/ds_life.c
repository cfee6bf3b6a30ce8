// SPDX-License-Identifier: GPL-2.0-or-later
/* Hosts live or do not, and the contact node is to know which. */
#include "ds.h"

/* A host that was silent so long must have been given up. */
#define GIVEN_UP_NS (DSERVER_FAIL_NS + 3 * DSERVER_BEAT_NS)
#define BACK_NS	    (10 * ENV_SEC)

static void answer_arrives(void *ctx, uint64_t host)
{
	struct ds_node *n = ctx;
	struct xos_addr addr = ds_addr((uint32_t)host);

	if (!n->core)
		return;
	dserver_host_answers(n->core, addr.ip);
	ds_leave(n);
}

static void request_arrives(void *ctx, uint64_t host)
{
	struct ds_node *n = ctx;

	if (!n->w->node[host].dead)
		ds_after(n->w, ds_delay(n->w), answer_arrives, n, host);
}

void ds_probe(void *ctx, const struct xos_addr *member)
{
	struct ds_node *n = ctx;

	ds_after(n->w, ds_delay(n->w), request_arrives, n, (uint64_t)member->ip[15] - 1);
}

/* What a contact node thinks of a member. */
static uint32_t life_of(const struct ds_node *contact, uint32_t member)
{
	const struct xos_addr vip = ds_vip(), addr = ds_addr(member);
	const struct group *g = dserver_group(contact->core, &vip);
	const struct group_member *m = g->self_contact ? group_find_addr(g, &addr) : NULL;

	return m ? m->life : WIRE_DS_MEMBER_LIFE_ALIVE;
}

void ds_check_life(struct ds_world *w)
{
	for (uint32_t i = 0; i < DS_NODES; i++) {
		for (uint32_t j = 0; w->node[i].core && j < DS_NODES; j++) {
			if (life_of(&w->node[i], j) == WIRE_DS_MEMBER_LIFE_FAILED &&
			    !w->node[j].died)
				ds_fail(w, "ds-life", "n%u gave up n%u, whose host lives", i, j);
		}
	}
}

/* All agents have been up for long. */
static void check_lives(struct ds_world *w, uint32_t dead)
{
	const struct ds_node *contact = &w->node[w->front];

	for (uint32_t i = 0; i < DS_NODES && !w->failed; i++) {
		uint32_t life = life_of(contact, i);
		bool failed = life == WIRE_DS_MEMBER_LIFE_FAILED;

		if (failed != (i == dead) || (i != dead && life != WIRE_DS_MEMBER_LIFE_ALIVE))
			ds_fail(w, "ds-life", "n%u is %s, n%u thinks %s", i,
				i == dead ? "dead" : "alive", w->front,
				failed				  ? "failed" :
				life == WIRE_DS_MEMBER_LIFE_ALIVE ? "alive" :
								    "suspected");
	}
}

/* In the end one host dies, and comes back. */
void ds_last_act(struct ds_world *w)
{
	struct ds_node *n = &w->node[1 + rng_below(&w->rng, DS_SERVERS)];

	/* The longest delay is as long as a whole suspicion. */
	w->delay_max_ns = DSERVER_BEAT_NS / 2;
	ds_run_until(w, w->now_ns + BACK_NS);
	check_lives(w, DS_NODES);
	if (w->failed)
		return;
	ds_say(w, "the host of n%u dies", n->index);
	n->dead = n->died = true;
	ds_crash(n);
	ds_run_until(w, w->now_ns + GIVEN_UP_NS);
	check_lives(w, n->index);
	n->dead = false;
	if (!w->failed)
		ds_boot(n);
	ds_run_until(w, w->now_ns + BACK_NS);
	check_lives(w, DS_NODES);
}
