/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A grid for selection in virtual time: nodes that run the core as it ships
 * (agents/select), each with attributes of its own, joined by gossip over links
 * that lose messages; nodes die and change. What a query finds is compared with
 * what a look at every machine finds.
 */
#ifndef _XOS_SIM_SEL_H
#define _XOS_SIM_SEL_H

#include <base/rng.h>
#include <env/timers.h>
#include <select/eval.h>
#include <select/select.h>

#include "run.h"

#define SEL_NODES_MAX  64
#define SEL_TIMERS_MAX 60000
#define SEL_NAME_MAX   16

struct sel_world;

/**
 * struct sel_node - a machine
 * @env: its environment
 * @w: world
 * @self: identity and address
 * @s: core
 * @cfg: its configuration
 * @mem: memory of the core
 * @dead: it is gone
 * @accept: expression over the jobs that it serves
 * @name: name of the machine
 */
struct sel_node {
	struct env env;
	struct sel_world *w;
	struct env_peer self;
	struct select *s;
	struct select_config cfg;
	uint8_t *mem;
	bool dead;
	const char *accept;
	char name[SEL_NAME_MAX];
};

/**
 * struct sel_world - everything
 * @timers: timers of all nodes, and messages under way
 * @heap: memory of @timers
 * @node: machines; the first @n have been started
 * @n: how many
 * @size: how many there will be
 * @rng: all chance
 * @now_ns: virtual time
 * @loss_ppm: messages in datagrams that are lost
 * @parted: messages between odd and even nodes are lost
 * @hash: of everything that happened
 * @op: query under way
 * @seen: how often it found each machine
 * @listed: machines in the order in which they were found
 * @listed_n: how many
 * @done: it ended
 * @out: verdict
 */
struct sel_world {
	struct timers timers;
	struct timers_entry heap[SEL_TIMERS_MAX + 1];
	struct sel_node node[SEL_NODES_MAX];
	uint32_t n;
	uint32_t size;
	struct rng rng;
	uint64_t now_ns;
	uint32_t loss_ppm;
	bool parted;
	uint64_t hash;
	struct select_op op;
	uint32_t seen[SEL_NODES_MAX];
	uint32_t listed[SEL_NODES_MAX];
	uint32_t listed_n;
	bool done;
	struct run_result *out;
};

/**
 * sel_run() - simulate selection
 * @seed: seed
 * @opt: how
 * @out: the verdict
 */
void sel_run(uint64_t seed, const struct run_options *opt, struct run_result *out);

/* A grid without nodes. */
void sel_world_init(struct sel_world *w, uint64_t seed, struct run_result *out);
void sel_world_exit(struct sel_world *w);

/* Start the next node, with attributes drawn at random. */
void sel_node_start(struct sel_world *w);

/* Give a machine a number; it moves in the space when @tell. */
void sel_node_set(struct sel_node *n, const char *name, enum attr_unit unit, int64_t num);

/* Let time pass. */
void sel_pass(struct sel_world *w, uint64_t ns);

/* Ask a node and wait for the end; what is found is checked against every machine. */
void sel_ask(struct sel_world *w, uint32_t at, const char *text);

/* Is this machine alive, and does it match? */
bool sel_should_match(const struct sel_world *w, uint32_t i, const char *text);

/* Machines alive that match. */
uint32_t sel_matches(const struct sel_world *w, const char *text);

/* A node that is alive, at random. */
uint32_t sel_alive(struct sel_world *w);

/*
 * sel_clause.c: queries that order, spread, count or explain, compared with a plain look at
 * all machines. One; at @rest its answer is whole. Several, in a grid at rest.
 */
void sel_clause(struct sel_world *w, bool rest);
void sel_clauses(struct sel_world *w);

/* sel_claim.c: jobs that reserve machines at the same time; at @rest all get what they want. */
void sel_claims(struct sel_world *w, bool rest);

/* A checker found something; the first one counts. */
__attribute__((format(printf, 3, 4))) void sel_fail(struct sel_world *w, const char *checker,
						    const char *fmt, ...);

#endif
