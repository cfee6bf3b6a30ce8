// SPDX-License-Identifier: GPL-2.0-only
#include "rule.h"

#include <linux/xos_handoff.h>

#include "packet.h"

/**
 * xosh_rule_apply() - which member a packet goes to
 * @conn: entry of the packet's connection
 * @client: entry of its client
 * @tcp: XOSH_TCP_* of the packet
 *
 * A SYN that repeats the first one of a new client stays with a draining
 * member, which may have answered the first already. A SYN on a connection that
 * has ended is a new connection.
 *
 * Return: the rule.
 */
enum xosh_rule xosh_rule_apply(const struct xosh_rule_entry *conn,
			       const struct xosh_rule_entry *client, u8 tcp)
{
	bool syn = tcp & XOSH_TCP_SYN;

	switch (conn->fit) {
	case XOSH_FIT_GONE:
		return XOSH_RULE_REMAP_CONN;
	case XOSH_FIT_DRAINING:
		if (syn && conn->state == XOS_HANDOFF_CLIENT_STATE_CLOSING)
			return XOSH_RULE_REMAP_CONN;
		return XOSH_RULE_CONN;
	case XOSH_FIT_ACTIVE:
		return XOSH_RULE_CONN;
	case XOSH_FIT_NONE:
		break;
	}
	switch (client->fit) {
	case XOSH_FIT_GONE:
		return XOSH_RULE_REMAP_CLIENT;
	case XOSH_FIT_DRAINING:
		if (syn && client->state != XOS_HANDOFF_CLIENT_STATE_NEW)
			return XOSH_RULE_PIN;
		return XOSH_RULE_CLIENT;
	case XOSH_FIT_ACTIVE:
		return XOSH_RULE_CLIENT;
	case XOSH_FIT_NONE:
		break;
	}
	return XOSH_RULE_NEW;
}

/**
 * xosh_rule_next_state() - state of an entry after a packet
 * @state: enum xos_handoff_client_state before it
 * @tcp: XOSH_TCP_* of the packet
 * @is_conn: the entry is for one connection
 *
 * Only the entry of a connection ends with FIN or RST; nobody counts the
 * connections of a client.
 *
 * Return: the state.
 */
u32 xosh_rule_next_state(u32 state, u8 tcp, bool is_conn)
{
	bool fresh = state == XOS_HANDOFF_CLIENT_STATE_NEW;

	if (tcp & XOSH_TCP_SYN)
		return state == XOS_HANDOFF_CLIENT_STATE_CLOSING ? XOS_HANDOFF_CLIENT_STATE_NEW :
								   state;
	if (tcp & XOSH_TCP_END) {
		if (is_conn)
			return XOS_HANDOFF_CLIENT_STATE_CLOSING;
		return state;
	}
	return fresh ? XOS_HANDOFF_CLIENT_STATE_LIVE : state;
}
