// SPDX-License-Identifier: GPL-2.0-only
#include "client.h"

#include <linux/moduleparam.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "net.h"
#include "vip.h"

#define CLIENT_BUCKETS 8192
#define CLIENT_GC_S    5

static unsigned int clients_max = 262144;
module_param(clients_max, uint, 0644);
MODULE_PARM_DESC(clients_max, "Entries in the client table of a network namespace");

static struct xosh_client_bucket *client_bucket(struct xosh_net *xn,
						const struct xosh_client_key *key)
{
	return &xn->clients[siphash(key, sizeof(*key), &xn->hash_key) % CLIENT_BUCKETS];
}

static bool client_expired(const struct xosh_client *c)
{
	u32 life_s =
		xosh_client_lifetime_s(READ_ONCE(c->state), READ_ONCE(c->vip->client_timeout_s));

	return time_after(jiffies, READ_ONCE(c->seen) + life_s * (unsigned long)HZ);
}

/* Entry of a key, alive or not. Under RCU or the bucket's lock. */
static struct xosh_client *client_lookup(struct xosh_client_bucket *b,
					 const struct xosh_client_key *key)
{
	struct xosh_client *c;

	hlist_for_each_entry_rcu(c, &b->head, node, lockdep_is_held(&b->lock))
		if (!memcmp(&c->key, key, sizeof(*key)))
			return c;
	return NULL;
}

static void client_unlink(struct xosh_net *xn, struct xosh_client *c)
{
	hlist_del_rcu(&c->node);
	atomic_dec(&xn->clients_n);
	atomic_dec(&c->vip->clients_n);
	kfree_rcu(c, rcu);
}

/* Remove the entries of a vip, or, without one, those that have expired. */
static void client_sweep(struct xosh_net *xn, const struct xosh_vip *vip)
{
	struct xosh_client_bucket *b;
	struct hlist_node *tmp;
	struct xosh_client *c;
	unsigned int i;

	for (i = 0; i < CLIENT_BUCKETS; i++) {
		b = &xn->clients[i];
		if (hlist_empty(&b->head))
			continue;
		spin_lock_bh(&b->lock);
		hlist_for_each_entry_safe(c, tmp, &b->head, node)
			if (vip ? c->vip == vip : client_expired(c))
				client_unlink(xn, c);
		spin_unlock_bh(&b->lock);
		cond_resched();
	}
}

static void client_gc(struct work_struct *work)
{
	struct xosh_net *xn = container_of(work, struct xosh_net, gc.work);

	client_sweep(xn, NULL);
	queue_delayed_work(system_power_efficient_wq, &xn->gc, CLIENT_GC_S * HZ);
}

/**
 * xosh_client_setup() - make the table
 * @xn: network namespace; its lock is held
 *
 * Return: 0 or -ENOMEM.
 */
int xosh_client_setup(struct xosh_net *xn)
{
	unsigned int i;

	xn->clients = kvcalloc(CLIENT_BUCKETS, sizeof(*xn->clients), GFP_KERNEL);
	if (!xn->clients)
		return -ENOMEM;
	for (i = 0; i < CLIENT_BUCKETS; i++)
		spin_lock_init(&xn->clients[i].lock);
	INIT_DELAYED_WORK(&xn->gc, client_gc);
	queue_delayed_work(system_power_efficient_wq, &xn->gc, CLIENT_GC_S * HZ);
	return 0;
}

/**
 * xosh_client_teardown() - free the table
 * @xn: network namespace; its lock is held, no vip is left
 */
void xosh_client_teardown(struct xosh_net *xn)
{
	cancel_delayed_work_sync(&xn->gc);
	kvfree(xn->clients);
	xn->clients = NULL;
}

/**
 * xosh_client_purge() - forget all clients of a vip
 * @xn: network namespace
 * @vip: a vip that no packet sees any more
 *
 * When this returns nothing in the table points to @vip.
 */
void xosh_client_purge(struct xosh_net *xn, struct xosh_vip *vip)
{
	client_sweep(xn, vip);
}

/**
 * xosh_client_key() - fill in a key
 * @key: result
 * @vip: the vip
 * @addr: address of the client
 * @client_port: port of the client, or 0
 * @port: port of the server, or 0
 */
void xosh_client_key(struct xosh_client_key *key, const struct xosh_vip *vip,
		     const struct in6_addr *addr, __be16 client_port, __be16 port)
{
	BUILD_BUG_ON(sizeof(*key) != 24);
	key->vip_id = vip->id;
	key->addr = *addr;
	key->client_port = client_port;
	key->port = port;
}

