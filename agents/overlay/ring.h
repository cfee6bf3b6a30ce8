/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ordered ring: nodes in the order of their positions. A position is a
 * replica class and a key, so the ring is the key space, once for each class,
 * side by side. What a node owns (its arc) is durable and changes hands only
 * in a transfer that both sides record; what it knows of others (successors,
 * predecessor, fingers) is a hint that is checked where it matters.
 */
#ifndef _XOS_OVERLAY_RING_H
#define _XOS_OVERLAY_RING_H

#include <base/arena.h>
#include <env/env.h>
#include <overlay/epochs.h>
#include <overlay/key.h>
#include <overlay/link.h>
#include <overlay/page.h>
#include <store/store.h>
#include <suspect/suspect.h>
#include <wire/wire.h>

struct ring;
struct wire_ring_peer;

/* Successors that a node remembers. */
#define RING_SUCC_MAX	8
/* Fingers: enough for 2^32 nodes. */
#define RING_FINGER_MAX 32
/* Addresses to join through. */
#define RING_SEEDS_MAX	16
/* Longest name of a grid, machine or rack, with its NUL. */
#define RING_NAME_MAX	64

/**
 * enum ring_state - how far a node has come
 * @RING_IDLE: not started
 * @RING_SEEKING: looks for a node of the grid
 * @RING_COPYING: takes over items of the arc that it will own
 * @RING_PENDING: has all items durable, waits for the giver's word; asks until it comes
 * @RING_OWNER: owns its arc; serves when the grid is complete
 * @RING_FAILED: cannot go on (wrong grid, store failed); see the log
 */
enum ring_state {
	RING_IDLE,
	RING_SEEKING,
	RING_COPYING,
	RING_PENDING,
	RING_OWNER,
	RING_FAILED,
};

/**
 * struct ring_peer - a node, its address and its position
 * @id: identity
 * @addr: where it listens
 * @class: replica class of its position
 * @key: key of its position, the start of its arc
 */
struct ring_peer {
	struct xos_id id;
	struct xos_addr addr;
	uint8_t class;
	struct ring_key key;
};

/**
 * struct ring_view - what a node knows of the ring now
 * @self: this node; the position is meaningless before @state is RING_OWNER
 * @state: how far it has come
 * @arc: what it owns; meaningless before RING_OWNER
 * @complete: all replica classes have been given out: the grid serves
 * @custody: bit of each class that this node holds until somebody joins it
 * @replicas: replica classes of the grid, 0 while not known
 * @moving: part of the arc is being handed to a joiner
 * @leased: it holds a lease for all of its arc
 * @leases: other classes that have given it one for all of it
 * @claiming: it is taking over keys whose owner has failed
 * @has_pred: @pred is known
 * @pred: predecessor
 * @succ_n: successors known
 * @succ: successors, nearest first
 * @finger_n: fingers known
 * @known_n: members remembered, alive or not
 */
struct ring_view {
	struct ring_peer self;
	enum ring_state state;
	struct ring_arc arc;
	bool complete;
	uint8_t custody;
	uint8_t replicas;
	bool moving;
	bool leased;
	uint8_t leases;
	bool claiming;
	bool has_pred;
	struct ring_peer pred;
	uint32_t succ_n;
	struct ring_peer succ[RING_SUCC_MAX];
	uint32_t finger_n;
	uint32_t known_n;
};

/**
 * struct ring_member - one node as a walk sees it
 * @id: identity
 * @addr: where it listens
 * @machine: machine that it runs on
 * @rack: rack of that machine
 * @arc: what it owns
 * @items: items stored in the arc, tombstones included
 * @custody: bit of each class that it holds until somebody joins it
 * @moving: part of the arc is being handed to a joiner
 * @leased: it holds a lease for all of its arc
 * @claiming: it is taking over keys whose owner has failed
 * @reachable: false when it did not answer: only @id, @addr, @arc.class and @arc.start hold
 */
struct ring_member {
	struct xos_id id;
	struct xos_addr addr;
	char machine[RING_NAME_MAX];
	char rack[RING_NAME_MAX];
	struct ring_arc arc;
	uint64_t items;
	uint8_t custody;
	bool moving;
	bool leased;
	bool claiming;
	bool reachable;
};

