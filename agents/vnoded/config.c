// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"

#include <string.h>

#include <base/addr.h>
#include <daemon/args.h>
#include <daemon/log.h>

static const char *check_addr(const char *value)
{
	struct xos_addr a;

	return xos_addr_parse(value, VNODED_PORT, &a) ? "no numeric address" : NULL;
}

#define O(section, name, type, field, def, min, max, check, doc)                                  \
	{                                                                                         \
		section, name, type, offsetof(struct vnoded_config, field), def, min, max, check, \
			doc                                                                       \
	}

const struct config_option vnoded_options[] = {
	O("grid", "name", CONFIG_STRING, agent.grid, NULL, 0, 63, NULL,
	  "name of the grid; that of the virtual organisation when empty"),
	O("grid", "credentials", CONFIG_STRING, agent.credentials, "/var/lib/xos/credentials", 1, 0,
	  NULL, "folder of this node's credentials (xosctl vo issue node)"),
	O("grid", "peers", CONFIG_STRING, agent.peers, NULL, 0, 0, NULL,
	  "names of the nodes that may take part in virtual nodes with this machine, and place services on it; all when empty"),
	O("grid", "insecure", CONFIG_BOOL, agent.insecure, "no", 0, 0, NULL,
	  "for tests only: no certificates, whoever has the group key is a member"),
	O("grid", "group-key", CONFIG_STRING, agent.group_key, "/etc/xos/group.key", 1, 0, NULL,
	  "with insecure: file of the group key, 64 hexadecimal digits, mode 0600"),
	O("node", "listen", CONFIG_STRING, agent.listen, "::1", 1, 0, check_addr,
	  "address that other agents reach this one at"),
	O("node", "port", CONFIG_UINT, agent.port, "7430", 1, 65535, NULL, "port for other agents"),
	O("node", "data-dir", CONFIG_STRING, agent.data_dir, "/var/lib/xos-vnode", 1, 0, NULL,
	  "folder of the logs and snapshots"),
	O("node", "run-dir", CONFIG_STRING, agent.run_dir, "/run/xos", 1, 0, NULL,
	  "folder of the socket for xosctl"),
	O("node", "user", CONFIG_STRING, agent.user, "xos", 0, 0, NULL,
	  "user to become when started as root; empty to stay root"),
	O("node", "group", CONFIG_STRING, agent.group, "xos", 0, 0, NULL,
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
	O("vnode", "keys-max", CONFIG_UINT, keys_max, "4096", 1, 65536, NULL,
	  "Idempotency-Keys of a virtual node that are remembered; the same at all its replicas"),
	O("vnode", "spares", CONFIG_STRING, spares, NULL, 0, 0, NULL,
	  "select expression: machines that take replicas of those that are gone; empty: none is replaced"),
	O("vnode", "replace-after", CONFIG_UINT, replace_after_s, "60", 5, 86400, NULL,
	  "seconds of silence after which a machine is taken for gone"),
	O("http", "listen", CONFIG_STRING, http_listen, "::1", 1, 0, check_addr,
	  "loopback address for HTTP clients of this machine"),
	O("http", "port", CONFIG_UINT, http_port, "0", 0, 65535, NULL,
	  "port for them; 0: there is none"),
	O("http", "tls-listen", CONFIG_STRING, http_tls_listen, "::1", 1, 0, check_addr,
	  "address for HTTP clients with TLS and a certificate"),
	O("http", "tls-port", CONFIG_UINT, http_tls_port, "0", 0, 65535, NULL,
	  "port for them; 0: there is none"),
	O("http", "clients", CONFIG_UINT, http_clients, "1000", 1, 60000, NULL,
	  "HTTP connections at once"),
	O("http", "user-connections", CONFIG_UINT, user_connections, "0", 0, 60000, NULL,
	  "connections of each user at once; 0 for no limit. Users are those of certificates,"
	  " and default for all others; admins have no quota"),
	O("http", "user-requests", CONFIG_UINT, user_requests, "0", 0, 1000000000, NULL,
	  "requests of each user a second, after which it waits; 0 for no limit"),
	O("http", "user-bytes", CONFIG_UINT, user_bytes, "0", 0, 1000000000000, NULL,
	  "bytes of requests and replies of each user a second, after which it waits; 0 for"
	  " no limit"),
	O("log", NULL, CONFIG_PAIRS, agent.log, NULL, 0, 0, log_level_check,
	  "levels (err, warn, info, debug): all = LEVEL, or a subsystem's name = LEVEL"),
	{ 0 },
};

int vnoded_config_args(int argc, char **argv, struct vnoded_config *c, const char **path)
{
	static const struct args_program program = { .name = "vnoded",
						     .path = VNODED_CONFIG_PATH,
						     .options = vnoded_options,
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
	bad = log_pairs_bad(&c->agent.log);
	if (bad)
		return args_refuse(&program, &a, "[log] names no subsystem '%s'", bad);
	return args_end(&a);
}
