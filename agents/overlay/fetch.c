// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Copies for a takeover: pages of items from the owners of the same keys in
 * other classes, which have noted the new epoch before they hand any out.
 */
#include <overlay/ring_priv.h>

static void fetch_fill(struct ring *ring, const struct wire_ring_fetch *q,
		       const struct ring_arc *part, struct wire_ring_item *items,
		       struct wire_ring_fetch_answer *a)
{
	struct bytes to = ring_key_bytes(&part->end), cut;
	struct page *p = &ring->page;
	bool open = part->open;

	/* As far as the epochs are the same. */
	if (ring_epochs_end(ring, q->from, &cut) && (open || bytes_cmp(cut, to) < 0)) {
		to = cut;
		open = false;
	}
	if (page_fill(p, ring->store, ring->hard.arc.class, q->from, to, open, 0,
		      ring->cfg.chunk_max)) {
		ring_fail(ring, "cannot read the store");
		return;
	}
	xassert(p->n <= PAGE_ITEMS_MAX);
	for (uint32_t i = 0; i < p->n; i++)
		items[i] = (struct wire_ring_item){ .key = p->item[i].key,
						    .record = p->item[i].record };
	a->items.n = p->n;
	a->has_next = p->more || !open;
	a->next = p->more ? ring_key_bytes(&p->next) : to;
	ring->count.items_sent += p->n;
}

/* May this node hand out copies for that epoch? */
static uint8_t fetch_judge(struct ring *ring, const struct wire_ring_fetch *q,
			   struct ring_arc *part)
{
	const struct ring_hard *h = &ring->hard;
	struct ring_arc arc;
	uint64_t known;

	xassert(q->arc.class < RING_CLASSES_MAX);
	if (ring->state != RING_OWNER || !h->complete || q->arc.class >= h->replicas)
		return WIRE_RING_STATUS_NOT_JOINED;
	ring_arc_get(&arc, &q->arc);
	ring_key_set(&arc.start, q->from);
	if (arc.class == h->arc.class || !ring_arc_has(&h->arc, q->from) ||
	    !ring_arc_cut(&arc, &h->arc, part))
		return WIRE_RING_STATUS_NO_CLASS;
	known = ring_map_get(&ring->map, arc.class, q->from);
	if (known != arc.epoch)
		return WIRE_RING_STATUS_PASSED;
	if (ring->claim.phase == CLAIM_SAVE || !ring_leased_range(ring, part))
		return WIRE_RING_STATUS_NO_LEASE;
	/* A restart must not forget what this node knows when it hands out the copy. */
	if (ring->map_synced != ring->map_ver && !MUTANT(ring_epoch_unsynced))
		return WIRE_RING_STATUS_BUSY;
	/* A vote for a range that lies with a key before the arc would stay behind. */
	if (bytes_eq(q->from, q->arc.start) && ring->guard && ring->guard(ring->guard_ctx, q->from))
		return WIRE_RING_STATUS_BUSY;
	return WIRE_RING_STATUS_OK;
}

static void fetch_take(struct ring *ring, const struct env_peer *from,
		       const struct wire_ring_fetch *q)
{
	struct wire_ring_fetch_answer a = { .grid = ring->hard.grid, .query_id = q->query_id };
	struct wire_ring_item items[PAGE_ITEMS_MAX];
	uint8_t mem[RING_EPOCHS_LEN];
	struct ring_epochs epochs;
	struct ring_arc part;

	xassert(from);
	a.items.v = items;
	a.status = fetch_judge(ring, q, &part);
	if (a.status == WIRE_RING_STATUS_OK) {
		ring_epochs(ring, q->from, &epochs);
		a.has_epochs = true;
		a.epochs = ring_epochs_put(&epochs, mem);
		fetch_fill(ring, q, &part, items, &a);
	}
	ring_link_send(ring->link, &wire_ring_fetch_answer_msg, &a, from, true);
}

/* Does the source know the same epochs of the page as this node? It may know more: learn it. */
static bool page_agrees(struct ring *ring, const struct ring_arc *part, struct bytes said)
{
	struct ring_epochs e;
	uint64_t least, most;
	bool same = true;

	ring_epochs_get(&e, said);
	if (e.n != ring->hard.replicas)
		return false;
	for (uint8_t c = 0; c < e.n; c++) {
		if (ring_map_note(&ring->map, c, part, e.v[c]) > 0)
			ring_map_changed(ring);
		most = ring_map_range(&ring->map, c, part, &least);
		same &= least == e.v[c] && most == e.v[c];
	}
	xassert(e.n <= RING_CLASSES_MAX);
	return same;
}

