// SPDX-License-Identifier: GPL-2.0-only
#include "responder.h"

#include <crypto/hash.h>
#include <linux/file.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <linux/ktime.h>
#include <linux/udp.h>
#include <net/netns/generic.h>
#include <net/udp.h>
#include <net/udp_tunnel.h>

/* Any value that no protocol of the kernel gives a meaning; 1 is what WireGuard and others use. */
#define ENCAP_TYPE 1

struct xosl_net *xosl_net(struct net *net)
{
	return net_generic(net, xosl_net_id);
}

struct xosl_responder *xosl_responder_find(struct xosl_net *xn, u32 port_id)
{
	struct xosl_responder *r;

	lockdep_assert_held(&xn->lock);
	list_for_each_entry(r, &xn->responders, list) {
		if (r->port_id == port_id)
			return r;
	}
	return NULL;
}

/* Is this a socket that can be lent? */
static int check_sock(struct net *net, const struct sock *sk, struct netlink_ext_ack *extack)
{
	if (sk->sk_type != SOCK_DGRAM || sk->sk_protocol != IPPROTO_UDP ||
	    sk->sk_family != AF_INET6) {
		NL_SET_ERR_MSG_MOD(extack, "the socket is no IPv6 UDP socket");
		return -EINVAL;
	}
	if (!net_eq(sock_net(sk), net)) {
		NL_SET_ERR_MSG_MOD(extack, "the socket is of another network namespace");
		return -EXDEV;
	}
	if (!inet_sk(sk)->inet_num) {
		NL_SET_ERR_MSG_MOD(extack, "the socket is not bound");
		return -EINVAL;
	}
	return 0;
}

/* Make the socket hand its datagrams to us first. */
static int lend_sock(struct xosl_responder *r, struct netlink_ext_ack *extack)
{
	struct sock *sk = r->sk;
	int err = 0;

	lock_sock(sk);
	if (READ_ONCE(udp_sk(sk)->encap_type) || READ_ONCE(sk->sk_user_data)) {
		NL_SET_ERR_MSG_MOD(extack, "the socket is lent to somebody already");
		err = -EBUSY;
	} else {
		rcu_assign_sk_user_data(sk, r);
		WRITE_ONCE(udp_sk(sk)->encap_rcv, xosl_answer_rcv);
		WRITE_ONCE(udp_sk(sk)->encap_type, ENCAP_TYPE);
		udp_tunnel_encap_enable(sk);
	}
	release_sock(sk);
	return err;
}

static void return_sock(struct xosl_responder *r)
{
	struct sock *sk = r->sk;

	lock_sock(sk);
	WRITE_ONCE(udp_sk(sk)->encap_type, 0);
	WRITE_ONCE(udp_sk(sk)->encap_rcv, NULL);
	rcu_assign_sk_user_data(sk, NULL);
	release_sock(sk);
	synchronize_rcu();
	sock_put(sk);
}

static struct xosl_responder *responder_alloc(struct net *net, const u8 *node_id, u32 port_id)
{
	struct xosl_responder *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return NULL;
	r->stats = alloc_percpu(struct xosl_stats);
	if (!r->stats) {
		kfree(r);
		return NULL;
	}
	r->net = net;
	r->port_id = port_id;
	memcpy(r->node_id, node_id, sizeof(r->node_id));
	return r;
}

static void responder_free(struct xosl_responder *r)
{
	free_percpu(r->stats);
	kfree(r);
}

int xosl_responder_attach(struct net *net, u32 fd, const u8 *node_id, u32 port_id,
			  struct netlink_ext_ack *extack)
{
	struct xosl_net *xn = xosl_net(net);
	struct xosl_responder *r;
	struct socket *sock;
	int err;

	lockdep_assert_held(&xn->lock);
	if (xosl_responder_find(xn, port_id)) {
		NL_SET_ERR_MSG_MOD(extack, "this netlink socket owns a responder already");
		return -EBUSY;
	}
	if (xn->count == XOS_LOOKUP_RESPONDERS_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "too many responders in this network namespace");
		return -ENOSPC;
	}
	sock = sockfd_lookup(fd, &err);
	if (!sock) {
		NL_SET_ERR_MSG_MOD(extack, "the descriptor is no open socket of this process");
		return err;
	}
	err = check_sock(net, sock->sk, extack);
	if (err)
		goto out_put;
	r = responder_alloc(net, node_id, port_id);
	if (!r) {
		err = -ENOMEM;
		goto out_put;
	}
	sock_hold(sock->sk);
	r->sk = sock->sk;
	err = lend_sock(r, extack);
	if (err) {
		sock_put(r->sk);
		responder_free(r);
		goto out_put;
	}
	list_add_tail(&r->list, &xn->responders);
	xn->count++;
