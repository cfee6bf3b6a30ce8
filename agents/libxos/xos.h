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

/* Steps of one transaction, and the longest idempotency id. */
#define XOS_STEPS_MAX  1024
#define XOS_TXN_ID_MAX 64

/**
 * enum xos_step_kind - what a step of a transaction does
 * @XOS_READ: read a key
 * @XOS_WRITE: set a key
 * @XOS_DELETE: remove a key, whether it exists or not
 * @XOS_TEST_SET: set a key that has the value @expect, or with @absent does not exist
 * @XOS_ADD: add @number to the decimal number in a key; one that does not exist counts as 0
 * @XOS_APPEND: add an element at the end of the list in a key
 * @XOS_REMOVE: remove the first element of a list that equals @value
 * @XOS_RANGE: read keys in order, from @key to @to
 * @XOS_EXPECT: let the commit fail unless the key has @version, as seen earlier
 */
enum xos_step_kind {
	XOS_READ,
	XOS_WRITE,
	XOS_DELETE,
	XOS_TEST_SET,
	XOS_ADD,
	XOS_APPEND,
	XOS_REMOVE,
	XOS_RANGE,
	XOS_EXPECT
};

/**
 * struct xos_step - one step; the memory it points to is the caller's
 * @kind: what it does
 * @absent: test-and-set: the key must not exist
 * @key: key, or where a range begins
 * @key_len: its bytes
 * @value: value or element
 * @value_len: its bytes
 * @expect: test-and-set: the value that must be there
 * @expect_len: its bytes
 * @to: range: key behind the last, not included
 * @to_len: its bytes; 0 means no upper end
 * @limit: range: items at most, 0 for 1024
 * @number: add: what to add; result: the sum
 * @version: expect: the version; result: that which the key had
 * @status: result: 0; -ENOENT no such key or element; -EEXIST another value than
 *	@expect; -EINVAL neither number nor list; -ERANGE; -EMSGSIZE
 * @result: result: value read, value found instead of @expect, or the list as it is
 *	now; NULL when there is none. Belongs to the caller: free()
 * @result_len: its bytes
 */
struct xos_step {
	enum xos_step_kind kind;
	int absent;
	const void *key;
	size_t key_len;
	const void *value;
	size_t value_len;
	const void *expect;
	size_t expect_len;
	const void *to;
	size_t to_len;
	uint32_t limit;
	int64_t number;
	uint64_t version[2];
	int status;
	void *result;
	size_t result_len;
};

/**
 * struct xos_txn - a transaction besides its steps; zero is fine
 * @id: idempotency id: what was committed under it is not done again
 * @id_len: its bytes, 0 for none
 * @timeout_ms: time allowed, 0 for the agent's default (5 s)
 * @lenient: a step that fails is left out; otherwise nothing is done
 * @item: sees the items of ranges, in order; NULL: nobody does. May be called again
 *	for all of them only in another call
 * @ctx: its argument
 * @repeated: result: the id was committed before; the steps have no results then
 * @version: result: the version of the keys written
 */
struct xos_txn {
	const void *id;
	size_t id_len;
	unsigned int timeout_ms;
	int lenient;
	xos_item_fn item;
	void *ctx;
	int repeated;
	uint64_t version[2];
};

/**
 * xos_txn_run() - run a transaction: all of its steps, or none
 * @x: handle
 * @txn: options and result; NULL for none
 * @steps: steps, done in this order as far as anybody can tell
 * @n: how many, 1 to XOS_STEPS_MAX
 *
 * When another transaction comes first, the agent runs it again until its time
 * is over. On success it is durable, and seen by whoever reads from then on.
 *
 * Return: 0; -ECANCELED others came first until the time was over, nothing was
 * done; -ETIMEDOUT it may or may not be done (ask xos_txn_outcome(), or
 * repeat it with the same id); the status of a step when not @lenient;
 * -EPERM the outcome of the id was asked for before; -EHOSTUNREACH, -EAGAIN;
 * -E2BIG; -ENOMEM a result did not fit into memory, though it is committed.
 */
int xos_txn_run(struct xos *x, struct xos_txn *txn, struct xos_step *steps, size_t n);

/**
 * xos_txn_outcome() - what became of an idempotency id
 * @x: handle
 * @id: id
 * @id_len: its bytes, 1 to XOS_TXN_ID_MAX
 *
 * Return: 0 it was committed; -ENOENT it was not, and never will be; else not known.
 */
int xos_txn_outcome(struct xos *x, const void *id, size_t id_len);

#ifdef __cplusplus
}
#endif

#endif
