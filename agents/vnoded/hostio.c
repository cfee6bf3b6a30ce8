// SPDX-License-Identifier: GPL-2.0-or-later
#include "hostio.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/log.h>

/* Never from inside a call of the core: by a timer. */
static void lose(struct hostio *h)
{
	if (h->poll)
		env_uv_poll_del(h->poll);
	h->poll = NULL;
	env_timer_set(env_uv_env(h->env), &h->lost, 0);
}

static void lost(void *ctx)
{
	struct hostio *h = ctx;

	h->gone(h->ctx);
}

static void flush(void *ctx)
{
	struct hostio *h = ctx;

	while (h->poll && h->out_sent < h->out_len) {
		ssize_t n = write(h->process.fd, h->out + h->out_sent, h->out_len - h->out_sent);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n <= 0) {
			lose(h);
			return;
		}
		h->out_sent += (size_t)n;
	}
	if (h->out_sent == h->out_len)
		h->out_sent = h->out_len = 0;
	if (h->poll)
		env_uv_poll_events(h->poll, ENV_UV_READ | (h->out_len ? ENV_UV_WRITE : 0));
}

/* Hand whole messages on. The host may be another one, or none, after each. */
static void deliver(struct hostio *h)
{
	uint32_t generation = h->generation;
	struct wire_header header;
	size_t at = 0, len;

	while (!wire_frame_len(bytes_of(h->room + at, h->have - at), &len) && at + len <= h->have) {
		if (len > HOSTIO_MSG_MAX ||
		    wire_header_decode(bytes_of(h->room + at, len), &header) ||
		    !h->message(h->ctx, &header)) {
			log_say(ENV_ERR, "a host of a service says what is not understood");
			lose(h);
			return;
		}
		if (h->generation != generation)
			return;
		at += len;
	}
	h->have -= at;
	memmove(h->room, h->room + at, h->have);
}

static void ready(void *ctx, int events)
{
	struct hostio *h = ctx;
	ssize_t n;

	if (events & ENV_UV_WRITE)
		flush(h);
	if (!h->poll || !(events & ENV_UV_READ))
		return;
	n = read(h->process.fd, h->room + h->have, sizeof(h->room) - h->have);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		lose(h);
		return;
	}
	h->have += (size_t)n;
	deliver(h);
}

static int begin(struct hostio *h)
{
	struct process_ends ends;
	int err = keeper_start(h->keeper, &ends);

	if (err)
		return err;
	err = process_attach(&h->process, &ends);
	if (err) {
		keeper_stop(h->keeper, ends.pid);
		process_close(&ends);
		return err;
	}
	fcntl(h->process.fd, F_SETFL, O_NONBLOCK);
	return env_uv_poll_add(h->env, h->process.fd, ENV_UV_READ, ready, h, &h->poll);
}

void hostio_begin(struct hostio *h)
{
	int err;

	hostio_end(h);
	h->lost.fire = lost;
	h->lost.ctx = h;
	h->turn.fire = flush;
	h->turn.ctx = h;
	err = begin(h);
	if (!err)
		return;
	log_say(ENV_ERR, "a host of a service cannot be begun: %s", strerror(-err));
	lose(h);
}

void hostio_send(struct hostio *h, struct bytes msg)
{
	size_t cap = h->out_cap ? h->out_cap : HOSTIO_MSG_MAX;
	uint8_t *mem;

	if (!h->poll)
		return;
	if (h->out_len + msg.len > HOSTIO_QUEUE_MAX) {
		log_say(ENV_ERR, "a host of a service does not read");
		lose(h);
		return;
	}
	while (cap < h->out_len + msg.len)
		cap *= 2;
	if (cap != h->out_cap) {
		mem = realloc(h->out, cap);
		xassert(mem);
		h->out = mem;
		h->out_cap = cap;
	}
	memcpy(h->out + h->out_len, msg.data, msg.len);
	h->out_len += msg.len;
	if (!env_timer_armed(&h->turn))
		env_timer_set(env_uv_env(h->env), &h->turn, 0);
}

void hostio_end(struct hostio *h)
{
	env_timer_cancel(env_uv_env(h->env), &h->lost);
	env_timer_cancel(env_uv_env(h->env), &h->turn);
	if (h->poll)
		env_uv_poll_del(h->poll);
	h->poll = NULL;
	if (h->process.pid)
		keeper_stop(h->keeper, h->process.pid);
	process_detach(&h->process);
	free(h->out);
	h->out = NULL;
	h->out_len = h->out_cap = h->out_sent = 0;
	h->have = 0;
	h->generation++;
}
