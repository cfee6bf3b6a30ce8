// SPDX-License-Identifier: GPL-2.0-or-later
/* The side that takes a connection over. */
#include "internal.h"

#include <errno.h>

static void send_abort(struct dserver *d, const struct xos_addr *to, const struct xos_id *tx,
		       uint32_t error, const char *text)
{
	struct buf out = buf_of(d->msg, MSG_BUF_LEN);
	struct wire_ds_abort a = {
		.tx = *tx,
		.error = error,
		.has_error = error != 0,
		.text = bytes_str(text),
		.has_text = *text != 0,
	};

	if (!wire_ds_abort_encode(&a, &out))
		env_send(d->c.env, to, ENV_STREAM, buf_bytes(&out));
}

static void send_repoint(struct move *m)
{
	struct vip *v = vip_find(m->d, &m->conn.vip);
	uint32_t self = member_number(m->d, &m->conn.vip, &m->d->c.self);
	struct buf out = buf_of(m->d->msg, MSG_BUF_LEN);
	struct wire_ds_repoint r = {
		.tx = m->tx,
		.vip = m->conn.vip,
		.server = m->conn.server,
		.client = m->conn.client,
		.member = self,
	};

	if (!v || !self)
		return;
	if (v->group.self_contact)
		acceptor_repointed(m, OPS(m->d, client_set, &m->conn, self) ? EIO : 0);
	else if (!wire_ds_repoint_encode(&r, &out))
		env_send(m->d->c.env, &v->group.contact, ENV_STREAM, buf_bytes(&out));
}

/* It will not happen. The gate stays until the donor says that it stopped diverting. */
static void acceptor_abort(struct move *m, int err, const char *text)
{
	struct dserver *d = m->d;
	size_t len = strlen(text);

	xassert(m->state >= ACC_STORE && m->state <= ACC_COMMIT);
	if (m->socket)
		OPS(d, drop, &m->tx);
	m->socket = false;
	m->state = ACC_ABORT;
	m->error = (uint32_t)-err;
	if (text != m->why.text) {
		len = len < sizeof(m->why.text) ? len : sizeof(m->why.text) - 1;
		memcpy(m->why.text, text, len);
		m->why.text[len] = 0;
	}
	d->stats.aborted_in++;
	env_log(d->c.env, ENV_WARN, ENV_SUB_DSERVER, "takeover refused: %s (error %u)", m->why.text,
		m->error);
	send_abort(d, &m->peer, &m->tx, m->error, m->why.text);
	move_timer(m, DSERVER_RETRY_NS);
}

/* May this move come here? */
static int prepare_check(struct dserver *d, const struct env_peer *from,
			 const struct wire_ds_prepare *p, const char **why)
{
	struct vip *v = vip_find(d, &p->vip);

	*why = "this node does not take part in the vip";
	if (!v || memcmp(p->vip.ip, p->server.ip, 16) ||
	    (p->vip.port && p->vip.port != p->server.port))
		return -ENOENT;
	*why = "the donor is no member of the group that this node knows";
	if (!group_find_addr(&v->group, &from->addr))
		return -EPERM;
	*why = "this node is no member of the group";
	if (!group_find_addr(&v->group, &d->c.self))
		return -EPERM;
	*why = "no application serves that port here";
	if (!OPS(d, serves, &p->server))
		return -ESRCH;
	return 0;
}

void acceptor_prepare(struct dserver *d, const struct env_peer *from,
		      const struct wire_ds_prepare *p)
{
	struct dserver_conn conn = { .vip = p->vip, .server = p->server, .client = p->client };
	struct move_buf *buf = NULL;
	struct move *former, *m;
	const char *why;
	int err;

	if (move_find(d, &p->tx))
		return;
	err = prepare_check(d, from, p, &why);
	if (!err && move_room(d))
		buf = pool_get(&d->bufs);
	if (!err && !buf) {
		why = "too many connections move at the same time";
		err = -EBUSY;
		d->stats.refused++;
	}
	former = err ? NULL : move_find_conn(d, &conn);
	if (former && !move_supersedable(former)) {
		why = "the connection is still moving";
		err = -EALREADY;
	}
	if (err) {
		pool_put(&d->bufs, buf);
		send_abort(d, &from->addr, &p->tx, (uint32_t)-err, why);
		return;
	}
	m = move_new(d, &p->tx, &conn, &from->addr);
	m->buf = buf;
	if (former)
		move_supersede(former, m);
	m->state = ACC_STORE;
	err = record_put(m, RECORD_BEGUN);
	if (err)
		acceptor_abort(m, err, "the move could not be written down");
}

