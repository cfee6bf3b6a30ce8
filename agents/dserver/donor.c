// SPDX-License-Identifier: GPL-2.0-or-later
/* The side that gives a connection away. */
#include "internal.h"

#include <errno.h>

/* Stop before anything irrevocable was said: the connection stays as it was. */
static void donor_cancel(struct move *m, int err, const char *text)
{
	struct dserver *d = m->d;

	xassert(m->state >= DONOR_PREPARE && m->state <= DONOR_SENT);
	if (m->socket)
		OPS(d, undo, &m->tx);
	if (m->state >= DONOR_RELEASE)
		move_gate_del(m);
	if (m->socket)
		OPS(d, go, &m->tx);
	m->socket = false;
	send_tx(d, &m->peer, WIRE_DS_ABORTED, &m->tx);
	d->stats.aborted_out++;
	move_told(m, err, text);
	move_forget(m);
}

/* Ask @to to get ready for a connection. */
int donor_begin(struct dserver *d, const struct dserver_conn *conn, const struct group_member *to,
		struct move **out)
{
	struct buf msg = buf_of(d->msg, MSG_BUF_LEN);
	struct wire_ds_prepare p = { 0 };
	struct xos_id tx;
	struct move *m;
	int err;

	if (!OPS(d, serves, &conn->server))
		return -ESRCH;
	if (move_find_conn(d, conn))
		return -EALREADY;
	for (int i = 0; i < XOS_ID_LEN; i += 8) {
		uint64_t r = env_random(d->c.env);

		memcpy(tx.b + i, &r, 8);
	}
	m = move_new(d, &tx, conn, &to->addr);
	if (!m)
		return -ENOSPC;
	p.tx = m->tx;
	p.vip = conn->vip;
	p.server = conn->server;
	p.client = conn->client;
	err = wire_ds_prepare_encode(&p, &msg);
	xassert(!err);
	err = env_send(d->c.env, &m->peer, ENV_STREAM, buf_bytes(&msg));
	if (err) {
		move_free(m);
		return err;
	}
	m->state = DONOR_PREPARE;
	move_timer(m, DSERVER_PREPARE_NS);
	*out = m;
	return 0;
}

int dserver_move(struct dserver *d, const struct dserver_conn *conn, struct bytes member,
		 struct xos_id *tx)
{
	struct vip *v = vip_find(d, &conn->vip);
	const struct group_member *gm = v ? group_find(&v->group, member) : NULL;
	struct move *m;
	int err;

	if (!gm)
		return -ENOENT;
	if (xos_addr_eq(&gm->addr, &d->c.self))
		return -EINVAL;
	if (group_given(&v->group, gm) == WIRE_DS_MEMBER_STATE_DOWN)
		return -EHOSTDOWN;
	err = donor_begin(d, conn, gm, &m);
	if (err)
		return err;
	m->asked = true;
	*tx = m->tx;
	return 0;
}

void donor_ready(struct move *m)
{
	int err;

	if (m->state != DONOR_PREPARE)
		return;
	/* Durable before the first gate: a later life of this agent finds what it diverts. */
	m->state = DONOR_STORE;
	err = record_put(m, RECORD_BEGUN);
	if (err)
		donor_cancel(m, err, "the move could not be written down");
}

static void donor_release(struct move *m)
{
	struct dserver *d = m->d;
	int err;

	m->state = DONOR_RELEASE;
	move_timer(m, DSERVER_PREPARE_NS);
	err = OPS(d, release, &m->tx, &m->conn, &m->peer);
	if (err)
		donor_cancel(m, err, "no application gave the connection up");
}

void donor_stored(struct move *m, int err)
{
	if (m->committing)
		m->durable = !err;
	if (m->state != DONOR_STORE)
		return;
	if (err)
		donor_cancel(m, err, "the move could not be written down");
	else
		donor_release(m);
}

/* Gates first: repair mode stops neither reception nor retransmission. */
static int donor_freeze(struct move *m, struct buf *record)
{
	struct dserver *d = m->d;
	uint32_t to = member_number(d, &m->conn.vip, &m->peer);
	int err;

	if (!to) {
		memcpy(m->why.text, "acceptor left the group", 24);
		return -ENOENT;
	}
	if (MUTANT(dserver_dump_before_gate)) {
		err = OPS(d, dump, &m->tx, record, &m->why);
		return err ? err : OPS(d, gate_set, &m->conn, DSERVER_DIVERT, false, to);
	}
	err = OPS(d, gate_set, &m->conn, DSERVER_DIVERT, false, to);
	if (err) {
		memcpy(m->why.text, "the kernel refused the gate", 28);
		return err;
	}
	return OPS(d, dump, &m->tx, record, &m->why);
}

void donor_released(struct move *m, int err, struct bytes app)
{
	struct dserver *d = m->d;
	struct buf record = buf_of(d->scratch, WIRE_DS_RECORD_MAX);
	struct buf out = buf_of(d->msg, MSG_BUF_LEN);
	struct wire_ds_state s = { 0 };

	if (m->state != DONOR_RELEASE)
		return;
	if (err) {
		donor_cancel(m, err, "the application keeps the connection");
		return;
	}
	m->socket = true;
	err = donor_freeze(m, &record);
	if (err) {
		donor_cancel(m, err, m->why.text);
		return;
	}
	s.tx = m->tx;
	s.record = buf_bytes(&record);
	s.app = app;
	s.has_app = app.len > 0;
	err = wire_ds_state_encode(&s, &out);
	if (!err)
		err = env_send(d->c.env, &m->peer, ENV_STREAM, buf_bytes(&out));
	if (err) {
		donor_cancel(m, err, "the state could not be sent");
		return;
	}
	/* From here on only the acceptor knows. */
	m->state = DONOR_SENT;
	move_timer(m, DSERVER_RETRY_NS);
}

