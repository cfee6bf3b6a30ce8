// SPDX-License-Identifier: GPL-2.0-or-later
#include "txnwork.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/be.h>

#include "chance.h"
#include "machine.h"

#define PERCENT	 (CHANCE_CERTAIN / 100)
#define PATIENCE 4
#define MARK	 "\x01txn"

/**
 * struct txnwork_client - a client, with one transaction at a time
 * @sim: run
 * @index: which one
 * @rng: its choices
 * @machine: node that it asks
 * @busy: a transaction is under way
 * @looping: begins another one by itself after each
 * @alone: step by step, instead of as a run
 * @at: index of the transaction
 * @calls: transactions ended; timers of older ones are void
 * @run: the transaction, as a run
 * @txn: ... step by step
 * @commit: its end
 * @from: its version must not be below this; step by step only
 * @until: ... but below this; 0: no bound
 * @outcome: question what became of it
 * @asking: the question is under way
 * @id: idempotency id, when it has one
 * @id_len: its length
 * @step: steps
 * @list: lists of the steps
 * @step_n: how many
 * @done_n: how many are over
 * @key: keys of the steps
 * @to: ends of ranges
 * @value: values of the steps
 */
struct txnwork_client {
	struct sim *sim;
	uint32_t index;
	struct rng rng;
	struct machine *machine;
	bool busy;
	bool looping;
	bool alone;
	size_t at;
	uint64_t calls;
	struct txn_run run;
	struct txn *txn;
	struct txn_commit commit;
	uint64_t from;
	uint64_t until;
	struct txn_outcome outcome;
	bool asking;
	char id[24];
	size_t id_len;
	struct txn_step step[TXNWORK_ACCOUNTS];
	uint32_t list[TXNWORK_STEPS];
	uint32_t step_n;
	uint32_t done_n;
	uint8_t key[TXNWORK_ACCOUNTS][TXNWORK_KEY_MAX];
	uint8_t to[TXNWORK_ACCOUNTS][TXNWORK_KEY_MAX];
	uint8_t value[TXNWORK_ACCOUNTS][8];
};

static void client_think(struct txnwork_client *c);

/* Keys of a group lie together, the groups far from each other. */
static struct bytes work_key(uint8_t *mem, uint32_t group, char kind, uint32_t n)
{
	mem[0] = (uint8_t)(40 + group * 80);
	memcpy(mem + 1, MARK, 4);
	mem[5] = (uint8_t)kind;
	be32_store(mem + 6, n);
	return bytes_of(mem, 10);
}

bool txnwork_own(struct bytes key)
{
	return key.len == 10 && !memcmp(key.data + 1, MARK, 4);
}

static uint32_t list_of(struct bytes key)
{
	xassert(txnwork_own(key) && key.data[5] == 'l');
	return (uint32_t)(key.data[0] - 40) / 80 * TXNWORK_LISTS + be32_load(key.data + 6);
}

static void *grow(void *v, size_t *cap, size_t size)
{
	*cap = *cap ? *cap * 2 : 1024;
	v = realloc(v, *cap * size);
	xassert(v);
	return v;
}

static size_t txn_invoke(struct sim *s, enum txnwork_kind kind, const struct txnwork_client *c)
{
	struct txnwork *w = &s->txnwork;
	struct txnwork_txn *t;

	if (w->count == w->cap)
		w->txns = grow(w->txns, &w->cap, sizeof(*w->txns));
	t = &w->txns[w->count];
	*t = (struct txnwork_txn){ .kind = kind,
				   .outcome = HISTORY_PENDING,
				   .client = c->index,
				   .machine = c->machine->index,
				   .invoked = ++s->history.step,
				   .returned = HISTORY_FOREVER };
	return w->count++;
}

/* A list was read: remember what was in it. */
static void read_take(struct txnwork_client *c, uint32_t list, struct bytes value, bool appended)
{
	struct txnwork *w = &c->sim->txnwork;
	struct txnwork_read *r;
	struct bytes elem;
	size_t pos = 0;

	if (w->read_count == w->read_cap)
		w->reads = grow(w->reads, &w->read_cap, sizeof(*w->reads));
	r = &w->reads[w->read_count++];
	*r = (struct txnwork_read){ .list = list, .at = w->elem_count, .appended = appended };
	while (txn_list_next(value, &pos, &elem) > 0) {
		if (w->elem_count == w->elem_cap)
			w->elems = grow(w->elems, &w->elem_cap, sizeof(*w->elems));
		w->elems[w->elem_count++] = elem.len == 8 ? be64_load(elem.data) : 0;
		r->n++;
	}
	w->txns[c->at].read_n++;
}

