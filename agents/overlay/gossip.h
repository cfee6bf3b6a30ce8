/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the table of a node is filled and kept: once in a cycle it swaps a part of
 * its random sample (CYCLON) and tells one node of its table about nodes that
 * are useful to that one (the semantic exchange of VICINITY, Voulgaris and van
 * Steen, 2005). A joiner, and now and then everybody, looks for its own key from
 * a random node: that fills a table at once and joins what had come apart.
 */
#ifndef _XOS_OVERLAY_GOSSIP_H
#define _XOS_OVERLAY_GOSSIP_H

#include <overlay/sample.h>
#include <overlay/trie.h>

/* Nodes in one message. */
#define GOSSIP_MSG_MAX	  64
/* A node that nobody heard for so many cycles is not taken in from others. */
#define GOSSIP_AGE_MAX	  16
/* Unanswered questions in a row after which a node is forgotten. */
#define GOSSIP_SILENT_MAX 4

/**
 * enum gossip_kind - messages
 * @GOSSIP_SWAP: part of a sample
 * @GOSSIP_SWAP_ANSWER: the same back
 * @GOSSIP_TELL: nodes that are useful to the receiver
 * @GOSSIP_TELL_ANSWER: the same back
 * @GOSSIP_HERE: news of one node, the sender or another; not answered
 * @GOSSIP_FIND: who is nearest to a key?
 * @GOSSIP_FIND_ANSWER: nodes nearer to it; or, at the end, the neighbourhood
 */
enum gossip_kind {
	GOSSIP_SWAP,
	GOSSIP_SWAP_ANSWER,
	GOSSIP_TELL,
	GOSSIP_TELL_ANSWER,
	GOSSIP_HERE,
	GOSSIP_FIND,
	GOSSIP_FIND_ANSWER,
	GOSSIP_KINDS
};

/**
 * struct gossip_msg - a message
 * @kind: which
 * @last: of GOSSIP_FIND_ANSWER: the sender is in the neighbourhood of the key
 * @depth: of it, when @last: all nodes are told that agree with @target in so many bits
 * @n: nodes in @v, the sender first
 * @space: which space of keys
 * @id: of GOSSIP_FIND, returned in the answer
 * @target: of GOSSIP_FIND: the key
 * @v: nodes
 */
struct gossip_msg {
	enum gossip_kind kind;
	bool last;
	uint8_t depth;
	uint32_t n;
	uint32_t space;
	uint64_t id;
	struct trie_key target;
	struct contact v[GOSSIP_MSG_MAX];
};

/**
 * struct gossip_config - the same for all nodes of a program
 * @trie: sizes of the table
 * @sample_max: nodes in the sample
 * @tell_max: nodes told in one exchange
 * @cycle_ns: time between two cycles
 * @cycle_min_ns: of the first cycles after a start, a quarter more from one to the next
 * @wait_ns: time for an answer of a search
 * @find_every: one cycle in so many begins a search for the own key, 0 for none
 * @send: sends a message; of the caller
 * @bootstrap: names somebody to join through, its identity may be zero; of the
 *	caller. Returns false when there is nobody
 */
struct gossip_config {
	struct trie_config trie;
	uint8_t sample_max;
	uint8_t tell_max;
	uint64_t cycle_ns;
	uint64_t cycle_min_ns;
	uint64_t wait_ns;
	uint32_t find_every;
	void (*send)(void *ctx, const struct env_peer *to, const struct gossip_msg *msg);
	bool (*bootstrap)(void *ctx, struct env_peer *out);
};

/**
 * struct gossip_counters - since start
 * @cycles: cycles
 * @finds: searches begun
 * @finds_failed: searches that came to no end
 * @find_hops: questions asked in them
 * @strange: messages of another space of keys
 * @forgotten: nodes given up as silent
 * @rumours_held: news that were not passed on at once, too many in one cycle
 */
struct gossip_counters {
	uint64_t cycles;
	uint64_t finds;
	uint64_t finds_failed;
	uint64_t find_hops;
	uint64_t strange;
	uint64_t forgotten;
	uint64_t rumours_held;
};

/**
 * struct gossip - membership of one node
 * @cfg: configuration
 * @env: environment
 * @ctx: argument of the functions in @cfg
 * @self: the node as others know it
 * @space: space of its key
 * @joined: its table was filled by a search that came to its end, or nobody else is there
 * @sample: random nodes
 * @trie: its table
 * @count: counters
 * @timer: next cycle
 * @find_timer: time for the answer of a search
 * @find_id: number of the question that waits, 0 when none does
 * @find_at: whom it was sent to
 * @find_left: questions that the search may still ask
 * @rumours_left: news that may still be passed on in this cycle
 * @period_ns: time to the next cycle
 */
struct gossip {
	const struct gossip_config *cfg;
	struct env *env;
	void *ctx;
	struct contact self;
	uint32_t space;
	bool joined;
	struct sample sample;
	struct trie trie;
	struct gossip_counters count;
	struct env_timer timer;
	struct env_timer find_timer;
	uint64_t find_id;
	struct env_peer find_at;
	uint32_t find_left;
	uint32_t rumours_left;
	uint64_t period_ns;
};

/**
 * gossip_init() - a node that knows nobody
 * @g: membership
 * @cfg: configuration, must outlive it
 * @env: environment
 * @ctx: for the functions in @cfg
 * @self: the node; its version must be above that of its last life
 * @space: space of its key
 * @mem: memory for cfg->sample_max + cfg->trie.entries_max nodes
 */
void gossip_init(struct gossip *g, const struct gossip_config *cfg, struct env *env, void *ctx,
		 const struct contact *self, uint32_t space, struct contact *mem);

/**
 * gossip_start() - begin to join, and the cycles
 * @g: membership
 */
void gossip_start(struct gossip *g);

/**
 * gossip_stop() - disarm the timers
 * @g: membership
 */
void gossip_stop(struct gossip *g);

/**
 * gossip_alone() - there is nobody to join: this node is the whole grid
 * @g: membership
 */
void gossip_alone(struct gossip *g);

/**
 * gossip_rekey() - the node has another key
 * @g: membership
 * @key: new key
 */
void gossip_rekey(struct gossip *g, const struct trie_key *key);

/**
 * gossip_recv() - a message arrived
 * @g: membership
 * @from: authenticated sender
 * @msg: message
 */
void gossip_recv(struct gossip *g, const struct env_peer *from, const struct gossip_msg *msg);

/**
 * gossip_silent() - a node did not answer a question of somebody else's
 * @g: membership
 * @id: which
 */
void gossip_silent(struct gossip *g, const struct xos_id *id);

/**
 * gossip_heard() - a node spoke
 * @g: membership
 * @id: which
 */
void gossip_heard(struct gossip *g, const struct xos_id *id);

#endif
