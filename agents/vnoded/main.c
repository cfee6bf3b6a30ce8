// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vnoded: virtual nodes. It keeps a replica of the log of each virtual node that
 * this machine takes part in, and runs the service in a process of its own.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <base/assert.h>
#include <daemon/log.h>

#include "http.h"

/* Of a reply that a session remembers; longer ones are given once and then forgotten. */
#define REPLY_REMEMBERED 8192

/* Before all else: it inherits what there is. */
static int setup_keeper(struct vnoded *d)
{
	const struct keeper_config c = { .program = d->config.host,
					 .services = d->config.services,
					 .user = d->config.agent.user };
	char reason[KEEPER_REASON_MAX];
	int err = keeper_begin(&d->keeper, &c, reason);

	if (err)
		return agent_fail("keeper of services", *reason ? reason : strerror(-err));
	if (*reason)
		log_say(ENV_WARN, "services can read what the user of this agent can: %s", reason);
	return 0;
}

static int setup_identity(struct vnoded *d)
{
	const int caps[] = { -1 };
	struct agent *a = &d->agent;

	return agent_as_root(a) || agent_become(a, caps) || agent_identify(a) ? -1 : 0;
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
	    channel != ENV_STREAM || create_recv(d, from, &h) || member_recv(d, from, &h))
		return;
	if (h.type == WIRE_VN_CALL && !wire_vn_call_body_decode(&h, &m.call))
		call_from_peer(d, from, &m.call);
	else if (h.type == WIRE_VN_ANSWER && !wire_vn_answer_body_decode(&h, &m.answer))
		call_answered(d, &m.answer);
}

static void storage_wakeup(void *ctx)
{
	struct vnoded *d = ctx;

	env_uv_async_send(d->wake);
}

void vnoded_disk_failed(struct vnoded *d)
{
	if (!d->disk_failed)
		log_say(ENV_ERR, "the disk failed; stopping");
	d->disk_failed = true;
	env_uv_stop(d->agent.env, 1);
}

static void storage_synced(void *ctx)
{
	struct vnoded *d = ctx;

	if (d->store)
		store_sqlite_poll(d->store);
	if (d->log)
		store_log_file_poll(d->log);
	if ((d->store && store_sqlite_failed(d->store)) ||
	    (d->log && store_log_file_failed(d->log)) || (d->order && order_failed(d->order)))
		vnoded_disk_failed(d);
}

static int setup_storage(struct vnoded *d)
{
	struct store_sqlite_config store = { .wakeup = storage_wakeup, .wakeup_ctx = d };
	struct store_log_file_config log = { .wakeup = storage_wakeup, .wakeup_ctx = d };
	char store_path[AGENT_PATH_MAX], log_path[AGENT_PATH_MAX], reason[STORE_REASON_MAX];
	int err;

	snprintf(store_path, sizeof(store_path), "%s/store.db", d->config.agent.data_dir);
	snprintf(log_path, sizeof(log_path), "%s/log", d->config.agent.data_dir);
	store.path = store_path;
	log.path = log_path;
	err = env_uv_async_add(d->agent.env, storage_synced, d, &d->wake);
	if (err)
		return agent_fail_errno("event loop", err);
	if (store_sqlite_open(&store, &d->store, reason))
		return agent_fail("store", reason);
	return store_log_file_open(&log, &d->log, reason) ? agent_fail("log", reason) : 0;
}

static int setup_order(struct vnoded *d)
{
	struct order_config c = {
		.groups_max = (uint32_t)d->config.groups_max,
		.tick_ns = d->config.heartbeat_ms * ENV_MS,
		.sessions_max = (uint32_t)d->config.sessions_max,
		.keys_max = (uint32_t)d->config.keys_max,
		.reply_max = REPLY_REMEMBERED,
		.ops_max = 2 * VNODED_CALLS_MAX,
	};
	size_t size = (order_arena_size(&c) + 4095) & ~(size_t)4095;
	uint64_t id = 0;
	int err;

	d->memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (d->memory == MAP_FAILED)
		return agent_fail_errno("memory", -ENOMEM);
	arena_init(&d->arena, d->memory, size);
	d->order = order_init(&d->arena, env_uv_env(d->agent.env), store_log_file_log(d->log),
			      store_sqlite_store(d->store), &d->agent.id, &c);
	env_uv_recv(d->agent.env, recv_message, d);
	err = order_start(d->order);
	if (err)
		return agent_fail_errno("log", err);
	while ((id = order_group_next(d->order, id)))
		replica_open(d, id);
	return 0;
}