/* All lists of a group that a range covers, those that are not there too. */
static void range_take(struct txnwork_client *c, const struct txn_step *step)
{
	uint32_t first = list_of(step->key), end = list_of(step->to);
	struct dht_item item;
	size_t pos = 0;

	while (txn_step_item(step, &pos, &item)) {
		uint32_t list;

		/* Single writers have their keys in between. */
		if (!txnwork_own(item.key))
			continue;
		list = list_of(item.key);
		while (first < list)
			read_take(c, first++, bytes_of(NULL, 0), false);
		read_take(c, first++, item.value, false);
	}
	while (first < end && !step->more)
		read_take(c, first++, bytes_of(NULL, 0), false);
}

static int64_t number_of(const struct txn_step *step)
{
	char text[24] = { 0 };

	if (step->status || step->result.len >= sizeof(text))
		return 0;
	memcpy(text, step->result.data, step->result.len);
	return strtoll(text, NULL, 10);
}

static void results_take(struct txnwork_client *c)
{
	struct txnwork_txn *t = &c->sim->txnwork.txns[c->at];

	t->reads = c->sim->txnwork.read_count;
	for (uint32_t i = 0; i < c->step_n; i++) {
		const struct txn_step *s = &c->step[i];

		if (t->kind == TXNWORK_LIST && s->kind == TXN_RANGE)
			range_take(c, s);
		else if (t->kind == TXNWORK_LIST)
			read_take(c, c->list[i], s->result, s->kind == TXN_APPEND);
		else if (t->kind == TXNWORK_AUDIT)
			t->sum[0] += number_of(s);
		else if (t->kind == TXNWORK_PAIR_READ)
			t->sum[i] = number_of(s);
	}
}

static enum history_outcome outcome_of(int status)
{
	switch (status) {
	case 0:
		return HISTORY_OK;
	case -ETIMEDOUT:
	case -ECONNRESET:
		return HISTORY_UNKNOWN;
	default:
		return HISTORY_FAILED;
	}
}

static void client_finish(struct txnwork_client *c, enum history_outcome outcome, int status)
{
	struct txnwork_txn *t = &c->sim->txnwork.txns[c->at];

	xassert(c->busy && t->outcome == HISTORY_PENDING);
	c->busy = false;
	c->asking = false;
	c->txn = NULL;
	c->calls++;
	t->outcome = outcome;
	t->status = status;
	++c->sim->history.step;
	if (outcome != HISTORY_UNKNOWN)
		t->returned = c->sim->history.step;
	c->sim->stats.txns[outcome]++;
	sim_fold(c->sim, (uint64_t)(uint32_t)status << 32 | (uint64_t)c->index << 8 | outcome);
	sim_say(c->sim, (int)c->machine->index, "txn %zu by client %u: status %d, sum %lld", c->at,
		c->index, status, (long long)t->sum[0]);
	if (c->looping)
		client_think(c);
}

static void outcome_done(struct txn_outcome *o)
{
	struct txnwork_client *c = o->ctx;

	if (o->status == 0)
		client_finish(c, HISTORY_OK, 0);
	else if (o->status == -ENOENT)
		client_finish(c, HISTORY_FAILED, -ENOENT);
	else
		client_finish(c, HISTORY_UNKNOWN, o->status);
}

/* Ask another node what became of the transaction. */
static void client_ask(void *ctx, uint64_t calls)
{
	struct txnwork_client *c = ctx;
	struct machine *m = &c->sim->machines[rng_below(&c->rng, c->sim->plan.nodes)];
	int err;

	if (!c->busy || c->asking || calls != c->calls)
		return;
	if (!m->node || m->paused_until_ns > c->sim->now_ns) {
		client_finish(c, HISTORY_UNKNOWN, -ETIMEDOUT);
		return;
	}
	c->asking = true;
	c->machine = m;
	c->outcome = (struct txn_outcome){ .done = outcome_done,
					   .ctx = c,
					   .id = bytes_of(c->id, c->id_len) };
	machine_enter(m);
	err = txn_outcome_start(node_txns(m->node), &c->outcome);
	machine_leave(m);
	if (err && c->busy)
		client_finish(c, HISTORY_UNKNOWN, err);
}

static void client_ended(struct txnwork_client *c, int status)
{
	enum history_outcome outcome = outcome_of(status);

	if (outcome == HISTORY_UNKNOWN && c->id_len)
		sim_after(c->sim, 1, client_ask, c, c->calls);
	else
		client_finish(c, outcome, status);
}

