// SPDX-License-Identifier: GPL-2.0-or-later
#include "xos_service.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "service_impl.h"

#define RUN_DIR_DEFAULT "/run/xos"
#define BACKLOG_DEFAULT 1024
/* Bytes that a connection may hold that TCP has not sent yet. */
#define UNSENT_MAX	65536

_Static_assert(XOS_SERVICE_LATER == -EINPROGRESS, "documented value");
_Static_assert(XOS_SERVICE_STATE_MAX == WIRE_DS_APP_MAX, "documented value");

static int open_listener(struct xos_service *s)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_INET6, .sin6_port = htons(s->config.port) };
	int one = 1, backlog = s->config.backlog ? s->config.backlog : BACKLOG_DEFAULT;

	memcpy(&sa.sin6_addr, s->server.ip, sizeof(s->server.ip));
	s->listener = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->listener < 0 ||
	    setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
	    setsockopt(s->listener, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one)) ||
	    bind(s->listener, (struct sockaddr *)&sa, sizeof(sa)) || listen(s->listener, backlog))
		return -errno;
	return 0;
}

static int watch(struct xos_service *s, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = fd };

	return fd < 0 || epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &ev) ? -errno : 0;
}

static int open_events(struct xos_service *s)
{
	int err;

	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (s->epoll < 0)
		return -errno;
	s->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	err = watch(s, s->timer);
	if (err)
		return err;
	s->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	return s->wake < 0 ? -errno : 0;
}

int xos_service_listen(const struct xos_service_config *config, struct xos_service **out)
{
	struct xos_service *s;
	int err;

	s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->config = *config;
	s->listener = s->epoll = s->agent = s->timer = s->wake = -1;
	pthread_mutex_init(&s->lock, NULL);
	for (int i = 0; i < SERVICE_BUCKETS; i++)
		CDS_INIT_LIST_HEAD(&s->bucket[i]);
	CDS_INIT_LIST_HEAD(&s->moving);
	snprintf(s->name, sizeof(s->name), "%s", config->name ? config->name : "");
	err = -ENAMETOOLONG;
	if (snprintf(s->path, sizeof(s->path), "%s/handoff-app.sock",
		     config->run_dir ? config->run_dir : RUN_DIR_DEFAULT) >= (int)sizeof(s->path))
		goto err_close;
	err = -EINVAL;
	if (inet_pton(AF_INET6, config->address, s->server.ip) != 1)
		goto err_close;
	s->server.port = config->port;
	err = open_listener(s);
	if (!err)
		err = open_events(s);
	if (err)
		goto err_close;
	pthread_mutex_lock(&s->lock);
	service_connect(s);
	pthread_mutex_unlock(&s->lock);
	*out = s;
	return 0;

err_close:
	xos_service_close(s);
	return err;
}

int xos_service_listener(const struct xos_service *s)
{
	return s->listener;
}

int xos_service_fd(const struct xos_service *s)
{
	return s->epoll;
}

int xos_service_connected(const struct xos_service *s)
{
	return s->welcome;
}

void xos_service_dispatch(struct xos_service *s)
{
	struct epoll_event ev[4];
	uint64_t ticks;
	int n;

	n = epoll_wait(s->epoll, ev, 4, 0);
	for (int i = 0; i < n; i++) {
		if (ev[i].data.fd == s->timer) {
			if (read(s->timer, &ticks, sizeof(ticks)) < 0)
				continue;
			pthread_mutex_lock(&s->lock);
			if (s->agent < 0)
				service_connect(s);
			pthread_mutex_unlock(&s->lock);
		} else if (ev[i].data.fd == s->agent) {
			service_input(s);
		}
	}
}

static void *thread_main(void *arg)
{
	struct xos_service *s = arg;
	struct pollfd p[2] = { { .fd = s->epoll, .events = POLLIN },
			       { .fd = s->wake, .events = POLLIN } };

	while (poll(p, 2, -1) >= 0 || errno == EINTR) {
		if (p[1].revents)
			break;
		xos_service_dispatch(s);
	}
	return NULL;
}

int xos_service_start(struct xos_service *s)
{
	int err;

	if (s->threaded)
		return 0;
	err = pthread_create(&s->thread, NULL, thread_main, s);
	s->threaded = !err;
	return -err;
}

int xos_service_add(struct xos_service *s, int fd, void *data)
{
	struct sockaddr_in6 sa = { 0 };
	socklen_t len = sizeof(sa);
	struct xos_addr client;
	int unsent = UNSENT_MAX, err = -ENOMEM;
	struct service_conn *c;

	if (getpeername(fd, (struct sockaddr *)&sa, &len))
		return -errno;
	memcpy(client.ip, &sa.sin6_addr, sizeof(client.ip));
	client.port = ntohs(sa.sin6_port);
	/* Unsent bytes would have to move; the program can hold them as well. */
	setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof(unsent));
	pthread_mutex_lock(&s->lock);
	c = service_conn_by_client(s, &client);
	if (c) {
		err = -EEXIST;
	} else {
		c = service_conn_add(s, fd, &client);
		if (c) {
			c->data = data;
			err = 0;
		}
	}
	pthread_mutex_unlock(&s->lock);
	return err;
}

int xos_service_remove(struct xos_service *s, int fd)
{
	struct service_conn *c;
	int err = 0;

	pthread_mutex_lock(&s->lock);
	c = service_conn_by_fd(s, fd);
	if (!c) {
		err = -ENOENT;
	} else if (c->state == CONN_PARKED) {
		err = -EBUSY;
	} else {
		if (c->state == CONN_ASKED)
			service_released(s, c, -ENOTCONN);
		service_conn_del(s, c);
	}
	pthread_mutex_unlock(&s->lock);
	return err;
}

int xos_service_release(struct xos_service *s, int fd, const void *state, size_t len)
{
	struct service_conn *c;
	int err = -ENOENT;

	pthread_mutex_lock(&s->lock);
	c = service_conn_by_fd(s, fd);
	if (c && c->state == CONN_ASKED) {
		err = len <= XOS_SERVICE_STATE_MAX ? service_conn_park(s, c, state, len) :
						     -EMSGSIZE;
		service_released(s, c, err);
	}
	pthread_mutex_unlock(&s->lock);
	return err;
}

int xos_service_keep(struct xos_service *s, int fd, int why)
{
	struct service_conn *c;
	int err = -ENOENT;

	pthread_mutex_lock(&s->lock);
	c = service_conn_by_fd(s, fd);
	if (c && c->state == CONN_ASKED) {
		service_released(s, c, why < 0 ? why : -EBUSY);
		err = 0;
	}
	pthread_mutex_unlock(&s->lock);
	return err;
}

void xos_service_close(struct xos_service *s)
{
	struct service_conn *c, *next;
	int *fds[] = { &s->listener, &s->agent, &s->timer, &s->wake, &s->epoll };

	if (!s)
		return;
	if (s->threaded) {
		eventfd_write(s->wake, 1);
		pthread_join(s->thread, NULL);
	}
	for (int i = 0; i < SERVICE_BUCKETS; i++) {
		cds_list_for_each_entry_safe(c, next, &s->bucket[i], node) {
			if (c->state == CONN_PARKED)
				close(c->fd);
			service_conn_del(s, c);
		}
	}
	for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
		if (*fds[i] >= 0)
			close(*fds[i]);
	}
	free(s->by_fd);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
