/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the ring share. Nobody outside of this folder includes it. */
#ifndef _XOS_OVERLAY_RING_PRIV_H
#define _XOS_OVERLAY_RING_PRIV_H

#include <errno.h>

#include <base/assert.h>
#include <base/mutant.h>
#include <overlay/call.h>
#include <overlay/link.h>
#include <overlay/page.h>
#include <overlay/ring.h>
#include <overlay/route.h>
#include <store/store.h>
#include <suspect/suspect.h>
#include <wire/overlay.h>

/* Transfers away from a node whose joiners have not confirmed them. */
#define RING_GRANTED_MAX 16
/* Nodes that failed lately and are not taken from hearsay. */
#define RING_GRAVES_MAX	 32
/* How long they are not. */
#define RING_GRAVE_NS	 (5 * ENV_SEC)
/* ... and how long one that has lost its arc. */
#define RING_LOST_NS	 (10 * ENV_SEC)
/* Walks at once. */
#define RING_WALKS_MAX	 8
/* A joiner that is not heard for so long has its transfer given up. */
#define RING_GIVE_NS	 (5 * ENV_SEC)
/* A record of the ring in the store, in bytes. */
#define RING_RECORD_MAX	 (96 * 1024)
/* Leases given to others, and held from others, that are remembered. */
#define RING_LEASES_MAX	 128
/* Epochs that wait for the store before they are granted. */
#define RING_NOTES_MAX	 16
/* Levels of suspect.h: about 3 pings and about 8 pings of silence. */
#define RING_SUSPECT_AT	 130
#define RING_FAILED_AT	 350
/* A giver that has not answered for so long is no longer waited for, where an arc can be taken over. */
#define RING_PENDING_NS	 (30 * ENV_SEC)

/**
 * struct ring_transfer - an arc on its way from a giver to a joiner
 * @id: number, drawn by the giver
 * @peer: the other side
 * @arc: what moves, with the epoch that it will have
 */
struct ring_transfer {
	uint64_t id;
	struct env_peer peer;
	struct ring_arc arc;
};

/**
 * struct ring_hard - what is durable; changed in memory when the change is submitted
 * @id: identity of the node
 * @grid: identity of the grid, 0: not known
 * @replicas: replica classes, 0: not known
 * @complete: all classes have been given out; never becomes false again
 * @custody: bit of each class in custody
 * @has_arc: @arc holds
 * @arc: what the node owns
 * @has_taken: @taken holds
 * @taken: transfer to this node that its giver must decide or hear the end of
 * @granted_n: transfers in @granted
 * @granted: transfers from this node that are not confirmed; @peer.addr is not stored
 *
 * Durable with it: the map of epochs, struct ring.
 */
struct ring_hard {
	struct xos_id id;
	uint64_t grid;
	uint8_t replicas;
	bool complete;
	uint8_t custody;
	bool has_arc;
	struct ring_arc arc;
	bool has_taken;
	struct ring_transfer taken;
	uint32_t granted_n;
	struct ring_transfer granted[RING_GRANTED_MAX];
};

/**
 * struct ring_save - a write of the hard state under way
 * @ticket: of the store
 * @ring: the ring
 * @busy: under way
 * @map_ver: state of the map that is written
 * @done: called when it is durable; a store that fails fails the ring first
 */
struct ring_save {
	struct store_ticket ticket;
	struct ring *ring;
	bool busy;
	uint64_t map_ver;
	void (*done)(struct ring *ring);
};

/**
 * struct ring_give - the giver's side of the transfer under way
 * @active: there is one
 * @granting: its record is being written: nothing stops it any more
 * @t: the transfer
 * @commit_id: query to answer when the record is durable
 * @timer: gives up a joiner that is silent
 * @save: write of the record
 */
struct ring_give {
	bool active;
	bool granting;
	struct ring_transfer t;
	uint64_t commit_id;
	struct env_timer timer;
	struct ring_save save;
};

/**
 * struct ring_lease - a lease given or held
 * @claim: for keys that are being taken over
 * @class: held: class of who gave it; given: class of who holds it
 * @peer: who holds it, or who gave it
 * @arc: which keys, and for which epoch
 * @until_ns: its end
 * @map_ver: held: state of the map that its giver agreed with, 0: none
 */
struct ring_lease {
	bool claim;
	uint8_t class;
	struct env_peer peer;
	struct ring_arc arc;
	uint64_t until_ns;
	uint64_t map_ver;
};

/**
 * struct ring_leases - a table of them
 * @n: entries
 * @v: entries
 */
struct ring_leases {
	uint32_t n;
	struct ring_lease *v;
};

