// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Leases. Who owns an arc asks the owners of the same keys in the other
 * classes, again and again, to grant nobody else its keys for a while; it
 * serves only as long as floor(r/2) of these classes have said so and know the
 * same epochs. To take over, one needs one class more: so the two have one in
 * common, which keeps the promise. Leases are in memory only; epochs are
 * durable before they are granted.
 */
#include <overlay/ring_priv.h>

/* A lease is renewed so many times while it holds. */
#define RENEWALS 3

/* How long a promise binds, by the clock of who gave it: longer than any clock of its holder. */
uint64_t ring_lease_wait(const struct ring *ring)
{
	uint64_t ns = ring->cfg.lease_ns;

	xassert(ns);
	return ns + ns / 1000000 * 3 * ring->cfg.drift_ppm + ENV_MS;
}

size_t ring_lease_size(void)
{
	return 2 * RING_LEASES_MAX * sizeof(struct ring_lease) + RING_MAP_ARENA_SIZE + 64;
}

void ring_map_changed(struct ring *ring)
{
	xassert(ring->map.n);
	ring->map_ver++;
	ring->misc_dirty |= !MUTANT(ring_epoch_unsynced);
	/* No lease counts before its giver has agreed with this. */
	ring_renew_soon(ring);
}

/* Epochs over a range, as this node knows them; its own class with its own epoch. */
uint32_t ring_map_wire(const struct ring *ring, const struct ring_arc *a,
		       struct wire_ring_epoch *out)
{
	const struct ring_map *m = &ring->map;
	uint32_t n = 0;

	xassert(ring->hard.replicas <= RING_CLASSES_MAX);
	for (uint8_t c = 0; c < ring->hard.replicas; c++) {
		bool own = ring->hard.has_arc && c == ring->hard.arc.class;

		out[n].class = c;
		out[n].start = ring_key_bytes(&a->start);
		out[n].epoch = own ? ring->hard.arc.epoch : ring_map_get(m, c, out[n].start);
		n++;
		for (uint32_t i = 0; i < m->n && !own; i++) {
			struct bytes start = ring_key_bytes(&m->seg[i].start);

			if (m->seg[i].class != c || !ring_arc_has(a, start) ||
			    bytes_eq(start, ring_key_bytes(&a->start)))
				continue;
			out[n].class = c;
			out[n].start = start;
			out[n++].epoch = m->seg[i].epoch;
		}
	}
	xassert(n <= RING_SEGS_MAX);
	return n;
}

/* Hear one epoch. Return: 1 it says less than is known, 0 it does not, -ENOBUFS. */
static int hear_one(struct ring *ring, const struct wire_ring_epoch *e, const struct ring_arc *a)
{
	uint64_t least, most;
	int n = ring_map_note(&ring->map, e->class, a, e->epoch);

	xassert(e->class < RING_CLASSES_MAX);
	if (n > 0)
		ring_map_changed(ring);
	most = ring_map_range(&ring->map, e->class, a, &least);
	return n < 0 ? n : least != e->epoch || most != e->epoch;
}

/*
 * What another node knows of the epochs in a range; @own: of this node's class
 * too. Return: true when both now know the same.
 */
bool ring_map_hear(struct ring *ring, const struct wire_ring_epoch_list *list,
		   const struct ring_arc *a, bool own)
{
	struct wire_ring_epoch e, next;
	uint8_t self = ring->hard.has_arc ? ring->hard.arc.class : a->class;
	struct ring_arc part;
	bool more, same = true;
	uint32_t seen = 0;
	size_t pos = 0;

	more = wire_ring_epoch_list_next(list, &pos, &e);
	while (more) {
		more = wire_ring_epoch_list_next(list, &pos, &next);
		part = *a;
		ring_key_set(&part.start, e.start);
		if (more && next.class == e.class) {
			part.open = false;
			ring_key_set(&part.end, next.start);
		}
		xassert(ring->hard.replicas <= RING_CLASSES_MAX);
		if (e.class >= ring->hard.replicas || !ring_arc_has(a, e.start) ||
		    (!part.open && bytes_cmp(e.start, ring_key_bytes(&part.end)) >= 0))
			return false;
		seen |= 1u << e.class;
		if (e.class != self || own)
			same &= !hear_one(ring, &e, &part);
		e = next;
	}
	return same && seen == (1u << ring->hard.replicas) - 1;
}

