// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What differs between machines, made equal: clocks show the time of the log,
 * random numbers come from the name of the thread, sleeps end by the log.
 */
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S   1000000000ULL
/* Each look at a clock lets this pass: whoever waits for it to move gets there. */
#define LOOK_NS	   1000
/* What a request reads from a random device at most. */
#define DEVICE_LEN 4096
/* Everybody is process 1 of host "vnode". */
#define PID	   1
#define HOST	   "vnode"

/* --- time ---------------------------------------------------------------------------- */

static uint64_t machine_ns(void)
{
	struct timespec t;

	REAL(clock_gettime, NULL)(CLOCK_REALTIME, &t);
	return (uint64_t)t.tv_sec * NS_PER_S + (uint64_t)t.tv_nsec;
}

static uint64_t look(struct vn_thread *self)
{
	uint64_t seen = machine_ns();

	self->now_ns += LOOK_NS;
	if (observe(self, &seen) && seen > self->now_ns)
		self->now_ns = seen;
	return self->now_ns;
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
	uint64_t now;

	if (!vn_self)
		return REAL(clock_gettime, NULL)(clock, t);
	now = look(vn_self);
	t->tv_sec = (time_t)(now / NS_PER_S);
	t->tv_nsec = (long)(now % NS_PER_S);
	return 0;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone)
{
	uint64_t now;

	if (!vn_self)
		return REAL(gettimeofday, NULL)(t, zone);
	now = look(vn_self);
	t->tv_sec = (time_t)(now / NS_PER_S);
	t->tv_usec = (suseconds_t)(now % NS_PER_S / 1000);
	return 0;
}

time_t time(time_t *out)
{
	time_t now;

	if (!vn_self)
		return REAL(time, NULL)(out);
	now = (time_t)(look(vn_self) / NS_PER_S);
	if (out)
		*out = now;
	return now;
}

clock_t clock(void)
{
	if (!vn_self)
		return REAL(clock, NULL)();
	return (clock_t)((look(vn_self) - vn_self->request->time_ns) / (NS_PER_S / CLOCKS_PER_SEC));
}

static int sleep_ns(uint64_t ns)
{
	if (vn_self->solo)
		vn_self->now_ns += ns;
	else
		runtime_sleep(vn_self, ns);
	return 0;
}

static uint64_t timespec_ns(const struct timespec *t)
{
	return (uint64_t)t->tv_sec * NS_PER_S + (uint64_t)t->tv_nsec;
}

int nanosleep(const struct timespec *t, struct timespec *left)
{
	if (!vn_self)
		return REAL(nanosleep, NULL)(t, left);
	if (left)
		*left = (struct timespec){ 0 };
	return sleep_ns(timespec_ns(t));
}

int clock_nanosleep(clockid_t clk, int flags, const struct timespec *t, struct timespec *left)
{
	uint64_t ns;

	if (!vn_self)
		return REAL(clock_nanosleep, NULL)(clk, flags, t, left);
	ns = timespec_ns(t);
	if (flags & TIMER_ABSTIME)
		ns = ns > vn_self->now_ns ? ns - vn_self->now_ns : 0;
	return sleep_ns(ns);
}

int usleep(useconds_t us)
{
	return vn_self ? sleep_ns((uint64_t)us * 1000) : REAL(usleep, NULL)(us);
}

unsigned int sleep(unsigned int s)
{
	return vn_self ? (unsigned int)sleep_ns(s * NS_PER_S) : REAL(sleep, NULL)(s);
}

/* --- random numbers -------------------------------------------------------------------- */

/* Where the thread's random numbers begin: its name, or what the leader's machine draws. */
static struct rng *numbers(struct vn_thread *self)
{
	uint64_t seed;

	if (self->seeded)
		return &self->rng;
	self->seeded = true;
	if (REAL(getrandom, NULL)(&seed, sizeof(seed), 0) != sizeof(seed))
		runtime_die("no random numbers");
	if (!observe(self, &seed))
		seed = self->t.name ^ self->request->time_ns;
	rng_seed(&self->rng, seed);
	return &self->rng;
}

static void seed_numbers(struct vn_thread *self, uint64_t seed)
{
	self->seeded = true;
	rng_seed(&self->rng, seed);
}