/**
 * struct ring_note - a lease that is granted when an epoch is durable
 * @used: the slot is taken
 * @save: write under way
 * @from: who asked
 * @query_id: its question
 * @arc: what it asked for
 * @at: key that it asked at
 * @claim: it takes the arc over
 */
struct ring_note {
	bool used;
	struct ring_save save;
	struct env_peer from;
	uint64_t query_id;
	struct ring_arc arc;
	struct ring_key at;
	bool claim;
};

/**
 * enum ring_cover_what - what the owners of a range in other classes are asked for
 * @COVER_RENEW: a lease
 * @COVER_PROBE: whether they would note a new epoch
 * @COVER_CLAIM: to note it
 * @COVER_FETCH: their items
 */
enum ring_cover_what { COVER_RENEW, COVER_PROBE, COVER_CLAIM, COVER_FETCH };

/**
 * struct ring_pass - asks the owners of a range in one class, one after the other
 * @cover: what it belongs to
 * @class: the class
 * @active: under way
 * @ok: all owners so far have said yes, and left no gap
 * @route: search for the owner of @at
 * @call: question to it
 * @at: where it is
 * @tries: attempts at @at
 * @peer: who is asked
 * @sent_ns: when
 * @ticket: fetch: write of a page
 * @writing: ... of this pass, not of one that was given up
 * @next_open: fetch: @next is the end of the class
 * @next: fetch: where to go on
 */
struct ring_pass {
	struct ring_cover *cover;
	uint8_t class;
	bool active;
	bool ok;
	struct ring_route route;
	struct ring_call call;
	struct ring_key at;
	uint32_t tries;
	struct env_peer peer;
	uint64_t sent_ns;
	struct store_ticket ticket;
	bool writing;
	bool next_open;
	struct ring_key next;
};

/**
 * struct ring_cover - one question to the owners of a range in all other classes
 * @ring: the ring
 * @what: the question
 * @arc: the range; its class is not asked
 * @running: passes under way
 * @pass: one a class
 * @done: called when no pass is under way any more; may be NULL
 */
struct ring_cover {
	struct ring *ring;
	enum ring_cover_what what;
	struct ring_arc arc;
	uint32_t running;
	struct ring_pass pass[RING_CLASSES_MAX];
	void (*done)(struct ring *ring);
};

/**
 * enum ring_claim_phase - how far a takeover is
 * @CLAIM_NONE: there is none
 * @CLAIM_PROBE: asks whether it is possible
 * @CLAIM_NOTE: lets the other classes note the new epoch
 * @CLAIM_COPY: copies the items of enough of them
 * @CLAIM_SAVE: makes the arc its own
 */
enum ring_claim_phase { CLAIM_NONE, CLAIM_PROBE, CLAIM_NOTE, CLAIM_COPY, CLAIM_SAVE };

/**
 * struct ring_claim - keys of a failed owner, on their way to this node
 * @phase: how far it is
 * @arc: the keys, and their new epoch
 * @own: it is the node's own arc, which somebody else had begun to take over
 * @cover: the question of the phase
 * @keep: keeps the lease of the new epoch
 * @timer: next @keep
 * @save: write of the hard state
 * @map_ver: state of the map when copying began
 * @attempt: number of this attempt to copy, 0: into the node's own arc
 * @restarts: how often it had to begin anew
 * @gap: where the vacant keys begin that were seen last
 * @gap_ns: when these were seen first, 0: there are none
 * @next_ns: no attempt before
 * @wait_ns: longest lease that was in the way of this one
 */
struct ring_claim {
	enum ring_claim_phase phase;
	struct ring_arc arc;
	bool own;
	struct ring_cover cover;
	struct ring_cover keep;
	struct env_timer timer;
	struct ring_save save;
	uint64_t map_ver;
	uint64_t attempt;
	uint32_t restarts;
	struct ring_arc gap;
	uint64_t gap_ns;
	uint64_t next_ns;
	uint64_t wait_ns;
};

/**
 * struct ring_class - what a joiner counts in a walk, for one replica class
 * @members: nodes
 * @held: a node holds the class in custody
 * @alive: nodes that answered
 * @best: node to ask for a part
 * @items: items of @best
 * @width: width of its arc
 */
struct ring_class {
	uint32_t members;
	bool held;
	uint32_t alive;
	struct env_peer best;
	uint64_t items;
	uint64_t width;
};

/**
 * struct ring_join - the joiner's side
 * @walk: walk that counts the classes
 * @class: what it has counted
 * @machine_class: class of the nodes of this machine, -1: none
 * @timer: next attempt
 * @call: question to the giver
 * @chunk: write of a chunk
 * @save: write of the hard state
 * @giver: whom it asks
 * @want: class that it asks for
 * @asked: how often it has asked this giver
 * @t: transfer under way
 * @from: next key to ask for
 * @more: there is one
 * @heard_ns: last progress
 */
