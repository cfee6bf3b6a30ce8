/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For the tests of this folder: a grid that lies in an array, and a client. Reads and
 * commits end one after another when the test says so (grid_run()), and the test can
 * do something of its own between any two of them (grid.between), as another client.
 */
#ifndef _XOS_REDIS_TEST_GRID_H
#define _XOS_REDIS_TEST_GRID_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <redis/redis_priv.h>

#define GRID_KEYS    512
#define GRID_PENDING 512
#define GRID_TIMERS  64
#define GRID_STEPS   300
#define GRID_RANGES  64
#define GRID_OUTPUT  (64 * 1024)

/* An item; without a value it was deleted. */
struct grid_item {
	char key[64];
	size_t key_len;
	char value[128];
	size_t value_len;
	bool there;
	uint64_t version;
};

/* Something that ends later: one of the three. */
struct grid_pending {
	struct dht_op *op;
	struct txn_step *step;
	struct txn_commit *commit;
	struct txn *txn;
};

/* A range that a transaction has read. */
struct grid_range {
	char from[64];
	size_t from_len;
	char to[64];
	size_t to_len;
	uint64_t digest;
};

struct txn {
	struct txn_step *step[GRID_STEPS];
	uint32_t n;
	struct grid_range range[GRID_RANGES];
	uint32_t ranges_n;
	uint64_t until;
};

/* Timers that are set. */
struct grid_timer {
	struct env_timer *timer;
	uint64_t fire_ns;
};

/**
 * struct test_grid - the grid
 * @item: sorted by key
 * @page: items in a page of a range
 * @between: called before something ends; may be NULL
 * @status: what the next commits end with, instead of being done; 0: nothing
 * @refuse: so many transactions are refused
 * @fail: what reading the elements of a collection in order fails with at once; 0: nothing
 * @commits: how many were tried
 * @applied: how many did something, or only looked
 */
static struct test_grid {
	struct env env;
	uint64_t now_ns;
	uint64_t wall_ms;
	uint64_t random;
	struct grid_item item[GRID_KEYS];
	uint32_t n;
	uint64_t version;
	struct grid_pending pending[GRID_PENDING];
	uint32_t pending_n;
	struct grid_timer timer[GRID_TIMERS];
	uint32_t timers_n;
	uint32_t page;
	void (*between)(void);
	int status;
	uint32_t refuse;
	int fail;
	uint32_t commits;
	uint32_t applied;
	char output[GRID_OUTPUT];
	size_t output_len;
	struct redis *r;
	struct redis_client *c;
} grid;

/* --- the environment --------------------------------------------------------------------- */

static uint64_t grid_now(struct env *env)
{
	return grid.now_ns;
}

static uint64_t grid_wall(struct env *env)
{
	return grid.wall_ms * ENV_MS;
}

static uint64_t grid_random(struct env *env)
{
	return grid.random += 0x9e3779b97f4a7c15;
}

static void grid_timer_cancel(struct env *env, struct env_timer *timer)
{
	for (uint32_t i = 0; i < grid.timers_n; i++) {
		if (grid.timer[i].timer == timer)
			grid.timer[i--] = grid.timer[--grid.timers_n];
	}
}

static void grid_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	grid_timer_cancel(env, timer);
	assert_true(grid.timers_n < GRID_TIMERS);
	grid.timer[grid.timers_n++] = (struct grid_timer){ timer, grid.now_ns + delay_ns };
}

static const struct env_ops grid_ops = {
	.now = grid_now,
	.wall = grid_wall,
	.random = grid_random,
	.timer_set = grid_timer_set,
	.timer_cancel = grid_timer_cancel,
};

/* --- items ------------------------------------------------------------------------------- */

static struct bytes grid_key(const struct grid_item *item)
{
	return bytes_of(item->key, item->key_len);
}

static struct grid_item *grid_find(struct bytes key)
{
	for (uint32_t i = 0; i < grid.n; i++) {
		if (bytes_eq(grid_key(&grid.item[i]), key))
			return &grid.item[i];
	}
	return NULL;
}