struct ring_lease *ring_lease_get(struct ring *ring, struct ring_leases *t, uint8_t class,
				  const struct xos_id *id, bool claim)
{
	uint64_t now = env_now(ring->env);
	struct ring_lease *l = NULL;

	xassert(t->n <= RING_LEASES_MAX);
	for (uint32_t i = 0; i < t->n; i++) {
		if (t->v[i].class == class && t->v[i].claim == claim &&
		    xos_id_eq(&t->v[i].peer.id, id))
			return &t->v[i];
		if (t->v[i].until_ns <= now)
			l = &t->v[i];
	}
	if (!l && t->n < RING_LEASES_MAX)
		l = &t->v[t->n++];
	if (!l) {
		ring->count.lease_room++;
		return NULL;
	}
	memset(l, 0, sizeof(*l));
	l->class = class;
	l->claim = claim;
	l->peer.id = *id;
	return l;
}

/* Who owned a key in another class when it was last heard of. */
const struct ring_lease *ring_lease_peer(const struct ring *ring, uint8_t class, struct bytes key)
{
	xassert(class < RING_CLASSES_MAX);
	for (uint32_t i = 0; i < ring->held.n; i++) {
		const struct ring_lease *l = &ring->held.v[i];

		if (l->class == class && ring_arc_has(&l->arc, key))
			return l;
	}
	return NULL;
}

void ring_lease_drop(struct ring *ring, uint8_t class, const struct xos_id *id)
{
	struct ring_leases *t = &ring->held;
	uint32_t i = 0;

	xassert(id);
	/* A promise holds although its giver does not answer: only its address is no longer used. */
	while (i < t->n) {
		struct ring_lease *l = &t->v[i];

		if (l->class == class && xos_id_eq(&l->peer.id, id) &&
		    l->until_ns <= env_now(ring->env))
			*l = t->v[--t->n];
		else
			i++;
	}
}

/* Which classes have a lease that counts at a key, and as far as these reach. */
static uint32_t leased_at(const struct ring *ring, struct bytes at, const struct ring_lease **end)
{
	const struct ring_hard *h = &ring->hard;
	uint64_t now = env_now(ring->env);
	uint32_t classes = 0;

	xassert(h->has_arc);
	*end = NULL;
	for (uint32_t i = 0; i < ring->held.n; i++) {
		const struct ring_lease *l = &ring->held.v[i];

		if (l->claim || l->until_ns <= now || l->map_ver != ring->map_ver ||
		    l->arc.epoch != h->arc.epoch || l->class == h->arc.class ||
		    !ring_arc_has(&l->arc, at))
			continue;
		classes |= 1u << l->class;
		if (!*end || (!l->arc.open && ((*end)->arc.open ||
					       bytes_cmp(ring_key_bytes(&l->arc.end),
							 ring_key_bytes(&(*end)->arc.end)) < 0)))
			*end = l;
	}
	return classes;
}

/* Does the node hold a lease for a part of its arc now, by a clock that is read now? */
bool ring_leased_range(const struct ring *ring, const struct ring_arc *a)
{
	uint32_t need = ring->hard.replicas / 2;
	struct bytes at = ring_key_bytes(&a->start);
	const struct ring_lease *end;

	xassert(ring->hard.replicas);
	if (ring->hard.replicas < 3 || MUTANT(ring_lease_not_needed))
		return true;
	for (;;) {
		if (ring_bits(leased_at(ring, at, &end)) < need || !end)
			return false;
		if (end->arc.open)
			return true;
		at = ring_key_bytes(&end->arc.end);
		if (!a->open && bytes_cmp(at, ring_key_bytes(&a->end)) >= 0)
			return true;
	}
}

/* Other classes whose leases hold for all of the arc. */
uint8_t ring_leases(const struct ring *ring)
{
	const struct ring_arc *a = &ring->hard.arc;
	uint32_t classes = UINT32_MAX;
	const struct ring_lease *end;
	struct bytes at;

	if (ring->state != RING_OWNER || !ring->hard.has_arc)
		return 0;
	xassert(ring->hard.replicas <= RING_CLASSES_MAX);
	for (at = ring_key_bytes(&a->start);; at = ring_key_bytes(&end->arc.end)) {
		classes &= leased_at(ring, at, &end);
		if (!end)
			return 0;
		if (end->arc.open || (!a->open && bytes_cmp(ring_key_bytes(&end->arc.end),
							    ring_key_bytes(&a->end)) >= 0))
			return (uint8_t)ring_bits(classes);
	}
}

bool ring_leased(const struct ring *ring)
{
	xassert(ring);
	return ring->state == RING_OWNER && ring->hard.has_arc &&
	       ring_leased_range(ring, &ring->hard.arc);
}

/*
 * Until when is this node bound in the range by a promise to another than who asks? 0: it
 * is not. Who takes over is bound by all of the class, and by whoever takes over in
 * another one; who renews only by one that has asked whether it may take over.
 */
