// SPDX-License-Identifier: GPL-2.0-or-later
#include "sel.h"

#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"

#define JOIN_NS	     (60 * ENV_SEC)
/* Nodes that come when the others have found each other. */
#define NEW_NODES    2
#define HEAL_NS	     (900 * ENV_SEC)
/* So long that the parts of the grid forget each other. */
#define PARTED_NS    (600 * ENV_SEC)
/* One grid in so many comes apart. */
#define PARTED_EVERY 3
#define QUERIES	     12
#define LOSS_MAX     100000
#define MOVED_DIV    5
#define DEATHS_MAX   400000
/* In one grid of so many most die, so that parts of it are lost to those who live. */
#define MOST_EVERY   4
#define MOST_DIE     700000
/* Of what matches, so much is found right after many died at once. */
#define DELIVERED(n) ((n)*3 / 4)

static const char *const texts[] = {
	"true",
	"cores >= 16",
	"arch == x86_64 and memory >= 8GiB and cores in 4..64",
	"rack == r1 or rack == r3",
	"arch in (x86_64, riscv64) and not cores < 8",
	"(rack == r2 and cores >= 32) or (memory < 2GiB and arch == aarch64)",
	"disk >= 1TiB",
	"has gpus and gpus >= 1",
	"cores >= 1 and cores <= 128 or rack == r4",
	"memory >= 100TiB",
	"machine == m7",
	"machine matches 'm[0-9]*[13579]' and not rack starts with r2",
	"memory / cores >= 1GiB and upper(arch) contains 86",
};

static const char *text_any(struct sel_world *w)
{
	return texts[rng_below(&w->rng, sizeof(texts) / sizeof(*texts))];
}

static void join(struct sel_world *w)
{
	while (w->n < w->size - NEW_NODES) {
		sel_node_start(w);
		sel_pass(w, rng_below(&w->rng, 400 * ENV_MS));
	}
	sel_pass(w, JOIN_NS);
}

/* A grid at rest: what is called complete is, and everything is. */
static void expect_all(struct sel_world *w, uint32_t at, const char *text)
{
	uint32_t want = sel_matches(w, text);

	sel_ask(w, at, text);
	if (w->op.outcome != SELECT_COMPLETE)
		sel_fail(w, "sel-complete", "'%s' at m%u: %u regions are missing", text, at,
			 w->op.missing);
	else if (w->op.count != want)
		sel_fail(w, "sel-all", "'%s' at m%u: %u of %u were found", text, at, w->op.count,
			 want);
}

/* As many as there are, or fewer: a limit is reached whenever it can be. */
static void expect_limit(struct sel_world *w, const char *text)
{
	uint32_t all = sel_matches(w, text), want;
	char limited[256];

	if (!all)
		return;
	want = (uint32_t)chance_between(&w->rng, 1, all);
	snprintf(limited, sizeof(limited), "%s limit %u", text, want);
	sel_ask(w, sel_alive(w), limited);
	if (w->op.outcome != SELECT_LIMIT || w->op.count != want)
		sel_fail(w, "sel-limit", "'%s': %u machines of %u", limited, w->op.count, all);
}

static void all_is_found(struct sel_world *w)
{
	for (uint32_t i = 0; i < QUERIES && !w->out->failed; i++)
		expect_all(w, sel_alive(w), text_any(w));
	for (uint32_t i = 0; i < QUERIES && !w->out->failed; i++)
		expect_limit(w, text_any(w));
	if (!w->out->failed)
		sel_clauses(w);
	if (!w->out->failed)
		sel_claims(w, true);
}

/* An answer that is called complete has all of those that did not move just now. */
static void expect_honest(struct sel_world *w, uint32_t at, const bool *moved, const char *when)
{
	uint32_t missed = 0;

	sel_ask(w, at, "true");
	for (uint32_t i = 0; i < w->n; i++)
		missed += !w->node[i].dead && !moved[i] && !w->seen[i];
	if (w->op.outcome == SELECT_COMPLETE && missed)
		sel_fail(w, "sel-honest", "complete without %u of %u at m%u, %s", missed, w->n, at,
			 when);
}

