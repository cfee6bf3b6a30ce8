// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include <base/be.h>
#include <env/env_uv_impl.h>

/* A guard that lets everything pass: 16 bytes of identity, then 18 of address, then messages. */
struct plain {
	struct env_guard guard;
	struct xos_id id;
	bool mute;
	bool keyless;
};

struct plain_session {
	struct env_session_owner owner;
	struct plain *plain;
	struct env_peer self;
	bool opened;
	uint8_t in[2 * 1024 * 1024];
	size_t len;
};

/* Connections that ended without plain_close() at the other end. */
static int cuts;

static int plain_seal(struct env_guard *guard, const struct env_peer *to, struct bytes msg,
		      struct buf *out)
{
	struct plain *p = (struct plain *)guard;

	return buf_append(out, p->id.b, 16) || buf_append(out, msg.data, msg.len) ? -EMSGSIZE : 0;
}

static int plain_open(struct env_guard *guard, struct bytes in, struct xos_id *from,
		      struct bytes *msg)
{
	if (in.len < 16)
		return -EBADMSG;
	if (((struct plain *)guard)->keyless)
		return -ENOKEY;
	memcpy(from->b, in.data, 16);
	*msg = bytes_of(in.data + 16, in.len - 16);
	return 0;
}

static int plain_new(struct env_guard *guard, bool client, const struct env_peer *self,
		     const struct xos_addr *addr, const struct env_session_owner *owner,
		     struct env_session **out)
{
	struct plain_session *s = calloc(1, sizeof(*s));

	s->owner = *owner;
	s->plain = (struct plain *)guard;
	s->self = *self;
	*out = (struct env_session *)s;
	return 0;
}

static int plain_start(struct env_session *session)
{
	struct plain_session *s = (struct plain_session *)session;
	uint8_t hello[34];

	if (s->plain->mute)
		return 0;
	memcpy(hello, s->self.id.b, 16);
	memcpy(hello + 16, s->self.addr.ip, 16);
	be16_store(hello + 32, s->self.addr.port);
	return s->owner.output(s->owner.ctx, bytes_of(hello, sizeof(hello)));
}

static int plain_feed(struct env_session *session, struct bytes in)
{
	struct plain_session *s = (struct plain_session *)session;
	size_t at = 0, len;
	int err = 0;

	assert_true(s->len + in.len <= sizeof(s->in));
	memcpy(s->in + s->len, in.data, in.len);
	s->len += in.len;
	if (!s->opened && s->len >= 34) {
		struct env_peer peer;

		memcpy(peer.id.b, s->in, 16);
		memcpy(peer.addr.ip, s->in + 16, 16);
		peer.addr.port = be16_load(s->in + 32);
		s->opened = true;
		at = 34;
		err = s->owner.opened(s->owner.ctx, &peer);
	}
	while (!err && s->opened && s->len - at >= 4) {
		len = be32_load(s->in + at);
		if (len == UINT32_MAX)
			return -ECONNRESET;
		if (s->len - at - 4 < len)
			break;
		err = s->owner.input(s->owner.ctx, bytes_of(s->in + at + 4, len));
		at += 4 + len;
	}
	memmove(s->in, s->in + at, s->len - at);
	s->len -= at;
	return err;
}

static int plain_write(struct env_session *session, struct bytes msg)
{
	struct plain_session *s = (struct plain_session *)session;
	uint8_t len[4];

	be32_store(len, (uint32_t)msg.len);
	return s->owner.output(s->owner.ctx, bytes_of(len, 4)) ||
			       s->owner.output(s->owner.ctx, msg) ?
		       -EPIPE :
		       0;
}

/* Who closes says so by a length that is none. */
static void plain_close(struct env_session *session)
{
	struct plain_session *s = (struct plain_session *)session;

	s->owner.output(s->owner.ctx, bytes_of("\xff\xff\xff\xff", 4));
}

static void plain_cut(struct env_session *session)
{
	cuts++;
}

static void plain_free(struct env_session *session)
{
	free(session);
}

