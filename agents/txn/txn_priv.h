/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the transactions share. Nobody outside of this folder includes it. */
#ifndef _XOS_TXN_TXN_PRIV_H
#define _XOS_TXN_TXN_PRIV_H

#include <errno.h>

#include <base/assert.h>
#include <base/list.h>
#include <base/mutant.h>
#include <dht/votes.h>
#include <overlay/link.h>
#include <overlay/page.h>
#include <overlay/route.h>
#include <txn/node_txn.h>
#include <txn/txn.h>
#include <wire/txn.h>

/* Pause before an owner that could not answer is asked again. */
#define TXN_AGAIN_NS	(60 * ENV_MS)
/* First pause before a locked key is asked for again; it doubles five times. */
#define TXN_LOCKED_NS	(2 * ENV_MS)
/* A vote whose transaction is undecided for so long makes its owner take over; up to double. */
#define TXN_TAKEOVER_NS (1500 * ENV_MS)
/*
 * A manager that has not decided so long after it began to ask for votes no
 * longer says that nothing was done; and an owner keeps what it knows of a
 * decision that it did not hear of its manager for longer than that, by any clock.
 */
#define TXN_CLAIM_NS	(5 * ENV_SEC)
#define TXN_RETAIN_NS	(20 * ENV_SEC)
/* Votes that are not there in this time are no longer waited for: the manager aborts. */
#define TXN_PATIENCE_NS (2 * ENV_SEC)
/* How long the decision is repeated for those who have not confirmed it. */
#define TXN_DECIDE_NS	(5 * ENV_SEC)
/* The last owner may take as long as the others took, and this much. */
#define TXN_GRACE_NS	(5 * ENV_MS)
/* Aborted transactions that the record of a key remembers until all owners know. */
#define TXN_ABORTED_MAX 8
/* How often votes are looked through. */
#define TXN_SWEEP_NS	(200 * ENV_MS)
/* Keys of the transactions themselves, which clients neither see nor touch. */
#define TXN_OWN_ID	DHT_RESERVED "txn/"
/* Value of the key of an idempotency id: it was committed, or never will be. */
#define TXN_ID_DONE	"done"
#define TXN_ID_NEVER	"never"

struct txn_part;

/**
 * struct txn_items - what a range has found
 * @n: items
 * @v: items
 */
struct txn_items {
	uint32_t n;
	struct dht_item v[];
};

/**
 * struct txn_range - a range that was read
 * @next: the one read before
 * @from: first key
 * @end: key behind the last one that was looked at, empty for no end
 * @items: what was there
 */
struct txn_range {
	struct txn_range *next;
	struct bytes from;
	struct bytes end;
	struct txn_items *items;
};

/**
 * enum txn_op_state - how far a step is
 * @TOP_QUEUED: waits for those before it
 * @TOP_READING: reads
 * @TOP_READY: its caller is told at the next firing of the timer
 */
enum txn_op_state { TOP_QUEUED, TOP_READING, TOP_READY };

/**
 * struct txn_op - a step under way
 * @node: in the list of the transaction
 * @txn: the transaction
 * @step: the step
 * @state: how far it is
 * @get: reads
 */
struct txn_op {
	struct cds_list_head node;
	struct txn *txn;
	struct txn_step *step;
	enum txn_op_state state;
	struct dht_op get;
};

/**
 * enum txn_leg_state - how far the question to one owner is
 * @TLEG_IDLE: not asked
 * @TLEG_ROUTING: looks for the owner
 * @TLEG_ASKED: waits for its answer
 * @TLEG_WAIT: pauses before the next attempt
 * @TLEG_DONE: has answered
 */
enum txn_leg_state { TLEG_IDLE, TLEG_ROUTING, TLEG_ASKED, TLEG_WAIT, TLEG_DONE };

/**
 * struct txn_leg - what is between a transaction and the owner of one key in one class
 * @txn: the transaction
 * @route: search for the owner
 * @state: how far the question is
 * @what: the question, enum wire_txn_what
 * @class: replica class
 * @part: number of the key
 * @sent: it was asked something that it may have stored
 * @tries: attempts
 * @locked: times that it was found locked
 * @due_ns: end of TLEG_ASKED and TLEG_WAIT
 * @owner: who is asked
 * @epoch: epoch of its arc
 * @answer: TLEG_DONE: enum wire_txn_state
 * @epochs: TLEG_DONE: epochs that it knew when it answered
 * @vote: answer of the first round, or of the promise
 * @vote_epoch: epoch of the arc that it was given for
 * @accepted_round: promise: ballot accepted
 * @accepted_proposer: promise: ballot accepted
 * @abort: promise: what was accepted is to abort
 * @shut: promise: to commit will never be accepted there
 */
