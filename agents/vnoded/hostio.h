/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages from and to a host on the event loop. */
#ifndef _XOS_VNODED_HOSTIO_H
#define _XOS_VNODED_HOSTIO_H

#include <env/env_uv.h>
#include <wire/wire.h>

#include "keeper.h"
#include "process.h"

/* Bytes queued to a host that does not read; then it is ended. */
#define HOSTIO_QUEUE_MAX (1024ULL * 1024 * 1024)
#define HOSTIO_MSG_MAX	 (256 * 1024)

/**
 * struct hostio - a host
 * @env: event loop
 * @keeper: begins and ends it
 * @process: process
 * @poll: watch of its socket
 * @out: queue
 * @out_len: bytes in it
 * @out_cap: bytes there are
 * @out_sent: of these sent
 * @have: bytes in @room
 * @generation: counts hosts: what belongs to an older one is dropped
 * @message: a message arrived; false: not understood, the host is ended
 * @gone: it died, or could not be begun; process is still there to be looked at
 * @ctx: argument of both
 * @lost: fires when @gone is to be called
 * @turn: sends what this turn of the loop has brought, in one call
 * @room: what was read
 */
struct hostio {
	struct env_uv *env;
	struct keeper *keeper;
	struct process process;
	struct env_uv_poll *poll;
	uint8_t *out;
	size_t out_len;
	size_t out_cap;
	size_t out_sent;
	size_t have;
	uint32_t generation;
	bool (*message)(void *ctx, const struct wire_header *h);
	void (*gone)(void *ctx);
	void *ctx;
	struct env_timer lost;
	struct env_timer turn;
	uint8_t room[2 * HOSTIO_MSG_MAX];
};

/* Begin a host; @gone follows when that fails. */
void hostio_begin(struct hostio *h);

/* Send, or queue, a message. */
void hostio_send(struct hostio *h, struct bytes msg);

/* End the host; nothing of it follows. */
void hostio_end(struct hostio *h);

#endif
