// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Service of a virtual node: a list of numbers that were added, and their sum.
 *
 *   add NUMBER     answers the sum and how many were added
 *   get            the same, adds nothing
 *   log            all numbers in their order
 *   crash, hang    what a broken service does
 *   peek-crash     the same, as an operation that only reads
 *   late NUMBER    adds, then breaks when others can have seen it: the number stays
 *   eat            allocates without end
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xos_vnode.h>

#define NUMBERS_MAX 100000

static struct {
	pthread_mutex_t lock;
	long long sum;
	size_t n;
	/* of these, what changes() has said */
	size_t said;
	long long *number;
} counter = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int start(void **state, const char *config)
{
	counter.n = 0;
	counter.sum = 0;
	counter.number = calloc(NUMBERS_MAX, sizeof(*counter.number));
	return counter.number ? 0 : -ENOMEM;
}

static void say(long long sum, size_t n)
{
	char text[64];

	xos_vnode_reply(text, (size_t)snprintf(text, sizeof(text), "%lld %zu", sum, n));
}

static int add(long long number)
{
	long long sum;
	size_t n;

	pthread_mutex_lock(&counter.lock);
	if (counter.n == NUMBERS_MAX) {
		pthread_mutex_unlock(&counter.lock);
		return ENOSPC;
	}
	counter.number[counter.n++] = number;
	counter.sum += number;
	sum = counter.sum;
	n = counter.n;
	pthread_mutex_unlock(&counter.lock);
	say(sum, n);
	return 0;
}

static int get(void)
{
	long long sum;
	size_t n;

	pthread_mutex_lock(&counter.lock);
	sum = counter.sum;
	n = counter.n;
	pthread_mutex_unlock(&counter.lock);
	say(sum, n);
	return 0;
}

static int list(void)
{
	char text[32];

	pthread_mutex_lock(&counter.lock);
	for (size_t i = 0; i < counter.n; i++)
		xos_vnode_reply(text,
				(size_t)snprintf(text, sizeof(text), "%lld\n", counter.number[i]));
	pthread_mutex_unlock(&counter.lock);
	return 0;
}

/* It breaks while it holds the lock, in the middle of a change. */
static int crash(void)
{
	pthread_mutex_lock(&counter.lock);
	counter.sum = -1;
	abort();
}

static int late(long long number)
{
	add(number);
	abort();
}

static int eat(void)
{
	void *volatile lost = NULL;

	do
		lost = malloc(1 << 20);
	while (lost);
	return ENOMEM;
}

static int hang(void)
{
	volatile int for_ever = 1;

	while (for_ever)
		;
	return 0;
}

static int invoke(void *state, const struct xos_vnode_request *r)
{
	char text[32] = "";

	memcpy(text, r->args, r->len < sizeof(text) ? r->len : sizeof(text) - 1);
	if (!strcmp(r->operation, "add"))
		return add(atoll(text));
	if (!strcmp(r->operation, "get"))
		return get();
	if (!strcmp(r->operation, "log"))
		return list();
	if (!strcmp(r->operation, "crash") || !strcmp(r->operation, "peek-crash"))
		return crash();
	if (!strcmp(r->operation, "late"))
		return late(atoll(text));
	if (!strcmp(r->operation, "eat"))
		return eat();
	if (!strcmp(r->operation, "hang"))
		return hang();
	return ENOSYS;
}

static int snapshot(void *state, xos_vnode_write_fn write, void *ctx)
{
	int err = write(ctx, &counter.n, sizeof(counter.n));

	return err ? err : write(ctx, counter.number, counter.n * sizeof(*counter.number));
}

static int restore(void *state, xos_vnode_read_fn read, void *ctx)
{
	size_t want;

	if (read(ctx, &counter.n, sizeof(counter.n)) != sizeof(counter.n) ||
	    counter.n > NUMBERS_MAX)
		return -EBADMSG;
	want = counter.n * sizeof(*counter.number);
	if (read(ctx, counter.number, want) != (long)want)
		return -EBADMSG;
	counter.sum = 0;
	for (size_t i = 0; i < counter.n; i++)
		counter.sum += counter.number[i];
	counter.said = counter.n;
	return 0;
}

/* Numbers are only ever appended. */
static int changes(void *state, xos_vnode_write_fn write, void *ctx)
{
	size_t from = counter.said;

	counter.said = counter.n;
	return write(ctx, counter.number + from, (counter.n - from) * sizeof(*counter.number));
}

static int apply(void *state, xos_vnode_read_fn read, void *ctx)
{
	long long number;

	while (read(ctx, &number, sizeof(number)) == sizeof(number)) {
		if (counter.n == NUMBERS_MAX)
			return -EBADMSG;
		counter.number[counter.n++] = number;
		counter.sum += number;
	}
	counter.said = counter.n;
	return 0;
}

static void stop(void *state)
{
	free(counter.number);
}

static int locks(void *state, const struct xos_vnode_request *r, void **out, int max)
{
	out[0] = &counter.lock;
	return 1;
}

static const struct xos_vnode_operation operations[] = {
	{ "get", XOS_VNODE_READ_ONLY },
	{ "log", XOS_VNODE_READ_ONLY },
	{ "peek-crash", XOS_VNODE_READ_ONLY },
	{ NULL, 0 },
};

const struct xos_vnode_service xos_vnode_service = {
	.abi = XOS_VNODE_ABI,
	.name = "counter",
	.start = start,
	.invoke = invoke,
	.snapshot = snapshot,
	.restore = restore,
	.stop = stop,
	.locks = locks,
	.operations = operations,
	.changes = changes,
	.apply = apply,
};