static void run_done(struct txn_run *run)
{
	struct txnwork_client *c = run->ctx;

	if (!run->status && run->repeated)
		sim_fail(c->sim, "txns", "the id of transaction %zu was there before", c->at);
	if (!run->status)
		results_take(c);
	client_ended(c, run->status);
}

/* What holds for a time only, like a key that expires, must be committed in that time. */
static void time_check(const struct txnwork_client *c, uint64_t counter)
{
	if (counter < c->from || (c->until && counter >= c->until))
		sim_fail(c->sim, "txns", "transaction %zu has version %llu, not in [%llu, %llu)",
			 c->at, (unsigned long long)counter, (unsigned long long)c->from,
			 (unsigned long long)c->until);
}

static void commit_done(struct txn_commit *commit)
{
	struct txnwork_client *c = commit->ctx;

	c->txn = NULL;
	if (!commit->status)
		time_check(c, commit->version.counter);
	/* What was read lies in the memory of the transaction until now. */
	if (!commit->status)
		results_take(c);
	client_ended(c, commit->status);
}

static void step_done(struct txn_step *step)
{
	struct txnwork_client *c = step->ctx;
	int err;

	xassert(c->txn);
	if (step->status && step->status != -ENOENT) {
		txn_abort(c->txn);
		c->txn = NULL;
		client_finish(c, HISTORY_FAILED, step->status);
		return;
	}
	if (++c->done_n < c->step_n)
		return;
	c->commit = (struct txn_commit){ .done = commit_done, .ctx = c };
	err = txn_commit(c->txn, &c->commit);
	xassert(!err);
}

/* Time for some reads, and often not for all. */
#define HOLDS_US_MAX 20000

static int begin_alone(struct txnwork_client *c, struct txn_options *o)
{
	struct txns *txns = node_txns(c->machine->node);
	int err;

	c->from = txn_now(txns);
	c->until = rng_below(&c->rng, 4) ? 0 : c->from + 1 + rng_below(&c->rng, HOLDS_US_MAX);
	o->from = c->from;
	o->until = c->until;
	err = txn_begin(txns, o, &c->txn);
	c->done_n = 0;
	for (uint32_t i = 0; i < c->step_n && !err; i++) {
		c->step[i].done = step_done;
		c->step[i].ctx = c;
		err = txn_do(c->txn, &c->step[i]);
		if (err)
			txn_abort(c->txn);
	}
	return err;
}

static void client_submit(struct txnwork_client *c)
{
	struct txn_options o = { .id = bytes_of(c->id, c->id_len) };
	int err;

	o.timeout_ns = (uint64_t)c->sim->plan.work.timeout_ms * ENV_MS;
	c->run = (struct txn_run){ .done = run_done,
				   .ctx = c,
				   .options = o,
				   .steps = c->step,
				   .steps_n = c->step_n,
				   .strict = true };
	machine_enter(c->machine);
	err = c->alone ? begin_alone(c, &o) : txn_run_start(node_txns(c->machine->node), &c->run);
	if (err)
		c->txn = NULL;
	machine_leave(c->machine);
	if (err && c->busy)
		client_finish(c, HISTORY_FAILED, err);
}

static void client_patience(void *ctx, uint64_t calls)
{
	struct txnwork_client *c = ctx;
	struct txns *txns;

	if (!c->busy || calls != c->calls)
		return;
	if (!c->machine->node) {
		client_finish(c, HISTORY_UNKNOWN, -ECANCELED);
		return;
	}
	if (!machine_ready(c->sim, c->machine->index, client_patience, c, calls))
		return;
	machine_enter(c->machine);
	txns = node_txns(c->machine->node);
	if (c->asking)
		txn_outcome_stop(txns, &c->outcome);
	else if (!c->alone)
		txn_run_stop(txns, &c->run);
	else if (c->txn)
		txn_abort(c->txn);
	machine_leave(c->machine);
	if (c->busy)
		client_finish(c, HISTORY_UNKNOWN, -ECANCELED);
}

static struct txn_step *step_new(struct txnwork_client *c, enum txn_kind kind)
{
	struct txn_step *s = &c->step[c->step_n++];

	*s = (struct txn_step){ .kind = kind };
	return s;
}

