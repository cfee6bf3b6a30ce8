// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Handshakes between two members of a virtual organisation, both ends on one CPU, the
 * bytes carried in memory: new ones and resumed ones a second. Prints one JSON
 * object a line, for tools/testing/bench/run.
 *
 *	handshake COUNT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <base/assert.h>
#include <env/env_uv.h>
#include <secure/authority.h>
#include <secure/secure_impl.h>

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

static void handshake(void)
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
	authority_close(&vo);
	for (int i = 0; i < 2; i++) {
		secure_stop(ends[i].secure);
		secure_destroy(ends[i].secure);
	}
	env_uv_destroy(env);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	return system(command) ? 1 : 0;
}
