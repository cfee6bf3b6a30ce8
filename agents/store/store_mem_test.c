// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <base/rng.h>
#include <store/record.h>
#include <store/store_mem.h>

/* Reports in the order they came. */
static struct seen {
	int n;
	int order[64];
	int status[64];
} seen;

struct probe {
	struct store_ticket ticket;
	int id;
	struct store *again;
	struct store_ticket *more;
};

static int wakeups;

static void on_wakeup(void *ctx)
{
	wakeups++;
}

static const struct store_mem_config config = { .wakeup = on_wakeup };

static void done(void *ctx, int status)
{
	struct probe *p = ctx;
	struct store_op op = { bytes_str("again"), bytes_str("x"), false };

	seen.order[seen.n] = p->id;
	seen.status[seen.n++] = status;
	if (p->again)
		store_submit(p->again, &op, 1, p->more);
}

static void probe_init(struct probe *p, int id)
{
	*p = (struct probe){ .ticket = { .done = done, .ctx = p }, .id = id };
}

static int setup(void **state)
{
	seen = (struct seen){ 0 };
	wakeups = 0;
	return 0;
}

static int set(struct store *s, const char *key, const char *value, struct probe *p)
{
	struct store_op op = { .key = bytes_str(key), .del = !value };

	if (value)
		op.value = bytes_str(value);
	return store_submit(s, &op, 1, &p->ticket);
}

static void assert_value(struct store *s, const char *key, const char *want)
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

static void test_visible_then_durable(void **state)
{
	struct store_mem *m = store_mem_create(&config);
	struct store *s = store_mem_store(m);
	struct probe p[3];

	for (int i = 0; i < 3; i++)
		probe_init(&p[i], i);
	assert_int_equal(set(s, "a", "1", &p[0]), 0);
	assert_int_equal(set(s, "b", "2", &p[1]), 0);
	assert_int_equal(set(s, "a", NULL, &p[2]), 0);
	assert_int_equal(wakeups, 1);
	assert_int_equal(seen.n, 0);
	assert_value(s, "a", NULL);
	assert_value(s, "b", "2");
	assert_int_equal(store_mem_sync(m, 1), 2);
	assert_int_equal(seen.n, 1);
	assert_int_equal(store_mem_sync(m, STORE_MEM_ALL), 0);
	assert_int_equal(seen.n, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(seen.order[i], i);
		assert_int_equal(seen.status[i], 0);
	}
	store_mem_crash(m, 0);
	assert_value(s, "a", NULL);
	assert_value(s, "b", "2");
	store_mem_destroy(m);
}

static void test_crash_loses_unsynced(void **state)
{
	struct store_mem *m = store_mem_create(&config);
	struct store *s = store_mem_store(m);
	struct probe p[4];

	for (int i = 0; i < 4; i++)
		probe_init(&p[i], i);
	set(s, "a", "old", &p[0]);
	store_mem_sync(m, STORE_MEM_ALL);
	set(s, "a", "new", &p[1]);
	set(s, "b", "1", &p[2]);
	set(s, "a", "newer", &p[3]);
	store_mem_crash(m, 2);
	assert_value(s, "a", "new");
	assert_value(s, "b", "1");
	assert_int_equal(seen.n, 1);
	assert_int_equal(store_mem_stats(m)->lost, 1);
	assert_int_equal(store_mem_stats(m)->survived, 2);
	store_mem_destroy(m);
}

static void test_report_may_submit(void **state)
{
	struct store_mem *m = store_mem_create(&config);
	struct probe p, more;

	probe_init(&p, 0);
	probe_init(&more, 1);
	p.again = store_mem_store(m);
	p.more = &more.ticket;
	set(p.again, "a", "1", &p);
	assert_int_equal(store_mem_sync(m, STORE_MEM_ALL), 1);
	assert_int_equal(wakeups, 2);
	assert_int_equal(seen.n, 1);
	assert_int_equal(store_mem_sync(m, STORE_MEM_ALL), 0);
	assert_int_equal(seen.n, 2);
	store_mem_destroy(m);
}

