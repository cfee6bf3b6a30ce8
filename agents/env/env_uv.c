// SPDX-License-Identifier: GPL-2.0-or-later
#include <env/env_uv.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <base/assert.h>
#include <env/env_uv_impl.h>

#define TIMERS_MAX	   65536
#define CONNS_MAX	   1024
#define HANDSHAKES_MAX	   64
#define PEERS_MAX	   4096
#define SEND_QUEUE_MAX	   (4 * 1024 * 1024)
#define CONNECT_TIMEOUT_MS 5000
#define IDLE_TIMEOUT_MS	   60000
/* A free port must be free for datagrams and streams: so often it is tried. */
#define ANY_PORT_TRIES	   16
#define LISTEN_BACKLOG	   128

struct env_uv_poll {
	uv_poll_t uv;
	void (*ready)(void *ctx, int events);
	void *ctx;
};

struct env_uv_async {
	uv_async_t uv;
	void (*wake)(void *ctx);
	void *ctx;
};

struct env_uv_signal {
	uv_signal_t uv;
	void (*caught)(void *ctx, int signo);
	void *ctx;
};

static struct env_uv *env_of(struct env *env)
{
	return caa_container_of(env, struct env_uv, env);
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	xassert(!clock_gettime(clock, &ts));
	return (uint64_t)ts.tv_sec * ENV_SEC + (uint64_t)ts.tv_nsec;
}

static uint64_t op_now(struct env *env)
{
	return clock_ns(CLOCK_BOOTTIME);
}

static uint64_t op_wall(struct env *env)
{
	return clock_ns(CLOCK_REALTIME);
}

static uint64_t op_random(struct env *env)
{
	struct env_uv *e = env_of(env);
	uint64_t v;

	if (e->random_left < sizeof(v)) {
		/* Up to 256 bytes are never cut short nor interrupted (getrandom(2)). */
		xassert(getrandom(e->random, sizeof(e->random), 0) == sizeof(e->random));
		e->random_left = sizeof(e->random);
	}
	e->random_left -= sizeof(v);
	memcpy(&v, e->random + e->random_left, sizeof(v));
	memset(e->random + e->random_left, 0, sizeof(v));
	return v;
}

static void op_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	uint64_t now = op_now(env);

	timers_set(&env_of(env)->timers, timer,
		   delay_ns > UINT64_MAX - now ? UINT64_MAX : now + delay_ns);
}

static void op_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&env_of(env)->timers, timer);
}

static int op_send_peer(struct env *env, const struct env_peer *to, enum env_channel channel,
			struct bytes msg)
{
	struct env_uv *e = env_of(env);

	if (msg.len > (channel == ENV_DGRAM ? ENV_DGRAM_MSG_MAX : ENV_STREAM_MSG_MAX))
		return -EMSGSIZE;
	if (!e->listening || !to->addr.port || xos_addr_eq(&to->addr, &e->self.addr))
		return -EHOSTUNREACH;
	if (channel == ENV_DGRAM)
		return env_dgram_send(e, to, msg);
	return env_stream_send(e, to, msg);
}

static int op_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		   struct bytes msg)
{
	return op_send_peer(env, &(struct env_peer){ .addr = *to }, channel, msg);
}

static void op_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		   va_list args)
{
	struct env_uv *e = env_of(env);
	char line[512];

	if (e->config.log) {
		e->config.log(e->config.log_ctx, level, subsys, fmt, args);
		return;
	}
	vsnprintf(line, sizeof(line), fmt, args);
	fprintf(stderr, "%s\n", line);
}

static const struct env_ops uv_ops = {
	.now = op_now,
	.wall = op_wall,
	.random = op_random,
	.timer_set = op_timer_set,
	.timer_cancel = op_timer_cancel,
	.send = op_send,
	.send_peer = op_send_peer,
	.log = op_log,
};

/* One round: timers that are set to fire at once wait for the next round. */
static void timers_run(struct env_uv *e)
{
	uint64_t now = op_now(&e->env);
	struct env_timer *timer;

	for (uint32_t n = e->timers.count; n; n--) {
		timer = timers_pop(&e->timers, now);
		if (!timer)
			break;
		timer->fire(timer->ctx);
	}
}

static void timer_ready(uv_poll_t *poll, int status, int events)
{
	struct env_uv *e = poll->data;
	uint64_t ticks;

	/* EAGAIN when it was set anew between the wakeup and this read. */
	if (read(e->timer_fd, &ticks, sizeof(ticks)) == sizeof(ticks))
		e->armed_ns = UINT64_MAX;
	timers_run(e);
}

static void timer_arm(struct env_uv *e)
{
	uint64_t next = timers_next(&e->timers);
	struct itimerspec its = { 0 };

	/* Timers are often put off: to wake up once for nothing costs less than to set it each time. */
	if (next >= e->armed_ns)
		return;
	/* All zero would disarm. */
	its.it_value.tv_sec = (time_t)(next / ENV_SEC);
	its.it_value.tv_nsec = next ? (long)(next % ENV_SEC) : 1;
	xassert(!timerfd_settime(e->timer_fd, TFD_TIMER_ABSTIME, &its, NULL));
	e->armed_ns = next;
}

