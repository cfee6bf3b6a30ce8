// SPDX-License-Identifier: GPL-2.0-or-later
/* Who is next to a node: successors, predecessor, and whom it watches. */
#include <overlay/ring_priv.h>

int ring_pos_cmp(uint8_t class_a, struct bytes key_a, uint8_t class_b, struct bytes key_b)
{
	xassert(class_a < RING_CLASSES_MAX && class_b < RING_CLASSES_MAX);
	if (class_a != class_b)
		return class_a < class_b ? -1 : 1;
	return bytes_cmp(key_a, key_b);
}

static int peer_cmp(const struct ring_peer *a, const struct ring_peer *b)
{
	return ring_pos_cmp(a->class, ring_key_bytes(&a->key), b->class, ring_key_bytes(&b->key));
}

/* Is @x inside of the circle from @a to @b, ends excluded? The full circle when these are equal. */
bool ring_peer_between(const struct ring_peer *a, const struct ring_peer *x,
		       const struct ring_peer *b)
{
	int ab = peer_cmp(a, b), ax = peer_cmp(a, x), xb = peer_cmp(x, b);

	xassert(a && x && b);
	if (!ab)
		return ax != 0;
	if (ab < 0)
		return ax < 0 && xb < 0;
	return ax < 0 || xb < 0;
}

/* Is @x met before @y on the way from @self? */
static bool before_from(const struct ring_peer *self, const struct ring_peer *x,
			const struct ring_peer *y)
{
	bool wrap_x = peer_cmp(x, self) < 0, wrap_y = peer_cmp(y, self) < 0;

	xassert(self);
	if (wrap_x != wrap_y)
		return wrap_y;
	return peer_cmp(x, y) < 0;
}

struct ring_peer ring_self(const struct ring *ring)
{
	struct ring_peer p = { .id = ring->hard.id, .addr = ring->cfg.addr };

	xassert(ring->hard.has_arc);
	p.class = ring->hard.arc.class;
	p.key = ring->hard.arc.start;
	return p;
}

void ring_peer_get(struct ring_peer *out, const struct wire_ring_peer *in)
{
	xassert(in->class < RING_CLASSES_MAX);
	out->id = in->id;
	out->addr = in->addr;
	out->class = in->class;
	ring_key_set(&out->key, in->key);
}

struct wire_ring_peer ring_peer_wire(const struct ring_peer *p)
{
	xassert(p->class < RING_CLASSES_MAX);
	return (struct wire_ring_peer){
		.id = p->id, .addr = p->addr, .class = p->class, .key = ring_key_bytes(&p->key)
	};
}

uint32_t ring_succ_wire(const struct ring *ring, struct wire_ring_peer *out)
{
	xassert(ring->succ_n <= RING_SUCC_MAX);
	for (uint32_t i = 0; i < ring->succ_n; i++)
		out[i] = ring_peer_wire(&ring->succ[i]);
	return ring->succ_n;
}

bool ring_buried(const struct ring *ring, const struct xos_id *id)
{
	uint64_t now = env_now(ring->env);

	xassert(id);
	for (uint32_t i = 0; i < RING_GRAVES_MAX; i++) {
		if (ring->grave[i].until_ns > now && xos_id_eq(&ring->grave[i].id, id))
			return true;
	}
	return false;
}

static void grave_dig(struct ring *ring, const struct xos_id *id, bool lost)
{
	struct ring_grave *g = &ring->grave[ring->grave_next];

	xassert(ring->grave_next < RING_GRAVES_MAX);
	*g = (struct ring_grave){ .id = *id, .lost = lost };
	g->until_ns = env_now(ring->env) + (lost ? RING_LOST_NS : RING_GRAVE_NS);
	ring->grave_next = (ring->grave_next + 1) % RING_GRAVES_MAX;
}

static void grave_open(struct ring *ring, const struct xos_id *id, bool lost)
{
	xassert(id);
	for (uint32_t i = 0; i < RING_GRAVES_MAX; i++) {
		if (xos_id_eq(&ring->grave[i].id, id) && (lost || !ring->grave[i].lost))
			ring->grave[i].until_ns = 0;
	}
}

