/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/service.yaml
 * by scripts/gen.
 *
 * What a server program (through libxos) and the agent handoffd of its machine say to
 * each other over a UNIX socket of type SOCK_SEQPACKET. Descriptors travel beside the
 * messages (SCM_RIGHTS). A connection that neither side may use at the moment is parked -
 * both hold its descriptor, so that it survives the end of either.
 */
#ifndef _XOS_WIRE_SERVICE_H
#define _XOS_WIRE_SERVICE_H

#include <wire/wire.h>
#include <wire/common.h>
#include <wire/dserver.h>

#define WIRE_SVC_LISTEN_NAME_LEN_MAX 64

/**
 * struct wire_svc_listen - Program to agent
 * @server: Address and port it listens on
 * @name: Name of the program (at most 64 bytes, UTF-8)
 * @has_name: is @name there?
 */
struct wire_svc_listen {
	struct xos_addr server;
	struct bytes name;
	bool has_name;
};

extern const struct wire_set wire_svc_listen_set;

#define WIRE_SVC_WELCOME_MEMBER_LEN_MAX 64

/**
 * struct wire_svc_welcome - Agent to program
 * @error: 0, or a positive errno
 * @member: Name of the node in the group (at most 64 bytes, UTF-8)
 * @has_member: is @member there?
 */
struct wire_svc_welcome {
	uint32_t error;
	struct bytes member;
	bool has_member;
};

extern const struct wire_set wire_svc_welcome_set;

/**
 * struct wire_svc_release - Agent to program
 * @tx: The move
 * @client: Address and port of the client end
 * @peer: Agent that the connection goes to; kept while the connection is parked
 */
struct wire_svc_release {
	struct xos_id tx;
	struct xos_addr client;
	struct xos_addr peer;
};

extern const struct wire_set wire_svc_release_set;

#define WIRE_SVC_RELEASED_APP_LEN_MAX 65536

/**
 * struct wire_svc_released - Program to agent
 * @tx: The move
 * @error: 0, or a positive errno
 * @app: State of the application (at most 65536 bytes)
 * @has_app: is @app there?
 */
struct wire_svc_released {
	struct xos_id tx;
	uint32_t error;
	struct bytes app;
	bool has_app;
};

extern const struct wire_set wire_svc_released_set;

#define WIRE_SVC_PARK_APP_LEN_MAX 65536

/**
 * struct wire_svc_park - Agent to program, with a descriptor
 * @tx: The move
 * @client: Address and port of the client end
 * @peer: Agent that the connection comes from
 * @app: State of the application (at most 65536 bytes)
 * @has_app: is @app there?
 */
struct wire_svc_park {
	struct xos_id tx;
	struct xos_addr client;
	struct xos_addr peer;
	struct bytes app;
	bool has_app;
};

extern const struct wire_set wire_svc_park_set;

/**
 * struct wire_svc_parked - Program to agent
 * @tx: The move
 * @error: 0, or a positive errno
 */
struct wire_svc_parked {
	struct xos_id tx;
	uint32_t error;
};

extern const struct wire_set wire_svc_parked_set;

/**
 * struct wire_svc_go - Agent to program
 * @tx: The move
 */
struct wire_svc_go {
	struct xos_id tx;
};

extern const struct wire_set wire_svc_go_set;

/**
 * struct wire_svc_drop - Agent to program
 * @tx: The move
 */
struct wire_svc_drop {
	struct xos_id tx;
};

extern const struct wire_set wire_svc_drop_set;

#define WIRE_SVC_REOFFER_APP_LEN_MAX 65536

/**
 * struct wire_svc_reoffer - Program to agent, with the descriptor, after svc-listen on a
 *   new socket - a connection that was parked when the agent went away
 * @tx: The move
 * @client: Address and port of the client end
 * @peer: Agent that it goes to or comes from
 * @arriving: It was parked by svc-park
 * @app: State of the application (at most 65536 bytes)
 * @has_app: is @app there?
 */
struct wire_svc_reoffer {
	struct xos_id tx;
	struct xos_addr client;
	struct xos_addr peer;
	bool arriving;
	struct bytes app;
	bool has_app;
};

extern const struct wire_set wire_svc_reoffer_set;

/* A whole svc-listen message is never longer. */
#define WIRE_SVC_LISTEN_SIZE_MAX 110

extern const struct wire_msg wire_svc_listen_msg;

/**
 * wire_svc_listen_encode() - append a whole message: Program to agent
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_listen_encode(const struct wire_svc_listen *m, struct buf *out)
{
	return wire_encode(&wire_svc_listen_msg, m, out);
}

/**
 * wire_svc_listen_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_listen_decode(struct bytes in, struct wire_svc_listen *m)
{
	return wire_decode(&wire_svc_listen_msg, in, m);
}

/**
 * wire_svc_listen_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_listen_body_decode(const struct wire_header *h,
					      struct wire_svc_listen *m)
{
	return wire_body_decode(&wire_svc_listen_msg, h, m);
}

/* A whole svc-welcome message is never longer. */
#define WIRE_SVC_WELCOME_SIZE_MAX 96

extern const struct wire_msg wire_svc_welcome_msg;

/**
 * wire_svc_welcome_encode() - append a whole message: Agent to program
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_welcome_encode(const struct wire_svc_welcome *m, struct buf *out)
{
	return wire_encode(&wire_svc_welcome_msg, m, out);
}

/**
 * wire_svc_welcome_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_welcome_decode(struct bytes in, struct wire_svc_welcome *m)
{
	return wire_decode(&wire_svc_welcome_msg, in, m);
}

/**
 * wire_svc_welcome_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_welcome_body_decode(const struct wire_header *h,
					       struct wire_svc_welcome *m)
{
	return wire_body_decode(&wire_svc_welcome_msg, h, m);
}

/* A whole svc-release message is never longer. */
#define WIRE_SVC_RELEASE_SIZE_MAX 86

