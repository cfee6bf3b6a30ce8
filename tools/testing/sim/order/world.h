/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups that keep replicated logs, in virtual time: hosts with an append log
 * and a store that fail like disks, the links between them, a small replicated
 * service, its clients, and an administrator who changes members. What every
 * replica applies is compared with what the first one applied.
 */
#ifndef _XOS_SIM_ORDER_WORLD_H
#define _XOS_SIM_ORDER_WORLD_H

#include <env/timers.h>
#include <order/order.h>
#include <store/store_mem.h>

#include "run.h"
#include "sim.h"

#define WORLD_HOSTS_MAX	      10
#define WORLD_GROUPS_MAX      3
#define WORLD_CLIENTS_MAX     8
#define WORLD_KEYS_MAX	      6
#define WORLD_TIMERS_MAX      16
/* Keys that a group remembers at least; a client gives up when half as many were begun after its own. */
#define WORLD_KEYS_REMEMBERED 40
/* Entries of a group whose contents are remembered; more end the run. */
#define WORLD_INDEX_MAX	      65536
/* Puts in a run; more are not begun. */
#define WORLD_IDS_MAX	      16384

struct world;
struct host;

/**
 * struct app_state - the state of the service, the same at every replica
 * @index: last entry that was shown
 * @hash: of all that was shown, in order
 * @reg: registers
 * @done: bit of each put that took effect
 */
struct app_state {
	uint64_t index;
	uint64_t hash;
	uint64_t reg[WORLD_KEYS_MAX];
	uint8_t done[WORLD_IDS_MAX / 8];
};

/* Bytes behind the state in a snapshot, so that it has many chunks. */
#define APP_FILLER_MAX (24 * 1024)

/**
 * struct app - a replica of the service
 * @host: where
 * @group: of which group, its number
 * @g: its log; NULL when there is none
 * @tag: of the replica; 0 for none
 * @state: state
 * @owed: replies that were not given yet
 * @busy: entries are refused for a while
 * @image: a snapshot on its way out, or in
 * @image_len: bytes of it
 * @image_at: bytes that were taken
 */
struct app {
	struct host *host;
	uint32_t group;
	struct order_group *g;
	uint64_t tag;
	struct app_state state;
	struct app_owed {
		uint64_t session;
		uint64_t seq;
		uint64_t reply[2];
	} owed[8];
	uint32_t owed_n;
	bool busy;
	uint8_t *image;
	size_t image_len;
	size_t image_at;
};

/**
 * struct disk - the append log or the store of a host, and its syncs
 * @host: whose
 * @log: one of the two
 * @store: the other one
 * @syncing: records that the sync under way covers
 */
struct disk {
	struct host *host;
	struct store_mem_log *log;
	struct store_mem *store;
	uint32_t syncing;
};

/**
 * struct host - a machine
 * @env: what the core sees; first member
 * @w: world
 * @index: number
 * @addr: where it listens
 * @id: identity
 * @rng: its randomness
 * @timers: armed timers
 * @wake_ns: virtual time of the next look at them
 * @offset_ns: its clock at time 0
 * @drift_ppm: how wrong it runs
 * @wall_ns: wall clock minus the other one
 * @log: append log
 * @store: store
 * @order: the core; NULL when it is down
 * @memory: of the core
 * @boots: starts
 * @busy: inside the core
 * @doomed: a sync failed
 * @damaged: the log cannot be read any more
 * @flipped_ns: when a bit of its disk was flipped last, 0 for never
 * @paused_until_ns: nothing happens before
 * @app: replicas, by group
 */
struct host {
	struct env env;
	struct world *w;
	uint32_t index;
	struct xos_addr addr;
	struct xos_id id;
	struct rng rng;
	struct timers timers;
	uint64_t wake_ns;
	int64_t offset_ns;
	int32_t drift_ppm;
	uint64_t wall_ns;
	struct disk log;
	struct disk store;
	struct order *order;
	void *memory;
	uint64_t boots;
	bool busy;
	bool doomed;
	bool damaged;
	uint64_t flipped_ns;
	uint64_t paused_until_ns;
	struct app app[WORLD_GROUPS_MAX];
};

/**
 * struct wire - one direction between two hosts
 * @delay_ns: fixed part of the delay
 * @cuts: partitions that cut it
 * @clogged_until_ns: nothing arrives before
 * @epoch: counts connections
 * @last_ns: arrival of the last message of the stream
 * @deaf_until_ns: half open: streams lead nowhere
 */
struct wire {
	uint64_t delay_ns;
	uint32_t cuts;
	uint64_t clogged_until_ns;
	uint64_t epoch;
	uint64_t last_ns;
	uint64_t deaf_until_ns;
};

/**
 * struct truth - what is known about a group from outside
 * @id: its identity
 * @leader: by term modulo the size: who led, to find a second one
 * @entry: hash of what was shown at an index, 0 for nothing yet
 * @hash: hash of the state behind it
 * @last: greatest index that was shown
 * @members: newest committed membership
 * @members_index: its index
 * @was: tags that were members once
 * @was_n: how many
 * @goal: bit of each host that shall be a voter
 */
struct truth {
	uint64_t id;
	struct {
		uint64_t term;
		uint64_t tag;
	} leader[4096];
	uint64_t *entry;
	uint64_t *hash;
	uint64_t last;
	struct order_members members;
	uint64_t members_index;
	uint64_t was[256];
	uint32_t was_n;
	uint32_t goal;
};

