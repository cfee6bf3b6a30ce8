// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole transactions: all steps, then the commit, and again from the start
 * when another one came first. Single writes and questions for outcomes are
 * runs too.
 *
 * Runs of one step that meet at a key do not race each other: while one is
 * under way, the others of this node queue behind it, and go together in the
 * next transaction.
 */
#include <txn/txn_priv.h>

#include <txn/node_txn.h>

/* Pause after the first attempt that lost; it doubles six times. */
#define RERUN_NS	(2 * ENV_MS)
/* Runs that go together; those that change lists; bytes of their values. */
#define BATCH_MAX	64
#define BATCH_LISTS_MAX 4
#define BATCH_BYTES_MAX (128 * 1024)

/**
 * struct txn_runner - a run under way
 * @txns: transactions
 * @run: the run
 * @txn: attempt under way, NULL in a pause
 * @commit: its end
 * @timer: end of a pause, or of a run that cannot begin
 * @next: steps begun
 * @done: steps ended
 * @tries: attempts
 * @age: when the first one began
 * @seen: greatest counter that one of them met
 * @deadline_ns: end of the time allowed
 * @own: the node's own: it may touch reserved keys
 * @node: in the list of leaders, or in @queue or @batch of its leader
 * @leads: others may queue behind it
 * @lead: whom it follows, or NULL
 * @going: its step is in the transaction of its leader
 * @queue: runs that wait behind it
 * @batch: runs that go along
 * @batch_n: how many
 * @mine: a run of the node itself
 * @step: its step
 * @put: single write that it is for
 * @outcome: question that it is for
 * @key: key of the question
 */
struct txn_runner {
	struct txns *txns;
	struct txn_run *run;
	struct txn *txn;
	struct txn_commit commit;
	struct env_timer timer;
	uint32_t next;
	uint32_t done;
	uint32_t tries;
	uint64_t age;
	uint64_t seen;
	uint64_t deadline_ns;
	bool own;
	struct cds_list_head node;
	bool leads;
	struct txn_runner *lead;
	bool going;
	struct cds_list_head queue;
	struct cds_list_head batch;
	uint32_t batch_n;
	struct txn_run mine;
	struct txn_step step;
	struct dht_op *put;
	struct txn_outcome *outcome;
	uint8_t key[sizeof(TXN_OWN_ID) + TXN_ID_MAX];
};

static void run_attempt(void *ctx);

size_t txn_run_size(void)
{
	return sizeof(struct txn_runner);
}

/* The run is its caller's again. */
static void run_leave(struct txn_runner *r)
{
	xassert(r->run);
	env_timer_cancel(r->txns->env, &r->timer);
	r->run->state = NULL;
	r->run = NULL;
}

static bool changes_list(const struct txn_step *s)
{
	return s->kind == TXN_APPEND || s->kind == TXN_REMOVE;
}

/* May it go together with others? */
static bool run_combines(const struct txn_runner *r)
{
	const struct txn_step *s = r->run->steps;

	if (r->run->steps_n != 1 || r->run->options.id.len || r->own)
		return false;
	xassert(s);
	return s->kind == TXN_WRITE || s->kind == TXN_DELETE || s->kind == TXN_TEST_SET ||
	       s->kind == TXN_ADD || changes_list(s);
}

/* Queue behind a run of the same key, or let others queue. Return: true when it waits. */
static bool run_queues(struct txn_runner *r)
{
	struct txns *t = r->txns;
	struct txn_runner *o;

	xassert(!r->leads && !r->lead);
	cds_list_for_each_entry(o, &t->leads, node) {
		if (!bytes_eq(o->run->steps->key, r->run->steps->key))
			continue;
		cds_list_add_tail(&r->node, &o->queue);
		r->lead = o;
		env_timer_set(t->env, &r->timer, r->deadline_ns - env_now(t->env));
		return true;
	}
	r->leads = true;
	cds_list_add_tail(&r->node, &t->leads);
	return false;
}

/* Take along as many as fit of those who wait. */
static void batch_fill(struct txn_runner *r)
{
	size_t bytes = r->run->steps->value.len;
	uint32_t lists = changes_list(r->run->steps);
	struct txn_runner *o, *next;

	xassert(!r->batch_n);
	cds_list_for_each_entry_safe(o, next, &r->queue, node) {
		const struct txn_step *s = o->run->steps;

		o->lead = r;
		bytes += s->value.len;
		lists += changes_list(s);
		if (r->batch_n == BATCH_MAX - 1 || bytes > BATCH_BYTES_MAX ||
		    lists > BATCH_LISTS_MAX)
			break;
		env_timer_cancel(r->txns->env, &o->timer);
		cds_list_del(&o->node);
		cds_list_add_tail(&o->node, &r->batch);
		o->going = true;
		r->batch_n++;
		r->txns->count.combined++;
	}
	cds_list_for_each_entry(o, &r->queue, node)
		o->lead = r;
}

