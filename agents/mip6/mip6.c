// SPDX-License-Identifier: GPL-2.0-or-later
#include "mip6.h"

#include <errno.h>

#include <base/siphash.h>

#include "internal.h"

struct mip6 *mip6_init(const struct mip6_config *c)
{
	struct mip6 *m = arena_alloc(c->arena, sizeof(*m));

	*m = (struct mip6){ .c = *c };
	m->key[0] = env_random(c->env);
	m->key[1] = env_random(c->env);
	m->away = arena_alloc(c->arena, MIP6_CLIENTS_MAX * sizeof(*m->away));
	m->home = arena_alloc(c->arena, MIP6_CLIENTS_MAX * sizeof(*m->home));
	memset(m->away, 0, MIP6_CLIENTS_MAX * sizeof(*m->away));
	memset(m->home, 0, MIP6_CLIENTS_MAX * sizeof(*m->home));
	CDS_INIT_LIST_HEAD(&m->away_free);
	CDS_INIT_LIST_HEAD(&m->home_free);
	m->away_by = arena_alloc(c->arena, BUCKETS * sizeof(*m->away_by));
	m->home_by = arena_alloc(c->arena, BUCKETS * sizeof(*m->home_by));
	for (uint32_t i = 0; i < BUCKETS; i++) {
		CDS_INIT_LIST_HEAD(&m->away_by[i]);
		CDS_INIT_LIST_HEAD(&m->home_by[i]);
	}
	return m;
}

const struct mip6_stats *mip6_stats(const struct mip6 *m)
{
	return &m->stats;
}

/* By the client alone: a care-of test does not say which vip it is for. */
uint32_t pair_bucket(const struct mip6 *m, const struct mip6_pair *pair)
{
	return (uint32_t)siphash(m->key, pair->client, sizeof(pair->client)) % BUCKETS;
}

/* A binding is per home address: the port does not count. */
bool pair_eq(const struct mip6_pair *a, const struct mip6_pair *b)
{
	return !memcmp(a->client, b->client, sizeof(a->client)) &&
	       !memcmp(a->vip.ip, b->vip.ip, sizeof(a->vip.ip));
}

void random_cookie(struct mip6 *m, uint8_t *cookie)
{
	uint64_t r = env_random(m->c.env);

	memcpy(cookie, &r, MH_COOKIE_LEN);
}

/* May a message of this type go to the client now (RFC 6275, section 11.8)? */
bool rate_ok(struct mip6 *m, uint64_t *last_ns)
{
	uint64_t now = env_now(m->c.env);

	if (*last_ns && now - *last_ns < MIP6_UPDATE_RATE_NS)
		return false;
	*last_ns = now;
	return true;
}

/* Is @a after @b, modulo 2^16 (RFC 6275, section 9.5.1)? */
bool seq_after(uint16_t a, uint16_t b)
{
	return (uint16_t)(a - b) && (uint16_t)(a - b) < 0x8000;
}

bool token_fresh(const struct mip6 *m, const struct token *t, uint64_t age_ns)
{
	return t->since_ns && env_now(m->c.env) - t->since_ns < age_ns;
}

/* Send to another agent, or to this one. The last thing that its callers do. */
void mip6_tell(struct mip6 *m, const struct xos_addr *to, const struct wire_msg *msg,
	       const void *body)
{
	uint8_t room[WIRE_MIP_TOKEN_SIZE_MAX];
	struct buf out = buf_of(room, sizeof(room));
	const struct env_peer self = { .addr = m->c.self };

	if (wire_encode(msg, body, &out))
		return;
	if (xos_addr_eq(to, &m->c.self))
		mip6_recv(m, &self, buf_bytes(&out));
	else
		env_send(m->c.env, to, ENV_STREAM, buf_bytes(&out));
}

static struct mip6_pair pair_of(const uint8_t *home, const uint8_t *client)
{
	struct mip6_pair pair = { .vip.port = 0 };

	memcpy(pair.vip.ip, home, sizeof(pair.vip.ip));
	memcpy(pair.client, client, sizeof(pair.client));
	return pair;
}

