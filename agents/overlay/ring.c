// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/ring.h>

#include <base/siphash.h>
#include <overlay/ring_priv.h>

size_t ring_arena_size(const struct ring_config *cfg)
{
	xassert(cfg->known_max);
	/* A few bytes an allocation for alignment; the pool of walks is measured by its user. */
	return sizeof(struct ring) + cfg->known_max * sizeof(struct ring_known) + PAGE_ARENA_SIZE +
	       PAGE_ITEMS_MAX * sizeof(struct store_op) + RING_RECORD_MAX + ring_walk_size() +
	       ring_lease_size() + PAGE_RECORD_MAX + PAGE_ROOM + 256;
}

bool ring_grid_ok(struct ring *ring, uint64_t grid)
{
	xassert(ring->state != RING_IDLE);
	if (!grid || !ring->hard.grid || grid == ring->hard.grid)
		return true;
	ring->count.wrong_grid++;
	return false;
}

/* The node cannot go on: it serves nothing and says nothing from now on. */
void ring_fail(struct ring *ring, const char *what)
{
	xassert(what);
	if (ring->state != RING_FAILED)
		env_log(ring->env, ENV_ERR, ENV_SUB_OVERLAY, "the node stops: %s", what);
	ring->state = RING_FAILED;
}

/* The arc is durable: be a node of the ring. */
void ring_own(struct ring *ring)
{
	const struct ring_arc *a = &ring->hard.arc;

	xassert(ring->hard.has_arc);
	ring->state = RING_OWNER;
	ring->items = ring_arc_count(ring);
	if (ring->state == RING_FAILED)
		return;
	env_log(ring->env, ENV_INFO, ENV_SUB_OVERLAY,
		"owns an arc of class %u, epoch %llu, items %llu", a->class,
		(unsigned long long)a->epoch, (unsigned long long)ring->items);
	ring_purge_start(ring, NULL);
	ring_stabilize_soon(ring);
	ring_lease_own(ring);
}

int ring_init(struct arena *arena, struct env *env, struct store *store, struct ring_link *link,
	      struct suspect *suspect, const struct ring_config *cfg, struct ring **out)
{
	struct suspect_consumer consumer = { .suspect_at = RING_SUSPECT_AT,
					     .failed_at = RING_FAILED_AT,
					     .changed = ring_suspect_changed };
	struct ring *ring = arena_alloc(arena, sizeof(*ring));
	int err;

	xassert(cfg->stabilize_ns && cfg->hop_ns && cfg->known_max && cfg->lease_ns);
	ring->env = env;
	ring->store = store;
	ring->link = link;
	ring->suspect = suspect;
	ring->cfg = *cfg;
	ring->known = arena_alloc(arena, cfg->known_max * sizeof(*ring->known));
	ring->ops = arena_alloc(arena, PAGE_ITEMS_MAX * sizeof(*ring->ops));
	ring->record = arena_alloc(arena, RING_RECORD_MAX);
	ring->merge_mem = arena_alloc(arena, PAGE_RECORD_MAX + PAGE_ROOM);
	page_init(&ring->page, arena);
	CDS_INIT_LIST_HEAD(&ring->calls);
	/* Numbers of questions of an earlier life are not met again. */
	ring->call_seq = env_random(env);
	consumer.ctx = ring;
	ring->consumer = suspect_add_consumer(suspect, &consumer);
	ring_walk_init(ring, arena);
	ring_stabilize_init(ring);
	ring_purge_init(ring);
	ring_join_init(ring);
	ring_copy_init(ring);
	ring_give_init(ring);
	ring_lease_init(ring, arena);
	ring_claim_init(ring);
	err = ring_load(ring);
	if (err && err != -ENOENT)
		return err;
	ring->hard.id = cfg->id;
	ring_known_load(ring);
	*out = ring;
	return 0;
}

static int ring_found(struct ring *ring)
{
	struct ring_hard *h = &ring->hard;

	xassert(!h->has_arc && !h->grid);
	while (!h->grid)
		h->grid = env_random(ring->env);
	h->replicas = ring->cfg.replicas;
	h->custody = (uint8_t)((1u << h->replicas) - 2);
	h->complete = !h->custody;
	h->has_arc = true;
	h->arc = (struct ring_arc){ .open = true, .epoch = RING_EPOCH_FIRST };
	ring_map_reset(&ring->map, h->replicas, RING_EPOCH_FIRST);
	return ring_save_start(ring, &ring->misc, ring_own) ? -EIO : 0;
}

