// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <daemon/args.h>
#include <daemon/log.h>
#include <handoffd/front.h>
#include <wire/dserver.h>

int handoffd_config_vip(const char *text, struct xos_addr *vip, struct xos_addr *contact,
			struct xos_addr *standby)
{
	char a[XOS_ADDR_STR_MAX], b[XOS_ADDR_STR_MAX], c[XOS_ADDR_STR_MAX], rest;
	int n = sscanf(text, "%63s contact %63s standby %63s %c", a, b, c, &rest);

	/* "standby" without an address, or something else, is still there after two. */
	if (n != 3 && sscanf(text, "%63s contact %63s %c", a, b, &rest) != 2)
		return -EINVAL;
	*standby = (struct xos_addr){ .port = 0 };
	if (n == 3 && (xos_addr_parse(c, HANDOFFD_PORT, standby) || !strcmp(b, c)))
		return -EINVAL;
	return xos_addr_parse(a, 0, vip) || xos_addr_parse(b, HANDOFFD_PORT, contact) ? -EINVAL : 0;
}

static const char *check_vip(const char *value)
{
	struct xos_addr vip, contact, standby;

	return handoffd_config_vip(value, &vip, &contact, &standby) ?
		       "not 'ADDRESS contact ADDRESS [ standby ADDRESS ]'" :
		       NULL;
}

static const char *check_front(const char *value)
{
	struct front_address a;

	return *value && front_parse(value, &a) ? "not 'ADDRESS/LENGTH dev NAME'" : NULL;
}

static const char *check_addr(const char *value)
{
	struct xos_addr a;

	return xos_addr_parse(value, HANDOFFD_PORT, &a) ? "no numeric address" : NULL;
}

#define O(section, name, type, field, def, min, max, check, doc)                             \
	{                                                                                    \
		section, name, type, offsetof(struct handoffd_config, field), def, min, max, \
			check, doc                                                           \
	}

const struct config_option handoffd_options[] = {
	O("grid", "name", CONFIG_STRING, agent.grid, NULL, 0, 63, NULL,
	  "name of the grid; that of the virtual organisation when empty"),
	O("grid", "credentials", CONFIG_STRING, agent.credentials, "/var/lib/xos/credentials", 1, 0,
	  NULL, "folder of this node's credentials (xosctl vo issue node)"),
	O("grid", "peers", CONFIG_STRING, agent.peers, NULL, 0, 0, NULL,
	  "names of the nodes that may serve addresses with this machine, and hand connections to it; all when empty"),
	O("grid", "insecure", CONFIG_BOOL, agent.insecure, "no", 0, 0, NULL,
	  "for tests only: no certificates, whoever has the group key is a member"),
	O("grid", "group-key", CONFIG_STRING, agent.group_key, "/etc/xos/group.key", 1, 0, NULL,
	  "with insecure: file of the group key, 64 hexadecimal digits, mode 0600"),
	O("node", "name", CONFIG_STRING, name, NULL, 0, WIRE_DS_NAME_MAX - 1, NULL,
	  "name of this node in groups; the host's name when empty"),
	O("node", "listen", CONFIG_STRING, agent.listen, "::1", 1, 0, check_addr,
	  "address that other agents reach this one at; also its care-of address"),
	O("node", "port", CONFIG_UINT, agent.port, "7410", 1, 65535, NULL, "port for other agents"),
	O("node", "data-dir", CONFIG_STRING, agent.data_dir, "/var/lib/xos-handoff", 1, 0, NULL,
	  "folder of the store"),
	O("node", "run-dir", CONFIG_STRING, agent.run_dir, "/run/xos", 1, 0, NULL,
	  "folder of the sockets for xosctl and for programs"),
	O("node", "user", CONFIG_STRING, agent.user, "xos", 0, 0, NULL,
	  "user to become when started as root; empty to stay root"),
	O("node", "group", CONFIG_STRING, agent.group, "xos", 0, 0, NULL,
	  "group that may use the sockets, when it exists"),
	O("node", "vip", CONFIG_LIST, vip, NULL, 1, 0, check_vip,
	  "ADDRESS contact ADDRESS [ standby ADDRESS ]: a distributed server's address (with [] and"
	  " port for one port), its contact node and that one's standby; may be given several times"),
	O("node", "contact-address", CONFIG_STRING, contact_address, NULL, 0, 0, check_front,
	  "ADDRESS/LENGTH dev NAME: where a router sends packets for the addresses; whoever of contact"
	  " node and standby is in charge has it"),
	O("node", "route-optimisation", CONFIG_BOOL, optimise, "no", 0, 0, NULL,
	  "let packets go directly to and from clients that know Mobile IPv6 (RFC 6275); the same on"
	  " all nodes of an address"),
	O("log", NULL, CONFIG_PAIRS, agent.log, NULL, 0, 0, log_level_check,
	  "levels (err, warn, info, debug): all = LEVEL, or a subsystem's name = LEVEL"),
	{ 0 },
};

int handoffd_config_args(int argc, char **argv, struct handoffd_config *c, const char **path)
{
	static const struct args_program program = { .name = "handoffd",
						     .path = HANDOFFD_CONFIG_PATH,
						     .options = handoffd_options,
						     .more_usage = "" };
	const char *bad;
	struct args a;
	int status;

	memset(c, 0, sizeof(*c));
	status = args_load(argc, argv, &program, c, &a);
	if (status >= 0)
		return status;
	*path = a.path;
	if (!*c->agent.grid && c->agent.insecure)
		strcpy(c->agent.grid, "xos");
	if (!*c->name && gethostname(c->name, WIRE_DS_NAME_MAX - 1))
		strcpy(c->name, "localhost");
	bad = log_pairs_bad(&c->agent.log);
	if (bad)
		return args_refuse(&program, &a, "[log] names no subsystem '%s'", bad);
	return args_end(&a);
}
