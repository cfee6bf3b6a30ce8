// SPDX-License-Identifier: GPL-2.0-or-later
#include <resp/resp.h>

/*
 * A class "[...]" whose '[' is at @at: does @c belong to it? *@next is behind
 * it then. A class that is not closed reaches to the end of the pattern.
 */
static bool class_has(struct bytes p, size_t at, uint8_t c, size_t *next)
{
	bool negated, found = false;

	at++;
	negated = at < p.len && p.data[at] == '^';
	at += negated;
	while (at < p.len && p.data[at] != ']') {
		uint8_t low, high;

		if (p.data[at] == '\\' && at + 1 < p.len)
			at++;
		low = high = p.data[at++];
		if (at + 1 < p.len && p.data[at] == '-') {
			high = p.data[at + 1];
			at += 2;
		}
		if (low > high) {
			uint8_t swap = low;

			low = high;
			high = swap;
		}
		found = found || (c >= low && c <= high);
	}
	*next = at < p.len ? at + 1 : at;
	return found != negated;
}

/* Does the element of the pattern at *@at, which is no '*', match @c? */
static bool element_has(struct bytes p, size_t *at, uint8_t c)
{
	uint8_t e = p.data[*at];

	if (e == '[')
		return class_has(p, *at, c, at);
	if (e == '\\' && *at + 1 < p.len)
		e = p.data[++*at];
	else if (e == '?')
		e = c;
	++*at;
	return e == c;
}

bool resp_glob(struct bytes pattern, struct bytes text)
{
	/* Where to go on when what follows the last '*' does not match: it takes one more. */
	size_t star = SIZE_MAX, star_text = 0, at = 0, i = 0;

	while (i < text.len) {
		size_t next = at;

		if (at < pattern.len && pattern.data[at] == '*') {
			star = ++at;
			star_text = i;
		} else if (at < pattern.len && element_has(pattern, &next, text.data[i])) {
			at = next;
			i++;
		} else if (star != SIZE_MAX) {
			at = star;
			i = ++star_text;
		} else {
			return false;
		}
	}
	while (at < pattern.len && pattern.data[at] == '*')
		at++;
	return at == pattern.len;
}
