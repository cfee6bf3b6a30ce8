// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Load for connections that move, in both directions, every byte checked.
 *
 *	handoff_load server ADDRESS PORT RUNDIR
 *	handoff_load client ADDRESS PORT CONNECTIONS BYTES-PER-S SECONDS FROM...
 *
 * A client knows nothing of moves. Each of its connections begins with a key of
 * 8 bytes; then both ends send bytes that follow from the key and their place in
 * the stream. The server sends as much as it has received and a little more. After
 * SECONDS (or on SIGUSR1) the client ends its half; the server answers with the number of
 * bytes that it has checked, and ends too. A server that sees a wrong byte resets
 * the connection. The last line tells how it went; status 0 when nothing was wrong.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <libxos/xos_service.h>

#define CHUNK	   16384
#define AHEAD	   65536
#define KEY_LEN	   8
#define COUNT_LEN  8
#define SERVER_XOR 0x5345525645525321ULL
#define TICK_MS	   20
#define EVENTS_MAX 64
/* A client that hears nothing for so long has lost its connection. */
#define SILENCE_MS 60000

/**
 * struct stream - one connection, at either end
 * @fd: socket
 * @key: what its bytes follow from
 * @got: bytes of the other end that were checked
 * @sent: bytes sent
 * @head: bytes of the key that have gone or come
 * @allowed: (client) bytes that may be sent by now
 * @tail: (client) the last bytes that came; the very last are the server's count
 * @tail_len: bytes in @tail
 * @heard_ms: when something came last
 * @gap_ms: longest silence
 * @writing: waits for room to write
 * @eof: the other end has ended
 * @over: it has ended well
 */
struct stream {
	int fd;
	uint64_t key;
	uint64_t got;
	uint64_t sent;
	uint32_t head;
	uint64_t allowed;
	uint8_t tail[COUNT_LEN];
	uint32_t tail_len;
	uint64_t heard_ms;
	uint64_t gap_ms;
	bool writing;
	bool eof;
	bool over;
};

/* What moves; both ends are the same program on the same machine. */
struct state {
	uint64_t key;
	uint64_t got;
	uint64_t sent;
	uint32_t head;
	uint32_t eof;
};

static int epoll_fd;
static struct xos_service *service;
static volatile sig_atomic_t stop;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static uint8_t byte_at(uint64_t key, uint64_t at)
{
	uint64_t x = (key + at / 8) * 0x9e3779b97f4a7c15ULL;

	x ^= x >> 29;
	return (uint8_t)(x >> at % 8 * 8);
}

static void fill(uint8_t *to, uint64_t key, uint64_t at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		to[i] = byte_at(key, at + i);
}

static bool right(const uint8_t *from, uint64_t key, uint64_t at, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (from[i] != byte_at(key, at + i))
			return false;
	}
	return true;
}

static void watch(struct stream *s, int op)
{
	struct epoll_event ev = { .events = EPOLLIN | (s->writing ? EPOLLOUT : 0), .data.ptr = s };

	if (epoll_ctl(epoll_fd, op, s->fd, &ev))
		die("epoll");
}

/* Send pattern up to @limit; -1 when the connection is broken. */
static int send_up_to(struct stream *s, uint64_t key, uint64_t limit)
{
	bool was = s->writing;
	uint8_t out[CHUNK];
	ssize_t n;
	size_t len;

	s->writing = false;
	while (s->sent < limit && !s->writing) {
		len = limit - s->sent < CHUNK ? (size_t)(limit - s->sent) : CHUNK;
		fill(out, key, s->sent, len);
		n = send(s->fd, out, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n > 0)
			s->sent += (uint64_t)n;
		else if (errno == EAGAIN)
			s->writing = true;
		else if (errno != EINTR)
			return -1;
	}
	if (was != s->writing)
		watch(s, EPOLL_CTL_MOD);
	return 0;
}

/* --- server ------------------------------------------------------------------------- */

static void server_end(struct stream *s, bool reset)
{
	struct linger hard = { .l_onoff = 1 };

	if (xos_service_remove(service, s->fd) == -EBUSY)
		die("moving connection used");
	if (reset)
		setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(s->fd);
	free(s);
}

static struct stream *server_begin(int fd, const struct state *st)
{
	struct stream *s = calloc(1, sizeof(*s));

	if (!s)
		die("memory");
	s->fd = fd;
	if (st) {
		s->key = st->key;
		s->got = st->got;
		s->sent = st->sent;
		s->head = st->head;
		s->eof = st->eof;
		s->writing = true; /* what was waited for may have come meanwhile */
	}
	watch(s, EPOLL_CTL_ADD);
	if (xos_service_add(service, fd, s))
		die("xos_service_add");
	return s;
}

static ssize_t server_release(void *ctx, int fd, void *data, void *room, size_t max)
{
	struct stream *s = data;
	struct state st = { s->key, s->got, s->sent, s->head, s->eof };

	memcpy(room, &st, sizeof(st));
	epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, NULL);
	free(s);
	return sizeof(st);
}

