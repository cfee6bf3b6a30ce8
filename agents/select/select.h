/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Selection: machines are found by asking each for itself. The node that is asked
 * by a client asks the members that it is given, each of which checks its own
 * current attributes; nothing is registered anywhere. Questions are datagrams
 * (on the stream when they are long), repeated until they are answered.
 */
#ifndef _XOS_SELECT_SELECT_H
#define _XOS_SELECT_SELECT_H

#include <base/arena.h>
#include <base/list.h>
#include <env/env.h>
#include <select/attr.h>
#include <select/query.h>

/* Queries of clients at once; further ones are refused and counted. */
#define SELECT_QUERIES_MAX 32
/* Members asked by one query; with more the answer is partial. */
#define SELECT_PEERS_MAX   1024
/* Times that a member is asked, and the time between them. */
#define SELECT_TRIES	   4
#define SELECT_RETRY_NS	   (400 * ENV_MS)

struct select;

/**
 * enum select_outcome - how much of the grid an answer stands for
 * @SELECT_COMPLETE: every member said what it is
 * @SELECT_PARTIAL: some did not answer, or are not known
 * @SELECT_LIMIT: as many as were wanted were found
 */
enum select_outcome { SELECT_COMPLETE, SELECT_PARTIAL, SELECT_LIMIT };

/**
 * struct select_op - one query, in memory of the caller until @done
 * @found: called for each machine that matches; of the caller
 * @done: called once, never from inside select_start(); of the caller
 * @ctx: of the caller
 * @status: result: 0; -ENOENT when fewer than "min" machines match
 * @outcome: result
 * @count: result: machines found
 * @state: private
 */
struct select_op {
	void (*found)(struct select_op *op, const struct env_peer *peer);
	void (*done)(struct select_op *op);
	void *ctx;
	int status;
	enum select_outcome outcome;
	uint32_t count;
	void *state;
};

/**
 * struct select_counters - since start
 * @asked: questions sent, repeated ones included
 * @answered: questions of others answered
 * @malformed: messages that could not be decoded, queries not understood
 * @refused: queries of clients refused, too many at once
 * @silent: members that did not answer
 */
struct select_counters {
	uint64_t asked;
	uint64_t answered;
	uint64_t malformed;
	uint64_t refused;
	uint64_t silent;
};

/**
 * select_arena_size() - memory that selection needs
 *
 * Return: bytes.
 */
size_t select_arena_size(void);

/**
 * select_init() - begin, without attributes
 * @arena: memory
 * @env: environment
 * @self: this node
 *
 * Return: the selection, in the arena.
 */
struct select *select_init(struct arena *arena, struct env *env, const struct env_peer *self);

/**
 * select_attributes() - the attributes of this machine, which the caller may change
 * @s: selection
 *
 * Return: the set.
 */
struct attr_set *select_attributes(struct select *s);

/**
 * select_takes() - is a message of the select family?
 * @type: message type
 *
 * Return: whether select_recv() is who to give it to.
 */
bool select_takes(uint16_t type);

/**
 * select_recv() - a message of the select family arrived
 * @s: selection
 * @from: authenticated sender
 * @msg: whole message
 */
void select_recv(struct select *s, const struct env_peer *from, struct bytes msg);

/**
 * select_start() - start a query
 * @s: selection
 * @op: @found, @done and @ctx are set
 * @text: query
 * @err: filled when the text is no query
 *
 * Members follow by select_ask() and select_asked_all().
 * Return: 0 (then @op->done follows), -EINVAL, -ENOBUFS.
 */
int select_start(struct select *s, struct select_op *op, struct bytes text,
		 struct query_error *err);

/**
 * select_ask() - ask a member too
 * @s: selection
 * @op: query in flight; nothing happens when it has ended
 * @peer: member; this node itself answers at once
 */
void select_ask(struct select *s, struct select_op *op, const struct env_peer *peer);

/**
 * select_asked_all() - no more members follow
 * @s: selection
 * @op: query in flight; nothing happens when it has ended
 * @complete: all members of the grid were named
 */
void select_asked_all(struct select *s, struct select_op *op, bool complete);

/**
 * select_cancel() - give a query up; @done is not called. Harmless when it has ended
 * @s: selection
 * @op: query
 */
void select_cancel(struct select *s, struct select_op *op);

/**
 * select_counters() - what has happened since start
 * @s: selection
 *
 * Return: the counters.
 */
const struct select_counters *select_counters(const struct select *s);

#endif
