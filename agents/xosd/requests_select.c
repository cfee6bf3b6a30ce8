// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests about machines: select, attr show. */
#include "requests_impl.h"

#include <errno.h>
#include <string.h>

struct select_request {
	struct request req;
	struct select_op op;
	char text[QUERY_TEXT_MAX];
};

static const char *const outcomes[] = {
	[SELECT_COMPLETE] = "complete",
	[SELECT_PARTIAL] = "partial",
	[SELECT_LIMIT] = "limit-reached",
};

static void cancel_select(struct request *req)
{
	struct select_request *r = (struct select_request *)req;

	select_cancel(req->all->select, &r->op);
}

static void machine_found(struct select_op *op, const struct found *f)
{
	struct select_request *r = op->ctx;
	struct wire_ctl_shown shown[QUERY_SHOW_MAX];
	const char *value = f->extra ? f->extra->show : "", *end = value;

	end += f->extra ? f->extra->show_len : 0;
	for (uint32_t i = 0; i < op->show_n; i++) {
		size_t len = strnlen(value, (size_t)(end - value));

		shown[i] = (struct wire_ctl_shown){ .name = bytes_str(op->show[i]),
						    .value = bytes_of(value, len) };
		value += value + len < end ? len + 1 : len;
	}
	REQUEST_SAY(&r->req, ctl_select_item, .id = f->peer.id, .addr = f->peer.addr,
		    .machine = bytes_str(f->name), .shown = { .v = shown, .n = op->show_n });
}

static void say_conditions(struct select_request *r)
{
	for (uint32_t i = 0; i < r->op.conditions_n; i++) {
		const struct select_condition *c = &r->op.conditions[i];
		size_t len = (size_t)(c->to - c->from);

		len = len < WIRE_CTL_TEXT_MAX ? len : WIRE_CTL_TEXT_MAX;
		REQUEST_SAY(&r->req, ctl_select_clause, .text = bytes_of(r->text + c->from, len),
			    .removed = c->removed, .untrue = c->untrue, .unknown = c->unknown);
	}
}

static void select_done(struct select_op *op)
{
	struct select_request *r = op->ctx;

	say_conditions(r);
	REQUEST_SAY(&r->req, ctl_select_summary, .outcome = bytes_str(outcomes[op->outcome]),
		    .found = op->count, .visited = op->visited, .has_visited = true,
		    .depth = op->depth, .has_depth = true, .missing = op->missing,
		    .has_missing = true, .matched = op->matched,
		    .has_matched = op->matched != op->count, .cursor = bytes_str(op->cursor),
		    .has_cursor = op->cursor[0] != 0, .refused = op->refused,
		    .has_refused = op->refused != 0);
	request_end(&r->req, op->status,
		    op->status ? "fewer machines match, or are free, than are needed" : NULL);
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
	memcpy(r->text, m.query.data, m.query.len);
	r->op = (struct select_op){ .found = machine_found, .done = select_done, .ctx = r };
	err = select_start(all->select, &r->op, m.query, &why);
	if (err == -EINVAL) {
		query_error_format(&why, text, sizeof(text));
		request_end(&r->req, err, text);
		return;
	}
	if (err)
		request_end(&r->req, err, NULL);
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
			    .value = bytes_of(text, attr_format(&a, text, sizeof(text))));
	}
	control_done(client, m.seq, 0, NULL);
}
