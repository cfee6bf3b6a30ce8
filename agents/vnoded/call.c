// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls of clients. The vnoded that a client speaks to brings the call to the
 * leader of the group and tries again as long as that is safe: while nothing was
 * done, or always with a session, whose requests take effect once.
 */
#include "vnoded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

/* How often a call that got nowhere, or heard nothing, is tried again. */
#define RETRY_NS   (20 * ENV_MS)
#define AGAIN_NS   (500 * ENV_MS)
/* After this a call that found no leader is given up. */
#define GIVE_UP_NS (20 * ENV_SEC)

/**
 * struct call - a call under way
 * @node: in the list of all
 * @bucket: in one of those by ticket
 * @d: daemon
 * @q: what is asked; borrows @memory
 * @ticket: its number here
 * @done: told of the end, NULL for a peer
 * @ctx: its argument
 * @client: who asked, when it was by the control socket
 * @seq: number of the client's request
 * @peer: the vnoded that asked
 * @peer_ticket: its number there
 * @op: at the log
 * @ordered: @op is under way
 * @read_only: the operation changes nothing: to do it again harms nobody
 * @by_log: it was tried outside of the log
 * @sent_to: leader that it was sent on to
 * @sent: it was
 * @since_ns: when it began
 * @timer: tries again
 * @memory: operation and arguments
 */
struct call {
	struct cds_list_head node;
	struct cds_list_head bucket;
	struct vnoded *d;
	struct call_request q;
	uint64_t ticket;
	call_done_fn done;
	void *ctx;
	struct control_client *client;
	uint32_t seq;
	struct env_peer peer;
	uint64_t peer_ticket;
	struct order_op op;
	bool ordered;
	bool read_only;
	bool by_log;
	struct xos_addr sent_to;
	bool sent;
	uint64_t since_ns;
	struct env_timer timer;
	uint8_t memory[];
};

static void call_try(void *ctx);

static struct env *env_of(const struct call *c)
{
	return env_uv_env(c->d->agent.env);
}

/* Tickets are random: their last bits will do. */
static struct cds_list_head *bucket_of(struct vnoded *d, uint64_t ticket)
{
	return &d->buckets[ticket >> 1 & (VNODED_BUCKETS - 1)];
}

static struct call *call_new(struct vnoded *d, const struct call_request *q)
{
	size_t len = q->operation.len + q->args.len;
	struct call *c = d->call_count < VNODED_CALLS_MAX ? calloc(1, sizeof(*c) + len) : NULL;

	if (!c) {
		d->calls_full++;
		return NULL;
	}
	c->d = d;
	c->q = *q;
	if (q->operation.len)
		memcpy(c->memory, q->operation.data, q->operation.len);
	if (q->args.len)
		memcpy(c->memory + q->operation.len, q->args.data, q->args.len);
	c->q.operation.data = c->memory;
	c->q.args.data = c->memory + q->operation.len;
	/* never the number of a call of an earlier life of this or of another vnoded */
	c->ticket = env_random(env_uv_env(d->agent.env)) | 1;
	c->since_ns = env_now(env_of(c));
	c->timer.fire = call_try;
	c->timer.ctx = c;
	cds_list_add_tail(&c->node, &d->calls);
	cds_list_add(&c->bucket, bucket_of(d, c->ticket));
	d->call_count++;
	return c;
}

static void call_free(struct call *c)
{
	env_timer_cancel(env_of(c), &c->timer);
	if (c->ordered)
		order_cancel(&c->op);
	if (c->client)
		control_client_put(c->client);
	cds_list_del(&c->node);
	cds_list_del(&c->bucket);
	c->d->call_count--;
	free(c);
}

static uint8_t answer_room[WIRE_VH_REPLY_MAX + 1024];

static void answer_client(void *ctx, const struct wire_vn_answer *a)
{
	struct buf b = buf_of(answer_room, sizeof(answer_room));
	struct call *c = ctx;
	struct wire_vctl_reply m = { .seq = c->seq,
				     .index = a->index,
				     .result = a->result,
				     .error = a->error,
				     .data = a->data };

	xassert(!wire_vctl_reply_encode(&m, &b));
	if (!control_send(c->client, buf_bytes(&b)))
		control_done(c->client, c->seq, 0, NULL);
}

