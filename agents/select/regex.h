/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Regular expressions of the query language. A pattern becomes a small program
 * for a machine that follows all alternatives at once (Thompson, CACM 11(6),
 * 1968): time is text times program, whatever the pattern.
 *
 *	a . [a-z] [^a-z] \d \w \s \.	one byte
 *	x* x+ x? x{2} x{2,} x{2,5}	repeated
 *	xy x|y (x) ^ $			joined, either, grouped, begin, end
 */
#ifndef _XOS_SELECT_REGEX_H
#define _XOS_SELECT_REGEX_H

#include <stdbool.h>
#include <stdint.h>

#include <base/bytes.h>

/* Instructions of a program, parentheses inside one another, largest {N}. */
#define REGEX_CODE_MAX	 512
#define REGEX_DEPTH_MAX	 16
#define REGEX_REPEAT_MAX 64

/**
 * struct regex - a program
 * @pattern: what it was made from, borrowed: classes are read there
 * @n: instructions
 * @code: instructions; jumps are relative, so that code may be moved and copied
 */
struct regex {
	struct bytes pattern;
	uint32_t n;
	struct regex_op {
		uint8_t kind;
		uint8_t byte;
		int16_t a;
		int16_t b;
	} code[REGEX_CODE_MAX];
};

/**
 * regex_compile() - read a pattern
 * @pattern: pattern, borrowed as long as @out is used
 * @out: program
 * @where: on failure the byte of the pattern at which it goes wrong
 *
 * Return: NULL, or why it is none.
 */
const char *regex_compile(struct bytes pattern, struct regex *out, size_t *where);

/**
 * regex_match() - does a part of the text match?
 * @re: program
 * @text: text
 *
 * Return: whether it does; "^" and "$" tie the pattern to the ends.
 */
bool regex_match(const struct regex *re, struct bytes text);

#endif
