// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include <store/log_file.h>
#include <store/record.h>
#include <store/segment.h>

#include "test_disk.h"

static struct store_log_file *file;
static struct store_log *l;
static bool sync_fails;
static uint64_t bytes_max;

static int sync_maybe(int fd)
{
	return sync_fails || fdatasync(fd) ? -EIO : 0;
}

static int try_open(void)
{
	struct store_log_file_config config = {
		.path = path,
		.segment_bytes = STORE_LOG_SEGMENT_MIN,
		.bytes_max = bytes_max,
		.sync = sync_maybe,
		.wakeup = on_wakeup,
	};
	char reason[STORE_LOG_REASON_MAX] = "";
	int err;

	store_log_file_close(file);
	file = NULL;
	err = store_log_file_open(&config, &file, reason);
	assert_int_equal(!err, !reason[0]);
	if (!err)
		l = store_log_file_log(file);
	return err;
}

static void reopen(void)
{
	assert_int_equal(try_open(), 0);
}

static int setup(void **state)
{
	disk_make("log");
	sync_fails = false;
	bytes_max = 0;
	reopen();
	return 0;
}

static int teardown(void **state)
{
	store_log_file_close(file);
	file = NULL;
	return disk_remove();
}

static int append_bytes(struct bytes record, struct probe *p)
{
	probe_init(p);
	return store_log_append(l, record, &p->ticket);
}

static int append(const char *text, struct probe *p)
{
	return append_bytes(bytes_str(text), p);
}

static void work(void)
{
	store_log_file_poll(file);
}

static void wait_done(struct probe *p)
{
	probe_wait(p, work);
}

static void append_synced(const char *text)
{
	struct probe p;

	assert_int_equal(append(text, &p), 0);
	wait_done(&p);
	assert_int_equal(p.status, 0);
}

static int visit(void *ctx, uint64_t seq, struct bytes record)
{
	return buf_append(ctx, record.data, record.len);
}

static void assert_log(const char *want)
{
	uint8_t mem[256];
	struct buf b = buf_of(mem, sizeof(mem));

	reopen();
	assert_int_equal(store_log_replay(l, visit, &b), 0);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(mem, want, b.len);
}

/* Change bytes of a segment behind its header while the log is closed. */
static void poke(uint64_t first, size_t at, const void *data, size_t len)
{
	char name[SEGMENT_NAME_MAX], full[128];
	int fd;

	store_log_file_close(file);
	file = NULL;
	segment_name(first, name);
	snprintf(full, sizeof(full), "%s/%s", path, name);
	fd = open(full, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, data, len, (off_t)(SEGMENT_HDR + at)), len);
	close(fd);
}

static void forget_mark(void)
{
	char full[128];

	snprintf(full, sizeof(full), "%s/durable", path);
	assert_int_equal(truncate(full, 0), 0);
}

static void test_append_replay(void **state)
{
	struct probe p[3];

	assert_log("");
	assert_int_equal(append("one.", &p[0]), 0);
	assert_int_equal(append("", &p[1]), 0);
	assert_int_equal(append("two.", &p[2]), 0);
	assert_false(p[0].done);
	wait_done(&p[2]);
	for (int i = 0; i < 3; i++) {
		assert_true(p[i].done);
		assert_int_equal(p[i].status, 0);
		assert_int_equal(p[i].ticket.seq, i + 1);
	}
	assert_log("one.two.");
	/* Without a replay it goes on where the log ends. */
	reopen();
	append_synced("three.");
	assert_log("one.two.three.");
}

/* A power loss that tore the last record anywhere: it is gone, the log goes on. */
static void test_torn_tail(void **state)
{
	static const uint8_t zeros[48];

	for (size_t torn = 0; torn < 40; torn++) {
		teardown(state);
		setup(state);
		append_synced("one.");
		append_synced("two.");
		poke(1, 40 + torn, zeros, sizeof(zeros) - torn);
		forget_mark();
		assert_log(torn < 36 ? "one." : "one.two.");
		append_synced("2.");
		append_synced("3.");
		assert_log(torn < 36 ? "one.2.3." : "one.two.2.3.");
	}
}

/* What lay behind a torn record must not come back when the place is written again. */
static void test_behind_the_tear(void **state)
{
	append_synced("one.");
	append_synced("22222222");
	append_synced("33333333");
	/* Both were under way in one group: the later one reached the disk whole. */
	poke(1, 40 + 32, "x", 1);
	forget_mark();
	store_log_file_close(file);
	file = NULL;
	/* Record 3 says that 2 was durable. */
	reopen();
	assert_int_equal(store_log_replay(l, visit, NULL), -EBADMSG);
}

static void test_stale_group(void **state)
{
	struct probe p[3];
	struct buf b;
	uint8_t mem[256];
	struct store_record r = { .seq = 3, .durable = 1, .payload = bytes_str("33333333") };

	append_synced("one.");
	b = buf_of(mem, sizeof(mem));
	/* Of the group {2, 3} only 3 reached the disk. */
	assert_int_equal(store_record_encode(&r, &b), 0);
	poke(1, 40 + 40, mem, b.len);
	assert_log("one.");
	assert_int_equal(append("22222222", &p[0]), 0);
	wait_done(&p[0]);
	assert_log("one.22222222");
}

