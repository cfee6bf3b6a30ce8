/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads of a service under every deterministic scheduler. User threads are
 * coroutines: programs of synchronisation operations with random compute times
 * between them. One replica decides the order of events, others replay it at
 * other speeds; whom each mutex was granted to, what the threads computed and
 * what they left behind must be equal.
 */
#ifndef _XOS_SIM_THREADS_H
#define _XOS_SIM_THREADS_H

#include <stdbool.h>
#include <stdint.h>

#include <base/rng.h>

#include "events.h"

#include <vnode/sched.h>

#define THREADS_REQUESTS   48
#define THREADS_MAX	   (2 * THREADS_REQUESTS)
#define THREADS_MUTEXES	   8
#define THREADS_STEPS_MAX  24
#define THREADS_STREAM_MAX 8192
#define THREADS_REASON_MAX 300

/**
 * enum step_kind - one step of a program
 * @STEP_COMPUTE: for a time of mean @mean
 * @STEP_LOCK: mutex @arg
 * @STEP_TRY: mutex @arg; when it is taken, the next @mean steps are left out
 * @STEP_UNLOCK: mutex @arg
 * @STEP_TOUCH: change the data that mutex @arg guards
 * @STEP_CALL: an outside call that takes a time of mean @mean
 * @STEP_PUT: an item into queue @arg, whose mutex is held; signal
 * @STEP_GET: wait for an item of queue @arg, whose mutex is held
 * @STEP_TRY_GET: the same, for a time of mean @mean
 * @STEP_SPAWN: a thread that runs the program from step @arg on
 * @STEP_YIELD: let others go first
 * @STEP_RELAX: no synchronisation follows
 * @STEP_END: the end
 */
enum step_kind {
	STEP_COMPUTE,
	STEP_LOCK,
	STEP_TRY,
	STEP_UNLOCK,
	STEP_TOUCH,
	STEP_CALL,
	STEP_PUT,
	STEP_GET,
	STEP_TRY_GET,
	STEP_SPAWN,
	STEP_YIELD,
	STEP_RELAX,
	STEP_END
};

/** struct step - a step of a program */
struct step {
	enum step_kind kind;
	uint32_t arg;
	uint64_t mean;
};

/** struct program - what one request does */
struct program {
	uint32_t n;
	struct step step[THREADS_STEPS_MAX];
};

/** struct event_of_log - an event that all replicas see in one order */
struct event_of_log {
	enum { LOG_REQUEST, LOG_WAKE, LOG_NOOP, LOG_DECISION } kind;
	uint64_t a;
	uint64_t b;
	uint64_t c;
	uint32_t wait;
};

/**
 * struct stream - the log
 * @n: events
 * @v: events in their order
 */
struct stream {
	uint32_t n;
	struct event_of_log v[THREADS_STREAM_MAX];
};

/**
 * struct outcome - what replicas must agree on
 * @grants: hash of the scheduler over all grants
 * @data: what each mutex guarded, in the end
 * @reply: what each request computed
 * @trace: the scheduler's hash of each request
 */
struct outcome {
	uint64_t grants;
	uint64_t data[THREADS_MUTEXES];
	uint64_t reply[THREADS_MAX];
	uint64_t trace[THREADS_MAX];
	uint64_t names[THREADS_MAX];
};

/* Draw the programs of a seed; only what the scheduler can order. */
void threads_programs(struct rng *r, enum vsched_kind kind, struct program *out);

/**
 * threads_run() - one seed: each scheduler, one deciding replica, several that replay
 * @seed: seed
 * @reason: THREADS_REASON_MAX bytes: what is wrong
 *
 * Return: false when something is wrong.
 */
bool threads_run(uint64_t seed, char *reason);

#endif
