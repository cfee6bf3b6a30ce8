// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Streams of the libuv environment. A connection lives in these steps:
 * connecting (outgoing only), greeting (the guard authenticates), open, closed.
 * Its memory goes in the close callback of its socket, which is never inside a
 * call of a core.
 */
#include <env/env_uv_impl.h>

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <base/siphash.h>

#define BACKOFF_MIN_MS	     50
#define BACKOFF_DOUBLE_MAX   6 /* 50 ms << 6 = 3.2 s */
#define TCP_USER_TIMEOUT_MS  10000
/* A connection that carries datagrams' keys only must notice that its peer started anew. */
#define TCP_KEEPALIVE_S	     5
#define NET_BUF_KEEP	     (64 * 1024)
/* An incoming connection stays longer: the end that opened it closes it. */
#define IDLE_INCOMING_FACTOR 2

enum net_state { NET_CONNECTING, NET_GREETING, NET_OPEN, NET_CLOSED };

/* Bytes that grow on demand; the limit is checked before. */
struct net_bytes {
	uint8_t *data;
	size_t len;
	size_t cap;
};

/**
 * struct waiting - a message that waits until a connection is open
 * @len: bytes of it, which follow
 * @meant: who shall get it; zero: whoever is there
 */
struct waiting {
	size_t len;
	struct xos_id meant;
};

/**
 * struct net_conn - a connection
 * @node: in env_uv.conns
 * @flush: in env_uv.flush when @flushing
 * @e: environment
 * @tcp: socket
 * @connect: request of an outgoing one
 * @write: request; @written belongs to it
 * @state: step
 * @outgoing: opened by this agent
 * @flushing: @out has to be written before the loop waits
 * @writing: @write is under way
 * @session: the guard's end
 * @slot: peer whose messages go here; NULL: only receives
 * @addr: the address it was opened to or came from
 * @peer: who it is, when open
 * @timer: for authentication, then for idleness
 * @used_ns: last traffic
 * @wait: messages for an open connection, each after its struct waiting
 * @wait_n: messages in @wait
 * @out: sealed bytes to be written
 * @written: sealed bytes being written
 */
struct net_conn {
	struct cds_list_head node;
	struct cds_list_head flush;
	struct env_uv *e;
	uv_tcp_t tcp;
	uv_connect_t connect;
	uv_write_t write;
	enum net_state state;
	bool outgoing;
	bool flushing;
	bool writing;
	struct env_session *session;
	struct net_peer *slot;
	struct xos_addr addr;
	struct env_peer peer;
	struct env_timer timer;
	uint64_t used_ns;
	struct net_bytes wait;
	uint32_t wait_n;
	struct net_bytes out;
	struct net_bytes written;
};

static int bytes_add(struct net_bytes *b, const void *data, size_t len)
{
	size_t cap = b->cap ? b->cap : 4096;
	uint8_t *mem;

	if (len > b->cap - b->len) {
		while (cap - b->len < len)
			cap *= 2;
		mem = realloc(b->data, cap);
		if (!mem)
			return -ENOBUFS;
		b->data = mem;
		b->cap = cap;
	}
	memcpy(b->data + b->len, data, len);
	b->len += len;
	return 0;
}

static void bytes_drop(struct net_bytes *b)
{
	b->len = 0;
	if (b->cap <= NET_BUF_KEEP)
		return;
	free(b->data);
	*b = (struct net_bytes){ 0 };
}

/* --- peers ------------------------------------------------------------------- */

static struct cds_list_head *peer_bucket(struct env_uv *e, const struct xos_addr *addr)
{
	uint8_t key[18];

	memcpy(key, addr->ip, sizeof(addr->ip));
	memcpy(key + 16, &addr->port, 2);
	return &e->buckets[siphash(e->hash_key, key, sizeof(key)) & e->bucket_mask];
}

static struct net_peer *peer_find(struct env_uv *e, const struct xos_addr *addr)
{
	struct cds_list_head *bucket = peer_bucket(e, addr);
	struct net_peer *p;

	cds_list_for_each_entry(p, bucket, hash) {
		if (xos_addr_eq(&p->addr, addr))
			return p;
	}
	return NULL;
}

/* A new entry, in the place of one that is of no use any more when all are taken. */
static struct net_peer *peer_add(struct env_uv *e, const struct xos_addr *addr)
{
	struct net_peer *p = NULL;

