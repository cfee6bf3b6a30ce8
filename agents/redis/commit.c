// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The end of a transaction. One that changes something tells the node what it
 * read, by versions, and what it writes; it is committed when all versions are
 * still those. One that only reads more than one key reads the versions once
 * more: when none has changed, all of them were there at one moment in between.
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
	w->commit = (struct txn_commit){ .done = commit_done, .ctx = w };
	xassert(!txn_commit(w->txn, &w->commit));
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

static void commit_write(void *ctx)
{
	struct work *w = ctx;
	uint64_t now = env_now(w->r->config.env);
	struct txn_options options = { .timeout_ns = 1 };
	uint32_t n;

	if (now < w->deadline_ns)
		options.timeout_ns = w->deadline_ns - now;
	w->steps = work_mem(w, &w->pass, 2 * w->items_n * sizeof(*w->steps));
	if (!w->steps) {
		work_end(w, w->status);
		return;
	}
	n = steps_make(w);
	if (txn_begin(w->r->config.txns, &options, &w->txn)) {
		w->txn = NULL;
		work_stall(w, commit_write);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (txn_do(w->txn, &w->steps[i])) {
			txn_abort(w->txn);
			w->txn = NULL;
			w->pending = 0;
			work_stall(w, commit_write);
			return;
		}
		w->pending++;
	}
}

void work_commit(struct work *w)
{
	bool dirty = false, loose = true;
	uint32_t reads = 0;
	struct span *s;

	for (uint32_t i = 0; i < w->items_n; i++) {
		dirty = dirty || w->item[i]->dirty;
		reads += w->item[i]->known;
	}
	cds_list_for_each_entry(s, &w->spans, node)
		reads++;
	for (uint32_t i = 0; i < w->cmds_n; i++)
		loose = loose && w->cmd[i]->def->flags & CMD_LOOSE;
	if (dirty) {
		commit_write(w);
	} else if (reads < 2 || loose) {
		work_end(w, 0);
	} else {
		w->checking = true;
		w->changed = false;
		for (uint32_t i = 0; i < w->items_n; i++)
			w->item[i]->checked = false;
		work_read(w);
	}
}
