// SPDX-License-Identifier: GPL-2.0-or-later
#include <order/order_priv.h>

#include <errno.h>

/* How soon work is tried again that the disk was too busy for. */
#define RETRY_NS   (5 * ENV_MS)
/* Ticks between two looks at what the append log may forget. */
#define TRIM_TICKS 16

static const struct order_config defaults = {
	.tick_ns = 50 * ENV_MS,
	.election_ticks = 4,
	.groups_max = 16,
	.log_bytes = 4 * 1024 * 1024,
	.log_entries = 8192,
	.trailing = 256,
	.uncommitted_bytes = 1024 * 1024,
	.append_bytes = 64 * 1024,
	.inflight = 32,
	.ops_max = 1024,
	.sessions_max = 128,
	.keys_max = 128,
	.reply_max = 1024,
	.promote_lag = 64,
	.chunk_bytes = 64 * 1024,
	.chunks_inflight = 4,
	.wal_records = 4096,
	.writes_max = 1024,
	.snapshots_max = 4,
};

static struct order_config filled(const struct order_config *cfg)
{
	struct order_config c = *cfg;

#define FILL(field) (c.field = c.field ? c.field : defaults.field)
	FILL(tick_ns);
	FILL(election_ticks);
	FILL(groups_max);
	FILL(log_bytes);
	FILL(log_entries);
	FILL(trailing);
	FILL(uncommitted_bytes);
	FILL(append_bytes);
	FILL(inflight);
	FILL(ops_max);
	FILL(sessions_max);
	FILL(keys_max);
	FILL(reply_max);
	FILL(promote_lag);
	FILL(chunk_bytes);
	FILL(chunks_inflight);
	FILL(wal_records);
	FILL(writes_max);
	FILL(snapshots_max);
#undef FILL
	xassert(c.log_bytes >= 4 * ORDER_DATA_MAX + ORDER_RESERVE_BYTES);
	xassert(c.log_entries > 2 * ORDER_RESERVE_ENTRIES && c.reply_max <= ORDER_REPLY_MAX);
	xassert(c.chunk_bytes <= ORDER_CHUNK_MAX);
	return c;
}

size_t order_arena_size(const struct order_config *cfg)
{
	struct order_config c = filled(cfg);
	size_t group = sizeof(struct order_group) + c.log_entries * sizeof(struct oentry) +
		       c.log_bytes + ORDER_MEMBERS_MAX * (c.inflight * sizeof(uint64_t) + 16) +
		       session_room(&c) * (sizeof(struct osession) + c.reply_max + 16) +
		       c.chunk_bytes + 128;

	return sizeof(struct order) + c.groups_max * group +
	       c.writes_max * (sizeof(struct owrite) + 16) + 2 * ORDER_SCRATCH +
	       WIRE_ORDER_ENTRIES * sizeof(struct wire_order_entry) +
	       session_room(&c) * sizeof(struct wire_order_session) + 256;
}

/* --- the turn of the loop -------------------------------------------------------- */

void order_touch(struct order_group *g)
{
	struct order *o = g->o;

	if (!g->queued) {
		g->queued = true;
		cds_list_add_tail(&g->queue_node, &o->queue);
	}
	if (!env_timer_armed(&o->flush) && !o->failed)
		env_timer_set(o->env, &o->flush, 0);
}

/* A leader that the committed membership does not count any more has done its work. */
static void leave(struct order_group *g)
{
	if (g->role != ORDER_LEADER || member_votes(g) || g->members_index > g->applied)
		return;
	if (!g->transfer)
		order_transfer(g, 0);
	elect_transfer(g);
	elect_follow(g, g->term, 0);
}

static bool turn(struct order_group *g)
{
	if (!g->open)
		return true;
	if (!disk_flush(g))
		return false;
	if (g->role == ORDER_LEADER) {
		replicate_send(g);
		replicate_commit(g);
		members_finish(g);
	}
	apply_run(g);
	if (!g->open)
		return true;
	leave(g);
	install_run(g);
	replicate_answer(g);
	elect_transfer(g);
	read_advance(g);
	return true;
}

