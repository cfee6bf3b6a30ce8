// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Load on a replicated log: three processes on this host, each with a disk
 * folder, authenticated connections over loopback, and one member of a group.
 * Whoever leads proposes: each client has one proposal of 100 bytes, or one
 * linearisable read, under way at a time. Prints one JSON object, for
 * tools/testing/bench/run.
 *
 *	log_load ROW write|read CLIENTS OPERATIONS FOLDER
 *
 * FOLDER is made. An operation that fails ends the run with status 1.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <env/env_uv.h>
#include <order/order.h>
#include <secure/secure.h>
#include <store/log_file.h>
#include <store/store_sqlite.h>

#define MEMBERS	    3
#define GROUP	    1
#define BYTES	    100
#define CLIENTS_MAX 512
#define PORT	    17400
/* Proposals before those that are counted. */
#define WARMUP	    200

struct client {
	struct order_op op;
	uint64_t begun_ns;
};

/**
 * struct member - one process
 * @row: name of the row
 * @reads: reads instead of proposals
 * @clients: clients
 * @left: operations still to be begun
 * @busy: operations under way
 * @took_us: times of those that are done
 * @taken: how many
 * @begun_ns: when the first counted one began
 */
static struct member {
	const char *row;
	bool reads;
	uint32_t clients;
	int64_t left;
	uint32_t busy;
	uint32_t *took_us;
	uint64_t taken;
	uint64_t begun_ns;
	struct env_uv *env;
	struct env_uv_async *log_wake;
	struct env_uv_async *store_wake;
	struct store_log_file *log;
	struct store_sqlite *store;
	struct order *order;
	struct order_group *group;
	struct env_timer start;
	struct client client[CLIENTS_MAX];
} m;

static void die(const char *what, int err)
{
	fprintf(stderr, "log_load: %s: %s\n", what, strerror(-err));
	exit(1);
}

