// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests about what users may do. */
#include "requests_impl.h"

#include <errno.h>
#include <stdlib.h>

#include <acl/acl.h>
#include <base/assert.h>
#include <txn/txn.h>

_Static_assert(WIRE_CTL_ACL_MAX == ACL_TEXT_MAX, "length of the rules");

/* One step: the rules are read, or replaced when they are still what somebody saw. */
struct acl_request {
	struct request req;
	struct txn_run run;
	struct txn_step step;
	uint8_t msg[];
};

static void cancel_acl(struct request *req)
{
	struct acl_request *a = (struct acl_request *)req;

	txn_run_stop(node_txns(req->all->node), &a->run);
}

static void acl_start(struct acl_request *a)
{
	int err;

	a->step.key = bytes_of(ACL_KEY, ACL_KEY_LEN);
	a->run.ctx = a;
	a->run.steps = &a->step;
	a->run.steps_n = 1;
	a->run.strict = true;
	err = txn_own_start(node_txns(a->req.all->node), &a->run);
	if (err)
		request_end(&a->req, err, request_txn_text(err));
}

static void show_done(struct txn_run *run)
{
	struct acl_request *a = run->ctx;
	int status = run->status ? run->status : a->step.status;

	if (!status)
		REQUEST_SAY(&a->req, ctl_acl, .text = a->step.result);
	/* No rules are no error. */
	status = status == -ENOENT ? 0 : status;
	request_end(&a->req, status, request_txn_text(status));
}

void handle_acl_show(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_acl_show m;
	struct acl_request *a;

	if (wire_ctl_acl_show_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	a = request_start(all, client, m.seq, sizeof(*a), cancel_acl);
	if (!a)
		return;
	a->step.kind = TXN_READ;
	a->run.done = show_done;
	acl_start(a);
}

static void set_done(struct txn_run *run)
{
	struct acl_request *a = run->ctx;

	request_end(&a->req, run->status,
		    run->status == -EEXIST ? "somebody else has just changed the rules" :
					     request_txn_text(run->status));
}

/* The agents must understand what they will read. */
static int acl_check(struct control_client *client, uint32_t seq, struct bytes text)
{
	struct acl_rules *rules = malloc(sizeof(*rules));
	uint32_t line = 0;
	int err = rules ? acl_parse(rules, text, &line) : -ENOMEM;

	free(rules);
	if (err == -EINVAL)
		control_done(client, seq, err, "line %u is no rule", line);
	else if (err)
		control_done(client, seq, err, "there are too many rules");
	return err;
}

void handle_acl_set(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_acl_set m;
	struct acl_request *a;

	if (wire_ctl_acl_set_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	if (!request_admin(all, client, m.seq, "change what users may do") ||
	    acl_check(client, m.seq, m.new))
		return;
	a = request_start(all, client, m.seq, sizeof(*a) + msg.len, cancel_acl);
	if (!a)
		return;
	memcpy(a->msg, msg.data, msg.len);
	xassert(!wire_ctl_acl_set_decode(bytes_of(a->msg, msg.len), &m));
	a->step.kind = TXN_TEST_SET;
	a->step.absent = !m.has_old;
	a->step.expect = m.old;
	a->step.value = m.new;
	a->run.done = set_done;
	acl_start(a);
}
