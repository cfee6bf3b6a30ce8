// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the core keeps in its store. Keys:
 *
 *	a TX		ds-commit, acceptor's side
 *	b TX INDEX	a piece of the record that belongs to it
 *	d TX		ds-donated, donor's side
 *	g VIP		ds-group, contact node
 */
#include "internal.h"

#include <errno.h>

#define KEY_MAX 24

static struct bytes tx_key(uint8_t *mem, char kind, const struct xos_id *tx)
{
	mem[0] = (uint8_t)kind;
	memcpy(mem + 1, tx->b, XOS_ID_LEN);
	return bytes_of(mem, 1 + XOS_ID_LEN);
}

static struct bytes piece_key(uint8_t *mem, const struct xos_id *tx, uint32_t piece)
{
	struct bytes k = tx_key(mem, 'b', tx);

	xassert(piece < PIECE_MAX);
	mem[k.len++] = (uint8_t)piece;
	return k;
}

static void record_done(void *ctx, int status)
{
	struct move *m = ctx;

	m->syncing = false;
	if (m->closing)
		move_forget(m);
	else if (move_outgoing(m->state))
		donor_stored(m, status);
	else
		acceptor_stored(m, status);
}

static int encode_commit(struct move *m, enum record_phase phase, struct buf *out)
{
	struct wire_ds_commit c = {
		.tx = m->tx,
		.vip = m->conn.vip,
		.server = m->conn.server,
		.client = m->conn.client,
		.donor = m->peer,
		.committed = phase != RECORD_BEGUN,
		.live = phase == RECORD_LIVE,
	};

	if (phase == RECORD_COMMITTED) {
		c.record_len = m->buf->record_len;
		c.has_record_len = true;
		c.app = bytes_of(m->buf->app, m->buf->app_len);
		c.has_app = c.app.len > 0;
	}
	return wire_ds_commit_encode(&c, out);
}

static int encode_donated(struct move *m, enum record_phase phase, struct buf *out)
{
	struct wire_ds_donated g = {
		.tx = m->tx,
		.vip = m->conn.vip,
		.server = m->conn.server,
		.client = m->conn.client,
		.acceptor = m->peer,
		.committed = phase != RECORD_BEGUN,
	};

	return wire_ds_donated_encode(&g, out);
}

/* Write the record of a move; donor_stored() or acceptor_stored() follows when 0. */
int record_put(struct move *m, enum record_phase phase)
{
	struct dserver *d = m->d;
	struct buf out = buf_of(d->msg, MSG_BUF_LEN);
	bool outgoing = move_outgoing(m->state);
	uint8_t mem[3 + PIECE_MAX][KEY_MAX];
	struct store_op op[3 + PIECE_MAX];
	uint32_t n = 1;
	int err;

	xassert(!m->syncing);
	err = outgoing ? encode_donated(m, phase, &out) : encode_commit(m, phase, &out);
	if (err)
		return err;
	op[0] = (struct store_op){ .key = tx_key(mem[0], outgoing ? 'd' : 'a', &m->tx),
				   .value = buf_bytes(&out) };
	for (uint32_t i = 0; i < PIECE_MAX && !outgoing && phase != RECORD_BEGUN; i++) {
		uint32_t from = i * PIECE_LEN;
		uint32_t len = 0;

		if (phase == RECORD_COMMITTED && from < m->buf->record_len)
			len = m->buf->record_len - from;
		op[n] = (struct store_op){ .key = piece_key(mem[n], &m->tx, i), .del = !len };
		if (len)
			op[n].value =
				bytes_of(m->buf->record + from, len < PIECE_LEN ? len : PIECE_LEN);
		n++;
	}
	if (m->supersedes) {
		op[n] = (struct store_op){ .key = tx_key(mem[n], 'a', &m->former), .del = true };
		n++;
		op[n] = (struct store_op){ .key = tx_key(mem[n], 'd', &m->former), .del = true };
		n++;
		m->supersedes = false;
	}
	m->ticket = (struct store_ticket){ .done = record_done, .ctx = m };
	err = store_submit(d->c.store, op, n, &m->ticket);
	m->syncing = !err;
	return err;
}

static void deleted(void *ctx, int status)
{
	struct move *m = ctx;

	m->syncing = false;
	if (m->closing)
		move_free(m);
}

/* Forget a move. When it cannot be deleted now, a later life asks its peer again. */
void record_del(struct move *m)
{
	uint8_t mem[2 + PIECE_MAX][KEY_MAX];
	struct store_op op[2 + PIECE_MAX];
	uint32_t n = 0;

	if (m->syncing)
		return; /* record_done() comes back here */
	op[n] = (struct store_op){ .key = tx_key(mem[n], 'd', &m->tx), .del = true };
	n++;
	op[n] = (struct store_op){ .key = tx_key(mem[n], 'a', &m->tx), .del = true };
	n++;
	for (uint32_t i = 0; i < PIECE_MAX; i++, n++)
		op[n] = (struct store_op){ .key = piece_key(mem[n], &m->tx, i), .del = true };
	m->ticket = (struct store_ticket){ .done = deleted, .ctx = m };
	m->syncing = !store_submit(m->d->c.store, op, n, &m->ticket);
}

