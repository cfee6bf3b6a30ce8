// SPDX-License-Identifier: GPL-2.0-or-later
#include "keeper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <base/be.h>
#include <daemon/landlock.h>
#include <daemon/privs.h>
#include <daemon/sandbox.h>

#define MSG_LEN 8

enum question { KEEPER_START = 1, KEEPER_STOP = 2 };

/* What the keeper has: it uses no memory but this. */
struct hosts {
	const char *program;
	uint32_t n;
	pid_t pids[KEEPER_HOSTS_MAX];
};

/* --- messages ------------------------------------------------------------------------- */

/* @fds: none, or two. */
static int send_to(int fd, uint32_t what, uint32_t value, const int *fds)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control = { .room = { 0 } };
	uint8_t text[MSG_LEN];
	struct iovec io = { text, sizeof(text) };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1 };

	be32_store(text, what);
	be32_store(text + 4, value);
	if (fds) {
		m.msg_control = &control;
		m.msg_controllen = sizeof(control.room);
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(2 * sizeof(int));
		memcpy(CMSG_DATA(&control.head), fds, 2 * sizeof(int));
	}
	while (sendmsg(fd, &m, MSG_NOSIGNAL) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return 0;
}

/* The event loop, which watches the socket of vnoded's, has made it one that does not wait. */
static bool again(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	if (errno == EAGAIN)
		poll(&p, 1, -1);
	return errno == EAGAIN || errno == EINTR;
}

/* @fds: two, -1 without any. */
static int recv_from(int fd, uint32_t *what, uint32_t *value, int *fds)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control;
	uint8_t text[MSG_LEN];
	struct iovec io = { text, sizeof(text) };
	struct msghdr m = { .msg_iov = &io,
			    .msg_iovlen = 1,
			    .msg_control = &control,
			    .msg_controllen = sizeof(control.room) };
	struct cmsghdr *head;
	ssize_t n;

	do
		n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && again(fd));
	fds[0] = fds[1] = -1;
	head = n > 0 ? CMSG_FIRSTHDR(&m) : NULL;
	if (head && head->cmsg_type == SCM_RIGHTS && head->cmsg_len == CMSG_LEN(2 * sizeof(int)))
		memcpy(fds, CMSG_DATA(head), 2 * sizeof(int));
	if (n != MSG_LEN)
		return n < 0 ? -errno : -EPIPE;
	*what = be32_load(text);
	*value = be32_load(text + 4);
	return 0;
}

/* --- the keeper ------------------------------------------------------------------------ */

static int start(struct hosts *h, int fd)
{
	struct process_ends ends;
	int err = h->n == KEEPER_HOSTS_MAX ? -EUSERS : process_start(h->program, &ends);

	if (err)
		return send_to(fd, (uint32_t)-err, 0, NULL);
	h->pids[h->n++] = ends.pid;
	err = send_to(fd, 0, (uint32_t)ends.pid, (int[]){ ends.link, ends.memory });
	process_close(&ends);
	return err;
}

/* Only a host of its own: until it was waited for nobody else has its number. */
static int stop(struct hosts *h, int fd, pid_t pid)
{
	uint32_t i = 0;

	while (i < h->n && h->pids[i] != pid)
		i++;
	if (i == h->n)
		return send_to(fd, ESRCH, 0, NULL);
	h->pids[i] = h->pids[--h->n];
	return send_to(fd, 0, (uint32_t)process_stop(pid), NULL);
}

static void serve(struct hosts *h, int fd)
{
	uint32_t what, value;
	int fds[2], err = 0;

	while (!err && !recv_from(fd, &what, &value, fds)) {
		if (what == KEEPER_START)
			err = start(h, fd);
		else if (what == KEEPER_STOP)
			err = stop(h, fd, (pid_t)value);
		else
			err = send_to(fd, EPROTO, 0, NULL);
	}
}

/* Debug builds keep all: their checkers read and write files of their own. */
static int confine(const struct keeper_config *c, char *reason)
{
#ifdef XOS_DEBUG
	return 0;
#else
	const char *const paths[] = {
		"/usr",	     "/lib",	     "/lib32",	 "/lib64",    "/libx32", "/etc/ld.so.cache",
		"/dev/null", "/dev/urandom", c->program, c->services, NULL
	};
	int err = landlock_read_only(paths, reason);

	if (err && err != -EOPNOTSUPP)
		return err;
	/* Without Landlock there is the filter still. */
	return sandbox_enter(SANDBOX_HOSTS, err ? reason + strlen(reason) : reason);
#endif
}

static int drop(const struct keeper_config *c, char *reason)
{
	const int caps[] = { -1 };
	struct privs privs;
	int err = privs_find(c->user, &privs, reason);

	if (!err)
		err = privs_become(&privs, caps, reason);
	return err ? err : confine(c, reason);
}

static __attribute__((noreturn)) void be_keeper(const struct keeper_config *c, int fd)
{
	struct hosts hosts = { .program = c->program };
	char reason[KEEPER_REASON_MAX] = "";
	int err;

	/* Of the whole unit, or from a terminal: vnoded stops in order, and then this. */
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	prctl(PR_SET_NAME, "vnoded-keeper");
	err = drop(c, reason);
	if (send_to(fd, (uint32_t)-err, 0, NULL) || send(fd, reason, sizeof(reason), 0) < 0 || err)
		_exit(1);
	serve(&hosts, fd);
	/* Hosts die with their parent. */
	_exit(0);
}

/* --- vnoded ----------------------------------------------------------------------------- */

int keeper_begin(struct keeper *k, const struct keeper_config *c, char *reason)
{
	uint32_t what, value;
	int fds[2], none[2], err;

	*k = (struct keeper){ .fd = -1 };
	*reason = '\0';
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds))
		return -errno;
	k->pid = fork();
	if (!k->pid) {
		close(fds[0]);
		be_keeper(c, fds[1]);
	}
	close(fds[1]);
	k->fd = fds[0];
	if (k->pid < 0) {
		k->pid = 0;
		err = -errno;
	} else {
		err = recv_from(k->fd, &what, &value, none);
	}
	if (!err && recv(k->fd, reason, KEEPER_REASON_MAX, 0) != KEEPER_REASON_MAX)
		err = -EPIPE;
	if (!err)
		err = -(int)what;
	if (err)
		keeper_end(k);
	return err;
}

void keeper_end(struct keeper *k)
{
	if (k->pid) {
		close(k->fd);
		/* Behind the agent's filter it cannot be waited for, which harms nobody. */
		while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	*k = (struct keeper){ .fd = -1 };
}

bool keeper_gone(const struct keeper *k)
{
	char byte;

	return recv(k->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN;
}

static int ask(struct keeper *k, enum question q, pid_t pid, uint32_t *value, int *fds)
{
	uint32_t what;
	int err = send_to(k->fd, q, (uint32_t)pid, NULL);

	if (!err)
		err = recv_from(k->fd, &what, value, fds);
	return err ? err : -(int)what;
}

int keeper_start(struct keeper *k, struct process_ends *out)
{
	uint32_t pid;
	int fds[2], err = ask(k, KEEPER_START, 0, &pid, fds);

	if (err)
		return err;
	*out = (struct process_ends){ (pid_t)pid, fds[0], fds[1] };
	return fds[0] < 0 ? -EPROTO : 0;
}

int keeper_stop(struct keeper *k, pid_t pid)
{
	uint32_t status;
	int none[2];

	return ask(k, KEEPER_STOP, pid, &status, none);
}
