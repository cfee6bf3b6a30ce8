// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * xos-scale: runs the cores of selection at the scale of a grid, in virtual time,
 * and compares what queries find with a look at every machine.
 */
#include <getopt.h>
#include <stdlib.h>

#include "phases.h"

#define CHECK_ROWS (sizeof(check_rows) / sizeof(check_rows[0]))

static const char usage[] =
	"usage: xos-scale [OPTION]...\n"
	"Simulate selection with many nodes; print rows, write them as JSON.\n"
	"\n"
	"  --nodes N         nodes (1000)\n"
	"  --seed S          seed (1)\n"
	"  --mode MODE       xos, paper or both (both)\n"
	"  --dist DIST       attributes: uniform, normal, zipf, correlated (uniform)\n"
	"  --phases LETTERS  q queries, b load, j joins, l loss, c churn, p partition, f failure\n"
	"                    (qbjlcpf)\n"
	"  --queries N       queries of a row with a limit (200)\n"
	"  --cycles N        cycles of rest after growth (10)\n"
	"  --cycle-min MS    length of a node's first cycle (100)\n"
	"  --out FILE        where the rows go\n"
	"  --check           fail when a row that must hold does not\n";

/* What --check expects, at any size: it is what an answer promises, not how fast it is. */
static const struct check_row {
	const char *name;
	enum report_goal kind;
	double goal;
} check_rows[] = {
	{ "nodes that found their place", GOAL_AT_LEAST, 100 },
	{ "C0, max", GOAL_AT_MOST, 32 },
	{ "C0 known", GOAL_AT_LEAST, 99.9 },
	{ "slots filled, of those with machines", GOAL_AT_LEAST, 99.9 },
	{ "found that do not match, or twice", GOAL_AT_MOST, 0 },
	{ "not matching visited, aligned box 1/8, sigma 50", GOAL_AT_MOST, 3 },
	{ "latency p99, random box 1/8, sigma all", GOAL_AT_MOST, 20 },
	{ "delivery at rest, random box 1/8, sigma all", GOAL_AT_LEAST, 0.999 },
	{ "delivery at rest, random box 1/128, sigma 10", GOAL_AT_LEAST, 0.999 },
	{ "delivery, sigma unlimited, 0.2 % churn per 10 s", GOAL_AT_LEAST, 0.99 },
	{ "delivery, sigma unlimited, 5 % of messages lost", GOAL_AT_LEAST, 0.99 },
	{ "delivery 30 cycles after death of 50 %", GOAL_AT_LEAST, 0.97 },
	{ "delivery 30 cycles after a partition", GOAL_AT_LEAST, 0.99 },
};

struct scale_args {
	struct scale_options opt;
	bool modes[SCALE_MODES];
	const char *phases;
	const char *out;
	uint32_t queries;
	uint32_t cycles;
	bool check;
};

static int word(const char *arg, const char *const *words)
{
	for (int i = 0; words[i]; i++) {
		if (!strcmp(arg, words[i]))
			return i;
	}
	fprintf(stderr, "xos-scale: what is %s?\n", arg);
	exit(2);
}

static void mode_set(struct scale_args *a, const char *arg)
{
	static const char *const modes[] = { "xos", "paper", "both", NULL };
	int m = word(arg, modes);

	a->modes[SCALE_XOS] = m != SCALE_PAPER;
	a->modes[SCALE_PAPER] = m != SCALE_XOS;
}

static uint64_t positive(const char *arg)
{
	char *end;
	unsigned long long v = strtoull(arg, &end, 10);

	if (*end || !v) {
		fprintf(stderr, "xos-scale: %s is no positive number\n", arg);
		exit(2);
	}
	return v;
}

static void parse(int argc, char **argv, struct scale_args *a)
{
	static const char *const dists[] = { "uniform", "normal", "zipf", "correlated", NULL };
	static const struct option options[] = {
		{ "nodes", required_argument, NULL, 'n' },
		{ "seed", required_argument, NULL, 's' },
		{ "mode", required_argument, NULL, 'm' },
		{ "dist", required_argument, NULL, 'd' },
		{ "phases", required_argument, NULL, 'p' },
		{ "queries", required_argument, NULL, 'q' },
		{ "cycles", required_argument, NULL, 'c' },
		{ "cycle-min", required_argument, NULL, 'i' },
		{ "out", required_argument, NULL, 'o' },
		{ "check", no_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (c) {
		case 'n':
			a->opt.nodes = (uint32_t)positive(optarg);
			break;
		case 's':
			a->opt.seed = positive(optarg);
			break;
		case 'm':
			mode_set(a, optarg);
			break;
		case 'd':
			a->opt.dist = (enum scale_dist)word(optarg, dists);
			break;
		case 'p':
			a->phases = optarg;
			break;
		case 'q':
			a->queries = (uint32_t)positive(optarg);
			break;
		case 'c':
			a->cycles = (uint32_t)positive(optarg);
			break;
		case 'i':
			a->opt.cycle_min_ns = positive(optarg) * ENV_MS;
			break;
		case 'o':
			a->out = optarg;
			break;
		case 'k':
			a->check = true;
			break;
		default:
			fputs(usage, c == 'h' ? stdout : stderr);
			exit(c == 'h' ? 0 : 2);
		}
	}
}

static int check(const struct report *r)
{
	int bad = 0;

	for (uint32_t k = 0; k < CHECK_ROWS; k++) {
		for (uint32_t i = 0; i < r->rows; i++) {
			struct report_row row = r->row[i];

			if (strcmp(row.name, check_rows[k].name))
				continue;
			report_goal(&row, check_rows[k].kind, check_rows[k].goal);
			if (!report_missed(&row))
				continue;
			printf("not ok: %s is %g, not %s %g\n", row.name, row.value[SCALE_XOS],
			       row.goal_kind == GOAL_AT_MOST ? "<=" : ">=", row.goal);
			bad = 1;
		}
	}
	return bad;
}

int main(int argc, char **argv)
{
	static struct report report;
	struct scale_args a = {
		.opt = { .nodes = 1000, .seed = 1, .cycle_min_ns = 100 * ENV_MS },
		.modes = { true, true },
		.phases = "qbjlcpf",
		.queries = 200,
		.cycles = 10,
	};

	parse(argc, argv, &a);
	for (enum scale_mode m = 0; m < SCALE_MODES; m++) {
		struct scale_world *w = malloc(sizeof(*w));
		struct scale_run run = {
			.w = w, .r = &report, .queries = a.queries, .cycles = a.cycles
		};

		if (a.modes[m]) {
			scale_init(w, &a.opt, m);
			phases_run(&run, a.phases);
			scale_exit(w);
		}
		free(w);
	}
	report_print(&report, stdout);
	if (a.out && report_write(&report, &a.opt, a.out)) {
		fprintf(stderr, "xos-scale: cannot write %s\n", a.out);
		return 1;
	}
	return a.check ? check(&report) : 0;
}
