/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ordered ring: nodes in the order of their positions. A position is a
 * replica class and a key, so the ring is the key space, once for each class,
 * side by side. What a node owns (its arc) is durable and changes hands only
 * in a transfer that both sides record; what it knows of others (successors,
 * predecessor, fingers) is a hint that is checked where it matters.
 */
#ifndef _XOS_OVERLAY_RING_H
#define _XOS_OVERLAY_RING_H

#include <base/list.h>
#include <env/env.h>
#include <overlay/key.h>

struct ring;

/* Successors that a node remembers. */
#define RING_SUCC_MAX	8
/* Fingers: enough for 2^32 nodes. */
#define RING_FINGER_MAX 32
/* Addresses to join through. */
#define RING_SEEDS_MAX	16
/* Longest name of a grid, machine or rack, with its NUL. */
#define RING_NAME_MAX	64

/**
 * enum ring_state - how far a node has come
 * @RING_IDLE: not started
 * @RING_SEEKING: looks for a node of the grid
 * @RING_COPYING: takes over items of the arc that it will own
 * @RING_PENDING: has all items durable, waits for the giver's word; asks until it comes
 * @RING_OWNER: owns its arc; serves when the grid is complete
 * @RING_FAILED: cannot go on (wrong grid, store failed); see the log
 */
enum ring_state {
	RING_IDLE,
	RING_SEEKING,
	RING_COPYING,
	RING_PENDING,
	RING_OWNER,
	RING_FAILED,
};

/**
 * struct ring_peer - a node, its address and its position
 * @id: identity
 * @addr: where it listens
 * @class: replica class of its position
 * @key: key of its position, the start of its arc
 */
struct ring_peer {
	struct xos_id id;
	struct xos_addr addr;
	uint8_t class;
	struct ring_key key;
};

/**
 * struct ring_view - what a node knows of the ring now
 * @self: this node; the position is meaningless before @state is RING_OWNER
 * @state: how far it has come
 * @arc: what it owns; meaningless before RING_OWNER
 * @complete: all replica classes have been given out: the grid serves
 * @custody: bit of each class that this node holds until somebody joins it
 * @replicas: replica classes of the grid, 0 while not known
 * @moving: part of the arc is being handed to a joiner
 * @has_pred: @pred is known
 * @pred: predecessor
 * @succ_n: successors known
 * @succ: successors, nearest first
 * @finger_n: fingers known
 * @known_n: members remembered, alive or not
 */
struct ring_view {
	struct ring_peer self;
	enum ring_state state;
	struct ring_arc arc;
	bool complete;
	uint8_t custody;
	uint8_t replicas;
	bool moving;
	bool has_pred;
	struct ring_peer pred;
	uint32_t succ_n;
	struct ring_peer succ[RING_SUCC_MAX];
	uint32_t finger_n;
	uint32_t known_n;
};

/**
 * struct ring_member - one node as a walk sees it
 * @id: identity
 * @addr: where it listens
 * @machine: machine that it runs on
 * @rack: rack of that machine
 * @arc: what it owns
 * @items: items stored in the arc, tombstones included
 * @custody: bit of each class that it holds until somebody joins it
 * @moving: part of the arc is being handed to a joiner
 * @reachable: false when it did not answer: only @id, @addr, @arc.class and @arc.start hold
 */
struct ring_member {
	struct xos_id id;
	struct xos_addr addr;
	char machine[RING_NAME_MAX];
	char rack[RING_NAME_MAX];
	struct ring_arc arc;
	uint64_t items;
	uint8_t custody;
	bool moving;
	bool reachable;
};

/**
 * struct ring_walk - visit every node, in the order of positions from class 0 on
 * @member: called for each node; of the caller
 * @done: called once at the end; of the caller
 * @ctx: of the caller
 * @status: 0, or a negative errno when the walk was given up: -ETIMEDOUT,
 *	-EHOSTUNREACH (no node of the ring is known)
 * @count: nodes that answered
 * @complete: the arcs of the nodes that answered tile the keys of every class,
 *	without gap or overlap
 * @replicas: replica classes of the grid
 * @state: private
 *
 * Memory of the caller until @done. Neither callback is called from inside the
 * call that starts the walk.
 */
struct ring_walk {
	void (*member)(struct ring_walk *walk, const struct ring_member *member);
	void (*done)(struct ring_walk *walk);
	void *ctx;
	int status;
	uint32_t count;
	bool complete;
	uint8_t replicas;
	void *state;
};

/**
 * struct ring_owner - who owns a key in one replica class
 * @class: replica class
 * @status: 0, or -EHOSTUNREACH when the owner was not found (nothing below holds then)
 * @id: identity
 * @addr: where it listens
 * @arc: its arc, with epoch
 */
struct ring_owner {
	uint8_t class;
	int status;
	struct xos_id id;
	struct xos_addr addr;
	struct ring_arc arc;
};

#endif
