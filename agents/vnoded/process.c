// SPDX-License-Identifier: GPL-2.0-or-later
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOST_LINK_FD	 3
#define HOST_PROGRESS_FD 4

static int spawn(const char *program, int link, int memory, pid_t *pid)
{
	static char *const environment[] = { "TZ=UTC", "LC_ALL=C", "PATH=/usr/bin:/bin", NULL };
	char *argv[] = { (char *)"xos-vnhost", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, defaults;
	int err;

	/* both above the two numbers that they get, so that neither overwrites the other */
	if (link <= HOST_PROGRESS_FD || memory <= HOST_PROGRESS_FD)
		return EBADF;
	sigemptyset(&none);
	sigfillset(&defaults);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, link, HOST_LINK_FD);
	posix_spawn_file_actions_adddup2(&actions, memory, HOST_PROGRESS_FD);
	posix_spawn_file_actions_addclosefrom_np(&actions, HOST_PROGRESS_FD + 1);
	err = posix_spawn(pid, program, &actions, &attr, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	return err;
}

/* A duplicate above the numbers that the host uses; the original is closed. */
static int raise_fd(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, 16);

	close(fd);
	return high;
}

int process_start(const char *program, struct process_ends *out)
{
	int fds[2], err;

	*out = (struct process_ends){ .link = -1, .memory = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return -errno;
	fds[1] = raise_fd(fds[1]);
	out->link = fds[0];
	out->memory = raise_fd(memfd_create("vnode-progress", MFD_CLOEXEC));
	if (out->memory < 0 || ftruncate(out->memory, sizeof(struct progress)))
		err = ENOMEM;
	else
		err = spawn(program, fds[1], out->memory, &out->pid);
	close(fds[1]);
	if (err)
		process_close(out);
	return -err;
}

void process_close(struct process_ends *ends)
{
	if (ends->link >= 0)
		close(ends->link);
	if (ends->memory >= 0)
		close(ends->memory);
	*ends = (struct process_ends){ .link = -1, .memory = -1 };
}

int process_stop(pid_t pid)
{
	int status = -1;

	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

int process_attach(struct process *p, struct process_ends *ends)
{
	void *mem = mmap(NULL, sizeof(struct progress), PROT_READ | PROT_WRITE, MAP_SHARED,
			 ends->memory, 0);

	*p = (struct process){ .fd = -1 };
	if (mem == MAP_FAILED)
		return -ENOMEM;
	*p = (struct process){ .pid = ends->pid, .fd = ends->link, .progress = mem };
	ends->link = -1;
	process_close(ends);
	return 0;
}

void process_detach(struct process *p)
{
	if (!p->pid)
		return;
	close(p->fd);
	munmap(p->progress, sizeof(struct progress));
	*p = (struct process){ .fd = -1 };
}
