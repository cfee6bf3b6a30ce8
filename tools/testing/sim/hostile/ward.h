/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The guard of the daemons (secure/secure.h) in the simulator, in grids whose network somebody
 * can write to: every datagram is sealed and opened, every message of a stream goes
 * through a TLS session, with certificates of a virtual organisation. Handshakes take no
 * virtual time of their own.
 *
 * GnuTLS draws random numbers of its own. What it makes of them goes into no decision of the
 * simulator, so that a seed still means the same.
 */
#ifndef _XOS_SIM_WARD_H
#define _XOS_SIM_WARD_H

#include <base/buf.h>
#include <secure/secure.h>

#include "sim.h"

struct machine;

/**
 * struct ward - the guard of a machine
 * @env: what it stands on: the machine's timers, a wall clock near that of the others
 * @m: machine
 * @rng: its randomness
 * @meet_ns: no stream to exchange keys on is opened before
 * @secure: guard
 */
struct ward {
	struct env env;
	struct machine *m;
	struct rng rng;
	uint64_t meet_ns;
	struct secure *secure;
};

/**
 * struct wire_end - one end of a TLS session
 * @guard: who has it
 * @session: session
 * @out: bytes for the other end
 * @out_len: how many
 * @opened: the other end has said who it is, and was believed
 * @ended: the guard wants it closed
 * @got: the last message that came
 * @got_n: messages that came
 * @wrote: called when there are bytes, or NULL
 * @ctx: its argument
 */
struct wire_end {
	struct env_guard *guard;
	struct env_session *session;
	uint8_t *out;
	size_t out_len;
	bool opened;
	bool ended;
	struct bytes got;
	uint64_t got_n;
	void (*wrote)(void *ctx);
	void *ctx;
};

/* Bytes between the two ends of a session at most. */
#define WIRE_END_MAX (4 * 1024 * 1024)

/**
 * wire_end_open() - begin a session
 * @e: zeroed, but for @wrote and @ctx
 * @secure: guard
 * @client: it opens the session
 * @self: what it says about itself
 * @addr: where the other end is
 */
void wire_end_open(struct wire_end *e, struct secure *secure, bool client,
		   const struct env_peer *self, const struct xos_addr *addr);

void wire_end_close(struct wire_end *e);

/**
 * wire_end_take() - give an end what the other one wrote
 * @e: end
 * @from: the other end
 *
 * Return: 0, or what the guard says: the session is over.
 */
int wire_end_take(struct wire_end *e, struct wire_end *from);

/**
 * wire_pump() - carry bytes both ways until nothing moves
 * @a: end
 * @b: the other end
 *
 * Return: 0, or -ECONNRESET: the session is over.
 */
int wire_pump(struct wire_end *a, struct wire_end *b);

/**
 * ward_secure() - a guard with a certificate
 * @env: environment
 * @id: identity, the first bit 0
 * @stranger: signed by another authority of a virtual organisation with the same name; it
 *	trusts the real one
 *
 * Return: the guard.
 */
struct secure *ward_secure(struct env *env, const struct xos_id *id, bool stranger);

/**
 * ward_up() - a machine has started: give it a guard
 * @m: machine with a node, which is being called
 */
void ward_up(struct machine *m);

/**
 * ward_down() - a machine has stopped: its guard is gone, after all lanes
 * @m: machine
 */
void ward_down(struct machine *m);

/**
 * ward_open() - a datagram arrives; as env_dgram.c does it
 * @m: machine that is up
 * @from: who seems to have sent it
 * @dgram: datagram
 * @id: result: who has
 * @msg: result: what is in it
 *
 * Return: whether it is taken.
 */
bool ward_open(struct machine *m, uint32_t from, struct bytes dgram, struct xos_id *id,
	       struct bytes *msg);

/**
 * lane_carry() - carry a message through the TLS session of a link, which is opened first
 *	when there is none
 * @l: link, both machines are up
 * @msg: message
 *
 * Return: 0 when it came through as it was, or -ECONNRESET.
 */
int lane_carry(struct link *l, struct bytes msg);

/**
 * lane_close() - the stream of a link is broken
 * @l: link; harmless without a session
 */
void lane_close(struct link *l);

#endif
