// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <wire/control.h>

#include "agent.h"
#include "select_list.h"
#include "text.h"

static const char machines[] = "machines", conditions[] = "conditions";

/* An answer as far as it was printed. */
struct answer {
	const char *array;
	bool ended;
};

/* In JSON machines and conditions are arrays, one after the other. */
static void in_array(struct answer *a, const char *array)
{
	if (a->array == array)
		return;
	if (a->array)
		print_close_array();
	if (array)
		print_open_array(array);
	a->array = array;
}

static int say_machine(struct bytes msg)
{
	struct wire_ctl_select_item m;
	struct wire_ctl_shown shown;
	char text[CLIENT_TEXT_MAX], name[CLIENT_TEXT_MAX];
	size_t pos = 0;

	if (wire_ctl_select_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_string(PRINT_ANY, "machine", "%-12s", text_of(m.machine, text, sizeof(text)));
	print_id(PRINT_ANY, "id", "  %s", &m.id);
	print_addr(PRINT_ANY, "addr", "  %s", &m.addr);
	if (m.shown.n)
		print_open_object("shown");
	while (wire_ctl_shown_list_next(&m.shown, &pos, &shown)) {
		text_of(shown.name, name, sizeof(name));
		print_text("  %s=", name);
		print_string(PRINT_ANY, name, "%s", text_of(shown.value, text, sizeof(text)));
	}
	if (m.shown.n)
		print_close_object();
	print_close_object();
	print_nl();
	return 0;
}

static int say_condition(struct answer *a, struct bytes msg)
{
	struct wire_ctl_select_clause m;
	char text[CLIENT_TEXT_MAX];

	if (wire_ctl_select_clause_decode(msg, &m))
		return -EPROTO;
	if (a->array != conditions)
		print_text("%10s %10s %10s  %s\n", "removed", "not true", "unknown", "condition");
	in_array(a, conditions);
	print_open_object(NULL);
	print_uint(PRINT_ANY, "removed", "%10s", m.removed);
	print_uint(PRINT_ANY, "untrue", " %10s", m.untrue);
	print_uint(PRINT_ANY, "unknown", " %10s", m.unknown);
	print_string(PRINT_ANY, "condition", "  %s", text_of(m.text, text, sizeof(text)));
	print_close_object();
	print_nl();
	return 0;
}

static int say_summary(struct answer *a, struct bytes msg)
{
	struct wire_ctl_select_summary m;
	char text[CLIENT_TEXT_MAX];

	if (wire_ctl_select_summary_decode(msg, &m))
		return -EPROTO;
	in_array(a, NULL);
	a->ended = true;
	print_string(PRINT_ANY, "outcome", "%s", text_of(m.outcome, text, sizeof(text)));
	print_uint(PRINT_ANY, "found", ", %s found", m.found);
	if (m.has_matched)
		print_uint(PRINT_ANY, "matched", " of %s that match", m.matched);
	if (m.has_refused)
		print_uint(PRINT_ANY, "refused", ", %s refuse the job", m.refused);
	if (print_options.details && m.has_visited) {
		print_uint(PRINT_ANY, "visited", ", %s machines asked", m.visited);
		print_uint(PRINT_ANY, "depth", ", %s questions deep", m.depth);
		print_uint(PRINT_ANY, "missing", ", %s regions missing", m.missing);
	}
	if (m.has_cursor) {
		print_break();
		print_string(PRINT_ANY, "cursor", "more: after %s",
			     text_of(m.cursor, text, sizeof(text)));
	}
	print_nl();
	return 0;
}

static int select_item(void *ctx, uint16_t type, struct bytes msg)
{
	switch (type) {
	case WIRE_CTL_SELECT_ITEM:
		return say_machine(msg);
	case WIRE_CTL_SELECT_CLAUSE:
		return say_condition(ctx, msg);
	case WIRE_CTL_SELECT_SUMMARY:
		return say_summary(ctx, msg);
	default:
		return -EPROTO;
	}
}

static int run(struct args *args)
{
	struct answer answer = { .array = NULL };
	enum select_list list = LIST_NONE;
	char query[QUERY_MAX];
	size_t len = 0;
	int status;

	if (args_match(args, "as")) {
		list = select_list_named(args_next(args));
		if (list == LIST_NONE)
			return fail(EXIT_SYNTAX, "'as' takes hosts, hostfile or slurm");
	}
	if (!args->argc)
		return fail(EXIT_SYNTAX, "an expression is missing, such as 'cores >= 4' limit 3");
	while (args->argc) {
		const char *word = args_next(args);

		if (len + strlen(word) + 2 > sizeof(query))
			return fail(EXIT_SYNTAX, "the query is longer than %d bytes", QUERY_MAX);
		len += (size_t)sprintf(query + len, "%s%s", len ? " " : "", word);
	}
	if (list != LIST_NONE)
		return select_list_run(list, query, len);
	print_open_object(NULL);
	in_array(&answer, machines);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_select, select_item, &answer,
			       .query = bytes_of(query, len));
	if (!answer.ended)
		in_array(&answer, NULL);
	print_close_object();
	return status;
}

static const struct command commands[] = {
	{ "select",
	  "[ as hosts | hostfile | slurm ] [ count | explain ] [ EXPRESSION ] [ limit N ] [ min M ]\n"
	  "           [ order by SCALAR [ desc ], .. ] [ prefer EXPRESSION [ weight N ] ] [ spread ATTRIBUTE max K ]\n"
	  "           [ same ATTRIBUTE ] [ show ATTRIBUTE, .. ] [ with NAME = VALUE, .. ]\n"
	  "           [ after CURSOR ] [ claim TIME as JOB ] [ fresh TIME ] [ deadline TIME ]",
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
