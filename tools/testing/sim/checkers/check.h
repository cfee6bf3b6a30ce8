/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What must be true, each in a file of its own. A checker reports to
 * sim_fail(), under its name; only the first report of a run counts.
 */
#ifndef _XOS_SIM_CHECKERS_CHECK_H
#define _XOS_SIM_CHECKERS_CHECK_H

#include "sim.h"

struct machine;

/**
 * check_holders() - no two machines hold the same position of a class
 * @m: machine whose node was just called
 *
 * At any instant, over the arcs of all running nodes and the classes that one
 * of them still keeps for later joiners. A node that is down is looked at when
 * it starts again: what it then finds on its disk must still be its own.
 */
void check_holders(struct machine *m);

/**
 * check_linear() - every key behaves as one register
 * @s: run, at its end
 */
void check_linear(struct sim *s);

/**
 * linear_explain() - look for an order of a key's operations that explains them
 * @h: history
 * @key: index of the key
 * @states: set to the number of states searched
 *
 * Return: true when there is one, or when the search was given up.
 */
bool linear_explain(const struct history *h, uint32_t key, uint64_t *states);

/**
 * check_checkers() - compare the search with one that simply tries everything
 *
 * Return: true when they agree on many small random histories, of which
 * some have an explanation and some have none.
 */
bool check_checkers(void);

/**
 * check_ranges() - range scans are in order and miss nothing
 * @s: run, at its end
 *
 * A scan returns ascending keys within its bounds. A key whose last write was
 * acknowledged before the scan began, and that nothing wrote to until it
 * ended, is returned once with that value, or not at all when it was deleted.
 * No item is older than a write that was over when the scan began.
 */
void check_ranges(struct sim *s);

/**
 * check_txns() - transactions are serialisable in real-time order
 * @s: run, at its end
 *
 * Lists read are beginnings of one order; elements of transactions that failed
 * are in none, those of acknowledged ones in the last read; and the graph of
 * who must have come before whom, real time included, has no circle. Audits
 * find nothing missing, pairs are equal.
 */
void check_txns(struct sim *s);

/**
 * check_txns_alive() - transactions of all kinds commit
 * @s: run that has healed
 *
 * Reads everything there is, so that check_txns() sees the end.
 */
void check_txns_alive(struct sim *s);

/**
 * check_votes() - no key is held by a transaction that is long over
 * @s: run that has healed; its clients are at rest
 */
void check_votes(struct sim *s);

/**
 * check_ring() - the nodes form one ring and agree about it
 * @s: run, with the faults over
 * @why: set to what is not so, SIM_REASON_MAX bytes
 *
 * All nodes own an arc; the arcs tile the keys of each class; successors and
 * predecessors are those of the ring; no class is waiting to be given out.
 *
 * Return: true when all holds.
 */
bool check_ring(struct sim *s, char *why);

/**
 * check_served() - is every key served by an owner in each class now?
 * @s: run
 *
 * Return: true when it is.
 */
bool check_served(struct sim *s);

/**
 * check_lookups() - every node finds the same, true owners
 * @s: run that has healed
 *
 * Looks up keys at every node, and lets some nodes walk the ring.
 */
void check_lookups(struct sim *s);

/**
 * check_held() - whoever would be asked for a key has what was acknowledged of it
 * @s: run
 * @key: index of the key
 *
 * At any instant, of the owners that serve the key, all but a minority of the
 * classes have the newest version that a client was told of, or a newer one.
 */
void check_held(struct sim *s, uint32_t key);

/**
 * check_held_all() - the same for every key
 * @s: run
 */
void check_held_all(struct sim *s);

/**
 * held_acked() - a client was told of a version
 * @s: run
 * @key: index of the key
 * @v: the version
 */
void held_acked(struct sim *s, uint32_t key, const struct dht_version *v);

/**
 * check_alive() - every key can be read, written and deleted, and stays as it was left
 * @s: run that has healed
 * @expected: set to the value that each key has in the end
 */
void check_alive(struct sim *s, uint64_t *expected);

/**
 * check_unchanged() - every key is what it was
 * @s: run that has healed
 * @expected: value of each key
 */
void check_unchanged(struct sim *s, const uint64_t *expected);

/**
 * check_tell_key() - fail, with the history of a key
 * @s: run
 * @checker: who found it
 * @key: index of the key
 * @what: what is wrong
 */
void check_tell_key(struct sim *s, const char *checker, uint32_t key, const char *what);

#endif
