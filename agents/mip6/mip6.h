/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Route optimisation (RFC 6275) for the clients of distributed servers. The group is
 * the mobile node, without a home agent; the vip is its home address. The work is
 * divided between two nodes:
 *
 *	contact node	owns the home address: home test, sequence numbers (one row for
 *			the whole group), removal of bindings, refresh requests
 *	member		serves the client: care-of test, binding update, refresh; it
 *			tells the kernel how long it may send from its care-of address
 *
 * A binding is per vip and client; one member at a time has it. The contact node says
 * which: another one waits until the first leaves.
 *
 * Pure: time, randomness and messages between agents through env.h; packets and kernel
 * through struct mip6_ops. One thread; no function here may be called from inside an
 * operation of struct mip6_ops.
 */
#ifndef _XOS_MIP6_MIP6_H
#define _XOS_MIP6_MIP6_H

#include <base/addr.h>
#include <base/arena.h>
#include <env/env.h>
#include <mip6/mh.h>

/* Clients that a member, or a contact node, knows about. */
#define MIP6_CLIENTS_MAX 16384
/* Sequence numbers that a member gets at a time. */
#define MIP6_SEQ_RANGE	 64

/* Protocol constants of RFC 6275, section 12. */
#define MIP6_TOKEN_NS	    (210 * ENV_SEC) /* MAX_TOKEN_LIFETIME */
#define MIP6_LIFETIME_S	    420 /* MAX_RR_BINDING_LIFETIME */
#define MIP6_FIRST_ACK_NS   (1 * ENV_SEC) /* INITIAL_BINDACK_TIMEOUT, doubled each time */
#define MIP6_UPDATE_RATE_NS (ENV_SEC / 3) /* MAX_UPDATE_RATE is 3 a second */
#define MIP6_FAILURE_MAX    3 /* MAX_RO_FAILURE */

/* A home keygen token that is handed out must live long enough to be of use. */
#define MIP6_TOKEN_FRESH_NS (150 * ENV_SEC)
/* A client that did not answer, or refused, is left alone for so long ... */
#define MIP6_REST_NS	    (300 * ENV_SEC)
/* ... and one that does not know Mobile IPv6 for so long. */
#define MIP6_UNABLE_NS	    (3600 * ENV_SEC)
/* A member asks again so often for a binding that another one has. */
#define MIP6_BUSY_NS	    (10 * ENV_SEC)
/* A binding whose client has had no connection for so long is given up. */
#define MIP6_IDLE_NS	    (15 * ENV_SEC)

/**
 * struct mip6_pair - what a binding is for
 * @vip: address of the group, the home address; the port only names the vip
 * @client: address of the client, the correspondent node
 */
struct mip6_pair {
	struct xos_addr vip;
	uint8_t client[MH_IP_LEN];
};

/**
 * struct mip6_ops - packets, the kernel and the group
 * @send: send a whole IPv6 packet
 * @bind: the client accepts packets from this node's care-of address for so long; 0: it
 *	does not any more, and whatever is sent from now on comes from the vip
 * @contact: where the agent of the vip's contact node listens; false when unknown
 * @member: is this the address of an agent of a living member?
 */
struct mip6_ops {
	void (*send)(void *ctx, const struct mh_packet *p);
	void (*bind)(void *ctx, const struct mip6_pair *pair, uint64_t lifetime_ns);
	bool (*contact)(void *ctx, const struct xos_addr *vip, struct xos_addr *out);
	bool (*member)(void *ctx, const struct xos_addr *vip, const struct xos_addr *addr);
};

/**
 * struct mip6_config - what the core is told at start
 * @env: environment
 * @ops: kernel and group
 * @ops_ctx: first argument of @ops
 * @arena: memory; mip6_init() takes MIP6_ARENA_LEN bytes at most
 * @self: where this agent listens; the IP is the care-of address
 */
struct mip6_config {
	struct env *env;
	const struct mip6_ops *ops;
	void *ops_ctx;
	struct arena *arena;
	struct xos_addr self;
};

