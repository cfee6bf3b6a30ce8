// SPDX-License-Identifier: GPL-2.0-or-later
/* Visiting every node of the ring, in the order of positions. */
#include <overlay/ring_priv.h>

/* Questions to one node before it counts as unreachable. */
#define WALK_TRIES_MAX 3

/**
 * struct walk - a walk under way
 * @pub: what the caller sees
 * @ring: the ring
 * @route: looks for the first node
 * @call: question to @next[@at]
 * @tries: questions to it so far
 * @any: a node was visited
 * @last: position of the last node visited
 * @next_n: nodes in @next
 * @next: nodes to visit; the ones behind the first are alternatives
 * @at: which of them is asked
 * @tiled: no gap and no overlap so far
 * @class: class where the next arc must begin
 * @key: key where it must begin
 */
struct walk {
	struct ring_walk *pub;
	struct ring *ring;
	struct ring_route route;
	struct ring_call call;
	uint32_t tries;
	bool any;
	struct ring_peer last;
	uint32_t next_n;
	struct ring_peer next[RING_SUCC_MAX];
	uint32_t at;
	bool tiled;
	uint32_t class;
	struct ring_key key;
};

static void walk_end(struct walk *w, int status)
{
	struct ring_walk *pub = w->pub;
	struct ring *ring = w->ring;

	xassert(pub && pub->state == w);
	pub->status = status;
	pub->complete = !status && w->tiled && pub->replicas && w->class == pub->replicas;
	pub->state = NULL;
	pool_put(&ring->walks, w);
	pub->done(pub);
}

static void walk_tile(struct walk *w, const struct ring_arc *a)
{
	xassert(w->any);
	if (a->class != w->class || !bytes_eq(ring_key_bytes(&a->start), ring_key_bytes(&w->key)))
		w->tiled = false;
	w->class = a->open ? a->class + 1u : a->class;
	w->key = a->end;
}

static void member_fill(struct ring_member *m, const struct wire_ring_member *in)
{
	memset(m, 0, sizeof(*m));
	m->id = in->peer.id;
	m->addr = in->peer.addr;
	xassert(in->machine.len < RING_NAME_MAX && in->rack.len < RING_NAME_MAX);
	if (in->machine.len)
		memcpy(m->machine, in->machine.data, in->machine.len);
	if (in->rack.len)
		memcpy(m->rack, in->rack.data, in->rack.len);
	ring_arc_get(&m->arc, &in->arc);
	m->items = in->items;
	m->custody = in->custody;
	m->moving = in->moving;
	m->leased = in->leased;
	m->claiming = in->claiming;
	m->reachable = true;
}

static bool walk_ahead(const struct walk *w, const struct ring_peer *p)
{
	xassert(p->class < RING_CLASSES_MAX);
	return !w->any || ring_pos_cmp(p->class, ring_key_bytes(&p->key), w->last.class,
				       ring_key_bytes(&w->last.key)) > 0;
}

static void walk_step(struct walk *w)
{
	struct wire_ring_describe m = { .grid = w->ring->hard.grid };

	if (w->at >= w->next_n) {
		/* Nobody behind the last node, or nobody that answers. */
		walk_end(w, w->at ? -EHOSTUNREACH : 0);
		return;
	}
	if (!walk_ahead(w, &w->next[w->at])) {
		walk_end(w, 0);
		return;
	}
	xassert(w->next_n <= RING_SUCC_MAX);
	m.query_id = ring_call_start(&w->call, WIRE_RING_DESCRIBE_ANSWER, w->ring->cfg.hop_ns);
	ring_link_send(w->ring->link, &wire_ring_describe_msg, &m,
		       &(struct env_peer){ w->next[w->at].id, w->next[w->at].addr }, false);
}

