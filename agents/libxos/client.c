// SPDX-License-Identifier: GPL-2.0-or-later
#include "client.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <wire/control.h>

int client_open(struct client *c, const char *path, unsigned int timeout_ms)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int err;

	*c = (struct client){ .fd = -1, .timeout_ms = timeout_ms };
	if (strlen(path) >= sizeof(sun.sun_path))
		return -ENAMETOOLONG;
	strcpy(sun.sun_path, path);
	c->buf = malloc(CLIENT_MSG_MAX);
	if (!c->buf)
		return -ENOMEM;
	c->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&sun, sizeof(sun))) {
		err = -errno;
		client_close(c);
		return err;
	}
	return 0;
}

void client_close(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	free(c->buf);
	c->fd = -1;
	c->buf = NULL;
}

static int wait_readable(struct client *c)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	int n;

	do {
		n = poll(&p, 1, (int)c->timeout_ms);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	return n ? 0 : -ETIMEDOUT;
}

static int recv_message(struct client *c, struct bytes *msg)
{
	ssize_t n;
	int err;

	err = wait_readable(c);
	if (err)
		return err;
	do {
		n = recv(c->fd, c->buf, CLIENT_MSG_MAX, 0);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if (!n)
		return -ECONNRESET;
	*msg = bytes_of(c->buf, (size_t)n);
	return 0;
}

static int take_done(struct client *c, struct bytes msg)
{
	struct wire_ctl_done done;

	if (wire_ctl_done_decode(msg, &done))
		return -EPROTO;
	snprintf(c->text, sizeof(c->text), "%.*s", (int)done.text.len,
		 done.text.len ? (const char *)done.text.data : "");
	return -(int)done.error;
}

int client_call(struct client *c, struct bytes request, client_item_fn item, void *ctx)
{
	struct wire_header h;
	struct bytes msg;
	int err;

	c->text[0] = 0;
	if (send(c->fd, request.data, request.len, MSG_NOSIGNAL) < 0)
		return -errno;
	for (;;) {
		err = recv_message(c, &msg);
		if (err)
			return err;
		if (wire_header_decode(msg, &h))
			return -EPROTO;
		if (h.type == WIRE_CTL_DONE)
			return take_done(c, msg);
		if (item) {
			err = item(ctx, h.type, msg);
			if (err)
				return err;
		}
	}
}
