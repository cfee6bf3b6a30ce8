// SPDX-License-Identifier: GPL-2.0-only
#include "member.h"

#include <linux/jiffies.h>
#include <linux/rculist.h>
#include <linux/siphash.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/ipv6.h>

#include "net.h"
#include "vip.h"

/* So long all changes of the table count as one. */
#define SET_CHANGE_S 5

static unsigned int set_hash_id(u32 id)
{
	return (id * GOLDEN_RATIO_32) >> 24;
}

static unsigned int set_hash_addr(const struct in6_addr *addr)
{
	return (ipv6_addr_hash(addr) * GOLDEN_RATIO_32) >> 24;
}

static_assert(XOSH_SET_BUCKETS == 1 << 8);

static void set_index_add(u8 *index, unsigned int hash, u8 value)
{
	while (index[hash] != XOSH_SET_NONE)
		hash = (hash + 1) % XOSH_SET_BUCKETS;
	index[hash] = value;
}

/**
 * xosh_set_find() - the member of a number
 * @set: snapshot
 * @id: number
 *
 * Return: the member or NULL.
 */
struct xosh_member *xosh_set_find(const struct xosh_set *set, u32 id)
{
	unsigned int i;

	for (i = set_hash_id(id); set->by_id[i] != XOSH_SET_NONE; i = (i + 1) % XOSH_SET_BUCKETS)
		if (set->member[set->by_id[i]]->id == id)
			return set->member[set->by_id[i]];
	return NULL;
}

/**
 * xosh_set_find_addr() - the member of a care-of address
 * @set: snapshot
 * @addr: address
 *
 * Return: the member or NULL.
 */
struct xosh_member *xosh_set_find_addr(const struct xosh_set *set, const struct in6_addr *addr)
{
	struct xosh_member *m;
	unsigned int i;

	for (i = set_hash_addr(addr); set->by_addr[i] != XOSH_SET_NONE;
	     i = (i + 1) % XOSH_SET_BUCKETS) {
		m = set->member[set->by_addr[i]];
		if (ipv6_addr_equal(&m->care_of, addr))
			return m;
	}
	return NULL;
}

/**
 * xosh_set_choose() - the member for a client of which nothing is known
 * @set: snapshot
 * @client: the client's address
 *
 * All contact nodes with the same members and seed choose the same.
 *
 * Return: an active member with weight, or NULL.
 */
struct xosh_member *xosh_set_choose(const struct xosh_set *set, const struct in6_addr *client)
{
	u8 i = set->table[xosh_maglev_slot(siphash(client, sizeof(*client), &set->seed))];

	return i == XOSH_MAGLEV_NONE ? NULL : set->member[i];
}

/**
 * xosh_set_choose_other() - who else may have a client's connection
 * @set: snapshot
 * @client: the client's address
 *
 * The member of new clients when that is not this node, else the one before the table
 * changed.
 *
 * Return: another member that is not down, or NULL.
 */
struct xosh_member *xosh_set_choose_other(const struct xosh_set *set, const struct in6_addr *client)
{
	u32 slot = xosh_maglev_slot(siphash(client, sizeof(*client), &set->seed));
	struct xosh_member *m;
	u8 i = set->table[slot];

	if (i == XOSH_MAGLEV_NONE || set->member[i]->local)
		i = set->previous[slot];
	if (i == XOSH_MAGLEV_NONE)
		return NULL;
	m = set->member[i];
	return m->local || READ_ONCE(m->state) == XOS_HANDOFF_MEMBER_STATE_DOWN ? NULL : m;
}

static void set_fill_table(struct xosh_set *set, struct xosh_maglev_entry *e)
{
	struct xosh_member *m;
	unsigned int i;

	for (i = 0; i < set->n; i++) {
		m = set->member[i];
		e[i].hash = siphash(&m->care_of, sizeof(m->care_of), &set->seed);
		e[i].weight = m->state == XOS_HANDOFF_MEMBER_STATE_ACTIVE ? m->weight : 0;
		e[i].index = i;
	}
	xosh_maglev_fill(set->table, e, set->n);
	for (i = 0; i < set->n; i++)
		set->member[i]->slots = e[i].slots;
}

