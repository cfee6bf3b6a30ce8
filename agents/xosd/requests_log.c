// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests about the daemon itself: log levels, counters. */
#include "requests_impl.h"

#include <errno.h>
#include <stdio.h>

static const char *const subsys_names[ENV_SUB_COUNT] = {
	[ENV_SUB_MAIN] = "main",       [ENV_SUB_NET] = "net",	      [ENV_SUB_STORE] = "store",
	[ENV_SUB_SUSPECT] = "suspect", [ENV_SUB_OVERLAY] = "overlay", [ENV_SUB_DHT] = "dht",
	[ENV_SUB_SELECT] = "select",   [ENV_SUB_DSERVER] = "dserver", [ENV_SUB_KERNEL] = "kernel",
	[ENV_SUB_CONTROL] = "control",
};

static const char *const level_names[] = { "err", "warn", "info", "debug" };

void handle_log_set(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct env *env = env_uv_env(all->env);
	struct wire_ctl_log_set m;
	bool found = false;
	int level = -1;

	if (wire_ctl_log_set_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	for (int i = 0; i < 4; i++) {
		if (bytes_eq(m.level, bytes_str(level_names[i])))
			level = i;
	}
	if (level < 0) {
		control_done(client, m.seq, -EINVAL, "the levels are err, warn, info and debug");
		return;
	}
	for (int i = 0; i < ENV_SUB_COUNT; i++) {
		if (!bytes_eq(m.subsystem, bytes_str("all")) &&
		    !bytes_eq(m.subsystem, bytes_str(subsys_names[i])))
			continue;
		env->log_level[i] = (uint8_t)level;
		found = true;
	}
	if (found)
		control_done(client, m.seq, 0, NULL);
	else
		control_done(client, m.seq, -EINVAL, "there is no subsystem of this name");
}

void handle_log_show(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct env *env = env_uv_env(all->env);
	struct request req = { .client = client };
	struct wire_ctl_log_show m;

	if (wire_ctl_log_show_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	req.seq = m.seq;
	for (int i = 0; i < ENV_SUB_COUNT; i++)
		REQUEST_SAY(&req, ctl_log_item, .subsystem = bytes_str(subsys_names[i]),
			    .level = bytes_str(level_names[env->log_level[i]]));
	control_done(client, m.seq, 0, NULL);
}

static void say_counter(void *ctx, const char *name, uint64_t value)
{
	struct request *req = ctx;

	REQUEST_SAY(req, ctl_counter, .name = bytes_str(name), .value = value);
}

#define SAY(req, prefix, from, name) say_counter(req, prefix "_" #name, (from)->name)

static void say_net(struct request *req, const struct env_uv_counters *c)
{
	SAY(req, "net", c, dgrams_in);
	SAY(req, "net", c, dgrams_out);
	SAY(req, "net", c, dgrams_dropped);
	SAY(req, "net", c, msgs_in);
	SAY(req, "net", c, msgs_out);
	SAY(req, "net", c, msgs_lost);
	SAY(req, "net", c, bytes_in);
	SAY(req, "net", c, bytes_out);
	SAY(req, "net", c, queue_full);
	SAY(req, "net", c, unreachable);
	SAY(req, "net", c, peers_full);
	SAY(req, "net", c, accepted);
	SAY(req, "net", c, accept_refused);
	SAY(req, "net", c, connected);
	SAY(req, "net", c, connect_failed);
	SAY(req, "net", c, timeouts);
	SAY(req, "net", c, idle_closed);
}

static void say_secure(struct request *req, const struct secure_counters *c)
{
	SAY(req, "secure", c, dgram_malformed);
	SAY(req, "secure", c, dgram_key_id);
	SAY(req, "secure", c, dgram_mac);
	SAY(req, "secure", c, dgram_self);
	SAY(req, "secure", c, dgram_replay);
	SAY(req, "secure", c, dgram_evicted);
	SAY(req, "secure", c, stream_opened);
	SAY(req, "secure", c, stream_auth);
	SAY(req, "secure", c, stream_hello);
	SAY(req, "secure", c, stream_self);
	SAY(req, "secure", c, stream_record);
	SAY(req, "secure", c, stream_frame);
}

void handle_counters(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct request req = { .client = client };
	struct wire_ctl_counters m;

	if (wire_ctl_counters_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	req.seq = m.seq;
	node_counters(all->node, say_counter, &req);
	SAY(&req, "lookup", all->lookup, answered);
	SAY(&req, "lookup", all->lookup, unknown);
	SAY(&req, "lookup", all->lookup, malformed);
	SAY(&req, "lookup", &all->lookup->served, refused);
	SAY(&req, "kernel_lookup", all->kernel, tables);
	SAY(&req, "kernel_lookup", all->kernel, renewals);
	say_net(&req, env_uv_counters(all->env));
	say_secure(&req, secure_counters(all->secure));
	SAY(&req, "control", control_counters(all->control), accepted);
	SAY(&req, "control", control_counters(all->control), refused_credentials);
	SAY(&req, "control", control_counters(all->control), refused_limit);
	SAY(&req, "control", control_counters(all->control), requests);
	SAY(&req, "control", control_counters(all->control), malformed);
	SAY(&req, "control", control_counters(all->control), overflow);
	SAY(&req, "requests", all, refused);
	control_done(client, m.seq, 0, NULL);
}
