// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Takeover of keys whose owner has failed, by its neighbour or by a node that
 * joins: draw a new epoch, have it noted by floor(r/2)+1 other classes, which
 * do so only when no lease of the old owner binds them; copy the items of as
 * many; then own the keys. Until that is durable they count in no quorum.
 * Nothing of it is kept over a restart: who had not finished begins anew.
 */
#include <overlay/ring_priv.h>

/* How often copying may begin anew because epochs have changed. */
#define RESTARTS_MAX 50
/* Pause before that. */
#define RESTART_NS   (200 * ENV_MS)

/* Other classes that have to take part. */
static uint32_t claim_need(const struct ring *ring)
{
	xassert(ring->hard.replicas >= 3);
	return MUTANT(ring_claim_of_one) ? 1 : ring->hard.replicas / 2u + 1;
}

/* Is it the node's own arc, whose epoch somebody else had begun to pass? */
static bool claim_own(const struct ring *ring)
{
	const struct ring_hard *h = &ring->hard;

	xassert(ring->claim.phase != CLAIM_NONE);
	return h->has_arc && ring->claim.own;
}

bool ring_claim_has(const struct ring *ring, uint8_t class, struct bytes key)
{
	const struct ring_claim *c = &ring->claim;

	xassert(class < RING_CLASSES_MAX);
	/* Its own arc it serves as long as it holds a lease, and has all of it. */
	return c->phase != CLAIM_NONE && !claim_own(ring) && c->arc.class == class &&
	       ring_arc_has(&c->arc, key);
}

/* Forget it; what was copied goes when the node looks after its store. */
void ring_claim_stop(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;

	xassert(c->cover.ring);
	ring_cover_stop(&c->cover);
	ring_cover_stop(&c->keep);
	env_timer_cancel(ring->env, &c->timer);
	c->phase = CLAIM_NONE;
	c->gap_ns = 0;
}

/* Somebody is bound for so long by a lease of these keys. */
void ring_claim_wait(struct ring *ring, uint64_t ns)
{
	xassert(ns);
	if (ns > ring->claim.wait_ns)
		ring->claim.wait_ns = ns;
}

/* Try again when the lease that was in the way may have run out. */
static void claim_later(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;
	uint64_t seen_ns = c->gap_ns, most = 2 * ring_lease_wait(ring);
	uint64_t ns = c->wait_ns < most ? c->wait_ns : most;

	xassert(ns);
	ring_claim_stop(ring);
	c->gap_ns = seen_ns;
	ns += env_random_below(ring->env, 5 * ENV_MS);
	c->next_ns = env_now(ring->env) + ns;
	env_timer_set(ring->env, &c->timer, ns);
}

static void claim_abort(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;
	uint64_t ns = ring->cfg.lease_ns;

	xassert(c->phase != CLAIM_NONE && c->phase != CLAIM_SAVE);
	if (c->phase == CLAIM_PROBE && c->wait_ns && ring->state == RING_OWNER) {
		claim_later(ring);
		return;
	}
	ring_claim_stop(ring);
	c->next_ns = env_now(ring->env) + ns / 2 + env_random_below(ring->env, ns);
	if (ring->hard.has_arc) {
		ring_purge_start(ring, NULL);
	} else {
		ring->state = RING_SEEKING;
		ring->join.asked = 0;
		ring_purge_start(ring, ring_join_start);
	}
}

static uint32_t claim_yes(const struct ring_claim *c)
{
	uint32_t classes = 0;

	xassert(!c->cover.running);
	for (uint32_t i = 0; i < RING_CLASSES_MAX; i++)
		classes |= (uint32_t)c->cover.pass[i].ok << i;
	return classes;
}

static uint32_t claim_others(const struct ring *ring)
{
	uint32_t all = (1u << ring->hard.replicas) - 1;

	xassert(ring->hard.replicas);
	return all & ~(1u << ring->claim.arc.class);
}

/* The arc that the node will own: what it claims, and what it has already. */
static struct ring_arc claim_sum(const struct ring *ring)
{
	const struct ring_hard *h = &ring->hard;
	struct ring_arc sum = ring->claim.arc;

