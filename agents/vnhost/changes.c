// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The policy hot: what requests came to and changed, for the log, and what the
 * requests of another host changed, from it. A service that cannot say what
 * changed says all that it has, as for a snapshot.
 */
#include "runtime.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

/* Bytes of outcomes in one piece; a single one may be as long as a reply can be. */
#define OUTCOMES_LEN (WIRE_VH_CHUNK_MAX - WIRE_VH_REPLY_MAX)
/* What an outcome takes besides its reply. */
#define OUTCOME_LEN  64

/* Bytes that are gathered, and given out again. */
struct heap {
	uint8_t *data;
	size_t len;
	size_t cap;
	size_t pos;
};

static bool keeping;
/* Requests that ended, the last one first. */
static struct vn_request *ended;
/* What is going out, and whether that was begun; what is coming in. */
static struct heap out, in;
static bool made;

static int heap_add(struct heap *h, const void *data, size_t len)
{
	size_t cap = h->cap ? h->cap : 4096;
	uint8_t *mem;

	if (len > WIRE_VH_UPDATE_MAX - h->len)
		return -EFBIG;
	while (cap < h->len + len)
		cap *= 2;
	mem = cap == h->cap ? h->data : realloc(h->data, cap);
	if (!mem)
		return -ENOMEM;
	if (len)
		memcpy(mem + h->len, data, len);
	h->data = mem;
	h->cap = cap;
	h->len += len;
	return 0;
}

static struct bytes heap_take(struct heap *h, size_t len)
{
	size_t left = h->len - h->pos, n = len < left ? len : left;
	struct bytes b = bytes_of(h->data + h->pos, n);

	h->pos += n;
	return b;
}

static void heap_free(struct heap *h)
{
	free(h->data);
	*h = (struct heap){ .len = 0 };
}

void changes_mode(bool on)
{
	keeping = on;
}

bool changes_kept(void)
{
	return keeping;
}

bool changes_keep(struct vn_request *rq)
{
	struct wire_vh_ended m = { .index = rq->call.index };

	if (!keeping)
		return false;
	runtime_lock();
	rq->next_held = ended;
	ended = rq;
	runtime_unlock();
	link_send(&wire_vh_ended_msg, &m);
	return true;
}

/* --- what goes out ------------------------------------------------------------------------ */

static int write_out(void *ctx, const void *data, size_t len)
{
	return heap_add(&out, data, len);
}

/* Older services end before these functions. */
static bool says_changes(void)
{
	const struct xos_vnode_service *s = runtime.service;

	return s->abi >= XOS_VNODE_ABI && s->changes && s->apply;
}

static int write_nothing(void *ctx, const void *data, size_t len)
{
	return 0;
}

static int run_begin(void *arg)
{
	return runtime.service->changes(runtime.state, write_nothing, NULL);
}

void changes_begin(void)
{
	if (keeping && says_changes())
		runtime_solo(VN_CHANGES, run_begin, NULL);
}

static int run_changes(void *arg)
{
	if (says_changes())
		return runtime.service->changes(runtime.state, write_out, NULL);
	if (runtime.service->snapshot)
		return runtime.service->snapshot(runtime.state, write_out, NULL);
	return -EOPNOTSUPP;
}

static void make(void)
{
	int err = runtime_solo(VN_CHANGES, run_changes, NULL);

	if (err)
		runtime_blame(ended->call.index, "the policy hot: no changes of the service: %s",
			      strerror(-err));
	made = true;
}

/* As many outcomes as fit; those that were taken are forgotten. */
static uint32_t take_outcomes(struct wire_vh_outcome *v, struct vn_request **taken)
{
	struct vn_request *rq;
	size_t len = 0;
	uint32_t n = 0;

	while ((rq = ended) && n < WIRE_VH_OUTCOMES_MAX) {
		len += rq->reply_len + OUTCOME_LEN;
		if (n && len > OUTCOMES_LEN)
			break;
		v[n++] = (struct wire_vh_outcome){ .index = rq->call.index,
						   .error = (uint32_t)rq->error,
						   .data = bytes_of(rq->reply, rq->reply_len) };
		ended = rq->next_held;
		rq->next_held = *taken;
		*taken = rq;
	}
	return n;
}

void changes_collect(void)
{
	struct wire_vh_outcome v[WIRE_VH_OUTCOMES_MAX];
	struct vn_request *taken = NULL, *rq;
	struct wire_vh_update m = { .outcomes = { .v = v } };

	if (!made)
		make();
	runtime_lock();
	m.outcomes.n = take_outcomes(v, &taken);
	runtime_unlock();
	if (!m.outcomes.n)
		m.change = heap_take(&out, WIRE_VH_CHUNK_MAX);
	m.last = !ended && out.pos == out.len;
	link_send(&wire_vh_update_msg, &m);
	while ((rq = taken)) {
		taken = rq->next_held;
		free(rq->reply);
		free(rq);
	}
	if (!m.last)
		return;
	heap_free(&out);
	made = false;
}

/* --- what comes in ------------------------------------------------------------------------ */

static long read_in(void *ctx, void *data, size_t len)
{
	struct bytes b = heap_take(&in, len);

	if (b.len)
		memcpy(data, b.data, b.len);
	return (long)b.len;
}

static int run_apply(void *arg)
{
	const struct xos_vnode_service *s = runtime.service;
	int err;

	if (says_changes())
		return s->apply(runtime.state, read_in, NULL);
	if (s->stop)
		s->stop(runtime.state);
	err = s->start(&runtime.state, runtime.config);
	return err ? err : s->restore(runtime.state, read_in, NULL);
}

int changes_apply(struct bytes data, bool last)
{
	int err = heap_add(&in, data.data, data.len);

	if (err || !last)
		return err;
	err = runtime_solo(VN_APPLY, run_apply, NULL);
	heap_free(&in);
	return err;
}
