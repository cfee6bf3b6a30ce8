// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <errno.h>

#include <base/hex.h>

int text_unescape(char *s, struct bytes *out)
{
	char *to = s, *start = s;

	while (*s) {
		if (*s != '\\') {
			*to++ = *s++;
		} else if (s[1] == '\\') {
			*to++ = '\\';
			s += 2;
		} else if (s[1] == 'x' && hex_digit(s[2]) >= 0 && hex_digit(s[3]) >= 0) {
			*to++ = (char)(hex_digit(s[2]) << 4 | hex_digit(s[3]));
			s += 4;
		} else {
			return -EINVAL;
		}
	}
	*out = bytes_of(start, (size_t)(to - start));
	return 0;
}