static int by_time(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void report(void)
{
	uint64_t ns = env_now(env_uv_env(m.env)) - m.begun_ns;

	qsort(m.took_us, m.taken, sizeof(m.took_us[0]), by_time);
	printf("{\"name\": \"%s\", \"value\": %.0f, \"unit\": \"op/s\", \"p50_us\": %u, "
	       "\"p99_us\": %u}\n",
	       m.row, (double)m.taken * 1e9 / (double)ns, m.took_us[m.taken / 2],
	       m.took_us[m.taken * 99 / 100]);
	fflush(stdout);
	exit(0);
}

static void begin(struct client *c)
{
	static const uint8_t data[BYTES];
	struct order_request r = { .data = bytes_of(data, sizeof(data)) };
	enum order_status status;

	if (m.left-- <= 0)
		return;
	c->begun_ns = env_now(env_uv_env(m.env));
	status = m.reads ? order_read(m.group, &c->op) : order_propose(m.group, &r, &c->op);
	if (status != ORDER_OK) {
		fprintf(stderr, "log_load: %s\n", order_status_name(status));
		exit(1);
	}
	m.busy++;
}

static void done(struct order_op *op, enum order_status status, uint64_t index, struct bytes reply)
{
	struct client *c = op->ctx;
	uint64_t now = env_now(env_uv_env(m.env));

	m.busy--;
	if (status != ORDER_OK) {
		fprintf(stderr, "log_load: %s\n", order_status_name(status));
		exit(1);
	}
	m.took_us[m.taken++] = (uint32_t)((now - c->begun_ns) / 1000);
	if (!m.begun_ns && m.taken >= WARMUP) {
		m.begun_ns = now;
		m.taken = 0;
	}
	begin(c);
	if (!m.busy)
		report();
}

static void start(void *ctx)
{
	for (uint32_t i = 0; i < m.clients; i++) {
		m.client[i].op.done = done;
		m.client[i].op.ctx = &m.client[i];
		begin(&m.client[i]);
	}
}

/* --- the service: takes everything, keeps nothing -------------------------------- */

static bool service_apply(void *ctx, const struct order_entry *e)
{
	return true;
}

static void service_role(void *ctx, enum order_role role, uint64_t term, uint64_t leader)
{
	/* Half a second for the others to connect. */
	if (role == ORDER_LEADER)
		env_timer_set(env_uv_env(m.env), &m.start, ENV_SEC / 2);
}

static void service_snapshot_wanted(void *ctx, uint64_t applied)
{
	size_t taken;

	if (order_snapshot_begin(m.group) != ORDER_OK)
		return;
	order_snapshot_write(m.group, bytes_str("x"), &taken);
	order_snapshot_end(m.group);
}

static void service_restore(void *ctx, uint64_t index)
{
}

static bool service_restore_data(void *ctx, struct bytes data)
{
	return true;
}

static void service_restore_end(void *ctx)
{
}

static const struct order_service service = {
	.apply = service_apply,
	.role = service_role,
	.snapshot_wanted = service_snapshot_wanted,
	.restore_begin = service_restore,
	.restore_data = service_restore_data,
	.restore_end = service_restore_end,
};

/* --- a process ------------------------------------------------------------------- */

static void received(void *ctx, const struct env_peer *from, enum env_channel channel,
		     struct bytes msg)
{
	struct wire_header h;

	if (!wire_header_decode(msg, &h))
		order_recv(m.order, from, &h);
}

static void wake_log(void *ctx)
{
	env_uv_async_send(m.log_wake);
}

static void wake_store(void *ctx)
{
	env_uv_async_send(m.store_wake);
}

static void log_synced(void *ctx)
{
	store_log_file_poll(m.log);
	if (order_failed(m.order))
		die("the log failed", -EIO);
}

static void store_synced(void *ctx)
{
	store_sqlite_poll(m.store);
}

static struct xos_addr member_addr(int i)
{
	struct xos_addr a = { .port = (uint16_t)(PORT + i) };

	a.ip[15] = 1;
	return a;
}

static void open_disk(const char *folder, int index)
{
	struct store_log_file_config log = { .wakeup = wake_log };
	struct store_sqlite_config store = { .wakeup = wake_store };
	char path[2][256], reason[STORE_LOG_REASON_MAX];
	int err;

	snprintf(path[0], sizeof(path[0]), "%s/log%d", folder, index);
	snprintf(path[1], sizeof(path[1]), "%s/store%d.db", folder, index);
	log.path = path[0];
	store.path = path[1];
	err = store_log_file_open(&log, &m.log, reason);
	if (!err)
		err = store_sqlite_open(&store, &m.store, reason);
	if (err)
		die(reason, err);
}

static void open_net(int index)
{
	static const struct secure_key key = { { 7 } };
	struct env_uv_config env = { .listen = member_addr(index) };
	struct secure_config sec = { .key = &key, .grid = "bench", .program = "log_load" };
	struct secure *secure;
	int err = env_uv_create(&env, &m.env);

	sec.id.b[0] = (uint8_t)(index + 1);
	if (!err)
		err = secure_create(env_uv_env(m.env), &sec, &secure);
	if (!err)
		err = env_uv_listen(m.env, secure_guard(secure), &sec.id);
	if (!err)
		err = env_uv_async_add(m.env, log_synced, NULL, &m.log_wake);
	if (!err)
		err = env_uv_async_add(m.env, store_synced, NULL, &m.store_wake);
	if (err)
		die("cannot listen", err);
	env_uv_recv(m.env, received, NULL);
}

static void member_run(const char *folder, int index)
{
	struct order_config cfg = { .groups_max = 1 };
	struct order_members members = { .n = MEMBERS };
	size_t size = order_arena_size(&cfg);
	struct arena arena;
	int err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	open_net(index);
	open_disk(folder, index);
	for (int i = 0; i < MEMBERS; i++) {
		members.v[i].id.b[0] = (uint8_t)(i + 1);
		members.v[i].addr = member_addr(i);
		members.v[i].tag = (uint64_t)i + 1;
		members.v[i].roles = ORDER_VOTER;
	}
	arena_init(&arena, calloc(1, size), size);
	m.start.fire = start;
	m.order = order_init(&arena, env_uv_env(m.env), store_log_file_log(m.log),
			     store_sqlite_store(m.store), &members.v[index].id, &cfg);
	err = order_start(m.order);
	if (err)
		die("the log", err);
	if (order_group_create(m.order, GROUP, (uint64_t)index + 1, &members, &service, NULL,
			       &m.group) != ORDER_OK)
		die("the group", -EINVAL);
	env_uv_run(m.env);
	exit(1);
}

int main(int argc, char **argv)
{
	pid_t pid[MEMBERS], ended;
	int status = 1;

	if (argc != 6 || atoi(argv[3]) < 1 || atoi(argv[3]) > CLIENTS_MAX) {
		fputs("usage: log_load ROW write|read CLIENTS OPERATIONS FOLDER\n", stderr);
		return 2;
	}
	m.row = argv[1];
	m.reads = !strcmp(argv[2], "read");
	m.clients = (uint32_t)atoi(argv[3]);
	m.left = atoll(argv[4]) + WARMUP;
	m.took_us = calloc((size_t)m.left + 1, sizeof(m.took_us[0]));
	if (!m.took_us || mkdir(argv[5], 0700))
		die(argv[5], -errno);
	for (int i = 0; i < MEMBERS; i++) {
		pid[i] = fork();
		if (!pid[i])
			member_run(argv[5], i);
	}
	ended = wait(&status);
	for (int i = 0; i < MEMBERS; i++) {
		if (pid[i] != ended)
			kill(pid[i], SIGKILL);
	}
	while (wait(NULL) > 0)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
