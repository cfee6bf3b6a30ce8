/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which datagrams were seen before: a window of the last REPLAY_WINDOW counters
 * per sender (the method of RFC 6479, one word). The table is bounded; when it
 * is full, the sender heard of least recently is forgotten.
 */
#ifndef _XOS_SECURE_REPLAY_H
#define _XOS_SECURE_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include <base/id.h>
#include <base/list.h>

#define REPLAY_WINDOW 64

/**
 * struct replay_sender - what is known about one sender
 * @hash: in its bucket
 * @used: in replay.used
 * @id: key
 * @top: highest counter seen
 * @seen: bit n: counter @top - n was seen
 */
struct replay_sender {
	struct cds_list_head hash;
	struct cds_list_head used;
	struct xos_id id;
	uint64_t top;
	uint64_t seen;
};

/**
 * struct replay - table of senders
 * @senders: entries, used from the front
 * @n: entries in use
 * @limit: entries there are
 * @evicted: senders forgotten for want of room
 * @buckets: hash table
 * @mask: number of buckets less one
 * @key: random key of the hash
 * @used: all in use, the most recent first
 */
struct replay {
	struct replay_sender *senders;
	uint32_t n;
	uint32_t limit;
	uint64_t evicted;
	struct cds_list_head *buckets;
	uint32_t mask;
	uint64_t key[2];
	struct cds_list_head used;
};

/**
 * replay_init() - an empty table
 * @r: table
 * @limit: senders
 * @key: random key
 *
 * Return: 0 or -ENOMEM.
 */
int replay_init(struct replay *r, uint32_t limit, const uint64_t key[2]);

/**
 * replay_exit() - free the table
 * @r: table
 */
void replay_exit(struct replay *r);

/**
 * replay_window() - note a counter in a window
 * @top: highest counter seen
 * @seen: bit n: counter @top - n was seen
 * @counter: counter
 *
 * Return: true when it was not seen before and is not older than the window.
 */
bool replay_window(uint64_t *top, uint64_t *seen, uint64_t counter);

/**
 * replay_fresh() - note the counter of an authenticated datagram
 * @r: table
 * @id: sender
 * @counter: counter
 *
 * Return: true when it was not seen before and is not older than the window.
 */
bool replay_fresh(struct replay *r, const struct xos_id *id, uint64_t counter);

#endif
