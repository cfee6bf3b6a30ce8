// SPDX-License-Identifier: GPL-2.0-or-later
#include "requests.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "requests_impl.h"

static const struct {
	uint16_t type;
	void (*handle)(struct requests *all, struct control_client *client, struct bytes msg);
} handlers[] = {
	{ WIRE_CTL_STATUS, handle_status },	      { WIRE_CTL_RING_SHOW, handle_ring_show },
	{ WIRE_CTL_MONITOR, handle_monitor },	      { WIRE_CTL_KEY_GET, handle_key_get },
	{ WIRE_CTL_KEY_PUT, handle_key_put },	      { WIRE_CTL_KEY_DEL, handle_key_del },
	{ WIRE_CTL_KEY_RANGE, handle_key_range },     { WIRE_CTL_LOOKUP, handle_lookup },
	{ WIRE_CTL_LOG_SET, handle_log_set },	      { WIRE_CTL_LOG_SHOW, handle_log_show },
	{ WIRE_CTL_COUNTERS, handle_counters },	      { WIRE_CTL_SELECT, handle_select },
	{ WIRE_CTL_ATTR_SHOW, handle_attr_show },     { WIRE_CTL_TXN, handle_txn },
	{ WIRE_CTL_TXN_OUTCOME, handle_txn_outcome }, { WIRE_CTL_ACL_SHOW, handle_acl_show },
	{ WIRE_CTL_ACL_SET, handle_acl_set },
};

void requests_init(struct requests *r)
{
	CDS_INIT_LIST_HEAD(&r->in_flight);
}

void requests_handle(void *ctx, struct control_client *client, uint16_t type, struct bytes msg,
		     int fd)
{
	struct requests *r = ctx;

	if (fd >= 0)
		close(fd);
	for (size_t i = 0; i < sizeof(handlers) / sizeof(*handlers); i++) {
		if (handlers[i].type == type) {
			handlers[i].handle(r, client, msg);
			return;
		}
	}
	control_done(client, 0, -EOPNOTSUPP, "xosd does not know requests of type 0x%04x", type);
}

bool request_admin(struct requests *all, struct control_client *client, uint32_t seq,
		   const char *what)
{
	bool may = control_client_admin(client);

	control_audit(env_uv_env(all->env), client, what, bytes_of(NULL, 0), may);
	if (may)
		return true;
	all->denied++;
	control_done(client, seq, -EPERM, "only root and the agent's own user may do this");
	return false;
}

void *request_start(struct requests *all, struct control_client *client, uint32_t seq, size_t size,
		    void (*cancel)(struct request *req))
{
	struct request *req = NULL;

	if (all->count < REQUESTS_MAX)
		req = calloc(1, size);
	if (!req) {
		all->refused++;
		control_done(client, seq, -ENOBUFS, "xosd has too many requests in flight");
		return NULL;
	}
	req->all = all;
	req->client = control_client_get(client);
	req->seq = seq;
	req->cancel = cancel;
	cds_list_add_tail(&req->node, &all->in_flight);
	all->count++;
	return req;
}

static void request_free(struct request *req)
{
	cds_list_del(&req->node);
	req->all->count--;
	control_client_put(req->client);
	free(req);
}

void request_end(struct request *req, int status, const char *text)
{
	if (text)
		control_done(req->client, req->seq, status, "%s", text);
	else
		control_done(req->client, req->seq, status, NULL);
	request_free(req);
}

void requests_exit(struct requests *r)
{
	struct request *req, *next;

	cds_list_for_each_entry_safe(req, next, &r->in_flight, node) {
		req->cancel(req);
		request_end(req, -ESHUTDOWN, "xosd is stopping");
	}
}
