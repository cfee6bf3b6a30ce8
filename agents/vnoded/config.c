// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include <base/addr.h>
#include <daemon/log.h>

#define EXIT_CONFIG 2

static const char *check_addr(const char *value)
{
	struct xos_addr a;

	return xos_addr_parse(value, VNODED_PORT, &a) ? "no numeric address" : NULL;
}

static const char *check_level(const char *value)
{
	return log_level_parse(value) < 0 ? "no level (err, warn, info, debug)" : NULL;
}

#define O(section, name, type, field, def, min, max, check, doc)                                  \
	{                                                                                         \
		section, name, type, offsetof(struct vnoded_config, field), def, min, max, check, \
			doc                                                                       \
	}

const struct config_option vnoded_options[] = {
	O("grid", "name", CONFIG_STRING, grid, "xos", 1, 63, NULL,
	  "name of the grid; agents of different grids refuse each other"),
	O("grid", "group-key", CONFIG_STRING, group_key, "/etc/xos/group.key", 1, 0, NULL,
	  "file of the key that all agents of the grid share: 64 hexadecimal digits, mode 0600"),
	O("node", "listen", CONFIG_STRING, listen, "::1", 1, 0, check_addr,
	  "address that other agents reach this one at"),
	O("node", "port", CONFIG_UINT, port, "7430", 1, 65535, NULL, "port for other agents"),
	O("node", "data-dir", CONFIG_STRING, data_dir, "/var/lib/xos-vnode", 1, 0, NULL,
	  "folder of the logs and snapshots"),
	O("node", "run-dir", CONFIG_STRING, run_dir, "/run/xos", 1, 0, NULL,
	  "folder of the socket for xosctl"),
	O("node", "user", CONFIG_STRING, user, "xos", 0, 0, NULL,
	  "user to become when started as root; empty to stay root"),
	O("node", "group", CONFIG_STRING, group, "xos", 0, 0, NULL,
	  "group that may use the socket, when it exists"),
	O("vnode", "services", CONFIG_STRING, services, "/usr/lib/xos/services", 1, 0, NULL,
	  "folder of the services; files elsewhere are not loaded"),
	O("vnode", "host", CONFIG_STRING, host, "/usr/lib/xos/xos-vnhost", 1, 0, NULL,
	  "program that a service runs in"),
	O("vnode", "groups-max", CONFIG_UINT, groups_max, "16", 1, 256, NULL,
	  "virtual nodes that may have a replica here"),
	O("vnode", "heartbeat-ms", CONFIG_UINT, heartbeat_ms, "50", 5, 1000, NULL,
	  "time between two heartbeats of a leader; without four of them another one is elected"),
	O("vnode", "sessions-max", CONFIG_UINT, sessions_max, "256", 1, 4096, NULL,
	  "sessions of a virtual node; one more makes the log forget the one used longest ago"),
	O("log", NULL, CONFIG_PAIRS, log, NULL, 0, 0, check_level,
	  "levels (err, warn, info, debug): all = LEVEL, or a subsystem's name = LEVEL"),
	{ 0 },
};

static void usage(FILE *to)
{
	fputs("Usage: vnoded [ OPTIONS ]\n"
	      "  -c, --config FILE    configuration (" VNODED_CONFIG_PATH ")\n"
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
			config_print(vnoded_options, stdout);
			return 0;
		} else if (c == 'V') {
			puts("vnoded " XOS_VERSION);
			return 0;
		} else {
			usage(c == 'h' ? stdout : stderr);
			return c == 'h' ? 0 : EXIT_CONFIG;
		}
	}
	if (optind == argc)
		return -1;
	fprintf(stderr, "vnoded: '%s' is not expected\n", argv[optind]);
	return EXIT_CONFIG;
}

int vnoded_config_args(int argc, char **argv, struct vnoded_config *c, const char **path)
{
	char reason[CONFIG_REASON_MAX];
	bool given = false, check = false;
	int status, err;

	memset(c, 0, sizeof(*c));
	config_defaults(vnoded_options, c);
	*path = VNODED_CONFIG_PATH;
	status = parse_args(argc, argv, path, &given, &check);
	if (status >= 0)
		return status;
	err = config_load(vnoded_options, *path, c, reason);
	if (err && !(err == -ENOENT && !given)) {
		fprintf(stderr, "vnoded: %s\n", reason);
		return EXIT_CONFIG;
	}
	for (uint32_t i = 0; i < c->log.n; i++) {
		struct env env;

		if (log_set(&env, c->log.v[i].name, c->log.v[i].value)) {
			fprintf(stderr, "vnoded: %s: [log] names no subsystem '%s'\n", *path,
				c->log.v[i].name);
			return EXIT_CONFIG;
		}
	}
	if (!check)
		return -1;
	printf("%s: good\n", *path);
	return 0;
}
