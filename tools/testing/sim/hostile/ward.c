// SPDX-License-Identifier: GPL-2.0-or-later
#include "hostile/ward.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <secure/credentials.h>
#include <secure/sign.h>

#include "chance.h"
#include "hostile/hostile.h"
#include "machine.h"

#define WARD_WALL_S 1800000000LL
#define WARD_SKEW_S 100
#define DAY_S	    86400LL

/* --- certificates ----------------------------------------------------------------- */

/* The authority of the grid, and one that calls itself the same. */
struct authority {
	gnutls_x509_crt_t crt;
	gnutls_privkey_t key;
};

static gnutls_privkey_t signer_of(gnutls_x509_privkey_t key)
{
	gnutls_privkey_t out;

	xassert(!gnutls_privkey_init(&out));
	xassert(!gnutls_privkey_import_x509(out, key, GNUTLS_PRIVKEY_IMPORT_COPY));
	return out;
}

static gnutls_x509_crt_t certificate(enum secure_role role, const struct xos_id *id,
				     gnutls_x509_privkey_t key, const struct authority *by)
{
	struct sign_request request = { .who = { .vo = "sim",
						 .name = "sim",
						 .role = role,
						 .id = *id,
						 .seq = 1,
						 .not_before = WARD_WALL_S - DAY_S,
						 .not_after = WARD_WALL_S + 3650 * DAY_S } };
	uint8_t public[SIGN_PUBLIC_LEN];
	gnutls_x509_crt_t out;
	gnutls_privkey_t own = by ? NULL : signer_of(key);

	xassert(!sign_key_public(key, public));
	xassert(!sign_certificate(&request, public, by ? by->crt : NULL, by ? by->key : own, &out));
	if (own)
		gnutls_privkey_deinit(own);
	return out;
}

static const struct authority *authority_of(bool stranger)
{
	static struct authority all[2];
	struct authority *a = &all[stranger];
	const struct xos_id id = { { 1, stranger } };
	gnutls_x509_privkey_t key;

	if (a->crt)
		return a;
	xassert(!sign_key_new(&key));
	a->crt = certificate(SECURE_ROLE_AUTHORITY, &id, key, NULL);
	a->key = signer_of(key);
	gnutls_x509_privkey_deinit(key);
	return a;
}

static void trust(struct trust *t, const struct authority *a)
{
	gnutls_datum_t der;

	xassert(!gnutls_x509_crt_export2(a->crt, GNUTLS_X509_FMT_DER, &der));
	xassert(trust_add(t, &der, true, WARD_WALL_S) == 1);
	gnutls_free(der.data);
}

struct secure *ward_secure(struct env *env, const struct xos_id *id, bool stranger)
{
	struct secure_config config = { .id = *id, .grid = "sim", .program = "sim 1" };
	struct credentials c = { .chain_n = 1 };
	struct secure *out;

	xassert(!sign_key_new(&c.key));
	c.chain[0] = certificate(SECURE_ROLE_NODE, id, c.key, authority_of(stranger));
	xassert(!cert_read(c.chain[0], &c.who));
	trust_init(&c.trust, "sim");
	trust(&c.trust, authority_of(false));
	if (stranger)
		trust(&c.trust, authority_of(true));
	config.credentials = &c;
	xassert(!secure_create(env, &config, &out));
	return out;
}

/* --- the environment of a guard ------------------------------------------------------ */

static struct ward *ward_of(struct env *env)
{
	return (struct ward *)env;
}

static uint64_t ward_now(struct env *env)
{
	return env_now(&ward_of(env)->m->env);
}

/* Clocks of members must agree within minutes; these do. */
static uint64_t ward_wall(struct env *env)
{
	const struct machine *m = ward_of(env)->m;
	uint64_t skew_s = m->index * 37 % WARD_SKEW_S;

	return ((uint64_t)WARD_WALL_S + skew_s) * ENV_SEC + m->sim->now_ns;
}

static uint64_t ward_random(struct env *env)
{
	return rng_next(&ward_of(env)->rng);
}

