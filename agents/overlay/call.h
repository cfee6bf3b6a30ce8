/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A question to another node that ends with its answer or with time. */
#ifndef _XOS_OVERLAY_CALL_H
#define _XOS_OVERLAY_CALL_H

#include <base/list.h>
#include <env/env.h>

struct ring;

/**
 * struct ring_call - one question; embedded where the answer is awaited
 * @ended: called once with the decoded answer, or with NULL when the time is over;
 *	may start the call again
 * @ctx: of the owner
 * @ring: the ring
 * @node: in the list of calls
 * @timer: end of the time
 * @id: number in question and answer
 * @expect: type of the answer
 * @active: waits
 */
struct ring_call {
	void (*ended)(struct ring_call *call, const struct env_peer *from, const void *answer);
	void *ctx;
	struct ring *ring;
	struct cds_list_head node;
	struct env_timer timer;
	uint64_t id;
	uint16_t expect;
	bool active;
};

/**
 * ring_call_init() - set up, once
 * @call: call
 * @ring: the ring
 * @ended: its end
 * @ctx: for @ended
 */
void ring_call_init(struct ring_call *call, struct ring *ring,
		    void (*ended)(struct ring_call *call, const struct env_peer *from,
				  const void *answer),
		    void *ctx);

/**
 * ring_call_start() - begin to wait
 * @call: call; one that waits is stopped first
 * @expect: type of the answer
 * @timeout_ns: time allowed
 *
 * Return: number to put into the question.
 */
uint64_t ring_call_start(struct ring_call *call, uint16_t expect, uint64_t timeout_ns);

/**
 * ring_call_stop() - no longer wait; harmless when it does not
 * @call: call
 */
void ring_call_stop(struct ring_call *call);

/**
 * ring_call_answer() - hand an answer to the call that waits for it
 * @ring: the ring
 * @id: number in the answer
 * @type: type of the answer
 * @from: sender
 * @answer: decoded
 */
void ring_call_answer(struct ring *ring, uint64_t id, uint16_t type, const struct env_peer *from,
		      const void *answer);

#endif
