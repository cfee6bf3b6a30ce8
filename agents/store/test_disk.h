/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests: a folder of their own, and tickets that a thread of the store completes. */
#ifndef _XOS_STORE_TEST_DISK_H
#define _XOS_STORE_TEST_DISK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <cmocka.h>

#include <store/store.h>

static char dir[] = "/tmp/xos-store-XXXXXX";
static char path[64];
static int wake_fd;

static void on_wakeup(void *ctx)
{
	uint64_t one = 1;

	assert_int_equal(write(wake_fd, &one, sizeof(one)), sizeof(one));
}

/* A new folder; @path is for @name in it. */
static void disk_make(const char *name)
{
	strcpy(dir, "/tmp/xos-store-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	wake_fd = eventfd(0, EFD_NONBLOCK);
}

static int disk_remove(void)
{
	char cmd[128];

	close(wake_fd);
	snprintf(cmd, sizeof(cmd), "rm -r %s", dir);
	return system(cmd);
}

struct probe {
	struct store_ticket ticket;
	int status;
	bool done;
};

static void probe_done(void *ctx, int status)
{
	struct probe *p = ctx;

	assert_false(p->done);
	p->done = true;
	p->status = status;
}

static void probe_init(struct probe *p)
{
	*p = (struct probe){ .ticket = { .done = probe_done, .ctx = p } };
}

/* Until the ticket is completed; @work does what the thread woke the caller for. */
static void probe_wait(struct probe *p, void (*work)(void))
{
	struct pollfd pfd = { .fd = wake_fd, .events = POLLIN };
	uint64_t n;

	while (!p->done) {
		assert_int_equal(poll(&pfd, 1, 20000), 1);
		assert_int_equal(read(wake_fd, &n, sizeof(n)), sizeof(n));
		work();
	}
}

#endif
