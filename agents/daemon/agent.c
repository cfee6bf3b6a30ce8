// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/agent.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/datadir.h>
#include <daemon/log.h>
#include <daemon/notify.h>
#include <daemon/sandbox.h>

int agent_fail(const char *what, const char *why)
{
	log_say(ENV_ERR, "%s: %s", what, why);
	return -1;
}

int agent_fail_errno(const char *what, int err)
{
	return agent_fail(what, strerror(-err));
}

void agent_begin(struct agent *a, struct agent_config *config, const char *program)
{
	*a = (struct agent){ .config = config, .program = program, .lock_fd = -1 };
	signal(SIGPIPE, SIG_IGN);
}

int agent_as_root(struct agent *a)
{
	const struct agent_config *c = a->config;
	char reason[SECURE_REASON_MAX];

	if (privs_find(c->user, &a->privs, reason))
		return agent_fail("user", reason);
	if (c->insecure && secure_key_load(c->group_key, &a->key, reason))
		return agent_fail("group key", reason);
	if (datadir_make(c->data_dir, 0700, &a->privs, reason) ||
	    datadir_make(c->run_dir, 0755, &a->privs, reason))
		return agent_fail("folder", reason);
	return 0;
}

int agent_become(struct agent *a, const int *caps)
{
	char reason[PRIVS_REASON_MAX];

	return privs_become(&a->privs, caps, reason) ? agent_fail("privileges", reason) : 0;
}

static int load_credentials(struct agent *a)
{
	struct cert_who *who = &a->credentials.who;
	struct agent_config *c = a->config;
	char reason[SECURE_REASON_MAX];

	if (credentials_load(c->credentials, SECURE_ROLE_NODE, time(NULL), &a->credentials, reason))
		return agent_fail("credentials", reason);
	if (*c->grid && strcmp(c->grid, who->vo))
		return agent_fail("credentials", "they are of another virtual organisation than "
						 "[grid] name says");
	strcpy(c->grid, who->vo);
	a->id = who->id;
	return 0;
}

int agent_identify(struct agent *a)
{
	const struct agent_config *c = a->config;
	char reason[DATADIR_REASON_MAX];

	if (!c->insecure && load_credentials(a))
		return -1;
	if (datadir_open(c->data_dir, c->grid, &a->id, &a->lock_fd, reason))
		return agent_fail("data-dir", reason);
	return 0;
}

int agent_network(struct agent *a, uint32_t conns_max)
{
	const struct agent_config *c = a->config;
	struct env_uv_config env_config = { .conns_max = conns_max, .log = log_write };
	struct secure_config secure_config = {
		.credentials = c->insecure ? NULL : &a->credentials,
		.peers = c->peers,
		.key = &a->key,
		.id = a->id,
		.grid = c->grid,
		.program = a->program,
	};
	int err;

	xassert(!xos_addr_parse(c->listen, (uint16_t)c->port, &env_config.listen));
	err = env_uv_create(&env_config, &a->env);
	if (err)
		return agent_fail_errno("event loop", err);
	log_pairs_apply(env_uv_env(a->env), &c->log);
	err = secure_create(env_uv_env(a->env), &secure_config, &a->secure);
	secure_key_wipe(&a->key);
	if (err)
		return agent_fail_errno("authentication", err);
	if (c->insecure)
		log_say(ENV_WARN, "INSECURE: whoever has the group key is a member of this grid");
	err = env_uv_listen(a->env, secure_guard(a->secure), &a->id);
	return err ? agent_fail_errno(c->listen, err) : 0;
}

static void store_wakeup(void *ctx)
{
	struct agent *a = ctx;

	env_uv_async_send(a->store_wake);
}

static void store_synced(void *ctx)
{
	struct agent *a = ctx;

	store_sqlite_poll(a->store);
	if (store_sqlite_failed(a->store)) {
		log_say(ENV_ERR, "the store failed; stopping");
		env_uv_stop(a->env, 1);
	}
}

int agent_store(struct agent *a, size_t pending_max)
{
	struct store_sqlite_config c = { .pending_bytes_max = pending_max,
					 .wakeup = store_wakeup,
					 .wakeup_ctx = a };
	char path[AGENT_PATH_MAX], reason[STORE_REASON_MAX];
	int err;

	snprintf(path, sizeof(path), "%s/store.db", a->config->data_dir);
	c.path = path;
	err = env_uv_async_add(a->env, store_synced, a, &a->store_wake);
	if (err)
		return agent_fail_errno("event loop", err);
	return store_sqlite_open(&c, &a->store, reason) ? agent_fail("store", reason) : 0;
}

static void caught_signal(void *ctx, int signo)
{
	struct agent *a = ctx;

	if (signo == SIGHUP) {
		if (a->reload)
			a->reload(a->ctx);
		return;
	}
	log_say(ENV_INFO, "stopping");
	notify_send("STOPPING=1");
	env_uv_stop(a->env, 0);
}

int agent_signals(struct agent *a, void (*reload)(void *ctx), void *ctx)
{
	static const int signos[AGENT_SIGNALS] = { SIGTERM, SIGINT, SIGHUP };
	int err;

	a->reload = reload;
	a->ctx = ctx;
	for (int i = 0; i < AGENT_SIGNALS; i++) {
		err = env_uv_signal_add(a->env, signos[i], caught_signal, a, &a->signals[i]);
		if (err)
			return agent_fail_errno("signals", err);
	}
	return 0;
}

void agent_read_again(struct agent *a, const struct config_option *options, const char *path,
		      void *fresh, const struct agent_config *common)
{
	char reason[CONFIG_REASON_MAX];

	config_defaults(options, fresh);
	if (config_load(options, path, fresh, reason)) {
		log_say(ENV_WARN, "log levels stay as they are: %s", reason);
		return;
	}
	secure_reload(a->secure);
	a->config->log = common->log;
	log_pairs_apply(env_uv_env(a->env), &common->log);
	log_say(ENV_INFO, "log levels read again");
}

int agent_sandbox(void)
{
	char reason[SANDBOX_REASON_MAX];

	return sandbox_enter(SANDBOX_AGENT, reason) ? agent_fail("sandbox", reason) : 0;
}

static void feed_watchdog(void *ctx)
{
	struct agent *a = ctx;

	notify_send("WATCHDOG=1");
	env_timer_set(env_uv_env(a->env), &a->watchdog, notify_watchdog_ns());
}

int agent_run(struct agent *a)
{
	a->watchdog = (struct env_timer){ .fire = feed_watchdog, .ctx = a };
	if (notify_watchdog_ns())
		feed_watchdog(a);
	notify_send("READY=1");
	return env_uv_run(a->env);
}

void agent_end(struct agent *a)
{
	store_sqlite_close(a->store);
	if (a->env) {
		for (int i = 0; i < AGENT_SIGNALS; i++)
			env_uv_signal_del(a->signals[i]);
		env_uv_async_del(a->store_wake);
	}
	secure_stop(a->secure);
	env_uv_destroy(a->env);
	secure_destroy(a->secure);
	credentials_exit(&a->credentials);
	secure_key_wipe(&a->key);
	if (a->lock_fd >= 0)
		close(a->lock_fd);
}
