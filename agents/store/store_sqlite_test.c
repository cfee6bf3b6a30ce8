// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <base/be.h>
#include <base/rng.h>
#include <store/store_mem.h>
#include <store/store_sqlite.h>

#include "test_disk.h"

static struct store_sqlite *db;
static struct store *s;

static uint64_t lazy_ns;

static void reopen_vfs(const char *vfs)
{
	struct store_sqlite_config config = {
		.path = path, .vfs = vfs, .wakeup = on_wakeup, .lazy_ns = lazy_ns
	};
	char reason[STORE_REASON_MAX];

	store_sqlite_close(db);
	db = NULL;
	assert_int_equal(store_sqlite_open(&config, &db, reason), 0);
	s = store_sqlite_store(db);
}

static void reopen(void)
{
	reopen_vfs(NULL);
}

static int setup(void **state)
{
	disk_make("db");
	reopen();
	return 0;
}

static int teardown(void **state)
{
	store_sqlite_close(db);
	db = NULL;
	return disk_remove();
}

static int submit(const char *key, const char *value, struct probe *p)
{
	struct store_op op = { .key = bytes_str(key), .del = !value };

	if (value)
		op.value = bytes_str(value);
	probe_init(p);
	return store_submit(s, &op, 1, &p->ticket);
}

static void work(void)
{
	store_sqlite_poll(db);
}

static void wait_for(struct probe *p)
{
	probe_wait(p, work);
}

static void set(const char *key, const char *value)
{
	struct probe p;

	assert_int_equal(submit(key, value, &p), 0);
	wait_for(&p);
	assert_int_equal(p.status, 0);
}

static void assert_value(const char *key, const char *want)
{
	uint8_t mem[256];
	struct buf b = buf_of(mem, sizeof(mem));
	int err = store_get(s, bytes_str(key), &b);

	if (!want) {
		assert_int_equal(err, -ENOENT);
		return;
	}
	assert_int_equal(err, 0);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(mem, want, b.len);
}

static void submit_lazy(const char *key, struct probe *p)
{
	struct store_op op = { .key = bytes_str(key), .value = bytes_str("lazy") };

	probe_init(p);
	p->ticket.lazy = true;
	assert_int_equal(store_submit(s, &op, 1, &p->ticket), 0);
}

/* What nobody waits for shares the sync of what somebody does. */
static void test_lazy_waits(void **state)
{
	struct probe lazy[3], eager;
	uint64_t groups;

	lazy_ns = 3600 * UINT64_C(1000000000);
	reopen();
	groups = store_sqlite_groups(db);
	for (int i = 0; i < 3; i++)
		submit_lazy(i == 1 ? "a" : "b", &lazy[i]);
	assert_value("a", "lazy");
	assert_int_equal(submit("c", "eager", &eager), 0);
	wait_for(&eager);
	for (int i = 0; i < 3; i++) {
		assert_true(lazy[i].done);
		assert_int_equal(lazy[i].status, 0);
	}
	assert_int_equal(store_sqlite_groups(db), groups + 1);
	/* It does not wait for ever when the store is closed. */
	submit_lazy("d", &lazy[0]);
	lazy_ns = 0;
	reopen();
	assert_value("d", "lazy");
}

/* It does not wait for ever. */
static void test_lazy_alone(void **state)
{
	struct probe lazy;

	submit_lazy("a", &lazy);
	wait_for(&lazy);
	assert_int_equal(lazy.status, 0);
}

static void test_read_your_writes(void **state)
{
	struct probe p[4];

	assert_int_equal(submit("a", "1", &p[0]), 0);
	assert_value("a", "1");
	assert_int_equal(submit("a", "2", &p[1]), 0);
	assert_value("a", "2");
	assert_int_equal(submit("b", "x", &p[2]), 0);
	assert_int_equal(submit("a", NULL, &p[3]), 0);
	assert_value("a", NULL);
	assert_false(p[0].done);
	wait_for(&p[3]);
	for (int i = 0; i < 4; i++) {
		assert_true(p[i].done);
		assert_int_equal(p[i].status, 0);
	}
	assert_value("a", NULL);
	assert_value("b", "x");
	set("", "empty key");
	set("e", "");
	reopen();
	assert_value("a", NULL);
	assert_value("b", "x");
	assert_value("", "empty key");
	assert_value("e", "");
}

