/* SPDX-License-Identifier: GPL-2.0-only */
/* What the module keeps for a network namespace. */
#ifndef _XOS_HANDOFF_NET_H
#define _XOS_HANDOFF_NET_H

#include <linux/atomic.h>
#include <linux/mutex.h>
#include <linux/siphash.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "stats.h"

struct net;

#define XOSH_VIP_BUCKETS 64

/**
 * struct xosh_writer - who may change the tables
 * @generation: of the latest claim; 0 before the first
 * @portid: netlink port of the socket that made it
 * @alive: that socket is open
 *
 * All under xosh_net.lock, but for @alive and @portid, which the notifier of
 * closed sockets reads and writes with READ_ONCE and WRITE_ONCE.
 */
struct xosh_writer {
	u64 generation;
	u32 portid;
	bool alive;
};

/**
 * struct xosh_net - the module's state in a network namespace
 * @net: the network namespace; has us, so no reference
 * @lock: serialises all changes that come by netlink
 * @writer: who may make them
 * @seq: number of changes, so that a dump in several parts knows of them
 * @hooked: the hooks are registered; under @lock
 * @vips: by address; changed under @lock, read under RCU
 * @vips_n: their number; under @lock
 * @vip_id: number of the vip made last; under @lock
 * @clients: buckets of the client table, made with the first vip
 * @clients_n: entries in it
 * @gc: forgets idle clients; runs while there are vips
 * @gates: buckets of the gate table, made with the first vip
 * @gates_n: gates; changed under @lock, read anywhere
 * @bindings: buckets of the bindings, made with the first vip
 * @bindings_n: bindings; changed under @lock, read anywhere
 * @held_packets: packets in the queues of all gates
 * @held_bytes: memory that these take
 * @hash_key: random, for what is hashed from packets and stays in this node
 * @counters: enum xosh_stat
 */
struct xosh_net {
	struct net *net;
	struct mutex lock;
	struct xosh_writer writer;
	unsigned int seq;
	bool hooked;
	struct hlist_head vips[XOSH_VIP_BUCKETS];
	unsigned int vips_n;
	u32 vip_id;
	struct xosh_client_bucket *clients;
	atomic_t clients_n;
	struct delayed_work gc;
	struct hlist_head *gates;
	unsigned int gates_n;
	struct hlist_head *bindings;
	unsigned int bindings_n;
	atomic_t held_packets;
	atomic_t held_bytes;
	siphash_key_t hash_key;
	struct xosh_counters __percpu *counters;
};

struct xosh_net *xosh_net_get(const struct net *net);

#endif /* _XOS_HANDOFF_NET_H */
