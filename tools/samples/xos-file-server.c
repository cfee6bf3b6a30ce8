// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A file server over HTTP whose downloads can move: a client that asked one
 * server of the group gets the rest of its file from another one, in the same
 * connection. All servers have the same files.
 *
 *	xos-file-server ADDRESS PORT FOLDER [RUNDIR]
 *
 * GET and HEAD of plain names, one request a connection.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xos_service.h>

#define REQUEST_MAX 2048
#define NAME_BYTES  256
#define EVENTS_MAX  64
/* Bytes given to the socket at a time, so that others have their turn. */
#define CHUNK	    (256 * 1024)

/**
 * struct state - what is known about a download, and moves with it
 * @length: bytes of the answer's body
 * @sent: of these, given to the socket
 * @head_len: bytes of @head
 * @head_sent: of these, given to the socket
 * @request_len: bytes of @request
 * @answering: the request is complete
 * @name: of the file; empty when there is none to send
 * @head: status and fields of the answer
 * @request: what has come of the request
 */
struct state {
	uint64_t length;
	uint64_t sent;
	uint32_t head_len;
	uint32_t head_sent;
	uint32_t request_len;
	uint32_t answering;
	char name[NAME_BYTES];
	char head[256];
	char request[REQUEST_MAX];
};

/**
 * struct download - a connection
 * @fd: socket
 * @file: the file, or -1
 * @st: its state
 */
struct download {
	int fd;
	int file;
	struct state st;
};

static struct xos_service *service;
static int epoll_fd, folder_fd;

static void download_free(struct download *d)
{
	epoll_ctl(epoll_fd, EPOLL_CTL_DEL, d->fd, NULL);
	if (d->file >= 0)
		close(d->file);
	free(d);
}

static void download_end(struct download *d)
{
	int fd = d->fd;

	xos_service_remove(service, fd);
	download_free(d);
	close(fd);
}

static int watch(struct download *d, int op)
{
	struct epoll_event ev = { .events = d->st.answering ? EPOLLOUT : EPOLLIN, .data.ptr = d };

	return epoll_ctl(epoll_fd, op, d->fd, &ev);
}

