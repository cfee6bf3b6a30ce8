// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * xosd: one ring node with its services. Here everything is put together and
 * taken apart; what happens in between happens in the event loop.
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
#include <daemon/control.h>
#include <daemon/datadir.h>
#include <daemon/log.h>
#include <daemon/notify.h>
#include <daemon/privs.h>
#include <daemon/sandbox.h>
#include <env/env_uv.h>
#include <secure/join.h>
#include <secure/secure.h>
#include <store/store_sqlite.h>

#include "attr_machine.h"
#include "config.h"
#include "kernel_lookup.h"
#include "node.h"
#include "node_lookup.h"
#include "redis_server.h"
#include "requests.h"

#define PATH_MAX_BYTES	     512
/* The attributes of the machine are read again so often. */
#define ATTRIBUTES_PERIOD_NS (10 * ENV_SEC)
#define PROGRAM		     "xosd " XOS_VERSION

/**
 * struct xosd - everything that the daemon has, in the order in which it is made
 */
struct xosd {
	struct xosd_config config;
	const char *config_path;
	struct privs privs;
	struct secure_blob token;
	struct credentials credentials;
	struct secure_key key;
	struct xos_id id;
	int lock_fd;
	struct env_uv *env;
	struct secure *secure;
	struct kernel_lookup kernel;
	struct store_sqlite *store;
	struct env_uv_async *store_wake;
	void *memory;
	struct arena arena;
	struct node_config node_config;
	struct node *node;
	struct lookup_service lookup;
	struct select *select;
	struct select_config select_config;
	struct env_timer attributes;
	struct requests requests;
	struct control_server *control;
	struct redis_server *redis;
	char control_path[PATH_MAX_BYTES];
	struct env_uv_signal *signals[3];
	struct env_timer watchdog;
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

/* A new node: ask those that it joins through for credentials. */
static int join_with_token(struct xosd *x)
{
	struct xos_addr addrs[CONFIG_LIST_MAX];
	char reason[SECURE_REASON_MAX];
	const struct config_list *l = &x->config.join;

	for (uint32_t i = 0; i < l->n; i++)
		xassert(!xos_addr_parse(l->v[i], XOSD_PORT, &addrs[i]));
	if (join_grid(&x->token, addrs, l->n, x->config.machine, x->config.credentials, time(NULL),
		      reason))
		return fail_text("token", reason);
	log_say(ENV_INFO, "credentials were got with the token");
	return 0;
}

/* Identity and the grid's name come from the certificate. */
static int setup_credentials(struct xosd *x)
{
	char reason[SECURE_REASON_MAX];
	struct cert_who *who = &x->credentials.who;
	char path[SECURE_PATH_MAX];

	/* Who has credentials keeps them: a restart with the same arguments does no harm. */
	secure_path(path, x->config.credentials, CREDENTIALS_CERTIFICATE);
	if (x->token.data && access(path, F_OK) && join_with_token(x))
		return -1;
	secure_blob_wipe(&x->token);
	if (credentials_load(x->config.credentials, SECURE_ROLE_NODE, time(NULL), &x->credentials,
			     reason))
		return fail_text("credentials", reason);
	if (*x->config.grid && strcmp(x->config.grid, who->vo))
		return fail_text("credentials", "they are of another virtual organisation than "
						"[grid] name says");
	strcpy(x->config.grid, who->vo);
	x->id = who->id;
	return 0;
}

/* As root: what only root can read or make. Then become the user. */
static int setup_privileged(struct xosd *x)
{
	const int caps[] = { CAP_NET_ADMIN, -1 };
	char reason[SECURE_REASON_MAX];

	if (privs_find(x->config.user, &x->privs, reason))
		return fail_text("user", reason);
	if (x->config.insecure && secure_key_load(x->config.group_key, &x->key, reason))
		return fail_text("group key", reason);
	if (x->config.token_file && secure_file_read(x->config.token_file, true, &x->token, reason))
		return fail_text("token", reason);
	if (datadir_make(x->config.data_dir, 0700, &x->privs, reason) ||
	    datadir_make(x->config.run_dir, 0755, &x->privs, reason))
		return fail_text("folder", reason);
	if (privs_become(&x->privs, caps, reason))
		return fail_text("privileges", reason);
	if (!x->config.insecure && setup_credentials(x))
		return -1;
	if (datadir_open(x->config.data_dir, x->config.grid, &x->id, &x->lock_fd, reason))
		return fail_text("data-dir", reason);
	return 0;
}

/* The kernel answers lookups with the keys that this agent has. */
static void tell_kernel_keys(void *ctx)
{
	struct secure_dgram_key keys[SECURE_DGRAM_KEYS_MAX];
	struct xosd *x = ctx;
	uint32_t n = secure_dgram_keys(x->secure, keys);

	kernel_lookup_keys(&x->kernel, keys, n);
	explicit_bzero(keys, sizeof(keys));
}

/* The network, with everything that needs a capability; the last one is dropped here. */
static int setup_network(struct xosd *x)
{
	struct env_uv_config env_config = { .conns_max = (uint32_t)x->config.conns_max,
					    .log = log_write };
	struct secure_config secure_config = {
		.credentials = x->config.insecure ? NULL : &x->credentials,
		.key = &x->key,
		.id = x->id,
		.grid = x->config.grid,
		.program = PROGRAM,
	};
	int err;

	xassert(!xos_addr_parse(x->config.listen, (uint16_t)x->config.port, &env_config.listen));
	err = env_uv_create(&env_config, &x->env);
	if (err)
		return fail_errno("event loop", err);
	log_pairs_apply(env_uv_env(x->env), &x->config.log);
	err = secure_create(env_uv_env(x->env), &secure_config, &x->secure);
	secure_key_wipe(&x->key);
	if (err)
		return fail_errno("authentication", err);
	if (x->config.insecure)
		log_say(ENV_WARN, "INSECURE: whoever has the group key is a member of this grid");
	err = env_uv_listen(x->env, secure_guard(x->secure), &x->id);
	if (err)
		return fail_errno(x->config.listen, err);
	if (x->config.kernel_lookup) {
		err = kernel_lookup_attach(&x->kernel, env_uv_env(x->env), &x->id,
					   env_uv_dgram_fd(x->env));
		log_say(ENV_INFO, "lookups are answered by the %s", err ? "agent" : "kernel");
		secure_on_keys(x->secure, tell_kernel_keys, x);
		tell_kernel_keys(x);
	}
	err = privs_drop_all();
	return err ? fail_errno("privileges", err) : 0;
}

static void store_wakeup(void *ctx)
{
	struct xosd *x = ctx;

	env_uv_async_send(x->store_wake);
}

/* Nobody knows what is on the disk after a failed sync: end, and start from the disk. */
static void store_synced(void *ctx)
{
	struct xosd *x = ctx;

	store_sqlite_poll(x->store);
	if (store_sqlite_failed(x->store)) {
		log_say(ENV_ERR, "the store failed; stopping");
		env_uv_stop(x->env, 1);
	}
}

static int setup_store(struct xosd *x)
{
	struct store_sqlite_config c = {
		.pending_bytes_max = x->config.pending_mib * 1024 * 1024,
		.wakeup = store_wakeup,
		.wakeup_ctx = x,
	};
	char path[PATH_MAX_BYTES], reason[STORE_REASON_MAX];
	int err;

	snprintf(path, sizeof(path), "%s/store.db", x->config.data_dir);
	c.path = path;
	err = env_uv_async_add(x->env, store_synced, x, &x->store_wake);
	if (err)
		return fail_errno("event loop", err);
	return store_sqlite_open(&c, &x->store, reason) ? fail_text("store", reason) : 0;
}

static void recv_message(void *ctx, const struct env_peer *from, enum env_channel channel,
			 struct bytes msg)
{
	struct wire_header h;
	struct xosd *x = ctx;

