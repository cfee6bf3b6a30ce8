// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Load on the key store of a grid: clients, each a thread with a connection of
 * its own to one of the agents, do one operation after the other through
 * libxos. Prints one JSON object a line, for tools/testing/bench/run.
 *
 *	key_load ROW get|put|mixed|rmw|gap CLIENTS OPERATIONS RUN-DIR...
 *
 * Keys are drawn from KEYS ones, values have VALUE_BYTES. mixed writes one time
 * in ten. rmw reads a key, and sets it to another value when it still has the one that was
 * read; otherwise it begins anew. An operation that fails ends the run with status 1.
 * gap is put, but what failed is tried again, and the row is the longest time that
 * one operation took.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <base/rng.h>
#include <libxos/xos.h>

#include "row.h"

#define KEYS	    10000
#define KEY_BYTES   16
#define VALUE_BYTES 100
#define CLIENTS_MAX 512
#define TIMEOUT_MS  20000

enum mix { GET, PUT, MIXED, RMW, GAP };

/**
 * struct run - what all clients share
 * @mix: which operations
 * @left: operations still to be begun
 * @took_us: time of each operation
 * @taken: how many are in @took_us
 * @failed: a client failed; all end
 */
struct run {
	enum mix mix;
	_Atomic int64_t left;
	uint32_t *took_us;
	_Atomic uint64_t taken;
	_Atomic bool failed;
};

struct client {
	struct run *run;
	struct xos *xos;
	struct rng rng;
	pthread_t thread;
};

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* Return: 0; -EEXIST when somebody else wrote the key after it was read. */
static int read_and_write(struct client *c, const char *key)
{
	char old[XOS_VALUE_MAX], value[VALUE_BYTES + 1];
	struct xos_step step = { .kind = XOS_TEST_SET, .key = key, .key_len = KEY_BYTES };
	size_t len = sizeof(old);
	int err = xos_get(c->xos, key, KEY_BYTES, old, &len);

	if (err && err != -ENOENT)
		return err;
	snprintf(value, sizeof(value), "%0*llu", VALUE_BYTES,
		 (unsigned long long)rng_next(&c->rng));
	step.absent = err == -ENOENT;
	step.expect = old;
	step.expect_len = err ? 0 : len;
	step.value = value;
	step.value_len = VALUE_BYTES;
	err = xos_txn_run(c->xos, NULL, &step, 1);
	free(step.result);
	return err;
}

static int one_op(struct client *c)
{
	char key[KEY_BYTES + 1], value[XOS_VALUE_MAX];
	size_t len = sizeof(value);
	bool write = c->run->mix == PUT || c->run->mix == GAP ||
		     (c->run->mix == MIXED && rng_below(&c->rng, 10) == 0);
	int err;

	snprintf(key, sizeof(key), "bench/%010u", (unsigned int)rng_below(&c->rng, KEYS));
	if (c->run->mix == RMW) {
		while ((err = read_and_write(c, key)) == -EEXIST)
			;
		return err;
	}
	if (write) {
		memset(value, 'v', VALUE_BYTES);
		return xos_put(c->xos, key, KEY_BYTES, value, VALUE_BYTES);
	}
	err = xos_get(c->xos, key, KEY_BYTES, value, &len);
	return err == -ENOENT ? 0 : err;
}

static void *client_main(void *arg)
{
	struct client *c = arg;
	struct run *run = c->run;

	while (!run->failed && run->left-- > 0) {
		uint64_t start = now_us();
		int err;

		while ((err = one_op(c)) && run->mix == GAP)
			fprintf(stderr, "key_load: %s\n", strerror(-err));
		if (err) {
			fprintf(stderr, "key_load: %s: %s\n", strerror(-err), xos_error(c->xos));
			run->failed = true;
			break;
		}
		run->took_us[run->taken++] = (uint32_t)(now_us() - start);
	}
	return NULL;
}

static int clients_run(struct run *run, struct client *clients, size_t n, char **dirs,
		       size_t dirs_n)
{
	size_t started = 0;

	for (size_t i = 0; i < n; i++) {
		int err = xos_open(dirs[i % dirs_n], TIMEOUT_MS, &clients[i].xos);

		if (err) {
			fprintf(stderr, "key_load: %s: %s\n", dirs[i % dirs_n], strerror(-err));
			return err;
		}
		clients[i].run = run;
		rng_seed(&clients[i].rng, i + 1);
	}
	for (; started < n; started++)
		if (pthread_create(&clients[started].thread, NULL, client_main, &clients[started]))
			break;
	for (size_t i = 0; i < started; i++)
		pthread_join(clients[i].thread, NULL);
	return started == n && !run->failed ? 0 : -EIO;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: key_load ROW get|put|mixed|rmw|gap CLIENTS OPERATIONS RUN-DIR...\n");
	return 2;
}

int main(int argc, char **argv)
{
	static const char *const mixes[] = { "get", "put", "mixed", "rmw", "gap" };
	static struct client clients[CLIENTS_MAX];
	struct run run = { .mix = GAP + 1 };
	unsigned long n, ops;
	uint64_t start;
	int err;

	if (argc < 6)
		return usage();
	for (enum mix m = GET; m <= GAP; m++)
		if (!strcmp(argv[2], mixes[m]))
			run.mix = m;
	n = strtoul(argv[3], NULL, 10);
	ops = strtoul(argv[4], NULL, 10);
	if (run.mix > GAP || !n || n > CLIENTS_MAX || !ops || ops > 100000000)
		return usage();
	run.left = (int64_t)ops;
	run.took_us = calloc(ops, sizeof(*run.took_us));
	if (!run.took_us)
		return 1;
	start = now_us();
	err = clients_run(&run, clients, n, argv + 5, (size_t)argc - 5);
	if (!err)
		row_print(argv[1], run.took_us, run.taken, now_us() - start, run.mix == GAP);
	for (size_t i = 0; i < n; i++)
		xos_close(clients[i].xos);
	free(run.took_us);
	return err ? 1 : 0;
}
