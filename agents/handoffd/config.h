/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration of handoffd: file and command line. */
#ifndef _XOS_HANDOFFD_CONFIG_H
#define _XOS_HANDOFFD_CONFIG_H

#include <base/addr.h>
#include <daemon/config.h>

#define HANDOFFD_CONFIG_PATH "/etc/xos/handoffd.conf"
#define HANDOFFD_PORT	     7410

/**
 * struct handoffd_config - what the file says
 * @grid: name of the grid
 * @credentials: folder of the credentials
 * @insecure: no certificates, a group key
 * @group_key: its file
 * @name: name of this node in groups; the host's name by default
 * @listen: address to listen on, also the care-of address
 * @port: port of the agent
 * @data_dir: folder of the store
 * @run_dir: folder of the sockets
 * @contact_address: address, prefix length and interface that the contact node has; may be empty
 * @user: user to become when started as root
 * @group: group that may use the sockets
 * @vip: addresses that this node takes part in
 * @log: levels
 */
struct handoffd_config {
	char grid[CONFIG_TEXT_MAX];
	char credentials[CONFIG_TEXT_MAX];
	bool insecure;
	char group_key[CONFIG_TEXT_MAX];
	char name[CONFIG_TEXT_MAX];
	char listen[CONFIG_TEXT_MAX];
	uint64_t port;
	char data_dir[CONFIG_TEXT_MAX];
	char run_dir[CONFIG_TEXT_MAX];
	char contact_address[CONFIG_TEXT_MAX];
	char user[CONFIG_TEXT_MAX];
	char group[CONFIG_TEXT_MAX];
	struct config_list vip;
	struct config_pairs log;
};

extern const struct config_option handoffd_options[];

/**
 * handoffd_config_vip() - read "ADDRESS contact ADDRESS [ standby ADDRESS ]"
 * @text: one value of the option vip
 * @vip: result: address and port, 0 for all ports
 * @contact: result: where the contact node's agent listens
 * @standby: result: where that of its standby listens; port 0 without one
 *
 * Return: 0 or -EINVAL.
 */
int handoffd_config_vip(const char *text, struct xos_addr *vip, struct xos_addr *contact,
			struct xos_addr *standby);

/**
 * handoffd_config_args() - read command line and file
 * @argc: of main
 * @argv: of main
 * @c: result
 * @path: result: the file that was read
 *
 * Return: -1 to go on; otherwise the exit status, after what had to be said.
 */
int handoffd_config_args(int argc, char **argv, struct handoffd_config *c, const char **path);

#endif
