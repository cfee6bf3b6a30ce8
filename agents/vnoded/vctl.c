// SPDX-License-Identifier: GPL-2.0-or-later
/* What xosctl asks. */
#include "http.h"

#include <errno.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/log_ctl.h>
#include <wire/control.h>

static const char *const host_names[] = { "none", "starting", "ready", "broken" };

static uint32_t voters(const struct order_members *m)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->n; i++)
		n += (m->v[i].roles & ORDER_VOTER) != 0;
	return n;
}

static void show_one(struct control_client *client, uint32_t seq, const struct replica *r)
{
	const struct vnode_about *a = vnode_about(r->core);
	const struct vnode_stats *s = vnode_stats(r->core);
	struct order_member leader = { .tag = 0 };
	struct order_info info;
	bool known = order_leader(r->group, &leader);

	if (!a)
		a = &r->about;
	order_group_info(r->group, &info);
	CONTROL_SAY(client, seq, vctl_item, .group = r->id, .name = bytes_str(a->name),
		    .service = bytes_str(a->path), .policy = a->policy,
		    .scheduler = bytes_str(vsched_name(a->scheduler)),
		    .leader = r->role == ORDER_LEADER, .leader_addr = leader.addr,
		    .has_leader_addr = known, .term = info.term, .replicas = info.members.n,
		    .voters = voters(&info.members),
		    .host = bytes_str(host_names[vnode_host_state(r->core)]),
		    .running = vnode_running(r->core), .committed = info.commit,
		    .applied = info.applied, .snapshot = info.snapshot, .requests = s->requests,
		    .answered = s->answered, .reads = s->reads, .skipped = s->skipped,
		    .restarts = s->restarts, .diverged = s->diverged,
		    .failure = bytes_str(vnode_failure(r->core)));
}

static void show(struct vnoded *d, struct control_client *client, uint32_t seq)
{
	struct replica *r;

	cds_list_for_each_entry(r, &d->replicas, node)
		show_one(client, seq, r);
	control_done(client, seq, 0, NULL);
}

/* Who changed what, for the log. */
static void audit(struct vnoded *d, struct control_client *client, const char *what,
		  struct bytes name)
{
	control_audit(env_uv_env(d->agent.env), client, what, name, true);
}

static struct replica *need(struct vnoded *d, struct control_client *client, uint32_t seq,
			    struct bytes name)
{
	struct replica *r = replica_by_name(d, name);

	if (!r)
		control_done(client, seq, -ENOENT, "no replica of that virtual node is here");
	return r;
}

static void call(struct vnoded *d, struct control_client *client, const struct wire_vctl_call *m)
{
	struct replica *r = need(d, client, m->seq, m->name);
	struct call_request q = { .kind = CALL_REQUEST,
				  .session = m->has_session ? m->session : 0,
				  .number = m->has_number ? m->number : 0,
				  .operation = m->operation,
				  .args = m->args };

	if (!r)
		return;
	q.group = r->id;
	call_from_client(d, client, m->seq, &q);
}

static void session(struct vnoded *d, struct control_client *client,
		    const struct wire_vctl_session *m)
{
	struct replica *r = need(d, client, m->seq, m->name);
	struct call_request q = { .kind = CALL_SESSION };

	if (!r)
		return;
	q.group = r->id;
	call_from_client(d, client, m->seq, &q);
}

static void change(struct vnoded *d, struct control_client *client,
		   const struct wire_vctl_switch *m)
{
	struct replica *r = need(d, client, m->seq, m->name);
	const struct vnode_about *a = r ? vnode_about(r->core) : NULL;
	struct call_request q = { .kind = CALL_ENTRY };
	struct wire_vn_switch entry;
	uint8_t room[256];
	struct buf b = buf_of(room, sizeof(room));

	if (!r)
		return;
	audit(d, client, "switch virtual node", m->name);
	if (!a || (m->has_scheduler && m->scheduler >= VSCHED_COUNT)) {
		control_done(client, m->seq, -EINVAL,
			     "it is not known yet, or the scheduler is not");
		return;
	}
	entry.policy = m->has_policy ? m->policy : a->policy;
	entry.scheduler = m->has_scheduler ? m->scheduler : a->scheduler;
	xassert(!wire_vn_switch_encode(&entry, &b));
	q.group = r->id;
	q.args = buf_bytes(&b);
	call_from_client(d, client, m->seq, &q);
}

