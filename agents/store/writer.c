// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/writer.h>

#include <errno.h>
#include <signal.h>

#include <base/assert.h>

/* Commit one group without the lock held, put its jobs to the done ones. */
static void group_commit(struct store_writer *w, struct cds_list_head *group, bool failed)
{
	struct store_job *job;
	int err;

	err = failed ? -EIO : w->config.commit(w->config.ctx, group);
	cds_list_for_each_entry(job, group, node)
		job->status = err ? -EIO : 0;
	pthread_mutex_lock(&w->lock);
	if (err)
		w->failed = true;
	w->groups++;
	/* The done list grows at its end: cds_list_splice() would put the group in front. */
	while (!cds_list_empty(group)) {
		job = cds_list_first_entry(group, struct store_job, node);
		cds_list_del(&job->node);
		cds_list_add_tail(&job->node, &w->done);
	}
	pthread_mutex_unlock(&w->lock);
	w->config.wakeup(w->config.wakeup_ctx);
}

#define SEC_NS 1000000000

/* Is there something to do, and is it time for it? Waits when it is not; the lock is held. */
static bool writer_ready(struct store_writer *w)
{
	if (w->stop || w->kicked || w->eager)
		return true;
	if (cds_list_empty(&w->submitted)) {
		pthread_cond_wait(&w->cond, &w->lock);
		return false;
	}
	return pthread_cond_timedwait(&w->cond, &w->lock, &w->due) == ETIMEDOUT;
}

static void *writer_main(void *arg)
{
	CDS_LIST_HEAD(group);
	struct store_writer *w = arg;
	bool failed;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (!writer_ready(w))
			;
		if (cds_list_empty(&w->submitted) && w->stop)
			break;
		CDS_INIT_LIST_HEAD(&group);
		cds_list_splice(&w->submitted, &group);
		CDS_INIT_LIST_HEAD(&w->submitted);
		w->kicked = false;
		w->eager = false;
		failed = w->failed;
		pthread_mutex_unlock(&w->lock);
		group_commit(w, &group, failed);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

int store_writer_start(struct store_writer *w, const struct store_writer_config *config)
{
	pthread_condattr_t attr;
	sigset_t all, old;
	int err;

	*w = (struct store_writer){ .config = *config };
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->cond, &attr);
	pthread_condattr_destroy(&attr);
	CDS_INIT_LIST_HEAD(&w->submitted);
	CDS_INIT_LIST_HEAD(&w->done);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	err = pthread_create(&w->thread, NULL, writer_main, w);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (!err)
		return 0;
	pthread_cond_destroy(&w->cond);
	pthread_mutex_destroy(&w->lock);
	return -err;
}

void store_writer_stop(struct store_writer *w)
{
	struct store_job *job;

	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	while (!cds_list_empty(&w->done)) {
		job = cds_list_first_entry(&w->done, struct store_job, node);
		cds_list_del(&job->node);
		w->config.release(w->config.ctx, job);
	}
	pthread_cond_destroy(&w->cond);
	pthread_mutex_destroy(&w->lock);
}

int store_writer_check(struct store_writer *w, uint64_t bytes)
{
	if (store_writer_failed(w))
		return -EIO;
	return w->pending_bytes + bytes > w->config.pending_bytes_max ? -ENOSPC : 0;
}

void store_writer_submit(struct store_writer *w, struct store_job *job)
{
	w->pending_bytes += job->bytes;
	pthread_mutex_lock(&w->lock);
	if (job->lazy && cds_list_empty(&w->submitted)) {
		clock_gettime(CLOCK_MONOTONIC, &w->due);
		w->due.tv_nsec += (long)(w->config.lazy_ns % SEC_NS);
		w->due.tv_sec += (time_t)(w->config.lazy_ns / SEC_NS) + w->due.tv_nsec / SEC_NS;
		w->due.tv_nsec %= SEC_NS;
		pthread_cond_signal(&w->cond);
	} else if (!job->lazy && !w->eager) {
		w->eager = true;
		pthread_cond_signal(&w->cond);
	}
	cds_list_add_tail(&job->node, &w->submitted);
	pthread_mutex_unlock(&w->lock);
}

void store_writer_kick(struct store_writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->kicked = true;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

void store_writer_poll(struct store_writer *w)
{
	struct store_ticket *ticket;
	CDS_LIST_HEAD(ready);
	struct store_job *job;
	int status;

	pthread_mutex_lock(&w->lock);
	cds_list_splice(&w->done, &ready);
	CDS_INIT_LIST_HEAD(&w->done);
	pthread_mutex_unlock(&w->lock);
	while (!cds_list_empty(&ready)) {
		job = cds_list_first_entry(&ready, struct store_job, node);
		cds_list_del(&job->node);
		xassert(w->pending_bytes >= job->bytes);
		w->pending_bytes -= job->bytes;
		ticket = job->ticket;
		status = job->status;
		w->config.release(w->config.ctx, job);
		ticket->done(ticket->ctx, status);
	}
}

bool store_writer_failed(struct store_writer *w)
{
	bool failed;

	pthread_mutex_lock(&w->lock);
	failed = w->failed;
	pthread_mutex_unlock(&w->lock);
	return failed;
}
