// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * handoffd: the agent that may change the network. It programs xos_handoff.ko and
 * moves connections between members. When it dies the kernel goes on as it was.
 */
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/datadir.h>
#include <daemon/log.h>
#include <daemon/notify.h>
#include <daemon/privs.h>
#include <daemon/sandbox.h>
#include <secure/secure.h>
#include <store/store_sqlite.h>

#include "apps.h"
#include "config.h"
#include "conns.h"
#include "front.h"
#include "hctl.h"
#include "kernel.h"

#define PATH_MAX_BYTES 512
#define PROGRAM	       "handoffd " XOS_VERSION
#define SEED_LABEL     "xos handoff seed v1"

/**
 * struct handoffd - everything that the daemon has, in the order in which it is made
 */
struct handoffd {
	struct handoffd_config config;
	const char *config_path;
	struct privs privs;
	struct credentials credentials;
	struct secure_key key;
	struct xos_id id;
	int lock_fd;
	struct env_uv *env;
	struct secure *secure;
	struct store_sqlite *store;
	struct env_uv_async *store_wake;
	struct kernel kernel;
	struct apps apps;
	void *memory;
	struct arena arena;
	struct dserver *core;
	struct hctl hctl;
	struct control_server *control;
	char control_path[PATH_MAX_BYTES];
	char apps_path[PATH_MAX_BYTES];
	struct env_uv_signal *signals[2];
	struct env_uv_poll *events;
};

static int fail_text(const char *what, const char *why)
{
	log_say(ENV_ERR, "%s: %s", what, why);
	return -1;
}

static int fail_errno(const char *what, int err)
{
	return fail_text(what, strerror(-err));
}

/* --- what the core asks for --------------------------------------------------------- */

static int op_gate_set(void *ctx, const struct dserver_conn *conn, enum dserver_gate in, bool pass,
		       uint32_t member)
{
	return kernel_gate_set(&((struct handoffd *)ctx)->kernel, conn, in, pass, member);
}

static int op_gate_del(void *ctx, const struct dserver_conn *conn)
{
	return kernel_gate_del(&((struct handoffd *)ctx)->kernel, conn);
}

static int op_client_set(void *ctx, const struct dserver_conn *conn, uint32_t member)
{
	return kernel_client_set(&((struct handoffd *)ctx)->kernel, conn, member);
}

static int op_clients(void *ctx, const struct xos_addr *vip, dserver_client_fn fn, void *arg)
{
	return kernel_clients(&((struct handoffd *)ctx)->kernel, vip, fn, arg);
}

static void op_front(void *ctx, const struct xos_addr *vip, bool on)
{
	const struct handoffd *h = ctx;
	int err;

	if (!*h->config.contact_address)
		return;
	err = front_set(h->config.contact_address, on);
	if (err)
		log_say(ENV_ERR, "%s: %s", h->config.contact_address, strerror(-err));
	else
		log_say(ENV_INFO, "%s %s", on ? "took" : "gave up", h->config.contact_address);
}

static int op_conns(void *ctx, const struct xos_addr *vip, dserver_conn_fn fn, void *arg)
{
	return conns_list(vip, fn, arg);
}

static bool op_serves(void *ctx, const struct xos_addr *server)
{
	return apps_serves(&((struct handoffd *)ctx)->apps, server);
}

static int op_release(void *ctx, const struct xos_id *tx, const struct dserver_conn *conn,
		      const struct xos_addr *peer)
{
	return apps_release(&((struct handoffd *)ctx)->apps, tx, conn, peer);
}

static int op_dump(void *ctx, const struct xos_id *tx, struct buf *out, struct dserver_why *why)
{
	return apps_dump(&((struct handoffd *)ctx)->apps, tx, out, why);
}

static void op_undo(void *ctx, const struct xos_id *tx)
{
	apps_undo(&((struct handoffd *)ctx)->apps, tx);
}

static int op_restore(void *ctx, const struct xos_id *tx, struct bytes record,
		      struct dserver_why *why)
{
	return apps_restore(&((struct handoffd *)ctx)->apps, tx, record, why);
}

