// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <base/addr.h>
#include <daemon/args.h>
#include <daemon/log.h>
#include <overlay/ring.h>
#include <select/query.h>

static const char *check_addr(const char *value)
{
	struct xos_addr a;

	return xos_addr_parse(value, XOSD_PORT, &a) ? "no numeric address" : NULL;
}

static const char *check_expr(const char *value)
{
	static char text[QUERY_ERROR_MAX + 24];
	static struct query q;
	struct query_error err;

	if (!query_parse_expr(bytes_str(value), &q, &err))
		return NULL;
	query_error_format(&err, text, sizeof(text));
	return text;
}

#define O(section, name, type, field, def, min, max, check, doc)                                \
	{                                                                                       \
		section, name, type, offsetof(struct xosd_config, field), def, min, max, check, \
			doc                                                                     \
	}
#define NAME_LEN (RING_NAME_MAX - 1)

const struct config_option xosd_options[] = {
	O("grid", "name", CONFIG_STRING, agent.grid, NULL, 0, NAME_LEN, NULL,
	  "name of the grid; that of the virtual organisation when empty"),
	O("grid", "replicas", CONFIG_UINT, replicas, "3", 1, 7, NULL,
	  "copies of each key, on as many machines; counts when the grid is created"),
	O("grid", "lease-ms", CONFIG_UINT, lease_ms, "3000", 100, 60000, NULL,
	  "how long a node may go on serving its arc when it hears nothing of the others"),
	O("grid", "drift-ppm", CONFIG_UINT, drift_ppm, "1000", 1, 100000, NULL,
	  "how wrong the clock of a machine may run, in millionths; the same on all nodes"),
	O("grid", "credentials", CONFIG_STRING, agent.credentials, NULL, 0, 0, NULL,
	  "folder of this node's credentials (xosctl vo issue node); when empty,"
	  " credentials in data-dir"),
	O("grid", "insecure", CONFIG_BOOL, agent.insecure, "no", 0, 0, NULL,
	  "for tests only: no certificates, whoever has the group key is a member"),
	O("grid", "group-key", CONFIG_STRING, agent.group_key, "/etc/xos/group.key", 1, 0, NULL,
	  "with insecure: file of the group key, 64 hexadecimal digits, mode 0600"),
	O("grid", "create", CONFIG_BOOL, create, "no", 0, 0, NULL,
	  "create the grid; on its first node only, and harmless when it exists already"),
	O("grid", "join", CONFIG_LIST, join, NULL, 1, 0, check_addr,
	  "address of a node to join through; may be given several times"),
	O("node", "machine", CONFIG_STRING, machine, NULL, 0, NAME_LEN, NULL,
	  "name of the machine; the host's name when empty"),
	O("node", "rack", CONFIG_STRING, rack, NULL, 0, NAME_LEN, NULL, "rack of the machine"),
	O("node", "dc", CONFIG_STRING, dc, NULL, 0, NAME_LEN, NULL, "data centre of the machine"),
	O("node", "listen", CONFIG_STRING, agent.listen, "::1", 1, 0, check_addr,
	  "address that other agents reach this one at"),
	O("node", "port", CONFIG_UINT, agent.port, "7400", 0, 65535, NULL,
	  "port, for datagrams and streams; 0 for any free one"),
	O("node", "data-dir", CONFIG_STRING, agent.data_dir, "/var/lib/xos", 1, 0, NULL,
	  "folder of the store"),
	O("node", "run-dir", CONFIG_STRING, agent.run_dir, "/run/xos", 1, 0, NULL,
	  "folder of the control socket"),
	O("node", "user", CONFIG_STRING, agent.user, "xos", 0, 0, NULL,
	  "user to become when started as root; empty to stay root"),
	O("node", "group", CONFIG_STRING, agent.group, "xos", 0, 0, NULL,
	  "group that may use the control socket, when it exists"),
	O("node", "kernel-lookup", CONFIG_BOOL, kernel_lookup, "yes", 0, 0, NULL,
	  "let the kernel module xos_lookup answer lookups when it is loaded"),
	O("redis", "listen", CONFIG_STRING, redis_listen, NULL, 0, 0, check_addr,
	  "address that clients of the Redis protocol reach this agent at; none when empty"),
	O("redis", "port", CONFIG_UINT, redis_port, "6379", 1, 65535, NULL, "port for them"),
	O("redis", "tls-listen", CONFIG_STRING, redis_tls_listen, NULL, 0, 0, check_addr,
	  "the same with TLS; who has a certificate of the virtual organisation (role client or"
	  " admin) needs no password there"),
	O("redis", "tls-port", CONFIG_UINT, redis_tls_port, "6380", 1, 65535, NULL, "port for TLS"),
	O("redis", "password-file", CONFIG_STRING, redis_password, NULL, 0, 0, NULL,
	  "file of the password that they have to say, mode 0600; only on a loopback"
	  " address they may do without"),
	O("redis", "clients", CONFIG_UINT, redis_clients, "1000", 1, 60000, NULL,
	  "clients at once"),
	O("redis", "user-connections", CONFIG_UINT, user_connections, "0", 0, 60000, NULL,
	  "connections of each user at once; 0 for no limit. Users are those of certificates,"
	  " and default for all others"),
	O("redis", "user-requests", CONFIG_UINT, user_requests, "0", 0, 1000000000, NULL,
	  "requests of each user a second, after which it waits; 0 for no limit"),
	O("redis", "user-bytes", CONFIG_UINT, user_bytes, "0", 0, 1000000000000, NULL,
	  "bytes of requests and replies of each user a second, after which it waits; 0 for"
	  " no limit"),
	O("select", "accept", CONFIG_STRING, accept, NULL, 0, 0, check_expr,
	  "expression over what a query says of its job (with NAME = VALUE): others are not"
	  " answered. Everybody is when empty, and who says nothing of a job only looks"),
	O("attributes", NULL, CONFIG_PAIRS, attributes, NULL, 0, 0, NULL,
	  "attributes of the machine for select, besides those that are read from it"),
	O("log", NULL, CONFIG_PAIRS, agent.log, NULL, 0, 0, log_level_check,
	  "levels (err, warn, info, debug): all = LEVEL, or a subsystem's name = LEVEL"),
	O("limits", "operations", CONFIG_UINT, ops_max, "128", 1, 65536, NULL,
	  "operations of clients at once"),
	O("limits", "members", CONFIG_UINT, known_max, "256", 8, 65536, NULL,
	  "members of the grid that are remembered"),
	O("limits", "connections", CONFIG_UINT, conns_max, "1024", 8, 65536, NULL,
	  "connections of peers at once"),
	O("limits", "pending-mib", CONFIG_UINT, pending_mib, "16", 1, 4096, NULL,
	  "data of the store that is not yet synced, in MiB"),
	{ 0 },
};

