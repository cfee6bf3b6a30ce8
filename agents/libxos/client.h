/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Client end of a control socket: sends a request, hands each item of the answer
 * to a callback, ends with the agent's verdict. Used by libxos and xosctl.
 */
#ifndef _XOS_LIBXOS_CLIENT_H
#define _XOS_LIBXOS_CLIENT_H

#include <stdint.h>

#include <base/bytes.h>

/* Largest message on a control socket: a value, a key and their envelope. */
#define CLIENT_MSG_MAX	(128 * 1024)
#define CLIENT_TEXT_MAX 512

/**
 * struct client - a connection to an agent
 * @fd: control socket, -1 when not connected
 * @timeout_ms: longest silence of the agent within one answer
 * @seq: number of the last request
 * @text: the agent's words about the last request
 * @buf: the message being looked at
 */
struct client {
	int fd;
	unsigned int timeout_ms;
	uint32_t seq;
	char text[CLIENT_TEXT_MAX];
	uint8_t *buf;
};

/**
 * typedef client_item_fn - sees one message of an answer
 * @ctx: argument of the call
 * @type: enum wire_type
 * @msg: whole message, valid during the call
 *
 * Return: 0 to go on, a negative errno to give up.
 */
typedef int (*client_item_fn)(void *ctx, uint16_t type, struct bytes msg);

/**
 * client_open() - connect
 * @c: client, uninitialised
 * @path: control socket
 * @timeout_ms: see struct client
 *
 * Return: 0 or a negative errno of socket(2), connect(2).
 */
int client_open(struct client *c, const char *path, unsigned int timeout_ms);

/**
 * client_close() - disconnect; harmless when not connected
 * @c: client
 */
void client_close(struct client *c);

/**
 * client_call() - one request, with its answer
 * @c: client
 * @request: whole message, its seq field set to client_next_seq()
 * @item: called for each item of the answer; NULL when none are expected
 * @ctx: its argument
 *
 * Return: 0; the agent's error as a negative errno (its words in @c->text);
 * -ETIMEDOUT; -ECONNRESET when the agent went away; -EPROTO for an answer that
 * is not understood.
 */
int client_call(struct client *c, struct bytes request, client_item_fn item, void *ctx);

/**
 * client_next_seq() - number for the next request
 * @c: client
 *
 * Return: the number, unique on this connection.
 */
static inline uint32_t client_next_seq(struct client *c)
{
	return ++c->seq;
}

#endif
