// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/trie.h>

#include <string.h>

#include <base/assert.h>
#include <base/mutant.h>

void trie_init(struct trie *t, const struct trie_config *cfg, struct contact *v,
	       const struct xos_id *self, const struct trie_key *key)
{
	xassert(cfg->candidates && cfg->near_max && cfg->entries_max > cfg->near_max);
	*t = (struct trie){ .cfg = cfg, .v = v, .depth = cfg->depth, .self = *self, .key = *key };
}

uint32_t trie_slot(const struct trie *t, uint32_t slot)
{
	uint32_t lo = 0, hi = t->n;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (t->v[mid].slot < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct contact *trie_find(struct trie *t, const struct xos_id *id)
{
	for (uint32_t i = 0; i < t->n; i++) {
		if (xos_id_eq(&t->v[i].peer.id, id))
			return &t->v[i];
	}
	return NULL;
}

static void take_out(struct trie *t, uint32_t at)
{
	xassert(at < t->n);
	memmove(&t->v[at], &t->v[at + 1], (--t->n - at) * sizeof(*t->v));
}

/* Of two nodes in a slot, which one is worth less? */
static bool worse(const struct contact *a, const struct contact *b)
{
	return a->silent != b->silent ? a->silent > b->silent : a->age > b->age;
}

static uint32_t worst_of(const struct trie *t, uint32_t first, uint32_t end)
{
	uint32_t worst = first;

	for (uint32_t i = first + 1; i < end; i++) {
		if (worse(&t->v[i], &t->v[worst]))
			worst = i;
	}
	return worst;
}

/* The further half of the neighbourhood leaves it; a few of it stay in the table. */
static void deeper(struct trie *t)
{
	uint32_t first = trie_slot(t, t->depth), end = trie_slot(t, t->depth + 1u);

	for (; end - first > t->cfg->candidates; end--)
		take_out(t, worst_of(t, first, end));
	t->depth++;
}

static void deepen(struct trie *t)
{
	while (!t->cfg->depth && t->depth < TRIE_BITS && trie_near(t) > t->cfg->near_max)
		deeper(t);
}

/* Could the slot before the neighbourhood be a part of it? */
static bool is_thin(const struct trie *t)
{
	uint32_t first, end;

	if (t->cfg->depth || !t->depth)
		return false;
	first = trie_slot(t, t->depth - 1u);
	end = trie_slot(t, t->depth);
	return end - first < t->cfg->candidates && t->n - first <= t->cfg->near_max;
}

/* The last node of a slot may be gone: others may have been left out there. */
static void left(struct trie *t, uint32_t slot)
{
	if (slot >= t->depth || trie_slot(t, slot) < trie_slot(t, slot + 1u))
		return;
	t->lost[slot / 64] |= 1ULL << slot % 64;
	t->lost_age = 0;
}

void trie_drop(struct trie *t, const struct xos_id *id)
{
	struct contact *c = trie_find(t, id);
	uint32_t slot;

	if (!c)
		return;
	slot = c->slot;
	take_out(t, (uint32_t)(c - t->v));
	left(t, slot);
}

void trie_cycle(struct trie *t)
{
	t->lost_age += t->lost_age < TRIE_QUIET_CYCLES;
	if (t->lost_age == TRIE_QUIET_CYCLES)
		memset(t->lost, 0, sizeof(t->lost));
	if (!is_thin(t))
		t->thin = 0;
	else if (t->thin < TRIE_QUIET_CYCLES)
		t->thin++;
	else
		t->depth--;
}

/* A place for a node of this slot; false when all are taken by better ones. */
static bool make_room(struct trie *t, const struct contact *c)
{
	uint32_t first = trie_slot(t, c->slot), end = trie_slot(t, c->slot + 1u), worst;
	bool full = t->n == t->cfg->entries_max;

	if (c->slot < t->depth && end - first >= t->cfg->candidates)
		full = true;
	if (t->cfg->depth && c->slot >= t->depth && trie_near(t) >= t->cfg->near_max)
		full = true;
	if (!full)
		return true;
	worst = first < end ? worst_of(t, first, end) : 0;
	if (first == end || !worse(&t->v[worst], c)) {
		t->refused += t->n == t->cfg->entries_max;
		return false;
	}
	take_out(t, worst);
	return true;
}

static bool insert(struct trie *t, const struct contact *c)
{
	uint32_t at;

	if (!make_room(t, c))
		return false;
	at = trie_slot(t, c->slot + 1u);
	memmove(&t->v[at + 1], &t->v[at], (t->n++ - at) * sizeof(*t->v));
	t->v[at] = *c;
	if (c->slot < TRIE_BITS)
		t->lost[c->slot / 64] &= ~(1ULL << c->slot % 64);
	deepen(t);
	return true;
}

bool trie_learn(struct trie *t, const struct contact *c)
{
	struct contact fresh = *c, *old;
	uint32_t slot;

	if (xos_id_eq(&c->peer.id, &t->self))
		return false;
	fresh.slot = (uint8_t)trie_key_slot(&t->key, &c->key);
	old = trie_find(t, &c->peer.id);
	if (!old) {
		fresh.silent = 0;
		return insert(t, &fresh);
	}
	if (MUTANT(select_keeps_old_key))
		return false;
	if (c->version < old->version || (c->version == old->version && c->age >= old->age))
		return false;
	if (c->version == old->version) {
		old->age = c->age;
		return false;
	}
	slot = old->slot;
	take_out(t, (uint32_t)(old - t->v));
	fresh.silent = 0;
	insert(t, &fresh);
	left(t, slot);
	return false;
}

bool trie_rekey(struct trie *t, const struct trie_key *key)
{
	bool near = trie_key_slot(&t->key, key) >= t->depth;
	uint32_t n = t->n;

	t->key = *key;
	t->n = 0;
	if (!near) {
		t->depth = t->cfg->depth;
		memset(t->lost, 0, sizeof(t->lost));
	}
	/* In place: what is sorted in never passes what is still to be read. */
	for (uint32_t i = 0; i < n; i++) {
		struct contact c = t->v[i];

		c.slot = (uint8_t)trie_key_slot(key, &c.key);
		insert(t, &c);
	}
	return near;
}

void trie_settle(struct trie *t, uint32_t depth)
{
	xassert(depth <= TRIE_BITS);
	while (!t->cfg->depth && t->depth < depth)
		deeper(t);
}
