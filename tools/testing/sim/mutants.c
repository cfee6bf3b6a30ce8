// SPDX-License-Identifier: GPL-2.0-or-later
#include "mutants.h"

#include <stdio.h>
#include <string.h>

#include <base/mutant.h>

#define MUTANTS_CHECKERS_MAX 16

typedef unsigned long long ull;

static const struct {
	const char *name;
	const char *what;
} mutant_table[MUTANT_COUNT] = {
	{ "none", "the code as it is" },
#define MUTANT_DEF(mutant, text) { #mutant, text },
#include <base/mutants.def>
#undef MUTANT_DEF
};

/* Who found one planted bug, and how often. */
struct tally {
	uint64_t runs;
	uint64_t found;
	uint64_t first_seed;
	char checkers[MUTANTS_CHECKERS_MAX][RUN_CHECKER_MAX];
	uint64_t counts[MUTANTS_CHECKERS_MAX];
	uint32_t checker_count;
	bool stop_when_found;
	struct run_result example;
};

static bool tally_add(void *ctx, const struct run_result *r)
{
	struct tally *t = ctx;
	uint32_t i = 0;

	t->runs++;
	if (!r->failed)
		return true;
	if (!t->found++ || r->seed < t->example.seed)
		t->example = *r;
	while (i < t->checker_count && strcmp(t->checkers[i], r->checker))
		i++;
	if (i == t->checker_count && i < MUTANTS_CHECKERS_MAX)
		memcpy(t->checkers[t->checker_count++], r->checker, RUN_CHECKER_MAX);
	if (i < MUTANTS_CHECKERS_MAX)
		t->counts[i]++;
	return !t->stop_when_found;
}

static void try(const struct mutants_options *o, uint32_t mutant, struct tally *t)
{
	struct crew c = o->crew;

	*t = (struct tally){ 0 };
	c.options.mutant = mutant;
	c.count = o->seeds;
	c.again_every = 0;
	c.done = tally_add;
	c.ctx = t;
	crew_run(&c);
	if (t->found || mutant == MUTANT_NONE)
		return;
	t->stop_when_found = true;
	c.first += c.count;
	c.count = o->limit;
	crew_run(&c);
}

static void print_tally(uint32_t mutant, const struct tally *t)
{
	printf("# %-28s found in %llu of %llu seeds:", mutant_table[mutant].name, (ull)t->found,
	       (ull)t->runs);
	for (uint32_t i = 0; i < t->checker_count; i++)
		printf(" %s %llu", t->checkers[i], (ull)t->counts[i]);
	printf("\n#   %s\n", mutant_table[mutant].what);
	if (t->found)
		printf("#   seed %llu: %s: %s\n", (ull)t->example.seed, t->example.checker,
		       t->example.reason);
}

/* A planted bug lies in a grid or in replicated logs, which its name says. */
static bool lies_there(const struct mutants_options *o, uint32_t mutant)
{
	bool order = !strncmp(mutant_table[mutant].name, "order_", 6);

	return mutant == MUTANT_NONE || order == o->crew.options.order;
}

/* Without a planted bug nothing may be found; with one, something must. */
static bool judge(const struct mutants_options *o, uint32_t mutant)
{
	struct tally t;
	bool ok;

	try(o, mutant, &t);
	ok = mutant == MUTANT_NONE ? !t.found : t.found != 0;
	print_tally(mutant, &t);
	printf("%sok %u - mutant %s\n", ok ? "" : "not ", mutant + 1, mutant_table[mutant].name);
	fflush(stdout);
	return ok;
}

int mutants_run(const struct mutants_options *o)
{
	uint32_t passed = 0, failed = 0;

#ifndef XOS_MUTANTS
	fprintf(stderr, "xos-sim: no mutants in this build; use make sim-mutants\n");
	return 2;
#endif
	if (o->tap)
		printf("TAP version 13\n1..%u\n", (unsigned int)MUTANT_COUNT);
	for (uint32_t m = 0; m < MUTANT_COUNT; m++) {
		if (!lies_there(o, m) || (o->only && strcmp(o->only, mutant_table[m].name)))
			continue;
		if (judge(o, m))
			passed++;
		else
			failed++;
	}
	if (passed + failed == 0) {
		fprintf(stderr, "xos-sim: no mutant is called %s\n", o->only);
		return 2;
	}
	printf("%s%u passed, %u failed\n", o->tap ? "# " : "", passed, failed);
	return failed != 0;
}
