// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Replicas that come and go while the virtual node serves. The leader does it:
 * it has the new node make an empty replica (vn-join, vn-joined), makes that a
 * learner, which the log fills, and in one step a voter in the place of the one
 * that goes. Each step looks at the members as they are, so whatever was begun by
 * a leader that died is gone on with when the client asks again.
 */
#include "vnoded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <daemon/log.h>

#define STEP_NS	   (100 * ENV_MS)
/* The new node is asked so often, for so long. */
#define JOIN_NS	   (500 * ENV_MS)
#define SILENCE_NS (4 * ENV_SEC)
/* A change that is not through after this is given up; a learner stays one. */
#define GIVE_UP_NS (600 * ENV_SEC)

/**
 * struct change - a change of the members under way; at the leader
 * @r: replica
 * @ticket: call that waits for it
 * @add: node that gets a replica, when @has_add
 * @remove: node that loses its replica, when @has_remove
 * @op: at the log
 * @ordered: @op is under way
 * @left: the replica that goes, 0 while it is not known
 * @since_ns: when it began
 * @asked_ns: when the new node was asked last
 * @heard: the new node has answered
 * @timer: next step
 */
struct change {
	struct replica *r;
	uint64_t ticket;
	struct xos_addr add;
	struct xos_addr remove;
	bool has_add;
	bool has_remove;
	struct order_op op;
	bool ordered;
	struct order_member left;
	uint64_t since_ns;
	uint64_t asked_ns;
	bool heard;
	struct env_timer timer;
};

static struct env *env_of(const struct change *c)
{
	return env_uv_env(c->r->d->agent.env);
}

static int member_at(const struct order_members *m, const struct xos_addr *addr)
{
	for (uint32_t i = 0; i < m->n; i++) {
		if (xos_addr_eq(&m->v[i].addr, addr) && !(m->v[i].roles & ORDER_LEAVING))
			return (int)i;
	}
	return -1;
}

static void send_to(struct vnoded *d, const struct xos_addr *to, const struct buf *b)
{
	env_send(env_uv_env(d->agent.env), to, ENV_STREAM, buf_bytes(b));
}

static void change_free(struct change *c)
{
	env_timer_cancel(env_of(c), &c->timer);
	if (c->ordered)
		order_cancel(&c->op);
	c->r->change = NULL;
	free(c);
}

static void change_end(struct change *c, enum wire_vn_result result, int err, const char *text)
{
	struct vnode_answer a = { .ticket = c->ticket,
				  .result = result,
				  .error = (uint32_t)err,
				  .data = bytes_str(text) };
	struct vnoded *d = c->r->d;

	if (!c->ticket)
		log_say(result == WIRE_VN_RESULT_OK && !err ? ENV_INFO : ENV_WARN,
			"%s: the replica is %sreplaced%s%s", replica_name(c->r),
			result == WIRE_VN_RESULT_OK && !err ? "" : "not ", *text ? ": " : "", text);
	change_free(c);
	call_replied(d, &a);
}

void change_abandon(struct replica *r)
{
	if (r->change)
		change_free(r->change);
}

/* The change that removed the replica here is committed. */
static void replica_leave(struct replica *r)
{
	log_say(ENV_INFO, "%s: the replica here was removed", replica_name(r));
	replica_close(r, true);
}

/* --- the steps --------------------------------------------------------------------------- */

static void leave_done(struct change *c)
{
	struct wire_vn_leave m = { .group = c->r->id, .tag = c->left.tag };
	uint8_t room[64];
	struct buf b = buf_of(room, sizeof(room));
	struct replica *r = c->r;
	struct xos_addr to = c->left.addr;

	xassert(!wire_vn_leave_encode(&m, &b));
	change_end(c, WIRE_VN_RESULT_OK, 0, "");
	if (xos_addr_eq(&to, &env_uv_self(r->d->agent.env)->addr))
		replica_leave(r);
	else
		send_to(r->d, &to, &b);
}