static void fill(void *out, size_t len)
{
	uint8_t *at = out;
	uint64_t word = 0;

	for (size_t i = 0; i < len; i++) {
		if (i % 8 == 0)
			word = rng_next(numbers(vn_self));
		at[i] = (uint8_t)(word >> 8 * (i % 8));
	}
}

ssize_t getrandom(void *out, size_t len, unsigned int flags)
{
	if (!vn_self)
		return REAL(getrandom, NULL)(out, len, flags);
	fill(out, len);
	return (ssize_t)len;
}

int getentropy(void *out, size_t len)
{
	if (!vn_self)
		return REAL(getentropy, NULL)(out, len);
	fill(out, len);
	return 0;
}

void arc4random_buf(void *out, size_t len)
{
	if (vn_self)
		fill(out, len);
	else
		REAL(arc4random_buf, NULL)(out, len);
}

uint32_t arc4random(void)
{
	return vn_self ? (uint32_t)rng_next(numbers(vn_self)) : REAL(arc4random, NULL)();
}

uint32_t arc4random_uniform(uint32_t n)
{
	if (!vn_self)
		return REAL(arc4random_uniform, NULL)(n);
	return n ? (uint32_t)rng_below(numbers(vn_self), n) : 0;
}

int rand(void)
{
	return vn_self ? (int)(rng_next(numbers(vn_self)) >> 33) : REAL(rand, NULL)();
}

void srand(unsigned int seed)
{
	if (vn_self)
		seed_numbers(vn_self, seed);
	else
		REAL(srand, NULL)(seed);
}

long random(void)
{
	return vn_self ? (long)(rng_next(numbers(vn_self)) >> 33) : REAL(random, NULL)();
}

void srandom(unsigned int seed)
{
	if (vn_self)
		seed_numbers(vn_self, seed);
	else
		REAL(srandom, NULL)(seed);
}

double drand48(void)
{
	if (!vn_self)
		return REAL(drand48, NULL)();
	return (double)(rng_next(numbers(vn_self)) >> 11) / (double)(1ULL << 53);
}

/* --- devices --------------------------------------------------------------------------- */

static int uuid_text(char *out, size_t size)
{
	uint8_t u[16];

	fill(u, sizeof(u));
	/* version 4, variant 1 (RFC 9562, section 5.4) */
	u[6] = (uint8_t)((u[6] & 0x0f) | 0x40);
	u[8] = (uint8_t)((u[8] & 0x3f) | 0x80);
	return snprintf(out, size,
			"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x\n",
			u[0], u[1], u[2], u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10], u[11],
			u[12], u[13], u[14], u[15]);
}

/* A descriptor in place of a random device; -1 when @path is none. */
static int device(const char *path)
{
	char bytes[DEVICE_LEN];
	size_t len = sizeof(bytes);
	int fd;

	if (!vn_self)
		return -1;
	if (!strcmp(path, "/proc/sys/kernel/random/uuid"))
		len = (size_t)uuid_text(bytes, sizeof(bytes));
	else if (!strcmp(path, "/dev/urandom") || !strcmp(path, "/dev/random"))
		fill(bytes, len);
	else
		return -1;
	fd = memfd_create("random", MFD_CLOEXEC);
	if (fd < 0)
		return -1;
	if (write(fd, bytes, len) != (ssize_t)len || lseek(fd, 0, SEEK_SET))
		runtime_die("no random numbers");
	return fd;
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	int fd = device(path);
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = mode_of(flags, args);
	va_end(args);
	return fd >= 0 ? fd : REAL(open, NULL)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	int fd = device(path);
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = mode_of(flags, args);
	va_end(args);
	return fd >= 0 ? fd : REAL(open64, NULL)(path, flags, mode);
}

FILE *fopen(const char *restrict path, const char *restrict mode)
{
	int fd = device(path);

	return fd >= 0 ? fdopen(fd, mode) : REAL(fopen, NULL)(path, mode);
}

FILE *fopen64(const char *restrict path, const char *restrict mode)
{
	int fd = device(path);

	return fd >= 0 ? fdopen(fd, mode) : REAL(fopen64, NULL)(path, mode);
}

pid_t getpid(void)
{
	return vn_self ? PID : REAL(getpid, NULL)();
}

int gethostname(char *name, size_t len)
{
	if (!vn_self)
		return REAL(gethostname, NULL)(name, len);
	if (len < sizeof(HOST)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(name, HOST, sizeof(HOST));
	return 0;
}