struct ring_join {
	struct ring_walk walk;
	struct ring_class class[RING_CLASSES_MAX];
	int machine_class;
	struct env_timer timer;
	struct ring_call call;
	struct store_ticket chunk;
	bool chunk_busy;
	struct ring_save save;
	struct env_peer giver;
	uint8_t want;
	uint32_t asked;
	struct ring_transfer t;
	struct ring_key from;
	bool more;
	uint64_t heard_ns;
};

/**
 * struct ring_purge - removal of items outside of the arc
 * @ticket: batch under way
 * @busy: @ticket is under way
 * @active: there may be more
 * @timer: tries again when the store has no room
 * @done: called at the end; may be NULL
 */
struct ring_purge {
	struct store_ticket ticket;
	bool busy;
	bool active;
	struct env_timer timer;
	void (*done)(struct ring *ring);
};

/**
 * struct ring_known - a member heard of
 * @peer: who
 * @heard_ns: when
 */
struct ring_known {
	struct env_peer peer;
	uint64_t heard_ns;
};

/**
 * struct ring_grave - a node that failed lately
 * @id: who
 * @until_ns: end of its being ignored
 * @lost: it is alive and has no arc: only what it says as a node of the ring ends that
 */
struct ring_grave {
	struct xos_id id;
	uint64_t until_ns;
	bool lost;
};

struct ring {
	struct env *env;
	struct store *store;
	struct ring_link *link;
	struct suspect *suspect;
	uint32_t consumer;
	struct ring_config cfg;
	enum ring_state state;
	struct ring_hard hard;
	uint64_t items;

	uint64_t changes;
	struct ring_map map;
	uint64_t map_ver;
	uint64_t map_synced;
	struct ring_leases given;
	struct ring_leases held;
	uint64_t claims_ns;
	uint64_t passed_ns;
	struct ring_note note[RING_NOTES_MAX];
	struct ring_cover renew;
	struct env_timer renew_timer;
	struct ring_claim claim;
	int (*merge)(void *ctx, const struct ring_copy *copy, struct bytes have, struct bytes other,
		     struct buf *out);
	void *merge_ctx;
	uint8_t *merge_mem;

	bool has_pred;
	uint64_t pred_ns;
	uint32_t stabilize_lost;
	struct ring_peer pred;
	uint32_t succ_n;
	struct ring_peer succ[RING_SUCC_MAX];
	uint32_t finger_n;
	struct ring_peer finger[RING_FINGER_MAX];
	uint32_t finger_next;
	uint32_t watched_n;
	struct xos_id watched[RING_SUCC_MAX + 1];
	struct ring_grave grave[RING_GRAVES_MAX];
	uint32_t grave_next;
	uint32_t known_n;
	struct ring_known *known;
	bool known_dirty;
	uint64_t known_saved_ns;
	struct store_ticket known_ticket;
	bool known_busy;

	struct cds_list_head calls;
	uint64_t call_seq;
	struct env_timer tick;
	bool soon;
	uint32_t ticks;
	struct ring_call stabilize_call;
	struct ring_call finger_call;
	struct ring_route probe;
	struct ring_save misc;
	bool misc_dirty;
	struct ring_call copy_call;
	struct ring_give give;
	bool (*guard)(void *ctx, struct bytes key);
	void *guard_ctx;
	struct ring_join join;
	struct ring_purge purge;
	struct pool walks;
	struct page page;
	struct store_op *ops;
	uint8_t *record;
	struct ring_counters count;
};

/* ring.c */
void ring_fail(struct ring *ring, const char *what);
void ring_own(struct ring *ring);
bool ring_grid_ok(struct ring *ring, uint64_t grid);

/* record.c */
int ring_load(struct ring *ring);
int ring_save_start(struct ring *ring, struct ring_save *save, void (*done)(struct ring *ring));
void ring_save_misc(struct ring *ring);

/* known.c */
void ring_known_add(struct ring *ring, const struct xos_id *id, const struct xos_addr *addr);
void ring_known_refresh(const struct ring *ring, struct env_peer *peer);
void ring_known_load(struct ring *ring);
void ring_known_save(struct ring *ring);

/* neighbour.c */
int ring_pos_cmp(uint8_t class_a, struct bytes key_a, uint8_t class_b, struct bytes key_b);
bool ring_peer_between(const struct ring_peer *a, const struct ring_peer *x,
		       const struct ring_peer *b);
