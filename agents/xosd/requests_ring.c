// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests about the ring: status, ring show, lookup, monitor. */
#include "requests_impl.h"

#include <errno.h>
#include <stdio.h>

static const char *const state_names[] = {
	[RING_IDLE] = "stopped",    [RING_SEEKING] = "seeking", [RING_COPYING] = "joining",
	[RING_PENDING] = "joining", [RING_OWNER] = "serving",	[RING_FAILED] = "failed",
};

/**
 * struct walk_request - a request that walks the ring
 * @req: request
 * @walk: the walk
 */
struct walk_request {
	struct request req;
	struct ring_walk walk;
};

static void cancel_walk(struct request *req)
{
	struct walk_request *w = (struct walk_request *)req;

	if (w->walk.state)
		node_walk_cancel(req->all->node, &w->walk);
}

static void walk_start(struct requests *all, struct control_client *client, uint32_t seq,
		       void (*member)(struct ring_walk *walk, const struct ring_member *m),
		       void (*done)(struct ring_walk *walk))
{
	struct walk_request *w = request_start(all, client, seq, sizeof(*w), cancel_walk);
	int err;

	if (!w)
		return;
	w->walk = (struct ring_walk){ .member = member, .done = done, .ctx = w };
	err = node_walk(all->node, &w->walk);
	if (err)
		request_end(&w->req, err, NULL);
}

static void member_counted(struct ring_walk *walk, const struct ring_member *m)
{
}

/* A walk tells who is up; a node that has not joined yet has nobody to walk to. */
static void status_walked(struct ring_walk *walk)
{
	struct walk_request *w = walk->ctx;
	struct requests *all = w->req.all;
	const struct cert_who *who = secure_who(all->secure);
	struct ring_view view;
	uint64_t now = env_now(env_uv_env(all->env));
	const char *state;

	node_view(all->node, &view);
	state = state_names[view.state];
	if (view.state == RING_OWNER && !view.complete)
		state = "waiting for machines";
	REQUEST_SAY(&w->req, ctl_status_item, .program = bytes_str("xosd"),
		    .version = bytes_str(XOS_VERSION), .grid = bytes_str(all->config->grid),
		    .id = *node_id(all->node), .addr = env_uv_self(all->env)->addr,
		    .machine = bytes_str(all->config->machine), .state = bytes_str(state),
		    .replicas = view.replicas, .class = view.self.class,
		    .uptime_ms = (now - all->started_ns) / ENV_MS,
		    .nodes_known = view.known_n + 1 > walk->count ? view.known_n + 1 : walk->count,
		    .nodes_up = walk->count ? walk->count : 1, .items = node_items(all->node),
		    .kernel_lookup = all->kernel->sock != NULL, .insecure = !who,
		    .credentials_until = who ? (uint64_t)who->not_after : 0,
		    .has_credentials_until = who);
	request_end(&w->req, 0, NULL);
}

void handle_status(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_status m;

	if (wire_ctl_status_decode(msg, &m))
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
	else
		walk_start(all, client, m.seq, member_counted, status_walked);
}

static void member_shown(struct ring_walk *walk, const struct ring_member *m)
{
	struct walk_request *w = walk->ctx;

	REQUEST_SAY(&w->req, ctl_ring_node, .id = m->id, .addr = m->addr,
		    .machine = bytes_str(m->machine), .rack = bytes_str(m->rack),
		    .class = m->arc.class, .level = m->reachable ? 0 : 2,
		    .self = xos_id_eq(&m->id, node_id(w->req.all->node)),
		    .start = ring_key_bytes(&m->arc.start), .has_start = m->arc.start.len,
		    .end = ring_key_bytes(&m->arc.end), .has_end = m->reachable && !m->arc.open,
		    .epoch = m->arc.epoch, .items = m->items,
		    .no_lease = m->reachable && !m->leased, .claiming = m->claiming);
}

static void ring_shown(struct ring_walk *walk)
{
	struct walk_request *w = walk->ctx;

	if (!walk->status)
		REQUEST_SAY(&w->req, ctl_ring_summary, .nodes = walk->count,
			    .replicas = walk->replicas, .complete = walk->complete);
	request_end(&w->req, walk->status,
		    walk->status == -EHOSTUNREACH ? "this node knows no other of its grid yet" :
						    NULL);
}

void handle_ring_show(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_ring_show m;

	if (wire_ctl_ring_show_decode(msg, &m))
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
	else
		walk_start(all, client, m.seq, member_shown, ring_shown);
}

/* A lookup, by this node itself or by asking another over the network. */
struct lookup_request {
	struct request req;
	struct lookup_ask ask;
	struct dht_lookup own;
	uint8_t key[RING_KEY_MAX];
};

static void cancel_lookup(struct request *req)
{
	struct lookup_request *l = (struct lookup_request *)req;

	if (l->own.state)
		node_lookup_cancel(req->all->node, &l->own);
	if (l->ask.service)
		lookup_ask_cancel(&l->ask);
}

static void asked(struct lookup_ask *ask)
{
	struct lookup_request *l = ask->ctx;

	for (uint32_t i = 0; i < ask->owners_n; i++)
		REQUEST_SAY(&l->req, ctl_lookup_owner, .class = ask->owners[i].class,
			    .id = ask->owners[i].id, .addr = ask->owners[i].addr,
			    .epoch = ask->epoch);
	request_end(&l->req, ask->status, ask->status ? "the node does not answer" : NULL);
}

static void looked_up(struct dht_lookup *own)
{
	struct lookup_request *l = own->ctx;
	uint64_t epoch = 0;

	for (uint32_t i = 0; i < own->n; i++) {
		if (!own->owners[i].status && own->owners[i].arc.epoch > epoch)
			epoch = own->owners[i].arc.epoch;
	}
	for (uint32_t i = 0; i < own->n; i++) {
		if (!own->owners[i].status)
			REQUEST_SAY(&l->req, ctl_lookup_owner, .class = own->owners[i].class,
				    .id = own->owners[i].id, .addr = own->owners[i].addr,
				    .epoch = epoch);
	}
	request_end(&l->req, own->status, NULL);
}

void handle_lookup(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_lookup m;
	struct lookup_request *l;
	int err;

	if (wire_ctl_lookup_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	l = request_start(all, client, m.seq, sizeof(*l), cancel_lookup);
	if (!l)
		return;
	memcpy(l->key, m.key.data, m.key.len);
	if (m.has_via) {
		l->ask = (struct lookup_ask){
			.done = asked, .ctx = l, .via = m.via, .key = bytes_of(l->key, m.key.len)
		};
		err = lookup_ask(all->lookup, &l->ask);
	} else {
		l->own.done = looked_up;
		l->own.ctx = l;
		l->own.key = bytes_of(l->key, m.key.len);
		err = node_lookup(all->node, &l->own);
	}
	if (err)
		request_end(&l->req, err, NULL);
}
