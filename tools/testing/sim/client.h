/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Logical clients. Each has at most one operation under way, at a node of its
 * choice, and records what it asked and what it was told. When the node dies,
 * or when it loses patience, the outcome is unknown and it goes on elsewhere.
 */
#ifndef _XOS_SIM_CLIENT_H
#define _XOS_SIM_CLIENT_H

#include <dht/dht.h>

#include "sim.h"

/* More than a correct scan can return, so that a double item is seen as one. */
#define CLIENT_ITEMS_MAX (PLAN_KEYS_MAX * 4)

/**
 * struct client - a client
 * @sim: run
 * @index: which one
 * @rng: its choices
 * @machine: whom it asks
 * @op: the operation at the node
 * @call: its number in the history
 * @calls: counts operations; timers of older ones are void
 * @busy: an operation is under way
 * @looping: starts another operation by itself after each
 * @page: of a range: items in one page
 * @items: of a range: found so far
 * @item_count: how many
 * @from: of a range: where the next page begins
 * @to: of a range: where the scan ends
 * @value: bytes of the value being put
 * @status: what the last operation came to
 * @read: value that the last get saw
 */
struct client {
	struct sim *sim;
	uint32_t index;
	struct rng rng;
	struct machine *machine;
	struct dht_op op;
	size_t call;
	uint64_t calls;
	bool busy;
	bool looping;
	uint32_t page;
	struct history_item items[CLIENT_ITEMS_MAX];
	uint32_t item_count;
	struct ring_key from;
	struct ring_key to;
	uint8_t value[HISTORY_VALUE_MAX];
	int status;
	uint64_t read;
};

/**
 * clients_init() - make the clients of the plan, and one more for checkers
 * @s: run
 */
void clients_init(struct sim *s);

/**
 * clients_start() - let the clients of the plan work
 * @s: run
 */
void clients_start(struct sim *s);

/**
 * clients_idle() - has every operation come to an end?
 * @s: run
 *
 * Return: true when nobody waits.
 */
bool clients_idle(const struct sim *s);

/**
 * clients_machine_died() - operations under way at a machine are lost
 * @s: run
 * @machine: machine
 */
void clients_machine_died(struct sim *s, uint32_t machine);

/**
 * client_auditor() - the client that belongs to the checkers
 * @s: run
 *
 * Return: the client; it never works by itself.
 */
struct client *client_auditor(struct sim *s);

/**
 * client_call() - start an operation
 * @c: client that is not busy
 * @what: kind, machine, key and key_end of the operation
 *
 * What it came to is in @c->status and @c->read once @c->busy is false again.
 */
void client_call(struct client *c, const struct history_op *what);

#endif
