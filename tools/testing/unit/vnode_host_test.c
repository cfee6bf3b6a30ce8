// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The host of services, driven by a log: one host decides (its waits become
 * wake-ups of the log), others replay the log at another pace. All must answer
 * the same, grant each mutex in the same order, and write the same snapshot.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <base/assert.h>
#include <base/crc32c.h>
#include <base/rng.h>
#include <vnode/sched.h>
#include <vnoded/process.h>
#include <wire/vnhost.h>

#define LOG_MAX	     4096
#define REQUESTS_MAX 256
#define MSG_MAX	     (256 * 1024)
#define TIME_NS	     1700000000000000000ULL
#define STEP_NS	     1000000ULL
#define WAIT_MS	     60000

/* What the log holds; an event is encoded when it is sent. */
struct item {
	enum { REQUEST, WAKE, NOOP, DECISION } kind;
	uint64_t index;
	uint64_t thread;
	uint64_t mutex;
	uint64_t value;
	uint32_t wait;
	const char *operation;
	char args[128];
};

static struct item entries[LOG_MAX];
static uint32_t entry_count;

struct answer {
	bool there;
	uint32_t error;
	uint64_t trace;
	char text[256];
};

/* A replica. */
struct replica {
	struct process p;
	bool decides;
	bool withholds;
	bool ready;
	bool gone;
	uint32_t answers;
	uint32_t ended;
	bool updated;
	struct replica *backup;
	uint32_t results;
	uint32_t read_only;
	struct answer result[REQUESTS_MAX];
	uint64_t decisions;
	struct answer answer[REQUESTS_MAX];
	uint32_t crc;
	bool snapshot;
	size_t have;
	uint8_t room[2 * MSG_MAX];
};

static char folder[PATH_MAX];
/* What requests see of clocks and chance is decided. */
static bool observing;

static void find_folder(void)
{
	ssize_t n = readlink("/proc/self/exe", folder, sizeof(folder) - 1);

	xassert(n > 0);
	*strrchr(folder, '/') = '\0';
	*strrchr(folder, '/') = '\0';
}

