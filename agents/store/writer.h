/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The thread that both durable stores write with. Jobs are submitted on the
 * loop's thread; the writer takes all that are there, commits them together and
 * hands them back; the loop reports them. While it commits, the next group
 * gathers: that is the whole of group commit.
 *
 * The first commit that fails is the last: its jobs and all after them are
 * reported with -EIO, and nothing more is accepted.
 */
#ifndef _XOS_STORE_WRITER_H
#define _XOS_STORE_WRITER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include <base/list.h>
#include <store/store.h>

/**
 * struct store_job - something to be made durable; embedded in the owner's object
 * @node: in one of the writer's lists
 * @ticket: whom to report to
 * @bytes: what it counts against the limit
 * @status: result, once committed
 * @lazy: it waits for one that is not, or for struct store_writer_config.lazy_ns
 */
struct store_job {
	struct cds_list_head node;
	struct store_ticket *ticket;
	uint64_t bytes;
	int status;
	bool lazy;
};

/**
 * struct store_writer_config - callbacks and limit
 * @commit: on the writer's thread: make all jobs of the list durable, 0 or a
 *	negative errno; may be called with an empty list after store_writer_kick()
 * @release: on the loop's thread: a job is through, forget it; its ticket is
 *	reported afterwards
 * @ctx: argument of both
 * @wakeup: on the writer's thread: store_writer_poll() has something to do
 * @wakeup_ctx: argument of @wakeup
 * @pending_bytes_max: more unsynced bytes are refused
 * @lazy_ns: the time that a lazy job waits for company
 */
struct store_writer_config {
	int (*commit)(void *ctx, struct cds_list_head *jobs);
	void (*release)(void *ctx, struct store_job *job);
	void *ctx;
	void (*wakeup)(void *ctx);
	void *wakeup_ctx;
	uint64_t pending_bytes_max;
	uint64_t lazy_ns;
};

/**
 * struct store_writer - the thread and its lists
 * @config: callbacks and limit
 * @thread: writer
 * @lock: for all below but @pending_bytes
 * @cond: something was submitted, or @stop
 * @submitted: jobs not taken yet
 * @done: jobs not reported yet
 * @failed: a commit failed
 * @kicked: call @commit even without jobs
 * @eager: one of @submitted is not lazy
 * @due: when the first of them that is lazy has waited for long enough
 * @stop: end when @submitted is empty
 * @pending_bytes: submitted and not reported; loop's thread only
 * @groups: commits that were made
 */
struct store_writer {
	struct store_writer_config config;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	struct cds_list_head submitted;
	struct cds_list_head done;
	bool failed;
	bool kicked;
	bool eager;
	struct timespec due;
	bool stop;
	uint64_t pending_bytes;
	uint64_t groups;
};

/**
 * store_writer_start() - start the thread, signals blocked
 * @w: writer
 * @config: copied
 *
 * Return: 0 or a negative errno of pthread_create(3).
 */
int store_writer_start(struct store_writer *w, const struct store_writer_config *config);

/**
 * store_writer_stop() - commit what was submitted, end the thread, release all
 * @w: writer
 *
 * Tickets that were not reported yet are forgotten.
 */
void store_writer_stop(struct store_writer *w);

/**
 * store_writer_check() - would a job be accepted?
 * @w: writer
 * @bytes: size of the job
 *
 * Return: 0, -ENOSPC when too much is unsynced, -EIO after a failure.
 */
int store_writer_check(struct store_writer *w, uint64_t bytes);

/**
 * store_writer_submit() - hand a job over; store_writer_check() said 0
 * @w: writer
 * @job: job, @ticket and @bytes set
 */
void store_writer_submit(struct store_writer *w, struct store_job *job);

/**
 * store_writer_kick() - have the writer look around without a job
 * @w: writer
 */
void store_writer_kick(struct store_writer *w);

/**
 * store_writer_poll() - report what is through; never from inside the store
 * @w: writer
 */
void store_writer_poll(struct store_writer *w);

/**
 * store_writer_failed() - did a commit fail?
 * @w: writer
 *
 * Return: true from the failure on.
 */
bool store_writer_failed(struct store_writer *w);

#endif