static void answer_peer(struct vnoded *d, const struct env_peer *peer,
			const struct wire_vn_answer *a)
{
	struct buf b = buf_of(answer_room, sizeof(answer_room));

	xassert(!wire_vn_answer_encode(a, &b));
	env_send(env_uv_env(d->agent.env), &peer->addr, ENV_STREAM, buf_bytes(&b));
}

static void call_end(struct call *c, const struct wire_vn_answer *a)
{
	struct wire_vn_answer to_peer = *a;

	to_peer.ticket = c->peer_ticket;
	if (c->done)
		c->done(c->ctx, a);
	else
		answer_peer(c->d, &c->peer, &to_peer);
	call_free(c);
}

static void call_result(struct call *c, enum wire_vn_result result)
{
	struct wire_vn_answer a = { .result = result };

	call_end(c, &a);
}

/* --- at the leader ---------------------------------------------------------------------- */

static enum wire_vn_result result_of(enum order_status s)
{
	switch (s) {
	case ORDER_OK:
	case ORDER_FORGOTTEN:
		return WIRE_VN_RESULT_OK;
	case ORDER_NOT_LEADER:
		return WIRE_VN_RESULT_NOT_LEADER;
	case ORDER_BUSY:
		return WIRE_VN_RESULT_BUSY;
	case ORDER_NO_SESSION:
		return WIRE_VN_RESULT_NO_SESSION;
	case ORDER_STALE:
	case ORDER_GAP:
	case ORDER_BAD:
	case ORDER_TOO_LARGE:
		return WIRE_VN_RESULT_BAD;
	default:
		return WIRE_VN_RESULT_UNKNOWN;
	}
}

static bool is_request(const struct call *c)
{
	return c->q.kind == CALL_REQUEST || c->q.kind == CALL_READ;
}

/* Does it do no harm to do it twice? */
static bool repeatable(const struct call *c)
{
	return c->q.session || c->read_only || c->q.kind == CALL_CHANGE || c->q.kind == CALL_READ;
}

/* Is it safe, and of use, to try again? */
static bool again(const struct call *c, enum wire_vn_result result)
{
	if (!c->done || env_now(env_of(c)) - c->since_ns > GIVE_UP_NS)
		return false;
	if (result == WIRE_VN_RESULT_NOT_LEADER || result == WIRE_VN_RESULT_BUSY)
		return true;
	return result == WIRE_VN_RESULT_UNKNOWN && repeatable(c);
}

static void call_settle(struct call *c, const struct wire_vn_answer *a)
{
	c->sent = false;
	if (again(c, a->result))
		env_timer_set(env_of(c), &c->timer, RETRY_NS);
	else
		call_end(c, a);
}

static void ordered(struct order_op *op, enum order_status status, uint64_t index,
		    struct bytes reply)
{
	struct wire_vn_answer a = { .index = index, .result = result_of(status) };
	struct call *c = op->ctx;
	struct wire_vn_reply m;

	c->ordered = false;
	/* it is ordered; call_replied() has the rest */
	if (status == ORDER_OK && is_request(c) && !c->q.session)
		return;
	if (status == ORDER_FORGOTTEN)
		a.error = EMSGSIZE;
	if (status == ORDER_OK && is_request(c) && !wire_vn_reply_decode(reply, &m)) {
		a.result = m.result;
		a.error = m.error;
		a.data = m.data;
	}
	call_settle(c, &a);
}

static enum order_status call_order(struct call *c, struct replica *r)
{
	struct wire_vn_request m = { .ticket = c->ticket,
				     .operation = c->q.operation,
				     .args = c->q.args };
	static uint8_t room[WIRE_VH_ARGS_MAX + 1024];
	struct buf b = buf_of(room, sizeof(room));
	struct order_request q = { .session = c->q.session, .seq = c->q.number, .data = c->q.args };

	memset(&c->op, 0, sizeof(c->op));
	c->op.done = ordered;
	c->op.ctx = c;
	if (c->q.kind == CALL_SESSION)
		return order_session_open(r->group, &c->op);
	if (is_request(c)) {
		if (!vnode_admit(r->core))
			return ORDER_BUSY;
		if (wire_vn_request_encode(&m, &b))
			return ORDER_TOO_LARGE;
		q.data = buf_bytes(&b);
	}
	return order_propose(r->group, &q, &c->op);
}

