// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/store_sqlite.h>

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <base/crc32c.h>
#include <store/map.h>
#include <store/writer.h>

#define PENDING_BYTES_MAX (16ULL * 1024 * 1024)
#define LAZY_NS		  (5 * 1000000ULL)
#define APPLICATION_ID	  0x584f5353 /* "XOSS" */
#define FORMAT_VERSION	  1
#define READER_BUSY_MS	  1000
#define WRITER_BUSY_MS	  10000

/* A batch: its items are shared with the map of what is not committed. */
struct sqlite_batch {
	struct store_job job;
	uint64_t seq;
	uint32_t n;
	struct store_item *items[];
};

/* @reader and @pending belong to the loop's thread, @db and its statements to the writer's. */
struct store_sqlite {
	struct store store;
	struct store_writer writer;
	struct store_map pending;
	uint64_t next_seq;
	sqlite3 *reader;
	sqlite3_stmt *get;
	sqlite3_stmt *scan;
	sqlite3_stmt *scan_all;
	sqlite3 *db;
	sqlite3_stmt *begin;
	sqlite3_stmt *commit;
	sqlite3_stmt *set;
	sqlite3_stmt *del;
};

static struct store_sqlite *sqlite_of(struct store *store)
{
	return caa_container_of(store, struct store_sqlite, store);
}

/* --- the writer's thread --------------------------------------------------------- */

static int step_done(sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);
	int rc2 = sqlite3_reset(stmt);

	return rc == SQLITE_DONE && rc2 == SQLITE_OK ? 0 : -EIO;
}

/* An empty key is bound as an empty blob, which is not NULL. */
static void bind_bytes(sqlite3_stmt *stmt, int index, struct bytes b)
{
	xassert(!sqlite3_bind_blob(stmt, index, b.len ? (const void *)b.data : "", (int)b.len,
				   SQLITE_STATIC));
}

static int write_item(struct store_sqlite *s, const struct store_item *item)
{
	if (item->del) {
		bind_bytes(s->del, 1, store_item_key(item));
		return step_done(s->del);
	}
	bind_bytes(s->set, 1, store_item_key(item));
	bind_bytes(s->set, 2, store_item_value(item));
	xassert(!sqlite3_bind_int64(s->set, 3, item->crc));
	return step_done(s->set);
}

static int sqlite_commit(void *ctx, struct cds_list_head *jobs)
{
	struct store_sqlite *s = ctx;
	struct store_job *job;
	int err;

	if (cds_list_empty(jobs))
		return 0;
	err = step_done(s->begin);
	cds_list_for_each_entry(job, jobs, node) {
		struct sqlite_batch *b = caa_container_of(job, struct sqlite_batch, job);

		for (uint32_t i = 0; i < b->n && !err; i++)
			err = write_item(s, b->items[i]);
	}
	return err ? err : step_done(s->commit);
}

/* --- the loop's thread ----------------------------------------------------------- */

static void batch_free(struct sqlite_batch *b)
{
	for (uint32_t i = 0; i < b->n; i++)
		store_item_put(b->items[i]);
	free(b);
}

/* The database shows the batch by now: take out of the map what no later batch wrote again. */
static void sqlite_release(void *ctx, struct store_job *job)
{
	struct sqlite_batch *b = caa_container_of(job, struct sqlite_batch, job);
	struct store_sqlite *s = ctx;

	for (uint32_t i = 0; i < b->n; i++) {
		bool found;
		size_t at = store_map_find(&s->pending, store_item_key(b->items[i]), &found);

		if (found && s->pending.v[at]->seq == b->seq)
			store_map_remove(&s->pending, at);
	}
	batch_free(b);
}

static int row_value(sqlite3_stmt *stmt, struct bytes key, int column, struct bytes *value)
{
	uint32_t crc = (uint32_t)sqlite3_column_int64(stmt, column + 1);
	const void *data = sqlite3_column_blob(stmt, column);

	*value = bytes_of(data, (size_t)sqlite3_column_bytes(stmt, column));
	return crc32c(crc32c(0, key.data, key.len), value->data, value->len) == crc ? 0 : -EIO;
}

