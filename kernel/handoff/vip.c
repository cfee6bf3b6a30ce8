// SPDX-License-Identifier: GPL-2.0-only
#include "vip.h"

#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include <linux/xos_handoff.h>

#include "binding.h"
#include "client.h"
#include "gate.h"
#include "hook.h"
#include "member.h"
#include "net.h"

static struct hlist_head *vip_bucket(const struct xosh_net *xn, const struct in6_addr *addr)
{
	return (struct hlist_head *)&xn->vips[ipv6_addr_hash(addr) % XOSH_VIP_BUCKETS];
}

#define vip_for_each(vip, xn, addr) \
	hlist_for_each_entry_rcu(vip, vip_bucket(xn, addr), node, lockdep_is_held(&(xn)->lock))

/**
 * xosh_vip_find() - the vip that a packet belongs to
 * @xn: network namespace
 * @addr: the packet's address on the server's side
 * @port: its port there, in host byte order
 *
 * A vip of just this port goes before one of all ports. Under RCU or
 * xosh_net.lock.
 *
 * Return: the vip or NULL; no reference is taken.
 */
struct xosh_vip *xosh_vip_find(const struct xosh_net *xn, const struct in6_addr *addr, u16 port)
{
	struct xosh_vip *found = NULL;
	struct xosh_vip *vip;

	vip_for_each(vip, xn, addr)
	{
		if (!ipv6_addr_equal(&vip->addr, addr))
			continue;
		if (vip->port == port)
			return vip;
		if (!vip->port)
			found = vip;
	}
	return found;
}

/**
 * xosh_vip_find_exact() - the vip of an address and port
 * @xn: network namespace
 * @addr: address
 * @port: port in host byte order; 0 means the vip of all ports
 *
 * Under RCU or xosh_net.lock.
 *
 * Return: the vip or NULL; no reference is taken.
 */
struct xosh_vip *xosh_vip_find_exact(const struct xosh_net *xn, const struct in6_addr *addr,
				     u16 port)
{
	struct xosh_vip *vip;

	vip_for_each(vip, xn,
		     addr) if (vip->port == port && ipv6_addr_equal(&vip->addr, addr)) return vip;
	return NULL;
}

/**
 * xosh_vip_find_addr() - any vip of an address
 * @xn: network namespace
 * @addr: address
 *
 * Under RCU or xosh_net.lock.
 *
 * Return: the vip or NULL; no reference is taken.
 */
struct xosh_vip *xosh_vip_find_addr(const struct xosh_net *xn, const struct in6_addr *addr)
{
	struct xosh_vip *vip;

	vip_for_each(vip, xn, addr) if (ipv6_addr_equal(&vip->addr, addr)) return vip;
	return NULL;
}

/* What only a namespace with a vip has: tables, hooks, the collector of clients. */
static int vip_first(struct xosh_net *xn)
{
	int err;

	err = xosh_client_setup(xn);
	if (err)
		return err;
	err = xosh_gate_setup(xn);
	if (err)
		goto err_client_teardown;
	err = xosh_binding_setup(xn);
	if (err)
		goto err_gate_teardown;
	err = xosh_hook_setup(xn);
	if (err)
		goto err_binding_teardown;
	return 0;

err_binding_teardown:
	xosh_binding_teardown(xn);
err_gate_teardown:
	xosh_gate_teardown(xn);
err_client_teardown:
	xosh_client_teardown(xn);
	return err;
}

static void vip_last(struct xosh_net *xn)
{
	xosh_hook_teardown(xn);
	xosh_binding_teardown(xn);
	xosh_gate_teardown(xn);
	xosh_client_teardown(xn);
}

/**
 * xosh_vip_add() - make a vip
 * @xn: network namespace; its lock is held
 * @addr: address
 * @port: TCP port in host byte order, or 0
 * @extack: told why not
 *
 * The vip has no role yet, so packets pass it as if it were not there.
 *
 * Return: the vip, or ERR_PTR: -EEXIST, -ENOSPC, -ENOMEM, or what registering
 * the hooks gave.
 */