static void acceptor_hold(struct move *m)
{
	struct dserver *d = m->d;
	int err;

	err = MUTANT(dserver_no_hold) ? 0 : OPS(d, gate_set, &m->conn, DSERVER_HOLD, false, 0);
	if (err) {
		acceptor_abort(m, err, "the kernel refused the gate");
		return;
	}
	m->state = ACC_HOLD;
	m->held_ns = env_now(d->c.env);
	move_timer(m, DSERVER_HOLD_NS);
	send_tx(d, &m->peer, WIRE_DS_READY, &m->tx);
}

void acceptor_state(struct dserver *d, const struct env_peer *from, const struct wire_ds_state *s)
{
	struct move *m = move_find(d, &s->tx);
	int err;

	if (!m) {
		send_abort(d, &from->addr, &s->tx, ENOENT, "the acceptor does not know the move");
		return;
	}
	if (m->state == ACC_ABORT)
		send_abort(d, &m->peer, &m->tx, m->error, m->why.text);
	if (m->state != ACC_HOLD || !xos_addr_eq(&m->peer, &from->addr))
		return;
	xassert(s->record.len <= sizeof(m->buf->record) && s->app.len <= sizeof(m->buf->app));
	memcpy(m->buf->record, s->record.data, s->record.len);
	m->buf->record_len = (uint32_t)s->record.len;
	if (s->app.len)
		memcpy(m->buf->app, s->app.data, s->app.len);
	m->buf->app_len = (uint32_t)s->app.len;
	m->state = ACC_PARK;
	err = OPS(d, restore, &m->tx, s->record, &m->why);
	if (err) {
		acceptor_abort(m, err, m->why.text);
		return;
	}
	m->socket = true;
	move_timer(m, DSERVER_PREPARE_NS);
	err = OPS(d, park, &m->tx, &m->conn, &m->peer, bytes_of(m->buf->app, m->buf->app_len));
	if (err)
		acceptor_abort(m, err, "no application takes the connection");
}

/* Decided. Whatever happens now, the connection lives here. */
static void acceptor_live(struct move *m)
{
	struct bytes record = bytes_of(m->buf->record, m->buf->record_len);
	struct dserver *d = m->d;
	int err;

	xassert(m->socket);
	/* The gate first, so that what thawing sends gets out. */
	err = OPS(d, gate_set, &m->conn, DSERVER_LOCAL, true, 0);
	if (err)
		env_log(d->c.env, ENV_ERR, ENV_SUB_DSERVER, "gate could not be opened: error %d",
			-err);
	err = OPS(d, thaw, &m->tx, record, &m->why);
	if (err)
		env_log(d->c.env, ENV_ERR, ENV_SUB_DSERVER, "thaw: %s", m->why.text);
	OPS(d, tune, &m->conn, record);
	OPS(d, go, &m->tx);
	m->socket = false;
	pool_put(&d->bufs, m->buf);
	m->buf = NULL;
	m->state = ACC_LIVE;
	d->stats.moves_in++;
	/* Not waited for: a later life that misses it finds the socket at the application. */
	if (!m->syncing)
		record_put(m, RECORD_LIVE);
	move_timer(m, DSERVER_RETRY_NS);
	send_tx(d, &m->peer, WIRE_DS_COMMITTED, &m->tx);
	send_repoint(m);
	if (MUTANT(dserver_finish_unasked))
		acceptor_repointed(m, 0);
}

