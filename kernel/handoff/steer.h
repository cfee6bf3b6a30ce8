/* SPDX-License-Identifier: GPL-2.0-only */
/* The contact node: which member a client's packet goes to. */
#ifndef _XOS_HANDOFF_STEER_H
#define _XOS_HANDOFF_STEER_H

struct xosh_member;
struct xosh_net;
struct xosh_packet;
struct xosh_set;
struct xosh_vip;

struct xosh_member *xosh_steer(struct xosh_net *xn, struct xosh_vip *vip,
			       const struct xosh_set *set, const struct xosh_packet *p);

#endif /* _XOS_HANDOFF_STEER_H */
