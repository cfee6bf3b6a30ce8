// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests about machines: select, attr show. */
#include "requests_impl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What the walk says of a member: the name that goes with its identity. */
struct named {
	struct xos_id id;
	char machine[RING_NAME_MAX];
};

/* A query; a walk of the ring names the members that are asked. */
struct select_request {
	struct request req;
	struct select_op op;
	struct ring_walk walk;
	struct named *named;
	uint32_t n;
	uint32_t room;
};

static const char *const outcomes[] = {
	[SELECT_COMPLETE] = "complete",
	[SELECT_PARTIAL] = "partial",
	[SELECT_LIMIT] = "limit-reached",
};

static void cancel_select(struct request *req)
{
	struct select_request *r = (struct select_request *)req;

	if (r->walk.state)
		node_walk_cancel(req->all->node, &r->walk);
	select_cancel(req->all->select, &r->op);
	free(r->named);
}

static const char *name_of(const struct select_request *r, const struct xos_id *id)
{
	for (uint32_t i = 0; i < r->n; i++) {
		if (xos_id_eq(&r->named[i].id, id))
			return r->named[i].machine;
	}
	return "";
}

static void machine_found(struct select_op *op, const struct env_peer *peer)
{
	struct select_request *r = op->ctx;

	REQUEST_SAY(&r->req, ctl_select_item, .id = peer->id, .addr = peer->addr,
		    .machine = bytes_str(name_of(r, &peer->id)));
}

static void select_done(struct select_op *op)
{
	struct select_request *r = op->ctx;
	int status = op->status;

	REQUEST_SAY(&r->req, ctl_select_summary, .outcome = bytes_str(outcomes[op->outcome]),
		    .found = op->count);
	/* With the limit reached the walk may still be under way. */
	cancel_select(&r->req);
	request_end(&r->req, status, status ? "fewer machines match than are needed" : NULL);
}

static void remember(struct select_request *r, const struct ring_member *member)
{
	uint32_t room = r->room ? 2 * r->room : 64;
	struct named *grown;

	if (r->n == r->room) {
		grown = realloc(r->named, room * sizeof(*grown));
		if (!grown)
			return;
		r->named = grown;
		r->room = room;
	}
	r->named[r->n].id = member->id;
	memcpy(r->named[r->n++].machine, member->machine, RING_NAME_MAX);
}

static void member_seen(struct ring_walk *walk, const struct ring_member *member)
{
	struct select_request *r = walk->ctx;
	struct env_peer peer = { .id = member->id, .addr = member->addr };

	if (!member->reachable)
		return;
	remember(r, member);
	select_ask(r->req.all->select, &r->op, &peer);
}

static void members_seen(struct ring_walk *walk)
{
	struct select_request *r = walk->ctx;

	walk->state = NULL;
	select_asked_all(r->req.all->select, &r->op, !walk->status && walk->complete);
}

void handle_select(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_select m;
	struct select_request *r;
	struct query_error why;
	char text[QUERY_ERROR_MAX + 24];
	int err;

	if (wire_ctl_select_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	r = request_start(all, client, m.seq, sizeof(*r), cancel_select);
	if (!r)
		return;
	r->op = (struct select_op){ .found = machine_found, .done = select_done, .ctx = r };
	r->walk = (struct ring_walk){ .member = member_seen, .done = members_seen, .ctx = r };
	err = select_start(all->select, &r->op, m.query, &why);
	if (err == -EINVAL) {
		query_error_format(&why, text, sizeof(text));
		request_end(&r->req, err, text);
		return;
	}
	if (!err)
		err = node_walk(all->node, &r->walk);
	if (err) {
		cancel_select(&r->req);
		request_end(&r->req, err, NULL);
	}
}

static const char *format_value(const struct attr *a, char *out, size_t size)
{
	static const char *const units[] = {
		[ATTR_COUNT] = "", [ATTR_BYTES] = "B", [ATTR_MS] = "ms", [ATTR_HZ] = "Hz"
	};

	if (a->type == ATTR_BOOL)
		snprintf(out, size, "%s", a->num ? "true" : "false");
	else if (a->type == ATTR_INT)
		snprintf(out, size, "%" PRId64 "%s", a->num, units[a->unit]);
	else
		snprintf(out, size, "%.*s", (int)a->text.len, (const char *)a->text.data);
	return out;
}

void handle_attr_show(struct requests *all, struct control_client *client, struct bytes msg)
{
	static const char *const types[ATTR_TYPE_COUNT] = {
		[ATTR_NONE] = "none", [ATTR_INT] = "number",	  [ATTR_STRING] = "string",
		[ATTR_BOOL] = "bool", [ATTR_VERSION] = "version",
	};
	const struct attr_set *set = select_attributes(all->select);
	struct request req = { .client = client };
	struct wire_ctl_attr_show m;
	char text[ATTR_STR_MAX + 1];
	struct attr a;

	if (wire_ctl_attr_show_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	req.seq = m.seq;
	for (uint32_t i = 0; i < set->n; i++) {
		attr_set_at(set, i, &a);
		REQUEST_SAY(&req, ctl_attr_item, .name = a.name,
			    .type = bytes_str(a.type == ATTR_INT && a.unit == ATTR_BYTES ?
						      "bytes" :
						      types[a.type]),
			    .value = bytes_str(format_value(&a, text, sizeof(text))));
	}
	control_done(client, m.seq, 0, NULL);
}