void ring_heard(struct ring *ring, const struct xos_id *id)
{
	xassert(ring);
	grave_open(ring, id, false);
}

static bool is_neighbour(const struct ring *ring, const struct xos_id *id)
{
	xassert(id);
	if (ring->has_pred && xos_id_eq(&ring->pred.id, id))
		return true;
	for (uint32_t i = 0; i < ring->succ_n; i++) {
		if (xos_id_eq(&ring->succ[i].id, id))
			return true;
	}
	return false;
}

/* Watch exactly the neighbours. */
static void watch_update(struct ring *ring)
{
	xassert(ring->watched_n <= RING_SUCC_MAX + 1);
	for (uint32_t i = 0; i < ring->watched_n; i++) {
		if (!is_neighbour(ring, &ring->watched[i]))
			suspect_unwatch(ring->suspect, ring->consumer, &ring->watched[i]);
	}
	ring->watched_n = 0;
	for (uint32_t i = 0; i < ring->succ_n; i++) {
		suspect_watch(ring->suspect, ring->consumer, &ring->succ[i].id,
			      &ring->succ[i].addr);
		ring->watched[ring->watched_n++] = ring->succ[i].id;
	}
	if (!ring->has_pred)
		return;
	suspect_watch(ring->suspect, ring->consumer, &ring->pred.id, &ring->pred.addr);
	for (uint32_t i = 0; i < ring->watched_n; i++) {
		if (xos_id_eq(&ring->watched[i], &ring->pred.id))
			return;
	}
	ring->watched[ring->watched_n++] = ring->pred.id;
}

/* The node has no arc any more. */
void ring_watch_none(struct ring *ring)
{
	xassert(!ring->succ_n && !ring->has_pred);
	watch_update(ring);
}

static void succ_remove(struct ring *ring, uint32_t at)
{
	xassert(at < ring->succ_n);
	ring->succ_n--;
	memmove(&ring->succ[at], &ring->succ[at + 1], (ring->succ_n - at) * sizeof(ring->succ[0]));
}

/*
 * Who has taken over the first keys of this node while it was away is at its very
 * position, neither before nor behind it: two such nodes would point at each other and
 * find nobody else, also nobody to tell this one that its arc is lost.
 */
static void succ_insert(struct ring *ring, const struct ring_peer *p, bool direct)
{
	struct ring_peer self = ring_self(ring);
	uint32_t at = 0, n;

	for (uint32_t i = 0; i < ring->succ_n; i++) {
		if (!xos_id_eq(&ring->succ[i].id, &p->id))
			continue;
		if (!peer_cmp(&ring->succ[i], p)) {
			ring->succ[i].addr = p->addr;
			return;
		}
		/* It has another position than before, or others have not heard of that. */
		if (!direct)
			return;
		succ_remove(ring, i);
		break;
	}
	if (!peer_cmp(&self, p))
		return;
	n = ring->succ_n;
	while (at < n && before_from(&self, &ring->succ[at], p))
		at++;
	if (at == RING_SUCC_MAX)
		return;
	if (n == RING_SUCC_MAX)
		n--;
	memmove(&ring->succ[at + 1], &ring->succ[at], (n - at) * sizeof(*p));
	ring->succ[at] = *p;
	ring->succ_n = n + 1;
	xassert(ring->succ_n <= RING_SUCC_MAX);
	if (!at)
		ring_stabilize_soon(ring);
}

/* This node, or who was at its address before it was made anew. */
static bool is_self(const struct ring *ring, const struct ring_peer *p)
{
	xassert(p);
	return xos_id_eq(&p->id, &ring->hard.id) || xos_addr_eq(&p->addr, &ring->cfg.addr);
}

/* A node that may belong into the list of successors: heard from itself, or of it from others. */
void ring_offer(struct ring *ring, const struct ring_peer *p, bool direct)
{
	if (!ring->hard.has_arc || is_self(ring, p))
		return;
	xassert(p->class < RING_CLASSES_MAX);
	if (direct)
		grave_open(ring, &p->id, true);
	else if (ring_buried(ring, &p->id))
		return;
	succ_insert(ring, p, direct);
	watch_update(ring);
}