int ring_start(struct ring *ring)
{
	const struct ring_hard *h = &ring->hard;

	xassert(ring->state == RING_IDLE);
	ring->state = RING_SEEKING;
	env_timer_set(ring->env, &ring->tick, ring->cfg.stabilize_ns);
	if (h->has_arc) {
		ring_own(ring);
		if (ring->state == RING_OWNER && h->has_taken)
			ring_settle_start(ring);
	} else if (h->has_taken) {
		ring_pending_start(ring);
	} else if (ring->cfg.create && !h->grid) {
		return ring_found(ring);
	} else {
		ring->misc_dirty = true;
		ring_purge_start(ring, ring_join_start);
	}
	return ring->state == RING_FAILED ? -EIO : 0;
}

bool ring_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	xassert(from && h);
	if (h->type >> 8 != WIRE_RING_FIND >> 8)
		return false;
	if (ring->state == RING_FAILED || ring->state == RING_IDLE)
		return true;
	ring_known_add(ring, &from->id, &from->addr);
	if (ring_find_recv(ring, from, h) || ring_stabilize_recv(ring, from, h) ||
	    ring_walk_recv(ring, from, h) || ring_give_recv(ring, from, h) ||
	    ring_join_recv(ring, from, h) || ring_copy_recv(ring, from, h) ||
	    ring_lease_recv(ring, from, h) || ring_pass_recv(ring, from, h) ||
	    ring_fetch_recv(ring, from, h))
		return true;
	ring->count.strange++;
	return true;
}

void ring_view_get(const struct ring *ring, struct ring_view *out)
{
	memset(out, 0, sizeof(*out));
	if (ring->hard.has_arc)
		out->self = ring_self(ring);
	out->self.id = ring->hard.id;
	out->self.addr = ring->cfg.addr;
	out->state = ring->state;
	out->arc = ring->hard.arc;
	out->complete = ring->hard.complete;
	out->custody = ring->hard.custody;
	out->replicas = ring->hard.replicas;
	out->moving = ring->give.active;
	out->leased = ring_leased(ring);
	out->leases = ring_leases(ring);
	out->claiming = ring->claim.phase != CLAIM_NONE;
	out->has_pred = ring->has_pred;
	out->pred = ring->pred;
	out->succ_n = ring->succ_n;
	xassert(ring->succ_n <= RING_SUCC_MAX);
	memcpy(out->succ, ring->succ, ring->succ_n * sizeof(ring->succ[0]));
	out->finger_n = ring->finger_n;
	out->known_n = ring->known_n;
}

/* A lease for the key alone: the rest of the arc may have lost its own. */
static bool key_leased(const struct ring *ring, struct bytes key)
{
	struct ring_arc one = { .class = ring->hard.arc.class };

	xassert(ring->hard.has_arc);
	if (ring->hard.replicas < 3)
		return true;
	ring_key_set(&one.start, key);
	one.end = one.start;
	return ring_leased_range(ring, &one);
}

enum ring_access ring_access(const struct ring *ring, uint8_t class, struct bytes key, bool write,
			     uint64_t *epoch)
{
	const struct ring_arc *a = &ring->hard.arc;

	xassert(epoch);
	*epoch = 0;
	if (ring->state != RING_OWNER)
		return RING_ACCESS_NOT_OWNER;
	*epoch = a->epoch;
	if (!ring->hard.complete)
		return RING_ACCESS_INCOMPLETE;
	if (ring_claim_has(ring, class, key))
		return MUTANT(ring_recovering_serves) && ring->claim.phase == CLAIM_COPY ?
			       RING_ACCESS_OK :
			       RING_ACCESS_RECOVERING;
	if (a->class != class || !ring_arc_has(a, key))
		return RING_ACCESS_NOT_OWNER;
	if (write && ring->give.active && ring->give.t.arc.class == class &&
	    ring_arc_has(&ring->give.t.arc, key) && !MUTANT(ring_writes_while_frozen))
		return RING_ACCESS_MOVING;
	if (!key_leased(ring, key))
		return RING_ACCESS_NO_LEASE;
	return RING_ACCESS_OK;
}

void ring_epochs(const struct ring *ring, struct bytes key, struct ring_epochs *out)
{
	const struct ring_hard *h = &ring->hard;

	xassert(h->replicas <= RING_CLASSES_MAX);
	memset(out, 0, sizeof(*out));
	out->n = h->replicas;
	for (uint8_t c = 0; c < h->replicas; c++)
		out->v[c] = h->has_arc && c == h->arc.class ? h->arc.epoch :
							      ring_map_get(&ring->map, c, key);
}

