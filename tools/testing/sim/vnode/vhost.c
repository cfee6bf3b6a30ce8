// SPDX-License-Identifier: GPL-2.0-or-later
#include "vworld.h"

#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

#include "chance.h"

#define DELAY_NS (300 * 1000)
#define NO_SLOT	 VHOST_SLEEPERS

/* A message on its way to the host, or from it. */
struct parcel {
	struct vhost *h;
	uint32_t life;
	size_t len;
	uint8_t data[];
};

static struct parcel *parcel_new(struct vhost *h, struct bytes msg)
{
	struct parcel *p = malloc(sizeof(*p) + msg.len);

	xassert(p);
	p->h = h;
	p->life = h->life;
	p->len = msg.len;
	memcpy(p->data, msg.data, msg.len);
	return p;
}

/* --- to the container -------------------------------------------------------------------- */

static void arrive_from(void *ctx, uint64_t arg)
{
	struct parcel *p = ctx;
	struct wire_header h;

	if (p->life == p->h->life) {
		xassert(!wire_header_decode(bytes_of(p->data, p->len), &h));
		if (!vnode_host_message(p->h->r->v, &h))
			vworld_fail(p->h->r->w, "a message of the host is not understood");
	}
	free(p);
}

static void say(struct vhost *h, struct buf *b)
{
	struct vworld *w = h->r->w;
	uint64_t at = w->now + chance_exp(&w->r, DELAY_NS);

	h->from_ns = at > h->from_ns ? at : h->from_ns;
	events_add(&w->events, h->from_ns, arrive_from, parcel_new(h, buf_bytes(b)), 0);
}

