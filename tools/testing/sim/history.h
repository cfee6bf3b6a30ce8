/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the clients did and saw. Every value ever written is unique and says
 * who wrote it, so that a read names the write it saw.
 *
 * Time is a counter of steps, not nanoseconds: two things that happen in the
 * same virtual nanosecond still have an order.
 */
#ifndef _XOS_SIM_HISTORY_H
#define _XOS_SIM_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include <base/bytes.h>
#include <base/rng.h>
#include <dht/dht.h>

#include "plan.h"

#define HISTORY_KEY_MAX	  40
#define HISTORY_VALUE_MAX 8192
/* "no value": never written, or deleted */
#define HISTORY_ABSENT	  0
/* a value that nobody wrote */
#define HISTORY_FOREIGN	  UINT64_MAX
/* not yet, or never */
#define HISTORY_FOREVER	  UINT64_MAX

enum history_kind { HISTORY_PUT, HISTORY_DEL, HISTORY_GET, HISTORY_RANGE };

/**
 * enum history_outcome - how an operation ended
 * @HISTORY_PENDING: it has not, as far as the client knows
 * @HISTORY_OK: done
 * @HISTORY_FAILED: refused, and the node promises that nothing was done
 * @HISTORY_UNKNOWN: an error, a crash of the node asked, or no answer in
 *	time: a write may have happened, may happen later, or never
 * @HISTORY_OUTCOMES: how many there are
 */
enum history_outcome {
	HISTORY_PENDING,
	HISTORY_OK,
	HISTORY_FAILED,
	HISTORY_UNKNOWN,
	HISTORY_OUTCOMES
};

/**
 * struct history_op - one operation
 * @kind: what
 * @outcome: how it ended
 * @status: what the node said, a negative errno or 0
 * @client: who asked
 * @machine: whom
 * @key: index of the key; of a range, the first
 * @key_end: of a range, the index behind the last
 * @value: written or read
 * @invoked: step at which it was asked
 * @returned: step at which it was answered
 * @items: of a range, where its items begin in history.items
 * @item_count: of a range, how many
 */
struct history_op {
	enum history_kind kind;
	enum history_outcome outcome;
	int status;
	uint32_t client;
	uint32_t machine;
	uint32_t key;
	uint32_t key_end;
	uint64_t value;
	uint64_t invoked;
	uint64_t returned;
	size_t items;
	uint32_t item_count;
};

/**
 * struct history_item - what a range scan returned
 * @key: index of the key, UINT32_MAX for one that nobody wrote
 * @value: its value
 */
struct history_item {
	uint32_t key;
	uint64_t value;
};

/**
 * struct history - everything
 * @keys: the keys that the clients share, in ascending order
 * @key_count: how many
 * @acked: newest version of each that a client was told of
 * @ops: operations in the order they were asked
 * @count: how many
 * @cap: room in @ops
 * @items: what ranges returned
 * @item_count: how many
 * @item_cap: room in @items
 * @step: time
 * @value: last value given out
 * @value_max: longest value in bytes
 */
struct history {
	struct history_key {
		uint8_t data[HISTORY_KEY_MAX];
		uint8_t len;
	} keys[PLAN_KEYS_MAX];
	uint32_t key_count;
	struct dht_version acked[PLAN_KEYS_MAX];
	struct history_op *ops;
	size_t count;
	size_t cap;
	struct history_item *items;
	size_t item_count;
	size_t item_cap;
	uint64_t step;
	uint64_t value;
	uint32_t value_max;
};

/**
 * history_init() - draw the keys
 * @h: history
 * @w: how many keys, how long values are
 * @seed: seed of the run
 */
void history_init(struct history *h, const struct plan_work *w, uint64_t seed);

/**
 * history_exit() - free it
 * @h: history
 */
void history_exit(struct history *h);

/**
 * history_invoke() - an operation begins
 * @h: history
 * @op: kind, client, machine, key; a put is given a fresh value
 *
 * Return: its index.
 */
size_t history_invoke(struct history *h, const struct history_op *op);

/**
 * history_return() - an operation ends
 * @h: history
 * @index: of the operation
 * @outcome: how
 * @status: 0 or a negative errno
 * @value: of a get, the value read
 */
void history_return(struct history *h, size_t index, enum history_outcome outcome, int status,
		    uint64_t value);

/**
 * history_item() - tell which key and value these are
 * @h: history
 * @key: key found
 * @value: value found
 *
 * Return: the item.
 */
struct history_item history_item(const struct history *h, struct bytes key, struct bytes value);

/**
 * history_items() - record what a range scan found
 * @h: history
 * @index: of the operation
 * @items: what, in the order found
 * @n: how many
 */
void history_items(struct history *h, size_t index, const struct history_item *items, uint32_t n);

/**
 * history_key() - the bytes of a key
 * @h: history
 * @key: index
 *
 * Return: the bytes.
 */
struct bytes history_key(const struct history *h, uint32_t key);

/**
 * history_value_make() - the bytes of a value
 * @h: history
 * @key: index of the key it is written to
 * @value: the value
 * @out: at least HISTORY_VALUE_MAX bytes
 *
 * Return: the bytes, in @out.
 */
struct bytes history_value_make(const struct history *h, uint32_t key, uint64_t value,
				uint8_t *out);

/**
 * history_value_read() - which value is this?
 * @h: history
 * @key: index of the key it was read from
 * @data: bytes
 *
 * Return: the value, or HISTORY_FOREIGN for bytes that were never written to that key.
 */
uint64_t history_value_read(const struct history *h, uint32_t key, struct bytes data);

#endif
