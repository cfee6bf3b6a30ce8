// SPDX-License-Identifier: GPL-2.0-or-later
#include "redis_peer.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define INPUT_FIRST (16 * 1024)
#define INPUT_MAX   (4 * (size_t)REDIS_REQUEST_MAX)

static const char too_many[] = "-ERR max number of clients reached\r\n";

/* Bytes that come or go; @at: the first that is still of use. */
struct bytes_queue {
	uint8_t *data;
	size_t at;
	size_t len;
	size_t cap;
};

/**
 * struct redis_peer - a connection
 * @node: in struct redis_server.peers
 * @s: server
 * @client: what it talks to
 * @guest: TLS; NULL without
 * @poll: watches @fd
 * @timer: ends a handshake that takes too long
 * @fd: socket
 * @paused: does not read its replies
 * @dead: to be closed at the next opportunity
 * @in: what the client said
 * @out: replies
 * @sealed: the part of them that TLS has taken, and its own
 */
struct redis_peer {
	struct cds_list_head node;
	struct redis_server *s;
	struct redis_client *client;
	struct guest *guest;
	struct env_uv_poll *poll;
	struct env_timer timer;
	int fd;
	bool paused;
	bool dead;
	struct bytes_queue in;
	struct bytes_queue out;
	struct bytes_queue sealed;
};

/* --- queues --------------------------------------------------------------------- */

static size_t queue_len(const struct bytes_queue *q)
{
	return q->len - q->at;
}

