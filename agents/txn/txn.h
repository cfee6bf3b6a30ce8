/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transactions over any keys of the ring: atomic, serialisable in real-time
 * order, durable when acknowledged. The node that a client talks to manages
 * them: it reads with quorums, keeps what is written, and at commit lets the
 * owners of every key vote (Paxos commit after Gray and Lamport, with the
 * owners of a key as the acceptors of its vote).
 *
 * Two ways to use it. A whole list of steps at once (struct txn_run), which is
 * run again by itself when another transaction came first: for everything
 * whose steps are known beforehand. Or step by step (txn_begin, txn_do,
 * txn_commit), for a client that computes in between.
 */
#ifndef _XOS_TXN_TXN_H
#define _XOS_TXN_TXN_H

#include <base/arena.h>
#include <base/bytes.h>
#include <dht/dht.h>
#include <env/env.h>
#include <overlay/ring.h>

struct txns;
struct txn;

/* Keys of one transaction: read, written, and subranges read. */
#define TXN_KEYS_MAX	  128
/* The same keys, in bytes, each counted with 16 more. */
#define TXN_KEY_BYTES_MAX (16 * 1024)
/* What one transaction reads and writes, keys and values, in bytes. */
#define TXN_BYTES_MAX	  (512 * 1024)
/* Steps of one run. */
#define TXN_STEPS_MAX	  1024
/* Longest idempotency id. */
#define TXN_ID_MAX	  64

/**
 * enum txn_kind - what a step does
 * @TXN_READ: read a key
 * @TXN_WRITE: set a key
 * @TXN_DELETE: remove a key, whether it exists or not
 * @TXN_TEST_SET: set a key when it has the expected value
 * @TXN_ADD: add to the number in a key; a key that does not exist counts as 0
 * @TXN_APPEND: add an element at the end of the list in a key
 * @TXN_REMOVE: remove the first element of a list that equals @value
 * @TXN_RANGE: read keys in order
 * @TXN_EXPECT: read nothing, but let the commit fail when the key has another
 *	version than @version; what a client saw in an earlier transaction (0, 0:
 *	never written) is thus still true when this one commits
 */
enum txn_kind {
	TXN_READ,
	TXN_WRITE,
	TXN_DELETE,
	TXN_TEST_SET,
	TXN_ADD,
	TXN_APPEND,
	TXN_REMOVE,
	TXN_RANGE,
	TXN_EXPECT,
};

/**
 * struct txn_step - one operation of a transaction, in memory of the caller
 * @done: called once, never from inside the call that starts the step; unused in a run
 * @ctx: of the caller
 * @kind: what it does
 * @key: key, 1 to DHT_KEY_MAX bytes; range: where to start (inclusive), may be
 *	empty. Borrowed until @done
 * @value: write, test-and-set: the new value; append, remove: the element. Borrowed
 *	until @done
 * @expect: test-and-set: the value that must be there; borrowed until @done
 * @absent: test-and-set: instead, the key must not exist
 * @number: add: what to add; result: the sum
 * @to: range: where to end (exclusive), empty for no bound; borrowed until @done
 * @limit: range: items wanted at most, 0 for the greatest page (DHT_PAGE_ITEMS_MAX)
 * @version: expect: the version; result of the kinds that read one key: the
 *	version found, (0, 0) when it was never written. A key that this
 *	transaction has written before shows the version that it had then
 * @status: result:
 *	0;
 *	-ENOENT: read: there is no such key; remove: no such key or element;
 *	-EEXIST: test-and-set: the key has another value, which is in @result;
 *	-EINVAL: add: the value is not a decimal number of 64 bits; append, remove:
 *	the value is not a list; any: a bad argument;
 *	-ERANGE: add: the sum does not fit;
 *	-EMSGSIZE: key or value too long; -E2BIG: over a limit of one transaction;
 *	-EAGAIN, -EHOSTUNREACH, -ETIMEDOUT: could not read, see struct dht_op.
 *	A step that failed has changed nothing, and the transaction goes on
 * @result: read: the value; test-and-set that failed: the value found; append,
 *	remove: the list as it is now. Valid during @done, in a run during its @done
 * @count: range: items found, see txn_step_item(), during the same time as @result
 * @more: range: there may be more items, at @resume and behind
 * @resume: range: where to go on; valid as @result
 * @delta: private
 * @state: private
 *
 * A list is a value made of elements, each its length (4 bytes, big-endian)
 * and its bytes; an empty list is an empty value. See txn_list_next().
 */
