// SPDX-License-Identifier: GPL-2.0-or-later
#include "vworld.h"

#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

#include "chance.h"

#define DELAY_NS (300 * 1000)
#define NO_SLOT	 VHOST_SLEEPERS

struct parcel {
	struct vhost *h;
	struct parcel *next;
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
	p->next = NULL;
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
		uint8_t _room[4096];                          \
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

/* A reply is how many effects there are, and the hash over them. */
static struct bytes reply_of(const struct vheld *k)
{
	return bytes_of(&k->state, 2 * sizeof(k->state));
}

static void replies_leave(struct vhost *h)
{
	uint32_t n = 0;

	for (; !h->changes && n < h->held_n && h->held[n].needs <= h->stable; n++)
		SAY(h, vh_reply, .index = h->held[n].index, .data = reply_of(&h->held[n]));
	h->held_n -= n;
	memmove(h->held, h->held + n, h->held_n * sizeof(h->held[0]));
}

static void effect(struct vhost *h, uint64_t index, uint64_t value)
{
	if (h->reading)
		vworld_fail(h->r->w, "request %llu changes what a read looks at",
			    (unsigned long long)index);
	/* under hot no two hosts do the same */
	if (h->changes)
		value = rng_next(&h->r->w->r);
	h->state = vsched_mix(vsched_mix(h->state, index), value);
	h->effects++;
	h->held[h->held_n++] = (struct vheld){
		.index = index, .state = h->state, .effects = h->effects, .needs = h->decided
	};
	if (h->changes)
		SAY(h, vh_ended, .index = index);
	else
		replies_leave(h);
}

/* All outcomes at once, or some of them; then the state. */
static void collect(struct vhost *h)
{
	struct wire_vh_outcome v[VWORLD_REQUESTS];
	uint64_t state[2] = { h->state, h->effects };
	uint32_t n = 0;

	for (; h->said < h->held_n && n < 8; h->said++) {
		const struct vheld *k = &h->held[h->said];

		v[n++] = (struct wire_vh_outcome){ .index = k->index, .data = reply_of(k) };
	}
	if (n) {
		SAY(h, vh_update, .outcomes = { .v = v, .n = n });
		return;
	}
	h->said = 0;
	h->held_n = 0;
	SAY(h, vh_update, .change = bytes_of(state, sizeof(state)), .last = true);
}

/* What a request draws that is not in the log yet is drawn by the host that leads. */
static void draw(struct vhost *h, uint64_t index)
{
	uint64_t value = rng_next(&h->r->w->r), none = 0;

	for (uint32_t i = 0; i < h->values_n; i++) {
		if (h->values[i][0] != index)
			continue;
		effect(h, index, h->values[i][1]);
		h->values[i][0] = 0;
		return;
	}
	if (!h->leads) {
		h->draws = index;
		return;
	}
	h->decided++;
	SAY(h, vh_decisions, .mutexes = { .v = &none, .n = 1 }, .threads = { .v = &index, .n = 1 },
	    .requests = { .v = &index, .n = 1 }, .values = { .v = &value, .n = 1 });
	effect(h, index, value);
}

static void values(struct vhost *h, const struct wire_vh_decisions *m)
{
	size_t a = 0, b = 0;
	uint64_t index, value;

	while (wire_u64_list_next(&m->requests, &a, &index) &&
	       wire_u64_list_next(&m->values, &b, &value)) {
		xassert(h->values_n < VWORLD_REQUESTS);
		h->values[h->values_n][0] = index;
		h->values[h->values_n++][1] = value;
	}
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
	} else if (bytes_eq(m->operation, bytes_str("draw")) && h->observes) {
		draw(h, m->index);
	} else if (bytes_eq(m->operation, bytes_str("sleep"))) {
		xassert(sleeper_at(h, 0) != NO_SLOT);
		h->sleeper[sleeper_at(h, 0)] = m->index;
		SAY(h, vh_wait, .index = m->index, .thread = m->index, .wait = 1,
		    .delay_ns = chance_exp(&h->r->w->r, 30 * ENV_MS));
	} else {
		effect(h, m->index, 0);
	}
}

