// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/version.h>

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* Weight of the character at @i in a run of non-digits; a digit ends the run as the end does. */
static int version_weight(struct bytes v, size_t i)
{
	uint8_t c;

	if (i >= v.len || is_digit(v.data[i]))
		return 0;
	c = v.data[i];
	if (c == '~')
		return -1;
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return c;
	return c + 256;
}

/* Step over a run of digits; gives where it starts without leading zeros, and its length. */
static size_t version_number(struct bytes v, size_t *pos, size_t *start)
{
	while (*pos < v.len && v.data[*pos] == '0')
		(*pos)++;
	*start = *pos;
	while (*pos < v.len && is_digit(v.data[*pos]))
		(*pos)++;
	return *pos - *start;
}

int version_cmp(struct bytes a, struct bytes b)
{
	size_t i = 0, j = 0;

	while (i < a.len || j < b.len) {
		size_t si, sj, ni, nj;
		int c;

		while (version_weight(a, i) || version_weight(b, j)) {
			c = version_weight(a, i) - version_weight(b, j);
			if (c)
				return c < 0 ? -1 : 1;
			i++;
			j++;
		}
		ni = version_number(a, &i, &si);
		nj = version_number(b, &j, &sj);
		if (ni != nj)
			return ni < nj ? -1 : 1;
		c = ni ? memcmp(a.data + si, b.data + sj, ni) : 0;
		if (c)
			return c < 0 ? -1 : 1;
	}
	return 0;
}

/* Of a run of non-digits: '~', the end, letters, all others; each a byte, in that order. */
static uint8_t version_byte(struct bytes v, size_t i)
{
	int w = version_weight(v, i);
	uint8_t c;

	if (w <= 0)
		return w < 0 ? 1 : 2;
	c = v.data[i];
	if (w < 256)
		return (uint8_t)(c <= 'Z' ? 3 + (c - 'A') : 29 + (c - 'a'));
	/* Of 256 bytes 193 are none of these: count those below. */
	return (uint8_t)(55 + c - (c > '9' ? 10 : 0) - (c > 'Z' ? 26 : 0) - (c > 'z' ? 26 : 0) -
			 (c > '~'));
}

static void key_put(struct buf *b, uint8_t byte)
{
	if (b->len < b->cap)
		b->data[b->len++] = byte;
}

void version_key(struct bytes v, struct buf *out)
{
	size_t i = 0, start, len;
	uint8_t byte;

	/* Nothing but zeros is the same as nothing. */
	version_number(v, &i, &start);
	if (i == v.len && start == v.len)
		v.len = 0;
	for (i = 0; i < v.len;) {
		do {
			byte = version_byte(v, i);
			key_put(out, byte);
			i += byte != 2;
		} while (byte != 2);
		len = version_number(v, &i, &start);
		key_put(out, (uint8_t)(len < UINT8_MAX ? len : UINT8_MAX));
		for (size_t k = 0; k < len; k++)
			key_put(out, v.data[start + k]);
	}
	/* A version that goes on meets an end here, then no number, then an end again. */
	key_put(out, 2);
	key_put(out, 0);
	key_put(out, 2);
}

bool version_same(struct bytes v, struct bytes pattern)
{
	size_t last = pattern.len;
	bool ends;

	while (last && pattern.data[last - 1] != '.')
		last--;
	if (!last)
		return true;
	/* Without the dot: 6.1.2 begins with 6, 61.2 does not. */
	pattern = bytes_of(pattern.data, last - 1);
	ends = v.len == pattern.len || (v.len > pattern.len && !is_digit(v.data[pattern.len]));
	return bytes_has_prefix(v, pattern) && ends;
}

#define CODE_PARTS    4
#define CODE_PART_MAX 0xffffu

/* The remaining @parts of a code, all ones or all zeros. */
static uint64_t version_fill(uint64_t code, int parts, bool high)
{
	for (; parts > 0; parts--)
		code = code << 16 | (high ? CODE_PART_MAX : 0);
	return code;
}

uint64_t version_code(struct bytes v)
{
	uint64_t code = 0;
	size_t i = 0;

	for (int part = 0; part < CODE_PARTS; part++) {
		int w = version_weight(v, i);
		size_t start, len;
		uint32_t n = 0;

		/* "x5" and "..5" sort after every number here, "~5" before */
		if (w)
			return version_fill(code, CODE_PARTS - part, w > 0);
		len = version_number(v, &i, &start);
		for (size_t k = 0; k < len && n <= CODE_PART_MAX; k++)
			n = n * 10 + (v.data[start + k] - '0');
		if (n > CODE_PART_MAX)
			return version_fill(code, CODE_PARTS - part, true);
		code = code << 16 | n;
		w = version_weight(v, i);
		if (w != '.' + 256)
			return version_fill(code, CODE_PARTS - part - 1, w > '.' + 256);
		i++;
	}
	return code;
}
