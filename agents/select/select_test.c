// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include <env/timers.h>
#include <select/select.h>
#include <wire/select.h>

#define PEERS 5

/* A node and its peers in virtual time; what is sent to a peer is answered as scripted. */
struct world {
	struct env env;
	struct timers timers;
	struct timers_entry heap[8];
	uint64_t now;
	struct select *s;
	int sent;
	uint64_t query_id;
	struct select_op op;
	struct xos_id found[PEERS + 1];
	uint32_t found_n;
	bool done;
	uint8_t *mem;
};

static struct world w;

static uint64_t w_now(struct env *env)
{
	return w.now;
}

static uint64_t w_random(struct env *env)
{
	return 77;
}

static void w_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timers_set(&w.timers, timer, w.now + delay_ns);
}

static void w_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&w.timers, timer);
}

static int w_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		  struct bytes msg)
{
	struct wire_select_query m;

	assert_int_equal(wire_select_query_decode(msg, &m), 0);
	w.query_id = m.query_id;
	w.sent++;
	return 0;
}

static const struct env_ops ops = {
	.now = w_now,
	.random = w_random,
	.timer_set = w_timer_set,
	.timer_cancel = w_timer_cancel,
	.send = w_send,
};

static struct env_peer peer(uint8_t i)
{
	return (struct env_peer){ .id = { { i } }, .addr = { .port = i } };
}

static void run(uint64_t for_ns)
{
	uint64_t end = w.now + for_ns;
	struct env_timer *t;

	while (timers_next(&w.timers) <= end) {
		w.now = timers_next(&w.timers);
		t = timers_pop(&w.timers, w.now);
		t->fire(t->ctx);
	}
	w.now = end;
}

static void found(struct select_op *op, const struct env_peer *from)
{
	w.found[w.found_n++] = from->id;
}

static void done(struct select_op *op)
{
	w.done = true;
}

static int setup(void **state)
{
	struct attr a = { .name = bytes_str("cores"), .type = ATTR_INT, .num = 8 };
	struct env_peer self = peer(100);
	struct arena arena;
	size_t size = (select_arena_size() + 63) & ~(size_t)63;

	memset(&w, 0, sizeof(w));
	w.env.ops = &ops;
	timers_init(&w.timers, w.heap, 7);
	w.mem = aligned_alloc(64, size);
	memset(w.mem, 0, size);
	arena_init(&arena, w.mem, size);
	w.s = select_init(&arena, &w.env, &self);
	return attr_set_put(select_attributes(w.s), &a);
}

static int teardown(void **state)
{
	free(w.mem);
	return 0;
}

static void start(const char *text)
{
	struct query_error err;
	struct env_peer self = peer(100);

	w.op = (struct select_op){ .found = found, .done = done };
	assert_int_equal(select_start(w.s, &w.op, bytes_str(text), &err), 0);
	select_ask(w.s, &w.op, &self);
	for (uint8_t i = 1; i <= PEERS; i++) {
		struct env_peer p = peer(i);

		select_ask(w.s, &w.op, &p);
	}
}

static void reply(uint8_t i, uint8_t verdict)
{
	struct wire_select_answer m = { .query_id = w.query_id, .verdict = verdict };
	struct env_peer p = peer(i);
	uint8_t room[64];
	struct buf b = buf_of(room, sizeof(room));

	assert_int_equal(wire_select_answer_encode(&m, &b), 0);
	select_recv(w.s, &p, buf_bytes(&b));
}

static void test_complete(void **state)
{
	start("cores >= 4");
	assert_int_equal(w.found_n, 1);
	select_asked_all(w.s, &w.op, true);
	for (uint8_t i = 1; i <= PEERS; i++)
		reply(i, i % 2 ? WIRE_SELECT_VERDICT_YES : WIRE_SELECT_VERDICT_NO);
	reply(1, WIRE_SELECT_VERDICT_YES);
	assert_false(w.done);
	run(1);
	assert_true(w.done);
	assert_int_equal(w.op.outcome, SELECT_COMPLETE);
	assert_int_equal(w.op.count, 4);
	assert_int_equal(w.found_n, 4);
}

static void test_unknown_is_no_match(void **state)
{
	start("gpus >= 1");
	select_asked_all(w.s, &w.op, true);
	for (uint8_t i = 1; i <= PEERS; i++)
		reply(i, WIRE_SELECT_VERDICT_UNKNOWN);
	run(1);
	assert_true(w.done);
	assert_int_equal(w.op.count, 0);
	assert_int_equal(w.op.outcome, SELECT_COMPLETE);
}

static void test_silent_member_is_partial(void **state)
{
	start("cores >= 4 min 9");
	select_asked_all(w.s, &w.op, true);
	for (uint8_t i = 1; i < PEERS; i++)
		reply(i, WIRE_SELECT_VERDICT_YES);
	run(10 * ENV_SEC);
	assert_true(w.done);
	assert_int_equal(w.op.outcome, SELECT_PARTIAL);
	assert_int_equal(w.op.count, PEERS);
	assert_int_equal(w.op.status, -ENOENT);
	assert_int_equal(w.sent, PEERS + SELECT_TRIES - 1);
	assert_int_equal(select_counters(w.s)->silent, 1);
}

static void test_unnamed_members_are_partial(void **state)
{
	start("cores >= 4");
	select_asked_all(w.s, &w.op, false);
	for (uint8_t i = 1; i <= PEERS; i++)
		reply(i, WIRE_SELECT_VERDICT_NO);
	run(1);
	assert_true(w.done);
	assert_int_equal(w.op.outcome, SELECT_PARTIAL);
}

static void test_limit(void **state)
{
	start("cores >= 4 limit 2");
	reply(1, WIRE_SELECT_VERDICT_YES);
	reply(2, WIRE_SELECT_VERDICT_YES);
	run(1);
	assert_true(w.done);
	assert_int_equal(w.op.outcome, SELECT_LIMIT);
	assert_int_equal(w.op.count, 2);
	reply(3, WIRE_SELECT_VERDICT_YES);
	assert_int_equal(w.found_n, 2);
}

static void test_refusals(void **state)
{
	static struct select_op ops_many[SELECT_QUERIES_MAX];
	struct query_error err;

	w.op = (struct select_op){ .found = found, .done = done };
	assert_int_equal(select_start(w.s, &w.op, bytes_str("cores >="), &err), -EINVAL);
	assert_int_equal(err.column, 9);
	for (int i = 0; i < 7; i++) {
		ops_many[i] = w.op;
		assert_int_equal(select_start(w.s, &ops_many[i], bytes_str("true"), &err), 0);
	}
	for (int i = 0; i < 7; i++)
		select_cancel(w.s, &ops_many[i]);
	select_recv(w.s, &(struct env_peer){ .addr = { .port = 1 } }, bytes_str("nonsense"));
	assert_int_equal(select_counters(w.s)->malformed, 1);
	run(10 * ENV_SEC);
	assert_false(w.done);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_complete),
		TEST(test_unknown_is_no_match),
		TEST(test_silent_member_is_partial),
		TEST(test_unnamed_members_are_partial),
		TEST(test_limit),
		TEST(test_refusals),
	};

	return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