static bool is_care_of(const struct mip6 *m, const uint8_t *ip)
{
	return !memcmp(ip, m->c.self.ip, MH_IP_LEN);
}

/* The cookie tells which of the client's tests it answers. */
static struct away *away_by_cookie(struct mip6 *m, const uint8_t *client, const struct mh *mh)
{
	struct mip6_pair pair = pair_of(m->c.self.ip, client);
	struct away *a;

	cds_list_for_each_entry(a, &m->away_by[pair_bucket(m, &pair)], node) {
		if (a->state == AWAY_TEST && !memcmp(a->pair.client, client, MH_IP_LEN) &&
		    !memcmp(a->cookie, mh->cookie, MH_COOKIE_LEN))
			return a;
	}
	return NULL;
}

/* What came to the care-of address itself. */
static void packet_away(struct mip6 *m, const uint8_t *client, const struct mh *mh)
{
	struct mip6_pair pair;
	struct away *a;

	if (mh->type == MH_COT) {
		a = away_by_cookie(m, client, mh);
		if (a)
			away_care_test(a, mh);
		else
			m->stats.forged++;
	} else if (mh->type == MH_BE) {
		pair = pair_of(mh->home, client);
		a = away_find(m, &pair);
		if (a)
			away_error(a, mh);
	}
}

/* What came to the home address, the kernel has taken a routing header off perhaps. */
static void packet_home(struct mip6 *m, const struct mip6_pair *pair, const struct mh *mh,
			struct bytes msg)
{
	struct home *h = home_find(m, pair);
	struct away *a = away_find(m, pair);

	switch (mh->type) {
	case MH_HOT:
		if (h)
			home_test(h, mh);
		else
			m->stats.forged++;
		break;
	case MH_BA:
		if (a && a->state == AWAY_SENT)
			away_ack(a, mh, msg);
		else if (h)
			home_ack(h, mh, msg);
		break;
	case MH_BRR:
		if (a && a->state == AWAY_BOUND)
			away_refresh(a);
		else if (h)
			home_refresh(h);
		break;
	case MH_BE:
		if (a)
			away_error(a, mh);
		break;
	default:
		break;
	}
}

/* Who sends a type of message that we do not know is told, but not more often than that. */
static void say_unknown(struct mip6 *m, const uint8_t *from, const uint8_t *to)
{
	struct mh_packet p;

	if (!rate_ok(m, &m->unknown_rate_ns))
		return;
	mh_unknown(&p, to, from);
	OPS(m, send, &p);
}

void mip6_packet(struct mip6 *m, const uint8_t *from, const uint8_t *to, struct bytes msg)
{
	struct mip6_pair pair = pair_of(to, from);
	struct mh mh;
	int err = mh_parse(msg, &mh);

	if (err == -EOPNOTSUPP && mh.type > MH_BE)
		say_unknown(m, from, to);
	if (err) {
		m->stats.malformed++;
		return;
	}
	msg.len = mh.len;
	if (is_care_of(m, to))
		packet_away(m, from, &mh);
	else
		packet_home(m, &pair, &mh, msg);
}

void mip6_unable(struct mip6 *m, const uint8_t *client, const uint8_t *home)
{
	struct mip6_pair pair = pair_of(home, client);
	struct away *a, *next;
	struct home *h;

	if (!is_care_of(m, home)) {
		h = home_find(m, &pair);
		a = away_find(m, &pair);
		if (a && a->state == AWAY_SENT)
			away_unable(a);
		else if (h)
			home_unable(h);
		return;
	}
	cds_list_for_each_entry_safe(a, next, &m->away_by[pair_bucket(m, &pair)], node) {
		if (!memcmp(a->pair.client, client, MH_IP_LEN) &&
		    (a->state == AWAY_TEST || a->state == AWAY_SENT))
			away_unable(a);
	}
}

static struct mip6_pair pair_wire(const struct xos_addr *vip, struct bytes client)
{
	struct mip6_pair pair = { .vip = *vip };

	xassert(client.len == sizeof(pair.client));
	memcpy(pair.client, client.data, sizeof(pair.client));
	return pair;
}

