// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The life of a transaction. An attempt runs the commands over what was read
 * so far; when they ask for more it is read, and they run again from the
 * start. When they need nothing more, what they change is committed
 * (commit.c). An attempt that lost against another transaction is begun anew.
 *
 * Commands that write the same key wait for each other in a slot, and those
 * that have come together there share the next transaction: a hot key costs
 * one commit for many commands.
 */
#include <redis/redis_priv.h>

/* Pause when the node has no room. */
#define STALL_NS (2 * ENV_MS)
/* Pause after the first attempt that lost, drawn up to this; it doubles six times. */
#define LOST_NS	 (1 * ENV_MS)

/* Memory from which on a span with a limit ends before it. */
#define SPAN_MEM (WORK_MEM_MAX / 4)

static void work_attempt(void *ctx);
static void work_step(struct work *w);

static void work_clear(struct work *w)
{
	struct span *s, *next;

	for (uint32_t i = 0; i < w->items_n; i++) {
		if (w->item[i]->reading)
			dht_op_stop(w->r->config.dht, &w->item[i]->op);
	}
	cds_list_for_each_entry_safe(s, next, &w->spans, node)
		work_forget(w, s);
	if (w->txn)
		txn_abort(w->txn);
	w->txn = NULL;
	w->items_n = 0;
	w->pending = 0;
	w->status = 0;
	w->checking = false;
	work_mem_free(w, &w->keep);
	work_mem_free(w, &w->pass);
}

static struct work *work_new(struct redis *r)
{
	struct work *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->r = r;
	w->timer.ctx = w;
	CDS_INIT_LIST_HEAD(&w->spans);
	w->deadline_ns = env_now(r->config.env) + WORK_NS;
	cds_list_add_tail(&w->node, &r->works);
	r->works_n++;
	return w;
}

static void work_free(struct work *w)
{
	struct chunk *c;

	env_timer_cancel(w->r->config.env, &w->timer);
	work_clear(w);
	while ((c = w->keep)) {
		w->keep = c->next;
		free(c);
	}
	while ((c = w->pass)) {
		w->pass = c->next;
		free(c);
	}
	cds_list_del(&w->node);
	w->r->works_n--;
	free(w);
}

void work_give_up(struct work *w)
{
	for (uint32_t i = 0; i < w->cmds_n; i++)
		cmd_free(w->cmd[i]);
	work_free(w);
}

/* Let commands that wait for the same key share the transaction. */
static void work_fill(struct work *w)
{
	struct cmd *cmd = w->cmd[0], *next;
	size_t args = cmd->argc, bytes = cmd->bytes + cmd->argc * WORK_ARG_COST;
	struct slot *slot;

	if (cmd->slot == NO_SLOT)
		return;
	slot = &w->r->slot[cmd->slot];
	cds_list_for_each_entry_safe(cmd, next, &slot->waiting, wait) {
		args += cmd->argc;
		bytes += cmd->bytes + cmd->argc * WORK_ARG_COST;
		if (w->cmds_n == WORK_CMDS_MAX || args > WORK_ARGS_MAX ||
		    bytes > WORK_ARG_BYTES_MAX)
			return;
		cds_list_del(&cmd->wait);
		w->cmd[w->cmds_n++] = cmd;
		w->r->counters.combined++;
	}
}

static void work_begin(struct redis *r, struct cmd *cmd)
{
	struct work *w = r->works_n < r->config.limits.works_max ? work_new(r) : NULL;

	if (!w) {
		r->counters.works_full++;
		cds_list_add_tail(&cmd->wait, &r->backlog);
		return;
	}
	w->cmd[w->cmds_n++] = cmd;
	work_fill(w);
	work_attempt(w);
}

/* The slot of a command that writes one key. */
static uint32_t slot_of(const struct cmd *cmd)
{
	struct bytes key;

	if (!(cmd->def->flags & CMD_WRITE) || cmd_key(cmd, 1, &key) || !cmd_key(cmd, 0, &key))
		return NO_SLOT;
	return cmd_hash(cmd->r, key) & (SLOTS - 1);
}

