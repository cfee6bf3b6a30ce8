// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How a node finds its place: it walks the ring, takes the replica class with
 * the fewest nodes (that of its machine, when the machine has nodes already),
 * and asks the node with the most items there for a part of its arc.
 */
#include <overlay/ring_priv.h>

/* Time for the answer of the giver. */
#define ASK_NS	   (1000 * ENV_MS)
/* Questions to one giver before the ring is walked again. */
#define ASK_MAX	   4
/* Delays between attempts. */
#define AGAIN_NS   (400 * ENV_MS)
#define BUSY_NS	   (100 * ENV_MS)
#define REFUSED_NS (3 * ENV_SEC)

static void join_ask(struct ring *ring)
{
	struct ring_join *j = &ring->join;
	struct wire_ring_join m = { .grid_name = bytes_str(ring->cfg.grid), .class = j->want };

	xassert(ring->state == RING_SEEKING && j->asked);
	m.query_id = ring_call_start(&j->call, WIRE_RING_JOIN_ANSWER, ASK_NS);
	ring_link_send(ring->link, &wire_ring_join_msg, &m, &j->giver, true);
}

/* Whatever happens next happens after a delay, half of it drawn, so that joiners do not go in step. */
void ring_join_again(struct ring *ring, uint64_t delay_ns)
{
	xassert(delay_ns);
	env_timer_set(ring->env, &ring->join.timer,
		      delay_ns / 2 + env_random_below(ring->env, delay_ns));
}

static void class_count(struct ring_class *c, const struct ring_member *m)
{
	uint64_t width = ring_arc_width(&m->arc);

	xassert(m->reachable);
	if (c->best.addr.port && !c->held &&
	    (m->items < c->items || (m->items == c->items && width <= c->width)))
		return;
	if (c->held)
		return;
	c->best = (struct env_peer){ .id = m->id, .addr = m->addr };
	c->items = m->items;
	c->width = width;
}

static void join_member(struct ring_walk *walk, const struct ring_member *m)
{
	struct ring *ring = walk->ctx;
	struct ring_join *j = &ring->join;

	xassert(m->arc.class < RING_CLASSES_MAX);
	j->class[m->arc.class].members++;
	if (!m->reachable)
		return;
	j->class[m->arc.class].alive++;
	class_count(&j->class[m->arc.class], m);
	if (ring->cfg.machine[0] && !strcmp(m->machine, ring->cfg.machine))
		j->machine_class = m->arc.class;
	for (uint8_t i = 0; i < RING_CLASSES_MAX; i++) {
		if (!(m->custody & (1u << i)))
			continue;
		j->class[i].held = true;
		j->class[i].best = (struct env_peer){ .id = m->id, .addr = m->addr };
	}
}

/* The class with the fewest nodes that somebody can be asked in; equal ones by lot. */
static int join_choose(struct ring *ring, uint8_t replicas)
{
	const struct ring_join *j = &ring->join;
	uint64_t equal = 0;
	bool held = false;
	int best = -1;

	xassert(replicas <= RING_CLASSES_MAX);
	for (int i = 0; i < replicas; i++)
		held |= j->class[i].held;
	if (j->machine_class >= 0 && j->class[j->machine_class].best.addr.port)
		return held && !j->class[j->machine_class].held ? -1 : j->machine_class;
	for (int i = 0; i < replicas; i++) {
		if (!j->class[i].best.addr.port || (held && !j->class[i].held))
			continue;
		if (best < 0 || j->class[i].members < j->class[best].members) {
			best = i;
			equal = 1;
		} else if (j->class[i].members == j->class[best].members) {
			if (!env_random_below(ring->env, ++equal))
				best = i;
		}
	}
	return best;
}

/*
 * A class of which no node answers: nobody is left there to take it over, so
 * the joiner does. Return: false when there is none.
 */
static bool join_claim(struct ring *ring, const struct ring_walk *walk)
{
	struct ring_arc all = { .open = true };
	struct ring_join *j = &ring->join;
	uint32_t alive = 0;
	bool held = false;
	int class = -1;

	xassert(walk->replicas <= RING_CLASSES_MAX);
	for (int i = 0; i < walk->replicas; i++) {
		held |= j->class[i].held;
		alive += j->class[i].alive != 0;
		if (!j->class[i].alive && (j->machine_class < 0 || j->machine_class == i))
			class = i;
	}
	if (walk->status || class < 0 || held || walk->replicas < 3)
		return false;
	ring->hard.replicas = walk->replicas;
	ring_map_reset(&ring->map, walk->replicas, 0);
	ring->map_ver++;
	all.class = (uint8_t) class;
	/* A place elsewhere would leave the class without a node: rather wait. */
	if (alive > walk->replicas / 2u && ring_claim_start(ring, &all))
		ring->state = RING_COPYING;
	else
		ring_join_again(ring, AGAIN_NS);
	return true;
}

