/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests: two ends of a stream, the bytes between them in memory. */
#ifndef _XOS_SECURE_TEST_ENDS_H
#define _XOS_SECURE_TEST_ENDS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <base/be.h>
#include <secure/secure.h>
#include <wire/wire.h>

struct end {
	struct env_guard *guard;
	struct env_session *session;
	uint8_t *wire;
	size_t wire_len;
	struct env_peer peer;
	int opened;
	int ended;
	int msgs;
	size_t msg_len;
	int err;
};

#define WIRE_BUF (4 * 1024 * 1024)

static struct end client, server;

static int end_output(void *ctx, struct bytes data)
{
	struct end *e = ctx;

	assert_true(e->wire_len + data.len <= WIRE_BUF);
	memcpy(e->wire + e->wire_len, data.data, data.len);
	e->wire_len += data.len;
	return 0;
}

static int end_opened(void *ctx, const struct env_peer *peer)
{
	struct end *e = ctx;

	e->peer = *peer;
	e->opened++;
	return 0;
}

static int end_input(void *ctx, struct bytes in)
{
	struct end *e = ctx;

	e->msgs++;
	e->msg_len = in.len;
	return 0;
}

static void end_end(void *ctx)
{
	struct end *e = ctx;

	e->ended++;
}

/* One end as @self, the other end is at @addr. */
static void end_open(struct end *e, struct secure *s, bool is_client, const struct env_peer *self,
		     const struct xos_addr *addr)
{
	struct env_session_owner owner = { end_output, end_opened, end_input, end_end, e };

	*e = (struct end){ .guard = secure_guard(s), .wire = malloc(WIRE_BUF) };
	assert_int_equal(e->guard->ops->session_new(e->guard, is_client, self, addr, &owner,
						    &e->session),
			 0);
	e->err = e->guard->ops->session_start(e->session);
}

static inline void end_init(struct end *e, struct secure *s, bool is_client, uint8_t id)
{
	struct env_peer self = { .id = { { id } }, .addr = { .port = (uint16_t)(7000 + id) } };
	struct xos_addr addr = { .port = (uint16_t)(7000 + 3 - id) };

	end_open(e, s, is_client, &self, &addr);
}

static void end_exit(struct end *e)
{
	e->guard->ops->session_free(e->session);
	free(e->wire);
}

/* Carry bytes both ways until nothing moves, @step bytes at a time. */
static void pump(size_t step)
{
	struct end *ends[2] = { &client, &server };
	bool moved = true;

	while (moved) {
		moved = false;
		for (int i = 0; i < 2; i++) {
			struct end *out = ends[i], *in = ends[1 - i];
			size_t n = out->wire_len < step ? out->wire_len : step;

			if (!n || in->err)
				continue;
			moved = true;
			in->err = in->guard->ops->session_feed(in->session, bytes_of(out->wire, n));
			memmove(out->wire, out->wire + n, out->wire_len - n);
			out->wire_len -= n;
		}
	}
}

static inline struct bytes message(size_t len)
{
	static uint8_t text[ENV_STREAM_MSG_MAX];

	memset(text, 0, WIRE_HEADER_LEN);
	be16_store(text + WIRE_OFF_MAGIC, WIRE_MAGIC);
	text[WIRE_OFF_VERSION] = WIRE_VERSION;
	be16_store(text + WIRE_OFF_TYPE, 0x7777);
	be32_store(text + WIRE_OFF_LEN, (uint32_t)len);
	return bytes_of(text, len);
}

#endif
