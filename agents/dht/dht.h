/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads of the replicated, ordered map. Each key lives once in each replica
 * class; an operation needs the owners of a majority of the classes. What is
 * written, transactions write (txn/txn.h). A read waits for a transaction that
 * is about to write the key, and a read that finds a version at fewer than a
 * majority writes it back first, so that a single key is linearisable.
 *
 * Questions and answers go by stream, also short ones: under load a socket buffer drops
 * datagrams by the thousand, and each costs its operation a timeout. Nothing relies on
 * their order.
 */
#ifndef _XOS_DHT_DHT_H
#define _XOS_DHT_DHT_H

#include <base/arena.h>
#include <base/bytes.h>
#include <env/env.h>
#include <overlay/key.h>
#include <overlay/ring.h>

struct dht;
struct wire_ring_arc;

#define DHT_KEY_MAX	   RING_KEY_MAX
#define DHT_VALUE_MAX	   (64 * 1024)
/* Keys that begin with this are the grid's own: no range shows them. */
#define DHT_RESERVED	   "\0xos\0"
#define DHT_RESERVED_LEN   5
/* Items in one page of a range. */
#define DHT_PAGE_ITEMS_MAX 1024

/**
 * struct dht_version - which write a value comes from
 * @counter: hybrid time: greater than that of the version which it replaced
 * @writer: drawn at random for each transaction, so that no two share a version
 *
 * Compared by @counter, then @writer; both 0: never written.
 */
struct dht_version {
	uint64_t counter;
	uint64_t writer;
};

static inline bool dht_key_reserved(struct bytes key)
{
	return bytes_has_prefix(key, bytes_of(DHT_RESERVED, DHT_RESERVED_LEN));
}

/**
 * enum dht_kind - what an operation does
 * @DHT_GET: read one key
 * @DHT_PUT: write one key; done by a transaction, see node_op()
 * @DHT_DEL: delete one key, whether it exists or not; done by a transaction
 * @DHT_RANGE: read one page of keys in order
 */
enum dht_kind { DHT_GET, DHT_PUT, DHT_DEL, DHT_RANGE };

/**
 * struct dht_item - one item of a page
 * @key: key
 * @value: value
 * @version: version of the value
 */
struct dht_item {
	struct bytes key;
	struct bytes value;
	struct dht_version version;
};

/**
 * struct dht_op - one operation of a client, in memory of the caller
 * @done: called once, never from inside the call that starts the operation; of the caller
 * @ctx: of the caller
 * @timeout_ns: time allowed, 0 for the default (5 s); of the caller
 * @kind: which operation
 * @key: the key; for a range where to start (inclusive). Borrowed until @done
 * @value: put: the value, borrowed until @done; get: the result, valid during @done
 * @to: range: where to end (exclusive), empty for no bound; borrowed until @done
 * @limit: range: items wanted at most, 0 for the greatest page
 * @status: result:
 *	0;
 *	-ENOENT: get: there is no such key;
 *	-EAGAIN: the grid does not serve, because replica classes are still to be
 *	given out. Nothing was done;
 *	-EHOSTUNREACH: a majority of the owners did not answer. Nothing was done;
 *	-ETIMEDOUT: put and del: the time was over after the first replica was asked
 *	to write: the write may, or may not, take effect, now or later.
 *	get and range: the time was over. A range that has got anywhere by then ends
 *	well instead, with @more
 * @version: result: version read or written
 * @count: range: items in the page, read with dht_op_item() during @done
 * @more: range: there may be more items, at @resume and behind; valid during @done
 * @resume: range: where to go on; valid during @done
 * @state: private
 *
 * An operation in flight is given up with node_op_cancel(); @done is not called then.
 */
struct dht_op {
	void (*done)(struct dht_op *op);
	void *ctx;
	uint64_t timeout_ns;
	enum dht_kind kind;
	struct bytes key;
	struct bytes value;
	struct bytes to;
	uint32_t limit;
	int status;
	struct dht_version version;
	uint32_t count;
	bool more;
	struct bytes resume;
	void *state;
};

/**
 * struct dht_lookup - find the owners of a key
 * @done: called once, never from inside the call that starts it; of the caller
 * @ctx: of the caller
 * @key: key; borrowed until @done
 * @status: 0 when at least one owner was found; -EAGAIN the replica classes are
 *	still to be given out; -EHOSTUNREACH none was found
 * @n: number of replica classes
 * @owners: one a class
 * @state: private
 */
struct dht_lookup {
	void (*done)(struct dht_lookup *lookup);
	void *ctx;
	struct bytes key;
	int status;
	uint32_t n;
	struct ring_owner owners[RING_CLASSES_MAX];
	void *state;
};

/**
 * dht_op_item() - read an item of a page, during @done
 * @op: a range that succeeded
 * @pos: 0 at first, then as the call left it
 * @item: result
 *
 * Return: false behind the last item.
 */