enum { OPT_CREATE = ARGS_MORE, OPT_JOIN, OPT_TOKEN };

static const struct option more_options[] = {
	{ "create", no_argument, NULL, OPT_CREATE },
	{ "join", required_argument, NULL, OPT_JOIN },
	{ "token-file", required_argument, NULL, OPT_TOKEN },
	{ 0 },
};

static const char more_usage[] =
	"      --create         create the grid, on its first node\n"
	"      --join ADDRESS   a node to join through; may be given several times\n"
	"      --token-file FILE  without credentials yet: get them with this token from one of\n"
	"                       the nodes to join through (xosctl vo token)\n";

/* What the options asked for besides values of the file. */
struct asked {
	bool create;
	struct config_list join;
	const char *token;
};

static int add_join(struct asked *a, const char *value)
{
	if (check_addr(value) || strlen(value) >= CONFIG_TEXT_MAX) {
		fprintf(stderr, "xosd: --join: '%s' is no numeric address\n", value);
		return ARGS_EXIT_CONFIG;
	}
	if (a->join.n == CONFIG_LIST_MAX) {
		fprintf(stderr, "xosd: --join: given more than %d times\n", CONFIG_LIST_MAX);
		return ARGS_EXIT_CONFIG;
	}
	strcpy(a->join.v[a->join.n++], value);
	return 0;
}

static int take_option(void *ctx, int option, const char *value)
{
	struct asked *a = ctx;

	if (option == OPT_JOIN)
		return add_join(a, value);
	if (option == OPT_TOKEN)
		a->token = value;
	else
		a->create = true;
	return 0;
}

/* What a table cannot say. */
static const char *check_whole(const struct xosd_config *c)
{
	if (log_pairs_bad(&c->agent.log))
		return "[log] names a subsystem that there is not";
	if (c->create && c->join.n)
		return "a node creates the grid or joins it, not both";
	return NULL;
}

int xosd_config_args(int argc, char **argv, struct xosd_config *c, const char **path)
{
	struct asked asked = { .create = false };
	const struct args_program program = { .name = "xosd",
					      .path = XOSD_CONFIG_PATH,
					      .options = xosd_options,
					      .more = more_options,
					      .more_usage = more_usage,
					      .take = take_option,
					      .ctx = &asked };
	const char *wrong;
	struct args a;
	int status;

	memset(c, 0, sizeof(*c));
	status = args_load(argc, argv, &program, c, &a);
	if (status >= 0)
		return status;
	*path = a.path;
	c->create = c->create || asked.create;
	if (asked.join.n)
		c->join = asked.join;
	c->token_file = asked.token;
	if (!*c->agent.grid && c->agent.insecure)
		strcpy(c->agent.grid, "xos");
	if (!*c->agent.credentials &&
	    snprintf(c->agent.credentials, CONFIG_TEXT_MAX, "%s/credentials", c->agent.data_dir) >=
		    CONFIG_TEXT_MAX)
		return args_refuse(&program, &a, "data-dir is too long");
	if (!*c->machine && gethostname(c->machine, NAME_LEN))
		strcpy(c->machine, "localhost");
	wrong = check_whole(c);
	return wrong ? args_refuse(&program, &a, "%s", wrong) : args_end(&a);
}