static const struct env_guard_ops plain_ops = {
	.seal = plain_seal,
	.open = plain_open,
	.session_new = plain_new,
	.session_start = plain_start,
	.session_feed = plain_feed,
	.session_write = plain_write,
	.session_close = plain_close,
	.session_cut = plain_cut,
	.session_free = plain_free,
};

struct side {
	struct plain plain;
	struct env_uv *e;
	struct env *env;
	struct env_peer from;
	enum env_channel channel;
	int msgs;
	uint32_t next;
	size_t bytes;
	bool in_send;
	bool echo;
};

static struct side sides[2];

static void on_recv(void *ctx, const struct env_peer *from, enum env_channel channel,
		    struct bytes msg)
{
	struct side *s = ctx;

	assert_false(s->in_send);
	s->from = *from;
	s->channel = channel;
	s->msgs++;
	s->bytes += msg.len;
	if (channel == ENV_STREAM && msg.len >= 4)
		assert_int_equal(be32_load(msg.data), s->next++);
	if (s->echo)
		env_send(s->env, &from->addr, channel, msg);
}

static void log_nothing(void *ctx, enum env_level level, enum env_subsys subsys, const char *fmt,
			va_list args)
{
}

static void side_open(int i, struct env_uv_config config)
{
	struct side *s = &sides[i];

	*s = (struct side){ .plain = { .guard = { &plain_ops } } };
	s->plain.id.b[0] = (uint8_t)(i + 1);
	config.log = log_nothing;
	assert_int_equal(xos_addr_parse("[::1]", config.listen.port, &config.listen), 0);
	assert_int_equal(env_uv_create(&config, &s->e), 0);
	s->env = env_uv_env(s->e);
	env_uv_recv(s->e, on_recv, s);
	assert_int_equal(env_uv_listen(s->e, &s->plain.guard, &s->plain.id), 0);
}

static int teardown(void **state)
{
	for (int i = 0; i < 2; i++) {
		env_uv_destroy(sides[i].e);
		sides[i].e = NULL;
	}
	return 0;
}

/* Serve both loops until a condition holds; the limit only ends a broken test. */
#define serve_until(cond)                                                         \
	do {                                                                      \
		uint64_t end = env_now(sides[0].env) + 20 * ENV_SEC;              \
                                                                                  \
		while (!(cond)) {                                                 \
			assert_true(env_now(sides[0].env) < end);                 \
			for (int i = 0; i < 2; i++) {                             \
				if (sides[i].e)                                   \
					uv_run(&sides[i].e->loop, UV_RUN_NOWAIT); \
			}                                                         \
			usleep(200);                                              \
		}                                                                 \
	} while (0)

static const struct xos_addr *addr_of(int i)
{
	return &env_uv_self(sides[i].e)->addr;
}

static int send_number(int from, const struct xos_addr *to, uint32_t number, size_t len)
{
	static uint8_t msg[ENV_STREAM_MSG_MAX];
	int err;

	be32_store(msg, number);
	sides[from].in_send = true;
	err = env_send(sides[from].env, to, ENV_STREAM, bytes_of(msg, len));
	sides[from].in_send = false;
	return err;
}

static void test_dgram(void **state)
{
	uint8_t big[ENV_DGRAM_MSG_MAX + 1] = { 0 };

	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	sides[1].echo = true;
	assert_int_equal(env_send(sides[0].env, addr_of(1), ENV_DGRAM, bytes_of(big, sizeof(big))),
			 -EMSGSIZE);
	assert_int_equal(
		env_send(sides[0].env, addr_of(1), ENV_DGRAM, bytes_of(big, ENV_DGRAM_MSG_MAX)), 0);
	serve_until(sides[0].msgs);
	assert_int_equal(sides[0].bytes, ENV_DGRAM_MSG_MAX);
	assert_int_equal(sides[0].from.id.b[0], 2);
	assert_true(xos_addr_eq(&sides[0].from.addr, addr_of(1)));
	assert_int_equal(sides[0].channel, ENV_DGRAM);
	assert_true(env_uv_dgram_fd(sides[0].e) >= 0);
}

