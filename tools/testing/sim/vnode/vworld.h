/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The container of virtual nodes (agents/vnode) between a log and hosts that
 * crash: three replicas apply one log at their own pace; leaders change,
 * proposals get lost, processes and hosts are killed, requests crash or hang,
 * snapshots are made and restored, the scheduler is switched. Whatever the log
 * holds has to be answered, equally by all, and to be in the state once.
 */
#ifndef _XOS_SIM_VWORLD_H
#define _XOS_SIM_VWORLD_H

#include <base/rng.h>
#include <vnode/vnode.h>

#include "events.h"

#define VWORLD_REPLICAS	  3
#define VWORLD_LOG_MAX	  4096
#define VWORLD_REQUESTS	  160
#define VWORLD_REASON_MAX 300
#define VHOST_SLEEPERS	  VWORLD_REQUESTS
#define VWORLD_READS	  400

struct vworld;
struct vreplica;

/* A message on its way to the host, or from it. */
struct parcel;

/** struct vheld - a reply that waits for its decisions */
struct vheld {
	uint64_t index;
	uint64_t state;
	uint64_t effects;
	uint64_t needs;
};

/**
 * struct vhost - a host that keeps a hash instead of a service
 * @r: its replica
 * @life: counts hosts: messages of an older one are dropped
 * @alive: there is one
 * @hung: it hangs in a request
 * @restoring: it waits for the snapshot
 * @state: hash over all effects in their order
 * @effects: how many
 * @sleeper: requests that wait for a time, 0 for none
 * @reading: reads that look at the state
 * @observes: what requests draw is decided by the leader
 * @leads: it decides
 * @draws: request that waits for what it draws; what comes behind it waits, 0 for none
 * @values: what requests draw, by decisions of the log: pairs of request and value
 * @values_n: how many
 * @decided: decisions of this host
 * @stable: of these in the log
 * @held: replies that rest on decisions which are not
 * @held_n: how many
 * @queue: messages that wait
 * @changes: requests end without a reply; @held has them
 * @said: outcomes of these that went out
 * @to_ns: when its last message arrives: messages do not overtake each other
 * @from_ns: the same for the other direction
 * @progress: what it shares
 */
struct vhost {
	struct vreplica *r;
	uint32_t life;
	bool alive;
	bool hung;
	bool restoring;
	uint64_t state;
	uint64_t effects;
	uint64_t sleeper[VHOST_SLEEPERS];
	uint32_t reading;
	bool observes;
	bool leads;
	uint64_t draws;
	uint64_t values[VWORLD_REQUESTS][2];
	uint32_t values_n;
	uint64_t decided;
	uint64_t stable;
	struct vheld held[VWORLD_REQUESTS];
	uint32_t held_n;
	struct parcel *queue;
	bool changes;
	uint32_t said;
	uint64_t to_ns;
	uint64_t from_ns;
	struct progress progress;
};

/** struct vimage - a snapshot: messages one after the other */
struct vimage {
	uint64_t index;
	size_t len;
	uint8_t data[32768];
};

/**
 * struct vreplica - a replica
 * @env: its environment
 * @w: world
 * @v: container
 * @memory: of the container
 * @life: counts processes
 * @applied: entries that it applied
 * @leading: term in which it leads, 0: it follows
 * @stuck: vnode_apply() said no
 * @image: its snapshot
 * @next: the one that is being made
 * @making: there is one
 * @host: host
 */
struct vreplica {
	struct env env;
	struct vworld *w;
	struct vnode *v;
	void *memory;
	uint32_t life;
	uint64_t applied;
	uint64_t leading;
	bool stuck;
	struct vimage image;
	struct vimage next;
	bool making;
	struct vhost host;
};

/** struct ventry - an entry of the log */
struct ventry {
	uint64_t time_ns;
	uint64_t term;
	size_t len;
	const uint8_t *data;
};

/**
 * struct vread_call - a read of a client
 * @r: replica that it asks, when it still is the process that was asked
 * @life: of the replica
 * @index: what is committed when it asks
 * @least: effects that it has to see: of requests answered, and seen by reads that ended, before
 * @crash: it crashes the host
 */
struct vread_call {
	struct vreplica *r;
	uint32_t life;
	uint64_t index;
	uint64_t least;
	bool crash;
};

/** struct vworld - all of it */
struct vworld {
	struct events events;
	struct rng r;
	uint64_t now;
	uint32_t timers;
	struct ventry log[VWORLD_LOG_MAX];
	uint64_t n;
	uint64_t commit_ns;
	uint64_t term;
	int leader;
	bool faults;
	struct vreplica replica[VWORLD_REPLICAS];
	uint32_t asked;
	uint64_t answered[VWORLD_REQUESTS + 1];
	uint64_t effects;
	uint64_t states[VWORLD_REQUESTS + 1];
	struct vread_call read[VWORLD_READS];
	uint32_t reads;
	char reason[VWORLD_REASON_MAX];
	bool failed;
};

/* Something is wrong; the first reason counts. */
__attribute__((format(printf, 2, 3))) void vworld_fail(struct vworld *w, const char *fmt, ...);

/* In a random time from now, on average @mean_ns. */
void vworld_later(struct vworld *w, uint64_t mean_ns, event_fn fire, void *ctx, uint64_t arg);

/* --- vhost.c ----------------------------------------------------------------------------- */

void vhost_begin(struct vhost *h);
void vhost_send(struct vhost *h, struct bytes msg);
void vhost_end(struct vhost *h);

/* It is killed by nobody's fault. */
void vhost_kill(struct vhost *h);

/**
 * vworld_run() - one seed
 * @seed: seed
 * @reason: VWORLD_REASON_MAX bytes: what is wrong
 *
 * Its memory is not given back: a seed has a process of its own.
 *
 * Return: false when something is wrong.
 */
bool vworld_run(uint64_t seed, char *reason);

#endif