void ring_offer_list(struct ring *ring, const struct wire_ring_peer_list *list)
{
	struct wire_ring_peer w;
	struct ring_peer p;
	size_t pos = 0;

	xassert(list);
	while (wire_ring_peer_list_next(list, &pos, &w)) {
		ring_peer_get(&p, &w);
		ring_offer(ring, &p, false);
		if (!xos_id_eq(&w.id, &ring->hard.id))
			ring_known_add(ring, &w.id, &w.addr);
	}
}

/* A node that takes this one for its successor. */
void ring_pred_set(struct ring *ring, const struct ring_peer *p)
{
	struct ring_peer self = ring_self(ring);

	if (is_self(ring, p) || !peer_cmp(&self, p))
		return;
	xassert(p->class < RING_CLASSES_MAX);
	if (ring->has_pred && !xos_id_eq(&ring->pred.id, &p->id) &&
	    !ring_peer_between(&ring->pred, p, &self))
		return;
	ring->has_pred = true;
	ring->pred = *p;
	ring->pred_ns = env_now(ring->env);
	watch_update(ring);
}

/* Forget a node that does not answer. */
void ring_drop(struct ring *ring, const struct xos_id *id, bool lost)
{
	uint32_t n = 0;

	xassert(id);
	grave_dig(ring, id, lost);
	for (uint32_t i = 0; i < ring->succ_n; i++) {
		if (xos_id_eq(&ring->succ[i].id, id))
			continue;
		if (n != i)
			ring->succ[n] = ring->succ[i];
		n++;
	}
	ring->succ_n = n;
	n = 0;
	for (uint32_t i = 0; i < ring->finger_n; i++) {
		if (xos_id_eq(&ring->finger[i].id, id))
			break;
		n++;
	}
	ring->finger_n = n;
	if (ring->has_pred && xos_id_eq(&ring->pred.id, id))
		ring->has_pred = false;
	watch_update(ring);
	ring_stabilize_soon(ring);
}

void ring_suspect_changed(void *ctx, const struct xos_id *id, enum suspect_state state)
{
	struct ring *ring = ctx;

	xassert(id);
	if (state != SUSPECT_FAILED)
		return;
	ring->count.failures++;
	env_log(ring->env, ENV_INFO, ENV_SUB_OVERLAY, "neighbour %02x%02x%02x%02x failed", id->b[0],
		id->b[1], id->b[2], id->b[3]);
	ring_drop(ring, id, false);
}

/* Insert into a list that is sorted by distance from @self, farthest first. */
static uint32_t nearer_add(const struct ring_peer *self, const struct ring_peer **out, uint32_t n,
			   uint32_t max, const struct ring_peer *p)
{
	uint32_t at = 0;

	xassert(n <= max);
	for (uint32_t i = 0; i < n; i++) {
		if (xos_id_eq(&out[i]->id, &p->id))
			return n;
	}
	while (at < n && before_from(self, p, out[at]))
		at++;
	if (at == max)
		return n;
	if (n == max)
		n--;
	memmove(&out[at + 1], &out[at], (n - at) * sizeof(*out));
	out[at] = p;
	return n + 1;
}

/* Nodes between this one and a position, nearest to the position first. */
uint32_t ring_nearer(const struct ring *ring, uint8_t class, struct bytes key, bool before,
		     const struct ring_peer **out, uint32_t max)
{
	struct ring_peer self = ring_self(ring), target = { .class = class };
	uint32_t n = 0;

	xassert(max);
	ring_key_set(&target.key, key);
	for (uint32_t i = 0; i < ring->succ_n + ring->finger_n + 1; i++) {
		const struct ring_peer *p = &ring->pred;

		if (i < ring->succ_n)
			p = &ring->succ[i];
		else if (i < ring->succ_n + ring->finger_n)
			p = &ring->finger[i - ring->succ_n];
		else if (!ring->has_pred)
			break;
		if (xos_id_eq(&p->id, &ring->hard.id) || ring_buried(ring, &p->id))
			continue;
		if (ring_peer_between(&self, p, &target) || (!before && !peer_cmp(p, &target)))
			n = nearer_add(&self, out, n, max, p);
	}
	return n;
}