/* The slots of a table of @old in terms of @set; who is gone has none. */
static void set_translate(const struct xosh_set *set, const struct xosh_set *old, const u8 *from,
			  u8 *to)
{
	u8 index[XOSH_MAGLEV_NONE];
	unsigned int i, j;

	memset(index, XOSH_MAGLEV_NONE, sizeof(index));
	for (i = 0; i < old->n; i++)
		for (j = 0; j < set->n; j++)
			if (set->member[j] == old->member[i])
				index[i] = j;
	for (i = 0; i < XOSH_MAGLEV_SIZE; i++)
		to[i] = from[i] == XOSH_MAGLEV_NONE ? XOSH_MAGLEV_NONE : index[from[i]];
}

static bool set_is_empty(const u8 *table)
{
	return !memchr_inv(table, XOSH_MAGLEV_NONE, XOSH_MAGLEV_SIZE);
}

/*
 * What the table was before the latest change of it; with another seed it says nothing.
 * Changes that follow each other are one: an agent changes member after member.
 */
static void set_remember(struct xosh_set *set, const struct xosh_set *old)
{
	memset(set->previous, XOSH_MAGLEV_NONE, sizeof(set->previous));
	if (!old || memcmp(&old->seed, &set->seed, sizeof(set->seed)))
		return;
	set_translate(set, old, old->previous, set->previous);
	set->changed = old->changed;
	if (set_is_empty(old->table) || (!set_is_empty(set->previous) &&
					 time_before(jiffies, old->changed + SET_CHANGE_S * HZ)))
		return;
	set_translate(set, old, old->table, set->previous);
	if (memcmp(set->previous, set->table, sizeof(set->table)))
		set->changed = jiffies;
	else
		set_translate(set, old, old->previous, set->previous);
}

/**
 * xosh_set_rebuild() - make the snapshot anew from the list of members
 * @vip: the vip; under xosh_net.lock, or not yet visible
 *
 * Return: 0 or -ENOMEM, then the old snapshot stays.
 */
int xosh_set_rebuild(struct xosh_vip *vip)
{
	struct xosh_maglev_entry *e;
	struct xosh_set *set, *old;
	struct xosh_member *m;
	unsigned int n = 0;

	list_for_each_entry(m, &vip->members, node)
		n++;
	set = kvzalloc(struct_size(set, member, n), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	e = kvcalloc(n + 1, sizeof(*e), GFP_KERNEL);
	if (!e) {
		kvfree(set);
		return -ENOMEM;
	}
	memset(set->by_id, XOSH_SET_NONE, sizeof(set->by_id));
	memset(set->by_addr, XOSH_SET_NONE, sizeof(set->by_addr));
	set->seed = vip->seed;
	list_for_each_entry(m, &vip->members, node) {
		set_index_add(set->by_id, set_hash_id(m->id), set->n);
		set_index_add(set->by_addr, set_hash_addr(&m->care_of), set->n);
		if (m->local)
			set->local = m;
		set->member[set->n++] = m;
	}
	set_fill_table(set, e);
	kvfree(e);
	old = rcu_dereference_protected(vip->set, true);
	set_remember(set, old);
	rcu_assign_pointer(vip->set, set);
	if (old)
		kvfree_rcu(old, rcu);
	return 0;
}

/**
 * xosh_member_find() - a member on the list of a vip
 * @vip: the vip; under xosh_net.lock
 * @id: number of the member
 *
 * Return: the member or NULL.
 */
struct xosh_member *xosh_member_find(const struct xosh_vip *vip, u32 id)
{
	struct xosh_member *m;

	list_for_each_entry(m, &vip->members, node)
		if (m->id == id)
			return m;
	return NULL;
}

static int member_check(const struct xosh_vip *vip, const struct xosh_member *init,
			struct netlink_ext_ack *extack)
{
	struct xosh_member *m;
	unsigned int n = 0;

	list_for_each_entry(m, &vip->members, node) {
		if (m->id == init->id) {
			NL_SET_ERR_MSG_MOD(extack, "the member exists");
			return -EEXIST;
		}
		if (ipv6_addr_equal(&m->care_of, &init->care_of)) {
			NL_SET_ERR_MSG_MOD(extack, "another member has this care-of address");
			return -EEXIST;
		}
		if (m->local && init->local) {
			NL_SET_ERR_MSG_MOD(extack, "another member is local");
			return -EEXIST;
		}
		n++;
	}
	if (n >= XOS_HANDOFF_MEMBER_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "too many members");
		return -ENOSPC;
	}
	return 0;
}

