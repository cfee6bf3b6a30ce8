/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every agent does alike: it takes its secrets as root, becomes a user, finds
 * out who it is, listens, runs until a signal, and gives everything back.
 *
 * The steps are called in the order in which they stand here; one that fails says
 * so in the log, and agent_end() may follow after any of them.
 */
#ifndef _XOS_DAEMON_AGENT_H
#define _XOS_DAEMON_AGENT_H

#include <base/id.h>
#include <daemon/config.h>
#include <daemon/privs.h>
#include <env/env_uv.h>
#include <secure/secure.h>
#include <store/store_sqlite.h>

#define AGENT_PATH_MAX 512

/**
 * struct agent_config - what the configuration of every agent says
 * @grid: name of the grid; empty: that of the virtual organisation
 * @credentials: folder of the credentials
 * @insecure: no certificates, a group key
 * @group_key: its file
 * @peers: names of the nodes that this agent has to do with; empty: all
 * @listen: address to listen on
 * @port: port to listen on, datagrams and streams
 * @data_dir: folder of what the agent keeps
 * @run_dir: folder of its sockets
 * @user: user to become when started as root
 * @group: group that may use the sockets
 * @log: levels
 */
struct agent_config {
	char grid[CONFIG_TEXT_MAX];
	char credentials[CONFIG_TEXT_MAX];
	bool insecure;
	char group_key[CONFIG_TEXT_MAX];
	char peers[CONFIG_TEXT_MAX];
	char listen[CONFIG_TEXT_MAX];
	uint64_t port;
	char data_dir[CONFIG_TEXT_MAX];
	char run_dir[CONFIG_TEXT_MAX];
	char user[CONFIG_TEXT_MAX];
	char group[CONFIG_TEXT_MAX];
	struct config_pairs log;
};

#define AGENT_SIGNALS 3

/**
 * struct agent - what every agent has, in the order in which it is made
 * @config: its configuration; the caller's
 * @program: name and version, told to peers
 * @privs: user to become
 * @credentials: without insecure mode, from agent_identify() on
 * @key: group key of insecure mode, until agent_network()
 * @id: identity, from agent_identify() on
 * @lock_fd: lock of the data folder, -1 before
 * @env: event loop, from agent_network() on
 * @secure: guard of the network
 * @store: from agent_store() on
 * @store_wake: wakes the loop when the store has synced
 * @signals: that are caught
 * @reload: on SIGHUP; NULL: nothing can be read again
 * @ctx: its argument
 * @watchdog: tells the service manager that the loop runs
 */
struct agent {
	struct agent_config *config;
	const char *program;
	struct privs privs;
	struct credentials credentials;
	struct secure_key key;
	struct xos_id id;
	int lock_fd;
	struct env_uv *env;
	struct secure *secure;
	struct store_sqlite *store;
	struct env_uv_async *store_wake;
	struct env_uv_signal *signals[AGENT_SIGNALS];
	void (*reload)(void *ctx);
	void *ctx;
	struct env_timer watchdog;
};

/**
 * agent_fail() - say why a step failed
 * @what: step, or what it was about
 * @why: reason
 *
 * Return: -1, to be returned.
 */
int agent_fail(const char *what, const char *why);

/**
 * agent_fail_errno() - as agent_fail(), with a negative errno
 * @what: step, or what it was about
 * @err: negative errno
 *
 * Return: -1, to be returned.
 */
int agent_fail_errno(const char *what, int err);

/**
 * agent_begin() - first of all steps
 * @a: agent
 * @config: its configuration, as long as @a
 * @program: name and version
 */
void agent_begin(struct agent *a, struct agent_config *config, const char *program);

/**
 * agent_as_root() - what only root can read or make: the group key, the folders
 * @a: agent
 *
 * Return: 0 or -1.
 */
int agent_as_root(struct agent *a);

/**
 * agent_become() - become the user
 * @a: agent
 * @caps: capabilities that are kept; ends with -1
 *
 * Return: 0 or -1.
 */
int agent_become(struct agent *a, const int *caps);

/**
 * agent_identify() - load the credentials, and lock the data folder
 * @a: agent
 *
 * Identity and the grid's name come from the certificate; in insecure mode from the
 * data folder and the configuration.
 *
 * Return: 0 or -1.
 */
int agent_identify(struct agent *a);

/**
 * agent_network() - make the event loop, and listen
 * @a: agent; @a->key is wiped
 * @conns_max: connections of peers at once; 0: the default of struct env_uv_config
 *
 * Return: 0 or -1.
 */
int agent_network(struct agent *a, uint32_t conns_max);

/**
 * agent_store() - open the store in the data folder
 * @a: agent; it stops when a sync of the store fails, as nobody knows then what is on
 *	the disk
 * @pending_max: bytes that are not yet synced; 0: the default of struct store_sqlite_config
 *
 * Return: 0 or -1.
 */
int agent_store(struct agent *a, size_t pending_max);

/**
 * agent_signals() - stop at SIGTERM and SIGINT, read again at SIGHUP
 * @a: agent
 * @reload: see struct agent
 * @ctx: its argument
 *
 * Return: 0 or -1.
 */
int agent_signals(struct agent *a, void (*reload)(void *ctx), void *ctx);

/**
 * agent_read_again() - read log levels and credentials again
 * @a: agent
 * @options: table of the program's configuration
 * @path: its file
 * @fresh: zeroed struct that the table describes
 * @common: the agent's part of @fresh
 */
void agent_read_again(struct agent *a, const struct config_option *options, const char *path,
		      void *fresh, const struct agent_config *common);

/**
 * agent_sandbox() - no system calls but those that agents need, from now on
 *
 * Return: 0 or -1.
 */
int agent_sandbox(void);

/**
 * agent_run() - tell the service manager that the agent serves, and serve until a signal
 * @a: agent
 *
 * Return: exit status.
 */
int agent_run(struct agent *a);

/**
 * agent_end() - give everything back; after whatever lives in the event loop
 * @a: agent, after agent_begin()
 */
void agent_end(struct agent *a);

#endif
