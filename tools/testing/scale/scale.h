/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Selection at the scale of a grid, in virtual time: up to millions of nodes that
 * run the cores as they ship (overlay/gossip.h, select/forward.h) and share what
 * does not belong to one of them: environment, configuration, pools. A message
 * is handed over as a structure; the bytes it would have on the wire are those of
 * the encoder.
 */
#ifndef _XOS_SCALE_H
#define _XOS_SCALE_H

#include <base/list.h>
#include <base/rng.h>
#include <select/forward.h>

#include "queue.h"

#define SCALE_AXES	5
/* Of the paper's mode: each axis is cut into 2^3 intervals. */
#define SCALE_LEVELS	3
#define SCALE_DELAY_MIN (20 * ENV_MS)
#define SCALE_DELAY_MAX (100 * ENV_MS)
#define SCALE_CYCLE	(10 * ENV_SEC)

/**
 * enum scale_mode - which algorithm
 * @SCALE_XOS: as the daemon runs it
 * @SCALE_PAPER: one link a slot, one region after the other, cells of equal width
 */
enum scale_mode { SCALE_XOS, SCALE_PAPER, SCALE_MODES };

/**
 * enum scale_dist - how attributes are distributed
 * @SCALE_UNIFORM: each axis uniform
 * @SCALE_NORMAL: each axis normal, mean 0.6, deviation 0.1
 * @SCALE_ZIPF: each axis one of 64 values, the k-th as often as 1 / k
 * @SCALE_CORRELATED: all axes near one uniform value, deviation 0.05
 */
enum scale_dist { SCALE_UNIFORM, SCALE_NORMAL, SCALE_ZIPF, SCALE_CORRELATED, SCALE_DISTS };

/**
 * struct scale_options - what is asked for
 * @nodes: how many
 * @seed: of all chance
 * @dist: distribution of the attributes
 * @cycle_min_ns: of struct gossip_config
 */
struct scale_options {
	uint32_t nodes;
	uint64_t seed;
	enum scale_dist dist;
	uint64_t cycle_min_ns;
};

/**
 * struct scale_node - a machine
 * @g: who is where
 * @f: queries
 * @started_ns: when it started
 * @life: which life of the machine; older messages to it are lost
 * @load: messages of queries, sent and received
 * @join: messages of the join, sent and received
 * @alive: it runs
 * @side: of a partition
 * @asking: queries that began here and have not ended; it is not killed then
 * @c: its attributes
 */
struct scale_node {
	struct gossip g;
	struct forward f;
	uint64_t started_ns;
	uint32_t life;
	uint32_t load;
	uint32_t join;
	bool alive;
	uint8_t side;
	uint16_t asking;
	uint16_t c[SCALE_AXES];
};

/**
 * struct scale_traffic - messages since it was zeroed
 * @gossip: messages of gossip
 * @gossip_bytes: their bytes, datagram and all
 * @kind: messages of each kind
 * @queries: questions and answers
 * @lost: messages lost
 */
struct scale_traffic {
	uint64_t gossip;
	uint64_t gossip_bytes;
	uint64_t kind[GOSSIP_KINDS];
	uint64_t queries;
	uint64_t lost;
};

/**
 * struct scale_world - everything
 * @opt: what was asked for
 * @mode: algorithm
 * @env: environment of all nodes
 * @gossip_cfg: of all nodes
 * @forward_cfg: of all nodes
 * @space: of all nodes
 * @visits: of all nodes
 * @pieces: of all nodes
 * @arena_mem: memory of these pools
 * @arena_size: bytes of it
 * @q: what comes
 * @now_ns: virtual time
 * @rng: all chance but @draw
 * @draw: attributes and queries
 * @node: machines; the first @n were started
 * @n: how many
 * @alive: how many run
 * @mem: contacts of all nodes
 * @per_node: contacts of one
 * @loss_ppm: datagrams that are lost
 * @parted: messages between the two sides are lost
 * @traffic: messages
 * @events: events so far
 * @bytes_base: bytes of a gossip message without contacts, by kind
 * @bytes_each: bytes of a contact
 * @free: letters, by size
 * @asks: queries under way
 * @ask_number: number of the last query
 * @seen: of each machine, the last query that found it
 */
struct scale_world {
	struct scale_options opt;
	enum scale_mode mode;
	struct env env;
	struct gossip_config gossip_cfg;
	struct forward_config forward_cfg;
	struct space space;
	struct pool visits;
	struct pool pieces;
	void *arena_mem;
	size_t arena_size;
	struct queue q;
	uint64_t now_ns;
	struct rng rng;
	struct rng draw;
	struct scale_node *node;
	uint32_t n;
	uint32_t alive;
	struct contact *mem;
	uint32_t per_node;
	uint32_t loss_ppm;
	bool parted;
	struct scale_traffic traffic;
	uint64_t events;
	uint32_t bytes_base[GOSSIP_KINDS];
	uint32_t bytes_each;
	void *free[8];
	uint32_t asks;
	uint32_t ask_number;
	uint32_t *seen;
};

