// SPDX-License-Identifier: GPL-2.0-or-later
/* Groups come and go. */
#include <order/order_priv.h>

struct order_group *order_find(struct order *o, uint64_t id)
{
	for (uint32_t i = 0; i < o->group_n; i++) {
		if (o->group[i].used && o->group[i].id == id)
			return &o->group[i];
	}
	return NULL;
}

/* What is left of a slot's last use: memory and the count of lives. */
static void slot_clear(struct order_group *g)
{
	struct order_group kept = {
		.o = g->o,
		.log = g->log,
		.session = g->session,
		.life = g->life + 1,
		.make.buf = g->make.buf,
	};

	for (uint32_t i = 0; i < ORDER_MEMBERS_MAX; i++)
		kept.progress[i].inflight = g->progress[i].inflight;
	for (uint32_t i = 0; i < session_room(&g->o->cfg); i++)
		g->session[i] = (struct osession){ .reply = g->session[i].reply };
	*g = kept;
	CDS_INIT_LIST_HEAD(&g->ops);
	olog_reset(&g->log, 0, 0);
}

struct order_group *order_slot(struct order *o, uint64_t id, uint64_t tag)
{
	uint32_t at = 0;
	struct order_group *g;

	while (at < o->group_n && o->group[at].used)
		at++;
	if (at == o->cfg.groups_max)
		return NULL;
	if (at == o->group_n)
		o->group_n++;
	g = &o->group[at];
	slot_clear(g);
	g->used = true;
	g->id = id;
	g->tag = tag;
	/* Numbers of an earlier life are not met again. */
	g->read_number = env_random(o->env) >> 1;
	g->round = env_random(o->env) >> 1;
	return g;
}

void order_slot_free(struct order_group *g)
{
	if (g->queued)
		cds_list_del(&g->queue_node);
	slot_clear(g);
}

static void group_begin(struct order_group *g, const struct order_service *service, void *ctx)
{
	g->service = service;
	g->ctx = ctx;
	g->open = true;
	g->role = ORDER_FOLLOWER;
	elect_deadline(g);
	order_touch(g);
}

static enum order_status group_new(struct order *o, uint64_t id, uint64_t tag,
				   const struct order_members *members,
				   const struct order_service *service, void *ctx,
				   struct order_group **out)
{
	struct order_group *g;

	if (o->failed || !o->started)
		return ORDER_CLOSED;
	if (!id || !tag || order_find(o, id))
		return ORDER_BAD;
	g = order_slot(o, id, tag);
	if (!g)
		return ORDER_BUSY;
	g->snap.members = *members;
	g->applied_members = *members;
	members_set(g, members, 0);
	disk_base(g, false);
	g->keep_seq = o->wal_last + 1;
	group_begin(g, service, ctx);
	*out = g;
	return ORDER_OK;
}

enum order_status order_group_create(struct order *o, uint64_t id, uint64_t tag,
				     const struct order_members *members,
				     const struct order_service *service, void *ctx,
				     struct order_group **out)
{
	struct order_members m = *members;

	for (uint32_t i = 0; i < m.n && i < ORDER_MEMBERS_MAX; i++)
		m.v[i].roles &= ORDER_VOTER;
	if (!members_valid(&m) || !member_find(&m, tag))
		return ORDER_BAD;
	return group_new(o, id, tag, &m, service, ctx, out);
}

enum order_status order_group_join(struct order *o, uint64_t id, uint64_t tag,
				   const struct order_service *service, void *ctx,
				   struct order_group **out)
{
	return group_new(o, id, tag, &(struct order_members){ 0 }, service, ctx, out);
}

enum order_status order_group_open(struct order *o, uint64_t id,
				   const struct order_service *service, void *ctx,
				   struct order_group **out)
{
	struct order_group *g = order_find(o, id);
	struct osnap s;

	if (o->failed)
		return ORDER_CLOSED;
	if (!g || g->open || g->gone)
		return ORDER_BAD;
	if (g->dead)
		return ORDER_CLOSED;
	if (g->snap.id) {
		if (snap_load_meta(g, g->snap.id, &s)) {
			g->dead = true;
			return ORDER_CLOSED;
		}
		g->snap.chunks = s.chunks;
		g->snap.crc = s.crc;
	}
	g->snap_told = g->snap.id;
	g->commit = g->snap.index;
	g->applied = g->snap.index;
	g->applied_members = g->snap.members;
	session_clear(g);
	g->janitor = true;
	group_begin(g, service, ctx);
	if (g->snap.id)
		snap_restore_start(g);
	*out = g;
	return ORDER_OK;
}

void order_group_close(struct order_group *g)
{
	if (!g->open)
		return;
	order_snapshot_cancel(g);
	ops_abort(g, true, ORDER_UNKNOWN);
	g->open = false;
	g->role = ORDER_FOLLOWER;
	g->leader = 0;
	g->transfer = 0;
	g->get.active = false;
	g->restoring = false;
	g->paused = false;
	g->matched = 0;
	g->ack_owed = false;
	g->refuse_owed = false;
	g->vote_to = 0;
	ops_tell(g->o);
}

void order_group_forget(struct order_group *g)
{
	g->gone_owed = !disk_gone(g);
}

void order_group_delete(struct order_group *g)
{
	order_group_close(g);
	g->gone = true;
	order_group_forget(g);
}

void order_group_damaged(struct order_group *g, const char *what)
{
	env_log(g->o->env, ENV_ERR, ENV_SUB_STORE, "order: group %016llx, replica %016llx: %s",
		(unsigned long long)g->id, (unsigned long long)g->tag, what);
	g->dead = true;
	order_group_close(g);
}

uint64_t order_group_next(const struct order *o, uint64_t after)
{
	uint64_t best = 0;

	for (uint32_t i = 0; i < o->group_n; i++) {
		const struct order_group *g = &o->group[i];

		if (g->used && g->id > after && (!best || g->id < best))
			best = g->id;
	}
	return best;
}

void order_group_info(const struct order_group *g, struct order_info *out)
{
	uint64_t now = env_now(g->o->env);

	*out = (struct order_info){
		.id = g->id,
		.tag = g->tag,
		.role = g->role,
		.term = g->term,
		.leader = g->leader,
		.first = g->log.first,
		.last = g->log.last,
		.stable = g->stable,
		.commit = g->commit,
		.applied = g->applied,
		.snapshot = g->snap.index,
		.members = g->members,
		.changing = members_joint(&g->members) || g->members_index > g->commit,
		.damaged = g->dead,
	};
	for (uint32_t i = 0; i < g->members.n && g->role == ORDER_LEADER; i++) {
		bool self = g->members.v[i].tag == g->tag;

		out->match[i] = self ? g->stable : g->progress[i].match;
		out->heard_ns[i] = self ? 0 : now - g->progress[i].heard_ns;
	}
}

bool order_leader(const struct order_group *g, struct order_member *out)
{
	const struct order_member *m =
		g->leader ? member_find((struct order_members *)&g->members, g->leader) : NULL;

	if (!m)
		return false;
	*out = *m;
	return true;
}
