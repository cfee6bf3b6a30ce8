/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a query goes through the grid. Whoever receives it looks at itself, then
 * hands disjoint regions of the space on: each slot of its table that the
 * query's boxes touch to one candidate, which covers that region the same way,
 * and itself alone to each node of the neighbourhood that may match. A region
 * is named by a key and a number of bits; the receiver must lie in it.
 *
 * Answers come back the way the query went, and say how many regions nobody
 * answered for. While one is awaited the question is repeated: whoever still
 * works says so, whoever is silent is replaced by the next candidate.
 */
#ifndef _XOS_SELECT_FORWARD_H
#define _XOS_SELECT_FORWARD_H

#include <base/arena.h>
#include <base/list.h>
#include <overlay/gossip.h>
#include <select/space.h>

/* Name of a machine in an answer, with its NUL. */
#define FORWARD_NAME_MAX  64
/* Regions that one node hands on for one query: slots, and the neighbourhood. */
#define FORWARD_PARTS_MAX (64 + GOSSIP_MSG_MAX)
/* Regions of one query that one node may wait for at once. */
#define FORWARD_WAIT_MAX  32
/* Candidates tried for one region. */
#define FORWARD_TRIED_MAX 10
/* Machines in one piece of a list. */
#define FOUND_PIECE	  8
/* Of a machine: bytes that it is ordered by, and text to show. */
#define FOUND_KEY_MAX	  48
#define FOUND_SHOW_MAX	  96
/* Conditions whose effect is counted; the last one counts for those behind it too. */
#define TALLY_MAX	  32

/**
 * struct forward_plan - what is looked for; of the owner of the engine, who embeds it
 * @boxes: where it may lie
 * @query: number of the query, the same at all nodes; the engine sets it
 * @refs: visits that use it
 */
struct forward_plan {
	struct boxes boxes;
	uint64_t query;
	uint32_t refs;
};

/**
 * struct found_extra - what only some queries want to know of a machine
 * @home: pool that it came from
 * @same: hash of what has to be the same for all machines
 * @spread: hash of what is spread
 * @key_len: bytes of @key
 * @show_len: bytes of @show
 * @key: what it is ordered by
 * @show: values to show, each with a NUL behind it
 */
struct found_extra {
	struct pool *home;
	uint64_t same;
	uint64_t spread;
	uint8_t key_len;
	uint8_t show_len;
	uint8_t key[FOUND_KEY_MAX];
	char show[FOUND_SHOW_MAX];
};

/**
 * struct found_piece - some machines of a list
 * @next: next piece
 * @n: machines in it
 * @v: machines; @extra belongs to the entry, @drop is rank.c's
 */
struct found_piece {
	struct found_piece *next;
	uint32_t n;
	struct found {
		struct env_peer peer;
		char name[FORWARD_NAME_MAX];
		bool drop;
		struct found_extra *extra;
	} v[FOUND_PIECE];
};

/**
 * struct found_tally - what removed how many machines
 * @home: pool that it came from
 * @machines: that looked at themselves
 * @refused: of those that match, refuse the job
 * @n: conditions in @v
 * @v: machines that were removed by a condition, and by none before it; for which it
 *	was not true; of these, for which it was unknown
 */
struct found_tally {
	struct pool *home;
	uint32_t machines;
	uint32_t refused;
	uint32_t n;
	struct {
		uint32_t removed;
		uint32_t untrue;
		uint32_t unknown;
	} v[TALLY_MAX];
};

/**
 * struct found_list - machines that matched, in pieces of a pool
 * @first: first piece
 * @last: last piece
 * @n: machines in the list
 * @count: machines that matched, those that are not kept included
 * @tally: what removed the others, NULL when nobody asked
 */
struct found_list {
	struct found_piece *first;
	struct found_piece *last;
	uint32_t n;
	uint32_t count;
	struct found_tally *tally;
};

/**
 * struct forward_query - the message
 * @query: the query, the same at all nodes
 * @ask: number of the question, returned in the answer
 * @region: key of the region
 * @bits: bits of it
 * @want: machines wanted, 0 for all
 * @space: space of keys
 * @hops: questions since the start
 * @budget_ms: time until the answer is of no use
 * @plan: what is looked for
 */
struct forward_query {
	uint64_t query;
	uint64_t ask;
	struct trie_key region;
	uint8_t bits;
	uint8_t hops;
	uint32_t want;
	uint32_t space;
	uint32_t budget_ms;
	struct forward_plan *plan;
};

/**
 * enum forward_status - kind of an answer
 * @FORWARD_DONE: the region was covered, but for what is missing
 * @FORWARD_WORKING: the answer follows
 * @FORWARD_ELSEWHERE: the sender does not lie in the region, or cannot answer for one yet
 */
enum forward_status { FORWARD_DONE, FORWARD_WORKING, FORWARD_ELSEWHERE };

/**
 * struct forward_answer - the message
 * @ask: from the question
 * @status: kind
 * @missing: regions nobody answered for
 * @visited: nodes that looked at themselves
 * @depth: longest way, in questions from the start
 * @found: machines; the receiver of the struct takes the list over
 */
struct forward_answer {
	uint64_t ask;
	enum forward_status status;
	uint32_t missing;
	uint32_t visited;
	uint32_t depth;
	struct found_list found;
};