/* Read the pieces of a committed connection into m->buf. */
int record_load(struct move *m)
{
	struct dserver *d = m->d;
	struct buf head = buf_of(d->scratch, WIRE_DS_RECORD_MAX);
	struct buf record = buf_of(m->buf->record, sizeof(m->buf->record));
	struct wire_ds_commit c;
	uint8_t mem[KEY_MAX];
	int err;

	err = store_get(d->c.store, tx_key(mem, 'a', &m->tx), &head);
	if (!err)
		err = wire_ds_commit_decode(buf_bytes(&head), &c);
	for (uint32_t i = 0; !err && record.len < c.record_len && i < PIECE_MAX; i++)
		err = store_get(d->c.store, piece_key(mem, &m->tx, i), &record);
	if (err)
		return err;
	if (record.len != c.record_len)
		return -EBADMSG;
	m->buf->record_len = (uint32_t)record.len;
	if (c.app.len)
		memcpy(m->buf->app, c.app.data, c.app.len);
	m->buf->app_len = (uint32_t)c.app.len;
	return 0;
}

/* What a scan found; the store may not be called from inside a scan. */
struct recover {
	struct dserver *d;
	int err;
};

static bool recover_commit(void *ctx, struct bytes key, struct bytes value)
{
	enum record_phase phase = RECORD_BEGUN;
	struct recover *r = ctx;
	struct wire_ds_commit c;
	struct move *m;

	r->err = wire_ds_commit_decode(value, &c);
	if (r->err)
		return false;
	m = move_new(r->d, &c.tx,
		     &(struct dserver_conn){ .vip = c.vip, .server = c.server, .client = c.client },
		     &c.donor);
	if (!m) {
		r->err = -ENOSPC;
		return false;
	}
	if (c.committed)
		phase = c.live ? RECORD_LIVE : RECORD_COMMITTED;
	r->d->stats.recovered++;
	acceptor_recovered(m, phase);
	return true;
}

static bool recover_donated(void *ctx, struct bytes key, struct bytes value)
{
	struct recover *r = ctx;
	struct wire_ds_donated g;
	struct move *m;

	r->err = wire_ds_donated_decode(value, &g);
	if (r->err)
		return false;
	m = move_new(r->d, &g.tx,
		     &(struct dserver_conn){ .vip = g.vip, .server = g.server, .client = g.client },
		     &g.acceptor);
	if (!m) {
		r->err = -ENOSPC;
		return false;
	}
	r->d->stats.recovered++;
	donor_recovered(m, g.committed);
	return true;
}

int record_recover(struct dserver *d)
{
	struct recover r = { .d = d };
	int err;

	err = store_scan(d->c.store, bytes_str("a"), bytes_str("b"), recover_commit, &r);
	if (!err && !r.err)
		err = store_scan(d->c.store, bytes_str("d"), bytes_str("e"), recover_donated, &r);
	return err ? err : r.err;
}

static struct bytes group_key(uint8_t *mem, const struct xos_addr *vip)
{
	mem[0] = 'g';
	memcpy(mem + 1, vip->ip, 16);
	memcpy(mem + 17, &(uint16_t){ __builtin_bswap16(vip->port) }, 2);
	return bytes_of(mem, 19);
}

static void group_stored(void *ctx, int status)
{
	struct vip *v = ctx;

	v->syncing = false;
	if (v->used && v->again)
		record_group_put(v);
}

/* Write the group down; changes during a write are written once more afterwards. */
int record_group_put(struct vip *v)
{
	struct buf out = buf_of(v->d->msg, MSG_BUF_LEN);
	uint8_t mem[KEY_MAX];
	struct store_op op;
	int err;

	v->again = v->syncing;
	if (v->syncing)
		return 0;
	err = group_encode(&v->group, &out);
	if (err)
		return err;
	op = (struct store_op){ .key = group_key(mem, &v->group.vip), .value = buf_bytes(&out) };
	v->ticket = (struct store_ticket){ .done = group_stored, .ctx = v };
	err = store_submit(v->d->c.store, &op, 1, &v->ticket);
	v->syncing = !err;
	return err;
}

/* The group that an earlier life left, if any. */
void record_group_get(struct vip *v)
{
	struct buf in = buf_of(v->d->msg, MSG_BUF_LEN);
	struct wire_ds_group g;
	uint8_t mem[KEY_MAX];

	if (store_get(v->d->c.store, group_key(mem, &v->group.vip), &in))
		return;
	if (!wire_ds_group_decode(buf_bytes(&in), &g) && xos_addr_eq(&g.vip, &v->group.vip))
		group_apply(&v->group, &g);
}