static void replicas(struct vnoded *d, struct control_client *client,
		     const struct wire_vctl_replica *m)
{
	struct replica *r = need(d, client, m->seq, m->name);
	struct call_request q = { .kind = CALL_CHANGE };
	struct wire_vn_change change = { .add = m->add,
					 .has_add = m->has_add,
					 .remove = m->remove,
					 .has_remove = m->has_remove };
	uint8_t room[128];
	struct buf b = buf_of(room, sizeof(room));

	if (!r)
		return;
	audit(d, client, "change the replicas of virtual node", m->name);
	xassert(!wire_vn_change_encode(&change, &b));
	q.group = r->id;
	q.args = buf_bytes(&b);
	call_from_client(d, client, m->seq, &q);
}

static void create(struct vnoded *d, struct control_client *client,
		   const struct wire_vctl_create *m)
{
	audit(d, client, "create virtual node", m->about.name);
	create_from_client(d, client, m);
}

static void forget(struct vnoded *d, struct control_client *client,
		   const struct wire_vctl_delete *m)
{
	struct replica *r = need(d, client, m->seq, m->name);

	if (!r)
		return;
	audit(d, client, "delete the replica of virtual node", m->name);
	replica_close(r, true);
	control_done(client, m->seq, 0, NULL);
}

static void backup(struct vnoded *d, struct control_client *client,
		   const struct wire_vctl_backup *m)
{
	struct replica *r = need(d, client, m->seq, m->name);

	if (!r)
		return;
	if (m->fresh && !m->number)
		audit(d, client, "back up virtual node", m->name);
	backup_from_client(r, client, m);
}

static void restore(struct vnoded *d, struct control_client *client,
		    const struct wire_vctl_restore *m)
{
	audit(d, client, "restore virtual node", m->name);
	restore_from_client(d, client, m);
}

static void say_counter(struct control_client *client, uint32_t seq, const char *name,
			uint64_t value)
{
	CONTROL_SAY(client, seq, ctl_counter, .name = bytes_str(name), .value = value);
}

#define SAY(client, seq, part, from, name) say_counter(client, seq, part "_" #name, (from)->name)

static void counters_http(struct vnoded *d, struct control_client *client, uint32_t seq)
{
	const struct http_counters *c = &d->http->counters;

	SAY(client, seq, "http", c, accepted);
	SAY(client, seq, "http", c, clients_full);
	SAY(client, seq, "http", c, accept_failed);
	SAY(client, seq, "http", c, handshake_late);
	SAY(client, seq, "http", c, request_late);
	SAY(client, seq, "http", c, reply_late);
	SAY(client, seq, "http", c, idle);
	SAY(client, seq, "http", c, gone);
	SAY(client, seq, "http", c, requests);
	SAY(client, seq, "http", c, malformed);
	SAY(client, seq, "http", c, refused);
	SAY(client, seq, "http", c, anonymous);
	SAY(client, seq, "http", c, quota_connections);
	SAY(client, seq, "http", c, quota_waits);
	SAY(client, seq, "http", c, keyed);
	SAY(client, seq, "http", c, answered);
	SAY(client, seq, "http", c, failed);
}

static void counters(struct vnoded *d, struct control_client *client, uint32_t seq)
{
	const struct order_stats *o = order_stats(d->order);

	SAY(client, seq, "order", o, proposed);
	SAY(client, seq, "order", o, duplicates);
	SAY(client, seq, "order", o, evicted);
	SAY(client, seq, "order", o, reads);
	SAY(client, seq, "order", o, refused);
	SAY(client, seq, "order", o, log_full);
	SAY(client, seq, "order", o, campaigns);
	SAY(client, seq, "order", o, won);
	SAY(client, seq, "order", o, snapshots);
	SAY(client, seq, "order", o, installed);
	say_counter(client, seq, "calls_full", d->calls_full);
	say_counter(client, seq, "members_replaced", d->replaced);
	if (d->http)
		counters_http(d, client, seq);
	control_done(client, seq, 0, NULL);
}

