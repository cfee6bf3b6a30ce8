// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <nl/nl_sock.h>
#include <nl/xos_handoff_user.h>
#include <wire/hctl.h>

#include "agent.h"
#include "text.h"

static const char *const state_names[] = { "active", "draining", "down" };
static const enum print_color state_colors[] = { COLOR_GOOD, COLOR_WARN, COLOR_BAD };
static const char *const life_names[] = { "alive", "suspected", "failed" };

static int take_addr(struct args *args, const char *what, uint16_t port, struct xos_addr *out)
{
	const char *word = args_next(args);

	if (!word || xos_addr_parse(word, port, out))
		return fail(EXIT_SYNTAX, "%s: a numeric address is expected%s%s", what,
			    word ? ", not " : "", word ? word : "");
	return EXIT_OK;
}

static int vip_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_hctl_vip m;

	if (type != WIRE_HCTL_VIP || wire_hctl_vip_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_addr(PRINT_ANY, "vip", "vip %s", &m.vip);
	print_addr(PRINT_ANY, "contact", "  contact %s", &m.contact);
	print_text("%s", m.self_contact ? " (self)" : "");
	print_bool(PRINT_JSON, "self-contact", NULL, m.self_contact);
	print_uint(PRINT_ANY, "members", "  members %s", m.members);
	print_uint(PRINT_ANY, "version", "  version %s", m.version);
	print_bool(PRINT_JSON, "draining", NULL, m.draining);
	print_text("%s", m.draining ? "  draining:" : "");
	print_uint(m.draining ? PRINT_ANY : PRINT_JSON, "left", " left %s", m.left);
	print_uint(m.draining ? PRINT_ANY : PRINT_JSON, "moved", "  moved %s", m.moved);
	print_uint(m.draining ? PRINT_ANY : PRINT_JSON, "failed", "  failed %s", m.failed);
	print_close_object();
	print_nl();
	return 0;
}

static int vip_show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_HANDOFFD, hctl_vip_show, vip_item, NULL);
	print_close_array();
	return status;
}

static int agent_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_hctl_status_item m;
	char text[CLIENT_TEXT_MAX];

	if (type != WIRE_HCTL_STATUS_ITEM || wire_hctl_status_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_string(PRINT_ANY, "name", "handoffd at %s", text_of(m.name, text, sizeof(text)));
	print_string(PRINT_ANY, "version", "  version %s", text_of(m.version, text, sizeof(text)));
	print_addr(PRINT_ANY, "addr", "  addr %s", &m.addr);
	print_uint(PRINT_ANY, "generation", "  generation %s", m.generation);
	print_break();
	print_uint(PRINT_ANY, "vips", "vips %s", m.vips);
	print_uint(PRINT_ANY, "services", "  services %s", m.services);
	print_uint(PRINT_ANY, "moves", "  moving %s", m.moves);
	print_uint(PRINT_ANY, "moves-out", "  moved out %s", m.moves_out);
	print_uint(PRINT_ANY, "moves-in", "  in %s", m.moves_in);
	print_uint(PRINT_ANY, "aborted", "  aborted %s", m.aborted);
	print_break();
	print_uint(PRINT_ANY, "suspected", "members suspected %s", m.suspected);
	print_uint(PRINT_ANY, "failed", "  failed %s", m.failed);
	print_uint(PRINT_ANY, "takeovers", "  takeovers %s", m.takeovers);
	print_uint(PRINT_ANY, "clients-lost", "  clients lost %s", m.clients_lost);
	if (m.has_optimised) {
		print_break();
		print_uint(PRINT_ANY, "optimised", "direct paths %s", m.optimised);
		print_uint(PRINT_ANY, "optimised-ever", "  accepted %s", m.optimised_ever);
		print_uint(PRINT_ANY, "unable", "  unable %s", m.unable);
		print_uint(PRINT_ANY, "silent", "  silent %s", m.silent);
		print_uint(PRINT_ANY, "stalled", "  stalled %s", m.stalled);
		print_uint(PRINT_ANY, "lost", "  lost %s", m.lost);
	}
	print_close_object();
	print_nl();
	return 0;
}

static int vip_agent(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_HANDOFFD, hctl_status, agent_item, NULL);
}

static const struct command vip_commands[] = {
	{ "show", "", "addresses that this node takes part in", vip_show },
	{ "agent", "", "how handoffd of this node is", vip_agent },
	{ 0 },
};