static int op_park(void *ctx, const struct xos_id *tx, const struct dserver_conn *conn,
		   const struct xos_addr *peer, struct bytes app)
{
	return apps_park(&((struct handoffd *)ctx)->apps, tx, conn, peer, app);
}

static int op_thaw(void *ctx, const struct xos_id *tx, struct bytes record, struct dserver_why *why)
{
	return apps_thaw(&((struct handoffd *)ctx)->apps, tx, record, why);
}

static bool op_frozen(void *ctx, const struct xos_id *tx)
{
	return apps_frozen(&((struct handoffd *)ctx)->apps, tx);
}

static void op_go(void *ctx, const struct xos_id *tx)
{
	apps_go(&((struct handoffd *)ctx)->apps, tx);
}

static void op_drop(void *ctx, const struct xos_id *tx)
{
	apps_drop(&((struct handoffd *)ctx)->apps, tx);
}

static void op_tune(void *ctx, const struct dserver_conn *conn, struct bytes record)
{
	kernel_tune(&((struct handoffd *)ctx)->kernel, conn, record);
}

static void op_group_changed(void *ctx, const struct group *group)
{
	kernel_group(&((struct handoffd *)ctx)->kernel, group);
}

static void op_moved(void *ctx, const struct xos_id *tx, int err, const char *text)
{
	hctl_moved(&((struct handoffd *)ctx)->hctl, tx, err, text);
}

static const struct dserver_ops core_ops = {
	.gate_set = op_gate_set,
	.gate_del = op_gate_del,
	.client_set = op_client_set,
	.clients = op_clients,
	.front = op_front,
	.conns = op_conns,
	.serves = op_serves,
	.release = op_release,
	.dump = op_dump,
	.undo = op_undo,
	.restore = op_restore,
	.park = op_park,
	.thaw = op_thaw,
	.frozen = op_frozen,
	.go = op_go,
	.drop = op_drop,
	.tune = op_tune,
	.group_changed = op_group_changed,
	.moved = op_moved,
};

/* --- setting up ------------------------------------------------------------------- */

/* Identity and the grid's name come from the certificate. */
static int setup_credentials(struct handoffd *h)
{
	char reason[SECURE_REASON_MAX];
	struct cert_who *who = &h->credentials.who;

	if (credentials_load(h->config.credentials, SECURE_ROLE_NODE, time(NULL), &h->credentials,
			     reason))
		return fail_text("credentials", reason);
	if (*h->config.grid && strcmp(h->config.grid, who->vo))
		return fail_text("credentials", "they are of another virtual organisation than "
						"[grid] name says");
	strcpy(h->config.grid, who->vo);
	h->id = who->id;
	return 0;
}

static int setup_privileged(struct handoffd *h)
{
	const int caps[] = { CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE, -1 };
	char reason[SECURE_REASON_MAX];

	if (privs_find(h->config.user, &h->privs, reason))
		return fail_text("user", reason);
	if (h->config.insecure && secure_key_load(h->config.group_key, &h->key, reason))
		return fail_text("group key", reason);
	if (datadir_make(h->config.data_dir, 0700, &h->privs, reason) ||
	    datadir_make(h->config.run_dir, 0755, &h->privs, reason))
		return fail_text("folder", reason);
	if (privs_become(&h->privs, caps, reason))
		return fail_text("privileges", reason);
	if (!h->config.insecure && setup_credentials(h))
		return -1;
	if (datadir_open(h->config.data_dir, h->config.grid, &h->id, &h->lock_fd, reason))
		return fail_text("data-dir", reason);
	return 0;
}

static void recv_message(void *ctx, const struct env_peer *from, enum env_channel channel,
			 struct bytes msg)
{
	struct handoffd *h = ctx;

	if (channel == ENV_STREAM)
		dserver_recv(h->core, from, msg);
}