static void test_failed_sync_is_final(void **state)
{
	struct store_mem *m = store_mem_create(&config);
	struct store *s = store_mem_store(m);
	struct probe p[3];
	uint8_t mem[8];
	struct buf b = buf_of(mem, sizeof(mem));

	for (int i = 0; i < 3; i++)
		probe_init(&p[i], i);
	set(s, "a", "1", &p[0]);
	set(s, "b", "2", &p[1]);
	store_mem_fail_sync(m);
	store_mem_sync(m, 1);
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.status[0], -EIO);
	assert_int_equal(seen.status[1], -EIO);
	assert_int_equal(set(s, "c", "3", &p[2]), -EIO);
	assert_int_equal(store_get(s, bytes_str("a"), &b), -EIO);
	/* Nobody knows what is on the disk: here the first batch. */
	store_mem_crash(m, 1);
	assert_value(s, "a", "1");
	assert_value(s, "b", NULL);
	assert_int_equal(seen.n, 2);
	store_mem_destroy(m);
}

static bool collect(void *ctx, struct bytes key, struct bytes value)
{
	struct buf *b = ctx;

	buf_append(b, key.data, key.len);
	return b->len < 3;
}

static void test_scan(void **state)
{
	struct store_mem *m = store_mem_create(NULL);
	struct store *s = store_mem_store(m);
	struct probe p[5];
	uint8_t mem[16];
	struct buf b = buf_of(mem, sizeof(mem));

	for (int i = 0; i < 5; i++) {
		char key[2] = { "ebdac"[i], 0 };

		probe_init(&p[i], i);
		set(s, key, "v", &p[i]);
	}
	assert_int_equal(store_scan(s, bytes_str("b"), bytes_str("d"), collect, &b), 0);
	assert_int_equal(b.len, 2);
	assert_memory_equal(mem, "bc", 2);
	b.len = 0;
	assert_int_equal(store_scan(s, bytes_str(""), bytes_str(""), collect, &b), 0);
	assert_memory_equal(mem, "abc", 3);
	store_mem_destroy(m);
}

static void test_flip_is_found(void **state)
{
	struct store_mem *m = store_mem_create(NULL);
	struct store *s = store_mem_store(m);
	struct probe p;
	uint8_t mem[16];
	struct buf b = buf_of(mem, sizeof(mem));

	probe_init(&p, 0);
	assert_int_equal(store_mem_flip(m, 3), -ENOENT);
	set(s, "a", "value", &p);
	store_mem_sync(m, STORE_MEM_ALL);
	assert_int_equal(store_mem_flip(m, 0xabcdef), 0);
	assert_int_equal(store_get(s, bytes_str("a"), &b), -EIO);
	assert_int_equal(store_scan(s, bytes_str(""), bytes_str(""), collect, &b), -EIO);
	assert_int_equal(b.len, 0);
	set(s, "a", "again", &p);
	assert_value(s, "a", "again");
	store_mem_destroy(m);
}

static void test_limits(void **state)
{
	struct store_mem_config small = { .bytes_max = 100, .pending_bytes_max = 50 };
	struct store_mem *m = store_mem_create(&small);
	struct store *s = store_mem_store(m);
	static uint8_t big[STORE_VALUE_MAX + 1];
	struct store_op op = { bytes_str("k"), bytes_of(big, sizeof(big)), false };
	struct probe p;

	probe_init(&p, 0);
	assert_int_equal(store_submit(s, &op, 1, &p.ticket), -EINVAL);
	assert_int_equal(store_submit(s, &op, 0, &p.ticket), -EINVAL);
	op.value.len = 51;
	assert_int_equal(store_submit(s, &op, 1, &p.ticket), -ENOSPC);
	op.value.len = 40;
	assert_int_equal(store_submit(s, &op, 1, &p.ticket), 0);
	assert_int_equal(store_mem_stats(m)->refused, 3);
	store_mem_destroy(m);
}

/* --- the log ---------------------------------------------------------------- */

static int append(struct store_log *l, const char *text, struct probe *p)
{
	return store_log_append(l, bytes_str(text), &p->ticket);
}

static int visit(void *ctx, uint64_t seq, struct bytes record)
{
	struct buf *b = ctx;

	return buf_append(b, record.data, record.len);
}

static void assert_log(struct store_mem_log *m, const char *want)
{
	uint8_t mem[256];
	struct buf b = buf_of(mem, sizeof(mem));

	assert_int_equal(store_log_replay(store_mem_log(m), visit, &b), 0);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(mem, want, b.len);
}

