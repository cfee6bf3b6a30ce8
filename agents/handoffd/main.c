// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * handoffd: the agent that may change the network. It programs xos_handoff.ko and
 * moves connections between members. When it dies the kernel goes on as it was.
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/agent.h>
#include <daemon/log.h>

#include "apps.h"
#include "config.h"
#include "conns.h"
#include "echo.h"
#include "front.h"
#include "hctl.h"
#include "kernel.h"
#include "mip.h"

#define PROGRAM	   "handoffd " XOS_VERSION
#define SEED_LABEL "xos handoff seed v1"

/**
 * struct handoffd - everything that the daemon has, in the order in which it is made
 */
struct handoffd {
	struct handoffd_config config;
	const char *config_path;
	struct agent agent;
	struct kernel kernel;
	struct apps apps;
	void *memory;
	struct arena arena;
	struct dserver *core;
	struct mip mip;
	struct echo echo;
	struct hctl hctl;
	struct control_server *control;
	char control_path[AGENT_PATH_MAX];
	char apps_path[AGENT_PATH_MAX];
	struct env_uv_poll *events;
};

/* --- what the core asks for --------------------------------------------------------- */

static int op_gate_set(void *ctx, const struct dserver_conn *conn, enum dserver_gate in, bool pass,
		       uint32_t member)
{
	struct handoffd *h = ctx;

	if (in == DSERVER_DIVERT)
		mip_diverts(&h->mip, conn);
	return kernel_gate_set(&h->kernel, conn, in, pass, member);
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

static void op_probe(void *ctx, const struct xos_addr *member)
{
	echo_ask(&((struct handoffd *)ctx)->echo, member);
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
	struct handoffd *h = ctx;

	apps_go(&h->apps, tx);
	mip_scan_soon(&h->mip);
}

static void op_drop(void *ctx, const struct xos_id *tx)
{
	struct handoffd *h = ctx;

	apps_drop(&h->apps, tx);
	mip_scan_soon(&h->mip);
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
	.probe = op_probe,
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

static int setup_identity(struct handoffd *h)
{
	const int caps[] = { CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE, -1 };
	struct agent *a = &h->agent;
	int err;

	if (agent_as_root(a) || agent_become(a, caps) || agent_identify(a))
		return -1;
	err = secure_key_derive(h->config.agent.insecure ? &a->key : &a->credentials.seed,
				SEED_LABEL, h->kernel.seed, KERNEL_SEED_LEN);
	return err ? agent_fail_errno("authentication", err) : 0;
}

static void recv_message(void *ctx, const struct env_peer *from, enum env_channel channel,
			 struct bytes msg)
{
	struct handoffd *h = ctx;

	if (channel == ENV_STREAM && !mip_recv(&h->mip, from, msg))
		dserver_recv(h->core, from, msg);
}

static void host_answers(void *ctx, const uint8_t *ip)
{
	dserver_host_answers(((struct handoffd *)ctx)->core, ip);
}

static int setup_echo(struct handoffd *h)
{
	int err;

	h->echo.env = h->agent.env;
	h->echo.answered = host_answers;
	h->echo.ctx = h;
	err = echo_open(&h->echo);
	return err ? agent_fail_errno("echo requests", err) : 0;
}

static int setup_core(struct handoffd *h)
{
	struct dserver_config c = { .ops = &core_ops, .ops_ctx = h, .name = h->config.name };
	struct xos_addr vip, contact, standby;
	int err;

	h->memory = calloc(1, DSERVER_ARENA_LEN);
	if (!h->memory)
		return agent_fail_errno("memory", -ENOMEM);
	arena_init(&h->arena, h->memory, DSERVER_ARENA_LEN);
	c.env = env_uv_env(h->agent.env);
	c.store = store_sqlite_store(h->agent.store);
	c.arena = &h->arena;
	c.self = env_uv_self(h->agent.env)->addr;
	h->core = dserver_init(&c);
	env_uv_recv(h->agent.env, recv_message, h);
	h->apps.core = h->core;
	for (uint32_t i = 0; i < h->config.vip.n; i++) {
		xassert(!handoffd_config_vip(h->config.vip.v[i], &vip, &contact, &standby));
		err = dserver_vip_add(h->core, &vip, &contact, standby.port ? &standby : NULL);
		if (err)
			return agent_fail_errno(h->config.vip.v[i], err);
	}
	err = dserver_recover(h->core);
	return err ? agent_fail_errno("moves in the store", err) : 0;
}

static int setup_kernel(struct handoffd *h)
{
	int err;

	h->kernel.env = env_uv_env(h->agent.env);
	h->kernel.self = env_uv_self(h->agent.env)->addr;
	err = kernel_open(&h->kernel);
	if (err)
		return agent_fail("xos_handoff",
				  err == -ENOENT ? "the module is not loaded" : strerror(-err));
	return 0;
}

static int setup_sockets(struct handoffd *h)
{
	struct control_config c = { .path = h->control_path,
				    .gid = privs_socket_group(h->config.agent.group),
				    .request = hctl_handle,
				    .ctx = &h->hctl };
	int err;

	snprintf(h->control_path, sizeof(h->control_path), "%s/handoffd.sock",
		 h->config.agent.run_dir);
	snprintf(h->apps_path, sizeof(h->apps_path), "%s/handoff-app.sock",
		 h->config.agent.run_dir);
	h->hctl.env = h->agent.env;
	h->hctl.core = h->core;
	h->hctl.kernel = &h->kernel;
	h->hctl.apps = &h->apps;
	h->hctl.mip = &h->mip;
	h->hctl.name = h->config.name;
	hctl_init(&h->hctl);
	h->apps.env = h->agent.env;
	h->apps.name = h->config.name;
	err = apps_open(&h->apps, h->apps_path, c.gid);
	if (err)
		return agent_fail_errno(h->apps_path, err);
	err = control_server_create(h->agent.env, &c, &h->control);
	return err ? agent_fail_errno(h->control_path, err) : 0;
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
		err = env_uv_poll_add(h->agent.env, kernel_events_fd(&h->kernel), ENV_UV_READ,
				      events_ready, h, &h->events);
	return err ? agent_fail_errno("events of xos_handoff", err) : 0;
}

static int setup_mip(struct handoffd *h)
{
	int err;

	if (!h->config.optimise)
		return 0;
	h->mip.env = h->agent.env;
	h->mip.kernel = &h->kernel;
	h->mip.groups = h->core;
	err = mip_open(&h->mip);
	return err ? agent_fail_errno("route optimisation", err) : 0;
}

static void read_again(void *ctx)
{
	struct handoffd_config fresh = { .name = "" };
	struct handoffd *h = ctx;

	agent_read_again(&h->agent, handoffd_options, h->config_path, &fresh, &fresh.agent);
}

static void teardown(struct handoffd *h)
{
	control_server_destroy(h->control);
	if (h->control)
		hctl_exit(&h->hctl);
	mip_close(&h->mip);
	echo_close(&h->echo);
	apps_close(&h->apps);
	env_uv_poll_del(h->events);
	kernel_close(&h->kernel);
	agent_end(&h->agent);
	free(h->mip.memory);
	free(h->memory);
}

int main(int argc, char **argv)
{
	struct handoffd *h = calloc(1, sizeof(*h));
	struct agent *a;
	int status;

	if (!h)
		return 1;
	a = &h->agent;
	status = handoffd_config_args(argc, argv, &h->config, &h->config_path);
	if (status >= 0) {
		free(h);
		return status;
	}
	status = 1;
	agent_begin(a, &h->config.agent, PROGRAM);
	if (!setup_identity(h) && !agent_network(a, 0) && !setup_kernel(h) && !agent_store(a, 0) &&
	    !setup_sockets(h) && !setup_echo(h) && !setup_core(h) && !setup_events(h) &&
	    !setup_mip(h) && !agent_signals(a, read_again, h) && !agent_sandbox()) {
		h->hctl.core = h->core;
		log_say(ENV_INFO, PROGRAM ", grid %s, node %s, writer generation %llu",
			h->config.agent.grid, h->config.name,
			(unsigned long long)h->kernel.generation);
		status = agent_run(a);
	}
	teardown(h);
	free(h);
	return status;
}