static struct grid_item *grid_make(struct bytes key)
{
	struct grid_item *item = grid_find(key);
	uint32_t at = grid.n;

	if (item)
		return item;
	assert_true(grid.n < GRID_KEYS && key.len <= sizeof(item->key));
	for (; at && bytes_cmp(grid_key(&grid.item[at - 1]), key) > 0; at--)
		grid.item[at] = grid.item[at - 1];
	grid.n++;
	item = &grid.item[at];
	*item = (struct grid_item){ .key_len = key.len };
	memcpy(item->key, key.data, key.len);
	return item;
}

/* What another client does to a key at one stroke; no value: deletes it. */
static void grid_set(struct bytes key, struct bytes value)
{
	struct grid_item *item = grid_make(key);

	assert_true(value.len <= sizeof(item->value));
	item->there = value.data != NULL;
	item->value_len = value.len;
	if (value.len)
		memcpy(item->value, value.data, value.len);
	item->version = ++grid.version;
}

static inline void grid_put(const char *key, const char *value)
{
	grid_set(bytes_str(key), value ? bytes_str(value) : bytes_of(NULL, 0));
}

static bool grid_inside(const struct grid_item *item, struct bytes from, struct bytes to)
{
	return item->there && bytes_cmp(grid_key(item), from) >= 0 &&
	       (!to.len || bytes_cmp(grid_key(item), to) < 0);
}

static uint64_t grid_digest(struct bytes from, struct bytes to)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < grid.n; i++) {
		if (grid_inside(&grid.item[i], from, to))
			sum = sum * 31 + grid.item[i].version;
	}
	return sum;
}

/* The item at a place of a page; both kinds of ranges count places from their first key. */
static bool grid_item_at(struct bytes from, struct bytes to, uint32_t count, size_t *pos,
			 struct dht_item *out)
{
	size_t at = 0;

	for (uint32_t i = 0; i < grid.n && *pos < count; i++) {
		struct grid_item *item = &grid.item[i];

		if (!grid_inside(item, from, to) || at++ < *pos)
			continue;
		*out = (struct dht_item){ .key = grid_key(item),
					  .value = bytes_of(item->value, item->value_len),
					  .version = { item->version, 0 } };
		(*pos)++;
		return true;
	}
	return false;
}

/* How many are in a page, and what comes behind it. */
static uint32_t grid_page(struct bytes from, struct bytes to, uint32_t limit, bool *more,
			  struct bytes *resume)
{
	uint32_t max = limit && limit < grid.page ? limit : grid.page, n = 0;

	*more = false;
	for (uint32_t i = 0; i < grid.n && !*more; i++) {
		if (!grid_inside(&grid.item[i], from, to))
			continue;
		*more = n == max;
		if (*more)
			*resume = grid_key(&grid.item[i]);
		else
			n++;
	}
	return n;
}

/* --- the dht, the transactions, and the rights that are played ---------------------------- */

static void grid_later(struct grid_pending what)
{
	assert_true(grid.pending_n < GRID_PENDING);
	grid.pending[grid.pending_n++] = what;
}

int dht_op_start(struct dht *dht, struct dht_op *op)
{
	if (grid.fail && op->kind == DHT_RANGE && op->key.len >= REDIS_ELEM_PREFIX)
		return grid.fail;
	grid_later((struct grid_pending){ .op = op });
	return 0;
}

void dht_op_stop(struct dht *dht, struct dht_op *op)
{
	for (uint32_t i = 0; i < grid.pending_n; i++) {
		if (grid.pending[i].op == op)
			grid.pending[i].op = NULL;
	}
}

bool dht_op_item(const struct dht_op *op, size_t *pos, struct dht_item *item)
{
	return grid_item_at(op->key, op->to, op->count, pos, item);
}

uint64_t txn_now(const struct txns *txns)
{
	return grid.wall_ms * 1000;
}

int txn_begin(struct txns *txns, const struct txn_options *options, struct txn **out)
{
	if (grid.refuse) {
		grid.refuse--;
		return -ENOBUFS;
	}
	*out = calloc(1, sizeof(**out));
	assert_non_null(*out);
	assert_true(options->from <= txn_now(txns));
	(*out)->until = options->until;
	return 0;
}