	if (e->peers_n < e->config.peers_max) {
		p = &e->peers[e->peers_n++];
	} else {
		uint64_t now = env_now(&e->env);

		for (uint32_t i = 0; i < e->peers_n; i++) {
			if (!e->peers[i].conn && e->peers[i].retry_ns <= now) {
				p = &e->peers[i];
				break;
			}
		}
		if (!p)
			return NULL;
		cds_list_del(&p->hash);
	}
	*p = (struct net_peer){ .addr = *addr };
	cds_list_add(&p->hash, peer_bucket(e, addr));
	return p;
}

static void peer_failed(struct env_uv *e, struct net_peer *p)
{
	uint64_t delay = BACKOFF_MIN_MS * ENV_MS;

	if (p->failures < BACKOFF_DOUBLE_MAX)
		p->failures++;
	delay <<= p->failures - 1;
	/* Half of it is drawn, so that peers do not come back all at once. */
	p->retry_ns = env_now(&e->env) + delay / 2 + env_random_below(&e->env, delay / 2);
}

/* --- life of a connection ---------------------------------------------------- */

static void conn_freed(uv_handle_t *handle)
{
	struct net_conn *c = handle->data;

	if (c->session)
		c->e->guard->ops->session_free(c->session);
	cds_list_del(&c->node);
	c->e->conns_n--;
	free(c->wait.data);
	free(c->out.data);
	free(c->written.data);
	free(c);
}

/* What is queued goes out, too, if there is room for it. */
static void try_write(struct net_conn *c)
{
	uv_buf_t out = uv_buf_init((char *)c->out.data, (unsigned int)c->out.len);

	if (c->out.len && !c->writing)
		uv_try_write((uv_stream_t *)&c->tcp, &out, 1);
}

static void conn_close(struct net_conn *c)
{
	struct env_uv *e = c->e;

	if (c->state == NET_CLOSED)
		return;
	if (c->state == NET_OPEN) {
		e->guard->ops->session_close(c->session);
		try_write(c);
	}
	if (c->state != NET_OPEN) {
		if (c->outgoing)
			e->counters.connect_failed++;
		else
			e->handshakes_n--;
	}
	if (c->slot) {
		c->slot->conn = NULL;
		if (c->state != NET_OPEN)
			peer_failed(e, c->slot);
		c->slot = NULL;
	}
	e->counters.msgs_lost += c->wait_n;
	c->state = NET_CLOSED;
	env_timer_cancel(&e->env, &c->timer);
	if (c->flushing)
		cds_list_del(&c->flush);
	c->flushing = false;
	uv_close((uv_handle_t *)&c->tcp, conn_freed);
}

static void conn_fail(struct net_conn *c, const char *what, int err)
{
	enum env_level level = ENV_WARN;

	if (c->state == NET_CLOSED)
		return;
	/* A peer that stays away is reported once; one that only went is not. */
	if (c->state == NET_OPEN || (c->slot && c->slot->failures) ||
	    (err == -ECONNRESET && !c->outgoing))
		level = ENV_DEBUG;
	env_net_log(c->e, level, &c->addr, what, err);
	conn_close(c);
}

static void conn_timer(void *ctx)
{
	struct net_conn *c = ctx;
	struct env *env = &c->e->env;
	uint64_t idle_ns = c->e->config.idle_timeout_ms * ENV_MS;
	uint64_t now = env_now(env);

	if (c->state != NET_OPEN) {
		c->e->counters.timeouts++;
		conn_fail(c,
			  c->state == NET_CONNECTING ? "connecting took too long" :
						       "authentication took too long",
			  0);
		return;
	}
	if (!c->outgoing)
		idle_ns *= IDLE_INCOMING_FACTOR;
	if (now - c->used_ns < idle_ns) {
		env_timer_set(env, &c->timer, idle_ns - (now - c->used_ns));
		return;
	}
	c->e->counters.idle_closed++;
	conn_close(c);
}

static int on_output(void *ctx, struct bytes data)
{
	struct net_conn *c = ctx;
	int err;

	if (c->state == NET_CLOSED)
		return -EPIPE;
	err = bytes_add(&c->out, data.data, data.len);
	if (err)
		return err;
	if (!c->flushing) {
		c->flushing = true;
		cds_list_add_tail(&c->flush, &c->e->flush);
	}
	return 0;
}

/* Is the other end of an open connection who was meant? */
static bool is_meant(const struct net_conn *c, const struct xos_id *meant)
{
	return xos_id_is_zero(meant) || xos_id_eq(meant, &c->peer.id);
}