static struct call *call_find(struct vnoded *d, uint64_t ticket)
{
	struct call *c;

	cds_list_for_each_entry(c, bucket_of(d, ticket), bucket) {
		if (c->ticket == ticket)
			return c;
	}
	return NULL;
}

void call_replied(struct vnoded *d, const struct vnode_answer *a)
{
	struct wire_vn_answer m = {
		.index = a->index, .result = a->result, .error = a->error, .data = a->data
	};
	struct call *c = call_find(d, a->ticket);

	if (c)
		call_end(c, &m);
}

/* --- read-only operations, at any replica ------------------------------------------------ */

/* What was committed when the call came is applied here. */
static void read_ready(struct order_op *op, enum order_status status, uint64_t index,
		       struct bytes reply)
{
	struct wire_vn_answer a = { .result = WIRE_VN_RESULT_NOT_LEADER };
	struct call *c = op->ctx;
	struct replica *r = replica_by_id(c->d, c->q.group);

	c->ordered = false;
	if (status != ORDER_OK || !r) {
		call_settle(c, &a);
		return;
	}
	if (vnode_read(r->core, c->ticket, c->q.operation))
		return;
	c->by_log = true;
	env_timer_set(env_of(c), &c->timer, 0);
}

/* Return: true when it is tried here. */
static bool call_read(struct call *c, struct replica *r)
{
	if (!is_request(c) || c->q.session)
		return false;
	c->read_only = vnode_read_only(r->core, c->q.operation);
	if (c->by_log || c->sent || !vnode_reads(r->core, c->q.operation))
		return false;
	memset(&c->op, 0, sizeof(c->op));
	c->op.done = read_ready;
	c->op.ctx = c;
	c->ordered = order_read(r->group, &c->op) == ORDER_OK;
	return c->ordered;
}

bool call_read_get(struct vnoded *d, uint64_t ticket, struct bytes *operation, struct bytes *args)
{
	struct call *c = call_find(d, ticket);

	if (!c)
		return false;
	*operation = c->q.operation;
	*args = c->q.args;
	return true;
}

void call_read_done(struct vnoded *d, const struct vnode_answer *a)
{
	struct call *c = call_find(d, a->ticket);

	if (!c)
		return;
	if (a->result != WIRE_VN_RESULT_BUSY) {
		call_replied(d, a);
		return;
	}
	/* not from inside the container */
	c->by_log = true;
	env_timer_set(env_of(c), &c->timer, 0);
}

/* --- on the way to the leader ----------------------------------------------------------- */

static void call_send(struct call *c, const struct xos_addr *to)
{
	struct wire_vn_call m = {
		.ticket = c->ticket,
		.group = c->q.group,
		.kind = c->q.kind,
		.session = c->q.session,
		.number = c->q.number,
		.operation = c->q.operation,
		.args = c->q.args,
	};
	static uint8_t room[WIRE_VH_ARGS_MAX + 1024];
	struct buf b = buf_of(room, sizeof(room));

	if (wire_vn_call_encode(&m, &b)) {
		call_result(c, WIRE_VN_RESULT_BAD);
		return;
	}
	c->sent = !env_send(env_of(c), to, ENV_STREAM, buf_bytes(&b));
	c->sent_to = *to;
	env_timer_set(env_of(c), &c->timer, c->sent ? AGAIN_NS : RETRY_NS);
}

/* It was sent on and nothing came back yet. Return: true when it has to go on waiting, or ended. */
static bool call_waits(struct call *c, const struct order_member *leader, bool known)
{
	if (!c->sent)
		return false;
	if (known && xos_addr_eq(&leader->addr, &c->sent_to) &&
	    (!repeatable(c) || c->q.kind == CALL_CHANGE)) {
		env_timer_set(env_of(c), &c->timer, AGAIN_NS);
		return true;
	}
	if (repeatable(c))
		return false;
	/* another one leads, and nobody knows what the first one did */
	call_result(c, WIRE_VN_RESULT_UNKNOWN);
	return true;
}

static void call_change(struct call *c, struct replica *r)
{
	struct wire_vn_change m;

	if (r->role != ORDER_LEADER) {
		struct wire_vn_answer a = { .result = WIRE_VN_RESULT_NOT_LEADER };

		call_settle(c, &a);
	} else if (wire_vn_change_decode(c->q.args, &m) || (!m.has_add && !m.has_remove)) {
		call_result(c, WIRE_VN_RESULT_BAD);
	} else {
		change_begin(r, c->ticket, &m);
	}
}

