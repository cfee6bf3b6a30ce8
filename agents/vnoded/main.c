// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vnoded: virtual nodes. It keeps a replica of the log of each virtual node that
 * this machine takes part in, and runs the service in a process of its own.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/datadir.h>
#include <daemon/log.h>
#include <daemon/notify.h>

#include "vnoded.h"

/* Of a reply that a session remembers; longer ones are given once and then forgotten. */
#define REPLY_REMEMBERED 8192

static int fail_text(const char *what, const char *reason)
{
	log_say(ENV_ERR, "%s: %s", what, reason);
	return -1;
}

static int fail_errno(const char *what, int err)
{
	return fail_text(what, strerror(-err));
}

static int setup_privileged(struct vnoded *d)
{
	const int caps[] = { -1 };
	char reason[SECURE_REASON_MAX];

	if (privs_find(d->config.user, &d->privs, reason))
		return fail_text("user", reason);
	if (secure_key_load(d->config.group_key, &d->key, reason))
		return fail_text("group key", reason);
	if (datadir_make(d->config.data_dir, 0700, &d->privs, reason) ||
	    datadir_make(d->config.run_dir, 0755, &d->privs, reason))
		return fail_text("folder", reason);
	if (privs_become(&d->privs, caps, reason))
		return fail_text("privileges", reason);
	if (datadir_open(d->config.data_dir, d->config.grid, &d->id, &d->lock_fd, reason))
		return fail_text("data-dir", reason);
	return 0;
}

static void recv_message(void *ctx, const struct env_peer *from, enum env_channel channel,
			 struct bytes msg)
{
	union {
		struct wire_vn_call call;
		struct wire_vn_answer answer;
	} m;
	struct wire_header h;
	struct vnoded *d = ctx;

	if (!d->order || wire_header_decode(msg, &h) || order_recv(d->order, from, &h) ||
	    channel != ENV_STREAM || create_recv(d, from, &h))
		return;
	if (h.type == WIRE_VN_CALL && !wire_vn_call_body_decode(&h, &m.call))
		call_from_peer(d, from, &m.call);
	else if (h.type == WIRE_VN_ANSWER && !wire_vn_answer_body_decode(&h, &m.answer))
		call_answered(d, &m.answer);
}

static int setup_network(struct vnoded *d)
{
	struct env_uv_config env_config = { .log = log_write };
	struct secure_config secure_config = {
		.key = &d->key, .id = d->id, .grid = d->config.grid, .program = VNODED_PROGRAM
	};
	int err;

	xassert(!xos_addr_parse(d->config.listen, (uint16_t)d->config.port, &env_config.listen));
	err = env_uv_create(&env_config, &d->env);
	if (err)
		return fail_errno("event loop", err);
	log_pairs_apply(env_uv_env(d->env), &d->config.log);
	err = secure_create(env_uv_env(d->env), &secure_config, &d->secure);
	secure_key_wipe(&d->key);
	if (err)
		return fail_errno("group key", err);
	env_uv_recv(d->env, recv_message, d);
	err = env_uv_listen(d->env, secure_guard(d->secure), &d->id);
	return err ? fail_errno(d->config.listen, err) : 0;
}

static void storage_wakeup(void *ctx)
{
	struct vnoded *d = ctx;

	env_uv_async_send(d->wake);
}

static void storage_synced(void *ctx)
{
	struct vnoded *d = ctx;

	if (d->store)
		store_sqlite_poll(d->store);
	if (d->log)
		store_log_file_poll(d->log);
	if ((d->store && store_sqlite_failed(d->store)) ||
	    (d->log && store_log_file_failed(d->log)) || (d->order && order_failed(d->order))) {
		log_say(ENV_ERR, "the disk failed; stopping");
		env_uv_stop(d->env, 1);
	}
}

static int setup_storage(struct vnoded *d)
{
	struct store_sqlite_config store = { .wakeup = storage_wakeup, .wakeup_ctx = d };
	struct store_log_file_config log = { .wakeup = storage_wakeup, .wakeup_ctx = d };
	char store_path[VNODED_PATH_MAX], log_path[VNODED_PATH_MAX], reason[STORE_REASON_MAX];
	int err;

	snprintf(store_path, sizeof(store_path), "%s/store.db", d->config.data_dir);
	snprintf(log_path, sizeof(log_path), "%s/log", d->config.data_dir);
	store.path = store_path;
	log.path = log_path;
	err = env_uv_async_add(d->env, storage_synced, d, &d->wake);
	if (err)
		return fail_errno("event loop", err);
	if (store_sqlite_open(&store, &d->store, reason))
		return fail_text("store", reason);
	return store_log_file_open(&log, &d->log, reason) ? fail_text("log", reason) : 0;
}

