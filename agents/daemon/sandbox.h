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
 * enum sandbox_kind - who is filtered
 * @SANDBOX_AGENT: an agent; it can begin and end no process
 * @SANDBOX_HOSTS: who begins hosts of services, and these: they can make no connection and
 *	change no file's name or owner
 */
enum sandbox_kind { SANDBOX_AGENT, SANDBOX_HOSTS };

/**
 * sandbox_enter() - give up what is not needed any more; threads made before are included
 * @kind: who
 * @reason: SANDBOX_REASON_MAX bytes for what is wrong
 *
 * A call that is not allowed fails with EPERM. Debug builds do nothing: their checkers
 * need more than an agent does.
 *
 * Return: 0 or a negative errno.
 */
int sandbox_enter(enum sandbox_kind kind, char *reason);

#endif