void acceptor_parked(struct move *m, int err)
{
	if (m->state == ACC_REPARK) {
		if (!err) {
			acceptor_live(m);
			return;
		}
		/* Not lost: the record is there, another application may come. */
		OPS(m->d, drop, &m->tx);
		m->socket = false;
		m->state = ACC_RECOVER;
		move_timer(m, DSERVER_RETRY_NS);
		return;
	}
	if (m->state != ACC_PARK)
		return;
	env_timer_cancel(m->d->c.env, &m->timer);
	if (!err) {
		m->state = ACC_COMMIT;
		err = record_put(m, RECORD_COMMITTED);
	}
	if (!err && MUTANT(dserver_thaw_before_commit)) {
		acceptor_live(m);
		return;
	}
	if (err)
		acceptor_abort(m, err, "the application does not take the connection");
}

void acceptor_stored(struct move *m, int err)
{
	if (m->state == ACC_STORE) {
		if (err)
			acceptor_abort(m, err, "the move could not be written down");
		else
			acceptor_hold(m);
		return;
	}
	if (m->state != ACC_COMMIT)
		return;
	/*
	 * A failed sync leaves open what is on the disk: the connection stays
	 * frozen, and whoever starts next reads which it is.
	 */
	xassert(!err);
	acceptor_live(m);
}

void acceptor_query(struct dserver *d, const struct env_peer *from, const struct xos_id *tx)
{
	struct move *m = move_find(d, tx);

	if (!m) {
		send_abort(d, &from->addr, tx, ENOENT, "the acceptor does not know the move");
		return;
	}
	if (m->state == ACC_COMMIT && MUTANT(dserver_abort_while_committing))
		send_abort(d, &from->addr, tx, ECANCELED, "planted");
	switch (m->state) {
	case ACC_RECOVER:
	case ACC_REPARK:
	case ACC_LIVE:
	case ACC_FINISH:
		send_tx(d, &m->peer, WIRE_DS_COMMITTED, &m->tx);
		break;
	case ACC_HOLD:
		acceptor_abort(m, -ECONNRESET, "the state was lost on the way");
		break;
	case ACC_ABORT:
	case ACC_LINGER:
		send_abort(d, &from->addr, tx, m->error, m->why.text);
		break;
	default:
		break; /* about to be decided */
	}
}

void acceptor_aborted(struct move *m)
{
	uint32_t donor = member_number(m->d, &m->conn.vip, &m->peer);
	struct dserver *d = m->d;
	bool old;

	if (m->state != ACC_STORE && m->state != ACC_HOLD && m->state != ACC_ABORT)
		return;
	/*
	 * The donor may have moved the connection elsewhere since: what was held
	 * for long would meet no socket there. TCP sends it again.
	 */
	old = !m->held_ns || env_now(d->c.env) - m->held_ns > DSERVER_LINGER_NS / 2;
	/* A gate that cannot lead anywhere stays closed until the group is known again. */
	if (!donor && !old && m->state == ACC_ABORT)
		return;
	/* What was held goes back in order, and so do stragglers for a while. */
	if (MUTANT(dserver_abort_opens))
		OPS(d, gate_set, &m->conn, DSERVER_LOCAL, true, 0);
	else if (old)
		OPS(d, gate_set, &m->conn, DSERVER_DROP, false, 0);
	else if (donor)
		OPS(d, gate_set, &m->conn, DSERVER_DIVERT, false, donor);
	m->state = ACC_LINGER;
	move_timer(m, DSERVER_LINGER_NS);
}

void acceptor_repointed(struct move *m, uint32_t error)
{
	struct dserver *d = m->d;

	if (m->state != ACC_LIVE)
		return;
	if (error) {
		env_log(d->c.env, ENV_WARN, ENV_SUB_DSERVER,
			"contact node cannot steer a moved connection (error %u), donor diverts it",
			error);
		return;
	}
	m->state = ACC_FINISH;
	send_tx(d, &m->peer, WIRE_DS_FINISH, &m->tx);
	move_timer(m, DSERVER_RETRY_NS);
}

void acceptor_finished(struct move *m)
{
	if (m->state != ACC_FINISH)
		return;
	move_gate_del(m);
	move_forget(m);
}

