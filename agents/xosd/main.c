// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * xosd: one ring node with its services. Here everything is put together and
 * taken apart; what happens in between happens in the event loop.
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/agent.h>
#include <daemon/control.h>
#include <daemon/log.h>
#include <secure/join.h>

#include "attr_machine.h"
#include "claims.h"
#include "config.h"
#include "kernel_lookup.h"
#include "node.h"
#include "node_lookup.h"
#include "redis_server.h"
#include "requests.h"

/* The attributes of the machine are read again so often. */
#define ATTRIBUTES_PERIOD_NS (10 * ENV_SEC)
#define PROGRAM		     "xosd " XOS_VERSION

/**
 * struct xosd - everything that the daemon has, in the order in which it is made
 */
struct xosd {
	struct xosd_config config;
	const char *config_path;
	struct agent agent;
	struct secure_blob token;
	struct kernel_lookup kernel;
	void *memory;
	struct arena arena;
	struct node_config node_config;
	struct node *node;
	struct claims claims;
	struct lookup_service lookup;
	struct select *select;
	struct select_config select_config;
	struct env_timer attributes;
	struct requests requests;
	struct control_server *control;
	struct redis_server *redis;
	char control_path[AGENT_PATH_MAX];
};

/* A new node: ask those that it joins through for credentials. */
static int join_with_token(struct xosd *x)
{
	struct xos_addr addrs[CONFIG_LIST_MAX];
	char reason[SECURE_REASON_MAX];
	const struct config_list *l = &x->config.join;

	for (uint32_t i = 0; i < l->n; i++)
		xassert(!xos_addr_parse(l->v[i], XOSD_PORT, &addrs[i]));
	if (join_grid(&x->token, addrs, l->n, x->config.machine, x->config.agent.credentials,
		      time(NULL), reason))
		return agent_fail("token", reason);
	log_say(ENV_INFO, "credentials were got with the token");
	return 0;
}

/* Who has credentials keeps them: a restart with the same arguments does no harm. */
static int use_token(struct xosd *x)
{
	char path[SECURE_PATH_MAX];
	int err = 0;

	secure_path(path, x->config.agent.credentials, CREDENTIALS_CERTIFICATE);
	if (x->token.data && access(path, F_OK))
		err = join_with_token(x);
	secure_blob_wipe(&x->token);
	return err;
}

static int setup_identity(struct xosd *x)
{
	const int caps[] = { CAP_NET_ADMIN, -1 };
	char reason[SECURE_REASON_MAX];

	if (agent_as_root(&x->agent))
		return -1;
	if (x->config.token_file && secure_file_read(x->config.token_file, true, &x->token, reason))
		return agent_fail("token", reason);
	return agent_become(&x->agent, caps) || use_token(x) || agent_identify(&x->agent) ? -1 : 0;
}

/* The kernel answers lookups with the keys that this agent has. */
static void tell_kernel_keys(void *ctx)
{
	struct secure_dgram_key keys[SECURE_DGRAM_KEYS_MAX];
	struct xosd *x = ctx;
	uint32_t n = secure_dgram_keys(x->agent.secure, keys);

	kernel_lookup_keys(&x->kernel, keys, n);
	explicit_bzero(keys, sizeof(keys));
}

/* The network, with everything that needs a capability; the last one is dropped here. */
static int setup_network(struct xosd *x)
{
	struct agent *a = &x->agent;
	int err;

	if (agent_network(a, (uint32_t)x->config.conns_max))
		return -1;
	if (x->config.kernel_lookup) {
		err = kernel_lookup_attach(&x->kernel, env_uv_env(a->env), &a->id,
					   env_uv_dgram_fd(a->env));
		log_say(ENV_INFO, "lookups are answered by the %s", err ? "agent" : "kernel");
		secure_on_keys(a->secure, tell_kernel_keys, x);
		tell_kernel_keys(x);
	}
	err = privs_drop_all();
	return err ? agent_fail_errno("privileges", err) : 0;
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
	env_timer_set(env_uv_env(x->agent.env), &x->attributes, ATTRIBUTES_PERIOD_NS);
}

/* For a query that wants them fresh. It is under way, so the node moves only after it. */
static void refresh_attributes(void *ctx)
{
	struct xosd *x = ctx;

	attr_machine_read(select_attributes(x->select), &x->config);
	env_timer_set(env_uv_env(x->agent.env), &x->attributes, 0);
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
		.addr = c->seeds[env_random_below(env_uv_env(x->agent.env), c->seeds_n)]
	};
	return true;
}

static void setup_select(struct xosd *x)
{
	struct query_error err;
	uint32_t refused;

	x->select = select_init(&x->arena, env_uv_env(x->agent.env), env_uv_self(x->agent.env),
				&x->select_config);
	/* It is an expression: config.c has seen it. */
	xassert(!select_accept(x->select, bytes_str(x->config.accept), &err));
	x->attributes = (struct env_timer){ .fire = read_attributes, .ctx = x };
	refused = attr_machine_read(select_attributes(x->select), &x->config);
	if (refused)
		log_say(ENV_WARN, "%u attributes of the configuration have a bad name or value",
			refused);
	env_timer_set(env_uv_env(x->agent.env), &x->attributes, ATTRIBUTES_PERIOD_NS);
}