/**
 * struct mip6_stats - what happened since start
 * @tests: home and care-of tests begun
 * @bound: binding updates that were accepted
 * @refused: binding acknowledgements that say no
 * @unable: clients that do not know Mobile IPv6
 * @silent: clients given up as they did not answer
 * @stalled: clients given up as nothing arrived on the optimised path
 * @lost: bindings that a client said it has not (binding error)
 * @left: bindings given up since the client had no connection here any more
 * @forged: answers whose cookie, sequence number or authenticator was wrong
 * @malformed: mobility headers that could not be read
 * @full: clients that found no room
 * @dropped: messages of agents that were malformed or from strangers
 */
struct mip6_stats {
	uint64_t tests;
	uint64_t bound;
	uint64_t refused;
	uint64_t unable;
	uint64_t silent;
	uint64_t stalled;
	uint64_t lost;
	uint64_t left;
	uint64_t forged;
	uint64_t malformed;
	uint64_t full;
	uint64_t dropped;
};

/**
 * struct mip6_info - a client, for those who look
 * @pair: vip and client
 * @state: word for the state
 * @bound: the client accepts packets from this node's care-of address
 * @expires_ns: how much longer, at most
 */
struct mip6_info {
	struct mip6_pair pair;
	const char *state;
	bool bound;
	uint64_t expires_ns;
};

struct mip6;

#define MIP6_ARENA_LEN (16UL << 20)

/**
 * mip6_init() - a core that knows no client
 * @c: configuration; what it points to must outlive the core
 *
 * Return: the core, in the arena.
 */
struct mip6 *mip6_init(const struct mip6_config *c);

/**
 * mip6_scan_begin() - connections of this node follow
 * @m: core
 */
void mip6_scan_begin(struct mip6 *m);

/**
 * mip6_scan_seen() - a client has a connection here
 * @m: core
 * @pair: vip and client; may come several times
 * @stalled: the connection has sent a segment again and again, and heard nothing
 */
void mip6_scan_seen(struct mip6 *m, const struct mip6_pair *pair, bool stalled);

/**
 * mip6_scan_end() - those were all
 * @m: core
 *
 * Bindings whose clients are gone are given up: at once when one of their connections
 * moved away (mip6_moved_away()), otherwise after MIP6_IDLE_NS.
 */
void mip6_scan_end(struct mip6 *m);

/**
 * mip6_moved_away() - a connection of a client went to another member
 * @m: core
 * @pair: vip and client
 */
void mip6_moved_away(struct mip6 *m, const struct mip6_pair *pair);

/**
 * mip6_packet() - a mobility header came
 * @m: core
 * @from: source of the packet, a client
 * @to: destination: a vip, or the care-of address
 * @msg: from the mobility header on; the checksum is right
 */
void mip6_packet(struct mip6 *m, const uint8_t *from, const uint8_t *to, struct bytes msg);

/**
 * mip6_unable() - a client's host does not know mobility headers
 * @m: core
 * @client: who said so (ICMPv6 parameter problem, code 1; RFC 4443, section 3.4)
 * @home: source of what it is about: a vip, or the care-of address
 */
void mip6_unable(struct mip6 *m, const uint8_t *client, const uint8_t *home);

/**
 * mip6_recv() - a message of another agent came
 * @m: core
 * @from: authenticated sender
 * @msg: whole message
 *
 * Return: false when it is not of the family mip6; it is the caller's then.
 */
bool mip6_recv(struct mip6 *m, const struct env_peer *from, struct bytes msg);

/**
 * mip6_next() - walk over the clients that this member knows about
 * @m: core
 * @pos: 0 before the first; opaque
 * @out: the client
 *
 * Return: whether there was one more.
 */
bool mip6_next(const struct mip6 *m, uint32_t *pos, struct mip6_info *out);

/**
 * mip6_stats() - counters
 * @m: core
 *
 * Return: counters, never NULL.
 */
const struct mip6_stats *mip6_stats(const struct mip6 *m);

#endif
