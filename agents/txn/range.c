// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ranges of a transaction. What was read is kept, key by key and version by
 * version; at commit the range is cut where arcs end, and the owners of each
 * piece vote on its digest and hold it, so that nothing can come in between.
 */
#include <txn/txn_priv.h>

static bool before_end(struct bytes key, struct bytes end)
{
	return !end.len || bytes_cmp(key, end) < 0;
}

/* Digest of what was read between two keys, as an owner computes it. */
static uint64_t range_digest(const struct txn_range *r, struct bytes from, struct bytes end)
{
	uint64_t digest = 0;

	xassert(r->items);
	for (uint32_t i = 0; i < r->items->n; i++) {
		const struct dht_item *item = &r->items->v[i];

		if (bytes_cmp(item->key, from) >= 0 && before_end(item->key, end))
			digest = txn_digest_add(digest, item->key, &item->version);
	}
	return digest;
}

/* Ends of ranges, where empty is the end of all keys. */
static int end_cmp(struct bytes a, struct bytes b)
{
	if (!a.len || !b.len)
		return !a.len ? b.len != 0 : -1;
	return bytes_cmp(a, b);
}

/*
 * Let the owners vote on a piece of a range. Two pieces that begin at one key
 * become the longer of them, and must agree about the shorter.
 * Return: 0 or -E2BIG.
 */
static int piece_add(struct txn *txn, struct txn_range *r, struct bytes from, struct bytes end)
{
	struct txn_part *p = txn_part_get(txn, from);
	int cmp;

	if (!p)
		return -E2BIG;
	cmp = p->range ? end_cmp(p->end, end) : -1;
	if (p->range && range_digest(p->of, from, cmp < 0 ? p->end : end) !=
				range_digest(r, from, cmp < 0 ? p->end : end))
		txn->doomed = true;
	if (cmp >= 0)
		return 0;
	xassert(before_end(from, end));
	p->range = true;
	p->of = r;
	p->end = end;
	p->digest = range_digest(r, from, end);
	return 0;
}

static int item_copy(struct txn *txn, const struct dht_item *from, struct dht_item *to)
{
	xassert(from->version.counter);
	to->version = from->version;
	if (from->version.counter > txn->seen)
		txn->seen = from->version.counter;
	if (txn_copy(txn, from->key, &to->key) || txn_copy(txn, from->value, &to->value))
		return -E2BIG;
	return 0;
}

static struct txn_items *items_alloc(struct txn *txn, uint32_t n)
{
	struct txn_items *items = txn_mem(txn, sizeof(*items) + (size_t)n * sizeof(items->v[0]));

	if (items)
		items->n = 0;
	xassert(!items || (uintptr_t)items % 16 == 0);
	return items;
}

/* The next key that the transaction itself writes in the range, above @above (NULL: any). */
static const struct txn_part *own_next(const struct txn *txn, const struct txn_range *r,
				       const struct bytes *above)
{
	const struct txn_part *best = NULL;

	xassert(txn->part_n <= TXN_KEYS_MAX);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		const struct txn_part *p = &txn->part[i];

		if (!p->write || bytes_cmp(p->key, r->from) < 0 || !before_end(p->key, r->end) ||
		    dht_key_reserved(p->key) || (above && bytes_cmp(p->key, *above) <= 0) ||
		    (best && bytes_cmp(p->key, best->key) >= 0))
			continue;
		best = p;
	}
	return best;
}

static uint32_t own_count(const struct txn *txn)
{
	uint32_t n = 0;

	xassert(txn->used);
	for (uint32_t i = 0; i < txn->part_n; i++)
		n += txn->part[i].write;
	return n;
}

/* What was read, with what the transaction has written itself. Return: NULL without memory. */
static struct txn_items *items_merge(struct txn *txn, const struct txn_range *r)
{
	const struct txn_part *own = own_next(txn, r, NULL);
	struct txn_items *out;
	uint32_t i = 0;

