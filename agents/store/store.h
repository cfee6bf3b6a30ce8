/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Durable, ordered key-value store of one agent, asynchronous: a batch is
 * submitted, visible to reads at once, and reported when it is synced. Nothing
 * may be acknowledged to anybody before that report.
 *
 * Implementations: SQLite in WAL mode with a writer thread that commits all
 * batches of a tick in one transaction (store_sqlite.c), memory with fault
 * injection for the simulator (store_mem.c). A failed sync is final: the
 * implementation reports it and refuses everything after it, because nobody
 * knows what is on the disk; the daemon then ends.
 *
 * Called from one thread, that of the event loop; completions arrive on it too,
 * in the order of submission, never from inside a call of this interface.
 */
#ifndef _XOS_STORE_STORE_H
#define _XOS_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include <base/buf.h>
#include <base/bytes.h>
#include <base/list.h>

#define STORE_KEY_MAX	2048
#define STORE_VALUE_MAX (512 * 1024)
/* Operations in one batch. */
#define STORE_BATCH_MAX 4096

struct store;

/**
 * struct store_op - one change of a batch
 * @key: at most STORE_KEY_MAX bytes
 * @value: at most STORE_VALUE_MAX bytes; ignored when @del
 * @del: remove @key instead of setting it
 */
struct store_op {
	struct bytes key;
	struct bytes value;
	bool del;
};

/**
 * struct store_ticket - a batch under way; memory of the caller until @done
 * @done: called once: status 0 when all operations are durable, else a negative errno
 * @ctx: argument of @done
 * @lazy: of the caller: nobody waits for it, so that it may become durable a few
 *	milliseconds later, together with others
 * @node: of the implementation
 * @seq: of the implementation
 */
struct store_ticket {
	void (*done)(void *ctx, int status);
	void *ctx;
	bool lazy;
	struct cds_list_head node;
	uint64_t seq;
};

/**
 * typedef store_visit_fn - sees one item of a scan
 * @ctx: argument of the scan
 * @key: key, valid during the call
 * @value: value, valid during the call
 *
 * Must not call the store. Return: true to go on.
 */
typedef bool (*store_visit_fn)(void *ctx, struct bytes key, struct bytes value);

/**
 * struct store_ops - what an implementation provides
 * @get: append the value of a key to @value: 0, -ENOENT, -EMSGSIZE, -EIO
 * @scan: visit items with @from <= key < @to in order (@to empty: no upper bound): 0 or -EIO
 * @submit: apply @n operations as one atomic batch; keys and values are copied.
 *	0 (then @ticket->done follows), or -EINVAL over a limit, -ENOSPC when
 *	too much is unsynced, -EIO after a failure (then it does not follow)
 */
struct store_ops {
	int (*get)(struct store *store, struct bytes key, struct buf *value);
	int (*scan)(struct store *store, struct bytes from, struct bytes to, store_visit_fn visit,
		    void *ctx);
	int (*submit)(struct store *store, const struct store_op *ops, uint32_t n,
		      struct store_ticket *ticket);
};

/**
 * struct store - an implementation; embedded as first member by each
 * @ops: its functions
 */
struct store {
	const struct store_ops *ops;
};

static inline int store_get(struct store *store, struct bytes key, struct buf *value)
{
	return store->ops->get(store, key, value);
}

static inline int store_scan(struct store *store, struct bytes from, struct bytes to,
			     store_visit_fn visit, void *ctx)
{
	return store->ops->scan(store, from, to, visit, ctx);
}

static inline int store_submit(struct store *store, const struct store_op *ops, uint32_t n,
			       struct store_ticket *ticket)
{
	return store->ops->submit(store, ops, n, ticket);
}

#endif
