/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One simulated grid: virtual time, a network, machines, clients, and what
 * the checkers need to know. Everything that happens comes out of the seed;
 * the hash of all that happened is the proof.
 */
#ifndef _XOS_SIM_SIM_H
#define _XOS_SIM_SIM_H

#include <base/bytes.h>
#include <base/rng.h>
#include <env/env.h>

#include "events.h"
#include "history.h"
#include "net.h"
#include "plan.h"
#include "siege.h"
#include "txnlog.h"

struct machine;
struct client;
struct hostile;

/* Why a run failed, in words; longer texts are cut. */
#define SIM_REASON_MAX 400
/* A run that needs more events than this is taken to spin. */
#define SIM_EVENTS_MAX 40000000ULL

/**
 * struct sim_stats - what happened in a run; plain numbers, added up over runs
 * @events: steps of the event loop
 * @virtual_ns: virtual time
 * @heal_ns: how long the grid took to heal
 * @datagrams: datagrams sent
 * @messages: messages sent on streams
 * @bytes: bytes sent, of both
 * @lost: datagrams lost by chance or by a cut link
 * @doubled: datagrams doubled
 * @resets: streams broken
 * @stream_lost: stream messages lost when their stream broke
 * @clogs: links held back for a while
 * @partitions: cuts of the network, of these
 * @oneway: in one direction only
 * @crashes: machines stopped, of these
 * @power_losses: with unsynced writes lost
 * @sync_failures: processes ended by a failed sync
 * @disks_lost: machines that lost their disk, of these
 * @gone: never to come back
 * @sieges: owners cut off step by step
 * @takeovers: arcs taken over without the word of their owner
 * @restarts: machines started again
 * @pauses: processes stopped for a while
 * @wall_jumps: steps of a wall clock
 * @ops: client operations by outcome (enum history_outcome)
 * @txns: transactions by outcome (enum history_outcome)
 * @linear_states: states that the linearisability search looked at
 * @linear_given_up: keys whose search was cut short
 * @elections: leaders of replicated logs
 * @snapshots: snapshots of them made, of these
 * @restores: shown to a service again
 * @changes: memberships committed
 * @transfers: leaderships handed over on request
 * @evictions: sessions forgotten
 * @damaged: disks replaced because they were damaged
 * @attacks: what somebody hostile sent, or changed
 */
struct sim_stats {
	uint64_t events;
	uint64_t virtual_ns;
	uint64_t heal_ns;
	uint64_t datagrams;
	uint64_t messages;
	uint64_t bytes;
	uint64_t lost;
	uint64_t doubled;
	uint64_t resets;
	uint64_t stream_lost;
	uint64_t clogs;
	uint64_t partitions;
	uint64_t oneway;
	uint64_t crashes;
	uint64_t power_losses;
	uint64_t sync_failures;
	uint64_t disks_lost;
	uint64_t gone;
	uint64_t sieges;
	uint64_t takeovers;
	uint64_t restarts;
	uint64_t pauses;
	uint64_t wall_jumps;
	uint64_t ops[HISTORY_OUTCOMES];
	uint64_t txns[HISTORY_OUTCOMES];
	uint64_t linear_states;
	uint64_t linear_given_up;
	uint64_t elections;
	uint64_t snapshots;
	uint64_t restores;
	uint64_t changes;
	uint64_t transfers;
	uint64_t evictions;
	uint64_t damaged;
	uint64_t attacks;
};

/**
 * struct sim - a run
 * @plan: what the seed means
 * @events: what will happen
 * @now_ns: virtual time, from 0
 * @hash: of everything that happened so far
 * @net: the network
 * @machines: plan.nodes machines
 * @clients: plan.work.clients clients
 * @history: what the clients saw
 * @txnwork: transactions, and what they saw
 * @hostile: somebody on the network who is no member; NULL: nobody
 * @rng: source of the faults and the network
 * @siege: an owner that is being cut off
 * @faults: the phase with faults is on
 * @working: clients start new operations
 * @verbose: print a line for each event
 * @failed: a checker has spoken; the run stops
 * @checker: name of that checker
 * @reason: what it said
 * @stats: counters
 */
struct sim {
	struct plan plan;
	struct events events;
	uint64_t now_ns;
	uint64_t hash;
	struct net net;
	struct machine *machines;
	struct client *clients;
	struct history history;
	struct txnwork txnwork;
	struct hostile *hostile;
	struct rng rng;
	struct siege siege;
	bool faults;
	bool working;
	bool verbose;
	bool failed;
	const char *checker;
	char reason[SIM_REASON_MAX];
	struct sim_stats stats;
};

/**
 * sim_fold() - make something part of the hash of the run
 * @s: run
 * @x: any number that says what happened
 */
static inline void sim_fold(struct sim *s, uint64_t x)
{
	s->hash = (s->hash ^ x) * 0x9e3779b97f4a7c15ULL;
	s->hash ^= s->hash >> 29;
}

/**
 * sim_after() - schedule
 * @s: run
 * @delay_ns: virtual time from now
 * @fire: what
 * @ctx: its first argument
 * @arg: its second argument
 */
static inline void sim_after(struct sim *s, uint64_t delay_ns, event_fn fire, void *ctx,
			     uint64_t arg)
{
	events_add(&s->events, s->now_ns + delay_ns, fire, ctx, arg);
}

/**
 * sim_init() - set up a run; nothing has happened yet
 * @s: run
 * @plan: what the seed means; copied
 * @verbose: print a line for each event
 */
void sim_init(struct sim *s, const struct plan *plan, bool verbose);

/**
 * sim_exit() - free a run
 * @s: run
 */
void sim_exit(struct sim *s);

/**
 * sim_step() - let the next thing happen
 * @s: run
 *
 * Return: true, or false when the run is over because a checker failed.
 */
bool sim_step(struct sim *s);

/**
 * sim_run_until() - let virtual time pass
 * @s: run
 * @until_ns: absolute virtual time
 *
 * Return: true, or false when a checker failed on the way.
 */
bool sim_run_until(struct sim *s, uint64_t until_ns);

/**
 * sim_fail() - a checker found something wrong; only the first one counts
 * @s: run
 * @checker: its name
 * @fmt: what it found, printf format
 */
__attribute__((format(printf, 3, 4))) void sim_fail(struct sim *s, const char *checker,
						    const char *fmt, ...);

/**
 * sim_say() - the one line of an event, printed when the run is verbose
 * @s: run
 * @who: machine, or -1 for none
 * @fmt: what happened, printf format
 */
__attribute__((format(printf, 3, 4))) void sim_say(struct sim *s, int who, const char *fmt, ...);

#endif
