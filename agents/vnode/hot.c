// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The policy hot. Requests are ordered, but only the leader's host does them,
 * tentatively, as many as are there at once. When they have ended it says what
 * they came to and changed; that becomes an update, an entry of the log in one
 * or more pieces. Only with its last piece have they taken effect, and are they
 * answered. Other hosts take over the change. So the service need not be
 * deterministic.
 *
 * An update counts when none of its requests has an outcome yet. Each names
 * the oldest one that has none, so of two that were made from the same state
 * only the first one counts, at every replica alike. A host whose tentative
 * work was passed by another update, or that leads no more, begins anew.
 */
#include "vnode_impl.h"

/* Requests that are done at once; further ones wait for the next update. */
#define BATCH_MAX 128
/* After this, requests that came later are let in: one may wait for them. */
#define OPEN_NS	  (20 * ENV_MS)
#define RETRY_NS  (10 * ENV_MS)

_Static_assert(BATCH_MAX <= WIRE_VH_OUTCOMES_MAX, "the outcomes of a batch fit into one piece");

bool hot_pending(const struct kept *k)
{
	return k->type == WIRE_VN_REQUEST && k->hot && !k->answered;
}

void hot_host_begins(struct vnode *v)
{
	v->hot_maker = env_random(v->env) | 1;
}

void hot_host_ends(struct vnode *v)
{
	env_timer_cancel(v->env, &v->hot_timer);
	v->hot_stage = HOT_IDLE;
	v->hot_len = 0;
	v->hot_open = false;
}

bool hot_update_behind(const struct vnode *v, uint64_t index)
{
	for (uint32_t i = v->fed; i < v->kept_n; i++) {
		const struct kept *u = &v->kept[i];

		if (u->counts && !u->sent && u->about < index)
			return true;
	}
	return false;
}

/* --- the leader's host does requests --------------------------------------------------- */

bool hot_open(const struct vnode *v)
{
	if (!v->leader || !v->host_decides || hot_update_behind(v, UINT64_MAX))
		return false;
	return v->hot_stage == HOT_IDLE ? !v->want_snapshot : v->hot_open;
}

bool hot_room(const struct vnode *v)
{
	return v->running < BATCH_MAX;
}

void hot_sent(struct vnode *v)
{
	if (v->hot_stage != HOT_IDLE)
		return;
	v->hot_stage = HOT_RUNS;
	env_timer_set(v->env, &v->hot_timer, OPEN_NS);
}

static void propose(struct vnode *v)
{
	if (!v->ops->propose(v->ctx, bytes_of(v->hot_bytes, v->hot_len))) {
		env_timer_set(v->env, &v->hot_timer, RETRY_NS);
		return;
	}
	v->hot_len = 0;
	v->hot_piece++;
	if (v->hot_last)
		v->hot_stage = HOT_ORDERED;
	else
		HOST_SEND(v, vh_collect, .unused = 0);
}

static void fire(void *ctx)
{
	struct vnode *v = ctx;

	if (v->hot_len) {
		propose(v);
	} else if (v->hot_stage == HOT_RUNS) {
		v->hot_open = true;
		feed(v);
		v->hot_open = false;
		env_timer_set(v->env, &v->hot_timer, OPEN_NS);
	}
}

void hot_start(struct vnode *v)
{
	v->hot_timer.fire = fire;
	v->hot_timer.ctx = v;
}

void hot_take_ended(struct vnode *v, const struct wire_vh_ended *m)
{
	struct kept *k = kept_find(v, m->index);

	if (!k || !k->sent || k->ended)
		return;
	k->ended = true;
	v->running--;
	waits_of_request_end(v, m->index);
	if (v->running || v->hot_stage != HOT_RUNS)
		return;
	env_timer_cancel(v->env, &v->hot_timer);
	v->hot_stage = HOT_COLLECTS;
	v->hot_piece = 0;
	HOST_SEND(v, vh_collect, .unused = 0);
}

void hot_take_update(struct vnode *v, const struct wire_vh_update *m)
{
	struct wire_vn_update out = { .maker = v->hot_maker,
				      .piece = v->hot_piece,
				      .last = m->last,
				      .outcomes = m->outcomes,
				      .change = m->change };
	struct buf b = buf_of(v->hot_bytes, sizeof(v->hot_bytes));

	if (v->hot_stage != HOT_COLLECTS || v->hot_len)
		return;
	xassert(!wire_vn_update_encode(&out, &b));
	v->hot_len = (uint32_t)b.len;
	v->hot_last = m->last;
	propose(v);
}

/* --- the log has an update -------------------------------------------------------------- */

/* Has none of the requests of the update, whose first piece is @from, an outcome? */
static bool counts(struct vnode *v, uint32_t from)
{
	struct wire_vh_outcome o;
	struct wire_vn_update m;
	uint32_t named = 0;

	for (uint32_t i = from; i < v->kept_n; i++) {
		size_t pos = 0;

		if (v->kept[i].type != WIRE_VN_UPDATE)
			continue;
		xassert(!wire_vn_update_decode(kept_message(v, &v->kept[i]), &m));
		while (wire_vh_outcome_list_next(&m.outcomes, &pos, &o)) {
			const struct kept *k = kept_find(v, o.index);

			if (!k || !hot_pending(k))
				return MUTANT(vnode_hot_any_update);
			named++;
		}
	}
	return named;
}