static void test_limits(void **state)
{
	static uint8_t big[STORE_VALUE_MAX + 1];
	struct probe p = { .ticket = { .done = probe_done, .ctx = &p } };
	struct store_op op = { bytes_of(big, STORE_KEY_MAX + 1), bytes_str("v"), false };
	struct store_sqlite_config config = {
		.path = path,
		.wakeup = on_wakeup,
		.pending_bytes_max = 10,
	};
	char reason[STORE_REASON_MAX];
	uint8_t mem[4];
	struct buf b = buf_of(mem, sizeof(mem));

	assert_int_equal(store_submit(s, &op, 1, &p.ticket), -EINVAL);
	op.key.len = STORE_KEY_MAX;
	op.value = bytes_of(big, STORE_VALUE_MAX + 1);
	assert_int_equal(store_submit(s, &op, 1, &p.ticket), -EINVAL);
	op.value.len--;
	assert_int_equal(store_submit(s, &op, 0, &p.ticket), -EINVAL);
	assert_int_equal(store_submit(s, &op, 1, &p.ticket), 0);
	wait_for(&p);
	assert_int_equal(p.status, 0);
	set("k", "12345");
	assert_int_equal(store_get(s, bytes_str("k"), &b), -EMSGSIZE);
	assert_int_equal(b.len, 0);
	store_sqlite_close(db);
	assert_int_equal(store_sqlite_open(&config, &db, reason), 0);
	s = store_sqlite_store(db);
	assert_int_equal(submit("key", "too much for ten", &p), -ENOSPC);
	set("key", "fits");
}

static bool collect(void *ctx, struct bytes key, struct bytes value)
{
	struct buf *b = ctx;

	return !buf_append(b, key.data, key.len) && !buf_append(b, value.data, value.len);
}

/* The same random operations on this store and on the one in memory: the same contents. */
static void test_against_memory(void **state)
{
	static uint8_t mine[65536], theirs[65536];
	struct store_mem *mem = store_mem_create(NULL);
	struct probe p[64], q;
	struct rng rng;

	rng_seed(&rng, 42);
	for (int round = 0; round < 40; round++) {
		int n = 1 + (int)rng_below(&rng, 64);

		for (int i = 0; i < n; i++) {
			char key[3] = { (char)('a' + rng_below(&rng, 8)),
					(char)('a' + rng_below(&rng, 8)), 0 };
			char value[24];
			struct store_op op = { .key = bytes_of(key, rng_below(&rng, 3)) };

			snprintf(value, sizeof(value), "%d.%d", round, i);
			op.value = bytes_str(value);
			op.del = !rng_below(&rng, 3);
			p[i] = (struct probe){ .ticket = { .done = probe_done, .ctx = &p[i] } };
			q = (struct probe){ .ticket = { .done = probe_done, .ctx = &q } };
			assert_int_equal(store_submit(s, &op, 1, &p[i].ticket), 0);
			assert_int_equal(store_submit(store_mem_store(mem), &op, 1, &q.ticket), 0);
			store_mem_sync(mem, STORE_MEM_ALL);
		}
		for (int i = 0; i < 20; i++) {
			char from[2] = { (char)('a' + rng_below(&rng, 9)), 0 };
			char to[2] = { (char)('a' + rng_below(&rng, 9)), 0 };
			struct bytes f = bytes_of(from, rng_below(&rng, 2));
			struct bytes t = bytes_of(to, rng_below(&rng, 2));
			struct buf b1 = buf_of(mine, sizeof(mine));
			struct buf b2 = buf_of(theirs, sizeof(theirs));

			assert_int_equal(store_scan(s, f, t, collect, &b1), 0);
			assert_int_equal(store_scan(store_mem_store(mem), f, t, collect, &b2), 0);
			assert_true(bytes_eq(buf_bytes(&b1), buf_bytes(&b2)));
		}
		wait_for(&p[n - 1]);
		if (round % 10 == 9)
			reopen();
	}
	store_mem_destroy(mem);
}

/* --- a process that dies ------------------------------------------------------------ */

#define PAIRS 3

/* Batches of PAIRS keys each, all with the batch's number; a number is told once it is durable. */
static void child_main(int report)
{
	struct store_op ops[PAIRS];
	char keys[PAIRS][16], value[16];
	struct probe p[8];

	for (uint32_t n = 1;; n += 8) {
		for (uint32_t i = 0; i < 8; i++) {
			snprintf(value, sizeof(value), "%u", n + i);
			for (int k = 0; k < PAIRS; k++) {
				snprintf(keys[k], sizeof(keys[k]), "key%d", k);
				ops[k] = (struct store_op){ bytes_str(keys[k]), bytes_str(value),
							    false };
			}
			p[i] = (struct probe){ .ticket = { .done = probe_done, .ctx = &p[i] } };
			if (store_submit(s, ops, PAIRS, &p[i].ticket))
				_exit(1);
		}
		for (uint32_t i = 0; i < 8; i++) {
			uint32_t number = n + i;

			wait_for(&p[i]);
			if (p[i].status || write(report, &number, sizeof(number)) < 0)
				_exit(1);
		}
	}
}

