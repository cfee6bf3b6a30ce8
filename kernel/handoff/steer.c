// SPDX-License-Identifier: GPL-2.0-only
#include "steer.h"

#include "client.h"
#include "event.h"
#include "member.h"
#include "net.h"
#include "packet.h"
#include "rule.h"
#include "trace.h"
#include "vip.h"

/**
 * struct steer_entry - an entry of the client table, looked up for a packet
 * @key: its key
 * @c: the entry, or NULL
 * @member: its member, or NULL
 * @rule: what the rule needs to know
 */
struct steer_entry {
	struct xosh_client_key key;
	struct xosh_client *c;
	struct xosh_member *member;
	struct xosh_rule_entry rule;
};

static void steer_lookup(struct xosh_net *xn, const struct xosh_set *set, struct steer_entry *e)
{
	e->c = xosh_client_find(xn, &e->key);
	e->member = NULL;
	if (!e->c) {
		e->rule.fit = XOSH_FIT_NONE;
		return;
	}
	e->rule.state = READ_ONCE(e->c->state);
	e->rule.fit = XOSH_FIT_GONE;
	e->member = xosh_set_find(set, READ_ONCE(e->c->member_id));
	if (!e->member)
		return;
	switch (READ_ONCE(e->member->state)) {
	case XOS_HANDOFF_MEMBER_STATE_ACTIVE:
		e->rule.fit = XOSH_FIT_ACTIVE;
		break;
	case XOS_HANDOFF_MEMBER_STATE_DRAINING:
		e->rule.fit = XOSH_FIT_DRAINING;
		break;
	default:
		e->member = NULL;
	}
}

/* A packet goes where its entry says. */
static struct xosh_member *steer_known(const struct steer_entry *e, const struct xosh_packet *p,
				       bool is_conn)
{
	u32 next = xosh_rule_next_state(e->rule.state, p->tcp, is_conn);

	if (p->kind != XOSH_KIND_TCP)
		return e->member;
	/* What nobody has answered must not keep itself alive by repetition. */
	if (p->tcp & XOSH_TCP_SYN && next == e->rule.state && next == XOS_HANDOFF_CLIENT_STATE_NEW)
		return e->member;
	xosh_client_touch(e->c, next);
	return e->member;
}

/* Remember a choice. ICMPv6 errors come from anybody and leave no trace. */
static int steer_remember(struct xosh_net *xn, struct xosh_vip *vip, const struct steer_entry *e,
			  const struct xosh_member *m, const struct xosh_packet *p)
{
	int err;

	if (p->kind != XOSH_KIND_TCP)
		return 0;
	err = xosh_client_set(xn, vip, &e->key, m->id, XOS_HANDOFF_CLIENT_STATE_NEW);
	if (!err)
		xosh_event_client(xn, vip, &e->key, m->id);
	return err;
}

static struct xosh_member *steer_pin(struct xosh_net *xn, struct xosh_vip *vip,
				     const struct steer_entry *conn,
				     const struct steer_entry *client, struct xosh_member *chosen,
				     const struct xosh_packet *p)
{
	if (!chosen || steer_remember(xn, vip, conn, chosen, p)) {
		xosh_count(vip->counters, XOSH_VIP_CONN_UNPINNED, 1);
		return client->member;
	}
	xosh_count(vip->counters, XOSH_VIP_CONN_PINNED, 1);
	return chosen;
}

static struct xosh_member *steer_new(struct xosh_net *xn, struct xosh_vip *vip,
				     const struct steer_entry *e, struct xosh_member *chosen,
				     const struct xosh_packet *p, unsigned int stat)
{
	if (!chosen || p->kind != XOSH_KIND_TCP)
		return chosen;
	if (steer_remember(xn, vip, e, chosen, p))
		stat = XOSH_VIP_CLIENT_FULL;
	xosh_count(vip->counters, stat, 1);
	return chosen;
}

/**
 * xosh_steer() - the member that a client's packet goes to
 * @xn: network namespace
 * @vip: the vip, of which this is a contact node
 * @set: its members
 * @p: the packet, XOSH_KIND_TCP or XOSH_KIND_ICMP
 *
 * Under RCU, in softirq. The rule is in rule.h; here it meets the tables.
 *
 * Return: a member, this node perhaps; NULL when there is none to take it.
 */
struct xosh_member *xosh_steer(struct xosh_net *xn, struct xosh_vip *vip,
			       const struct xosh_set *set, const struct xosh_packet *p)
{
	const struct xosh_tuple *t = &p->tuple;
	struct steer_entry client, conn;
	struct xosh_member *chosen;
	enum xosh_rule rule;

	xosh_client_key(&conn.key, vip, &t->client, t->client_port, t->port);
	steer_lookup(xn, set, &conn);
	xosh_client_key(&client.key, vip, &t->client, 0, 0);
	steer_lookup(xn, set, &client);

	rule = xosh_rule_apply(&conn.rule, &client.rule, p->tcp);
	trace_xosh_steer(vip->id, p, rule);
	if (rule == XOSH_RULE_CONN)
		return steer_known(&conn, p, true);
	if (rule == XOSH_RULE_CLIENT)
		return steer_known(&client, p, false);

	chosen = client.rule.fit == XOSH_FIT_ACTIVE ? client.member :
						      xosh_set_choose(set, &t->client);
	if (rule == XOSH_RULE_PIN)
		return steer_pin(xn, vip, &conn, &client, chosen, p);
	if (rule == XOSH_RULE_REMAP_CONN) {
		if (!chosen && conn.member)
			return steer_known(&conn, p, true);
		return steer_new(xn, vip, &conn, chosen, p, XOSH_VIP_CLIENT_REMAPPED);
	}
	return steer_new(xn, vip, &client, chosen, p,
			 rule == XOSH_RULE_NEW ? XOSH_VIP_CLIENT_NEW : XOSH_VIP_CLIENT_REMAPPED);
}
