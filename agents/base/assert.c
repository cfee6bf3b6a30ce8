// SPDX-License-Identifier: GPL-2.0-or-later
#include <base/assert.h>

#include <stdio.h>
#include <stdlib.h>

void xos_assert_fail(const char *expr, const char *file, int line)
{
	fprintf(stderr, "<2>%s:%d: assertion failed: %s\n", file, line, expr);
	abort();
}
