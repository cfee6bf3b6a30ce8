// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The append log, shared by all groups: promises, entries, bases. It is read
 * only at start. Records are reported in order, so what is durable is a prefix.
 *
 * Trimming: a group needs the record with its newest base and those with the
 * entries behind it. A quiet group among busy ones would hold back the whole
 * log, so after a while it is written anew.
 */
#include <errno.h>

#include <order/order_priv.h>

/* Term of the entry before the oldest record, while a replay has not met the base. */
#define TERM_UNKNOWN UINT64_MAX

/* --- writes ---------------------------------------------------------------------- */

static void record_durable(struct order_group *g, const struct owrite *w)
{
	if (w->gone) {
		/* Not before: until then the replica may come back, with its snapshot. */
		snap_delete_all(g);
		order_slot_free(g);
		return;
	}
	if (w->hard)
		g->hard_pending--;
	if (w->gen == g->gen && w->index > g->stable)
		g->stable = w->index;
	xassert(g->stable <= g->log.last);
	if (w->base)
		snap_durable(g, w->snapshot);
	if (!g->open)
		return;
	if (w->hard && !g->hard_dirty && !g->hard_pending)
		elect_durable(g);
	if (g->role != ORDER_LEADER && g->leader) {
		uint64_t reached = g->matched < g->stable ? g->matched : g->stable;

		g->ack_owed |= reached > g->acked;
	}
	order_touch(g);
}

static void write_done(void *ctx, int status)
{
	struct owrite *w = ctx, done = *w;
	struct order *o = w->o;
	struct order_group *g = w->group;

	disk_write_put(w);
	if (status) {
		order_fail(o, "a write failed", status);
		return;
	}
	if (done.kind == OWRITE_RECORD)
		o->wal_durable = done.ticket.seq;
	if (!g || !g->used || g->life != done.life)
		return;
	if (done.kind == OWRITE_RECORD)
		record_durable(g, &done);
	else if (done.kind == OWRITE_CHUNK || done.kind == OWRITE_META)
		snap_written(g, &done);
	else if (done.kind == OWRITE_GET || done.kind == OWRITE_GET_META)
		install_written(g, &done);
}

struct owrite *disk_write_get(struct order_group *g, enum owrite_kind kind)
{
	struct order *o = g->o;
	struct owrite *w = o->failed ? NULL : pool_get(&o->writes);

	if (!w) {
		o->stats.refused_writes++;
		return NULL;
	}
	*w = (struct owrite){ .o = o, .group = g, .life = g->life, .gen = g->gen };
	w->ticket.done = write_done;
	w->ticket.ctx = w;
	w->kind = (uint8_t)kind;
	return w;
}

void disk_write_put(struct owrite *w)
{
	pool_put(&w->o->writes, w);
}

/* False: the disk is behind, try again later. */
static bool submit(struct order_group *g, const struct wire_order_record *r, struct owrite *w)
{
	struct order *o = g->o;
	int err;

	o->scratch.len = 0;
	err = wire_order_record_encode(r, &o->scratch);
	xassert(!err && o->scratch.len <= STORE_LOG_RECORD_MAX);
	err = store_log_append(o->log, buf_bytes(&o->scratch), &w->ticket);
	if (err) {
		disk_write_put(w);
		o->stats.refused_writes++;
		if (err != -ENOSPC)
			order_fail(o, "the log refuses a record", err);
		return false;
	}
	o->stats.records++;
	o->wal_last = w->ticket.seq;
	return true;
}

static struct wire_order_record record_of(const struct order_group *g)
{
	return (struct wire_order_record){ .group = g->id, .tag = g->tag };
}

static void take_hard(struct order_group *g, struct wire_order_record *r, struct owrite *w)
{
	r->has_hard = true;
	r->hard.term = g->term;
	r->hard.vote = g->vote;
	w->hard = true;
}

static void hard_submitted(struct order_group *g, const struct owrite *w)
{
	if (!w->hard)
		return;
	g->hard_dirty = false;
	g->hard_pending++;
}

