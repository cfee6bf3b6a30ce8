// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Handshakes between two members of a virtual organisation, both ends on one CPU, the
 * bytes carried in memory: new ones and resumed ones a second. Then datagrams as gossip
 * sends them, over the loopback device: sealed, sent, received and opened a second of CPU, with the keys of two
 * peers and of all members, beside insecure mode. Prints one JSON object a line, for
 * tools/testing/bench/run.
 *
 *	handshake COUNT
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <base/assert.h>
#include <base/be.h>
#include <env/env_uv.h>
#include <secure/authority.h>
#include <secure/secure_impl.h>
#include <wire/overlay.h>
#include <wire/wire.h>

#define PASSWORD "measuring only"
#define WIRE_MAX (64 * 1024)

/* One end, and what it wants to send. */
struct end {
	struct secure *secure;
	struct env_session *session;
	uint8_t wire[WIRE_MAX];
	size_t len;
	bool open;
};

static struct end ends[2];

static int on_output(void *ctx, struct bytes data)
{
	struct end *e = ctx;

	xassert(e->len + data.len <= WIRE_MAX);
	memcpy(e->wire + e->len, data.data, data.len);
	e->len += data.len;
	return 0;
}

static int on_opened(void *ctx, const struct env_peer *peer)
{
	((struct end *)ctx)->open = true;
	return 0;
}

static int on_input(void *ctx, struct bytes msg)
{
	return 0;
}

static void on_end(void *ctx)
{
}

static void start(struct end *e, bool client)
{
	const struct env_session_owner owner = { on_output, on_opened, on_input, on_end, e };
	struct env_peer self = { .id = secure_who(e->secure)->id, .addr = { .port = 1 } };
	struct xos_addr addr = { .port = 2 };

	e->len = 0;
	e->open = false;
	xassert(!secure_session_new(secure_guard(e->secure), client, &self, &addr, &owner,
				    &e->session));
	xassert(!secure_session_start(e->session));
}

static void open_both(void)
{
	static uint8_t copy[WIRE_MAX];
	bool moved = true;

	start(&ends[0], true);
	start(&ends[1], false);
	while (moved) {
		moved = false;
		for (int i = 0; i < 2; i++) {
			size_t len = ends[i].len;

			if (!len)
				continue;
			moved = true;
			memcpy(copy, ends[i].wire, len);
			ends[i].len = 0;
			xassert(!secure_session_feed(ends[1 - i].session, bytes_of(copy, len)));
		}
	}
	xassert(ends[0].open && ends[1].open);
}