static int open_file(struct download *d)
{
	struct stat st;

	d->file = openat(folder_fd, d->st.name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (d->file < 0 || fstat(d->file, &st) || !S_ISREG(st.st_mode) ||
	    (d->st.length && d->st.length != (uint64_t)st.st_size))
		return -ENOENT;
	d->st.length = (uint64_t)st.st_size;
	return 0;
}

static struct download *download_begin(int fd, const struct state *st)
{
	struct download *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->fd = fd;
	d->file = -1;
	if (st)
		d->st = *st;
	if ((d->st.name[0] && open_file(d)) || watch(d, EPOLL_CTL_ADD) ||
	    xos_service_add(service, fd, d)) {
		download_free(d);
		return NULL;
	}
	return d;
}

/* The connection leaves: what is known of it goes along. */
static ssize_t release(void *ctx, int fd, void *data, void *room, size_t max)
{
	struct download *d = data;

	if (max < sizeof(d->st))
		return -EMSGSIZE;
	memcpy(room, &d->st, sizeof(d->st));
	download_free(d);
	return sizeof(struct state);
}

/* It arrives: the file is opened here and goes on where it was. */
static int adopt(void *ctx, int fd, const void *room, size_t len)
{
	struct state st;

	if (len != sizeof(st))
		return -EBADMSG;
	memcpy(&st, room, len);
	st.name[sizeof(st.name) - 1] = 0;
	if (st.head_len > sizeof(st.head) || st.head_sent > st.head_len ||
	    st.request_len > sizeof(st.request))
		return -EBADMSG;
	return download_begin(fd, &st) ? 0 : -ENOMEM;
}

static void say(struct state *st, const char *status, uint64_t length)
{
	st->head_len = (uint32_t)snprintf(st->head, sizeof(st->head),
					  "HTTP/1.1 %s\r\nContent-Length: %llu\r\n"
					  "Connection: close\r\n\r\n",
					  status, (unsigned long long)length);
	st->answering = 1;
}

/* The request is complete. */
static void answer(struct download *d)
{
	struct state *st = &d->st;
	char method[8], name[NAME_BYTES];

	st->request[st->request_len] = 0;
	if (sscanf(st->request, "%7s /%255[^ /] HTTP/1.", method, name) != 2 || name[0] == '.') {
		say(st, "400 Bad Request", 0);
		return;
	}
	memcpy(st->name, name, sizeof(name));
	if (open_file(d)) {
		st->name[0] = 0;
		say(st, "404 Not Found", 0);
		return;
	}
	say(st, "200 OK", st->length);
	if (!strcmp(method, "HEAD"))
		st->name[0] = 0;
}

/* 0, or -1 at the end of the connection. */
static int read_request(struct download *d)
{
	struct state *st = &d->st;
	ssize_t n;

	n = recv(d->fd, st->request + st->request_len, REQUEST_MAX - 1 - st->request_len,
		 MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0)
		return -1;
	st->request_len += (uint32_t)n;
	st->request[st->request_len] = 0;
	if (strstr(st->request, "\r\n\r\n"))
		answer(d);
	else if (st->request_len == REQUEST_MAX - 1)
		say(st, "431 Request Header Fields Too Large", 0);
	return st->answering && watch(d, EPOLL_CTL_MOD) ? -1 : 0;
}

static int write_answer(struct download *d)
{
	struct state *st = &d->st;
	off_t at = (off_t)st->sent;
	ssize_t n;

	if (st->head_sent < st->head_len) {
		n = send(d->fd, st->head + st->head_sent, st->head_len - st->head_sent,
			 MSG_NOSIGNAL | MSG_DONTWAIT);
		st->head_sent += n > 0 ? (uint32_t)n : 0;
	} else if (st->name[0] && st->sent < st->length) {
		n = sendfile(d->fd, d->file, &at, CHUNK);
		st->sent += n > 0 ? (uint64_t)n : 0;
	} else {
		return -1;
	}
	return n > 0 || errno == EAGAIN || errno == EINTR ? 0 : -1;
}

static void accept_all(void)
{
	int fd;

	while ((fd = accept4(xos_service_listener(service), NULL, NULL,
			     SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		if (!download_begin(fd, NULL))
			close(fd);
	}
}

static void serve(void)
{
	struct epoll_event ev[EVENTS_MAX];
	struct download *d;
	int n;

	for (;;) {
		n = epoll_wait(epoll_fd, ev, EVENTS_MAX, -1);
		for (int i = 0; i < n; i++) {
			if (ev[i].data.ptr == &epoll_fd) {
				/* Downloads may go in there: the other events are asked for anew. */
				xos_service_dispatch(service);
				break;
			}
			d = ev[i].data.ptr;
			if (ev[i].data.ptr == &service)
				accept_all();
			else if (d->st.answering ? write_answer(d) : read_request(d))
				download_end(d);
		}
	}
}

static int watch_service(void)
{
	struct epoll_event listener = { .events = EPOLLIN, .data.ptr = &service };
	struct epoll_event agent = { .events = EPOLLIN, .data.ptr = &epoll_fd };

	return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, xos_service_listener(service), &listener) ||
			       epoll_ctl(epoll_fd, EPOLL_CTL_ADD, xos_service_fd(service), &agent) ?
		       -errno :
		       0;
}

int main(int argc, char **argv)
{
	static const struct xos_service_ops ops = { .release = release, .adopt = adopt };
	struct xos_service_config c = { .name = "xos-file-server", .ops = &ops };
	int err;

	if (argc != 4 && argc != 5) {
		fprintf(stderr, "Usage: xos-file-server ADDRESS PORT FOLDER [ RUNDIR ]\n");
		return 1;
	}
	c.address = argv[1];
	c.port = (uint16_t)atoi(argv[2]);
	c.run_dir = argc == 5 ? argv[4] : NULL;
	signal(SIGPIPE, SIG_IGN);
	folder_fd = open(argv[3], O_PATH | O_DIRECTORY | O_CLOEXEC);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	err = folder_fd < 0 || epoll_fd < 0 ? -errno : xos_service_listen(&c, &service);
	if (!err)
		err = watch_service();
	if (err) {
		fprintf(stderr, "xos-file-server: %s\n", strerror(-err));
		return 1;
	}
	serve();
	return 0;
}
