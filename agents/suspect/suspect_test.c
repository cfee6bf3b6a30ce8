// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <errno.h>

#include <env/timers.h>
#include <suspect/suspect.h>
#include <wire/suspect.h>

#define PING_NS (100 * ENV_MS)
#define WATCHES 4

static struct {
	struct env env;
	uint64_t now_ns;
	struct timers timers;
	struct timers_entry heap[4];
	uint32_t pings;
	uint32_t pongs;
	uint64_t seq;
} world;

static struct told {
	uint32_t n;
	enum suspect_state last;
	struct suspect *unwatch;
} told;

static uint64_t now(struct env *env)
{
	return world.now_ns;
}

static uint64_t draw(struct env *env)
{
	return 0x8000000000000000ULL;
}

static void timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timers_set(&world.timers, timer, world.now_ns + delay_ns);
}

static void timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&world.timers, timer);
}

static int send_it(struct env *env, const struct xos_addr *to, enum env_channel channel,
		   struct bytes msg)
{
	struct wire_suspect_ping ping;
	struct wire_header h;

	assert_int_equal(channel, ENV_DGRAM);
	assert_int_equal(wire_header_decode(msg, &h), 0);
	if (h.type == WIRE_SUSPECT_PING) {
		assert_int_equal(wire_suspect_ping_body_decode(&h, &ping), 0);
		world.seq = ping.seq;
		world.pings++;
	} else {
		world.pongs++;
	}
	return 0;
}

static const struct env_ops ops = {
	.now = now,
	.wall = now,
	.random = draw,
	.timer_set = timer_set,
	.timer_cancel = timer_cancel,
	.send = send_it,
};

static void run(uint64_t ns)
{
	uint64_t end = world.now_ns + ns;
	struct env_timer *timer;

	while (timers_next(&world.timers) <= end) {
		if (timers_next(&world.timers) > world.now_ns)
			world.now_ns = timers_next(&world.timers);
		timer = timers_pop(&world.timers, world.now_ns);
		timer->fire(timer->ctx);
	}
	world.now_ns = end;
}

static void changed(void *ctx, const struct xos_id *id, enum suspect_state state)
{
	told.n++;
	told.last = state;
	if (told.unwatch)
		suspect_unwatch(told.unwatch, 0, id);
}

static const struct env_peer peer = { .id = { { 7 } }, .addr = { .port = 7400 } };

