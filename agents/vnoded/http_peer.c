// SPDX-License-Identifier: GPL-2.0-or-later
/* A connection of the HTTP gateway. */
#include "http.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <secure/tls_io.h>

#define READ_SIZE 4096

/**
 * struct http_peer - a connection
 * @node: in struct http_server.peers
 * @s: server
 * @guest: TLS; NULL without
 * @poll: watches @fd
 * @timer: ends what takes too long
 * @late: what that counts as
 * @user: whose quota counts; NULL: none does
 * @pace: when that user may go on
 * @fd: socket
 * @from: address of the client
 * @reader: takes requests apart
 * @call: the request that is under way
 * @asking: there is one
 * @closing: to be closed when its output is sent
 * @ended: it is sent; what still comes is not looked at
 * @dead: to be closed now
 * @in: what was read and not taken yet
 * @in_len: bytes of it
 * @out: what is to be sent; from the heap
 * @out_at: bytes sent
 * @out_len: bytes there are
 * @out_cap: bytes of that memory
 */
struct http_peer {
	struct cds_list_head node;
	struct http_server *s;
	struct guest *guest;
	struct env_uv_poll *poll;
	struct env_timer timer;
	uint64_t *late;
	struct http_user *user;
	struct env_timer pace;
	int fd;
	struct xos_addr from;
	struct web_reader *reader;
	struct http_call call;
	bool asking;
	bool closing;
	bool ended;
	bool dead;
	uint8_t in[HTTP_AHEAD_MAX];
	size_t in_len;
	uint8_t *out;
	size_t out_at;
	size_t out_len;
	size_t out_cap;
};

static struct env *env_of(const struct http_peer *p)
{
	return env_uv_env(p->s->env);
}

static void peer_close(struct http_peer *p)
{
	env_timer_cancel(env_of(p), &p->timer);
	env_timer_cancel(env_of(p), &p->pace);
	http_user_put(p->s, p->user);
	env_uv_poll_del(p->poll);
	close(p->fd);
	http_call_end(&p->call);
	guest_free(p->guest);
	web_reader_free(p->reader);
	cds_list_del(&p->node);
	p->s->peer_count--;
	free(p->out);
	free(p);
}

/* Also wakes the peer up when there is nothing to write but something to look at. */
static void peer_wake(struct http_peer *p)
{
	env_uv_poll_events(p->poll, ENV_UV_READ | ENV_UV_WRITE);
}

static void peer_gone(void *ctx)
{
	struct http_peer *p = ctx;

	p->dead = true;
	peer_wake(p);
}

static void say_refused(struct http_server *s, const struct xos_addr *from, const char *why)
{
	char text[XOS_ADDR_STR_MAX];

	ratelimit_refused(&s->limit, env_uv_env(s->env), xos_addr_format(from, text), why);
}

static void peer_late(void *ctx)
{
	struct http_peer *p = ctx;

	++*p->late;
	if (p->late == &p->s->counters.handshake_late)
		say_refused(p->s, &p->from, "the handshake of a client of HTTP took too long");
	peer_gone(p);
}

/* From now on it is given so long. */
static void peer_time(struct http_peer *p, uint64_t ns, uint64_t *late)
{
	p->late = late;
	env_timer_set(env_of(p), &p->timer, ns);
}

/* --- output ---------------------------------------------------------------------------- */

static int out_add(struct http_peer *p, struct bytes data)
{
	size_t cap = p->out_cap ? p->out_cap : 2048;
	uint8_t *out;

	while (cap < p->out_len + data.len)
		cap *= 2;
	if (cap > HTTP_OUTPUT_MAX)
		return -ENOBUFS;
	if (cap != p->out_cap) {
		out = realloc(p->out, cap);
		if (!out)
			return -ENOMEM;
		p->out = out;
		p->out_cap = cap;
	}
	memcpy(p->out + p->out_len, data.data, data.len);
	p->out_len += data.len;
	return 0;
}

static void peer_flush(struct http_peer *p)
{
	while (p->out_at < p->out_len) {
		ssize_t n = send(p->fd, p->out + p->out_at, p->out_len - p->out_at,
				 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			p->dead = p->dead || errno != EAGAIN;
			return;
		}
		p->out_at += (size_t)n;
	}
	p->out_at = 0;
	p->out_len = 0;
	/* what a long reply took is not kept */
	if (p->out_cap > READ_SIZE) {
		free(p->out);
		p->out = NULL;
		p->out_cap = 0;
	}
}

