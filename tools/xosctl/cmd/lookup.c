// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <nl/nl_sock.h>
#include <nl/xos_lookup_user.h>
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

static void show_stats(const struct xos_lookup_stats *s)
{
	print_open_object("stats");
	print_break();
	print_uint(PRINT_ANY, "answered", "answered %s", s->answered);
	print_uint(PRINT_ANY, "passed", "  passed %s", s->passed);
	print_uint(PRINT_ANY, "miss-table", "  miss-table %s", s->miss_table);
	print_uint(PRINT_ANY, "miss-lease", "  miss-lease %s", s->miss_lease);
	print_uint(PRINT_ANY, "miss-pad", "  miss-pad %s", s->miss_pad);
	print_uint(PRINT_ANY, "miss-packet", "  miss-packet %s", s->miss_packet);
	print_break();
	print_uint(PRINT_ANY, "drop-mac", "drop-mac %s", s->drop_mac);
	print_uint(PRINT_ANY, "drop-malformed", "  drop-malformed %s", s->drop_malformed);
	print_uint(PRINT_ANY, "drop-route", "  drop-route %s", s->drop_route);
	print_close_object();
}

static int responder_item(void *arg, const struct xos_lookup_responder *r)
{
	struct xos_id id;

	/* The responders changed meanwhile; what was printed is still true of its moment. */
	if (!r)
		return 0;
	memcpy(id.b, r->node_id, sizeof(id.b));
	print_open_object(NULL);
	print_id(PRINT_ANY, "node-id", "responder %s", &id);
	print_uint(PRINT_ANY, "port", "  port %s", r->port);
	print_uint(PRINT_ANY, "classes", "  classes %s", r->classes);
	print_uint(PRINT_ANY, "arcs", "  arcs %s", r->arcs);
	print_uint(PRINT_ANY, "epoch", "  table %s", r->epoch);
	print_uint(PRINT_ANY, "lease-ms", "  lease %s ms", r->lease_ms);
	if (print_options.statistics || print_options.json)
		show_stats(&r->stats);
	print_close_object();
	print_nl();
	return 0;
}

static int show(struct args *args)
{
	int status = args_end(args), err;
	struct xnl_sock *s;

	if (status != EXIT_OK)
		return status;
	err = xnl_open(&xos_lookup_family, NULL, &s);
	if (err)
		return fail(EXIT_UNREACHABLE, "xos_lookup: %s",
			    err == -ENOENT ? "the module is not loaded" : strerror(-err));
	print_open_array(NULL);
	err = xos_lookup_responder_get_dump(s, responder_item, NULL);
	print_close_array();
	if (err)
		status = fail(EXIT_REFUSED, "%s", xnl_error_text(s));
	xnl_close(s);
	return status;
}

static const struct command commands[] = {
	{ "show", "", "sockets that xos_lookup answers on; -s for its counters", show },
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
