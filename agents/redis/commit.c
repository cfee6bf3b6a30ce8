// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The end of a transaction. One that changes something tells the node what it
 * read, by versions, and what it writes; it is committed when all versions are
 * still those. One that only reads more than one key reads the versions once
 * more: when none has changed, all of them were there at one moment in between.
 *
 * That does not tell of a key which came and went between the two readings. The
 * elements of a collection cannot, since the collection's own key changes with them.
 * Walks over the keys of clients are read again inside the transaction instead: the
 * owners of those keys then vote on what was read, and hold it (txn/range.c).
 */
#include <redis/redis_priv.h>

/* Others came first, or the node had no room: nothing was done, and it is tried again. */
static void commit_ended(struct work *w, int status)
{
	if (status == -ECANCELED || status == -ENOBUFS)
		work_lost(w);
	else
		work_end(w, status);
}

static void commit_done(struct txn_commit *commit)
{
	struct work *w = commit->ctx;

	w->txn = NULL;
	commit_ended(w, commit->status);
}

static void txn_end(struct work *w)
{
	w->commit = (struct txn_commit){ .done = commit_done, .ctx = w };
	xassert(!txn_commit(w->txn, &w->commit));
}

static void step_done(struct txn_step *step)
{
	struct work *w = step->ctx;

	if (step->status && !w->status)
		w->status = step->status;
	if (--w->pending)
		return;
	if (w->status) {
		commit_ended(w, w->status);
		return;
	}
	txn_end(w);
}

static struct txn_step *step_add(struct work *w, uint32_t *n, const struct item *item,
				 enum txn_kind kind)
{
	struct txn_step *s = &w->steps[(*n)++];

	*s = (struct txn_step){ .done = step_done, .ctx = w, .kind = kind, .key = item->key };
	return s;
}

static uint32_t steps_make(struct work *w)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->items_n; i++) {
		const struct item *item = w->item[i];

		if (item->known)
			step_add(w, &n, item, TXN_EXPECT)->version = item->version;
		if (item->dirty && item->exists)
			step_add(w, &n, item, TXN_WRITE)->value = item->now;
		else if (item->dirty)
			step_add(w, &n, item, TXN_DELETE);
	}
	return n;
}

static void commit_write(void *ctx);

/* Give the transaction up; nothing of it was done. */
static void commit_drop(struct work *w)
{
	if (w->txn)
		txn_abort(w->txn);
	w->txn = NULL;
	w->pending = 0;
}

static void commit_steps(struct work *w)
{
	uint32_t n = steps_make(w);

	if (!n)
		txn_end(w);
	for (uint32_t i = 0; i < n; i++) {
		if (txn_do(w->txn, &w->steps[i])) {
			commit_drop(w);
			work_stall(w, commit_write);
			return;
		}
		w->pending++;
	}
}

static void expect_done(struct txn_step *step);

/* Returns false when the node has no room. */
static bool span_expect(struct span *s)
{
	s->step = (struct txn_step){
		.done = expect_done, .ctx = s, .kind = TXN_RANGE, .key = s->next, .to = span_end(s)
	};
	if (txn_do(s->work->txn, &s->step))
		return false;
	s->work->pending++;
	return true;
}

/* A page was read again inside the transaction. */
static void expect_take(struct span *s)
{
	struct work *w = s->work;
	struct dht_item item;
	size_t pos = 0;

	while (!w->changed && txn_step_item(&s->step, &pos, &item))
		w->changed = !span_same(s, &item);
	s->checked = w->changed || !s->step.more;
	if (s->checked)
		w->changed = w->changed || s->seen < s->n;
	else if (!work_copy(w, &w->pass, s->step.resume, &s->next))
		s->checked = true;
}

static void expect_done(struct txn_step *step)
{
	struct span *s = step->ctx;
	struct work *w = s->work;
	bool room = true;

	w->pending--;
	if (step->status)
		w->status = step->status;
	else
		expect_take(s);
	if (!w->status && !s->checked)
		room = span_expect(s);
	if (!room) {
		commit_drop(w);
		work_stall(w, commit_write);
	} else if (w->pending) {
		return;
	} else if (w->status) {
		commit_ended(w, w->status);
	} else if (w->changed) {
		work_lost(w);
	} else {
		commit_steps(w);
	}
}

/* What was walked over comes first: the transaction's own writes would show in it. */
static void commit_spans(struct work *w)
{
	struct span *s;

	w->changed = false;
	cds_list_for_each_entry(s, &w->spans, node) {
		span_again(s);
		if (span_expect(s))
			continue;
		commit_drop(w);
		work_stall(w, commit_write);
		return;
	}
}

static void commit_write(void *ctx)
{
	struct work *w = ctx;
	uint64_t now = env_now(w->r->config.env);
	struct txn_options options = { .timeout_ns = 1,
				       .from = w->now_ms * US_IN_MS,
				       .until = w->until_ms < UINT64_MAX / US_IN_MS ?
							w->until_ms * US_IN_MS :
							0 };

	if (now < w->deadline_ns)
		options.timeout_ns = w->deadline_ns - now;
	w->steps = work_mem(w, &w->pass, 2 * w->items_n * sizeof(*w->steps));
	if (!w->steps) {
		work_end(w, w->status);
		return;
	}
	if (txn_begin(w->r->config.txns, &options, &w->txn)) {
		w->txn = NULL;
		work_stall(w, commit_write);
	} else if (work_strict(w) && !cds_list_empty(&w->spans)) {
		commit_spans(w);
	} else {
		commit_steps(w);
	}
}

/* Is it a walk over keys of clients, where others come and go? */
static bool is_walk(const struct span *s)
{
	return !s->from.len || s->from.data[0] != REDIS_HIDDEN;
}

static void commit_read(struct work *w)
{
	struct span *s;

	w->checking = true;
	w->changed = false;
	for (uint32_t i = 0; i < w->items_n; i++)
		w->item[i]->checked = false;
	cds_list_for_each_entry(s, &w->spans, node)
		span_again(s);
	work_read(w);
}

void work_commit(struct work *w)
{
	bool dirty = false, walks = false, strict = work_strict(w);
	uint32_t reads = 0;
	struct span *s;

	for (uint32_t i = 0; i < w->items_n; i++) {
		dirty = dirty || w->item[i]->dirty;
		reads += w->item[i]->known;
	}
	cds_list_for_each_entry(s, &w->spans, node) {
		walks = walks || is_walk(s);
		reads++;
	}
	if (dirty || (walks && strict))
		commit_write(w);
	else if (reads < 2 || !strict)
		work_end(w, 0);
	else
		commit_read(w);
}
