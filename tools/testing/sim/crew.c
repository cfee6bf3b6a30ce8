// SPDX-License-Identifier: GPL-2.0-or-later
#include "crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <base/assert.h>

#define CREW_JOBS_MAX 64
/* A run that computes longer than this hangs outside of the event loop. */
#define CREW_CPU_S    900

/* One process at work. */
struct worker {
	pid_t pid;
	int fd;
	FILE *err;
	uint64_t seed;
	bool twice;
	size_t got;
	struct run_result result;
};

/* A seed's first verdict, kept until the second one is there. */
struct again {
	struct run_result first;
	bool waiting;
};

void crew_report(int fd, const struct run_result *result)
{
	const char *at = (const char *)result;
	size_t left = sizeof(*result);

	while (left) {
		ssize_t n = write(fd, at, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			exit(2);
		at += n;
		left -= (size_t)n;
	}
}

/* The same seed in a program of its own: other addresses, same events. */
static void exec_again(const struct crew *c, uint64_t seed, int fd)
{
	char text[4][32];
	char *argv[12] = { "xos-sim", "--seed", text[0],       "--report", text[1],
			   "--nodes", text[2],	"--mutant-id", text[3] };
	int n = 9;

	if (c->options.calm)
		argv[n++] = "--calm";
	if (c->options.order)
		argv[n++] = "--order";

	snprintf(text[0], sizeof(text[0]), "%llu", (unsigned long long)seed);
	snprintf(text[1], sizeof(text[1]), "%d", fd);
	snprintf(text[2], sizeof(text[2]), "%u", c->options.nodes);
	snprintf(text[3], sizeof(text[3]), "%u", c->options.mutant);
	execv("/proc/self/exe", argv);
	_exit(2);
}

static void child(const struct crew *c, const struct worker *w, int fd)
{
	struct rlimit cpu = { CREW_CPU_S, CREW_CPU_S };
	struct rlimit core = { 0, 0 };
	struct run_result result;

	dup2(fileno(w->err), STDERR_FILENO);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &core);
	if (w->twice)
		exec_again(c, w->seed, fd);
	run_any(w->seed, &c->options, &result);
	crew_report(fd, &result);
	_exit(0);
}

static void worker_start(const struct crew *c, struct worker *w, uint64_t seed, bool twice)
{
	int fds[2];

	*w = (struct worker){ .seed = seed, .twice = twice, .err = tmpfile() };
	xassert(w->err && !pipe(fds));
	fflush(stdout);
	w->pid = fork();
	xassert(w->pid >= 0);
	if (!w->pid) {
		close(fds[0]);
		child(c, w, fds[1]);
	}
	close(fds[1]);
	w->fd = fds[0];
}

/* What a process that died last said: the assertion, or the sanitizer's first line. */
static void last_words(struct worker *w, int status)
{
	struct run_result *r = &w->result;
	char line[SIM_REASON_MAX - 64];

	*r = (struct run_result){ .seed = w->seed, .failed = true, .checker = "died" };
	snprintf(r->reason, sizeof(r->reason), "status %d", status);
	rewind(w->err);
	while (fgets(line, sizeof(line), w->err)) {
		line[strcspn(line, "\n")] = '\0';
		if (strlen(line) > 8) {
			snprintf(r->reason, sizeof(r->reason), "%s", line);
			if (strstr(line, "assert") || strstr(line, "ERROR"))
				break;
		}
	}
}

/* Reads what is there; true when the process has ended and its verdict is complete. */
static bool worker_read(struct worker *w)
{
	char *at = (char *)&w->result;
	int status = 0;
	ssize_t n;

	n = read(w->fd, at + w->got, sizeof(w->result) - w->got);
	if (n < 0 && errno == EINTR)
		return false;
	if (n > 0) {
		w->got += (size_t)n;
		if (w->got < sizeof(w->result))
			return false;
	}
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (w->got < sizeof(w->result) || status)
		last_words(w, status);
	close(w->fd);
	fclose(w->err);
	w->pid = 0;
	return true;
}

static bool same_verdict(const struct run_result *a, const struct run_result *b)
{
	return a->hash == b->hash && a->failed == b->failed;
}

/* A verdict is final when its seed ran once, or twice with the same result. */
static bool settle(const struct crew *c, struct worker *w, struct again *a)
{
	if (!w->twice && c->again_every && w->seed % c->again_every == 0 && !w->result.failed) {
		a->first = w->result;
		a->waiting = true;
		worker_start(c, w, w->seed, true);
		return true;
	}
	if (a->waiting && !same_verdict(&a->first, &w->result)) {
		w->result.failed = true;
		snprintf(w->result.checker, sizeof(w->result.checker), "replay");
		snprintf(w->result.reason, sizeof(w->result.reason),
			 "hash %016llx, then %016llx: the same seed went two ways",
			 (unsigned long long)a->first.hash, (unsigned long long)w->result.hash);
	}
	a->waiting = false;
	return c->done(c->ctx, &w->result);
}

void crew_run(const struct crew *c)
{
	uint32_t jobs = c->jobs < CREW_JOBS_MAX ? c->jobs : CREW_JOBS_MAX, busy = 0;
	struct worker workers[CREW_JOBS_MAX] = { 0 };
	struct again again[CREW_JOBS_MAX] = { 0 };
	struct pollfd fds[CREW_JOBS_MAX];
	uint64_t next = 0;
	bool more = true;

	for (;;) {
		for (uint32_t i = 0; i < jobs; i++) {
			if (!workers[i].pid && more && next < c->count) {
				worker_start(c, &workers[i], c->first + next++, false);
				busy++;
			}
			fds[i] = (struct pollfd){ .fd = workers[i].pid ? workers[i].fd : -1,
						  .events = POLLIN };
		}
		if (!busy)
			return;
		if (poll(fds, jobs, -1) < 0)
			continue;
		for (uint32_t i = 0; i < jobs; i++) {
			if (!fds[i].revents || !worker_read(&workers[i]))
				continue;
			more &= settle(c, &workers[i], &again[i]);
			busy -= !workers[i].pid;
		}
	}
}
