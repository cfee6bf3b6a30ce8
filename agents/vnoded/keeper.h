/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper: a child of vnoded that begins and ends hosts of services, so that vnoded, which
 * reads what comes from the network, need not be able to run a program. It is made before there is
 * a key in memory, becomes the agent's user, can read and run the system's programs and
 * libraries and the services and open nothing else (landlock.h), make no connection and change no
 * file (sandbox.h). Hosts inherit all that: a service is somebody else's code.
 *
 * On a socket of both, one question of 8 bytes at a time and an answer of 8, big-endian:
 *	u32 1, u32 0: begin a host	-> u32 error number, u32 pid; two descriptors
 *	u32 2, u32 pid: end it		-> u32 error number, u32 status of waitpid(2)
 * The keeper ends, and all hosts with it, when vnoded does.
 */
#ifndef _XOS_VNODED_KEEPER_H
#define _XOS_VNODED_KEEPER_H

#include <stdbool.h>

#include "process.h"

#define KEEPER_REASON_MAX 512
/* Hosts at once: one for each virtual node. */
#define KEEPER_HOSTS_MAX  256

/**
 * struct keeper - the keeper, for vnoded
 * @pid: process, 0 for none
 * @fd: socket to it
 */
struct keeper {
	pid_t pid;
	int fd;
};

/**
 * struct keeper_config - what it may
 * @program: path of xos-vnhost
 * @services: folder of the services
 * @user: that it becomes when started as root, "" to stay
 */
struct keeper_config {
	const char *program;
	const char *services;
	const char *user;
};

/**
 * keeper_begin() - make the keeper, before there are threads, keys and descriptors
 * @k: result
 * @c: copied
 * @reason: KEEPER_REASON_MAX bytes for what is wrong, also when the result is good but
 *	the kernel cannot shut files away; otherwise empty
 *
 * Return: 0 or a negative errno.
 */
int keeper_begin(struct keeper *k, const struct keeper_config *c, char *reason);

/**
 * keeper_end() - end the keeper and all hosts
 * @k: keeper; one that was never begun is ignored
 */
void keeper_end(struct keeper *k);

/**
 * keeper_gone() - has it died?
 * @k: keeper whose socket can be read, with no question under way
 *
 * Return: whether vnoded has to stop.
 */
bool keeper_gone(const struct keeper *k);

/**
 * keeper_start() - begin a host
 * @k: keeper
 * @out: result
 *
 * Return: 0 or a negative errno; -EUSERS: there are KEEPER_HOSTS_MAX.
 */
int keeper_start(struct keeper *k, struct process_ends *out);

/**
 * keeper_stop() - end a host at once and wait for that
 * @k: keeper
 * @pid: host
 *
 * Return: 0; -ESRCH: it is none of the keeper's; another negative errno.
 */
int keeper_stop(struct keeper *k, pid_t pid);

#endif