	if (!h->has_arc)
		return sum;
	xassert(sum.class == h->arc.class);
	if (claim_own(ring))
		return sum;
	if (!h->arc.open && bytes_eq(ring_key_bytes(&h->arc.end), ring_key_bytes(&sum.start))) {
		sum.start = h->arc.start;
	} else {
		sum.open = h->arc.open;
		sum.end = h->arc.end;
	}
	return sum;
}

static void claim_saved(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;

	if (c->phase != CLAIM_SAVE)
		return;
	xassert(ring->hard.has_arc);
	ring_claim_stop(ring);
	ring->count.claims_done++;
	if (!ring->hard.granted_n)
		ring_map_trim(&ring->map, &ring->hard.arc);
	ring_own(ring);
}

/* All is copied and durable: own it. */
static void claim_save(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;
	struct ring_hard *h = &ring->hard, old = *h;

	xassert(!c->save.busy);
	h->arc = claim_sum(ring);
	h->has_arc = true;
	h->complete = true;
	c->phase = CLAIM_SAVE;
	ring->changes++;
	ring_cover_stop(&c->keep);
	ring_cover_stop(&ring->renew);
	env_timer_cancel(ring->env, &c->timer);
	if (!ring_save_start(ring, &c->save, claim_saved))
		return;
	*h = old;
	c->phase = CLAIM_COPY;
	claim_abort(ring);
}

static void claim_copy(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;

	xassert(c->phase == CLAIM_COPY && !c->cover.running);
	c->map_ver = ring->map_ver;
	c->attempt = c->own ? 0 : env_random(ring->env) | 1;
	ring_cover_start(&c->cover, COVER_FETCH, &c->arc, claim_others(ring));
}

static void claim_note(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;
	uint64_t most = ring_map_range(&ring->map, c->arc.class, &c->arc, NULL);

	xassert(c->phase == CLAIM_PROBE);
	if (ring->hard.has_arc && ring->hard.arc.epoch > most)
		most = ring->hard.arc.epoch;
	c->arc.epoch = ((most >> 32) + 1) << 32 | env_random(ring->env) >> 32;
	c->phase = CLAIM_NOTE;
	ring_cover_start(&c->cover, COVER_CLAIM, &c->arc, claim_others(ring));
}

static void claim_step(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;
	uint32_t yes = ring_bits(claim_yes(c));

	if (c->phase != CLAIM_COPY && yes < claim_need(ring)) {
		claim_abort(ring);
		return;
	}
	switch (c->phase) {
	case CLAIM_PROBE:
		claim_note(ring);
		break;
	case CLAIM_NOTE:
		env_log(ring->env, ENV_INFO, ENV_SUB_OVERLAY,
			"takes over keys of class %u, epoch %llu", c->arc.class,
			(unsigned long long)(c->arc.epoch >> 32));
		c->phase = CLAIM_COPY;
		env_timer_set(ring->env, &c->timer, ring->cfg.lease_ns / 3);
		claim_copy(ring);
		break;
	case CLAIM_COPY:
		if (MUTANT(ring_claim_skips_copy) ||
		    (yes >= claim_need(ring) && c->map_ver == ring->map_ver))
			claim_save(ring);
		else if (++c->restarts > RESTARTS_MAX)
			claim_abort(ring);
		else
			env_timer_set(ring->env, &c->timer, RESTART_NS);
		break;
	default:
		xassert(!"a phase without questions");
	}
}

/* Keep the lease of the new epoch; copy again when that went wrong. */
static void claim_fire(void *ctx)
{
	struct ring *ring = ctx;
	struct ring_claim *c = &ring->claim;

	if (c->phase == CLAIM_NONE) {
		if (ring->state == RING_OWNER)
			ring_claim_tick(ring);
		return;
	}
	xassert(c->phase == CLAIM_COPY);
	env_timer_set(ring->env, &c->timer, ring->cfg.lease_ns / 3);
	if (!c->keep.running)
		ring_cover_start(&c->keep, COVER_CLAIM, &c->arc, claim_others(ring));
	if (!c->cover.running)
		claim_copy(ring);
}

