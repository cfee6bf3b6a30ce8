// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <time.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

static int log_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_log_item m;
	char text[CLIENT_TEXT_MAX];

	if (type != WIRE_CTL_LOG_ITEM || wire_ctl_log_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_string(PRINT_ANY, "subsystem", "%-10s", text_of(m.subsystem, text, sizeof(text)));
	print_string(PRINT_ANY, "level", " %s", text_of(m.level, text, sizeof(text)));
	print_close_object();
	print_nl();
	return 0;
}

static int show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_log_show, log_item, NULL);
	print_close_array();
	return status;
}

static int set(struct args *args)
{
	const char *subsystem = args_next(args), *level = args_next(args);

	if (!level)
		return fail(EXIT_SYNTAX, "a subsystem (or 'all') and a level are missing");
	if (args_end(args) != EXIT_OK)
		return EXIT_SYNTAX;
	return AGENT_REQUEST(AGENT_XOSD, ctl_log_set, NULL, NULL, .subsystem = bytes_str(subsystem),
			     .level = bytes_str(level));
}

static const struct command commands[] = {
	{ "show", "", "how much each part of the agent logs", show },
	{ "set", "{ SUBSYSTEM | all } { err | warn | info | debug }", "change it, until a restart",
	  set },
	{ 0 },
};

const struct object object_log = {
	.name = "log",
	.help = "how much the agent logs",
	.commands = commands,
};

static void print_time(uint64_t ns)
{
	time_t s = (time_t)(ns / 1000000000);
	char text[40], out[48];
	struct tm tm;

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", localtime_r(&s, &tm));
	snprintf(out, sizeof(out), "%s.%03u", text, (unsigned int)(ns / 1000000 % 1000));
	print_string(print_options.timestamp ? PRINT_ANY : PRINT_JSON, "time", "%s ", out);
}

static int event_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_event m;
	char text[CLIENT_TEXT_MAX];

	if (type != WIRE_CTL_EVENT || wire_ctl_event_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_time(m.time_ns);
	print_string(PRINT_ANY, "event", "%s ", text_of(m.event, text, sizeof(text)));
	print_color_string(PRINT_ANY, COLOR_KEY, "object", "%s ",
			   text_of(m.object, text, sizeof(text)));
	print_string(PRINT_ANY, "text", "%s", text_of(m.text, text, sizeof(text)));
	print_close_object();
	print_nl();
	print_flush_line();
	return 0;
}

static int monitor(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_options.pretty = false;
	xosctl.timeout_ms = (unsigned int)-1;
	return AGENT_REQUEST(AGENT_XOSD, ctl_monitor, event_item, NULL);
}

static const struct command monitor_commands[] = {
	{ "monitor", "", "what exists, then every change, until interrupted; -t for times",
	  monitor },
	{ 0 },
};

const struct object object_monitor = {
	.name = "monitor",
	.help = "watch what happens",
	.commands = monitor_commands,
	.direct = true,
};