/* The base, or the first entry behind it; later entries lie in later records. */
static uint64_t oldest_needed(const struct order_group *g)
{
	uint64_t next = g->snap.index + 1, wal = 0;

	xassert(next >= g->log.first);
	if (next <= g->log.last)
		wal = olog_at(&g->log, next)->wal;
	return wal && wal < g->base_seq ? wal : g->base_seq;
}

static bool write_base(struct order_group *g)
{
	struct owrite *w = disk_write_get(g, OWRITE_RECORD);
	struct wire_order_member v[ORDER_MEMBERS_MAX];
	struct wire_order_record r = record_of(g);

	if (!w)
		return false;
	r.has_base = true;
	snap_to_wire(&g->snap, v, &r.base);
	r.base.fresh = g->base_fresh;
	take_hard(g, &r, w);
	w->base = true;
	w->snapshot = g->snap.id;
	w->index = g->base_fresh ? g->snap.index : 0;
	if (!submit(g, &r, w))
		return false;
	hard_submitted(g, w);
	g->base_owed = false;
	if (g->rewriting)
		g->written = g->snap.index;
	g->base_seq = w->ticket.seq;
	g->keep_next = oldest_needed(g);
	g->keep_after = g->base_seq;
	return true;
}

/* As many entries as one record takes; their number. */
static uint32_t take_entries(struct order_group *g, struct wire_order_record *r)
{
	struct wire_order_entry *v = g->o->entries;
	uint32_t n = 0;
	size_t bytes = 0;

	for (uint64_t i = g->written + 1; i <= g->log.last && n < WIRE_ORDER_ENTRIES; i++, n++) {
		const struct oentry *e = olog_at(&g->log, i);

		bytes += e->len + 80;
		if (n && bytes > ORDER_RECORD_BYTES)
			break;
		v[n] = (struct wire_order_entry){
			.kind = e->kind,
			.term = e->term,
			.time = e->time,
			.session = e->session,
			.seq = e->seq,
			.has_session = e->session != 0,
			.has_seq = e->session != 0,
			.data = olog_data(&g->log, e),
		};
	}
	r->has_index = n != 0;
	r->index = g->written + 1;
	r->entries = (struct wire_order_entry_list){ .v = v, .n = n };
	return n;
}

static bool write_some(struct order_group *g)
{
	struct owrite *w = disk_write_get(g, OWRITE_RECORD);
	struct wire_order_record r = record_of(g);
	uint32_t n;

	if (!w)
		return false;
	if (g->hard_dirty)
		take_hard(g, &r, w);
	n = take_entries(g, &r);
	w->index = g->written + n;
	if (!submit(g, &r, w))
		return false;
	hard_submitted(g, w);
	while (n--)
		olog_at(&g->log, ++g->written)->wal = w->ticket.seq;
	return true;
}

bool disk_flush(struct order_group *g)
{
	if (g->base_owed && !write_base(g))
		return false;
	while (g->hard_dirty || g->written < g->log.last) {
		if (!write_some(g))
			return false;
	}
	if (g->rewriting) {
		g->rewriting = false;
		g->keep_next = oldest_needed(g);
		g->keep_after = g->o->wal_last;
	}
	return true;
}

void disk_base(struct order_group *g, bool fresh)
{
	g->base_fresh = fresh || (g->base_owed && g->base_fresh);
	g->base_owed = true;
	order_touch(g);
}

bool disk_gone(struct order_group *g)
{
	struct owrite *w = disk_write_get(g, OWRITE_RECORD);
	struct wire_order_record r = record_of(g);

	if (!w)
		return false;
	r.gone = true;
	w->gone = true;
	return submit(g, &r, w);
}

/* --- trimming -------------------------------------------------------------------- */

void disk_trim(struct order *o)
{
	uint64_t keep = o->wal_durable + 1;

	for (uint32_t i = 0; i < o->group_n; i++) {
		struct order_group *g = &o->group[i];

		if (!g->used)
			continue;
		if (g->keep_after && g->keep_after <= o->wal_durable && !g->rewriting) {
			g->keep_seq = g->keep_next;
			g->keep_after = 0;
		}
		if (g->keep_seq < keep)
			keep = g->keep_seq;
		if (g->open && !g->keep_after && !g->rewriting && !g->base_owed &&
		    o->wal_last - g->keep_seq > o->cfg.wal_records) {
			g->rewriting = true;
			disk_base(g, false);
			o->stats.rewrites++;
		}
	}
	if (keep > 1)
		store_log_trim(o->log, keep - 1);
}

