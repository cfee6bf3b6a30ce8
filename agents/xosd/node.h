/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One ring node: the cores put together (suspect, ring, dht) and messages
 * handed to whom they concern. Pure: the daemon and the simulator run this
 * very object, each behind its own env.h and store.h.
 */
#ifndef _XOS_XOSD_NODE_H
#define _XOS_XOSD_NODE_H

#include <base/arena.h>
#include <dht/dht.h>
#include <env/env.h>
#include <overlay/ring.h>
#include <store/store.h>
#include <txn/txn.h>

struct node;

/**
 * struct node_config - what a node is told at start
 * @id: identity; zero: the one in the store or, at the first start, a new one
 * @addr: where others reach this node, streams and datagrams
 * @grid: name of the grid; nodes of another grid are refused
 * @machine: machine; nodes of one machine join one replica class
 * @rack: rack of the machine
 * @replicas: replica classes; used by the founder only, 1 to RING_CLASSES_MAX, 0: 3
 * @create: found a grid, when the store holds none yet
 * @seeds_n: addresses in @seeds
 * @seeds: nodes to join through
 * @ops_max: operations of clients at once, 0: 128
 * @known_max: members remembered, 0: 256
 * @ping_ns: time between two pings to a watched node, 0: 250 ms
 * @stabilize_ns: time between two rounds of ring maintenance, 0: 500 ms
 * @op_timeout_ns: default time of an operation, 0: 5 s
 * @chunk_max: bytes of items in one message when an arc moves, 0: 64 KiB
 * @lease_ns: how long a lease of an arc holds, 0: 3 s
 * @drift_ppm: how wrong a clock of the grid may run, 0: 1000; the same on all nodes
 */
struct node_config {
	struct xos_id id;
	struct xos_addr addr;
	char grid[RING_NAME_MAX];
	char machine[RING_NAME_MAX];
	char rack[RING_NAME_MAX];
	uint8_t replicas;
	bool create;
	uint32_t seeds_n;
	struct xos_addr seeds[RING_SEEDS_MAX];
	uint32_t ops_max;
	uint32_t known_max;
	uint64_t ping_ns;
	uint64_t stabilize_ns;
	uint64_t op_timeout_ns;
	uint32_t chunk_max;
	uint64_t lease_ns;
	uint32_t drift_ppm;
};

/**
 * node_arena_size() - memory that a node needs
 * @cfg: configuration
 *
 * Return: bytes for the arena of node_init().
 */
size_t node_arena_size(const struct node_config *cfg);

/**
 * node_init() - make a node from its configuration and its store
 * @arena: memory; the node lies in it
 * @env: environment; must outlive the node
 * @store: the node's own store; must outlive the node
 * @cfg: configuration, copied
 * @out: the node, not started
 *
 * Reads the store, sends nothing, arms no timer. A node that is given up is
 * simply forgotten (its timers with it): there is nothing to free.
 *
 * Return: 0; -EINVAL bad configuration; -EEXIST the store belongs to another
 * identity or grid; -EBADMSG a record in the store is damaged; -EIO.
 */
int node_init(struct arena *arena, struct env *env, struct store *store,
	      const struct node_config *cfg, struct node **out);

/**
 * node_id() - the node's identity, known from node_init() on
 * @node: node
 *
 * Return: the identity.
 */
const struct xos_id *node_id(const struct node *node);

/**
 * node_start() - begin: resume the arc in the store, found a grid, or join one
 * @node: node
 *
 * Return: 0, -EIO when the store refuses.
 */
int node_start(struct node *node);

/**
 * node_recv() - a message arrived
 * @node: node
 * @from: authenticated sender
 * @channel: how it came
 * @msg: the whole message; valid during the call
 */
void node_recv(struct node *node, const struct env_peer *from, enum env_channel channel,
	       struct bytes msg);

/**
 * node_view() - what the node knows of the ring
 * @node: node
 * @out: result
 */
void node_view(const struct node *node, struct ring_view *out);

/**
 * node_serving() - does the node answer for its arc?
 * @node: node
 *
 * Return: true when it owns an arc, holds a lease for it, and the grid is complete.
 */
bool node_serving(const struct node *node);

/**
 * node_leased() - may the node act for all of its arc now, as far as leases go?
 * @node: node
 *
 * Return: true when it holds a lease for all of it.
 */
bool node_leased(const struct node *node);

/**
 * node_serves() - would the node answer a read of a key now?
 * @node: node
 * @class: replica class
 * @key: key
 *
 * Return: true when it would.
 */
bool node_serves(const struct node *node, uint8_t class, struct bytes key);

/**
 * node_items() - items in the node's own arc, tombstones included
 * @node: node
 *
 * Return: the number.
 */
uint64_t node_items(const struct node *node);

/**
 * node_known_pick() - another node at random, for who needs somebody to talk to
 * @node: node
 * @out: result; may be down
 *
 * Return: false when none is known.
 */
bool node_known_pick(const struct node *node, struct env_peer *out);

/**
 * node_serves_alone() - is this the founder, and nobody has joined it yet?
 * @node: node
 *
 * Return: true when it owns an arc and never heard of another node.
 */
bool node_serves_alone(const struct node *node);

/**
 * node_walk() - visit every node of the ring
 * @node: node
 * @walk: the walk, callbacks set
 *
 * Return: 0 (then @walk->done follows, later), -ENOBUFS too many at once.
 */
int node_walk(struct node *node, struct ring_walk *walk);

/**
 * node_walk_cancel() - give a walk up; @done is not called
 * @node: node
 * @walk: walk in flight
 */
void node_walk_cancel(struct node *node, struct ring_walk *walk);

/**
 * node_op() - start an operation; what a client asks for
 * @node: node; one that has not joined yet answers -EAGAIN through @done
 * @op: operation: @done, @kind, @key and what the kind needs are set
 *
 * Return: 0 (then @op->done follows, later); -EINVAL empty key; -EMSGSIZE key
 * or value too long; -ENOBUFS too many operations at once. Then it does not.
 */
int node_op(struct node *node, struct dht_op *op);

/**
 * node_op_cancel() - give an operation up; @done is not called
 * @node: node
 * @op: operation in flight
 */
void node_op_cancel(struct node *node, struct dht_op *op);

/**
 * node_lookup() - find the owners of a key, each confirmed by itself
 * @node: node
 * @lookup: the lookup, @done and @key set
 *
 * Return: 0 (then @lookup->done follows, later); -EMSGSIZE, -ENOBUFS.
 */
int node_lookup(struct node *node, struct dht_lookup *lookup);

/**
 * node_lookup_cancel() - give a lookup up; @done is not called
 * @node: node
 * @lookup: lookup in flight
 */
void node_lookup_cancel(struct node *node, struct dht_lookup *lookup);

/**
 * node_txns() - the transactions that this node manages for its clients
 * @node: node
 *
 * Return: what txn_begin(), txn_run_start() and txn_outcome_start() want.
 */
struct txns *node_txns(struct node *node);

/**
 * node_dht() - what the node reads keys with, for its clients
 * @node: node
 *
 * Return: the dht, as long as the node.
 */
struct dht *node_dht(struct node *node);

/**
 * typedef node_counter_fn - sees one counter
 * @ctx: argument of node_counters()
 * @name: name, snake_case, static
 * @value: value; counts since start
 */
typedef void (*node_counter_fn)(void *ctx, const char *name, uint64_t value);

/**
 * node_counters() - visit all counters of the node and its cores
 * @node: node
 * @visit: called for each, in a fixed order
 * @ctx: argument of @visit
 */
void node_counters(const struct node *node, node_counter_fn visit, void *ctx);

#endif