static void before_wait(uv_prepare_t *prepare)
{
	struct env_uv *e = prepare->data;

	env_stream_flush(e);
	timer_arm(e);
}

static void config_defaults(struct env_uv_config *c)
{
	uint32_t *const fields[] = { &c->timers_max,	 &c->conns_max,	     &c->handshakes_max,
				     &c->peers_max,	 &c->send_queue_max, &c->connect_timeout_ms,
				     &c->idle_timeout_ms };
	static const uint32_t defaults[] = { TIMERS_MAX,     CONNS_MAX,	     HANDSHAKES_MAX,
					     PEERS_MAX,	     SEND_QUEUE_MAX, CONNECT_TIMEOUT_MS,
					     IDLE_TIMEOUT_MS };

	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
		if (!*fields[i])
			*fields[i] = defaults[i];
	}
}

static int loop_setup(struct env_uv *e)
{
	int err = uv_loop_init(&e->loop);

	if (err)
		return err;
	xassert(!uv_prepare_init(&e->loop, &e->prepare));
	e->prepare.data = e;
	xassert(!uv_prepare_start(&e->prepare, before_wait));
	err = uv_poll_init(&e->loop, &e->timer_poll, e->timer_fd);
	xassert(!err);
	e->timer_poll.data = e;
	return uv_poll_start(&e->timer_poll, UV_READABLE, timer_ready);
}

int env_uv_create(const struct env_uv_config *config, struct env_uv **out)
{
	struct env_uv *e = calloc(1, sizeof(*e));
	struct timers_entry *heap;
	int err = -ENOMEM;

	if (!e)
		return -ENOMEM;
	e->env.ops = &uv_ops;
	memset(e->env.log_level, ENV_INFO, sizeof(e->env.log_level));
	e->config = *config;
	config_defaults(&e->config);
	e->self = (struct env_peer){ .addr = config->advertise };
	if (xos_addr_is_zero(&e->self.addr))
		e->self.addr = config->listen;
	e->armed_ns = UINT64_MAX;
	CDS_INIT_LIST_HEAD(&e->conns);
	CDS_INIT_LIST_HEAD(&e->flush);
	e->hash_key[0] = op_random(&e->env);
	e->hash_key[1] = op_random(&e->env);
	/* The connections' own timers come on top of those of the cores. */
	heap = calloc(e->config.timers_max + e->config.conns_max + 1, sizeof(*heap));
	if (!heap || env_stream_setup(e))
		goto err_free;
	timers_init(&e->timers, heap, e->config.timers_max + e->config.conns_max);
	e->timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	if (e->timer_fd < 0) {
		err = -errno;
		goto err_free;
	}
	err = loop_setup(e);
	if (err)
		goto err_close;
	*out = e;
	return 0;

err_close:
	close(e->timer_fd);
err_free:
	free(heap);
	free(e->buckets);
	free(e->peers);
	free(e);
	return err;
}

static void free_data(uv_handle_t *handle)
{
	free(handle->data);
}

/* Connections are closing already; what an owner forgot to remove is freed here. */
static void close_walk(uv_handle_t *handle, void *arg)
{
	struct env_uv *e = arg;
	bool owned = handle == (uv_handle_t *)&e->timer_poll ||
		     handle == (uv_handle_t *)&e->prepare || handle == (uv_handle_t *)&e->udp ||
		     handle == (uv_handle_t *)&e->tcp;

	if (!uv_is_closing(handle))
		uv_close(handle, owned ? NULL : free_data);
}

void env_uv_destroy(struct env_uv *e)
{
	if (!e)
		return;
	env_stream_teardown(e);
	uv_walk(&e->loop, close_walk, e);
	while (uv_loop_close(&e->loop))
		uv_run(&e->loop, UV_RUN_DEFAULT);
	close(e->timer_fd);
	free(e->timers.heap);
	free(e->buckets);
	free(e->peers);
	free(e);
}

struct env *env_uv_env(struct env_uv *e)
{
	return &e->env;
}

void env_uv_recv(struct env_uv *e, env_uv_recv_fn recv, void *ctx)
{
	e->recv = recv;
	e->recv_ctx = ctx;
}

/* Both sockets on one port; @addr gets it. */
static int listen_once(struct env_uv *e, struct xos_addr *addr)
{
	struct sockaddr_in6 sa;
	int len = sizeof(sa);
	int err;

	env_addr_to_sock(addr, &sa);
	err = uv_tcp_init(&e->loop, &e->tcp);
	if (err)
		return err;
	e->tcp.data = e;
	err = uv_tcp_bind(&e->tcp, (struct sockaddr *)&sa, 0);
	if (!err)
		err = uv_listen((uv_stream_t *)&e->tcp, LISTEN_BACKLOG, env_stream_accept);
	if (!err)
		err = uv_tcp_getsockname(&e->tcp, (struct sockaddr *)&sa, &len);
	if (!err) {
		addr->port = ntohs(sa.sin6_port);
		err = env_dgram_open(e, addr);
	}
	if (err) {
		uv_close((uv_handle_t *)&e->tcp, NULL);
		uv_run(&e->loop, UV_RUN_NOWAIT);
	}
	return err;
}