/* Begin to take over. Return: false when the node cannot now. */
bool ring_claim_start(struct ring *ring, const struct ring_arc *arc)
{
	struct ring_claim *c = &ring->claim;

	if (c->phase != CLAIM_NONE || c->save.busy || ring->hard.replicas < 3 || !ring->merge ||
	    env_now(ring->env) < c->next_ns || MUTANT(ring_never_takes_over))
		return false;
	xassert(!c->cover.running && !c->keep.running);
	env_timer_cancel(ring->env, &c->timer);
	c->phase = CLAIM_PROBE;
	c->arc = *arc;
	c->arc.epoch = 0;
	c->restarts = 0;
	c->wait_ns = 0;
	c->own = false;
	ring->count.claims++;
	ring_cover_start(&c->cover, COVER_PROBE, &c->arc, claim_others(ring));
	return true;
}

/* Keys behind this node's arc that seem to have no owner. */
static bool gap_above(const struct ring *ring, struct ring_arc *gap)
{
	const struct ring_arc *a = &ring->hard.arc;
	const struct ring_peer *s = &ring->succ[0];
	int cmp;

	if (a->open || !ring->succ_n)
		return false;
	*gap = (struct ring_arc){ .class = a->class, .open = true, .start = a->end };
	if (s->class != a->class)
		return true;
	cmp = bytes_cmp(ring_key_bytes(&s->key), ring_key_bytes(&a->end));
	if (cmp > 0) {
		gap->open = false;
		gap->end = s->key;
	}
	xassert(ring->hard.has_arc);
	return cmp > 0 || bytes_cmp(ring_key_bytes(&s->key), ring_key_bytes(&a->start)) < 0;
}

/* Keys before it, when it is the first of its class. */
static bool gap_below(const struct ring *ring, struct ring_arc *gap)
{
	const struct ring_arc *a = &ring->hard.arc;

	xassert(ring->hard.has_arc);
	*gap = (struct ring_arc){ .class = a->class, .end = a->start };
	return a->start.len && ring->has_pred && ring->pred.class != a->class;
}

static bool gap_same(const struct ring_arc *a, const struct ring_arc *b)
{
	xassert(a->class == b->class || a->class != b->class);
	return a->open == b->open &&
	       bytes_eq(ring_key_bytes(&a->start), ring_key_bytes(&b->start)) &&
	       bytes_eq(ring_key_bytes(&a->end), ring_key_bytes(&b->end));
}

/* Look for keys without an owner; what has been so for as long as a lease is worth a question. */
void ring_claim_tick(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;
	uint64_t now = env_now(ring->env);
	bool passed;
	struct ring_arc gap;

	xassert(ring->state == RING_OWNER);
	if (!ring->hard.complete || ring->hard.replicas < 3 || c->phase != CLAIM_NONE)
		return;
	/* Somebody has begun to take this very arc over, and nobody owns it: take it back. */
	passed = ring->passed_ns && now - ring->passed_ns < ring->cfg.lease_ns;
	gap = ring->hard.arc;
	if (!passed && !gap_above(ring, &gap) && !gap_below(ring, &gap)) {
		c->gap_ns = 0;
		return;
	}
	if (!c->gap_ns || !gap_same(&gap, &c->gap)) {
		c->gap = gap;
		c->gap_ns = now;
		return;
	}
	if (now - c->gap_ns < ring->cfg.lease_ns || ring->give.active || ring->purge.active ||
	    ring->hard.has_taken || (!passed && !ring_leased(ring)))
		return;
	if (ring_claim_start(ring, &gap))
		c->own = passed;
}

void ring_claim_init(struct ring *ring)
{
	struct ring_claim *c = &ring->claim;

	xassert(c->phase == CLAIM_NONE);
	ring_cover_init(ring, &c->cover, claim_step);
	ring_cover_init(ring, &c->keep, NULL);
	c->timer.fire = claim_fire;
	c->timer.ctx = ring;
}
