// SPDX-License-Identifier: GPL-2.0-or-later
/* A node alone: limits, refusals, what it answers by itself. Whole grids: tools/testing/sim/select. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include <env/timers.h>
#include <select/select.h>

#define TIMERS_MAX 256

struct world {
	struct env env;
	struct timers timers;
	struct timers_entry heap[TIMERS_MAX + 1];
	uint64_t now;
	uint64_t random;
	struct select *s;
	struct select_op op;
	uint32_t found;
	bool done;
	bool show;
	uint32_t shown_len;
	char shown[FOUND_SHOW_MAX];
	uint8_t *mem;
};

static struct world w;

static uint64_t w_now(struct env *env)
{
	return w.now;
}

static uint64_t w_random(struct env *env)
{
	return ++w.random;
}

static void w_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timers_set(&w.timers, timer, w.now + delay_ns);
}

static void w_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&w.timers, timer);
}

static const struct env_ops ops = {
	.now = w_now,
	.wall = w_now,
	.random = w_random,
	.timer_set = w_timer_set,
	.timer_cancel = w_timer_cancel,
};

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

static bool nobody(void *ctx, struct env_peer *out)
{
	return false;
}

static void found(struct select_op *op, const struct found *f)
{
	assert_string_equal(f->name, "lonely");
	w.found++;
	if (w.show) {
		w.shown_len = f->extra->show_len;
		memcpy(w.shown, f->extra->show, w.shown_len);
	}
}

static void done(struct select_op *op)
{
	w.done = true;
}

static int setup(void **state)
{
	struct attr cores = { .name = bytes_str("cores"), .type = ATTR_INT, .num = 8 };
	struct attr name = { .name = bytes_str("machine"),
			     .type = ATTR_STRING,
			     .text = bytes_str("lonely") };
	struct select_config cfg = { .bootstrap = nobody };
	struct env_peer self = { .id = { { 1 } } };
	struct arena arena;
	size_t size = (select_arena_size(&cfg) + 63) & ~(size_t)63;

	memset(&w, 0, sizeof(w));
	w.env.ops = &ops;
	timers_init(&w.timers, w.heap, TIMERS_MAX);
	w.mem = aligned_alloc(64, size);
	memset(w.mem, 0, size);
	arena_init(&arena, w.mem, size);
	w.s = select_init(&arena, &w.env, &self, &cfg);
	assert_int_equal(attr_set_put(select_attributes(w.s), &cores), 0);
	assert_int_equal(attr_set_put(select_attributes(w.s), &name), 0);
	select_run(w.s);
	w.op = (struct select_op){ .found = found, .done = done };
	return 0;
}

static int teardown(void **state)
{
	free(w.mem);
	return 0;
}

static void ask(const char *text)
{
	struct query_error err;

	w.done = false;
	w.found = 0;
	assert_int_equal(select_start(w.s, &w.op, bytes_str(text), &err), 0);
	assert_false(w.done);
	run(30 * ENV_SEC);
	assert_true(w.done);
}

static void test_alone(void **state)
{
	/* Until it has found the others, or knows that there are none, nothing is complete. */
	ask("cores >= 4");
	assert_int_equal(w.op.outcome, SELECT_PARTIAL);
	assert_int_equal(w.found, 1);
	select_alone(w.s);
	ask("cores >= 4");
	assert_int_equal(w.op.outcome, SELECT_COMPLETE);
	assert_int_equal(w.found, 1);
	/* An attribute that it lacks is no match. */
	ask("gpus >= 1");
	assert_int_equal(w.op.outcome, SELECT_COMPLETE);
	assert_int_equal(w.op.count, 0);
}

static void test_limit_and_min(void **state)
{
	select_alone(w.s);
	ask("cores >= 4 limit 1");
	assert_int_equal(w.op.outcome, SELECT_LIMIT);
	assert_int_equal(w.op.status, 0);
	ask("cores >= 4 min 2");
	assert_int_equal(w.op.status, -ENOENT);
	assert_int_equal(w.op.count, 1);
}

static void test_one_of_one(void **state)
{
	static const char *const texts[] = {
		"order by cores",
		"order by gpus desc limit 1",
		"cores >= 4 prefer gpus >= 1 limit 2",
		"spread machine max 1",
		"same cores",
	};

	select_alone(w.s);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		ask(texts[i]);
		assert_int_equal(w.op.outcome, SELECT_COMPLETE);
		assert_int_equal(w.found, 1);
		assert_string_equal(w.op.cursor, "");
	}
	/* Who has no value cannot be shown to lie well. */
	ask("spread rack max 1");
	assert_int_equal(w.found, 0);
	ask("same rack");
	assert_int_equal(w.found, 0);
}

static void test_count(void **state)
{
	select_alone(w.s);
	ask("count cores >= 4");
	assert_int_equal(w.found, 0);
	assert_int_equal(w.op.count, 1);
	assert_int_equal(w.op.outcome, SELECT_COMPLETE);
	ask("count cores >= 4 min 2");
	assert_int_equal(w.op.status, -ENOENT);
}