static void ordered(struct order_op *op, enum order_status status, uint64_t index,
		    struct bytes reply)
{
	struct change *c = op->ctx;

	c->ordered = false;
	env_timer_set(env_of(c), &c->timer, 0);
}

static void order_it(struct change *c, const struct order_members *want)
{
	enum order_status s;

	memset(&c->op, 0, sizeof(c->op));
	c->op.done = ordered;
	c->op.ctx = c;
	s = order_change(c->r->group, want, &c->op);
	c->ordered = s == ORDER_OK;
	if (s == ORDER_BAD || s == ORDER_CLOSED)
		change_end(c, WIRE_VN_RESULT_OK, EINVAL, order_status_name(s));
	else if (!c->ordered)
		env_timer_set(env_of(c), &c->timer, STEP_NS);
}

/* Have the new node make an empty replica, until it answers. */
static void ask_new(struct change *c)
{
	struct wire_vn_join m = { .group = c->r->id, .name = bytes_str(replica_name(c->r)) };
	uint64_t now = env_now(env_of(c));
	uint8_t room[256];
	struct buf b = buf_of(room, sizeof(room));

	if (!c->heard && now - c->since_ns > SILENCE_NS) {
		change_end(c, WIRE_VN_RESULT_OK, ETIMEDOUT, "the new node does not answer");
		return;
	}
	if (!c->asked_ns || now - c->asked_ns >= JOIN_NS) {
		c->asked_ns = now;
		xassert(!wire_vn_join_encode(&m, &b));
		send_to(c->r->d, &c->add, &b);
	}
	env_timer_set(env_of(c), &c->timer, STEP_NS);
}

/* One change of the voters: the new one comes when the old one goes. */
static void swap(struct change *c, struct order_members *m, int add, int remove)
{
	if (add >= 0)
		m->v[add].roles = ORDER_VOTER;
	if (remove >= 0)
		m->v[remove] = m->v[--m->n];
	order_it(c, m);
}

static void step(void *ctx)
{
	struct change *c = ctx;
	struct order_info info;
	int add, remove;

	order_group_info(c->r->group, &info);
	add = c->has_add ? member_at(&info.members, &c->add) : -1;
	remove = c->has_remove ? member_at(&info.members, &c->remove) : -1;
	if (remove >= 0)
		c->left = info.members.v[remove];
	if ((!c->has_add || (add >= 0 && info.members.v[add].roles & ORDER_VOTER)) && remove < 0 &&
	    !info.changing) {
		if (c->left.tag)
			leave_done(c);
		else
			change_end(c, WIRE_VN_RESULT_OK, 0, "");
	} else if (c->r->role != ORDER_LEADER) {
		change_end(c, WIRE_VN_RESULT_NOT_LEADER, 0, "");
	} else if (env_now(env_of(c)) - c->since_ns > GIVE_UP_NS) {
		change_end(c, WIRE_VN_RESULT_OK, ETIMEDOUT, "the new replica does not catch up");
	} else if (info.changing) {
		env_timer_set(env_of(c), &c->timer, STEP_NS);
	} else if (c->has_add && add < 0) {
		ask_new(c);
	} else {
		swap(c, &info.members, add, remove);
	}
}

