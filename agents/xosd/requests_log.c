// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests about the daemon itself: log levels, counters. */
#include "redis_server.h"
#include "requests_impl.h"

#include <errno.h>

#include <daemon/log_ctl.h>

void handle_log_set(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_log_set m;

	if (wire_ctl_log_set_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	all->denied += !control_client_admin(client);
	log_ctl_set(env_uv_env(all->env), client, &m);
}

void handle_log_show(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_log_show m;

	if (wire_ctl_log_show_decode(msg, &m))
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
	else
		log_ctl_show(env_uv_env(all->env), client, m.seq);
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
	SAY(req, "net", c, met);
	SAY(req, "net", c, wrong_peer);
	SAY(req, "net", c, idle_closed);
}

static void say_secure(struct request *req, const struct secure_counters *c)
{
	SAY(req, "secure", c, dgram_sealed);
	SAY(req, "secure", c, dgram_opened);
	SAY(req, "secure", c, dgram_malformed);
	SAY(req, "secure", c, dgram_key_id);
	SAY(req, "secure", c, dgram_mac);
	SAY(req, "secure", c, dgram_self);
	SAY(req, "secure", c, dgram_replay);
	SAY(req, "secure", c, dgram_weak);
	SAY(req, "secure", c, dgram_evicted);
	SAY(req, "secure", c, stream_opened);
	SAY(req, "secure", c, stream_resumed);
	SAY(req, "secure", c, stream_auth);
	SAY(req, "secure", c, stream_malformed);
	SAY(req, "secure", c, stream_authority);
	SAY(req, "secure", c, stream_not_yet);
	SAY(req, "secure", c, stream_expired);
	SAY(req, "secure", c, stream_revoked);
	SAY(req, "secure", c, stream_vo);
	SAY(req, "secure", c, stream_role);
	SAY(req, "secure", c, stream_peer);
	SAY(req, "secure", c, stream_name);
	SAY(req, "secure", c, stream_closed);
	SAY(req, "secure", c, guest_opened);
	SAY(req, "secure", c, guest_refused);
	SAY(req, "secure", c, guest_closed);
	SAY(req, "secure", c, trust_taken);
	SAY(req, "secure", c, trust_refused);
	SAY(req, "secure", c, trust_stale);
	SAY(req, "secure", c, joins);
	SAY(req, "secure", c, join_refused);
	SAY(req, "secure", c, renewals);
	SAY(req, "secure", c, renew_refused);
	SAY(req, "secure", c, renewed);
	SAY(req, "secure", c, keys_made);
	SAY(req, "secure", c, keys_taken);
	SAY(req, "secure", c, keys_refused);
	SAY(req, "secure", c, reloads);
	SAY(req, "secure", c, reload_failed);
	SAY(req, "secure", c, stream_hello);
	SAY(req, "secure", c, stream_self);
	SAY(req, "secure", c, stream_record);
	SAY(req, "secure", c, stream_frame);
	SAY(req, "secure", c, stream_cut);
}

static void say_redis(struct request *req, const struct redis_server *s)
{
	const struct redis_server_counters *n = redis_server_counters(s);
	const struct redis_counters *c = redis_counters(redis_server_redis(s));
	const struct acl_counters *a = acl_counters(redis_server_acl(s));

	SAY(req, "redis", n, accepted);
	SAY(req, "redis", n, paused);
	SAY(req, "redis", n, overflow);
	SAY(req, "redis", n, accept_failed);
	SAY(req, "redis", n, handshake_late);
	SAY(req, "redis", c, clients_refused);
	SAY(req, "redis", c, commands);
	SAY(req, "redis", c, commands_failed);
	SAY(req, "redis", c, unknown);
	SAY(req, "redis", c, bad_requests);
	SAY(req, "redis", c, auth_failed);
	SAY(req, "redis", c, quota_connections);
	SAY(req, "redis", c, quota_waits);
	SAY(req, "redis", c, quota_items);
	SAY(req, "redis", c, counts);
	SAY(req, "redis", c, count_failed);
	SAY(req, "redis", c, denied);
	SAY(req, "redis", c, rights_failed);
	SAY(req, "redis", c, pipeline_full);
	SAY(req, "redis", c, works_full);
	SAY(req, "redis", c, node_full);
	SAY(req, "redis", c, combined);
	SAY(req, "redis", c, conflicts);
	SAY(req, "redis", c, gave_up);
	SAY(req, "redis", c, too_large);
	SAY(req, "redis", c, multi_full);
	SAY(req, "redis", c, expired);
	SAY(req, "redis", c, collected);
	SAY(req, "acl", a, reads);
	SAY(req, "acl", a, failed);
	SAY(req, "acl", a, bad);
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
	SAY(&req, "select", select_counters(all->select), queries);
	SAY(&req, "select", select_counters(all->select), malformed);
	SAY(&req, "select", select_counters(all->select), refused);
	SAY(&req, "select", select_counters(all->select), doubled);
	SAY(&req, "select", select_counters(all->select), cut);
	SAY(&req, "select", select_counters(all->select), claimed);
	SAY(&req, "select", select_counters(all->select), denied);
	SAY(&req, "select", select_counters(all->select), unwanted);
	SAY(&req, "select", select_counters(all->select), crowded);
	SAY(&req, "select", select_counters(all->select), refreshed);
	SAY(&req, "select", &select_forward(all->select)->count, asked);
	SAY(&req, "select", &select_forward(all->select)->count, repeated);
	SAY(&req, "select", &select_forward(all->select)->count, answered);
	SAY(&req, "select", &select_forward(all->select)->count, elsewhere);
	SAY(&req, "select", &select_forward(all->select)->count, replaced);
	SAY(&req, "select", &select_forward(all->select)->count, missing);
	SAY(&req, "select", &select_forward(all->select)->count, late);
	SAY(&req, "gossip", &select_gossip(all->select)->count, cycles);
	SAY(&req, "gossip", &select_gossip(all->select)->count, finds);
	SAY(&req, "gossip", &select_gossip(all->select)->count, finds_failed);
	SAY(&req, "gossip", &select_gossip(all->select)->count, find_hops);
	SAY(&req, "gossip", &select_gossip(all->select)->count, strange);
	SAY(&req, "gossip", &select_gossip(all->select)->count, forgotten);
	SAY(&req, "gossip", &select_gossip(all->select)->count, rumours_held);
	say_counter(&req, "select_forward_refused", select_forward(all->select)->count.refused);
	SAY(&req, "kernel_lookup", all->kernel, tables);
	SAY(&req, "kernel_lookup", all->kernel, renewals);
	say_net(&req, env_uv_counters(all->env));
	say_secure(&req, secure_counters(all->secure));
	SAY(&req, "control", all, denied);
	if (all->redis)
		say_redis(&req, all->redis);
	SAY(&req, "control", control_counters(all->control), accepted);
	SAY(&req, "control", control_counters(all->control), refused_credentials);
	SAY(&req, "control", control_counters(all->control), refused_limit);
	SAY(&req, "control", control_counters(all->control), accept_failed);
	SAY(&req, "control", control_counters(all->control), requests);
	SAY(&req, "control", control_counters(all->control), malformed);
	SAY(&req, "control", control_counters(all->control), overflow);
	SAY(&req, "requests", all, refused);
	control_done(client, m.seq, 0, NULL);
}
