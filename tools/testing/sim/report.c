// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <stdio.h>

#define LARGE_NODES 50

typedef unsigned long long ull;

void report_add(struct report *r, const struct run_result *result)
{
	const uint64_t *from = (const uint64_t *)&result->stats;
	uint64_t *to = (uint64_t *)&r->total;

	_Static_assert(sizeof(struct sim_stats) % sizeof(uint64_t) == 0, "counters only");
	for (size_t i = 0; i < sizeof(struct sim_stats) / sizeof(uint64_t); i++)
		to[i] += from[i];
	if (result->stats.heal_ns > r->heal_max_ns)
		r->heal_max_ns = result->stats.heal_ns;
	r->large += result->nodes >= LARGE_NODES;
	r->hash += result->hash;
	if (!result->failed) {
		r->passed++;
		return;
	}
	r->failed++;
	printf("FAILED seed %llu, checker %s: %s\n", (ull)result->seed, result->checker,
	       result->reason);
	printf("  replay: make sim SEED=%llu%s VERBOSE=1\n", (ull)result->seed, r->replay);
	fflush(stdout);
}

void report_print(const struct report *r)
{
	const struct sim_stats *t = &r->total;

	printf("seeds      %llu, of these %llu with %d nodes or more\n",
	       (ull)(r->passed + r->failed), (ull)r->large, LARGE_NODES);
	printf("time       %llu virtual seconds, %llu events\n", (ull)(t->virtual_ns / ENV_SEC),
	       (ull)t->events);
	printf("traffic    %llu datagrams, %llu stream messages, %llu bytes\n", (ull)t->datagrams,
	       (ull)t->messages, (ull)t->bytes);
	printf("network    %llu datagrams lost, %llu doubled; %llu streams broken with %llu "
	       "messages; %llu clogs; %llu partitions, %llu one-way\n",
	       (ull)t->lost, (ull)t->doubled, (ull)t->resets, (ull)t->stream_lost, (ull)t->clogs,
	       (ull)t->partitions, (ull)t->oneway);
	printf("attacks    %llu\n", (ull)t->attacks);
	printf("machines   %llu crashes, %llu power losses, %llu failed syncs, %llu restarts, "
	       "%llu pauses, %llu clock jumps\n",
	       (ull)t->crashes, (ull)t->power_losses, (ull)t->sync_failures, (ull)t->restarts,
	       (ull)t->pauses, (ull)t->wall_jumps);
	printf("losses     %llu disks, %llu machines for good; %llu sieges; %llu arcs taken over\n",
	       (ull)t->disks_lost, (ull)t->gone, (ull)t->sieges, (ull)t->takeovers);
	printf("operations %llu done, %llu refused, %llu of unknown outcome\n",
	       (ull)t->ops[HISTORY_OK], (ull)t->ops[HISTORY_FAILED], (ull)t->ops[HISTORY_UNKNOWN]);
	printf("txns       %llu committed, %llu not, %llu of unknown outcome\n",
	       (ull)t->txns[HISTORY_OK], (ull)t->txns[HISTORY_FAILED],
	       (ull)t->txns[HISTORY_UNKNOWN]);
	printf("checking   %llu states searched, %llu keys given up; healed in at most %llu ms\n",
	       (ull)t->linear_states, (ull)t->linear_given_up, (ull)(r->heal_max_ns / ENV_MS));
	if (t->elections)
		printf("logs       %llu leaders, %llu memberships, %llu snapshots, %llu restored, "
		       "%llu transfers, %llu sessions evicted, %llu disks replaced\n",
		       (ull)t->elections, (ull)t->changes, (ull)t->snapshots, (ull)t->restores,
		       (ull)t->transfers, (ull)t->evictions, (ull)t->damaged);
	printf("hash       %016llx\n", (ull)r->hash);
	printf("%llu passed, %llu failed\n", (ull)r->passed, (ull)r->failed);
}
