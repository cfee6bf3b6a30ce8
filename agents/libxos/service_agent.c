// SPDX-License-Identifier: GPL-2.0-or-later
/* Talking to handoffd. */
#include "service_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

/* Send a message, with a descriptor unless @fd is -1. The lock is held. */
int service_send(struct xos_service *s, const struct wire_msg *msg, const void *m, int fd)
{
	struct buf out = buf_of(s->out, sizeof(s->out));
	union {
		char buf[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct msghdr mh = { 0 };
	struct cmsghdr *cm;
	struct iovec iov;
	int err;

	if (s->agent < 0)
		return -ENOTCONN;
	err = wire_encode(msg, m, &out);
	if (err)
		return err;
	iov = (struct iovec){ .iov_base = out.data, .iov_len = out.len };
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	if (fd >= 0) {
		memset(&control, 0, sizeof(control));
		mh.msg_control = control.buf;
		mh.msg_controllen = sizeof(control.buf);
		cm = CMSG_FIRSTHDR(&mh);
		cm->cmsg_level = SOL_SOCKET;
		cm->cmsg_type = SCM_RIGHTS;
		cm->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(cm), &fd, sizeof(int));
	}
	/* May wait for the agent to read: it reads all the time. */
	return sendmsg(s->agent, &mh, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

static void tick(struct xos_service *s, bool on)
{
	long ns = on ? SERVICE_RETRY_MS * 1000000L : 0;
	struct itimerspec t = { .it_value.tv_nsec = ns, .it_interval.tv_nsec = ns };

	timerfd_settime(s->timer, 0, &t, NULL);
}

/* The lock is held. */
void service_lost(struct xos_service *s)
{
	struct service_conn *c, *next;

	if (s->agent >= 0)
		close(s->agent);
	s->agent = -1;
	s->welcome = false;
	/* Nobody waits for an answer any more. */
	cds_list_for_each_entry_safe(c, next, &s->moving, moving) {
		if (c->state == CONN_ASKED)
			service_conn_state(s, c, CONN_OURS);
	}
	tick(s, true);
}

static int reoffer(struct xos_service *s, struct service_conn *c)
{
	struct wire_svc_reoffer m = {
		.tx = c->tx,
		.client = c->client,
		.peer = c->peer,
		.arriving = c->arriving,
		.app = bytes_of(c->app, c->app_len),
		.has_app = c->app_len > 0,
	};

	return service_send(s, &wire_svc_reoffer_msg, &m, c->fd);
}

/* Look for the agent; what was parked when it went away is offered again. The lock is held. */
void service_connect(struct xos_service *s)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	struct epoll_event ev = { .events = EPOLLIN };
	struct wire_svc_listen m = { .server = s->server };
	struct service_conn *c;
	int err;

	m.name = bytes_str(s->name);
	m.has_name = m.name.len > 0;
	memcpy(sun.sun_path, s->path, sizeof(s->path));
	s->agent = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (s->agent < 0 || connect(s->agent, (struct sockaddr *)&sun, sizeof(sun))) {
		service_lost(s);
		return;
	}
	ev.data.fd = s->agent;
	err = epoll_ctl(s->epoll, EPOLL_CTL_ADD, s->agent, &ev) ? -errno : 0;
	if (!err)
		err = service_send(s, &wire_svc_listen_msg, &m, -1);
	cds_list_for_each_entry(c, &s->moving, moving) {
		if (c->state == CONN_PARKED && !err)
			err = reoffer(s, c);
	}
	if (err)
		service_lost(s);
	else
		tick(s, false);
}

/* Tell the agent about a connection that it asked for. The lock is held. */
void service_released(struct xos_service *s, struct service_conn *c, int err)
{
	struct wire_svc_released m = { .tx = c->tx, .error = (uint32_t)-err };

	if (err) {
		service_conn_state(s, c, CONN_OURS);
	} else {
		m.app = bytes_of(c->app, c->app_len);
		m.has_app = c->app_len > 0;
	}
	/* When it cannot be sent, the agent is gone, and it is offered again later. */
	service_send(s, &wire_svc_released_msg, &m, err ? -1 : c->fd);
}

static void refuse_release(struct xos_service *s, const struct xos_id *tx, int err)
{
	struct wire_svc_released m = { .tx = *tx, .error = (uint32_t)-err };

	service_send(s, &wire_svc_released_msg, &m, -1);
}

static void on_release(struct xos_service *s, const struct wire_svc_release *m)
{
	struct service_conn *c;
	ssize_t len;
	void *data;
	int fd;

	pthread_mutex_lock(&s->lock);
	c = service_conn_by_client(s, &m->client);
	if (!c || c->state != CONN_OURS) {
		refuse_release(s, &m->tx, c ? -EBUSY : -ENOENT);
		pthread_mutex_unlock(&s->lock);
		return;
	}
	service_conn_state(s, c, CONN_ASKED);
	c->arriving = false;
	c->tx = m->tx;
	c->peer = m->peer;
	fd = c->fd;
	data = c->data;
	pthread_mutex_unlock(&s->lock);

	len = s->config.ops->release(s->config.ctx, fd, data, s->state, sizeof(s->state));
	if (len == XOS_SERVICE_LATER)
		return;
	if (len >= 0)
		xos_service_release(s, fd, s->state, (size_t)len);
	else
		xos_service_keep(s, fd, (int)len);
}

static void on_park(struct xos_service *s, const struct wire_svc_park *m, int fd)
{
	struct wire_svc_parked answer = { .tx = m->tx };
	struct service_conn *c = NULL;
	int err = -EBADF;

	pthread_mutex_lock(&s->lock);
	if (fd >= 0) {
		/* A leftover of a connection that ended without a word. */
		c = service_conn_by_client(s, &m->client);
		err = c && c->state != CONN_OURS ? -EBUSY : 0;
		if (c && !err)
			service_conn_del(s, c);
		c = err ? NULL : service_conn_add(s, fd, &m->client);
		if (!err)
			err = c ? service_conn_park(s, c, m->app.data, m->app.len) : -ENOMEM;
	}
	if (!err) {
		c->arriving = true;
		c->tx = m->tx;
		c->peer = m->peer;
	} else {
		if (c)
			service_conn_del(s, c);
		if (fd >= 0)
			close(fd);
	}
	answer.error = (uint32_t)-err;
	service_send(s, &wire_svc_parked_msg, &answer, -1);
	pthread_mutex_unlock(&s->lock);
}

/* The program gets a parked connection, or it is closed. */
static void on_end(struct xos_service *s, const struct xos_id *tx, bool go)
{
	struct service_conn *c;
	size_t len = 0;
	void *app = NULL;
	int fd = -1;

	pthread_mutex_lock(&s->lock);
	c = service_conn_by_tx(s, tx);
	if (c && c->state == CONN_PARKED) {
		fd = c->fd;
		app = c->app;
		len = c->app_len;
		c->app = NULL;
		service_conn_del(s, c);
	}
	pthread_mutex_unlock(&s->lock);
	if (fd >= 0 && (!go || s->config.ops->adopt(s->config.ctx, fd, app, len)))
		close(fd);
	free(app);
}

static void on_message(struct xos_service *s, struct bytes in, int fd)
{
	struct wire_svc_welcome welcome;
	struct wire_svc_release release;
	struct wire_svc_park park;
	struct wire_svc_drop drop;
	struct wire_header h;
	struct wire_svc_go go;

	if (wire_header_decode(in, &h))
		return;
	switch (h.type) {
	case WIRE_SVC_WELCOME:
		if (!wire_svc_welcome_body_decode(&h, &welcome))
			s->welcome = !welcome.error;
		break;
	case WIRE_SVC_RELEASE:
		if (!wire_svc_release_body_decode(&h, &release))
			on_release(s, &release);
		break;
	case WIRE_SVC_PARK:
		if (!wire_svc_park_body_decode(&h, &park)) {
			on_park(s, &park, fd);
			fd = -1;
		}
		break;
	case WIRE_SVC_GO:
		if (!wire_svc_go_body_decode(&h, &go))
			on_end(s, &go.tx, true);
		break;
	case WIRE_SVC_DROP:
		if (!wire_svc_drop_body_decode(&h, &drop))
			on_end(s, &drop.tx, false);
		break;
	default:
		break;
	}
	if (fd >= 0)
		close(fd);
}

/* Read all messages that have come; only the dispatching thread does. */
void service_input(struct xos_service *s)
{
	union {
		char buf[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct cmsghdr *cm;
	struct iovec iov;
	struct msghdr mh;
	ssize_t n;
	int fd;

	while (s->agent >= 0) {
		iov = (struct iovec){ .iov_base = s->in, .iov_len = sizeof(s->in) };
		mh = (struct msghdr){ .msg_iov = &iov,
				      .msg_iovlen = 1,
				      .msg_control = control.buf,
				      .msg_controllen = sizeof(control.buf) };
		n = recvmsg(s->agent, &mh, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			pthread_mutex_lock(&s->lock);
			service_lost(s);
			pthread_mutex_unlock(&s->lock);
			return;
		}
		fd = -1;
		cm = CMSG_FIRSTHDR(&mh);
		if (cm && cm->cmsg_level == SOL_SOCKET && cm->cmsg_type == SCM_RIGHTS)
			memcpy(&fd, CMSG_DATA(cm), sizeof(fd));
		on_message(s, bytes_of(s->in, (size_t)n), fd);
	}
}