static void flush_fire(void *ctx)
{
	struct order *o = ctx;
	struct cds_list_head late;
	bool behind = false;

	CDS_INIT_LIST_HEAD(&late);
	if (o->failed)
		return;
	cds_list_splice(&o->queue, &late);
	CDS_INIT_LIST_HEAD(&o->queue);
	while (!cds_list_empty(&late)) {
		struct order_group *g = cds_list_first_entry(&late, struct order_group, queue_node);

		cds_list_del(&g->queue_node);
		g->queued = false;
		if (turn(g) || g->queued)
			continue;
		g->queued = true;
		cds_list_add_tail(&g->queue_node, &o->queue);
		behind = true;
	}
	beat_send(o, false);
	ops_tell(o);
	if (behind && !o->failed)
		env_timer_set(o->env, &o->flush, RETRY_NS);
}

static void tick_fire(void *ctx)
{
	struct order *o = ctx;
	uint64_t now = env_now(o->env);

	o->ticks++;
	for (uint32_t i = 0; i < o->group_n && !o->failed; i++) {
		struct order_group *g = &o->group[i];

		if (g->gone_owed)
			order_group_forget(g);
		if (!g->open)
			continue;
		elect_tick(g, now);
		read_tick(g, now);
		snap_make_run(g);
		snap_want(g);
		snap_janitor(g);
		order_touch(g);
	}
	if (o->failed)
		return;
	beat_send(o, true);
	if (o->ticks % TRIM_TICKS == 0)
		disk_trim(o);
	env_timer_set(o->env, &o->tick, o->cfg.tick_ns);
}

/* --- the whole ------------------------------------------------------------------- */

static void group_memory(struct order *o, struct order_group *g, struct arena *arena)
{
	const struct order_config *c = &o->cfg;
	uint8_t *mem;

	g->o = o;
	olog_init(&g->log, arena, c);
	for (uint32_t i = 0; i < ORDER_MEMBERS_MAX; i++)
		g->progress[i].inflight = arena_alloc(arena, c->inflight * sizeof(uint64_t));
	g->session = arena_alloc(arena, session_room(c) * sizeof(*g->session));
	mem = arena_alloc(arena, (size_t)session_room(c) * c->reply_max);
	for (uint32_t i = 0; i < session_room(c); i++)
		g->session[i].reply = mem + (size_t)i * c->reply_max;
	g->make.buf = buf_of(arena_alloc(arena, c->chunk_bytes), c->chunk_bytes);
}

struct order *order_init(struct arena *arena, struct env *env, struct store_log *log,
			 struct store *store, const struct xos_id *self,
			 const struct order_config *cfg)
{
	struct order *o = arena_alloc(arena, sizeof(*o));

	o->env = env;
	o->log = log;
	o->store = store;
	o->self = *self;
	o->cfg = filled(cfg);
	CDS_INIT_LIST_HEAD(&o->queue);
	CDS_INIT_LIST_HEAD(&o->done);
	o->tick = (struct env_timer){ .fire = tick_fire, .ctx = o };
	o->flush = (struct env_timer){ .fire = flush_fire, .ctx = o };
	pool_init(&o->writes, arena, sizeof(struct owrite), o->cfg.writes_max);
	o->scratch = buf_of(arena_alloc(arena, ORDER_SCRATCH), ORDER_SCRATCH);
	o->chunk = buf_of(arena_alloc(arena, ORDER_SCRATCH), ORDER_SCRATCH);
	o->entries = arena_alloc(arena, WIRE_ORDER_ENTRIES * sizeof(*o->entries));
	o->sessions = arena_alloc(arena, session_room(&o->cfg) * sizeof(*o->sessions));
	o->group = arena_alloc(arena, o->cfg.groups_max * sizeof(*o->group));
	for (uint32_t i = 0; i < o->cfg.groups_max; i++)
		group_memory(o, &o->group[i], arena);
	return o;
}

int order_start(struct order *o)
{
	int err = disk_replay(o);

	if (err)
		return err;
	o->started = true;
	env_timer_set(o->env, &o->tick, env_random_below(o->env, o->cfg.tick_ns) + 1);
	return 0;
}

void order_stop(struct order *o)
{
	for (uint32_t i = 0; i < o->group_n; i++) {
		if (o->group[i].open)
			order_group_close(&o->group[i]);
	}
	env_timer_cancel(o->env, &o->tick);
	env_timer_cancel(o->env, &o->flush);
}

void order_fail(struct order *o, const char *what, int err)
{
	if (o->failed)
		return;
	env_log(o->env, ENV_ERR, ENV_SUB_STORE, "order: %s: error %d", what, err);
	o->failed = true;
	env_timer_cancel(o->env, &o->tick);
	env_timer_cancel(o->env, &o->flush);
}

bool order_failed(const struct order *o)
{
	return o->failed;
}

const struct order_stats *order_stats(const struct order *o)
{
	return &o->stats;
}