static void test_sigkill(void **state)
{
	for (int round = 0; round < 5; round++) {
		uint32_t number, last = 0;
		int fds[2], status;
		pid_t pid;

		store_sqlite_close(db);
		db = NULL;
		assert_int_equal(pipe(fds), 0);
		pid = fork();
		if (!pid) {
			close(fds[0]);
			reopen();
			child_main(fds[1]);
		}
		close(fds[1]);
		while (last < 20 + 10 * (uint32_t)round) {
			assert_int_equal(read(fds[0], &number, sizeof(number)), sizeof(number));
			last = number;
		}
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		while (read(fds[0], &number, sizeof(number)) == sizeof(number))
			last = number;
		close(fds[0]);
		reopen();
		number = 0;
		for (int k = 0; k < PAIRS; k++) {
			uint8_t mem[16] = { 0 };
			struct buf b = buf_of(mem, sizeof(mem) - 1);
			char key[16];

			snprintf(key, sizeof(key), "key%d", k);
			assert_int_equal(store_get(s, bytes_str(key), &b), 0);
			if (!k)
				number = (uint32_t)atoi((char *)mem);
			/* A batch is there as a whole or not at all. */
			assert_int_equal(number, atoi((char *)mem));
		}
		assert_true(number >= last);
	}
}

/* --- damage ---------------------------------------------------------------------------- */

static void test_damaged_row(void **state)
{
	uint8_t mem[256];
	struct buf b = buf_of(mem, sizeof(mem));
	sqlite3 *raw;

	set("a", "fine");
	set("b", "value");
	set("c", "fine");
	store_sqlite_close(db);
	db = NULL;
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "UPDATE kv SET v = 'valuf' WHERE k = CAST('b' AS BLOB)",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_changes(raw), 1);
	sqlite3_close(raw);
	reopen();
	assert_int_equal(store_get(s, bytes_str("b"), &b), -EIO);
	assert_value("a", "fine");
	assert_int_equal(store_scan(s, bytes_str(""), bytes_str(""), collect, &b), -EIO);
	assert_int_equal(store_scan(s, bytes_str("c"), bytes_str(""), collect, &b), 0);
}

static void test_foreign_database(void **state)
{
	struct store_sqlite_config config = { .path = path, .wakeup = on_wakeup };
	char reason[STORE_REASON_MAX];
	struct store_sqlite *other = NULL;
	sqlite3 *raw;

	store_sqlite_close(db);
	db = NULL;
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "PRAGMA user_version = 7", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_int_equal(store_sqlite_open(&config, &other, reason), -EPROTO);
	assert_non_null(strstr(reason, "format 7"));
	config.path = "/nonexistent/db";
	assert_int_equal(store_sqlite_open(&config, &other, reason), -EIO);
	assert_non_null(strstr(reason, "/nonexistent/db"));
}

/* --- a file system whose syncs fail ------------------------------------------------------ */

static bool fail_syncs;
static sqlite3_io_methods methods;
static const sqlite3_io_methods *real_methods;

static int vfs_sync(sqlite3_file *file, int flags)
{
	return fail_syncs ? SQLITE_IOERR_FSYNC : real_methods->xSync(file, flags);
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	sqlite3_vfs *real = vfs->pAppData;
	int rc = real->xOpen(real, name, file, flags, out);

	/* Commits sync the log; the other files have locks of other kinds. */
	if (rc || !(flags & SQLITE_OPEN_WAL))
		return rc;
	real_methods = file->pMethods;
	methods = *real_methods;
	methods.xSync = vfs_sync;
	file->pMethods = &methods;
	return 0;
}

static void test_failed_sync(void **state)
{
	sqlite3_vfs vfs = *sqlite3_vfs_find(NULL);
	struct probe p[2];

	vfs.pAppData = sqlite3_vfs_find(NULL);
	vfs.zName = "failing";
	vfs.xOpen = vfs_open;
	vfs.pNext = NULL;
	assert_int_equal(sqlite3_vfs_register(&vfs, 0), SQLITE_OK);
	reopen_vfs("failing");
	set("a", "1");
	fail_syncs = true;
	assert_int_equal(submit("a", "2", &p[0]), 0);
	wait_for(&p[0]);
	assert_int_equal(p[0].status, -EIO);
	assert_true(store_sqlite_failed(db));
	fail_syncs = false;
	assert_int_equal(submit("c", "3", &p[1]), -EIO);
	{
		uint8_t mem[8];
		struct buf b = buf_of(mem, sizeof(mem));

		assert_int_equal(store_get(s, bytes_str("a"), &b), -EIO);
	}
	store_sqlite_close(db);
	db = NULL;
	sqlite3_vfs_unregister(&vfs);
	reopen();
	/* The first value or the second: nobody promised either. */
	assert_value("c", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lazy_waits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lazy_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_your_writes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_against_memory, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sigkill, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged_row, setup, teardown),
		cmocka_unit_test_setup_teardown(test_foreign_database, setup, teardown),
		cmocka_unit_test_setup_teardown(test_failed_sync, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