static int setup_network(struct handoffd *h)
{
	struct env_uv_config env_config = { .log = log_write };
	struct secure_config secure_config = {
		.credentials = h->config.insecure ? NULL : &h->credentials,
		.key = &h->key,
		.id = h->id,
		.grid = h->config.grid,
		.program = PROGRAM,
	};
	int err;

	xassert(!xos_addr_parse(h->config.listen, (uint16_t)h->config.port, &env_config.listen));
	err = env_uv_create(&env_config, &h->env);
	if (err)
		return fail_errno("event loop", err);
	log_pairs_apply(env_uv_env(h->env), &h->config.log);
	err = secure_key_derive(h->config.insecure ? &h->key : &h->credentials.seed, SEED_LABEL,
				h->kernel.seed, KERNEL_SEED_LEN);
	if (!err)
		err = secure_create(env_uv_env(h->env), &secure_config, &h->secure);
	secure_key_wipe(&h->key);
	if (err)
		return fail_errno("authentication", err);
	if (h->config.insecure)
		log_say(ENV_WARN, "INSECURE: whoever has the group key is a member of this grid");
	env_uv_recv(h->env, recv_message, h);
	err = env_uv_listen(h->env, secure_guard(h->secure), &h->id);
	return err ? fail_errno(h->config.listen, err) : 0;
}

static void store_wakeup(void *ctx)
{
	struct handoffd *h = ctx;

	env_uv_async_send(h->store_wake);
}

static void store_synced(void *ctx)
{
	struct handoffd *h = ctx;

	store_sqlite_poll(h->store);
	if (store_sqlite_failed(h->store)) {
		log_say(ENV_ERR, "the store failed; stopping");
		env_uv_stop(h->env, 1);
	}
}

static int setup_store(struct handoffd *h)
{
	struct store_sqlite_config c = { .wakeup = store_wakeup, .wakeup_ctx = h };
	char path[PATH_MAX_BYTES], reason[STORE_REASON_MAX];
	int err;

	snprintf(path, sizeof(path), "%s/store.db", h->config.data_dir);
	c.path = path;
	err = env_uv_async_add(h->env, store_synced, h, &h->store_wake);
	if (err)
		return fail_errno("event loop", err);
	return store_sqlite_open(&c, &h->store, reason) ? fail_text("store", reason) : 0;
}

static int setup_core(struct handoffd *h)
{
	struct dserver_config c = { .ops = &core_ops, .ops_ctx = h, .name = h->config.name };
	struct xos_addr vip, contact, standby;
	int err;

	h->memory = calloc(1, DSERVER_ARENA_LEN);
	if (!h->memory)
		return fail_errno("memory", -ENOMEM);
	arena_init(&h->arena, h->memory, DSERVER_ARENA_LEN);
	c.env = env_uv_env(h->env);
	c.store = store_sqlite_store(h->store);
	c.arena = &h->arena;
	c.self = env_uv_self(h->env)->addr;
	h->core = dserver_init(&c);
	h->apps.core = h->core;
	for (uint32_t i = 0; i < h->config.vip.n; i++) {
		xassert(!handoffd_config_vip(h->config.vip.v[i], &vip, &contact, &standby));
		err = dserver_vip_add(h->core, &vip, &contact, standby.port ? &standby : NULL);
		if (err)
			return fail_errno(h->config.vip.v[i], err);
	}
	err = dserver_recover(h->core);
	return err ? fail_errno("moves in the store", err) : 0;
}

static int setup_kernel(struct handoffd *h)
{
	int err;

	h->kernel.env = env_uv_env(h->env);
	h->kernel.self = env_uv_self(h->env)->addr;
	err = kernel_open(&h->kernel);
	if (err)
		return fail_text("xos_handoff",
				 err == -ENOENT ? "the module is not loaded" : strerror(-err));
	return 0;
}

static int setup_sockets(struct handoffd *h)
{
	struct control_config c = { .path = h->control_path,
				    .gid = privs_socket_group(h->config.group),
				    .request = hctl_handle,
				    .ctx = &h->hctl };
	int err;

	snprintf(h->control_path, sizeof(h->control_path), "%s/handoffd.sock", h->config.run_dir);
	snprintf(h->apps_path, sizeof(h->apps_path), "%s/handoff-app.sock", h->config.run_dir);
	h->hctl.env = h->env;
	h->hctl.core = h->core;
	h->hctl.kernel = &h->kernel;
	h->hctl.apps = &h->apps;
	h->hctl.name = h->config.name;
	hctl_init(&h->hctl);
	h->apps.env = h->env;
	h->apps.name = h->config.name;
	err = apps_open(&h->apps, h->apps_path, c.gid);
	if (err)
		return fail_errno(h->apps_path, err);
	err = control_server_create(h->env, &c, &h->control);
	return err ? fail_errno(h->control_path, err) : 0;
}