/* A leader ends: the first of those who wait leads on. */
static void lead_pass(struct txn_runner *r)
{
	struct txn_runner *next;

	xassert(!r->lead);
	if (!r->leads)
		return;
	r->leads = false;
	cds_list_del(&r->node);
	if (cds_list_empty(&r->queue))
		return;
	next = cds_list_first_entry(&r->queue, struct txn_runner, node);
	cds_list_del(&next->node);
	next->lead = NULL;
	next->leads = true;
	cds_list_add_tail(&next->node, &r->txns->leads);
	cds_list_splice(&r->queue, &next->queue);
	CDS_INIT_LIST_HEAD(&r->queue);
	batch_fill(next);
	env_timer_set(r->txns->env, &next->timer, 0);
}

static void one_end(struct txn_runner *r, const struct txn_commit *commit, int status)
{
	struct txn_run *run = r->run;
	int own = run->steps_n == 1 ? run->steps->status : 0;

	xassert(run->done);
	/* One that went along has failed alone, and has changed nothing. */
	run->status = !status && !commit->repeated && run->strict && own != -ENOENT ? own : status;
	run->repeated = commit->repeated;
	run->version = commit->version;
	run_leave(r);
	/* Results lie in the memory of the transaction, which ends after this; @run may too. */
	run->done(run);
	pool_put(&r->txns->runs, r);
}

static void run_end(struct txn_runner *r, int status)
{
	struct txn_commit commit = r->commit;
	struct cds_list_head batch;

	xassert(!r->lead);
	CDS_INIT_LIST_HEAD(&batch);
	cds_list_splice(&r->batch, &batch);
	CDS_INIT_LIST_HEAD(&r->batch);
	lead_pass(r);
	one_end(r, &commit, status);
	while (!cds_list_empty(&batch)) {
		struct txn_runner *o = cds_list_first_entry(&batch, struct txn_runner, node);

		cds_list_del(&o->node);
		o->lead = NULL;
		o->going = false;
		one_end(o, &commit, status);
	}
}

/* Give the attempt up; nothing was decided. */
static void run_drop(struct txn_runner *r, int status)
{
	struct txn *txn = r->txn;

	xassert(txn);
	r->txn = NULL;
	r->commit.version = (struct dht_version){ 0 };
	run_end(r, status);
	txn_abort(txn);
}

static void run_committed(struct txn_commit *commit)
{
	struct txn_runner *r = commit->ctx;
	struct txns *t = r->txns;
	uint64_t now = env_now(t->env);
	uint32_t shift = r->tries < 6 ? r->tries : 6;

	xassert(r->txn);
	r->seen = r->txn->seen > r->seen ? r->txn->seen : r->seen;
	r->txn = NULL;
	if (commit->status != -ECANCELED || now >= r->deadline_ns) {
		run_end(r, commit->status);
		return;
	}
	t->count.reruns++;
	env_timer_set(t->env, &r->timer, env_random_below(t->env, RERUN_NS << shift));
}

static bool step_fatal(int status)
{
	switch (status) {
	case -E2BIG:
	case -EAGAIN:
	case -EHOSTUNREACH:
	case -ETIMEDOUT:
		return true;
	default:
		return false;
	}
}

static void run_steps(struct txn_runner *r);

/* The steps of a run, and behind them those of the runs that go along. */
static struct txn_step *run_step(struct txn_runner *r, uint32_t i)
{
	struct txn_runner *o;

	if (i < r->run->steps_n)
		return &r->run->steps[i];
	i -= r->run->steps_n;
	cds_list_for_each_entry(o, &r->batch, node) {
		if (!i--)
			return o->run->steps;
	}
	xassert(false);
	return NULL;
}

static void run_step_done(struct txn_step *step)
{
	struct txn_runner *r = step->ctx;
	bool failed = step->status && step->status != -ENOENT;

	xassert(r->txn && r->done < r->next);
	r->done++;
	if (step_fatal(step->status) || (failed && r->run->strict && !r->batch_n))
		run_drop(r, step->status);
	else
		run_steps(r);
}