static void test_stream_order(void **state)
{
	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	sides[1].echo = true;
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(send_number(0, addr_of(1), i, 4 + i * 97 % 4000), 0);
	serve_until(sides[0].msgs == 100);
	for (uint32_t i = 100; i < 103; i++)
		assert_int_equal(send_number(0, addr_of(1), i, ENV_STREAM_MSG_MAX), 0);
	serve_until(sides[0].msgs == 103);
	/* The answers came back on the connection that side 0 had opened. */
	assert_int_equal(env_uv_conns(sides[0].e), 1);
	assert_int_equal(env_uv_conns(sides[1].e), 1);
	assert_true(xos_addr_eq(&sides[0].from.addr, addr_of(1)));
	assert_int_equal(send_number(0, addr_of(0), 0, 4), -EHOSTUNREACH);
	assert_int_equal(send_number(0, addr_of(1), 0, ENV_STREAM_MSG_MAX + 1), -EMSGSIZE);
}

static void test_both_connect(void **state)
{
	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	for (uint32_t i = 0; i < 10; i++) {
		assert_int_equal(send_number(0, addr_of(1), i, 100), 0);
		assert_int_equal(send_number(1, addr_of(0), i, 100), 0);
	}
	serve_until(sides[0].msgs == 10 && sides[1].msgs == 10);
	assert_int_equal(env_uv_conns(sides[0].e), 2);
	for (uint32_t i = 10; i < 20; i++) {
		assert_int_equal(send_number(0, addr_of(1), i, 100), 0);
		assert_int_equal(send_number(1, addr_of(0), i, 100), 0);
	}
	serve_until(sides[0].msgs == 20 && sides[1].msgs == 20);
}

static void test_queue_limit(void **state)
{
	int sent = 0;

	side_open(0, (struct env_uv_config){ .send_queue_max = 10000 });
	side_open(1, (struct env_uv_config){ 0 });
	while (!send_number(0, addr_of(1), (uint32_t)sent, 1000))
		assert_true(++sent < 11);
	assert_int_equal(send_number(0, addr_of(1), 0, 1000), -ENOBUFS);
	assert_int_equal(env_uv_counters(sides[0].e)->queue_full, 2);
	serve_until(sides[1].msgs == sent);
	assert_int_equal(send_number(0, addr_of(1), (uint32_t)sent, 1000), 0);
	serve_until(sides[1].msgs == sent + 1);
}

static void test_refused_then_back(void **state)
{
	struct xos_addr gone;

	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	gone = *addr_of(1);
	env_uv_destroy(sides[1].e);
	sides[1].e = NULL;
	assert_int_equal(send_number(0, &gone, 0, 10), 0);
	serve_until(env_uv_counters(sides[0].e)->connect_failed == 1);
	assert_int_equal(env_uv_counters(sides[0].e)->msgs_lost, 1);
	assert_int_equal(send_number(0, &gone, 0, 10), -EHOSTUNREACH);
	side_open(1, (struct env_uv_config){ .listen = { .port = gone.port } });
	serve_until(!send_number(0, &gone, 0, 10));
	serve_until(sides[1].msgs == 1);
	/* The peer restarts: the connection is noticed to be gone, the next message opens another. */
	env_uv_destroy(sides[1].e);
	sides[1].e = NULL;
	serve_until(!env_uv_conns(sides[0].e));
	side_open(1, (struct env_uv_config){ .listen = { .port = gone.port } });
	serve_until(!send_number(0, &gone, 0, 10));
	serve_until(sides[1].msgs == 1);
}

static void test_handshake_limits(void **state)
{
	side_open(0, (struct env_uv_config){ .connect_timeout_ms = 100 });
	side_open(1, (struct env_uv_config){ .connect_timeout_ms = 100, .handshakes_max = 1 });
	sides[0].plain.mute = true;
	assert_int_equal(send_number(0, addr_of(1), 0, 10), 0);
	serve_until(env_uv_counters(sides[1].e)->timeouts == 1);
	serve_until(!env_uv_conns(sides[0].e) && !env_uv_conns(sides[1].e));
	assert_int_equal(sides[1].msgs, 0);
}

