// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Load on a virtual node of the service vn-counter.so: clients, each a thread with a
 * connection of its own to one of the vnoded, ask one request after the other. Prints one
 * JSON object a line, for tools/testing/bench/run.
 *
 *	vnode_load ROW add|get|gap CLIENTS AMOUNT NAME RUN-DIR...
 *
 * add has ARGS_BYTES of arguments and goes through the log; get is read-only. AMOUNT is how
 * many requests, of gap for how many milliseconds. A request that fails ends the run with
 * status 1. gap is add, with a little time between two requests of a client; what failed is
 * asked again, and the row is the longest time that one request took from the first try to
 * its answer.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <base/buf.h>
#include <libxos/client.h>
#include <wire/vctl.h>
#include <wire/vnode.h>

#include "row.h"

#define ARGS_BYTES  100
#define CLIENTS_MAX 512
#define TOOK_MAX    1000000
#define TIMEOUT_MS  30000
#define AGAIN_NS    5000000
#define PACE_NS	    10000000

enum mode { ADD, GET, GAP };

/**
 * struct run - what all clients share
 * @mode: what they ask
 * @name: of the virtual node
 * @left: requests still to be begun
 * @until_us: when to end, of GAP
 * @took_us: time of each request
 * @taken: how many are in @took_us
 * @failed: a client failed; all end
 */
struct run {
	enum mode mode;
	const char *name;
	_Atomic int64_t left;
	uint64_t until_us;
	uint32_t *took_us;
	_Atomic uint64_t taken;
	_Atomic bool failed;
};

struct caller {
	struct run *run;
	struct client client;
	pthread_t thread;
};

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static int take_reply(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_vctl_reply m;
	uint32_t *result = ctx;

	if (type != WIRE_VCTL_REPLY || wire_vctl_reply_decode(msg, &m))
		return -EPROTO;
	*result = m.result;
	return -(int)m.error;
}

static int ask(struct caller *c)
{
	static const char number[ARGS_BYTES + 1] = "1";
	uint8_t room[512];
	struct buf b = buf_of(room, sizeof(room));
	struct wire_vctl_call m = { .seq = client_next_seq(&c->client),
				    .name = bytes_str(c->run->name),
				    .operation = bytes_str(c->run->mode == GET ? "get" : "add"),
				    .args = bytes_of(number,
						     c->run->mode == GET ? 0 : ARGS_BYTES) };
	uint32_t result = WIRE_VN_RESULT_UNKNOWN;
	int err = wire_vctl_call_encode(&m, &b);

	if (!err)
		err = client_call(&c->client, buf_bytes(&b), take_reply, &result);
	return err || result == WIRE_VN_RESULT_OK ? err : -EAGAIN;
}

static bool goes_on(struct run *run)
{
	if (run->failed || run->taken >= TOOK_MAX - CLIENTS_MAX)
		return false;
	return run->mode == GAP ? now_us() < run->until_us : run->left-- > 0;
}

static void *caller_main(void *arg)
{
	const struct timespec pause = { .tv_nsec = AGAIN_NS }, pace = { .tv_nsec = PACE_NS };
	struct caller *c = arg;
	struct run *run = c->run;

	while (goes_on(run)) {
		uint64_t start = now_us();
		int err;

		while ((err = ask(c)) == -EAGAIN && run->mode == GAP)
			nanosleep(&pause, NULL);
		if (err) {
			fprintf(stderr, "vnode_load: %s %s\n", strerror(-err), c->client.text);
			run->failed = true;
			break;
		}
		run->took_us[run->taken++] = (uint32_t)(now_us() - start);
		if (run->mode == GAP)
			nanosleep(&pace, NULL);
	}
	return NULL;
}

static int callers_run(struct run *run, struct caller *callers, size_t n, char **dirs,
		       size_t dirs_n)
{
	char path[128];
	size_t started = 0;

	for (size_t i = 0; i < n; i++) {
		int err;

		snprintf(path, sizeof(path), "%s/vnoded.sock", dirs[i % dirs_n]);
		err = client_open(&callers[i].client, path, TIMEOUT_MS);
		if (err) {
			fprintf(stderr, "vnode_load: %s: %s\n", path, strerror(-err));
			return err;
		}
		callers[i].run = run;
	}
	for (; started < n; started++)
		if (pthread_create(&callers[started].thread, NULL, caller_main, &callers[started]))
			break;
	for (size_t i = 0; i < started; i++)
		pthread_join(callers[i].thread, NULL);
	return started == n && !run->failed && run->taken ? 0 : -EIO;
}

static int usage(void)
{
	fprintf(stderr, "usage: vnode_load ROW add|get|gap CLIENTS AMOUNT NAME RUN-DIR...\n");
	return 2;
}

int main(int argc, char **argv)
{
	static const char *const modes[] = { "add", "get", "gap" };
	static struct caller callers[CLIENTS_MAX];
	struct run run = { .mode = GAP + 1 };
	unsigned long n, amount;
	uint64_t start;
	int err;

	if (argc < 7)
		return usage();
	for (enum mode m = ADD; m <= GAP; m++)
		if (!strcmp(argv[2], modes[m]))
			run.mode = m;
	n = strtoul(argv[3], NULL, 10);
	amount = strtoul(argv[4], NULL, 10);
	if (run.mode > GAP || !n || n > CLIENTS_MAX || !amount || amount >= TOOK_MAX - CLIENTS_MAX)
		return usage();
	run.name = argv[5];
	run.left = (int64_t)amount;
	run.took_us = calloc(TOOK_MAX, sizeof(*run.took_us));
	if (!run.took_us)
		return 1;
	start = now_us();
	run.until_us = start + amount * 1000;
	err = callers_run(&run, callers, n, argv + 6, (size_t)argc - 6);
	if (!err)
		row_print(argv[1], run.took_us, run.taken, now_us() - start, run.mode == GAP);
	free(run.took_us);
	return err ? 1 : 0;
}
