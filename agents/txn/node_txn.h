/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the node needs of the transactions, besides what its clients need. */
#ifndef _XOS_TXN_NODE_TXN_H
#define _XOS_TXN_NODE_TXN_H

#include <store/store.h>
#include <txn/txn.h>

/**
 * struct txn_counters - what has happened since start
 * @begun: transactions begun
 * @committed: ... committed
 * @conflicts: ... aborted because another one came first
 * @unknown: ... whose outcome could not be told
 * @refused: ... refused because too many were under way
 * @reruns: attempts of a run after the first
 * @combined: runs that went along with another one of the same key
 * @second_rounds: decisions that needed a second round
 * @settled: transactions of others that were settled
 * @votes: votes given as an owner
 * @locked: votes not given because another transaction held the key
 * @stale: votes refused because of a newer version
 * @behind: votes not given because something was missing here
 * @writes_refused: changes refused because too many waited for the store, or it refused them
 * @votes_refused: votes refused because the table or the record was full
 * @strange: messages that did not decode
 * @late: answers that nobody waited for
 * @unsure: votes copied in a takeover that others may have forgotten to be aborted
 * @aborts_lost: transactions whose abort was forgotten before all owners knew
 * @disagreed: answers asked for again because epochs did not agree
 */
struct txn_counters {
	uint64_t begun;
	uint64_t committed;
	uint64_t conflicts;
	uint64_t unknown;
	uint64_t refused;
	uint64_t reruns;
	uint64_t combined;
	uint64_t second_rounds;
	uint64_t settled;
	uint64_t votes;
	uint64_t locked;
	uint64_t stale;
	uint64_t behind;
	uint64_t writes_refused;
	uint64_t votes_refused;
	uint64_t strange;
	uint64_t late;
	uint64_t unsure;
	uint64_t aborts_lost;
	uint64_t disagreed;
};

/**
 * struct txn_home - what transactions stand on
 * @env: environment
 * @store: store, that of the ring
 * @ring: the ring
 * @link: sends
 * @dht: reads
 */
struct txn_home {
	struct env *env;
	struct store *store;
	struct ring *ring;
	struct ring_link *link;
	struct dht *dht;
};

/**
 * txn_arena_size() - memory needed
 * @cfg: limits
 *
 * Return: bytes.
 */
size_t txn_arena_size(const struct txn_config *cfg);

/**
 * txns_init() - make ready
 * @arena: memory
 * @home: what to stand on, copied
 * @cfg: limits, copied
 *
 * Return: the transactions of a node.
 */
struct txns *txns_init(struct arena *arena, const struct txn_home *home,
		       const struct txn_config *cfg);

/**
 * txns_start() - begin to look after votes that are left behind
 * @t: transactions
 */
void txns_start(struct txns *t);

/**
 * txns_recv() - take a message of the txn family
 * @t: transactions
 * @from: sender
 * @h: decoded header
 *
 * Return: true when the message was one of this family.
 */
bool txns_recv(struct txns *t, const struct env_peer *from, const struct wire_header *h);

/**
 * txn_put_start() - write or delete one key
 * @t: transactions
 * @op: of kind DHT_PUT or DHT_DEL
 *
 * Return: as node_op().
 */
int txn_put_start(struct txns *t, struct dht_op *op);

/**
 * txn_put_stop() - give it up; harmless when it is not under way
 * @t: transactions
 * @op: of kind DHT_PUT or DHT_DEL
 */
void txn_put_stop(struct txns *t, struct dht_op *op);

/**
 * txns_counters() - what has happened since start
 * @t: transactions
 *
 * Return: the counters.
 */
const struct txn_counters *txns_counters(const struct txns *t);

#endif
