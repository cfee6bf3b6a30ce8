// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <nl/nl_sock.h>
#include <nl/xos_handoff_user.h>
#include <wire/hctl.h>

#include "agent.h"

static const char *const client_states[] = { "new", "live", "closing", "closed" };
static const char *const gate_ins[] = { "local", "hold", "divert", "drop" };

static struct xos_addr addr_of(const uint8_t *ip, uint16_t port)
{
	struct xos_addr a = { .port = port };

	memcpy(a.ip, ip, sizeof(a.ip));
	return a;
}

static int client_item(void *arg, const struct xos_handoff_client *c)
{
	struct xos_addr addr;

	/* The table changed meanwhile; what was printed is still true of its moment. */
	if (!c)
		return 0;
	print_open_object(NULL);
	addr = addr_of(c->addr, c->has_port ? c->port : 0);
	print_addr(PRINT_ANY, "client", "client %-36s", &addr);
	addr = addr_of(c->vip_addr, c->has_server_port ? c->server_port : c->vip_port);
	print_addr(PRINT_ANY, "server", "  %-36s", &addr);
	print_uint(PRINT_ANY, "member", "  member %s", c->member_id);
	print_string(PRINT_ANY, "state", "  %s", c->state < 4 ? client_states[c->state] : "?");
	print_uint(PRINT_ANY, "idle-ms", "  idle %s ms", c->idle_ms);
	print_close_object();
	print_nl();
	return 0;
}

static int gate_item(void *arg, const struct xos_handoff_gate *g)
{
	struct xos_addr addr;

	if (!g)
		return 0;
	print_open_object(NULL);
	addr = addr_of(g->client_addr, g->client_port);
	print_addr(PRINT_ANY, "client", "gate %-36s", &addr);
	addr = addr_of(g->addr, g->port);
	print_addr(PRINT_ANY, "server", "  %-36s", &addr);
	print_string(PRINT_ANY, "in", "  in %s", g->in < 4 ? gate_ins[g->in] : "?");
	print_string(PRINT_ANY, "out", "  out %s", g->out ? "drop" : "pass");
	if (g->has_member_id)
		print_uint(PRINT_ANY, "member", "  to member %s", g->member_id);
	print_uint(PRINT_ANY, "held-packets", "  held %s", g->held_packets);
	print_close_object();
	print_nl();
	return 0;
}

static int binding_item(void *arg, const struct xos_handoff_binding *b)
{
	struct xos_addr addr;

	if (!b)
		return 0;
	print_open_object(NULL);
	addr = addr_of(b->addr, 0);
	print_addr(PRINT_ANY, "client", "binding %-36s", &addr);
	addr = addr_of(b->vip_addr, b->vip_port);
	print_addr(PRINT_ANY, "vip", "  %-36s", &addr);
	print_uint(PRINT_ANY, "expires-ms", "  expires in %s ms", b->expires_ms);
	print_uint(PRINT_ANY, "sent", "  sent %s", b->stats.sent);
	print_uint(PRINT_ANY, "received", "  received %s", b->stats.received);
	print_uint(PRINT_ANY, "plain", "  plain %s", b->stats.plain + b->stats.plain_size);
	print_close_object();
	print_nl();
	return 0;
}

static int open_module(struct xnl_sock **s)
{
	int err = xnl_open(&xos_handoff_family, NULL, s);

	return err ? fail(EXIT_UNREACHABLE, "xos_handoff: %s",
			  err == -ENOENT ? "the module is not loaded" : strerror(-err)) :
		     EXIT_OK;
}

static int show(struct args *args)
{
	int status = args_end(args);
	struct xnl_sock *s;

	if (status == EXIT_OK)
		status = open_module(&s);
	if (status != EXIT_OK)
		return status;
	print_open_object(NULL);
	print_open_array("clients");
	if (xos_handoff_client_get_dump(s, NULL, client_item, NULL))
		status = fail(EXIT_REFUSED, "%s", xnl_error_text(s));
	print_close_array();
	print_open_array("gates");
	if (status == EXIT_OK && xos_handoff_gate_get_dump(s, gate_item, NULL))
		status = fail(EXIT_REFUSED, "%s", xnl_error_text(s));
	print_close_array();
	print_open_array("bindings");
	if (status == EXIT_OK && xos_handoff_binding_get_dump(s, binding_item, NULL))
		status = fail(EXIT_REFUSED, "%s", xnl_error_text(s));
	print_close_array();
	print_close_object();
	xnl_close(s);
	return status;
}

static int handoff(struct args *args)
{
	struct xos_addr server, client;
	const char *word, *member;

	word = args_next(args);
	if (!word || xos_addr_parse(word, 0, &server) || !server.port)
		return fail(EXIT_SYNTAX, "the server end, [ADDRESS]:PORT, is expected");
	word = args_match(args, "client") ? args_next(args) : NULL;
	if (!word || xos_addr_parse(word, 0, &client) || !client.port)
		return fail(EXIT_SYNTAX, "client [ADDRESS]:PORT is expected");
	member = args_match(args, "to") ? args_next(args) : NULL;
	if (!member)
		return fail(EXIT_SYNTAX, "to MEMBER is expected");
	if (args_end(args) != EXIT_OK)
		return EXIT_SYNTAX;
	return AGENT_REQUEST(AGENT_HANDOFFD, hctl_move, NULL, NULL, .server = server,
			     .client = client, .member = bytes_str(member));
}

static const struct command commands[] = {
	{ "show", "",
	  "clients that the kernel steers from here, gates of connections that move, and clients that"
	  " are sent to directly (bindings)",
	  show },
	{ "handoff", "SERVER client CLIENT to MEMBER",
	  "move a live connection that is served here; ends have the form [ADDRESS]:PORT",
	  handoff },
	{ 0 },
};

const struct object object_conn = {
	.name = "conn",
	.help = "connections to distributed servers",
	.commands = commands,
};
