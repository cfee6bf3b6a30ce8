// SPDX-License-Identifier: GPL-2.0-or-later
#include "apps.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <wire/service.h>

#include "repair.h"

#define SVC_MSG_MAX (WIRE_DS_APP_MAX + 1024)

/* A program that registered. */
struct app {
	struct cds_list_head node;
	struct apps *all;
	struct control_client *client;
	struct xos_addr server;
	struct env_timer timer;
};

/*
 * A connection is given up with what its program has written to it, which may be more
 * than can move. As nothing is added any more it gets less with each acknowledgement: so
 * long is waited, so often is looked, for so little.
 */
#define DRAIN_NS      (2 * ENV_SEC)
#define DRAIN_LOOK_NS (20 * ENV_MS)
#define DRAIN_BYTES   (WIRE_DS_QUEUE_MAX / 2)

/**
 * struct app_sock - a socket of a move
 * @node: in struct apps
 * @all: the programs
 * @tx: move
 * @fd: socket, -1 while the program has not given it yet
 * @app: program; NULL when it is gone
 * @waits: the program was asked, and has not answered
 * @arriving: it came from another node
 * @drain: looks whether little enough is queued
 * @drain_until_ns: then it moves, or not, as it is
 * @state: of the program, while @drain is armed; from malloc()
 * @state_len: its bytes
 */
struct app_sock {
	struct cds_list_head node;
	struct apps *all;
	struct xos_id tx;
	int fd;
	struct app *app;
	bool waits;
	bool arriving;
	struct env_timer drain;
	uint64_t drain_until_ns;
	uint8_t *state;
	size_t state_len;
};

static void drain_look(void *ctx);

static struct app *app_serving(struct apps *a, const struct xos_addr *server)
{
	struct app *app;

	cds_list_for_each_entry(app, &a->list, node) {
		if (xos_addr_eq(&app->server, server) && control_client_open(app->client))
			return app;
	}
	return NULL;
}

static struct app *app_of(struct apps *a, const struct control_client *client)
{
	struct app *app;

	cds_list_for_each_entry(app, &a->list, node) {
		if (app->client == client)
			return app;
	}
	return NULL;
}

static struct app_sock *sock_find(struct apps *a, const struct xos_id *tx)
{
	struct app_sock *s;

	cds_list_for_each_entry(s, &a->socks, node) {
		if (xos_id_eq(&s->tx, tx))
			return s;
	}
	return NULL;
}

static struct app_sock *sock_get(struct apps *a, const struct xos_id *tx)
{
	struct app_sock *s = sock_find(a, tx);

	if (s)
		return s;
	s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	s->all = a;
	s->tx = *tx;
	s->fd = -1;
	s->drain = (struct env_timer){ .fire = drain_look, .ctx = s };
	cds_list_add_tail(&s->node, &a->socks);
	return s;
}

static void sock_forget(struct app_sock *s)
{
	env_timer_cancel(env_uv_env(s->all->env), &s->drain);
	free(s->state);
	if (s->fd >= 0)
		close(s->fd);
	cds_list_del(&s->node);
	free(s);
}

/* Send a message to the program that has, or gets, the socket of a move. */
static int tell(struct app_sock *s, const struct wire_msg *msg, const void *m, int fd)
{
	static uint8_t room[SVC_MSG_MAX];
	struct buf b = buf_of(room, sizeof(room));

	if (!s->app || wire_encode(msg, m, &b))
		return -ENOTCONN;
	if (fd >= 0)
		return control_send_fd(s->app->client, buf_bytes(&b), fd);
	return control_send(s->app->client, buf_bytes(&b));
}

bool apps_serves(struct apps *a, const struct xos_addr *server)
{
	return app_serving(a, server) != NULL;
}

int apps_release(struct apps *a, const struct xos_id *tx, const struct dserver_conn *conn,
		 const struct xos_addr *peer)
{
	struct wire_svc_release m = { .tx = *tx, .client = conn->client, .peer = *peer };
	struct app *app = app_serving(a, &conn->server);
	struct app_sock *s = app ? sock_get(a, tx) : NULL;

	if (!s)
		return app ? -ENOMEM : -ESRCH;
	s->app = app;
	s->waits = true;
	return tell(s, &wire_svc_release_msg, &m, -1);
}

int apps_dump(struct apps *a, const struct xos_id *tx, struct buf *out, struct dserver_why *why)
{
	struct app_sock *s = sock_find(a, tx);
	struct repair_why reason = { "" };
	int err = s && s->fd >= 0 ? repair_check(s->fd, &reason) : -EBADF;

	if (!err)
		err = repair_dump(s->fd, a->scratch, out, &reason);
	snprintf(why->text, sizeof(why->text), "%s", reason.text);
	return err;
}

void apps_undo(struct apps *a, const struct xos_id *tx)
{
	struct app_sock *s = sock_find(a, tx);

	if (s && s->fd >= 0 && repair_mode(s->fd) == 1)
		repair_undo(s->fd);
}

