// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Snapshots in the store: chunks with a checksum each, first those with the
 * sessions, then the bytes of the service; last a description. A record of the
 * append log puts one in force; only then entries and older snapshots go.
 */
#include <errno.h>

#include <base/be.h>
#include <base/crc32c.h>
#include <order/order_priv.h>

/* Chunks shown to the service in one turn. */
#define RESTORE_TURN 16

static const char snap_prefix[] = "order/";

void snap_key(const struct order_group *g, uint64_t snapshot, uint32_t number, uint8_t *key)
{
	memcpy(key, snap_prefix, 6);
	be64_store(key + 6, g->id);
	be64_store(key + 14, snapshot);
	be32_store(key + 22, number);
}

void snap_to_wire(const struct osnap *s, struct wire_order_member *v, struct wire_order_base *out)
{
	*out = (struct wire_order_base){
		.index = s->index,
		.term = s->term,
		.time = s->time,
		.snapshot = s->id,
	};
	members_to_wire(&s->members, v, &out->members);
}

int snap_from_wire(const struct wire_order_base *in, struct osnap *out)
{
	*out = (struct osnap){ .id = in->snapshot, .index = in->index };
	out->term = in->term;
	out->time = in->time;
	return members_from_wire(&in->members, &out->members);
}

int snap_submit(struct order_group *g, enum owrite_kind kind, uint64_t id, uint32_t number,
		struct bytes value)
{
	struct owrite *w = disk_write_get(g, kind);
	uint8_t key[ORDER_SNAP_KEY_LEN];
	struct store_op op = { .key = bytes_of(key, sizeof(key)), .value = value };
	int err;

	if (!w)
		return -ENOSPC;
	w->snapshot = id;
	snap_key(g, id, number, key);
	err = store_submit(g->o->store, &op, 1, &w->ticket);
	if (!err)
		return 0;
	disk_write_put(w);
	g->o->stats.refused_writes++;
	if (err != -ENOSPC)
		order_fail(g->o, "the store refuses a chunk", err);
	return err;
}

static int read_key(struct order_group *g, uint64_t id, uint32_t number)
{
	uint8_t key[ORDER_SNAP_KEY_LEN];

	snap_key(g, id, number, key);
	g->o->chunk.len = 0;
	return store_get(g->o->store, bytes_of(key, sizeof(key)), &g->o->chunk);
}

int snap_load_meta(struct order_group *g, uint64_t id, struct osnap *out)
{
	struct wire_order_snapshot m;
	int err = read_key(g, id, ORDER_META_NUMBER);

	if (!err)
		err = wire_order_snapshot_decode(buf_bytes(&g->o->chunk), &m);
	if (!err)
		err = snap_from_wire(&m.base, out);
	if (err || out->id != id)
		return err ? err : -EBADMSG;
	out->chunks = m.chunks;
	out->crc = m.crc;
	return 0;
}

int snap_read_chunk(struct order_group *g, uint64_t id, uint32_t number, struct bytes *stored,
		    struct wire_order_chunk *c)
{
	int err = read_key(g, id, number);

	*stored = buf_bytes(&g->o->chunk);
	if (!err)
		err = wire_order_chunk_decode(*stored, c);
	if (!err && (c->snapshot != id || c->number != number))
		err = -EBADMSG;
	return err;
}

/* --- making one ------------------------------------------------------------------ */

static bool submit_chunk(struct order_group *g, struct wire_order_chunk *c)
{
	struct omake *k = &g->make;
	struct buf *b = &g->o->chunk;

	c->snapshot = k->s.id;
	c->number = k->s.chunks;
	b->len = 0;
	xassert(!wire_order_chunk_encode(c, b));
	if (snap_submit(g, OWRITE_CHUNK, k->s.id, k->s.chunks, buf_bytes(b)))
		return false;
	k->s.crc = crc32c(k->s.crc, b->data, b->len);
	k->s.chunks++;
	k->pending++;
	return true;
}

/* The sessions as they are now. They wait for the disk like everything else. */
static bool submit_sessions(struct order_group *g)
{
	struct wire_order_session *v = g->o->sessions;
	uint32_t at = 0;

	while (at < g->session_n) {
		uint32_t n = session_save(g, at, g->o->cfg.chunk_bytes, v);
		struct wire_order_chunk c = { .sessions = { .v = v, .n = n } };

		if (!submit_chunk(g, &c))
			return false;
		at += n;
	}
	return true;
}

static bool submit_buf(struct order_group *g)
{
	struct wire_order_chunk c = { .has_data = true, .data = buf_bytes(&g->make.buf) };

	if (!g->make.buf.len)
		return true;
	if (g->make.pending >= 2 * g->o->cfg.chunks_inflight || !submit_chunk(g, &c))
		return false;
	g->make.buf.len = 0;
	return true;
}