/**
 * struct scale_query - generator of queries
 * @share: part of the space that the box covers
 * @aligned: its sides are halves of axes again and again, else each axis is cut to the
 *	same length at a random place
 * @sigma: machines wanted, 0 for all
 */
struct scale_query {
	double share;
	bool aligned;
	uint32_t sigma;
};

/**
 * struct scale_sum - what queries gave, for one row
 * @queries: how many ended
 * @want: machines that matched and ran all the time, for queries without a limit; else
 *	the lower one of these and the limit
 * @got: of these, found
 * @other: nodes that a question reached and that do not match, so without the origin
 * @visited: nodes visited
 * @messages: questions and answers
 * @doubled: machines found twice
 * @false_found: machines found that do not match
 * @partial: answers that said that something is missing
 * @untrue: answers that were called complete and were not
 * @depth: of each query, in hops
 * @ms: of each query, time to the answer
 */
struct scale_sum {
	uint32_t queries;
	uint64_t want;
	uint64_t got;
	uint64_t other;
	uint64_t visited;
	uint64_t messages;
	uint32_t doubled;
	uint32_t false_found;
	uint32_t partial;
	uint32_t untrue;
	uint32_t *depth;
	uint32_t *ms;
};

/**
 * struct scale_tables - how right the tables are
 * @links_mean: contacts in a table
 * @links_max: the largest table
 * @near_mean: nodes in the neighbourhood
 * @near_max: the largest one
 * @cell_mean: machines in the same cell of the paper's mode, whoever is known
 * @cell_max: in the fullest cell
 * @slots: share of the slots with somebody in them that have a candidate alive
 * @near_known: share of the machines in the neighbourhood that are known
 * @dead: share of the contacts that are gone
 * @joined: share of the nodes that found their place
 */
struct scale_tables {
	double links_mean;
	uint32_t links_max;
	double near_mean;
	uint32_t near_max;
	double cell_mean;
	uint32_t cell_max;
	double slots;
	double near_known;
	double dead;
	double joined;
};

/**
 * scale_init() - a world without nodes
 * @w: world
 * @opt: options
 * @mode: algorithm
 */
void scale_init(struct scale_world *w, const struct scale_options *opt, enum scale_mode mode);
void scale_exit(struct scale_world *w);

/* Start a machine that does not run, with new attributes. */
void scale_start(struct scale_world *w, uint32_t i);

/* It is gone without a word. */
void scale_kill(struct scale_world *w, uint32_t i);

/* Let time pass. */
void scale_pass(struct scale_world *w, uint64_t ns);

/* A machine that runs, at random. */
uint32_t scale_any(struct scale_world *w);

/* Draw attributes, and the box of a query. */
void scale_draw_node(struct scale_world *w, uint16_t c[SCALE_AXES]);
void scale_draw_box(struct scale_world *w, const struct scale_query *q, struct space_box *out);

/* Messages, as the cores send them. */
void scale_post_init(struct scale_world *w);
void scale_post_exit(struct scale_world *w);
void scale_send_gossip(void *ctx, const struct env_peer *to, const struct gossip_msg *msg);
void scale_send_query(void *ctx, const struct env_peer *to, const struct forward_query *q);
void scale_send_answer(void *ctx, const struct env_peer *to, const struct forward_answer *a);
void scale_arrive(struct scale_world *w, void *letter);
uint32_t scale_index(const struct env_peer *p);
struct scale_world *scale_world_of(struct env *env);

/* What the engine asks the owner for. */
bool scale_match(void *ctx, const struct forward_plan *plan, struct found_list *out);
void scale_plan_put(void *ctx, struct forward_plan *plan);
void scale_plan_sent(const struct forward_plan *plan);

/**
 * scale_ask() - begin a query at a random machine
 * @w: world
 * @q: generator
 * @sum: what it gives is added here; must live until it ends
 * @budget_ns: time for it
 */
void scale_ask(struct scale_world *w, const struct scale_query *q, struct scale_sum *sum,
	       uint64_t budget_ns);

/* Ask so many queries, one in each @gap_ns, and wait for all. */
void scale_ask_many(struct scale_world *w, const struct scale_query *q, struct scale_sum *sum,
		    uint32_t n, uint64_t gap_ns, uint64_t budget_ns);
void scale_sum_free(struct scale_sum *s);

/* Sort numbers; the one that a share of them does not pass. */
uint32_t scale_rank(uint32_t *v, uint32_t n, double share);

/* Look at the tables; what is right is found out at @looks nodes. */
void scale_look(struct scale_world *w, uint32_t looks, struct scale_tables *out);

#endif
