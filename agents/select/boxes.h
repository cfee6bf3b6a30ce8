/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a query to the boxes that it is routed by. */
#ifndef _XOS_SELECT_BOXES_H
#define _XOS_SELECT_BOXES_H

#include <select/query.h>
#include <select/space.h>

/**
 * boxes_of_query() - where machines that match may lie
 * @s: space
 * @q: query
 * @out: result: every point of a machine that matches lies in a box; the reverse
 *	does not hold, each machine decides for itself
 */
void boxes_of_query(const struct space *s, const struct query *q, struct boxes *out);

#endif