static void make_free(struct order_group *g)
{
	if (!g->make.active)
		return;
	g->make.active = false;
	g->o->making--;
	g->janitor = true;
}

enum order_status order_snapshot_begin(struct order_group *g)
{
	struct omake *k = &g->make;

	if (!g->open)
		return ORDER_CLOSED;
	if (k->active || g->o->making == g->o->cfg.snapshots_max || g->snap_told != g->snap.id)
		return ORDER_BUSY;
	if (g->restoring || g->applied <= g->snap.index)
		return ORDER_BAD;
	*k = (struct omake){ .buf = k->buf, .active = true };
	k->buf.len = 0;
	k->s.id = env_random(g->o->env) | 1;
	k->s.index = g->applied;
	k->s.term = g->applied_term;
	k->s.time = g->applied_time;
	k->s.members = g->applied_members;
	g->o->making++;
	if (submit_sessions(g))
		return ORDER_OK;
	make_free(g);
	return ORDER_BUSY;
}

enum order_status order_snapshot_write(struct order_group *g, struct bytes data, size_t *taken)
{
	struct buf *b = &g->make.buf;

	*taken = 0;
	if (!g->make.active || g->make.ended)
		return ORDER_CLOSED;
	while (*taken < data.len) {
		size_t n = data.len - *taken;

		if (b->len == b->cap && !submit_buf(g)) {
			g->make.blocked = true;
			return ORDER_BUSY;
		}
		n = n < b->cap - b->len ? n : b->cap - b->len;
		buf_append(b, data.data + *taken, n);
		*taken += n;
	}
	return ORDER_OK;
}

/* When all chunks are durable, the description follows. */
static void make_go_on(struct order_group *g)
{
	struct wire_order_member v[ORDER_MEMBERS_MAX];
	struct wire_order_snapshot m = { 0 };
	struct omake *k = &g->make;
	struct buf *b = &g->o->chunk;

	if (!k->ended || !submit_buf(g) || k->pending || k->meta)
		return;
	snap_to_wire(&k->s, v, &m.base);
	m.chunks = k->s.chunks;
	m.crc = k->s.crc;
	b->len = 0;
	xassert(!wire_order_snapshot_encode(&m, b));
	k->meta = !snap_submit(g, OWRITE_META, k->s.id, ORDER_META_NUMBER, buf_bytes(b));
}

void snap_make_run(struct order_group *g)
{
	struct omake *k = &g->make;

	if (!k->active)
		return;
	make_go_on(g);
	if (!k->blocked || k->ended)
		return;
	k->blocked = false;
	if (g->service->snapshot_room)
		g->service->snapshot_room(g->ctx);
}

void order_snapshot_end(struct order_group *g)
{
	if (!g->make.active)
		return;
	g->make.ended = true;
	make_go_on(g);
	order_touch(g);
}

void order_snapshot_cancel(struct order_group *g)
{
	make_free(g);
}

void snap_give_up(struct order_group *g)
{
	uint64_t index = g->make.s.index;

	if (!g->make.active)
		return;
	make_free(g);
	if (g->service->snapshot_done)
		g->service->snapshot_done(g->ctx, index, ORDER_CLOSED);
}

void snap_written(struct order_group *g, const struct owrite *w)
{
	struct omake *k = &g->make;

	if (!k->active || w->snapshot != k->s.id)
		return;
	if (w->kind == OWRITE_META) {
		g->snap = k->s;
		g->snap_foreign = false;
		make_free(g);
		g->o->stats.snapshots++;
		disk_base(g, false);
		return;
	}
	k->pending--;
	snap_make_run(g);
}

void snap_durable(struct order_group *g, uint64_t id)
{
	if (id != g->snap.id || g->snap_told == id)
		return;
	g->snap_told = id;
	g->janitor = true;
	snap_compact(g);
	g->get_owed |= g->leader != 0;
	if (g->open && g->service->snapshot_done && !g->snap_foreign)
		g->service->snapshot_done(g->ctx, g->snap.index, ORDER_OK);
}

void snap_compact(struct order_group *g)
{
	uint64_t to = g->snap.index;

	if (g->snap_told != g->snap.id || !to)
		return;
	/* Members that are a little late get entries, unless memory is short. */
	if (olog_room(&g->log, 0, g->o->cfg.log_entries / 2, g->log.size / 2))
		to -= to < g->o->cfg.trailing ? to : g->o->cfg.trailing;
	if (to >= g->log.first && to <= g->applied)
		olog_drop(&g->log, to);
}

