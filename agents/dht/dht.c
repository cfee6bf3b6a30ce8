// SPDX-License-Identifier: GPL-2.0-or-later
#include <dht/dht.h>

#include <dht/dht_priv.h>

size_t dht_arena_size(const struct dht_config *cfg)
{
	xassert(cfg->ops_max && cfg->ranges_max && cfg->writes_max && cfg->cache_max);
	return sizeof(struct dht) + cfg->ops_max * (sizeof(struct dht_task) + DHT_VALUE_MAX) +
	       cfg->ranges_max * (sizeof(struct dht_range) + 16) +
	       cfg->writes_max * (sizeof(struct dht_write) + 16) +
	       cfg->cache_max * sizeof(struct dht_cached) + 2 * PAGE_RECORD_MAX + 256;
}

struct dht *dht_init(struct arena *arena, struct env *env, struct store *store, struct ring *ring,
		     struct ring_link *link, const struct dht_config *cfg)
{
	struct dht *dht = arena_alloc(arena, sizeof(*dht));
	uint8_t *mem;

	xassert(cfg->ops_max && cfg->ops_max <= UINT16_MAX);
	dht->env = env;
	dht->store = store;
	dht->ring = ring;
	dht->link = link;
	dht->cfg = *cfg;
	dht->task = arena_alloc(arena, cfg->ops_max * sizeof(*dht->task));
	mem = arena_alloc(arena, (size_t)cfg->ops_max * DHT_VALUE_MAX);
	for (uint32_t i = 0; i < cfg->ops_max; i++)
		dht->task[i].mem = mem + (size_t)i * DHT_VALUE_MAX;
	/* Numbers of questions of an earlier life are not met again. */
	dht->gen = env_random(env) >> 20;
	pool_init(&dht->ranges, arena, sizeof(struct dht_range), cfg->ranges_max);
	pool_init(&dht->writes, arena, sizeof(struct dht_write), cfg->writes_max);
	dht->cached = arena_alloc(arena, cfg->cache_max * sizeof(*dht->cached));
	dht->record = arena_alloc(arena, PAGE_RECORD_MAX);
	dht->stored = arena_alloc(arena, PAGE_RECORD_MAX);
	return dht;
}

/* Why an operation cannot even begin; told later, like every end. */
static bool task_stillborn(struct dht_task *task)
{
	struct dht *dht = task->dht;

	xassert(task->used);
	if (ring_replicas(dht->ring) && ring_complete(dht->ring))
		return false;
	task->dead = true;
	task->status = -EAGAIN;
	env_timer_set(dht->env, &task->timer, 0);
	return true;
}

static int op_check(const struct dht_op *op)
{
	xassert(op->done);
	if (op->key.len > DHT_KEY_MAX || op->to.len > DHT_KEY_MAX)
		return -EMSGSIZE;
	if (op->kind != DHT_GET && op->kind != DHT_RANGE)
		return -EINVAL;
	if (op->kind != DHT_RANGE && !op->key.len)
		return -EINVAL;
	if (op->kind == DHT_RANGE && op->to.len && bytes_cmp(op->key, op->to) > 0)
		return -EINVAL;
	return 0;
}

int dht_op_start(struct dht *dht, struct dht_op *op)
{
	struct dht_task *task;
	int err = op_check(op);

	if (err)
		return err;
	task = dht_task_get(dht);
	if (!task)
		return -ENOBUFS;
	op->count = 0;
	op->more = false;
	op->resume = bytes_of(NULL, 0);
	op->version = (struct dht_version){ 0 };
	if (op->kind == DHT_RANGE) {
		if (!op->limit || op->limit > DHT_PAGE_ITEMS_MAX)
			op->limit = DHT_PAGE_ITEMS_MAX;
		task->range = pool_get(&dht->ranges);
		if (!task->range) {
			dht->count.ops_refused++;
			dht_task_put(task);
			return -ENOBUFS;
		}
	}
	dht->count.ops++;
	task->op = op;
	op->state = task;
	task->deadline_ns = env_now(dht->env) + (op->timeout_ns ? op->timeout_ns : dht->cfg.op_ns);
	if (task_stillborn(task))
		return 0;
	dht_leg_init(task, ring_replicas(dht->ring));
	xassert(task->replicas);
	if (op->kind == DHT_RANGE)
		dht_range_begin(task);
	else
		dht_read_begin(task);
	return 0;
}

static struct dht_task *task_find(struct dht *dht, const void *op, const void *lookup)
{
	xassert(!op != !lookup);
	for (uint32_t i = 0; i < dht->cfg.ops_max; i++) {
		struct dht_task *task = &dht->task[i];

		if (task->used && task->op == op && task->lookup == lookup)
			return task;
	}
	return NULL;
}

void dht_op_stop(struct dht *dht, struct dht_op *op)
{
	struct dht_task *task = task_find(dht, op, NULL);
	struct dht_range *range;

	xassert(op);
	if (!task)
		return;
	range = task->range;
	if (range && range->busy)
		dht_op_stop(dht, &range->sub);
	dht_task_put(task);
	if (range)
		pool_put(&dht->ranges, range);
}

int dht_lookup_start(struct dht *dht, struct dht_lookup *lookup)
{
	struct dht_task *task;

	xassert(lookup->done);
	if (lookup->key.len > DHT_KEY_MAX)
		return -EMSGSIZE;
	task = dht_task_get(dht);
	if (!task)
		return -ENOBUFS;
	task->lookup = lookup;
	lookup->state = task;
	lookup->n = 0;
	task->deadline_ns = env_now(dht->env) + DHT_LOOKUP_NS;
	if (task_stillborn(task))
		return 0;
	dht_leg_init(task, ring_replicas(dht->ring));
	dht_owners_begin(task);
	return 0;
}

void dht_lookup_stop(struct dht *dht, struct dht_lookup *lookup)
{
	struct dht_task *task = task_find(dht, NULL, lookup);

	xassert(lookup);
	if (task)
		dht_task_put(task);
}

void dht_doubt_set(struct dht *dht, void (*doubt)(void *ctx, struct bytes key), void *ctx)
{
	xassert(doubt);
	dht->doubt = doubt;
	dht->doubt_ctx = ctx;
}

bool dht_recv(struct dht *dht, const struct env_peer *from, const struct wire_header *h)
{
	xassert(from && h);
	if (h->type >> 8 != WIRE_DHT_READ >> 8)
		return false;
	if (!dht_replica_recv(dht, from, h) && !dht_leg_recv(dht, from, h))
		dht->count.strange++;
	return true;
}

const struct dht_counters *dht_counters(const struct dht *dht)
{
	xassert(dht);
	return &dht->count;
}