/* The node does not answer: report it, go on with the next alternative. */
static void walk_skip(struct walk *w)
{
	struct ring_member m = { .reachable = false };
	const struct ring_peer *p = &w->next[w->at];

	xassert(w->at < w->next_n);
	if (++w->tries < WALK_TRIES_MAX) {
		walk_step(w);
		return;
	}
	if (!w->any) {
		walk_end(w, -ETIMEDOUT);
		return;
	}
	m.id = p->id;
	m.addr = p->addr;
	m.arc.class = p->class;
	m.arc.start = p->key;
	w->last = *p;
	w->tiled = false;
	w->pub->member(w->pub, &m);
	w->tries = 0;
	w->at++;
	walk_step(w);
}

static void walk_answered(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	const struct wire_ring_describe_answer *a = answer;
	struct wire_ring_peer p;
	struct walk *w = call->ctx;
	struct ring_member m;
	size_t pos = 0;

	xassert(w->pub);
	if (!a || !a->has_member) {
		walk_skip(w);
		return;
	}
	member_fill(&m, &a->member);
	ring_peer_get(&w->next[w->at], &a->member.peer);
	if (!walk_ahead(w, &w->next[w->at])) {
		walk_end(w, 0);
		return;
	}
	w->last = w->next[w->at];
	w->any = true;
	w->tries = 0;
	w->pub->count++;
	w->pub->replicas = a->replicas;
	walk_tile(w, &m.arc);
	ring_known_add(w->ring, &m.id, &m.addr);
	w->next_n = 0;
	w->at = 0;
	while (w->next_n < RING_SUCC_MAX && wire_ring_peer_list_next(&a->succ, &pos, &p))
		ring_peer_get(&w->next[w->next_n++], &p);
	w->pub->member(w->pub, &m);
	walk_step(w);
}

static void walk_found(struct ring_route *route, int status, const struct env_peer *from,
		       const struct wire_ring_find_answer *a)
{
	struct wire_ring_peer p;
	struct walk *w = route->ctx;
	size_t pos = 0;

	xassert(!w->any);
	if (status && !route->before) {
		/* The first arc is vacant: begin behind the last node. */
		ring_route_start(route, 0, bytes_of(NULL, 0), true, NULL);
		return;
	}
	if (status || !a->has_self) {
		walk_end(w, -EHOSTUNREACH);
		return;
	}
	if (!route->before || !wire_ring_peer_list_next(&a->succ, &pos, &p))
		p = a->self;
	ring_peer_get(&w->next[0], &p);
	w->next_n = 1;
	walk_step(w);
}

/* Memory that ring_walk_init() takes. */
size_t ring_walk_size(void)
{
	xassert(RING_WALKS_MAX);
	return RING_WALKS_MAX * (sizeof(struct walk) + 16) + 16;
}

void ring_walk_init(struct ring *ring, struct arena *arena)
{
	pool_init(&ring->walks, arena, sizeof(struct walk), RING_WALKS_MAX);
	xassert(ring->walks.limit);
}

int ring_walk_start(struct ring *ring, struct ring_walk *walk)
{
	struct walk *w = pool_get(&ring->walks);

	xassert(walk->member && walk->done);
	if (!w)
		return -ENOBUFS;
	w->pub = walk;
	w->ring = ring;
	w->tiled = true;
	walk->state = w;
	walk->status = 0;
	walk->count = 0;
	walk->complete = false;
	walk->replicas = 0;
	ring_call_init(&w->call, ring, walk_answered, w);
	ring_route_init(&w->route, ring, walk_found, w);
	ring_route_start(&w->route, 0, bytes_of(NULL, 0), false, NULL);
	return 0;
}

void ring_walk_stop(struct ring *ring, struct ring_walk *walk)
{
	struct walk *w = walk->state;

	xassert(ring);
	if (!w)
		return;
	ring_route_stop(&w->route);
	ring_call_stop(&w->call);
	walk->state = NULL;
	pool_put(&ring->walks, w);
}

bool ring_walk_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_ring_describe_answer a;

	xassert(from);
	if (h->type != WIRE_RING_DESCRIBE_ANSWER)
		return false;
	if (wire_ring_describe_answer_body_decode(h, &a)) {
		ring->count.strange++;
	} else if (ring_grid_ok(ring, a.grid)) {
		ring_complete_heard(ring, a.complete);
		ring_call_answer(ring, a.query_id, h->type, from, &a);
	}
	return true;
}