/* Does a member speak to the contact node, that is, to this node? */
static bool from_member(struct mip6 *m, const struct xos_addr *vip, const struct xos_addr *from)
{
	struct xos_addr contact;

	if (OPS(m, contact, vip, &contact) && xos_addr_eq(&contact, &m->c.self) &&
	    OPS(m, member, vip, from))
		return true;
	m->stats.dropped++;
	return false;
}

static bool from_contact(struct mip6 *m, const struct xos_addr *vip, const struct xos_addr *from)
{
	struct xos_addr contact;

	if (OPS(m, contact, vip, &contact) && xos_addr_eq(&contact, from))
		return true;
	m->stats.dropped++;
	return false;
}

/* Members to the contact node. */
static bool recv_contact(struct mip6 *m, const struct xos_addr *from, const struct wire_header *h)
{
	struct wire_mip_test test;
	struct wire_mip_bound bound;
	struct wire_mip_leave leave;
	struct mip6_pair pair;

	switch (h->type) {
	case WIRE_MIP_TEST:
		if (wire_mip_test_body_decode(h, &test))
			return false;
		pair = pair_wire(&test.vip, test.client);
		if (from_member(m, &test.vip, from))
			home_asked(m, &pair, from, &test);
		return true;
	case WIRE_MIP_BOUND:
		if (wire_mip_bound_body_decode(h, &bound))
			return false;
		pair = pair_wire(&bound.vip, bound.client);
		if (from_member(m, &bound.vip, from))
			home_bound(m, &pair, from, bound.seq);
		return true;
	case WIRE_MIP_LEAVE:
		if (wire_mip_leave_body_decode(h, &leave))
			return false;
		pair = pair_wire(&leave.vip, leave.client);
		if (from_member(m, &leave.vip, from))
			home_left(m, &pair, from);
		return true;
	default:
		return false;
	}
}

/* The contact node to members. */
static bool recv_member(struct mip6 *m, const struct xos_addr *from, const struct wire_header *h)
{
	struct wire_mip_token token;
	struct wire_mip_refresh refresh;
	struct mip6_pair pair;
	struct away *a;

	switch (h->type) {
	case WIRE_MIP_TOKEN:
		if (wire_mip_token_body_decode(h, &token))
			return false;
		pair = pair_wire(&token.vip, token.client);
		if (from_contact(m, &token.vip, from))
			away_token(m, &pair, &token);
		return true;
	case WIRE_MIP_REFRESH:
		if (wire_mip_refresh_body_decode(h, &refresh))
			return false;
		pair = pair_wire(&refresh.vip, refresh.client);
		a = away_find(m, &pair);
		if (!from_contact(m, &refresh.vip, from))
			return true;
		if (refresh.probe)
			away_probed(m, &pair);
		else if (a)
			away_refresh(a);
		return true;
	default:
		return false;
	}
}

bool mip6_recv(struct mip6 *m, const struct env_peer *from, struct bytes msg)
{
	struct wire_header h;

	if (wire_header_decode(msg, &h))
		return false;
	switch (h.type) {
	case WIRE_MIP_TEST:
	case WIRE_MIP_BOUND:
	case WIRE_MIP_LEAVE:
		if (!recv_contact(m, &from->addr, &h))
			m->stats.dropped++;
		return true;
	case WIRE_MIP_TOKEN:
	case WIRE_MIP_REFRESH:
		if (!recv_member(m, &from->addr, &h))
			m->stats.dropped++;
		return true;
	default:
		return false;
	}
}

bool mip6_next(const struct mip6 *m, uint32_t *pos, struct mip6_info *out)
{
	static const char *const names[] = {
		[AWAY_TEST] = "testing", [AWAY_SENT] = "binding", [AWAY_BOUND] = "bound",
		[AWAY_BUSY] = "waiting", [AWAY_REST] = "plain",
	};
	uint64_t now = env_now(m->c.env);

	while (*pos < m->away_top) {
		const struct away *a = &m->away[(*pos)++];

		if (a->state == AWAY_FREE)
			continue;
		*out = (struct mip6_info){
			.pair = a->pair,
			.state = names[a->state],
			.bound = a->until_ns > now,
			.expires_ns = a->until_ns > now ? a->until_ns - now : 0,
		};
		return true;
	}
	return false;
}