int env_uv_listen(struct env_uv *e, struct env_guard *guard, const struct xos_id *id)
{
	int err = -EADDRINUSE;
	struct xos_addr addr;

	xassert(!e->listening);
	e->guard = guard;
	e->self.id = *id;
	for (int i = 0; i < ANY_PORT_TRIES && err == -EADDRINUSE; i++) {
		addr = e->config.listen;
		err = listen_once(e, &addr);
		if (e->config.listen.port)
			break;
	}
	if (err)
		return err;
	e->listening = true;
	if (!e->self.addr.port)
		e->self.addr.port = addr.port;
	return 0;
}

const struct env_peer *env_uv_self(const struct env_uv *e)
{
	return &e->self;
}

int env_uv_dgram_fd(const struct env_uv *e)
{
	uv_os_fd_t fd;

	if (!e->listening || uv_fileno((const uv_handle_t *)&e->udp, &fd))
		return -1;
	return fd;
}

int env_uv_run(struct env_uv *e)
{
	e->status = 0;
	uv_run(&e->loop, UV_RUN_DEFAULT);
	return e->status;
}

void env_uv_stop(struct env_uv *e, int status)
{
	e->status = status;
	uv_stop(&e->loop);
}

const struct env_uv_counters *env_uv_counters(const struct env_uv *e)
{
	return &e->counters;
}

uint32_t env_uv_conns(const struct env_uv *e)
{
	return e->conns_n;
}

/* --- descriptors, threads, signals ------------------------------------------ */

static void poll_ready(uv_poll_t *uv, int status, int events)
{
	struct env_uv_poll *p = uv->data;

	if (status)
		events = UV_READABLE | UV_WRITABLE;
	p->ready(p->ctx, (events & UV_READABLE ? ENV_UV_READ : 0) |
				 (events & UV_WRITABLE ? ENV_UV_WRITE : 0));
}

int env_uv_poll_add(struct env_uv *e, int fd, int events, void (*ready)(void *ctx, int events),
		    void *ctx, struct env_uv_poll **out)
{
	struct env_uv_poll *p = calloc(1, sizeof(*p));
	int err;

	if (!p)
		return -ENOMEM;
	p->ready = ready;
	p->ctx = ctx;
	err = uv_poll_init(&e->loop, &p->uv, fd);
	if (err) {
		free(p);
		return err;
	}
	p->uv.data = p;
	env_uv_poll_events(p, events);
	*out = p;
	return 0;
}

void env_uv_poll_events(struct env_uv_poll *p, int events)
{
	int uv_events = (events & ENV_UV_READ ? UV_READABLE : 0) |
			(events & ENV_UV_WRITE ? UV_WRITABLE : 0);

	if (uv_events)
		uv_poll_start(&p->uv, uv_events, poll_ready);
	else
		uv_poll_stop(&p->uv);
}

void env_uv_poll_del(struct env_uv_poll *p)
{
	if (!p)
		return;
	uv_poll_stop(&p->uv);
	uv_close((uv_handle_t *)&p->uv, free_data);
}

static void async_wake(uv_async_t *uv)
{
	struct env_uv_async *a = uv->data;

	a->wake(a->ctx);
}

int env_uv_async_add(struct env_uv *e, void (*wake)(void *ctx), void *ctx,
		     struct env_uv_async **out)
{
	struct env_uv_async *a = calloc(1, sizeof(*a));
	int err;

	if (!a)
		return -ENOMEM;
	a->wake = wake;
	a->ctx = ctx;
	err = uv_async_init(&e->loop, &a->uv, async_wake);
	if (err) {
		free(a);
		return err;
	}
	a->uv.data = a;
	*out = a;
	return 0;
}

void env_uv_async_send(struct env_uv_async *a)
{
	uv_async_send(&a->uv);
}

void env_uv_async_del(struct env_uv_async *a)
{
	if (a)
		uv_close((uv_handle_t *)&a->uv, free_data);
}

static void signal_caught(uv_signal_t *uv, int signo)
{
	struct env_uv_signal *s = uv->data;

	s->caught(s->ctx, signo);
}

int env_uv_signal_add(struct env_uv *e, int signo, void (*caught)(void *ctx, int signo), void *ctx,
		      struct env_uv_signal **out)
{
	struct env_uv_signal *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	s->caught = caught;
	s->ctx = ctx;
	err = uv_signal_init(&e->loop, &s->uv);
	if (err) {
		free(s);
		return err;
	}
	s->uv.data = s;
	err = uv_signal_start(&s->uv, signal_caught, signo);
	if (err) {
		uv_close((uv_handle_t *)&s->uv, free_data);
		return err;
	}
	*out = s;
	return 0;
}

void env_uv_signal_del(struct env_uv_signal *s)
{
	if (s)
		uv_close((uv_handle_t *)&s->uv, free_data);
}
