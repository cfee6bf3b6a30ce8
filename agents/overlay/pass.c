// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Asking everybody who owns a part of a range in the other classes: for a
 * lease, for the note of a new epoch, for items. Each class by itself, owner
 * after owner in the order of their keys.
 */
#include <overlay/ring_priv.h>

/* Questions to one place of a class before it counts as a gap. */
#define PASS_TRIES_MAX 3
/* Time for one page of items. */
#define FETCH_NS       (1000 * ENV_MS)

static void pass_step(struct ring_pass *p);

void ring_pass_end(struct ring_pass *p, bool ok)
{
	struct ring_cover *cover = p->cover;

	xassert(p->active && cover->running);
	ring_route_stop(&p->route);
	ring_call_stop(&p->call);
	p->active = false;
	p->ok = p->ok && ok;
	if (!--cover->running && cover->done)
		cover->done(cover->ring);
}

/* Everything below @next is done. */
void ring_pass_on(struct ring_pass *p, bool open, const struct ring_key *next)
{
	const struct ring_arc *a = &p->cover->arc;

	xassert(p->active);
	if (open || (!a->open && bytes_cmp(ring_key_bytes(next), ring_key_bytes(&a->end)) >= 0)) {
		ring_pass_end(p, true);
		return;
	}
	p->at = *next;
	p->tries = 0;
	pass_step(p);
}

static void pass_renew(struct ring_pass *p)
{
	const struct ring_cover *c = p->cover;
	struct wire_ring_renew m = {
		.grid = c->ring->hard.grid,
		.arc = ring_arc_wire(&c->arc),
		.at = ring_key_bytes(&p->at),
		.claim = c->what != COVER_RENEW,
		.probe = c->what == COVER_PROBE,
	};

	xassert(c->what != COVER_FETCH);
	m.query_id = ring_call_start(&p->call, WIRE_RING_RENEW_ANSWER, c->ring->cfg.hop_ns);
	ring_link_send(c->ring->link, &wire_ring_renew_msg, &m, &p->peer, false);
}

static void pass_fetch(struct ring_pass *p)
{
	const struct ring_cover *c = p->cover;
	struct wire_ring_fetch m = {
		.grid = c->ring->hard.grid,
		.arc = ring_arc_wire(&c->arc),
		.from = ring_key_bytes(&p->at),
	};

	xassert(c->what == COVER_FETCH);
	m.query_id = ring_call_start(&p->call, WIRE_RING_FETCH_ANSWER, FETCH_NS);
	ring_link_send(c->ring->link, &wire_ring_fetch_msg, &m, &p->peer, false);
}

static void pass_ask(struct ring_pass *p)
{
	xassert(p->active && !p->call.active);
	/* A lease counts from before the question, whenever its answer comes. */
	p->sent_ns = env_now(p->cover->ring->env);
	if (p->cover->what == COVER_FETCH)
		pass_fetch(p);
	else
		pass_renew(p);
}

/* Ask the owner of @at: one that is known, or look for it. */
static void pass_step(struct ring_pass *p)
{
	const struct ring_lease *known;

	xassert(p->active && !p->route.active);
	known = ring_lease_peer(p->cover->ring, p->class, ring_key_bytes(&p->at));
	if (known && !p->tries) {
		p->peer = known->peer;
		pass_ask(p);
		return;
	}
	ring_route_start(&p->route, p->class, ring_key_bytes(&p->at), false, NULL);
}

/* Nobody is there: look for who comes next, and leave a gap. */
static void pass_gap(struct ring_pass *p)
{
	p->ok = false;
	if (p->cover->what != COVER_RENEW) {
		/* What is not complete is of no use. */
		ring_pass_end(p, false);
		return;
	}
	xassert(!p->route.active);
	ring_route_start(&p->route, p->class, ring_key_bytes(&p->at), true, NULL);
}

static void pass_again(struct ring_pass *p)
{
	xassert(p->active);
	if (++p->tries < PASS_TRIES_MAX)
		pass_step(p);
	else
		pass_gap(p);
}

/* The first node of the class behind @at, of those that the answer names. */
static bool pass_next(const struct ring_pass *p, const struct wire_ring_find_answer *a,
		      struct ring_key *next)
{
	struct wire_ring_peer peer;
	bool found = false;
	size_t pos = 0;

	xassert(next);
	while (wire_ring_peer_list_next(&a->succ, &pos, &peer)) {
		if (peer.class != p->class || bytes_cmp(peer.key, ring_key_bytes(&p->at)) <= 0 ||
		    (found && bytes_cmp(peer.key, ring_key_bytes(next)) >= 0))
			continue;
		ring_key_set(next, peer.key);
		found = true;
	}
	return found;
}

