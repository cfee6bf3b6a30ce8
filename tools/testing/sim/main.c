// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * xos-sim: runs the ring nodes of whole grids in one process and in virtual
 * time, breaks everything around them, and checks what they promise.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "checkers/check.h"
#include "crew.h"
#include "mutants.h"
#include "report.h"

enum option_id {
	OPT_SEEDS = 256,
	OPT_SEED,
	OPT_FIRST,
	OPT_NODES,
	OPT_CALM,
	OPT_TAP,
	OPT_AGAIN,
	OPT_REPORT,
	OPT_MUTANT_ID,
	OPT_MUTANTS,
	OPT_MUTANT,
	OPT_LIMIT,
	OPT_SELF_TEST,
	OPT_ORDER,
};

static const struct option option_table[] = {
	{ "seeds", required_argument, NULL, OPT_SEEDS },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "first", required_argument, NULL, OPT_FIRST },
	{ "nodes", required_argument, NULL, OPT_NODES },
	{ "jobs", required_argument, NULL, 'j' },
	{ "calm", no_argument, NULL, OPT_CALM },
	{ "verbose", no_argument, NULL, 'v' },
	{ "tap", no_argument, NULL, OPT_TAP },
	{ "again-every", required_argument, NULL, OPT_AGAIN },
	{ "report", required_argument, NULL, OPT_REPORT },
	{ "mutant-id", required_argument, NULL, OPT_MUTANT_ID },
	{ "mutants", no_argument, NULL, OPT_MUTANTS },
	{ "mutant", required_argument, NULL, OPT_MUTANT },
	{ "limit", required_argument, NULL, OPT_LIMIT },
	{ "self-test", no_argument, NULL, OPT_SELF_TEST },
	{ "order", no_argument, NULL, OPT_ORDER },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static const char usage[] =
	"usage: xos-sim [OPTION]...\n"
	"Simulate grids of ring nodes, with faults, and check what they promise.\n"
	"\n"
	"  --order           groups of replicated logs instead of grids\n"
	"  --seeds N         run N seeds (100)\n"
	"  --first S         begin with seed S (1)\n"
	"  --seed S          run seed S only, twice, and compare\n"
	"  --nodes N         machines in each grid, instead of what the seed says\n"
	"  --calm            no faults\n"
	"  -v, --verbose     with --seed: run it once, a line for each event\n"
	"  -j, --jobs N      processes at once (number of processors)\n"
	"  --again-every N   run each Nth seed twice and compare the hashes (20)\n"
	"  --tap             print the verdict in the Test Anything Protocol\n"
	"  --mutants         switch on each planted bug in turn; all must be found\n"
	"  --mutant NAME     only this one\n"
	"  --limit N         further seeds for one that is not found at once (300)\n"
	"  --self-test       try the linearisability checker on small histories\n"
	"  -h, --help        print this\n"
	"\n"
	"Exit status: 0 when nothing was found, 1 when something was, 2 for bad usage.\n";

/* What the command line asks for. */
struct request {
	struct mutants_options m;
	uint64_t seed;
	bool one;
	bool mutants;
	int report_fd;
};

static bool parse_number(const char *text, uint64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoull(text, &end, 0);
	return !errno && end != text && !*end;
}

static bool take_number(struct request *q, int opt, uint64_t v)
{
	switch (opt) {
	case OPT_SEEDS:
		q->m.crew.count = q->m.seeds = v;
		return true;
	case OPT_SEED:
		q->seed = v;
		q->one = true;
		return true;
	case OPT_FIRST:
		q->m.crew.first = v;
		return true;
	case OPT_NODES:
		q->m.crew.options.nodes = (uint32_t)v;
		return v <= PLAN_NODES_MAX;
	case 'j':
		q->m.crew.jobs = (uint32_t)v;
		return v > 0;
	case OPT_AGAIN:
		q->m.crew.again_every = (uint32_t)v;
		return true;
	case OPT_REPORT:
		q->report_fd = (int)v;
		return true;
	case OPT_MUTANT_ID:
		q->m.crew.options.mutant = (uint32_t)v;
		return true;
	case OPT_LIMIT:
		q->m.limit = v;
		return true;
	default:
		return false;
	}
}

static bool parse(struct request *q, int argc, char **argv)
{
	uint64_t number;
	int opt;

	while ((opt = getopt_long(argc, argv, "j:vh", option_table, NULL)) != -1) {
		switch (opt) {
		case OPT_SELF_TEST:
			exit(check_checkers() ? 0 : 1);
		case OPT_CALM:
			q->m.crew.options.calm = true;
			break;
		case OPT_ORDER:
			q->m.crew.options.order = true;
			break;
		case OPT_TAP:
			q->m.tap = true;
			break;
		case OPT_MUTANTS:
			q->mutants = true;
			break;
		case OPT_MUTANT:
			q->m.only = optarg;
			break;
		case 'v':
			q->m.crew.options.verbose = true;
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		case '?':
			return false;
		default:
			if (!parse_number(optarg, &number) || !take_number(q, opt, number)) {
				fprintf(stderr, "xos-sim: bad number '%s'\n", optarg);
				return false;
			}
		}
	}
	return optind == argc;
}

static bool add(void *ctx, const struct run_result *result)
{
	report_add(ctx, result);
	return true;
}

/* In this very process, with every event on the screen. */
static int run_watched(const struct request *q)
{
	struct report r = { .replay = "" };
	struct run_result result;

	run_any(q->seed, &q->m.crew.options, &result);
	if (q->report_fd >= 0) {
		crew_report(q->report_fd, &result);
		return 0;
	}
	report_add(&r, &result);
	report_print(&r);
	return r.failed != 0;
}

static int run_batch(const struct request *q)
{
	struct report r = { .replay = "" };
	struct crew c = q->m.crew;

	if (c.options.calm)
		r.replay = c.options.order ? " ORDER=1 CALM=1" : " CALM=1";
	else if (c.options.order)
		r.replay = " ORDER=1";
	c.done = add;
	c.ctx = &r;
	if (q->one) {
		c.first = q->seed;
		c.count = 1;
		c.again_every = 1;
	}
	crew_run(&c);
	if (q->m.tap)
		printf("TAP version 13\n1..1\n%sok 1 - %llu seeds\n", r.failed ? "not " : "",
		       (unsigned long long)c.count);
	report_print(&r);
	return r.failed != 0;
}

int main(int argc, char **argv)
{
	struct request q = {
		.m = { .seeds = 100, .limit = 300 },
		.report_fd = -1,
	};
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	q.m.crew = (struct crew){ .first = 1, .count = 100, .again_every = 20 };
	q.m.crew.jobs = cpus > 0 ? (uint32_t)cpus : 1;
	if (!parse(&q, argc, argv)) {
		fputs("Try 'xos-sim --help'.\n", stderr);
		return 2;
	}
	if (q.mutants)
		return mutants_run(&q.m);
	if (q.one && (q.m.crew.options.verbose || q.report_fd >= 0))
		return run_watched(&q);
	return run_batch(&q);
}
