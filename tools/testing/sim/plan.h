/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a seed means: how large the grid is, which faults happen and how
 * often, what the clients do. Each seed draws a different subset of faults
 * (swarm testing): a bug that needs a quiet network and violent disks is
 * found by the seed that has just that.
 */
#ifndef _XOS_SIM_PLAN_H
#define _XOS_SIM_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#define PLAN_NODES_MAX	 120
#define PLAN_CLIENTS_MAX 12
#define PLAN_KEYS_MAX	 64
/* How wrong clocks may run, and how wrong nodes take them to run at most. */
#define PLAN_DRIFT_MAX	 20000

/**
 * struct plan_net - how the network is
 * @latency_us: one-way delay every link has
 * @spread_us: each link adds a fixed delay of up to this much
 * @jitter_us: mean of the random delay of each packet
 * @tail_ppm: packets that take a hundred times the jitter
 * @loss_ppm: datagrams lost
 * @dup_ppm: datagrams doubled
 * @reset_every_ms: mean time between breaks of some stream, 0 for never
 * @clog_every_ms: mean time between clogs (a link holds all back for a while)
 * @clog_ms: longest clog
 * @part_every_ms: mean time between partitions
 * @part_ms: longest partition
 * @part_oneway_ppm: partitions that cut one direction only
 * @part_pair_ppm: partitions that cut one pair of nodes only
 * @stream_patience_ms: how long a stream retransmits before it breaks
 * @stream_queue_max: messages a stream holds
 * @hostile_every_ms: mean time between attacks of somebody who hears everything and is no
 *	member; 0: there is nobody, and messages are not sealed
 * @loose: short messages for a stream travel as datagrams do: nothing may rely on their order,
 *	as streams break and are opened again
 */
struct plan_net {
	uint32_t latency_us;
	uint32_t spread_us;
	uint32_t jitter_us;
	uint32_t tail_ppm;
	uint32_t loss_ppm;
	uint32_t dup_ppm;
	uint32_t reset_every_ms;
	uint32_t clog_every_ms;
	uint32_t clog_ms;
	uint32_t part_every_ms;
	uint32_t part_ms;
	uint32_t part_oneway_ppm;
	uint32_t part_pair_ppm;
	uint32_t stream_patience_ms;
	uint32_t stream_queue_max;
	uint32_t hostile_every_ms;
	bool loose;
};

/**
 * struct plan_node - how the machines are
 * @crash_every_ms: mean time between crashes somewhere, 0 for never
 * @down_ms: longest time a machine stays down
 * @down_max: machines that may be down at once
 * @sync_crash_ppm: syncs in which a crash comes, besides
 * @power_ppm: crashes that are a power loss: unsynced writes and unsent bytes are gone
 * @outage_ppm: crashes that take every machine at once
 * @pause_every_ms: mean time between pauses (a stopped process, a slow host)
 * @pause_ms: longest pause
 * @sleep_every_ms: mean time between pauses that outlast a lease
 * @siege_every_ms: mean time between owners that are cut off step by step, see siege.h
 * @drift_ppm: fastest a clock runs wrong
 * @wall_jump_every_ms: mean time between steps of some wall clock
 * @sync_us: least time of a disk sync
 * @sync_jitter_us: mean of what is added to it
 * @sync_tail_ppm: syncs that take a hundred times as long
 * @sync_fail_ppm: syncs that fail, which ends the process
 * @lose_every_ms: mean time between losses of a disk, 0 for never
 * @gone_ppm: losses of a disk after which the machine never comes back
 */
struct plan_node {
	uint32_t crash_every_ms;
	uint32_t down_ms;
	uint32_t down_max;
	uint32_t sync_crash_ppm;
	uint32_t power_ppm;
	uint32_t outage_ppm;
	uint32_t pause_every_ms;
	uint32_t pause_ms;
	uint32_t sleep_every_ms;
	uint32_t siege_every_ms;
	uint32_t drift_ppm;
	uint32_t wall_jump_every_ms;
	uint32_t sync_us;
	uint32_t sync_jitter_us;
	uint32_t sync_tail_ppm;
	uint32_t sync_fail_ppm;
	uint32_t lose_every_ms;
	uint32_t gone_ppm;
};

/**
 * struct plan_work - what the clients do
 * @clients: logical clients, each with one operation at a time
 * @keys: keys they share
 * @think_ms: mean pause between two operations of a client
 * @timeout_ms: after this a client calls the outcome unknown and goes on
 * @hot_ppm: operations on the first key
 * @put_weight: share of puts
 * @del_weight: share of deletes
 * @get_weight: share of gets
 * @range_weight: share of range scans
 * @value_max: longest value in bytes
 * @txn_clients: clients that run transactions
 */
struct plan_work {
	uint32_t clients;
	uint32_t keys;
	uint32_t think_ms;
	uint32_t timeout_ms;
	uint32_t hot_ppm;
	uint32_t put_weight;
	uint32_t del_weight;
	uint32_t get_weight;
	uint32_t range_weight;
	uint32_t value_max;
	uint32_t txn_clients;
};

/**
 * struct plan - one run
 * @seed: where it comes from
 * @nodes: machines that are started
 * @replicas: replica classes
 * @join_ms: machines are started over this much time
 * @join_any_ppm: joiners that ask any running node instead of the founder
 * @quiet_ms: nobody crashes and no link breaks before
 * @active_ms: time before everything heals
 * @heal_ms: time given to heal and to answer afterwards
 * @lease_ms: how long a lease of an arc holds
 * @net: network
 * @node: machines
 * @work: clients
 */
struct plan {
	uint64_t seed;
	uint32_t nodes;
	uint32_t replicas;
	uint32_t join_ms;
	uint32_t join_any_ppm;
	uint32_t quiet_ms;
	uint32_t active_ms;
	uint32_t heal_ms;
	uint32_t lease_ms;
	struct plan_net net;
	struct plan_node node;
	struct plan_work work;
};

/**
 * plan_draw() - derive a run from a seed
 * @seed: seed
 * @nodes: machines wanted, 0 to let the seed decide
 * @out: the plan
 */
void plan_draw(uint64_t seed, uint32_t nodes, struct plan *out);

/**
 * plan_calm() - the same grid with every fault switched off
 * @p: plan to calm down
 */
void plan_calm(struct plan *p);

/**
 * plan_print() - say in a few lines what a plan has in it
 * @p: plan
 */
void plan_print(const struct plan *p);

#endif