struct wire_order_head order_head(const struct order_group *g, uint64_t to)
{
	return (struct wire_order_head){
		.group = g->id,
		.to = to,
		.from = g->tag,
		.term = g->term,
	};
}

bool order_send(struct order *o, const struct env_peer *to, enum env_channel channel,
		const struct wire_msg *msg, const void *m)
{
	o->scratch.len = 0;
	if (wire_encode(msg, m, &o->scratch))
		xassert(!"a message of ours fits its limits");
	return !env_send_peer(o->env, to, channel, buf_bytes(&o->scratch));
}

/* --- messages -------------------------------------------------------------------- */

union order_msg {
	struct wire_order_vote vote;
	struct wire_order_vote_answer vote_answer;
	struct wire_order_append append;
	struct wire_order_append_answer append_answer;
	struct wire_order_install install;
	struct wire_order_install_answer install_answer;
	struct wire_order_read read;
	struct wire_order_read_answer read_answer;
	struct wire_order_lead lead;
};

static void dispatch(struct order_group *g, const struct env_peer *from, uint16_t type,
		     const union order_msg *m)
{
	if (type == WIRE_ORDER_APPEND)
		replicate_recv_append(g, from, &m->append);
	else if (type == WIRE_ORDER_APPEND_ANSWER)
		replicate_recv_answer(g, &m->append_answer);
	else if (type == WIRE_ORDER_VOTE)
		elect_recv_vote(g, from, &m->vote);
	else if (type == WIRE_ORDER_VOTE_ANSWER)
		elect_recv_vote_answer(g, &m->vote_answer);
	else if (type == WIRE_ORDER_INSTALL)
		install_recv(g, from, &m->install);
	else if (type == WIRE_ORDER_INSTALL_ANSWER)
		install_recv_answer(g, &m->install_answer);
	else if (type == WIRE_ORDER_READ)
		read_recv(g, from, &m->read);
	else if (type == WIRE_ORDER_READ_ANSWER)
		read_recv_answer(g, &m->read_answer);
	else
		elect_recv_lead(g, &m->lead);
}

static bool ours(uint16_t type)
{
	return type == WIRE_ORDER_APPEND || type == WIRE_ORDER_APPEND_ANSWER ||
	       type == WIRE_ORDER_VOTE || type == WIRE_ORDER_VOTE_ANSWER ||
	       type == WIRE_ORDER_INSTALL || type == WIRE_ORDER_INSTALL_ANSWER ||
	       type == WIRE_ORDER_READ || type == WIRE_ORDER_READ_ANSWER || type == WIRE_ORDER_LEAD;
}

bool order_recv(struct order *o, const struct env_peer *from, const struct wire_header *h)
{
	const struct wire_order_head *head;
	struct order_group *g;
	union order_msg m;

	if (o->failed || !o->started)
		return ours(h->type) || h->type == WIRE_ORDER_BEAT ||
		       h->type == WIRE_ORDER_BEAT_ANSWER;
	if (beat_recv(o, from, h))
		return true;
	if (!ours(h->type))
		return false;
	if (wire_body_decode(wire_msg_find(h->type), h, &m)) {
		o->stats.strange++;
		return true;
	}
	/* Every message of a group begins with the head. */
	head = &m.lead.head;
	g = order_find(o, head->group);
	if (!g || !g->open || g->tag != head->to)
		o->stats.strange++;
	else
		dispatch(g, from, h->type, &m);
	return true;
}

const char *order_status_name(enum order_status status)
{
	static const char *const names[ORDER_STATUSES] = {
		[ORDER_OK] = "done",
		[ORDER_NOT_LEADER] = "this member does not lead the group",
		[ORDER_UNKNOWN] = "the leadership was lost; it may be done, now or later",
		[ORDER_BUSY] = "too much is under way",
		[ORDER_TOO_LARGE] = "larger than an entry may be",
		[ORDER_NO_SESSION] = "there is no such session, or no longer",
		[ORDER_STALE] = "the session has a later request, or the key another one",
		[ORDER_GAP] = "a request of the session before this one is missing",
		[ORDER_FORGOTTEN] = "done, but the reply was too long to be remembered",
		[ORDER_CHANGING] = "the members or the leader are being changed",
		[ORDER_BEHIND] = "a new voter is no learner that has caught up",
		[ORDER_BAD] = "that cannot be",
		[ORDER_CLOSED] = "the group is closed",
	};

	return status < ORDER_STATUSES ? names[status] : "unknown";
}
