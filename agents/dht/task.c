// SPDX-License-Identifier: GPL-2.0-or-later
/* Operations under way: their slots, numbers, deadlines and ends. */
#include <dht/dht_priv.h>

/* Numbers of questions: the slot in the low bits finds the task. */
#define SLOT_BITS 16

/* Who was answered, or given up, too late: with which error? */
static int late_status(const struct dht_task *task)
{
	xassert(task->op);
	if (task->wrote)
		return -ETIMEDOUT;
	if (dht_task_done(task) >= dht_task_quorum(task))
		return -ETIMEDOUT;
	return task->incomplete ? -EAGAIN : -EHOSTUNREACH;
}

static void task_fire(void *ctx)
{
	struct dht_task *task = ctx;
	uint64_t now = env_now(task->dht->env);

	xassert(task->used);
	if (task->dead) {
		dht_task_end(task, task->status);
		return;
	}
	if (now >= task->deadline_ns) {
		if (task->lookup)
			dht_owners_late(task);
		else if (task->range)
			dht_range_late(task, late_status(task));
		else
			dht_task_end(task, late_status(task));
		return;
	}
	for (uint32_t i = 0; i < task->replicas; i++) {
		struct dht_leg *leg = &task->leg[i];

		if ((leg->state == LEG_ASKED || leg->state == LEG_WAIT) && leg->due_ns <= now)
			dht_leg_due(leg);
	}
	dht_task_arm(task);
}

/* Arm the timer for what is due first. */
void dht_task_arm(struct dht_task *task)
{
	uint64_t now = env_now(task->dht->env), due = task->deadline_ns;

	xassert(task->used);
	for (uint32_t i = 0; i < task->replicas; i++) {
		const struct dht_leg *leg = &task->leg[i];

		if ((leg->state == LEG_ASKED || leg->state == LEG_WAIT) && leg->due_ns < due)
			due = leg->due_ns;
	}
	env_timer_set(task->dht->env, &task->timer, due > now ? due - now : 0);
}

struct dht_task *dht_task_get(struct dht *dht)
{
	for (uint32_t i = 0; i < dht->cfg.ops_max; i++) {
		struct dht_task *task = &dht->task[i];
		uint8_t *mem = task->mem;

		if (task->used)
			continue;
		xassert(!env_timer_armed(&task->timer));
		memset(task, 0, sizeof(*task));
		task->dht = dht;
		task->mem = mem;
		task->slot = i;
		task->used = true;
		task->timer.fire = task_fire;
		task->timer.ctx = task;
		return task;
	}
	dht->count.ops_refused++;
	return NULL;
}

void dht_task_put(struct dht_task *task)
{
	xassert(task->used);
	for (uint32_t i = 0; i < task->replicas; i++)
		ring_route_stop(&task->leg[i].route);
	env_timer_cancel(task->dht->env, &task->timer);
	if (task->op)
		task->op->state = NULL;
	if (task->lookup)
		task->lookup->state = NULL;
	task->used = false;
}

/* The end: hand the result over. Nothing of the task is touched afterwards. */
void dht_task_end(struct dht_task *task, int status)
{
	struct dht_range *range = task->range;
	struct dht_lookup *lookup = task->lookup;
	struct dht_op *op = task->op;
	struct dht *dht = task->dht;

	xassert(!op != !lookup);
	if (range && range->busy)
		dht_op_stop(dht, &range->sub);
	if (status && status != -ENOENT)
		dht->count.ops_failed++;
	dht_task_put(task);
	if (lookup) {
		lookup->status = status;
		lookup->done(lookup);
		return;
	}
	op->status = status;
	if (range)
		range->task = NULL;
	op->state = range;
	op->done(op);
	if (range)
		pool_put(&dht->ranges, range);
}

/* Begin to ask something else; answers to what was asked before no longer count. */
void dht_task_phase(struct dht_task *task, enum dht_phase phase,
		    void (*step)(struct dht_task *task))
{
	xassert(step);
	task->phase = phase;
	task->step = step;
	task->id = ++task->dht->gen << SLOT_BITS | task->slot;
	if (phase == PHASE_WRITE)
		task->wrote = true;
}

uint32_t dht_task_done(const struct dht_task *task)
{
	uint32_t n = 0;

	xassert(task->replicas <= RING_CLASSES_MAX);
	for (uint32_t i = 0; i < task->replicas; i++)
		n += task->leg[i].state == LEG_DONE;
	return n;
}

uint32_t dht_task_quorum(const struct dht_task *task)
{
	xassert(task->replicas <= RING_CLASSES_MAX);
	return MUTANT(dht_quorum_of_one) ? 1 : task->replicas / 2 + 1;
}

/*
 * Have enough replicas answered whose epochs agree? Those that do not agree
 * are asked again after a pause: one of them will have heard more by then.
 */
bool dht_task_agreed(struct dht_task *task)
{
	struct ring_said said[RING_CLASSES_MAX];
	uint32_t n = 0;

	for (uint32_t i = 0; i < task->replicas; i++) {
		if (task->leg[i].state != LEG_DONE)
			continue;
		said[n].class = task->leg[i].class;
		said[n++].epochs = task->leg[i].epochs;
	}
	if (n < dht_task_quorum(task))
		return false;
	if (ring_agreed(said, n, dht_task_quorum(task)))
		return true;
	xassert(n <= task->replicas);
	task->dht->count.disagreed++;
	for (uint32_t i = 0; i < task->replicas; i++) {
		if (task->leg[i].state == LEG_DONE)
			dht_leg_again(&task->leg[i]);
	}
	return false;
}