int txn_do(struct txn *txn, struct txn_step *step)
{
	assert_true(txn->n < GRID_STEPS);
	txn->step[txn->n++] = step;
	grid_later((struct grid_pending){ .step = step, .txn = txn });
	return 0;
}

int txn_commit(struct txn *txn, struct txn_commit *commit)
{
	grid_later((struct grid_pending){ .commit = commit, .txn = txn });
	return 0;
}

void txn_abort(struct txn *txn)
{
	for (uint32_t i = 0; i < grid.pending_n; i++) {
		if (grid.pending[i].txn == txn)
			grid.pending[i] = (struct grid_pending){ .op = NULL };
	}
	free(txn);
}

bool txn_step_item(const struct txn_step *step, size_t *pos, struct dht_item *item)
{
	return grid_item_at(step->key, step->to, step->count, pos, item);
}

enum acl_state acl_state(struct acl *a)
{
	return ACL_READY;
}

bool acl_allows(const struct acl *a, const char *who, enum acl_right right, struct bytes key)
{
	return true;
}

bool acl_allows_range(const struct acl *a, const char *who, struct bytes from, struct bytes to)
{
	return true;
}

/* The quota of everybody, when @right is not ACL_NONE. */
static struct acl_rule grid_quota;

const struct acl_rule *acl_quota(const struct acl *a, const char *who, struct bytes key,
				 uint32_t *at)
{
	return grid_quota.right && !(*at)++ && bytes_has_prefix(key, grid_quota.prefix) ?
		       &grid_quota :
		       NULL;
}

static void grid_op_end(struct dht_op *op)
{
	const struct grid_item *item = op->kind == DHT_GET ? grid_find(op->key) : NULL;

	op->status = 0;
	op->version = (struct dht_version){ item ? item->version : 0, 0 };
	if (op->kind == DHT_RANGE)
		op->count = grid_page(op->key, op->to, op->limit, &op->more, &op->resume);
	else if (item && item->there)
		op->value = bytes_of(item->value, item->value_len);
	else
		op->status = -ENOENT;
	op->done(op);
}

static void grid_step_end(struct txn *txn, struct txn_step *step)
{
	struct bytes to;

	if (step->kind == TXN_RANGE) {
		step->count =
			grid_page(step->key, step->to, step->limit, &step->more, &step->resume);
		to = step->more ? step->resume : step->to;
		assert_true(txn->ranges_n < GRID_RANGES);
		txn->range[txn->ranges_n] =
			(struct grid_range){ .to_len = to.len, .from_len = step->key.len };
		memcpy(txn->range[txn->ranges_n].from, step->key.data, step->key.len);
		memcpy(txn->range[txn->ranges_n].to, to.data, to.len);
		txn->range[txn->ranges_n++].digest = grid_digest(step->key, to);
	}
	step->done(step);
}

static bool grid_votes(const struct txn *txn)
{
	if (txn->until && txn_now(NULL) >= txn->until)
		return false;
	for (uint32_t i = 0; i < txn->n; i++) {
		const struct txn_step *s = txn->step[i];
		const struct grid_item *item = grid_find(s->key);

		if (s->kind == TXN_EXPECT && (item ? item->version : 0) != s->version.counter)
			return false;
	}
	for (uint32_t i = 0; i < txn->ranges_n; i++) {
		const struct grid_range *r = &txn->range[i];

		if (grid_digest(bytes_of(r->from, r->from_len), bytes_of(r->to, r->to_len)) !=
		    r->digest)
			return false;
	}
	return true;
}

static void grid_commit_end(struct txn *txn, struct txn_commit *commit)
{
	grid.commits++;
	commit->status = grid.status ? grid.status : grid_votes(txn) ? 0 : -ECANCELED;
	for (uint32_t i = 0; i < txn->n && !commit->status; i++) {
		const struct txn_step *s = txn->step[i];

		if (s->kind == TXN_WRITE)
			grid_set(s->key, s->value);
		else if (s->kind == TXN_DELETE)
			grid_set(s->key, bytes_of(NULL, 0));
	}
	grid.applied += !commit->status;
	free(txn);
	commit->done(commit);
}