struct txn_step {
	void (*done)(struct txn_step *step);
	void *ctx;
	enum txn_kind kind;
	struct bytes key;
	struct bytes value;
	struct bytes expect;
	bool absent;
	int64_t number;
	struct bytes to;
	uint32_t limit;
	struct dht_version version;
	int status;
	struct bytes result;
	uint32_t count;
	bool more;
	struct bytes resume;
	int64_t delta;
	void *state;
};

/**
 * struct txn_options - what a transaction is told when it begins
 * @id: idempotency id, 1 to TXN_ID_MAX bytes, or empty. A transaction whose id
 *	was committed before does nothing and says so. Copied
 * @timeout_ns: time allowed from begin to commit, 0 for the default (5 s)
 * @from: the counter of its version is at least this; at most txn_now() then
 * @until: and below this, or the commit ends with -ECANCELED; 0: no bound. What
 *	holds for a time only is thus judged by the time at which it commits.
 *	Neither counts in a run
 */
struct txn_options {
	struct bytes id;
	uint64_t timeout_ns;
	uint64_t from;
	uint64_t until;
};

/**
 * struct txn_commit - the end of a transaction, in memory of the caller
 * @done: called once, never from inside txn_commit(); the transaction is gone then
 * @ctx: of the caller
 * @status: result:
 *	0: committed: all of it is done, durable, and seen by whoever reads from now on;
 *	-ECANCELED: another transaction came first. Nothing was done; begin anew;
 *	-EAGAIN: the grid does not serve. Nothing was done;
 *	-EHOSTUNREACH: a majority of the owners of a key did not answer. Nothing was done;
 *	-ETIMEDOUT: the outcome is not known; it is decided by others, now or later.
 *	With an idempotency id it can be asked for, or the whole be repeated
 * @repeated: with status 0: the id was committed before, and nothing was done now
 * @version: the version that all written keys have now
 */
struct txn_commit {
	void (*done)(struct txn_commit *commit);
	void *ctx;
	int status;
	bool repeated;
	struct dht_version version;
};

/**
 * struct txn_run - a whole transaction, in memory of the caller
 * @done: called once, never from inside txn_run_start()
 * @ctx: of the caller
 * @options: idempotency id and time
 * @steps: the steps, done in this order as far as anybody can tell; with their
 *	keys and values borrowed until @done
 * @steps_n: how many, at most TXN_STEPS_MAX
 * @strict: a step with a status other than 0 and -ENOENT ends the run with that
 *	status, and nothing is done. Otherwise such steps are left out
 * @status: result: as struct txn_commit, but -ECANCELED only when the time was
 *	over; also the errors of txn_step.status that make it impossible to go on
 *	(-E2BIG, -EAGAIN, -EHOSTUNREACH, -ETIMEDOUT). -ETIMEDOUT in a run that
 *	only reads: nothing was done
 * @repeated: as struct txn_commit; the results of the steps do not count then
 * @version: as struct txn_commit
 * @state: private
 */
struct txn_run {
	void (*done)(struct txn_run *run);
	void *ctx;
	struct txn_options options;
	struct txn_step *steps;
	uint32_t steps_n;
	bool strict;
	int status;
	bool repeated;
	struct dht_version version;
	void *state;
};

/**
 * struct txn_outcome - ask what became of an idempotency id
 * @done: called once, never from inside txn_outcome_start()
 * @ctx: of the caller
 * @id: the id; borrowed until @done
 * @timeout_ns: time allowed, 0 for the default
 * @status: 0: it was committed; -ENOENT: it was not, and from now on never will be;
 *	-EAGAIN, -EHOSTUNREACH, -ETIMEDOUT, -ECANCELED: not known, ask again
 * @state: private
 */
struct txn_outcome {
	void (*done)(struct txn_outcome *outcome);
	void *ctx;
	struct bytes id;
	uint64_t timeout_ns;
	int status;
	void *state;
};

