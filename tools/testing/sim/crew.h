/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs many seeds, several at a time, each in a process of its own, so that a
 * failed assertion or a memory error is the verdict of one seed. Some seeds
 * run a second time in a freshly started program, at other addresses, and
 * must come to the same hash.
 */
#ifndef _XOS_SIM_CREW_H
#define _XOS_SIM_CREW_H

#include "run.h"

/**
 * struct crew - a batch of seeds
 * @first: first seed
 * @count: how many
 * @jobs: processes at once
 * @again_every: each so many seeds one is run twice, 0 for none
 * @options: how seeds are run
 * @done: called for each verdict, in no particular order; false to start no more seeds
 * @ctx: argument of @done
 */
struct crew {
	uint64_t first;
	uint64_t count;
	uint32_t jobs;
	uint32_t again_every;
	struct run_options options;
	bool (*done)(void *ctx, const struct run_result *result);
	void *ctx;
};

/**
 * crew_run() - run the batch
 * @c: batch
 */
void crew_run(const struct crew *c);

/**
 * crew_report() - hand a verdict to the process that started this one
 * @fd: file descriptor that crew_run() passed on
 * @result: verdict
 */
void crew_report(int fd, const struct run_result *result);

#endif