struct txn_leg {
	struct txn *txn;
	struct ring_route route;
	enum txn_leg_state state;
	uint8_t what;
	uint8_t class;
	uint16_t part;
	bool sent;
	uint32_t tries;
	uint32_t locked;
	uint64_t due_ns;
	struct env_peer owner;
	uint64_t epoch;
	uint8_t answer;
	struct ring_epochs epochs;
	uint8_t vote;
	uint64_t vote_epoch;
	uint64_t accepted_round;
	uint64_t accepted_proposer;
	bool abort;
	bool shut;
};

/**
 * struct txn_part - a key, or a range, of a transaction
 * @key: key, or where the range begins
 * @read: the key must still have version @want
 * @seen: @want and @old hold: the key was read
 * @write: the key is written
 * @tombstone: ... deleted
 * @range: the range up to @end must still have the items with @digest
 * @chosen: its vote is decided
 * @refused: a majority of its owners will never accept to commit
 * @balloted: its owners may have promised or accepted something
 * @want: version read
 * @old: value read; data NULL: there was none
 * @value: value to write
 * @end: range: key behind it, empty for no end
 * @digest: range: of its items
 * @of: range: as it was read
 * @leg: one a class, while there are questions
 */
struct txn_part {
	struct bytes key;
	bool read;
	bool seen;
	bool write;
	bool tombstone;
	bool range;
	bool chosen;
	bool balloted;
	bool refused;
	struct dht_version want;
	struct bytes old;
	struct bytes value;
	struct bytes end;
	uint64_t digest;
	struct txn_range *of;
	struct txn_leg *leg[RING_CLASSES_MAX];
};

/**
 * enum txn_phase - how far a transaction is
 * @TXN_OPEN: its client adds steps
 * @TXN_LOCATE: finds where its ranges have to be cut
 * @TXN_CHECK: only read: is it all still true?
 * @TXN_PREPARE: waits for votes
 * @TXN_ACCEPT: waits until a majority of each key has accepted a ballot
 * @TXN_PROMISE: waits until a majority of each key has promised a ballot
 * @TXN_DECIDE: tells the decision
 * @TXN_DEAD: ends at the next firing of the timer
 */
enum txn_phase {
	TXN_OPEN,
	TXN_LOCATE,
	TXN_CHECK,
	TXN_PREPARE,
	TXN_ACCEPT,
	TXN_PROMISE,
	TXN_DECIDE,
	TXN_DEAD,
};

/**
 * struct txn - a transaction that this node decides
 * @txns: all of them
 * @slot: number
 * @used: the slot is taken
 * @settler: taken over from a manager that this node knows nothing of
 * @forget: settler: the votes may go at the end
 * @abort: what is, or is to be, decided
 * @phase: how far it is
 * @op: number in the questions; changes with each phase
 * @id: identity, and the version that it writes
 * @age: when its client began
 * @round: ballot
 * @proposer: ballot
 * @seen: greatest counter that it must go above
 * @until: and this one it must stay below; 0: none
 * @deadline_ns: end of the time allowed
 * @phase_ns: when the phase began
 * @prepare_ns: when it first asked for votes
 * @grace_ns: until when the last owners are waited for, 0: not yet
 * @status: TXN_DEAD: how it ended
 * @timer: earliest deadline
 * @own: the node's own: it may touch reserved keys
 * @doomed: it has seen what cannot be true at one moment
 * @ops: steps under way, in their order
 * @ops_timer: tells callers of steps that are ready
 * @commit: the client, until it has been told
 * @id_step: sees that the idempotency id is new
 * @id_busy: ... is under way
 * @id_key: key of the idempotency id
 * @part_n: parts
 * @part: parts
 * @scope: encoded keys
 * @key_bytes: what they count towards TXN_KEY_BYTES_MAX
 * @mem: keys and values
 * @ranges: ranges read, newest first
 */
