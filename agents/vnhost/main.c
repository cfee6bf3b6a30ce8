// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * xos-vnhost: the process that a service of a virtual node lives in. vnoded
 * starts it with a socket as descriptor 3 and shared memory as descriptor 4;
 * nobody else does.
 */
#include "runtime.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINK_FD	    3
#define PROGRESS_FD 4

#ifdef __SANITIZE_THREAD__
/* A race ends the process, and so the test that runs it. */
const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
	return "halt_on_error=1";
}
#endif

/* Say which request it was, then die of the signal. */
static void crashed(int signo)
{
	if (vn_self && runtime.progress) {
		atomic_store(&runtime.progress->culprit, vn_self->request->call.index);
		atomic_store(&runtime.progress->signo, (uint32_t)signo);
	}
	signal(signo, SIG_DFL);
	raise(signo);
}

static void catch_crashes(void)
{
	static const int signos[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	struct sigaction action = { .sa_handler = crashed, .sa_flags = SA_NODEFER };

	for (size_t i = 0; i < sizeof(signos) / sizeof(*signos); i++)
		sigaction(signos[i], &action, NULL);
}

int main(int argc, char **argv)
{
	struct stat st;
	void *mem;

	if (argc != 1 || fstat(LINK_FD, &st) || !S_ISSOCK(st.st_mode)) {
		fputs("xos-vnhost is started by vnoded\n", stderr);
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	mem = mmap(NULL, sizeof(struct progress), PROT_READ | PROT_WRITE, MAP_SHARED, PROGRESS_FD,
		   0);
	if (mem != MAP_FAILED)
		runtime.progress = mem;
	close(PROGRESS_FD);
	signal(SIGPIPE, SIG_IGN);
	catch_crashes();
	return link_run(LINK_FD);
}