int apps_restore(struct apps *a, const struct xos_id *tx, struct bytes record,
		 struct dserver_why *why)
{
	struct app_sock *s = sock_get(a, tx);
	struct repair_why reason = { "" };
	struct wire_ds_tcp tcp;
	int err;

	if (!s)
		return -ENOMEM;
	err = wire_ds_tcp_decode(record, &tcp);
	if (!err)
		err = repair_restore(&tcp, &s->fd, &reason);
	snprintf(why->text, sizeof(why->text), "%s", reason.text);
	if (err) {
		s->fd = -1;
		sock_forget(s);
	}
	return err;
}

int apps_park(struct apps *a, const struct xos_id *tx, const struct dserver_conn *conn,
	      const struct xos_addr *peer, struct bytes state)
{
	struct wire_svc_park m = {
		.tx = *tx, .client = conn->client, .peer = *peer, .app = state, .has_app = state.len
	};
	struct app_sock *s = sock_find(a, tx);

	if (!s || s->fd < 0)
		return -EBADF;
	s->app = app_serving(a, &conn->server);
	s->waits = true;
	s->arriving = true;
	return tell(s, &wire_svc_park_msg, &m, s->fd);
}

int apps_thaw(struct apps *a, const struct xos_id *tx, struct bytes record, struct dserver_why *why)
{
	struct app_sock *s = sock_find(a, tx);
	struct repair_why reason = { "" };
	struct wire_ds_tcp tcp;
	int err = s && s->fd >= 0 ? wire_ds_tcp_decode(record, &tcp) : -EBADF;

	if (!err)
		err = repair_thaw(s->fd, &tcp, &reason);
	snprintf(why->text, sizeof(why->text), "%s", reason.text);
	return err;
}

bool apps_frozen(struct apps *a, const struct xos_id *tx)
{
	struct app_sock *s = sock_find(a, tx);

	return s && s->fd >= 0 && repair_mode(s->fd) == 1;
}

void apps_go(struct apps *a, const struct xos_id *tx)
{
	struct wire_svc_go m = { .tx = *tx };
	struct app_sock *s = sock_find(a, tx);

	if (!s)
		return;
	tell(s, &wire_svc_go_msg, &m, -1);
	sock_forget(s);
}

void apps_drop(struct apps *a, const struct xos_id *tx)
{
	struct wire_svc_drop m = { .tx = *tx };
	struct app_sock *s = sock_find(a, tx);

	if (!s)
		return;
	tell(s, &wire_svc_drop_msg, &m, -1);
	sock_forget(s);
}

/* A program is gone: what was asked of it will not be answered. */
static void app_gone(void *ctx)
{
	struct app *app = ctx;
	struct apps *a = app->all;
	struct app_sock *s, *next;

	cds_list_del(&app->node);
	a->count--;
	cds_list_for_each_entry_safe(s, next, &a->socks, node) {
		struct xos_id tx = s->tx;

		if (s->app != app)
			continue;
		s->app = NULL;
		if (!s->waits)
			continue;
		s->waits = false;
		if (s->arriving)
			dserver_parked(a->core, &tx, -EPIPE);
		else
			dserver_released(a->core, &tx, -EPIPE, bytes_of(NULL, 0));
	}
	control_client_put(app->client);
	free(app);
}

/* From inside of anything, so only a timer is set. */
static void client_closed(void *ctx, struct control_client *client)
{
	struct apps *a = ctx;
	struct app *app = app_of(a, client);

	if (!app)
		return;
	env_timer_cancel(env_uv_env(a->env), &app->timer);
	app->timer.fire = app_gone;
	env_timer_set(env_uv_env(a->env), &app->timer, 0);
}

/* It had the time to offer what it kept: now it may be given what waits. */
static void app_settled(void *ctx)
{
	struct app *app = ctx;

	dserver_service_up(app->all->core, &app->server);
}

static void handle_listen(struct apps *a, struct control_client *client,
			  const struct wire_svc_listen *m)
{
	struct wire_svc_welcome w = { .member = bytes_str(a->name), .has_member = true };
	uint8_t room[256];
	struct buf b = buf_of(room, sizeof(room));
	struct app *app;

	if (a->count == APPS_MAX || app_of(a, client))
		w.error = EBUSY;
	app = w.error ? NULL : calloc(1, sizeof(*app));
	a->refused += !app;
	if (!app && !w.error)
		w.error = ENOMEM;
	if (app) {
		app->all = a;
		app->client = control_client_get(client);
		app->server = m->server;
		app->timer = (struct env_timer){ .fire = app_settled, .ctx = app };
		cds_list_add_tail(&app->node, &a->list);
		a->count++;
		env_timer_set(env_uv_env(a->env), &app->timer, APPS_REOFFER_NS);
	}
	if (!wire_svc_welcome_encode(&w, &b))
		control_send(client, buf_bytes(&b));
}

