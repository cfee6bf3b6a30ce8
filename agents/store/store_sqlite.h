/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The durable store: SQLite in WAL mode with synchronous = FULL, one table
 * WITHOUT ROWID. A thread of its own commits all batches that were submitted
 * while it was committing the last ones, in one transaction. What is submitted
 * and not committed lies in a map in front of the database, so that reads see
 * it. Every row carries a CRC-32C of key and value.
 */
#ifndef _XOS_STORE_STORE_SQLITE_H
#define _XOS_STORE_STORE_SQLITE_H

#include <store/store.h>

#define STORE_REASON_MAX 256

struct store_sqlite;

/**
 * struct store_sqlite_config - where and how much
 * @path: database file; its directory exists and nobody else uses it
 * @vfs: SQLite's name of a file system layer; NULL: the usual one
 * @pending_bytes_max: unsynced keys and values, more is refused; 0: 16 MiB
 * @lazy_ns: the time that a lazy batch waits for one that is not; 0: 5 ms
 * @wakeup: called on the writer's thread: store_sqlite_poll() has something to do
 * @wakeup_ctx: argument of @wakeup
 */
struct store_sqlite_config {
	const char *path;
	const char *vfs;
	uint64_t pending_bytes_max;
	uint64_t lazy_ns;
	void (*wakeup)(void *ctx);
	void *wakeup_ctx;
};

/**
 * store_sqlite_open() - open a database, or make an empty one
 * @config: copied
 * @out: result
 * @reason: at least STORE_REASON_MAX bytes: what is wrong
 *
 * Return: 0, -ENOMEM, -EPROTO for a database of something else or another
 * format, -EIO for everything that SQLite reports.
 */
int store_sqlite_open(const struct store_sqlite_config *config, struct store_sqlite **out,
		      char *reason);

/**
 * store_sqlite_close() - sync what was submitted and close
 * @s: store; NULL is ignored
 *
 * Tickets that were not reported yet are forgotten.
 */
void store_sqlite_close(struct store_sqlite *s);

/**
 * store_sqlite_store() - the interface that cores get
 * @s: store
 *
 * Return: the interface, as long as @s.
 */
struct store *store_sqlite_store(struct store_sqlite *s);

/**
 * store_sqlite_poll() - report what is synced; on the loop's thread, after a wakeup
 * @s: store
 */
void store_sqlite_poll(struct store_sqlite *s);

/**
 * store_sqlite_failed() - did a commit fail? The process should end then
 * @s: store
 *
 * Return: true from the failure on.
 */
bool store_sqlite_failed(struct store_sqlite *s);

/**
 * store_sqlite_groups() - transactions that were committed
 * @s: store
 *
 * Return: the number, for metrics.
 */
uint64_t store_sqlite_groups(struct store_sqlite *s);

#endif
