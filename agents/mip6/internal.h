/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the core share. */
#ifndef _XOS_MIP6_INTERNAL_H
#define _XOS_MIP6_INTERNAL_H

#include <base/assert.h>
#include <base/list.h>
#include <base/mutant.h>
#include <mip6/mip6.h>
#include <wire/mip6.h>

#define BUCKETS 4096

/**
 * struct token - a keygen token
 * @key: the token
 * @nonce: nonce index that it came with
 * @since_ns: when; 0: there is none
 */
struct token {
	uint8_t key[MH_TOKEN_LEN];
	uint16_t nonce;
	uint64_t since_ns;
};

/**
 * enum away_state - a client as the member sees it that serves it
 * @AWAY_FREE: slot not in use
 * @AWAY_TEST: waiting for one or both tokens
 * @AWAY_SENT: waiting for the acknowledgement of a binding update
 * @AWAY_BOUND: acknowledged
 * @AWAY_BUSY: another member has the binding
 * @AWAY_REST: it did not work; later again
 */
enum away_state { AWAY_FREE, AWAY_TEST, AWAY_SENT, AWAY_BOUND, AWAY_BUSY, AWAY_REST };

/**
 * struct away - a client that this member serves
 * @m: core
 * @node: in its bucket
 * @pair: vip and client
 * @timer: of the state
 * @state: enum away_state
 * @scan: number of the scan that saw it last
 * @seen_ns: when that was
 * @departed: one of its connections moved away
 * @until_ns: the client accepts our care-of address until then; 0: it does not
 * @cookie: of the care-of test
 * @home: home keygen token, from the contact node
 * @care: care-of keygen token
 * @fresh: the next home keygen token has to be a new one
 * @kbm: key of the binding update that was sent last
 * @seq: its sequence number, once @seq_known
 * @seq_first: number of the first update with these tokens
 * @seq_known: there was one
 * @seq_next: next one to use
 * @seq_left: how many of ours are left
 * @sent_ns: when that was sent
 * @tries: of the state
 * @redo: refusals in a row that asked for another try
 * @care_rate_ns: when the last care-of test init was sent
 * @update_rate_ns: when the last binding update was
 */
struct away {
	struct mip6 *m;
	struct cds_list_head node;
	struct mip6_pair pair;
	struct env_timer timer;
	enum away_state state;
	uint32_t scan;
	uint64_t seen_ns;
	bool departed;
	uint64_t until_ns;
	uint8_t cookie[MH_COOKIE_LEN];
	struct token home;
	struct token care;
	bool fresh;
	uint8_t kbm[MH_KBM_LEN];
	uint16_t seq;
	uint16_t seq_first;
	bool seq_known;
	uint16_t seq_next;
	uint32_t seq_left;
	uint64_t sent_ns;
	uint32_t tries;
	uint32_t redo;
	uint64_t care_rate_ns;
	uint64_t update_rate_ns;
};

/**
 * enum home_state - a client as the contact node sees it
 * @HOME_FREE: slot not in use
 * @HOME_IDLE: nothing under way
 * @HOME_TEST: waiting for the home test
 * @HOME_REMOVE: waiting for the acknowledgement of a removal
 */
enum home_state { HOME_FREE, HOME_IDLE, HOME_TEST, HOME_REMOVE };

/**
 * struct home - a client that the contact node made a home test with
 * @m: core
 * @node: in its bucket
 * @pair: vip and client
 * @timer: of the state
 * @state: enum home_state
 * @cookie: of the home test
 * @token: home keygen token
 * @seq_next: next sequence number that nobody has
 * @seq: of the removal under way
 * @holder: member that has the binding, or is about to get it
 * @holder_until_ns: for so long, unless it says so again; 0: nobody
 * @waiter: member that asked while another one was the holder; port 0: nobody
 * @remove: the holder left and nobody waits: remove the binding
 * @tries: of the state
 * @unable_until_ns: the client does not know Mobile IPv6, and is left alone
 * @test_rate_ns: when the last home test init was sent
 */
struct home {
	struct mip6 *m;
	struct cds_list_head node;
	struct mip6_pair pair;
	struct env_timer timer;
	enum home_state state;
	uint8_t cookie[MH_COOKIE_LEN];
	struct token token;
	uint16_t seq_next;
	uint16_t seq;
	struct xos_addr holder;
	uint64_t holder_until_ns;
	struct xos_addr waiter;
	bool remove;
	uint32_t tries;
	uint64_t unable_until_ns;
	uint64_t test_rate_ns;
};

/**
 * struct mip6 - the core
 * @c: configuration
 * @stats: counters
 * @key: of the hash of pairs
 * @scan: number of the scan under way
 * @unknown_rate_ns: when the last error about an unknown type was sent, to anybody
 * @away: slots
 * @away_top: slots that were ever used
 * @home: slots
 * @home_top: slots that were ever used
 * @away_by: BUCKETS lists
 * @home_by: BUCKETS lists
 * @away_free: slots that are free again
 * @home_free: likewise
 */
struct mip6 {
	struct mip6_config c;
	struct mip6_stats stats;
	uint64_t key[2];
	uint32_t scan;
	uint64_t unknown_rate_ns;
	struct away *away;
	uint32_t away_top;
	struct home *home;
	uint32_t home_top;
	struct cds_list_head *away_by;
	struct cds_list_head *home_by;
	struct cds_list_head away_free;
	struct cds_list_head home_free;
};

#define OPS(m, op, ...) ((m)->c.ops->op((m)->c.ops_ctx, ##__VA_ARGS__))

/* mip6.c */
uint32_t pair_bucket(const struct mip6 *m, const struct mip6_pair *pair);
bool pair_eq(const struct mip6_pair *a, const struct mip6_pair *b);
void random_cookie(struct mip6 *m, uint8_t *cookie);
bool rate_ok(struct mip6 *m, uint64_t *last_ns);
bool seq_after(uint16_t a, uint16_t b);
bool token_fresh(const struct mip6 *m, const struct token *t, uint64_t age_ns);
void mip6_tell(struct mip6 *m, const struct xos_addr *to, const struct wire_msg *msg,
	       const void *body);

/* away.c */
struct away *away_find(struct mip6 *m, const struct mip6_pair *pair);
void away_token(struct mip6 *m, const struct mip6_pair *pair, const struct wire_mip_token *t);
void away_care_test(struct away *a, const struct mh *mh);
void away_ack(struct away *a, const struct mh *mh, struct bytes msg);
void away_error(struct away *a, const struct mh *mh);
void away_refresh(struct away *a);
void away_probed(struct mip6 *m, const struct mip6_pair *pair);
void away_unable(struct away *a);

/* home.c */
struct home *home_find(struct mip6 *m, const struct mip6_pair *pair);
void home_asked(struct mip6 *m, const struct mip6_pair *pair, const struct xos_addr *from,
		const struct wire_mip_test *t);
void home_bound(struct mip6 *m, const struct mip6_pair *pair, const struct xos_addr *from,
		uint16_t seq);
void home_left(struct mip6 *m, const struct mip6_pair *pair, const struct xos_addr *from);
void home_test(struct home *h, const struct mh *mh);
void home_ack(struct home *h, const struct mh *mh, struct bytes msg);
void home_refresh(struct home *h);
void home_unable(struct home *h);

#endif
