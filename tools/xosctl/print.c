// SPDX-License-Identifier: GPL-2.0-or-later
#include "print.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define DEPTH_MAX 16

struct print_options print_options;

static struct {
	int depth;
	bool has_members[DEPTH_MAX];
} json;

static const char *const color_on[] = {
	[COLOR_NONE] = "",	  [COLOR_GOOD] = "\033[32m", [COLOR_WARN] = "\033[33m",
	[COLOR_BAD] = "\033[31m", [COLOR_KEY] = "\033[36m",
};

static bool to_json(enum print_type type)
{
	return print_options.json && type != PRINT_TEXT;
}

static bool to_text(enum print_type type)
{
	return !print_options.json && type != PRINT_JSON;
}

static void json_indent(void)
{
	if (!print_options.pretty)
		return;
	putchar('\n');
	for (int i = 0; i < json.depth; i++)
		fputs("    ", stdout);
}

static void json_text(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c == '\n')
			fputs("\\n", stdout);
		else if (c < 0x20 || c == 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void json_key(const char *key)
{
	if (json.has_members[json.depth])
		putchar(',');
	if (json.depth)
		json_indent();
	json.has_members[json.depth] = true;
	if (!key)
		return;
	json_text(key);
	fputs(print_options.pretty ? ": " : ":", stdout);
}

static void json_open(const char *key, char bracket)
{
	json_key(key);
	putchar(bracket);
	if (json.depth + 1 >= DEPTH_MAX)
		abort();
	json.has_members[++json.depth] = false;
}

static void json_close(char bracket)
{
	bool had = json.has_members[json.depth--];

	if (had)
		json_indent();
	putchar(bracket);
	if (!json.depth) {
		putchar('\n');
		json.has_members[0] = false;
	}
}

void print_open_object(const char *key)
{
	if (print_options.json)
		json_open(key, '{');
}

void print_close_object(void)
{
	if (print_options.json)
		json_close('}');
}

void print_open_array(const char *key)
{
	if (print_options.json)
		json_open(key, '[');
}

void print_close_array(void)
{
	if (print_options.json)
		json_close(']');
}

void print_nl(void)
{
	if (!print_options.json)
		putchar('\n');
}

void print_break(void)
{
	if (!print_options.json)
		fputs(print_options.oneline ? "\\" : "\n    ", stdout);
}

void print_flush_line(void)
{
	fflush(stdout);
}

void print_color_string(enum print_type type, enum print_color color, const char *key,
			const char *fmt, const char *value)
{
	if (to_json(type)) {
		json_key(key);
		json_text(value);
	} else if (to_text(type) && fmt) {
		bool on = print_options.color && color != COLOR_NONE;

		if (on)
			fputs(color_on[color], stdout);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		printf(fmt, value);
#pragma GCC diagnostic pop
		if (on)
			fputs("\033[0m", stdout);
	}
}

void print_string(enum print_type type, const char *key, const char *fmt, const char *value)
{
	print_color_string(type, COLOR_NONE, key, fmt, value);
}

void print_uint(enum print_type type, const char *key, const char *fmt, uint64_t value)
{
	char text[24];

	if (to_json(type)) {
		json_key(key);
		printf("%" PRIu64, value);
		return;
	}
	snprintf(text, sizeof(text), "%" PRIu64, value);
	print_string(type, key, fmt, text);
}

void print_int(enum print_type type, const char *key, const char *fmt, int64_t value)
{
	char text[24];

	if (to_json(type)) {
		json_key(key);
		printf("%" PRId64, value);
		return;
	}
	snprintf(text, sizeof(text), "%" PRId64, value);
	print_string(type, key, fmt, text);
}

void print_bool(enum print_type type, const char *key, const char *fmt, bool value)
{
	if (to_json(type)) {
		json_key(key);
		fputs(value ? "true" : "false", stdout);
		return;
	}
	print_string(type, key, fmt, value ? "yes" : "no");
}

void print_id(enum print_type type, const char *key, const char *fmt, const struct xos_id *id)
{
	char text[2 * XOS_ID_LEN + 1];

	for (int i = 0; i < XOS_ID_LEN; i++)
		snprintf(text + 2 * i, 3, "%02x", id->b[i]);
	/* In text eight digits tell nodes apart; JSON and -d have all. */
	if (!print_options.json && !print_options.details)
		text[8] = 0;
	print_string(type, key, fmt, text);
}

void print_addr(enum print_type type, const char *key, const char *fmt, const struct xos_addr *addr)
{
	char text[XOS_ADDR_STR_MAX];

	print_string(type, key, fmt, xos_addr_format(addr, text));
}

void print_bytes(enum print_type type, const char *key, const char *fmt, struct bytes value)
{
	char *text = malloc(4 * value.len + 1), *p = text;

	if (!text)
		abort();
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.data[i];

		if (c >= 0x20 && c < 0x7f && c != '\\')
			*p++ = (char)c;
		else
			p += sprintf(p, "\\x%02x", c);
	}
	*p = 0;
	print_string(type, key, fmt, text);
	free(text);
}

void print_text(const char *fmt, ...)
{
	va_list args;

	if (print_options.json)
		return;
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
}
