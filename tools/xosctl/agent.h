/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asking an agent: one connection per agent and run, errors turned into exit statuses. */
#ifndef _XOS_XOSCTL_AGENT_H
#define _XOS_XOSCTL_AGENT_H

#include <libxos/client.h>

#include "xosctl.h"

#define AGENT_XOSD     "xosd"
#define AGENT_HANDOFFD "handoffd"
#define AGENT_VNODED   "vnoded"

/**
 * agent_open() - the connection to an agent
 * @name: AGENT_XOSD, AGENT_HANDOFFD or AGENT_VNODED
 * @out: the connection, kept until the program ends
 *
 * Return: EXIT_OK, or EXIT_UNREACHABLE after a complaint.
 */
int agent_open(const char *name, struct client **out);

/**
 * agent_call() - ask, and complain about a refusal
 * @c: connection
 * @request: whole message
 * @item: sees the items of the answer, may be NULL
 * @ctx: its argument
 *
 * Return: an enum xosctl_exit.
 */
int agent_call(struct client *c, struct bytes request, client_item_fn item, void *ctx);

/**
 * agent_verdict() - complain about what client_call() returned
 * @c: connection
 * @err: 0 or a negative errno
 *
 * Return: an enum xosctl_exit.
 */
int agent_verdict(struct client *c, int err);

/* Room for one request. */
extern uint8_t agent_request[CLIENT_MSG_MAX];

/**
 * AGENT_REQUEST() - encode a request and send it
 * @agent: name of the agent
 * @msg: message name as generated, e.g. ctl_status
 * @item: sees the items of the answer
 * @ctx: its argument
 * @...: fields of the message besides seq
 *
 * Return: an enum xosctl_exit.
 */
#define AGENT_REQUEST(agent, msg, item, ctx, ...)                                           \
	({                                                                                  \
		struct buf _b = buf_of(agent_request, sizeof(agent_request));               \
		struct client *_c;                                                          \
		int _status = agent_open(agent, &_c);                                       \
                                                                                            \
		if (_status == EXIT_OK) {                                                   \
			struct wire_##msg _m = { .seq = client_next_seq(_c), __VA_ARGS__ }; \
                                                                                            \
			if (wire_##msg##_encode(&_m, &_b))                                  \
				_status = fail(EXIT_SYNTAX, "an argument is too long");     \
			else                                                                \
				_status = agent_call(_c, buf_bytes(&_b), item, ctx);        \
		}                                                                           \
		_status;                                                                    \
	})

#endif
