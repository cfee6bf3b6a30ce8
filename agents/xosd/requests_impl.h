/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the files that handle requests. */
#ifndef _XOS_XOSD_REQUESTS_IMPL_H
#define _XOS_XOSD_REQUESTS_IMPL_H

#include <wire/control.h>

#include "requests.h"

/**
 * struct request - a request in flight; first member of what its kind needs
 * @node: in struct requests
 * @all: where it belongs
 * @client: who asked, counted
 * @seq: number of the request
 * @cancel: gives up what is under way for it, so that it can be freed
 */
struct request {
	struct cds_list_head node;
	struct requests *all;
	struct control_client *client;
	uint32_t seq;
	void (*cancel)(struct request *req);
};

/**
 * request_admin() - may this client change the agent itself? Writes a line for the audit
 * @all: requests
 * @client: who asks
 * @seq: number of its request, which is answered when it may not
 * @what: what it asks for, without secrets
 *
 * Return: whether it may.
 */
bool request_admin(struct requests *all, struct control_client *client, uint32_t seq,
		   const char *what);

/**
 * request_start() - make a request
 * @all: requests
 * @client: who asks
 * @seq: number
 * @size: bytes of the struct that begins with struct request
 * @cancel: see struct request
 *
 * Return: zeroed memory; NULL when there are too many, and the client was told.
 */
void *request_start(struct requests *all, struct control_client *client, uint32_t seq, size_t size,
		    void (*cancel)(struct request *req));

/**
 * request_end() - tell the client how it went, and free
 * @req: request; nothing is under way for it any more
 * @status: 0 or a negative errno
 * @text: why, NULL for what the errno says
 */
void request_end(struct request *req, int status, const char *text);

/**
 * REQUEST_SAY() - send one message of an answer
 * @req: struct request
 * @msg: name of the message, as generated
 * @...: its fields besides seq
 */
#define REQUEST_SAY(req, msg, ...) CONTROL_SAY((req)->client, (req)->seq, msg, __VA_ARGS__)

/* Why a transaction failed, for people; NULL for what the errno says. */
const char *request_txn_text(int status);

/* Handlers, one a message; @msg is of the type they are for. */
void handle_status(struct requests *all, struct control_client *client, struct bytes msg);
void handle_ring_show(struct requests *all, struct control_client *client, struct bytes msg);
void handle_monitor(struct requests *all, struct control_client *client, struct bytes msg);
void handle_key_get(struct requests *all, struct control_client *client, struct bytes msg);
void handle_key_put(struct requests *all, struct control_client *client, struct bytes msg);
void handle_key_del(struct requests *all, struct control_client *client, struct bytes msg);
void handle_key_range(struct requests *all, struct control_client *client, struct bytes msg);
void handle_lookup(struct requests *all, struct control_client *client, struct bytes msg);
void handle_select(struct requests *all, struct control_client *client, struct bytes msg);
void handle_attr_show(struct requests *all, struct control_client *client, struct bytes msg);
void handle_log_set(struct requests *all, struct control_client *client, struct bytes msg);
void handle_log_show(struct requests *all, struct control_client *client, struct bytes msg);
void handle_txn(struct requests *all, struct control_client *client, struct bytes msg);
void handle_txn_outcome(struct requests *all, struct control_client *client, struct bytes msg);
void handle_acl_show(struct requests *all, struct control_client *client, struct bytes msg);
void handle_acl_set(struct requests *all, struct control_client *client, struct bytes msg);
void handle_counters(struct requests *all, struct control_client *client, struct bytes msg);

#endif
