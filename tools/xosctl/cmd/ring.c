// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

/**
 * struct ring_ctx - what the items of an answer add up to
 * @summary: the last item
 * @has_summary: it came
 */
struct ring_ctx {
	struct wire_ctl_ring_summary summary;
	bool has_summary;
};

static const char *const level_names[] = { "up", "suspect", "failed" };
static const enum print_color level_colors[] = { COLOR_GOOD, COLOR_WARN, COLOR_BAD };

static void show_node(const struct wire_ctl_ring_node *m)
{
	size_t level = m->level < 3 ? m->level : 2;
	char text[CLIENT_TEXT_MAX];

	print_open_object(NULL);
	print_uint(PRINT_ANY, "class", "class %s", m->class);
	print_string(PRINT_ANY, "machine", "  %-10s", text_of(m->machine, text, sizeof(text)));
	print_id(PRINT_ANY, "id", "  %s", &m->id);
	print_addr(PRINT_ANY, "addr", "  %-26s", &m->addr);
	print_color_string(PRINT_ANY, level_colors[level], "level", "  %-7s", level_names[level]);
	print_uint(PRINT_ANY, "items", "  items %-7s", m->items);
	print_text("  arc [");
	if (m->has_start)
		print_bytes(PRINT_ANY, "start", "%s", m->start);
	print_text(", ");
	if (m->has_end)
		print_bytes(PRINT_ANY, "end", "%s", m->end);
	print_text(")");
	print_text("%s", m->self ? "  self" : "");
	print_text("%s%s", m->no_lease ? "  no lease" : "", m->claiming ? "  taking over" : "");
	print_bool(PRINT_JSON, "self", NULL, m->self);
	print_bool(PRINT_JSON, "leased", NULL, !m->no_lease);
	print_bool(PRINT_JSON, "claiming", NULL, m->claiming);
	if (m->rack.len || print_options.json)
		print_string(print_options.details ? PRINT_ANY : PRINT_JSON, "rack", "  rack %s",
			     text_of(m->rack, text, sizeof(text)));
	print_uint(print_options.details ? PRINT_ANY : PRINT_JSON, "epoch", "  epoch %s", m->epoch);
	print_close_object();
	print_nl();
}

static int ring_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_ring_node m;
	struct ring_ctx *r = ctx;

	if (type == WIRE_CTL_RING_SUMMARY) {
		r->has_summary = true;
		return wire_ctl_ring_summary_decode(msg, &r->summary) ? -EPROTO : 0;
	}
	if (type != WIRE_CTL_RING_NODE || wire_ctl_ring_node_decode(msg, &m))
		return -EPROTO;
	show_node(&m);
	return 0;
}

static int show(struct args *args)
{
	struct ring_ctx ctx = { .has_summary = false };
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_object(NULL);
	print_open_array("nodes");
	status = AGENT_REQUEST(AGENT_XOSD, ctl_ring_show, ring_item, &ctx);
	print_close_array();
	if (ctx.has_summary) {
		print_uint(PRINT_ANY, "count", "ring: %s nodes", ctx.summary.nodes);
		print_uint(PRINT_ANY, "replicas", ", %s replica classes, ", ctx.summary.replicas);
		print_color_string(PRINT_TEXT, ctx.summary.complete ? COLOR_GOOD : COLOR_WARN, NULL,
				   "%s", ctx.summary.complete ? "complete" : "incomplete");
		print_bool(PRINT_JSON, "complete", NULL, ctx.summary.complete);
		print_nl();
	}
	print_close_object();
	return status;
}

static const struct command commands[] = {
	{ "show", "", "all nodes in the order of the ring, with the arcs they hold", show },
	{ 0 },
};

const struct object object_ring = {
	.name = "ring",
	.help = "who holds which keys",
	.commands = commands,
};

static int node_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_ring_node m;
	char text[CLIENT_TEXT_MAX];
	size_t level;

	if (type == WIRE_CTL_RING_SUMMARY)
		return 0;
	if (type != WIRE_CTL_RING_NODE || wire_ctl_ring_node_decode(msg, &m))
		return -EPROTO;
	level = m.level < 3 ? m.level : 2;
	print_open_object(NULL);
	print_string(PRINT_ANY, "machine", "%-12s", text_of(m.machine, text, sizeof(text)));
	print_id(PRINT_ANY, "id", "  %s", &m.id);
	print_addr(PRINT_ANY, "addr", "  %-26s", &m.addr);
	print_color_string(PRINT_ANY, level_colors[level], "level", "  %s", level_names[level]);
	if (m.rack.len || print_options.json)
		print_string(PRINT_ANY, "rack", "  rack %s", text_of(m.rack, text, sizeof(text)));
	print_close_object();
	print_nl();
	return 0;
}

static int node_show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_ring_show, node_item, NULL);
	print_close_array();
	return status;
}

static const struct command node_commands[] = {
	{ "show", "", "the nodes of the grid and how this agent sees them", node_show },
	{ 0 },
};

const struct object object_node = {
	.name = "node",
	.help = "the nodes of the grid",
	.commands = node_commands,
};