static void page_stored(void *ctx, int status)
{
	struct ring_pass *p = ctx;
	struct ring *ring = p->cover->ring;
	bool mine = p->writing;

	xassert(p->ticket.done);
	p->ticket.done = NULL;
	p->writing = false;
	if (status)
		ring_fail(ring, "copied items could not be stored");
	else if (mine && p->active && ring->state != RING_FAILED)
		ring_pass_on(p, p->next_open, &p->next);
}

/* Put one item into the batch. Return: 0, 1 when there is nothing to do, -ENOSPC no room. */
static int item_merge(const struct ring_pass *p, const struct wire_ring_item *item,
		      struct buf *keys, struct buf *values, struct store_op *op)
{
	struct ring *ring = p->cover->ring;
	struct ring_copy copy = { .class = p->class, .attempt = ring->claim.attempt };
	struct buf have = buf_of(ring->merge_mem, PAGE_RECORD_MAX), out;
	uint8_t mem[PAGE_KEY_MAX], *key;
	struct bytes at = page_key(ring->claim.arc.class, item->key, mem);
	size_t room = values->cap - values->len;
	int err = store_get(ring->store, at, &have);

	xassert(!err || err == -ENOENT || err == -EIO || err == -EMSGSIZE);
	if (err && err != -ENOENT)
		return -EIO;
	out = buf_of(values->data + values->len, room);
	err = ring->merge(ring->merge_ctx, &copy, buf_bytes(&have), item->record, &out);
	if (err == -EMSGSIZE || err == -ENOBUFS)
		return -ENOSPC;
	if (err)
		return -EIO;
	if (have.len && bytes_eq(buf_bytes(&have), buf_bytes(&out)))
		return 1;
	key = buf_reserve(keys, at.len);
	if (!key || !buf_reserve(values, out.len))
		return -ENOSPC;
	memcpy(key, at.data, at.len);
	*op = (struct store_op){ .key = bytes_of(key, at.len), .value = buf_bytes(&out) };
	return 0;
}

/* Lay out a page as a batch. Return: operations, or a negative errno. */
static int page_ops(struct ring_pass *p, const struct wire_ring_fetch_answer *a)
{
	struct ring *ring = p->cover->ring;
	struct buf keys = buf_of(ring->page.mem, PAGE_ROOM);
	struct buf values = buf_of(ring->merge_mem + PAGE_RECORD_MAX, PAGE_ROOM);
	struct wire_ring_item item;
	uint32_t n = 0;
	size_t pos = 0;
	int err;

	p->next_open = !a->has_next;
	ring_key_set(&p->next, a->has_next ? a->next : bytes_of(NULL, 0));
	while (wire_ring_item_list_next(&a->items, &pos, &item)) {
		if (!ring_arc_has(&p->cover->arc, item.key)) {
			ring->count.strange++;
			continue;
		}
		err = n < PAGE_ITEMS_MAX ? item_merge(p, &item, &keys, &values, &ring->ops[n]) :
					   -ENOSPC;
		if (err == -ENOSPC && n) {
			/* More than this node takes at once: go on from here. */
			p->next_open = false;
			ring_key_set(&p->next, item.key);
			break;
		}
		if (err < 0)
			return err;
		n += !err;
	}
	xassert(n <= PAGE_ITEMS_MAX);
	return (int)n;
}

/* A page has come. */
void ring_fetched(struct ring_pass *p, const struct wire_ring_fetch_answer *a)
{
	struct ring *ring = p->cover->ring;
	struct ring_arc part = p->cover->arc;
	int n;

	xassert(p->active);
	part.start = p->at;
	if (a->has_next && ring_arc_has(&part, a->next)) {
		part.open = false;
		ring_key_set(&part.end, a->next);
	}
	if (a->status != WIRE_RING_STATUS_OK || p->ticket.done ||
	    (a->has_next && bytes_cmp(a->next, ring_key_bytes(&p->at)) <= 0) ||
	    !page_agrees(ring, &part, a->has_epochs ? a->epochs : bytes_of(NULL, 0))) {
		ring_pass_end(p, false);
		return;
	}
	n = page_ops(p, a);
	if (!n) {
		ring_pass_on(p, p->next_open, &p->next);
		return;
	}
	p->ticket.done = page_stored;
	p->ticket.ctx = p;
	if (n < 0 || store_submit(ring->store, ring->ops, (uint32_t)n, &p->ticket)) {
		p->ticket.done = NULL;
		ring_pass_end(p, false);
		return;
	}
	p->writing = true;
	ring->count.claim_items += (uint32_t)n;
}

bool ring_fetch_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_ring_fetch m;

	xassert(from);
	if (h->type != WIRE_RING_FETCH)
		return false;
	if (wire_ring_fetch_body_decode(h, &m))
		ring->count.strange++;
	else if (ring_grid_ok(ring, m.grid))
		fetch_take(ring, from, &m);
	return true;
}
