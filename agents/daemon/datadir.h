/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder in which an agent keeps what must survive it. It belongs to one
 * agent at a time (a lock), and to one node of one grid for ever (the file
 * "identity"), so that a wrong configuration cannot mix two grids up.
 */
#ifndef _XOS_DAEMON_DATADIR_H
#define _XOS_DAEMON_DATADIR_H

#include <base/id.h>
#include <daemon/privs.h>

#define DATADIR_REASON_MAX 256
#define DATADIR_FORMAT	   1

/**
 * datadir_make() - make a folder, owned by the user that the daemon becomes
 * @path: folder; parents must exist, all but the last
 * @mode: permissions
 * @p: user
 * @reason: DATADIR_REASON_MAX bytes for what is wrong
 *
 * A folder of root's that exists already is given to the user, too.
 *
 * Return: 0 (also when it exists) or a negative errno.
 */
int datadir_make(const char *path, unsigned int mode, const struct privs *p, char *reason);

/**
 * datadir_open() - lock the folder and read, or write, its identity
 * @path: folder
 * @grid: name of the grid
 * @id: identity that the node has; zero: result, drawn at random the first time
 * @lock_fd: result: the lock, held as long as this descriptor is open
 * @reason: DATADIR_REASON_MAX bytes for what is wrong
 *
 * Return: 0; -EBUSY another agent has it; -EEXIST it belongs to another grid or node;
 * -EPROTO another format; -EBADMSG the file is damaged; a negative errno.
 */
int datadir_open(const char *path, const char *grid, struct xos_id *id, int *lock_fd, char *reason);

#endif
