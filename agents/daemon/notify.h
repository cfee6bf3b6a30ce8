/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells the service manager how the daemon is (protocol of sd_notify(3)). */
#ifndef _XOS_DAEMON_NOTIFY_H
#define _XOS_DAEMON_NOTIFY_H

#include <stdint.h>

/**
 * notify_send() - send a state such as "READY=1"
 * @state: lines NAME=VALUE
 *
 * Does nothing when nobody asked for it by NOTIFY_SOCKET.
 *
 * Return: 0, or a negative errno when it was asked for and could not be sent.
 */
int notify_send(const char *state);

/**
 * notify_watchdog_ns() - how often the service manager wants to hear WATCHDOG=1
 *
 * Return: half of its limit in nanoseconds, 0 when it has none.
 */
uint64_t notify_watchdog_ns(void);

#endif
