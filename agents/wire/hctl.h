/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/hctl.yaml
 * by scripts/gen.
 *
 * What xosctl says to handoffd over its control socket, besides ctl-log-set and
 * ctl-log-show. Each request is answered by items with its number, then ctl-done.
 */
#ifndef _XOS_WIRE_HCTL_H
#define _XOS_WIRE_HCTL_H

#include <wire/wire.h>
#include <wire/common.h>
#include <wire/dserver.h>

/**
 * struct wire_hctl_status - Ask how the agent is
 * @seq: Number of the request
 */
struct wire_hctl_status {
	uint32_t seq;
};

extern const struct wire_set wire_hctl_status_set;

#define WIRE_HCTL_STATUS_ITEM_VERSION_LEN_MAX 64
#define WIRE_HCTL_STATUS_ITEM_NAME_LEN_MAX    64

/**
 * struct wire_hctl_status_item - How the agent is
 * @seq: Number of the request
 * @version: Version of the program (at most 64 bytes, UTF-8)
 * @name: Name of the node in groups (at most 64 bytes, UTF-8)
 * @addr: Where it listens for other agents
 * @generation: Its generation as writer of the kernel's tables
 * @vips: Addresses that it takes part in
 * @services: Programs that registered
 * @moves: Moves under way
 * @moves_out: Connections given away
 * @moves_in: Connections taken over
 * @aborted: Moves that did not happen
 * @suspected: Times that a member fell silent
 * @failed: Times that a member was given up as its host was silent too
 * @takeovers: Times that this standby took the address over
 * @clients_lost: Entries of the client table that could not be sent to the standby
 * @optimised: Clients whose packets take the direct path; only with route optimisation
 * @optimised_ever: Binding updates that clients have accepted
 * @unable: Clients that do not know Mobile IPv6
 * @silent: Clients that did not answer
 * @stalled: Clients on whose direct path nothing got through
 * @lost: Bindings that clients said they did not have
 * @has_optimised: is @optimised there?
 * @has_optimised_ever: is @optimised_ever there?
 * @has_unable: is @unable there?
 * @has_silent: is @silent there?
 * @has_stalled: is @stalled there?
 * @has_lost: is @lost there?
 */
struct wire_hctl_status_item {
	uint32_t seq;
	struct bytes version;
	struct bytes name;
	struct xos_addr addr;
	uint64_t generation;
	uint32_t vips;
	uint32_t services;
	uint32_t moves;
	uint64_t moves_out;
	uint64_t moves_in;
	uint64_t aborted;
	uint64_t suspected;
	uint64_t failed;
	uint64_t takeovers;
	uint64_t clients_lost;
	uint32_t optimised;
	uint64_t optimised_ever;
	uint64_t unable;
	uint64_t silent;
	uint64_t stalled;
	uint64_t lost;
	bool has_optimised;
	bool has_optimised_ever;
	bool has_unable;
	bool has_silent;
	bool has_stalled;
	bool has_lost;
};

extern const struct wire_set wire_hctl_status_item_set;

/**
 * struct wire_hctl_vip_show - Ask for the addresses
 * @seq: Number of the request
 */
struct wire_hctl_vip_show {
	uint32_t seq;
};

extern const struct wire_set wire_hctl_vip_show_set;

/**
 * struct wire_hctl_vip - A distributed server's address
 * @seq: Number of the request
 * @vip: Address and port, 0 for all ports
 * @contact: Where the contact node's agent listens
 * @self_contact: This node is the contact node
 * @version: Version of the group; 0 while it is not known
 * @members: Members, the contact node included
 * @draining: This node drains
 * @left: Connections that it still has, while it drains
 * @moved: Connections that it has moved away since it drains
 * @failed: Moves that did not happen since it drains
 */
struct wire_hctl_vip {
	uint32_t seq;
	struct xos_addr vip;
	struct xos_addr contact;
	bool self_contact;
	uint64_t version;
	uint32_t members;
	bool draining;
	uint32_t left;
	uint64_t moved;
	uint64_t failed;
};

extern const struct wire_set wire_hctl_vip_set;

/**
 * struct wire_hctl_member_show - Ask for the members of all addresses
 * @seq: Number of the request
 */
struct wire_hctl_member_show {
	uint32_t seq;
};

extern const struct wire_set wire_hctl_member_show_set;

/**
 * struct wire_hctl_member - A member
 * @seq: Number of the request
 * @vip: Its address
 * @member: The member
 * @left: Connections that it still has while it drains; the contact node knows
 * @has_left: is @left there?
 */
struct wire_hctl_member {
	uint32_t seq;
	struct xos_addr vip;
	struct wire_ds_member member;
	uint32_t left;
	bool has_left;
};