bool dht_op_item(const struct dht_op *op, size_t *pos, struct dht_item *item);

/**
 * struct dht_config - limits and times
 * @ops_max: operations and lookups at once, at most 65535
 * @ranges_max: ranges among them
 * @writes_max: writes that wait for the store, as a replica
 * @cache_max: arcs of other nodes remembered
 * @op_ns: default time of an operation
 * @ask_ns: time for one answer of a replica
 */
struct dht_config {
	uint32_t ops_max;
	uint32_t ranges_max;
	uint32_t writes_max;
	uint32_t cache_max;
	uint64_t op_ns;
	uint64_t ask_ns;
};

/**
 * struct dht_counters - what has happened since start
 * @ops: operations begun
 * @ops_failed: operations that ended in an error other than -ENOENT
 * @ops_refused: operations refused because too many were under way
 * @write_backs: reads that wrote a version back
 * @retries: questions to a replica after the first
 * @answers_late: answers that nobody waited for
 * @strange: messages that did not decode
 * @replica_reads: reads answered as a replica
 * @replica_writes: writes stored as a replica
 * @replica_scans: scans answered as a replica
 * @replica_doubts: reads that met a transaction about to write
 * @replica_refused: requests refused as a replica: not the owner, moving, stale, busy
 * @writes_refused: writes refused because too many waited for the store
 * @disagreed: times that enough replicas had answered and their epochs did not agree
 */
struct dht_counters {
	uint64_t ops;
	uint64_t ops_failed;
	uint64_t ops_refused;
	uint64_t write_backs;
	uint64_t retries;
	uint64_t answers_late;
	uint64_t strange;
	uint64_t replica_reads;
	uint64_t replica_writes;
	uint64_t replica_scans;
	uint64_t replica_doubts;
	uint64_t replica_refused;
	uint64_t writes_refused;
	uint64_t disagreed;
};

/**
 * dht_arena_size() - memory needed
 * @cfg: limits
 *
 * Return: bytes.
 */
size_t dht_arena_size(const struct dht_config *cfg);

/**
 * dht_init() - make ready
 * @arena: memory
 * @env: environment
 * @store: store, that of the ring
 * @ring: the ring
 * @link: sends
 * @cfg: limits, copied
 *
 * Return: the dht.
 */
struct dht *dht_init(struct arena *arena, struct env *env, struct store *store, struct ring *ring,
		     struct ring_link *link, const struct dht_config *cfg);

/**
 * dht_doubt_set() - who is told of reads that meet an undecided transaction
 * @dht: dht
 * @doubt: called for each
 * @ctx: argument of @doubt
 */
void dht_doubt_set(struct dht *dht, void (*doubt)(void *ctx, struct bytes key), void *ctx);

/**
 * dht_owner_find() - who owned a key when it was last heard of
 * @dht: dht
 * @class: replica class
 * @key: key
 * @arc: result: its arc then; may be NULL
 *
 * Return: the owner, valid until the next call of the dht; NULL when none is known.
 */
const struct env_peer *dht_owner_find(struct dht *dht, uint8_t class, struct bytes key,
				      const struct ring_arc **arc);

/**
 * dht_owner_learn() - an owner has said what it owns
 * @dht: dht
 * @owner: who
 * @arc: its arc
 */
void dht_owner_learn(struct dht *dht, const struct env_peer *owner,
		     const struct wire_ring_arc *arc);

/**
 * dht_owner_drop() - an owner does not answer, or owns something else now
 * @dht: dht
 * @owner: who
 */
void dht_owner_drop(struct dht *dht, const struct xos_id *owner);

/**
 * dht_op_start() - start an operation that reads
 * @dht: dht
 * @op: operation
 *
 * Return: as node_op().
 */
int dht_op_start(struct dht *dht, struct dht_op *op);

/**
 * dht_op_stop() - give an operation up; harmless when it is not under way
 * @dht: dht
 * @op: operation
 */
void dht_op_stop(struct dht *dht, struct dht_op *op);

/**
 * dht_lookup_start() - start a lookup
 * @dht: dht
 * @lookup: lookup
 *
 * Return: as node_lookup().
 */
int dht_lookup_start(struct dht *dht, struct dht_lookup *lookup);

/**
 * dht_lookup_stop() - give a lookup up; harmless when it is not under way
 * @dht: dht
 * @lookup: lookup
 */
void dht_lookup_stop(struct dht *dht, struct dht_lookup *lookup);

/**
 * dht_recv() - take a message of the dht family
 * @dht: dht
 * @from: sender
 * @h: decoded header
 *
 * Return: true when the message was one of this family.
 */
bool dht_recv(struct dht *dht, const struct env_peer *from, const struct wire_header *h);

/**
 * dht_counters() - what has happened since start
 * @dht: dht
 *
 * Return: the counters.
 */
const struct dht_counters *dht_counters(const struct dht *dht);

#endif
