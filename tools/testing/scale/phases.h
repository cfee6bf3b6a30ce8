/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is done with a grid, one after the other, and what it gives. */
#ifndef _XOS_SCALE_PHASES_H
#define _XOS_SCALE_PHASES_H

#include "report.h"

/**
 * struct scale_run - a run in one mode
 * @w: world
 * @r: where the rows go
 * @queries: queries for each row with a limit
 * @cycles: cycles of rest after the growth, and of churn
 * @churned: machines that were replaced
 * @wrong: machines found that should not have been
 * @churn_left: parts of machines that are still to be replaced
 */
struct scale_run {
	struct scale_world *w;
	struct report *r;
	uint32_t queries;
	uint32_t cycles;
	uint64_t churned;
	double wrong;
	double churn_left;
};

/**
 * phases_run() - grow a grid and do what is asked for
 * @run: run; the world is initialized
 * @phases: letters: q queries, j joins, c churn, l loss, b load, f failure of many,
 *	p partition; growth and rest always come first
 */
void phases_run(struct scale_run *run, const char *phases);

#endif