static void pass_routed(struct ring_route *route, int status, const struct env_peer *from,
			const struct wire_ring_find_answer *a)
{
	struct ring_pass *p = route->ctx;
	struct ring_key next;

	xassert(p->active);
	if (route->before) {
		if (status || !pass_next(p, a, &next))
			ring_pass_end(p, false);
		else
			ring_pass_on(p, false, &next);
	} else if (status) {
		pass_gap(p);
	} else {
		p->peer = *from;
		pass_ask(p);
	}
}

static void pass_renewed(struct ring_pass *p, const struct env_peer *from,
			 const struct wire_ring_renew_answer *a)
{
	struct ring_arc arc, both;

	if (a->has_arc)
		ring_arc_get(&arc, &a->arc);
	if (!a->has_arc || arc.class != p->class || !ring_arc_has(&arc, ring_key_bytes(&p->at)) ||
	    !ring_arc_cut(&p->cover->arc, &arc, &both)) {
		/* It owns something else by now. */
		ring_lease_drop(p->cover->ring, p->class, &from->id);
		pass_again(p);
		return;
	}
	xassert(p->active);
	ring_renewed(p, from, a, &both);
	if (!p->active)
		return;
	if (a->status != WIRE_RING_STATUS_OK)
		p->ok = false;
	ring_pass_on(p, both.open, &both.end);
}

static void pass_ended(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	struct ring_pass *p = call->ctx;

	xassert(p->active);
	if (!answer || !xos_id_eq(&from->id, &p->peer.id)) {
		ring_lease_drop(p->cover->ring, p->class, &p->peer.id);
		pass_again(p);
	} else if (p->cover->what == COVER_FETCH) {
		ring_fetched(p, answer);
	} else {
		pass_renewed(p, from, answer);
	}
}

void ring_pass_start(struct ring_pass *p)
{
	xassert(!p->active);
	p->active = true;
	p->writing = false;
	p->ok = true;
	p->at = p->cover->arc.start;
	p->tries = 0;
	p->cover->running++;
	pass_step(p);
}

/* Begin: @classes has the bit of each class to ask. */
void ring_cover_start(struct ring_cover *cover, enum ring_cover_what what,
		      const struct ring_arc *arc, uint32_t classes)
{
	xassert(!cover->running && !(classes >> arc->class & 1));
	cover->what = what;
	cover->arc = *arc;
	/* One more, so that it cannot end before all have begun. */
	cover->running = 1;
	for (uint32_t c = 0; c < RING_CLASSES_MAX; c++) {
		cover->pass[c].ok = false;
		if (classes >> c & 1)
			ring_pass_start(&cover->pass[c]);
	}
	if (!--cover->running && cover->done)
		cover->done(cover->ring);
}

void ring_cover_stop(struct ring_cover *cover)
{
	xassert(cover->ring);
	for (uint32_t c = 0; c < RING_CLASSES_MAX; c++) {
		struct ring_pass *p = &cover->pass[c];

		if (!p->active)
			continue;
		ring_route_stop(&p->route);
		ring_call_stop(&p->call);
		p->active = false;
		p->writing = false;
		p->ok = false;
	}
	cover->running = 0;
}

void ring_cover_init(struct ring *ring, struct ring_cover *cover, void (*done)(struct ring *ring))
{
	xassert(!cover->running);
	cover->ring = ring;
	cover->done = done;
	for (uint32_t c = 0; c < RING_CLASSES_MAX; c++) {
		struct ring_pass *p = &cover->pass[c];

		p->cover = cover;
		p->class = (uint8_t)c;
		ring_route_init(&p->route, ring, pass_routed, p);
		ring_call_init(&p->call, ring, pass_ended, p);
	}
}

bool ring_pass_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_ring_renew_answer renew;
		struct wire_ring_fetch_answer fetch;
	} m;
	uint64_t id = 0, grid = 0;
	int err;

	xassert(from && h);
	if (h->type == WIRE_RING_RENEW_ANSWER) {
		err = wire_ring_renew_answer_body_decode(h, &m.renew);
		id = err ? 0 : m.renew.query_id;
		grid = err ? 0 : m.renew.grid;
	} else if (h->type == WIRE_RING_FETCH_ANSWER) {
		err = wire_ring_fetch_answer_body_decode(h, &m.fetch);
		id = err ? 0 : m.fetch.query_id;
		grid = err ? 0 : m.fetch.grid;
	} else {
		return false;
	}
	if (err)
		ring->count.strange++;
	else if (ring_grid_ok(ring, grid))
		ring_call_answer(ring, id, h->type, from, &m);
	return true;
}
