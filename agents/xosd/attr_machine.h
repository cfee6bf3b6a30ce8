/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the attributes of the machine that the agent runs on. */
#ifndef _XOS_XOSD_ATTR_MACHINE_H
#define _XOS_XOSD_ATTR_MACHINE_H

#include <select/attr.h>

#include "config.h"

/**
 * attr_machine_read() - put what the machine says of itself, and what its configuration adds
 * @set: set; what is there is replaced
 * @config: configuration; its [attributes] go before what was read
 *
 * Reads uname(2), sysconf(3), sysinfo(2), statvfs(3) of the data folder,
 * /etc/os-release and /proc/cpuinfo. What cannot be read is left out.
 *
 * Return: number of configured attributes that were refused, for a bad name or value.
 */
uint32_t attr_machine_read(struct attr_set *set, const struct xosd_config *config);

#endif
