/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's tables: what the core decides goes to xos_handoff.ko, by one
 * netlink socket that is the only writer of the network namespace.
 */
#ifndef _XOS_HANDOFFD_KERNEL_H
#define _XOS_HANDOFFD_KERNEL_H

#include <dserver/dserver.h>
#include <nl/nl_sock.h>

#define KERNEL_SEED_LEN 16

/**
 * struct kernel - the way to the module
 * @env: environment, for the log
 * @sock: netlink socket
 * @generation: generation of this writer
 * @seed: spreads clients over members; the same at all contact nodes of a grid
 * @self: address of this node's agent, its IP is the care-of address
 * @events: socket for events, NULL without
 * @refused: requests that the module refused
 */
struct kernel {
	struct env *env;
	struct xnl_sock *sock;
	struct xnl_sock *events;
	uint64_t generation;
	uint8_t seed[KERNEL_SEED_LEN];
	struct xos_addr self;
	uint64_t refused;
};

/**
 * kernel_open() - become the writer of this network namespace
 * @k: @env, @seed and @self are set
 *
 * Return: 0; -ENOENT without the module; -EBUSY when another agent is the writer;
 * another negative errno.
 */
int kernel_open(struct kernel *k);

/**
 * kernel_close() - the tables stay as they are
 * @k: kernel
 */
void kernel_close(struct kernel *k);

/**
 * kernel_gate_set() - see struct dserver_ops
 * @k: kernel
 * @conn: connection
 * @in: what happens to packets that arrive
 * @pass: may packets leave?
 * @member: where DSERVER_DIVERT leads
 *
 * Return: 0 or a negative errno.
 */
int kernel_gate_set(struct kernel *k, const struct dserver_conn *conn, enum dserver_gate in,
		    bool pass, uint32_t member);

/**
 * kernel_gate_del() - see struct dserver_ops
 * @k: kernel
 * @conn: connection
 *
 * Return: 0 (also when there is no gate) or a negative errno.
 */
int kernel_gate_del(struct kernel *k, const struct dserver_conn *conn);

/**
 * kernel_client_set() - see struct dserver_ops
 * @k: kernel
 * @conn: connection; client port 0 for all of the client's
 * @member: who serves it
 *
 * Return: 0 or a negative errno.
 */
int kernel_client_set(struct kernel *k, const struct dserver_conn *conn, uint32_t member);

/**
 * kernel_clients() - tell the client table of a vip
 * @k: kernel
 * @vip: address and port
 * @fn: called for each entry; for some twice when the table changes meanwhile
 * @arg: its first argument
 *
 * Return: 0 or a negative errno.
 */
int kernel_clients(struct kernel *k, const struct xos_addr *vip, dserver_client_fn fn, void *arg);

/**
 * kernel_events_open() - listen to what the kernel steers anew
 * @k: kernel, open
 *
 * Return: 0 or a negative errno.
 */
int kernel_events_open(struct kernel *k);

/**
 * kernel_events_fd() - becomes readable when kernel_events() has something to do
 * @k: kernel with events
 *
 * Return: descriptor, the kernel's.
 */
int kernel_events_fd(const struct kernel *k);

/**
 * kernel_events() - take all events
 * @k: kernel with events
 * @fn: called for each entry that is new or changed; with NULL when some were lost
 * @arg: its first argument
 */
void kernel_events(struct kernel *k, dserver_client_fn fn, void *arg);

/**
 * kernel_group() - make the module's members those of a group
 * @k: kernel
 * @group: group
 */
void kernel_group(struct kernel *k, const struct group *group);

/**
 * kernel_tune() - let TCP compute anew what a restored socket has forgotten
 * @k: kernel
 * @conn: connection
 * @record: encoded ds-tcp that it was made from
 */
void kernel_tune(struct kernel *k, const struct dserver_conn *conn, struct bytes record);

/**
 * kernel_binding() - how long a client accepts packets from this node's care-of address
 * @k: kernel
 * @vip: address and port of the vip; port 0 when only the address is known
 * @client: address of the client
 * @lifetime_ns: for so long from now; 0: not any more
 */
void kernel_binding(struct kernel *k, const struct xos_addr *vip, const uint8_t *client,
		    uint64_t lifetime_ns);

/**
 * kernel_bindings_forget() - remove all bindings
 * @k: kernel
 */
void kernel_bindings_forget(struct kernel *k);

#endif