static int server_adopt(void *ctx, int fd, const void *state, size_t len)
{
	struct state st;

	if (len != sizeof(st))
		return -EBADMSG;
	memcpy(&st, state, len);
	server_begin(fd, &st);
	return 0;
}

/* Take what came: 1 to go on, 0 when nothing is there, -1 when it is wrong. */
static int server_take(struct stream *s)
{
	uint8_t in[CHUNK];
	size_t max = s->head < KEY_LEN ? KEY_LEN - s->head : sizeof(in);
	ssize_t n = recv(s->fd, in, max, MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	if (!n) {
		s->eof = true;
		return 0;
	}
	if (s->head < KEY_LEN) {
		for (ssize_t i = 0; i < n; i++)
			s->key = s->key << 8 | in[i];
		s->head += (uint32_t)n;
		return 1;
	}
	if (!right(in, s->key, s->got, (size_t)n)) {
		fprintf(stderr, "wrong byte after %llu\n", (unsigned long long)s->got);
		return -1;
	}
	s->got += (uint64_t)n;
	return 1;
}

static void server_event(struct stream *s)
{
	uint8_t count[COUNT_LEN];
	int more = 1;

	for (int i = 0; i < 4 && more > 0; i++)
		more = s->eof ? 0 : server_take(s);
	if (more >= 0 && s->head == KEY_LEN && !s->eof)
		more = send_up_to(s, s->key ^ SERVER_XOR, s->got + AHEAD);
	if (more < 0) {
		server_end(s, true);
		return;
	}
	if (!s->eof)
		return;
	/* Room for 8 bytes was there, or the client does not read. */
	for (int i = 0; i < COUNT_LEN; i++)
		count[i] = (uint8_t)(s->got >> (56 - 8 * i));
	server_end(s, send(s->fd, count, COUNT_LEN, MSG_NOSIGNAL | MSG_DONTWAIT) != COUNT_LEN);
}

static void accept_all(void)
{
	int fd;

	while ((fd = accept4(xos_service_listener(service), NULL, NULL,
			     SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
		server_begin(fd, NULL);
}

static _Noreturn void server(char **arg)
{
	static const struct xos_service_ops ops = { .release = server_release,
						    .adopt = server_adopt };
	struct xos_service_config c = { .address = arg[0],
					.port = (uint16_t)atoi(arg[1]),
					.run_dir = arg[2],
					.name = "handoff_load",
					.ops = &ops };
	struct epoll_event ev[EVENTS_MAX], one = { .events = EPOLLIN };
	int n;

	errno = -xos_service_listen(&c, &service);
	if (errno)
		die("listen");
	epoll_ctl(epoll_fd, EPOLL_CTL_ADD, xos_service_listener(service), &one);
	one.data.ptr = &service;
	epoll_ctl(epoll_fd, EPOLL_CTL_ADD, xos_service_fd(service), &one);
	for (;;) {
		n = epoll_wait(epoll_fd, ev, EVENTS_MAX, -1);
		for (int i = 0; i < n; i++) {
			if (!ev[i].data.ptr) {
				accept_all();
			} else if (ev[i].data.ptr == &service) {
				/* Streams may go in there: the other events are asked for anew. */
				xos_service_dispatch(service);
				break;
			} else {
				server_event(ev[i].data.ptr);
			}
		}
	}
}

/* --- client ------------------------------------------------------------------------- */

static int connect_from(const char *from, const struct sockaddr_in6 *to)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_INET6 };
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (inet_pton(AF_INET6, from, &sa.sin6_addr) != 1 || fd < 0 ||
	    bind(fd, (struct sockaddr *)&sa, sizeof(sa)) ||
	    connect(fd, (const struct sockaddr *)to, sizeof(*to)))
		die(from);
	return fd;
}

static void client_begin(struct stream *s, int fd, uint64_t key)
{
	uint8_t head[KEY_LEN];

	*s = (struct stream){ .fd = fd, .key = key, .heard_ms = now_ms() };
	for (int i = 0; i < KEY_LEN; i++)
		head[i] = (uint8_t)(key >> (56 - 8 * i));
	if (send(fd, head, KEY_LEN, MSG_NOSIGNAL) != KEY_LEN)
		die("send");
	watch(s, EPOLL_CTL_ADD);
}

static void lost(struct stream *s, const char *why)
{
	fprintf(stderr, "connection %llx lost after %llu bytes: %s\n", (unsigned long long)s->key,
		(unsigned long long)s->got, why);
	s->eof = true;
	epoll_ctl(epoll_fd, EPOLL_CTL_DEL, s->fd, NULL);
}

/* The server has ended: its count of what it got must be ours of what was sent. */
static void client_over(struct stream *s)
{
	uint64_t count = 0;

	for (uint32_t i = 0; i < COUNT_LEN; i++)
		count = count << 8 | s->tail[i];
	s->over = s->tail_len == COUNT_LEN && count == s->sent;
	if (!s->over) {
		lost(s, "the server has not got everything");
		return;
	}
	s->eof = true;
	epoll_ctl(epoll_fd, EPOLL_CTL_DEL, s->fd, NULL);
}

/* All but the last bytes, which may be the count, are pattern. */
static bool client_check(struct stream *s, const uint8_t *in, size_t len)
{
	uint8_t all[COUNT_LEN + CHUNK];
	size_t n = s->tail_len + len, keep = n < COUNT_LEN ? n : COUNT_LEN;

	memcpy(all, s->tail, s->tail_len);
	memcpy(all + s->tail_len, in, len);
	if (!right(all, s->key ^ SERVER_XOR, s->got, n - keep))
		return false;
	s->got += n - keep;
	memcpy(s->tail, all + n - keep, keep);
	s->tail_len = (uint32_t)keep;
	return true;
}

static void client_read(struct stream *s)
{
	uint8_t in[CHUNK];
	ssize_t n = recv(s->fd, in, sizeof(in), MSG_DONTWAIT);
	uint64_t now = now_ms();

	if (n < 0 && errno == EAGAIN)
		return;
	if (now - s->heard_ms > s->gap_ms)
		s->gap_ms = now - s->heard_ms;
	s->heard_ms = now;
	if (n < 0)
		lost(s, strerror(errno));
	else if (!n)
		client_over(s);
	else if (!client_check(s, in, (size_t)n))
		lost(s, "wrong byte");
}

static void client_event(struct stream *s, uint32_t events)
{
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		client_read(s);
	if (!s->eof && events & EPOLLOUT && send_up_to(s, s->key, s->allowed) < 0)
		lost(s, strerror(errno));
}

static void client_tick(struct stream *s, uint64_t bytes, bool ending)
{
	if (s->eof)
		return;
	if (now_ms() - s->heard_ms > SILENCE_MS) {
		lost(s, "silence");
		return;
	}
	if (s->allowed < s->sent + AHEAD && !ending)
		s->allowed += bytes;
	if (send_up_to(s, s->key, s->allowed) < 0)
		lost(s, strerror(errno));
	else if (ending && s->sent == s->allowed && s->head == 0) {
		shutdown(s->fd, SHUT_WR);
		s->head = KEY_LEN;
	}
}

static bool client_report(const struct stream *s, uint32_t n)
{
	uint64_t in = 0, out = 0, gap = 0;
	uint32_t good = 0;

	for (uint32_t i = 0; i < n; i++) {
		good += s[i].over;
		in += s[i].got;
		out += s[i].sent;
		gap = s[i].gap_ms > gap ? s[i].gap_ms : gap;
	}
	printf("%u of %u connections whole, %llu bytes in, %llu out, longest silence %llu ms\n",
	       good, n, (unsigned long long)in, (unsigned long long)out, (unsigned long long)gap);
	return good == n;
}

static void client_run(struct stream *s, uint32_t n, uint64_t bytes, uint64_t end_ms)
{
	uint64_t tick = now_ms(), now;
	struct epoll_event ev[EVENTS_MAX];
	uint32_t open = n;
	int got;

	while (open) {
		got = epoll_wait(epoll_fd, ev, EVENTS_MAX, TICK_MS);
		for (int i = 0; i < got; i++)
			client_event(ev[i].data.ptr, ev[i].events);
		now = now_ms();
		if (now - tick < TICK_MS)
			continue;
		tick = now;
		open = 0;
		for (uint32_t i = 0; i < n; i++) {
			client_tick(&s[i], bytes, stop || now >= end_ms);
			open += !s[i].eof;
		}
	}
}

static int client(int argc, char **arg)
{
	uint32_t n = (uint32_t)atoi(arg[2]), froms = (uint32_t)argc - 5;
	uint64_t rate = strtoull(arg[3], NULL, 0), seconds = strtoull(arg[4], NULL, 0);
	struct sockaddr_in6 to = { .sin6_family = AF_INET6,
				   .sin6_port = htons((uint16_t)atoi(arg[1])) };
	struct stream *s = calloc(n, sizeof(*s));

	if (inet_pton(AF_INET6, arg[0], &to.sin6_addr) != 1 || !s || !n)
		die("arguments");
	for (uint32_t i = 0; i < n; i++)
		client_begin(&s[i], connect_from(arg[5 + i % froms], &to),
			     0x1234567 * (i + 1ULL) + (uint64_t)getpid());
	printf("%u connected\n", n);
	fflush(stdout);
	client_run(s, n, rate * TICK_MS / 1000, now_ms() + seconds * 1000);
	return client_report(s, n) ? 0 : 1;
}

static void on_stop(int signo)
{
	stop = 1;
}

int main(int argc, char **argv)
{
	signal(SIGUSR1, on_stop);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (argc == 5 && !strcmp(argv[1], "server"))
		server(argv + 2);
	if (argc > 7 && !strcmp(argv[1], "client"))
		return client(argc - 2, argv + 2);
	fprintf(stderr,
		"usage: handoff_load server ADDRESS PORT RUNDIR\n"
		"       handoff_load client ADDRESS PORT CONNECTIONS BYTES-PER-S SECONDS FROM...\n");
	return 2;
}