static int sqlite_get(struct store *store, struct bytes key, struct buf *value)
{
	struct store_sqlite *s = sqlite_of(store);
	size_t at = 0;
	struct bytes v;
	bool found;
	int rc, err;

	if (store_writer_failed(&s->writer))
		return -EIO;
	at = store_map_find(&s->pending, key, &found);
	if (found) {
		const struct store_item *item = s->pending.v[at];

		v = store_item_value(item);
		return item->del ? -ENOENT : buf_append(value, v.data, v.len);
	}
	bind_bytes(s->get, 1, key);
	rc = sqlite3_step(s->get);
	if (rc == SQLITE_ROW) {
		err = row_value(s->get, key, 0, &v);
		if (!err)
			err = buf_append(value, v.data, v.len);
	} else {
		err = rc == SQLITE_DONE ? -ENOENT : -EIO;
	}
	sqlite3_reset(s->get);
	return err;
}

/**
 * struct merge - a scan over the map and the database at once
 * @s: store
 * @to: end of the range, empty: none
 * @at: next item of the map
 * @visit: visitor
 * @ctx: its argument
 */
struct merge {
	struct store_sqlite *s;
	struct bytes to;
	size_t at;
	store_visit_fn visit;
	void *ctx;
};

/* Visit items of the map up to a key (NULL: to the end); *same: one has this very key. */
static bool merge_pending(struct merge *m, const struct bytes *key, bool *same)
{
	const struct store_map *map = &m->s->pending;

	*same = false;
	for (; m->at < map->n && !*same; m->at++) {
		struct store_item *item = map->v[m->at];
		int c = key ? bytes_cmp(store_item_key(item), *key) : -1;

		if (c > 0 || (m->to.len && bytes_cmp(store_item_key(item), m->to) >= 0))
			break;
		*same = !c;
		if (!item->del && !m->visit(m->ctx, store_item_key(item), store_item_value(item)))
			return false;
	}
	return true;
}

static int merge_rows(struct merge *m, sqlite3_stmt *stmt)
{
	struct bytes key, value;
	bool same;
	int rc;

	for (;;) {
		rc = sqlite3_step(stmt);
		if (rc != SQLITE_ROW)
			break;
		key.data = sqlite3_column_blob(stmt, 0);
		key.len = (size_t)sqlite3_column_bytes(stmt, 0);
		if (!merge_pending(m, &key, &same))
			return 0;
		if (same)
			continue;
		if (row_value(stmt, key, 1, &value))
			return -EIO;
		if (!m->visit(m->ctx, key, value))
			return 0;
	}
	if (rc != SQLITE_DONE)
		return -EIO;
	merge_pending(m, NULL, &same);
	return 0;
}

static int sqlite_scan(struct store *store, struct bytes from, struct bytes to,
		       store_visit_fn visit, void *ctx)
{
	struct store_sqlite *s = sqlite_of(store);
	struct merge m = { .s = s, .to = to, .visit = visit, .ctx = ctx };
	sqlite3_stmt *stmt = to.len ? s->scan : s->scan_all;
	int err;

	if (store_writer_failed(&s->writer))
		return -EIO;
	m.at = store_map_find(&s->pending, from, NULL);
	bind_bytes(stmt, 1, from);
	if (to.len)
		bind_bytes(stmt, 2, to);
	err = merge_rows(&m, stmt);
	sqlite3_reset(stmt);
	return err;
}

static int ops_check(const struct store_op *ops, uint32_t n, uint64_t *bytes)
{
	*bytes = 0;
	if (!n || n > STORE_BATCH_MAX)
		return -EINVAL;
	for (uint32_t i = 0; i < n; i++) {
		if (ops[i].key.len > STORE_KEY_MAX ||
		    (!ops[i].del && ops[i].value.len > STORE_VALUE_MAX))
			return -EINVAL;
		*bytes += ops[i].key.len + (ops[i].del ? 0 : ops[i].value.len);
	}
	return 0;
}

static int sqlite_submit(struct store *store, const struct store_op *ops, uint32_t n,
			 struct store_ticket *ticket)
{
	struct store_sqlite *s = sqlite_of(store);
	struct sqlite_batch *b;
	uint64_t bytes;
	int err;

