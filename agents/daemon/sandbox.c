// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/sandbox.h>

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* What every process may. */
static const char *const common[] = {
	/* files */
	"access",
	"close",
	"close_range",
	"copy_file_range",
	"dup",
	"dup2",
	"dup3",
	"faccessat",
	"faccessat2",
	"fadvise64",
	"fallocate",
	"fcntl",
	"fdatasync",
	"flock",
	"fstat",
	"fstatfs",
	"fsync",
	"ftruncate",
	"getcwd",
	"getdents64",
	"ioctl",
	"lseek",
	"lstat",
	"newfstatat",
	"open",
	"openat",
	"pread64",
	"preadv",
	"pwrite64",
	"pwritev",
	"read",
	"readlink",
	"readlinkat",
	"readv",
	"stat",
	"statfs",
	"statx",
	"sync_file_range",
	"umask",
	"write",
	"writev",
	/* memory */
	"brk",
	"madvise",
	"mincore",
	"mlock",
	"mlock2",
	"mmap",
	"mprotect",
	"mremap",
	"msync",
	"munlock",
	"munmap",
	/* waiting, time */
	"clock_getres",
	"clock_gettime",
	"clock_nanosleep",
	"epoll_create1",
	"epoll_ctl",
	"epoll_pwait",
	"epoll_pwait2",
	"epoll_wait",
	"eventfd2",
	"futex",
	"gettimeofday",
	"nanosleep",
	"pause",
	"poll",
	"ppoll",
	"pselect6",
	"restart_syscall",
	"select",
	"time",
	"timerfd_create",
	"timerfd_gettime",
	"timerfd_settime",
	"pipe",
	"pipe2",
	/* sockets */
	"getsockopt",
	"recvfrom",
	"recvmsg",
	"sendmsg",
	"sendto",
	"shutdown",
	"socketpair",
	/* threads, signals */
	"clone",
	"clone3",
	"exit",
	"exit_group",
	"gettid",
	"membarrier",
	"rseq",
	"rt_sigaction",
	"rt_sigpending",
	"rt_sigprocmask",
	"rt_sigqueueinfo",
	"rt_sigreturn",
	"rt_sigsuspend",
	"rt_sigtimedwait",
	"sched_getaffinity",
	"sched_setaffinity",
	"sched_yield",
	"set_robust_list",
	"get_robust_list",
	"set_tid_address",
	"sigaltstack",
	"signalfd4",
	"tgkill",
	/* about itself and the machine */
	"arch_prctl",
	"capget",
	"capset",
	"getcpu",
	"getegid",
	"geteuid",
	"getgid",
	"getgroups",
	"getpgrp",
	"getpid",
	"getppid",
	"getrandom",
	"getresgid",
	"getresuid",
	"getrlimit",
	"getrusage",
	"getuid",
	"prctl",
	"prlimit64",
	"sysinfo",
	"times",
	"uname",
};

/* Agents also change files and speak to others. */
static const char *const agents[] = {
	"accept",     "accept4",  "bind",     "chmod",	   "chown",	  "connect",
	"fchmod",     "fchmodat", "fchown",   "fchownat",  "getpeername", "getsockname",
	"lchown",     "link",	  "linkat",   "listen",	   "mkdir",	  "mkdirat",
	"recvmmsg",   "rename",	  "renameat", "renameat2", "rmdir",	  "sendmmsg",
	"setsockopt", "socket",	  "unlink",   "unlinkat",  "utimensat",
};

/* Who runs services begins and ends programs instead. */
static const char *const hosts[] = {
	"execve", "kill", "memfd_create", "vfork", "wait4", "waitid",
};

/* Not every architecture has every call. */
static int allow(scmp_filter_ctx filter, const char *const *names, size_t n)
{
	int err = 0;

	for (size_t i = 0; i < n && !err; i++) {
		int nr = seccomp_syscall_resolve_name(names[i]);

		if (nr != __NR_SCMP_ERROR)
			err = seccomp_rule_add(filter, SCMP_ACT_ALLOW, nr, 0);
	}
	return err;
}

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

int sandbox_enter(enum sandbox_kind kind, char *reason)
{
	scmp_filter_ctx filter;
	int err;

#ifdef XOS_DEBUG
	return 0;
#endif
	filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!filter) {
		snprintf(reason, SANDBOX_REASON_MAX, "no memory");
		return -ENOMEM;
	}
	/* All threads of the process, not only this one. */
	err = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (!err)
		err = allow(filter, common, COUNT(common));
	if (!err && kind == SANDBOX_AGENT)
		err = allow(filter, agents, COUNT(agents));
	if (!err && kind == SANDBOX_HOSTS)
		err = allow(filter, hosts, COUNT(hosts));
	if (!err)
		err = seccomp_load(filter);
	seccomp_release(filter);
	if (err)
		snprintf(reason, SANDBOX_REASON_MAX, "seccomp: %s", strerror(-err));
	return err;
}
