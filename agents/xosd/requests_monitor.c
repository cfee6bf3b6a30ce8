// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * monitor: says what exists, then what changes. Each subscriber has a walk of the
 * ring once a second, and is told how it differs from the one before.
 */
#include "requests_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define PERIOD_NS (1 * ENV_SEC)
/* Nodes that a subscriber's walk compares; further ones are not reported. */
#define NODES_MAX 4096
#define TEXT_MAX  512

/* A node as it was last reported. */
struct seen {
	struct xos_id id;
	char machine[RING_NAME_MAX];
	uint64_t epoch;
	uint8_t class;
	bool reachable;
	bool present;
};

struct monitor {
	struct request req;
	struct ring_walk walk;
	struct env_timer timer;
	struct seen *seen;
	uint32_t count;
	bool first;
	bool complete;
};

static struct env *monitor_env(struct monitor *m)
{
	return env_uv_env(m->req.all->env);
}

static void cancel_monitor(struct request *req)
{
	struct monitor *m = (struct monitor *)req;

	if (m->walk.state)
		node_walk_cancel(req->all->node, &m->walk);
	env_timer_cancel(monitor_env(m), &m->timer);
	free(m->seen);
}

static void say_event(struct monitor *m, const char *object, const char *event, const char *text)
{
	REQUEST_SAY(&m->req, ctl_event, .time_ns = env_wall(monitor_env(m)),
		    .object = bytes_str(object), .event = bytes_str(event),
		    .text = bytes_str(text));
}

static void say_node(struct monitor *m, const struct seen *s, const char *event)
{
	char text[TEXT_MAX];

	snprintf(text, sizeof(text), "%s class %u epoch %llu %s", s->machine, s->class,
		 (unsigned long long)s->epoch, s->reachable ? "up" : "failed");
	say_event(m, "node", event, text);
}

static struct seen *find_seen(struct monitor *m, const struct xos_id *id)
{
	for (uint32_t i = 0; i < m->count; i++) {
		if (xos_id_eq(&m->seen[i].id, id))
			return &m->seen[i];
	}
	return NULL;
}

static void member_seen(struct ring_walk *walk, const struct ring_member *member)
{
	struct monitor *m = walk->ctx;
	struct seen *s = find_seen(m, &member->id), old;

	if (!s) {
		if (m->count == NODES_MAX)
			return;
		s = &m->seen[m->count++];
		*s = (struct seen){ .id = member->id };
	}
	old = *s;
	s->present = true;
	s->reachable = member->reachable;
	s->class = member->arc.class;
	/* Of a node that does not answer only its place is known. */
	if (member->reachable) {
		s->epoch = member->arc.epoch;
		snprintf(s->machine, sizeof(s->machine), "%s", member->machine);
	}
	if (!old.machine[0] && !old.epoch && !old.reachable)
		say_node(m, s, m->first ? "exists" : "create");
	else if (old.reachable != s->reachable || old.epoch != s->epoch)
		say_node(m, s, "change");
}

static void drop_absent(struct monitor *m)
{
	for (uint32_t i = 0; i < m->count;) {
		struct seen *s = &m->seen[i];

		if (s->present) {
			s->present = false;
			i++;
			continue;
		}
		say_node(m, s, "destroy");
		*s = m->seen[--m->count];
	}
}

static void walked(struct ring_walk *walk)
{
	struct monitor *m = walk->ctx;

	m->walk.state = NULL;
	if (!control_client_open(m->req.client)) {
		cancel_monitor(&m->req);
		request_end(&m->req, -ECONNRESET, NULL);
		return;
	}
	if (!walk->status) {
		drop_absent(m);
		if (m->first || m->complete != walk->complete)
			say_event(m, "ring", m->first ? "exists" : "change",
				  walk->complete ? "complete" : "incomplete");
		m->complete = walk->complete;
		m->first = false;
	}
	env_timer_set(monitor_env(m), &m->timer, PERIOD_NS);
}

static void walk_again(void *ctx)
{
	struct monitor *m = ctx;

	m->walk = (struct ring_walk){ .member = member_seen, .done = walked, .ctx = m };
	if (node_walk(m->req.all->node, &m->walk))
		env_timer_set(monitor_env(m), &m->timer, PERIOD_NS);
}

void handle_monitor(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_monitor msg_in;
	struct monitor *m;

	if (wire_ctl_monitor_decode(msg, &msg_in)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	m = request_start(all, client, msg_in.seq, sizeof(*m), cancel_monitor);
	if (!m)
		return;
	m->first = true;
	m->timer = (struct env_timer){ .fire = walk_again, .ctx = m };
	m->seen = calloc(NODES_MAX, sizeof(*m->seen));
	if (!m->seen) {
		request_end(&m->req, -ENOMEM, NULL);
		return;
	}
	env_timer_set(monitor_env(m), &m->timer, 0);
}