/**
 * struct ring_walk - visit every node, in the order of positions from class 0 on
 * @member: called for each node; of the caller
 * @done: called once at the end; of the caller
 * @ctx: of the caller
 * @status: 0, or a negative errno when the walk was given up: -ETIMEDOUT,
 *	-EHOSTUNREACH (no node of the ring is known)
 * @count: nodes that answered
 * @complete: the arcs of the nodes that answered tile the keys of every class,
 *	without gap or overlap
 * @replicas: replica classes of the grid
 * @state: private
 *
 * Memory of the caller until @done. Neither callback is called from inside the
 * call that starts the walk; @member must not stop it.
 */
struct ring_walk {
	void (*member)(struct ring_walk *walk, const struct ring_member *member);
	void (*done)(struct ring_walk *walk);
	void *ctx;
	int status;
	uint32_t count;
	bool complete;
	uint8_t replicas;
	void *state;
};

/**
 * struct ring_owner - who owns a key in one replica class
 * @class: replica class
 * @status: 0, or -EHOSTUNREACH when the owner was not found (nothing below holds then)
 * @id: identity
 * @addr: where it listens
 * @arc: its arc, with epoch
 */
struct ring_owner {
	uint8_t class;
	int status;
	struct xos_id id;
	struct xos_addr addr;
	struct ring_arc arc;
};

/**
 * struct ring_config - what the ring is told at start
 * @id: identity; zero: the one in the store or, at the first start, a new one
 * @addr: where others reach this node
 * @grid: name of the grid
 * @machine: machine; nodes of one machine join one replica class
 * @rack: rack of the machine
 * @replicas: replica classes; used by the founder
 * @create: found a grid when the store holds none
 * @seeds_n: addresses in @seeds
 * @seeds: nodes to join through
 * @known_max: members remembered
 * @stabilize_ns: time between two rounds of maintenance
 * @hop_ns: time for one question
 * @chunk_max: bytes of items in one message of a transfer
 * @lease_ns: how long a lease holds, by the clock of its holder
 * @drift_ppm: how wrong a clock may run; who grants a lease waits so much longer
 */
struct ring_config {
	struct xos_id id;
	struct xos_addr addr;
	char grid[RING_NAME_MAX];
	char machine[RING_NAME_MAX];
	char rack[RING_NAME_MAX];
	uint8_t replicas;
	bool create;
	uint32_t seeds_n;
	struct xos_addr seeds[RING_SEEDS_MAX];
	uint32_t known_max;
	uint64_t stabilize_ns;
	uint64_t hop_ns;
	uint32_t chunk_max;
	uint64_t lease_ns;
	uint32_t drift_ppm;
};

/**
 * struct ring_counters - what has happened since start
 * @calls_expired: questions without an answer
 * @answers_late: answers that nobody waited for
 * @strange: messages that did not decode
 * @wrong_grid: messages of another grid
 * @finds: ring-find answered
 * @routes: searches begun
 * @route_hops: questions asked in them
 * @routes_failed: searches that found nobody
 * @transfers_given: arcs given away
 * @transfers_aborted: transfers that the giver gave up
 * @transfers_refused: joins refused because the giver was busy or full
 * @items_sent: items sent to joiners
 * @items_taken: items taken over
 * @items_purged: items removed because they lay outside of the arc
 * @merges: times that a lost part of the ring was found again
 * @failures: neighbours found failed
 * @saves_refused: writes of the hard state that the store had no room for
 * @leases_given: leases granted or renewed for others
 * @leases_refused: ... refused
 * @lease_room: ... because a table was full
 * @claims: attempts to take over keys whose owner had failed
 * @claims_done: ... that came to their end
 * @claim_items: items copied in them
 * @passed: arcs lost because somebody else had taken them over
 */
struct ring_counters {
	uint64_t calls_expired;
	uint64_t answers_late;
	uint64_t strange;
	uint64_t wrong_grid;
	uint64_t finds;
	uint64_t routes;
	uint64_t route_hops;
	uint64_t routes_failed;
	uint64_t transfers_given;
	uint64_t transfers_aborted;
	uint64_t transfers_refused;
	uint64_t items_sent;
	uint64_t items_taken;
	uint64_t items_purged;
	uint64_t merges;
	uint64_t failures;
	uint64_t saves_refused;
	uint64_t leases_given;
	uint64_t leases_refused;
	uint64_t lease_room;
	uint64_t claims;
	uint64_t claims_done;
	uint64_t claim_items;
	uint64_t passed;
};