static int send_to(const struct xos_addr *addr, uint8_t id, uint32_t number)
{
	const struct env_peer to = { .id = { { id } }, .addr = *addr };
	uint8_t msg[4];

	be32_store(msg, number);
	return env_send_peer(sides[0].env, &to, ENV_STREAM, bytes_of(msg, sizeof(msg)));
}

/* What is meant for one peer does not go to another one that is at its address. */
static void test_wrong_peer(void **state)
{
	const struct env_uv_counters *c;

	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	c = env_uv_counters(sides[0].e);
	/* Nobody knows yet who is there. */
	assert_int_equal(send_to(addr_of(1), 9, 0), 0);
	serve_until(c->wrong_peer == 1);
	assert_int_equal(send_to(addr_of(1), 9, 0), -EHOSTUNREACH);
	assert_int_equal(c->wrong_peer, 2);
	assert_int_equal(send_to(addr_of(1), 2, 0), 0);
	assert_int_equal(send_to(addr_of(1), 0, 1), 0);
	serve_until(sides[1].msgs == 2);
	assert_int_equal(c->msgs_out, 2);
	assert_int_equal(c->connected, 1);
}

/* A client without a guard, which is gone as soon as it has greeted. */
static void greet_and_go(const struct xos_addr *to)
{
	struct sockaddr_in6 sa;
	uint8_t hello[34] = { 9 };
	int fd = socket(AF_INET6, SOCK_STREAM, 0);

	env_addr_to_sock(to, &sa);
	assert_int_equal(connect(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
	assert_int_equal(write(fd, hello, sizeof(hello)), sizeof(hello));
	shutdown(fd, SHUT_WR);
	serve_until(sides[0].e->conns_n == 0 && cuts);
	close(fd);
}

/* Who goes says so, also when the whole agent ends; who does not was cut off. */
static void test_cut(void **state)
{
	cuts = 0;
	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	assert_int_equal(send_number(1, addr_of(0), 0, 4), 0);
	serve_until(sides[0].msgs == 1);
	env_uv_destroy(sides[1].e);
	sides[1].e = NULL;
	serve_until(sides[0].e->conns_n == 0);
	assert_int_equal(cuts, 0);
	greet_and_go(addr_of(0));
	assert_int_equal(cuts, 1);
}

/* A peer that says it listens at another one's address does not get that one's messages. */
static void test_claimed_address(void **state)
{
	const struct env_uv_counters *c;
	struct xos_addr claimed;

	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ 0 });
	claimed = *addr_of(1);
	teardown(NULL);
	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ .advertise = claimed });
	c = env_uv_counters(sides[0].e);
	assert_int_equal(send_number(1, addr_of(0), 0, 4), 0);
	serve_until(sides[0].msgs == 1);
	/* It is reached there as long as it is the one that is meant. */
	assert_int_equal(send_to(&claimed, 2, 0), 0);
	serve_until(sides[1].msgs == 1);
	assert_int_equal(send_to(&claimed, 9, 1), 0);
	serve_until(c->connect_failed == 1);
	assert_int_equal(sides[1].msgs, 1);
}

/* A datagram under a key that is not known opens a stream back, now and then. */
static void test_meet(void **state)
{
	const struct env_uv_counters *c;
	uint64_t began_ns;

	side_open(0, (struct env_uv_config){ 0 });
	side_open(1, (struct env_uv_config){ .idle_timeout_ms = 20 });
	c = env_uv_counters(sides[1].e);
	sides[1].plain.keyless = true;
	began_ns = env_now(sides[0].env);
	for (int i = 0; i < 10; i++)
		env_send(sides[0].env, addr_of(1), ENV_DGRAM, bytes_of("0123456789", 10));
	serve_until(c->connected == 1);
	assert_int_equal(c->met, 1);
	assert_int_equal(sides[1].msgs, 0);
	serve_until(c->idle_closed == 1);
	/* Whatever comes meanwhile, the next one is a while later. */
	serve_until(!env_send(sides[0].env, addr_of(1), ENV_DGRAM, bytes_of("x", 1)) &&
		    c->met == 2);
	assert_true(env_now(sides[0].env) - began_ns >= ENV_MEET_NS);
}