static void member_free(struct xosh_member *m)
{
	dst_cache_destroy(&m->dst_cache);
	free_percpu(m->counters);
	kfree(m);
}

static struct xosh_member *member_alloc(const struct xosh_member *init)
{
	struct xosh_member *m;

	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return NULL;
	m->counters = alloc_percpu(struct xosh_counters);
	if (!m->counters)
		goto err_free_member;
	if (dst_cache_init(&m->dst_cache, GFP_KERNEL))
		goto err_free_counters;
	m->id = init->id;
	m->care_of = init->care_of;
	m->weight = init->weight;
	m->state = init->state;
	m->local = init->local;
	return m;

err_free_counters:
	free_percpu(m->counters);
err_free_member:
	kfree(m);
	return NULL;
}

/* Keep the list ordered by address: the same on all contact nodes. */
static void member_insert(struct xosh_vip *vip, struct xosh_member *new)
{
	struct xosh_member *m;

	list_for_each_entry(m, &vip->members, node)
		if (memcmp(&new->care_of, &m->care_of, sizeof(m->care_of)) < 0)
			break;
	list_add_tail(&new->node, &m->node);
}

/**
 * xosh_member_add() - add a member to a vip
 * @vip: the vip; under xosh_net.lock
 * @init: id, care_of, weight, state and local of the member
 * @extack: told why not
 *
 * Return: 0, -EEXIST, -ENOSPC, -ENOMEM.
 */
int xosh_member_add(struct xosh_vip *vip, const struct xosh_member *init,
		    struct netlink_ext_ack *extack)
{
	struct xosh_member *m;
	int err;

	err = member_check(vip, init, extack);
	if (err)
		return err;
	m = member_alloc(init);
	if (!m)
		goto err_extack;
	member_insert(vip, m);
	if (xosh_set_rebuild(vip))
		goto err_free_member;
	return 0;

err_free_member:
	list_del(&m->node);
	member_free(m);
err_extack:
	NL_SET_ERR_MSG_MOD(extack, "out of memory");
	return -ENOMEM;
}

/**
 * xosh_member_change() - change what new clients and connections get
 * @vip: the vip; under xosh_net.lock
 * @m: a member of it
 * @weight: new weight
 * @state: new state
 *
 * Return: 0, or -ENOMEM and nothing has changed.
 */
int xosh_member_change(struct xosh_vip *vip, struct xosh_member *m, u32 weight, u32 state)
{
	u32 old_weight = m->weight;
	u32 old_state = m->state;
	int err;

	m->weight = weight;
	WRITE_ONCE(m->state, state);
	err = xosh_set_rebuild(vip);
	if (err) {
		m->weight = old_weight;
		WRITE_ONCE(m->state, old_state);
	}
	return err;
}

/**
 * xosh_member_del() - remove a member
 * @vip: the vip; under xosh_net.lock
 * @m: the member; freed on success
 * @extack: told why not
 *
 * Sleeps for a grace period. Clients that it had get another member with their
 * next packet.
 *
 * Return: 0, -EBUSY while gates divert to it, -ENOMEM.
 */
int xosh_member_del(struct xosh_vip *vip, struct xosh_member *m, struct netlink_ext_ack *extack)
{
	struct list_head *prev = m->node.prev;

	if (m->gates_n) {
		NL_SET_ERR_MSG_MOD(extack, "gates divert to the member");
		return -EBUSY;
	}
	list_del(&m->node);
	if (xosh_set_rebuild(vip)) {
		list_add(&m->node, prev);
		NL_SET_ERR_MSG_MOD(extack, "out of memory");
		return -ENOMEM;
	}
	synchronize_net();
	member_free(m);
	return 0;
}

/**
 * xosh_member_purge() - free all members of a vip that no packet sees any more
 * @vip: the vip, about to be freed
 */
void xosh_member_purge(struct xosh_vip *vip)
{
	struct xosh_member *m, *tmp;

	list_for_each_entry_safe(m, tmp, &vip->members, node) {
		list_del(&m->node);
		member_free(m);
	}
}
