// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

static int show_node(const struct wire_ctl_status_item *m)
{
	enum print_color color = COLOR_WARN;
	char text[CLIENT_TEXT_MAX];

	print_string(PRINT_ANY, "program", "%s ", text_of(m->program, text, sizeof(text)));
	print_string(PRINT_ANY, "version", "%s", text_of(m->version, text, sizeof(text)));
	print_string(PRINT_ANY, "grid", "  grid %s", text_of(m->grid, text, sizeof(text)));
	text_of(m->state, text, sizeof(text));
	if (!strcmp(text, "serving"))
		color = COLOR_GOOD;
	print_color_string(PRINT_ANY, color, "state", "  %s", text);
	print_break();
	print_string(PRINT_ANY, "machine", "machine %s", text_of(m->machine, text, sizeof(text)));
	print_id(PRINT_ANY, "id", "  id %s", &m->id);
	print_addr(PRINT_ANY, "addr", "  addr %s", &m->addr);
	print_break();
	print_uint(PRINT_ANY, "nodes-up", "nodes %s", m->nodes_up);
	print_uint(PRINT_ANY, "nodes-known", "/%s up", m->nodes_known);
	print_uint(PRINT_ANY, "class", "  class %s", m->class);
	print_uint(PRINT_ANY, "replicas", " of %s", m->replicas);
	print_uint(PRINT_ANY, "items", "  items %s", m->items);
	print_string(PRINT_ANY, "kernel-lookup", "  lookup by %s",
		     m->kernel_lookup ? "kernel" : "agent");
	if (m->insecure) {
		print_bool(PRINT_JSON, "insecure", NULL, true);
		print_break();
		print_color_string(PRINT_TEXT, COLOR_BAD, NULL, "%s",
				   "INSECURE: whoever has the group key is a member of this grid");
		print_break();
	}
	if (m->has_credentials_until)
		print_uint(PRINT_JSON, "credentials-until", NULL, m->credentials_until);
	print_uint(PRINT_JSON, "uptime-ms", NULL, m->uptime_ms);
	print_uint(PRINT_TEXT, NULL, "  up %s s", m->uptime_ms / 1000);
	return 0;
}

static int status_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_status_item m;

	if (type != WIRE_CTL_STATUS_ITEM || wire_ctl_status_item_decode(msg, &m))
		return -EPROTO;
	return show_node(&m);
}

int counter_item(void *ctx, uint16_t type, struct bytes msg)
{
	char name[CLIENT_TEXT_MAX], fmt[CLIENT_TEXT_MAX + 8];
	struct wire_ctl_counter m;

	if (type != WIRE_CTL_COUNTER || wire_ctl_counter_decode(msg, &m))
		return -EPROTO;
	text_of(m.name, name, sizeof(name));
	if (!m.value && print_options.statistics < 2 && !print_options.json)
		return 0;
	snprintf(fmt, sizeof(fmt), "%-32s %%s", name);
	print_break();
	print_uint(PRINT_ANY, name, fmt, m.value);
	return 0;
}

static int show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_object(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_status, status_item, NULL);
	if (status == EXIT_OK && print_options.statistics) {
		print_open_object("counters");
		status = AGENT_REQUEST(AGENT_XOSD, ctl_counters, counter_item, NULL);
		print_close_object();
	}
	print_close_object();
	if (status == EXIT_OK)
		print_nl();
	return status;
}

static const struct command commands[] = {
	{ "show", "", "how the agent and its grid are; -s for counters, -s -s for all of them",
	  show },
	{ 0 },
};

const struct object object_status = {
	.name = "status",
	.help = "how the agent and its grid are",
	.commands = commands,
};
