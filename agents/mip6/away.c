// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The member that serves a client: care-of test, binding update, refresh (RFC 6275,
 * sections 11.6 and 11.7). When anything does not work the client is served as one that
 * has never heard of Mobile IPv6: it accepts packets from the vip at any time.
 */
#include "internal.h"

#include <errno.h>

static void away_fire(void *ctx);

struct away *away_find(struct mip6 *m, const struct mip6_pair *pair)
{
	struct away *a;

	cds_list_for_each_entry(a, &m->away_by[pair_bucket(m, pair)], node) {
		if (pair_eq(&a->pair, pair))
			return a;
	}
	return NULL;
}

static struct away *away_new(struct mip6 *m, const struct mip6_pair *pair)
{
	struct away *a = NULL;

	if (!cds_list_empty(&m->away_free)) {
		a = cds_list_first_entry(&m->away_free, struct away, node);
		cds_list_del(&a->node);
	} else if (m->away_top < MIP6_CLIENTS_MAX) {
		a = &m->away[m->away_top++];
	} else {
		m->stats.full++;
		return NULL;
	}
	*a = (struct away){ .m = m, .pair = *pair };
	a->timer = (struct env_timer){ .fire = away_fire, .ctx = a };
	cds_list_add(&a->node, &m->away_by[pair_bucket(m, pair)]);
	return a;
}

static void away_free(struct away *a)
{
	env_timer_cancel(a->m->c.env, &a->timer);
	cds_list_del(&a->node);
	cds_list_add(&a->node, &a->m->away_free);
	a->state = AWAY_FREE;
}

static void arm(struct away *a, uint64_t delay_ns)
{
	env_timer_set(a->m->c.env, &a->timer, delay_ns);
}

/* From now on the client gets packets from the vip. */
static void unbind(struct away *a)
{
	if (!a->until_ns)
		return;
	a->until_ns = 0;
	OPS(a->m, bind, &a->pair, 0);
}

static void tell_left(struct mip6 *m, const struct mip6_pair *pair)
{
	struct wire_mip_leave l = {
		.vip = pair->vip,
		.client = bytes_of(pair->client, sizeof(pair->client)),
	};
	struct xos_addr contact;

	if (OPS(m, contact, &pair->vip, &contact))
		mip6_tell(m, &contact, &wire_mip_leave_msg, &l);
}

/* Not now. Whoever holds the token for nothing gives it back. */
static void rest(struct away *a, uint64_t delay_ns)
{
	bool holds = a->home.since_ns;

	a->state = AWAY_REST;
	a->home.since_ns = a->care.since_ns = 0;
	arm(a, delay_ns);
	if (!holds)
		return;
	unbind(a);
	tell_left(a->m, &a->pair);
}

/* Ask the contact node for the home token. */
static void ask_home(struct away *a)
{
	struct mip6 *m = a->m;
	struct wire_mip_test t = {
		.vip = a->pair.vip,
		.client = bytes_of(a->pair.client, sizeof(a->pair.client)),
		.fresh = a->fresh,
		.seq = a->seq,
		.has_seq = a->seq_known,
	};
	struct xos_addr contact;

	if (OPS(m, contact, &a->pair.vip, &contact))
		mip6_tell(m, &contact, &wire_mip_test_msg, &t);
}

static void tested(struct away *a);

/* Both tests, as far as they are needed; the answers go on. */
static void test(struct away *a)
{
	struct mip6 *m = a->m;
	struct mh_packet p;

	a->state = AWAY_TEST;
	arm(a, MIP6_FIRST_ACK_NS << a->tries);
	if (!token_fresh(m, &a->care, MIP6_TOKEN_FRESH_NS) && rate_ok(m, &a->care_rate_ns)) {
		mh_test_init(&p, MH_COTI, m->c.self.ip, a->pair.client, a->cookie);
		OPS(m, send, &p);
	}
	if (!token_fresh(m, &a->home, MIP6_TOKEN_FRESH_NS))
		ask_home(a);
	else
		tested(a);
}

static void test_begin(struct away *a)
{
	a->tries = 0;
	a->m->stats.tests++;
	random_cookie(a->m, a->cookie);
	test(a);
}

/*
 * Each update has a number of its own, also one that is sent again (section 11.7.2); the
 * contact node gives them out, so that no two members use the same.
 */
static void update(struct away *a)
{
	struct mip6 *m = a->m;
	struct mh_update u = {
		.home = a->pair.vip.ip,
		.care_of = m->c.self.ip,
		.client = a->pair.client,
		.kbm = a->kbm,
		.lifetime = MIP6_LIFETIME_S / MH_LIFETIME_S,
		.home_nonce = a->home.nonce,
		.care_nonce = a->care.nonce,
	};
	struct mh_packet p;

	a->state = AWAY_SENT;
	if (!rate_ok(m, &a->update_rate_ns)) {
		arm(a, MIP6_UPDATE_RATE_NS);
		return;
	}
	if (!MUTANT(mip6_seq_repeated) || !a->seq_known) {
		a->seq = a->seq_next++;
		a->seq_left--;
	}
	a->seq_known = true;
	u.seq = a->seq;
	mh_kbm(a->home.key, a->care.key, a->kbm);
	mh_update(&p, &u);
	if (!a->tries) {
		a->seq_first = a->seq;
		a->sent_ns = env_now(m->c.env);
	}
	arm(a, MIP6_FIRST_ACK_NS << a->tries);
	a->tries++;
	OPS(m, send, &p);
}