struct txn {
	struct txns *txns;
	uint32_t slot;
	bool used;
	bool settler;
	bool forget;
	bool abort;
	enum txn_phase phase;
	uint64_t op;
	struct dht_version id;
	uint64_t age;
	uint64_t round;
	uint64_t proposer;
	uint64_t seen;
	uint64_t until;
	uint64_t deadline_ns;
	uint64_t phase_ns;
	uint64_t prepare_ns;
	uint64_t grace_ns;
	int status;
	struct env_timer timer;
	bool doomed;
	bool own;
	struct cds_list_head ops;
	struct env_timer ops_timer;
	struct txn_commit *commit;
	struct txn_step id_step;
	bool id_busy;
	uint8_t id_key[sizeof(TXN_OWN_ID) + TXN_ID_MAX];
	uint32_t part_n;
	struct txn_part part[TXN_KEYS_MAX];
	struct bytes scope;
	size_t key_bytes;
	struct buf mem;
	struct txn_range *ranges;
};

/**
 * struct txn_write - a change of a record that waits for the store
 * @ticket: of the store
 * @txns: transactions
 * @to: who asked
 * @answer: what it gets to hear
 * @epochs: memory of the answer
 * @silent: nothing
 */
struct txn_write {
	struct store_ticket ticket;
	struct txns *txns;
	struct env_peer to;
	struct wire_txn_answer answer;
	uint8_t epochs[RING_EPOCHS_LEN];
	bool silent;
};

/**
 * struct txn_record - a stored record, taken apart
 * @class: replica class
 * @key: key
 * @exists: it is in the store
 * @item: item and floor; its votes are in @vote
 * @vote_n: votes
 * @vote: votes; borrow the buffer of the loaded record
 */
struct txn_record {
	uint8_t class;
	struct bytes key;
	bool exists;
	struct wire_dht_stored item;
	uint32_t vote_n;
	struct wire_dht_vote vote[WIRE_DHT_VOTES];
};

/**
 * struct txn_merge - one record of two
 * @majority: of the classes
 * @copy: where @other comes from
 * @have: what is here, and the result
 * @other: copy of the owner in another class; its votes are changed
 * @unsure: result: votes that may have been forgotten to be aborted
 */
struct txn_merge {
	uint32_t majority;
	struct ring_copy copy;
	struct txn_record *have;
	struct txn_record *other;
	uint64_t unsure;
};

/**
 * struct txn_held - a vote of this node, as kept in memory
 * @id: transaction
 * @key: key of the record that it lies in
 * @age: when its client began
 * @state: enum wire_dht_vote_state
 * @write: the key is written
 * @range: the range up to @end was read
 * @end: empty: no end
 * @due_ns: when to take over, or to forget
 */
struct txn_held {
	struct dht_version id;
	struct ring_key key;
	uint64_t age;
	uint8_t state;
	bool write;
	bool range;
	struct ring_key end;
	uint64_t due_ns;
};

struct txns {
	struct env *env;
	struct store *store;
	struct ring *ring;
	struct ring_link *link;
	struct dht *dht;
	struct txn_config cfg;
	struct txn *txn;
	uint64_t gen;
	uint64_t clock;
	struct pool legs;
	struct pool ops;
	struct pool runs;
	struct cds_list_head leads;
	struct pool writes;
	struct txn_held *held;
	uint32_t held_n;
	bool held_for;
	uint64_t held_changes;
	uint8_t held_class;
	bool held_full;
	struct env_timer sweep;
	uint8_t *in;
	uint8_t *out;
	struct txn_record record;
	struct txn_record other;
	struct txn_counters count;
};

static inline bool txn_id_eq(const struct dht_version *a, const struct dht_version *b)
{
	return a->counter == b->counter && a->writer == b->writer;
}

static inline int txn_version_cmp(const struct dht_version *a, const struct dht_version *b)
{
	if (a->counter != b->counter)
		return a->counter < b->counter ? -1 : 1;
	return a->writer < b->writer ? -1 : a->writer > b->writer;
}

