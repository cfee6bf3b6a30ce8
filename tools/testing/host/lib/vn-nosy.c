// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Service of a virtual node that tries what a service has no business with, and tells what came
 * of it: "done", or the error.
 *
 *   read PATH, write PATH, list PATH, mode PATH, socket, connect PATH, signal PID
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <xos_vnode.h>

static int start(void **state, const char *config)
{
	return 0;
}

static int opened(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd >= 0)
		close(fd);
	return fd;
}

static int list(const char *path)
{
	DIR *dir = opendir(path);

	if (dir)
		closedir(dir);
	return dir ? 0 : -1;
}

static int internet(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd >= 0)
		close(fd);
	return fd;
}

static int dial(const char *path)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), ret;

	if (fd < 0)
		return fd;
	strncpy(sa.sun_path, path, sizeof(sa.sun_path) - 1);
	ret = connect(fd, (struct sockaddr *)&sa, sizeof(sa));
	close(fd);
	return ret;
}

static int attempt(const char *what, const char *arg)
{
	if (!strcmp(what, "read"))
		return opened(arg, O_RDONLY);
	if (!strcmp(what, "write"))
		return opened(arg, O_WRONLY | O_CREAT);
	if (!strcmp(what, "list"))
		return list(arg);
	if (!strcmp(what, "mode"))
		return chmod(arg, 0644);
	if (!strcmp(what, "socket"))
		return internet();
	if (!strcmp(what, "connect"))
		return dial(arg);
	if (!strcmp(what, "signal"))
		return kill((pid_t)atoi(arg), SIGCONT);
	errno = ENOSYS;
	return -1;
}

static int invoke(void *state, const struct xos_vnode_request *r)
{
	char arg[256] = "";
	const char *text = "done";

	memcpy(arg, r->args, r->len < sizeof(arg) ? r->len : sizeof(arg) - 1);
	if (attempt(r->operation, arg) < 0)
		text = strerror(errno);
	xos_vnode_reply(text, strlen(text));
	return 0;
}

const struct xos_vnode_service xos_vnode_service = {
	.abi = XOS_VNODE_ABI,
	.name = "nosy",
	.start = start,
	.invoke = invoke,
};