const struct object object_vip = {
	.name = "vip",
	.help = "distributed servers' addresses",
	.commands = vip_commands,
};

static int member_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_hctl_member m;
	char text[CLIENT_TEXT_MAX];
	uint32_t state, life;

	if (type != WIRE_HCTL_MEMBER || wire_hctl_member_decode(msg, &m))
		return -EPROTO;
	state = m.member.state < 3 ? m.member.state : 2;
	life = m.member.life < 3 ? m.member.life : 2;
	print_open_object(NULL);
	print_addr(PRINT_ANY, "vip", "vip %s", &m.vip);
	print_string(PRINT_ANY, "name", "  %-10s", text_of(m.member.name, text, sizeof(text)));
	print_addr(PRINT_ANY, "addr", "  %-26s", &m.member.addr);
	print_uint(PRINT_ANY, "weight", "  weight %s", m.member.weight);
	print_color_string(PRINT_ANY, state_colors[state], "state", "  %s", state_names[state]);
	if (m.member.has_life)
		print_color_string(PRINT_ANY, state_colors[life], "life", "  %s", life_names[life]);
	if (m.has_left)
		print_uint(PRINT_ANY, "left", "  %s left", m.left);
	print_uint(print_options.details ? PRINT_ANY : PRINT_JSON, "number", "  number %s",
		   m.member.number);
	print_text("%s", m.member.contact ? "  contact" : "");
	print_bool(PRINT_JSON, "contact", NULL, m.member.contact);
	print_close_object();
	print_nl();
	return 0;
}

static int member_show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_HANDOFFD, hctl_member_show, member_item, NULL);
	print_close_array();
	return status;
}

/* NAME vip ADDRESS, which each change of a member begins with. */
static int take_member(struct args *args, const char **name, struct xos_addr *vip)
{
	*name = args_next(args);
	if (!*name || !args_match(args, "vip"))
		return fail(EXIT_SYNTAX, "NAME vip ADDRESS is expected");
	return take_addr(args, "vip", 0, vip);
}

static int member_change(struct args *args, bool has_state, uint32_t state)
{
	struct xos_addr vip, addr = { .port = 0 };
	bool has_addr = false, has_weight = false;
	unsigned long weight = 0;
	const char *name;
	int status;

	status = take_member(args, &name, &vip);
	while (status == EXIT_OK && args->argc && !has_state) {
		if (args_match(args, "addr")) {
			status = take_addr(args, "addr", 7410, &addr);
			has_addr = true;
		} else if (args_match(args, "weight")) {
			status = args_uint(args, "weight", 1000, &weight);
			has_weight = true;
		} else {
			break;
		}
	}
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_HANDOFFD, hctl_member_set, NULL, NULL, .vip = vip,
			     .name = bytes_str(name), .addr = addr, .has_addr = has_addr,
			     .weight = (uint32_t)weight, .has_weight = has_weight, .state = state,
			     .has_state = has_state);
}

static int member_set(struct args *args)
{
	return member_change(args, false, 0);
}

static int member_drain(struct args *args)
{
	return member_change(args, true, WIRE_DS_MEMBER_STATE_DRAINING);
}

static int member_undrain(struct args *args)
{
	return member_change(args, true, WIRE_DS_MEMBER_STATE_ACTIVE);
}

static int member_del(struct args *args)
{
	struct xos_addr vip;
	const char *name;
	int status;

	status = take_member(args, &name, &vip);
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_HANDOFFD, hctl_member_del, NULL, NULL, .vip = vip,
			     .name = bytes_str(name));
}

static const struct command member_commands[] = {
	{ "show", "", "members of all addresses, as this node knows them", member_show },
	{ "add", "NAME vip ADDRESS addr ADDRESS [ weight N ]", "add a member; at the contact node",
	  member_set },
	{ "set", "NAME vip ADDRESS [ addr ADDRESS ] [ weight N ]",
	  "change a member; at the contact node", member_set },
	{ "drain", "NAME vip ADDRESS", "give it no new connections; those that it has move away",
	  member_drain },
	{ "undrain", "NAME vip ADDRESS", "give it new connections again", member_undrain },
	{ "del", "NAME vip ADDRESS", "remove a member; at the contact node", member_del },
	{ 0 },
};

const struct object object_member = {
	.name = "member",
	.help = "servers behind an address",
	.commands = member_commands,
};
