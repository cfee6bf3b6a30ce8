/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration of xosd: file and command line. */
#ifndef _XOS_XOSD_CONFIG_H
#define _XOS_XOSD_CONFIG_H

#include <daemon/agent.h>

#define XOSD_CONFIG_PATH "/etc/xos/xosd.conf"
#define XOSD_PORT	 7400

/**
 * struct xosd_config - what the file says
 * @agent: what every agent has
 * @token_file: file of a token to get credentials with; NULL: none
 * @replicas: replica classes of a grid that this node founds
 * @create: found the grid
 * @join: nodes to join through
 * @machine: name of the machine; the host's name by default
 * @rack: its rack
 * @dc: its data centre
 * @kernel_lookup: lend the socket to xos_lookup when the module is there
 * @redis_listen: address for the Redis protocol; empty: none
 * @redis_port: port for it
 * @redis_tls_listen: address for it with TLS; empty: none
 * @redis_tls_port: port for that
 * @redis_password: file of its password; empty: none is needed
 * @redis_clients: clients of it at once
 * @user_connections: of each user at once; 0: no limit
 * @user_requests: of each user a second; 0: no limit
 * @user_bytes: of its requests and replies a second; 0: no limit
 * @accept: expression over what the job of a query says of itself; empty: everybody is served
 * @attributes: attributes of the machine besides those that are read from it
 * @lease_ms: how long a lease of an arc holds
 * @drift_ppm: how wrong a clock may run
 * @ops_max: operations of clients at once
 * @known_max: members of the grid remembered
 * @conns_max: connections of peers at once
 * @pending_mib: unsynced data of the store, in MiB
 */
struct xosd_config {
	struct agent_config agent;
	const char *token_file;
	uint64_t replicas;
	bool create;
	struct config_list join;
	char machine[CONFIG_TEXT_MAX];
	char rack[CONFIG_TEXT_MAX];
	char dc[CONFIG_TEXT_MAX];
	bool kernel_lookup;
	char redis_listen[CONFIG_TEXT_MAX];
	uint64_t redis_port;
	char redis_tls_listen[CONFIG_TEXT_MAX];
	uint64_t redis_tls_port;
	char redis_password[CONFIG_TEXT_MAX];
	uint64_t redis_clients;
	uint64_t user_connections;
	uint64_t user_requests;
	uint64_t user_bytes;
	char accept[CONFIG_TEXT_MAX];
	struct config_pairs attributes;
	uint64_t lease_ms;
	uint64_t drift_ppm;
	uint64_t ops_max;
	uint64_t known_max;
	uint64_t conns_max;
	uint64_t pending_mib;
};

extern const struct config_option xosd_options[];

/**
 * xosd_config_args() - read command line and file
 * @argc: of main
 * @argv: of main
 * @c: result
 * @path: result: the file that was read
 *
 * Return: -1 to go on; otherwise the exit status, after what had to be said.
 */
int xosd_config_args(int argc, char **argv, struct xosd_config *c, const char **path);

#endif