/* Begin as many steps as there is room for; after the last one, commit. */
static void run_steps(struct txn_runner *r)
{
	uint32_t n = r->run->steps_n + r->batch_n;

	xassert(r->done <= n);
	while (r->next < n) {
		struct txn_step *s = run_step(r, r->next);

		/* The sum has replaced what an attempt before was to add. */
		s->number = s->delta;
		s->done = run_step_done;
		s->ctx = r;
		if (txn_do(r->txn, s)) {
			/* The next one that ends makes room. */
			if (r->next > r->done)
				return;
			run_drop(r, -ENOBUFS);
			return;
		}
		r->next++;
	}
	if (r->done < n)
		return;
	r->commit.done = run_committed;
	r->commit.ctx = r;
	txn_commit(r->txn, &r->commit);
}

static void run_attempt(void *ctx)
{
	struct txn_runner *r = ctx;
	struct txns *t = r->txns;
	uint64_t now = env_now(t->env);
	struct txn_options o = { .id = r->run->options.id };
	int err;

	xassert(!r->txn);
	r->commit.repeated = false;
	if (now >= r->deadline_ns) {
		if (r->lead) {
			cds_list_del(&r->node);
			r->lead = NULL;
		}
		run_end(r, -ECANCELED);
		return;
	}
	if (!r->tries && !r->leads && run_combines(r) && run_queues(r))
		return;
	o.timeout_ns = r->deadline_ns - now;
	err = txn_begin(t, &o, &r->txn);
	if (err) {
		/* There is room later. */
		r->txn = NULL;
		env_timer_set(t->env, &r->timer, RERUN_NS);
		return;
	}
	r->txn->own = r->own;
	r->txn->seen = r->seen;
	/* The same client comes again: it does not lose its turn. */
	if (r->tries++)
		r->txn->age = r->age;
	r->age = r->txn->age;
	r->next = 0;
	r->done = 0;
	run_steps(r);
}

static struct txn_runner *run_new(struct txns *t, struct txn_run *run)
{
	struct txn_runner *r = pool_get(&t->runs);

	if (!r) {
		t->count.refused++;
		return NULL;
	}
	xassert(run->done);
	r->txns = t;
	r->run = run;
	r->timer.fire = run_attempt;
	r->timer.ctx = r;
	r->deadline_ns = env_now(t->env) +
			 (run->options.timeout_ns ? run->options.timeout_ns : t->cfg.txn_ns);
	run->state = r;
	run->repeated = false;
	CDS_INIT_LIST_HEAD(&r->queue);
	CDS_INIT_LIST_HEAD(&r->batch);
	for (uint32_t i = 0; i < run->steps_n; i++)
		run->steps[i].delta = run->steps[i].number;
	/* Never from inside the call of the client, whatever happens. */
	env_timer_set(t->env, &r->timer, 0);
	return r;
}

static int run_start(struct txns *txns, struct txn_run *run, bool own)
{
	struct txn_runner *r;

	if (run->options.id.len > TXN_ID_MAX)
		return -EMSGSIZE;
	if (run->steps_n > TXN_STEPS_MAX)
		return -E2BIG;
	xassert(run->steps || !run->steps_n);
	r = run_new(txns, run);
	if (!r)
		return -ENOBUFS;
	r->own = own;
	return 0;
}

int txn_run_start(struct txns *txns, struct txn_run *run)
{
	return run_start(txns, run, false);
}

int txn_own_start(struct txns *txns, struct txn_run *run)
{
	return run_start(txns, run, true);
}

/* One of those who go along leaves. Its step may be under way: then the others begin anew. */
static void batch_leave(struct txn_runner *lead, struct txn_runner *r)
{
	xassert(lead->batch_n);
	cds_list_del(&r->node);
	lead->batch_n--;
	/* Nothing is borrowed from it any more, or not yet. */
	if (!lead->txn || lead->txn->commit)
		return;
	txn_abort(lead->txn);
	lead->txn = NULL;
	env_timer_set(lead->txns->env, &lead->timer, RERUN_NS);
}