static uint64_t given_binds(const struct ring *ring, const struct ring_note *q,
			    const struct ring_arc *a)
{
	uint64_t now = env_now(ring->env);
	uint64_t until = 0;
	struct ring_arc both;

	xassert(q->arc.class < RING_CLASSES_MAX);
	for (uint32_t i = 0; i < ring->given.n; i++) {
		const struct ring_lease *l = &ring->given.v[i];
		bool binds = q->claim ? l->class == q->arc.class || l->claim :
					l->class == q->arc.class && l->claim && !l->arc.epoch;

		if (binds && l->until_ns > now && !xos_id_eq(&l->peer.id, &q->from.id) &&
		    ring_arc_cut(&l->arc, a, &both) && l->until_ns > until)
			until = l->until_ns;
	}
	return until;
}

/* Does a full replica hold a lease with an epoch above @epoch? */
static bool given_above(const struct ring *ring, const struct ring_arc *a, uint64_t epoch)
{
	uint64_t now = env_now(ring->env);
	struct ring_arc both;

	xassert(a->class < RING_CLASSES_MAX);
	for (uint32_t i = 0; i < ring->given.n; i++) {
		const struct ring_lease *l = &ring->given.v[i];

		if (l->class == a->class && !l->claim && l->until_ns > now &&
		    l->arc.epoch > epoch && ring_arc_cut(&l->arc, a, &both))
			return true;
	}
	return false;
}

static uint8_t renew_judge(const struct ring *ring, const struct ring_note *q, bool probe,
			   struct ring_arc *both)
{
	const struct ring_hard *h = &ring->hard;
	uint64_t least, most;

	xassert(q);
	if (ring->state != RING_OWNER || !h->complete || q->arc.class >= h->replicas)
		return WIRE_RING_STATUS_NOT_JOINED;
	if (q->arc.class == h->arc.class || !ring_arc_has(&q->arc, ring_key_bytes(&q->at)) ||
	    !ring_arc_has(&h->arc, ring_key_bytes(&q->at)) || !ring_arc_cut(&q->arc, &h->arc, both))
		return WIRE_RING_STATUS_NO_CLASS;
	/* A part of the arc that is not durably owned yet speaks for nobody. */
	if (ring->claim.phase == CLAIM_SAVE)
		return WIRE_RING_STATUS_NO_LEASE;
	most = ring_map_range(&ring->map, q->arc.class, both, &least);
	if (!probe && most > q->arc.epoch && !MUTANT(ring_renews_passed))
		return WIRE_RING_STATUS_PASSED;
	/* An epoch that is noted already was noted with a lease, and binds nobody else. */
	if (q->claim && !probe && most == q->arc.epoch && least == most)
		return WIRE_RING_STATUS_OK;
	if (q->claim && !ring_leased_range(ring, both))
		return WIRE_RING_STATUS_NO_LEASE;
	if (q->claim && env_now(ring->env) < ring->claims_ns)
		return WIRE_RING_STATUS_LEASED;
	if (given_binds(ring, q, both) && !MUTANT(ring_claim_over_lease))
		return WIRE_RING_STATUS_LEASED;
	return WIRE_RING_STATUS_OK;
}

/* Milliseconds until nothing binds this node any more, if nobody renews. */
static uint32_t lease_left(const struct ring *ring, const struct ring_note *q,
			   const struct ring_arc *both)
{
	uint64_t until = given_binds(ring, q, both);
	uint64_t now = env_now(ring->env);

	xassert(both->class == q->arc.class);
	if (q->claim && ring->claims_ns > until)
		until = ring->claims_ns;
	return until > now ? (uint32_t)((until - now) / ENV_MS + 1) : 1;
}

static void renew_say(struct ring *ring, const struct ring_note *q, uint8_t status,
		      const struct ring_arc *both)
{
	struct wire_ring_epoch map[RING_SEGS_MAX];
	struct wire_ring_renew_answer a = {
		.grid = ring->hard.grid,
		.query_id = q->query_id,
		.status = status,
		.map = { .v = map },
	};

	xassert(q->query_id);
	if (ring->state == RING_OWNER) {
		a.has_arc = true;
		a.arc = ring_arc_wire(&ring->hard.arc);
	}
	if (status == WIRE_RING_STATUS_LEASED) {
		a.left = lease_left(ring, q, both);
		a.has_left = true;
	}
	if (status == WIRE_RING_STATUS_PASSED)
		a.owned = given_above(ring, both, q->arc.epoch);
	if (status != WIRE_RING_STATUS_NOT_JOINED && status != WIRE_RING_STATUS_NO_CLASS)
		a.map.n = ring_map_wire(ring, both, map);
	ring_link_send(ring->link, &wire_ring_renew_answer_msg, &a, &q->from, false);
}

