/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the clients that run transactions did and saw; see txnwork.h. */
#ifndef _XOS_SIM_TXNLOG_H
#define _XOS_SIM_TXNLOG_H

#include "history.h"

#define TXNWORK_CLIENTS_MAX 6
/* Groups of keys that lie together; lists of a group; steps of a transaction. */
#define TXNWORK_GROUPS	    3
#define TXNWORK_LISTS	    48
#define TXNWORK_STEPS	    4
#define TXNWORK_ACCOUNTS    5
/* Appends to a list before the clients go on to the next one of its slot. */
#define TXNWORK_APPENDS	    40
#define TXNWORK_KEY_MAX	    16

enum txnwork_kind {
	TXNWORK_LIST,
	TXNWORK_TRANSFER,
	TXNWORK_AUDIT,
	TXNWORK_PAIR,
	TXNWORK_PAIR_READ
};

/**
 * struct txnwork_read - a list as a transaction saw it
 * @list: which
 * @n: elements
 * @at: where they begin in txnwork.elems
 * @appended: the last one is what the transaction itself appended
 */
struct txnwork_read {
	uint32_t list;
	uint32_t n;
	size_t at;
	bool appended;
};

/**
 * struct txnwork_txn - one transaction
 * @kind: what it does
 * @outcome: how it ended
 * @status: what the node said
 * @client: who
 * @machine: manager
 * @invoked: step at which it began
 * @returned: step at which it ended
 * @reads: where its reads begin in txnwork.reads
 * @read_n: how many
 * @append_n: elements appended
 * @append: lists that they were appended to; element i is @index * TXNWORK_STEPS + i + 1
 * @sum: audit: what was found; pair: the values read
 */
struct txnwork_txn {
	enum txnwork_kind kind;
	enum history_outcome outcome;
	int status;
	uint32_t client;
	uint32_t machine;
	uint64_t invoked;
	uint64_t returned;
	size_t reads;
	uint32_t read_n;
	uint32_t append_n;
	uint32_t append[TXNWORK_STEPS];
	int64_t sum[2];
};

struct txnwork_client;

/**
 * struct txnwork - everything
 * @txns: transactions in the order in which they began
 * @count: how many
 * @cap: room in @txns
 * @reads: lists read
 * @read_count: how many
 * @read_cap: room in @reads
 * @elems: elements read
 * @elem_count: how many
 * @elem_cap: room in @elems
 * @appends: elements that clients have tried to append, by slot of lists
 * @clients: clients, the last one is that of the checkers
 * @client_n: how many, without it
 */
struct txnwork {
	struct txnwork_txn *txns;
	size_t count;
	size_t cap;
	struct txnwork_read *reads;
	size_t read_count;
	size_t read_cap;
	uint64_t *elems;
	size_t elem_count;
	size_t elem_cap;
	uint32_t appends[TXNWORK_GROUPS];
	struct txnwork_client *clients;
	uint32_t client_n;
};

#endif