static void join_walked(struct ring_walk *walk)
{
	struct ring *ring = walk->ctx;
	struct ring_join *j = &ring->join;
	int class = walk->status ? -1 : join_choose(ring, walk->replicas);

	if (ring->state != RING_SEEKING)
		return;
	xassert(!j->call.active);
	if (join_claim(ring, walk))
		return;
	if (class < 0) {
		ring_join_again(ring, AGAIN_NS);
		return;
	}
	j->want = (uint8_t) class;
	j->giver = j->class[class].best;
	j->asked = 1;
	join_ask(ring);
}

void ring_join_start(struct ring *ring)
{
	struct ring_join *j = &ring->join;

	xassert(!ring->hard.has_arc && !ring->hard.has_taken);
	ring->state = RING_SEEKING;
	j->asked = 0;
	memset(j->class, 0, sizeof(j->class));
	j->machine_class = -1;
	j->walk.member = join_member;
	j->walk.done = join_walked;
	j->walk.ctx = ring;
	if (ring_walk_start(ring, &j->walk))
		ring_join_again(ring, AGAIN_NS);
}

static void join_refused(struct ring *ring, uint8_t status)
{
	struct ring_join *j = &ring->join;

	xassert(status);
	if (status == WIRE_RING_STATUS_BUSY && j->asked < ASK_MAX) {
		j->asked++;
		ring_join_again(ring, BUSY_NS * j->asked);
		return;
	}
	j->asked = 0;
	if (status == WIRE_RING_STATUS_WRONG_GRID || status == WIRE_RING_STATUS_MEMBER) {
		env_log(ring->env, ENV_ERR, ENV_SUB_OVERLAY, "cannot join: %s",
			status == WIRE_RING_STATUS_MEMBER ?
				"the grid has a member with this identity, or remembers one" :
				"the grid has another name");
		ring_join_again(ring, REFUSED_NS);
		return;
	}
	ring_join_again(ring, AGAIN_NS);
}

static void join_answered(struct ring_call *call, const struct env_peer *from, const void *answer)
{
	const struct wire_ring_join_answer *a = answer;
	struct ring *ring = call->ctx;
	struct ring_join *j = &ring->join;

	if (ring->state != RING_SEEKING)
		return;
	xassert(j->asked);
	if (!a || a->status) {
		join_refused(ring, a ? a->status : WIRE_RING_STATUS_BUSY);
		return;
	}
	if (!a->has_arc || !a->has_transfer || !a->has_replicas || !a->grid ||
	    a->arc.class != j->want) {
		ring->count.strange++;
		join_refused(ring, WIRE_RING_STATUS_UNKNOWN);
		return;
	}
	ring->hard.grid = a->grid;
	ring->hard.replicas = a->replicas;
	ring_map_reset(&ring->map, a->replicas, 0);
	ring->map_ver++;
	memset(&j->t, 0, sizeof(j->t));
	j->t.id = a->transfer;
	j->t.peer = *from;
	ring_arc_get(&j->t.arc, &a->arc);
	ring_copy_start(ring);
}

static void join_fire(void *ctx)
{
	struct ring *ring = ctx;

	xassert(!ring->join.call.active);
	if (ring->state == RING_SEEKING && ring->join.asked)
		join_ask(ring);
	else if (ring->state == RING_SEEKING)
		ring_join_start(ring);
	else if (ring->state == RING_COPYING || ring->state == RING_PENDING)
		ring_copy_again(ring);
}

void ring_join_init(struct ring *ring)
{
	struct ring_join *j = &ring->join;

	xassert(!j->timer.fire);
	j->timer.fire = join_fire;
	j->timer.ctx = ring;
	ring_call_init(&j->call, ring, join_answered, ring);
}

bool ring_join_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_ring_join_answer a;

	xassert(from && h);
	if (h->type != WIRE_RING_JOIN_ANSWER)
		return false;
	if (wire_ring_join_answer_body_decode(h, &a))
		ring->count.strange++;
	else
		ring_call_answer(ring, a.query_id, h->type, from, &a);
	return true;
}