/**
 * struct user - a client
 * @w: world
 * @index: number
 * @group: which group it uses
 * @session: its session, 0 without
 * @seq: last request of it
 * @op: at @host; its memory must outlive cancellation
 * @host: asked last
 * @asked: @op is under way
 * @kind: what it does
 * @key: with which register
 * @value: a put's value
 * @history: number of the operation in the history
 * @active: there is one
 * @opening: a session is being opened
 * @keyed: it has a key for each put, no session
 * @keys: keys begun when its own was
 * @until_ns: when it gives up
 * @turn: counts steps; late events of earlier ones are void
 */
struct user {
	struct world *w;
	uint32_t index;
	uint32_t group;
	uint64_t session;
	uint64_t seq;
	struct order_op op;
	struct host *host;
	bool asked;
	enum history_kind kind;
	uint32_t key;
	uint64_t value;
	size_t history;
	bool active;
	bool opening;
	bool keyed;
	uint64_t keys;
	uint64_t until_ns;
	uint64_t turn;
};

/**
 * struct world - a run
 * @s: time, randomness, plan, history, verdict; first member
 * @cfg: of the cores
 * @hosts: machines
 * @host_n: how many
 * @group_n: groups
 * @voters: of each group at the begin
 * @wires: by sender, then receiver
 * @truth: groups
 * @users: clients
 * @user_n: how many
 * @keys: keys begun, by group
 * @reply: by value of a put: what the service said, 0 for nothing yet
 * @admin_op: of the administrator, by group
 * @admin_asked: is it under way
 * @change_ms: mean time between changes of the members, 0 for never
 * @transfer_ms: mean time between transfers of the leadership, 0 for never
 * @suspect_ms: mean time between wrong suspicions, 0 for never
 * @flip_ppm: crashes behind which a bit of the disk is wrong
 * @busy_ppm: entries that the service does not take at once
 * @late_ppm: replies that it gives later
 * @split_ppm: changes of the members behind which the old ones are cut off
 * @brief_ppm: leaders that lose power soon after they won
 * @voter_ppm: votes behind which the voter loses power
 * @quick_ppm: crashes behind which the host is back at once
 * @filler: bytes of APP_FILLER_MAX that are used
 */
struct world {
	struct sim s;
	struct order_config cfg;
	struct host hosts[WORLD_HOSTS_MAX];
	uint32_t host_n;
	uint32_t group_n;
	uint32_t voters;
	struct wire wires[WORLD_HOSTS_MAX][WORLD_HOSTS_MAX];
	struct truth truth[WORLD_GROUPS_MAX];
	struct user users[WORLD_CLIENTS_MAX];
	uint32_t user_n;
	uint64_t keys[WORLD_GROUPS_MAX];
	uint64_t reply[WORLD_IDS_MAX];
	struct order_op admin_op[WORLD_GROUPS_MAX];
	bool admin_asked[WORLD_GROUPS_MAX];
	uint32_t change_ms;
	uint32_t transfer_ms;
	uint32_t suspect_ms;
	uint32_t flip_ppm;
	uint32_t busy_ppm;
	uint32_t late_ppm;
	uint32_t split_ppm;
	uint32_t brief_ppm;
	uint32_t voter_ppm;
	uint32_t quick_ppm;
	uint32_t filler;
};

/* --- link.c ---------------------------------------------------------------------- */

void link_init(struct world *w);
int link_send(struct host *from, const struct xos_addr *to, enum env_channel channel,
	      struct bytes msg);
void link_reset(struct world *w, uint32_t from, uint32_t to);
void link_host_died(struct host *h, bool power);
void link_heal(struct world *w);
/* A partition between the hosts whose bits are set, for a while. */
void link_split(struct world *w, uint32_t near, uint32_t far);
void link_partition(struct world *w);
void link_clog(struct world *w);
/* The host hears nobody any more, but is heard. */
void link_deafen(struct world *w, uint32_t host);
void link_exit(struct world *w);

/* --- host.c ---------------------------------------------------------------------- */

void host_init(struct world *w, uint32_t index);
void host_exit(struct host *h);
void host_boot(struct host *h);
void host_crash(struct host *h, bool power);
/* A new, empty disk. */
void host_wipe(struct host *h);
/* Flip a bit of what is durable; the host is down. */
void host_flip(struct host *h);
void host_enter(struct host *h);
void host_leave(struct host *h);
/* False: the host is paused, the event comes again. */
bool host_ready(struct host *h, event_fn fire, void *ctx, uint64_t arg);

/* --- app.c ----------------------------------------------------------------------- */

extern const struct order_service app_service;
void app_reset(struct app *a);
void app_exit(struct app *a);

/* --- user.c ---------------------------------------------------------------------- */

void users_start(struct world *w);
void users_host_died(struct host *h);
bool users_idle(const struct world *w);

/* --- admin.c --------------------------------------------------------------------- */

void admin_found(struct world *w);
void admin_start(struct world *w);
void admin_host_up(struct host *h);
void admin_host_died(struct host *h);
/* Who leads a group, with the greatest term; NULL for nobody. */
struct app *admin_leader(struct world *w, uint32_t group);
/* Is everything as the goals say, and every member as far as the leader? */
bool admin_settled(struct world *w, char *why);
void admin_members_seen(struct world *w, uint32_t group, const struct order_members *m,
			uint64_t index);

/* --- chaos.c --------------------------------------------------------------------- */

void chaos_draw(struct world *w);
void chaos_start(struct world *w);
void chaos_stop(struct world *w);
void chaos_host_down(struct host *h);
/* The host loses power within this time. */
void chaos_power_loss(struct host *h, uint64_t within_ns);

/* --- run.c ----------------------------------------------------------------------- */

/**
 * order_run_seed() - simulate groups of replicated logs
 * @seed: seed
 * @opt: how
 * @out: the verdict
 */
void order_run_seed(uint64_t seed, const struct run_options *opt, struct run_result *out);

#endif
