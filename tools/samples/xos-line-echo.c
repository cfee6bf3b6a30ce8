// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A server whose connections can move: answers each line with "N NAME: line",
 * where N counts the lines of this connection. The count, and what has come of
 * an unfinished line, are its state; it moves with the connection.
 *
 *	xos-line-echo ADDRESS PORT NAME [RUNDIR]
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <xos_service.h>

#define LINE_BYTES_MAX 1024
#define EVENTS_MAX     64
#define ANSWER_MAX     (LINE_BYTES_MAX + 128)

/**
 * struct session - one connection
 * @fd: socket
 * @lines: lines answered
 * @len: bytes in @line
 * @line: a line that is not complete
 */
struct session {
	int fd;
	uint64_t lines;
	uint32_t len;
	char line[LINE_BYTES_MAX];
};

/* What moves. Both ends are the same program on the same kind of machine. */
struct state {
	uint64_t lines;
	uint32_t len;
	char line[LINE_BYTES_MAX];
};

static struct xos_service *service;
static const char *name;
static int epoll_fd;

static int watch(int fd, void *data)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = data };

	return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &ev);
}

static void session_end(struct session *s)
{
	if (xos_service_remove(service, s->fd) != -EBUSY) {
		epoll_ctl(epoll_fd, EPOLL_CTL_DEL, s->fd, NULL);
		close(s->fd);
	}
	free(s);
}

static struct session *session_begin(int fd)
{
	struct session *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->fd = fd;
	if (watch(fd, s) || xos_service_add(service, fd, s)) {
		epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, NULL);
		free(s);
		return NULL;
	}
	return s;
}

/* The connection leaves: stop reading it, say what we know about it. */
static ssize_t release(void *ctx, int fd, void *data, void *room, size_t max)
{
	struct session *s = data;
	struct state st = { .lines = s->lines, .len = s->len };

	if (max < sizeof(st))
		return -EMSGSIZE;
	memcpy(st.line, s->line, s->len);
	memcpy(room, &st, sizeof(st));
	epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, NULL);
	free(s);
	return sizeof(st);
}

/* A connection arrives, with what its former server knew. */
static int adopt(void *ctx, int fd, const void *room, size_t len)
{
	struct session *s;
	struct state st;

	if (len != sizeof(st))
		return -EBADMSG;
	memcpy(&st, room, sizeof(st));
	if (st.len > sizeof(st.line))
		return -EBADMSG;
	s = session_begin(fd);
	if (!s)
		return -ENOMEM;
	s->lines = st.lines;
	s->len = st.len;
	memcpy(s->line, st.line, st.len);
	return 0;
}

static int answer(struct session *s)
{
	char out[ANSWER_MAX];
	int n = snprintf(out, sizeof(out), "%llu %s: %.*s\n", (unsigned long long)++s->lines, name,
			 (int)s->len, s->line);

	s->len = 0;
	/* Lines are short and a client that does not read loses its connection. */
	return send(s->fd, out, (size_t)n, MSG_NOSIGNAL) == n ? 0 : -1;
}

static void session_read(struct session *s)
{
	char in[4096];
	ssize_t n = recv(s->fd, in, sizeof(in), MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	for (ssize_t i = 0; i < n; i++) {
		if (in[i] != '\n' && s->len < sizeof(s->line)) {
			s->line[s->len++] = in[i];
			continue;
		}
		if (answer(s)) {
			n = -1;
			break;
		}
	}
	if (n <= 0)
		session_end(s);
}

static void accept_all(void)
{
	int fd;

	while ((fd = accept4(xos_service_listener(service), NULL, NULL,
			     SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		if (!session_begin(fd))
			close(fd);
	}
}

static void serve(void)
{
	struct epoll_event events[EVENTS_MAX];
	int n;

	for (;;) {
		n = epoll_wait(epoll_fd, events, EVENTS_MAX, -1);
		for (int i = 0; i < n; i++) {
			if (events[i].data.ptr == &epoll_fd) {
				/* Sessions may go in there, so the other events are asked for anew. */
				xos_service_dispatch(service);
				break;
			}
			if (events[i].data.ptr == &service)
				accept_all();
			else
				session_read(events[i].data.ptr);
		}
	}
}

int main(int argc, char **argv)
{
	static const struct xos_service_ops ops = { .release = release, .adopt = adopt };
	struct xos_service_config c = { .name = "xos-line-echo", .ops = &ops };
	int err;

	if (argc != 4 && argc != 5) {
		fprintf(stderr, "Usage: xos-line-echo ADDRESS PORT NAME [ RUNDIR ]\n");
		return 1;
	}
	c.address = argv[1];
	c.port = (uint16_t)atoi(argv[2]);
	name = argv[3];
	c.run_dir = argc == 5 ? argv[4] : NULL;
	signal(SIGPIPE, SIG_IGN);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	err = epoll_fd < 0 ? -errno : xos_service_listen(&c, &service);
	if (!err && (watch(xos_service_listener(service), &service) ||
		     watch(xos_service_fd(service), &epoll_fd)))
		err = -errno;
	if (err) {
		fprintf(stderr, "xos-line-echo: %s\n", strerror(-err));
		return 1;
	}
	serve();
	return 0;
}