static void renew_grant(struct ring *ring, const struct ring_note *q, const struct ring_arc *both)
{
	struct ring_lease *l =
		ring_lease_get(ring, &ring->given, q->arc.class, &q->from.id, q->claim);

	if (!l) {
		ring->count.leases_refused++;
		renew_say(ring, q, WIRE_RING_STATUS_BUSY, both);
		return;
	}
	xassert(l->class == both->class);
	l->peer = q->from;
	l->arc = *both;
	l->until_ns = env_now(ring->env) + ring_lease_wait(ring);
	ring->count.leases_given++;
	renew_say(ring, q, WIRE_RING_STATUS_OK, both);
}

static void notes_saved(struct ring *ring);

/* Grant when all that is known of epochs is durable. */
static void renew_note(struct ring *ring, const struct ring_note *q, const struct ring_arc *both)
{
	struct ring_note *n = NULL;
	int err = ring_map_note(&ring->map, q->arc.class, both, q->arc.epoch);

	if (err > 0)
		ring_map_changed(ring);
	if (err >= 0 && (ring->map_synced == ring->map_ver || MUTANT(ring_epoch_unsynced))) {
		renew_grant(ring, q, both);
		return;
	}
	for (uint32_t i = 0; i < RING_NOTES_MAX && err >= 0 && !n; i++) {
		if (!ring->note[i].used)
			n = &ring->note[i];
	}
	if (!n) {
		ring->count.lease_room++;
		renew_say(ring, q, WIRE_RING_STATUS_BUSY, both);
		return;
	}
	xassert(!n->save.busy);
	n->from = q->from;
	n->query_id = q->query_id;
	n->arc = q->arc;
	n->at = q->at;
	n->claim = q->claim;
	n->used = !ring_save_start(ring, &n->save, notes_saved);
}

/*
 * Nobody else gets a lease between this answer and the note, as far as that can be
 * helped: an epoch that only some have noted is in everybody's way.
 */
static void probe_hold(struct ring *ring, const struct ring_note *q, const struct ring_arc *both)
{
	uint64_t ns = ring->cfg.lease_ns / 2, now = env_now(ring->env);
	struct ring_lease *l = ring_lease_get(ring, &ring->given, q->arc.class, &q->from.id, true);

	if (!l || (l->until_ns > now && l->arc.epoch))
		return;
	l->peer = q->from;
	l->arc = *both;
	l->arc.epoch = 0;
	l->until_ns = now + (ns < ring->cfg.hop_ns ? ns : ring->cfg.hop_ns);
	xassert(l->claim);
}

static void renew_take(struct ring *ring, const struct ring_note *q, bool probe)
{
	struct ring_arc both = q->arc;
	uint8_t status = renew_judge(ring, q, probe, &both);

	xassert(ring->state != RING_IDLE);
	if (status == WIRE_RING_STATUS_OK && !probe) {
		renew_note(ring, q, &both);
		return;
	}
	if (status == WIRE_RING_STATUS_OK)
		probe_hold(ring, q, &both);
	ring->count.leases_refused += !probe;
	renew_say(ring, q, status, &both);
}

/* What waited for the store is judged again: much may have happened meanwhile. */
static void notes_saved(struct ring *ring)
{
	xassert(ring->map_synced);
	for (uint32_t i = 0; i < RING_NOTES_MAX; i++) {
		struct ring_note *n = &ring->note[i];
		struct ring_note q = *n;

		if (!n->used || n->save.busy)
			continue;
		n->used = false;
		renew_take(ring, &q, false);
	}
}

/* The answer to a question for a lease, or for the note of an epoch. */
void ring_renewed(struct ring_pass *p, const struct env_peer *from,
		  const struct wire_ring_renew_answer *a, const struct ring_arc *both)
{
	struct ring_cover *c = p->cover;
	struct ring *ring = c->ring;
	bool claim = c->what != COVER_RENEW, same;
	struct ring_lease *l;

	xassert(both->class == c->arc.class);
	if (claim && !ring->hard.grid)
		ring->hard.grid = a->grid;
	if (!claim && a->status == WIRE_RING_STATUS_PASSED && a->owned) {
		ring_disown(ring);
		return;
	}
	if (!claim && a->status == WIRE_RING_STATUS_PASSED)
		ring->passed_ns = env_now(ring->env);
	if (claim && a->status == WIRE_RING_STATUS_LEASED && a->has_left)
		ring_claim_wait(ring, a->left * ENV_MS);
	same = ring_map_hear(ring, &a->map, both, claim);
	if (a->status != WIRE_RING_STATUS_OK)
		return;
	l = ring_lease_get(ring, &ring->held, p->class, &from->id, claim);
	if (!l)
		return;
	l->peer = *from;
	l->arc = *both;
	l->until_ns = (MUTANT(ring_lease_from_answer) ? env_now(ring->env) : p->sent_ns) +
		      ring->cfg.lease_ns;
	l->map_ver = same ? ring->map_ver : 0;
}

