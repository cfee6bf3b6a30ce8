/* SPDX-License-Identifier: (GPL-2.0-or-later OR BSD-3-Clause) */
/*
 * A service for a virtual node: a shared object with one symbol,
 * xos_vnode_service, that says how to run it. Several machines run it as if
 * they were one. The service may use plain pthreads: mutexes, read-write locks,
 * condition variables, barriers, once, semaphores, and threads that end within
 * their request. The host replaces them, and clocks, sleeps and random numbers,
 * so that all replicas do the same.
 *
 * Link it with -shared; what the host offers (xos_vnode_reply() ...) is found
 * when it is loaded. Documentation/admin-guide/vnode-service.rst is the guide.
 */
#ifndef XOS_VNODE_H
#define XOS_VNODE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of this interface. Services that were made for version 2 run, too. */
#define XOS_VNODE_ABI	    3
/* Longest reply, in bytes. */
#define XOS_VNODE_REPLY_MAX 61440

/**
 * struct xos_vnode_request - a request
 * @index: its place in the log; the same on all replicas, greater than of those before
 * @operation: name of what is asked for
 * @args: arguments; may be NULL when @len is 0
 * @len: bytes of @args
 */
struct xos_vnode_request {
	uint64_t index;
	const char *operation;
	const void *args;
	size_t len;
};

/*
 * The operation changes nothing. It may be done outside of the log, at any
 * replica, beside other such operations. It may lock mutexes and read-write locks,
 * but wait for nothing else, begin no threads, and make no objects that stay.
 */
#define XOS_VNODE_READ_ONLY 1U

/**
 * struct xos_vnode_operation - what is known about an operation
 * @name: its name; NULL ends the list
 * @flags: XOS_VNODE_READ_ONLY or 0
 */
struct xos_vnode_operation {
	const char *name;
	uint32_t flags;
};

/* Take bytes of a snapshot. Returns 0, or a negative errno: give up then. */
typedef int (*xos_vnode_write_fn)(void *ctx, const void *data, size_t len);

/* Give up to @len bytes of a snapshot. Returns how many, 0 at the end, a negative errno. */
typedef long (*xos_vnode_read_fn)(void *ctx, void *data, size_t len);

/**
 * struct xos_vnode_service - what a service is
 * @abi: XOS_VNODE_ABI
 * @name: what it calls itself
 * @start: make an empty state from a configuration text; returns 0 or a negative errno.
 *	Called again after @stop where the policy hot puts another state in the place of this one
 * @invoke: do a request; called from many threads at once. It answers by
 *	xos_vnode_reply() and returns 0, or a positive errno for the client
 * @snapshot: write the whole state; no request runs meanwhile. NULL: it has none
 * @restore: called after @start, reads what @snapshot wrote
 * @stop: give the state back; NULL when there is nothing to give back
 * @locks: which mutexes and rwlocks a request will lock, each once for every
 *	time it is locked; it may look at the request only. Returns how many, a
 *	negative number for "run it alone". NULL: all requests run alone. Only
 *	the scheduler ord asks
 * @operations: what is known about its operations, at most 64 of them; NULL: nothing
 * @changes: write what has changed since it, @apply or @restore was called last; no request
 *	runs meanwhile. Only the policy hot asks. NULL: it takes a whole snapshot each time
 * @apply: read what @changes of another replica wrote, and change the state so
 *
 * Nothing of the result of a request may depend on addresses, on the order of
 * threads outside of locks, on files, or on the machine.
 */
struct xos_vnode_service {
	uint32_t abi;
	const char *name;
	int (*start)(void **state, const char *config);
	int (*invoke)(void *state, const struct xos_vnode_request *request);
	int (*snapshot)(void *state, xos_vnode_write_fn write, void *ctx);
	int (*restore)(void *state, xos_vnode_read_fn read, void *ctx);
	void (*stop)(void *state);
	int (*locks)(void *state, const struct xos_vnode_request *request, void **locks, int max);
	const struct xos_vnode_operation *operations;
	int (*changes)(void *state, xos_vnode_write_fn write, void *ctx);
	int (*apply)(void *state, xos_vnode_read_fn read, void *ctx);
};

/* The symbol that the host looks for. */
extern const struct xos_vnode_service xos_vnode_service;

/**
 * xos_vnode_reply() - append to the reply of the request that this thread works on
 * @data: bytes, copied
 * @len: how many
 *
 * Return: 0; -EMSGSIZE over XOS_VNODE_REPLY_MAX; -EINVAL outside of a request.
 */
int xos_vnode_reply(const void *data, size_t len);

/**
 * xos_vnode_no_more_locks() - the rest of this request synchronises nothing
 *
 * Lets others go on (last-lock analysis). A request that locks after it fails.
 */
void xos_vnode_no_more_locks(void);

#ifdef __cplusplus
}
#endif

#endif
