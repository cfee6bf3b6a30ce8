/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the files of the engine: forward.c, visit.c, parts.c, found.c. */
#ifndef _XOS_SELECT_FORWARD_PRIV_H
#define _XOS_SELECT_FORWARD_PRIV_H

#include <base/assert.h>
#include <base/mutant.h>
#include <select/forward.h>

/**
 * struct part - a region that a visit hands on
 * @leaf: one node of the neighbourhood, itself alone
 * @fits: a node that matches is known there
 * @slot: the slot, when it is no leaf
 * @weight: share of the visit's region that may match
 * @peer: the node, when it is a leaf
 * @given: machines it gave, when it gave as many as it was asked for and may have more
 * @key: its key
 */
struct part {
	bool leaf;
	bool fits;
	uint8_t slot;
	float weight;
	struct env_peer peer;
	uint32_t given;
	struct trie_key key;
};

/**
 * struct wait - a region whose answer is awaited
 * @part: index of the region
 * @tries: questions to @peer since it last said something
 * @tried_n: nodes in @tried
 * @again: the region has answered before, for fewer machines
 * @quota: machines it was asked for, 0 for all
 * @ask: number of the question
 * @due_ns: when it is repeated
 * @peer: who was asked
 * @key: key of the region
 * @tried: nodes that were asked before
 */
struct wait {
	uint16_t part;
	uint8_t tries;
	uint8_t tried_n;
	bool again;
	uint32_t quota;
	uint64_t ask;
	uint64_t due_ns;
	struct env_peer peer;
	struct trie_key key;
	struct xos_id tried[FORWARD_TRIED_MAX];
};

/**
 * struct visit - a query at one node, from the question to the end of its answer's use
 * @node: in struct forward
 * @f: engine
 * @own: the query began here
 * @begun: the node looked at itself, and at its table
 * @over: the answer was given; kept in case that it was lost
 * @bits: of the region
 * @hops: questions since the start
 * @query: number of the query
 * @number: upper part of the numbers of its questions
 * @asks: questions so far
 * @from: who asked
 * @ask: number of its question
 * @want: machines wanted, 0 for all
 * @end_ns: when it ends in any case
 * @plan: what is looked for
 * @timer: repeats, and ends
 * @answer: so far
 * @done: of the caller, when @own
 * @done_ctx: its argument
 * @next: first region that is not handed on yet
 * @parts_n: regions
 * @waits_n: regions under way
 * @wait: these
 * @part: regions, best first
 */
struct visit {
	struct cds_list_head node;
	struct forward *f;
	bool own;
	bool begun;
	bool over;
	uint8_t bits;
	uint8_t hops;
	uint64_t query;
	uint32_t number;
	uint32_t asks;
	struct env_peer from;
	uint64_t ask;
	uint32_t want;
	uint64_t end_ns;
	struct forward_plan *plan;
	struct env_timer timer;
	struct forward_answer answer;
	forward_done_fn done;
	void *done_ctx;
	uint32_t next;
	uint32_t parts_n;
	uint32_t waits_n;
	struct wait wait[FORWARD_WAIT_MAX];
	struct part part[FORWARD_PARTS_MAX];
};

/**
 * parts_build() - the regions that a visit has to hand on, best first
 * @v: visit
 */
void parts_build(struct visit *v);

/**
 * parts_candidate() - the next node to ask for a region
 * @v: visit
 * @w: wait: @part and @tried are set; @peer and @key are filled
 *
 * Return: false when there is none left.
 */
bool parts_candidate(struct visit *v, struct wait *w);

/**
 * visit_run() - hand on as many regions as may be under way, or end
 * @v: visit
 */
void visit_run(struct visit *v);

/**
 * visit_begin() - the node looks at itself and finds its regions
 * @v: visit
 */
void visit_begin(struct visit *v);

/**
 * visit_timer_init() - set its timer up
 * @v: visit
 */
void visit_timer_init(struct visit *v);

/**
 * visit_free() - give a visit back
 * @v: visit
 */
void visit_free(struct visit *v);

/**
 * visit_answered() - the answer of a region came
 * @v: visit
 * @i: index of the wait
 * @a: answer; its list passes over
 */
void visit_answered(struct visit *v, uint32_t i, struct forward_answer *a);

/**
 * found_join() - append a list
 * @l: list
 * @pieces: pool of both
 * @more: appended, empty afterwards
 */
void found_join(struct found_list *l, struct pool *pieces, struct found_list *more);

/**
 * found_join_new() - append machines that are not in the list
 * @l: list
 * @pieces: pool
 * @more: machines; those that are appended leave their extra
 * @max: machines in @l, at most
 *
 * Return: false when there was no room for all of them.
 */
bool found_join_new(struct found_list *l, struct pool *pieces, struct found_list *more,
		    uint32_t max);

#endif
