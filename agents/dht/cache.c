// SPDX-License-Identifier: GPL-2.0-or-later
/* Arcs of other nodes, as these said themselves. Only hints: the owner checks each request. */
#include <dht/dht_priv.h>

const struct dht_cached *dht_cache_find(struct dht *dht, uint8_t class, struct bytes key)
{
	xassert(class < RING_CLASSES_MAX);
	for (uint32_t i = 0; i < dht->cfg.cache_max; i++) {
		struct dht_cached *c = &dht->cached[i];

		if (!c->used || c->arc.class != class || !ring_arc_has(&c->arc, key))
			continue;
		c->used = ++dht->cache_use;
		return c;
	}
	return NULL;
}

void dht_cache_add(struct dht *dht, const struct env_peer *owner, const struct wire_ring_arc *arc)
{
	struct dht_cached *c = &dht->cached[0];

	xassert(owner && arc);
	dht_cache_drop(dht, &owner->id);
	for (uint32_t i = 1; i < dht->cfg.cache_max; i++) {
		if (dht->cached[i].used < c->used)
			c = &dht->cached[i];
	}
	c->owner = *owner;
	c->used = ++dht->cache_use;
	c->arc.class = arc->class;
	c->arc.epoch = arc->epoch;
	c->arc.open = !arc->has_end;
	ring_key_set(&c->arc.start, arc->start);
	ring_key_set(&c->arc.end, arc->has_end ? arc->end : bytes_of(NULL, 0));
}

void dht_cache_drop(struct dht *dht, const struct xos_id *owner)
{
	xassert(owner);
	for (uint32_t i = 0; i < dht->cfg.cache_max; i++) {
		if (dht->cached[i].used && xos_id_eq(&dht->cached[i].owner.id, owner))
			dht->cached[i].used = 0;
	}
}

const struct env_peer *dht_owner_find(struct dht *dht, uint8_t class, struct bytes key,
				      const struct ring_arc **arc)
{
	const struct dht_cached *c = dht_cache_find(dht, class, key);

	xassert(key.len <= RING_KEY_MAX);
	if (c && arc)
		*arc = &c->arc;
	return c ? &c->owner : NULL;
}

void dht_owner_learn(struct dht *dht, const struct env_peer *owner, const struct wire_ring_arc *arc)
{
	xassert(arc->class < RING_CLASSES_MAX);
	dht_cache_add(dht, owner, arc);
}

void dht_owner_drop(struct dht *dht, const struct xos_id *owner)
{
	xassert(owner);
	dht_cache_drop(dht, owner);
}
