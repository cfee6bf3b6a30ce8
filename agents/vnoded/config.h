/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration of vnoded: file and command line. */
#ifndef _XOS_VNODED_CONFIG_H
#define _XOS_VNODED_CONFIG_H

#include <daemon/agent.h>

#define VNODED_CONFIG_PATH "/etc/xos/vnoded.conf"
#define VNODED_PORT	   7430

/**
 * struct vnoded_config - what the file says
 * @agent: what every agent has
 * @services: folder of the services
 * @host: program that hosts a service
 * @groups_max: virtual nodes at once
 * @heartbeat_ms: time between two heartbeats of a leader
 * @sessions_max: sessions of a virtual node
 * @keys_max: keys of requests that a virtual node remembers
 * @spares: which machines take replicas of those that are gone; empty for none
 * @replace_after_s: seconds of silence after which a machine is gone
 * @http_listen: where HTTP is spoken, for clients of this machine
 * @http_port: port for it, 0 for none
 * @http_tls_listen: the same with TLS
 * @http_tls_port: port for it, 0 for none
 * @http_clients: HTTP connections at once
 * @user_connections: of each user of HTTP at once, 0 for no limit
 * @user_requests: of each a second, 0 for no limit
 * @user_bytes: of requests and replies of each a second, 0 for no limit
 */
struct vnoded_config {
	struct agent_config agent;
	char services[CONFIG_TEXT_MAX];
	char host[CONFIG_TEXT_MAX];
	uint64_t groups_max;
	uint64_t heartbeat_ms;
	uint64_t sessions_max;
	uint64_t keys_max;
	char spares[CONFIG_TEXT_MAX];
	uint64_t replace_after_s;
	char http_listen[CONFIG_TEXT_MAX];
	uint64_t http_port;
	char http_tls_listen[CONFIG_TEXT_MAX];
	uint64_t http_tls_port;
	uint64_t http_clients;
	uint64_t user_connections;
	uint64_t user_requests;
	uint64_t user_bytes;
};

extern const struct config_option vnoded_options[];

/**
 * vnoded_config_args() - read command line and file
 * @argc: of main
 * @argv: of main
 * @c: result
 * @path: result: the file that was read
 *
 * Return: -1 to go on; otherwise the exit status, after what had to be said.
 */
int vnoded_config_args(int argc, char **argv, struct vnoded_config *c, const char **path);

#endif
