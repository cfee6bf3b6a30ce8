// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

#define QUERY_MAX 4096

static int select_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_select_summary *summary = ctx;
	struct wire_ctl_select_item m;
	char text[CLIENT_TEXT_MAX];

	if (type == WIRE_CTL_SELECT_SUMMARY) {
		if (wire_ctl_select_summary_decode(msg, summary))
			return -EPROTO;
		print_close_array();
		print_string(PRINT_ANY, "outcome", "%s",
			     text_of(summary->outcome, text, sizeof(text)));
		print_uint(PRINT_ANY, "found", ", %s found", summary->found);
		if (print_options.details && summary->has_visited) {
			print_uint(PRINT_ANY, "visited", ", %s machines asked", summary->visited);
			print_uint(PRINT_ANY, "depth", ", %s questions deep", summary->depth);
			print_uint(PRINT_ANY, "missing", ", %s regions missing", summary->missing);
		}
		print_nl();
		return 0;
	}
	if (type != WIRE_CTL_SELECT_ITEM || wire_ctl_select_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_string(PRINT_ANY, "machine", "%-12s", text_of(m.machine, text, sizeof(text)));
	print_id(PRINT_ANY, "id", "  %s", &m.id);
	print_addr(PRINT_ANY, "addr", "  %s", &m.addr);
	print_close_object();
	print_nl();
	return 0;
}

static int run(struct args *args)
{
	struct wire_ctl_select_summary summary = { .outcome = { 0 } };
	char query[QUERY_MAX];
	size_t len = 0;
	int status;

	if (!args->argc)
		return fail(EXIT_SYNTAX, "an expression is missing, such as 'cores >= 4' limit 3");
	while (args->argc) {
		const char *word = args_next(args);

		if (len + strlen(word) + 2 > sizeof(query))
			return fail(EXIT_SYNTAX, "the query is longer than %d bytes", QUERY_MAX);
		len += (size_t)sprintf(query + len, "%s%s", len ? " " : "", word);
	}
	print_open_object(NULL);
	print_open_array("machines");
	status = AGENT_REQUEST(AGENT_XOSD, ctl_select, select_item, &summary,
			       .query = bytes_of(query, len));
	if (!summary.outcome.data)
		print_close_array();
	print_close_object();
	return status;
}

static const struct command commands[] = {
	{ "select", "EXPRESSION [ limit N ] [ min M ] [ order by ATTRIBUTE [ desc ] ]",
	  "machines whose attributes match, each answering for itself", run },
	{ 0 },
};

const struct object object_select = {
	.name = "select",
	.help = "find machines by their attributes",
	.commands = commands,
	.direct = true,
};

static int attr_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_attr_item m;
	char text[CLIENT_TEXT_MAX];

	if (type != WIRE_CTL_ATTR_ITEM || wire_ctl_attr_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_color_string(PRINT_ANY, COLOR_KEY, "name", "%-20s",
			   text_of(m.name, text, sizeof(text)));
	print_string(PRINT_ANY, "value", " %s", text_of(m.value, text, sizeof(text)));
	print_string(print_options.details ? PRINT_ANY : PRINT_JSON, "type", "  (%s)",
		     text_of(m.type, text, sizeof(text)));
	print_close_object();
	print_nl();
	return 0;
}

static int attr_show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_attr_show, attr_item, NULL);
	print_close_array();
	return status;
}

static const struct command attr_commands[] = {
	{ "show", "", "the attributes of this machine", attr_show },
	{ 0 },
};

const struct object object_attr = {
	.name = "attr",
	.help = "the attributes that select looks at",
	.commands = attr_commands,
};