#define SEND(r, msg, ...)                                                             \
	do {                                                                          \
		static uint8_t _room[MSG_MAX];                                        \
		struct buf _b = buf_of(_room, sizeof(_room));                         \
		struct wire_##msg _m = { __VA_ARGS__ };                               \
                                                                                      \
		assert_int_equal(wire_##msg##_encode(&_m, &_b), 0);                   \
		assert_int_equal(write((r)->p.fd, _b.data, _b.len), (ssize_t)_b.len); \
	} while (0)

static void send_item(struct replica *r, const struct item *e)
{
	if (e->kind == REQUEST)
		SEND(r, vh_request, .index = e->index, .time_ns = TIME_NS + e->index * STEP_NS,
		     .operation = bytes_str(e->operation), .args = bytes_str(e->args));
	else if (e->kind == WAKE)
		SEND(r, vh_wake, .index = e->index, .thread = e->thread, .wait = e->wait);
	else if (e->kind == NOOP)
		SEND(r, vh_noop, .count = 1);
	else if (!r->decides)
		SEND(r, vh_decisions, .mutexes = { .v = &e->mutex, .n = 1 },
		     .threads = { .v = &e->thread, .n = 1 }, .requests = { .v = &e->index, .n = 1 },
		     .values = { .v = &e->value, .n = e->mutex ? 0 : 1 });
}

static struct item *append(int kind)
{
	assert_true(entry_count < LOG_MAX);
	entries[entry_count] = (struct item){ .kind = kind };
	return &entries[entry_count++];
}

static void on_reply(struct replica *r, const struct wire_vh_reply *m)
{
	struct answer *a = &r->answer[m->index];

	assert_true(m->index < REQUESTS_MAX && !a->there);
	a->there = true;
	a->error = m->error;
	a->trace = m->trace;
	if (m->data.len)
		memcpy(a->text, m->data.data, m->data.len < 255 ? m->data.len : 255);
	r->answers++;
}

static void on_result(struct replica *r, const struct wire_vh_result *m)
{
	struct answer *a = &r->result[m->number & (REQUESTS_MAX - 1)];

	assert_false(a->there);
	a->there = true;
	a->error = m->error;
	if (m->data.len)
		memcpy(a->text, m->data.data, m->data.len < 255 ? m->data.len : 255);
	r->results++;
}

static void on_ready(struct replica *r, const struct wire_vh_ready *m)
{
	struct wire_vh_operation o;
	size_t pos = 0;

	r->ready = true;
	while (wire_vh_operation_list_next(&m->operations, &pos, &o))
		r->read_only += o.read_only;
}

/* The one that decides orders what its threads wait for. */
static void on_wait(struct replica *r, const struct wire_vh_wait *m)
{
	struct item *e;

	if (!r->decides)
		return;
	e = append(WAKE);
	e->index = m->index;
	e->thread = m->thread;
	e->wait = m->wait;
	send_item(r, e);
}

static void on_decisions(struct replica *r, const struct wire_vh_decisions *m)
{
	size_t a = 0, b = 0, c = 0, d = 0;
	uint64_t mutex, thread, request;

	while (wire_u64_list_next(&m->mutexes, &a, &mutex) &&
	       wire_u64_list_next(&m->threads, &b, &thread) &&
	       wire_u64_list_next(&m->requests, &c, &request)) {
		struct item *e = append(DECISION);

		e->mutex = mutex;
		e->thread = thread;
		e->index = request;
		assert_true(mutex || wire_u64_list_next(&m->values, &d, &e->value));
		r->decisions++;
	}
	if (r->withholds)
		return;
	SEND(r, vh_stable, .count = r->decisions);
}

/* A piece of an update goes to the backup at once. */
static void on_update(struct replica *r, const struct wire_vh_update *m)
{
	struct wire_vh_outcome o;
	size_t pos = 0;

	while (wire_vh_outcome_list_next(&m->outcomes, &pos, &o)) {
		struct wire_vh_reply reply = { .index = o.index, .error = o.error, .data = o.data };

		on_reply(r, &reply);
	}
	SEND(r->backup, vh_apply, .last = m->last, .change = m->change);
	r->updated = m->last;
	if (!m->last)
		SEND(r, vh_collect, .unused = 0);
}

static void on_message(struct replica *r, struct bytes msg)
{
	union {
		struct wire_vh_update update;
		struct wire_vh_ready ready;
		struct wire_vh_result result;
		struct wire_vh_reply reply;
		struct wire_vh_wait wait;
		struct wire_vh_decisions decisions;
		struct wire_vh_starved starved;
		struct wire_vh_chunk chunk;
		struct wire_vh_failed failed;
	} m;
	struct wire_header h;

	assert_int_equal(wire_header_decode(msg, &h), 0);
	if (h.type == WIRE_VH_READY && !wire_vh_ready_body_decode(&h, &m.ready)) {
		on_ready(r, &m.ready);
	} else if (h.type == WIRE_VH_RESULT && !wire_vh_result_body_decode(&h, &m.result)) {
		on_result(r, &m.result);
	} else if (h.type == WIRE_VH_REPLY && !wire_vh_reply_body_decode(&h, &m.reply)) {
		on_reply(r, &m.reply);
	} else if (h.type == WIRE_VH_ENDED) {
		r->ended++;
	} else if (h.type == WIRE_VH_UPDATE && !wire_vh_update_body_decode(&h, &m.update)) {
		on_update(r, &m.update);
	} else if (h.type == WIRE_VH_WAIT && !wire_vh_wait_body_decode(&h, &m.wait)) {
		on_wait(r, &m.wait);
	} else if (h.type == WIRE_VH_DECISIONS &&
		   !wire_vh_decisions_body_decode(&h, &m.decisions)) {
		on_decisions(r, &m.decisions);
	} else if (h.type == WIRE_VH_STARVED && !wire_vh_starved_body_decode(&h, &m.starved)) {
		for (uint32_t i = 0; r->decides && i < m.starved.missing; i++)
			send_item(r, append(NOOP));
	} else if (h.type == WIRE_VH_CHUNK && !wire_vh_chunk_body_decode(&h, &m.chunk)) {
		r->crc = crc32c(r->crc, m.chunk.data.data, m.chunk.data.len);
		r->snapshot = m.chunk.last;
	} else if (h.type == WIRE_VH_FAILED && !wire_vh_failed_body_decode(&h, &m.failed)) {
		print_error("%.*s\n", (int)m.failed.text.len, (const char *)m.failed.text.data);
		r->gone = true;
	}
}

/* Wait for something from the host, and take it. */
static void pump(struct replica *r)
{
	struct pollfd p = { .fd = r->p.fd, .events = POLLIN };
	size_t len;
	ssize_t n;

	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	n = read(r->p.fd, r->room + r->have, sizeof(r->room) - r->have);
	if (n <= 0) {
		r->gone = true;
		return;
	}
	r->have += (size_t)n;
	while (!wire_frame_len(bytes_of(r->room, r->have), &len) && len <= r->have) {
		on_message(r, bytes_of(r->room, len));
		r->have -= len;
		memmove(r->room, r->room + len, r->have);
	}
}

static struct replica *replica_new(const char *service, enum vsched_kind kind, bool decides)
{
	struct replica *r = calloc(1, sizeof(*r));
	char host[PATH_MAX + 64], path[PATH_MAX + 64];
	struct process_ends ends;

	xassert(r);
	snprintf(host, sizeof(host), "%s/bin/xos-vnhost", folder);
	snprintf(path, sizeof(path), "%s/lib/%s.so", folder, service);
	assert_int_equal(process_start(host, &ends), 0);
	assert_int_equal(process_attach(&r->p, &ends), 0);
	r->decides = decides;
	SEND(r, vh_begin, .path = bytes_str(path), .config = bytes_str(""), .scheduler = kind,
	     .leader = decides, .memory_max = 64 << 20, .observe = observing);
	while (!r->ready) {
		pump(r);
		assert_false(r->gone);
	}
	return r;
}

static void replica_free(struct replica *r)
{
	process_stop(r->p.pid);
	process_detach(&r->p);
	free(r);
}

static void take_snapshot(struct replica *r)
{
	r->snapshot = false;
	r->crc = 0;
	SEND(r, vh_snapshot, .index = 1);
	while (!r->snapshot) {
		pump(r);
		assert_false(r->gone);
	}
}

struct call {
	const char *operation;
	char args[128];
};

static void compare(const struct replica *a, const struct replica *b, uint32_t n)
{
	for (uint32_t i = 1; i <= n; i++) {
		assert_int_equal(a->answer[i].error, b->answer[i].error);
		assert_string_equal(a->answer[i].text, b->answer[i].text);
		assert_true(a->answer[i].trace == b->answer[i].trace);
	}
	assert_int_equal(a->crc, b->crc);
}

static struct replica *decide(const char *service, enum vsched_kind kind, const struct call *calls,
			      uint32_t n)
{
	struct replica *r = replica_new(service, kind, true);
	struct item *e;

	entry_count = 0;
	for (uint32_t i = 1; i <= n; i++) {
		e = append(REQUEST);
		e->index = i;
		e->operation = calls[i - 1].operation;
		memcpy(e->args, calls[i - 1].args, sizeof(e->args));
		send_item(r, e);
	}
	while (r->answers < n) {
		pump(r);
		assert_false(r->gone);
	}
	take_snapshot(r);
	return r;
}

/* Send the log in pieces of random size, each at once. */
static struct replica *replay(const char *service, enum vsched_kind kind, uint32_t n, uint64_t seed)
{
	struct replica *r = replica_new(service, kind, false);
	uint32_t sent = 0, piece;
	struct rng rng;

	rng_seed(&rng, seed);
	while (r->answers < n) {
		piece = 1 + (uint32_t)rng_below(&rng, 1 + entry_count / 2);
		for (; sent < entry_count && piece; piece--)
			send_item(r, &entries[sent++]);
		if (sent == entry_count) {
			pump(r);
			assert_false(r->gone);
		}
	}
	take_snapshot(r);
	return r;
}

static void run(const char *service, enum vsched_kind kind, const struct call *calls, uint32_t n)
{
	struct replica *first = decide(service, kind, calls, n), *other;

	for (uint64_t seed = 1; seed <= 3; seed++) {
		other = replay(service, kind, n, seed);
		compare(first, other, n);
		replica_free(other);
	}
	replica_free(first);
}

/* --- services ---------------------------------------------------------------------- */

static void counter_under(enum vsched_kind kind)
{
	struct call calls[60];

	for (uint32_t i = 0; i < 60; i++) {
		calls[i].operation = i % 7 == 6 ? "get" : "add";
		snprintf(calls[i].args, sizeof(calls[i].args), "%u", i);
	}
	run("vn-counter", kind, calls, 60);
}

static void test_counter(void **state)
{
	for (int kind = 0; kind < VSCHED_COUNT; kind++)
		counter_under(kind);
}

static void test_bank(void **state)
{
	static const enum vsched_kind kinds[] = { VSCHED_SEQ, VSCHED_SAT, VSCHED_MAT };
	struct call calls[80];
	struct rng r;

	rng_seed(&r, 7);
	for (uint32_t i = 0; i < 80; i++) {
		calls[i].operation = i < 16	 ? "open" :
				     i % 10 == 9 ? "audit" :
				     i % 10 == 4 ? "total" :
						   "move";
		if (i < 16)
			snprintf(calls[i].args, sizeof(calls[i].args), "%u 1000", i);
		else
			snprintf(calls[i].args, sizeof(calls[i].args), "%u %u %u",
				 (unsigned int)rng_below(&r, 16), (unsigned int)rng_below(&r, 16),
				 (unsigned int)rng_below(&r, 50));
	}
	for (size_t i = 0; i < 3; i++)
		run("vn-bank", kinds[i], calls, 80);
}

static void test_queue(void **state)
{
	static const enum vsched_kind kinds[] = { VSCHED_SAT, VSCHED_MAT, VSCHED_LSA };
	struct call calls[60];

	for (uint32_t i = 0; i < 60; i++) {
		calls[i].operation = i % 3 == 0 ? "take" : i % 3 == 1 ? "put" : "stamp";
		snprintf(calls[i].args, sizeof(calls[i].args), "%s",
			 i % 6 == 3 ? "5" :
			 i % 3	    ? "item" :
				      "");
	}
	for (size_t i = 0; i < 3; i++)
		run("vn-queue", kinds[i], calls, 60);
}

static void test_sqlite(void **state)
{
	static const enum vsched_kind kinds[] = { VSCHED_SEQ, VSCHED_SAT, VSCHED_MAT };
	struct call calls[60];

	for (uint32_t i = 0; i < 60; i++) {
		calls[i].operation = "sql";
		if (!i)
			strcpy(calls[i].args,
			       "CREATE TABLE t(id INTEGER PRIMARY KEY, v, at, dice)");
		else if (i % 10 == 9)
			strcpy(calls[i].args, "SELECT count(*), sum(v), max(dice) FROM t");
		else
			snprintf(calls[i].args, sizeof(calls[i].args),
				 "INSERT INTO t(v, at, dice) VALUES(%u, strftime('%%f','now'), "
				 "random())",
				 i);
	}
	for (size_t i = 0; i < 3; i++)
		run("vn-sqlite", kinds[i], calls, 60);
}

#define READ (1ULL << 63)

static void do_request(struct replica *r, uint64_t index, const char *operation, const char *args)
{
	struct item e = { .kind = REQUEST, .index = index, .operation = operation };
	uint32_t before = r->answers;

	snprintf(e.args, sizeof(e.args), "%s", args);
	send_item(r, &e);
	while (r->answers == before) {
		pump(r);
		assert_false(r->gone);
	}
}

/* Many reads at once between requests; they leave no trace, also not in random numbers. */
static void test_reads(void **state)
{
	static const char insert[] = "INSERT INTO t VALUES(random()); SELECT v FROM t";
	struct replica *r = replica_new("vn-sqlite", VSCHED_SAT, true);
	struct replica *other = replica_new("vn-sqlite", VSCHED_SAT, true);

	assert_int_equal(r->read_only, 1);
	do_request(r, 1, "sql", "CREATE TABLE t(v)");
	do_request(other, 1, "sql", "CREATE TABLE t(v)");
	for (uint32_t i = 0; i < 40; i++)
		SEND(r, vh_read, .number = READ | i, .time_ns = TIME_NS,
		     .operation = bytes_str("query"),
		     .args = bytes_str(i % 2 ? "SELECT count(*) FROM t" :
					       "SELECT count(*) + (random() & 0) FROM t"));
	SEND(r, vh_read, .number = READ | 40, .operation = bytes_str("query"),
	     .args = bytes_str("DELETE FROM t"));
	while (r->results < 41) {
		pump(r);
		assert_false(r->gone);
	}
	for (uint32_t i = 0; i < 40; i++) {
		assert_int_equal(r->result[i].error, 0);
		assert_string_equal(r->result[i].text, "0\n");
	}
	assert_int_equal(r->result[40].error, EROFS);
	do_request(r, 2, "sql", insert);
	do_request(other, 2, "sql", insert);
	compare(r, other, 2);
	replica_free(r);
	replica_free(other);
}

/* Clocks are real, chance is chance, and whoever replays sees the same. */
static void test_semi_active(void **state)
{
	static const enum vsched_kind kinds[] = { VSCHED_SEQ, VSCHED_SAT, VSCHED_MAT, VSCHED_LSA };
	struct call calls[30] = { { .operation = "stamp" } };
	struct replica *a, *b;
	char *end;

	observing = true;
	for (uint32_t i = 1; i < 30; i++)
		calls[i].operation = "stamp";
	for (size_t i = 0; i < 4; i++)
		run("vn-queue", kinds[i], calls, 30);
	a = decide("vn-queue", VSCHED_SAT, calls, 1);
	b = decide("vn-queue", VSCHED_SAT, calls, 1);
	assert_true(strtoull(a->answer[1].text, &end, 10) > TIME_NS / 1000000000 + 1000);
	assert_string_not_equal(strchr(a->answer[1].text, ' '), strchr(b->answer[1].text, ' '));
	replica_free(a);
	replica_free(b);
	observing = false;
}

/* No reply leaves before what it rests on is in the log. */
static void test_stable(void **state)
{
	struct item e = { .kind = REQUEST, .index = 1, .operation = "sql" };
	struct pollfd p = { .events = POLLIN };
	struct replica *r;

	observing = true;
	r = replica_new("vn-sqlite", VSCHED_SAT, true);
	r->withholds = true;
	snprintf(e.args, sizeof(e.args), "SELECT random()");
	send_item(r, &e);
	while (!r->decisions)
		pump(r);
	p.fd = r->p.fd;
	while (poll(&p, 1, 100) == 1)
		pump(r);
	assert_int_equal(r->answers, 0);
	SEND(r, vh_stable, .count = r->decisions);
	while (!r->answers)
		pump(r);
	replica_free(r);
	observing = false;
}

/* Requests @from to @to run at one host; the other one takes over what they changed. */
static void do_batch(struct replica *r, struct replica *backup, const char *operation,
		     const char *args, uint32_t from, uint32_t to)
{
	struct item e = { .kind = REQUEST, .operation = operation };

	r->backup = backup;
	r->ended = 0;
	r->updated = false;
	for (uint32_t i = from; i <= to; i++) {
		e.index = i;
		snprintf(e.args, sizeof(e.args), args, i);
		send_item(r, &e);
	}
	while (r->ended < to - from + 1)
		pump(r);
	assert_false(r->updated);
	SEND(r, vh_collect, .unused = 0);
	while (!r->updated)
		pump(r);
	take_snapshot(r);
	take_snapshot(backup);
	assert_int_equal(r->crc, backup->crc);
}

/* Nothing has to be deterministic: LSA, whose decisions nobody is told. */
static void hot_service(const char *service, const char *first, const char *first_args,
			const char *operation, const char *args)
{
	struct replica *a, *b;

	a = replica_new(service, VSCHED_LSA, true);
	b = replica_new(service, VSCHED_LSA, true);
	/* what was before is no change */
	do_request(a, 1, first, first_args);
	do_request(b, 1, first, first_args);
	SEND(a, vh_schedule, .scheduler = VSCHED_LSA, .changes = true);
	SEND(b, vh_schedule, .scheduler = VSCHED_LSA, .changes = true);
	do_batch(a, b, operation, args, 2, 60);
	do_batch(b, a, operation, args, 61, 100);
	do_batch(a, b, operation, args, 101, 200);
	assert_int_equal(a->answer[101].error, 0);
	assert_int_equal(a->answers, 1 + 59 + 100);
	replica_free(a);
	replica_free(b);
}

static void test_hot(void **state)
{
	hot_service("vn-counter", "add", "1", "add", "%u");
	hot_service("vn-queue", "put", "first", "put", "item %u");
	hot_service("vn-sqlite", "sql", "CREATE TABLE t(v)", "sql",
		    "INSERT INTO t VALUES(%u + random())");
}

/* A crash says which request it was; others that were running do not matter. */
static void test_crash(void **state)
{
	struct replica *r = replica_new("vn-counter", VSCHED_SAT, true);
	struct item e = { .kind = REQUEST, .index = 1, .operation = "add", .args = "5" };
	int status;

	send_item(r, &e);
	while (!r->answers)
		pump(r);
	e.index = 2;
	e.operation = "crash";
	send_item(r, &e);
	while (!r->gone)
		pump(r);
	assert_int_equal(r->p.progress->culprit, 2);
	assert_int_equal(r->p.progress->signo, 6);
	status = process_stop(r->p.pid);
	process_detach(&r->p);
	assert_true(WIFSIGNALED(status));
	free(r);
}

/* What is allocated in sum is limited; sanitizers have an allocator of their own. */
static void test_memory(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	skip();
#else
	struct replica *r = replica_new("vn-counter", VSCHED_SAT, true);
	struct item e = { .kind = REQUEST, .index = 7, .operation = "eat", .args = "" };

	send_item(r, &e);
	while (!r->gone)
		pump(r);
	assert_int_equal(r->p.progress->culprit, 7);
	replica_free(r);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counter), cmocka_unit_test(test_bank),
		cmocka_unit_test(test_queue),	cmocka_unit_test(test_sqlite),
		cmocka_unit_test(test_crash),	cmocka_unit_test(test_memory),
		cmocka_unit_test(test_reads),	cmocka_unit_test(test_semi_active),
		cmocka_unit_test(test_stable),	cmocka_unit_test(test_hot),
	};

	find_folder();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