static void not_meant(struct net_conn *c)
{
	c->e->counters.wrong_peer++;
	env_net_log_by(&c->e->limit_meant, c->e, ENV_WARN, &c->addr,
		       "a message is not sent: it is for another node", 0);
}

/* Messages that waited for the connection go first. */
static int wait_send(struct net_conn *c)
{
	const struct env_guard_ops *ops = c->e->guard->ops;
	struct waiting w;
	size_t at = 0;
	int err;

	while (at < c->wait.len) {
		memcpy(&w, c->wait.data + at, sizeof(w));
		at += sizeof(w);
		if (is_meant(c, &w.meant)) {
			err = ops->session_write(c->session, bytes_of(c->wait.data + at, w.len));
			if (err)
				return err;
			c->e->counters.msgs_out++;
		} else {
			not_meant(c);
		}
		at += w.len;
		c->wait_n--;
	}
	bytes_drop(&c->wait);
	return 0;
}

static int on_opened(void *ctx, const struct env_peer *peer)
{
	struct net_conn *c = ctx;
	struct env_uv *e = c->e;
	struct net_peer *p = c->slot;

	if (c->state != NET_GREETING)
		return -EPROTO;
	c->state = NET_OPEN;
	c->peer = *peer;
	/* One that takes no streams is answered on this connection, under its own address. */
	if (!peer->addr.port)
		c->peer.addr = c->addr;
	c->used_ns = env_now(&e->env);
	env_timer_set(&e->env, &c->timer, e->config.idle_timeout_ms * ENV_MS);
	if (c->outgoing) {
		e->counters.connected++;
	} else {
		e->handshakes_n--;
		p = peer_find(e, &c->peer.addr);
		if (!p)
			p = peer_add(e, &c->peer.addr);
		if (p && !p->conn) {
			p->conn = c;
			c->slot = p;
		}
	}
	if (p) {
		p->failures = 0;
		p->retry_ns = 0;
	}
	return wait_send(c);
}

static int on_input(void *ctx, struct bytes msg)
{
	struct net_conn *c = ctx;

	if (c->state != NET_OPEN)
		return -EPIPE;
	c->e->counters.msgs_in++;
	if (c->e->recv)
		c->e->recv(c->e->recv_ctx, &c->peer, ENV_STREAM, msg);
	return c->state == NET_OPEN ? 0 : -EPIPE;
}

static void on_end(void *ctx)
{
	conn_fail(ctx, "closed by the guard", -EACCES);
}

static void conn_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	struct net_conn *c = handle->data;

	*buf = uv_buf_init((char *)c->e->read_buf, sizeof(c->e->read_buf));
}

static void conn_read(uv_stream_t *stream, ssize_t len, const uv_buf_t *buf)
{
	struct net_conn *c = stream->data;
	int err;

	if (!len || c->state == NET_CLOSED)
		return;
	if (len < 0) {
		c->e->guard->ops->session_cut(c->session);
		conn_fail(c, "connection ended", len == UV_EOF ? 0 : (int)len);
		return;
	}
	c->used_ns = env_now(&c->e->env);
	c->e->counters.bytes_in += (uint64_t)len;
	err = c->e->guard->ops->session_feed(c->session, bytes_of(buf->base, (size_t)len));
	if (!err)
		return;
	/* An alert that says why goes out if it can. */
	if (c->state != NET_CLOSED && c->state != NET_OPEN)
		try_write(c);
	conn_fail(c, "connection refused", err);
}

static int conn_greet(struct net_conn *c)
{
	const struct env_guard_ops *ops = c->e->guard->ops;
	const struct env_session_owner owner = {
		.output = on_output,
		.opened = on_opened,
		.input = on_input,
		.end = on_end,
		.ctx = c,
	};
	unsigned int ms = TCP_USER_TIMEOUT_MS;
	uv_os_fd_t fd;
	int err;

	uv_tcp_nodelay(&c->tcp, 1);
	uv_tcp_keepalive(&c->tcp, 1, TCP_KEEPALIVE_S);
	if (!uv_fileno((uv_handle_t *)&c->tcp, &fd))
		setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof(ms));
	c->state = NET_GREETING;
	err = ops->session_new(c->e->guard, c->outgoing, &c->e->self, &c->addr, &owner,
			       &c->session);
	if (!err)
		err = ops->session_start(c->session);
	if (!err)
		err = uv_read_start((uv_stream_t *)&c->tcp, conn_alloc, conn_read);
	return err;
}