static void wake(struct vhost *h, uint64_t index)
{
	uint32_t i = sleeper_at(h, index);

	if (i == NO_SLOT)
		return;
	h->sleeper[i] = 0;
	effect(h, index, 0);
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

/* The change is the whole state. */
static void apply(struct vhost *h, const struct wire_vh_apply *m)
{
	sleepers_forbidden(h, "another host's change");
	if (h->reading || h->held_n)
		vworld_fail(h->r->w, "a change while %s",
			    h->reading ? "reads look at the state" : "requests have no outcome");
	if (!m->change.len)
		return;
	memcpy(&h->state, m->change.data, 8);
	memcpy(&h->effects, m->change.data + 8, 8);
}

static void act(struct vhost *h, struct bytes msg)
{
	union {
		struct wire_vh_read read;
		struct wire_vh_begin begin;
		struct wire_vh_request request;
		struct wire_vh_wake wake;
		struct wire_vh_chunk chunk;
		struct wire_vh_schedule schedule;
		struct wire_vh_apply apply;
	} m;
	struct wire_header d;

	xassert(!wire_header_decode(msg, &d));
	if (d.type == WIRE_VH_BEGIN && !wire_vh_begin_body_decode(&d, &m.begin)) {
		h->observes = m.begin.observe;
		h->changes = m.begin.changes;
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
	} else if (d.type == WIRE_VH_SCHEDULE && !wire_vh_schedule_body_decode(&d, &m.schedule)) {
		sleepers_forbidden(h, "another scheduler");
		h->observes = m.schedule.observe;
		h->changes = m.schedule.changes;
		if (h->held_n)
			vworld_fail(h->r->w, "another policy before all requests are answered");
	} else if (d.type == WIRE_VH_COLLECT) {
		sleepers_forbidden(h, "an update");
		collect(h);
	} else if (d.type == WIRE_VH_APPLY && !wire_vh_apply_body_decode(&d, &m.apply)) {
		apply(h, &m.apply);
	}
}

/* What goes on while a request computes. Return: false: it is nothing of that. */
static bool act_at_once(struct vhost *h, struct bytes msg)
{
	union {
		struct wire_vh_decisions decisions;
		struct wire_vh_stable stable;
		struct wire_vh_lead lead;
	} m;
	struct wire_header d;

	xassert(!wire_header_decode(msg, &d));
	if (d.type == WIRE_VH_DECISIONS && !wire_vh_decisions_body_decode(&d, &m.decisions)) {
		values(h, &m.decisions);
	} else if (d.type == WIRE_VH_STABLE && !wire_vh_stable_body_decode(&d, &m.stable)) {
		h->stable = m.stable.count;
		replies_leave(h);
	} else if (d.type == WIRE_VH_LEAD && !wire_vh_lead_body_decode(&d, &m.lead)) {
		h->leads = m.lead.leader;
	} else {
		return false;
	}
	return true;
}

/* The service has one thread: behind a request that waits for what it draws all else waits. */
static void go_on(struct vhost *h)
{
	uint64_t index = h->draws;
	struct parcel *p;

	if (index) {
		h->draws = 0;
		draw(h, index);
	}
	while (h->queue && !h->draws && h->alive && !h->hung) {
		p = h->queue;
		h->queue = p->next;
		act(h, bytes_of(p->data, p->len));
		free(p);
	}
}

static void wait_in_line(struct vhost *h, struct parcel *p)
{
	struct parcel **at = &h->queue;

	while (*at)
		at = &(*at)->next;
	*at = p;
}

static void arrive_at(void *ctx, uint64_t arg)
{
	struct parcel *p = ctx;
	struct vhost *h = p->h;

	if (p->life != h->life || !h->alive || h->hung || act_at_once(h, bytes_of(p->data, p->len)))
		free(p);
	else
		wait_in_line(h, p);
	go_on(h);
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
	struct parcel *p;

	while ((p = h->queue)) {
		h->queue = p->next;
		free(p);
	}
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