/* Append to the list of the moment, read a list, or a range of lists. */
static void list_step(struct txnwork_client *c, uint32_t group)
{
	struct txnwork *w = &c->sim->txnwork;
	struct txnwork_txn *t = &w->txns[c->at];
	uint32_t i = c->step_n, now = w->appends[group] / TXNWORK_APPENDS % (TXNWORK_LISTS / 2);
	uint32_t list = now * 2 + (uint32_t)rng_below(&c->rng, 2);
	uint64_t at = rng_below(&c->rng, 100);
	struct txn_step *s;

	c->list[i] = group * TXNWORK_LISTS + list;
	if (at < 50) {
		s = step_new(c, TXN_APPEND);
		be64_store(c->value[i], c->at * TXNWORK_STEPS + t->append_n + 1);
		s->value = bytes_of(c->value[i], 8);
		t->append[t->append_n++] = c->list[i];
		w->appends[group]++;
	} else if (at < 85) {
		s = step_new(c, TXN_READ);
	} else {
		s = step_new(c, TXN_RANGE);
		s->to = work_key(c->to[i], group, 'l',
				 (uint32_t)chance_between(&c->rng, list + 1, TXNWORK_LISTS));
	}
	s->key = work_key(c->key[i], group, 'l', list);
}

/*
 * Read one list and append to its neighbour, while others do it the other way
 * round: what is only read has to be held too.
 */
static void skew_make(struct txnwork_client *c)
{
	struct txnwork *w = &c->sim->txnwork;
	struct txnwork_txn *t = &w->txns[c->at];
	uint32_t now = w->appends[0] / TXNWORK_APPENDS % (TXNWORK_LISTS / 2);
	uint32_t list = now * 2 + (uint32_t)rng_below(&c->rng, 2);
	struct txn_step *s = step_new(c, TXN_READ);

	c->list[0] = list;
	s->key = work_key(c->key[0], 0, 'l', list);
	c->list[1] = list ^ 1;
	s = step_new(c, TXN_APPEND);
	s->key = work_key(c->key[1], 0, 'l', list ^ 1);
	be64_store(c->value[1], c->at * TXNWORK_STEPS + 1);
	s->value = bytes_of(c->value[1], 8);
	t->append[t->append_n++] = list ^ 1;
	w->appends[0]++;
}

static void list_make(struct txnwork_client *c)
{
	uint32_t n = (uint32_t)chance_between(&c->rng, 1, TXNWORK_STEPS);

	for (uint32_t i = 0; i < n; i++)
		list_step(c, (uint32_t)rng_below(&c->rng, TXNWORK_GROUPS));
}

static void transfer_make(struct txnwork_client *c)
{
	uint32_t from = (uint32_t)rng_below(&c->rng, TXNWORK_ACCOUNTS);
	uint32_t to =
		(from + 1 + (uint32_t)rng_below(&c->rng, TXNWORK_ACCOUNTS - 1)) % TXNWORK_ACCOUNTS;
	int64_t sum = (int64_t)chance_between(&c->rng, 1, 100);
	struct txn_step *s = step_new(c, TXN_ADD);

	/* Accounts of different groups: other nodes. */
	s->key = work_key(c->key[0], from % TXNWORK_GROUPS, 'b', from);
	s->number = -sum;
	s = step_new(c, TXN_ADD);
	s->key = work_key(c->key[1], to % TXNWORK_GROUPS, 'b', to);
	s->number = sum;
}

static void audit_make(struct txnwork_client *c)
{
	for (uint32_t i = 0; i < TXNWORK_ACCOUNTS; i++)
		step_new(c, TXN_READ)->key = work_key(c->key[i], i % TXNWORK_GROUPS, 'b', i);
}

static void pair_make(struct txnwork_client *c, bool write)
{
	for (uint32_t i = 0; i < 2; i++) {
		struct txn_step *s = step_new(c, write ? TXN_WRITE : TXN_READ);

		s->key = work_key(c->key[i], i, 'p', 0);
		snprintf((char *)c->value[i], sizeof(c->value[i]), "%u", (unsigned int)c->at);
		s->value = bytes_str((const char *)c->value[i]);
	}
}

static void txn_make(struct txnwork_client *c, enum txnwork_kind kind)
{
	c->step_n = 0;
	switch (kind) {
	case TXNWORK_LIST:
		if (chance_hit(&c->rng, 30 * PERCENT))
			skew_make(c);
		else
			list_make(c);
		break;
	case TXNWORK_TRANSFER:
		transfer_make(c);
		break;
	case TXNWORK_AUDIT:
		audit_make(c);
		break;
	default:
		pair_make(c, kind == TXNWORK_PAIR);
		break;
	}
}

static enum txnwork_kind pick_kind(struct txnwork_client *c)
{
	uint64_t at = rng_below(&c->rng, 100);

	if (at < 60)
		return TXNWORK_LIST;
	if (at < 75)
		return TXNWORK_TRANSFER;
	if (at < 85)
		return TXNWORK_AUDIT;
	return at < 92 ? TXNWORK_PAIR : TXNWORK_PAIR_READ;
}