static struct net_conn *conn_new(struct env_uv *e, bool outgoing)
{
	struct net_conn *c;

	if (e->conns_n >= e->config.conns_max)
		return NULL;
	c = calloc(1, sizeof(*c));
	if (!c)
		return NULL;
	c->e = e;
	c->outgoing = outgoing;
	c->timer = (struct env_timer){ .fire = conn_timer, .ctx = c };
	if (uv_tcp_init(&e->loop, &c->tcp)) {
		free(c);
		return NULL;
	}
	c->tcp.data = c;
	e->conns_n++;
	cds_list_add_tail(&c->node, &e->conns);
	env_timer_set(&e->env, &c->timer, e->config.connect_timeout_ms * ENV_MS);
	return c;
}

static void refused_closed(uv_handle_t *handle)
{
	free(handle);
}

/* Over a limit: take the connection from the backlog and close it. */
static void accept_refuse(struct env_uv *e)
{
	uv_tcp_t *tcp = malloc(sizeof(*tcp));
	struct sockaddr_storage sa;
	int len = sizeof(sa);
	struct xos_addr addr;

	e->counters.accept_refused++;
	if (!tcp)
		return;
	if (uv_tcp_init(&e->loop, tcp)) {
		free(tcp);
		return;
	}
	if (!uv_accept((uv_stream_t *)&e->tcp, (uv_stream_t *)tcp) &&
	    !uv_tcp_getpeername(tcp, (struct sockaddr *)&sa, &len)) {
		env_addr_from_sock((struct sockaddr *)&sa, &addr);
		env_net_log(e, ENV_WARN, &addr, "refused: there are too many connections", 0);
	}
	uv_close((uv_handle_t *)tcp, refused_closed);
}

void env_stream_accept(uv_stream_t *listener, int status)
{
	struct env_uv *e = listener->data;
	struct sockaddr_storage sa;
	int len = sizeof(sa);
	struct net_conn *c;
	int err;

	if (status)
		return;
	e->counters.accepted++;
	c = e->handshakes_n < e->config.handshakes_max ? conn_new(e, false) : NULL;
	if (!c) {
		accept_refuse(e);
		return;
	}
	c->state = NET_GREETING;
	e->handshakes_n++;
	err = uv_accept(listener, (uv_stream_t *)&c->tcp);
	if (!err)
		err = uv_tcp_getpeername(&c->tcp, (struct sockaddr *)&sa, &len);
	if (!err) {
		env_addr_from_sock((struct sockaddr *)&sa, &c->addr);
		err = conn_greet(c);
	}
	if (err)
		conn_fail(c, "cannot accept", err);
}

static void conn_connected(uv_connect_t *req, int status)
{
	struct net_conn *c = req->data;

	if (c->state == NET_CLOSED)
		return;
	if (!status)
		status = conn_greet(c);
	if (status)
		conn_fail(c, "cannot connect", status);
}

static struct net_conn *conn_open(struct env_uv *e, struct net_peer *p)
{
	struct net_conn *c = conn_new(e, true);
	struct sockaddr_in6 sa;
	int err;

	if (!c)
		return NULL;
	c->addr = p->addr;
	c->slot = p;
	p->conn = c;
	env_addr_to_sock(&p->addr, &sa);
	c->connect.data = c;
	err = uv_tcp_connect(&c->connect, &c->tcp, (struct sockaddr *)&sa, conn_connected);
	if (err) {
		conn_fail(c, "cannot connect", err);
		return NULL;
	}
	return c;
}

/* --- output ------------------------------------------------------------------ */

static void conn_write(struct net_conn *c);

static void conn_written(uv_write_t *req, int status)
{
	struct net_conn *c = req->data;

	c->writing = false;
	bytes_drop(&c->written);
	if (c->state == NET_CLOSED)
		return;
	if (status)
		conn_fail(c, "cannot write", status);
	else if (c->out.len)
		conn_write(c);
}

static void conn_write(struct net_conn *c)
{
	struct net_bytes out = c->out;
	uv_buf_t buf;
	int err;

	c->out = c->written;
	c->written = out;
	c->writing = true;
	c->write.data = c;
	c->used_ns = env_now(&c->e->env);
	c->e->counters.bytes_out += out.len;
	buf = uv_buf_init((char *)out.data, (unsigned int)out.len);
	err = uv_write(&c->write, (uv_stream_t *)&c->tcp, &buf, 1, conn_written);
	if (err) {
		c->writing = false;
		conn_fail(c, "cannot write", err);
	}
}