static void ward_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	env_timer_set(&ward_of(env)->m->env, timer, delay_ns);
}

static void ward_timer_cancel(struct env *env, struct env_timer *timer)
{
	env_timer_cancel(&ward_of(env)->m->env, timer);
}

static void ward_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	struct env *out = &ward_of(env)->m->env;

	out->ops->log(out, level, subsys, fmt, args);
}

static const struct env_ops ward_ops = {
	.now = ward_now,
	.wall = ward_wall,
	.random = ward_random,
	.timer_set = ward_timer_set,
	.timer_cancel = ward_timer_cancel,
	.log = ward_log,
};

void ward_up(struct machine *m)
{
	struct ward *w = calloc(1, sizeof(*w));

	xassert(w && !m->ward);
	w->env.ops = &ward_ops;
	memcpy(w->env.log_level, m->env.log_level, sizeof(w->env.log_level));
	w->m = m;
	rng_seed(&w->rng, m->sim->plan.seed * 2003 + m->index * 101 + m->boots);
	m->ward = w;
	w->secure = ward_secure(&w->env, node_id(m->node), false);
}

void ward_down(struct machine *m)
{
	if (!m->ward)
		return;
	secure_stop(m->ward->secure);
	secure_destroy(m->ward->secure);
	free(m->ward);
	m->ward = NULL;
}

/* --- one end of a session -------------------------------------------------------------- */

static int end_output(void *ctx, struct bytes data)
{
	struct wire_end *e = ctx;

	xassert(e->out_len + data.len <= WIRE_END_MAX);
	e->out = realloc(e->out, e->out_len + data.len);
	xassert(e->out);
	memcpy(e->out + e->out_len, data.data, data.len);
	e->out_len += data.len;
	if (e->wrote)
		e->wrote(e->ctx);
	return 0;
}

static int end_opened(void *ctx, const struct env_peer *peer)
{
	((struct wire_end *)ctx)->opened = true;
	return 0;
}

static int end_input(void *ctx, struct bytes msg)
{
	struct wire_end *e = ctx;

	e->got.data = realloc((void *)e->got.data, msg.len);
	xassert(e->got.data);
	memcpy((void *)e->got.data, msg.data, msg.len);
	e->got.len = msg.len;
	e->got_n++;
	return 0;
}

static void end_end(void *ctx)
{
	((struct wire_end *)ctx)->ended = true;
}

void wire_end_open(struct wire_end *e, struct secure *secure, bool client,
		   const struct env_peer *self, const struct xos_addr *addr)
{
	const struct env_session_owner owner = { end_output, end_opened, end_input, end_end, e };

	e->guard = secure_guard(secure);
	xassert(!e->guard->ops->session_new(e->guard, client, self, addr, &owner, &e->session));
	xassert(!e->guard->ops->session_start(e->session));
}

void wire_end_close(struct wire_end *e)
{
	e->guard->ops->session_free(e->session);
	free((void *)e->got.data);
	free(e->out);
}

int wire_end_take(struct wire_end *e, struct wire_end *from)
{
	struct bytes in = bytes_of(from->out, from->out_len);
	int err;

	from->out = NULL;
	from->out_len = 0;
	err = in.len ? e->guard->ops->session_feed(e->session, in) : 0;
	free((void *)in.data);
	return err || e->ended ? -ECONNRESET : 0;
}

int wire_pump(struct wire_end *a, struct wire_end *b)
{
	while (a->out_len || b->out_len) {
		if (wire_end_take(b, a) || wire_end_take(a, b))
			return -ECONNRESET;
	}
	return 0;
}

/* --- the session of a link ---------------------------------------------------------------- */

/**
 * struct lane - the TLS session of a link
 * @link: link
 * @end: of the sender, which is the client, and of the receiver
 * @flushing: an event will carry what guards tell each other
 */
struct lane {
	struct link *link;
	struct wire_end end[2];
	bool flushing;
};

