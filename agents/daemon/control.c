// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/control.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <base/escape.h>
#include <base/assert.h>
#include <base/list.h>
#include <env/ratelimit.h>
#include <wire/control.h>

#define GROUPS_MAX 256

/* A message that waits for its client. */
struct queued {
	struct cds_list_head node;
	size_t len;
	uint8_t data[];
};

struct control_client {
	struct cds_list_head node;
	struct control_server *server;
	struct env_uv_poll *poll;
	struct cds_list_head queue;
	size_t queued;
	void (*drained)(void *ctx);
	void *drained_ctx;
	unsigned int refs;
	struct ucred cred;
	int fd;
};

struct control_server {
	struct env_uv *env;
	struct control_config config;
	struct env_uv_poll *poll;
	struct env_uv_async *wake;
	struct env_timer again;
	struct cds_list_head clients;
	struct control_counters counters;
	struct ratelimit limit;
	unsigned int count;
	int fd;
	uint8_t room[CONTROL_MSG_MAX];
};

struct control_client *control_client_get(struct control_client *c)
{
	c->refs++;
	return c;
}

void control_client_put(struct control_client *c)
{
	xassert(c->refs);
	if (!--c->refs)
		free(c);
}

bool control_client_open(const struct control_client *c)
{
	return c->fd >= 0;
}

static void client_drained(struct control_client *c)
{
	void (*drained)(void *ctx) = c->drained;

	c->drained = NULL;
	if (drained)
		drained(c->drained_ctx);
}

static void client_close(struct control_client *c)
{
	struct queued *q, *next;

	if (c->fd < 0)
		return;
	env_uv_poll_del(c->poll);
	close(c->fd);
	c->fd = -1;
	cds_list_for_each_entry_safe(q, next, &c->queue, node) {
		cds_list_del(&q->node);
		free(q);
	}
	c->queued = 0;
	c->server->count--;
	cds_list_del(&c->node);
	client_drained(c);
	if (c->server->config.closed)
		c->server->config.closed(c->server->config.ctx, c);
	control_client_put(c);
}

static int client_watch(struct control_client *c)
{
	env_uv_poll_events(c->poll, ENV_UV_READ | (c->queued ? ENV_UV_WRITE : 0));
	return 0;
}

/* Send what is queued as far as it goes. */
static void client_flush(struct control_client *c)
{
	struct queued *q, *next;

	cds_list_for_each_entry_safe(q, next, &c->queue, node) {
		if (send(c->fd, q->data, q->len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
			if (errno == EAGAIN || errno == EINTR)
				return;
			client_close(c);
			return;
		}
		c->queued -= q->len;
		cds_list_del(&q->node);
		free(q);
	}
	client_watch(c);
	client_drained(c);
}

static int client_enqueue(struct control_client *c, struct bytes msg)
{
	struct queued *q = NULL;

	if (c->queued + msg.len <= CONTROL_QUEUE_MAX)
		q = malloc(sizeof(*q) + msg.len);
	if (!q) {
		c->server->counters.overflow++;
		client_close(c);
		return -ECONNRESET;
	}
	q->len = msg.len;
	memcpy(q->data, msg.data, msg.len);
	cds_list_add_tail(&q->node, &c->queue);
	c->queued += msg.len;
	return client_watch(c);
}

struct buf control_room(void)
{
	static uint8_t room[CONTROL_MSG_MAX];

	return buf_of(room, sizeof(room));
}

int control_send(struct control_client *c, struct bytes msg)
{
	if (c->fd < 0)
		return -ECONNRESET;
	if (c->queued)
		return client_enqueue(c, msg);
	if (send(c->fd, msg.data, msg.len, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
		return 0;
	if (errno == EAGAIN || errno == EINTR)
		return client_enqueue(c, msg);
	client_close(c);
	return -ECONNRESET;
}

int control_send_fd(struct control_client *c, struct bytes msg, int fd)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { { 0 } };
	struct iovec iov = { .iov_base = (void *)(uintptr_t)msg.data, .iov_len = msg.len };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = control.room,
			    .msg_controllen = sizeof(control.room) };

	if (c->fd < 0)
		return -ECONNRESET;
	if (c->queued)
		return -EAGAIN;
	control.align.cmsg_level = SOL_SOCKET;
	control.align.cmsg_type = SCM_RIGHTS;
	control.align.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.align), &fd, sizeof(int));
	if (sendmsg(c->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
		return 0;
	return errno == EAGAIN || errno == EINTR ? -EAGAIN : -ECONNRESET;
}

void control_done(struct control_client *c, uint32_t seq, int error, const char *fmt, ...)
{
	uint8_t room[WIRE_HEADER_LEN + 64 + CONTROL_TEXT_MAX];
	struct wire_ctl_done m = { .seq = seq, .error = (uint32_t)-error };
	struct buf b = buf_of(room, sizeof(room));
	char text[CONTROL_TEXT_MAX];
	va_list args;

	if (fmt) {
		va_start(args, fmt);
		vsnprintf(text, sizeof(text), fmt, args);
		va_end(args);
		m.text = bytes_str(text);
		m.has_text = true;
	} else if (error) {
		m.text = bytes_str(strerror(-error));
		m.has_text = true;
	}
	xassert(!wire_ctl_done_encode(&m, &b));
	control_send(c, buf_bytes(&b));
}

/* Waiters are called from the loop, never from inside control_on_drain(). */
static void wake_drained(void *ctx)
{
	struct control_server *s = ctx;
	struct control_client *c;
	bool again;

	/* A waiter may close clients, so the list is read anew after each. */
	do {
		again = false;
		cds_list_for_each_entry(c, &s->clients, node) {
			if (c->drained && !c->queued) {
				client_drained(c);
				again = true;
				break;
			}
		}
	} while (again);
}

void control_on_drain(struct control_client *c, void (*drained)(void *ctx), void *ctx)
{
	xassert(!c->drained);
	c->drained = drained;
	c->drained_ctx = ctx;
	if (c->fd < 0)
		client_drained(c);
	else if (!c->queued)
		env_uv_async_send(c->server->wake);
}

/* Receive one packet and the descriptor that came with it. */
static ssize_t client_recv(struct control_client *c, int *fd)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec iov = { .iov_base = c->server->room, .iov_len = sizeof(c->server->room) };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = control.room,
			    .msg_controllen = sizeof(control.room) };
	struct cmsghdr *cm;
	ssize_t n;

	*fd = -1;
	n = recvmsg(c->fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (n < 0)
		return -errno;
	cm = CMSG_FIRSTHDR(&m);
	if (cm && cm->cmsg_level == SOL_SOCKET && cm->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(cm), sizeof(*fd));
	return m.msg_flags & (MSG_TRUNC | MSG_CTRUNC) ? -EMSGSIZE : n;
}

