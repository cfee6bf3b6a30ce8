/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Log levels of an agent, asked for and set over its control socket. */
#ifndef _XOS_DAEMON_LOG_CTL_H
#define _XOS_DAEMON_LOG_CTL_H

#include <daemon/control.h>
#include <env/env.h>
#include <wire/control.h>

/**
 * log_ctl_show() - answer with the level of each subsystem
 * @env: environment
 * @client: who asks
 * @seq: number of the request
 */
void log_ctl_show(const struct env *env, struct control_client *client, uint32_t seq);

/**
 * log_ctl_set() - set a level, or say why not
 * @env: environment
 * @client: who asks; the caller has checked that it may
 * @m: request
 */
void log_ctl_set(struct env *env, struct control_client *client, const struct wire_ctl_log_set *m);

#endif
