// SPDX-License-Identifier: GPL-2.0-or-later
/* Finding the owners of a key, each by its own word. */
#include <dht/dht_priv.h>

/* The time is over: report what was found. */
void dht_owners_late(struct dht_task *task)
{
	uint32_t found = dht_task_done(task);

	xassert(task->lookup);
	dht_task_end(task, found ? 0 : -EHOSTUNREACH);
}

static void owners_step(struct dht_task *task)
{
	xassert(task->phase == PHASE_OWNER);
	if (dht_task_done(task) == task->replicas)
		dht_task_end(task, 0);
	else
		dht_task_arm(task);
}

void dht_owners_begin(struct dht_task *task)
{
	struct dht_lookup *lookup = task->lookup;

	xassert(lookup && task->replicas);
	task->key = lookup->key;
	lookup->n = task->replicas;
	for (uint32_t i = 0; i < task->replicas; i++) {
		memset(&lookup->owners[i], 0, sizeof(lookup->owners[i]));
		lookup->owners[i].class = (uint8_t)i;
		lookup->owners[i].status = -EHOSTUNREACH;
	}
	dht_task_phase(task, PHASE_OWNER, owners_step);
	for (uint32_t i = 0; i < task->replicas; i++)
		dht_leg_start(&task->leg[i]);
	dht_task_arm(task);
}