/**
 * txn_now() - hybrid time
 * @txns: transactions of the node
 *
 * Return: microseconds since 1970, not below the version of any transaction of this
 * node; that of a transaction to come is above it.
 */
uint64_t txn_now(const struct txns *txns);

/**
 * txn_begin() - begin a transaction
 * @txns: transactions of the node
 * @options: copied; NULL for defaults
 * @out: the transaction
 *
 * Return: 0; -EINVAL, -EMSGSIZE bad id; -ENOBUFS too many at once.
 */
int txn_begin(struct txns *txns, const struct txn_options *options, struct txn **out);

/**
 * txn_do() - start a step
 * @txn: transaction that is not being committed
 * @step: step
 *
 * Steps may be started without waiting for the ones before: those of
 * different keys then go on at once, those of one key in their order.
 *
 * Return: 0 (then @step->done follows, later); -ENOBUFS too many steps at once.
 */
int txn_do(struct txn *txn, struct txn_step *step);

/**
 * txn_commit() - commit; no step may be under way
 * @txn: transaction; belongs to @commit from now on
 * @commit: @done is set
 *
 * Return: 0 (then @commit->done follows, later); -EBUSY a step is under way.
 */
int txn_commit(struct txn *txn, struct txn_commit *commit);

/**
 * txn_abort() - forget a transaction; no callback follows, of its steps neither
 * @txn: transaction
 *
 * When it is being committed its outcome is not known afterwards.
 */
void txn_abort(struct txn *txn);

/**
 * txn_run_start() - run a whole transaction
 * @txns: transactions of the node
 * @run: run
 *
 * Return: 0 (then @run->done follows, later); -EINVAL, -EMSGSIZE, -E2BIG bad
 * arguments; -ENOBUFS too many at once.
 */
int txn_run_start(struct txns *txns, struct txn_run *run);

/**
 * txn_own_start() - as txn_run_start(), and it may touch the grid's own keys (DHT_RESERVED)
 * @txns: transactions of the node
 * @run: run that no client has made
 *
 * Return: as txn_run_start().
 */
int txn_own_start(struct txns *txns, struct txn_run *run);

/**
 * txn_run_stop() - give a run up; harmless when it is not under way
 * @txns: transactions of the node
 * @run: run; @done is not called, the outcome is not known
 */
void txn_run_stop(struct txns *txns, struct txn_run *run);

/**
 * txn_outcome_start() - ask what became of an idempotency id
 * @txns: transactions of the node
 * @outcome: question
 *
 * Return: 0 (then @outcome->done follows, later); -EINVAL, -EMSGSIZE, -ENOBUFS.
 */
int txn_outcome_start(struct txns *txns, struct txn_outcome *outcome);

/**
 * txn_outcome_stop() - give a question up; harmless when it is not under way
 * @txns: transactions of the node
 * @outcome: question
 */
void txn_outcome_stop(struct txns *txns, struct txn_outcome *outcome);

/**
 * txn_step_item() - read an item of a range, as long as the result is valid
 * @step: a range that succeeded
 * @pos: 0 at first, then as the call left it
 * @item: result
 *
 * Return: false behind the last item.
 */
bool txn_step_item(const struct txn_step *step, size_t *pos, struct dht_item *item);

/**
 * txn_list_next() - read an element of a list
 * @list: a value
 * @pos: 0 at first, then as the call left it
 * @elem: result
 *
 * Return: 1, 0 behind the last element, -EINVAL when it is not a list.
 */
int txn_list_next(struct bytes list, size_t *pos, struct bytes *elem);

/**
 * struct txn_config - limits and times
 * @txns_max: transactions at once that this node manages, those that it settles for others included
 * @steps_max: steps under way at once, over all transactions
 * @legs_max: questions to owners at once: a transaction needs one a key and class
 * @votes_max: votes of others that this node keeps track of in memory
 * @writes_max: changes of votes that wait for the store
 * @txn_ns: default time of a transaction
 * @ask_ns: time for one answer of an owner
 */
struct txn_config {
	uint32_t txns_max;
	uint32_t steps_max;
	uint32_t legs_max;
	uint32_t votes_max;
	uint32_t writes_max;
	uint64_t txn_ns;
	uint64_t ask_ns;
};

#endif
