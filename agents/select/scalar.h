/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of scalars: attributes, functions of them, arithmetic. */
#ifndef _XOS_SELECT_SCALAR_H
#define _XOS_SELECT_SCALAR_H

#include <select/query.h>

/**
 * scalar_eval() - the value of a scalar
 * @q: query
 * @node: scalar
 * @set: attributes of the machine
 * @room: ATTR_STR_MAX bytes, for text that is made
 * @out: borrows from @set, @q and @room; its name means nothing
 *
 * Return: false when nobody can say: an attribute is missing, a type or unit does not
 * fit, a number is too large or divided by zero.
 */
bool scalar_eval(const struct query *q, uint16_t node, const struct attr_set *set, uint8_t *room,
		 struct attr *out);

#endif
