/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Generic netlink sockets of one family: requests, dumps, events. The typed
 * functions that users call are in the generated headers xos_*_user.h.
 *
 * A socket is used by one thread. Requests block, but the kernel answers them
 * before the sending system call returns, so that nothing is waited for.
 */
#ifndef _XOS_NL_NL_SOCK_H
#define _XOS_NL_NL_SOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <nl/nl_attr.h>

struct xnl_sock;

/* A dump that changes under the reader starts again so often, then it fails. */
#define XNL_DUMP_TRIES_MAX 16
/* Longest request, and longest message that is received, in bytes. */
#define XNL_MSG_LEN_MAX	   65536

/**
 * struct xnl_op - an operation of a family
 * @name: as in the YAML file
 * @set: its attributes
 * @cmd: its number
 */
struct xnl_op {
	const char *name;
	const struct xnl_set *set;
	uint8_t cmd;
};

/**
 * struct xnl_family - a generic netlink family
 * @name: its name in the kernel
 * @ops: its operations, notifications included
 * @sets: its attribute sets
 * @ops_n: number of operations
 * @sets_n: number of sets
 * @version: its version
 */
struct xnl_family {
	const char *name;
	const struct xnl_op *ops;
	const struct xnl_set *const *sets;
	uint16_t ops_n;
	uint16_t sets_n;
	uint8_t version;
};

/**
 * struct xnl_error - why the last request failed
 * @code: negative errno, 0 when it did not fail
 * @text: what the kernel says in plain English; may be empty
 * @attr: name of the attribute that is to blame, nested ones joined by dots;
 *   may be empty
 * @missing: @attr is not there but should be
 */
struct xnl_error {
	int code;
	char text[200];
	char attr[56];
	bool missing;
};

/**
 * struct xnl_event - a notification of the kernel
 * @op: its operation
 * @attrs: its attributes
 */
struct xnl_event {
	const struct xnl_op *op;
	struct bytes attrs;
};

/**
 * xnl_open() - open a socket
 * @family: whom to talk to
 * @netns: network namespace to talk to: a name as "ip netns" has it, or a path
 *   with a slash in it; NULL for that of the caller
 * @out: the socket; xnl_close() frees it
 *
 * Opening in another namespace needs CAP_SYS_ADMIN.
 *
 * Return: 0; -ENOENT when the family (its module) or the namespace is not
 * there; another negative errno.
 */
int xnl_open(const struct xnl_family *family, const char *netns, struct xnl_sock **out);

/**
 * xnl_adopt() - take over a netlink socket that another process opened
 * @family: whom it talks to
 * @fd: the socket; taken over, on failure it is closed
 * @out: the socket; xnl_close() frees it
 *
 * Return: as xnl_open().
 */
int xnl_adopt(const struct xnl_family *family, int fd, struct xnl_sock **out);

/**
 * xnl_close() - close a socket
 * @s: socket, or NULL
 */
void xnl_close(struct xnl_sock *s);

/**
 * xnl_fd() - file descriptor, to wait for events or to hand the socket over
 * @s: socket
 *
 * Return: the descriptor; it stays the socket's.
 */
int xnl_fd(const struct xnl_sock *s);

/**
 * xnl_last_error() - why the last request failed
 * @s: socket
 *
 * Return: the reason, valid until the next request.
 */
const struct xnl_error *xnl_last_error(const struct xnl_sock *s);

/**
 * xnl_error_text() - the same as one line for people
 * @s: socket
 *
 * Return: text such as "xos_handoff: member is draining (attribute id)", valid
 * until the next request.
 */
const char *xnl_error_text(struct xnl_sock *s);

/**
 * xnl_do() - one request
 * @s: socket, not one for events
 * @op: operation
 * @req: struct of its set; NULL for no attributes
 * @rep: struct of its set for the reply, which borrows the socket until the
 *   next request; NULL when none is wanted
 *
 * Return: 0 when the kernel acknowledged it; -EPROTO when a reply was wanted and
 * there was none; the kernel's error, or that of the socket.
 */
int xnl_do(struct xnl_sock *s, const struct xnl_op *op, const void *req, void *rep);

/**
 * xnl_dump() - read all objects
 * @s: socket, not one for events
 * @op: operation
 * @req: struct of its set that narrows the dump; NULL for no attributes
 * @fn: called for each object; with NULL when the tables changed meanwhile and
 *   the dump starts again, so that what was seen is void. A value other than 0
 *   ends the dump. The object borrows the socket during the call.
 * @arg: for @fn
 *
 * Return: 0; what @fn returned; -EINTR when the tables never stood still; the
 * kernel's error, or that of the socket.
 */
int xnl_dump(struct xnl_sock *s, const struct xnl_op *op, const void *req,
	     int (*fn)(void *arg, const void *item), void *arg);

/**
 * xnl_join() - receive the events of a multicast group
 * @s: socket; serves for nothing but events from now on
 * @group: name of the group
 *
 * Return: 0, -ENOENT when the family has no such group, or another negative errno.
 */
int xnl_join(struct xnl_sock *s, const char *group);

/**
 * xnl_events() - take all events that have come, without waiting
 * @s: socket that has joined a group
 * @fn: called for each event; with NULL when events were lost: read everything
 *   again by dumps. The event borrows the socket during the call.
 * @arg: for @fn
 *
 * Return: 0, or the socket's error.
 */
int xnl_events(struct xnl_sock *s, void (*fn)(void *arg, const struct xnl_event *ev), void *arg);

/**
 * xnl_event_parse() - attributes of an event
 * @ev: event
 * @op: operation that it should be
 * @out: struct of its set; borrows what the event borrows
 *
 * Return: 0; -ENOMSG when it is another operation; -EBADMSG.
 */
int xnl_event_parse(const struct xnl_event *ev, const struct xnl_op *op, void *out);

#endif
