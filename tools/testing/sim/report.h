/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Verdicts added up, and printed for people and for the test runner. */
#ifndef _XOS_SIM_REPORT_H
#define _XOS_SIM_REPORT_H

#include "run.h"

/**
 * struct report - what a batch of seeds came to
 * @passed: seeds without a finding
 * @failed: seeds with one
 * @large: seeds with at least 50 nodes
 * @hash: of all hashes, whatever the order
 * @total: counters added up
 * @heal_max_ns: longest time to heal
 * @replay: how to run a failing seed again: what follows "make"
 */
struct report {
	uint64_t passed;
	uint64_t failed;
	uint64_t large;
	uint64_t hash;
	struct sim_stats total;
	uint64_t heal_max_ns;
	const char *replay;
};

/**
 * report_add() - add a verdict, and tell when it is a finding
 * @r: report
 * @result: verdict
 */
void report_add(struct report *r, const struct run_result *result);

/**
 * report_print() - the summary
 * @r: report
 */
void report_print(const struct report *r);

#endif
