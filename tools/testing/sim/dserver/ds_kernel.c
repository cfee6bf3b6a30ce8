// SPDX-License-Identifier: GPL-2.0-or-later
/* A model of xos_handoff.ko and of TCP, as far as moves can tell. */
#include <errno.h>

#include <base/assert.h>

#include "chance.h"
#include "ds.h"

#define PERCENT (CHANCE_CERTAIN / 100)

static uint64_t packet_arg(uint32_t conn, uint32_t seq)
{
	return (uint64_t)conn << 32 | seq;
}

/* The client hears that it need not send these again. */
static void ack_arrives(void *ctx, uint64_t arg)
{
	struct ds_world *w = ctx;
	struct ds_client *c = &w->client[arg >> 32];
	uint32_t next = (uint32_t)arg;

	if (next > c->sent)
		ds_fail(w, "ds-data", "acknowledged what was never sent");
	else if (next > c->acked)
		c->acked = next;
}

/* TCP has a packet: segments are numbered from 0, @seq is the one that it carries. */
static void tcp_receive(struct ds_node *n, uint32_t conn, uint32_t seq)
{
	const struct ds_gate *g = &n->gate[conn];
	struct ds_sock *s = &n->sock[conn];
	struct ds_world *w = n->w;

	if (!s->here) {
		ds_fail(w, "ds-reset", "n%u: a packet of c%u meets no socket", n->index, conn);
		return;
	}
	if (s->dumped) {
		ds_fail(w, "ds-gate", "n%u: a packet reaches c%u, whose state was taken", n->index,
			conn);
		return;
	}
	if (seq == s->next)
		s->next++;
	if (s->frozen)
		return;
	ds_app_consume(s);
	if (!g->here || g->pass)
		ds_after(w, ds_delay(w), ack_arrives, w, packet_arg(conn, s->next));
}

/* A packet arrives at a member, in a tunnel. */
static void packet_arrives(void *ctx, uint64_t arg)
{
	uint32_t conn = (uint32_t)(arg >> 32), seq = (uint32_t)arg;
	struct ds_node *n = ctx;
	struct ds_gate *g = &n->gate[conn];

	if (!g->here || g->in == DSERVER_LOCAL)
		tcp_receive(n, conn, seq);
	else if (g->in == DSERVER_DIVERT)
		ds_forward(n->w, g->member, conn, seq);
	else if (g->in == DSERVER_HOLD && g->n < DS_HELD)
		g->held[g->n++] = seq;
}

void ds_forward(struct ds_world *w, uint32_t node, uint32_t conn, uint32_t seq)
{
	ds_after(w, ds_delay(w), packet_arrives, &w->node[node], packet_arg(conn, seq));
}

/* At a contact node's kernel, which never dies here. */
static void contact_steers(void *ctx, uint64_t arg)
{
	uint32_t conn = (uint32_t)(arg >> 32);
	struct ds_world *w = ctx;

	uint32_t to = w->node[w->front].table[conn];

	if (to)
		ds_forward(w, to, conn, (uint32_t)arg);
	else
		ds_fail(w, "ds-steer", "n%u does not know where c%u is", w->front, conn);
}

void ds_client_send(struct ds_world *w, uint32_t conn, uint32_t seq)
{
	if (w->faulty && chance_hit(&w->rng, 2 * PERCENT))
		return;
	ds_after(w, ds_delay(w), contact_steers, w, packet_arg(conn, seq));
}

/* What was held goes on in order, before anything newer does. */
static void gate_flush(struct ds_node *n, uint32_t conn, struct ds_gate *g)
{
	for (uint32_t i = 0; i < g->n; i++) {
		if (g->in == DSERVER_LOCAL)
			tcp_receive(n, conn, g->held[i]);
		else if (g->in == DSERVER_DIVERT)
			ds_forward(n->w, g->member, conn, g->held[i]);
	}
	g->n = 0;
}

int ds_gate_set(void *ctx, const struct dserver_conn *conn, enum dserver_gate in, bool pass,
		uint32_t member)
{
	struct ds_node *n = ctx;
	uint32_t c = ds_conn_index(conn);
	struct ds_gate *g = &n->gate[c];

	if (!g->here && n->w->faulty && chance_hit(&n->w->rng, PERCENT))
		return -ENOMEM;
	xassert(in != DSERVER_DIVERT || (member && member <= DS_NODES && member - 1 != n->index));
	ds_say(n->w, "n%u gate of c%u: %s", n->index, c,
	       in == DSERVER_LOCAL ? "local" :
	       in == DSERVER_HOLD  ? "hold" :
	       in == DSERVER_DROP  ? "drop" :
				     "divert");
	g->here = true;
	g->in = in;
	g->pass = pass;
	g->member = in == DSERVER_DIVERT ? member - 1 : 0;
	if (in != DSERVER_HOLD)
		gate_flush(n, c, g);
	return 0;
}

int ds_gate_del(void *ctx, const struct dserver_conn *conn)
{
	struct ds_node *n = ctx;
	uint32_t c = ds_conn_index(conn);
	struct ds_gate *g = &n->gate[c];

	if (g->here && g->in == DSERVER_HOLD)
		return -EBUSY;
	ds_say(n->w, "n%u gate of c%u: none", n->index, c);
	g->here = false;
	return 0;
}

int ds_client_set(void *ctx, const struct dserver_conn *conn, uint32_t member)
{
	struct ds_node *n = ctx;

	xassert(member && member <= DS_NODES);
	ds_say(n->w, "n%u steers c%u to n%u", n->index, ds_conn_index(conn), member - 1);
	n->table[ds_conn_index(conn)] = member - 1;
	return 0;
}