static void client_work(void *ctx, uint64_t calls)
{
	struct txnwork_client *c = ctx;
	struct sim *s = c->sim;
	struct machine *m = &s->machines[rng_below(&c->rng, s->plan.nodes)];
	enum txnwork_kind kind;
	uint64_t patience_ns;

	if (c->busy || calls != c->calls || !s->working)
		return;
	if (!m->node || m->paused_until_ns > s->now_ns || m->view.state != RING_OWNER) {
		client_think(c);
		return;
	}
	c->machine = m;
	c->busy = true;
	kind = pick_kind(c);
	c->at = txn_invoke(s, kind, c);
	txn_make(c, kind);
	c->id_len = 0;
	if (chance_hit(&c->rng, 25 * PERCENT))
		c->id_len = (size_t)snprintf(c->id, sizeof(c->id), "%zu", c->at);
	c->alone = !c->id_len && kind == TXNWORK_LIST && chance_hit(&c->rng, 40 * PERCENT);
	sim_fold(s, c->at << 8 | kind);
	sim_say(s, (int)m->index, "txn %zu by client %u: kind %d, %u steps%s%s", c->at, c->index,
		(int)kind, c->step_n, c->id_len ? ", with id" : "", c->alone ? ", alone" : "");
	patience_ns = (uint64_t)s->plan.work.timeout_ms * ENV_MS * PATIENCE;
	client_submit(c);
	if (c->busy)
		sim_after(s, patience_ns, client_patience, c, c->calls);
}

static void client_think(struct txnwork_client *c)
{
	uint64_t think = (uint64_t)c->sim->plan.work.think_ms * ENV_MS;

	/* Sometimes at once, so that clients meet. */
	if (chance_hit(&c->rng, 40 * PERCENT))
		think = ENV_MS;
	sim_after(c->sim, chance_exp(&c->rng, think) + 1, client_work, c, c->calls);
}

size_t txnwork_call(struct sim *s, enum txnwork_kind kind, uint32_t group, uint32_t machine)
{
	struct txnwork_client *c = &s->txnwork.clients[s->txnwork.client_n];
	struct txn_step *step;

	xassert(!c->busy);
	c->machine = &s->machines[machine];
	c->busy = true;
	c->alone = false;
	c->id_len = 0;
	c->at = txn_invoke(s, kind, c);
	c->step_n = 0;
	if (kind == TXNWORK_LIST) {
		step = step_new(c, TXN_RANGE);
		step->key = work_key(c->key[0], group, 'l', 0);
		step->to = work_key(c->to[0], group, 'l', TXNWORK_LISTS);
	} else {
		txn_make(c, kind);
	}
	client_submit(c);
	return c->at;
}

void txnwork_init(struct sim *s)
{
	uint32_t n = s->plan.work.txn_clients;

	s->txnwork = (struct txnwork){ .client_n = n };
	s->txnwork.clients = calloc(n + 1, sizeof(*s->txnwork.clients));
	xassert(s->txnwork.clients && n <= TXNWORK_CLIENTS_MAX);
	for (uint32_t i = 0; i <= n; i++) {
		struct txnwork_client *c = &s->txnwork.clients[i];

		c->sim = s;
		c->index = i;
		c->machine = &s->machines[0];
		c->looping = i < n;
		rng_seed(&c->rng, s->plan.seed * 8209 + i);
	}
}

void txnwork_exit(struct sim *s)
{
	free(s->txnwork.clients);
	free(s->txnwork.txns);
	free(s->txnwork.reads);
	free(s->txnwork.elems);
}

void txnwork_start(struct sim *s)
{
	for (uint32_t i = 0; i < s->txnwork.client_n; i++)
		client_think(&s->txnwork.clients[i]);
}

bool txnwork_idle(const struct sim *s)
{
	for (uint32_t i = 0; i < s->txnwork.client_n; i++) {
		if (s->txnwork.clients[i].busy)
			return false;
	}
	return true;
}

void txnwork_machine_died(struct sim *s, uint32_t machine)
{
	for (uint32_t i = 0; i <= s->txnwork.client_n; i++) {
		struct txnwork_client *c = &s->txnwork.clients[i];

		if (!c->busy || c->machine->index != machine)
			continue;
		c->txn = NULL;
		c->run.state = NULL;
		/* A question that died with its node is asked no more. */
		if (c->id_len && !c->asking)
			sim_after(s, 100 * ENV_MS, client_ask, c, c->calls);
		else
			client_finish(c, HISTORY_UNKNOWN, -ECONNRESET);
	}
}