static int setup_order(struct vnoded *d)
{
	struct order_config c = {
		.groups_max = (uint32_t)d->config.groups_max,
		.tick_ns = d->config.heartbeat_ms * ENV_MS,
		.sessions_max = (uint32_t)d->config.sessions_max,
		.reply_max = REPLY_REMEMBERED,
		.ops_max = 2 * VNODED_CALLS_MAX,
	};
	size_t size = (order_arena_size(&c) + 4095) & ~(size_t)4095;
	uint64_t id = 0;
	int err;

	d->memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (d->memory == MAP_FAILED)
		return fail_errno("memory", -ENOMEM);
	arena_init(&d->arena, d->memory, size);
	d->order = order_init(&d->arena, env_uv_env(d->env), store_log_file_log(d->log),
			      store_sqlite_store(d->store), &d->id, &c);
	err = order_start(d->order);
	if (err)
		return fail_errno("log", err);
	while ((id = order_group_next(d->order, id)))
		replica_open(d, id);
	return 0;
}

static int setup_control(struct vnoded *d)
{
	struct control_config c = { .path = d->control_path,
				    .gid = privs_socket_group(d->config.group),
				    .request = vctl_handle,
				    .closed = vctl_closed,
				    .ctx = d };
	int err;

	snprintf(d->control_path, sizeof(d->control_path), "%s/vnoded.sock", d->config.run_dir);
	err = control_server_create(d->env, &c, &d->control);
	return err ? fail_errno(d->control_path, err) : 0;
}

static void caught_signal(void *ctx, int signo)
{
	struct vnoded *d = ctx;

	log_say(ENV_INFO, "stopping");
	notify_send("STOPPING=1");
	env_uv_stop(d->env, 0);
}

static int setup_signals(struct vnoded *d)
{
	static const int signos[] = { SIGTERM, SIGINT };
	int err;

	for (int i = 0; i < 2; i++) {
		err = env_uv_signal_add(d->env, signos[i], caught_signal, d, &d->signals[i]);
		if (err)
			return fail_errno("signals", err);
	}
	return 0;
}

static void teardown(struct vnoded *d)
{
	struct replica *r, *next;

	calls_end(d, 0);
	creates_end(d);
	cds_list_for_each_entry_safe(r, next, &d->replicas, node)
		replica_close(r, false);
	if (d->order)
		order_stop(d->order);
	control_server_destroy(d->control);
	store_log_file_close(d->log);
	store_sqlite_close(d->store);
	if (d->env) {
		for (int i = 0; i < 2; i++)
			env_uv_signal_del(d->signals[i]);
		env_uv_async_del(d->wake);
	}
	env_uv_destroy(d->env);
	secure_destroy(d->secure);
	secure_key_wipe(&d->key);
	if (d->lock_fd >= 0)
		close(d->lock_fd);
}

int main(int argc, char **argv)
{
	struct vnoded *d = calloc(1, sizeof(*d));
	int status;

	if (!d)
		return 1;
	d->lock_fd = -1;
	CDS_INIT_LIST_HEAD(&d->replicas);
	CDS_INIT_LIST_HEAD(&d->calls);
	CDS_INIT_LIST_HEAD(&d->creates);
	signal(SIGPIPE, SIG_IGN);
	status = vnoded_config_args(argc, argv, &d->config, &d->config_path);
	if (status >= 0) {
		free(d);
		return status;
	}
	status = 1;
	if (!setup_privileged(d) && !setup_network(d) && !setup_storage(d) && !setup_order(d) &&
	    !setup_control(d) && !setup_signals(d)) {
		log_say(ENV_INFO, VNODED_PROGRAM ", grid %s", d->config.grid);
		notify_send("READY=1");
		status = env_uv_run(d->env);
	}
	teardown(d);
	free(d);
	return status;
}
