/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxos: the C client library of an XOS grid. It talks to the agent xosd of
 * the machine it runs on, over that agent's control socket.
 *
 * A handle may be used by one thread at a time. Calls block until the answer is
 * there or the handle's timeout has passed.
 */
#ifndef _XOS_H
#define _XOS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define XOS_KEY_MAX   1024
#define XOS_VALUE_MAX 65536

struct xos;

/**
 * xos_open() - connect to the local agent
 * @run_dir: folder of the agent's socket, NULL for /run/xos
 * @timeout_ms: how long a call may take, 0 for 10 seconds
 * @out: the handle; xos_close() ends it
 *
 * Return: 0, -ECONNREFUSED or -ENOENT when no agent listens, -EACCES when the
 * caller is neither root nor in the group of the socket, -ENOMEM.
 */
int xos_open(const char *run_dir, unsigned int timeout_ms, struct xos **out);

/**
 * xos_close() - end a handle
 * @x: handle; NULL is ignored
 */
void xos_close(struct xos *x);

/**
 * xos_error() - why the last call on this handle failed, in words
 * @x: handle
 *
 * Return: text, valid until the next call; "" when there is nothing to say.
 */
const char *xos_error(const struct xos *x);

/**
 * xos_get() - read a key, linearisable
 * @x: handle
 * @key: key
 * @key_len: its bytes, 1 to XOS_KEY_MAX
 * @value: where the value goes
 * @value_len: bytes there are; on return the value's length
 *
 * Return: 0, -ENOENT, -EMSGSIZE when the value is larger (@value_len tells how
 * large), -ETIMEDOUT, -EHOSTUNREACH when no majority of replicas answers.
 */
int xos_get(struct xos *x, const void *key, size_t key_len, void *value, size_t *value_len);

/**
 * xos_put() - write a key; durable on a majority of its replicas on return
 * @x: handle
 * @key: key
 * @key_len: its bytes, 1 to XOS_KEY_MAX
 * @value: value; may be NULL when @value_len is 0
 * @value_len: its bytes, at most XOS_VALUE_MAX
 *
 * Return: 0; on -ETIMEDOUT and -EHOSTUNREACH the write may or may not happen.
 */
int xos_put(struct xos *x, const void *key, size_t key_len, const void *value, size_t value_len);

/**
 * xos_del() - remove a key
 * @x: handle
 * @key: key
 * @key_len: its bytes
 *
 * Return: 0 (also when there was none), or as xos_put().
 */
int xos_del(struct xos *x, const void *key, size_t key_len);

/**
 * typedef xos_item_fn - sees one item of a range
 * @ctx: argument of the call
 * @key: key, valid during the call
 * @key_len: its bytes
 * @value: value, valid during the call
 * @value_len: its bytes
 *
 * Return: 0 to go on, anything else to stop with it.
 */
typedef int (*xos_item_fn)(void *ctx, const void *key, size_t key_len, const void *value,
			   size_t value_len);

/**
 * xos_range() - visit items in the order of their keys
 * @x: handle
 * @from: first key
 * @from_len: its bytes, may be 0
 * @to: key behind the last, not included
 * @to_len: its bytes; 0 means no upper end
 * @limit: at most so many items, 0 for all
 * @item: called for each
 * @ctx: its argument
 *
 * Each item is as a read at some moment of the call would see it; the range as
 * a whole is no snapshot.
 *
 * Return: 0, what @item returned, or an error as xos_get().
 */
int xos_range(struct xos *x, const void *from, size_t from_len, const void *to, size_t to_len,
	      uint64_t limit, xos_item_fn item, void *ctx);

#ifdef __cplusplus
}
#endif

#endif
