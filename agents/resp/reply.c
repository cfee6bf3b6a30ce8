// SPDX-License-Identifier: GPL-2.0-or-later
#include <resp/resp.h>

#include <stdarg.h>
#include <stdio.h>

#define ERROR_TEXT_MAX 512
/* Type, 20 characters of a number, line end. */
#define COUNT_MAX      24

static uint8_t *room(struct resp_reply *r, size_t len)
{
	if (len > r->cap - r->len && r->grow)
		r->grow(r, r->len + len);
	if (len > r->cap - r->len) {
		r->full = true;
		return NULL;
	}
	return r->data + r->len;
}

static void put(struct resp_reply *r, const void *data, size_t len)
{
	uint8_t *to = room(r, len);

	if (!to)
		return;
	memcpy(to, data, len);
	r->len += len;
}

/* "<type><n>\r\n", the digits from the right. */
static size_t count_text(char out[static COUNT_MAX], char type, int64_t n)
{
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char digits[20];
	size_t len = 0, i = sizeof(digits);

	do {
		digits[--i] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	out[len++] = type;
	if (n < 0)
		out[len++] = '-';
	memcpy(out + len, digits + i, sizeof(digits) - i);
	len += sizeof(digits) - i;
	out[len++] = '\r';
	out[len++] = '\n';
	return len;
}

static void put_count(struct resp_reply *r, char type, int64_t n)
{
	char text[COUNT_MAX];

	put(r, text, count_text(text, type, n));
}

void resp_simple(struct resp_reply *r, const char *text)
{
	put(r, "+", 1);
	put(r, text, strlen(text));
	put(r, "\r\n", 2);
}

void resp_error(struct resp_reply *r, const char *fmt, ...)
{
	char text[ERROR_TEXT_MAX];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	for (char *c = text; *c; c++) {
		if (*c == '\r' || *c == '\n')
			*c = ' ';
	}
	put(r, "-", 1);
	put(r, text, strlen(text));
	put(r, "\r\n", 2);
}

void resp_int(struct resp_reply *r, int64_t n)
{
	put_count(r, ':', n);
}

void resp_bulk(struct resp_reply *r, struct bytes s)
{
	char head[COUNT_MAX];
	size_t n = count_text(head, '$', (int64_t)s.len);
	uint8_t *to = room(r, n + s.len + 2);

	if (!to)
		return;
	memcpy(to, head, n);
	if (s.len)
		memcpy(to + n, s.data, s.len);
	memcpy(to + n + s.len, "\r\n", 2);
	r->len += n + s.len + 2;
}

void resp_null(struct resp_reply *r)
{
	if (r->proto == 3)
		put(r, "_\r\n", 3);
	else
		put(r, "$-1\r\n", 5);
}

void resp_null_array(struct resp_reply *r)
{
	if (r->proto == 3)
		put(r, "_\r\n", 3);
	else
		put(r, "*-1\r\n", 5);
}

void resp_array(struct resp_reply *r, size_t n)
{
	put_count(r, '*', (int64_t)n);
}

void resp_map(struct resp_reply *r, size_t n)
{
	if (r->proto == 3)
		put_count(r, '%', (int64_t)n);
	else
		put_count(r, '*', (int64_t)n * 2);
}

void resp_set(struct resp_reply *r, size_t n)
{
	put_count(r, r->proto == 3 ? '~' : '*', (int64_t)n);
}
