/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A responder: the UDP socket that an agent lends, the table that the agent vouches
 * for, the keys that authenticate datagrams.
 *
 * Life: made by attach, found through the list of its network namespace (under
 * the namespace's mutex) and through sk_user_data (under RCU). Detach takes the
 * socket's encapsulation fields back, waits for readers and frees it; it runs
 * when the owning netlink socket says so or closes, when the namespace goes,
 * and when the module is removed.
 */
#ifndef _XOS_LOOKUP_RESPONDER_H
#define _XOS_LOOKUP_RESPONDER_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <net/net_namespace.h>

#include "table.h"

struct crypto_shash;
struct netlink_ext_ack;
struct sock;

/**
 * enum xosl_stat - counters of a responder, as struct stats of the netlink family
 */
enum xosl_stat {
	XOSL_ANSWERED,
	XOSL_PASSED,
	XOSL_MISS_TABLE,
	XOSL_MISS_LEASE,
	XOSL_MISS_PAD,
	XOSL_MISS_PACKET,
	XOSL_DROP_MAC,
	XOSL_DROP_MALFORMED,
	XOSL_DROP_ROUTE,
	XOSL_STATS
};

/**
 * struct xosl_stats - counters of one CPU
 * @n: values; read without a lock, so a sum may miss what happens meanwhile
 */
struct xosl_stats {
	u64 n[XOSL_STATS];
};

/**
 * struct xosl_key - key that authenticates datagrams; immutable once published
 * @id: number in the envelope
 * @mac: HMAC-SHA256, keyed
 */
struct xosl_key {
	u16 id;
	struct crypto_shash *mac;
};

/**
 * struct xosl_responder - answers queries on one UDP socket
 * @list: in struct xosl_net; under its mutex
 * @net: network namespace
 * @sk: UDP socket, counted
 * @port_id: netlink port of the owner
 * @node_id: identity of the ring node
 * @keys: published keys; written under the mutex, read under RCU
 * @table: published table or NULL; written under the mutex, read under RCU
 * @lease_end_ns: CLOCK_BOOTTIME at which the table must no longer be used
 * @counter: last counter of an envelope
 * @next: table being built from several messages, or NULL; under the mutex
 * @next_lease_ms: its lease
 * @stats: counters, per CPU
 */
struct xosl_responder {
	struct list_head list;
	struct net *net;
	struct sock *sk;
	u32 port_id;
	u8 node_id[XOS_LOOKUP_ID_LEN];
	struct xosl_key __rcu *keys[XOS_LOOKUP_KEYS_MAX];
	struct xosl_table __rcu *table;
	u64 lease_end_ns;
	atomic64_t counter;
	struct xosl_table *next;
	struct xosl_stats __percpu *stats;
};

/**
 * struct xosl_net - what a network namespace has
 * @lock: guards all of it, and all changes of its responders
 * @responders: list of struct xosl_responder
 * @count: its length
 */
struct xosl_net {
	struct mutex lock;
	struct list_head responders;
	u32 count;
};

extern unsigned int xosl_net_id;

/* The module's part of a network namespace. */
struct xosl_net *xosl_net(struct net *net);

static inline void xosl_count(struct xosl_responder *r, enum xosl_stat stat)
{
	this_cpu_inc(r->stats->n[stat]);
}

/**
 * xosl_responder_find() - the responder that a netlink socket owns
 * @xn: network namespace; locked
 * @port_id: the socket's port
 *
 * Return: the responder or NULL.
 */
struct xosl_responder *xosl_responder_find(struct xosl_net *xn, u32 port_id);

/**
 * xosl_responder_attach() - make a responder
 * @net: network namespace; its xosl_net locked
 * @fd: descriptor of a bound IPv6 UDP socket of the calling process
 * @node_id: identity of the ring node
 * @port_id: netlink port of the owner
 * @extack: says why not
 *
 * Return: 0; -EBUSY when the netlink socket owns one or somebody else has the UDP
 * socket; -ENOSPC for too many; -ENOTSOCK, -EBADF, -EINVAL, -EXDEV for the descriptor;
 * -ENOMEM.
 */
int xosl_responder_attach(struct net *net, u32 fd, const u8 *node_id, u32 port_id,
			  struct netlink_ext_ack *extack);

/**
 * xosl_responder_detach() - let go of the socket and free everything; sleeps
 * @xn: network namespace; locked
 * @r: responder
 */
void xosl_responder_detach(struct xosl_net *xn, struct xosl_responder *r);

/**
 * xosl_responder_key() - set, replace or forget a key; sleeps
 * @r: responder; its xosl_net locked
 * @id: number of the key
 * @secret: XOS_LOOKUP_KEY_LEN bytes, NULL to forget
 * @extack: says why not
 *
 * Return: 0, -ENOENT nothing to forget, -ENOSPC too many keys, an error of the crypto layer.
 */
int xosl_responder_key(struct xosl_responder *r, u16 id, const u8 *secret,
		       struct netlink_ext_ack *extack);

/**
 * xosl_responder_publish() - replace the table; sleeps
 * @r: responder; its xosl_net locked
 * @table: finished table, owned from now on; NULL for none
 * @lease_ms: its lease
 */
void xosl_responder_publish(struct xosl_responder *r, struct xosl_table *table, u32 lease_ms);

/**
 * xosl_responder_renew() - the lease starts anew
 * @r: responder
 * @lease_ms: milliseconds from now
 */
void xosl_responder_renew(struct xosl_responder *r, u32 lease_ms);

/**
 * xosl_answer_rcv() - encap_rcv of the UDP socket; softirq, under RCU
 * @sk: UDP socket
 * @skb: datagram, its data at the UDP header
 *
 * Return: 0 when it was answered or dropped here, 1 to pass it on to the socket.
 */
int xosl_answer_rcv(struct sock *sk, struct sk_buff *skb);

#endif