static void update_or_test(struct away *a)
{
	struct mip6 *m = a->m;

	if (a->seq_left && token_fresh(m, &a->home, MIP6_TOKEN_NS) &&
	    token_fresh(m, &a->care, MIP6_TOKEN_NS)) {
		update(a);
		return;
	}
	if (!a->seq_left)
		a->home.since_ns = 0;
	test_begin(a);
}

/* Have both tests been passed? */
static void tested(struct away *a)
{
	if (a->state != AWAY_TEST || !token_fresh(a->m, &a->home, MIP6_TOKEN_NS) ||
	    !token_fresh(a->m, &a->care, MIP6_TOKEN_NS))
		return;
	a->tries = 0;
	update_or_test(a);
}

static void silent(struct away *a)
{
	a->m->stats.silent++;
	rest(a, MIP6_REST_NS);
}

/* Why the contact node has no token. */
static void token_refused(struct away *a, uint32_t error)
{
	switch (error) {
	case EBUSY:
		a->state = AWAY_BUSY;
		arm(a, MIP6_BUSY_NS);
		break;
	case EOPNOTSUPP:
		away_unable(a);
		break;
	default:
		silent(a);
	}
}

void away_token(struct mip6 *m, const struct mip6_pair *pair, const struct wire_mip_token *t)
{
	struct away *a = away_find(m, pair);
	uint64_t age_ns = (uint64_t)t->age_ms * ENV_MS, now = env_now(m->c.env);

	if (!a && !t->has_error)
		tell_left(m, pair);
	if (!a || (a->state != AWAY_TEST && a->state != AWAY_BUSY))
		return;
	if (t->has_error) {
		token_refused(a, t->error);
		return;
	}
	if (t->token.len != MH_TOKEN_LEN || !t->has_nonce || !t->has_seq || age_ns >= now) {
		m->stats.dropped++;
		return;
	}
	memcpy(a->home.key, t->token.data, MH_TOKEN_LEN);
	a->home.nonce = t->nonce;
	a->home.since_ns = now - age_ns;
	a->fresh = false;
	a->seq_next = t->seq;
	a->seq_left = MIP6_SEQ_RANGE;
	/* The other member has left. */
	if (a->state == AWAY_BUSY)
		test_begin(a);
	else
		tested(a);
}

void away_care_test(struct away *a, const struct mh *mh)
{
	memcpy(a->care.key, mh->token, MH_TOKEN_LEN);
	a->care.nonce = mh->nonce;
	a->care.since_ns = env_now(a->m->c.env);
	tested(a);
}

static void tell_bound(struct away *a)
{
	struct wire_mip_bound b = {
		.vip = a->pair.vip,
		.client = bytes_of(a->pair.client, sizeof(a->pair.client)),
		.seq = a->seq,
	};
	struct xos_addr contact;

	if (OPS(a->m, contact, &a->pair.vip, &contact))
		mip6_tell(a->m, &contact, &wire_mip_bound_msg, &b);
}

/* Accepted (section 11.7.3). Lifetimes count from when the update was sent. */
static void bound(struct away *a, uint16_t units)
{
	uint64_t life_ns = (uint64_t)units * MH_LIFETIME_S * ENV_SEC;
	uint64_t now = env_now(a->m->c.env), spent_ns = now - a->sent_ns;

	if (units > MIP6_LIFETIME_S / MH_LIFETIME_S)
		life_ns = MIP6_LIFETIME_S * ENV_SEC;
	if (life_ns <= spent_ns + ENV_SEC) {
		a->m->stats.refused++;
		rest(a, MIP6_REST_NS);
		return;
	}
	a->state = AWAY_BOUND;
	a->redo = 0;
	a->until_ns = a->sent_ns + life_ns;
	a->m->stats.bound++;
	/* New tokens are needed then: these live half as long as the binding. */
	arm(a, MUTANT(mip6_no_refresh) ? life_ns * 4 : (life_ns - spent_ns) / 4 * 3);
	OPS(a->m, bind, &a->pair, life_ns - spent_ns);
	tell_bound(a);
}

/* Refused in a way that another try may mend. */
static void again(struct away *a)
{
	if (++a->redo > MIP6_FAILURE_MAX) {
		a->redo = 0;
		a->m->stats.refused++;
		unbind(a);
		rest(a, MIP6_REST_NS);
		return;
	}
	a->tries = 0;
	update_or_test(a);
}

