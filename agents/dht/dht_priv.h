/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the dht share. Nobody outside of this folder includes it. */
#ifndef _XOS_DHT_DHT_PRIV_H
#define _XOS_DHT_DHT_PRIV_H

#include <errno.h>

#include <base/assert.h>
#include <base/mutant.h>
#include <dht/dht.h>
#include <dht/votes.h>
#include <overlay/call.h>
#include <overlay/link.h>
#include <overlay/route.h>
#include <wire/dht.h>

/* A majority of the replica classes, at most. */
#define DHT_QUORUM_MAX (RING_CLASSES_MAX / 2 + 1)
/* Classes of keys whose unsynced writes are counted together. */
#define DHT_BUCKETS    256
/* Pause before a replica that could not answer is asked again. */
#define DHT_AGAIN_NS   (60 * ENV_MS)
/* First pause before a replica in doubt is asked again; it doubles up to the one above. */
#define DHT_DOUBT_NS   (2 * ENV_MS)
/* Keys and records of a scan's answer, in bytes: any single item fits. */
#define DHT_PAGE_ROOM  (DHT_VALUE_MAX + RING_KEY_MAX + 4096)
/* Time of a lookup. */
#define DHT_LOOKUP_NS  (2 * ENV_SEC)

/**
 * enum dht_leg_state - how far the question to one replica class is
 * @LEG_IDLE: not asked
 * @LEG_ROUTING: looks for the owner
 * @LEG_ASKED: waits for its answer
 * @LEG_WAIT: pauses before the next attempt
 * @LEG_DONE: has answered in this phase
 */
enum dht_leg_state { LEG_IDLE, LEG_ROUTING, LEG_ASKED, LEG_WAIT, LEG_DONE };

/**
 * struct dht_leg - the part of an operation that concerns one replica class
 * @task: the operation
 * @route: search for the owner
 * @state: how far it is
 * @class: the class
 * @tries: attempts in this phase
 * @due_ns: end of LEG_ASKED or LEG_WAIT
 * @owner: who is asked
 * @epoch: epoch of its arc
 * @version: what it has answered, read phase
 * @unsynced: it said that this is not durable yet
 * @doubts: how often it was in doubt
 * @epochs: epochs that it knew when it answered
 */
struct dht_leg {
	struct dht_task *task;
	struct ring_route route;
	enum dht_leg_state state;
	uint8_t class;
	uint32_t tries;
	uint64_t due_ns;
	struct env_peer owner;
	uint64_t epoch;
	struct dht_version version;
	bool unsynced;
	uint32_t doubts;
	struct ring_epochs epochs;
};

/**
 * enum dht_phase - what the legs are asked
 * @PHASE_READ: version and value
 * @PHASE_WRITE: to store a version
 * @PHASE_SCAN: a page
 * @PHASE_OWNER: nothing; their finding is the result
 */
enum dht_phase { PHASE_READ, PHASE_WRITE, PHASE_SCAN, PHASE_OWNER };

/**
 * struct dht_page_leg - page of one replica class in a range
 * @n: entries
 * @len: bytes used
 * @pos: next entry
 * @open: covers everything to the end of the class
 * @next: else: first key not covered
 * @mem: entries
 */
struct dht_page_leg {
	uint32_t n;
	size_t len;
	size_t pos;
	bool open;
	struct ring_key next;
	uint8_t mem[DHT_PAGE_ROOM];
};

/**
 * struct dht_range - what a range needs besides
 * @task: the operation
 * @page_n: pages received for this subrange
 * @page: the pages
 * @cursor: where the subrange begins
 * @sub: read of a key that the pages disagree about
 * @sub_key: that key
 * @busy: @sub is under way
 * @out_len: bytes in @out
 * @out: entries of the result
 */
struct dht_range {
	struct dht_task *task;
	uint32_t page_n;
	struct dht_page_leg page[DHT_QUORUM_MAX];
	struct ring_key cursor;
	struct dht_op sub;
	struct ring_key sub_key;
	bool busy;
	size_t out_len;
	uint8_t out[DHT_PAGE_ROOM];
};

/**
 * struct dht_entry - an entry of a page in memory
 */
struct dht_entry {
	struct bytes key;
	struct bytes value;
	struct dht_version version;
	bool tombstone;
	bool unsynced;
};