void snap_want(struct order_group *g)
{
	bool roomy = olog_room(&g->log, 0, g->o->cfg.log_entries / 4 * 3, g->log.size / 4 * 3);

	snap_compact(g);
	if (!g->open || roomy || g->make.active || g->restoring || g->snap_told != g->snap.id ||
	    g->applied <= g->snap.index || !g->service->snapshot_wanted)
		return;
	g->wanted_at = g->applied;
	g->service->snapshot_wanted(g->ctx, g->applied);
}

/* --- restoring ------------------------------------------------------------------- */

void snap_restore_start(struct order_group *g)
{
	snap_give_up(g);
	g->restoring = true;
	g->restore_chunk = 0;
	g->restore_crc = 0;
	g->restore_begun = false;
	order_touch(g);
}

static void restore_end(struct order_group *g)
{
	g->restoring = false;
	g->applied = g->snap.index;
	g->applied_term = g->snap.term;
	g->applied_time = g->snap.time;
	if (g->commit < g->applied)
		g->commit = g->applied;
	g->service->restore_end(g->ctx);
	members_committed(g, &g->snap.members, g->snap.index);
}

/* False: the service is busy, or the chunk is damaged. */
static bool restore_chunk(struct order_group *g)
{
	struct wire_order_chunk c;
	struct bytes stored;

	uint32_t crc;

	if (snap_read_chunk(g, g->snap.id, g->restore_chunk, &stored, &c) ||
	    session_load(g, &c.sessions)) {
		order_group_damaged(g, "a chunk of its snapshot is damaged");
		return false;
	}
	crc = crc32c(g->restore_crc, stored.data, stored.len);
	if (c.has_data && !g->service->restore_data(g->ctx, c.data)) {
		g->paused = true;
		return false;
	}
	g->restore_crc = crc;
	g->restore_chunk++;
	return true;
}

bool snap_restore_run(struct order_group *g)
{
	uint32_t n = 0;

	if (!g->restore_begun) {
		g->restore_begun = true;
		session_clear(g);
		g->service->restore_begin(g->ctx, g->snap.index);
	}
	while (g->restore_chunk < g->snap.chunks) {
		if (!restore_chunk(g))
			return false;
		if (++n == RESTORE_TURN) {
			order_touch(g);
			return false;
		}
	}
	if (g->restore_crc != g->snap.crc) {
		order_group_damaged(g, "a chunk of its snapshot is another one");
		return false;
	}
	restore_end(g);
	return true;
}

/* --- tidying up ------------------------------------------------------------------ */

struct sweep {
	uint8_t keys[ORDER_JANITOR_KEYS][ORDER_SNAP_KEY_LEN];
	uint32_t n;
};

static bool sweep_visit(void *ctx, struct bytes key, struct bytes value)
{
	struct sweep *s = ctx;

	if (key.len == ORDER_SNAP_KEY_LEN)
		memcpy(s->keys[s->n++], key.data, key.len);
	return s->n < ORDER_JANITOR_KEYS;
}

/* Delete some chunks of the group but those of @keep. False: nothing is left, or the disk is behind. */
static bool sweep(struct order_group *g, uint64_t keep)
{
	uint8_t from[ORDER_SNAP_KEY_LEN], to[ORDER_SNAP_KEY_LEN];
	struct store_op op[ORDER_JANITOR_KEYS] = { 0 };
	struct sweep s = { .n = 0 };
	struct owrite *w;
	int err;

	snap_key(g, 0, 0, from);
	snap_key(g, keep ? keep : UINT64_MAX, keep ? 0 : UINT32_MAX, to);
	err = store_scan(g->o->store, bytes_of(from, sizeof(from)), bytes_of(to, sizeof(to)),
			 sweep_visit, &s);
	if (!err && s.n < ORDER_JANITOR_KEYS && keep) {
		snap_key(g, keep + 1, 0, from);
		snap_key(g, UINT64_MAX, UINT32_MAX, to);
		err = store_scan(g->o->store, bytes_of(from, sizeof(from)),
				 bytes_of(to, sizeof(to)), sweep_visit, &s);
	}
	if (!s.n)
		return false;
	w = disk_write_get(g, OWRITE_JANITOR);
	if (!w)
		return false;
	for (uint32_t i = 0; i < s.n; i++) {
		op[i].key = bytes_of(s.keys[i], ORDER_SNAP_KEY_LEN);
		op[i].del = true;
	}
	err = store_submit(g->o->store, op, s.n, &w->ticket);
	if (err)
		disk_write_put(w);
	return !err;
}

void snap_janitor(struct order_group *g)
{
	if (!g->janitor || g->make.active || g->get.active || g->base_owed ||
	    g->base_seq > g->o->wal_durable)
		return;
	g->janitor = sweep(g, g->snap.id);
}

void snap_delete_all(struct order_group *g)
{
	while (sweep(g, 0))
		;
}