static bool drained(const struct app_sock *s)
{
	int bytes = 0;

	return ioctl(s->fd, SIOCOUTQ, &bytes) || bytes <= (int)DRAIN_BYTES;
}

static void drain_look(void *ctx)
{
	struct app_sock *s = ctx;
	struct apps *a = s->all;
	struct env *env = env_uv_env(a->env);
	struct xos_id tx = s->tx;
	uint8_t *state = s->state;

	if (!drained(s) && env_now(env) < s->drain_until_ns) {
		env_timer_set(env, &s->drain, DRAIN_LOOK_NS);
		return;
	}
	s->state = NULL;
	dserver_released(a->core, &tx, 0, bytes_of(state, s->state_len));
	free(state);
}

/* Wait until little enough is queued. False: there is nothing to wait for, or no memory to. */
static bool drain_start(struct app_sock *s, struct bytes state)
{
	struct env *env = env_uv_env(s->all->env);

	if (drained(s))
		return false;
	s->state = malloc(state.len ? state.len : 1);
	if (!s->state)
		return false;
	if (state.len)
		memcpy(s->state, state.data, state.len);
	s->state_len = state.len;
	s->drain_until_ns = env_now(env) + DRAIN_NS;
	env_timer_set(env, &s->drain, DRAIN_LOOK_NS);
	return true;
}

static int handle_released(struct apps *a, struct app *app, const struct wire_svc_released *m,
			   int fd)
{
	struct app_sock *s = sock_find(a, &m->tx);
	struct bytes state = m->has_app ? m->app : bytes_of(NULL, 0);

	if (!s || s->app != app || !s->waits || s->arriving || (!m->error && fd < 0))
		return fd;
	s->waits = false;
	s->fd = m->error ? -1 : fd;
	if (m->error || !drain_start(s, state))
		dserver_released(a->core, &m->tx, -(int)m->error, state);
	return m->error ? fd : -1;
}

static int handle_reoffer(struct apps *a, struct app *app, const struct wire_svc_reoffer *m, int fd)
{
	const struct group *g = dserver_vip_find(a->core, &app->server);
	struct dserver_conn conn = { .server = app->server, .client = m->client };
	struct app_sock *s = g && fd >= 0 ? sock_get(a, &m->tx) : NULL;

	if (!s || s->fd >= 0)
		return fd;
	conn.vip = g->vip;
	s->fd = fd;
	s->app = app;
	s->arriving = m->arriving;
	dserver_reoffered(a->core, &m->tx, &conn, &m->peer, m->arriving);
	return -1;
}

static void app_request(void *ctx, struct control_client *client, uint16_t type, struct bytes msg,
			int fd)
{
	union {
		struct wire_svc_listen listen;
		struct wire_svc_released released;
		struct wire_svc_parked parked;
		struct wire_svc_reoffer reoffer;
	} m;
	struct apps *a = ctx;
	struct app *app = app_of(a, client);
	struct app_sock *s;

	if (type == WIRE_SVC_LISTEN && !wire_svc_listen_decode(msg, &m.listen)) {
		handle_listen(a, client, &m.listen);
	} else if (app && type == WIRE_SVC_RELEASED &&
		   !wire_svc_released_decode(msg, &m.released)) {
		fd = handle_released(a, app, &m.released, fd);
	} else if (app && type == WIRE_SVC_PARKED && !wire_svc_parked_decode(msg, &m.parked)) {
		s = sock_find(a, &m.parked.tx);
		if (s && s->app == app && s->waits && s->arriving) {
			s->waits = false;
			dserver_parked(a->core, &m.parked.tx, -(int)m.parked.error);
		}
	} else if (app && type == WIRE_SVC_REOFFER && !wire_svc_reoffer_decode(msg, &m.reoffer)) {
		fd = handle_reoffer(a, app, &m.reoffer, fd);
	}
	if (fd >= 0)
		close(fd);
}

int apps_open(struct apps *a, const char *path, gid_t gid)
{
	struct control_config c = {
		.path = path, .gid = gid, .request = app_request, .closed = client_closed, .ctx = a
	};

	CDS_INIT_LIST_HEAD(&a->list);
	CDS_INIT_LIST_HEAD(&a->socks);
	a->scratch = malloc(REPAIR_SCRATCH_LEN);
	if (!a->scratch)
		return -ENOMEM;
	return control_server_create(a->env, &c, &a->control);
}

void apps_close(struct apps *a)
{
	struct app_sock *s, *next_sock;
	struct app *app, *next;

	if (!a->scratch)
		return;
	control_server_destroy(a->control);
	cds_list_for_each_entry_safe(app, next, &a->list, node) {
		env_timer_cancel(env_uv_env(a->env), &app->timer);
		cds_list_del(&app->node);
		control_client_put(app->client);
		free(app);
	}
	/* A frozen socket stays frozen: the program keeps it, and offers it to the next life. */
	cds_list_for_each_entry_safe(s, next_sock, &a->socks, node)
		sock_forget(s);
	free(a->scratch);
}