	if (!wire_header_decode(msg, &h) && lookup_service_takes(h.type))
		lookup_service_recv(&x->lookup, from, msg);
	else if (!wire_header_decode(msg, &h) && select_takes(h.type))
		select_recv(x->select, from, msg);
	else
		node_recv(x->node, from, channel, msg);
}

/* What changes about the machine is read again; a query is answered by what is read last. */
static void read_attributes(void *ctx)
{
	struct xosd *x = ctx;

	attr_machine_read(select_attributes(x->select), &x->config);
	select_changed(x->select);
	env_timer_set(env_uv_env(x->env), &x->attributes, ATTRIBUTES_PERIOD_NS);
}

/* Somebody to ask for a place: whom the ring knows, else a seed. A founder has nobody yet. */
static bool select_bootstrap(void *ctx, struct env_peer *out)
{
	struct xosd *x = ctx;
	const struct node_config *c = &x->node_config;

	if (node_known_pick(x->node, out))
		return true;
	if (!c->seeds_n) {
		if (c->create && node_serves_alone(x->node))
			select_alone(x->select);
		return false;
	}
	*out = (struct env_peer){
		.addr = c->seeds[env_random_below(env_uv_env(x->env), c->seeds_n)]
	};
	return true;
}

static void setup_select(struct xosd *x)
{
	uint32_t refused;

	x->select =
		select_init(&x->arena, env_uv_env(x->env), env_uv_self(x->env), &x->select_config);
	x->attributes = (struct env_timer){ .fire = read_attributes, .ctx = x };
	refused = attr_machine_read(select_attributes(x->select), &x->config);
	if (refused)
		log_say(ENV_WARN, "%u attributes of the configuration have a bad name or value",
			refused);
	env_timer_set(env_uv_env(x->env), &x->attributes, ATTRIBUTES_PERIOD_NS);
}

static int setup_node(struct xosd *x)
{
	struct node_config *c = &x->node_config;
	struct env *env = env_uv_env(x->env);
	size_t size;
	int err;

	*c = (struct node_config){
		.id = x->id,
		.addr = env_uv_self(x->env)->addr,
		.replicas = (uint8_t)x->config.replicas,
		.create = x->config.create,
		.ops_max = (uint32_t)x->config.ops_max,
		.known_max = (uint32_t)x->config.known_max,
	};
	snprintf(c->grid, sizeof(c->grid), "%.63s", x->config.grid);
	snprintf(c->machine, sizeof(c->machine), "%.63s", x->config.machine);
	snprintf(c->rack, sizeof(c->rack), "%.63s", x->config.rack);
	for (uint32_t i = 0; i < x->config.join.n; i++)
		xassert(!xos_addr_parse(x->config.join.v[i], XOSD_PORT, &c->seeds[c->seeds_n++]));
	x->select_config = (struct select_config){ .bootstrap = select_bootstrap, .ctx = x };
	size = (node_arena_size(c) + lookup_service_size() + select_arena_size(&x->select_config) +
		63) &
	       ~(size_t)63;
	x->memory = aligned_alloc(64, size);
	if (!x->memory)
		return fail_errno("memory", -ENOMEM);
	memset(x->memory, 0, size);
	arena_init(&x->arena, x->memory, size);
	err = node_init(&x->arena, env, store_sqlite_store(x->store), c, &x->node);
	if (err)
		return fail_errno("node", err);
	lookup_service_init(&x->lookup, &x->arena, env, x->node);
	setup_select(x);
	env_uv_recv(x->env, recv_message, x);
	err = node_start(x->node);
	if (err)
		return fail_errno("node", err);
	select_run(x->select);
	kernel_lookup_start(&x->kernel, x->node);
	return 0;
}

static int setup_control(struct xosd *x)
{
	struct control_config c = { .path = x->control_path,
				    .gid = privs_socket_group(x->config.group),
				    .request = requests_handle,
				    .ctx = &x->requests };
	int err;

	snprintf(x->control_path, sizeof(x->control_path), "%s/xosd.sock", x->config.run_dir);
	x->requests.env = x->env;
	x->requests.node = x->node;
	x->requests.lookup = &x->lookup;
	x->requests.kernel = &x->kernel;
	x->requests.select = x->select;
	x->requests.secure = x->secure;
	x->requests.config = &x->node_config;
	x->requests.started_ns = env_now(env_uv_env(x->env));
	requests_init(&x->requests);
	err = control_server_create(x->env, &c, &x->control);
	if (err)
		return fail_errno(x->control_path, err);
	x->requests.control = x->control;
	return 0;
}

/* Clients of the Redis protocol, when the configuration wants them. */
static int setup_redis(struct xosd *x)
{
	struct redis_server_config c = { .env = x->env,
					 .node = x->node,
					 .clients_max = (uint32_t)x->config.redis_clients,
					 .password_file = x->config.redis_password };
	char reason[REDIS_REASON_MAX], text[XOS_ADDR_STR_MAX];

	if (!x->config.redis_listen[0])
		return 0;
	xassert(!xos_addr_parse(x->config.redis_listen, (uint16_t)x->config.redis_port, &c.addr));
	if (redis_server_create(&c, &x->redis, reason))
		return fail_text("redis", reason);
	x->requests.redis = x->redis;
	log_say(ENV_INFO, "the Redis protocol is spoken at %s", xos_addr_format(&c.addr, text));
	return 0;
}

static void caught_signal(void *ctx, int signo)
{
	struct xosd_config fresh = { .port = 0 };
	char reason[CONFIG_REASON_MAX];
	struct xosd *x = ctx;

	if (signo != SIGHUP) {
		log_say(ENV_INFO, "stopping");
		notify_send("STOPPING=1");
		env_uv_stop(x->env, 0);
		return;
	}
	config_defaults(xosd_options, &fresh);
	if (config_load(xosd_options, x->config_path, &fresh, reason)) {
		log_say(ENV_WARN, "log levels stay as they are: %s", reason);
		return;
	}
	secure_reload(x->secure);
	x->config.log = fresh.log;
	log_pairs_apply(env_uv_env(x->env), &x->config.log);
	log_say(ENV_INFO, "log levels read again");
}

static void feed_watchdog(void *ctx)
{
	struct xosd *x = ctx;

	notify_send("WATCHDOG=1");
	env_timer_set(env_uv_env(x->env), &x->watchdog, notify_watchdog_ns());
}

static int setup_signals(struct xosd *x)
{
	static const int signos[] = { SIGTERM, SIGINT, SIGHUP };
	int err;

	for (int i = 0; i < 3; i++) {
		err = env_uv_signal_add(x->env, signos[i], caught_signal, x, &x->signals[i]);
		if (err)
			return fail_errno("signals", err);
	}
	x->watchdog = (struct env_timer){ .fire = feed_watchdog, .ctx = x };
	if (notify_watchdog_ns())
		feed_watchdog(x);
	return 0;
}

static int setup_sandbox(void)
{
	char reason[SANDBOX_REASON_MAX];

	return sandbox_enter(reason) ? fail_text("sandbox", reason) : 0;
}

static void teardown(struct xosd *x)
{
	redis_server_destroy(x->redis);
	if (x->control)
		requests_exit(&x->requests);
	control_server_destroy(x->control);
	kernel_lookup_detach(&x->kernel);
	store_sqlite_close(x->store);
	if (x->env) {
		for (int i = 0; i < 3; i++)
			env_uv_signal_del(x->signals[i]);
		env_uv_async_del(x->store_wake);
	}
	secure_stop(x->secure);
	env_uv_destroy(x->env);
	secure_destroy(x->secure);
	secure_blob_wipe(&x->token);
	credentials_exit(&x->credentials);
	secure_key_wipe(&x->key);
	free(x->memory);
	if (x->lock_fd >= 0)
		close(x->lock_fd);
}

int main(int argc, char **argv)
{
	char text[XOS_ADDR_STR_MAX];
	struct xosd *x = calloc(1, sizeof(*x));
	int status;

	if (!x)
		return 1;
	x->lock_fd = -1;
	signal(SIGPIPE, SIG_IGN);
	status = xosd_config_args(argc, argv, &x->config, &x->config_path);
	if (status >= 0) {
		free(x);
		return status;
	}
	status = 1;
	if (!setup_privileged(x) && !setup_network(x) && !setup_store(x) && !setup_node(x) &&
	    !setup_control(x) && !setup_redis(x) && !setup_signals(x) && !setup_sandbox()) {
		log_say(ENV_INFO, PROGRAM ", grid %s, machine %s, listens on %s", x->config.grid,
			x->config.machine, xos_addr_format(&x->node_config.addr, text));
		notify_send("READY=1");
		status = env_uv_run(x->env);
	}
	teardown(x);
	free(x);
	return status;
}
