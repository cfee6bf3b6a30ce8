// SPDX-License-Identifier: GPL-2.0-or-later
/* A model of sockets under TCP_REPAIR and of programs that use libxos. */
#include <errno.h>
#include <stdio.h>

#include <base/assert.h>
#include <base/be.h>

#include "chance.h"
#include "ds.h"

#define PERCENT	   (CHANCE_CERTAIN / 100)
#define STATE_LEN  4
/* As in apps.h: time to offer what was parked before anything is given to the program. */
#define SETTLE_NS  (200 * ENV_MS)
#define ANSWER_MAX (30 * ENV_MS)

/* The program reads everything at once, while it may. */
void ds_app_consume(struct ds_sock *s)
{
	if (s->held_by_app && !s->parked)
		s->app = s->next;
}

static struct ds_sock *by_tx(struct ds_node *n, const struct xos_id *tx)
{
	for (uint32_t c = 0; c < DS_CONNS; c++) {
		struct ds_sock *s = &n->sock[c];

		if (s->here && (s->asked || s->parked || s->held_by_agent) && xos_id_eq(&s->tx, tx))
			return s;
	}
	return NULL;
}

/* Nobody has a descriptor any more. */
static void sock_close(struct ds_node *n, struct ds_sock *s)
{
	if (!s->frozen)
		ds_fail(n->w, "ds-reset", "n%u closes a connection that is not frozen", n->index);
	*s = (struct ds_sock){ .here = false };
}

void ds_app_lost(struct ds_node *n)
{
	n->serving = false;
	for (uint32_t c = 0; c < DS_CONNS; c++) {
		struct ds_sock *s = &n->sock[c];

		if (!s->here)
			continue;
		s->asked = false;
		s->held_by_agent = false;
		if (!s->held_by_app)
			sock_close(n, s);
	}
}

static void app_settled(void *ctx, uint64_t boots)
{
	struct ds_node *n = ctx;
	struct dserver_conn conn;

	if (!n->core || n->boots != boots)
		return;
	ds_conn(0, &conn);
	dserver_service_up(n->core, &conn.server);
	ds_leave(n);
}

/* The program finds the agent: it offers what was parked when the last one went away. */
void ds_app_connect(void *ctx, uint64_t boots)
{
	struct ds_node *n = ctx;
	struct dserver_conn conn;

	if (!n->core || n->boots != boots)
		return;
	n->serving = true;
	for (uint32_t c = 0; c < DS_CONNS; c++) {
		struct ds_sock *s = &n->sock[c];
		struct xos_addr peer = s->peer;
		struct xos_id tx = s->tx;

		if (!s->here || !s->parked)
			continue;
		s->held_by_agent = true;
		ds_conn(c, &conn);
		dserver_reoffered(n->core, &tx, &conn, &peer, s->arriving);
	}
	ds_leave(n);
	ds_after(n->w, SETTLE_NS, app_settled, n, n->boots);
}

static int op_clients(void *ctx, const struct xos_addr *vip, dserver_client_fn fn, void *arg)
{
	struct ds_node *n = ctx;
	struct dserver_conn conn;

	for (uint32_t c = 0; c < DS_CONNS; c++) {
		ds_conn(c, &conn);
		if (n->table[c])
			fn(arg, &conn, n->table[c] + 1);
	}
	return 0;
}

static void op_front(void *ctx, const struct xos_addr *vip, bool on)
{
	struct ds_node *n = ctx;

	ds_say(n->w, "n%u %s the address", n->index, on ? "takes" : "gives up");
	if (on)
		n->w->front = n->index;
}

static int op_conns(void *ctx, const struct xos_addr *vip, dserver_conn_fn fn, void *arg)
{
	struct ds_node *n = ctx;
	struct dserver_conn conn;

	for (uint32_t c = 0; c < DS_CONNS; c++) {
		ds_conn(c, &conn);
		if (n->sock[c].here)
			fn(arg, &conn, true);
	}
	return 0;
}

static bool op_serves(void *ctx, const struct xos_addr *server)
{
	return ((struct ds_node *)ctx)->serving;
}

static void app_releases(void *ctx, uint64_t arg)
{
	struct ds_node *n = ctx;
	struct ds_sock *s = &n->sock[arg & 0xff];
	bool keeps = n->w->faulty && chance_hit(&n->w->rng, 4 * PERCENT);
	struct xos_id tx = s->tx;
	uint8_t state[STATE_LEN];

	if (!n->core || n->boots != arg >> 8 || !s->here || !s->asked)
		return;
	s->asked = false;
	if (!keeps) {
		s->parked = true;
		s->arriving = false;
		s->state = s->app;
		s->held_by_agent = true;
		be32_store(state, s->state);
	}
	dserver_released(n->core, &tx, keeps ? -EBUSY : 0,
			 bytes_of(state, keeps ? 0 : sizeof(state)));
	ds_leave(n);
}

static int op_release(void *ctx, const struct xos_id *tx, const struct dserver_conn *conn,
		      const struct xos_addr *peer)
{
	uint32_t c = ds_conn_index(conn);
	struct ds_node *n = ctx;
	struct ds_sock *s = &n->sock[c];

	if (!n->serving || !s->here || s->asked || s->parked)
		return -ESRCH;
	s->asked = true;
	s->tx = *tx;
	s->peer = *peer;
	ds_after(n->w, rng_below(&n->w->rng, ANSWER_MAX), app_releases, n, n->boots << 8 | c);
	return 0;
}