struct xosh_vip *xosh_vip_add(struct xosh_net *xn, const struct in6_addr *addr, u16 port,
			      struct netlink_ext_ack *extack)
{
	struct xosh_vip *vip;
	int err = -ENOMEM;

	lockdep_assert_held(&xn->lock);
	if (xosh_vip_find_exact(xn, addr, port)) {
		NL_SET_ERR_MSG_MOD(extack, "the vip exists");
		return ERR_PTR(-EEXIST);
	}
	if (xn->vips_n >= XOS_HANDOFF_VIP_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "too many vips");
		return ERR_PTR(-ENOSPC);
	}
	vip = kzalloc(sizeof(*vip), GFP_KERNEL);
	if (!vip)
		goto err_extack;
	vip->counters = alloc_percpu(struct xosh_counters);
	if (!vip->counters)
		goto err_free_vip;
	vip->addr = *addr;
	vip->port = port;
	vip->client_timeout_s = XOSH_CLIENT_TIMEOUT_DEFAULT_S;
	INIT_LIST_HEAD(&vip->members);
	err = xosh_set_rebuild(vip);
	if (err)
		goto err_free_counters;
	if (!xn->vips_n) {
		err = vip_first(xn);
		if (err)
			goto err_free_set;
	}
	vip->id = ++xn->vip_id;
	xn->vips_n++;
	hlist_add_head_rcu(&vip->node, vip_bucket(xn, addr));
	return vip;

err_free_set:
	kvfree(rcu_dereference_protected(vip->set, true));
err_free_counters:
	free_percpu(vip->counters);
err_free_vip:
	kfree(vip);
err_extack:
	NL_SET_ERR_MSG_MOD(extack, "out of memory, or the hooks could not be registered");
	return ERR_PTR(err);
}

/* @vip is out of sight of new readers; wait for the others and take it apart. */
static void vip_free(struct xosh_net *xn, struct xosh_vip *vip)
{
	synchronize_net();
	xosh_client_purge(xn, vip);
	xosh_member_purge(vip);
	kvfree(rcu_dereference_protected(vip->set, true));
	free_percpu(vip->counters);
	kfree(vip);
	if (!--xn->vips_n)
		vip_last(xn);
}

/**
 * xosh_vip_del() - remove a vip with its members and clients
 * @xn: network namespace; its lock is held
 * @vip: the vip; freed on success
 * @extack: told why not
 *
 * Sleeps for a grace period.
 *
 * Return: 0, or -EBUSY while there are gates or bindings.
 */
int xosh_vip_del(struct xosh_net *xn, struct xosh_vip *vip, struct netlink_ext_ack *extack)
{
	lockdep_assert_held(&xn->lock);
	if (vip->gates_n) {
		NL_SET_ERR_MSG_MOD(extack, "the vip has gates");
		return -EBUSY;
	}
	if (vip->bindings_n) {
		NL_SET_ERR_MSG_MOD(extack, "the vip has bindings");
		return -EBUSY;
	}
	hlist_del_rcu(&vip->node);
	vip_free(xn, vip);
	return 0;
}

/**
 * xosh_vip_purge() - remove everything
 * @xn: network namespace; its lock is held
 *
 * For the end of the namespace or of the module. The hooks go first, so no
 * packet is looked at any more; what gates hold is freed.
 */
void xosh_vip_purge(struct xosh_net *xn)
{
	struct hlist_node *tmp;
	struct xosh_vip *vip;
	unsigned int i;

	lockdep_assert_held(&xn->lock);
	if (!xn->vips_n)
		return;
	xosh_hook_teardown(xn);
	xosh_gate_purge(xn);
	xosh_binding_purge(xn);
	for (i = 0; i < XOSH_VIP_BUCKETS; i++) {
		hlist_for_each_entry_safe(vip, tmp, &xn->vips[i], node) {
			hlist_del_rcu(&vip->node);
			vip_free(xn, vip);
		}
	}
}
