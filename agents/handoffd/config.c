// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include <daemon/log.h>
#include <handoffd/front.h>
#include <wire/dserver.h>

#define EXIT_CONFIG 2

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

static const char *check_level(const char *value)
{
	return log_level_parse(value) < 0 ? "no level (err, warn, info, debug)" : NULL;
}

#define O(section, name, type, field, def, min, max, check, doc)                             \
	{                                                                                    \
		section, name, type, offsetof(struct handoffd_config, field), def, min, max, \
			check, doc                                                           \
	}

const struct config_option handoffd_options[] = {
	O("grid", "name", CONFIG_STRING, grid, NULL, 0, 63, NULL,
	  "name of the grid; that of the virtual organisation when empty"),
	O("grid", "credentials", CONFIG_STRING, credentials, "/var/lib/xos/credentials", 1, 0, NULL,
	  "folder of this node's credentials (xosctl vo issue node)"),
	O("grid", "insecure", CONFIG_BOOL, insecure, "no", 0, 0, NULL,
	  "for tests only: no certificates, whoever has the group key is a member"),
	O("grid", "group-key", CONFIG_STRING, group_key, "/etc/xos/group.key", 1, 0, NULL,
	  "with insecure: file of the group key, 64 hexadecimal digits, mode 0600"),
	O("node", "name", CONFIG_STRING, name, NULL, 0, WIRE_DS_NAME_MAX - 1, NULL,
	  "name of this node in groups; the host's name when empty"),
	O("node", "listen", CONFIG_STRING, listen, "::1", 1, 0, check_addr,
	  "address that other agents reach this one at; also its care-of address"),
	O("node", "port", CONFIG_UINT, port, "7410", 1, 65535, NULL, "port for other agents"),
	O("node", "data-dir", CONFIG_STRING, data_dir, "/var/lib/xos-handoff", 1, 0, NULL,
	  "folder of the store"),
	O("node", "run-dir", CONFIG_STRING, run_dir, "/run/xos", 1, 0, NULL,
	  "folder of the sockets for xosctl and for programs"),
	O("node", "user", CONFIG_STRING, user, "xos", 0, 0, NULL,
	  "user to become when started as root; empty to stay root"),
	O("node", "group", CONFIG_STRING, group, "xos", 0, 0, NULL,
	  "group that may use the sockets, when it exists"),
	O("node", "vip", CONFIG_LIST, vip, NULL, 1, 0, check_vip,
	  "ADDRESS contact ADDRESS [ standby ADDRESS ]: a distributed server's address (with [] and"
	  " port for one port), its contact node and that one's standby; may be given several times"),
	O("node", "contact-address", CONFIG_STRING, contact_address, NULL, 0, 0, check_front,
	  "ADDRESS/LENGTH dev NAME: where a router sends packets for the addresses; whoever of contact"
	  " node and standby is in charge has it"),
	O("log", NULL, CONFIG_PAIRS, log, NULL, 0, 0, check_level,
	  "levels (err, warn, info, debug): all = LEVEL, or a subsystem's name = LEVEL"),
	{ 0 },
};

static void usage(FILE *to)
{
	fputs("Usage: handoffd [ OPTIONS ]\n"
	      "  -c, --config FILE    configuration (" HANDOFFD_CONFIG_PATH ")\n"
	      "      --check-config   read the configuration, say whether it is good, and end\n"
	      "      --print-config   print all options with their defaults, and end\n"
	      "  -V, --version        print the version, and end\n"
	      "  -h, --help           this\n"
	      "Exit status: 0 stopped by a signal, 1 failed, 2 wrong configuration\n",
	      to);
}

enum { OPT_CHECK = 256, OPT_PRINT };

static int parse_args(int argc, char **argv, const char **path, bool *given, bool *check)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check-config", no_argument, NULL, OPT_CHECK },
		{ "print-config", no_argument, NULL, OPT_PRINT },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "c:Vh", options, NULL)) != -1) {
		if (c == 'c') {
			*path = optarg;
			*given = true;
		} else if (c == OPT_CHECK) {
			*check = true;
		} else if (c == OPT_PRINT) {
			config_print(handoffd_options, stdout);
			return 0;
		} else if (c == 'V') {
			puts("handoffd " XOS_VERSION);
			return 0;
		} else {
			usage(c == 'h' ? stdout : stderr);
			return c == 'h' ? 0 : EXIT_CONFIG;
		}
	}
	if (optind == argc)
		return -1;
	fprintf(stderr, "handoffd: '%s' is not expected\n", argv[optind]);
	return EXIT_CONFIG;
}

int handoffd_config_args(int argc, char **argv, struct handoffd_config *c, const char **path)
{
	char reason[CONFIG_REASON_MAX];
	bool given = false, check = false;
	int status, err;

	memset(c, 0, sizeof(*c));
	config_defaults(handoffd_options, c);
	*path = HANDOFFD_CONFIG_PATH;
	status = parse_args(argc, argv, path, &given, &check);
	if (status >= 0)
		return status;
	err = config_load(handoffd_options, *path, c, reason);
	if (err && !(err == -ENOENT && !given)) {
		fprintf(stderr, "handoffd: %s\n", reason);
		return EXIT_CONFIG;
	}
	if (!*c->grid && c->insecure)
		strcpy(c->grid, "xos");
	if (!*c->name && gethostname(c->name, WIRE_DS_NAME_MAX - 1))
		strcpy(c->name, "localhost");
	for (uint32_t i = 0; i < c->log.n; i++) {
		struct env env;

		if (log_set(&env, c->log.v[i].name, c->log.v[i].value)) {
			fprintf(stderr, "handoffd: %s: [log] names no subsystem '%s'\n", *path,
				c->log.v[i].name);
			return EXIT_CONFIG;
		}
	}
	if (!check)
		return -1;
	printf("%s: good\n", *path);
	return 0;
}