void vctl_closed(void *ctx, struct control_client *client)
{
	calls_of_client_end(ctx, client);
}

/* Backups. Return: false: it is about something else. */
static bool handle_backup(struct vnoded *d, struct control_client *client, uint16_t type,
			  struct bytes msg)
{
	union {
		struct wire_vctl_backup backup;
		struct wire_vctl_restore restore;
		struct wire_vctl_restore_chunk chunk;
		struct wire_vctl_restore_end end;
	} m;

	if (type == WIRE_VCTL_BACKUP && !wire_vctl_backup_decode(msg, &m.backup))
		backup(d, client, &m.backup);
	else if (type == WIRE_VCTL_RESTORE && !wire_vctl_restore_decode(msg, &m.restore))
		restore(d, client, &m.restore);
	else if (type == WIRE_VCTL_RESTORE_CHUNK && !wire_vctl_restore_chunk_decode(msg, &m.chunk))
		restore_chunk_from_client(d, client, &m.chunk);
	else if (type == WIRE_VCTL_RESTORE_END && !wire_vctl_restore_end_decode(msg, &m.end))
		restore_end_from_client(d, client, &m.end);
	else
		return false;
	return true;
}

void vctl_handle(void *ctx, struct control_client *client, uint16_t type, struct bytes msg, int fd)
{
	union {
		struct wire_vctl_show show;
		struct wire_vctl_create create;
		struct wire_vctl_delete delete;
		struct wire_vctl_session session;
		struct wire_vctl_call call;
		struct wire_vctl_switch change;
		struct wire_vctl_replica replica;
		struct wire_ctl_counters counters;
		struct wire_ctl_log_show log_show;
		struct wire_ctl_log_set log_set;
	} m;
	struct vnoded *d = ctx;

	if (fd >= 0)
		close(fd);
	if (type == WIRE_VCTL_SHOW && !wire_vctl_show_decode(msg, &m.show))
		show(d, client, m.show.seq);
	else if (type == WIRE_VCTL_CREATE && !wire_vctl_create_decode(msg, &m.create))
		create(d, client, &m.create);
	else if (type == WIRE_VCTL_DELETE && !wire_vctl_delete_decode(msg, &m.delete))
		forget(d, client, &m.delete);
	else if (type == WIRE_VCTL_SESSION && !wire_vctl_session_decode(msg, &m.session))
		session(d, client, &m.session);
	else if (type == WIRE_VCTL_CALL && !wire_vctl_call_decode(msg, &m.call))
		call(d, client, &m.call);
	else if (type == WIRE_VCTL_SWITCH && !wire_vctl_switch_decode(msg, &m.change))
		change(d, client, &m.change);
	else if (type == WIRE_VCTL_REPLICA && !wire_vctl_replica_decode(msg, &m.replica))
		replicas(d, client, &m.replica);
	else if (type == WIRE_CTL_COUNTERS && !wire_ctl_counters_decode(msg, &m.counters))
		counters(d, client, m.counters.seq);
	else if (type == WIRE_CTL_LOG_SHOW && !wire_ctl_log_show_decode(msg, &m.log_show))
		log_ctl_show(env_uv_env(d->agent.env), client, m.log_show.seq);
	else if (type == WIRE_CTL_LOG_SET && !wire_ctl_log_set_decode(msg, &m.log_set))
		log_ctl_set(env_uv_env(d->agent.env), client, &m.log_set);
	else if (!handle_backup(d, client, type, msg))
		control_done(client, 0, -EOPNOTSUPP,
			     "vnoded does not know, or cannot decode, requests of type 0x%04x",
			     type);
}