static void peer_say(struct http_peer *p, struct bytes data)
{
	int err = p->guest ? guest_write(p->guest, data) : out_add(p, data);

	if (err)
		p->dead = true;
	else
		peer_flush(p);
}

static void peer_reply(void *ctx, struct bytes reply)
{
	struct http_peer *p = ctx;

	p->asking = false;
	http_user_spend(p->s, p->user, 0, reply.len);
	p->closing = p->closing || !p->call.reply.keep;
	peer_time(p, HTTP_REPLY_NS, &p->s->counters.reply_late);
	peer_say(p, reply);
	peer_wake(p);
}

/* --- requests -------------------------------------------------------------------------- */

static const char *peer_who(const struct http_peer *p)
{
	const struct cert_who *who;

	if (!p->guest)
		return "";
	who = guest_who(p->guest);
	return who ? who->name : NULL;
}

static void peer_take(struct http_peer *p, struct bytes data, size_t *used)
{
	static const char more[] = "HTTP/1.1 100 Continue\r\n\r\n";
	bool begun = web_begun(p->reader);
	enum web_result state = web_read(p->reader, data, used);

	http_user_spend(p->s, p->user, state == WEB_READY, *used);
	switch (state) {
	case WEB_MORE:
		if (!begun)
			peer_time(p, HTTP_REQUEST_NS, &p->s->counters.request_late);
		if (web_expects(p->reader))
			peer_say(p, bytes_str(more));
		break;
	case WEB_READY:
		env_timer_cancel(env_of(p), &p->timer);
		p->asking = true;
		if (!peer_who(p))
			say_refused(p->s, &p->from, "a client of HTTP without a certificate");
		http_call_begin(&p->call, web_request(p->reader), peer_who(p));
		web_next(p->reader);
		break;
	case WEB_BAD:
		http_call_bad(&p->call, web_reader_fault(p->reader));
		break;
	}
}

static bool peer_sending(const struct http_peer *p)
{
	return p->out_at < p->out_len;
}

/* Between requests: whoever has had its share waits, and what it sends with it. */
static bool peer_paced(struct http_peer *p)
{
	uint64_t wait_ns = web_begun(p->reader) ? 0 : http_user_wait_ns(p->s, p->user);

	if (!wait_ns)
		return false;
	if (!env_timer_armed(&p->pace)) {
		p->s->counters.quota_waits++;
		env_timer_cancel(env_of(p), &p->timer);
		env_timer_set(env_of(p), &p->pace, wait_ns);
	}
	return true;
}

static void peer_goes_on(void *ctx)
{
	struct http_peer *p = ctx;

	peer_time(p, HTTP_IDLE_NS, &p->s->counters.idle);
	peer_wake(p);
}

/* What was read goes to the parser, a request at a time. */
static void peer_feed(struct http_peer *p)
{
	size_t used;

	while (p->in_len && !p->asking && !p->closing && !p->dead && !peer_sending(p) &&
	       !peer_paced(p)) {
		peer_take(p, bytes_of(p->in, p->in_len), &used);
		p->in_len -= used;
		memmove(p->in, p->in + used, p->in_len);
	}
}

/* --- TLS ------------------------------------------------------------------------------- */

static int guest_output(void *ctx, struct bytes data)
{
	return out_add(ctx, data);
}

static int guest_input(void *ctx, struct bytes data)
{
	struct http_peer *p = ctx;

	if (data.len > sizeof(p->in) - p->in_len)
		return -ENOBUFS;
	memcpy(p->in + p->in_len, data.data, data.len);
	p->in_len += data.len;
	return 0;
}

/* Now it is known whose quota counts. Requests that came with the handshake have not been read. */
static bool peer_has_user(struct http_peer *p)
{
	const struct cert_who *who = p->guest ? guest_who(p->guest) : NULL;

	if (who && who->role == SECURE_ROLE_ADMIN)
		return true;
	p->user = http_user_get(p->s, who ? who->name : "default");
	return p->user;
}