out_put:
	sockfd_put(sock);
	return err;
}

static void mac_key_free(struct xosl_key *key)
{
	if (!key)
		return;
	crypto_free_shash(key->mac);
	kfree(key);
}

void xosl_responder_detach(struct xosl_net *xn, struct xosl_responder *r)
{
	int i;

	lockdep_assert_held(&xn->lock);
	list_del(&r->list);
	xn->count--;
	return_sock(r);
	for (i = 0; i < XOS_LOOKUP_KEYS_MAX; i++)
		mac_key_free(rcu_dereference_protected(r->keys[i], lockdep_is_held(&xn->lock)));
	xosl_table_free(rcu_dereference_protected(r->table, lockdep_is_held(&xn->lock)));
	xosl_table_free(r->next);
	responder_free(r);
}

static struct xosl_key *mac_key_alloc(u16 id, const u8 *secret)
{
	struct xosl_key *key = kzalloc(sizeof(*key), GFP_KERNEL);
	int err;

	if (!key)
		return ERR_PTR(-ENOMEM);
	key->id = id;
	key->mac = crypto_alloc_shash("hmac(sha256)", 0, 0);
	if (IS_ERR(key->mac)) {
		err = PTR_ERR(key->mac);
		kfree(key);
		return ERR_PTR(err);
	}
	err = crypto_shash_setkey(key->mac, secret, XOS_LOOKUP_KEY_LEN);
	if (err) {
		mac_key_free(key);
		return ERR_PTR(err);
	}
	return key;
}

int xosl_responder_key(struct xosl_responder *r, u16 id, const u8 *secret,
		       struct netlink_ext_ack *extack)
{
	struct xosl_net *xn = xosl_net(r->net);
	struct xosl_key *old = NULL, *key = NULL;
	int slot = -1, i;

	lockdep_assert_held(&xn->lock);
	for (i = 0; i < XOS_LOOKUP_KEYS_MAX; i++) {
		struct xosl_key *at =
			rcu_dereference_protected(r->keys[i], lockdep_is_held(&xn->lock));

		if (at && at->id == id) {
			old = at;
			slot = i;
		} else if (!at && !old && slot < 0) {
			slot = i;
		}
	}
	if (!secret && !old) {
		NL_SET_ERR_MSG_MOD(extack, "there is no key of this number");
		return -ENOENT;
	}
	if (slot < 0) {
		NL_SET_ERR_MSG_MOD(extack, "too many keys");
		return -ENOSPC;
	}
	if (secret) {
		key = mac_key_alloc(id, secret);
		if (IS_ERR(key)) {
			NL_SET_ERR_MSG_MOD(extack, "HMAC-SHA256 is not to be had");
			return PTR_ERR(key);
		}
	}
	rcu_assign_pointer(r->keys[slot], key);
	if (old) {
		synchronize_rcu();
		mac_key_free(old);
	}
	return 0;
}

void xosl_responder_renew(struct xosl_responder *r, u32 lease_ms)
{
	WRITE_ONCE(r->lease_end_ns, ktime_get_boottime_ns() + (u64)lease_ms * NSEC_PER_MSEC);
}

void xosl_responder_publish(struct xosl_responder *r, struct xosl_table *table, u32 lease_ms)
{
	struct xosl_table *old;

	lockdep_assert_held(&xosl_net(r->net)->lock);
	/* The old table must not profit from the new one's lease: take it out first. */
	old = rcu_replace_pointer(r->table, NULL, lockdep_is_held(&xosl_net(r->net)->lock));
	if (old) {
		synchronize_rcu();
		xosl_table_free(old);
	}
	if (!table)
		return;
	xosl_responder_renew(r, lease_ms);
	rcu_assign_pointer(r->table, table);
}