static void client_event(void *ctx, const struct dserver_conn *conn, uint32_t member)
{
	struct handoffd *h = ctx;

	if (conn)
		dserver_client_seen(h->core, conn, member);
	else
		dserver_clients_missed(h->core);
}

static void events_ready(void *ctx, int events)
{
	struct handoffd *h = ctx;

	kernel_events(&h->kernel, client_event, h);
}

/* Only a contact node with a standby wants to know whom the kernel steers. */
static int setup_events(struct handoffd *h)
{
	struct xos_addr vip, contact, standby;
	bool wanted = false;
	int err;

	for (uint32_t i = 0; i < h->config.vip.n; i++) {
		xassert(!handoffd_config_vip(h->config.vip.v[i], &vip, &contact, &standby));
		wanted |= standby.port && (xos_addr_eq(&contact, &h->kernel.self) ||
					   xos_addr_eq(&standby, &h->kernel.self));
	}
	if (!wanted)
		return 0;
	err = kernel_events_open(&h->kernel);
	if (!err)
		err = env_uv_poll_add(h->env, kernel_events_fd(&h->kernel), ENV_UV_READ,
				      events_ready, h, &h->events);
	return err ? fail_errno("events of xos_handoff", err) : 0;
}

static void caught_signal(void *ctx, int signo)
{
	struct handoffd *h = ctx;

	log_say(ENV_INFO, "stopping");
	notify_send("STOPPING=1");
	env_uv_stop(h->env, 0);
}

static int setup_signals(struct handoffd *h)
{
	static const int signos[] = { SIGTERM, SIGINT };
	int err;

	for (int i = 0; i < 2; i++) {
		err = env_uv_signal_add(h->env, signos[i], caught_signal, h, &h->signals[i]);
		if (err)
			return fail_errno("signals", err);
	}
	return 0;
}

static int setup_sandbox(void)
{
	char reason[SANDBOX_REASON_MAX];

	return sandbox_enter(reason) ? fail_text("sandbox", reason) : 0;
}

static void teardown(struct handoffd *h)
{
	control_server_destroy(h->control);
	if (h->control)
		hctl_exit(&h->hctl);
	apps_close(&h->apps);
	env_uv_poll_del(h->events);
	kernel_close(&h->kernel);
	store_sqlite_close(h->store);
	if (h->env) {
		for (int i = 0; i < 2; i++)
			env_uv_signal_del(h->signals[i]);
		env_uv_async_del(h->store_wake);
	}
	secure_stop(h->secure);
	env_uv_destroy(h->env);
	secure_destroy(h->secure);
	credentials_exit(&h->credentials);
	secure_key_wipe(&h->key);
	free(h->memory);
	if (h->lock_fd >= 0)
		close(h->lock_fd);
}

int main(int argc, char **argv)
{
	struct handoffd *h = calloc(1, sizeof(*h));
	int status;

	if (!h)
		return 1;
	h->lock_fd = -1;
	signal(SIGPIPE, SIG_IGN);
	status = handoffd_config_args(argc, argv, &h->config, &h->config_path);
	if (status >= 0) {
		free(h);
		return status;
	}
	status = 1;
	if (!setup_privileged(h) && !setup_network(h) && !setup_kernel(h) && !setup_store(h) &&
	    !setup_sockets(h) && !setup_core(h) && !setup_events(h) && !setup_signals(h) &&
	    !setup_sandbox()) {
		h->hctl.core = h->core;
		log_say(ENV_INFO, PROGRAM ", grid %s, node %s, writer generation %llu",
			h->config.grid, h->config.name, (unsigned long long)h->kernel.generation);
		notify_send("READY=1");
		status = env_uv_run(h->env);
	}
	teardown(h);
	free(h);
	return status;
}
