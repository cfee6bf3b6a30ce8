// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Service of a virtual node: a queue of work with condition variables.
 *
 *   put TEXT       answers how long the queue is now
 *   take [MS]      waits for an item, MS milliseconds at most; ETIMEDOUT
 *   size           how long it is
 *   stamp          time and random numbers of the virtual node, after a short sleep
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <xos_vnode.h>

#define ITEM_MAX  64
#define ITEMS_MAX 256
#define NS_PER_MS 1000000L
#define NS_PER_S  1000000000L

static struct {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	pthread_cond_t drained;
	unsigned int first;
	unsigned int n;
	char item[ITEMS_MAX][ITEM_MAX];
} queue = { .lock = PTHREAD_MUTEX_INITIALIZER,
	    .filled = PTHREAD_COND_INITIALIZER,
	    .drained = PTHREAD_COND_INITIALIZER };

static int start(void **state, const char *config)
{
	queue.first = 0;
	queue.n = 0;
	return 0;
}

static void say(const char *text)
{
	xos_vnode_reply(text, strlen(text));
}

static int put(const char *text)
{
	char reply[32];

	pthread_mutex_lock(&queue.lock);
	while (queue.n == ITEMS_MAX)
		pthread_cond_wait(&queue.drained, &queue.lock);
	strcpy(queue.item[(queue.first + queue.n++) % ITEMS_MAX], text);
	snprintf(reply, sizeof(reply), "%u", queue.n);
	pthread_cond_signal(&queue.filled);
	pthread_mutex_unlock(&queue.lock);
	say(reply);
	return 0;
}

static void deadline(struct timespec *t, long ms)
{
	clock_gettime(CLOCK_REALTIME, t);
	t->tv_sec += ms / 1000;
	t->tv_nsec += ms % 1000 * NS_PER_MS;
	if (t->tv_nsec >= NS_PER_S) {
		t->tv_nsec -= NS_PER_S;
		t->tv_sec++;
	}
}

static int take(const char *text)
{
	char item[ITEM_MAX];
	struct timespec end;
	int err = 0;

	deadline(&end, atol(text));
	pthread_mutex_lock(&queue.lock);
	while (!queue.n && !err)
		err = *text ? pthread_cond_timedwait(&queue.filled, &queue.lock, &end) :
			      pthread_cond_wait(&queue.filled, &queue.lock);
	if (queue.n) {
		strcpy(item, queue.item[queue.first]);
		queue.first = (queue.first + 1) % ITEMS_MAX;
		queue.n--;
		err = 0;
		pthread_cond_signal(&queue.drained);
	}
	pthread_mutex_unlock(&queue.lock);
	if (!err)
		say(item);
	return err;
}

static int size(void)
{
	char reply[32];

	pthread_mutex_lock(&queue.lock);
	snprintf(reply, sizeof(reply), "%u", queue.n);
	pthread_mutex_unlock(&queue.lock);
	say(reply);
	return 0;
}

static int stamp(void)
{
	unsigned int number;
	char reply[96];
	struct timespec t;

	usleep(2000);
	clock_gettime(CLOCK_REALTIME, &t);
	if (getrandom(&number, sizeof(number), 0) != sizeof(number))
		return EIO;
	snprintf(reply, sizeof(reply), "%lld.%09ld %u %d", (long long)t.tv_sec, t.tv_nsec, number,
		 rand());
	say(reply);
	return 0;
}

static int invoke(void *state, const struct xos_vnode_request *r)
{
	char text[ITEM_MAX] = "";

	if (r->len >= sizeof(text))
		return E2BIG;
	if (r->len)
		memcpy(text, r->args, r->len);
	if (!strcmp(r->operation, "put"))
		return put(text);
	if (!strcmp(r->operation, "take"))
		return take(text);
	if (!strcmp(r->operation, "size"))
		return size();
	if (!strcmp(r->operation, "stamp"))
		return stamp();
	return ENOSYS;
}

static int snapshot(void *state, xos_vnode_write_fn write, void *ctx)
{
	int err = 0;

	for (unsigned int i = 0; i < queue.n && !err; i++)
		err = write(ctx, queue.item[(queue.first + i) % ITEMS_MAX], ITEM_MAX);
	return err;
}

static int restore(void *state, xos_vnode_read_fn read, void *ctx)
{
	while (read(ctx, queue.item[queue.n], ITEM_MAX) == ITEM_MAX)
		queue.n++;
	return 0;
}

const struct xos_vnode_service xos_vnode_service = {
	.abi = XOS_VNODE_ABI,
	.name = "queue",
	.start = start,
	.invoke = invoke,
	.snapshot = snapshot,
	.restore = restore,
};
