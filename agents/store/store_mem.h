/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The store and the append log in memory, with the faults that disks have.
 * For the simulator and for tests: nothing here is durable beyond the process.
 *
 * Both objects stand for a disk, so they outlive the node that uses them. What
 * was submitted is visible to reads at once and becomes durable in
 * store_mem_sync() / store_mem_log_sync(), which the owner calls whenever it
 * likes (by a timer in virtual time). store_mem_crash() takes the node away:
 * unsynced batches are lost, all but as many as the owner lets survive.
 */
#ifndef _XOS_STORE_STORE_MEM_H
#define _XOS_STORE_STORE_MEM_H

#include <stdint.h>

#include <store/log.h>
#include <store/store.h>

struct store_mem;
struct store_mem_log;

/* Stand for "all that are pending now". */
#define STORE_MEM_ALL UINT32_MAX

/**
 * struct store_mem_config - limits and the owner's callback
 * @bytes_max: keys and values that the disk holds; 0: 64 MiB
 * @pending_bytes_max: unsynced keys and values, more is refused; 0: 4 MiB
 * @wakeup: called from inside a submission when something becomes pending that
 *	was not before; the owner plans a sync, it must not sync at once. May be NULL
 * @ctx: argument of @wakeup
 */
struct store_mem_config {
	uint64_t bytes_max;
	uint64_t pending_bytes_max;
	void (*wakeup)(void *ctx);
	void *ctx;
};

/**
 * struct store_mem_stats - what happened since the object was made
 * @submitted: batches or records accepted
 * @synced: of these made durable and reported
 * @lost: of these lost in a crash
 * @survived: of these durable although a crash came before the report
 * @refused: submissions refused over a limit or after a failure
 * @syncs: syncs that had something to do
 */
struct store_mem_stats {
	uint64_t submitted;
	uint64_t synced;
	uint64_t lost;
	uint64_t survived;
	uint64_t refused;
	uint64_t syncs;
};

/**
 * store_mem_create() - an empty disk
 * @config: limits and callback, copied; NULL: defaults, no callback
 *
 * Return: the object, or NULL without memory.
 */
struct store_mem *store_mem_create(const struct store_mem_config *config);

/**
 * store_mem_destroy() - throw the disk away; pending tickets are forgotten
 * @m: object; NULL is ignored
 */
void store_mem_destroy(struct store_mem *m);

/**
 * store_mem_store() - the interface that the node uses
 * @m: object
 *
 * Return: the store; the same before and after a crash.
 */
struct store *store_mem_store(struct store_mem *m);

/**
 * store_mem_sync() - make the oldest pending batches durable and report them
 * @m: object
 * @batches: how many at most; STORE_MEM_ALL for all that are pending at the call
 *
 * What a report submits stays pending (and calls the owner's @wakeup again).
 *
 * Return: batches that are still pending.
 */
uint32_t store_mem_sync(struct store_mem *m, uint32_t batches);

/**
 * store_mem_pending() - batches that were submitted and not synced
 * @m: object
 *
 * Return: how many.
 */
uint32_t store_mem_pending(const struct store_mem *m);

/**
 * store_mem_fail_sync() - let the next sync fail
 * @m: object
 *
 * That sync reports -EIO to every pending batch, and until the next
 * store_mem_crash() everything is refused. Whether those batches are durable
 * is decided by that crash.
 */
void store_mem_fail_sync(struct store_mem *m);

/**
 * store_mem_crash() - the node ends here, what is durable remains
 * @m: object
 * @keep: this many of the oldest unsynced batches turn out to be durable
 *
 * Tickets are forgotten: no report comes, their memory may go away.
 */
void store_mem_crash(struct store_mem *m, uint32_t keep);

/**
 * store_mem_flip() - flip one bit of a durable item
 * @m: object
 * @pick: which item and bit, any number (taken modulo what there is)
 *
 * Reads that meet the item get -EIO from then on, until it is written again.
 *
 * Return: 0, or -ENOENT when nothing is stored.
 */
int store_mem_flip(struct store_mem *m, uint64_t pick);

/**
 * store_mem_durable_get() - what a reader would find after a crash now
 * @m: object
 * @key: key
 * @value: appended to
 *
 * For checkers. Return: 0, -ENOENT, -EMSGSIZE or -EIO.
 */
int store_mem_durable_get(struct store_mem *m, struct bytes key, struct buf *value);

/**
 * store_mem_stats() - counters
 * @m: object
 *
 * Return: the counters, valid as long as the object.
 */
const struct store_mem_stats *store_mem_stats(const struct store_mem *m);

/**
 * store_mem_log_create() - an empty log
 * @config: limits (bytes with record headers) and callback, copied; NULL: defaults
 *
 * Return: the object, or NULL without memory.
 */
struct store_mem_log *store_mem_log_create(const struct store_mem_config *config);

/**
 * store_mem_log_destroy() - throw the log away
 * @m: object; NULL is ignored
 */
void store_mem_log_destroy(struct store_mem_log *m);

/**
 * store_mem_log() - the interface that the node uses
 * @m: object
 *
 * Return: the log; the same before and after a crash.
 */
struct store_log *store_mem_log(struct store_mem_log *m);

/**
 * store_mem_log_sync() - make the oldest pending records durable and report them
 * @m: object
 * @records: how many at most, or STORE_MEM_ALL
 *
 * Return: records that are still pending.
 */
uint32_t store_mem_log_sync(struct store_mem_log *m, uint32_t records);

/**
 * store_mem_log_pending() - records that were submitted and not synced
 * @m: object
 *
 * Return: how many.
 */
uint32_t store_mem_log_pending(const struct store_mem_log *m);

/**
 * store_mem_log_fail_sync() - let the next sync fail, as store_mem_fail_sync()
 * @m: object
 */
void store_mem_log_fail_sync(struct store_mem_log *m);

/**
 * store_mem_log_crash() - the node ends here
 * @m: object
 * @keep: this many of the oldest unsynced records turn out to be durable
 * @torn: bytes of the record after these that reached the disk too; it is cut
 *	so that at least its last byte is missing
 */
void store_mem_log_crash(struct store_mem_log *m, uint32_t keep, size_t torn);

/**
 * store_mem_log_flip() - flip one bit of what is durable
 * @m: object
 * @pick: which bit, any number (taken modulo what there is)
 *
 * The next replay reports -EBADMSG, unless the bit lies in the last records,
 * which no later record or mark calls durable, or in padding.
 *
 * Return: 0, or -ENOENT when nothing is stored.
 */
int store_mem_log_flip(struct store_mem_log *m, uint64_t pick);

/**
 * store_mem_log_stats() - counters
 * @m: object
 *
 * Return: the counters, valid as long as the object.
 */
const struct store_mem_stats *store_mem_log_stats(const struct store_mem_log *m);

#endif
