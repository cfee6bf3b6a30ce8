/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration of handoffd: file and command line. */
#ifndef _XOS_HANDOFFD_CONFIG_H
#define _XOS_HANDOFFD_CONFIG_H

#include <base/addr.h>
#include <daemon/agent.h>

#define HANDOFFD_CONFIG_PATH "/etc/xos/handoffd.conf"
#define HANDOFFD_PORT	     7410

/**
 * struct handoffd_config - what the file says
 * @agent: what every agent has
 * @name: name of this node in groups; the host's name by default
 * @contact_address: address, prefix length and interface that the contact node has; may be empty
 * @optimise: packets go directly to and from clients that know Mobile IPv6
 * @vip: addresses that this node takes part in
 */
struct handoffd_config {
	struct agent_config agent;
	char name[CONFIG_TEXT_MAX];
	char contact_address[CONFIG_TEXT_MAX];
	bool optimise;
	struct config_list vip;
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
