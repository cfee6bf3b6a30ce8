/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes as text without blanks: printable characters stand for themselves, \\ and \xHH. */
#ifndef _XOS_BASE_ESCAPE_H
#define _XOS_BASE_ESCAPE_H

#include <base/buf.h>
#include <base/bytes.h>

/**
 * escape_put() - append the text of some bytes
 * @s: bytes
 * @out: where to; at most four times as long
 *
 * Return: 0, or -EMSGSIZE when it does not fit; @out is as before then.
 */
int escape_put(struct bytes s, struct buf *out);

/**
 * escape_undo() - the bytes of a text
 * @text: text; blanks in it stand for themselves
 * @len: its length
 * @out: where to, at least @len bytes; may be @text
 *
 * Return: how many bytes, -EINVAL for a backslash that starts neither \\ nor \xHH.
 */
int escape_undo(const char *text, size_t len, uint8_t *out);

#endif
