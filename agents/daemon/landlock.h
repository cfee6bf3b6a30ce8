/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A view of the file system for a process that runs other people's code, by Landlock
 * (landlock(7), Linux 5.13): folders and files that it may read and run, and nothing else. Children
 * inherit it. It needs no privilege.
 */
#ifndef _XOS_DAEMON_LANDLOCK_H
#define _XOS_DAEMON_LANDLOCK_H

#define LANDLOCK_REASON_MAX 256

/**
 * landlock_read_only() - from now on only these can be opened, to read and to run
 * @paths: folders and files, ended by NULL; what is not there is passed over
 * @reason: LANDLOCK_REASON_MAX bytes for what is wrong
 *
 * Where the kernel can (Linux 6.12), processes outside can be sent no signals either. Needs
 * no_new_privs.
 *
 * Return: 0; -EOPNOTSUPP when the kernel has no Landlock; another negative errno.
 */
int landlock_read_only(const char *const *paths, char *reason);

#endif