/**
 * enum ring_access - may a node act on a key?
 * @RING_ACCESS_OK: it owns the key
 * @RING_ACCESS_INCOMPLETE: the grid does not serve yet
 * @RING_ACCESS_NOT_OWNER: the key lies outside of its arc
 * @RING_ACCESS_MOVING: the key lies in the part that is being handed over; no writes there
 * @RING_ACCESS_NO_LEASE: it owns the key and holds no lease for it now
 * @RING_ACCESS_RECOVERING: it takes the key over and has not copied it yet
 */
enum ring_access {
	RING_ACCESS_OK,
	RING_ACCESS_INCOMPLETE,
	RING_ACCESS_NOT_OWNER,
	RING_ACCESS_MOVING,
	RING_ACCESS_NO_LEASE,
	RING_ACCESS_RECOVERING,
};

/**
 * ring_arena_size() - memory that a ring needs
 * @cfg: configuration
 *
 * Return: bytes.
 */
size_t ring_arena_size(const struct ring_config *cfg);

/**
 * ring_identity() - which identity a node has
 * @store: its store
 * @env: draws a new identity when there is none
 * @want: configured identity, or zero
 * @out: result
 *
 * Return: 0, -EEXIST when the store belongs to another than @want, -EBADMSG, -EIO.
 */
int ring_identity(struct store *store, struct env *env, const struct xos_id *want,
		  struct xos_id *out);

/**
 * ring_init() - make a ring node from its configuration and its store
 * @arena: memory
 * @env: environment
 * @store: store
 * @link: sends; its identity is that of the node
 * @suspect: failure detector
 * @cfg: configuration, copied
 * @out: the ring
 *
 * Return: 0; -EEXIST the store belongs to another grid; -EBADMSG a record in
 * the store is damaged; -EIO.
 */
int ring_init(struct arena *arena, struct env *env, struct store *store, struct ring_link *link,
	      struct suspect *suspect, const struct ring_config *cfg, struct ring **out);

/**
 * ring_start() - resume, found or join
 * @ring: the ring
 *
 * Return: 0, -EIO when the store refuses.
 */
int ring_start(struct ring *ring);

/**
 * ring_recv() - take a message of the overlay family
 * @ring: the ring
 * @from: sender
 * @h: decoded header
 *
 * Return: true when the message was one of this family.
 */
bool ring_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/**
 * ring_heard() - any message of a node says that it is alive
 * @ring: the ring
 * @id: sender
 */
void ring_heard(struct ring *ring, const struct xos_id *id);

/**
 * ring_view_get() - what the node knows of the ring
 * @ring: the ring
 * @out: result
 */
void ring_view_get(const struct ring *ring, struct ring_view *out);

/**
 * ring_access() - may this node act on a key?
 * @ring: the ring
 * @class: replica class
 * @key: key
 * @write: to change it
 * @epoch: result: epoch of the node's arc, 0 when it has none
 *
 * Return: enum ring_access.
 */
enum ring_access ring_access(const struct ring *ring, uint8_t class, struct bytes key, bool write,
			     uint64_t *epoch);

/**
 * ring_epochs() - epochs of the arcs that hold a key, as this node knows them
 * @ring: the ring
 * @key: key in the node's arc
 * @out: result
 *
 * Goes into every answer of a replica; to be read when it acts, not when its
 * answer is sent. Whoever counts answers uses ring_agreed().
 */
void ring_epochs(const struct ring *ring, struct bytes key, struct ring_epochs *out);

/**
 * ring_epochs_range() - epochs of the arcs that hold a range, as this node knows them
 * @ring: the ring
 * @from: first key, in the node's arc
 * @to: key behind the last one, in the node's arc or its end; empty for the end of the class
 * @out: result; where a class has several epochs, a digest of all of them and of their keys
 *
 * Two nodes have the same here when they know the same of all keys of the range.
 */
void ring_epochs_range(const struct ring *ring, struct bytes from, struct bytes to,
		       struct ring_epochs *out);

/**
 * ring_epochs_end() - as far as the epochs of a key hold
 * @ring: the ring
 * @key: key
 * @end: result: first key above @key whose epochs may be others
 *
 * Return: false when there is none.
 */
bool ring_epochs_end(const struct ring *ring, struct bytes key, struct bytes *end);

/**
 * ring_changes() - has the node's arc changed?
 * @ring: the ring
 *
 * Return: a number that is another one after each change of the arc or of its epoch.
 */
uint64_t ring_changes(const struct ring *ring);

/**
 * ring_leased() - does the node hold a lease for all of its arc now?
 * @ring: the ring
 *
 * Return: true when it does; with one or two classes nobody can take an arc over,
 * and the owner always does.
 */
