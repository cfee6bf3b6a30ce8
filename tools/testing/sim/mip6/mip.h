/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Route optimisation in virtual time: a contact node and members that run the core as it
 * ships (agents/mip6), and clients of several kinds behind links that lose and double
 * packets. Connections move between the members, clients forget what they know, somebody
 * forges answers. No member may send on a path that its client does not accept.
 */
#ifndef _XOS_SIM_MIP_H
#define _XOS_SIM_MIP_H

#include <base/rng.h>
#include <env/timers.h>
#include <mip6/mip6.h>

#include "run.h"

#define MIP_NODES   4
#define MIP_CLIENTS 6
#define MIP_TIMERS  8192
#define MIP_SEQS    256

struct mip_world;

/* What a client's host is. */
enum mip_kind { MIP_ABLE, MIP_UNABLE, MIP_DEAF };

/**
 * struct mip_node - the contact node (the first) or a member
 * @env: its environment
 * @w: world
 * @m: core
 * @self: where its agent listens
 * @mem: memory of the core
 * @scan: next look at the connections
 * @until_ns: for each client: the kernel sends from the care-of address until then
 */
struct mip_node {
	struct env env;
	struct mip_world *w;
	struct mip6 *m;
	struct env_peer self;
	uint8_t *mem;
	struct env_timer scan;
	uint64_t until_ns[MIP_CLIENTS];
};

/**
 * struct mip_client - a correspondent node
 * @w: world
 * @kind: what it is
 * @ip: address
 * @at: member that has its connection, -1 for none
 * @key: of its tokens
 * @bound: it has a binding
 * @care_of: to this node
 * @until_ns: for so long
 * @seq_known: an update was accepted
 * @seq: its number
 * @reboot_ns: when it forgot everything
 * @seqs: numbers of the last updates
 * @seqs_ns: when they came first
 * @seqs_id: packets that they came in: a packet that was doubled is no new one
 * @seqs_n: how many ever
 * @asked: messages that a client that cannot answer got
 */
struct mip_client {
	struct mip_world *w;
	enum mip_kind kind;
	uint8_t ip[MH_IP_LEN];
	int at;
	uint64_t key[2];
	bool bound;
	uint8_t care_of[MH_IP_LEN];
	uint64_t until_ns;
	bool seq_known;
	uint16_t seq;
	uint64_t reboot_ns;
	uint16_t seqs[MIP_SEQS];
	uint64_t seqs_ns[MIP_SEQS];
	uint64_t seqs_id[MIP_SEQS];
	uint64_t seqs_n;
	uint32_t asked;
};

/**
 * struct mip_world - everything
 * @timers: timers of all nodes, and what is under way
 * @heap: memory of @timers
 * @node: nodes
 * @client: clients
 * @vip: home address
 * @rng: all chance
 * @now_ns: virtual time
 * @loss_ppm: packets that are lost, and as many that are doubled
 * @packets: packets sent so far
 * @calm: nothing bad happens any more
 * @hash: of everything that happened
 * @out: verdict
 */
struct mip_world {
	struct timers timers;
	struct timers_entry heap[MIP_TIMERS + 1];
	struct mip_node node[MIP_NODES];
	struct mip_client client[MIP_CLIENTS];
	struct xos_addr vip;
	struct rng rng;
	uint64_t now_ns;
	uint32_t loss_ppm;
	uint64_t packets;
	bool calm;
	uint64_t hash;
	struct run_result *out;
};

/**
 * mip_run() - simulate route optimisation
 * @seed: seed
 * @opt: how
 * @out: the verdict
 */
void mip_run(uint64_t seed, const struct run_options *opt, struct run_result *out);

/* A checker found something; the first one counts. */
__attribute__((format(printf, 3, 4))) void mip_fail(struct mip_world *w, const char *checker,
						    const char *fmt, ...);

/*
 * Send a mobility header to a node: it arrives, or not, or twice. An empty one stands for
 * an ICMPv6 parameter problem.
 */
void mip_deliver(struct mip_world *w, struct mip_node *to, const struct mip_client *from,
		 const uint8_t *dst, struct bytes msg);

/* A packet of a node has come to a client; @id is the same when it was doubled. */
void mip_client_packet(struct mip_client *c, const struct mh_packet *p, uint64_t id);

/* A segment came from a care-of address: is there a binding? */
void mip_client_segment(struct mip_client *c, struct mip_node *from);

/* It knows nothing any more. */
void mip_client_forget(struct mip_client *c);

/* Node with an address, the contact node for that of the vip. */
struct mip_node *mip_node_of(struct mip_world *w, const uint8_t *ip);

#endif
