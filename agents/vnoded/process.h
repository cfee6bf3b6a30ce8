/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process that a service runs in: begin it, talk to it, end it. */
#ifndef _XOS_VNODED_PROCESS_H
#define _XOS_VNODED_PROCESS_H

#include <sys/types.h>

#include <vnode/progress.h>

/**
 * struct process_ends - a host, for who began it
 * @pid: process
 * @link: socket to it, non-blocking for neither side; -1 for none
 * @memory: a struct progress that it has mapped, too; -1 for none
 */
struct process_ends {
	pid_t pid;
	int link;
	int memory;
};

/**
 * struct process - a host, for who uses it
 * @pid: process, 0 for none
 * @fd: socket to it
 * @progress: memory shared with it
 */
struct process {
	pid_t pid;
	int fd;
	struct progress *progress;
};

/**
 * process_start() - begin a host
 * @program: path of xos-vnhost
 * @out: result
 *
 * It is spawned, not forked: no thread of this process exists half in it. Its
 * environment is the same on every machine.
 *
 * Return: 0 or a negative errno.
 */
int process_start(const char *program, struct process_ends *out);

/**
 * process_stop() - end a host that this process began, at once, and wait for it
 * @pid: host
 *
 * Return: its status as of waitpid(2).
 */
int process_stop(pid_t pid);

/* Close the descriptors. */
void process_close(struct process_ends *ends);

/**
 * process_attach() - get ready to talk to a host
 * @p: result
 * @ends: of it; its descriptors are closed or belong to @p afterwards
 *
 * Return: 0 or -ENOMEM; @ends is as it was then.
 */
int process_attach(struct process *p, struct process_ends *ends);

/**
 * process_detach() - give the socket and the memory back
 * @p: host; none afterwards
 */
void process_detach(struct process *p);

#endif
