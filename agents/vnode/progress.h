/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the host of a service writes into memory that it shares with vnoded, so
 * that vnoded can say what was running when the service crashed or hung.
 */
#ifndef _XOS_VNODE_PROGRESS_H
#define _XOS_VNODE_PROGRESS_H

#include <stdint.h>

#define PROGRESS_SLOTS	256
#define PROGRESS_OP_LEN 64

/**
 * struct progress_slot - a request under way
 * @index: its place in the log, 0 for a free slot
 * @cut: operations of its first thread after which it held no mutex; UINT32_MAX
 *	when it cannot be cut (it has more threads)
 * @computing: it is not waiting for a mutex, a condition or a time
 * @operation: its name, ended by NUL
 */
struct progress_slot {
	_Atomic uint64_t index;
	_Atomic uint32_t cut;
	_Atomic uint32_t computing;
	char operation[PROGRESS_OP_LEN];
};

/**
 * struct progress - the shared memory
 * @culprit: request whose thread was hit by a signal or broke a rule, 0 for none
 * @signo: the signal
 * @slot: requests under way
 */
struct progress {
	_Atomic uint64_t culprit;
	_Atomic uint32_t signo;
	struct progress_slot slot[PROGRESS_SLOTS];
};

#endif