static void piece_counts(struct vnode *v, struct kept *piece, uint64_t *last)
{
	struct wire_vh_outcome o;
	struct wire_vn_update m;
	struct kept *k;
	size_t pos = 0;

	xassert(!wire_vn_update_decode(kept_message(v, piece), &m));
	while (wire_vh_outcome_list_next(&m.outcomes, &pos, &o)) {
		k = kept_find(v, o.index);
		if (!k)
			continue;
		*last = k->index > *last ? k->index : *last;
		answer(v, k, WIRE_VN_RESULT_OK, o.error, o.data);
		k->told = true;
	}
	piece->counts = true;
}

/* Its requests have taken effect; hosts that did not do them get what they changed. */
static void take_effect(struct vnode *v, uint32_t from, bool own)
{
	uint64_t last = 0;

	for (uint32_t i = from; i < v->kept_n; i++) {
		if (v->kept[i].type == WIRE_VN_UPDATE)
			piece_counts(v, &v->kept[i], &last);
	}
	for (uint32_t i = from; i < v->kept_n; i++) {
		if (v->kept[i].type != WIRE_VN_UPDATE)
			continue;
		v->kept[i].about = last;
		v->kept[i].sent = own;
	}
	if (v->fed > from)
		v->fed = from;
}

void hot_apply(struct vnode *v, const struct vnode_entry *e, const struct wire_vn_update *m)
{
	bool own = v->hot_stage == HOT_ORDERED && m->maker == v->hot_maker;
	struct kept *k = kept_add(v, e, WIRE_VN_UPDATE);
	uint32_t at = (uint32_t)(k - v->kept);

	k->sent = true;
	if (!m->piece) {
		v->part_maker = m->maker;
		v->part_next = 0;
		v->part_from = at;
	}
	if (m->maker != v->part_maker || m->piece != v->part_next) {
		v->part_maker = 0;
		return;
	}
	v->part_next++;
	if (!m->last)
		return;
	v->part_maker = 0;
	if (!counts(v, v->part_from)) {
		/* another one was made from the same state and came before */
		if (own)
			host_restart(v);
		return;
	}
	take_effect(v, v->part_from, own);
	if (own)
		v->hot_stage = HOT_IDLE;
	else if (v->hot_stage != HOT_IDLE && !MUTANT(vnode_hot_goes_on))
		host_restart(v);
}

void hot_send(struct vnode *v, struct kept *k)
{
	struct wire_vn_update m;

	k->sent = true;
	if (!k->counts)
		return;
	xassert(!wire_vn_update_decode(kept_message(v, k), &m));
	HOST_SEND(v, vh_apply, .last = m.last, .change = m.change);
}

/* --- snapshots: some requests may have no outcome --------------------------------------- */

void hot_write_pending(struct vnode *v)
{
	struct buf b;

	for (uint32_t i = 0; i < v->kept_n && !MUTANT(vnode_hot_snapshot_bare); i++) {
		const struct kept *k = &v->kept[i];
		struct wire_vn_pending m = { .index = k->index,
					     .time_ns = k->time_ns,
					     .session = k->session,
					     .number = k->seq,
					     .entry = kept_message(v, k) };

		if (!hot_pending(k))
			continue;
		b = buf_of(v->room, sizeof(v->room));
		xassert(!wire_vn_pending_encode(&m, &b));
		v->ops->image_write(v->ctx, buf_bytes(&b));
	}
}

void hot_read_pending(struct vnode *v, uint64_t pos)
{
	struct wire_vn_request request;
	struct wire_vn_pending m;
	struct kept *k;

	while (!wire_vn_pending_decode(v->ops->image_read(v->ctx, &pos), &m)) {
		struct vnode_entry e = { .index = m.index,
					 .time_ns = m.time_ns,
					 .session = m.session,
					 .seq = m.number,
					 .data = m.entry };

		if (wire_vn_request_decode(m.entry, &request) || !kept_room(v, m.entry.len))
			continue;
		k = kept_add(v, &e, WIRE_VN_REQUEST);
		k->ticket = request.ticket;
		k->hot = true;
		v->unanswered++;
		v->hot_waiting++;
	}
}

void hot_keep_pending(struct vnode *v)
{
	uint32_t n = 0, bytes = 0;

	for (uint32_t i = 0; i < v->kept_n; i++) {
		struct kept k = v->kept[i];

		if (!hot_pending(&k))
			continue;
		memmove(v->bytes + bytes, v->bytes + k.at, k.len);
		k.at = bytes;
		bytes += k.len;
		v->kept[n++] = k;
	}
	v->kept_n = n;
	v->bytes_n = bytes;
	v->unanswered = n;
	v->hot_waiting = n;
}