void work_submit(struct cmd *cmd)
{
	struct redis *r = cmd->r;

	cmd->slot = slot_of(cmd);
	if (cmd->slot != NO_SLOT && r->slot[cmd->slot].busy) {
		cds_list_add_tail(&cmd->wait, &r->slot[cmd->slot].waiting);
		return;
	}
	if (cmd->slot != NO_SLOT)
		r->slot[cmd->slot].busy = true;
	work_begin(r, cmd);
}

static void error_of(struct resp_reply *reply, int status)
{
	switch (status) {
	case -EAGAIN:
		resp_error(reply, "CLUSTERDOWN the grid does not serve yet: it has fewer machines "
				  "than replica classes");
		break;
	case -EHOSTUNREACH:
		resp_error(reply, "CLUSTERDOWN no majority of a key's replicas answers");
		break;
	case -ETIMEDOUT:
		resp_error(reply, "TIMEOUT no answer in time; a write may or may not take effect");
		break;
	case -ECANCELED:
		resp_error(reply, "TRYAGAIN other transactions came first until the time was over");
		break;
	case -E2BIG:
		resp_error(reply, "ERR this is too large for one transaction");
		break;
	case -ENOSPC:
		resp_error(reply, "OOM the disk of a replica is full");
		break;
	default:
		resp_error(reply, "ERR the grid failed: %s", strerror(-status));
	}
}

static void work_reply(struct cmd *cmd, int status)
{
	struct redis *r = cmd->r;

	if (!status && !cmd->reply.full) {
		client_cmd_ready(cmd);
		return;
	}
	cmd->reply.len = 0;
	cmd->reply.full = false;
	if (!status || status == -E2BIG)
		r->counters.too_large++;
	r->counters.commands_failed++;
	error_of(&cmd->reply, status ? status : -E2BIG);
	client_cmd_ready(cmd);
}

/* Too much together: half of the commands go on, the others wait again, in front. */
static void work_halve(struct work *w)
{
	struct slot *slot = &w->r->slot[w->cmd[0]->slot];
	uint32_t keep = w->cmds_n / 2;

	while (w->cmds_n > keep)
		cds_list_add(&w->cmd[--w->cmds_n]->wait, &slot->waiting);
	work_attempt(w);
}

/* The end of all attempts. The work is gone afterwards. */
void work_end(struct work *w, int status)
{
	uint32_t slot_at = w->cmd[0]->slot, n = w->cmds_n;
	struct cmd *cmd[WORK_CMDS_MAX];
	struct redis *r = w->r;

	/* Nobody asked for them to be together. */
	if (status == -E2BIG && n > 1) {
		work_halve(w);
		return;
	}
	if (!status) {
		holds_added(w);
		r->counters.expired += w->expired;
		for (uint32_t i = 0; i < w->garbage_n; i++)
			garbage_add(r, &w->garbage[i]);
	}
	memcpy(cmd, w->cmd, n * sizeof(*cmd));
	work_free(w);
	for (uint32_t i = 0; i < n; i++)
		work_reply(cmd[i], status);
	if (slot_at != NO_SLOT && cds_list_empty(&r->slot[slot_at].waiting)) {
		r->slot[slot_at].busy = false;
	} else if (slot_at != NO_SLOT) {
		struct cmd *next =
			cds_list_first_entry(&r->slot[slot_at].waiting, struct cmd, wait);

		cds_list_del(&next->wait);
		work_begin(r, next);
	}
	while (!cds_list_empty(&r->backlog) && r->works_n < r->config.limits.works_max) {
		struct cmd *next = cds_list_first_entry(&r->backlog, struct cmd, wait);

		cds_list_del(&next->wait);
		work_begin(r, next);
	}
}