void acceptor_timer(struct move *m)
{
	struct dserver *d = m->d;

	switch (m->state) {
	case ACC_HOLD:
		acceptor_abort(m, -ETIMEDOUT, "the donor fell silent");
		break;
	case ACC_PARK:
		acceptor_abort(m, -ETIMEDOUT, "the application did not answer");
		break;
	case ACC_ABORT:
		send_abort(d, &m->peer, &m->tx, m->error, m->why.text);
		move_timer(m, DSERVER_RETRY_NS);
		break;
	case ACC_RECOVER:
		acceptor_service_up(m);
		break;
	case ACC_LIVE:
		send_tx(d, &m->peer, WIRE_DS_COMMITTED, &m->tx);
		move_timer(m, DSERVER_RETRY_NS);
		send_repoint(m);
		break;
	case ACC_FINISH:
		send_tx(d, &m->peer, WIRE_DS_FINISH, &m->tx);
		move_timer(m, DSERVER_RETRY_NS);
		break;
	case ACC_LINGER:
		move_gate_del(m);
		move_forget(m);
		break;
	default:
		break;
	}
}

void acceptor_recovered(struct move *m, enum record_phase phase)
{
	switch (phase) {
	case RECORD_BEGUN:
		m->state = ACC_HOLD;
		acceptor_abort(m, -ECANCELED, "the acceptor was restarted");
		if (MUTANT(dserver_restart_opens))
			OPS(m->d, gate_set, &m->conn, DSERVER_LOCAL, true, 0);
		break;
	case RECORD_COMMITTED:
		m->state = MUTANT(dserver_commit_not_restored) ? ACC_LIVE : ACC_RECOVER;
		break;
	case RECORD_LIVE:
		m->state = ACC_LIVE;
		move_timer(m, DSERVER_RETRY_NS);
		break;
	}
}

/* The record of a committed connection, from the store; retried while buffers are short. */
static bool recover_load(struct move *m)
{
	struct dserver *d = m->d;
	int err;

	xassert(m->state == ACC_RECOVER);
	if (!m->buf)
		m->buf = pool_get(&d->bufs);
	err = m->buf ? record_load(m) : -EBUSY;
	if (err) {
		env_log(d->c.env, ENV_ERR, ENV_SUB_DSERVER,
			"record of a committed connection: error %d", -err);
		pool_put(&d->bufs, m->buf);
		m->buf = NULL;
		move_timer(m, DSERVER_RETRY_NS);
	}
	return !err;
}

void acceptor_reoffered(struct move *m)
{
	struct dserver *d = m->d;

	if (m->state == ACC_RECOVER && recover_load(m)) {
		m->socket = true;
		acceptor_live(m);
	} else if (m->state == ACC_RECOVER) {
		m->socket = true;
	} else if (m->state == ACC_LIVE || m->state == ACC_FINISH) {
		OPS(d, go, &m->tx);
	} else {
		OPS(d, drop, &m->tx);
	}
}

/* An application has it already, or it has ended since: nothing to restore. */
static void recover_present(struct move *m)
{
	OPS(m->d, gate_set, &m->conn, DSERVER_LOCAL, true, 0);
	pool_put(&m->d->bufs, m->buf);
	m->buf = NULL;
	m->state = ACC_LIVE;
	move_timer(m, DSERVER_RETRY_NS);
}

/* Committed, and nobody came back with the socket: make it again. */
void acceptor_service_up(struct move *m)
{
	struct dserver *d = m->d;
	int err;

	if (m->state != ACC_RECOVER || !OPS(d, serves, &m->conn.server) || !recover_load(m))
		return;
	if (m->socket) {
		acceptor_live(m);
		return;
	}
	err = OPS(d, restore, &m->tx, bytes_of(m->buf->record, m->buf->record_len), &m->why);
	if (err == -EADDRINUSE) {
		recover_present(m);
		return;
	}
	if (!err) {
		m->socket = true;
		m->state = ACC_REPARK;
		err = OPS(d, park, &m->tx, &m->conn, &m->peer,
			  bytes_of(m->buf->app, m->buf->app_len));
	}
	if (err) {
		env_log(d->c.env, ENV_ERR, ENV_SUB_DSERVER,
			"committed connection cannot be restored: %s", m->why.text);
		if (m->socket)
			OPS(d, drop, &m->tx);
		m->socket = false;
		m->state = ACC_RECOVER;
		move_timer(m, DSERVER_RETRY_NS);
	}
}
