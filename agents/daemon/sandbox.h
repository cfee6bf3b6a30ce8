/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A filter of system calls (seccomp(2)): an agent that has set itself up can read and
 * write, wait and talk, and no longer run programs, change its identity, load modules,
 * trace, mount or enter namespaces, whoever made it want to.
 */
#ifndef _XOS_DAEMON_SANDBOX_H
#define _XOS_DAEMON_SANDBOX_H

#define SANDBOX_REASON_MAX 128

/**
 * sandbox_enter() - give up what is not needed any more; threads made before are included
 * @reason: SANDBOX_REASON_MAX bytes for what is wrong
 *
 * A call that is not allowed fails with EPERM. Debug builds do nothing: their checkers
 * need more than an agent does.
 *
 * Return: 0 or a negative errno.
 */
int sandbox_enter(char *reason);

#endif