static void lane_flush(void *ctx, uint64_t epoch)
{
	struct link *l = ctx;
	struct sim *s = l->sim;

	if (epoch != l->epoch || !l->lane)
		return;
	if (l->cuts || net_link(s, l->to, l->from)->cuts) {
		sim_after(s, ENV_SEC, lane_flush, l, epoch);
		return;
	}
	l->lane->flushing = false;
	if (wire_pump(&l->lane->end[0], &l->lane->end[1]))
		net_reset(s, l, 0);
}

static void lane_wrote(void *ctx)
{
	struct lane *lane = ctx;
	struct link *l = lane->link;

	if (lane->flushing || l->lane != lane)
		return;
	lane->flushing = true;
	sim_after(l->sim, l->delay_ns, lane_flush, l, l->epoch);
}

static int lane_open(struct link *l)
{
	struct machine *m[2] = { &l->sim->machines[l->from], &l->sim->machines[l->to] };
	struct lane *lane = calloc(1, sizeof(*lane));

	xassert(lane);
	lane->link = l;
	for (int i = 0; i < 2; i++) {
		const struct env_peer self = { .id = m[i]->id, .addr = m[i]->addr };

		lane->end[i].wrote = lane_wrote;
		lane->end[i].ctx = lane;
		wire_end_open(&lane->end[i], m[i]->ward->secure, i == 0, &self, &m[1 - i]->addr);
	}
	l->lane = lane;
	hostile_hears(l->sim, l->to, bytes_of(lane->end[0].out, lane->end[0].out_len));
	if (!wire_pump(&lane->end[0], &lane->end[1]) && lane->end[0].opened && lane->end[1].opened)
		return 0;
	sim_fail(l->sim, "hostile", "n%02u and n%02u, both members, do not believe each other",
		 l->from, l->to);
	return -ECONNRESET;
}

/* A stream for nothing but the keys of datagrams, when both are still there. */
static void meet(void *ctx, uint64_t epoch)
{
	struct link *l = ctx;
	struct sim *s = l->sim;

	if (epoch != l->epoch || l->lane || l->head || l->cuts ||
	    net_link(s, l->to, l->from)->cuts || !s->machines[l->from].node ||
	    !s->machines[l->to].node)
		return;
	if (!lane_open(l))
		l->open = true;
}

bool ward_open(struct machine *m, uint32_t from, struct bytes dgram, struct xos_id *id,
	       struct bytes *msg)
{
	struct env_guard *guard = secure_guard(m->ward->secure);
	int err = guard->ops->open(guard, dgram, id, msg);
	struct link *l;

	if (err == -ENOKEY && from != m->index && m->sim->now_ns >= m->ward->meet_ns) {
		m->ward->meet_ns = m->sim->now_ns + ENV_MEET_NS;
		l = net_link(m->sim, m->index, from);
		sim_after(m->sim, 3 * l->delay_ns, meet, l, l->epoch);
	}
	return !err;
}

int lane_carry(struct link *l, struct bytes msg)
{
	struct wire_end *from, *to;
	bool changed;
	uint64_t n;
	int err;

	if (!l->lane && lane_open(l))
		return -ECONNRESET;
	from = &l->lane->end[0];
	to = &l->lane->end[1];
	if (wire_pump(from, to))
		return -ECONNRESET;
	n = to->got_n;
	if (from->guard->ops->session_write(from->session, msg))
		return -ECONNRESET;
	changed = hostile_tampers(l, from->out, from->out_len);
	err = wire_pump(from, to);
	/* Two bytes of a record's header mean nothing (RFC 8446, section 5.1). */
	if (changed && to->got_n > n && !bytes_eq(to->got, msg))
		sim_fail(l->sim, "hostile", "n%02u took a changed record from n%02u", l->to,
			 l->from);
	if (!err && (to->got_n != n + 1 || !bytes_eq(to->got, msg)))
		err = -ECONNRESET;
	return err;
}

void lane_close(struct link *l)
{
	struct lane *lane = l->lane;

	if (!lane)
		return;
	l->lane = NULL;
	wire_end_close(&lane->end[0]);
	wire_end_close(&lane->end[1]);
	free(lane);
}
