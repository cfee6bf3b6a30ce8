// SPDX-License-Identifier: GPL-2.0-or-later
/* How right are the tables? Compared with the sorted keys of all machines. */
#include "scale.h"

#include <stdlib.h>

#include <base/assert.h>

#define CELL_BITS (SCALE_AXES * SCALE_LEVELS)

static int by_key(const void *a, const void *b)
{
	const struct trie_key *x = a, *y = b;

	if (x->w[0] != y->w[0])
		return x->w[0] < y->w[0] ? -1 : 1;
	return x->w[1] < y->w[1] ? -1 : x->w[1] > y->w[1];
}

/* First key that is not below. */
static uint32_t key_at(const struct trie_key *v, uint32_t n, const struct trie_key *key)
{
	uint32_t lo = 0, hi = n;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (by_key(&v[mid], key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* How many keys begin with these bits? */
static uint32_t keys_in(const struct trie_key *v, uint32_t n, struct trie_key key, uint32_t bits)
{
	struct trie_key end = key;
	uint32_t first;

	for (uint32_t i = bits; i < TRIE_BITS; i++) {
		if (trie_key_bit(&key, i))
			trie_key_flip(&key, i);
		if (!trie_key_bit(&end, i))
			trie_key_flip(&end, i);
	}
	first = key_at(v, n, &key);
	for (bits = key_at(v, n, &end); bits < n && !by_key(&v[bits], &end); bits++)
		;
	return bits - first;
}

/* The life of a contact is in its identity. */
static bool runs(const struct scale_world *w, const struct contact *c)
{
	const struct scale_node *n = &w->node[scale_index(&c->peer)];

	return n->alive && xos_id_eq(&n->g.self.peer.id, &c->peer.id);
}

struct right {
	uint64_t slots, slots_filled, near, near_known, contacts, dead;
};

static void look_at(const struct scale_world *w, const struct trie_key *keys, const struct trie *t,
		    struct right *r)
{
	uint64_t have[3] = { 0 };
	uint32_t near = 0;

	for (uint32_t i = 0; i < t->n; i++) {
		const struct contact *c = &t->v[i];

		r->contacts++;
		if (!runs(w, c)) {
			r->dead++;
			continue;
		}
		have[c->slot / 64] |= 1ULL << c->slot % 64;
		near += c->slot >= t->depth;
	}
	for (uint32_t slot = 0; slot < t->depth; slot++) {
		struct trie_key other = t->key;

		trie_key_flip(&other, slot);
		if (!keys_in(keys, w->alive, other, slot + 1))
			continue;
		r->slots++;
		r->slots_filled += have[slot / 64] >> slot % 64 & 1;
	}
	/* But for the node itself. */
	r->near += keys_in(keys, w->alive, t->key, t->depth) - 1;
	r->near_known += near;
}

static void count_cells(const struct scale_world *w, struct scale_tables *out)
{
	uint32_t *cell = calloc(1u << CELL_BITS, sizeof(*cell));
	double sum = 0;

	xassert(cell);
	for (uint32_t i = 0; i < w->n; i++) {
		if (w->node[i].alive)
			cell[w->node[i].g.self.key.w[0] >> (64 - CELL_BITS)]++;
	}
	for (uint32_t i = 0; i < 1u << CELL_BITS; i++) {
		sum += (double)cell[i] * (cell[i] ? cell[i] - 1 : 0);
		out->cell_max = cell[i] > out->cell_max ? cell[i] : out->cell_max;
	}
	out->cell_max -= out->cell_max > 0;
	out->cell_mean = sum / w->alive;
	free(cell);
}

static double share(uint64_t part, uint64_t all)
{
	return all ? (double)part / (double)all : 1;
}

static void look_at_some(struct scale_world *w, uint32_t looks, const struct trie_key *keys,
			 struct scale_tables *out)
{
	struct right r = { 0 };

	for (uint32_t i = 0; i < looks; i++)
		look_at(w, keys, &w->node[scale_any(w)].g.trie, &r);
	out->slots = share(r.slots_filled, r.slots);
	out->near_known = share(r.near_known, r.near);
	out->dead = share(r.dead, r.contacts);
}

void scale_look(struct scale_world *w, uint32_t looks, struct scale_tables *out)
{
	struct trie_key *keys = malloc(w->alive * sizeof(*keys));
	uint64_t links = 0, near = 0, joined = 0;
	uint32_t n = 0;

	xassert(keys);
	memset(out, 0, sizeof(*out));
	for (uint32_t i = 0; i < w->n; i++) {
		const struct gossip *g = &w->node[i].g;
		uint32_t here;

		if (!w->node[i].alive)
			continue;
		keys[n++] = g->self.key;
		here = trie_near(&g->trie);
		links += g->trie.n;
		near += here;
		joined += g->joined;
		out->links_max = g->trie.n > out->links_max ? g->trie.n : out->links_max;
		out->near_max = here > out->near_max ? here : out->near_max;
	}
	qsort(keys, n, sizeof(*keys), by_key);
	out->links_mean = (double)links / n;
	out->near_mean = (double)near / n;
	out->joined = (double)joined / n;
	count_cells(w, out);
	look_at_some(w, looks, keys, out);
	free(keys);
}
