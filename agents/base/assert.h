/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Assertions that stay in release builds. They state what the code relies on;
 * wrong input from outside is never an assertion but an error.
 */
#ifndef _XOS_BASE_ASSERT_H
#define _XOS_BASE_ASSERT_H

/**
 * xos_assert_fail() - report a broken assertion and abort
 * @expr: text of the expression
 * @file: source file
 * @line: source line
 */
void xos_assert_fail(const char *expr, const char *file, int line) __attribute__((noreturn, cold));

#define xassert(expr) \
	(__builtin_expect(!!(expr), 1) ? (void)0 : xos_assert_fail(#expr, __FILE__, __LINE__))

#endif
