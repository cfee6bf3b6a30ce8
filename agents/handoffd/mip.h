/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Route optimisation in the daemon: sockets for mobility headers, what the core of
 * agents/mip6 asks for, and a look at the connections every second.
 */
#ifndef _XOS_HANDOFFD_MIP_H
#define _XOS_HANDOFFD_MIP_H

#include <dserver/dserver.h>
#include <env/env_uv.h>
#include <mip6/mip6.h>

#include "kernel.h"

/**
 * struct mip - route optimisation of a node
 * @env: environment
 * @kernel: the module
 * @groups: who is in the groups of the vips
 * @core: core; NULL when it is switched off
 * @memory: of the core
 * @arena: over @memory
 * @out: sends whole IPv6 packets
 * @in: gets mobility headers
 * @errors: gets ICMPv6 parameter problems
 * @in_poll: watches @in
 * @errors_poll: watches @errors
 * @scan: next look at the connections
 */
struct mip {
	struct env_uv *env;
	struct kernel *kernel;
	struct dserver *groups;
	struct mip6 *core;
	void *memory;
	struct arena arena;
	int out;
	int in;
	int errors;
	struct env_uv_poll *in_poll;
	struct env_uv_poll *errors_poll;
	struct env_timer scan;
};

/**
 * mip_open() - begin
 * @m: @env, @kernel and @groups are set, the rest is zero; needs CAP_NET_RAW
 *
 * Bindings that a former life left in the kernel are removed: what the clients think is
 * found out anew. Return: 0 or a negative errno.
 */
int mip_open(struct mip *m);

/**
 * mip_close() - end; bindings in the kernel end by themselves
 * @m: route optimisation; harmless when it was never opened
 *
 * @m->memory has timers in it: free it when the event loop is gone.
 */
void mip_close(struct mip *m);

/**
 * mip_recv() - a message of another agent came
 * @m: route optimisation, perhaps switched off
 * @from: sender
 * @msg: whole message
 *
 * Return: whether it was for us.
 */
bool mip_recv(struct mip *m, const struct env_peer *from, struct bytes msg);

/**
 * mip_diverts() - a connection is being given away
 * @m: route optimisation, perhaps switched off
 * @conn: connection
 */
void mip_diverts(struct mip *m, const struct dserver_conn *conn);

/**
 * mip_scan_soon() - a connection came or went: do not wait a second for the next look
 * @m: route optimisation, perhaps switched off
 */
void mip_scan_soon(struct mip *m);

#endif