static void runner_stop(struct txn_runner *r)
{
	struct txn_commit nothing = { 0 };
	bool open = r->txn && !r->txn->commit;

	xassert(r->run);
	if (r->lead && r->going)
		batch_leave(r->lead, r);
	else if (r->lead)
		cds_list_del(&r->node);
	if (r->txn)
		txn_abort(r->txn);
	while (!r->lead && !cds_list_empty(&r->batch)) {
		struct txn_runner *o = cds_list_first_entry(&r->batch, struct txn_runner, node);

		/* What was not committed yet waits again, the rest is not known. */
		cds_list_del(&o->node);
		o->going = false;
		if (r->txn && !open) {
			o->lead = NULL;
			one_end(o, &nothing, -ETIMEDOUT);
		} else {
			cds_list_add(&o->node, &r->queue);
		}
	}
	r->txn = NULL;
	if (!r->lead)
		lead_pass(r);
	run_leave(r);
	pool_put(&r->txns->runs, r);
}

void txn_run_stop(struct txns *txns, struct txn_run *run)
{
	xassert(txns);
	if (run->state)
		runner_stop(run->state);
}

static void put_done(struct txn_run *run)
{
	struct txn_runner *r = run->ctx;
	struct dht_op *op = r->put;

	xassert(op->state == r);
	op->state = NULL;
	/* Nothing was done is not told apart from not knowing, when the time is over. */
	op->status = run->status == -ECANCELED ? -ETIMEDOUT : run->status;
	op->version = run->version;
	op->done(op);
}

int txn_put_start(struct txns *t, struct dht_op *op)
{
	struct txn_runner *r;

	xassert(op->done && (op->kind == DHT_PUT || op->kind == DHT_DEL));
	if (op->key.len > DHT_KEY_MAX || (op->kind == DHT_PUT && op->value.len > DHT_VALUE_MAX))
		return -EMSGSIZE;
	if (!op->key.len || dht_key_reserved(op->key))
		return -EINVAL;
	r = run_new(t, &(struct txn_run){ .done = put_done, .options.timeout_ns = op->timeout_ns });
	if (!r)
		return -ENOBUFS;
	r->put = op;
	r->step = (struct txn_step){ .kind = op->kind == DHT_PUT ? TXN_WRITE : TXN_DELETE,
				     .key = op->key,
				     .value = op->value };
	r->mine = (struct txn_run){ .done = put_done, .steps = &r->step, .steps_n = 1 };
	r->mine.strict = true;
	r->mine.state = r;
	r->mine.ctx = r;
	r->run = &r->mine;
	op->state = r;
	op->count = 0;
	op->more = false;
	op->version = (struct dht_version){ 0 };
	return 0;
}

void txn_put_stop(struct txns *t, struct dht_op *op)
{
	struct txn_runner *r = op->state;

	xassert(op->kind == DHT_PUT || op->kind == DHT_DEL);
	if (!r || r->txns != t)
		return;
	op->state = NULL;
	runner_stop(r);
}

static void outcome_done(struct txn_run *run)
{
	struct txn_runner *r = run->ctx;
	struct txn_outcome *o = r->outcome;
	bool was = r->step.status == -EEXIST && bytes_eq(r->step.result, bytes_str(TXN_ID_DONE));

	xassert(o->state == r);
	o->state = NULL;
	o->status = run->status;
	if (!run->status)
		o->status = was ? 0 : -ENOENT;
	o->done(o);
}

int txn_outcome_start(struct txns *txns, struct txn_outcome *outcome)
{
	size_t len = sizeof(TXN_OWN_ID) - 1;
	struct txn_run run = { .done = outcome_done, .options.timeout_ns = outcome->timeout_ns };
	struct txn_runner *r;

	xassert(outcome->done);
	if (!outcome->id.len)
		return -EINVAL;
	if (outcome->id.len > TXN_ID_MAX)
		return -EMSGSIZE;
	r = run_new(txns, &run);
	if (!r)
		return -ENOBUFS;
	memcpy(r->key, TXN_OWN_ID, len);
	memcpy(r->key + len, outcome->id.data, outcome->id.len);
	/* When it is not there yet, it never will be: only then is the answer final. */
	r->step = (struct txn_step){ .kind = TXN_TEST_SET,
				     .absent = true,
				     .key = bytes_of(r->key, len + outcome->id.len),
				     .value = bytes_str(TXN_ID_NEVER) };
	r->mine = (struct txn_run){ .done = outcome_done, .steps = &r->step, .steps_n = 1 };
	r->mine.state = r;
	r->mine.ctx = r;
	r->run = &r->mine;
	r->own = true;
	r->outcome = outcome;
	outcome->state = r;
	return 0;
}

void txn_outcome_stop(struct txns *txns, struct txn_outcome *outcome)
{
	struct txn_runner *r = outcome->state;

	xassert(txns);
	outcome->state = NULL;
	if (r)
		runner_stop(r);
}
