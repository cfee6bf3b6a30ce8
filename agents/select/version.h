/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Order of version strings, by the rules of Debian Policy section 5.6.12
 * (epochs and revisions are not set apart): runs of non-digits compare with
 * '~' before the end of the text, the end before letters and letters before
 * everything else; runs of digits compare as numbers of any length.
 */
#ifndef _XOS_SELECT_VERSION_H
#define _XOS_SELECT_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/buf.h>
#include <base/bytes.h>

/**
 * version_cmp() - compare two versions
 * @a: left side
 * @b: right side
 *
 * Return: -1, 0 or 1.
 */
int version_cmp(struct bytes a, struct bytes b);

/**
 * version_same() - do versions agree but for the last number of one?
 * @v: version
 * @pattern: numbers with dots, such as 6.1
 *
 * Return: whether @v begins with the numbers of @pattern before its last dot; any
 * does when there is none.
 */
bool version_same(struct bytes v, struct bytes pattern);

/**
 * version_code() - a number that keeps the order
 * @v: version
 *
 * Holds the first four dotted numbers, 16 bits each. For every a <= b,
 * code(a) <= code(b); distinct versions may share a code.
 *
 * Return: the code.
 */
uint64_t version_code(struct bytes v);

/**
 * version_key() - append bytes that keep the order
 * @v: version
 * @out: what does not fit is left out
 *
 * memcmp() of two whole keys is version_cmp() of the versions; none begins with another.
 */
void version_key(struct bytes v, struct buf *out);

#endif
