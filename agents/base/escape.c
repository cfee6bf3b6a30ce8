// SPDX-License-Identifier: GPL-2.0-or-later
#include <base/escape.h>

#include <errno.h>

#include <base/hex.h>

int escape_put(struct bytes s, struct buf *out)
{
	static const char digits[] = "0123456789abcdef";
	size_t before = out->len;
	int err = 0;

	for (size_t i = 0; i < s.len && !err; i++) {
		uint8_t c = s.data[i];
		char code[4] = { '\\', 'x', digits[c >> 4], digits[c & 15] };

		if (c == '\\')
			err = buf_append(out, "\\\\", 2);
		else if (c > ' ' && c < 0x7f)
			err = buf_append(out, &c, 1);
		else
			err = buf_append(out, code, sizeof(code));
	}
	if (err)
		out->len = before;
	return err;
}

int escape_undo(const char *text, size_t len, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < len; n++) {
		const char *s = text + i;

		if (*s != '\\') {
			out[n] = (uint8_t)*s;
			i++;
		} else if (len - i >= 2 && s[1] == '\\') {
			out[n] = '\\';
			i += 2;
		} else if (len - i >= 4 && s[1] == 'x' && hex_digit(s[2]) >= 0 &&
			   hex_digit(s[3]) >= 0) {
			out[n] = (uint8_t)(hex_digit(s[2]) << 4 | hex_digit(s[3]));
			i += 4;
		} else {
			return -EINVAL;
		}
	}
	return (int)n;
}
