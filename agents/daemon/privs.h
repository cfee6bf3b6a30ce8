/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Privileges: a daemon that was started as root becomes a user without any but
 * the capabilities that it names, before it reads a byte from the network.
 * Capabilities belong to threads: drop them before the first thread is made.
 */
#ifndef _XOS_DAEMON_PRIVS_H
#define _XOS_DAEMON_PRIVS_H

#include <sys/types.h>

#define PRIVS_REASON_MAX 256

/**
 * struct privs - the user that a daemon becomes
 * @uid: user
 * @gid: group
 * @change: there is a user to become
 */
struct privs {
	uid_t uid;
	gid_t gid;
	int change;
};

/**
 * privs_find() - look the user up
 * @user: name; "" to stay who we are, as one does who is not root anyhow
 * @out: result
 * @reason: PRIVS_REASON_MAX bytes for what is wrong
 *
 * Return: 0, -ENOENT for an unknown user.
 */
int privs_find(const char *user, struct privs *out, char *reason);

/**
 * privs_become() - change to the user, keep some capabilities
 * @p: from privs_find()
 * @caps: capabilities that are kept (CAP_...), ended by -1
 * @reason: PRIVS_REASON_MAX bytes for what is wrong
 *
 * Also sets no_new_privs, makes the process undumpable, so that its memory
 * cannot be read, and lets it write no core files. Without a user to become only these two, and capabilities are
 * given up all the same when the process is root.
 *
 * Return: 0 or a negative errno.
 */
int privs_become(const struct privs *p, const int *caps, char *reason);

/**
 * privs_socket_group() - the group that gets a socket
 * @name: its name; "" for none
 *
 * Return: the group when it exists and this process may give it a file, which
 * root and its members may; (gid_t)-1 otherwise.
 */
gid_t privs_socket_group(const char *name);

/**
 * privs_drop_all() - give the last capabilities up
 *
 * Return: 0 or a negative errno.
 */
int privs_drop_all(void);

#endif
