/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What xosd does when it is asked over its control socket
 * (Documentation/wire/control.rst). A request lives from its message to its
 * ctl-done; those in flight are bounded, and given up when the daemon ends.
 */
#ifndef _XOS_XOSD_REQUESTS_H
#define _XOS_XOSD_REQUESTS_H

#include <daemon/control.h>
#include <env/env_uv.h>
#include <secure/secure.h>
#include <select/select.h>

#include "kernel_lookup.h"
#include "node.h"
#include "node_lookup.h"

/* Requests in flight; further ones are refused and counted. */
#define REQUESTS_MAX 256

/**
 * struct requests - what requests need, filled by main
 * @env: event loop
 * @node: ring node
 * @lookup: lookups over the network
 * @select: selection of machines
 * @kernel: the kernel's table
 * @secure: authentication of peers, for its counters
 * @redis: server of the Redis protocol; NULL: none
 * @control: control socket, for its counters; set after it was made
 * @config: configuration of the node
 * @started_ns: env_now() at start
 * @in_flight: private: list of requests
 * @count: private: its length
 * @refused: requests refused because there were too many
 * @denied: requests refused because of who asked
 */
struct requests {
	struct env_uv *env;
	struct node *node;
	struct lookup_service *lookup;
	struct select *select;
	struct kernel_lookup *kernel;
	struct secure *secure;
	struct control_server *control;
	struct redis_server *redis;
	const struct node_config *config;
	uint64_t started_ns;
	struct cds_list_head in_flight;
	uint32_t count;
	uint64_t refused;
	uint64_t denied;
};

/**
 * requests_init() - begin
 * @r: requests, the fields for main filled
 */
void requests_init(struct requests *r);

/**
 * requests_handle() - control_request_fn of xosd
 * @ctx: struct requests
 * @client: who asks
 * @type: message type
 * @msg: message
 * @fd: closed; no request of xosd takes one
 */
void requests_handle(void *ctx, struct control_client *client, uint16_t type, struct bytes msg,
		     int fd);

/**
 * requests_exit() - give all requests up, before the node and the control socket go
 * @r: requests
 */
void requests_exit(struct requests *r);

#endif
