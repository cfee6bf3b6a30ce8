// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <string.h>

#include <base/escape.h>

int text_unescape(char *s, struct bytes *out)
{
	int n = escape_undo(s, strlen(s), (uint8_t *)s);

	if (n < 0)
		return n;
	*out = bytes_of(s, (size_t)n);
	return 0;
}