static void item_done(struct dht_op *op)
{
	struct item *item = op->ctx;
	struct work *w = item->work;
	bool again = item->known && op->version.counter == item->version.counter &&
		     op->version.writer == item->version.writer;

	item->reading = false;
	item->checked = true;
	w->pending--;
	if (op->status && op->status != -ENOENT) {
		w->status = op->status;
	} else if (!again) {
		w->changed = w->changed || item->known;
		item->found = !op->status;
		item->version = op->version;
		item->old = bytes_of(NULL, 0);
		if (item->found && !work_copy(w, &w->keep, op->value, &item->old))
			item->found = false;
		item->known = true;
	}
	if (!w->pending)
		work_step(w);
}

static bool item_read(struct item *item)
{
	struct work *w = item->work;
	int err;

	item->op = (struct dht_op){
		.done = item_done, .ctx = item, .kind = DHT_GET, .key = item->key
	};
	err = dht_op_start(w->r->config.dht, &item->op);
	if (err == -ENOBUFS)
		return false;
	if (err) {
		w->status = err;
		return true;
	}
	item->reading = true;
	w->pending++;
	return true;
}

/* Keep the items of a page. */
static void span_take(struct span *s, const struct dht_op *op)
{
	struct dht_item item, *items;
	struct work *w = s->work;
	size_t pos = 0;

	if (s->n + op->count > s->cap) {
		s->cap = (s->n + op->count) * 2;
		items = realloc(s->items, s->cap * sizeof(*items));
		if (!items) {
			w->status = -ENOMEM;
			return;
		}
		s->items = items;
	}
	while (dht_op_item(op, &pos, &item)) {
		struct dht_item *to = &s->items[s->n];

		if (!work_copy(w, &s->mem, item.key, &to->key) ||
		    !work_copy(w, &s->mem, item.value, &to->value))
			return;
		to->version = item.version;
		s->n++;
	}
	s->more = op->more;
	if (op->more)
		work_copy(w, &s->mem, op->resume, &s->resume);
}

/* Compare a page with what was read before. */
static void span_check(struct span *s, const struct dht_op *op)
{
	struct work *w = s->work;
	struct dht_item item;
	size_t pos = 0;

	while (!w->changed && dht_op_item(op, &pos, &item))
		w->changed = !span_same(s, &item);
	s->checked = !op->more;
	if (s->checked)
		w->changed = w->changed || s->seen < s->n;
	else
		work_copy(w, &s->mem, op->resume, &s->next);
}

static void span_done(struct dht_op *op)
{
	struct span *s = op->ctx;
	struct work *w = s->work;

	s->reading = false;
	w->pending--;
	if (op->status) {
		w->status = op->status;
	} else if (w->checking) {
		span_check(s, op);
	} else {
		span_take(s, op);
		s->known = !s->more || (s->limit && (s->n >= s->limit || w->mem_used > SPAN_MEM));
	}
	if (!w->pending)
		work_step(w);
}

static bool span_read(struct span *s)
{
	struct work *w = s->work;
	int err;

	s->op = (struct dht_op){ .done = span_done,
				 .ctx = s,
				 .kind = DHT_RANGE,
				 .key = w->checking ? s->next : s->resume,
				 .to = w->checking ? span_end(s) : s->to,
				 .limit = s->limit && !w->checking ? s->limit - s->n : 0 };
	err = dht_op_start(w->r->config.dht, &s->op);
	if (err == -ENOBUFS)
		return false;
	if (err) {
		w->status = err;
		return true;
	}
	s->reading = true;
	w->pending++;
	return true;
}

static void read_again(void *ctx)
{
	work_read(ctx);
}

static bool to_read(const struct work *w, const struct item *item)
{
	return item->wanted && !item->reading && !(w->checking ? item->checked : item->known);
}

static bool span_to_read(const struct work *w, const struct span *s)
{
	return !s->reading && !(w->checking ? s->checked : s->known);
}

