// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

static int owner_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_lookup_owner m;

	if (type != WIRE_CTL_LOOKUP_OWNER || wire_ctl_lookup_owner_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_uint(PRINT_ANY, "class", "class %s", m.class);
	print_id(PRINT_ANY, "id", "  %s", &m.id);
	print_addr(PRINT_ANY, "addr", "  %s", &m.addr);
	print_uint(print_options.details ? PRINT_ANY : PRINT_JSON, "epoch", "  epoch %s", m.epoch);
	print_close_object();
	print_nl();
	return 0;
}

static int get(struct args *args)
{
	struct xos_addr via = { .port = 0 };
	bool has_via = false;
	struct bytes key;
	char *word = args_next(args);
	int status;

	if (!word || text_unescape(word, &key))
		return fail(EXIT_SYNTAX, word ? "the key: a backslash starts \\\\ or \\xHH" :
						"the key is missing");
	if (args_match(args, "via")) {
		word = args_next(args);
		if (!word || xos_addr_parse(word, 7400, &via))
			return fail(EXIT_SYNTAX, "via: an address such as [2001:db8::1]:7400");
		has_via = true;
	}
	status = args_end(args);
	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_lookup, owner_item, NULL, .key = key, .via = via,
			       .has_via = has_via);
	print_close_array();
	return status;
}

static const struct command commands[] = {
	{ "get", "KEY [ via ADDRESS ]",
	  "who owns a key; via: ask that node over the network (its kernel or its agent answers)",
	  get },
	{ 0 },
};

const struct object object_lookup = {
	.name = "lookup",
	.help = "who owns a key",
	.commands = commands,
};