void change_begin(struct replica *r, uint64_t ticket, const struct wire_vn_change *m)
{
	struct vnode_answer busy = {
		.ticket = ticket,
		.error = EBUSY,
		.data = bytes_str("another change of the replicas is under way"),
	};
	struct change *c = r->change;

	if (c && (c->has_add != m->has_add || c->has_remove != m->has_remove ||
		  (c->has_add && !xos_addr_eq(&c->add, &m->add)) ||
		  (c->has_remove && !xos_addr_eq(&c->remove, &m->remove)))) {
		call_replied(r->d, &busy);
		return;
	}
	if (c) {
		/* whoever asked before has gone away, or need not wait here any more */
		busy.ticket = c->ticket;
		c->ticket = ticket;
		call_replied(r->d, &busy);
		return;
	}
	c = calloc(1, sizeof(*c));
	if (!c) {
		busy.error = ENOMEM;
		busy.data = bytes_str("out of memory");
		call_replied(r->d, &busy);
		return;
	}
	*c = (struct change){ .r = r,
			      .ticket = ticket,
			      .add = m->add,
			      .remove = m->remove,
			      .has_add = m->has_add,
			      .has_remove = m->has_remove,
			      .since_ns = env_now(env_uv_env(r->d->agent.env)) };
	c->timer.fire = step;
	c->timer.ctx = c;
	r->change = c;
	env_timer_set(env_of(c), &c->timer, 0);
}

/* --- what others say --------------------------------------------------------------------- */

/*
 * A replica that has never been a member is taken; one that knows members is not
 * touched: whoever asks may be a leader that was deposed and does not know it.
 */
static void take_join(struct vnoded *d, const struct env_peer *from, const struct wire_vn_join *m)
{
	struct replica *r = replica_by_id(d, m->group), *other = replica_by_name(d, m->name);
	struct wire_vn_joined answer = { .group = m->group };
	struct order_info info;
	uint8_t room[64];
	struct buf b = buf_of(room, sizeof(room));
	int err = other && other != r ? -EEXIST : 0;

	if (!r && !err)
		err = replica_join(d, m->group, env_random(env_uv_env(d->agent.env)) | 1, m->name);
	r = replica_by_id(d, m->group);
	if (r && !err) {
		order_group_info(r->group, &info);
		answer.tag = info.tag;
		err = info.members.n ? -EEXIST : 0;
	}
	answer.error = (uint32_t)-err;
	xassert(!wire_vn_joined_encode(&answer, &b));
	send_to(d, &from->addr, &b);
}

static void take_joined(struct vnoded *d, const struct env_peer *from,
			const struct wire_vn_joined *m)
{
	struct replica *r = replica_by_id(d, m->group);
	struct change *c = r ? r->change : NULL;
	struct order_info info;

	if (!c || !c->has_add || c->ordered || !xos_addr_eq(&c->add, &from->addr))
		return;
	c->heard = true;
	order_group_info(r->group, &info);
	if (info.changing || member_at(&info.members, &c->add) >= 0)
		return;
	if (m->error || info.members.n == ORDER_MEMBERS_MAX) {
		change_end(
			c, WIRE_VN_RESULT_OK, m->error ? (int)m->error : ENOSPC,
			m->error == EEXIST ?
				"the new node has an old replica, or one of that name: delete it there" :
				"the new node has no room, or the group has too many members");
		return;
	}
	info.members.v[info.members.n++] =
		(struct order_member){ .id = from->id, .addr = from->addr, .tag = m->tag };
	order_it(c, &info.members);
}

static void take_leave(struct vnoded *d, const struct wire_vn_leave *m)
{
	struct replica *r = replica_by_id(d, m->group);
	struct order_info info;

	if (!r)
		return;
	order_group_info(r->group, &info);
	if (info.tag == m->tag)
		replica_leave(r);
}

bool member_recv(struct vnoded *d, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_vn_join join;
		struct wire_vn_joined joined;
		struct wire_vn_leave leave;
	} m;

	if (h->type == WIRE_VN_JOIN && !wire_vn_join_body_decode(h, &m.join))
		take_join(d, from, &m.join);
	else if (h->type == WIRE_VN_JOINED && !wire_vn_joined_body_decode(h, &m.joined))
		take_joined(d, from, &m.joined);
	else if (h->type == WIRE_VN_LEAVE && !wire_vn_leave_body_decode(h, &m.leave))
		take_leave(d, &m.leave);
	else
		return false;
	return true;
}
