/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Selection: machines are found by their attributes, and each answers for
 * itself; nothing is registered anywhere. A node keeps a table of others by
 * where they lie in the space of attributes (overlay/gossip.h); a query is
 * handed on along it (forward.h).
 */
#ifndef _XOS_SELECT_SELECT_H
#define _XOS_SELECT_SELECT_H

#include <base/arena.h>
#include <base/list.h>
#include <env/env.h>
#include <overlay/gossip.h>
#include <select/attr.h>
#include <select/forward.h>
#include <select/query.h>

/* Queries of clients at once; further ones are refused and counted. */
#define SELECT_QUERIES_MAX 32
/* Queries that claim, at once; further ones are refused and counted. */
#define SELECT_CLAIMS_MAX  4
/* Time that a query may take; then the answer is partial. */
#define SELECT_BUDGET_NS   (20 * ENV_SEC)

struct select;

/**
 * enum select_outcome - how much of the grid an answer stands for
 * @SELECT_COMPLETE: every region of the space that may hold a match was covered
 * @SELECT_PARTIAL: for some regions nobody answered
 * @SELECT_LIMIT: as many as were wanted were found
 */
enum select_outcome { SELECT_COMPLETE, SELECT_PARTIAL, SELECT_LIMIT };

/**
 * struct select_condition - what a condition of a query did
 * @from: where it begins in the text of the query
 * @to: and ends
 * @removed: machines for which it, and none before it, was not true
 * @untrue: machines for which it was not true
 * @unknown: of these, machines for which it was unknown
 */
struct select_condition {
	uint16_t from;
	uint16_t to;
	uint32_t removed;
	uint32_t untrue;
	uint32_t unknown;
};

/**
 * struct select_op - one query, in memory of the caller until @done
 * @found: called for each machine that is given, once; of the caller. Of a query that
 *	claims, the machine is reserved
 * @done: called once, never from inside select_start(); of the caller
 * @ctx: of the caller
 * @status: result: 0; -ENOENT when fewer than "min" machines match, or could be claimed: then
 *	none is
 * @mode: result of select_start(): what is wanted
 * @show_n: result of select_start(): attributes in @show
 * @show: their names; found->extra->show has their values
 * @outcome: result
 * @count: result: machines given; of "count" and "explain", machines that match
 * @matched: result: of a query that orders or spreads, machines that match, those that are
 *	not given too; else @count
 * @missing: result: regions that nobody answered for
 * @visited: result: machines that looked at themselves
 * @depth: result: longest way that the query went, in questions
 * @refused: result of "explain": machines that match and refuse the job
 * @conditions_n: result of "explain": conditions
 * @conditions: result of "explain"
 * @cursor: result: what "after" continues with, "" when nothing is left or not in order
 * @state: private
 */
struct select_op {
	void (*found)(struct select_op *op, const struct found *f);
	void (*done)(struct select_op *op);
	void *ctx;
	int status;
	enum query_mode mode;
	uint32_t show_n;
	char show[QUERY_SHOW_MAX][ATTR_NAME_MAX + 1];
	enum select_outcome outcome;
	uint32_t count;
	uint32_t matched;
	uint32_t missing;
	uint32_t visited;
	uint32_t depth;
	uint32_t refused;
	uint32_t conditions_n;
	struct select_condition conditions[TALLY_MAX];
	char cursor[2 * QUERY_CURSOR_MAX + 1];
	void *state;
};

/**
 * struct select_config - what selection is told at start
 * @visits_max: queries at this node at once, of others too, 0: 64
 * @found_max: machines in the answers under way, 0: 8192
 * @cycle_ns: time between two cycles of gossip, 0: 10 s
 * @cycle_min_ns: of the first cycles, 0: 100 ms
 * @wait_ns: time between two questions to one node, 0: 300 ms
 * @bootstrap: names somebody to join through; see struct gossip_config
 * @refresh: reads the attributes of the machine again; select_changed() may follow later, not
 *	from inside. May be NULL: then they are never too old
 * @ctx: argument of @bootstrap and @refresh
 */