static int setup_control(struct vnoded *d)
{
	struct control_config c = { .path = d->control_path,
				    .gid = privs_socket_group(d->config.agent.group),
				    .request = vctl_handle,
				    .closed = vctl_closed,
				    .ctx = d };
	int err;

	snprintf(d->control_path, sizeof(d->control_path), "%s/vnoded.sock",
		 d->config.agent.run_dir);
	err = control_server_create(d->agent.env, &c, &d->control);
	return err ? agent_fail_errno(d->control_path, err) : 0;
}

static void http_where(const char *listen, uint64_t port, const char *how, struct xos_addr *out)
{
	char text[XOS_ADDR_STR_MAX];

	if (!port)
		return;
	xassert(!xos_addr_parse(listen, (uint16_t)port, out));
	log_say(ENV_INFO, "HTTP is spoken at %s%s", xos_addr_format(out, text), how);
}

/* Clients of HTTP, when the configuration wants them. */
static int setup_http(struct vnoded *d)
{
	const struct vnoded_config *config = &d->config;
	struct http_server_config c = {
		.d = d,
		.clients_max = (uint32_t)config->http_clients,
		.quota = { .connections = (uint32_t)config->user_connections,
			   .requests = config->user_requests,
			   .bytes = config->user_bytes },
	};
	char reason[HTTP_REASON_MAX];

	http_where(d->config.http_listen, d->config.http_port, "", &c.addr);
	http_where(d->config.http_tls_listen, d->config.http_tls_port, " with TLS", &c.tls_addr);
	if (!c.addr.port && !c.tls_addr.port)
		return 0;
	return http_server_create(&c, &d->http, reason) ? agent_fail("http", reason) : 0;
}

/* Without the keeper there are no hosts any more: begin anew. */
static void keeper_ready(void *ctx, int events)
{
	struct vnoded *d = ctx;

	if (!keeper_gone(&d->keeper))
		return;
	log_say(ENV_ERR, "the keeper of services died; stopping");
	env_uv_poll_del(d->keeper_watch);
	d->keeper_watch = NULL;
	env_uv_stop(d->agent.env, 1);
}

static int setup_keeper_watch(struct vnoded *d)
{
	int err = env_uv_poll_add(d->agent.env, d->keeper.fd, ENV_UV_READ, keeper_ready, d,
				  &d->keeper_watch);

	return err ? agent_fail_errno("keeper of services", err) : 0;
}

static int setup_spares(struct vnoded *d)
{
	int err = spares_begin(d);

	return err ? agent_fail_errno("spares", err) : 0;
}

static void read_again(void *ctx)
{
	struct vnoded_config fresh = { .groups_max = 0 };
	struct vnoded *d = ctx;

	agent_read_again(&d->agent, vnoded_options, d->config_path, &fresh, &fresh.agent);
}

static void teardown(struct vnoded *d)
{
	struct replica *r, *next;

	http_server_destroy(d->http);
	spares_end(d);
	calls_end(d, 0);
	creates_end(d);
	cds_list_for_each_entry_safe(r, next, &d->replicas, node)
		replica_close(r, false);
	if (d->order)
		order_stop(d->order);
	control_server_destroy(d->control);
	store_log_file_close(d->log);
	store_sqlite_close(d->store);
	if (d->keeper_watch)
		env_uv_poll_del(d->keeper_watch);
	if (d->agent.env)
		env_uv_async_del(d->wake);
	agent_end(&d->agent);
	keeper_end(&d->keeper);
}

int main(int argc, char **argv)
{
	struct vnoded *d = calloc(1, sizeof(*d));
	int status;

	if (!d)
		return 1;
	CDS_INIT_LIST_HEAD(&d->replicas);
	CDS_INIT_LIST_HEAD(&d->calls);
	for (int i = 0; i < VNODED_BUCKETS; i++)
		CDS_INIT_LIST_HEAD(&d->buckets[i]);
	CDS_INIT_LIST_HEAD(&d->creates);
	status = vnoded_config_args(argc, argv, &d->config, &d->config_path);
	if (status >= 0) {
		free(d);
		return status;
	}
	status = 1;
	agent_begin(&d->agent, &d->config.agent, VNODED_PROGRAM);
	if (!setup_keeper(d) && !setup_identity(d) && !agent_network(&d->agent, 0) &&
	    !setup_keeper_watch(d) && !setup_storage(d) && !setup_order(d) && !setup_control(d) &&
	    !setup_http(d) && !setup_spares(d) && !agent_signals(&d->agent, read_again, d) &&
	    !agent_sandbox()) {
		log_say(ENV_INFO, VNODED_PROGRAM ", grid %s", d->config.agent.grid);
		status = agent_run(&d->agent);
	}
	teardown(d);
	free(d);
	return status;
}
