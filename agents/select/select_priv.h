/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the files of selection: select.c and select_*.c. */
#ifndef _XOS_SELECT_SELECT_PRIV_H
#define _XOS_SELECT_SELECT_PRIV_H

#include <select/rank.h>
#include <select/select.h>
#include <wire/select.h>

/* Longest message: an answer with all machines that fit, and what is around it. */
#define SELECT_MSG_MAX (WIRE_SELECT_FOUND_MAX * 128 + 4096)

/**
 * struct text_plan - a plan with the text that it comes from
 * @plan: the plan
 * @rank: what is kept of what is found
 * @len: bytes of @text
 * @text: query
 */
struct text_plan {
	struct forward_plan plan;
	struct rank rank;
	uint32_t len;
	uint8_t text[QUERY_TEXT_MAX];
};

/**
 * struct claim - for whom this machine is reserved
 * @len: bytes of @job, 0 for nobody
 * @job: its name
 * @until_ns: until then
 * @ask: number of the question that it was the answer to
 * @ended: number of the last question whose claim was ended, perhaps before it arrived
 */
struct claim {
	uint32_t len;
	uint8_t job[QUERY_JOB_MAX];
	uint64_t until_ns;
	uint64_t ask;
	uint64_t ended;
};

/**
 * enum claim_state - what a machine says to a claim
 */
enum claim_state { CLAIM_ASKED, CLAIM_GIVEN, CLAIM_REFUSED };

/**
 * struct claiming - a query that reserves what it finds
 * @node: in struct select
 * @c: the query
 * @plan: what it looks for, with a reference of its own
 * @timer: repeats questions
 * @base: number of the question to the first machine
 * @end_ns: when no further round begins
 * @rounds: that are over
 * @n: machines asked in this round
 * @waiting: of these, have not answered
 * @held_n: machines that were reserved by the round before
 * @held: these, and the questions that they were reserved by
 * @v: machines of this round, best first, and questions to each; the extra is owned
 */
struct claiming {
	struct cds_list_head node;
	struct client_query *c;
	struct forward_plan *plan;
	struct env_timer timer;
	uint64_t base;
	uint64_t end_ns;
	uint32_t rounds;
	uint32_t n;
	uint32_t waiting;
	uint32_t held_n;
	struct {
		struct env_peer peer;
		uint64_t ask;
	} held[QUERY_CLAIM_MAX];
	struct {
		struct found f;
		enum claim_state state;
		uint32_t tries;
	} v[QUERY_CLAIM_MAX];
};

/**
 * struct select - the selection of one node
 * @env: environment
 * @cfg: configuration
 * @space: space of attributes
 * @attributes: of this machine
 * @gossip_cfg: for @gossip
 * @forward_cfg: for @forward
 * @gossip: membership
 * @forward: queries
 * @visits: pool of the engine
 * @pieces: pool of the engine
 * @plans: pool of struct text_plan
 * @queries: pool of what is kept for a client's query
 * @extras: pool of struct found_extra
 * @tallies: pool of struct found_tally
 * @claims: pool of struct claiming
 * @claiming: queries that claim, under way
 * @claim: for whom this machine is reserved
 * @ranked: room to sort the machines of an answer
 * @scratch: a query, for the time of one call
 * @accept: whom this machine serves
 * @job: what a job says of itself, for the time of one call
 * @read_ns: when the attributes were last read
 * @msg: a message that comes or goes
 * @out: its bytes
 * @found: machines of an answer on their way to the wire
 * @count: counters
 */
struct select {
	struct env *env;
	struct select_config cfg;
	struct space space;
	struct attr_set attributes;
	struct gossip_config gossip_cfg;
	struct forward_config forward_cfg;
	struct gossip gossip;
	struct forward forward;
	struct pool visits;
	struct pool pieces;
	struct pool plans;
	struct pool queries;
	struct pool extras;
	struct pool tallies;
	struct pool claims;
	struct cds_list_head claiming;
	struct claim claim;
	struct found **ranked;
	struct query scratch;
	struct query accept;
	struct attr_set job;
	uint64_t read_ns;
	struct gossip_msg msg;
	uint8_t *out;
	struct wire_select_found *found;
	struct select_counters count;
};

/**
 * select_plan_new() - a plan for a text
 * @s: selection
 * @text: query
 * @err: filled when it is none
 * @out: result, with one reference; the query itself is in @s->scratch
 *
 * Return: 0, -EINVAL, -ENOBUFS.
 */
int select_plan_new(struct select *s, struct bytes text, struct query_error *err,
		    struct forward_plan **out);

/**
 * struct client_query - a query of a client
 * @s: selection
 * @op: of the client
 * @visit: it under way, NULL while machines are claimed
 * @claiming: of a query that claims, else NULL
 * @limit: machines wanted at most, 0 for all
 * @min: machines needed
 * @ordered: by "order by", so that a cursor can be given
 * @order_hash: for it
 * @rank: what is kept
 * @conditions: where they are in its text
 * @conditions_n: how many
 */
struct client_query {
	struct select *s;
	struct select_op *op;
	struct visit *visit;
	struct claiming *claiming;
	uint32_t limit;
	uint32_t min;
	bool ordered;
	uint32_t order_hash;
	struct rank rank;
	struct select_condition conditions[TALLY_MAX];
	uint32_t conditions_n;
};

/* Machines that there is room for in @ranked. */
uint32_t select_ranked_max(const struct select *s);

/* select_query.c: look for the machines of a query; its end. -ENOBUFS: the plan is given back. */
int select_look_for(struct client_query *c, struct forward_plan *plan, uint64_t budget_ns);
void select_query_end(struct client_query *c);

/* select_claim.c, where the query began: begin; the @n machines in @ranked were chosen; an answer;
 * give up. */
int select_claim_start(struct client_query *c, struct forward_plan *plan, uint64_t budget_ns);
void select_claim_chosen(struct client_query *c, uint32_t n);
void select_claim_answered(struct select *s, const struct env_peer *from, uint64_t ask, bool given);
void select_claim_cancel(struct claiming *k);

/* At the machine: may the job of a query have it? It wants it, or does not want it any more. */
bool select_claim_free(const struct select *s, const struct query *q);
bool select_claim(struct select *s, struct bytes text, uint64_t ask, bool release);
bool select_matches(struct select *s, const struct query *q);

/* select_wire.c: ask a machine. */
void select_send_claim(struct select *s, const struct env_peer *to, uint64_t ask, struct bytes text,
		       bool release);

/* Give a plan back: of struct forward_config. */
void select_plan_put(void *ctx, struct forward_plan *plan);

/* select_look.c: the node looks at itself; what is kept of a list. Of struct forward_config. */
bool select_look(void *ctx, const struct forward_plan *plan, struct found_list *out);
void select_trim(void *ctx, const struct forward_plan *plan, struct found_list *l);

/* The functions of struct gossip_config and struct forward_config that send. */
void select_send_gossip(void *ctx, const struct env_peer *to, const struct gossip_msg *msg);
void select_send_query(void *ctx, const struct env_peer *to, const struct forward_query *q);
void select_send_answer(void *ctx, const struct env_peer *to, const struct forward_answer *a);

#endif