	err = ops_check(ops, n, &bytes);
	if (!err)
		err = store_writer_check(&s->writer, bytes);
	if (!err && store_map_reserve(&s->pending, n))
		err = -ENOSPC;
	if (err)
		return err;
	b = calloc(1, sizeof(*b) + n * sizeof(struct store_item *));
	if (!b)
		return -ENOSPC;
	for (b->seq = s->next_seq; b->n < n; b->n++) {
		const struct store_op *op = &ops[b->n];

		b->items[b->n] = store_item_alloc(op->key, op->value, op->del, b->seq);
		if (!b->items[b->n]) {
			batch_free(b);
			return -ENOSPC;
		}
	}
	for (uint32_t i = 0; i < n; i++)
		store_map_set(&s->pending, b->items[i]);
	ticket->seq = s->next_seq++;
	b->job.ticket = ticket;
	b->job.bytes = bytes;
	b->job.lazy = ticket->lazy;
	store_writer_submit(&s->writer, &b->job);
	return 0;
}

static const struct store_ops sqlite_ops = {
	.get = sqlite_get,
	.scan = sqlite_scan,
	.submit = sqlite_submit,
};

/* --- opening and closing ----------------------------------------------------------- */

static int db_fail(sqlite3 *db, const char *path, char *reason)
{
	snprintf(reason, STORE_REASON_MAX, "%s: %s", path,
		 db ? sqlite3_errmsg(db) : "out of memory");
	return -EIO;
}

static int db_open(const struct store_sqlite_config *config, int flags, sqlite3 **db, char *reason)
{
	int rc = sqlite3_open_v2(config->path, db, flags | SQLITE_OPEN_NOMUTEX, config->vfs);

	if (rc)
		return db_fail(*db, config->path, reason);
	sqlite3_extended_result_codes(*db, 1);
	return 0;
}

static int pragma_int(sqlite3 *db, const char *sql, int64_t *value)
{
	sqlite3_stmt *stmt;
	int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (rc)
		return rc;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW ? 0 : rc;
}

/* A database is ours, or it is empty and becomes ours. */
static int db_format(sqlite3 *db, const char *path, char *reason)
{
	static const char setup[] =
		"BEGIN IMMEDIATE;"
		"PRAGMA application_id = 0x584f5353;"
		"PRAGMA user_version = 1;"
		"CREATE TABLE kv(k BLOB PRIMARY KEY NOT NULL, v BLOB NOT NULL, c INTEGER NOT NULL)"
		" WITHOUT ROWID;"
		"COMMIT;";
	int64_t app, version, pages;

	if (pragma_int(db, "PRAGMA application_id", &app) ||
	    pragma_int(db, "PRAGMA user_version", &version) ||
	    pragma_int(db, "PRAGMA schema_version", &pages))
		return db_fail(db, path, reason);
	if (!app && !version && !pages) {
		if (sqlite3_exec(db, setup, NULL, NULL, NULL))
			return db_fail(db, path, reason);
		return 0;
	}
	if (app != APPLICATION_ID || version != FORMAT_VERSION) {
		snprintf(reason, STORE_REASON_MAX,
			 "%s: not a store of this program, or of format %lld instead of %d", path,
			 (long long)version, FORMAT_VERSION);
		return -EPROTO;
	}
	return 0;
}

static int db_prepare(struct store_sqlite *s, const char *path, char *reason)
{
	const struct {
		sqlite3 *db;
		const char *sql;
		sqlite3_stmt **stmt;
	} all[] = {
		{ s->reader, "SELECT v, c FROM kv WHERE k = ?1", &s->get },
		{ s->reader, "SELECT k, v, c FROM kv WHERE k >= ?1 AND k < ?2 ORDER BY k",
		  &s->scan },
		{ s->reader, "SELECT k, v, c FROM kv WHERE k >= ?1 ORDER BY k", &s->scan_all },
		{ s->db, "BEGIN IMMEDIATE", &s->begin },
		{ s->db, "COMMIT", &s->commit },
		{ s->db,
		  "INSERT INTO kv VALUES(?1, ?2, ?3) ON CONFLICT(k) DO UPDATE SET v = ?2, c = ?3",
		  &s->set },
		{ s->db, "DELETE FROM kv WHERE k = ?1", &s->del },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (sqlite3_prepare_v3(all[i].db, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT,
				       all[i].stmt, NULL))
			return db_fail(all[i].db, path, reason);
	}
	return 0;
}