/**
 * xosh_client_find() - find an entry
 * @xn: network namespace
 * @key: what for
 *
 * Under RCU.
 *
 * Return: the entry, or NULL if there is none that is alive.
 */
struct xosh_client *xosh_client_find(struct xosh_net *xn, const struct xosh_client_key *key)
{
	struct xosh_client *c = client_lookup(client_bucket(xn, key), key);

	return c && !client_expired(c) ? c : NULL;
}

/* Room for one more, counted. */
static bool client_reserve(struct xosh_net *xn)
{
	if (atomic_inc_return(&xn->clients_n) <= READ_ONCE(clients_max))
		return true;
	atomic_dec(&xn->clients_n);
	return false;
}

static struct xosh_client *client_alloc(struct xosh_net *xn, struct xosh_vip *vip,
					const struct xosh_client_key *key)
{
	struct xosh_client *c;

	if (!client_reserve(xn))
		return ERR_PTR(-ENOSPC);
	c = kzalloc(sizeof(*c), GFP_ATOMIC | __GFP_NOWARN);
	if (!c) {
		atomic_dec(&xn->clients_n);
		return ERR_PTR(-ENOMEM);
	}
	c->key = *key;
	c->vip = vip;
	return c;
}

/**
 * xosh_client_set() - give a client, or one connection, to a member
 * @xn: network namespace
 * @vip: the vip, that of @key
 * @key: the client or connection
 * @member_id: the member
 * @state: state of the entry from now on
 *
 * Makes the entry when there is none. Any context under RCU or xosh_net.lock.
 *
 * Return: 0, -ENOSPC when the table is full, -ENOMEM.
 */
int xosh_client_set(struct xosh_net *xn, struct xosh_vip *vip, const struct xosh_client_key *key,
		    u32 member_id, u32 state)
{
	struct xosh_client_bucket *b = client_bucket(xn, key);
	struct xosh_client *c;
	bool fresh;
	int err = 0;

	spin_lock_bh(&b->lock);
	c = client_lookup(b, key);
	fresh = !c;
	if (fresh)
		c = client_alloc(xn, vip, key);
	if (IS_ERR(c)) {
		err = PTR_ERR(c);
		goto out_unlock;
	}
	WRITE_ONCE(c->member_id, member_id);
	WRITE_ONCE(c->state, state);
	WRITE_ONCE(c->seen, jiffies);
	if (fresh) {
		atomic_inc(&vip->clients_n);
		hlist_add_head_rcu(&c->node, &b->head);
	}
out_unlock:
	spin_unlock_bh(&b->lock);
	return err;
}

/**
 * xosh_client_del() - forget a client or a connection
 * @xn: network namespace; its lock is held
 * @key: which
 *
 * Return: 0 or -ENOENT.
 */
int xosh_client_del(struct xosh_net *xn, const struct xosh_client_key *key)
{
	struct xosh_client_bucket *b = client_bucket(xn, key);
	struct xosh_client *c;

	spin_lock_bh(&b->lock);
	c = client_lookup(b, key);
	if (c)
		client_unlink(xn, c);
	spin_unlock_bh(&b->lock);
	return c ? 0 : -ENOENT;
}

/**
 * xosh_client_touch() - a packet of the client came
 * @c: the entry; under RCU
 * @state: its state after that
 */
void xosh_client_touch(struct xosh_client *c, u32 state)
{
	unsigned long now = jiffies;

	/* Write only what changes: all CPUs share the line. */
	if (READ_ONCE(c->seen) != now)
		WRITE_ONCE(c->seen, now);
	if (READ_ONCE(c->state) != state)
		WRITE_ONCE(c->state, state);
}

int xosh_client_walk(struct xosh_net *xn, unsigned long *bucket, unsigned long *skip,
		     int (*fn)(const struct xosh_client *c, void *arg), void *arg)
{
	const struct xosh_client *c;
	unsigned long i;
	int ret;

	for (; *bucket < CLIENT_BUCKETS; (*bucket)++, *skip = 0) {
		i = 0;
		rcu_read_lock();
		hlist_for_each_entry_rcu(c, &xn->clients[*bucket].head, node) {
			if (i++ < *skip || client_expired(c))
				continue;
			ret = fn(c, arg);
			if (ret) {
				*skip = i - 1;
				rcu_read_unlock();
				return ret;
			}
		}
		rcu_read_unlock();
	}
	return 0;
}
