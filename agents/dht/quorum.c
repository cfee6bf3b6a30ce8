// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading single keys, after Attiya, Bar-Noy and Dolev: a read asks a majority,
 * and stores the greatest version at a majority before it returns it, unless
 * these hold it durably already. A version is seen only when the transaction
 * that wrote it is decided.
 */
#include <dht/dht_priv.h>

static void write_step(struct dht_task *task)
{
	bool gone;

	xassert(task->phase == PHASE_WRITE);
	if (!dht_task_agreed(task)) {
		dht_task_arm(task);
		return;
	}
	gone = task->tombstone;
	task->op->version = task->best;
	if (!gone)
		task->op->value = task->value;
	dht_task_end(task, gone ? -ENOENT : 0);
}

/* Store @best at a majority; a leg that is done holds it durably already. */
static void write_begin(struct dht_task *task)
{
	xassert(task->best.counter);
	dht_task_phase(task, PHASE_WRITE, write_step);
	for (uint32_t i = 0; i < task->replicas; i++) {
		struct dht_leg *leg = &task->leg[i];

		leg->tries = 0;
		if (leg->state == LEG_ASKED)
			dht_leg_ask(leg);
		else if (leg->state == LEG_IDLE)
			dht_leg_start(leg);
	}
	write_step(task);
}

/* Does everybody who has answered hold @best durably? Who does not has to be asked again. */
static bool read_agreed(struct dht_task *task, bool demote)
{
	bool agreed = true;

	xassert(task->phase == PHASE_READ);
	for (uint32_t i = 0; i < task->replicas; i++) {
		struct dht_leg *leg = &task->leg[i];

		if (leg->state != LEG_DONE ||
		    (!leg->unsynced && !dht_version_cmp(&leg->version, &task->best)))
			continue;
		agreed = false;
		if (demote)
			leg->state = LEG_IDLE;
	}
	return agreed;
}

static void get_decide(struct dht_task *task)
{
	bool found = task->best.counter && !task->tombstone;

	xassert(task->op->kind == DHT_GET);
	if (read_agreed(task, false)) {
		task->op->version = task->best;
		task->op->value = found ? task->value : bytes_of(NULL, 0);
		dht_task_end(task, found ? 0 : -ENOENT);
		return;
	}
	task->dht->count.write_backs++;
	read_agreed(task, true);
	write_begin(task);
}

static void read_step(struct dht_task *task)
{
	xassert(task->phase == PHASE_READ);
	if (!dht_task_agreed(task))
		dht_task_arm(task);
	else
		get_decide(task);
}

void dht_read_answer(struct dht_leg *leg, const struct wire_dht_read_answer *a)
{
	struct dht_task *task = leg->task;

	xassert(leg->state == LEG_DONE);
	leg->unsynced = a->unsynced && a->has_record;
	leg->version = (struct dht_version){ 0 };
	if (!a->has_record)
		return;
	leg->version.counter = a->record.counter;
	leg->version.writer = a->record.writer;
	if (dht_version_cmp(&leg->version, &task->best) <= 0)
		return;
	task->best = leg->version;
	task->tombstone = a->record.tombstone;
	task->value = bytes_of(task->mem, a->record.value.len);
	if (a->record.value.len)
		memcpy(task->mem, a->record.value.data, a->record.value.len);
}

void dht_read_begin(struct dht_task *task)
{
	xassert(task->op);
	task->key = task->op->key;
	dht_task_phase(task, PHASE_READ, read_step);
	for (uint32_t i = 0; i < task->replicas; i++)
		dht_leg_start(&task->leg[i]);
	dht_task_arm(task);
}