extern const struct wire_set wire_hctl_member_set;

#define WIRE_HCTL_MEMBER_SET_NAME_LEN_MAX 64

/**
 * struct wire_hctl_member_set - Add or change a member; at the contact node
 * @seq: Number of the request
 * @vip: Address
 * @name: Name of the member (1 to 64 bytes, UTF-8)
 * @addr: Where its agent listens; needed for a new one
 * @weight: Share of new clients (0 to 1000)
 * @state: What it is given (enum wire_ds_member_state)
 * @has_addr: is @addr there?
 * @has_weight: is @weight there?
 * @has_state: is @state there?
 */
struct wire_hctl_member_set {
	uint32_t seq;
	struct xos_addr vip;
	struct bytes name;
	struct xos_addr addr;
	uint32_t weight;
	uint32_t state;
	bool has_addr;
	bool has_weight;
	bool has_state;
};

extern const struct wire_set wire_hctl_member_set_set;

#define WIRE_HCTL_MEMBER_DEL_NAME_LEN_MAX 64

/**
 * struct wire_hctl_member_del - Remove a member; at the contact node
 * @seq: Number of the request
 * @vip: Address
 * @name: Name of the member (1 to 64 bytes, UTF-8)
 */
struct wire_hctl_member_del {
	uint32_t seq;
	struct xos_addr vip;
	struct bytes name;
};

extern const struct wire_set wire_hctl_member_del_set;

#define WIRE_HCTL_MOVE_MEMBER_LEN_MAX 64

/**
 * struct wire_hctl_move - Move a connection that is served here to another member
 * @seq: Number of the request
 * @server: Address and port of the server end
 * @client: Address and port of the client end
 * @member: Who takes it over (1 to 64 bytes, UTF-8)
 */
struct wire_hctl_move {
	uint32_t seq;
	struct xos_addr server;
	struct xos_addr client;
	struct bytes member;
};

extern const struct wire_set wire_hctl_move_set;

/* A whole hctl-status message is never longer. */
#define WIRE_HCTL_STATUS_SIZE_MAX 26

extern const struct wire_msg wire_hctl_status_msg;

/**
 * wire_hctl_status_encode() - append a whole message: Ask how the agent is
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_status_encode(const struct wire_hctl_status *m, struct buf *out)
{
	return wire_encode(&wire_hctl_status_msg, m, out);
}

/**
 * wire_hctl_status_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_status_decode(struct bytes in, struct wire_hctl_status *m)
{
	return wire_decode(&wire_hctl_status_msg, in, m);
}

/**
 * wire_hctl_status_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_status_body_decode(const struct wire_header *h,
					       struct wire_hctl_status *m)
{
	return wire_body_decode(&wire_hctl_status_msg, h, m);
}

/* A whole hctl-status-item message is never longer. */
#define WIRE_HCTL_STATUS_ITEM_SIZE_MAX 412

extern const struct wire_msg wire_hctl_status_item_msg;

/**
 * wire_hctl_status_item_encode() - append a whole message: How the agent is
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_status_item_encode(const struct wire_hctl_status_item *m,
					       struct buf *out)
{
	return wire_encode(&wire_hctl_status_item_msg, m, out);
}

/**
 * wire_hctl_status_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_status_item_decode(struct bytes in, struct wire_hctl_status_item *m)
{
	return wire_decode(&wire_hctl_status_item_msg, in, m);
}

/**
 * wire_hctl_status_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_status_item_body_decode(const struct wire_header *h,
						    struct wire_hctl_status_item *m)
{
	return wire_body_decode(&wire_hctl_status_item_msg, h, m);
}

/* A whole hctl-vip-show message is never longer. */
#define WIRE_HCTL_VIP_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_hctl_vip_show_msg;

/**
 * wire_hctl_vip_show_encode() - append a whole message: Ask for the addresses
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_vip_show_encode(const struct wire_hctl_vip_show *m, struct buf *out)
{
	return wire_encode(&wire_hctl_vip_show_msg, m, out);
}

/**
 * wire_hctl_vip_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_vip_show_decode(struct bytes in, struct wire_hctl_vip_show *m)
{
	return wire_decode(&wire_hctl_vip_show_msg, in, m);
}

/**
 * wire_hctl_vip_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_vip_show_body_decode(const struct wire_header *h,
						 struct wire_hctl_vip_show *m)
{
	return wire_body_decode(&wire_hctl_vip_show_msg, h, m);
}

/* A whole hctl-vip message is never longer. */
#define WIRE_HCTL_VIP_SIZE_MAX 148

extern const struct wire_msg wire_hctl_vip_msg;