static void pong(struct suspect *s)
{
	struct wire_suspect_pong m = { .seq = world.seq };
	uint8_t mem[WIRE_SUSPECT_PONG_SIZE_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_header h;

	assert_int_equal(wire_suspect_pong_encode(&m, &b), 0);
	assert_int_equal(wire_header_decode(buf_bytes(&b), &h), 0);
	suspect_heard(s, &peer.id);
	assert_true(suspect_recv(s, &peer, &h));
}

static void make(struct suspect *s)
{
	static uint8_t mem[4096] __attribute__((aligned(16)));
	struct suspect_consumer c = { .suspect_at = 130, .failed_at = 350, .changed = changed };
	struct arena arena;

	memset(&world, 0, sizeof(world));
	memset(&told, 0, sizeof(told));
	memset(mem, 0, sizeof(mem));
	world.env.ops = &ops;
	world.now_ns = ENV_SEC;
	timers_init(&world.timers, world.heap, 3);
	arena_init(&arena, mem, sizeof(mem));
	suspect_init(s, &arena, &world.env, PING_NS, WATCHES);
	assert_int_equal(suspect_add_consumer(s, &c), 0);
}

/* Silence raises the level through both thresholds; a sign of life takes all back. */
static void test_levels(void **state)
{
	struct suspect s;

	make(&s);
	assert_int_equal(suspect_watch(&s, 0, &peer.id, &peer.addr), 0);
	for (int i = 0; i < 20; i++) {
		run(PING_NS);
		pong(&s);
	}
	assert_int_equal(told.n, 0);
	run(2 * PING_NS);
	assert_int_equal(told.n, 0);
	run(3 * PING_NS);
	assert_int_equal(told.n, 1);
	assert_int_equal(told.last, SUSPECT_SUSPECTED);
	assert_int_equal(suspect_state(&s, 0, &peer.id), SUSPECT_SUSPECTED);
	assert_in_range(suspect_level(&s, &peer.id), 130, 349);
	run(6 * PING_NS);
	assert_int_equal(told.n, 2);
	assert_int_equal(told.last, SUSPECT_FAILED);
	pong(&s);
	assert_int_equal(told.n, 3);
	assert_int_equal(told.last, SUSPECT_UP);
	assert_int_equal(suspect_level(&s, &peer.id), 0);
}

/* A node that is slow by nature is given more time. */
static void test_slow(void **state)
{
	struct suspect s;

	make(&s);
	assert_int_equal(suspect_watch(&s, 0, &peer.id, &peer.addr), 0);
	for (int i = 0; i < 20; i++) {
		run((i % 2 ? 1 : 3) * PING_NS);
		pong(&s);
	}
	told.n = 0;
	run(5 * PING_NS);
	assert_int_equal(told.n, 0);
}

/* Who was paused does not take the others for dead. */
static void test_pause(void **state)
{
	struct env_timer *timer;
	struct suspect s;

	make(&s);
	assert_int_equal(suspect_watch(&s, 0, &peer.id, &peer.addr), 0);
	run(PING_NS);
	pong(&s);
	world.now_ns += 60 * ENV_SEC;
	timer = timers_pop(&world.timers, world.now_ns);
	assert_non_null(timer);
	timer->fire(timer->ctx);
	assert_int_equal(told.n, 0);
	run(20 * PING_NS);
	assert_int_equal(told.last, SUSPECT_FAILED);
}

static void test_bounds(void **state)
{
	struct suspect s;

	make(&s);
	for (uint8_t i = 0; i < WATCHES; i++) {
		struct xos_id id = { { (uint8_t)(i + 1) } };

		assert_int_equal(suspect_watch(&s, 0, &id, &peer.addr), 0);
		assert_int_equal(suspect_watch(&s, 0, &id, &peer.addr), 0);
	}
	assert_int_equal(suspect_watch(&s, 0, &peer.id, &peer.addr), -ENOBUFS);
	assert_int_equal(s.refused, 1);
	suspect_unwatch(&s, 0, &(struct xos_id){ { 2 } });
	assert_int_equal(suspect_watch(&s, 0, &peer.id, &peer.addr), 0);
	assert_int_equal(suspect_state(&s, 0, &(struct xos_id){ { 2 } }), SUSPECT_UP);
}

/* A consumer may stop watching from inside its callback; with nobody watched nothing is sent. */
static void test_unwatch_inside(void **state)
{
	struct suspect s;

	make(&s);
	told.unwatch = &s;
	assert_int_equal(suspect_watch(&s, 0, &peer.id, &peer.addr), 0);
	run(20 * PING_NS);
	assert_int_equal(told.n, 1);
	world.pings = 0;
	run(20 * PING_NS);
	assert_int_equal(world.pings, 0);
	assert_int_equal(timers_next(&world.timers), UINT64_MAX);
}

static void test_answers(void **state)
{
	struct wire_suspect_ping m = { .seq = 5 };
	uint8_t mem[WIRE_SUSPECT_PING_SIZE_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_header h;
	struct suspect s;

	make(&s);
	assert_int_equal(wire_suspect_ping_encode(&m, &b), 0);
	assert_int_equal(wire_header_decode(buf_bytes(&b), &h), 0);
	assert_true(suspect_recv(&s, &peer, &h));
	assert_int_equal(world.pongs, 1);
	h.body.len = 3;
	assert_true(suspect_recv(&s, &peer, &h));
	assert_int_equal(world.pongs, 1);
	assert_int_equal(s.strange, 1);
	h.type = 1;
	assert_false(suspect_recv(&s, &peer, &h));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),	       cmocka_unit_test(test_slow),
		cmocka_unit_test(test_pause),	       cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_unwatch_inside), cmocka_unit_test(test_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
