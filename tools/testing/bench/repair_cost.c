// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Processor time that it takes to move one connection by handoffd's repair.c, on the
 * kernel that runs this machine, in a network namespace of its own: the connection goes out
 * of the kernel and back into the same one. Prints one JSON object a line, for
 * tools/testing/bench/run: medians of all moves, each phase and their sum.
 *
 *	repair_cost COUNT
 */
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <handoffd/repair.h>

#define QUEUED 16384

enum phase { PHASE_DUMP, PHASE_CLOSE, PHASE_RESTORE, PHASE_THAW, PHASE_SUM, PHASES };

static const char *const names[PHASES] = { "cpu_dump_us", "cpu_close_us", "cpu_restore_us",
					   "cpu_thaw_us", "cpu_per_connection_us" };
static uint8_t record[WIRE_DS_TCP_SIZE_MAX], scratch[REPAIR_SCRATCH_LEN], data[QUEUED];

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void own_network(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd;

	if (unshare(CLONE_NEWNET))
		die("network namespace");
	fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		die("loopback");
	close(fd);
}

static int connect_pair(int *client)
{
	struct sockaddr_in6 at = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int l = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0), server;
	socklen_t len = sizeof(at);

	*client = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(l, (struct sockaddr *)&at, sizeof(at)) || listen(l, 1) ||
	    getsockname(l, (struct sockaddr *)&at, &len) ||
	    connect(*client, (struct sockaddr *)&at, sizeof(at)))
		die("connect");
	server = accept4(l, NULL, NULL, SOCK_CLOEXEC);
	if (server < 0)
		die("accept");
	close(l);
	return server;
}

/* Out of the kernel and into it again; the time of each phase is stored. */
static int move(int fd, double *us)
{
	struct buf out = buf_of(record, sizeof(record));
	struct repair_why why = { "" };
	struct wire_ds_tcp r;
	double t[PHASE_SUM + 1];
	int err;

	t[0] = cpu_us();
	err = repair_dump(fd, scratch, &out, &why);
	t[1] = cpu_us();
	close(fd);
	t[2] = cpu_us();
	if (!err)
		err = wire_ds_tcp_decode(buf_bytes(&out), &r);
	if (!err)
		err = repair_restore(&r, &fd, &why);
	t[3] = cpu_us();
	if (!err)
		err = repair_thaw(fd, &r, &why);
	t[4] = cpu_us();
	if (err) {
		fprintf(stderr, "repair_cost: %s\n", why.text);
		exit(1);
	}
	for (int i = 0; i < PHASE_SUM; i++)
		us[i] = t[i + 1] - t[i];
	us[PHASE_SUM] = t[PHASE_SUM] - t[0];
	return fd;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_phase(const double *us, size_t count, int phase, const char *what)
{
	double *column = calloc(count, sizeof(*column));

	if (!column)
		die("memory");
	for (size_t i = 0; i < count; i++)
		column[i] = us[i * PHASES + (size_t)phase];
	qsort(column, count, sizeof(*column), compare);
	printf("{\"name\": \"%s%s\", \"value\": %.1f, \"unit\": \"us\", \"p50_us\": %.1f, \"p99_us\": %.1f}\n",
	       names[phase], what, column[count / 2], column[count / 2], column[count * 99 / 100]);
	free(column);
}

/* Moves with so many bytes in the receive queue; they must all be there in the end. */
static void measure(size_t count, size_t queued, const char *what)
{
	double *us = calloc(count * PHASES, sizeof(*us));
	int client, fd = connect_pair(&client);

	if (!us || send(client, data, queued, 0) != (ssize_t)queued)
		die("send");
	for (size_t i = 0; i < count; i++)
		fd = move(fd, us + i * PHASES);
	if (send(client, "x", 1, 0) != 1 || send(fd, "y", 1, 0) != 1 ||
	    recv(fd, data, queued + 1, MSG_WAITALL) != (ssize_t)queued + 1 ||
	    recv(client, data, 1, 0) != 1)
		die("the connection did not live on");
	for (int phase = 0; phase < PHASES; phase++)
		print_phase(us, count, phase, what);
	close(fd);
	close(client);
	free(us);
}

int main(int argc, char **argv)
{
	size_t count = argc == 2 ? strtoul(argv[1], NULL, 0) : 0;

	if (!count)
		return 2;
	own_network();
	measure(count, 0, "");
	measure(count, QUEUED - 1, "_16k");
	return 0;
}
