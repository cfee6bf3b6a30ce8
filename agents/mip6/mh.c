// SPDX-License-Identifier: GPL-2.0-or-later
#include "mh.h"

#include <errno.h>
#include <nettle/hmac.h>
#include <nettle/sha1.h>

#define IP6_LEN	      40
#define NEXT_NONE     59
#define NEXT_DSTOPTS  60
#define HOP_LIMIT     64
#define HAO_LEN	      24
#define TEST_INIT_LEN 16
#define TEST_LEN      24
#define UPDATE_LEN    32
#define BA_LEN	      12
#define BE_LEN	      24
#define BU_FLAG_ACK   0x8000

/* Mobility options (RFC 6275, section 6.2). */
#define OPT_PAD1   0
#define OPT_NONCES 4
#define OPT_AUTH   5

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static uint32_t sum16(uint32_t sum, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i + 1 < len; i += 2)
		sum += get16(p + i);
	return sum;
}

/*
 * Checksum over the pseudo-header (RFC 8200, section 8.1) and the mobility header; the
 * source is the home address when there is a home address option (RFC 6275, 6.1.1).
 */
static uint16_t checksum(const uint8_t *src, const uint8_t *dst, const uint8_t *mh, size_t len)
{
	uint32_t sum = (uint32_t)len + MH_PROTO;

	sum = sum16(sum, src, MH_IP_LEN);
	sum = sum16(sum, dst, MH_IP_LEN);
	sum = sum16(sum, mh, len);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

void mh_kbm(const uint8_t *home, const uint8_t *care, uint8_t *kbm)
{
	struct sha1_ctx ctx;

	sha1_init(&ctx);
	sha1_update(&ctx, MH_TOKEN_LEN, home);
	if (care)
		sha1_update(&ctx, MH_TOKEN_LEN, care);
	sha1_digest(&ctx, MH_KBM_LEN, kbm);
}

/*
 * RFC 6275, section 6.2.7: first 96 bits of HMAC_SHA1(Kbm, care-of address |
 * correspondent | mobility header), the header without the authenticator and with a
 * checksum of 0.
 */
static void authenticator(struct bytes msg, uint32_t auth, const uint8_t *kbm,
			  const uint8_t *care_of, const uint8_t *client, uint8_t *out)
{
	static const uint8_t no_checksum[2];
	struct hmac_sha1_ctx ctx;
	size_t behind = auth + MH_AUTH_LEN;

	hmac_sha1_set_key(&ctx, MH_KBM_LEN, kbm);
	hmac_sha1_update(&ctx, MH_IP_LEN, care_of);
	hmac_sha1_update(&ctx, MH_IP_LEN, client);
	hmac_sha1_update(&ctx, 4, msg.data);
	hmac_sha1_update(&ctx, sizeof(no_checksum), no_checksum);
	hmac_sha1_update(&ctx, auth - 6, msg.data + 6);
	hmac_sha1_update(&ctx, msg.len - behind, msg.data + behind);
	hmac_sha1_digest(&ctx, MH_AUTH_LEN, out);
}

bool mh_auth_ok(struct bytes msg, uint32_t auth, const uint8_t *kbm, const uint8_t *care_of,
		const uint8_t *client)
{
	uint8_t want[MH_AUTH_LEN], differ = 0;

	if (auth < BA_LEN || auth + MH_AUTH_LEN > msg.len)
		return false;
	authenticator(msg, auth, kbm, care_of, client, want);
	/* As long for a wrong first byte as for a wrong last one. */
	for (int i = 0; i < MH_AUTH_LEN; i++)
		differ |= want[i] ^ msg.data[auth + i];
	return !differ;
}

/*
 * Walk the options of an acknowledgement (section 6.2.1). Those that we do not know are
 * skipped. Binding authorisation data come last.
 */
static int parse_options(struct bytes msg, size_t at, struct mh *out)
{
	while (at < msg.len) {
		const uint8_t *opt = msg.data + at;
		size_t len;

		if (out->auth)
			return -EBADMSG;
		if (opt[0] == OPT_PAD1) {
			at++;
			continue;
		}
		if (msg.len - at < 2 || msg.len - at - 2 < opt[1])
			return -EBADMSG;
		len = opt[1];
		if (opt[0] == OPT_AUTH) {
			if (len != MH_AUTH_LEN)
				return -EBADMSG;
			out->auth = (uint32_t)at + 2;
		}
		at += 2 + len;
	}
	return 0;
}

static void parse_test(const uint8_t *p, struct mh *out)
{
	out->nonce = get16(p + 6);
	memcpy(out->cookie, p + 8, MH_COOKIE_LEN);
	memcpy(out->token, p + 16, MH_TOKEN_LEN);
}

int mh_parse(struct bytes msg, struct mh *out)
{
	const uint8_t *p = msg.data;
	size_t len;

	*out = (struct mh){ .type = 0 };
	if (msg.len < 8 || p[0] != NEXT_NONE)
		return -EBADMSG;
	len = ((size_t)p[1] + 1) * 8;
	if (len > msg.len)
		return -EBADMSG;
	/* What follows is not ours to read (section 9.2: no piggybacking). */
	msg.len = len;
	out->len = (uint32_t)len;
	out->type = p[2];
	switch (p[2]) {
	case MH_BRR:
		return 0;
	case MH_HOT:
	case MH_COT:
		if (len < TEST_LEN)
			return -EBADMSG;
		parse_test(p, out);
		return 0;
	case MH_BA:
		if (len < BA_LEN)
			return -EBADMSG;
		out->status = p[6];
		out->seq = get16(p + 8);
		out->lifetime = get16(p + 10);
		return parse_options(msg, BA_LEN, out);
	case MH_BE:
		if (len < BE_LEN)
			return -EBADMSG;
		out->status = p[6];
		memcpy(out->home, p + 8, MH_IP_LEN);
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

/* An IPv6 header; what follows has @len bytes. */
static uint8_t *put_ip6(struct mh_packet *p, const uint8_t *src, const uint8_t *dst, uint8_t next,
			size_t len)
{
	uint8_t *b = p->b;

	memset(b, 0, IP6_LEN + len);
	b[0] = 0x60;
	put16(b + 4, (uint16_t)len);
	b[6] = next;
	b[7] = HOP_LIMIT;
	memcpy(b + 8, src, MH_IP_LEN);
	memcpy(b + 24, dst, MH_IP_LEN);
	p->len = (uint32_t)(IP6_LEN + len);
	return b + IP6_LEN;
}

static void put_mh(uint8_t *mh, enum mh_type type, size_t len)
{
	mh[0] = NEXT_NONE;
	mh[1] = (uint8_t)(len / 8 - 1);
	mh[2] = (uint8_t)type;
}

void mh_test_init(struct mh_packet *p, enum mh_type type, const uint8_t *from,
		  const uint8_t *client, const uint8_t *cookie)
{
	uint8_t *mh = put_ip6(p, from, client, MH_PROTO, TEST_INIT_LEN);

	put_mh(mh, type, TEST_INIT_LEN);
	memcpy(mh + 8, cookie, MH_COOKIE_LEN);
	put16(mh + 4, checksum(from, client, mh, TEST_INIT_LEN));
}

/* Destination options with a home address option at 8n+6 (RFC 6275, section 6.3). */
static uint8_t *put_hao(uint8_t *b, const uint8_t *home)
{
	static const uint8_t head[8] = { MH_PROTO, HAO_LEN / 8 - 1, 1, 2, 0, 0, 0xc9, MH_IP_LEN };

	memcpy(b, head, sizeof(head));
	memcpy(b + sizeof(head), home, MH_IP_LEN);
	return b + HAO_LEN;
}

void mh_update(struct mh_packet *p, const struct mh_update *u)
{
	const uint8_t *src = u->care_of ? u->care_of : u->home;
	size_t hao = u->care_of ? HAO_LEN : 0;
	uint8_t *mh;

	mh = put_ip6(p, src, u->client, hao ? NEXT_DSTOPTS : MH_PROTO, hao + UPDATE_LEN);
	if (hao)
		mh = put_hao(mh, u->home);
	put_mh(mh, MH_BU, UPDATE_LEN);
	put16(mh + 6, u->seq);
	put16(mh + 8, BU_FLAG_ACK);
	put16(mh + 10, u->lifetime);
	mh[12] = OPT_NONCES;
	mh[13] = 4;
	put16(mh + 14, u->home_nonce);
	put16(mh + 16, u->care_nonce);
	mh[18] = OPT_AUTH;
	mh[19] = MH_AUTH_LEN;
	authenticator(bytes_of(mh, UPDATE_LEN), UPDATE_LEN - MH_AUTH_LEN, u->kbm, src, u->client,
		      mh + UPDATE_LEN - MH_AUTH_LEN);
	put16(mh + 4, checksum(u->home, u->client, mh, UPDATE_LEN));
}

void mh_unknown(struct mh_packet *p, const uint8_t *from, const uint8_t *client)
{
	uint8_t *mh = put_ip6(p, from, client, MH_PROTO, BE_LEN);

	put_mh(mh, MH_BE, BE_LEN);
	mh[6] = MH_BE_UNKNOWN_TYPE;
	put16(mh + 4, checksum(from, client, mh, BE_LEN));
}
