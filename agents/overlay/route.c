// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/route.h>

#include <overlay/ring_priv.h>

/* Nodes that may say "vacant" before a search believes it. */
#define VACANT_MAX 2

static bool cand_known(const struct ring_route *r, const struct xos_addr *addr)
{
	xassert(r->cand_n <= RING_ROUTE_CANDS_MAX);
	for (uint32_t i = 0; i < r->cand_n; i++) {
		if (xos_addr_eq(&r->cand[i].addr, addr))
			return true;
	}
	return false;
}

/* Put a node at @at; the last one falls out when there is no room. */
static void cand_insert(struct ring_route *r, uint32_t at, const struct xos_addr *addr)
{
	uint32_t n = r->cand_n < RING_ROUTE_CANDS_MAX ? r->cand_n + 1 : RING_ROUTE_CANDS_MAX;

	xassert(at <= r->cand_n);
	if (at >= n || cand_known(r, addr))
		return;
	memmove(&r->cand[at + 1], &r->cand[at], (n - at - 1) * sizeof(r->cand[0]));
	r->cand[at] = (struct ring_route_cand){ .addr = *addr };
	r->cand_n = n;
}

static void route_end(struct ring_route *r, int status, const struct env_peer *from,
		      const struct wire_ring_find_answer *a)
{
	xassert(r->active);
	r->active = false;
	if (status)
		r->ring->count.routes_failed++;
	r->done(r, status, from, a);
}

/* Ask the best node that was not asked yet. */
static bool route_step(struct ring_route *r)
{
	struct ring *ring = r->ring;
	struct wire_ring_find m = {
		.grid = ring->hard.grid, .class = r->class, .key = r->key, .before = r->before
	};

	xassert(r->active);
	for (uint32_t i = 0; i < r->cand_n; i++) {
		if (r->cand[i].asked || r->hops >= RING_ROUTE_HOPS_MAX)
			continue;
		r->cand[i].asked = true;
		r->hops++;
		ring->count.route_hops++;
		m.query_id = ring_call_start(&r->call, WIRE_RING_FIND_ANSWER, ring->cfg.hop_ns);
		/* Whoever is there may answer. */
		ring_link_send(ring->link, &wire_ring_find_msg, &m,
			       &(struct env_peer){ .addr = r->cand[i].addr }, false);
		return true;
	}
	return false;
}

static void route_answered(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	const struct wire_ring_find_answer *a = answer;
	struct ring_route *r = call->ctx;
	struct wire_ring_peer p;
	uint32_t at = 0;
	size_t pos = 0;

	xassert(r->active);
	if (a && (r->before ? a->last : a->has_arc)) {
		route_end(r, 0, from, a);
		return;
	}
	if (a && a->last && ++r->vacant >= VACANT_MAX) {
		route_end(r, -EHOSTUNREACH, NULL, NULL);
		return;
	}
	while (a && wire_ring_peer_list_next(&a->nearer, &pos, &p)) {
		/* Who failed lately is asked last. */
		if (ring_buried(r->ring, &p.id))
			cand_insert(r, r->cand_n, &p.addr);
		else if (!cand_known(r, &p.addr))
			cand_insert(r, at++, &p.addr);
	}
	if (!route_step(r))
		route_end(r, -EHOSTUNREACH, NULL, NULL);
}

void ring_route_init(struct ring_route *route, struct ring *ring,
		     void (*done)(struct ring_route *route, int status, const struct env_peer *from,
				  const struct wire_ring_find_answer *answer),
		     void *ctx)
{
	xassert(ring && done);
	memset(route, 0, sizeof(*route));
	route->ring = ring;
	route->done = done;
	route->ctx = ctx;
	ring_call_init(&route->call, ring, route_answered, route);
}

/* Where to begin when nobody says so. */
static void route_seed(struct ring_route *r)
{
	const struct ring_peer *near[4];
	struct ring *ring = r->ring;
	struct env_peer peer;
	uint32_t n;

	xassert(!r->cand_n);
	if (ring->state == RING_OWNER) {
		n = 0;
		if (!r->before && ring->hard.arc.class == r->class &&
		    ring_arc_has(&ring->hard.arc, r->key))
			cand_insert(r, 0, &ring->cfg.addr);
		else
			n = ring_nearer(ring, r->class, r->key, r->before, near, 4);
		for (uint32_t i = 0; i < n; i++)
			cand_insert(r, r->cand_n, &near[i]->addr);
		cand_insert(r, r->cand_n, &ring->cfg.addr);
		return;
	}
	for (uint32_t i = 0; i < ring->cfg.seeds_n && i < 4; i++) {
		uint64_t k = env_random_below(ring->env, ring->cfg.seeds_n);

		if (!xos_addr_eq(&ring->cfg.seeds[k], &ring->cfg.addr))
			cand_insert(r, r->cand_n, &ring->cfg.seeds[k]);
	}
	for (uint32_t i = 0; i < 6; i++) {
		if (ring_known_pick(ring, &peer))
			cand_insert(r, (uint32_t)env_random_below(ring->env, r->cand_n + 1),
				    &peer.addr);
	}
}

void ring_route_start(struct ring_route *route, uint8_t class, struct bytes key, bool before,
		      const struct xos_addr *through)
{
	xassert(!route->active && class < RING_CLASSES_MAX);
	route->active = true;
	route->class = class;
	route->key = key;
	route->before = before;
	route->cand_n = 0;
	route->hops = 0;
	route->vacant = 0;
	route->ring->count.routes++;
	if (through)
		cand_insert(route, 0, through);
	else
		route_seed(route);
	if (!route_step(route))
		ring_call_start(&route->call, WIRE_RING_FIND_ANSWER, ENV_MS);
}

void ring_route_stop(struct ring_route *route)
{
	if (!route->active)
		return;
	xassert(route->ring);
	ring_call_stop(&route->call);
	route->active = false;
}
