// SPDX-License-Identifier: GPL-2.0-only
/*
 * xos_handoff: one IPv6 address in front of a group of servers, and live TCP
 * connections that move between them. Tables and packets are handled here; what
 * is in the tables is decided by the agent.
 */
#include <linux/module.h>
#include <linux/random.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "net.h"
#include "netlink.h"
#include "vip.h"

static unsigned int xosh_net_id __read_mostly;

/**
 * xosh_net_get() - the module's state in a network namespace
 * @net: network namespace
 *
 * Return: the state; lives as long as @net and the module.
 */
struct xosh_net *xosh_net_get(const struct net *net)
{
	return net_generic(net, xosh_net_id);
}

static int __net_init xosh_net_init(struct net *net)
{
	struct xosh_net *xn = xosh_net_get(net);

	xn->counters = alloc_percpu(struct xosh_counters);
	if (!xn->counters)
		return -ENOMEM;
	xn->net = net;
	xn->seq = 1;
	mutex_init(&xn->lock);
	get_random_bytes(&xn->hash_key, sizeof(xn->hash_key));
	return 0;
}

static void __net_exit xosh_net_exit(struct net *net)
{
	struct xosh_net *xn = xosh_net_get(net);

	mutex_lock(&xn->lock);
	xosh_vip_purge(xn);
	mutex_unlock(&xn->lock);
	free_percpu(xn->counters);
	mutex_destroy(&xn->lock);
}

static struct pernet_operations xosh_net_ops = {
	.init = xosh_net_init,
	.exit = xosh_net_exit,
	.id = &xosh_net_id,
	.size = sizeof(struct xosh_net),
};

static int __init xosh_init(void)
{
	int err;

	err = register_pernet_subsys(&xosh_net_ops);
	if (err)
		return err;
	err = xosh_nl_init();
	if (err)
		goto err_unregister_pernet;
	return 0;

err_unregister_pernet:
	unregister_pernet_subsys(&xosh_net_ops);
	return err;
}

static void __exit xosh_exit(void)
{
	xosh_nl_exit();
	unregister_pernet_subsys(&xosh_net_ops);
	/* Entries of the client table may still be on their way to be freed. */
	rcu_barrier();
}

module_init(xosh_init);
module_exit(xosh_exit);

MODULE_DESCRIPTION("XOS: hand live TCP connections from one server to another");
MODULE_AUTHOR("The XOS project");
MODULE_LICENSE("GPL");
