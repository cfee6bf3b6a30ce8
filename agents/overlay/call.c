// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/call.h>

#include <overlay/ring_priv.h>

static void call_fire(void *ctx)
{
	struct ring_call *call = ctx;

	xassert(call->active);
	ring_call_stop(call);
	call->ring->count.calls_expired++;
	call->ended(call, NULL, NULL);
}

void ring_call_init(struct ring_call *call, struct ring *ring,
		    void (*ended)(struct ring_call *call, const struct env_peer *from,
				  const void *answer),
		    void *ctx)
{
	xassert(ring && ended);
	memset(call, 0, sizeof(*call));
	call->ring = ring;
	call->ended = ended;
	call->ctx = ctx;
	call->timer.fire = call_fire;
	call->timer.ctx = call;
}

uint64_t ring_call_start(struct ring_call *call, uint16_t expect, uint64_t timeout_ns)
{
	struct ring *ring = call->ring;

	xassert(call->ended);
	ring_call_stop(call);
	call->active = true;
	call->expect = expect;
	call->id = ++ring->call_seq;
	cds_list_add_tail(&call->node, &ring->calls);
	env_timer_set(ring->env, &call->timer, timeout_ns);
	return call->id;
}

void ring_call_stop(struct ring_call *call)
{
	if (!call->active)
		return;
	xassert(call->ring);
	call->active = false;
	cds_list_del(&call->node);
	env_timer_cancel(call->ring->env, &call->timer);
}

void ring_call_answer(struct ring *ring, uint64_t id, uint16_t type, const struct env_peer *from,
		      const void *answer)
{
	struct ring_call *call;

	xassert(answer);
	cds_list_for_each_entry(call, &ring->calls, node) {
		if (call->id != id || call->expect != type)
			continue;
		ring_call_stop(call);
		call->ended(call, from, answer);
		return;
	}
	ring->count.answers_late++;
}