/* record.c */
int txn_record_parse(struct txn_record *r, struct bytes in);
int txn_record_load(struct txns *t, uint8_t class, struct bytes key, struct txn_record *r);
int txn_record_save(struct txns *t, struct txn_record *r, struct txn_write *w, bool lazy);
struct wire_dht_vote *txn_record_vote(struct txn_record *r, const struct dht_version *id);
struct wire_dht_vote *txn_record_add(struct txn_record *r, const struct dht_version *id);
void txn_record_drop(struct txn_record *r, struct wire_dht_vote *v);
struct wire_dht_vote *txn_record_aborted(struct txn_record *r, uint32_t *n);
void txn_record_shut(struct txn_record *r, struct wire_dht_vote *v);
void txn_record_lose(struct txn_record *r, struct wire_dht_vote *v);

/* merge.c */
bool txn_vote_counts(uint32_t majority, const struct wire_dht_vote *v);
int txn_merge(struct txn_merge *m);
int txn_record_merge(void *ctx, const struct ring_copy *copy, struct bytes have, struct bytes other,
		     struct buf *out);

/* held.c */
void txn_held_sync(struct txns *t);
bool txn_held_set(struct txns *t, struct bytes key, const struct wire_dht_vote *v);
void txn_held_drop(struct txns *t, struct bytes key, const struct dht_version *id);
const struct txn_held *txn_held_conflict(const struct txns *t, const struct wire_txn_ask *q);
void txn_held_init(struct txns *t);
void txn_held_doubt(void *ctx, struct bytes key);

/* owner.c */
void txn_owner_ask(struct txns *t, const struct env_peer *from, const struct wire_txn_ask *q);
uint64_t txn_digest_add(uint64_t digest, struct bytes key, const struct dht_version *v);

/* leg.c */
int txn_legs_get(struct txn *txn);
void txn_legs_put(struct txn *txn);
void txn_leg_ask(struct txn_leg *leg, uint8_t what);
void txn_leg_stop(struct txn_leg *leg);
void txn_leg_due(struct txn_leg *leg);
void txn_leg_again(struct txn_leg *leg);
void txn_leg_answer(struct txns *t, const struct env_peer *from, const struct wire_txn_answer *a);

/* agree.c */
uint32_t txn_agreed(const struct txn *txn, uint32_t part, int answer);
uint32_t txn_agreed_count(const struct txn *txn, uint32_t part, int answer);
void txn_disagreed(struct txn_leg *leg);

/* manager.c */
void txn_locate(struct txn *txn);
void txn_fire(void *ctx);
void txn_manage(struct txn *txn);
void txn_step_on(struct txn *txn);
void txn_settle(struct txns *t, const struct wire_dht_vote *v, bool forget);
void txn_phase_set(struct txn *txn, enum txn_phase phase);
void txn_arm(struct txn *txn);
void txn_decide(struct txn *txn, bool abort);

/* settle.c */
void txn_promise(struct txn *txn, uint64_t round);
void txn_promise_step(struct txn *txn);
void txn_accept(struct txn *txn, bool abort, uint32_t part);
void txn_accept_step(struct txn *txn);

/* step.c */
int txn_step_add(struct txn *txn, struct txn_step *step);
void txn_steps_stop(struct txn *txn);
struct txn_part *txn_part_find(struct txn *txn, struct bytes key);
struct txn_part *txn_part_get(struct txn *txn, struct bytes key);
void *txn_mem(struct txn *txn, size_t len);
int txn_copy(struct txn *txn, struct bytes from, struct bytes *to);

/* value.c */
int txn_value_add(struct txn *txn, struct bytes old, int64_t *number, struct bytes *out);
int txn_value_append(struct txn *txn, struct bytes old, struct bytes elem, struct bytes *out);
int txn_value_remove(struct txn *txn, struct bytes old, struct bytes elem, struct bytes *out);

/* range.c */
void txn_range_done(struct txn *txn, struct txn_step *step, const struct dht_op *op);
bool txn_ranges_cut(struct txn *txn);

/* run.c */
size_t txn_run_size(void);

/* txn.c */
void txn_commit_on(struct txn *txn);
uint64_t txn_clock(struct txns *t, uint64_t above);
int txn_scope_make(struct txn *txn);
void txn_tell(struct txn *txn, int status);
struct txn *txn_get(struct txns *t, bool settler);
void txn_put(struct txn *txn);
void txn_end(struct txn *txn, int status);
void txn_end_soon(struct txn *txn, int status);

#endif