static void renew_fire(void *ctx)
{
	struct ring *ring = ctx;
	struct ring_cover *c = &ring->renew;
	uint64_t ns = ring->cfg.lease_ns / RENEWALS;

	if (ring->state != RING_OWNER)
		return;
	xassert(ring->hard.has_arc);
	env_timer_set(ring->env, &ring->renew_timer,
		      ns - ns / 8 + env_random_below(ring->env, ns / 8));
	if (!ring->hard.complete || ring->hard.replicas < 3 || ring->claim.phase == CLAIM_SAVE)
		return;
	c->arc = ring->hard.arc;
	c->what = COVER_RENEW;
	for (uint8_t i = 0; i < ring->hard.replicas; i++) {
		if (i != ring->hard.arc.class && !c->pass[i].active)
			ring_pass_start(&c->pass[i]);
	}
}

/* The arc, its epoch or the map have changed. */
void ring_renew_soon(struct ring *ring)
{
	xassert(ring->renew_timer.fire);
	if (ring->state != RING_OWNER)
		return;
	/* What is under way asks for what is no longer so. */
	ring_cover_stop(&ring->renew);
	env_timer_set(ring->env, &ring->renew_timer, ENV_MS);
}

/* The node has become the owner of an arc, or of more than before. */
void ring_lease_own(struct ring *ring)
{
	xassert(ring->hard.has_arc);
	ring->changes++;
	/* Whoever spoke for these keys before may have given leases that nobody here knows of. */
	ring->claims_ns = env_now(ring->env) + ring_lease_wait(ring);
	ring_renew_soon(ring);
}

static void disown_purged(struct ring *ring)
{
	xassert(!ring->hard.has_arc);
	ring_join_start(ring);
}

/* Somebody else has taken the arc over, with all that was acknowledged: begin anew. */
void ring_disown(struct ring *ring)
{
	struct ring_hard *h = &ring->hard;

	xassert(h->has_arc);
	env_log(ring->env, ENV_WARN, ENV_SUB_OVERLAY,
		"the arc of class %u was taken over while this node was away: joins anew",
		h->arc.class);
	ring->count.passed++;
	ring_claim_stop(ring);
	ring_cover_stop(&ring->renew);
	ring_call_stop(&ring->copy_call);
	ring_give_stop(ring);
	h->has_arc = false;
	h->has_taken = false;
	h->granted_n = 0;
	ring->held.n = 0;
	ring->given.n = 0;
	ring->items = 0;
	ring->changes++;
	ring->succ_n = 0;
	ring->finger_n = 0;
	ring->has_pred = false;
	ring_map_reset(&ring->map, h->replicas, 0);
	ring->map_ver++;
	ring->misc_dirty = true;
	ring->state = RING_SEEKING;
	ring_watch_none(ring);
	ring_purge_start(ring, disown_purged);
}

void ring_lease_init(struct ring *ring, struct arena *arena)
{
	ring->given.v = arena_alloc(arena, RING_LEASES_MAX * sizeof(struct ring_lease));
	ring->held.v = arena_alloc(arena, RING_LEASES_MAX * sizeof(struct ring_lease));
	xassert(ring->given.v && ring->held.v);
	ring_map_init(&ring->map, arena);
	ring->map_ver = 1;
	ring->map_synced = 1;
	ring->renew_timer.fire = renew_fire;
	ring->renew_timer.ctx = ring;
	ring_cover_init(ring, &ring->renew, NULL);
}

bool ring_lease_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	struct ring_note q = { .from = *from };
	struct wire_ring_renew m;

	if (h->type != WIRE_RING_RENEW)
		return false;
	if (wire_ring_renew_body_decode(h, &m)) {
		ring->count.strange++;
	} else if (ring_grid_ok(ring, m.grid)) {
		xassert(m.arc.class < RING_CLASSES_MAX);
		q.query_id = m.query_id;
		q.claim = m.claim;
		ring_arc_get(&q.arc, &m.arc);
		ring_key_set(&q.at, m.at);
		renew_take(ring, &q, m.probe);
	}
	return true;
}