/* Room for @more bytes at the end. */
static bool queue_room(struct bytes_queue *q, size_t more, size_t max)
{
	size_t cap = q->cap ? q->cap : INPUT_FIRST;
	uint8_t *data;

	if (q->at) {
		memmove(q->data, q->data + q->at, queue_len(q));
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

static void queue_add(struct bytes_queue *q, struct bytes data)
{
	memcpy(q->data + q->len, data.data, data.len);
	q->len += data.len;
}

/* What has been taken from the front; an empty queue that had become large gives it back. */
static void queue_took(struct bytes_queue *q, size_t n, size_t *held)
{
	q->at += n;
	if (q->at < q->len)
		return;
	q->at = q->len = 0;
	if (q->cap <= REDIS_OUTPUT_PAUSE)
		return;
	*held -= q->cap;
	free(q->data);
	*q = (struct bytes_queue){ .data = NULL };
}

/* Bytes for the client; false: too many wait for this one, or for all together. */
static bool output_add(struct redis_peer *p, struct bytes_queue *q, struct bytes data)
{
	struct redis_server *s = p->s;
	size_t before = q->cap;
	bool fits;

	fits = queue_room(q, data.len, REDIS_OUTPUT_MAX);
	s->output_held += q->cap - before;
	if (!fits || s->output_held > REDIS_OUTPUT_ALL_MAX) {
		s->counters.overflow++;
		p->dead = true;
		return false;
	}
	queue_add(q, data);
	return true;
}

/* --- a peer --------------------------------------------------------------------- */

static void peer_close(struct redis_peer *p)
{
	env_timer_cancel(env_uv_env(p->s->env), &p->timer);
	env_uv_poll_del(p->poll);
	close(p->fd);
	redis_client_free(p->client);
	guest_free(p->guest);
	cds_list_del(&p->node);
	p->s->output_held -= p->out.cap + p->sealed.cap;
	free(p->in.data);
	free(p->out.data);
	free(p->sealed.data);
	free(p);
}

static bool has_output(const struct redis_peer *p)
{
	return queue_len(&p->out) || queue_len(&p->sealed);
}

/* Also wakes the peer up when there is nothing to write but something to look at. */
static void peer_wake(struct redis_peer *p)
{
	env_uv_poll_events(p->poll, ENV_UV_READ | ENV_UV_WRITE);
}

static void peer_output(void *ctx, struct bytes data)
{
	struct redis_peer *p = ctx;

	if (p->dead)
		return;
	output_add(p, &p->out, data);
	peer_wake(p);
}

static void peer_takes(void *ctx)
{
	peer_wake(ctx);
}

/* As much as the socket takes; false: it takes no more for now. */
static bool queue_send(struct redis_peer *p, struct bytes_queue *q)
{
	while (queue_len(q)) {
		ssize_t n = send(p->fd, q->data + q->at, queue_len(q), MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			p->dead = p->dead || errno != EAGAIN;
			return false;
		}
		queue_took(q, (size_t)n, &p->s->output_held);
	}
	return true;
}

static void peer_flush(struct redis_peer *p)
{
	if (!p->guest) {
		queue_send(p, &p->out);
		return;
	}
	while (queue_send(p, &p->sealed) && queue_len(&p->out) && !p->dead) {
		size_t n = queue_len(&p->out);

		if (n > REDIS_SEAL_MAX)
			n = REDIS_SEAL_MAX;
		if (guest_write(p->guest, bytes_of(p->out.data + p->out.at, n))) {
			p->dead = true;
			return;
		}
		queue_took(&p->out, n, &p->s->output_held);
	}
}

static void peer_pace(struct redis_peer *p)
{
	size_t waits = queue_len(&p->out);

	if (!p->paused && waits > REDIS_OUTPUT_PAUSE) {
		p->paused = true;
		p->s->counters.paused++;
		redis_client_pause(p->client, true);
	} else if (p->paused && waits < REDIS_OUTPUT_PAUSE / 2) {
		p->paused = false;
		redis_client_pause(p->client, false);
	}
}

static bool peer_stopped(const struct redis_peer *p)
{
	return p->dead || p->paused || redis_client_blocked(p->client);
}

static void peer_feed(struct redis_peer *p)
{
	ssize_t n;

	if (peer_stopped(p) || !queue_len(&p->in))
		return;
	n = redis_client_feed(p->client, p->in.data + p->in.at, queue_len(&p->in));
	/* What cannot be understood: its answer is on its way, nothing is read any more. */
	p->in.at = n < 0 ? p->in.len : p->in.at + (size_t)n;
}

/* --- TLS ------------------------------------------------------------------------ */

static int guest_output(void *ctx, struct bytes data)
{
	struct redis_peer *p = ctx;

	return output_add(p, &p->sealed, data) ? 0 : -ENOBUFS;
}

static int guest_input(void *ctx, struct bytes data)
{
	struct redis_peer *p = ctx;

	if (!queue_room(&p->in, data.len, INPUT_MAX))
		return -ENOBUFS;
	queue_add(&p->in, data);
	return 0;
}

static void guest_end(void *ctx)
{
	struct redis_peer *p = ctx;

	p->dead = true;
	peer_wake(p);
}

static void handshake_late(void *ctx)
{
	struct redis_peer *p = ctx;

	p->s->counters.handshake_late++;
	ratelimit_refused(&p->s->late, env_uv_env(p->s->env), "client of the Redis protocol",
			  "its handshake took too long");
	p->dead = true;
	peer_wake(p);
}

static void peer_unseal(struct redis_peer *p, struct bytes data)
{
	bool open = guest_open(p->guest);
	const struct cert_who *who;

	if (guest_feed(p->guest, data)) {
		/* An alert may say why. */
		queue_send(p, &p->sealed);
		p->dead = true;
		return;
	}
	if (open || !guest_open(p->guest))
		return;
	env_timer_cancel(env_uv_env(p->s->env), &p->timer);
	who = guest_who(p->guest);
	if (redis_client_user(p->client, who ? who->name : NULL,
			      who && who->role == SECURE_ROLE_ADMIN)) {
		peer_output(p, bytes_str(too_many));
		peer_flush(p);
		p->dead = true;
	}
}

/* --- the socket ----------------------------------------------------------------- */

static void peer_read(struct redis_peer *p)
{
	uint8_t sealed[INPUT_FIRST];
	void *to = sealed;
	size_t room = sizeof(sealed);
	ssize_t n;

	/* The parser refuses a request before it fills this. */
	if (!queue_room(&p->in, INPUT_FIRST / 2, INPUT_MAX)) {
		p->dead = true;
		return;
	}
	if (!p->guest) {
		to = p->in.data + p->in.len;
		room = p->in.cap - p->in.len;
	}
	n = recv(p->fd, to, room, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0)
		p->dead = true;
	else if (p->guest)
		peer_unseal(p, bytes_of(sealed, (size_t)n));
	else
		p->in.len += (size_t)n;
	peer_feed(p);
}

static void peer_ready(void *ctx, int events)
{
	struct redis_peer *p = ctx;
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

static void refuse(int fd, bool tls)
{
	if (!tls && send(fd, too_many, sizeof(too_many) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		errno = 0;
	close(fd);
}

static bool peer_begin_tls(struct redis_peer *p)
{
	const struct guest_owner owner = { guest_output, guest_input, guest_end, p };

	if (guest_new(p->s->secure, &owner, &p->guest))
		return false;
	p->timer = (struct env_timer){ .fire = handshake_late, .ctx = p };
	env_timer_set(env_uv_env(p->s->env), &p->timer, REDIS_HANDSHAKE_NS);
	return true;
}

void redis_peer_new(struct redis_server *s, int fd, const struct xos_addr *from, bool tls)
{
	struct redis_peer *p = calloc(1, sizeof(*p));
	struct redis_owner owner = { .output = peer_output, .ready = peer_takes, .ctx = p };
	char text[XOS_ADDR_STR_MAX];
	int one = 1;

	if (p)
		p->client = redis_client_new(s->redis, &owner, xos_addr_format(from, text), tls);
	if (!p || !p->client) {
		refuse(fd, tls);
		free(p);
		return;
	}
	p->s = s;
	p->fd = fd;
	cds_list_add_tail(&p->node, &s->peers);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if ((tls && !peer_begin_tls(p)) ||
	    env_uv_poll_add(s->env, fd, ENV_UV_READ, peer_ready, p, &p->poll)) {
		peer_close(p);
		return;
	}
	s->counters.accepted++;
}

void redis_peers_close(struct redis_server *s)
{
	struct redis_peer *p, *next;

	cds_list_for_each_entry_safe(p, next, &s->peers, node)
		peer_close(p);
}
