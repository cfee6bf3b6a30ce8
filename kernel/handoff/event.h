/* SPDX-License-Identifier: GPL-2.0-only */
/* What the module tells listeners, as multicast messages. */
#ifndef _XOS_HANDOFF_EVENT_H
#define _XOS_HANDOFF_EVENT_H

#include <linux/types.h>

struct xosh_client_key;
struct xosh_gate;
struct xosh_member;
struct xosh_net;
struct xosh_vip;

void xosh_event_vip(struct xosh_net *xn, const struct xosh_vip *vip, u8 cmd);
void xosh_event_member(struct xosh_net *xn, const struct xosh_vip *vip, const struct xosh_member *m,
		       u8 cmd);
void xosh_event_client(struct xosh_net *xn, const struct xosh_vip *vip,
		       const struct xosh_client_key *key, u32 member_id);
void xosh_event_gate_overflow(struct xosh_net *xn, const struct xosh_gate *g);

#endif /* _XOS_HANDOFF_EVENT_H */
