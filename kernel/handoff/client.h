/* SPDX-License-Identifier: GPL-2.0-only */
/* The client table: which member a client, or one connection of it, is with. */
#ifndef _XOS_HANDOFF_CLIENT_H
#define _XOS_HANDOFF_CLIENT_H

#include <linux/in6.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include <linux/xos_handoff.h>

struct xosh_net;
struct xosh_tuple;
struct xosh_vip;

/* Seconds: a client of which one packet was seen; a connection that ended. */
#define XOSH_CLIENT_NEW_S     30
#define XOSH_CLIENT_CLOSING_S 120

/**
 * struct xosh_client_key - what an entry is for
 * @vip_id: number of the vip
 * @addr: address of the client
 * @client_port: port of the client, or 0 for all its connections
 * @port: port of the server, or 0 for all its connections
 *
 * Has no padding: it is hashed and compared as bytes.
 */
struct xosh_client_key {
	u32 vip_id;
	struct in6_addr addr;
	__be16 client_port;
	__be16 port;
};

/**
 * struct xosh_client - an entry
 * @node: in its bucket; under the bucket's lock, RCU for readers
 * @key: what it is for
 * @vip: the vip, which outlives the entry
 * @member_id: the member; written under the bucket's lock
 * @state: enum xos_handoff_client_state; may be written by any packet
 * @seen: jiffies of the last packet; may be written by any packet
 * @rcu: for freeing
 *
 * The member is a number, not a pointer: a member that is gone is found out
 * when the next packet comes.
 */
struct xosh_client {
	struct hlist_node node;
	struct xosh_client_key key;
	struct xosh_vip *vip;
	u32 member_id;
	u32 state;
	unsigned long seen;
	struct rcu_head rcu;
};

/**
 * struct xosh_client_bucket - a chain of entries
 * @head: the entries
 * @lock: for changes; taken in softirq
 */
struct xosh_client_bucket {
	struct hlist_head head;
	spinlock_t lock;
};

/**
 * xosh_client_lifetime_s() - how long an entry lives without a packet
 * @state: its state
 * @timeout_s: the vip's timeout for living clients
 *
 * Return: seconds.
 */
static inline u32 xosh_client_lifetime_s(u32 state, u32 timeout_s)
{
	switch (state) {
	case XOS_HANDOFF_CLIENT_STATE_NEW:
		return min_t(u32, timeout_s, XOSH_CLIENT_NEW_S);
	case XOS_HANDOFF_CLIENT_STATE_CLOSING:
		return min_t(u32, timeout_s, XOSH_CLIENT_CLOSING_S);
	default:
		return timeout_s;
	}
}

int xosh_client_setup(struct xosh_net *xn);
void xosh_client_teardown(struct xosh_net *xn);
void xosh_client_purge(struct xosh_net *xn, struct xosh_vip *vip);

void xosh_client_key(struct xosh_client_key *key, const struct xosh_vip *vip,
		     const struct in6_addr *addr, __be16 client_port, __be16 port);
struct xosh_client *xosh_client_find(struct xosh_net *xn, const struct xosh_client_key *key);
int xosh_client_set(struct xosh_net *xn, struct xosh_vip *vip, const struct xosh_client_key *key,
		    u32 member_id, u32 state);
int xosh_client_del(struct xosh_net *xn, const struct xosh_client_key *key);
void xosh_client_touch(struct xosh_client *c, u32 state);

/**
 * xosh_client_walk() - call a function for each entry
 * @xn: network namespace with a table
 * @bucket: where to begin; where to go on when the function said stop
 * @skip: entries to skip in that bucket, likewise
 * @fn: function; not 0 means stop before this entry
 * @arg: for @fn
 *
 * Takes the RCU read lock. Entries that come or go meanwhile may be missed or
 * met twice.
 *
 * Return: 0 at the end, or what @fn gave.
 */
int xosh_client_walk(struct xosh_net *xn, unsigned long *bucket, unsigned long *skip,
		     int (*fn)(const struct xosh_client *c, void *arg), void *arg);

#endif /* _XOS_HANDOFF_CLIENT_H */