#define SAY(h, msg, ...)                                      \
	do {                                                  \
		uint8_t _room[1024];                          \
		struct buf _b = buf_of(_room, sizeof(_room)); \
		struct wire_##msg _m = { __VA_ARGS__ };       \
                                                              \
		xassert(!wire_##msg##_encode(&_m, &_b));      \
		say(h, &_b);                                  \
	} while (0)

static void gone(void *ctx, uint64_t life)
{
	struct vhost *h = ctx;

	if (life == h->life)
		vnode_host_gone(h->r->v);
}

static void die(struct vhost *h, uint64_t culprit)
{
	struct vworld *w = h->r->w;

	h->alive = false;
	h->progress.culprit = culprit;
	events_add(&w->events, h->from_ns > w->now ? h->from_ns : w->now, gone, h, h->life);
}

/* --- the service: a hash ----------------------------------------------------------------- */

static void effect(struct vhost *h, uint64_t index)
{
	struct vworld *w = h->r->w;

	if (h->reading)
		vworld_fail(w, "request %llu changes what a read looks at",
			    (unsigned long long)index);
	h->state = vsched_mix(h->state, index);
	h->effects++;
	if (h->effects <= VWORLD_REQUESTS && !w->states[h->effects])
		w->states[h->effects] = h->state;
	SAY(h, vh_reply, .index = index, .data = bytes_of(&h->state, sizeof(h->state)));
}

static uint32_t sleeper_at(const struct vhost *h, uint64_t index)
{
	for (uint32_t i = 0; i < VHOST_SLEEPERS; i++) {
		if (h->sleeper[i] == index)
			return i;
	}
	return NO_SLOT;
}

static void request(struct vhost *h, const struct wire_vh_request *m)
{
	if (bytes_eq(m->operation, bytes_str("crash"))) {
		die(h, m->index);
	} else if (bytes_eq(m->operation, bytes_str("hang"))) {
		h->hung = true;
		h->progress.slot[0].index = m->index;
		h->progress.slot[0].computing = 1;
	} else if (bytes_eq(m->operation, bytes_str("sleep"))) {
		xassert(sleeper_at(h, 0) != NO_SLOT);
		h->sleeper[sleeper_at(h, 0)] = m->index;
		SAY(h, vh_wait, .index = m->index, .thread = m->index, .wait = 1,
		    .delay_ns = chance_exp(&h->r->w->r, 30 * ENV_MS));
	} else {
		effect(h, m->index);
	}
}

static void wake(struct vhost *h, uint64_t index)
{
	uint32_t i = sleeper_at(h, index);

	if (i == NO_SLOT)
		return;
	h->sleeper[i] = 0;
	effect(h, index);
}

static void ready(struct vhost *h)
{
	static const char *const names[] = { "look", "crash" };
	struct wire_vh_operation v[2];

	for (int i = 0; i < 2; i++)
		v[i] = (struct wire_vh_operation){ .name = bytes_str(names[i]), .read_only = true };
	SAY(h, vh_ready, .name = bytes_str("hash"), .operations = { .v = v, .n = 2 });
}

static void chunk(struct vhost *h, const struct wire_vh_chunk *m)
{
	if (m->data.len) {
		memcpy(&h->state, m->data.data, 8);
		memcpy(&h->effects, m->data.data + 8, 8);
	}
	if (!m->last)
		return;
	h->restoring = false;
	ready(h);
}

static void snapshot(struct vhost *h)
{
	uint8_t state[16];

	memcpy(state, &h->state, 8);
	memcpy(state + 8, &h->effects, 8);
	SAY(h, vh_chunk, .data = bytes_of(state, sizeof(state)), .last = true);
}

static void sleepers_forbidden(struct vhost *h, const char *what)
{
	for (uint32_t i = 0; i < VHOST_SLEEPERS; i++) {
		if (h->sleeper[i])
			vworld_fail(h->r->w, "%s while request %llu runs", what,
				    (unsigned long long)h->sleeper[i]);
	}
}

/* A read that is under way in a host. */
struct look {
	struct vhost *h;
	uint32_t life;
	uint64_t number;
};

static void look_end(void *ctx, uint64_t arg)
{
	struct look *l = ctx;
	struct vhost *h = l->h;
	uint64_t seen[2] = { h->effects, h->state };

	if (l->life == h->life && h->alive && !h->hung) {
		h->reading--;
		SAY(h, vh_result, .number = l->number, .data = bytes_of(seen, sizeof(seen)));
	}
	free(l);
}

static void look(struct vhost *h, const struct wire_vh_read *m)
{
	struct look *l;

	sleepers_forbidden(h, "a read");
	if (bytes_eq(m->operation, bytes_str("crash"))) {
		die(h, m->number);
		return;
	}
	l = malloc(sizeof(*l));
	xassert(l);
	*l = (struct look){ .h = h, .life = h->life, .number = m->number };
	h->reading++;
	vworld_later(h->r->w, ENV_MS, look_end, l, 0);
}

static void act(struct vhost *h, struct bytes msg)
{
	union {
		struct wire_vh_read read;
		struct wire_vh_begin begin;
		struct wire_vh_request request;
		struct wire_vh_wake wake;
		struct wire_vh_chunk chunk;
	} m;
	struct wire_header d;

	xassert(!wire_header_decode(msg, &d));
	if (d.type == WIRE_VH_BEGIN && !wire_vh_begin_body_decode(&d, &m.begin)) {
		h->restoring = m.begin.restore;
		if (!h->restoring)
			ready(h);
	} else if (d.type == WIRE_VH_REQUEST && !wire_vh_request_body_decode(&d, &m.request)) {
		request(h, &m.request);
	} else if (d.type == WIRE_VH_WAKE && !wire_vh_wake_body_decode(&d, &m.wake)) {
		wake(h, m.wake.index);
	} else if (d.type == WIRE_VH_CHUNK && !wire_vh_chunk_body_decode(&d, &m.chunk)) {
		chunk(h, &m.chunk);
	} else if (d.type == WIRE_VH_READ && !wire_vh_read_body_decode(&d, &m.read)) {
		look(h, &m.read);
	} else if (d.type == WIRE_VH_SNAPSHOT) {
		sleepers_forbidden(h, "a snapshot");
		snapshot(h);
	} else if (d.type == WIRE_VH_SCHEDULE) {
		sleepers_forbidden(h, "another scheduler");
	}
}

static void arrive_at(void *ctx, uint64_t arg)
{
	struct parcel *p = ctx;

	if (p->life == p->h->life && p->h->alive && !p->h->hung)
		act(p->h, bytes_of(p->data, p->len));
	free(p);
}

void vhost_begin(struct vhost *h)
{
	vhost_end(h);
	h->alive = true;
}

void vhost_send(struct vhost *h, struct bytes msg)
{
	struct vworld *w = h->r->w;
	uint64_t at = w->now + chance_exp(&w->r, DELAY_NS);

	h->to_ns = at > h->to_ns ? at : h->to_ns;
	events_add(&w->events, h->to_ns, arrive_at, parcel_new(h, msg), 0);
}

void vhost_end(struct vhost *h)
{
	struct vreplica *r = h->r;
	uint32_t life = h->life + 1;

	memset(h, 0, sizeof(*h));
	h->r = r;
	h->life = life;
	h->to_ns = h->from_ns = r->w->now;
}

void vhost_kill(struct vhost *h)
{
	if (h->alive && !h->hung)
		die(h, 0);
}