	if (!own)
		return r->items;
	out = items_alloc(txn, r->items->n + own_count(txn));
	while (out && (own || i < r->items->n)) {
		const struct dht_item *item = i < r->items->n ? &r->items->v[i] : NULL;
		int cmp = !own ? -1 : !item ? 1 : bytes_cmp(item->key, own->key);

		if (cmp < 0) {
			out->v[out->n++] = *item;
			i++;
			continue;
		}
		i += cmp == 0;
		if (!own->tombstone)
			out->v[out->n++] = (struct dht_item){ .key = own->key,
							      .value = own->value,
							      .version = own->want };
		own = own_next(txn, r, &own->key);
	}
	xassert(!out || out->n <= r->items->n + own_count(txn));
	return out;
}

static int range_take(struct txn *txn, struct txn_step *step, const struct dht_op *op)
{
	struct txn_range *r = txn_mem(txn, sizeof(*r));
	struct dht_item item;
	size_t pos = 0;

	if (!r)
		return -E2BIG;
	*r = (struct txn_range){ .next = txn->ranges };
	r->items = items_alloc(txn, op->count);
	if (!r->items || txn_copy(txn, step->key, &r->from) ||
	    txn_copy(txn, op->more ? op->resume : step->to, &r->end))
		return -E2BIG;
	while (dht_op_item(op, &pos, &item)) {
		if (item_copy(txn, &item, &r->items->v[r->items->n++]))
			return -E2BIG;
	}
	xassert(r->items->n == op->count);
	txn->ranges = r;
	step->more = op->more;
	step->resume = r->end;
	if (before_end(r->from, r->end) && piece_add(txn, r, r->from, r->end))
		return -E2BIG;
	step->state = items_merge(txn, r);
	return step->state ? 0 : -E2BIG;
}

/* A range was read: remember it, and tell the step. */
void txn_range_done(struct txn *txn, struct txn_step *step, const struct dht_op *op)
{
	const struct txn_items *items;

	xassert(step->kind == TXN_RANGE);
	step->status = op->status ? op->status : range_take(txn, step, op);
	items = step->state;
	step->count = items ? items->n : 0;
	/* Half a range must not be taken for one that was read. */
	if (step->status)
		txn->doomed |= step->status == -E2BIG;
}

bool txn_step_item(const struct txn_step *step, size_t *pos, struct dht_item *item)
{
	const struct txn_items *items = step->state;

	xassert(step->kind == TXN_RANGE);
	if (!items || *pos >= items->n)
		return false;
	*item = items->v[(*pos)++];
	return true;
}

/* Where the first of the owners of a range's beginning has its end. Return: false: nowhere inside. */
static bool piece_cut(struct txn *txn, const struct txn_part *p, struct bytes *cut)
{
	struct txns *t = txn->txns;
	bool found = false;

	xassert(p->range);
	for (uint8_t c = 0; c < ring_replicas(t->ring); c++) {
		const struct ring_arc *arc = NULL;
		struct bytes end;

		if (!dht_owner_find(t->dht, c, p->key, &arc) || arc->open)
			continue;
		end = ring_key_bytes(&arc->end);
		if (bytes_cmp(end, p->key) <= 0 || end_cmp(end, found ? *cut : p->end) >= 0)
			continue;
		*cut = end;
		found = true;
	}
	return found;
}

/* Cut ranges where arcs end. Return: true when there are new pieces, whose owners are not known yet. */
bool txn_ranges_cut(struct txn *txn)
{
	uint32_t n = txn->part_n;

	xassert(n);
	for (uint32_t i = 0; i < n; i++) {
		struct txn_part *p = &txn->part[i];
		struct bytes cut, end = p->end;

		if (!p->range || !piece_cut(txn, p, &cut))
			continue;
		if (txn_copy(txn, cut, &cut) || piece_add(txn, p->of, cut, end)) {
			txn->doomed = true;
			return false;
		}
		p->end = cut;
		p->digest = range_digest(p->of, p->key, cut);
	}
	return txn->part_n > n;
}