static void test_log_torn_tail(void **state)
{
	struct probe p[4];

	for (size_t torn = 0; torn < 80; torn++) {
		struct store_mem_log *m = store_mem_log_create(&config);
		struct store_log *l = store_mem_log(m);

		for (int i = 0; i < 4; i++)
			probe_init(&p[i], i);
		seen.n = 0;
		append(l, "one.", &p[0]);
		append(l, "two.", &p[1]);
		assert_int_equal(store_mem_log_sync(m, STORE_MEM_ALL), 0);
		assert_int_equal(seen.n, 2);
		assert_int_equal(p[1].ticket.seq, 2);
		append(l, "three.", &p[2]);
		append(l, "four.", &p[3]);
		store_mem_log_crash(m, 1, torn);
		assert_log(m, "one.two.three.");
		assert_int_equal(seen.n, 2);
		append(l, "4.", &p[3]);
		assert_int_equal(p[3].ticket.seq, 4);
		store_mem_log_sync(m, STORE_MEM_ALL);
		store_mem_log_crash(m, 0, 0);
		assert_log(m, "one.two.three.4.");
		store_mem_log_destroy(m);
	}
}

/* Whatever bit flips: what was reported is there, or the replay says that it is not. */
static void test_log_flip(void **state)
{
	for (uint64_t pick = 0; pick < 3 * 40 * 8; pick++) {
		struct store_mem_log *m = store_mem_log_create(&config);
		struct store_log *l = store_mem_log(m);
		struct probe p[3];
		uint8_t mem[64];
		struct buf b = buf_of(mem, sizeof(mem));
		int err;

		seen.n = 0;
		for (int i = 0; i < 3; i++) {
			probe_init(&p[i], i);
			append(l, "12345678", &p[i]);
			store_mem_log_sync(m, STORE_MEM_ALL);
		}
		store_mem_log_crash(m, 0, 0);
		assert_int_equal(store_mem_log_flip(m, pick), 0);
		err = store_log_replay(l, visit, &b);
		assert_int_equal(err, -EBADMSG);
		store_mem_log_destroy(m);
	}
}

static void test_log_fail_and_trim(void **state)
{
	struct store_mem_log *m = store_mem_log_create(&config);
	struct store_log *l = store_mem_log(m);
	struct probe p[4];

	for (int i = 0; i < 4; i++)
		probe_init(&p[i], i);
	append(l, "1.", &p[0]);
	append(l, "2.", &p[1]);
	store_mem_log_sync(m, STORE_MEM_ALL);
	store_log_trim(l, 1);
	append(l, "3.", &p[2]);
	store_mem_log_fail_sync(m);
	store_mem_log_sync(m, STORE_MEM_ALL);
	assert_int_equal(seen.n, 3);
	assert_int_equal(seen.status[2], -EIO);
	assert_int_equal(append(l, "4.", &p[3]), -EIO);
	store_mem_log_crash(m, 0, 20);
	assert_log(m, "2.");
	store_mem_log_destroy(m);
}

static void test_record_scan_gap(void **state)
{
	uint8_t mem[512] = { 0 };
	struct store_record_scan scan;
	struct buf b = buf_of(mem, sizeof(mem));

	/* Three records of one unsynced group; the first never arrived. */
	for (uint64_t i = 1; i <= 3; i++) {
		struct store_record r = { i, 0, bytes_str("abc"), 0 };

		assert_int_equal(store_record_encode(&r, &b), 0);
	}
	memset(mem, 0, store_record_size(3));
	store_record_scan(bytes_of(mem, sizeof(mem)), 0, 1, &scan);
	assert_int_equal(scan.next, 1);
	assert_true(scan.torn);
	assert_true(scan.durable < scan.next);
	/* A later one that calls the first durable: corruption. */
	{
		struct store_record r = { 4, 3, bytes_str("abc"), 0 };

		assert_int_equal(store_record_encode(&r, &b), 0);
	}
	store_record_scan(bytes_of(mem, sizeof(mem)), 0, 1, &scan);
	assert_true(scan.durable >= scan.next);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_visible_then_durable, setup),
		cmocka_unit_test_setup(test_crash_loses_unsynced, setup),
		cmocka_unit_test_setup(test_report_may_submit, setup),
		cmocka_unit_test_setup(test_failed_sync_is_final, setup),
		cmocka_unit_test_setup(test_scan, setup),
		cmocka_unit_test_setup(test_flip_is_found, setup),
		cmocka_unit_test_setup(test_limits, setup),
		cmocka_unit_test_setup(test_log_torn_tail, setup),
		cmocka_unit_test_setup(test_log_flip, setup),
		cmocka_unit_test_setup(test_log_fail_and_trim, setup),
		cmocka_unit_test_setup(test_record_scan_gap, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
