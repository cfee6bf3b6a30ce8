/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Failure detector. It pings the nodes that somebody watches and publishes,
 * for each, a level that rises while nothing is heard; whoever watches sets
 * thresholds of its own. Nothing here is final: a node that is heard again is
 * up again, and no safety property rests on a level.
 *
 * The level is that of the phi accrual detector (Hayashibara et al., 2004)
 * for exponential gaps: phi = log10(e) * silence / gap, in hundredths. The gap
 * is a moving average of what was measured plus twice its deviation.
 */
#ifndef _XOS_SUSPECT_SUSPECT_H
#define _XOS_SUSPECT_SUSPECT_H

#include <base/arena.h>
#include <env/env.h>
#include <wire/wire.h>

/* Who can watch, each with thresholds of its own. */
#define SUSPECT_CONSUMERS_MAX 4
/* Nodes watched at once, unless configured. */
#define SUSPECT_WATCH_MAX     64

/**
 * enum suspect_state - what a consumer's thresholds make of a level
 * @SUSPECT_UP: below both
 * @SUSPECT_SUSPECTED: at or above the first
 * @SUSPECT_FAILED: at or above the second
 */
enum suspect_state { SUSPECT_UP, SUSPECT_SUSPECTED, SUSPECT_FAILED };

/**
 * struct suspect_consumer - somebody who watches
 * @suspect_at: level of SUSPECT_SUSPECTED, hundredths of phi
 * @failed_at: level of SUSPECT_FAILED, at least @suspect_at
 * @changed: called at each change of state, also back to SUSPECT_UP; may watch and unwatch
 * @ctx: argument of @changed
 *
 * With pings every P nothing is heard for about P * level / 43.
 */
struct suspect_consumer {
	uint32_t suspect_at;
	uint32_t failed_at;
	void (*changed)(void *ctx, const struct xos_id *id, enum suspect_state state);
	void *ctx;
};

/**
 * struct suspect_watch - a watched node
 * @id: identity
 * @addr: where pings go
 * @consumers: bit of each consumer that watches; 0: the slot is free
 * @state: what each consumer was told last
 * @heard_ns: last sign of life, or begin of the watch
 * @pong_ns: last pong, 0 before the first
 * @gap_ns: average time between two pongs
 * @dev_ns: average deviation from it
 */
struct suspect_watch {
	struct xos_id id;
	struct xos_addr addr;
	uint8_t consumers;
	uint8_t state[SUSPECT_CONSUMERS_MAX];
	uint64_t heard_ns;
	uint64_t pong_ns;
	uint64_t gap_ns;
	uint64_t dev_ns;
};

/**
 * struct suspect - the detector
 * @env: environment
 * @ping_ns: time between two pings to a node
 * @timer: next round
 * @round_ns: when the last round was
 * @seq: number of the last ping
 * @consumer_n: consumers
 * @consumer: who watches
 * @watch_max: slots
 * @watch_n: slots in use
 * @watch: watched nodes
 * @pings: pings sent
 * @pongs: pongs of watched nodes received
 * @refused: watches refused because all slots were in use
 * @strange: messages that did not decode
 */
struct suspect {
	struct env *env;
	uint64_t ping_ns;
	struct env_timer timer;
	uint64_t round_ns;
	uint64_t seq;
	uint32_t consumer_n;
	struct suspect_consumer consumer[SUSPECT_CONSUMERS_MAX];
	uint32_t watch_max;
	uint32_t watch_n;
	struct suspect_watch *watch;
	uint64_t pings;
	uint64_t pongs;
	uint64_t refused;
	uint64_t strange;
};

/**
 * suspect_init() - start with nobody watched
 * @s: detector
 * @arena: memory for @watch_max watches
 * @env: environment
 * @ping_ns: time between two pings, > 0
 * @watch_max: nodes watched at once, > 0
 */
void suspect_init(struct suspect *s, struct arena *arena, struct env *env, uint64_t ping_ns,
		  uint32_t watch_max);

/**
 * suspect_add_consumer() - let somebody watch; before the first watch
 * @s: detector
 * @c: thresholds and callback, copied
 *
 * Return: number of the consumer.
 */
uint32_t suspect_add_consumer(struct suspect *s, const struct suspect_consumer *c);

/**
 * suspect_watch() - begin to watch a node, or give it a new address
 * @s: detector
 * @consumer: who watches
 * @id: identity
 * @addr: where it listens
 *
 * Return: 0; -ENOBUFS when all slots are in use (counted).
 */
int suspect_watch(struct suspect *s, uint32_t consumer, const struct xos_id *id,
		  const struct xos_addr *addr);

/**
 * suspect_unwatch() - no longer watch; harmless when it is not watched
 * @s: detector
 * @consumer: who watched
 * @id: identity
 */
void suspect_unwatch(struct suspect *s, uint32_t consumer, const struct xos_id *id);

/**
 * suspect_level() - level of a node now
 * @s: detector
 * @id: identity
 *
 * Return: hundredths of phi; 0 for a node that nobody watches.
 */
uint32_t suspect_level(const struct suspect *s, const struct xos_id *id);

/**
 * suspect_state() - what a consumer was told last of a node
 * @s: detector
 * @consumer: who watches
 * @id: identity
 *
 * Return: the state; SUSPECT_UP for a node that it does not watch.
 */
enum suspect_state suspect_state(const struct suspect *s, uint32_t consumer,
				 const struct xos_id *id);

/**
 * suspect_heard() - any authenticated message of a node is a sign of life
 * @s: detector
 * @id: sender
 */
void suspect_heard(struct suspect *s, const struct xos_id *id);

/**
 * suspect_recv() - take a message of the suspect family
 * @s: detector
 * @from: sender
 * @h: decoded header
 *
 * Return: true when the message was one of this family.
 */
bool suspect_recv(struct suspect *s, const struct env_peer *from, const struct wire_header *h);

#endif