/**
 * wire_hctl_vip_encode() - append a whole message: A distributed server's address
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_vip_encode(const struct wire_hctl_vip *m, struct buf *out)
{
	return wire_encode(&wire_hctl_vip_msg, m, out);
}

/**
 * wire_hctl_vip_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_vip_decode(struct bytes in, struct wire_hctl_vip *m)
{
	return wire_decode(&wire_hctl_vip_msg, in, m);
}

/**
 * wire_hctl_vip_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_vip_body_decode(const struct wire_header *h, struct wire_hctl_vip *m)
{
	return wire_body_decode(&wire_hctl_vip_msg, h, m);
}

/* A whole hctl-member-show message is never longer. */
#define WIRE_HCTL_MEMBER_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_hctl_member_show_msg;

/**
 * wire_hctl_member_show_encode() - append a whole message: Ask for the members of all
 *   addresses
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_member_show_encode(const struct wire_hctl_member_show *m,
					       struct buf *out)
{
	return wire_encode(&wire_hctl_member_show_msg, m, out);
}

/**
 * wire_hctl_member_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_show_decode(struct bytes in, struct wire_hctl_member_show *m)
{
	return wire_decode(&wire_hctl_member_show_msg, in, m);
}

/**
 * wire_hctl_member_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_show_body_decode(const struct wire_header *h,
						    struct wire_hctl_member_show *m)
{
	return wire_body_decode(&wire_hctl_member_show_msg, h, m);
}

/* A whole hctl-member message is never longer. */
#define WIRE_HCTL_MEMBER_SIZE_MAX 206

extern const struct wire_msg wire_hctl_member_msg;

/**
 * wire_hctl_member_encode() - append a whole message: A member
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_member_encode(const struct wire_hctl_member *m, struct buf *out)
{
	return wire_encode(&wire_hctl_member_msg, m, out);
}

/**
 * wire_hctl_member_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_decode(struct bytes in, struct wire_hctl_member *m)
{
	return wire_decode(&wire_hctl_member_msg, in, m);
}

/**
 * wire_hctl_member_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_body_decode(const struct wire_header *h,
					       struct wire_hctl_member *m)
{
	return wire_body_decode(&wire_hctl_member_msg, h, m);
}

/* A whole hctl-member-set message is never longer. */
#define WIRE_HCTL_MEMBER_SET_SIZE_MAX 164

extern const struct wire_msg wire_hctl_member_set_msg;

/**
 * wire_hctl_member_set_encode() - append a whole message: Add or change a member; at the
 *   contact node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_member_set_encode(const struct wire_hctl_member_set *m, struct buf *out)
{
	return wire_encode(&wire_hctl_member_set_msg, m, out);
}

/**
 * wire_hctl_member_set_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_set_decode(struct bytes in, struct wire_hctl_member_set *m)
{
	return wire_decode(&wire_hctl_member_set_msg, in, m);
}

/**
 * wire_hctl_member_set_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_set_body_decode(const struct wire_header *h,
						   struct wire_hctl_member_set *m)
{
	return wire_body_decode(&wire_hctl_member_set_msg, h, m);
}

/* A whole hctl-member-del message is never longer. */
#define WIRE_HCTL_MEMBER_DEL_SIZE_MAX 120

extern const struct wire_msg wire_hctl_member_del_msg;

/**
 * wire_hctl_member_del_encode() - append a whole message: Remove a member; at the contact
 *   node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_member_del_encode(const struct wire_hctl_member_del *m, struct buf *out)
{
	return wire_encode(&wire_hctl_member_del_msg, m, out);
}

/**
 * wire_hctl_member_del_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_del_decode(struct bytes in, struct wire_hctl_member_del *m)
{
	return wire_decode(&wire_hctl_member_del_msg, in, m);
}

/**
 * wire_hctl_member_del_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_member_del_body_decode(const struct wire_header *h,
						   struct wire_hctl_member_del *m)
{
	return wire_body_decode(&wire_hctl_member_del_msg, h, m);
}

/* A whole hctl-move message is never longer. */
#define WIRE_HCTL_MOVE_SIZE_MAX 144

extern const struct wire_msg wire_hctl_move_msg;

/**
 * wire_hctl_move_encode() - append a whole message: Move a connection that is served here
 *   to another member
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_hctl_move_encode(const struct wire_hctl_move *m, struct buf *out)
{
	return wire_encode(&wire_hctl_move_msg, m, out);
}

/**
 * wire_hctl_move_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_move_decode(struct bytes in, struct wire_hctl_move *m)
{
	return wire_decode(&wire_hctl_move_msg, in, m);
}

/**
 * wire_hctl_move_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_hctl_move_body_decode(const struct wire_header *h, struct wire_hctl_move *m)
{
	return wire_body_decode(&wire_hctl_move_msg, h, m);
}

#endif
