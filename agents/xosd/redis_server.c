// SPDX-License-Identifier: GPL-2.0-or-later
#include "redis_server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/list.h>

#define BACKLOG	     511
#define INPUT_FIRST  (16 * 1024)
#define REQUEST_MAX  (1024 * 1024)
#define ARGS_MAX     1024
#define PIPELINE_MAX 1024
#define WORKS_MAX    256
#define MULTI_MAX    (1024 * 1024)
/* Connections taken at once, so that others have their turn. */
#define ACCEPTS	     64

/* Bytes that come or go; @at: the first that is still of use. */
struct bytes_queue {
	uint8_t *data;
	size_t at;
	size_t len;
	size_t cap;
};

/* A connection. */
struct peer {
	struct cds_list_head node;
	struct redis_server *s;
	struct redis_client *client;
	struct env_uv_poll *poll;
	int fd;
	bool paused;
	bool dead;
	struct bytes_queue in;
	struct bytes_queue out;
};

struct redis_server {
	struct env_uv *env;
	struct redis *redis;
	struct env_uv_poll *poll;
	struct cds_list_head peers;
	struct redis_server_counters counters;
	int fd;
};

/* Room for @more bytes at the end. */
static bool queue_room(struct bytes_queue *q, size_t more, size_t max)
{
	size_t cap = q->cap ? q->cap : INPUT_FIRST;
	uint8_t *data;

	if (q->at) {
		memmove(q->data, q->data + q->at, q->len - q->at);
		q->len -= q->at;
		q->at = 0;
	}
	if (more <= q->cap - q->len)
		return true;
	while (cap - q->len < more)
		cap *= 2;
	if (cap > max)
		return false;
	data = realloc(q->data, cap);
	if (!data)
		return false;
	q->data = data;
	q->cap = cap;
	return true;
}

static void peer_close(struct peer *p)
{
	env_uv_poll_del(p->poll);
	close(p->fd);
	redis_client_free(p->client);
	cds_list_del(&p->node);
	free(p->in.data);
	free(p->out.data);
	free(p);
}

static bool has_output(const struct peer *p)
{
	return p->out.at < p->out.len;
}

/* Also wakes the peer up when there is nothing to write but something to look at. */
static void peer_wake(struct peer *p)
{
	env_uv_poll_events(p->poll, ENV_UV_READ | ENV_UV_WRITE);
}

static void peer_output(void *ctx, struct bytes data)
{
	struct peer *p = ctx;

	if (p->dead)
		return;
	if (!queue_room(&p->out, data.len, REDIS_OUTPUT_MAX)) {
		p->s->counters.overflow++;
		p->dead = true;
	} else {
		memcpy(p->out.data + p->out.len, data.data, data.len);
		p->out.len += data.len;
	}
	peer_wake(p);
}

static void peer_takes(void *ctx)
{
	peer_wake(ctx);
}

static void peer_flush(struct peer *p)
{
	while (has_output(p)) {
		ssize_t n = send(p->fd, p->out.data + p->out.at, p->out.len - p->out.at,
				 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			p->dead = errno != EAGAIN;
			return;
		}
		p->out.at += (size_t)n;
	}
	p->out.at = p->out.len = 0;
}

static void peer_pace(struct peer *p)
{
	size_t waits = p->out.len - p->out.at;

	if (!p->paused && waits > REDIS_OUTPUT_PAUSE) {
		p->paused = true;
		p->s->counters.paused++;
		redis_client_pause(p->client, true);
	} else if (p->paused && waits < REDIS_OUTPUT_PAUSE / 2) {
		p->paused = false;
		redis_client_pause(p->client, false);
	}
}

static bool peer_stopped(const struct peer *p)
{
	return p->dead || p->paused || redis_client_blocked(p->client);
}

static void peer_feed(struct peer *p)
{
	ssize_t n;

	if (peer_stopped(p) || p->in.at == p->in.len)
		return;
	n = redis_client_feed(p->client, p->in.data + p->in.at, p->in.len - p->in.at);
	/* What cannot be understood: its answer is on its way, nothing is read any more. */
	p->in.at = n < 0 ? p->in.len : p->in.at + (size_t)n;
}

static void peer_read(struct peer *p)
{
	ssize_t n;

	/* The parser refuses a request before it fills this. */
	if (!queue_room(&p->in, INPUT_FIRST / 2, 4 * REQUEST_MAX)) {
		p->dead = true;
		return;
	}
	n = recv(p->fd, p->in.data + p->in.len, p->in.cap - p->in.len, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		p->dead = true;
		return;
	}
	p->in.len += (size_t)n;
	peer_feed(p);
}

static void peer_ready(void *ctx, int events)
{
	struct peer *p = ctx;
	int want = 0;

	if (has_output(p))
		peer_flush(p);
	peer_pace(p);
	peer_feed(p);
	if (events & ENV_UV_READ && !peer_stopped(p))
		peer_read(p);
	/* Most replies can go at once. */
	if (!p->dead && has_output(p))
		peer_flush(p);
	if (p->dead || (redis_client_closing(p->client) && !has_output(p))) {
		peer_close(p);
		return;
	}
	if (!peer_stopped(p))
		want |= ENV_UV_READ;
	if (has_output(p))
		want |= ENV_UV_WRITE;
	env_uv_poll_events(p->poll, want);
}

