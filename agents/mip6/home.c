// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The contact node: it owns the home address. Home tests, the group's sequence numbers,
 * who has the binding, and its removal (RFC 6275, sections 11.6.1 and 11.7.1).
 */
#include "internal.h"

#include <errno.h>

/* Whoever got a token may have a binding for so long, if it says so or not. */
#define HOME_TRY_NS  (MIP6_TOKEN_NS + HOME_HOLD_NS)
/* A binding that nobody refreshes is gone after that. */
#define HOME_HOLD_NS ((MIP6_LIFETIME_S + 10) * ENV_SEC)
/* So long the sequence number of a client without a binding is remembered. */
#define HOME_KEEP_NS (900 * ENV_SEC)

static void home_fire(void *ctx);

struct home *home_find(struct mip6 *m, const struct mip6_pair *pair)
{
	struct home *h;

	cds_list_for_each_entry(h, &m->home_by[pair_bucket(m, pair)], node) {
		if (pair_eq(&h->pair, pair))
			return h;
	}
	return NULL;
}

static struct home *home_get(struct mip6 *m, const struct mip6_pair *pair)
{
	struct home *h = home_find(m, pair);

	if (h)
		return h;
	if (!cds_list_empty(&m->home_free)) {
		h = cds_list_first_entry(&m->home_free, struct home, node);
		cds_list_del(&h->node);
	} else if (m->home_top < MIP6_CLIENTS_MAX) {
		h = &m->home[m->home_top++];
	} else {
		m->stats.full++;
		return NULL;
	}
	*h = (struct home){ .m = m, .pair = *pair, .state = HOME_IDLE };
	h->timer = (struct env_timer){ .fire = home_fire, .ctx = h };
	/* The first number is drawn at random; a client that knows better says so. */
	h->seq_next = (uint16_t)env_random(m->c.env);
	cds_list_add(&h->node, &m->home_by[pair_bucket(m, pair)]);
	return h;
}

static void home_free(struct home *h)
{
	env_timer_cancel(h->m->c.env, &h->timer);
	cds_list_del(&h->node);
	cds_list_add(&h->node, &h->m->home_free);
	h->state = HOME_FREE;
}

static void arm(struct home *h, uint64_t delay_ns)
{
	env_timer_set(h->m->c.env, &h->timer, delay_ns);
}

static void idle(struct home *h)
{
	h->state = HOME_IDLE;
	h->remove = false;
	arm(h, HOME_KEEP_NS);
}

static bool held(const struct home *h)
{
	return h->holder_until_ns > env_now(h->m->c.env) &&
	       OPS(h->m, member, &h->pair.vip, &h->holder);
}

static void hold(struct home *h, const struct xos_addr *who, uint64_t ns)
{
	h->holder = *who;
	h->holder_until_ns = env_now(h->m->c.env) + ns;
	if (xos_addr_eq(&h->waiter, who))
		h->waiter.port = 0;
}

static void answer(struct home *h, const struct xos_addr *to, uint32_t error)
{
	struct wire_mip_token t = {
		.vip = h->pair.vip,
		.client = bytes_of(h->pair.client, sizeof(h->pair.client)),
		.error = error,
		.has_error = error != 0,
	};

	if (!error) {
		t.token = bytes_of(h->token.key, MH_TOKEN_LEN);
		t.has_token = true;
		t.nonce = h->token.nonce;
		t.has_nonce = true;
		t.age_ms = (uint32_t)((env_now(h->m->c.env) - h->token.since_ns) / ENV_MS);
		t.has_age_ms = true;
		t.seq = h->seq_next;
		t.has_seq = true;
		if (!MUTANT(mip6_seq_shared))
			h->seq_next += MIP6_SEQ_RANGE;
	}
	mip6_tell(h->m, to, &wire_mip_token_msg, &t);
}

static void tell_holder(struct home *h, bool probe)
{
	struct wire_mip_refresh r = {
		.vip = h->pair.vip,
		.client = bytes_of(h->pair.client, sizeof(h->pair.client)),
		.probe = probe,
	};

	mip6_tell(h->m, &h->holder, &wire_mip_refresh_msg, &r);
}

static void send_test(struct home *h)
{
	struct mip6 *m = h->m;
	struct mh_packet p;

	h->state = HOME_TEST;
	arm(h, MIP6_FIRST_ACK_NS << h->tries);
	if (!rate_ok(m, &h->test_rate_ns))
		return;
	mh_test_init(&p, MH_HOTI, h->pair.vip.ip, h->pair.client, h->cookie);
	OPS(m, send, &p);
}

static void begin_test(struct home *h)
{
	h->tries = 0;
	h->m->stats.tests++;
	h->token.since_ns = 0;
	random_cookie(h->m, h->cookie);
	send_test(h);
}

static void take_seq(struct home *h, uint16_t seq)
{
	if (!seq_after(h->seq_next, seq))
		h->seq_next = seq + 1;
}

/* The holder is to have a token; it may have to wait for the test. */
static void serve(struct home *h, bool fresh)
{
	h->remove = false;
	if (fresh || !token_fresh(h->m, &h->token, MIP6_TOKEN_FRESH_NS)) {
		if (h->state != HOME_TEST)
			begin_test(h);
		return;
	}
	idle(h);
	answer(h, &h->holder, 0);
}

