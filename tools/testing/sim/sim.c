// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim.h"

#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "client.h"
#include "hostile/hostile.h"
#include "machine.h"
#include "txnwork.h"

void sim_init(struct sim *s, const struct plan *plan, bool verbose)
{
	*s = (struct sim){ .plan = *plan, .verbose = verbose, .hash = plan->seed };
	xassert(plan->nodes && plan->nodes <= PLAN_NODES_MAX);
	rng_seed(&s->rng, plan->seed);
	net_init(s);
	history_init(&s->history, &plan->work, plan->seed);
	s->machines = calloc(plan->nodes, sizeof(*s->machines));
	xassert(s->machines);
	for (uint32_t i = 0; i < plan->nodes; i++)
		machine_init(s, i);
	clients_init(s);
	txnwork_init(s);
}

void sim_exit(struct sim *s)
{
	net_exit(s);
	hostile_exit(s);
	for (uint32_t i = 0; i < s->plan.nodes; i++)
		machine_exit(&s->machines[i]);
	free(s->machines);
	free(s->clients);
	txnwork_exit(s);
	history_exit(&s->history);
	events_exit(&s->events);
}

bool sim_step(struct sim *s)
{
	struct event e;

	if (s->failed)
		return false;
	if (s->stats.events++ >= SIM_EVENTS_MAX) {
		sim_fail(s, "spin", "more than %llu events", SIM_EVENTS_MAX);
		return false;
	}
	xassert(events_pop(&s->events, &e));
	xassert(e.at_ns >= s->now_ns);
	s->now_ns = e.at_ns;
	sim_fold(s, s->now_ns);
	e.fire(e.ctx, e.arg);
	return !s->failed;
}

static void tick(void *ctx, uint64_t arg)
{
}

bool sim_run_until(struct sim *s, uint64_t until_ns)
{
	if (until_ns <= s->now_ns)
		return !s->failed;
	/* An event at that very time, so that there is a last step. */
	events_add(&s->events, until_ns, tick, s, 0);
	while (s->now_ns < until_ns) {
		if (!sim_step(s))
			return false;
	}
	return true;
}

void sim_fail(struct sim *s, const char *checker, const char *fmt, ...)
{
	va_list args;

	if (s->failed)
		return;
	s->failed = true;
	s->checker = checker;
	va_start(args, fmt);
	vsnprintf(s->reason, sizeof(s->reason), fmt, args);
	va_end(args);
	sim_say(s, -1, "checker %s: %s", checker, s->reason);
}

void sim_say(struct sim *s, int who, const char *fmt, ...)
{
	char name[16] = "    ";
	va_list args;

	if (!s->verbose)
		return;
	if (who >= 0)
		snprintf(name, sizeof(name), "n%02d ", who);
	printf("[%4llu.%09llu] %s", (unsigned long long)(s->now_ns / ENV_SEC),
	       (unsigned long long)(s->now_ns % ENV_SEC), name);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
}
