/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keeps the kernel's lookup table true: lends the datagram socket to xos_lookup,
 * walks the ring once a period and tells the module who owns what, under a
 * lease of three periods. When the agent dies or hangs the lease runs out; then, and
 * without the module, queries come up to the agent.
 *
 * Attaching needs CAP_NET_ADMIN, so it happens before the daemon drops its
 * privileges; nothing after it does.
 */
#ifndef _XOS_XOSD_KERNEL_LOOKUP_H
#define _XOS_XOSD_KERNEL_LOOKUP_H

#include <env/env.h>
#include <nl/nl_sock.h>
#include <secure/secure.h>

#include "node.h"

#define KERNEL_LOOKUP_PERIOD_MS 1000
#define KERNEL_LOOKUP_LEASE_MS	3000

/**
 * struct kernel_lookup_entry - an arc as it goes to the kernel
 * @arc: arc; only class, start and epoch count when @vacant
 * @id: owner
 * @addr: where it listens
 * @vacant: nobody is known to serve it
 */
struct kernel_lookup_entry {
	struct ring_arc arc;
	struct xos_id id;
	struct xos_addr addr;
	bool vacant;
};

/**
 * struct kernel_lookup - the agent's end of xos_lookup
 * @env: environment
 * @node: node whose ring is told
 * @sock: netlink socket that attached; NULL when the kernel does not answer for us
 * @timer: next walk
 * @walk: walk under way
 * @entries: arcs found so far
 * @count: how many
 * @room: for how many there is memory
 * @overlap: two arcs of the walk overlap, or memory was missing: tell the kernel nothing
 * @version: of the table that the kernel has
 * @digest: of the same table; a walk that finds no other renews the lease only
 * @has_table: the kernel has a table
 * @keys: numbers of the keys of datagrams that the kernel has
 * @keys_n: how many
 * @tables: tables told
 * @renewals: leases renewed
 */
struct kernel_lookup {
	struct env *env;
	struct node *node;
	struct xnl_sock *sock;
	struct env_timer timer;
	struct ring_walk walk;
	struct kernel_lookup_entry *entries;
	uint32_t count;
	uint32_t room;
	bool overlap;
	uint64_t version;
	uint64_t digest;
	bool has_table;
	uint16_t keys[SECURE_DGRAM_KEYS_MAX];
	uint32_t keys_n;
	uint64_t tables;
	uint64_t renewals;
};

/**
 * kernel_lookup_attach() - lend the socket to the module
 * @k: kernel lookup, zeroed
 * @env: environment
 * @id: identity of the ring node
 * @fd: bound IPv6 UDP socket
 *
 * It answers once it has a key: kernel_lookup_keys().
 *
 * Return: 0; -ENOENT without the module, -EPERM without the capability, another
 * negative errno of the module. After a failure the agent answers alone.
 */
int kernel_lookup_attach(struct kernel_lookup *k, struct env *env, const struct xos_id *id, int fd);

/**
 * kernel_lookup_keys() - tell the kernel the keys of datagrams; harmless when not attached
 * @k: kernel lookup
 * @keys: all that are accepted
 * @n: how many, at most SECURE_DGRAM_KEYS_MAX
 */
void kernel_lookup_keys(struct kernel_lookup *k, const struct secure_dgram_key *keys, uint32_t n);

/**
 * kernel_lookup_start() - begin to walk; harmless when not attached
 * @k: kernel lookup
 * @node: node, must outlive @k
 */
void kernel_lookup_start(struct kernel_lookup *k, struct node *node);

/**
 * kernel_lookup_detach() - take the socket back and free; harmless when not attached
 * @k: kernel lookup
 */
void kernel_lookup_detach(struct kernel_lookup *k);

#endif