/* Who is new may be missed by others for a while; what it calls complete itself is. */
static void arrive(struct sel_world *w)
{
	bool moved[SEL_NODES_MAX] = { false };
	uint32_t old = w->n;

	while (w->n < w->size) {
		sel_node_start(w);
		sel_pass(w, rng_below(&w->rng, 2 * ENV_SEC));
		for (uint32_t i = old; i < w->n; i++)
			moved[i] = true;
		for (uint32_t i = old; i < w->n && !w->out->failed; i++)
			expect_honest(w, i, moved, "which is new");
	}
	sel_pass(w, JOIN_NS);
}

/*
 * Machines change, so that they lie elsewhere than others believe. Who moved may be missed
 * for a while. Often it is one only: when many move, hardly an answer is called complete.
 */
static void move(struct sel_world *w)
{
	bool moved[SEL_NODES_MAX] = { false };
	uint32_t n = rng_below(&w->rng, 2) ? 1 : w->n / MOVED_DIV, at = 0;

	while (n--) {
		at = (uint32_t)rng_below(&w->rng, w->n);
		moved[at] = true;
		sel_node_set(&w->node[at], "memory", ATTR_BYTES, 3LL << 40);
		sel_node_set(&w->node[at], "cores", ATTR_COUNT, 1 << rng_below(&w->rng, 7));
		select_changed(w->node[at].s);
	}
	for (uint32_t k = 0; k < QUERIES && !w->out->failed; k++)
		expect_honest(w, k % 2 ? sel_alive(w) : at, moved, "after moves");
}

/* Also while the dead are forgotten nobody takes a part of the grid for empty. */
static void mourn(struct sel_world *w)
{
	const bool moved[SEL_NODES_MAX] = { false };

	for (uint32_t k = 0; k < QUERIES && !w->out->failed; k++) {
		sel_pass(w, rng_below(&w->rng, JOIN_NS));
		expect_honest(w, sel_alive(w), moved, "after deaths");
		if (!w->out->failed)
			sel_clause(w, false);
	}
}

/* Messages are lost; some machines move, some die. */
static void trouble(struct sel_world *w)
{
	bool most = !rng_below(&w->rng, MOST_EVERY);
	uint32_t deaths = most ? MOST_DIE : (uint32_t)rng_below(&w->rng, DEATHS_MAX);
	uint32_t want, died = 0;

	move(w);
	w->loss_ppm = (uint32_t)rng_below(&w->rng, LOSS_MAX);
	for (uint32_t i = 0; i < QUERIES / 2 && !w->out->failed; i++)
		sel_ask(w, sel_alive(w), text_any(w));
	if (!w->out->failed)
		sel_claims(w, false);
	w->loss_ppm = 0;
	sel_pass(w, JOIN_NS);
	for (uint32_t i = 0; i < w->n && died + 4 < w->n; i++) {
		w->node[i].dead = chance_hit(&w->rng, deaths);
		died += w->node[i].dead;
	}
	want = sel_matches(w, "true");
	sel_ask(w, sel_alive(w), "true");
	if (!most && w->op.count < DELIVERED(want))
		sel_fail(w, "sel-deaths", "%u of %u were found after deaths", w->op.count, want);
	if (died && w->op.outcome == SELECT_COMPLETE && w->op.count < want)
		sel_fail(w, "sel-honest", "complete after deaths with %u of %u", w->op.count, want);
	mourn(w);
}

/* Odd and even nodes do not hear each other for long; then they find each other again. */
static void part(struct sel_world *w)
{
	w->parted = true;
	sel_pass(w, PARTED_NS);
	w->parted = false;
	sel_pass(w, HEAL_NS);
	all_is_found(w);
}

void sel_run(uint64_t seed, const struct run_options *opt, struct run_result *out)
{
	struct sel_world *w = calloc(1, sizeof(*w));

	xassert(w);
	sel_world_init(w, seed, out);
	join(w);
	arrive(w);
	all_is_found(w);
	if (!out->failed && !opt->calm && !rng_below(&w->rng, PARTED_EVERY))
		part(w);
	if (!out->failed && !opt->calm) {
		trouble(w);
		sel_pass(w, HEAL_NS);
		all_is_found(w);
		expect_all(w, sel_alive(w), "memory >= 2TiB");
	}
	out->hash = w->hash;
	out->nodes = w->size;
	sel_world_exit(w);
	free(w);
}