/* Return: true when the operation may change something, or nobody knows yet. */
static bool call_changes(struct call *c, struct replica *r)
{
	struct wire_vn_answer a = { .result = WIRE_VN_RESULT_BUSY };

	if (c->q.kind != CALL_READ || vnode_read_only(r->core, c->q.operation))
		return false;
	if (vnode_described(r->core))
		a.result = WIRE_VN_RESULT_CHANGES;
	call_settle(c, &a);
	return true;
}

static void call_try(void *ctx)
{
	struct wire_vn_answer a = { .result = WIRE_VN_RESULT_NOT_LEADER };
	struct call *c = ctx;
	struct replica *r = replica_by_id(c->d, c->q.group);
	struct order_member leader;
	enum order_status s;
	bool known;

	if (!r) {
		call_result(c, WIRE_VN_RESULT_NO_GROUP);
		return;
	}
	known = order_leader(r->group, &leader);
	if (call_waits(c, &leader, known) || call_read(c, r))
		return;
	if (r->role != ORDER_LEADER && c->done && known) {
		call_send(c, &leader.addr);
		return;
	}
	if (c->q.kind == CALL_CHANGE) {
		call_change(c, r);
		return;
	}
	if (r->role == ORDER_LEADER && call_changes(c, r))
		return;
	s = call_order(c, r);
	c->ordered = s == ORDER_OK;
	/* what was asked of a leader before is of no interest any more: nothing may begin it again */
	c->sent = false;
	a.result = result_of(s);
	if (!c->ordered)
		call_settle(c, &a);
}

void call_from_client(struct vnoded *d, struct control_client *client, uint32_t seq,
		      const struct call_request *q)
{
	struct call *c = call_new(d, q);

	if (!c) {
		control_done(client, seq, -ENOBUFS, "too many calls are under way");
		return;
	}
	c->done = answer_client;
	c->ctx = c;
	c->client = control_client_get(client);
	c->seq = seq;
	call_try(c);
}

struct call *call_begin(struct vnoded *d, const struct call_request *q, call_done_fn done,
			void *ctx)
{
	struct wire_vn_answer busy = { .result = WIRE_VN_RESULT_BUSY };
	struct call *c = call_new(d, q);
	uint64_t ticket;

	if (!c) {
		done(ctx, &busy);
		return NULL;
	}
	c->done = done;
	c->ctx = ctx;
	ticket = c->ticket;
	call_try(c);
	return call_find(d, ticket);
}

void call_cancel(struct call *c)
{
	call_free(c);
}

void call_from_peer(struct vnoded *d, const struct env_peer *from, const struct wire_vn_call *m)
{
	struct call_request q = { .kind = m->kind,
				  .group = m->group,
				  .session = m->session,
				  .number = m->number,
				  .operation = m->operation,
				  .args = m->args };
	struct wire_vn_answer busy = { .ticket = m->ticket, .result = WIRE_VN_RESULT_BUSY };
	struct call *c = m->kind <= CALL_READ ? call_new(d, &q) : NULL;

	if (!c) {
		answer_peer(d, from, &busy);
		return;
	}
	c->peer = *from;
	c->peer_ticket = m->ticket;
	call_try(c);
}

void call_answered(struct vnoded *d, const struct wire_vn_answer *m)
{
	struct call *c = call_find(d, m->ticket);

	if (c && c->sent)
		call_settle(c, m);
}

void calls_of_client_end(struct vnoded *d, struct control_client *client)
{
	struct call *c, *next;

	cds_list_for_each_entry_safe(c, next, &d->calls, node) {
		if (c->client == client)
			call_free(c);
	}
}

void calls_again(struct vnoded *d, uint64_t group)
{
	struct call *c;

	cds_list_for_each_entry(c, &d->calls, node) {
		if (c->sent && c->q.group == group)
			env_timer_set(env_of(c), &c->timer, 0);
	}
}

void calls_end(struct vnoded *d, uint64_t group)
{
	struct call *c, *next;

	cds_list_for_each_entry_safe(c, next, &d->calls, node) {
		if (!group || c->q.group == group)
			call_result(c, WIRE_VN_RESULT_UNKNOWN);
	}
}
