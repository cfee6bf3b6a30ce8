// SPDX-License-Identifier: GPL-2.0-or-later
/* Which regions a query is handed on to, and whom in each. */
#include <select/forward_priv.h>

static bool fits(const struct visit *v, const struct contact *c)
{
	struct space_box cell;

	space_region(v->f->space, &c->key, TRIE_BITS, &cell);
	return space_cover(v->f->space, &cell, &v->plan->boxes) > 0;
}

static void add(struct visit *v, const struct part *p)
{
	if (v->parts_n == FORWARD_PARTS_MAX) {
		v->f->count.missing++;
		v->answer.missing++;
		return;
	}
	v->part[v->parts_n++] = *p;
}

/* One slot; the contacts from @first to @end are its candidates. */
static void add_slot(struct visit *v, uint8_t slot, uint32_t first, uint32_t end)
{
	const struct trie *t = &v->f->gossip->trie;
	struct part p = { .slot = slot };
	struct trie_key key = t->key;
	struct space_box cell;

	trie_key_flip(&key, p.slot);
	space_region(v->f->space, &key, p.slot + 1u, &cell);
	p.weight = space_cover(v->f->space, &cell, &v->plan->boxes);
	if (p.weight <= 0)
		return;
	for (uint32_t i = v->bits; i <= p.slot; i++)
		p.weight /= 2;
	for (uint32_t i = first; i < end && !v->f->cfg->blind && !p.fits; i++)
		p.fits = fits(v, &t->v[i]);
	if (!MUTANT(select_skips_slot) || p.slot != v->bits)
		add(v, &p);
}

static void add_leaf(struct visit *v, const struct contact *c)
{
	struct part p = {
		.leaf = true, .fits = true, .slot = c->slot, .peer = c->peer, .key = c->key
	};

	if (fits(v, c))
		add(v, &p);
}

/* Machines that are known to match first, then where most may be. */
static bool before(const struct part *a, const struct part *b)
{
	return a->fits != b->fits ? a->fits : a->weight > b->weight;
}

static void sort(struct part *p, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct part x = p[i];
		uint32_t j = i;

		for (; j && before(&x, &p[j - 1]); j--)
			p[j] = p[j - 1];
		p[j] = x;
	}
}

void parts_build(struct visit *v)
{
	const struct trie *t = &v->f->gossip->trie;
	uint32_t i = trie_slot(t, v->bits), end;

	for (; i < t->n; i = end) {
		for (end = i + 1; end < t->n && t->v[end].slot == t->v[i].slot; end++)
			;
		if (t->v[i].slot < t->depth) {
			add_slot(v, t->v[i].slot, i, end);
			continue;
		}
		for (uint32_t k = i; k < end; k++)
			add_leaf(v, &t->v[k]);
	}
	for (uint32_t slot = v->bits; slot < t->depth && !v->f->cfg->blind; slot++) {
		if (trie_lost(t, slot))
			add_slot(v, (uint8_t)slot, 0, 0);
	}
	if (!v->f->cfg->blind)
		sort(v->part, v->parts_n);
}

static bool was_tried(const struct wait *w, const struct xos_id *id)
{
	for (uint32_t i = 0; i < w->tried_n; i++) {
		if (xos_id_eq(&w->tried[i], id))
			return true;
	}
	return false;
}

/*
 * All candidates of the slot were silent. Of a large region the random sample knows others:
 * when many die at once, that is the way to those who are left.
 */
static bool from_sample(const struct visit *v, struct wait *w)
{
	const struct sample *s = &v->f->gossip->sample;
	const struct contact *best = NULL;

	for (uint32_t i = 0; i < s->n; i++) {
		const struct contact *c = &s->v[i];

		if (trie_key_slot(&v->f->gossip->trie.key, &c->key) != v->part[w->part].slot ||
		    was_tried(w, &c->peer.id) || (best && best->age <= c->age))
			continue;
		best = c;
	}
	if (!best || v->f->cfg->blind)
		return false;
	w->peer = best->peer;
	w->key = best->key;
	return true;
}

bool parts_candidate(struct visit *v, struct wait *w)
{
	const struct trie *t = &v->f->gossip->trie;
	const struct part *p = &v->part[w->part];
	const struct contact *best = NULL;
	uint32_t best_rank = 0, first, n;

	if (p->leaf) {
		w->peer = p->peer;
		w->key = p->key;
		return !w->tried_n;
	}
	if (w->tried_n == FORWARD_TRIED_MAX)
		return false;
	if (w->tried_n >= v->f->cfg->candidates)
		return from_sample(v, w);
	first = trie_slot(t, p->slot);
	n = trie_slot(t, p->slot + 1u) - first;
	for (uint32_t i = 0, at = n ? (uint32_t)env_random_below(v->f->env, n) : 0; i < n; i++) {
		const struct contact *c = &t->v[first + (at + i) % n];
		uint32_t rank =
			2u * (UINT8_MAX - c->silent) + (!v->f->cfg->blind && fits(v, c)) + 1;

		if (rank <= best_rank || was_tried(w, &c->peer.id))
			continue;
		best = c;
		best_rank = rank;
	}
	if (!best)
		return from_sample(v, w);
	w->peer = best->peer;
	w->key = best->key;
	return true;
}
