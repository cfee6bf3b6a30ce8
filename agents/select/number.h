/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers with units, as people write them: 4GiB, 1.5GiB, 250ms, 64. */
#ifndef _XOS_SELECT_NUMBER_H
#define _XOS_SELECT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include <base/bytes.h>

/* Digits after the decimal point. */
#define NUMBER_FRACTION_MAX 3

/**
 * enum attr_unit - what a number counts; part of the wire format
 * @ATTR_COUNT: things
 * @ATTR_BYTES: bytes
 * @ATTR_MS: milliseconds
 * @ATTR_HZ: hertz
 * @ATTR_BPS: bits a second
 */
enum attr_unit { ATTR_COUNT, ATTR_BYTES, ATTR_MS, ATTR_HZ, ATTR_BPS, ATTR_UNIT_COUNT };

/**
 * struct number - a number in its base unit
 * @value: the number, rounded down
 * @fraction: the number is larger than @value, by less than 1
 * @unit: ATTR_COUNT when the text names none
 */
struct number {
	int64_t value;
	bool fraction;
	enum attr_unit unit;
};

/**
 * number_parse() - read a number with an optional unit
 * @s: text: digits, at most three decimals, and one of B KiB MiB GiB TiB PiB,
 *	their short forms K M G T P, kB MB GB TB PB, ms s min h d, Hz kHz MHz GHz,
 *	bit/s kbit/s Mbit/s Gbit/s Tbit/s
 * @out: result, untouched on failure
 *
 * Return: 0; -EINVAL when @s is no number; -ERANGE when it does not fit 63 bits.
 */
int number_parse(struct bytes s, struct number *out);

/**
 * number_cmp() - compare a whole number with a parsed one
 * @value: left side
 * @n: right side
 *
 * Return: -1, 0 or 1.
 */
int number_cmp(int64_t value, const struct number *n);

#endif