/* Read what is asked for; in a check, all that is known once more. */
void work_read(struct work *w)
{
	struct span *s;
	bool room = true;

	for (uint32_t i = 0; i < w->items_n && room; i++) {
		if (to_read(w, w->item[i]))
			room = item_read(w->item[i]);
	}
	cds_list_for_each_entry(s, &w->spans, node) {
		if (room && span_to_read(w, s))
			room = span_read(s);
	}
	if (w->pending)
		return;
	if (w->status)
		work_end(w, w->status);
	else
		work_stall(w, read_again);
}

/* All that was asked for has been read, or failed. */
static void work_step(struct work *w)
{
	bool unread = false;
	struct span *s;

	if (w->status) {
		work_end(w, w->status);
		return;
	}
	if (!w->checking) {
		work_pass(w);
		return;
	}
	for (uint32_t i = 0; i < w->items_n; i++)
		unread = unread || to_read(w, w->item[i]);
	cds_list_for_each_entry(s, &w->spans, node)
		unread = unread || span_to_read(w, s);
	if (w->changed && !cds_list_empty(&w->spans)) {
		work_lost(w);
	} else if (w->changed) {
		/* What the check has read is the first reading of the next one. */
		w->checking = false;
		if (work_again(w))
			work_pass(w);
	} else if (unread) {
		work_read(w);
	} else {
		work_end(w, 0);
	}
}

/* Run the commands over what is known. */
void work_pass(struct work *w)
{
	bool wait = false;

	work_mem_free(w, &w->pass);
	w->ids = 0;
	w->expired = 0;
	w->until_ms = 0;
	w->garbage_n = 0;
	for (uint32_t i = 0; i < w->items_n; i++) {
		struct item *item = w->item[i];

		item->dirty = false;
		item->exists = item->found;
		item->now = item->old;
	}
	for (uint32_t i = 0; i < w->cmds_n && !w->status; i++) {
		struct cmd *cmd = w->cmd[i];
		struct call call = { w->r, cmd, w, &cmd->reply, cmd->argc, cmd->argv };

		cmd->reply.len = 0;
		cmd->reply.full = false;
		wait = cmd->def->exec(&call) == CALL_WAIT || wait;
	}
	if (w->status)
		work_end(w, w->status);
	else if (wait)
		work_read(w);
	else
		work_commit(w);
}

static void attempt_reset(struct cmd *cmd)
{
	struct cmd *sub;

	cmd->sum = 0;
	cmd->resume.len = 0;
	cds_list_for_each_entry(sub, &cmd->queue, node)
		attempt_reset(sub);
}

static void work_attempt(void *ctx)
{
	struct work *w = ctx;

	work_clear(w);
	w->now_ms = txn_now(w->r->config.txns) / US_IN_MS;
	w->id_base[0] = env_random(w->r->config.env);
	w->id_base[1] = env_random(w->r->config.env);
	for (uint32_t i = 0; i < w->cmds_n; i++)
		attempt_reset(w->cmd[i]);
	work_pass(w);
}

void work_stall(struct work *w, void (*again)(void *ctx))
{
	w->r->counters.node_full++;
	if (env_now(w->r->config.env) >= w->deadline_ns) {
		work_end(w, -ETIMEDOUT);
		return;
	}
	w->timer.fire = again;
	env_timer_set(w->r->config.env, &w->timer, STALL_NS);
}

bool work_again(struct work *w)
{
	w->r->counters.conflicts++;
	w->tries++;
	if (env_now(w->r->config.env) < w->deadline_ns)
		return true;
	w->r->counters.gave_up++;
	work_end(w, -ECANCELED);
	return false;
}

/* Another transaction came first. */
void work_lost(struct work *w)
{
	struct env *env = w->r->config.env;
	uint32_t shift = w->tries < 6 ? w->tries : 6;

	if (!work_again(w))
		return;
	w->timer.fire = work_attempt;
	env_timer_set(env, &w->timer, env_random_below(env, LOST_NS << shift));
}