void ring_epochs_range(const struct ring *ring, struct bytes from, struct bytes to,
		       struct ring_epochs *out)
{
	const struct ring_hard *h = &ring->hard;

	ring_epochs(ring, from, out);
	for (uint8_t c = 0; c < out->n; c++) {
		struct bytes at = from;

		if (h->has_arc && c == h->arc.class)
			continue;
		while (ring_map_next(&ring->map, c, at, &at) &&
		       (!to.len || bytes_cmp(at, to) < 0)) {
			uint64_t key[2] = { out->v[c], ring_map_get(&ring->map, c, at) };

			out->v[c] = siphash(key, at.data, at.len);
		}
	}
	xassert(out->n <= RING_CLASSES_MAX);
}

bool ring_epochs_end(const struct ring *ring, struct bytes key, struct bytes *end)
{
	xassert(end);
	return ring_map_next(&ring->map, -1, key, end);
}

uint64_t ring_changes(const struct ring *ring)
{
	xassert(ring);
	return ring->changes;
}

void ring_merge_set(struct ring *ring,
		    int (*merge)(void *ctx, const struct ring_copy *copy, struct bytes have,
				 struct bytes other, struct buf *out),
		    void *ctx)
{
	xassert(merge);
	ring->merge = merge;
	ring->merge_ctx = ctx;
}

const struct ring_arc *ring_arc(const struct ring *ring)
{
	xassert(ring);
	return ring->state == RING_OWNER ? &ring->hard.arc : NULL;
}

bool ring_hint(const struct ring *ring, uint8_t class, struct bytes key, struct wire_ring_peer *out)
{
	const struct ring_peer *near;

	xassert(class < RING_CLASSES_MAX);
	if (ring->state != RING_OWNER || !ring_nearer(ring, class, key, false, &near, 1))
		return false;
	*out = ring_peer_wire(near);
	return true;
}

bool ring_complete(const struct ring *ring)
{
	xassert(ring);
	return ring->hard.complete;
}

uint8_t ring_replicas(const struct ring *ring)
{
	xassert(ring->hard.replicas <= RING_CLASSES_MAX);
	return ring->hard.replicas;
}

uint64_t ring_grid(const struct ring *ring)
{
	xassert(ring);
	return ring->hard.grid;
}

uint64_t ring_items(const struct ring *ring)
{
	xassert(ring);
	return ring->items;
}

void ring_items_add(struct ring *ring)
{
	xassert(ring->state == RING_OWNER);
	ring->items++;
}

void ring_items_drop(struct ring *ring)
{
	xassert(ring->state == RING_OWNER);
	ring->items -= ring->items != 0;
}

enum ring_access ring_access_range(const struct ring *ring, uint8_t class, struct bytes from,
				   struct bytes to, uint64_t *epoch)
{
	enum ring_access access = ring_access(ring, class, from, true, epoch);
	const struct ring_arc *a = &ring->hard.arc, *moving = &ring->give.t.arc;
	struct ring_arc all = { .class = class, .open = !to.len };
	bool last = !to.len;

	xassert(last || bytes_cmp(from, to) <= 0);
	if (access != RING_ACCESS_OK)
		return access;
	if (!a->open && (last || bytes_cmp(to, ring_key_bytes(&a->end)) > 0))
		return RING_ACCESS_NOT_OWNER;
	ring_key_set(&all.start, from);
	ring_key_set(&all.end, to);
	if (!ring_leased_range(ring, &all))
		return RING_ACCESS_NO_LEASE;
	/* What moves is the end of the arc, or another class. */
	if (ring->give.active && moving->class == class &&
	    (last || bytes_cmp(to, ring_key_bytes(&moving->start)) > 0))
		return RING_ACCESS_MOVING;
	return RING_ACCESS_OK;
}

void ring_guard_set(struct ring *ring, bool (*held)(void *ctx, struct bytes key), void *ctx)
{
	xassert(held);
	ring->guard = held;
	ring->guard_ctx = ctx;
}

struct page *ring_page(struct ring *ring)
{
	xassert(ring->page.mem);
	return &ring->page;
}

const struct ring_counters *ring_counters(const struct ring *ring)
{
	xassert(ring);
	return &ring->count;
}