/* What is refused for the nonces comes without an authenticator (section 9.5.4). */
static void ack_nonces(struct away *a, uint8_t status)
{
	if (status != MH_CARE_NONCE) {
		a->home.since_ns = 0;
		a->fresh = true;
	}
	if (status != MH_HOME_NONCE)
		a->care.since_ns = 0;
	again(a);
}

void away_ack(struct away *a, const struct mh *mh, struct bytes msg)
{
	struct mip6 *m = a->m;
	bool nonces = mh->status >= MH_HOME_NONCE && mh->status <= MH_NONCES;

	if (!nonces && !MUTANT(mip6_ack_unchecked) &&
	    !mh_auth_ok(msg, mh->auth, a->kbm, m->c.self.ip, a->pair.client)) {
		m->stats.forged++;
		return;
	}
	if (mh->status == MH_SEQ_WINDOW) {
		/* The answer to an update that came late needs no answer. */
		if (!seq_after(a->seq_next, mh->seq)) {
			a->seq_next = mh->seq + 1;
			a->seq_left = MIP6_SEQ_RANGE;
		}
		again(a);
		return;
	}
	/* A slow client may answer an update that was sent again since: it counts all the same. */
	if ((uint16_t)(mh->seq - a->seq_first) > (uint16_t)(a->seq - a->seq_first)) {
		m->stats.forged++;
		return;
	}
	if (nonces) {
		ack_nonces(a, mh->status);
	} else if (mh->status >= 128) {
		m->stats.refused++;
		unbind(a);
		rest(a, MIP6_REST_NS);
	} else {
		bound(a, mh->lifetime);
	}
}

/*
 * The client has no binding, or does not know a type of message (section 9.3.3). Nothing
 * proves it; believing it costs the optimised path for a moment.
 */
void away_error(struct away *a, const struct mh *mh)
{
	if (mh->status != MH_BE_UNKNOWN_BINDING) {
		away_unable(a);
		return;
	}
	if (!a->until_ns)
		return;
	a->m->stats.lost++;
	unbind(a);
	if (a->state == AWAY_BOUND) {
		a->home.since_ns = a->care.since_ns = 0;
		again(a);
	}
}

void away_refresh(struct away *a)
{
	if (a->state == AWAY_BOUND)
		test_begin(a);
}

void away_probed(struct mip6 *m, const struct mip6_pair *pair)
{
	if (!away_find(m, pair))
		tell_left(m, pair);
}

void away_unable(struct away *a)
{
	a->m->stats.unable++;
	unbind(a);
	rest(a, MIP6_UNABLE_NS);
}

static void away_fire(void *ctx)
{
	struct away *a = ctx;

	switch (a->state) {
	case AWAY_TEST:
		if (++a->tries > MIP6_FAILURE_MAX)
			silent(a);
		else
			test(a);
		break;
	case AWAY_SENT:
		if (a->tries > MIP6_FAILURE_MAX)
			silent(a);
		else
			update_or_test(a);
		break;
	case AWAY_BOUND:
	case AWAY_BUSY:
	case AWAY_REST:
		if (env_now(a->m->c.env) - a->seen_ns < MIP6_IDLE_NS)
			test_begin(a);
		else if (a->state == AWAY_REST)
			away_free(a);
		break;
	case AWAY_FREE:
		xassert(false);
	}
}

/* Give up the path: another member may have it, or the client is told. */
static void leave(struct away *a)
{
	unbind(a);
	tell_left(a->m, &a->pair);
}

void mip6_scan_begin(struct mip6 *m)
{
	m->scan++;
}

void mip6_scan_seen(struct mip6 *m, const struct mip6_pair *pair, bool stalled)
{
	struct away *a = away_find(m, pair);
	bool fresh = !a;

	if (fresh)
		a = away_new(m, pair);
	if (!a)
		return;
	a->scan = m->scan;
	a->seen_ns = env_now(m->c.env);
	a->departed = false;
	if (fresh) {
		test_begin(a);
	} else if (stalled && a->until_ns > a->seen_ns) {
		/* Somebody on the way drops what the optimised path carries. */
		m->stats.stalled++;
		rest(a, MIP6_REST_NS);
		leave(a);
	}
}

void mip6_scan_end(struct mip6 *m)
{
	uint64_t now = env_now(m->c.env);

	for (uint32_t i = 0; i < m->away_top; i++) {
		struct away *a = &m->away[i];

		if (a->state == AWAY_FREE || a->scan == m->scan ||
		    (!a->departed && now - a->seen_ns < MIP6_IDLE_NS))
			continue;
		/* What a client cannot do is remembered until it may be asked again. */
		if (a->state == AWAY_REST && a->timer.deadline_ns > now)
			continue;
		m->stats.left++;
		leave(a);
		away_free(a);
	}
}

void mip6_moved_away(struct mip6 *m, const struct mip6_pair *pair)
{
	struct away *a = away_find(m, pair);

	if (a)
		a->departed = true;
}
