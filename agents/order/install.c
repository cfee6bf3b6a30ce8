// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A snapshot for a member whose next entry the leader does not have any more:
 * chunk by chunk, each acknowledged when it is durable.
 */
#include <errno.h>

#include <base/crc32c.h>
#include <order/order_priv.h>

/* --- the leader ------------------------------------------------------------------ */

void install_send(struct order_group *g, struct oprogress *p, const struct order_member *to)
{
	struct wire_order_member v[ORDER_MEMBERS_MAX];
	struct wire_order_install m = { .chunks = g->snap.chunks, .crc = g->snap.crc };
	struct wire_order_chunk c;

	/* Chunks of a snapshot that is not in force may still go. */
	if (!g->snap.id || g->snap_told != g->snap.id)
		return;
	if (p->snapshot != g->snap.id) {
		p->snapshot = g->snap.id;
		p->chunk_next = 0;
		p->chunk_acked = 0;
	}
	m.head = order_head(g, to->tag);
	snap_to_wire(&g->snap, v, &m.base);
	while (p->chunk_next < g->snap.chunks &&
	       p->chunk_next < p->chunk_acked + g->o->cfg.chunks_inflight) {
		if (snap_read_chunk(g, g->snap.id, p->chunk_next, &m.chunk, &c)) {
			order_group_damaged(g, "a chunk of its snapshot is damaged");
			return;
		}
		m.number = p->chunk_next;
		if (!order_send(g->o, &(struct env_peer){ to->id, to->addr }, ENV_STREAM,
				&wire_order_install_msg, &m))
			return;
		g->o->stats.chunks++;
		p->sent_ns = env_now(g->o->env);
		p->chunk_next++;
	}
}

void install_recv_answer(struct order_group *g, const struct wire_order_install_answer *m)
{
	struct oprogress *p = progress_of(g, m->head.from);

	if (m->head.term > g->term) {
		elect_follow(g, m->head.term, 0);
		return;
	}
	if (!p || g->role != ORDER_LEADER || m->head.term < g->term)
		return;
	p->heard_ns = env_now(g->o->env);
	order_touch(g);
	if (p->send != OSEND_SNAPSHOT || p->snapshot != m->snapshot || m->snapshot != g->snap.id)
		return;
	if (m->done) {
		replicate_match(g, p, g->snap.index);
		replicate_probe(p, g->snap.index + 1);
		return;
	}
	/* Less than before: it was restarted. */
	if (m->next < p->chunk_acked)
		p->chunk_next = m->next;
	p->chunk_acked = m->next < g->snap.chunks ? m->next : g->snap.chunks;
	if (p->chunk_next < p->chunk_acked)
		p->chunk_next = p->chunk_acked;
}

/* --- the follower ---------------------------------------------------------------- */

static void get_begin(struct order_group *g, const struct wire_order_install *m)
{
	struct omake *k = &g->get;

	*k = (struct omake){ .active = true };
	if (snap_from_wire(&m->base, &k->s) || !k->s.members.n || !k->s.id || !m->chunks) {
		k->active = false;
		g->o->stats.strange++;
		return;
	}
	k->s.chunks = m->chunks;
	g->get_crc = m->crc;
	g->janitor = true;
}

static bool chunk_good(struct order_group *g, const struct wire_order_install *m)
{
	struct wire_order_chunk c;

	if (!wire_order_chunk_decode(m->chunk, &c) && c.snapshot == m->base.snapshot &&
	    c.number == m->number)
		return true;
	g->o->stats.bad_chunks++;
	return false;
}

/* Everything up to there is here already. */
static bool needless(struct order_group *g, const struct wire_order_base *b)
{
	uint64_t term;

	if (b->index <= g->commit)
		return true;
	if (!olog_term(&g->log, b->index, &term) || term != b->term)
		return false;
	if (g->matched < b->index)
		g->matched = b->index;
	g->commit = b->index;
	return true;
}

void install_recv(struct order_group *g, const struct env_peer *from,
		  const struct wire_order_install *m)
{
	struct omake *k = &g->get;

	if (!elect_hear_leader(g, from, &m->head)) {
		struct wire_order_install_answer a = { .head = order_head(g, m->head.from) };

		order_send(g->o, from, ENV_STREAM, &wire_order_install_answer_msg, &a);
		return;
	}
	order_touch(g);
	if (needless(g, &m->base)) {
		if (g->matched < g->commit)
			g->matched = g->commit;
		g->ack_owed = true;
		return;
	}
	if (!k->active || k->s.id != m->base.snapshot)
		get_begin(g, m);
	g->get_owed = true;
	if (!k->active || m->number != k->synced + k->pending || !chunk_good(g, m))
		return;
	if (snap_submit(g, OWRITE_GET, k->s.id, m->number, m->chunk))
		return;
	k->s.crc = crc32c(k->s.crc, m->chunk.data, m->chunk.len);
	k->pending++;
}

static void get_meta(struct order_group *g)
{
	struct wire_order_member v[ORDER_MEMBERS_MAX];
	struct wire_order_snapshot m = { .chunks = g->get.s.chunks, .crc = g->get.s.crc };
	struct buf *b = &g->o->chunk;

	if (g->get.s.crc != g->get_crc) {
		g->o->stats.bad_chunks++;
		g->get.active = false;
		return;
	}
	snap_to_wire(&g->get.s, v, &m.base);
	b->len = 0;
	xassert(!wire_order_snapshot_encode(&m, b));
	g->get.meta =
		!snap_submit(g, OWRITE_GET_META, g->get.s.id, ORDER_META_NUMBER, buf_bytes(b));
}

/* The log begins anew behind the snapshot. */
static void install(struct order_group *g)
{
	const struct osnap *s = &g->get.s;
	struct wire_order_base b = { .index = s->index, .term = s->term };

	g->get.active = false;
	if (needless(g, &b)) {
		g->ack_owed = true;
		return;
	}
	g->snap = *s;
	g->snap_foreign = true;
	olog_reset(&g->log, s->index, s->term);
	g->gen++;
	g->written = s->index;
	/* Nothing of the log is durable before the record that says so. */
	g->stable = 0;
	g->commit = s->index;
	if (g->matched < s->index)
		g->matched = s->index;
	members_set(g, &s->members, s->index);
	g->o->stats.installed++;
	disk_base(g, true);
	snap_restore_start(g);
}

void install_written(struct order_group *g, const struct owrite *w)
{
	struct omake *k = &g->get;

	if (!k->active || w->snapshot != k->s.id)
		return;
	order_touch(g);
	if (w->kind == OWRITE_GET_META) {
		install(g);
		return;
	}
	k->pending--;
	k->synced++;
	g->get_owed = true;
}

void install_run(struct order_group *g)
{
	struct wire_order_install_answer m = { .snapshot = g->get.s.id, .next = g->get.synced };

	if (g->get.active && g->get.synced == g->get.s.chunks && !g->get.meta)
		get_meta(g);
	if (!g->get_owed || !g->leader || g->role == ORDER_LEADER)
		return;
	g->get_owed = false;
	m.head = order_head(g, g->leader);
	m.done = !g->get.active && g->snap_told == m.snapshot;
	if (m.snapshot && (g->get.active || m.done))
		order_send(g->o, &(struct env_peer){ g->leader_id, g->leader_addr }, ENV_STREAM,
			   &wire_order_install_answer_msg, &m);
}
