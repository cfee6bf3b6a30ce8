/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "Who owns this key?" over the network: the agent's side of what the kernel
 * module xos_lookup answers in softirq (Documentation/wire/lookup.rst). Answers the
 * queries that the module let through, and asks other nodes. Pure.
 */
#ifndef _XOS_XOSD_NODE_LOOKUP_H
#define _XOS_XOSD_NODE_LOOKUP_H

#include <base/arena.h>
#include <base/list.h>
#include <env/env.h>
#include <overlay/key.h>
#include <wire/lookup.h>

#include "node.h"

/* Queries being answered at once; further ones are dropped and counted. */
#define LOOKUP_SERVED_MAX 64
/* Times that a query is sent before it is given up. */
#define LOOKUP_TRIES	  4
/* Time between them. */
#define LOOKUP_RETRY_NS	  (300 * ENV_MS)

/**
 * struct lookup_ask - one question, in memory of the caller until @done
 * @done: called once, never from inside lookup_ask(); of the caller
 * @ctx: of the caller
 * @via: node that is asked; of the caller
 * @key: key, borrowed until @done; of the caller
 * @status: result: 0, -ETIMEDOUT
 * @epoch: result: greatest epoch of the arcs named
 * @owners_n: result: owners known
 * @owners: result
 * @id: private: number of the query
 * @tries: private: times it was sent
 * @timer: private
 * @node: private
 * @service: private
 */
struct lookup_ask {
	void (*done)(struct lookup_ask *ask);
	void *ctx;
	struct xos_addr via;
	struct bytes key;
	int status;
	uint64_t epoch;
	uint32_t owners_n;
	struct wire_owner owners[WIRE_LOOKUP_OWNERS];
	uint64_t id;
	uint32_t tries;
	struct env_timer timer;
	struct cds_list_head node;
	struct lookup_service *service;
};

/**
 * struct lookup_service - answers and asks
 * @env: environment
 * @ring: the node whose view of the ring is told
 * @served: memory of queries being answered
 * @asked: questions in flight
 * @answered: queries answered
 * @unknown: queries dropped because no owner was found
 * @malformed: messages dropped because they could not be decoded
 */
struct lookup_service {
	struct env *env;
	struct node *ring;
	struct pool served;
	struct cds_list_head asked;
	uint64_t answered;
	uint64_t unknown;
	uint64_t malformed;
};

/**
 * lookup_service_size() - memory that a service takes from its arena
 *
 * Return: bytes.
 */
size_t lookup_service_size(void);

/**
 * lookup_service_init() - begin
 * @s: service
 * @arena: memory
 * @env: environment, must outlive the service
 * @ring: node, must outlive the service
 */
void lookup_service_init(struct lookup_service *s, struct arena *arena, struct env *env,
			 struct node *ring);

/**
 * lookup_service_takes() - is a message of the lookup family?
 * @type: message type
 *
 * Return: whether lookup_service_recv() is who to give it to.
 */
static inline bool lookup_service_takes(uint16_t type)
{
	return type == WIRE_LOOKUP_QUERY || type == WIRE_LOOKUP_ANSWER;
}

/**
 * lookup_service_recv() - a message of the lookup family arrived
 * @s: service
 * @from: authenticated sender
 * @msg: whole message
 */
void lookup_service_recv(struct lookup_service *s, const struct env_peer *from, struct bytes msg);

/**
 * lookup_ask() - ask a node
 * @s: service
 * @ask: question, @done, @via and @key set
 *
 * Return: 0 (then @done follows), -EMSGSIZE for too long a key.
 */
int lookup_ask(struct lookup_service *s, struct lookup_ask *ask);

/**
 * lookup_ask_cancel() - give a question up; @done is not called
 * @ask: question in flight
 */
void lookup_ask_cancel(struct lookup_ask *ask);

#endif