struct select_config {
	uint32_t visits_max;
	uint32_t found_max;
	uint64_t cycle_ns;
	uint64_t cycle_min_ns;
	uint64_t wait_ns;
	bool (*bootstrap)(void *ctx, struct env_peer *out);
	void (*refresh)(void *ctx);
	void *ctx;
};

/**
 * struct select_counters - since start
 * @queries: queries of clients
 * @malformed: messages that could not be decoded, queries not understood
 * @refused: queries of clients refused, too many at once
 * @doubled: machines that were found twice, and shown once
 * @cut: answers that were too long for one message
 * @claimed: claims of this machine that were granted, renewed ones included
 * @denied: claims of it that were refused
 * @unwanted: queries that this machine matches, and whose job it refuses
 * @crowded: machines and counts of answers under way that found no room
 * @refreshed: attributes that were read again for a query that wants them fresh
 */
struct select_counters {
	uint64_t queries;
	uint64_t malformed;
	uint64_t refused;
	uint64_t doubled;
	uint64_t cut;
	uint64_t claimed;
	uint64_t denied;
	uint64_t unwanted;
	uint64_t crowded;
	uint64_t refreshed;
};

/**
 * select_arena_size() - memory that selection needs
 * @cfg: configuration
 *
 * Return: bytes.
 */
size_t select_arena_size(const struct select_config *cfg);

/**
 * select_init() - make ready, without attributes
 * @arena: memory
 * @env: environment
 * @self: this node
 * @cfg: configuration, copied
 *
 * Return: the selection, in the arena.
 */
struct select *select_init(struct arena *arena, struct env *env, const struct env_peer *self,
			   const struct select_config *cfg);

/**
 * select_attributes() - the attributes of this machine, which the caller may change
 * @s: selection
 *
 * select_changed() has to follow a change.
 * Return: the set.
 */
struct attr_set *select_attributes(struct select *s);

/**
 * select_changed() - the attributes were read, and may have changed: move in the space if need be
 * @s: selection
 */
void select_changed(struct select *s);

/**
 * select_accept() - whom does this machine serve?
 * @s: selection
 * @text: expression over what a job says of itself ("with"); empty: everybody
 * @err: filled when the text is none
 *
 * Judged are queries that say something of a job; others only look.
 * Return: 0, or -EINVAL and it stays as it was.
 */
int select_accept(struct select *s, struct bytes text, struct query_error *err);

/**
 * select_run() - begin to join; the attributes are set
 * @s: selection
 */
void select_run(struct select *s);

/**
 * select_alone() - there is nobody to join: this node is the whole grid
 * @s: selection
 */
void select_alone(struct select *s);

/**
 * select_takes() - is a message of the select family?
 * @type: message type
 *
 * Return: whether select_recv() is who to give it to.
 */
bool select_takes(uint16_t type);

/**
 * select_recv() - a message of the select family arrived
 * @s: selection
 * @from: authenticated sender
 * @msg: whole message
 */
void select_recv(struct select *s, const struct env_peer *from, struct bytes msg);

/**
 * select_start() - start a query
 * @s: selection
 * @op: @found, @done and @ctx are set
 * @text: query
 * @err: filled when the text is no query
 *
 * Return: 0 (then @op->done follows), -EINVAL, -ENOBUFS.
 */
int select_start(struct select *s, struct select_op *op, struct bytes text,
		 struct query_error *err);

/**
 * select_cancel() - give a query up; @done is not called. Harmless when it has ended
 * @s: selection
 * @op: query
 */
void select_cancel(struct select *s, struct select_op *op);

/**
 * select_counters() - what has happened since start
 * @s: selection
 *
 * Return: the counters.
 */
const struct select_counters *select_counters(const struct select *s);

/**
 * select_gossip() - who is where, as far as this node knows
 * @s: selection
 *
 * Return: the membership.
 */
const struct gossip *select_gossip(const struct select *s);

/**
 * select_forward() - the queries at this node, for their counters
 * @s: selection
 *
 * Return: the engine.
 */
const struct forward *select_forward(const struct select *s);

#endif
