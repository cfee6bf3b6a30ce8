// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

static int take_key(struct args *args, const char *what, struct bytes *out)
{
	char *word = args_next(args);

	if (!word)
		return fail(EXIT_SYNTAX, "%s is missing", what);
	if (text_unescape(word, out))
		return fail(EXIT_SYNTAX, "%s: a backslash starts \\\\ or \\xHH", what);
	if (out->len > WIRE_CTL_KEY_MAX)
		return fail(EXIT_SYNTAX, "%s is longer than %d bytes", what, WIRE_CTL_KEY_MAX);
	return EXIT_OK;
}

static int key_item(void *ctx, uint16_t type, struct bytes msg)
{
	bool *value_only = ctx;
	struct wire_ctl_key_item m;

	if (type != WIRE_CTL_KEY_ITEM || wire_ctl_key_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_bytes(*value_only ? PRINT_JSON : PRINT_ANY, "key", "%s\t", m.key);
	print_bytes(PRINT_ANY, "value", "%s", m.value);
	print_uint(print_options.details ? PRINT_ANY : PRINT_JSON, "version", "\tversion %s",
		   m.version);
	print_close_object();
	print_nl();
	return 0;
}

static int get(struct args *args)
{
	bool value_only = true;
	struct bytes key;
	int status;

	status = take_key(args, "the key", &key);
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_XOSD, ctl_key_get, key_item, &value_only, .key = key);
}

/* The value is a word, or with '-' all of standard input. */
static int take_value(struct args *args, uint8_t *room, struct bytes *out)
{
	char *word = args_next(args);
	size_t len = 0;
	ssize_t n;

	if (!word)
		return fail(EXIT_SYNTAX, "the value is missing");
	if (strcmp(word, "-")) {
		if (text_unescape(word, out))
			return fail(EXIT_SYNTAX, "the value: a backslash starts \\\\ or \\xHH");
	} else {
		while ((n = read(STDIN_FILENO, room + len, WIRE_CTL_VALUE_MAX + 1 - len)) > 0)
			len += (size_t)n;
		if (n < 0)
			return fail(EXIT_SYNTAX, "standard input: %s", strerror(errno));
		*out = bytes_of(room, len);
	}
	if (out->len > WIRE_CTL_VALUE_MAX)
		return fail(EXIT_SYNTAX, "the value is longer than %d bytes", WIRE_CTL_VALUE_MAX);
	return EXIT_OK;
}

static int put(struct args *args)
{
	static uint8_t room[WIRE_CTL_VALUE_MAX + 1];
	struct bytes key, value;
	int status;

	status = take_key(args, "the key", &key);
	if (status == EXIT_OK)
		status = take_value(args, room, &value);
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_XOSD, ctl_key_put, NULL, NULL, .key = key, .value = value);
}

static int del(struct args *args)
{
	struct bytes key;
	int status;

	status = take_key(args, "the key", &key);
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_XOSD, ctl_key_del, NULL, NULL, .key = key);
}

/* The first key behind all that start with a prefix; empty when there is none. */
static struct bytes prefix_end(struct bytes prefix, uint8_t *room)
{
	memcpy(room, prefix.data, prefix.len);
	while (prefix.len && room[prefix.len - 1] == 0xff)
		prefix.len--;
	if (prefix.len)
		room[prefix.len - 1]++;
	return bytes_of(room, prefix.len);
}

static int range(struct args *args)
{
	struct bytes from = { 0 }, to = { 0 };
	static uint8_t room[WIRE_CTL_KEY_MAX];
	bool value_only = false;
	unsigned long limit = 0;
	int status = EXIT_OK;

	while (status == EXIT_OK && args->argc) {
		if (args_match(args, "from")) {
			status = take_key(args, "from", &from);
		} else if (args_match(args, "to")) {
			status = take_key(args, "to", &to);
		} else if (args_match(args, "prefix")) {
			status = take_key(args, "prefix", &from);
			if (status == EXIT_OK)
				to = prefix_end(from, room);
		} else if (args_match(args, "limit")) {
			status = args_uint(args, "limit", 1UL << 40, &limit);
		} else {
			status = args_end(args);
		}
	}
	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_key_range, key_item, &value_only, .from = from,
			       .to = to, .limit = limit);
	print_close_array();
	return status;
}

static const struct command commands[] = {
	{ "range", "[ from KEY ] [ to KEY ] [ prefix KEY ] [ limit N ]",
	  "items in the order of their keys; 'to' is not included", range },
	{ "get", "KEY", "the value of a key", get },
	{ "put", "KEY { VALUE | - }", "write a key; '-' reads the value from standard input", put },
	{ "del", "KEY", "remove a key", del },
	{ 0 },
};

const struct object object_key = {
	.name = "key",
	.help = "keys and values; bytes that are no text are written \\xHH",
	.commands = commands,
};