static int op_dump(void *ctx, const struct xos_id *tx, struct buf *out, struct dserver_why *why)
{
	struct ds_node *n = ctx;
	struct ds_sock *s = by_tx(n, tx);
	uint8_t record[STATE_LEN];

	xassert(s && s->held_by_agent && !s->frozen);
	s->frozen = s->dumped = true;
	/* A gate that was open a moment before this is as bad as one that is open now. */
	ds_check_now(n->w);
	be32_store(record, s->next);
	return buf_append(out, record, sizeof(record));
}

static void op_undo(void *ctx, const struct xos_id *tx)
{
	struct ds_sock *s = by_tx(ctx, tx);

	if (s)
		s->frozen = s->dumped = false;
}

static int op_restore(void *ctx, const struct xos_id *tx, struct bytes record,
		      struct dserver_why *why)
{
	struct ds_node *n = ctx;
	struct dserver_move_info info = { .state = NULL };
	struct ds_sock *s;
	uint32_t pos = 0;

	while (dserver_move_next(n->core, &pos, &info) && !xos_id_eq(&info.tx, tx))
		;
	s = &n->sock[ds_conn_index(&info.conn)];
	if (s->here)
		return -EADDRINUSE;
	xassert(record.len == STATE_LEN);
	*s = (struct ds_sock){
		.here = true,
		.frozen = true,
		.held_by_agent = true,
		.tx = *tx,
		.next = be32_load(record.data),
	};
	return 0;
}

static void app_parked(void *ctx, uint64_t arg)
{
	struct ds_node *n = ctx;
	struct ds_sock *s = &n->sock[arg & 0xff];
	bool refuses = n->w->faulty && chance_hit(&n->w->rng, 4 * PERCENT);
	struct xos_id tx = s->tx;

	if (!n->core || n->boots != arg >> 8 || !s->here || !s->parked || !s->arriving)
		return;
	if (refuses)
		s->held_by_app = s->parked = false;
	dserver_parked(n->core, &tx, refuses ? -ENOMEM : 0);
	ds_leave(n);
}

static int op_park(void *ctx, const struct xos_id *tx, const struct dserver_conn *conn,
		   const struct xos_addr *peer, struct bytes app)
{
	uint32_t c = ds_conn_index(conn);
	struct ds_node *n = ctx;
	struct ds_sock *s = &n->sock[c];

	if (!n->serving)
		return -ENOTCONN;
	s->held_by_app = s->parked = s->arriving = true;
	s->peer = *peer;
	s->state = app.len == STATE_LEN ? be32_load(app.data) : 0;
	ds_after(n->w, rng_below(&n->w->rng, ANSWER_MAX), app_parked, n, n->boots << 8 | c);
	return 0;
}

static int op_thaw(void *ctx, const struct xos_id *tx, struct bytes record, struct dserver_why *why)
{
	struct ds_node *n = ctx;
	struct ds_sock *s = by_tx(n, tx);

	if (!s || !s->held_by_agent)
		return -EBADF;
	if (s->next < n->w->client[s - n->sock].acked)
		ds_fail(n->w, "ds-data", "c%u lost what was acknowledged", (uint32_t)(s - n->sock));
	s->frozen = false;
	return 0;
}

static bool op_frozen(void *ctx, const struct xos_id *tx)
{
	const struct ds_sock *s = by_tx(ctx, tx);

	return s && s->held_by_agent && s->frozen;
}

static void op_go(void *ctx, const struct xos_id *tx)
{
	struct ds_node *n = ctx;
	struct ds_sock *s = by_tx(n, tx);

	if (!s)
		return;
	if (s->frozen)
		ds_fail(n->w, "ds-data", "n%u: the program gets a frozen socket", n->index);
	s->held_by_agent = false;
	if (!s->parked)
		return;
	s->parked = false;
	s->app = s->state;
	ds_app_consume(s);
}

static void op_drop(void *ctx, const struct xos_id *tx)
{
	struct ds_sock *s = by_tx(ctx, tx);

	if (s)
		sock_close(ctx, s);
}

static void op_tune(void *ctx, const struct dserver_conn *conn, struct bytes record)
{
}

static void op_group_changed(void *ctx, const struct group *group)
{
}

static void op_moved(void *ctx, const struct xos_id *tx, int err, const char *text)
{
	struct ds_node *n = ctx;

	ds_say(n->w, "n%u move ended: %d %s", n->index, err, text);
}

const struct dserver_ops ds_ops = {
	.gate_set = ds_gate_set,
	.gate_del = ds_gate_del,
	.client_set = ds_client_set,
	.clients = op_clients,
	.front = op_front,
	.probe = ds_probe,
	.conns = op_conns,
	.serves = op_serves,
	.release = op_release,
	.dump = op_dump,
	.undo = op_undo,
	.restore = op_restore,
	.park = op_park,
	.thaw = op_thaw,
	.frozen = op_frozen,
	.go = op_go,
	.drop = op_drop,
	.tune = op_tune,
	.group_changed = op_group_changed,
	.moved = op_moved,
};
