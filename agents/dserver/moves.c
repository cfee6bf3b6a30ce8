// SPDX-License-Identifier: GPL-2.0-or-later
/* The moves of a node: slots, found by identity and by connection. */
#include "internal.h"

static struct cds_list_head *tx_bucket(struct dserver *d, const struct xos_id *tx)
{
	uint32_t h;

	/* Drawn at random by whoever began the move. */
	memcpy(&h, tx->b, sizeof(h));
	return &d->by_tx[h % MOVE_BUCKETS];
}

static struct cds_list_head *conn_bucket(struct dserver *d, const struct dserver_conn *conn)
{
	uint32_t h = (uint32_t)conn->client.port << 16 | conn->server.port;

	/* Not secret: clients that collide only slow each other's moves. */
	for (int i = 0; i < 16; i++)
		h = h * 31 + conn->client.ip[i];
	return &d->by_conn[h % MOVE_BUCKETS];
}

void moves_init(struct dserver *d)
{
	d->move = arena_alloc(d->c.arena, DSERVER_MOVE_MAX * sizeof(*d->move));
	d->moves_free = arena_alloc(d->c.arena, DSERVER_MOVE_MAX * sizeof(*d->moves_free));
	d->by_tx = arena_alloc(d->c.arena, MOVE_BUCKETS * sizeof(*d->by_tx));
	d->by_conn = arena_alloc(d->c.arena, MOVE_BUCKETS * sizeof(*d->by_conn));
	for (uint32_t i = 0; i < MOVE_BUCKETS; i++) {
		CDS_INIT_LIST_HEAD(&d->by_tx[i]);
		CDS_INIT_LIST_HEAD(&d->by_conn[i]);
	}
}

struct move *move_find(struct dserver *d, const struct xos_id *tx)
{
	struct move *m;

	cds_list_for_each_entry(m, tx_bucket(d, tx), by_tx) {
		if (xos_id_eq(&m->tx, tx))
			return m;
	}
	return NULL;
}

static bool conn_eq(const struct dserver_conn *a, const struct dserver_conn *b)
{
	return xos_addr_eq(&a->server, &b->server) && xos_addr_eq(&a->client, &b->client);
}

/* The newest move of a connection. */
struct move *move_find_conn(struct dserver *d, const struct dserver_conn *conn)
{
	struct move *m;

	cds_list_for_each_entry(m, conn_bucket(d, conn), by_conn) {
		if (conn_eq(&m->conn, conn))
			return m;
	}
	return NULL;
}

static void move_fire(void *ctx)
{
	struct move *m = ctx;

	if (move_outgoing(m->state))
		donor_timer(m);
	else
		acceptor_timer(m);
}

bool move_room(const struct dserver *d)
{
	return d->moves_free_n || d->moves_top < DSERVER_MOVE_MAX;
}

struct move *move_new(struct dserver *d, const struct xos_id *tx, const struct dserver_conn *conn,
		      const struct xos_addr *peer)
{
	struct move *m;

	if (!move_room(d)) {
		d->stats.refused++;
		return NULL;
	}
	if (d->moves_free_n)
		m = &d->move[d->moves_free[--d->moves_free_n]];
	else
		m = &d->move[d->moves_top++];
	memset(m, 0, sizeof(*m));
	m->d = d;
	m->tx = *tx;
	m->conn = *conn;
	m->peer = *peer;
	m->timer = (struct env_timer){ .fire = move_fire, .ctx = m };
	/* Not free from here on; the caller sets what it is. */
	m->state = DONOR_PREPARE;
	cds_list_add(&m->by_tx, tx_bucket(d, tx));
	cds_list_add(&m->by_conn, conn_bucket(d, conn));
	return m;
}

/* Out of sight at once; the slot is free when nothing of it is being written. */
void move_free(struct move *m)
{
	struct dserver *d = m->d;

	if (!m->closing) {
		env_timer_cancel(d->c.env, &m->timer);
		cds_list_del(&m->by_tx);
		cds_list_del(&m->by_conn);
		pool_put(&d->bufs, m->buf);
		m->buf = NULL;
	}
	m->closing = m->syncing;
	if (m->closing)
		return;
	m->state = MOVE_FREE;
	xassert(d->moves_free_n < d->moves_top);
	d->moves_free[d->moves_free_n++] = (uint32_t)(m - d->move);
}

/* It is over: its record and its slot go. */
void move_forget(struct move *m)
{
	record_del(m);
	move_free(m);
}

/* Remove the gate, but not that of a newer move of the same connection. */
void move_gate_del(struct move *m)
{
	if (move_find_conn(m->d, &m->conn) == m)
		OPS(m->d, gate_del, &m->conn);
}

/*
 * A connection comes back while its former move still leads stragglers after it.
 * Its gate becomes the new move's, and its record is deleted by the same write that
 * puts the new one there: at no time has a gate no record.
 */
bool move_supersedable(const struct move *m)
{
	return (m->state == DONOR_LINGER || m->state == ACC_LINGER) && !m->syncing;
}

void move_supersede(struct move *former, struct move *m)
{
	m->supersedes = true;
	m->former = former->tx;
	move_free(former);
}
