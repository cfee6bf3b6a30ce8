/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The simulator tested: does it find bugs that were planted? */
#ifndef _XOS_SIM_MUTANTS_H
#define _XOS_SIM_MUTANTS_H

#include "crew.h"

/**
 * struct mutants_options - how hard to look
 * @seeds: seeds run with each planted bug
 * @limit: further seeds run with one that none of these found
 * @only: name of the one to try, NULL for all
 * @tap: print the verdicts in the Test Anything Protocol
 * @crew: how seeds are run
 */
struct mutants_options {
	uint64_t seeds;
	uint64_t limit;
	const char *only;
	bool tap;
	struct crew crew;
};

/**
 * mutants_run() - switch each planted bug on and see which checker finds it
 * @o: how hard to look
 *
 * The same seeds without a planted bug have to pass.
 *
 * Return: exit status: 0 when all were found and nothing else, 1 otherwise.
 */
int mutants_run(const struct mutants_options *o);

#endif