static int setup_node(struct xosd *x)
{
	struct node_config *c = &x->node_config;
	struct env *env = env_uv_env(x->agent.env);
	size_t size;
	int err;

	*c = (struct node_config){
		.id = x->agent.id,
		.addr = env_uv_self(x->agent.env)->addr,
		.replicas = (uint8_t)x->config.replicas,
		.create = x->config.create,
		.lease_ns = x->config.lease_ms * ENV_MS,
		.drift_ppm = (uint32_t)x->config.drift_ppm,
		.ops_max = (uint32_t)x->config.ops_max,
		.known_max = (uint32_t)x->config.known_max,
	};
	snprintf(c->grid, sizeof(c->grid), "%.63s", x->config.agent.grid);
	snprintf(c->machine, sizeof(c->machine), "%.63s", x->config.machine);
	snprintf(c->rack, sizeof(c->rack), "%.63s", x->config.rack);
	for (uint32_t i = 0; i < x->config.join.n; i++)
		xassert(!xos_addr_parse(x->config.join.v[i], XOSD_PORT, &c->seeds[c->seeds_n++]));
	x->select_config = (struct select_config){ .bootstrap = select_bootstrap,
						   .refresh = refresh_attributes,
						   .ctx = x };
	size = (node_arena_size(c) + lookup_service_size() + select_arena_size(&x->select_config) +
		63) &
	       ~(size_t)63;
	x->memory = aligned_alloc(64, size);
	if (!x->memory)
		return agent_fail_errno("memory", -ENOMEM);
	memset(x->memory, 0, size);
	arena_init(&x->arena, x->memory, size);
	err = node_init(&x->arena, env, store_sqlite_store(x->agent.store), c, &x->node);
	if (err)
		return agent_fail_errno("node", err);
	lookup_service_init(&x->lookup, &x->arena, env, x->node);
	setup_select(x);
	env_uv_recv(x->agent.env, recv_message, x);
	err = node_start(x->node);
	if (err)
		return agent_fail_errno("node", err);
	claims_init(&x->claims, x->node, x->agent.secure);
	select_run(x->select);
	kernel_lookup_start(&x->kernel, x->node);
	return 0;
}

static int setup_control(struct xosd *x)
{
	struct control_config c = { .path = x->control_path,
				    .gid = privs_socket_group(x->config.agent.group),
				    .request = requests_handle,
				    .ctx = &x->requests };
	int err;

	snprintf(x->control_path, sizeof(x->control_path), "%s/xosd.sock", x->config.agent.run_dir);
	x->requests.env = x->agent.env;
	x->requests.node = x->node;
	x->requests.lookup = &x->lookup;
	x->requests.kernel = &x->kernel;
	x->requests.select = x->select;
	x->requests.secure = x->agent.secure;
	x->requests.config = &x->node_config;
	x->requests.started_ns = env_now(env_uv_env(x->agent.env));
	requests_init(&x->requests);
	err = control_server_create(x->agent.env, &c, &x->control);
	if (err)
		return agent_fail_errno(x->control_path, err);
	x->requests.control = x->control;
	return 0;
}

static void redis_where(const char *listen, uint64_t port, const char *how, struct xos_addr *out)
{
	char text[XOS_ADDR_STR_MAX];

	if (!*listen)
		return;
	xassert(!xos_addr_parse(listen, (uint16_t)port, out));
	log_say(ENV_INFO, "the Redis protocol is spoken at %s%s", xos_addr_format(out, text), how);
}

/* Clients of the Redis protocol, when the configuration wants them. */
static int setup_redis(struct xosd *x)
{
	const struct xosd_config *config = &x->config;
	struct redis_server_config c = { .env = x->agent.env,
					 .node = x->node,
					 .secure = x->agent.secure,
					 .clients_max = (uint32_t)config->redis_clients,
					 .quota = { .connections =
							    (uint32_t)config->user_connections,
						    .requests = config->user_requests,
						    .bytes = config->user_bytes },
					 .password_file = config->redis_password };
	char reason[REDIS_REASON_MAX];

	redis_where(config->redis_listen, config->redis_port, "", &c.addr);
	redis_where(config->redis_tls_listen, config->redis_tls_port, " with TLS", &c.tls_addr);
	if (!c.addr.port && !c.tls_addr.port)
		return 0;
	if (redis_server_create(&c, &x->redis, reason))
		return agent_fail("redis", reason);
	x->requests.redis = x->redis;
	return 0;
}

static void read_again(void *ctx)
{
	struct xosd_config fresh = { .replicas = 0 };
	struct xosd *x = ctx;

	agent_read_again(&x->agent, xosd_options, x->config_path, &fresh, &fresh.agent);
}

static void teardown(struct xosd *x)
{
	redis_server_destroy(x->redis);
	if (x->control)
		requests_exit(&x->requests);
	control_server_destroy(x->control);
	kernel_lookup_detach(&x->kernel);
	claims_exit(&x->claims);
	agent_end(&x->agent);
	secure_blob_wipe(&x->token);
	free(x->memory);
}

int main(int argc, char **argv)
{
	char text[XOS_ADDR_STR_MAX];
	struct xosd *x = calloc(1, sizeof(*x));
	int status;

	if (!x)
		return 1;
	status = xosd_config_args(argc, argv, &x->config, &x->config_path);
	if (status >= 0) {
		free(x);
		return status;
	}
	status = 1;
	agent_begin(&x->agent, &x->config.agent, PROGRAM);
	if (!setup_identity(x) && !setup_network(x) &&
	    !agent_store(&x->agent, x->config.pending_mib * 1024 * 1024) && !setup_node(x) &&
	    !setup_control(x) && !setup_redis(x) && !agent_signals(&x->agent, read_again, x) &&
	    !agent_sandbox()) {
		log_say(ENV_INFO, PROGRAM ", grid %s, machine %s, listens on %s",
			x->config.agent.grid, x->config.machine,
			xos_addr_format(&x->node_config.addr, text));
		status = agent_run(&x->agent);
	}
	teardown(x);
	free(x);
	return status;
}