static void peer_unseal(struct http_peer *p, struct bytes data)
{
	bool open = guest_open(p->guest);

	if (guest_feed(p->guest, data)) {
		/* An alert may say why. */
		peer_flush(p);
		p->dead = true;
	} else if (!open && guest_open(p->guest)) {
		peer_time(p, HTTP_IDLE_NS, &p->s->counters.idle);
		p->dead = p->dead || !peer_has_user(p);
	}
}

static int peer_begin_tls(struct http_peer *p)
{
	const struct guest_owner owner = { guest_output, guest_input, peer_gone, p };

	peer_time(p, HTTP_HANDSHAKE_NS, &p->s->counters.handshake_late);
	return guest_new(p->s->d->agent.secure, &owner, &p->guest);
}

/* --- the socket ------------------------------------------------------------------------ */

/* Room for what one read can bring; a record of TLS is not taken in parts. */
static bool peer_reads(const struct http_peer *p)
{
	size_t most = p->guest ? READ_SIZE + TLS_RECORD_MAX : READ_SIZE;

	return p->ended || (!p->dead && !p->closing && sizeof(p->in) - p->in_len >= most);
}

static void peer_read(struct http_peer *p)
{
	uint8_t data[READ_SIZE];
	ssize_t n = recv(p->fd, data, sizeof(data), MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0)
		p->dead = true;
	else if (p->ended)
		return;
	else if (p->guest)
		peer_unseal(p, bytes_of(data, (size_t)n));
	else
		guest_input(p, bytes_of(data, (size_t)n));
}

/*
 * To close a socket while its client still sends would take the last reply away from it
 * (RFC 9112, section 9.6).
 */
static void peer_end(struct http_peer *p)
{
	p->ended = true;
	shutdown(p->fd, SHUT_WR);
	p->timer.fire = peer_gone;
	env_timer_set(env_of(p), &p->timer, HTTP_LINGER_NS);
}

static void peer_ready(void *ctx, int events)
{
	struct http_peer *p = ctx;
	int want = 0;

	peer_flush(p);
	if (events & ENV_UV_READ && peer_reads(p))
		peer_read(p);
	peer_feed(p);
	if (peer_sending(p))
		peer_flush(p);
	if (p->closing && !p->ended && !p->dead && !peer_sending(p))
		peer_end(p);
	if (p->dead) {
		peer_close(p);
		return;
	}
	if (!p->asking && !p->closing && !peer_sending(p) && !web_begun(p->reader) &&
	    !env_timer_armed(&p->pace) && p->late == &p->s->counters.reply_late)
		peer_time(p, HTTP_IDLE_NS, &p->s->counters.idle);
	if (peer_reads(p))
		want |= ENV_UV_READ;
	if (peer_sending(p))
		want |= ENV_UV_WRITE;
	env_uv_poll_events(p->poll, want);
}

void http_peer_new(struct http_server *s, const struct xos_addr *from, int fd, bool tls)
{
	struct http_peer *p = NULL;
	int one = 1;

	if (s->peer_count < s->clients_max)
		p = calloc(1, sizeof(*p));
	if (!p && s->peer_count == s->clients_max) {
		s->counters.clients_full++;
		say_refused(s, from, "there are too many clients of HTTP");
	}
	if (p)
		p->reader = web_reader_new(WIRE_VH_ARGS_MAX);
	if (!p || !p->reader) {
		close(fd);
		free(p);
		return;
	}
	p->s = s;
	p->fd = fd;
	p->from = *from;
	p->call = (struct http_call){ .s = s, .write = peer_reply, .ctx = p };
	p->timer = (struct env_timer){ .fire = peer_late, .ctx = p };
	p->pace = (struct env_timer){ .fire = peer_goes_on, .ctx = p };
	cds_list_add_tail(&p->node, &s->peers);
	s->peer_count++;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	peer_time(p, HTTP_IDLE_NS, &s->counters.idle);
	if ((tls ? peer_begin_tls(p) : !peer_has_user(p)) ||
	    env_uv_poll_add(s->env, fd, ENV_UV_READ, peer_ready, p, &p->poll)) {
		peer_close(p);
		return;
	}
	s->counters.accepted++;
}

void http_peers_close(struct http_server *s)
{
	struct http_peer *p, *next;

	cds_list_for_each_entry_safe(p, next, &s->peers, node)
		peer_close(p);
}
