/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Control socket of an agent: UNIX SOCK_SEQPACKET, a wire message a packet. A
 * request carries a number; the answer is any count of items with that number,
 * then ctl-done. Who may connect: root, the agent's own user, members of one
 * group; the file's mode says so and the peer's credentials are checked too.
 *
 * Everything runs on the thread of the event loop.
 */
#ifndef _XOS_DAEMON_CONTROL_H
#define _XOS_DAEMON_CONTROL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <base/buf.h>
#include <base/bytes.h>
#include <env/env_uv.h>
#include <wire/wire.h>

/* Clients at once; further ones are closed at once and counted. */
#define CONTROL_CLIENTS_MAX 256
/* How long nobody is taken after there was no descriptor for it. */
#define CONTROL_PAUSE_NS    (200 * ENV_MS)
/* Longest message. */
#define CONTROL_MSG_MAX	    (128 * 1024)
/* Bytes queued to a client that does not read; then it is closed and counted. */
#define CONTROL_QUEUE_MAX   (4 * 1024 * 1024)
/* Longest text of a ctl-done. */
#define CONTROL_TEXT_MAX    512

struct control_server;
struct control_client;

/**
 * typedef control_request_fn - a request arrived
 * @ctx: from the configuration
 * @client: who asks; valid during the call, longer with control_client_get()
 * @type: message type
 * @msg: whole message, its checksum is right; valid during the call
 * @fd: descriptor that came with it, to be closed by the handler, or -1
 */
typedef void (*control_request_fn)(void *ctx, struct control_client *client, uint16_t type,
				   struct bytes msg, int fd);

/**
 * struct control_config - a control socket
 * @path: where; what is there and is a socket is replaced
 * @gid: group that may connect; (gid_t)-1 for none
 * @request: called for each request
 * @closed: called when a client is gone, before its last reference is put; may be NULL
 * @ctx: argument of both
 */
struct control_config {
	const char *path;
	gid_t gid;
	control_request_fn request;
	void (*closed)(void *ctx, struct control_client *client);
	void *ctx;
};

/**
 * struct control_counters - since start
 * @accepted: clients
 * @refused_credentials: closed because of who they are
 * @refused_limit: closed because there were too many
 * @accept_failed: how often nobody could be taken, for want of descriptors or memory
 * @requests: messages received
 * @malformed: clients closed because of a message that could not be decoded
 * @overflow: clients closed because they did not read
 */
struct control_counters {
	uint64_t accepted;
	uint64_t refused_credentials;
	uint64_t refused_limit;
	uint64_t accept_failed;
	uint64_t requests;
	uint64_t malformed;
	uint64_t overflow;
};

/**
 * control_server_create() - open the socket
 * @env: event loop, must outlive the server
 * @config: copied, but for the strings, which must live as long
 * @out: result
 *
 * Return: 0 or a negative errno of socket(2), bind(2), chown(2); -ENAMETOOLONG; -ENOMEM.
 */
int control_server_create(struct env_uv *env, const struct control_config *config,
			  struct control_server **out);

/**
 * control_server_destroy() - close all clients and the socket, remove the file
 * @s: server; NULL is ignored. References to clients that are still held stay
 *	valid until they are put
 */
void control_server_destroy(struct control_server *s);

/**
 * control_counters() - counters
 * @s: server
 *
 * Return: the counters, as long as @s.
 */
const struct control_counters *control_counters(const struct control_server *s);

/**
 * control_client_get() - keep a client beyond the call
 * @c: client
 *
 * Return: @c, to be given back with control_client_put().
 */
struct control_client *control_client_get(struct control_client *c);

/**
 * control_client_put() - give a client back
 * @c: client
 */
void control_client_put(struct control_client *c);

/**
 * control_client_open() - is it still connected?
 * @c: client
 *
 * Return: false when all that is sent to it is dropped.
 */
bool control_client_open(const struct control_client *c);

/**
 * control_client_admin() - may it change the agent itself?
 * @c: client
 *
 * Return: true for root and the agent's own user; members of the group use the grid only.
 */
bool control_client_admin(const struct control_client *c);

/**
 * control_client_who() - who it was when it connected
 * @c: client
 * @uid: result: user
 * @pid: result: process, as this process sees it
 */
void control_client_who(const struct control_client *c, uid_t *uid, pid_t *pid);

/**
 * control_audit() - write a line of the audit: who asked for what
 * @env: log
 * @c: client
 * @what: what it asks for, without secrets
 * @name: of what; escaped, cut off when it is long. Empty: of nothing
 * @done: it may; false: it is refused
 */
void control_audit(struct env *env, const struct control_client *c, const char *what,
		   struct bytes name, bool done);

/**
 * control_send() - send a message, or queue it
 * @c: client
 * @msg: whole message, copied
 *
 * Return: 0; -ECONNRESET when the client is gone or had to be closed.
 */
int control_send(struct control_client *c, struct bytes msg);

/**
 * control_room() - room to encode a message in, valid until it is asked for again
 *
 * For the thread of the event loop.
 *
 * Return: an empty buffer of CONTROL_MSG_MAX bytes.
 */
struct buf control_room(void);

/**
 * CONTROL_SAY() - encode a message and send it
 * @client: client
 * @number: of the request that it answers
 * @msg: name of the message, as in wire_NAME_encode()
 * @...: its fields
 *
 * What does not fit into a message is not said. For the thread of the event loop, see
 * control_room().
 */
#define CONTROL_SAY(client, number, msg, ...)                            \
	do {                                                             \
		struct buf _b = control_room();                          \
		struct wire_##msg _m = { .seq = (number), __VA_ARGS__ }; \
                                                                         \
		if (!wire_##msg##_encode(&_m, &_b))                      \
			control_send(client, buf_bytes(&_b));            \
	} while (0)

/**
 * control_send_fd() - send a message with a descriptor beside it, at once
 * @c: client
 * @msg: whole message
 * @fd: descriptor; stays the caller's
 *
 * Return: 0; -EAGAIN when the client has to read first (nothing is queued);
 * -ECONNRESET when it is gone.
 */
int control_send_fd(struct control_client *c, struct bytes msg, int fd);

/**
 * control_done() - end an answer
 * @c: client
 * @seq: number of the request
 * @error: 0 or a negative errno
 * @fmt: why, for people; NULL for what strerror(3) says
 */
__attribute__((format(printf, 4, 5))) void control_done(struct control_client *c, uint32_t seq,
							int error, const char *fmt, ...);

/**
 * control_on_drain() - be called when what is queued has been sent
 * @c: client
 * @drained: called once from the event loop, also when the client is closed
 *	instead; one at a time a client
 * @ctx: its argument
 *
 * For long answers: produce a page, wait, produce the next.
 */
void control_on_drain(struct control_client *c, void (*drained)(void *ctx), void *ctx);

#endif