void home_asked(struct mip6 *m, const struct mip6_pair *pair, const struct xos_addr *from,
		const struct wire_mip_test *t)
{
	struct home *h = home_get(m, pair);

	if (!h)
		return;
	if (t->has_seq)
		take_seq(h, t->seq);
	if (h->unable_until_ns > env_now(m->c.env)) {
		answer(h, from, EOPNOTSUPP);
		return;
	}
	if (held(h) && !xos_addr_eq(&h->holder, from) && !MUTANT(mip6_two_holders)) {
		h->waiter = *from;
		answer(h, from, EBUSY);
		/* Its word that it has left may have been lost. */
		tell_holder(h, true);
		return;
	}
	/* A binding that is being refreshed lives as long as before. */
	if (!held(h) || !xos_addr_eq(&h->holder, from))
		hold(h, from, HOME_TRY_NS);
	serve(h, t->fresh);
}

void home_bound(struct mip6 *m, const struct mip6_pair *pair, const struct xos_addr *from,
		uint16_t seq)
{
	struct home *h = home_get(m, pair);

	if (!h)
		return;
	take_seq(h, seq);
	if (h->state == HOME_IDLE)
		arm(h, HOME_KEEP_NS);
	hold(h, from, HOME_HOLD_NS);
}

/*
 * Remove the binding: from the home address, without a home address option, with a
 * lifetime of 0 and a key of the home token alone (sections 5.2.5, 6.1.7, 11.7.2).
 */
static void send_removal(struct home *h)
{
	struct mip6 *m = h->m;
	uint8_t kbm[MH_KBM_LEN];
	struct mh_update u = {
		.home = h->pair.vip.ip,
		.client = h->pair.client,
		.kbm = kbm,
		.seq = h->seq_next++,
		.home_nonce = h->token.nonce,
	};
	struct mh_packet p;

	h->state = HOME_REMOVE;
	h->seq = u.seq;
	arm(h, MIP6_FIRST_ACK_NS << h->tries);
	h->tries++;
	mh_kbm(h->token.key, NULL, kbm);
	mh_update(&p, &u);
	OPS(m, send, &p);
}

static void remove_binding(struct home *h)
{
	h->remove = true;
	if (h->state == HOME_TEST)
		return;
	if (!token_fresh(h->m, &h->token, MIP6_TOKEN_FRESH_NS)) {
		begin_test(h);
		return;
	}
	h->tries = 0;
	send_removal(h);
}

void home_left(struct mip6 *m, const struct mip6_pair *pair, const struct xos_addr *from)
{
	struct home *h = home_find(m, pair);

	if (h && xos_addr_eq(&h->waiter, from))
		h->waiter.port = 0;
	if (!h || !held(h) || !xos_addr_eq(&h->holder, from))
		return;
	h->holder_until_ns = 0;
	if (h->waiter.port && OPS(m, member, &pair->vip, &h->waiter)) {
		hold(h, &h->waiter, HOME_TRY_NS);
		serve(h, false);
		return;
	}
	h->waiter.port = 0;
	if (!MUTANT(mip6_no_removal) && h->unable_until_ns <= env_now(m->c.env))
		remove_binding(h);
}

/* Tell whoever waits for the home test how it ended. */
static void test_ended(struct home *h, uint32_t error)
{
	bool wanted = held(h);

	if (h->remove && !error) {
		h->tries = 0;
		send_removal(h);
		return;
	}
	idle(h);
	if (error)
		h->holder_until_ns = 0;
	if (wanted)
		answer(h, &h->holder, error);
}

void home_test(struct home *h, const struct mh *mh)
{
	if (h->state != HOME_TEST ||
	    (memcmp(h->cookie, mh->cookie, MH_COOKIE_LEN) && !MUTANT(mip6_cookie_ignored))) {
		h->m->stats.forged++;
		return;
	}
	memcpy(h->token.key, mh->token, MH_TOKEN_LEN);
	h->token.nonce = mh->nonce;
	h->token.since_ns = env_now(h->m->c.env);
	test_ended(h, 0);
}

void home_ack(struct home *h, const struct mh *mh, struct bytes msg)
{
	uint8_t kbm[MH_KBM_LEN];

	if (h->state != HOME_REMOVE)
		return;
	mh_kbm(h->token.key, NULL, kbm);
	if (!mh_auth_ok(msg, mh->auth, kbm, h->pair.vip.ip, h->pair.client)) {
		h->m->stats.forged++;
		return;
	}
	if (mh->status == MH_SEQ_WINDOW && h->tries <= MIP6_FAILURE_MAX) {
		take_seq(h, mh->seq);
		send_removal(h);
	} else if (mh->seq == h->seq) {
		idle(h);
	}
}

void home_refresh(struct home *h)
{
	if (held(h))
		tell_holder(h, false);
}

void home_unable(struct home *h)
{
	if (h->state == HOME_REMOVE) {
		idle(h);
		return;
	}
	if (h->state != HOME_TEST)
		return;
	h->unable_until_ns = env_now(h->m->c.env) + MIP6_UNABLE_NS;
	test_ended(h, EOPNOTSUPP);
}

static void home_fire(void *ctx)
{
	struct home *h = ctx;

	switch (h->state) {
	case HOME_TEST:
		if (++h->tries > MIP6_FAILURE_MAX)
			test_ended(h, ETIMEDOUT);
		else
			send_test(h);
		break;
	case HOME_REMOVE:
		if (h->tries > MIP6_FAILURE_MAX)
			idle(h);
		else
			send_removal(h);
		break;
	default:
		if (held(h) || h->unable_until_ns > env_now(h->m->c.env))
			arm(h, HOME_KEEP_NS);
		else
			home_free(h);
	}
}
