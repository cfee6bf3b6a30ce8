/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the states of stored votes mean, for all who read records. */
#ifndef _XOS_DHT_VOTES_H
#define _XOS_DHT_VOTES_H

#include <wire/dht.h>

/**
 * dht_vote_holds() - does a vote in this state hold its key against others?
 * @state: enum wire_dht_vote_state
 *
 * Return: true when it does: the transaction may be committed, and is not known to be.
 */
static inline bool dht_vote_holds(uint8_t state)
{
	return state == WIRE_DHT_VOTE_STATE_PREPARED || state == WIRE_DHT_VOTE_STATE_HELD;
}

#endif
