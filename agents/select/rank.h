/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which of the machines that match are taken, when a query orders them ("order
 * by", "prefer") or says how they have to lie ("spread", "same"). A machine
 * makes a key of itself; keys are compared as bytes, by nodes that know
 * nothing of what it was made from. Whoever hands answers on keeps the best of
 * what it was given, which is enough: the best of all are among the best of
 * each part.
 */
#ifndef _XOS_SELECT_RANK_H
#define _XOS_SELECT_RANK_H

#include <base/arena.h>
#include <select/forward.h>
#include <select/query.h>

/* Machines of one ordered answer; a cursor continues behind them. */
#define RANK_MAX 1024

/**
 * struct rank - what is kept
 * @on: the query orders or spreads: the whole grid is asked, the best are kept
 * @same: one value of an attribute for all
 * @limit: machines wanted, at most RANK_MAX
 * @spread_max: machines of the same spread value at most, 0 for any number
 */
struct rank {
	bool on;
	bool same;
	uint32_t limit;
	uint32_t spread_max;
};

/**
 * rank_of_query() - what a query keeps
 * @q: query
 * @out: result
 */
void rank_of_query(const struct query *q, struct rank *out);

/**
 * rank_key() - the place of a machine in the order of a query
 * @q: query
 * @set: attributes of the machine
 * @chance: ends the key of a query without "order by", so that not always the same are taken
 * @out: key; the lowest bytes come first
 *
 * Strings and versions count by the bytes that fit; what is missing comes last.
 *
 * Return: its length.
 */
uint32_t rank_key(const struct query *q, const struct attr_set *set, uint64_t chance,
		  uint8_t out[QUERY_KEY_MAX]);

/**
 * rank_cmp() - order of two machines: by key, then by identity
 * @a: machine
 * @b: machine
 *
 * Return: negative, 0 or positive.
 */
int rank_cmp(const struct found *a, const struct found *b);

/**
 * rank_trim() - keep what may be among the best of the grid
 * @r: what is kept
 * @l: list; machines that are not kept are removed, its count stays but for those that
 *	were in it twice
 * @scratch: room for @room pointers; a longer list stays as it is
 * @room: as said
 * @pieces: pool of the list
 */
void rank_trim(const struct rank *r, struct found_list *l, struct found **scratch, uint32_t room,
	       struct pool *pieces);

/**
 * rank_choose() - the machines to show, the best first
 * @r: what is kept
 * @l: list, trimmed; those that are in it twice are not counted any more
 * @scratch: room for @room pointers; those to show are put there
 * @room: as said
 *
 * Return: how many.
 */
uint32_t rank_choose(const struct rank *r, struct found_list *l, struct found **scratch,
		     uint32_t room);

#endif