extern const struct wire_msg wire_svc_release_msg;

/**
 * wire_svc_release_encode() - append a whole message: Agent to program
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_release_encode(const struct wire_svc_release *m, struct buf *out)
{
	return wire_encode(&wire_svc_release_msg, m, out);
}

/**
 * wire_svc_release_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_release_decode(struct bytes in, struct wire_svc_release *m)
{
	return wire_decode(&wire_svc_release_msg, in, m);
}

/**
 * wire_svc_release_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_release_body_decode(const struct wire_header *h,
					       struct wire_svc_release *m)
{
	return wire_body_decode(&wire_svc_release_msg, h, m);
}

/* A whole svc-released message is never longer. */
#define WIRE_SVC_RELEASED_SIZE_MAX 65590

extern const struct wire_msg wire_svc_released_msg;

/**
 * wire_svc_released_encode() - append a whole message: Program to agent
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_released_encode(const struct wire_svc_released *m, struct buf *out)
{
	return wire_encode(&wire_svc_released_msg, m, out);
}

/**
 * wire_svc_released_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_released_decode(struct bytes in, struct wire_svc_released *m)
{
	return wire_decode(&wire_svc_released_msg, in, m);
}

/**
 * wire_svc_released_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_released_body_decode(const struct wire_header *h,
						struct wire_svc_released *m)
{
	return wire_body_decode(&wire_svc_released_msg, h, m);
}

/* A whole svc-park message is never longer. */
#define WIRE_SVC_PARK_SIZE_MAX 65628

extern const struct wire_msg wire_svc_park_msg;

/**
 * wire_svc_park_encode() - append a whole message: Agent to program, with a descriptor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_park_encode(const struct wire_svc_park *m, struct buf *out)
{
	return wire_encode(&wire_svc_park_msg, m, out);
}

/**
 * wire_svc_park_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_park_decode(struct bytes in, struct wire_svc_park *m)
{
	return wire_decode(&wire_svc_park_msg, in, m);
}

/**
 * wire_svc_park_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_park_body_decode(const struct wire_header *h, struct wire_svc_park *m)
{
	return wire_body_decode(&wire_svc_park_msg, h, m);
}

/* A whole svc-parked message is never longer. */
#define WIRE_SVC_PARKED_SIZE_MAX 48

extern const struct wire_msg wire_svc_parked_msg;

/**
 * wire_svc_parked_encode() - append a whole message: Program to agent
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_parked_encode(const struct wire_svc_parked *m, struct buf *out)
{
	return wire_encode(&wire_svc_parked_msg, m, out);
}

/**
 * wire_svc_parked_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_parked_decode(struct bytes in, struct wire_svc_parked *m)
{
	return wire_decode(&wire_svc_parked_msg, in, m);
}

/**
 * wire_svc_parked_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_parked_body_decode(const struct wire_header *h,
					      struct wire_svc_parked *m)
{
	return wire_body_decode(&wire_svc_parked_msg, h, m);
}

/* A whole svc-go message is never longer. */
#define WIRE_SVC_GO_SIZE_MAX 38

extern const struct wire_msg wire_svc_go_msg;

/**
 * wire_svc_go_encode() - append a whole message: Agent to program
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_go_encode(const struct wire_svc_go *m, struct buf *out)
{
	return wire_encode(&wire_svc_go_msg, m, out);
}

/**
 * wire_svc_go_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_go_decode(struct bytes in, struct wire_svc_go *m)
{
	return wire_decode(&wire_svc_go_msg, in, m);
}

/**
 * wire_svc_go_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_go_body_decode(const struct wire_header *h, struct wire_svc_go *m)
{
	return wire_body_decode(&wire_svc_go_msg, h, m);
}

/* A whole svc-drop message is never longer. */
#define WIRE_SVC_DROP_SIZE_MAX 38

extern const struct wire_msg wire_svc_drop_msg;

/**
 * wire_svc_drop_encode() - append a whole message: Agent to program
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_drop_encode(const struct wire_svc_drop *m, struct buf *out)
{
	return wire_encode(&wire_svc_drop_msg, m, out);
}

/**
 * wire_svc_drop_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_drop_decode(struct bytes in, struct wire_svc_drop *m)
{
	return wire_decode(&wire_svc_drop_msg, in, m);
}

/**
 * wire_svc_drop_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_drop_body_decode(const struct wire_header *h, struct wire_svc_drop *m)
{
	return wire_body_decode(&wire_svc_drop_msg, h, m);
}

/* A whole svc-reoffer message is never longer. */
#define WIRE_SVC_REOFFER_SIZE_MAX 65634

extern const struct wire_msg wire_svc_reoffer_msg;

/**
 * wire_svc_reoffer_encode() - append a whole message: Program to agent, with the
 *   descriptor, after svc-listen on a new socket - a connection that was parked when the
 *   agent went away
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_svc_reoffer_encode(const struct wire_svc_reoffer *m, struct buf *out)
{
	return wire_encode(&wire_svc_reoffer_msg, m, out);
}

/**
 * wire_svc_reoffer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_reoffer_decode(struct bytes in, struct wire_svc_reoffer *m)
{
	return wire_decode(&wire_svc_reoffer_msg, in, m);
}

/**
 * wire_svc_reoffer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_svc_reoffer_body_decode(const struct wire_header *h,
					       struct wire_svc_reoffer *m)
{
	return wire_body_decode(&wire_svc_reoffer_msg, h, m);
}

#endif