bool ring_leased(const struct ring *ring);

/**
 * struct ring_copy - where a record comes from that is merged in a takeover
 * @class: class of its owner
 * @attempt: number of the attempt: what was merged under another one is from an attempt
 *	that was given up; 0: into the node's own arc, where nothing is
 */
struct ring_copy {
	uint8_t class;
	uint64_t attempt;
};

/**
 * ring_merge_set() - who knows what records mean
 * @ring: the ring
 * @merge: makes one record of two of a key, when an arc is rebuilt from the copies of
 *	other classes: appends to @out what is to be stored; @have is empty when there
 *	is none yet, @copy is where @other comes from. Returns 0, or a negative errno:
 *	-EMSGSIZE and -ENOBUFS when there is no room in @out
 * @ctx: argument of @merge
 */
void ring_merge_set(struct ring *ring,
		    int (*merge)(void *ctx, const struct ring_copy *copy, struct bytes have,
				 struct bytes other, struct buf *out),
		    void *ctx);

/**
 * ring_arc() - what the node owns
 * @ring: the ring
 *
 * Return: the arc, NULL when it owns none.
 */
const struct ring_arc *ring_arc(const struct ring *ring);

/**
 * ring_hint() - a node nearer to the owner of a key than this one
 * @ring: the ring
 * @class: replica class
 * @key: key
 * @out: result, borrows the ring's memory
 *
 * Return: false when none is known.
 */
bool ring_hint(const struct ring *ring, uint8_t class, struct bytes key,
	       struct wire_ring_peer *out);

/**
 * ring_complete() - have all replica classes been given out, as far as the node knows?
 * @ring: the ring
 *
 * Return: true when the grid serves.
 */
bool ring_complete(const struct ring *ring);

/**
 * ring_replicas() - replica classes of the grid
 * @ring: the ring
 *
 * Return: the number, 0 while it is not known.
 */
uint8_t ring_replicas(const struct ring *ring);

/**
 * ring_grid() - identity of the grid
 * @ring: the ring
 *
 * Return: the identity, 0 while it is not known.
 */
uint64_t ring_grid(const struct ring *ring);

/**
 * ring_items() - items in the node's arc
 * @ring: the ring
 *
 * Return: the number, tombstones included.
 */
uint64_t ring_items(const struct ring *ring);

/**
 * ring_items_add() - an item was added to the store
 * @ring: the ring
 */
void ring_items_add(struct ring *ring);

/**
 * ring_items_drop() - an item was removed from the store
 * @ring: the ring
 */
void ring_items_drop(struct ring *ring);

/**
 * ring_access_range() - may this node act on all keys of a range?
 * @ring: the ring
 * @class: replica class
 * @from: first key
 * @to: key behind the last, empty: no end
 * @epoch: result: epoch of the node's arc, 0 when it has none
 *
 * Return: enum ring_access, as for a write.
 */
enum ring_access ring_access_range(const struct ring *ring, uint8_t class, struct bytes from,
				   struct bytes to, uint64_t *epoch);

/**
 * ring_guard_set() - somebody above has a say in where the arc may be split
 * @ring: the ring
 * @held: may the part from @key on not be given away now? A joiner is told busy then
 * @ctx: argument of @held
 */
void ring_guard_set(struct ring *ring, bool (*held)(void *ctx, struct bytes key), void *ctx);

/**
 * ring_page() - the node's page, for one scan that is used up before the call returns
 * @ring: the ring
 *
 * Return: the page.
 */
struct page *ring_page(struct ring *ring);

/**
 * ring_counters() - what has happened since start
 * @ring: the ring
 *
 * Return: the counters.
 */
const struct ring_counters *ring_counters(const struct ring *ring);

/**
 * ring_known_pick() - a member at random, for who needs somebody to talk to
 * @ring: the ring
 * @out: result
 *
 * Return: false when none is known.
 */
bool ring_known_pick(const struct ring *ring, struct env_peer *out);

/**
 * ring_walk_start() - visit every node
 * @ring: the ring
 * @walk: the walk, callbacks set
 *
 * Return: 0 (then @walk->done follows, later), -ENOBUFS too many at once.
 */
int ring_walk_start(struct ring *ring, struct ring_walk *walk);

/**
 * ring_walk_stop() - give a walk up; harmless when it is not under way
 * @ring: the ring
 * @walk: the walk
 */
void ring_walk_stop(struct ring *ring, struct ring_walk *walk);

#endif