static void test_idle_close(void **state)
{
	side_open(0, (struct env_uv_config){ .idle_timeout_ms = 50 });
	side_open(1, (struct env_uv_config){ .idle_timeout_ms = 50 });
	assert_int_equal(send_number(0, addr_of(1), 0, 10), 0);
	serve_until(sides[1].msgs == 1);
	serve_until(env_uv_counters(sides[0].e)->idle_closed == 1);
	serve_until(!env_uv_conns(sides[1].e));
	assert_int_equal(send_number(0, addr_of(1), 1, 10), 0);
	serve_until(sides[1].msgs == 2);
}

/* --- without a network ------------------------------------------------------- */

static struct order {
	struct env_uv *e;
	struct env_timer timer[3];
	int fired;
	int ready;
	int fds[2];
	struct env_uv_poll *poll;
	struct env_uv_async *async;
} o;

static void fire_second(void *ctx)
{
	assert_int_equal(o.fired++, 0);
	env_timer_set(env_uv_env(o.e), &o.timer[2], 0);
}

static void fire_third(void *ctx)
{
	assert_int_equal(o.fired++, 1);
	assert_int_equal(write(o.fds[1], "x", 1), 1);
}

static void fire_never(void *ctx)
{
	fail();
}

static void woken(void *ctx)
{
	env_uv_async_del(o.async);
	env_uv_stop(o.e, 42);
}

static void pipe_ready(void *ctx, int events)
{
	assert_int_equal(events, ENV_UV_READ);
	env_uv_poll_del(o.poll);
	env_uv_async_send(o.async);
}

static void test_loop(void **state)
{
	struct env_uv_config config = { 0 };
	struct env *env;
	uint64_t before;

	assert_int_equal(env_uv_create(&config, &o.e), 0);
	env = env_uv_env(o.e);
	assert_int_equal(pipe(o.fds), 0);
	assert_int_equal(env_uv_poll_add(o.e, o.fds[0], ENV_UV_READ, pipe_ready, NULL, &o.poll), 0);
	assert_int_equal(env_uv_async_add(o.e, woken, NULL, &o.async), 0);
	o.timer[0].fire = fire_never;
	o.timer[1].fire = fire_second;
	o.timer[2].fire = fire_third;
	env_timer_set(env, &o.timer[0], 1000 * ENV_SEC);
	env_timer_set(env, &o.timer[1], 3 * ENV_MS);
	before = env_now(env);
	assert_int_equal(env_uv_run(o.e), 42);
	assert_true(env_now(env) - before >= 3 * ENV_MS);
	assert_int_equal(o.fired, 2);
	assert_true(env_random(env) != env_random(env));
	assert_true(env_wall(env) > 1600000000ULL * ENV_SEC);
	close(o.fds[0]);
	close(o.fds[1]);
	env_uv_destroy(o.e);
}

static void test_ratelimit(void **state)
{
	struct ratelimit r = { 0 };
	uint64_t now = 1000 * ENV_SEC;
	uint32_t held;
	int ok = 0;

	for (int i = 0; i < 100; i++)
		ok += ratelimit_ok(&r, now, &held);
	assert_int_equal(ok, RATELIMIT_BURST);
	assert_true(ratelimit_ok(&r, now + RATELIMIT_EACH_SEC * ENV_SEC, &held));
	assert_int_equal(held, 100 - RATELIMIT_BURST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_dgram, teardown),
		cmocka_unit_test_teardown(test_stream_order, teardown),
		cmocka_unit_test_teardown(test_both_connect, teardown),
		cmocka_unit_test_teardown(test_queue_limit, teardown),
		cmocka_unit_test_teardown(test_refused_then_back, teardown),
		cmocka_unit_test_teardown(test_handshake_limits, teardown),
		cmocka_unit_test_teardown(test_wrong_peer, teardown),
		cmocka_unit_test_teardown(test_cut, teardown),
		cmocka_unit_test_teardown(test_claimed_address, teardown),
		cmocka_unit_test_teardown(test_meet, teardown),
		cmocka_unit_test_teardown(test_idle_close, teardown),
		cmocka_unit_test(test_loop),
		cmocka_unit_test(test_ratelimit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