/* --- replay ---------------------------------------------------------------------- */

static int replay_base(struct order_group *g, const struct wire_order_base *b, uint64_t seq)
{
	struct olog *l = &g->log;
	uint64_t term;
	int err = snap_from_wire(b, &g->snap);

	if (err)
		return err;
	g->base_seq = seq;
	/* Older than what is left of the log: a newer base follows, or all entries anew. */
	if (!b->fresh && b->index + 1 < l->first)
		return 0;
	if (b->fresh || !olog_term(l, b->index, &term) ||
	    (term != b->term && term != TERM_UNKNOWN)) {
		olog_reset(l, b->index, b->term);
		return 0;
	}
	olog_drop(l, b->index);
	l->prev_term = b->term;
	return 0;
}

/* An entry that differs from the one at its place ends what was behind that. */
static int replay_entries(struct order_group *g, const struct wire_order_record *r, uint64_t seq)
{
	struct olog *l = &g->log;
	struct wire_order_entry in;
	uint64_t index = r->index;
	size_t pos = 0;

	/* What is missing was trimmed, so it is before the newest base; replayed() checks. */
	if (index > l->last + 1)
		olog_reset(l, index - 1, TERM_UNKNOWN);
	if (g->base_seq && index < l->first && index == g->snap.index + 1)
		olog_reset(l, g->snap.index, g->snap.term);
	for (; wire_order_entry_list_next(&r->entries, &pos, &in); index++) {
		struct oentry e = { .term = in.term, .time = in.time, .kind = in.kind };
		uint64_t term;

		if (index < l->first)
			continue;
		if (index <= l->last && olog_term(l, index, &term) && term == e.term) {
			olog_at(l, index)->wal = seq;
			continue;
		}
		olog_cut(l, index);
		if (!olog_room(l, in.data.len, 0, 0))
			return -ENOSPC;
		e.session = in.has_session ? in.session : 0;
		e.seq = in.has_seq ? in.seq : 0;
		olog_push(l, &e, in.data);
		olog_at(l, index)->wal = seq;
	}
	return 0;
}

static int replay_record(void *ctx, uint64_t seq, struct bytes record)
{
	struct order *o = ctx;
	struct wire_order_record r;
	struct order_group *g;
	int err;

	o->wal_last = o->wal_durable = seq;
	if (wire_order_record_decode(record, &r) || !r.group || !r.tag)
		return -EPROTO;
	g = order_find(o, r.group);
	if (!g && r.gone)
		return 0;
	if (!g)
		g = order_slot(o, r.group, r.tag);
	if (!g)
		return -ENOSPC;
	if (g->tag != r.tag)
		return -EPROTO;
	if (r.gone) {
		order_slot_free(g);
		return 0;
	}
	if (r.has_hard) {
		g->term = r.hard.term;
		g->vote = r.hard.vote;
	}
	err = r.has_base ? replay_base(g, &r.base, seq) : 0;
	if (!err && r.has_index)
		err = replay_entries(g, &r, seq);
	return err;
}

static int replayed(struct order_group *g)
{
	if (!g->base_seq || g->log.first > g->snap.index + 1 || g->log.prev_term == TERM_UNKNOWN)
		return -EPROTO;
	g->written = g->log.last;
	g->stable = g->log.last;
	g->commit = g->snap.index;
	g->keep_seq = oldest_needed(g);
	members_set(g, &g->snap.members, g->snap.index);
	g->members_index = g->log.last + 1;
	members_revert(g, g->log.last + 1);
	return 0;
}

int disk_replay(struct order *o)
{
	int err = store_log_replay(o->log, replay_record, o);

	for (uint32_t i = 0; i < o->group_n && !err; i++) {
		if (o->group[i].used)
			err = replayed(&o->group[i]);
	}
	return err;
}