/**
 * struct forward_config - the same for all nodes of a program
 * @parallel: regions that a node waits for at once, at most FORWARD_WAIT_MAX; 1
 *	covers one after the other, the largest first
 * @candidates: nodes of the table that are tried for one region, before the sample is
 * @tries: questions to one node
 * @blind: do not prefer regions and candidates that fit (paper mode)
 * @wait_ns: time between two questions to one node
 * @send_query: sends; of the caller
 * @send_answer: sends; of the caller, which copies what it keeps
 * @look: the node looks at itself, at its attributes of this moment, and adds to the list
 *	what the plan wants to know. False: no room. Of the caller
 * @trim: more was added to a list: keep of it what the plan wants; NULL keeps all
 * @plan_put: a plan is not used any more; of the caller
 * @visits: pool of struct visit
 * @pieces: pool of struct found_piece
 */
struct forward_config {
	uint32_t parallel;
	uint32_t candidates;
	uint32_t tries;
	bool blind;
	uint64_t wait_ns;
	void (*send_query)(void *ctx, const struct env_peer *to, const struct forward_query *q);
	void (*send_answer)(void *ctx, const struct env_peer *to, const struct forward_answer *a);
	bool (*look)(void *ctx, const struct forward_plan *plan, struct found_list *out);
	void (*trim)(void *ctx, const struct forward_plan *plan, struct found_list *l);
	void (*plan_put)(void *ctx, struct forward_plan *plan);
	struct pool *visits;
	struct pool *pieces;
};

/**
 * struct forward_counters - since start
 * @asked: questions sent, repeated ones included
 * @repeated: of these, repeated
 * @answered: questions of others answered
 * @elsewhere: questions for a region that the node does not lie in
 * @replaced: candidates that were silent and replaced
 * @missing: regions given up
 * @late: answers that nobody waited for
 * @refused: queries that found no room
 */
struct forward_counters {
	uint64_t asked;
	uint64_t repeated;
	uint64_t answered;
	uint64_t elsewhere;
	uint64_t replaced;
	uint64_t missing;
	uint64_t late;
	uint64_t refused;
};

struct visit;
struct forward;

/**
 * struct forward - queries at one node
 * @cfg: configuration
 * @env: environment
 * @ctx: argument of the functions in @cfg
 * @space: space
 * @gossip: who is where
 * @visits: queries under way or just answered
 * @next: number of the next visit
 * @count: counters
 */
struct forward {
	const struct forward_config *cfg;
	struct env *env;
	void *ctx;
	const struct space *space;
	struct gossip *gossip;
	struct cds_list_head visits;
	uint32_t next;
	struct forward_counters count;
};

/**
 * typedef forward_done_fn - end of a query at the node where it began
 * @ctx: argument of forward_start()
 * @a: the answer; the list is the caller's and freed with found_free()
 */
typedef void (*forward_done_fn)(void *ctx, struct forward_answer *a);

/**
 * forward_init() - begin
 * @f: engine
 * @cfg: configuration, must outlive it
 * @env: environment
 * @ctx: for the functions in @cfg
 * @space: space, must outlive it
 * @gossip: membership, must outlive it
 */
void forward_init(struct forward *f, const struct forward_config *cfg, struct env *env, void *ctx,
		  const struct space *space, struct gossip *gossip);

/**
 * forward_start() - begin a query here
 * @f: engine
 * @plan: what is looked for; one reference passes over, given back by plan_put
 * @want: machines wanted, 0 for all
 * @budget_ns: time for it
 * @done: called once, later
 * @ctx: for @done
 *
 * Return: the visit, for forward_cancel(); NULL when there is no room (counted; @plan is
 * given back).
 */
struct visit *forward_start(struct forward *f, struct forward_plan *plan, uint32_t want,
			    uint64_t budget_ns, forward_done_fn done, void *ctx);

/**
 * forward_cancel() - give a query of this node up; @done is not called
 * @f: engine
 * @v: visit that has not ended
 */
void forward_cancel(struct forward *f, struct visit *v);

/**
 * forward_query() - a question of another node
 * @f: engine
 * @from: authenticated sender
 * @q: question; its reference to the plan passes over
 */
void forward_query(struct forward *f, const struct env_peer *from, const struct forward_query *q);

/**
 * forward_answer() - an answer of another node
 * @f: engine
 * @from: authenticated sender
 * @a: answer; its list passes over
 */
void forward_answer(struct forward *f, const struct env_peer *from, struct forward_answer *a);

/**
 * forward_stop() - give everything up, as when the node ends
 * @f: engine
 */
void forward_stop(struct forward *f);

/**
 * forward_visit_size() - bytes of a struct visit, for its pool
 *
 * Return: bytes.
 */
size_t forward_visit_size(void);

/**
 * found_add() - add a machine
 * @l: list
 * @pieces: pool
 * @f: machine, copied; its extra passes over
 *
 * Return: false when there is no room.
 */
bool found_add(struct found_list *l, struct pool *pieces, const struct found *f);

/**
 * found_free() - give a list back
 * @l: list, empty afterwards
 * @pieces: pool
 */
void found_free(struct found_list *l, struct pool *pieces);

/**
 * found_keep() - append a piece without the machines that are marked to be dropped
 * @l: list; its count stays
 * @pieces: pool
 * @p: piece of another list, passes over
 */
void found_keep(struct found_list *l, struct pool *pieces, struct found_piece *p);

/**
 * found_extra_put() - give an extra back
 * @e: extra, or NULL
 */
void found_extra_put(struct found_extra *e);

#endif