static int db_setup(struct store_sqlite *s, const struct store_sqlite_config *config, char *reason)
{
	static const char pragmas[] = "PRAGMA journal_mode = WAL;"
				      "PRAGMA synchronous = FULL;"
				      "PRAGMA wal_autocheckpoint = 4096;"
				      "PRAGMA cache_size = -16384;"
				      "PRAGMA journal_size_limit = 67108864;";
	int err = db_open(config, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &s->db, reason);

	if (err)
		return err;
	if (sqlite3_exec(s->db, pragmas, NULL, NULL, NULL))
		return db_fail(s->db, config->path, reason);
	err = db_format(s->db, config->path, reason);
	if (!err)
		err = db_open(config, SQLITE_OPEN_READWRITE, &s->reader, reason);
	if (!err && sqlite3_exec(s->reader, "PRAGMA query_only = ON", NULL, NULL, NULL))
		err = db_fail(s->reader, config->path, reason);
	/*
	 * Each may hold the other up for a moment: a restart of the WAL the reader; the
	 * writer a reader that met a header being written, and takes the lock to read it again.
	 */
	if (!err) {
		sqlite3_busy_timeout(s->reader, READER_BUSY_MS);
		sqlite3_busy_timeout(s->db, WRITER_BUSY_MS);
	}
	return err ? err : db_prepare(s, config->path, reason);
}

static void db_close(struct store_sqlite *s)
{
	sqlite3_stmt *const stmts[] = { s->get,	   s->scan, s->scan_all, s->begin,
					s->commit, s->set,  s->del };

	for (size_t i = 0; i < sizeof(stmts) / sizeof(stmts[0]); i++)
		sqlite3_finalize(stmts[i]);
	sqlite3_close(s->reader);
	sqlite3_close(s->db);
	free(s);
}

int store_sqlite_open(const struct store_sqlite_config *config, struct store_sqlite **out,
		      char *reason)
{
	struct store_writer_config writer = {
		.commit = sqlite_commit,
		.release = sqlite_release,
		.wakeup = config->wakeup,
		.wakeup_ctx = config->wakeup_ctx,
		.pending_bytes_max = config->pending_bytes_max ? config->pending_bytes_max :
								 PENDING_BYTES_MAX,
		.lazy_ns = config->lazy_ns ? config->lazy_ns : LAZY_NS,
	};
	struct store_sqlite *s = calloc(1, sizeof(*s));
	int err;

	if (!s) {
		snprintf(reason, STORE_REASON_MAX, "out of memory");
		return -ENOMEM;
	}
	s->store.ops = &sqlite_ops;
	s->next_seq = 1;
	err = db_setup(s, config, reason);
	if (!err) {
		writer.ctx = s;
		err = store_writer_start(&s->writer, &writer);
		if (err)
			snprintf(reason, STORE_REASON_MAX, "cannot start a thread: %s",
				 strerror(-err));
	}
	if (err) {
		db_close(s);
		return err;
	}
	*out = s;
	return 0;
}

void store_sqlite_close(struct store_sqlite *s)
{
	if (!s)
		return;
	store_writer_stop(&s->writer);
	store_map_clear(&s->pending);
	db_close(s);
}

struct store *store_sqlite_store(struct store_sqlite *s)
{
	return &s->store;
}

void store_sqlite_poll(struct store_sqlite *s)
{
	store_writer_poll(&s->writer);
}

bool store_sqlite_failed(struct store_sqlite *s)
{
	return store_writer_failed(&s->writer);
}

uint64_t store_sqlite_groups(struct store_sqlite *s)
{
	uint64_t groups;

	pthread_mutex_lock(&s->writer.lock);
	groups = s->writer.groups;
	pthread_mutex_unlock(&s->writer.lock);
	return groups;
}
