/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A distributed server in virtual time: the agents' cores (agents/dserver) as they
 * ship, around models of what they work with: the kernel's gates and steering
 * table, TCP_REPAIR sockets, programs that give connections up and take them over, and clients
 * that know nothing. Agents crash with unsynced records, messages are lost, links
 * are cut; packets of the address take their time on every path.
 *
 * What is checked, after every event and at the end, is in ds_check.c.
 */
#ifndef _XOS_SIM_DS_H
#define _XOS_SIM_DS_H

#include <base/arena.h>
#include <base/rng.h>
#include <dserver/dserver.h>
#include <env/timers.h>
#include <store/store_mem.h>

#include "events.h"
#include "run.h"

/* Node 0 is the contact node at first, the last one its standby, the others serve. */
#define DS_NODES   5
#define DS_STANDBY (DS_NODES - 1)
#define DS_SERVERS (DS_NODES - 2)
#define DS_CONNS   4
#define DS_HELD	   256
#define DS_TIMERS  1024
#define DS_PACKETS 8 /* that a client has under way */

struct ds_world;

/**
 * struct ds_gate - the kernel's gate of a connection on a node
 * @here: there is one
 * @in: what happens to packets that arrive
 * @pass: may packets leave?
 * @member: node that packets are diverted to
 * @n: packets held
 * @held: their sequence numbers
 */
struct ds_gate {
	bool here;
	enum dserver_gate in;
	bool pass;
	uint32_t member;
	uint32_t n;
	uint32_t held[DS_HELD];
};

/**
 * struct ds_sock - the socket of a connection on a node
 * @here: there is one
 * @frozen: in repair mode
 * @dumped: its state was taken: it must not change any more
 * @next: segments that TCP has received in order
 * @app: of these, what the program has counted
 * @held_by_agent: the agent has a descriptor
 * @held_by_app: the program has one
 * @parked: the program does not use it
 * @asked: the program was asked to give it up
 * @arriving: parked as it comes
 * @tx: move, when asked, parked or held by the agent
 * @peer: the other agent
 * @state: what the program wrote down when it was parked
 */
struct ds_sock {
	bool here;
	bool frozen;
	bool dumped;
	uint32_t next;
	uint32_t app;
	bool held_by_agent;
	bool held_by_app;
	bool parked;
	bool asked;
	bool arriving;
	struct xos_id tx;
	struct xos_addr peer;
	uint32_t state;
};

/**
 * struct ds_node - a machine: agent, kernel, program, disk
 * @env: the agent's door to the outside
 * @w: world
 * @index: which one
 * @name: its name in the group
 * @core: the agent's core, NULL while it is down
 * @memory: its arena
 * @timers: what it has armed
 * @slots: their memory
 * @disk: survives the agent
 * @boots: lives of the agent
 * @since_ns: when this one began
 * @wake_ns: when the earliest timer event is scheduled
 * @dead: the host answers nothing
 * @died: it was dead once
 * @serving: the program has found the agent
 * @gate: of each connection
 * @sock: of each connection
 * @table: (kernel of a contact node) node that serves each connection, 0 for none
 */
struct ds_node {
	struct env env;
	struct ds_world *w;
	uint32_t index;
	char name[8];
	struct dserver *core;
	void *memory;
	struct timers timers;
	struct timers_entry slots[DS_TIMERS + 1];
	struct store_mem *disk;
	uint64_t boots;
	uint64_t since_ns;
	uint64_t wake_ns;
	bool dead;
	bool died;
	bool serving;
	struct ds_gate gate[DS_CONNS];
	struct ds_sock sock[DS_CONNS];
	uint32_t table[DS_CONNS];
};

/**
 * struct ds_link - messages from one agent to another
 * @epoch: connections so far; what was sent on an older one is lost
 * @last_ns: arrival of the last message
 * @cut_until_ns: nothing gets through before
 */
struct ds_link {
	uint64_t epoch;
	uint64_t last_ns;
	uint64_t cut_until_ns;
};

/**
 * struct ds_client - the client's end of a connection
 * @sent: segments sent at least once
 * @acked: segments acknowledged
 */
struct ds_client {
	uint32_t sent;
	uint32_t acked;
};

/**
 * struct ds_world - a run
 * @events: what will happen
 * @rng: of everything
 * @now_ns: virtual time
 * @hash: of all that happened
 * @faulty: the phase with faults is on
 * @working: clients send new segments
 * @calm: never any faults
 * @verbose: print what happens
 * @node: machines
 * @link: by sender and receiver
 * @client: of each connection
 * @front: node that the clients' packets come to
 * @delay_max_ns: longest time that a packet or message is under way
 * @failed: something is wrong
 * @checker: who found it
 * @reason: what
 */
struct ds_world {
	struct events events;
	struct rng rng;
	uint64_t now_ns;
	uint64_t hash;
	bool faulty;
	bool working;
	bool calm;
	bool verbose;
	struct ds_node node[DS_NODES];
	struct ds_link link[DS_NODES][DS_NODES];
	struct ds_client client[DS_CONNS];
	uint32_t front;
	uint64_t delay_max_ns;
	bool failed;
	const char *checker;
	char reason[SIM_REASON_MAX];
};

/* ds_run.c: a run, from the seed to the verdict */
void ds_strike(void *ctx, uint64_t boots);
void ds_run_until(struct ds_world *w, uint64_t until_ns);
void ds_run(uint64_t seed, const struct run_options *opt, struct run_result *out);

/* ds_world.c: agents, disks, messages */
void ds_world_init(struct ds_world *w, uint64_t seed);
void ds_world_exit(struct ds_world *w);
void ds_boot(struct ds_node *n);
void ds_crash(struct ds_node *n);
void ds_leave(struct ds_node *n);
void ds_after(struct ds_world *w, uint64_t delay_ns, event_fn fire, void *ctx, uint64_t arg);
uint64_t ds_delay(struct ds_world *w);
struct xos_addr ds_addr(uint32_t node);
struct xos_addr ds_vip(void);
void ds_conn(uint32_t conn, struct dserver_conn *out);
uint32_t ds_conn_index(const struct dserver_conn *conn);
__attribute__((format(printf, 2, 3))) void ds_say(struct ds_world *w, const char *fmt, ...);

/* ds_kernel.c: gates, the contact node's table, packets */
extern const struct dserver_ops ds_ops;
void ds_client_send(struct ds_world *w, uint32_t conn, uint32_t seq);
int ds_gate_set(void *ctx, const struct dserver_conn *conn, enum dserver_gate in, bool pass,
		uint32_t member);
int ds_gate_del(void *ctx, const struct dserver_conn *conn);
int ds_client_set(void *ctx, const struct dserver_conn *conn, uint32_t member);
void ds_forward(struct ds_world *w, uint32_t node, uint32_t conn, uint32_t seq);

/* ds_app.c: sockets and programs */
void ds_app_connect(void *ctx, uint64_t boots);
void ds_app_lost(struct ds_node *n);
void ds_app_consume(struct ds_sock *s);

/* ds_life.c: which hosts live */
void ds_probe(void *ctx, const struct xos_addr *member);
void ds_check_life(struct ds_world *w);
void ds_last_act(struct ds_world *w);

/* ds_check.c */
__attribute__((format(printf, 3, 4))) void ds_fail(struct ds_world *w, const char *checker,
						   const char *fmt, ...);
void ds_check_now(struct ds_world *w);
void ds_check_end(struct ds_world *w);

#endif
