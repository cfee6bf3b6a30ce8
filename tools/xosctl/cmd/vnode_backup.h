/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Backups of virtual nodes, as files. */
#ifndef _XOS_XOSCTL_VNODE_BACKUP_H
#define _XOS_XOSCTL_VNODE_BACKUP_H

#include <base/bytes.h>

/**
 * vnode_backup() - write a consistent snapshot of a virtual node into a file
 * @name: its name
 * @path: file; taken away again when it does not get complete
 *
 * Return: an enum xosctl_exit.
 */
int vnode_backup(struct bytes name, const char *path);

/**
 * vnode_restore() - make a virtual node of one replica from such a file
 * @name: its name, the one it had
 * @path: file; checked whole before anything is made
 *
 * Return: an enum xosctl_exit.
 */
int vnode_restore(struct bytes name, const char *path);

#endif
