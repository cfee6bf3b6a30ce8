// SPDX-License-Identifier: GPL-2.0-only
#include "event.h"

#include "client.h"
#include "gate.h"
#include "member.h"
#include "net.h"
#include "netlink.h"
#include "vip.h"

/* Tell a group; nobody listens most of the time. Any context. */
static void event_send(struct xosh_net *xn, unsigned int group, u8 cmd,
		       int (*fill)(struct sk_buff *skb, const void *arg), const void *arg)
{
	struct sk_buff *msg;
	void *head;

	if (!genl_has_listeners(&xosh_nl_family, xn->net, group))
		return;
	msg = genlmsg_new(NLMSG_GOODSIZE, GFP_ATOMIC | __GFP_NOWARN);
	if (!msg)
		goto lost;
	head = genlmsg_put(msg, 0, 0, &xosh_nl_family, 0, cmd);
	if (!head || fill(msg, arg))
		goto free;
	genlmsg_end(msg, head);
	genlmsg_multicast_netns(&xosh_nl_family, xn->net, msg, 0, group, GFP_ATOMIC);
	return;

free:
	nlmsg_free(msg);
lost:
	xosh_count(xn->counters, XOSH_STAT_EVENT_LOST, 1);
}

/**
 * xosh_event_vip() - tell of a change of a vip
 * @xn: network namespace; its lock is held
 * @vip: the vip
 * @cmd: kind of message
 */
void xosh_event_vip(struct xosh_net *xn, const struct xosh_vip *vip, u8 cmd)
{
	event_send(xn, XOSH_NLGRP_CHANGES, cmd, xosh_nl_fill_vip, vip);
}

/**
 * xosh_event_member() - tell of a change of a member
 * @xn: network namespace; its lock is held
 * @vip: the vip
 * @m: a member of it
 * @cmd: kind of message
 */
void xosh_event_member(struct xosh_net *xn, const struct xosh_vip *vip, const struct xosh_member *m,
		       u8 cmd)
{
	struct xosh_nl_member_arg arg = { .vip = vip, .m = m };

	event_send(xn, XOSH_NLGRP_CHANGES, cmd, xosh_nl_fill_member, &arg);
}

/**
 * xosh_event_client() - tell that a client or connection got a member
 * @xn: network namespace
 * @vip: the vip
 * @key: the client or connection
 * @member_id: the member
 *
 * Any context under RCU or xosh_net.lock.
 */
void xosh_event_client(struct xosh_net *xn, const struct xosh_vip *vip,
		       const struct xosh_client_key *key, u32 member_id)
{
	struct xosh_client c = {
		.key = *key,
		.vip = (struct xosh_vip *)vip,
		.member_id = member_id,
		.seen = jiffies,
	};

	event_send(xn, XOSH_NLGRP_CLIENTS, XOS_HANDOFF_CMD_CLIENT_NTF, xosh_nl_fill_client, &c);
}

/**
 * xosh_event_gate_overflow() - tell that the queue of a gate was full
 * @xn: network namespace
 * @g: the gate; under RCU
 */
void xosh_event_gate_overflow(struct xosh_net *xn, const struct xosh_gate *g)
{
	event_send(xn, XOSH_NLGRP_GATES, XOS_HANDOFF_CMD_GATE_OVERFLOW_NTF, xosh_nl_fill_gate, g);
}