static void handshake(void)
{
	open_both();
	for (int i = 0; i < 2; i++)
		secure_session_free(ends[i].session);
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void measure(const char *name, long count, bool resume)
{
	double begin = now_s();

	for (long i = 0; i < count; i++) {
		if (!resume)
			member_forget_tickets(ends[0].secure);
		handshake();
	}
	printf("{\"name\": \"%s\", \"value\": %.0f, \"unit\": \"1/s\"}\n", name,
	       (double)count / (now_s() - begin));
}

/* Bytes of a message of gossip, header included; a batch is measured at a time. */
#define GOSSIP_LEN   200
#define GOSSIP_BATCH 1000

static int udp_pair(int fd[2])
{
	struct sockaddr_in sa = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(sa);

	for (int i = 0; i < 2; i++)
		fd[i] = socket(AF_INET, SOCK_DGRAM, 0);
	return fd[0] < 0 || fd[1] < 0 || bind(fd[1], (struct sockaddr *)&sa, sizeof(sa)) ||
	       getsockname(fd[1], (struct sockaddr *)&sa, &len) ||
	       connect(fd[0], (struct sockaddr *)&sa, sizeof(sa));
}

/* Of this process: what else the machine does counts less. */
static double cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds of CPU for @count datagrams of a type from one end to the other. */
static double gossip(struct secure *from, struct secure *to, uint16_t type, long count)
{
	const struct env_peer peer = { .addr = { .port = 1 } };
	struct env_guard *out = secure_guard(from), *in = secure_guard(to);
	uint8_t text[GOSSIP_LEN] = { 0 }, mem[2048];
	struct xos_id id;
	struct bytes msg;
	double begin;
	int fd[2];

	be16_store(text + WIRE_OFF_TYPE, type);
	xassert(!udp_pair(fd));
	begin = cpu_s();
	for (long i = 0; i < count; i++) {
		struct buf b = buf_of(mem, sizeof(mem));
		ssize_t n;

		xassert(!out->ops->seal(out, &peer, bytes_of(text, sizeof(text)), &b));
		xassert(send(fd[0], mem, b.len, 0) == (ssize_t)b.len);
		n = recv(fd[1], mem, sizeof(mem), 0);
		xassert(n > 0 && !in->ops->open(in, bytes_of(mem, (size_t)n), &id, &msg));
	}
	begin = cpu_s() - begin;
	close(fd[0]);
	close(fd[1]);
	return begin;
}

/* In turns, so that whatever else the machine does costs both. */
static void measure_gossip(struct env *env, long count)
{
	static const struct secure_key key = { "0123456789abcdef0123456789abcde" };
	static const uint16_t types[] = { WIRE_RING_STABILIZE, WIRE_RING_FIND };
	static const char *const names[] = { "gossip_secure_pair", "gossip_secure_members" };
	struct secure_config config = { .key = &key, .grid = "bench", .program = "bench" };
	double plain = 0, took[2] = { 0, 0 };
	struct secure *insecure[2];

	for (int i = 0; i < 2; i++) {
		config.id.b[0] = (uint8_t)(i + 1);
		xassert(!secure_create(env, &config, &insecure[i]));
	}
	open_both();
	for (long i = 0; i < count; i++) {
		plain += gossip(insecure[0], insecure[1], WIRE_RING_STABILIZE, GOSSIP_BATCH);
		for (int k = 0; k < 2; k++)
			took[k] += gossip(ends[0].secure, ends[1].secure, types[k], GOSSIP_BATCH);
	}
	for (int k = 0; k < 2; k++)
		printf("{\"name\": \"%s\", \"value\": %.0f, \"unit\": \"1/CPU s\", \"peer\": \"insecure\", "
		       "\"peer_value\": %.0f}\n",
		       names[k], (double)count * GOSSIP_BATCH / took[k],
		       (double)count * GOSSIP_BATCH / plain);
	for (int i = 0; i < 2; i++) {
		secure_session_free(ends[i].session);
		secure_destroy(insecure[i]);
	}
}

static void join(struct env *env, struct authority *vo, const char *dir, struct end *e,
		 const char *name)
{
	struct sign_request request = { .who = { .role = SECURE_ROLE_NODE } };
	struct secure_config config = { .program = "bench" };
	char path[SECURE_PATH_MAX], reason[SECURE_REASON_MAX];
	struct credentials c;

	strcpy(request.who.name, name);
	secure_path(path, dir, name);
	xassert(!authority_issue(vo, &request, 1, path, time(NULL), reason));
	xassert(!credentials_load(path, SECURE_ROLE_NODE, time(NULL), &c, reason));
	config.grid = "bench";
	config.id = c.who.id;
	config.credentials = &c;
	xassert(!secure_create(env, &config, &e->secure));
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/xos-bench-XXXXXX", path[SECURE_PATH_MAX], command[64];
	long count = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	struct env_uv_config config = { .conns_max = 1 };
	char reason[SECURE_REASON_MAX];
	struct authority vo;
	struct env_uv *env;

	if (count < 1) {
		fprintf(stderr, "usage: handshake COUNT\n");
		return 1;
	}
	xassert(!env_uv_create(&config, &env) && mkdtemp(dir));
	secure_path(path, dir, "vo");
	xassert(!authority_create(path, "bench", PASSWORD, time(NULL), reason));
	xassert(!authority_open(path, PASSWORD, time(NULL), &vo, reason));
	join(env_uv_env(env), &vo, dir, &ends[0], "a");
	join(env_uv_env(env), &vo, dir, &ends[1], "b");
	measure("handshakes", count, false);
	measure("handshakes_resumed", count, true);
	measure_gossip(env_uv_env(env), (count + 9) / 10);
	authority_close(&vo);
	for (int i = 0; i < 2; i++) {
		secure_stop(ends[i].secure);
		secure_destroy(ends[i].secure);
	}
	env_uv_destroy(env);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	return system(command) ? 1 : 0;
}
