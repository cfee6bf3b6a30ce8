/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef _XOS_BASE_HEX_H
#define _XOS_BASE_HEX_H

/**
 * hex_digit() - value of a hexadecimal digit
 * @c: character, upper or lower case
 *
 * Return: 0 to 15, -1 when it is none.
 */
static inline int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
