// SPDX-License-Identifier: GPL-2.0-or-later
#include <resp/resp.h>

#include <stdio.h>

#include <base/assert.h>
#include <base/hex.h>

/* Longest line with a number: '*' or '$', 20 characters, line end. */
#define COUNT_LINE_MAX 64

static enum resp_result bad(struct resp_parser *p, const char *what)
{
	snprintf(p->error, sizeof(p->error), "Protocol error: %s", what);
	return RESP_BAD;
}

bool resp_number(struct bytes text, int64_t *out)
{
	bool negative = text.len && text.data[0] == '-';
	size_t i = negative;
	uint64_t n = 0, limit = negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX;

	if (i == text.len || text.len > 20 || (text.data[i] == '0' && text.len > 1))
		return false;
	for (; i < text.len; i++) {
		uint8_t digit = text.data[i] - '0';

		if (digit > 9 || n > (limit - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = (int64_t)(negative ? 0 - n : n);
	return true;
}

/*
 * A line "<type><number>\r\n" at p->at. The caller has seen the type. Returns
 * RESP_REQUEST when it is whole, with p->at behind it.
 */
static enum resp_result count_line(struct resp_parser *p, const uint8_t *data, size_t len,
				   int64_t *n, const char *too_long, const char *wrong)
{
	size_t room = len - p->at > COUNT_LINE_MAX ? COUNT_LINE_MAX : len - p->at;
	const uint8_t *line = data + p->at;
	const uint8_t *end = memchr(line, '\r', room);

	if (!end && room == COUNT_LINE_MAX)
		return bad(p, too_long);
	if (!end || end + 1 == data + len)
		return RESP_MORE;
	if (end[1] != '\n' || !resp_number(bytes_of(line + 1, (size_t)(end - line) - 1), n))
		return bad(p, wrong);
	p->at += (uint32_t)(end - line) + 2;
	return RESP_REQUEST;
}

static enum resp_result bulk_begin(struct resp_parser *p, const uint8_t *data, size_t len)
{
	enum resp_result r;
	int64_t n;

	if (p->at == len)
		return RESP_MORE;
	if (data[p->at] != '$') {
		char what[32];
		int c = data[p->at];

		snprintf(what, sizeof(what), "expected '$', got '%c'",
			 c >= ' ' && c < 127 ? c : ' ');
		return bad(p, what);
	}
	r = count_line(p, data, len, &n, "too big bulk count string", "invalid bulk length");
	if (r != RESP_REQUEST)
		return r;
	if (n < 0 || n > (int64_t)p->limits.bytes_max)
		return bad(p, "invalid bulk length");
	if (p->at + (uint64_t)n + 2 > p->limits.bytes_max)
		return bad(p, "too big request");
	p->bulk = (uint32_t)n + 2;
	return RESP_REQUEST;
}

static enum resp_result parse_array(struct resp_parser *p, const uint8_t *data, size_t len)
{
	enum resp_result r;
	int64_t n;

	if (!p->at) {
		r = count_line(p, data, len, &n, "too big mbulk count string",
			       "invalid multibulk length");
		if (r != RESP_REQUEST)
			return r;
		if (n > (int64_t)p->limits.args_max)
			return bad(p, "invalid multibulk length");
		p->want = n > 0 ? (uint32_t)n : 0;
	}
	while (p->argc < p->want) {
		if (!p->bulk) {
			r = bulk_begin(p, data, len);
			if (r != RESP_REQUEST)
				return r;
		}
		if (len - p->at < p->bulk)
			return RESP_MORE;
		if (memcmp(data + p->at + p->bulk - 2, "\r\n", 2))
			return bad(p, "expected a line end after an argument");
		p->args[p->argc++] = (struct resp_arg){ p->at, p->bulk - 2 };
		p->at += p->bulk;
		p->bulk = 0;
	}
	return RESP_REQUEST;
}

static bool blank(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || !c;
}

/* The character after a backslash between double quotes; *at is behind it then. */
static uint8_t unescape(const uint8_t *line, size_t len, size_t *at)
{
	static const char from[] = "nrtba", to[] = "\n\r\t\b\a";
	uint8_t c = line[(*at)++];
	const char *known;

	if (c == 'x' && len - *at >= 2 && hex_digit(line[*at]) >= 0 &&
	    hex_digit(line[*at + 1]) >= 0) {
		c = (uint8_t)(hex_digit(line[*at]) << 4 | hex_digit(line[*at + 1]));
		*at += 2;
		return c;
	}
	known = c ? strchr(from, c) : NULL;
	return known ? (uint8_t)to[known - from] : c;
}

/* One argument of a plain line, quotes resolved in place; false: unbalanced. */
static bool inline_arg(uint8_t *line, size_t len, size_t *at, struct resp_arg *arg)
{
	size_t to = *at;
	uint8_t quote = 0;

	arg->at = (uint32_t)to;
	while (*at < len) {
		uint8_t c = line[(*at)++];

		if (!quote && blank(c)) {
			(*at)--;
			break;
		}
		if (!quote && (c == '"' || c == '\'')) {
			quote = c;
		} else if (quote && c == quote) {
			quote = 0;
			/* A closing quote ends the argument. */
			if (*at < len && !blank(line[*at]))
				return false;
			break;
		} else if (quote == '"' && c == '\\' && *at < len) {
			line[to++] = unescape(line, len, at);
		} else if (quote == '\'' && c == '\\' && *at < len && line[*at] == '\'') {
			line[to++] = line[(*at)++];
		} else {
			line[to++] = c;
		}
	}
	arg->len = (uint32_t)to - arg->at;
	return !quote;
}

static enum resp_result parse_inline(struct resp_parser *p, uint8_t *data, size_t len)
{
	size_t max = p->limits.bytes_max < RESP_INLINE_MAX ? p->limits.bytes_max : RESP_INLINE_MAX;
	size_t room = len < max ? len : max;
	uint8_t *end = memchr(data + p->at, '\n', room - p->at);
	size_t at = 0, line;

	if (!end) {
		p->at = (uint32_t)room;
		return room == max ? bad(p, "too big inline request") : RESP_MORE;
	}
	line = (size_t)(end - data);
	p->at = (uint32_t)line + 1;
	while (true) {
		while (at < line && blank(data[at]))
			at++;
		if (at == line)
			return RESP_REQUEST;
		if (p->argc == p->limits.args_max)
			return bad(p, "invalid multibulk length");
		if (!inline_arg(data, line, &at, &p->args[p->argc]))
			return bad(p, "unbalanced quotes in request");
		p->argc++;
	}
}

enum resp_result resp_parse(struct resp_parser *p, uint8_t *data, size_t len, size_t *used)
{
	enum resp_result r;

	xassert(p->limits.bytes_max <= INT32_MAX && p->at <= len);
	if (!len)
		return RESP_MORE;
	/* The first call for a request: what the one before left is over. */
	if (!p->at && !p->want)
		p->argc = 0;
	r = *data == '*' ? parse_array(p, data, len) : parse_inline(p, data, len);
	if (r == RESP_REQUEST) {
		*used = p->at;
		p->at = 0;
		p->want = 0;
	}
	return r;
}