/* --- running ----------------------------------------------------------------------------- */

/* Let the oldest thing end. Return: false when there is none. */
static bool grid_next(void)
{
	struct grid_pending p;

	if (!grid.pending_n)
		return false;
	p = grid.pending[0];
	memmove(&grid.pending[0], &grid.pending[1], --grid.pending_n * sizeof(p));
	if (grid.between && (p.op || p.txn))
		grid.between();
	if (p.op)
		grid_op_end(p.op);
	else if (p.step)
		grid_step_end(p.txn, p.step);
	else if (p.commit)
		grid_commit_end(p.txn, p.commit);
	return true;
}

/* Let all end that is to end within a time, timers too. */
static void grid_run(uint64_t ns)
{
	uint64_t until = grid.now_ns + ns;

	while (true) {
		struct grid_timer *first = NULL, t;

		if (grid_next())
			continue;
		for (uint32_t i = 0; i < grid.timers_n; i++) {
			if (!first || grid.timer[i].fire_ns < first->fire_ns)
				first = &grid.timer[i];
		}
		if (!first || first->fire_ns > until)
			break;
		t = *first;
		*first = grid.timer[--grid.timers_n];
		if (grid.now_ns < t.fire_ns) {
			grid.wall_ms += (t.fire_ns - grid.now_ns) / ENV_MS;
			grid.now_ns = t.fire_ns;
		}
		t.timer->fire(t.timer->ctx);
	}
	if (grid.now_ns >= until)
		return;
	grid.wall_ms += (until - grid.now_ns) / ENV_MS;
	grid.now_ns = until;
}

/* --- a client ---------------------------------------------------------------------------- */

static void grid_output(void *ctx, struct bytes data)
{
	assert_true(grid.output_len + data.len < GRID_OUTPUT);
	memcpy(grid.output + grid.output_len, data.data, data.len);
	grid.output_len += data.len;
	grid.output[grid.output_len] = 0;
}

static void grid_ready(void *ctx)
{
}

/* Say one line, or several that end with \n, and do not wait. */
static void grid_say_as(struct redis_client *c, const char *text)
{
	char line[4096];
	int len = snprintf(line, sizeof(line), "%s\n", text);

	assert_true(len > 0 && (size_t)len < sizeof(line));
	redis_client_feed(c, (uint8_t *)line, (size_t)len);
}

static inline void grid_say(const char *text)
{
	grid_say_as(grid.c, text);
}

/* What was answered since the last time, when all has ended that does so within a second. */
static const char *grid_answer(void)
{
	static char answer[GRID_OUTPUT];

	grid_run(ENV_SEC);
	grid.output[grid.output_len] = 0;
	memcpy(answer, grid.output, grid.output_len + 1);
	grid.output_len = 0;
	grid.output[0] = 0;
	return answer;
}

static inline void grid_answers(const char *text, const char *answer)
{
	grid_say(text);
	assert_string_equal(grid_answer(), answer);
}

static struct redis_client *grid_client(void)
{
	struct redis_owner owner = { grid_output, grid_ready, NULL };
	struct redis_client *c = redis_client_new(grid.r, &owner, "::1", false);

	assert_non_null(c);
	return c;
}

static int grid_up(void **state)
{
	struct redis_config config = {
		.env = &grid.env,
		.limits = { 8, 128, 32, 128, 64 * 1024, 16 * 1024 },
		.version = "test",
	};

	memset(&grid, 0, sizeof(grid));
	grid.env.ops = &grid_ops;
	grid.now_ns = ENV_SEC;
	grid.wall_ms = 1700000000000;
	grid.page = 3;
	assert_int_equal(redis_create(&config, &grid.r), 0);
	grid.c = grid_client();
	return 0;
}

static int grid_down(void **state)
{
	redis_client_free(grid.c);
	redis_destroy(grid.r);
	return 0;
}

#endif
