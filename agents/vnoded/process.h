/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process that a service runs in: begin it, end it. */
#ifndef _XOS_VNODED_PROCESS_H
#define _XOS_VNODED_PROCESS_H

#include <sys/types.h>

#include <vnode/progress.h>

/**
 * struct process - a host
 * @pid: process, 0 for none
 * @fd: socket to it, non-blocking for neither side
 * @progress: memory shared with it
 */
struct process {
	pid_t pid;
	int fd;
	struct progress *progress;
};

/**
 * process_spawn() - begin a host
 * @program: path of xos-vnhost
 * @out: result
 *
 * It is spawned, not forked: no thread of this process exists half in it. Its
 * environment is the same on every machine.
 *
 * Return: 0 or a negative errno.
 */
int process_spawn(const char *program, struct process *out);

/**
 * process_kill() - end a host at once and wait for it
 * @p: host; none afterwards
 *
 * Return: its status as of waitpid(2), -1 when there was none.
 */
int process_kill(struct process *p);

#endif