/**
 * struct dht_task - an operation or a lookup under way
 * @dht: dht
 * @slot: number of the task
 * @used: the slot is taken
 * @id: number in the questions of this phase; its low 16 bits are @slot
 * @phase: what the legs are asked
 * @op: the operation, or NULL
 * @lookup: the lookup, or NULL
 * @key: the key; for a range: where the subrange begins
 * @timer: earliest of the deadlines
 * @deadline_ns: end of the time allowed
 * @status: with @dead: how it ended before it began
 * @dead: ends at the next firing of the timer
 * @incomplete: a replica said that the grid does not serve yet
 * @wrote: a replica was asked to write
 * @replicas: legs
 * @leg: legs
 * @best: greatest version read
 * @tombstone: ... is a tombstone
 * @value: value of @best, or the value to write
 * @mem: DHT_VALUE_MAX bytes of the slot
 * @range: for a range
 * @step: called after each answer
 */
struct dht_task {
	struct dht *dht;
	uint32_t slot;
	bool used;
	uint64_t id;
	enum dht_phase phase;
	struct dht_op *op;
	struct dht_lookup *lookup;
	struct bytes key;
	struct env_timer timer;
	uint64_t deadline_ns;
	int status;
	bool dead;
	bool incomplete;
	bool wrote;
	uint32_t replicas;
	struct dht_leg leg[RING_CLASSES_MAX];
	struct dht_version best;
	bool tombstone;
	struct bytes value;
	uint8_t *mem;
	struct dht_range *range;
	void (*step)(struct dht_task *task);
};

/**
 * struct dht_write - a write that waits for the store
 * @ticket: of the store
 * @dht: dht
 * @to: who asked
 * @answer: what it gets to hear
 * @bucket: where it counts as unsynced
 * @epochs: memory of the answer
 */
struct dht_write {
	struct store_ticket ticket;
	struct dht *dht;
	struct env_peer to;
	struct wire_dht_write_answer answer;
	uint32_t bucket;
	uint8_t epochs[RING_EPOCHS_LEN];
};

/**
 * struct dht_cached - the arc of another node as it said itself
 * @owner: who
 * @arc: what it owned then
 * @used: number of the last use, 0: free
 */
struct dht_cached {
	struct env_peer owner;
	struct ring_arc arc;
	uint64_t used;
};

struct dht {
	struct env *env;
	struct store *store;
	struct ring *ring;
	struct ring_link *link;
	struct dht_config cfg;
	struct dht_task *task;
	uint64_t gen;
	struct pool ranges;
	struct pool writes;
	uint32_t bucket[DHT_BUCKETS];
	uint32_t unsynced;
	struct dht_cached *cached;
	uint64_t cache_use;
	uint8_t *record;
	uint8_t *stored;
	void (*doubt)(void *ctx, struct bytes key);
	void *doubt_ctx;
	struct dht_counters count;
};

static inline int dht_version_cmp(const struct dht_version *a, const struct dht_version *b)
{
	if (a->counter != b->counter)
		return a->counter < b->counter ? -1 : 1;
	return a->writer < b->writer ? -1 : a->writer > b->writer;
}

/* task.c */
struct dht_task *dht_task_get(struct dht *dht);
void dht_task_put(struct dht_task *task);
void dht_task_end(struct dht_task *task, int status);
void dht_task_phase(struct dht_task *task, enum dht_phase phase,
		    void (*step)(struct dht_task *task));
void dht_task_arm(struct dht_task *task);
uint32_t dht_task_done(const struct dht_task *task);
uint32_t dht_task_quorum(const struct dht_task *task);
bool dht_task_agreed(struct dht_task *task);

/* leg.c */
void dht_leg_init(struct dht_task *task, uint32_t n);
void dht_leg_start(struct dht_leg *leg);
void dht_leg_ask(struct dht_leg *leg);
void dht_leg_due(struct dht_leg *leg);
void dht_leg_again(struct dht_leg *leg);
bool dht_leg_recv(struct dht *dht, const struct env_peer *from, const struct wire_header *h);

/* cache.c */
const struct dht_cached *dht_cache_find(struct dht *dht, uint8_t class, struct bytes key);
void dht_cache_add(struct dht *dht, const struct env_peer *owner, const struct wire_ring_arc *arc);
void dht_cache_drop(struct dht *dht, const struct xos_id *owner);

/* quorum.c */
void dht_read_begin(struct dht_task *task);
void dht_read_answer(struct dht_leg *leg, const struct wire_dht_read_answer *a);

/* range.c */
void dht_range_begin(struct dht_task *task);
void dht_range_late(struct dht_task *task, int status);
void dht_range_answer(struct dht_leg *leg, const struct wire_dht_scan_answer *a);

/* owners.c */
void dht_owners_begin(struct dht_task *task);
void dht_owners_late(struct dht_task *task);

/* replica.c */
bool dht_replica_recv(struct dht *dht, const struct env_peer *from, const struct wire_header *h);

#endif
