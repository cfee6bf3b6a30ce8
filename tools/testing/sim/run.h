/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a seed to a verdict. */
#ifndef _XOS_SIM_RUN_H
#define _XOS_SIM_RUN_H

#include <stdarg.h>

#include "sim.h"

#define RUN_CHECKER_MAX 16

/**
 * struct run_options - how seeds are run
 * @nodes: machines, 0 to let the seed decide
 * @calm: no faults
 * @verbose: print a line for each event
 * @mutant: planted bug to switch on (enum mutant_id)
 * @order: groups of replicated logs instead of a grid
 */
struct run_options {
	uint32_t nodes;
	bool calm;
	bool verbose;
	uint32_t mutant;
	bool order;
};

/**
 * struct run_result - what came of a seed; plain data, it crosses a pipe
 * @seed: seed
 * @failed: a checker found something, or the program died
 * @checker: which
 * @reason: what it said
 * @hash: of everything that happened
 * @nodes: machines
 * @stats: counters
 */
struct run_result {
	uint64_t seed;
	bool failed;
	char checker[RUN_CHECKER_MAX];
	char reason[SIM_REASON_MAX];
	uint64_t hash;
	uint32_t nodes;
	struct sim_stats stats;
};

/**
 * run_seed() - simulate
 * @seed: seed
 * @opt: how
 * @out: the verdict
 */
void run_seed(uint64_t seed, const struct run_options *opt, struct run_result *out);

/**
 * run_fail() - a checker of a scenario has found something; only the first counts
 * @out: result of the seed
 * @checker: which
 * @fmt: what
 * @args: arguments of @fmt
 */
void run_fail(struct run_result *out, const char *checker, const char *fmt, va_list args);

/**
 * run_any() - simulate what the options name: a grid, or replicated logs
 * @seed: seed
 * @opt: how
 * @out: the verdict
 */
void run_any(uint64_t seed, const struct run_options *opt, struct run_result *out);

#endif