static void test_explain(void **state)
{
	static const char text[] =
		"explain cores >= 4 and gpus >= 1 and cores < 4 and machine ~ l*";
	static const char *const conditions[] = { "cores >= 4", "gpus >= 1", "cores < 4",
						  "machine ~ l*" };

	select_alone(w.s);
	ask(text);
	assert_int_equal(w.op.count, 0);
	assert_int_equal(w.op.visited, 1);
	assert_int_equal(w.op.conditions_n, 4);
	for (uint32_t i = 0; i < 4; i++) {
		const struct select_condition *c = &w.op.conditions[i];

		assert_true(bytes_eq(bytes_of(text + c->from, (size_t)(c->to - c->from)),
				     bytes_str(conditions[i])));
		assert_int_equal(c->removed, i == 1);
		assert_int_equal(c->untrue, i == 1 || i == 2);
		assert_int_equal(c->unknown, i == 1);
	}
	ask("explain machine == lonely");
	assert_int_equal(w.op.count, 1);
	assert_int_equal(w.op.conditions_n, 1);
	assert_int_equal(w.op.conditions[0].untrue, 0);
	ask("explain");
	assert_int_equal(w.op.count, 1);
	assert_int_equal(w.op.conditions_n, 0);
}

static void test_show(void **state)
{
	select_alone(w.s);
	w.show = true;
	ask("show cores, gpus, machine");
	assert_int_equal(w.op.show_n, 3);
	assert_string_equal(w.op.show[1], "gpus");
	/* Each value with a zero behind it, none for what is not there. */
	assert_int_equal(w.shown_len, 10);
	assert_memory_equal(w.shown, "8\0\0lonely", 10);
}

static void test_claim(void **state)
{
	select_alone(w.s);
	ask("limit 1 claim 70s as a");
	assert_int_equal(w.found, 1);
	assert_int_equal(w.op.outcome, SELECT_LIMIT);
	/* For others it is not there, and who only looks finds it. */
	ask("limit 1 claim 70s as b");
	assert_int_equal(w.found, 0);
	assert_int_equal(w.op.outcome, SELECT_COMPLETE);
	assert_int_equal(w.op.status, 0);
	ask("limit 1");
	assert_int_equal(w.found, 1);
	/* It is over, for the next one; who has it renews it, and gives it up when that fails. */
	ask("limit 1 claim 50s as b");
	assert_int_equal(w.found, 1);
	ask("limit 1 claim 50s as b");
	assert_int_equal(w.found, 1);
	ask("limit 2 min 2 claim 50s as b");
	assert_int_equal(w.found, 0);
	assert_int_equal(w.op.status, -ENOENT);
	ask("limit 1 claim 1s as c");
	assert_int_equal(w.found, 1);
	assert_int_equal(select_counters(w.s)->claimed, 5);
}

static void test_claims_at_once(void **state)
{
	static struct select_op many[SELECT_CLAIMS_MAX + 1];
	struct query_error err;

	select_alone(w.s);
	for (int i = 0; i <= SELECT_CLAIMS_MAX; i++) {
		many[i] = w.op;
		assert_int_equal(select_start(w.s, &many[i], bytes_str("limit 1 claim 1min as x"),
					      &err),
				 i < SELECT_CLAIMS_MAX ? 0 : -ENOBUFS);
	}
	for (int i = 1; i < SELECT_CLAIMS_MAX; i++)
		select_cancel(w.s, &many[i]);
	run(30 * ENV_SEC);
	assert_int_equal(w.found, 1);
	ask("limit 1 claim 1s as y");
	assert_int_equal(w.found, 0);
}

static void test_refusals(void **state)
{
	static struct select_op many[SELECT_QUERIES_MAX + 1];
	struct env_peer other = { .id = { { 2 } } };
	struct query_error err;

	assert_int_equal(select_start(w.s, &w.op, bytes_str("cores >="), &err), -EINVAL);
	assert_int_equal(err.column, 9);
	for (int i = 0; i <= SELECT_QUERIES_MAX; i++) {
		many[i] = w.op;
		assert_int_equal(select_start(w.s, &many[i], bytes_str("true"), &err),
				 i < SELECT_QUERIES_MAX ? 0 : -ENOBUFS);
	}
	assert_int_equal(select_counters(w.s)->refused, 1);
	for (int i = 0; i < SELECT_QUERIES_MAX; i++)
		select_cancel(w.s, &many[i]);
	select_recv(w.s, &other, bytes_str("nonsense"));
	assert_int_equal(select_counters(w.s)->malformed, 1);
	run(30 * ENV_SEC);
	assert_false(w.done);
	ask("true");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_alone), TEST(test_limit_and_min),  TEST(test_one_of_one),
		TEST(test_count), TEST(test_explain),	     TEST(test_show),
		TEST(test_claim), TEST(test_claims_at_once), TEST(test_refusals),
	};

	return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
