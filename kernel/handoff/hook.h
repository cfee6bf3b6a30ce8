/* SPDX-License-Identifier: GPL-2.0-only */
/* Where packets come in: the hooks, and how a held packet goes on behind one. */
#ifndef _XOS_HANDOFF_HOOK_H
#define _XOS_HANDOFF_HOOK_H

#include <linux/types.h>

struct net;
struct nf_hook_state;
struct sk_buff;
struct xosh_net;

int xosh_hook_setup(struct xosh_net *xn);
void xosh_hook_teardown(struct xosh_net *xn);

void xosh_hook_suspend(struct sk_buff *skb, const struct nf_hook_state *state);
bool xosh_hook_restore(struct net *net, struct sk_buff *skb);
void xosh_hook_resume(struct net *net, struct sk_buff *skb);

#endif /* _XOS_HANDOFF_HOOK_H */