/* Whatever bit flips: what was reported is there, or the replay says that it is not. */
static void test_flip(void **state)
{
	uint8_t before[3 * 40], flipped;
	char name[SEGMENT_NAME_MAX], full[128];
	int fd;

	for (int i = 0; i < 3; i++)
		append_synced("12345678");
	segment_name(1, name);
	snprintf(full, sizeof(full), "%s/%s", path, name);
	fd = open(full, O_RDONLY);
	assert_int_equal(pread(fd, before, sizeof(before), SEGMENT_HDR), sizeof(before));
	close(fd);
	for (size_t bit = 0; bit < sizeof(before) * 8; bit += 3) {
		uint8_t mem[64];
		struct buf b = buf_of(mem, sizeof(mem));

		flipped = before[bit / 8] ^ (uint8_t)(1 << bit % 8);
		poke(1, bit / 8, &flipped, 1);
		reopen();
		assert_int_equal(store_log_replay(l, visit, &b), -EBADMSG);
		poke(1, bit / 8, &before[bit / 8], 1);
	}
	assert_log("123456781234567812345678");
}

static void test_missing(void **state)
{
	char full[128];

	append_synced("one.");
	snprintf(full, sizeof(full), "%s/%016x.log", path, 1);
	store_log_file_close(file);
	file = NULL;
	assert_int_equal(unlink(full), 0);
	reopen();
	assert_int_equal(store_log_replay(l, visit, NULL), -EBADMSG);
}

static void test_header(void **state)
{
	append_synced("one.");
	poke(1, (size_t)0 - SEGMENT_HDR + 9, "x", 1);
	assert_int_equal(try_open(), -EBADMSG);
}

struct run {
	uint64_t first;
	uint64_t last;
};

static int count(void *ctx, uint64_t seq, struct bytes record)
{
	struct run *run = ctx;

	if (!run->first)
		run->first = seq;
	else if (seq != run->last + 1)
		return -ERANGE;
	run->last = seq;
	for (size_t i = 0; i < record.len; i++)
		if (record.data[i] != (uint8_t)(seq * 7))
			return -EILSEQ;
	return 0;
}

/* Fill segments, trim some, go on: each record is there, and files are used again. */
static void test_segments(void **state)
{
	static uint8_t big[100000];
	struct store_log_file_stats stats;
	struct run run = { 0 };
	struct probe p;
	uint64_t seq;

	for (seq = 1; seq <= 40; seq++) {
		memset(big, (int)(seq * 7), sizeof(big));
		assert_int_equal(append_bytes(bytes_of(big, sizeof(big)), &p), 0);
		wait_done(&p);
	}
	store_log_file_stats(file, &stats);
	assert_int_equal(stats.segments, 4);
	reopen();
	assert_int_equal(store_log_replay(l, count, &run), 0);
	assert_int_equal(run.first, 1);
	assert_int_equal(run.last, 40);
	store_log_trim(l, 25);
	for (; seq <= 80; seq++) {
		memset(big, (int)(seq * 7), sizeof(big));
		assert_int_equal(append_bytes(bytes_of(big, sizeof(big)), &p), 0);
		wait_done(&p);
		store_log_trim(l, seq - 15);
	}
	store_log_file_stats(file, &stats);
	assert_true(stats.recycled >= 2);
	assert_in_range(stats.segments, 2, 4);
	reopen();
	run = (struct run){ 0 };
	assert_int_equal(store_log_replay(l, count, &run), 0);
	assert_in_range(run.first, 40, 66);
	assert_int_equal(run.last, 80);
}

/* At the limit appends are refused, nothing else happens, and trimming helps. */
static void test_full(void **state)
{
	static uint8_t big[200000];
	struct store_log_file_stats stats;
	struct probe p;
	int n = 0, err;

	teardown(state);
	setup(state);
	bytes_max = 2 * STORE_LOG_SEGMENT_MIN;
	reopen();
	do {
		err = append_bytes(bytes_of(big, sizeof(big)), &p);
		if (!err)
			wait_done(&p);
	} while (!err && ++n < 100);
	assert_int_equal(err, -ENOSPC);
	assert_in_range(n, 5, 10);
	store_log_file_stats(file, &stats);
	assert_int_equal(stats.refused, 1);
	assert_false(store_log_file_failed(file));
	store_log_trim(l, (uint64_t)n);
	/* The writer trims in its own time. */
	for (int i = 0; i < 2000 && (err = append("more", &p)) == -ENOSPC; i++)
		usleep(5000);
	assert_int_equal(err, 0);
	wait_done(&p);
	assert_int_equal(p.status, 0);
}

static void test_sync_fails(void **state)
{
	struct probe p[2];

	append_synced("one.");
	sync_fails = true;
	assert_int_equal(append("two.", &p[0]), 0);
	wait_done(&p[0]);
	assert_int_equal(p[0].status, -EIO);
	assert_true(store_log_file_failed(file));
	assert_int_equal(append("three.", &p[1]), -EIO);
	sync_fails = false;
}

static void test_too_long(void **state)
{
	static uint8_t big[STORE_LOG_RECORD_MAX + 1];
	struct probe p;

	assert_int_equal(append_bytes(bytes_of(big, sizeof(big)), &p), -EMSGSIZE);
	assert_int_equal(append_bytes(bytes_of(big, sizeof(big) - 1), &p), 0);
	wait_done(&p);
	assert_int_equal(p.status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_append_replay, setup, teardown),
		cmocka_unit_test_setup_teardown(test_torn_tail, setup, teardown),
		cmocka_unit_test_setup_teardown(test_behind_the_tear, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stale_group, setup, teardown),
		cmocka_unit_test_setup_teardown(test_flip, setup, teardown),
		cmocka_unit_test_setup_teardown(test_missing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_header, setup, teardown),
		cmocka_unit_test_setup_teardown(test_segments, setup, teardown),
		cmocka_unit_test_setup_teardown(test_full, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sync_fails, setup, teardown),
		cmocka_unit_test_setup_teardown(test_too_long, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
