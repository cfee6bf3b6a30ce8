/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rule by which a packet finds its member, free of tables and packets.
 *
 * A living connection is never moved by a change of weights or by a drain: it
 * stays with the member of its own entry or, without one, of its client's entry.
 * A new connection of a client whose member drains gets another member and an
 * entry of its own, so that the client's older connections stay where they are.
 */
#ifndef _XOS_HANDOFF_RULE_H
#define _XOS_HANDOFF_RULE_H

#include <linux/types.h>

enum xosh_fit {
	XOSH_FIT_NONE, /* no entry */
	XOSH_FIT_GONE, /* the member is down or was removed */
	XOSH_FIT_DRAINING, /* the member keeps what it has */
	XOSH_FIT_ACTIVE,
};

enum xosh_rule {
	XOSH_RULE_CONN, /* the member of the connection's entry */
	XOSH_RULE_CLIENT, /* the member of the client's entry */
	XOSH_RULE_PIN, /* choose, and make an entry for the connection */
	XOSH_RULE_REMAP_CONN, /* choose, and change the connection's entry */
	XOSH_RULE_REMAP_CLIENT, /* choose, and change the client's entry */
	XOSH_RULE_NEW, /* choose, and make an entry for the client */
};

/**
 * struct xosh_rule_entry - what is known of a client or a connection
 * @fit: of the member
 * @state: enum xos_handoff_client_state
 */
struct xosh_rule_entry {
	enum xosh_fit fit;
	u32 state;
};

enum xosh_rule xosh_rule_apply(const struct xosh_rule_entry *conn,
			       const struct xosh_rule_entry *client, u8 tcp);
u32 xosh_rule_next_state(u32 state, u8 tcp, bool is_conn);

#endif /* _XOS_HANDOFF_RULE_H */