static void client_read(struct control_client *c)
{
	struct control_server *s = c->server;
	struct wire_header h;
	struct bytes msg;
	ssize_t n;
	int fd;

	n = client_recv(c, &fd);
	if (n == -EAGAIN || n == -EINTR)
		return;
	msg = bytes_of(s->room, n > 0 ? (size_t)n : 0);
	if (n <= 0 || wire_header_decode(msg, &h)) {
		s->counters.malformed += n != 0;
		if (fd >= 0)
			close(fd);
		client_close(c);
		return;
	}
	s->counters.requests++;
	s->config.request(s->config.ctx, c, h.type, msg, fd);
}

static void client_ready(void *ctx, int events)
{
	struct control_client *c = control_client_get(ctx);

	if (events & ENV_UV_WRITE && c->queued)
		client_flush(c);
	if (events & ENV_UV_READ && c->fd >= 0)
		client_read(c);
	control_client_put(c);
}

static bool in_group(int fd, const struct ucred *cred, gid_t gid)
{
	gid_t groups[GROUPS_MAX];
	socklen_t len = sizeof(groups);

	if (gid == (gid_t)-1)
		return false;
	if (cred->gid == gid)
		return true;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &len))
		return false;
	for (size_t i = 0; i < len / sizeof(gid_t); i++) {
		if (groups[i] == gid)
			return true;
	}
	return false;
}

static bool is_admin(const struct ucred *cred)
{
	return !cred->uid || cred->uid == geteuid();
}

static bool may_connect(const struct control_server *s, int fd, struct ucred *cred)
{
	socklen_t len = sizeof(*cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, cred, &len))
		return false;
	return is_admin(cred) || in_group(fd, cred, s->config.gid);
}

static void say_refused(struct control_server *s, const struct ucred *cred, const char *why)
{
	char who[64];

	snprintf(who, sizeof(who), "user %u, process %d", (unsigned int)cred->uid, (int)cred->pid);
	ratelimit_refused(&s->limit, env_uv_env(s->env), who, why);
}

bool control_client_admin(const struct control_client *c)
{
	return is_admin(&c->cred);
}

void control_client_who(const struct control_client *c, uid_t *uid, pid_t *pid)
{
	*uid = c->cred.uid;
	*pid = c->cred.pid;
}