void env_stream_flush(struct env_uv *e)
{
	while (!cds_list_empty(&e->flush)) {
		struct net_conn *c = cds_list_first_entry(&e->flush, struct net_conn, flush);

		cds_list_del(&c->flush);
		c->flushing = false;
		if (!c->writing && c->out.len)
			conn_write(c);
	}
}

static int conn_send(struct net_conn *c, const struct xos_id *meant, struct bytes msg)
{
	struct waiting w = { .len = msg.len, .meant = *meant };
	struct env_uv *e = c->e;
	size_t queued = c->wait.len + c->out.len + c->written.len;
	int err;

	if (queued + msg.len > e->config.send_queue_max) {
		e->counters.queue_full++;
		return -ENOBUFS;
	}
	if (c->state == NET_OPEN) {
		err = e->guard->ops->session_write(c->session, msg);
		if (err) {
			conn_fail(c, "cannot send", err);
			return -EHOSTUNREACH;
		}
		e->counters.msgs_out++;
		return 0;
	}
	err = bytes_add(&c->wait, &w, sizeof(w));
	if (!err) {
		err = bytes_add(&c->wait, msg.data, msg.len);
		if (err)
			c->wait.len -= sizeof(w);
	}
	if (!err)
		c->wait_n++;
	return err;
}

/*
 * The connection for messages to a peer; NULL when one has to be opened. Somebody may have
 * opened one and claimed an address that is not its own: then nobody sends on it any more.
 */
static struct net_conn *conn_for(struct net_peer *p, const struct xos_id *meant)
{
	struct net_conn *c = p ? p->conn : NULL;

	if (!c || c->outgoing || c->state != NET_OPEN || is_meant(c, meant))
		return c;
	c->slot = NULL;
	p->conn = NULL;
	return NULL;
}

int env_stream_send(struct env_uv *e, const struct env_peer *to, struct bytes msg)
{
	struct net_peer *p = peer_find(e, &to->addr);
	struct net_conn *c = conn_for(p, &to->id);

	if (c && c->state == NET_OPEN && !is_meant(c, &to->id)) {
		not_meant(c);
		return -EHOSTUNREACH;
	}
	if (c)
		return conn_send(c, &to->id, msg);
	if (!p)
		p = peer_add(e, &to->addr);
	if (!p || e->conns_n >= e->config.conns_max) {
		e->counters.peers_full++;
		return -ENOBUFS;
	}
	if (p->retry_ns > env_now(&e->env)) {
		e->counters.unreachable++;
		return -EHOSTUNREACH;
	}
	if (!conn_open(e, p)) {
		e->counters.unreachable++;
		return -EHOSTUNREACH;
	}
	return conn_send(p->conn, &to->id, msg);
}

void env_stream_meet(struct env_uv *e, const struct xos_addr *to)
{
	uint64_t now_ns = env_now(&e->env);
	struct net_peer *p = peer_find(e, to);

	if (now_ns < e->meet_ns || (p && (p->conn || p->retry_ns > now_ns)))
		return;
	e->meet_ns = now_ns + ENV_MEET_NS;
	if (!p)
		p = peer_add(e, to);
	if (p && conn_open(e, p))
		e->counters.met++;
}

void env_stream_used(struct env_uv *e, const struct xos_addr *to)
{
	struct net_peer *p = peer_find(e, to);

	if (p && p->conn)
		p->conn->used_ns = env_now(&e->env);
}

int env_stream_setup(struct env_uv *e)
{
	uint32_t buckets = 16;

	while (buckets < e->config.peers_max)
		buckets *= 2;
	e->buckets = calloc(buckets, sizeof(*e->buckets));
	e->peers = calloc(e->config.peers_max, sizeof(*e->peers));
	if (!e->buckets || !e->peers)
		return -ENOMEM;
	e->bucket_mask = buckets - 1;
	for (uint32_t i = 0; i < buckets; i++)
		CDS_INIT_LIST_HEAD(&e->buckets[i]);
	return 0;
}

void env_stream_teardown(struct env_uv *e)
{
	struct net_conn *c;

	cds_list_for_each_entry(c, &e->conns, node)
		conn_close(c);
}
