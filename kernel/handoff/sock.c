// SPDX-License-Identifier: GPL-2.0-only
/* What TCP leaves undone when a connection was restored by TCP_REPAIR. */
#include "netlink.h"

#include <net/dst.h>
#include <net/inet6_hashtables.h>
#include <net/tcp.h>

#include "compat/compat.h"
#include "net.h"
#include "vip.h"

/**
 * struct sock_tune - what is set, and what came of it
 * @cwnd: congestion window, in segments; 0 leaves it
 * @ssthresh: slow start threshold, in segments; 0 leaves it
 * @mss: segment size now, in bytes
 * @mtu: path MTU that it comes from, in bytes
 */
struct sock_tune {
	u32 cwnd;
	u32 ssthresh;
	u32 mss;
	u32 mtu;
};

/* The established socket of a connection, with a reference; or NULL. */
static struct sock *sock_find(struct net *net, const struct genl_info *info)
{
	struct nlattr **a = info->attrs;
	struct sock *sk;

	local_bh_disable();
	sk = __inet6_lookup_established(net, xos_tcp_hashinfo(net),
					nla_data(a[XOS_HANDOFF_A_SOCK_CLIENT_ADDR]),
					htons(nla_get_u16(a[XOS_HANDOFF_A_SOCK_CLIENT_PORT])),
					nla_data(a[XOS_HANDOFF_A_SOCK_ADDR]),
					nla_get_u16(a[XOS_HANDOFF_A_SOCK_PORT]), 0, 0);
	local_bh_enable();
	if (sk && !sk_fullsock(sk)) {
		sock_gen_put(sk);
		sk = NULL;
	}
	return sk;
}

/*
 * In repair mode tcp_v6_connect() leaves an mss_cache of 1208 bytes that stands
 * until the path MTU changes; computing it anew from the MTU of the route gives
 * the connection the segments that it had before it moved.
 */
static int sock_apply(struct sock *sk, struct sock_tune *t)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct dst_entry *dst;
	int err = -ENOTCONN;

	lock_sock(sk);
	if (sk->sk_state == TCP_CLOSE || sk->sk_state == TCP_LISTEN)
		goto out_release;
	err = -EHOSTUNREACH;
	dst = __sk_dst_get(sk);
	if (!dst)
		goto out_release;
	t->mtu = dst_mtu(dst);
	t->mss = tcp_sync_mss(sk, t->mtu);
	if (t->cwnd)
		tcp_snd_cwnd_set(tp, min(t->cwnd, tp->snd_cwnd_clamp));
	if (t->ssthresh)
		tp->snd_ssthresh = t->ssthresh;
	err = 0;
out_release:
	release_sock(sk);
	return err;
}

static int sock_fill(struct sk_buff *skb, const void *arg)
{
	const struct sock_tune *t = arg;

	if (nla_put_u32(skb, XOS_HANDOFF_A_SOCK_MSS, t->mss) ||
	    nla_put_u32(skb, XOS_HANDOFF_A_SOCK_MTU, t->mtu))
		return -EMSGSIZE;
	return 0;
}

int xosh_nl_sock_tune_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct xosh_net *xn = xosh_nl_net(info);
	struct nlattr **a = info->attrs;
	struct sock_tune t = {};
	struct sock *sk;
	int err;

	if (xosh_nl_require(info, XOS_HANDOFF_A_SOCK_ADDR, "the vip's address is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_SOCK_PORT, "the server's port is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_SOCK_CLIENT_ADDR,
			    "the client's address is missing") ||
	    xosh_nl_require(info, XOS_HANDOFF_A_SOCK_CLIENT_PORT, "the client's port is missing"))
		return -EINVAL;
	if (!xosh_vip_find(xn, nla_data(a[XOS_HANDOFF_A_SOCK_ADDR]),
			   nla_get_u16(a[XOS_HANDOFF_A_SOCK_PORT])))
		return xosh_nl_refuse(info, XOS_HANDOFF_A_SOCK_ADDR, -ENOENT,
				      "no vip has this address and port");
	if (a[XOS_HANDOFF_A_SOCK_CWND])
		t.cwnd = nla_get_u32(a[XOS_HANDOFF_A_SOCK_CWND]);
	if (a[XOS_HANDOFF_A_SOCK_SSTHRESH])
		t.ssthresh = nla_get_u32(a[XOS_HANDOFF_A_SOCK_SSTHRESH]);
	sk = sock_find(xn->net, info);
	if (!sk)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_SOCK_CLIENT_ADDR, -ENOENT,
				      "there is no such connection");
	err = sock_apply(sk, &t);
	sock_put(sk);
	if (err)
		return xosh_nl_refuse(info, XOS_HANDOFF_A_SOCK_CLIENT_ADDR, err,
				      "the connection has ended, or has no route");
	return xosh_nl_reply(info, XOS_HANDOFF_CMD_SOCK_TUNE, sock_fill, &t);
}
