// SPDX-License-Identifier: GPL-2.0-only
/*
 * xos_lookup: answers "which nodes own this key" in softirq, for the agent
 * xosd, which lends the socket, the table and the keys.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/netns/generic.h>

#include "netlink.h"
#include "responder.h"

unsigned int xosl_net_id;

static int __net_init net_init(struct net *net)
{
	struct xosl_net *xn = xosl_net(net);

	mutex_init(&xn->lock);
	INIT_LIST_HEAD(&xn->responders);
	return 0;
}

static void __net_exit net_exit(struct net *net)
{
	struct xosl_net *xn = xosl_net(net);
	struct xosl_responder *r, *next;

	mutex_lock(&xn->lock);
	list_for_each_entry_safe(r, next, &xn->responders, list)
		xosl_responder_detach(xn, r);
	mutex_unlock(&xn->lock);
}

static struct pernet_operations net_ops = {
	.init = net_init,
	.exit = net_exit,
	.id = &xosl_net_id,
	.size = sizeof(struct xosl_net),
};

static int __init xosl_init(void)
{
	int err = register_pernet_subsys(&net_ops);

	if (err)
		return err;
	err = xosl_netlink_init();
	if (err)
		unregister_pernet_subsys(&net_ops);
	return err;
}

static void __exit xosl_exit(void)
{
	/* No new responders first; those that are left go with their namespaces. */
	xosl_netlink_exit();
	unregister_pernet_subsys(&net_ops);
}

module_init(xosl_init);
module_exit(xosl_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("XOS: answers key lookups in softirq");
MODULE_ALIAS_GENL_FAMILY("xos_lookup");