struct ring_peer ring_self(const struct ring *ring);
void ring_peer_get(struct ring_peer *out, const struct wire_ring_peer *in);
struct wire_ring_peer ring_peer_wire(const struct ring_peer *p);
uint32_t ring_succ_wire(const struct ring *ring, struct wire_ring_peer *out);
void ring_offer(struct ring *ring, const struct ring_peer *p, bool direct);
void ring_offer_list(struct ring *ring, const struct wire_ring_peer_list *list);
void ring_pred_set(struct ring *ring, const struct ring_peer *p);
void ring_drop(struct ring *ring, const struct xos_id *id, bool lost);
void ring_watch_none(struct ring *ring);
bool ring_buried(const struct ring *ring, const struct xos_id *id);
void ring_suspect_changed(void *ctx, const struct xos_id *id, enum suspect_state state);
uint32_t ring_nearer(const struct ring *ring, uint8_t class, struct bytes key, bool before,
		     const struct ring_peer **out, uint32_t max);

/* stabilize.c */
void ring_stabilize_init(struct ring *ring);
void ring_stabilize_soon(struct ring *ring);
bool ring_stabilize_recv(struct ring *ring, const struct env_peer *from,
			 const struct wire_header *h);
void ring_complete_heard(struct ring *ring, bool complete);

/* find.c */
bool ring_find_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* arc.c */
struct wire_ring_arc ring_arc_wire(const struct ring_arc *a);
void ring_arc_get(struct ring_arc *out, const struct wire_ring_arc *in);
uint64_t ring_arc_width(const struct ring_arc *a);
bool ring_arc_split(struct ring *ring, struct ring_key *at);
uint64_t ring_arc_count(struct ring *ring);

/* join.c */
void ring_join_init(struct ring *ring);
void ring_join_start(struct ring *ring);
void ring_join_again(struct ring *ring, uint64_t delay_ns);
bool ring_join_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* copy.c */
void ring_copy_init(struct ring *ring);
void ring_copy_start(struct ring *ring);
void ring_pending_start(struct ring *ring);
void ring_copy_again(struct ring *ring);
void ring_settle_start(struct ring *ring);
bool ring_copy_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* give.c */
void ring_give_init(struct ring *ring);
void ring_give_stop(struct ring *ring);
bool ring_give_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* pass.c */
void ring_cover_init(struct ring *ring, struct ring_cover *cover, void (*done)(struct ring *ring));
void ring_cover_start(struct ring_cover *cover, enum ring_cover_what what,
		      const struct ring_arc *arc, uint32_t classes);
void ring_cover_stop(struct ring_cover *cover);
void ring_pass_start(struct ring_pass *p);
void ring_pass_on(struct ring_pass *p, bool open, const struct ring_key *next);
void ring_pass_end(struct ring_pass *p, bool ok);
bool ring_pass_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* lease.c */
void ring_lease_init(struct ring *ring, struct arena *arena);
size_t ring_lease_size(void);
void ring_lease_own(struct ring *ring);
void ring_renew_soon(struct ring *ring);
uint8_t ring_leases(const struct ring *ring);
bool ring_leased_range(const struct ring *ring, const struct ring_arc *a);
struct ring_lease *ring_lease_get(struct ring *ring, struct ring_leases *t, uint8_t class,
				  const struct xos_id *id, bool claim);
const struct ring_lease *ring_lease_peer(const struct ring *ring, uint8_t class, struct bytes key);
void ring_lease_drop(struct ring *ring, uint8_t class, const struct xos_id *id);
uint64_t ring_lease_wait(const struct ring *ring);
void ring_map_changed(struct ring *ring);
bool ring_map_hear(struct ring *ring, const struct wire_ring_epoch_list *list,
		   const struct ring_arc *a, bool own);
uint32_t ring_map_wire(const struct ring *ring, const struct ring_arc *a,
		       struct wire_ring_epoch *out);
void ring_renewed(struct ring_pass *p, const struct env_peer *from,
		  const struct wire_ring_renew_answer *a, const struct ring_arc *both);
void ring_disown(struct ring *ring);
bool ring_lease_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* claim.c */
void ring_claim_init(struct ring *ring);
void ring_claim_tick(struct ring *ring);
void ring_claim_stop(struct ring *ring);
void ring_claim_wait(struct ring *ring, uint64_t ns);
bool ring_claim_has(const struct ring *ring, uint8_t class, struct bytes key);
bool ring_claim_start(struct ring *ring, const struct ring_arc *arc);

/* fetch.c */
void ring_fetched(struct ring_pass *p, const struct wire_ring_fetch_answer *a);
bool ring_fetch_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

/* purge.c */
void ring_purge_init(struct ring *ring);
void ring_purge_start(struct ring *ring, void (*done)(struct ring *ring));

/* walk.c */
size_t ring_walk_size(void);
void ring_walk_init(struct ring *ring, struct arena *arena);
bool ring_walk_recv(struct ring *ring, const struct env_peer *from, const struct wire_header *h);

#endif