static void refuse(int fd)
{
	static const char text[] = "-ERR max number of clients reached\r\n";

	if (send(fd, text, sizeof(text) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		errno = 0;
	close(fd);
}

static void peer_new(struct redis_server *s, int fd, const struct xos_addr *from)
{
	struct peer *p = calloc(1, sizeof(*p));
	struct redis_owner owner = { .output = peer_output, .ready = peer_takes, .ctx = p };
	char text[XOS_ADDR_STR_MAX];
	int one = 1;

	if (p)
		p->client = redis_client_new(s->redis, &owner, xos_addr_format(from, text));
	if (!p || !p->client) {
		refuse(fd);
		free(p);
		return;
	}
	p->s = s;
	p->fd = fd;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (env_uv_poll_add(s->env, fd, ENV_UV_READ, peer_ready, p, &p->poll)) {
		redis_client_free(p->client);
		close(fd);
		free(p);
		return;
	}
	s->counters.accepted++;
	cds_list_add_tail(&p->node, &s->peers);
}

static void server_ready(void *ctx, int events)
{
	struct redis_server *s = ctx;

	for (int i = 0; i < ACCEPTS; i++) {
		struct sockaddr_in6 from;
		socklen_t len = sizeof(from);
		struct xos_addr addr;
		int fd = accept4(s->fd, (struct sockaddr *)&from, &len,
				 SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		memcpy(addr.ip, &from.sin6_addr, sizeof(addr.ip));
		addr.port = ntohs(from.sin6_port);
		peer_new(s, fd, &addr);
	}
}

static int complain(char *reason, int err, const char *what)
{
	snprintf(reason, REDIS_REASON_MAX, "%s: %s", what, strerror(-err));
	return err;
}

/* ::1, or 127.0.0.0/8 as an IPv4-mapped address. */
static bool is_loopback(const struct xos_addr *addr)
{
	static const uint8_t mapped[13] = { [10] = 0xff, [11] = 0xff, [12] = 127 };
	static const uint8_t one[16] = { [15] = 1 };

	return !memcmp(addr->ip, one, sizeof(one)) || !memcmp(addr->ip, mapped, sizeof(mapped));
}

/* The first line of the file, which nobody else may read. */
static int read_password(const char *path, char password[REDIS_PASSWORD_MAX], char *reason)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return complain(reason, -errno, path);
	if (fstat(fd, &st) || st.st_mode & 077) {
		close(fd);
		return complain(reason, -EPERM, "the password file may be read by others");
	}
	n = read(fd, password, REDIS_PASSWORD_MAX - 1);
	close(fd);
	if (n < 0)
		return complain(reason, -EIO, path);
	password[n] = 0;
	password[strcspn(password, "\r\n")] = 0;
	return password[0] ? 0 : complain(reason, -EINVAL, "the password file is empty");
}

static int server_listen(struct redis_server *s, const struct xos_addr *addr, char *reason)
{
	struct sockaddr_in6 sin = { .sin6_family = AF_INET6, .sin6_port = htons(addr->port) };
	int one = 1;

	memcpy(&sin.sin6_addr, addr->ip, sizeof(addr->ip));
	s->fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return complain(reason, -errno, "socket");
	setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(s->fd, (struct sockaddr *)&sin, sizeof(sin)) || listen(s->fd, BACKLOG))
		return complain(reason, -errno, "cannot listen for clients of the Redis protocol");
	return 0;
}

int redis_server_create(const struct redis_server_config *config, struct redis_server **out,
			char *reason)
{
	struct redis_config c = {
		.env = env_uv_env(config->env),
		.dht = node_dht(config->node),
		.txns = node_txns(config->node),
		.limits = { .clients_max = config->clients_max,
			    .pipeline_max = PIPELINE_MAX,
			    .works_max = WORKS_MAX,
			    .args_max = ARGS_MAX,
			    .request_max = REQUEST_MAX,
			    .multi_bytes_max = MULTI_MAX },
		.version = XOS_VERSION,
	};
	struct redis_server *s = calloc(1, sizeof(*s));
	int err = s ? 0 : complain(reason, -ENOMEM, "redis");

	if (err)
		return err;
	s->env = config->env;
	s->fd = -1;
	CDS_INIT_LIST_HEAD(&s->peers);
	if (config->password_file[0])
		err = read_password(config->password_file, c.password, reason);
	else if (!is_loopback(&config->addr))
		err = complain(reason, -EPERM,
			       "clients from other machines need a password (password-file)");
	if (!err)
		err = server_listen(s, &config->addr, reason);
	if (!err)
		err = redis_create(&c, &s->redis);
	if (!err)
		err = env_uv_poll_add(s->env, s->fd, ENV_UV_READ, server_ready, s, &s->poll);
	explicit_bzero(c.password, sizeof(c.password));
	if (err) {
		redis_server_destroy(s);
		return err;
	}
	*out = s;
	return 0;
}

void redis_server_destroy(struct redis_server *s)
{
	struct peer *p, *next;

	if (!s)
		return;
	cds_list_for_each_entry_safe(p, next, &s->peers, node)
		peer_close(p);
	env_uv_poll_del(s->poll);
	redis_destroy(s->redis);
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}

const struct redis_server_counters *redis_server_counters(const struct redis_server *s)
{
	return &s->counters;
}

const struct redis *redis_server_redis(const struct redis_server *s)
{
	return s->redis;
}
