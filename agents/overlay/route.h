/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding a position, step by step: the node that looks asks one node after
 * the other for nearer ones, keeps the rest as alternatives, and ends with the
 * owner's own word. O(log n) steps, since fingers double in nodes.
 */
#ifndef _XOS_OVERLAY_ROUTE_H
#define _XOS_OVERLAY_ROUTE_H

#include <overlay/call.h>
#include <overlay/key.h>
#include <wire/overlay.h>

/* Nodes kept to be asked. */
#define RING_ROUTE_CANDS_MAX 16
/* Questions in one search. */
#define RING_ROUTE_HOPS_MAX  48

/**
 * struct ring_route - one search; embedded where the result is awaited
 * @done: called once, never from inside ring_route_start(): status 0 and the last
 *	answer (owner: @arc is there; before: @last is set), or -EHOSTUNREACH
 * @ctx: of the owner
 * @ring: the ring
 * @call: question under way
 * @class: replica class of the position
 * @before: look for the last node before the position
 * @key: key of the position; borrowed
 * @cand_n: nodes in @cand
 * @cand: nodes to ask, best first
 * @hops: questions asked
 * @vacant: nodes that knew nobody nearer and were not the owner
 * @active: under way
 */
struct ring_route {
	void (*done)(struct ring_route *route, int status, const struct env_peer *from,
		     const struct wire_ring_find_answer *answer);
	void *ctx;
	struct ring *ring;
	struct ring_call call;
	uint8_t class;
	bool before;
	bool active;
	struct bytes key;
	uint32_t cand_n;
	struct ring_route_cand {
		struct xos_addr addr;
		bool asked;
	} cand[RING_ROUTE_CANDS_MAX];
	uint32_t hops;
	uint32_t vacant;
};

/**
 * ring_route_init() - set up, once
 * @route: search
 * @ring: the ring
 * @done: its end
 * @ctx: for @done
 */
void ring_route_init(struct ring_route *route, struct ring *ring,
		     void (*done)(struct ring_route *route, int status, const struct env_peer *from,
				  const struct wire_ring_find_answer *answer),
		     void *ctx);

/**
 * ring_route_start() - begin a search
 * @route: search, not under way
 * @class: replica class of the position
 * @key: key of the position; borrowed until the end
 * @before: look for the last node before the position instead of its owner
 * @through: where to begin; NULL: with what the node knows
 */
void ring_route_start(struct ring_route *route, uint8_t class, struct bytes key, bool before,
		      const struct xos_addr *through);

/**
 * ring_route_stop() - give a search up; harmless when it is not under way
 * @route: search
 */
void ring_route_stop(struct ring_route *route);

#endif
