/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A machine that runs one ring node: the very object that the daemon runs,
 * behind a second implementation of env.h. It has a clock of its own that may
 * be wrong, a disk that needs time and may fail, and it can stop, hang and
 * come back.
 */
#ifndef _XOS_SIM_MACHINE_H
#define _XOS_SIM_MACHINE_H

#include <env/timers.h>
#include <store/store_mem.h>
#include <xosd/node.h>

#include "sim.h"

/* Timers that one node may have armed. */
#define MACHINE_TIMERS_MAX 8192

/**
 * struct machine_clock - what a machine takes for time
 * @offset_ns: its uptime at virtual time 0, may be negative
 * @drift_ppm: how much too fast it runs, negative for too slow
 * @wall_ns: its wall clock when its uptime was 0
 */
struct machine_clock {
	int64_t offset_ns;
	int32_t drift_ppm;
	uint64_t wall_ns;
};

/**
 * struct machine - a machine and the node on it
 * @env: the node's door to the outside
 * @sim: run
 * @index: which one
 * @addr: where it listens
 * @id: of its node, once it was started
 * @rng: its randomness
 * @timers: what the node has armed
 * @clock: its clocks
 * @disk: survives everything
 * @syncing: batches in the sync under way, 0 when none is
 * @memory: the node's arena, NULL when down
 * @node: the node, NULL when down
 * @ward: its guard, while it is up and somebody hostile is there
 * @boots: how often it was started; a changed number means another life
 * @paused_until_ns: the process does not run before
 * @wake_ns: when the earliest timer event is scheduled, UINT64_MAX for never
 * @gone: never comes back
 * @losses: how often its disk was lost
 * @busy: the node is being called
 * @doomed: ends after this call
 * @view: what the node said of itself after its last call
 */
struct machine {
	struct env env;
	struct sim *sim;
	uint32_t index;
	struct xos_addr addr;
	struct xos_id id;
	struct rng rng;
	struct timers timers;
	struct machine_clock clock;
	struct store_mem *disk;
	uint32_t syncing;
	void *memory;
	struct node *node;
	struct ward *ward;
	uint64_t boots;
	uint64_t paused_until_ns;
	uint64_t wake_ns;
	bool gone;
	uint32_t losses;
	bool busy;
	bool doomed;
	struct ring_view view;
};

/**
 * machine_init() - put a machine in place; it does not run yet
 * @s: run
 * @index: which one
 */
void machine_init(struct sim *s, uint32_t index);

/**
 * machine_exit() - take it away
 * @m: machine
 */
void machine_exit(struct machine *m);

/**
 * machine_boot() - start the node, for the first time or again
 * @m: machine that is down
 */
void machine_boot(struct machine *m);

/**
 * machine_crash() - stop the node without a word
 * @m: machine that is up
 * @power: the whole machine stops: its clock starts again, its unsent bytes are gone
 */
void machine_crash(struct machine *m, bool power);

/**
 * machine_lose() - stop a machine and throw its disk away
 * @m: machine that is up
 * @gone: it never comes back; else as a new node
 */
void machine_lose(struct machine *m, bool gone);

/**
 * machine_any() - one that is not gone
 * @s: run
 *
 * Return: the machine.
 */
struct machine *machine_any(struct sim *s);

/**
 * machine_count() - how many are not gone
 * @s: run
 *
 * Return: the number.
 */
uint32_t machine_count(const struct sim *s);

/**
 * machine_is_up() - does its process exist?
 * @s: run
 * @index: machine
 *
 * Return: true also when it is paused.
 */
bool machine_is_up(const struct sim *s, uint32_t index);

/**
 * machine_ready() - can its process take an event now?
 * @s: run
 * @index: machine
 * @fire: event to put off when it cannot
 * @ctx: its first argument
 * @arg: its second argument
 *
 * Return: true, or false when the event was put off until the pause is over.
 */
bool machine_ready(struct sim *s, uint32_t index, event_fn fire, void *ctx, uint64_t arg);

/**
 * machine_receive() - a message arrives; a machine that is down does not see it
 * @s: run
 * @p: how it came; remains the caller's
 * @msg: message
 */
void machine_receive(struct sim *s, const struct packet *p, struct bytes msg);

/**
 * machine_enter() - the node is about to be called
 * @m: machine that is up
 */
void machine_enter(struct machine *m);

/**
 * machine_leave() - the node has been called: see what changed
 * @m: machine
 */
void machine_leave(struct machine *m);

#endif