#define AUDIT_NAME_MAX 128

void control_audit(struct env *env, const struct control_client *c, const char *what,
		   struct bytes name, bool done)
{
	uint8_t text[4 * AUDIT_NAME_MAX];
	struct buf out = buf_of(text, sizeof(text));

	if (name.len > AUDIT_NAME_MAX)
		name.len = AUDIT_NAME_MAX;
	xassert(!escape_put(name, &out));
	env_log(env, done ? ENV_INFO : ENV_WARN, ENV_SUB_CONTROL,
		"audit: user %u, process %d: %s%s%.*s%s", (unsigned int)c->cred.uid,
		(int)c->cred.pid, what, name.len ? " " : "", (int)out.len, text,
		done ? "" : ", refused");
}

static int client_create(struct control_server *s, int fd, const struct ucred *cred)
{
	struct control_client *c = calloc(1, sizeof(*c));
	int err;

	if (!c)
		return -ENOMEM;
	c->server = s;
	c->fd = fd;
	c->cred = *cred;
	c->refs = 1;
	CDS_INIT_LIST_HEAD(&c->queue);
	err = env_uv_poll_add(s->env, fd, ENV_UV_READ, client_ready, c, &c->poll);
	if (err) {
		free(c);
		return err;
	}
	cds_list_add_tail(&c->node, &s->clients);
	s->count++;
	s->counters.accepted++;
	return 0;
}

static void listen_again(void *ctx)
{
	struct control_server *s = ctx;

	env_uv_poll_events(s->poll, ENV_UV_READ);
}

static void server_ready(void *ctx, int events)
{
	struct control_server *s = ctx;
	struct ucred cred;
	int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0) {
		if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)
			return;
		/* The one that waits would keep the loop busy. */
		s->counters.accept_failed++;
		env_uv_poll_events(s->poll, 0);
		env_timer_set(env_uv_env(s->env), &s->again, CONTROL_PAUSE_NS);
		return;
	}
	if (!may_connect(s, fd, &cred)) {
		s->counters.refused_credentials++;
		say_refused(s, &cred, "it is not in the group of the socket");
	} else if (s->count == CONTROL_CLIENTS_MAX) {
		s->counters.refused_limit++;
		say_refused(s, &cred, "there are too many clients");
	} else if (!client_create(s, fd, &cred)) {
		return;
	}
	close(fd);
}

/* Bind, with the group that may connect; nobody can until the mode is right. */
static int server_bind(struct control_server *s)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	const char *path = s->config.path;
	struct stat st;
	mode_t mask;
	int err = 0;

	if (strlen(path) >= sizeof(sun.sun_path))
		return -ENAMETOOLONG;
	strcpy(sun.sun_path, path);
	if (!lstat(path, &st) && S_ISSOCK(st.st_mode))
		unlink(path);
	s->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->fd < 0)
		return -errno;
	mask = umask(0177);
	if (bind(s->fd, (struct sockaddr *)&sun, sizeof(sun)))
		err = -errno;
	umask(mask);
	if (err)
		return err;
	if (s->config.gid != (gid_t)-1 &&
	    (chown(path, (uid_t)-1, s->config.gid) || chmod(path, 0660)))
		return -errno;
	return listen(s->fd, CONTROL_CLIENTS_MAX) ? -errno : 0;
}

int control_server_create(struct env_uv *env, const struct control_config *config,
			  struct control_server **out)
{
	struct control_server *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	s->env = env;
	s->config = *config;
	s->fd = -1;
	s->again = (struct env_timer){ .fire = listen_again, .ctx = s };
	CDS_INIT_LIST_HEAD(&s->clients);
	err = server_bind(s);
	if (!err)
		err = env_uv_async_add(env, wake_drained, s, &s->wake);
	if (!err)
		err = env_uv_poll_add(env, s->fd, ENV_UV_READ, server_ready, s, &s->poll);
	if (err) {
		control_server_destroy(s);
		return err;
	}
	*out = s;
	return 0;
}

void control_server_destroy(struct control_server *s)
{
	struct control_client *c, *next;

	if (!s)
		return;
	cds_list_for_each_entry_safe(c, next, &s->clients, node)
		client_close(c);
	env_timer_cancel(env_uv_env(s->env), &s->again);
	env_uv_poll_del(s->poll);
	env_uv_async_del(s->wake);
	if (s->fd >= 0) {
		close(s->fd);
		unlink(s->config.path);
	}
	free(s);
}

const struct control_counters *control_counters(const struct control_server *s)
{
	return &s->counters;
}
