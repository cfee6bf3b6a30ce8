/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Append log: records in the order they were submitted, checksummed, in
 * preallocated segments; the same asynchronous shape as store.h (submit,
 * synced). For what must be durable fast and is read only at start: promises,
 * votes, intents.
 *
 * Replay tells a torn tail (the end of the log) from a bad record in the
 * middle (corruption, never taken for an empty log).
 */
#ifndef _XOS_STORE_LOG_H
#define _XOS_STORE_LOG_H

#include <store/store.h>

#define STORE_LOG_RECORD_MAX (256 * 1024)

struct store_log;

/**
 * typedef store_log_visit_fn - sees one record of a replay
 * @ctx: argument of the replay
 * @seq: number of the record, from 1, without gaps
 * @record: contents, valid during the call
 *
 * Return: 0 to go on, a negative errno to stop with it.
 */
typedef int (*store_log_visit_fn)(void *ctx, uint64_t seq, struct bytes record);

/**
 * struct store_log_ops - what an implementation provides
 * @append: submit one record, copied. 0 (then @ticket->done follows, with
 *	@ticket->seq the record's number), -EMSGSIZE, -ENOSPC, -EIO after a failure
 * @replay: visit all records, oldest first; only before the first append.
 *	0, -EBADMSG for a bad record that is not the tail, or what @visit returned
 * @trim: records up to @seq are no longer needed; frees whole segments, lazily
 */
struct store_log_ops {
	int (*append)(struct store_log *log, struct bytes record, struct store_ticket *ticket);
	int (*replay)(struct store_log *log, store_log_visit_fn visit, void *ctx);
	void (*trim)(struct store_log *log, uint64_t seq);
};

/**
 * struct store_log - an implementation; embedded as first member by each
 * @ops: its functions
 */
struct store_log {
	const struct store_log_ops *ops;
};

static inline int store_log_append(struct store_log *log, struct bytes record,
				   struct store_ticket *ticket)
{
	return log->ops->append(log, record, ticket);
}

static inline int store_log_replay(struct store_log *log, store_log_visit_fn visit, void *ctx)
{
	return log->ops->replay(log, visit, ctx);
}

static inline void store_log_trim(struct store_log *log, uint64_t seq)
{
	log->ops->trim(log, seq);
}

#endif
