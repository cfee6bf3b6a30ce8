/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Evaluation in three-valued logic (Kleene): a test of an attribute that is
 * missing, or whose type the value does not fit, is unknown. Only true is a
 * match; "not unknown" is unknown.
 */
#ifndef _XOS_SELECT_EVAL_H
#define _XOS_SELECT_EVAL_H

#include <select/query.h>

/**
 * enum tri - truth
 * @TRI_FALSE: false
 * @TRI_UNKNOWN: nobody can say
 * @TRI_TRUE: true
 */
enum tri { TRI_FALSE, TRI_UNKNOWN, TRI_TRUE };

/**
 * query_eval() - whether a machine matches
 * @q: query
 * @set: attributes of the machine
 *
 * Return: truth of the expression; TRI_TRUE for a query without one.
 */
enum tri query_eval(const struct query *q, const struct attr_set *set);

/**
 * query_eval_node() - the truth of one condition of a query
 * @q: query
 * @node: condition
 * @set: attributes of the machine
 *
 * Return: truth.
 */
enum tri query_eval_node(const struct query *q, uint16_t node, const struct attr_set *set);

/**
 * glob_match() - match a text against a pattern
 * @pattern: '*' any run, '?' any byte, "[a-z]" and "[^a-z]" classes, '\' takes the next literally
 * @text: text
 *
 * Return: whether all of @text matches.
 */
bool glob_match(struct bytes pattern, struct bytes text);

#endif
