/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the cores of a ring node send: a message that fits goes as a datagram,
 * a longer one on the stream, and one to the node itself through a bounded
 * queue, so that a request takes the same way whoever answers it.
 */
#ifndef _XOS_OVERLAY_LINK_H
#define _XOS_OVERLAY_LINK_H

#include <base/arena.h>
#include <env/env.h>
#include <wire/wire.h>

/* Longest message that a ring node sends. */
#define RING_LINK_MSG_MAX  (256 * 1024)
/* Messages to itself that wait, in bytes. */
#define RING_LINK_LOOP_MAX (768 * 1024)

/**
 * struct ring_link - sending side of a node
 * @env: environment
 * @self: this node
 * @deliver: takes a message to the node itself
 * @ctx: argument of @deliver
 * @out: room for one message
 * @loop: messages to the node itself: one half fills while the other is delivered
 * @fill: which half fills
 * @timer: delivers @loop
 * @sent: messages sent
 * @looped: messages to the node itself
 * @refused: messages that found a queue full or no way
 */
struct ring_link {
	struct env *env;
	struct env_peer self;
	void (*deliver)(void *ctx, const struct env_peer *from, enum env_channel channel,
			struct bytes msg);
	void *ctx;
	uint8_t *out;
	struct buf loop[2];
	uint32_t fill;
	struct env_timer timer;
	uint64_t sent;
	uint64_t looped;
	uint64_t refused;
};

/* Memory that ring_link_init() takes. */
#define RING_LINK_ARENA_SIZE (RING_LINK_MSG_MAX + 2 * RING_LINK_LOOP_MAX + 64)

/**
 * ring_link_init() - make ready to send
 * @l: link; @deliver and @ctx are set by the caller afterwards
 * @arena: memory, RING_LINK_ARENA_SIZE
 * @env: environment
 * @self: this node
 */
void ring_link_init(struct ring_link *l, struct arena *arena, struct env *env,
		    const struct env_peer *self);

/**
 * ring_link_send() - encode and send a message
 * @l: link
 * @msg: which
 * @m: its struct
 * @to: who shall get it and nobody else; a zero identity: whoever is at that address
 * @stream: send it on the stream even when it is short
 *
 * Return: 0 when it was queued; as env_send_peer(), as wire_encode().
 */
int ring_link_send(struct ring_link *l, const struct wire_msg *msg, const void *m,
		   const struct env_peer *to, bool stream);

#endif
