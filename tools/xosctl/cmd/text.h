/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small things that several commands need. */
#ifndef _XOS_XOSCTL_CMD_TEXT_H
#define _XOS_XOSCTL_CMD_TEXT_H

#include <stdio.h>

#include <base/bytes.h>

/**
 * text_of() - a string attribute as a C string
 * @s: attribute
 * @out: where it goes
 * @cap: its size
 *
 * Return: @out.
 */
static inline const char *text_of(struct bytes s, char *out, size_t cap)
{
	snprintf(out, cap, "%.*s", (int)s.len, s.len ? (const char *)s.data : "");
	return out;
}

/**
 * counter_item() - print a ctl-counter; see agent_item_fn
 * @ctx: not used
 * @type: of the message
 * @msg: message
 *
 * Return: 0 or -EPROTO.
 */
int counter_item(void *ctx, uint16_t type, struct bytes msg);

/**
 * text_unescape() - read \\xHH and \\\\ as print_bytes() writes them
 * @s: text; changed in place
 * @out: the bytes, in @s
 *
 * Return: 0, or -EINVAL for a backslash that starts neither.
 */
int text_unescape(char *s, struct bytes *out);

#endif