/* The acceptor must not forget the move before this is durable. */
static void donor_write_committed(struct move *m)
{
	if (!m->syncing && !m->durable)
		m->committing = !record_put(m, RECORD_COMMITTED);
}

void donor_committed(struct move *m)
{
	struct dserver *d = m->d;

	if (m->state != DONOR_SENT)
		return;
	if (m->socket)
		OPS(d, drop, &m->tx);
	m->socket = false;
	m->state = DONOR_DIVERT;
	move_timer(m, DSERVER_ASK_NS);
	d->stats.moves_out++;
	donor_write_committed(m);
	move_told(m, 0, "");
}

/* The contact node steers by the new place; stragglers follow for a while. */
static void donor_linger(struct move *m)
{
	m->state = DONOR_LINGER;
	move_timer(m, MUTANT(dserver_no_linger) ? 0 : DSERVER_LINGER_NS);
}

/*
 * An answer about a move from the store, before its socket was offered. An
 * acceptor that holds packets goes on until this node stops diverting, which it
 * does with the socket in hand. One that has forgotten the move does nothing more.
 */
static void donor_abort_early(struct move *m, uint32_t error)
{
	if (error == ENOENT) {
		m->state = DONOR_GONE;
		move_timer(m, DSERVER_LINGER_NS);
	} else if (m->settled) {
		donor_cancel(m, -ECONNRESET, "the application has lost the connection");
	}
}

/* The application is back and has offered what it had. */
void donor_settled(struct move *m)
{
	m->settled = true;
}

void donor_abort(struct move *m, uint32_t error, struct bytes text)
{
	char why[DSERVER_WHY_MAX] = "the acceptor refused";

	if (m->state == DONOR_DIVERT && error == ENOENT && m->durable)
		donor_linger(m);
	if (m->state < DONOR_PREPARE || m->state > DONOR_SENT)
		return;
	if (m->state == DONOR_SENT && !m->socket) {
		donor_abort_early(m, error);
		return;
	}
	if (text.len && text.len < sizeof(why)) {
		memcpy(why, text.data, text.len);
		why[text.len] = 0;
	}
	donor_cancel(m, error && error < 4096 ? -(int)error : -ECANCELED, why);
}

void donor_finish(struct move *m)
{
	struct dserver *d = m->d;

	/* It cannot be finished without being committed: that word was lost. */
	if (m->state == DONOR_SENT)
		donor_committed(m);
	/* Asked again when it is durable. */
	if (m->state == DONOR_DIVERT && !m->durable) {
		donor_write_committed(m);
		return;
	}
	send_tx(d, &m->peer, WIRE_DS_FINISHED, &m->tx);
	if (m->state == DONOR_DIVERT)
		donor_linger(m);
}

void donor_timer(struct move *m)
{
	struct dserver *d = m->d;

	switch (m->state) {
	case DONOR_PREPARE:
		donor_cancel(m, -ETIMEDOUT, "the acceptor did not answer");
		break;
	case DONOR_RELEASE:
		donor_cancel(m, -ETIMEDOUT, "the application did not let go of the connection");
		break;
	case DONOR_SENT:
		if (MUTANT(dserver_timeout_opens)) {
			donor_cancel(m, -ETIMEDOUT, "planted");
			break;
		}
		d->stats.in_doubt++;
		send_tx(d, &m->peer, WIRE_DS_QUERY, &m->tx);
		move_timer(m, DSERVER_RETRY_NS);
		break;
	case DONOR_DIVERT:
		/* An acceptor that does not know the move any more has finished it. */
		send_tx(d, &m->peer, WIRE_DS_QUERY, &m->tx);
		move_timer(m, DSERVER_ASK_NS);
		break;
	case DONOR_GONE:
	case DONOR_LINGER:
		move_gate_del(m);
		move_forget(m);
		break;
	default:
		break;
	}
}

void donor_recovered(struct move *m, bool committed)
{
	if (!committed && MUTANT(dserver_donor_forgets)) {
		OPS(m->d, gate_del, &m->conn);
		move_forget(m);
		return;
	}
	m->durable = committed;
	m->state = committed ? DONOR_DIVERT : DONOR_SENT;
	move_timer(m, DSERVER_RETRY_NS);
}

void donor_reoffered(struct move *m)
{
	struct dserver *d = m->d;

	if (m->state == DONOR_SENT) {
		m->socket = true;
		return;
	}
	if (m->state == DONOR_GONE) {
		/* Had it been committed, the socket had been closed before that was forgotten. */
		m->state = DONOR_SENT;
		m->socket = true;
		donor_cancel(m, -ECANCELED, "the agent was restarted");
		return;
	}
	/* Committed meanwhile. */
	OPS(d, drop, &m->tx);
}

/*
 * An application still keeps a socket of a move without a record. Nothing was
 * said about it when the socket is not frozen; else the acceptor knows.
 */
void donor_stray(struct dserver *d, const struct xos_id *tx, const struct dserver_conn *conn,
		 const struct xos_addr *peer)
{
	struct move *m;

	if (OPS(d, frozen, tx)) {
		m = move_new(d, tx, conn, peer);
		if (m) {
			m->socket = true;
			donor_recovered(m, false);
			return;
		}
	}
	OPS(d, undo, tx);
	OPS(d, gate_del, conn);
	OPS(d, go, tx);
}
